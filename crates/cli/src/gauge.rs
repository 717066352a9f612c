//! How far a long run is, how fast, and how long it will take: a line on standard error, while somebody watches.

use casus::ingest;
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Time between two drawings.
const PAUSE: Duration = Duration::from_millis(100);
/// Characters of the bar.
const BAR: usize = 20;
/// Time below which a rate says nothing yet.
const FIRST: Duration = Duration::from_secs(2);

/// A line with a bar, where it is known how much there is; silent where standard error is no terminal.
pub(crate) struct Gauge {
    shown: bool,
    drawn: bool,
    extent: Option<usize>,
    begun: Instant,
    last: Option<Instant>,
}

impl Gauge {
    /// Returns a line for a run over as many reports.
    pub(crate) fn new(extent: Option<usize>) -> Self {
        Self { shown: io::stderr().is_terminal(), drawn: false, extent, begun: Instant::now(), last: None }
    }

    /// Shows how many reports are done, how many of them cost no time, and the events found.
    pub(crate) fn show(&mut self, done: usize, free: usize, events: usize) {
        if !self.shown || self.last.is_some_and(|last| last.elapsed() < PAUSE) {
            return;
        }
        let words = line(done, free, events, self.extent, self.begun.elapsed());
        // A line that cannot be drawn is no reason to stop the run.
        let _ = io::stderr().write_all(format!("\r\x1b[K{words}").as_bytes());
        self.last = Some(Instant::now());
        self.drawn = true;
    }

    /// Clears the line, so that messages do not run into it.
    pub(crate) fn clear(&mut self) {
        if self.drawn {
            let _ = io::stderr().write_all(b"\r\x1b[K");
            self.drawn = false;
        }
    }
}

/// Returns about how many reports the sources hold: a line of JSON Lines is one, any other file is one. None where that
/// cannot be known beforehand, or where nobody watches.
pub(crate) fn extent(sources: &[PathBuf]) -> Option<usize> {
    if sources.is_empty() || !io::stderr().is_terminal() {
        return None;
    }
    let mut files = Vec::new();
    for source in sources {
        if source.is_dir() {
            ingest::files_below(source, &mut files).ok()?;
        } else {
            files.push(source.clone());
        }
    }
    files.iter().map(|file| reports(file)).sum()
}

/// Returns how many reports a file holds, none where it must be read to know.
fn reports(file: &Path) -> Option<usize> {
    match file.extension().map(|e| e.to_string_lossy().to_lowercase()).as_deref() {
        Some("txt" | "text" | "md" | "html" | "htm") => Some(1),
        Some("jsonl" | "ndjson") => {
            let mut bytes = BufReader::with_capacity(1 << 16, File::open(file).ok()?);
            let mut lines = 0;
            loop {
                let held = bytes.fill_buf().ok()?;
                if held.is_empty() {
                    return Some(lines);
                }
                lines += held.split(|&byte| byte == b'\n').count() - 1;
                let n = held.len();
                bytes.consume(n);
            }
        }
        _ => None,
    }
}

#[expect(clippy::cast_precision_loss, reason = "reports and seconds are far fewer than 2^53")]
fn line(done: usize, free: usize, events: usize, extent: Option<usize>, taken: Duration) -> String {
    let worked = done.saturating_sub(free);
    let rate = (taken >= FIRST && worked > 0).then(|| worked as f64 / taken.as_secs_f64());
    let words = match extent {
        Some(all) if all > 0 => {
            let filled = BAR * done.min(all) / all;
            format!("[{}{}] {done} of {all} reports", "=".repeat(filled), " ".repeat(BAR - filled))
        }
        _ => format!("{done} reports"),
    };
    let mut parts = vec![words, format!("{events} events")];
    if let Some(rate) = rate {
        parts.push(format!("{rate:.1} a second"));
        if let Some(left) = extent.and_then(|all| all.checked_sub(done)) {
            parts.push(format!("{} left", duration(left as f64 / rate)));
        }
    }
    parts.join(", ")
}

/// Returns a duration as people say it.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a time left is small and not negative"
)]
fn duration(seconds: f64) -> String {
    let seconds = seconds.round() as u64;
    match seconds {
        0..=89 => format!("{seconds} s"),
        90..=5399 => format!("{} min", (seconds + 30) / 60),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(done: usize, free: usize, extent: Option<usize>, seconds: u64, expected: &str) {
        assert_eq!(line(done, free, 7, extent, Duration::from_secs(seconds)), expected);
    }

    #[test]
    fn the_line_says_how_far_how_fast_and_how_long() {
        check(3, 0, None, 1, "3 reports, 7 events");
        check(30, 0, None, 10, "30 reports, 7 events, 3.0 a second");
        let half = "[==========          ] 50 of 100 reports, 7 events";
        check(50, 0, Some(100), 10, &format!("{half}, 5.0 a second, 10 s left"));
        // What was there already went by at once, and says nothing about the rest.
        check(50, 40, Some(100), 10, &format!("{half}, 1.0 a second, 50 s left"));
        check(50, 50, Some(100), 10, half);
        // The number of reports was estimated too low.
        check(5, 0, Some(4), 1, "[====================] 5 of 4 reports, 7 events");
    }

    #[test]
    fn durations_are_told_roughly() {
        for (seconds, expected) in [(0.2, "0 s"), (89.0, "89 s"), (100.0, "2 min"), (9000.0, "2 h 30 min")] {
            assert_eq!(duration(seconds), expected);
        }
    }
}
