//! A plain splitter of sentences, used only to tell whether two triggers stand in one.
//!
//! Kept apart from the annotator's on purpose: a scorer must not move when the system that it scores learns to split
//! better.

use std::ops::Range;

/// Abbreviations that end with a stop inside a sentence.
const ABBREVIATIONS: [&str; 23] = [
    "Mr", "Mrs", "Ms", "Dr", "Gen", "Col", "Lt", "Sgt", "St", "Sen", "Rep", "Gov", "No", "U.S", "U.N", "U.K",
    "a.m", "p.m", "Jan", "Feb", "Aug", "Sept", "Oct",
];
/// The rest of them.
const MORE_ABBREVIATIONS: [&str; 2] = ["Nov", "Dec"];

/// The sentences of one text, in code points.
pub(super) struct Sentences(Vec<Range<usize>>);

impl Sentences {
    /// Returns the sentences of a text.
    pub(super) fn new(text: &[char]) -> Self {
        let mut sentences = Vec::new();
        let (mut start, mut at) = (0, 0);
        while at < text.len() {
            let Some(end) = break_at(text, at) else {
                at += 1;
                continue;
            };
            if !is_inner(text, start..at, end) {
                sentences.push(start..at);
                start = end;
            }
            at = end;
        }
        sentences.push(start..text.len());
        Self(sentences)
    }

    /// Returns the number of the sentence at a code point; the end of a sentence still belongs to it.
    pub(super) fn at(&self, position: usize) -> Option<usize> {
        self.0.iter().position(|s| s.start <= position && position <= s.end)
    }
}

/// Returns the end of the break that starts at `at`: white space after a final mark and before a capital or digit, or
/// line ends.
fn break_at(text: &[char], at: usize) -> Option<usize> {
    let run = |is: fn(char) -> bool| at + text[at..].iter().take_while(|&&c| is(c)).count();
    if at > 0 && matches!(text[at - 1], '.' | '!' | '?' | '”' | '"' | '’') {
        let end = run(is_space);
        let opens = |&c: &char| matches!(c, '“' | '"' | '‘' | 'A'..='Z' | '0'..='9');
        if end > at && text.get(end).is_some_and(opens) {
            return Some(end);
        }
    }
    let end = run(|c| c == '\n');
    (end > at).then_some(end)
}

/// Tells whether a break lies inside a sentence: a hard line end, or the stop of an abbreviation.
fn is_inner(text: &[char], before: Range<usize>, end: usize) -> bool {
    let at = before.end;
    let before = &text[before];
    if text[at] == '\n' {
        let last = before.iter().rev().find(|&&c| !is_space(c));
        let closed = last.is_some_and(|&c| matches!(c, '.' | '!' | '?' | '”' | '"' | '’' | ':'));
        if !closed && text.get(end).is_some_and(|c| c.is_lowercase()) {
            return true;
        }
    }
    let Some(('.', word)) = before.split_last().map(|(&last, word)| (last, word)) else { return false };
    ABBREVIATIONS.iter().chain(&MORE_ABBREVIATIONS).any(|abbreviation| {
        let letters: Vec<char> = abbreviation.chars().collect();
        word.ends_with(&letters)
            && word.len().checked_sub(letters.len() + 1).is_none_or(|at| !is_word(word[at]))
    })
}

/// Tells whether a character is white space, the four information separators included, as the first scorer had it.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

/// Tells whether a character belongs to a word.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let chars: Vec<char> = text.chars().collect();
        let sentences: Vec<String> =
            Sentences::new(&chars).0.into_iter().map(|s| chars[s].iter().collect()).collect();
        assert_eq!(sentences, expected);
    }

    #[test]
    fn marks_and_capitals_part_sentences() {
        check("They met. “Good,” he said. 4 left.", &["They met.", "“Good,” he said.", "4 left."]);
        check("They met Gen. Orlo at 5 p.m. Friday.", &["They met Gen. Orlo at 5 p.m. Friday."]);
        check("It cost 3 m. and failed", &["It cost 3 m. and failed"]);
        check("", &[""]);
    }

    #[test]
    fn line_ends_part_sentences_unless_the_line_goes_on() {
        check("Arvan talks\nMinisters met.\nthen left", &["Arvan talks", "Ministers met.", "then left"]);
        check("the Arvan\nal-Noor group", &["the Arvan\nal-Noor group"]);
    }
}
