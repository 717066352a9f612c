//! The reader of mentions: the text as seen from one of them, for whom it means.

use crate::Encoded;
use crate::network::{MentionReader, sigmoid};
use casus_types::Span;
use casus_types::analysis::Bearing;

/// Words less likely than this tell nothing.
const FLOOR: f32 = 0.02;

/// Reads the text around some words, `reach` pieces to each side, for whom they mean.
pub(crate) fn read(
    reader: &MentionReader,
    reach: usize,
    encoded: &Encoded,
    words: &[Span],
    span: Span,
) -> Bearing {
    let first = words.partition_point(|w| w.end <= span.start).min(words.len() - 1);
    let end = words.partition_point(|w| w.start < span.end).max(first + 1);
    let window = &encoded.windows[encoded.window_of[first]];
    let sight = window.sight(first..end, reach);
    let scores = reader.run(&window.said.ground, sight.from..sight.to, sight.meant.clone());
    let others: Vec<usize> = sight.words(window).filter(|word| !(first..end).contains(word)).collect();
    let likely = |column: usize| {
        let chance = |word: usize| sigmoid(scores.row(window.piece(word) - sight.from)[column]);
        others.iter().map(|&w| (words[w], chance(w))).filter(|said| said.1 >= FLOOR).collect()
    };
    Bearing { span, same: likely(1), homes: likely(0) }
}
