//! What people have decided about incidents: linking never overrules them.

use std::collections::BTreeMap;

/// Pairs of events of which somebody has said that they tell of one incident, or of two. Each pair stands with either of
/// its events, so that what was decided on one of them is found at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions(BTreeMap<String, BTreeMap<String, bool>>);

impl Decisions {
    /// Writes down a decision on two events; a later one on the same two replaces it.
    pub fn decide(&mut self, a: &str, b: &str, one_incident: bool) {
        if a != b {
            for (own, other) in [(a, b), (b, a)] {
                self.0.entry(own.to_owned()).or_default().insert(other.to_owned(), one_incident);
            }
        }
    }

    /// Writes down that these events are one incident, each with the first.
    pub fn merge<'a>(&mut self, events: impl IntoIterator<Item = &'a str>) {
        let mut events: Vec<&str> = events.into_iter().collect();
        events.sort_unstable();
        for event in events.iter().skip(1) {
            self.decide(events[0], event, true);
        }
    }

    /// Writes down that some events are an incident of their own, apart from the others that they were joined with.
    pub fn split<'a>(
        &mut self,
        own: impl IntoIterator<Item = &'a str>,
        rest: impl IntoIterator<Item = &'a str>,
    ) {
        let own: Vec<&str> = own.into_iter().collect();
        for other in rest {
            for event in &own {
                self.decide(event, other, false);
            }
        }
        self.merge(own);
    }

    /// Returns what was decided on two events: true for one incident, false for two.
    #[must_use]
    pub fn on(&self, a: &str, b: &str) -> Option<bool> {
        self.0.get(a)?.get(b).copied()
    }

    /// Returns the events that somebody joined with this one, in the order of their keys.
    #[must_use]
    pub fn joined_with(&self, event: &str) -> Vec<&str> {
        let decided = self.0.get(event).into_iter().flatten();
        decided.filter(|(_, one)| **one).map(|(other, _)| other.as_str()).collect()
    }

    /// Returns every decision: the two events in the order of their keys, and whether they are one incident.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str, bool)> {
        self.0.iter().flat_map(|(a, others)| {
            let once = others.iter().filter(move |(b, _)| a < *b);
            once.map(move |(b, one)| (a.as_str(), b.as_str(), *one))
        })
    }
}
