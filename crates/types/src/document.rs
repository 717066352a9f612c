//! A report as it came in.

use crate::Date;

/// One news report: a text that never changes, and what is known about it.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// Unique within a run: the given id, or one made from the content.
    pub id: String,
    /// The headline, where it stands apart from the text.
    pub title: Option<String>,
    /// The day from which "yesterday" counts.
    pub published: Option<Date>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// The report's words. Every [`Span`](crate::Span) of the reading points into this.
    pub text: String,
}
