//! Files, folders and standard input to documents, in the order in which they are named.

use crate::args::Inputs;
use crate::commands::counted;
use crate::messages::Messages;
use casus::ingest::{self, Arrival, Given, Intake};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// A document that came in, or why it did not.
pub(crate) type Input = Arrival;

/// Returns how documents come in, as the command line says.
pub(crate) fn intake(args: &Inputs) -> Intake {
    Intake {
        given: Given { id: None, title: args.title.clone(), published: args.published, order: args.dates },
        format: args.from,
        columns: args.columns.clone().unwrap_or_default(),
    }
}

/// Hands over the documents of files and folders, the latter in the order of their names. `sink` tells whether more are
/// wanted.
pub(crate) fn each(files: &[PathBuf], intake: &Intake, sink: &mut dyn FnMut(Input) -> bool) {
    let stdin = [PathBuf::from("-")];
    let files = if files.is_empty() { &stdin } else { files };
    for path in files {
        let more = if path.as_path() == Path::new("-") {
            ingest::read(&mut io::stdin().lock(), "-", intake, sink)
        } else {
            ingest::path(path, intake, sink)
        };
        if !more {
            return;
        }
    }
}

/// Says how many files of folders are not read, by the ends of their names.
pub(crate) fn tell_passed_over(files: &[PathBuf], messages: &mut Messages) {
    let mut endings: BTreeMap<String, usize> = BTreeMap::new();
    for file in files.iter().filter(|file| file.is_dir()).flat_map(|folder| ingest::passed_over(folder)) {
        let ending = file.extension().map(|ending| format!(".{}", ending.to_string_lossy().to_lowercase()));
        *endings.entry(ending.unwrap_or_else(|| "without an ending".to_owned())).or_default() += 1;
    }
    let n = endings.values().sum();
    if n > 0 {
        let endings: Vec<String> = endings.iter().map(|(ending, n)| format!("{ending} {n}")).collect();
        let message = format!("{} passed over: {}", counted(n, "file", "files"), endings.join(", "));
        let hint = "casus reads plain text, HTML, feeds, JSON, CSV, Parquet and WARC; turn the others into one of them";
        messages.note("", message, Some(hint));
    }
}
