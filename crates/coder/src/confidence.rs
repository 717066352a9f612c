//! How sure casus is of a whole record.

use crate::Report;
use crate::drafts::Draft;
use casus_types::{Confidence, Event};

/// Returns the confidence that the whole record is right: type, status, participants, places and days.
pub(crate) fn whole(report: &Report, event: &Event, draft: &Draft) -> Confidence {
    let participants = event.actors.iter().chain(&event.recipients).map(|p| p.confidence.get());
    let places = event.places.iter().map(|p| p.confidence.get());
    let weakest = participants
        .chain(places)
        .chain(event.time.iter().map(|t| t.confidence.get()))
        .chain([event.kind.confidence.get(), event.status.confidence.get()])
        .fold(1.0, f32::min);
    let raw = (draft.probability * weakest).clamp(0.001, 0.999);
    let thresholds = &report.knowledge.thresholds;
    let (slope, shift) = if report.is_article() {
        (thresholds.article_confidence_slope, thresholds.article_confidence_shift)
    } else {
        (thresholds.confidence_slope, thresholds.confidence_shift)
    };
    let odds = (raw / (1.0 - raw)).ln() * slope + shift;
    Confidence::new(1.0 / (1.0 + (-odds).exp()))
}
