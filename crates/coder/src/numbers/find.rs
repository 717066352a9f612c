//! The walk through a text.

use super::cardinal::{cardinal, ordinal, scale, scaled};
use super::hedge::{Hedge, vague};
use super::noun::{counted, is_demonym, is_person, is_persons, span};
use super::word::{Word, words};
use super::{Quantity, QuantityKind, exclude, whole};
use crate::dates::TimeExpression;
use casus_types::{Span, event::CountRange};

/// A quantity before its noun is looked for.
pub(super) struct Read {
    pub(super) range: CountRange,
    pub(super) approximate: bool,
    pub(super) kind: QuantityKind,
    /// The word after it.
    pub(super) next: usize,
}

/// Returns every quantity of persons or events in `text`, in order, none overlapping another; `dates` are its date expressions.
///
/// Left out are dates and times, lengths of time, ages, money, shares, distances, scores, ordinals and numbers in
/// names.
#[must_use]
pub fn find(text: &str, dates: &[TimeExpression]) -> Vec<Quantity> {
    find_among(&words(text), dates)
}

/// Returns every quantity among the words of a text; see [`find`].
pub(crate) fn find_among(words: &[Word], dates: &[TimeExpression]) -> Vec<Quantity> {
    let in_date = |word: &Word| {
        let at = dates.partition_point(|d| d.span.end <= word.span.start);
        dates.get(at).is_some_and(|d| d.span.overlaps(word.span))
    };
    let mut found = Vec::new();
    // Whether the last one begins a list of some: "including four children".
    let mut opens = false;
    let mut at = 0;
    while at < words.len() {
        let read = if in_date(&words[at]) {
            None
        } else {
            quantity(words, at).filter(|r| !in_date(&words[r.next - 1]))
        };
        let Some(read) = read else {
            at += 1;
            continue;
        };
        let one = read.range.min == 1 && read.kind != QuantityKind::Vague
            || read.kind == QuantityKind::Nth
            || words[at].lower == "not" && read.kind == QuantityKind::Zero;
        let bare =
            words[at].lower == "nobody" || words[at].lower == "no" && words[read.next - 1].lower == "one";
        let behind = whole::behind(words, read.next);
        let noun = Some(behind)
            .filter(|_| !bare)
            .and_then(|next| counted(words, next, one && next == read.next))
            .and_then(|i| span(words, i));
        let span = words[at].span.cover(words[read.next - 1].span);
        let Read { range, approximate, kind, next } = read;
        let begins = is_part(words, at, next);
        let is_part = begins || found.last().is_some_and(|last| goes_on(words, last, opens, at, noun));
        found.push(Quantity { span, range, approximate, kind, is_part, noun });
        opens = begins;
        at = behind;
    }
    found
}

fn quantity(words: &[Word], at: usize) -> Option<Read> {
    zero(words, at)
        .or_else(|| whole::share(words, at))
        .or_else(|| between(words, at))
        .or_else(|| hedged(words, at))
        .or_else(|| plain(words, at))
        .or_else(|| article(words, at))
        .or_else(|| nth(words, at))
}

fn exact(n: u64) -> CountRange {
    CountRange { min: n, max: Some(n) }
}

/// "At least seven", "nearly 100", "more than a dozen".
fn hedged(words: &[Word], at: usize) -> Option<Read> {
    let (hedge, mut next) = Hedge::read(words, at)?;
    // "At least some 200", "about another 30".
    let mut inner = None;
    if let Some((second, after)) = Hedge::read(words, next) {
        (inner, next) = (Some(second), after);
    }
    if matches!(words.get(next).map(|w| w.lower.as_str()), Some("another" | "an" | "additional")) {
        let skipped = next + 1 + usize::from(words.get(next + 1).is_some_and(|w| w.lower == "additional"));
        if cardinal(words, skipped).is_some() {
            next = skipped;
        }
    }
    let read = match plain(words, next) {
        Some(read) => read,
        // "At least one" and "more than a thousand" are read above; "at least a man" is one too.
        None => article(words, next).filter(|_| hedge == Hedge::AtLeast)?,
    };
    let (range, inner_approximate) = inner.map_or((read.range, false), |h| h.apply(read.range));
    let (range, approximate) = hedge.apply(range);
    let kind = if read.kind == QuantityKind::Article { QuantityKind::Number } else { read.kind };
    Some(Read { range, approximate: approximate || inner_approximate, kind, next: read.next })
}

/// "Between 10 and 20", "from three to five".
fn between(words: &[Word], at: usize) -> Option<Read> {
    let (first, joint) = match words[at].lower.as_str() {
        "between" => (at + 1, "and"),
        "from" => (at + 1, "to"),
        _ => return None,
    };
    let low = cardinal(words, first)?;
    let aged = at > 0 && matches!(words[at - 1].lower.as_str(), "aged" | "ages");
    if aged || words.get(low.next)?.lower != joint {
        return None;
    }
    let high = cardinal(words, low.next + 1)?;
    // "The toll rose from 48 to 63": the second is the number now.
    if joint == "to" && is_changed(words, at) {
        let n = whole(high.value)?;
        return (!exclude::is_other(words, low.next + 1, high.next)).then_some(Read {
            range: exact(n),
            approximate: false,
            kind: QuantityKind::Number,
            next: high.next,
        });
    }
    let (min, max) = ends(low.value, high.value, words, low.next - 1, high.next)?;
    (!exclude::is_other(words, low.next + 1, high.next)).then_some(Read {
        range: CountRange { min, max: Some(max) },
        approximate: false,
        kind: QuantityKind::Number,
        next: high.next,
    })
}

/// Beginnings of verbs by which one number gives way to another.
const CHANGES: [&str; 18] = [
    "rise", "rising", "rose", "rais", "climb", "increas", "jump", "grew", "grow", "soar", "doubl", "revis",
    "updat", "fall", "fell", "drop", "lower", "reduc",
];
/// Words before a number in which one of them is looked for: "rose on Sunday morning from".
const CHANGED_WITHIN: usize = 5;

/// Tells whether a number at word `at` is one that gave way to another: "rose from", "was revised down from".
fn is_changed(words: &[Word], at: usize) -> bool {
    let before = words[..at].iter().rev().take(CHANGED_WITHIN).take_while(|w| w.is_letters());
    before.into_iter().any(|w| CHANGES.iter().any(|verb| w.lower.starts_with(verb)))
}

/// Returns the two ends as whole numbers where the first is the lower. "3 to 5 million" has the scale of its end.
fn ends(low: f64, high: f64, words: &[Word], low_last: usize, high_next: usize) -> Option<(u64, u64)> {
    let scale_at = |last: usize| scale(&words[last].lower);
    let factor = scale_at(high_next - 1).filter(|s| *s >= 1000.0).unwrap_or(1.0);
    let low = if scale_at(low_last).is_none() && low < 1000.0 { scaled(low, factor) } else { low };
    (low < high).then_some((whole(low)?, whole(high)?))
}

/// Returns the value where it is whole.
pub(super) fn whole(value: f64) -> Option<u64> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole, not negative and below 1e12"
    )]
    (value.fract() == 0.0 && value >= 0.0).then_some(value as u64)
}

/// A number, a range of numbers, or a word for several, without a hedge before it.
fn plain(words: &[Word], at: usize) -> Option<Read> {
    let word = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    if let Some((range, kind, next)) = vague(words, at) {
        let measured = kind != QuantityKind::Vague && exclude::is_other(words, at, next)
            || exclude::is_other(words, at, next + usize::from(word(next) == "of"));
        return (!measured).then_some(Read { range, approximate: false, kind, next });
    }
    let number = cardinal(words, at)?;
    if word(at) == "one" && !is_one(words, at) || is_burnt(words, number.next) {
        return None;
    }
    // "Three to five", "3-5", "two or three".
    let dash = word(number.next) == "-"
        && words.get(number.next + 1).is_some_and(|w| w.glued == words[number.next].glued);
    if (dash || matches!(word(number.next), "to" | "or"))
        && let Some(high) = cardinal(words, number.next + 1)
    {
        // "3-2" and "2-3" are scores, "10-12 people" are counted; "200 or 300" is a guess, "five to 12 March" was read as a date.
        let tight = dash && words[number.next].glued;
        let alike = number.digits == high.digits; // "UPDATE 3-Thirty-eight dead"
        if dash && high.value <= number.value
            || tight && !(alike && counted(words, high.next, false).is_some())
        {
            return None;
        }
        if let Some((min, max)) = ends(number.value, high.value, words, number.next - 1, high.next) {
            let other = if tight {
                exclude::is_other(words, at, high.next)
            } else {
                exclude::is_other(words, at, number.next + 1) && !dash
                    || exclude::is_other(words, number.next + 1, high.next)
            };
            if other {
                return None;
            }
            return Some(Read {
                range: CountRange { min, max: Some(max) },
                approximate: false,
                kind: QuantityKind::Number,
                next: high.next,
            });
        }
    }
    if exclude::is_other(words, at, number.next) {
        return None;
    }
    let n = whole(number.value)?;
    let (mut range, mut next, mut approximate) = (exact(n), number.next, false);
    if word(next) == "+" {
        (range, next) = (CountRange { min: n, max: None }, next + 1);
    } else if word(next) == "or" && word(next + 1) == "more" {
        (range, next) = (CountRange { min: n, max: None }, next + 2);
    } else if word(next) == "or" && word(next + 1) == "so" {
        (approximate, next) = (true, next + 2);
    }
    let kind = if n == 0 { QuantityKind::Zero } else { QuantityKind::Number };
    Some(Read { range, approximate, kind, next })
}

/// Tells whether "one" counts here: not "one another", "the one", "one day", "members of one family".
fn is_one(words: &[Word], at: usize) -> bool {
    let word = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    let before = at.checked_sub(1).map_or("", word);
    let pronoun = matches!(before, "no" | "any" | "every" | "this" | "that" | "which" | "each" | "as");
    let noun = || counted(words, at + 1, true);
    let definite = before == "the" && noun().is_none();
    // "Six members of one family" are six.
    let body = before == "of" && noun().is_some_and(|noun| !is_person(&words[noun].lower));
    !(pronoun
        || definite
        || body
        || matches!(word(at + 1), "another" | "way" | "side" | "hand" | "thing" | "time"))
}

/// Tells whether things were counted that burn: "three offices, setting one on fire".
fn is_burnt(words: &[Word], next: usize) -> bool {
    let word = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    matches!(word(next), "ablaze" | "alight") || word(next) == "on" && word(next + 1) == "fire"
}

/// "No casualties", "no one", "nobody", "none", "not a single soldier", "without injuries".
fn zero(words: &[Word], at: usize) -> Option<Read> {
    let word = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    let next = match word(at) {
        "nobody" => at + 1,
        "none" if word(at + 1) != "the" => at + 1,
        "no" if word(at + 1) == "one" => at + 2,
        "not" if word(at + 1) == "one" || word(at + 1) == "a" && word(at + 2) == "single" => {
            let next = at + 2 + usize::from(word(at + 1) == "a");
            counted(words, next, true).filter(|&noun| is_person(&words[noun].lower)).map(|_| next)?
        }
        "no" | "without" | "zero" => {
            let from = if matches!(
                word(at + 1),
                "any"
                    | "immediate"
                    | "reported"
                    | "further"
                    | "civilian"
                    | "human"
                    | "reports"
                    | "other"
                    | "known"
                    | "major"
            ) {
                at + 2
            } else {
                at + 1
            };
            let from = if word(from) == "of" { from + 1 } else { from };
            let named = |i: usize| is_persons(word(i)) && word(i) != "damage";
            // "No injuries", "no police casualties", "no deaths or injuries".
            if named(from) || named(from + 1) && words.get(from).is_some_and(Word::is_letters) {
                at + 1
            } else {
                return None;
            }
        }
        _ => return None,
    };
    Some(Read { range: exact(0), approximate: false, kind: QuantityKind::Zero, next })
}

/// "A man", "a Northland soldier", "another police officer".
fn article(words: &[Word], at: usize) -> Option<Read> {
    if !matches!(words.get(at)?.lower.as_str(), "a" | "an" | "another") {
        return None;
    }
    let word = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    let read = Read { range: exact(1), approximate: false, kind: QuantityKind::Article, next: at + 1 };
    // "A 16-year-old" is a person as well.
    let old =
        words.get(at + 1).is_some_and(Word::is_digits) && word(at + 3) == "year" && word(at + 5) == "old";
    if old
        && (!words.get(at + 6).is_some_and(Word::is_letters)
            || words[at + 6].capital
            || counted(words, at + 6, true).is_none())
    {
        return Some(read);
    }
    // "Two are killed and another is injured", "injuring another".
    let alone = word(at) == "another"
        && word(at.wrapping_sub(1)) != "one"
        && (matches!(
            word(at + 1),
            "is" | "was"
                | "in"
                | "at"
                | "by"
                | "and"
                | "on"
                | "has"
                | "had"
                | "as"
                | "died"
                | "dies"
                | "who"
                | "."
                | ","
        ) || words.len() == at + 1);
    if alone {
        return Some(read);
    }
    let noun = counted(words, at + 1, true)?;
    (is_person(&words[noun].lower) || is_demonym(&words[noun])).then_some(read)
}

/// "The third bombing since June", "the fourth such incident this year": so many in all.
fn nth(words: &[Word], at: usize) -> Option<Read> {
    // A row needs its beginning: "since", "this year" within the next words of the same clause.
    const REACH: usize = 8;
    let (n, next) = ordinal(words, at)?;
    let word = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    let rest =
        words.iter().skip(next).take(REACH).take_while(|w| !matches!(w.lower.as_str(), "." | ";" | ","));
    let clause: Vec<&str> = rest.map(|w| w.lower.as_str()).collect();
    let row = clause.contains(&"since")
        || clause.windows(2).any(|w| w[0] == "this" && matches!(w[1], "year" | "month" | "week"));
    let time = matches!(
        word(next),
        "day"
            | "night"
            | "week"
            | "month"
            | "year"
            | "quarter"
            | "half"
            | "consecutive"
            | "straight"
            | "anniversary"
    );
    (n >= 2 && row && !time && words.get(next).is_some_and(Word::is_letters)).then_some(Read {
        range: exact(u64::from(n)),
        approximate: false,
        kind: QuantityKind::Nth,
        next,
    })
}

/// Tells whether the quantity counts some of those that another one counts.
fn is_part(words: &[Word], at: usize, next: usize) -> bool {
    let word = |i: usize| words.get(i).map_or("", |w| w.lower.as_str());
    let before = |n: usize| at.checked_sub(n).map_or("", word);
    let listed = matches!(before(1), "including" | "among" | "includes")
        || matches!(before(1), "them" | "whom" | "these") && before(2) == "among";
    let among = before(1) == "," && matches!(before(2), "them" | "whom");
    let of_them =
        word(next) == "of" && matches!(word(next + 1), "whom" | "them" | "which" | "these" | "those" | "the");
    let of_more = (next..next + OF_MORE).any(|i| {
        matches!(word(i), "is" | "are" | "was" | "were") && word(i + 1) == "among" && word(i + 2) == "the"
    });
    listed || among || of_them || of_more
}

/// Words in which "were among the 80 killed" is looked for behind a number.
const OF_MORE: usize = 6;

/// Tells whether the quantity at word `at`, of this noun, goes on with the list of some that the last one began: "five men,
/// including three Northlanders, one Arvan and one Gorvan", "including a father and his two sons".
fn goes_on(words: &[Word], last: &Quantity, opens: bool, at: usize, noun: Option<Span>) -> bool {
    let end = last.noun.unwrap_or(last.span).end;
    let from = words.partition_point(|w| w.span.start < end);
    let between = &words[from.min(at)..at];
    let joined = !between.is_empty()
        && between.iter().all(|w| matches!(w.lower.as_str(), "," | "and" | "his" | "her" | "their"));
    // "17 men, including 11 policemen, and eight women": a comma before the "and" of two closes the aside.
    let closed = opens && between.len() > 1 && between[0].lower == "," && between[1].lower == "and";
    let behind = |span: Span| words.partition_point(|w| w.span.start < span.end);
    // "… and three attackers, and twelve others are hurt" counts anew.
    let anew = noun.is_some_and(|noun| {
        let next = words.get(behind(noun)).map_or("", |w| w.lower.as_str());
        let other = words[at..behind(noun)].iter().any(|w| matches!(w.lower.as_str(), "other" | "others"));
        other || matches!(next, "is" | "are" | "was" | "were" | "has" | "have" | "had")
    });
    last.is_part && joined && !closed && !anew
}
