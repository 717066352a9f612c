//! `casus export`: records in, another form out.

mod incidents;

use super::store_to_read;
use crate::args::{Export, Format};
use crate::exporting::Exporting;
use crate::messages::Messages;
use crate::render;
use casus::export::{Report, Told, counts_elsewhere, is_in_lead, toll_sentence};
use casus::store::{EventRow, Store, StoreError, StoredEvent};
use casus::types::record::KeptRecord;
use casus::types::record::Verdict;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// Exports the records; tells whether they have any event.
pub(crate) fn run(args: &Export, messages: &mut Messages) -> bool {
    if args.format == Format::Table {
        messages.error("", &NoWords, Some("casus code prints the table; casus export has every other form"));
        return false;
    }
    if let Some(db) = &args.db {
        return from_store(db, args, messages);
    }
    let Some(mut exporting) = Exporting::begin(args.format, &args.written, &args.records, messages) else {
        return false;
    };
    let stdin = [PathBuf::from("-")];
    let files = if args.records.is_empty() { &stdin[..] } else { &args.records };
    let mut found = false;
    for path in files {
        let name = path.display().to_string();
        let bytes: Box<dyn BufRead> = if path.as_path() == Path::new("-") {
            Box::new(io::stdin().lock())
        } else {
            match File::open(path) {
                Ok(file) => Box::new(BufReader::new(file)),
                Err(error) => {
                    messages.error(&name, &error, Some("check the path; - reads standard input"));
                    continue;
                }
            }
        };
        if !records(bytes, &name, args, &mut exporting, messages, &mut found) {
            break;
        }
    }
    exporting.end(messages);
    if !found && !messages.failed() {
        messages.note("", "no events found", None);
    }
    found
}

/// Events or incidents that are read from a store at a time.
const PAGE: u32 = 500;

/// Exports the events or incidents of a store.
fn from_store(db: &Path, args: &Export, messages: &mut Messages) -> bool {
    let Some(store) = store_to_read(db, messages) else { return false };
    let read = [db.to_owned()];
    let exporting = if args.incidents {
        Exporting::of_incidents(args.format, &args.written, &read, messages)
    } else {
        Exporting::begin(args.format, &args.written, &read, messages)
    };
    let Some(mut exporting) = exporting else { return false };
    let done = match (args.incidents, args.format) {
        (true, Format::Jsonl) => incidents::records(&store, messages),
        (true, _) => incidents::rows(&store, args.format, &mut exporting, messages),
        (false, Format::Jsonl) => kept_records(&store, messages),
        (false, _) => events(&store, args.format, &mut exporting, messages),
    };
    let found = done.unwrap_or_else(|error| {
        messages.error("", &error, error.hint());
        false
    });
    exporting.end(messages);
    if !found && !messages.failed() {
        messages.note("", "no events found", None);
    }
    found
}

fn events(
    store: &Store,
    format: Format,
    exporting: &mut Exporting,
    messages: &mut Messages,
) -> Result<bool, StoreError> {
    let mut found = false;
    each_event(store, &mut |event| {
        found = true;
        exporting.add_told(&told(store, event, format), messages)
    })?;
    Ok(found)
}

/// Prints every record of a store with all that it knows beside it; tells whether there is any.
fn kept_records(store: &Store, messages: &mut Messages) -> Result<bool, StoreError> {
    let mut found = false;
    for record in store.kept_records() {
        found = true;
        if !messages.print(&render::kept_jsonl(&record?)) {
            break;
        }
    }
    Ok(found)
}

/// Hands over the events of a store that stand, in the order of their rows, until no more are wanted.
fn each_event(store: &Store, take: &mut dyn FnMut(&StoredEvent) -> bool) -> Result<(), StoreError> {
    let mut last = EventRow(0);
    loop {
        let page = store.events().after(last, PAGE)?;
        let Some(end) = page.last() else { return Ok(()) };
        last = end.row;
        for event in page.iter().filter(|event| !event.replaced && event.review != Some(Verdict::Rejected)) {
            if !take(event) {
                return Ok(());
            }
        }
    }
}

fn told<'a>(store: &Store, stored: &'a StoredEvent, format: Format) -> Told<'a> {
    // A text is fetched only for those few whose toll stands elsewhere, and where the form asks for where in it they stand.
    let counts = counts_elsewhere(&stored.event);
    let wanted = counts || format == Format::Gdelt;
    let text = wanted.then(|| store.text(&stored.document_key).ok().flatten()).flatten();
    let report = Report {
        id: &stored.document_key,
        title: stored.title.as_deref(),
        published: stored.published,
        publisher: stored.publisher.as_deref(),
        url: stored.url.as_deref(),
    };
    Told {
        report,
        event: &stored.event,
        sentence: stored.sentence.clone(),
        in_lead: text.as_deref().and_then(|text| is_in_lead(&stored.event, text)),
        toll: text.filter(|_| counts).and_then(|text| toll_sentence(&stored.event, &text)),
        incident: stored.incident_key.clone(),
        merged: None,
    }
}

/// Exports the records of a stream; tells whether more are wanted.
fn records(
    mut bytes: Box<dyn BufRead>,
    name: &str,
    args: &Export,
    exporting: &mut Exporting,
    messages: &mut Messages,
    found: &mut bool,
) -> bool {
    let mut line = Vec::new();
    for n in 1_usize.. {
        line.clear();
        match bytes.read_until(b'\n', &mut line) {
            Ok(0) => break,
            Ok(_) if line.trim_ascii().is_empty() => continue,
            Ok(_) => {}
            Err(error) => {
                messages.error(name, &error, None);
                break;
            }
        }
        let kept: KeptRecord = match serde_json::from_slice(&line) {
            Ok(kept) => kept,
            Err(error) => {
                let hint = "records are what casus code --format jsonl prints";
                messages.error(&format!("{name}: line {n}: no record"), &error, Some(hint));
                continue;
            }
        };
        let wanted = if args.format == Format::Jsonl {
            *found |= !kept.record.events.is_empty();
            messages.print(&render::kept_jsonl(&kept))
        } else {
            // What was rejected or replaced in the store that the record comes from stays behind here too.
            let mut record = kept.record.clone();
            record.events.retain(|event| kept.counts(event));
            *found |= !record.events.is_empty();
            exporting.add(&record, kept.text.as_deref(), messages)
        };
        if !wanted {
            return false;
        }
    }
    true
}

/// A table for eyes shows the reports' words, which records have not.
#[derive(Debug)]
struct NoWords;

impl std::fmt::Display for NoWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the table shows the reports' words, which records do not hold")
    }
}

impl std::error::Error for NoWords {}
