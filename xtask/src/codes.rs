//! How well the tables know who is who: `cargo xtask codes data MENTIONS.tsv GOLD_DIR…`.
//!
//! Every participant and source of gold reports has a code and the places where it is mentioned, so the resolution of
//! actors is measured without a model: the first mention of each, with the gold places of its acts as context.

use crate::{knowledge_bench, places};
use anyhow::{Context, Result, bail};
use casus::evaluation::{GoldDocument, GoldEntity};
use casus_coder::actors::{ActorContext, ActorFiles, ActorTable, ReportNames, resolve_in};
use casus_coder::places::{Gazetteer, scan};
use casus_types::{Country, EventType, Span};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write;

/// How many there are and how many of them have the right code, country and sector.
#[derive(Debug, Clone, Copy, Default)]
struct Share {
    all: usize,
    code: usize,
    country: usize,
    sector: usize,
}

/// Prints the share of right codes by the sector that gold gives, first mentions and all mentions, and writes every
/// mention to a table: whether it is right, code, found code, what found it, the words, the name, the report, which mention.
pub(crate) fn run(data: &str, mentions_to: &str, folders: &[&str]) -> Result<()> {
    let files = knowledge_bench::texts(data)?;
    let pairs: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let actors = ActorTable::parse(ActorFiles { built_in: &pairs, own: &[] })?;
    let gazetteer = places::open(&format!("{data}/places"))?;
    let mut rows = String::from("verdict\tgold\tfound\tmade_by\twords\tname\treport\tmention\n");
    let mut out = std::io::stdout().lock();
    for folder in folders {
        let mut by_sector: BTreeMap<String, Share> = BTreeMap::new();
        let (mut first, mut every) = (Share::default(), Share::default());
        for report in gold(folder)? {
            for (key, entity) in &report.entities {
                for (n, told) in codes(&actors, &gazetteer, &report, key, entity).iter().enumerate() {
                    every.add(&entity.code, &told.code);
                    if n == 0 {
                        first.add(&entity.code, &told.code);
                        let sector = entity.code.split(' ').nth(1).unwrap_or("(state)").to_owned();
                        by_sector.entry(sector).or_default().add(&entity.code, &told.code);
                    }
                    let verdict = if told.code == entity.code { "right" } else { "wrong" };
                    writeln!(
                        rows,
                        "{verdict}\t{}\t{}\t{}\t{}\t{}\t{}\t{n}",
                        entity.code, told.code, told.made_by, told.words, entity.name, report.id
                    )?;
                }
            }
        }
        writeln!(out, "{folder}\n{:<12}{:>7}{:>8}{:>9}{:>8}", "", "n", "code", "country", "sector")?;
        let totals = [("first", first), ("mentions", every)].map(|(name, share)| (name.to_owned(), share));
        for (name, share) in totals.into_iter().chain(by_sector) {
            #[expect(clippy::cast_precision_loss, reason = "gold has few mentions")]
            let percent = |n: usize| 100.0 * n as f64 / share.all.max(1) as f64;
            writeln!(
                out,
                "{name:<12}{:>7}{:>8.1}{:>9.1}{:>8.1}",
                share.all,
                percent(share.code),
                percent(share.country),
                percent(share.sector)
            )?;
        }
    }
    fs::write(mentions_to, rows).with_context(|| format!("{mentions_to}: cannot be written"))
}

impl Share {
    /// Counts one more.
    fn add(&mut self, right: &str, found: &str) {
        let country = |code: &str| code.split(' ').next().map(str::to_owned);
        let sector = |code: &str| code.split(' ').nth(1).map(str::to_owned);
        self.all += 1;
        self.code += usize::from(right == found);
        self.country += usize::from(country(right) == country(found));
        self.sector += usize::from(sector(right) == sector(found));
    }
}

/// Returns the gold reports of a folder, in the order of their names.
fn gold(folder: &str) -> Result<Vec<GoldDocument>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {folder}"))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|e| e == "json"));
    paths.sort();
    if paths.is_empty() {
        bail!("{folder}: no gold file (.json) in this folder");
    }
    paths.iter().map(|path| Ok(GoldDocument::parse(&fs::read_to_string(path)?)?)).collect()
}

/// What the tables say of one mention.
struct Told {
    code: String,
    made_by: String,
    words: String,
}

/// Returns the codes of an entity's mentions, in text order.
fn codes(
    actors: &ActorTable,
    gazetteer: &Gazetteer,
    report: &GoldDocument,
    key: &str,
    entity: &GoldEntity,
) -> Vec<Told> {
    let names =
        ReportNames::new(actors, &report.text, report.published).published_by(report.publisher.as_deref());
    let acts = report.events.iter().filter(|act| {
        let sources = act.sources.iter().map(|source| &source.entity);
        act.actors.iter().chain(&act.recipients).chain(sources).any(|other| other == key)
    });
    let as_doer_of_force = report.events.iter().any(|act| {
        matches!(act.kind, EventType::Assault | EventType::Mobilize) && act.actors.iter().any(|a| a == key)
    });
    let mut countries: Vec<(Country, f32)> = Vec::new();
    let told = acts.flat_map(|act| act.places.iter().filter_map(|place| Country::new(&place.country)));
    let spoken_of = scan(gazetteer, &report.text);
    for country in told.chain(spoken_of.iter().map(|hint| hint.country)) {
        if !countries.iter().any(|known| known.0 == country) {
            countries.push((country, 1.0));
        }
    }
    let context = ActorContext {
        text: &report.text,
        published: report.published,
        sectors: &[],
        countries: &countries,
        placed: &[],
        as_doer_of_force,
        barred: None,
    };
    let bytes: Vec<usize> = report.text.char_indices().map(|(at, _)| at).chain([report.text.len()]).collect();
    let mentions = entity.mentions.iter().map(|&(start, end)| Span::new(bytes[start], bytes[end]));
    let told = mentions.map(|span| {
        let who = resolve_in(&names, span, &context);
        let country = who.value.country.map_or("---".to_owned(), |country| country.to_string());
        let sector = who.value.sector.map_or(String::new(), |sector| format!(" {sector}"));
        let words = span.slice(&report.text).replace(['\t', '\n'], " ");
        Told { code: country + &sector, made_by: who.evidence.made_by, words }
    });
    told.collect()
}
