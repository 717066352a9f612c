//! What was odd about a report. Odd input is data, not an error.

use serde::{Deserialize, Serialize};

/// One oddity of a document, with what the user can do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Stable name, kebab case: `no-publication-date`.
    pub code: String,
    /// What is wrong, one sentence.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl Problem {
    /// Returns a problem.
    pub fn new(code: &str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into(), hint: hint.into() }
    }
}
