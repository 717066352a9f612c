//! The names of one report, each looked up once however often the report has it.

use super::gazetteer::{Candidate, Gazetteer};
use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// What a gazetteer has of the names of one report.
pub(super) struct Lookups<'g> {
    gazetteer: &'g Gazetteer,
    exact: RefCell<FxHashMap<String, Vec<Candidate>>>,
    respelt: RefCell<FxHashMap<String, Vec<Candidate>>>,
}

impl<'g> Lookups<'g> {
    pub(super) fn new(gazetteer: &'g Gazetteer) -> Self {
        Self { gazetteer, exact: RefCell::default(), respelt: RefCell::default() }
    }

    /// Returns the places that bear exactly this name; see [`Gazetteer::exact`].
    pub(super) fn exact(&self, name: &str) -> Vec<Candidate> {
        known(&self.exact, name, |name| self.gazetteer.exact(name))
    }

    /// Returns the places that bear this name in another spelling; see [`Gazetteer::respelt`].
    pub(super) fn respelt(&self, name: &str) -> Vec<Candidate> {
        known(&self.respelt, name, |name| self.gazetteer.respelt(name))
    }
}

fn known(
    before: &RefCell<FxHashMap<String, Vec<Candidate>>>,
    name: &str,
    look_up: impl FnOnce(&str) -> Vec<Candidate>,
) -> Vec<Candidate> {
    if let Some(found) = before.borrow().get(name) {
        return found.clone();
    }
    let found = look_up(name);
    before.borrow_mut().insert(name.to_owned(), found.clone());
    found
}
