//! Everything that casus knows about places, and candidates by name.

use super::country::{Countries, Named};
use super::fold::{folds_to, key, variants};
use super::nouns::KindWord;
use super::supplement::Supplement;
use super::table::{Row, RowKind, Table};
use casus_types::{Country, event::PlacePrecision};
use std::{error::Error, fmt, sync::OnceLock};

/// What casus knows about places.
#[derive(Debug)]
pub struct Gazetteer {
    table: Table,
    pub(super) countries: Countries,
    pub(super) supplement: Supplement,
    /// The seat of government of each row of the countries' table, from when it is first asked for.
    seats: Vec<OnceLock<Option<Candidate>>>,
}

/// Why the tables of places do not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GazetteerError {
    /// The bytes do not begin as a gazetteer of this layout does.
    NotAGazetteer,
    /// A section passes the end of the bytes.
    Truncated,
    /// The map of keys is damaged; with the cause.
    Keys(String),
    /// A line of a text table has the wrong columns.
    Line {
        /// Which table.
        file: &'static str,
        /// Which line, from 1.
        line: usize,
    },
    /// More places or names than the layout can number.
    TooLarge,
    /// A dump without a place.
    Empty,
}

impl fmt::Display for GazetteerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAGazetteer => f.write_str("not a gazetteer of this layout"),
            Self::Truncated => f.write_str("the gazetteer is cut short"),
            Self::Keys(cause) => write!(f, "the gazetteer's map of keys: {cause}"),
            Self::Line { file, line } => write!(f, "{file}: line {line}: wrong columns"),
            Self::Empty => f.write_str("no place in it"),
            Self::TooLarge => f.write_str("too many places or names for the gazetteer's layout"),
        }
    }
}

impl Error for GazetteerError {}

/// Where a candidate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// Row of the countries' table.
    Country(usize),
    /// Row of the supplement.
    Extra(usize),
    /// Row of the packed gazetteer.
    Row(u32),
    /// A place of the candidate's country that no table has.
    Unlisted,
}

/// A place that a name may mean.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) standing: Standing,
    pub(super) country: Option<Country>,
    /// Row of the packed gazetteer.
    pub(super) admin1: Option<u32>,
    pub(super) admin2: Option<u32>,
    pub(super) lat: f64,
    pub(super) lon: f64,
    pub(super) precision: PlacePrecision,
    /// How likely a report means it, knowing only the place: in nats.
    pub(super) prior: f64,
    /// How well the name fits: 0 for the place's own name, below for others; in nats.
    pub(super) fit: f64,
}

/// Prior of a country: its name is seldom the small town's of that name elsewhere ("Lebanon", Tennessee).
const COUNTRY: f64 = 13.0;
/// What a name that is only an alias costs, in nats.
const ALIAS: f64 = 1.6;
/// Inhabitants from which a town's other names are known abroad: "Aktau" is the port, which its own state writes Aqtau,
/// before a village of that very spelling.
const WELL_KNOWN: f64 = 100_000.0;
/// Prior of a place that no table has. A village of a country that the report never names must outweigh it.
const UNLISTED: f64 = -2.0;
/// What another spelling costs, in nats.
const VARIANT: f64 = 1.5;
/// What a kind word that agrees or disagrees ("province" with a town) gives or costs, in nats.
const KIND: f64 = 1.5;

/// What a name that is not the place's own costs: a large town has more names that people use.
fn alias(population: f64) -> f64 {
    if population >= WELL_KNOWN { ALIAS / 4.0 } else { ALIAS }
}

impl Gazetteer {
    /// Opens the tables: the packed gazetteer, `countries.tsv` and `supplement.tsv`.
    ///
    /// # Errors
    /// Where one of them is not of its form.
    pub fn new(bin: &'static [u8], countries: &str, supplement: &str) -> Result<Self, GazetteerError> {
        let countries = Countries::read(countries)?;
        Ok(Self {
            table: Table::open(bin)?,
            supplement: Supplement::read(supplement)?,
            seats: countries.rows.iter().map(|_| OnceLock::new()).collect(),
            countries,
        })
    }

    /// Returns the country that a name, adjective or people belongs to: "Iraqi", "the United States", "U.S.".
    #[must_use]
    pub fn country_of(&self, name: &str) -> Option<Country> {
        self.countries.find(name.trim()).map(|(row, _)| self.countries.rows[row].code)
    }

    /// Returns a country's name in English.
    #[must_use]
    pub fn country_name(&self, code: Country) -> Option<&str> {
        self.countries.of_code(code).map(|row| self.countries.rows[row].name.as_str())
    }

    /// Returns the number of places in the packed gazetteer.
    #[must_use]
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// Tells whether the packed gazetteer has no place.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.table.len() == 0
    }

    pub(super) fn row(&self, number: u32) -> Option<Row> {
        self.table.row(number)
    }

    /// Returns the places that bear exactly this name, but for case, accents and separators.
    pub(super) fn exact(&self, name: &str) -> Vec<Candidate> {
        let key = key(name);
        let mut candidates: Vec<Candidate> = self.country(name).into_iter().collect();
        self.of_key(&key, 0.0, &mut candidates);
        candidates
    }

    /// Returns the places that bear this name in another spelling.
    pub(super) fn respelt(&self, name: &str) -> Vec<Candidate> {
        let key = key(name);
        let mut candidates = Vec::new();
        if key.len() < 4 {
            return candidates;
        }
        for variant in variants(name, &key) {
            self.of_key(&variant, VARIANT, &mut candidates);
        }
        candidates
    }

    /// Weighs candidates by the kind word beside the name: "Katsina State", "the city of Kano".
    pub(super) fn prefer(candidates: &mut [Candidate], word: KindWord) {
        for c in candidates {
            let agrees = match word {
                KindWord::Town => c.precision <= PlacePrecision::Town,
                KindWord::Unit => matches!(c.precision, PlacePrecision::Admin1 | PlacePrecision::Admin2),
                KindWord::Other => continue,
            };
            c.fit += if agrees { KIND } else { -KIND };
        }
    }

    /// Returns a place that no table has, of a country.
    pub(super) fn unlisted(country: Country) -> Candidate {
        Candidate {
            standing: Standing::Unlisted,
            country: Some(country),
            admin1: None,
            admin2: None,
            lat: f64::NAN,
            lon: f64::NAN,
            precision: PlacePrecision::Town,
            prior: UNLISTED,
            fit: 0.0,
        }
    }

    /// Returns a country's seat of government.
    pub(super) fn seat(&self, code: Country) -> Option<Candidate> {
        let number = self.countries.of_code(code)?;
        *self.seats[number].get_or_init(|| {
            let mut candidates = Vec::new();
            self.of_key(&self.countries.rows[number].capital, 0.0, &mut candidates);
            candidates.into_iter().find(|c| c.country == Some(code) && c.precision == PlacePrecision::Town)
        })
    }

    fn country(&self, name: &str) -> Option<Candidate> {
        let (number, named) = self.countries.find(name)?;
        let row = &self.countries.rows[number];
        Some(Candidate {
            standing: Standing::Country(number),
            country: Some(row.code),
            admin1: None,
            admin2: None,
            lat: row.lat,
            lon: row.lon,
            precision: PlacePrecision::Country,
            prior: COUNTRY,
            fit: if named == Named::Name { 0.0 } else { -0.5 },
        })
    }

    fn of_key(&self, key: &str, cost: f64, into: &mut Vec<Candidate>) {
        for &number in self.supplement.find(key) {
            let extra = &self.supplement.rows[number];
            into.push(Candidate {
                standing: Standing::Extra(number),
                country: extra.country,
                admin1: None,
                admin2: None,
                lat: extra.lat,
                lon: extra.lon,
                precision: extra.precision,
                prior: extra.prior,
                fit: -cost,
            });
        }
        for number in self.table.find(key) {
            let Some(row) = self.table.row(number) else { continue };
            let standing = Standing::Row(number);
            if into.iter().any(|c| c.standing == standing) {
                continue;
            }
            let capital = self.is_capital(&row);
            let (precision, bonus) = match row.kind {
                RowKind::Admin1 => (PlacePrecision::Admin1, 0.0),
                RowKind::Admin2 | RowKind::District => (PlacePrecision::Admin2, -1.0),
                RowKind::Town if capital => (PlacePrecision::Town, 2.5),
                RowKind::Town => (PlacePrecision::Town, 0.5),
                RowKind::Site => (PlacePrecision::Point, 0.0),
            };
            let own = capital || folds_to(row.name, key);
            into.push(Candidate {
                standing,
                country: Some(row.country),
                admin1: row.admin1,
                admin2: row.admin2,
                lat: row.lat,
                lon: row.lon,
                precision,
                prior: 0.5 * (row.population + 200.0).ln() + bonus,
                fit: -cost - if own { 0.0 } else { alias(row.population) },
            });
        }
    }

    fn is_capital(&self, row: &Row) -> bool {
        let names = |c: usize| folds_to(row.name, &self.countries.rows[c].capital);
        row.kind == RowKind::Town
            && row.population > 1000.0
            && self.countries.of_code(row.country).is_some_and(names)
    }
}
