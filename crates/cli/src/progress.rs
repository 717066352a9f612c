//! How far a long run is, on standard error, while somebody watches.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// Documents below which a run is over before one wonders.
const FEW: usize = 10;
/// Time between two drawings.
const PAUSE: Duration = Duration::from_millis(100);

/// A line that counts documents; silent where standard error is no terminal.
pub(crate) struct Progress {
    shown: bool,
    drawn: bool,
    documents: usize,
    last: Instant,
}

impl Progress {
    /// Returns a line that has counted nothing yet. Where the data go to the same terminal they are progress enough.
    pub(crate) fn new(data_on_terminal: bool) -> Self {
        let shown = io::stderr().is_terminal() && !data_on_terminal;
        Self { shown, drawn: false, documents: 0, last: Instant::now() }
    }

    /// Counts a document with its events.
    pub(crate) fn step(&mut self, events: usize) {
        self.documents += 1;
        if self.shown && self.documents > FEW && self.last.elapsed() >= PAUSE {
            self.draw(&format!("\r\x1b[K{} reports read, {events} events so far", self.documents));
            self.drawn = true;
            self.last = Instant::now();
        }
    }

    /// Clears the line, so that messages do not run into it.
    pub(crate) fn clear(&mut self) {
        if self.drawn {
            self.draw("\r\x1b[K");
            self.drawn = false;
        }
    }

    #[expect(clippy::unused_self, reason = "only a line that is shown is drawn")]
    fn draw(&self, words: &str) {
        // A line that cannot be drawn is no reason to stop the run.
        let _ = io::stderr().write_all(words.as_bytes());
    }
}
