//! Names and arithmetic of the civil calendar.

use super::meaning::Unit;
use casus_types::{Date, event::Interval};
use jiff::civil::Weekday;

/// Returns the month (1..=12) of a lower-case name or its usual short form.
pub(super) fn month(name: &str) -> Option<i8> {
    Some(match name {
        "january" | "jan" => 1,
        "february" | "feb" => 2,
        "march" | "mar" => 3,
        "april" | "apr" => 4,
        "may" => 5,
        "june" | "jun" => 6,
        "july" | "jul" => 7,
        "august" | "aug" => 8,
        "september" | "sept" | "sep" => 9,
        "october" | "oct" => 10,
        "november" | "nov" => 11,
        "december" | "dec" => 12,
        _ => return None,
    })
}

/// Returns the weekday of a lower-case name or its usual short form.
///
/// "Sun" and "Sat" are left out: they are words and names far more often.
pub(super) fn weekday(name: &str) -> Option<Weekday> {
    Some(match name {
        "monday" | "mon" => Weekday::Monday,
        "tuesday" | "tues" | "tue" => Weekday::Tuesday,
        "wednesday" | "weds" | "wed" => Weekday::Wednesday,
        "thursday" | "thurs" | "thur" | "thu" => Weekday::Thursday,
        "friday" | "fri" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

/// Returns the unit of a lower-case noun, singular or plural.
pub(super) fn unit(noun: &str) -> Option<Unit> {
    Some(match noun {
        "hour" | "hours" => Unit::Hour,
        "day" | "days" | "night" | "nights" => Unit::Day,
        "week" | "weeks" => Unit::Week,
        "month" | "months" => Unit::Month,
        "year" | "years" => Unit::Year,
        "decade" | "decades" => Unit::Decade,
        _ => return None,
    })
}

/// Returns the first month and the number of months of a season, as the northern half of the world has it.
///
/// The gold annotations code "last spring" as March to May.
pub(super) fn season(name: &str) -> Option<(i8, i8)> {
    match name {
        "spring" => Some((3, 3)),
        "summer" => Some((6, 3)),
        "autumn" | "fall" => Some((9, 3)),
        "winter" => Some((12, 3)),
        _ => None,
    }
}

/// Returns the date, `n` days on; the calendar's last day where it would pass it.
pub(super) fn plus_days(date: Date, n: i32) -> Date {
    jiff::Span::new().try_days(n).map_or(date, |span| date.saturating_add(span))
}

/// Returns the date, `n` months on; the month's last day where it has no such day.
pub(super) fn plus_months(date: Date, n: i32) -> Date {
    jiff::Span::new().try_months(n).map_or(date, |span| date.saturating_add(span))
}

/// Returns the date, `n` units on, to the day.
pub(super) fn plus(date: Date, n: i32, unit: Unit) -> Date {
    match unit {
        // 48 hours are two days; less than a day is none.
        Unit::Hour => plus_days(date, n / 24),
        Unit::Day => plus_days(date, n),
        Unit::Week => plus_days(date, n.saturating_mul(7)),
        Unit::Month => plus_months(date, n),
        Unit::Year => plus_months(date, n.saturating_mul(12)),
        Unit::Decade => plus_months(date, n.saturating_mul(120)),
    }
}

/// Returns the calendar day, week (Monday to Sunday), month, year or decade that the date lies in.
pub(super) fn around(date: Date, unit: Unit) -> Option<Interval> {
    let (start, end) = match unit {
        Unit::Hour | Unit::Day => (date, date),
        Unit::Week => {
            let monday = plus_days(date, -i32::from(date.weekday().to_monday_zero_offset()));
            (monday, plus_days(monday, 6))
        }
        Unit::Month => (date.first_of_month(), date.last_of_month()),
        Unit::Year => (date.first_of_year(), date.last_of_year()),
        Unit::Decade => return years(date.year() - date.year().rem_euclid(10), 10),
    };
    Some(Interval { start, end })
}

/// Returns `n` whole years.
pub(super) fn years(first: i16, n: i16) -> Option<Interval> {
    Some(Interval { start: Date::new(first, 1, 1).ok()?, end: Date::new(first + n - 1, 12, 31).ok()? })
}

/// Returns `n` months from month `first` of `year` on; they may run into the next year.
pub(super) fn months(year: i16, first: i8, n: i8) -> Option<Interval> {
    let start = Date::new(year, first, 1).ok()?;
    Some(Interval { start, end: plus_months(start, i32::from(n) - 1).last_of_month() })
}

/// Returns Easter Sunday of a year in the Gregorian calendar (Anonymous Gregorian algorithm, Nature 1876).
#[expect(clippy::many_single_char_names, reason = "the names that the published algorithm has")]
pub(super) fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_of_known_years() {
        for (year, month, day) in [(2021, 4, 4), (2024, 3, 31), (2025, 4, 20), (2026, 4, 5)] {
            assert_eq!(easter(year), Date::new(year, month, day).ok());
        }
    }

    #[test]
    fn weeks_run_from_monday_to_sunday() {
        let week = around(Date::constant(2021, 6, 28), Unit::Week).unwrap();
        assert_eq!((week.start, week.end), (Date::constant(2021, 6, 28), Date::constant(2021, 7, 4)));
    }
}
