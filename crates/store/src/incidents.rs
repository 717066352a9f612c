//! Incidents: opened, filled and closed by whoever links. The store keeps what it is told.

use crate::error::{Attempt, StoreError};
use crate::event_rows::place_precision;
use crate::geometry;
use crate::ids::{EventRow, IncidentId};
use crate::store::Store;
use crate::writer::Writer;
use casus_types::event::PlacePrecision;
use casus_types::{Country, Date, EventType, Status};
use rusqlite::{Connection, OptionalExtension, named_params};
use serde_json::Value;

/// An incident as it is to stand in the store: merged over its events.
#[derive(Debug, Clone, PartialEq)]
pub struct Incident {
    /// The name that is cited; stable over runs as far as whoever links makes it so.
    pub key: String,
    /// A line to read.
    pub title: Option<String>,
    /// What is done.
    pub kind: EventType,
    /// How it stands to the world.
    pub status: Status,
    /// First and last day.
    pub days: Option<(Date, Date)>,
    /// Best place.
    pub place: IncidentPlace,
    /// Tolls over all its reports: killed, injured, detained, displaced, abducted; least and greatest, the latter open
    /// where none.
    pub tolls: [Option<(u64, Option<u64>)>; 5],
    /// Events joined.
    pub n_events: usize,
    /// Reports that tell of it.
    pub n_documents: usize,
    /// That its events belong together, 0..=1.
    pub confidence: Option<f64>,
    /// The merged view with who says what.
    pub record: Value,
}

/// Where an incident was.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct IncidentPlace {
    /// Name.
    pub name: Option<String>,
    /// Country.
    pub country: Option<Country>,
    /// First-level unit.
    pub admin1: Option<String>,
    /// Latitude and longitude, degrees north and east.
    pub point: Option<(f64, f64)>,
    /// How exact the point is.
    pub precision: Option<PlacePrecision>,
}

/// What a person decided of two events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PairDecision {
    /// One event.
    pub event: EventRow,
    /// The other.
    pub other: EventRow,
    /// Whether they belong to one incident, or to two.
    pub together: bool,
}

const COLUMNS: &str = "geom = :geom, key = :key, title = :title, type = :type, status = :status,
    start_date = :start_date, end_date = :end_date, place = :place, country = :country, admin1 = :admin1,
    place_precision = :place_precision, lat = :lat, lon = :lon, killed_min = :killed_min, killed_max = :killed_max,
    injured_min = :injured_min, injured_max = :injured_max, detained_min = :detained_min,
    detained_max = :detained_max, displaced_min = :displaced_min, displaced_max = :displaced_max,
    abducted_min = :abducted_min, abducted_max = :abducted_max, n_events = :n_events, n_documents = :n_documents,
    confidence = :confidence, record = :record";

impl Writer<'_> {
    /// Opens an incident.
    ///
    /// # Errors
    /// Where its key is taken.
    pub fn open_incident(&mut self, incident: &Incident) -> Result<IncidentId, StoreError> {
        self.transaction
            .prepare_cached(
                "INSERT INTO incidents (key, type, status, n_events, n_documents, record)
                 VALUES (?1, '', 'actual', 0, 0, '')",
            )
            .to("open an incident")?
            .execute([&incident.key])
            .to("open an incident")?;
        let id = IncidentId(self.transaction.last_insert_rowid());
        self.update_incident(id, incident)?;
        Ok(id)
    }

    /// Writes anew what is known of an incident, its key too.
    ///
    /// # Errors
    /// Where its new key is taken.
    pub fn update_incident(&mut self, id: IncidentId, incident: &Incident) -> Result<(), StoreError> {
        let low = |at: usize| incident.tolls[at].map(|(min, _)| i64::try_from(min).unwrap_or(i64::MAX));
        let high = |at: usize| {
            incident.tolls[at].and_then(|(_, max)| max).map(|max| i64::try_from(max).unwrap_or(i64::MAX))
        };
        let place = &incident.place;
        self.transaction
            .prepare_cached(&format!("UPDATE incidents SET {COLUMNS} WHERE id = :id"))
            .to("write an incident")?
            .execute(named_params! {
                ":id": id,
                ":geom": place.point.map(|(lat, lon)| geometry::point(lat, lon)),
                ":key": incident.key,
                ":title": incident.title,
                ":type": incident.kind.as_str(),
                ":status": incident.status.as_str(),
                ":start_date": incident.days.map(|(start, _)| start.to_string()),
                ":end_date": incident.days.map(|(_, end)| end.to_string()),
                ":place": place.name,
                ":country": place.country.map(|c| c.to_string()),
                ":admin1": place.admin1,
                ":place_precision": place.precision.map(place_precision),
                ":lat": place.point.map(|(lat, _)| lat),
                ":lon": place.point.map(|(_, lon)| lon),
                ":killed_min": low(0),
                ":killed_max": high(0),
                ":injured_min": low(1),
                ":injured_max": high(1),
                ":detained_min": low(2),
                ":detained_max": high(2),
                ":displaced_min": low(3),
                ":displaced_max": high(3),
                ":abducted_min": low(4),
                ":abducted_max": high(4),
                ":n_events": i64::try_from(incident.n_events).unwrap_or(i64::MAX),
                ":n_documents": i64::try_from(incident.n_documents).unwrap_or(i64::MAX),
                ":confidence": incident.confidence.map(|c| c.clamp(0.0, 1.0)),
                ":record": incident.record.to_string(),
            })
            .to("write an incident")
            .map(|_| ())
    }

    /// Puts an event into an incident, out of the one that it was in. `why` tells what spoke for it.
    ///
    /// # Errors
    /// Where there is no such event or incident.
    pub fn join_incident(
        &mut self,
        event: EventRow,
        incident: IncidentId,
        score: Option<f64>,
        why: &Value,
    ) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached(
                "INSERT INTO incident_events (incident_id, event_id, score, why) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (event_id) DO UPDATE SET incident_id = ?1, score = ?3, why = ?4",
            )
            .to("join an event to an incident")?
            .execute((incident, event, score, (!why.is_null()).then(|| why.to_string())))
            .to("join an event to an incident")
            .map(|_| ())
    }

    /// Takes an event out of its incident.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn leave_incident(&mut self, event: EventRow) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("DELETE FROM incident_events WHERE event_id = ?1")
            .to("take an event out of an incident")?
            .execute([event])
            .to("take an event out of an incident")
            .map(|_| ())
    }

    /// Closes an incident; its events belong to none then.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn close_incident(&mut self, incident: IncidentId) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("DELETE FROM incidents WHERE id = ?1")
            .to("close an incident")?
            .execute([incident])
            .to("close an incident")
            .map(|_| ())
    }

    /// Closes every incident: for linking all events anew.
    ///
    /// # Errors
    /// Where SQLite refuses.
    pub fn close_all_incidents(&mut self) -> Result<(), StoreError> {
        self.transaction.execute("DELETE FROM incidents", []).to("close incidents").map(|_| ())
    }

    /// Returns the incident of a key.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn incident_with_key(&self, key: &str) -> Result<Option<IncidentId>, StoreError> {
        incident_with_key(&self.transaction, key)
    }

    /// Returns what people decided of pairs that have one of these events, the latest decision of each pair.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn pair_decisions(&self, events: &[EventRow]) -> Result<Vec<PairDecision>, StoreError> {
        let mut decisions = Vec::new();
        for &event in events {
            decisions.extend(pair_decisions(&self.transaction, event)?);
        }
        decisions.sort();
        decisions.dedup();
        Ok(decisions)
    }

    /// Returns every decision on pairs of events that are there, by their keys, in the order in which they were made.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn all_pair_decisions(&self) -> Result<Vec<(String, String, bool)>, StoreError> {
        let what = "read decisions";
        let mut statement = self
            .transaction
            .prepare_cached(
                "SELECT a.key, b.key, r.decision = 'together' FROM reviews r
                 JOIN events a ON a.id = r.event_id JOIN events b ON b.id = r.other_event_id
                 WHERE r.decision IN ('together', 'apart') ORDER BY r.id",
            )
            .to(what)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).to(what)?;
        rows.collect::<Result<_, _>>().to(what)
    }
}

impl Store {
    /// Returns the incident of a key.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn incident_with_key(&self, key: &str) -> Result<Option<IncidentId>, StoreError> {
        incident_with_key(&self.connection, key)
    }
}

impl Store {
    /// Returns the merged view of the incident of a key, as it was written; none where there is none.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn incident_record(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.connection
            .prepare_cached("SELECT record FROM incidents WHERE key = ?1")
            .to("read an incident")?
            .query_row([key], |row| row.get(0))
            .optional()
            .to("read an incident")
    }

    /// Returns the incidents after one, at most as many, in the order of their rows: a page of all. Each with its merged
    /// view, as it was written.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn incidents_after(
        &self,
        incident: IncidentId,
        at_most: u32,
    ) -> Result<Vec<(IncidentId, String)>, StoreError> {
        let what = "read incidents";
        let sql = "SELECT id, record FROM incidents WHERE id > ?1 ORDER BY id LIMIT ?2";
        let mut statement = self.connection.prepare_cached(sql).to(what)?;
        let rows = statement.query_map((incident, at_most), |row| Ok((row.get(0)?, row.get(1)?))).to(what)?;
        rows.collect::<Result<_, _>>().to(what)
    }

    /// Returns the key of the incident that an event belongs to; none where it belongs to none or there is no such event.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn incident_of(&self, event: &str) -> Result<Option<String>, StoreError> {
        self.connection
            .prepare_cached(
                "SELECT i.key FROM incidents i JOIN incident_events ie ON ie.incident_id = i.id
                 JOIN events e ON e.id = ie.event_id WHERE e.key = ?1",
            )
            .to("look for an incident")?
            .query_row([event], |row| row.get(0))
            .optional()
            .to("look for an incident")
    }

    /// Returns how many incidents there are, how many of them several reports tell of, and how many events belong to
    /// them.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn incident_counts(&self) -> Result<[usize; 3], StoreError> {
        let what = "count incidents";
        let sql = "SELECT count(*), coalesce(sum(n_documents > 1), 0), (SELECT count(*) FROM incident_events)
                   FROM incidents";
        let count = |n: i64| usize::try_from(n).unwrap_or_default();
        self.connection
            .query_row(sql, [], |row| Ok([count(row.get(0)?), count(row.get(1)?), count(row.get(2)?)]))
            .to(what)
    }

    /// Returns what spoke for each event of an incident, by event key: JSON, where there is any.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn reasons(&self, incident: IncidentId) -> Result<Vec<(String, Option<String>)>, StoreError> {
        let what = "read why events were joined";
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT e.key, ie.why FROM incident_events ie JOIN events e ON e.id = ie.event_id
                 WHERE ie.incident_id = ?1 ORDER BY e.key",
            )
            .to(what)?;
        let rows = statement.query_map([incident], |row| Ok((row.get(0)?, row.get(1)?))).to(what)?;
        rows.collect::<Result<_, _>>().to(what)
    }
}

fn incident_with_key(connection: &Connection, key: &str) -> Result<Option<IncidentId>, StoreError> {
    connection
        .prepare_cached("SELECT id FROM incidents WHERE key = ?1")
        .to("look for an incident")?
        .query_row([key], |row| row.get(0))
        .optional()
        .to("look for an incident")
}

/// Returns the decisions of an event's pairs, each with the lower row first, later ones in place of earlier ones.
fn pair_decisions(connection: &Connection, event: EventRow) -> Result<Vec<PairDecision>, StoreError> {
    let what = "read decisions";
    let mut statement = connection
        .prepare_cached(
            "SELECT min(event_id, other_event_id), max(event_id, other_event_id), decision = 'together'
             FROM reviews WHERE decision IN ('together', 'apart')
             AND event_id IS NOT NULL AND other_event_id IS NOT NULL AND (event_id = ?1 OR other_event_id = ?1)
             ORDER BY id",
        )
        .to(what)?;
    let mut decisions: Vec<PairDecision> = Vec::new();
    let rows = statement
        .query_map([event], |row| {
            Ok(PairDecision { event: row.get(0)?, other: row.get(1)?, together: row.get(2)? })
        })
        .to(what)?;
    for decision in rows {
        let decision = decision.to(what)?;
        decisions.retain(|d| (d.event, d.other) != (decision.event, decision.other));
        decisions.push(decision);
    }
    Ok(decisions)
}
