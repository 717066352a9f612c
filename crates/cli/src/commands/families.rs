//! `casus eval --incidents`: incidents against families of reports whose acts are labelled.

use super::pipeline;
use crate::args::Eval;
use crate::messages::Messages;
use crate::pool;
use casus::evaluation::{LabelledPair, LinkingEvaluation};
use casus::golden::GoldenError;
use casus::golden::families::{FamilyReport, family};
use casus::linking::{Weights, WeightsError};
use casus::{Linker, Record};
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

/// Why a file is no family.
#[derive(Debug)]
enum FamilyError {
    Read(io::Error),
    Line(GoldenError),
    Weights(WeightsError),
    None,
}

impl fmt::Display for FamilyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(_) => f.write_str("cannot be read"),
            Self::Line(error) => error.fmt(f),
            Self::Weights(error) => error.fmt(f),
            Self::None => f.write_str("no report in it"),
        }
    }
}

impl std::error::Error for FamilyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read(error) => Some(error),
            Self::Line(_) | Self::Weights(_) | Self::None => None,
        }
    }
}

/// Measures; tells whether there was anything to measure.
pub(super) fn run(args: &Eval, messages: &mut Messages) -> bool {
    let reports = reports(&args.gold, messages);
    if reports.is_empty() {
        return false;
    }
    let Some(linker) = linker(args, messages) else { return false };
    let Some(pipeline) = pipeline(&args.resources, messages) else { return false };
    let mut records = Vec::new();
    pool::in_order(
        pool::threads(args.jobs),
        |hand_over| {
            reports.iter().all(hand_over);
        },
        |report: &FamilyReport| {
            Record::new(&pipeline.read(report.document.clone(), Vec::new()), pipeline.model_name())
        },
        |record| {
            records.push(record);
            true
        },
    );
    let evaluation = LinkingEvaluation::new(&reports, &records, &linker);
    if args.pairs {
        for pair in &evaluation.pairs {
            messages.print(&line(pair));
        }
    } else if args.json {
        messages.print(&format!("{}\n", evaluation.to_json()));
    } else {
        messages.print(&evaluation.table());
    }
    if args.errors {
        for fault in &evaluation.faults {
            messages.print(&format!("{fault}\n"));
        }
    }
    true
}

/// Returns the linker, none where its weights cannot be read, which is said.
fn linker(args: &Eval, messages: &mut Messages) -> Option<Linker> {
    let Some(path) = &args.weights else { return Some(Linker::default()) };
    let table = fs::read_to_string(path).map_err(FamilyError::Read);
    match table.and_then(|table| Weights::parse(&table).map_err(FamilyError::Weights)) {
        Ok(weights) => Some(Linker::with_weights(weights)),
        Err(error) => {
            let hint = "pass a table like data/rules/incident_weights.tsv";
            messages.error(&path.display().to_string(), &error, Some(hint));
            None
        }
    }
}

fn line(pair: &LabelledPair) -> String {
    let pair = serde_json::json!({
        "events": [pair.events.0, pair.events.1],
        "same": pair.same,
        "log_odds": pair.log_odds,
        "features": pair.features,
    });
    format!("{pair}\n")
}

/// Returns the reports of a family or of a folder of families, in the order of their names; says which are none.
fn reports(path: &Path, messages: &mut Messages) -> Vec<FamilyReport> {
    let mut files = Vec::new();
    if let Err(error) = list(path, &mut files) {
        let hint = "pass a family of reports (Markdown), or a folder of them";
        messages.error(&path.display().to_string(), &FamilyError::Read(error), Some(hint));
    }
    let mut reports = Vec::new();
    for path in files {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let read = fs::read_to_string(&path).map_err(FamilyError::Read);
        let read = read.and_then(|markdown| match family(&name, &markdown).map_err(FamilyError::Line)? {
            reports if reports.is_empty() => Err(FamilyError::None),
            reports => Ok(reports),
        });
        match read {
            Ok(read) => reports.extend(read),
            Err(error) => messages.error(&path.display().to_string(), &error, None),
        }
    }
    reports
}

/// Lists the Markdown files of a folder and of those below it, without its README.
fn list(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let mut paths = fs::read_dir(path)?.map(|e| e.map(|e| e.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        let family =
            path.extension().is_some_and(|e| e == "md") && path.file_stem().is_some_and(|s| s != "README");
        if path.is_dir() || family {
            list(&path, files)?;
        }
    }
    Ok(())
}
