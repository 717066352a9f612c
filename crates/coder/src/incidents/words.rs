//! Words of two tellings in a form in which they can be compared, each weighed by how rare it is in the news.

use std::collections::BTreeMap;

/// How many reports of a collection hold each stem (`data/rules/word_frequencies.tsv`).
#[derive(Debug, Clone, Default)]
pub struct WordFrequencies {
    reports: f64,
    counts: BTreeMap<String, f64>,
}

/// Stems that tell nothing: function words, the reporter's own words, days of the week. The collection that the
/// frequencies come from is written in the present tense and without sources, so that it cannot know them.
const PLAIN: &[&str] = &[
    "the",
    "an",
    "and",
    "or",
    "but",
    "of",
    "in",
    "on",
    "at",
    "to",
    "from",
    "by",
    "with",
    "for",
    "as",
    "into",
    "over",
    "about",
    "after",
    "befor",
    "near",
    "between",
    "against",
    "dur",
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "being",
    "has",
    "had",
    "hav",
    "it",
    "its",
    "he",
    "she",
    "they",
    "them",
    "their",
    "his",
    "her",
    "him",
    "who",
    "whom",
    "which",
    "that",
    "this",
    "thes",
    "thos",
    "ther",
    "not",
    "no",
    "nor",
    "also",
    "up",
    "out",
    "off",
    "than",
    "then",
    "when",
    "wher",
    "whil",
    "will",
    "would",
    "could",
    "may",
    "might",
    "we",
    "said",
    "say",
    "told",
    "tell",
    "report",
    "accord",
    "official",
    "statement",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "mondai",
    "tuesdai",
    "wednesdai",
    "thursdai",
    "fridai",
    "saturdai",
    "sundai",
    "todai",
    "yesterdai",
    "day",
    "week",
    "later",
    "earlier",
    "mor",
];

/// Reports that a stem outside the table is taken to stand in; the table leaves out what stands in fewer than this.
pub const RAREST: u32 = 4;

impl WordFrequencies {
    /// Reads a table: `stem TAB reports` a line, `#` before a comment; the row `*` has the number of all reports.
    ///
    /// Returns the number of the first line that cannot be read, from 1, where there is one.
    ///
    /// # Errors
    /// Where a line has no tab or no number, or no row `*` stands in it.
    pub fn parse(table: &str) -> Result<Self, usize> {
        let mut out = Self::default();
        for (at, line) in table.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
            let (stem, count) = line.split_once('\t').ok_or(at + 1)?;
            let count: f64 = count.trim().parse::<u32>().map_err(|_| at + 1)?.into();
            if stem == "*" {
                out.reports = count;
            } else {
                out.counts.insert(stem.to_owned(), count);
            }
        }
        if out.reports > 0.0 { Ok(out) } else { Err(table.lines().count()) }
    }

    /// Returns how telling a stem is: the natural logarithm of the share of reports that lack it (Spärck Jones 1972),
    /// 0 for a stem that every report has.
    #[must_use]
    pub fn weight(&self, stem: &str) -> f64 {
        let held = self.counts.get(stem).copied().unwrap_or_else(|| f64::from(RAREST));
        (self.reports / held).ln().max(0.0)
    }
}

/// The stems of a stretch of text, each once, with their weights; in the order of the alphabet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bag {
    words: Vec<(Box<str>, f64)>,
    /// Square root of the sum of the squared weights.
    norm: f64,
}

impl Bag {
    /// Returns the stems of a text. Figures count as words; words that every newspaper uses do not.
    #[must_use]
    pub fn new(text: &str, frequencies: &WordFrequencies) -> Self {
        let mut stems = stems(text);
        stems.retain(|stem| !PLAIN.contains(&stem.as_str()));
        stems.sort_unstable();
        stems.dedup();
        let weighed = stems.into_iter().map(|stem| {
            let weight = frequencies.weight(&stem);
            (stem.into_boxed_str(), weight)
        });
        let words: Vec<(Box<str>, f64)> = weighed.filter(|(_, weight)| *weight > 0.0).collect();
        let norm = words.iter().map(|(_, w)| w * w).sum::<f64>().sqrt();
        Self { words, norm }
    }

    /// Tells whether there is no word in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Returns the cosine of two bags, 0 (nothing shared) to 1.
    #[must_use]
    pub fn cosine(&self, other: &Self) -> f64 {
        let both: f64 = self.shared(other).map(|(_, weight)| weight * weight).sum();
        if both > 0.0 { both / (self.norm * other.norm) } else { 0.0 }
    }

    /// Returns the stems that both have with their weights, the most telling first.
    #[must_use]
    pub fn telling_words(&self, other: &Self) -> Vec<(String, f64)> {
        let mut shared: Vec<(String, f64)> = self.shared(other).map(|(s, w)| (s.to_owned(), w)).collect();
        shared.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        shared
    }

    /// Returns the weight of the stems that both have.
    #[must_use]
    pub fn shared_weight(&self, other: &Self) -> f64 {
        self.shared(other).map(|(_, weight)| weight).sum()
    }

    fn shared<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (&'a str, f64)> {
        let mut theirs = other.words.iter().peekable();
        self.words.iter().filter_map(move |(stem, weight)| {
            while theirs.next_if(|(other, _)| other < stem).is_some() {}
            theirs.next_if(|(other, _)| other == stem).map(|_| (&**stem, *weight))
        })
    }
}

/// Returns the stems of a text, in its order, each as often as it stands there.
#[must_use]
pub fn stems(text: &str) -> Vec<String> {
    let letter = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    let mut out = Vec::new();
    for word in text.split(|c: char| !letter(c)) {
        let plain: String = any_ascii::any_ascii(word).to_lowercase();
        let plain = plain.trim_matches('\'');
        let plain = plain.strip_suffix("'s").unwrap_or(plain);
        let plain: String = plain.chars().filter(char::is_ascii_alphanumeric).collect();
        if plain.len() > 1 || plain.starts_with(|c: char| c.is_ascii_digit()) {
            out.push(stem(&plain));
        }
    }
    out
}

/// Past forms that no ending tells; of the verbs that news of conflict and diplomacy lives on.
const IRREGULAR: [(&str, &str); 44] = [
    ("arisen", "aris"),
    ("began", "begin"),
    ("begun", "begin"),
    ("blew", "blow"),
    ("blown", "blow"),
    ("broke", "break"),
    ("broken", "break"),
    ("brought", "bring"),
    ("built", "build"),
    ("burnt", "burn"),
    ("caught", "catch"),
    ("children", "child"),
    ("dead", "die"),
    ("death", "die"),
    ("deaths", "die"),
    ("died", "die"),
    ("dies", "die"),
    ("drove", "driv"),
    ("fallen", "fall"),
    ("fell", "fall"),
    ("fled", "flee"),
    ("flew", "fly"),
    ("fought", "fight"),
    ("found", "find"),
    ("freed", "free"),
    ("gave", "giv"),
    ("given", "giv"),
    ("held", "hold"),
    ("hidden", "hid"),
    ("left", "leav"),
    ("lost", "los"),
    ("made", "mak"),
    ("men", "man"),
    ("met", "meet"),
    ("rode", "rid"),
    ("sent", "send"),
    ("shot", "shoot"),
    ("stole", "steal"),
    ("stolen", "steal"),
    ("struck", "strik"),
    ("taken", "tak"),
    ("took", "tak"),
    ("tore", "tear"),
    ("women", "woman"),
];

/// Small numbers in words, which one report writes out and the next one does not.
const NUMBERS: [(&str, &str); 21] = [
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("thirteen", "13"),
    ("fourteen", "14"),
    ("fifteen", "15"),
    ("sixteen", "16"),
    ("seventeen", "17"),
    ("eighteen", "18"),
    ("nineteen", "19"),
    ("twenty", "20"),
    ("thirty", "30"),
    ("forty", "40"),
];

/// Returns the stem of a word of small ASCII letters: without the endings of number, tense and adverb.
///
/// Lighter than Porter's (1980): endings that make another word ("-ation", "-ment") stay.
fn stem(word: &str) -> String {
    if let Ok(at) = IRREGULAR.binary_search_by(|(past, _)| (*past).cmp(word)) {
        return IRREGULAR[at].1.to_owned();
    }
    if let Some((_, figure)) = NUMBERS.iter().find(|(name, _)| *name == word) {
        return (*figure).to_owned();
    }
    if word.len() <= 3 || word.starts_with(|c: char| c.is_ascii_digit()) {
        return word.to_owned();
    }
    let mut stem = plural_off(word);
    for ending in ["ing", "edly", "ed", "ly"] {
        if let Some(rest) = stem.strip_suffix(ending).filter(|r| r.len() >= 3 && has_vowel(r)) {
            stem = undoubled(rest).to_owned();
            break;
        }
    }
    if let Some(rest) = stem.strip_suffix('y').filter(|r| r.len() >= 3) {
        stem = format!("{rest}i");
    }
    stem.strip_suffix('e').filter(|r| r.len() >= 3).map_or(stem.clone(), str::to_owned)
}

fn plural_off(word: &str) -> String {
    if let Some(rest) = word.strip_suffix("ies").filter(|r| r.len() >= 2) {
        return format!("{rest}y");
    }
    for ending in ["sses", "shes", "ches", "xes"] {
        if word.ends_with(ending) {
            return word[..word.len() - 2].to_owned();
        }
    }
    let plural = word.ends_with('s') && !["ss", "us", "is"].iter().any(|e| word.ends_with(e));
    if plural { word[..word.len() - 1].to_owned() } else { word.to_owned() }
}

fn has_vowel(word: &str) -> bool {
    word.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

/// Returns the stem without the second of two like consonants that an ending doubled ("stopp-ed").
fn undoubled(stem: &str) -> &str {
    let bytes = stem.as_bytes();
    let [.., a, b] = bytes else { return stem };
    let doubled = a == b && !matches!(b, b'l' | b's' | b'z' | b'a' | b'e' | b'i' | b'o' | b'u');
    if doubled { &stem[..stem.len() - 1] } else { stem }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_have_one_stem() {
        for (words, expected) in [
            ("abducted abducting abducts abduct", "abduct"),
            ("stopped stopping stops stop", "stop"),
            ("killed kills killing kill", "kill"),
            ("struck strikes striking strike", "strik"),
            ("shot shooting shoots", "shoot"),
            ("villages village’s village", "villag"),
            ("countries country", "countri"),
            ("Béchar bechar", "bechar"),
        ] {
            for stem in stems(words) {
                assert_eq!(stem, expected, "one of {words:?}");
            }
        }
    }

    #[test]
    fn irregular_forms_are_sorted_for_the_search() {
        assert!(IRREGULAR.is_sorted(), "{IRREGULAR:?}");
    }

    #[test]
    fn rare_words_weigh_more_and_shared_ones_make_the_cosine() {
        let table = WordFrequencies::parse("# of ours\n*\t1000\nsaid\t900\narmi\t200\n").unwrap();
        assert!(table.weight("arvan") > table.weight("armi"));
        let bag = |text: &str| Bag::new(text, &table);
        assert!(bag("said").is_empty());
        let same = bag("The army shelled Arvan").cosine(&bag("Arvan was shelled by the army, it said"));
        assert!(same > 0.5 && same < 1.0, "{same}");
        assert!(bag("Arvan").cosine(&bag("Belen")) < f64::EPSILON);
        assert_eq!(bag("army Arvan").telling_words(&bag("Arvan army"))[0].0, "arvan");
    }

    #[test]
    fn a_broken_table_tells_its_line() {
        assert_eq!(WordFrequencies::parse("# a\n*\t10\nsaid 900\n").unwrap_err(), 3);
        assert_eq!(WordFrequencies::parse("said\t9\n").unwrap_err(), 1);
    }
}
