//! Stores that are filled from records, without a model: a crowd of reports of few acts, and others who work on the store
//! meanwhile.

use super::{BATCH, import, link, review, split, unite};
use crate::Linker;
use casus_store::{Decision, Reviewer, Store};
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

/// A folder with a store, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("casus-keeping-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn store(&self) -> Store {
        Store::open(&self.0.join("a.gpkg")).unwrap()
    }

    /// Fills the store with lines; `told` is called with the number of each that is no record.
    fn import(&self, lines: &[String], mut told: impl FnMut(usize)) {
        let mut store = self.store();
        let mut bytes = lines.concat().into_bytes();
        bytes.push(b'\n');
        import(&mut store, &mut &bytes[..], "a.jsonl", |number, _| told(number)).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Returns the record of a report of a killing.
fn record(id: &str, place: (&str, f64), killed: usize, words: &str) -> String {
    let ((town, lat), end) = (place, words.chars().count());
    format!(
        r#"{{"casus": "1", "id": "{id}", "published": "2026-03-04", "text": "{words}", "events": [{{"id": "{id}#e1",
        "type": "ASSAULT", "modes": ["firearms"], "status": "actual", "sentence": {{"start": 0, "end": {end}}},
        "time": {{"start": "2026-03-03", "end": "2026-03-03", "precision": "day", "span": {{"start": 0, "end": 1}}}},
        "places": [{{"name": "{town}", "country": "NGA", "lat": {lat}, "lon": 8.5, "precision": "town"}}],
        "killed": {{"min": {killed}, "max": {killed}}}}}]}}"#
    )
    .replace('\n', " ")
        + "\n"
}

/// Returns reports of three killings, a crowd of each.
fn crowd() -> Vec<String> {
    let acts = [
        (("Sela", 9.1), "Gunmen on motorcycles fired at traders of the market in Sela on Tuesday"),
        (("Tarn", 11.4), "Raiders shot herders who watered their cattle at the well of Tarn on Tuesday"),
        (("Sela", 9.1), "Worshippers were shot in front of the church of Sela on Tuesday"),
    ];
    let ends = ["", ", police said", ", and fled", ", a witness told reporters", " before the army came"];
    (0..30)
        .map(|n| {
            let (place, words) = acts[n % 3];
            record(&format!("r{n:02}"), place, 3 + n % 4, &format!("{words}{}.", ends[n % 5]))
        })
        .collect()
}

/// Returns all incidents with their views, and all their events with what spoke for each.
fn incidents(store: &Store) -> Vec<String> {
    let sql = "SELECT key || ' ' || record FROM incidents UNION ALL
        SELECT i.key || ' ' || e.key || ' ' || coalesce(ie.score, '-') || coalesce(ie.why, '') FROM incident_events ie
        JOIN incidents i ON i.id = ie.incident_id JOIN events e ON e.id = ie.event_id ORDER BY 1";
    let mut statement = store.connection().prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn a_crowd_is_joined_alike_in_any_order_and_at_once() {
    let mut lines = crowd();
    let folder = Folder::new("crowd");
    folder.import(&lines, |_| {});
    let mut store = folder.store();
    let expected = incidents(&store);
    let n = store.incident_counts().unwrap();
    assert!(n[0] > 1 && n[0] < 12 && n[2] == lines.len(), "{n:?}");
    link(&mut store, Linker::default(), |_| {}).unwrap();
    assert_eq!(incidents(&store), expected, "linking anew changes nothing");
    for turn in 0..3 {
        match turn {
            0 => lines.reverse(),
            // Every seventh comes next: seven and thirty share no divisor.
            1 => lines = (0..lines.len()).map(|n| lines[n * 7 % lines.len()].clone()).collect(),
            _ => lines.sort(),
        }
        let other = Folder::new(&format!("crowd-{turn}"));
        for batch in lines.chunks(11) {
            other.import(batch, |_| {});
        }
        assert_eq!(incidents(&other.store()), expected, "turn {turn}");
    }
}

#[test]
fn what_others_decide_while_a_store_is_filled_stays() {
    let folder = Folder::new("meanwhile");
    let words = "Gunmen on motorcycles fired at traders of the market in Sela on Tuesday.";
    let mut lines: Vec<String> =
        (0..BATCH + 6).map(|n| record(&format!("r{n:02}"), ("Sela", 9.1), 3, words)).collect();
    lines.insert(BATCH / 2, "no record\n".to_owned());
    // It is told of the bad line between two transactions; there another program comes in.
    folder.import(&lines, |_| {
        review(&mut folder.store(), "r00#e1", &[Decision::Reject], Reviewer::default()).unwrap();
    });
    let store = folder.store();
    assert_eq!(store.incident_of("r00#e1").unwrap(), None);
    let incident = store.incident_of("r01#e1").unwrap().unwrap();
    assert_eq!(store.incident_of("r69#e1").unwrap().as_ref(), Some(&incident), "it went on");
    let view = store.incident_record(&incident).unwrap().unwrap();
    assert!(!view.contains("r00#e1"), "{view}");
}

#[test]
fn crowds_are_united_by_few_decisions_and_split_again() {
    let folder = Folder::new("united");
    folder.import(&crowd(), |_| {});
    let mut store = folder.store();
    let of = |store: &Store, event: &str| store.incident_of(event).unwrap().unwrap();
    let members = |store: &Store, event: &str| -> Vec<String> {
        let id = store.incident_with_key(&of(store, event)).unwrap().unwrap();
        store.reasons(id).unwrap().into_iter().map(|(event, _)| event).collect()
    };
    let decided = |store: &Store| {
        let sql = "SELECT count(*) FROM reviews";
        let n: i64 = store.connection().query_row(sql, [], |row| row.get(0)).unwrap();
        usize::try_from(n).unwrap()
    };
    let by = Reviewer::default();
    let (sela, tarn) = (of(&store, "r00#e1"), of(&store, "r01#e1"));
    let error = unite(&mut store, &sela, &sela, by).unwrap_err();
    assert_eq!((error.to_string(), decided(&store)), (format!("it is the same incident, {sela}"), 0));

    let mut all = [members(&store, "r00#e1"), members(&store, "r01#e1")].concat();
    all.sort();
    unite(&mut store, &sela, &tarn, by).unwrap();
    assert_eq!(decided(&store), all.len() - 1);
    link(&mut store, Linker::default(), |_| {}).unwrap();
    assert_eq!(members(&store, "r00#e1"), all);
    // The one by which all others were joined goes; they stay together.
    let key = of(&store, &all[0]);
    split(&mut store, &key, &all[..1], by).unwrap();
    link(&mut store, Linker::default(), |_| {}).unwrap();
    assert_eq!(members(&store, &all[0]), all[..1]);
    assert_eq!(members(&store, &all[1]), all[1..]);
    // And back again.
    let keys = [of(&store, &all[1]), of(&store, &all[0])];
    unite(&mut store, &keys[0], &keys[1], by).unwrap();
    assert_eq!(members(&store, &all[1]), all);
}

/// Prints how long a crowd takes that tells of one act: `cargo test -p casus --lib crowd_takes -- --ignored --nocapture`.
#[test]
#[ignore = "measures and checks nothing"]
fn how_long_a_crowd_takes() {
    for n in [100, 200, 400] {
        let report = |n: usize| {
            let words = format!(
                "Gunmen killed {} villagers in Sela on Tuesday, police said, the report {n}.",
                2 + n % 5
            );
            record(&format!("r{n:03}"), ("Sela", 9.1), 2 + n % 5, &words)
        };
        let folder = Folder::new(&format!("crowd-of-{n}"));
        let begun = Instant::now();
        folder.import(&(0..n).map(report).collect::<Vec<_>>(), |_| {});
        let imported = begun.elapsed();
        let begun = Instant::now();
        let linked = link(&mut folder.store(), Linker::default(), |_| {}).unwrap();
        println!("{n}: import {imported:.1?}, link {:.1?}, {} incidents", begun.elapsed(), linked.incidents);
    }
}
