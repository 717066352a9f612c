//! Days as machines and newsrooms write them: time stamps, feed dates, words.

use casus_types::{Date, Problem};
use jiff::civil::date;
use std::str::FromStr;

/// What a written date says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Day {
    /// One day.
    On(Date),
    /// Two days, for day and month may stand in either order: that with the day first, then the other: `3/4/2026`.
    Either(Date, Date),
}

/// Which of day and month stands first in a date in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOrder {
    /// `31/12/2025`.
    DayFirst,
    /// `12/31/2025`.
    MonthFirst,
}

impl FromStr for DayOrder {
    type Err = &'static str;

    /// Reads `dmy` and `mdy`.
    fn from_str(written: &str) -> Result<Self, Self::Err> {
        match written {
            "dmy" => Ok(Self::DayFirst),
            "mdy" => Ok(Self::MonthFirst),
            _ => Err("dmy for 31/12/2025, or mdy for 12/31/2025"),
        }
    }
}

impl Day {
    /// Returns the day that an order gives, none where two are possible and no order is known.
    pub(crate) fn in_order(self, order: Option<DayOrder>) -> Option<Date> {
        match (self, order) {
            (Self::On(day) | Self::Either(day, _), Some(DayOrder::DayFirst))
            | (Self::On(day) | Self::Either(_, day), Some(DayOrder::MonthFirst))
            | (Self::On(day), None) => Some(day),
            (Self::Either(..), None) => None,
        }
    }

    /// Returns the day where there is only one.
    pub(crate) fn certain(self) -> Option<Date> {
        match self {
            Self::On(day) => Some(day),
            Self::Either(..) => None,
        }
    }
}

/// Returns the problem of what is written where it may be either of two days.
pub(crate) fn ambiguous(written: &str, one: Date, other: Date) -> Problem {
    Problem::new(
        "ambiguous-publication-date",
        format!("{written:?} may be {one} or {other}"),
        "tell which stands first, --dates dmy or --dates mdy, or write it as YYYY-MM-DD",
    )
}

/// Years that a report may be from; other numbers are no years.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2199;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Returns the day of a date or time stamp, as it stands there: that of its own time zone.
///
/// Read are ISO 8601 with or without hyphens, RFC 2822 and its careless relatives, days with a month in words, days in
/// numbers (dots: day first), and Unix times in seconds, thousandths, millionths or billionths.
pub(crate) fn read(written: &str) -> Option<Day> {
    let written = written.trim();
    if written.is_empty() {
        return None;
    }
    let number = whole_number(written);
    if number.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits(number).map(Day::On);
    }
    let day = year_first(written).or_else(|| basic(written)).or_else(|| find(written));
    day.or_else(|| year_last(written)).map(Day::On).or_else(|| in_numbers(written))
}

/// Returns the first day in a text that is written with its month in words and its year: `4 March 2026`,
/// `Mar. 4, 2026`, `Tue, 03 Mar 2026 10:00 GMT`.
pub(crate) fn find(text: &str) -> Option<Date> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.iter().enumerate().find_map(|(at, word)| {
        let month = month(word)?;
        let before = at.checked_sub(1).and_then(|at| day_number(words[at]));
        let next = words.get(at + 1).copied().unwrap_or_default();
        let after_next = words.get(at + 2).copied().unwrap_or_default();
        let (year, day) = match (before, day_number(next)) {
            (Some(day), _) if full_year(next).is_some() => (full_year(next)?, day),
            (_, Some(day)) if full_year(after_next).is_some() => (full_year(after_next)?, day),
            // RFC 822 wrote years with two digits.
            (Some(day), _) if next.len() == 2 => (2000 + next.parse::<i16>().ok()?, day),
            _ => return None,
        };
        Date::new(year, month, day).ok()
    })
}

/// Returns the day in the path of a web address: `/2026/03/04/`, `/2026-03-04-`, `/20260304/`.
pub(crate) fn in_path(url: &str) -> Option<Date> {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let numbers: Vec<&str> = path.split(|c: char| !c.is_ascii_digit()).collect();
    let whole = |digits: &&str| (digits.len() == 8).then(|| self::digits(digits)).flatten();
    let parted = numbers.windows(3).find_map(|part| match part {
        [year, month, day] if year.len() == 4 && month.len() == 2 && day.len() == 2 => {
            Date::new(full_year(year)?, month.parse().ok()?, day.parse().ok()?).ok()
        }
        _ => None,
    });
    parted.or_else(|| numbers.iter().find_map(whole))
}

/// Returns the day of digits alone: `20260304`, `20260304101500`, or a Unix time.
fn digits(written: &str) -> Option<Date> {
    match written.len() {
        8 | 14 => {
            let day = Date::new(
                full_year(&written[..4])?,
                written[4..6].parse().ok()?,
                written[6..8].parse().ok()?,
            );
            day.ok()
        }
        10 => of_unix_seconds(written.parse().ok()?),
        13 => of_unix_seconds(written.parse::<i64>().ok()? / 1000),
        16 => of_unix_seconds(written.parse::<i64>().ok()? / 1_000_000),
        19 => of_unix_seconds(written.parse::<i64>().ok()? / 1_000_000_000),
        _ => None,
    }
}

/// Returns a number without its fraction: columns with gaps become `20260304.0` and `1772582400.0` in many programs.
fn whole_number(written: &str) -> &str {
    match written.split_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|byte| byte == b'0') => whole,
        // Only times have parts of a second.
        Some((whole, fraction)) if whole.len() >= 10 && fraction.bytes().all(|b| b.is_ascii_digit()) => whole,
        _ => written,
    }
}

/// Returns the day of a Unix time, in universal time.
pub(crate) fn of_unix_seconds(seconds: i64) -> Option<Date> {
    of_unix_days(i32::try_from(seconds.div_euclid(86_400)).ok()?)
}

/// Returns the day that lies some days after the first of January 1970, where a report may be from it.
pub(crate) fn of_unix_days(days: i32) -> Option<Date> {
    let day = date(1970, 1, 1).checked_add(jiff::Span::new().try_days(i64::from(days)).ok()?).ok()?;
    YEARS.contains(&day.year()).then_some(day)
}

/// Reads `2026-03-04…`, `2026/3/4…` and `2026.03.04…`.
fn year_first(written: &str) -> Option<Date> {
    let mut parts = written.splitn(3, ['-', '/', '.']);
    let year = full_year(parts.next()?)?;
    let month = parts.next()?.parse().ok()?;
    let rest = parts.next()?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    Date::new(year, month, rest.get(..digits.min(2))?.parse().ok()?).ok()
}

/// Reads the day of `20260304T101500Z`, ISO 8601 without hyphens.
fn basic(written: &str) -> Option<Date> {
    let (day, time) = written.split_once(['T', 't', ' '])?;
    let of_time = time.starts_with(|c: char| c.is_ascii_digit());
    (of_time && day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits(day))?
}

/// Reads `Wed Mar 04 10:15:00 +0000 2026`, as C, Java and Twitter write it.
fn year_last(written: &str) -> Option<Date> {
    let words: Vec<&str> = written.split_whitespace().collect();
    let at = words.iter().position(|word| month(word).is_some())?;
    let [name, day, time, rest @ ..] = &words[at..] else { return None };
    // Before the year there may be a half of the day and a zone.
    let year = rest.iter().take(3).find_map(|word| full_year(word)).filter(|_| time.contains(':'))?;
    Date::new(year, month(name)?, day_number(day)?).ok()
}

/// Returns which of day and month stands first where only one of the two can be: `25/12/2025`.
pub(crate) fn order(written: &str) -> Option<DayOrder> {
    let first = written.split_whitespace().next()?;
    let parts: Vec<&str> = first.split(['/', '-']).collect();
    let [a, b, year] = parts[..] else { return None };
    let (a, b): (i8, i8) = (a.parse().ok()?, b.parse().ok()?);
    // Of a short one nobody knows whether it is the year, but what is above twelve in the middle is a day.
    let year = full_year(year).or_else(|| short_year(year).filter(|_| b > 12))?;
    match (Date::new(year, b, a).is_ok(), Date::new(year, a, b).is_ok()) {
        (true, false) => Some(DayOrder::DayFirst),
        (false, true) => Some(DayOrder::MonthFirst),
        _ => None,
    }
}

/// Reads `04.03.2026`, `4/3/2026`, `4-3-2026` and `4/3/26`, with a time behind it or not.
fn in_numbers(written: &str) -> Option<Day> {
    let first = written.split_whitespace().next()?;
    let parts: Vec<&str> = first.split(['.', '/', '-']).collect();
    let [a, b, last] = parts[..] else { return None };
    let (one, other): (i8, i8) = (a.parse().ok()?, b.parse().ok()?);
    let year = full_year(last).or_else(|| short_year(last))?;
    let dots = first.contains('.');
    let day_first = Date::new(year, other, one).ok();
    // `10.15.30` is a time.
    let month_first = Date::new(year, one, other).ok().filter(|_| !dots || last.len() == 4);
    // `13/02/26` may begin with its year, as some write it.
    let year_first = match (short_year(a), last.parse()) {
        (Some(year), Ok(day)) if last.len() == 2 && b.len() == 2 && !dots => Date::new(year, other, day).ok(),
        _ => None,
    };
    match (day_first, month_first.or(year_first)) {
        (Some(day), _) if dots => Some(Day::On(day)),
        (Some(one), Some(other)) if one != other => Some(Day::Either(one, other)),
        (one, other) => one.or(other).map(Day::On),
    }
}

/// Reads a year of two digits, of this century up to 69, as POSIX has it.
fn short_year(word: &str) -> Option<i16> {
    let year: i16 = Some(word).filter(|word| word.len() == 2)?.parse().ok()?;
    (0..=99).contains(&year).then(|| if year < 70 { 2000 + year } else { 1900 + year })
}

fn full_year(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|year| YEARS.contains(year))
}

/// Reads `4`, `04` and `4th`.
fn day_number(word: &str) -> Option<i8> {
    let number = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &word[number.len()..];
    let ordinal = matches!(ending, "" | "st" | "nd" | "rd" | "th");
    number.parse().ok().filter(|day| ordinal && (1..=31).contains(day))
}

/// Reads a month in full or by its first three letters, `Sept` too.
fn month(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    let short = word.chars().count() >= 3 && (word.len() <= 3 || word == "sept");
    let at = MONTHS.iter().position(|month| *month == word || (short && month.starts_with(word.as_str())))?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::{Day, DayOrder, find, in_path, order, read};
    use casus_types::Date;

    #[track_caller]
    fn check(written: &str, expected: &str) {
        assert_eq!(read(written).and_then(Day::certain), expected.parse::<Date>().ok(), "{written:?}");
    }

    #[test]
    fn stamps_of_machines() {
        for written in [
            "2026-03-04",
            "2026-03-04T23:50:00-05:00",
            "2026-3-4 10:00",
            "2026/03/04",
            "20260304",
            "20260304101500",
            "1772582400",
            "1772582400000",
            "1772582400000000",
            "1772582400000000000",
            "1772582400.0",
            "1772582400.25",
            "20260304.0",
            "Wed, 04 Mar 2026 22:00:00 -0500",
            "04 Mar 26 10:00 GMT",
            "2026-03-04T00:00:00.000000000",
            "20260304T101500Z",
            "Wed Mar 04 10:15:00 +0000 2026",
            "Wed Mar  4 10:15:00 PM UTC 2026",
        ] {
            check(written, "2026-03-04");
        }
    }

    #[test]
    fn days_of_newsrooms() {
        for written in [
            "4 March 2026",
            "March 4, 2026",
            "Mar. 4, 2026 at 9:15 p.m. EST",
            "Wednesday 4th March 2026",
            "04.03.2026",
            "4.3.2026 10:15",
            "04-MAR-2026",
            "4.3.26",
        ] {
            check(written, "2026-03-04");
        }
        check("Sept 9, 2025", "2025-09-09");
        check("25/12/2025", "2025-12-25");
        check("12/25/2025", "2025-12-25");
        check("4/4/2026", "2026-04-04");
        check("3/14/26 10:00", "2026-03-14");
        check("25/12/99", "1999-12-25");
    }

    #[test]
    fn no_day_is_guessed() {
        for written in ["3/4/2026", "3/4/26", "04/03/26", "13/02/26", "26-03-04"] {
            assert!(matches!(read(written), Some(Day::Either(..))), "{written}");
        }
        for written in [
            "",
            "soon",
            "2026",
            "March 2026",
            "2026-13-45",
            "31.02.2026",
            "12345",
            "yesterday 2026",
            "-",
            "9999999999999",
            ".0",
        ] {
            check(written, "none");
        }
    }

    #[test]
    fn an_order_tells_two_days_apart() {
        let day = |written: &str, order| {
            read(written).and_then(|day| day.in_order(order)).map(|day| day.to_string())
        };
        assert_eq!(day("3/4/2026", Some(DayOrder::DayFirst)).as_deref(), Some("2026-04-03"));
        assert_eq!(day("3/4/2026", Some(DayOrder::MonthFirst)).as_deref(), Some("2026-03-04"));
        assert_eq!(day("3/4/2026", None), None);
        assert_eq!(day("04/03/26", Some(DayOrder::MonthFirst)).as_deref(), Some("2026-04-03"));
        assert_eq!(day("13/02/26", Some(DayOrder::DayFirst)).as_deref(), Some("2026-02-13"));
        // What can be but one day is that day.
        assert_eq!(day("25/12/2025", Some(DayOrder::MonthFirst)).as_deref(), Some("2025-12-25"));
        assert_eq!(order("25/12/2025"), Some(DayOrder::DayFirst));
        assert_eq!(order("12-25-2025 10:00"), Some(DayOrder::MonthFirst));
        assert_eq!(order("3/14/26"), Some(DayOrder::MonthFirst));
        for written in ["3/4/2026", "2026-12-25", "25.12.2025", "45/45/2026", "13/02/26", "soon"] {
            assert_eq!(order(written), None, "{written}");
        }
    }

    #[test]
    fn days_within_texts_and_paths() {
        assert_eq!(find("Published on 21 January 2026 at 10:04"), "2026-01-21".parse().ok());
        assert_eq!(find("They may 4 times 2026"), None);
        assert_eq!(find("In May 2026 they left"), None);
        assert_eq!(in_path("https://a.example/world/2026/03/04/arvan"), "2026-03-04".parse().ok());
        assert_eq!(in_path("https://a.example/20260304/1234567890123"), "2026-03-04".parse().ok());
        assert_eq!(in_path("https://a.example/2026/03/arvan-9"), None);
    }
}
