//! With what.

use crate::Report;
use crate::drafts::Draft;
use casus_types::event::{Participant, WeaponKind};
use casus_types::{Coded, Confidence, EventType, Evidence, Mode, Span};

/// Bytes between a trigger and the weapon that it is told with.
const WITHIN: u32 = 60;

/// Returns the weapons of a violent act or of a show of force, each kind once; none that its sufferers hold.
pub(crate) fn weapons(
    report: &Report,
    draft: &Draft,
    recipients: &[Coded<Participant>],
) -> Vec<Coded<WeaponKind>> {
    let violent = match draft.kind.value {
        EventType::Assault => draft.modes.first().is_none_or(|m| m.value != Mode::Abduct),
        EventType::Mobilize => true,
        _ => false,
    };
    if !violent {
        return Vec::new();
    }
    let mut out: Vec<Coded<WeaponKind>> = Vec::new();
    for &id in &draft.triggers {
        let trigger = report.analysis.trigger(id).span;
        let sentence = report.analysis.sentences[report.analysis.sentence_of(trigger)];
        let mut near: Vec<(&str, Span)> = report.knowledge.weapons.find(report.text(), sentence);
        near.retain(|(_, span)| span.distance(trigger) <= WITHIN && !is_held(report, recipients, *span));
        near.sort_by_key(|(_, span)| (span.distance(trigger), span.start));
        for (kind, span) in near {
            if !out.iter().any(|w| w.value.0 == kind) {
                let evidence = Evidence::read(span, "rules/weapons");
                out.push(Coded::new(WeaponKind(kind.to_owned()), evidence, Confidence::new(0.8)));
            }
        }
    }
    out
}

/// Words behind somebody by which a weapon is theirs; "with" is none, since "killed villagers with machetes" tells of the act.
const HOLDING: [&str; 9] =
    ["who", "armed", "wielding", "carrying", "holding", "brandishing", "throwing", "hurling", "lobbing"];

/// Tells whether those whom an act befalls hold a weapon: "police shot a man who had a knife", "tear gas at protesters who
/// threw stones".
fn is_held(report: &Report, recipients: &[Coded<Participant>], weapon: Span) -> bool {
    recipients.iter().filter_map(|who| who.evidence.span).any(|who| {
        let Some(between) = report.text().get(who.range().start..weapon.range().start) else { return false };
        let own = between.get(..who.len().min(between.len())).unwrap_or(between);
        let holding = between.split_whitespace().position(|word| HOLDING.contains(&word));
        let theirs = holding.is_some_and(|at| at > 0 && at <= own.split_whitespace().count());
        theirs && !between.contains([',', '.', ';'])
    })
}
