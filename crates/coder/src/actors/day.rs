//! The day that a report without a date speaks of: the one on which most of the persons it names hold an office.

use super::actor::{ActorKind, Term};
use super::fold::words;
use super::phrase::{Piece, parts};
use super::table::ActorTable;
use casus_types::{Date, Sector};
use std::collections::BTreeSet;

/// What a last day that the report tells is worth beside a person in office.
const TOLD: f32 = 1.5;
/// What a seat in parliament is worth beside a post in government, of which news tells more.
const SEAT: f32 = 0.7;
/// Days after the last day told within which a report is written.
const SOON: i32 = 365;

/// Returns the day by which to look up who holds an office in a report without a date; none where it names no one
/// of whom the tables know since when he held one. `told` is the last day that the report itself tells.
///
/// Of several spans of days that suit as many persons the latest stands, for people ask most about what is new.
#[must_use]
pub fn day_of_office(table: &ActorTable, text: &str, told: Option<Date>) -> Option<Date> {
    let words = words(text, 0, text.len());
    let persons: BTreeSet<usize> = parts(table, &words)
        .into_iter()
        .filter_map(|part| match part.piece {
            Piece::Known(known) if known.len() == 1 => Some(known[0]),
            _ => None,
        })
        .filter(|&idx| table.actors[idx].kind == ActorKind::Person)
        .collect();
    let terms = |idx: usize| table.actors[idx].terms.iter().filter(|term| term.is_dated());
    let suits = |day: Date| {
        let told = told.is_some_and(|told| told <= day && (day - told).get_days() <= SOON);
        let held = persons.iter().map(|&idx| terms(idx).map(|term| worth(term, day)).fold(0.0, f32::max));
        held.sum::<f32>() + if told { TOLD } else { 0.0 }
    };
    // The sum only grows where a term begins.
    let mut days: Vec<Date> =
        persons.iter().flat_map(|&idx| terms(idx)).filter_map(|term| term.from).collect();
    if days.is_empty() {
        return None;
    }
    days.extend(told);
    days.sort_unstable();
    days.into_iter().max_by(|&a, &b| suits(a).total_cmp(&suits(b)).then(a.cmp(&b)))
}

/// Returns what it is worth that a term holds on a day.
fn worth(term: &Term, day: Date) -> f32 {
    match term.sector {
        _ if !term.holds(day) => 0.0,
        Some(Sector::Eli) => 0.0,
        Some(Sector::Leg) => SEAT,
        _ => 1.0,
    }
}
