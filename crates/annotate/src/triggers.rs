//! Triggers: the words that tell of an act.

use crate::Encoded;
use crate::labels::Labels;
use crate::network::softmax;
use crate::reader::View;
use casus_types::analysis::Trigger;
use casus_types::{EventType, Mode, Span};
use std::ops::Range;

/// Words less likely than this to tell of an act are not read again. The coder decides above it.
const FLOOR: f32 = 0.2;

/// A stretch that may tell of an act, before the reader has seen it.
pub(crate) struct Candidate {
    pub(crate) words: Range<usize>,
    pub(crate) probability: f32,
    /// Probability of each type, in the order of the labels, the first being "none".
    types: Vec<f32>,
    /// Somebody said beforehand that this is an act.
    told: bool,
}

/// Returns the stretches that may tell of an act, and those of `told`, which do; in text order.
pub(crate) fn candidates(
    words: &[Span],
    starts: &[usize],
    encoded: &Encoded,
    labels: &Labels,
    told: &[(Span, EventType)],
) -> Vec<Candidate> {
    let rows: Vec<Vec<f32>> = (0..words.len())
        .map(|i| {
            let (window, piece) = encoded.at(i);
            softmax(window.said.types.row(piece))
        })
        .collect();
    let kind = |row: &[f32]| 1 + crate::syntax::best(&row[1..]);
    let mut out: Vec<Candidate> = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        let probability = 1.0 - row[0];
        if probability < FLOOR {
            continue;
        }
        // A phrase ("carried out", "drone attacks") is one trigger as long as its words agree on the type.
        if let Some(last) = out.last_mut()
            && last.words.end == i
            && starts.binary_search(&i).is_err()
            && kind(&last.types) == kind(row)
        {
            last.words.end = i + 1;
            if probability > last.probability {
                last.probability = probability;
                last.types.clone_from(row);
            }
            continue;
        }
        out.push(Candidate { words: i..i + 1, probability, types: row.clone(), told: false });
    }
    for &(span, kind) in told {
        let first = words.partition_point(|w| w.end <= span.start);
        let end = first + words[first..].partition_point(|w| w.start < span.end);
        let Some(column) = labels.types.iter().position(|&t| t == Some(kind)).filter(|_| first < end) else {
            continue;
        };
        out.retain(|c| c.words.end <= first || end <= c.words.start);
        let mut types = vec![0.0; labels.types.len()];
        types[column] = 1.0;
        out.push(Candidate { words: first..end, probability: 1.0, types, told: true });
    }
    out.sort_by_key(|c| c.words.start);
    debug_assert!(labels.types.len() == rows.first().map_or(labels.types.len(), Vec::len));
    out
}

/// Joins what the encoder and the reader say of a candidate.
pub(crate) fn trigger(candidate: &Candidate, view: &View, words: &[Span], labels: &Labels) -> Trigger {
    let certain = (1.0 - candidate.types[0]).max(f32::EPSILON);
    let known = (1.0 - view.kinds[0]).max(f32::EPSILON);
    let mut kinds: Vec<(EventType, f32)> = labels
        .types
        .iter()
        .enumerate()
        .filter_map(|(i, kind)| {
            kind.map(|k| (k, f32::midpoint(candidate.types[i] / certain, view.kinds[i] / known)))
        })
        .collect();
    kinds.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    if candidate.told {
        let told = labels.types[crate::syntax::best(&candidate.types)];
        kinds.retain(|&(kind, _)| Some(kind) == told);
    }
    let kind = kinds[0].0;
    let mut modes: Vec<(Mode, f32)> = labels
        .modes
        .iter()
        .zip(&view.modes)
        .filter(|(mode, _)| kind.modes().contains(mode))
        .map(|(&mode, &p)| (mode, p))
        .collect();
    modes.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    Trigger {
        span: words[candidate.words.start].cover(words[candidate.words.end - 1]),
        kind,
        // The encoder has seen the word, the reader the text as seen from it: both must believe in the act.
        probability: if candidate.told {
            1.0
        } else {
            (candidate.probability * (1.0 - view.kinds[0])).sqrt()
        },
        kinds,
        modes,
        statuses: ranked(&labels.statuses, &view.statuses),
        stances: ranked(&labels.stances, &view.stances),
        datings: ranked(&labels.datings, &view.datings),
    }
}

/// Returns the values with their probabilities, likeliest first.
fn ranked<T: Copy + Ord>(values: &[T], probabilities: &[f32]) -> Vec<(T, f32)> {
    let mut out: Vec<(T, f32)> = values.iter().copied().zip(probabilities.iter().copied()).collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    out
}
