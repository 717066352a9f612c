//! The packed gazetteer: read in place, so that opening it costs nothing.
//!
//! All numbers are little-endian. A header of [`HEADER`] bytes (magic, then start and length of each section, `u32`)
//! is followed by the sections: countries (three letters each), units (row numbers of first- and second-level units),
//! rows of [`Layout::row`] bytes sorted by key, names (a length byte, then UTF-8), postings (lists of row numbers for keys that
//! several places share), and a finite-state map from key to row or posting list.

use super::GazetteerError;
use casus_types::Country;

/// The first bytes of the file, before the digit that tells the layout.
pub(super) const MAGIC: [u8; 7] = *b"casusgz";
/// Number of sections.
pub(super) const SECTIONS: usize = 6;
/// Bytes before the first section.
pub(super) const HEADER: usize = MAGIC.len() + 1 + SECTIONS * 8;
/// Bytes of a row before the offset of its name: id 3, latitude 3, longitude 3, population 1, kind 1, country 1,
/// first-level unit 2, second-level unit 2.
const FIXED: usize = 16;
/// Stands for "no unit".
pub(super) const NO_UNIT: u16 = u16::MAX;
/// Steps of a degree of latitude in three bytes: 90 degrees use all but the sign, a grid of 1.2 m.
pub(super) const LAT_STEPS: f64 = 8_388_607.0 / 90.0;
/// Steps of a degree of longitude in three bytes, a grid of 2.4 m.
pub(super) const LON_STEPS: f64 = 8_388_607.0 / 180.0;
/// Steps in which populations are kept for each doubling: nine, an error of 4 %, reach 300 million in a byte.
pub(super) const DOUBLING: f64 = 9.0;

/// How wide the offsets of names are: 16 MB of names hold the towns of the world, not its villages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// Three bytes.
    Towns,
    /// Four bytes.
    Villages,
}

impl Layout {
    /// Returns the digit after the magic.
    pub(super) fn digit(self) -> u8 {
        match self {
            Self::Towns => b'1',
            Self::Villages => b'2',
        }
    }

    /// Returns the bytes of a name's offset.
    pub(super) fn offset(self) -> usize {
        match self {
            Self::Towns => 3,
            Self::Villages => 4,
        }
    }

    /// Returns the bytes of a row.
    pub(super) fn row(self) -> usize {
        FIXED + self.offset()
    }
}

/// What a row of the gazetteer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RowKind {
    /// A first-level unit: state, province, governorate, oblast.
    Admin1,
    /// A second-level unit: county, district.
    Admin2,
    /// A populated place.
    Town,
    /// A base, camp, crossing, port or the like.
    Site,
    /// A unit below the second level, which no row refers to.
    District,
}

/// One place of the packed gazetteer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Row {
    /// `GeoNames` id.
    pub(crate) id: u32,
    /// Degrees north.
    pub(crate) lat: f64,
    /// Degrees east.
    pub(crate) lon: f64,
    /// Inhabitants, within 4 %; 0 where unknown.
    pub(crate) population: f64,
    pub(crate) kind: RowKind,
    pub(crate) country: Country,
    /// Row number of the first-level unit it lies in.
    pub(crate) admin1: Option<u32>,
    /// Row number of the second-level unit it lies in.
    pub(crate) admin2: Option<u32>,
    /// Its name.
    pub(crate) name: &'static str,
}

/// The packed gazetteer, borrowed from the program's own bytes.
#[derive(Debug)]
pub(super) struct Table {
    layout: Layout,
    countries: &'static [u8],
    units: &'static [u8],
    rows: &'static [u8],
    names: &'static [u8],
    postings: &'static [u8],
    keys: fst::Map<&'static [u8]>,
}

impl Table {
    /// Opens the file's bytes.
    ///
    /// # Errors
    /// Where they are no gazetteer of this layout.
    pub(super) fn open(bytes: &'static [u8]) -> Result<Self, GazetteerError> {
        if bytes.get(..MAGIC.len()) != Some(&MAGIC) || bytes.len() < HEADER {
            return Err(GazetteerError::NotAGazetteer);
        }
        let layout = [Layout::Towns, Layout::Villages].into_iter().find(|l| l.digit() == bytes[MAGIC.len()]);
        let layout = layout.ok_or(GazetteerError::NotAGazetteer)?;
        let mut sections: [&'static [u8]; SECTIONS] = [&[]; SECTIONS];
        for (i, section) in sections.iter_mut().enumerate() {
            let at = MAGIC.len() + 1 + i * 8;
            let (from, length) =
                (little(&bytes[at..at + 4]) as usize, little(&bytes[at + 4..at + 8]) as usize);
            *section = bytes.get(from..from + length).ok_or(GazetteerError::Truncated)?;
        }
        let [countries, units, rows, names, postings, keys] = sections;
        let keys = fst::Map::new(keys).map_err(|e| GazetteerError::Keys(e.to_string()))?;
        Ok(Self { layout, countries, units, rows, names, postings, keys })
    }

    /// Returns the row numbers of the places that bear a name of this key, the most populous first.
    pub(super) fn find(&self, key: &str) -> Vec<u32> {
        let Some(value) = self.keys.get(key) else { return Vec::new() };
        let at = usize::try_from(value >> 1).expect("the file is far smaller than the address space");
        if value & 1 == 0 {
            return vec![u32::try_from(at).expect("row numbers fit 24 bits")];
        }
        let Some(&n) = self.postings.get(at) else { return Vec::new() };
        let list = self.postings.get(at + 1..at + 1 + 3 * usize::from(n)).unwrap_or_default();
        list.chunks_exact(3).map(little).collect()
    }

    /// Returns the number of places.
    pub(super) fn len(&self) -> usize {
        self.rows.len() / self.layout.row()
    }

    /// Returns a place; none past the end or where the bytes are damaged.
    pub(super) fn row(&self, number: u32) -> Option<Row> {
        let at = number as usize * self.layout.row();
        let row = self.rows.get(at..at + self.layout.row())?;
        let kind = match row[10] {
            0 => RowKind::Admin1,
            1 => RowKind::Admin2,
            2 => RowKind::Town,
            3 => RowKind::Site,
            _ => RowKind::District,
        };
        let country = self.countries.get(usize::from(row[11]) * 3..usize::from(row[11]) * 3 + 3)?;
        Some(Row {
            id: little(&row[0..3]),
            lat: signed(&row[3..6]) / LAT_STEPS,
            lon: signed(&row[6..9]) / LON_STEPS,
            population: (f64::from(row[9]) / DOUBLING).exp2() - 1.0,
            kind,
            country: Country::new(std::str::from_utf8(country).ok()?)?,
            admin1: self.unit(&row[12..14]),
            admin2: self.unit(&row[14..16]),
            name: self.name(little(&row[FIXED..]) as usize)?,
        })
    }

    fn unit(&self, bytes: &[u8]) -> Option<u32> {
        let unit = little(bytes);
        if unit == u32::from(NO_UNIT) {
            return None;
        }
        self.units.get(unit as usize * 3..unit as usize * 3 + 3).map(little)
    }

    fn name(&self, at: usize) -> Option<&'static str> {
        let length = usize::from(*self.names.get(at)?);
        std::str::from_utf8(self.names.get(at + 1..at + 1 + length)?).ok()
    }
}

fn little(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |n, &b| n << 8 | u32::from(b))
}

fn signed(bytes: &[u8]) -> f64 {
    let n = f64::from(little(bytes));
    if n >= 8_388_608.0 { n - 16_777_216.0 } else { n }
}
