//! Which of its candidates a name means: weighed by the whole report.

use super::gazetteer::{Candidate, Gazetteer, Standing};
use casus_types::{Country, Span, event::PlacePrecision};
use std::collections::BTreeMap;

/// All mentions of one name, with what they may mean.
#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    pub(super) mentions: Vec<Span>,
    pub(super) candidates: Vec<Candidate>,
    /// What the words say it lies in.
    pub(super) parents: Vec<Vec<Candidate>>,
    /// Probability of each candidate, as far as settled.
    pub(super) shares: Vec<f64>,
}

/// How the report speaks for countries.
#[derive(Debug)]
pub(super) struct Hints {
    pub(super) words: Vec<Speaking>,
}

/// Words that speak for a country.
#[derive(Debug, Clone, Copy)]
pub(super) struct Speaking {
    pub(super) span: Span,
    pub(super) country: Country,
    pub(super) weight: f64,
    /// Whether something is where they say ("in Iraq", "Mosul"), and not only somebody from there ("US officials").
    pub(super) locates: bool,
}

/// How much of a report speaks for a country.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Share {
    /// Of all that speaks for any.
    pub(super) spoken: f64,
    /// The part of it that locates.
    pub(super) located: f64,
}

/// Weights of the features, in nats a unit.
///
/// The default was fitted by `cargo xtask places-fit` on 1,597 toponyms with known places, all of them for training: those
/// of the events of the training gold (country, and point where it has one), and links of news reports whose titles
/// tell the country ("Paris, Texas"). It raised those that come out right from 1,530 to 1,536; the rest of the
/// knowledge decides more than the weights do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlaceWeights {
    /// Of how likely a report means the place, knowing only the place.
    pub prior: f64,
    /// Of how well the name fits.
    pub fit: f64,
    /// Of how much of the report speaks for its country.
    pub context: f64,
    /// Of lying in what the words name as its parent.
    pub parent: f64,
    /// Of other places of the report near by.
    pub near: f64,
    /// Share that a country has which the report never names.
    pub unnamed: f64,
}

impl Default for PlaceWeights {
    fn default() -> Self {
        Self { prior: 0.7, fit: 2.0, context: 1.2, parent: 3.35, near: 3.4, unnamed: 0.02 }
    }
}

/// Bytes over which a country's mention speaks for what stands beside it: two sentences.
const BESIDE: f64 = 300.0;
/// Kilometres over which places speak for each other.
const NEARBY: f64 = 150.0;
/// Kilometres from the middle of the earth.
const RADIUS: f64 = 6371.0;
/// How far they are from each other, in radii of the earth, where they say nothing worth an exponential.
const FAR: f64 = 20.0 * NEARBY / RADIUS;
/// Candidates of a name that are weighed.
const WEIGHED: usize = 40;

impl Hints {
    /// Returns how much of the report speaks for each country, seen from `mentions`; the shares sum to 1 where anything
    /// speaks for any.
    pub(super) fn shares(&self, mentions: &[Span]) -> BTreeMap<Country, Share> {
        // A name does not speak for itself.
        let others = self.words.iter().filter(|word| !mentions.iter().any(|m| m.overlaps(word.span)));
        let weighed: Vec<(&Speaking, f64)> = others
            .map(|word| {
                let distance = mentions.iter().map(|m| m.distance(word.span)).min().unwrap_or(0);
                (word, word.weight * (-f64::from(distance) / BESIDE).exp())
            })
            .collect();
        let all = weighed.iter().map(|(word, _)| word.weight).sum::<f64>().max(f64::MIN_POSITIVE);
        let near = weighed.iter().map(|(_, beside)| beside).sum::<f64>().max(f64::MIN_POSITIVE);
        let mut shares: BTreeMap<Country, Share> = BTreeMap::new();
        for (word, beside) in weighed {
            let part = 0.5 * word.weight / all + 0.5 * beside / near;
            let share = shares.entry(word.country).or_default();
            share.spoken += part;
            share.located += if word.locates { part } else { 0.0 };
        }
        shares
    }
}

/// How ill the name of a place fits that the report hardly means.
const ILL: f64 = -1.4;
/// How much somebody from a country speaks for it as the country of a place that no table has, beside words that say where
/// something is: a village that Russian troops attack "near Pokrovsk" is not in Russia.
const FROM_THERE: f64 = 0.3;

/// How much larger than a namesake a place must be, in nats of prior, for that to need more than somebody from its country: a
/// town of eight times as many people.
const LARGER: f64 = 1.0;
/// The same for a place that no table has: a town of about 60,000.
const LISTED: f64 = 8.0;
/// How ill the name of the larger place may fit: it may be spelt otherwise, but the whole of it must be found.
const SPELT: f64 = -1.95;

/// Tells whether a candidate is the lesser namesake of a place that the report may as well mean, so that only what locates
/// speaks for it: US envoys who meet "in Geneva" are in no Geneva of theirs.
fn is_lesser(candidate: &Candidate, all: &[Candidate]) -> bool {
    let least = if candidate.standing == Standing::Unlisted { LISTED } else { LARGER };
    // A state of a name that a unit elsewhere has too (Georgia) is no larger place but another sort of thing.
    let is_place =
        |other: &&Candidate| !matches!(other.standing, Standing::Country(_)) && other.country.is_some();
    let mut namesakes = all.iter().filter(is_place).filter(|other| other.country != candidate.country);
    namesakes.any(|other| other.fit >= SPELT && other.prior >= candidate.prior + least)
}

/// How much larger than a namesake a capital must be, in nats of prior, to be meant in a report of the namesake's country: a
/// town of a twentieth of its inhabitants is such a namesake.
const WORLD_FAMOUS: f64 = 3.5;
/// Prior from which a capital is a name that all the world knows: a million inhabitants.
const METROPOLIS: f64 = 9.4;

/// Leaves out small towns that bear the name of a great capital, of which the words must say where they lie: those who march
/// "in Bogotá and in Madrid" are in no Madrid beside Bogotá. Where a larger town elsewhere has the name as well (Santiago)
/// it is nobody's alone.
fn leave_the_famous(group: &mut Group) {
    let towns = group.candidates.iter().filter(|c| c.precision <= PlacePrecision::Town);
    let Some((famous, at)) =
        towns.clone().map(|c| (c.prior, c.standing)).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
    else {
        return;
    };
    let rivals = towns.filter(|c| c.standing != at).any(|c| c.prior + WORLD_FAMOUS > famous);
    if famous < METROPOLIS || rivals {
        return;
    }
    let mut inside = parents(group).into_iter();
    group.candidates.retain(|c| {
        let outside = inside.next() == Some(0.0);
        !(outside && c.precision <= PlacePrecision::Admin2 && c.prior + WORLD_FAMOUS <= famous)
    });
}

/// Leaves out the towns that bear the name of a part of the world: those who are sent "to the Middle East" do not go to Baltimore.
fn leave_the_wide(group: &mut Group) {
    let is_wide =
        |c: &Candidate| c.country.is_none() && c.fit >= 0.0 && c.precision >= PlacePrecision::Admin1;
    if group.parents.is_empty() && group.candidates.iter().any(is_wide) {
        group.candidates.retain(|c| c.precision > PlacePrecision::Town || c.country.is_none());
    }
}

/// Settles the shares of every group's candidates.
pub(super) fn settle(groups: &mut [Group], hints: &Hints, weights: &PlaceWeights) {
    let alone: Vec<Vec<f64>> = groups
        .iter_mut()
        .map(|group| {
            group.candidates.sort_by(|a, b| {
                let rank = |c: &Candidate| c.prior + c.fit;
                rank(b).total_cmp(&rank(a)).then(a.standing.cmp(&b.standing))
            });
            keep(group);
            leave_the_famous(group);
            leave_the_wide(group);
            let shares = hints.shares(&group.mentions);
            let mut countries: Vec<Country> = shares.keys().copied().collect();
            countries.extend(group.parents.iter().flatten().filter_map(|p| p.country));
            countries.sort_unstable();
            countries.dedup();
            // A country's own name is no unlisted place elsewhere.
            if group.candidates.iter().any(|c| matches!(c.standing, Standing::Country(_)) && c.fit >= 0.0) {
                countries.clear();
            }
            group.candidates.extend(countries.into_iter().map(Gazetteer::unlisted));
            let spoken = !shares.is_empty();
            let located: f64 = shares.values().map(|share| share.located).sum();
            let is_known = group.candidates.iter().any(|c| c.fit > ILL && c.standing != Standing::Unlisted);
            let parents = parents(group);
            let scores: Vec<f64> = group
                .candidates
                .iter()
                .zip(parents)
                .map(|(c, parent)| {
                    let share = c.country.and_then(|c| shares.get(&c)).copied().unwrap_or_default();
                    // What the words name as its container speaks for it by itself.
                    let lesser = parent == 0.0 && is_lesser(c, &group.candidates);
                    let share = if lesser {
                        share.located
                    } else if is_known || located == 0.0 {
                        share.spoken
                    } else {
                        share.located + FROM_THERE * (share.spoken - share.located)
                    };
                    // Seas and regions of several countries are at home in any report.
                    let share = if c.country.is_none() { share.max(0.2) } else { share };
                    let context =
                        if spoken { ((share + weights.unnamed) / weights.unnamed).ln() } else { 0.0 };
                    weights.prior * c.prior
                        + weights.fit * c.fit
                        + weights.context * context
                        + weights.parent * parent
                })
                .collect();
            group.shares = softmax(&scores);
            scores
        })
        .collect();
    let points = |group: &Group| group.candidates.iter().map(|c| on_sphere((c.lat, c.lon))).collect();
    let points: Vec<Vec<[f64; 3]>> = groups.iter().map(points).collect();
    for _ in 0..2 {
        let others: Vec<Vec<Neighbour>> = groups.iter().zip(&points).map(neighbours).collect();
        let next: Vec<Vec<f64>> = (0..groups.len())
            .map(|g| {
                let scores: Vec<f64> = groups[g]
                    .candidates
                    .iter()
                    .zip(&points[g])
                    .zip(&alone[g])
                    .map(|((c, at), score)| score + weights.near * (1.0 + nearness(&others, g, c, *at)).ln())
                    .collect();
                softmax(&scores)
            })
            .collect();
        for (group, shares) in groups.iter_mut().zip(next) {
            group.shares = shares;
        }
    }
}

/// Keeps the likeliest candidates, and all that lie in what the words name as parents.
fn keep(group: &mut Group) {
    let parents = &group.parents;
    let mut n = 0;
    group.candidates.retain(|c| {
        n += 1;
        n <= WEIGHED || parents.iter().any(|list| list.iter().any(|p| lies_in(c, p) > 0.5))
    });
}

/// How well each candidate lies in the parents that the words name, 0 to the number of parents. A parent in which none
/// lies was none.
fn parents(group: &Group) -> Vec<f64> {
    let mut fits = vec![0.0; group.candidates.len()];
    let is_country = |c: &Candidate| matches!(c.standing, Standing::Country(_));
    let country = group.candidates.iter().any(|c| is_country(c) && c.fit >= 0.0);
    // "Kenya, Somalia and Sudan" is a list; "Lebanon, Tennessee" is not.
    for parent in group.parents.iter().filter(|p| !(country && p.iter().all(is_country))) {
        for (fit, c) in fits.iter_mut().zip(&group.candidates) {
            *fit += parent.iter().map(|p| lies_in(c, p)).fold(0.0, f64::max);
        }
    }
    fits
}

/// How surely a place lies in another, 0..=1.
fn lies_in(place: &Candidate, parent: &Candidate) -> f64 {
    if place.standing == parent.standing
        || parent.standing == Standing::Unlisted
        || place.precision > parent.precision
    {
        return 0.0;
    }
    let same_country = parent.country.is_none() || place.country == parent.country;
    match (parent.standing, parent.precision) {
        _ if !same_country => 0.0,
        (Standing::Country(_), _) => f64::from(u8::from(place.precision < PlacePrecision::Country)),
        _ if place.standing == Standing::Unlisted => 0.9,
        (Standing::Row(row), PlacePrecision::Admin1) if place.admin1 == Some(row) => 1.0,
        (Standing::Row(row), PlacePrecision::Admin2) if place.admin2 == Some(row) => 1.0,
        (_, precision) => {
            let reach = match precision {
                PlacePrecision::Point | PlacePrecision::Town => 30.0,
                PlacePrecision::Admin2 => 60.0,
                PlacePrecision::Admin1 | PlacePrecision::Country => 250.0,
            };
            0.9 * (-(km((place.lat, place.lon), (parent.lat, parent.lon)) / reach).powi(2)).exp()
        }
    }
}

/// A likely place of a group, as others look at it.
struct Neighbour {
    standing: Standing,
    admin1: Option<u32>,
    at: [f64; 3],
    share: f64,
}

/// Returns the likely places of a group that speak for others near them.
fn neighbours((group, points): (&Group, &Vec<[f64; 3]>)) -> Vec<Neighbour> {
    let likely = group.candidates.iter().zip(&group.shares).zip(points);
    likely
        .filter(|((c, share), _)| {
            **share > 0.05 && c.precision < PlacePrecision::Country && c.lat.is_finite()
        })
        .map(|((c, &share), &at)| Neighbour { standing: c.standing, admin1: c.admin1, at, share })
        .collect()
}

/// How many of the report's other places lie near, each by its share.
fn nearness(others: &[Vec<Neighbour>], of: usize, place: &Candidate, at: [f64; 3]) -> f64 {
    if !place.lat.is_finite() {
        return 0.0;
    }
    let near = |other: &Neighbour| {
        let unit = if other.admin1.is_some() && other.admin1 == place.admin1 { 0.3 } else { 0.0 };
        let is_far = chord_squared(at, other.at) > FAR * FAR;
        let beside = if is_far { 0.0 } else { (-km_between(at, other.at) / NEARBY).exp() };
        other.share * (unit + beside)
    };
    let sum: f64 = others
        .iter()
        .enumerate()
        .filter(|(g, _)| *g != of)
        .map(|(_, group)| {
            group.iter().filter(|other| other.standing != place.standing).map(near).fold(0.0, f64::max)
        })
        .sum();
    sum.min(6.0)
}

/// Returns the probabilities of things that exclude each other, from their scores in nats.
pub(crate) fn softmax(scores: &[f64]) -> Vec<f64> {
    let top = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut shares: Vec<f64> = scores.iter().map(|s| (s - top).exp()).collect();
    let sum: f64 = shares.iter().sum();
    for share in &mut shares {
        *share /= sum;
    }
    shares
}

/// Returns what has the largest share, the first of equals.
pub(super) fn likeliest<T>(shares: impl Iterator<Item = (T, f64)>) -> Option<(T, f64)> {
    shares.fold(None, |best, (thing, share)| match best {
        Some((_, top)) if top >= share => best,
        _ => Some((thing, share)),
    })
}

/// Kilometres between two points in degrees, on a sphere.
#[must_use]
pub fn km(here: (f64, f64), there: (f64, f64)) -> f64 {
    km_between(on_sphere(here), on_sphere(there))
}

/// Returns where a point in degrees lies on a sphere of radius 1.
fn on_sphere((lat, lon): (f64, f64)) -> [f64; 3] {
    let (lat, lon) = (lat.to_radians(), lon.to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

/// Kilometres between two points of that sphere, by the chord between them: it is sure also where they lie close together.
fn km_between(here: [f64; 3], there: [f64; 3]) -> f64 {
    2.0 * RADIUS * (chord_squared(here, there).sqrt() / 2.0).min(1.0).asin()
}

/// The square of the straight line between two points of that sphere.
fn chord_squared(here: [f64; 3], there: [f64; 3]) -> f64 {
    here.iter().zip(there).map(|(a, b)| (a - b).powi(2)).sum()
}
