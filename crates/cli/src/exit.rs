//! The one place that decides the exit status.

use std::process::ExitCode;

/// Returns 2 where anything failed, soft failures included, else 0 where something was found, else 1.
pub(crate) fn code(found: bool, failed: bool) -> ExitCode {
    match (found, failed) {
        (_, true) => ExitCode::from(2),
        (true, false) => ExitCode::SUCCESS,
        (false, false) => ExitCode::from(1),
    }
}

/// Prints what is wrong with the arguments, or the help that was asked for; returns 2 or 0.
pub(crate) fn usage(error: &clap::Error) -> ExitCode {
    // Where even this cannot be printed, the status is all that is left to say.
    let _ = error.print();
    if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS }
}
