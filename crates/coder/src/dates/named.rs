//! Days with a name of their own, and names that only look like days.

use super::TimeProblem;
use super::meaning::{Meaning, Which};
use super::reader::{Read, Reader};

/// Capitalised words before a weekday that make it a name: of a massacre, a sale, a club.
const BEFORE_WEEKDAY: &[&str] =
    &["bloody", "black", "super", "cyber", "girl", "man", "ruby", "sheffield", "freaky", "casual"];

/// Words after a weekday that make it the name of a newspaper or club.
const AFTER_WEEKDAY: &[&str] = &[
    "times",
    "telegraph",
    "mirror",
    "mail",
    "express",
    "herald",
    "tribune",
    "independent",
    "post",
    "guardian",
    "sun",
    "world",
    "standard",
    "business",
    "club",
    "league",
    "nation",
    "vision",
    "star",
    "people",
];

/// Tells whether the weekday at word `i` is part of a name.
pub(super) fn weekday_in_name(reader: Reader<'_>, i: usize) -> bool {
    let before = i > 0 && reader.capital(i - 1) && BEFORE_WEEKDAY.contains(&reader.before(i, 1));
    let after = reader.capital(i + 1) && AFTER_WEEKDAY.contains(&reader.word(i + 1));
    before || after
}

/// Reads a holiday of the Christian or the civil year: "Christmas Eve", "Good Friday", "New Year's Day".
pub(super) fn holiday(reader: Reader<'_>, i: usize) -> Read<Meaning> {
    if !reader.capital(i) {
        return None;
    }
    let fixed: &[(&[&str], i8, i8)] = &[
        (&["christmas", "eve"], 12, 24),
        (&["christmas", "day"], 12, 25),
        (&["boxing", "day"], 12, 26),
        (&["new", "year", "'", "s", "eve"], 12, 31),
        (&["new", "year", "'", "s", "day"], 1, 1),
        (&["valentine", "'", "s", "day"], 2, 14),
        (&["may", "day"], 5, 1),
        (&["bastille", "day"], 7, 14),
        (&["all", "saints", "'", "day"], 11, 1),
        (&["armistice", "day"], 11, 11),
        (&["human", "rights", "day"], 12, 10),
        (&["international", "women", "'", "s", "day"], 3, 8),
    ];
    let year = |next: usize| match reader.year(reader.skip(next, &[",", "of", "in"])) {
        Some(year) => (Which::Of(year), reader.skip(next, &[",", "of", "in"]) + 1),
        None => (Which::Unsaid, next),
    };
    // Alone they are times only behind a preposition: "before Christmas", but "a Christmas truce".
    let prepared = matches!(
        reader.before(i, 1),
        "at" | "on" | "before" | "after" | "since" | "by" | "over" | "until" | "around" | "from" | "during"
    ) && !reader.capital(i + 1);
    match reader.word(i) {
        "christmas" if prepared => {
            let (year, next) = year(i + 1);
            return Some((Meaning::Day { year, month: 12, day: 25 }, next));
        }
        "easter" if prepared => {
            let (which, next) = year(i + 1);
            return Some((Meaning::Easter { which, offset: 0 }, next));
        }
        _ => {}
    }
    let longest =
        fixed.iter().filter(|(words, ..)| reader.all(i, words)).max_by_key(|(words, ..)| words.len());
    if let Some((words, month, day)) = longest {
        let (year, next) = year(i + words.len());
        return Some((Meaning::Day { year, month: *month, day: *day }, next));
    }
    // Days from Easter Sunday (Western churches).
    let moving: &[(&[&str], i32)] = &[
        (&["ash", "wednesday"], -46),
        (&["palm", "sunday"], -7),
        (&["maundy", "thursday"], -3),
        (&["holy", "thursday"], -3),
        (&["good", "friday"], -2),
        (&["holy", "saturday"], -1),
        (&["easter", "sunday"], 0),
        (&["easter", "monday"], 1),
        (&["whit", "monday"], 50),
    ];
    let (words, offset) = moving.iter().find(|(words, _)| reader.all(i, words))?;
    let (which, next) = year(i + words.len());
    Some((Meaning::Easter { which, offset: *offset }, next))
}

/// Reads a day that stands for what happened on it: "the October 7 attacks", "9/11".
///
/// The publication date would place these in the latest October. The words behind the day decide.
pub(super) fn known_day(reader: Reader<'_>, i: usize) -> Read<Meaning> {
    let day = |year, month, day| Meaning::Day { year: Which::Of(year), month, day };
    if reader.all(i, &["9", "/", "11"])
        && reader.glued(i + 1)
        && reader.glued(i + 2)
        && !reader.is(i + 3, &["/"])
    {
        return Some((day(2001, 9, 11), i + 3));
    }
    DEEDS.iter().find_map(|deed| {
        let next = if reader.all(i, &[deed.month, deed.day]) {
            reader.skip(i + 2, &["th"])
        } else if reader.all(i, &[deed.day, deed.month]) {
            i + 2
        } else {
            return None;
        };
        let hamas_led = reader.skip(next, &["hamas", "-"]);
        let (year, month, number) = deed.date;
        let named = reader.capital(i) | reader.capital(i + 1)
            && (reader.is(next, deed.behind) || hamas_led > next)
            && (!may_be_another(reader, next) || reader.any_of(deed.around));
        named.then(|| (day(year, month, number), next))
    })
}

/// Tells whether the deed at word `i` may be another of that day: one attack, or attacks somewhere.
fn may_be_another(reader: Reader<'_>, i: usize) -> bool {
    reader.is(i, &["attack", "massacre", "assault", "riot"])
        || reader.is(i, &["attacks", "massacres", "riots"]) && reader.is(i + 1, &["in", "on", "at", "near"])
}

/// A deed that is called by its day.
struct Deed {
    month: &'static str,
    day: &'static str,
    date: (i16, i8, i8),
    /// Words right behind the day that mean it.
    behind: &'static [&'static str],
    /// Words of which the text has one where the words behind the day may mean another deed.
    around: &'static [&'static str],
}

const DEEDS: [Deed; 3] = [
    Deed {
        month: "october",
        day: "7",
        date: (2023, 10, 7),
        behind: &["attack", "attacks", "massacre", "massacres", "hamas", "assault"],
        around: &["hamas", "israel", "israeli", "israelis", "gaza"],
    },
    Deed {
        month: "september",
        day: "11",
        date: (2001, 9, 11),
        behind: &["attack", "attacks", "hijackers", "hijackings", "terrorist", "terror"],
        around: &["qaeda", "qaida", "hijackers", "hijacked", "towers", "pentagon", "york"],
    },
    Deed {
        month: "january",
        day: "6",
        date: (2021, 1, 6),
        behind: &["attack", "riot", "riots", "rioters", "capitol", "insurrection", "committee"],
        around: &["capitol", "trump", "washington", "congress"],
    },
];

/// Reads a date of another calendar: "10 Muharram 1445", "during Ramadan", "12 Bahman".
pub(super) fn other_calendar(reader: Reader<'_>, i: usize) -> Read<Meaning> {
    // Months that are no common names or words elsewhere.
    const MONTHS: &[&str] = &[
        "muharram",
        "safar",
        "rabi",
        "jumada",
        "rajab",
        "shaban",
        "ramadan",
        "ramadhan",
        "shawwal",
        "dhu",
        "farvardin",
        "ordibehesht",
        "khordad",
        "mordad",
        "shahrivar",
        "mehr",
        "aban",
        "bahman",
        "esfand",
    ];
    let is_month = |at: usize| reader.capital(at) && MONTHS.contains(&reader.word(at));
    let month_end = |at: usize| {
        // "Rabi al-Awwal", "Dhu al-Hijjah".
        let article = reader.is(at + 1, &["al", "ul"]) && reader.is(at + 2, &["-"]);
        let last = if article { at + 3 } else { at };
        if reader.plain_number(last + 1).is_some() { last + 2 } else { last + 1 }
    };
    let unplaced = Meaning::Unplaced(TimeProblem::OtherCalendar);
    if reader.plain_number(i).is_some_and(|day| (1..=31).contains(&day)) && is_month(i + 1) {
        return Some((unplaced, month_end(i + 1)));
    }
    // Alone, only the month of fasting is a time of the news; "Mehr" and "Safar" are agencies and persons.
    let fasting = matches!(reader.word(i), "ramadan" | "ramadhan") && reader.capital(i);
    let festival = reader.is(i, &["eid"]) && reader.is(i + 1, &["al", "ul"]);
    let prepared = matches!(
        reader.before(i, 1),
        "in" | "during" | "of" | "since" | "before" | "after" | "until" | "for"
    );
    if fasting && (prepared || reader.year(i + 1).is_some()) {
        return Some((unplaced, month_end(i)));
    }
    festival.then(|| (unplaced, if reader.is(i + 2, &["-"]) { i + 4 } else { i + 3 }))
}
