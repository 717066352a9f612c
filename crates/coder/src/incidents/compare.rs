//! Two tellings side by side: what they share, what sets them apart.

use super::feature::{Feature, Weights};
use super::telling::Telling;
use super::{parties, times, tolls, whereabouts};
use casus_types::{EventType, Status};

/// Why two tellings are taken for one incident or for two.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// What was found, each with its value and the log-odds that it adds; in the order of [`Feature::ALL`].
    pub reasons: Vec<Reason>,
    /// Their sum: the log-odds that both tell of one incident.
    pub log_odds: f64,
}

/// One thing that speaks for or against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reason {
    /// What it is.
    pub feature: Feature,
    /// How much of it there is: 1 where it is there or not.
    pub value: f64,
    /// What it adds to the log-odds.
    pub adds: f64,
}

/// Log-odds below and above which one pair counts no more: no single pair outvotes all others.
const MOST: f64 = 6.0;

/// The log-odds of two tellings that nothing relates: another kind of act, or other days.
pub const UNRELATED: f64 = -MOST;

impl Comparison {
    /// Compares two tellings; the order of the two does not matter.
    #[must_use]
    pub fn new(a: &Telling, b: &Telling, weights: &Weights) -> Self {
        let mut values = features(a, b);
        values.sort_by_key(|(feature, _)| *feature);
        let reasons: Vec<Reason> = values
            .into_iter()
            .map(|(feature, value)| Reason { feature, value, adds: value * weights.of(feature) })
            .collect();
        let sum: f64 = reasons.iter().map(|r| r.adds).sum();
        Self { reasons, log_odds: sum.clamp(-MOST, MOST) }
    }

    /// Returns the probability, 0 to 1, that both tell of one incident.
    #[must_use]
    pub fn probability(&self) -> f64 {
        1.0 / (1.0 + (-self.log_odds).exp())
    }
}

/// Returns what is found when two tellings are compared, each feature once.
fn features(a: &Telling, b: &Telling) -> Vec<(Feature, f64)> {
    let mut found = vec![(Feature::Base, 1.0)];
    let mut add = |feature: Option<Feature>| found.extend(feature.map(|f| (f, 1.0)));
    add((a.kind != b.kind).then_some(Feature::TypeAkin));
    add(either(&a.modes, &b.modes, Feature::ModeSame, Feature::ModeOther));
    add(statuses(a.status, b.status));
    add(Some(whereabouts::places(a, b)));
    for feature in parties::parties(a, b, is_word(a.kind) && is_word(b.kind)) {
        add(Some(feature));
    }
    add(either(&a.weapons, &b.weapons, Feature::WeaponSame, Feature::WeaponOther));
    add(a.triggers.iter().any(|t| b.triggers.contains(t)).then_some(Feature::TriggerSame));
    add((a.document == b.document).then_some(Feature::ReportSame));
    found.push(times::days(a, b));
    found.extend(times::publications(a, b).map(|apart| (Feature::PublishedApart, apart)));
    found.extend(tolls::tolls(a, b));
    for (feature, likeness) in [
        (Feature::SentenceWords, a.sentences.cosine(&b.sentences)),
        (Feature::SentenceShared, (a.sentences.shared_weight(&b.sentences) / 20.0).min(1.0)),
        (Feature::ReportWords, a.report.cosine(&b.report)),
    ] {
        // Within one report the words of the report say nothing.
        if likeness > 0.0 && (feature != Feature::ReportWords || a.document != b.document) {
            found.push((feature, likeness));
        }
    }
    found
}

/// Returns one feature where two lists share a value, the other where both have values and share none.
fn either<T: PartialEq>(a: &[T], b: &[T], same: Feature, other: Feature) -> Option<Feature> {
    if a.iter().any(|x| b.contains(x)) {
        Some(same)
    } else if a.is_empty() || b.is_empty() {
        None
    } else {
        Some(other)
    }
}

fn statuses(a: Status, b: Status) -> Option<Feature> {
    match (a.min(b), a.max(b)) {
        (x, y) if x == y => None,
        (Status::Actual, Status::Future) => Some(Feature::StatusPlanned),
        _ => Some(Feature::StatusOther),
    }
}

/// Tells whether an act is one of words: who says it matters more than where.
pub(super) fn is_word(kind: EventType) -> bool {
    matches!(
        kind,
        EventType::Accuse
            | EventType::Request
            | EventType::Reject
            | EventType::Threaten
            | EventType::Support
            | EventType::Concede
            | EventType::Agree
            | EventType::Consult
    )
}

/// Tells whether acts of these types may be one incident: the same, or types that reports, and casus, use for one
/// act in turn ("clashes at a rally", "detained" and "seized", "agreed" and "met").
#[must_use]
pub fn akin(a: EventType, b: EventType) -> bool {
    a == b || KIN.iter().any(|group| group.contains(&a) && group.contains(&b))
}

/// Groups of types that stand for one another.
const KIN: [&[EventType]; 6] = [
    &[EventType::Assault, EventType::Coerce, EventType::Mobilize],
    &[EventType::Assault, EventType::Protest],
    &[EventType::Accuse, EventType::Reject, EventType::Request, EventType::Threaten],
    &[EventType::Agree, EventType::Consult, EventType::Cooperate, EventType::Support, EventType::Aid],
    &[EventType::Agree, EventType::Concede, EventType::Retreat],
    &[EventType::Sanction, EventType::Coerce, EventType::Accuse],
];

/// Returns the types that [`akin`] holds for, the given one among them.
#[must_use]
pub fn kin(kind: EventType) -> Vec<EventType> {
    EventType::ALL.iter().copied().filter(|&other| akin(kind, other)).collect()
}
