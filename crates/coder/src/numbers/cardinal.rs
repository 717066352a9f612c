//! Number words and digits read as values.

use super::noun::{counted, is_persons};
use super::word::Word;

/// The largest value read; larger ones are no counts of persons or events.
const LARGEST: f64 = 1e12;

/// A number as written, without what stands around it ("at least", "people").
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Cardinal {
    /// Its value; a fraction only where digits gave one that no "million" made whole.
    pub(crate) value: f64,
    /// The word after the last one of it.
    pub(crate) next: usize,
    /// Whether it was written in digits.
    pub(crate) digits: bool,
}

/// Returns the number that begins at word `at`: digits ("80,000", "1.5 million"), or words ("twenty-three", "one
/// hundred and five", "two dozen", "a hundred", "half a dozen"). A bare "a" is none.
pub(crate) fn cardinal(words: &[Word], at: usize) -> Option<Cardinal> {
    let word = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    if words.get(at)?.is_digits() {
        let (mut value, mut next) = in_digits(words, at)?;
        // "2 million", "80-thousand".
        let scale_at = if word(next) == "-" { next + 1 } else { next };
        if let Some(scale) = scale(word(scale_at)) {
            value = scaled(value, scale);
            next = scale_at + 1;
        } else if word(next) == "dozen" {
            value *= 12.0;
            next += 1;
        } else if are_millions(words, next) {
            value = scaled(value, 1e6);
            next += 1;
        }
        return (value <= LARGEST).then_some(Cardinal { value, next, digits: true });
    }
    if word(at) == "half" && word(at + 1) == "a" {
        let value = match word(at + 2) {
            "dozen" => 6.0,
            "million" => 500_000.0,
            _ => return None,
        };
        return Some(Cardinal { value, next: at + 3, digits: false });
    }
    // "A hundred and five", "a hundred thousand" go on like "one hundred".
    if matches!(word(at), "a" | "an") {
        let counts = matches!(word(at + 1), "hundred" | "dozen" | "thousand" | "million" | "lakh" | "crore");
        return counts.then(|| grouped(words, 1.0, at + 1));
    }
    let (group, next) = below_hundred(words, at)?;
    Some(grouped(words, group, next))
}

/// Returns a value of so many of a scale, to the thousandth: 4.1 million are 4,100,000 and no fraction less.
pub(super) fn scaled(value: f64, scale: f64) -> f64 {
    (value * scale * 1000.0).round() / 1000.0
}

/// Returns the value of digits at word `at`, and the word after them: "80,000", "12 000", with a space for the comma.
fn in_digits(words: &[Word], at: usize) -> Option<(f64, usize)> {
    let digits = |i: usize, n: fn(usize) -> bool| {
        words.get(i).is_some_and(|w| n(w.lower.len()) && w.lower.bytes().all(|b| b.is_ascii_digit()))
    };
    let value = |i: usize| words[i].lower.replace(',', "").parse::<f64>().ok();
    let alone = |i: usize| words.get(i).is_none_or(|w| !w.is_digits() && !w.glued);
    let groups = digits(at, |n| n <= 3)
        && digits(at + 1, |n| n == 3)
        && !words[at + 1].glued
        && at.checked_sub(1).is_none_or(|before| !words[before].is_digits())
        && words.get(at + 2).is_some_and(Word::is_letters)
        && alone(at + 2);
    if groups { Some((value(at)? * 1000.0 + value(at + 1)?, at + 2)) } else { Some((value(at)?, at + 1)) }
}

/// Tells whether an "m" at word `at` that touches a number is for millions: "1.5m people"; else it is for metres or money.
fn are_millions(words: &[Word], at: usize) -> bool {
    words.get(at).is_some_and(|w| w.glued && matches!(w.lower.as_str(), "m" | "mn"))
        && counted(words, at + 1, false).is_some_and(|noun| is_persons(&words[noun].lower))
}

/// Returns what "and five" adds to a round number, and the word after it.
fn tail(words: &[Word], at: usize, head: f64) -> Option<(f64, usize)> {
    let and = words.get(at)?.lower == "and";
    let from = if and { at + 1 } else { at };
    let (value, next) = below_hundred(words, from)?;
    // "A hundred and two hundred" counts two things, "a hundred and fifty thousand" one.
    let apart = words.get(next).is_some_and(|w| matches!(w.lower.as_str(), "hundred" | "dozen"));
    (value < head && !apart && (head.rem_euclid(100.0) == 0.0)).then_some((value, next))
}

/// Returns the number in words that begins with a group below a hundred before word `next`.
fn grouped(words: &[Word], mut group: f64, mut next: usize) -> Cardinal {
    let word = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    let mut total = 0.0;
    loop {
        match word(next) {
            "hundred" if group < 100.0 => {
                group *= 100.0;
                next += 1;
                if let Some((rest, after)) = tail(words, next, group) {
                    group += rest;
                    next = after;
                }
            }
            "dozen" => {
                group *= 12.0;
                next += 1;
            }
            other => {
                let Some(scale) = scale(other).filter(|s| *s >= 1000.0) else { break };
                total += group * scale;
                group = 0.0;
                next += 1;
                let from = if word(next) == "and" { next + 1 } else { next };
                match below_hundred(words, from) {
                    // "two thousand and five" but not "two thousand, three": the comma is no word of it.
                    Some((value, after)) => {
                        group = value;
                        next = after;
                    }
                    None => break,
                }
            }
        }
    }
    Cardinal { value: total + group, next, digits: false }
}

/// Returns the value of one to ninety-nine at word `at`, and the word after it.
fn below_hundred(words: &[Word], at: usize) -> Option<(f64, usize)> {
    let word = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    let small = |i: usize| words.get(i).and_then(|w| w.small);
    let first = small(at)?;
    if first >= 20
        && word(at + 1) == "-"
        && words[at + 1].glued
        && let Some(unit) = small(at + 2).filter(|u| *u < 10)
    {
        return Some((f64::from(first + unit), at + 3));
    }
    if first >= 20
        && let Some(unit) = small(at + 1).filter(|u| *u < 10)
    {
        return Some((f64::from(first + unit), at + 2));
    }
    Some((f64::from(first), at + 1))
}

/// Returns the value of one number word below a hundred.
pub(crate) fn simple(word: &str) -> Option<u32> {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let narrow = |n: usize| u32::try_from(n).expect("at most ninety");
    if let Some(n) = SMALL.iter().position(|s| *s == word) {
        return Some(narrow(n));
    }
    TENS.iter().position(|s| *s == word).map(|n| narrow(n * 10 + 20))
}

/// Tells whether the word is a number by itself: "seven", "thousand".
pub(crate) fn is_cardinal(word: &str) -> bool {
    simple(word).is_some() || scale(word).is_some()
}

/// Returns what a word makes of the number before it: "2 million", "three lakh".
pub(super) fn scale(word: &str) -> Option<f64> {
    match word {
        "hundred" => Some(100.0),
        "thousand" => Some(1e3),
        "lakh" | "lakhs" => Some(1e5),
        "million" => Some(1e6),
        "crore" | "crores" => Some(1e7),
        "billion" => Some(1e9),
        _ => None,
    }
}

/// Returns the value of an ordinal from first to thirty-first, in words or digits ("fifth", "21st"), at word `at`,
/// and the word after it.
pub(crate) fn ordinal(words: &[Word], at: usize) -> Option<(u32, usize)> {
    let word = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    let nth = |i: usize| words.get(i).and_then(|w| w.nth);
    if words.get(at)?.is_digits() {
        let suffix = matches!(word(at + 1), "st" | "nd" | "rd" | "th") && words[at + 1].glued;
        return if suffix { Some((word(at).parse().ok()?, at + 2)) } else { None };
    }
    if let Some(n) = nth(at) {
        return Some((n, at + 1));
    }
    let tens = match word(at) {
        "twenty" => 20,
        "thirty" => 30,
        "thirtieth" => return Some((30, at + 1)),
        _ => return None,
    };
    let unit_at = if word(at + 1) == "-" { at + 2 } else { at + 1 };
    let unit = nth(unit_at).filter(|u| *u < 10)?;
    Some((tens + unit, unit_at + 1))
}

/// Returns the value of one ordinal up to the twentieth in words.
pub(crate) fn single_ordinal(word: &str) -> Option<u32> {
    const ORDINALS: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    ORDINALS.iter().position(|o| *o == word).map(|n| u32::try_from(n + 1).expect("at most twenty"))
}

#[cfg(test)]
mod tests {
    use super::super::word::words;
    use super::*;

    fn check(text: &str, expected: f64, n_words: usize) {
        let read = cardinal(&words(text), 0).unwrap_or_else(|| panic!("nothing read in {text:?}"));
        assert!((read.value - expected).abs() < 1e-9, "{text}: {}", read.value);
        assert_eq!(read.next, n_words, "{text}");
    }

    #[test]
    fn cardinals() {
        check("80,000 people", 80_000.0, 1);
        check("1.5 million people", 1_500_000.0, 2);
        check("twenty-three soldiers", 23.0, 3);
        check("one hundred and five", 105.0, 4);
        check("two hundred soldiers", 200.0, 2);
        check("three thousand two hundred and one", 3201.0, 6);
        check("a hundred people", 100.0, 2);
        check("a hundred and two hundred", 100.0, 2);
        check("a hundred and five men", 105.0, 4);
        check("a hundred thousand people", 100_000.0, 3);
        check("one hundred and fifty thousand people", 150_000.0, 5);
        check("two hundred and fifty thousand", 250_000.0, 5);
        check("a thousand two hundred men", 1200.0, 4);
        check("4.1 million people", 4_100_000.0, 2);
        check("0.57 crore people", 5_700_000.0, 2);
        check("half a dozen men", 6.0, 3);
        check("two dozen", 24.0, 2);
        check("one and two", 1.0, 1);
        assert!(cardinal(&words("a man"), 0).is_none());
    }

    #[test]
    fn ordinals() {
        assert_eq!(ordinal(&words("21st"), 0), Some((21, 2)));
        assert_eq!(ordinal(&words("fifth of"), 0), Some((5, 1)));
        assert_eq!(ordinal(&words("twenty-first"), 0), Some((21, 3)));
        assert_eq!(ordinal(&words("21"), 0), None);
    }
}
