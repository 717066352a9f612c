//! Distinct actors and places.

use crate::error::{Attempt, StoreError};
use crate::event_rows::{place_point, place_precision};
use crate::writer::Writer;
use casus_types::Sector;
use casus_types::record::{RecordParticipant, RecordPlace};
use rusqlite::OptionalExtension;

/// Parts the parts of a key; no name has it.
const BAR: char = '\u{1f}';

impl Writer<'_> {
    /// Returns the row of an actor, recipient or source, which is made where there is none.
    ///
    /// Whoever has an id in the actor table is told by it, and takes the latest name; others by name, country and sector.
    pub(crate) fn actor(&mut self, who: &RecordParticipant) -> Result<i64, StoreError> {
        let name = who.name.as_deref();
        let country = who.country.map(|c| c.to_string());
        let sector = who.sector.map(Sector::as_str);
        let key = match &who.id {
            Some(id) => format!("id{BAR}{id}"),
            None => format!(
                "name{BAR}{}{BAR}{}{BAR}{}",
                name.unwrap_or_default().to_lowercase(),
                country.as_deref().unwrap_or_default(),
                sector.unwrap_or_default()
            ),
        };
        if let Some(id) = self.identity("SELECT id FROM actors WHERE key = ?1", &key)? {
            if who.id.is_some() {
                self.transaction
                    .prepare_cached(
                        "UPDATE actors SET name = ?2, country = ?3, sector = ?4 WHERE id = ?1
                         AND (name IS NOT ?2 OR country IS NOT ?3 OR sector IS NOT ?4)",
                    )
                    .to("prepare to update an actor")?
                    .execute((id, name, country, sector))
                    .to("update an actor")?;
            }
            return Ok(id);
        }
        self.transaction
            .prepare_cached(
                "INSERT INTO actors (key, actor_id, name, country, sector) VALUES (?1, ?2, ?3, ?4, ?5)",
            )
            .to("prepare to insert an actor")?
            .execute((&key, &who.id, name, country, sector))
            .to("insert an actor")?;
        Ok(self.transaction.last_insert_rowid())
    }

    /// Returns the row of a place, which is made where there is none. One that the gazetteer knows is told by its
    /// `GeoNames` id, others by all that is known of them.
    pub(crate) fn place(&mut self, place: &RecordPlace) -> Result<i64, StoreError> {
        let name = place.name.as_deref().unwrap_or_default();
        let country = place.country.map(|c| c.to_string());
        let precision = place.precision.map(place_precision);
        let degrees = |n: Option<f64>| n.map_or_else(String::new, |n| n.to_string());
        let key = match place.geonameid {
            Some(id) => format!("geonames{BAR}{id}"),
            None => [
                "name",
                &name.to_lowercase(),
                country.as_deref().unwrap_or_default(),
                place.admin1.as_deref().unwrap_or_default(),
                &degrees(place.lat),
                &degrees(place.lon),
                precision.unwrap_or_default(),
            ]
            .join(&BAR.to_string()),
        };
        if let Some(id) = self.identity("SELECT id FROM places WHERE key = ?1", &key)? {
            return Ok(id);
        }
        self.transaction
            .prepare_cached(
                "INSERT INTO places (geom, key, geonameid, name, country, admin1, precision, lat, lon)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )
            .to("prepare to insert a place")?
            .execute((
                place_point(place),
                &key,
                place.geonameid,
                &place.name,
                country,
                &place.admin1,
                precision,
                place.lat,
                place.lon,
            ))
            .to("insert a place")?;
        Ok(self.transaction.last_insert_rowid())
    }

    fn identity(&self, sql: &str, key: &str) -> Result<Option<i64>, StoreError> {
        self.transaction
            .prepare_cached(sql)
            .to("prepare to look for an identity")?
            .query_row([key], |row| row.get(0))
            .optional()
            .to("look for an identity")
    }
}
