//! How single values are put into words, the same in the table and the explanation.

use casus::types::event::PlacePrecision;
use casus::types::record::{
    RecordEvent, RecordNamedSource, RecordNumber, RecordParticipant, RecordPlace, RecordSource, RecordTime,
    TimePrecision,
};
use casus::types::{Country, Relation, Sector, Stance, actor_code};

/// Returns `Northland army [NOR MIL]`.
pub(crate) fn participant(who: &RecordParticipant) -> String {
    named(who.name.as_deref(), who.country, who.sector)
}

fn named(name: Option<&str>, country: Option<Country>, sector: Option<Sector>) -> String {
    let name = one_line(name.unwrap_or("unnamed"));
    match code(country, sector) {
        code if code.is_empty() => name,
        code => format!("{name} [{code}]"),
    }
}

/// Returns `NOR MIL`, `NOR`, `--- MIL`, or nothing where neither is known.
pub(crate) fn code(country: Option<Country>, sector: Option<Sector>) -> String {
    match (country, sector) {
        (None, None) => String::new(),
        _ => actor_code(country, sector),
    }
}

/// Returns `Arvan [NOR] (town)`.
pub(crate) fn place(place: &RecordPlace) -> String {
    let mut words = one_line(place.name.as_deref().unwrap_or("unnamed"));
    if let Some(admin1) = &place.admin1 {
        words = words + ", " + admin1;
    }
    if let Some(country) = place.country {
        words = words + " [" + country.as_str() + "]";
    }
    match place.precision {
        Some(precision) => words + &format!(" ({})", precision_name(precision)),
        None => words,
    }
}

/// Returns the precision as the public format writes it.
pub(crate) fn precision_name(precision: PlacePrecision) -> &'static str {
    match precision {
        PlacePrecision::Point => "point",
        PlacePrecision::Town => "town",
        PlacePrecision::Admin2 => "admin2",
        PlacePrecision::Admin1 => "admin1",
        PlacePrecision::Country => "country",
    }
}

/// Returns `2026-03-04`, `2026-03`, `2026`, or the first and last day.
pub(crate) fn time(time: &RecordTime) -> String {
    let start = time.start.to_string();
    match time.precision {
        TimePrecision::Day => start,
        TimePrecision::Month => start[..start.len() - "-01".len()].to_owned(),
        TimePrecision::Year => start[..start.len() - "-01-01".len()].to_owned(),
        TimePrecision::Days => format!("{start} to {}", time.end),
    }
}

/// Returns `4`, `at least 5` or `3 to 7`.
pub(crate) fn number(number: &RecordNumber) -> String {
    match number.max {
        Some(max) if max == number.min => max.to_string(),
        Some(max) => format!("{} to {max}", number.min),
        None => format!("at least {}", number.min),
    }
}

/// Returns `two officials [NOR GOV] (states, unnamed, via Example Wire)`; the report itself is no source to name.
pub(crate) fn source(source: &RecordSource) -> Option<String> {
    match source {
        RecordSource::Author { stance: Stance::States, .. } => None,
        RecordSource::Author { stance, .. } => Some(format!("the report itself {stance}")),
        RecordSource::Named(source) => Some(named_source(source)),
    }
}

fn named_source(source: &RecordNamedSource) -> String {
    let mut words = format!("{} ({}", speaker(source), source.stance);
    if source.anonymous {
        words += ", unnamed";
    }
    if let Some(via) = &source.via {
        words = words + ", via " + &participant(via);
    }
    words + ")"
}

/// Returns who speaks, as a participant.
pub(crate) fn speaker(source: &RecordNamedSource) -> String {
    named(source.name.as_deref(), source.country, source.sector)
}

/// Returns the relation in words.
pub(crate) fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::ResponseTo => "response to",
        Relation::PartOf => "part of",
        Relation::About => "about",
        Relation::LeadsTo => "leads to",
    }
}

/// Returns an event's number within its document, from its id.
pub(crate) fn event_number(id: &str) -> &str {
    id.rsplit_once("#e").map_or(id, |(_, number)| number)
}

/// Returns the slots that count things, with their names in the record.
pub(crate) fn numbers(event: &RecordEvent) -> Vec<(&'static str, &RecordNumber)> {
    let slots = [
        ("count", &event.count),
        ("killed", &event.killed),
        ("injured", &event.injured),
        ("detained", &event.detained),
        ("displaced", &event.displaced),
        ("abducted", &event.abducted),
    ];
    slots.into_iter().filter_map(|(name, number)| Some((name, number.as_ref()?))).collect()
}

/// Returns words with every run of white space as one space and without control characters, which a terminal would obey.
pub(crate) fn one_line(words: &str) -> String {
    let clean: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}
