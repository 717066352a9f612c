//! The columns of the GDELT 2.0 event table (codebook of 2015; `docs/export/gdelt.md`).

use super::{Shape, compact, district, dyads, happened, place, province, town};
use crate::delimited::Style;
use crate::sides::opposed;
use crate::table::{Cell, Column, int, joined, real, text};
use crate::{LeftOut, Told, cameo, countries};
use casus_types::event::PlacePrecision;
use casus_types::record::{RecordParticipant, RecordPlace};
use casus_types::{Country, Date, Sector};

const COLUMNS: &[Column] = &[
    int("GLOBALEVENTID", "#event+id"),
    int("SQLDATE", "#date+occurred"),
    int("MonthYear", ""),
    int("Year", "#date+year"),
    real("FractionDate", ""),
    text("Actor1Code", "#org+actor1+code"),
    text("Actor1Name", "#org+actor1"),
    text("Actor1CountryCode", "#country+actor1+code"),
    text("Actor1KnownGroupCode", ""),
    text("Actor1EthnicCode", ""),
    text("Actor1Religion1Code", ""),
    text("Actor1Religion2Code", ""),
    text("Actor1Type1Code", "#org+actor1+type"),
    text("Actor1Type2Code", ""),
    text("Actor1Type3Code", ""),
    text("Actor2Code", "#org+actor2+code"),
    text("Actor2Name", "#org+actor2"),
    text("Actor2CountryCode", "#country+actor2+code"),
    text("Actor2KnownGroupCode", ""),
    text("Actor2EthnicCode", ""),
    text("Actor2Religion1Code", ""),
    text("Actor2Religion2Code", ""),
    text("Actor2Type1Code", "#org+actor2+type"),
    text("Actor2Type2Code", ""),
    text("Actor2Type3Code", ""),
    int("IsRootEvent", ""),
    text("EventCode", "#event+code+v_cameo"),
    text("EventBaseCode", ""),
    text("EventRootCode", ""),
    int("QuadClass", "#event+type"),
    real("GoldsteinScale", "#indicator+score"),
    int("NumMentions", ""),
    int("NumSources", ""),
    int("NumArticles", ""),
    real("AvgTone", ""),
    int("Actor1Geo_Type", ""),
    text("Actor1Geo_FullName", ""),
    text("Actor1Geo_CountryCode", ""),
    text("Actor1Geo_ADM1Code", ""),
    text("Actor1Geo_ADM2Code", ""),
    real("Actor1Geo_Lat", ""),
    real("Actor1Geo_Long", ""),
    text("Actor1Geo_FeatureID", ""),
    int("Actor2Geo_Type", ""),
    text("Actor2Geo_FullName", ""),
    text("Actor2Geo_CountryCode", ""),
    text("Actor2Geo_ADM1Code", ""),
    text("Actor2Geo_ADM2Code", ""),
    real("Actor2Geo_Lat", ""),
    real("Actor2Geo_Long", ""),
    text("Actor2Geo_FeatureID", ""),
    int("ActionGeo_Type", "#geo+precision"),
    text("ActionGeo_FullName", "#loc+name"),
    text("ActionGeo_CountryCode", "#country+code+v_fips"),
    text("ActionGeo_ADM1Code", ""),
    text("ActionGeo_ADM2Code", ""),
    real("ActionGeo_Lat", "#geo+lat"),
    real("ActionGeo_Long", "#geo+lon"),
    text("ActionGeo_FeatureID", ""),
    int("DATEADDED", "#date+reported"),
    text("SOURCEURL", "#meta+url"),
];

/// One row an actor and recipient of an event that happened and has a code and a day.
pub(super) struct Gdelt;

impl Shape for Gdelt {
    fn columns(&self) -> &'static [Column] {
        COLUMNS
    }

    fn style(&self) -> Style {
        Style::BareTabs
    }

    fn rows(&mut self, told: &Told<'_>) -> Result<Vec<Vec<Cell>>, LeftOut> {
        let event = told.event;
        if !happened(event) {
            return Err(LeftOut::NotHappened);
        }
        let code = event.cameo.as_deref().ok_or(LeftOut::OtherKind)?;
        let time = event.time.as_ref().ok_or(LeftOut::NoDay)?;
        let event = opposed(event);
        let dyads = dyads(&event).into_iter().enumerate();
        Ok(dyads.map(|(n, (one, other))| row(told, code, time.start, n, one, other)).collect())
    }
}

/// Returns how much of its year is over on a day, by months of thirty days, as GDELT has it.
fn share_of_year(day: Date) -> f64 {
    let days = f64::from(day.month() - 1) * 30.0 + f64::from(day.day());
    (days / 365.0).min(0.9999)
}

fn row(
    told: &Told<'_>,
    code: &str,
    day: Date,
    n: usize,
    one: Option<&RecordParticipant>,
    other: Option<&RecordParticipant>,
) -> Vec<Cell> {
    let Told { report, event, .. } = told;
    let part = |length: usize| Cell::maybe(code.get(..length));
    let fraction = f64::from(day.year()) + share_of_year(day);
    let mut cells = vec![
        Cell::Int(number(&event.id, n)),
        Cell::Int(compact(day)),
        Cell::Int(compact(day) / 100),
        Cell::Int(i64::from(day.year())),
        Cell::Real(fraction, Some(4)),
    ];
    cells.extend(actor(one));
    cells.extend(actor(other));
    cells.extend([
        Cell::int(told.in_lead.map(i64::from)),
        Cell::text(code),
        part(3),
        part(2),
        Cell::int(cameo::quad(code)),
        cameo::goldstein(code).map_or(Cell::Null, |score| Cell::Real(score, Some(1))),
        Cell::int(Some(told.merged.map_or(event.mentions.len(), |merged| merged.mentions))),
        Cell::int(Some(told.merged.map_or(1, |merged| merged.publishers()))),
        Cell::int(Some(told.merged.map_or(1, |merged| merged.reports.len()))),
        Cell::Null,
    ]);
    // casus does not place actors, only acts.
    for _ in 0..2 {
        cells.push(Cell::Int(0));
        cells.extend(vec![Cell::Null; 7]);
    }
    cells.extend(action(place(event)));
    cells.push(Cell::int(report.published.map(|day| compact(day) * 1_000_000)));
    cells.push(Cell::maybe(report.url));
    cells
}

/// Returns a number for an event's row: FNV-1a of its id (Fowler, Noll & Vo 1991), cut to what every reader's integers
/// hold without loss, so that one event has one number in every export.
fn number(id: &str, n: usize) -> i64 {
    let hash = id.bytes().chain(n.to_le_bytes()).fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    // 53 bits: R and JavaScript keep whole numbers as floating point.
    i64::try_from(hash >> 11).unwrap_or(i64::MAX)
}

/// Returns an actor's code, name, country, group, ethnicity, religions, and types.
fn actor(who: Option<&RecordParticipant>) -> Vec<Cell> {
    let country = who.and_then(|who| who.country);
    let nation = country.filter(|country| country.is_state());
    // What is of no one country is a type to CAMEO.
    let body = country.filter(|country| !country.is_state());
    let types: Vec<String> = body
        .map(|body| body.to_string())
        .into_iter()
        .chain(who.and_then(|who| who.sector).and_then(kind).map(str::to_owned))
        .collect();
    let code = nation.map_or_else(String::new, |nation| nation.to_string()) + &types.concat();
    let kind = |at: usize| Cell::maybe(types.get(at).map(String::as_str));
    vec![
        Cell::text(code),
        Cell::text(who.and_then(|who| who.name.as_deref()).unwrap_or_default().to_uppercase()),
        Cell::text(nation.map_or_else(String::new, |nation| nation.to_string())),
        Cell::Null,
        Cell::Null,
        Cell::Null,
        Cell::Null,
        kind(0),
        kind(1),
        Cell::Null,
    ]
}

/// Returns CAMEO's code of a sector, none where it has none (religion and ethnicity have tables of their own there).
fn kind(sector: Sector) -> Option<&'static str> {
    match sector {
        Sector::Rel => None,
        // Militias of no side; media; medicine; and what CAMEO has no narrower word for.
        Sector::Prm => Some("UAF"),
        Sector::Jrn => Some("MED"),
        Sector::Med => Some("HLH"),
        Sector::Soc => Some("CVL"),
        same => Some(same.as_str()),
    }
}

/// Returns where an act took place.
fn action(place: Option<&RecordPlace>) -> Vec<Cell> {
    let country = place.and_then(|place| place.country);
    let known = countries::of(country);
    let american = country == Country::new("USA");
    let kind = place.map_or(0, |place| match (place.precision, american) {
        (Some(PlacePrecision::Country), _) => 1,
        (Some(PlacePrecision::Admin1), true) => 2,
        (Some(PlacePrecision::Admin1 | PlacePrecision::Admin2), false) => 5,
        (_, true) => 3,
        _ => 4,
    });
    let whole = [town(place).or(district(place)), province(place), known.map(|row| row.name)];
    let full_name = joined(whole.into_iter().flatten()).replace("; ", ", ");
    let fips = known.and_then(|row| row.fips);
    vec![
        Cell::Int(kind),
        Cell::text(full_name),
        Cell::maybe(fips),
        // The units' own codes are not known; GDELT too writes the country's where it finds none.
        Cell::maybe(fips),
        Cell::Null,
        Cell::real(place.and_then(|place| place.lat)),
        Cell::real(place.and_then(|place| place.lon)),
        Cell::maybe(fips.filter(|_| kind == 1)),
    ]
}
