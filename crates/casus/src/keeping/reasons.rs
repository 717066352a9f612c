//! What spoke for an event in its incident.

use crate::linking::{Decisions, Linker, Telling};
use casus_coder::incidents::Alike;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Events whose reasons are remembered. A report more changes those of few members of a crowd.
const REMEMBERED: usize = 8_192;

/// The reasons that were given for events.
#[derive(Debug, Default)]
pub(super) struct Reasons {
    given: BTreeMap<String, Given>,
}

/// The reasons that were given for an event: those of likeness to another.
#[derive(Debug)]
struct Given {
    own: Arc<Telling>,
    with: Arc<Telling>,
    reason: Reason,
}

/// Why an event is in its incident.
#[derive(Debug, Clone)]
pub(super) struct Reason {
    /// The probability that it is one incident with the other, 0..=1.
    pub(super) score: Option<f64>,
    pub(super) why: Arc<Value>,
    /// Whether it is what was given for this event the last time.
    pub(super) stands: bool,
}

impl Reason {
    fn new(score: Option<f64>, why: Value) -> Self {
        Self { score, why: Arc::new(why), stands: false }
    }
}

impl Reasons {
    /// Returns what spoke for an event in its incident: the closest of the others there, with its reasons. `alike` tells how
    /// like it each of `tellings` is, the events of the incident in the order of their keys. Whoever asks writes it down.
    pub(super) fn give(
        &mut self,
        linker: &Linker,
        own: &Arc<Telling>,
        alike: &[Option<&Alike>],
        tellings: &[Arc<Telling>],
        decisions: &Decisions,
    ) -> Reason {
        let given = self.given.remove(&own.event);
        if let Some(other) = tellings.iter().find(|t| decisions.on(&own.event, &t.event) == Some(true)) {
            return Reason::new(Some(1.0), json!({"with": other.event, "decided": true}));
        }
        // Of equals the first.
        let best = alike.iter().flatten().copied().fold(None, |best: Option<&Alike>, other| match best {
            Some(top) if top.log_odds >= other.log_odds => best,
            _ => Some(other),
        });
        let Some(with) = best.map(|best| Arc::clone(&best.telling)) else {
            return Reason::new(None, Value::Null);
        };
        let reason = match given {
            Some(given) if Arc::ptr_eq(&given.own, own) && Arc::ptr_eq(&given.with, &with) => {
                Reason { stands: true, ..given.reason }
            }
            _ => of_likeness(linker, own, &with),
        };
        if self.given.len() >= REMEMBERED {
            self.given.clear();
        }
        let given = Given { own: Arc::clone(own), with, reason: reason.clone() };
        self.given.insert(own.event.clone(), given);
        reason
    }
}

fn of_likeness(linker: &Linker, own: &Telling, other: &Telling) -> Reason {
    let Some(comparison) = linker.compare(own, other) else { return Reason::new(None, Value::Null) };
    let round = |x: f64| (x * 1000.0).round() / 1000.0;
    let reasons: Vec<Value> = comparison
        .reasons
        .iter()
        .filter(|r| r.adds != 0.0)
        .map(|r| json!({"feature": r.feature.as_str(), "value": round(r.value), "adds": round(r.adds)}))
        .collect();
    let words = own.sentences.telling_words(&other.sentences).into_iter().map(|(word, _)| word);
    let why = json!({
        "with": other.event,
        "log_odds": round(comparison.log_odds),
        "reasons": reasons,
        "words": words.take(6).collect::<Vec<_>>(),
    });
    Reason::new(Some(round(comparison.probability())), why)
}
