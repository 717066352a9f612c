//! The columns of the ICEWS coded event data (Dataverse, doi 10.7910/DVN/28075; `docs/export/icews.md`).

use super::{Shape, district, dyads, happened, place, province, town};
use crate::delimited::Style;
use crate::sides::opposed;
use crate::table::{Cell, Column, day, int, real, text};
use crate::{LeftOut, Told, cameo, countries};
use casus_types::Sector;
use casus_types::record::RecordParticipant;

const COLUMNS: &[Column] = &[
    int("Event ID", "#event+id"),
    day("Event Date", "#date+occurred"),
    text("Source Name", "#org+source"),
    text("Source Sectors", "#org+source+type"),
    text("Source Country", "#country+source"),
    text("Event Text", "#event+type"),
    text("CAMEO Code", "#event+code+v_cameo"),
    real("Intensity", "#indicator+score"),
    text("Target Name", "#org+target"),
    text("Target Sectors", "#org+target+type"),
    text("Target Country", "#country+target"),
    text("Story ID", "#meta+source+id"),
    int("Sentence Number", ""),
    text("Publisher", "#meta+source"),
    text("City", "#loc+name"),
    text("District", "#adm2+name"),
    text("Province", "#adm1+name"),
    text("Country", "#country+name"),
    real("Latitude", "#geo+lat"),
    real("Longitude", "#geo+lon"),
];

/// One row a source and target of an event that happened; rows are numbered.
#[derive(Debug, Default)]
pub(super) struct Icews {
    n: i64,
}

impl Shape for Icews {
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
        let code = told.event.cameo.as_deref().ok_or(LeftOut::OtherKind)?;
        let event = opposed(told.event);
        let rows = dyads(&event).into_iter().map(|(source, target)| {
            self.n += 1;
            row(told, code, self.n, source, target)
        });
        Ok(rows.collect())
    }
}

fn row(
    told: &Told<'_>,
    code: &str,
    n: i64,
    source: Option<&RecordParticipant>,
    target: Option<&RecordParticipant>,
) -> Vec<Cell> {
    let Told { report, event, .. } = told;
    let place = place(event);
    let [source, target] = [source, target].map(party);
    let mut cells = vec![Cell::Int(n), Cell::day(event.time.as_ref().map(|time| time.start))];
    cells.extend(source);
    cells.extend([
        Cell::maybe(cameo::name(code)),
        Cell::text(code),
        cameo::goldstein(code).map_or(Cell::Null, |score| Cell::Real(score, Some(1))),
    ]);
    cells.extend(target);
    cells.extend([
        Cell::text(report.id),
        // casus does not count sentences in its records.
        Cell::Null,
        Cell::maybe(report.publisher),
        Cell::maybe(town(place)),
        Cell::maybe(district(place)),
        Cell::maybe(province(place)),
        Cell::maybe(countries::of(place.and_then(|place| place.country)).map(|row| row.name)),
        Cell::real(place.and_then(|place| place.lat)),
        Cell::real(place.and_then(|place| place.lon)),
    ]);
    cells
}

/// Returns a party's name, sector and country.
fn party(who: Option<&RecordParticipant>) -> [Cell; 3] {
    let country = who.and_then(|who| who.country);
    [
        Cell::maybe(who.and_then(|who| who.name.as_deref())),
        Cell::maybe(who.and_then(|who| who.sector).map(sector)),
        Cell::maybe(countries::of(country).map(|row| row.name)),
    ]
}

/// Returns the sector as ICEWS's dictionaries call it.
fn sector(sector: Sector) -> &'static str {
    match sector {
        Sector::Gov => "Government",
        Sector::Mil => "Military",
        Sector::Leg => "Legislative / Parliamentary",
        Sector::Jud => "Judicial",
        Sector::Cop => "Police",
        Sector::Spy => "State Intelligence",
        Sector::Pty => "Parties",
        Sector::Opp => "Opposition",
        Sector::Reb => "Rebel",
        Sector::Prm => "Government-aligned Militias",
        Sector::Uaf => "Unidentified Forces",
        Sector::Crm => "Organized Crime",
        Sector::Cvl => "General Population / Civilian / Social",
        Sector::Jrn => "News",
        Sector::Med => "Medical / Health",
        Sector::Edu => "Education",
        Sector::Bus => "Business",
        Sector::Agr => "Agricultural",
        Sector::Lab => "Labor",
        Sector::Rel => "Religious",
        Sector::Soc => "Social",
        Sector::Eli => "Elite",
        Sector::Ref => "Refugees",
    }
}
