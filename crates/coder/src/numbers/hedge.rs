//! What the words around a number do to it, and words that are numbers of their own.

use super::QuantityKind;
use super::noun::counted;
use super::word::{Word, WordList};
use casus_types::event::CountRange;

/// A hedge before a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hedge {
    /// "at least"
    AtLeast,
    /// "more than"
    MoreThan,
    /// "fewer than"
    FewerThan,
    /// "up to"
    UpTo,
    /// "about"
    About,
    /// "nearly"
    Nearly,
}

/// Hedges with the words that say them, longer ones first where one begins with another.
const HEDGES: &[(&[&str], Hedge)] = &[
    (&["at", "the", "very", "least"], Hedge::AtLeast),
    (&["at", "least"], Hedge::AtLeast),
    (&["no", "fewer", "than"], Hedge::AtLeast),
    (&["no", "less", "than"], Hedge::AtLeast),
    (&["not", "less", "than"], Hedge::AtLeast),
    (&["a", "minimum", "of"], Hedge::AtLeast),
    (&["no", "more", "than"], Hedge::UpTo),
    (&["not", "more", "than"], Hedge::UpTo),
    (&["a", "maximum", "of"], Hedge::UpTo),
    (&["at", "most"], Hedge::UpTo),
    (&["as", "many", "as"], Hedge::UpTo),
    (&["up", "to"], Hedge::UpTo),
    (&["well", "over"], Hedge::MoreThan),
    (&["well", "more", "than"], Hedge::MoreThan),
    (&["just", "over"], Hedge::MoreThan),
    (&["slightly", "more", "than"], Hedge::MoreThan),
    (&["more", "than"], Hedge::MoreThan),
    (&["over"], Hedge::MoreThan),
    (&["in", "excess", "of"], Hedge::MoreThan),
    (&["upwards", "of"], Hedge::MoreThan),
    (&["above"], Hedge::MoreThan),
    (&["just", "under"], Hedge::Nearly),
    (&["close", "to"], Hedge::Nearly),
    (&["nearly"], Hedge::Nearly),
    (&["almost"], Hedge::Nearly),
    (&["fewer", "than"], Hedge::FewerThan),
    (&["less", "than"], Hedge::FewerThan),
    (&["under"], Hedge::FewerThan),
    (&["about"], Hedge::About),
    (&["around"], Hedge::About),
    (&["approximately"], Hedge::About),
    (&["roughly"], Hedge::About),
    (&["some"], Hedge::About),
    (&["an", "estimated"], Hedge::About),
    (&["estimated"], Hedge::About),
    (&["perhaps"], Hedge::About),
    (&["circa"], Hedge::About),
];

/// The first words of [`HEDGES`]; most words of a text are spared the comparison with each.
static FIRST: WordList = WordList::new(
    "a about above almost an approximately around as at circa close estimated fewer in just less more nearly no not over \
     perhaps roughly slightly some under up upwards well",
);

impl Hedge {
    /// Reads a hedge at word `i`, and the word after it.
    pub(super) fn read(words: &[Word], i: usize) -> Option<(Self, usize)> {
        words.get(i).filter(|word| FIRST.has(&word.lower))?;
        let all =
            |w: &[&str]| w.iter().enumerate().all(|(n, s)| words.get(i + n).is_some_and(|w| w.lower == *s));
        HEDGES
            .iter()
            .filter(|(w, _)| all(w))
            .max_by_key(|(w, _)| w.len())
            .map(|(w, hedge)| (*hedge, i + w.len()))
    }

    /// Returns what the hedge makes of an exact or open range, and whether the number is approximate.
    pub(super) fn apply(self, range: CountRange) -> (CountRange, bool) {
        let n = range.min;
        match self {
            Self::AtLeast => (CountRange { min: n, max: None }, false),
            // "More than 50" is 51 and more in the gold annotations; "more than dozens" is not said.
            Self::MoreThan => (CountRange { min: n.saturating_add(1), max: None }, false),
            Self::FewerThan => (CountRange { min: 0, max: Some(n.saturating_sub(1)) }, false),
            // Nothing in the training gold says otherwise: the number is the highest that the words allow.
            Self::UpTo => (CountRange { min: 0, max: range.max }, false),
            // "Around 90", "some 1,500" are coded as that number.
            Self::About => (range, true),
            // "Nearly 500" is [450, 500] and "almost 8,000" [7500, 8000]: half of the last digit that is not 0,
            // but no more than a tenth ("nearly 100" is not fifty).
            Self::Nearly => {
                let mut unit = 1;
                while n > 0 && n.is_multiple_of(unit * 10) {
                    unit *= 10;
                }
                let below = (unit / 2).min(n / 10).max(u64::from(n > 1));
                (CountRange { min: n - below.min(n), max: range.max }, true)
            }
        }
    }
}

/// Tells whether "scores" at word `i` counts: "scores of men", "scores wounded", "wounding scores", "Scores were hurt"; not
/// "the scores of both games", "test scores were low".
fn are_many(words: &[Word], i: usize) -> bool {
    let word = |n: usize| words.get(n).map_or("", |w| w.lower.as_str());
    let before = i.checked_sub(1).map_or("", word);
    if matches!(before, "the" | "their" | "its" | "his" | "her" | "test" | "exam" | "high" | "low") {
        return false;
    }
    match word(i + 1) {
        "of" | "more" | "others" | "people" | "civilians" | "dead" | "wounded" | "injured" | "killed"
        | "hurt" | "missing" | "arrested" | "detained" | "displaced" | "trapped" | "homeless" => true,
        "are" | "were" | "have" | "had" => {
            matches!(before, "" | "." | "," | ";" | "and" | "but" | "while" | "as" | "that" | "said")
        }
        _ => before.ends_with("ing") || before.ends_with("ed"),
    }
}

/// Reads a word or phrase that is a quantity without a number in it, and the word after it.
pub(super) fn vague(words: &[Word], i: usize) -> Option<(CountRange, QuantityKind, usize)> {
    let word = |n: usize| words.get(n).map_or("", |w| w.lower.as_str());
    let from = |min: u64| CountRange { min, max: None };
    let exact = |n: u64| CountRange { min: n, max: Some(n) };
    let plural = |n: usize| match word(n) {
        "dozens" => Some(24),
        "scores" => Some(40),
        "hundreds" => Some(200),
        "thousands" => Some(2000),
        "millions" => Some(2_000_000),
        _ => None,
    };
    let singular = |n: usize| match word(n) {
        "dozen" => Some(12),
        "hundred" => Some(100),
        "thousand" => Some(1000),
        "lakh" => Some(100_000),
        "million" => Some(1_000_000),
        "crore" => Some(10_000_000),
        _ => None,
    };
    let is = |words: &[&str]| words.iter().enumerate().all(|(n, w)| word(i + n) == *w);
    let vague = |range, next| Some((range, QuantityKind::Vague, next));
    let number = |range, next| Some((range, QuantityKind::Number, next));

    // "tens of thousands", "hundreds of thousands", "dozens"
    let tens = if word(i) == "tens" { Some(20) } else { plural(i).filter(|n| *n >= 200) };
    if let Some(tens) = tens
        && word(i + 1) == "of"
        && let Some(unit) = match word(i + 2) {
            "thousands" => Some(1000),
            "millions" => Some(1_000_000),
            _ => None,
        }
    {
        return vague(from(tens * unit), i + 3);
    }
    // "Tens of men"; "tens of billions of dollars" are not counted here.
    if word(i) == "tens"
        && word(i + 1) == "of"
        && counted(words, i + 2, false).is_some_and(|noun| !word(noun).ends_with("illions"))
    {
        return vague(from(20), i + 1);
    }
    if let Some(min) = plural(i) {
        return (word(i) != "scores" || are_many(words, i)).then_some((
            from(min),
            QuantityKind::Vague,
            i + 1,
        ));
    }
    // At least three of a unit: "several hundred", "a few dozen".
    let few = match word(i) {
        "several" => Some(i + 1),
        "a" if word(i + 1) == "few" => Some(i + 2),
        "a" if word(i + 1) == "handful" && word(i + 2) == "of" => Some(i + 3),
        _ => None,
    };
    // "Hundred", "hundred thousand": what is counted in, and the word after it.
    let unit = |next: usize| match (singular(next), singular(next + 1)) {
        (Some(unit), Some(scale)) if scale > unit => (unit * scale, next + 2),
        (Some(unit), _) => (unit, next + 1),
        _ => (1, next),
    };
    if let Some(next) = few {
        let (unit, next) = unit(next);
        return vague(from(3 * unit), next);
    }
    match word(i) {
        // "Many others" is three or more in the gold annotations, "multiple" and "numerous" two or more.
        "many" if !matches!(i.checked_sub(1).map_or("", word), "as" | "how" | "so" | "too") => {
            vague(from(3), i + 1)
        }
        "multiple" | "numerous" | "various" => vague(from(2), i + 1),
        "a" if matches!(
            word(i + 1),
            "series" | "string" | "wave" | "spate" | "number" | "flurry" | "barrage" | "succession" | "slew"
        ) && word(i + 2) == "of" =>
        {
            vague(from(2), i + 2)
        }
        // "A couple of hundred" are some two hundred.
        "a" if is(&["a", "couple"]) => {
            let (unit, next) = unit(if word(i + 2) == "of" { i + 3 } else { i + 2 });
            number(exact(2 * unit), next)
        }
        "a" if is(&["a", "pair", "of"]) => number(exact(2), i + 3),
        "a" if is(&["a", "trio", "of"]) => number(exact(3), i + 3),
        "an" if matches!(word(i + 1), "unknown" | "unspecified" | "undisclosed")
            && word(i + 2) == "number" =>
        {
            vague(from(1), i + 3)
        }
        "both" | "twin" | "dual" | "couple" | "pair" => number(exact(2), i + 1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hedge_is_looked_for() {
        assert!(HEDGES.iter().all(|(words, _)| FIRST.has(words[0])));
    }
}
