//! Tables as text: CSV (RFC 4180), or parted by tabs as some data sets are.

use crate::table::{Cell, Column, one_line};
use crate::{ExportError, Form};
use std::io::Write;

/// How a layout writes its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// Commas, quotation marks where needed, lines that end in CR LF.
    Csv,
    /// Tabs under a row of names, no quotation marks: tabs and line ends in cells become spaces.
    Tabs,
    /// The same without names, for the readers of a data set that has none.
    BareTabs,
}

/// A table as text.
pub(crate) struct Delimited<W> {
    style: Style,
    out: W,
}

impl<W: Write> Delimited<W> {
    pub(crate) fn new(columns: &[Column], style: Style, form: Form, mut out: W) -> Result<Self, ExportError> {
        if form.bom {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let mut file = Self { style, out };
        if style != Style::BareTabs {
            file.line(columns.iter().map(|column| column.name.to_owned()))?;
        }
        if form.hxl {
            file.line(columns.iter().map(|column| column.hxl.to_owned()))?;
        }
        Ok(file)
    }

    pub(crate) fn row(&mut self, cells: &[Cell]) -> Result<(), ExportError> {
        let style = self.style;
        self.line(cells.iter().map(|cell| match (cell, style) {
            (Cell::Text(words), Style::Csv) => harmless(words),
            (cell, Style::Csv) => cell.shown(),
            (cell, _) => one_line(&cell.shown()),
        }))
    }

    pub(crate) fn finish(self) -> W {
        self.out
    }

    fn line(&mut self, cells: impl Iterator<Item = String>) -> Result<(), ExportError> {
        let line = match self.style {
            Style::Csv => cells.map(|cell| quoted(&cell)).collect::<Vec<_>>().join(",") + "\r\n",
            _ => cells.collect::<Vec<_>>().join("\t") + "\n",
        };
        Ok(self.out.write_all(line.as_bytes())?)
    }
}

/// Returns text that no spreadsheet takes for a formula (OWASP, "CSV injection"): a report's words are nobody's formula.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\r', '\n', ';']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
