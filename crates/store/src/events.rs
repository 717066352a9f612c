//! Events as they stand in the store, with what linking and reviewing need to know of their reports.

use crate::error::{Attempt, StoreError};
use crate::ids::{DocumentId, EventRow, IncidentId};
use crate::reading::{date, event};
use crate::store::Store;
use crate::writer::Writer;
use casus_types::record::{RecordEvent, Verdict};
use casus_types::{Country, Date, EventType};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};

/// An event in the store.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredEvent {
    /// Its row.
    pub row: EventRow,
    /// Its document's row.
    pub document: DocumentId,
    /// Its document's key.
    pub document_key: String,
    /// The headline of the report.
    pub title: Option<String>,
    /// The day the report was published.
    pub published: Option<Date>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// Whether a newer version replaced the report.
    pub replaced: bool,
    /// The sentence of the fullest mention.
    pub sentence: Option<String>,
    /// The event; its id is the key.
    pub event: RecordEvent,
    /// What a reviewer made of it.
    pub review: Option<Verdict>,
    /// The incident that it belongs to.
    pub incident: Option<IncidentId>,
    /// The key of that incident.
    pub incident_key: Option<String>,
}

/// Where an event stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Its document.
    pub document: DocumentId,
    /// The incident that it belongs to.
    pub incident: Option<IncidentId>,
}

/// Where and when to look for events that may tell of the same act.
#[derive(Debug, Clone)]
pub struct Near<'a> {
    /// Types that count; all where empty.
    pub types: &'a [EventType],
    /// First day: of the act, or of publication where the report does not say when.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Around which point; everywhere where none.
    pub around: Option<Circle>,
}

/// A stretch of the earth. Events without a point lie in it too, for they may be there, and so do those known only by a
/// unit or country that has the same country.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Circle {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Kilometres; the search is by a box around the circle.
    pub km: f64,
    /// The country it lies in.
    pub country: Option<Country>,
}

/// Kilometres of a degree of latitude (the metre's old definition: 10,000 km from pole to equator).
const DEGREE_KM: f64 = 10_000.0 / 90.0;

/// Reads events through a connection; [`Store::events`] and [`Writer::events`] give it, the latter sees what was
/// written and is not committed yet.
#[derive(Debug, Clone, Copy)]
pub struct Events<'c>(&'c Connection);

impl Store {
    /// Returns what reads events.
    #[must_use]
    pub fn events(&self) -> Events<'_> {
        Events(&self.connection)
    }
}

impl Writer<'_> {
    /// Returns what reads events, those written by this writer too.
    #[must_use]
    pub fn events(&self) -> Events<'_> {
        Events(&self.transaction)
    }
}

const COLUMNS: &str =
    "e.id, e.document_id, d.key, d.title, d.published, d.publisher, d.replaced_by IS NOT NULL,
    e.sentence, e.key, e.record, e.review, ie.incident_id, d.url, i.key";
const TABLES: &str =
    "events e JOIN documents d ON d.id = e.document_id LEFT JOIN incident_events ie ON ie.event_id = e.id
    LEFT JOIN incidents i ON i.id = ie.incident_id";

impl Events<'_> {
    /// Returns the event of a key.
    ///
    /// # Errors
    /// Where there is none.
    pub fn with_key(self, key: &str) -> Result<StoredEvent, StoreError> {
        let found = self.select("e.key = ?1", [key])?;
        found.into_iter().next().ok_or_else(|| StoreError::NoEvent(key.to_owned()))
    }

    /// Returns the event of a row, none where there is none.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn at(self, row: EventRow) -> Result<Option<StoredEvent>, StoreError> {
        self.select("e.id = ?1", [row]).map(|found| found.into_iter().next())
    }

    /// Returns the events of a document in their order.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn of_document(self, document: DocumentId) -> Result<Vec<StoredEvent>, StoreError> {
        self.select("e.document_id = ?1 ORDER BY e.number, e.id", [document])
    }

    /// Returns the events of an incident in the order of their rows.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn of_incident(self, incident: IncidentId) -> Result<Vec<StoredEvent>, StoreError> {
        self.select("ie.incident_id = ?1 ORDER BY e.id", [incident])
    }

    /// Returns where an event stands, without reading it; none where there is no such event.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn standing(self, key: &str) -> Result<Option<Standing>, StoreError> {
        let what = "look for an event";
        let mut statement = self
            .0
            .prepare_cached(
                "SELECT e.document_id, ie.incident_id FROM events e
                 LEFT JOIN incident_events ie ON ie.event_id = e.id WHERE e.key = ?1",
            )
            .to(what)?;
        let standing = |row: &Row<'_>| Ok(Standing { document: row.get(0)?, incident: row.get(1)? });
        statement.query_row([key], standing).optional().to(what)
    }

    /// Returns the keys of the events of an incident in the order of their rows.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn keys_of_incident(self, incident: IncidentId) -> Result<Vec<String>, StoreError> {
        let what = "read the events of an incident";
        let mut statement = self
            .0
            .prepare_cached(
                "SELECT e.key FROM incident_events ie JOIN events e ON e.id = ie.event_id
                 WHERE ie.incident_id = ?1 ORDER BY e.id",
            )
            .to(what)?;
        let rows = statement.query_map([incident], |row| row.get(0)).to(what)?;
        rows.collect::<Result<_, _>>().to(what)
    }

    /// Returns the events after a row, at most as many, in the order of rows: a page of all.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn after(self, row: EventRow, at_most: u32) -> Result<Vec<StoredEvent>, StoreError> {
        self.select("e.id > ?1 ORDER BY e.id LIMIT ?2", (row, at_most))
    }

    /// Returns the events near in time, type and place, rejected ones left out, in the order of their rows.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn near(self, near: &Near<'_>) -> Result<Vec<StoredEvent>, StoreError> {
        let (condition, values) = condition(near);
        self.select(&format!("{condition} ORDER BY e.id"), params_from_iter(values))
    }

    /// Returns the documents that tell of events near in time, type and place, rejected events and reports that a newer
    /// version replaced left out; in the order of their rows.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn documents_near(self, near: &Near<'_>) -> Result<Vec<DocumentId>, StoreError> {
        let what = "look for events near";
        let (condition, values) = condition(near);
        let sql = format!(
            "SELECT DISTINCT e.document_id FROM events e JOIN documents d ON d.id = e.document_id
             WHERE {condition} AND d.replaced_by IS NULL ORDER BY e.document_id"
        );
        let mut statement = self.0.prepare_cached(&sql).to(what)?;
        let rows = statement.query_map(params_from_iter(values), |row| row.get(0)).to(what)?;
        rows.collect::<Result<_, _>>().to(what)
    }

    /// Returns the documents that tell of events which nothing dates: neither they nor their report.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn documents_undated(self) -> Result<Vec<DocumentId>, StoreError> {
        let what = "look for undated events";
        let mut statement = self
            .0
            .prepare_cached(
                "SELECT DISTINCT e.document_id FROM events e JOIN documents d ON d.id = e.document_id
                 WHERE coalesce(e.start_date, e.published) IS NULL AND d.replaced_by IS NULL ORDER BY e.document_id",
            )
            .to(what)?;
        let rows = statement.query_map([], |row| row.get(0)).to(what)?;
        rows.collect::<Result<_, _>>().to(what)
    }

    fn select(self, condition: &str, values: impl rusqlite::Params) -> Result<Vec<StoredEvent>, StoreError> {
        let what = "read events";
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE {condition}");
        let mut statement = self.0.prepare_cached(&sql).to(what)?;
        let mut rows = statement.query(values).to(what)?;
        let mut events = Vec::new();
        while let Some(row) = rows.next().to(what)? {
            events.push(stored(row)?);
        }
        Ok(events)
    }
}

/// Returns the SQL condition of being near, rejected events left out, with its values.
fn condition(near: &Near<'_>) -> (String, Vec<Value>) {
    let (from, to) = (near.from.to_string(), near.to.to_string());
    let types = if near.types.is_empty() {
        String::new()
    } else {
        let numbered: Vec<String> = (3..3 + near.types.len()).map(|n| format!("?{n}")).collect();
        format!("type IN ({}) AND", numbered.join(", "))
    };
    // A plus keeps the index of types from being taken where that of long acts is far shorter.
    let plain_types = types.replace("type", "+type");
    // An act that lasts a week at most begins a week before at the earliest; for longer ones there are indexes.
    let mut condition = format!(
        "e.review IS NOT 'rejected' AND e.id IN (
            SELECT id FROM events WHERE {types} coalesce(start_date, published) BETWEEN date(?1, '-7 days') AND ?2
                AND coalesce(end_date, published) >= ?1
            UNION
            SELECT id FROM events WHERE {plain_types} julianday(end_date) - julianday(start_date) > 7
                AND start_date BETWEEN date(?1, '-366 days') AND ?2 AND end_date >= ?1
            UNION
            SELECT id FROM events WHERE {plain_types} julianday(end_date) - julianday(start_date) > 366
                AND start_date <= ?2 AND end_date >= ?1)"
    );
    let mut values = vec![Value::from(from), Value::from(to)];
    values.extend(near.types.iter().map(|kind| Value::from(kind.as_str().to_owned())));
    if let Some(circle) = near.around {
        let (west, east, south, north) = circle.bounds();
        condition += " AND (e.geom IS NULL OR (e.country IS ? AND e.place_precision IN ('admin1', 'country'))
            OR e.id IN (SELECT id FROM rtree_events_geom WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?))";
        values.push(circle.country.map_or(Value::Null, |country| Value::from(country.to_string())));
        values.extend([west, east, south, north].map(Value::from));
    }
    (condition, values)
}

fn stored(row: &Row<'_>) -> Result<StoredEvent, StoreError> {
    let what = "read an event";
    let (key, json): (String, String) = (row.get(8).to(what)?, row.get(9).to(what)?);
    let review: Option<String> = row.get(10).to(what)?;
    Ok(StoredEvent {
        row: row.get(0).to(what)?,
        document: row.get(1).to(what)?,
        document_key: row.get(2).to(what)?,
        title: row.get(3).to(what)?,
        published: date(row.get(4).to(what)?),
        publisher: row.get(5).to(what)?,
        replaced: row.get(6).to(what)?,
        sentence: row.get(7).to(what)?,
        event: event(key, &json)?,
        review: review.as_deref().and_then(Verdict::named),
        incident: row.get(11).to(what)?,
        url: row.get(12).to(what)?,
        incident_key: row.get(13).to(what)?,
    })
}

impl Circle {
    /// Returns west, east, south and north of the box around the circle, in degrees. Near the poles and the date line
    /// it goes all the way round.
    pub(crate) fn bounds(self) -> (f64, f64, f64, f64) {
        let high = self.km / DEGREE_KM;
        let (south, north) = (self.lat - high, self.lat + high);
        let narrowest = south.abs().max(north.abs()).to_radians().cos();
        let wide = if narrowest > 0.01 { high / narrowest } else { 360.0 };
        let (west, east) = (self.lon - wide, self.lon + wide);
        if west < -180.0 || east > 180.0 { (-180.0, 180.0, south, north) } else { (west, east, south, north) }
    }
}
