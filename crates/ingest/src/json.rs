//! Documents in JSON: one a line, one object a file, or an array of objects.

use crate::columns::Fields;
use crate::days::{self, Day};
use crate::{Columns, Given, IngestError, Ingested, MAX_BYTES, content_id, look_over_with, refusal, title};
use casus_types::{Document, Problem};
use serde_json::{Map, Value};
use std::io::{self, BufRead};
use std::mem;

/// Returns the documents of JSON Lines, each with its line from 1. Blank lines are passed over.
///
/// A bad line is an error of its own; the lines after it are read.
pub fn json_lines<'a>(bytes: &'a [u8], given: &'a Given) -> impl Iterator<Item = (usize, Ingested)> + 'a {
    bytes.split(|&byte| byte == b'\n').enumerate().filter_map(|(at, line)| {
        let ingested = json_line(line, given, &Columns::default())?;
        Some((at + 1, ingested))
    })
}

/// Returns the document of one line, none where it is blank. Unknown keys are ignored, so that records and gold files
/// can be read too; `columns` says under which keys the parts of a report stand where that cannot be guessed.
#[must_use]
pub fn json_line(line: &[u8], given: &Given, columns: &Columns) -> Option<Ingested> {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii();
    if line.is_empty() {
        return None;
    }
    let read = || {
        refusal::check(line)?;
        object(serde_json::from_slice(line).map_err(IngestError::Json)?, given, columns)
    };
    Some(read())
}

/// Returns the documents of a file that is one JSON object or an array of them, each with its number from 1.
///
/// # Errors
/// Where the file is too large or not JSON.
pub fn json(bytes: &[u8], given: &Given, columns: &Columns) -> Result<Vec<(usize, Ingested)>, IngestError> {
    refusal::check(bytes)?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.trim_ascii().is_empty() {
        return Err(IngestError::Empty);
    }
    let values: Vec<Map<String, Value>> = if bytes.trim_ascii_start().starts_with(b"[") {
        serde_json::from_slice(bytes).map_err(IngestError::Json)?
    } else {
        vec![serde_json::from_slice(bytes).map_err(IngestError::Json)?]
    };
    let documents = values.into_iter().enumerate();
    Ok(documents.map(|(at, value)| (at + 1, object(value, given, columns))).collect())
}

/// Tells whether an object is a JSON Feed, as its `version` says.
pub(crate) fn is_feed(bytes: &[u8]) -> bool {
    const MARK: &[u8] = b"jsonfeed.org";
    // Most objects are none, and need not be read twice.
    bytes.len() <= MAX_BYTES
        && bytes.windows(MARK.len()).any(|window| window == MARK)
        && serde_json::from_slice::<Value>(bytes)
            .is_ok_and(|value| value["version"].as_str().is_some_and(|v| v.contains("jsonfeed.org/version/")))
}

/// Returns the document of an object: under the keys that records have, else under those that are named or guessed.
fn object(mut object: Map<String, Value>, given: &Given, columns: &Columns) -> Ingested {
    let names: Vec<String> = object.keys().cloned().collect();
    let layout =
        columns.layout(&names).map_err(|asked| IngestError::NoColumn { asked, names: names.clone() })?;
    let fields = layout.fields(|at| match object.get_mut(&names[at])? {
        Value::String(words) => Some(mem::take(words)),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    });
    if fields.text.is_none()
        && let Some(key) = list_of_objects(&object)
    {
        return Err(IngestError::InList { key });
    }
    document(fields, given, Vec::new())
}

/// Returns the one key under which an object has a list of objects, as the answers of news services have their reports.
fn list_of_objects(object: &Map<String, Value>) -> Option<String> {
    let is_list =
        |value: &Value| value.as_array().is_some_and(|list| list.first().is_some_and(Value::is_object));
    let mut lists = object.iter().filter(|(_, value)| is_list(value)).map(|(key, _)| key.clone());
    lists.next().filter(|_| lists.next().is_none())
}

/// Returns the document of a report's parts in a table or an object; `problems` are those that were seen before.
pub(crate) fn document(fields: Fields, given: &Given, problems: Vec<Problem>) -> Ingested {
    document_with(
        fields,
        given,
        "put the day under \"published\", name its column, --columns published=NAME, or pass --published YYYY-MM-DD",
        problems,
    )
}

/// Does the same, with a hint of its own for a document without a day.
pub(crate) fn document_with(
    fields: Fields,
    given: &Given,
    undated: &'static str,
    mut problems: Vec<Problem>,
) -> Ingested {
    let text = fields.text.filter(|text| !text.trim().is_empty()).ok_or(IngestError::NoText)?;
    let published =
        fields.published.as_deref().and_then(|written| match (days::read(written), given.published) {
            (Some(day), _) if day.in_order(given.order).is_some() => day.in_order(given.order),
            // Whatever is wrong with it, the given day stands.
            (_, Some(_)) => None,
            (Some(Day::Either(one, other)), None) => {
                problems.push(days::ambiguous(written, one, other));
                None
            }
            (_, None) => {
                problems.push(Problem::new(
                    "bad-publication-date",
                    format!("no date can be read from {written:?}"),
                    "write it as YYYY-MM-DD",
                ));
                None
            }
        });
    let document = Document {
        id: given.id.clone().or(fields.id).unwrap_or_else(|| content_id(&text)),
        title: given.title.clone().or(fields.title).or_else(|| title::find(&text).map(str::to_owned)),
        published: given.published.or(published),
        publisher: fields.publisher,
        url: fields.url,
        text,
    };
    look_over_with(&document, undated, &mut problems)?;
    Ok((document, problems))
}

/// Hands over the elements of a JSON array one by one, each with its number from 1, so that an array of any length fits
/// in memory. What is no object is handed over too, and is told where it is read.
///
/// # Errors
/// Where the bytes cannot be read.
pub(crate) fn elements(
    bytes: &mut dyn BufRead,
    mut element: impl FnMut(usize, &[u8]) -> bool,
) -> io::Result<bool> {
    let (mut n, mut value) = (0, Vec::new());
    let (mut depth, mut quoted, mut escaped, mut begun) = (0_usize, false, false, false);
    loop {
        let held = bytes.fill_buf()?;
        if held.is_empty() {
            // An array that is cut off ends in a value that is not whole, which is told.
            return Ok(value.trim_ascii().is_empty() || element(n + 1, &value));
        }
        let length = held.len();
        for &byte in held {
            if !begun {
                // Until the bracket that opens the array there is a byte order mark or white space.
                begun = byte == b'[';
                continue;
            }
            let ends = !quoted && depth == 0 && matches!(byte, b',' | b']');
            if ends {
                if !value.trim_ascii().is_empty() {
                    n += 1;
                    if !element(n, &value) {
                        return Ok(false);
                    }
                }
                value.clear();
                if byte == b']' {
                    return Ok(true);
                }
                continue;
            }
            match byte {
                _ if escaped => escaped = false,
                b'\\' if quoted => escaped = true,
                b'"' => quoted = !quoted,
                b'{' | b'[' if !quoted => depth += 1,
                b'}' | b']' if !quoted => depth = depth.saturating_sub(1),
                _ => {}
            }
            // One byte more than may be, so that the limit is seen to be passed.
            if value.len() <= MAX_BYTES {
                value.push(byte);
            }
        }
        bytes.consume(length);
    }
}
