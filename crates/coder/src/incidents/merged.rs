//! One view of an incident over all that its reports say.

use super::telling::number;
use casus_types::event::{NumberSlot, PlacePrecision};
use casus_types::incident::{Incident, IncidentClaim, IncidentNumber, IncidentReport};
use casus_types::record::{
    RecordEvent, RecordParticipant, RecordPlace, RecordSource, RecordTime, TimePrecision,
};
use casus_types::{Date, Status};

/// An event of an incident with what is known of its report.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    /// The event; its id is its key.
    pub event: &'a RecordEvent,
    /// The report's key.
    pub document: &'a str,
    /// Its headline.
    pub title: Option<&'a str>,
    /// Who published it.
    pub publisher: Option<&'a str>,
    /// When.
    pub published: Option<Date>,
}

/// Returns the merged view of an incident; the order of its members does not matter. `confidence` is the mean
/// probability of its pairs.
///
/// # Panics
/// Where there is no member.
#[must_use]
pub fn merge(members: &[Member<'_>], confidence: Option<f64>) -> Incident {
    let mut members = members.to_vec();
    // A report without a date comes last: nothing says that it was first.
    members.sort_by_key(|m| (m.published.is_none(), m.published, &m.event.id));
    let first = members.first().expect("an incident has an event");
    let kind = most(members.iter().map(|m| m.event.kind), |a, b| a == b).remove(0);
    let alike = || members.iter().filter(|m| m.event.kind == kind).map(|m| m.event);
    let place = best_place(&members);
    let time = best_time(&members);
    let mut contexts: Vec<_> = members.iter().flat_map(|m| m.event.contexts.clone()).collect();
    contexts.sort();
    contexts.dedup();
    let actors = most(members.iter().flat_map(|m| m.event.actors.iter().map(bare)), same_party);
    let recipients = most(members.iter().flat_map(|m| m.event.recipients.iter().map(bare)), same_party);
    Incident {
        id: format!("i-{}", first.event.id),
        title: title(first),
        kind,
        modes: most(alike().flat_map(|e| e.modes.clone()), |a, b| a == b),
        contexts,
        status: status(&members),
        time,
        place,
        actors,
        recipients,
        numbers: NumberSlot::ALL.iter().filter_map(|&slot| numbers(&members, slot)).collect(),
        sources: most(members.iter().flat_map(|m| sources(m.event)), |a, b| a == b),
        reports: reports(&members),
        confidence,
    }
}

/// Returns a line to read: the headline of the first report, or the words of its event.
fn title(first: &Member<'_>) -> String {
    if let Some(title) = first.title.filter(|t| !t.trim().is_empty()) {
        return title.trim().to_owned();
    }
    let event = first.event;
    let names = |parties: &[RecordParticipant]| {
        parties.iter().filter_map(|p| p.name.clone()).take(2).collect::<Vec<_>>().join(", ")
    };
    let told = event.mentions.first().and_then(|m| m.text.clone()).unwrap_or_else(|| event.kind.to_string());
    let place = event.places.first().and_then(|p| p.name.clone());
    let parts = [names(&event.actors), told, names(&event.recipients)];
    let line = parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ");
    place.map_or(line.clone(), |place| format!("{line}, {place}"))
}

/// Returns distinct values, the most frequent first, equals in the order of first mention.
fn most<T>(values: impl Iterator<Item = T>, same: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let mut counted: Vec<(T, usize)> = Vec::new();
    for value in values {
        match counted.iter_mut().find(|(known, _)| same(known, &value)) {
            Some((_, n)) => *n += 1,
            None => counted.push((value, 1)),
        }
    }
    counted.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    counted.into_iter().map(|(value, _)| value).collect()
}

/// Returns a participant without the words of one report.
fn bare(who: &RecordParticipant) -> RecordParticipant {
    RecordParticipant { span: None, ..who.clone() }
}

fn same_party(a: &RecordParticipant, b: &RecordParticipant) -> bool {
    if a.id.is_some() || b.id.is_some() { a.id == b.id } else { a == b }
}

fn status(members: &[Member<'_>]) -> Status {
    let told: Vec<Status> = most(members.iter().map(|m| m.event.status), |a, b| a == b);
    if told.contains(&Status::Actual) { Status::Actual } else { told[0] }
}

fn best_time(members: &[Member<'_>]) -> Option<RecordTime> {
    let times = members.iter().filter_map(|m| m.event.time.as_ref());
    let rank = |t: &RecordTime| match (t.precision, t.span.is_some()) {
        (TimePrecision::Day, true) => 0,
        (TimePrecision::Day, false) => 1,
        (TimePrecision::Days, _) => 2,
        (TimePrecision::Month, _) => 3,
        (TimePrecision::Year, _) => 4,
    };
    let finest = times.clone().map(rank).min()?;
    let of_rank = times.filter(|t| rank(t) == finest).cloned();
    let best = most(of_rank, |a, b| (a.start, a.end) == (b.start, b.end)).into_iter().next()?;
    Some(RecordTime { span: None, ..best })
}

fn best_place(members: &[Member<'_>]) -> Option<RecordPlace> {
    let places = members.iter().flat_map(|m| &m.event.places);
    let rank = |p: &RecordPlace| p.precision.unwrap_or(PlacePrecision::Country);
    // A building that one report names is no better than the town that all do.
    let coarse = |p: &RecordPlace| rank(p).max(PlacePrecision::Town);
    let finest = places.clone().map(coarse).min()?;
    let of_rank = places.filter(|p| coarse(p) == finest).cloned();
    let same = |a: &RecordPlace, b: &RecordPlace| {
        (&a.name, a.country, a.geonameid) == (&b.name, b.country, b.geonameid)
    };
    let best = most(of_rank, same).into_iter().next()?;
    Some(RecordPlace { span: None, ..best })
}

fn sources(event: &RecordEvent) -> Vec<String> {
    let named = event.sources.iter().filter_map(|source| match source {
        RecordSource::Named(named) => named.name.clone(),
        RecordSource::Author { .. } => None,
    });
    named.collect()
}

/// Returns a number over all reports: what those of the latest day say, as a range where they differ. An older number
/// stays where the latest is only vaguer ("dozens" after 31).
fn numbers(members: &[Member<'_>], slot: NumberSlot) -> Option<IncidentNumber> {
    let says: Vec<IncidentClaim> = members
        .iter()
        .filter_map(|m| {
            number(m.event, slot).map(|n| IncidentClaim {
                min: n.min,
                max: n.max,
                event: m.event.id.clone(),
                publisher: m.publisher.map(str::to_owned),
                published: m.published,
                sources: sources(m.event),
            })
        })
        .collect();
    let latest = says.iter().filter_map(|c| c.published).max();
    let mut range: Option<(u64, Option<u64>)> = None;
    for claim in says.iter().filter(|c| c.published == latest) {
        range = Some(match range {
            None => (claim.min, claim.max),
            Some((min, max)) => (min.min(claim.min), max.zip(claim.max).map(|(a, b)| a.max(b))),
        });
    }
    let (min, max) = range?;
    let within = |c: &&IncidentClaim| c.min >= min && c.max.is_some_and(|top| max.is_none_or(|m| top <= m));
    let narrower = says.iter().rev().filter(within).min_by_key(|c| c.max.map(|top| top - c.min));
    let one_says = says.iter().filter(|c| c.published == latest).count() == 1;
    let (min, max) = match narrower {
        Some(claim) if one_says => (claim.min, claim.max),
        _ => (min, max),
    };
    Some(IncidentNumber { slot: slot.as_str().to_owned(), min, max, says })
}

fn reports(members: &[Member<'_>]) -> Vec<IncidentReport> {
    let mut reports: Vec<IncidentReport> = Vec::new();
    for member in members {
        let event = member.event.id.clone();
        match reports.iter_mut().find(|r| r.document == member.document) {
            Some(report) => report.events.push(event),
            None => reports.push(IncidentReport {
                document: member.document.to_owned(),
                events: vec![event],
                title: member.title.map(str::to_owned),
                publisher: member.publisher.map(str::to_owned),
                published: member.published,
            }),
        }
    }
    reports
}

#[cfg(test)]
mod tests {
    use super::*;
    use casus_types::record::Record;

    /// Returns the merged view of one event a report: publisher, day, slots.
    fn view(reports: &[(&str, &str, &str)]) -> Incident {
        let records: Vec<Record> = reports
            .iter()
            .map(|(publisher, published, slots)| {
                let id = format!("{publisher}-{published}");
                let json = format!(
                    r#"{{"id": "{id}", "published": "{published}", "publisher": "{publisher}",
                    "events": [{{"id": "{id}#e1", "type": "ASSAULT", {slots}}}]}}"#
                );
                serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"))
            })
            .collect();
        let members: Vec<Member> = records
            .iter()
            .map(|r| Member {
                event: &r.events[0],
                document: &r.id,
                title: r.title.as_deref(),
                publisher: r.publisher.as_deref(),
                published: r.published,
            })
            .collect();
        let mut backwards = members.clone();
        backwards.reverse();
        let view = merge(&members, None);
        assert_eq!(merge(&backwards, None), view, "the order of members does not matter");
        view
    }

    fn killed(reports: &[(&str, &str, &str)]) -> String {
        let view = view(reports);
        let Some(n) = view.numbers.iter().find(|n| n.slot == "killed") else { return "none".to_owned() };
        format!("{}..{:?} of {}", n.min, n.max, n.says.len())
    }

    #[test]
    fn tolls_follow_the_latest_day_and_keep_who_says_what() {
        let three = r#""killed": {"min": 3, "max": 3}"#;
        let seven = r#""killed": {"min": 7, "max": 7}"#;
        let dozens = r#""killed": {"min": 2, "max": null}"#;
        assert_eq!(killed(&[("A", "2026-03-02", three), ("B", "2026-03-03", seven)]), "7..Some(7) of 2");
        assert_eq!(killed(&[("A", "2026-03-02", three), ("B", "2026-03-02", seven)]), "3..Some(7) of 2");
        assert_eq!(killed(&[("A", "2026-03-02", seven), ("B", "2026-03-03", dozens)]), "7..Some(7) of 2");
        assert_eq!(killed(&[("A", "2026-03-02", r#""status": "actual""#)]), "none");
    }

    #[test]
    fn the_first_report_names_it_and_one_that_saw_it_makes_it_actual() {
        let view = view(&[
            ("B", "2026-03-03", r#""status": "actual", "modes": ["drone"]"#),
            ("A", "2026-03-02", r#""status": "future", "modes": ["aerial"]"#),
            ("C", "2026-03-03", r#""status": "negated", "modes": ["drone"]"#),
        ]);
        assert_eq!(view.id, "i-A-2026-03-02#e1");
        assert_eq!(view.status, Status::Actual);
        assert_eq!(view.modes[0].as_str(), "drone");
        assert_eq!(view.reports.len(), 3);
    }

    #[test]
    fn the_finest_place_and_a_stated_day_win() {
        let day = |span: &str| format!(r#""time": {{"start": "2026-03-02", "end": "2026-03-02"{span}}}"#);
        let country = r#""places": [{"name": "Syria", "precision": "country"}]"#;
        let town = r#""places": [{"name": "Arvan", "precision": "town"}]"#;
        let stated = day(r#", "span": {"start": 0, "end": 1}"#);
        let view = view(&[
            (
                "A",
                "2026-03-03",
                &format!(r#"{country}, "time": {{"start": "2026-03-03", "end": "2026-03-03"}}"#),
            ),
            ("B", "2026-03-03", &format!("{town}, {stated}")),
        ]);
        assert_eq!(view.place.unwrap().name.as_deref(), Some("Arvan"));
        assert_eq!(view.time.unwrap().start, Date::constant(2026, 3, 2));
    }
}
