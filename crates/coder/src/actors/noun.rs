//! Agent nouns, words for kinds of actor: `data/rules/agent_nouns.tsv`.

use super::phrases::Phrases;
use super::table::ActorTableError;
use casus_types::Sector;

/// What an agent noun stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NounClass {
    /// An institution, its parts and its things: "army", "ministry", "hospital".
    Body,
    /// Who holds an office: "president", "judge".
    Office,
    /// Plain persons: "soldiers", "villagers".
    People,
    /// A part of something that decides who it is: "members of", "leader", "faction".
    Member,
    /// Who may be from anywhere, so that the context tells nothing of their country: "refugees", "allies".
    Outsider,
}

/// One agent noun.
#[derive(Debug, Clone)]
pub(super) struct NounRow {
    /// The singular.
    pub(super) noun: String,
    /// Its sector; none for parts of anything.
    pub(super) sector: Option<Sector>,
    /// What it stands for.
    pub(super) class: NounClass,
    /// The name of a country's one such actor, with `{country}` or `{adjective}` in it; empty where it has many.
    pub(super) canonical: String,
}

/// The agent nouns and an index of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Nouns {
    /// In file order.
    pub(super) rows: Vec<NounRow>,
    /// Singulars and plurals.
    pub(super) phrases: Phrases<usize>,
}

impl Nouns {
    /// Reads the table: noun, plural, sector or `-`, class, canonical name.
    ///
    /// # Errors
    /// Where a line names no known sector or class.
    pub(super) fn parse(text: &str) -> Result<Self, ActorTableError> {
        let mut nouns = Self::default();
        for (n, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut columns = line.split('\t');
            let mut column = || columns.next().unwrap_or_default();
            let (noun, plural, sector, class, canonical) = (column(), column(), column(), column(), column());
            let fault = |found: &str| ActorTableError::Noun { line: n + 1, found: found.to_owned() };
            let sector = match sector {
                "-" => None,
                code => Some(code.parse::<Sector>().map_err(|_| fault(code))?),
            };
            let class = match class {
                "body" => NounClass::Body,
                "office" => NounClass::Office,
                "people" => NounClass::People,
                "member" => NounClass::Member,
                "outsider" => NounClass::Outsider,
                other => return Err(fault(other)),
            };
            let idx = nouns.rows.len();
            nouns.phrases.add(noun, idx);
            if !plural.is_empty() {
                nouns.phrases.add(plural, idx);
            }
            nouns.rows.push(NounRow {
                noun: noun.to_owned(),
                sector,
                class,
                canonical: canonical.to_owned(),
            });
        }
        Ok(nouns)
    }
}
