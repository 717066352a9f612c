//! `casus export`: records in, another form out.

use crate::args::{Export, Format};
use crate::exporting::Exporting;
use crate::messages::Messages;
use crate::render;
use casus::export::{Report, Told};
use casus::store::{EventRow, IncidentId, Review, Store, StoreError, StoredEvent};
use casus::types::record::KeptRecord;
use std::collections::BTreeMap;
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
    let Some(mut exporting) = Exporting::begin(args.format, &args.written, messages) else { return false };
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
    found
}

/// Events that are read from a store at a time.
const PAGE: u32 = 500;

/// Exports the events of a store.
fn from_store(db: &Path, args: &Export, messages: &mut Messages) -> bool {
    let store = match Store::read_only(db) {
        Ok(store) => store,
        Err(error) => {
            messages.error("", &error, error.hint());
            return false;
        }
    };
    let Some(mut exporting) = Exporting::begin(args.format, &args.written, messages) else { return false };
    if args.format == Format::Jsonl {
        return kept_records(&store, messages);
    }
    let mut found = false;
    let surest = if args.incidents { surest(&store) } else { Ok(None) };
    let read = surest.and_then(|surest| {
        each_event(&store, &mut |event| {
            if surest.as_ref().zip(event.incident).is_some_and(|(rows, of)| rows.get(&of) != Some(&event.row))
            {
                return true;
            }
            found = true;
            exporting.add_told(&told(event), messages)
        })
    });
    if let Err(error) = read {
        messages.error("", &error, error.hint());
    }
    exporting.end(messages);
    found
}

/// Prints every record of a store with all that it knows beside it; tells whether there is any.
fn kept_records(store: &Store, messages: &mut Messages) -> bool {
    let mut found = false;
    for record in store.kept_records() {
        match record {
            Ok(record) => {
                found = true;
                if !messages.print(&render::kept_jsonl(&record)) {
                    break;
                }
            }
            Err(error) => {
                messages.error("", &error, error.hint());
                break;
            }
        }
    }
    found
}

/// Hands over the events of a store that stand, in the order of their rows, until no more are wanted.
fn each_event(store: &Store, take: &mut dyn FnMut(&StoredEvent) -> bool) -> Result<(), StoreError> {
    let mut last = EventRow(0);
    loop {
        let page = store.events().after(last, PAGE)?;
        let Some(end) = page.last() else { return Ok(()) };
        last = end.row;
        for event in page.iter().filter(|event| !event.replaced && event.review != Some(Review::Rejected)) {
            if !take(event) {
                return Ok(());
            }
        }
    }
}

/// Returns of every incident the event with the highest confidence, the first of equals.
fn surest(store: &Store) -> Result<Option<BTreeMap<IncidentId, EventRow>>, StoreError> {
    let mut best: BTreeMap<IncidentId, (f64, EventRow)> = BTreeMap::new();
    each_event(store, &mut |event| {
        let Some(incident) = event.incident else { return true };
        let confidence = event.event.confidence;
        let best = best.entry(incident).or_insert((confidence, event.row));
        if confidence > best.0 {
            *best = (confidence, event.row);
        }
        true
    })?;
    Ok(Some(best.into_iter().map(|(incident, (_, row))| (incident, row)).collect()))
}

fn told(stored: &StoredEvent) -> Told<'_> {
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
        in_lead: None,
        incident: stored.incident_key.clone(),
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
