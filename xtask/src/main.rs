//! The repository's own chores: `cargo xtask gazetteer PLACES.tsv data/places/gazetteer.bin`,
//! `cargo xtask tune MODEL GOLD…`.

mod calibrate;
mod codes;
mod homes_fit;
mod knowledge_bench;
mod places;
mod places_fit;
mod tune;
mod words;

use anyhow::{Result, bail};

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["gazetteer", table, out] => places::pack(table, out),
        ["places-eval", tables, reports] => places::evaluate(tables, reports),
        ["knowledge-bench", data, reports] => knowledge_bench::run(data, reports),
        ["codes", data, table, gold @ ..] if !gold.is_empty() => codes::run(data, table, gold),
        ["places-fit", tables, reports] => places_fit::fit(tables, reports),
        ["tune", model, gold @ ..] if !gold.is_empty() => tune::run(tune::What::All, model, gold),
        ["homes-fit", model, gold @ ..] if !gold.is_empty() => homes_fit::run(model, gold),
        ["calibrate", model, gold @ ..] if !gold.is_empty() => {
            tune::run(tune::What::Calibration, model, gold)
        }
        ["word-frequencies", reports, leave_out, out] => words::count(reports, leave_out, out),
        _ => bail!(
            "usage: xtask gazetteer PLACES.tsv OUT.bin | xtask places-eval data/places REPORTS.jsonl \
             | xtask places-fit data/places REPORTS.jsonl | xtask knowledge-bench data REPORTS.jsonl \
             | xtask tune MODEL_DIR GOLD_DIR… | xtask codes data MENTIONS.tsv GOLD_DIR… \
             | xtask homes-fit MODEL_DIR GOLD_DIR… \
             | xtask word-frequencies REPORTS.jsonl IDS.txt data/rules/word_frequencies.tsv"
        ),
    }
}
