//! Whose "its", "his" and "our" are.

use super::fold::Gap;
use super::noun::NounClass;
use super::phrase::{Part, Piece, are_persons};
use super::report::ReportNames;
use casus_types::Country;

impl ReportNames<'_> {
    /// Returns the state that "its" or "their" at a place of the text points to: the first that the sentence names, for
    /// that is mostly its subject, else the last before; "his" points to the last person.
    pub(super) fn owner(&self, at: usize, pronoun: &str) -> Option<Country> {
        if matches!(pronoun, "his" | "her") {
            return self.person_before(at).or_else(|| self.country_before(at));
        }
        if matches!(pronoun, "our" | "my")
            && let Some(speaker) = self.speaker_behind(at)
        {
            return Some(speaker);
        }
        let end = self.words.partition_point(|word| word.end <= at);
        let first = (0..end).rev().find(|&n| self.words[n].gap == Gap::Stop).unwrap_or(0);
        let start = self.words.get(first).map_or(0, |word| word.start);
        let subject = self.countries().iter().find(|&&(place, _)| (start..at).contains(&place));
        subject.map(|&(_, country)| country).or_else(|| self.country_before(at))
    }

    /// Returns the country of the person named or titled last before a place of the text, in its sentence or the one before.
    fn person_before(&self, at: usize) -> Option<Country> {
        let mut stops = 0;
        let before = self.before(at);
        for (n, part) in before.iter().enumerate().rev() {
            match &part.piece {
                Piece::Known(known) if are_persons(self.table, known) && known.len() == 1 => {
                    return self.table.actors[known[0]].on(self.published).country;
                }
                Piece::Noun(noun) if self.table.nouns.rows[*noun].of_states().is_some() => {
                    return self.table.nouns.rows[*noun].of_states();
                }
                // "The Kenyan ambassador to Uganda … his government".
                Piece::Noun(noun)
                    if self.table.nouns.rows[*noun].class == NounClass::Office
                        && n > 0
                        && self.words[part.from].gap <= Gap::Hyphen
                        && matches!(before[n - 1].piece, Piece::Country(..)) =>
                {
                    let Piece::Country(idx, _) = before[n - 1].piece else { return None };
                    return Some(self.table.countries.rows[idx].code);
                }
                _ => stops += usize::from(self.words[part.from].gap == Gap::Stop),
            }
            if stops > 1 {
                break;
            }
        }
        None
    }

    /// Returns the country of the person whom a sentence names behind the words that he speaks: "They block our country,”
    /// Jane Otieno said".
    fn speaker_behind(&self, at: usize) -> Option<Country> {
        let from = self.parts.partition_point(|part| self.words[part.from].start <= at);
        let sentence = self.parts[from..].iter().take_while(|part| self.words[part.from].gap != Gap::Stop);
        let quoted = |part: &Part| {
            let before = &self.text[at..self.words[part.from].start];
            before.contains(['”', '"', '’', '\''])
        };
        let mut persons = sentence.filter_map(|part| match &part.piece {
            Piece::Known(known) if known.len() == 1 && are_persons(self.table, known) && quoted(part) => {
                Some(known[0])
            }
            _ => None,
        });
        persons.next().and_then(|idx| self.table.actors[idx].on(self.published).country)
    }
}
