//! A dictionary of phrases, looked up in a running text, longest first.

use super::fold::{Case, Gap, Word, join, words};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

/// One meaning of a phrase, with how its first word must be written.
#[derive(Debug, Clone)]
struct Entry<T> {
    /// The meaning.
    value: T,
    /// The text's word must be written at least like this: "who" is not WHO.
    case: Case,
}

/// Phrases with their meanings.
#[derive(Debug, Clone)]
pub(super) struct Phrases<T> {
    /// By key; several meanings in the order in which they came.
    by_key: FxHashMap<String, Vec<Entry<T>>>,
    /// The number of words of the longest phrase that begins with this word.
    longest: FxHashMap<SmolStr, usize>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { by_key: FxHashMap::default(), longest: FxHashMap::default() }
    }
}

impl<T: Clone + PartialEq> Phrases<T> {
    /// Adds a phrase. It is found only where the text writes its first word with as many capitals.
    pub(super) fn add(&mut self, phrase: &str, value: T) {
        let found = words(phrase, 0, phrase.len());
        let Some(first) = found.first() else { return };
        // An acronym of more than five letters is as good as a word: ISESCO, Unesco.
        let case = match first.case {
            Case::Acronym if found.len() == 1 && first.key.len() <= 5 => Case::Acronym,
            Case::Acronym | Case::Capital => Case::Capital,
            Case::Lower => Case::Lower,
        };
        let longest = self.longest.entry(first.key.clone()).or_default();
        *longest = (*longest).max(found.len());
        let entries = self.by_key.entry(join(&found)).or_default();
        if !entries.iter().any(|entry| entry.value == value && entry.case <= case) {
            entries.push(Entry { value, case });
        }
    }

    /// Returns the meanings of the longest phrase that starts at word `at`, and its number of words.
    pub(super) fn longest_at(&self, words: &[Word], at: usize) -> Option<(usize, Vec<T>)> {
        let first = words.get(at)?;
        let most = (*self.longest.get(&first.key)?).min(words.len() - at);
        let unbroken = words[at + 1..at + most].iter().take_while(|word| word.gap <= Gap::Comma).count();
        let mut key = join(&words[at..=at + unbroken]);
        (1..=unbroken + 1).rev().find_map(|n| {
            let meanings = self.meanings(first, &key);
            key.truncate(key.len() - words[at + n - 1].key.len());
            key.pop();
            (!meanings.is_empty()).then_some((n, meanings))
        })
    }

    /// Returns the meanings of exactly these words.
    pub(super) fn exactly(&self, words: &[Word]) -> Vec<T> {
        let Some(first) = words.first() else { return Vec::new() };
        let broken = words[1..].iter().any(|word| word.gap > Gap::Comma);
        if broken { Vec::new() } else { self.meanings(first, &join(words)) }
    }

    /// Returns the meanings of a key whose first word is written like this.
    fn meanings(&self, first: &Word, key: &str) -> Vec<T> {
        let Some(entries) = self.by_key.get(key) else { return Vec::new() };
        entries.iter().filter(|entry| first.case >= entry.case).map(|entry| entry.value.clone()).collect()
    }

    /// Returns the meanings of a key, however it is written.
    pub(super) fn of_key(&self, key: &str) -> Vec<T> {
        self.by_key
            .get(key)
            .map(|entries| entries.iter().map(|e| e.value.clone()).collect())
            .unwrap_or_default()
    }
}
