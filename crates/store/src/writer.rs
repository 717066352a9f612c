//! Writing: documents with their events, in one transaction.

use crate::document::{Entry, State, address, content_hash, day};
use crate::error::{Attempt, StoreError};
use crate::ids::{DocumentId, EventRow, RunId};
use crate::likeness::Sketch;
use crate::recoding::number_of;
use crate::store::Store;
use casus_types::Problem;
use casus_types::record::Record;
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, named_params};
use std::collections::BTreeMap;

/// Writes to a store; what is written is kept together by [`commit`](Self::commit), or not at all.
#[derive(Debug)]
pub struct Writer<'s> {
    pub(crate) transaction: Transaction<'s>,
}

impl Store {
    /// Begins to write. Others that want to write wait until this one commits or is dropped.
    ///
    /// # Errors
    /// Where another connection goes on writing for half a minute.
    pub fn writer(&mut self) -> Result<Writer<'_>, StoreError> {
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).to("begin to write")?;
        Ok(Writer { transaction })
    }
}

impl Writer<'_> {
    /// Keeps what was written.
    ///
    /// # Errors
    /// Where the disk refuses; then nothing of it is kept.
    pub fn commit(self) -> Result<(), StoreError> {
        self.transaction.commit().to("commit")
    }

    /// Returns a number that changes whenever another connection has changed the file, and only then.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn changed_by_others(&self) -> Result<i64, StoreError> {
        self.transaction
            .pragma_query_value(None, "data_version", |row| row.get(0))
            .to("ask whether others changed it")
    }

    /// Inserts a document with its events and problems. Where it replaces an older version, what people decided of that
    /// one's events is decided of its own, too, as far as the same sentences tell of them.
    ///
    /// # Errors
    /// Where the key is taken, or the entry names a document that is not there.
    pub fn insert(&mut self, entry: &Entry<'_>) -> Result<DocumentId, StoreError> {
        let replaces = entry.replaces.map(|key| self.document(key)).transpose()?;
        let id = self.insert_document(entry, replaces)?;
        if let Some(older) = replaces {
            self.carry_over(older, id)?;
        }
        Ok(id)
    }

    /// Inserts a document with its events and problems, and marks the older version that it replaces.
    pub(crate) fn insert_document(
        &mut self,
        entry: &Entry<'_>,
        replaces: Option<DocumentId>,
    ) -> Result<DocumentId, StoreError> {
        let record = entry.record;
        let of = match entry.state {
            State::Copy { of, similarity } => Some((self.document(of)?, similarity)),
            _ => None,
        };
        let foreign = entry.state == State::Foreign;
        self.transaction
            .prepare_cached(
                "INSERT INTO documents (key, given_id, title, published, publisher, url, address, language, text, hash,
                     state, duplicate_of, similarity, origin, format, model, ontology, run_id)
                 VALUES (:key, :given_id, :title, :published, :publisher, :url, :address, :language, :text, :hash,
                     :state, :duplicate_of, :similarity, :origin, :format, :model, :ontology, :run_id)",
            )
            .to("prepare to insert a document")?
            .execute(named_params! {
                ":key": record.id,
                ":given_id": entry.given_id,
                ":title": record.title,
                ":published": day(record.published),
                ":publisher": record.publisher,
                ":url": record.url,
                ":address": record.url.as_deref().map(address),
                ":language": (!foreign).then_some(&record.language),
                ":text": entry.text,
                ":hash": entry.text.map(content_hash),
                ":state": entry.state.as_str(),
                ":duplicate_of": of.map(|(id, _)| id),
                ":similarity": of.map(|(_, similarity)| similarity),
                ":origin": entry.origin,
                ":format": record.casus,
                ":model": record.model,
                ":ontology": record.ontology,
                ":run_id": entry.run,
            })
            .to("insert a document")?;
        let id = DocumentId(self.transaction.last_insert_rowid());
        if let Some(older) = replaces {
            self.transaction
                .execute("UPDATE documents SET replaced_by = ?2 WHERE id = ?1", (older, id))
                .to("mark the older version of a document")?;
        }
        if let (Some(text), None) = (entry.text, of) {
            self.sketch(id, &Sketch::of(text))?;
        }
        self.insert_problems(id, &record.problems, entry.problems_read, entry.run)?;
        self.insert_events(id, record, entry.text)?;
        Ok(id)
    }

    /// Inserts the events of a record, which belong to a document that is there. Returns their rows in order.
    pub(crate) fn insert_events(
        &mut self,
        document: DocumentId,
        record: &Record,
        text: Option<&str>,
    ) -> Result<Vec<EventRow>, StoreError> {
        let mut rows = Vec::with_capacity(record.events.len());
        let mut by_key = BTreeMap::new();
        for (event, number) in record.events.iter().zip(numbers(record)) {
            let row = self.insert_event(document, number, record.published, event, text)?;
            by_key.insert(event.id.as_str(), row);
            rows.push(row);
        }
        // Links may lead forwards, so they come when all events are there.
        for (event, &row) in record.events.iter().zip(&rows) {
            for (link, position) in event.links.iter().zip(0..) {
                self.insert_link(row, position, link, by_key.get(link.event.as_str()).copied())?;
            }
        }
        Ok(rows)
    }

    pub(crate) fn insert_problems(
        &mut self,
        document: DocumentId,
        problems: &[Problem],
        read: usize,
        run: Option<RunId>,
    ) -> Result<(), StoreError> {
        let mut statement = self
            .transaction
            .prepare_cached(
                "INSERT INTO problems (document_id, stage, code, message, hint, run_id)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )
            .to("prepare to insert a problem")?;
        for (at, problem) in problems.iter().enumerate() {
            let stage = if at < read { "reading" } else { "coding" };
            statement
                .execute((document, stage, &problem.code, &problem.message, &problem.hint, run))
                .to("insert a problem")?;
        }
        Ok(())
    }

    /// Notes what kept a document from coming in. Told again it is not noted again; returns whether it was new.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn unread(
        &mut self,
        origin: &str,
        problem: &Problem,
        run: Option<RunId>,
    ) -> Result<bool, StoreError> {
        self.transaction
            .prepare_cached(
                "INSERT OR IGNORE INTO problems (origin, stage, code, message, hint, run_id)
                 VALUES (?1, 'reading', ?2, ?3, ?4, ?5)",
            )
            .to("prepare to insert a problem")?
            .execute((origin, &problem.code, &problem.message, &problem.hint, run))
            .map(|n| n > 0)
            .to("insert a problem")
    }

    /// Returns the row of a document.
    ///
    /// # Errors
    /// Where there is none of that key.
    pub fn document(&self, key: &str) -> Result<DocumentId, StoreError> {
        self.transaction
            .prepare_cached("SELECT id FROM documents WHERE key = ?1")
            .to("prepare to look for a document")?
            .query_row([key], |row| row.get(0))
            .optional()
            .to("look for a document")?
            .ok_or_else(|| StoreError::NoDocument(key.to_owned()))
    }

    fn sketch(&mut self, document: DocumentId, sketch: &Sketch) -> Result<(), StoreError> {
        let mut statement = self
            .transaction
            .prepare_cached("INSERT OR IGNORE INTO document_sketches (shingle, document_id) VALUES (?1, ?2)")
            .to("prepare to insert a sketch")?;
        for &shingle in sketch.shingles() {
            statement.execute((shingle, document)).to("insert a sketch")?;
        }
        Ok(())
    }
}

/// Returns the numbers of a record's events: N of `DOCUMENT#eN`. Where these do not rise, the order of the record is what
/// is kept, and they are counted from 1.
fn numbers(record: &Record) -> Vec<i64> {
    let own: Option<Vec<i64>> = record.events.iter().map(|event| number_of(&event.id, &record.id)).collect();
    own.filter(|numbers| numbers.windows(2).all(|pair| pair[0] < pair[1]))
        .unwrap_or_else(|| (1..).take(record.events.len()).collect())
}
