//! Chains: links are followed both ways, and by way of incidents from report to report.

use crate::made::{empty, insert, told};
use casus_store::{Decision, Incident, IncidentPlace, Reviewer, Store, StoreError};
use casus_types::record::{Record, RecordLink};
use casus_types::{EventType, Relation, Status};

fn record(id: &str, links: &[(usize, Relation, usize)], n: usize) -> Record {
    let mut record = empty(id);
    record.events = (1..=n).map(|at| told(id, at, EventType::Assault, at * 10..at * 10 + 5)).collect();
    for &(from, relation, to) in links {
        let event = format!("{id}#e{to}");
        record.events[from - 1].links.push(RecordLink { relation, event, span: None });
    }
    record
}

/// Two reports; the second events of each tell of one act.
fn store() -> Store {
    let mut store = Store::in_memory().unwrap();
    let (answers, about) = (Relation::ResponseTo, Relation::About);
    insert(&mut store, &record("a", &[(2, answers, 1), (3, about, 2), (1, answers, 3)], 4), None);
    insert(&mut store, &record("b", &[(1, answers, 2), (3, about, 1)], 3), None);
    let mut writer = store.writer().unwrap();
    let incident = Incident {
        key: "i1".to_owned(),
        title: None,
        kind: EventType::Assault,
        status: Status::Actual,
        days: None,
        place: IncidentPlace::default(),
        tolls: [None; 5],
        n_events: 2,
        n_documents: 2,
        confidence: None,
        record: serde_json::Value::Null,
    };
    let id = writer.open_incident(&incident).unwrap();
    for key in ["a#e2", "b#e2"] {
        let row = writer.events().with_key(key).unwrap().row;
        writer.join_incident(row, id, None, &serde_json::Value::Null).unwrap();
    }
    writer.commit().unwrap();
    store
}

/// Returns a chain as lines of depth, relation and events.
fn lines(store: &Store, key: &str, depth: usize, acts: usize) -> (Vec<String>, bool) {
    let chain = store.chain(key, depth, acts).unwrap();
    let line = |act: &casus_store::Act| {
        let keys: Vec<&str> = act.events.iter().map(|event| event.event.id.as_str()).collect();
        let link = act.link.map_or_else(String::new, |link| {
            let from = &chain.acts[link.from];
            assert_eq!(from.depth + 1, act.depth);
            let way = if link.outward { ">" } else { "<" };
            format!(" {} {way} {}", from.events[0].event.id, link.relation)
        });
        format!("{}{link} {}", act.depth, keys.join("+"))
    };
    (chain.acts.iter().map(line).collect(), chain.more)
}

#[test]
fn links_lead_from_report_to_report() {
    let (lines, more) = lines(&store(), "a#e1", 4, 200);
    assert_eq!(
        lines,
        [
            "0 a#e1",
            "1 a#e1 < response_to a#e2+b#e2",
            "2 a#e2 < response_to b#e1",
            "3 b#e1 < about b#e3",
            "1 a#e1 > response_to a#e3",
        ]
    );
    assert!(!more);
}

#[test]
fn chains_are_bounded_and_say_so() {
    let store = store();
    assert_eq!(lines(&store, "a#e1", 1, 200).0.len(), 3);
    assert!(lines(&store, "a#e1", 1, 200).1);
    assert_eq!((lines(&store, "i1", 9, 2).0.len(), lines(&store, "i1", 9, 2).1), (2, true));
    assert_eq!(lines(&store, "a#e4", 9, 200), (vec!["0 a#e4".to_owned()], false));
}

#[test]
fn any_event_of_an_act_begins_its_chain() {
    let store = store();
    assert_eq!(lines(&store, "b#e2", 0, 9).0, ["0 b#e2+a#e2"]);
    assert_eq!(lines(&store, "i1", 0, 9).0, ["0 a#e2+b#e2"]);
    assert!(matches!(store.chain("c#e1", 1, 1), Err(StoreError::NoAct(_))));
}

#[test]
fn rejected_events_end_a_chain() {
    let mut store = store();
    let mut writer = store.writer().unwrap();
    writer.review("b#e1", Decision::Reject, Reviewer::default()).unwrap();
    writer.commit().unwrap();
    assert_eq!(lines(&store, "a#e1", 9, 99).0.len(), 3);
    // Asked for by name it is shown all the same.
    assert_eq!(lines(&store, "b#e1", 1, 99).0[0], "0 b#e1");
}
