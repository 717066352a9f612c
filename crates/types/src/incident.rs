//! The public format of incidents, version 1: acts in the world, each joined over the reports that tell of it
//! (`docs/format/incident.md`). What reports say differently stands side by side, with who says it.

use crate::ontology::Context;
use crate::record::{RecordParticipant, RecordPlace, RecordTime};
use crate::{Date, EventType, Mode, Status};
use serde::{Deserialize, Serialize};

/// An act in the world, joined over the reports that tell of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// `i-` and the key of the event that told of it first: by day of publication, then by key.
    pub id: String,
    /// A line to read.
    pub title: String,
    /// What is done: what most of its events say.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// How, most often told first.
    pub modes: Vec<Mode>,
    /// In what setting.
    pub contexts: Vec<Context>,
    /// How it stands to the world: actual as soon as one report says that it happened.
    pub status: Status,
    /// The best days: the finest that most reports give.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<RecordTime>,
    /// The best place: the finest that most reports give.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<RecordPlace>,
    /// Who did it, most often told first.
    pub actors: Vec<RecordParticipant>,
    /// To whom, most often told first.
    pub recipients: Vec<RecordParticipant>,
    /// Numbers, in the order of the public format.
    pub numbers: Vec<IncidentNumber>,
    /// Who says so, apart from the reports themselves, most often told first.
    pub sources: Vec<String>,
    /// The reports that tell of it, in the order of their publication.
    pub reports: Vec<IncidentReport>,
    /// That its events belong together, 0..=1: the mean over its pairs; null where it has one event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
}

/// A number of an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentNumber {
    /// Which: `killed`, `injured`, …
    pub slot: String,
    /// At least: over the latest day's reports, for later reports raise and correct a toll.
    pub min: u64,
    /// At most; null where open.
    pub max: Option<u64>,
    /// Who says what, in the order of publication.
    pub says: Vec<IncidentClaim>,
}

/// What one event says of a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentClaim {
    /// At least.
    pub min: u64,
    /// At most; null where open.
    pub max: Option<u64>,
    /// The event's id.
    pub event: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    pub published: Option<Date>,
    /// Whom the report names for it.
    pub sources: Vec<String>,
}

/// A report that tells of an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentReport {
    /// The document's id.
    pub document: String,
    /// Its events that belong here.
    pub events: Vec<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    pub published: Option<Date>,
}
