//! Where it happened.

use crate::Report;
use crate::drafts::Draft;
use crate::places::{self, Toponym};
use casus_types::analysis::Role;
use casus_types::event::{EventPlace, PlacePrecision};
use casus_types::{Coded, Confidence, Span};

/// Returns the places of each act. All toponyms of the report are settled together, for each helps to place the
/// others.
pub(crate) fn places(report: &Report, drafts: &[Draft]) -> Vec<Vec<Coded<EventPlace>>> {
    let mut spans: Vec<Span> = report
        .analysis
        .arguments
        .iter()
        .filter(|a| a.role == Role::Place && a.probability >= report.knowledge.thresholds.place)
        .map(|a| a.span)
        .collect();
    spans.sort_unstable();
    spans.dedup();
    let toponyms: Vec<Toponym> = spans.iter().map(|&span| Toponym { span }).collect();
    let resolved = places::resolve(&report.knowledge.gazetteer, report.text(), &toponyms);
    drafts
        .iter()
        .map(|draft| {
            let mut out: Vec<Coded<EventPlace>> = Vec::new();
            for argument in draft.arguments(report.analysis, Role::Place) {
                let Ok(at) = spans.binary_search(&argument.span) else { continue };
                let Some(place) = &resolved[at] else { continue };
                let confidence = Confidence::new(place.confidence.get() * argument.probability);
                if !out.iter().any(|known| is_same(&known.value, &place.value)) {
                    out.push(Coded::new(place.value.clone(), place.evidence.clone(), confidence));
                }
            }
            most_specific(out)
        })
        .collect()
}

fn is_same(a: &EventPlace, b: &EventPlace) -> bool {
    a.country == b.country && (a.name == b.name || (a.geonameid.is_some() && a.geonameid == b.geonameid))
}

/// Leaves out a country or unit beside a finer place within it: the most specific place stands alone.
fn most_specific(mut places: Vec<Coded<EventPlace>>) -> Vec<Coded<EventPlace>> {
    let finer = |a: &EventPlace, b: &EventPlace| {
        a.country == b.country
            && a.precision < b.precision
            && (b.precision == PlacePrecision::Country
                || (b.precision == PlacePrecision::Admin1
                    && (a.admin1.is_none() || b.admin1.is_none() || a.admin1 == b.admin1)))
    };
    let all: Vec<EventPlace> = places.iter().map(|p| p.value.clone()).collect();
    places.retain(|p| !all.iter().any(|other| finer(other, &p.value)));
    places.sort_by_key(|p| p.evidence.span);
    places
}
