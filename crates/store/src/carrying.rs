//! What people decided of a report's events, carried over to its newer version.

use crate::error::{Attempt, StoreError};
use crate::events::StoredEvent;
use crate::ids::{DocumentId, EventRow};
use crate::reviews::{Decision, Reviewer};
use crate::writer::Writer;
use casus_types::record::RecordEvent;
use serde_json::Value;

/// A decision as it was noted.
struct Noted {
    decision: String,
    /// The type of the event when it was decided.
    kind: String,
    slot: Option<String>,
    value: Option<String>,
    /// The key of the other event of a pair.
    other: Option<String>,
    note: Option<String>,
    reviewer: Option<String>,
}

/// Keys of a record that say where something stands, not what it is, or that follow from the rest.
const NOT_WHAT: [&str; 8] = ["id", "span", "cue", "mentions", "sentence", "links", "confidence", "explain"];

impl Writer<'_> {
    /// Decides of the events of a newer version what was decided of the older one's: for each reviewed event, of the event
    /// of the type that it had, told by the same sentence. Acceptance is carried over only where the newer event says the
    /// same in every slot; else a person must look again.
    pub(crate) fn carry_over(&mut self, older: DocumentId, newer: DocumentId) -> Result<(), StoreError> {
        let mut new = None;
        for event in self.events().of_document(older)? {
            let noted = self.noted(event.row)?;
            let Some(first) = noted.first() else { continue };
            let new = match &new {
                Some(new) => new,
                None => new.insert(self.events().of_document(newer)?),
            };
            let told_alike = |other: &&StoredEvent| {
                other.event.kind.as_str() == first.kind
                    && other.sentence.is_some()
                    && other.sentence == event.sentence
            };
            let Some(heir) = new.iter().find(told_alike).map(|heir| heir.event.id.clone()) else { continue };
            for noted in &noted {
                self.decide_again(&event, &heir, noted)?;
            }
        }
        Ok(())
    }

    fn decide_again(&mut self, from: &StoredEvent, heir: &str, noted: &Noted) -> Result<(), StoreError> {
        let note = match &noted.note {
            Some(note) => format!("carried over from {}: {note}", from.event.id),
            None => format!("carried over from {}", from.event.id),
        };
        let by = Reviewer { name: noted.reviewer.as_deref(), note: Some(&note) };
        match (noted.decision.as_str(), &noted.other) {
            ("accepted", _) => {
                let now = self.events().with_key(heir)?;
                if what(&now.event) == what(&from.event) {
                    self.review(heir, Decision::Accept, by)?;
                }
            }
            ("rejected", _) => {
                self.review(heir, Decision::Reject, by)?;
            }
            ("corrected", _) => {
                let value = noted.value.as_deref().unwrap_or("null");
                let value: Value = serde_json::from_str(value)
                    .map_err(|error| StoreError::Record(from.event.id.clone(), error))?;
                let slot = noted.slot.as_deref().unwrap_or_default();
                self.review(heir, Decision::Correct { slot, value: &value }, by)?;
            }
            (pair, Some(other)) => self.decide_pair(heir, other, pair == "together", by)?,
            (_, None) => {}
        }
        Ok(())
    }

    /// Returns the decisions on an event, in the order of making.
    fn noted(&self, event: EventRow) -> Result<Vec<Noted>, StoreError> {
        let what = "read the reviews of an event";
        let mut statement = self
            .transaction
            .prepare_cached(
                "SELECT r.decision, r.anchor_type, r.slot, r.value, o.key, r.note, r.reviewer
                 FROM reviews r LEFT JOIN events o ON o.id = r.other_event_id WHERE r.event_id = ?1 ORDER BY r.id",
            )
            .to(what)?;
        let rows = statement
            .query_map([event], |row| {
                Ok(Noted {
                    decision: row.get(0)?,
                    kind: row.get(1)?,
                    slot: row.get(2)?,
                    value: row.get(3)?,
                    other: row.get(4)?,
                    note: row.get(5)?,
                    reviewer: row.get(6)?,
                })
            })
            .to(what)?;
        rows.collect::<Result<_, _>>().to(what)
    }
}

/// Returns what an event says, without where it stands.
fn what(event: &RecordEvent) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(object) => {
                object.retain(|key, _| !NOT_WHAT.contains(&key.as_str()));
                object.values_mut().for_each(strip);
            }
            Value::Array(values) => values.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut value = serde_json::to_value(event).unwrap_or_default();
    strip(&mut value);
    value
}
