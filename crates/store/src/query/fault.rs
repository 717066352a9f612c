//! What is wrong with a query, and where.

use casus_types::Span;
use std::fmt;

/// Why a query cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryFault {
    /// The query as it was read.
    pub query: String,
    /// Where in it.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to write in its place.
    pub hint: String,
}

impl QueryFault {
    pub(super) fn new(span: Span, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { query: String::new(), span, message: message.into(), hint: hint.into() }
    }

    /// Returns the query with a line of carets below the words that are wrong.
    #[must_use]
    pub fn pointed(&self) -> String {
        let start = self.span.start as usize;
        let before = self.query.get(..start).map_or(0, |words| words.chars().count());
        let within = self.query.get(start..self.span.end as usize).map_or(0, |words| words.chars().count());
        // Line breaks and tabs would part the carets from their words.
        let line: String = self.query.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        format!("{line}\n{}{}", " ".repeat(before), "^".repeat(within.max(1)))
    }
}

impl fmt::Display for QueryFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for QueryFault {}

/// Returns the name that is most like a wrong one, none where none is near.
pub(crate) fn nearest<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    all_nearest(wrong, names).first().copied()
}

/// Returns the names that are most like a wrong one, all that are so alike, in their order.
pub(super) fn all_nearest<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let wrong = wrong.to_lowercase();
    let mut near: Vec<(usize, &str)> = names
        .map(|name| (distance(&wrong, &name.to_lowercase()), name))
        // A third of the letters may be wrong; more, and it is another word.
        .filter(|(steps, name)| *steps <= name.chars().count().max(3) / 3)
        .collect();
    let least = near.iter().map(|(steps, _)| *steps).min();
    near.retain(|(steps, _)| Some(*steps) == least);
    near.into_iter().map(|(_, name)| name).collect()
}

/// Returns how many letters must be put in, taken out, changed or swapped with the next (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = change.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted() {
        for (a, b, steps) in [("", "", 0), ("abc", "", 3), ("country", "contry", 1), ("actor", "atcor", 1)] {
            assert_eq!((distance(a, b), distance(b, a)), (steps, steps));
        }
    }

    #[test]
    fn carets_stand_below_the_words() {
        let fault =
            QueryFault { query: "é\tcontry:X".to_owned(), ..QueryFault::new(Span::new(3, 9), "", "") };
        assert_eq!(fault.pointed(), "é contry:X\n  ^^^^^^");
    }
}
