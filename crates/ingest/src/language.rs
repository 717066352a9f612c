//! Whether a text is in the language that casus reads: by its script, then by its commonest words.

use crate::{NOT_LATIN, OTHER_LANGUAGE};
use casus_types::Problem;

/// Share of letters in other scripts above which a text is mixed: quotations and names stay below it.
const MIXED: f64 = 0.2;
/// Share above which nothing is left to code.
const FOREIGN: f64 = 0.5;
/// Fewest words that tell a language: headlines have too few articles and prepositions.
const FEWEST_WORDS: usize = 12;

/// Words that make up a good part of any text of a language and are rare in the others. Ours, from general knowledge.
const COMMON_WORDS: [(&str, &[&str]); 12] = [
    (
        "English",
        &[
            "the", "of", "and", "to", "in", "that", "was", "is", "for", "on", "with", "by", "said", "from",
            "at", "has", "have", "had", "were", "are", "his", "it", "its", "an", "after", "who", "which",
            "but", "they", "been",
        ],
    ),
    (
        "French",
        &["le", "les", "des", "du", "et", "une", "dans", "qui", "est", "pour", "sur", "avec", "aux", "ont"],
    ),
    (
        "Spanish",
        &["el", "los", "las", "del", "y", "que", "en", "una", "por", "con", "para", "su", "fue", "han"],
    ),
    (
        "Portuguese",
        &["o", "os", "do", "da", "dos", "das", "em", "um", "uma", "não", "com", "para", "foi", "ao"],
    ),
    (
        "Italian",
        &["il", "gli", "della", "di", "che", "è", "per", "una", "sono", "nel", "con", "alla", "dei", "ha"],
    ),
    (
        "German",
        &["der", "die", "das", "und", "den", "von", "mit", "ist", "im", "nicht", "ein", "eine", "dem", "auf"],
    ),
    (
        "Dutch",
        &["het", "een", "van", "en", "dat", "niet", "zijn", "voor", "met", "op", "te", "ook", "werd", "bij"],
    ),
    (
        "Swedish",
        &["och", "att", "det", "som", "en", "på", "är", "av", "för", "med", "den", "till", "inte", "har"],
    ),
    ("Polish", &["w", "na", "się", "nie", "z", "że", "do", "jest", "przez", "oraz", "po", "od", "dla", "są"]),
    ("Turkish", &["ve", "bir", "bu", "için", "ile", "olarak", "da", "de", "olan", "sonra", "gibi", "daha"]),
    ("Indonesian", &["yang", "dan", "di", "untuk", "dengan", "dari", "ini", "itu", "tidak", "pada", "dalam"]),
    ("Vietnamese", &["và", "của", "là", "các", "có", "trong", "được", "cho", "người", "những", "không"]),
];

/// Returns what is odd about a text's language.
pub(crate) fn look(text: &str) -> Option<Problem> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let foreign = text.chars().filter(|&c| c.is_alphabetic() && !is_latin(c)).count();
    let share = share(foreign, letters);
    if share > FOREIGN {
        return Some(Problem::new(
            NOT_LATIN,
            "most of it is not in Latin script, so nothing was coded",
            "casus reads English; translate the report first",
        ));
    }
    if share > MIXED {
        return Some(Problem::new(
            "mixed-script",
            "a good part of it is not in Latin script and was not understood",
            "casus reads English; translate the rest first",
        ));
    }
    let language = foreign_language(text)?;
    Some(Problem::new(
        OTHER_LANGUAGE,
        format!("it seems to be {language}; it was read as English, so expect few and wrong events"),
        "casus reads English; translate the report first",
    ))
}

/// Returns the language whose common words outnumber the English ones by half.
fn foreign_language(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    if words.len() < FEWEST_WORDS {
        return None;
    }
    let hits = |common: &[&str]| words.iter().filter(|w| common.contains(w)).count();
    let english = hits(COMMON_WORDS[0].1);
    let mut best = (english, None);
    for (language, common) in &COMMON_WORDS[1..] {
        let found = hits(common);
        if 2 * found > 3 * english && found > best.0 {
            best = (found, Some(*language));
        }
    }
    best.1
}

/// Tells whether a letter is Latin, with or without marks.
fn is_latin(c: char) -> bool {
    matches!(c, '\0'..='\u{24f}' | '\u{250}'..='\u{2af}' | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}'
        | '\u{a720}'..='\u{a7ff}' | '\u{fb00}'..='\u{fb06}')
}

#[expect(clippy::cast_precision_loss, reason = "texts are far shorter than 2^53")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::look;

    #[track_caller]
    fn check(text: &str, code: Option<&str>) {
        assert_eq!(look(text).map(|p| p.code).as_deref(), code);
    }

    #[test]
    fn english_is_what_casus_reads() {
        check("Troops of the north took Arvan on Monday after long fighting, the ministry said.", None);
        check("Arvan falls", None);
        check(
            "Señor Gómez, of La Paz, said that the “Frente de los Pobres” had left the town of Arvan.",
            None,
        );
        check("12:30 – 40%", None);
    }

    #[test]
    fn other_languages_are_named() {
        check(
            "Les troupes du nord ont pris la ville dans la nuit de lundi, selon le ministère.",
            Some("language"),
        );
        check(
            "Die Truppen des Nordens haben die Stadt in der Nacht auf Montag mit Panzern genommen.",
            Some("language"),
        );
        check("Войска севера заняли город", Some("not-latin-script"));
        check("The ministry said: Войска заняли", Some("mixed-script"));
    }
}
