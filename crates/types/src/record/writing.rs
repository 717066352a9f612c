//! From a reading to its public record: byte offsets become code points, tables give score and CAMEO code.

use super::{
    LANGUAGE, ONTOLOGY, Record, RecordEvent, RecordExplanation, RecordLink, RecordNamedSource, RecordNumber,
    RecordParticipant, RecordPlace, RecordSource, RecordSpan, RecordTime, RecordWeapon, TimePrecision,
    VERSION,
};
use crate::event::{CountRange, Event, EventId, EventPlace, Interval, NumberSlot, Participant, Source};
use crate::scores::Scores;
use crate::span::CodePoints;
use crate::{Coded, Confidence, Evidence, Mode, Reading, Span, Stance};

/// Returns the public record of a reading as JSON.
///
/// # Panics
/// Never: a record has only string keys and finite numbers.
#[must_use]
pub fn to_json(reading: &Reading, model: &str) -> serde_json::Value {
    serde_json::to_value(Record::new(reading, model)).expect("a record has string keys and finite numbers")
}

impl Record {
    /// Returns the public record of a reading that the model of this name made.
    #[must_use]
    pub fn new(reading: &Reading, model: &str) -> Self {
        let document = &reading.document;
        let text =
            Text { document: &document.id, words: &document.text, points: CodePoints::new(&document.text) };
        Self {
            casus: VERSION.to_owned(),
            id: document.id.clone(),
            title: document.title.clone(),
            published: document.published,
            publisher: document.publisher.clone(),
            url: document.url.clone(),
            language: LANGUAGE.to_owned(),
            model: model.to_owned(),
            ontology: ONTOLOGY.to_owned(),
            events: reading.events.iter().map(|event| text.event(event, model)).collect(),
            problems: reading.problems.clone(),
        }
    }
}

/// Returns a probability with three decimals: more is noise, and f32 would print as 0.9300000071525574.
fn probability(confidence: Confidence) -> f64 {
    (f64::from(confidence.get()) * 1000.0).round() / 1000.0
}

/// A document's text while its events are written.
struct Text<'a> {
    document: &'a str,
    words: &'a str,
    points: CodePoints,
}

impl Text<'_> {
    fn event(&self, event: &Event, model: &str) -> RecordEvent {
        let kind = event.kind.value;
        let how: Vec<Mode> = event.modes.iter().map(|m| m.value).collect();
        let scores = Scores::plover();
        RecordEvent {
            id: self.event_id(event.id),
            kind,
            contexts: event.contexts.clone(),
            cameo: scores.cameo(kind, &how, &event.contexts).map(str::to_owned),
            score: scores.score(kind, &how),
            quad: kind.quad() as u8,
            status: event.status.value,
            mentions: event.mentions.iter().map(|&m| self.span(m)).collect(),
            sentence: Some(RecordSpan { text: None, ..self.span(event.sentence) }),
            actors: event.actors.iter().map(|a| self.participant(a)).collect(),
            recipients: event.recipients.iter().map(|r| self.participant(r)).collect(),
            places: event.places.iter().map(|p| self.place(p)).collect(),
            time: event.time.as_ref().map(|t| self.time(t)),
            count: self.number(event, NumberSlot::Count),
            killed: self.number(event, NumberSlot::Killed),
            injured: self.number(event, NumberSlot::Injured),
            detained: self.number(event, NumberSlot::Detained),
            displaced: self.number(event, NumberSlot::Displaced),
            abducted: self.number(event, NumberSlot::Abducted),
            weapons: event
                .weapons
                .iter()
                .map(|w| RecordWeapon { kind: w.value.0.clone(), span: self.evidence(&w.evidence) })
                .collect(),
            sources: self.sources(&event.sources),
            links: event
                .links
                .iter()
                .map(|l| RecordLink {
                    relation: l.relation,
                    event: self.event_id(l.to),
                    span: self.evidence(&l.evidence),
                })
                .collect(),
            confidence: probability(event.confidence),
            explain: RecordExplanation { coder: model.to_owned(), rule: event.kind.evidence.made_by.clone() },
            modes: how,
        }
    }

    fn event_id(&self, id: EventId) -> String {
        format!("{}#e{}", self.document, id.0 + 1)
    }

    fn span(&self, span: Span) -> RecordSpan {
        RecordSpan {
            start: self.points.before(self.words, span.start),
            end: self.points.before(self.words, span.end),
            text: Some(span.slice(self.words).to_owned()),
        }
    }

    fn evidence(&self, evidence: &Evidence) -> Option<RecordSpan> {
        evidence.span.map(|span| self.span(span))
    }

    fn participant(&self, coded: &Coded<Participant>) -> RecordParticipant {
        let who = &coded.value;
        RecordParticipant {
            name: Some(who.name.clone()),
            country: who.country,
            sector: who.sector,
            id: who.id.clone(),
            span: self.evidence(&coded.evidence),
        }
    }

    fn place(&self, coded: &Coded<EventPlace>) -> RecordPlace {
        let place = &coded.value;
        RecordPlace {
            name: Some(place.name.clone()),
            country: place.country,
            admin1: place.admin1.clone(),
            geonameid: place.geonameid,
            lat: place.point.map(|(lat, _)| lat),
            lon: place.point.map(|(_, lon)| lon),
            precision: Some(place.precision),
            span: self.evidence(&coded.evidence),
        }
    }

    fn time(&self, coded: &Coded<Interval>) -> RecordTime {
        RecordTime {
            start: coded.value.start,
            end: coded.value.end,
            precision: TimePrecision::of(coded.value),
            span: self.evidence(&coded.evidence),
        }
    }

    fn number(&self, event: &Event, slot: NumberSlot) -> Option<RecordNumber> {
        let (_, coded) = event.numbers.iter().find(|(s, _)| *s == slot)?;
        let CountRange { min, max } = coded.value;
        Some(RecordNumber { min, max, span: self.evidence(&coded.evidence) })
    }

    fn sources(&self, sources: &[Source]) -> Vec<RecordSource> {
        if sources.is_empty() {
            return vec![RecordSource::Author { author: true, stance: Stance::States }];
        }
        sources
            .iter()
            .map(|source| {
                let RecordParticipant { name, country, sector, id, span } = self.participant(&source.who);
                RecordSource::Named(Box::new(RecordNamedSource {
                    name,
                    country,
                    sector,
                    id,
                    stance: source.stance,
                    anonymous: source.anonymous,
                    via: source.via.as_ref().map(|via| self.participant(via)),
                    cue: source.cue.map(|cue| self.span(cue)),
                    span,
                }))
            })
            .collect()
    }
}
