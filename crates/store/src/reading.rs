//! Reading documents and records back.

use crate::document::StoredDocument;
use crate::error::{Attempt, StoreError};
use crate::ids::DocumentId;
use crate::store::Store;
use crate::writer::Writer;
use casus_types::record::{LANGUAGE, Record, RecordEvent};
use casus_types::{Date, Document, Problem};
use rusqlite::{Connection, OptionalExtension, Row};
use serde::de::DeserializeOwned;

/// Documents that are fetched at once, so that many are never in memory.
const PAGE: i64 = 64;

const RECORD: &str =
    "SELECT id, format, key, title, published, publisher, url, language, model, ontology FROM documents";

impl Store {
    /// Returns every document in the order of coming, copies left out: what can be coded again.
    pub fn documents(&self) -> impl Iterator<Item = Result<StoredDocument, StoreError>> + '_ {
        let sql = "SELECT id, key, title, published, publisher, url, text FROM documents
                   WHERE id > ?1 AND state <> 'copy' ORDER BY id LIMIT ?2";
        Pages::new(&self.connection, sql, |row| {
            let text: Option<String> = row.get(6)?;
            Ok(StoredDocument {
                id: row.get(0)?,
                problems: Vec::new(),
                has_text: text.is_some(),
                document: Document {
                    id: row.get(1)?,
                    title: row.get(2)?,
                    published: date(row.get(3)?),
                    publisher: row.get(4)?,
                    url: row.get(5)?,
                    text: text.unwrap_or_default(),
                },
            })
        })
        .map(|document| {
            let mut document = document?;
            document.problems = problems(&self.connection, document.id, "stage = 'reading'")?;
            Ok(document)
        })
    }

    /// Returns how many documents [`documents`](Self::documents) gives.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn document_count(&self) -> Result<usize, StoreError> {
        let n: i64 = self
            .connection
            .query_row("SELECT count(*) FROM documents WHERE state <> 'copy'", [], |row| row.get(0))
            .to("count documents")?;
        Ok(usize::try_from(n).unwrap_or_default())
    }

    /// Returns the documents that tell of events, in the order of coming.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn documents_with_events(&self) -> Result<Vec<DocumentId>, StoreError> {
        let what = "list documents";
        let sql = "SELECT DISTINCT document_id FROM events ORDER BY document_id";
        let mut statement = self.connection.prepare_cached(sql).to(what)?;
        let rows = statement.query_map([], |row| row.get(0)).to(what)?;
        rows.collect::<Result<_, _>>().to(what)
    }

    /// Returns the public record of every document in the order of coming, copies with no events.
    pub fn records(&self) -> impl Iterator<Item = Result<Record, StoreError>> + '_ {
        let sql = "SELECT id, format, key, title, published, publisher, url, language, model, ontology
                   FROM documents WHERE id > ?1 ORDER BY id LIMIT ?2";
        Pages::new(&self.connection, sql, head).map(|head| fill(&self.connection, head?))
    }

    /// Returns the public record of a document.
    ///
    /// # Errors
    /// Where there is none of that key, or it cannot be read.
    pub fn record(&self, key: &str) -> Result<Record, StoreError> {
        let head = self
            .connection
            .prepare_cached(&format!("{RECORD} WHERE key = ?1"))
            .to("read a document")?
            .query_row([key], head)
            .optional()
            .to("read a document")?
            .ok_or_else(|| StoreError::NoDocument(key.to_owned()))?;
        fill(&self.connection, head)
    }

    /// Returns the text of a document, none where only its record is known.
    ///
    /// # Errors
    /// Where there is none of that key.
    pub fn text(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.connection
            .prepare_cached("SELECT text FROM documents WHERE key = ?1")
            .to("read a text")?
            .query_row([key], |row| row.get(0))
            .optional()
            .to("read a text")?
            .ok_or_else(|| StoreError::NoDocument(key.to_owned()))
    }
}

impl Writer<'_> {
    /// Returns the key of a document.
    ///
    /// # Errors
    /// Where there is no such document.
    pub fn document_key(&self, document: DocumentId) -> Result<String, StoreError> {
        self.transaction
            .prepare_cached("SELECT key FROM documents WHERE id = ?1")
            .to("read the key of a document")?
            .query_row([document], |row| row.get(0))
            .to("read the key of a document")
    }

    /// Returns the text of a document, none where only its record is known.
    ///
    /// # Errors
    /// Where there is no such document.
    pub fn text(&self, document: DocumentId) -> Result<Option<String>, StoreError> {
        self.transaction
            .prepare_cached("SELECT text FROM documents WHERE id = ?1")
            .to("read a text")?
            .query_row([document], |row| row.get(0))
            .to("read a text")
    }
}

/// Returns a record without events and problems.
pub(crate) fn head(row: &Row<'_>) -> rusqlite::Result<(DocumentId, Record)> {
    let record = Record {
        casus: row.get(1)?,
        id: row.get(2)?,
        title: row.get(3)?,
        published: date(row.get(4)?),
        publisher: row.get(5)?,
        url: row.get(6)?,
        language: row.get::<_, Option<String>>(7)?.unwrap_or_else(|| LANGUAGE.to_owned()),
        model: row.get::<_, Option<String>>(8)?.unwrap_or_default(),
        ontology: row.get(9)?,
        events: Vec::new(),
        problems: Vec::new(),
    };
    Ok((row.get(0)?, record))
}

pub(crate) fn fill(
    connection: &Connection,
    (id, mut record): (DocumentId, Record),
) -> Result<Record, StoreError> {
    record.events = events(connection, id)?;
    record.problems = problems(connection, id, "true")?;
    Ok(record)
}

/// Returns the problems of a document that meet a condition, in their order.
fn problems(connection: &Connection, document: DocumentId, which: &str) -> Result<Vec<Problem>, StoreError> {
    let what = "read the problems of a document";
    let sql =
        format!("SELECT code, message, hint FROM problems WHERE document_id = ?1 AND {which} ORDER BY id");
    let mut statement = connection.prepare_cached(&sql).to(what)?;
    let rows = statement
        .query_map([document], |row| {
            Ok(Problem { code: row.get(0)?, message: row.get(1)?, hint: row.get(2)? })
        })
        .to(what)?;
    rows.collect::<Result<_, _>>().to(what)
}

/// Returns the events of a document in their order.
pub(crate) fn events(connection: &Connection, document: DocumentId) -> Result<Vec<RecordEvent>, StoreError> {
    let what = "read the events of a document";
    let mut statement = connection
        .prepare_cached("SELECT key, record FROM events WHERE document_id = ?1 ORDER BY number, id")
        .to(what)?;
    let rows = statement.query_map([document], |row| Ok((row.get(0)?, row.get(1)?))).to(what)?;
    let mut events = Vec::new();
    for row in rows {
        let (key, json): (String, String) = row.to(what)?;
        events.push(event(key, &json)?);
    }
    Ok(events)
}

/// Reads the stored record of an event.
pub(crate) fn event(key: String, json: &str) -> Result<RecordEvent, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::Record(key, error))
}

/// Reads what is stored as JSON, of an event of this key.
pub(crate) fn optional_json<T: DeserializeOwned>(
    key: &str,
    json: Option<&str>,
) -> Result<Option<T>, StoreError> {
    json.map(serde_json::from_str).transpose().map_err(|error| StoreError::Record(key.to_owned(), error))
}

/// Reads a day; what is no day was never written by casus, and is as good as none.
pub(crate) fn date(written: Option<String>) -> Option<Date> {
    written.and_then(|day| day.parse().ok())
}

/// Rows of `documents`, fetched a page at a time: a long query would keep the write-ahead log from being emptied.
pub(crate) struct Pages<'c, T, F> {
    connection: &'c Connection,
    sql: &'static str,
    read: F,
    after: i64,
    page: std::vec::IntoIter<T>,
    done: bool,
}

impl<'c, T, F: Fn(&Row<'_>) -> rusqlite::Result<T>> Pages<'c, T, F> {
    /// The query takes the row after which it begins and the number of rows; its first column is the row.
    pub(crate) fn new(connection: &'c Connection, sql: &'static str, read: F) -> Self {
        Self { connection, sql, read, after: 0, page: Vec::new().into_iter(), done: false }
    }

    fn fetch(&mut self) -> Result<Vec<T>, StoreError> {
        let what = "read documents";
        let mut statement = self.connection.prepare_cached(self.sql).to(what)?;
        let mut rows = statement.query((self.after, PAGE)).to(what)?;
        let mut page = Vec::new();
        while let Some(row) = rows.next().to(what)? {
            self.after = row.get(0).to(what)?;
            page.push((self.read)(row).to(what)?);
        }
        Ok(page)
    }
}

impl<T, F: Fn(&Row<'_>) -> rusqlite::Result<T>> Iterator for Pages<'_, T, F> {
    type Item = Result<T, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(next) = self.page.next() {
            return Some(Ok(next));
        }
        if self.done {
            return None;
        }
        match self.fetch() {
            Ok(page) => {
                self.done = page.is_empty();
                self.page = page.into_iter();
                self.page.next().map(Ok)
            }
            Err(error) => {
                self.done = true;
                Some(Err(error))
            }
        }
    }
}
