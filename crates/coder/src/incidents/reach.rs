//! Linking as reports come in: what a new telling can change, and nothing else.

use super::cluster::World;
use super::decisions::Decisions;
use super::feature::Weights;
use super::hanging::{Alike, bar, hang};
use super::telling::Telling;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where tellings come from: a store, or a list in tests.
pub trait Neighbours {
    /// Why it may fail.
    type Error;

    /// Returns the tellings that are [alike](super::likeness) this one, itself left out.
    ///
    /// # Errors
    /// Where they cannot be read.
    fn alike(&mut self, telling: &Telling, weights: &Weights) -> Result<Arc<[Alike]>, Self::Error>;

    /// Returns the tellings with these event keys; keys that are not there are left out.
    ///
    /// # Errors
    /// Where they cannot be read.
    fn with_keys(&mut self, events: &[&str]) -> Result<Vec<Arc<Telling>>, Self::Error>;
}

/// Returns the incidents that change when `new` tellings come in or go over: each as its event keys in their order, the
/// incidents in the order of their first keys. All others stay as they are. `around` are tellings whose surroundings
/// changed otherwise: something like them went away, or they are to be looked at again.
///
/// Tellings already known whose block is touched are among them; so linking report by report, in any order and in
/// batches of any size, ends where linking all at once does.
///
/// # Errors
/// Where neighbours cannot be read.
pub fn relink<N: Neighbours>(
    new: &[Arc<Telling>],
    around: &[Arc<Telling>],
    neighbours: &mut N,
    weights: &Weights,
    decisions: &Decisions,
) -> Result<Vec<Vec<String>>, N::Error> {
    let mut walk = Walk { neighbours, weights, known: BTreeMap::new() };
    let mut frontier: Vec<Arc<Telling>> = new.iter().chain(around).cloned().collect();
    for telling in new {
        // A newcomer may raise the bars of those that it is like, and so part them from others.
        let near = walk.surroundings(telling)?.alike;
        let near = near.iter().filter(|other| other.log_odds >= weights.join_from);
        frontier.extend(near.map(|other| Arc::clone(&other.telling)));
    }
    let mut reached: BTreeMap<String, Arc<Telling>> = BTreeMap::new();
    while let Some(telling) = frontier.pop() {
        if reached.contains_key(&telling.event) {
            continue;
        }
        let own = walk.surroundings(&telling)?;
        for other in own.alike.iter().filter(|other| other.log_odds >= own.bar) {
            let bars = (own.bar, walk.surroundings(&other.telling)?.bar);
            let keys = (telling.event.as_str(), other.telling.event.as_str());
            if hang(keys, Some(other.log_odds), bars, decisions) {
                frontier.push(Arc::clone(&other.telling));
            }
        }
        frontier.extend(walk.neighbours.with_keys(&decisions.joined_with(&telling.event))?);
        reached.insert(telling.event.clone(), telling);
    }
    let mut world = World::new(reached.keys().map(String::as_str).collect());
    for (a, key) in reached.keys().enumerate() {
        let Surroundings { bar, alike } = &walk.known[key];
        world.bars.push(*bar);
        for other in alike.iter() {
            if let Ok(b) = world.keys.binary_search(&other.telling.event.as_str()) {
                world.alike.insert((a.min(b), a.max(b)), other.log_odds);
            }
        }
    }
    let keys = |group: Vec<usize>| group.into_iter().map(|at| world.keys[at].to_owned()).collect();
    Ok(world.incidents(weights, decisions).into_iter().map(keys).collect())
}

/// What is like a telling, and the bar that follows from it.
#[derive(Debug, Clone)]
struct Surroundings {
    alike: Arc<[Alike]>,
    bar: f64,
}

/// A walk from telling to telling.
struct Walk<'a, N> {
    neighbours: &'a mut N,
    weights: &'a Weights,
    known: BTreeMap<String, Surroundings>,
}

impl<N: Neighbours> Walk<'_, N> {
    fn surroundings(&mut self, telling: &Telling) -> Result<Surroundings, N::Error> {
        if let Some(known) = self.known.get(&telling.event) {
            return Ok(known.clone());
        }
        let alike = self.neighbours.alike(telling, self.weights)?;
        let others: Vec<f64> = alike.iter().map(|other| other.log_odds).collect();
        let bar = bar(&others, self.weights);
        let found = Surroundings { alike, bar };
        self.known.insert(telling.event.clone(), found.clone());
        Ok(found)
    }
}
