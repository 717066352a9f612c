//! An incident as a page: what its reports say of each slot, side by side, then the reports with why they were joined.

use super::phrase;
use crate::commands::counted;
use casus::store::StoredEvent;
use casus::types::incident::Incident;
use casus::types::record::{RecordEvent, RecordParticipant, RecordSource};
use serde_json::Value;
use std::fmt::Write as _;

/// An event of the incident with what spoke for it.
pub(crate) struct Shown {
    pub(crate) stored: StoredEvent,
    pub(crate) why: Option<Value>,
}

/// Reasons that are shown for an event, the weightiest.
const REASONS: usize = 5;

/// Returns the page.
pub(crate) fn page(view: &Incident, events: &[Shown]) -> String {
    let mut events: Vec<&Shown> = events.iter().collect();
    events.sort_by_key(|e| (e.stored.published.is_none(), e.stored.published, &e.stored.event.id));
    let mut out = String::new();
    let modes: Vec<&str> = view.modes.iter().map(|m| m.as_str()).collect();
    let kind = [&[view.kind.as_str()], modes.as_slice()].concat().join(" ");
    let reports = counted(view.reports.len(), "report", "reports");
    let events_told = counted(events.len(), "event", "events");
    let put = "a string takes all";
    writeln!(out, "── {} {}", view.id, "─".repeat(60_usize.saturating_sub(view.id.len()))).expect(put);
    writeln!(out, "   {}", view.title).expect(put);
    writeln!(out, "   {kind}, {}; {reports}, {events_told}\n", view.status).expect(put);
    for (slot, value) in [
        ("type", kinds as fn(&RecordEvent) -> String),
        ("status", |e| e.status.to_string()),
        ("when", |e| e.time.as_ref().map_or(String::new(), phrase::time)),
        ("where", |e| join(e.places.iter().map(phrase::place))),
        ("actors", |e| parties(&e.actors)),
        ("recipients", |e| parties(&e.recipients)),
        ("killed", |e| e.killed.as_ref().map_or(String::new(), phrase::number)),
        ("injured", |e| e.injured.as_ref().map_or(String::new(), phrase::number)),
        ("detained", |e| e.detained.as_ref().map_or(String::new(), phrase::number)),
        ("displaced", |e| e.displaced.as_ref().map_or(String::new(), phrase::number)),
        ("abducted", |e| e.abducted.as_ref().map_or(String::new(), phrase::number)),
        ("weapons", |e| join(e.weapons.iter().map(|w| w.kind.clone()))),
        ("sources", sources),
    ] {
        side_by_side(&mut out, slot, &events, value);
    }
    for event in events {
        out += &told(event);
    }
    out + "\n"
}

/// Writes what the reports say of a slot: one line for each value, with who says it.
fn side_by_side(out: &mut String, slot: &str, events: &[&Shown], value: fn(&RecordEvent) -> String) {
    let mut values: Vec<(String, Vec<String>)> = Vec::new();
    for shown in events {
        let said = value(&shown.stored.event);
        if said.is_empty() {
            continue;
        }
        let who = who(&shown.stored);
        match values.iter_mut().find(|(known, _)| *known == said) {
            Some((_, by)) if by.contains(&who) => {}
            Some((_, by)) => by.push(who),
            None => values.push((said, vec![who])),
        }
    }
    let differ = values.len() > 1;
    for (at, (value, by)) in values.into_iter().enumerate() {
        let label = if at == 0 { slot } else { "" };
        let by = if differ { format!("  — {}", by.join("; ")) } else { String::new() };
        writeln!(out, "   {label:<11}{value}{by}").expect("a string takes all");
    }
}

fn told(shown: &Shown) -> String {
    let stored = &shown.stored;
    let mut out = format!("\n   {}  {}\n", stored.event.id, who(stored));
    if let Some(sentence) = &stored.sentence {
        let words = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
        writeln!(out, "      “{words}”").expect("a string takes all");
    }
    if let Some(why) = &shown.why {
        writeln!(out, "      {}", reasons(why)).expect("a string takes all");
    }
    out
}

/// Returns `joined with DOCUMENT#e1: words.shared +1.6, day.same +0.9; words: school, 22`.
fn reasons(why: &Value) -> String {
    let with = why["with"].as_str().unwrap_or_default();
    if why["decided"] == true {
        return format!("joined with {with}: somebody decided so");
    }
    let mut found: Vec<(&str, f64)> = why["reasons"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|r| Some((r["feature"].as_str()?, r["adds"].as_f64()?)))
        .filter(|(feature, _)| *feature != "base")
        .collect();
    found.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    let list = found.iter().take(REASONS).map(|(feature, adds)| format!("{feature} {adds:+.1}"));
    let words =
        join(why["words"].as_array().into_iter().flatten().filter_map(|w| w.as_str().map(str::to_owned)));
    format!("joined with {with}: {}; words: {words}", join(list))
}

/// Returns `Example Wire, 2026-03-04`.
fn who(stored: &StoredEvent) -> String {
    let publisher = stored.publisher.clone().unwrap_or_else(|| stored.document_key.clone());
    stored.published.map_or(publisher.clone(), |day| format!("{publisher}, {day}"))
}

fn kinds(event: &RecordEvent) -> String {
    let modes = event.modes.iter().map(|m| m.as_str());
    std::iter::once(event.kind.as_str()).chain(modes).collect::<Vec<_>>().join(" ")
}

fn parties(parties: &[RecordParticipant]) -> String {
    join(parties.iter().map(phrase::participant))
}

fn sources(event: &RecordEvent) -> String {
    join(event.sources.iter().filter_map(|source| match source {
        RecordSource::Named(named) => named.name.clone(),
        RecordSource::Author { .. } => None,
    }))
}

fn join(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(", ")
}
