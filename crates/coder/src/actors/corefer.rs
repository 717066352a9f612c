//! Whether two phrases of a report name one actor, by their strings alone.

use super::fold::{Case, Gap, Word, words};
use super::table::ActorTable;
use casus_types::Span;
use smol_str::SmolStr;

/// Tells whether the phrases at `a` and `b` name one actor: one row of the table, the same name or acronym, or a
/// surname and its full name. Symmetric; agent nouns alone ("the police", twice) do not count.
#[must_use]
pub fn corefer(text: &str, a: Span, b: Span, table: &ActorTable) -> bool {
    let (a, b) = (name(text, a, table), name(text, b, table));
    match (&a.known, &b.known) {
        (Some(x), Some(y)) => return x.iter().any(|idx| y.contains(idx)),
        (None, None) => {}
        _ => return shares_word(&a, &b),
    }
    if a.words.is_empty() || b.words.is_empty() {
        return false;
    }
    same_words(&a.words, &b.words) || initials(&a.words, &b.whole) || initials(&b.words, &a.whole)
}

/// The name in a phrase: what the table knows of it and its capitalised words.
struct Name {
    /// The last known actors in the phrase's head.
    known: Option<Vec<usize>>,
    /// The last run of capitalised words.
    words: Vec<Word>,
    /// Every word of the phrase.
    whole: Vec<Word>,
}

/// Finds the name in a phrase.
fn name(text: &str, span: Span, table: &ActorTable) -> Name {
    let all = words(text, span.start as usize, span.end as usize);
    let whole = all.clone();
    let cut =
        all.iter().skip(1).position(|w| w.gap >= Gap::Comma || (w.case == Case::Lower && is_link(&w.key)));
    let all = &all[..cut.map_or(all.len(), |n| n + 1)];
    let mut known = None;
    let mut at = 0;
    while at < all.len() {
        let length = match table.names.longest_at(all, at) {
            Some((n, found)) => {
                known = Some(found);
                n
            }
            None => match table.countries.phrases.longest_at(all, at) {
                Some((n, _)) => n,
                None => 1,
            },
        };
        at += length;
    }
    let run = all.iter().rev().take_while(|w| w.case > Case::Lower).count();
    let run = &all[all.len() - run..];
    // Titles and countries before the name do not count.
    let mut start = 0;
    while start < run.len() {
        let noun = table.nouns.phrases.longest_at(run, start).map(|(n, _)| n);
        let country = table.countries.phrases.longest_at(run, start).map(|(n, _)| n);
        match noun.max(country) {
            Some(n) => start += n,
            None => break,
        }
    }
    Name { known, words: run[start.min(run.len())..].to_vec(), whole }
}

/// Tells whether a word ends the head of a phrase.
fn is_link(key: &str) -> bool {
    matches!(key, "of" | "in" | "from" | "at" | "for" | "with" | "who" | "and" | "on" | "to" | "by")
}

/// Tells whether one name's words all stand in the other, its last among them.
fn same_words(a: &[Word], b: &[Word]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let inside = short.iter().all(|word| long.iter().any(|other| other.key == word.key));
    let first = short[0].key == long[0].key;
    let last = short[short.len() - 1].key == long[long.len() - 1].key;
    inside && (first || last)
}

/// Tells whether `a` is one word made of the first letters of `b`'s words, the small ones counted or not.
fn initials(a: &[Word], b: &[Word]) -> bool {
    let [acronym] = a else { return false };
    let letters = |small: bool| -> SmolStr {
        b.iter()
            .filter(|word| small || word.case > Case::Lower)
            .filter_map(|word| word.key.chars().next())
            .collect()
    };
    acronym.case == Case::Acronym && b.len() >= 2 && [letters(true), letters(false)].contains(&acronym.key)
}

/// Tells whether a known and an unknown name share the word that counts: "Arslan Veli", of the table, and "Veli".
fn shares_word(a: &Name, b: &Name) -> bool {
    !a.words.is_empty() && !b.words.is_empty() && same_words(&a.words, &b.words)
}
