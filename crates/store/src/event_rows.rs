//! An event of a record as rows: the columns of `events`, and a row in another table for each of its parts.

use crate::document::day;
use crate::error::{Attempt, StoreError};
use crate::geometry;
use crate::ids::{DocumentId, EventRow};
use crate::writer::Writer;
use casus_types::Date;
use casus_types::event::PlacePrecision;
use casus_types::record::{
    RecordEvent, RecordLink, RecordNumber, RecordParticipant, RecordPlace, RecordSource, RecordSpan,
    TimePrecision,
};
use rusqlite::named_params;

/// Where words stand, as three columns.
type SpanColumns<'a> = (Option<i64>, Option<i64>, Option<&'a str>);

/// The columns of `events` that follow from the record, without key, document and number.
const COLUMNS: &str = "geom = :geom, published = :published, type = :type, modes = :modes, contexts = :contexts,
    cameo = :cameo, score = :score, quad = :quad, status = :status, start_date = :start_date, end_date = :end_date,
    date_precision = :date_precision, place = :place, country = :country, admin1 = :admin1,
    place_precision = :place_precision, lat = :lat, lon = :lon, count_min = :count_min, count_max = :count_max,
    killed_min = :killed_min, killed_max = :killed_max, injured_min = :injured_min, injured_max = :injured_max,
    detained_min = :detained_min, detained_max = :detained_max, displaced_min = :displaced_min,
    displaced_max = :displaced_max, abducted_min = :abducted_min, abducted_max = :abducted_max,
    sentence = :sentence, sentence_start = :sentence_start, sentence_end = :sentence_end, confidence = :confidence,
    model = :model, rule = :rule, record = :record";

impl Writer<'_> {
    /// Inserts an event with its parts, all but its links.
    pub(crate) fn insert_event(
        &mut self,
        document: DocumentId,
        number: i64,
        published: Option<Date>,
        event: &RecordEvent,
        text: Option<&str>,
    ) -> Result<EventRow, StoreError> {
        self.transaction
            .prepare_cached(
                "INSERT INTO events (key, document_id, number, type, score, quad, status, confidence, record)
                 VALUES (?1, ?2, ?3, '', 0, 0, 'actual', 0, '')",
            )
            .to("prepare to insert an event")?
            .execute((&event.id, document, number))
            .to("insert an event")?;
        let row = EventRow(self.transaction.last_insert_rowid());
        self.fill_event(row, published, event, text)?;
        Ok(row)
    }

    /// Writes the columns of an event that is there, and its parts, all but its links.
    pub(crate) fn fill_event(
        &mut self,
        row: EventRow,
        published: Option<Date>,
        event: &RecordEvent,
        text: Option<&str>,
    ) -> Result<(), StoreError> {
        let place = event.places.iter().find(|p| p.lat.is_some() && p.lon.is_some()).or(event.places.first());
        let (lat, lon) = (place.and_then(|p| p.lat), place.and_then(|p| p.lon));
        let record = serde_json::to_string(event).map_err(|e| StoreError::Record(event.id.clone(), e))?;
        let sentence = event.sentence.as_ref();
        let words = sentence.and_then(|span| text.map(|text| one_line(slice(text, span))));
        let low = |n: &Option<RecordNumber>| n.as_ref().map(|n| whole(n.min));
        let high = |n: &Option<RecordNumber>| n.as_ref().and_then(|n| n.max).map(whole);
        self.transaction
            .prepare_cached(&format!("UPDATE events SET {COLUMNS} WHERE id = :id"))
            .to("prepare to fill an event")?
            .execute(named_params! {
                ":id": row,
                ":geom": lat.zip(lon).map(|(lat, lon)| geometry::point(lat, lon)),
                ":published": day(published),
                ":type": event.kind.as_str(),
                ":modes": joined(event.modes.iter().map(|m| m.as_str())),
                ":contexts": joined(event.contexts.iter().map(|c| c.as_str())),
                ":cameo": event.cameo,
                ":score": event.score,
                ":quad": event.quad,
                ":status": event.status.as_str(),
                ":start_date": event.time.as_ref().map(|t| t.start.to_string()),
                ":end_date": event.time.as_ref().map(|t| t.end.to_string()),
                ":date_precision": event.time.as_ref().map(|t| time_precision(t.precision)),
                ":place": place.and_then(|p| p.name.as_deref()),
                ":country": place.and_then(|p| p.country).map(|c| c.to_string()),
                ":admin1": place.and_then(|p| p.admin1.as_deref()),
                ":place_precision": place.and_then(|p| p.precision).map(place_precision),
                ":lat": lat,
                ":lon": lon,
                ":count_min": low(&event.count),
                ":count_max": high(&event.count),
                ":killed_min": low(&event.killed),
                ":killed_max": high(&event.killed),
                ":injured_min": low(&event.injured),
                ":injured_max": high(&event.injured),
                ":detained_min": low(&event.detained),
                ":detained_max": high(&event.detained),
                ":displaced_min": low(&event.displaced),
                ":displaced_max": high(&event.displaced),
                ":abducted_min": low(&event.abducted),
                ":abducted_max": high(&event.abducted),
                ":sentence": words,
                ":sentence_start": sentence.map(|s| offset(s.start)),
                ":sentence_end": sentence.map(|s| offset(s.end)),
                ":confidence": event.confidence.clamp(0.0, 1.0),
                ":model": event.explain.coder,
                ":rule": event.explain.rule,
                ":record": record,
            })
            .to("fill an event")?;
        self.insert_parts(row, event)
    }

    fn insert_parts(&mut self, row: EventRow, event: &RecordEvent) -> Result<(), StoreError> {
        for (mention, position) in event.mentions.iter().zip(0..) {
            self.part(
                "INSERT INTO mentions (event_id, position, span_start, span_end, words) VALUES (?1, ?2, ?3, ?4, ?5)",
                (row, position, offset(mention.start), offset(mention.end), &mention.text),
            )?;
        }
        for (role, participants) in [("actor", &event.actors), ("recipient", &event.recipients)] {
            for (who, position) in participants.iter().zip(0..) {
                let actor = self.actor(who)?;
                let (start, end, words) = span_columns(who.span.as_ref());
                self.part(
                    "INSERT INTO participants (event_id, role, position, actor_id, span_start, span_end, words)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    (row, role, position, actor, start, end, words),
                )?;
            }
        }
        for (place, position) in event.places.iter().zip(0..) {
            let id = self.place(place)?;
            let (start, end, words) = span_columns(place.span.as_ref());
            self.part(
                "INSERT INTO event_places (event_id, position, place_id, span_start, span_end, words)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                (row, position, id, start, end, words),
            )?;
        }
        for (source, position) in event.sources.iter().zip(0..) {
            self.insert_source(row, position, source)?;
        }
        for (weapon, position) in event.weapons.iter().zip(0..) {
            let (start, end, words) = span_columns(weapon.span.as_ref());
            self.part(
                "INSERT INTO weapons (event_id, position, kind, span_start, span_end, words)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                (row, position, &weapon.kind, start, end, words),
            )?;
        }
        Ok(())
    }

    fn insert_source(
        &mut self,
        row: EventRow,
        position: i64,
        source: &RecordSource,
    ) -> Result<(), StoreError> {
        let RecordSource::Named(named) = source else {
            let RecordSource::Author { stance, .. } = source else { return Ok(()) };
            return self.part(
                "INSERT INTO sources (event_id, position, author, stance, anonymous) VALUES (?1, ?2, 1, ?3, 0)",
                (row, position, stance.as_str()),
            );
        };
        let who = RecordParticipant {
            name: named.name.clone(),
            country: named.country,
            sector: named.sector,
            id: named.id.clone(),
            span: None,
        };
        let actor = self.actor(&who)?;
        let via = named.via.as_ref().map(|via| self.actor(via)).transpose()?;
        let (start, end, words) = span_columns(named.span.as_ref());
        let cue = named.cue.as_ref().and_then(|cue| cue.text.as_deref());
        self.part(
            "INSERT INTO sources (event_id, position, author, actor_id, stance, anonymous, via_actor_id, cue,
                 span_start, span_end, words) VALUES (?1, ?2, 0, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            (row, position, actor, named.stance.as_str(), named.anonymous, via, cue, start, end, words),
        )
    }

    pub(crate) fn insert_link(
        &mut self,
        row: EventRow,
        position: i64,
        link: &RecordLink,
        other: Option<EventRow>,
    ) -> Result<(), StoreError> {
        let (start, end, words) = span_columns(link.span.as_ref());
        self.part(
            "INSERT INTO links (event_id, position, relation, other_key, other_event_id, span_start, span_end, words)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            (row, position, link.relation.as_str(), &link.event, other, start, end, words),
        )
    }

    fn part(&self, sql: &str, values: impl rusqlite::Params) -> Result<(), StoreError> {
        let what = "insert a part of an event";
        self.transaction.prepare_cached(sql).to(what)?.execute(values).to(what).map(|_| ())
    }
}

/// Returns the words of a span, which counts code points.
pub(crate) fn slice<'a>(text: &'a str, span: &RecordSpan) -> &'a str {
    let mut starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let start = starts.nth(span.start).unwrap_or(text.len());
    let end = match span.end.checked_sub(span.start) {
        None | Some(0) => start,
        Some(length) => starts.nth(length - 1).unwrap_or(text.len()),
    };
    &text[start..end]
}

/// Returns words with line breaks and runs of space as one space.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the values of a list in one cell, none where there are none.
fn joined<'a>(values: impl Iterator<Item = &'a str>) -> Option<String> {
    let values: Vec<&str> = values.collect();
    (!values.is_empty()).then(|| values.join("; "))
}

fn span_columns(span: Option<&RecordSpan>) -> SpanColumns<'_> {
    (span.map(|s| offset(s.start)), span.map(|s| offset(s.end)), span.and_then(|s| s.text.as_deref()))
}

fn offset(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// SQLite's integers have a sign; what passes them is kept in the record alone.
fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn time_precision(precision: TimePrecision) -> &'static str {
    match precision {
        TimePrecision::Day => "day",
        TimePrecision::Days => "days",
        TimePrecision::Month => "month",
        TimePrecision::Year => "year",
    }
}

pub(crate) fn place_precision(precision: PlacePrecision) -> &'static str {
    match precision {
        PlacePrecision::Point => "point",
        PlacePrecision::Town => "town",
        PlacePrecision::Admin2 => "admin2",
        PlacePrecision::Admin1 => "admin1",
        PlacePrecision::Country => "country",
    }
}

/// Returns the point of a place, where both its coordinates are known.
pub(crate) fn place_point(place: &RecordPlace) -> Option<Vec<u8>> {
    place.lat.zip(place.lon).map(|(lat, lon)| geometry::point(lat, lon))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_count_code_points() {
        let text = "Nördlich «fiel» 🕊 Arvan";
        let of = |start, end| slice(text, &RecordSpan { start, end, text: None });
        assert_eq!(of(10, 14), "fiel");
        assert_eq!(of(16, 17), "🕊");
        assert_eq!(of(18, 23), "Arvan");
        assert_eq!(of(18, 99), "Arvan");
        assert_eq!(of(99, 120), "");
        assert_eq!(of(0, 0), "");
    }
}
