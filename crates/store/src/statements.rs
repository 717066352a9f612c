//! Statements of the user's own: read only, for so long, so many rows.

use crate::error::{Attempt, StoreError};
use crate::flat::{Flat, cells, columns};
use crate::schema::SPATIAL;
use crate::store::Store;
use rusqlite::fallible_iterator::FallibleIterator;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::{Batch, Connection, Error, ErrorCode};
use std::time::{Duration, Instant};

/// How much a statement may take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Allowance {
    /// How long.
    pub time: Duration,
    /// At most as many rows.
    pub rows: usize,
}

/// The longest text or blob that a statement may make, in bytes. Texts of reports have 10 MB at most.
const LONGEST: i32 = 64_000_000;

/// Steps of SQLite's machine between two looks at the clock: some tenth of a millisecond.
const STEPS: i32 = 20_000;

/// Pragmas that tell and change nothing, whatever stands behind them.
const TELLING: [&str; 9] = [
    "table_info",
    "table_xinfo",
    "table_list",
    "index_list",
    "index_info",
    "index_xinfo",
    "foreign_key_list",
    "function_list",
    "database_list",
];

impl Store {
    /// Runs one statement that reads, and returns its rows with the names of their columns, and whether there are more.
    ///
    /// # Errors
    /// Where it is none, more than one, would change anything or reach another file, or takes too long.
    pub fn run_statement(&mut self, sql: &str, allowance: Allowance) -> Result<(Flat, bool), StoreError> {
        let what = "set the bounds of a statement";
        // The first statement on an R*Tree makes ready to write it, too, which the authorizer would refuse.
        for table in SPATIAL {
            self.connection.prepare(&format!("SELECT 1 FROM rtree_{table}_geom LIMIT 0")).to(what)?;
        }
        let until = Instant::now() + allowance.time;
        self.connection.pragma_update(None, "query_only", true).to(what)?;
        let length = self.connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST).to(what)?;
        self.connection.progress_handler(STEPS, Some(move || Instant::now() > until)).to(what)?;
        self.connection.authorizer(Some(allowed)).to(what)?;
        let ran = run(&self.connection, sql, allowance);
        self.connection.authorizer(None::<fn(AuthContext<'_>) -> Authorization>).to(what)?;
        self.connection.progress_handler(0, None::<fn() -> bool>).to(what)?;
        self.connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, length).to(what)?;
        self.connection.pragma_update(None, "query_only", false).to(what)?;
        ran
    }
}

fn run(connection: &Connection, sql: &str, allowance: Allowance) -> Result<(Flat, bool), StoreError> {
    let failed = |error| told(error, allowance);
    let mut batch = Batch::new(connection, sql);
    let Some(mut statement) = batch.next().map_err(failed)? else {
        return Err(StoreError::Statement("is empty", None));
    };
    if !matches!(batch.next(), Ok(None)) {
        return Err(StoreError::Statement("is more than one", None));
    }
    if statement.column_count() == 0 || !statement.readonly() {
        return Err(StoreError::Statement("may only read", None));
    }
    if statement.parameter_count() > 0 {
        return Err(StoreError::Statement("has a parameter, which nothing fills", None));
    }
    let mut flat = Flat { columns: columns(&statement), rows: Vec::new() };
    let mut rows = statement.query([]).map_err(failed)?;
    while let Some(row) = rows.next().map_err(failed)? {
        if flat.rows.len() == allowance.rows {
            return Ok((flat, true));
        }
        flat.rows.push(cells(row, 0..flat.columns.len()).map_err(failed)?);
    }
    Ok((flat, false))
}

/// Tells whether a statement may do something.
fn allowed(context: AuthContext<'_>) -> Authorization {
    let allow = match context.action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => true,
        AuthAction::Function { function_name } => !function_name.eq_ignore_ascii_case("load_extension"),
        AuthAction::Pragma { pragma_name, pragma_value } => {
            pragma_value.is_none() || TELLING.contains(&pragma_name)
        }
        _ => false,
    };
    if allow { Authorization::Allow } else { Authorization::Deny }
}

fn told(error: Error, allowance: Allowance) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::OperationInterrupted) => StoreError::TooSlow(allowance.time.as_secs_f64()),
        Some(ErrorCode::AuthorizationForStatementDenied) => StoreError::Statement("may only read", None),
        _ => StoreError::Statement("cannot be run", Some(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flat::Cell;

    fn store() -> Store {
        let store = Store::in_memory().unwrap();
        store.connection.execute_batch("INSERT INTO actors (key, name) VALUES ('a', 'Arvan')").unwrap();
        store
    }

    fn run(sql: &str) -> Result<(Flat, bool), String> {
        let allowance = Allowance { time: Duration::from_millis(200), rows: 3 };
        store().run_statement(sql, allowance).map_err(|error| error.to_string())
    }

    #[test]
    fn what_reads_is_run() {
        let (flat, more) = run("SELECT name, 1.5 AS n, NULL, x'00' FROM actors; -- done").unwrap();
        assert_eq!(flat.columns[..2], ["name", "n"]);
        let text = Cell::Text("Arvan".to_owned());
        assert_eq!(flat.rows, [[text, Cell::Real(1.5), Cell::Null, Cell::Blob(vec![0])]]);
        assert!(!more);
        let (flat, more) =
            run("WITH RECURSIVE n(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM n) SELECT x FROM n").unwrap();
        assert_eq!((flat.rows.len(), more), (3, true));
        for sql in [
            "SELECT * FROM pragma_table_info('events')",
            "PRAGMA table_info(events)",
            "SELECT rowid FROM actors_text WHERE actors_text MATCH 'arvan'",
            "SELECT id FROM rtree_events_geom",
            "SELECT * FROM events_flat",
            "EXPLAIN QUERY PLAN SELECT * FROM events",
        ] {
            run(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
        }
    }

    #[test]
    fn the_guide_can_be_followed() {
        let path = std::env::temp_dir().join(format!("casus-guide-{}.gpkg", std::process::id()));
        drop(Store::open(&path).unwrap());
        let guide = include_str!("../../../docs/guide/store.md");
        let (_, sql) = guide.split_once("```sql\n").unwrap();
        let (sql, _) = sql.split_once("```").unwrap();
        let allowance = Allowance { time: Duration::from_secs(5), rows: 3 };
        for statement in sql.split_inclusive(';').filter(|statement| !statement.trim().is_empty()) {
            // Each as the first on its connection, as from the command line.
            let ran = Store::read_only(&path).unwrap().run_statement(statement, allowance);
            assert!(ran.is_ok(), "{statement}: {ran:?}");
        }
        std::fs::remove_file(&path).unwrap();
    }

    #[test]
    fn what_would_change_something_is_refused() {
        for sql in [
            "DELETE FROM actors",
            "INSERT INTO actors (key) VALUES ('b') RETURNING id",
            "CREATE TABLE t (x)",
            "CREATE TEMP TABLE t (x)",
            "ATTACH 'other.db' AS o",
            "VACUUM INTO 'copy.db'",
            "PRAGMA query_only = 0",
            "PRAGMA journal_mode = delete",
            "BEGIN",
        ] {
            assert_eq!(run(sql).unwrap_err(), "the statement may only read", "{sql}");
        }
        assert_eq!(run("SELECT 1; SELECT 2").unwrap_err(), "the statement is more than one");
        assert_eq!(run("SELECT 1; DELETE FROM actors").unwrap_err(), "the statement is more than one");
        assert_eq!(run(" -- nothing").unwrap_err(), "the statement is empty");
        assert_eq!(run("SELECT ?").unwrap_err(), "the statement has a parameter, which nothing fills");
        assert_eq!(run("SELEC 1").unwrap_err(), "the statement cannot be run");
        // SQLite has words of its own for a function that is refused.
        assert_eq!(run("SELECT load_extension('x')").unwrap_err(), "the statement cannot be run");
        assert_eq!(run("SELECT zeroblob(900000000)").unwrap_err(), "the statement cannot be run");
    }

    #[test]
    fn what_takes_too_long_ends_and_the_store_is_as_before() {
        let mut store = store();
        let endless =
            "WITH RECURSIVE n(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n";
        let allowance = Allowance { time: Duration::from_millis(100), rows: 3 };
        let error = store.run_statement(endless, allowance).unwrap_err();
        assert!(matches!(error, StoreError::TooSlow(_)));
        store.connection.execute_batch("DELETE FROM actors").unwrap();
    }
}
