//! Dates by day and month: "28 June 2021", "June 28", "2021-06-28", "in March".

use super::TimeProblem;
use super::calendar::{month, weekday};
use super::meaning::{Meaning, Which};
use super::named;
use super::reader::{Read, Reader};
use crate::numbers::cardinal::ordinal;
use crate::numbers::word::WordList;

/// Words after which a month or year is a time and no name or modal verb.
pub(super) static BEFORE_TIMES: WordList = WordList::new(
    "\
    in since until till by from during of between through throughout before after early mid late to last \
    next this earlier later around for and or on late- beginning starting ending ended began dated via than \
    as circa every each previous",
);

/// Nouns and units that a number before them counts, so that it is no year or day.
static COUNTED: WordList = WordList::new(
    "\
    people persons soldiers troops civilians men women children fighters protesters demonstrators migrants \
    refugees prisoners workers students police officers rebels families homes houses dollars euros pounds km \
    kilometers kilometres miles meters metres feet tons tonnes kg barrels volunteers militants hours % \
    percent members others victims deaths personnel mw residents",
);

impl Reader<'_> {
    /// Reads a date that its own words place, apart from the year.
    pub(super) fn absolute(&self, i: usize) -> Read<Meaning> {
        [
            self.numeric(i),
            self.day_then_month(i),
            self.month_then_day(i),
            self.month_alone(i),
            self.third_of_year(i),
            self.year_alone(i),
            self.decade(i),
            self.century(i),
            self.day_alone(i),
            self.fiscal(i),
            named::other_calendar(*self, i),
            named::holiday(*self, i),
            named::known_day(*self, i),
        ]
        .into_iter()
        .flatten()
        .max_by_key(|(_, next)| *next)
    }

    /// Returns a month name, with the point of a short form. "May" and "March" need their capital.
    pub(super) fn month_name(&self, i: usize) -> Read<i8> {
        let month = month(self.word(i)).filter(|_| self.capital(i))?;
        let short = self.word(i).len() <= 4 && !matches!(self.word(i), "may" | "june" | "july");
        let point = short && self.is(i + 1, &["."]) && self.glued(i + 1);
        Some((month, if point { i + 2 } else { i + 1 }))
    }

    /// Returns a day of the month: "28", "28th", "fifth".
    fn day_number(&self, i: usize) -> Read<i8> {
        let (day, next) = match ordinal(self.words(), i) {
            Some((day, next)) => (i32::try_from(day).ok()?, next),
            None => (self.plain_number(i).filter(|_| self.word(i).len() <= 2)?, i + 1),
        };
        // "28%" and "28°" are none, nor is a score "3-2 June".
        let day = i8::try_from(day).ok().filter(|d| (1..=31).contains(d))?;
        (!self.is(next, &["%", "°"])).then_some((day, next))
    }

    /// Returns the year behind a month or season: "2021", ", 2021", "of 2021", "last year", "this year".
    pub(super) fn year_after(&self, i: usize) -> (Option<Which>, usize) {
        // "In March 2021 protesters stormed the palace" names the year; "in May 2000 people fled" may count.
        self.year_behind(i, |round, comma| round || comma)
    }

    /// Returns the year behind a month or day, where digits before a counted noun are none if `counts` says so of whether
    /// they are round and whether a comma stands before them.
    fn year_behind(&self, i: usize, counts: fn(bool, bool) -> bool) -> (Option<Which>, usize) {
        let comma = self.skip(i, &[","]);
        let is_count = || self.counts_things(comma + 1) && counts(self.is_round(comma), comma > i);
        if let Some(year) = self.year(comma).filter(|_| !is_count()) {
            return (Some(Which::Of(year)), comma + 1);
        }
        let of = self.skip(i, &["of", "in"]);
        if let Some(year) = self.year(of).filter(|_| of > i) {
            return (Some(Which::Of(year)), of + 1);
        }
        if self.all(of, &["last", "year"]) {
            return (Some(Which::YearsOn(-1)), of + 2);
        }
        if self.all(of, &["the", "previous", "year"]) {
            return (Some(Which::YearsOn(-1)), of + 3);
        }
        if self.all(of, &["this", "year"]) || self.all(of, &["the", "same", "year"]) {
            return (None, of + 2);
        }
        if self.all(of, &["next", "year"]) {
            return (Some(Which::YearsOn(1)), of + 2);
        }
        (None, i)
    }

    /// Tells whether a number before word `i` counts what stands there.
    pub(super) fn counts_things(&self, i: usize) -> bool {
        COUNTED.has(self.word(i)) && !self.words()[i].new_line
    }

    /// Tells whether the number at word `i` is one of hundreds, as counts are more often than years.
    fn is_round(&self, i: usize) -> bool {
        self.word(i).ends_with("00")
    }

    fn of_day(&self, day: i8, month: i8, next: usize) -> (Meaning, usize) {
        // "On 2 May 2019 police …", "on May 2, 2019 police …"; "on 2 May, 2000 people fled" may count.
        let (which, after) = self.year_behind(next, |round, comma| round && comma);
        let meaning = Meaning::Day { year: which.unwrap_or(Which::Unsaid), month, day };
        let length =
            [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][usize::try_from(month - 1).expect("1..=12")];
        if day > length { (Meaning::Unplaced(TimeProblem::NoSuchDay), after) } else { (meaning, after) }
    }

    /// "28 June 2021", "the 28th of June", "3-5 May", "3 and 4 May", "3 to 5 May".
    fn day_then_month(&self, i: usize) -> Read<Meaning> {
        let at = self.skip(i, &["the"]);
        let (first, mut next) = self.day_number(at)?;
        let mut last = None;
        // "24, 25 and 26 May": rising, so at most a month long.
        let mut listed = first;
        while self.is(next, &[","]) && self.digits(next + 1) {
            (listed, next) = self.day_number(next + 1).filter(|(day, _)| *day > listed)?;
        }
        if let Some(to) = self.to(next, true)
            && let Some((day, after)) =
                self.day_number(self.skip(to, &["the"])).filter(|(day, _)| *day > first)
        {
            (last, next) = (Some(day), after);
        }
        let of = self.skip(next, &["of", "-"]);
        let (month, next) = self.month_name(of)?;
        let (end, after) = self.of_day(last.unwrap_or(first), month, next);
        if last.is_none() {
            return Some((end, after));
        }
        let Meaning::Day { year, .. } = end else { return Some((end, after)) };
        Some((Meaning::Range(Box::new(Meaning::Day { year, month, day: first }), Box::new(end)), after))
    }

    /// "June 28, 2021", "June 28th", "June the 28th", "May 3-5", "May 3 and 4", "Jun. 28".
    fn month_then_day(&self, i: usize) -> Read<Meaning> {
        let (month, next) = self.month_name(i)?;
        let (first, next) = self.day_number(self.skip(next, &["the"]))?;
        // "May 10 people": a modal verb cannot be here because of its capital, but "in May 10 people" can. "On April 28 police
        // …" has the day.
        let counts = self.counts_things(next) && !self.is_before_days(i);
        if counts || self.is(next, &[":"]) && self.glued(next) {
            return None;
        }
        // "June 27, 28 and 29"
        let next = self.days_listed(first, next);
        if let Some(to) = self.to(next, true) {
            let same_month =
                self.day_number(to).filter(|(day, after)| *day > first && !self.counts_things(*after));
            if let Some((day, after)) = same_month.filter(|(_, after)| self.month_name(*after).is_none()) {
                let (end, after) = self.of_day(day, month, after);
                let Meaning::Day { year, .. } = end else { return Some((end, after)) };
                let start = Meaning::Day { year, month, day: first };
                return Some((Meaning::Range(Box::new(start), Box::new(end)), after));
            }
        }
        Some(self.of_day(first, month, next))
    }

    /// Tells whether what stands before word `i` leads to a day rather than a month: "on", "until", "Tuesday,".
    fn is_before_days(&self, i: usize) -> bool {
        let before = if self.is(i.wrapping_sub(1), &[","]) { i.wrapping_sub(2) } else { i.wrapping_sub(1) };
        self.is(before, &["on", "by", "until", "till", "from", "before", "after"])
            || weekday(self.word(before)).is_some()
    }

    /// Returns the word after the rising days of a list that ends in "and": behind the 28 of ", 28 and 29", `i` where no
    /// such list stands there.
    fn days_listed(&self, first: i8, i: usize) -> usize {
        let (mut last, mut next) = (first, i);
        while self.is(next, &[","])
            && let Some((day, after)) = self.day_number(next + 1).filter(|(day, _)| *day > last)
        {
            (last, next) = (day, after);
        }
        let end = self.day_number(next + 1).filter(|(day, after)| *day > last && !self.counts_things(*after));
        if next > i && self.is(next, &["and"]) && end.is_some() { next } else { i }
    }

    /// Returns the word after what joins the two ends of a range: "to", "-", "until", "through"; also "and", "or",
    /// "&" where `and` allows.
    pub(super) fn to(&self, i: usize, and: bool) -> Option<usize> {
        if self.is(i, &["to", "-", "until", "till", "through", "thru"])
            || and && self.is(i, &["and", "or", "&", "/"])
        {
            Some(i + 1)
        } else {
            None
        }
    }

    /// "in March", "March 2024", "last May", "the June elections", "March of last year".
    fn month_alone(&self, i: usize) -> Read<Meaning> {
        if self.is(i, &["last", "next", "this"]) {
            let (first, next) = self.month_name(i + 1)?;
            let which = self.which(i);
            if let Some((day, after)) = self.day_number(next).filter(|(_, after)| !self.counts_things(*after))
            {
                return Some((Meaning::Day { year: which, month: first, day }, after));
            }
            return Some((Meaning::Months { which, first, n: 1 }, next));
        }
        let (first, next) = self.month_name(i)?;
        let (which, after) = self.year_after(next);
        if which.is_some() || after > next {
            return Some((Meaning::Months { which: which.unwrap_or(Which::Unsaid), first, n: 1 }, after));
        }
        let before = self.before(i, 1);
        // "Mar-a-Lago", "Dec" as a name: short forms need their point.
        if self.word(i).len() < 4 && self.word(i) != "may" && next == i + 1 {
            return None;
        }
        // Given names and verbs: they need a preposition, the others only must not stand in a longer name.
        let doubtful = matches!(self.word(i), "may" | "march" | "april" | "june" | "august");
        let weak = matches!(before, "of" | "and" | "or" | "than" | "as" | "for" | "to" | "before" | "after");
        let person = doubtful && weak && (self.capital(next) && self.letters(next) || self.capital(i - 1));
        // "in May, June and July"
        let in_row = before == "," && month(self.before(i, 2)).is_some();
        let prepared = BEFORE_TIMES.has(before) && !person
            || in_row
            || before == "-" && self.is(i.wrapping_sub(2), &["mid", "early", "late"]);
        let determined = matches!(before, "the" | "a" | "an" | "its" | "their" | "his" | "her" | "s")
            && self.letters(next)
            && !self.capital(next)
            && !self.is(next, &["for", "of", "on", "to", "against"]);
        let in_name = i > 0 && self.capital(i - 1) && self.letters(i - 1) && !BEFORE_TIMES.has(before);
        // "In May Reyes's view" is rare enough; "Elena May" and "June Smith" are not.
        let names = doubtful && self.capital(next) && self.letters(next) && !prepared;
        let open = !doubtful && !in_name && !names;
        (prepared || determined || open)
            .then_some((Meaning::Months { which: Which::Unsaid, first, n: 1 }, next))
    }

    /// Reads "last", "next", "this" as what they say of a month, season or weekday.
    pub(super) fn which(&self, i: usize) -> Which {
        match self.word(i) {
            "last" => Which::Last,
            "next" => Which::Next,
            _ => Which::Unsaid,
        }
    }

    /// "on the 15th".
    fn day_alone(&self, i: usize) -> Read<Meaning> {
        if !(self.is(i, &["the"]) && matches!(self.before(i, 1), "on" | "until" | "since" | "by")) {
            return None;
        }
        self.nth_of_month(i + 1)
    }

    /// "15th", "15th of this month"; what stands in "the 12th such raid" and "the 12th to die" is none.
    pub(super) fn nth_of_month(&self, i: usize) -> Read<Meaning> {
        let (day, next) = ordinal(self.words(), i).filter(|_| self.digits(i))?;
        let day = i8::try_from(day).ok().filter(|d| (1..=31).contains(d))?;
        let month = self.any(next, &[&["of", "this", "month"], &["of", "the", "month"]]);
        let ends = !self.letters(next) || self.is(next, &["and", "when", "after", "before", "in", "at"]);
        (ends || month.is_some()).then_some((Meaning::DayOfMonth(day), month.unwrap_or(next)))
    }

    /// Returns the year of this century that two digits tell, as in "06/28/21".
    fn short_year(&self, i: usize) -> Option<i16> {
        let number = self.plain_number(i).filter(|_| self.word(i).len() == 2)?;
        i16::try_from(2000 + number).ok()
    }

    /// "2021-06-28", "28/06/2021", "6/28/2021", "6/28/21", "28.06.2021".
    fn numeric(&self, i: usize) -> Read<Meaning> {
        let mark = self.word(i + 1);
        let joined = (1..5).all(|n| self.glued(i + n));
        if !joined
            || !matches!(mark, "-" | "/" | ".")
            || self.word(i + 3) != mark
            || self.glued(i) && self.letters(i.wrapping_sub(1))
        {
            return None;
        }
        let (a, b) =
            (self.plain_number(i)?, self.plain_number(i + 2).filter(|_| self.word(i + 2).len() <= 2)?);
        let day = |year: i16, month: i32, day: i32| {
            let fits = (1..=12).contains(&month) && (1..=31).contains(&day);
            fits.then(|| Meaning::Day {
                year: Which::Of(year),
                month: i8::try_from(month).expect("at most 12"),
                day: i8::try_from(day).expect("at most 31"),
            })
        };
        if let Some(year) = self.year(i) {
            return Some((day(year, b, self.plain_number(i + 4)?)?, i + 5));
        }
        let year = self.year(i + 4).or_else(|| self.short_year(i + 4).filter(|_| mark == "/"))?;
        let meaning = match (a, b) {
            // With points the day comes first everywhere.
            _ if mark == "." => day(year, b, a)?,
            _ if a == b => day(year, a, b)?,
            _ if a > 12 => day(year, b, a)?,
            _ if b > 12 => day(year, a, b)?,
            _ => Meaning::Unplaced(TimeProblem::DayMonthOrder),
        };
        Some((meaning, i + 5))
    }
}
