//! Reading a `GeoNames` dump, line by line, into places to be packed.

use super::GazetteerError;
use super::pack::{KINDS, Line, pack_lines};
use std::collections::{BTreeMap, HashMap};

/// Sites that reports name, by `GeoNames` feature code: air bases, airports, refugee camps, border posts, dams, power
/// and nuclear stations, prisons, military bases, ports, oil fields, islands, passes.
const SITES: [&str; 14] = [
    "S.AIRB", "S.AIRP", "S.CMPRF", "S.PSTB", "S.DAM", "S.PS", "S.PSN", "S.PRN", "L.MILB", "L.PRT", "L.OILF",
    "T.ISL", "T.PASS", "S.MNST",
];
/// Populated places that are no more.
const GONE: [&str; 4] = ["PPLCH", "PPLH", "PPLQ", "PPLW"];
/// Other names of a place without known inhabitants that are kept: most are spellings of other languages.
const VILLAGE_NAMES: usize = 4;

/// A `GeoNames` dump as far as it is read: `allCountries.txt`, the file of one country, or `cities500.txt`.
#[derive(Debug, Default)]
pub struct Dump {
    /// Alpha-3 codes, sorted.
    countries: Vec<String>,
    /// Where the country of an alpha-2 code stands in them.
    country_of: HashMap<String, u16>,
    /// Names and aliases of the places, one after the other.
    text: String,
    places: Vec<Place>,
    /// Ids of units by their codes: `IQ.07`, `IQ.07.12`.
    units: HashMap<String, u32>,
    /// Lines that were read.
    lines: usize,
}

/// One place of the dump.
#[derive(Debug)]
struct Place {
    id: u32,
    kind: u8,
    country: u16,
    /// Where its unit codes, name and aliases stand in the text.
    at: usize,
    admin1: u8,
    admin2: u8,
    name: u8,
    aliases: u32,
    lat: f32,
    lon: f32,
    population: u32,
}

/// How much of a dump was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DumpCount {
    /// Lines that were read.
    pub lines: usize,
    /// Places that were kept.
    pub places: usize,
    /// First- and second-level units among them.
    pub units: usize,
}

impl Dump {
    /// Returns an empty dump; the countries' codes come from the text of `data/places/countries.tsv`.
    #[must_use]
    pub fn new(countries: &str) -> Self {
        let mut codes: Vec<(&str, &str)> = Vec::new();
        for line in countries.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            if let (Some(three), Some(two)) = (fields.next(), fields.next()) {
                codes.push((three, two));
            }
        }
        codes.sort_unstable();
        Self {
            country_of: codes.iter().zip(0..).map(|((_, two), n)| ((*two).to_owned(), n)).collect(),
            countries: codes.iter().map(|(three, _)| (*three).to_owned()).collect(),
            ..Self::default()
        }
    }

    /// Takes one line: the nineteen columns of `GeoNames`, tab-separated. What is no place that reports name (mountains,
    /// streams, schools) is passed over.
    ///
    /// # Errors
    /// Where the line has other columns.
    pub fn take(&mut self, line: &str) -> Result<(), GazetteerError> {
        self.lines += 1;
        if line.is_empty() {
            return Ok(());
        }
        let at = self.lines;
        let fields: Vec<&str> = line.split('\t').collect();
        if fields.len() != 19 {
            return Err(GazetteerError::Line { file: "the dump", line: at });
        }
        self.place(&fields).ok_or(GazetteerError::Line { file: "the dump", line: at })
    }

    /// Returns how much was taken.
    #[must_use]
    pub fn count(&self) -> DumpCount {
        let units = self.places.iter().filter(|place| place.kind < 2).count();
        DumpCount { lines: self.lines, places: self.places.len(), units }
    }

    /// Packs what was taken; of a place that came twice the last one.
    ///
    /// # Errors
    /// Where there is nothing to pack, or more than the layout can number.
    pub fn pack(&self) -> Result<Vec<u8>, GazetteerError> {
        if self.places.is_empty() {
            return Err(GazetteerError::Empty);
        }
        let mut last: BTreeMap<u32, usize> = BTreeMap::new();
        for (n, place) in self.places.iter().enumerate() {
            last.insert(place.id, n);
        }
        let mut lines = Vec::with_capacity(last.len());
        for &n in last.values() {
            let place = &self.places[n];
            let mut at = place.at;
            let mut next = |length: usize| {
                let text = &self.text[at..at + length];
                at += length;
                text
            };
            let (one, two) = (next(place.admin1.into()), next(place.admin2.into()));
            let (name, aliases) = (next(place.name.into()), next(place.aliases as usize));
            let unit = |code: &str| self.units.get(code).copied().unwrap_or(0);
            lines.push(Line {
                id: place.id,
                kind: place.kind,
                country: &self.countries[usize::from(place.country)],
                admin1: unit(one),
                admin2: if place.kind == 1 { 0 } else { unit(two) },
                lat: place.lat.into(),
                lon: place.lon.into(),
                population: place.population.into(),
                name,
                aliases,
            });
        }
        pack_lines(lines)
    }

    /// Takes the place of a line where reports may name it; none where a column does not read.
    fn place(&mut self, fields: &[&str]) -> Option<()> {
        let &[
            id,
            name,
            ascii,
            names,
            lat,
            lon,
            class,
            code,
            country,
            _,
            one,
            two,
            ..,
            population,
            _,
            _,
            _,
            _,
        ] = fields
        else {
            return None;
        };
        let id: u32 = id.parse().ok().filter(|id| *id < 1 << 24)?;
        let (lat, lon): (f32, f32) = (lat.parse().ok()?, lon.parse().ok()?);
        if lat.abs() > 90.0 || lon.abs() > 180.0 {
            return None;
        }
        let population: u64 = population.parse().unwrap_or(0);
        let Some(kind) = kind(class, code) else { return Some(()) };
        let Some(&country_idx) = self.country_of.get(country) else { return Some(()) };
        let unit1 = if one.is_empty() || one == "00" { String::new() } else { format!("{country}.{one}") };
        let unit2 = if two.is_empty() || unit1.is_empty() { String::new() } else { format!("{unit1}.{two}") };
        match code {
            "ADM1" => _ = self.units.insert(unit1.clone(), id),
            "ADM2" => _ = self.units.insert(unit2.clone(), id),
            _ => {}
        }
        let own = if is_latin(name) { name } else { ascii };
        if own.is_empty() || own.len() > 255 || unit1.len() > 255 || unit2.len() > 255 {
            return Some(()); // a name that no report writes
        }
        let most = if population > 0 || kind < 2 { usize::MAX } else { VILLAGE_NAMES };
        let aliases = useful(own, ascii, names, most);
        let at = self.text.len();
        for part in [unit1.as_str(), &unit2, own, &aliases] {
            self.text.push_str(part);
        }
        let short = |part: &str| u8::try_from(part.len()).ok();
        self.places.push(Place {
            id,
            kind,
            country: country_idx,
            at,
            admin1: short(&unit1)?,
            admin2: short(&unit2)?,
            name: short(own)?,
            aliases: u32::try_from(aliases.len()).ok()?,
            lat,
            lon,
            population: u32::try_from(population).unwrap_or(u32::MAX),
        });
        Some(())
    }
}

/// Returns the number of the kind of a feature; none for what is no place that reports name.
fn kind(class: &str, code: &str) -> Option<u8> {
    let name = match (class, code) {
        ("A", "ADM1") => "admin1",
        ("A", "ADM2") => "admin2",
        ("A", "ADM3" | "ADM4" | "ADM5" | "ADMD") => "district",
        ("P", code) if !GONE.contains(&code) => "town",
        _ if SITES.iter().any(|site| site.split_once('.') == Some((class, code))) => "site",
        _ => return None,
    };
    KINDS.iter().position(|kind| *kind == name).and_then(|n| u8::try_from(n).ok())
}

/// Returns the other names worth keeping, parted by `|`: in Latin letters, no codes, each once.
fn useful(own: &str, ascii: &str, names: &str, most: usize) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let candidates = std::iter::once(ascii).chain(names.split(',')).map(str::trim);
    for name in candidates {
        let length = name.chars().count();
        // Airport and car plate codes.
        let code = length <= 4 && name.chars().all(|c| c.is_uppercase() || c.is_numeric());
        let known = name == own || kept.contains(&name);
        if (3..=40).contains(&length)
            && !code
            && !known
            && !name.contains('|')
            && is_latin(name)
            && begins(name)
        {
            kept.push(name);
        }
        if kept.len() == most {
            break;
        }
    }
    kept.join("|")
}

/// Tells whether a name is written in Latin letters, as English reports write names.
fn is_latin(name: &str) -> bool {
    name.chars().all(|c| {
        c.is_ascii_alphabetic()
            || matches!(c, '\u{c0}'..='\u{24f}' | 'ə' | '\u{2b0}'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}')
            || matches!(c, ' ' | '\'' | '’' | '‘' | '`' | '.' | '-' | '(' | ')')
    })
}

/// Tells whether a name begins as one: with a capital, or with an article before one. Romanised Chinese, Korean and Indic
/// forms come in small letters.
fn begins(name: &str) -> bool {
    const ARTICLES: [&str; 18] = [
        "al", "el", "ad", "ar", "as", "at", "az", "an", "ash", "adh", "ath", "es", "de", "la", "le", "les",
        "d", "l",
    ];
    let small = |c: char| c.is_ascii_lowercase();
    if !name.starts_with(small) {
        return true;
    }
    name.split_once(['-', ' ', '\'', '’'])
        .is_some_and(|(article, rest)| ARTICLES.contains(&article) && !rest.starts_with(small))
}
