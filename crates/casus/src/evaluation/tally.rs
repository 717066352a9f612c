//! Counts of right, wrong and missed.

use serde_json::{Value, json};

/// Right, wrong and missed values of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Predicted, and in gold.
    pub right: usize,
    /// Predicted, but not in gold.
    pub wrong: usize,
    /// In gold, but not predicted.
    pub missed: usize,
}

impl Tally {
    /// Adds counts.
    pub fn add(&mut self, right: usize, wrong: usize, missed: usize) {
        self.right += right;
        self.wrong += wrong;
        self.missed += missed;
    }

    /// Returns the share of predicted values that are right, 0 where none are predicted.
    #[must_use]
    pub fn precision(&self) -> f64 {
        share(self.right, self.right + self.wrong).unwrap_or(0.0)
    }

    /// Returns the share of gold values that are found, 0 where gold has none.
    #[must_use]
    pub fn recall(&self) -> f64 {
        share(self.right, self.right + self.missed).unwrap_or(0.0)
    }

    /// Returns the harmonic mean of precision and recall.
    #[must_use]
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }

    /// Returns the number of gold values.
    #[must_use]
    pub fn gold(&self) -> usize {
        self.right + self.missed
    }

    /// Returns the number of predicted values.
    #[must_use]
    pub fn predicted(&self) -> usize {
        self.right + self.wrong
    }

    pub(super) fn to_json(self) -> Value {
        json!({
            "p": percent(self.precision()), "r": percent(self.recall()), "f1": percent(self.f1()),
            "gold": self.gold(), "predicted": self.predicted(),
        })
    }

    /// Returns the five columns of the printed table.
    pub(super) fn columns(&self) -> String {
        let [p, r, f1] = [self.precision(), self.recall(), self.f1()].map(|share| 100.0 * share);
        format!("{p:7.1}{r:7.1}{f1:7.1}{:7}{:7}", self.gold(), self.predicted())
    }
}

/// How many of some things are right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rate {
    /// Right ones.
    pub right: usize,
    /// All.
    pub of: usize,
}

impl Rate {
    /// Counts one.
    pub fn add(&mut self, right: bool) {
        self.of += 1;
        self.right += usize::from(right);
    }

    /// Returns the share that is right, none where there are none.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        share(self.right, self.of)
    }

    pub(super) fn to_json(self) -> Value {
        json!({ "accuracy": self.share().map(percent), "n": self.of })
    }

    /// Returns the printed words.
    pub(super) fn words(&self) -> String {
        let share = self.share().map_or_else(|| "None".to_owned(), |share| format!("{:.1}", 100.0 * share));
        format!("accuracy {share} of {}", self.of)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of events stay far below 2^53")]
fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Returns a share in per cent with one decimal. Through text, because that rounds the exact value once.
fn percent(share: f64) -> f64 {
    format!("{:.1}", 100.0 * share).parse().expect("a number that was just written is one")
}
