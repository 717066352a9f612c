//! What the words around a known person's name say of the office, against the dates of the table.

use super::noun::{NounClass, NounRow};
use super::phrase::{Part, Piece, are_persons};
use super::resolve::{Found, Reader};
use casus_types::{Country, Sector};

impl Reader<'_> {
    /// Returns an actor; of a person before the first office that the table has the encoder may know more, and of one past
    /// the last, whom a report of that time calls by name alone.
    pub(super) fn in_office(&self, known: &[usize]) -> Found {
        let mut found = self.actor(known);
        let state = found.participant.country.is_some_and(Country::is_state);
        if found.participant.sector.is_none() && state && are_persons(self.table, known) {
            found.participant.sector = self.encoder(0.4);
        }
        if found.participant.sector == Some(Sector::Eli)
            && are_persons(self.table, known)
            && self.encoder(0.85) == Some(Sector::Gov)
        {
            found.participant.sector = Some(Sector::Gov);
        }
        found
    }

    /// Lets the title before a person's name correct the table: "president-elect Trump" before his term, "former prime
    /// minister Khan" who now leads the opposition.
    pub(super) fn titled(&self, before: &[Part], mut person: Found) -> Found {
        let at = before.iter().rposition(|part| matches!(part.piece, Piece::Noun(_)));
        let title = at.and_then(|at| match before[at].piece {
            Piece::Noun(noun) => Some((at, &self.table.nouns.rows[noun])),
            _ => None,
        });
        let holds = |title: &NounRow| title.class == NounClass::Office || title.sector == Some(Sector::Eli);
        let Some((at, title)) = title.filter(|(_, title)| holds(title)) else {
            return person;
        };
        let former = before.iter().any(|part| part.piece == Piece::Former);
        let ruled =
            title.sector == Some(Sector::Gov) && person.participant.country.is_some_and(Country::is_state);
        match person.participant.sector {
            Some(Sector::Eli) | None if ruled && !former => person.participant.sector = title.sector,
            // "Prime Minister Omar Karim", whom the table has as a rebel or in the opposition, and no president of a party.
            Some(Sector::Reb | Sector::Opp | Sector::Leg | Sector::Pty)
                if ruled && !former && title.governs() && !self.heads_a_body(&before[..at]) =>
            {
                person.participant.sector = title.sector;
            }
            // "Ousted president Karim", still in office on the day that the table has.
            Some(Sector::Gov) if (ruled && former && title.rules()) || title.sector == Some(Sector::Eli) => {
                person.participant.sector = Some(Sector::Eli);
            }
            // The former leader of a party is still of it.
            Some(Sector::Opp | Sector::Leg | Sector::Pty)
                if (ruled && former)
                    || (title.sector == Some(Sector::Eli) && !title.noun.ends_with("leader")) =>
            {
                person.participant.sector = Some(Sector::Eli);
            }
            _ => {}
        }
        person
    }

    /// Tells whether the words before a title name a body of their own: "Senate president", "Likud minister".
    fn heads_a_body(&self, before: &[Part]) -> bool {
        before.last().is_some_and(|part| match &part.piece {
            Piece::Noun(noun) => self.table.nouns.rows[*noun].class == NounClass::Body,
            Piece::Known(_) => true,
            _ => false,
        })
    }
}
