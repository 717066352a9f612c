//! On which days.

use crate::Report;
use crate::dates::{self, Precision, Tense, TimeExpression, TimeKind};
use crate::drafts::Draft;
use casus_types::analysis::{Dating, Role};
use casus_types::event::Interval;
use casus_types::{Coded, Confidence, Evidence, Status};

/// Returns the days of each act, where the report tells them.
pub(crate) fn times(report: &Report, drafts: &[Draft]) -> Vec<Option<Coded<Interval>>> {
    drafts.iter().map(|draft| told(report, draft).or_else(|| untold(report, draft))).collect()
}

/// Returns the days that an expression of the text gives.
fn told(report: &Report, draft: &Draft) -> Option<Coded<Interval>> {
    let tense = tense(draft);
    for argument in draft.arguments(report.analysis, Role::Time) {
        if argument.probability < report.knowledge.thresholds.time {
            break;
        }
        let found = report.dates.iter().filter(|d| d.span.overlaps(argument.span) && !d.is_dateline);
        for expression in found {
            if let Some(interval) = days(report, expression, tense) {
                let evidence = Evidence::read(expression.span, "dates");
                return Some(Coded::new(interval, evidence, Confidence::new(argument.probability)));
            }
        }
    }
    None
}

/// Returns the days of an expression; one that counts from another event ("the same evening") counts from the day that
/// the report named last before it, else from its publication.
fn days(report: &Report, expression: &TimeExpression, tense: Tense) -> Option<Interval> {
    if let Some(days) = expression.resolve(tense) {
        return Some(days);
    }
    let anchor = match expression.kind {
        TimeKind::Anchored => named_before(report, expression.span.start),
        _ => None,
    };
    expression.resolve_against(anchor.or_else(|| report.document.published.map(Interval::day))?)
}

/// Returns the day that the report named last before a place in its text: "on Tuesday … the next day … hours later".
fn named_before(report: &Report, at: u32) -> Option<Interval> {
    let before = report.dates.iter().take_while(|d| d.span.end <= at);
    before.filter(|d| !d.is_dateline).fold(None, |anchor: Option<Interval>, d| {
        let days = d.resolve(Tense::Past).or_else(|| d.resolve_against(anchor?));
        days.filter(|_| d.precision == Precision::Day).or(anchor)
    })
}

fn tense(draft: &Draft) -> Tense {
    if draft.status.value == Status::Future { Tense::Future } else { Tense::Past }
}

/// Returns the days of an act that the report tells as the day's news.
fn untold(report: &Report, draft: &Draft) -> Option<Coded<Interval>> {
    let published = report.document.published?;
    let votes = draft.triggers.iter().flat_map(|&t| {
        let trigger = report.analysis.trigger(t);
        trigger.datings.iter().map(move |&(d, p)| (d, p * trigger.probability))
    });
    let mut sums = [0.0_f32; 2];
    for (dating, p) in votes {
        sums[usize::from(dating == Dating::Absent)] += p;
    }
    let share = sums[0] / (sums[0] + sums[1]).max(f32::EPSILON);
    if share < report.knowledge.thresholds.publication {
        return None;
    }
    let interval = dates::undated(published, report.is_article());
    Some(Coded::new(interval, Evidence::inferred("dates/publication"), Confidence::new(share)))
}
