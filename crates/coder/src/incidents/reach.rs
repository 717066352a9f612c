//! Linking as reports come in: what a new telling can change, and nothing else.

use super::cluster::{hangs_together, incidents};
use super::decisions::Decisions;
use super::feature::Weights;
use super::telling::Telling;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where tellings come from: a store, or a list in tests.
pub trait Neighbours {
    /// Why it may fail.
    type Error;

    /// Returns the tellings that hang together with this one, as `hangs` tells, among those that are
    /// [`comparable`](super::comparable) with it; this one itself does no harm.
    ///
    /// # Errors
    /// Where they cannot be read.
    fn near(
        &mut self,
        telling: &Telling,
        hangs: &dyn Fn(&Telling) -> bool,
    ) -> Result<Vec<Arc<Telling>>, Self::Error>;

    /// Returns the tellings with these event keys; keys that are not there are left out.
    ///
    /// # Errors
    /// Where they cannot be read.
    fn with_keys(&mut self, events: &[&str]) -> Result<Vec<Arc<Telling>>, Self::Error>;
}

/// Returns the incidents that change when these tellings come in or go over: each as its event keys in their order, the
/// incidents in the order of their first keys. All others stay as they are.
///
/// Tellings already known whose block is touched are among them; so linking report by report, in any order and in
/// batches of any size, ends where linking all at once does.
///
/// # Errors
/// Where neighbours cannot be read.
pub fn relink<N: Neighbours>(
    new: Vec<Arc<Telling>>,
    neighbours: &mut N,
    weights: &Weights,
    decisions: &Decisions,
) -> Result<Vec<Vec<String>>, N::Error> {
    let mut reached: BTreeMap<String, Arc<Telling>> = BTreeMap::new();
    let mut frontier = new;
    while let Some(telling) = frontier.pop() {
        if reached.contains_key(&telling.event) {
            continue;
        }
        let hangs = |other: &Telling| hangs_together(&telling, other, weights, decisions);
        let mut near = neighbours.near(&telling, &hangs)?;
        near.extend(neighbours.with_keys(&decisions.joined_with(&telling.event))?);
        frontier.extend(near);
        reached.insert(telling.event.clone(), telling);
    }
    let tellings: Vec<Arc<Telling>> = reached.into_values().collect();
    let groups = incidents(&tellings, weights, decisions);
    Ok(groups.into_iter().map(|g| g.into_iter().map(|at| tellings[at].event.clone()).collect()).collect())
}
