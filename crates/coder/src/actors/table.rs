//! The actor table: who is known by which names.

use super::actor::{Actor, ActorKind, ActorRow};
use super::country::{Countries, CountryForm};
use super::definite::DefiniteNouns;
use super::fold::{Gap, key};
use super::line::{Line, rows};
use super::noun::{NounClass, Nouns};
use super::phrase::Piece;
use super::phrase_words::{PhraseWords, Role};
use super::phrases::Phrases;
use casus_types::{Date, Sector};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

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
    /// Nouns that point back.
    pub(super) definite: DefiniteNouns,
    /// Small words of phrases.
    pub(super) words: PhraseWords,
}

/// Why a line of the tables could not be read.
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
        /// File name.
        file: String,
        /// Line, from 1.
        line: usize,
        /// What could not be read.
        found: String,
    },
    /// An actor line without a name, or with an unknown kind, country, sector or day.
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

impl ActorTableError {
    /// Returns what to write instead.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Country { .. } => {
                "columns: alpha-3 code, name, other names, adjectives, plurals, seats of government"
            }
            Self::Noun { .. } => {
                "columns: noun, plural, PLOVER sector or -, class (body, office, people, member, outsider), name"
            }
            Self::Actor { column, .. } => match *column {
                "name" => "the first column is the actor's name; columns are parted by tabs",
                "kind" => {
                    "the third column is person, organ, armed group, party, igo, ngo, company, medium or organisation"
                }
                "country" => "the fourth column is an ISO 3166 alpha-3 code, IGO, NGO or MNC, or empty",
                "sector" => "the fifth column is a PLOVER sector such as GOV, MIL or REB, or empty",
                _ => "write days as 2026-03-04; an empty column is an open end",
            },
        }
    }
}

impl fmt::Display for ActorTableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Country { file, line, found } => {
                write!(f, "{file}:{line}: not a country code and a name: {found:?}")
            }
            Self::Noun { file, line, found } => {
                write!(f, "{file}:{line}: not a sector or class: {found:?}")
            }
            Self::Actor { file, line, column, found } => {
                write!(f, "{file}:{line}: not a {column}: {found:?}")
            }
        }
    }
}

impl std::error::Error for ActorTableError {}

/// The tables that belong together, as pairs of a file's name or path and its text.
#[derive(Debug, Clone, Copy, Default)]
pub struct ActorFiles<'a> {
    /// The built-in ones.
    pub built_in: &'a [(&'a str, &'a str)],
    /// A user's: an actor, country or noun of theirs goes before a built-in one; an actor of the same name replaces it.
    pub own: &'a [(&'a str, &'a str)],
}

impl ActorTable {
    /// Tells whether the word, in small letters, is an agent noun for persons, in either number.
    pub(crate) fn is_people(&self, word: &str) -> bool {
        self.nouns.is_people(word)
    }

    /// Tells whether the word, in small letters, is an agent noun for a body: "company", "ministry".
    pub(crate) fn is_body(&self, word: &str) -> bool {
        self.nouns.is_body(word)
    }

    /// Tells whether the word, in small letters, is an agent noun for one person: "lawyer", "mayor".
    pub(crate) fn is_somebody(&self, word: &str) -> bool {
        self.nouns.is_somebody(word)
    }

    /// Tells whether the word, in small letters, names kin: "wife".
    pub(crate) fn is_kin(&self, word: &str) -> bool {
        self.words.is(Role::Kin, word)
    }

    /// Tells whether the word is a small one within the names of persons: "de", "al".
    pub(crate) fn is_particle(&self, word: &str) -> bool {
        self.words.is(Role::Particle, word)
    }

    /// Tells whether somebody speaks of himself by the word, as the text writes it: "We", but not "US".
    pub(crate) fn is_first_person(&self, word: &str) -> bool {
        word != "US" && self.words.is(Role::FirstPerson, &word.to_lowercase())
    }

    /// Reads the tables: `countries.tsv`, `agent_nouns.tsv`, `definite_nouns.tsv`, `phrase_words.tsv`, and any number of
    /// actor files under other names.
    ///
    /// Columns of an actor file: name, aliases (parted by `|`), kind, country, sector, from, to, parent, relation,
    /// Wikidata id. Several lines with one name are the terms of one actor; its aliases are joined.
    ///
    /// # Errors
    /// At the first line with an unknown kind, country, sector, class or day.
    pub fn parse(files: ActorFiles) -> Result<Self, ActorTableError> {
        let (table, mut faults) = Self::read(files);
        if faults.is_empty() { Ok(table) } else { Err(faults.swap_remove(0)) }
    }

    /// Reads the tables as far as they can be read; the lines that cannot are left out and told.
    #[must_use]
    pub fn read(files: ActorFiles) -> (Self, Vec<ActorTableError>) {
        let mut table = Self::default();
        let mut faults = Vec::new();
        let mut replaced: BTreeSet<String> = BTreeSet::new();
        for (own, files) in [(true, files.own), (false, files.built_in)] {
            for &(file, text) in files {
                match file.rsplit(['/', '\\']).next().unwrap_or(file) {
                    "countries.tsv" => table.countries.read(file, text, &mut faults),
                    "agent_nouns.tsv" => table.nouns.read(file, text, &mut faults),
                    "phrase_words.tsv" => table.words.read(file, text, &mut faults),
                    "definite_nouns.tsv" => table.definite.read(file, text, &mut faults),
                    _ => table.read_actors(file, text, &replaced, &mut faults),
                }
            }
            if own {
                replaced = table.actors.iter().map(|actor| key(&actor.name)).collect();
            }
        }
        table.index();
        (table, faults)
    }

    /// Returns the actors of that name or alias as they stand on a day, today's state where there is none.
    #[must_use]
    pub fn lookup(&self, name: &str, on: Option<Date>) -> Vec<ActorRow> {
        self.find(name).into_iter().map(|actor| actor.on(on)).collect()
    }

    /// Returns the actors of that name, alias or surname, in the order of the files.
    #[must_use]
    pub fn find(&self, name: &str) -> Vec<&Actor> {
        let mut found = self.names.of_key(&key(name));
        found.extend(self.surnames.of_key(&key(name)));
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|idx| &self.actors[idx]).collect()
    }

    /// Tells whether a name is made of words that bodies and parties of many states make theirs of: "Labour Party".
    pub(super) fn is_common(&self, name: &[super::fold::Word]) -> bool {
        name.len() > 1 && name.iter().all(|word| self.words.is(Role::Common, &word.key))
    }

    /// Tells whether a phrase without a country of its own names somebody who acts at home: "the regional mayor".
    pub(crate) fn is_local(&self, phrase: &str) -> bool {
        let words = super::fold::words(phrase, 0, phrase.len());
        words.iter().any(|word| self.words.is(Role::Local, &word.key))
    }

    /// Tells whether a phrase names what a state has in others: "the embassy".
    pub(crate) fn is_mission(&self, phrase: &str) -> bool {
        let words = super::fold::words(phrase, 0, phrase.len());
        words.iter().any(|word| self.words.is(Role::Mission, &word.key))
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

    /// Returns where the phrases for several states part that one phrase joins: behind "Kenyan" in "Kenyan and Ugandan troops".
    pub(crate) fn joined_states(&self, phrase: &str) -> Vec<usize> {
        let all = super::fold::words(phrase, 0, phrase.len());
        let parts = super::phrase::parts(self, &all);
        // "Cambodian troops" may be known as a whole.
        let state = |at: usize| {
            let part = parts.get(at)?;
            let (length, countries) = self.countries.phrases.longest_at(&all, part.from)?;
            let within =
                matches!(part.piece, Piece::Country(..) | Piece::Known(_)) && part.from + length <= part.to;
            within.then_some(countries[0])
        };
        let joins = |at: usize| parts.get(at).is_some_and(|part| all[part.from].key == "and");
        // "US and Israeli warplanes".
        let goes_on =
            |form, next| form == next || (form == CountryForm::Name && next == CountryForm::Adjective);
        let mut out = Vec::new();
        for at in 0..parts.len() {
            let Some((one, form)) = state(at).filter(|_| matches!(parts[at].piece, Piece::Country(..)))
            else {
                continue;
            };
            let next = if joins(at + 1) { at + 2 } else { at + 1 };
            let apart = next > at + 1 || parts.get(next).is_some_and(|part| all[part.from].gap == Gap::Comma);
            if apart && state(next).is_some_and(|(other, next)| other != one && goes_on(form, next)) {
                out.push(all[parts[at].to - 1].end);
            }
        }
        out
    }

    /// Returns every actor, in the order of the files.
    pub fn actors(&self) -> impl Iterator<Item = &Actor> {
        self.actors.iter()
    }

    /// Returns the sector of those whom a noun names, in either number, where it is told: that of "militants", not of "people".
    pub(crate) fn sector_of_people(&self, word: &str) -> Option<Sector> {
        let key = super::fold::words(word, 0, word.len());
        let noun = self.nouns.phrases.exactly(&key).into_iter().next()?;
        let row = &self.nouns.rows[noun];
        let are_people = matches!(row.class, NounClass::People | NounClass::Office);
        row.sector.filter(|_| are_people)
    }

    /// Tells whether an actor is a company.
    pub(crate) fn is_company(&self, actor: usize) -> bool {
        self.actors[actor].kind == ActorKind::Company
    }

    /// Tells whether an actor may be where its name says: a state's organ ("the Senate of Kenya") or a church or university.
    pub(crate) fn is_placed(&self, actor: usize) -> bool {
        matches!(self.actors[actor].kind, ActorKind::Organ | ActorKind::Organisation)
    }

    /// Reads one actor file, without the actors that another one replaces.
    fn read_actors(
        &mut self,
        file: &str,
        text: &str,
        replaced: &BTreeSet<String>,
        faults: &mut Vec<ActorTableError>,
    ) {
        let mut by_name: BTreeMap<&str, usize> = BTreeMap::new();
        for (n, line) in rows(text) {
            let line = match Line::read(file, n, line) {
                Ok(line) => line,
                Err(fault) => {
                    faults.push(fault);
                    continue;
                }
            };
            let aliases = line.aliases.into_iter().map(str::to_owned);
            if let Some(&known) = by_name.get(line.name) {
                self.actors[known].aliases.extend(aliases);
                self.actors[known].terms.push(line.term);
                continue;
            }
            if replaced.contains(&key(line.name)) {
                continue;
            }
            let id = match line.wikidata {
                None => format!("casus:{}", key(line.name).replace(' ', "-")),
                Some(wikidata) => format!("wikidata:{wikidata}"),
            };
            by_name.insert(line.name, self.actors.len());
            self.actors.push(Actor {
                id,
                name: line.name.to_owned(),
                aliases: aliases.collect(),
                kind: line.kind,
                terms: vec![line.term],
                parent: line.parent.map(str::to_owned),
                relation: line.relation.map(str::to_owned),
                wikidata: line.wikidata.map(str::to_owned),
                file: file.to_owned(),
            });
        }
    }

    /// Makes the indices of names and surnames.
    fn index(&mut self) {
        for (idx, actor) in self.actors.iter().enumerate() {
            for name in actor.names() {
                self.names.add(name, idx);
            }
            if actor.kind == ActorKind::Person
                && let Some(surname) = actor.surname()
            {
                self.surnames.add(surname, idx);
            }
        }
    }
}
