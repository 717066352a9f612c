//! `casus incident`: an incident of a store, its reports side by side; split and merged where people say so.

use super::store_that_is;
use crate::args::Incident;
use crate::messages::Messages;
use crate::render::incident::{Shown, page};
use casus::keeping::{self, SplitError};
use casus::store::{Reviewer, Store, StoreError};
use casus::types::incident;

/// Does what is asked, then prints the incident as it stands; tells whether there is one.
pub(crate) fn run(args: &Incident, messages: &mut Messages) -> bool {
    let Some(mut store) = store_that_is(&args.db, messages) else { return false };
    match act(args, &mut store) {
        Ok(page) => messages.print(&page),
        Err(error) => {
            messages.error("", &error, error.hint());
            return false;
        }
    };
    true
}

fn act(args: &Incident, store: &mut Store) -> Result<String, SplitError> {
    let key = key(store, &args.key)?;
    let by = Reviewer { name: args.by.as_deref(), note: args.note.as_deref() };
    let mut shown = vec![args.key.clone()];
    if let Some(other) = &args.merge {
        let other = self::key(store, other)?;
        // The united incident is found by an event of it: its name may be new.
        let event = first_event(store, &key)?;
        keeping::unite(store, &key, &other, by)?;
        shown = vec![event];
    } else if !args.split.is_empty() {
        let rest = events(store, &key)?.into_iter().find(|event| !args.split.contains(event));
        keeping::split(store, &key, &args.split, by)?;
        shown = rest.into_iter().chain(args.split.first().cloned()).collect();
    }
    let mut page = String::new();
    for name in shown {
        let key = self::key(store, &name)?;
        page += &self::page_of(store, &key, args.json)?;
    }
    Ok(page)
}

/// Returns the key of an incident that is named by its key or by one of its events.
fn key(store: &Store, name: &str) -> Result<String, SplitError> {
    if store.incident_with_key(name)?.is_some() {
        return Ok(name.to_owned());
    }
    store.incident_of(name)?.ok_or_else(|| SplitError::NoIncident(name.to_owned()))
}

fn page_of(store: &Store, key: &str, json: bool) -> Result<String, SplitError> {
    let missing = || SplitError::NoIncident(key.to_owned());
    let record = store.incident_record(key)?.ok_or_else(missing)?;
    if json {
        return Ok(record + "\n");
    }
    let id = store.incident_with_key(key)?.ok_or_else(missing)?;
    let view: incident::Incident =
        serde_json::from_str(&record).map_err(|error| StoreError::Record(key.to_owned(), error))?;
    let mut shown = Vec::new();
    for (event, why) in store.reasons(id)? {
        let stored = store.events().with_key(&event)?;
        shown.push(Shown { stored, why: why.and_then(|why| serde_json::from_str(&why).ok()) });
    }
    Ok(page(&view, &shown))
}

fn events(store: &Store, key: &str) -> Result<Vec<String>, SplitError> {
    let id = store.incident_with_key(key)?.ok_or_else(|| SplitError::NoIncident(key.to_owned()))?;
    Ok(store.reasons(id)?.into_iter().map(|(event, _)| event).collect())
}

fn first_event(store: &Store, key: &str) -> Result<String, SplitError> {
    events(store, key)?.into_iter().next().ok_or_else(|| SplitError::NoIncident(key.to_owned()))
}
