//! Years, their parts, decades and centuries: "in 2015", "last spring", "the first quarter of 2024", "the 1990s".

use super::TimeProblem;
use super::absolute::BEFORE_TIMES;
use super::calendar::season;
use super::meaning::{Meaning, Which};
use super::reader::{Read, Reader};
use crate::numbers::cardinal::{ordinal, simple};
use crate::numbers::{counted, is_of_people, is_people};

impl Reader<'_> {
    /// Seasons, quarters and halves: "last spring", "in the summer of 2024", "the first quarter of 2024", "Q1 2024".
    pub(super) fn third_of_year(&self, i: usize) -> Read<Meaning> {
        let the = self.skip(i, &["the"]);
        if let Some((first, n)) = season(self.word(the)) {
            let (which, after) = self.year_after(the + 1);
            let prepared = matches!(
                self.before(i, 1),
                "in" | "since" | "during" | "by" | "until" | "this" | "of" | "last"
            );
            let fall = self.word(the) == "fall";
            // "the fall of Arvan" is no season, nor is "Arab Spring".
            let named = self.capital(the) && !self.begins(the) && which.is_none();
            if which.is_some() || !fall && !named && prepared && (the > i || self.before(i, 1) == "in") {
                return Some((Meaning::Months { which: which.unwrap_or(Which::Unsaid), first, n }, after));
            }
            return None;
        }
        if self.is(i, &["last", "this", "next"]) {
            let (first, n) = season(self.word(i + 1))?;
            return Some((Meaning::Months { which: self.which(i), first, n }, i + 2));
        }
        let (first, n, next) =
            if let Some(quarter) = self.word(the).strip_prefix('q').and_then(|q| q.parse::<i8>().ok()) {
                ((1..=4).contains(&quarter).then(|| quarter * 3 - 2)?, 3, the + 1)
            } else {
                let (nth, next) = ordinal(self.words(), the)?;
                let nth = i8::try_from(nth).ok()?;
                match self.word(next) {
                    "quarter" if nth <= 4 => (nth * 3 - 2, 3, next + 1),
                    "half" if nth <= 2 => (nth * 6 - 5, 6, next + 1),
                    // "the first three months of 2024"
                    _ if nth == 1 => {
                        let (n, months) = self
                            .amount(next)
                            .filter(|(n, at)| (1..12).contains(n) && self.word(*at) == "months")?;
                        (1, i8::try_from(n).ok()?, months + 1)
                    }
                    _ => return None,
                }
            };
        let (which, after) = self.year_after(next);
        if let Some(which) = which {
            return Some((Meaning::Months { which, first, n }, after));
        }
        let of_this = [&["of", "this", "year"][..], &["of", "the", "year"]];
        let after = self.any(next, &of_this)?;
        Some((Meaning::Months { which: Which::YearsOn(0), first, n }, after))
    }

    /// "in 2015", "the 2015 deal", "(2022)", "2016 and 2017".
    pub(super) fn year_alone(&self, i: usize) -> Read<Meaning> {
        let first = self.year(i).filter(|y| (1900..2100).contains(y))?;
        let before = self.before(i, 1);
        let after = self.word(i + 1);
        let joined = self.glued(i) && !matches!(before, "(" | "-" | "\"" | "'" | "“" | "[" | "/");
        let number = matches!(before, "$" | "€" | "£" | "#" | "no" | "nos" | "number" | "article" | "flight");
        // A hyphen before is a range or "mid-2024"; one after it a compound ("2030-bound").
        let code = before == "-"
            && self.glued(i)
            && !self.is(i.wrapping_sub(2), &["mid", "early", "late", "pre", "post"])
            && self.year(i.wrapping_sub(2)).is_none();
        let measured = self.counts(i) || matches!(after, "%" | "°" | "hours" | "gmt" | "utc");
        // A capitalised word before it makes a name ("Agenda 2030"), but a sentence may begin "In 2015".
        let prepared = BEFORE_TIMES.has(before) || matches!(before, "the" | "a" | "an");
        let in_name = i > 0 && self.letters(i - 1) && self.capital(i - 1) && !prepared && before.len() > 1;
        // "asteroid 2031 QX9", "the Trade Act of 1974"
        let designation = before != "the"
            && self.capital(i + 1)
            && after.ends_with(|c: char| c.is_ascii_digit())
            && after.len() > 2;
        let law = before == "of" && self.is(i.wrapping_sub(2), &["act"]) && self.capital(i - 2);
        let numeral = self.is(i + 1, &[",", "."]) && self.digits(i + 2) && self.glued(i + 2);
        if joined || number || code || measured || in_name || numeral || designation || law {
            return None;
        }
        // "2023/24" and "1950-53" are years one after another.
        if self.is(i + 1, &["/", "-"]) && self.glued(i + 1) && self.glued(i + 2) {
            let short = self.plain_number(i + 2).filter(|_| self.word(i + 2).len() == 2);
            let n = short.and_then(|s| i16::try_from(s).ok()).map_or(0, |s| s - first % 100 + 1);
            if n > 1 {
                return Some((Meaning::Years { first, n }, i + 3));
            }
        }
        Some((Meaning::Years { first, n: 1 }, i + 1))
    }

    /// Tells whether four digits at word `i` count what stands behind them and name no year.
    fn counts(&self, i: usize) -> bool {
        if self.counts_things(i + 1) {
            return !self.begins_in_a_year(i);
        }
        let before = self.before(i, 1);
        let hedged =
            matches!(before, "nearly" | "almost" | "approximately" | "roughly" | "least" | "numbering")
                || before == "than" && matches!(self.before(i, 2), "more" | "fewer" | "less")
                || before == "to" && self.before(i, 2) == "up";
        // "Some 2000 armed men", but "around 2014" is a time and "outrage over 2015 bombings" is of that year.
        let weakly = matches!(before, "some" | "about" | "around" | "over");
        let prepared =
            BEFORE_TIMES.has(before) || matches!(before, "the" | "a" | "an" | "s" | "its" | "their");
        match counted(self.words(), i + 1, false) {
            Some(noun) if hedged => noun > i,
            // "2009 oil workers' strike" is of that year.
            Some(noun) if weakly || !prepared => {
                noun <= i + 3 && is_of_people(&self.words()[noun]) && !self.is(noun + 1, &["'"])
            }
            // "2000 Congolese from Arvan": no plural of its own.
            _ => (hedged || weakly || !prepared) && is_people(self.words(), i + 1),
        }
    }

    /// Tells whether digits before a counted noun are a year all the same: "In 2019 police killed three", "since 2021 soldiers
    /// have ruled". In the training reports all behind "in" are; "by 2000 soldiers" counts within a sentence.
    fn begins_in_a_year(&self, i: usize) -> bool {
        let ends = ["resulted", "resulting", "ended", "ending", "involved"];
        match self.before(i, 1) {
            "in" => !self.is(i.wrapping_sub(2), &ends),
            "since" | "until" | "till" | "during" => true,
            "by" | "before" | "after" => self.begins(i - 1),
            _ => false,
        }
    }

    /// "the 19th century".
    pub(super) fn century(&self, i: usize) -> Read<Meaning> {
        let at = self.skip(i, &["the"]);
        let (nth, next) = ordinal(self.words(), at)?;
        let nth = i16::try_from(nth).ok().filter(|n| (2..=21).contains(n) && self.is(next, &["century"]))?;
        let prepared = at > i || self.is(i.wrapping_sub(1), &["early", "late", "mid", "-"]);
        prepared.then_some((Meaning::Years { first: 100 * (nth - 1) + 1, n: 100 }, next + 1))
    }

    /// "the 1990s", "the '90s", "the nineties".
    pub(super) fn decade(&self, i: usize) -> Read<Meaning> {
        let at = self.skip(i, &["the"]);
        if let Some(first) = self.year(at).filter(|y| y % 10 == 0) {
            let s = if self.is(at + 1, &["'"]) { at + 2 } else { at + 1 };
            if self.word(s) == "s" && self.glued(s) {
                return Some((Meaning::Years { first, n: 10 }, s + 1));
            }
        }
        if self.is(at, &["'"]) && self.is(at + 2, &["s"]) && self.glued(at + 2) {
            let tens = self.plain_number(at + 1).filter(|t| (20..100).contains(t) && t % 10 == 0)?;
            return Some((Meaning::Years { first: 1900 + i16::try_from(tens).ok()?, n: 10 }, at + 3));
        }
        let stem = self.word(at).strip_suffix("ies").filter(|_| at > i)?;
        let tens = simple(&format!("{stem}y")).filter(|t| (50..100).contains(t))?;
        Some((Meaning::Years { first: 1900 + i16::try_from(tens).ok()?, n: 10 }, at + 1))
    }

    /// "fiscal year 2024", "FY2024", "FY 2024-25".
    pub(super) fn fiscal(&self, i: usize) -> Read<Meaning> {
        let mut next = if self.all(i, &["fiscal", "year"]) || self.all(i, &["financial", "year"]) {
            i + 2
        } else if self.is(i, &["fiscal", "fy"]) && self.year(i + 1).is_some() {
            i + 1
        } else if self.word(i).strip_prefix("fy").is_some_and(|y| y.len() >= 2 && y.parse::<u16>().is_ok()) {
            return Some((Meaning::Unplaced(TimeProblem::FiscalYear), i + 1));
        } else {
            return None;
        };
        if self.year(next).is_some() {
            next += 1;
            if self.is(next, &["-", "/"]) && self.plain_number(next + 1).is_some() && self.glued(next + 1) {
                next += 2;
            }
        }
        Some((Meaning::Unplaced(TimeProblem::FiscalYear), next))
    }
}
