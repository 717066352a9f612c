//! Why bytes are not taken in.

use crate::{columns, gzip};
use std::{fmt, io};

/// Why bytes are not taken in.
#[derive(Debug)]
pub enum IngestError {
    /// The machine could not give the bytes.
    Read(io::Error),
    /// An address of the web: what stands there is not fetched.
    Address,
    /// A folder has nothing to read.
    NothingInFolder,
    /// No bytes, or only white space.
    Empty,
    /// More bytes than one document may have.
    TooLarge,
    /// More bytes than a feed may have.
    FeedTooLarge,
    /// Not text.
    Binary {
        /// What it seems to be: "a PDF file".
        kind: &'static str,
        /// What to do about it.
        hint: &'static str,
    },
    /// A markup that is not read as plain text.
    Markup {
        /// What it seems to be: "a web page (HTML)".
        kind: &'static str,
    },
    /// Not JSON, or not JSON of a document.
    Json(serde_json::Error),
    /// A document that lacks its text: JSON without the key, a row whose cell is empty.
    NoText,
    /// An object that has no words, but a list of objects.
    InList {
        /// The list's key.
        key: String,
    },
    /// A page without main text: a front page, a list, a gallery.
    NoArticle,
    /// Not a feed, or a broken one.
    Feed(feed_rs::parser::ParseFeedError),
    /// An entry of a feed without words.
    EmptyEntry,
    /// A column that was asked for and is not there.
    NoColumn {
        /// The name that was asked for.
        asked: String,
        /// The names that are there.
        names: Vec<String>,
    },
    /// No column that seems to hold the words of reports.
    NoTextColumn {
        /// The names that are there.
        names: Vec<String>,
    },
    /// A table that ends with its names.
    NoRows,
    /// A row with more cells than its table has names.
    Row {
        /// Its cells.
        cells: usize,
        /// The names of the table.
        names: usize,
    },
    /// A row without an end.
    OpenQuote,
    /// Parquet that cannot be read.
    Parquet(parquet::errors::ParquetError),
    /// Parquet on standard input or in an archive, where it cannot be read from its end.
    ParquetStream,
    /// A broken record of a web archive.
    Warc(&'static str),
    /// A web archive whose records are no pages.
    NoPages {
        /// Its records.
        records: u64,
    },
    /// A page of a web archive in a compression that is not read.
    Compression(String),
}

impl IngestError {
    /// Returns what the user can do about it, where there is something.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        let hint = match self {
            Self::Read(error) if error.kind() == io::ErrorKind::NotFound => {
                "check the path; - reads standard input"
            }
            Self::Read(error) if gzip::is_damage(error) => "it is cut off or damaged: fetch it again",
            Self::Read(_) | Self::EmptyEntry => return None,
            Self::Address => "save the page and name its file; casus watch reads feeds",
            Self::NothingInFolder => "name the files to read them whatever they are called",
            Self::Empty => "give a file with the words of a report",
            Self::TooLarge => "split it: one report a file, or JSON Lines with one report a line",
            Self::FeedTooLarge => "split it, or turn its entries into JSON Lines",
            Self::Binary { hint, .. } => hint,
            Self::Markup { .. } => {
                "casus reads plain text, HTML, feeds, JSON, CSV, Parquet and WARC; save it as one of them"
            }
            Self::Json(_) => {
                "each line must be one object: {\"id\": …, \"published\": \"YYYY-MM-DD\", \"text\": …}"
            }
            Self::NoText => "put the report's words under \"text\", or name the column: --columns text=NAME",
            Self::InList { .. } => {
                "take the reports out of the list, with jq -c '.articles[]' where it is so called"
            }
            Self::NoArticle => "give the page of one report; a front page is none",
            Self::Feed(_) => {
                "a feed is RSS, Atom or JSON Feed; of a broken one the entries that are whole are read"
            }
            Self::NoTextColumn { names } if names.iter().any(|name| columns::is_sentence(name)) => {
                "the first row seems to be a report: put a row of names above it, text,title,published for one"
            }
            Self::NoRows => "below the names each report has a row",
            Self::NoTextColumn { names } if names.len() == 1 => {
                "name the column, --columns text=NAME, or take away what stands above the row of names"
            }
            Self::NoColumn { .. } | Self::NoTextColumn { .. } => {
                "name the columns: --columns text=NAME,title=NAME,published=NAME,publisher=NAME,url=NAME,id=NAME"
            }
            Self::Row { .. } => "cells with commas or line ends need quotation marks around them (RFC 4180)",
            Self::OpenQuote => "find the quotation mark that is never closed; within cells they are doubled",
            Self::Parquet(_) => "write the file again, or export it as CSV",
            Self::ParquetStream => "save it to a file and name that; its table of contents stands at its end",
            Self::Warc(_) => "the records after it are read; make the archive again to get this one",
            Self::NoPages { .. } => {
                "pages are answers with status 200 that are HTML or plain text, resources, and texts of WET files"
            }
            Self::Compression(_) => "make the archive without that compression",
        };
        Some(hint)
    }
}

impl fmt::Display for IngestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(_) => f.write_str("cannot be read"),
            Self::Address => f.write_str("an address of the web, where casus fetches nothing"),
            Self::NothingInFolder => f.write_str("no file in it that casus reads"),
            Self::Empty => f.write_str("nothing to read: it is empty"),
            Self::TooLarge => {
                write!(f, "too large: one document may have {} MB at most", crate::MAX_BYTES / 1_000_000)
            }
            Self::FeedTooLarge => {
                write!(f, "too large: a feed may have {} MB at most", crate::MAX_FEED_BYTES / 1_000_000)
            }
            Self::Binary { kind, .. } | Self::Markup { kind } => {
                write!(f, "not plain text: it seems to be {kind}")
            }
            Self::Json(_) => f.write_str("not a document in JSON"),
            Self::NoText => f.write_str("a document without words: nothing under \"text\""),
            Self::InList { key } => {
                write!(f, "a document without words, but with a list of objects under {key:?}")
            }
            Self::NoArticle => f.write_str("no report on this page"),
            Self::Feed(_) => f.write_str("not a feed"),
            Self::EmptyEntry => f.write_str("an entry without words"),
            Self::NoColumn { asked, names } => {
                write!(f, "no column is called {asked:?}: there are {}", listed(names))
            }
            Self::NoTextColumn { names } => {
                write!(f, "no column seems to hold the reports’ words: there are {}", listed(names))
            }
            Self::NoRows => f.write_str("a table without rows"),
            Self::Row { cells, names } => write!(f, "a row of {cells} cells under {names} names"),
            Self::OpenQuote => f.write_str("a row that does not end within 20 MB"),
            Self::Parquet(_) => f.write_str("not a table in Parquet"),
            Self::ParquetStream => f.write_str("Parquet cannot be read as a stream"),
            Self::Warc(fault) => write!(f, "not a record of a web archive: {fault}"),
            Self::NoPages { records: 1 } => f.write_str("no page in it: its one record is none"),
            Self::NoPages { records } => write!(f, "no page in it: none of its {records} records is one"),
            Self::Compression(name) => write!(f, "compressed as {name:?}, which is not read"),
        }
    }
}

/// Returns names of columns, one behind the other; of what is no name but a sentence its beginning.
fn listed(names: &[String]) -> String {
    let short = |name: &String| {
        let line = name.split_whitespace().collect::<Vec<_>>().join(" ");
        match line.char_indices().nth(columns::LONGEST_NAME) {
            Some((at, _)) => line[..at].trim_end().to_owned() + "…",
            None => line,
        }
    };
    names.iter().map(short).collect::<Vec<_>>().join(", ")
}

impl std::error::Error for IngestError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read(error) => Some(error),
            Self::Json(error) => Some(error),
            Self::Feed(error) => Some(error),
            Self::Parquet(error) => Some(error),
            _ => None,
        }
    }
}
