//! Tables of words that stand for something.

use casus_types::Span;

/// Words with the name of what they stand for: `name TAB word|word|…` a line, or bare words, which stand for
/// themselves; those of `-` stand for nothing, nor does any word in them. `#` starts a comment line. A final `*` stands
/// for any ending, a blank for any one white space.
#[derive(Debug, Clone, Default)]
pub struct WordTable {
    rows: Vec<(String, Pattern)>,
}

#[derive(Debug, Clone)]
struct Pattern {
    lower: String,
    open: bool,
}

/// The name of words that stand for nothing.
const NOTHING: &str = "-";

impl WordTable {
    /// Reads a table.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut rows = Vec::new();
        for line in text.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')) {
            let (name, words) = line.split_once('\t').unwrap_or((line, line));
            for word in words.split('|') {
                let lower = word.trim().to_lowercase();
                let open = lower.ends_with('*');
                rows.push((name.to_owned(), Pattern { lower: lower.trim_end_matches('*').to_owned(), open }));
            }
        }
        Self { rows }
    }

    /// Returns the names that words of `within` stand for, and those that a bare `*` stands for everywhere.
    pub(crate) fn names<'a>(&'a self, text: &str, within: Span) -> impl Iterator<Item = &'a str> {
        let found = self.find(text, within).into_iter().map(|(name, _)| name);
        let always = self.rows.iter().filter(|(_, p)| p.open && p.lower.is_empty());
        found.chain(always.map(|(name, _)| name.as_str())).collect::<Vec<_>>().into_iter()
    }

    /// Returns every stretch of `within` that the table knows, with its name, in text order; the longest of several
    /// that overlap.
    #[must_use]
    pub fn find(&self, text: &str, within: Span) -> Vec<(&str, Span)> {
        let here = within.slice(text);
        let lower: String = here.chars().map(small).collect();
        let mut out: Vec<(&str, Span)> = Vec::new();
        for (name, pattern) in &self.rows {
            if pattern.lower.is_empty() {
                continue;
            }
            for (at, _) in lower.match_indices(&pattern.lower) {
                let end = at + pattern.lower.len();
                let free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
                let ends = pattern.open || free(lower[end..].chars().next());
                if ends && free(lower[..at].chars().next_back()) {
                    let start = within.start as usize;
                    out.push((name, Span::new(start + at, start + end)));
                }
            }
        }
        out.sort_by_key(|(name, span)| (span.start, std::cmp::Reverse(span.end), *name));
        let mut kept: Vec<(&str, Span)> = Vec::new();
        for (name, span) in out {
            if !kept.iter().any(|(n, s)| s.overlaps(span) && (*s != span || *n == name)) {
                kept.push((name, span));
            }
        }
        kept.retain(|(name, _)| *name != NOTHING);
        kept
    }
}

/// Returns the small form of a letter where it is as long, so that offsets hold ("İ" stays as it is), and a blank for any
/// white space.
fn small(c: char) -> char {
    if c.is_ascii_whitespace() {
        return ' ';
    }
    let mut small = c.to_lowercase();
    match (small.next(), small.next()) {
        (Some(small), None) if small.len_utf8() == c.len_utf8() => small,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_whole_words_longest_first() {
        let table = WordTable::parse("# comment\nbomb\tbomb|car bomb\nlaw\tlegislat*\nsaid\n");
        let text = "A car bomb, said the Legislature; bombast.";
        let got: Vec<(&str, &str)> =
            table.find(text, Span::new(0, text.len())).iter().map(|(n, s)| (*n, s.slice(text))).collect();
        assert_eq!(got, [("bomb", "car bomb"), ("said", "said"), ("law", "Legislat")]);
    }

    #[test]
    fn letters_without_a_small_form_of_their_length_and_line_ends_hide_nothing() {
        let table = WordTable::parse("gas\ttear gas\nshot\tshot dead");
        let text = "In İzmir two were shot\ndead and tear\tgas was used; a shot\n\ndead.";
        let got: Vec<&str> =
            table.find(text, Span::new(0, text.len())).iter().map(|(_, s)| s.slice(text)).collect();
        assert_eq!(got, ["shot\ndead", "tear\tgas"]);
    }

    #[test]
    fn what_stands_for_nothing_hides_its_words() {
        let table = WordTable::parse("economic\tbank\n-\tWest Bank");
        let text = "A bank in the West Bank.";
        assert_eq!(table.find(text, Span::new(0, text.len())), [("economic", Span::new(2, 6))]);
    }
}
