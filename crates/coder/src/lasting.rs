//! Acts that go on: since when, up to when, for how long.

use crate::Report;
use crate::dates::{Precision, Tense, TimeExpression};
use crate::drafts::Draft;
use crate::times::{Told, by_rule, fullest, untold};
use crate::untaken;
use casus_types::event::Interval;
use casus_types::{EventType, Span, Status};
use jiff::ToSpan;

/// Words for what goes on after it began.
const LASTING: [&str; 18] = [
    "war",
    "conflict",
    "fighting",
    "hostilities",
    "crisis",
    "insurgency",
    "insurrection",
    "uprising",
    "rebellion",
    "revolt",
    "unrest",
    "violence",
    "clashes",
    "siege",
    "blockade",
    "occupation",
    "campaign",
    "crackdown",
];

/// Verbs by which what goes on comes about: "the strikes began", "fighting erupted".
const BEGINS: [&str; 9] =
    ["began", "begun", "started", "erupted", "broke", "resumed", "restarted", "intensified", "escalated"];

/// Tells whether an act goes on after it began: "since the war began in May" is the time of the war, "since the town was
/// taken in May" not that of the taking.
pub(crate) fn is_lasting(report: &Report, draft: &Draft, expression: &TimeExpression) -> bool {
    let text = report.text();
    let lasts = |mention: Span| {
        LASTING.iter().any(|word| mention.slice(text).ends_with(word))
            || text
                .get(mention.range().end..expression.span.range().end)
                .is_some_and(|behind| behind.split_whitespace().any(|word| BEGINS.contains(&word)))
    };
    draft.mentions(report.analysis).into_iter().any(lasts)
}

/// Days for which what "began on 3 May" is taken to go on until the report. Gold's ones that began began up to three
/// months before; of what began years ago the report mostly tells the end elsewhere.
const BEGAN_WITHIN: i32 = 366;

/// Returns the days of an act of which an expression gives the day on which it began: "protests began on 3 May" go on, and
/// so does "fighting that erupted on Friday has killed 40".
pub(crate) fn begun(report: &Report, draft: &Draft, expression: &TimeExpression, days: Interval) -> Interval {
    let Some(published) = report.document.published else { return days };
    let recent = days.end < published && published <= days.start.saturating_add(BEGAN_WITHIN.days());
    let single = expression.precision != Precision::Range;
    if draft.status.value == Status::Actual && recent && single && begins(report, draft, expression) {
        return Interval { start: days.start, end: published };
    }
    days
}

/// Tells whether an expression gives the year in which something ended that may have gone on for years: "the war, which ended
/// in 1994, killed thousands".
pub(crate) fn is_the_end_alone(report: &Report, draft: &Draft, expression: &TimeExpression) -> bool {
    let text = report.text();
    let before = text[..expression.span.range().start].trim_end();
    let before = before.strip_suffix(" in").unwrap_or(before);
    let Some(subject) = before.strip_suffix("ended") else { return false };
    let end = Span::new(subject.len(), before.len());
    let lasts = |mention: Span| LASTING.iter().any(|word| mention.slice(text).ends_with(word));
    let mentions = draft.mentions(report.analysis);
    expression.precision == Precision::Year
        && !mentions.iter().any(|mention| mention.overlaps(end))
        && mentions.into_iter().any(lasts)
}

/// Words that may stand between "began" and its day.
const BEFORE_DAY: [&str; 7] = ["on", "in", "over", "late", "early", "last", "at"];

/// Words between an act and the verb that says it began: "demonstrations against the bill began".
const SUBJECT: usize = 6;

fn begins(report: &Report, draft: &Draft, expression: &TimeExpression) -> bool {
    let text = report.text();
    let sentence = report.analysis.sentence_of(expression.span);
    let behind = text[expression.span.range().end..].split_whitespace().next().unwrap_or_default();
    let perfect = matches!(behind, "has" | "have");
    draft.mentions(report.analysis).into_iter().any(|mention| {
        let between = text.get(mention.range().end..expression.span.range().start);
        let Some(between) = between.filter(|_| report.analysis.sentence_of(mention) == sentence) else {
            return false;
        };
        let words: Vec<&str> = between.split_whitespace().collect();
        let last = words.iter().rposition(|word| !BEFORE_DAY.contains(word));
        let adjacent = last.is_some_and(|at| at <= SUBJECT && matches!(words[at], "began" | "started"));
        let relative = matches!(words.first(), Some(&"that" | &"which"))
            && words.get(1).is_some_and(|word| BEGINS.contains(word));
        adjacent && !between.contains(['.', ';']) || relative && perfect && !between.contains(',')
    })
}

/// Words for measures that go on while they are told: "has been held for two weeks", but "has been jailed for two years".
const KEPT: [&str; 6] = ["held", "kept", "detained", "blockaded", "occupied", "besieged"];

/// Returns the days of what has gone on "for two weeks": those up to the publication where the act stands in the perfect.
/// What was done "for two weeks" without a day ended nobody knows when, and what is ordered for them is the day's news.
pub(crate) fn held_for(report: &Report, draft: &Draft, expression: &TimeExpression) -> Option<Interval> {
    let published = report.document.published?;
    if draft.status.value != Status::Actual {
        return expression.resolve_against(Interval::day(published));
    }
    let act = fullest(report, draft);
    let does = matches!(
        draft.kind.value,
        EventType::Assault | EventType::Protest | EventType::Mobilize | EventType::Consult
    );
    let goes_on = does || KEPT.contains(&act.slice(report.text()));
    // What "had" gone on was over.
    let perfect = behind_have(report, act, &["has", "have"]);
    expression.ending(published).filter(|_| goes_on && perfect)
}

/// Dates acts that the reader gives no day by the "since" that follows their perfect: "have killed 12 people since May".
pub(crate) fn sum_up_since(report: &Report, drafts: &[Draft], told: &mut [Option<Told>]) {
    let analysis = report.analysis;
    for at in 0..drafts.len() {
        let act = fullest(report, &drafts[at]);
        let sentence = analysis.sentence_of(act);
        let follows = |d: &&TimeExpression| {
            d.is_since() && !d.is_frame && act.end <= d.span.start && analysis.sentence_of(d.span) == sentence
        };
        if told[at].is_some() || !is_perfect(report, act) {
            continue;
        }
        let Some(since) = report.dates.iter().find(follows) else { continue };
        let between = |span: Span| act.end <= span.start && span.end <= since.span.start;
        // "Has jailed 12,000 people since protests began in May": the protests have it as well.
        let free = untaken::is_free(report, drafts, told, since);
        if !free || drafts.iter().any(|other| between(fullest(report, other))) {
            continue;
        }
        if let Some(interval) = since.resolve(Tense::Past) {
            told[at] = Some(by_rule(since, Some(interval), "dates/since"));
        }
    }
}

/// Gives acts the length that stands in front of them: "three days of clashes have killed 40", "a five-day strike ended on
/// Friday". They end with the day that they are told to, else with the report; "began a five-day strike on Monday" ends
/// four days later.
pub(crate) fn measure(report: &Report, drafts: &[Draft], told: &mut [Option<Told>]) {
    for (draft, told) in drafts.iter().zip(told) {
        let Some(length) = length(report, draft).filter(|_| draft.status.value == Status::Actual) else {
            continue;
        };
        let days = match told {
            // "A one-day strike" is the day's news.
            None if !opens(report, length) => untold(report, draft)
                .and_then(|days| length.ending(days.value.end))
                .filter(|days| is_long(*days)),
            Some(Told { expression, days: Some(days) }) if ends(report, length, *expression) => {
                length.ending(days.value.end)
            }
            Some(Told { days: Some(days), .. }) if opens(report, length) => {
                length.resolve_against(days.value)
            }
            _ => None,
        };
        if let Some(days) = days {
            *told = Some(by_rule(length, Some(days), "dates/length"));
        }
    }
}

/// Tells whether days are more than the two that a single one may touch.
fn is_long(days: Interval) -> bool {
    days.start.tomorrow().is_ok_and(|second| second < days.end)
}

/// Verbs whose object has its length ahead of it.
const OPENS: [&str; 15] = [
    "begin",
    "begins",
    "began",
    "begun",
    "start",
    "starts",
    "started",
    "launch",
    "launches",
    "launched",
    "call",
    "calls",
    "called",
    "announces",
    "announced",
];

/// Tells whether a length is that of something to come: "began a five-day strike".
fn opens(report: &Report, length: &TimeExpression) -> bool {
    let before = report.text()[..length.span.range().start].split_whitespace();
    let verb = before.rev().find(|word| !matches!(*word, "a" | "an" | "the" | "their" | "its" | "for"));
    verb.is_some_and(|word| OPENS.contains(&word))
}

/// Words between a length and the act that takes it: "two weeks of heavy street fighting", "a 24-hour general strike".
const QUALIFIED: usize = 2;

/// Returns the expression of a length that one of the act's mentions takes.
fn length<'a>(report: &'a Report, draft: &Draft) -> Option<&'a TimeExpression> {
    let text = report.text();
    let mentions = draft.mentions(report.analysis);
    let takes = |d: &&TimeExpression, mention: Span| {
        let between = text.get(d.span.range().end..mention.range().start);
        between.is_some_and(|between| {
            let n_words = between.split_whitespace().count();
            let of = between.starts_with(" of ") && n_words <= QUALIFIED + 1;
            let compound = d.span.slice(text).contains('-') && n_words <= QUALIFIED;
            // A curfew or a term of prison is ordered with its length; violence, protests and talks have lasted so long.
            let lasts = match draft.kind.value {
                EventType::Assault | EventType::Protest => of || compound,
                EventType::Consult => of,
                _ => false,
            };
            lasts && !between.contains([',', '.', ';']) && !between.contains(" and ")
        })
    };
    report.dates.iter().find(|d| {
        d.ending(jiff::civil::Date::ZERO).is_some() && mentions.iter().any(|mention| takes(d, *mention))
    })
}

/// Tells whether what took so long ended on the day of an expression: "a five-day strike ended on Friday".
fn ends(report: &Report, length: &TimeExpression, day: Span) -> bool {
    let between = report.text().get(length.span.range().end..day.range().start);
    between.is_some_and(|between| {
        between.split_whitespace().any(|word| matches!(word, "ended" | "ends" | "end" | "over"))
    })
}

/// Words between "have" and what has happened: "have not yet been killed".
const PERFECT: usize = 3;

/// Tells whether what has happened stands in the perfect: behind "has", "have" or "had".
fn is_perfect(report: &Report, act: Span) -> bool {
    behind_have(report, act, &["has", "have", "had"])
}

fn behind_have(report: &Report, act: Span, forms: &[&str]) -> bool {
    let before = report.text()[..act.range().start].split_whitespace().rev().take(PERFECT + 1);
    before.into_iter().any(|word| forms.contains(&word))
}
