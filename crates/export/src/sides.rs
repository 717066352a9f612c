//! What kind of party an actor is, as conflict data sets part them.

use casus_types::Sector;
use casus_types::record::RecordParticipant;

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

    /// Tells whether it bears arms as an organisation.
    pub(crate) fn is_armed(self) -> bool {
        self != Self::Civilians
    }
}

/// Returns the names of actors, those without one left out.
pub(crate) fn names(participants: &[RecordParticipant]) -> impl Iterator<Item = &str> {
    participants.iter().filter_map(|participant| participant.name.as_deref())
}
