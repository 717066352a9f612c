//! Records with all that the store knows beside them: given out, and taken back.

use crate::document::{Entry, State};
use crate::error::{Attempt, StoreError};
use crate::ids::{DocumentId, EventRow, RunId};
use crate::reading::{Pages, fill, head, optional_json};
use crate::store::Store;
use crate::writer::Writer;
use casus_types::Problem;
use casus_types::record::{
    DocumentState, Kept, KeptRecord, Record, RecordReview, ReviewDecision, Reviewed, Verdict,
};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

/// What a record lacks when it is read; the rest follows by its row.
struct Begun {
    id: DocumentId,
    record: Record,
    text: Option<String>,
    kept: Kept,
}

impl Store {
    /// Returns every document in the order of coming, with its record, its words and what was decided on its events:
    /// what [`Writer::restore`] takes back. Rejected events and reports that were replaced are among them.
    pub fn kept_records(&self) -> impl Iterator<Item = Result<KeptRecord, StoreError>> + '_ {
        let sql = "SELECT d.id, d.format, d.key, d.title, d.published, d.publisher, d.url, d.language, d.model,
                       d.ontology, d.text, d.given_id, d.state, o.key, d.similarity, v.key, n.key, d.origin, d.added,
                       (SELECT count(*) FROM problems p WHERE p.document_id = d.id AND p.stage = 'reading')
                   FROM documents d LEFT JOIN documents o ON o.id = d.duplicate_of
                       LEFT JOIN documents v ON v.replaced_by = d.id LEFT JOIN documents n ON n.id = d.replaced_by
                   WHERE d.id > ?1 GROUP BY d.id ORDER BY d.id LIMIT ?2";
        Pages::new(&self.connection, sql, begun).map(|begun| {
            let Begun { id, record, text, mut kept } = begun?;
            kept.reviewed = verdicts(&self.connection, id)?.into_iter().collect();
            kept.reviews = reviews(&self.connection, id)?;
            let record = fill(&self.connection, (id, record))?;
            Ok(KeptRecord { record, text, kept: Some(kept) })
        })
    }
}

fn begun(row: &Row<'_>) -> rusqlite::Result<Begun> {
    let (id, record) = head(row)?;
    let problems_read: i64 = row.get(19)?;
    let kept = Kept {
        given_id: row.get(11)?,
        state: DocumentState::named(&row.get::<_, String>(12)?).unwrap_or_default(),
        copy_of: row.get(13)?,
        similarity: row.get(14)?,
        replaces: row.get(15)?,
        replaced_by: row.get(16)?,
        origin: row.get(17)?,
        added: row.get(18)?,
        problems_read: usize::try_from(problems_read).ok(),
        ..Kept::default()
    };
    Ok(Begun { id, record, text: row.get(10)?, kept })
}

fn verdicts(connection: &Connection, document: DocumentId) -> Result<Vec<(String, Verdict)>, StoreError> {
    let what = "read how events stand";
    let mut statement = connection
        .prepare_cached("SELECT key, review FROM events WHERE document_id = ?1 AND review IS NOT NULL")
        .to(what)?;
    let rows = statement
        .query_map([document], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))
        .to(what)?;
    let mut verdicts = Vec::new();
    for row in rows {
        let (key, word) = row.to(what)?;
        verdicts.extend(Verdict::named(&word).map(|verdict| (key, verdict)));
    }
    Ok(verdicts)
}

/// Returns the decisions that stand with a document: on its own events, and on pairs of which it is the later report.
/// So whoever takes records in one after the other has both events of a pair when he meets it.
fn reviews(connection: &Connection, document: DocumentId) -> Result<Vec<RecordReview>, StoreError> {
    let what = "read reviews";
    let mut statement = connection
        .prepare_cached(
            "SELECT r.decision, d.key, r.event_key, r.event_id IS NULL, r.anchor_type, r.anchor_start, r.anchor_end,
                 o.key, r.other_event_key, r.other_event_id IS NULL, r.other_anchor_type, r.other_anchor_start,
                 r.other_anchor_end, r.slot, r.note, r.reviewer, r.made, r.value, r.record
             FROM reviews r JOIN documents d ON d.id = r.document_id
                 LEFT JOIN documents o ON o.id = r.other_document_id
             WHERE (r.document_id = ?1 AND coalesce(r.other_document_id, 0) <= ?1)
                 OR (r.other_document_id = ?1 AND r.document_id < ?1)
             ORDER BY r.id",
        )
        .to(what)?;
    let rows = statement
        .query_map([document], |row| {
            let review = RecordReview {
                decision: ReviewDecision::named(&row.get::<_, String>(0)?)
                    .unwrap_or(ReviewDecision::Accepted),
                event: reviewed(row, 1)?,
                other: if row.get::<_, Option<String>>(7)?.is_some() {
                    Some(reviewed(row, 7)?)
                } else {
                    None
                },
                slot: row.get(13)?,
                value: None,
                note: row.get(14)?,
                reviewer: row.get(15)?,
                made: row.get(16)?,
                before: None,
            };
            Ok((review, row.get::<_, Option<String>>(17)?, row.get::<_, Option<String>>(18)?))
        })
        .to(what)?;
    let mut reviews = Vec::new();
    for row in rows {
        let (mut review, value, before) = row.to(what)?;
        review.value = optional_json(&review.event.event, value.as_deref())?;
        review.before = optional_json(&review.event.event, before.as_deref())?;
        reviews.push(review);
    }
    Ok(reviews)
}

/// Reads the six columns of one side of a decision.
fn reviewed(row: &Row<'_>, at: usize) -> rusqlite::Result<Reviewed> {
    let place = |at| row.get::<_, i64>(at).map(|n| usize::try_from(n).unwrap_or_default());
    Ok(Reviewed {
        document: row.get(at)?,
        event: row.get(at + 1)?,
        lost: row.get(at + 2)?,
        kind: row.get(at + 3)?,
        start: place(at + 4)?,
        end: place(at + 5)?,
    })
}

/// What to do where a record names another that is not there.
const BEFORE: &str = "take in the whole export, or that record first";

impl Writer<'_> {
    /// Takes back what [`Store::kept_records`] gave out: the document with its events, what became of it, and what was
    /// decided. A record that was never in a store comes in as a coded one, from `origin`.
    ///
    /// Returns its row, the older version that it replaces, and what of it could not be taken back because it names a
    /// document that is not there.
    ///
    /// # Errors
    /// Where the key is taken, or SQLite refuses.
    pub fn restore(
        &mut self,
        line: &KeptRecord,
        origin: &str,
        run: Option<RunId>,
    ) -> Result<(DocumentId, Option<DocumentId>, Vec<Problem>), StoreError> {
        let record = &line.record;
        let plain = Entry { text: line.text.as_deref(), origin: Some(origin), run, ..Entry::of(record) };
        let Some(kept) = &line.kept else {
            return self.insert(&plain).map(|document| (document, None, Vec::new()));
        };
        let mut problems = Vec::new();
        let state = match (kept.state, &kept.copy_of) {
            (DocumentState::Copy, Some(of)) if self.has(of)? => {
                State::Copy { of, similarity: kept.similarity.unwrap_or(1.0).clamp(0.0, 1.0) }
            }
            (DocumentState::Copy, of) => {
                let of = of.as_deref().unwrap_or_default();
                problems.push(missing(format!("{} is a copy of {of:?}, which is not there", record.id)));
                State::Coded
            }
            (DocumentState::Coded, _) => State::Coded,
            (DocumentState::Foreign, _) => State::Foreign,
            (DocumentState::Failed, _) => State::Failed,
        };
        let mut replaces = kept.replaces.as_deref();
        if let Some(older) = replaces
            && !self.has(older)?
        {
            problems.push(missing(format!("{} replaces {older:?}, which is not there", record.id)));
            replaces = None;
        }
        let older = replaces.map(|key| self.document(key)).transpose()?;
        let document = self.insert_document(
            &Entry {
                given_id: if kept.given_id.is_empty() { &record.id } else { &kept.given_id },
                state,
                origin: kept.origin.as_deref(),
                problems_read: kept.problems_read.unwrap_or(record.problems.len()),
                ..plain
            },
            older,
        )?;
        if let Some(added) = &kept.added {
            self.transaction
                .prepare_cached("UPDATE documents SET added = ?2 WHERE id = ?1")
                .to("note when a document came in")?
                .execute((document, added))
                .to("note when a document came in")?;
        }
        for (key, verdict) in &kept.reviewed {
            self.transaction
                .prepare_cached("UPDATE events SET review = ?3 WHERE document_id = ?1 AND key = ?2")
                .to("mark an event")?
                .execute((document, key, verdict.as_str()))
                .to("mark an event")?;
        }
        for review in &kept.reviews {
            if let Some(problem) = self.restore_review(review)? {
                problems.push(problem);
            }
        }
        Ok((document, older, problems))
    }

    /// Notes a decision that was made in another store; returns why that cannot be.
    fn restore_review(&mut self, review: &RecordReview) -> Result<Option<Problem>, StoreError> {
        for side in [Some(&review.event), review.other.as_ref()].into_iter().flatten() {
            if !self.has(&side.document)? {
                let message = format!(
                    "a decision on {} belongs to {:?}, which is not there",
                    side.event, side.document
                );
                return Ok(Some(missing(message)));
            }
        }
        let event = &review.event;
        let other = review.other.as_ref();
        let before = review.before.as_ref().map(serde_json::to_string).transpose();
        let before = before.map_err(|error| StoreError::Record(event.event.clone(), error))?;
        let value = review.slot.is_some().then(|| review.value.clone().unwrap_or_default().to_string());
        let row = |side: &Reviewed| if side.lost { Ok(None) } else { self.row_of(&side.event) };
        self.transaction
            .prepare_cached(
                "INSERT INTO reviews (decision, document_id, event_id, event_key, anchor_type, anchor_start, anchor_end,
                     other_document_id, other_event_id, other_event_key, other_anchor_type, other_anchor_start,
                     other_anchor_end, slot, value, note, reviewer, record, made)
                 VALUES (:decision, :document_id, :event_id, :event_key, :anchor_type, :anchor_start, :anchor_end,
                     :other_document_id, :other_event_id, :other_event_key, :other_anchor_type, :other_anchor_start,
                     :other_anchor_end, :slot, :value, :note, :reviewer, :record,
                     coalesce(:made, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')))",
            )
            .to("note a review")?
            .execute(named_params! {
                ":decision": review.decision.as_str(),
                ":document_id": self.document(&event.document)?,
                ":event_id": row(event)?,
                ":event_key": event.event,
                ":anchor_type": event.kind,
                ":anchor_start": whole(event.start),
                ":anchor_end": whole(event.end),
                ":other_document_id": other.map(|side| self.document(&side.document)).transpose()?,
                ":other_event_id": other.map(row).transpose()?.flatten(),
                ":other_event_key": other.map(|side| &side.event),
                ":other_anchor_type": other.map(|side| &side.kind),
                ":other_anchor_start": other.map(|side| whole(side.start)),
                ":other_anchor_end": other.map(|side| whole(side.end)),
                ":slot": review.slot,
                ":value": value,
                ":note": review.note,
                ":reviewer": review.reviewer,
                ":record": before,
                ":made": review.made,
            })
            .to("note a review")?;
        Ok(None)
    }

    fn has(&self, document: &str) -> Result<bool, StoreError> {
        match self.document(document) {
            Ok(_) => Ok(true),
            Err(StoreError::NoDocument(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn row_of(&self, event: &str) -> Result<Option<EventRow>, StoreError> {
        self.transaction
            .prepare_cached("SELECT id FROM events WHERE key = ?1")
            .to("look for an event")?
            .query_row([event], |row| row.get(0))
            .optional()
            .to("look for an event")
    }
}

fn missing(message: String) -> Problem {
    Problem::new("missing-record", message, BEFORE)
}

fn whole(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
