//! A store given out record by record, and taken back.

use crate::made::{Dice, empty, number, text, told};
use casus_store::{Decision, Entry, Reviewer, State, Store};
use casus_types::EventType;
use casus_types::record::{DocumentState, KeptRecord, Record, RecordEvent, Verdict};
use serde_json::json;

fn lines(store: &Store) -> Vec<String> {
    store.kept_records().map(|record| serde_json::to_string(&record.unwrap()).unwrap()).collect()
}

/// Returns a new store with what these lines say.
fn restored(lines: &[String]) -> Store {
    let mut store = Store::in_memory().unwrap();
    let mut writer = store.writer().unwrap();
    for line in lines {
        let line: KeptRecord = serde_json::from_str(line).unwrap();
        let (_, _, problems) = writer.restore(&line, "lines", None).unwrap();
        assert_eq!(problems, []);
    }
    writer.commit().unwrap();
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    store
}

/// Returns a store in which everything has happened that can happen to a record.
fn eventful(dice: &mut Dice) -> Store {
    let mut store = Store::in_memory().unwrap();
    let mut writer = store.writer().unwrap();
    let records: Vec<Record> = (0..60).map(|n| dice.record(&format!("r{n}"))).collect();
    let mut keys: Vec<&str> = Vec::new();
    for (n, record) in records.iter().enumerate() {
        let words = format!("Words of report {n}, some «told» and some = not.");
        let mut entry =
            Entry { text: (n % 3 > 0).then_some(&*words), given_id: "given", ..Entry::of(record) };
        entry.problems_read = dice.below(record.problems.len() + 1);
        entry.origin = (n % 2 == 0).then_some("a.jsonl: line 7");
        let copied = Record { events: Vec::new(), ..record.clone() };
        match n % 10 {
            4 => {
                entry = Entry {
                    state: State::Copy { of: "r0", similarity: 0.123_456_789_012_345_67 },
                    record: &copied,
                    ..entry
                }
            }
            6 => entry.state = State::Foreign,
            7 => entry.state = State::Failed,
            8 => entry.replaces = Some(keys[n - 2]),
            _ => {}
        }
        writer.insert(&entry).unwrap();
        keys.push(&record.id);
    }
    let told: Vec<&RecordEvent> =
        records.iter().filter(|r| !r.id.ends_with('4')).flat_map(|r| &r.events).collect();
    let deaths = json!("3..7");
    for n in 0..80 {
        let by = Reviewer {
            name: (n % 2 == 0).then_some("Ada"),
            note: (n % 3 == 0).then_some("“seen”, = twice"),
        };
        let (one, other) = (&told[dice.below(told.len())].id, &told[dice.below(told.len())].id);
        match n % 5 {
            0 => drop(writer.review(one, Decision::Accept, by).unwrap()),
            1 => drop(writer.review(one, Decision::Reject, by).unwrap()),
            2 => drop(writer.review(one, Decision::Correct { slot: "killed", value: &deaths }, by).unwrap()),
            3 => drop(
                writer.review(one, Decision::Correct { slot: "places", value: &json!(null) }, by).unwrap(),
            ),
            _ => writer.decide_pair(one, other, n % 2 == 0, by).unwrap(),
        }
    }
    writer.commit().unwrap();
    // Coded anew, some reports tell of nothing any more: what was decided of their events has lost them.
    let rows: Vec<_> = store.documents().map(|d| d.unwrap()).filter(|d| d.id.0 % 7 == 0).collect();
    let mut writer = store.writer().unwrap();
    for stored in rows {
        let record = empty(&stored.document.id);
        writer.recode(stored.id, &record, State::Coded, 0, None).unwrap();
    }
    writer.commit().unwrap();
    store
}

#[test]
fn a_store_comes_out_of_another_as_it_went_in() {
    for seed in 1..=5 {
        let store = eventful(&mut Dice(seed));
        assert!(number(&store, "SELECT count(*) FROM reviews WHERE event_id IS NULL") > 0, "seed {seed}");
        assert!(number(&store, "SELECT count(*) FROM reviews WHERE document_id > other_document_id") > 0);
        let out = lines(&store);
        let again = restored(&out);
        for (again, out) in lines(&again).iter().zip(&out) {
            assert_eq!(again, out, "seed {seed}");
        }
        assert_eq!(lines(&again).len(), out.len());
        for sql in [
            "SELECT group_concat(key || given_id || state || coalesce(origin, '') || added, '|') FROM documents",
            "SELECT group_concat(key || number || coalesce(review, '') || record, '|') FROM events",
            "SELECT group_concat(stage || code || message, '|') FROM problems",
            "SELECT group_concat(coalesce(hash, '') || coalesce(language, '-'), '|') FROM documents",
            "SELECT group_concat(e.key || r.decision || r.made, '|') FROM reviews r JOIN events e ON e.id = r.event_id
             WHERE r.other_event_id IS NULL",
        ] {
            let sorted = |store: &Store| {
                let all = text(store, sql).unwrap_or_default();
                let mut parts: Vec<String> = all.split('|').map(str::to_owned).collect();
                parts.sort();
                parts
            };
            assert_eq!(sorted(&again), sorted(&store), "{sql}");
        }
        assert_eq!(
            number(&again, "SELECT count(*) FROM reviews"),
            number(&store, "SELECT count(*) FROM reviews")
        );
    }
}

#[test]
fn a_decision_on_two_reports_stands_with_the_later() {
    let mut store = Store::in_memory().unwrap();
    let mut writer = store.writer().unwrap();
    for id in ["a", "b"] {
        let record = Record { events: vec![told(id, 1, EventType::Assault, 0..5)], ..empty(id) };
        writer.insert(&Entry::of(&record)).unwrap();
    }
    writer.decide_pair("a#e1", "b#e1", false, Reviewer::default()).unwrap();
    writer.decide_pair("b#e1", "a#e1", true, Reviewer::default()).unwrap();
    writer.review("a#e1", Decision::Reject, Reviewer::default()).unwrap();
    writer.commit().unwrap();
    let records: Vec<KeptRecord> = store.kept_records().collect::<Result<_, _>>().unwrap();
    let kept = |at: usize| records[at].kept.as_ref().unwrap();
    assert_eq!((kept(0).reviews.len(), kept(1).reviews.len()), (1, 2));
    assert_eq!(kept(0).reviewed.get("a#e1"), Some(&Verdict::Rejected));
    assert!(
        !records[0].counts(&records[0].record.events[0]) && records[1].counts(&records[1].record.events[0])
    );
    let again = restored(&lines(&store));
    let mut again = again;
    let decisions = again.writer().unwrap().all_pair_decisions().unwrap();
    let pair = |a: &str, b: &str, together| (a.to_owned(), b.to_owned(), together);
    assert_eq!(decisions, [pair("a#e1", "b#e1", false), pair("b#e1", "a#e1", true)]);
}

#[test]
fn a_record_from_elsewhere_comes_in_as_before() {
    let mut store = Store::in_memory().unwrap();
    let record = Record { events: vec![told("a", 1, EventType::Aid, 0..5)], ..empty("a") };
    let line = KeptRecord { record: record.clone(), text: Some("Bread came.".to_owned()), kept: None };
    assert!(
        serde_json::to_string(&KeptRecord { record: record.clone(), ..KeptRecord::default() }).unwrap()
            == serde_json::to_string(&record).unwrap()
    );
    let mut writer = store.writer().unwrap();
    writer.restore(&line, "here", None).unwrap();
    writer.commit().unwrap();
    let kept = store.kept_records().next().unwrap().unwrap().kept.unwrap();
    assert_eq!(
        (kept.state, kept.given_id.as_str(), kept.origin.as_deref()),
        (DocumentState::Coded, "a", Some("here"))
    );
}
