//! Rows for spreadsheets and statistics programs: the views `events_flat` and `incidents_flat`, and rows of any query.

use crate::error::{Attempt, StoreError};
use crate::ids::{EventRow, IncidentId};
use crate::store::Store;
use rusqlite::types::{ToSql, ValueRef};
use rusqlite::{Row, Statement};

/// Rows of equal columns.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Flat {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows, each as long as the columns.
    pub rows: Vec<Vec<Cell>>,
}

/// A value of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// None.
    Null,
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Words.
    Text(String),
    /// Bytes: geometry, for one.
    Blob(Vec<u8>),
}

impl Cell {
    pub(crate) fn of(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(n) => Self::Integer(n),
            ValueRef::Real(n) => Self::Real(n),
            ValueRef::Text(bytes) => Self::Text(String::from_utf8_lossy(bytes).into_owned()),
            ValueRef::Blob(bytes) => Self::Blob(bytes.to_vec()),
        }
    }
}

impl Store {
    /// Returns events as `events_flat` shows them, without number and geometry, in the order given. Rejected events are
    /// shown too.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn flat_events(&self, events: &[EventRow]) -> Result<Flat, StoreError> {
        self.flat(&format!("{} WHERE e.id = ?1", view("events_flat")), events)
    }

    /// Returns incidents as `incidents_flat` shows them, without number and geometry, in the order given.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn flat_incidents(&self, incidents: &[IncidentId]) -> Result<Flat, StoreError> {
        self.flat(&format!("{} WHERE i.id = ?1", view("incidents_flat")), incidents)
    }

    fn flat<I: ToSql>(&self, sql: &str, ids: &[I]) -> Result<Flat, StoreError> {
        let what = "read rows";
        let mut statement = self.connection.prepare_cached(sql).to(what)?;
        let mut flat = Flat { columns: columns(&statement).split_off(HIDDEN), rows: Vec::new() };
        for id in ids {
            let row = statement.query_row([id], |row| cells(row, HIDDEN..HIDDEN + flat.columns.len()));
            flat.rows.push(row.to(what)?);
        }
        Ok(flat)
    }
}

/// Columns of the views that are for GIS programs: number and geometry.
const HIDDEN: usize = 2;

/// Returns what a view selects, without its condition. A view asked for one row would test the condition too, and a
/// rejected event would be missing.
fn view(name: &str) -> &'static str {
    let views = include_str!("schema/views.sql");
    let head = format!("CREATE VIEW {name} AS");
    let body = views.split_once(&head).map_or("", |(_, rest)| rest);
    let body = body.split_once(";\n").map_or(body, |(body, _)| body);
    // Conditions of subselects stand deeper.
    body.split_once("\nWHERE ").map_or(body, |(body, _)| body)
}

/// Returns the names of a statement's columns.
pub(crate) fn columns(statement: &Statement<'_>) -> Vec<String> {
    statement.column_names().map(str::to_owned).collect()
}

/// Returns the cells of some columns of a row.
pub(crate) fn cells(row: &Row<'_>, columns: std::ops::Range<usize>) -> rusqlite::Result<Vec<Cell>> {
    columns.map(|column| row.get_ref(column).map(Cell::of)).collect()
}
