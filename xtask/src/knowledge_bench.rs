//! What knowledge costs: `cargo xtask knowledge-bench data REPORTS.jsonl`.

use crate::places::{Located, located, open};
use anyhow::{Context, Result};
use casus_coder::actors::{ActorContext, ActorFiles, ActorTable, ReportNames, resolve_in};
use casus_coder::dates_and_quantities;
use casus_coder::places::{Gazetteer, resolve};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;
use std::{fs, hint};

/// Prints how many megabytes the tables take, how long they load, and how long the actors, places, dates and numbers of
/// a report take, its toponyms standing for its phrases: the median, the 99th in a hundred, and the longest; then what share
/// of the time each of the three takes.
pub(crate) fn run(data: &str, reports: &str) -> Result<()> {
    let before = resident();
    let start = Instant::now();
    let files = texts(data)?;
    let pairs: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let actors = ActorTable::parse(ActorFiles { built_in: &pairs, own: &[] })?;
    let gazetteer = open(&format!("{data}/places"))?;
    let loaded = start.elapsed().as_secs_f64() * 1e3;
    let reports = located(reports)?;
    let parts: Vec<[f64; 3]> = reports.iter().map(|report| costs(&actors, &gazetteer, report)).collect();
    let mut costs: Vec<f64> = parts.iter().map(|parts| parts.iter().sum()).collect();
    costs.sort_by(f64::total_cmp);
    let at = |share: usize| costs.get(costs.len() * share / 100).or(costs.last()).copied().unwrap_or(0.0);
    let (median, most, longest) = (at(50), at(99), costs.last().copied().unwrap_or(0.0));
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} actors; loaded in {loaded:.0} ms", actors.actors().count())?;
    if let (Some(before), Some(after)) = (before, resident()) {
        writeln!(out, "{:.1} MB resident for the tables", (after - before) / 1e3)?;
    }
    writeln!(
        out,
        "{} reports: median {median:.2} ms, 99 % {most:.2} ms, longest {longest:.2} ms",
        costs.len()
    )?;
    let total: f64 = costs.iter().sum();
    for (at, name) in ["actors", "places", "dates and numbers"].into_iter().enumerate() {
        let share = parts.iter().map(|parts| parts[at]).sum::<f64>() / total;
        writeln!(out, "{name}: {:.0} %", 100.0 * share)?;
    }
    Ok(())
}

/// Milliseconds that the actors, places, dates and numbers of one report take.
fn costs(actors: &ActorTable, gazetteer: &Gazetteer, report: &Located) -> [f64; 3] {
    let published = "2025-06-30".parse().ok();
    let mut last = Instant::now();
    let mut lap = || {
        let took = last.elapsed().as_secs_f64() * 1e3;
        last = Instant::now();
        took
    };
    let names = ReportNames::new(actors, &report.text, published);
    let context = ActorContext { text: &report.text, published, ..ActorContext::default() };
    for toponym in &report.toponyms {
        hint::black_box(resolve_in(&names, toponym.span, &context));
    }
    let actors = lap();
    hint::black_box(resolve(gazetteer, &report.text, &report.toponyms));
    let places = lap();
    hint::black_box(dates_and_quantities(&report.text, published));
    [actors, places, lap()]
}

/// Returns the tables of actors and their nouns.
pub(crate) fn texts(data: &str) -> Result<Vec<(String, String)>> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(Path::new(data).join("actors"))? {
        paths.push(entry?.path());
    }
    for name in ["agent_nouns.tsv", "definite_nouns.tsv", "phrase_words.tsv"] {
        paths.push(Path::new(data).join("rules").join(name));
    }
    paths.retain(|path| path.extension().is_some_and(|e| e == "tsv"));
    paths.sort();
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
        Ok((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), text))
    };
    paths.iter().map(read).collect()
}

/// Returns the kilobytes of memory that the process holds, where the system tells.
fn resident() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
