//! Packing a table of places into the file that [`Gazetteer`](super::Gazetteer) reads in place.

use super::GazetteerError;
use super::fold::key;
use super::nouns::without_generic;
use super::table::{DOUBLING, HEADER, LAT_STEPS, LON_STEPS, Layout, MAGIC, NO_UNIT};
use std::collections::BTreeMap;

/// Places that share one key and are kept: a name that more bear ("San José") is settled by its context or not at all.
const SHARED: usize = 120;
/// Keys of fewer letters are codes, or words of English.
const SHORTEST: usize = 3;

/// One place to be packed: a line of the table, see `xtask/gazetteer.py`.
pub(super) struct Line<'a> {
    pub(super) id: u32,
    /// Index into [`KINDS`].
    pub(super) kind: u8,
    pub(super) country: &'a str,
    /// `GeoNames` id of the first-level unit; 0 where unknown.
    pub(super) admin1: u32,
    /// `GeoNames` id of the second-level unit; 0 where unknown.
    pub(super) admin2: u32,
    pub(super) lat: f64,
    pub(super) lon: f64,
    pub(super) population: f64,
    /// Under 256 bytes.
    pub(super) name: &'a str,
    /// Parted by `|`.
    pub(super) aliases: &'a str,
}

/// Kinds of places by their numbers in the file.
pub(super) const KINDS: [&str; 5] = ["admin1", "admin2", "town", "site", "district"];

/// Packs a table of places, one a line: `GeoNames` id, kind (admin1, admin2, town, site, district), country (alpha-3), ids of the
/// first- and second-level unit (0 where unknown), latitude, longitude, population, name, other names joined by `|`;
/// tab-separated.
///
/// The same table gives the same bytes.
///
/// # Errors
/// Where a line is not of this form, or the table outgrows the layout.
///
/// # Panics
/// Never: what could fail is refused on reading.
pub fn pack(table: &str) -> Result<Vec<u8>, GazetteerError> {
    let mut lines: Vec<Line> = Vec::new();
    for (n, text) in table.lines().enumerate() {
        lines.push(line(text).ok_or(GazetteerError::Line { file: "places table", line: n + 1 })?);
    }
    pack_lines(lines)
}

/// Packs places; the same places give the same bytes.
///
/// # Errors
/// Where they outgrow the layout.
pub(super) fn pack_lines(mut lines: Vec<Line>) -> Result<Vec<u8>, GazetteerError> {
    // In the order of their keys, rows have numbers that rise with the keys, which the map then shares.
    lines.sort_by_cached_key(|l| (key(l.name), l.id));
    let row_of: BTreeMap<u32, u32> =
        lines.iter().zip(0..).filter(|(l, _)| l.kind < 2).map(|(l, row)| (l.id, row)).collect();

    let mut countries: Vec<&str> = lines.iter().map(|l| l.country).collect();
    countries.sort_unstable();
    countries.dedup();
    let unit_ids: Vec<u32> = lines.iter().filter(|l| l.kind < 2).map(|l| l.id).collect();
    let unit_of: BTreeMap<u32, u16> = unit_ids.iter().copied().zip(0..NO_UNIT).collect();
    if unit_ids.len() >= usize::from(NO_UNIT) || countries.len() > 256 || lines.len() >= 1 << 24 {
        return Err(GazetteerError::TooLarge);
    }

    let mut names = Names::default();
    let offsets: Vec<usize> = lines.iter().map(|l| names.offset(l.name)).collect();
    let layout = if names.bytes.len() < 1 << 24 { Layout::Towns } else { Layout::Villages };
    if u32::try_from(names.bytes.len()).is_err() {
        return Err(GazetteerError::TooLarge);
    }
    let mut rows = Vec::new();
    for (l, offset) in lines.iter().zip(offsets) {
        let unit = |id| unit_of.get(&id).copied().unwrap_or(NO_UNIT).to_le_bytes();
        rows.extend(three(l.id.into()));
        rows.extend(three(grid(l.lat * LAT_STEPS)));
        rows.extend(three(grid(l.lon * LON_STEPS)));
        rows.push(byte((l.population + 1.0).log2() * DOUBLING));
        rows.push(l.kind);
        let country = countries.binary_search(&l.country).expect("every country was listed");
        rows.push(u8::try_from(country).expect("at most 256 countries"));
        rows.extend(unit(l.admin1));
        rows.extend(unit(l.admin2));
        rows.extend(&offset.to_le_bytes()[..layout.offset()]);
    }

    let (postings, keys) = index(&lines)?;
    let units = unit_ids.iter().flat_map(|id| three(row_of[id].into())).collect();
    let sections = [countries.concat().into_bytes(), units, rows, names.bytes, postings, keys];
    let mut file = MAGIC.to_vec();
    file.push(layout.digit());
    let mut at = HEADER;
    for section in &sections {
        for number in [at, section.len()] {
            file.extend(u32::try_from(number).map_err(|_| GazetteerError::TooLarge)?.to_le_bytes());
        }
        at += section.len();
    }
    Ok(sections.iter().fold(file, |mut file, section| {
        file.extend(section);
        file
    }))
}

fn line(text: &str) -> Option<Line<'_>> {
    let fields: Vec<&str> = text.split('\t').collect();
    let &[id, kind, country, admin1, admin2, lat, lon, population, name, aliases] = fields.as_slice() else {
        return None;
    };
    Some(Line {
        id: id.parse().ok().filter(|id| *id < 1 << 24)?,
        kind: KINDS.iter().position(|k| *k == kind)?.try_into().ok()?,
        country: Some(country).filter(|c| c.len() == 3)?,
        admin1: admin1.parse().ok()?,
        admin2: admin2.parse().ok()?,
        lat: lat.parse().ok()?,
        lon: lon.parse().ok()?,
        population: population.parse().ok()?,
        name: Some(name).filter(|n| !n.is_empty() && n.len() < 256)?,
        aliases,
    })
}

/// The posting lists and the finite-state map into them.
fn index(lines: &[Line]) -> Result<(Vec<u8>, Vec<u8>), GazetteerError> {
    // Sorted pairs rather than a map: a full dump has ten million keys.
    let mut rows_of: Vec<(String, u32)> = Vec::new();
    for (l, row) in lines.iter().zip(0..) {
        let mut keys: Vec<String> = std::iter::once(l.name).chain(l.aliases.split('|')).map(key).collect();
        if l.kind < 2 {
            // "Anbar province" and "Anbar" alone name the unit, whatever the gazetteer calls it.
            let bare: Vec<String> = std::iter::once(l.name)
                .chain(l.aliases.split('|'))
                .filter_map(without_generic)
                .map(|name| key(&name))
                .collect();
            keys.extend(bare);
        }
        keys.sort_unstable();
        keys.dedup();
        for key in keys.into_iter().filter(|k| k.len() >= SHORTEST && !k.bytes().all(|b| b.is_ascii_digit()))
        {
            rows_of.push((key, row));
        }
    }
    rows_of.sort_unstable();
    let mut postings = Vec::new();
    let mut keys = fst::MapBuilder::memory();
    for shared in rows_of.chunk_by(|a, b| a.0 == b.0) {
        let key = &shared[0].0;
        let mut rows: Vec<u32> = shared.iter().map(|pair| pair.1).collect();
        let value = if let &[row] = rows.as_slice() {
            u64::from(row) << 1
        } else {
            rows.sort_by(|&a, &b| {
                let rank = |row: u32| (lines[row as usize].kind != 0, -lines[row as usize].population);
                rank(a).partial_cmp(&rank(b)).expect("populations are numbers").then(a.cmp(&b))
            });
            rows.truncate(SHARED);
            let at = postings.len() as u64;
            postings.push(u8::try_from(rows.len()).expect("SHARED fits a byte"));
            postings.extend(rows.iter().flat_map(|&row| three(row.into())));
            at << 1 | 1
        };
        keys.insert(key, value).map_err(|e| GazetteerError::Keys(e.to_string()))?;
    }
    let keys = keys.into_inner().map_err(|e| GazetteerError::Keys(e.to_string()))?;
    Ok((postings, keys))
}

/// The string table: each name once.
#[derive(Default)]
struct Names<'a> {
    bytes: Vec<u8>,
    at: BTreeMap<&'a str, usize>,
}

impl<'a> Names<'a> {
    fn offset(&mut self, name: &'a str) -> usize {
        *self.at.entry(name).or_insert_with(|| {
            let at = self.bytes.len();
            self.bytes.push(u8::try_from(name.len()).expect("names of 256 bytes are refused on reading"));
            self.bytes.extend(name.as_bytes());
            at
        })
    }
}

fn three(n: i64) -> [u8; 3] {
    let [a, b, c, ..] = n.to_le_bytes();
    [a, b, c]
}

#[expect(clippy::cast_possible_truncation, reason = "degrees times steps stay within 24 bits")]
fn grid(steps: f64) -> i64 {
    steps.round() as i64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a byte")]
fn byte(steps: f64) -> u8 {
    steps.round().clamp(0.0, 255.0) as u8
}
