//! The columns and words of ACLED (codebook of 2024; `docs/export/acled.md`).

use super::{Shape, district, happened, n_days, place, province};
use crate::countries;
use crate::delimited::Style;
use crate::sides::{Side, names, opposed};
use crate::table::{Cell, Column, day, int, joined, one_line, real, text};
use crate::{LeftOut, Told};
use casus_types::event::PlacePrecision;
use casus_types::record::{RecordEvent, RecordParticipant};
use casus_types::{Country, EventType, Mode, ontology::Context};

const COLUMNS: &[Column] = &[
    text("event_id_cnty", "#event+id"),
    day("event_date", "#date+occurred"),
    int("year", "#date+year"),
    int("time_precision", "#date+precision"),
    text("disorder_type", "#event+type+disorder"),
    text("event_type", "#event+type"),
    text("sub_event_type", "#event+type+sub"),
    text("actor1", "#org+actor1"),
    text("assoc_actor_1", "#org+actor1+associated"),
    text("inter1", "#org+actor1+type"),
    text("actor2", "#org+actor2"),
    text("assoc_actor_2", "#org+actor2+associated"),
    text("inter2", "#org+actor2+type"),
    text("interaction", "#event+type+interaction"),
    text("civilian_targeting", "#indicator+civilians"),
    int("iso", "#country+code+v_iso_num"),
    text("region", "#region+name"),
    text("country", "#country+name"),
    text("admin1", "#adm1+name"),
    text("admin2", "#adm2+name"),
    text("admin3", "#adm3+name"),
    text("location", "#loc+name"),
    real("latitude", "#geo+lat"),
    real("longitude", "#geo+lon"),
    int("geo_precision", "#geo+precision"),
    text("source", "#meta+source"),
    text("source_scale", "#meta+source+scale"),
    text("notes", "#description"),
    int("fatalities", "#affected+killed"),
    text("tags", "#meta+tags"),
    int("timestamp", "#date+updated"),
];

/// Disorder type, event type, sub-event type.
type Kind = (&'static str, &'static str, &'static str);

const VIOLENCE: &str = "Political violence";
const DEMONSTRATIONS: &str = "Demonstrations";
const STRATEGIC: &str = "Strategic developments";
const REMOTE: &str = "Explosions/Remote violence";
const CIVILIANS: &str = "Violence against civilians";

/// One row an event that ACLED would hold.
pub(super) struct Acled;

impl Shape for Acled {
    fn columns(&self) -> &'static [Column] {
        COLUMNS
    }

    fn style(&self) -> Style {
        Style::Csv
    }

    fn rows(&mut self, told: &Told<'_>) -> Result<Vec<Vec<Cell>>, LeftOut> {
        let event = opposed(told.event);
        let kind = kind(&event)?;
        Ok(vec![row(told, &event, kind)])
    }
}

/// Returns what ACLED would call an event, or why it would not hold it.
fn kind(event: &RecordEvent) -> Result<Kind, LeftOut> {
    if !happened(event) {
        return Err(LeftOut::NotHappened);
    }
    let has = |mode: Mode| event.modes.contains(&mode);
    let kind = match event.kind {
        EventType::Protest if has(Mode::Riot) || has(Mode::Vandalize) => {
            Some((DEMONSTRATIONS, "Riots", "Violent demonstration"))
        }
        // Strikes, boycotts and fasts are no demonstrations.
        EventType::Protest if has(Mode::Strike) || has(Mode::Hunger) || has(Mode::Boycott) => None,
        EventType::Protest => Some((DEMONSTRATIONS, "Protests", "Peaceful protest")),
        EventType::Assault => return assault(event).ok_or(LeftOut::NoSides),
        EventType::Coerce if has(Mode::Arrest) => Some((STRATEGIC, STRATEGIC, "Arrests")),
        EventType::Retreat if has(Mode::Ceasefire) => Some((STRATEGIC, STRATEGIC, "Agreement")),
        EventType::Agree if event.contexts.iter().any(|c| PEACE.contains(c)) => {
            Some((STRATEGIC, STRATEGIC, "Agreement"))
        }
        EventType::Retreat if has(Mode::Withdraw) || has(Mode::Disarm) => {
            Some((STRATEGIC, STRATEGIC, "Change to group/activity"))
        }
        EventType::Mobilize => Some((STRATEGIC, STRATEGIC, "Change to group/activity")),
        _ => None,
    };
    kind.ok_or(LeftOut::OtherKind)
}

/// Settings in which an agreement is one about a conflict.
const PEACE: [Context; 3] = [Context::Military, Context::Territory, Context::Peacekeeping];

fn assault(event: &RecordEvent) -> Option<Kind> {
    let has = |mode: Mode| event.modes.contains(&mode);
    let weapon = |kind: &str| event.weapons.iter().any(|weapon| weapon.kind == kind);
    let actor = Side::of_first(&event.actors);
    let victim = event.recipients.iter().find_map(Side::of_victim);
    if has(Mode::CrowdControl) {
        let deadly = event.killed.as_ref().is_some_and(|killed| killed.min > 0);
        return Some(if deadly {
            ("Political violence; Demonstrations", "Protests", "Excessive force against protesters")
        } else {
            (DEMONSTRATIONS, "Protests", "Protest with intervention")
        });
    }
    // What is used tells remote violence apart, whoever is hit.
    let remote = if weapon("chemical") {
        Some("Chemical weapon")
    } else if has(Mode::Aerial) || has(Mode::Drone) {
        Some("Air/drone strike")
    } else if has(Mode::SuicideAttack) {
        Some("Suicide bomb")
    } else if has(Mode::HeavyWeapons) {
        Some("Shelling/artillery/missile attack")
    } else if has(Mode::Explosives) && weapon("grenade") {
        Some("Grenade")
    } else if has(Mode::Explosives) {
        Some("Remote explosive/landmine/IED")
    } else {
        None
    };
    if let Some(sub) = remote {
        return Some((VIOLENCE, REMOTE, sub));
    }
    if has(Mode::Abduct) {
        return Some((VIOLENCE, CIVILIANS, "Abduction/forced disappearance"));
    }
    if has(Mode::Sexual) {
        return Some((VIOLENCE, CIVILIANS, "Sexual violence"));
    }
    if has(Mode::Destroy) && event.killed.is_none() && event.injured.is_none() {
        return Some((STRATEGIC, STRATEGIC, "Looting/property destruction"));
    }
    match (actor, victim) {
        (Some(Side::Civilians), Some(_)) => Some((VIOLENCE, "Riots", "Mob violence")),
        (_, Some(Side::Civilians)) => Some((VIOLENCE, CIVILIANS, "Attack")),
        (Some(a), Some(b)) if a.is_armed() && b.is_armed() => Some((VIOLENCE, "Battles", "Armed clash")),
        // Without the sides a battle cannot be told from an attack on civilians.
        _ => None,
    }
}

fn row(told: &Told<'_>, event: &RecordEvent, kind: Kind) -> Vec<Cell> {
    let report = &told.report;
    let (disorder, event_type, sub) = kind;
    let place = place(event);
    let country = place.and_then(|place| place.country);
    let known = countries::of(country);
    // Protesters stand first, whoever acts against them.
    let against = event_type == "Protests" && event.kind == EventType::Assault;
    let mut first = party(&event.actors, event_type, !against, false, country);
    let mut second = party(&event.recipients, event_type, false, event.kind == EventType::Assault, country);
    if against {
        second.1 = Some(Inter::Protesters);
        second.0 = demonstrators("Protesters", &event.recipients, country);
        std::mem::swap(&mut first, &mut second);
    }
    let ((actor1, inter1), (actor2, inter2)) = (first, second);
    let civilians = event_type == CIVILIANS
        || sub == "Excessive force against protesters"
        || (disorder == VIOLENCE && inter2 == Some(Inter::Civilians));
    let start = event.time.as_ref().map(|time| time.start);
    vec![
        Cell::text(&*event.id),
        Cell::day(start),
        Cell::int(start.map(casus_types::Date::year)),
        Cell::int(n_days(event).map(|days| match days {
            1 => 1,
            2..=7 => 2,
            _ => 3,
        })),
        Cell::text(disorder),
        Cell::text(event_type),
        Cell::text(sub),
        Cell::text(actor1.0),
        Cell::text(actor1.1),
        Cell::maybe(inter1.map(Inter::as_str)),
        Cell::text(actor2.0),
        Cell::text(actor2.1),
        Cell::maybe(inter2.map(Inter::as_str)),
        Cell::text(interaction(inter1, inter2)),
        Cell::text(if civilians { "Civilian targeting" } else { "" }),
        Cell::int(known.and_then(|row| row.iso_n)),
        Cell::maybe(known.and_then(|row| row.acled_region)),
        Cell::maybe(known.map(|row| row.acled)),
        Cell::maybe(province(place)),
        Cell::maybe(district(place)),
        Cell::Null,
        Cell::maybe(place.and_then(|place| place.name.as_deref())),
        Cell::real(place.and_then(|place| place.lat)),
        Cell::real(place.and_then(|place| place.lon)),
        Cell::int(place.and_then(|place| place.precision).map(|precision| match precision {
            PlacePrecision::Point | PlacePrecision::Town => 1,
            PlacePrecision::Admin2 => 2,
            PlacePrecision::Admin1 | PlacePrecision::Country => 3,
        })),
        Cell::maybe(report.publisher),
        Cell::Null,
        Cell::text(told.notes().map(|words| one_line(&words)).unwrap_or_default()),
        Cell::int(Some(event.killed.as_ref().map_or(0, |killed| killed.min))),
        Cell::Null,
        Cell::Null,
    ]
}

/// Who an actor is to ACLED, in the order in which an interaction names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Inter {
    State,
    Rebels,
    Militia,
    Rioters,
    Protesters,
    Civilians,
    External,
}

impl Inter {
    fn as_str(self) -> &'static str {
        match self {
            Self::State => "State forces",
            Self::Rebels => "Rebel group",
            Self::Militia => "Political militia",
            Self::Rioters => "Rioters",
            Self::Protesters => "Protesters",
            Self::Civilians => "Civilians",
            Self::External => "External/Other forces",
        }
    }
}

/// An actor's name and its associates'.
type Named = (String, String);

/// Returns one side of an event: its actor, its associates, and who it is; `acts` where a crowd of the event's type may
/// be meant, `attacked` where it is the victim of an attack.
fn party(
    participants: &[RecordParticipant],
    event_type: &str,
    acts: bool,
    attacked: bool,
    country: Option<Country>,
) -> (Named, Option<Inter>) {
    let demonstrators_as = match event_type {
        "Protests" if acts => Some(("Protesters", Inter::Protesters)),
        "Riots" if acts => Some(("Rioters", Inter::Rioters)),
        _ => None,
    };
    if let Some((name, inter)) = demonstrators_as {
        return (demonstrators(name, participants, country), Some(inter));
    }
    let inter = participants.iter().find_map(|who| {
        let foreign = who.country.zip(country).is_some_and(|(of, at)| of != at || !of.is_state());
        Some(match if attacked { Side::of_victim(who) } else { Side::of(who) }? {
            Side::State if foreign => Inter::External,
            Side::State => Inter::State,
            Side::Rebels => Inter::Rebels,
            Side::Militia => Inter::Militia,
            Side::Civilians => Inter::Civilians,
        })
    });
    if inter == Some(Inter::Civilians) {
        return (demonstrators("Civilians", participants, country), inter);
    }
    let mut names = names(participants);
    let first = names.next().unwrap_or_default().to_owned();
    ((first, joined(names)), inter)
}

/// Returns `Civilians (Nigeria)` with the names behind it as associates, as ACLED writes crowds.
fn demonstrators(what: &str, participants: &[RecordParticipant], country: Option<Country>) -> Named {
    let of = participants.iter().find_map(|who| who.country.filter(|country| country.is_state())).or(country);
    let name = countries::of(of).map_or_else(|| what.to_owned(), |row| format!("{what} ({})", row.acled));
    (name, joined(names(participants)))
}

fn interaction(one: Option<Inter>, other: Option<Inter>) -> String {
    match (one, other) {
        (Some(one), Some(other)) => format!("{}-{}", one.min(other).as_str(), one.max(other).as_str()),
        (Some(only), None) | (None, Some(only)) => format!("{} only", only.as_str()),
        (None, None) => String::new(),
    }
}
