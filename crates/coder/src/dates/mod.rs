//! When: the dates that a report names, and the days they mean.
//!
//! [`find`] reads every date expression of a text; [`TimeExpression::resolve`] turns one into days, given the tense
//! of the clause it stands in ("on Tuesday" is past or future), and [`TimeExpression::resolve_against`] does so for
//! expressions that count from another event ("two days later"). What an expression means follows the rulings of
//! the gold annotations; where they are silent, a comment says what was decided.

mod absolute;
mod anchored;
mod calendar;
mod clock;
mod compound;
mod find;
mod frame;
mod meaning;
mod named;
mod reader;
mod relative;
mod resolve;
mod year;

pub use find::find;
pub(crate) use find::find_among;

use casus_types::{Date, Problem, Span, event::Interval};
use jiff::ToSpan;
use meaning::Meaning;

/// The tense of the clause that an expression stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tense {
    /// The act lies before the publication or on that day.
    Past,
    /// The act is announced, planned or awaited.
    Future,
}

/// What an expression counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeKind {
    /// Nothing: its words alone fix the days ("28 June 2021", "in 2015").
    Fixed,
    /// The day of publication ("on Tuesday", "in June", "two weeks ago").
    Relative,
    /// Another event or date ("two days later", "the same day").
    Anchored,
    /// Nothing: a length of time ("for three days").
    Duration,
    /// A date that casus does not place ("fiscal year 2024").
    Unplaced,
}

/// How exactly an expression says when, finest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// A day, or the two that a night touches.
    Day,
    /// About a week.
    Week,
    /// About a month.
    Month,
    /// A season, a quarter or half a year.
    Season,
    /// A year.
    Year,
    /// Ten years or more.
    Decade,
    /// A stretch with its own two ends ("since April", "3-5 May").
    Range,
}

/// Why an expression was left without days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeProblem {
    /// It counts from the day of publication, which is not known.
    NoPublicationDate,
    /// It names day and month, and no expression of the text fixes the year.
    NoYear,
    /// Fiscal years begin in different months in different countries.
    FiscalYear,
    /// A date of another calendar (Islamic, Persian).
    OtherCalendar,
    /// "03/04/2021": day and month may stand in either order.
    DayMonthOrder,
    /// There is no such day ("31 June").
    NoSuchDay,
}

impl TimeProblem {
    /// Returns the problem as the record reports it, about the quoted `words`.
    #[must_use]
    pub fn report(self, words: &str) -> Problem {
        let (code, what, hint) = match self {
            Self::NoPublicationDate => (
                "no-publication-date",
                "counts from the day of publication, which is not known",
                "give the report's date",
            ),
            Self::NoYear => {
                ("no-year", "names no year, and nothing in the text fixes it", "give the report's date")
            }
            Self::FiscalYear => {
                ("fiscal-year", "is a fiscal year, which is not placed", "see the report itself")
            }
            Self::OtherCalendar => {
                ("other-calendar", "belongs to a calendar that is not read", "see the report itself")
            }
            Self::DayMonthOrder => {
                ("day-month-order", "may give day or month first", "write the month as a word")
            }
            Self::NoSuchDay => ("no-such-day", "is no day of the calendar", "see the report itself"),
        };
        Problem::new(code, format!("the date \"{words}\" {what}"), hint)
    }
}

/// A date expression of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeExpression {
    /// Its words.
    pub span: Span,
    /// What it counts from.
    pub kind: TimeKind,
    /// How exactly it says when.
    pub precision: Precision,
    /// Why it has no days, where it has none.
    pub problem: Option<TimeProblem>,
    /// Whether it dates the report and no act in it ("ARVAN, July 9 -", "Tuesday, September 22, 2015" on a line of
    /// its own at the head of the text).
    pub is_dateline: bool,
    /// Whether it only bounds a comparison ("the biggest raid since 1984", "the third attack this week").
    pub is_frame: bool,
    meaning: Meaning,
    published: Option<Date>,
    /// The year that a neighbouring expression fixes, for reports without a publication date.
    year_nearby: Option<i16>,
    /// The year that a history has come to, for its days and months without one.
    year_told: Option<i16>,
}

impl TimeExpression {
    /// Returns the days that the expression means in a clause of that tense; none for expressions that count from
    /// another event, for lengths of time, and where there is a [`problem`](Self::problem).
    #[must_use]
    pub fn resolve(&self, tense: Tense) -> Option<Interval> {
        resolve::days(&self.meaning, self.ground(), tense)
    }

    /// Returns the days that the expression means when it counts from `anchor`: "two days later" than it, "the same
    /// day", "for three days" from its first day. None for expressions that do not count from another event.
    #[must_use]
    pub fn resolve_against(&self, anchor: Interval) -> Option<Interval> {
        resolve::against(&self.meaning, anchor, self.published)
    }

    /// Returns the days of the event that the expression counts from, when the event that it dates lies on `dated`:
    /// "freed two months after being deported", freed on 6 June, says deported in April.
    #[must_use]
    pub fn resolve_anchor(&self, dated: Interval) -> Option<Interval> {
        resolve::anchor(&self.meaning, dated)
    }

    /// Returns the days that a "since" or "until" expression names, without the time after or before them: those of
    /// the coup in "held since the 2023 coup", which [`resolve`](Self::resolve) reads as the time of being held.
    #[must_use]
    pub fn limit(&self, tense: Tense) -> Option<Interval> {
        resolve::limit(&self.meaning, self.ground(), tense)
    }

    /// Tells whether the expression tells of the time from something on: "since April".
    #[must_use]
    pub fn is_since(&self) -> bool {
        matches!(self.meaning, Meaning::Since(_))
    }

    /// Returns the days up to `last` that a length of time takes: those of "three days of" clashes, of a "two-week" siege,
    /// of what was held "for a month". None for expressions that give no length.
    #[must_use]
    pub fn ending(&self, last: Date) -> Option<Interval> {
        resolve::ending(&self.meaning, last)
    }

    /// Tells whether the expression names its day, month or year ("on Tuesday", "in 2019"), as most do; weekends, seasons,
    /// parts of the present week, days counted from others and stretches are told otherwise.
    #[must_use]
    pub fn is_named(&self) -> bool {
        self.meaning.is_named()
    }

    /// Tells whether the expression sets a term: "until Friday", "by the end of May".
    #[must_use]
    pub fn is_term(&self) -> bool {
        matches!(self.meaning, Meaning::Until(_))
    }

    fn ground(&self) -> resolve::Ground {
        resolve::Ground { published: self.published, year: self.year_nearby, told: self.year_told }
    }
}

/// Returns the last day that a text tells, to the month at least; days to come count as well.
#[must_use]
pub fn last_day(dates: &[TimeExpression]) -> Option<Date> {
    let exact =
        |d: &&TimeExpression| matches!(d.precision, Precision::Day | Precision::Week | Precision::Month);
    dates.iter().filter(exact).filter_map(|d| d.resolve(Tense::Past)).map(|days| days.end).max()
}

/// Returns the days of a main act that the report tells without a date.
///
/// A short report tells of its own day; a full article of the day before or its own (gold rulings, "Time").
#[must_use]
pub fn undated(published: Date, is_article: bool) -> Interval {
    let start = if is_article { published.saturating_sub(1.day()) } else { published };
    Interval { start, end: published }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = include_str!("../../../../golden/dates.tsv");

    fn day(text: &str) -> Date {
        text.parse().unwrap_or_else(|_| panic!("{text:?} is no day"))
    }

    fn interval(text: &str) -> Interval {
        let (start, end) = text.split_once("..").unwrap_or((text, text));
        Interval { start: day(start), end: day(end) }
    }

    fn show(interval: Option<Interval>) -> String {
        match interval {
            None => "unresolved".to_owned(),
            Some(i) if i.start == i.end => i.start.to_string(),
            Some(i) => format!("{}..{}", i.start, i.end),
        }
    }

    /// Returns what `find` makes of one row of the table, in the table's own terms.
    fn read(text: &str, published: Option<Date>, words: Option<&str>, tense: &str) -> String {
        let found = find(text, published);
        let Some(words) = words else {
            return found.first().map_or("none".to_owned(), |e| format!("read {:?}", e.span.slice(text)));
        };
        let Some(expression) = found.iter().find(|e| e.span.slice(text) == words) else {
            let read: Vec<&str> = found.iter().map(|e| e.span.slice(text)).collect();
            return format!("read {read:?}");
        };
        let days = match tense {
            "past" => expression.resolve(Tense::Past),
            "future" => expression.resolve(Tense::Future),
            anchor => expression.resolve_against(interval(anchor)),
        };
        match expression.problem {
            Some(problem) => format!("{}:{problem:?}", show(days)),
            None => show(days),
        }
    }

    #[test]
    fn no_date_begins_with_a_word_that_is_passed_over() {
        for row in TABLE.lines().filter(|l| !l.starts_with('#')) {
            // The other columns are full of numbers.
            let (text, _) = row.split_once('\t').unwrap_or((row, ""));
            let words = crate::numbers::word::words(&text.replace("[[", "").replace("]]", ""));
            let reader = reader::Reader::new(&words);
            for at in (0..words.len()).filter(|&at| !reader.may_begin(at)) {
                assert!(reader.expression(at).is_none(), "{:?} in {row}", reader.word(at));
            }
        }
    }

    #[test]
    fn dates_mean_what_the_table_says() {
        let mut n_rows = 0;
        let mut wrong = Vec::new();
        for row in TABLE.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let columns: Vec<&str> = row.split('\t').collect();
            let &[marked, published, tense, expected, ..] = columns.as_slice() else {
                panic!("a row has five columns: {row:?}");
            };
            let text = marked.replace("[[", "").replace("]]", "");
            let words =
                marked.split_once("[[").and_then(|(_, rest)| rest.split_once("]]")).map(|(words, _)| words);
            let published = (published != "-").then(|| day(published));
            let got = read(&text, published, words, tense);
            if got != expected {
                wrong.push(format!("{marked} ({tense}): expected {expected}, got {got}"));
            }
            n_rows += 1;
        }
        assert!(n_rows >= 150, "the table has {n_rows} rows");
        assert!(wrong.is_empty(), "{} of {n_rows} rows are wrong:\n{}", wrong.len(), wrong.join("\n"));
    }

    #[test]
    fn a_year_nearby_places_days_of_undated_reports() {
        let text = "He was held on 28 June. The court freed him on 3 July 2019, and he fled on July 5.";
        let days: Vec<String> = find(text, None).iter().map(|e| show(e.resolve(Tense::Past))).collect();
        assert_eq!(days, ["2019-06-28", "2019-07-03", "2019-07-05"]);
    }

    #[test]
    fn the_other_event_is_found_from_the_dated_one() {
        let text = "He was freed two months after being deported.";
        let freed = interval("2025-06-06");
        let deported = find(text, None)[0].resolve_anchor(freed);
        assert_eq!(show(deported), "2025-04-01..2025-04-30");
    }

    #[test]
    fn the_limit_of_since_is_the_coup_itself() {
        let text = "He has been held since the 2023 coup.";
        let since = &find(text, Some(day("2025-05-16")))[0];
        assert_eq!(show(since.limit(Tense::Past)), "2023-01-01..2023-12-31");
    }

    #[test]
    fn datelines_date_the_report_alone() {
        let text =
            "Two held\n\nARVAN, Northland, July 9 (Wire) - Police held two on July 8, a day after a raid.";
        let flags: Vec<bool> = find(text, Some(day("2024-07-09"))).iter().map(|e| e.is_dateline).collect();
        assert_eq!(flags, [true, false, false]);
        assert!(find("Sunday, August 2, 2015\nPolice held two.", None)[0].is_dateline);
        assert!(find("GENEVA (9 June 2015) – Police held two.", None)[0].is_dateline);
        assert!(!find("MONDAY. Police held two.", None)[0].is_dateline);
    }

    #[test]
    fn what_a_record_is_set_against_is_a_frame() {
        let frame = |text: &str| find(text, Some(day("2024-07-09")))[0].is_frame;
        assert!(frame("It was the biggest raid since 1984."));
        assert!(frame("It was their third attack against buses this week."));
        assert!(!frame("Twelve people have died since 1984."));
        assert!(!frame("It was the biggest raid. Twelve have died since 1984."));
        assert!(!frame("They met on the third day of talks this week."));
    }

    #[test]
    fn undated_acts_fall_on_the_news_day() {
        assert_eq!(show(Some(undated(day("2021-06-28"), false))), "2021-06-28");
        assert_eq!(show(Some(undated(day("2021-06-28"), true))), "2021-06-27..2021-06-28");
    }

    #[test]
    fn odd_text_is_read_without_harm() {
        let text = "May May 99 Jan. since since 31/31/2021 9999999999 years ago in 99999 decades … ’ the ’90s, until";
        for end in (0..text.len()).filter(|n| text.is_char_boundary(*n)) {
            for published in [None, Some(Date::MIN), Some(Date::MAX), Some(day("2021-06-28"))] {
                let found = find(&text[..end], published);
                assert!(found.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
                for e in found {
                    let _ = (e.resolve(Tense::Past), e.resolve(Tense::Future), e.limit(Tense::Future));
                    let _ = e.resolve_against(Interval::day(Date::MAX));
                    let _ = e.resolve_anchor(Interval::day(Date::MIN));
                }
            }
        }
    }
}
