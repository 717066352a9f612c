//! Countries under the names, adjectives and peoples that reports call them by.

use super::GazetteerError;
use super::fold::key;
use casus_types::Country;
use rustc_hash::FxHashMap;

/// One country or territory.
#[derive(Debug)]
pub(super) struct CountryRow {
    pub(super) code: Country,
    pub(super) id: u32,
    pub(super) name: String,
    /// Key of the seat of government.
    pub(super) capital: String,
    pub(super) lat: f64,
    pub(super) lon: f64,
}

/// How a country is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// "Iraq", "the United States".
    Name,
    /// "Iraqi", "Iraqis".
    Demonym,
}

/// The table of `data/places/countries.tsv`.
#[derive(Debug)]
pub(super) struct Countries {
    pub(super) rows: Vec<CountryRow>,
    /// Looked up, never iterated.
    by_key: FxHashMap<String, (usize, Named)>,
    by_code: FxHashMap<Country, usize>,
}

impl Countries {
    /// Reads the table.
    ///
    /// # Errors
    /// Where a line has not its ten columns or a number does not read.
    pub(super) fn read(table: &str) -> Result<Self, GazetteerError> {
        let mut countries =
            Self { rows: Vec::new(), by_key: FxHashMap::default(), by_code: FxHashMap::default() };
        for (n, line) in table.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.is_empty()) {
            countries.add(line).ok_or(GazetteerError::Line { file: "countries.tsv", line: n + 1 })?;
        }
        Ok(countries)
    }

    fn add(&mut self, line: &str) -> Option<()> {
        let fields: Vec<&str> = line.split('\t').collect();
        let &[code, _, id, name, names, demonyms, capital, lat, lon, _] = fields.as_slice() else {
            return None;
        };
        let row = CountryRow {
            code: Country::new(code)?,
            id: id.parse().ok()?,
            name: name.to_owned(),
            capital: key(capital),
            lat: lat.parse().ok()?,
            lon: lon.parse().ok()?,
        };
        let number = self.rows.len();
        for (list, named) in [(name, Named::Name), (names, Named::Name), (demonyms, Named::Demonym)] {
            for word in list.split('|').filter(|w| !w.is_empty()) {
                // The first country to claim a name keeps it: a name outranks another country's adjective by its order.
                self.by_key.entry(key(word)).or_insert((number, named));
            }
        }
        self.by_code.insert(row.code, number);
        self.rows.push(row);
        Some(())
    }

    /// Returns the country that the words name, where they are written as a name: "US" and "U.S.", never "us".
    pub(super) fn find(&self, words: &str) -> Option<(usize, Named)> {
        if !words.chars().any(char::is_uppercase) {
            return None;
        }
        let bare = words.strip_prefix("the ").or_else(|| words.strip_prefix("The ")).unwrap_or(words);
        let key = key(bare);
        // Short forms are initials ("UK", "CAR", "DRC"); in another case they are other words ("Car").
        let initials = matches!(
            key.as_str(),
            "us" | "uk" | "usa" | "uae" | "car" | "drc" | "roc" | "rok" | "prc" | "png"
        );
        if initials && bare.chars().any(char::is_lowercase) {
            return None;
        }
        self.by_key.get(&key).copied()
    }

    /// Returns the row number of a country's code.
    pub(super) fn of_code(&self, code: Country) -> Option<usize> {
        self.by_code.get(&code).copied()
    }
}
