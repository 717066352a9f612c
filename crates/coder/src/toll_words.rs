//! Tolls that are named as such: "the death toll rose to 59", "police put the number of wounded at 30".

use crate::Report;
use crate::harms::{Harm, Toll};
use crate::numbers::Quantity;
use casus_types::Span;
use casus_types::event::NumberSlot;

/// Beginnings of verbs by which a toll comes to its number.
const REACHES: [&str; 15] = [
    "rise", "rose", "rising", "climb", "reach", "stand", "stood", "pass", "exceed", "increas", "grow",
    "grew", "jump", "fell", "drop",
];
/// Those of them that tell of no change.
const STANDS: [&str; 2] = ["stand", "stood"];
/// Beginnings of verbs by which somebody gives it another.
const REVISES: [&str; 5] = ["revis", "rais", "lower", "updat", "reduc"];
/// Beginnings of verbs by which an act brings it to another: of that act alone where it is named, or nothing else is.
const BRINGS: [&str; 5] = ["bring", "brought", "taking", "push", "lift"];
/// Words for a toll of more than one act.
const OF_ALL: [&str; 4] = ["total", "overall", "official", "cumulative"];
/// How somebody has it: "put the toll at".
const PUTS: [&str; 3] = ["put", "puts", "putting"];
/// Words before the toll in which such a verb stands: "put its own death toll".
const BEFORE: usize = 4;

/// What is counted, as it is named.
struct Named {
    words: Span,
    slot: NumberSlot,
    /// Whether it counts only where somebody gives it a number: "put the figure at 55".
    only_given: bool,
}

/// Returns what befalls those whom a toll counts.
pub(crate) fn of_a_toll(report: &Report, quantity: &Quantity) -> Option<Harm> {
    let text = report.text();
    let sentence = report.analysis.sentences[report.analysis.sentence_of(quantity.span)];
    let named = named(report, Span::new(sentence.range().start, quantity.span.range().start))?;
    let between = text[named.words.range().end..quantity.span.range().start].trim().to_ascii_lowercase();
    let before = text[sentence.range().start..named.words.range().start].to_ascii_lowercase();
    let begins = |word: &str, verbs: &[&str]| verbs.iter().any(|verb| word.starts_with(verb));
    let words = || between.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let around = || words().chain(before.split_whitespace().rev().take(BEFORE));
    let last = words().next_back().unwrap_or_default();
    let reaches = words().any(|w| begins(w, &REACHES));
    let of_all = before.split_whitespace().rev().take(BEFORE).any(|w| OF_ALL.contains(&w));
    let brought = around().any(|w| begins(w, &BRINGS))
        && !of_all
        && (between == "to" || names_an_act(report, named.words, quantity.span));
    let toll = if brought || around().any(|w| begins(w, &REVISES)) {
        Toll::Changed
    } else if around().any(|w| PUTS.contains(&w)) {
        Toll::Given
    } else if reaches && !words().any(|w| begins(w, &STANDS)) {
        Toll::Changed
    } else {
        Toll::Stands
    };
    let given = toll == Toll::Given || toll == Toll::Changed && !reaches;
    let comes_to = matches!(last, "to" | "at") && !between.ends_with("according to");
    let tells = if named.only_given {
        given && comes_to
    } else {
        between == "of" || (reaches || given) && comes_to || reaches && begins(last, &REACHES)
    };
    tells.then(|| Harm::of_toll(named.slot, named.words, toll))
}

/// Tells whether a word for an act stands between two stretches: "the toll from Thursday's ambush to nine".
fn names_an_act(report: &Report, first: Span, second: Span) -> bool {
    let within = |span: Span| first.end <= span.start && span.end <= second.start;
    report.analysis.triggers.iter().any(|t| within(t.span) && t.probability >= ACT)
}

/// How likely words must tell of an act.
const ACT: f32 = 0.5;

/// Words for what has gone on longer than the act that adds to its dead.
const LONGER: [&str; 12] = [
    "war",
    "conflict",
    "campaign",
    "offensive",
    "insurgency",
    "uprising",
    "rebellion",
    "crackdown",
    "unrest",
    "violence",
    "crisis",
    "fighting",
];

/// Returns the words of a toll that a quantity ends and that counts more than the dead of one act: "raising the death toll in
/// the war to 30,320", "put the number of dead since June 13 at 610", "bringing the number of its dead to 137".
pub(crate) fn running(report: &Report, quantity: &Quantity) -> Option<Span> {
    let text = report.text();
    let sentence = report.analysis.sentences[report.analysis.sentence_of(quantity.span)];
    let named = named(report, Span::new(sentence.range().start, quantity.span.range().start))?;
    let behind = text[named.words.range().end..quantity.span.range().start].to_ascii_lowercase();
    let comes_to = matches!(behind.split_whitespace().next_back(), Some("to" | "at"));
    let mut within = behind.split(|c: char| !c.is_alphanumeric());
    let longer = within.any(|w| w == "since" || LONGER.contains(&w));
    let own = ["its", "their"].iter().any(|owner| named.words.slice(text).split(' ').any(|w| w == *owner));
    (comes_to && (longer || own)).then(|| named.words.cover(quantity.span))
}

/// Returns the last name of a toll in a stretch: "death toll", "toll", "number of dead", "figure".
fn named(report: &Report, stretch: Span) -> Option<Named> {
    let text = stretch.slice(report.text()).to_ascii_lowercase();
    let at = |start: usize, end: usize| Span::new(stretch.range().start + start, stretch.range().start + end);
    let toll = text.rfind("toll").map(|n| {
        let start = if text[..n].ends_with("death ") { n - "death ".len() } else { n };
        Named { words: at(start, n + "toll".len()), slot: NumberSlot::Killed, only_given: false }
    });
    let number = text.rfind("number of").and_then(|n| {
        let words = at(n, n + "number of".len());
        let harm = report.harms.iter().find(|h| h.word.start >= words.end && h.word.end <= stretch.end)?;
        (harm.word.distance(words) <= HARM_WITHIN).then_some(Named {
            words: words.cover(harm.word),
            slot: harm.slot,
            only_given: false,
        })
    });
    let figure = text.rfind("figure").map(|n| {
        let words = at(n, n + "figure".len());
        let harm = report.harms.iter().rev().find(|h| h.word.end <= words.start);
        Named { words, slot: harm.map_or(NumberSlot::Killed, |h| h.slot), only_given: true }
    });
    [toll, number, figure].into_iter().flatten().max_by_key(|named| named.words.start)
}

/// Bytes between "number of" and what befell those: "the number of people killed".
const HARM_WITHIN: u32 = 16;
