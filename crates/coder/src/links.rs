//! In answer to what: how the acts of a report stand to one another.

use crate::Report;
use crate::drafts::Draft;
use casus_types::analysis::TriggerLink;
use casus_types::event::{EventId, Link};
use casus_types::{Confidence, Event, Evidence, Relation};

/// Adds the links between events; `drafts` are what the events were made of, in the same order.
pub(crate) fn link(report: &Report, drafts: &[Draft], events: &mut [Event]) {
    let thresholds = &report.knowledge.thresholds;
    let owner = |id| drafts.iter().position(|d| d.triggers.contains(&id));
    let mut found: Vec<(usize, usize, Relation, f32, Evidence)> = Vec::new();
    for relation in &report.analysis.relations {
        let TriggerLink::Linked(kind) = relation.link else { continue };
        let (Some(from), Some(to)) = (owner(relation.from), owner(relation.to)) else { continue };
        if from == to {
            continue;
        }
        let evidence = Evidence::read(report.analysis.trigger(relation.to).span, "encoder/link");
        match found.iter_mut().find(|f| (f.0, f.1, f.2) == (from, to, kind)) {
            Some(known) if known.3 < relation.probability => {
                (known.3, known.4) = (relation.probability, evidence);
            }
            Some(_) => {}
            None => found.push((from, to, kind, relation.probability, evidence)),
        }
    }
    // Between two acts one relation stands, in one direction: the likeliest.
    found.sort_by(|a, b| b.3.total_cmp(&a.3).then((a.0, a.1, a.2).cmp(&(b.0, b.1, b.2))));
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for (from, to, relation, probability, evidence) in found {
        let pair = (from.min(to), from.max(to));
        let enough = match relation {
            Relation::ResponseTo | Relation::LeadsTo => thresholds.response,
            Relation::About => thresholds.about,
            Relation::PartOf => thresholds.part,
        };
        if probability < enough || taken.contains(&pair) {
            continue;
        }
        taken.push(pair);
        let to = EventId(u32::try_from(to).expect("fewer events than bytes of text"));
        events[from].links.push(Link { relation, to, evidence, confidence: Confidence::new(probability) });
    }
    for event in events {
        event.links.sort_by_key(|l| (l.to, l.relation));
    }
}
