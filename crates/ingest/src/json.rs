//! Documents in JSON: one a line, or one object or array a file.

use crate::{Given, IngestError, content_id, look_over, refusal, title};
use casus_types::{Date, Document, Problem};
use serde::Deserialize;

/// A document as JSON writes it. Unknown keys are ignored, so that records and gold files can be read too.
#[derive(Deserialize)]
struct Written {
    #[serde(default)]
    id: Option<Id>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    published: Option<String>,
    #[serde(default)]
    publisher: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    text: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Words(String),
    Number(serde_json::Number),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(Written),
    Many(Vec<Written>),
}

/// What came of one document.
type Ingested = Result<(Document, Vec<Problem>), IngestError>;

/// Returns the documents of JSON Lines, each with its line from 1. Blank lines are passed over.
///
/// A bad line is an error of its own; the lines after it are read.
pub fn json_lines<'a>(bytes: &'a [u8], given: &'a Given) -> impl Iterator<Item = (usize, Ingested)> + 'a {
    bytes.split(|&byte| byte == b'\n').enumerate().filter_map(|(at, line)| {
        let ingested = json_line(line, given)?;
        Some((at + 1, ingested))
    })
}

/// Returns the document of one line, none where it is blank.
#[must_use]
pub fn json_line(line: &[u8], given: &Given) -> Option<Ingested> {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii();
    if line.is_empty() {
        return None;
    }
    let read = || {
        refusal::check(line)?;
        document(serde_json::from_slice(line).map_err(IngestError::Json)?, given)
    };
    Some(read())
}

/// Returns the documents of a file that is one JSON object or an array of them, each with its number from 1.
///
/// # Errors
/// Where the file is too large or not JSON.
pub fn json(bytes: &[u8], given: &Given) -> Result<Vec<(usize, Ingested)>, IngestError> {
    refusal::check(bytes)?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.trim_ascii().is_empty() {
        return Err(IngestError::Empty);
    }
    let written = match serde_json::from_slice(bytes).map_err(IngestError::Json)? {
        OneOrMany::One(written) => vec![written],
        OneOrMany::Many(written) => written,
    };
    Ok(written.into_iter().enumerate().map(|(at, written)| (at + 1, document(written, given))).collect())
}

fn document(written: Written, given: &Given) -> Ingested {
    let text = written.text.ok_or(IngestError::NoText)?;
    let mut problems = Vec::new();
    let id = given.id.clone().or(match written.id {
        Some(Id::Words(id)) if !id.is_empty() => Some(id),
        Some(Id::Number(id)) => Some(id.to_string()),
        _ => None,
    });
    let written_day = written.published.filter(|day| !day.trim().is_empty());
    let day = written_day.as_deref().and_then(day);
    if let (None, None, Some(written)) = (given.published, day, &written_day) {
        problems.push(Problem::new(
            "bad-publication-date",
            format!("no date can be read from {written:?}"),
            "write it as YYYY-MM-DD",
        ));
    }
    let filled = |value: Option<String>| value.filter(|v| !v.trim().is_empty());
    let document = Document {
        id: id.unwrap_or_else(|| content_id(&text)),
        title: given
            .title
            .clone()
            .or(filled(written.title))
            .or_else(|| title::find(&text).map(str::to_owned)),
        published: given.published.or(day),
        publisher: filled(written.publisher),
        url: filled(written.url),
        text,
    };
    look_over(&document, &mut problems)?;
    Ok((document, problems))
}

/// Returns the day of `2026-03-04` or of a time stamp that begins with it.
fn day(written: &str) -> Option<Date> {
    let day: String = written.trim().chars().take("2026-03-04".len()).collect();
    day.parse().ok()
}
