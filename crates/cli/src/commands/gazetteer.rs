//! `casus gazetteer`: places of a user's own.

use crate::args::GazetteerImport;
use crate::messages::Messages;
use crate::outputs;
use casus::gazetteer;
use std::error::Error;
use std::{fmt, fs, io};

/// Why a gazetteer cannot be written.
#[derive(Debug)]
struct Unwritten(io::Error);

impl fmt::Display for Unwritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cannot be written")
    }
}

impl Error for Unwritten {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

/// Packs dumps into a file; tells whether that was done.
pub(crate) fn import(args: &GazetteerImport, messages: &mut Messages) -> bool {
    if let Err(refused) = outputs::look_over(&args.out, &args.dumps) {
        messages.error(&args.out.display().to_string(), &refused, Some(outputs::HINT));
        return false;
    }
    // A full dump takes minutes: say every two million lines that it goes on.
    let mut told = 0;
    let mut step = |lines: usize| {
        if lines / 2_000_000 > told {
            told = lines / 2_000_000;
            messages.note("", format!("{lines} lines read"), None);
        }
    };
    let (packed, count) = match gazetteer::import(&args.dumps, &mut step) {
        Ok(done) => done,
        Err(error) => {
            messages.error("", &error, error.hint());
            return false;
        }
    };
    if let Err(error) = fs::write(&args.out, &packed) {
        let hint = "pass another place with --out FILE";
        messages.error(&args.out.display().to_string(), &Unwritten(error), Some(hint));
        return false;
    }
    let (places, units, lines) = (count.places, count.units, count.lines);
    let message = format!(
        "{places} places, {units} units among them, of {lines} lines; {} MB",
        packed.len() / 1_000_000
    );
    let hint = format!("read with it: casus code --gazetteer {}", args.out.display());
    messages.note(&args.out.display().to_string(), message, Some(&hint));
    true
}
