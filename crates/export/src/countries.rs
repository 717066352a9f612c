//! What other data sets call countries (`data/export/countries.tsv`).

use casus_types::Country;
use std::sync::LazyLock;

/// A country under the names and numbers of other data sets.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    iso3: &'static str,
    /// ISO 3166 number.
    pub(crate) iso_n: Option<i64>,
    /// FIPS 10-4 code.
    pub(crate) fips: Option<&'static str>,
    /// Correlates of War number.
    pub(crate) cow: Option<i64>,
    /// Gleditsch and Ward number.
    pub(crate) gw: Option<i64>,
    /// Name in plain English.
    pub(crate) name: &'static str,
    /// Name in ACLED.
    pub(crate) acled: &'static str,
    pub(crate) acled_region: Option<&'static str>,
    /// Name in UCDP GED.
    pub(crate) ucdp: &'static str,
    pub(crate) ucdp_region: Option<&'static str>,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let lines = include_str!("../../../data/export/countries.tsv").lines();
    lines.filter(|line| !line.starts_with('#')).skip(1).map(row).collect()
});

impl Row {
    /// Returns the Gleditsch and Ward number of the state that UCDP GED counts it to: Gaza to Israel.
    pub(crate) fn ucdp_id(&self) -> Option<i64> {
        let of_ucdp = || ROWS.iter().filter(|row| row.ucdp == self.ucdp).find_map(|row| row.gw);
        self.gw.or_else(of_ucdp)
    }
}

fn row(line: &'static str) -> Row {
    let mut cells = line.split('\t');
    let mut cell = || cells.next().filter(|cell| *cell != "-");
    let number = |cell: Option<&str>| cell.and_then(|cell| cell.parse().ok());
    let iso3 = cell().unwrap_or_default();
    let (iso_n, fips, cow, gw) = (number(cell()), cell(), number(cell()), number(cell()));
    let name = cell().unwrap_or_default();
    Row {
        iso3,
        iso_n,
        fips,
        cow,
        gw,
        name,
        acled: cell().unwrap_or(name),
        acled_region: cell(),
        ucdp: cell().unwrap_or(name),
        ucdp_region: cell(),
    }
}

/// Returns what is known of a country; nothing of `IGO`, `NGO` and `MNC`.
pub(crate) fn of(country: Option<Country>) -> Option<&'static Row> {
    let code = country?;
    // The table is sorted by code, which a test sees to.
    ROWS.binary_search_by(|row| row.iso3.cmp(code.as_str())).ok().map(|at| &ROWS[at])
}

#[cfg(test)]
mod tests {
    use super::{ROWS, of};
    use casus_types::Country;

    #[test]
    fn the_table_is_whole_and_sorted() {
        assert!(ROWS.len() > 240);
        assert!(ROWS.windows(2).all(|pair| pair[0].iso3 < pair[1].iso3));
        for row in ROWS.iter() {
            assert!(Country::new(row.iso3).is_some() && !row.name.is_empty(), "{}", row.iso3);
        }
        let gaps = ROWS.iter().filter(|row| row.cow.is_some() && (row.iso_n.is_none() || row.fips.is_none()));
        // Kosovo has no number of ISO 3166.
        let gaps: Vec<&str> = gaps.map(|row| row.iso3).filter(|code| *code != "XKX").collect();
        assert!(gaps.is_empty(), "{gaps:?}");
    }

    #[test]
    fn countries_have_the_names_of_others() {
        assert_eq!(of(Country::new("PSE")).and_then(super::Row::ucdp_id), Some(666));
        let row = of(Country::new("COD")).unwrap();
        assert_eq!((row.iso_n, row.fips, row.gw), (Some(180), Some("CG"), Some(490)));
        assert_eq!((row.acled, row.ucdp), ("Democratic Republic of Congo", "DR Congo (Zaire)"));
        assert!(of(Some(Country::IGO)).is_none() && of(None).is_none());
    }
}
