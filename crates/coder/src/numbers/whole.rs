//! Wholes of which a number counts some: "five of the six suspects", "most of the 45 passengers".
//!
//! How many there are in all is no number of its own then: five were arrested, not six.

use super::cardinal::cardinal;
use super::noun::{counted, is_demonym};
use super::word::Word;
use super::{QuantityKind, find::Read};
use casus_types::event::CountRange;

/// A number of which others are some.
struct Whole {
    value: u64,
    /// The word after it.
    next: usize,
}

/// Reads "of six", "of the six", "of his six" at word `at`.
fn whole(words: &[Word], at: usize) -> Option<Whole> {
    let word = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    if word(at) != "of" {
        return None;
    }
    let the = matches!(
        word(at + 1),
        "the" | "its" | "his" | "her" | "their" | "some" | "about" | "these" | "those"
    );
    let number = cardinal(words, at + 1 + usize::from(the))?;
    let value = super::find::whole(number.value).filter(|n| *n > 1)?;
    Some(Whole { value, next: number.next })
}

/// Returns the word behind a whole that follows a number before word `next`; `next` where none does, or where what
/// befell the whole is told right behind it: "two of the five people killed were children", "three of the 12 dead".
pub(super) fn behind(words: &[Word], next: usize) -> usize {
    let Some(whole) = whole(words, next) else { return next };
    let befallen = |i: usize| {
        let word = words.get(i).map_or("", |w| w.lower.as_str());
        word.ends_with("ed")
            || matches!(
                word,
                "who" | "that" | "which" | "dead" | "hurt" | "shot" | "taken" | "held" | "hanged"
            )
    };
    let noun = counted(words, whole.next, false).filter(|&noun| !is_demonym(&words[noun]));
    let told = befallen(whole.next) || noun.is_some_and(|noun| befallen(noun) || befallen(noun + 1));
    if told { next } else { whole.next }
}

/// Reads a share of a whole that no number tells: "most of the 45", "half of the 40", "all but three of the 40".
pub(super) fn share(words: &[Word], at: usize) -> Option<Read> {
    let word = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    let (left, next) = match (word(at), word(at + 1)) {
        ("all", "but") => {
            let number = cardinal(words, at + 2)?;
            (super::find::whole(number.value)?, number.next)
        }
        ("most" | "half" | "some" | "all", _) => (0, at + 1),
        _ => return None,
    };
    let whole = whole(words, next)?;
    let (min, max) = match word(at) {
        "most" => (whole.value / 2 + 1, whole.value),
        "half" => (whole.value / 2, whole.value / 2),
        // "Some of the 40" are more than one.
        "some" => (2, whole.value),
        _ => (whole.value.checked_sub(left)?, whole.value - left),
    };
    let range = CountRange { min, max: Some(max) };
    Some(Read { range, approximate: false, kind: QuantityKind::Number, next: whole.next })
}
