//! The public record format, version 1: one JSON object a document (`docs/format/record.md`).
//!
//! Offsets are Unicode code points into the document's text; byte offsets stay inside the program. Readers ignore keys
//! that they do not know. A slot that the text does not support is absent or empty, never guessed.

mod kept;
mod writing;

pub use kept::{DocumentState, Kept, KeptRecord, RecordReview, ReviewDecision, Reviewed, Verdict};
pub use writing::to_json;

use crate::event::{Interval, PlacePrecision};
use crate::ontology::Context;
use crate::{Country, Date, EventType, Mode, Problem, Relation, Sector, Stance, Status};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The version of the format that this module writes.
pub const VERSION: &str = "1";

/// The ontology that types, modes, contexts and sectors belong to.
pub const ONTOLOGY: &str = "plover-0.9";

/// The language that reports are read as; a report in another one carries the problem `language`.
pub const LANGUAGE: &str = "en";

/// What casus read from one document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// The format's version.
    pub casus: String,
    /// The document's id.
    pub id: String,
    /// Its headline.
    pub title: Option<String>,
    /// The day it was published, from which "yesterday" counts.
    pub published: Option<Date>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// The language that it was read as.
    pub language: String,
    /// The model that read it.
    pub model: String,
    /// The ontology of its codes.
    pub ontology: String,
    /// The events it tells of, in the order of first mention.
    pub events: Vec<RecordEvent>,
    /// What was odd about it.
    pub problems: Vec<Problem>,
}

/// One event of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecordEvent {
    /// `DOCUMENT#eN`, N from 1 in the order of first mention.
    #[serde(default)]
    pub id: String,
    /// What is done.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// How.
    #[serde(default)]
    pub modes: Vec<Mode>,
    /// In what setting.
    #[serde(default)]
    pub contexts: Vec<Context>,
    /// CAMEO code (`data/ontology/cameo.tsv`).
    #[serde(default)]
    pub cameo: Option<String>,
    /// PLOVER score, -10 (conflict) to 10 (cooperation).
    #[serde(default)]
    pub score: f64,
    /// Quadrant, 1 to 4 ([`Quad`](crate::ontology::Quad)).
    #[serde(default)]
    pub quad: u8,
    /// How it stands to the world.
    #[serde(default)]
    pub status: Status,
    /// The words that tell of it, fullest first.
    #[serde(default)]
    pub mentions: Vec<RecordSpan>,
    /// The sentence of the fullest mention, without its text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentence: Option<RecordSpan>,
    /// Who does it.
    #[serde(default)]
    pub actors: Vec<RecordParticipant>,
    /// To whom.
    #[serde(default)]
    pub recipients: Vec<RecordParticipant>,
    /// Where it happened.
    #[serde(default)]
    pub places: Vec<RecordPlace>,
    /// On which days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<RecordTime>,
    /// How many events of this kind the report speaks of as one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<RecordNumber>,
    /// Persons killed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub killed: Option<RecordNumber>,
    /// Persons injured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub injured: Option<RecordNumber>,
    /// Persons detained.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detained: Option<RecordNumber>,
    /// Persons driven from home.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub displaced: Option<RecordNumber>,
    /// Persons abducted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub abducted: Option<RecordNumber>,
    /// With what.
    #[serde(default)]
    pub weapons: Vec<RecordWeapon>,
    /// Who says so.
    #[serde(default)]
    pub sources: Vec<RecordSource>,
    /// How it stands to other events of the document.
    #[serde(default)]
    pub links: Vec<RecordLink>,
    /// That the whole record is right, 0..=1.
    #[serde(default)]
    pub confidence: f64,
    /// What made it.
    #[serde(default)]
    pub explain: RecordExplanation,
}

/// A stretch of the document's text, in code points, end exclusive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordSpan {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// An actor, recipient or passer-on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RecordParticipant {
    /// Canonical name, or the report's words.
    pub name: Option<String>,
    /// Country, `IGO`, `NGO` or `MNC`, where known.
    #[serde(with = "country")]
    pub country: Option<Country>,
    /// Sector, where known.
    pub sector: Option<Sector>,
    /// Id in the actor table.
    pub id: Option<String>,
    /// The words it was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<RecordSpan>,
}

/// A place where an event happened.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RecordPlace {
    /// Name in the gazetteer, or the report's words.
    pub name: Option<String>,
    /// Country; written as three hyphens where it lies in none, as at sea, or where none is known.
    #[serde(serialize_with = "country::or_hyphens", deserialize_with = "country::deserialize")]
    pub country: Option<Country>,
    /// First-level unit.
    pub admin1: Option<String>,
    /// `GeoNames` id.
    pub geonameid: Option<u32>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// How exact the point is.
    pub precision: Option<PlacePrecision>,
    /// The words it was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<RecordSpan>,
}

/// A range of days, both ends included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordTime {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// How exact it is.
    #[serde(default)]
    pub precision: TimePrecision,
    /// The words it was read from; absent where it follows from the day of publication alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<RecordSpan>,
}

/// How exactly a time is known, finest first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TimePrecision {
    /// One day.
    #[default]
    Day,
    /// Some days that are neither a whole month nor a whole year.
    Days,
    /// A month of the calendar.
    Month,
    /// A year of the calendar.
    Year,
}

impl TimePrecision {
    /// Returns how exact an interval is.
    #[must_use]
    pub fn of(interval: Interval) -> Self {
        let Interval { start, end } = interval;
        let whole_months = start.first_of_month() == start && end.last_of_month() == end;
        if start == end {
            Self::Day
        } else if whole_months && start.year() == end.year() && start.month() == end.month() {
            Self::Month
        } else if whole_months && start.year() == end.year() && start.month() == 1 && end.month() == 12 {
            Self::Year
        } else {
            Self::Days
        }
    }
}

/// How many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordNumber {
    /// At least.
    pub min: u64,
    /// At most; null where open.
    #[serde(default)]
    pub max: Option<u64>,
    /// The words it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<RecordSpan>,
}

/// A kind of weapon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordWeapon {
    /// Its kind (`data/rules/weapons.tsv`).
    pub kind: String,
    /// The words it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<RecordSpan>,
}

/// Who says that an event is so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged, from = "AnySource")]
pub enum RecordSource {
    /// The report itself, written `{"author": true, "stance": "states"}`.
    Author {
        /// Always true.
        author: bool,
        /// How the report stands to it.
        stance: Stance,
    },
    /// Somebody whom the report names or describes.
    Named(Box<RecordNamedSource>),
}

/// A source that the report names or describes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RecordNamedSource {
    /// Canonical name, or the report's words.
    pub name: Option<String>,
    /// Country, `IGO`, `NGO` or `MNC`, where known.
    #[serde(with = "country")]
    pub country: Option<Country>,
    /// Sector, where known.
    pub sector: Option<Sector>,
    /// Id in the actor table.
    pub id: Option<String>,
    /// How it stands to what it says.
    pub stance: Stance,
    /// Whether it is unnamed.
    pub anonymous: bool,
    /// Who passed it on.
    pub via: Option<RecordParticipant>,
    /// The word that attributes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cue: Option<RecordSpan>,
    /// The words it was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<RecordSpan>,
}

/// A source as it may be written; the key `author` tells which kind it is.
#[derive(Deserialize)]
struct AnySource {
    #[serde(default)]
    author: bool,
    #[serde(flatten)]
    named: RecordNamedSource,
}

impl From<AnySource> for RecordSource {
    fn from(any: AnySource) -> Self {
        if any.author {
            Self::Author { author: true, stance: any.named.stance }
        } else {
            Self::Named(Box::new(any.named))
        }
    }
}

/// How an event stands to another of the same document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordLink {
    /// The relation.
    pub relation: Relation,
    /// The other event's id.
    pub event: String,
    /// The words it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<RecordSpan>,
}

/// What made a record: enough to look it up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RecordExplanation {
    /// The model.
    pub coder: String,
    /// The rule or model head that gave the type.
    pub rule: String,
}

/// A country code as three letters; serde knows nothing of [`Country`], which guards its letters.
mod country {
    use super::{Country, Deserialize, Deserializer, Serializer};

    #[expect(
        clippy::ref_option,
        clippy::trivially_copy_pass_by_ref,
        reason = "serde's `with` passes a reference to the field"
    )]
    pub(super) fn serialize<S: Serializer>(country: &Option<Country>, to: S) -> Result<S::Ok, S::Error> {
        match country {
            Some(country) => to.serialize_str(country.as_str()),
            None => to.serialize_none(),
        }
    }

    /// Writes what is none as three hyphens.
    #[expect(
        clippy::ref_option,
        clippy::trivially_copy_pass_by_ref,
        reason = "serde's `serialize_with` passes a reference to the field"
    )]
    pub(super) fn or_hyphens<S: Serializer>(country: &Option<Country>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(Country::or_hyphens(country.as_ref()))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Country>, D::Error> {
        let code = Option::<String>::deserialize(from)?;
        match code.as_deref() {
            // Three hyphens are how gold and older files write "unknown".
            None | Some(crate::ontology::NO_COUNTRY) => Ok(None),
            Some(code) => Country::new(code)
                .map(Some)
                .ok_or_else(|| serde::de::Error::custom(format!("{code:?} is no country code"))),
        }
    }
}

#[cfg(test)]
mod tests;
