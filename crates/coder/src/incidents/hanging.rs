//! Which tellings hang together: the pairs that incidents are made of.
//!
//! A war tells of like acts day after day, each a little like the next. Were every pair that might be one incident taken
//! for a link, a year of it would be one chain, and each new report would set all of it in motion. So a telling that is
//! like many others asks for more likeness: it has a bar, and two tellings hang together where their likeness reaches
//! the bars of both. A bar depends on the telling's own surroundings alone, so what a new report can change lies near.

use super::cluster::comparable;
use super::compare::Comparison;
use super::decisions::Decisions;
use super::feature::Weights;
use super::telling::Telling;
use std::sync::Arc;

/// How many others may reach a telling's bar before it is raised.
const CROWD: usize = 4;

/// By how much, in log-odds.
const STEP: f64 = 0.5;

/// How far below the threshold of joining, in log-odds, likeness is still told apart. Two groups may be joined although
/// some of their pairs lie below it; what lies deeper counts as `UNLIKE` below it, all alike, so that nothing need be
/// compared again when a block grows, and no single pair outvotes all others.
const DEEPEST: f64 = 2.0;

/// What a pair counts that is less alike than that, below the threshold.
pub(super) const UNLIKE: f64 = 3.0;

/// A telling that is like another, and how like.
#[derive(Debug, Clone)]
pub struct Alike {
    /// The other telling.
    pub telling: Arc<Telling>,
    /// The log-odds that both tell of one incident.
    pub log_odds: f64,
}

/// Returns the log-odds that two tellings are one incident; none where they are so low that they are not told apart.
#[must_use]
pub fn likeness(a: &Telling, b: &Telling, weights: &Weights) -> Option<f64> {
    if !comparable(a, b) {
        return None;
    }
    let log_odds = Comparison::new(a, b, weights).log_odds;
    (log_odds >= weights.join_from - DEEPEST).then_some(log_odds)
}

/// Returns the bar of a telling, given how like it the others are: the lowest, from the threshold of joining up,
/// that at most [`CROWD`] others reach.
pub(super) fn bar(others: &[f64], weights: &Weights) -> f64 {
    let mut bar = weights.join_from;
    while bar < weights.highest_bar && others.iter().filter(|&&log_odds| log_odds >= bar).count() > CROWD {
        bar += STEP;
    }
    bar
}

/// Tells whether two tellings hang together: somebody said so, or they are like enough for the bars of both.
pub(super) fn hang(
    (a, b): (&str, &str),
    log_odds: Option<f64>,
    bars: (f64, f64),
    decisions: &Decisions,
) -> bool {
    decisions.on(a, b).unwrap_or_else(|| log_odds.is_some_and(|found| found >= bars.0.max(bars.1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telling_like_many_others_asks_for_more() {
        let weights = Weights::parse("join\t-0.5\nbar\t1.5\n").unwrap();
        let bar = |others: &[f64]| bar(others, &weights);
        assert!((bar(&[0.2; 4]) + 0.5).abs() < f64::EPSILON, "four are no crowd");
        assert!((bar(&[0.2; 5]) - 0.5).abs() < f64::EPSILON, "the lowest step that they do not reach");
        assert!((bar(&[-2.0; 50]) + 0.5).abs() < f64::EPSILON, "those that are not alike do not count");
        assert!(
            (bar(&[4.0; 50]) - 1.5).abs() < f64::EPSILON,
            "many reports of one act still find each other"
        );
        let hangs = |log_odds, bars| hang(("a", "b"), log_odds, bars, &Decisions::default());
        assert!(hangs(Some(1.0), (0.5, 1.0)) && !hangs(Some(1.0), (0.5, 1.5)) && !hangs(None, (-0.5, -0.5)));
    }
}
