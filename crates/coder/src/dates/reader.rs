//! A view of the words of a text that the rules of the other files read from.

use super::calendar::unit;
use super::meaning::Unit;
use crate::numbers::cardinal::cardinal;
use crate::numbers::word::Word;

/// A meaning read from some words, and the word after the last of them.
pub(super) type Read<T> = Option<(T, usize)>;

/// The words of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a> {
    words: &'a [Word],
}

impl<'a> Reader<'a> {
    pub(super) fn new(words: &'a [Word]) -> Self {
        Self { words }
    }

    pub(super) fn words(&self) -> &'a [Word] {
        self.words
    }

    /// Returns the lower-case word at `i`; the empty string outside the text.
    pub(super) fn word(&self, i: usize) -> &'a str {
        self.words.get(i).map_or("", |w| w.lower.as_str())
    }

    /// Returns the `n`-th lower-case word before `i`.
    pub(super) fn before(&self, i: usize, n: usize) -> &'a str {
        i.checked_sub(n).map_or("", |at| self.word(at))
    }

    pub(super) fn is(&self, i: usize, options: &[&str]) -> bool {
        options.contains(&self.word(i))
    }

    pub(super) fn capital(&self, i: usize) -> bool {
        self.words.get(i).is_some_and(|w| w.capital)
    }

    pub(super) fn glued(&self, i: usize) -> bool {
        self.words.get(i).is_some_and(|w| w.glued)
    }

    pub(super) fn letters(&self, i: usize) -> bool {
        self.words.get(i).is_some_and(Word::is_letters)
    }

    pub(super) fn digits(&self, i: usize) -> bool {
        self.words.get(i).is_some_and(Word::is_digits)
    }

    /// Tells whether the words from `i` on are these.
    pub(super) fn all(&self, i: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(n, w)| self.word(i + n) == *w)
    }

    /// Returns the longest of several phrases that the words from `i` on begin with: the word after it.
    pub(super) fn any(&self, i: usize, phrases: &[&[&str]]) -> Option<usize> {
        phrases.iter().filter(|p| self.all(i, p)).map(|p| i + p.len()).max()
    }

    /// Tells whether the text has one of these words anywhere.
    pub(super) fn any_of(&self, options: &[&str]) -> bool {
        self.words.iter().any(|word| options.contains(&word.lower.as_str()))
    }

    /// Returns `i + 1` where the word at `i` is one of these, `i` otherwise.
    pub(super) fn skip(&self, i: usize, options: &[&str]) -> usize {
        if self.is(i, options) { i + 1 } else { i }
    }

    /// Tells whether word `i` begins a sentence as far as marks tell.
    pub(super) fn begins(&self, i: usize) -> bool {
        i == 0
            || self.words[i].new_line
            || matches!(
                self.before(i, 1),
                "." | "!" | "?" | ":" | "\"" | "“" | "”" | "'" | "(" | "•" | ";" | "-"
            )
    }

    /// Returns a whole number of at most four digits as it stands, without comma or fraction.
    pub(super) fn plain_number(&self, i: usize) -> Option<i32> {
        let word = self.words.get(i).filter(|w| w.is_digits())?;
        if word.lower.len() > 4 { None } else { word.lower.parse().ok() }
    }

    /// Returns a year in four digits, 1000 to 2199.
    pub(super) fn year(&self, i: usize) -> Option<i16> {
        let number = self.plain_number(i).filter(|_| self.word(i).len() == 4)?;
        i16::try_from(number).ok().filter(|y| (1000..2200).contains(y))
    }

    /// Returns how many: a number, "a", or the usual small vague words with the value the gold gives them.
    pub(super) fn amount(&self, i: usize) -> Read<i32> {
        if let Some(read) = cardinal(self.words, i).filter(|c| c.value.fract() == 0.0 && c.value < 10_000.0) {
            #[expect(clippy::cast_possible_truncation, reason = "whole and below 10,000")]
            return Some((read.value as i32, read.next));
        }
        match self.word(i) {
            "a" if self.is(i + 1, &["couple"]) => Some((2, self.skip(i + 2, &["of"]))),
            // "Several" is at least three; "in the past few days" is three days in the gold annotations.
            "a" if self.is(i + 1, &["few"]) => Some((3, i + 2)),
            "few" | "several" => Some((3, i + 1)),
            "couple" => Some((2, self.skip(i + 1, &["of"]))),
            "a" | "an" => Some((1, i + 1)),
            _ => None,
        }
    }

    /// Returns the unit of time at `i`, singular or plural.
    pub(super) fn unit(&self, i: usize) -> Option<Unit> {
        unit(self.word(i))
    }

    /// Returns a length of time and the word after it: "three weeks"; "a fortnight" is two weeks.
    pub(super) fn length(&self, i: usize) -> Read<(i32, Unit)> {
        let (n, next) = self.amount(i)?;
        self.units(n, next)
    }

    /// Returns `n` of the unit at `i`.
    pub(super) fn units(&self, n: i32, i: usize) -> Read<(i32, Unit)> {
        if self.is(i, &["fortnight", "fortnights"]) {
            return Some(((n.saturating_mul(2), Unit::Week), i + 1));
        }
        self.unit(i).map(|unit| ((n, unit), i + 1))
    }

    /// Returns the small number in words at `i`.
    pub(super) fn small(&self, i: usize) -> Option<u32> {
        self.words.get(i)?.small
    }
}
