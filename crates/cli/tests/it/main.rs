//! The binary as users meet it: what it prints and how it ends, for every bad input.
//!
//! Nothing here depends on what a model finds: inputs are refused before, or tell of nothing.

#![expect(clippy::unwrap_used, reason = "a test that cannot run its program has failed")]

mod asking;
mod exports;
mod knowledge;
mod run;
mod store;
mod watching;

use run::Folder;

const DATED: &[&str] = &["code", "--published", "2026-03-04"];

#[test]
fn a_missing_file_is_named() {
    Folder::new().check(
        &["code", "none.txt"],
        "",
        "casus: none.txt: cannot be read: No such file or directory\n\
         hint: check the path; - reads standard input\n",
        2,
    );
}

#[test]
fn empty_files_are_refused() {
    let folder = Folder::new().with("empty.txt", "").with("blank.txt", " \r\n\n").with("bom.txt", "\u{feff}");
    for file in ["empty.txt", "blank.txt", "bom.txt"] {
        let message = format!(
            "casus: {file}: nothing to read: it is empty\nhint: give a file with the words of a report\n"
        );
        folder.check(&["code", file], "", &message, 2);
        folder.check(&["explain", file], "", &message, 2);
    }
}

#[test]
fn files_that_are_no_text_are_refused() {
    let folder = Folder::new()
        .with("a.pdf", "%PDF-1.7\n")
        .with("a.png", b"\x89PNG\r\n\x1a\n\0")
        .with("a.bin", b"ab\0cd")
        .with("a.html", "<!DOCTYPE html><p>Troops left.</p>");
    folder.check(
        &["code", "a.pdf", "a.png", "a.bin", "a.html"],
        "",
        "casus: a.pdf: not plain text: it seems to be a PDF file\n\
         hint: turn it into text first, with pdftotext for one\n\
         casus: a.png: not plain text: it seems to be a PNG image\n\
         hint: casus reads words, not images\n\
         casus: a.bin: not plain text: it seems to be binary data\n\
         hint: casus reads plain text, HTML, feeds, JSON, CSV, Parquet and WARC\n\
         casus: a.html: no report on this page\n\
         hint: give the page of one report; a front page is none\n\
         casus: 0 reports read, 4 not read, 0 events\n",
        2,
    );
}

#[test]
fn too_large_a_file_is_refused() {
    let message = "too large: one document may have 10 MB at most\n\
         hint: split it: one report a file, or JSON Lines with one report a line\n";
    let folder = Folder::new().with("big.txt", vec![b'a'; 50_000_000]);
    folder.check(&["code", "big.txt"], "", &format!("casus: big.txt: {message}"), 2);
    folder.check_with_stdin(&["code"], &vec![b'{'; 11_000_000], "", &format!("casus: -: {message}"), 2);
}

#[test]
fn bad_lines_do_not_end_the_run() {
    let lines = "{\"id\": \"a\"\n\n{\"id\": \"b\"}\n{\"id\": \"c\", \"text\": \"\"}\n";
    let folder = Folder::new().with("a.jsonl", lines);
    folder.check(
        &["code", "a.jsonl"],
        "",
        "casus: a.jsonl: line 1: not a document in JSON: EOF while parsing an object at line 1 column 10\n\
         hint: each line must be one object: {\"id\": …, \"published\": \"YYYY-MM-DD\", \"text\": …}\n\
         casus: a.jsonl: line 3: a document without words: nothing under \"text\"\n\
         hint: put the report's words under \"text\", or name the column: --columns text=NAME\n\
         casus: a.jsonl: line 4: a document without words: nothing under \"text\"\n\
         hint: put the report's words under \"text\", or name the column: --columns text=NAME\n\
         casus: 0 reports read, 3 not read, 0 events\n",
        2,
    );
}

#[test]
fn a_folder_without_texts_is_an_error() {
    Folder::new().with("news/a.exe", "x").check(
        &["code", "news"],
        "",
        "casus: news: no file in it that casus reads\n\
         hint: name the files to read them whatever they are called\n\
         casus: 1 file passed over: .exe 1\n\
         hint: casus reads plain text, HTML, feeds, JSON, CSV, Parquet and WARC; turn the others into one of them\n",
        2,
    );
}

#[test]
fn folders_are_read_in_the_order_of_their_names() {
    let folder = Folder::new()
        .with("news/b.txt", "It rains.")
        .with("news/a/z.txt", "It rains.")
        .with(
            "news/c.jsonl",
            "{\"id\": \"c1\", \"text\": \"It rains.\"}\n{\"id\": \"c2\", \"text\": \"It rains.\"}",
        )
        .with("news/.hidden.txt", "It rains.")
        .with("news/d.png", "x");
    for jobs in ["1", "3"] {
        let (out, _, code) =
            folder.run(&[DATED, &["news", "--format", "jsonl", "--jobs", jobs]].concat(), b"");
        let ids: Vec<&str> = out.lines().map(|l| l.split('"').nth(7).unwrap()).collect();
        assert_eq!((ids, code), (vec!["z", "b", "c1", "c2"], 1));
    }
}

#[test]
fn repeated_ids_are_told() {
    Folder::new().with("a/x.txt", "It rains.").with("b/x.txt", "It snows.").check(
        &[DATED, &["--format", "csv", "a", "b"]].concat(),
        COLUMNS,
        "casus: 1 report has the id of an earlier one, \"x\" for one\n\
         hint: events of one id cannot be told apart; give each report its own id, in a column or key: --columns id=NAME\n\
         casus: 2 reports read, 0 events\n",
        1,
    );
}

#[test]
fn problems_are_counted_by_report() {
    let rows = "He left on Monday and came back on Tuesday.\n".repeat(4);
    let (_, err, _) =
        Folder::new().with("a.csv", format!("text\n{rows}")).run(&["code", "--format", "csv", "a.csv"], b"");
    assert!(err.starts_with("casus: 4 of 4 reports: no-publication-date\n"), "{err}");
}

#[test]
fn what_is_no_file_is_told() {
    Folder::new().check(
        &["code", "https://wire.example/a"],
        "",
        "casus: https://wire.example/a: an address of the web, where casus fetches nothing\n\
         hint: save the page and name its file; casus watch reads feeds\n",
        2,
    );
    let (_, err, code) = Folder::new().run(&["code", "--jobs", "0", "a.txt"], b"");
    assert!(err.contains("a whole number, 1 or more") && code == 2, "{err}");
    let (_, err, code) = Folder::new().run(&["export", "--format", "acled"], b"");
    assert_eq!((err.as_str(), code), ("casus: no events found\n", 1));
    let (_, err, code) = Folder::new().with("a/b.txt", "x").run(&["query", "--db", "a"], b"");
    assert_eq!(
        (err.as_str(), code),
        ("casus: a: not a store of casus\nhint: name a file that casus made, or a new one\n", 2)
    );
}

#[test]
fn an_error_says_its_cause_once() {
    let feed = "<rss version=\"2.0\"><channel><title>W</title><item><title>A</title><description>It rains.</description></item>\
                <item><title>B</b></item></channel></rss>";
    let (_, err, _) = Folder::new().with("a.xml", feed).run(&["text", "a.xml"], b"");
    let line = err.lines().find(|line| line.contains("not a feed")).unwrap();
    assert_eq!(line.matches("arser error").count(), 1, "{err}");
}

#[test]
fn nothing_found_is_one() {
    let folder = Folder::new().with("a.txt", "The kettle is on the table.");
    let table = "── a · 2026-03-04 ".to_owned() + &"─".repeat(82) + "\n     no events\n\n";
    folder.check(&[DATED, &["a.txt"]].concat(), &table, "casus: no events found\n", 1);
}

#[test]
fn a_missing_date_is_told() {
    Folder::new().with("a.txt", "The kettle is on the table.").check(
        &["code", "--format", "csv", "a.txt"],
        COLUMNS,
        "casus: a.txt: no publication date, so words like “on Tuesday” have no day to count from\n\
         hint: pass --published YYYY-MM-DD\n\
         casus: no events found\n",
        1,
    );
}

#[test]
fn other_encodings_and_languages_are_told() {
    Folder::new()
        .with("latin.txt", b"The caf\xe9 is on the corner.")
        .with("fr.txt", "Le chat est sur la table, et les chiens sont dans le jardin avec les enfants.")
        .check(
            &[DATED, &["--format", "csv", "latin.txt", "fr.txt"]].concat(),
            COLUMNS,
            "casus: latin.txt: byte 7 is not UTF-8, so the file was read as Windows-1252\n\
             hint: save the file as UTF-8\n\
             casus: fr.txt: it seems to be French; it was read as English, so expect few and wrong events\n\
             hint: casus reads English; translate the report first\n\
             casus: 2 reports read, 0 events\n",
            1,
        );
}

#[test]
fn a_title_is_found_behind_a_byte_order_mark() {
    let folder = Folder::new().with("a.txt", "\u{feff}Kettle news\r\n\r\nThe kettle is on the table.\r\n");
    let (out, _, _) = folder.run(&[DATED, &["--format", "jsonl", "a.txt"]].concat(), b"");
    assert!(out.contains("\"title\":\"Kettle news\""), "{out}");
}

#[test]
fn every_format_comes_out_as_documents() {
    let text = "The kettle is on the table, and the cups are beside it on a tray.";
    let folder = Folder::new()
        .with("a.html", format!("<title>Kettle</title><article><p>{text}</p></article>"))
        .with("b.csv", format!("key,headline,date,body\n7,Kettle,4 March 2026,\"{text}\"\n"))
        .with("c.xml", format!("<rss version=\"2.0\"><channel><item><guid>8</guid><description>{text}</description></item></channel></rss>"));
    let document = |id: &str, title: &str| {
        let title = if title.is_empty() { "null".to_owned() } else { format!("\"{title}\"") };
        format!(
            "{{\"id\":\"{id}\",\"title\":{title},\"published\":\"2026-03-04\",\"publisher\":null,\"url\":null,\"text\":\"{text}\"}}\n"
        )
    };
    let expected = document("a", "Kettle") + &document("7", "Kettle") + &document("8", "");
    folder.check(&["text", "--published", "2026-03-04", "."], &expected, "", 0);
}

#[test]
fn formats_and_columns_can_be_said() {
    let folder = Folder::new().with("a.dat", "x;lead\n1;It rains.\n");
    let args = ["text", "--published", "2026-03-04", "--from", "csv", "--columns", "text=lead,id=x", "a.dat"];
    let (out, err, code) = folder.run(&args, b"");
    assert!(out.contains("\"id\":\"1\"") && err.is_empty() && code == 0, "{out}{err}");
    let (_, err, code) = folder.run(&["text", "--from", "csv", "--columns", "text=body", "a.dat"], b"");
    assert!(
        err.starts_with("casus: a.dat: no column is called \"body\": there are x, lead\nhint: "),
        "{err}"
    );
    assert_eq!(code, 2);
    for (args, message) in [
        (["text", "--from", "xml", "a.dat"], "no format is called \"xml\"; there are text, html, json"),
        (["text", "--columns", "words=x", "a.dat"], "a report has no \"words\"; it has text, title"),
    ] {
        let (_, err, code) = folder.run(&args, b"");
        assert!(err.contains(message), "{err}");
        assert_eq!(code, 2);
    }
}

#[test]
fn wrong_arguments_are_two() {
    let folder = Folder::new().with("a.txt", "It rains.");
    for args in [
        &["code", "--published", "soon", "a.txt"][..],
        &["code", "--format", "xml", "a.txt"],
        &["code", "--jobs", "0", "a.txt"],
        &["explain"],
        &["eval", "gold"],
        &["sing"],
        &[],
    ] {
        let (out, err, code) = folder.run(args, b"");
        assert_eq!((out.as_str(), code), ("", 2), "{args:?}");
        assert!(!err.is_empty(), "{args:?}");
    }
    let (out, err, code) = folder.run(&["--help"], b"");
    assert!(out.contains("Exit status") && err.is_empty() && code == 0);
}

#[test]
fn a_missing_folder_of_rules_is_an_error() {
    let (_, err, code) =
        Folder::new().with("a.txt", "It rains.").run(&["code", "--rules", "none", "a.txt"], b"");
    assert!(err.starts_with("casus: none"), "{err}");
    assert_eq!(code, 2);
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let many = "{\"id\": \"a\", \"published\": \"2026-03-04\", \"text\": \"It rains.\"}\n".repeat(2000);
    let (err, code) =
        Folder::new().with("a.jsonl", &many).run_closed(&["code", "--format", "jsonl", "a.jsonl"]);
    assert!(!err.contains("standard output"), "{err}");
    assert_ne!(code, 2);
}

#[test]
fn gold_is_measured() {
    let gold = r#"{"id": "a", "text": "They left.", "events": [{"id": "e1", "type": "RETREAT", "mentions": ["left"]}]}"#;
    let right =
        r#"{"id": "a", "events": [{"id": "a#e1", "type": "RETREAT", "mentions": [{"start": 5, "end": 9}]}]}"#;
    let folder = Folder::new()
        .with("gold/a.json", gold)
        .with("right.jsonl", right)
        .with("broken.jsonl", format!("{right}\n{{\n"))
        .with("bad/a.json", gold.replace("[\"left\"]", "[\"came\"]"));
    let (out, err, code) = folder.run(&["eval", "gold", "right.jsonl"], b"");
    assert!(out.contains("events        100.0  100.0  100.0      1      1\n"), "{out}");
    assert_eq!((err.as_str(), code), ("", 0));
    let (_, err, code) = folder.run(&["eval", "gold", "broken.jsonl"], b"");
    assert!(err.starts_with("casus: broken.jsonl: line 2: no record: EOF while parsing"), "{err}");
    assert_eq!(code, 2);
    folder.check(
        &["eval", "bad", "right.jsonl"],
        "",
        "casus: bad/a.json: gold does not resolve: a event e1: not in the text: \"came\"\n",
        2,
    );
    folder.check(
        &["eval", "gold", "none.jsonl"],
        "",
        "casus: none.jsonl: cannot be read: No such file or directory\n",
        2,
    );
}

const COLUMNS: &str = "document,published,publisher,title,event,type,modes,contexts,status,cameo,score,quad,start,end,\
actors,actor_codes,recipients,recipient_codes,places,place_countries,lat,lon,precision,count_min,count_max,killed_min,\
killed_max,injured_min,injured_max,detained_min,detained_max,displaced_min,displaced_max,abducted_min,abducted_max,\
weapons,sources,stances,links,confidence,sentence,url,incident\r\n";
