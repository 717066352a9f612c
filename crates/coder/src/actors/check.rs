//! What an editor of the tables should look at.

use super::actor::{Actor, ActorKind, RELATIONS, Term};
use super::fold::{key, words};
use super::table::{ActorFiles, ActorTable, ActorTableError};
use casus_types::Country;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Something in the tables that an editor should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFault {
    /// File name or path.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub fault: Fault,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The line cannot be read.
    Unreadable(ActorTableError),
    /// Another actor has this canonical name; where that stands.
    DuplicateName(String, String),
    /// Two terms of one actor share a day; the line of the other one.
    OverlappingTerms(String, usize),
    /// A term that ends before it begins.
    BackwardTerm(String),
    /// A country code that `countries.tsv` does not have.
    UnknownCountry(String, Country),
    /// A parent that no table names.
    UnknownParent(String, String),
    /// A relation that is none of [`RELATIONS`].
    UnknownRelation(String, String),
    /// A Wikidata identifier that is not Q and digits, or that another actor has; where that stands.
    Identifier(String, String, Option<String>),
    /// A name or alias that stands twice on one actor.
    RepeatedAlias(String, String),
    /// An alias that another actor of the same country has at the same time, so that nothing can tell them apart; the
    /// other's name, and where it stands.
    AliasClash(String, String, String),
    /// An alias without a letter.
    ShortAlias(String, String),
}

impl Fault {
    /// Returns what to do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Unreadable(error) => error.hint(),
            Self::DuplicateName(..) => {
                "join them, or tell namesakes apart with a bracket: National Liberation Army (Colombia)"
            }
            Self::OverlappingTerms(..) => "let one term end the day before the next begins",
            Self::BackwardTerm(_) => "the sixth column is the first day, the seventh the last",
            Self::UnknownCountry(..) => "add the country to countries.tsv, or correct the code",
            Self::UnknownParent(..) => "the eighth column is the canonical name of another actor",
            Self::UnknownRelation(..) => "the ninth column is part_of or sponsored_by",
            Self::Identifier(..) => "the tenth column is the actor's own Wikidata identifier, Q and digits",
            Self::RepeatedAlias(..) => "take one of them out",
            Self::AliasClash(..) => "take the alias from one of them, or give one an end in time",
            Self::ShortAlias(..) => "a number is no name; it would be found in every count",
        }
    }
}

impl fmt::Display for TableFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An unreadable line names its place itself.
        if let Fault::Unreadable(error) = &self.fault {
            return error.fmt(f);
        }
        write!(f, "{}:{}: ", self.file, self.line)?;
        match &self.fault {
            Fault::Unreadable(error) => error.fmt(f),
            Fault::DuplicateName(name, other) => write!(f, "{name:?}: stands at {other} too"),
            Fault::OverlappingTerms(name, other) => {
                write!(f, "{name:?}: this term and that of line {other} share days")
            }
            Fault::BackwardTerm(name) => write!(f, "{name:?}: the term ends before it begins"),
            Fault::UnknownCountry(name, country) => write!(f, "{name:?}: no country has the code {country}"),
            Fault::UnknownParent(name, parent) => {
                write!(f, "{name:?}: no actor has its parent's name {parent:?}")
            }
            Fault::UnknownRelation(name, relation) => write!(f, "{name:?}: no relation: {relation:?}"),
            Fault::Identifier(name, id, None) => write!(f, "{name:?}: no Wikidata identifier: {id:?}"),
            Fault::Identifier(name, id, Some(other)) => write!(f, "{name:?}: {id} is that of {other} too"),
            Fault::RepeatedAlias(name, alias) => write!(f, "{name:?}: the alias {alias:?} stands twice"),
            Fault::AliasClash(alias, other, place) => {
                write!(f, "{alias:?} is also {other:?} ({place}), in the same country at the same time")
            }
            Fault::ShortAlias(name, alias) => write!(f, "{name:?}: the alias {alias:?} has no letter"),
        }
    }
}

/// Returns what an editor of the tables should look at, in the order of the files, a user's first.
#[must_use]
pub fn check(files: ActorFiles) -> Vec<TableFault> {
    let (table, unread) = ActorTable::read(files);
    let mut faults: Vec<TableFault> = unread.into_iter().map(unreadable).collect();
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
    for (idx, actor) in table.actors.iter().enumerate() {
        let mut tell = |line: usize, fault| {
            faults.push(TableFault { file: actor.file.clone(), line, fault });
        };
        let first = actor.terms[0].line;
        let name = || actor.name.clone();
        if let Some(&other) = names.get(&key(&actor.name)) {
            tell(first, Fault::DuplicateName(name(), place(&table.actors[other])));
        }
        // Namesakes differ in their brackets, which a key keeps.
        names.entry(key(&actor.name)).or_insert(idx);
        terms(&table, actor, &mut tell);
        if let Some(parent) = &actor.parent
            && table.names.of_key(&key(parent)).is_empty()
            && !table.actors.iter().any(|other| other.name == *parent)
        {
            tell(first, Fault::UnknownParent(name(), parent.clone()));
        }
        if let Some(relation) = actor.relation.as_ref().filter(|r| !RELATIONS.contains(&r.as_str())) {
            tell(first, Fault::UnknownRelation(name(), relation.clone()));
        }
        if let Some(id) = &actor.wikidata {
            let digits =
                id.strip_prefix('Q').is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()) && !n.is_empty());
            let other = ids.get(id.as_str()).map(|&other| place(&table.actors[other]));
            if !digits || other.is_some() {
                tell(first, Fault::Identifier(name(), id.clone(), other));
            }
            ids.entry(id).or_insert(idx);
        }
        aliases(&table, idx, &mut tell);
    }
    faults
}

fn unreadable(error: ActorTableError) -> TableFault {
    let (ActorTableError::Country { file, line, .. }
    | ActorTableError::Noun { file, line, .. }
    | ActorTableError::Actor { file, line, .. }) = &error;
    TableFault { file: file.clone(), line: *line, fault: Fault::Unreadable(error) }
}

/// Returns where an actor stands: file and first line.
fn place(actor: &Actor) -> String {
    format!("{}:{}", actor.file, actor.terms[0].line)
}

fn terms(table: &ActorTable, actor: &Actor, tell: &mut impl FnMut(usize, Fault)) {
    for (n, term) in actor.terms.iter().enumerate() {
        if term.from.zip(term.to).is_some_and(|(from, to)| to < from) {
            tell(term.line, Fault::BackwardTerm(actor.name.clone()));
        }
        if let Some(other) = actor.terms[..n].iter().find(|other| term.overlaps(other)) {
            tell(term.line, Fault::OverlappingTerms(actor.name.clone(), other.line));
        }
        if let Some(country) = term.country
            && country.is_state()
            && table.countries.of(country).is_none()
        {
            tell(term.line, Fault::UnknownCountry(actor.name.clone(), country));
        }
    }
}

fn aliases(table: &ActorTable, idx: usize, tell: &mut impl FnMut(usize, Fault)) {
    let actor = &table.actors[idx];
    let first = actor.terms[0].line;
    // Other spellings of one key do no harm, and help who searches the file.
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for name in std::iter::once(&actor.name).chain(&actor.aliases).filter(|name| !seen.insert(name)) {
        tell(first, Fault::RepeatedAlias(actor.name.clone(), name.clone()));
    }
    let mut looked_up: BTreeSet<String> = BTreeSet::new();
    for name in actor.names() {
        let key = key(name);
        if !looked_up.insert(key.clone()) {
            continue;
        }
        let found = words(name, 0, name.len());
        let letters = key.bytes().filter(u8::is_ascii_alphabetic).count();
        if letters == 0 {
            tell(first, Fault::ShortAlias(actor.name.clone(), name.to_owned()));
        }
        for other in table.names.exactly(&found).into_iter().filter(|&other| other < idx) {
            let other = &table.actors[other];
            if are_confused(actor, other) {
                tell(first, Fault::AliasClash(name.to_owned(), other.name.clone(), place(other)));
            }
        }
    }
}

/// Tells whether nothing in a report can tell two actors of one name apart: neither the country, nor the day.
fn are_confused(a: &Actor, b: &Actor) -> bool {
    // Persons share surnames; a report gives the full name.
    let persons = a.kind == ActorKind::Person && b.kind == ActorKind::Person;
    let together = |x: &Term, y: &Term| {
        x.from.is_none_or(|from| y.to.is_none_or(|to| from <= to))
            && y.from.is_none_or(|from| x.to.is_none_or(|to| from <= to))
    };
    !persons && a.terms.iter().any(|x| b.terms.iter().any(|y| x.country == y.country && together(x, y)))
}
