//! "A day after the raid": two acts in one sentence, of which one is dated by the other.

use crate::Report;
use crate::dates::{TimeExpression, TimeKind};
use casus_types::Span;

/// Last words of an expression that counts from the act named next.
const HINGES: [&str; 3] = ["after", "before", "following"];

/// Tells whether an expression counts from what is named next: "two days before the vote", but not "the day before, …".
pub(crate) fn is_hinge(report: &Report, d: &TimeExpression) -> bool {
    let words = d.span.slice(report.text());
    let last = words.rsplit(char::is_whitespace).next().unwrap_or_default();
    let goes_on = report.text()[d.span.range().end..].starts_with(' ');
    d.kind == TimeKind::Anchored && HINGES.contains(&last) && goes_on
}

/// Returns the expression by which one of two acts is dated from the other, with the words of the dated act first; none
/// where none stands between or before them in their sentence.
pub(crate) fn hinge<'a>(report: &'a Report, a: Span, b: Span) -> Option<(&'a TimeExpression, Span, Span)> {
    let (first, second) = (a.min(b), a.max(b));
    let sentence = report.analysis.sentence_of(first);
    if first.overlaps(second) || report.analysis.sentence_of(second) != sentence {
        return None;
    }
    report.dates.iter().filter(|d| is_hinge(report, d)).find_map(|d| {
        if report.analysis.sentence_of(d.span) != sentence
            || d.span.overlaps(first)
            || d.span.overlaps(second)
        {
            return None;
        }
        if first.end <= d.span.start && d.span.end <= second.start {
            return Some((d, first, second)); // "shells hit a school a day after the raid"
        }
        // "Two days after the raid, the army shelled the town": the comma ends what the expression counts from.
        let fronted =
            d.span.end <= first.start && report.text()[first.range().end..second.range().start].contains(',');
        let led = report.analysis.sentences[sentence].start == d.span.start;
        (fronted && led).then_some((d, second, first))
    })
}
