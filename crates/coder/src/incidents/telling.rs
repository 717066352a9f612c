//! An event as one report tells it: what linking compares.

use super::words::{Bag, WordFrequencies, stems};
use crate::places::key;
use casus_types::event::{Interval, NumberSlot};
use casus_types::record::{
    Record, RecordEvent, RecordNumber, RecordParticipant, RecordPlace, RecordSpan, TimePrecision,
};
use casus_types::{Date, EventType, Mode, Status};
use jiff::ToSpan;
use std::sync::Arc;

/// How sure the days of a telling are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dated {
    /// The report says which day.
    Day,
    /// The report says a longer stretch.
    Stretch,
    /// Taken from the day of publication: what was told as old news happened before.
    Assumed,
}

/// A participant, ready for comparing.
#[derive(Debug, Clone)]
pub struct Party {
    /// As the record has it.
    pub who: RecordParticipant,
    /// Stems of its name, each once, in the order of the alphabet.
    pub words: Vec<String>,
}

/// A place, ready for comparing.
#[derive(Debug, Clone)]
pub struct Spot {
    /// As the record has it.
    pub place: RecordPlace,
    /// Its name in the form in which names are compared; empty where it has none.
    pub key: String,
}

/// An event as one report tells it.
#[derive(Debug, Clone)]
pub struct Telling {
    /// The event's key, unique in a store: `DOCUMENT#eN`.
    pub event: String,
    /// The report's key.
    pub document: String,
    /// What is done.
    pub kind: EventType,
    /// How.
    pub modes: Vec<Mode>,
    /// How it stands to the world.
    pub status: Status,
    /// The day the report was published.
    pub published: Option<Date>,
    /// On which days it happened, as far as the report tells.
    pub time: Option<(Interval, Dated)>,
    /// Where.
    pub places: Vec<Spot>,
    /// Who does it.
    pub actors: Vec<Party>,
    /// To whom.
    pub recipients: Vec<Party>,
    /// How many, lowest and highest.
    pub numbers: Vec<(NumberSlot, u64, Option<u64>)>,
    /// With what.
    pub weapons: Vec<String>,
    /// Stems of the words that tell of it.
    pub triggers: Vec<String>,
    /// The words of the sentences that tell of it.
    pub sentences: Bag,
    /// The words of the report, its title included.
    pub report: Arc<Bag>,
}

impl Telling {
    /// Returns the tellings of a record, one an event; `text` is the text that the record's offsets count in.
    #[must_use]
    pub fn of_record(record: &Record, text: &str, frequencies: &WordFrequencies) -> Vec<Self> {
        let words = format!("{}\n{text}", record.title.as_deref().unwrap_or_default());
        let report = Arc::new(Bag::new(&words, frequencies));
        // Where the n-th code point begins; offsets of a record count code points.
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let told = |event| Self::new(record, event, text, &starts, &report, frequencies);
        record.events.iter().map(told).collect()
    }

    fn new(
        record: &Record,
        event: &RecordEvent,
        text: &str,
        starts: &[usize],
        report: &Arc<Bag>,
        frequencies: &WordFrequencies,
    ) -> Self {
        let byte = |point: usize| starts.get(point).copied().unwrap_or(text.len());
        let mut words = String::new();
        for stretch in stretches(event, text, byte) {
            words += stretch;
            words.push(' ');
        }
        if words.trim().is_empty() {
            // Of an imported record only the words of its slots may be known.
            let parties = event.actors.iter().chain(&event.recipients).filter_map(|p| p.name.as_deref());
            let places = event.places.iter().filter_map(|p| p.name.as_deref());
            let told = event.mentions.iter().filter_map(|m| m.text.as_deref());
            words = parties.chain(places).chain(told).collect::<Vec<_>>().join(" ");
        }
        let triggers = event.mentions.iter().filter_map(|m| m.text.as_deref()).flat_map(stems);
        Self {
            event: event.id.clone(),
            document: record.id.clone(),
            kind: event.kind,
            modes: event.modes.clone(),
            status: event.status,
            published: record.published,
            time: time(event, record.published),
            places: event.places.iter().map(spot).collect(),
            actors: event.actors.iter().map(party).collect(),
            recipients: event.recipients.iter().map(party).collect(),
            numbers: numbers(event),
            weapons: event.weapons.iter().map(|w| w.kind.clone()).collect(),
            triggers: triggers.collect(),
            sentences: Bag::new(&words, frequencies),
            report: Arc::clone(report),
        }
    }

    /// Returns the days on which it may have happened: those that the report gives; else the [`AGO`] days up to its
    /// publication, or the sixty after it where it lies in the future; none where nothing dates it.
    #[must_use]
    pub fn window(&self) -> Option<Interval> {
        match self.time {
            Some((interval, Dated::Day | Dated::Stretch)) => Some(interval),
            Some((interval, Dated::Assumed)) => {
                Some(Interval { start: interval.start.saturating_sub(AGO.days()), end: interval.end })
            }
            None => {
                let published = self.published?;
                let (back, on) = if self.status == Status::Future { (0, 60) } else { (AGO, 0) };
                Some(Interval {
                    start: published.saturating_sub(back.days()),
                    end: published.saturating_add(on.days()),
                })
            }
        }
    }
}

/// Days before its publication in which an act lies that a report gives no day for: background mentions of older acts
/// mostly name a month or a day.
pub const AGO: i32 = 30;

/// Returns the days of an event. What has happened has not happened after it was reported: such days were misread, and
/// nothing is known.
fn time(event: &RecordEvent, published: Option<Date>) -> Option<(Interval, Dated)> {
    let time = event.time.as_ref()?;
    let later = published.is_some_and(|p| time.start > p.saturating_add(1.day()));
    if later && event.status == Status::Actual {
        return None;
    }
    let dated = match (&time.span, time.precision) {
        (None, _) => Dated::Assumed,
        (Some(_), TimePrecision::Day) => Dated::Day,
        (Some(_), _) => Dated::Stretch,
    };
    Some((Interval { start: time.start, end: time.end }, dated))
}

/// Words of names that tell nobody from another.
const SILENT: [&str; 9] = ["the", "of", "and", "in", "for", "a", "an", "at", "from"];

fn party(who: &RecordParticipant) -> Party {
    let mut words = stems(who.name.as_deref().unwrap_or_default());
    words.retain(|word| !SILENT.contains(&word.as_str()));
    words.sort();
    words.dedup();
    Party { who: who.clone(), words }
}

fn spot(place: &RecordPlace) -> Spot {
    Spot { place: place.clone(), key: place.name.as_deref().map(key).unwrap_or_default() }
}

/// Returns the sentences that tell of an event: the fullest mention's, and those around its other mentions.
fn stretches<'a>(event: &RecordEvent, text: &'a str, byte: impl Fn(usize) -> usize) -> Vec<&'a str> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    if let Some(RecordSpan { start, end, .. }) = event.sentence {
        spans.push((byte(start), byte(end)));
    }
    for mention in &event.mentions {
        let (start, end) = (byte(mention.start), byte(mention.end));
        if spans.iter().any(|&(s, e)| s <= start && end <= e) || start > end {
            continue;
        }
        // Only the fullest mention's sentence stands in a record; a full stop and a space end the others well enough.
        let from = text[..start].rfind(['\n']).max(text[..start].rfind(". ")).map_or(0, |at| at + 1);
        let rest = &text[end..];
        let to =
            [rest.find('\n'), rest.find(". ")].into_iter().flatten().min().map_or(text.len(), |at| end + at);
        spans.push((from, to));
    }
    spans.into_iter().filter_map(|(start, end)| text.get(start..end)).collect()
}

fn numbers(event: &RecordEvent) -> Vec<(NumberSlot, u64, Option<u64>)> {
    let of = |slot: NumberSlot| -> Option<&RecordNumber> { number(event, slot) };
    NumberSlot::ALL.into_iter().filter_map(|slot| of(slot).map(|n| (slot, n.min, n.max))).collect()
}

/// Returns a number of an event's record.
pub(super) fn number(event: &RecordEvent, slot: NumberSlot) -> Option<&RecordNumber> {
    match slot {
        NumberSlot::Count => event.count.as_ref(),
        NumberSlot::Killed => event.killed.as_ref(),
        NumberSlot::Injured => event.injured.as_ref(),
        NumberSlot::Detained => event.detained.as_ref(),
        NumberSlot::Displaced => event.displaced.as_ref(),
        NumberSlot::Abducted => event.abducted.as_ref(),
    }
}
