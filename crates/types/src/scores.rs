//! How the closed sets are valued: PLOVER scores and CAMEO codes, read from `data/ontology/`.

use crate::{EventType, Mode, ontology::Context};
use std::fmt;
use std::sync::LazyLock;

/// The tables that value an act by its type, modes and contexts.
#[derive(Debug, Clone)]
pub struct Scores {
    scores: Vec<(EventType, Option<Mode>, f64)>,
    cameo: Vec<CameoRow>,
}

/// A row of the CAMEO table: the code of the acts that it fits.
#[derive(Debug, Clone)]
struct CameoRow {
    kind: EventType,
    mode: Option<Mode>,
    context: Option<Context>,
    code: String,
}

/// A line of a table that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub fault: String,
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.fault)
    }
}

impl std::error::Error for TableError {}

static PLOVER: LazyLock<Scores> = LazyLock::new(|| {
    Scores::parse(
        include_str!("../../../data/ontology/scores.tsv"),
        include_str!("../../../data/ontology/cameo.tsv"),
    )
    .expect("the tables that casus is built with are read by a test")
});

impl Scores {
    /// Returns the tables that casus is built with.
    #[must_use]
    pub fn plover() -> &'static Self {
        &PLOVER
    }

    /// Returns the tables of two texts: type, mode, score, quad; and type, mode, context, code; parted by tabs.
    ///
    /// # Errors
    /// Where a line has too few columns or a name that no closed set has.
    pub fn parse(scores: &str, cameo: &str) -> Result<Self, TableError> {
        let mut tables = Self { scores: Vec::new(), cameo: Vec::new() };
        for (line, [kind, mode, score, _]) in rows(scores)? {
            let fault = |fault: String| TableError { line, fault };
            let score: f64 = score.parse().map_err(|_| fault(format!("{score:?} is no number")))?;
            tables.scores.push((named(kind, line)?, optional(mode, line)?, score));
        }
        for (line, [kind, mode, context, code]) in rows(cameo)? {
            tables.cameo.push(CameoRow {
                kind: named(kind, line)?,
                mode: optional(mode, line)?,
                context: optional(context, line)?,
                code: code.to_owned(),
            });
        }
        Ok(tables)
    }

    /// Returns the score, -10 (conflict) to 10 (cooperation): that of the mode farthest from 0, else the type's.
    #[must_use]
    pub fn score(&self, kind: EventType, modes: &[Mode]) -> f64 {
        self.leading_mode(kind, modes)
            .and_then(|mode| self.score_of(kind, Some(mode)))
            .or_else(|| self.score_of(kind, None))
            .unwrap_or(0.0)
    }

    /// Returns the CAMEO code of the row that fits best; the mode that gives the score leads.
    #[must_use]
    pub fn cameo(&self, kind: EventType, modes: &[Mode], contexts: &[Context]) -> Option<&str> {
        let mode = self.leading_mode(kind, modes).or(modes.first().copied());
        let row = |mode: Option<Mode>, context: Option<Context>| {
            self.cameo.iter().find(|r| r.kind == kind && r.mode == mode && r.context == context)
        };
        let in_context = |mode| contexts.iter().find_map(|&context| row(mode, Some(context)));
        let with_mode = mode.and_then(|mode| in_context(Some(mode)).or_else(|| row(Some(mode), None)));
        with_mode.or_else(|| in_context(None)).or_else(|| row(None, None)).map(|r| r.code.as_str())
    }

    /// Returns the mode whose score lies farthest from 0, the first of equals.
    fn leading_mode(&self, kind: EventType, modes: &[Mode]) -> Option<Mode> {
        let mut leading: Option<(Mode, f64)> = None;
        for &mode in modes {
            let Some(score) = self.score_of(kind, Some(mode)) else { continue };
            if leading.is_none_or(|(_, farthest)| score.abs() > farthest) {
                leading = Some((mode, score.abs()));
            }
        }
        leading.map(|(mode, _)| mode)
    }

    fn score_of(&self, kind: EventType, mode: Option<Mode>) -> Option<f64> {
        self.scores.iter().find(|&&(k, m, _)| k == kind && m == mode).map(|&(_, _, score)| score)
    }
}

/// Returns the numbered rows of a table, without comments and its line of column names.
fn rows(table: &str) -> Result<Vec<(usize, [&str; 4])>, TableError> {
    let lines = table.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')).skip(1);
    lines
        .map(|(at, line)| {
            let columns: Vec<&str> = line.split('\t').collect();
            let columns = columns.try_into().map_err(|columns: Vec<&str>| TableError {
                line: at + 1,
                fault: format!("{} columns, not 4", columns.len()),
            })?;
            Ok((at + 1, columns))
        })
        .collect()
}

fn named<T: std::str::FromStr<Err: fmt::Display>>(name: &str, line: usize) -> Result<T, TableError> {
    name.parse().map_err(|error: T::Err| TableError { line, fault: error.to_string() })
}

fn optional<T: std::str::FromStr<Err: fmt::Display>>(
    name: &str,
    line: usize,
) -> Result<Option<T>, TableError> {
    if name == "-" { Ok(None) } else { named(name, line).map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_a_score_and_a_code() {
        for &kind in EventType::ALL {
            assert!(Scores::plover().score_of(kind, None).is_some(), "{kind}");
            for &mode in kind.modes() {
                let code = Scores::plover().cameo(kind, &[mode], &[]).unwrap();
                assert!(matches!(code.len(), 3 | 4), "{kind} {mode} {code}");
            }
        }
    }

    #[test]
    fn table_and_types_agree_on_quads() {
        for (line, [kind, _, _, quad]) in rows(include_str!("../../../data/ontology/scores.tsv")).unwrap() {
            let kind: EventType = named(kind, line).unwrap();
            assert_eq!((kind.quad() as u8).to_string(), quad, "{kind}");
        }
    }

    #[test]
    fn the_strongest_mode_leads() {
        let scores = Scores::plover();
        let modes = [Mode::Firearms, Mode::Targeted, Mode::Drone];
        assert!((scores.score(EventType::Assault, &modes) + 9.5).abs() < f64::EPSILON);
        assert_eq!(scores.cameo(EventType::Assault, &modes, &[]), Some("186"));
        assert_eq!(scores.cameo(EventType::Assault, &[Mode::Aerial], &[]), Some("195"));
        assert!((scores.score(EventType::Protest, &[Mode::Vandalize]) + 5.0).abs() < f64::EPSILON);
    }

    #[test]
    fn contexts_sharpen_the_code() {
        let scores = Scores::plover();
        assert_eq!(scores.cameo(EventType::Aid, &[], &[]), Some("070"));
        assert_eq!(scores.cameo(EventType::Aid, &[], &[Context::Diplomatic, Context::Military]), Some("072"));
    }

    #[test]
    fn bad_tables_name_the_line() {
        let error = Scores::parse("type\tmode\tscore\tquad\nFIGHT\t-\t1\t2", "").unwrap_err();
        assert_eq!(error.to_string(), "line 2: no event type is called \"FIGHT\"");
    }
}
