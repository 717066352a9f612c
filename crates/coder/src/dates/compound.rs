//! Expressions made of others: "since April", "from May to July", "early March", "two days after 3 May".

use super::meaning::{Meaning, Part, Shift, Unit};
use super::reader::{Read, Reader};
use super::{TimeKind, calendar};
use crate::numbers::cardinal::ordinal;
use crate::numbers::word::WordList;
use jiff::civil::Weekday;

/// Words that may stand between "since" and its date: "since the neighbour launched its full-scale invasion of the north
/// in May" has eleven.
const SINCE_REACH: usize = 12;

/// Words other than numbers that a date expression may begin with.
static BEGINNINGS: WordList = WordList::new(
    "' a about after afternoon all almost an apr april armistice around ash at aug august autumn bastille before \
     beginning between boxing by christmas couple dawn day days dec december during dusk each earlier early \
     easter eid eighties end evening ever every exactly fall feb february few fifties final financial first \
     fiscal for fortnight fortnights fri friday from good half holy hours human in international jan january jul \
     july jun june just last late later less lunchtime mar march maundy may mere mid midday middle midnight \
     minutes moments mon monday months more morning nearly new next night nighttime nineties no noon not nov \
     november oct october on only over overnight palm past predawn ramadan ramadhan recent sat saturday sep sept \
     september seventies several since sixties small some spring start summer sun sunday that the these thirtieth \
     this through throughout thu thur thurs thursday till today tomorrow tonight tue tues tuesday under until up \
     valentine wed wednesday weds weekend weeks whit winter within \
     yesterday",
);

/// Those of them that say nothing of time by themselves.
static PREPARING: WordList = WordList::new(
    "' a about after all an around at before between by for from in no not on over some that the this through under up",
);
/// Words after one of those within which a word of time follows: "by at least the middle of the".
const PREPARED: usize = 6;

impl Reader<'_> {
    /// Tells whether a date expression may begin at word `i`; most words of a text are spared the reading.
    pub(super) fn may_begin(&self, i: usize) -> bool {
        let prepares = self.words().get(i).is_some_and(|word| PREPARING.has(&word.lower));
        if prepares { (i + 1..=i + PREPARED).any(|n| self.is_of_time(n)) } else { self.is_of_time(i) }
    }

    /// Tells whether a word may say something of time.
    fn is_of_time(&self, i: usize) -> bool {
        let Some(word) = self.words().get(i) else { return false };
        let number = word.is_digits() || word.small.is_some() || word.nth.is_some();
        let quarter = || word.lower.starts_with('q') || word.lower.starts_with("fy");
        number
            || self.unit(i).is_some()
            || quarter()
            || BEGINNINGS.has(&word.lower) && !PREPARING.has(&word.lower)
    }

    /// Reads the longest expression that begins at word `i`.
    pub(super) fn expression(&self, i: usize) -> Read<Meaning> {
        let anchored = self.anchored(i);
        [
            self.since(i),
            self.every_since(i),
            self.until(i),
            self.between(i),
            self.lasting_from(i),
            self.shifted(anchored.as_ref()),
            self.dated(i),
            self.relative(i),
            anchored,
        ]
        .into_iter()
        .flatten()
        .max_by_key(|(_, next)| *next)
    }

    /// Reads a date with what belongs to it: a time of day, a part of a month, a weekday before a date.
    fn dated(&self, i: usize) -> Read<Meaning> {
        let plain = self.plain(i);
        let joined = self.one_to_other(i, plain.as_ref());
        // "The night of 2 May to 3 May".
        let nights = self.timed(i).and_then(|day| self.one_to_other(i, Some(&day)));
        [self.one_from(i, plain), joined, nights].into_iter().flatten().max_by_key(|(_, next)| *next)
    }

    /// Reads a day behind a time of it: "the night of 2 May".
    fn timed(&self, i: usize) -> Read<Meaning> {
        self.time_before(i).and_then(|at| self.plain(at).filter(|(m, _)| is_day(m)))
    }

    /// Reads one date.
    fn one(&self, i: usize) -> Read<Meaning> {
        self.one_from(i, self.plain(i))
    }

    /// Reads one date, of which what [`plain`](Self::plain) says is known.
    fn one_from(&self, i: usize, simple: Read<Meaning>) -> Read<Meaning> {
        [simple, self.timed(i), self.part(i), self.overnight(i)]
            .into_iter()
            .flatten()
            .max_by_key(|(_, next)| *next)
    }

    /// Reads a date without what may stand before it.
    fn plain(&self, i: usize) -> Read<Meaning> {
        let (meaning, next) =
            [self.absolute(i), self.relative(i)].into_iter().flatten().max_by_key(|(_, n)| *n)?;
        if !is_day(&meaning) {
            return Some((meaning, next));
        }
        let next = self.time_after(next);
        if matches!(meaning, Meaning::Weekday { .. }) {
            // "Sunday, June 27", "Sunday (27 June)", "Sunday 27 June": the date says it better.
            let open = self.skip(self.skip(next, &[",", "("]), &["the"]);
            if let Some((date, after)) = self.absolute(open).filter(|(m, _)| matches!(m, Meaning::Day { .. }))
            {
                let closed =
                    if self.is(open.wrapping_sub(1), &["("]) { self.skip(after, &[")"]) } else { after };
                return Some((date, self.time_after(closed)));
            }
            // "Tuesday the 3rd"
            if let Some(day) = self.nth_of_month(open).filter(|_| self.is(open - 1, &["the"])) {
                return Some(day);
            }
        }
        Some((meaning, next))
    }

    /// "overnight from Monday to Tuesday", "overnight on Sunday", "overnight into Friday".
    fn overnight(&self, i: usize) -> Read<Meaning> {
        if !self.is(i, &["overnight"]) {
            return None;
        }
        if self.is(i + 1, &["from", "between"]) {
            return self.between(i + 1);
        }
        let at = self.skip(i + 1, &["on", "into", "to"]);
        let (day, next) = self.plain(at).filter(|(m, _)| is_day(m))?;
        let shift =
            Shift::By { n: if self.is(i + 1, &["on"]) || at == i + 1 { 0 } else { -1 }, unit: Unit::Day };
        let start = Meaning::Shifted { shift, from: Box::new(day.clone()) };
        if at == i + 1 || self.is(i + 1, &["on"]) {
            // A night that is called after its day begins on it.
            return Some((day, next));
        }
        Some((Meaning::Range(Box::new(start), Box::new(day)), next))
    }

    /// "early March", "mid-2024", "late last year", "earlier in June", "earlier this month", "the end of May", "the
    /// second week of February".
    fn part(&self, i: usize) -> Read<Meaning> {
        let the = self.skip(i, &["the"]);
        let (part, at) = match self.word(the) {
            "early" => (Part::Early, the + 1),
            "late" => (Part::Late, the + 1),
            "mid" => (Part::Mid, self.skip(the + 1, &["-"])),
            "middle" if self.is(the + 1, &["of"]) => (Part::Mid, the + 2),
            "earlier" => (Part::Earlier, self.skip(the + 1, &["in"])),
            "later" => (Part::Later, self.skip(the + 1, &["in"])),
            "end" if self.is(the + 1, &["of"]) => (Part::Late, the + 2),
            "beginning" | "start" if self.is(the + 1, &["of"]) => (Part::Early, the + 2),
            _ => return self.nth_week(the),
        };
        let at = self.skip(self.skip(at, &["in", "-"]), &["the"]);
        let at = if self.is(at, &["of"]) { at + 1 } else { at };
        if self.is(at, &["month", "year", "week"]) && self.is(at.wrapping_sub(1), &["the"]) {
            let unit = calendar::unit(self.word(at))?;
            return Some((Meaning::Part { part, of: Box::new(Meaning::Calendar { unit, n: 0 }) }, at + 1));
        }
        // "Earlier on Tuesday" is Tuesday.
        let at = self.skip(at, &["on"]);
        let (of, next) = self.plain(at)?;
        if matches!(
            of,
            Meaning::Until(_)
                | Meaning::Since(_)
                | Meaning::Stretch { .. }
                | Meaning::Ago { .. }
                | Meaning::Range(..)
        ) {
            return None;
        }
        Some((Meaning::Part { part, of: Box::new(of) }, next))
    }

    /// "first week of April", "last week of May", "last day of May", "first half of June".
    fn nth_week(&self, the: usize) -> Read<Meaning> {
        let (n, next) = match ordinal(self.words(), the) {
            Some((n, next)) => (u8::try_from(n).ok().filter(|n| *n <= 5)?, next),
            None if self.is(the, &["last", "final"]) => (0, the + 1),
            None => return None,
        };
        // "the last Sunday of May", "the first weekend of May"
        let weekday = if self.is(next, &["weekend"]) {
            Some((Weekday::Saturday, 2, next + 1))
        } else {
            self.weekday_name(next).map(|(weekday, after)| (weekday, 1, after))
        };
        if let Some((weekday, n_days, joint)) = weekday.filter(|(.., joint)| self.is(*joint, &["of", "in"])) {
            let (of, after) = self.absolute(joint + 1)?;
            let nth = if n == 0 { -1 } else { i8::try_from(n).ok()? };
            return Some((Meaning::NthWeekday { nth, weekday, n_days, of: Box::new(of) }, after));
        }
        if !(self.is(next, &["week", "day", "days", "half"]) && self.is(next + 1, &["of", "in"])) {
            return None;
        }
        let (of, after) = self.absolute(next + 2)?;
        let part = match (n, self.word(next)) {
            (0, "day") => Part::LastDay,
            (1, "day") => Part::FirstDay,
            (1 | 2, "half") if matches!(of, Meaning::Months { .. }) => Part::Half(n),
            (_, "day" | "half") => return None,
            (0, _) => Part::Late,
            (_, "days") => Part::Early,
            (n, _) => Part::NthWeek(n),
        };
        Some((Meaning::Part { part, of: Box::new(of) }, after))
    }

    /// "since April", "since the beginning of the year", "since last week".
    fn since(&self, i: usize) -> Read<Meaning> {
        let at = match self.word(i) {
            "since" => i + 1,
            "ever" if self.is(i + 1, &["since"]) => i + 2,
            _ => return None,
        };
        let at = self.skip(at, &["at", "around", "about", "on"]);
        let at = self.any(at, &[&["at", "least"], &["least"]]).unwrap_or(at);
        if let Some((of, next)) = self.one(at) {
            return Some((Meaning::Since(Box::new(of)), next));
        }
        // "since the agreed ceasefire on 19 January", "since the war began in 2023", "since the 2023 coup": the
        // date stands a few words on, in the same clause.
        for date in at + 1..at + 1 + SINCE_REACH {
            if !self.letters(date - 1) && !self.is(date - 1, &["-", "'"])
                || self.is(date - 1, &["when", "which", "who"])
            {
                return None;
            }
            let prepared = self.is(date - 1, &["on", "in", "of", "from", "the", "its", "a", "his"]);
            if let Some((of, next)) = self.one(date).filter(|(m, _)| {
                prepared && (is_day(m) || matches!(m, Meaning::Months { .. } | Meaning::Years { .. }))
            }) {
                return Some((Meaning::Since(Box::new(of)), next));
            }
        }
        None
    }

    /// "every Friday since March": from the first of them on.
    fn every_since(&self, i: usize) -> Read<Meaning> {
        let (_, next) = self.weekday_name(i + 1).filter(|_| self.is(i, &["every", "each"]))?;
        self.since(next)
    }

    /// "until Friday", "by Sunday", "no later than 5 May", "by the end of the month".
    fn until(&self, i: usize) -> Read<Meaning> {
        let by = self.is(i, &["by"]);
        let at = if self.is(i, &["until", "till", "through", "by"]) {
            i + 1
        } else {
            self.any(i, &[&["no", "later", "than"], &["up", "to"], &["up", "until"]])?
        };
        let at =
            self.any(at, &[&["at", "least"]]).unwrap_or_else(|| self.skip(at, &["at", "around", "about"]));
        let (of, next) = self.one(at)?;
        let of = match of {
            Meaning::Part { part: Part::Late, of } if self.is(self.skip(at, &["the"]), &["end"]) => {
                Meaning::Part { part: Part::LastDay, of }
            }
            Meaning::Part { part: Part::Early, of }
                if self.is(self.skip(at, &["the"]), &["start", "beginning"]) =>
            {
                Meaning::Part { part: Part::FirstDay, of }
            }
            of => of,
        };
        // "By 2015 the group had …" tells of a state, "by 2030" of a goal: both end there. "By day" words are past.
        let nothing = matches!(of, Meaning::Since(_) | Meaning::Until(_) | Meaning::Stretch { .. });
        let by_then = by && matches!(of, Meaning::Ago { .. });
        (!nothing && !by_then).then_some((Meaning::Until(Box::new(of)), next))
    }

    /// "from May to July", "between 3 May and 6 June", "from 2005 until 2010".
    fn between(&self, i: usize) -> Read<Meaning> {
        let between = self.is(i, &["between"]);
        if !between && !self.is(i, &["from"]) {
            return None;
        }
        let at = self.skip(i + 1, &["the"]);
        if between {
            // "between 3 and 5 May": read with its day.
            if let Some((meaning, next)) = self.absolute(at).filter(|(m, _)| matches!(m, Meaning::Range(..)))
            {
                return Some((meaning, next));
            }
        }
        if let Some((meaning, next)) = self.one(at).filter(|(m, _)| matches!(m, Meaning::Range(..))) {
            return Some((meaning, next));
        }
        let (a, next) = self.one(at)?;
        if !between && self.is(next, &["onward", "onwards"]) {
            return Some((Meaning::Since(Box::new(a)), next + 1));
        }
        let to = if between { self.is(next, &["and"]).then_some(next + 1) } else { self.to(next, false) }?;
        if self.is(to, &["now", "present", "date"]) || self.all(to, &["the", "present"]) {
            let end = if self.is(to, &["the"]) { to + 2 } else { to + 1 };
            return Some((Meaning::Since(Box::new(a)), end));
        }
        let (b, end) = self.one(to)?;
        joinable(&a, &b).then(|| (Meaning::Range(Box::new(a), Box::new(b)), end))
    }

    /// "May to July 2024", "28 June - 2 July", "2005-2010", "Monday to Wednesday"; also neighbours joined by "and":
    /// "November and December", "Saturday and Sunday".
    fn one_to_other(&self, i: usize, plain: Option<&(Meaning, usize)>) -> Read<Meaning> {
        let late = self.skip(i, &["late", "early"]);
        let (a, next) = if late > i { self.plain(self.skip(late, &["on"]))? } else { plain.cloned()? };
        // "late Thursday into Friday"
        if self.is(next, &["into"]) && is_day(&a) {
            let (b, end) = self.plain(next + 1).filter(|(m, _)| is_day(m))?;
            return Some((Meaning::Range(Box::new(a), Box::new(b)), end));
        }
        if late > i && !is_day(&a) {
            return None;
        }
        let to = self.to(next, true)?;
        let and = self.is(next, &["and", "or", "&", "/"]);
        let again = and && self.is(to, &["again", "then"]);
        let to = self.skip(self.skip(to, &["again", "then"]), &["late", "early"]);
        let to = self.skip(to, &["on"]);
        // A dash with spaces around it sets off a thought: "on Monday - Tuesday's vote".
        if self.is(next, &["-"]) && self.glued(next) != self.glued(to) {
            return None;
        }
        let (b, end) = self.plain(to)?;
        let fits = match (&a, &b) {
            // Of years and of unlike things "and" makes two.
            (Meaning::Months { n: 1, first, .. }, Meaning::Months { n: 1, first: second, .. }) => {
                !and || (second - first).rem_euclid(12) == 1
            }
            (Meaning::Weekday { weekday: first, .. }, Meaning::Weekday { weekday: second, .. }) => {
                !and || again || first.until(*second) == 1
            }
            (Meaning::Day { .. }, Meaning::Day { .. }) => !and,
            _ => !and && joinable(&a, &b),
        };
        fits.then(|| (Meaning::Range(Box::new(a), Box::new(b)), end))
    }

    /// "30 days from Christmas Eve", "for three days from Monday", "for a week starting on 3 May".
    fn lasting_from(&self, i: usize) -> Read<Meaning> {
        let at = self.skip(i, &["for"]);
        let (n, next) = self.amount(at)?;
        let unit = self.unit(next)?;
        if !self.is(next + 1, &["from", "starting", "beginning"]) {
            return None;
        }
        let (from, end) = self.one(self.skip(next + 2, &["on", "from"]))?;
        is_day(&from).then(|| (Meaning::Lasting { n, unit, from: Box::new(from) }, end))
    }

    /// "two days after 3 May", "a day before Sunday's vote", "the day after Christmas Day".
    fn shifted(&self, anchored: Option<&(Meaning, usize)>) -> Read<Meaning> {
        let &(Meaning::Anchored(shift), next) = anchored? else { return None };
        if !matches!(self.before(next, 1), "after" | "before" | "of") {
            return None;
        }
        let (from, end) = self.one(self.skip(next, &["the"]))?;
        let placed = matches!(from.kind(), TimeKind::Fixed | TimeKind::Relative);
        (placed && is_day(&from)).then(|| (Meaning::Shifted { shift, from: Box::new(from) }, end))
    }
}

/// Tells whether the meaning is one day or night, to which a time of day may belong.
fn is_day(meaning: &Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Day { .. }
            | Meaning::DayOfMonth(_)
            | Meaning::Weekday { .. }
            | Meaning::InWeek { .. }
            | Meaning::Easter { .. }
            | Meaning::Days { .. }
    )
}

/// Tells whether the two can be the ends of one stretch of time.
fn joinable(a: &Meaning, b: &Meaning) -> bool {
    let end = |m: &Meaning| {
        is_day(m)
            || matches!(
                m,
                Meaning::Months { .. }
                    | Meaning::Years { .. }
                    | Meaning::Part { .. }
                    | Meaning::Calendar { .. }
            )
    };
    end(a) && end(b)
}
