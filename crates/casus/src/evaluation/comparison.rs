//! One document's events against gold, slot by slot.

use super::Evaluation;
use super::gold::{GoldDocument, GoldEntity, GoldEvent, NUMBERS};
use super::pairing::{overlaps, pair};
use casus_types::record::{
    RecordEvent, RecordNamedSource, RecordNumber, RecordParticipant, RecordSource, RecordSpan,
};
use casus_types::{Country, Date, EventType, Relation, Sector, actor_code};
use std::collections::{BTreeMap, BTreeSet};

/// How near a predicted point must be: 100 miles, the usual yardstick of document geolocation (Cheng et al. 2010).
const NEAR_KM: f64 = 161.0;

/// An event that is missed, wrong, or right only in part.
#[derive(Debug, Clone)]
pub struct WrongEvent {
    /// The document.
    pub document: String,
    /// The type in gold, none for an event that gold does not have.
    pub gold: Option<EventType>,
    /// The type predicted, none for a missed event.
    pub predicted: Option<EventType>,
    /// The text before the trigger, the trigger, the text after it.
    pub around: [String; 3],
    /// The slots that differ, in the order of the record.
    pub faults: Vec<SlotFault>,
}

/// A slot that differs from gold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotFault {
    /// The slot: `actors`, `time`, …
    pub slot: &'static str,
    /// What gold has.
    pub gold: String,
    /// What was predicted.
    pub predicted: String,
}

/// A participant or source as far as scoring looks at it.
struct Candidate<'a> {
    name: Option<&'a str>,
    country: Option<Country>,
    sector: Option<Sector>,
    span: Option<&'a RecordSpan>,
}

impl Evaluation {
    /// Adds the comparison of one document.
    pub(super) fn compare(&mut self, document: &GoldDocument, predicted: &[RecordEvent]) {
        let pairs = pair(document, predicted, true);
        let untyped = pair(document, predicted, false);
        let required = document.events.iter().filter(|e| !e.optional).count();
        for (tally, pairs) in [(&mut self.events, &pairs), (&mut self.untyped, &untyped)] {
            let found = pairs.iter().filter(|p| p.is_some()).count();
            let right =
                pairs.iter().zip(&document.events).filter(|(p, g)| p.is_some() && !g.optional).count();
            tally.add(right, predicted.len() - found, required - right);
        }
        for (pair, gold) in pairs.iter().zip(&document.events).filter(|(_, gold)| !gold.optional) {
            let found = usize::from(pair.is_some());
            self.of_type(gold.kind).add(found, 0, 1 - found);
        }
        let ids: BTreeMap<&str, &str> = pairs
            .iter()
            .zip(&document.events)
            .filter_map(|(pair, gold)| Some((gold.id.as_str(), predicted[(*pair)?].id.as_str())))
            .collect();
        for (pair, gold) in pairs.iter().zip(&document.events) {
            let event = pair.map(|idx| &predicted[idx]);
            if event.is_some() || !gold.optional {
                self.compare_event(document, gold, event, &ids);
            }
        }
        for (_, event) in predicted.iter().enumerate().filter(|(idx, _)| !pairs.contains(&Some(*idx))) {
            self.add_wrong(document, event);
        }
    }

    fn add_wrong(&mut self, document: &GoldDocument, event: &RecordEvent) {
        self.of_type(event.kind).add(0, 1, 0);
        self.record.add(0, 1, 0);
        self.calibration.add(event.confidence, false);
        self.actors.add(0, event.actors.len(), 0);
        self.recipients.add(0, event.recipients.len(), 0);
        self.places.add(0, event.places.len(), 0);
        self.sources.add(0, named(event).count(), 0);
        self.wrong.push(WrongEvent {
            document: document.id.clone(),
            gold: None,
            predicted: Some(event.kind),
            around: around(&document.text, event.mentions.first().map(|m| (m.start, m.end))),
            faults: claims(event),
        });
    }

    fn compare_event(
        &mut self,
        document: &GoldDocument,
        gold: &GoldEvent,
        event: Option<&RecordEvent>,
        ids: &BTreeMap<&str, &str>,
    ) {
        let mut faults = Vec::new();
        let mut whole = event.is_some();
        for (slot, keys, participants) in [
            ("actors", &gold.actors, event.map_or(&[][..], |e| &e.actors)),
            ("recipients", &gold.recipients, event.map_or(&[][..], |e| &e.recipients)),
        ] {
            let candidates: Vec<Candidate<'_>> = participants
                .iter()
                .map(|p| Candidate {
                    name: p.name.as_deref(),
                    country: p.country,
                    sector: p.sector,
                    span: p.span.as_ref(),
                })
                .collect();
            let hits = hits(&document.entities, keys, &candidates);
            let tally = if slot == "actors" { &mut self.actors } else { &mut self.recipients };
            tally.add(hits.len(), candidates.len() - hits.len(), keys.len() - hits.len());
            let right = hits.len() == keys.len() && keys.len() == candidates.len();
            if !right {
                faults.push(SlotFault {
                    slot,
                    gold: keys
                        .iter()
                        .map(|k| document.entities[k].name.as_str())
                        .collect::<Vec<_>>()
                        .join("; "),
                    predicted: candidates.iter().filter_map(|c| c.name).collect::<Vec<_>>().join("; "),
                });
            }
            whole &= right;
            for (key, idx) in hits {
                let (wanted, got) = (
                    &document.entities[key].code,
                    actor_code(candidates[idx].country, candidates[idx].sector),
                );
                self.code.add(*wanted == got);
                if *wanted != got {
                    faults.push(SlotFault { slot: "code", gold: wanted.clone(), predicted: got });
                }
            }
        }
        whole &= self.compare_places(gold, event, &mut faults);
        whole &= self.compare_time(gold, event, &mut faults);
        self.compare_numbers(gold, event, &mut faults);
        self.compare_sources(document, gold, event, &mut faults);
        self.compare_links(gold, event, ids, &mut faults);
        if let Some(event) = event {
            let status = event.status == gold.status;
            self.status.add(status);
            whole &= status;
            if !status {
                faults.push(fault("status", &gold.status, &event.status));
            }
            if !gold.modes.is_empty() {
                let right = gold.modes.iter().any(|mode| event.modes.contains(mode));
                self.modes.add(right);
                if !right {
                    faults.push(fault("modes", &list(&gold.modes), &list(&event.modes)));
                }
            }
        }
        if gold.optional {
            return;
        }
        self.record.add(usize::from(whole), 0, usize::from(!whole));
        if let Some(event) = event {
            self.calibration.add(event.confidence, whole);
        }
        if !whole || !faults.is_empty() {
            self.wrong.push(WrongEvent {
                document: document.id.clone(),
                gold: Some(gold.kind),
                predicted: event.map(|e| e.kind),
                around: around(&document.text, gold.mentions.first().copied()),
                faults: if event.is_some() { faults } else { Vec::new() },
            });
        }
    }

    fn compare_places(
        &mut self,
        gold: &GoldEvent,
        event: Option<&RecordEvent>,
        faults: &mut Vec<SlotFault>,
    ) -> bool {
        let places = event.map_or(&[][..], |e| &e.places);
        let wanted: BTreeSet<&str> = gold.places.iter().map(|p| p.country.as_str()).collect();
        // A place in no country, as at sea, has dashes for it in gold as in records.
        let got: BTreeSet<&str> = places.iter().map(|p| Country::or_hyphens(p.country.as_ref())).collect();
        let right = wanted.intersection(&got).count();
        self.places.add(right, got.len() - right, wanted.len() - right);
        if wanted != got {
            let words = |set: &BTreeSet<&str>| set.iter().copied().collect::<Vec<_>>().join(" ");
            faults.push(fault("places", &words(&wanted), &words(&got)));
        }
        if event.is_some() {
            let points: Vec<(f64, f64)> = places.iter().filter_map(|p| Some((p.lat?, p.lon?))).collect();
            for place in &gold.places {
                let Some(point) = place.lat.zip(place.lon) else { continue };
                self.near.add(points.iter().any(|&p| km(point, p) <= NEAR_KM));
            }
        }
        wanted == got
    }

    /// Tells whether the days agree well enough for the whole record to be right; so they do where gold has none.
    fn compare_time(
        &mut self,
        gold: &GoldEvent,
        event: Option<&RecordEvent>,
        faults: &mut Vec<SlotFault>,
    ) -> bool {
        let Some(wanted) = gold.time else { return true };
        let got = event.and_then(|e| e.time.as_ref()).map(|t| (t.start, t.end));
        let mut add = |right: bool, exact: bool| {
            let predicted = got.is_some();
            let tally = if exact { &mut self.time_exact } else { &mut self.time };
            tally.add(usize::from(right), usize::from(predicted && !right), usize::from(!right));
        };
        let near = got.is_some_and(|got| near_days(wanted, got));
        add(got == Some(wanted), true);
        add(near, false);
        if !near {
            let words = |(start, end): (Date, Date)| format!("{start} to {end}");
            faults.push(fault("time", &words(wanted), &got.map(words).unwrap_or_default()));
        }
        near
    }

    fn compare_numbers(
        &mut self,
        gold: &GoldEvent,
        event: Option<&RecordEvent>,
        faults: &mut Vec<SlotFault>,
    ) {
        for slot in NUMBERS {
            let wanted = gold.numbers.get(slot).copied();
            let got = event.and_then(|e| number(e, slot)).map(|n| (Some(n.min), n.max));
            // Gold gives a count only where a report sums up; a predicted one elsewhere is no fault.
            if (wanted.is_none() && got.is_none()) || (slot == "count" && wanted.is_none()) {
                continue;
            }
            let right = wanted == got;
            self.numbers.add(
                usize::from(right),
                usize::from(got.is_some() && !right),
                usize::from(wanted.is_some() && !right),
            );
            if !right {
                let words = |range: Option<(Option<u64>, Option<u64>)>| {
                    let bound = |n: Option<u64>| n.map_or_else(|| "…".to_owned(), |n| n.to_string());
                    range.map_or_else(String::new, |(min, max)| format!("{} to {}", bound(min), bound(max)))
                };
                faults.push(fault(slot, &words(wanted), &words(got)));
            }
        }
    }

    fn compare_sources(
        &mut self,
        document: &GoldDocument,
        gold: &GoldEvent,
        event: Option<&RecordEvent>,
        faults: &mut Vec<SlotFault>,
    ) {
        let keys: Vec<String> =
            gold.sources.iter().map(|s| s.entity.clone()).filter(|key| key != "author").collect();
        let sources: Vec<&RecordNamedSource> = event.map(|e| named(e).collect()).unwrap_or_default();
        let candidates: Vec<Candidate<'_>> = sources
            .iter()
            .map(|s| Candidate {
                name: s.name.as_deref(),
                country: s.country,
                sector: s.sector,
                span: s.span.as_ref(),
            })
            .collect();
        let hits = hits(&document.entities, &keys, &candidates);
        self.sources.add(hits.len(), candidates.len() - hits.len(), keys.len() - hits.len());
        if hits.len() != keys.len() || keys.len() != candidates.len() {
            let wanted: Vec<&str> = keys.iter().map(|k| document.entities[k].name.as_str()).collect();
            let got: Vec<&str> = candidates.iter().filter_map(|c| c.name).collect();
            faults.push(fault("sources", &wanted.join("; "), &got.join("; ")));
        }
        for (key, idx) in hits {
            let wanted = gold.sources.iter().find(|s| s.entity == key).expect("hits have a gold key");
            self.stance.add(sources[idx].stance == wanted.stance);
            self.anonymous.add(sources[idx].anonymous == wanted.anonymous);
            if sources[idx].stance != wanted.stance {
                faults.push(fault("stance", &wanted.stance, &sources[idx].stance));
            }
        }
    }

    fn compare_links(
        &mut self,
        gold: &GoldEvent,
        event: Option<&RecordEvent>,
        ids: &BTreeMap<&str, &str>,
        faults: &mut Vec<SlotFault>,
    ) {
        type Links<'a> = BTreeSet<(Relation, Option<&'a str>)>;
        let wanted: Links<'_> =
            gold.links.iter().map(|l| (l.relation, ids.get(l.event.as_str()).copied())).collect();
        let got: Links<'_> = event
            .map_or(&[][..], |e| &e.links)
            .iter()
            .map(|l| (l.relation, Some(l.event.as_str())))
            .collect();
        let right = wanted.intersection(&got).count();
        self.links.add(right, got.len() - right, wanted.len() - right);
        if wanted != got {
            let words = |links: &Links<'_>| {
                let one = |(relation, event): &(Relation, Option<&str>)| {
                    format!("{relation} {}", event.unwrap_or("a missed event"))
                };
                links.iter().map(one).collect::<Vec<_>>().join("; ")
            };
            faults.push(fault("links", &words(&wanted), &words(&got)));
        }
    }
}

fn fault(slot: &'static str, gold: &impl ToString, predicted: &impl ToString) -> SlotFault {
    SlotFault { slot, gold: gold.to_string(), predicted: predicted.to_string() }
}

/// Returns the slots of an event that gold does not have.
fn claims(event: &RecordEvent) -> Vec<SlotFault> {
    let names = |participants: &[RecordParticipant]| {
        participants.iter().filter_map(|p| p.name.as_deref()).collect::<Vec<_>>().join("; ")
    };
    let slots = [("actors", names(&event.actors)), ("recipients", names(&event.recipients))];
    let told = slots.into_iter().filter(|(_, names)| !names.is_empty());
    told.map(|(slot, names)| fault(slot, &"", &names)).collect()
}

fn list(names: &[impl ToString]) -> String {
    names.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn named(event: &RecordEvent) -> impl Iterator<Item = &RecordNamedSource> {
    event.sources.iter().filter_map(|source| match source {
        RecordSource::Named(named) => Some(named.as_ref()),
        RecordSource::Author { .. } => None,
    })
}

fn number<'a>(event: &'a RecordEvent, slot: &str) -> Option<&'a RecordNumber> {
    match slot {
        "killed" => event.killed.as_ref(),
        "injured" => event.injured.as_ref(),
        "detained" => event.detained.as_ref(),
        "displaced" => event.displaced.as_ref(),
        "abducted" => event.abducted.as_ref(),
        _ => event.count.as_ref(),
    }
}

/// Returns which candidate is which entity, one to one: the first left over that overlaps a mention or has the name.
fn hits<'k>(
    entities: &BTreeMap<String, GoldEntity>,
    keys: &'k [String],
    candidates: &[Candidate<'_>],
) -> Vec<(&'k str, usize)> {
    let mut left: Vec<usize> = (0..candidates.len()).collect();
    let mut hits = Vec::new();
    for key in keys {
        let entity = &entities[key];
        let name = normal(&entity.name);
        let found = left.iter().position(|&idx| {
            let candidate = &candidates[idx];
            let near = candidate.span.is_some_and(|s| entity.mentions.iter().any(|&m| overlaps(s, m)));
            let called = candidate.name.map(normal).unwrap_or_default();
            near || (!called.is_empty() && called == name)
        });
        if let Some(found) = found {
            hits.push((key.as_str(), left.remove(found)));
        }
    }
    hits
}

/// Returns a name in lower case with only letters and digits of ASCII, without a leading "the".
fn normal(name: &str) -> String {
    let mut plain = String::new();
    for c in name.to_lowercase().chars() {
        if c.is_ascii_lowercase() || c.is_ascii_digit() {
            plain.push(c);
        } else if !plain.ends_with(' ') {
            plain.push(' ');
        }
    }
    plain.strip_prefix("the ").unwrap_or(&plain).trim().to_owned()
}

/// Returns the great-circle distance of two points in degrees, in km (haversine; earth's mean radius, 6371 km).
fn km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lon_a, lat_b, lon_b) =
        (a.0.to_radians(), a.1.to_radians(), b.0.to_radians(), b.1.to_radians());
    let h = ((lat_b - lat_a) / 2.0).sin().powi(2)
        + lat_a.cos() * lat_b.cos() * ((lon_b - lon_a) / 2.0).sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}

/// Tells whether two intervals overlap and the longer is at most twice the shorter and a day.
fn near_days(a: (Date, Date), b: (Date, Date)) -> bool {
    let length = |(start, end): (Date, Date)| (end - start).get_days() + 1;
    let (longer, shorter) = (length(a).max(length(b)), length(a).min(length(b)));
    a.0.max(b.0) <= a.1.min(b.1) && longer <= 2 * shorter + 1
}

/// Returns the text before, in and after a span, 120 code points to either side.
fn around(text: &str, span: Option<(usize, usize)>) -> [String; 3] {
    let Some((start, end)) = span else { return Default::default() };
    let part = |from: usize, to: usize| text.chars().skip(from).take(to.saturating_sub(from)).collect();
    [part(start.saturating_sub(120), start), part(start, end), part(end, end.saturating_add(120))]
}
