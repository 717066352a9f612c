//! Counts by day, week or month: events, incidents, deaths and the mean score, over all or by dyad.

use crate::error::{Attempt, StoreError};
use crate::finding::Plan;
use crate::query::{Days, EVENT_DAY, Filter, Order, Query, Sql, compile};
use crate::store::Store;
use casus_types::{Date, Status};
use jiff::Span;
use rusqlite::params_from_iter;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A day.
    Day,
    /// Monday to Sunday (ISO 8601).
    Week,
    /// A month.
    Month,
}

/// What a side of a dyad is told by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    /// Country and sector: `IRQ MIL`.
    Code,
    /// Country alone.
    Country,
    /// Name.
    Name,
}

/// What is counted, and how finely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counting {
    /// By which stretch.
    pub step: Step,
    /// By who and to whom, where asked for.
    pub dyads: Option<Grain>,
    /// Whether stretches without events are given too.
    pub gaps: bool,
}

/// A series.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// In the order of days, then of dyads.
    pub rows: Vec<Counts>,
    /// Events that fit and are not counted, since neither they nor their reports have a day.
    pub undated: usize,
}

/// What is counted of a stretch.
#[derive(Debug, Clone, PartialEq)]
pub struct Counts {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// Who and to whom.
    pub dyad: Option<(String, String)>,
    /// Events, as reports tell them.
    pub events: u64,
    /// Incidents; an event that is joined to none is one of its own. Each counts once, on the first day on which it has
    /// an event that fits, so that the sum over all stretches is right.
    pub incidents: u64,
    /// Persons killed in those incidents, at least.
    pub deaths_min: u64,
    /// At most; an incident whose number is open counts with its least.
    pub deaths_max: u64,
    /// Incidents whose number is open.
    pub deaths_open: u64,
    /// Mean PLOVER score of the events, none where there are none.
    pub mean_score: Option<f64>,
}

/// The most rows that gaps are filled to.
const MOST_ROWS: usize = 2_000_000;

/// What is summed up of a stretch and dyad.
#[derive(Debug, Clone, Default)]
struct Tally {
    events: u64,
    incidents: u64,
    deaths_min: u64,
    deaths_max: u64,
    deaths_open: u64,
    score: f64,
}

/// Who and to whom, by number; 0 where dyads are not told apart.
type DyadId = usize;

impl Store {
    /// Counts the events that a query asks for; those of status `actual`, where it does not ask for a status.
    ///
    /// # Errors
    /// Where the store cannot be read, or there would be too many rows.
    pub fn series(&self, query: &Query, counting: Counting) -> Result<Series, StoreError> {
        let mut query = query.clone();
        if !query.asks_for_status() {
            query = query.and(Filter::Status(vec![Status::Actual]));
        }
        let mut counter = Counter::new(counting.step);
        self.count(&query, counting.dyads, &mut counter)?;
        // A gap is a gap of some dyad.
        let has_gaps = counting.gaps && (counting.dyads.is_none() || !counter.dyads.is_empty());
        let bounds = has_gaps.then(|| bounds(&query));
        counter.series(bounds)
    }

    /// Returns how a series that tells no dyads apart is counted.
    ///
    /// # Errors
    /// Where the store cannot be read.
    pub fn plan_of_series(&self, query: &Query) -> Result<Plan, StoreError> {
        self.plan_of(&self.series_sql(query, None)?)
    }

    fn series_sql(&self, query: &Query, dyads: Option<Grain>) -> Result<Sql, StoreError> {
        let columns = format!(
            "{EVENT_DAY}, e.id, e.score, ie.incident_id,
             CASE WHEN ie.incident_id IS NULL THEN e.killed_min ELSE i.killed_min END,
             CASE WHEN ie.incident_id IS NULL THEN e.killed_max ELSE i.killed_max END{}",
            dyads.map_or_else(String::new, |grain| format!(", {}, {}", side("a", grain), side("r", grain)))
        );
        let mut joins = "LEFT JOIN incident_events ie ON ie.event_id = e.id
            LEFT JOIN incidents i ON i.id = ie.incident_id"
            .to_owned();
        if dyads.is_some() {
            joins += " JOIN participants pa ON pa.event_id = e.id AND pa.role = 'actor'
                JOIN actors a ON a.id = pa.actor_id
                JOIN participants pr ON pr.event_id = e.id AND pr.role = 'recipient'
                JOIN actors r ON r.id = pr.actor_id";
        }
        let order = Order { by: EVENT_DAY, descending: false };
        Ok(compile(query, &self.connection)?.events(&columns, &joins, Some(order)))
    }

    fn count(&self, query: &Query, dyads: Option<Grain>, counter: &mut Counter) -> Result<(), StoreError> {
        let what = "count events";
        let sql = self.series_sql(query, dyads)?;
        let mut statement = self.connection.prepare(&sql.text).to(what)?;
        let mut rows = statement.query(params_from_iter(&sql.values)).to(what)?;
        while let Some(row) = rows.next().to(what)? {
            let dyad = match dyads {
                Some(_) => {
                    let names = (row.get_ref(6).to(what)?, row.get_ref(7).to(what)?);
                    let text = |value: rusqlite::types::ValueRef<'_>| {
                        value.as_str().map_or_else(|_| "unknown".to_owned(), str::to_owned)
                    };
                    counter.dyad((text(names.0), text(names.1)))
                }
                None => 0,
            };
            let whole = |n: Option<i64>| n.and_then(|n| u64::try_from(n).ok());
            let told = Told {
                event: row.get(1).to(what)?,
                score: row.get(2).to(what)?,
                incident: row.get(3).to(what)?,
                killed: (whole(row.get(4).to(what)?), whole(row.get(5).to(what)?)),
            };
            counter.take(row.get_ref(0).to(what)?.as_str().unwrap_or_default(), dyad, &told);
        }
        Ok(())
    }
}

/// Returns what a side is told by, as SQL.
fn side(actor: &str, grain: Grain) -> String {
    match grain {
        Grain::Code => format!(
            "coalesce(nullif(trim(coalesce({actor}.country, '') || ' ' || coalesce({actor}.sector, '')), ''), 'unknown')"
        ),
        Grain::Country => format!("coalesce({actor}.country, 'unknown')"),
        Grain::Name => format!("coalesce({actor}.name, 'unknown')"),
    }
}

/// Returns the days that a query is bounded by, where it is.
fn bounds(query: &Query) -> Days {
    let mut bounds = Days { from: None, to: None };
    for term in query.terms.iter().filter(|term| !term.negated) {
        if let Filter::Day(ranges) = &term.filter {
            let from = ranges.iter().map(|days| days.from).min().flatten();
            let to = ranges.iter().map(|days| days.to).collect::<Option<Vec<_>>>();
            bounds.from = bounds.from.max(from);
            let to = to.and_then(|to| to.into_iter().max());
            bounds.to = [bounds.to, to].into_iter().flatten().min();
        }
    }
    bounds
}

/// An event with what is counted of it.
struct Told {
    event: i64,
    score: f64,
    incident: Option<i64>,
    killed: (Option<u64>, Option<u64>),
}

struct Counter {
    step: Step,
    tallies: BTreeMap<(Date, DyadId), Tally>,
    dyads: BTreeMap<(String, String), DyadId>,
    events: HashSet<(DyadId, i64)>,
    incidents: HashSet<(DyadId, i64)>,
    undated: BTreeSet<i64>,
    /// The day of the last event, as written and as the stretch that it lies in: events come in the order of days.
    last: Option<(String, Date)>,
}

impl Counter {
    fn new(step: Step) -> Self {
        Self {
            step,
            tallies: BTreeMap::new(),
            dyads: BTreeMap::new(),
            events: HashSet::new(),
            incidents: HashSet::new(),
            undated: BTreeSet::new(),
            last: None,
        }
    }

    fn dyad(&mut self, names: (String, String)) -> DyadId {
        let next = self.dyads.len() + 1;
        *self.dyads.entry(names).or_insert(next)
    }

    /// Counts an event; days come in their order.
    fn take(&mut self, day: &str, dyad: DyadId, told: &Told) {
        let first = match &self.last {
            Some((written, first)) if written == day => *first,
            _ => {
                let Ok(date) = day.parse::<Date>() else {
                    self.undated.insert(told.event);
                    return;
                };
                let first = self.step.first(date);
                self.last = Some((day.to_owned(), first));
                first
            }
        };
        // With dyads an event comes once for every pair, and two of its pairs may be one dyad.
        if dyad > 0 && !self.events.insert((dyad, told.event)) {
            return;
        }
        let tally = self.tallies.entry((first, dyad)).or_default();
        tally.events += 1;
        tally.score += told.score;
        if let Some(incident) = told.incident
            && !self.incidents.insert((dyad, incident))
        {
            return;
        }
        tally.incidents += 1;
        if let (Some(least), most) = told.killed {
            tally.deaths_min += least;
            tally.deaths_max += most.unwrap_or(least).max(least);
            tally.deaths_open += u64::from(most.is_none());
        }
    }

    fn series(self, bounds: Option<Days>) -> Result<Series, StoreError> {
        let undated = self.undated.len();
        let named: Vec<(Option<(String, String)>, DyadId)> = if self.dyads.is_empty() {
            vec![(None, 0)]
        } else {
            self.dyads.into_iter().map(|(names, id)| (Some(names), id)).collect()
        };
        let firsts = self.tallies.keys().map(|(first, _)| *first);
        let mut stretches: Vec<Date> = firsts.collect::<BTreeSet<_>>().into_iter().collect();
        if let Some(bounds) = bounds {
            let from = bounds.from.map(|day| self.step.first(day)).or(stretches.first().copied());
            let to = bounds.to.map(|day| self.step.first(day)).or(stretches.last().copied());
            stretches = match (from, to) {
                (Some(from), Some(to)) => self.step.between(from, to),
                _ => stretches,
            };
            let n = stretches.len().saturating_mul(named.len());
            if n > MOST_ROWS {
                return Err(StoreError::TooLong(n));
            }
        }
        let mut rows = Vec::new();
        for &first in &stretches {
            for (names, id) in &named {
                match self.tallies.get(&(first, *id)) {
                    Some(tally) => rows.push(counts(first, self.step, names.clone(), tally)),
                    None if bounds.is_some() => {
                        rows.push(counts(first, self.step, names.clone(), &Tally::default()));
                    }
                    None => {}
                }
            }
        }
        Ok(Series { rows, undated })
    }
}

#[expect(clippy::cast_precision_loss, reason = "events are far fewer than 2^52")]
fn counts(first: Date, step: Step, dyad: Option<(String, String)>, tally: &Tally) -> Counts {
    Counts {
        first,
        last: step.last(first),
        dyad,
        events: tally.events,
        incidents: tally.incidents,
        deaths_min: tally.deaths_min,
        deaths_max: tally.deaths_max,
        deaths_open: tally.deaths_open,
        mean_score: (tally.events > 0).then(|| tally.score / tally.events as f64),
    }
}

impl Step {
    /// Returns the first day of the stretch that a day lies in.
    fn first(self, day: Date) -> Date {
        match self {
            Self::Day => day,
            Self::Week => {
                let since_monday = i64::from(day.weekday().to_monday_zero_offset());
                day.checked_sub(Span::new().days(since_monday)).unwrap_or(day)
            }
            Self::Month => day.first_of_month(),
        }
    }

    /// Returns the last day of the stretch that begins on a day.
    fn last(self, first: Date) -> Date {
        match self {
            Self::Day => first,
            Self::Week => first.checked_add(Span::new().days(6)).unwrap_or(first),
            Self::Month => first.last_of_month(),
        }
    }

    /// Returns the first days of all stretches from one to another.
    fn between(self, from: Date, to: Date) -> Vec<Date> {
        let mut firsts = Vec::new();
        let mut first = from;
        while first <= to {
            firsts.push(first);
            match self.last(first).tomorrow() {
                Ok(next) => first = next,
                Err(_) => break,
            }
        }
        firsts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn stretches_follow_the_calendar() {
        assert_eq!(Step::Week.first(day("2026-03-01")), day("2026-02-23"));
        assert_eq!(Step::Week.first(day("2026-03-02")), day("2026-03-02"));
        assert_eq!(Step::Month.last(day("2024-02-01")), day("2024-02-29"));
        let months = Step::Month.between(day("2025-12-01"), day("2026-02-01"));
        assert_eq!(months, ["2025-12-01", "2026-01-01", "2026-02-01"].map(day));
    }

    #[test]
    fn a_query_bounds_its_series() {
        let bounds = |text: &str| bounds(&Query::parse(text).unwrap()).to_string();
        assert_eq!(bounds("since:2021 until:2021-06"), "2021-01-01..2021-06-30");
        assert_eq!(bounds("date:2021-02,2021-05"), "2021-02-01..2021-05-31");
        assert_eq!(bounds("date:2021-02..,2021-01"), "2021-01-01..");
        assert_eq!(bounds("-since:2021"), "..");
    }
}
