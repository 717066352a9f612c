//! Values together with the words they were read from.

use crate::Span;

/// A probability, 0..=1: of values at 0.9, nine in ten are right. Calibrated on held-out training reports
/// (see the model card).
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Confidence(f32);

impl Confidence {
    /// Full certainty: read by a rule that has no exceptions.
    pub const CERTAIN: Self = Self(1.0);

    /// Returns the confidence, clamped to 0..=1; not-a-number becomes 0.
    #[must_use]
    pub fn new(probability: f32) -> Self {
        Self(if probability.is_nan() { 0.0 } else { probability.clamp(0.0, 1.0) })
    }

    /// Returns the probability.
    #[must_use]
    pub fn get(self) -> f32 {
        self.0
    }
}

/// What a value was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The words in the document's text, where there are any.
    pub span: Option<Span>,
    /// What made the value: a model head ("encoder/actor"), a rule file ("rules/warrant"), a table row ("actors/iraq#pmf").
    pub made_by: String,
}

impl Evidence {
    /// Returns evidence that stands in the text.
    #[must_use]
    pub fn read(span: Span, made_by: impl Into<String>) -> Self {
        Self { span: Some(span), made_by: made_by.into() }
    }

    /// Returns evidence that follows from a rule or from the document's date, not from words of its own.
    #[must_use]
    pub fn inferred(made_by: impl Into<String>) -> Self {
        Self { span: None, made_by: made_by.into() }
    }
}

/// A value together with the words it was read from and how sure casus is.
#[derive(Debug, Clone, PartialEq)]
pub struct Coded<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub evidence: Evidence,
    /// How likely it is right.
    pub confidence: Confidence,
}

impl<T> Coded<T> {
    /// Returns the value with its evidence.
    pub fn new(value: T, evidence: Evidence, confidence: Confidence) -> Self {
        Self { value, evidence, confidence }
    }
}
