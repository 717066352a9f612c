//! What a phrase that tells no country owes to the rest of the report: "the man" after "a Colombian man", "the foreign
//! minister" where the report names one, "the Foreign Secretary" where it names none.

use super::actor::ActorKind;
use super::fold::{Gap, key};
use super::noun::NounClass;
use super::phrase::{Part, Phrase, Piece, are_persons};
use super::resolve::{BY_POINTING, Found, Reader, found};
use casus_types::{Country, Span};

/// How many parts before a noun may still belong to it: "the Kenyan deputy foreign minister".
const LEAD: usize = 3;

impl Reader<'_> {
    /// Resolves a title alone by the person whom the report gives it: "the foreign minister" by "Foreign Minister Jane
    /// Otieno" or "Jane Otieno, the foreign minister", the nearest before it, else the first after it.
    pub(super) fn holder(&self, phrase: &Phrase, noun: usize, span: Span) -> Option<Found> {
        let alone = phrase.parts.len() == 1 && phrase.words[0].definite;
        if !alone || self.table.nouns.rows[noun].class != NounClass::Office {
            return None;
        }
        let at = self.report.before(span.start as usize).len();
        let parts = self.report.parts();
        let order = (0..at).rev().chain(at..parts.len());
        let known =
            order.filter(|&n| parts[n].piece == Piece::Noun(noun)).find_map(|n| self.bearer(parts, n))?;
        Some(found(&self.row(known).0, BY_POINTING))
    }

    /// Returns the known person whom a comma names behind a noun for one person: "his counterpart, Jane Otieno".
    pub(super) fn named_behind(
        &self,
        phrase: &Phrase,
        noun: usize,
        rest: &[Part],
        span: Span,
    ) -> Option<Vec<usize>> {
        let row = &self.table.nouns.rows[noun];
        let person = |part: &Part| match &part.piece {
            Piece::Known(known) if are_persons(self.table, known) => Some(known.clone()),
            _ => None,
        };
        match rest {
            [named] if row.class == NounClass::Office => person(named),
            // "The head of Kenya's army, General Jane Otieno".
            [.., named] if row.is_one_person() && is_apposed(phrase, rest) => person(named),
            [named] if phrase.words[named.from].gap == Gap::Comma => {
                person(named).filter(|_| row.is_one_person())
            }
            [] => self.report.named_between_commas(span.end as usize).and_then(person).filter(|_| {
                row.is_one_person() && phrase.words.last().is_some_and(|word| !word.key.ends_with('s'))
            }),
            [of, ..] if row.class == NounClass::Member && phrase.words[of.from].key == "of" => {
                let is_one = phrase.words[of.from - 1].key == key(&row.noun) && row.is_one_person();
                self.report.named_between_commas(span.end as usize).and_then(person).filter(|_| is_one)
            }
            _ => None,
        }
    }

    /// Returns the known person beside a title at part `n` of the report.
    fn bearer<'a>(&self, parts: &'a [Part], n: usize) -> Option<&'a [usize]> {
        let person = |n: usize| match &parts.get(n)?.piece {
            Piece::Known(known) if known.len() == 1 && are_persons(self.table, known) => {
                Some(known.as_slice())
            }
            _ => None,
        };
        if self.report.is_joined(n + 1)
            && let Some(known) = person(n + 1)
        {
            return Some(known);
        }
        // "Jane Otieno, the Kenyan foreign minister".
        let lead = usize::from(
            n > 0 && matches!(parts[n - 1].piece, Piece::Country(..)) && self.report.is_joined(n),
        );
        let first = n - lead;
        if first > 0 && self.report.is_after_comma(first) { person(first - 1) } else { None }
    }

    /// Returns the country that the report gave the same noun before: that of "a Colombian man" for "the man". The
    /// nearest that tells one.
    pub(super) fn told_before(&self, phrase: &Phrase, noun: usize, span: Span) -> Option<Country> {
        if !phrase.words[0].definite {
            return None;
        }
        let parts = self.report.before(span.start as usize);
        let own = phrase.parts.iter().find(|part| part.piece == Piece::Noun(noun))?;
        // "The country's army" is that country's, whoever had an army before.
        if phrase.words[..own.from].iter().any(|word| word.possessive) {
            return None;
        }
        let own = &phrase.last_word(own).key;
        (0..parts.len()).rev().find_map(|n| match &parts[n].piece {
            // "The envoy" after "the UN special envoy", "the Commissioner" after "the High Commissioner".
            Piece::Noun(other) if *other == noun || self.report.last_key(n) == own => {
                self.country_beside(parts, n).or_else(|| self.table.nouns.rows[*other].of_states())
            }
            // "The Kenyan army", which the table has by that name.
            Piece::Known(known) if self.report.last_key(n) == own && !are_persons(self.table, known) => {
                self.row(known).0.country.filter(|country| country.is_state())
            }
            _ => None,
        })
    }

    /// Returns the country told with the noun at part `n` of the report, before it or behind "of" and "from".
    fn country_beside(&self, parts: &[Part], n: usize) -> Option<Country> {
        let mut at = n;
        while at > 0 && n - at < LEAD && self.report.is_joined(at) {
            at -= 1;
            match &parts[at].piece {
                Piece::Country(idx, _) => return Some(self.table.countries.rows[*idx].code),
                // "The UN envoy".
                Piece::Known(known) if self.is_of_states(known) => return self.row(known).0.country,
                Piece::Link | Piece::Number | Piece::Attached | Piece::Known(_) => break,
                _ => {}
            }
        }
        let link = self.report.is_joined(n + 1) && self.report.is_origin(n + 1);
        match parts.get(n + 2).map(|part| &part.piece) {
            Some(Piece::Country(idx, _)) if link => Some(self.table.countries.rows[*idx].code),
            _ => None,
        }
    }

    /// Tells whether actors are bodies of states.
    fn is_of_states(&self, known: &[usize]) -> bool {
        known.iter().all(|&idx| self.table.actors[idx].kind == ActorKind::Igo)
    }

    /// Returns the country that alone has such an actor, or first: a "Pentagon chief" is of the United States, a "foreign
    /// secretary" of the United Kingdom unless the report speaks of another state that has one.
    pub(super) fn home(&self, noun: usize) -> Option<Country> {
        let homes = &self.table.nouns.rows[noun].homes;
        homes.iter().copied().find(|&home| self.report.speaks_of(home)).or_else(|| homes.first().copied())
    }
}

/// Tells whether what follows a noun ends in a comma and a name with its titles: "of Kenya's army, General Jane Otieno".
fn is_apposed(phrase: &Phrase, rest: &[Part]) -> bool {
    let comma = rest.iter().rposition(|part| phrase.words[part.from].gap == Gap::Comma);
    comma.filter(|&n| n > 0).is_some_and(|n| {
        let (_, titles) = rest[n..].split_last().expect("the part behind the comma");
        titles.iter().all(|part| matches!(part.piece, Piece::Noun(_)))
    })
}
