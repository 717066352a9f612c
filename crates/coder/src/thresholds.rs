//! From which probability on casus decides.

use crate::confidence::ConfidenceWeights;
use serde::Deserialize;

/// The probabilities from which a proposal of the network counts, all 0..=1. They belong to a model and are chosen
/// on training reports that it has not seen (`xtask/src/tune.rs`); `models/thresholds.json` holds them.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// Those for short reports.
    pub short: Bars,
    /// Those for articles, which have many words around an act and come back to it again and again.
    pub article: Bars,
    /// What makes a record likely to be right.
    pub confidence: ConfidenceWeights,
}

/// The thresholds for one kind of report.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bars {
    /// A trigger tells of an act.
    pub trigger: f32,
    /// An act is kept where its likeliest trigger is at least this likely.
    pub act: f32,
    /// Two groups of triggers tell of one act, on average over their pairs.
    pub same: f32,
    /// What one act is worth as a hint that two triggers of different types tell of it.
    pub same_across_types: f32,
    /// What the same doers and sufferers are worth as a hint that two triggers of one type tell of one act.
    pub same_by_participants: f32,
    /// A stretch is an actor.
    pub actor: f32,
    /// The likeliest stretch is an actor, where none reaches `actor`.
    pub best_actor: f32,
    /// A stretch is a recipient.
    pub recipient: f32,
    /// The likeliest stretch is a recipient, where none reaches `recipient`.
    pub best_recipient: f32,
    /// Anyone further plays a role when this share as likely as the likeliest who does.
    pub further: f32,
    /// How far the word of a role's likeliest trigger gives way to the mean of all triggers of the act.
    pub agreement: f32,
    /// A stretch is the place.
    pub place: f32,
    /// A stretch is the time.
    pub time: f32,
    /// An act without a time of its own is the day's news.
    pub publication: f32,
    /// A stretch is a number of persons or acts.
    pub number: f32,
    /// A stretch is the source.
    pub source: f32,
    /// A stretch passed on what the source says.
    pub via: f32,
    /// An act answers another.
    pub response: f32,
    /// An act's content is another.
    pub about: f32,
    /// An act is part of another.
    pub part: f32,
    /// The likeliest mode of the type holds.
    pub best_mode: f32,
    /// Any further mode holds.
    pub mode: f32,
}

impl Thresholds {
    /// Reads the thresholds of a model.
    ///
    /// # Errors
    /// Where a key is missing, unknown or no number.
    pub fn parse(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json)
    }
}
