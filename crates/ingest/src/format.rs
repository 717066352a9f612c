//! What a stream of bytes is: told by the caller, by its first bytes, or by the name of its file.

use crate::{charset, columns};
use std::fmt;
use std::str::FromStr;

/// A form in which documents come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text, one document.
    Text,
    /// A web page, one document.
    Html,
    /// JSON: one object, an array of objects, or one object a line.
    Json,
    /// JSON, one object a line.
    JsonLines,
    /// RSS, Atom or JSON Feed: a document an entry.
    Feed,
    /// Rows of cells parted by commas, semicolons, tabs or bars under a row of column names.
    Csv,
    /// An Apache Parquet file: a document a row.
    Parquet,
    /// A web archive: a document a page.
    Warc,
}

/// The names by which a format is asked for, and the endings of its files.
const NAMES: [(Format, &str, &[&str]); 8] = [
    (Format::Text, "text", &["txt", "text", "md"]),
    (Format::Html, "html", &["html", "htm", "xhtml"]),
    (Format::Json, "json", &["json"]),
    (Format::JsonLines, "jsonl", &["jsonl", "ndjson"]),
    (Format::Feed, "feed", &["xml", "rss", "atom", "rdf"]),
    (Format::Csv, "csv", &["csv", "tsv", "tab"]),
    (Format::Parquet, "parquet", &["parquet", "pq"]),
    (Format::Warc, "warc", &["warc", "wet"]),
];

/// The start of a gzip stream (RFC 1952).
pub(crate) const GZIP: &[u8] = b"\x1f\x8b";

impl Format {
    /// Every format, in the order of their names on the command line.
    pub const ALL: [Self; 8] = [
        Self::Text,
        Self::Html,
        Self::Json,
        Self::JsonLines,
        Self::Feed,
        Self::Csv,
        Self::Parquet,
        Self::Warc,
    ];

    /// Returns the name by which it is asked for.
    #[must_use]
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(format, ..)| *format == self).map_or("text", |(_, name, _)| name)
    }

    /// Returns the format of a file name's ending; one of `.gz` is looked through. None where it has no known ending.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let ending = ending(name)?;
        NAMES.iter().find(|(_, _, endings)| endings.contains(&ending.as_str())).map(|(format, ..)| *format)
    }

    /// Returns the format of what begins so and is called so. What the bytes show wins over the name: pages are saved as
    /// `.txt`, feeds as `.xml` or without an ending.
    pub(crate) fn detect(head: &[u8], name: &str) -> Self {
        let named = Self::of_name(name);
        match (Self::of_head(head), named) {
            (Some(Self::Json), Some(Self::JsonLines)) => Self::JsonLines,
            // A guess from column names is weaker than an ending.
            (Some(Self::Csv), Some(named)) => named,
            (Some(shown), _) => shown,
            // XML that is neither a feed nor a page is refused as such where plain text is read.
            (None, Some(Self::Feed) | None) => Self::Text,
            (None, Some(named)) => named,
        }
    }

    /// Returns the format that first bytes give away, none where they may be plain text.
    pub(crate) fn of_head(head: &[u8]) -> Option<Self> {
        if head.starts_with(b"PAR1") {
            return Some(Self::Parquet);
        }
        if head.starts_with(b"WARC/") {
            return Some(Self::Warc);
        }
        let head = readable(head);
        let start = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if let Some(rest) = start.strip_prefix('{') {
            let feed =
                rest.contains("https://jsonfeed.org/version/") || rest.contains("jsonfeed.org\\/version");
            return Some(if feed { Self::Feed } else { Self::Json });
        }
        if start.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with('{')) {
            return Some(Self::Json);
        }
        if start.starts_with('<') {
            return of_markup(start);
        }
        columns::begin_here(start).then_some(Self::Csv)
    }
}

/// Returns the beginning of a file as characters, those of UTF-16 included, for a first look.
fn readable(head: &[u8]) -> String {
    if charset::utf16_of(head).is_none() {
        return String::from_utf8_lossy(head).into_owned();
    }
    // Markup and column names are mostly ASCII, whose other byte is zero.
    charset::without_mark(head).iter().filter(|&&byte| byte != 0).map(|&byte| char::from(byte)).collect()
}

/// Returns what markup is by its first element that is no declaration or comment.
fn of_markup(start: &str) -> Option<Format> {
    let mut rest = start;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let inside: String = rest[1..].chars().take(20).collect::<String>().to_ascii_lowercase();
        if inside.starts_with("!doctype html") {
            return Some(Format::Html);
        }
        if inside.starts_with(['!', '?']) {
            rest = &rest[1..];
            continue;
        }
        let name: String =
            inside.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '-')).collect();
        return match name.as_str() {
            "html" | "head" | "body" | "meta" | "title" | "div" | "p" | "article" | "table" | "h1" => {
                Some(Format::Html)
            }
            "rss" | "feed" | "rdf:rdf" => Some(Format::Feed),
            _ => None,
        };
    }
    None
}

/// Returns the ending of a file name in small letters; of `a.warc.gz` it is `warc`.
fn ending(name: &str) -> Option<String> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name).to_lowercase();
    let file = file.strip_suffix(".gz").unwrap_or(&file);
    file.rsplit_once('.').map(|(_, ending)| ending.to_owned())
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that no format has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownFormat(String);

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
        write!(f, "no format is called {:?}; there are {}", self.0, names.join(", "))
    }
}

impl std::error::Error for UnknownFormat {}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|format| format.name() == name)
            .ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[track_caller]
    fn check(head: &str, name: &str, expected: Format) {
        assert_eq!(Format::detect(head.as_bytes(), name), expected);
    }

    #[test]
    fn first_bytes_win_over_names() {
        check("\n<!DOCTYPE html>", "page.txt", Format::Html);
        check("<?xml version=\"1.0\"?>\n<!-- made by hand -->\n<rss version=\"2.0\">", "x", Format::Feed);
        check("<?xml version=\"1.0\"?><!DOCTYPE html><html>", "x.xml", Format::Html);
        check("<rdf:RDF xmlns=\"x\">", "-", Format::Feed);
        check("{\"version\": \"https://jsonfeed.org/version/1.1\"}", "a.json", Format::Feed);
        check("{\"text\": 1}", "a.jsonl", Format::JsonLines);
        check("{\"text\": 1}", "-", Format::Json);
        check("[ {\"text\": 1}]", "-", Format::Json);
        check("WARC/1.0\r\n", "x", Format::Warc);
        check("PAR1", "x", Format::Parquet);
        check("id,date,text\n1,2026-03-04,They left.", "-", Format::Csv);
    }

    #[test]
    fn plain_text_stays_plain() {
        check("[Arvan] Troops left.", "-", Format::Text);
        check("<quiet> he said.", "-", Format::Text);
        check("Troops left, the text said, in a body.", "-", Format::Text);
        check("<?xml version=\"1.0\"?><nitf>", "a.xml", Format::Text);
        check("a,b\n1,2", "a.csv.gz", Format::Csv);
        check("", "a.warc.gz", Format::Warc);
    }

    #[test]
    fn names_are_read_back() {
        for format in Format::ALL {
            assert_eq!(format.name().parse(), Ok(format));
        }
        assert!("xml".parse::<Format>().unwrap_err().to_string().contains("text, html, json"));
    }
}
