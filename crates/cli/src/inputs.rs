//! Files, folders and standard input to documents, in the order in which they are named.

use crate::args::Inputs;
use casus::ingest::{self, Arrival, Given, Intake};
use std::io;
use std::path::{Path, PathBuf};

/// A document that came in, or why it did not.
pub(crate) type Input = Arrival;

/// Returns how documents come in, as the command line says.
pub(crate) fn intake(args: &Inputs) -> Intake {
    Intake {
        given: Given { id: None, title: args.title.clone(), published: args.published },
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
