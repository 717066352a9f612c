//! Queries against stores drawn at random: what they find is what they say, whichever way they are answered.

use crate::made::{Dice, empty, insert, number, text, told};
use casus_store::{Entry, EventRow, KEYS, Page, Query, Sort, Store};
use casus_types::EventType;
use casus_types::record::Record;
use std::collections::BTreeSet;

fn store() -> Store {
    let mut store = Store::in_memory().unwrap();
    let mut dice = Dice(11);
    for n in 0..120 {
        let text = "The drone strike on Arvan. ".repeat(30);
        insert(&mut store, &dice.record(&format!("d{n}")), Some(&text));
    }
    store
}

fn query(text: &str) -> Query {
    Query::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault}"))
}

fn found(store: &Store, text: &str) -> BTreeSet<i64> {
    store.all_events(&query(text)).unwrap().into_iter().map(|row| row.0).collect()
}

/// Returns the rows that a condition of SQL is true of.
fn expected(store: &Store, condition: &str) -> BTreeSet<i64> {
    let sql = format!("SELECT e.id FROM events e JOIN documents d ON d.id = e.document_id WHERE {condition}");
    let mut statement = store.connection().prepare(&sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

#[test]
fn filters_find_what_they_say() {
    let store = store();
    let participant = |condition: &str| {
        format!(
            "e.id IN (SELECT p.event_id FROM participants p JOIN actors a ON a.id = p.actor_id WHERE {condition})"
        )
    };
    let place = |condition: &str| {
        format!(
            "e.id IN (SELECT x.event_id FROM event_places x JOIN places p ON p.id = x.place_id WHERE {condition})"
        )
    };
    for (text, condition) in [
        ("", "true".to_owned()),
        ("type:ASSAULT,AID", "e.type IN ('ASSAULT', 'AID')".to_owned()),
        ("mode:drone", "e.modes LIKE '%drone%'".to_owned()),
        ("mode:arrest,expel", "e.modes LIKE '%arrest%' OR e.modes LIKE '%expel%'".to_owned()),
        ("status:negated", "e.status = 'negated'".to_owned()),
        ("quad:material_conflict", "e.quad = 4".to_owned()),
        ("cameo:19*", "e.cameo LIKE '19%'".to_owned()),
        ("actor:northland", participant("p.role = 'actor' AND a.name = 'Northland'")),
        ("recipient:free", participant("p.role = 'recipient' AND a.name LIKE '%free%'")),
        ("who:arv*", participant("a.name LIKE 'arv%'")),
        ("who:uni", participant("a.name LIKE 'Ünï%'")),
        ("who:=arvan", participant("a.name = 'Arvan'")),
        ("actor:IRQ", participant("p.role = 'actor' AND a.country = 'IRQ'")),
        ("actor:\"IRQ MIL\"", participant("p.role = 'actor' AND a.country = 'IRQ' AND a.sector = 'MIL'")),
        ("recipient_country:UKR", participant("p.role = 'recipient' AND a.country = 'UKR'")),
        ("sector:REB,PRM", participant("a.sector IN ('REB', 'PRM')")),
        ("country:IRQ", "e.country = 'IRQ'".to_owned()),
        ("place:arvan", place("p.name = 'Arvan' OR p.admin1 = 'Arvan'")),
        ("admin1:arvan", place("p.admin1 = 'Arvan'")),
        ("place:=northland", place("p.name = 'Northland' OR p.admin1 = 'Northland'")),
        ("near:10,20,9000", "casus_km(e.lat, e.lon, 10, 20) <= 9000".to_owned()),
        ("since:2026-06", "coalesce(e.start_date, e.published) >= '2026-06-01'".to_owned()),
        ("until:2026-06", "coalesce(e.start_date, e.published) <= '2026-06-30'".to_owned()),
        (
            "date:2026-02,2026-05-03",
            "substr(coalesce(e.start_date, e.published), 1, 7) = '2026-02'
             OR coalesce(e.start_date, e.published) = '2026-05-03'"
                .to_owned(),
        ),
        ("published:2026-03..", "e.published >= '2026-03-01'".to_owned()),
        ("killed:>=20", "e.killed_min >= 20".to_owned()),
        ("killed:>20", "e.killed_min > 20".to_owned()),
        ("injured:5..9", "e.injured_min >= 5 AND e.injured_max <= 9".to_owned()),
        ("detained:none", "e.detained_min IS NULL".to_owned()),
        ("killed:any", "e.killed_min IS NOT NULL".to_owned()),
        ("confidence:<0.3", "e.confidence < 0.3".to_owned()),
        ("score:<-5,>5", "e.score < -5 OR e.score > 5".to_owned()),
        ("weapon:drone", "e.id IN (SELECT event_id FROM weapons)".to_owned()),
        ("weapon:dr*", "e.id IN (SELECT event_id FROM weapons)".to_owned()),
        ("source:unnamed", "e.id IN (SELECT event_id FROM sources WHERE anonymous)".to_owned()),
        ("source:author", "e.id IN (SELECT event_id FROM sources WHERE author)".to_owned()),
        (
            "source:arvan",
            "e.id IN (SELECT s.event_id FROM sources s JOIN actors a ON a.id IN (s.actor_id, s.via_actor_id)
             WHERE a.name = 'Arvan')"
                .to_owned(),
        ),
        ("stance:denies", "e.id IN (SELECT event_id FROM sources WHERE stance = 'denies')".to_owned()),
        ("link:about", "e.id IN (SELECT event_id FROM links WHERE relation = 'about')".to_owned()),
        ("incident:none", "true".to_owned()),
        ("event:d3#e1", "e.key = 'd3#e1'".to_owned()),
        ("document:d3,d4", "d.key IN ('d3', 'd4')".to_owned()),
        ("publisher:north*", "d.publisher LIKE 'north%'".to_owned()),
        ("publisher:north", "false".to_owned()),
        ("publisher:=ARVAN", "d.publisher = 'Arvan'".to_owned()),
        ("reviewed:no", "true".to_owned()),
        ("drone", "e.sentence LIKE '%drone%'".to_owned()),
        ("\"drone strike\"", "e.sentence LIKE '%drone strike%'".to_owned()),
        ("report:arv*", "d.text LIKE '%arv%'".to_owned()),
        ("type:ASSAULT -status:actual", "e.type = 'ASSAULT' AND e.status <> 'actual'".to_owned()),
    ] {
        let all = found(&store, "");
        let fit = found(&store, text);
        assert_eq!(fit, expected(&store, &condition), "{text}");
        if text.split(' ').count() == 1 && !text.is_empty() {
            let others: BTreeSet<i64> = all.difference(&fit).copied().collect();
            assert_eq!(found(&store, &format!("-{text}")), others, "-{text}");
        }
    }
}

#[test]
fn publishers_are_asked_for_as_names_are() {
    let mut store = Store::in_memory().unwrap();
    for (id, publisher) in
        [("a", "El Día"), ("b", "Smart News Wire"), ("c", "MÜHLDORFER ZEITUNG"), ("d", "O'Hara Post")]
    {
        let record = Record {
            publisher: Some(publisher.to_owned()),
            events: vec![told(id, 1, EventType::Assault, 0..1)],
            ..empty(id)
        };
        insert(&mut store, &record, None);
    }
    for (asked, fits) in [
        ("\"el dia\"", "a"),
        ("\"EL DÍA\"", "a"),
        ("mühldorfer", "c"),
        ("muhldorfer", "c"),
        ("News*", "b"),
        ("\"news wi\"*", "b"),
        ("art", ""),
        ("o’hara", "d"),
        ("=\"el dia\"", "a"),
        ("=wire", ""),
        ("=\"SMART NEWS WIRE\",dia", "ab"),
    ] {
        let found = found(&store, &format!("publisher:{asked}"));
        let rows: Vec<String> = found.iter().map(ToString::to_string).collect();
        let keys = format!(
            "SELECT coalesce(group_concat(substr(key, 1, 1), ''), '') FROM events WHERE id IN ({})",
            rows.join(",")
        );
        assert_eq!(text(&store, &keys).as_deref(), Some(fits), "{asked}");
    }
}

#[test]
fn every_key_can_be_asked_for_in_every_order() {
    let store = store();
    for key in KEYS {
        for minus in ["", "-"] {
            let query = query(&format!("{minus}{} status:actual", key.example));
            let all = store.all_events(&query).unwrap().len();
            assert_eq!(store.count_events(&query).unwrap(), all);
            for sort in Sort::ALL {
                for descending in [true, false] {
                    let page = Page { sort, descending, limit: 1000, offset: 0 };
                    if sort != Sort::Reports {
                        assert_eq!(store.find_events(&query, &page).unwrap().rows.len(), all);
                        assert!(!store.plan(&query, &page, false).unwrap().steps.is_empty());
                    }
                    if !matches!(sort, Sort::Published | Sort::Score) {
                        assert!(store.find_incidents(&query, &page).unwrap().rows.is_empty());
                    }
                }
            }
        }
    }
}

#[test]
fn pages_make_up_the_whole_without_gap_or_overlap() {
    let store = store();
    for text in ["", "status:actual", "actor:northland", "near:10,20,9000"] {
        for (sort, descending) in [(Sort::Date, true), (Sort::Killed, false), (Sort::Confidence, true)] {
            let page = |limit, offset| {
                store.find_events(&query(text), &Page { sort, descending, limit, offset }).unwrap()
            };
            let whole = page(1000, 0);
            assert!(!whole.more);
            let mut parts: Vec<EventRow> = Vec::new();
            for offset in (0..).step_by(7) {
                let part = page(7, offset);
                parts.extend(&part.rows);
                if !part.more {
                    break;
                }
            }
            assert_eq!(parts, whole.rows, "{text}");
        }
    }
}

#[test]
fn rejected_events_and_replaced_reports_are_found_only_where_asked_for() {
    let mut store = Store::in_memory().unwrap();
    let mut record = crate::made::empty("old");
    record.events = vec![told("old", 1, EventType::Aid, 0..3)];
    insert(&mut store, &record, None);
    let mut newer = crate::made::empty("new");
    newer.events = vec![told("new", 1, EventType::Aid, 0..3), told("new", 2, EventType::Aid, 5..9)];
    let mut writer = store.writer().unwrap();
    writer.insert(&Entry { replaces: Some("old"), ..Entry::of(&newer) }).unwrap();
    writer.review("new#e2", casus_store::Decision::Reject, casus_store::Reviewer::default()).unwrap();
    writer.commit().unwrap();
    let keys = |text: &str| {
        let rows = store.all_events(&query(text)).unwrap();
        store.events_at(&rows).unwrap().into_iter().map(|e| e.event.id).collect::<Vec<_>>()
    };
    assert_eq!(keys("type:AID"), ["new#e1"]);
    assert_eq!(keys("reviewed:rejected"), ["new#e2"]);
    assert_eq!(keys("reviewed:any"), ["new#e1", "new#e2"]);
    assert_eq!(keys("reviewed:no"), ["new#e1"]);
    assert_eq!(number(&store, "SELECT count(*) FROM events"), 3);
    // The rows of a rejected event can be had all the same.
    let rejected = store.all_events(&query("reviewed:rejected")).unwrap();
    let flat = store.flat_events(&rejected).unwrap();
    assert_eq!((flat.columns[0].as_str(), flat.rows.len()), ("event", 1));
    assert_eq!(flat.rows[0].len(), flat.columns.len());
}
