//! From what an expression says to the days it means.

use super::calendar::{around, easter, months, plus, plus_days, plus_months, years};
use super::meaning::{Meaning, Part, Shift, Unit, Which};
use super::{Tense, TimeKind};
use casus_types::{Date, event::Interval};
use jiff::civil::Weekday;

/// How far ahead a day without a year may lie in a clause that does not tell the future.
///
/// The nearest other reading is then 50 weeks back, for which reports give the year.
const DAYS_AHEAD: i32 = 14;

/// What relative expressions count from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ground {
    /// The day of publication.
    pub(super) published: Option<Date>,
    /// The year that the text suggests, used where the day of publication is not known.
    pub(super) year: Option<i16>,
    /// The year that a history has come to.
    pub(super) told: Option<i16>,
}

/// Returns the days that `meaning` means.
pub(super) fn days(meaning: &Meaning, ground: Ground, tense: Tense) -> Option<Interval> {
    match meaning {
        Meaning::Day { year, month, day } => {
            let of = |y| Date::new(y, *month, *day).ok().map(Interval::day);
            let read = named(*year, ground, tense, of)?;
            // A day that a report names without its year is not almost a year old: it lies just ahead, whatever the
            // tense of its clause ("the army drills until 19 March", printed on the 9th).
            match (*year, ground.published) {
                (Which::Unsaid, Some(published)) if tense == Tense::Past && ground.told.is_none() => {
                    let ahead = of_some_year(ground, Tense::Future, of);
                    Some(ahead.filter(|i| i.end <= plus_days(published, DAYS_AHEAD)).unwrap_or(read))
                }
                _ => Some(read),
            }
        }
        Meaning::DayOfMonth(day) => day_of_month(ground.published?, *day, tense),
        Meaning::Months { which, first, n } => named(*which, ground, tense, |y| months(y, *first, *n)),
        Meaning::Easter { which, offset } => {
            named(*which, ground, tense, |y| easter(y).map(|d| Interval::day(plus_days(d, *offset))))
        }
        Meaning::Years { first, n } => years(*first, *n),
        Meaning::Weekday { weekday, which } => {
            Some(Interval::day(nearest(*weekday, ground.published?, *which, tense)))
        }
        Meaning::InWeek { weekday, weeks } => {
            let monday = around(plus(ground.published?, *weeks, Unit::Week), Unit::Week)?.start;
            Some(Interval::day(plus_days(monday, i32::from(weekday.to_monday_zero_offset()))))
        }
        Meaning::Weekend(which) => Some(weekend(ground.published?, *which, tense)),
        Meaning::Days { from, to } => {
            let published = ground.published?;
            Some(Interval { start: plus_days(published, *from), end: plus_days(published, *to) })
        }
        Meaning::Calendar { unit, n } => calendar(ground.published?, *unit, *n, tense),
        Meaning::Ago { n, unit } => ago(ground.published?, *n, *unit),
        Meaning::In { n, unit } => match tense {
            Tense::Future => ago(ground.published?, *n, *unit),
            Tense::Past => Some(stretch(ground.published?, -n, *unit)),
        },
        Meaning::Stretch { n, unit } => Some(stretch(ground.published?, *n, *unit)),
        Meaning::Since(of) => {
            let start = days(of, ground, Tense::Past)?.start;
            let published = ground.published?;
            (start <= published).then_some(Interval { start, end: published })
        }
        Meaning::Until(of) => match tense {
            Tense::Future => {
                let end = days(of, ground, Tense::Future)?.end;
                // Without a day of publication, or told long after, only the end is known.
                let start = ground.published.filter(|p| *p <= end).unwrap_or(end);
                Some(Interval { start, end })
            }
            Tense::Past => {
                let end = end_ahead(of, ground).or_else(|| days(of, ground, Tense::Past))?;
                let ahead = ground.published.filter(|p| *p < end.start);
                Some(Interval { start: ahead.unwrap_or(end.start), end: end.end })
            }
        },
        Meaning::Range(a, b) => range(a, b, ground, tense),
        Meaning::Part { part, of } => part_of(*part, of, ground, tense),
        Meaning::NthWeekday { nth, weekday, n_days, of } => {
            let Interval { start, end } = days(of, ground, tense)?;
            let day = if *nth < 0 {
                nearest(*weekday, end, Which::Unsaid, Tense::Past)
            } else {
                let first = nearest(*weekday, start, Which::Unsaid, Tense::Future);
                plus_days(first, 7 * (i32::from(*nth) - 1))
            };
            (start <= day && day <= end)
                .then(|| Interval { start: day, end: plus_days(day, i32::from(*n_days) - 1) })
        }
        Meaning::Lasting { n, unit, from } => {
            let start = days(from, ground, tense)?.start;
            Some(Interval { start, end: lasting(start, *n, *unit) })
        }
        Meaning::Shifted { shift, from } => shifted(*shift, days(from, ground, tense)?),
        Meaning::Anchored(_) | Meaning::Duration { .. } | Meaning::Unplaced(_) | Meaning::Vague => None,
    }
}

/// How far ahead the day without a year may lie that ends something, whatever the tense of its clause ("the army drills until
/// 19 June", printed in May): what ended ten months ago has its year beside it.
const END_AHEAD: i32 = 60;

/// Returns the day ahead that ends something which began or was ordered before the publication.
fn end_ahead(of: &Meaning, ground: Ground) -> Option<Interval> {
    let is_bare = matches!(of, Meaning::Day { year: Which::Unsaid, .. }) && ground.told.is_none();
    let published = ground.published.filter(|_| is_bare)?;
    days(of, ground, Tense::Future).filter(|i| i.end <= plus_days(published, END_AHEAD))
}

/// Returns the days that `meaning` means when it counts from `anchor`.
pub(super) fn against(meaning: &Meaning, anchor: Interval, published: Option<Date>) -> Option<Interval> {
    match meaning {
        Meaning::Anchored(Shift::SinceThen) => {
            let end = published.filter(|p| anchor.start <= *p)?;
            Some(Interval { start: anchor.start, end })
        }
        Meaning::Anchored(shift) => shifted(*shift, anchor),
        Meaning::Duration { n, unit } => {
            Some(Interval { start: anchor.start, end: lasting(anchor.start, *n, *unit) })
        }
        _ => None,
    }
}

/// Returns the days of the event that an expression counts from, given those of the event that it dates.
pub(super) fn anchor(meaning: &Meaning, dated: Interval) -> Option<Interval> {
    let Meaning::Anchored(shift) = meaning else { return None };
    match *shift {
        Shift::By { n, unit } => shifted(Shift::By { n: -n, unit }, dated),
        // "Hours after".
        Shift::Between { from: 0, to: 0 } => Some(dated),
        // "Less than three weeks after": not on the same day.
        Shift::Between { from, to } => {
            let (from, to) = if to > 0 { (-to, -from.max(1)) } else { (to.min(-1).abs(), -from) };
            shifted(Shift::Between { from, to }, dated)
        }
        _ => None,
    }
}

/// Returns the days that a length of time takes which ends with `last`.
pub(super) fn ending(meaning: &Meaning, last: Date) -> Option<Interval> {
    match *meaning {
        // Forty hours touch the day before the last one and its eve.
        Meaning::Duration { n, unit: Unit::Hour } => Some(stretch(last, -(n + 23) / 24, Unit::Day)),
        Meaning::Duration { n, unit } => Some(stretch(last, -n, unit)),
        Meaning::Stretch { n, unit } if n < 0 => Some(stretch(last, n, unit)),
        _ => None,
    }
}

/// Returns the days that a "since" or "until" names, without the time before or after them; the Friday of "two days
/// after Friday".
pub(super) fn limit(meaning: &Meaning, ground: Ground, tense: Tense) -> Option<Interval> {
    match meaning {
        Meaning::Since(of) => days(of, ground, Tense::Past),
        Meaning::Until(of) | Meaning::Shifted { from: of, .. } => days(of, ground, tense),
        _ => None,
    }
}

/// Returns the last day of something that begins on `start` and takes that long: "three days" end on the third.
fn lasting(start: Date, n: i32, unit: Unit) -> Date {
    plus_days(plus(start, n, unit), -1).max(start)
}

/// Returns the one of a yearly series that the tense points to: the latest that has begun by the publication, or
/// the earliest that has not ended by then.
fn of_some_year(ground: Ground, tense: Tense, of: impl Fn(i16) -> Option<Interval>) -> Option<Interval> {
    let Some(published) = ground.published else { return of(ground.year?) };
    // Eight years reach over any gap between leap days (1896 to 1904).
    let near = |back: i16| published.year().checked_add(back).and_then(&of);
    match tense {
        Tense::Past => (-8..=0).rev().filter_map(near).find(|i| i.start <= published),
        Tense::Future => (-1..=8).filter_map(near).find(|i| i.end >= published),
    }
}

fn named(
    which: Which,
    ground: Ground,
    tense: Tense,
    of: impl Fn(i16) -> Option<Interval>,
) -> Option<Interval> {
    match which {
        Which::Of(year) => of(year),
        Which::YearsOn(n) => of(ground.published?.year().checked_add(n)?),
        Which::Unsaid => match ground.told {
            Some(year) => of(year),
            None => of_some_year(ground, tense, of),
        },
        Which::Last => {
            let published = ground.published?;
            (-2..=0).rev().filter_map(|n| of(published.year() + n)).find(|i| i.end < published)
        }
        Which::Next => {
            let published = ground.published?;
            (0..=2).filter_map(|n| of(published.year() + n)).find(|i| i.start > published)
        }
    }
}

fn nearest(weekday: Weekday, published: Date, which: Which, tense: Tense) -> Date {
    // Days back to the last such weekday, 0..=6.
    let back = i32::from(weekday.until(published.weekday()));
    let ahead = (7 - back) % 7;
    match which {
        Which::Last => plus_days(published, if back == 0 { -7 } else { -back }),
        Which::Next => plus_days(published, if ahead == 0 { 7 } else { ahead }),
        _ if tense == Tense::Future => plus_days(published, ahead),
        _ => plus_days(published, -back),
    }
}

fn weekend(published: Date, which: Which, tense: Tense) -> Interval {
    let during = matches!(published.weekday(), Weekday::Saturday | Weekday::Sunday);
    let this = plus_days(published, 5 - i32::from(published.weekday().to_monday_zero_offset()));
    let saturday = match which {
        Which::Last => plus_days(this, -7),
        Which::Next if during => plus_days(this, 7),
        Which::Next => this,
        // On weekdays the past weekend is the one before; during one it is the present one.
        _ if tense == Tense::Past && !during => plus_days(this, -7),
        _ => this,
    };
    Interval { start: saturday, end: plus_days(saturday, 1) }
}

fn calendar(published: Date, unit: Unit, n: i32, tense: Tense) -> Option<Interval> {
    let whole = around(plus(published.first_of_month_if(unit), n, unit), unit)?;
    Some(match (n, tense) {
        // The gold annotations end "this week" and "this month" with the day of publication.
        (0, Tense::Past) => Interval { start: whole.start, end: published },
        (0, Tense::Future) => Interval { start: published, end: rest_of(whole, published, unit) },
        _ => whole,
    })
}

/// Returns the last day of the present week, month or year as announcements have it: on a Sunday "this week" is the
/// coming one.
fn rest_of(whole: Interval, published: Date, unit: Unit) -> Date {
    if unit == Unit::Week && published == whole.end { plus_days(whole.end, 7) } else { whole.end }
}

/// Keeps "a month after 31 January" from skipping February.
trait FirstOfMonthIf {
    fn first_of_month_if(self, unit: Unit) -> Self;
}

impl FirstOfMonthIf for Date {
    fn first_of_month_if(self, unit: Unit) -> Self {
        if unit >= Unit::Month { self.first_of_month() } else { self }
    }
}

/// "Two weeks ago" is that day in the gold annotations, "five months ago" that month, "two years ago" that year.
fn ago(published: Date, n: i32, unit: Unit) -> Option<Interval> {
    let there = plus(published, n, unit);
    match unit {
        // Fewer than 24 hours ago may be today or yesterday.
        Unit::Hour if n.abs() < 24 => {
            let other = plus_days(published, if n.abs() < 6 { 0 } else { n.signum() });
            Some(Interval { start: published.min(other), end: published.max(other) })
        }
        Unit::Hour | Unit::Day | Unit::Week => Some(Interval::day(there)),
        Unit::Month | Unit::Year => around(plus(published.first_of_month_if(unit), n, unit), unit),
        // "Two decades ago": the years around it, two either side.
        Unit::Decade => years(there.year().checked_sub(2)?, 5),
    }
}

fn stretch(published: Date, n: i32, unit: Unit) -> Interval {
    let other = plus(published, n, unit);
    Interval { start: published.min(other), end: published.max(other) }
}

fn day_of_month(published: Date, day: i8, tense: Tense) -> Option<Interval> {
    let (steps, sign) = match tense {
        Tense::Past => (0..=2, -1),
        Tense::Future => (0..=2, 1),
    };
    for n in steps {
        let month = plus_months(published.first_of_month(), sign * n);
        if let Ok(date) = Date::new(month.year(), month.month(), day)
            && if tense == Tense::Past { date <= published } else { date >= published }
        {
            return Some(Interval::day(date));
        }
    }
    None
}

/// Days that a stretch without a year may take which holds the publication.
const RUNNING: i32 = 183;

/// Returns the stretch between two days without a year that holds the publication: drills "from April 20 to May 22", told in May,
/// are on. Of months only in clauses that look ahead: what "lasted from May to July" is over.
fn running(a: &Meaning, b: &Meaning, ground: Ground, tense: Tense) -> Option<Interval> {
    let published = ground.published.filter(|_| ground.told.is_none())?;
    let in_year = |meaning: &Meaning, year: i16| match *meaning {
        Meaning::Day { year: Which::Unsaid, month, day } => {
            Date::new(year, month, day).ok().map(Interval::day)
        }
        Meaning::Months { which: Which::Unsaid, first, n } if tense == Tense::Future => {
            months(year, first, n)
        }
        _ => None,
    };
    let year = published.year();
    [(year, year), (year - 1, year), (year, year + 1)].into_iter().find_map(|(first, last)| {
        let stretch = Interval { start: in_year(a, first)?.start, end: in_year(b, last)?.end };
        let holds = stretch.start <= published && published <= stretch.end;
        (holds && stretch.end <= plus_days(stretch.start, RUNNING)).then_some(stretch)
    })
}

fn range(a: &Meaning, b: &Meaning, ground: Ground, tense: Tense) -> Option<Interval> {
    if let Some(stretch) = running(a, b, ground, tense) {
        return Some(stretch);
    }
    let (a_fixed, b_fixed) = (a.kind() == TimeKind::Fixed, b.kind() == TimeKind::Fixed);
    // The end that is known better places the other one: "from May to July 2024", "from Friday to Sunday".
    let from_end = b_fixed || (tense == Tense::Past && !a_fixed);
    let (first, last) = if a_fixed && b_fixed {
        (days(a, ground, tense)?, days(b, ground, tense)?)
    } else if from_end {
        let last = days(b, ground, tense)?;
        (days(a, Ground { published: Some(last.end), year: b.year(), told: None }, Tense::Past)?, last)
    } else {
        let first = days(a, ground, tense)?;
        (first, days(b, Ground { published: Some(first.start), year: a.year(), told: None }, Tense::Future)?)
    };
    (first.start <= last.end).then_some(Interval { start: first.start, end: last.end })
}

fn part_of(part: Part, of: &Meaning, ground: Ground, tense: Tense) -> Option<Interval> {
    // The present month is whole when a part of it is meant.
    let whole = match of {
        Meaning::Calendar { unit, n: 0 } => around(ground.published?, *unit)?,
        _ => days(of, ground, tense)?,
    };
    let Interval { start, end } = whole;
    let length = start.until(end).ok()?.get_days() + 1;
    let interval = |start: Date, end: Date| Some(Interval { start, end });
    match part {
        Part::FirstDay => interval(start, start),
        Part::LastDay => interval(end, end),
        Part::NthWeek(n) => {
            let first = plus_days(start, 7 * (i32::from(n) - 1));
            (first <= end).then_some(Interval { start: first, end: plus_days(first, 6).min(end) })
        }
        Part::Earlier => {
            let Some(published) = ground.published.filter(|p| start < *p && *p <= end) else {
                return Some(whole);
            };
            interval(start, plus_days(published, -1))
        }
        Part::Later => match (ground.published.filter(|p| start <= *p && *p <= end), of) {
            (Some(published), Meaning::Calendar { unit, .. }) => {
                interval(published, rest_of(whole, published, *unit))
            }
            (Some(published), _) => interval(published, end),
            (None, _) => Some(whole),
        },
        Part::Half(1) => interval(start, plus_days(start, length / 2 - 1)),
        Part::Half(_) => interval(plus_days(start, length / 2), end),
        // A day or two have no parts that days could tell; "late on Tuesday" is Tuesday.
        _ if length <= 2 => Some(whole),
        Part::Early | Part::Mid | Part::Late => {
            // Months by tens of days, years by four months, anything else by thirds.
            let (first, second) = if (28..=31).contains(&length) {
                (plus_days(start, 9), plus_days(start, 19))
            } else if (365..=366).contains(&length) {
                (plus_days(plus_months(start, 4), -1), plus_days(plus_months(start, 8), -1))
            } else if (3652..=3653).contains(&length) {
                // Whole years of a decade: four, three, three.
                (plus_days(plus_months(start, 48), -1), plus_days(plus_months(start, 84), -1))
            } else {
                (plus_days(start, length / 3 - 1).max(start), plus_days(start, 2 * length / 3 - 1))
            };
            match part {
                Part::Early => interval(start, first),
                Part::Mid => interval(plus_days(first, 1), second),
                _ => interval(plus_days(second, 1), end),
            }
        }
    }
}

fn shifted(shift: Shift, anchor: Interval) -> Option<Interval> {
    Some(match shift {
        // "Two months after" a day is about that month, as "two months ago" is.
        Shift::By { n, unit } if anchor.start == anchor.end && n != 0 => return ago(anchor.start, n, unit),
        Shift::By { n, unit } => {
            Interval { start: plus(anchor.start, n, unit), end: plus(anchor.end, n, unit) }
        }
        Shift::Between { from, to } => {
            Interval { start: plus_days(anchor.start, from), end: plus_days(anchor.end, to) }
        }
        Shift::Weekday { weekday, after } => {
            let (from, which) = if after { (anchor.end, Which::Next) } else { (anchor.start, Which::Last) };
            Interval::day(nearest(weekday, from, which, Tense::Past))
        }
        Shift::Calendar { unit, n } => around(plus(anchor.start.first_of_month_if(unit), n, unit), unit)?,
        Shift::SinceThen => return None,
    })
}
