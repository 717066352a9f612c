//! With what.

use crate::Report;
use crate::drafts::Draft;
use casus_types::event::WeaponKind;
use casus_types::{Coded, Confidence, EventType, Evidence, Mode, Span};

/// Bytes between a trigger and the weapon that it is told with.
const WITHIN: u32 = 60;

/// Returns the weapons of a violent act or of a show of force, each kind once.
pub(crate) fn weapons(report: &Report, draft: &Draft) -> Vec<Coded<WeaponKind>> {
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
        near.retain(|(_, span)| span.distance(trigger) <= WITHIN);
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
