//! Stores as users fill them. What a model finds is compared between runs, never with expectations.

use crate::run::Folder;
use casus::Record;
use casus::store::Store;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{self, Stdio};
use std::thread;
use std::time::Duration;

/// Reports enough for several commits, every one of its own words.
fn reports(n: usize) -> String {
    let towns = ["Arvan", "Tell Sor", "Mirrin", "Old Karsk", "Beled", "Port Yana", "Sabrin"];
    let acts = [
        "shelled the market of",
        "signed a truce with the elders of",
        "arrested nine teachers in",
        "sent forty lorries of flour to",
        "marched against the new tax in",
        "withdrew its last company from",
        "expelled two envoys after talks in",
        "blocked the bridge that leads to",
    ];
    let mut lines = String::new();
    for at in 0..n {
        let (town, act) = (towns[at % towns.len()], acts[at % acts.len()]);
        let text = format!(
            "The army of Northland {act} {town} on Monday, its spokesman said in announcement {at}. \
             At least {} people were hurt, residents told reporters.",
            at + 2
        );
        writeln!(lines, "{{\"id\": \"r{at}\", \"published\": \"2026-03-04\", \"text\": \"{text}\"}}")
            .unwrap();
    }
    lines
}

/// Returns all records, and one line a document with what became of it.
fn contents(folder: &Folder, db: &str) -> (Vec<Record>, Vec<String>) {
    let store = Store::read_only(&folder.path(db)).unwrap();
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    let mut statement = store
        .connection()
        .prepare("SELECT key, state, duplicate_of, replaced_by, origin FROM documents ORDER BY id")
        .unwrap();
    let lines = statement
        .query_map([], |row| {
            let (key, state): (String, String) = (row.get(0)?, row.get(1)?);
            let (of, by): (Option<i64>, Option<i64>) = (row.get(2)?, row.get(3)?);
            let origin: Option<String> = row.get(4)?;
            Ok(format!("{key} {state} {of:?} {by:?} {}", origin.unwrap_or_default()))
        })
        .unwrap();
    let lines = lines.collect::<Result<_, _>>().unwrap();
    (store.records().collect::<Result<_, _>>().unwrap(), lines)
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_in_order() {
    let folder = Folder::new();
    let lines = reports(3);
    let ingest = ["ingest", "-", "--from", "jsonl", "--db", "cut.gpkg", "--jobs", "1"];
    let mut child = folder.command(&ingest).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while !folder.path("cut.gpkg").exists() {
        thread::sleep(Duration::from_millis(5));
    }
    let killed = process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    // It waits for input; what comes now is not begun.
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    let err = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(2), "{err}");
    assert!(err.contains("the same command goes on"), "{err}");
    let (_, err, code) = folder.run(&ingest, lines.as_bytes());
    assert_eq!((code, contents(&folder, "cut.gpkg").1.len()), (0, 3), "{err}");
}

#[test]
fn a_killed_run_loses_nothing_and_doubles_nothing() {
    let folder = Folder::new().with("a.jsonl", reports(60));
    let ingest = |db: &'static str, jobs: &'static str| vec!["ingest", "a.jsonl", "--db", db, "--jobs", jobs];
    assert_eq!(folder.run(&ingest("whole.gpkg", "3"), b"").2, 0);
    let mut between = 0;
    for at in 0..20_u64 {
        let mut child = folder.command(&ingest("killed.gpkg", "2")).spawn().unwrap();
        thread::sleep(Duration::from_millis(60 + at * 173 % 1000));
        child.kill().unwrap();
        child.wait().unwrap();
        if folder.path("killed.gpkg").exists()
            && let Ok(store) = Store::read_only(&folder.path("killed.gpkg"))
        {
            let n = store.document_count().unwrap();
            between += usize::from(n > 0 && n < 60);
        }
    }
    let (_, err, code) = folder.run(&ingest("killed.gpkg", "1"), b"");
    assert_eq!(code, 0, "{err}");
    assert!(contents(&folder, "whole.gpkg") == contents(&folder, "killed.gpkg"));
    assert_eq!(contents(&folder, "whole.gpkg").1.len(), 60);
    // On a machine of any speed some kill should fall between the first commit and the last; it is no fault if not.
    println!("{between} of 20 kills fell between the first commit and the last");
}

#[test]
fn what_is_odd_is_told_and_kept() {
    let long = "The ministry of Northland said on Monday that the last troops had left the town of Arvan in the night, \
        and that the families who had fled in the winter would come home before the harvest of the year.";
    let french =
        "Les troupes du nord ont pris la ville dans la nuit de lundi, selon le ministère de la défense.";
    let line = |id: &str, text: &str| {
        format!("{{\"id\": \"{id}\", \"published\": \"2026-03-04\", \"text\": \"{text}\"}}\n")
    };
    let lines = [
        line("a", long),
        "{\"id\": \"b\"\n".to_owned(),
        line("c", french),
        line("d", &format!("ARVAN (Wire) - {long}")),
        line("a", &format!("{long} More was said on Tuesday.")),
    ];
    let folder = Folder::new().with("a.jsonl", lines.concat());
    let args = ["ingest", "a.jsonl", "--db", "a.gpkg"];
    let (out, err, code) = folder.run(&args, b"");
    assert_eq!((out.as_str(), code), ("", 2));
    assert!(err.starts_with("casus: a.jsonl: line 2: not a document in JSON"), "{err}");
    let last = err.lines().last().unwrap();
    assert!(last.starts_with("casus: 5 reports: 2 coded, "), "{err}");
    let rest = ", 1 copies, 1 in place of older versions, 1 in other languages, 1 not read";
    assert!(last.ends_with(rest), "{err}");
    let (_, documents) = contents(&folder, "a.gpkg");
    assert_eq!(
        documents[..3],
        [
            "a coded None Some(4) a.jsonl: line 1",
            "c foreign None None a.jsonl: line 3",
            "d copy Some(1) None a.jsonl: line 4",
        ]
    );
    assert!(documents[3].starts_with("a~"));
    // Once more: all are there, and the bad line is told but not kept twice.
    let (_, err, code) = folder.run(&args, b"");
    assert_eq!(code, 2);
    assert_eq!(
        err.lines().last().unwrap(),
        "casus: 5 reports: 0 coded, 0 events, 4 there already, 1 not read"
    );
    let store = Store::read_only(&folder.path("a.gpkg")).unwrap();
    let unread = "SELECT count(*) FROM problems WHERE document_id IS NULL";
    assert_eq!(store.connection().query_row(unread, [], |row| row.get::<_, i64>(0)).unwrap(), 1);
}

#[test]
fn records_come_back_by_import() {
    let folder = Folder::new().with("a.jsonl", reports(12));
    let (records, _, code) = folder.run(&["code", "a.jsonl", "--format", "jsonl"], b"");
    assert_eq!(code, 0);
    let folder = folder.with("records.jsonl", &records);
    let (out, err, code) = folder.run(&["import", "records.jsonl", "--db", "a.gpkg"], b"");
    assert_eq!((out.as_str(), code), ("", 0), "{err}");
    let kept: String = contents(&folder, "a.gpkg")
        .0
        .iter()
        .map(|record| serde_json::to_string(record).unwrap() + "\n")
        .collect();
    assert_eq!(kept, records);
    folder.check(
        &["import", "records.jsonl", "--db", "a.gpkg"],
        "",
        "casus: 0 records taken in, 0 events, 12 there already\n",
        0,
    );
}

#[test]
fn a_line_of_any_bytes_does_not_end_an_import() {
    let mut bytes = b"\xff\xfe\x00 no record\n".to_vec();
    bytes.extend(b"{\"casus\": \"1\", \"id\": \"a\"}\n{\"casus\": \"1\"");
    let folder = Folder::new().with("a.jsonl", bytes);
    let (_, err, code) = folder.run(&["import", "a.jsonl", "--db", "a.gpkg"], b"");
    assert_eq!(code, 2);
    assert!(err.starts_with("casus: a.jsonl: line 1: no record: "), "{err}");
    assert!(err.contains("casus: a.jsonl: line 3: no record: EOF"), "{err}");
    assert!(err.ends_with("casus: 1 record taken in, 0 events\n"), "{err}");
}

#[test]
fn lines_that_are_no_records_are_told() {
    let hint = "hint: each line must be a record as casus code --format jsonl writes it\n";
    let folder = Folder::new().with(
        "a.jsonl",
        "\n{\"casus\": \"2\", \"id\": \"a\"}\n{\"casus\": \"1\", \"id\": \"a\", \"events\": [{\"id\": \"b#e1\", \"type\": \"AID\"}]}\n",
    );
    folder.check(
        &["import", "a.jsonl", "--db", "a.gpkg"],
        "",
        &format!(
            "casus: a.jsonl: line 2: its key \"casus\" is \"2\", not \"1\"\n{hint}\
             casus: a.jsonl: line 3: the id of an event is \"b#e1\", which does not begin with \"a#\"\n{hint}\
             casus: 0 records taken in, 0 events\n"
        ),
        2,
    );
}

#[test]
fn reviews_are_done_and_outlive_coding_anew() {
    let record = "{\"casus\": \"1\", \"id\": \"a\", \"events\": [{\"id\": \"a#e1\", \"type\": \"ASSAULT\", \
        \"mentions\": [{\"start\": 0, \"end\": 4}]}], \"text\": \"Warm words.\"}\n";
    let folder = Folder::new().with("a.jsonl", record);
    assert_eq!(folder.run(&["import", "a.jsonl", "--db", "a.gpkg"], b"").2, 0);
    let args =
        ["review", "a#e1", "--set", "status=negated", "--set", "killed=3", "--by", "Ada", "--db", "a.gpkg"];
    let (out, err, code) = folder.run(&args, b"");
    assert_eq!((err.as_str(), code), ("", 0));
    assert!(
        out.contains("\"status\":\"negated\"") && out.contains("\"killed\":{\"min\":3,\"max\":3}"),
        "{out}"
    );
    let (out, err, code) = folder.run(&["recode", "--db", "a.gpkg"], b"");
    assert_eq!((err.as_str(), code), ("", 0));
    assert!(out.contains("       1  events that people accepted or corrected, kept\n"), "{out}");
    assert_eq!(contents(&folder, "a.gpkg").0[0].events[0].killed.as_ref().unwrap().min, 3);
}

#[test]
fn a_name_that_is_put_right_has_what_is_known_of_it() {
    let record = "{\"casus\": \"1\", \"id\": \"a\", \"events\": [{\"id\": \"a#e1\", \"type\": \"ASSAULT\", \
        \"places\": [{\"name\": \"Cali\", \"country\": \"COL\"}]}]}\n";
    let folder = Folder::new().with("a.jsonl", record);
    assert_eq!(folder.run(&["import", "a.jsonl", "--db", "a.gpkg"], b"").2, 0);
    let set = |value: &str| folder.run(&["review", "a#e1", "--set", value, "--db", "a.gpkg"], b"");
    let (out, err, code) = set("places=Popayán");
    assert_eq!((err.as_str(), code), ("", 0));
    assert!(out.contains("\"country\":\"COL\"") && out.contains("\"lat\":2.4"), "{out}");
    let (out, err, _) = set("places=Xyzzyq");
    assert!(
        err.starts_with("casus: a#e1: no place is known as \"Xyzzyq\", so it has no point\nhint: "),
        "{err}"
    );
    assert!(out.contains("\"lat\":null"), "{out}");
    let (_, err, code) = set("weapons=gun");
    assert!(err.contains("cannot set weapons: no kind is called \"gun\"; did you mean firearm?"), "{err}");
    assert!(err.contains("docs/guide/store.md lists the slots") && code == 2, "{err}");
}

#[test]
fn tables_that_a_store_was_filled_with_are_not_forgotten() {
    let table = "Talo Valley Defence Committee\tTVDC|Talo Committee\tarmed group\tKEN\tPRM\n";
    let folder = Folder::new().with("act/own.tsv", table).with(
        "a.jsonl",
        "{\"id\": \"a\", \"published\": \"2026-03-04\", \"text\": \"It rains in Arvan.\"}\n",
    );
    let run = |args: &[&str]| folder.run(&[args, &["--db", "a.gpkg"]].concat(), b"").1;
    let told = "casus: a.gpkg: it was filled by casus ingest --actors act, and this run is without some of that\n\
                hint: casus recode with the same options codes everything by them again\n";
    run(&["ingest", "a.jsonl", "--actors", "act"]);
    assert!(!run(&["ingest", "a.jsonl", "--actors", "act"]).contains("it was filled"));
    // Who is asked for by another name is told by which one the tables know him, those of one's own too.
    let asked = run(&["query", "who:TVDC,RSF"]);
    for name in ["who:\"Talo Valley Defence Committee\"", "who:\"Rapid Support Forces\""] {
        assert!(asked.contains(name), "{asked}");
    }
    assert!(run(&["ingest", "a.jsonl"]).starts_with(told));
    assert_eq!(run(&["recode"]), told);
    // Coded anew without them, it is a store without them.
    assert_eq!(run(&["recode"]), "");
}

#[test]
fn what_cannot_be_done_is_said() {
    let folder =
        Folder::new().with("notes.txt", "No store at all, but words enough to be read as one. ".repeat(20));
    folder.check(
        &["recode", "--db", "none.gpkg"],
        "",
        "casus: none.gpkg: there is no such file\nhint: make it with: casus ingest SOURCE --db FILE\n",
        2,
    );
    folder.check(
        &["ingest", "notes.txt", "--db", "notes.txt"],
        "",
        "casus: notes.txt: not a store of casus\nhint: name a file that casus made, or a new one\n",
        2,
    );
    assert_eq!(folder.run(&["import", "notes.txt", "--db", "a.gpkg"], b"").2, 2);
    folder.check(
        &["review", "a#e1", "--accept", "--db", "a.gpkg"],
        "",
        "casus: a#e1: no event \"a#e1\"\nhint: event keys read DOCUMENT#eN; casus query lists them\n",
        2,
    );
}

#[test]
fn what_is_reviewed_changes_its_incident() {
    let record = |id: &str| {
        format!(
            "{{\"casus\": \"1\", \"id\": \"{id}\", \"published\": \"2026-03-04\", \"events\": [{{\"id\": \"{id}#e1\", \
             \"type\": \"PROTEST\", \"modes\": [\"demo\"], \"status\": \"actual\", \"mentions\": [{{\"start\": 0, \"end\": 4}}], \
             \"actors\": [{{\"name\": \"farmers\", \"country\": \"NOR\", \"sector\": \"AGR\"}}], \"places\": [{{\"name\": \"Oslo\", \
             \"country\": \"NOR\", \"lat\": 59.9, \"lon\": 10.75, \"precision\": \"town\"}}]}}]}}\n"
        )
    };
    let folder = Folder::new().with("a.jsonl", record("a") + &record("b"));
    assert_eq!(folder.run(&["import", "a.jsonl", "--db", "a.gpkg"], b"").2, 0);
    let review = |args: &[&str]| {
        let (_, err, code) = folder.run(&[&["review", "--db", "a.gpkg"], args].concat(), b"");
        assert_eq!((err.as_str(), code), ("", 0));
        let args = ["sql", "SELECT incident, status, injured_min, n_events FROM incidents_flat ORDER BY 1"];
        let (out, _, _) = folder.run(&[&args[..], &["--db", "a.gpkg", "--format", "csv"]].concat(), b"");
        out.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    // Both reports tell of one protest, whose incident has the number that was put right.
    assert_eq!(review(&["a#e1", "--set", "injured=7"]), ["i-a#e1,actual,7,2"]);
    assert_eq!(review(&["a#e1", "--reject"]), ["i-b#e1,actual,,1"]);
    assert_eq!(review(&["a#e1", "--accept"]), ["i-a#e1,actual,7,2"]);
    // An agreement is another act.
    assert_eq!(review(&["b#e1", "--set", "type=AGREE"]), ["i-a#e1,actual,7,1", "i-b#e1,actual,,1"]);
    // What is refused changes nothing.
    let (_, _, code) =
        folder.run(&["review", "b#e1", "--set", "injured=2", "--set", "status=x", "--db", "a.gpkg"], b"");
    assert_eq!(code, 2);
    assert_eq!(review(&["b#e1", "--accept"]), ["i-a#e1,actual,7,1", "i-b#e1,actual,,1"]);
}
