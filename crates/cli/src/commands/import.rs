//! `casus import`: records into a store.

use super::{counted, store};
use crate::args::Import;
use crate::messages::Messages;
use casus::keeping::{self, ImportError, Imported};
use casus::store::Store;
use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

/// Takes records in; tells whether there were any.
pub(crate) fn run(args: &Import, messages: &mut Messages) -> bool {
    let Some(mut store) = store(&args.db, messages) else { return false };
    let mut all = Imported::default();
    for path in &args.files {
        let name = path.display().to_string();
        match file(&mut store, path, &name, messages) {
            Ok(imported) => {
                all.records += imported.records;
                all.events += imported.events;
                all.known += imported.known;
            }
            Err(error) => {
                let hint = match &error {
                    ImportError::Store(error) => error.hint(),
                    ImportError::Read(_) => None,
                };
                messages.error(&name, &error, hint);
            }
        }
    }
    let known = if all.known == 0 { String::new() } else { format!(", {} there already", all.known) };
    let records = counted(all.records, "record", "records");
    messages.note("", format!("{records} taken in, {} events{known}", all.events), None);
    all.records + all.known > 0
}

fn file(
    store: &mut Store,
    path: &Path,
    name: &str,
    messages: &mut Messages,
) -> Result<Imported, ImportError> {
    let mut told = |line: usize, problem: &casus::Problem| {
        messages.fault(&format!("{name}: line {line}"), &problem.message, Some(&problem.hint));
    };
    if path.as_os_str() == "-" {
        return keeping::import(store, &mut io::stdin().lock(), name, &mut told);
    }
    let file = File::open(path).map_err(ImportError::Read)?;
    keeping::import(store, &mut BufReader::new(file), name, &mut told)
}
