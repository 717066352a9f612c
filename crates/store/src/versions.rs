//! When a report is a newer version of an earlier one: what is wrongly taken for a version takes the other's events out of
//! sight, what is wrongly taken for new is joined with it by linking. So in doubt it is new.

use crate::admission::Met;
use crate::likeness::Likeness;
use casus_types::Date;

/// Least overlap of two texts from one address. Below it they only share a front page.
const ONE_ADDRESS: f64 = 0.25;

/// Least overlap where only an id says that it is one report, or where one address has words of different days. Tables
/// are numbered from 1, every day's folder has its `brief.txt`, and the letter of each week stands under the
/// same address, all with words that never change. Of a report that was gone over, half is there still.
const MUCH: f64 = 0.5;

/// Days within which one id is one report. A report is gone over within hours, at times days; the next weekly letter
/// comes after seven.
const DAYS: i32 = 3;

/// Tells whether a report with the address or the id of an earlier one is a newer version of it.
///
/// Of one address, a quarter of the words must be kept, half where the days of publication differ, none where title and day
/// are the same (a stub that became an article). Of one id alone, half must be kept, without other numbers or weekdays, of a
/// report of the same day in the same place of the same file, which somebody has put right; else of two texts of some
/// length, published within [`DAYS`].
pub(crate) fn is_version(newer: &Met, older: &Met, words: &Likeness, older_text: &str) -> bool {
    let older_words = Likeness::of(older_text);
    let overlap = words.overlap(&older_words);
    if newer.address.is_some() && newer.address == older.address {
        let one_day = newer.published.is_some() && newer.published == older.published;
        let other_days = apart(newer.published, older.published).is_some_and(|days| days > 0);
        let one_title = newer.title.is_some() && newer.title == older.title;
        return (one_title && one_day) || overlap >= if other_days { MUCH } else { ONE_ADDRESS };
    }
    let one_place =
        newer.origin.is_some() && newer.origin == older.origin && newer.published == older.published;
    let near = apart(newer.published, older.published).is_none_or(|days| days <= DAYS);
    let telling = words.is_telling() && older_words.is_telling();
    overlap >= MUCH && (one_place || (near && telling)) && !words.contradicts(&older_words)
}

/// Returns how many days lie between two, where both are known.
pub(crate) fn apart(a: Option<Date>, b: Option<Date>) -> Option<i32> {
    a?.until(b?).ok().map(|apart| apart.get_days().abs())
}
