//! What is new, what was there, what is a newer version and what a copy.

use crate::made::empty;
use casus_store::{Admission, Admissions, Entry, State, Store};
use casus_types::Document;
use casus_types::record::Record;

const REPORT: &str = "Northland said on Tuesday that its troops had left the town of Arvan after nine days of fighting \
    in which at least 14 people were killed, among them four children. The ministry of defence in the capital said \
    the withdrawal had been agreed with mediators from two neighbouring states. Residents told reporters that the \
    last lorries crossed the river before dawn, and that the market opened again around noon.";

fn document(id: &str, text: &str, url: Option<&str>) -> Document {
    Document {
        id: id.to_owned(),
        published: "2026-03-04".parse().ok(),
        url: url.map(str::to_owned),
        text: text.to_owned(),
        ..Document::default()
    }
}

/// Admits a document, and inserts it where `insert` says so.
fn admit(store: &mut Store, admissions: &mut Admissions, document: &Document, insert: bool) -> Admission {
    admit_from(store, admissions, document, None, insert)
}

fn admit_from(
    store: &mut Store,
    admissions: &mut Admissions,
    document: &Document,
    origin: Option<&str>,
    insert: bool,
) -> Admission {
    let admission = admissions.admit(store, document, origin).unwrap();
    let mut writer = store.writer().unwrap();
    let (key, state, replaces) = match &admission {
        Admission::Known { .. } => return admission,
        Admission::New { key, replaces } => (key, State::Coded, replaces.as_deref()),
        Admission::Copy { key, of, similarity } => (key, State::Copy { of, similarity: *similarity }, None),
    };
    if insert {
        let (title, url) = (document.title.clone(), document.url.clone());
        let record = Record { title, published: document.published, url, ..empty(key) };
        let text = Some(document.text.as_str());
        let entry = Entry { text, given_id: &document.id, state, replaces, origin, ..Entry::of(&record) };
        writer.insert(&entry).unwrap();
        admissions.inserted();
    }
    writer.commit().unwrap();
    admission
}

/// Checks what becomes of a second document after a first, be the first in the file already or on its way.
#[track_caller]
fn check(first: &Document, second: &Document, expected: &str) {
    check_from([None, None], first, second, expected);
}

#[track_caller]
fn check_from(origins: [Option<&str>; 2], first: &Document, second: &Document, expected: &str) {
    for inserted in [true, false] {
        let mut store = Store::in_memory().unwrap();
        let mut admissions = Admissions::default();
        admit_from(&mut store, &mut admissions, first, origins[0], inserted);
        let said = match admit_from(&mut store, &mut admissions, second, origins[1], false) {
            Admission::Known { key } => format!("known {key}"),
            Admission::New { key, replaces: None } => format!("new {}", key.split('~').next().unwrap()),
            Admission::New { replaces: Some(older), .. } => format!("newer than {older}"),
            Admission::Copy { of, similarity, .. } => format!("copy of {of} at {similarity:.1}"),
        };
        assert_eq!(said, expected, "inserted: {inserted}");
    }
}

#[test]
fn what_was_there_is_known() {
    let a = document("a", REPORT, None);
    check(&a, &a, "known a");
    check(&a, &document("b", "Something else was said.", None), "new b");
    let page = document("a", REPORT, Some("https://example.org/1"));
    check(&page, &document("b", REPORT, Some("http://www.example.org/1?utm_source=x")), "known a");
}

#[test]
fn the_same_words_elsewhere_are_a_copy() {
    check(&document("a", REPORT, None), &document("b", REPORT, None), "copy of a at 1.0");
    let with_byline = format!("ARVAN (Example Wire) — {REPORT}\n\nEditing by the desk.");
    check(&document("a", REPORT, None), &document("b", &with_byline, None), "copy of a at 0.9");
    let cut = &REPORT[..REPORT.find(" Residents").unwrap()];
    check(&document("a", REPORT, None), &document("b", cut, None), "copy of a at 1.0");
}

#[test]
fn what_says_more_is_no_copy() {
    let cut = &REPORT[..REPORT.find(" Residents").unwrap()];
    check(&document("a", cut, None), &document("b", REPORT, None), "new b");
    for (old, new) in [("at least 14", "at least 17"), ("four children", "seven children")] {
        check(&document("a", REPORT, None), &document("b", &REPORT.replace(old, new), None), "new b");
    }
}

#[test]
fn the_same_words_another_week_are_no_copy() {
    let mut later = document("b", REPORT, None);
    later.published = "2026-03-20".parse().ok();
    check(&document("a", REPORT, None), &later, "new b");
    later.published = None;
    check(&document("a", REPORT, None), &later, "copy of a at 1.0");
    // Row 1 of another month's table.
    let mut row = document("1", "Shelling went on.", None);
    row.published = "2026-02-04".parse().ok();
    check(&row, &document("1", "Shelling went on.", None), "new 1");
    row.published = "2026-03-03".parse().ok();
    check(&row, &document("1", "Shelling went on.", None), "known 1");
}

#[test]
fn a_page_that_changed_is_a_newer_version() {
    let url = Some("https://example.org/1");
    let longer = format!("{REPORT} On Wednesday 3 more bodies were found.");
    check(&document("a", REPORT, url), &document("b", &longer, url), "newer than a");
    check(&document("a", REPORT, None), &document("a", &longer, None), "newer than a");
    // Files of one name in two folders, and reports that give the front page as their address.
    check(&document("a", REPORT, None), &document("a", "Something else was said.", None), "new a");
    check(&document("a", REPORT, url), &document("b", "Something else was said.", url), "new b");
}

fn titled(document: Document, title: &str, day: &str) -> Document {
    Document { title: Some(title.to_owned()), published: day.parse().ok(), ..document }
}

#[test]
fn other_reports_of_one_name_replace_nothing() {
    let brief = |day, text| titled(document("brief", text, None), "Weekly security brief", day);
    let first = brief("2026-03-04", "Gunmen killed three villagers in Sela, Northland, on Monday.");
    let next = brief("2026-03-11", "Police in Arvan arrested two protesters on Tuesday.");
    check(&first, &next, "new brief");
    // Rows of two tables, each numbered from 1, in the words of one desk.
    let row = |place: &str, killed: &str| {
        let text = format!(
            "Gunmen killed {killed} in {place}, Northland, on Monday, police said. The army sent troops."
        );
        document("1", &text, None)
    };
    check(&row("Sela", "three villagers"), &row("Tarn", "nine traders"), "new 1");
    // A daily letter whose foot is longer than its news.
    let foot = "This letter is written by volunteers who read what is printed in the provinces. Whoever knows more may \
        write to the desk at any hour. Letters are answered in the order in which they come.";
    let letter = |day, news: &str| titled(document("letter", &format!("{news} {foot}"), None), "Letter", day);
    let monday = letter("2026-03-03", "Gunmen killed three villagers in Sela on Monday.");
    check(
        &monday,
        &letter("2026-03-04", "Police in Arvan arrested two protesters on Tuesday."),
        "new letter",
    );
    check(
        &monday,
        &letter("2026-03-10", "Police in Arvan arrested protesters who had gathered in front of the court."),
        "new letter",
    );
}

#[test]
fn a_report_that_was_gone_over_is_a_newer_version() {
    let mut longer = document("a", &REPORT.replace("at least 14", "at least 17"), None);
    longer.text += " On Thursday the mediators met again in the capital.";
    longer.published = "2026-03-05".parse().ok();
    check(&document("a", REPORT, None), &longer, "newer than a");
    longer.published = "2026-03-11".parse().ok();
    check(&document("a", REPORT, None), &longer, "new a");
}

#[test]
fn a_row_that_was_put_right_is_a_newer_version() {
    let row = |town: &str| {
        document(
            "1",
            &format!("The market of {town} opened again on Monday, said traders who had fled in May."),
            None,
        )
    };
    let (table, other) = (Some("a.csv: row 2"), Some("b.csv: row 2"));
    check_from([table, table], &row("Slea"), &row("Sela"), "newer than 1");
    check_from([table, other], &row("Slea"), &row("Sela"), "new 1");
    let mut next = row("Sela");
    next.published = "2026-03-05".parse().ok();
    check_from([table, table], &row("Tarn"), &next, "new 1");
}

#[test]
fn pages_of_one_address_are_versions_by_their_words_or_by_title_and_day() {
    let url = Some("https://example.org/arvan");
    let page = |text, day| titled(document("p", text, url), "Troops leave Arvan", day);
    let stub = page("More follows.", "2026-03-04");
    check(&stub, &page(REPORT, "2026-03-04"), "newer than p");
    check(&stub, &page(REPORT, "2026-03-11"), "new p");
    let cut = &REPORT[..REPORT.find(" Residents").unwrap()];
    check(&page(cut, "2026-03-04"), &page(REPORT, "2026-03-11"), "newer than p");
}

#[test]
fn reports_of_other_weeks_leave_room_for_the_original() {
    // What stands under every report of a desk; the sketches of all are full of it.
    let foot = (0..400).map(|n| format!(" w{n}x")).collect::<Vec<_>>().concat();
    let report = |id: &str, day: &str, lead: &str| {
        let mut report = document(id, &format!("{lead}{foot}"), None);
        report.published = day.parse().ok();
        report
    };
    let lead = "Residents of Sela left their houses before dawn when the river rose over the dam.";
    let cut = &lead[..lead.find(" when").unwrap()];
    for inserted in [true, false] {
        let mut store = Store::in_memory().unwrap();
        let mut admissions = Admissions::default();
        for n in 0..20 {
            let old = report(
                &format!("old{n}"),
                "2026-02-04",
                &format!("Letter of another town, the {n}th of all."),
            );
            admit(&mut store, &mut admissions, &old, inserted);
        }
        admit(&mut store, &mut admissions, &report("a", "2026-03-04", lead), inserted);
        let said = admit(&mut store, &mut admissions, &report("b", "2026-03-04", cut), false);
        assert!(matches!(&said, Admission::Copy { of, .. } if of == "a"), "{said:?}");
    }
}

#[test]
fn keys_are_never_given_twice() {
    let mut store = Store::in_memory().unwrap();
    let mut admissions = Admissions::default();
    let mut keys = Vec::new();
    for words in ["One thing.", "Another thing.", "A third thing."] {
        let Admission::New { key, .. } =
            admit(&mut store, &mut admissions, &document("a", words, None), true)
        else {
            panic!("they are new");
        };
        keys.push(key);
    }
    assert_eq!(keys[0], "a");
    assert!(keys[1].starts_with("a~") && keys[2].starts_with("a~") && keys[1] != keys[2]);
}
