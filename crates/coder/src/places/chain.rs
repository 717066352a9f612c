//! What lies in what, as the words say it: "Goma, in eastern DR Congo", "Faskari, Katsina State, Nigeria".

use super::gazetteer::{Candidate, Gazetteer, Standing};
use super::lookups::Lookups;
use super::nouns::{KindWord, is_body, is_inner, is_water, kind_word, without_generic};
use super::phrase::{Word, runs, words};
use casus_types::{Span, event::PlacePrecision};

/// A name within a stretch of text and what it may mean.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub(super) span: Span,
    /// Empty where the gazetteer has nothing of the name.
    pub(super) candidates: Vec<Candidate>,
    /// Whether only a part of the name was found: "Bondi" of "Bondi Pavilion".
    pub(super) partial: bool,
    /// Whether it owns the next name: "Syria's Idlib".
    pub(super) possessive: bool,
}

/// What a part of a name costs against the whole, in nats.
const PART: f64 = 2.0;
/// Bytes after a toponym in which its parents are looked for.
const REACH: usize = 120;
/// Words before the part of a name that tells it from others.
const OF: [&str; 8] = ["de", "del", "di", "da", "do", "dos", "du", "des"];
/// Names that no table has between a place and its country, at most.
const UNKNOWN: usize = 2;
/// Parents that are read at most.
const PARENTS: usize = 3;

/// Returns the names within a stretch of text, in order.
pub(super) fn names(lookups: &Lookups<'_>, text: &str, within: Span) -> Vec<Name> {
    if let Some(name) = undivided(lookups, text, within) {
        return vec![name];
    }
    let all = words(text, within);
    runs(text, &all).iter().map(|run| name(lookups, text, &all, run)).collect()
}

/// Returns the name that the whole stretch is, where a possessive is a part of it: "Cox's Bazar".
fn undivided(lookups: &Lookups<'_>, text: &str, span: Span) -> Option<Name> {
    let whole = span.slice(text);
    let owns = ["'s ", "’s "].iter().any(|owner| whole.contains(owner));
    let candidates = if owns { lookups.exact(whole) } else { Vec::new() };
    (!candidates.is_empty()).then_some(Name { span, candidates, partial: false, possessive: false })
}

fn name(lookups: &Lookups<'_>, text: &str, all: &[Word], run: &[Word]) -> Name {
    let (first, last) = (run[0], run[run.len() - 1]);
    let span = first.span.cover(last.span);
    let whole = span.slice(text);
    let at = all.iter().position(|w| *w == first).unwrap_or(0);
    let next = all.get(at + run.len()).filter(|w| !w.breaks).map(|w| w.span);
    // The noun that says what it is: "Idlib province", "Katsina State", "province of Idlib", "the city of Kano".
    let kind = next
        .and_then(|s| kind_word(s.slice(text)))
        .or_else(|| (run.len() > 1).then(|| kind_word(last.span.slice(text))).flatten())
        .or_else(|| (run.len() > 1).then(|| kind_word(first.span.slice(text))).flatten())
        .or_else(|| preceding(text, all, at));

    let mut candidates = Vec::new();
    // "Idlib province", "Amura fortress": the noun may belong to the name.
    if let Some(next) = next.filter(|s| !is_inner(s.slice(text))) {
        candidates = lookups.exact(span.cover(next).slice(text));
    }
    merge(&mut candidates, lookups.exact(whole));
    let bare = without_generic(whole);
    if let Some(bare) = &bare {
        let mut more = lookups.exact(bare);
        // "Niger State" is not Niger.
        let named = !candidates.is_empty();
        more.retain(|c| !named || !matches!(c.standing, Standing::Country(_)));
        merge(&mut candidates, more);
    }
    if run.len() > 1 && is_body(whole) {
        // A "City Hall" or "Supreme Court" of the gazetteer is a hamlet somewhere.
        candidates.retain(|c| !matches!(c.standing, Standing::Row(_)));
    }
    if candidates.is_empty() && run.len() <= 4 && kind_word(whole).is_none() && !is_body(whole) {
        candidates = lookups.respelt(whole);
        if let Some(bare) = bare.filter(|_| candidates.is_empty()) {
            candidates = lookups.respelt(&bare);
        }
    }
    let mut partial = false;
    if candidates.is_empty() {
        candidates = part(lookups, text, run);
        partial = !candidates.is_empty();
    }
    if let Some(kind) = kind {
        Gazetteer::prefer(&mut candidates, kind);
    }
    Name { span, candidates, partial, possessive: last.possessive }
}

/// "province of" and "city of" before a name, and "the Iraqi city" just before.
fn preceding(text: &str, all: &[Word], at: usize) -> Option<KindWord> {
    // "Tyre District, Lebanon": the noun is the name's before.
    if all.get(at)?.breaks {
        return None;
    }
    let word = |back: usize| all.get(at.checked_sub(back)?).map(|w| w.span.slice(text));
    match word(1)? {
        "of" => kind_word(word(2)?),
        noun => kind_word(noun).filter(|k| *k != KindWord::Other),
    }
}

fn merge(into: &mut Vec<Candidate>, more: Vec<Candidate>) {
    for c in more {
        if !into.iter().any(|d| d.standing == c.standing) {
            into.push(c);
        }
    }
}

/// The leftmost longest part of a run that is a name: "Seoul" of "Seoul Western District Court".
fn part(lookups: &Lookups<'_>, text: &str, run: &[Word]) -> Vec<Candidate> {
    if run.iter().any(|w| is_water(w.span.slice(text))) {
        return Vec::new();
    }
    for from in 0..run.len() {
        for to in (from + 1..=run.len()).rev().filter(|to| (from, *to) != (0, run.len())) {
            let (first, last) = (run[from], run[to - 1]);
            // "San Juan de Gorva" is no San Juan.
            let goes_on = run.get(to).is_some_and(|next| OF.contains(&next.span.slice(text)));
            if !first.capital || !last.capital || to - from > 4 || goes_on {
                continue;
            }
            let words = first.span.cover(last.span).slice(text);
            if to - from == 1 && (kind_word(words).is_some() || words.chars().count() < 4) {
                continue;
            }
            let mut candidates = lookups.exact(words);
            for c in &mut candidates {
                c.fit -= PART;
            }
            if !candidates.is_empty() {
                return candidates;
            }
        }
    }
    Vec::new()
}

/// "Beijing, Pakistani ministers said": a people contains no place.
fn peoples(candidate: &Candidate) -> bool {
    matches!(candidate.standing, Standing::Country(_)) && candidate.fit < 0.0
}

/// Returns the countries and units that contain both places of a pair, the second of which begins at a word: "Tesk and Gorvan,
/// Kenya".
fn parents_of_pair(lookups: &Lookups<'_>, text: &str, all: &[Word], second: usize) -> Vec<Vec<Candidate>> {
    let run = all.get(second..).and_then(|rest| runs(text, rest).into_iter().next());
    let named = run.filter(|run| run[0] == all[second]);
    let Some(end) = named.and_then(|run| run.last().map(|word| word.span.end as usize)) else {
        return Vec::new();
    };
    if !text[end..].starts_with(", ") {
        return Vec::new();
    }
    let mut parents = parents_after(lookups, text, end);
    // "Tesk and Gorvan, in the south of Kest".
    let is_told = text[end..].starts_with(", in ");
    parents.retain(|candidates| is_told || candidates.iter().all(|c| c.precision > PlacePrecision::Town));
    parents
}

/// Returns what the words after a toponym say it lies in, nearest first.
pub(super) fn parents_after(lookups: &Lookups<'_>, text: &str, end: usize) -> Vec<Vec<Candidate>> {
    let mut to = (end + REACH).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let all = words(text, Span::new(end, to));
    let mut parents = Vec::new();
    let mut before = end;
    // Whether a word has said that the next name contains this one.
    let mut within = false;
    // How many names that no table has have been left out.
    let mut skipped = 0;
    let mut at = 0;
    while at < all.len() && parents.len() < PARENTS {
        let word = all[at];
        let between = &text[before..word.span.start as usize];
        if between.contains(['.', ';', ':', '!', '?', '\n', '"', '“', '”', '—']) {
            break;
        }
        within |= between.contains([',', '(']);
        let lower = word.span.slice(text);
        if !word.capital {
            let passes = matches!(lower, "in" | "of" | "the" | "and")
                || kind_word(lower).is_some()
                || lower.split('-').all(|part| kind_word(part).is_some());
            if lower == "and" && before == end && parents.is_empty() {
                return parents_of_pair(lookups, text, &all, at + 1);
            }
            if !passes || lower == "and" {
                break;
            }
            within |= matches!(lower, "in" | "of");
            before = word.span.end as usize;
            at += 1;
            continue;
        }
        if !within {
            break;
        }
        let Some(run) = runs(text, &all[at..]).into_iter().next() else { break };
        let found = name(lookups, text, &all, &run);
        let by_comma = between.contains(',');
        // After a comma a town is the next of a list, not what contains this one.
        let rank = |c: &Candidate| c.prior + c.fit;
        let town = found
            .candidates
            .iter()
            .filter(|c| c.precision <= PlacePrecision::Town)
            .map(rank)
            .fold(0.0, f64::max);
        // "Tyre District", of which the table has the town alone.
        let is_unit = run.len() > 1 && kind_word(run[run.len() - 1].span.slice(text)).is_some();
        let is_unknown = found.candidates.is_empty() || found.partial || is_unit;
        let mut larger: Vec<Candidate> = found
            .candidates
            .into_iter()
            .filter(|c| !found.partial && c.fit > -1.4 && !peoples(c))
            .filter(|c| !by_comma || (c.precision > PlacePrecision::Town && rank(c) > town - 1.0))
            .collect();
        // "Hazmieh, Greater Beirut, Lebanon": what no table has between a place and its country.
        let is_country = |c: &Candidate| matches!(c.standing, Standing::Country(_)) && c.fit >= 0.0;
        // Behind such a name only the country is sure to contain the place.
        let is_open = (larger.is_empty() && is_unknown) || (skipped > 0 && !larger.iter().any(is_country));
        if by_comma && is_open && skipped < UNKNOWN {
            skipped += 1;
            before = found.span.end as usize;
            at += run.len();
            within = false;
            continue;
        }
        if larger.is_empty() || skipped > 0 && !larger.iter().any(is_country) {
            break;
        }
        larger.sort_by(|a, b| rank(b).total_cmp(&rank(a)).then(a.standing.cmp(&b.standing)));
        parents.push(larger);
        before = found.span.end as usize;
        at += run.len();
        within = false;
    }
    parents
}
