//! Countries and the words for them: `data/actors/countries.tsv`.

use super::line::rows;
use super::phrases::Phrases;
use super::table::ActorTableError;
use casus_types::{Country, Sector};

/// A country with its words.
#[derive(Debug, Clone)]
pub(super) struct CountryRow {
    /// ISO 3166-1 alpha-3 code; `XKX` for Kosovo.
    pub(super) code: Country,
    /// Short English name.
    pub(super) name: String,
    /// The adjective in canonical names: "Iraqi".
    pub(super) adjective: String,
    /// Sectors of which it has nobody: "the troops" in a report on Iceland are others'.
    pub(super) without: Vec<Sector>,
    /// Whose people those mostly are who are held captive there, where that is another state.
    pub(super) captives: Option<Country>,
    /// File and line.
    pub(super) row: String,
}

/// In which form a phrase names a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CountryForm {
    /// "Iraq".
    Name,
    /// "Iraqi".
    Adjective,
    /// "Iraqis".
    People,
    /// "Baghdad", for its government.
    Seat,
}

/// The countries and an index of their words.
#[derive(Debug, Clone, Default)]
pub(super) struct Countries {
    /// In file order.
    pub(super) rows: Vec<CountryRow>,
    /// Every word for a country.
    pub(super) phrases: Phrases<(usize, CountryForm)>,
}

impl Countries {
    /// Reads a table on top of what is known: code, name, other names, adjectives, irregular plurals, seats, sectors that
    /// it lacks, whose those are that are held captive there; lists parted by `|`. Lines without a three-letter code or a
    /// name are told and left out; sectors and captives' countries that are none are told.
    pub(super) fn read(&mut self, file: &str, text: &str, faults: &mut Vec<ActorTableError>) {
        let countries = self;
        for (n, line) in rows(text) {
            let mut columns = line.split('\t');
            let mut column = || columns.next().unwrap_or_default();
            let (code, name) = (column(), column());
            let Some(code) = Country::new(code).filter(|_| !name.is_empty()) else {
                faults.push(ActorTableError::Country {
                    file: file.to_owned(),
                    line: n,
                    found: code.to_owned(),
                });
                continue;
            };
            let mut list = || column().split('|').filter(|word| !word.is_empty()).collect::<Vec<_>>();
            let (others, adjectives, peoples, seats) = (list(), list(), list(), list());
            let (lacking, captives) = (list(), list());
            let without = lacking.iter().filter_map(|sector| sector.parse().ok()).collect::<Vec<Sector>>();
            if without.len() < lacking.len() {
                faults.push(ActorTableError::Actor {
                    file: file.to_owned(),
                    line: n,
                    column: "sector",
                    found: lacking.join("|"),
                });
            }
            if captives.iter().any(|code| Country::new(code).is_none()) {
                faults.push(ActorTableError::Actor {
                    file: file.to_owned(),
                    line: n,
                    column: "country",
                    found: captives.join("|"),
                });
            }
            let idx = countries.rows.len();
            let adjective = adjectives.first().copied().unwrap_or(name).to_owned();
            countries.rows.push(CountryRow {
                code,
                name: name.to_owned(),
                adjective,
                without,
                captives: captives.first().and_then(|code| Country::new(code)),
                row: format!("{file}:{n}"),
            });
            let phrases = &mut countries.phrases;
            phrases.add(name, (idx, CountryForm::Name));
            for other in others {
                phrases.add(other, (idx, CountryForm::Name));
            }
            for adjective in adjectives {
                phrases.add(adjective, (idx, CountryForm::Adjective));
                if !adjective.ends_with(['s', 'h', 'e', '.']) || adjective.ends_with("Czech") {
                    phrases.add(&format!("{adjective}s"), (idx, CountryForm::People));
                }
            }
            for people in peoples {
                phrases.add(people, (idx, CountryForm::People));
            }
            for seat in seats {
                phrases.add(seat, (idx, CountryForm::Seat));
            }
        }
    }

    /// Returns the row of a code.
    pub(super) fn of(&self, code: Country) -> Option<&CountryRow> {
        self.rows.iter().find(|row| row.code == code)
    }
}
