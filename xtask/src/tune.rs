//! Chooses a model's thresholds on gold reports that it has not seen, and writes them back to its folder.
//!
//! The network reads every report once; then each threshold in turn, first of short reports, then of articles, is moved as long
//! as the objective grows, in rounds. The objective is the mean over the gold folders of F1 figures, whole records and events counting most. Last
//! of all confidence is calibrated. Gold that the model is later measured on must not be given here.

use crate::calibrate::calibrate;
use anyhow::{Context, Result, bail};
use casus::evaluation::{GoldDocument, Tally};
use casus::types::Analysis;
use casus::{Config, Document, Evaluation, Pipeline, Reading, Record, Thresholds};
use serde_json::{Map, Value};
use std::fs;
use std::path::Path;

/// A figure of an evaluation.
type Figure = fn(&Evaluation) -> &Tally;

/// What each figure is worth.
const WEIGHTS: [(f64, Figure); 9] = [
    (3.0, |e| &e.events),
    (1.0, |e| &e.actors),
    (1.0, |e| &e.recipients),
    (0.7, |e| &e.places),
    (0.7, |e| &e.time),
    (0.5, |e| &e.numbers),
    (0.5, |e| &e.sources),
    (0.7, |e| &e.links),
    (3.0, |e| &e.record),
];

/// How far a threshold is moved at a time, one round after the other.
const STEPS: [f64; 3] = [0.1, 0.05, 0.05];

/// Gains below this are chance.
const LEAST_GAIN: f64 = 0.0003;

/// The kinds of report that have thresholds of their own.
const KINDS: [&str; 2] = ["short", "article"];

/// Thresholds that are set by hand: the figures do not punish a mode or a day too many, so tuning would name every
/// mode and date every act.
const BY_HAND: [&str; 3] = ["mode", "best_mode", "publication"];

/// Gold reports of a folder with what the network sees in them.
pub(crate) struct Folder {
    pub(crate) gold: Vec<GoldDocument>,
    pub(crate) read: Vec<(Document, Analysis)>,
}

/// What is chosen anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// Thresholds and calibration.
    All,
    /// Calibration alone: the thresholds stay.
    Calibration,
}

/// Tunes the thresholds of the model in a folder on gold folders.
pub(crate) fn run(what: What, model: &str, folders: &[&str]) -> Result<()> {
    let path = Path::new(model).join("thresholds.json");
    let written = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut now: Map<String, Value> = serde_json::from_str(&written)?;
    let mut pipeline = Pipeline::new(Config { model: Some(model.into()), ..Config::default() })?;
    let folders = folders.iter().map(|f| read(&pipeline, f)).collect::<Result<Vec<_>>>()?;
    if what == What::All {
        for kind in KINDS {
            now = climb(&mut pipeline, &folders, now, kind)?;
        }
    }
    calibrate(|values| evaluations(&mut pipeline, &folders, values), &mut now)?;
    fs::write(&path, serde_json::to_string_pretty(&now)? + "\n")?;
    eprintln!("{:.2}, written to {}", 100.0 * objective(&mut pipeline, &folders, &now)?, path.display());
    Ok(())
}

/// Moves each threshold of a kind of report in turn as long as the objective grows.
fn climb(
    pipeline: &mut Pipeline,
    folders: &[Folder],
    mut now: Map<String, Value>,
    kind: &str,
) -> Result<Map<String, Value>> {
    let mut best = objective(pipeline, folders, &now)?;
    eprintln!("{:.2} at the start with {kind}", 100.0 * best);
    let keys: Vec<String> = now[kind]
        .as_object()
        .into_iter()
        .flat_map(Map::keys)
        .filter(|k| !BY_HAND.contains(&k.as_str()))
        .cloned()
        .collect();
    for step in STEPS {
        for key in &keys {
            for step in [step, -step] {
                while let Some(trial) = moved(&now, kind, key, step) {
                    let got = objective(pipeline, folders, &trial)?;
                    if got <= best + LEAST_GAIN {
                        break;
                    }
                    (best, now) = (got, trial);
                    eprintln!("{:.2} with {key} {}", 100.0 * best, now[kind][key.as_str()]);
                }
            }
        }
    }
    Ok(now)
}

/// Returns the gold reports of a folder as the network sees them.
pub(crate) fn read(pipeline: &Pipeline, folder: &str) -> Result<Folder> {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .with_context(|| format!("cannot read {folder}"))?
        .collect::<Result<Vec<_>, _>>()?;
    paths.sort_by_key(fs::DirEntry::path);
    let mut out = Folder { gold: Vec::new(), read: Vec::new() };
    for path in paths.iter().map(fs::DirEntry::path).filter(|p| p.extension().is_some_and(|e| e == "json")) {
        let gold = GoldDocument::parse(&fs::read_to_string(&path)?)?;
        let document = gold.document();
        let analysis = pipeline.annotate(&document);
        out.gold.push(gold);
        out.read.push((document, analysis));
    }
    if out.gold.is_empty() {
        bail!("{folder}: no gold file (.json) in this folder");
    }
    Ok(out)
}

/// Returns the thresholds with one of them moved, none where it cannot go further.
fn moved(now: &Map<String, Value>, kind: &str, key: &str, step: f64) -> Option<Map<String, Value>> {
    let old = now[kind][key].as_f64()?;
    let new = ((old + step).clamp(0.05, 0.95) * 1000.0).round() / 1000.0;
    let mut out = now.clone();
    out[kind][key] = new.into();
    ((new - old).abs() > 1e-9).then_some(out)
}

fn evaluations(
    pipeline: &mut Pipeline,
    folders: &[Folder],
    values: &Map<String, Value>,
) -> Result<Vec<Evaluation>> {
    pipeline.set_thresholds(Thresholds::parse(&serde_json::to_string(values)?)?);
    let records = |folder: &Folder| -> Vec<Record> {
        let record = |(document, analysis): &(Document, Analysis)| {
            let (events, problems) = pipeline.code(document, analysis);
            let (document, analysis) = (document.clone(), analysis.clone());
            Record::new(&Reading { document, analysis, events, problems }, pipeline.model_name())
        };
        folder.read.iter().map(record).collect()
    };
    Ok(folders.iter().map(|folder| Evaluation::new(&folder.gold, &records(folder))).collect())
}

fn objective(pipeline: &mut Pipeline, folders: &[Folder], values: &Map<String, Value>) -> Result<f64> {
    let evaluations = evaluations(pipeline, folders, values)?;
    let sum: f64 =
        evaluations.iter().flat_map(|e| WEIGHTS.map(|(weight, tally)| weight * tally(e).f1())).sum();
    let worth: f64 = evaluations.iter().flat_map(|_| WEIGHTS.map(|(weight, _)| weight)).sum();
    Ok(sum / worth)
}
