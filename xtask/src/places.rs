//! Packing the gazetteer, and resolving given toponyms of reports to measure it.

use anyhow::{Context, Result, anyhow};
use casus_coder::places::{Gazetteer, Toponym, resolve};
use casus_types::Span;
use serde_json::{Value, json};
use std::{fs, io::Write, path::Path, time::Instant};

/// Packs the table that `xtask/gazetteer.py` prints into the file that casus embeds.
pub(crate) fn pack(table: &str, out: &str) -> Result<()> {
    let text = fs::read_to_string(table).with_context(|| format!("{table}: cannot be read"))?;
    let bytes = casus_coder::places::pack(&text).with_context(|| format!("{table}: cannot be packed"))?;
    fs::write(out, bytes).with_context(|| format!("{out}: cannot be written"))
}

/// A report whose toponyms have known places.
pub(crate) struct Located {
    pub(crate) text: String,
    pub(crate) toponyms: Vec<Toponym>,
    pub(crate) gold: Vec<Gold>,
}

/// Where a toponym lies.
pub(crate) struct Gold {
    pub(crate) country: Option<String>,
    pub(crate) point: Option<(f64, f64)>,
}

/// Opens the gazetteer of a folder.
pub(crate) fn open(tables: &str) -> Result<Gazetteer> {
    let read = |name: &str| {
        fs::read_to_string(Path::new(tables).join(name)).with_context(|| format!("{name}: cannot be read"))
    };
    // The gazetteer borrows bytes that live as long as the program, as they do when embedded.
    let bin: &'static [u8] = Box::leak(fs::read(Path::new(tables).join("gazetteer.bin"))?.into_boxed_slice());
    Ok(Gazetteer::new(bin, &read("countries.tsv")?, &read("supplement.tsv")?)?)
}

/// Reads JSON Lines: `{"text": …, "toponyms": [{"start": …, "end": …, "country": …, "lat": …, "lon": …}]}`, offsets in
/// code points; what a toponym's place is may be left out.
pub(crate) fn located(reports: &str) -> Result<Vec<Located>> {
    let mut out = Vec::new();
    for (n, line) in fs::read_to_string(reports)?.lines().enumerate() {
        let report: Value =
            serde_json::from_str(line).with_context(|| format!("{reports}: line {}", n + 1))?;
        let text = report["text"].as_str().ok_or_else(|| anyhow!("{reports}: line {}: no text", n + 1))?;
        let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        bytes.push(text.len());
        let offset = |v: &Value| v.as_u64().and_then(|p| bytes.get(usize::try_from(p).ok()?)).copied();
        let mut located = Located { text: text.to_owned(), toponyms: Vec::new(), gold: Vec::new() };
        for t in report["toponyms"].as_array().into_iter().flatten() {
            let (Some(start), Some(end)) = (offset(&t["start"]), offset(&t["end"])) else { continue };
            located.toponyms.push(Toponym { span: Span::new(start, end) });
            located.gold.push(Gold {
                country: t["country"].as_str().map(str::to_owned),
                point: t["lat"].as_f64().zip(t["lon"].as_f64()),
            });
        }
        out.push(located);
    }
    Ok(out)
}

/// Resolves the toponyms of JSON Lines (`{"text": …, "toponyms": [{"start": …, "end": …}]}`, offsets in code points) and
/// prints one line a report: the places in order, `null` for none, and the milliseconds taken.
pub(crate) fn evaluate(tables: &str, reports: &str) -> Result<()> {
    let gazetteer = open(tables)?;
    let mut out = std::io::stdout().lock();
    for report in located(reports)? {
        let start = Instant::now();
        let places = resolve(&gazetteer, &report.text, &report.toponyms);
        let ms = start.elapsed().as_secs_f64() * 1e3;
        let places: Vec<Value> = places
            .iter()
            .map(|p| {
                p.as_ref().map_or(Value::Null, |p| {
                    json!({"name": p.value.name, "country": p.value.country.map(|c| c.to_string()), "admin1": p.value.admin1,
                        "geonameid": p.value.geonameid, "lat": p.value.point.map(|q| q.0), "lon": p.value.point.map(|q| q.1),
                        "precision": p.value.precision, "confidence": p.confidence.get(), "by": p.evidence.made_by})
                })
            })
            .collect();
        writeln!(out, "{}", json!({"places": places, "ms": ms}))?;
    }
    Ok(())
}
