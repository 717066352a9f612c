//! A document coded anew: what is still told keeps its row, its key and its incident; what a person decided stays.

use crate::document::State;
use crate::error::{Attempt, StoreError};
use crate::events::StoredEvent;
use crate::ids::{DocumentId, EventRow, RunId};
use crate::writer::Writer;
use casus_types::record::Verdict;
use casus_types::record::{Record, RecordEvent};
use rusqlite::named_params;
use std::collections::{BTreeMap, BTreeSet};

/// What coding anew changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Events that were not told before.
    pub added: usize,
    /// Events that are not told any more.
    pub removed: usize,
    /// Events that are told otherwise.
    pub changed: usize,
    /// Events that are told as before.
    pub unchanged: usize,
    /// Events that a person accepted or corrected: they stay as they are.
    pub kept: usize,
    /// Events told otherwise, by slot; one event counts under each of its slots.
    pub slots: BTreeMap<String, usize>,
    /// Rows of added and changed events, which may belong to other incidents now.
    pub rows: Vec<EventRow>,
}

impl Changes {
    /// Adds the changes of another document.
    pub fn add(&mut self, other: Changes) {
        self.added += other.added;
        self.removed += other.removed;
        self.changed += other.changed;
        self.unchanged += other.unchanged;
        self.kept += other.kept;
        for (slot, n) in other.slots {
            *self.slots.entry(slot).or_default() += n;
        }
        self.rows.extend(other.rows);
    }
}

/// Keys of an event that are no slots: names, and what follows from slots.
const NO_SLOTS: [&str; 4] = ["id", "explain", "score", "quad"];

impl Writer<'_> {
    /// Puts a new record in the place of a document's old one. Events are matched by type and mentions: those that match
    /// keep their key, new ones get the next free numbers. An event that a person accepted or corrected stays as it is,
    /// one that was rejected stays rejected. The first `problems_read` problems were found on reading.
    ///
    /// # Errors
    /// Where there is no such document.
    pub fn recode(
        &mut self,
        document: DocumentId,
        record: &Record,
        state: State<'_>,
        problems_read: usize,
        run: Option<RunId>,
    ) -> Result<Changes, StoreError> {
        let text = self.update_document(document, record, state)?;
        self.transaction
            .prepare_cached("DELETE FROM problems WHERE document_id = ?1")
            .to("clear problems")?
            .execute([document])
            .to("clear problems")?;
        self.insert_problems(document, &record.problems, problems_read, run)?;

        let old = self.events().of_document(document)?;
        let pairs = matched(&old, &record.events);
        let keys = keys(record, &old, &pairs);
        let by_new: BTreeMap<usize, usize> = pairs.iter().map(|&(o, n)| (n, o)).collect();
        let matched_old: BTreeSet<usize> = pairs.iter().map(|&(o, _)| o).collect();

        let mut changes = Changes::default();
        for (at, gone) in old.iter().enumerate().filter(|(at, _)| !matched_old.contains(at)) {
            debug_assert!(!matched_old.contains(&at));
            if stays(gone) {
                changes.kept += 1;
            } else {
                changes.removed += 1;
                self.delete_event(gone.row)?;
            }
        }
        let renamed = |event: &RecordEvent, key: &str| {
            let mut event = RecordEvent { id: key.to_owned(), ..event.clone() };
            for link in &mut event.links {
                if let Some(key) = keys.get(&link.event) {
                    link.event.clone_from(key);
                }
            }
            event
        };
        let mut written = Vec::new();
        for (at, new) in record.events.iter().enumerate() {
            let event = renamed(new, &keys[&new.id]);
            let Some(&before) = by_new.get(&at) else {
                let number = number_of(&event.id, &record.id).unwrap_or(1);
                let row = self.insert_event(document, number, record.published, &event, text.as_deref())?;
                changes.added += 1;
                changes.rows.push(row);
                written.push((row, event));
                continue;
            };
            let before = &old[before];
            if stays(before) {
                changes.kept += 1;
                continue;
            }
            let slots = differing(&before.event, &event);
            if slots.is_empty() {
                changes.unchanged += 1;
            } else {
                changes.changed += 1;
                changes.rows.push(before.row);
                for slot in slots {
                    *changes.slots.entry(slot).or_default() += 1;
                }
            }
            let current = StoredEvent { published: record.published, ..before.clone() };
            self.rewrite_event(&current, &event)?;
            written.push((before.row, event));
        }
        self.relink(&written)?;
        self.find_reviewed(document)?;
        Ok(changes)
    }

    /// Forgets actors and places that no event names any more.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn forget_unused(&mut self) -> Result<(), StoreError> {
        self.transaction
            .execute_batch(
                "DELETE FROM actors WHERE id NOT IN (SELECT actor_id FROM participants)
                     AND id NOT IN (SELECT actor_id FROM sources WHERE actor_id IS NOT NULL)
                     AND id NOT IN (SELECT via_actor_id FROM sources WHERE via_actor_id IS NOT NULL);
                 DELETE FROM places WHERE id NOT IN (SELECT place_id FROM event_places);",
            )
            .to("forget unused actors and places")
    }

    fn update_document(
        &mut self,
        document: DocumentId,
        record: &Record,
        state: State<'_>,
    ) -> Result<Option<String>, StoreError> {
        let foreign = state == State::Foreign;
        self.transaction
            .prepare_cached(
                "UPDATE documents SET format = :format, language = :language, model = :model, ontology = :ontology,
                     state = :state WHERE id = :id RETURNING text",
            )
            .to("update a document")?
            .query_row(
                named_params! {
                    ":id": document,
                    ":format": record.casus,
                    ":language": (!foreign).then_some(&record.language),
                    ":model": record.model,
                    ":ontology": record.ontology,
                    ":state": state.as_str(),
                },
                |row| row.get(0),
            )
            .to("update a document")
    }

    fn delete_event(&mut self, row: EventRow) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("DELETE FROM events WHERE id = ?1")
            .to("delete an event")?
            .execute([row])
            .to("delete an event")
            .map(|_| ())
    }

    /// Writes the links anew, now that every event has its row.
    fn relink(&mut self, written: &[(EventRow, RecordEvent)]) -> Result<(), StoreError> {
        for (row, event) in written {
            self.transaction
                .prepare_cached("DELETE FROM links WHERE event_id = ?1")
                .to("clear links")?
                .execute([row])
                .to("clear links")?;
            for (link, position) in event.links.iter().zip(0..) {
                let other = self.events().with_key(&link.event).ok().map(|other| other.row);
                self.insert_link(*row, position, link, other)?;
            }
        }
        Ok(())
    }
}

/// Tells whether a person stands for an event as it is.
fn stays(event: &StoredEvent) -> bool {
    matches!(event.review, Some(Verdict::Accepted | Verdict::Corrected))
}

/// Returns which old event is which new one. Each has one partner at most: those with most mentions in common first, of
/// these those of one type, of these the earlier.
fn matched(old: &[StoredEvent], new: &[RecordEvent]) -> Vec<(usize, usize)> {
    let mut likely = Vec::new();
    for (o, before) in old.iter().enumerate() {
        for (n, after) in new.iter().enumerate() {
            let overlaps = |m: &&casus_types::record::RecordSpan| {
                after.mentions.iter().any(|a| a.start < m.end && m.start < a.end)
            };
            let shared = before.event.mentions.iter().filter(overlaps).count();
            if shared > 0 {
                let same = before.event.kind == after.kind;
                likely.push((std::cmp::Reverse((same, shared)), o, n));
            }
        }
    }
    likely.sort();
    let (mut olds, mut news) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for (_, o, n) in likely {
        if !olds.contains(&o) && !news.contains(&n) {
            olds.insert(o);
            news.insert(n);
            pairs.push((o, n));
        }
    }
    pairs
}

/// Returns the key that each new event gets: its partner's, or the next free number.
fn keys(record: &Record, old: &[StoredEvent], pairs: &[(usize, usize)]) -> BTreeMap<String, String> {
    let mut last = old.iter().filter_map(|event| number_of(&event.event.id, &record.id)).max().unwrap_or(0);
    let partner: BTreeMap<usize, &StoredEvent> = pairs.iter().map(|&(o, n)| (n, &old[o])).collect();
    let mut keys = BTreeMap::new();
    for (at, event) in record.events.iter().enumerate() {
        let key = partner.get(&at).map_or_else(
            || {
                last += 1;
                format!("{}#e{last}", record.id)
            },
            |before| before.event.id.clone(),
        );
        keys.insert(event.id.clone(), key);
    }
    keys
}

/// Returns N of `DOCUMENT#eN`.
pub(crate) fn number_of(key: &str, document: &str) -> Option<i64> {
    key.strip_prefix(document)?.strip_prefix("#e")?.parse().ok()
}

/// Returns the slots that differ.
fn differing(before: &RecordEvent, after: &RecordEvent) -> Vec<String> {
    let object = |event: &RecordEvent| match serde_json::to_value(event) {
        Ok(serde_json::Value::Object(object)) => object,
        _ => serde_json::Map::new(),
    };
    let (before, after) = (object(before), object(after));
    let slots: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    slots
        .into_iter()
        .filter(|slot| !NO_SLOTS.contains(&slot.as_str()) && before.get(*slot) != after.get(*slot))
        .cloned()
        .collect()
}
