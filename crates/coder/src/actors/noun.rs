//! Agent nouns, words for kinds of actor: `data/rules/agent_nouns.tsv`.

use super::line::rows;
use super::phrases::Phrases;
use super::table::ActorTableError;
use casus_types::{Country, Sector};

/// What an agent noun stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NounClass {
    /// An institution, its parts and its things: "army", "ministry", "hospital".
    Body,
    /// Who holds an office: "president", "judge".
    Office,
    /// Plain persons: "soldiers", "villagers".
    People,
    /// A part of something that decides who it is: "members of", "leader", "faction".
    Member,
    /// Who may be from anywhere, so that the context tells nothing of their country: "refugees", "allies".
    Outsider,
}

impl NounClass {
    /// Returns the name of the class, as the table writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Office => "office",
            Self::People => "people",
            Self::Member => "member",
            Self::Outsider => "outsider",
        }
    }

    /// Returns the class of that name in the table.
    fn parse(name: &str) -> Option<Self> {
        [Self::Body, Self::Office, Self::People, Self::Member, Self::Outsider]
            .into_iter()
            .find(|class| class.name() == name)
    }
}

/// One agent noun.
#[derive(Debug, Clone)]
pub(super) struct NounRow {
    /// The singular.
    pub(super) noun: String,
    /// Its sector; none for parts of anything.
    pub(super) sector: Option<Sector>,
    /// What it stands for.
    pub(super) class: NounClass,
    /// The name of a country's one such actor, with `{country}` or `{adjective}` in it; empty where it has many.
    pub(super) canonical: String,
    /// The states that have one, or the body of states it is, where that is no question of the context; the first is
    /// meant where the report speaks of none.
    pub(super) homes: Vec<Country>,
    /// File and line.
    pub(super) row: String,
}

/// Ends of nouns for one person among those that belong to something: "leader", "spokesman".
const PERSONS: [&str; 8] =
    ["leader", "chief", "head", "commander", "spokesman", "spokeswoman", "spokesperson", "founder"];

impl NounRow {
    /// Returns the body of states that the noun stands for: that of "coalition".
    pub(super) fn of_states(&self) -> Option<Country> {
        self.homes.first().copied().filter(|home| !home.is_state())
    }

    /// Tells whether the noun is one for a person, or for whoever heads or speaks for something.
    pub(super) fn is_one_person(&self) -> bool {
        match self.class {
            NounClass::Office => true,
            NounClass::Member => PERSONS.iter().any(|end| self.noun.ends_with(end)),
            NounClass::Outsider => self.noun == "counterpart",
            NounClass::Body | NounClass::People => false,
        }
    }

    /// Tells whether the title is that of a member of a state's government: "prime minister", "president".
    pub(super) fn governs(&self) -> bool {
        self.sector == Some(Sector::Gov)
            && (self.presides()
                || ["minister", "premier", "chancellor"].iter().any(|title| self.noun.contains(title)))
    }

    /// Tells whether the title is that of who rules a state: "president", "prime minister".
    pub(super) fn rules(&self) -> bool {
        self.presides() || (self.class == NounClass::Office && self.noun.ends_with("prime minister"))
    }

    /// Tells whether the title is that of a president, who may be one of a parliament or a court too.
    pub(super) fn presides(&self) -> bool {
        self.class == NounClass::Office && self.noun.ends_with("president")
    }
}

/// The agent nouns and an index of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Nouns {
    /// In file order.
    pub(super) rows: Vec<NounRow>,
    /// Singulars and plurals.
    pub(super) phrases: Phrases<usize>,
}

impl Nouns {
    /// Reads a table on top of what is known: noun, plural, sector or `-`, class, canonical name, countries parted by `|`.
    /// Lines that name no known sector, class or country are told and left out.
    pub(super) fn read(&mut self, file: &str, text: &str, faults: &mut Vec<ActorTableError>) {
        let nouns = self;
        for (n, line) in rows(text) {
            let mut columns = line.split('\t').map(str::trim);
            let mut column = || columns.next().unwrap_or_default();
            let (noun, plural, sector, class, canonical) = (column(), column(), column(), column(), column());
            let homes = column();
            let known = match sector {
                "-" => Some(None),
                code => code.parse::<Sector>().ok().map(Some),
            };
            let countries: Option<Vec<Country>> = match homes {
                "" => Some(Vec::new()),
                codes => codes.split('|').map(Country::new).collect(),
            };
            let (Some(sector), Some(class), Some(homes)) = (known, NounClass::parse(class), countries) else {
                let found = if known.is_none() {
                    sector
                } else if NounClass::parse(class).is_none() {
                    class
                } else {
                    homes
                };
                faults.push(ActorTableError::Noun {
                    file: file.to_owned(),
                    line: n,
                    found: found.to_owned(),
                });
                continue;
            };
            let idx = nouns.rows.len();
            nouns.phrases.add(noun, idx);
            if !plural.is_empty() {
                nouns.phrases.add(plural, idx);
            }
            nouns.rows.push(NounRow {
                noun: noun.to_owned(),
                sector,
                class,
                canonical: canonical.to_owned(),
                homes,
                row: format!("{file}:{n}"),
            });
        }
    }

    /// Tells whether the word, in small letters, is the singular of somebody: "lawyer", "mayor".
    pub(super) fn is_somebody(&self, word: &str) -> bool {
        let plural = word.ends_with('s') || word == "people" || word == "police";
        !plural
            && self.rows.iter().any(|r| {
                r.noun == word
                    && matches!(r.class, NounClass::People | NounClass::Office | NounClass::Outsider)
            })
    }

    /// Tells whether the word, in small letters, is a noun for a body or a thing: "company", "centre".
    pub(super) fn is_body(&self, word: &str) -> bool {
        self.rows.iter().any(|r| r.noun == word && r.class == NounClass::Body)
    }

    /// Tells whether the word, in small letters, is a noun for persons, in either number.
    pub(super) fn is_people(&self, word: &str) -> bool {
        let stem = word.strip_suffix('s').unwrap_or(word);
        // Members may be things: boats, posts.
        let persons = |class| !matches!(class, NounClass::Body | NounClass::Member);
        self.rows.iter().any(|r| (r.noun == word || r.noun == stem) && persons(r.class))
    }
}
