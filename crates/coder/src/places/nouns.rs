//! Common nouns beside names: what they say of the place, and how a name stands without them.

use crate::numbers::word::WordList;
use smol_str::StrExt;

/// What a common noun beside a name says of the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KindWord {
    /// "city", "village".
    Town,
    /// "province", "district".
    Unit,
    /// "camp", "airport": the name is of something within or near the place.
    Other,
}

/// Words for settlements.
static TOWN: WordList = WordList::new(
    "city town village municipality capital suburb neighborhood neighbourhood settlement hamlet township \
     quarter",
);
/// Words for units of a country.
static UNIT: WordList = WordList::new(
    "district province state region governorate oblast county department prefecture canton division territory \
     krai raion republic parish regency chiefdom locality commune emirate provincial area zone federal \
     autonomous subdistrict sector voivodeship wilayat wilaya provinces districts states regions lga kingdom",
);
/// Words for things that are named after the place where they stand.
static OTHER: WordList = WordList::new(
    "national assembly senate grand royal house chamber council security party united camp airport \
     international base air military naval university hospital prison court high supreme district port \
     harbour harbor refinery school college mosque church market bridge road street highway square park \
     station police parliament ministry embassy consulate island islands river lake bay valley mountains \
     mountain border crossing checkpoint barracks power plant nuclear dam field oil gas refugee outskirts \
     coast central northern southern eastern western north south east west northeast northwest southeast \
     southwest downtown upper lower greater old metro metropolitan",
);
/// Small words within names.
static INNER: WordList = WordList::new(
    "of the de du da do dos das des del la le les el al and am an der upon sur y e bin ben di es ez ed ash as \
     ar ad az ul i",
);

/// Words for waters and what lies in them, which are in no country though one gives them its name.
static WATERS: WordList =
    WordList::new("sea gulf ocean strait straits bay channel shoal reef river lake canal waters");

/// Words for bodies and their houses, which are in a place and none themselves.
static BODIES: WordList = WordList::new(
    "parliament assembly congress senate court ministry palace cabinet presidency government university hall \
     hospital prison jail courthouse barracks embassy consulate headquarters building market church mosque",
);
/// Those of them that stand in the capital, unless the report says otherwise.
static NATIONAL: WordList = WordList::new(
    "parliament assembly congress senate supreme constitutional ministry presidential presidency cabinet",
);

/// Tells whether the words name a body or a house: "City Hall", "Supreme Court".
pub(super) fn is_body(words: &str) -> bool {
    words.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|w| BODIES.has(w))
}

/// Large places whose names are words that sentences begin with.
static COMMON_WORDS: WordList = WordList::new(
    "most mobile nice split reading male young independence union normal ham bath deal orange many same hope best worth",
);

/// Tells whether the name of a place is as well a common word: "Most", of Czechia.
pub(super) fn is_common_word(name: &str) -> bool {
    COMMON_WORDS.has(&name.to_lowercase_smolstr())
}

/// Words for what is named after a place that lies elsewhere.
static WAYS: WordList =
    WordList::new("street avenue road square boulevard lane highway drive park plaza station");

/// Tells whether a name is that of a street or the like: "Oxford Street".
pub(super) fn is_way(name: &str) -> bool {
    name.rsplit(' ').next().is_some_and(|last| WAYS.has(&last.to_lowercase_smolstr()))
}

/// Tells whether the words name a body of the whole country: "National Assembly", "the presidential palace".
pub(super) fn is_national(words: &str) -> bool {
    words.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|w| NATIONAL.has(w))
}

/// Tells whether a word names a water: "the Sea of Japan" is not in Japan.
pub(super) fn is_water(word: &str) -> bool {
    WATERS.has(&word.to_lowercase_smolstr())
}

/// Returns what kind of place a common noun names, in either case.
pub(super) fn kind_word(word: &str) -> Option<KindWord> {
    let word = word.to_lowercase_smolstr();
    if TOWN.has(&word) {
        Some(KindWord::Town)
    } else if UNIT.has(&word) {
        Some(KindWord::Unit)
    } else if OTHER.has(&word) {
        Some(KindWord::Other)
    } else {
        None
    }
}

/// Tells whether a word may stand inside a name in lower case.
pub(super) fn is_inner(word: &str) -> bool {
    INNER.has(word)
}

/// Returns the name without its common nouns ("Anbar province", "Província de Luanda" stays); none where there are none
/// or nothing else.
pub(super) fn without_generic(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_generic = |w: &&str| matches!(kind_word(w), Some(KindWord::Town | KindWord::Unit));
    let mut kept: &[&str] = &words;
    while kept.len() > 1 && kept.last().is_some_and(is_generic) {
        kept = &kept[..kept.len() - 1];
    }
    while kept.len() > 1 && (is_generic(&kept[0]) || matches!(kept[0], "of" | "the" | "The")) {
        kept = &kept[1..];
    }
    if kept.len() == words.len() || kept.iter().all(|w| is_generic(w) || is_inner(&w.to_lowercase())) {
        return None;
    }
    Some(kept.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_nouns_come_off() {
        for (name, expected) in [
            ("Anbar province", Some("Anbar")),
            ("City of Kano", Some("Kano")),
            ("Kano", None),
            ("the State", None),
        ] {
            assert_eq!(without_generic(name).as_deref(), expected, "{name}");
        }
    }
}
