//! The columns of the UCDP Georeferenced Event Dataset (GED 24.1 codebook; `docs/export/ged.md`).

use super::{Shape, district, happened, n_days, place, province};
use crate::countries;
use crate::delimited::Style;
use crate::merged::article;
use crate::sides::{Side, names, opposed};
use crate::table::{Cell, Column, day, int, joined, real, text};
use crate::{LeftOut, Told};
use casus_types::event::PlacePrecision;
use casus_types::incident::IncidentReport;
use casus_types::record::{RecordEvent, RecordSource};
use casus_types::{Country, EventType};

const COLUMNS: &[Column] = &[
    int("id", "#event+id"),
    text("relid", "#event+id+casus"),
    int("year", "#date+year"),
    int("active_year", ""),
    text("code_status", "#status"),
    int("type_of_violence", "#event+type"),
    int("conflict_dset_id", ""),
    int("conflict_new_id", ""),
    text("conflict_name", "#crisis+name"),
    int("dyad_dset_id", ""),
    int("dyad_new_id", ""),
    text("dyad_name", "#org+dyad"),
    int("side_a_dset_id", ""),
    int("side_a_new_id", ""),
    text("side_a", "#org+side_a"),
    int("side_b_dset_id", ""),
    int("side_b_new_id", ""),
    text("side_b", "#org+side_b"),
    int("number_of_sources", "#meta+source+num"),
    text("source_article", "#meta+source"),
    text("source_office", "#meta+source+publisher"),
    day("source_date", "#date+reported"),
    text("source_headline", "#meta+source+title"),
    text("source_original", "#meta+source+cited"),
    int("where_prec", "#geo+precision"),
    text("where_coordinates", "#loc+name"),
    text("where_description", "#description"),
    text("adm_1", "#adm1+name"),
    text("adm_2", "#adm2+name"),
    real("latitude", "#geo+lat"),
    real("longitude", "#geo+lon"),
    text("geom_wkt", "#geo+wkt"),
    int("priogrid_gid", "#geo+priogrid"),
    text("country", "#country+name"),
    int("country_id", "#country+code+v_gw"),
    text("region", "#region+name"),
    int("event_clarity", "#indicator+clarity"),
    int("date_prec", "#date+precision"),
    day("date_start", "#date+start"),
    day("date_end", "#date+end"),
    int("deaths_a", "#affected+killed+side_a"),
    int("deaths_b", "#affected+killed+side_b"),
    int("deaths_civilians", "#affected+killed+civilians"),
    int("deaths_unknown", "#affected+killed+unknown"),
    int("best", "#affected+killed"),
    int("high", "#affected+killed+max"),
    int("low", "#affected+killed+min"),
    int("gwnoa", ""),
    int("gwnob", ""),
];

/// One row a deadly event of organised violence; rows are numbered, for the ids of GED are numbers.
#[derive(Debug, Default)]
pub(super) struct Ged {
    n: i64,
}

impl Shape for Ged {
    fn columns(&self) -> &'static [Column] {
        COLUMNS
    }

    fn style(&self) -> Style {
        Style::Csv
    }

    fn rows(&mut self, told: &Told<'_>) -> Result<Vec<Vec<Cell>>, LeftOut> {
        let event = opposed(told.event);
        let violence = violence(&event)?;
        self.n += 1;
        Ok(vec![row(told, &event, violence, self.n)])
    }
}

/// Type of violence, as GED numbers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Violence {
    StateBased = 1,
    NonState = 2,
    OneSided = 3,
}

/// Returns the type of violence of a deadly event whose sides are known.
fn violence(event: &RecordEvent) -> Result<Violence, LeftOut> {
    if !happened(event) {
        return Err(LeftOut::NotHappened);
    }
    if event.kind != EventType::Assault {
        return Err(LeftOut::OtherKind);
    }
    if event.killed.as_ref().is_none_or(|killed| killed.min == 0) {
        return Err(LeftOut::NoDeath);
    }
    let actor = Side::of_first(&event.actors).ok_or(LeftOut::NoSides)?;
    let victim = event.recipients.iter().find_map(Side::of_victim).ok_or(LeftOut::NoSides)?;
    match (actor, victim) {
        // Unarmed actors are not organised.
        (Side::Civilians, _) => Err(LeftOut::OtherKind),
        (_, Side::Civilians) => Ok(Violence::OneSided),
        (Side::State, _) | (_, Side::State) => Ok(Violence::StateBased),
        _ => Ok(Violence::NonState),
    }
}

fn row(told: &Told<'_>, event: &RecordEvent, violence: Violence, n: i64) -> Vec<Cell> {
    let report = &told.report;
    let place = place(event);
    let known = countries::of(place.and_then(|place| place.country));
    let side = |participants| names(participants).next().unwrap_or_default().to_owned();
    let (a, mut b) = (side(&event.actors), side(&event.recipients));
    if violence == Violence::OneSided {
        // GED's name for the victims of one-sided violence.
        "Civilians".clone_into(&mut b);
    }
    let (low, high) = event.killed.as_ref().map_or((0, None), |killed| (killed.min, killed.max));
    let (civilians, unknown) = if violence == Violence::OneSided { (low, 0) } else { (0, low) };
    let point = place.and_then(|place| place.lat.zip(place.lon));
    let gw = |participants: &[casus_types::record::RecordParticipant]| {
        let state = participants.iter().find(|who| Side::of(who) == Some(Side::State));
        countries::of(state.and_then(|who| who.country).filter(|country| Country::is_state(*country)))
            .and_then(|row| row.gw)
    };
    let articles: Vec<String> = match told.merged {
        Some(merged) => {
            let of = |r: &IncidentReport| article(r.publisher.as_deref(), r.published, r.title.as_deref());
            merged.reports.iter().filter_map(of).collect()
        }
        None => article(report.publisher, report.published, report.title).into_iter().collect(),
    };
    let cited = event.sources.iter().filter_map(|source| match source {
        RecordSource::Named(named) => named.name.clone(),
        RecordSource::Author { .. } => None,
    });
    let time = event.time.as_ref();
    vec![
        Cell::Int(n),
        Cell::text(&*event.id),
        Cell::int(time.map(|time| time.end.year())),
        Cell::Null,
        Cell::Null,
        Cell::Int(violence as i64),
        Cell::Null,
        Cell::Null,
        Cell::Null,
        Cell::Null,
        Cell::Null,
        Cell::text(format!("{a} - {b}")),
        Cell::Null,
        Cell::Null,
        Cell::text(a),
        Cell::Null,
        Cell::Null,
        Cell::text(b),
        Cell::int(Some(told.merged.map_or(1, |merged| merged.publishers()))),
        Cell::text(articles.join(";")),
        Cell::maybe(report.publisher),
        Cell::day(report.published),
        Cell::maybe(report.title),
        Cell::text(joined(cited)),
        Cell::int(place.and_then(|place| place.precision).map(|precision| match precision {
            PlacePrecision::Point | PlacePrecision::Town => 1,
            PlacePrecision::Admin2 => 3,
            PlacePrecision::Admin1 => 4,
            PlacePrecision::Country => 6,
        })),
        Cell::maybe(place.and_then(|place| place.name.as_deref())),
        Cell::maybe(place.and_then(|place| place.span.as_ref()).and_then(|span| span.text.as_deref())),
        Cell::maybe(province(place)),
        Cell::maybe(district(place)),
        Cell::real(point.map(|(lat, _)| lat)),
        Cell::real(point.map(|(_, lon)| lon)),
        Cell::text(point.map_or_else(String::new, |(lat, lon)| format!("POINT ({lon} {lat})"))),
        Cell::int(point.map(|(lat, lon)| priogrid(lat, lon))),
        Cell::maybe(known.map(|row| row.ucdp)),
        Cell::int(known.and_then(countries::Row::ucdp_id)),
        Cell::maybe(known.and_then(|row| row.ucdp_region)),
        Cell::Int(if event.count.as_ref().is_some_and(|count| count.min > 1) { 2 } else { 1 }),
        Cell::int(n_days(event).map(|days| match days {
            1 => 1,
            2..=6 => 2,
            7 => 3,
            8..=31 => 4,
            _ => 5,
        })),
        Cell::day(time.map(|time| time.start)),
        Cell::day(time.map(|time| time.end)),
        Cell::Int(0),
        Cell::Int(0),
        Cell::int(Some(civilians)),
        Cell::int(Some(unknown)),
        Cell::int(Some(low)),
        Cell::int(Some(high.unwrap_or(low))),
        Cell::int(Some(low)),
        Cell::int(gw(&event.actors)),
        Cell::int(gw(&event.recipients)),
    ]
}

/// Returns the cell of PRIO-GRID, half a degree wide, counted from 1 in the south-west along the rows (Tollefsen, Strand
/// and Buhaug 2012).
fn priogrid(lat: f64, lon: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "at most 720 cells a row")]
    let cell = |degrees: f64, most: i64| ((degrees * 2.0).floor() as i64).clamp(0, most);
    cell(lat + 90.0, 359) * 720 + cell(lon + 180.0, 719) + 1
}

#[cfg(test)]
mod tests {
    use super::priogrid;

    #[test]
    fn cells_count_from_the_south_west() {
        assert_eq!((priogrid(-90.0, -180.0), priogrid(90.0, 180.0)), (1, 259_200));
        // The equator meets the prime meridian in the first cell of the northern half's rows.
        assert_eq!(priogrid(0.1, 0.1), 180 * 720 + 361);
    }
}
