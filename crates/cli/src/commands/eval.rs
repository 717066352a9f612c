//! `casus eval`: records against gold.

use super::{families, pipeline};
use crate::args::Eval;
use crate::messages::Messages;
use crate::pool;
use casus::evaluation::{GoldDocument, GoldError};
use casus::{Evaluation, Record};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

/// Why a file cannot be measured with.
#[derive(Debug)]
enum EvalError {
    Read(io::Error),
    Gold(GoldError),
    Record(serde_json::Error),
    NoGold,
}

impl fmt::Display for EvalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(_) => f.write_str("cannot be read"),
            Self::Gold(error) => error.fmt(f),
            Self::Record(_) => f.write_str("no record"),
            Self::NoGold => f.write_str("no gold file (.json) in this folder"),
        }
    }
}

impl Error for EvalError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Read(error) => Some(error),
            Self::Gold(_) | Self::NoGold => None,
            Self::Record(error) => Some(error),
        }
    }
}

/// Measures; tells whether there was anything to measure.
pub(crate) fn run(args: &Eval, messages: &mut Messages) -> bool {
    if args.incidents {
        return families::run(args, messages);
    }
    let gold = gold(&args.gold, messages);
    if gold.is_empty() {
        return false;
    }
    let records = match &args.predicted {
        Some(path) => records(path, messages),
        None => coded(&gold, args, messages),
    };
    let Some(records) = records else { return false };
    let evaluation = Evaluation::new(&gold, &records);
    if args.json {
        let mut figures = evaluation.to_json();
        if args.confidence {
            figures["confidence"] = serde_json::json!(evaluation.calibration.records());
        }
        messages.print(&format!("{figures}\n"));
    } else {
        messages.print(&evaluation.table());
    }
    if args.confidence && !args.json {
        messages.print(&format!("\n{}", evaluation.calibration.table()));
    }
    if args.errors {
        messages.print(&format!("\n{}", evaluation.errors()));
    }
    true
}

/// Returns the gold documents of a file or folder, the latter in the order of their names; says which are none.
fn gold(path: &Path, messages: &mut Messages) -> Vec<GoldDocument> {
    let name = path.display().to_string();
    let files = match files(path) {
        Ok(files) => files,
        Err(error) => {
            messages.error(&name, &error, Some("pass a gold file or a folder of them"));
            return Vec::new();
        }
    };
    let mut gold = Vec::new();
    for path in files {
        let document = fs::read_to_string(&path)
            .map_err(EvalError::Read)
            .and_then(|json| GoldDocument::parse(&json).map_err(EvalError::Gold));
        match document {
            Ok(document) => gold.push(document),
            Err(error) => messages.error(&path.display().to_string(), &error, None),
        }
    }
    gold
}

fn files(path: &Path) -> Result<Vec<PathBuf>, EvalError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut files: Vec<PathBuf> = entries.map_err(EvalError::Read)?.iter().map(fs::DirEntry::path).collect();
    files.retain(|file| file.extension().is_some_and(|e| e == "json"));
    files.sort();
    if files.is_empty() { Err(EvalError::NoGold) } else { Ok(files) }
}

/// Returns the records of a JSON Lines file, none where it cannot be read; says which lines are none.
fn records(path: &Path, messages: &mut Messages) -> Option<Vec<Record>> {
    let name = path.display().to_string();
    let lines = match fs::read_to_string(path) {
        Ok(lines) => lines,
        Err(error) => {
            messages.error(&name, &EvalError::Read(error), None);
            return None;
        }
    };
    let mut records = Vec::new();
    for (at, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str(line) {
            Ok(record) => records.push(record),
            Err(error) => {
                let hint = "each line must be a record, as casus code --format jsonl prints it";
                messages.error(&format!("{name}: line {}", at + 1), &EvalError::Record(error), Some(hint));
            }
        }
    }
    Some(records)
}

/// Returns the records that casus makes of the gold texts now.
fn coded(gold: &[GoldDocument], args: &Eval, messages: &mut Messages) -> Option<Vec<Record>> {
    let pipeline = pipeline(&args.resources, messages)?;
    let mut records = Vec::new();
    pool::in_order(
        pool::threads(args.jobs),
        |hand_over| {
            gold.iter().all(hand_over);
        },
        |gold: &GoldDocument| Record::new(&pipeline.read(gold.document(), Vec::new()), pipeline.model_name()),
        |record| {
            records.push(record);
            true
        },
    );
    Some(records)
}
