//! What a report tells of: who did what to whom, where, when, according to whom.

use crate::{
    Coded, Confidence, Country, Date, EventType, Mode, Relation, Sector, Span, Stance, Status,
    ontology::Context,
};
use serde::{Deserialize, Serialize};

/// The number of an event within its document, from 0 in the order of first mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(pub u32);

/// One real-world act, merged from every mention of it in one document.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its number within the document.
    pub id: EventId,
    /// What is done.
    pub kind: Coded<EventType>,
    /// How.
    pub modes: Vec<Coded<Mode>>,
    /// In what setting.
    pub contexts: Vec<Context>,
    /// How it stands to the world.
    pub status: Coded<Status>,
    /// The words that tell of it, fullest first; never empty.
    pub mentions: Vec<Span>,
    /// The sentence of the fullest mention.
    pub sentence: Span,
    /// Who does it.
    pub actors: Vec<Coded<Participant>>,
    /// To whom.
    pub recipients: Vec<Coded<Participant>>,
    /// Where it happened.
    pub places: Vec<Coded<EventPlace>>,
    /// On which days.
    pub time: Option<Coded<Interval>>,
    /// How many: events of this kind, and people harmed.
    pub numbers: Vec<(NumberSlot, Coded<CountRange>)>,
    /// With what.
    pub weapons: Vec<Coded<WeaponKind>>,
    /// Who says so; empty where the report itself does.
    pub sources: Vec<Source>,
    /// How it stands to other events of the report.
    pub links: Vec<Link>,
    /// That the whole record is right.
    pub confidence: Confidence,
}

/// An actor, recipient or source, as an entity.
#[derive(Debug, Clone, PartialEq)]
pub struct Participant {
    /// Canonical name where casus knows the entity, its fullest words in the report otherwise.
    pub name: String,
    /// Its country, where known.
    pub country: Option<Country>,
    /// Its sector; a country named alone has none.
    pub sector: Option<Sector>,
    /// Its id in the actor table, where it stands there.
    pub id: Option<String>,
}

/// A place where something happened.
#[derive(Debug, Clone, PartialEq)]
pub struct EventPlace {
    /// Name in the gazetteer, or the report's words.
    pub name: String,
    /// Country, where known.
    pub country: Option<Country>,
    /// First-level unit, where known.
    pub admin1: Option<String>,
    /// `GeoNames` id, where it stands there.
    pub geonameid: Option<u32>,
    /// Latitude and longitude, degrees north and east.
    pub point: Option<(f64, f64)>,
    /// How exact the point is.
    pub precision: PlacePrecision,
}

/// How exactly a place is known, finest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlacePrecision {
    /// A building, base, crossing or street.
    Point,
    /// A town, village or city district.
    Town,
    /// A second-level unit.
    Admin2,
    /// A first-level unit, a region or a sea.
    Admin1,
    /// A country.
    Country,
}

/// A range of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
}

impl Interval {
    /// Returns the interval of one day.
    #[must_use]
    pub fn day(day: Date) -> Self {
        Self { start: day, end: day }
    }
}

/// How many: at least `min`, at most `max`; open above where there is no `max`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountRange {
    /// Lowest number that the words allow.
    pub min: u64,
    /// Highest, none where open.
    pub max: Option<u64>,
}

/// Which number of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberSlot {
    /// Events of this kind that the report speaks of as one.
    Count,
    /// Persons killed.
    Killed,
    /// Persons injured.
    Injured,
    /// Persons detained.
    Detained,
    /// Persons driven from home.
    Displaced,
    /// Persons abducted.
    Abducted,
}

impl NumberSlot {
    /// Every slot, in the order of the public format.
    pub const ALL: [Self; 6] =
        [Self::Count, Self::Killed, Self::Injured, Self::Detained, Self::Displaced, Self::Abducted];

    /// Returns the key in the public format.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Killed => "killed",
            Self::Injured => "injured",
            Self::Detained => "detained",
            Self::Displaced => "displaced",
            Self::Abducted => "abducted",
        }
    }
}

/// A kind of weapon, as `data/rules/weapons.tsv` names it: `drone`, `rocket`, `knife`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeaponKind(pub String);

/// Who says that an event is so.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// The nearest attribution.
    pub who: Coded<Participant>,
    /// How it stands to what it says.
    pub stance: Stance,
    /// Whether it is unnamed ("two officials, on condition of anonymity").
    pub anonymous: bool,
    /// Who passed it on ("told Reuters").
    pub via: Option<Coded<Participant>>,
    /// The word that attributes ("said", "according to").
    pub cue: Option<Span>,
}

/// How an event stands to another of the same document.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The relation.
    pub relation: Relation,
    /// The other event.
    pub to: EventId,
    /// What it was read from.
    pub evidence: crate::Evidence,
    /// How likely it is right.
    pub confidence: Confidence,
}
