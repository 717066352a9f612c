//! In answer to what: how the acts of a report stand to one another.

use crate::Report;
use crate::drafts::Draft;
use crate::sequence;
use crate::speech::Speech;
use casus_types::analysis::{TriggerLink, TriggerRelation};
use casus_types::event::{EventId, Link};
use casus_types::{Confidence, Event, Evidence, Relation, Span};

/// Adds the links between events; `drafts` are what the events were made of, in the same order.
pub(crate) fn link(report: &Report, speech: &Speech, drafts: &[Draft], events: &mut [Event]) {
    let thresholds = report.thresholds();
    let owner = |id| drafts.iter().position(|d| d.triggers.contains(&id));
    let mut found: Vec<(usize, usize, Relation, f32, Evidence)> = Vec::new();
    for relation in &report.analysis.relations {
        let TriggerLink::Linked(kind) = relation.link else { continue };
        let (Some(from), Some(to)) = (owner(relation.from), owner(relation.to)) else { continue };
        if from == to {
            continue;
        }
        let probability = likely(report, speech, relation, kind);
        let evidence = Evidence::read(report.analysis.trigger(relation.to).span, "encoder/link");
        match found.iter_mut().find(|f| (f.0, f.1, f.2) == (from, to, kind)) {
            Some(known) if known.3 < probability => {
                (known.3, known.4) = (probability, evidence);
            }
            Some(_) => {}
            None => found.push((from, to, kind, probability, evidence)),
        }
    }
    // Between two acts one relation stands, in one direction: the likeliest.
    found.sort_by(|a, b| b.3.total_cmp(&a.3).then((a.0, a.1, a.2).cmp(&(b.0, b.1, b.2))));
    let mut taken: Vec<(usize, usize)> = Vec::new();
    let mut chosen: Vec<(usize, usize, Relation)> = Vec::new();
    for (from, to, relation, probability, evidence) in found {
        let pair = (from.min(to), from.max(to));
        let enough = match relation {
            Relation::ResponseTo | Relation::LeadsTo => thresholds.response,
            Relation::About => thresholds.about,
            Relation::PartOf => thresholds.part,
        };
        if probability < enough
            || taken.contains(&pair)
            || is_surplus(&chosen, from, to, relation, report.is_article())
        {
            continue;
        }
        taken.push(pair);
        chosen.push((from, to, relation));
        let to = EventId(u32::try_from(to).expect("fewer events than bytes of text"));
        events[from].links.push(Link { relation, to, evidence, confidence: Confidence::new(probability) });
    }
    for event in events {
        event.links.sort_by_key(|l| (l.to, l.relation));
    }
}

/// Tells whether likelier links make one idle: an act answers one act and is part of one, and an act of a short report
/// has one answer; articles come back to what they tell of.
///
/// Of second links that the reader thought at least 0.6 likely, 2 of 16 acts that an act answers were right, none of 5
/// wholes, and 9 of 45 answers; of first ones about half (held-out reports, and the short and long reports of
/// `models/README.md`).
fn is_surplus(
    chosen: &[(usize, usize, Relation)],
    from: usize,
    to: usize,
    relation: Relation,
    article: bool,
) -> bool {
    let known =
        |end: &dyn Fn(&(usize, usize, Relation)) -> bool| chosen.iter().any(|c| c.2 == relation && end(c));
    match relation {
        Relation::ResponseTo => known(&|c| c.0 == from || (c.1 == to && !article)),
        Relation::PartOf => known(&|c| c.0 == from),
        Relation::About | Relation::LeadsTo => false,
    }
}

/// What a word for the relation is worth beside the reader's belief: of 29 answers that the reader thought at least 0.2
/// likely in held-out reports, with such a word before the act answered, 14 were right.
const WORD: f32 = 0.5;

/// Bytes between two acts that a word for their relation may join.
const NEAR: usize = 80;

/// Returns how likely a relation is, with what the words between the two acts say of it.
fn likely(report: &Report, speech: &Speech, relation: &TriggerRelation, kind: Relation) -> f32 {
    let span = |id| report.analysis.trigger(id).span;
    let (from, to) = (span(relation.from), span(relation.to));
    let (seen, sentence) = (relation.probability, |s: Span| report.analysis.sentence_of(s));
    if sentence(from) != sentence(to) || kind == Relation::PartOf {
        return seen;
    }
    let said = match kind {
        Relation::About => speech.covering(report, to).is_some_and(|s| s.cue.overlaps(from)),
        _ => answers(report, from, to),
    };
    if said { 1.0 - (1.0 - seen) * (1.0 - WORD) } else { seen }
}

/// Tells whether a word between two acts says that the first answers the second: "troops moved in after the raid".
fn answers(report: &Report, from: Span, to: Span) -> bool {
    let between = from.end <= to.start && (to.start - from.end) as usize <= NEAR;
    // "A day after the raid" says when, not why.
    between
        && sequence::hinge(report, from, to).is_none()
        && !report
            .knowledge
            .answers
            .find(report.text(), Span::new(from.end as usize, to.start as usize))
            .is_empty()
}
