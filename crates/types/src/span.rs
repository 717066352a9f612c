//! Places in a text.

use std::ops::Range;

/// A stretch of one document's text: two byte offsets, end exclusive, both on UTF-8 boundaries.
///
/// ```
/// use casus_types::Span;
/// let text = "Arvan’s militia withdrew.";
/// let span = Span::of(text, "militia").unwrap();
/// assert_eq!(span.slice(text), "militia");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// Returns the span of two byte offsets.
    ///
    /// # Panics
    /// Where an offset passes 4 GiB; documents are limited to far less on reading.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        let narrow = |n: usize| u32::try_from(n).expect("documents are far smaller than 4 GiB");
        Self { start: narrow(start), end: narrow(end) }
    }

    /// Returns the span of the first occurrence of `words` in `text`.
    #[must_use]
    pub fn of(text: &str, words: &str) -> Option<Self> {
        text.find(words).map(|at| Self::new(at, at + words.len()))
    }

    /// Returns the words that the span covers.
    ///
    /// # Panics
    /// Where the span was made for another text.
    #[must_use]
    pub fn slice(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Returns the byte range.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Returns the span without white space at its ends; empty where it holds nothing else.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        let here = self.slice(text);
        let start = self.start as usize + (here.len() - here.trim_start().len());
        Self::new(start, (start + here.trim().len()).max(start))
    }

    /// Tells whether the two share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Tells whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Returns the smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Returns the number of bytes between the two; 0 where they touch or overlap.
    #[must_use]
    pub fn distance(self, other: Self) -> u32 {
        other.start.saturating_sub(self.end).max(self.start.saturating_sub(other.end))
    }

    /// Returns the length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Tells whether the span covers nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// Translates byte offsets of one text into Unicode code point offsets, which the public format counts in.
#[derive(Debug)]
pub struct CodePoints {
    /// Byte offset of every 64th code point.
    marks: Vec<u32>,
}

/// Code points between two marks of [`CodePoints`].
const STRIDE: usize = 64;

impl CodePoints {
    /// Returns the translation for `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let marks = text.char_indices().step_by(STRIDE).map(|(at, _)| Span::new(at, at).start).collect();
        Self { marks }
    }

    /// Returns the number of code points before byte `at` of `text`, the text given to [`CodePoints::new`].
    #[must_use]
    pub fn before(&self, text: &str, at: u32) -> usize {
        let Some(mark) = self.marks.partition_point(|&m| m <= at).checked_sub(1) else { return 0 };
        let from = self.marks[mark] as usize;
        mark * STRIDE + text[from..at as usize].chars().count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_counting() {
        let text = "Al‑Qaïm “fell” 🕊 on Friday; ".repeat(20);
        let points = CodePoints::new(&text);
        for (n, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(points.before(&text, u32::try_from(at).unwrap()), n);
        }
        assert_eq!(CodePoints::new("").before("", 0), 0);
    }

    #[test]
    fn distance_is_symmetric_and_zero_on_overlap() {
        let (a, b, c) = (Span::new(0, 4), Span::new(2, 6), Span::new(10, 12));
        assert_eq!(a.distance(b), 0);
        assert_eq!(a.distance(c), 6);
        assert_eq!(c.distance(a), 6);
    }
}
