//! Dates that count from another event, and lengths of time: "the next day", "two weeks later", "for three days".

use super::meaning::{Meaning, Shift, Unit};
use super::reader::{Read, Reader};

impl Reader<'_> {
    /// Reads a date that counts from another event, or a length of time.
    pub(super) fn anchored(&self, i: usize) -> Read<Meaning> {
        let shift = [self.same_time(i), self.next_time(i), self.amount_after(i), self.vague_after(i)];
        let shift = shift.into_iter().flatten().max_by_key(|(_, next)| *next);
        let read = shift.map(|(shift, next)| (Meaning::Anchored(shift), next));
        [read, self.duration(i)].into_iter().flatten().max_by_key(|(_, next)| *next)
    }

    /// "the same day", "that night", "later that day", "at the same time".
    fn same_time(&self, i: usize) -> Read<Shift> {
        let later = self.skip(i, &["later", "earlier", "early", "late"]);
        let at = if self.all(later, &["the", "same"]) {
            later + 2
        } else if self.is(later, &["that"]) {
            self.skip(later + 1, &["same", "very"])
        } else {
            return None;
        };
        let day = self.is(at, &["day", "night", "evening", "morning", "afternoon"]);
        if day {
            return Some((Shift::By { n: 0, unit: Unit::Day }, at + 1));
        }
        let unit = match self.word(at) {
            "week" => Unit::Week,
            "month" => Unit::Month,
            "year" => Unit::Year,
            _ => return None,
        };
        // "That year" covers the year; "the week that followed" is another matter.
        (!self.is(at + 1, &["that", "-"])).then_some((Shift::Calendar { unit, n: 0 }, at + 1))
    }

    /// "the following day", "the next morning", "the previous week", "the day before", "the following Monday".
    fn next_time(&self, i: usize) -> Read<Shift> {
        if self.all(i, &["since", "then"]) {
            return Some((Shift::SinceThen, i + 2));
        }
        let the = self.skip(i, &["the", "a"]);
        let back = |noun: usize| {
            let n = match self.word(noun + 1) {
                "before" | "earlier" => -1,
                "after" | "later" | "afterwards" => 1,
                _ => return None,
            };
            Some((n, noun + 2))
        };
        let n = match self.word(the) {
            "following" | "next" | "subsequent" => 1,
            "previous" | "preceding" | "prior" => -1,
            "day" | "night" if the > i => {
                return back(the).map(|(n, next)| (Shift::By { n, unit: Unit::Day }, next));
            }
            "week" | "month" | "year" if the > i => {
                let unit = self.unit(the)?;
                return back(the).map(|(n, next)| (Shift::By { n, unit }, next));
            }
            _ => return None,
        };
        // "Next week" without an article counts from the publication.
        if the == i {
            return None;
        }
        if let Some((weekday, next)) = self.weekday_name(the + 1) {
            return Some((Shift::Weekday { weekday, after: n > 0 }, next));
        }
        match self.word(the + 1) {
            "day" | "night" | "evening" | "morning" | "afternoon" => {
                Some((Shift::By { n, unit: Unit::Day }, the + 2))
            }
            "week" => Some((Shift::Calendar { unit: Unit::Week, n }, the + 2)),
            "month" => Some((Shift::Calendar { unit: Unit::Month, n }, the + 2)),
            "year" => Some((Shift::Calendar { unit: Unit::Year, n }, the + 2)),
            _ => None,
        }
    }

    /// "three days later", "two weeks after", "a month before", "less than three weeks after".
    fn amount_after(&self, i: usize) -> Read<Shift> {
        let within = self.any(i, &[&["less", "than"], &["within"], &["under"], &["not", "even"]]);
        let at = within.unwrap_or_else(|| {
            self.skip(i, &["about", "around", "nearly", "almost", "just", "some", "only"])
        });
        let (n, next) = self.amount(at)?;
        let unit = self.unit(next)?;
        let sign = match self.word(next + 1) {
            "later" | "after" | "afterwards" | "on" => 1,
            "of" if within.is_some() => 1,
            "before" | "earlier" | "previously" | "prior" => -1,
            _ => return None,
        };
        // "Three days on hunger strike" goes on with a noun; "three days on, …" does not.
        if self.is(next + 1, &["on"]) && self.letters(next + 2) && !self.is(next + 2, &["from"]) {
            return None;
        }
        let days = match unit {
            Unit::Hour => n / 24,
            Unit::Day => n,
            Unit::Week => n.saturating_mul(7),
            Unit::Month => n.saturating_mul(30),
            Unit::Year | Unit::Decade => n.saturating_mul(365),
        };
        let shift = if within.is_some() {
            if sign > 0 {
                Shift::Between { from: 0, to: days }
            } else {
                Shift::Between { from: -days, to: 0 }
            }
        } else if self.is(at, &["few", "several"]) || self.all(at, &["a", "few"]) {
            if sign > 0 {
                Shift::Between { from: days / 2, to: days * 2 }
            } else {
                Shift::Between { from: -days * 2, to: -days / 2 }
            }
        } else {
            Shift::By { n: sign * n, unit }
        };
        Some((shift, next + 2))
    }

    /// "days later", "hours after", "weeks before", "moments later", "within hours of".
    fn vague_after(&self, i: usize) -> Read<Shift> {
        let at = self.skip(i, &["just", "only", "mere", "within"]);
        // From these days on: a few of the unit.
        let (from, to) = match self.word(at) {
            "moments" | "minutes" | "hours" => (0, 0),
            "days" => (1, 6),
            "weeks" => (7, 35),
            "months" => (30, 180),
            _ => return None,
        };
        // "Three days later" is read elsewhere.
        if i > 0 && self.digits(i - 1) || self.small(i.wrapping_sub(1)).is_some() {
            return None;
        }
        match self.word(at + 1) {
            "later" | "after" | "afterwards" => Some((Shift::Between { from, to }, at + 2)),
            "of" if self.is(i, &["within"]) => Some((Shift::Between { from: 0, to }, at + 2)),
            "before" | "earlier" => Some((Shift::Between { from: -to, to: -from }, at + 2)),
            // "Within hours, they had left."
            _ if self.is(i, &["within"]) => Some((Shift::Between { from: 0, to }, at + 1)),
            _ => None,
        }
    }

    /// "for three days", "for nearly a month", "a two-week"; not ages and terms.
    fn duration(&self, i: usize) -> Read<Meaning> {
        if self.is(i, &["for"]) {
            let about = self
                .any(i + 1, &[&["more", "than"], &["less", "than"], &["at", "least"]])
                .unwrap_or_else(|| {
                    self.skip(
                        i + 1,
                        &["about", "around", "nearly", "almost", "over", "some", "another", "up"],
                    )
                });
            let (n, next) = self.amount(about)?;
            let unit = self.unit(next)?;
            return Some((Meaning::Duration { n, unit }, next + 1));
        }
        // "a three-day truce"
        let (n, next) = self.amount(i)?;
        let unit = self.unit(next + 1).filter(|_| self.is(next, &["-"]) && self.glued(next + 1))?;
        let singular = self.is(next + 1, &["day", "week", "month", "year", "hour"]);
        let age = self.is(next + 2, &["-"]) || self.is(next + 2, &["old", "high"]);
        (singular && !age && !self.is(i, &["a", "an"])).then_some((Meaning::Duration { n, unit }, next + 2))
    }
}
