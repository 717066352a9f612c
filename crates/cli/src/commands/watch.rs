//! `casus watch`: feeds, polled politely; their new reports as JSON Lines, or coded into a store.

use super::ingest::incoming;
use super::{pipeline, store, tell_left_out, text};
use crate::args::Watch;
use crate::http::Network;
use crate::messages::Messages;
use crate::pool;
use casus::Pipeline;
use casus::ingest::Arrival;
use casus::keeping::{self, Incoming, Outcome};
use casus::store::Store;
use casus::watch::{
    self, Feed, FeedList, MemoryError, MemoryFile, MemoryInStore, Outside, PollMemory, Polled,
};
use std::cell::RefCell;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Watches; tells whether any report came in.
pub(crate) fn run(args: &Watch, messages: &mut Messages) -> bool {
    let Some(list) = list(&args.feeds, messages) else { return false };
    let Some(outlet) = outlet(args, messages) else { return false };
    let Some(mut memory) = memory(args, messages) else { return false };
    let mut network = Network::new(list.contact.as_deref());
    let session = RefCell::new(Session { outlet, messages, found: false, wanted: true });
    loop {
        let mut watch = watch::Watch::new(&list, memory.as_mut(), &mut network);
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

/// Opens what was seen: in a file where one is named, else in the store, else beside the list.
fn memory(args: &Watch, messages: &mut Messages) -> Option<Box<dyn PollMemory>> {
    let (path, opened): (PathBuf, Result<Box<dyn PollMemory>, MemoryError>) = match (&args.state, &args.db) {
        (None, Some(db)) => (db.clone(), MemoryInStore::open(db).map(|memory| Box::new(memory) as _)),
        (state, _) => {
            let path = state.clone().unwrap_or_else(|| args.feeds.with_extension("state.json"));
            let memory = MemoryFile::open(&path).map(|memory| Box::new(memory) as _);
            (path, memory)
        }
    };
    let hint = "name another file with --state, or remove it to see every entry as new";
    opened.map_err(|error| messages.error(&path.display().to_string(), &error, Some(hint))).ok()
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

/// Where reports go.
enum Outlet {
    Lines,
    File(PathBuf, File),
    /// A store, with the reports of the feed that is being polled.
    Store(Box<Store>, Box<Pipeline>, Vec<Incoming>),
}

/// Opens where reports go, none where that cannot be, which is said.
fn outlet(args: &Watch, messages: &mut Messages) -> Option<Outlet> {
    if let Some(db) = &args.db {
        let store = store(db, messages)?;
        let pipeline = pipeline(&args.resources, messages)?;
        tell_left_out(&store, &pipeline, messages);
        return Some(Outlet::Store(Box::new(store), Box::new(pipeline), Vec::new()));
    }
    let Some(path) = &args.out else { return Some(Outlet::Lines) };
    match OpenOptions::new().create(true).append(true).open(path) {
        Ok(file) => Some(Outlet::File(path.clone(), file)),
        Err(error) => {
            messages.error(&path.display().to_string(), &error, None);
            None
        }
    }
}

/// Where reports go and what is said about them.
struct Session<'a> {
    outlet: Outlet,
    messages: &'a mut Messages,
    found: bool,
    /// Whether anybody takes more.
    wanted: bool,
}

impl Session<'_> {
    fn take(&mut self, arrival: Arrival) -> bool {
        if let Outlet::Store(.., waiting) = &mut self.outlet {
            // Coded once the feed is read, so that its server is not kept waiting.
            waiting.push(incoming(arrival));
            self.found = true;
            return true;
        }
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
        self.wanted = match &mut self.outlet {
            Outlet::File(path, file) => match file.write_all(line.as_bytes()) {
                Ok(()) => true,
                Err(error) => {
                    self.messages.error(&path.display().to_string(), &error, None);
                    false
                }
            },
            _ => self.messages.print(&line),
        };
        self.wanted
    }

    /// Says what became of a feed; tells whether its reports are safe.
    fn settle(&mut self, feed: &Feed, polled: &Polled) -> bool {
        match polled {
            Polled::New(n) => self.messages.note(&feed.url, format!("{n} new"), None),
            Polled::Failed(error, 0) => self.messages.error(&feed.url, error, None),
            Polled::Failed(error, wait) => {
                let again = format!("it is tried again in {}", minutes(*wait));
                let hint = error.hint().map_or(again.clone(), |hint| format!("{hint}; {again}"));
                self.messages.error(&feed.url, error, Some(&hint));
            }
            Polled::Gone => {
                let hint = "take it out of the list; it is asked no more";
                self.messages.note(&feed.url, "its server says that it is gone for good", Some(hint));
            }
            Polled::Unchanged | Polled::Unwanted => {}
        }
        self.wanted &= self.messages.flush() && self.keep();
        self.wanted
    }

    /// Codes and keeps the reports that wait; tells whether they are safe.
    fn keep(&mut self) -> bool {
        let Outlet::Store(store, pipeline, waiting) = &mut self.outlet else { return true };
        let waiting = std::mem::take(waiting);
        if waiting.is_empty() {
            return true;
        }
        let feed = |hand_over: &mut dyn FnMut(Incoming) -> bool| {
            let _ = waiting.into_iter().all(hand_over);
        };
        let messages = &mut *self.messages;
        let told = |ingested: &keeping::Ingested, _: &keeping::Summary| {
            if let Outcome::Unread(problem) = &ingested.outcome {
                messages.note(&ingested.name, &problem.message, None);
            }
        };
        match keeping::ingest(store, pipeline, "watch", pool::threads(None), feed, told) {
            Ok(summary) => {
                let events = summary.events;
                messages.note("", format!("{} coded, {events} events", summary.coded), None);
                true
            }
            Err(error) => {
                messages.error("", &error, error.hint());
                false
            }
        }
    }
}

fn minutes(seconds: u64) -> String {
    match seconds {
        0..120 => format!("{seconds} seconds"),
        120..7200 => format!("{} minutes", seconds / 60),
        _ => format!("{} hours", seconds / 3600),
    }
}
