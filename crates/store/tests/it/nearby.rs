//! Looking for events that may tell of one act, and incidents of them.

use crate::made::{empty, insert, number, told};
use casus_store::{Circle, EventRow, Incident, IncidentPlace, Near, Reviewer, Store};
use casus_types::record::{Record, RecordPlace, RecordTime, TimePrecision};
use casus_types::{Country, Date, EventType, Status};

fn day(written: &str) -> Date {
    written.parse().unwrap()
}

/// An event: document, type, first and last day, latitude and longitude.
type Told = (&'static str, EventType, &'static str, &'static str, Option<(f64, f64)>);

/// Makes a store of events.
fn store(events: &[Told]) -> Store {
    let mut store = Store::in_memory().unwrap();
    for &(id, kind, start, end, point) in events {
        let mut event = told(id, 1, kind, 0..5);
        if !start.is_empty() {
            event.time = Some(RecordTime {
                start: day(start),
                end: day(end),
                precision: TimePrecision::Days,
                span: None,
            });
        }
        if let Some((lat, lon)) = point {
            event.places = vec![RecordPlace { lat: Some(lat), lon: Some(lon), ..RecordPlace::default() }];
        }
        let record = Record { published: Some(day("2026-03-10")), events: vec![event], ..empty(id) };
        insert(&mut store, &record, None);
    }
    store
}

fn found(store: &Store, near: &Near<'_>) -> Vec<String> {
    store.events().near(near).unwrap().into_iter().map(|event| event.document_key).collect()
}

#[test]
fn near_is_near_in_time_type_and_place() {
    let here = Some((34.0, 40.0));
    let store = store(&[
        ("same", EventType::Assault, "2026-03-09", "2026-03-09", here),
        ("unplaced", EventType::Assault, "2026-03-09", "2026-03-09", None),
        ("far", EventType::Assault, "2026-03-09", "2026-03-09", Some((50.0, 40.0))),
        ("other", EventType::Protest, "2026-03-09", "2026-03-09", here),
        ("early", EventType::Assault, "2026-02-01", "2026-02-02", here),
        ("month", EventType::Assault, "2026-03-01", "2026-03-31", here),
        ("years", EventType::Assault, "2025-01-01", "2026-12-31", here),
        ("undated", EventType::Assault, "", "", here),
    ]);
    let near = Near {
        types: &[EventType::Assault],
        from: day("2026-03-08"),
        to: day("2026-03-10"),
        around: Some(Circle { lat: 34.1, lon: 40.1, km: 50.0, country: Country::new("IRQ") }),
    };
    assert_eq!(found(&store, &near), ["same", "unplaced", "month", "years", "undated"]);
    assert_eq!(found(&store, &Near { types: &[], around: None, ..near.clone() }).len(), 7);
    // Across the date line and near the pole the box goes all the way round.
    for (lat, lon) in [(34.0, 179.9), (89.9, 0.0)] {
        let circle = Circle { lat, lon, km: 100.0, country: None };
        let wide = Near { around: Some(circle), ..near.clone() };
        assert!(found(&store, &wide).contains(&"unplaced".to_owned()));
    }
}

fn incident(key: &str) -> Incident {
    Incident {
        key: key.to_owned(),
        title: None,
        kind: EventType::Assault,
        status: Status::Actual,
        days: Some((day("2026-03-09"), day("2026-03-09"))),
        place: IncidentPlace { point: Some((34.0, 40.0)), ..IncidentPlace::default() },
        tolls: [Some((3, Some(7))), None, None, None, None],
        n_events: 2,
        n_documents: 2,
        confidence: Some(0.8),
        record: serde_json::json!({"says": []}),
    }
}

#[test]
fn incidents_are_opened_joined_and_closed() {
    let same = (EventType::Assault, "2026-03-09", "2026-03-09");
    let mut store =
        store(&[("a", same.0, same.1, same.2, Some((34.0, 40.0))), ("b", same.0, same.1, same.2, None)]);
    let mut writer = store.writer().unwrap();
    let one = writer.open_incident(&incident("i-1")).unwrap();
    let two = writer.open_incident(&incident("i-2")).unwrap();
    let why = serde_json::json!({"day": 1.0});
    writer.join_incident(EventRow(1), one, Some(0.9), &why).unwrap();
    writer.join_incident(EventRow(2), two, None, &serde_json::Value::Null).unwrap();
    writer.join_incident(EventRow(2), one, Some(0.8), &why).unwrap();
    writer.close_incident(two).unwrap();
    writer.commit().unwrap();
    assert_eq!(store.incident_with_key("i-1").unwrap(), Some(one));
    assert_eq!(store.incident_with_key("i-2").unwrap(), None);
    assert_eq!(store.events().of_incident(one).unwrap().len(), 2);
    assert_eq!(number(&store, "SELECT killed_max FROM incidents_flat"), 7);
    assert_eq!(number(&store, "SELECT count(*) FROM rtree_incidents_geom"), 1);
    assert_eq!(number(&store, "SELECT count(*) FROM events_flat WHERE incident = 'i-1'"), 2);
    let mut writer = store.writer().unwrap();
    writer.leave_incident(EventRow(1)).unwrap();
    writer.close_all_incidents().unwrap();
    writer.commit().unwrap();
    assert_eq!(number(&store, "SELECT count(*) FROM incident_events"), 0);
    assert_eq!(number(&store, "SELECT count(*) FROM rtree_incidents_geom"), 0);
}

#[test]
fn the_latest_decision_on_a_pair_counts() {
    let same = (EventType::Assault, "2026-03-09", "2026-03-09");
    let mut store = store(&[("a", same.0, same.1, same.2, None), ("b", same.0, same.1, same.2, None)]);
    let mut writer = store.writer().unwrap();
    writer.decide_pair("a#e1", "b#e1", true, Reviewer::default()).unwrap();
    writer.decide_pair("b#e1", "a#e1", false, Reviewer::default()).unwrap();
    let decisions = writer.pair_decisions(&[EventRow(1), EventRow(2)]).unwrap();
    assert_eq!(decisions.len(), 1);
    assert!(!decisions[0].together);
    assert!(writer.decide_pair("a#e1", "b#e9", true, Reviewer::default()).is_err());
}
