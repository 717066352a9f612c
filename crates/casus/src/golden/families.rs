//! Families of reports that tell of the same incidents, with near misses: what linking is measured with.
//!
//! A Markdown file is a family. Its blocks ```` ```report published=2026-03-04 source="Example Wire" title="…" ```` hold
//! reports, in which the word that tells of an act stands in brackets, followed by its incident in parentheses:
//!
//! ```text
//! Shells [hit](market) Arvan on Monday, a day after the [ambush](convoy) near Belen.
//! ```
//!
//! The same incident has the same name all through the file; other files have incidents of their own.

use super::{Block, GoldenError, blocks, document};
use casus_types::{Document, Span};

/// A report of a family.
#[derive(Debug, Clone)]
pub struct FamilyReport {
    /// The report, without the marks; its id is `FAMILY:LINE`.
    pub document: Document,
    /// The words that tell of an act, in text order, each with the incident that it belongs to: `FAMILY/NAME`.
    pub labels: Vec<(Span, String)>,
}

/// Returns the reports of a family; `family` is the name of its file without the ending.
///
/// # Errors
/// Where a block's header or a mark cannot be read, or a report marks nothing.
pub fn family(family: &str, markdown: &str) -> Result<Vec<FamilyReport>, GoldenError> {
    let reports = blocks(markdown).into_iter().filter(|block| block.kind == "report");
    reports.map(|block| report(family, &block, &markdown[block.body.clone()])).collect()
}

fn report(family: &str, block: &Block<'_>, body: &str) -> Result<FamilyReport, GoldenError> {
    let mut text = String::new();
    let mut labels = Vec::new();
    let mut rest = body;
    while let Some((before, after)) = rest.split_once('[') {
        let line = block.line + body[..body.len() - after.len()].matches('\n').count() + 1;
        let fault = |fault: &str| GoldenError { line, fault: fault.to_owned() };
        let (words, after) = after.split_once("](").ok_or_else(|| fault("a bracket without \"](NAME)\""))?;
        let (name, after) = after.split_once(')').ok_or_else(|| fault("a name without \")\""))?;
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if words.is_empty() || name.is_empty() || !name.chars().all(plain) {
            return Err(fault("a mark is [words](name), the name in letters, digits and hyphens"));
        }
        text += before;
        let offset = |at: usize| u32::try_from(at).expect("a golden report is short");
        let start = offset(text.len());
        text += words;
        labels.push((Span { start, end: offset(text.len()) }, format!("{family}/{name}")));
        rest = after;
    }
    text += rest;
    if labels.is_empty() {
        return Err(block.fault("the report marks no act"));
    }
    let mut document = document(block, &text)?;
    document.id = format!("{family}:{}", block.line);
    Ok(FamilyReport { document, labels })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_labels_and_leave_the_text() {
        let markdown = "# Two acts\n\n```report published=2026-03-04 source=\"Example Wire\"\nShells [hit](market) \
                        Arvan, a day\nafter the [ambush](convoy).\n```\n";
        let reports = family("arvan", markdown).unwrap();
        let FamilyReport { document, labels } = &reports[0];
        assert_eq!(document.id, "arvan:3");
        assert_eq!(document.text, "Shells hit Arvan, a day\nafter the ambush.\n");
        let told: Vec<_> = labels.iter().map(|(s, name)| (s.slice(&document.text), name.as_str())).collect();
        assert_eq!(told, [("hit", "arvan/market"), ("ambush", "arvan/convoy")]);
    }

    #[test]
    fn broken_marks_tell_their_line() {
        let fault = |body: &str| family("x", &format!("```report\n{body}\n```\n")).unwrap_err().to_string();
        assert_eq!(fault("One.\nA [hit here."), "line 3: a bracket without \"](NAME)\"");
        assert_eq!(
            fault("A [hit](a b)."),
            "line 2: a mark is [words](name), the name in letters, digits and hyphens"
        );
        assert_eq!(fault("Nothing happened."), "line 1: the report marks no act");
    }
}
