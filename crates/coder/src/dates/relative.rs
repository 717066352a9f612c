//! Dates that count from the publication: "on Tuesday", "last night", "two weeks ago", "in recent days".

use super::calendar::weekday;
use super::meaning::{Meaning, Shift, Unit, Which};
use super::named::weekday_in_name;
use super::reader::{Read, Reader};
use crate::numbers::cardinal::ordinal;
use jiff::civil::Weekday;

impl Reader<'_> {
    /// Reads a date that counts from the publication.
    pub(super) fn relative(&self, i: usize) -> Read<Meaning> {
        [
            self.weekday(i),
            self.day_word(i),
            self.weekend(i),
            self.calendar_unit(i),
            self.ago(i),
            self.stretch(i),
            self.day_hours_to(i),
            self.nth_running(i),
            self.time_given(i),
        ]
        .into_iter()
        .flatten()
        .max_by_key(|(_, next)| *next)
    }

    /// Returns a weekday name that is no part of another name, with the point of a short form.
    pub(super) fn weekday_name(&self, i: usize) -> Read<Weekday> {
        let day = weekday(self.word(i)).filter(|_| self.capital(i) && !weekday_in_name(*self, i))?;
        let short = !self.word(i).ends_with("day");
        let point = short && self.is(i + 1, &["."]) && self.glued(i + 1);
        // "Mon", "Wed" and the like need the point: they are names and words too.
        if short && !point && !matches!(self.word(i), "tues" | "weds" | "thurs") {
            return None;
        }
        Some((day, if point { i + 2 } else { i + 1 }))
    }

    fn weekday(&self, i: usize) -> Read<Meaning> {
        let turned = self.is(i, &["last", "next", "this"]);
        // "Last week Thursday", as papers of Africa and Asia have it.
        if turned
            && self.is(i + 1, &["week"])
            && let Some((weekday, next)) = self.weekday_name(self.skip(i + 2, &["on"]))
        {
            let weeks = match self.which(i) {
                Which::Last => -1,
                Which::Next => 1,
                _ => 0,
            };
            return Some((Meaning::InWeek { weekday, weeks }, next));
        }
        let at = if turned {
            i + 1
        } else if self.is(i, &["this", "the"]) && self.is(i + 1, &["past", "coming", "previous"]) {
            i + 2
        } else {
            i
        };
        let (weekday, next) = self.weekday_name(at)?;
        let of = self.skip(next, &["of", ","]);
        for (words, weeks) in [(&["last", "week"], -1), (&["next", "week"], 1), (&["this", "week"], 0)] {
            if self.all(of, words) {
                return Some((Meaning::InWeek { weekday, weeks }, of + 2));
            }
        }
        // "On Tuesday week" is the Tuesday after the next one.
        if self.is(next, &["week"]) && self.before(i, 1) == "on" {
            let from = Meaning::Weekday { weekday, which: Which::Next };
            return Some((weeks_from(1, from), next + 1));
        }
        let which = if turned { self.which(i) } else { Which::Unsaid };
        Some((Meaning::Weekday { weekday, which }, next))
    }

    /// "today", "yesterday evening", "last night", "overnight", "this morning", "the day before yesterday".
    fn day_word(&self, i: usize) -> Read<Meaning> {
        let phrases: &[(&[&str], i32, i32)] = &[
            (&["today"], 0, 0),
            (&["tonight"], 0, 0),
            (&["this", "morning"], 0, 0),
            (&["this", "afternoon"], 0, 0),
            (&["this", "evening"], 0, 0),
            (&["earlier", "today"], 0, 0),
            (&["later", "today"], 0, 0),
            (&["yesterday"], -1, -1),
            (&["tomorrow"], 1, 1),
            (&["the", "day", "before", "yesterday"], -2, -2),
            (&["day", "before", "yesterday"], -2, -2),
            (&["the", "day", "after", "tomorrow"], 2, 2),
            // Both days that the night touches, in the gold annotations.
            (&["last", "night"], -1, 0),
            (&["overnight"], -1, 0),
            (&["nighttime"], -1, 0),
            (&["night", "-", "time"], -1, 0),
            (&["last", "evening"], -1, -1),
        ];
        let (words, from, to) =
            phrases.iter().filter(|(w, ..)| self.all(i, w)).max_by_key(|(w, ..)| w.len())?;
        // USA Today and Russia Today are publishers.
        if self.word(i) == "today" && self.capital(i) && i > 0 && self.capital(i - 1) && self.letters(i - 1) {
            return None;
        }
        Some((Meaning::Days { from: *from, to: *to }, i + words.len()))
    }

    fn weekend(&self, i: usize) -> Read<Meaning> {
        let (which, at) = match self.word(i) {
            "last" => (Which::Last, i + 1),
            "next" => (Which::Next, i + 1),
            "this" => (Which::Unsaid, self.skip(i + 1, &["past", "coming"])),
            "the" => (Which::Unsaid, self.skip(i + 1, &["past", "last", "coming"])),
            _ => (Which::Unsaid, i),
        };
        let prepared = at > i || matches!(self.before(i, 1), "over" | "at" | "during" | "on");
        (self.word(at) == "weekend" && prepared).then_some((Meaning::Weekend(which), at + 1))
    }

    /// "last week", "this year", "the next month", "the past year" as a calendar unit where no number is given.
    fn calendar_unit(&self, i: usize) -> Read<Meaning> {
        let n = match self.word(i) {
            "last" => -1,
            "next" => 1,
            "this" => 0,
            _ => return None,
        };
        // "over the last year" and "in the next week" are stretches; "on 3 March last year" is read with the day.
        if matches!(self.before(i, 1), "the") {
            return None;
        }
        let unit = match self.word(i + 1) {
            "week" => Unit::Week,
            "month" => Unit::Month,
            "year" => Unit::Year,
            "decade" => Unit::Decade,
            _ => return None,
        };
        Some((Meaning::Calendar { unit, n }, i + 2))
    }

    /// "three days ago", "a week ago", "in three days", "two weeks from now".
    fn ago(&self, i: usize) -> Read<Meaning> {
        if self.all(i, &["half", "a", "year", "ago"]) {
            return Some((Meaning::Ago { n: -6, unit: Unit::Month }, i + 4));
        }
        let about =
            self.any(i, &[&["more", "than"], &["less", "than"], &["at", "least"]]).unwrap_or_else(|| {
                self.skip(i, &["about", "around", "nearly", "almost", "some", "just", "over", "exactly"])
            });
        if let Some(((n, unit), after)) = self.length(about) {
            // "A week ago on Sunday" counts from the last Sunday.
            if unit == Unit::Week
                && self.is(after, &["ago"])
                && let Some((weekday, end)) = self.weekday_name(self.skip(after + 1, &["on"]))
            {
                let from = Meaning::Weekday { weekday, which: Which::Unsaid };
                return Some((weeks_from(-n, from), end));
            }
            // "About two weeks ago" is some day around that day.
            if unit == Unit::Week && about > i && self.is(after, &["ago"]) {
                return Some((Meaning::Days { from: -7 * n - 3, to: 3 - 7 * n }, after + 1));
            }
            if self.is(after, &["ago"]) {
                // "Exactly two years ago" and "two years ago today" are days; rare, and left as years.
                return Some((Meaning::Ago { n: -n, unit }, after + 1));
            }
            // "It is seven weeks since the raid" dates the raid.
            if self.is(after, &["since"]) && matches!(self.before(i, 1), "is" | "been" | "s") {
                return Some((Meaning::Ago { n: -n, unit }, after + 1));
            }
            if self.all(after, &["from", "now"]) {
                return Some((Meaning::Ago { n, unit }, after + 2));
            }
        }
        // "Weeks ago", "just days ago": a few of them.
        let (from, to) = match self.word(about) {
            "days" => (-6, -1),
            "weeks" => (-35, -7),
            "months" => (-180, -30),
            _ => (0, 0),
        };
        if from < 0 && self.is(about + 1, &["ago"]) {
            return Some((Meaning::Days { from, to }, about + 2));
        }
        // "in three days" looks ahead; "in two weeks of fighting" looks back and is no date.
        if self.is(i, &["in"]) {
            let (n, next) = self.amount(i + 1)?;
            let time = self.unit(next)?;
            // "In two weeks' time"
            let mark = if self.is(next + 1, &["'"]) { self.skip(next + 2, &["s"]) } else { next + 1 };
            let end = self.skip(mark, &["time"]);
            if mark > next + 1 && end == mark || matches!(time, Unit::Hour) {
                return None;
            }
            // "In a week" needs an end: "the third in a week of raids" has none.
            let open = self.is(i + 1, &["a", "an"]) && end == next + 1 && self.letters(end);
            return (!open && !self.is(end, &["of"])).then_some((Meaning::In { n, unit: time }, end));
        }
        None
    }

    /// "in the past two weeks", "over the last 24 hours", "in recent days", "within the next 48 hours", "within a
    /// week", "in the coming days".
    fn stretch(&self, i: usize) -> Read<Meaning> {
        let prepared = self.is(i, &["in", "over", "during", "within", "for", "throughout"]);
        let at = if prepared { i + 1 } else { i };
        if self.is(at, &["recent"]) {
            // A month covers "recent weeks" in the gold annotations; three days "the past few days".
            let (n, unit) = match self.word(at + 1) {
                "hours" => (-24, Unit::Hour),
                "days" => (-3, Unit::Day),
                "weeks" => (-1, Unit::Month),
                "months" => (-3, Unit::Month),
                "years" | "decades" | "times" => return Some((Meaning::Vague, at + 2)),
                _ => return None,
            };
            return Some((Meaning::Stretch { n, unit }, at + 2));
        }
        let the = self.skip(at, &["the", "these"]);
        let sign = match self.word(the) {
            "past" | "last" | "previous" | "preceding" => -1,
            "next" | "coming" | "following" => 1,
            _ => 0,
        };
        if sign != 0 && the > at {
            let (n, next) = match self.amount(the + 1) {
                Some(read) => read,
                // "In the coming days": within a week.
                None if self.is(the + 1, &["days"]) => (if sign > 0 { 7 } else { 3 }, the + 1),
                None if self.is(the + 1, &["weeks", "months", "hours"]) => (4, the + 1),
                // "For the following day" counts from what is told.
                None if self.is(the, &["following", "preceding", "previous"]) => return None,
                None => (1, the + 1),
            };
            let ((n, unit), end) = self.units(n, next)?;
            // "The last week of May" and "on the last day of talks" count from what they name.
            if self.before(i, 1) == "on" || self.is(end, &["of"]) && self.absolute(end + 1).is_some() {
                return None;
            }
            let hours_of_a_day = unit == Unit::Hour && n < 24;
            let n = if hours_of_a_day { 24 } else { n };
            return Some((Meaning::Stretch { n: sign * n, unit }, end));
        }
        // "Two years of fighting", "after two years of fighting": up to now.
        let after = self.skip(i, &["after"]);
        let about = self.any(after, &[&["more", "than"], &["less", "than"]]).unwrap_or(after);
        let about = self.skip(about, &["about", "around", "nearly", "almost", "over", "some"]);
        if let Some(((n, unit), next)) = self.length(about)
            && unit != Unit::Hour
            && self.is(next, &["of"])
            && (after > i || n > 1)
        {
            return Some((Meaning::Stretch { n: -n, unit }, next));
        }
        if self.is(i, &["within"]) {
            let (n, next) = self.amount(i + 1)?;
            let unit = self.unit(next)?;
            // "Within hours of the attack" counts from the attack.
            return (!self.is(next + 1, &["of", "after"]))
                .then_some((Meaning::Stretch { n, unit }, next + 1));
        }
        None
    }

    /// "for the second consecutive day", "for a third night": from the first of them on.
    fn nth_running(&self, i: usize) -> Read<Meaning> {
        if !self.is(i, &["for"]) {
            return None;
        }
        let the = self.skip(i + 1, &["a", "the"]);
        let (nth, next) = ordinal(self.words(), the)?;
        let running = self.skip(next, &["consecutive", "straight", "successive", "full"]);
        let unit = self.unit(running).filter(|u| matches!(u, Unit::Day | Unit::Week | Unit::Month))?;
        let n = i32::try_from(nth).ok()?;
        (n > 1 && !self.is(running + 1, &["'", "-"]))
            .then_some((Meaning::Stretch { n: 1 - n, unit }, running + 1))
    }

    /// "gave the mutineers 72 hours to free the two", "given 24 hours to withdraw".
    fn time_given(&self, i: usize) -> Read<Meaning> {
        // An amount that begins before word `i` was read there.
        let given = |back: usize| {
            let word = self.before(i, back);
            matches!(
                word,
                "give"
                    | "gives"
                    | "gave"
                    | "given"
                    | "giving"
                    | "grants"
                    | "granted"
                    | "ultimatum"
                    | "deadline"
            )
        };
        let (n, next) = self.amount(i)?;
        let unit = self.unit(next)?;
        let verb = self.is(next + 1, &["to"]) && self.letters(next + 2) && !self.capital(next + 2);
        // Eight words take in a longer object ("gave Hamas and all armed groups in the strip 90 days to").
        (verb && (1..=12).any(given)).then_some((Meaning::Stretch { n, unit }, next + 1))
    }

    /// "the 24 hours to Sunday": that day and the one before; "the year to June": twelve months.
    fn day_hours_to(&self, i: usize) -> Read<Meaning> {
        let the = self.skip(i, &["the"]);
        let (n, next) = if self.is(the, &["week", "month", "year"]) { (1, the) } else { self.amount(the)? };
        let unit = self.unit(next)?;
        if !self.is(next + 1, &["to", "until", "before", "ending", "through"]) || the == i {
            return None;
        }
        let to = self.skip(next + 2, &["on"]);
        let (end, after) =
            [self.absolute(to), self.weekday(to)].into_iter().flatten().max_by_key(|(_, n)| *n)?;
        // "The 24 hours to Sunday" touch the day before; "the three days", "the week" and "the year" end on it.
        let (n, unit) = match (unit, &end) {
            (Unit::Month, Meaning::Months { .. }) => (1 - n, Unit::Month),
            (Unit::Year, Meaning::Months { .. }) => (1 - 12 * n, Unit::Month),
            (Unit::Hour, _) => (-(n / 24), Unit::Day),
            (Unit::Week, _) => (1 - 7 * n, Unit::Day),
            (Unit::Month, _) => (1 - 30 * n, Unit::Day),
            (Unit::Year, _) => (1 - 365 * n, Unit::Day),
            _ => (1 - n, Unit::Day),
        };
        let start = Meaning::Shifted { shift: Shift::By { n, unit }, from: Box::new(end.clone()) };
        Some((Meaning::Range(Box::new(start), Box::new(end)), after))
    }
}

/// Returns the day so many weeks on from another one, or before it where negative.
fn weeks_from(weeks: i32, from: Meaning) -> Meaning {
    Meaning::Shifted { shift: Shift::By { n: weeks, unit: Unit::Week }, from: Box::new(from) }
}
