//! The commands, each a function of its arguments that prints and tells whether it found anything.

pub(crate) mod actor;
pub(crate) mod chain;
pub(crate) mod check;
pub(crate) mod code;
pub(crate) mod eval;
pub(crate) mod explain;
pub(crate) mod export;
mod families;
pub(crate) mod gazetteer;
pub(crate) mod import;
pub(crate) mod incident;
pub(crate) mod ingest;
pub(crate) mod link;
pub(crate) mod query;
pub(crate) mod recode;
pub(crate) mod review;
pub(crate) mod series;
pub(crate) mod sql;
pub(crate) mod text;
pub(crate) mod watch;

use crate::args::Resources;
use crate::messages::Messages;
use casus::keeping;
use casus::store::{Query, Store, StoreError};
use casus::{Config, Pipeline, Problem};
use std::path::Path;

/// Returns the pipeline, none where it cannot be made, which is said.
fn pipeline(resources: &Resources, messages: &mut Messages) -> Option<Pipeline> {
    let config = Config {
        rules: resources.rules.clone(),
        model: resources.model.clone(),
        actors: resources.actors.folder.clone(),
        gazetteer: resources.gazetteer.clone(),
    };
    match Pipeline::new(config) {
        Ok(pipeline) => Some(pipeline),
        Err(error) => {
            messages.error("", &error, error.hint());
            None
        }
    }
}

/// Opens a store for writing, none where that cannot be, which is said.
fn store(path: &Path, messages: &mut Messages) -> Option<Store> {
    Store::open(path).map_err(|error| messages.error("", &error, error.hint())).ok()
}

/// Says where a store was filled with tables of one's own that this run is without.
fn tell_left_out(store: &Store, pipeline: &Pipeline, messages: &mut Messages) {
    let Ok(Some(command)) = keeping::left_out(store, pipeline) else { return };
    let message = format!("it was filled by casus {command}, and this run is without some of that");
    let hint = "casus recode with the same options codes everything by them again";
    messages.note(&store.path().display().to_string(), message, Some(hint));
}

/// Opens a store that must be there already.
fn store_that_is(path: &Path, messages: &mut Messages) -> Option<Store> {
    if path.exists() {
        return store(path, messages);
    }
    let error = StoreError::Missing(path.to_owned());
    messages.error("", &error, error.hint());
    None
}

/// Opens a store for reading. One of an older schema is brought up to date first, which is said.
fn store_to_read(path: &Path, messages: &mut Messages) -> Option<Store> {
    let mut opened = Store::read_only(path);
    if let Err(older @ StoreError::Older(..)) = opened {
        messages.note("", format!("{older}; bringing it up to date"), None);
        opened = Store::open(path).and_then(|_| Store::read_only(path));
    }
    opened.map_err(|error| messages.error("", &error, error.hint())).ok()
}

/// Reads filters; what is wrong with them is said, with the place.
fn filters(filters: &[String], messages: &mut Messages) -> Option<Query> {
    let fault = match Query::of_arguments(filters) {
        Ok(query) => return Some(query),
        Err(fault) => fault,
    };
    messages.fault("", &format!("{fault}:\n  {}", fault.pointed().replace('\n', "\n  ")), Some(&fault.hint));
    None
}

/// Returns how many there are, with their name.
pub(crate) fn counted(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

/// Says what was odd about a document.
fn tell_problems(name: &str, problems: &[Problem], messages: &mut Messages) {
    for problem in problems {
        messages.note(name, &problem.message, Some(&problem.hint));
    }
}
