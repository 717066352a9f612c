//! A query as one statement of SQL.
//!
//! There are two ways to answer. Either a selection that an index gives is the beginning, each of its events is fetched
//! and tested, and what is left is sorted; or events are gone through in the order that is asked for, each tested,
//! until there are enough. The first is fast where a filter leaves few, the second where many fit. SQLite cannot know
//! which is so; hence each filter's selection is counted first, no farther than [`FEW`].

use super::conditions::{Condition, DAY, condition};
use super::filter::{Filter, Query, ReviewIs};
use crate::error::{Attempt, StoreError};
use rusqlite::functions::FunctionFlags;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// The most events that are fetched and sorted rather than gone through in order: at 2 µs each some 40 ms.
const FEW: i64 = 20_000;

/// The earth's mean radius in km (IUGG, R1).
const EARTH_KM: f64 = 6371.0088;

/// A piece of SQL with its values.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sql {
    pub(crate) text: String,
    pub(crate) values: Vec<Value>,
}

impl Sql {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), values: Vec::new() }
    }

    pub(super) fn within(self, before: &str, behind: &str) -> Self {
        Self { text: format!("{before}{}{behind}", self.text), ..self }
    }

    pub(super) fn joined(parts: Vec<Self>, between: &str) -> Self {
        let mut values = Vec::new();
        let mut texts = Vec::new();
        for part in parts {
            texts.push(part.text);
            values.extend(part.values);
        }
        Self { text: texts.join(between), values }
    }

    /// Returns a selection of `rowid` as one of `id`.
    pub(super) fn renamed(self) -> Self {
        Self { text: self.text.replacen("SELECT rowid FROM", "SELECT rowid AS id FROM", 1), ..self }
    }
}

/// In which order rows come.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Order<'a> {
    /// A column or expression.
    pub(crate) by: &'a str,
    /// Whether the greatest comes first.
    pub(crate) descending: bool,
}

/// A query whose way is chosen: what stands behind `FROM`, `events` as `e`, and its tests.
#[derive(Debug)]
pub(crate) struct Compiled {
    source: Option<Sql>,
    tests: Vec<Sql>,
}

/// Registers the distance on a sphere, which `near:` needs.
pub(crate) fn register(connection: &Connection) -> rusqlite::Result<()> {
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function("casus_km", 4, flags, |context| {
        let degrees = |n| context.get::<Option<f64>>(n);
        let (a, b) = (degrees(0)?.zip(degrees(1)?), degrees(2)?.zip(degrees(3)?));
        Ok(a.zip(b).map(|(a, b)| kilometres(a, b)))
    })
}

/// Returns the distance of two points of degrees north and east, by the haversine formula (Sinnott 1984).
fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (north, east) = ((b.0 - a.0).to_radians(), (b.1 - a.1).to_radians());
    let h = (north / 2.0).sin().powi(2)
        + a.0.to_radians().cos() * b.0.to_radians().cos() * (east / 2.0).sin().powi(2);
    2.0 * EARTH_KM * h.sqrt().min(1.0).asin()
}

/// Chooses the way of a query.
pub(crate) fn compile(query: &Query, connection: &Connection) -> Result<Compiled, StoreError> {
    let mut conditions = Vec::new();
    for term in &query.terms {
        let Condition { test, source, sharp } = condition(&term.filter);
        conditions.push(if term.negated {
            Condition { test: test.within("(", ") IS NOT TRUE"), source: None, sharp: false }
        } else {
            Condition { test, source, sharp }
        });
    }
    let mut best: Option<(i64, usize)> = None;
    for (n, condition) in conditions.iter().enumerate() {
        let Some(source) = &condition.source else { continue };
        let few = best.map_or(FEW, |(size, _)| size);
        let size = size_up_to(source, few + 1, connection)?;
        if size <= few && best.is_none_or(|(least, _)| size < least) {
            best = Some((size, n));
        }
    }
    Ok(assembled(query, conditions, best.map(|(_, n)| n)))
}

fn assembled(query: &Query, conditions: Vec<Condition>, first: Option<usize>) -> Compiled {
    let mut compiled = Compiled { source: None, tests: defaults(query) };
    for (n, condition) in conditions.into_iter().enumerate() {
        if first != Some(n) || !condition.sharp {
            compiled.tests.push(condition.test);
        }
        if first == Some(n) {
            compiled.source = condition.source;
        }
    }
    compiled
}

/// Returns what every query asks: no event that a reviewer rejected, unless it is asked for, and none of a report that a
/// newer version replaced.
fn defaults(query: &Query) -> Vec<Sql> {
    let rejected_too = |term: &super::Term| {
        let Filter::Reviewed(reviews) = &term.filter else { return false };
        !term.negated
            && reviews.iter().any(|r| matches!(r, ReviewIs::Rejected | ReviewIs::Yes | ReviewIs::Any))
    };
    let mut tests = Vec::new();
    if !query.terms.iter().any(rejected_too) {
        tests.push(Sql::new("e.review IS NOT 'rejected'"));
    }
    // Replaced reports are few and have an index; looking each report up would fetch its row.
    tests.push(Sql::new("e.document_id NOT IN (SELECT id FROM documents WHERE replaced_by IS NOT NULL)"));
    tests
}

/// Returns how many rows a selection has, counted to a bound.
fn size_up_to(source: &Sql, bound: i64, connection: &Connection) -> Result<i64, StoreError> {
    let what = "count what a filter leaves";
    let sql = format!("SELECT count(*) FROM (SELECT 1 FROM ({}) LIMIT {bound})", source.text);
    let mut statement = connection.prepare_cached(&sql).to(what)?;
    statement.query_row(params_from_iter(&source.values), |row| row.get(0)).to(what)
}

impl Compiled {
    /// Returns the selection of some columns of the events that fit. `joins` stands behind `events e`.
    pub(crate) fn events(&self, columns: &str, joins: &str, order: Option<Order<'_>>) -> Sql {
        let mut sql = self.from(columns, joins);
        if let Some(order) = order {
            sql.text += &ordered(order, "e.id");
        }
        sql
    }

    /// Returns the selection of the numbers of incidents `i` that have an event that fits.
    pub(crate) fn incidents(&self, order: Order<'_>) -> Sql {
        let mut sql = if self.source.is_some() {
            let members = "CROSS JOIN incident_events ie ON ie.event_id = e.id";
            self.from("DISTINCT ie.incident_id AS id", members)
                .within("SELECT i.id FROM (", ") AS hit CROSS JOIN incidents i ON i.id = hit.id")
        } else {
            let tests = Sql::joined(self.tests.clone(), " AND ");
            tests.within(
                "SELECT i.id FROM incidents i WHERE EXISTS (
                 SELECT 1 FROM incident_events ie CROSS JOIN events e ON e.id = ie.event_id
                 WHERE ie.incident_id = i.id AND ",
                ")",
            )
        };
        sql.text += &ordered(order, "i.id");
        sql
    }

    fn from(&self, columns: &str, joins: &str) -> Sql {
        let tests = Sql::joined(self.tests.clone(), " AND ");
        match &self.source {
            // CROSS JOIN keeps the order of the tables.
            Some(source) => Sql::joined(
                vec![
                    source.clone().within(
                        &format!("SELECT {columns} FROM (SELECT DISTINCT id FROM ("),
                        &format!(")) AS found CROSS JOIN events e ON e.id = found.id {joins} WHERE "),
                    ),
                    tests,
                ],
                "",
            ),
            None => tests.within(&format!("SELECT {columns} FROM events e {joins} WHERE "), ""),
        }
    }
}

/// Returns the end of a statement. What has no value comes last, and equal ones come in one order always.
fn ordered(order: Order<'_>, id: &str) -> String {
    let Order { by, descending } = order;
    let (way, nulls) = if descending { ("DESC", "") } else { ("ASC", " NULLS LAST") };
    format!(" ORDER BY {by} {way}{nulls}, {id} {way}")
}

/// The day that an event counts under, as SQL.
pub(crate) const EVENT_DAY: &str = DAY;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_globe() {
        for (a, b, km) in [
            ((0.0, 0.0), (0.0, 0.0), 0.0),
            ((0.0, 0.0), (0.0, 180.0), 20_015.1),
            ((90.0, 0.0), (0.0, 77.0), 10_007.6),
            ((0.0, 179.5), (0.0, -179.5), 111.2),
        ] {
            assert!((kilometres(a, b) - km).abs() < 0.1, "{a:?} {b:?}: {}", kilometres(a, b));
        }
    }
}
