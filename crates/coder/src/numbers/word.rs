//! Words and marks of a text, as the readers of dates and numbers want them.
//!
//! Finer than the tokens of an analysis ("16-year-old" is five words, "5am" two) and available without one, so
//! that dates and numbers can be read from bare text.

use super::cardinal::{simple, single_ordinal};
use casus_types::Span;
use rustc_hash::FxHashSet;
use smol_str::{SmolStr, StrExt};
use std::sync::OnceLock;

/// A run of letters, a number, or one mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Where it stands.
    pub(crate) span: Span,
    /// Its letters in lower case; typographic apostrophes and dashes become `'` and `-`.
    pub(crate) lower: SmolStr,
    /// Whether it touches the word before it.
    pub(crate) glued: bool,
    /// Whether it begins with a capital letter.
    pub(crate) capital: bool,
    /// Whether a line break stands between it and the word before it.
    pub(crate) new_line: bool,
    /// Its value as a number word below a hundred ("seven", "twenty").
    pub(crate) small: Option<u32>,
    /// Its value as an ordinal up to the twentieth ("first").
    pub(crate) nth: Option<u32>,
}

impl Word {
    /// Tells whether this is a number in digits.
    pub(crate) fn is_digits(&self) -> bool {
        self.lower.starts_with(|c: char| c.is_ascii_digit())
    }

    /// Tells whether this is a run of letters.
    pub(crate) fn is_letters(&self) -> bool {
        self.lower.starts_with(char::is_alphabetic)
    }
}

/// Returns the words of `text` in order. White space separates and is dropped; every other character lies in
/// exactly one word.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    let mut glued = false;
    let mut new_line = true;
    while let Some(first) = text[at..].chars().next() {
        if first.is_whitespace() {
            at += first.len_utf8();
            glued = false;
            new_line |= first == '\n';
            continue;
        }
        let len = if first.is_ascii_digit() {
            number_len(&text[at..], follows_point(&words))
        } else if first.is_alphabetic() {
            text[at..].find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len() - at)
        } else {
            first.len_utf8()
        };
        let slice = &text[at..at + len];
        let lower = match first {
            '’' | '‘' | '`' => SmolStr::new_static("'"),
            '–' | '—' | '‑' | '−' => SmolStr::new_static("-"),
            _ => slice.to_lowercase_smolstr(),
        };
        words.push(Word {
            small: simple(&lower),
            nth: single_ordinal(&lower),
            span: Span::new(at, at + len),
            lower,
            glued,
            capital: first.is_uppercase(),
            new_line,
        });
        at += len;
        glued = true;
        new_line = false;
    }
    words
}

/// Words separated by blanks.
pub(crate) struct WordList {
    text: &'static str,
    /// Looked up, never iterated.
    words: OnceLock<FxHashSet<&'static str>>,
}

impl WordList {
    pub(crate) const fn new(text: &'static str) -> Self {
        Self { text, words: OnceLock::new() }
    }

    /// Tells whether `word` is one of them.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.words.get_or_init(|| self.text.split_ascii_whitespace().collect()).contains(word)
    }
}

/// Tells whether the next word follows "28." without a gap.
fn follows_point(words: &[Word]) -> bool {
    matches!(words, [.., number, point] if number.is_digits() && point.lower == "." && point.glued)
}

/// Returns the length in bytes of the number that `text` begins with: digits, groups of three behind commas (or of two
/// before the last, as in India: "4,85,000"), and one decimal fraction, which no number `after_point` has.
fn number_len(text: &str, after_point: bool) -> usize {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut len = digits(0);
    if len <= 2 {
        let mut end = len;
        while bytes.get(end) == Some(&b',') && digits(end + 1) == 2 {
            end += 3;
        }
        if bytes.get(end) == Some(&b',') && digits(end + 1) == 3 {
            len = end;
        }
    }
    if len <= 3 || bytes[..len].contains(&b',') {
        while bytes.get(len) == Some(&b',') && digits(len + 1) == 3 {
            len += 4;
        }
    }
    // "28.06.2021" is a date, not the fraction 28.06.
    if bytes.get(len) == Some(&b'.') && !after_point {
        let fraction = digits(len + 1);
        let after = len + 1 + fraction;
        let more = bytes.get(after) == Some(&b'.') && bytes.get(after + 1).is_some_and(u8::is_ascii_digit);
        if fraction > 0 && !more {
            len = after;
        }
    }
    len
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found: Vec<SmolStr> = words(text).into_iter().map(|w| w.lower).collect();
        assert_eq!(found.join("|"), expected, "{text}");
    }

    #[test]
    fn words_are_split_fine() {
        check("A 16-year-old, at 5am", "a|16|-|year|-|old|,|at|5|am");
        check("F-16s of the G7’s", "f|-|16|s|of|the|g7|'|s");
        check("80,000 and 1.5 million.", "80,000|and|1.5|million|.");
        check("28.06.2021; 1980s; 12,34", "28|.|06|.|2021|;|1980|s|;|12|,|34");
    }
}
