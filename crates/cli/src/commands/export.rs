//! `casus export`: records in, another form out.

use crate::args::{Export, Format};
use crate::exporting::Exporting;
use crate::messages::Messages;
use crate::render;
use casus::Record;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// Exports the records; tells whether they have any event.
pub(crate) fn run(args: &Export, messages: &mut Messages) -> bool {
    if args.format == Format::Table {
        messages.error("", &NoWords, Some("casus code prints the table; casus export has every other form"));
        return false;
    }
    let Some(mut exporting) = Exporting::begin(args.format, &args.written, messages) else { return false };
    let stdin = [PathBuf::from("-")];
    let files = if args.records.is_empty() { &stdin[..] } else { &args.records };
    let mut found = false;
    for path in files {
        let name = path.display().to_string();
        let bytes: Box<dyn BufRead> = if path.as_path() == Path::new("-") {
            Box::new(io::stdin().lock())
        } else {
            match File::open(path) {
                Ok(file) => Box::new(BufReader::new(file)),
                Err(error) => {
                    messages.error(&name, &error, Some("check the path; - reads standard input"));
                    continue;
                }
            }
        };
        if !records(bytes, &name, args, &mut exporting, messages, &mut found) {
            break;
        }
    }
    exporting.end(messages);
    found
}

/// Exports the records of a stream; tells whether more are wanted.
fn records(
    mut bytes: Box<dyn BufRead>,
    name: &str,
    args: &Export,
    exporting: &mut Exporting,
    messages: &mut Messages,
    found: &mut bool,
) -> bool {
    let mut line = Vec::new();
    for n in 1_usize.. {
        line.clear();
        match bytes.read_until(b'\n', &mut line) {
            Ok(0) => break,
            Ok(_) if line.trim_ascii().is_empty() => continue,
            Ok(_) => {}
            Err(error) => {
                messages.error(name, &error, None);
                break;
            }
        }
        let record: Record = match serde_json::from_slice(&line) {
            Ok(record) => record,
            Err(error) => {
                let hint = "records are what casus code --format jsonl prints";
                messages.error(&format!("{name}: line {n}: no record"), &error, Some(hint));
                continue;
            }
        };
        *found |= !record.events.is_empty();
        let wanted = match args.format {
            Format::Jsonl => messages.print(&render::jsonl(&record)),
            _ => exporting.add(&record, None, messages),
        };
        if !wanted {
            return false;
        }
    }
    true
}

/// A table for eyes shows the reports' words, which records have not.
#[derive(Debug)]
struct NoWords;

impl std::fmt::Display for NoWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the table shows the reports' words, which records do not hold")
    }
}

impl std::error::Error for NoWords {}
