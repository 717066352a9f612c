//! A record as a store gives it out and takes it back: with the report's words, what became of the report, and what
//! people decided of its events (`docs/format/record.md`, "Records out of a store").

use super::{Record, RecordEvent};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A record with all that a store knows beside it. One that was never in a store has neither `text` nor `store`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct KeptRecord {
    /// The record.
    #[serde(flatten)]
    pub record: Record,
    /// The report's words, where they are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What a store knew of the report.
    #[serde(default, rename = "store", skip_serializing_if = "Option::is_none")]
    pub kept: Option<Kept>,
}

impl KeptRecord {
    /// Tells whether an event counts: nobody rejected it, and no newer version replaced its report.
    #[must_use]
    pub fn counts(&self, event: &RecordEvent) -> bool {
        self.kept.as_ref().is_none_or(|kept| {
            kept.replaced_by.is_none() && kept.reviewed.get(&event.id) != Some(&Verdict::Rejected)
        })
    }
}

/// What a store knows of a report beside its record.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// The id that the report came with; the record's id where empty.
    pub given_id: String,
    /// What became of it.
    pub state: DocumentState,
    /// The id of the record that it is a copy of; only and always where `state` is `copy`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy_of: Option<String>,
    /// How much of a copy's words stand there, 0..=1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub similarity: Option<f64>,
    /// The id of the older version whose place it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaces: Option<String>,
    /// The id of the newer version that took its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<String>,
    /// File, and line or entry, that it came from first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// The moment it came in, UTC, `YYYY-MM-DDTHH:MM:SS.SSSZ`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub added: Option<String>,
    /// How many of the record's problems, the first ones, were found on reading; none says all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problems_read: Option<usize>,
    /// How the events stand that people decided on, by event id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub reviewed: BTreeMap<String, Verdict>,
    /// What people decided, in the order of deciding. A decision on events of two reports stands with the later one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reviews: Vec<RecordReview>,
}

/// What became of a report in a store.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DocumentState {
    /// It was coded, though it may tell of nothing.
    #[default]
    Coded,
    /// It says nothing that another does not.
    Copy,
    /// It is in another language, and was not coded.
    Foreign,
    /// It could not be coded.
    Failed,
}

/// How an event stands after all that was decided on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It is right as it stands.
    Accepted,
    /// It is wrong altogether.
    Rejected,
    /// It was put right.
    Corrected,
}

/// What a person decided, of an event or of two.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecordReview {
    /// What was decided.
    pub decision: ReviewDecision,
    /// Of which event.
    #[serde(flatten)]
    pub event: Reviewed,
    /// The other event, where two are one incident or are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<Reviewed>,
    /// The slot that was put right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<String>,
    /// Its value, as it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<serde_json::Value>,
    /// What there is to say about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Who decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<String>,
    /// When, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made: Option<String>,
    /// The event as it was then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<RecordEvent>,
}

/// What can be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ReviewDecision {
    /// The event is right as it stands.
    Accepted,
    /// It is wrong altogether.
    Rejected,
    /// A slot was put right.
    Corrected,
    /// Two events are one incident.
    Together,
    /// Two events are two incidents.
    Apart,
}

/// The event that a decision is about, and the words that it points at, by which the event is found again when its
/// report is coded anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewed {
    /// The id of its report's record.
    pub document: String,
    /// Its id.
    pub event: String,
    /// Whether the report, coded anew, tells of no such event any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lost: bool,
    /// Its type when it was decided.
    #[serde(rename = "type")]
    pub kind: String,
    /// First code point of its fullest mention.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

impl DocumentState {
    /// Returns the word that files have for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Coded => "coded",
            Self::Copy => "copy",
            Self::Foreign => "foreign",
            Self::Failed => "failed",
        }
    }

    /// Returns the state of a word.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Coded, Self::Copy, Self::Foreign, Self::Failed].into_iter().find(|it| it.as_str() == name)
    }
}

impl Verdict {
    /// Returns the word that files have for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Corrected => "corrected",
        }
    }

    /// Returns the verdict of a word.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Accepted, Self::Rejected, Self::Corrected].into_iter().find(|it| it.as_str() == name)
    }
}

impl ReviewDecision {
    /// Returns the word that files have for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Corrected => "corrected",
            Self::Together => "together",
            Self::Apart => "apart",
        }
    }

    /// Returns the decision of a word.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Accepted, Self::Rejected, Self::Corrected, Self::Together, Self::Apart]
            .into_iter()
            .find(|it| it.as_str() == name)
    }

    /// Tells whether it is about two events.
    #[must_use]
    pub fn is_of_two(self) -> bool {
        matches!(self, Self::Together | Self::Apart)
    }
}
