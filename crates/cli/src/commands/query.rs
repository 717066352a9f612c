//! `casus query`: events or incidents of a store.

use super::{counted, filters, store_to_read};
use crate::args::{Query, RowFormat};
use crate::messages::Messages;
use crate::render::grid::{self, Column};
use crate::render::{phrase, rows};
use casus::actors::OwnActors;
use casus::store::{Cell, Filter, Flat, Found, Page, Store, StoreError, StoredEvent};
use casus::types::Status;
use casus::types::record::{RecordNumber, RecordParticipant, TimePrecision};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// Prints what a query finds; tells whether there is any.
pub(crate) fn run(args: &Query, messages: &mut Messages) -> bool {
    let Some(query) = filters(&args.filters, messages) else { return false };
    let Some(store) = store_to_read(&args.db, messages) else { return false };
    let page = Page { sort: args.sort.0, descending: args.sort.1, limit: args.limit, offset: args.offset };
    let done = if args.plan {
        store.plan(&query, &page, args.incidents).map(|plan| {
            let values = plan.values.join(", ");
            messages.print(&format!("{}\n\nvalues: {values}\n\n{}\n", plan.sql, plan.steps.join("\n")));
            true
        })
    } else if args.incidents {
        store.find_incidents(&query, &page).and_then(|found| {
            messages.print(&incidents(args, &store.flat_incidents(&found.rows)?));
            Ok(tell(&found, ["incident", "incidents"], args, &query, &store, messages))
        })
    } else {
        store.find_events(&query, &page).and_then(|found| {
            messages.print(&events(args, &store, &found)?);
            Ok(tell(&found, ["event", "events"], args, &query, &store, messages))
        })
    };
    done.unwrap_or_else(|error| {
        messages.error("", &error, error.hint());
        false
    })
}

/// Says how many there are, and how to get more; tells whether there are any.
fn tell<T>(
    found: &Found<T>,
    [one, many]: [&str; 2],
    args: &Query,
    query: &casus::store::Query,
    store: &Store,
    messages: &mut Messages,
) -> bool {
    if found.rows.is_empty() {
        let hint = (args.offset == 0 && !query.terms.is_empty()).then(|| {
            let names = by_other_names(query, store);
            let read = format!("it was read as: {query}");
            if names.is_empty() {
                read
            } else {
                format!("{read}; a store has names as the tables do: {names}")
            }
        });
        messages.note("", format!("no {many} found"), hint.as_deref());
        return false;
    }
    let more = if found.more {
        format!(", and there are more: --offset {}", u64::from(args.offset) + u64::from(args.limit))
    } else {
        String::new()
    };
    messages.note("", format!("{}{more}", counted(found.rows.len(), one, many)), None);
    true
}

/// Returns by which names the tables know those whom a query asks for by another: an alias, an acronym. The tables are those
/// that the store was filled with, where they are still there.
fn by_other_names(query: &casus::store::Query, store: &Store) -> String {
    let asked = query.terms.iter().filter_map(|term| match &term.filter {
        Filter::Participant(_, names) => Some(names),
        _ => None,
    });
    let asked: Vec<&str> = asked.flatten().map(|name| name.words.as_str()).collect();
    if asked.is_empty() {
        return String::new();
    }
    let commands = store.coding_commands().unwrap_or_default();
    let folder = commands.iter().rev().find_map(|command| {
        let (_, folder) = command.split_once(" --actors ")?;
        folder.split(" --").next()
    });
    let own = folder.and_then(|folder| OwnActors::read(Some(Path::new(folder))).ok()).unwrap_or_default();
    let Ok(table) = own.table() else { return String::new() };
    let names: BTreeSet<String> = asked
        .iter()
        .flat_map(|asked| table.find(asked).into_iter().filter(|actor| actor.name != **asked))
        .map(|actor| format!("who:{:?}", actor.name))
        .collect();
    names.into_iter().collect::<Vec<_>>().join(", ")
}

fn events(args: &Query, store: &Store, found: &Found<casus::store::EventRow>) -> Result<String, StoreError> {
    if args.rows.format == RowFormat::Csv {
        return Ok(rows::csv(&store.flat_events(&found.rows)?, args.rows.bom));
    }
    let events = store.events_at(&found.rows)?;
    if args.rows.format == RowFormat::Table {
        let lines: Vec<Vec<String>> = events.iter().map(line).collect();
        return Ok(grid::grid(&EVENT_COLUMNS, &lines));
    }
    let flat = store.flat_events(&found.rows)?;
    Ok(events.iter().zip(&flat.rows).map(|(event, row)| object(event, &flat.columns, row)).collect())
}

/// What an object of an event says beside its record, in the words of `events_flat`.
const BESIDE: [&str; 7] = ["document", "published", "publisher", "title", "url", "incident", "review"];

/// Returns an event's record with what is known of its report, as a line of JSON.
fn object(event: &StoredEvent, columns: &[String], row: &[Cell]) -> String {
    let mut object = serde_json::to_value(&event.event).expect("an event has string keys and finite numbers");
    if let Value::Object(object) = &mut object {
        for (column, cell) in columns.iter().zip(row) {
            if BESIDE.contains(&column.as_str()) {
                object.insert(column.clone(), rows::json(cell));
            }
        }
        object.insert("sentence_text".to_owned(), event.sentence.clone().map_or(Value::Null, Value::String));
    }
    object.to_string() + "\n"
}

const EVENT_COLUMNS: [Column; 7] = [
    Column::words("when"),
    Column::flexible("what"),
    Column::flexible("who"),
    Column::flexible("where"),
    Column::number("killed"),
    Column::number("conf."),
    Column::words("event"),
];

fn line(stored: &StoredEvent) -> Vec<String> {
    let event = &stored.event;
    let what = [event.kind.to_string()].into_iter().chain(event.modes.iter().map(ToString::to_string));
    let mut what = what.collect::<Vec<_>>().join(" ");
    if event.status != Status::Actual {
        what = format!("{what} ({})", event.status);
    }
    let name = |who: &RecordParticipant| phrase::one_line(who.name.as_deref().unwrap_or("unnamed"));
    let names = |side: &[_]| side.iter().map(name).collect::<Vec<_>>().join("; ");
    let who = match (names(&event.actors), names(&event.recipients)) {
        (actors, recipients) if recipients.is_empty() => actors,
        (actors, recipients) if actors.is_empty() => format!("unknown → {recipients}"),
        (actors, recipients) => format!("{actors} → {recipients}"),
    };
    let place = event.places.iter().find(|p| p.lat.is_some()).or(event.places.first());
    let place = place.map_or_else(String::new, |place| {
        let country = place.country.map_or_else(String::new, |country| format!(" [{country}]"));
        phrase::one_line(place.name.as_deref().unwrap_or("unnamed")) + &country
    });
    let when = match (&event.time, stored.published) {
        (Some(time), _) if time.precision == TimePrecision::Days => format!("{}…", time.start),
        (Some(time), _) => phrase::time(time),
        // A day of publication is no day of the act.
        (None, Some(published)) => format!("({published})"),
        (None, None) => String::new(),
    };
    vec![
        when,
        what,
        who,
        place,
        event.killed.as_ref().map_or_else(String::new, short),
        format!("{:.2}", event.confidence),
        phrase::one_line(&event.id),
    ]
}

/// Returns `5`, `5+` or `3–7`.
fn short(number: &RecordNumber) -> String {
    match number.max {
        Some(max) if max == number.min => max.to_string(),
        Some(max) => format!("{}–{max}", number.min),
        None => format!("{}+", number.min),
    }
}

const INCIDENT_COLUMNS: [(&str, Column); 8] = [
    ("start_date", Column::words("when")),
    ("type", Column::words("what")),
    ("title", Column::flexible("title")),
    ("place", Column::flexible("where")),
    ("killed_min", Column::number("killed")),
    ("n_documents", Column::number("reports")),
    ("confidence", Column::number("conf.")),
    ("incident", Column::words("incident")),
];

fn incidents(args: &Query, flat: &Flat) -> String {
    match args.rows.format {
        RowFormat::Csv => return rows::csv(flat, args.rows.bom),
        RowFormat::Jsonl => return rows::jsonl(flat),
        RowFormat::Table => {}
    }
    let at = |name: &str| flat.columns.iter().position(|column| column == name);
    let shown = INCIDENT_COLUMNS.map(|(name, _)| at(name).expect("the view has these columns"));
    let lines: Vec<Vec<String>> =
        flat.rows.iter().map(|row| shown.map(|n| rows::shown(&row[n])).to_vec()).collect();
    grid::grid(&INCIDENT_COLUMNS.map(|(_, column)| column), &lines)
}
