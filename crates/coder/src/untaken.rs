//! Time expressions that the reader passes over: "killed 34 militants over the weekend", "will meet within two weeks".

use crate::Report;
use crate::dates::{Tense, TimeExpression, TimeKind};
use crate::drafts::Draft;
use crate::lasting;
use crate::orders;
use crate::times::{Told, by_rule, fullest, is_counted_from, may_be};
use casus_types::event::Interval;
use casus_types::{Span, Status};

/// Dates acts that the reader gives no day by the expression that hangs on their verb.
pub(crate) fn take(report: &Report, drafts: &[Draft], told: &mut [Option<Told>]) {
    for at in 0..drafts.len() {
        if told[at].is_none() {
            let free = report.dates.iter().filter(|d| is_free(report, drafts, told, d));
            let mut hanging = free.filter(|d| hangs_on(report, drafts, at, d));
            told[at] = hanging.find_map(|d| read(report, &drafts[at], d));
        }
    }
}

/// Tells whether an expression dates no act yet, though it may count from one.
pub(crate) fn is_free(
    report: &Report,
    drafts: &[Draft],
    told: &[Option<Told>],
    expression: &TimeExpression,
) -> bool {
    let takes = |(draft, told): (&Draft, &Option<Told>)| {
        told.as_ref().is_some_and(|t| t.expression == expression.span)
            && !is_counted_from(report, draft, expression)
    };
    !expression.is_frame && !expression.is_dateline && !drafts.iter().zip(told).any(takes)
}

/// Returns what an expression says of an act that it hangs on; without days where it has none ("in recent years"). Of what
/// has happened only expressions count that readers learn little of.
fn read(report: &Report, draft: &Draft, expression: &TimeExpression) -> Option<Told> {
    let dated = |days: Option<Interval>| by_rule(expression, days, "dates/tree");
    if orders::is_its_term(report, draft, expression) {
        return None;
    }
    let is_done = draft.status.value == Status::Actual;
    if is_done && expression.kind == TimeKind::Duration {
        return lasting::held_for(report, draft, expression).map(|days| dated(Some(days)));
    }
    if is_done {
        // "After two weeks of fighting" is the time of the fighting.
        let is_length = report.text()[expression.span.range().end..].starts_with(" of ");
        let days = expression.resolve(Tense::Past).filter(|days| may_be(report, draft, *days));
        return (!expression.is_named() && !is_length).then(|| dated(days));
    }
    // "Announced on Tuesday that it would withdraw": what stands in front may be the announcement's.
    let follows = fullest(report, draft).end <= expression.span.start;
    let is_ahead = follows && matches!(draft.status.value, Status::Future | Status::Hypothetical);
    let published = report.document.published.filter(|_| is_ahead)?;
    if orders::is_given_on(report, expression) {
        return Some(dated(Some(expression.resolve(Tense::Past)?)));
    }
    let days = expression.resolve(Tense::Future).filter(|days| days.end > published)?;
    Some(dated(Some(days)))
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
pub(crate) fn head(report: &Report, span: Span, relations: &[&str]) -> Option<usize> {
    let tokens = &report.analysis.tokens;
    let from = tokens.partition_point(|t| t.span.end <= span.start);
    let inside = tokens[from..].iter().take_while(|t| t.span.start < span.end);
    let inside = inside.filter(|t| t.span.overlaps(span) && relations.contains(&t.relation));
    inside.filter_map(|t| t.head.map(|h| h.0 as usize)).find(|&h| !tokens[h].span.overlaps(span))
}
