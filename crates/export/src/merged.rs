//! An incident as one row: what its reports say together, in the form of an event.

use casus_types::incident::{Incident, IncidentNumber, IncidentReport};
use casus_types::record::{RecordEvent, RecordNamedSource, RecordNumber, RecordSource, RecordWeapon};
use casus_types::scores::Scores;
use casus_types::{Date, Stance};
use std::collections::BTreeSet;

/// What a row that stands for an incident has beside the merged event.
#[derive(Debug, Clone, Copy)]
pub struct Merged<'a> {
    /// The reports that tell of it, in the order of their publication.
    pub reports: &'a [IncidentReport],
    /// Events that were joined.
    pub events: usize,
    /// Words that tell of it, over all its events.
    pub mentions: usize,
    /// That its events belong together, 0..=1; none where it has one event.
    pub together: Option<f64>,
}

impl Merged<'_> {
    /// Returns how many publishers there are; reports whose publisher is unknown count as one each.
    pub(crate) fn publishers(&self) -> usize {
        let known: BTreeSet<&str> = self.reports.iter().filter_map(|r| r.publisher.as_deref()).collect();
        known.len() + self.reports.iter().filter(|report| report.publisher.is_none()).count()
    }
}

/// Returns an incident as an event that all its reports tell: its type, days, place, sides and numbers are the
/// incident's; weapons are those of any of its events; the words are those of its surest event.
///
/// `events` are its events, the surest first. The confidence is that of the surest: that an event is right as one report
/// tells it. That the events belong together is another matter ([`Merged::together`]).
#[must_use]
pub fn merged_event(incident: &Incident, events: &[&RecordEvent]) -> RecordEvent {
    let surest = events.first();
    let scores = Scores::plover();
    let modes: Vec<_> =
        incident.modes.iter().copied().filter(|mode| incident.kind.modes().contains(mode)).collect();
    let number = |slot: &str| incident.numbers.iter().find(|n| n.slot == slot).map(range);
    let mut weapons: Vec<RecordWeapon> = Vec::new();
    for weapon in events.iter().flat_map(|event| &event.weapons) {
        if weapons.iter().all(|known| known.kind != weapon.kind) {
            weapons.push(RecordWeapon { kind: weapon.kind.clone(), span: None });
        }
    }
    RecordEvent {
        id: incident.id.clone(),
        kind: incident.kind,
        cameo: scores.cameo(incident.kind, &modes, &incident.contexts).map(str::to_owned),
        score: scores.score(incident.kind, &modes),
        quad: incident.kind.quad() as u8,
        modes,
        contexts: incident.contexts.clone(),
        status: incident.status,
        mentions: surest.map(|event| event.mentions.clone()).unwrap_or_default(),
        sentence: surest.and_then(|event| event.sentence.clone()),
        actors: incident.actors.clone(),
        recipients: incident.recipients.clone(),
        places: incident.place.iter().cloned().collect(),
        time: incident.time.clone(),
        count: number("count"),
        killed: number("killed"),
        injured: number("injured"),
        detained: number("detained"),
        displaced: number("displaced"),
        abducted: number("abducted"),
        weapons,
        sources: sources(incident, events),
        links: Vec::new(),
        confidence: surest.map_or(0.0, |event| event.confidence),
        explain: surest.map(|event| event.explain.clone()).unwrap_or_default(),
    }
}

fn range(number: &IncidentNumber) -> RecordNumber {
    RecordNumber { min: number.min, max: number.max, span: None }
}

/// Returns who says so, each with the stance that it has first: the reports themselves where they name nobody.
fn sources(incident: &Incident, events: &[&RecordEvent]) -> Vec<RecordSource> {
    let named = |name: &String| {
        let told = events.iter().flat_map(|event| &event.sources).find_map(|source| match source {
            RecordSource::Named(named) if named.name.as_ref() == Some(name) => Some(named),
            _ => None,
        });
        RecordSource::Named(Box::new(match told {
            Some(told) => RecordNamedSource { cue: None, span: None, via: None, ..(**told).clone() },
            None => RecordNamedSource { name: Some(name.clone()), ..RecordNamedSource::default() },
        }))
    };
    if incident.sources.is_empty() {
        return vec![RecordSource::Author { author: true, stance: Stance::States }];
    }
    incident.sources.iter().map(named).collect()
}

/// Returns `"publisher,day,headline"` of each report, as GED writes its sources.
pub(crate) fn article(publisher: Option<&str>, on: Option<Date>, title: Option<&str>) -> Option<String> {
    let parts: Vec<String> =
        [publisher.map(str::to_owned), on.map(|day| day.to_string()), title.map(str::to_owned)]
            .into_iter()
            .flatten()
            .collect();
    (!parts.is_empty()).then(|| format!("\"{}\"", parts.join(",")))
}
