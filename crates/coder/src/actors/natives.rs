//! Whether "Indians" are of India or of America.

use super::country::CountryForm;
use super::phrase::{Part, Piece};
use super::report::ReportNames;

/// States whose news speaks of the Indians that live there.
const AMERICAS: [&str; 17] = [
    "MEX", "GTM", "HND", "SLV", "NIC", "CRI", "PAN", "COL", "VEN", "ECU", "PER", "BOL", "BRA", "PRY", "ARG",
    "CHL", "BLZ",
];

impl ReportNames<'_> {
    /// Notes whether "Indians" are those of America: the report names states there, and India by no other word.
    pub(super) fn find_natives(&mut self) {
        let rows = &self.table.countries.rows;
        let named = |part: &Part| match &part.piece {
            Piece::Country(idx, form) => Some((rows[*idx].code, *form)),
            Piece::Known(known) => {
                self.table.actors[known[0]].terms[0].country.map(|country| (country, CountryForm::Name))
            }
            _ => None,
        };
        let mut natives = false;
        let mut others = false;
        for (country, form) in self.parts.iter().filter_map(named) {
            let is_word = matches!(form, CountryForm::Adjective | CountryForm::People);
            match country.as_str() {
                "IND" if is_word => natives = true,
                "IND" => return,
                code => others |= AMERICAS.contains(&code),
            }
        }
        self.natives = natives && others;
        let mut parts = std::mem::take(&mut self.parts);
        self.demote_natives(&mut parts);
        self.parts = parts;
    }

    /// Takes "Indian" for a word that tells of descent, where the report's Indians are those of America.
    pub(super) fn demote_natives(&self, parts: &mut [Part]) {
        let Some(&people) = self.table.nouns.phrases.of_key("people").first().filter(|_| self.natives) else {
            return;
        };
        for part in parts {
            if let Piece::Country(idx, form) = part.piece
                && self.table.countries.rows[idx].code.as_str() == "IND"
            {
                let persons = form == CountryForm::People;
                part.piece = if persons { Piece::Noun(people) } else { Piece::Attached };
            }
        }
    }
}
