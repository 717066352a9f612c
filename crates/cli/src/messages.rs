//! All that is printed: data on standard output, words about it on standard error.

use std::error::Error;
use std::fmt::Display;
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Prints; remembers whether anything failed and whether anybody still listens.
pub(crate) struct Messages {
    out: BufWriter<Box<dyn Write>>,
    /// What data goes to, for messages about it.
    name: String,
    /// Whether somebody looks on while data comes.
    watched: bool,
    failed: bool,
    closed: bool,
    /// Where data goes for now, and its name once it is whole.
    unfinished: Option<(PathBuf, PathBuf)>,
}

impl Messages {
    pub(crate) fn new() -> Self {
        Self {
            out: BufWriter::new(Box::new(io::stdout().lock())),
            name: "standard output".to_owned(),
            watched: out_is_terminal(),
            failed: false,
            closed: false,
            unfinished: None,
        }
    }

    /// Sends data to a file from now on. It has its name only when it is whole: a run that is broken off leaves `NAME.part`,
    /// and what was there before. (A device or pipe is written to at once.)
    ///
    /// # Errors
    /// Where the file cannot be made.
    pub(crate) fn write_to(&mut self, path: &Path) -> io::Result<()> {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let part = path.with_file_name(name);
        let is_plain = fs::symlink_metadata(path).map_or(true, |there| there.is_file());
        let file = match is_plain.then(|| File::create(&part)) {
            Some(Ok(file)) => {
                self.unfinished = Some((part, path.to_owned()));
                file
            }
            // In a folder where nothing new may be made the file itself may still be written.
            _ => File::create(path)?,
        };
        self.out = BufWriter::new(Box::new(file));
        self.name = path.display().to_string();
        self.watched = false;
        Ok(())
    }

    /// Tells whether data goes to a terminal.
    pub(crate) fn is_watched(&self) -> bool {
        self.watched
    }

    /// Prints data. Returns whether more is wanted: not after the reader of a pipe has gone.
    pub(crate) fn print(&mut self, data: &str) -> bool {
        self.print_bytes(data.as_bytes())
    }

    /// Prints data that is no text.
    pub(crate) fn print_bytes(&mut self, data: &[u8]) -> bool {
        if !self.closed {
            let written = self.out.write_all(data);
            // On a terminal one wants to see each document when it is read.
            let written = written.and_then(|()| if self.watched { self.out.flush() } else { Ok(()) });
            self.settle(written);
        }
        !self.closed
    }

    /// Writes what is still held back, for a reader at the other end of a pipe. Returns whether more is wanted.
    pub(crate) fn flush(&mut self) -> bool {
        self.write_out();
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

    /// Tells that the data just printed are what went wrong; the exit status will be 2.
    pub(crate) fn fail(&mut self, message: &str) {
        self.failed = true;
        self.note("", message, None);
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

    /// Writes what is still held back, and gives a file that is whole its name.
    pub(crate) fn finish(&mut self) {
        self.write_out();
        if self.closed {
            return;
        }
        if let Some((part, whole)) = self.unfinished.take()
            && let Err(error) = fs::rename(&part, &whole)
        {
            self.error(&whole.display().to_string(), &error, None);
        }
    }

    fn write_out(&mut self) {
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
            let name = self.name.clone();
            self.error(&name, &error, None);
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
        // Some errors say what their cause says.
        let why = error.to_string();
        if !words.ends_with(&why) {
            words = format!("{words}: {why}");
        }
        cause = error.source();
    }
    // The number says nothing that the words do not.
    match words.rfind(" (os error ") {
        Some(at) if words.ends_with(')') => words[..at].to_owned(),
        _ => words,
    }
}
