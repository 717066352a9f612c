//! The typed form: what events are to be like.

use super::countries::written;
use super::syntax::quoted;
use crate::events::Circle;
use casus_types::ontology::Context;
use casus_types::{Country, Date, EventType, Mode, Relation, Sector, Span, Stance, Status};
use std::fmt;

/// What events are asked for: those that every term fits.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    /// The terms in the order of writing.
    pub terms: Vec<Term>,
}

/// One condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// Where it stands in the query.
    pub span: Span,
    /// Whether it must not fit.
    pub negated: bool,
    /// What it asks.
    pub filter: Filter,
}

/// What a term asks of an event. Of several values one must fit.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// What is done.
    Type(Vec<EventType>),
    /// How.
    Mode(Vec<Mode>),
    /// In what setting.
    Context(Vec<Context>),
    /// How it stands to the world.
    Status(Vec<Status>),
    /// Quadrant, 1 to 4.
    Quad(Vec<u8>),
    /// CAMEO code.
    Cameo(Vec<Name>),
    /// Who does it or to whom, by name; a name of three capitals may be a country or sector too.
    Participant(Side, Vec<Name>),
    /// The country of who does it or to whom.
    ParticipantCountry(Side, Vec<Country>),
    /// The sector of who does it or to whom.
    ParticipantSector(Side, Vec<Sector>),
    /// The country where it happened.
    Country(Vec<Country>),
    /// A place where it happened, or the first-level unit it lies in.
    Place(Vec<Name>),
    /// The first-level unit where it happened.
    Admin1(Vec<Name>),
    /// Within a circle; its country is of no matter.
    Near(Circle),
    /// The first day of the act, of publication where the report does not say.
    Day(Vec<Days>),
    /// The day of publication.
    Published(Vec<Days>),
    /// A number of the event.
    Number(Measure, Vec<Range>),
    /// Whether the report gives a number at all.
    Given(Measure, bool),
    /// With what.
    Weapon(Vec<Name>),
    /// Who says so.
    Source(Vec<SourceIs>),
    /// How a source stands to it.
    Stance(Vec<Stance>),
    /// How it stands to other events.
    Link(Vec<Relation>),
    /// The incident that it belongs to, by key.
    Incident(Vec<String>),
    /// Whether it belongs to an incident at all.
    Joined(bool),
    /// Its key.
    Event(Vec<String>),
    /// The key of its report.
    Document(Vec<String>),
    /// Who published its report.
    Publisher(Vec<Name>),
    /// What a reviewer made of it.
    Reviewed(Vec<ReviewIs>),
    /// Words of its sentence.
    Text(Vec<Name>),
    /// Words of its report, headline or text.
    Report(Vec<Name>),
}

/// A side of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Who does it.
    Actor,
    /// To whom.
    Recipient,
    /// Either.
    Either,
}

impl Side {
    /// Every side.
    pub const ALL: [Self; 3] = [Self::Actor, Self::Recipient, Self::Either];

    /// Returns the keys that ask for name, country and sector.
    pub(super) fn keys(self) -> [&'static str; 3] {
        match self {
            Self::Actor => ["actor", "actor_country", "actor_sector"],
            Self::Recipient => ["recipient", "recipient_country", "recipient_sector"],
            Self::Either => ["who", "who_country", "sector"],
        }
    }
}

/// A name or words, without regard to case and diacritics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The words.
    pub words: String,
    /// Which names fit.
    pub how: NameFit,
}

/// Which names fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameFit {
    /// Those that have the words side by side.
    Within,
    /// The last word may go on.
    Beginning,
    /// Those that are the words, diacritics too.
    Whole,
}

/// Days, both ends included, open where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

/// A number of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// How many acts it speaks of as one.
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
    /// That the record is right, 0..=1.
    Confidence,
    /// PLOVER score, -10..=10.
    Score,
    /// Reports that tell of its incident.
    Reports,
}

impl Measure {
    /// Every measure.
    pub const ALL: [Self; 9] = [
        Self::Count,
        Self::Killed,
        Self::Injured,
        Self::Detained,
        Self::Displaced,
        Self::Abducted,
        Self::Confidence,
        Self::Score,
        Self::Reports,
    ];

    /// Returns its key.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Killed => "killed",
            Self::Injured => "injured",
            Self::Detained => "detained",
            Self::Displaced => "displaced",
            Self::Abducted => "abducted",
            Self::Confidence => "confidence",
            Self::Score => "score",
            Self::Reports => "reports",
        }
    }

    /// Tells whether the event has a least and a greatest number of it.
    pub(super) fn is_range(self) -> bool {
        !matches!(self, Self::Confidence | Self::Score | Self::Reports)
    }

    /// Tells whether it counts things.
    pub(super) fn is_whole(self) -> bool {
        !matches!(self, Self::Confidence | Self::Score)
    }
}

/// A range of numbers. An event's own range fits where all of it lies within, so that only what is sure is found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// Its lower end.
    pub least: Option<End>,
    /// Its upper end.
    pub most: Option<End>,
}

/// An end of a range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct End {
    /// The number.
    pub number: f64,
    /// Whether the number itself belongs to the range.
    pub included: bool,
}

/// Who says that an event is so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceIs {
    /// The report itself.
    Author,
    /// Somebody whom the report does not name.
    Unnamed,
    /// Somebody whom the report names.
    Named,
    /// Somebody of that name, at first hand or as who passed it on.
    Called(Name),
}

/// What a reviewer made of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewIs {
    /// It is right.
    Accepted,
    /// It is wrong; found only where asked for.
    Rejected,
    /// It was put right.
    Corrected,
    /// Nobody looked.
    No,
    /// Somebody looked.
    Yes,
    /// As may be; rejected ones too.
    Any,
}

impl ReviewIs {
    /// Every value.
    pub const ALL: [Self; 6] =
        [Self::Accepted, Self::Rejected, Self::Corrected, Self::No, Self::Yes, Self::Any];

    /// Returns its name in a query.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Corrected => "corrected",
            Self::No => "no",
            Self::Yes => "yes",
            Self::Any => "any",
        }
    }
}

/// The names of the quadrants, from 1.
pub(super) const QUADS: [&str; 4] =
    ["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"];

impl Query {
    /// Tells whether an event's status is asked for.
    #[must_use]
    pub fn asks_for_status(&self) -> bool {
        self.terms.iter().any(|term| matches!(term.filter, Filter::Status(_)))
    }

    /// Returns the query with one more term.
    #[must_use]
    pub fn and(mut self, filter: Filter) -> Self {
        self.terms.push(Term { span: Span::new(0, 0), negated: false, filter });
        self
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, term) in self.terms.iter().enumerate() {
            let space = if n == 0 { "" } else { " " };
            let minus = if term.negated { "-" } else { "" };
            write!(f, "{space}{minus}{}", term.filter)?;
        }
        Ok(())
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type(v) => listed(f, "type", v),
            Self::Mode(v) => listed(f, "mode", v),
            Self::Context(v) => listed(f, "context", v),
            Self::Status(v) => listed(f, "status", v),
            Self::Quad(v) => listed(f, "quad", v),
            Self::Cameo(v) => listed(f, "cameo", v),
            Self::Participant(side, v) => listed(f, side.keys()[0], v),
            Self::ParticipantCountry(side, v) => listed(f, side.keys()[1], v.iter().copied().map(written)),
            Self::ParticipantSector(side, v) => listed(f, side.keys()[2], v),
            Self::Country(v) => listed(f, "country", v.iter().copied().map(written)),
            Self::Place(v) => listed(f, "place", v),
            Self::Admin1(v) => listed(f, "admin1", v),
            Self::Near(circle) => write!(f, "near:{},{},{}", circle.lat, circle.lon, circle.km),
            Self::Day(v) => days(f, v, ["since", "until", "date"]),
            Self::Published(v) => days(f, v, ["published"; 3]),
            Self::Number(measure, v) => listed(f, measure.as_str(), v),
            Self::Given(measure, given) => {
                write!(f, "{}:{}", measure.as_str(), if *given { "any" } else { "none" })
            }
            Self::Weapon(v) => listed(f, "weapon", v),
            Self::Source(v) => listed(f, "source", v),
            Self::Stance(v) => listed(f, "stance", v),
            Self::Link(v) => listed(f, "link", v),
            Self::Incident(v) => listed(f, "incident", v.iter().map(|key| key_of(key))),
            Self::Joined(joined) => write!(f, "incident:{}", if *joined { "any" } else { "none" }),
            Self::Event(v) => listed(f, "event", v.iter().map(|key| quoted(key))),
            Self::Document(v) => listed(f, "document", v.iter().map(|key| quoted(key))),
            Self::Publisher(v) => listed(f, "publisher", v),
            Self::Reviewed(v) => listed(f, "reviewed", v.iter().map(|review| review.as_str())),
            Self::Text(v) => listed(f, "text", v),
            Self::Report(v) => listed(f, "report", v),
        }
    }
}

/// Writes a key with its values.
fn listed<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    key: &str,
    values: impl IntoIterator<Item = T>,
) -> fmt::Result {
    let values: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
    write!(f, "{key}:{}", values.join(","))
}

/// Writes days, by the key for open ends where there is but one range.
fn days(f: &mut fmt::Formatter<'_>, ranges: &[Days], [since, until, both]: [&str; 3]) -> fmt::Result {
    match ranges {
        [Days { from: Some(from), to: None }] if since != both => write!(f, "{since}:{from}"),
        [Days { from: None, to: Some(to) }] if until != both => write!(f, "{until}:{to}"),
        _ => listed(f, both, ranges),
    }
}

/// Returns an incident's key so that it is not taken for `any` or `none`.
fn key_of(key: &str) -> String {
    if matches!(key, "any" | "none") { format!("\"{key}\"") } else { quoted(key) }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        write!(f, "{}..{}", day(self.from), day(self.to))
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let equals = |end: End| if end.included { "=" } else { "" };
        match (self.least, self.most) {
            (Some(a), Some(b)) if a == b => write!(f, "{}", a.number),
            (Some(a), Some(b)) => write!(f, "{}..{}", a.number, b.number),
            (Some(a), None) => write!(f, ">{}{}", equals(a), a.number),
            (None, Some(b)) => write!(f, "<{}{}", equals(b), b.number),
            (None, None) => write!(f, ".."),
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = quoted(&self.words);
        match self.how {
            NameFit::Within => write!(f, "{words}"),
            NameFit::Beginning => write!(f, "{words}*"),
            NameFit::Whole => write!(f, "={words}"),
        }
    }
}

impl fmt::Display for SourceIs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Author => write!(f, "author"),
            Self::Unnamed => write!(f, "unnamed"),
            Self::Named => write!(f, "named"),
            // A name like a word of the language is told from it by quotation marks.
            Self::Called(name) if matches!(name.words.as_str(), "author" | "unnamed" | "named") => {
                let Name { words, how } = name;
                let (before, behind) = match how {
                    NameFit::Within => ("", ""),
                    NameFit::Beginning => ("", "*"),
                    NameFit::Whole => ("=", ""),
                };
                write!(f, "{before}\"{words}\"{behind}")
            }
            Self::Called(name) => write!(f, "{name}"),
        }
    }
}
