//! Polls feeds politely and hands over what is new.
//!
//! [`FeedList`] says which feeds and how often; [`PollMemory`] keeps what was seen, across runs; [`Outside`] is the network
//! and the clock, so that all of this runs in tests without either. A [`Watch`] joins them.
//!
//! Politeness: a feed is asked for conditionally (RFC 9110, 13.1: `If-None-Match`, `If-Modified-Since`), seldom, later after
//! each failure, never before the time that `Retry-After` gives, and no more once the server says that it is gone. Requests
//! to one host keep a distance. A server's `robots.txt` is obeyed (RFC 9309). Nothing is fetched that the list does not ask for.

mod entries;
mod feeds;
mod memory;
mod outside;
mod permission;
mod robots;
mod schedule;
#[cfg(test)]
mod tests;

pub use feeds::{Feed, FeedList, FeedListError};
pub use memory::{FeedMemory, MemoryError, MemoryFile, MemoryInStore, PollMemory};
pub use outside::{Answer, FetchError, Outside, Request};
pub use robots::Robots;

use crate::ingest::{self, Arrival, Given};
use std::collections::BTreeMap;

/// What media types a feed may have, for the server to choose by.
const ACCEPT_FEED: &str = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, \
                           text/xml;q=0.9, */*;q=0.1";

/// How long an entry that its feed lists no more is remembered, in seconds: some feeds bring old entries back.
const REMEMBERED: u64 = 90 * 24 * 3600;

/// Watches feeds.
pub struct Watch<'a> {
    feeds: &'a FeedList,
    memory: &'a mut dyn PollMemory,
    outside: &'a mut dyn Outside,
    /// When each host was last asked.
    asked: BTreeMap<String, u64>,
}

/// What became of one poll.
#[derive(Debug)]
pub enum Polled {
    /// The feed has nothing new.
    Unchanged,
    /// It had entries that were not seen before.
    New(usize),
    /// It could not be fetched or read; how long until it is tried again, in seconds.
    Failed(PollError, u64),
    /// Its server says that there will be no such feed any more; it is asked no more.
    Gone,
    /// Whoever takes the documents wants no more.
    Unwanted,
}

/// Why a poll failed.
#[derive(Debug)]
pub enum PollError {
    /// The server was not reached.
    Fetch(FetchError),
    /// The server answered with a status that is no success.
    Status(u16),
    /// The `robots.txt` of this address does not let casus fetch it.
    Barred(String),
    /// The `robots.txt` of this address cannot be fetched: why. Until it can, nothing of that server is.
    NoRobots(String, String),
    /// What it sent is no feed.
    Feed(ingest::IngestError),
    /// What was seen could not be written down.
    Memory(MemoryError),
}

impl std::fmt::Display for PollError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Fetch(_) => f.write_str("cannot be fetched"),
            Self::Status(status) => write!(f, "cannot be fetched: the server answered {status}"),
            Self::Barred(robots) => write!(f, "{robots} does not let casus fetch it"),
            Self::NoRobots(robots, why) => {
                write!(f, "not fetched, for {robots}, which would allow it, cannot be fetched: {why}")
            }
            Self::Feed(error) => error.fmt(f),
            Self::Memory(_) => f.write_str("what was seen cannot be written down"),
        }
    }
}

impl PollError {
    /// Returns what the user can do about it, where waiting is not all.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Barred(_) => Some(
                "take the feed out of the list, or ask its owner and write robots = false where he agrees",
            ),
            _ => None,
        }
    }
}

impl std::error::Error for PollError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Fetch(error) => Some(error),
            Self::Feed(error) => error.source(),
            Self::Memory(error) => Some(error),
            Self::Status(_) | Self::Barred(_) | Self::NoRobots(..) => None,
        }
    }
}

impl<'a> Watch<'a> {
    /// Returns a watch over the feeds of a list.
    pub fn new(feeds: &'a FeedList, memory: &'a mut dyn PollMemory, outside: &'a mut dyn Outside) -> Self {
        Self { feeds, memory, outside, asked: BTreeMap::new() }
    }

    /// Returns when the next feed is due, in seconds since 1970; none where all are gone.
    #[must_use]
    pub fn next_due(&self) -> Option<u64> {
        let memories = self.feeds.feeds.iter().map(|feed| self.memory.recall(&feed.url));
        memories.filter(|memory| !memory.gone).map(|memory| memory.due).min()
    }

    /// Polls the feeds that are due, in the order of the list; with `early` the others too, but for those that are left
    /// alone after a failure.
    ///
    /// `sink` takes each new document and tells whether more are wanted; `settle` is told what became of each feed, after
    /// its documents were handed over and before they are remembered as seen, and tells whether they are safe. So a run
    /// that is killed hands some over again and loses none.
    pub fn poll(
        &mut self,
        early: bool,
        sink: &mut dyn FnMut(Arrival) -> bool,
        settle: &mut dyn FnMut(&Feed, &Polled) -> bool,
    ) {
        for feed in &self.feeds.feeds {
            let memory = self.memory.recall(&feed.url);
            if memory.gone || (memory.due > self.outside.now() && !(early && memory.failures == 0)) {
                continue;
            }
            let (polled, memory) = self.poll_one(feed, memory, sink);
            if !settle(feed, &polled) || matches!(polled, Polled::Unwanted) {
                return;
            }
            if let Err(error) = self.memory.keep(&feed.url, &memory)
                && !settle(feed, &Polled::Failed(PollError::Memory(error), 0))
            {
                return;
            }
        }
    }

    fn poll_one(
        &mut self,
        feed: &Feed,
        mut memory: FeedMemory,
        sink: &mut dyn FnMut(Arrival) -> bool,
    ) -> (Polled, FeedMemory) {
        // While pages are still to be fetched the whole list of entries is needed again.
        let conditional = memory.pending.is_empty();
        let request = Request {
            url: &feed.url,
            accept: ACCEPT_FEED,
            etag: memory.etag.as_deref().filter(|_| conditional),
            last_modified: memory.last_modified.as_deref().filter(|_| conditional),
        };
        let answer = self.feed(feed, &request);
        let now = self.outside.now();
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => return failed(error, None, feed, memory, now),
        };
        match answer.status {
            200 => {}
            304 => {
                (memory.failures, memory.due) = (0, now + feed.every);
                return (Polled::Unchanged, memory);
            }
            410 => {
                memory.gone = true;
                return (Polled::Gone, memory);
            }
            status => return failed(PollError::Status(status), answer.retry_after, feed, memory, now),
        }
        let entries = match ingest::feed(&answer.body, Some(&answer.url), &Given::default()) {
            Ok(entries) => entries,
            Err(error) => return failed(PollError::Feed(error), None, feed, memory, now),
        };
        let mut n_new = 0;
        for entry in entries {
            if let Some(seen) = memory.seen.get_mut(&entry.id) {
                *seen = now;
                continue;
            }
            let id = entry.id.clone();
            let document = if feed.full_text {
                let mut get = |url: &str| self.page(feed, url);
                entries::whole(&feed.url, entry, &mut memory.pending, &mut get)
            } else {
                Some(entry.document)
            };
            let Some(document) = document else { continue };
            n_new += 1;
            let document = document.map(|(mut document, problems)| {
                document.publisher = feed.name.clone().or(document.publisher);
                (document, problems)
            });
            if !sink(Arrival { name: format!("{}: {id}", feed.url), document }) {
                return (Polled::Unwanted, memory);
            }
            memory.seen.insert(id, now);
        }
        memory.seen.retain(|_, seen| now.saturating_sub(*seen) < REMEMBERED);
        (memory.etag, memory.last_modified) = (answer.etag, answer.last_modified);
        (memory.failures, memory.due) = (0, now + feed.every);
        (if n_new == 0 { Polled::Unchanged } else { Polled::New(n_new) }, memory)
    }
}

/// Fetches, no sooner than `pause` seconds after the last request to the same host.
fn fetch(
    outside: &mut dyn Outside,
    asked: &mut BTreeMap<String, u64>,
    pause: u64,
    request: &Request<'_>,
) -> Result<Answer, FetchError> {
    let host = outside::host(request.url).unwrap_or_default().to_owned();
    let now = outside.now();
    let since = asked.get(&host).map_or(u64::MAX, |last| now.saturating_sub(*last));
    if since < pause {
        outside.wait(pause - since);
    }
    asked.insert(host, outside.now());
    outside.fetch(request)
}

fn failed(
    error: PollError,
    retry_after: Option<u64>,
    feed: &Feed,
    mut memory: FeedMemory,
    now: u64,
) -> (Polled, FeedMemory) {
    memory.failures = memory.failures.saturating_add(1);
    let wait = schedule::after_failure(feed.every, memory.failures, retry_after);
    memory.due = now + wait;
    (Polled::Failed(error, wait), memory)
}
