//! Records in other forms.

use crate::run::Folder;

const RECORD: &str = r#"{"casus":"1","id":"a","published":"2026-03-04","events":[{"id":"a#e1","type":"PROTEST","modes":["demo"],"cameo":"141","score":-5.0,"quad":4,"status":"actual","mentions":[{"start":0,"end":4,"text":"They"}],"actors":[{"name":"farmers","country":"NOR","sector":"AGR"}],"recipients":[],"places":[{"name":"Oslo","country":"NOR","lat":59.9,"lon":10.75,"precision":"town"}]},{"id":"a#e2","type":"CONSULT","status":"future"}]}"#;

fn folder() -> Folder {
    Folder::new().with("a.jsonl", format!("{RECORD}\n\n{{\n"))
}

const BAD: &str = "casus: a.jsonl: line 3: no record: EOF while parsing an object at line 2 column 0\n\
    hint: records are what casus code --format jsonl prints\n";

#[test]
fn records_take_other_forms() {
    let (out, err, code) = folder().run(&["export", "--format", "acled", "a.jsonl"], b"");
    assert!(
        out.contains(
            "\r\na#e1,,,,Demonstrations,Protests,Peaceful protest,Protesters (Norway),farmers,Protesters,"
        ),
        "{out}"
    );
    assert_eq!(
        err,
        format!(
            "{BAD}casus: 1 of 1 row without a day, for the reports give none\ncasus: 1 event left out: acled has no place for it (1 not happened)\nhint: docs/export/acled.md says why\n"
        )
    );
    assert_eq!(code, 2);
    let (out, err, code) = folder().run(&["export", "--format", "geojson", "-"], RECORD.as_bytes());
    assert_eq!(err, "casus: 1 of 2 rows without a point, and on no map\n");
    assert!(
        out.starts_with("{\"type\":\"FeatureCollection\",\"features\":[\n{") && out.ends_with("\n]}\n"),
        "{out}"
    );
    assert_eq!(code, 0);
    let (out, _, _) = folder().run(&["export", "--bom", "--hxl"], RECORD.as_bytes());
    assert!(out.starts_with("\u{feff}document,") && out.contains("\r\n#meta+id+source,"), "{out}");
}

#[test]
fn an_ending_makes_parquet() {
    let folder = folder();
    let (out, _, _) = folder.run(&["export", "--format", "ged", "-o", "a.parquet", "a.jsonl"], b"");
    assert!(out.is_empty());
    // It has no row, and is read back all the same; its columns hold no words of reports.
    let (_, err, code) = folder.run(&["text", "a.parquet"], b"");
    assert!(
        err.starts_with("casus: a.parquet: no column seems to hold the reports’ words: there are id, relid"),
        "{err}"
    );
    assert_eq!(code, 2);
    folder.check(
        &["export", "--format", "graphml", "-o", "b.parquet", "a.jsonl"],
        "",
        "casus: graphml is no table, so it cannot be written as Parquet\n\
         hint: give the file another ending, or choose a table: --format csv\n",
        2,
    );
}

#[test]
fn code_writes_the_same_forms() {
    let folder = Folder::new().with("a.txt", "The kettle is on the table.");
    let args = ["code", "--published", "2026-03-04", "--format", "geojson", "-o", "a.geojson", "a.txt"];
    folder.check(&args, "", "casus: no events found\n", 1);
    let (_, err, _) = folder.run(&["export", "a.geojson"], b"");
    assert!(err.contains("line 1: no record"), "{err}");
    let (_, err, code) = folder.run(&["export", "--format", "table", "a.txt"], b"");
    assert!(err.starts_with("casus: the table shows the reports' words"), "{err}");
    assert_eq!(code, 2);
}

#[test]
fn an_export_that_cannot_be_written_is_told() {
    let (_, err, code) = folder().run(&["export", "-o", "none/a.csv", "a.jsonl"], b"");
    assert_eq!(
        (err.as_str(), code),
        (
            "casus: none/a.csv: No such file or directory\nhint: check that its folder is there and that you may write there\n",
            2
        )
    );
    let (_, err, code) = folder().run(&["export", "none.jsonl"], b"");
    assert!(err.starts_with("casus: none.jsonl: No such file or directory\nhint: "), "{err}");
    assert_eq!(code, 2);
}

#[test]
fn a_file_has_its_name_when_it_is_whole() {
    let folder = folder();
    folder.run(&["export", "-o", "a.csv", "a.jsonl"], b"");
    assert!(folder.path("a.csv").exists() && !folder.path("a.csv.part").exists());
    // One that is broken off leaves what was there before.
    let mut child = folder.command(&["export", "-o", "a.csv", "-"]).spawn().unwrap();
    while !folder.path("a.csv.part").exists() {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(std::fs::read_to_string(folder.path("a.csv")).unwrap().lines().count(), 3);
}

#[test]
fn a_store_is_exported() {
    let other = RECORD
        .replace("\"id\":\"a\"", "\"id\":\"b\"")
        .replace("a#e", "b#e")
        .replace("\"publ", "\"url\":\"https://a.example/b\",\"publ");
    let folder = Folder::new().with("a.jsonl", format!("{RECORD}\n{other}\n"));
    let (_, err, code) = folder.run(&["import", "a.jsonl", "--db", "a.gpkg"], b"");
    assert_eq!(code, 0, "{err}");
    let (out, err, code) = folder.run(&["export", "--db", "a.gpkg"], b"");
    assert_eq!((out.lines().count(), err.as_str(), code), (5, "", 0), "{out}");
    assert!(out.contains(",https://a.example/b,"), "{out}");
    let (out, err, _) = folder.run(&["export", "--db", "a.gpkg", "--incidents", "--format", "polecat"], b"");
    // Both reports tell of one protest.
    assert_eq!(out.lines().count(), 2, "{out}");
    assert!(
        err.starts_with("casus: 2 events left out: polecat has no place for them (2 not happened)"),
        "{err}"
    );
    let (_, _, code) = folder.run(&["review", "a#e1", "--reject", "--db", "a.gpkg"], b"");
    assert_eq!(code, 0);
    let (out, _, _) = folder.run(&["export", "--db", "a.gpkg", "--format", "polecat"], b"");
    assert!(out.contains("b#e1\t") && !out.contains("a#e1\t"), "{out}");
    folder.run(&["review", "b#e1", "--reject", "--db", "a.gpkg"], b"");
    folder.run(&["review", "a#e2", "--reject", "--db", "a.gpkg"], b"");
    folder.run(&["review", "b#e2", "--reject", "--db", "a.gpkg"], b"");
    let (_, err, code) = folder.run(&["export", "--db", "a.gpkg"], b"");
    assert_eq!((err.as_str(), code), ("casus: no events found\n", 1));
    let (_, err, code) = folder.run(&["export", "--db", "none.gpkg"], b"");
    assert!(err.starts_with("casus: none.gpkg"), "{err}");
    assert_eq!(code, 2);
}

#[test]
fn a_store_goes_into_another_and_comes_out_the_same() {
    let other = RECORD
        .replace("\"id\":\"a\"", "\"id\":\"b\"")
        .replace("a#e", "b#e")
        .replace("\"publ", "\"url\":\"https://a.example/b\",\"text\":\"They «marched» = on.\",\"publ");
    let folder = Folder::new().with("a.jsonl", format!("{RECORD}\n{other}\n"));
    let done = |args: &[&str]| {
        let (out, err, code) = folder.run(args, b"");
        assert_eq!(code, 0, "{args:?}: {err}");
        out
    };
    done(&["import", "a.jsonl", "--db", "a.gpkg"]);
    done(&["review", "a#e2", "--reject", "--note", "a plan", "--by", "Ada", "--db", "a.gpkg"]);
    done(&["review", "b#e2", "--set", "status=negated", "--db", "a.gpkg"]);
    done(&["incident", "a#e1", "--split", "b#e1", "--by", "Ada", "--db", "a.gpkg"]);
    let first = done(&["export", "--db", "a.gpkg", "--format", "jsonl"]);
    assert_eq!(first.lines().count(), 2);
    for words in ["«marched»", "\"a#e2\":\"rejected\"", "\"note\":\"a plan\"", "\"decision\":\"apart\""] {
        assert!(first.contains(words), "{words}: {first}");
    }
    let folder = &folder;
    std::fs::write(folder.path("first.jsonl"), &first).unwrap();
    done(&["import", "first.jsonl", "--db", "b.gpkg"]);
    assert_eq!(done(&["export", "--db", "b.gpkg", "--format", "jsonl"]), first);
    // Incidents are joined anew and honour what was decided.
    let incidents = |db| {
        let out = done(&["query", "--incidents", "--format", "csv", "--db", db]);
        let mut lines: Vec<String> = out.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(incidents("b.gpkg"), incidents("a.gpkg"));
    // The file itself is as good as the store: what was rejected stays behind, and words are known.
    let from_file = done(&["export", "first.jsonl"]);
    assert_eq!(from_file.lines().count(), 4, "{from_file}");
    assert!(!from_file.contains(",a#e2,"), "{from_file}");
    assert_eq!(done(&["export", "first.jsonl", "--format", "jsonl"]), first);
}

#[test]
fn what_a_record_says_of_another_that_is_not_there_is_told() {
    let line = RECORD.strip_suffix('}').unwrap().to_owned()
        + r#","store":{"state":"copy","copy_of":"z","replaces":"y","reviews":[{"decision":"together","document":"a","event":"a#e1","type":"PROTEST","start":0,"end":4,"other":{"document":"x","event":"x#e1","type":"PROTEST","start":0,"end":4}}]}}"#;
    let folder = Folder::new().with("a.jsonl", &line).with(
        "b.jsonl",
        line.replace("\"together\"", "\"corrected\"")
            + "\n"
            + &line.replace("\"reviews\"", "\"reviewed\":{\"q#e1\":\"accepted\"},\"reviews\""),
    );
    let hint = "hint: take in the whole export, or that record first\n";
    folder.check(
        &["import", "a.jsonl", "--db", "a.gpkg"],
        "",
        &format!(
            "casus: a.jsonl: line 1: a is a copy of \"z\", which is not there\n{hint}\
             casus: a.jsonl: line 1: a replaces \"y\", which is not there\n{hint}\
             casus: a.jsonl: line 1: a decision on x#e1 belongs to \"x\", which is not there\n{hint}\
             casus: 1 record taken in, 2 events\n"
        ),
        2,
    );
    let (_, err, code) = folder.run(&["import", "b.jsonl", "--db", "b.gpkg"], b"");
    assert!(
        err.contains("line 1: a review has a \"slot\" where, and only where, it is \"corrected\""),
        "{err}"
    );
    assert!(err.contains("line 2: under \"reviewed\" stands \"q#e1\", which is none of its events"), "{err}");
    assert_eq!(code, 2);
}

#[test]
fn incidents_are_exported_merged() {
    let report = |id: &str, day: u8, publisher: &str, killed: &str| {
        format!(
            r#"{{"casus":"1","id":"{id}","published":"2026-03-0{day}","publisher":"{publisher}","url":"https://a.example/{id}","events":[{{"id":"{id}#e1","type":"ASSAULT","modes":["firearms"],"status":"actual","mentions":[{{"start":0,"end":4,"text":"shot"}}],"actors":[{{"name":"Kesh Front","country":"NGA","sector":"REB"}}],"recipients":[{{"name":"police","country":"NGA","sector":"COP"}}],"places":[{{"name":"Rell","country":"NGA","lat":11.5,"lon":13.25,"precision":"town"}}],"time":{{"start":"2026-03-02","end":"2026-03-02","precision":"day"}},"killed":{killed},"sources":[{{"name":"the {publisher} desk","stance":"states"}}],"confidence":0.{day}}}]}}"#
        ) + "\n"
    };
    let lines = report("a", 3, "Wire", r#"{"min":3,"max":3}"#)
        + &report("b", 3, "Herald", r#"{"min":5,"max":7}"#)
        + &report("c", 3, "Wire", r#"{"min":4,"max":4}"#);
    let folder = Folder::new().with("a.jsonl", lines);
    assert_eq!(folder.run(&["import", "a.jsonl", "--db", "a.gpkg"], b"").2, 0);
    let export = |format: &str| {
        let (out, err, code) =
            folder.run(&["export", "--db", "a.gpkg", "--incidents", "--format", format], b"");
        assert_eq!((err.as_str(), code), ("", 0), "{format}");
        out
    };
    let csv = export("csv");
    assert_eq!(csv.lines().count(), 2, "{csv}");
    for part in [
        "\"a; b; c\",2026-03-03,\"Wire; Herald\",\"Kesh Front shot police, Rell\",i-a#e1,ASSAULT,firearms,,actual,",
        // The range that the reports of the latest day span.
        ",town,,,3,7,,",
        ",\"the Wire desk; the Herald desk\",",
        ",https://a.example/a,i-a#e1,3,3,0.",
    ] {
        assert!(csv.contains(part), "{part}: {csv}");
    }
    let ged = export("ged");
    for part in [",2,\"\"\"Wire,2026-03-03\"\";", ",3,7,3,", "Kesh Front - police"] {
        assert!(ged.contains(part), "{part}: {ged}");
    }
    let gdelt = export("gdelt");
    let gdelt: Vec<&str> = gdelt.lines().next().unwrap().split('\t').collect();
    // Mentions, sources, articles.
    assert_eq!(gdelt[31..34], ["3", "2", "3"]);
    let geojson = export("geojson");
    assert!(geojson.contains("\"n_documents\":3") && geojson.contains("[13.25,11.5]"), "{geojson}");
    assert!(export("network").contains(",1,0,0,0,1,"), "one act, not three");
    let jsonl = export("jsonl");
    assert!(jsonl.starts_with("{\"id\":\"i-a#e1\"") && jsonl.lines().count() == 1, "{jsonl}");
    // Without incidents, an event a row.
    let (out, _, _) = folder.run(&["export", "--db", "a.gpkg"], b"");
    assert!(out.lines().count() == 4 && !out.contains("n_documents"), "{out}");
}

#[test]
fn nothing_is_written_over_what_is_read_or_over_a_store() {
    let folder = Folder::new().with("a.jsonl", RECORD);
    let (_, err, code) = folder.run(&["import", "a.jsonl", "--db", "a.gpkg"], b"");
    assert_eq!(code, 0, "{err}");
    for (args, message) in [
        (["export", "a.jsonl", "-o", "a.jsonl"], "a.jsonl: is being read"),
        (["export", "a.jsonl", "-o", "a.gpkg"], "a.gpkg: is a store"),
        (["export", "--db=a.gpkg", "-o", "a.gpkg"], "a.gpkg: is being read"),
    ] {
        let (_, err, code) = folder.run(&args, b"");
        assert!(code == 2 && err.contains(message) && err.contains("hint: name another file"), "{err}");
    }
    assert_eq!(std::fs::read(folder.path("a.jsonl")).unwrap(), RECORD.as_bytes());
    assert_eq!(folder.run(&["export", "--db", "a.gpkg"], b"").2, 0);
}
