//! Actors and recipients of two tellings.

use super::feature::Feature;
use super::telling::{Party, Telling};
use casus_types::Sector;
use casus_types::record::RecordParticipant;

/// How well two participants, or two lists of them, agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    /// Nothing in common.
    Other,
    /// One of them is unknown.
    Unknown,
    /// Country and sector agree as far as both are known.
    Alike,
    /// The same entity, or the same name.
    Same,
}

/// Returns what the participants of two tellings say. In acts of words it is the speaker who makes the act: there,
/// actors have features of their own.
pub(super) fn parties(a: &Telling, b: &Telling, words: bool) -> Vec<Feature> {
    let actors = lists(&a.actors, &b.actors);
    let recipients = lists(&a.recipients, &b.recipients);
    let mut found = Vec::new();
    let swapped = lists(&a.actors, &b.recipients).min(lists(&a.recipients, &b.actors));
    if actors.max(recipients) <= Match::Unknown && swapped >= Match::Alike {
        // "A met B" and "B received A"; or the blow and the answer to it.
        return vec![Feature::PartiesSwapped];
    }
    found.extend(match actors {
        Match::Same if words => Some(Feature::SpeakerSame),
        Match::Same => Some(Feature::ActorSame),
        Match::Alike => Some(Feature::ActorAlike),
        Match::Unknown => None,
        Match::Other if words => Some(Feature::SpeakerOther),
        Match::Other => Some(Feature::ActorOther),
    });
    found.extend(match recipients {
        Match::Same => Some(Feature::RecipientSame),
        Match::Alike => Some(Feature::RecipientAlike),
        Match::Unknown => None,
        Match::Other => Some(Feature::RecipientOther),
    });
    found
}

/// Returns how well the best two participants of two lists agree.
fn lists(a: &[Party], b: &[Party]) -> Match {
    a.iter().flat_map(|x| b.iter().map(move |y| participants(x, y))).max().unwrap_or(Match::Unknown)
}

fn participants(x: &Party, y: &Party) -> Match {
    let (a, b) = (&x.who, &y.who);
    if a.id.is_some() && b.id.is_some() {
        if a.id == b.id {
            return Match::Same;
        }
    } else if same_name(&x.words, &y.words) {
        return Match::Same;
    }
    let agree = |known: bool, equal: bool| !known || equal;
    let country = agree(a.country.is_some() && b.country.is_some(), a.country == b.country);
    let sector = match (a.sector, b.sector) {
        (Some(x), Some(y)) => x == y || side(x) == side(y),
        _ => true,
    };
    match (country, sector) {
        _ if unknown(a) || unknown(b) => Match::Unknown,
        (true, true) => Match::Alike,
        _ => Match::Other,
    }
}

fn unknown(who: &RecordParticipant) -> bool {
    who.country.is_none() && who.sector.is_none()
}

/// Returns what reports take for one another: the state and its arms, those who fight it, and all others.
fn side(sector: Sector) -> u8 {
    match sector {
        Sector::Gov | Sector::Mil | Sector::Cop | Sector::Jud | Sector::Spy | Sector::Leg => 1,
        Sector::Reb | Sector::Uaf | Sector::Prm | Sector::Crm => 2,
        _ => 3,
    }
}

/// Tells whether half of the words of the longer name stand in the other.
fn same_name(a: &[String], b: &[String]) -> bool {
    let shared = a.iter().filter(|word| b.contains(word)).count();
    shared > 0 && 2 * shared >= a.len().max(b.len())
}
