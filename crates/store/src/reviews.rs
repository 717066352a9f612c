//! Reviews: what people decided of events. They are kept for ever, and point at words, so that they find their event
//! again when it is coded anew.

use crate::corrections::correct;
use crate::error::{Attempt, StoreError};
use crate::events::StoredEvent;
use crate::ids::{DocumentId, EventRow};
use crate::writer::Writer;
use casus_types::record::RecordEvent;
use casus_types::record::Verdict;
use rusqlite::named_params;
use serde_json::Value;

/// What a person decides of an event.
#[derive(Debug, Clone, Copy)]
pub enum Decision<'a> {
    /// It is right as it stands.
    Accept,
    /// It is wrong altogether: left out of views and exports.
    Reject,
    /// One slot is to be this ([`correct`] tells how values are written).
    Correct {
        /// The slot, by its name in the public record.
        slot: &'a str,
        /// Its new value.
        value: &'a Value,
    },
}

/// Who decides, and what there is to say about it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reviewer<'a> {
    /// A name.
    pub name: Option<&'a str>,
    /// A note.
    pub note: Option<&'a str>,
}

/// The words that a review points at: the fullest mention of its event, and its type.
struct Anchor {
    kind: &'static str,
    start: usize,
    end: usize,
}

impl Anchor {
    fn of(event: &RecordEvent) -> Self {
        let span = event.mentions.first().or(event.sentence.as_ref());
        Self { kind: event.kind.as_str(), start: span.map_or(0, |s| s.start), end: span.map_or(0, |s| s.end) }
    }
}

impl Writer<'_> {
    /// Notes a decision and does what it says. Returns the event as it stands then.
    ///
    /// # Errors
    /// Where there is no such event, or a correction does not fit.
    pub fn review(
        &mut self,
        key: &str,
        decision: Decision<'_>,
        by: Reviewer<'_>,
    ) -> Result<RecordEvent, StoreError> {
        let stored = self.events().with_key(key)?;
        let (review, slot, value) = match decision {
            Decision::Accept => (Verdict::Accepted, None, None),
            Decision::Reject => (Verdict::Rejected, None, None),
            Decision::Correct { slot, value } => (Verdict::Corrected, Some(slot), Some(value)),
        };
        let event = match decision {
            Decision::Correct { slot, value } => {
                let event = correct(&stored.event, slot, value)?;
                self.rewrite_event(&stored, &event)?;
                event
            }
            _ => stored.event.clone(),
        };
        // Accepting what was corrected does not make it what casus coded.
        let review = match review {
            Verdict::Accepted if self.was_corrected(stored.row)? => Verdict::Corrected,
            review => review,
        };
        self.mark(stored.row, Some(review))?;
        let anchor = Anchor::of(&stored.event);
        let before =
            serde_json::to_string(&stored.event).map_err(|e| StoreError::Record(key.to_owned(), e))?;
        self.transaction
            .prepare_cached(
                "INSERT INTO reviews (decision, document_id, event_id, event_key, anchor_type, anchor_start, anchor_end,
                     slot, value, note, reviewer, record)
                 VALUES (:decision, :document_id, :event_id, :event_key, :anchor_type, :anchor_start, :anchor_end,
                     :slot, :value, :note, :reviewer, :record)",
            )
            .to("note a review")?
            .execute(named_params! {
                ":decision": match decision {
                    Decision::Accept => "accepted",
                    Decision::Reject => "rejected",
                    Decision::Correct { .. } => "corrected",
                },
                ":document_id": stored.document,
                ":event_id": stored.row,
                ":event_key": key,
                ":anchor_type": anchor.kind,
                ":anchor_start": i64::try_from(anchor.start).unwrap_or(i64::MAX),
                ":anchor_end": i64::try_from(anchor.end).unwrap_or(i64::MAX),
                ":slot": slot,
                ":value": value.map(Value::to_string),
                ":note": by.note,
                ":reviewer": by.name,
                ":record": before,
            })
            .to("note a review")?;
        Ok(event)
    }

    fn was_corrected(&self, event: EventRow) -> Result<bool, StoreError> {
        self.transaction
            .prepare_cached("SELECT 1 FROM reviews WHERE event_id = ?1 AND decision = 'corrected'")
            .to("read the reviews of an event")?
            .exists([event])
            .to("read the reviews of an event")
    }

    /// Notes that two events belong to one incident, or to two. Whoever links honours it
    /// ([`pair_decisions`](Self::pair_decisions)).
    ///
    /// # Errors
    /// Where there is no such event.
    pub fn decide_pair(
        &mut self,
        key: &str,
        other: &str,
        together: bool,
        by: Reviewer<'_>,
    ) -> Result<(), StoreError> {
        let (one, two) = (self.events().with_key(key)?, self.events().with_key(other)?);
        let (here, there) = (Anchor::of(&one.event), Anchor::of(&two.event));
        let whole = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        self.transaction
            .prepare_cached(
                "INSERT INTO reviews (decision, document_id, event_id, event_key, anchor_type, anchor_start, anchor_end,
                     other_document_id, other_event_id, other_event_key, other_anchor_type, other_anchor_start,
                     other_anchor_end, note, reviewer)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            )
            .to("note a decision")?
            .execute((
                if together { "together" } else { "apart" },
                one.document,
                one.row,
                key,
                here.kind,
                whole(here.start),
                whole(here.end),
                two.document,
                two.row,
                other,
                there.kind,
                whole(there.start),
                whole(there.end),
                by.note,
                by.name,
            ))
            .to("note a decision")
            .map(|_| ())
    }

    /// Lets the reviews of a document that have lost their event find it again: the one with a mention at the same
    /// words, of the same type before others.
    pub(crate) fn find_reviewed(&mut self, document: DocumentId) -> Result<(), StoreError> {
        let events = self.events().of_document(document)?;
        for (side, id) in [("", "id"), ("other_", "id")] {
            let what = "read reviews";
            let sql = format!(
                "SELECT {id}, decision, {side}anchor_type, {side}anchor_start, {side}anchor_end FROM reviews
                 WHERE {side}document_id = ?1 AND {side}event_id IS NULL ORDER BY id"
            );
            let mut lost: Vec<(i64, String, String, usize, usize)> = Vec::new();
            {
                let mut statement = self.transaction.prepare_cached(&sql).to(what)?;
                let rows = statement
                    .query_map([document], |row| {
                        let place =
                            |at| row.get::<_, i64>(at).map(|n| usize::try_from(n).unwrap_or_default());
                        Ok((row.get(0)?, row.get(1)?, row.get(2)?, place(3)?, place(4)?))
                    })
                    .to(what)?;
                for row in rows {
                    lost.push(row.to(what)?);
                }
            }
            for (review, decision, kind, start, end) in lost {
                let there = |event: &&StoredEvent| {
                    event.event.mentions.iter().any(|m| m.start < end && start < m.end)
                };
                let found = events
                    .iter()
                    .find(|event| event.event.kind.as_str() == kind && there(event))
                    // What is rejected is an act of that type; what is joined to another is the act at these words.
                    .or_else(|| {
                        if side.is_empty() && decision == "rejected" {
                            None
                        } else {
                            events.iter().find(there)
                        }
                    });
                let Some(found) = found else { continue };
                self.transaction
                    .execute(
                        &format!(
                            "UPDATE reviews SET {side}event_id = ?2, {side}event_key = ?3 WHERE id = ?1"
                        ),
                        (review, found.row, &found.event.id),
                    )
                    .to("find the event of a review")?;
                if side.is_empty() && decision == "rejected" && found.review.is_none() {
                    self.mark(found.row, Some(Verdict::Rejected))?;
                }
            }
        }
        Ok(())
    }

    pub(crate) fn mark(&mut self, event: EventRow, review: Option<Verdict>) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("UPDATE events SET review = ?2 WHERE id = ?1")
            .to("mark an event")?
            .execute((event, review.map(Verdict::as_str)))
            .to("mark an event")
            .map(|_| ())
    }

    /// Writes an event anew in its row, with all its parts.
    pub(crate) fn rewrite_event(
        &mut self,
        stored: &StoredEvent,
        event: &RecordEvent,
    ) -> Result<(), StoreError> {
        let text: Option<String> = self
            .transaction
            .prepare_cached("SELECT text FROM documents WHERE id = ?1")
            .to("read a text")?
            .query_row([stored.document], |row| row.get(0))
            .to("read a text")?;
        for table in ["mentions", "participants", "event_places", "sources", "weapons", "links"] {
            self.transaction
                .prepare_cached(&format!("DELETE FROM {table} WHERE event_id = ?1"))
                .to("clear an event")?
                .execute([stored.row])
                .to("clear an event")?;
        }
        self.fill_event(stored.row, stored.published, event, text.as_deref())?;
        for (link, position) in event.links.iter().zip(0..) {
            let other = self.events().with_key(&link.event).ok().map(|other| other.row);
            self.insert_link(stored.row, position, link, other)?;
        }
        Ok(())
    }
}
