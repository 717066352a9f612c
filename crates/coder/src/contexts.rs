//! In what setting.

use crate::Report;
use crate::drafts::Draft;
use casus_types::ontology::Context;

/// Returns the contexts that words around the mentions speak for, in PLOVER's order.
pub(crate) fn contexts(report: &Report, draft: &Draft) -> Vec<Context> {
    let mut out: Vec<Context> = draft
        .sentences(report.analysis)
        .into_iter()
        .flat_map(|s| report.knowledge.contexts.find(report.text(), report.analysis.sentences[s]))
        .filter_map(|(name, _)| name.parse().ok())
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}
