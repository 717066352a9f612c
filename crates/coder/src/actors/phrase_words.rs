//! Small words that tell how a phrase is built: `data/rules/phrase_words.tsv`.

use super::line::rows;
use super::table::ActorTableError;
use rustc_hash::FxHashMap;

/// What a small word does in a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// What follows only tells more of the head: "of", "against".
    Link,
    /// It counts: "several".
    Count,
    /// It makes the office a past one: "ousted".
    Former,
    /// Hung on a name by a hyphen, it leaves the actor's own country open: "Iran-backed".
    Attached,
    /// It names a part of the world with many countries, so that the context tells nothing of the actor's own: "European".
    Region,
    /// It makes a people's name after it tell of descent and not of a country: "ethnic Albanians".
    Ethnic,
    /// A people that lives in several countries, so that a country before it is the actor's: "Bosnian Serbs".
    Descent,
    /// It names kin of somebody, who are plain persons: "wife".
    Kin,
    /// A small word within the names of persons: "Nicolás de la Cruz", "al-Kikli".
    Particle,
    /// Somebody speaks of himself, or of those for whom he speaks: "we".
    FirstPerson,
    /// Of such words alone bodies and parties of many states make their names: "Labour Party", "National Police".
    Common,
    /// Who is called so acts at home: "mayor", "residents".
    Local,
    /// Of whom a state's is never of that state: "ally", "neighbour".
    Abroad,
    /// What states have in other states: "embassy".
    Mission,
    /// A part of the world by name, with many countries: "West".
    World,
    /// A ship, whose flag the waters that it sails tell nothing of: "tanker".
    Ship,
    /// Who is held by others than his own: "hostage".
    Captive,
    /// It ends the names of companies: "Inc.".
    Suffix,
    /// Who speaks for a government where a state stands behind "of": "representatives of France".
    Delegate,
}

/// The table. A word may play several roles: "backed by Iran", "Iran-backed".
#[derive(Debug, Clone, Default)]
pub(super) struct PhraseWords(FxHashMap<String, Vec<Role>>);

impl PhraseWords {
    /// Reads a table on top of what is known: role, words parted by `|`. Lines with an unknown role are told and left out.
    pub(super) fn read(&mut self, file: &str, text: &str, faults: &mut Vec<ActorTableError>) {
        for (n, line) in rows(text) {
            let (name, words) = line.split_once('\t').unwrap_or((line, ""));
            let role = match name.trim() {
                "link" => Role::Link,
                "count" => Role::Count,
                "former" => Role::Former,
                "attached" => Role::Attached,
                "region" => Role::Region,
                "ethnic" => Role::Ethnic,
                "descent" => Role::Descent,
                "kin" => Role::Kin,
                "particle" => Role::Particle,
                "first person" => Role::FirstPerson,
                "common" => Role::Common,
                "local" => Role::Local,
                "abroad" => Role::Abroad,
                "mission" => Role::Mission,
                "world" => Role::World,
                "ship" => Role::Ship,
                "captive" => Role::Captive,
                "suffix" => Role::Suffix,
                "delegate" => Role::Delegate,
                other => {
                    faults.push(ActorTableError::Noun {
                        file: file.to_owned(),
                        line: n,
                        found: other.to_owned(),
                    });
                    continue;
                }
            };
            for word in words.split('|').map(str::trim).filter(|word| !word.is_empty()) {
                self.0.entry(word.to_owned()).or_default().push(role);
            }
        }
    }

    /// Tells whether the word plays that role.
    pub(super) fn is(&self, role: Role, word: &str) -> bool {
        self.0.get(word).is_some_and(|roles| roles.contains(&role))
    }
}
