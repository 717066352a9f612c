//! Two gold documents and their records, with the figures worked out by hand.

use super::{Evaluation, GoldDocument};
use casus_types::record::Record;

fn gold() -> Vec<GoldDocument> {
    let documents = [include_str!("tests/arvan.json"), include_str!("tests/silent.json")];
    documents.into_iter().map(|json| GoldDocument::parse(json).unwrap()).collect()
}

fn predicted() -> Vec<Record> {
    include_str!("tests/predicted.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn figures_are_as_worked_out() {
    let evaluation = Evaluation::new(&gold(), &predicted());
    let (table, expected) = (evaluation.table(), include_str!("tests/figures.txt"));
    assert!(table == expected, "got:\n{table}\nexpected:\n{expected}");
}

#[test]
fn json_has_the_same_figures() {
    let json = Evaluation::new(&gold(), &predicted()).to_json();
    assert_eq!(
        json["events"],
        serde_json::json!({"p": 75.0, "r": 75.0, "f1": 75.0, "gold": 4, "predicted": 4})
    );
    assert_eq!(json["status"], serde_json::json!({"accuracy": 66.7, "n": 3}));
    assert_eq!(json["without output"], 1);
    assert_eq!(json["types"]["RETREAT"]["gold"], 1);
}

#[test]
fn errors_name_the_slots_that_differ() {
    let errors = Evaluation::new(&gold(), &predicted()).errors();
    for line in [
        "arvan: ASSAULT",
        "    killed      gold 4 to 4; predicted 4 to …",
        "    recipients  gold Army of Northland; predicted none",
        "arvan: wrong AID",
        "silent: missed RETREAT",
        "    …Tarn’s council [resigned].…",
    ] {
        assert!(errors.lines().any(|l| l == line), "{line:?} is not in:\n{errors}");
    }
}

#[test]
fn nothing_predicted_misses_everything() {
    let evaluation = Evaluation::new(&gold(), &[]);
    assert_eq!((evaluation.events.right, evaluation.events.missed), (0, 4));
    assert_eq!(evaluation.without_output, ["arvan", "silent"]);
    assert_eq!(evaluation.status.share(), None);
}

#[test]
fn the_order_of_records_does_not_matter() {
    let mut records = predicted();
    let forwards = Evaluation::new(&gold(), &records).table();
    records[0].events.reverse();
    records.insert(0, Record { id: "elsewhere".to_owned(), ..Record::default() });
    assert_eq!(Evaluation::new(&gold(), &records).table(), forwards);
}

#[test]
fn a_place_at_sea_is_right_where_gold_has_no_country() {
    let gold = r#"{"id": "sea", "published": "2026-03-04", "text": "Jets sank a boat in the Gulf of Tarn.", "entities": {},
        "events": [{"id": "e1", "type": "ASSAULT", "status": "actual", "mentions": ["sank"], "actors": [], "recipients": [],
        "places": [{"text": "Gulf of Tarn", "country": "---"}], "sources": []}]}"#;
    let record = r#"{"casus": "1", "id": "sea", "events": [{"id": "sea#e1", "type": "ASSAULT", "status": "actual", "mentions":
        [{"start": 5, "end": 9, "text": "sank"}], "places": [{"name": "Gulf of Tarn", "country": "---"}]}]}"#;
    let record: Record = serde_json::from_str(record).unwrap();
    let places = Evaluation::new(&[GoldDocument::parse(gold).unwrap()], &[record]).places;
    assert_eq!((places.right, places.wrong, places.missed), (1, 0, 0));
}
