//! Documents coded anew: keys and decisions stay.

use crate::made::{Dice, empty, insert, number, text, told};
use casus_store::{Changes, Decision, Reviewer, State, Store};
use casus_types::record::{Record, RecordEvent, RecordNumber};
use casus_types::{EventType, Status};

fn recode(store: &mut Store, record: &Record) -> Changes {
    let mut writer = store.writer().unwrap();
    let document = writer.document(&record.id).unwrap();
    let changes = writer.recode(document, record, State::Coded, 0, None).unwrap();
    writer.forget_unused().unwrap();
    writer.commit().unwrap();
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    changes
}

fn review(store: &mut Store, key: &str, decision: Decision<'_>) {
    let mut writer = store.writer().unwrap();
    writer.review(key, decision, Reviewer::default()).unwrap();
    writer.commit().unwrap();
}

fn keys(store: &Store) -> Vec<String> {
    store.record("a").unwrap().events.into_iter().map(|e| format!("{} {}", e.id, e.kind)).collect()
}

fn three() -> Record {
    let events = vec![
        told("a", 1, EventType::Assault, 0..5),
        told("a", 2, EventType::Protest, 10..15),
        told("a", 3, EventType::Consult, 20..25),
    ];
    Record { events, ..empty("a") }
}

#[test]
fn the_same_coding_changes_nothing() {
    let mut store = Store::in_memory().unwrap();
    let mut dice = Dice(7);
    let mut n = 0;
    for at in 0..40 {
        let record = dice.record(&format!("r{at}"));
        insert(&mut store, &record, None);
        // Events without mentions have nothing to be known by.
        if record.events.iter().all(|e| !e.mentions.is_empty()) {
            let before = store.record(&record.id).unwrap();
            let changes = recode(&mut store, &record);
            // Two events at the same words may swap, so only their number is sure.
            assert_eq!(changes.added, changes.removed);
            assert_eq!(store.record(&record.id).unwrap().problems, before.problems);
            n += 1;
        }
    }
    assert!(n > 5);
    insert(&mut store, &three(), None);
    let changes = recode(&mut store, &three());
    assert_eq!(changes, Changes { unchanged: 3, ..Changes::default() });
}

#[test]
fn events_keep_their_keys_and_new_ones_come_after() {
    let mut store = Store::in_memory().unwrap();
    insert(&mut store, &three(), None);
    // The first act is not told any more, a new one is told between, and the last has a toll.
    let toll = RecordNumber { min: 2, max: Some(2), span: None };
    let anew = Record {
        events: vec![
            told("a", 1, EventType::Protest, 10..15),
            told("a", 2, EventType::Aid, 16..19),
            RecordEvent { killed: Some(toll), ..told("a", 3, EventType::Consult, 20..25) },
        ],
        ..empty("a")
    };
    let changes = recode(&mut store, &anew);
    assert_eq!((changes.added, changes.removed, changes.changed, changes.unchanged), (1, 1, 1, 1));
    assert_eq!(changes.slots.into_iter().collect::<Vec<_>>(), [("killed".to_owned(), 1)]);
    assert_eq!(keys(&store), ["a#e2 PROTEST", "a#e3 CONSULT", "a#e4 AID"]);
}

#[test]
fn what_people_decided_stays() {
    let mut store = Store::in_memory().unwrap();
    insert(&mut store, &three(), None);
    review(&mut store, "a#e1", Decision::Accept);
    review(&mut store, "a#e2", Decision::Correct { slot: "status", value: &serde_json::json!("negated") });
    review(&mut store, "a#e3", Decision::Reject);
    // The accepted one is not told any more, the corrected one told as before, the rejected one told otherwise.
    let toll = RecordNumber { min: 2, max: None, span: None };
    let events = vec![
        told("a", 1, EventType::Protest, 10..15),
        RecordEvent { killed: Some(toll), ..told("a", 2, EventType::Consult, 20..25) },
    ];
    let changes = recode(&mut store, &Record { events, ..empty("a") });
    assert_eq!((changes.kept, changes.changed, changes.removed, changes.added), (2, 1, 0, 0));
    let events = store.record("a").unwrap().events;
    assert_eq!(events[0].kind, EventType::Assault);
    assert_eq!(events[1].status, Status::Negated);
    let reviews = "SELECT group_concat(review, ' ') FROM (SELECT review FROM events ORDER BY number)";
    assert_eq!(text(&store, reviews).as_deref(), Some("accepted corrected rejected"));

    // The rejected one goes and comes back: it is rejected again.
    let changes = recode(&mut store, &Record { events: vec![], ..empty("a") });
    assert_eq!((changes.kept, changes.removed), (2, 1));
    assert_eq!(number(&store, "SELECT count(*) FROM reviews WHERE event_id IS NULL"), 1);
    recode(&mut store, &Record { events: vec![told("a", 1, EventType::Consult, 21..24)], ..empty("a") });
    assert_eq!(number(&store, "SELECT count(*) FROM events WHERE review = 'rejected'"), 1);
    assert_eq!(number(&store, "SELECT count(*) FROM reviews WHERE event_id IS NULL"), 0);
}

#[test]
fn decisions_on_pairs_find_their_events_again() {
    let mut store = Store::in_memory().unwrap();
    insert(&mut store, &three(), None);
    let mut writer = store.writer().unwrap();
    writer.decide_pair("a#e1", "a#e3", false, Reviewer::default()).unwrap();
    writer.commit().unwrap();
    recode(&mut store, &empty("a"));
    let mut writer = store.writer().unwrap();
    assert!(writer.pair_decisions(&[casus_store::EventRow(1)]).unwrap().is_empty());
    drop(writer);
    recode(&mut store, &three());
    let rows: Vec<_> = store
        .events()
        .near(&casus_store::Near {
            types: &[],
            from: "0001-01-01".parse().unwrap(),
            to: "9999-12-31".parse().unwrap(),
            around: None,
        })
        .unwrap();
    assert!(rows.is_empty(), "events without any day are near no day");
    let document = store.events().with_key("a#e1").unwrap().document;
    let rows: Vec<_> = store.events().of_document(document).unwrap().iter().map(|e| e.row).collect();
    writer = store.writer().unwrap();
    let decisions = writer.pair_decisions(&rows).unwrap();
    assert_eq!(decisions.len(), 1);
    assert_eq!((decisions[0].event, decisions[0].other), (rows[0], rows[2]));
}
