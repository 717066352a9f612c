//! Gold documents: reports with hand-made annotations whose spans are written as quotes.

use super::sentences::is_word;
use casus_types::{Date, Document, EventType, Mode, Relation, Stance, Status};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;

/// A gold document with every quote turned into code point offsets.
#[derive(Debug, Clone)]
pub struct GoldDocument {
    /// Its id.
    pub id: String,
    /// Its headline.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The day it was published.
    pub published: Option<Date>,
    /// The report's words.
    pub text: String,
    /// Who takes part or speaks, by key.
    pub entities: BTreeMap<String, GoldEntity>,
    /// What it tells of.
    pub events: Vec<GoldEvent>,
}

/// A participant or source.
#[derive(Debug, Clone)]
pub struct GoldEntity {
    /// Its name.
    pub name: String,
    /// Country and sector, `USA MIL`; `---` where the country is unknown.
    pub code: String,
    /// Where it is mentioned: code points, end exclusive, in order.
    pub mentions: Vec<(usize, usize)>,
}

/// One gold event.
#[derive(Debug, Clone)]
pub struct GoldEvent {
    /// Its id within the document.
    pub id: String,
    /// Its type.
    pub kind: EventType,
    /// Other types that a careful coder could defend.
    pub also: Vec<EventType>,
    /// Whether a careful coder could leave it out.
    pub optional: bool,
    /// How.
    pub modes: Vec<Mode>,
    /// How it stands to the world.
    pub status: Status,
    /// Where the report tells of it, fullest first.
    pub mentions: Vec<(usize, usize)>,
    /// Keys of those who do it.
    pub actors: Vec<String>,
    /// Keys of those to whom it is done.
    pub recipients: Vec<String>,
    /// Where it happened.
    pub places: Vec<GoldPlace>,
    /// First and last day.
    pub time: Option<(Date, Date)>,
    /// Numbers by slot name: at least, at most.
    pub numbers: BTreeMap<&'static str, (Option<u64>, Option<u64>)>,
    /// Who says so.
    pub sources: Vec<GoldSource>,
    /// How it stands to other events.
    pub links: Vec<GoldLink>,
}

/// The place of a gold event.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldPlace {
    /// The quote that names it.
    #[serde(default)]
    pub text: Option<String>,
    /// Its country, alpha-3.
    pub country: String,
    /// Degrees north.
    #[serde(default)]
    pub lat: Option<f64>,
    /// Degrees east.
    #[serde(default)]
    pub lon: Option<f64>,
}

/// A range of days as gold writes it; month or day may be left out.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct GoldTime {
    /// First day.
    #[serde(default)]
    pub start: Option<String>,
    /// Last day.
    #[serde(default)]
    pub end: Option<String>,
}

/// The source of a gold event.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldSource {
    /// Its key, or `author`.
    pub entity: String,
    /// How it stands to what it says.
    #[serde(default)]
    pub stance: Stance,
    /// Whether it is unnamed.
    #[serde(default)]
    pub anonymous: bool,
}

/// A link of a gold event.
#[derive(Debug, Clone, Deserialize)]
pub struct GoldLink {
    /// The relation.
    pub relation: Relation,
    /// The other event's id.
    pub event: String,
}

/// Why a gold document cannot be used.
#[derive(Debug)]
pub enum GoldError {
    /// It is not JSON of the gold format.
    Format(serde_json::Error),
    /// It contradicts itself: a quote that is not in its text, a key that names nobody.
    Faults(Vec<String>),
}

impl fmt::Display for GoldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Format(error) => write!(f, "no gold document: {error}"),
            Self::Faults(faults) => write!(f, "gold does not resolve: {}", faults.join("; ")),
        }
    }
}

impl std::error::Error for GoldError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Format(error) => Some(error),
            Self::Faults(_) => None,
        }
    }
}

/// The numbers an event may have, as the gold and the record format name them.
pub(super) const NUMBERS: [&str; 6] = ["killed", "injured", "detained", "displaced", "abducted", "count"];

#[derive(Deserialize)]
struct Written {
    id: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    publisher: Option<String>,
    #[serde(default)]
    published: Option<String>,
    text: String,
    #[serde(default)]
    entities: BTreeMap<String, WrittenEntity>,
    events: Vec<WrittenEvent>,
}

#[derive(Deserialize)]
struct WrittenEntity {
    name: String,
    code: String,
    mentions: Vec<Quote>,
}

#[derive(Deserialize)]
struct WrittenEvent {
    id: String,
    #[serde(rename = "type")]
    kind: EventType,
    #[serde(default)]
    also: Vec<EventType>,
    #[serde(default)]
    optional: bool,
    #[serde(default)]
    modes: Vec<Mode>,
    #[serde(default)]
    status: Status,
    mentions: Vec<Quote>,
    #[serde(default)]
    actors: Vec<String>,
    #[serde(default)]
    recipients: Vec<String>,
    #[serde(default)]
    places: Vec<GoldPlace>,
    #[serde(default)]
    time: Option<GoldTime>,
    #[serde(default)]
    sources: Vec<GoldSource>,
    #[serde(default)]
    links: Vec<GoldLink>,
    #[serde(flatten)]
    numbers: BTreeMap<String, serde_json::Value>,
}

/// A stretch of text, as words of which the bracketed ones count, or as offsets.
#[derive(Deserialize)]
#[serde(untagged)]
enum Quote {
    Offsets(usize, usize),
    Words(String),
}

impl GoldDocument {
    /// Returns the report as the pipeline takes it, without what people coded.
    #[must_use]
    pub fn document(&self) -> Document {
        Document {
            id: self.id.clone(),
            title: self.title.clone(),
            published: self.published,
            publisher: self.publisher.clone(),
            url: None,
            text: self.text.clone(),
        }
    }

    /// Returns the gold document of a JSON text.
    ///
    /// # Errors
    /// Where it is no gold document, a quote is not found or is found more than once, or a key names nothing.
    pub fn parse(json: &str) -> Result<Self, GoldError> {
        let written: Written = serde_json::from_str(json).map_err(GoldError::Format)?;
        let mut resolver = Resolver {
            document: written.id.clone(),
            text: written.text.chars().collect(),
            faults: Vec::new(),
        };
        let entities: BTreeMap<String, GoldEntity> = written
            .entities
            .into_iter()
            .map(|(key, entity)| (key.clone(), resolver.entity(&key, entity)))
            .collect();
        let ids: Vec<String> = written.events.iter().map(|e| e.id.clone()).collect();
        let events = written.events.into_iter().map(|e| resolver.event(e, &entities, &ids)).collect();
        if !resolver.faults.is_empty() {
            return Err(GoldError::Faults(resolver.faults));
        }
        Ok(Self {
            id: written.id,
            title: written.title.filter(|t| !t.is_empty()),
            publisher: written.publisher.filter(|p| !p.is_empty()),
            published: written.published.and_then(|day| day.parse().ok()),
            text: written.text,
            entities,
            events,
        })
    }
}

struct Resolver {
    document: String,
    text: Vec<char>,
    faults: Vec<String>,
}

impl Resolver {
    fn entity(&mut self, key: &str, written: WrittenEntity) -> GoldEntity {
        let place = format!("entity {key}");
        let mut mentions: Vec<(usize, usize)> =
            written.mentions.iter().flat_map(|quote| self.resolve(quote, &place, true)).collect();
        mentions.sort_unstable();
        GoldEntity { name: written.name, code: written.code, mentions }
    }

    fn event(
        &mut self,
        written: WrittenEvent,
        entities: &BTreeMap<String, GoldEntity>,
        ids: &[String],
    ) -> GoldEvent {
        let place = format!("event {}", written.id);
        let mentions = written.mentions.iter().flat_map(|quote| self.resolve(quote, &place, false)).collect();
        for quote in written.places.iter().filter_map(|p| p.text.as_ref()).filter(|t| !t.is_empty()) {
            self.resolve(&Quote::Words(quote.clone()), &format!("{place} place"), true);
        }
        let keys = written.actors.iter().chain(&written.recipients);
        let sources = written.sources.iter().map(|s| &s.entity).filter(|key| *key != "author");
        for key in keys.chain(sources).filter(|key| !entities.contains_key(*key)) {
            self.faults.push(format!("{} {place}: no entity {key:?}", self.document));
        }
        for link in written.links.iter().filter(|link| !ids.contains(&link.event)) {
            self.faults.push(format!("{} {place}: link to no event {:?}", self.document, link.event));
        }
        let numbers = NUMBERS
            .into_iter()
            .filter_map(|slot| {
                let range = written.numbers.get(slot)?.as_array()?;
                Some((slot, (range.first()?.as_u64(), range.get(1)?.as_u64())))
            })
            .collect();
        GoldEvent {
            id: written.id,
            kind: written.kind,
            also: written.also,
            optional: written.optional,
            modes: written.modes,
            status: written.status,
            mentions,
            actors: written.actors,
            recipients: written.recipients,
            places: written.places,
            time: written.time.as_ref().and_then(days),
            numbers,
            sources: written.sources,
            links: written.links,
        }
    }

    fn resolve(&mut self, quote: &Quote, place: &str, every: bool) -> Vec<(usize, usize)> {
        match quote {
            Quote::Offsets(start, end) => vec![(*start, *end)],
            Quote::Words(words) => {
                let found = find(&self.text, words);
                let fault = match found.len() {
                    0 => format!("not in the text: {words:?}"),
                    n if n > 1 && !every => format!("{n} occurrences: {words:?}"),
                    _ => return found,
                };
                self.faults.push(format!("{} {place}: {fault}", self.document));
                Vec::new()
            }
        }
    }
}

/// Returns where a quote stands: its bracketed words, or all of it; only at word boundaries.
fn find(text: &[char], quote: &str) -> Vec<(usize, usize)> {
    let plain: Vec<char> = quote.replace("[[", "").replace("]]", "").chars().collect();
    let (Some(&first), Some(&last)) = (plain.first(), plain.last()) else { return Vec::new() };
    // Brackets around nothing mark nothing: the words between them are at least one character.
    let marked = quote.find("[[").and_then(|open| {
        let inside = &quote[open + 2..];
        let first = inside.chars().next()?;
        let close = inside[first.len_utf8()..].find("]]")? + first.len_utf8();
        Some((quote[..open].chars().count(), inside[..close].chars().count()))
    });
    let (skip, length) = marked.unwrap_or((0, plain.len()));
    let mut found = Vec::new();
    let mut at = 0;
    while at + plain.len() <= text.len() {
        let end = at + plain.len();
        let starts = !first.is_alphanumeric() || at == 0 || !is_word(text[at - 1]);
        let ends = !last.is_alphanumeric() || end == text.len() || !is_word(text[end]);
        if starts && ends && text[at..end] == plain[..] {
            found.push((at + skip, at + skip + length));
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

/// Returns the first and last day; a missing month or day opens the range to January or December, the 1st or 28th.
fn days(time: &GoldTime) -> Option<(Date, Date)> {
    let day = |written: &Option<String>, last: bool| -> Option<Option<Date>> {
        let Some(written) = written.as_deref().filter(|w| !w.is_empty()) else { return Some(None) };
        let written: String = written.chars().take(10).collect();
        let mut parts = written.split('-').map(str::parse::<i16>);
        let year = parts.next()?.ok()?;
        let mut part = |first: i8, end: i8| -> Option<i8> {
            let given = parts.next().transpose().ok()?.unwrap_or(0);
            Some(if given == 0 { if last { end } else { first } } else { i8::try_from(given).ok()? })
        };
        let month = part(1, 12)?;
        Date::new(year, month, part(1, 28)?).ok().map(Some)
    };
    let (start, end) = (day(&time.start, false)?, day(&time.end, true)?);
    Some((start.or(end)?, end.or(start)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, quote: &str, expected: &[&str]) {
        let text: Vec<char> = text.chars().collect();
        let words: Vec<String> =
            find(&text, quote).iter().map(|&(a, b)| text[a..b].iter().collect()).collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn quotes_are_found_at_word_boundaries() {
        check("Arvan, Arvania and “Arvan”", "Arvan", &["Arvan", "Arvan"]);
        check("they struck, then struck twice", "then [[struck]] twice", &["struck"]);
        check("they struck", "hit", &[]);
        check("said (twice)", "(twice)", &["(twice)"]);
    }

    #[test]
    fn partial_dates_open_the_range() {
        let time = |start: &str, end: &str| {
            let time = GoldTime { start: Some(start.to_owned()), end: Some(end.to_owned()) };
            days(&time).map(|(a, b)| format!("{a} {b}"))
        };
        assert_eq!(time("2026-03", "2026").as_deref(), Some("2026-03-01 2026-12-28"));
        assert_eq!(time("2026-03-04", "").as_deref(), Some("2026-03-04 2026-03-04"));
        assert_eq!(time("", ""), None);
        assert_eq!(time("soon", ""), None);
    }

    #[test]
    fn faults_are_listed() {
        let json = r#"{"id": "x", "text": "They left.", "entities": {"n": {"name": "N", "code": "---", "mentions": ["We"]}},
            "events": [{"id": "e1", "type": "RETREAT", "mentions": ["left"], "actors": ["m"]}]}"#;
        let error = GoldDocument::parse(json).unwrap_err().to_string();
        assert_eq!(
            error,
            "gold does not resolve: x entity n: not in the text: \"We\"; x event e1: no entity \"m\""
        );
    }
}
