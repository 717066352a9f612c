//! The reader of triggers: the text as seen from one of them.

use crate::Encoded;
use crate::labels::{Column, Labels};
use crate::network::{TriggerReader, sigmoid, softmax};
use crate::sentences;
use crate::triggers::Candidate;
use casus_types::Span;
use casus_types::analysis::{Argument, TriggerId, TriggerRelation};
use std::ops::Range;

/// Words less likely than this play no role.
const ROLE_FLOOR: f32 = 0.2;
/// Relations less likely than this are not worth naming.
pub(crate) const RELATION_FLOOR: f32 = 0.1;

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
    /// What is compared of the trigger with others.
    pub(crate) state: Vec<f32>,
}

impl View {
    /// Returns how likely any of some words is what a column says.
    fn chance(&self, column: usize, words: Range<usize>) -> f32 {
        let rows = words.filter_map(|w| w.checked_sub(self.from).and_then(|i| self.roles.get(i)));
        rows.map(|row| row[column]).fold(0.0, f32::max)
    }

    /// Tells whether any of some words is in sight.
    pub(crate) fn sees(&self, words: &Range<usize>) -> bool {
        words.start < self.from + self.roles.len() && self.from < words.end
    }

    /// Returns the words around the likeliest for a column, as far as they are at least so likely.
    pub(crate) fn likeliest(&self, column: usize, least: f32) -> Option<Range<usize>> {
        let chance = |at: usize| self.roles[at][column];
        let best = (0..self.roles.len()).rev().max_by(|&a, &b| chance(a).total_cmp(&chance(b)))?;
        if chance(best) < least {
            return None;
        }
        let first = (0..best).rev().find(|&at| chance(at) < least).map_or(0, |at| at + 1);
        let end = (best..self.roles.len()).find(|&at| chance(at) < least).unwrap_or(self.roles.len());
        Some(self.from + first..self.from + end)
    }
}

/// Reads the text around one candidate.
pub(crate) fn read(
    reader: &TriggerReader,
    labels: &Labels,
    encoded: &Encoded,
    candidate: &Candidate,
) -> View {
    let window = &encoded.windows[encoded.window_of[candidate.words.start]];
    let sight = window.sight(candidate.words.clone(), labels.reach);
    let said = reader.run(&window.said.ground, sight.from..sight.to, sight.meant.clone());
    let seen: Vec<usize> = sight.words(window).collect();
    View {
        from: seen.first().copied().unwrap_or(candidate.words.start),
        roles: seen
            .iter()
            .map(|&w| said.roles.row(window.piece(w) - sight.from).iter().map(|&s| sigmoid(s)).collect())
            .collect(),
        kinds: softmax(&said.kind),
        modes: said.modes.iter().map(|&s| sigmoid(s)).collect(),
        statuses: softmax(&said.status),
        stances: softmax(&said.stance),
        datings: softmax(&said.when),
        state: said.state,
    }
}

/// Adds the stretches that play a role for the trigger; none goes on over the end of a sentence.
pub(crate) fn arguments(
    id: TriggerId,
    view: &View,
    (words, starts): (&[Span], &[usize]),
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
            let last = view.roles.len().min(sentences::end(starts, view.from + at) - view.from);
            let end = (at..last).find(|&i| view.roles[i][column] < ROLE_FLOOR).unwrap_or(last);
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
        for (column, meaning) in labels.roles.iter().enumerate() {
            let Column::Link(link) = *meaning else { continue };
            let probability = view.chance(column, candidate.words.clone());
            if probability >= RELATION_FLOOR {
                let to = TriggerId(u32::try_from(other).expect("fewer triggers than bytes of text"));
                out.push(TriggerRelation { from: id, to, link, probability });
            }
        }
    }
}
