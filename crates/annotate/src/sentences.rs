//! Sentence bounds: the encoder's word on each word, and the layout's.

use crate::Encoded;
use crate::runtime::sigmoid;
use casus_types::Span;

/// A word starts a sentence from this probability on (F1 on GUM's dev part is flat between .4 and .6).
const STARTS_FROM: f32 = 0.5;

/// Returns the indices of words that likely start a sentence, by layout and stops alone. Only windows are cut by it.
pub(crate) fn likely_starts(text: &str, words: &[Span]) -> Vec<usize> {
    (1..words.len())
        .filter(|&i| {
            let between = &text[words[i - 1].end as usize..words[i].start as usize];
            let stop = matches!(words[i - 1].slice(text), "." | "!" | "?" | "”" | "\"" | "’");
            let upper =
                words[i].slice(text).starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '‘'));
            between.contains("\n\n") || (!between.is_empty() && stop && upper)
        })
        .collect()
}

/// Returns the indices of the words that start a sentence; the first is 0.
pub(crate) fn starts(text: &str, words: &[Span], encoded: &Encoded) -> Vec<usize> {
    (0..words.len())
        .filter(|&i| {
            if i == 0 {
                return true;
            }
            let between = &text[words[i - 1].end as usize..words[i].start as usize];
            let (window, piece) = encoded.at(i);
            let says = sigmoid(window.starts.row(piece)[0]) >= STARTS_FROM;
            match layout(between, words[i - 1].slice(text), words[i].slice(text)) {
                Layout::Breaks => true,
                Layout::Joins => false,
                Layout::Silent => says,
            }
        })
        .collect()
}

enum Layout {
    Breaks,
    Joins,
    Silent,
}

/// Returns what the white space between two words says.
fn layout(between: &str, before: &str, after: &str) -> Layout {
    let lines = between.matches('\n').count();
    if lines > 1 {
        return Layout::Breaks;
    }
    if between.is_empty() {
        return Layout::Joins;
    }
    let stop = before.ends_with(['.', '!', '?', '”', '"', '’', ':']);
    let lower = after.starts_with(char::is_lowercase);
    match (lines, stop, lower) {
        (1, true, false) => Layout::Breaks,
        (_, _, true) if !stop => Layout::Joins,
        _ => Layout::Silent,
    }
}

/// Returns the spans of the sentences that start at these words.
pub(crate) fn spans(words: &[Span], starts: &[usize]) -> Vec<Span> {
    let ends = starts.iter().skip(1).copied().chain([words.len()]);
    starts.iter().zip(ends).map(|(&a, b)| words[a].cover(words[b - 1])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words;

    #[test]
    fn a_name_broken_over_two_lines_stays_whole() {
        assert!(matches!(layout("\n", "Sayyid", "al"), Layout::Joins));
        assert!(matches!(layout("\n", ".", "The"), Layout::Breaks));
        assert!(matches!(layout("\n\n", "Arvan", "the"), Layout::Breaks));
        assert!(matches!(layout(" ", ".", "The"), Layout::Silent));
    }

    #[test]
    fn sentences_cover_their_words() {
        let text = "Arvan fell. Nobody came.";
        let words = words(text);
        let got: Vec<&str> =
            spans(&words, &likely_with_first(text, &words)).iter().map(|s| s.slice(text)).collect();
        assert_eq!(got, ["Arvan fell.", "Nobody came."]);
    }

    fn likely_with_first(text: &str, words: &[Span]) -> Vec<usize> {
        [0].into_iter().chain(likely_starts(text, words)).collect()
    }
}
