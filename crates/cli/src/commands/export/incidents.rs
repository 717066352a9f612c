//! Incidents of a store as rows: each merged over the reports that tell of it.

use super::{PAGE, each_event, told};
use crate::args::Format;
use crate::exporting::Exporting;
use crate::messages::Messages;
use casus::export::{Merged, Report, Told, merged_event};
use casus::store::{IncidentId, Store, StoreError, StoredEvent};
use casus::types::incident::Incident;
use std::cmp::Ordering;

/// Prints the merged view of every incident, a line each; tells whether there is any.
pub(super) fn records(store: &Store, messages: &mut Messages) -> Result<bool, StoreError> {
    let mut found = false;
    each_incident(store, &mut |_, record| {
        found = true;
        Ok(messages.print(&(record + "\n")))
    })?;
    Ok(found)
}

/// Exports a row an incident, then one each for events that belong to none; tells whether there is any.
pub(super) fn rows(
    store: &Store,
    format: Format,
    exporting: &mut Exporting,
    messages: &mut Messages,
) -> Result<bool, StoreError> {
    let mut found = false;
    let mut wanted = true;
    each_incident(store, &mut |id, record| {
        found = true;
        let incident: Incident = serde_json::from_str(&record)
            .map_err(|error| StoreError::Record(format!("incident {}", id.0), error))?;
        let mut events = store.events().of_incident(id)?;
        // Of equals the first that came in.
        events.sort_by(|a, b| b.event.confidence.partial_cmp(&a.event.confidence).unwrap_or(Ordering::Equal));
        wanted = row(&incident, &events, exporting, messages);
        Ok(wanted)
    })?;
    if wanted {
        each_event(store, &mut |event| {
            if event.incident.is_some() {
                return true;
            }
            found = true;
            exporting.add_told(&told(store, event, format), messages)
        })?;
    }
    Ok(found)
}

fn row(
    incident: &Incident,
    events: &[StoredEvent],
    exporting: &mut Exporting,
    messages: &mut Messages,
) -> bool {
    let event = merged_event(incident, &events.iter().map(|stored| &stored.event).collect::<Vec<_>>());
    let documents: Vec<&str> = incident.reports.iter().map(|report| &*report.document).collect();
    let mut publishers: Vec<&str> = Vec::new();
    for publisher in incident.reports.iter().filter_map(|report| report.publisher.as_deref()) {
        if !publishers.contains(&publisher) {
            publishers.push(publisher);
        }
    }
    let publishers = publishers.join("; ");
    let first = incident.reports.first();
    let url = incident
        .reports
        .iter()
        .find_map(|report| events.iter().find(|e| e.document_key == report.document)?.url.as_deref());
    let report = Report {
        id: &documents.join("; "),
        title: Some(&incident.title),
        published: first.and_then(|report| report.published),
        publisher: (!publishers.is_empty()).then_some(&*publishers),
        url,
    };
    let merged = Merged {
        reports: &incident.reports,
        events: events.len(),
        mentions: events.iter().map(|stored| stored.event.mentions.len()).sum(),
        together: incident.confidence,
    };
    let told = Told {
        report,
        event: &event,
        sentence: events.first().and_then(|stored| stored.sentence.clone()),
        toll: None,
        in_lead: None,
        incident: Some(incident.id.clone()),
        merged: Some(merged),
    };
    exporting.add_told(&told, messages)
}

/// Hands over every incident, in the order of their rows, until no more are wanted.
fn each_incident(
    store: &Store,
    take: &mut dyn FnMut(IncidentId, String) -> Result<bool, StoreError>,
) -> Result<(), StoreError> {
    let mut last = IncidentId(0);
    loop {
        let page = store.incidents_after(last, PAGE)?;
        let Some((end, _)) = page.last() else { return Ok(()) };
        last = *end;
        for (id, record) in page {
            if !take(id, record)? {
                return Ok(());
            }
        }
    }
}
