//! What the words of a phrase give, piece by piece: what `casus actor` shows of a phrase.

use super::country::CountryForm;
use super::phrase::{Phrase, Piece};
use super::table::ActorTable;
use casus_types::Span;

/// A piece of a phrase with what the tables say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The words.
    pub span: Span,
    /// What they are: `IRQ, by its adjective`, `COP, a body`, `Hamas`, `a word that casus does not know`.
    pub what: String,
    /// File and line that says so; none for words that code knows, and for unknown ones.
    pub row: Option<String>,
}

impl ActorTable {
    /// Takes a phrase apart: its pieces in order, with what each is taken for. Articles are left out.
    #[must_use]
    pub fn tell(&self, phrase: &str) -> Vec<Told> {
        let read = Phrase::read(self, phrase, Span::new(0, phrase.len()));
        let pieces = read.parts.iter().map(|part| {
            let words = read.of(part);
            let span = Span::new(words[0].start, words[words.len() - 1].end);
            let (what, row) = self.meaning(&part.piece);
            Told { span, what, row }
        });
        pieces.collect()
    }

    fn meaning(&self, piece: &Piece) -> (String, Option<String>) {
        let fixed = |what: &str| (what.to_owned(), None);
        match piece {
            Piece::Known(known) => {
                let actor = &self.actors[known[0]];
                let others = known.len() - 1;
                let more =
                    if others == 0 { String::new() } else { format!(" and {others} more of this name") };
                (format!("{}{more}", actor.name), Some(format!("{}:{}", actor.file, actor.terms[0].line)))
            }
            Piece::Country(idx, form) => {
                let country = &self.countries.rows[*idx];
                let by = match form {
                    CountryForm::Name => "its name",
                    CountryForm::Adjective => "its adjective",
                    CountryForm::People => "its people",
                    CountryForm::Seat => "its seat of government",
                };
                (format!("{}, by {by}", country.code), Some(country.row.clone()))
            }
            Piece::Noun(idx) => {
                let noun = &self.nouns.rows[*idx];
                let sector = noun.sector.map_or("no sector".to_owned(), |sector| sector.to_string());
                (format!("{sector}, a noun for {}", noun.class.name()), Some(noun.row.clone()))
            }
            Piece::Number => fixed("a number"),
            Piece::Link => fixed("what follows only tells more"),
            Piece::Former => fixed("a past office"),
            Piece::Attached => fixed("whose, not who"),
            Piece::Word => fixed("a word that casus does not know"),
        }
    }
}
