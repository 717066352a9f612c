//! The reader: the text as seen from one trigger.

use crate::Encoded;
use crate::labels::{Column, Labels};
use crate::runtime::{Graph, RuntimeError, sigmoid, softmax};
use crate::triggers::Candidate;
use casus_types::Span;
use casus_types::analysis::{Argument, TriggerId, TriggerRelation};

/// Words less likely than this play no role.
const ROLE_FLOOR: f32 = 0.2;
/// Relations less likely than this are not worth naming.
const RELATION_FLOOR: f32 = 0.1;

/// What the reader says of one trigger and of every word around it.
pub(crate) struct View {
    /// First word in sight.
    from: usize,
    /// Probability of each role column for each word in sight.
    roles: Vec<Vec<f32>>,
    pub(crate) kinds: Vec<f32>,
    pub(crate) modes: Vec<f32>,
    pub(crate) statuses: Vec<f32>,
    pub(crate) stances: Vec<f32>,
    pub(crate) datings: Vec<f32>,
}

/// Reads the text around one candidate.
pub(crate) fn read(
    graph: &Graph,
    labels: &Labels,
    encoded: &Encoded,
    candidate: &Candidate,
) -> Result<View, RuntimeError> {
    let window = &encoded.windows[encoded.window_of[candidate.words.start]];
    let local = |word: usize| &window.pieces[word - window.words.start];
    let last = (candidate.words.end - 1).min(window.words.end - 1);
    let trigger = local(candidate.words.start).start..local(last).end;
    let n_pieces = window.pieces.last().map_or(0, |p| p.end) + 1;
    let from = trigger.start.saturating_sub(labels.reach);
    let to = (trigger.end + labels.reach).min(n_pieces);
    let marked = (from..to).map(|p| f32::from(u8::from(trigger.contains(&p)))).collect();
    let outputs = graph.run_rows(&window.low, from, marked)?;
    let [roles, modes, statuses, stances, datings, kinds] = outputs.as_slice() else {
        unreachable!("as many outputs as were asked for");
    };
    let seen: Vec<usize> = window.words.clone().filter(|&w| (from..to).contains(&local(w).start)).collect();
    let here = trigger.start - from;
    Ok(View {
        from: seen.first().copied().unwrap_or(candidate.words.start),
        roles: seen
            .iter()
            .map(|&w| roles.row(local(w).start - from).iter().map(|&s| sigmoid(s)).collect())
            .collect(),
        kinds: softmax(kinds.row(here)),
        modes: modes.row(here).iter().map(|&s| sigmoid(s)).collect(),
        statuses: softmax(statuses.row(here)),
        stances: softmax(stances.row(here)),
        datings: softmax(datings.row(here)),
    })
}

/// Adds the stretches that play a role for the trigger.
pub(crate) fn arguments(
    id: TriggerId,
    view: &View,
    words: &[Span],
    labels: &Labels,
    out: &mut Vec<Argument>,
) {
    for (column, meaning) in labels.roles.iter().enumerate() {
        let Column::Role(role) = *meaning else { continue };
        let mut at = 0;
        while at < view.roles.len() {
            if view.roles[at][column] < ROLE_FLOOR {
                at += 1;
                continue;
            }
            let end = (at..view.roles.len())
                .find(|&i| view.roles[i][column] < ROLE_FLOOR)
                .unwrap_or(view.roles.len());
            let probability = (at..end).map(|i| view.roles[i][column]).fold(0.0, f32::max);
            let span = words[view.from + at].cover(words[view.from + end - 1]);
            out.push(Argument { trigger: id, span, role, probability });
            at = end;
        }
    }
}

/// Adds what the trigger has to do with the other triggers in sight.
pub(crate) fn relations(
    id: TriggerId,
    view: &View,
    candidates: &[Candidate],
    labels: &Labels,
    out: &mut Vec<TriggerRelation>,
) {
    for (other, candidate) in candidates.iter().enumerate() {
        if other == id.0 as usize {
            continue;
        }
        let rows: Vec<&Vec<f32>> = candidate
            .words
            .clone()
            .filter_map(|w| w.checked_sub(view.from).and_then(|i| view.roles.get(i)))
            .collect();
        for (column, meaning) in labels.roles.iter().enumerate() {
            let Column::Link(link) = *meaning else { continue };
            let probability = rows.iter().map(|r| r[column]).fold(0.0, f32::max);
            if probability >= RELATION_FLOOR {
                let to = TriggerId(u32::try_from(other).expect("fewer triggers than bytes of text"));
                out.push(TriggerRelation { from: id, to, link, probability });
            }
        }
    }
}
