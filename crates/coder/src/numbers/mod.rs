//! How many: the quantities of persons and events that a report names.
//!
//! [`find`] reads them from bare text; which of them belongs to which act is for the caller, who may add parts up
//! with [`sum`] and lay conflicting tolls over one another with [`span_of`]. What the words around a number do to it
//! follows the gold annotations.

pub(crate) mod cardinal;
mod exclude;
mod find;
mod hedge;
mod noun;
mod whole;
pub(crate) mod word;

pub use find::find;
pub(crate) use find::find_among;
pub(crate) use noun::{counted, is_of_people, is_people, is_person, is_persons};

use casus_types::{Span, event::CountRange};

/// What words a quantity was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuantityKind {
    /// A number in digits or words ("80,000", "at least seven", "a dozen", "both").
    Number,
    /// A word for more than one or two ("several", "dozens", "a series of").
    Vague,
    /// None at all ("no casualties", "nobody").
    Zero,
    /// An article or "another" before one person ("a man", "another soldier").
    Article,
    /// The place in a row of like events ("the third bombing since June"): so many in all.
    Nth,
}

/// A quantity of persons or events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantity {
    /// The number with the words that hedge it, without the counted noun.
    pub span: Span,
    /// What the words allow.
    pub range: CountRange,
    /// Whether the words say that the number is not exact ("about", "nearly"), beyond being open above.
    pub approximate: bool,
    /// What it was read from.
    pub kind: QuantityKind,
    /// Whether it counts some of those that another number counts ("including four children", "two of whom").
    pub is_part: bool,
    noun: Option<Span>,
}

impl Quantity {
    /// Returns the counted noun, where it follows plainly: "soldiers" in "five Northland soldiers".
    #[must_use]
    pub fn noun(&self) -> Option<Span> {
        self.noun
    }
}

/// Returns the range of what several quantities count together; open above where one of them is. Nothing counts 0.
#[must_use]
pub fn sum(parts: &[CountRange]) -> CountRange {
    let max = |sum: Option<u64>, part: &CountRange| Some(sum?.saturating_add(part.max?));
    CountRange {
        min: parts.iter().fold(0, |sum, part| sum.saturating_add(part.min)),
        max: parts.iter().fold(Some(0), max),
    }
}

/// Returns the range from the lowest to the highest of several that tell of the same thing and disagree; open above
/// where one of them is. Nothing counts 0.
#[must_use]
pub fn span_of(parts: &[CountRange]) -> CountRange {
    let open = parts.iter().any(|part| part.max.is_none());
    CountRange {
        min: parts.iter().map(|part| part.min).min().unwrap_or(0),
        max: if open { None } else { Some(parts.iter().filter_map(|part| part.max).max().unwrap_or(0)) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates;

    const TABLE: &str = include_str!("../../../../golden/numbers.tsv");

    fn show(quantity: &Quantity, text: &str) -> String {
        let max = quantity.range.max.map_or("-".to_owned(), |n| n.to_string());
        let kind = match quantity.kind {
            QuantityKind::Number => "",
            QuantityKind::Vague => "vague",
            QuantityKind::Zero => "zero",
            QuantityKind::Article => "article",
            QuantityKind::Nth => "nth",
        };
        let flags =
            [if quantity.approximate { "~" } else { "" }, if quantity.is_part { "part" } else { "" }, kind]
                .concat();
        format!("{} {max} {flags} {}", quantity.range.min, quantity.noun().map_or("-", |n| n.slice(text)))
    }

    #[test]
    fn numbers_count_what_the_table_says() {
        let mut n_rows = 0;
        let mut wrong = Vec::new();
        for row in TABLE.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let columns: Vec<&str> = row.split('\t').collect();
            let &[marked, min, max, flags, noun, ..] = columns.as_slice() else {
                panic!("a row has six columns: {row:?}");
            };
            let text = marked.replace("[[", "").replace("]]", "");
            let found = find(&text, &dates::find(&text, None));
            let words =
                marked.split_once("[[").and_then(|(_, rest)| rest.split_once("]]")).map(|(words, _)| words);
            let (expected, got) = match words {
                Some(words) => (
                    format!("{min} {max} {flags} {noun}"),
                    found.iter().find(|q| q.span.slice(&text) == words).map(|q| show(q, &text)),
                ),
                None => ("none".to_owned(), found.is_empty().then(|| "none".to_owned())),
            };
            if got.as_ref() != Some(&expected) {
                let read: Vec<&str> = found.iter().map(|q| q.span.slice(&text)).collect();
                wrong.push(format!("{marked}: expected {expected}, got {got:?} among {read:?}"));
            }
            n_rows += 1;
        }
        assert!(n_rows >= 80, "the table has {n_rows} rows");
        assert!(wrong.is_empty(), "{} of {n_rows} rows are wrong:\n{}", wrong.len(), wrong.join("\n"));
    }

    #[test]
    fn parts_add_up_and_tolls_span() {
        let range = |min, max| CountRange { min, max };
        assert_eq!(sum(&[range(3, Some(3)), range(2, Some(2))]), range(5, Some(5)));
        assert_eq!(sum(&[range(3, Some(3)), range(7, None)]), range(10, None));
        assert_eq!(sum(&[]), range(0, Some(0)));
        assert_eq!(span_of(&[range(19, Some(19)), range(34, Some(34))]), range(19, Some(34)));
        assert_eq!(span_of(&[range(5, Some(5)), range(7, None)]), range(5, None));
    }

    #[test]
    fn odd_text_is_read_without_harm() {
        let text = "one of a an another - 3-2 $ 99,999,999,999,999 million a 16-year-old, at least at least no of the [1] ’";
        for end in (0..text.len()).filter(|n| text.is_char_boundary(*n)) {
            for start in (0..end).filter(|n| text.is_char_boundary(*n)) {
                let found = find(&text[start..end], &dates::find(&text[start..end], None));
                assert!(found.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
            }
        }
    }
}
