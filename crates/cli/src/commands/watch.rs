//! `casus watch`: feeds, polled politely; their new reports as JSON Lines.

use super::text;
use crate::args::Watch;
use crate::http::Network;
use crate::messages::Messages;
use casus::ingest::Arrival;
use casus::watch::{self, Feed, FeedList, MemoryFile, Outside, Polled};
use std::cell::RefCell;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Watches; tells whether any report came in.
pub(crate) fn run(args: &Watch, messages: &mut Messages) -> bool {
    let Some(list) = list(&args.feeds, messages) else { return false };
    let state = args.state.clone().unwrap_or_else(|| args.feeds.with_extension("state.json"));
    let mut memory = match MemoryFile::open(&state) {
        Ok(memory) => memory,
        Err(error) => {
            let hint = "name another file with --state, or remove it to see every entry as new";
            messages.error(&state.display().to_string(), &error, Some(hint));
            return false;
        }
    };
    let out = match args.out.as_deref().map(open).transpose() {
        Ok(out) => out,
        Err((path, error)) => {
            messages.error(&path.display().to_string(), &error, None);
            return false;
        }
    };
    let mut network = Network::new(list.contact.as_deref());
    let session = RefCell::new(Session { out, messages, found: false, wanted: true });
    loop {
        let mut watch = watch::Watch::new(&list, &mut memory, &mut network);
        watch.poll(args.once, &mut |arrival| session.borrow_mut().take(arrival), &mut |feed, polled| {
            session.borrow_mut().settle(feed, polled)
        });
        let next = watch.next_due();
        let more = session.borrow().wanted && !args.once;
        let Some(next) = next.filter(|_| more) else { break };
        let now = network.now();
        network.wait(next.saturating_sub(now));
    }
    session.into_inner().found
}

fn list(path: &Path, messages: &mut Messages) -> Option<FeedList> {
    let name = path.display().to_string();
    let toml = match fs::read_to_string(path) {
        Ok(toml) => toml,
        Err(error) => {
            messages.error(&name, &error, Some("give a file that lists feeds; see docs/format/feeds.md"));
            return None;
        }
    };
    match FeedList::parse(&toml) {
        Ok(list) => Some(list),
        Err(error) => {
            messages.error(&name, &error, Some(error.hint()));
            None
        }
    }
}

/// Opens the file that reports are added to.
fn open(path: &Path) -> Result<File, (PathBuf, io::Error)> {
    OpenOptions::new().create(true).append(true).open(path).map_err(|error| (path.to_owned(), error))
}

/// Where reports go and what is said about them.
struct Session<'a> {
    out: Option<File>,
    messages: &'a mut Messages,
    found: bool,
    /// Whether anybody takes more.
    wanted: bool,
}

impl Session<'_> {
    fn take(&mut self, arrival: Arrival) -> bool {
        let (document, problems) = match arrival.document {
            Ok(document) => document,
            Err(error) => {
                self.messages.error(&arrival.name, &error, error.hint());
                return true;
            }
        };
        // A missing day and a foreign language are told where the report is coded; this is told nowhere else.
        for problem in problems.iter().filter(|problem| problem.code == "page-not-read") {
            self.messages.note(&arrival.name, &problem.message, None);
        }
        self.found = true;
        let line = text::line(&document);
        self.wanted = match &mut self.out {
            None => self.messages.print(&line),
            Some(file) => match file.write_all(line.as_bytes()) {
                Ok(()) => true,
                Err(error) => {
                    self.messages.error("--out", &error, None);
                    false
                }
            },
        };
        self.wanted
    }

    /// Says what became of a feed; tells whether its reports are safe.
    fn settle(&mut self, feed: &Feed, polled: &Polled) -> bool {
        match polled {
            Polled::New(n) => self.messages.note(&feed.url, format!("{n} new"), None),
            Polled::Failed(error, 0) => self.messages.error(&feed.url, error, None),
            Polled::Failed(error, wait) => {
                let hint = format!("it is tried again in {}", minutes(*wait));
                self.messages.error(&feed.url, error, Some(&hint));
            }
            Polled::Gone => {
                let hint = "take it out of the list; it is asked no more";
                self.messages.note(&feed.url, "its server says that it is gone for good", Some(hint));
            }
            Polled::Unchanged | Polled::Unwanted => {}
        }
        self.wanted &= self.messages.flush();
        self.wanted
    }
}

fn minutes(seconds: u64) -> String {
    match seconds {
        0..120 => format!("{seconds} seconds"),
        120..7200 => format!("{} minutes", seconds / 60),
        _ => format!("{} hours", seconds / 3600),
    }
}
