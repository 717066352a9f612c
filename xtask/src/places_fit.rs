//! Fitting the weights of places: `cargo xtask places-fit data/places REPORTS.jsonl`.

use crate::places::{Located, located, open};
use anyhow::Result;
use casus_coder::places::{Gazetteer, PlaceWeights, km, resolve_with};
use casus_types::Coded;
use casus_types::event::EventPlace;
use std::io::Write;

/// Kilometres within which a point is right: 100 miles, the usual measure of toponym resolution.
const NEAR: f64 = 161.0;
/// Factors by which a weight is tried anew.
const FACTORS: [f64; 4] = [0.67, 0.87, 1.15, 1.5];

/// How well weights do.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
struct Score {
    right: usize,
    /// Mean logarithm of the probability that was given to what is the case, which breaks ties: a proper score, so
    /// that larger weights do not win by being surer.
    sure: f64,
    countries: (usize, usize),
    points: (usize, usize),
}

/// Climbs from the present weights, one weight at a time, as long as more toponyms come out right, and prints the way: the
/// same reports give the same weights. A toponym is right where its country is, and its point where it has one.
pub(crate) fn fit(tables: &str, reports: &str) -> Result<()> {
    let gazetteer = open(tables)?;
    let reports = located(reports)?;
    let mut out = std::io::stdout().lock();
    let mut weights = PlaceWeights::default();
    let mut best = score(&gazetteer, &reports, &weights);
    writeln!(out, "{weights:?}\n  {best:?}")?;
    loop {
        let before = best;
        for which in 0..6 {
            for factor in FACTORS {
                let mut tried = weights;
                *weight(&mut tried, which) *= factor;
                let score = score(&gazetteer, &reports, &tried);
                if (score.right, score.sure) > (best.right, best.sure + 1e-3) {
                    (weights, best) = (tried, score);
                    writeln!(out, "{weights:?}\n  {best:?}")?;
                }
            }
        }
        if best == before {
            return Ok(());
        }
    }
}

fn weight(weights: &mut PlaceWeights, which: usize) -> &mut f64 {
    match which {
        0 => &mut weights.prior,
        1 => &mut weights.fit,
        2 => &mut weights.context,
        3 => &mut weights.parent,
        4 => &mut weights.near,
        _ => &mut weights.unnamed,
    }
}

fn score(gazetteer: &Gazetteer, reports: &[Located], weights: &PlaceWeights) -> Score {
    let mut score = Score { right: 0, sure: 0.0, countries: (0, 0), points: (0, 0) };
    let mut all = 0.0;
    for report in reports {
        let places = resolve_with(gazetteer, &report.text, &report.toponyms, weights);
        for (place, gold) in places.iter().zip(&report.gold) {
            let Some(wanted) = &gold.country else { continue };
            let country = is_country(place.as_ref(), wanted);
            let point = gold.point.map(|point| is_near(place.as_ref(), point));
            let right = country && point != Some(false);
            let confidence = place.as_ref().map_or(0.0, |p| f64::from(p.confidence.get()));
            all += 1.0;
            score.right += usize::from(right);
            score.sure += (if right { confidence } else { 1.0 - confidence }).clamp(0.01, 0.99).ln();
            score.countries.0 += usize::from(country);
            score.countries.1 += 1;
            score.points.0 += usize::from(point == Some(true));
            score.points.1 += usize::from(point.is_some());
        }
    }
    score.sure /= f64::max(all, 1.0);
    score
}

fn is_country(place: Option<&Coded<EventPlace>>, wanted: &str) -> bool {
    let country = place.and_then(|p| p.value.country);
    country.map_or(wanted == "---" && place.is_some(), |country| country.as_str() == wanted)
}

fn is_near(place: Option<&Coded<EventPlace>>, point: (f64, f64)) -> bool {
    place.and_then(|p| p.value.point).is_some_and(|found| km(found, point) <= NEAR)
}
