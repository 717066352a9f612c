//! The nouns of casus: what flows from a report to its event records.
//!
//! A [`Document`] is read into an [`Analysis`], from which [`Event`]s are coded; all three refer to one text that
//! never changes, by byte [`Span`]s. [`record`] turns them into the public format. Nothing here does I/O.

pub mod analysis;
pub mod document;
pub mod event;
pub mod evidence;
pub mod incident;
pub mod ontology;
pub mod problem;
pub mod record;
pub mod scores;
pub mod span;

pub use analysis::Analysis;
pub use document::Document;
pub use event::Event;
pub use evidence::{Coded, Confidence, Evidence};
pub use ontology::{Country, EventType, Mode, Relation, Sector, Stance, Status, actor_code};
pub use problem::Problem;
pub use span::Span;

/// A day of the civil calendar.
pub use jiff::civil::Date;

/// One report with everything casus read from it.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The report itself.
    pub document: Document,
    /// Its linguistic reading.
    pub analysis: Analysis,
    /// The events it tells of, in the order of their first mention.
    pub events: Vec<Event>,
    /// What was odd about it.
    pub problems: Vec<Problem>,
}
