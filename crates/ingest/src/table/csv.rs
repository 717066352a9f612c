//! Reports in CSV and its kin: cells parted by commas, semicolons, tabs or bars, under a row of column names.

use super::layout;
use crate::{Arrival, IngestError, Intake, MAX_BYTES, charset, columns, json};
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
    let head = match bytes.fill_buf() {
        Ok(head) => head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head),
        Err(error) => return sink(failed(IngestError::Read(error))),
    };
    let first =
        String::from_utf8_lossy(head.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default());
    // A table of one column has nothing that parts it.
    let delimiter = columns::delimiter(&first).unwrap_or(b',');
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
    let mut record = ByteRecord::new();
    for n in 1_u64.. {
        budget.set(MAX_ROW);
        let document = match read_row(&mut reader, &mut record) {
            Ok(false) => return true,
            // What follows an open quotation mark cannot be told apart.
            Err(error @ (IngestError::Read(_) | IngestError::OpenQuote)) => return sink(failed(error)),
            Err(error) => Err(error),
            Ok(true) if record.iter().all(|cell| cell.trim_ascii().is_empty()) => continue,
            Ok(true) => {
                let mut broken = None;
                let mut odd = None;
                let fields = layout.fields(|at| match cell(record.get(at)?) {
                    Ok((cell, problem)) => {
                        odd = odd.take().or(problem);
                        Some(cell)
                    }
                    Err(error) => {
                        broken = Some(error);
                        None
                    }
                });
                match broken {
                    Some(error) => Err(error),
                    None => json::document(fields, &intake.given, odd.map(of_cell).into_iter().collect()),
                }
            }
        };
        if !sink(Arrival { name: format!("{name}: row {n}"), document }) {
            return false;
        }
    }
    true
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
    if !matches!(error.kind(), ErrorKind::Io(_)) {
        return IngestError::Row(error);
    }
    match error.into_kind() {
        ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => IngestError::OpenQuote,
        ErrorKind::Io(error) => IngestError::Read(error),
        _ => unreachable!("the kind was looked at above"),
    }
}

/// Returns the characters of a cell, and what was odd about their encoding. Rows may differ in it where files were joined.
fn cell(bytes: &[u8]) -> Result<(String, Option<Problem>), IngestError> {
    charset::decode(bytes, None)
}

/// Returns a problem of a cell's encoding so that nobody takes its bytes for those of the file.
fn of_cell(problem: Problem) -> Problem {
    Problem {
        message: format!("in a cell, {}", problem.message.replace("the file was", "it was")),
        ..problem
    }
}
