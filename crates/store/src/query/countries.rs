//! Countries as people write them: by code, name, adjective or people (`data/places/countries.tsv`).

use super::fault::all_nearest;
use casus_types::Country;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What countries are called.
struct Names {
    /// Codes and folded names.
    codes: BTreeMap<String, Country>,
    /// Names as they are written, for hints.
    plain: Vec<&'static str>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let lines = include_str!("../../../../data/places/countries.tsv").lines();
    let rows: Vec<Vec<&str>> =
        lines.filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect()).collect();
    let mut names = Names { codes: BTreeMap::new(), plain: Vec::new() };
    let country = |row: &[&str]| Country::new(row.first()?);
    // Codes before names, names before what else a country is called: the first that has a word keeps it.
    for column in [0, 1, 3, 4, 5] {
        for row in &rows {
            let (Some(country), Some(cell)) = (country(row), row.get(column)) else { continue };
            for name in cell.split('|').filter(|name| !name.is_empty()) {
                names.codes.entry(folded(name)).or_insert(country);
                if column >= 3 {
                    names.plain.push(name);
                }
            }
        }
    }
    for body in [Country::IGO, Country::NGO, Country::MNC] {
        names.codes.insert(folded(body.as_str()), body);
    }
    names
});

/// Returns the country of a code of two or three letters, a name, an adjective or the name of a people, without regard to
/// case, diacritics and points; none where none is called so. What two countries share is the one that reports mean.
pub(super) fn named(words: &str) -> Option<Country> {
    let words = folded(words);
    let without_article = words.strip_prefix("the").filter(|rest| rest.len() > 2);
    NAMES.codes.get(&words).or_else(|| NAMES.codes.get(without_article?)).copied()
}

/// Returns a code as a query writes it: with `=` where it is none of the table.
pub(super) fn written(country: Country) -> String {
    let known = named(country.as_str()) == Some(country);
    format!("{}{country}", if known { "" } else { "=" })
}

/// Returns the names of countries that are most like a wrong one, three at most: Irak may be Iran or Iraq.
pub(super) fn near(words: &str) -> Vec<&'static str> {
    let mut near = all_nearest(words, NAMES.plain.iter().copied());
    near.truncate(3);
    near
}

/// Returns the letters of a name in small letters, without diacritics.
fn folded(name: &str) -> String {
    let letter = |c: char| match c {
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        other => other,
    };
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::{NAMES, named, near};

    #[test]
    fn countries_are_known_by_what_they_are_called() {
        for (words, code) in [
            ("IRQ", "IRQ"),
            ("iq", "IRQ"),
            ("Iraq", "IRQ"),
            ("IRAQI", "IRQ"),
            ("the gambia", "GMB"),
            ("U.S.", "USA"),
            ("uk", "GBR"),
            ("cote d’ivoire", "CIV"),
            ("Côte d'Ivoire", "CIV"),
            ("south  korea", "KOR"),
            ("DRC", "COD"),
            ("Thailand", "THA"),
            ("igo", "IGO"),
        ] {
            assert_eq!(named(words).map(|country| country.to_string()).as_deref(), Some(code), "{words}");
        }
        for words in ["", "the", "XQZ", "Ruritania", "qq"] {
            assert_eq!(named(words), None, "{words}");
        }
        assert_eq!(near("Irak"), ["Iran", "Iraq"]);
        assert_eq!(near("ukrane"), ["Ukraine"]);
        assert!(near("Zzyzzx").is_empty());
    }

    #[test]
    fn every_code_is_its_own() {
        let codes = NAMES.codes.iter().filter(|(words, country)| *words == &country.as_str().to_lowercase());
        assert!(codes.count() > 240);
    }
}
