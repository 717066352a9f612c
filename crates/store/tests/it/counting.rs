//! Series: every event counts under its day, every incident once.

use crate::made::{blank, empty, insert};
use casus_store::{Counting, Grain, Incident, IncidentPlace, Query, Step, Store};
use casus_types::record::{RecordEvent, RecordNumber, RecordParticipant, RecordTime, TimePrecision};
use casus_types::{Country, EventType, Sector, Status};

fn event(id: &str, day: &str, killed: Option<(u64, Option<u64>)>) -> RecordEvent {
    let who = |country, sector| RecordParticipant {
        name: Some("somebody".to_owned()),
        country: Country::new(country),
        sector,
        ..RecordParticipant::default()
    };
    let time = day.parse().ok().map(|day| RecordTime {
        start: day,
        end: day,
        precision: TimePrecision::Day,
        span: None,
    });
    RecordEvent {
        time,
        killed: killed.map(|(min, max)| RecordNumber { min, max, span: None }),
        score: -9.0,
        // Two actors of one code are one dyad.
        actors: vec![who("IRQ", Some(Sector::Mil)), who("IRQ", Some(Sector::Mil)), who("USA", None)],
        recipients: vec![who("SYR", None)],
        ..blank(id, EventType::Assault)
    }
}

/// Three events, two of them of one incident that is told of in two months; one denied, one without a day.
fn store() -> Store {
    let mut store = Store::in_memory().unwrap();
    let mut record = empty("a");
    record.events = vec![
        event("a#e1", "2026-01-31", Some((5, Some(5)))),
        event("a#e2", "2026-02-01", Some((7, None))),
        event("a#e3", "2026-04-02", Some((2, Some(4)))),
        RecordEvent { status: Status::Negated, ..event("a#e4", "2026-04-02", Some((90, None))) },
        event("a#e5", "", None),
    ];
    record.events[2].score = -1.0;
    insert(&mut store, &record, None);
    let mut writer = store.writer().unwrap();
    let incident = Incident {
        key: "i1".to_owned(),
        title: None,
        kind: EventType::Assault,
        status: Status::Actual,
        days: None,
        place: IncidentPlace::default(),
        tolls: [Some((5, Some(7))), None, None, None, None],
        n_events: 2,
        n_documents: 1,
        confidence: None,
        record: serde_json::Value::Null,
    };
    let id = writer.open_incident(&incident).unwrap();
    for key in ["a#e1", "a#e2"] {
        let row = writer.events().with_key(key).unwrap().row;
        writer.join_incident(row, id, None, &serde_json::Value::Null).unwrap();
    }
    writer.commit().unwrap();
    store
}

fn lines(query: &str, step: Step, dyads: Option<Grain>, gaps: bool) -> Vec<String> {
    let query = Query::parse(query).unwrap();
    let series = store().series(&query, Counting { step, dyads, gaps }).unwrap();
    let line = |row: &casus_store::Counts| {
        let dyad = row.dyad.as_ref().map_or_else(String::new, |(a, r)| format!(" {a}>{r}"));
        let mean = row.mean_score.map_or_else(|| "-".to_owned(), |mean| mean.to_string());
        format!(
            "{}{dyad} {} {} {}..{}({}) {mean}",
            row.first, row.events, row.incidents, row.deaths_min, row.deaths_max, row.deaths_open
        )
    };
    series.rows.iter().map(line).chain([format!("undated {}", series.undated)]).collect()
}

#[test]
fn months_have_their_events_and_gaps_their_zeros() {
    let expected = [
        "2026-01-01 1 1 5..7(0) -9",
        "2026-02-01 1 0 0..0(0) -9",
        "2026-03-01 0 0 0..0(0) -",
        "2026-04-01 1 1 2..4(0) -1",
        "undated 1",
    ];
    assert_eq!(lines("", Step::Month, None, true), expected);
    assert_eq!(lines("", Step::Month, None, false), [&expected[..2], &expected[3..]].concat());
    assert_eq!(lines("status:negated", Step::Month, None, true)[0], "2026-04-01 1 1 90..90(1) -9");
}

#[test]
fn bounds_of_the_query_are_those_of_the_series() {
    let lines = lines("since:2026-03-30 until:2026-04-13", Step::Week, None, true);
    assert_eq!(
        lines,
        ["2026-03-30 1 1 2..4(0) -1", "2026-04-06 0 0 0..0(0) -", "2026-04-13 0 0 0..0(0) -", "undated 0"]
    );
}

#[test]
fn an_event_counts_once_in_each_of_its_dyads() {
    assert_eq!(
        lines("", Step::Month, Some(Grain::Code), false)[..4],
        [
            "2026-01-01 IRQ MIL>SYR 1 1 5..7(0) -9",
            "2026-01-01 USA>SYR 1 1 5..7(0) -9",
            "2026-02-01 IRQ MIL>SYR 1 0 0..0(0) -9",
            "2026-02-01 USA>SYR 1 0 0..0(0) -9",
        ]
    );
    assert_eq!(lines("", Step::Month, Some(Grain::Country), false).len(), 7);
    assert_eq!(
        lines("date:2026-04", Step::Month, Some(Grain::Name), true)[0],
        "2026-04-01 somebody>somebody 1 1 2..4(0) -1"
    );
}

#[test]
fn nothing_found_is_an_empty_series() {
    assert_eq!(lines("type:AID", Step::Day, None, true), ["undated 0"]);
    assert_eq!(lines("type:AID date:2026-01", Step::Day, Some(Grain::Code), true), ["undated 0"]);
    assert_eq!(lines("type:AID date:2026-01", Step::Day, None, true).len(), 32);
}
