//! casus's own columns (`docs/format/csv.md`).

use super::{Shape, place};
use crate::delimited::Style;
use crate::table::{Cell, Column, day, int, joined, one_line, real, text};
use crate::{LeftOut, Told};
use casus_types::actor_code;
use casus_types::event::PlacePrecision;
use casus_types::record::{RecordNumber, RecordParticipant, RecordSource};
use std::sync::LazyLock;

/// The columns. New ones go to the end, so that old readers go on reading.
pub(super) const COLUMNS: &[Column] = &[
    text("document", "#meta+id+source"),
    day("published", "#date+reported"),
    text("publisher", "#meta+source"),
    text("title", "#meta+source+title"),
    text("event", "#event+id"),
    text("type", "#event+type"),
    text("modes", "#event+type+mode"),
    text("contexts", "#event+type+context"),
    text("status", "#status"),
    text("cameo", "#event+code+v_cameo"),
    real("score", "#indicator+score"),
    int("quad", "#event+type+quad"),
    day("start", "#date+start"),
    day("end", "#date+end"),
    text("actors", "#org+actor+name"),
    text("actor_codes", "#org+actor+code"),
    text("recipients", "#org+recipient+name"),
    text("recipient_codes", "#org+recipient+code"),
    text("places", "#loc+name"),
    text("place_countries", "#country+code+v_iso3"),
    real("lat", "#geo+lat"),
    real("lon", "#geo+lon"),
    text("precision", "#geo+precision"),
    int("count_min", "#event+num+min"),
    int("count_max", "#event+num+max"),
    int("killed_min", "#affected+killed+min"),
    int("killed_max", "#affected+killed+max"),
    int("injured_min", "#affected+injured+min"),
    int("injured_max", "#affected+injured+max"),
    int("detained_min", "#affected+detained+min"),
    int("detained_max", "#affected+detained+max"),
    int("displaced_min", "#affected+displaced+min"),
    int("displaced_max", "#affected+displaced+max"),
    int("abducted_min", "#affected+abducted+min"),
    int("abducted_max", "#affected+abducted+max"),
    text("weapons", "#cause+weapon"),
    text("sources", "#meta+source+cited"),
    text("stances", "#meta+source+stance"),
    text("links", "#event+related"),
    real("confidence", "#indicator+confidence"),
    text("sentence", "#description"),
    text("url", "#meta+url"),
    text("incident", "#event+id+incident"),
];

/// One row an event, whatever its status.
pub(super) struct Events;

impl Shape for Events {
    fn columns(&self) -> &'static [Column] {
        COLUMNS
    }

    fn style(&self) -> Style {
        Style::Csv
    }

    fn rows(&mut self, told: &Told<'_>) -> Result<Vec<Vec<Cell>>, LeftOut> {
        Ok(vec![row(told)])
    }
}

/// What a row of an incident has beside; an event that belongs to none is one event of one report.
const OF_INCIDENTS: [Column; 3] = [
    int("n_events", "#event+num+joined"),
    int("n_documents", "#meta+source+num"),
    real("together", "#indicator+confidence+joined"),
];

static INCIDENT_COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(|| [COLUMNS, &OF_INCIDENTS].concat());

/// One row an incident, with ranges over its reports.
pub(super) struct Incidents;

impl Shape for Incidents {
    fn columns(&self) -> &'static [Column] {
        incident_columns()
    }

    fn style(&self) -> Style {
        Style::Csv
    }

    fn rows(&mut self, told: &Told<'_>) -> Result<Vec<Vec<Cell>>, LeftOut> {
        Ok(vec![incident_row(told)])
    }
}

pub(super) fn incident_columns() -> &'static [Column] {
    &INCIDENT_COLUMNS
}

pub(super) fn incident_row(told: &Told<'_>) -> Vec<Cell> {
    let (events, reports) = told.merged.map_or((1, 1), |merged| (merged.events, merged.reports.len()));
    let together = told.merged.and_then(|merged| merged.together);
    let mut cells = row(told);
    cells.extend([
        Cell::int(Some(events)),
        Cell::int(Some(reports)),
        together.map_or(Cell::Null, |together| Cell::Real(together, Some(3))),
    ]);
    cells
}

pub(super) fn row(told: &Told<'_>) -> Vec<Cell> {
    let Told { report, event, .. } = told;
    let point = place(event).filter(|place| place.lat.is_some());
    let names_of = |participants: &[RecordParticipant]| {
        Cell::text(joined(participants.iter().map(|p| p.name.as_deref().unwrap_or_default())))
    };
    let mut cells = vec![
        Cell::text(report.id),
        Cell::day(report.published),
        Cell::maybe(report.publisher),
        Cell::maybe(report.title),
        Cell::text(&*event.id),
        Cell::text(event.kind.as_str()),
        Cell::text(joined(event.modes.iter().map(|mode| mode.as_str()))),
        Cell::text(joined(event.contexts.iter().map(|context| context.as_str()))),
        Cell::text(event.status.as_str()),
        Cell::maybe(event.cameo.as_deref()),
        Cell::Real(event.score, Some(1)),
        Cell::Int(i64::from(event.quad)),
        Cell::day(event.time.as_ref().map(|time| time.start)),
        Cell::day(event.time.as_ref().map(|time| time.end)),
        names_of(&event.actors),
        codes(&event.actors),
        names_of(&event.recipients),
        codes(&event.recipients),
        Cell::text(joined(event.places.iter().map(|p| p.name.as_deref().unwrap_or_default()))),
        Cell::text(joined(
            event.places.iter().map(|p| p.country.map_or_else(String::new, |c| c.to_string())),
        )),
        Cell::real(point.and_then(|place| place.lat)),
        Cell::real(point.and_then(|place| place.lon)),
        Cell::maybe(point.and_then(|place| place.precision).map(precision)),
    ];
    for number in
        [&event.count, &event.killed, &event.injured, &event.detained, &event.displaced, &event.abducted]
    {
        cells.extend(bounds(number.as_ref()));
    }
    cells.push(Cell::text(joined(event.weapons.iter().map(|weapon| &*weapon.kind))));
    let (sources, stances): (Vec<String>, Vec<&str>) = event
        .sources
        .iter()
        .map(|source| match source {
            RecordSource::Author { stance, .. } => ("author".to_owned(), stance.as_str()),
            RecordSource::Named(named) => (named.name.clone().unwrap_or_default(), named.stance.as_str()),
        })
        .unzip();
    cells.push(Cell::text(joined(sources.iter())));
    cells.push(Cell::text(joined(stances.iter())));
    cells
        .push(Cell::text(joined(event.links.iter().map(|link| format!("{} {}", link.relation, link.event)))));
    cells.push(Cell::Real(event.confidence, Some(3)));
    cells.push(Cell::text(told.sentence.as_deref().map(one_line).unwrap_or_default()));
    cells.push(Cell::maybe(report.url));
    cells.push(Cell::maybe(told.incident.as_deref()));
    debug_assert_eq!(cells.len(), COLUMNS.len());
    cells
}

/// Returns country and sector of each: `USA MIL`, `---` where neither is known.
fn codes(participants: &[RecordParticipant]) -> Cell {
    Cell::text(joined(participants.iter().map(|who| actor_code(who.country, who.sector))))
}

/// Returns the precision as the public format writes it.
fn precision(precision: PlacePrecision) -> &'static str {
    match precision {
        PlacePrecision::Point => "point",
        PlacePrecision::Town => "town",
        PlacePrecision::Admin2 => "admin2",
        PlacePrecision::Admin1 => "admin1",
        PlacePrecision::Country => "country",
    }
}

fn bounds(number: Option<&RecordNumber>) -> [Cell; 2] {
    [Cell::int(number.map(|n| n.min)), Cell::int(number.and_then(|n| n.max))]
}
