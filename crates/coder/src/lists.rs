//! Lists of those who are counted: "two soldiers, five officers and a boy were killed" tells of all what befell them.

use crate::Report;
use crate::harms::{self, Harm};
use crate::numbers::{Quantity, QuantityKind};
use crate::persons;
use casus_types::Span;

/// Gives what befalls some of a list to the others of it.
pub(crate) fn share(report: &Report, quantities: &[Quantity], harms: &mut [Option<Harm>]) {
    let told = |n: usize| !harms::are_missing(report, &quantities[n]);
    for at in (1..harms.len()).rev() {
        for before in before(quantities, at) {
            if harms[before].is_none() && told(before) && are_listed(report, quantities, before, at) {
                harms[before] = harms[at];
            }
        }
    }
    for at in 1..harms.len() {
        for before in before(quantities, at) {
            if harms[at].is_none() && told(at) && are_listed(report, quantities, before, at) {
                harms[at] = harms[before];
            }
        }
    }
}

/// Returns the quantities that may stand right before another in a list: the last one, and the last one that counts none
/// of what another counts ("17 men, including 11 policemen, and eight women").
fn before(quantities: &[Quantity], at: usize) -> impl Iterator<Item = usize> + use<> {
    let whole = quantities[..at].iter().rposition(|q| !q.is_part).filter(|&n| n + 1 < at);
    [Some(at - 1), whole].into_iter().flatten()
}

/// Words between two members of a list.
const JOINTS: [&str; 10] = [
    "and",
    ", and",
    "as well as",
    ", as well as",
    "or",
    "and at least",
    "and his",
    "and her",
    "and their",
    "along with",
];

/// Tells whether two quantities stand side by side in a list: "two soldiers and five officers", "a couple and their three
/// children", "a colonel, five soldiers and two boys".
fn are_listed(report: &Report, quantities: &[Quantity], first: usize, second: usize) -> bool {
    let (one, other) = (&quantities[first], &quantities[second]);
    let persons = one.noun().is_some() || is_couple(report, one) || is_located(report, one);
    match between(report, one, other) {
        Some(",") => persons && is_comma_of_list(report, quantities, first, second),
        Some(joint) => persons && (JOINTS.contains(&joint) || is_place(joint) && is_located(report, other)),
        None => false,
    }
}

/// Words before a place.
const WHERE: [&str; 4] = ["in ", "at ", "near ", "outside "];

/// Tells whether words name a place and go on: "eight people [in Sadr City and] five in Baquba".
fn is_place(between: &str) -> bool {
    let place = WHERE.iter().find_map(|word| between.strip_prefix(word));
    let place = place.and_then(|rest| {
        rest.strip_suffix(" and").or_else(|| rest.strip_suffix(',')).map(|rest| rest.trim_end_matches(','))
    });
    place.is_some_and(|place| {
        !place.contains([',', ';', ':', '.'])
            && place.split_whitespace().all(|word| word == "the" || word.starts_with(char::is_uppercase))
    })
}

/// Tells whether a number without a noun of its own, or others, stand before a place: "five in Baquba".
fn is_located(report: &Report, quantity: &Quantity) -> bool {
    let text = report.text();
    let others = |noun: Span| matches!(noun.slice(text), "others" | "more" | "people");
    let end = quantity.noun().unwrap_or(quantity.span).range().end;
    quantity.noun().is_none_or(others) && WHERE.iter().any(|word| text[end..].trim_start().starts_with(word))
}

/// Returns the words between two quantities and their nouns, but for what is said of some: "17 men, including 11
/// policemen, and eight women" has "and".
fn between<'a>(report: &Report<'a>, first: &Quantity, second: &Quantity) -> Option<&'a str> {
    let text = report.text();
    let end = first.noun().map_or(first.span, |noun| noun.cover(first.span)).range().end;
    let rest = text.get(end..second.span.range().start)?;
    let aside = harms::aside(&text[end..]);
    Some(rest.get(aside..).unwrap_or(rest).trim())
}

/// Tells whether a comma joins two quantities. Beside one person it may as well set off who speaks ("killing five men, a
/// policeman said") or who they are ("two students, a boy and a girl"); so it joins there only where the list ends in "and",
/// nobody of it speaks, and the rest of it is not as many as the first.
fn is_comma_of_list(report: &Report, quantities: &[Quantity], first: usize, second: usize) -> bool {
    if !quantities[first..=second].iter().any(|q| q.kind == QuantityKind::Article) {
        return true;
    }
    let mut last = second;
    let mut sum = quantities[second].range.min;
    while let Some(next) = quantities.get(last + 1) {
        let joint = between(report, &quantities[last], next);
        let and = joint.is_some_and(|joint| JOINTS.contains(&joint));
        if !and && joint != Some(",") {
            break;
        }
        last += 1;
        sum = sum.saturating_add(next.range.min);
        if and {
            return sum != quantities[first].range.min && !speaks(report, &quantities[last]);
        }
    }
    false
}

/// Leaves out those who only say who the ones before them are: "three people, a man and two women, were killed" are three. Of
/// soldiers, policemen and civilians each are others, so the first must be of anybody, or single persons among the rest.
pub(crate) fn without_appositions(report: &Report, parts: &mut Vec<&Quantity>) {
    let mut at = 0;
    while at < parts.len() {
        let range = parts[at].range;
        let (mut end, mut sum) = (at + 1, 0);
        // "14 dead: 12 gunmen and two soldiers".
        let opens = parts.get(at + 1).and_then(|next| between(report, parts[at], next));
        let opened = opens.is_some_and(|joint| OPENS.contains(&joint));
        let follows = |end: usize| {
            let joint = between(report, parts[end - 1], parts[end]).map(without_age);
            if end == at + 1 {
                opened || joint == Some(",")
            } else {
                joint.is_some_and(|j| j == "," || JOINTS.contains(&j))
            }
        };
        while end < parts.len() && follows(end) {
            sum += parts[end].range.min;
            end += 1;
        }
        let rest = &parts[at + 1..end];
        let of_anybody = parts[at].noun().is_some_and(|noun| ANYBODY.contains(&noun.slice(report.text())));
        let tells = opened || of_anybody || rest.iter().any(|q| q.kind == QuantityKind::Article);
        if rest.len() > 1 && range.max == Some(range.min) && sum == range.min && tells {
            parts.drain(at + 1..end);
        }
        at += 1;
    }
}

/// Nouns of wholes that their parts say more of.
const ANYBODY: [&str; 7] = ["people", "persons", "individuals", "victims", "others", "civilians", "dead"];
/// Marks behind a whole that its parts follow.
const OPENS: [&str; 5] = [":", "(", "-", "–", "—"];

/// Returns what follows "25-year-old" at the beginning of what stands between two who are counted: "a 25-year-old and".
fn without_age(between: &str) -> &str {
    between.split_once("-year-old").map_or(between, |(_, rest)| rest.trim())
}

/// Tells whether those who are counted speak: "…, a policeman said".
fn speaks(report: &Report, quantity: &Quantity) -> bool {
    let text = report.text();
    let start = quantity.span.range().start;
    let clause = text[start..].find([',', '.', ';', '!', '?']).map_or(text.len(), |n| start + n);
    !report.knowledge.cues.find(text, Span::new(start, clause)).is_empty()
}

fn is_couple(report: &Report, quantity: &Quantity) -> bool {
    quantity.span.slice(report.text()).to_lowercase().ends_with("couple")
}

/// Tokens between the word for a harm and a quantity at the end of what it befalls.
const OBJECT: usize = 16;

/// Returns what befalls those who are counted behind names: "killed Ivan Petrov, 25, and four others".
pub(crate) fn behind_names(report: &Report, quantity: &Quantity) -> Option<Harm> {
    let (text, tokens) = (report.text(), &report.analysis.tokens);
    let sentence = report.analysis.sentence_of(quantity.span);
    let harm = *report.harms.iter().rev().find(|h| h.word.end <= quantity.span.start)?;
    let verb = harms::token_at(report, harm.word)?;
    let active = tokens[verb].pos == "VERB" && !harm.of_itself() && !harms::is_passive(report, verb);
    if !active || report.analysis.sentence_of(harm.word) != sentence {
        return None;
    }
    let end = tokens.partition_point(|t| t.span.start < quantity.span.start);
    let object = tokens.get(verb + 1..end).filter(|object| object.len() <= OBJECT)?;
    let said = text[harm.word.range().end..quantity.span.range().start].trim();
    let joined = ["and", "as well as", "along with"].iter().any(|joint| said.ends_with(joint));
    let plain = object.iter().all(|t| !matches!(t.pos, "VERB" | "AUX" | "SCONJ"))
        && !said.contains([';', ':', '"', '“']);
    // "Killed the commander and four others": an office with its article is as good as a name.
    let titled = object.first().is_some_and(|t| matches!(t.pos, "DET" | "PRON"))
        && object.iter().any(|t| t.pos == "NOUN" && persons::is_somebody(report, t));
    let named = object.first().is_some_and(|t| matches!(t.pos, "PROPN" | "NOUN" | "DET" | "ADJ" | "PRON"))
        && (titled || object.iter().any(|t| t.pos == "PROPN"));
    let noun = harms::token_at(report, quantity.noun().unwrap_or(quantity.span))?;
    let begins_clause = tokens[noun].relation == "nsubj";
    (joined && plain && named && !begins_clause).then_some(harm)
}
