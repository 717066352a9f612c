//! What a report names in passing: countries, peoples and larger places, as hints to where it plays.

use super::country::Named;
use super::fold::key;
use super::gazetteer::{Candidate, Gazetteer, Standing};
use super::nouns::{is_common_word, kind_word};
use super::phrase::{Word, runs, words};
use casus_types::{Country, Span, event::PlacePrecision};
use rustc_hash::FxHashMap;

/// A word of the report that speaks for a country.
#[derive(Debug, Clone)]
pub struct Hint {
    /// The words.
    pub span: Span,
    /// The country they speak for.
    pub country: Country,
    /// How they name it.
    pub kind: HintKind,
    /// How strongly they speak for it, 0..=1.
    pub weight: f64,
    /// What a place's name may mean; empty for countries.
    pub(super) candidates: Vec<Candidate>,
}

/// How words speak for a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HintKind {
    /// They name it: "Iraq".
    Name,
    /// They name its people or what is its own: "Iraqi".
    Demonym,
    /// They name a place in it: "Mosul".
    Place,
}

/// Prior from which a place is larger than a village whose name is a common word: a town of 50,000, or a unit.
const LARGE: f64 = 5.9;
/// Words of a name at most.
const LONGEST: usize = 5;

/// Returns the countries, peoples and larger places that a text names, in order, not overlapping.
#[must_use]
pub fn scan(gazetteer: &Gazetteer, text: &str) -> Vec<Hint> {
    let all = words(text, Span::new(0, text.len()));
    let mut hints = Vec::new();
    let mut known = FxHashMap::default();
    for pair in all.windows(2).filter(|pair| pair[0].possessive) {
        // "Cox's Bazar": a possessive may be a part of a name.
        note(gazetteer, text, pair, (0, 2), &mut known, &mut hints);
    }
    for run in runs(text, &all) {
        let mut from = 0;
        while from < run.len() {
            let mut ends = (from + 1..=run.len().min(from + LONGEST)).rev();
            let found = ends.find(|&to| note(gazetteer, text, &run, (from, to), &mut known, &mut hints));
            from = found.unwrap_or(from + 1);
        }
    }
    hints.sort_by_key(|hint: &Hint| (hint.span.start, std::cmp::Reverse(hint.span.end)));
    hints.dedup_by(|later, earlier| later.span.overlaps(earlier.span));
    states_for_countries(gazetteer, text, &mut hints);
    hints
}

/// Bytes of a text's head in which a dateline stands, behind a title.
const HEAD: usize = 400;
/// Bytes between a dateline's place and what ends it: "BOGOTA, Colombia, July 9 (Wire) -".
const DATELINE: usize = 60;

/// Tells whether a place is that of a dateline, from where the report was sent: it begins a line of the text's head, and
/// a dash or a bracket follows in its sentence ("GORVAN (Wire) – Police", "Tesk, 19 Oct 92 (EL DIARIO) Yesterday").
#[must_use]
pub fn is_dateline(text: &str, place: Span) -> bool {
    let (start, end) = (place.range().start, place.range().end);
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    if start > HEAD || !text[line..start].trim().is_empty() {
        return false;
    }
    let rest = text[end..].split('\n').next().unwrap_or_default();
    let ends = ["—", "–", " - ", "--", "("].iter().filter_map(|sign| rest.find(sign)).min();
    ends.is_some_and(|at| at <= DATELINE) && rest.trim_start().starts_with([',', '(', '-', '–', '—', '['])
}

/// Lets "Georgia" speak for the United States where more of the report's other words speak for them than for Georgia.
fn states_for_countries(gazetteer: &Gazetteer, text: &str, hints: &mut [Hint]) {
    for at in 0..hints.len() {
        let own = hints[at].country;
        let name = key(hints[at].span.slice(text));
        if hints[at].kind != HintKind::Name {
            continue;
        }
        let state = gazetteer
            .supplement
            .find(&name)
            .iter()
            .map(|&n| &gazetteer.supplement.rows[n])
            .find(|e| e.precision == PlacePrecision::Admin1 && e.country.is_some_and(|c| c != own));
        let Some(rival) = state.and_then(|s| s.country) else { continue };
        let weight = |country: Country| -> f64 {
            let others = hints.iter().filter(|h| h.country == country && key(h.span.slice(text)) != name);
            others.map(|h| h.weight).sum()
        };
        if weight(rival) > weight(own) {
            hints[at].country = rival;
            hints[at].kind = HintKind::Place;
            hints[at].weight *= 0.5;
        }
    }
}

/// What a name speaks for.
enum Known {
    /// A country.
    Country(Country, Named),
    /// Places, the likeliest in a country, with how strongly it speaks for that.
    Places(Country, f64, Vec<Candidate>),
    /// A sea or the like, which is in no state, whatever state gives it its name: "Gulf of Oman".
    Nobodys,
}

/// Notes what the words `from..to` of a run speak for, and tells whether they are a name; `known` are the names that were
/// looked up before.
fn note<'a>(
    gazetteer: &Gazetteer,
    text: &'a str,
    run: &[Word],
    (from, to): (usize, usize),
    known: &mut FxHashMap<&'a str, Option<Known>>,
    hints: &mut Vec<Hint>,
) -> bool {
    let (first, last) = (run[from], run[to - 1]);
    if !first.capital || !last.capital {
        return false;
    }
    let span = first.span.cover(last.span);
    let name = span.slice(text);
    // "Jordan Peck", "Paris Accord": a name amid other capitals is less likely the place; adjectives are at home there.
    let alone = from == 0 && to == run.len();
    if alone && to == 1 && (first.breaks || span.start == 0) && is_common_word(name) {
        return false;
    }
    let Some(found) = known.entry(name).or_insert_with(|| look_up(gazetteer, name, to - from == 1)) else {
        return false;
    };
    match found {
        Known::Nobodys => {}
        &mut Known::Country(country, named) => {
            let (kind, weight) = match named {
                Named::Name if alone => (HintKind::Name, 1.0),
                Named::Name => (HintKind::Name, 0.6),
                Named::Demonym => (HintKind::Demonym, 0.8),
            };
            hints.push(Hint { span, country, kind, weight, candidates: Vec::new() });
        }
        Known::Places(country, weight, candidates) => {
            let weight = *weight * if alone { 1.0 } else { 0.4 };
            let candidates = candidates.clone();
            hints.push(Hint { span, country: *country, kind: HintKind::Place, weight, candidates });
        }
    }
    true
}

/// Returns what a name by itself speaks for.
fn look_up(gazetteer: &Gazetteer, name: &str, is_one_word: bool) -> Option<Known> {
    if let Some((number, named)) = gazetteer.countries.find(name) {
        return Some(Known::Country(gazetteer.countries.rows[number].code, named));
    }
    if name.chars().count() < 4 || (is_one_word && kind_word(name).is_some()) {
        return None;
    }
    let mut candidates = gazetteer.exact(name);
    candidates.retain(|c| !matches!(c.standing, Standing::Country(_)));
    candidates
        .sort_by(|a, b| (b.prior + b.fit).total_cmp(&(a.prior + a.fit)).then(a.standing.cmp(&b.standing)));
    let best = candidates.first().copied().filter(|c| c.prior + c.fit >= LARGE)?;
    let Some(country) = best.country else { return Some(Known::Nobodys) };
    candidates.truncate(6);
    let total: f64 = candidates.iter().map(|c| (c.prior + c.fit).exp()).sum();
    let same: f64 =
        candidates.iter().filter(|c| c.country == best.country).map(|c| (c.prior + c.fit).exp()).sum();
    let seat = if best.precision == PlacePrecision::Town && best.prior > 8.5 { 0.5 } else { 0.35 };
    Some(Known::Places(country, seat * same / total, candidates))
}
