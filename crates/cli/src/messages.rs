//! All that is printed: data on standard output, words about it on standard error.

use std::error::Error;
use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

/// Prints; remembers whether anything failed and whether anybody still listens.
pub(crate) struct Messages {
    out: BufWriter<StdoutLock<'static>>,
    failed: bool,
    closed: bool,
}

impl Messages {
    pub(crate) fn new() -> Self {
        Self { out: BufWriter::new(io::stdout().lock()), failed: false, closed: false }
    }

    /// Prints data. Returns whether more is wanted: not after the reader of a pipe has gone.
    pub(crate) fn print(&mut self, data: &str) -> bool {
        if !self.closed {
            let written = self.out.write_all(data.as_bytes());
            // On a terminal one wants to see each document when it is read.
            let written = written.and_then(|()| if out_is_terminal() { self.out.flush() } else { Ok(()) });
            self.settle(written);
        }
        !self.closed
    }

    /// Tells what went wrong with a file and what to do about it; the exit status will be 2.
    pub(crate) fn error(&mut self, name: &str, error: &dyn Error, hint: Option<&str>) {
        self.failed = true;
        self.note(name, chain(error), hint);
    }

    /// Tells what went wrong with a file where there is no error to show, only words; the exit status will be 2.
    pub(crate) fn fault(&mut self, name: &str, message: &str, hint: Option<&str>) {
        self.failed = true;
        self.note(name, message, hint);
    }

    /// Tells something about a file that is no failure.
    #[expect(clippy::unused_self, reason = "whoever prints must hold the messages")]
    pub(crate) fn note(&mut self, name: &str, message: impl Display, hint: Option<&str>) {
        let name = if name.is_empty() { String::new() } else { format!("{name}: ") };
        let hint = hint.map_or_else(String::new, |hint| format!("hint: {hint}\n"));
        let words = format!("casus: {name}{message}\n{hint}");
        // There is nobody left to tell where standard error is closed.
        let _ = io::stderr().write_all(words.as_bytes());
    }

    /// Writes what is still held back.
    pub(crate) fn finish(&mut self) {
        if !self.closed {
            let written = self.out.flush();
            self.settle(written);
        }
    }

    /// Tells whether anything failed.
    pub(crate) fn failed(&self) -> bool {
        self.failed
    }

    fn settle(&mut self, written: io::Result<()>) {
        let Err(error) = written else { return };
        self.closed = true;
        // `casus code … | head` is no failure: the reader has seen enough.
        if error.kind() != io::ErrorKind::BrokenPipe {
            self.error("standard output", &error, None);
        }
    }
}

/// Tells whether standard output is a terminal.
pub(crate) fn out_is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Returns an error and its causes, parted by colons.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        words = format!("{words}: {error}");
        cause = error.source();
    }
    // The number says nothing that the words do not.
    match words.rfind(" (os error ") {
        Some(at) if words.ends_with(')') => words[..at].to_owned(),
        _ => words,
    }
}
