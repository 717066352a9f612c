//! The walk through a text.

use super::calendar::plus_days;
use super::frame::is_frame;
use super::meaning::Meaning;
use super::reader::Reader;
use super::resolve::{self, Ground};
use super::{Precision, Tense, TimeExpression, TimeKind, TimeProblem};
use crate::numbers::word::{Word, words};
use casus_types::{Date, Span, event::Interval};

/// Returns every date expression of `text`, in order, none overlapping another; at each place the longest.
///
/// `published` is the day that relative expressions count from. Without it, expressions that need it carry a
/// [`problem`](TimeExpression::problem), and a day without a year takes the year of the nearest expression that
/// names one, those before it first.
#[must_use]
pub fn find(text: &str, published: Option<Date>) -> Vec<TimeExpression> {
    find_among(&words(text), published)
}

/// Returns every date expression among the words of a text; see [`find`].
pub(crate) fn find_among(words: &[Word], published: Option<Date>) -> Vec<TimeExpression> {
    let reader = Reader::new(words);
    let mut read: Vec<(Span, bool, Meaning)> = Vec::new();
    let mut frames: Vec<bool> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match Some(at).filter(|&at| reader.may_begin(at)).and_then(|at| reader.expression(at)) {
            Some((meaning, next)) if next > at => {
                let span = words[at].span.cover(words[next - 1].span);
                read.push((span, is_dateline(words, at, next), meaning));
                frames.push(is_frame(words, at, next));
                at = next;
            }
            _ => at += 1,
        }
    }
    let years_told = years_told(&read, published);
    let years_nearby = years_nearby(read.iter().map(|(.., meaning)| meaning.year()).collect());
    let expressions = read.into_iter().zip(frames).zip(years_nearby).zip(years_told).map(
        |((((span, is_dateline, meaning), is_frame), year_nearby), year_told)| {
            let kind = meaning.kind();
            let needs_day = kind == TimeKind::Relative && published.is_none();
            let problem = meaning.fault().or(match (&meaning, needs_day) {
                (_, false) => None,
                (Meaning::Day { .. } | Meaning::Months { .. } | Meaning::Easter { .. }, true) => {
                    year_nearby.is_none().then_some(TimeProblem::NoYear)
                }
                _ => Some(TimeProblem::NoPublicationDate),
            });
            TimeExpression {
                span,
                kind,
                precision: meaning.precision(),
                problem,
                is_dateline,
                is_frame,
                meaning,
                published,
                year_nearby,
                year_told,
            }
        },
    );
    expressions.collect()
}

/// Returns for each expression the year of the nearest one that names a year: its own, one before it, or one after.
fn years_nearby(mut years: Vec<Option<i16>>) -> Vec<Option<i16>> {
    for n in 1..years.len() {
        years[n] = years[n].or(years[n - 1]);
    }
    for n in (1..years.len()).rev() {
        years[n - 1] = years[n - 1].or(years[n]);
    }
    years
}

/// Days that the first date of a history lies before its publication; a report of the news may begin with a day of the
/// month before.
const HISTORY_FROM: i32 = 90;

/// Returns for each expression the year that a history has come to: an account of what was long over when it was
/// published ("The strike began on 11 May 2009 … In July the company dismissed") names a year once and means it until it
/// names the next. None in reports of the news, whose days and months are the last before the publication.
fn years_told(read: &[(Span, bool, Meaning)], published: Option<Date>) -> Vec<Option<i16>> {
    let first = read
        .iter()
        .find(|(_, is_dateline, meaning)| !is_dateline && !matches!(meaning, Meaning::Years { .. }));
    let is_history = || {
        let (_, _, meaning) = first?;
        meaning.dated_year()?;
        let first = resolve::days(meaning, Ground { published, year: None, told: None }, Tense::Past)?;
        Some(first.end < plus_days(published?, -HISTORY_FROM))
    };
    if is_history() != Some(true) {
        return vec![None; read.len()];
    }
    let is_dated = read.iter().any(|(_, is_dateline, meaning)| !is_dateline && meaning.is_of_the_week());
    let n_told =
        read.iter().filter(|(_, is_dateline, meaning)| !is_dateline && meaning.dated_year().is_some());
    let may_be_news = n_told.count() == 1;
    let come_to = read.iter().scan((None, None), |(year, last), (_, is_dateline, meaning)| {
        let told = meaning.dated_year().filter(|_| !is_dateline);
        *year = told.or(*year);
        if told.is_some() {
            *last = resolve::days(meaning, Ground { published, year: None, told: None }, Tense::Past);
        }
        let is_fresh = told.is_none() && may_be_news && is_fresh(meaning, published, *year, *last, is_dated);
        Some(year.filter(|_| !is_fresh))
    });
    come_to.collect()
}

/// Days before its publication to which a report of the news may mean a day without a year, though it has told of an old date
/// first. Accounts that tell several dates with their years go back and forth among them.
const FRESH: i32 = 31;

/// Tells whether a day without a year is of the news and not of the year that was told: it was just now, and in that year it
/// would go back behind the `last` date told ("wanted for the bombing of 12 August 2023, he was arrested on 2 May"), or the
/// report has days of its own week.
fn is_fresh(
    meaning: &Meaning,
    published: Option<Date>,
    told: Option<i16>,
    last: Option<Interval>,
    is_dated: bool,
) -> bool {
    let days = |told| resolve::days(meaning, Ground { published, year: None, told }, Tense::Past);
    let just_now = |news: Interval| published.is_some_and(|day| news.end >= plus_days(day, -FRESH));
    let goes_back = || days(told).zip(last).is_some_and(|(then, last)| then.end < last.start);
    meaning.precision() == Precision::Day && days(None).is_some_and(just_now) && (is_dated || goes_back())
}

/// Words in which a text's head ends: two lines of title and dateline.
const HEAD_WORDS: usize = 60;

/// Tells whether the date in words `at..next` dates the report: it stands at the head of the text, behind nothing but
/// names on its line, and a dash or the line's end follows, perhaps behind a name in brackets.
fn is_dateline(words: &[Word], at: usize, next: usize) -> bool {
    let word = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    if at > HEAD_WORDS {
        return false;
    }
    let line = words[..=at].iter().rposition(|w| w.new_line).unwrap_or(0);
    let names = words[line..at].iter().all(|w| !w.is_letters() || w.capital);
    let closed = if word(next) == ")" {
        next + 1
    } else if word(next) == "(" {
        (next..words.len().min(next + 6)).find(|i| word(*i) == ")").map_or(next, |i| i + 1)
    } else {
        next
    };
    let dash = word(closed) == "-" && !words[closed].glued;
    let line_ends = line == at && words.get(closed).is_none_or(|w| w.new_line);
    names && (dash && line < at || line_ends)
}
