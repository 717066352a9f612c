//! Every article under `golden/` gives the events that stand below it. What casus is known to get
//! wrong stands in `known-faults` blocks, which `just golden --accept` rewrites.
//!
//! Another kind of processor rounds the network's floating-point part otherwise, so that a probability on a threshold may
//! fall on its other side (`ARCHITECTURE.md`, invariant 5). So a few articles may differ from what was written down on
//! the machine of whoever accepted it; `just golden` allows none.

use casus::golden::{self, GoldenArticle};
use casus::{Config, Pipeline, Record};
use std::fs;
use std::path::{Path, PathBuf};

/// Articles that another processor may read otherwise.
const UNSETTLED: usize = 3;

#[test]
fn golden_articles_give_their_events() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../golden");
    let mut files = Vec::new();
    list(&folder, &mut files);
    let pipeline = Pipeline::new(Config::default()).unwrap();
    let wish = std::env::var("CASUS_GOLDEN").unwrap_or_default();
    let (accept, allowed) = (wish == "accept", if wish == "strict" { 0 } else { UNSETTLED });
    let (mut faults, mut changed) = (Vec::new(), 0);
    for file in files {
        let markdown = fs::read_to_string(&file).unwrap();
        let articles = golden::parse(&markdown).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let records: Vec<Record> = articles.iter().map(|article| read(&pipeline, article)).collect();
        if accept {
            fs::write(&file, golden::accept(&markdown, &articles, &records)).unwrap();
            continue;
        }
        for (article, record) in articles.iter().zip(&records) {
            let name = file.strip_prefix(&folder).unwrap().display();
            let line = &article.document.id;
            let got = article.faults(record);
            changed += usize::from(got != article.known_faults);
            let (new, gone) =
                (|f: &&String| !article.known_faults.contains(f), |f: &&String| !got.contains(f));
            faults.extend(got.iter().filter(new).map(|fault| format!("{name}:{line}: {fault}")));
            faults.extend(
                article.known_faults.iter().filter(gone).map(|f| format!("{name}:{line}: no more: {f}")),
            );
        }
    }
    let told = format!(
        "{changed} articles differ (`just golden --accept` writes it down as known):\n{}",
        faults.join("\n")
    );
    assert!(changed <= allowed, "{told}");
    if changed > 0 {
        eprintln!("{told}");
    }
}

fn read(pipeline: &Pipeline, article: &GoldenArticle) -> Record {
    Record::new(&pipeline.read(article.document.clone(), Vec::new()), pipeline.model_name())
}

/// Lists the Markdown files below a folder, in the order of their names; none where there is no such folder yet.
fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            list(&path, files);
        } else if path.extension().is_some_and(|e| e == "md")
            && path.file_stem().is_some_and(|s| s != "README")
        {
            files.push(path);
        }
    }
}
