//! How sure casus is of a whole record.

use crate::Report;
use crate::drafts::Draft;
use casus_types::{Confidence, Event};
use serde::Deserialize;

/// What each part of a record adds to the log odds that the whole of it is right. They belong to a model and are fitted to
/// training reports that it has not seen (`xtask/src/calibrate.rs`): a logistic regression, so that of records with a
/// confidence of .7 about seven in ten are right.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfidenceWeights {
    /// Every record.
    pub base: f32,
    /// A record of an article, of which fewer are right.
    pub article: f32,
    /// For the logarithm of how likely it is that there is an act.
    pub act: f32,
    /// For that of the type's confidence …
    pub kind: f32,
    /// … of the status's …
    pub status: f32,
    /// … of the actors' and recipients', all together …
    pub participants: f32,
    /// … of the places' …
    pub places: f32,
    /// … and of the time's.
    pub time: f32,
    /// No actor.
    pub actorless: f32,
    /// No recipient.
    pub recipientless: f32,
    /// No place.
    pub placeless: f32,
    /// No time.
    pub timeless: f32,
    /// Each participant beyond the second.
    pub crowd: f32,
}

/// Returns the confidence that the whole record is right: type, status, participants, places and days.
pub(crate) fn whole(report: &Report, event: &Event, draft: &Draft) -> Confidence {
    let weights = &report.knowledge.thresholds.confidence;
    let log = |p: f32| p.clamp(0.01, 1.0).ln();
    let participants = event.actors.iter().chain(&event.recipients);
    let if_so = |so: bool| f32::from(u8::from(so));
    let crowd = (event.actors.len() + event.recipients.len()).saturating_sub(2).min(10);
    let odds = [
        weights.base,
        weights.article * if_so(report.is_article()),
        weights.act * log(draft.probability),
        weights.kind * log(event.kind.confidence.get()),
        weights.status * log(event.status.confidence.get()),
        weights.participants * participants.map(|who| log(who.confidence.get())).sum::<f32>(),
        weights.places * event.places.iter().map(|place| log(place.confidence.get())).sum::<f32>(),
        weights.time * event.time.iter().map(|time| log(time.confidence.get())).sum::<f32>(),
        weights.actorless * if_so(event.actors.is_empty()),
        weights.recipientless * if_so(event.recipients.is_empty()),
        weights.placeless * if_so(event.places.is_empty()),
        weights.timeless * if_so(event.time.is_none()),
        weights.crowd * f32::from(u8::try_from(crowd).expect("at most ten")),
    ];
    Confidence::new(1.0 / (1.0 + (-odds.iter().sum::<f32>()).exp()))
}
