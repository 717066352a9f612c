//! Why a layout has no row for an event.

use std::fmt;

/// Why a layout has no row for an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// What its data set would not hold, whoever did it: words, meetings, aid.
    OtherKind,
    /// It has not happened.
    NotHappened,
    /// Its day is not known, without which there is no row.
    NoDay,
    /// Nobody died of it.
    NoDeath,
    /// Who did it or whom it befell is not known, which the data set asks for.
    NoSides,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OtherKind => "of other kinds",
            Self::NotHappened => "not happened",
            Self::NoDay => "without a day",
            Self::NoDeath => "without a death",
            Self::NoSides => "whose sides are not known",
        })
    }
}
