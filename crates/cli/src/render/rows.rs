//! Rows of a store as CSV (RFC 4180), JSON Lines, and for eyes.

use super::{grid, phrase};
use crate::args::{RowFormat, Rows};
use casus::store::{Cell, Flat};
use serde_json::{Map, Value};
use std::fmt::Write as _;

/// Returns rows as they are asked for.
pub(crate) fn rows(flat: &Flat, args: &Rows) -> String {
    match args.format {
        RowFormat::Table => table(flat),
        RowFormat::Jsonl => jsonl(flat),
        RowFormat::Csv => csv(flat, args.bom),
    }
}

/// Returns the names of the columns, then the rows.
///
/// Words that a spreadsheet would run as a formula begin with an apostrophe, for a report's words are nobody's formula
/// (OWASP, "CSV injection").
pub(crate) fn csv(flat: &Flat, bom: bool) -> String {
    let mut out = String::from(if bom { "\u{feff}" } else { "" });
    let heads: Vec<String> = flat.columns.iter().map(|column| quoted(&guarded(column))).collect();
    out += &(heads.join(",") + "\r\n");
    for row in &flat.rows {
        let cells: Vec<String> = row.iter().map(|cell| quoted(&plain(cell))).collect();
        out += &(cells.join(",") + "\r\n");
    }
    out
}

/// Returns an object a row. Of columns of one name the last is given, as JSON readers do.
pub(crate) fn jsonl(flat: &Flat) -> String {
    let mut out = String::new();
    for row in &flat.rows {
        let object: Map<String, Value> = flat.columns.iter().cloned().zip(row.iter().map(json)).collect();
        out += &(Value::Object(object).to_string() + "\n");
    }
    out
}

/// Returns the rows for eyes.
fn table(flat: &Flat) -> String {
    let rows: Vec<Vec<String>> = flat.rows.iter().map(|row| row.iter().map(shown).collect()).collect();
    grid::loose(&flat.columns, &rows)
}

/// Returns a value in JSON. Numbers that JSON has not are null; bytes are hexadecimal.
pub(crate) fn json(cell: &Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Integer(n) => (*n).into(),
        Cell::Real(n) => (*n).into(),
        Cell::Text(text) => text.as_str().into(),
        Cell::Blob(bytes) => hex(bytes).into(),
    }
}

/// Returns a value for eyes, on one line.
pub(crate) fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Integer(n) => n.to_string(),
        // More digits than three are noise to eyes, and hide how long a number is.
        Cell::Real(n) => {
            let rounded = format!("{n:.3}");
            rounded.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        Cell::Text(text) => phrase::one_line(text),
        Cell::Blob(bytes) => format!("{} bytes", bytes.len()),
    }
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Integer(n) => n.to_string(),
        Cell::Real(n) => n.to_string(),
        Cell::Text(text) => guarded(text),
        Cell::Blob(bytes) => hex(bytes),
    }
}

fn guarded(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    if formula { format!("'{text}") } else { text.to_owned() }
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\r', '\n', ';']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a string takes all");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_what_they_are() {
        let flat = Flat {
            columns: ["a", "b"].map(str::to_owned).to_vec(),
            rows: vec![
                vec![Cell::Integer(-5), Cell::Text("=1+1, \"x\"".to_owned())],
                vec![Cell::Null, Cell::Blob(vec![1, 255])],
                vec![Cell::Real(-0.5), Cell::Text("two\nlines".to_owned())],
            ],
        };
        assert_eq!(
            csv(&flat, true),
            "\u{feff}a,b\r\n-5,\"'=1+1, \"\"x\"\"\"\r\n,01ff\r\n-0.5,\"two\nlines\"\r\n"
        );
        assert_eq!(
            jsonl(&flat),
            "{\"a\":-5,\"b\":\"=1+1, \\\"x\\\"\"}\n{\"a\":null,\"b\":\"01ff\"}\n{\"a\":-0.5,\"b\":\"two\\nlines\"}\n"
        );
        assert_eq!(shown(&Cell::Real(2.50001)), "2.5");
        assert_eq!(shown(&Cell::Real(100.0)), "100");
    }
}
