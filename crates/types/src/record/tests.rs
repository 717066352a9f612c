//! What is written, and read back.

use super::*;
use crate::event::{
    CountRange, Event, EventId, EventPlace, Link, NumberSlot, Participant, Source, WeaponKind,
};
use crate::{Analysis, Coded, Confidence, Document, Evidence, Reading, Span};
use serde_json::json;

const TEXT: &str = "“Northland” shelled Arvan with “Grad” rockets, killing four, the ministry said.";

fn coded<T>(value: T, words: &str) -> Coded<T> {
    let span = Span::of(TEXT, words).unwrap();
    Coded::new(value, Evidence::read(span, "encoder/test"), Confidence::new(0.93))
}

fn someone(name: &str, sector: Option<Sector>) -> Participant {
    Participant { name: name.to_owned(), country: Country::new("NOR"), sector, id: None }
}

fn reading() -> Reading {
    let event = Event {
        id: EventId(0),
        kind: coded(EventType::Assault, "shelled"),
        modes: vec![coded(Mode::HeavyWeapons, "shelled")],
        contexts: vec![Context::Military],
        status: coded(Status::Actual, "shelled"),
        mentions: vec![Span::of(TEXT, "shelled").unwrap()],
        sentence: Span::new(0, TEXT.len()),
        actors: vec![coded(someone("Northland", Some(Sector::Mil)), "Northland")],
        recipients: Vec::new(),
        places: vec![coded(
            EventPlace {
                name: "Arvan".to_owned(),
                country: Country::new("SYR"),
                admin1: None,
                geonameid: None,
                point: Some((35.0, 38.5)),
                precision: PlacePrecision::Town,
            },
            "Arvan",
        )],
        time: Some(Coded::new(
            Interval { start: Date::constant(2026, 2, 1), end: Date::constant(2026, 2, 28) },
            Evidence::inferred("dates/month"),
            Confidence::CERTAIN,
        )),
        numbers: vec![(NumberSlot::Killed, coded(CountRange { min: 4, max: None }, "four"))],
        weapons: vec![coded(WeaponKind("rocket".to_owned()), "rockets")],
        sources: vec![Source {
            who: coded(someone("Ministry", None), "the ministry"),
            stance: Stance::States,
            anonymous: false,
            via: None,
            cue: Span::of(TEXT, "said"),
        }],
        links: vec![Link {
            relation: Relation::ResponseTo,
            to: EventId(1),
            evidence: Evidence::inferred("encoder/link"),
            confidence: Confidence::new(0.5),
        }],
        confidence: Confidence::new(0.93),
    };
    Reading {
        document: Document { id: "a".to_owned(), text: TEXT.to_owned(), ..Document::default() },
        analysis: Analysis::default(),
        events: vec![event],
        problems: vec![Problem::new("no-publication-date", "no date", "give one")],
    }
}

#[test]
fn offsets_are_code_points_and_keys_are_the_format() {
    let json = to_json(&reading(), "casus-en-1");
    assert_eq!(json["url"], json!(null));
    let event = &json["events"][0];
    assert_eq!(event["id"], "a#e1");
    assert_eq!(event["mentions"], json!([{"start": 12, "end": 19, "text": "shelled"}]));
    assert_eq!(event["sentence"], json!({"start": 0, "end": TEXT.chars().count()}));
    assert_eq!((&event["cameo"], &event["score"], &event["quad"]), (&json!("194"), &json!(-9.5), &json!(4)));
    assert_eq!(
        event["actors"],
        json!([{"name": "Northland", "country": "NOR", "sector": "MIL", "id": null,
                "span": {"start": 1, "end": 10, "text": "Northland"}}])
    );
    assert_eq!(event["time"], json!({"start": "2026-02-01", "end": "2026-02-28", "precision": "month"}));
    assert_eq!(event["killed"]["max"], json!(null));
    assert_eq!(event["links"], json!([{"relation": "response_to", "event": "a#e2"}]));
    assert_eq!(event["confidence"], json!(0.93));
    assert!(event.get("injured").is_none());
}

#[test]
fn records_are_read_back_as_they_were_written() {
    let record = Record::new(&reading(), "m");
    let line = serde_json::to_string(&record).unwrap();
    assert_eq!(serde_json::from_str::<Record>(&line).unwrap(), record);
}

#[test]
fn a_report_speaks_for_itself() {
    let mut reading = reading();
    reading.events[0].sources.clear();
    let record = Record::new(&reading, "m");
    let json = serde_json::to_value(&record).unwrap();
    assert_eq!(json["events"][0]["sources"], json!([{"author": true, "stance": "states"}]));
    assert_eq!(serde_json::from_value::<Record>(json).unwrap(), record);
}

#[test]
fn little_is_enough_to_be_read() {
    let line = r#"{"id": "x", "later": 1, "events": [{"type": "AID", "actors": [{"country": "---"}]}]}"#;
    let record: Record = serde_json::from_str(line).unwrap();
    assert_eq!(record.events[0].status, Status::Actual);
    assert_eq!(record.events[0].actors[0].country, None);
    assert!(serde_json::from_str::<Record>(r#"{"id": "x", "events": [{"type": "FIGHT"}]}"#).is_err());
}

#[test]
fn precision_follows_the_calendar() {
    let precision = |start: &str, end: &str| {
        TimePrecision::of(Interval { start: start.parse().unwrap(), end: end.parse().unwrap() })
    };
    assert_eq!(precision("2024-02-29", "2024-02-29"), TimePrecision::Day);
    assert_eq!(precision("2024-02-01", "2024-02-29"), TimePrecision::Month);
    assert_eq!(precision("2024-01-01", "2024-12-31"), TimePrecision::Year);
    assert_eq!(precision("2024-01-01", "2024-03-31"), TimePrecision::Days);
}
