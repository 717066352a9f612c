//! What a reviewer can put right in an event: one slot, by its name in the public record.

use crate::error::StoreError;
use crate::query::nearest;
use casus_types::event::NumberSlot;
use casus_types::ontology::Context;
use casus_types::record::{RecordEvent, RecordParticipant, RecordPlace, RecordSource, TimePrecision};
use casus_types::scores::Scores;
use casus_types::{Date, EventType, Status, event::Interval};
use serde_json::{Map, Value, json};
use std::fmt::Display;

/// Slots that are lists.
const LISTS: [&str; 7] = ["modes", "contexts", "actors", "recipients", "places", "weapons", "sources"];

/// Returns the event with a slot set anew. The value is what the public record would have there, or a shorthand: a
/// number or `3..7` (`3..` open) for a toll, a day or `2026-03-04..2026-03-06` for the time, a name for an actor,
/// recipient or place, `author` for the report itself as a source, a kind for a weapon, and one value for a list. `null`
/// empties the slot.
///
/// Modes must be such as the type has, ranges must not end before they begin, points must lie on Earth, and whoever is named
/// must have a name. Score, quadrant and CAMEO code follow the type, modes and contexts.
///
/// # Errors
/// Where there is no such slot, or the value does not belong there.
pub fn correct(event: &RecordEvent, slot: &str, value: &Value) -> Result<RecordEvent, StoreError> {
    let fault = |why: String| StoreError::Correction(slot.to_owned(), why);
    let value = match (slot, value) {
        // Names are written in one case; a person need not know in which.
        ("type", Value::String(name)) => Value::String(name.trim().to_uppercase()),
        ("status", Value::String(name)) => Value::String(name.trim().to_lowercase()),
        _ => value.clone(),
    };
    let value = match slot {
        "type" | "status" => value,
        "time" => time(&value).map_err(fault)?,
        _ if LISTS.contains(&slot) => list(slot, &value),
        _ if NumberSlot::ALL.iter().any(|s| s.as_str() == slot) => number(&value).map_err(fault)?,
        _ => return Err(fault("there is no such slot, or it follows from others".to_owned())),
    };
    let Value::Object(mut object) = serde_json::to_value(event).map_err(|e| fault(e.to_string()))? else {
        return Err(fault("the event is no object".to_owned()));
    };
    if value.is_null() && matches!(slot, "type" | "status") {
        return Err(fault("every event has one".to_owned()));
    }
    if slot == "modes" {
        modes_of(event.kind, &value).map_err(fault)?;
    } else if slot == "contexts" {
        known(&value, "context", Context::ALL.iter().map(|c| c.as_str())).map_err(fault)?;
    } else if slot == "type" {
        known(&value, "type", EventType::ALL.iter().map(|t| t.as_str())).map_err(fault)?;
    } else if slot == "status" {
        known(&value, "status", Status::ALL.iter().map(|s| s.as_str())).map_err(fault)?;
    }
    object.insert(slot.to_owned(), value);
    let mut event: RecordEvent =
        serde_json::from_value(Value::Object(object)).map_err(|e| fault(e.to_string()))?;
    sound(&mut event, slot).map_err(fault)?;
    event.modes.retain(|mode| event.kind.modes().contains(mode));
    let scores = Scores::plover();
    event.score = scores.score(event.kind, &event.modes);
    event.cameo = scores.cameo(event.kind, &event.modes, &event.contexts).map(str::to_owned);
    event.quad = event.kind.quad() as u8;
    Ok(event)
}

/// Refuses a slot whose parts do not fit each other, as JSON may have them, and tells how exact a time is.
fn sound(event: &mut RecordEvent, slot: &str) -> Result<(), String> {
    if let Some(time) = event.time.as_mut().filter(|_| slot == "time") {
        in_order(time.start, time.end, "after")?;
        time.precision = TimePrecision::of(Interval { start: time.start, end: time.end });
    }
    match slot {
        "actors" => event.actors.iter().try_for_each(somebody),
        "recipients" => event.recipients.iter().try_for_each(somebody),
        "places" => event.places.iter().try_for_each(somewhere),
        "sources" => event.sources.iter().try_for_each(|source| match source {
            RecordSource::Named(source) => {
                named(source.name.as_deref(), source.anonymous || source.country.is_some())
            }
            RecordSource::Author { .. } => Ok(()),
        }),
        _ => Ok(()),
    }
}

fn in_order<T: Copy + PartialOrd + Display>(low: T, high: T, than: &str) -> Result<(), String> {
    if low > high { Err(format!("{low} is {than} {high}")) } else { Ok(()) }
}

fn somebody(who: &RecordParticipant) -> Result<(), String> {
    named(who.name.as_deref(), who.country.is_some() || who.sector.is_some())
}

fn somewhere(place: &RecordPlace) -> Result<(), String> {
    let name = place.name.as_deref();
    named(name, place.country.is_some() || place.lat.is_some())?;
    let (lat, lon) = match (place.lat, place.lon) {
        (None, None) => return Ok(()),
        (Some(lat), Some(lon)) => (lat, lon),
        _ => return Err("a place has both lat and lon, or neither".to_owned()),
    };
    if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lon) {
        return Err(format!(
            "{lat}, {lon} is no point on Earth; lat goes from -90 to 90, lon from -180 to 180"
        ));
    }
    Ok(())
}

/// Refuses a name without letters, and nobody at all: without a name, somebody must be `known` otherwise.
fn named(name: Option<&str>, known: bool) -> Result<(), String> {
    if name.map_or(known, |name| !name.trim().is_empty()) {
        Ok(())
    } else {
        Err("a name is empty; null empties the slot".to_owned())
    }
}

/// Refuses modes that acts of a type do not have: they would go unsaid.
fn modes_of(kind: EventType, value: &Value) -> Result<(), String> {
    if kind.modes().is_empty() && value.as_array().is_some_and(|modes| !modes.is_empty()) {
        return Err(format!("{kind} has no modes"));
    }
    known(value, &format!("mode of {kind}"), kind.modes().iter().map(|mode| mode.as_str()))
}

/// Refuses names that are not among these, and tells the nearest, or all.
fn known(value: &Value, what: &str, names: impl Iterator<Item = &'static str> + Clone) -> Result<(), String> {
    let given = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let Some(wrong) = given.iter().filter_map(Value::as_str).find(|&name| names.clone().all(|n| n != name))
    else {
        return Ok(());
    };
    Err(match nearest(wrong, names.clone()) {
        Some(near) => format!("no {what} is called {wrong:?}; did you mean {near}?"),
        None => format!("no {what} is called {wrong:?}; there are {}", names.collect::<Vec<_>>().join(", ")),
    })
}

fn list(slot: &str, value: &Value) -> Value {
    let values = match value {
        Value::Null => Vec::new(),
        Value::Array(values) => values.clone(),
        one => vec![one.clone()],
    };
    let key = match slot {
        "actors" | "recipients" | "places" | "sources" => "name",
        "weapons" => "kind",
        _ => return Value::Array(values),
    };
    let object = |value: Value| match value {
        // As a table and a query have it.
        Value::String(name) if slot == "sources" && name.trim().eq_ignore_ascii_case("author") => {
            json!({"author": true, "stance": "states"})
        }
        Value::String(name) => Value::Object(Map::from_iter([(key.to_owned(), Value::String(name))])),
        other => other,
    };
    Value::Array(values.into_iter().map(object).collect())
}

fn number(value: &Value) -> Result<Value, String> {
    let parse =
        |written: &str| written.trim().parse::<u64>().map_err(|_| format!("{written:?} is no whole number"));
    match value {
        Value::Number(n) => Ok(json!({"min": n, "max": n})),
        Value::String(range) => match range.split_once("..") {
            Some((min, "")) => Ok(json!({"min": parse(min)?, "max": null})),
            Some((min, max)) => {
                let (min, max) = (parse(min)?, parse(max)?);
                in_order(min, max, "more than")?;
                Ok(json!({"min": min, "max": max}))
            }
            None => {
                let n = parse(range)?;
                Ok(json!({"min": n, "max": n}))
            }
        },
        other => {
            if let (Some(min), Some(max)) = (other["min"].as_u64(), other["max"].as_u64()) {
                in_order(min, max, "more than")?;
            }
            Ok(other.clone())
        }
    }
}

fn time(value: &Value) -> Result<Value, String> {
    let Value::String(days) = value else { return Ok(value.clone()) };
    let day = |written: &str| {
        written.trim().parse::<Date>().map_err(|_| format!("{written:?} is no day; write it as 2026-03-04"))
    };
    let (start, end) = days.split_once("..").unwrap_or((days, days));
    let (start, end) = (day(start)?, day(end)?);
    in_order(start, end, "after")?;
    let precision = TimePrecision::of(Interval { start, end });
    Ok(json!({"start": start.to_string(), "end": end.to_string(), "precision": precision}))
}
