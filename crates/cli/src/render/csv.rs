//! Events for spreadsheets: one a row (RFC 4180; columns: `docs/format/csv.md`).
//!
//! Several values of one slot are parted by `; `. Texts that a spreadsheet would run as a formula begin with an
//! apostrophe, for a report's words are nobody's formula.

use super::phrase;
use casus::Record;
use casus::types::record::{RecordEvent, RecordNumber, RecordParticipant, RecordSource};

/// The columns. New ones go to the end, so that old readers go on reading.
const COLUMNS: [&str; 41] = [
    "document",
    "published",
    "publisher",
    "title",
    "event",
    "type",
    "modes",
    "contexts",
    "status",
    "cameo",
    "score",
    "quad",
    "start",
    "end",
    "actors",
    "actor_codes",
    "recipients",
    "recipient_codes",
    "places",
    "place_countries",
    "lat",
    "lon",
    "precision",
    "count_min",
    "count_max",
    "killed_min",
    "killed_max",
    "injured_min",
    "injured_max",
    "detained_min",
    "detained_max",
    "displaced_min",
    "displaced_max",
    "abducted_min",
    "abducted_max",
    "weapons",
    "sources",
    "stances",
    "links",
    "confidence",
    "sentence",
];

/// Returns the line of column names.
pub(crate) fn head(bom: bool) -> String {
    let mark = if bom { "\u{feff}" } else { "" };
    format!("{mark}{}\r\n", COLUMNS.join(","))
}

/// Returns a document's events, one a row.
pub(crate) fn rows(record: &Record, text: &str) -> String {
    record.events.iter().map(|event| row(record, event, text)).collect()
}

fn row(record: &Record, event: &RecordEvent, text: &str) -> String {
    let place = event.places.iter().find(|p| p.lat.is_some());
    let point = |degrees: Option<f64>| degrees.map_or_else(String::new, |d| format!("{d}"));
    let sentence = event.sentence.as_ref().map_or_else(String::new, |sentence| {
        text.chars().skip(sentence.start).take(sentence.end.saturating_sub(sentence.start)).collect()
    });
    let mut cells = vec![
        words(&record.id),
        record.published.map_or_else(String::new, |day| day.to_string()),
        words(record.publisher.as_deref().unwrap_or_default()),
        words(record.title.as_deref().unwrap_or_default()),
        words(&event.id),
        event.kind.to_string(),
        joined(event.modes.iter().map(ToString::to_string)),
        joined(event.contexts.iter().map(ToString::to_string)),
        event.status.to_string(),
        event.cameo.clone().unwrap_or_default(),
        format!("{:.1}", event.score),
        event.quad.to_string(),
        event.time.as_ref().map_or_else(String::new, |time| time.start.to_string()),
        event.time.as_ref().map_or_else(String::new, |time| time.end.to_string()),
        names(&event.actors),
        codes(&event.actors),
        names(&event.recipients),
        codes(&event.recipients),
        words(&joined(event.places.iter().map(|p| p.name.clone().unwrap_or_default()))),
        words(&joined(event.places.iter().map(|p| phrase::code(p.country, None)))),
        point(place.and_then(|p| p.lat)),
        point(place.and_then(|p| p.lon)),
        place.and_then(|p| p.precision).map(phrase::precision_name).unwrap_or_default().to_owned(),
    ];
    for number in
        [&event.count, &event.killed, &event.injured, &event.detained, &event.displaced, &event.abducted]
    {
        cells.extend(bounds(number.as_ref()));
    }
    cells.push(words(&joined(event.weapons.iter().map(|w| w.kind.clone()))));
    let (sources, stances): (Vec<String>, Vec<String>) = event
        .sources
        .iter()
        .map(|source| match source {
            RecordSource::Author { stance, .. } => ("author".to_owned(), stance.to_string()),
            RecordSource::Named(named) => (named.name.clone().unwrap_or_default(), named.stance.to_string()),
        })
        .unzip();
    cells.push(words(&joined(sources.into_iter())));
    cells.push(joined(stances.into_iter()));
    cells.push(words(&joined(event.links.iter().map(|l| format!("{} {}", l.relation, l.event)))));
    cells.push(format!("{:.3}", event.confidence));
    cells.push(words(&phrase::one_line(&sentence)));
    debug_assert_eq!(cells.len(), COLUMNS.len());
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    cells.join(",") + "\r\n"
}

fn joined(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<_>>().join("; ")
}

fn names(participants: &[RecordParticipant]) -> String {
    words(&joined(participants.iter().map(|p| p.name.clone().unwrap_or_default())))
}

fn codes(participants: &[RecordParticipant]) -> String {
    let code = |p: &RecordParticipant| match phrase::code(p.country, p.sector) {
        code if code.is_empty() => "---".to_owned(),
        code => code,
    };
    words(&joined(participants.iter().map(code)))
}

fn bounds(number: Option<&RecordNumber>) -> [String; 2] {
    let bound = |n: Option<u64>| n.map_or_else(String::new, |n| n.to_string());
    [bound(number.map(|n| n.min)), bound(number.and_then(|n| n.max))]
}

/// Returns text that no spreadsheet takes for a formula (OWASP, "CSV injection").
fn words(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\r', '\n', ';']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
