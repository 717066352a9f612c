//! Reviews do what they say, and are kept.

use crate::made::{empty, insert, number, text, told};
use casus_store::{Decision, Entry, Reviewer, Store, StoreError, correct};
use casus_types::EventType;
use casus_types::record::{Record, RecordEvent, RecordLink, RecordNumber, RecordSpan};
use serde_json::{Value, json};

fn store() -> Store {
    let mut store = Store::in_memory().unwrap();
    let mut events = vec![told("a", 1, EventType::Assault, 0..5), told("a", 2, EventType::Protest, 10..15)];
    events[0].links = vec![RecordLink {
        relation: casus_types::Relation::ResponseTo,
        event: "a#e2".to_owned(),
        span: None,
    }];
    insert(&mut store, &Record { events, ..empty("a") }, Some("Words that tell of two acts"));
    store
}

fn review(store: &mut Store, key: &str, decision: Decision<'_>) -> Result<(), StoreError> {
    let by = Reviewer { name: Some("Ada"), note: Some("seen") };
    let mut writer = store.writer().unwrap();
    writer.review(key, decision, by)?;
    writer.commit()
}

#[test]
fn a_rejected_event_is_out_of_the_views_and_comes_back() {
    let mut store = store();
    let count = |store: &Store| number(store, "SELECT count(*) FROM events_flat");
    review(&mut store, "a#e1", Decision::Reject).unwrap();
    assert_eq!(count(&store), 1);
    review(&mut store, "a#e1", Decision::Accept).unwrap();
    assert_eq!(count(&store), 2);
    assert_eq!(number(&store, "SELECT count(*) FROM reviews WHERE reviewer = 'Ada' AND note = 'seen'"), 2);
    assert!(matches!(review(&mut store, "a#e7", Decision::Reject), Err(StoreError::NoEvent(_))));
}

#[test]
fn a_correction_is_in_columns_parts_and_record() {
    let mut store = store();
    let set = |store: &mut Store, slot, value: Value| {
        review(store, "a#e1", Decision::Correct { slot, value: &value })
    };
    set(&mut store, "status", json!("negated")).unwrap();
    set(&mut store, "killed", json!("3..7")).unwrap();
    set(&mut store, "actors", json!("Northland")).unwrap();
    set(&mut store, "time", json!("2026-03-01..2026-03-31")).unwrap();
    let of = |column: &str| {
        text(&store, &format!("SELECT CAST({column} AS TEXT) FROM events_flat WHERE event = 'a#e1'"))
    };
    assert_eq!(of("status").as_deref(), Some("negated"));
    assert_eq!(of("killed_max").as_deref(), Some("7"));
    assert_eq!(of("actors").as_deref(), Some("Northland"));
    assert_eq!(of("date_precision").as_deref(), Some("month"));
    assert_eq!(of("review").as_deref(), Some("corrected"));
    assert_eq!(of("links").as_deref(), Some("response_to a#e2"));
    let event = &store.record("a").unwrap().events[0];
    assert_eq!(event.status, casus_types::Status::Negated);
    assert_eq!(event.killed.as_ref().unwrap().max, Some(7));
    // Each review keeps the event as it was before.
    assert_eq!(
        text(&store, "SELECT json_extract(record, '$.status') FROM reviews ORDER BY id LIMIT 1").as_deref(),
        Some("actual")
    );
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn what_was_corrected_stays_so_whatever_is_decided_after() {
    let mut store = store();
    let toll = json!(3);
    review(&mut store, "a#e1", Decision::Correct { slot: "killed", value: &toll }).unwrap();
    let mut states = Vec::new();
    for decision in [Decision::Accept, Decision::Reject, Decision::Accept] {
        review(&mut store, "a#e1", decision).unwrap();
        states.push(text(&store, "SELECT review FROM events WHERE key = 'a#e1'").unwrap());
    }
    assert_eq!(states, ["corrected", "rejected", "corrected"]);
}

#[test]
fn codes_follow_the_type() {
    let event = told("a", 1, EventType::Assault, 0..5);
    let protest = correct(&event, "type", &json!("PROTEST")).unwrap();
    assert_eq!(protest.kind, EventType::Protest);
    assert_eq!(protest.quad, EventType::Protest.quad() as u8);
    assert!(protest.cameo.unwrap().starts_with("14"));
    let emptied = correct(&correct(&event, "injured", &json!(4)).unwrap(), "injured", &Value::Null).unwrap();
    assert_eq!(emptied, correct(&event, "actors", &json!([])).unwrap());
}

#[test]
fn what_does_not_belong_is_refused() {
    let event = told("a", 1, EventType::Assault, 0..5);
    for (slot, value) in [
        ("status", json!("maybe")),
        ("type", json!("WAR")),
        ("type", Value::Null),
        ("killed", json!("7..3")),
        ("killed", json!("many")),
        ("killed", json!(-1)),
        ("time", json!("2026-13-01")),
        ("time", json!("2026-03-04..2026-03-01")),
        ("actors", json!([{"country": "Iraq"}])),
        ("killed", json!({"min": 9, "max": 2})),
        ("time", json!({"start": "2026-05-01", "end": "2026-01-01"})),
        ("places", json!([{"name": "Sela", "lat": 999, "lon": -999}])),
        ("places", json!([{"name": "Sela", "lat": 9.1}])),
        ("actors", json!("")),
        ("actors", json!([{}])),
        ("sources", json!([{"name": " "}])),
        ("id", json!("b#e1")),
        ("score", json!(1)),
        ("colour", json!("red")),
    ] {
        let said = correct(&event, slot, &value);
        assert!(matches!(said, Err(StoreError::Correction(..))), "{slot} {value}: {said:?}");
    }
}

#[test]
fn what_json_says_is_made_whole() {
    let event = told("a", 1, EventType::Assault, 0..5);
    let set =
        |slot: &str, value: Value| serde_json::to_value(correct(&event, slot, &value).unwrap()).unwrap();
    let month = json!({"start": "2026-04-01", "end": "2026-04-30", "precision": "day"});
    assert_eq!(set("time", month)["time"]["precision"], "month");
    assert_eq!(set("sources", json!("author"))["sources"], json!([{"author": true, "stance": "states"}]));
    assert_eq!(set("actors", json!([{"country": "IRQ", "sector": "MIL"}]))["actors"][0]["country"], "IRQ");
    assert_eq!(set("killed", json!({"min": 9}))["killed"], json!({"min": 9, "max": null}));
}

#[test]
fn names_are_checked_and_their_case_is_not() {
    let event = told("a", 1, EventType::Assault, 0..5);
    let why = |slot: &str, value: Value| correct(&event, slot, &value).unwrap_err().to_string();
    assert_eq!(correct(&event, "type", &json!("protest")).unwrap().kind, EventType::Protest);
    assert_eq!(correct(&event, "status", &json!("Negated")).unwrap().status, casus_types::Status::Negated);
    assert_eq!(
        why("modes", json!("dron")),
        "cannot set modes: no mode of ASSAULT is called \"dron\"; did you mean drone?"
    );
    assert!(
        why("modes", json!(["drone", "demo"]))
            .starts_with("cannot set modes: no mode of ASSAULT is called \"demo\"")
    );
    assert_eq!(
        why("status", json!("maybe")),
        "cannot set status: no status is called \"maybe\"; there are actual, future, hypothetical, negated"
    );
    // Modes that go with the type that an event had go when it has another.
    let drones = correct(&event, "modes", &json!("drone")).unwrap();
    assert!(correct(&drones, "type", &json!("PROTEST")).unwrap().modes.is_empty());
}

/// Returns events of three sentences of a text: who reads them is told by the first letters of the words.
fn of_sentences(id: &str, text: &str, kinds: &[EventType]) -> Vec<RecordEvent> {
    let mut events = Vec::new();
    let mut start = 0;
    for (sentence, (n, &kind)) in text.split_inclusive(". ").zip((1..).zip(kinds)) {
        let end = start + sentence.trim_end().len();
        let sentence_span = RecordSpan { start, end, text: None };
        events.push(RecordEvent { sentence: Some(sentence_span), ..told(id, n, kind, start..start + 4) });
        start += sentence.len();
    }
    events
}

#[test]
fn decisions_go_over_to_a_newer_version() {
    let kinds = [EventType::Assault, EventType::Protest, EventType::Consult, EventType::Aid];
    let old = "Guns fired. Many marched. Some talked. Food came.";
    let new = "News first. Guns fired. Many marched. Some talked. Food came at last.";
    let mut store = Store::in_memory().unwrap();
    insert(&mut store, &Record { events: of_sentences("a", old, &kinds), ..empty("a") }, Some(old));
    review(&mut store, "a#e1", Decision::Reject).unwrap();
    let toll = json!("3..4");
    review(&mut store, "a#e2", Decision::Correct { slot: "injured", value: &toll }).unwrap();
    review(&mut store, "a#e3", Decision::Accept).unwrap();
    review(&mut store, "a#e4", Decision::Accept).unwrap();

    let kinds = [EventType::Retreat, kinds[0], kinds[1], kinds[2], kinds[3]];
    let mut events = of_sentences("b", new, &kinds);
    // The talks have a toll now, so nobody has accepted them as they are told.
    events[3].killed = Some(RecordNumber { min: 1, max: None, span: None });
    let record = Record { events, ..empty("b") };
    let mut writer = store.writer().unwrap();
    writer.insert(&Entry { text: Some(new), replaces: Some("a"), ..Entry::of(&record) }).unwrap();
    writer.commit().unwrap();

    let of = |n: i64| {
        text(&store, &format!("SELECT coalesce(review, '-') FROM events WHERE key = 'b#e{n}'")).unwrap()
    };
    let reviews: Vec<String> = (1..=5).map(of).collect();
    assert_eq!(reviews, ["-", "rejected", "corrected", "-", "-"]);
    assert_eq!(number(&store, "SELECT injured_max FROM events WHERE key = 'b#e3'"), 4);
    assert_eq!(
        text(&store, "SELECT note FROM reviews WHERE event_key = 'b#e2'").as_deref(),
        Some("carried over from a#e1: seen")
    );
    // Only what the newer version tells counts, and of that not what was rejected.
    assert_eq!(number(&store, "SELECT count(*) FROM events_flat"), 4);
}
