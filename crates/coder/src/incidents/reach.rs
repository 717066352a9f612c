//! Linking as reports come in: what a new telling can change, and nothing else.

use super::cluster::{Pairs, World};
use super::decisions::Decisions;
use super::feature::Weights;
use super::hanging::{Alike, bar, hang};
use super::telling::Telling;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// Where tellings come from: a store, or a list in tests.
pub trait Neighbours {
    /// Why it may fail.
    type Error;

    /// Returns the tellings that are [alike](super::likeness) this one, itself left out.
    ///
    /// # Errors
    /// Where they cannot be read.
    fn alike(&mut self, telling: &Telling, weights: &Weights) -> Result<Arc<Vec<Alike>>, Self::Error>;

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
    let mut walk = Walk { neighbours, weights, known: FxHashMap::default(), reached: FxHashSet::default() };
    let mut frontier: Vec<Arc<Telling>> = Vec::new();
    frontier.extend(new.iter().chain(around).filter(|telling| walk.reach(telling)).cloned());
    for telling in new {
        // A newcomer may raise the bars of those that it is like, and so part them from others.
        let near = walk.surroundings(telling)?.alike;
        let near = near.iter().filter(|other| other.log_odds >= weights.join_from);
        frontier.extend(near.map(|other| &other.telling).filter(|other| walk.reach(other)).cloned());
    }
    while let Some(telling) = frontier.pop() {
        let own = walk.surroundings(&telling)?;
        for other in own.alike.iter().filter(|other| other.log_odds >= own.bar) {
            // In a crowd everybody is like everybody, and most are reached already.
            if walk.reached.contains(&other.telling.event) {
                continue;
            }
            let bars = (own.bar, walk.surroundings(&other.telling)?.bar);
            let keys = (telling.event.as_str(), other.telling.event.as_str());
            if hang(keys, Some(other.log_odds), bars, decisions) && walk.reach(&other.telling) {
                frontier.push(Arc::clone(&other.telling));
            }
        }
        let joined = walk.neighbours.with_keys(&decisions.joined_with(&telling.event))?;
        frontier.extend(joined.into_iter().filter(|other| walk.reach(other)));
    }
    let world = walk.world();
    let keys = |group: Vec<usize>| group.into_iter().map(|at| world.keys[at].to_owned()).collect();
    Ok(world.incidents(weights, decisions).into_iter().map(keys).collect())
}

/// What is like a telling, and the bar that follows from it.
#[derive(Debug, Clone)]
struct Surroundings {
    alike: Arc<Vec<Alike>>,
    bar: f64,
}

/// A walk from telling to telling.
struct Walk<'a, N> {
    neighbours: &'a mut N,
    weights: &'a Weights,
    known: FxHashMap<String, Surroundings>,
    /// The keys of those that it comes to.
    reached: FxHashSet<String>,
}

impl<N: Neighbours> Walk<'_, N> {
    /// Notes that a telling is reached, and tells whether it was not before.
    fn reach(&mut self, telling: &Telling) -> bool {
        !self.reached.contains(&telling.event) && self.reached.insert(telling.event.clone())
    }

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

    /// Returns those that it came to, with what is like them.
    fn world(&self) -> World<'_> {
        let mut keys: Vec<&str> = self.reached.iter().map(String::as_str).collect();
        keys.sort_unstable();
        let index: FxHashMap<&str, usize> = keys.iter().enumerate().map(|(at, key)| (*key, at)).collect();
        let mut pairs = Pairs::new(keys.len());
        let mut bars = Vec::with_capacity(keys.len());
        for (a, key) in keys.iter().enumerate() {
            let Surroundings { bar, alike } = &self.known[*key];
            bars.push(*bar);
            for other in alike.iter() {
                if let Some(&b) = index.get(other.telling.event.as_str()) {
                    pairs.push(a, b, other.log_odds);
                }
            }
        }
        World { keys, alike: pairs.sorted(), bars }
    }
}
