//! The words of a stretch of text, and which of them may be a name.

use super::nouns::is_inner;
use casus_types::Span;

/// A word of the text with what stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) span: Span,
    /// Whether it may begin or end a name.
    pub(super) capital: bool,
    /// Whether punctuation that a name does not pass stands before it.
    pub(super) breaks: bool,
    /// Whether it owns what follows: "Syria's".
    pub(super) possessive: bool,
}

/// Returns the words of a stretch of text; possessive endings and outer punctuation are left out.
pub(super) fn words(text: &str, within: Span) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let slice = within.slice(text);
    let base = within.start as usize;
    let mut chars = slice.char_indices().peekable();
    let mut breaks = false;
    while let Some((at, c)) = chars.next() {
        if !c.is_alphanumeric() && !matches!(c, 'ʻ' | 'ʼ' | 'ʿ' | 'ʾ' | '‘') {
            // A full stop after an abbreviation ("St. Petersburg", "U.S. base") ends nothing.
            let abbreviation = c == '.' && words.last().is_some_and(|w| is_abbreviation(w.span.slice(text)));
            breaks |= !abbreviation
                && matches!(
                    c,
                    ',' | ';'
                        | ':'
                        | '('
                        | ')'
                        | '"'
                        | '“'
                        | '”'
                        | '.'
                        | '!'
                        | '?'
                        | '\n'
                        | '—'
                        | '–'
                        | '/'
                        | '['
                        | ']'
                        | '…'
                );
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some(&(next, d)) = chars.peek() {
            let joins = matches!(d, '\'' | '’' | '‘' | 'ʻ' | 'ʼ' | 'ʿ' | 'ʾ' | '-' | '‑' | '‐' | '.' | '`')
                && slice[next + d.len_utf8()..].starts_with(char::is_alphanumeric)
                && !(d == '.' && end - at > 3);
            if !d.is_alphanumeric() && !joins && !is_mark(d) {
                break;
            }
            end = next + d.len_utf8();
            chars.next();
        }
        let word = strip_possessive(&slice[at..end]);
        let span = Span::new(base + at, base + at + word.len());
        let possessive = word.len() < end - at;
        words.push(Word { span, capital: is_capital(word), breaks, possessive });
        breaks = possessive;
    }
    words
}

/// Combining accents.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn strip_possessive(word: &str) -> &str {
    ["'s", "’s", "'S", "’S"]
        .iter()
        .find_map(|s| word.strip_suffix(s))
        .filter(|w| !w.is_empty())
        .unwrap_or(word)
}

fn is_abbreviation(word: &str) -> bool {
    ["st", "ste", "mt", "ft", "dr", "pt"].iter().any(|a| word.eq_ignore_ascii_case(a))
        || word.len() == 1
        || word.contains('.')
}

/// Capitalised, also after an article: "al-Tuffah", "d'Ivoire", "‘Anbar".
fn is_capital(word: &str) -> bool {
    let mut letters = word.chars().skip_while(|c| !c.is_alphanumeric());
    match letters.next() {
        Some(c) if c.is_uppercase() || c.is_numeric() => true,
        // An article is joined to its name: "al-Hol", "l'Aquila".
        Some(_) => word
            .split_once(['-', '\'', '’', '‑'])
            .is_some_and(|(head, tail)| head.chars().count() <= 4 && tail.starts_with(char::is_uppercase)),
        None => false,
    }
}

/// Returns the runs of words that may each be one name: capitalised words with small words between them.
pub(super) fn runs(text: &str, words: &[Word]) -> Vec<Vec<Word>> {
    let mut runs: Vec<Vec<Word>> = Vec::new();
    let mut run: Vec<Word> = Vec::new();
    let mut close = |run: &mut Vec<Word>| {
        while run.last().is_some_and(|w| !w.capital) {
            run.pop();
        }
        if !run.is_empty() {
            runs.push(std::mem::take(run));
        }
    };
    for &word in words {
        let inner = !run.is_empty() && is_inner(word.span.slice(text));
        if word.breaks || !(word.capital || inner) {
            close(&mut run);
        }
        if word.capital || (inner && !run.is_empty()) {
            run.push(word);
        }
    }
    close(&mut run);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let words = words(text, Span::new(0, text.len()));
        let got: Vec<&str> =
            runs(text, &words).iter().map(|r| r[0].span.cover(r[r.len() - 1].span).slice(text)).collect();
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn runs_are_names() {
        check("the village of Kafr Zol, in eastern DR Congo", &["Kafr Zol", "DR Congo"]);
        check("Strait of Hormuz", &["Strait of Hormuz"]);
        check("Syria's al-Hol camp near St. Petersburg.", &["Syria", "al-Hol", "St. Petersburg"]);
    }
}
