//! One actor and what it was when: a row of a table, or several.

use super::fold::words;
use casus_types::{Country, Date, Sector};

/// What kind of actor a row tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActorKind {
    /// A human being.
    Person,
    /// A body of one state: army, ministry, court.
    Organ,
    /// Fighters outside a state's chain of command, and criminal bands.
    ArmedGroup,
    /// A political party.
    Party,
    /// A body made of states, with its parts and missions.
    Igo,
    /// A private body without profit.
    Ngo,
    /// A company.
    Company,
    /// A newspaper, station or agency.
    Medium,
    /// Any other body: church, union, movement, people.
    Organisation,
}

impl ActorKind {
    /// Tells whether naming such an actor speaks of its country.
    pub(super) fn is_political(self) -> bool {
        !matches!(self, Self::Company | Self::Medium)
    }

    /// Returns the name of the kind, as the table writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organ => "organ",
            Self::ArmedGroup => "armed group",
            Self::Party => "party",
            Self::Igo => "igo",
            Self::Ngo => "ngo",
            Self::Company => "company",
            Self::Medium => "medium",
            Self::Organisation => "organisation",
        }
    }

    /// Returns the kind of that name in the table.
    pub(super) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "person" => Self::Person,
            "organ" => Self::Organ,
            "armed group" => Self::ArmedGroup,
            "party" => Self::Party,
            "igo" => Self::Igo,
            "ngo" => Self::Ngo,
            "company" => Self::Company,
            "medium" => Self::Medium,
            "organisation" => Self::Organisation,
            _ => return None,
        })
    }
}

/// How an actor may belong to its parent.
pub const RELATIONS: [&str; 2] = ["part_of", "sponsored_by"];

/// What an actor was over a stretch of time: one line of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Country, none where the actor has no one country.
    pub country: Option<Country>,
    /// Sector, none where the actor has none.
    pub sector: Option<Sector>,
    /// First day; open where none.
    pub from: Option<Date>,
    /// Last day; open where none.
    pub to: Option<Date>,
    /// Line in its file, from 1.
    pub line: usize,
}

/// One known actor.
#[derive(Debug, Clone)]
pub struct Actor {
    /// `wikidata:Q…` where known, `casus:` and the folded name otherwise.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// Other names, acronyms, other spellings.
    pub aliases: Vec<String>,
    /// What kind of actor it is.
    pub kind: ActorKind,
    /// What it was when, in file order; never empty.
    pub terms: Vec<Term>,
    /// Name of what it belongs to, where told.
    pub parent: Option<String>,
    /// How it belongs to its parent: one of [`RELATIONS`].
    pub relation: Option<String>,
    /// Wikidata identifier as the table gives it, `Q…`; none where it gives none.
    pub wikidata: Option<String>,
    /// The file it stands in.
    pub file: String,
}

/// An actor as it stands on one day: what `casus actor NAME --on DATE` shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorRow {
    /// The actor's id.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// What kind of actor it is.
    pub kind: ActorKind,
    /// Country on that day.
    pub country: Option<Country>,
    /// Sector on that day.
    pub sector: Option<Sector>,
    /// File and line: `people.tsv:12`.
    pub row: String,
}

impl Actor {
    /// Returns the name and the aliases as they are looked up: the bracket of "National Liberation Army (Colombia)"
    /// only tells readers of the table apart.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).map(|name| name.split(" (").next().unwrap_or(name))
    }

    /// Tells whether a word, as words are compared, stands in one of the names.
    pub(super) fn is_called(&self, noun: &str) -> bool {
        self.names().any(|name| words(name, 0, name.len()).iter().any(|word| word.key == noun))
    }

    /// Returns the word of a person's name that is the family's; none where that is too short to tell from other words.
    pub(super) fn surname(&self) -> Option<&str> {
        let (first, last) = (self.name.split_once(' ')?.0, self.name.rsplit_once(' ')?.1);
        let surname = if self.is_family_first() { first } else { last };
        (surname.chars().count() > 2).then_some(surname)
    }

    /// Tells whether the family's name comes first, as in Korean and Chinese names. So many bear one that it means nobody
    /// without a title.
    pub(super) fn is_family_first(&self) -> bool {
        let states = ["KOR", "PRK", "CHN", "TWN"];
        self.terms[0].country.is_some_and(|country| states.contains(&country.as_str()))
    }

    /// Returns the actor as it stands on a day; on its last day known where none is given.
    ///
    /// A person who held an office and holds none on that day is a former official.
    ///
    /// # Panics
    /// Never: an actor is made with its first term.
    #[must_use]
    pub fn on(&self, day: Option<Date>) -> ActorRow {
        let last = self.terms.last().expect("an actor is made with a term");
        let dated = self.terms.iter().filter(|term| term.from.is_some() || term.to.is_some());
        let term = match day {
            None => last.clone(),
            Some(day) => {
                if let Some(term) = self.terms.iter().rev().find(|term| term.is_dated() && term.holds(day)) {
                    term.clone()
                } else if let Some(base) = self.terms.iter().rev().find(|term| !term.is_dated()) {
                    base.clone()
                } else if self.kind != ActorKind::Person {
                    last.clone()
                } else if let Some(past) = dated.clone().rfind(|term| term.to.is_some_and(|to| to < day)) {
                    Term { sector: past.sector.map(after_office), ..past.clone() }
                } else {
                    let first = dated.clone().next().unwrap_or(last);
                    Term { sector: None, ..first.clone() }
                }
            }
        };
        ActorRow {
            id: self.id.clone(),
            name: self.name.clone(),
            kind: self.kind,
            country: term.country,
            sector: term.sector,
            row: format!("{}:{}", self.file, term.line),
        }
    }

    /// Tells whether a dated term of the actor holds on that day, or the actor has no dates.
    pub(super) fn is_current(&self, day: Option<Date>) -> bool {
        day.is_none_or(|day| self.terms.iter().any(|term| term.holds(day)))
    }

    /// Tells whether the news of a day may speak of the actor by surname alone.
    pub(super) fn is_of_the_time(&self, day: Option<Date>) -> bool {
        day.is_none_or(|day| self.terms.iter().any(|term| term.is_near(day)))
    }
}

/// Years after an office in which its bearer's surname alone may mean him, and years before: a report of 2025 that says
/// "Eden" means nobody who governed in 1956.
const SPOKEN_OF: i16 = 30;
const KNOWN_BEFORE: i16 = 5;

/// The longest that anyone holds an office, in years: who died in it has no last day in the tables.
const LONGEST: i16 = 50;

impl Term {
    /// Tells whether the news of a day may still, or already, speak of who held the term.
    fn is_near(&self, day: Date) -> bool {
        let year = |day: Date| day.year();
        let to = self.to.map(year).or(self.from.map(|from| year(from) + LONGEST));
        to.is_none_or(|to| year(day) <= to + SPOKEN_OF)
            && self.from.is_none_or(|from| year(from) <= year(day) + KNOWN_BEFORE)
    }

    /// Tells whether the day lies in the term; open ends hold all days.
    pub(super) fn holds(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Tells whether the term has a first or last day.
    pub(super) fn is_dated(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }

    /// Tells whether two dated terms share a day.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.is_dated()
            && other.is_dated()
            && self.from.is_none_or(|from| other.to.is_none_or(|to| from <= to))
            && other.from.is_none_or(|from| self.to.is_none_or(|to| from <= to))
    }
}

/// Returns the sector of a person who left an office of this sector: rebels and party leaders stay what they are.
fn after_office(sector: Sector) -> Sector {
    match sector {
        Sector::Gov | Sector::Leg | Sector::Mil | Sector::Spy | Sector::Cop | Sector::Jud => Sector::Eli,
        other => other,
    }
}
