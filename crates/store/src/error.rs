//! What can go wrong with a store: what was attempted, on which file.

use std::fmt;
use std::path::PathBuf;

/// Why a store could not do what was asked.
#[derive(Debug)]
pub enum StoreError {
    /// The file cannot be opened or made.
    Open(PathBuf, rusqlite::Error),
    /// The file, or the folder that it lies in, can only be read.
    NotWritable(PathBuf),
    /// There is no such file, and it was only to be read.
    Missing(PathBuf),
    /// The file is none of casus: another program's database, or no database at all.
    Foreign(PathBuf),
    /// A later casus made the file: its schema version, and the latest that this casus knows.
    Newer(PathBuf, i64, i64),
    /// The file has an older schema and was opened for reading only: its version, and the present one.
    Older(PathBuf, i64, i64),
    /// Another casus is filling the file.
    Busy(PathBuf),
    /// The lock beside the file cannot be made.
    Lock(PathBuf, std::io::Error),
    /// SQLite refused: what was attempted.
    Sqlite(&'static str, rusqlite::Error),
    /// A stored record cannot be read: its key.
    Record(String, serde_json::Error),
    /// There is no event of that key.
    NoEvent(String),
    /// There is no document of that key.
    NoDocument(String),
    /// A slot that cannot be corrected, or a value that it cannot have: the slot, and why.
    Correction(String, String),
    /// There is neither an event nor an incident of that key.
    NoAct(String),
    /// What is asked for cannot be put in this order: what, and the order.
    Order(&'static str, &'static str),
    /// A statement of the user's own cannot be run: why, in a word or two.
    Statement(&'static str, Option<rusqlite::Error>),
    /// A statement of the user's own took longer than it may: the seconds.
    TooSlow(f64),
    /// A series would have too many rows: how many.
    TooLong(usize),
}

impl StoreError {
    /// Returns what the user can do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Open(..) => Some("check the path and that you may write there"),
            Self::NotWritable(_) => {
                Some("write to a copy where you may; casus query and casus export read it as it is")
            }
            Self::Missing(_) => Some("make it with: casus ingest SOURCE --db FILE"),
            Self::Foreign(_) => Some("name a file that casus made, or a new one"),
            Self::Newer(..) => Some("use the casus that made it, or a later one"),
            Self::Older(..) => {
                Some("bring it up to date with: casus recode --db FILE, or casus ingest into it")
            }
            Self::Busy(_) => Some("wait for it to end; reading meanwhile does no harm"),
            Self::Lock(..) => Some("the folder of the file must be writable"),
            Self::Sqlite(..) => {
                Some("check that the disk is not full; what was committed before is safe, so run it again")
            }
            Self::Record(..) => None,
            Self::NoEvent(_) => Some("event keys read DOCUMENT#eN; casus query lists them"),
            Self::NoDocument(_) => Some("document keys are in the column key of the table documents"),
            Self::Correction(..) => Some("docs/guide/store.md lists the slots that can be corrected"),
            Self::NoAct(_) => Some(
                "event keys read DOCUMENT#eN; casus query lists them, with --incidents those of incidents",
            ),
            Self::Order(..) => {
                Some("sort by date, killed, injured, confidence or added; a - before it turns it round")
            }
            Self::Statement(..) => {
                Some("it must be one SELECT; docs/format/store.md lists tables and columns")
            }
            Self::TooLong(_) => Some("leave gaps out with --sparse, or count by month, or fewer dyads"),
            Self::TooSlow(_) => Some("narrow it down, or allow more with --seconds"),
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open(path, _) => write!(f, "{}: cannot be opened", path.display()),
            Self::NotWritable(path) => {
                write!(f, "{}: it is read-only: you may not write there", path.display())
            }
            Self::Missing(path) => write!(f, "{}: there is no such file", path.display()),
            Self::Foreign(path) => write!(f, "{}: not a store of casus", path.display()),
            Self::Newer(path, has, known) => {
                write!(f, "{}: its schema is version {has}, this casus knows {known}", path.display())
            }
            Self::Older(path, has, known) => {
                write!(f, "{}: its schema is version {has}, this casus reads {known}", path.display())
            }
            Self::Busy(path) => write!(f, "{}: another casus is filling it", path.display()),
            Self::Lock(path, _) => write!(f, "{}: cannot be locked", path.display()),
            Self::Sqlite(what, _) => write!(f, "the store could not {what}"),
            Self::Record(key, _) => write!(f, "the stored record of {key} cannot be read"),
            Self::NoEvent(key) => write!(f, "no event {key:?}"),
            Self::NoDocument(key) => write!(f, "no document {key:?}"),
            Self::Correction(slot, why) => write!(f, "cannot set {slot}: {why}"),
            Self::NoAct(key) => write!(f, "no event or incident {key:?}"),
            Self::Order(what, by) => write!(f, "{what} cannot be sorted by {by}"),
            Self::Statement(why, _) => write!(f, "the statement {why}"),
            Self::TooLong(rows) => write!(f, "a series of {rows} rows"),
            Self::TooSlow(seconds) => write!(f, "not done after {seconds} seconds"),
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Open(_, e) | Self::Sqlite(_, e) | Self::Statement(_, Some(e)) => Some(e),
            Self::Lock(_, e) => Some(e),
            Self::Record(_, e) => Some(e),
            _ => None,
        }
    }
}

/// Names what was attempted where SQLite fails.
pub(crate) trait Attempt<T> {
    /// Returns the value, or an error that says what could not be done: "insert an event".
    fn to(self, what: &'static str) -> Result<T, StoreError>;
}

impl<T> Attempt<T> for Result<T, rusqlite::Error> {
    fn to(self, what: &'static str) -> Result<T, StoreError> {
        self.map_err(|error| StoreError::Sqlite(what, error))
    }
}
