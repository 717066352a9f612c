//! How many.

use crate::Report;
use crate::actors::ActorKind;
use crate::drafts::Draft;
use crate::numbers::{self, Quantity, QuantityKind};
use casus_types::analysis::{Role, Token};
use casus_types::event::{CountRange, NumberSlot, Participant};
use casus_types::{Coded, Confidence, EventType, Evidence, Mode, Span, Status};

/// The slots with the roles that the reader gives them.
const SLOTS: [(NumberSlot, Role); 6] = [
    (NumberSlot::Count, Role::Count),
    (NumberSlot::Killed, Role::Killed),
    (NumberSlot::Injured, Role::Injured),
    (NumberSlot::Detained, Role::Detained),
    (NumberSlot::Displaced, Role::Displaced),
    (NumberSlot::Abducted, Role::Abducted),
];

/// Returns the numbers of an act done to these recipients.
pub(crate) fn tolls(
    report: &Report,
    draft: &Draft,
    recipients: &[Coded<Participant>],
) -> Vec<(NumberSlot, Coded<CountRange>)> {
    let mut out: Vec<(NumberSlot, Coded<CountRange>)> =
        SLOTS.iter().filter_map(|&(slot, role)| toll(report, draft, role).map(|t| (slot, t))).collect();
    once_each(&mut out);
    if draft.modes.first().is_some_and(|m| m.value == Mode::Abduct) {
        // People taken, not killed: the words are the same, and abductions have few training examples.
        if let Some(taken) = out.iter_mut().find(|(s, _)| *s == NumberSlot::Killed)
            && draft.triggers.len() == 1
        {
            taken.0 = NumberSlot::Abducted;
        }
    }
    if let Some((slot, one)) = one_person(report, draft, recipients)
        && !out.iter().any(|(s, _)| *s == slot)
    {
        out.push((slot, one));
        out.sort_by_key(|(s, _)| *s);
    }
    out
}

/// Leaves a number that two slots claim to the one that is likelier.
fn once_each(tolls: &mut Vec<(NumberSlot, Coded<CountRange>)>) {
    let all = tolls.clone();
    tolls.retain(|(slot, toll)| {
        !all.iter().any(|(other, rival)| {
            other != slot && rival.evidence.span == toll.evidence.span && rival.confidence > toll.confidence
        })
    });
}

/// Returns the number that needs no word: one named person arrested, abducted or killed by name is one (43 of 46
/// arrests of one named person in the training gold say so, 10 of 12 targeted killings, 5 of 5 abductions).
fn one_person(
    report: &Report,
    draft: &Draft,
    recipients: &[Coded<Participant>],
) -> Option<(NumberSlot, Coded<CountRange>)> {
    let [who] = recipients else { return None };
    if draft.status.value != Status::Actual {
        return None;
    }
    let slot = match (draft.kind.value, draft.modes.first()?.value) {
        (EventType::Coerce, Mode::Arrest) => NumberSlot::Detained,
        (EventType::Assault, Mode::Abduct) => NumberSlot::Abducted,
        (EventType::Assault, Mode::Targeted) => NumberSlot::Killed,
        _ => return None,
    };
    let span = who.evidence.span?;
    if !names_one_person(report, &who.value.name, span) {
        return None;
    }
    let range = CountRange { min: 1, max: Some(1) };
    Some((slot, Coded::new(range, Evidence::read(span, "numbers/one-person"), Confidence::new(0.9))))
}

/// Tells whether words name one person: a known one, or a name of two to four capitalised words that is no body's.
fn names_one_person(report: &Report, name: &str, span: Span) -> bool {
    let known = report.knowledge.actors.lookup(name, report.document.published);
    if !known.is_empty() {
        return known.iter().all(|row| row.kind == ActorKind::Person);
    }
    let tokens: Vec<&Token> = report.analysis.tokens.iter().filter(|t| span.contains(t.span)).collect();
    let proper = |t: &&Token| {
        let word = t.span.slice(report.text());
        t.pos == "PROPN" && word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase)
    };
    let tail = tokens.iter().rev().take_while(|t| proper(t)).count();
    (2..=4).contains(&tail) && !tokens.iter().any(|t| t.pos == "NUM" || t.span.slice(report.text()) == "and")
}

fn toll(report: &Report, draft: &Draft, role: Role) -> Option<Coded<CountRange>> {
    let mut found: Vec<(&Quantity, f32)> = Vec::new();
    for argument in draft.arguments(report.analysis, role) {
        if argument.probability < report.knowledge.thresholds.number {
            continue;
        }
        let quantity = report.quantities.iter().find(|q| q.span.overlaps(argument.span)).or_else(|| {
            // The reader marks the counted noun as well ("five soldiers"): the number that counts it.
            report.quantities.iter().find(|q| q.noun().is_some_and(|n| n.overlaps(argument.span)))
        });
        if let Some(quantity) = quantity
            && !found.iter().any(|(q, _)| q.span == quantity.span)
            && !(role == Role::Count && quantity.kind == QuantityKind::Article)
        {
            found.push((quantity, argument.probability));
        }
    }
    let &(best, probability) = found.first()?;
    let sentence = report.analysis.sentence_of(best.span);
    let parts: Vec<&Quantity> = found
        .iter()
        .map(|f| f.0)
        .filter(|q| report.analysis.sentence_of(q.span) == sentence && (!q.is_part || q.span == best.span))
        .collect();
    let whole = parts.iter().map(|q| q.span).reduce(Span::cover)?;
    let ranges: Vec<CountRange> = parts.iter().map(|q| q.range).collect();
    let range = if ranges.len() > 1 { numbers::sum(&ranges) } else { best.range };
    Some(Coded::new(range, Evidence::read(whole, "numbers"), Confidence::new(probability)))
}
