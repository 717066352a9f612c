//! What kind of party an actor is, as conflict data sets part them.

use casus_types::record::{RecordEvent, RecordParticipant};
use casus_types::{EventType, Sector};
use std::borrow::Cow;
use std::sync::LazyLock;

/// What kind of party an actor is, by its sector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Side {
    /// Executive, army, police, and other organs of a state.
    State,
    /// Rebels.
    Rebels,
    /// Armed bands, militias that side with a government, gangs.
    Militia,
    /// Unarmed: civilians, journalists, parties, firms, refugees.
    Civilians,
}

impl Side {
    /// Returns the side of an actor; none where its sector is unknown.
    pub(crate) fn of(participant: &RecordParticipant) -> Option<Self> {
        let side = match participant.sector? {
            Sector::Gov | Sector::Mil | Sector::Leg | Sector::Jud | Sector::Cop | Sector::Spy => Self::State,
            Sector::Reb => Self::Rebels,
            Sector::Prm | Sector::Uaf | Sector::Crm => Self::Militia,
            _ => Self::Civilians,
        };
        Some(side)
    }

    /// Returns the side of the first actor that has one.
    pub(crate) fn of_first(participants: &[RecordParticipant]) -> Option<Self> {
        participants.iter().find_map(Self::of)
    }

    /// Returns the side of somebody whom an act befalls: persons who govern, make laws or judge bear no arms, but their
    /// government has those who do.
    pub(crate) fn of_victim(participant: &RecordParticipant) -> Option<Self> {
        let is_body = participant.id.as_deref().is_some_and(|id| id.starts_with("country:"));
        match participant.sector {
            Some(Sector::Gov | Sector::Leg | Sector::Jud) if !is_body => Some(Self::Civilians),
            _ => Self::of(participant),
        }
    }

    /// Tells whether it bears arms as an organisation.
    pub(crate) fn is_armed(self) -> bool {
        self != Self::Civilians
    }
}

/// Returns a fight whose parties are all actors, as casus has it, with the other side as its recipients, as conflict data
/// sets have it; every other event as it is.
///
/// The first actor's opponents are those who fight a government where he fights for it, or the reverse (militias fight for
/// one); else those of another kind; else of another country; else all others.
pub(crate) fn opposed(event: &RecordEvent) -> Cow<'_, RecordEvent> {
    let armed = |who: &RecordParticipant| Side::of(who).is_some_and(Side::is_armed);
    if event.kind != EventType::Assault
        || !event.recipients.is_empty()
        || event.actors.len() < 2
        || !event.actors.iter().all(armed)
        || !is_fight(event)
    {
        return Cow::Borrowed(event);
    }
    let first = &event.actors[0];
    let governs =
        |who: &RecordParticipant| Side::of(who) == Some(Side::State) || who.sector == Some(Sector::Prm);
    let differs: [&dyn Fn(&RecordParticipant) -> bool; 4] = [
        &|who| governs(who) != governs(first),
        &|who| Side::of(who) != Side::of(first),
        &|who| who.country != first.country,
        &|who| who != first,
    ];
    let parted = differs.iter().map(|differs| event.actors.iter().cloned().partition(|who| differs(who)));
    let Some((others, own)) = parted.into_iter().find(|(others, _): &(Vec<_>, Vec<_>)| !others.is_empty())
    else {
        return Cow::Borrowed(event);
    };
    Cow::Owned(RecordEvent { actors: own, recipients: others, ..event.clone() })
}

/// Words of a fight between sides, a final `*` for any ending.
static FIGHTS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../../data/rules/two_sided.tsv").lines();
    lines.filter_map(|line| line.strip_prefix("ASSAULT\t")).flat_map(|words| words.split('|')).collect()
});

/// Tells whether any words that tell of an event tell of a fight between sides.
fn is_fight(event: &RecordEvent) -> bool {
    event.mentions.iter().filter_map(|mention| mention.text.as_deref()).any(|words| {
        let words = words.to_lowercase();
        let begins = words.char_indices().filter(|&(at, _)| !words[..at].ends_with(char::is_alphanumeric));
        begins.map(|(at, _)| &words[at..]).any(|rest| FIGHTS.iter().any(|fight| begins_with(rest, fight)))
    })
}

fn begins_with(words: &str, fight: &str) -> bool {
    match fight.strip_suffix('*') {
        Some(stem) => words.starts_with(stem),
        None => words.strip_prefix(fight).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)),
    }
}

/// Returns the names of actors, those without one left out.
pub(crate) fn names(participants: &[RecordParticipant]) -> impl Iterator<Item = &str> {
    participants.iter().filter_map(|participant| participant.name.as_deref())
}
