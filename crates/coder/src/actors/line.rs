//! One line of an actor file, taken apart.

use super::actor::{ActorKind, Term};
use super::table::ActorTableError;
use casus_types::{Country, Date, Sector};

/// The name and columns of an actor file in their order.
pub(super) struct Line<'a> {
    /// Canonical name.
    pub(super) name: &'a str,
    /// Other names.
    pub(super) aliases: Vec<&'a str>,
    /// What kind of actor it is.
    pub(super) kind: ActorKind,
    /// What it was when.
    pub(super) term: Term,
    /// Name of what it belongs to.
    pub(super) parent: Option<&'a str>,
    /// How it belongs to its parent.
    pub(super) relation: Option<&'a str>,
    /// Wikidata identifier.
    pub(super) wikidata: Option<&'a str>,
}

/// Returns the lines of a table that say something, with their numbers from 1.
pub(super) fn rows(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .zip(1..)
        .map(|(line, n)| (n, line.trim_end_matches('\r')))
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
}

impl<'a> Line<'a> {
    /// Reads line `n` of a file.
    ///
    /// # Errors
    /// Where the name is missing, or kind, country, sector or day are none.
    pub(super) fn read(file: &str, n: usize, line: &'a str) -> Result<Self, ActorTableError> {
        let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
        let field = |n: usize| fields.get(n).copied().unwrap_or_default();
        let fault = |column: &'static str, found: &str| ActorTableError::Actor {
            file: file.to_owned(),
            line: n,
            column,
            found: found.to_owned(),
        };
        if field(0).is_empty() {
            return Err(fault("name", field(0)));
        }
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
        let told = |n: usize| Some(field(n)).filter(|text| !text.is_empty());
        Ok(Self {
            name: field(0),
            aliases: field(1).split('|').map(str::trim).filter(|alias| !alias.is_empty()).collect(),
            kind: ActorKind::parse(field(2)).ok_or_else(|| fault("kind", field(2)))?,
            term: Term { country, sector, from: day(field(5))?, to: day(field(6))?, line: n },
            parent: told(7),
            relation: told(8),
            wikidata: told(9),
        })
    }
}
