//! What a record or a count is set against: "the biggest raid since 1984", "the third attack this week".

use crate::numbers::word::{Word, WordList};

/// Words before such a date in which what it measures is looked for.
const REACH: usize = 14;

/// Words that compare with all others of a time.
static SUPERLATIVES: WordList = WordList::new(
    "\
    biggest bloodiest boldest broadest closest costliest deadliest earliest fewest fiercest first gravest greatest \
    harshest heaviest highest largest longest lowest most only sharpest smallest strongest toughest worst",
);

/// Units that an ordinal may count without comparing: "on the third day".
static UNITS: WordList = WordList::new("day night week month year hour quarter half");

/// Tells whether the date in words `at..next` only bounds a comparison: the raid of "the biggest raid since 1984" is today's.
pub(super) fn is_frame(words: &[Word], at: usize, next: usize) -> bool {
    let word = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    let since = words[at..next].iter().any(|w| w.lower == "since");
    let present = word(at) == "this" && UNITS.has(word(at + 1)) && next == at + 2;
    if !since && !present {
        return false;
    }
    let ends = |w: &Word| w.new_line || matches!(w.lower.as_str(), "." | "!" | "?" | ";");
    let reach = words[..at].iter().rev().take(REACH).take_while(|w| !ends(w)).count();
    (at - reach..at).any(|i| {
        let before = i.checked_sub(1).map_or("", word);
        let determined =
            matches!(before, "the" | "a" | "an" | "s" | "its" | "their" | "his" | "her" | "is" | "was");
        let compares = SUPERLATIVES.has(word(i)) || (words[i].nth.is_some() && word(i + 1) != "-");
        determined && compares && !UNITS.has(word(i + 1))
    })
}
