//! Drafts: acts as the encoder proposes them, before rulings and look-ups.

use crate::{Bars, Report, merge};
use casus_types::analysis::{Argument, Role, Trigger, TriggerId};
use casus_types::{Analysis, Coded, Confidence, EventType, Evidence, Mode, Span, Status};

/// An act on its way to becoming an event.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// The triggers that tell of it, likeliest first.
    pub(crate) triggers: Vec<TriggerId>,
    pub(crate) kind: Coded<EventType>,
    pub(crate) modes: Vec<Coded<Mode>>,
    pub(crate) status: Coded<Status>,
    /// That the text tells of such an act at all.
    pub(crate) probability: f32,
    /// A ruling took it out.
    pub(crate) dropped: bool,
}

/// Returns the acts that the triggers tell of, in the order of their first mention.
pub(crate) fn drafts(report: &Report) -> Vec<Draft> {
    let thresholds = report.thresholds();
    merge::clusters(report)
        .into_iter()
        .map(|triggers| draft(report.analysis, thresholds, triggers))
        .filter(|draft| draft.probability >= thresholds.act)
        .collect()
}

fn draft(analysis: &Analysis, thresholds: &Bars, triggers: Vec<TriggerId>) -> Draft {
    let members: Vec<&Trigger> = triggers.iter().map(|&t| analysis.trigger(t)).collect();
    let first = members[0];
    let kind = likeliest(members.iter().flat_map(|t| t.kinds.iter().map(|&(k, p)| (k, p * t.probability))));
    let weight: f32 = members.iter().map(|t| t.probability).sum();
    let (kind, certainty) = kind.map_or((first.kind, 0.0), |(k, p)| (k, p / weight));
    let status =
        likeliest(members.iter().flat_map(|t| t.statuses.iter().map(|&(s, p)| (s, p * t.probability))));
    let (status, status_certainty) = status.map_or((Status::Actual, 0.0), |(s, p)| (s, p / weight));
    let coded = |made_by: &str, p: f32| (Evidence::read(first.span, made_by), Confidence::new(p));
    let (evidence, confidence) = coded("encoder/type", certainty);
    let (status_evidence, status_confidence) = coded("encoder/status", status_certainty);
    Draft {
        modes: modes(&members, kind, thresholds),
        kind: Coded::new(kind, evidence, confidence),
        status: Coded::new(status, status_evidence, status_confidence),
        probability: members.iter().map(|t| t.probability).fold(0.0, f32::max),
        triggers,
        dropped: false,
    }
}

/// From which probability on the likeliest mode stands where acts of a type hardly go without one.
const ANY_MODE: f32 = 0.05;

/// Tells whether acts of a type nearly always have a mode: 80 to 99 in a hundred of these in the training gold, at most
/// 60 of the others.
fn has_modes(kind: EventType) -> bool {
    matches!(
        kind,
        EventType::Accuse
            | EventType::Coerce
            | EventType::Mobilize
            | EventType::Protest
            | EventType::Request
            | EventType::Retreat
            | EventType::Sanction
            | EventType::Threaten
    )
}

/// Returns the modes that some mention of the act shows.
fn modes(members: &[&Trigger], kind: EventType, thresholds: &Bars) -> Vec<Coded<Mode>> {
    let least = if has_modes(kind) { ANY_MODE } else { thresholds.best_mode };
    let mut best: Vec<(Mode, f32, Span)> = Vec::new();
    for trigger in members {
        for &(mode, p) in trigger.modes.iter().filter(|(m, _)| kind.modes().contains(m)) {
            match best.iter_mut().find(|b| b.0 == mode) {
                Some(known) if known.1 < p => (known.1, known.2) = (p, trigger.span),
                Some(_) => {}
                None => best.push((mode, p, trigger.span)),
            }
        }
    }
    best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    best.iter()
        .enumerate()
        .filter(|(i, b)| b.1 >= if *i == 0 { least } else { thresholds.mode })
        .map(|(_, &(mode, p, span))| {
            Coded::new(mode, Evidence::read(span, "encoder/mode"), Confidence::new(p))
        })
        .collect()
}

/// Returns the value with the highest sum, the smaller of equals.
pub(crate) fn likeliest<T: Copy + Ord>(votes: impl Iterator<Item = (T, f32)>) -> Option<(T, f32)> {
    let mut sums: Vec<(T, f32)> = Vec::new();
    for (value, p) in votes {
        match sums.iter_mut().find(|s| s.0 == value) {
            Some(sum) => sum.1 += p,
            None => sums.push((value, p)),
        }
    }
    sums.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
}

impl Draft {
    /// Returns the trigger that tells most of the act.
    pub(crate) fn fullest<'a>(&self, analysis: &'a Analysis) -> &'a Trigger {
        analysis.trigger(self.triggers[0])
    }

    /// Returns the words of every mention, fullest first.
    pub(crate) fn mentions(&self, analysis: &Analysis) -> Vec<Span> {
        self.triggers.iter().map(|&t| analysis.trigger(t).span).collect()
    }

    /// Returns what plays a role for any of the act's triggers, likeliest first.
    pub(crate) fn arguments<'a>(&self, analysis: &'a Analysis, role: Role) -> Vec<&'a Argument> {
        let mut out: Vec<&Argument> = analysis
            .arguments
            .iter()
            .filter(|a| a.role == role && self.triggers.contains(&a.trigger))
            .collect();
        out.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.span.cmp(&b.span)));
        out
    }

    /// Returns the numbers of the sentences that tell of the act.
    pub(crate) fn sentences(&self, analysis: &Analysis) -> Vec<usize> {
        let mut out: Vec<usize> =
            self.triggers.iter().map(|&t| analysis.sentence_of(analysis.trigger(t).span)).collect();
        out.sort_unstable();
        out.dedup();
        out
    }
}
