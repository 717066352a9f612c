//! Reports in CSV and its kin: cells parted by commas, semicolons, tabs or bars, under a row of column names.

use super::layout;
use crate::columns::{Fields, Layout};
use crate::{Arrival, Given, IngestError, Intake, MAX_BYTES, charset, columns, days, json, refusal};
use casus_types::Problem;
use csv::{ByteRecord, ErrorKind, ReaderBuilder};
use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

/// Hands over a document a row, told apart by the numbers of the rows below the names, from 1; blank lines are none. What
/// parts the cells is seen from the row of names.
pub(crate) fn rows(
    bytes: &mut dyn BufRead,
    name: &str,
    intake: &Intake,
    sink: &mut dyn FnMut(Arrival) -> bool,
) -> bool {
    let failed = |error| Arrival::failed(name, error);
    let delimiter = match delimiter(bytes) {
        Ok(delimiter) => delimiter,
        Err(error) => return sink(failed(IngestError::Read(error))),
    };
    let budget = Rc::new(Cell::new(MAX_ROW));
    let limited = Limited { bytes, budget: Rc::clone(&budget) };
    let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(limited);
    let names = match reader.byte_headers() {
        Ok(names) => names.iter().map(|name| cell(name).map(|(name, _)| name)).collect::<Result<Vec<_>, _>>(),
        Err(error) => return sink(failed(row_error(error))),
    };
    let layout = names.and_then(|names| {
        if names.is_empty() { Err(IngestError::Empty) } else { layout(&intake.columns, &names) }
    });
    let layout = match layout {
        Ok(layout) => layout,
        Err(error) => return sink(failed(error)),
    };
    let names = reader.byte_headers().map_or(0, ByteRecord::len);
    let table = Table { layout, names, delimiter };
    let mut record = ByteRecord::new();
    let mut rows = Rows { name, given: intake.given.clone(), held: Vec::new(), bytes: 0, gave_up: false };
    let mut any = false;
    for n in 1_u64.. {
        budget.set(MAX_ROW);
        let row = match read_row(&mut reader, &mut record) {
            Ok(false) if !any => return sink(failed(IngestError::NoRows)),
            Ok(false) => return rows.let_go(sink),
            // What follows an open quotation mark cannot be told apart.
            Err(error @ (IngestError::Read(_) | IngestError::OpenQuote)) => {
                return rows.let_go(sink) && sink(failed(error));
            }
            Err(error) => Err(error),
            Ok(true) if record.iter().all(|cell| cell.trim_ascii().is_empty()) => continue,
            Ok(true) => table.row(&record),
        };
        any = true;
        if !rows.take(n, row, sink) {
            return false;
        }
    }
    true
}

/// Returns what parts the cells, as the first line shows; one that says it, and no more, is passed over.
fn delimiter(bytes: &mut dyn BufRead) -> io::Result<u8> {
    let read = bytes.fill_buf()?;
    let head = read.strip_prefix(b"\xef\xbb\xbf").unwrap_or(read);
    let mark = read.len() - head.len();
    let line = head.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let first = String::from_utf8_lossy(line);
    let Some(said) = columns::separator(&first) else {
        // A table of one column has nothing that parts it.
        return Ok(columns::delimiter(&first).unwrap_or(b','));
    };
    let behind = line.len() + line_end(&head[line.len()..]);
    bytes.consume(mark + behind);
    Ok(said)
}

/// Returns the length of the line's end that bytes begin with: spreadsheets of old write CR alone.
fn line_end(bytes: &[u8]) -> usize {
    match bytes {
        [b'\r', b'\n', ..] => 2,
        [] => 0,
        _ => 1,
    }
}

/// What a row has with what is odd about it, or what is wrong with it.
type Row = Result<(Fields, Vec<Problem>), IngestError>;

/// How the rows of a table are built.
struct Table {
    layout: Layout,
    /// How many columns have names.
    names: usize,
    delimiter: u8,
}

impl Table {
    fn row(&self, record: &ByteRecord) -> Row {
        let (surplus, mut problems) = self.surplus(record)?;
        let (mut broken, mut odd) = (None, None);
        let fields = self.layout.fields(|at| {
            let joined = surplus.as_ref().filter(|_| Some(at) == self.layout.text_at());
            match cell(joined.map_or_else(|| record.get(at), |joined| Some(joined))?) {
                Ok((cell, problem)) => {
                    odd = odd.take().or(problem);
                    Some(cell)
                }
                Err(error) => {
                    broken = Some(error);
                    None
                }
            }
        });
        if let Some(error) = broken {
            return Err(error);
        }
        problems.extend(odd.map(of_cell));
        if fields.text.as_deref().is_some_and(|text| self.holds_rows(text)) {
            problems.push(Problem::new(
                "swallowed-rows",
                "rows of the table seem to stand within its text",
                "find the quotation mark that is never closed; within cells they are doubled",
            ));
        }
        Ok((fields, problems))
    }

    /// Returns the whole text of a row with more cells than names, where it is the last column and its commas have parted it.
    /// Elsewhere nobody can tell which of the cells go together, and a text that ends at its first comma is wrong.
    fn surplus(&self, record: &ByteRecord) -> Result<(Option<Vec<u8>>, Vec<Problem>), IngestError> {
        let cells = (0..record.len()).rev().find(|&at| !record[at].trim_ascii().is_empty());
        let cells = cells.map_or(0, |last| last + 1);
        if cells <= self.names {
            return Ok((None, Vec::new()));
        }
        let odd = |code, what: &str, hint| {
            vec![Problem::new(
                code,
                format!("a row of {cells} cells under {} names: {what}", self.names),
                hint,
            )]
        };
        let last = self.names.saturating_sub(1);
        // A cell with a mark within stood in quotation marks, and is whole.
        let whole = |at: usize| record[at].iter().any(|&byte| byte == self.delimiter || byte == b'\n');
        if self.layout.text_at() != Some(last) || (self.names..cells).any(whole) {
            return Err(IngestError::Row { cells, names: self.names });
        }
        if whole(last) {
            let problems = odd("surplus-cells", "the last ones were passed over", "give every column a name");
            return Ok((None, problems));
        }
        let joined = (last..cells).map(|at| &record[at]).collect::<Vec<_>>().join(&self.delimiter);
        let hint = "put quotation marks around cells with commas (RFC 4180)";
        Ok((Some(joined), odd("joined-cells", "the last ones were joined to the text", hint)))
    }

    /// Tells whether further rows stand in a text: a line with all cells and a day in its place. Behind the commas of prose
    /// there are spaces.
    fn holds_rows(&self, text: &str) -> bool {
        let Some(day) = self.layout.published_at() else { return false };
        text.lines().skip(1).any(|line| {
            let cells: Vec<&str> = line.split(char::from(self.delimiter)).take(self.names).collect();
            cells.len() == self.names
                && cells.iter().all(|cell| !cell.starts_with(' '))
                && days::read(cells[day].trim_matches('"')).is_some()
        })
    }
}

/// Rows on their way out. From the first day that may be two on (`3/4/2026`) they are held back until a row tells which of
/// day and month stands first in this table (`25/4/2026`), as long as they are few.
struct Rows<'a> {
    name: &'a str,
    given: Given,
    held: Vec<(u64, Row)>,
    /// Of the held rows' words.
    bytes: usize,
    /// Whether so many rows have been held that no more are.
    gave_up: bool,
}

/// The most rows that are held back, and the most bytes of their words.
const MOST_HELD: (usize, usize) = (10_000, MAX_BYTES);

impl Rows<'_> {
    fn take(&mut self, n: u64, row: Row, sink: &mut dyn FnMut(Arrival) -> bool) -> bool {
        let written = row.as_ref().ok().and_then(|(fields, _)| fields.published.as_deref());
        let known = self.given.order.is_some() || self.given.published.is_some();
        if known || self.gave_up {
            return self.hand_over(n, row, sink);
        }
        self.given.order = written.and_then(days::order);
        let ambiguous = written.and_then(days::read).is_some_and(|day| day.certain().is_none());
        if self.held.is_empty() && !ambiguous {
            return self.hand_over(n, row, sink);
        }
        let words = row.as_ref().ok().and_then(|(fields, _)| fields.text.as_ref()).map_or(0, String::len);
        self.bytes += words;
        self.held.push((n, row));
        self.gave_up = self.held.len() >= MOST_HELD.0 || self.bytes >= MOST_HELD.1;
        self.given.order.is_none() && !self.gave_up || self.let_go(sink)
    }

    /// Hands over what is held back.
    fn let_go(&mut self, sink: &mut dyn FnMut(Arrival) -> bool) -> bool {
        self.bytes = 0;
        std::mem::take(&mut self.held).into_iter().all(|(n, row)| self.hand_over(n, row, sink))
    }

    fn hand_over(&self, n: u64, row: Row, sink: &mut dyn FnMut(Arrival) -> bool) -> bool {
        let document = row.and_then(|(fields, problems)| json::document(fields, &self.given, problems));
        sink(Arrival { name: format!("{}: row {n}", self.name), document })
    }
}

/// The largest row, in bytes: that of a document, and as much again for what else it holds.
const MAX_ROW: usize = 2 * MAX_BYTES;

/// Bytes of which no more come than one row may have: the reader itself would hold a row of any length in memory.
struct Limited<'a> {
    bytes: &'a mut dyn BufRead,
    budget: Rc<Cell<usize>>,
}

impl Read for Limited<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = self.budget.get();
        if left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let n = into.len().min(left);
        let n = self.bytes.read(&mut into[..n])?;
        self.budget.set(left - n);
        Ok(n)
    }
}

/// Reads the next row; tells whether there is one.
fn read_row(reader: &mut csv::Reader<impl Read>, record: &mut ByteRecord) -> Result<bool, IngestError> {
    let more = reader.read_byte_record(record).map_err(row_error)?;
    if record.as_slice().len() > MAX_BYTES { Err(IngestError::TooLarge) } else { Ok(more) }
}

fn row_error(error: csv::Error) -> IngestError {
    match error.into_kind() {
        ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => IngestError::OpenQuote,
        ErrorKind::Io(error) => IngestError::Read(error),
        // None is known: rows may have any number of cells, and any bytes.
        other => IngestError::Read(io::Error::other(format!("{other:?}"))),
    }
}

/// Returns the characters of a cell, and what was odd about their encoding. Rows may differ in it where files were joined.
fn cell(bytes: &[u8]) -> Result<(String, Option<Problem>), IngestError> {
    refusal::check_zeros(bytes)?;
    charset::decode(bytes, None)
}

/// Returns a problem of a cell's encoding so that nobody takes its bytes for those of the file.
fn of_cell(problem: Problem) -> Problem {
    Problem {
        message: format!("in a cell, {}", problem.message.replace("the file was", "it was")),
        ..problem
    }
}
