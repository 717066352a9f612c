//! Mentions: who, where, when, how many.

use crate::Encoded;
use crate::labels::Labels;
use crate::network::softmax;
use crate::sentences;
use casus_types::analysis::{Analysis, Mention, MentionKind, Role};
use casus_types::{Sector, Span};
use std::ops::Range;

/// Sectors less likely than this are not worth naming.
const SECTOR_FLOOR: f32 = 0.02;

/// Returns the actors and places that the encoder marks, in text order; `starts` are the words that start sentences.
pub(crate) fn mentions(words: &[Span], starts: &[usize], encoded: &Encoded, labels: &Labels) -> Vec<Mention> {
    let classes: Vec<(usize, f32)> = (0..words.len())
        .map(|i| {
            let (window, piece) = encoded.at(i);
            let p = softmax(&window.said.mentions.row(piece)[..labels.n_mentions]);
            let class = crate::syntax::best(&p);
            (class, p[class])
        })
        .collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        // 0 outside, then beginning and inside of actors (1, 2) and of places (3, 4).
        let (class, _) = classes[at];
        if class == 0 {
            at += 1;
            continue;
        }
        let inside = if class <= 2 { 2 } else { 4 };
        let last = words.len().min(sentences::end(starts, at));
        let end = (at + 1..last).find(|&i| classes[i].0 != inside).unwrap_or(last);
        let kind = if inside == 2 { MentionKind::Actor } else { MentionKind::Place };
        #[expect(clippy::cast_precision_loss, reason = "a mention has a few words")]
        let probability = classes[at..end].iter().map(|c| c.1).sum::<f32>() / (end - at) as f32;
        let sectors = if kind == MentionKind::Actor { sectors(at..end, encoded, labels) } else { Vec::new() };
        out.push(Mention { span: words[at].cover(words[end - 1]), kind, sectors, probability });
        at = end;
    }
    out
}

/// Adds the stretches that play a role without being marked as mentions, so that each argument is one.
pub(crate) fn add_arguments(words: &[Span], encoded: &Encoded, labels: &Labels, analysis: &mut Analysis) {
    for argument in &analysis.arguments {
        let kind = match argument.role {
            Role::Actor | Role::Recipient | Role::Source | Role::Via => MentionKind::Actor,
            Role::Place => MentionKind::Place,
            Role::Time => MentionKind::Time,
            _ => MentionKind::Number,
        };
        if analysis.mentions.iter().any(|m| m.kind == kind && m.span == argument.span) {
            continue;
        }
        let first = words.partition_point(|w| w.end <= argument.span.start);
        let last = words.partition_point(|w| w.start < argument.span.end);
        let sectors =
            if kind == MentionKind::Actor { sectors(first..last, encoded, labels) } else { Vec::new() };
        analysis.mentions.push(Mention {
            span: argument.span,
            kind,
            sectors,
            probability: argument.probability,
        });
    }
    analysis.mentions.sort_by_key(|m| (m.span, m.kind));
}

/// Returns the sectors that the words speak for, likeliest first.
fn sectors(range: Range<usize>, encoded: &Encoded, labels: &Labels) -> Vec<(Sector, f32)> {
    let mut sums = vec![0.0; labels.sectors.len()];
    #[expect(clippy::cast_precision_loss, reason = "a mention has a few words")]
    let n = range.len().max(1) as f32;
    for word in range {
        let (window, piece) = encoded.at(word);
        for (sum, p) in sums.iter_mut().zip(softmax(window.said.sectors.row(piece))) {
            *sum += p / n;
        }
    }
    let mut out: Vec<(Sector, f32)> = labels
        .sectors
        .iter()
        .zip(sums)
        .filter_map(|(sector, p)| sector.filter(|_| p >= SECTOR_FLOOR).map(|s| (s, p)))
        .collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    out
}
