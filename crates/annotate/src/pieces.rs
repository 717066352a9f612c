//! Word pieces of the encoder's uncased vocabulary.

use std::collections::HashMap;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longest run of characters that is looked up; longer ones become the unknown piece, as in the base model.
const LONGEST: usize = 100;

/// A vocabulary of word pieces: greedy longest match (Wu et al. 2016).
#[derive(Debug)]
pub(crate) struct Pieces {
    ids: HashMap<String, usize>,
    unknown: usize,
    /// What every window begins with.
    pub(crate) first: usize,
    /// What every window ends with.
    pub(crate) last: usize,
}

impl Pieces {
    /// Reads a vocabulary: one piece a line. None where a special piece is missing.
    pub(crate) fn parse(vocabulary: &str) -> Option<Self> {
        let ids: HashMap<String, usize> = vocabulary.lines().map(str::to_owned).zip(0..).collect();
        let special = |name: &str| ids.get(name).copied();
        Some(Self { unknown: special("[UNK]")?, first: special("[CLS]")?, last: special("[SEP]")?, ids })
    }

    /// Returns how many pieces there are.
    pub(crate) fn count(&self) -> usize {
        self.ids.values().max().map_or(0, |last| last + 1)
    }

    /// Appends the pieces of one word to `out`; at least one.
    pub(crate) fn push(&self, word: &str, out: &mut Vec<usize>) {
        let before = out.len();
        let plain: String = word.to_lowercase().nfd().filter(|&c| !is_combining_mark(c)).collect();
        let mut rest = plain.as_str();
        while let Some(c) = rest.chars().next() {
            let is_word = |c: char| c.is_alphanumeric() || c == '_';
            let len =
                if is_word(c) { rest.find(|c| !is_word(c)).unwrap_or(rest.len()) } else { c.len_utf8() };
            if !c.is_whitespace() {
                self.push_part(&rest[..len], out);
            }
            rest = &rest[len..];
        }
        if out.len() == before {
            out.push(self.unknown);
        }
    }

    fn push_part(&self, part: &str, out: &mut Vec<usize>) {
        let before = out.len();
        let mut at = 0;
        let mut key = String::new();
        while at < part.len() {
            let found = part[at..]
                .char_indices()
                .map(|(i, c)| at + i + c.len_utf8())
                .rev()
                .find_map(|end| {
                    key.clear();
                    if at > 0 {
                        key.push_str("##");
                    }
                    key.push_str(&part[at..end]);
                    self.ids.get(&key).map(|&id| (id, end))
                })
                .filter(|_| part.len() <= LONGEST);
            let Some((id, end)) = found else {
                out.truncate(before);
                out.push(self.unknown);
                return;
            };
            out.push(id);
            at = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longest_piece_wins_and_accents_fall() {
        let pieces = Pieces::parse("[PAD]\n[UNK]\n[CLS]\n[SEP]\nsa\nsana\n##na\n'\na\n##a").unwrap();
        let of = |word: &str| {
            let mut out = Vec::new();
            pieces.push(word, &mut out);
            out
        };
        assert_eq!(of("Sana'a"), [5, 7, 8]);
        assert_eq!(of("SÁNAA"), [5, 9]);
        assert_eq!(of("xyz"), [1]);
        assert_eq!(of(&"a".repeat(101)), [1]);
    }
}
