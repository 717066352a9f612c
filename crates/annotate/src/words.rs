//! Words and punctuation marks.
//!
//! The network was trained on exactly this cut: `training/words.py` is its twin, and `tests/words.tsv` holds the
//! cases that both are checked against.

use casus_types::Span;

/// What an apostrophe may cut off the end of a word.
const CLITICS: [&str; 6] = ["s", "re", "ll", "ve", "d", "m"];

/// Returns the words of a text, in order. Every character that is no white space lies in exactly one.
#[must_use]
pub fn words(text: &str) -> Vec<Span> {
    let mut out = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    let mut before = None;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let len = if is_word(c) { word_len(rest, before) } else { c.len_utf8() };
        if !c.is_whitespace() {
            push(text, at, at + len, &mut out);
        }
        before = text[at..at + len].chars().next_back();
        at += len;
    }
    out
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// Returns the length in bytes of the word that `rest` begins with.
fn word_len(rest: &str, before: Option<char>) -> usize {
    if !before.is_some_and(is_word)
        && let Some(len) = initials_len(rest)
    {
        return len;
    }
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        let number = number_len(rest);
        return number + run_len(&rest[number..]);
    }
    let mut len = run_len(rest);
    loop {
        let Some(mark) = rest[len..].chars().next().filter(|&c| is_apostrophe(c)) else { return len };
        let after = run_len(&rest[len + mark.len_utf8()..]);
        if after == 0 {
            return len;
        }
        len += mark.len_utf8() + after;
    }
}

/// Returns the length of the run of word characters at the start.
fn run_len(rest: &str) -> usize {
    rest.find(|c| !is_word(c)).unwrap_or(rest.len())
}

/// Returns the length of initials with their stops ("U.S."), none where there are not at least two.
fn initials_len(rest: &str) -> Option<usize> {
    let mut len = 0;
    let mut n = 0;
    loop {
        let mut chars = rest[len..].chars();
        match (chars.next(), chars.next()) {
            (Some(letter), Some('.')) if letter.is_alphabetic() => {
                len += letter.len_utf8() + 1;
                n += 1;
            }
            _ => return (n > 1).then_some(len),
        }
    }
}

/// Returns the length of a number with its inner commas and points ("1,200.5").
fn number_len(rest: &str) -> usize {
    let digits = |s: &str| s.find(|c: char| !c.is_ascii_digit()).unwrap_or(s.len());
    let mut len = digits(rest);
    while rest[len..].starts_with([',', '.']) {
        let more = digits(&rest[len + 1..]);
        if more == 0 {
            break;
        }
        len += 1 + more;
    }
    len
}

/// Adds a word, with what an apostrophe cuts off as a word of its own ("Iraq" "’s", "did" "n’t").
fn push(text: &str, start: usize, end: usize, out: &mut Vec<Span>) {
    let word = &text[start..end];
    if let Some(cut) = word.rfind(is_apostrophe).filter(|&cut| cut > 0) {
        let tail = word[cut..].trim_start_matches(is_apostrophe).to_lowercase();
        let mut head = word[..cut].chars();
        if tail == "t"
            && head.next_back().is_some_and(|c| matches!(c, 'n' | 'N'))
            && head.clone().next().is_some()
        {
            let at = start + head.as_str().len();
            out.push(Span::new(start, at));
            out.push(Span::new(at, end));
            return;
        }
        if CLITICS.contains(&tail.as_str()) {
            out.push(Span::new(start, start + cut));
            out.push(Span::new(start + cut, end));
            return;
        }
    }
    out.push(Span::new(start, end));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_as_the_training_code_does() {
        for line in include_str!("../tests/words.tsv").lines().filter(|l| !l.starts_with('#')) {
            let (text, expected) = line.split_once('\t').expect("text, tab, words between bars");
            let got: Vec<&str> = words(text).into_iter().map(|s| s.slice(text)).collect();
            assert_eq!(got.join("|"), expected, "{text}");
        }
    }

    #[test]
    fn leaves_nothing_out() {
        let text = "“Al‑Qaïm”, said the 16-year-old: we’ll see… 🕊\u{301} 1.5m—no";
        let mut left: String = text.to_owned();
        for span in words(text).into_iter().rev() {
            left.replace_range(span.range(), "");
        }
        assert!(left.trim().is_empty(), "{left:?}");
    }
}
