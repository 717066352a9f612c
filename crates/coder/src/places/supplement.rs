//! Places that reports name and `GeoNames`' towns and units lack: regions, seas, bases, camps, crossings, seats of power.

use super::GazetteerError;
use super::fold::key;
use casus_types::{Country, event::PlacePrecision};
use rustc_hash::FxHashMap;

/// One place of ours.
#[derive(Debug)]
pub(super) struct Extra {
    pub(super) name: String,
    /// None for seas and regions of several countries.
    pub(super) country: Option<Country>,
    pub(super) admin1: Option<String>,
    pub(super) lat: f64,
    pub(super) lon: f64,
    pub(super) precision: PlacePrecision,
    /// How likely a report means it, knowing only its kind, in nats: on the scale of half the logarithm of a town's
    /// inhabitants.
    pub(super) prior: f64,
}

/// The table of `data/places/supplement.tsv`.
#[derive(Debug)]
pub(super) struct Supplement {
    pub(super) rows: Vec<Extra>,
    /// Looked up, never iterated.
    by_key: FxHashMap<String, Vec<usize>>,
}

impl Supplement {
    /// Reads the table.
    ///
    /// # Errors
    /// Where a line has not its eight columns, or one of them does not read.
    pub(super) fn read(table: &str) -> Result<Self, GazetteerError> {
        let mut supplement = Self { rows: Vec::new(), by_key: FxHashMap::default() };
        for (n, line) in table.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.is_empty()) {
            supplement.add(line).ok_or(GazetteerError::Line { file: "supplement.tsv", line: n + 1 })?;
        }
        Ok(supplement)
    }

    fn add(&mut self, line: &str) -> Option<()> {
        let fields: Vec<&str> = line.split('\t').collect();
        let &[name, aliases, country, admin1, lat, lon, precision, kind] = fields.as_slice() else {
            return None;
        };
        let row = Extra {
            name: name.to_owned(),
            country: if country == "-" { None } else { Some(Country::new(country)?) },
            admin1: Some(admin1).filter(|a| !a.is_empty()).map(str::to_owned),
            lat: lat.parse().ok().filter(|d: &f64| d.abs() <= 90.0)?,
            lon: lon.parse().ok().filter(|d: &f64| d.abs() <= 180.0)?,
            precision: match precision {
                "point" => PlacePrecision::Point,
                "town" => PlacePrecision::Town,
                "admin2" => PlacePrecision::Admin2,
                "admin1" => PlacePrecision::Admin1,
                "country" => PlacePrecision::Country,
                _ => return None,
            },
            prior: match kind {
                // Its name means it rather than the state that shares it: "New York", "Washington".
                "city" => 9.5,
                // Many share their names with places elsewhere.
                "village" | "camp" | "district" => 7.0,
                // Reports name it, else it would not stand there.
                _ => 8.0,
            },
        };
        let number = self.rows.len();
        for word in std::iter::once(name).chain(aliases.split('|')).filter(|w| !w.is_empty()) {
            let numbers = self.by_key.entry(key(word)).or_default();
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        self.rows.push(row);
        Some(())
    }

    /// Returns the row numbers of the places of this key.
    pub(super) fn find(&self, key: &str) -> &[usize] {
        self.by_key.get(key).map_or(&[], Vec::as_slice)
    }
}
