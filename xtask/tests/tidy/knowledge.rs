//! What casus knows has an origin, a licence and, where it is a rule, examples.

use crate::{report, sha256, tree};
use casus_coder::rules::Rulings;

/// The most that `models/` may weigh: the binary carries it all.
const MODELS_BYTES: u64 = 60_000_000;

/// A row of the tables in `data/SOURCES.md`.
struct Source {
    path: String,
    origin: String,
    licence: String,
    sha256: String,
}

#[test]
fn every_file_of_data_has_an_origin_and_a_licence() {
    let sources = sources();
    let mut faults = Vec::new();
    for path in tree::below("data/") {
        if path.ends_with(".md") {
            continue;
        }
        let folder = |s: &Source| s.path.ends_with('/') && path.starts_with(&s.path);
        let Some(source) =
            sources.iter().find(|s| s.path == path).or_else(|| sources.iter().find(|s| folder(s)))
        else {
            faults.push(format!("{path}: not in data/SOURCES.md"));
            continue;
        };
        if source.origin.is_empty() || source.licence.is_empty() {
            faults.push(format!("{path}: its row in data/SOURCES.md lacks an origin or a licence"));
        }
        if tree::text(&path).is_none() && source.sha256 != sha256::hex(&tree::bytes(&path)) {
            faults.push(format!("{path}: its sha256 is {}", sha256::hex(&tree::bytes(&path))));
        }
    }
    report(
        &faults,
        "Give the file, or its folder, a row in data/SOURCES.md: where it comes from, and under what licence.",
    );
}

#[test]
fn every_row_of_sources_has_its_file() {
    let faults: Vec<String> = sources()
        .into_iter()
        .filter(|source| !tree::root().join(&source.path).exists())
        .map(|source| format!("data/SOURCES.md: {} does not exist", source.path))
        .collect();
    report(&faults, "Take the row out, or correct the path: it counts from the root of the repository.");
}

#[test]
fn every_table_says_what_it_is() {
    let faults: Vec<String> = tree::below("data/")
        .into_iter()
        .filter(|path| path.ends_with(".tsv") && !tree::read(path).starts_with('#'))
        .map(|path| format!("{path}: does not begin with a line of comment"))
        .collect();
    report(&faults, "Begin the table with lines after # that name its columns and what it is for.");
}

#[test]
fn every_rule_can_be_read_and_has_examples() {
    let mut faults = Vec::new();
    for path in tree::below("data/rules/rulings/").into_iter().filter(|path| !path.ends_with(".md")) {
        if !path.ends_with(".rule") {
            faults.push(format!("{path}: a ruling's file ends in .rule, or it is not found"));
            continue;
        }
        let text = tree::read(&path);
        let name = path.rsplit('/').next().expect("a path has a last part");
        match Rulings::parse([(name, text.as_str())]) {
            Err(error) => faults.push(format!("{path}: {error}")),
            Ok(rulings) => {
                let ruling = &rulings.all()[0];
                if ruling.examples.is_empty() {
                    faults.push(format!("{path}: no example"));
                }
                if ruling.counters.is_empty() {
                    faults.push(format!("{path}: no counter"));
                }
            }
        }
        for key in ["why", "reference"] {
            let said = |line: &str| {
                line.strip_prefix(key).and_then(|l| l.strip_prefix(':')).is_some_and(|l| !l.trim().is_empty())
            };
            if !text.lines().any(said) {
                faults.push(format!("{path}: no {key}"));
            }
        }
    }
    report(
        &faults,
        "A ruling says what, why, an example that it changes, a counter that it leaves alone, and a reference.",
    );
}

#[test]
fn models_stay_small() {
    let total: u64 = tree::below("models/").iter().map(|path| tree::size(path)).sum();
    assert!(
        total <= MODELS_BYTES,
        "models/ weighs {total} bytes, more than {MODELS_BYTES}: the binary carries it. Quantise, or take a file out."
    );
}

/// Returns the rows whose first cell is a path in backticks.
fn sources() -> Vec<Source> {
    let markdown = tree::read("data/SOURCES.md");
    let mut out = Vec::new();
    for line in markdown.lines().filter(|line| line.starts_with("| `")) {
        let mut cells =
            line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`').to_owned());
        let mut cell = || cells.next().unwrap_or_default();
        out.push(Source { path: cell(), origin: cell(), licence: cell(), sha256: cell() });
    }
    out
}
