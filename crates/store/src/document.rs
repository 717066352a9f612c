//! Documents as the store keeps them.

use crate::ids::{DocumentId, RunId};
use casus_types::record::Record;
use casus_types::{Date, Document, Problem};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// A document to keep, with what was read from it.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// Its public record; the record's id becomes the key.
    pub record: &'a Record,
    /// Its words, none where only the record is known.
    pub text: Option<&'a str>,
    /// The id that it came with.
    pub given_id: &'a str,
    /// What became of it.
    pub state: State<'a>,
    /// The key of the older version that it replaces.
    pub replaces: Option<&'a str>,
    /// File, and line or entry, that it came from.
    pub origin: Option<&'a str>,
    /// The run that brought it.
    pub run: Option<RunId>,
    /// How many of the record's problems, the first ones, were found on reading; the rest came of coding.
    pub problems_read: usize,
}

impl<'a> Entry<'a> {
    /// Returns the entry of a coded record of which nothing else is known.
    #[must_use]
    pub fn of(record: &'a Record) -> Self {
        Self {
            record,
            text: None,
            given_id: &record.id,
            state: State::Coded,
            replaces: None,
            origin: None,
            run: None,
            problems_read: record.problems.len(),
        }
    }
}

/// What became of a document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum State<'a> {
    /// It was coded, though it may tell of nothing.
    Coded,
    /// It says nothing that another does not.
    Copy {
        /// The other's key.
        of: &'a str,
        /// How much of its words stand there, 0..=1.
        similarity: f64,
    },
    /// It is in another language, and was not coded.
    Foreign,
    /// It could not be coded.
    Failed,
}

impl State<'_> {
    /// Returns the word that the file has for it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Coded => "coded",
            Self::Copy { .. } => "copy",
            Self::Foreign => "foreign",
            Self::Failed => "failed",
        }
    }
}

/// A document as it stands in the store, enough to code it again.
#[derive(Debug, Clone)]
pub struct StoredDocument {
    /// Its row.
    pub id: DocumentId,
    /// The document; its id is the key.
    pub document: Document,
    /// Whether its text is known. Where it is not, [`Document::text`] is empty.
    pub has_text: bool,
    /// What was odd when it was read.
    pub problems: Vec<Problem>,
}

/// Returns the SHA-256 of a text in UTF-8, hexadecimal: what `sha256sum` prints.
#[must_use]
pub fn content_hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::with_capacity(64), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a string takes all");
        hex
    })
}

/// Beginnings of query parameters that tell how a reader came to a page, not which page it is.
const TRACKING: [&str; 6] = ["utm_", "fbclid=", "gclid=", "mc_cid=", "mc_eid=", "ref="];

/// Returns what two addresses of one page have in common: without scheme, `www.`, fragment, tracking parameters and
/// closing slash, the host in small letters.
#[must_use]
pub fn address(url: &str) -> String {
    let url = url.trim();
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
    let bare = bare.split('#').next().unwrap_or_default();
    let (page, query) = bare.split_once('?').unwrap_or((bare, ""));
    let (host, path) = page.find('/').map_or((page, ""), |at| page.split_at(at));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let query: Vec<&str> =
        query.split('&').filter(|p| !p.is_empty() && !TRACKING.iter().any(|t| p.starts_with(t))).collect();
    let question = if query.is_empty() { "" } else { "?" };
    format!("{host}{}{question}{}", path.trim_end_matches('/'), query.join("&"))
}

/// Returns the day as the file writes it.
pub(crate) fn day(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_page_has_one_address() {
        for url in [
            "https://www.Example.org/news/1/",
            "http://example.org/news/1#comments",
            "example.org/news/1?utm_source=feed&fbclid=3",
        ] {
            assert_eq!(address(url), "example.org/news/1");
        }
        assert_eq!(address("https://example.org/?id=7&utm_medium=x"), "example.org?id=7");
        assert_eq!(address("https://example.org"), "example.org");
    }

    #[test]
    fn hashes_are_those_of_the_standard() {
        // FIPS 180-4, one-block example.
        assert_eq!(content_hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
