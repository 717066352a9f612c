//! Pages that we wrote, in the layouts of many sites, against what a reader would say they hold.

use casus_ingest::{Given, page};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Words of the main text that were found, and found words that are of it, at least; below is a step back. The measured
/// figures are in `docs/design/html.md`.
const RECALL: f64 = 0.92;
const PRECISION: f64 = 0.96;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages")
}

/// Returns the name of every page with what it should give, sorted.
fn pages() -> Vec<(String, Value)> {
    let mut names: Vec<PathBuf> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    names.sort();
    let read = |path: &PathBuf| serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    names.iter().map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), read(path))).collect()
}

fn html(name: &str) -> Vec<u8> {
    fs::read(folder().join(format!("{name}.html"))).unwrap()
}

/// Counts the words of a text, without case.
fn words(text: &str) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word.to_lowercase()).or_default() += 1;
    }
    words
}

#[test]
fn every_page_gives_title_day_publisher_and_address() {
    for (name, expected) in pages() {
        let (document, _) = page(&html(&name), &format!("{name}.html"), &Given::default()).unwrap();
        let found = serde_json::json!({
            "title": document.title,
            "published": document.published.map(|day| day.to_string()),
            "publisher": document.publisher,
            "url": document.url,
            "paragraphs": expected["paragraphs"],
        });
        assert_eq!(found, expected, "{name}");
        assert_eq!(document.id, name);
    }
}

#[test]
fn main_texts_are_found() {
    let (mut recall, mut precision) = (0.0, 0.0);
    let pages = pages();
    for (name, expected) in &pages {
        let (document, _) = page(&html(name), name, &Given::default()).unwrap();
        let expected: Vec<&str> =
            expected["paragraphs"].as_array().unwrap().iter().map(|p| p.as_str().unwrap()).collect();
        let (wanted, found) = (words(&expected.join(" ")), words(&document.text));
        let common: usize = wanted.iter().map(|(word, n)| *n.min(found.get(word).unwrap_or(&0))).sum();
        let share = |all: &BTreeMap<String, usize>| {
            f64::from(u32::try_from(common).unwrap())
                / f64::from(u32::try_from(all.values().sum::<usize>()).unwrap())
        };
        println!("{name:10} recall {:.3} precision {:.3}", share(&wanted), share(&found));
        recall += share(&wanted);
        precision += share(&found);
    }
    let n = f64::from(u32::try_from(pages.len()).unwrap());
    println!("mean       recall {:.3} precision {:.3} of {n} pages", recall / n, precision / n);
    assert!(recall / n >= RECALL && precision / n >= PRECISION);
}

#[test]
fn paragraphs_stay_apart() {
    let (document, problems) = page(&html("divs"), "divs.html", &Given::default()).unwrap();
    let expected = &pages().into_iter().find(|(name, _)| name == "divs").unwrap().1["paragraphs"];
    let paragraphs: Vec<&str> = expected.as_array().unwrap().iter().map(|p| p.as_str().unwrap()).collect();
    assert_eq!(document.text, paragraphs.join("\n\n"));
    assert!(problems.is_empty());
}

#[test]
fn a_page_names_its_encoding() {
    let (document, problems) = page(&html("table"), "table.html", &Given::default()).unwrap();
    assert!(document.text.contains("village of Olé") && document.text.contains("“Sons of Kesh”"));
    assert!(problems.is_empty());
}

#[test]
fn the_site_is_no_part_of_a_short_title() {
    let html = "<html><head><title>Arvan falls | The Wire</title></head><body><article><h1>Arvan falls</h1>\
        <p>Troops of the north took the town of Arvan on Monday after long fighting, the ministry said.</p>\
        <p>The mayor and about forty people had left the town hall an hour before.</p></article></body></html>";
    let (document, _) = page(html.as_bytes(), "a.html", &Given::default()).unwrap();
    assert_eq!(
        (document.title.as_deref(), document.publisher.as_deref()),
        (Some("Arvan falls"), Some("The Wire"))
    );
    assert!(document.text.starts_with("Troops of the north"), "{}", document.text);
}

#[test]
fn what_is_given_wins_over_the_page() {
    let given = Given {
        published: "2020-01-01".parse().ok(),
        title: Some("Mine".to_owned()),
        id: Some("a".to_owned()),
        order: None,
    };
    let (document, _) = page(&html("brief"), "brief.html", &given).unwrap();
    assert_eq!((document.id.as_str(), document.title.as_deref()), ("a", Some("Mine")));
    assert_eq!(document.published, given.published);
}

#[test]
fn a_page_without_a_report_is_told() {
    let error = |bytes: &[u8]| page(bytes, "-", &Given::default()).unwrap_err().to_string();
    assert_eq!(error(&html("index")), "no report on this page");
    assert_eq!(error(b"<html><body></body></html>"), "no report on this page");
    assert_eq!(error(b""), "nothing to read: it is empty");
    assert_eq!(error(&vec![b'<'; 10_000_001]), "too large: one document may have 10 MB at most");
}
