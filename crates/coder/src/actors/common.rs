//! Names that bodies of many states bear: "the National Assembly", "the Labour Party", "the PDP".

use super::actor::ActorKind;
use super::fold::Word;
use super::phrase::{Part, Phrase, Piece};
use super::resolve::{BY_NAME_AND_NOUN, Found, Reader};
use casus_types::event::Participant;
use casus_types::{Country, Sector, Span};

/// How sure the context must be of a state for "Congress" to be that state's.
const SURE: f32 = 0.6;

impl Reader<'_> {
    /// Returns the agent noun that the name of an organ also is ("National Assembly", "Congress"), where the report speaks
    /// of none of the states that have it.
    pub(super) fn generic(&self, phrase: &Phrase, part: &Part, known: &[usize]) -> Option<usize> {
        // The one row of a parliament or court is no proof that others have none of that name.
        let common = known.len() > 1
            || (part.to - part.from <= 2
                && matches!(self.table.actors[known[0]].terms[0].sector, Some(Sector::Leg | Sector::Jud)));
        let organs = known.iter().all(|&idx| self.table.actors[idx].kind == ActorKind::Organ);
        if common && organs && (self.are_elsewhere(known) || self.is_of_another(known)) {
            self.table.nouns.phrases.exactly(phrase.of(part)).first().copied()
        } else {
            None
        }
    }

    /// Tells whether the report speaks of states, and of none that these actors belong to.
    fn are_elsewhere(&self, known: &[usize]) -> bool {
        // Where nothing tells of another state, the name is as good as any.
        let speaks = !self.context.countries.is_empty() || self.report.speaks_of_any();
        let near = |idx: &usize| self.table.actors[*idx].terms[0].country.is_some_and(|c| self.is_near(c));
        speaks && !known.iter().any(near)
    }

    /// Tells whether the context is sure of a state that none of these actors belongs to.
    fn is_of_another(&self, known: &[usize]) -> bool {
        self.context.countries.first().is_some_and(|&(country, chance)| {
            chance >= SURE
                && known.iter().all(|&idx| self.table.actors[idx].terms[0].country != Some(country))
        })
    }

    /// Tells whether the report speaks of a state, or the context does.
    pub(super) fn is_near(&self, country: Country) -> bool {
        self.report.speaks_of(country) || self.context.countries.iter().any(|&(other, _)| other == country)
    }

    /// Tells whether a name is one of many states' ("Labour Party", "National Police"), and the report speaks of other states
    /// than those that the table has it of.
    pub(super) fn is_anothers(&self, phrase: &Phrase, part: &Part, known: &[usize]) -> bool {
        self.table.is_common(phrase.of(part))
            && known.iter().all(|&idx| self.is_of_state(idx))
            && self.are_elsewhere(known)
    }

    /// Resolves such a name to the body or party of the state that the context tells.
    pub(super) fn by_common_name(
        &self,
        phrase: &Phrase,
        known: &[usize],
        rest: &[Part],
        span: Span,
    ) -> Found {
        let sector = self.sector_of_named(known);
        let country = self.told_country(phrase, rest).or_else(|| self.context_country_with(sector, span));
        let name = self.own_words(phrase, span);
        let participant = Participant { name, country, sector, id: None };
        Found { participant, made_by: "actors/countries.tsv".to_owned(), confidence: BY_NAME_AND_NOUN }
    }

    /// Returns the sector of another state's body or party of the same name; whether a party governs there the encoder tells.
    fn sector_of_named(&self, known: &[usize]) -> Option<Sector> {
        let (actor, kind) = self.row(known);
        let party = |sector: &Sector| matches!(sector, Sector::Pty | Sector::Opp);
        match kind {
            ActorKind::Party => self.encoder(0.5).filter(party).or(actor.sector),
            _ => actor.sector,
        }
    }

    /// Resolves "the Philippine Department of Justice", "the National Assembly of South Korea", where the table's name is
    /// another state's.
    pub(super) fn foreign(
        &self,
        phrase: &Phrase,
        head: &[Part],
        at: usize,
        rest: &[Part],
        known: &[usize],
    ) -> Option<Found> {
        let told = match head[..at].last().map(|part| &part.piece) {
            Some(Piece::Country(idx, _)) => Some(self.table.countries.rows[*idx].code),
            _ if rest.first().is_some_and(|link| phrase.words[link.from].key == "of") => {
                self.told_country(phrase, rest)
            }
            _ => None,
        };
        let state = self.table.countries.of(told?)?;
        // "Two Israeli human rights groups".
        let ngo = |idx: &usize| {
            let actor = &self.table.actors[*idx];
            actor.kind == ActorKind::Ngo && !actor.name.contains(char::is_uppercase)
        };
        if known.iter().all(ngo) {
            let words = phrase.of(&head[at]);
            let name = self.report.text[words[0].start..words[words.len() - 1].end].to_owned();
            let participant =
                Participant { name, country: Some(state.code), sector: Some(Sector::Soc), id: None };
            let made_by = "actors/countries.tsv".to_owned();
            return Some(Found { participant, made_by, confidence: BY_NAME_AND_NOUN });
        }
        if !self.is_of_others(known, state.code) {
            let of_states = known.iter().all(|&idx| self.is_of_state(idx));
            let own = known.iter().find(|&&idx| self.table.actors[idx].terms[0].country == told)?;
            return of_states.then(|| self.actor(&[*own]));
        }
        let words = phrase.of(&head[at]);
        let own = &self.report.text[words[0].start..words[words.len() - 1].end];
        let name = format!("{} {own}", state.adjective);
        let sector = self.sector_of_named(known);
        let participant = Participant { name, country: Some(state.code), sector, id: None };
        Some(Found { participant, made_by: "actors/countries.tsv".to_owned(), confidence: BY_NAME_AND_NOUN })
    }

    /// Returns the words that the report itself gives an acronym ("Alliance of Free Farmers (AFF)"), where the table has
    /// others under it: it knows that name as another's, or the report does not speak of their states.
    pub(super) fn introduced(&self, acronym: &Word) -> Option<Span> {
        let known = self.table.names.exactly(std::slice::from_ref(acronym));
        let full = self.report.introduced(acronym)?;
        let named = self.report.known_as(full);
        let is_other = !named.is_empty() && !named.iter().any(|actor| known.contains(actor));
        (!known.is_empty() && (is_other || self.are_elsewhere(&known))).then_some(full)
    }

    /// Tells whether all known actors are organs or parties of states other than one that stands before their name.
    pub(super) fn is_of_others(&self, known: &[usize], country: Country) -> bool {
        known
            .iter()
            .all(|&idx| self.is_of_state(idx) && self.table.actors[idx].terms[0].country != Some(country))
    }

    /// Tells whether an actor is an organ or a party, of which other states have some of the same name.
    pub(super) fn is_of_state(&self, actor: usize) -> bool {
        matches!(self.table.actors[actor].kind, ActorKind::Organ | ActorKind::Party)
    }
}
