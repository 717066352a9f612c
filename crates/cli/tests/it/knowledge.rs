//! Actors and places: what casus tells of its own knowledge, and a user's own tables.

use crate::run::Folder;

const GROUPS: &str = "# mine\nFront of the Bridge\tFOTB\tarmed group\tKEN\tREB\t2020-01-01\t\t\t\t\n";

#[test]
fn a_known_actor_is_told() {
    let (out, err, code) = Folder::new().run(&["actor", "joe", "biden", "--on", "2022-05-05"], b"");
    assert!(out.starts_with("Joe Biden\n     code      USA GOV, on 2022-05-05"), "{out}");
    assert!(out.contains("people.tsv:"), "{out}");
    assert_eq!((err.as_str(), code), ("", 0));
}

#[test]
fn a_phrase_is_told_by_its_words() {
    let (out, err, code) = Folder::new().run(&["actor", "Kenyan", "teachers"], b"");
    assert!(out.starts_with("Kenyan teachers\n     code      KEN EDU"), "{out}");
    assert!(out.contains("countries.tsv:") && out.contains("agent_nouns.tsv:"), "{out}");
    assert_eq!((err.as_str(), code), ("", 0));
}

#[test]
fn an_unknown_name_is_nothing_found() {
    let (out, err, code) = Folder::new().run(&["actor", "Zqzq Vrvr"], b"");
    assert!(out.contains("a word that casus does not know"), "{out}");
    assert!(err.starts_with("casus: casus knows nothing of \"Zqzq Vrvr\"\nhint: "), "{err}");
    assert_eq!(code, 1);
}

#[test]
fn own_actors_are_known() {
    let folder = Folder::new().with("mine/groups.tsv", GROUPS);
    let (out, _, code) = folder.run(&["actor", "FOTB", "--actors", "mine"], b"");
    assert!(out.starts_with("Front of the Bridge\n     code      KEN REB"), "{out}");
    assert!(out.contains("mine/groups.tsv:2"), "{out}");
    assert_eq!(code, 0);
    let (_, _, code) = folder.run(&["actor", "FOTB"], b"");
    assert_eq!(code, 1);
    folder.with("a.txt", "It rains.").check(
        &["code", "--published", "2026-03-04", "--format", "csv", "--actors", "mine/groups.tsv", "a.txt"],
        "",
        "casus: mine/groups.tsv: cannot read it: Not a directory\n",
        2,
    );
}

#[test]
fn the_built_in_tables_have_no_fault() {
    let (out, err, code) = Folder::new().run(&["check"], b"");
    assert!(out.ends_with(" actors, no fault\n"), "{out}");
    assert_eq!((err.as_str(), code), ("", 0));
}

#[test]
fn faults_are_told_with_file_and_line() {
    let bad = "One\t\tarmed band\tKEN\tREB\nTwo\t\tarmed group\tKEN\tRBE\n";
    let folder = Folder::new().with("bad/a.tsv", bad).with("empty/a.txt", "");
    folder.check(
        &["check", "--actors", "bad"],
        "bad/a.tsv:1: not a kind: \"armed band\"\n    \
         hint: the third column is person, organ, armed group, party, igo, ngo, company, medium or organisation\n\
         bad/a.tsv:2: not a sector: \"RBE\"\n    \
         hint: the fifth column is a PLOVER sector such as GOV, MIL or REB, or empty\n",
        "casus: 2 faults in the actor tables\n",
        2,
    );
    folder.check(
        &["code", "--actors", "bad", "a.txt"],
        "",
        "casus: bad/a.tsv:1: not a kind: \"armed band\"\n\
         hint: the third column is person, organ, armed group, party, igo, ngo, company, medium or organisation\n",
        2,
    );
    folder.check(
        &["check", "--actors", "empty"],
        "",
        "casus: empty: no file that ends in .tsv\n\
         hint: pass a folder of actor tables; docs/guide/actors.md tells their columns\n",
        2,
    );
}

/// A line of a `GeoNames` dump of an invented place in Iraq.
fn dump_line(id: u32, name: &str, class: &str, code: &str) -> String {
    format!(
        "{id}\t{name}\t{name}\tZernik,Зырник\t33.5\t44.5\t{class}\t{code}\tIQ\t\t07\t\t\t\t0\t\t9\tAsia/Baghdad\t2026-01-01\n"
    )
}

#[test]
fn a_dump_becomes_a_gazetteer() {
    let dump = dump_line(1, "Zyrnik", "P", "PPL") + &dump_line(2, "Orla Peak", "T", "MT");
    let folder = Folder::new().with("IQ.txt", dump).with("a.txt", "It rains.");
    folder.check(
        &["gazetteer", "import", "IQ.txt", "--out", "mine.bin"],
        "",
        "casus: mine.bin: 1 places, 0 units among them, of 2 lines; 0 MB\n\
         hint: read with it: casus code --gazetteer mine.bin\n",
        0,
    );
    let args = ["code", "--published", "2026-03-04", "--format", "jsonl", "--gazetteer"];
    let (out, _, code) = folder.run(&[&args[..], &["mine.bin", "a.txt"]].concat(), b"");
    assert!(out.starts_with('{') && code == 1, "{out}");
    folder.check(
        &[&args[..], &["a.txt", "a.txt"]].concat(),
        "",
        "casus: a.txt: not a gazetteer of this layout\n\
         hint: pass a file that casus gazetteer import has written\n",
        2,
    );
}

#[test]
fn what_is_no_dump_is_refused() {
    let folder = Folder::new()
        .with("a.zip", b"PK\x03\x04")
        .with("a.txt", "It rains.\n")
        .with("peaks.txt", dump_line(2, "Orla Peak", "T", "MT"));
    folder.check(
        &["gazetteer", "import", "a.zip"],
        "",
        "casus: a.zip: not a dump: it is a ZIP archive\nhint: unzip it first: unzip allCountries.zip\n",
        2,
    );
    folder.check(
        &["gazetteer", "import", "a.txt"],
        "",
        "casus: a.txt: line 1: no line of a GeoNames dump\n\
         hint: pass a dump of GeoNames as it is: allCountries.txt, IQ.txt, cities500.txt; nineteen columns parted by tabs\n",
        2,
    );
    folder.check(
        &["gazetteer", "import", "peaks.txt"],
        "",
        "casus: the gazetteer cannot be packed: no place in it\n\
         hint: pass a dump that has populated places or administrative units\n",
        2,
    );
    folder.check(
        &["gazetteer", "import", "none.txt"],
        "",
        "casus: none.txt: cannot be read: No such file or directory\nhint: check the path\n",
        2,
    );
}
