//! Tables of words that stand for something.

use casus_types::Span;

/// Words with the name of what they stand for: `name TAB word|word|…` a line, or bare words, which stand for
/// themselves. `#` starts a comment line. A final `*` stands for any ending.
#[derive(Debug, Clone, Default)]
pub struct WordTable {
    rows: Vec<(String, Pattern)>,
}

#[derive(Debug, Clone)]
struct Pattern {
    lower: String,
    open: bool,
}

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
        let lower = here.to_lowercase();
        if lower.len() != here.len() {
            return Vec::new(); // a letter whose small form has another length: offsets would lie
        }
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
        kept
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
}
