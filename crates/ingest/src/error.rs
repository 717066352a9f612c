//! Why bytes are not taken in.

use std::fmt;

/// Why bytes are not taken in.
#[derive(Debug)]
pub enum IngestError {
    /// No bytes, or only white space.
    Empty,
    /// More bytes than one document may have.
    TooLarge,
    /// Not text.
    Binary {
        /// What it seems to be: "a PDF file".
        kind: &'static str,
        /// What to do about it.
        hint: &'static str,
    },
    /// A markup that is not read.
    Markup {
        /// What it seems to be: "a web page (HTML)".
        kind: &'static str,
    },
    /// Not JSON, or not JSON of a document.
    Json(serde_json::Error),
    /// JSON of a document that lacks its text.
    NoText,
}

impl IngestError {
    /// Returns what the user can do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Empty => "give a file with the words of a report",
            Self::TooLarge => "split it: one report a file, or JSON Lines with one report a line",
            Self::Binary { hint, .. } => hint,
            Self::Markup { .. } => "save the article's text alone; casus reads plain text and JSON Lines",
            Self::Json(_) => {
                "each line must be one object: {\"id\": …, \"published\": \"YYYY-MM-DD\", \"text\": …}"
            }
            Self::NoText => "put the report's words under the key \"text\"",
        }
    }
}

impl fmt::Display for IngestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("nothing to read: it is empty"),
            Self::TooLarge => {
                write!(f, "too large: one document may have {} MB at most", crate::MAX_BYTES / 1_000_000)
            }
            Self::Binary { kind, .. } | Self::Markup { kind } => {
                write!(f, "not plain text: it seems to be {kind}")
            }
            Self::Json(_) => f.write_str("not a document in JSON"),
            Self::NoText => f.write_str("a document without words: no key \"text\""),
        }
    }
}

impl std::error::Error for IngestError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Json(error) => Some(error),
            _ => None,
        }
    }
}
