//! Toponyms of one report, settled together.

use super::chain::{Name, names, parents_after};
use super::fold::key;
use super::gazetteer::{Candidate, Gazetteer, Standing};
use super::lookups::Lookups;
use super::nouns::{is_body, is_way};
use super::rank::{Group, Hints, PlaceWeights, Speaking, likeliest, settle};
use super::scan::{Hint, HintKind, scan};
use super::surroundings::{border, capital, is_beside, locates, state_of_a_region, unnamed};
use casus_types::{
    Coded, Confidence, Country, Evidence, Span,
    event::{EventPlace, PlacePrecision},
};
use std::collections::BTreeMap;

/// A stretch of text that is said to name a place: "Pryluky", "the village of Kafr Nabl", "a mosque in Kano".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Toponym {
    /// The words.
    pub span: Span,
}

/// How strongly an actor speaks for his country, beside a country's own name; set by hand, the weights are fitted without.
const ACTOR: f64 = 0.5;
/// Other places of the report that help to settle its toponyms, at most.
const ANCHORS: usize = 30;

/// One toponym as read by itself.
pub(super) struct Reading {
    /// The words of the most specific name.
    pub(super) name: Span,
    /// The group of its candidates.
    pub(super) group: usize,
    /// Whether the place is not the named one but in, near or off it.
    pub(super) wider: bool,
    /// Whether only a part of the name was found.
    pub(super) partial: bool,
}

/// Resolves the toponyms of a report, each to the place that it most likely means, in their order.
///
/// A name that is not known gets the country that its words or its surroundings speak for, without a point and with a
/// low confidence; none where nothing speaks for any.
#[must_use]
pub fn resolve(gazetteer: &Gazetteer, text: &str, toponyms: &[Toponym]) -> Vec<Option<Coded<EventPlace>>> {
    resolve_with(gazetteer, text, toponyms, &PlaceWeights::default())
}

/// Resolves the toponyms of a report whose hints are known, where more than the names of places speaks for countries: at
/// each byte of `actors` somebody from that country is named.
#[must_use]
pub fn resolve_among(
    gazetteer: &Gazetteer,
    text: &str,
    toponyms: &[Toponym],
    hints: &[Hint],
    actors: &[(usize, Country)],
) -> Vec<Option<Coded<EventPlace>>> {
    settled(gazetteer, text, toponyms, hints, actors, &PlaceWeights::default())
}

/// Resolves the toponyms of a report under other weights than the fitted ones; see [`resolve`].
#[must_use]
pub fn resolve_with(
    gazetteer: &Gazetteer,
    text: &str,
    toponyms: &[Toponym],
    weights: &PlaceWeights,
) -> Vec<Option<Coded<EventPlace>>> {
    settled(gazetteer, text, toponyms, &scan(gazetteer, text), &[], weights)
}

/// Resolves the toponyms of a report amid what it names in passing.
fn settled(
    gazetteer: &Gazetteer,
    text: &str,
    toponyms: &[Toponym],
    scanned: &[Hint],
    actors: &[(usize, Country)],
    weights: &PlaceWeights,
) -> Vec<Option<Coded<EventPlace>>> {
    // "The Pentagon said".
    let is_actor =
        |h: &Hint| h.kind == HintKind::Place && actors.iter().any(|(at, _)| h.span.range().contains(at));
    let named = scanned.iter().map(|h| Speaking {
        span: h.span,
        country: h.country,
        weight: h.weight,
        locates: locates(gazetteer, text, h) && !is_actor(h),
    });
    let told = actors
        .iter()
        .map(|&(at, country)| (Span::new(at, at + 1), country))
        .filter(|(at, _)| !scanned.iter().any(|h| h.span.overlaps(*at)))
        .map(|(span, country)| Speaking { span, country, weight: ACTOR, locates: false });
    let words = named.chain(told).collect();
    let hints = Hints { words };

    let lookups = Lookups::new(gazetteer);
    let mut groups: Vec<Group> = Vec::new();
    let mut group_of: BTreeMap<String, usize> = BTreeMap::new();
    let readings: Vec<Option<Reading>> =
        toponyms.iter().map(|t| read(&lookups, text, *t, &mut groups, &mut group_of)).collect();
    for hint in scanned.iter().filter(|h| !h.candidates.is_empty()) {
        let fresh = groups.len();
        let group = *group_of.entry(key(hint.span.slice(text))).or_insert(fresh);
        if group == fresh && fresh < toponyms.len() + ANCHORS {
            groups.push(Group { candidates: hint.candidates.clone(), ..Group::default() });
        }
        if let Some(group) = groups.get_mut(group) {
            group.mentions.push(hint.span);
        }
    }
    settle(&mut groups, &hints, weights);
    toponyms
        .iter()
        .zip(&readings)
        .map(|(t, reading)| {
            let worded = border(gazetteer, text, scanned, t.span)
                .or_else(|| capital(gazetteer, text, scanned, t.span));
            worded.or_else(|| match reading {
                Some(reading) if is_body(t.span.slice(text)) && groups[reading.group].parents.is_empty() => {
                    let place =
                        found(gazetteer, text, &groups[reading.group], reading, is_beside(text, t.span));
                    match place {
                        Some(place) if place.value.point.is_some() => Some(place),
                        _ => unnamed(gazetteer, text, &groups, scanned, &hints, t.span),
                    }
                }
                Some(reading) => {
                    let place =
                        found(gazetteer, text, &groups[reading.group], reading, is_beside(text, t.span));
                    match state_of_a_region(text, t.span) {
                        Some(state) if place.as_ref().is_none_or(|p| p.value.country.is_none()) => {
                            unnamed(gazetteer, text, &groups, scanned, &hints, state)
                        }
                        _ => place,
                    }
                }
                None => unnamed(gazetteer, text, &groups, scanned, &hints, t.span),
            })
        })
        .collect()
}

/// Reads one toponym's words, and adds its candidates to the groups.
fn read(
    lookups: &Lookups<'_>,
    text: &str,
    toponym: Toponym,
    groups: &mut Vec<Group>,
    group_of: &mut BTreeMap<String, usize>,
) -> Option<Reading> {
    let mut names = names(lookups, text, toponym.span);
    // "Syria's Idlib": the owner contains the owned.
    let owners: Vec<Name> = {
        let last = names.len().saturating_sub(1);
        let (owners, rest) =
            names.into_iter().enumerate().partition(|(i, n): &(usize, Name)| n.possessive && *i < last);
        names = Vec::from_iter::<Vec<(usize, Name)>>(rest).into_iter().map(|(_, n)| n).collect();
        Vec::from_iter::<Vec<(usize, Name)>>(owners).into_iter().map(|(_, n)| n).collect()
    };
    let after = parents_after(lookups, text, toponym.span.end as usize);
    // "The presidential palace in Khartoum": what has no name of its own is where its words say.
    let Some(first) = names.first().map(|n| n.span) else {
        let candidates = after.into_iter().next()?;
        return Some(Reading {
            name: toponym.span,
            group: add(groups, toponym.span, candidates),
            wider: true,
            partial: false,
        });
    };
    // "Oxford Street in London" is in London, and any Chatham Street not in Chatham.
    if names[0].partial && is_way(names[0].span.slice(text)) {
        names[0].candidates.clear();
    }
    let at = names.iter().position(|n| !n.candidates.is_empty());
    let (name, parents) = match at {
        Some(at) => (&names[at], &names[at + 1..]),
        None => (&names[0], &names[1..]),
    };
    let fresh = groups.len();
    let group = *group_of.entry(key(name.span.slice(text))).or_insert(fresh);
    if group == fresh {
        groups.push(Group { candidates: name.candidates.clone(), ..Group::default() });
    }
    let inner = parents.iter().filter(|n| !n.partial).map(|n| n.candidates.clone());
    let g = &mut groups[group];
    g.mentions.push(name.span);
    g.parents.extend(
        owners
            .into_iter()
            .map(|o| o.candidates)
            .chain(inner)
            .chain(after)
            .filter(|c| c.iter().any(|c| c.fit > -1.4)),
    );
    Some(Reading { name: first, group, wider: at.is_some_and(|at| at > 0), partial: name.partial })
}

fn add(groups: &mut Vec<Group>, mention: Span, candidates: Vec<Candidate>) -> usize {
    groups.push(Group { mentions: vec![mention], candidates, ..Group::default() });
    groups.len() - 1
}

pub(super) fn found(
    gazetteer: &Gazetteer,
    text: &str,
    group: &Group,
    reading: &Reading,
    beside: bool,
) -> Option<Coded<EventPlace>> {
    let (best, share) = likeliest(group.candidates.iter().zip(group.shares.iter().copied()))?;
    let name = reading.name;
    let same: f64 = group
        .candidates
        .iter()
        .zip(&group.shares)
        .filter(|(c, _)| c.country == best.country)
        .map(|(_, s)| s)
        .sum();
    if best.standing == Standing::Unlisted {
        return Some(unlisted(gazetteer, text, group, name, best, same));
    }
    let wider = reading.wider || beside;
    let (own, admin1, id, made_by) = describe(gazetteer, best);
    let value = EventPlace {
        name: if reading.wider { name.slice(text).to_owned() } else { own },
        country: best.country,
        admin1,
        geonameid: id.filter(|_| !reading.wider),
        point: Some((round(best.lat), round(best.lon))),
        precision: if wider { coarser(best.precision) } else { best.precision },
    };
    let quality = if reading.partial { 0.6 } else { 0.97 } * if best.fit < -1.4 { 0.75 } else { 1.0 };
    Some(Coded::new(value, Evidence::read(name, made_by), confidence(quality * (0.5 * same + 0.5 * share))))
}

/// A place that no table has: in its country, and at the unit that its words name, if any.
fn unlisted(
    gazetteer: &Gazetteer,
    text: &str,
    group: &Group,
    name: Span,
    place: &Candidate,
    share: f64,
) -> Coded<EventPlace> {
    let unit = group.parents.iter().flatten().find(|p| {
        p.country == place.country && !matches!(p.standing, Standing::Country(_) | Standing::Unlisted)
    });
    let value = EventPlace {
        name: name.slice(text).to_owned(),
        country: place.country,
        admin1: unit.and_then(|u| match describe(gazetteer, u) {
            (own, None, ..) if u.precision == PlacePrecision::Admin1 => Some(own),
            (_, admin1, ..) => admin1,
        }),
        geonameid: None,
        point: unit.map(|u| (round(u.lat), round(u.lon))),
        precision: unit.map_or(PlacePrecision::Country, |u| coarser(u.precision)),
    };
    let made_by = if unit.is_some() { "places/container" } else { "places/surroundings" };
    Coded::new(value, Evidence::read(name, made_by), confidence(0.7 * share))
}

#[expect(clippy::cast_possible_truncation, reason = "a probability")]
pub(super) fn confidence(probability: f64) -> Confidence {
    Confidence::new(probability as f32)
}

/// Name, first-level unit, `GeoNames` id and table row of a place.
fn describe(gazetteer: &Gazetteer, place: &Candidate) -> (String, Option<String>, Option<u32>, String) {
    match place.standing {
        Standing::Unlisted => (String::new(), None, None, "places/surroundings".to_owned()),
        Standing::Country(number) => {
            let row = &gazetteer.countries.rows[number];
            (row.name.clone(), None, Some(row.id), format!("places/countries#{}", row.code))
        }
        Standing::Extra(number) => {
            let row = &gazetteer.supplement.rows[number];
            (row.name.clone(), row.admin1.clone(), None, format!("places/supplement#{}", row.name))
        }
        Standing::Row(number) => {
            let row = gazetteer.row(number).expect("candidates are rows of the gazetteer");
            let unit = place.admin1.and_then(|a| gazetteer.row(a)).map(|a| a.name.to_owned());
            (row.name.to_owned(), unit, Some(row.id), format!("places/gazetteer#{}", row.id))
        }
    }
}

pub(super) fn coarser(precision: PlacePrecision) -> PlacePrecision {
    match precision {
        PlacePrecision::Point => PlacePrecision::Town,
        PlacePrecision::Town => PlacePrecision::Admin2,
        PlacePrecision::Admin2 | PlacePrecision::Admin1 => PlacePrecision::Admin1,
        PlacePrecision::Country => PlacePrecision::Country,
    }
}

/// Five decimals, a metre: what the sources give.
pub(super) fn round(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5
}
