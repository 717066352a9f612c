//! The days of orders: on which they were given, and by which they are to be carried out.

use crate::Report;
use crate::dates::TimeExpression;
use crate::drafts::Draft;
use crate::untaken;
use casus_types::{EventType, Status};

/// Verbs by which somebody has others do something, or says that he will.
const ORDERS: [&str; 24] = [
    "ordered",
    "told",
    "asked",
    "urged",
    "said",
    "announced",
    "decided",
    "approved",
    "authorised",
    "authorized",
    "vowed",
    "pledged",
    "promised",
    "called",
    "agreed",
    "voted",
    "threatened",
    "warned",
    "declared",
    "instructed",
    "directed",
    "demanded",
    "decreed",
    "signed",
];

/// Tells whether an expression gives the day of an order and not of what is ordered: "ordered the army on Tuesday to clear
/// the square" looks back, whatever comes of it.
pub(crate) fn is_given_on(report: &Report, expression: &TimeExpression) -> bool {
    // "Called a strike for Friday" looks ahead.
    let is_aim = report.text()[..expression.span.range().start].ends_with(" for ");
    let head = untaken::head(report, expression.span, &["obl", "advmod", "nmod"]);
    head.filter(|_| !is_aim).is_some_and(|head| {
        ORDERS.contains(&report.analysis.tokens[head].span.slice(report.text()).to_lowercase().as_str())
    })
}

/// Verbs by which somebody sets a term to others.
const SETS_A_TERM: [&str; 9] =
    ["ordered", "told", "asked", "urged", "gave", "given", "instructed", "directed", "demanded"];

/// Words with which a term begins that an act was ordered for, not by which it is to be done.
const UP_TO: [&str; 4] = ["until", "till", "through", "up"];

/// Tells whether an expression is the term that an act sets: "told the envoys to leave by Thursday" is told before that
/// Thursday, while troops who "had left by Thursday" are gone; "closed the border until Thursday" tells when it will open. Of
/// some forty such closures, bans and promises in the training reports all but two have the day on which they were made.
pub(crate) fn is_its_term(report: &Report, draft: &Draft, expression: &TimeExpression) -> bool {
    let text = report.text();
    let sentence = report.analysis.sentence_of(expression.span);
    let first = expression.span.slice(text).split_whitespace().next().unwrap_or_default().to_lowercase();
    let is_for_a_time = UP_TO.contains(&first.as_str()) && holds_for_a_time(draft.kind.value);
    expression.is_term()
        && draft.status.value == Status::Actual
        && draft.mentions(report.analysis).into_iter().any(|mention| {
            let words = mention.slice(text).to_lowercase();
            mention.end <= expression.span.start
                && report.analysis.sentence_of(mention) == sentence
                && (is_for_a_time || words.split_whitespace().any(|word| SETS_A_TERM.contains(&word)))
        })
}

/// Tells whether an act of a type is done at once and holds from then on: a ban, a sanction, a promise. Fights and exercises
/// last until the day that is told.
fn holds_for_a_time(kind: EventType) -> bool {
    use EventType as T;
    matches!(kind, T::Coerce | T::Sanction | T::Retreat | T::Concede | T::Agree | T::Reject)
}
