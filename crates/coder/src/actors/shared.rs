//! Heads that several states share: "the foreign ministers of Kenya, Uganda and Rwanda", "Thai and Cambodian troops".

use super::country::CountryForm;
use super::fold::{Gap, key};
use super::noun::NounClass;
use super::phrase::{Part, Piece};
use super::report::ReportNames;
use casus_types::Span;
use std::ops::Range;

/// Most words that may stand between the last state and the head it shares: "Thai and Cambodian senior army officers".
const BETWEEN: usize = 2;

impl ReportNames<'_> {
    /// Returns a state that stands alone in a phrase with the head that it shares with the states beside it: "foreign ministers of
    /// Uganda", of the "Uganda" in "the foreign ministers of Kenya, Uganda and Rwanda".
    pub(super) fn with_shared_head(&self, phrase: Span) -> Option<String> {
        let first = self.parts.partition_point(|part| self.words[part.from].start < phrase.range().start);
        let counts = |n: &usize| {
            self.parts.get(*n).is_some_and(|p| p.piece == Piece::Number || self.last_key_of(p) == "both")
        };
        let at = first + (first..self.parts.len()).take_while(counts).count();
        let own = self.parts.get(at).filter(|own| self.words[own.to - 1].end <= phrase.range().end)?;
        let Piece::Country(_, form) = own.piece else { return None };
        if self.words.get(own.to).is_some_and(|next| next.start < phrase.range().end) {
            return None; // it does not stand alone
        }
        let state = self.slice(own.from..own.to);
        let behind = || self.head_behind(at).map(|head| self.slice(head));
        match form {
            CountryForm::Name if self.words[own.to - 1].possessive => {
                Some(format!("{state}'s {}", behind()?))
            }
            CountryForm::Name => match self.head_before(at) {
                Some(head) => Some(format!("{} {state}", self.slice(head))),
                None => Some(format!("{state} {}", behind()?)),
            },
            CountryForm::Adjective => Some(format!("{state} {}", behind()?)),
            CountryForm::People | CountryForm::Seat => None,
        }
    }

    /// Tells whether a seat of government stands beside another: in "Moscow and Kyiv traded blame" both stand for theirs.
    pub(super) fn is_seat_among_seats(&self, phrase: Span) -> bool {
        let at = self.parts.partition_point(|part| self.words[part.from].start < phrase.range().start);
        let is_seat = |n: usize| {
            self.parts.get(n).is_some_and(|part| matches!(part.piece, Piece::Country(_, CountryForm::Seat)))
        };
        let before = at >= 2 && self.is_and(at - 1) && is_seat(at - 2);
        is_seat(at) && (before || (self.is_and(at + 1) && is_seat(at + 2)))
    }

    /// Returns the head with its "of" that stands before the first of the states to which part `at` belongs.
    fn head_before(&self, mut at: usize) -> Option<Range<usize>> {
        let last = at;
        // The first of several is told of by itself: "the leaders of" "France", of "the leaders of France, Italy and Japan".
        let name = |n: usize| {
            self.parts.get(n).is_some_and(|p| matches!(p.piece, Piece::Country(_, CountryForm::Name)))
        };
        let mut is_first = self.is_after_comma(at + 1) && name(at + 1) || self.is_and(at + 1) && name(at + 2);
        loop {
            at = match self.equal_before(at) {
                Some(before) => before,
                None if is_first => at,
                None => return None,
            };
            is_first = false;
            let link = at.checked_sub(1)?;
            let opens = matches!(self.last_key(link), "of" | "from" | "in") && self.is_joined(at);
            if opens && self.parts[link].piece == Piece::Link {
                // "The army of Chad, and Sudan": a new thought.
                let apart = last - at == 2
                    && self.is_and(last - 1)
                    && self.words[self.parts[last - 1].from].gap == Gap::Comma;
                let noun = link.checked_sub(1).filter(|_| self.is_joined(link) && !apart)?;
                let head = self.parts[noun].from..self.parts[link].to;
                return self.are_many(&self.parts[noun]).then_some(head);
            }
        }
    }

    /// Returns the state before part `at` in an enumeration: behind a comma or "and".
    fn equal_before(&self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1)?;
        let before = if self.is_and(before) { before.checked_sub(1)? } else { before };
        let listed = before + 1 < at || self.is_after_comma(at);
        (listed && matches!(self.parts[before].piece, Piece::Country(_, CountryForm::Name))).then_some(before)
    }

    /// Returns the head that stands behind the last of the states to which part `at` belongs.
    fn head_behind(&self, at: usize) -> Option<Range<usize>> {
        let mut last = at;
        while let Some(next) = self.equal_behind(last) {
            last = next;
        }
        let part = &self.parts[last];
        if let Piece::Known(_) = part.piece {
            // "Cambodian troops", which the table knows as a whole.
            return Some(part.from + self.state_within(part)?..part.to);
        }
        // "Kenya and Uganda exchanged artillery fire": behind a name stands what the states do.
        let is_name = matches!(part.piece, Piece::Country(_, CountryForm::Name));
        let between = if is_name && !self.words[part.to - 1].possessive { 0 } else { BETWEEN };
        let noun = (last + 1..self.parts.len().min(last + 2 + between))
            .take_while(|&n| last > at && self.is_joined(n))
            .find(|&n| self.are_many(&self.parts[n]))?;
        let plain = |part: &Part| matches!(part.piece, Piece::Word | Piece::Noun(_));
        self.parts[last + 1..noun].iter().all(plain).then_some(part.to..self.parts[noun].to)
    }

    /// Returns the state behind part `at` in an enumeration of words that stand before a noun: "Thai and Cambodian".
    fn equal_behind(&self, at: usize) -> Option<usize> {
        let next = if self.is_and(at + 1) { at + 2 } else { at + 1 };
        let part = self.parts.get(next)?;
        let listed = next > at + 1 || self.is_after_comma(next);
        let before_noun = match part.piece {
            Piece::Country(_, CountryForm::Adjective) => true,
            // "Kenya's and Uganda's presidents", "Iraqi and US troops".
            Piece::Country(_, CountryForm::Name) => {
                self.words[part.to - 1].possessive || self.is_joined(next + 1)
            }
            Piece::Known(_) => self.state_within(part).is_some(),
            _ => false,
        };
        (listed && before_noun && !matches!(self.parts[at].piece, Piece::Known(_))).then_some(next)
    }

    /// Returns the number of words of the state with which a longer name begins: one of "Cambodian troops".
    fn state_within(&self, part: &Part) -> Option<usize> {
        let (length, _) = self.table.countries.phrases.longest_at(&self.words, part.from)?;
        (length < part.to - part.from).then_some(length)
    }

    fn slice(&self, words: Range<usize>) -> &str {
        &self.text[self.words[words.start].start..self.words[words.end - 1].end]
    }

    fn is_and(&self, n: usize) -> bool {
        self.parts.get(n).is_some_and(|part| self.words[part.from].key == "and")
    }

    /// Tells whether a part is a noun for several, or for a body that each state has.
    fn are_many(&self, part: &Part) -> bool {
        let Piece::Noun(noun) = part.piece else { return false };
        let row = &self.table.nouns.rows[noun];
        let word = self.last_key_of(part);
        row.class == NounClass::Body
            || !key(&row.noun).ends_with(word)
            || word.ends_with('s')
            || COLLECTIVE.contains(&word)
    }
}

/// Nouns for several that are their own singular.
const COLLECTIVE: [&str; 3] = ["people", "police", "personnel"];
