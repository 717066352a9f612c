//! From foreign bytes to [`Document`]s, with what was odd about them.
//!
//! Text goes out as it came in: after decoding and without its byte order mark, but with its line ends and its title
//! line, so that offsets into [`Document::text`] are offsets into the file. Of pages, feeds and tables the text is what
//! was taken out of them. Nothing here panics on input.
//!
//! [`path`] reads files and folders, [`read`] a stream; both hand over one [`Arrival`] after another, so that memory does
//! not grow with the files.

#![expect(clippy::similar_names, reason = "a document has `published` and `publisher`")]

mod charset;
mod columns;
mod days;
mod error;
mod feed;
mod files;
mod format;
mod gzip;
mod html;
mod json;
mod language;
mod refusal;
mod stream;
mod table;
mod title;
mod warc;

pub use columns::{Columns, ColumnsError};
pub use days::DayOrder;
pub use error::IngestError;
pub use feed::{FeedEntry, feed};
pub use files::{files_below, passed_over, path};
pub use format::{Format, UnknownFormat};
pub use html::{page, page_from};
pub use json::{json, json_line, json_lines};
pub use stream::{line_of_at_most, read};

use casus_types::{Date, Document, Problem};

/// The largest document that is read, in bytes. The longest newspaper articles have about 100 kB; whatever is a hundred
/// times longer is an archive of reports that must be parted first.
pub const MAX_BYTES: usize = 10_000_000;

/// The largest feed that is read, in bytes: it is held in memory whole. Feeds of whole articles have about 1 MB.
pub const MAX_FEED_BYTES: usize = 50_000_000;

/// The problem of a text that is mostly not in Latin script: it goes out for the record, but there is nothing to code.
pub const NOT_LATIN: &str = "not-latin-script";

/// The problem of a text in Latin script that seems to be in another language than English.
pub const OTHER_LANGUAGE: &str = "language";

/// What the caller knows about a document; it wins over what the bytes say.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// Its id.
    pub id: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// The day it was published.
    pub published: Option<Date>,
    /// Which of day and month stands first where the day is written in numbers.
    pub order: Option<DayOrder>,
}

/// How documents come in: what the caller knows about them and about the bytes that hold them.
#[derive(Debug, Clone, Default)]
pub struct Intake {
    /// What is known about each document.
    pub given: Given,
    /// The format, where it shall not be told from the bytes and the name.
    pub format: Option<Format>,
    /// Which columns or keys to read, where names do not tell.
    pub columns: Columns,
}

/// A document that came in, or why it did not.
#[derive(Debug)]
pub struct Arrival {
    /// Where it stands: its file, with the line, row, entry or record where the file has many.
    pub name: String,
    /// The document with its problems.
    pub document: Ingested,
}

impl Arrival {
    fn failed(name: &str, error: IngestError) -> Self {
        Self { name: name.to_owned(), document: Err(error) }
    }
}

/// What came of one document.
pub type Ingested = Result<(Document, Vec<Problem>), IngestError>;

/// Returns the document that plain text holds, named `name` (a path, or `-`).
///
/// The id is the given one, else the name's stem, else one made from the content. A first line that is set off is
/// taken as the title, and stays in the text.
///
/// # Errors
/// Where the bytes are no plain text, too many, or only white space.
pub fn text(bytes: &[u8], name: &str, given: &Given) -> Ingested {
    refusal::check(bytes)?;
    let (text, decoding) = charset::decode(bytes, None)?;
    let found = title::find(&text).map(str::to_owned);
    let id = given.id.clone().or_else(|| stem(name)).unwrap_or_else(|| content_id(&text));
    let document = Document {
        id,
        title: given.title.clone().or(found),
        published: given.published,
        text,
        ..Document::default()
    };
    let mut problems: Vec<Problem> = decoding.into_iter().collect();
    look_over(&document, &mut problems)?;
    Ok((document, problems))
}

/// Refuses a document without words, and adds the problems that its words show.
fn look_over(document: &Document, problems: &mut Vec<Problem>) -> Result<(), IngestError> {
    look_over_with(document, "pass --published YYYY-MM-DD", problems)
}

/// Does the same, with a hint of its own for a document without a day.
fn look_over_with(
    document: &Document,
    undated: &'static str,
    problems: &mut Vec<Problem>,
) -> Result<(), IngestError> {
    if document.text.trim().is_empty() {
        return Err(IngestError::Empty);
    }
    problems.extend(language::look(&document.text));
    // What is wrong with a date that is there has been told.
    let told = problems.iter().any(|problem| problem.code.ends_with("-publication-date"));
    if document.published.is_none() && !told {
        problems.push(Problem::new(
            "no-publication-date",
            "no publication date, so words like “on Tuesday” have no day to count from",
            undated,
        ));
    }
    Ok(())
}

/// Returns the file name without folders and extension.
fn stem(name: &str) -> Option<String> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| if stem.is_empty() { file } else { stem });
    (!stem.is_empty() && stem != "-").then(|| stem.to_owned())
}

/// Returns an id made from the content: FNV-1a, 64 bits (Fowler, Noll & Vo 1991), so that one text has one id
/// everywhere.
fn content_id(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("text-{hash:016x}")
}

#[cfg(test)]
mod tests;
