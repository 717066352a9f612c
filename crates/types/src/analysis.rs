//! The linguistic reading of a report: layers over its text.
//!
//! Made by `casus-annotate`, or by hand in tests; read by `casus-coder`.

use crate::{EventType, Mode, Relation, Sector, Span, Stance, Status};

/// The index of a token within its analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenId(pub u32);

/// The index of a trigger within its analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TriggerId(pub u32);

/// Layers over one text, each in text order.
#[derive(Debug, Clone, Default)]
pub struct Analysis {
    /// Words and punctuation marks.
    pub tokens: Vec<Token>,
    /// Sentences: they do not overlap, and every token lies in one.
    pub sentences: Vec<Span>,
    /// Stretches that name somebody, some place, some time, some number or some weapon.
    pub mentions: Vec<Mention>,
    /// Words that tell of an act.
    pub triggers: Vec<Trigger>,
    /// Who and what belongs to which trigger.
    pub arguments: Vec<Argument>,
    /// How triggers stand to one another.
    pub relations: Vec<TriggerRelation>,
    /// Whom those words mean of which the coder asked.
    pub bearings: Vec<Bearing>,
}

/// A word or a punctuation mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Part of speech (Universal Dependencies: `NOUN`, `VERB`, …).
    pub pos: &'static str,
    /// The token it depends on; none for the root of a sentence.
    pub head: Option<TokenId>,
    /// The dependency (Universal Dependencies, without subtypes: `nsubj`, `obj`, …).
    pub relation: &'static str,
}

/// What a mention names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionKind {
    /// Someone who acts, is acted upon, or speaks.
    Actor,
    /// Where something is.
    Place,
    /// When something is.
    Time,
    /// How many.
    Number,
    /// With what.
    Weapon,
}

/// A stretch that names something.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Where it stands.
    pub span: Span,
    /// What it names.
    pub kind: MentionKind,
    /// The sectors an actor may belong to, likeliest first, with their probabilities; empty for other kinds.
    pub sectors: Vec<(Sector, f32)>,
    /// How likely it is a mention of this kind.
    pub probability: f32,
}

/// A word or phrase that tells of an act.
#[derive(Debug, Clone, PartialEq)]
pub struct Trigger {
    /// Where it stands.
    pub span: Span,
    /// The type it tells of.
    pub kind: EventType,
    /// How likely it tells of an act at all.
    pub probability: f32,
    /// The other types it may tell of, likeliest first, with their probabilities; `kind`'s own comes first.
    pub kinds: Vec<(EventType, f32)>,
    /// The type's modes with their probabilities, likeliest first.
    pub modes: Vec<(Mode, f32)>,
    /// The four statuses with their probabilities, likeliest first.
    pub statuses: Vec<(Status, f32)>,
    /// The five stances its source may have, likeliest first.
    pub stances: Vec<(Stance, f32)>,
    /// What its time is read from, likeliest first.
    pub datings: Vec<(Dating, f32)>,
}

/// What the time of an act is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dating {
    /// The report does not say when.
    Absent,
    /// It is the day's news: the publication date tells.
    Publication,
    /// A time expression tells.
    Expression,
}

/// What a stretch is to a trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Who does it.
    Actor,
    /// To whom it is done.
    Recipient,
    /// Where it happens.
    Place,
    /// When it happens.
    Time,
    /// Who says so.
    Source,
    /// Who passed on what the source says.
    Via,
    /// How many events of this kind.
    Count,
    /// How many were killed.
    Killed,
    /// How many were injured.
    Injured,
    /// How many were detained.
    Detained,
    /// How many were driven from home.
    Displaced,
    /// How many were abducted.
    Abducted,
}

/// A stretch that plays a role in what a trigger tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// The trigger.
    pub trigger: TriggerId,
    /// The stretch.
    pub span: Span,
    /// Its role.
    pub role: Role,
    /// How likely it plays this role.
    pub probability: f32,
}

/// Whom words mean that tell too little themselves ("he", "the army"), as the rest of the text tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct Bearing {
    /// The words.
    pub span: Span,
    /// Other words that name the same, in text order, each with its probability.
    pub same: Vec<(Span, f32)>,
    /// Other words that tell of what country they are, in text order, each with its probability.
    pub homes: Vec<(Span, f32)>,
}

/// What two triggers have to do with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TriggerLink {
    /// Both tell of one act.
    Same,
    /// The acts stand in this relation.
    Linked(Relation),
}

/// What one trigger has to do with another.
#[derive(Debug, Clone, PartialEq)]
pub struct TriggerRelation {
    /// From this trigger …
    pub from: TriggerId,
    /// … to that one.
    pub to: TriggerId,
    /// What it is.
    pub link: TriggerLink,
    /// How likely it is.
    pub probability: f32,
}

impl Analysis {
    /// Returns the trigger of that number.
    ///
    /// # Panics
    /// Where the number belongs to another analysis.
    #[must_use]
    pub fn trigger(&self, id: TriggerId) -> &Trigger {
        &self.triggers[id.0 as usize]
    }

    /// Returns the number of the sentence that a span starts in; the nearest one before it where it lies between two.
    #[must_use]
    pub fn sentence_of(&self, span: Span) -> usize {
        self.sentences.partition_point(|s| s.start <= span.start).saturating_sub(1)
    }
}
