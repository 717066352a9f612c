//! The country of a phrase that tells none.

use super::fold::{Case, Word};
use super::noun::NounClass;
use super::phrase::{Part, Phrase, Piece};
use super::phrase_words::Role;
use super::resolve::Reader;
use casus_types::{Country, Sector, Span};

impl Reader<'_> {
    /// Returns the country of a noun that tells none: "its army" is that of the actor before, refugees may be from
    /// anywhere, and anyone else is from the country of the context.
    pub(super) fn untold_country(&self, phrase: &Phrase, noun: usize, span: Span) -> Option<Country> {
        if let Some(pronoun) = owning(phrase)
            && let Some(owner) = self.report.owner(pronoun.start, &pronoun.key)
        {
            return Some(owner);
        }
        let row = &self.table.nouns.rows[noun];
        // Every state has a foreign ministry, whosever was named before.
        let body = self.scene(noun, span).filter(|_| row.class == NounClass::Body);
        let named = body.or_else(|| self.told_before(phrase, noun, span)).or_else(|| self.home(noun));
        if named.is_some() {
            return named;
        }
        if self.is_pair(phrase, noun) {
            return self.report.country_before(span.start as usize);
        }
        let from_anywhere = row.class == NounClass::Outsider || self.table.words.is(Role::Ship, &row.noun);
        if from_anywhere || self.of_a_region(phrase, noun) || is_of_many_states(phrase) {
            return None;
        }
        let told = self
            .scene(noun, span)
            .or_else(|| self.author_country(noun))
            .or_else(|| self.context_country_with(row.sector, span))?;
        let captive = self.table.words.is(Role::Captive, &row.noun);
        let held = self.table.countries.of(told).and_then(|state| state.captives).filter(|_| captive);
        Some(held.unwrap_or(told))
    }

    /// Returns the state that a sentence sets its scene in, for whoever is at home there: "In Sela, the foreign ministry said".
    fn scene(&self, noun: usize, span: Span) -> Option<Country> {
        let row = &self.table.nouns.rows[noun];
        let stays = matches!(row.class, NounClass::Body | NounClass::People) && row.homes.is_empty();
        let word = self.report.scene(span.start as usize).filter(|_| stays)?;
        let placed = self.context.placed.iter().find(|(place, _)| place.range().start == word);
        placed.map(|&(_, country)| country).or_else(|| self.report.seat_at(word))
    }

    /// Tells whether a phrase only tells where those are whom somebody else owns: "its citizens in Gorva", "the embassy in
    /// Sela".
    pub(super) fn has_owner_elsewhere(&self, phrase: &Phrase, noun: usize, rest: &[Part]) -> bool {
        let row = &self.table.nouns.rows[noun];
        let goes = row.class == NounClass::People || matches!(row.sector, Some(Sector::Mil | Sector::Gov));
        let owned = (goes && owning(phrase).is_some()) || self.table.words.is(Role::Mission, &row.noun);
        let link = rest.first().map(|part| phrase.words[part.from].key.as_str());
        owned && matches!(link, Some("in" | "at" | "near" | "inside" | "to"))
    }

    /// Tells whether a phrase speaks of two states together: "both countries" are as much the one as the other.
    fn is_pair(&self, phrase: &Phrase, noun: usize) -> bool {
        let row = &self.table.nouns.rows[noun];
        let states = row.class == NounClass::Outsider && row.sector.is_none() && row.homes.is_empty();
        states && phrase.words.iter().any(|word| matches!(word.key.as_str(), "both" | "two"))
    }

    /// Tells whether a phrase speaks of a part of the world with many countries: "European leaders", but not "Gorvan
    /// International Airport".
    fn of_a_region(&self, phrase: &Phrase, noun: usize) -> bool {
        // "Arab leaders" are of many states, "Arab civilians" of the one told of.
        let people = self.table.nouns.rows[noun].class == NounClass::People;
        let region = |part: &Part| {
            let word = &phrase.last_word(part).key;
            part.piece == Piece::Word
                && self.table.words.is(Role::Region, word)
                && !(people && self.table.words.is(Role::Descent, word))
        };
        let head = &phrase.parts[..phrase.head_end()];
        let named = head.last().is_some_and(|part| phrase.last_word(part).case > Case::Lower);
        !named && head.iter().any(region)
    }

    /// Returns the country of the state body that speaks in the report, for an office that tells none: in a statement
    /// of the Kenyan foreign ministry "the Foreign Minister" is Kenya's.
    fn author_country(&self, noun: usize) -> Option<Country> {
        let row = &self.table.nouns.rows[noun];
        let own = row.class == NounClass::Office && matches!(row.sector, Some(Sector::Gov | Sector::Mil));
        self.report.author().filter(|_| own)?.country.filter(|country| country.is_state())
    }
}

/// Tells whether a phrase is of many states, of which it names none: "the leaders of 30 countries", "a dozen governments".
pub(super) fn is_of_many_states(phrase: &Phrase) -> bool {
    let states =
        |word: &Word| matches!(word.key.as_str(), "countries" | "nations" | "governments" | "capitals");
    let at = phrase.words.iter().position(states);
    let counts = |part: &Part| {
        let word = phrase.words[part.from].key.as_str();
        part.piece == Piece::Number && !matches!(word, "two" | "both" | "all" | "2")
            || matches!(word, "various" | "numerous" | "multiple")
    };
    at.is_some_and(|at| phrase.parts.iter().take_while(|part| part.from < at).any(counts))
}

/// Returns the word that says whose a phrase's people are: that of "its army", "15 of its citizens".
pub(super) fn owning(phrase: &Phrase) -> Option<&Word> {
    let counts = |part: &&Part| matches!(part.piece, Piece::Number | Piece::Link);
    let first = phrase.parts.iter().find(|part| !counts(part)).map_or(0, |part| part.from);
    let word = phrase.words.get(first)?;
    matches!(word.key.as_str(), "its" | "his" | "her" | "their" | "our" | "my").then_some(word)
}
