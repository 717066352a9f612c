//! The reader of mentions: the text as seen from one of them, for whom it means.

use crate::Encoded;
use crate::runtime::{Graph, Matrix, RuntimeError, sigmoid};
use casus_types::Span;
use casus_types::analysis::Bearing;

/// Words less likely than this tell nothing.
const FLOOR: f32 = 0.02;

/// Reads the text around some words, `reach` pieces to each side, for whom they mean.
pub(crate) fn read(
    graph: &Graph,
    reach: usize,
    encoded: &Encoded,
    words: &[Span],
    span: Span,
) -> Result<Bearing, RuntimeError> {
    let first = words.partition_point(|w| w.end <= span.start).min(words.len() - 1);
    let end = words.partition_point(|w| w.start < span.end).max(first + 1);
    let window = &encoded.windows[encoded.window_of[first]];
    let sight = window.sight(first..end, reach);
    let outputs = graph.run_rows(&window.low, sight.from, sight.marked())?;
    let [homes, same] = outputs.as_slice() else {
        unreachable!("as many outputs as were asked for");
    };
    let others: Vec<usize> = sight.words(window).filter(|word| !(first..end).contains(word)).collect();
    let likely = |scores: &Matrix| {
        let chance = |word: usize| sigmoid(scores.row(window.piece(word) - sight.from)[0]);
        others.iter().map(|&w| (words[w], chance(w))).filter(|said| said.1 >= FLOOR).collect()
    };
    Ok(Bearing { span, same: likely(same), homes: likely(homes) })
}
