//! Times of day around a date: "at 16:00 UTC on Monday", "Friday night", "the early hours of Sunday".
//!
//! They belong to the date's words and do not change its day: the gold annotations give "Monday night" one day.

use super::reader::Reader;

/// The parts of a day.
const DAY_PARTS: &[&str] =
    &["morning", "afternoon", "evening", "night", "midnight", "noon", "dawn", "dusk", "midday", "lunchtime"];

impl Reader<'_> {
    /// Returns the word after a time of day at `i` that a date may follow.
    pub(super) fn time_before(&self, i: usize) -> Option<usize> {
        let at = self.skip(i, &["at", "around", "about"]);
        let time = self.clock(at).or_else(|| self.is(at, &["noon", "midnight", "dawn"]).then_some(at + 1));
        if let Some(next) = time {
            return Some(self.skip(self.skip(next, &[","]), &["on"]));
        }
        let the = self.skip(i, &["the"]);
        let adjective = self.skip(the, &["early", "late", "small", "predawn", "pre-dawn"]);
        if (self.is(adjective, DAY_PARTS) || self.is(adjective, &["hours"]) && adjective > the)
            && self.is(adjective + 1, &["of", "on"])
        {
            return Some(adjective + 2);
        }
        if self.is(i, &["late", "early"]) {
            return Some(self.skip(i + 1, &["on"]));
        }
        if self.is(i, &["before", "after"]) && self.is(i + 1, DAY_PARTS) {
            return Some(self.skip(i + 2, &["on"]));
        }
        None
    }

    /// Returns the word after a time of day that follows a date; `i` where none does.
    pub(super) fn time_after(&self, i: usize) -> usize {
        let at = self.skip(i, &["early", "late"]);
        if self.is(at, DAY_PARTS) {
            return at + 1;
        }
        let at = self.skip(self.skip(i, &[","]), &["at", "around", "about"]);
        let at = if at > i { self.skip(at, &["around", "about"]) } else { at };
        if at > i {
            if let Some(next) = self.clock(at) {
                return next;
            }
            if self.is(at, DAY_PARTS) && self.word(at - 1) == "at" {
                return at + 1;
            }
        }
        i
    }

    /// Returns the word after a clock time at `i`: "16:00 UTC", "5am", "8 p.m.", "03:30 local time (20:30 GMT)".
    pub(super) fn clock(&self, i: usize) -> Option<usize> {
        let hour = self.plain_number(i).filter(|h| (0..=24).contains(h) && self.word(i).len() <= 2);
        let military =
            self.word(i).len() == 4 && self.plain_number(i).is_some_and(|t| t / 100 < 24 && t % 100 < 60);
        let mut next = i + 1;
        let mut told = false;
        if hour.is_some()
            && self.is(next, &[":"])
            && self.glued(next)
            && self.digits(next + 1)
            && self.glued(next + 1)
        {
            next += 2;
            told = true;
        } else if self.digits(i) && self.word(i).contains('.') {
            // "5.30pm"
            let (h, m) = self.word(i).split_once('.')?;
            let fits = |text: &str, below: u32| text.parse::<u32>().is_ok_and(|n| n < below);
            if !(fits(h, 24) && m.len() == 2 && fits(m, 60)) {
                return None;
            }
        } else if hour.is_none() && !military {
            return None;
        }
        // "8 p.m." ends with a point of its own.
        if self.is(next, &["am", "pm"]) {
            (next, told) = (next + 1, true);
        } else if self.is(next, &["a", "p"])
            && self.is(next + 1, &["."])
            && self.is(next + 2, &["m"])
            && self.glued(next + 2)
        {
            next += 3;
            if self.is(next, &["."]) {
                next += 1;
            }
            told = true;
        } else if self.is(next, &["o"]) && self.is(next + 1, &["'"]) && self.is(next + 2, &["clock"]) {
            (next, told) = (next + 3, true);
        }
        let zones: &[&[&str]] = &[
            &["utc"],
            &["gmt"],
            &["local", "time"],
            &["est"],
            &["edt"],
            &["et"],
            &["cet"],
            &["hours"],
            &["local"],
        ];
        if let Some(after) = self.any(next, zones) {
            // "24 hours" is a length, "1600 hours" a time.
            if told || military || !self.is(next, &["hours", "local"]) {
                (next, told) = (after, true);
            }
        }
        if told
            && self.is(next, &["("])
            && let Some(after) = self.clock(next + 1).filter(|after| self.is(*after, &[")"]))
        {
            next = after + 1;
        }
        told.then_some(next)
    }
}
