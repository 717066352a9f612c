//! Time expressions that the reader passes over: "killed 34 militants over the weekend", "will meet within two weeks".

use crate::Report;
use crate::dates::{Tense, TimeExpression, TimeKind};
use crate::drafts::Draft;
use crate::lasting;
use crate::times::{Told, by_rule, is_counted_from, may_be, tense};
use casus_types::event::Interval;
use casus_types::{Span, Status};

/// Dates acts that the reader gives no day by the expression that hangs on their verb.
pub(crate) fn take(report: &Report, drafts: &[Draft], told: &mut [Option<Told>]) {
    for at in 0..drafts.len() {
        if told[at].is_some() {
            continue;
        }
        let draft = &drafts[at];
        let is_free = |d: &&TimeExpression| {
            let takes = |(other, told): (&Draft, &Option<Told>)| {
                told.as_ref().is_some_and(|t| t.expression == d.span) && !is_counted_from(report, other, d)
            };
            !d.is_frame && !d.is_dateline && !drafts.iter().zip(told.iter()).any(takes)
        };
        let found = report
            .dates
            .iter()
            .filter(is_free)
            .filter(|d| hangs_on(report, drafts, at, d))
            .find_map(|d| days(report, draft, d).map(|days| by_rule(d, days, "dates/tree")));
        told[at] = found;
    }
}

/// Returns the days that an expression gives an act which it hangs on. Of what has happened only expressions count that
/// readers learn little of; none of their days where they give none ("in recent years").
fn days(report: &Report, draft: &Draft, expression: &TimeExpression) -> Option<Option<Interval>> {
    if draft.status.value == Status::Actual {
        if expression.kind == TimeKind::Duration {
            return lasting::held_for(report, draft, expression).map(Some);
        }
        // "After two weeks of fighting" is the time of the fighting.
        let is_length = report.text()[expression.span.range().end..].starts_with(" of ");
        if expression.is_named() || is_length {
            return None;
        }
        let days = expression.resolve(Tense::Past);
        return Some(days.filter(|days| may_be(report, draft, *days)));
    }
    let published = report.document.published?;
    let ahead = tense(draft, expression) == Tense::Future || draft.status.value == Status::Hypothetical;
    let days = expression.resolve(Tense::Future).filter(|days| ahead && days.end > published)?;
    Some(Some(days))
}

/// Tells whether an expression hangs on a word of an act, or on a verb that no other act has and whose object or subject
/// the act is: "launched an offensive in the spring".
fn hangs_on(report: &Report, drafts: &[Draft], at: usize, expression: &TimeExpression) -> bool {
    let tokens = &report.analysis.tokens;
    let Some(head) = head(report, expression.span, &["obl", "advmod"]) else { return false };
    let tells = |draft: &Draft| {
        draft.mentions(report.analysis).iter().any(|mention| mention.overlaps(tokens[head].span))
    };
    if drafts.iter().any(tells) {
        return tells(&drafts[at]);
    }
    let mentions = drafts[at].mentions(report.analysis);
    tokens[head].pos == "VERB"
        && mentions.into_iter().any(|mention| self::head(report, mention, &["obj", "nsubj"]) == Some(head))
}

/// Returns the token outside of a span that a word of it depends on in one of these ways.
fn head(report: &Report, span: Span, relations: &[&str]) -> Option<usize> {
    let tokens = &report.analysis.tokens;
    let inside = tokens.iter().filter(|t| t.span.overlaps(span) && relations.contains(&t.relation));
    inside.filter_map(|t| t.head.map(|h| h.0 as usize)).find(|&h| !tokens[h].span.overlaps(span))
}
