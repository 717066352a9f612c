//! A phrase taken apart into what casus knows in it.

use super::actor::ActorKind;
use super::country::CountryForm;
use super::fold::{Case, Gap, Word, words};
use super::noun::NounClass;
use super::phrase_words::Role;
use super::table::ActorTable;
use crate::numbers::cardinal::is_cardinal;
use casus_types::{Country, Sector, Span};

/// What a stretch of a phrase is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Actors of the table; several where the name is shared.
    Known(Vec<usize>),
    /// A country in one of its forms.
    Country(usize, CountryForm),
    /// An agent noun.
    Noun(usize),
    /// A number or a word that counts: "five", "dozens", "several".
    Number,
    /// A word after which the rest of the phrase only tells more: "in", "who", "against".
    Link,
    /// A word that says the office is past: "former", "ousted".
    Former,
    /// A word after a country by hyphen that takes the country out of the question: "Iran-backed".
    Attached,
    /// Any other word.
    Word,
}

/// One piece with its words.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// What it is.
    pub(super) piece: Piece,
    /// First word.
    pub(super) from: usize,
    /// One past the last word.
    pub(super) to: usize,
}

/// A phrase with its words and pieces.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    /// Every word.
    pub(super) words: Vec<Word>,
    /// The pieces, in order; they cover every word once.
    pub(super) parts: Vec<Part>,
}

impl Phrase {
    /// Takes the phrase at `span` of `text` apart.
    pub(super) fn read(table: &ActorTable, text: &str, span: Span) -> Self {
        let words = words(text, span.start as usize, span.end as usize);
        let parts = parts(table, &words);
        Self { words, parts }
    }

    /// Returns the words of a part.
    pub(super) fn of(&self, part: &Part) -> &[Word] {
        &self.words[part.from..part.to]
    }

    /// Returns the last word of a part.
    pub(super) fn last_word(&self, part: &Part) -> &Word {
        &self.words[part.to - 1]
    }

    /// Tells whether two capitalised words that casus does not know stand right before the last part.
    pub(super) fn is_named_before(&self, head: &[Part]) -> bool {
        let Some((last, before)) = head.split_last() else { return false };
        let gap = |n: usize| self.words[before.get(n + 1).unwrap_or(last).from].gap;
        let named = before.iter().enumerate().rev().take_while(|&(n, part)| {
            part.piece == Piece::Word && self.words[part.from].case == Case::Capital && gap(n) == Gap::Space
        });
        named.count() >= 2
    }

    /// Returns the number of parts before the phrase's tail: where a link word, comma or bracket ends the head.
    pub(super) fn head_end(&self) -> usize {
        let mut content = false;
        let mut decided = false;
        for (n, part) in self.parts.iter().enumerate() {
            let gap = self.words[part.from].gap;
            if content && n > 0 {
                // "Cuban, Haitian and Venezuelan migrants" goes on; "Israel, the United States" does not.
                let lists_adjectives =
                    !decided && matches!(part.piece, Piece::Country(..) | Piece::Noun(_) | Piece::Word);
                if gap >= Gap::Bracket || (gap == Gap::Comma && !lists_adjectives) {
                    return n;
                }
            }
            match part.piece {
                Piece::Link => {
                    let and = matches!(self.words[part.from].key.as_str(), "and" | "or");
                    if content && (decided || !and) {
                        return n;
                    }
                }
                Piece::Number | Piece::Former | Piece::Attached => {}
                Piece::Country(_, CountryForm::Adjective) | Piece::Word => content = true,
                Piece::Known(_) | Piece::Country(..) | Piece::Noun(_) => (content, decided) = (true, true),
            }
        }
        self.parts.len()
    }
}

/// Parts a sequence of words into pieces, the longest known phrase first.
pub(super) fn parts(table: &ActorTable, words: &[Word]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let (length, mut piece) = longest(table, words, at);
        let attached = words[at].gap == Gap::Hyphen && table.words.is(Role::Attached, &words[at].key);
        let pro = at > 0
            && words[at].gap == Gap::Hyphen
            && matches!(words[at - 1].key.as_str(), "pro" | "anti" | "non");
        if attached || (pro && matches!(piece, Piece::Country(..) | Piece::Known(_))) {
            piece = Piece::Attached;
            if attached
                && let Some(before) = parts.last_mut()
                && matches!(before.piece, Piece::Country(..) | Piece::Known(_))
            {
                before.piece = Piece::Attached;
            }
        }
        parts.push(Part { piece, from: at, to: at + length });
        at += length;
    }
    join_suffixes(table, words, &mut parts);
    demote_continents(table, words, &mut parts);
    demote_waters(words, &mut parts);
    demote_surnames(table, words, &mut parts);
    demote_descent(table, words, &mut parts);
    name_ships(words, &mut parts);
    parts
}

/// What the names of ships begin with, and whose warships those are; empty for merchants.
const SHIPS: [(&str, &str); 9] = [
    ("uss", "USA"),
    ("usns", "USA"),
    ("hms", "GBR"),
    ("rfa", "GBR"),
    ("hmas", "AUS"),
    ("hmcs", "CAN"),
    ("ins", "IND"),
    ("mv", ""),
    ("mt", ""),
];

/// Tells whether a word, in capitals, begins the names of ships: "USS", "MV".
pub(crate) fn begins_a_ship(word: &str) -> bool {
    SHIPS.iter().any(|(prefix, _)| prefix.to_uppercase() == word)
}

/// Returns whose warship a name is: "USS Carney".
pub(super) fn navy_of(name: &[Word]) -> Option<Country> {
    let first = name.first().filter(|first| first.case == Case::Acronym && name.len() > 1)?;
    SHIPS.iter().find(|(prefix, _)| first.key == *prefix).and_then(|(_, country)| Country::new(country))
}

/// Takes what a warship is called after for a mere word: "USS Carney" is no person.
fn name_ships(words: &[Word], parts: &mut [Part]) {
    for n in 1..parts.len() {
        let pair = [words[parts[n - 1].from].clone(), words[parts[n].from].clone()];
        if parts[n - 1].to - parts[n - 1].from == 1 && navy_of(&pair).is_some() {
            parts[n - 1].piece = Piece::Word;
            parts[n].piece = Piece::Word;
        }
    }
}

/// Takes "Inc." for a part of the name of a known company before it.
fn join_suffixes(table: &ActorTable, words: &[Word], parts: &mut Vec<Part>) {
    for n in (1..parts.len()).rev() {
        let word = &words[parts[n].from];
        let is_suffix = parts[n].to - parts[n].from == 1
            && word.case > Case::Lower
            && word.gap <= Gap::Comma
            && table.words.is(Role::Suffix, &word.key);
        let is_company = |known: &Vec<usize>| {
            known.iter().all(|&idx| matches!(table.actors[idx].kind, ActorKind::Company | ActorKind::Medium))
        };
        if is_suffix && matches!(&parts[n - 1].piece, Piece::Known(known) if is_company(known)) {
            parts[n - 1].to = parts[n].to;
            parts.remove(n);
        }
    }
}

/// Takes the one-word name of a known person, company or medium for a mere word where another capitalised word stands
/// beside it: the "Zelaya" of "Rigoberto Zelaya Funes" is somebody else.
fn demote_surnames(table: &ActorTable, words: &[Word], parts: &mut [Part]) {
    // "Independent Commission" is not of the newspaper.
    let titled = |part: &Part, gap: Gap| {
        matches!(part.piece, Piece::Noun(_)) && words[part.from].case == Case::Capital && gap == Gap::Space
    };
    let named = |part: &Part, gap: Gap| {
        part.piece == Piece::Word && words[part.from].case == Case::Capital && gap <= Gap::Hyphen
    };
    for n in 0..parts.len() {
        if let Piece::Country(_, CountryForm::Seat) = parts[n].piece
            && n >= 2
            && named(&parts[n - 1], words[parts[n].from].gap)
            && named(&parts[n - 2], words[parts[n - 1].from].gap)
            && !words[parts[n - 1].to - 1].possessive
        {
            // "José Murguía Santiago" is no government.
            parts[n].piece = Piece::Word;
        }
        let Piece::Known(known) = &parts[n].piece else { continue };
        let slight = known.iter().all(|&idx| {
            matches!(table.actors[idx].kind, ActorKind::Person | ActorKind::Company | ActorKind::Medium)
        });
        let media = known.iter().all(|&idx| table.actors[idx].kind == ActorKind::Medium);
        if parts[n].to - parts[n].from > 1 || !slight {
            continue;
        }
        let word = &words[parts[n].from];
        // "Hindu groups", no newspaper's; "Guardian reporters" are.
        let people = parts.get(n + 1).is_some_and(|next| match next.piece {
            Piece::Noun(noun) => {
                let row = &table.nouns.rows[noun];
                media
                    && word.case == Case::Capital
                    && words[next.from].case == Case::Lower
                    && words[next.from].gap == Gap::Space
                    && row.sector.is_some_and(|sector| !matches!(sector, Sector::Jrn | Sector::Bus))
                    && row.class != NounClass::Office
            }
            _ => false,
        });
        let before = n > 0 && !words[parts[n - 1].to - 1].possessive && named(&parts[n - 1], word.gap);
        let after = parts.get(n + 1).is_some_and(|next| {
            let gap = words[next.from].gap;
            !word.possessive && (named(next, gap) || (media && titled(next, gap)))
        });
        if before || after || people {
            parts[n].piece = Piece::Word;
        }
    }
}

/// Takes the "American" of "Latin American" and "Central America" for a word, which tells of no state.
fn demote_continents(table: &ActorTable, words: &[Word], parts: &mut [Part]) {
    for n in 1..parts.len() {
        let word = &words[parts[n].from];
        let is_state = matches!(parts[n].piece, Piece::Country(..)) && parts[n].to - parts[n].from == 1;
        let before = &words[parts[n - 1].to - 1].key;
        if is_state
            && word.gap <= Gap::Hyphen
            && CONTINENTS.contains(&before.as_str())
            && table.words.is(Role::Region, &word.key)
        {
            parts[n].piece = Piece::Word;
        }
    }
}

/// What makes a state's name before it that of a part of the world.
const CONTINENTS: [&str; 6] = ["latin", "south", "central", "north", "ibero", "pan"];

/// What makes a state's name before it, or behind it, that of a sea or valley, which is of no state.
const WATERS: [&str; 9] = ["sea", "ocean", "delta", "valley", "river", "gulf", "basin", "strait", "channel"];
/// The same with "of" between.
const WATERS_OF: [&str; 4] = ["gulf", "sea", "bay", "strait"];

/// Takes the state in the name of a sea, lake or valley for a word: "South China Sea", "Gulf of Guinea", "Lake Chad".
fn demote_waters(words: &[Word], parts: &mut [Part]) {
    for part in parts {
        if !matches!(part.piece, Piece::Country(..)) || words[part.to - 1].possessive {
            continue;
        }
        let named = |word: &Word, of: &[&str]| word.case == Case::Capital && of.contains(&word.key.as_str());
        let before = |back: usize| part.from.checked_sub(back).map(|n| &words[n]);
        let joined = words[part.from].gap == Gap::Space;
        let behind = words.get(part.to).is_some_and(|w| w.gap == Gap::Space && named(w, &WATERS));
        let lake = joined && before(1).is_some_and(|word| named(word, &["lake"]));
        let of = joined
            && before(1).is_some_and(|word| word.key == "of")
            && before(2).is_some_and(|word| named(word, &WATERS_OF));
        if behind || lake || of {
            part.piece = Piece::Word;
        }
    }
}

/// Takes a people's name for persons of any country where it tells of their descent: "ethnic Albanians", "Bosnian Serbs".
fn demote_descent(table: &ActorTable, words: &[Word], parts: &mut [Part]) {
    let Some(&people) = table.nouns.phrases.of_key("people").first() else { return };
    for n in 1..parts.len() {
        let Piece::Country(_, form) = parts[n].piece else { continue };
        let (before, word) = (&words[parts[n - 1].to - 1], &words[parts[n].from]);
        let told = match parts[n - 1].piece {
            Piece::Country(..) => !before.possessive && table.words.is(Role::Descent, &word.key),
            _ => table.words.is(Role::Ethnic, &before.key),
        };
        if told && word.gap <= Gap::Hyphen {
            let persons = form == CountryForm::People;
            parts[n].piece = if persons { Piece::Noun(people) } else { Piece::Attached };
        }
    }
}

/// Returns the longest piece that starts at word `at`, with its number of words.
fn longest(table: &ActorTable, words: &[Word], at: usize) -> (usize, Piece) {
    let mut best = (0, Piece::Word);
    if let Some((n, known)) = table.names.longest_at(words, at) {
        best = (n, Piece::Known(known));
    }
    // "Sheikh Omar bin Haro Al Sela" has more of a name than the "Sheikh Omar" that he is too.
    if best.0 > 1
        && let Some((n, known)) = table.names.longest_at(words, at + 1)
        && n >= best.0
        && are_persons(table, &known)
    {
        best = (n + 1, Piece::Known(known));
    }
    if let Some((n, countries)) = table.countries.phrases.longest_at(words, at)
        && n > best.0
    {
        let (country, form) = countries[0];
        best = (n, Piece::Country(country, form));
    }
    if let Some((n, nouns)) = table.nouns.phrases.longest_at(words, at)
        && n > best.0
    {
        best = (n, Piece::Noun(nouns[0]));
    }
    if best.0 > 0 {
        // "Force", "Union": one small-letter word of a longer name is never a known name by itself.
        return best;
    }
    let word = &words[at];
    let counts = word.key.bytes().all(|b| b.is_ascii_digit())
        || is_cardinal(&word.key)
        || table.words.is(Role::Count, &word.key);
    let piece = if counts {
        Piece::Number
    } else if table.words.is(Role::Former, &word.key) {
        Piece::Former
    } else if (word.case == Case::Lower || at == 0) && table.words.is(Role::Link, &word.key) {
        Piece::Link
    } else {
        Piece::Word
    };
    (1, piece)
}

/// Tells whether every actor of the list is a person.
pub(super) fn are_persons(table: &ActorTable, known: &[usize]) -> bool {
    known.iter().all(|&idx| table.actors[idx].kind == ActorKind::Person)
}
