//! Incidents of a store made anew, split and united.

use super::joining::{Joiner, decisions};
use crate::Linker;
use casus_store::{Filling, IncidentId, Reviewer, Store, StoreError, Writer};
use std::error::Error;
use std::fmt;

/// What a store holds after linking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Linked {
    /// Incidents.
    pub incidents: usize,
    /// Those that several reports tell of.
    pub told_by_several: usize,
    /// Events that belong to incidents.
    pub events: usize,
}

/// Joins all events of a store anew, document by document: after the weights have changed, or where a store was filled
/// by a casus that did not link. What people decided is honoured. `told` hears after each document how many are done.
///
/// # Errors
/// Where another process fills the store, or the disk refuses; then the incidents stay as they were.
pub fn link(store: &mut Store, linker: Linker, told: impl FnMut(usize)) -> Result<Linked, StoreError> {
    let _filling = Filling::take(store.path())?;
    let run = store.begin_run("link", None)?;
    let documents = store.documents_with_events()?;
    let mut joiner = Joiner::new(linker);
    let mut writer = store.writer()?;
    writer.close_all_incidents()?;
    joiner.all(&mut writer, &documents, told)?;
    writer.commit()?;
    store.end_run(run)?;
    let [incidents, told_by_several, events] = store.incident_counts()?;
    Ok(Linked { incidents, told_by_several, events })
}

/// Notes that events are an incident of their own, apart from the others that they stand with, and joins anew.
///
/// # Errors
/// Where there is no such incident, an event is none of its events, or all of them are named.
pub fn split(store: &mut Store, incident: &str, own: &[String], by: Reviewer<'_>) -> Result<(), SplitError> {
    let mut writer = store.writer()?;
    let id =
        writer.incident_with_key(incident)?.ok_or_else(|| SplitError::NoIncident(incident.to_owned()))?;
    let members: Vec<String> =
        writer.events().of_incident(id)?.into_iter().map(|event| event.event.id).collect();
    if let Some(stranger) = own.iter().find(|event| !members.contains(event)) {
        return Err(SplitError::NotThere(stranger.clone(), incident.to_owned()));
    }
    let rest: Vec<&String> = members.iter().filter(|event| !own.contains(event)).collect();
    if rest.is_empty() {
        return Err(SplitError::NothingLeft(incident.to_owned()));
    }
    let earlier = decisions(&writer)?;
    for event in own {
        for other in &rest {
            writer.decide_pair(event, other, false, by)?;
        }
    }
    for event in own.iter().skip(1) {
        writer.decide_pair(&own[0], event, true, by)?;
    }
    // Those of the rest whom somebody joined by way of an event that leaves stay joined.
    for event in own {
        let joined = earlier.joined_with(event);
        let mut joined = joined.into_iter().filter(|other| rest.iter().any(|event| *event == other));
        if let Some(first) = joined.next() {
            for other in joined {
                writer.decide_pair(first, other, true, by)?;
            }
        }
    }
    anew(&mut writer, &[id])?;
    writer.commit()?;
    Ok(())
}

/// Notes that two incidents are one, and joins anew.
///
/// # Errors
/// Where there is no such incident, or both are the same.
pub fn unite(store: &mut Store, incident: &str, other: &str, by: Reviewer<'_>) -> Result<(), SplitError> {
    let mut writer = store.writer()?;
    let mut events: Vec<Vec<String>> = Vec::new();
    let mut ids = Vec::new();
    for key in [incident, other] {
        let id = writer.incident_with_key(key)?.ok_or_else(|| SplitError::NoIncident(key.to_owned()))?;
        if ids.contains(&id) {
            return Err(SplitError::Same(incident.to_owned()));
        }
        events.push(writer.events().keys_of_incident(id)?);
        ids.push(id);
    }
    let earlier = decisions(&writer)?;
    let (Some(first), [own, others]) = (events.iter().flatten().next(), events.as_slice()) else {
        return Ok(());
    };
    // Each with the first joins all; every pair of two crowds would be tens of thousands of decisions.
    for event in own.iter().chain(others).filter(|event| *event != first) {
        writer.decide_pair(first, event, true, by)?;
    }
    // No earlier word to the contrary is left.
    for event in own.iter().filter(|event| *event != first) {
        for other in others.iter().filter(|other| earlier.on(event, other) == Some(false)) {
            writer.decide_pair(event, other, true, by)?;
        }
    }
    anew(&mut writer, &ids)?;
    writer.commit()?;
    Ok(())
}

/// Joins the events of incidents anew.
fn anew(writer: &mut Writer<'_>, incidents: &[IncidentId]) -> Result<(), StoreError> {
    let mut joiner = Joiner::new(Linker::default());
    let mut start = Vec::new();
    for &incident in incidents {
        start.extend(joiner.members(writer, incident)?);
    }
    let dirty = start.iter().map(|telling| telling.event.clone()).collect();
    joiner.settle(writer, &[], start, incidents.iter().copied().collect(), &dirty).map(|_| ())
}

/// Why incidents cannot be split or united.
#[derive(Debug)]
pub enum SplitError {
    /// There is no incident of this key.
    NoIncident(String),
    /// Both are this incident.
    Same(String),
    /// This event does not belong to that incident.
    NotThere(String, String),
    /// Every event of the incident was named.
    NothingLeft(String),
    /// The store refused.
    Store(StoreError),
}

impl SplitError {
    /// Returns what to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::NoIncident(_) => Some("the view incidents_flat of the store lists incidents"),
            Self::Same(_) => Some("name the incident, or an event of it, that is one with this"),
            Self::NotThere(..) => Some("casus incident lists the events of an incident"),
            Self::NothingLeft(_) => Some("name those events only that belong elsewhere"),
            Self::Store(error) => error.hint(),
        }
    }
}

impl fmt::Display for SplitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoIncident(key) => write!(f, "no incident is called {key:?}"),
            Self::Same(key) => write!(f, "it is the same incident, {key}"),
            Self::NotThere(event, incident) => write!(f, "{event} is no event of {incident}"),
            Self::NothingLeft(incident) => write!(f, "nothing would be left of {incident}"),
            Self::Store(error) => error.fmt(f),
        }
    }
}

impl Error for SplitError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Store(error) => error.source(),
            _ => None,
        }
    }
}

impl From<StoreError> for SplitError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
