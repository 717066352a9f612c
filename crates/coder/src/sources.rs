//! According to whom.

use crate::Report;
use crate::drafts::{Draft, likeliest};
use crate::participants;
use casus_types::analysis::Role;
use casus_types::event::{EventPlace, Participant, Source};
use casus_types::{Coded, Confidence, Span, Stance};

/// Bytes between a source and the word that attributes to it.
const CUE_WITHIN: u32 = 120;

/// Returns the sources of an act; none where the report itself says so.
pub(crate) fn sources(report: &Report, draft: &Draft, places: &[Coded<EventPlace>]) -> Vec<Source> {
    let votes = draft.triggers.iter().flat_map(|&t| {
        let trigger = report.analysis.trigger(t);
        trigger.stances.iter().map(move |&(s, p)| (s, p * trigger.probability))
    });
    let stance = likeliest(votes).map_or(Stance::States, |v| v.0);
    let mut out: Vec<Source> = Vec::new();
    for argument in draft.arguments(report.analysis, Role::Source) {
        if argument.probability < report.knowledge.thresholds.source {
            break;
        }
        let who = spoken(report, argument.span, argument.probability, places);
        let points = participants::is_pronoun(argument.span.slice(report.text()));
        if points || out.iter().any(|s| is_same(&s.who, &who)) {
            continue;
        }
        let via = draft
            .arguments(report.analysis, Role::Via)
            .into_iter()
            .find(|v| v.probability >= report.knowledge.thresholds.via && !v.span.overlaps(argument.span))
            .map(|v| spoken(report, v.span, v.probability, places));
        out.push(Source {
            anonymous: is_anonymous(report, argument.span),
            cue: cue(report, argument.span),
            who,
            stance,
            via,
        });
    }
    out.sort_by_key(|s| s.who.evidence.span);
    out
}

fn spoken(report: &Report, span: Span, probability: f32, places: &[Coded<EventPlace>]) -> Coded<Participant> {
    let who = participants::resolve(report, span, places, false);
    let confidence = Confidence::new(probability * who.confidence.get());
    Coded::new(who.value, who.evidence, confidence)
}

fn is_same(a: &Coded<Participant>, b: &Coded<Participant>) -> bool {
    a.value == b.value || matches!((a.evidence.span, b.evidence.span), (Some(x), Some(y)) if x.overlaps(y))
}

/// Tells whether a source is left unnamed for its own sake: the sentence says so.
fn is_anonymous(report: &Report, span: Span) -> bool {
    let sentence = report.analysis.sentences[report.analysis.sentence_of(span)].slice(report.text());
    [
        "anonym",
        "declined to be named",
        "not to be named",
        "asked not to be identified",
        "not authorised to speak",
        "not authorized to speak",
    ]
    .iter()
    .any(|sign| sentence.contains(sign))
        || span.slice(report.text()).to_lowercase().starts_with("unnamed")
}

/// Returns the attributing word nearest to a source, within its sentence.
fn cue(report: &Report, source: Span) -> Option<Span> {
    let sentence = report.analysis.sentence_of(source);
    report
        .knowledge
        .cues
        .find(report.text(), report.analysis.sentences[sentence])
        .into_iter()
        .map(|(_, span)| span)
        .filter(|s| s.distance(source) <= CUE_WITHIN && !s.overlaps(source))
        .min_by_key(|s| (s.distance(source), s.start))
}
