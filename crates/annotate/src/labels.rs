//! What the numbers that the network gives out stand for.

use casus_types::analysis::{Dating, Role, TriggerLink};
use casus_types::ontology::UnknownName;
use casus_types::{EventType, Mode, Relation, Sector, Stance, Status};
use serde::Deserialize;
use std::str::FromStr;

/// The lists as `training/export.py` writes them.
#[derive(Debug, Deserialize)]
struct Lists {
    types: Vec<String>,
    mentions: Vec<String>,
    sectors: Vec<String>,
    pos: Vec<String>,
    relations: Vec<String>,
    roles: Vec<String>,
    modes: Vec<String>,
    statuses: Vec<String>,
    stances: Vec<String>,
    whens: Vec<String>,
    reach: usize,
    whose_reach: usize,
}

/// What a column of the reader's role output says of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    /// It plays this role.
    Role(Role),
    /// It tells of an act that stands so to the trigger's.
    Link(TriggerLink),
    /// It is a source that is left unnamed.
    Anonymous,
}

/// Meanings of every output, in order. Parts of speech and dependency relations are the closed lists below, so that
/// a token can hold them without owning them.
#[derive(Debug)]
pub(crate) struct Labels {
    pub(crate) types: Vec<Option<EventType>>,
    pub(crate) n_mentions: usize,
    pub(crate) sectors: Vec<Option<Sector>>,
    pub(crate) pos: Vec<&'static str>,
    pub(crate) relations: Vec<&'static str>,
    pub(crate) roles: Vec<Column>,
    pub(crate) modes: Vec<Mode>,
    pub(crate) statuses: Vec<Status>,
    pub(crate) stances: Vec<Stance>,
    pub(crate) datings: Vec<Dating>,
    /// How many pieces to either side of a trigger its reader sees.
    pub(crate) reach: usize,
    /// How many pieces to either side of a mention its reader sees.
    pub(crate) whose_reach: usize,
}

/// Universal parts of speech.
const POS: [&str; 17] = [
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
    "SCONJ", "SYM", "VERB", "X",
];

/// Universal dependency relations.
const RELATIONS: [&str; 37] = [
    "acl",
    "advcl",
    "advmod",
    "amod",
    "appos",
    "aux",
    "case",
    "cc",
    "ccomp",
    "clf",
    "compound",
    "conj",
    "cop",
    "csubj",
    "dep",
    "det",
    "discourse",
    "dislocated",
    "expl",
    "fixed",
    "flat",
    "goeswith",
    "iobj",
    "list",
    "mark",
    "nmod",
    "nsubj",
    "nummod",
    "obj",
    "obl",
    "orphan",
    "parataxis",
    "punct",
    "reparandum",
    "root",
    "vocative",
    "xcomp",
];

/// The mention labels in the order that [`crate::mentions`] reads.
const MENTIONS: [&str; 5] = ["O", "B-actor", "I-actor", "B-place", "I-place"];

impl Labels {
    /// Reads the lists; the message names the first label that this version does not know.
    pub(crate) fn parse(json: &str) -> Result<Self, String> {
        let lists: Lists = serde_json::from_str(json).map_err(|e| e.to_string())?;
        if lists.mentions != MENTIONS {
            return Err(format!("mention labels {:?}", lists.mentions));
        }
        Ok(Self {
            types: optional(&lists.types)?,
            n_mentions: MENTIONS.len(),
            sectors: optional(&lists.sectors)?,
            pos: closed(&lists.pos, &POS)?,
            relations: closed(&lists.relations, &RELATIONS)?,
            roles: lists.roles.iter().map(|r| column(r)).collect::<Result<_, _>>()?,
            modes: named(&lists.modes)?,
            statuses: named(&lists.statuses)?,
            stances: named(&lists.stances)?,
            datings: lists.whens.iter().map(|w| dating(w)).collect::<Result<_, _>>()?,
            reach: lists.reach,
            whose_reach: lists.whose_reach,
        })
    }
}

fn named<T: FromStr<Err = UnknownName>>(names: &[String]) -> Result<Vec<T>, String> {
    names.iter().map(|n| n.parse().map_err(|e: UnknownName| e.to_string())).collect()
}

fn optional<T: FromStr<Err = UnknownName>>(names: &[String]) -> Result<Vec<Option<T>>, String> {
    let read = |n: &String| if n == "none" { Ok(None) } else { n.parse().map(Some) };
    names.iter().map(|n| read(n).map_err(|e: UnknownName| e.to_string())).collect()
}

fn closed(names: &[String], set: &[&'static str]) -> Result<Vec<&'static str>, String> {
    names.iter().map(|n| set.iter().copied().find(|s| s == n).ok_or_else(|| format!("label {n:?}"))).collect()
}

fn dating(name: &str) -> Result<Dating, String> {
    match name {
        "absent" => Ok(Dating::Absent),
        "publication" => Ok(Dating::Publication),
        "expression" => Ok(Dating::Expression),
        _ => Err(format!("dating {name:?}")),
    }
}

fn column(name: &str) -> Result<Column, String> {
    let role = match name {
        "actor" => Role::Actor,
        "recipient" => Role::Recipient,
        "place" => Role::Place,
        "time" => Role::Time,
        "source" => Role::Source,
        "via" => Role::Via,
        "count" => Role::Count,
        "killed" => Role::Killed,
        "injured" => Role::Injured,
        "detained" => Role::Detained,
        "displaced" => Role::Displaced,
        "abducted" => Role::Abducted,
        "anonymous" => return Ok(Column::Anonymous),
        "same" => return Ok(Column::Link(TriggerLink::Same)),
        _ => {
            let relation: Relation = name.parse().map_err(|e: UnknownName| e.to_string())?;
            return Ok(Column::Link(TriggerLink::Linked(relation)));
        }
    };
    Ok(Column::Role(role))
}
