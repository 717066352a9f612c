//! Places without a name of their own: "the country", "the city", "the presidential palace", "the Iraqi border".

use super::gazetteer::Gazetteer;
use super::nouns::is_national;
use super::phrase::{Word, words};
use super::rank::{Group, Hints, Speaking, likeliest};
use super::resolve::{Reading, coarser, confidence, found, round};
use super::scan::{Hint, HintKind};
use casus_types::{
    Coded, Country, Evidence, Span,
    event::{EventPlace, PlacePrecision},
};

/// Bytes after "border" in which "with Burkina Faso" is looked for.
const BORDER_REACH: u32 = 40;

/// Nouns for a state.
const STATES: [&str; 4] = ["country", "nation", "kingdom", "republic"];
/// Words that make it another state than any of which the report speaks.
const OTHERS: [&str; 6] = ["another", "other", "foreign", "neighbouring", "neighboring", "third"];
/// Quarters of a country, alone or joined: "the south-east".
const QUARTERS: [&str; 4] = ["north", "south", "east", "west"];
/// Words for a part of a country, which is not that about its capital.
const PARTS: [&str; 3] = ["region", "province", "territory"];
/// Where no state rules.
const NOBODYS: [&str; 3] = ["international waters", "international airspace", "high seas"];
/// Share of right states where a sentence speaks of one before "the country": 21 of 23 such places in gold and
/// `training/labels/`, where the state named most in the report was right in 14.
const SUBJECT: f64 = 0.9;

/// Resolves words without a name: "the country" is the one that its sentence speaks of first, else that which the report is
/// about, "the city" the one last named, "the presidential palace" in the capital of the country that the report is about,
/// "the south" that of the same country, whose capital or whatever town was named last is in no way its south.
pub(super) fn unnamed(
    gazetteer: &Gazetteer,
    text: &str,
    groups: &[Group],
    scanned: &[Hint],
    hints: &Hints,
    span: Span,
) -> Option<Coded<EventPlace>> {
    let own = span.slice(text).to_lowercase();
    let says = |nouns: &[&str]| own.split(|c: char| !c.is_alphanumeric()).any(|word| nouns.contains(&word));
    let place = |country: Option<Country>, precision| EventPlace {
        name: span.slice(text).to_owned(),
        country,
        admin1: None,
        geonameid: None,
        point: None,
        precision,
    };
    let coded =
        |place, made_by: &str, sure| Coded::new(place, Evidence::read(span, made_by), confidence(sure));
    if NOBODYS.iter().any(|waters| own.contains(waters)) {
        return Some(coded(place(None, PlacePrecision::Admin1), "places/surroundings", SUBJECT));
    }
    let (national, state) = (is_national(&own), says(&STATES));
    if state && says(&OTHERS) {
        return None;
    }
    if state && let Some(country) = subject(text, hints, span) {
        return Some(coded(place(Some(country), PlacePrecision::Country), "places/surroundings", SUBJECT));
    }
    let quarter = is_quarter(&own);
    let of_country = national || state || quarter || says(&["border"]);
    let before = scanned.iter().rev().filter(|h| h.span.start < span.start);
    let mut towns = before.clone().filter(|h| h.kind == HintKind::Place);
    // The leaders met in the capital, and soldiers were killed "in the region" of which they spoke.
    let last = towns.find(|h| !says(&PARTS) || !is_seat(gazetteer, h));
    if let Some(last) = last.filter(|_| !of_country) {
        let group = groups.iter().find(|g| g.mentions.contains(&last.span))?;
        let reading = Reading { name: span, group: 0, wider: true, partial: true };
        return found(gazetteer, text, group, &reading, false);
    }
    // An adjective says whose soldiers came rather than where to.
    let named: Vec<&Hint> = before.filter(|h| h.kind == HintKind::Name || !of_country).collect();
    let all: Vec<&Hint> = scanned.iter().collect();
    let (country, share) = match (national || quarter, named.is_empty()) {
        (true, _) => located(gazetteer, text, &named, span).or_else(|| located(gazetteer, text, &all, span)),
        (false, true) => about(&all, span),
        (false, false) => about(&named, span),
    }?;
    let seat = if national { gazetteer.seat(country) } else { None };
    let (precision, made_by) = match seat {
        Some(seat) => (coarser(seat.precision), "places/seat-of-government"),
        None => (PlacePrecision::Country, "places/surroundings"),
    };
    let point = seat.map(|s| (round(s.lat), round(s.lon)));
    Some(coded(EventPlace { point, ..place(Some(country), precision) }, made_by, 0.7 * share))
}

/// Returns the words for a state that a sea or a region goes before: "Pacific island nation", of "Pacific" or of all of it.
pub(super) fn state_of_a_region(text: &str, region: Span) -> Option<Span> {
    if region.slice(text).rsplit(' ').next().is_some_and(|last| STATES.contains(&last)) {
        return Some(region);
    }
    let behind = &text[region.range().end..];
    let rest = behind.strip_prefix(' ')?;
    let rest = rest.strip_prefix("island ").unwrap_or(rest);
    let noun = STATES.iter().find(|noun| {
        rest.strip_prefix(**noun).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })?;
    Some(Span::new(region.range().start, region.range().end + behind.len() - rest.len() + noun.len()))
}

/// Returns the state that a sentence speaks of first, by any word, before some of its words: "the Lebanese ministry gives the
/// Iranian ambassador two days to leave".
fn subject(text: &str, hints: &Hints, span: Span) -> Option<Country> {
    let from = sentence_start(text, span.range().start);
    let before = hints.words.iter().filter(|h| h.span.range().start >= from && h.span.end <= span.start);
    before.min_by_key(|h| h.span.start).map(|h| h.country)
}

/// Returns where the sentence begins that a byte of a text stands in; the dot of "U.S." ends none.
fn sentence_start(text: &str, at: usize) -> usize {
    let before = &text[..at];
    let is_end = |&(mark, sign): &(usize, &str)| {
        let word = before[..mark].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let initial = sign == "." && word.chars().count() == 1 && word.chars().all(char::is_uppercase);
        sign == "\n" || (!initial && before[mark + 1..].starts_with(char::is_whitespace))
    };
    before.rmatch_indices(['.', '!', '?', '\n']).find(is_end).map_or(0, |(mark, _)| mark + 1)
}

/// Resolves "the Iraqi border" and "the border with Burkina Faso": reports name the far side of a border, and tell of the
/// near one. Of a border with both sides named the first stands. None where the words are of no border.
pub(super) fn border(
    gazetteer: &Gazetteer,
    text: &str,
    scanned: &[Hint],
    span: Span,
) -> Option<Coded<EventPlace>> {
    let (country, share) = match *border_states(gazetteer, text, scanned, span)? {
        [far] => {
            let near: Vec<&Hint> = scanned.iter().filter(|h| h.country != far).collect();
            about(&near, span)?
        }
        // "The Kenya-Uganda border": the one as much as the other.
        [first, _] => (first, 0.5),
        _ => return None,
    };
    let value = EventPlace {
        name: span.slice(text).to_owned(),
        country: Some(country),
        admin1: None,
        geonameid: None,
        point: None,
        precision: PlacePrecision::Country,
    };
    Some(Coded::new(value, Evidence::read(span, "places/border"), confidence(0.6 * share)))
}

/// Returns the states that the words for a border name, in their order: one beyond it, or both beside it ("the Kenya-Uganda
/// border", "the border between Kenya and Uganda"); none where the words are of no border, or name more.
pub(crate) fn border_states(
    gazetteer: &Gazetteer,
    text: &str,
    scanned: &[Hint],
    span: Span,
) -> Option<Vec<Country>> {
    let says_border = |s: &str| s.eq_ignore_ascii_case("border") || s.eq_ignore_ascii_case("frontier");
    let inside = words(text, span);
    let noun = inside.iter().find(|w| says_border(w.span.slice(text)))?;
    // "Mandera, on the border" is Mandera.
    if scanned.iter().any(|h| h.kind == HintKind::Place && span.overlaps(h.span)) {
        return None;
    }
    if let Some(both) = joined(gazetteer, &text[..noun.span.start as usize]) {
        return Some(both);
    }
    let behind = &text[noun.span.end as usize..];
    let clause = behind.find([',', '.', ';', '\n']).unwrap_or(behind.len());
    let tells = |word: &str| behind.trim_start().starts_with(word);
    let (with, between) = (tells("with "), tells("between "));
    let reach = if with || between { BORDER_REACH as usize } else { 0 }.min(clause);
    let reach = span.end.max(noun.span.end + u32::try_from(reach).expect("a short way"));
    let mut named: Vec<Country> = scanned
        .iter()
        .filter(|h| h.kind != HintKind::Place && h.span.start >= span.start && h.span.start < reach)
        .filter(|h| h.span.start > noun.span.start || h.span.end + 1 == noun.span.start)
        .map(|h| h.country)
        .collect();
    named.dedup();
    if with {
        named.truncate(1);
    }
    (named.len() < 2 || (between && named.len() == 2)).then_some(named)
}

/// Bytes before "border" in which "Canada–United States" is looked for.
const JOINED: usize = 60;

/// Returns the two states that a dash joins at the end of a text: "the Kenya-Uganda", "the Canada–United States".
fn joined(gazetteer: &Gazetteer, before: &str) -> Option<Vec<Country>> {
    let before = before.trim_end();
    let from =
        (before.len().saturating_sub(JOINED)..=before.len()).find(|&at| before.is_char_boundary(at))?;
    let (first, second) = before[from..].rsplit_once(['-', '–', '—'])?;
    // A dash with spaces around it sets off a thought: "he fled from Iran – Iraqi border guards said".
    if first.ends_with(' ') && second.starts_with(' ') {
        return None;
    }
    // The first may be of several words, behind others that are none of it.
    let first = first.trim_end();
    let starts = first.match_indices(' ').map(|(at, _)| at + 1);
    let first = std::iter::once(0).chain(starts).find_map(|at| gazetteer.country_of(&first[at..]))?;
    Some(vec![first, gazetteer.country_of(second)?])
}

/// The country that hints speak for the most, seen from a stretch of the text.
fn about(hints: &[&Hint], span: Span) -> Option<(Country, f64)> {
    let speaking = |h: &&Hint| Speaking { span: h.span, country: h.country, weight: h.weight, locates: true };
    let shares = Hints { words: hints.iter().map(speaking).collect() }.shares(&[span]);
    likeliest(shares.into_iter().map(|(country, share)| (country, share.spoken)))
}

/// The country that the hints which say where something is speak for the most, seen from a stretch of the text; that of all of
/// them where none says so.
///
/// A people says who came, or whose house was burnt, rather than in which country: "the Gorvanian embassy in the capital".
fn located(gazetteer: &Gazetteer, text: &str, hints: &[&Hint], span: Span) -> Option<(Country, f64)> {
    // A seat of government may stand for those who govern, but what is in it is there.
    let within = |h: &Hint| h.kind == HintKind::Place && h.country != EVERYWHERE && is_within(text, h);
    let telling = hints.iter().copied().filter(|h| locates(gazetteer, text, h) || within(h));
    about(&telling.collect::<Vec<_>>(), span).or_else(|| about(hints, span))
}

/// Tells whether words are a bare quarter of a country: "the south", "north-east".
fn is_quarter(own: &str) -> bool {
    let own = own.strip_prefix("the ").unwrap_or(own).replace(['-', ' '], "");
    QUARTERS
        .iter()
        .any(|first| own.strip_prefix(first).is_some_and(|rest| rest.is_empty() || QUARTERS.contains(&rest)))
}

/// Words before "capital" that make it another than that of a state.
const LESSER: [&str; 6] = ["state", "provincial", "regional", "district", "county", "territorial"];

/// Resolves "the Malian capital", "Mali's capital" and "the capital" to the seat of government of the state that they name,
/// else of that which the report is about. The capital of a province is named by its province.
pub(super) fn capital(
    gazetteer: &Gazetteer,
    text: &str,
    scanned: &[Hint],
    span: Span,
) -> Option<Coded<EventPlace>> {
    let lower = span.slice(text).to_lowercase();
    let before = ["capital", "capital city"].iter().find_map(|end| lower.strip_suffix(end))?;
    let (named, others): (Vec<&Hint>, Vec<&Hint>) = scanned.iter().partition(|h| span.overlaps(h.span));
    let lesser = before.split(|c: char| !c.is_alphabetic()).any(|word| LESSER.contains(&word));
    if lesser || named.iter().any(|h| h.kind == HintKind::Place) {
        return None;
    }
    let (country, share) = match named.first() {
        Some(hint) => (hint.country, 1.0),
        None if before.trim().is_empty() || before.trim() == "the" => {
            located(gazetteer, text, &others, span)?
        }
        None => return None,
    };
    let seat = gazetteer.seat(country)?;
    let value = EventPlace {
        name: span.slice(text).to_owned(),
        country: Some(country),
        admin1: None,
        geonameid: None,
        point: Some((round(seat.lat), round(seat.lon))),
        precision: seat.precision,
    };
    Some(Coded::new(value, Evidence::read(span, "places/seat-of-government"), confidence(0.9 * share)))
}

/// Prepositions before the name of where something is.
const WITHIN: [&str; 9] =
    ["in", "near", "across", "throughout", "inside", "outside", "around", "at", "within"];
/// The state that acts everywhere, and whose towns have the names of all the world's.
const EVERYWHERE: Country = Country::USA;

/// First words of what a state acts by.
const ARMS: [&str; 10] =
    ["forces", "army", "military", "troops", "defence", "defense", "foreign", "air", "navy", "ministry"];

/// Tells whether a word of the report says where something is: the name of a place, or of a country. A people, the owner
/// of forces and a seat of government ("said in Washington") mean those who act, and so does the United States but behind "in".
pub(super) fn locates(gazetteer: &Gazetteer, text: &str, hint: &Hint) -> bool {
    match hint.kind {
        HintKind::Name => is_within(text, hint) || (hint.country != EVERYWHERE && !acts(text, hint)),
        HintKind::Demonym => false,
        HintKind::Place => !is_seat(gazetteer, hint) || is_part_of_it(text, hint),
    }
}

/// Words before a seat of government that mean the town: "in the south of Beirut", "near Kyiv".
const OF_A_TOWN: [&str; 7] = ["south of", "north of", "east of", "west of", "near", "outside", "suburb of"];

/// Tells whether words speak of a part or the surroundings of a town.
fn is_part_of_it(text: &str, hint: &Hint) -> bool {
    let before = text[..hint.span.range().start].trim_end();
    OF_A_TOWN.iter().any(|words| before.ends_with(words))
}

/// Tells whether the name of a state stands before its forces: "Gorvan's army".
fn acts(text: &str, hint: &Hint) -> bool {
    let behind = &text[hint.span.range().end..];
    let owned = ["'s ", "’s ", "' ", "’ "].iter().find_map(|owner| behind.strip_prefix(owner));
    let word = owned.and_then(|rest| rest.split(|c: char| !c.is_alphabetic()).next());
    word.is_some_and(|word| ARMS.contains(&word))
}

/// Tells whether a hint stands behind a word that says that something is there: "in Iraq".
fn is_within(text: &str, hint: &Hint) -> bool {
    let before = text[..hint.span.range().start].trim_end().trim_end_matches(" the");
    let last = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    WITHIN.contains(&last)
}

/// Tells whether a hint is the name of its country's seat of government.
fn is_seat(gazetteer: &Gazetteer, hint: &Hint) -> bool {
    let seat = gazetteer.seat(hint.country).map(|seat| seat.standing);
    hint.kind == HintKind::Place && hint.candidates.first().map(|best| best.standing) == seat
}

/// Tells whether the words before a toponym place the event beside it: "near", "south of", "off the coast of".
pub(super) fn is_beside(text: &str, span: Span) -> bool {
    let from = (span.start as usize).saturating_sub(40);
    let from = (from..=span.start as usize).find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let before: Vec<Word> = words(text, Span::new(from, span.start as usize));
    let word = |back: usize| before.len().checked_sub(back).map_or("", |i| before[i].span.slice(text));
    let side = matches!(
        word(2),
        "north"
            | "south"
            | "east"
            | "west"
            | "northeast"
            | "northwest"
            | "southeast"
            | "southwest"
            | "outside"
            | "outskirts"
            | "coast"
            | "vicinity"
            | "kilometers"
            | "kilometres"
            | "km"
            | "miles"
            | "countryside"
            | "border"
    );
    matches!(word(1), "near" | "outside" | "around" | "toward" | "towards" | "off")
        || (side && matches!(word(1), "of" | "from" | "with" | "between"))
}
