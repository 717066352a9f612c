//! Phrases that point back: "the group" to the armed group named last, "the country" to the state named last.

use super::actor::ActorKind;
use super::country::CountryForm;
use super::fold::Word;
use super::line::rows;
use super::phrase::{Part, Phrase, Piece};
use super::phrases::Phrases;
use super::resolve::{BY_POINTING, Found, Reader, found};
use super::table::ActorTableError;
use casus_types::event::Participant;
use casus_types::{Country, Sector, Span};

/// What a noun after "the" may point back to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Target {
    /// Kinds of actors.
    kinds: Vec<ActorKind>,
    /// Whether it may be a state.
    state: bool,
    /// The states that it may be; empty where any.
    states: Vec<Country>,
    /// The only sector it may have, where a sector is told; bodies of states have none.
    sector: Option<Sector>,
    /// Whether it must have the noun in its name: "the council" is no commission.
    namesake: bool,
}

impl Target {
    /// Tells whether it may be a state that is named so: "the country" points to "Kenya", "the North" to "North Korean" too.
    fn may_be(&self, country: Country, form: CountryForm) -> bool {
        self.state
            && if self.states.is_empty() { form == CountryForm::Name } else { self.states.contains(&country) }
    }
}

/// The nouns of `data/rules/definite_nouns.tsv`.
#[derive(Debug, Clone, Default)]
pub(super) struct DefiniteNouns {
    targets: Vec<Target>,
    phrases: Phrases<usize>,
}

impl DefiniteNouns {
    /// Reads a table on top of what is known: noun, plural, kinds parted by `|`, sector, states parted by `|`.
    /// Lines with an unknown kind or state are told and left out.
    pub(super) fn read(&mut self, file: &str, text: &str, faults: &mut Vec<ActorTableError>) {
        for (n, line) in rows(text) {
            let mut columns = line.split('\t').map(str::trim);
            let mut column = || columns.next().unwrap_or_default();
            let (noun, plural, kinds, sector) = (column(), column(), column(), column());
            let mut target = Target { sector: sector.parse().ok(), ..Target::default() };
            let mut unknown = None;
            for code in column().split('|').filter(|code| !code.is_empty()) {
                match Country::new(code) {
                    Some(state) => target.states.push(state),
                    None => unknown = Some(("country", code)),
                }
            }
            for kind in kinds.split('|') {
                match ActorKind::parse(kind) {
                    Some(kind) => target.kinds.push(kind),
                    None if kind == "country" => target.state = true,
                    None if kind == "namesake" => target.namesake = true,
                    None => unknown = Some(("kind", kind)),
                }
            }
            if let Some((column, found)) = unknown {
                faults.push(ActorTableError::Actor {
                    file: file.to_owned(),
                    line: n,
                    column,
                    found: found.to_owned(),
                });
                continue;
            }
            for name in [noun, plural].into_iter().filter(|name| !name.is_empty()) {
                self.phrases.add(name, self.targets.len());
            }
            self.targets.push(target);
        }
    }

    /// Tells whether the noun, in the singular, may stand for a state and for nothing else: "country".
    pub(super) fn is_state(&self, noun: &str) -> bool {
        self.phrases
            .of_key(noun)
            .first()
            .is_some_and(|&n| self.targets[n].state && self.targets[n].kinds.is_empty())
    }
}

/// Whom a body of states has so many of.
const MEMBERS: [&str; 5] = ["nation", "member", "state", "country", "strong"];

/// What a noun points back to.
pub(super) enum Pointed {
    /// Actors of the table.
    Known(Vec<usize>),
    /// A state.
    State(usize),
}

impl Reader<'_> {
    /// Resolves a phrase of nothing but "the" and a noun by what the report named before it; none where it named nothing
    /// that the noun may point to.
    pub(super) fn pointing(&self, phrase: &Phrase, span: Span) -> Option<Found> {
        match self.pointed(&phrase.words, &phrase.parts, span)? {
            Pointed::Known(known) => Some(found(&self.row(&known).0, BY_POINTING)),
            Pointed::State(idx) => {
                let state = &self.table.countries.rows[idx];
                let participant = Participant {
                    name: state.name.clone(),
                    country: Some(state.code),
                    sector: None,
                    id: Some(format!("country:{}", state.code)),
                };
                Some(Found {
                    participant,
                    made_by: "rules/definite_nouns".to_owned(),
                    confidence: BY_POINTING,
                })
            }
        }
    }

    /// Returns whose somebody is by a noun that points back: "the bloc's spokesman".
    pub(super) fn owner_pointed(&self, phrase: &Phrase, before: &[Part], span: Span) -> Option<Pointed> {
        let at = before.iter().position(|part| phrase.last_word(part).possessive)?;
        let end = before[at].to;
        self.pointed(&phrase.words[..end], &phrase.parts[..=at], span)
    }

    /// Returns what words point back to that begin a phrase at `span`.
    fn pointed(&self, words: &[Word], parts: &[Part], span: Span) -> Option<Pointed> {
        if !words.first()?.definite {
            return None;
        }
        // "The 27-nation bloc": how many it has tells nothing of which it is.
        let counts = parts.iter().take_while(|part| part.piece == Piece::Number).count();
        let counted = counts > 0 && MEMBERS.contains(&words.get(counts)?.key.as_str());
        let noun = words.get(counts + usize::from(counted)..).unwrap_or_default();
        let target = *self.table.definite.phrases.exactly(noun).first()?;
        let target = &self.table.definite.targets[target];
        let head = &noun.last()?.key;
        let start = span.start as usize;
        let mut speaker = None;
        for (at, part) in self.report.before(start).iter().enumerate().rev() {
            match &part.piece {
                // "The electoral commission" is the commission, whatever commission a table has before it.
                Piece::Noun(_) if part.to - part.from > noun.len() && self.report.last_key(at) == head => {
                    return None;
                }
                // Nobody is meant by "in Brussels".
                Piece::Known(known) if !self.report.is_within(at) && self.fits(target, known, head) => {
                    // "Amnesty International said that the group had killed them": another one had.
                    let fights = self.row(known).1 == ActorKind::ArmedGroup;
                    if target.kinds.contains(&ActorKind::ArmedGroup)
                        && !fights
                        && (self.context.as_doer_of_force || self.report.is_one_sentence(at, start))
                    {
                        speaker = speaker.or_else(|| Some(known.clone()));
                    } else {
                        return Some(Pointed::Known(known.clone()));
                    }
                }
                Piece::Country(idx, form) if target.may_be(self.table.countries.rows[*idx].code, *form) => {
                    return Some(Pointed::State(*idx));
                }
                _ => {}
            }
        }
        speaker.map(Pointed::Known)
    }

    /// Tells whether a noun that points back may mean an actor.
    fn fits(&self, target: &Target, known: &[usize], noun: &str) -> bool {
        let (row, kind) = self.row(known);
        let sector = target.sector.is_none() || row.sector.is_none() || row.sector == target.sector;
        let named = || known.iter().any(|&idx| self.table.actors[idx].is_called(noun));
        target.kinds.contains(&kind) && sector && (!target.namesake || named())
    }
}
