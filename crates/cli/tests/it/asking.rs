//! Asking a store: what is printed, and how it ends. The store is made of records, so that no model has a say.

use crate::run::Folder;

const RECORDS: &str = r#"{"casus":"1","id":"a","published":"2026-03-04","title":"Arvan","language":"en","model":"made","ontology":"plover-0.9","events":[{"id":"a#e1","type":"ASSAULT","modes":["drone"],"score":-9.5,"quad":4,"actors":[{"name":"Northland Army","country":"NOR","sector":"MIL"}],"recipients":[{"name":"people","sector":"CVL"}],"places":[{"name":"Tell Sor","country":"IRQ","lat":33.3,"lon":44.4,"precision":"town"}],"time":{"start":"2026-03-02","end":"2026-03-02"},"killed":{"min":5,"max":null},"confidence":0.5},{"id":"a#e2","type":"ACCUSE","score":-2,"quad":3,"actors":[{"name":"=Elders","country":"IRQ"}],"links":[{"relation":"about","event":"a#e1"}],"confidence":0.25}]}
"#;

fn folder() -> Folder {
    let folder = Folder::new().with("a.jsonl", RECORDS);
    let (_, err, code) = folder.run(&["import", "a.jsonl", "--db", "a.gpkg"], b"");
    assert_eq!(code, 0, "{err}");
    folder
}

#[test]
fn events_are_lines_for_eyes() {
    folder().check(
        &["query", "--db", "a.gpkg"],
        "when          what           who                      where           killed  conf.  event\n\
         (2026-03-04)  ACCUSE         =Elders                                           0.25  a#e2\n\
         2026-03-02    ASSAULT drone  Northland Army → people  Tell Sor [IRQ]      5+   0.50  a#e1\n",
        "casus: 2 events\n",
        0,
    );
}

#[test]
fn filters_stand_among_options() {
    let folder = folder();
    for args in [
        &["query", "-type:ACCUSE", "--db", "a.gpkg", "--format", "jsonl"][..],
        &["query", "--db", "a.gpkg", "--format", "jsonl", "actor:Northland Army", "killed:5.."],
        &["query", "--format", "jsonl", "--db", "a.gpkg", "near:33.3,44.4,1 -mode:aerial"],
        &["query", "--format", "jsonl", "--db", "a.gpkg", "--limit", "1", "--sort", "-killed"],
    ] {
        let (out, err, code) = folder.run(args, b"");
        assert_eq!((out.lines().count(), code), (1, 0), "{args:?}: {err}");
        assert!(out.starts_with("{\"id\":\"a#e1\",\"type\":\"ASSAULT\""), "{out}");
        assert!(out.contains("\"document\":\"a\",\"published\":\"2026-03-04\""), "{out}");
    }
    let (_, err, _) = folder.run(&["query", "--db", "a.gpkg", "--limit", "1"], b"");
    assert_eq!(err, "casus: 1 event, and there are more: --offset 1\n");
}

#[test]
fn spreadsheets_run_no_words() {
    let (out, _, code) =
        folder().run(&["query", "type:ACCUSE", "--db", "a.gpkg", "--format", "csv", "--bom"], b"");
    assert!(out.starts_with("\u{feff}event,document,published,"), "{out}");
    assert!(out.contains(",'=Elders,") && out.contains(",-2,"), "{out}");
    assert_eq!(code, 0);
}

#[test]
fn nothing_found_is_one_and_says_how_it_was_read() {
    folder().check(
        &["query", "place:Tell Sor", "type:AID", "--db", "a.gpkg"],
        "",
        "casus: no events found\nhint: it was read as: place:\"Tell Sor\" type:AID\n",
        1,
    );
    let (_, err, code) = folder().run(&["query", "type:AID", "--incidents", "--db", "a.gpkg"], b"");
    assert!(err.starts_with("casus: no incidents found\n"), "{err}");
    assert_eq!(code, 1);
}

#[test]
fn faults_of_a_query_have_a_place() {
    folder().check(
        &["query", "type:ASSAULT", "contry:IRQ", "--db", "a.gpkg"],
        "",
        "casus: no filter is called \"contry\":\n  type:ASSAULT contry:IRQ\n               ^^^^^^\n\
         hint: did you mean country: ? Words with a colon go in quotation marks\n",
        2,
    );
    folder().check(
        &["query", "--incidents", "--sort", "score", "--db", "a.gpkg"],
        "",
        "casus: incidents cannot be sorted by score\n\
         hint: sort by date, killed, injured, confidence or added; a - before it turns it round\n",
        2,
    );
    let (_, err, code) = folder().run(&["query", "--sort", "size", "--db", "a.gpkg"], b"");
    assert!(err.contains("sort by date, published,"), "{err}");
    assert_eq!(code, 2);
    Folder::new().check(
        &["query", "--db", "none.gpkg"],
        "",
        "casus: none.gpkg: there is no such file\nhint: make it with: casus ingest SOURCE --db FILE\n",
        2,
    );
}

#[test]
fn the_plan_can_be_seen() {
    let (out, _, code) = folder().run(&["query", "text:drone", "--plan", "--db", "a.gpkg"], b"");
    assert!(out.contains("MATCH ?") && out.contains("values: '\"drone\"'") && out.contains("SCAN "), "{out}");
    assert_eq!(code, 0);
}

#[test]
fn a_series_is_counted() {
    let series = |more: &[&str], out: &str| {
        folder().check(
            &[&["series", "--by", "day", "--db", "a.gpkg", "--format", "csv"], more].concat(),
            out,
            "",
            0,
        );
    };
    series(
        &[],
        "first_day,last_day,n_events,n_incidents,deaths_min,deaths_max,deaths_open,mean_score\r\n\
         2026-03-02,2026-03-02,1,1,5,5,1,-9.5\r\n\
         2026-03-03,2026-03-03,0,0,0,0,0,\r\n\
         2026-03-04,2026-03-04,1,1,0,0,0,-2\r\n",
    );
    series(
        &["--dyad"],
        "first_day,last_day,actor,recipient,n_events,n_incidents,deaths_min,deaths_max,deaths_open,mean_score\r\n\
         2026-03-02,2026-03-02,NOR MIL,CVL,1,1,5,5,1,-9.5\r\n",
    );
    let (out, err, code) = folder().run(&["series", "--by", "month", "type:AID", "--db", "a.gpkg"], b"");
    assert_eq!((out.as_str(), code), ("", 1), "{err}");
}

#[test]
fn a_chain_is_a_tree() {
    folder().check(
        &["chain", "a#e1", "--db", "a.gpkg"],
        "ASSAULT drone Northland Army [NOR MIL] → people [--- CVL] · Tell Sor [IRQ] (town) · 2026-03-02\n\
         │  i-a#e1: a#e1\n\
         └─ spoken of in: ACCUSE =Elders [IRQ]\n      i-a#e2: a#e2\n",
        "",
        0,
    );
    let (out, _, code) = folder().run(&["chain", "a#e2", "--db", "a.gpkg", "--format", "jsonl"], b"");
    assert_eq!((out.lines().count(), code), (2, 0));
    assert!(out.contains("\"from\":\"a#e2\",\"relation\":\"about\",\"outward\":true"), "{out}");
    folder().check(
        &["chain", "a#e9", "--db", "a.gpkg"],
        "",
        "casus: no event or incident \"a#e9\"\n\
         hint: event keys read DOCUMENT#eN; casus query lists them, with --incidents those of incidents\n",
        2,
    );
}

#[test]
fn statements_read_and_nothing_else() {
    let folder = folder();
    let sql = |statement: &'static str| vec!["sql", statement, "--db", "a.gpkg", "--format", "jsonl"];
    folder.check(
        &sql("SELECT event, killed_min AS killed FROM events_flat ORDER BY event"),
        "{\"event\":\"a#e1\",\"killed\":5}\n{\"event\":\"a#e2\",\"killed\":null}\n",
        "",
        0,
    );
    folder.check_with_stdin(&sql("-"), b"SELECT 1 AS one", "{\"one\":1}\n", "", 0);
    let refused = "casus: the statement may only read\n\
                   hint: it must be one SELECT; docs/format/store.md lists tables and columns\n";
    folder.check(&sql("DELETE FROM events"), "", refused, 2);
    folder.check(&sql("ATTACH 'b.db' AS b"), "", refused, 2);
    assert!(!folder.path("b.db").exists());
    folder.check(&sql("SELECT 1 WHERE false"), "", "casus: no rows\n", 1);
    let endless = "WITH RECURSIVE n (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n";
    folder.check(
        &["sql", endless, "--db", "a.gpkg", "--seconds", "0.2"],
        "",
        "casus: not done after 0.2 seconds\nhint: narrow it down, or allow more with --seconds\n",
        2,
    );
}
