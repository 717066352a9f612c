//! What lies near an event in the store, remembered between look-ups.

use super::likenesses::Likenesses;
use crate::linking::{Linker, Telling, Weights};
use casus_coder::incidents::{AGO, Alike, Neighbours, SLACK, kin, likeness};
use casus_store::{DocumentId, IncidentId, Near, StoreError, StoredEvent, Writer};
use casus_types::Date;
use casus_types::record::{Record, Verdict};
use jiff::ToSpan;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// Documents whose tellings are kept in memory between look-ups, some 5 KB each. News come in days' heaps, so that the
/// same neighbours are asked for again and again.
const REMEMBERED: usize = 8_192;

/// Documents whose events are kept in memory whole, for merging a crowd's incident with every report more.
const AT_HAND: usize = 1_024;

/// The tellings of documents, and what is like them.
#[derive(Debug)]
pub(super) struct Memory {
    pub(super) linker: Arc<Linker>,
    known: BTreeMap<DocumentId, Arc<[Arc<Telling>]>>,
    order: VecDeque<DocumentId>,
    /// The rows of the documents that are or were known, by their keys.
    rows: BTreeMap<String, DocumentId>,
    events: BTreeMap<DocumentId, Vec<Arc<StoredEvent>>>,
    likenesses: Likenesses,
}

impl Memory {
    pub(super) fn new(linker: Arc<Linker>) -> Self {
        Self {
            linker,
            known: BTreeMap::new(),
            order: VecDeque::new(),
            rows: BTreeMap::new(),
            events: BTreeMap::new(),
            likenesses: Likenesses::default(),
        }
    }

    /// Forgets what was known of a document, for it changes.
    pub(super) fn forget(&mut self, document: DocumentId, key: &str) {
        self.known.remove(&document);
        self.events.remove(&document);
        self.likenesses.forget(key);
    }

    /// Forgets how the events of a document stand, for that changes, though their tellings may stay.
    pub(super) fn forget_stored(&mut self, document: DocumentId) {
        self.events.remove(&document);
    }

    /// Returns an event as it stands in the store.
    ///
    /// # Errors
    /// Where there is no such event, or the store cannot be read.
    pub(super) fn stored(
        &mut self,
        writer: &Writer<'_>,
        event: &str,
    ) -> Result<Arc<StoredEvent>, StoreError> {
        let missing = || StoreError::NoEvent(event.to_owned());
        let document = self.row(writer, event)?.ok_or_else(missing)?;
        if !self.events.contains_key(&document) {
            if self.events.len() >= AT_HAND {
                self.events.clear();
            }
            let own = writer.events().of_document(document)?;
            self.events.insert(document, own.into_iter().map(Arc::new).collect());
        }
        let own = self.events[&document].iter().find(|stored| stored.event.id == event);
        own.cloned().ok_or_else(missing)
    }

    /// Returns the row of an event's document, none where there is no such event.
    fn row(&mut self, writer: &Writer<'_>, event: &str) -> Result<Option<DocumentId>, StoreError> {
        let document = event.rsplit_once('#').map_or(event, |(document, _)| document);
        if let Some(row) = self.rows.get(document) {
            return Ok(Some(*row));
        }
        let Some(standing) = writer.events().standing(event)? else { return Ok(None) };
        if self.rows.len() >= REMEMBERED {
            self.rows.clear();
        }
        self.rows.insert(document.to_owned(), standing.document);
        Ok(Some(standing.document))
    }

    /// Returns the tellings of an incident's events.
    pub(super) fn members(
        &mut self,
        writer: &Writer<'_>,
        incident: IncidentId,
    ) -> Result<Vec<Arc<Telling>>, StoreError> {
        let mut members = Vec::new();
        for key in writer.events().keys_of_incident(incident)? {
            members.extend(self.with_key(writer, &key)?);
        }
        Ok(members)
    }

    /// Returns the telling of an event, none where it takes no part in linking or is not there.
    pub(super) fn with_key(
        &mut self,
        writer: &Writer<'_>,
        key: &str,
    ) -> Result<Option<Arc<Telling>>, StoreError> {
        let Some(document) = self.row(writer, key)? else { return Ok(None) };
        let own = self.tellings(writer, document)?;
        Ok(own.iter().find(|telling| telling.event == key).cloned())
    }

    /// Returns the tellings of a document that take part in linking: of the newest version, not rejected.
    pub(super) fn tellings(
        &mut self,
        writer: &Writer<'_>,
        document: DocumentId,
    ) -> Result<Arc<[Arc<Telling>]>, StoreError> {
        if let Some(known) = self.known.get(&document) {
            return Ok(Arc::clone(known));
        }
        let mut stored = writer.events().of_document(document)?;
        stored.retain(|e| !e.replaced && e.review != Some(Verdict::Rejected));
        let tellings: Arc<[Arc<Telling>]> = self.told(writer, document, stored)?.into();
        if self.order.len() >= REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
        self.order.push_back(document);
        self.known.insert(document, Arc::clone(&tellings));
        Ok(tellings)
    }

    /// Returns the tellings of some events of a document.
    pub(super) fn told(
        &self,
        writer: &Writer<'_>,
        document: DocumentId,
        events: Vec<StoredEvent>,
    ) -> Result<Vec<Arc<Telling>>, StoreError> {
        let Some(first) = events.first() else { return Ok(Vec::new()) };
        let (id, title, published) = (first.document_key.clone(), first.title.clone(), first.published);
        // Where only its record is known, the words of its slots must do.
        let text = writer.text(document)?.unwrap_or_default();
        let events = events.into_iter().map(|e| e.event).collect();
        let record = Record { id, title, published, events, ..Record::default() };
        Ok(self.linker.tellings(&record, &text).into_iter().map(Arc::new).collect())
    }

    /// Returns what is like a telling.
    pub(super) fn alike(
        &mut self,
        writer: &Writer<'_>,
        telling: &Telling,
    ) -> Result<Arc<Vec<Alike>>, StoreError> {
        if let Some(alike) = self.likenesses.of(&telling.event) {
            return Ok(alike);
        }
        let alike = self.look(writer, telling)?;
        if self.likenesses.len() >= REMEMBERED {
            self.likenesses.clear();
        }
        Ok(self.likenesses.remember(telling, alike))
    }

    /// Looks in the store for what is like a telling.
    fn look(&mut self, writer: &Writer<'_>, telling: &Telling) -> Result<Vec<Alike>, StoreError> {
        let types = kin(telling.kind);
        let (from, to) = match telling.window() {
            // The store looks by the day of an act or, failing that, of its report; undated acts lie up to AGO days
            // before that, undated plans up to sixty after.
            Some(window) => (
                window.start.saturating_sub((SLACK + 60).days()),
                window.end.saturating_add((SLACK + AGO).days()),
            ),
            None => (FIRST, Date::MAX),
        };
        let events = writer.events();
        let mut documents =
            events.documents_near(&Near { types: &types, from: from.max(FIRST), to, around: None })?;
        documents.extend(events.documents_undated()?);
        documents.sort_unstable();
        documents.dedup();
        let mut alike = Vec::new();
        for document in documents {
            let tellings = self.tellings(writer, document)?;
            alike.extend(tellings.iter().filter(|other| other.event != telling.event).filter_map(|other| {
                let log_odds = likeness(telling, other, self.linker.weights())?;
                Some(Alike { telling: Arc::clone(other), log_odds })
            }));
        }
        Ok(alike)
    }
}

/// What is near, as the store sees it within the present transaction.
pub(super) struct Vicinity<'a, 'w, 's> {
    pub(super) memory: &'a mut Memory,
    pub(super) writer: &'w Writer<'s>,
}

impl Neighbours for Vicinity<'_, '_, '_> {
    type Error = StoreError;

    fn alike(&mut self, telling: &Telling, _: &Weights) -> Result<Arc<Vec<Alike>>, StoreError> {
        self.memory.alike(self.writer, telling)
    }

    fn with_keys(&mut self, events: &[&str]) -> Result<Vec<Arc<Telling>>, StoreError> {
        let mut found = Vec::new();
        for key in events {
            found.extend(self.memory.with_key(self.writer, key)?);
        }
        Ok(found)
    }
}

/// The first day that SQLite's date functions know.
const FIRST: Date = Date::constant(1, 1, 1);
