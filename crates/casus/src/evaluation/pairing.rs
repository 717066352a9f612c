//! Which predicted event is which gold event.

use super::gold::{GoldDocument, GoldEvent};
use super::sentences::Sentences;
use casus_types::record::{RecordEvent, RecordSpan};

/// How far, in code points, two triggers of one sentence may stand apart before their distance no longer counts.
const REACH: f64 = 200.0;

/// Pairs the events of one document one to one, best overlap first; returns for each gold event its predicted one.
pub(super) fn pair(document: &GoldDocument, predicted: &[RecordEvent], typed: bool) -> Vec<Option<usize>> {
    let text: Vec<char> = document.text.chars().collect();
    let sentences = Sentences::new(&text);
    let mut candidates: Vec<(f64, usize, usize)> = Vec::new();
    for (gold_idx, gold) in document.events.iter().enumerate() {
        for (idx, event) in predicted.iter().enumerate() {
            if typed && event.kind != gold.kind && !gold.also.contains(&event.kind) {
                continue;
            }
            let nearness = nearness(gold, event, &sentences);
            if nearness > 0.0 {
                // Of equals, the same type is preferred to one that is merely defensible, and what is asked for to
                // what may be left out.
                let same_type = f64::from(u8::from(event.kind == gold.kind));
                let required = f64::from(u8::from(!gold.optional));
                candidates.push((nearness + (0.5 * same_type + 0.2 * required), gold_idx, idx));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut pairs = vec![None; document.events.len()];
    let mut used = vec![false; predicted.len()];
    for (_, gold_idx, idx) in candidates {
        if pairs[gold_idx].is_none() && !used[idx] {
            pairs[gold_idx] = Some(idx);
            used[idx] = true;
        }
    }
    pairs
}

/// Returns 2 to 3 where triggers overlap (3 for the fullest gold mention), 1 to 2 where they share a sentence, else 0.
fn nearness(gold: &GoldEvent, event: &RecordEvent, sentences: &Sentences) -> f64 {
    let gold_sentences: Vec<Option<usize>> = gold.mentions.iter().map(|&(at, _)| sentences.at(at)).collect();
    let mut best: f64 = 0.0;
    for mention in &event.mentions {
        for (rank, &wanted) in (0_u32..).zip(&gold.mentions) {
            if overlaps(mention, wanted) {
                best = best.max(3.0 - 0.01 * f64::from(rank));
            }
        }
        let sentence = sentences.at(mention.start);
        if best < 1.0 {
            let distances = gold.mentions.iter().zip(&gold_sentences).filter(|(_, s)| **s == sentence);
            if let Some(distance) = distances.map(|(&(at, _), _)| at.abs_diff(mention.start)).min() {
                #[expect(clippy::cast_precision_loss, reason = "texts are far shorter than 2^53")]
                let distance = distance as f64;
                best = best.max(1.0 + (1.0 - distance / REACH).max(0.0));
            }
        }
    }
    best
}

/// Tells whether a predicted span shares a code point with a gold one.
pub(super) fn overlaps(span: &RecordSpan, gold: (usize, usize)) -> bool {
    span.start < gold.1 && gold.0 < span.end
}
