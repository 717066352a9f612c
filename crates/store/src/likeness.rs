//! How alike two texts are, for finding wire copies: a report that says nothing that another does not.

use std::collections::{BTreeSet, HashSet};

/// Words of a shingle. Five words in a row are seldom the same by chance (Broder 1997 takes ten for web pages).
const SHINGLE: usize = 5;

/// Shingles of a sketch: those with the least hashes (bottom-k sketch, Broder 1997). Of a copy cut to a fifth, six are
/// still expected in the sketch of the whole.
const SKETCH: usize = 32;

/// Fewest words of a text that can be a near copy. In a shorter one, one word more is news.
const FEWEST_WORDS: usize = 30;

/// Least share of a text's shingles that stand in another for the text to be a copy.
const LEAST_SHARE: f64 = 0.7;

/// Most words in a row of a copy that do not stand in its original: a dateline, a byline, a phrase put otherwise. Without
/// this bound, two of three reports with a sentence added count as copies; with it one of five, mostly of four words
/// (`docs/design/copies.md`, `bench/copies.py`).
const MOST_NEW_WORDS: usize = 8;

/// Words for numbers: a copy has none that its original has not.
const NUMBER_WORDS: [&str; 32] = [
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
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "dozen",
    "dozens",
    "hundred",
    "hundreds",
    "thousands",
];

/// Words for days: a report of another Sunday's act says so in one word.
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// A text, prepared for comparing.
#[derive(Debug, Clone)]
pub(crate) struct Likeness {
    /// Hashes of the shingles, by the word they begin with.
    begins: Vec<u64>,
    shingles: HashSet<u64>,
    /// Every number with the word after it.
    numbers: BTreeSet<(String, String)>,
    weekdays: BTreeSet<String>,
    words: usize,
}

/// The least hashes of a text's shingles, ascending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sketch(Vec<i64>);

impl Likeness {
    pub(crate) fn of(text: &str) -> Self {
        let words = words(text);
        let numbers = words
            .iter()
            .enumerate()
            .filter(|(_, word)| is_number(word))
            .map(|(at, word)| (word.clone(), words.get(at + 1).cloned().unwrap_or_default()))
            .collect();
        let weekdays = words.iter().filter(|word| WEEKDAYS.contains(&word.as_str())).cloned().collect();
        let begins: Vec<u64> = shingles(&words).collect();
        Self { shingles: begins.iter().copied().collect(), begins, numbers, weekdays, words: words.len() }
    }

    /// Tells whether a text is long enough to be told a copy by its words.
    pub(crate) fn is_telling(&self) -> bool {
        self.words >= FEWEST_WORDS
    }

    /// Returns how much of this text stands in the other, 0..=1, where it says nothing that the other does not: few words
    /// in a row that are new, no number of anything and no weekday.
    pub(crate) fn copied_from(&self, other: &Self) -> Option<f64> {
        let shared = self.shingles.intersection(&other.shingles).count();
        let similarity = share(shared, self.shingles.len());
        let says_no_more = similarity >= LEAST_SHARE
            && self.numbers.is_subset(&other.numbers)
            && self.weekdays.is_subset(&other.weekdays)
            && self.longest_new(other) <= MOST_NEW_WORDS;
        says_no_more.then_some(similarity)
    }

    /// Returns the most words in a row that lie in no shingle of the other.
    fn longest_new(&self, other: &Self) -> usize {
        let mut longest = 0;
        // One past the last word that is known to stand in the other.
        let mut known = 0;
        for (at, shingle) in self.begins.iter().enumerate() {
            if other.shingles.contains(shingle) {
                longest = longest.max(at.saturating_sub(known));
                known = at + SHINGLE;
            }
        }
        longest.max(self.words.saturating_sub(known))
    }

    /// Tells whether two texts, much as they share, speak of different things: none of the numbers of either stands in
    /// the other, or none of the weekdays.
    pub(crate) fn contradicts(&self, other: &Self) -> bool {
        fn differ<T: Ord>(a: &BTreeSet<T>, b: &BTreeSet<T>) -> bool {
            !a.is_empty() && !b.is_empty() && a.is_disjoint(b)
        }
        differ(&self.numbers, &other.numbers) || differ(&self.weekdays, &other.weekdays)
    }

    /// Returns how much of the shorter text stands in the longer, 0..=1.
    pub(crate) fn overlap(&self, other: &Self) -> f64 {
        let shared = self.shingles.intersection(&other.shingles).count();
        share(shared, self.shingles.len().min(other.shingles.len()))
    }
}

impl Sketch {
    pub(crate) fn of(text: &str) -> Self {
        let least: BTreeSet<u64> = shingles(&words(text)).collect();
        Self(least.into_iter().take(SKETCH).map(u64::cast_signed).collect())
    }

    pub(crate) fn shingles(&self) -> &[i64] {
        &self.0
    }

    /// Returns how many shingles two sketches share.
    pub(crate) fn shared(&self, other: &Self) -> usize {
        self.0.iter().filter(|shingle| other.0.contains(shingle)).count()
    }
}

/// Returns the words of a text in small letters, without punctuation.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn shingles(words: &[String]) -> impl Iterator<Item = u64> + '_ {
    words.windows(SHINGLE).map(|shingle| mixed(fnv(shingle)))
}

/// FNV-1a, 64 bits (Fowler, Noll & Vo 1991), over words closed by a zero byte.
fn fnv(words: &[String]) -> u64 {
    words.iter().flat_map(|word| word.bytes().chain([0])).fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Spreads a hash evenly, which the least of many must be (the finaliser of `SplitMix64`, Steele, Lea & Flood 2014).
fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// Tells whether a word counts something. Years do not: a copy's foot may bear the year of its own rights.
fn is_number(word: &str) -> bool {
    let digits = word.bytes().any(|b| b.is_ascii_digit());
    let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    (digits && !year) || NUMBER_WORDS.contains(&word)
}

#[expect(clippy::cast_precision_loss, reason = "texts have far fewer than 2^53 shingles")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_run_of_new_words_is_counted() {
        let words =
            |from: usize, to: usize| (from..to).map(|n| format!("w{n}x")).collect::<Vec<_>>().join(" ");
        let old = Likeness::of(&words(0, 100));
        let run = |text: &str| Likeness::of(text).longest_new(&old);
        assert_eq!(run(&words(0, 100)), 0);
        assert_eq!(run(&words(20, 60)), 0);
        assert_eq!(run(&format!("a b c {}", words(0, 50))), 3);
        assert_eq!(run(&format!("{} a b {} c d e f", words(0, 50), words(50, 90))), 4);
        // Five words that stand apart in the other are five new ones.
        assert_eq!(run("w1x w9x w20x w40x w60x"), 5);
        assert_eq!(run(""), 0);
    }

    #[test]
    fn another_weekday_is_news() {
        let report = |day: &str| {
            let rest = (0..60).map(|n| format!("w{n}x")).collect::<Vec<_>>().join(" ");
            Likeness::of(&format!("Gunmen attacked the market of Sela on {day} {rest}"))
        };
        assert!(report("Sunday").copied_from(&report("Sunday")).is_some());
        assert!(report("Saturday").copied_from(&report("Sunday")).is_none());
    }

    #[test]
    fn sketches_meet_where_texts_do() {
        let words =
            |from: usize, to: usize| (from..to).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
        let (whole, fifth) = (Sketch::of(&words(0, 400)), Sketch::of(&words(100, 200)));
        assert_eq!(whole.shingles().len(), SKETCH);
        assert!(whole.shared(&fifth) >= 4);
        assert_eq!(whole.shared(&Sketch::of(&words(1000, 1400))), 0);
        assert_eq!(whole.shared(&whole), SKETCH);
    }
}
