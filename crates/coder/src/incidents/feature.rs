//! What two tellings have in common or not, and how much each such thing weighs.

use std::collections::BTreeMap;
use std::fmt;

macro_rules! features {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// Something that speaks for or against two tellings being of one incident.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Feature {
            $($(#[$doc])* $name,)*
        }

        impl Feature {
            /// Every feature, in the order in which they are explained.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Returns the name that the table of weights and explanations use.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

features! {
    /// Always 1: how rarely any two tellings are of one incident.
    Base = "base",
    /// The types are akin, not the same.
    TypeAkin = "type.akin",
    /// Both tell a mode, and one of them is the same.
    ModeSame = "mode.same",
    /// Both tell a mode, and none is the same.
    ModeOther = "mode.other",
    /// One is planned, the other has happened.
    StatusPlanned = "status.planned",
    /// One is denied or only possible, the other is not.
    StatusOther = "status.other",
    /// Both on the same day, and both reports say so.
    DaySame = "day.same",
    /// The days overlap, and one of them at least is a longer stretch.
    DayOverlap = "day.overlap",
    /// From one day to the next.
    DayNext = "day.next",
    /// Further apart.
    DayApart = "day.apart",
    /// The same day, which one of them at least takes from its publication.
    DayAssumedSame = "day.assumed.same",
    /// Natural logarithm of one more than the days between, where one at least takes its day from its publication.
    DayAssumedApart = "day.assumed.apart",
    /// One of them has no day.
    DayUnknown = "day.unknown",
    /// Natural logarithm of one more than the days between the publications.
    PublishedApart = "published.apart",
    /// The same town or point.
    PlaceSame = "place.same",
    /// One lies in the other, or names the same unit.
    PlaceWithin = "place.within",
    /// Different places less than 30 km apart.
    PlaceNear = "place.near",
    /// Different places of one country.
    PlaceApart = "place.apart",
    /// Different countries.
    PlaceAbroad = "place.abroad",
    /// One of them has no place.
    PlaceUnknown = "place.unknown",
    /// An actor with the same name.
    ActorSame = "actor.same",
    /// An actor of the same country and sector, as far as both are known.
    ActorAlike = "actor.alike",
    /// No actor that could be the same.
    ActorOther = "actor.other",
    /// The same, of words alone: statements, meetings, agreements.
    SpeakerOther = "speaker.other",
    /// A speaker with the same name.
    SpeakerSame = "speaker.same",
    /// A recipient with the same name.
    RecipientSame = "recipient.same",
    /// A recipient of the same country and sector, as far as both are known.
    RecipientAlike = "recipient.alike",
    /// No recipient that could be the same.
    RecipientOther = "recipient.other",
    /// The actor of one is the recipient of the other, and neither role agrees.
    PartiesSwapped = "parties.swapped",
    /// Logarithm to base 10 of one more than the largest number that both tell.
    TollSame = "toll.same",
    /// A number of the later report is higher, threefold at most.
    TollRaised = "toll.raised",
    /// Numbers that one act can hardly have both.
    TollOther = "toll.other",
    /// The same kind of weapon.
    WeaponSame = "weapon.same",
    /// Both tell weapons, none the same.
    WeaponOther = "weapon.other",
    /// The same word tells of both.
    TriggerSame = "trigger.same",
    /// Cosine of the words of the sentences that tell of it, each weighed by its rarity.
    SentenceWords = "words.sentence",
    /// Weight of the words that the sentences share, of 20 at most 1; 20 is that of three rare words.
    SentenceShared = "words.shared",
    /// Cosine of the words of the reports.
    ReportWords = "words.report",
    /// One report tells both, as two.
    ReportSame = "report.same",
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// How much each feature weighs, in log-odds (`data/rules/incident_weights.tsv`).
#[derive(Debug, Clone, Default)]
pub struct Weights {
    by_feature: BTreeMap<Feature, f64>,
    /// Mean log-odds from which on two groups of tellings are joined.
    pub join_from: f64,
    /// The highest bar that a telling among many like ones may set ([`bar`](super::hanging::bar)).
    pub highest_bar: f64,
}

/// A line of a table of weights that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightsError {
    /// The line, from 1.
    pub line: usize,
    /// What stands there.
    pub found: String,
}

impl fmt::Display for WeightsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "weights of incidents: line {}: no feature with a number: {:?}", self.line, self.found)
    }
}

impl std::error::Error for WeightsError {}

impl Weights {
    /// Reads a table: `feature TAB weight` a line, `#` before a comment. The rows `join` and `bar` have the thresholds; a
    /// feature without a row weighs nothing.
    ///
    /// # Errors
    /// Where a line names no feature or has no number.
    pub fn parse(table: &str) -> Result<Self, WeightsError> {
        let mut out = Self::default();
        for (at, line) in table.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
            let error = || WeightsError { line: at + 1, found: line.to_owned() };
            let (name, weight) = line.split_once('\t').ok_or_else(error)?;
            let weight: f64 = weight.trim().parse().map_err(|_| error())?;
            match name {
                "join" => out.join_from = weight,
                "bar" => out.highest_bar = weight,
                _ => {
                    let feature = Feature::ALL.iter().find(|f| f.as_str() == name).ok_or_else(error)?;
                    out.by_feature.insert(*feature, weight);
                }
            }
        }
        out.highest_bar = out.highest_bar.max(out.join_from);
        Ok(out)
    }

    /// Returns the weight of a feature.
    #[must_use]
    pub fn of(&self, feature: Feature) -> f64 {
        self.by_feature.get(&feature).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_weights_is_read() {
        let weights = Weights::parse("# feature\tweight\nday.same\t1.5\njoin\t0.2\n").unwrap();
        assert!((weights.of(Feature::DaySame) - 1.5).abs() < f64::EPSILON);
        assert!(weights.of(Feature::PlaceSame).abs() < f64::EPSILON);
        assert!((weights.join_from - 0.2).abs() < f64::EPSILON);
        let error = Weights::parse("day.same\t1\nday.same day\t2\n").unwrap_err();
        assert_eq!(error.line, 2);
    }
}
