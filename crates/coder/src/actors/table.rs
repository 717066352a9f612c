//! The actor table: who is known by which names, and what they were when.

use super::country::Countries;
use super::fold::key;
use super::noun::Nouns;
use super::phrases::Phrases;
use casus_types::{Country, Date, Sector};
use std::collections::BTreeMap;
use std::fmt;

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

    /// Returns the kind of that name in the table.
    fn parse(name: &str) -> Option<Self> {
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
    /// How it belongs to its parent: `part_of` or `sponsored_by`.
    pub relation: Option<String>,
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

/// Everything casus knows about who is who.
#[derive(Debug, Clone, Default)]
pub struct ActorTable {
    /// In the order of the files.
    pub(super) actors: Vec<Actor>,
    /// By name and alias.
    pub(super) names: Phrases<usize>,
    /// Persons by one word of their names.
    pub(super) surnames: Phrases<usize>,
    /// Countries.
    pub(super) countries: Countries,
    /// Agent nouns.
    pub(super) nouns: Nouns,
}

/// Why the tables could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActorTableError {
    /// A country line without code or name.
    Country {
        /// File name.
        file: String,
        /// Line, from 1.
        line: usize,
        /// What stands where the code should.
        found: String,
    },
    /// An agent noun line with an unknown sector or class.
    Noun {
        /// Line, from 1.
        line: usize,
        /// What could not be read.
        found: String,
    },
    /// An actor line with an unknown kind, country, sector or day.
    Actor {
        /// File name.
        file: String,
        /// Line, from 1.
        line: usize,
        /// The column.
        column: &'static str,
        /// What stands there.
        found: String,
    },
}

impl fmt::Display for ActorTableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Country { file, line, found } => {
                write!(f, "{file}:{line}: not a country code and a name: {found:?}")
            }
            Self::Noun { line, found } => {
                write!(f, "agent_nouns.tsv:{line}: not a sector or class: {found:?}")
            }
            Self::Actor { file, line, column, found } => {
                write!(f, "{file}:{line}: not a {column}: {found:?}")
            }
        }
    }
}

impl std::error::Error for ActorTableError {}

/// Something in the tables that an editor should look at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableFault {
    /// Two actors share a canonical name.
    DuplicateName(String),
    /// Two terms of one actor overlap in time.
    OverlappingTerms(String),
    /// A country code that `countries.tsv` does not have.
    UnknownCountry(String, Country),
    /// A parent that no table names.
    UnknownParent(String, String),
    /// A term that ends before it begins.
    BackwardTerm(String),
}

impl ActorTable {
    /// Reads the tables: `countries.tsv` and any number of actor files, with the agent nouns.
    ///
    /// Columns of an actor file: name, aliases (parted by `|`), kind, country, sector, from, to, parent, relation,
    /// Wikidata id. Several lines with one name are the terms of one actor; its aliases are joined.
    ///
    /// # Errors
    /// At the first line with an unknown kind, country, sector, class or day.
    pub fn parse(files: &[(&str, &str)], agent_nouns: &str) -> Result<Self, ActorTableError> {
        let mut table = Self { nouns: Nouns::parse(agent_nouns)?, ..Self::default() };
        for &(file, text) in files {
            if file == "countries.tsv" {
                table.countries = Countries::parse(file, text)?;
            } else {
                table.read_actors(file, text)?;
            }
        }
        table.index();
        Ok(table)
    }

    /// Returns the actors of that name or alias as they stand on a day, today's state where there is none.
    #[must_use]
    pub fn lookup(&self, name: &str, on: Option<Date>) -> Vec<ActorRow> {
        let mut found = self.names.of_key(&key(name));
        found.extend(self.surnames.of_key(&key(name)));
        let mut rows: Vec<ActorRow> = Vec::new();
        for idx in found {
            let row = self.actors[idx].on(on);
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        rows
    }

    /// Tells whether a phrase holds a known name that "and" is part of: "Bosnia and Herzegovina".
    pub(crate) fn names_one(&self, phrase: &str) -> bool {
        let all = super::fold::words(phrase, 0, phrase.len());
        (0..all.len()).any(|at| {
            let known = self.names.longest_at(&all, at).map(|(n, _)| n);
            let country = self.countries.phrases.longest_at(&all, at).map(|(n, _)| n);
            known.max(country).is_some_and(|n| all[at..at + n].iter().any(|w| w.key == "and"))
        })
    }

    /// Returns every actor, in the order of the files.
    pub fn actors(&self) -> impl Iterator<Item = &Actor> {
        self.actors.iter()
    }

    /// Returns what an editor of the tables should look at, sorted.
    #[must_use]
    pub fn check(&self) -> Vec<TableFault> {
        let mut faults = Vec::new();
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for actor in &self.actors {
            *seen.entry(key(&actor.name)).or_default() += 1;
            for (n, term) in actor.terms.iter().enumerate() {
                if term.from.zip(term.to).is_some_and(|(from, to)| to < from) {
                    faults.push(TableFault::BackwardTerm(actor.name.clone()));
                }
                if actor.terms[..n].iter().any(|other| term.overlaps(other)) {
                    faults.push(TableFault::OverlappingTerms(actor.name.clone()));
                }
                if let Some(country) = term.country
                    && country.is_state()
                    && self.countries.of(country).is_none()
                {
                    faults.push(TableFault::UnknownCountry(actor.name.clone(), country));
                }
            }
            if let Some(parent) = &actor.parent
                && self.names.of_key(&key(parent)).is_empty()
            {
                faults.push(TableFault::UnknownParent(actor.name.clone(), parent.clone()));
            }
        }
        faults.extend(
            seen.into_iter().filter(|(_, n)| *n > 1).map(|(name, _)| TableFault::DuplicateName(name)),
        );
        faults.sort();
        faults.dedup();
        faults
    }

    /// Reads one actor file.
    fn read_actors(&mut self, file: &str, text: &str) -> Result<(), ActorTableError> {
        let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
        for (n, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let fields: Vec<&str> = line.split('\t').collect();
            let field = |n: usize| fields.get(n).copied().unwrap_or_default();
            let fault = |column: &'static str, found: &str| ActorTableError::Actor {
                file: file.to_owned(),
                line: n + 1,
                column,
                found: found.to_owned(),
            };
            let name = field(0);
            let kind = ActorKind::parse(field(2)).ok_or_else(|| fault("kind", field(2)))?;
            let country = match field(3) {
                "" => None,
                code => Some(Country::new(code).ok_or_else(|| fault("country", code))?),
            };
            let sector = match field(4) {
                "" => None,
                code => Some(code.parse::<Sector>().map_err(|_| fault("sector", code))?),
            };
            let day = |text: &str| match text {
                "" => Ok(None),
                day => day.parse::<Date>().map(Some).map_err(|_| fault("day", day)),
            };
            let term = Term { country, sector, from: day(field(5))?, to: day(field(6))?, line: n + 1 };
            let aliases = field(1).split('|').filter(|alias| !alias.is_empty()).map(str::to_owned);
            if let Some(&known) = by_name.get(name) {
                self.actors[known].aliases.extend(aliases);
                self.actors[known].terms.push(term);
                continue;
            }
            let text_of = |n: usize| Some(field(n)).filter(|text| !text.is_empty()).map(str::to_owned);
            let id = match field(9) {
                "" => format!("casus:{}", key(name).replace(' ', "-")),
                wikidata => format!("wikidata:{wikidata}"),
            };
            by_name.insert(name.to_owned(), self.actors.len());
            self.actors.push(Actor {
                id,
                name: name.to_owned(),
                aliases: aliases.collect(),
                kind,
                terms: vec![term],
                parent: text_of(7),
                relation: text_of(8),
                file: file.to_owned(),
            });
        }
        Ok(())
    }

    /// Makes the indices of names and surnames.
    fn index(&mut self) {
        for (idx, actor) in self.actors.iter().enumerate() {
            for name in std::iter::once(&actor.name).chain(&actor.aliases) {
                // "National Liberation Army (Colombia)": the bracket tells readers of the table apart.
                let bare = name.split(" (").next().unwrap_or(name);
                self.names.add(bare, idx);
            }
            if actor.kind == ActorKind::Person
                && let Some(surname) = actor.name.rsplit(' ').next()
                && actor.name.contains(' ')
                && surname.chars().count() > 2
            {
                self.surnames.add(surname, idx);
            }
        }
    }
}

impl Actor {
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
}

impl Term {
    /// Tells whether the day lies in the term; open ends hold all days.
    fn holds(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Tells whether the term has a first or last day.
    fn is_dated(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }

    /// Tells whether two dated terms share a day.
    fn overlaps(&self, other: &Self) -> bool {
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
