//! What a date expression says, before it is known from when it counts.

use super::{Precision, TimeKind, TimeProblem};
use jiff::civil::Weekday;

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Hour,
    Day,
    Week,
    Month,
    Year,
    Decade,
}

/// Which one of several days, weekends or months of the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// The tense decides.
    Unsaid,
    /// The one before the present one ("last May").
    Last,
    /// The one after the present one ("next May").
    Next,
    /// The one of that year.
    Of(i16),
    /// The one of the year that many years on from the publication ("March last year" is -1).
    YearsOn(i16),
}

/// A part of a longer time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Early,
    Mid,
    Late,
    /// From its first day to the day before the publication.
    Earlier,
    /// From the day of publication to its last day.
    Later,
    /// Its last day ("by the end of March").
    LastDay,
    /// Its first day ("since the beginning of March").
    FirstDay,
    /// Days 1 to 7 of it, 8 to 14, and so on.
    NthWeek(u8),
    /// Its first or second half.
    Half(u8),
}

/// How something counts from another event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Shift {
    /// That many units later, or earlier where negative.
    By { n: i32, unit: Unit },
    /// Between these days after (or before) it.
    Between { from: i32, to: i32 },
    /// On the first such weekday after it, or the last one before it.
    Weekday { weekday: Weekday, after: bool },
    /// In the calendar week, month or year after it (1) or before it (-1).
    Calendar { unit: Unit, n: i32 },
    /// From it up to the publication, or no end that is said.
    SinceThen,
}

/// What an expression says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Meaning {
    /// A day of a month.
    Day {
        year: Which,
        month: i8,
        day: i8,
    },
    /// The n-th day of a month that is not named ("on the 15th").
    DayOfMonth(i8),
    /// `n` months from month `first` (1..=12) on: a month, a quarter, a season.
    Months {
        which: Which,
        first: i8,
        n: i8,
    },
    /// `n` whole years.
    Years {
        first: i16,
        n: i16,
    },
    /// Days after (before, where negative) Easter Sunday.
    Easter {
        which: Which,
        offset: i32,
    },
    Weekday {
        weekday: Weekday,
        which: Which,
    },
    /// A day of the calendar week so many weeks on from the publication.
    InWeek {
        weekday: Weekday,
        weeks: i32,
    },
    Weekend(Which),
    /// From so many days after the publication to so many.
    Days {
        from: i32,
        to: i32,
    },
    /// The calendar week, month, year so many on from that of the publication. The present one ends (past) or
    /// begins (future) with the publication.
    Calendar {
        unit: Unit,
        n: i32,
    },
    /// That many units before (negative) or after the publication, as exact as the unit.
    Ago {
        n: i32,
        unit: Unit,
    },
    /// "In three days": so many units after the publication where the future is told, the time since so many before
    /// it where the past is ("the first in three days").
    In {
        n: i32,
        unit: Unit,
    },
    /// The time from so many units before the publication (negative), or up to so many after it.
    Stretch {
        n: i32,
        unit: Unit,
    },
    /// From its first day to the publication.
    Since(Box<Meaning>),
    /// From the publication to its last day.
    Until(Box<Meaning>),
    /// From the first day of one to the last of the other.
    Range(Box<Meaning>, Box<Meaning>),
    Part {
        part: Part,
        of: Box<Meaning>,
    },
    /// The `nth` such weekday of a time (the last where -1), and the days after it up to `n_days`.
    NthWeekday {
        nth: i8,
        weekday: Weekday,
        n_days: i8,
        of: Box<Meaning>,
    },
    /// So many units, the first of which begins with `of`.
    Lasting {
        n: i32,
        unit: Unit,
        from: Box<Meaning>,
    },
    /// Counted from a date that is named ("two days after 3 May").
    Shifted {
        shift: Shift,
        from: Box<Meaning>,
    },
    /// Counted from another event.
    Anchored(Shift),
    Duration {
        n: i32,
        unit: Unit,
    },
    Unplaced(TimeProblem),
    /// No day that words give, though not the day of publication: "in recent years".
    Vague,
}

impl Meaning {
    /// Returns what the expression counts from.
    pub(super) fn kind(&self) -> TimeKind {
        match self {
            Self::Day { year: which, .. } | Self::Months { which, .. } | Self::Easter { which, .. } => {
                if matches!(which, Which::Of(_)) { TimeKind::Fixed } else { TimeKind::Relative }
            }
            Self::Years { .. } => TimeKind::Fixed,
            Self::DayOfMonth(_)
            | Self::Weekday { .. }
            | Self::InWeek { .. }
            | Self::Weekend(_)
            | Self::Days { .. }
            | Self::Calendar { .. }
            | Self::Ago { .. }
            | Self::In { .. }
            | Self::Stretch { .. }
            | Self::Since(_)
            | Self::Until(_) => TimeKind::Relative,
            // One fixed end carries the other: "from May to July 2024".
            Self::Range(a, b) => {
                if a.kind() == TimeKind::Fixed {
                    TimeKind::Fixed
                } else {
                    b.kind()
                }
            }
            Self::Part { of, .. } | Self::NthWeekday { of, .. } => of.kind(),
            Self::Lasting { from, .. } | Self::Shifted { from, .. } => from.kind(),
            Self::Anchored(_) => TimeKind::Anchored,
            Self::Duration { .. } => TimeKind::Duration,
            Self::Unplaced(_) | Self::Vague => TimeKind::Unplaced,
        }
    }

    /// Returns how exactly the expression says when.
    pub(super) fn precision(&self) -> Precision {
        let of_unit = |unit: &Unit| match unit {
            Unit::Hour | Unit::Day => Precision::Day,
            Unit::Week => Precision::Week,
            Unit::Month => Precision::Month,
            Unit::Year => Precision::Year,
            Unit::Decade => Precision::Decade,
        };
        match self {
            Self::Day { .. }
            | Self::DayOfMonth(_)
            | Self::Easter { .. }
            | Self::Weekday { .. }
            | Self::InWeek { .. }
            | Self::Weekend(_)
            | Self::Days { .. }
            | Self::NthWeekday { .. }
            | Self::Unplaced(_) => Precision::Day,
            Self::Vague => Precision::Decade,
            Self::Months { n: 1, .. } => Precision::Month,
            Self::Months { .. } => Precision::Season,
            Self::Years { n, .. } => {
                if *n < 10 {
                    Precision::Year
                } else {
                    Precision::Decade
                }
            }
            Self::Calendar { unit, .. }
            | Self::Ago { unit, .. }
            | Self::In { unit, .. }
            | Self::Duration { unit, .. } => of_unit(unit),
            Self::Stretch { .. }
            | Self::Since(_)
            | Self::Until(_)
            | Self::Range(..)
            | Self::Lasting { .. } => Precision::Range,
            Self::Part { part, of } => match (part, of.precision()) {
                (Part::FirstDay | Part::LastDay, _) => Precision::Day,
                (_, Precision::Month) => Precision::Week,
                (_, Precision::Season) => Precision::Month,
                (_, Precision::Year) => Precision::Season,
                (_, other) => other,
            },
            Self::Shifted { shift, .. } | Self::Anchored(shift) => match shift {
                Shift::By { unit, .. } | Shift::Calendar { unit, .. } => of_unit(unit),
                Shift::Between { .. } | Shift::SinceThen => Precision::Range,
                Shift::Weekday { .. } => Precision::Day,
            },
        }
    }

    /// Returns the year that the expression names, for its neighbours that name none.
    pub(super) fn year(&self) -> Option<i16> {
        match self {
            Self::Day { year: which, .. } | Self::Months { which, .. } | Self::Easter { which, .. } => {
                match which {
                    Which::Of(year) => Some(*year),
                    _ => None,
                }
            }
            Self::Years { first, n: 1 } => Some(*first),
            Self::Since(of) | Self::Until(of) | Self::Part { of, .. } | Self::NthWeekday { of, .. } => {
                of.year()
            }
            Self::Lasting { from, .. } | Self::Shifted { from, .. } => from.year(),
            Self::Range(a, b) => b.year().or_else(|| a.year()),
            _ => None,
        }
    }

    /// Returns the year that the expression names beside a day or a month.
    pub(super) fn dated_year(&self) -> Option<i16> {
        self.year().filter(|_| !matches!(self, Self::Years { .. }))
    }

    /// Tells whether the expression is a day told by the publication's week, as reports of the news tell theirs: "on Tuesday",
    /// "yesterday".
    pub(super) fn is_of_the_week(&self) -> bool {
        matches!(self, Self::Weekday { .. } | Self::InWeek { .. } | Self::Days { .. })
    }

    /// Tells whether the expression names its day, month or year, or counts from another event.
    pub(super) fn is_named(&self) -> bool {
        match self {
            Self::Weekend(_) | Self::Shifted { .. } | Self::Vague => false,
            Self::Months { n, .. } => *n == 1,
            Self::Years { n, .. } => *n < 100,
            Self::Stretch { n, .. } => *n > 0,
            Self::Part { of, .. } => !matches!(**of, Self::Calendar { .. }),
            _ => true,
        }
    }

    /// Returns the reason why the expression can have no days whatever the publication date.
    pub(super) fn fault(&self) -> Option<TimeProblem> {
        match self {
            Self::Unplaced(problem) => Some(*problem),
            Self::Since(of) | Self::Until(of) | Self::Part { of, .. } | Self::NthWeekday { of, .. } => {
                of.fault()
            }
            Self::Lasting { from, .. } | Self::Shifted { from, .. } => from.fault(),
            Self::Range(a, b) => a.fault().or_else(|| b.fault()),
            _ => None,
        }
    }
}
