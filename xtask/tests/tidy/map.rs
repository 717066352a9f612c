//! ARCHITECTURE.md names what is there, and nothing else; links and commands of the documents lead somewhere.

use crate::{crates, report, tree};
use std::collections::BTreeSet;

/// Endings by which a word in a document is taken for a path.
const ENDINGS: [&str; 13] = [
    ".rs", ".py", ".md", ".toml", ".tsv", ".txt", ".json", ".jsonl", ".bin", ".onnx", ".rule", ".sh", ".lock",
];

#[test]
fn every_name_in_architecture_exists() {
    let architecture = tree::read("ARCHITECTURE.md");
    let packages: BTreeSet<String> = crates::manifests().values().filter_map(|m| package(m)).collect();
    let mut faults = Vec::new();
    for word in code_words(&architecture) {
        if is_path(&word) && !exists(&word) {
            faults.push(format!("ARCHITECTURE.md: `{word}` is no file or folder"));
        }
        if word.starts_with("casus-") && !packages.contains(&word) {
            faults.push(format!("ARCHITECTURE.md: `{word}` is no crate"));
        }
    }
    report(&faults, "Paths stand from the root of the repository. Correct the name, or take it out.");
}

#[test]
fn every_crate_and_folder_is_named_in_architecture() {
    let architecture = tree::read("ARCHITECTURE.md");
    let words: BTreeSet<String> = code_words(&architecture).into_iter().collect();
    let mut wanted: BTreeSet<String> = crates::manifests().into_keys().collect();
    let tops =
        tree::files().into_iter().filter_map(|path| path.split_once('/').map(|(top, _)| top.to_owned()));
    wanted.extend(tops.filter(|top| top != "crates"));
    let faults: Vec<String> = wanted
        .iter()
        .filter(|folder| !words.iter().any(|word| word.trim_end_matches('/') == **folder))
        .map(|folder| format!("ARCHITECTURE.md: does not name `{folder}/`"))
        .collect();
    report(&faults, "Add a line that says what the folder is for.");
}

#[test]
fn links_in_documents_lead_somewhere() {
    let mut faults = Vec::new();
    for path in tree::files().into_iter().filter(|path| path.ends_with(".md")) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for target in links(&tree::read(&path)) {
            let target = target.split('#').next().unwrap_or_default();
            if !target.is_empty() && !target.contains(':') && !exists(&format!("{folder}/{target}")) {
                faults.push(format!("{path}: {target}"));
            }
        }
    }
    report(&faults, "Correct the link, or write what it should lead to.");
}

#[test]
fn the_first_commands_of_the_readme_name_files_that_exist() {
    let readme = tree::read("README.md");
    let block = readme.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap_or_default();
    assert!(!block.trim().is_empty(), "README.md: no ```sh block: .ci/run has nothing to try.");
    let faults: Vec<String> = block
        .split_whitespace()
        .filter(|word| is_path(word) && !exists(word))
        .map(|word| format!("README.md: {word} does not exist"))
        .collect();
    report(&faults, "Correct the command: it is what a newcomer tries first.");
}

#[test]
fn words_are_told_apart() {
    let text = "See `crates/types/` and `fn code()`.\n```sh\ncargo run -- x/y.txt\n```\n`data/rules/*.rule`";
    assert_eq!(code_words(text), ["crates/types/", "fn", "code()", "data/rules/*.rule"]);
    assert!(
        is_path("crates/types/") && is_path("deny.toml") && !is_path("and/or:") && !is_path("data/*.tsv")
    );
    assert_eq!(links("[a](b.md) and `[c](d.md)` and ![e](f.png#g)"), ["b.md", "f.png#g"]);
}

/// Returns the words of a Markdown text that stand in backticks within a line.
fn code_words(markdown: &str) -> Vec<String> {
    let mut out = Vec::new();
    for line in prose(markdown) {
        out.extend(line.split('`').skip(1).step_by(2).flat_map(str::split_whitespace).map(str::to_owned));
    }
    out
}

/// Returns the targets of a Markdown text's links.
fn links(markdown: &str) -> Vec<String> {
    let mut out = Vec::new();
    for line in prose(markdown) {
        let plain: String = line.split('`').step_by(2).collect();
        let targets = plain.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
        out.extend(targets.map(|(target, _)| target.to_owned()));
    }
    out
}

/// Returns the lines outside fenced blocks.
fn prose(markdown: &str) -> impl Iterator<Item = &str> {
    let mut fenced = false;
    markdown.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        !fence && !fenced
    })
}

fn is_path(word: &str) -> bool {
    let plain = word.chars().all(|c| c.is_alphanumeric() || "._-/".contains(c));
    plain && (word.contains('/') || ENDINGS.iter().any(|ending| word.ends_with(ending) && word != *ending))
}

fn exists(path: &str) -> bool {
    tree::root().join(path.trim_start_matches('/')).exists()
}

fn package(manifest: &str) -> Option<String> {
    let line = manifest.lines().find(|line| line.starts_with("name = "))?;
    line.split('"').nth(1).map(str::to_owned)
}
