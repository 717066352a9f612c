//! How right the records are: compared with reports that people annotated.
//!
//! Events are paired one to one within a document, best overlap first: a pair needs the same type (or one that the gold
//! event lists under `also`) and a trigger in the same sentence; overlapping triggers win over neighbouring ones. A
//! predicted event without a pair is wrong, a gold event without one is missed; optional gold events are neither.
//! Slots count end to end: those of a missed event are missed, those of a wrong event are wrong.

mod calibration;
mod comparison;
mod gold;
mod incidents;
mod pairing;
mod report;
mod sentences;
mod tally;

pub use calibration::{Band, Calibration};
pub use comparison::{SlotFault, WrongEvent};
pub use gold::{GoldDocument, GoldEntity, GoldError, GoldEvent, GoldLink, GoldPlace, GoldSource, GoldTime};
pub use incidents::{BCubed, LabelledPair, LinkingEvaluation};
pub use tally::{Rate, Tally};

use casus_types::EventType;
use casus_types::record::Record;
use std::collections::BTreeMap;

/// How a set of records compares with gold.
#[derive(Debug, Clone, Default)]
pub struct Evaluation {
    /// Gold documents.
    pub documents: usize,
    /// Those of them that no record speaks of.
    pub without_output: Vec<String>,
    /// Paired events.
    pub events: Tally,
    /// The same, the type ignored.
    pub untyped: Tally,
    /// Who does it: by overlap with any mention of the entity, or by its name.
    pub actors: Tally,
    /// To whom, likewise.
    pub recipients: Tally,
    /// The countries of places.
    pub places: Tally,
    /// Days that overlap and differ in length by a factor of two at most.
    pub time: Tally,
    /// Days that are the same.
    pub time_exact: Tally,
    /// Killed, injured, detained, displaced, abducted, count.
    pub numbers: Tally,
    /// Who says so.
    pub sources: Tally,
    /// Relation and partner.
    pub links: Tally,
    /// Whole records: type, status, actors, recipients, countries and days all right.
    pub record: Tally,
    /// Paired events of which a mode is right, where gold has one.
    pub modes: Rate,
    /// Paired events whose status is right.
    pub status: Rate,
    /// Paired participants whose country and sector are right.
    pub code: Rate,
    /// Gold points with a predicted point within 161 km.
    pub near: Rate,
    /// Paired sources whose stance is right.
    pub stance: Rate,
    /// Paired sources that are rightly unnamed or named.
    pub anonymous: Rate,
    /// Paired events by gold type; wrong ones by their own.
    pub types: BTreeMap<&'static str, Tally>,
    /// Whether the confidence of whole records is earned.
    pub calibration: Calibration,
    /// What went wrong, in the order of the gold documents.
    pub wrong: Vec<WrongEvent>,
}

impl Evaluation {
    /// Returns the comparison of records with the gold documents of the same ids.
    #[must_use]
    pub fn new(gold: &[GoldDocument], records: &[Record]) -> Self {
        // Where an id comes twice, the later record counts.
        let by_id: BTreeMap<&str, &Record> = records.iter().map(|r| (r.id.as_str(), r)).collect();
        let mut evaluation = Self::default();
        for document in gold {
            let record = by_id.get(document.id.as_str()).copied();
            evaluation.documents += 1;
            if record.is_none() {
                evaluation.without_output.push(document.id.clone());
            }
            evaluation.compare(document, record.map_or(&[], |r| &r.events));
        }
        evaluation
    }

    /// Returns the figures with precision and recall, in the order of printing.
    fn tallies(&self) -> [(&'static str, &Tally); 11] {
        [
            ("events", &self.events),
            ("untyped", &self.untyped),
            ("actors", &self.actors),
            ("recipients", &self.recipients),
            ("places", &self.places),
            ("time", &self.time),
            ("time exact", &self.time_exact),
            ("numbers", &self.numbers),
            ("sources", &self.sources),
            ("links", &self.links),
            ("record", &self.record),
        ]
    }

    /// Returns the figures that are a share of paired things, in the order of printing.
    fn rates(&self) -> [(&'static str, &Rate); 6] {
        [
            ("modes", &self.modes),
            ("status", &self.status),
            ("code", &self.code),
            ("near", &self.near),
            ("stance", &self.stance),
            ("anonymous", &self.anonymous),
        ]
    }

    fn of_type(&mut self, kind: EventType) -> &mut Tally {
        self.types.entry(kind.as_str()).or_default()
    }
}

#[cfg(test)]
mod tests;
