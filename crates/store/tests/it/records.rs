//! Records come out as they went in, and the columns say what the record says.

use crate::made::{Dice, empty, insert, number, text, told};
use casus_store::Store;
use casus_types::EventType;
use casus_types::record::{Record, RecordNumber, RecordParticipant, RecordPlace, RecordSpan};

#[test]
fn records_come_out_as_they_went_in() {
    let mut store = Store::in_memory().unwrap();
    let mut dice = Dice(1);
    let records: Vec<Record> = (0..300).map(|n| dice.record(&format!("r{n}"))).collect();
    assert!(records.iter().any(|r| r.events.len() > 3 && r.events.iter().any(|e| !e.links.is_empty())));
    for record in &records {
        insert(&mut store, record, None);
    }
    let out: Vec<Record> = store.records().collect::<Result<_, _>>().unwrap();
    assert_eq!(out.len(), records.len());
    for (given, out) in records.iter().zip(&out) {
        assert_eq!(serde_json::to_string(out).unwrap(), serde_json::to_string(given).unwrap());
        assert_eq!(store.record(&given.id).unwrap(), *given);
    }
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    // Every place with a point is in the R*Tree, and nothing else.
    for table in ["events", "places"] {
        assert_eq!(
            number(&store, &format!("SELECT count(*) FROM rtree_{table}_geom")),
            number(&store, &format!("SELECT count(*) FROM {table} WHERE geom IS NOT NULL")),
        );
    }
    assert!(number(&store, "SELECT count(*) FROM rtree_events_geom") > 100);
    let events: usize = records.iter().map(|r| r.events.len()).sum();
    assert_eq!(number(&store, "SELECT count(*) FROM events_flat"), i64::try_from(events).unwrap());
}

#[test]
fn columns_say_what_the_record_says() {
    let report = "Arvan\n\nNorthland’s army shelled Arvan on Monday; 3 to 5 people died.";
    let mut event = told("a", 1, EventType::Assault, 24..31);
    event.sentence = Some(RecordSpan { start: 7, end: 68, text: None });
    event.actors = vec![
        RecordParticipant { name: Some("Northland army".to_owned()), ..RecordParticipant::default() },
        RecordParticipant {
            name: Some("Northland".to_owned()),
            country: casus_types::Country::new("NLD"),
            ..RecordParticipant::default()
        },
    ];
    event.places = vec![
        RecordPlace { name: Some("the valley".to_owned()), ..RecordPlace::default() },
        RecordPlace {
            name: Some("Arvan".to_owned()),
            lat: Some(34.5),
            lon: Some(40.25),
            ..RecordPlace::default()
        },
    ];
    event.killed = Some(RecordNumber { min: 3, max: Some(5), span: None });
    event.injured = Some(RecordNumber { min: 10, max: None, span: None });
    let mut store = Store::in_memory().unwrap();
    insert(&mut store, &Record { events: vec![event], ..empty("a") }, Some(report));
    let of = |column: &str| text(&store, &format!("SELECT CAST({column} AS TEXT) FROM events_flat"));
    let is = |column: &str, expected: &str| assert_eq!(of(column).as_deref(), Some(expected), "{column}");
    is("event", "a#e1");
    is("actors", "Northland army; Northland");
    is("actor_codes", "---; NLD");
    is("places", "the valley; Arvan");
    is("place", "Arvan");
    is("lat", "34.5");
    is("killed_min || '-' || killed_max", "3-5");
    is("injured_min", "10");
    assert_eq!(of("injured_max"), None);
    assert_eq!(of("detained_min"), None);
    is("sentence", "Northland’s army shelled Arvan on Monday; 3 to 5 people died.");
    assert_eq!(number(&store, "SELECT count(*) FROM documents_text WHERE documents_text MATCH 'shelled'"), 1);
    assert_eq!(number(&store, "SELECT rowid FROM events_text WHERE events_text MATCH '\"3 to 5\"'"), 1);
}

#[test]
fn one_identity_has_one_row() {
    let mut store = Store::in_memory().unwrap();
    let who = |name: &str, id: Option<&str>| RecordParticipant {
        name: Some(name.to_owned()),
        id: id.map(str::to_owned),
        ..RecordParticipant::default()
    };
    for (n, actors) in [
        vec![who("Protesters", None), who("The Party", Some("p1"))],
        vec![who("protesters", None), who("The Party of Work", Some("p1"))],
    ]
    .into_iter()
    .enumerate()
    {
        let id = format!("d{n}");
        let mut event = told(&id, 1, EventType::Protest, 0..3);
        event.actors = actors;
        insert(&mut store, &Record { events: vec![event], ..empty(&id) }, None);
    }
    assert_eq!(number(&store, "SELECT count(*) FROM actors"), 2);
    assert_eq!(
        text(&store, "SELECT name FROM actors WHERE actor_id = 'p1'").as_deref(),
        Some("The Party of Work")
    );
}
