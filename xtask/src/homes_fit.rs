//! Fitting the weights by which a phrase without a country gets one: `cargo xtask homes-fit MODEL GOLD…`.
//!
//! The examples are the participants that the model finds whose words tell no country, and whom gold gives that of a state.
//! The weights are those of a multinomial logistic regression over the countries that the report names. Every fifth report
//! is left out of learning and measured, also of those that the network has not seen (their ids sum up to a multiple of ten).

use crate::tune;
use anyhow::Result;
use casus::evaluation::GoldDocument;
use casus::{Config, Pipeline};
use casus_coder::{CLUES, Clue, HomeWeights, Homeless, chances, homeless};
use casus_types::Country;
use casus_types::span::CodePoints;
use std::io::Write;

/// How much a weight is drawn towards nothing, per example.
const RIDGE: f64 = 0.002;
/// How often all examples are gone through.
const ROUNDS: u32 = 600;
/// Nats that a weight moves at a time, at first.
const RATE: f64 = 0.3;
/// How much of the mean square of its slopes a weight keeps from round to round.
const KEPT: f64 = 0.95;

/// Somebody with the country that gold gives.
struct Example {
    who: Homeless,
    right: Country,
    /// Whether the weights are learnt from it.
    learnt: bool,
}

/// Prints the weights that fit the reports of some folders, and how often they are right.
pub(crate) fn run(model: &str, folders: &[&str]) -> Result<()> {
    let pipeline = Pipeline::new(Config { model: Some(model.into()), ..Config::default() })?;
    let mut examples: Vec<Vec<Example>> = Vec::new();
    for name in folders {
        let folder = tune::read(&pipeline, name)?;
        let reports = folder.gold.iter().zip(&folder.read);
        let found = reports.flat_map(|(gold, (document, analysis))| {
            homeless(document, analysis, pipeline.knowledge())
                .into_iter()
                .filter_map(|who| example(gold, who))
        });
        examples.push(found.collect());
    }
    let weights = fit(&examples.iter().flatten().collect::<Vec<_>>());
    let mut out = std::io::stdout().lock();
    for (name, found) in folders.iter().zip(&examples) {
        for learnt in [true, false] {
            let of: Vec<&Example> = found.iter().filter(|e| e.learnt == learnt).collect();
            let right = of.iter().filter(|e| likeliest(e, &weights) == Some(e.right)).count();
            let kind = if learnt { "learnt" } else { "left out" };
            writeln!(out, "{name}, {kind}: {right} of {} right", of.len())?;
        }
    }
    for (at, clue) in Clue::ALL.iter().enumerate() {
        writeln!(out, "{:>6.2}{:>6.2}{:>6.2}  {clue:?}", weights[0][at], weights[1][at], weights[2][at])?;
    }
    Ok(())
}

/// Returns somebody with the country of the gold entity that the words mean; none where gold gives that of no state.
fn example(gold: &GoldDocument, who: Homeless) -> Option<Example> {
    let points = CodePoints::new(&gold.text);
    let (start, end) = (points.before(&gold.text, who.span.start), points.before(&gold.text, who.span.end));
    let is_same = |&(a, b): &(usize, usize)| {
        let common = b.min(end).saturating_sub(a.max(start));
        2 * common > b.max(end) - a.min(start)
    };
    let entity = gold.entities.values().find(|e| e.mentions.iter().any(is_same))?;
    let right = Country::new(entity.code.get(..3)?).filter(|country| country.is_state())?;
    Some(Example { who, right, learnt: gold.id.bytes().map(usize::from).sum::<usize>() % 50 / 10 != 1 })
}

fn likeliest(example: &Example, weights: &HomeWeights) -> Option<Country> {
    let homes = &example.who.homes;
    let chances = chances(homes, &weights[group(example)]);
    let best = (0..homes.len()).max_by(|&a, &b| chances[a].total_cmp(&chances[b]))?;
    Some(homes[best].country)
}

fn group(example: &Example) -> usize {
    example.who.sort as usize
}

/// Climbs the likelihood of the right countries, every weight by steps that its slopes so far give (Tieleman & Hinton 2012).
fn fit(examples: &[&Example]) -> HomeWeights {
    let is_told = |e: &&&Example| e.learnt && e.who.homes.iter().any(|home| home.country == e.right);
    let examples: Vec<&&Example> = examples.iter().filter(is_told).collect();
    let mut weights: HomeWeights = [[0.0; CLUES]; 3];
    let mut squares = [[0.0_f64; CLUES]; 3];
    for round in 0..ROUNDS {
        let mut slopes = [[0.0_f64; CLUES]; 3];
        let mut sizes = [0.0_f64; 3];
        for example in &examples {
            let group = group(example);
            sizes[group] += 1.0;
            for (home, chance) in example.who.homes.iter().zip(chances(&example.who.homes, &weights[group])) {
                let miss = f64::from(u8::from(home.country == example.right)) - chance;
                for (slope, clue) in slopes[group].iter_mut().zip(&home.clues) {
                    *slope += miss * clue;
                }
            }
        }
        let rate = RATE * (1.0 - f64::from(round) / f64::from(ROUNDS));
        for group in 0..weights.len() {
            for clue in 0..CLUES {
                let weight = &mut weights[group][clue];
                let slope = slopes[group][clue] / sizes[group].max(1.0) - RIDGE * *weight;
                let square = &mut squares[group][clue];
                *square = KEPT * *square + (1.0 - KEPT) * slope * slope;
                *weight += rate * slope / (square.sqrt() + 1e-3);
            }
        }
    }
    weights
}
