//! The days of orders: on which they were given, and by which they are to be carried out.

use crate::Report;
use crate::dates::TimeExpression;
use crate::drafts::Draft;
use crate::untaken;
use casus_types::Status;

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
    let head = untaken::head(report, expression.span, &["obl", "advmod", "nmod"]);
    head.is_some_and(|head| {
        ORDERS.contains(&report.analysis.tokens[head].span.slice(report.text()).to_lowercase().as_str())
    })
}

/// Verbs by which somebody sets a term to others.
const SETS_A_TERM: [&str; 9] =
    ["ordered", "told", "asked", "urged", "gave", "given", "instructed", "directed", "demanded"];

/// Tells whether an expression is the term that an act sets: "told the envoys to leave by Thursday" is told before that
/// Thursday, while troops who "had left by Thursday" are gone.
pub(crate) fn is_its_term(report: &Report, draft: &Draft, expression: &TimeExpression) -> bool {
    let text = report.text();
    let sentence = report.analysis.sentence_of(expression.span);
    expression.is_term()
        && draft.status.value == Status::Actual
        && draft.mentions(report.analysis).into_iter().any(|mention| {
            let words = mention.slice(text).to_lowercase();
            mention.end <= expression.span.start
                && report.analysis.sentence_of(mention) == sentence
                && words.split_whitespace().any(|word| SETS_A_TERM.contains(&word))
        })
}
