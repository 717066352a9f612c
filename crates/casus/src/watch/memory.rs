//! What was seen of each feed, kept across runs.

use super::robots::Robots;
use casus_store::Store;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What is remembered of a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedMemory {
    /// The version that was read last (`ETag`).
    pub etag: Option<String>,
    /// The time of the version that was read last (`Last-Modified`).
    pub last_modified: Option<String>,
    /// When it is to be asked for next, in seconds since 1970.
    pub due: u64,
    /// Failures in a row.
    pub failures: u32,
    /// Whether its server said that it is gone for good.
    pub gone: bool,
    /// The ids of entries that were handed over, with the time at which the feed last listed them.
    pub seen: BTreeMap<String, u64>,
    /// The ids of entries whose page is still to be fetched, with how often that was tried.
    pub pending: BTreeMap<String, u32>,
    /// Under the address of a `robots.txt`: what it says; `due` and `failures` are those of that file then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub robots: Option<Robots>,
}

/// Keeps what was seen. A store implements it, so that documents and memory stand in one place.
pub trait PollMemory {
    /// Returns what is remembered of the feed at an address; of an unknown one nothing.
    fn recall(&self, url: &str) -> FeedMemory;

    /// Remembers.
    ///
    /// # Errors
    /// Where it cannot be written down.
    fn keep(&mut self, url: &str, memory: &FeedMemory) -> Result<(), MemoryError>;
}

/// Why what was seen cannot be read or written.
#[derive(Debug)]
pub struct MemoryError(pub Box<dyn std::error::Error + Send + Sync>);

impl fmt::Display for MemoryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for MemoryError {}

/// A memory in a file of JSON, for watching without a store.
#[derive(Debug)]
pub struct MemoryFile {
    path: PathBuf,
    feeds: BTreeMap<String, FeedMemory>,
}

impl MemoryFile {
    /// Opens the memory at a path; one that is not there is empty.
    ///
    /// # Errors
    /// Where the file cannot be read, or is no memory.
    pub fn open(path: &Path) -> Result<Self, MemoryError> {
        let feeds = match fs::read(path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| MemoryError(error.into()))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => return Err(MemoryError(error.into())),
        };
        Ok(Self { path: path.to_owned(), feeds })
    }
}

impl PollMemory for MemoryFile {
    fn recall(&self, url: &str) -> FeedMemory {
        self.feeds.get(url).cloned().unwrap_or_default()
    }

    fn keep(&mut self, url: &str, memory: &FeedMemory) -> Result<(), MemoryError> {
        self.feeds.insert(url.to_owned(), memory.clone());
        let json = serde_json::to_vec_pretty(&self.feeds).map_err(|error| MemoryError(error.into()))?;
        // Written beside and put in place at once, so that a run that is killed leaves the old one whole.
        let beside = self.path.with_extension("part");
        fs::write(&beside, json)
            .and_then(|()| fs::rename(&beside, &self.path))
            .map_err(|e| MemoryError(e.into()))
    }
}

/// A memory in the store that the reports go into, through a connection of its own.
#[derive(Debug)]
pub struct MemoryInStore(Store);

impl MemoryInStore {
    /// Opens the memory of the store at a path.
    ///
    /// # Errors
    /// Where it cannot be opened, or is no store.
    pub fn open(path: &Path) -> Result<Self, MemoryError> {
        Store::open(path).map(Self).map_err(|error| MemoryError(error.into()))
    }
}

impl PollMemory for MemoryInStore {
    /// What cannot be read is as good as not remembered: then entries are handed over again, and the store knows them.
    fn recall(&self, url: &str) -> FeedMemory {
        let memory = self.0.feed_memory(url).ok().flatten();
        memory.and_then(|json| serde_json::from_value(json).ok()).unwrap_or_default()
    }

    fn keep(&mut self, url: &str, memory: &FeedMemory) -> Result<(), MemoryError> {
        let json = serde_json::to_value(memory).map_err(|error| MemoryError(error.into()))?;
        self.0.keep_feed_memory(url, &json).map_err(|error| MemoryError(error.into()))
    }
}
