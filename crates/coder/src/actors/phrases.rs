//! A dictionary of phrases, looked up in a running text, longest first.

use super::fold::{Case, Word, join, words};
use std::collections::HashMap;

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
    by_key: HashMap<String, Vec<Entry<T>>>,
    /// The number of words of the longest phrase that begins with this word.
    longest: HashMap<String, usize>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { by_key: HashMap::new(), longest: HashMap::new() }
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
        (1..=most).rev().find_map(|n| {
            let meanings = self.exactly(&words[at..at + n]);
            (!meanings.is_empty()).then_some((n, meanings))
        })
    }

    /// Returns the meanings of exactly these words.
    pub(super) fn exactly(&self, words: &[Word]) -> Vec<T> {
        let Some(first) = words.first() else { return Vec::new() };
        let broken = words[1..].iter().any(|word| word.gap > super::fold::Gap::Comma);
        if broken {
            return Vec::new();
        }
        let Some(entries) = self.by_key.get(&join(words)) else { return Vec::new() };
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
