//! The scorer of pairs: which triggers tell of one act, of those too far apart for the reader to see together.

use crate::labels::{Column, Labels};
use crate::network::{PairScorer, sigmoid};
use crate::reader::{RELATION_FLOOR, View};
use crate::triggers::Candidate;
use casus_types::Span;
use casus_types::analysis::{Role, Trigger, TriggerId, TriggerLink, TriggerRelation};
use std::collections::BTreeSet;

/// Triggers less likely than this are compared with none.
const TOLD: f32 = 0.3;
/// Bytes beyond which triggers are not compared: few articles are longer, and a book has too many pairs.
const FARTHEST: u32 = 10_000;
/// Words less likely than this play no role.
const PLAYED: f32 = 0.3;
/// Bytes before a trigger in which words that point back are looked for, and how many words.
const BEFORE: usize = 25;
const WORDS_BEFORE: usize = 3;
/// What the scorer takes for a whole: the logarithm of a long way, and many triggers.
const FAR: f32 = 8.0;
const MANY: f32 = 40.0;

/// Words that point back to what was told.
const POINTERS: [&str; 6] = ["the", "this", "that", "these", "those", "such"];
/// Words for what was not told yet.
const OTHERS: [&str; 6] = ["a", "an", "another", "other", "new", "second"];
/// Words that make no two stretches alike.
const SMALL: [&str; 18] = [
    "the", "a", "an", "of", "in", "on", "at", "by", "to", "and", "its", "his", "her", "their", "this",
    "that", "these", "those",
];

/// A text with its triggers.
pub(crate) struct Told<'a> {
    pub(crate) text: &'a str,
    pub(crate) words: &'a [Span],
    pub(crate) candidates: &'a [Candidate],
    pub(crate) views: &'a [View],
}

/// Returns which triggers tell of one act, in both directions.
pub(crate) fn relations(
    scorer: &PairScorer,
    labels: &Labels,
    told: &Told,
    triggers: &[Trigger],
) -> Vec<TriggerRelation> {
    let kept: Vec<usize> = (0..triggers.len()).filter(|&i| triggers[i].probability >= TOLD).collect();
    let sees = |a: usize, b: usize| told.views[a].sees(&told.candidates[b].words);
    let is_near = |a: usize, b: usize| triggers[a].span.distance(triggers[b].span) <= FARTHEST;
    let pairs: Vec<(usize, usize)> = kept
        .iter()
        .enumerate()
        .flat_map(|(n, &a)| kept[n + 1..].iter().map(move |&b| (a, b)).take_while(|&(a, b)| is_near(a, b)))
        .filter(|&(a, b)| !sees(a, b) && !sees(b, a))
        .collect();
    if pairs.is_empty() {
        return Vec::new();
    }
    let played: Vec<Vec<Option<BTreeSet<String>>>> =
        (0..triggers.len()).map(|at| told.played(labels, at)).collect();
    let id = |at: usize| TriggerId(u32::try_from(at).expect("fewer triggers than bytes of text"));
    let mut out = Vec::new();
    for (a, b) in pairs {
        let facts = told.facts(triggers, kept.len(), (a, b), &played);
        let probability = sigmoid(scorer.score(&told.views[a].state, &told.views[b].state, &facts));
        if probability >= RELATION_FLOOR {
            let same = |from, to| TriggerRelation { from, to, link: TriggerLink::Same, probability };
            out.extend([same(id(a), id(b)), same(id(b), id(a))]);
        }
    }
    out
}

/// The roles whose words are compared.
const ROLES: [Role; 4] = [Role::Actor, Role::Recipient, Role::Place, Role::Time];

impl Told<'_> {
    /// Returns the words for each of the roles of a trigger.
    fn played(&self, labels: &Labels, at: usize) -> Vec<Option<BTreeSet<String>>> {
        let words = |role: Role| {
            let column = labels.roles.iter().position(|&c| c == Column::Role(role))?;
            let range = self.views[at].likeliest(column, PLAYED)?;
            let span = self.words[range.start].cover(self.words[range.end - 1]);
            Some(large_words(span.slice(self.text)))
        };
        ROLES.into_iter().map(words).collect()
    }

    /// Returns what the text says of two triggers, as `training/same.py` tells it to the scorer.
    fn facts(
        &self,
        triggers: &[Trigger],
        kept: usize,
        (a, b): (usize, usize),
        played: &[Vec<Option<BTreeSet<String>>>],
    ) -> Vec<f32> {
        let (first, second) = (triggers[a].span, triggers[b].span);
        let truth = |is: bool| f32::from(u8::from(is));
        let alike = stem(first.slice(self.text)) == stem(second.slice(self.text));
        let start = second.range().start;
        let from = (start.saturating_sub(BEFORE)..=start).find(|&at| self.text.is_char_boundary(at));
        let before = self.text[from.unwrap_or(start)..start].to_lowercase();
        let before: Vec<&str> = before.split_whitespace().rev().take(WORDS_BEFORE).collect();
        let stands = |list: &[&str]| before.iter().any(|word| list.contains(word));
        let points = stands(&POINTERS);
        #[expect(clippy::cast_precision_loss, reason = "bytes and triggers of a report")]
        let (distance, share) = (first.distance(second) as f32, kept as f32 / MANY);
        let mut out = vec![
            distance.ln_1p() / FAR,
            truth(alike),
            truth(points),
            truth(stands(&OTHERS)),
            truth(alike && points),
            share,
        ];
        let (x, y) = (&played[a], &played[b]);
        for (p, q) in [(0, 0), (1, 1), (2, 2), (3, 3), (0, 1), (1, 0)] {
            out.extend(likeness(x[p].as_ref(), y[q].as_ref()));
        }
        out
    }
}

/// Returns a word without its ending.
fn stem(words: &str) -> String {
    let words = words.to_lowercase();
    let last = words.split_whitespace().last().unwrap_or_default();
    ["ing", "ed", "es", "s", "e"].iter().find_map(|end| last.strip_suffix(end)).unwrap_or(last).to_owned()
}

/// Returns the words of a stretch that tell something.
fn large_words(stretch: &str) -> BTreeSet<String> {
    let stretch = stretch.to_lowercase();
    let words = stretch.split(|c: char| !c.is_alphanumeric() && c != '_');
    words.filter(|w| !w.is_empty() && !SMALL.contains(w)).map(str::to_owned).collect()
}

/// Returns whether there are two stretches, and how many of the words of the shorter the other has.
fn likeness(a: Option<&BTreeSet<String>>, b: Option<&BTreeSet<String>>) -> [f32; 2] {
    let (Some(a), Some(b)) = (a, b) else { return [0.0, 0.0] };
    let least = a.len().min(b.len());
    #[expect(clippy::cast_precision_loss, reason = "a stretch has few words")]
    let share = if least == 0 { 0.0 } else { a.intersection(b).count() as f32 / least as f32 };
    [1.0, share]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_endings_and_small_words() {
        assert_eq!(stem("carried out strikes"), stem("The Striking"));
        let alike = |a: &str, b: &str| likeness(Some(&large_words(a)), Some(&large_words(b)))[1] > 0.99;
        assert!(alike("the rebels", "Rebels of Gorvan"));
        assert!(!alike("the rebels", "the army") && likeness(None, Some(&large_words("the army")))[0] < 0.01);
    }
}
