//! The columns of POLECAT (Dataverse, doi 10.7910/DVN/AJGVIT; `docs/export/polecat.md`), whose ontology casus shares.

use super::{Shape, district, dyads, happened, place, province, town};
use crate::delimited::Style;
use crate::sides::opposed;
use crate::table::{Cell, Column, day, int, real, text};
use crate::{LeftOut, Told, countries};
use casus_types::event::PlacePrecision;
use casus_types::record::RecordParticipant;

const COLUMNS: &[Column] = &[
    text("Event ID", "#event+id"),
    day("Event Date", "#date+occurred"),
    text("Event Type", "#event+type"),
    text("Event Mode", "#event+type+mode"),
    real("Intensity", "#indicator+score"),
    text("Quad Code", "#event+type+quad"),
    text("Contexts", "#event+type+context"),
    text("Actor Name", "#org+actor"),
    text("Actor Country", "#country+actor+code"),
    int("Actor COW", ""),
    text("Primary Actor Sector", "#org+actor+type"),
    text("Actor Sectors", ""),
    text("Actor Title", ""),
    text("Actor Name Raw", ""),
    text("Wikipedia Actor ID", ""),
    text("Recipient Name", "#org+recipient"),
    text("Recipient Country", "#country+recipient+code"),
    int("Recipient COW", ""),
    text("Primary Recipient Sector", "#org+recipient+type"),
    text("Recipient Sectors", ""),
    text("Recipient Title", ""),
    text("Recipient Name Raw", ""),
    text("Wikipedia Recipient ID", ""),
    text("Placename", "#loc+name"),
    text("City", ""),
    text("District", "#adm2+name"),
    text("Province", "#adm1+name"),
    text("Country", "#country+code+v_iso3"),
    real("Latitude", "#geo+lat"),
    real("Longitude", "#geo+lon"),
    int("GeoNames ID", "#loc+code+v_geonames"),
    text("Raw Placename", ""),
    text("Feature Type", ""),
    text("Source", "#meta+source"),
    day("Publication Date", "#date+reported"),
    text("Story People", ""),
    text("Story Organizations", ""),
    text("Story Locations", ""),
    text("Language", "#meta+language"),
    text("Version", ""),
];

/// One row an actor and recipient of an event that happened.
pub(super) struct Polecat;

impl Shape for Polecat {
    fn columns(&self) -> &'static [Column] {
        COLUMNS
    }

    fn style(&self) -> Style {
        Style::Tabs
    }

    fn rows(&mut self, told: &Told<'_>) -> Result<Vec<Vec<Cell>>, LeftOut> {
        if !happened(told.event) {
            return Err(LeftOut::NotHappened);
        }
        let event = opposed(told.event);
        Ok(dyads(&event).into_iter().map(|(actor, recipient)| row(told, actor, recipient)).collect())
    }
}

fn row(
    told: &Told<'_>,
    actor: Option<&RecordParticipant>,
    recipient: Option<&RecordParticipant>,
) -> Vec<Cell> {
    let Told { report, event, .. } = told;
    let place = place(event);
    let listed = |names: Vec<&str>| Cell::text(names.join(";"));
    let quad = match event.quad {
        1 => "VERBAL COOPERATION",
        2 => "MATERIAL COOPERATION",
        3 => "VERBAL CONFLICT",
        4 => "MATERIAL CONFLICT",
        _ => "",
    };
    let mut cells = vec![
        Cell::text(&*event.id),
        Cell::day(event.time.as_ref().map(|time| time.start)),
        Cell::text(event.kind.as_str()),
        // POLECAT has one mode; the first is the one that its words tell most of.
        Cell::maybe(event.modes.first().map(|mode| mode.as_str())),
        Cell::Real(event.score, Some(1)),
        Cell::text(quad),
        listed(event.contexts.iter().map(|context| context.as_str()).collect()),
    ];
    cells.extend(party(actor));
    cells.extend(party(recipient));
    cells.extend([
        Cell::maybe(place.and_then(|place| place.name.as_deref())),
        Cell::maybe(town(place)),
        Cell::maybe(district(place)),
        Cell::maybe(province(place)),
        Cell::text(
            place.and_then(|place| place.country).map_or_else(String::new, |country| country.to_string()),
        ),
        Cell::real(place.and_then(|place| place.lat)),
        Cell::real(place.and_then(|place| place.lon)),
        Cell::int(place.and_then(|place| place.geonameid)),
        Cell::maybe(place.and_then(|place| place.span.as_ref()).and_then(|span| span.text.as_deref())),
        Cell::maybe(place.and_then(|place| place.precision).map(feature)),
        Cell::maybe(report.publisher),
        Cell::day(report.published),
        Cell::Null,
        Cell::Null,
        Cell::Null,
        Cell::text(casus_types::record::LANGUAGE),
        Cell::text(concat!("casus-", env!("CARGO_PKG_VERSION"))),
    ]);
    cells
}

/// Returns a party's eight cells.
fn party(who: Option<&RecordParticipant>) -> [Cell; 8] {
    let country = who.and_then(|who| who.country);
    let sector = who.and_then(|who| who.sector).map_or("", |sector| sector.as_str());
    [
        Cell::maybe(who.and_then(|who| who.name.as_deref())),
        Cell::text(country.map_or_else(String::new, |country| country.to_string())),
        Cell::int(countries::of(country).and_then(|row| row.cow)),
        Cell::text(sector),
        Cell::text(sector),
        Cell::Null,
        Cell::maybe(who.and_then(|who| who.span.as_ref()).and_then(|span| span.text.as_deref())),
        Cell::Null,
    ]
}

/// Returns the GeoNames feature class that a precision comes down to.
fn feature(precision: PlacePrecision) -> &'static str {
    match precision {
        PlacePrecision::Point => "",
        PlacePrecision::Town => "PPL",
        PlacePrecision::Admin2 => "ADM2",
        PlacePrecision::Admin1 => "ADM1",
        PlacePrecision::Country => "PCLI",
    }
}
