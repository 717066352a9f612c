//! The columns of each table, and how an event fills them.

mod acled;
mod events;
mod gdelt;
mod ged;
mod icews;
mod polecat;

use crate::delimited::Style;
use crate::table::{Cell, Column};
use crate::{Layout, LeftOut, Told};
use casus_types::event::PlacePrecision;
use casus_types::record::{RecordEvent, RecordParticipant, RecordPlace};
use casus_types::{Date, EventType, Status};

/// A table's columns and rows.
pub(crate) trait Shape {
    fn columns(&self) -> &'static [Column];

    /// How its text is parted.
    fn style(&self) -> Style;

    /// Returns the rows of an event, at least one, or why the data set would not hold it.
    fn rows(&mut self, told: &Told<'_>) -> Result<Vec<Vec<Cell>>, LeftOut>;
}

/// Returns the shape of a layout, none where it is no table.
pub(crate) fn of(layout: Layout) -> Option<Box<dyn Shape>> {
    Some(match layout {
        Layout::Events => Box::new(events::Events),
        Layout::Incidents => Box::new(events::Incidents),
        Layout::Acled => Box::new(acled::Acled),
        Layout::Ged => Box::new(ged::Ged::default()),
        Layout::Gdelt => Box::new(gdelt::Gdelt),
        Layout::Icews => Box::new(icews::Icews::default()),
        Layout::Polecat => Box::new(polecat::Polecat),
        Layout::GeoJson | Layout::GraphMl | Layout::Network => return None,
    })
}

/// Returns the cells of `events`, which GeoJSON gives as properties.
pub(crate) fn properties(told: &Told<'_>) -> (&'static [Column], Vec<Cell>) {
    if told.merged.is_some() {
        return (events::incident_columns(), events::incident_row(told));
    }
    (events::COLUMNS, events::row(told))
}

/// Returns the place that stands for an event: the first that has a point, else the first.
fn place(event: &RecordEvent) -> Option<&RecordPlace> {
    event.places.iter().find(|place| place.lat.is_some()).or(event.places.first())
}

/// Returns a place's name where it is at least as exact as a town.
fn town(place: Option<&RecordPlace>) -> Option<&str> {
    let exact = |place: &&RecordPlace| {
        matches!(place.precision, None | Some(PlacePrecision::Point | PlacePrecision::Town))
    };
    place.filter(exact).and_then(|place| place.name.as_deref())
}

/// Returns a place's first-level unit: its own name where it is one.
fn province(place: Option<&RecordPlace>) -> Option<&str> {
    let place = place?;
    let own = place.name.as_deref().filter(|_| place.precision == Some(PlacePrecision::Admin1));
    own.or(place.admin1.as_deref())
}

/// Words of second-level units.
const DISTRICTS: [&str; 5] = ["district", "county", "municipality", "prefecture", "department"];

/// Returns a place's second-level unit where its words say that it is one: what lies near a town is no more exact, but
/// has the town's name.
fn district(place: Option<&RecordPlace>) -> Option<&str> {
    let place = place.filter(|place| place.precision == Some(PlacePrecision::Admin2))?;
    let words = place.span.as_ref().and_then(|span| span.text.as_deref());
    let mut told = place.name.as_deref().into_iter().chain(words);
    let is_one = told.any(|words| {
        words.split_whitespace().any(|word| DISTRICTS.iter().any(|unit| word.eq_ignore_ascii_case(unit)))
    });
    place.name.as_deref().filter(|_| is_one)
}

/// Returns how many days an event's time spans; none where it has none.
fn n_days(event: &RecordEvent) -> Option<i32> {
    let time = event.time.as_ref()?;
    time.start.until(time.end).ok().map(|span| span.get_days() + 1)
}

/// Returns the pairs of an event's actors and recipients, each at least with nobody: what dyadic data sets have a row for.
/// Of those who meet, agree or work together, every two are a pair.
fn dyads(event: &RecordEvent) -> Vec<(Option<&RecordParticipant>, Option<&RecordParticipant>)> {
    let mutual = matches!(event.kind, EventType::Consult | EventType::Agree | EventType::Cooperate);
    if mutual && event.recipients.is_empty() && event.actors.len() > 1 {
        let rest = |at: usize| event.actors[at + 1..].iter();
        let pairs = event.actors.iter().enumerate();
        return pairs.flat_map(|(at, one)| rest(at).map(move |other| (Some(one), Some(other)))).collect();
    }
    let side = |participants: &[RecordParticipant]| -> Vec<Option<usize>> {
        if participants.is_empty() { vec![None] } else { (0..participants.len()).map(Some).collect() }
    };
    let mut pairs = Vec::new();
    for actor in side(&event.actors) {
        for recipient in side(&event.recipients) {
            pairs.push((actor.map(|at| &event.actors[at]), recipient.map(|at| &event.recipients[at])));
        }
    }
    pairs
}

/// Tells whether an event has happened. Data sets of what happened hold nothing else.
fn happened(event: &RecordEvent) -> bool {
    event.status == Status::Actual
}

/// Returns `20260304`.
fn compact(day: Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}
