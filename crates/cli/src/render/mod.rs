//! Readings and records as text: for eyes, for spreadsheets, for programs.

pub(crate) mod actor;
pub(crate) mod analysis;
pub(crate) mod explanation;
pub(crate) mod grid;
pub(crate) mod incident;
pub(crate) mod paint;
pub(crate) mod phrase;
pub(crate) mod rows;
pub(crate) mod table;

#[cfg(test)]
mod tests;

use casus::Record;
use casus::types::record::KeptRecord;

/// Columns where the terminal does not tell: wide enough for most names, narrow enough for two windows.
const WIDTH: usize = 100;

/// Returns the columns to write in: those of `COLUMNS` within 80 to 120, since longer lines are hard to follow.
pub(crate) fn width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|n| n.parse().ok()).unwrap_or(WIDTH).clamp(80, 120)
}

/// Returns a record as a line of JSON.
pub(crate) fn jsonl(record: &Record) -> String {
    serde_json::to_string(record).expect("a record has string keys and finite numbers") + "\n"
}

/// Returns a record with all that a store knows beside it as a line of JSON.
pub(crate) fn kept_jsonl(record: &KeptRecord) -> String {
    serde_json::to_string(record).expect("a record has string keys and finite numbers") + "\n"
}
