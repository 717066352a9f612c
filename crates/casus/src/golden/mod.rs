//! Golden articles: short reports that we wrote, with the events they must give, in Markdown.
//!
//! A file holds any number of blocks ```` ```article published=2026-03-04 title="…" ```` each followed by a block
//! ```` ```events ````; the rest is prose for people. An event is a line: its type, then claims about it.
//!
//! ```text
//! CONCEDE   actor "Northland [NOR GOV]"  place "Arvan"  when 2026-03-03  says "the ministry"
//! ```
//!
//! What a line claims must hold; what it leaves out is not looked at. Events without a line of their own are faults.
//!
//! The events are what a right record says, whether casus gets there or not. What it still gets wrong stands in a block
//! ```` ```known-faults ```` right after, which `just golden --accept` writes: a fault that goes or comes fails the test.

mod claims;
pub mod families;

use casus_types::record::Record;
use casus_types::{Date, Document};
use claims::GoldenEvent;
use std::fmt;
use std::ops::Range;

/// A golden article.
#[derive(Debug, Clone)]
pub struct GoldenArticle {
    /// The report, its id being the line that its block begins at.
    pub document: Document,
    events: Vec<GoldenEvent>,
    /// What casus is known to get wrong, as [`GoldenArticle::faults`] words it.
    pub known_faults: Vec<String>,
    /// Where the block of known faults stands in the Markdown, fences and all; empty where there is none yet.
    block: Range<usize>,
}

/// A line of a golden file that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldenError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub fault: String,
}

impl fmt::Display for GoldenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.fault)
    }
}

impl std::error::Error for GoldenError {}

/// Returns the golden articles of a Markdown text.
///
/// # Errors
/// Where an article has no events block after it, or a line cannot be read.
pub fn parse(markdown: &str) -> Result<Vec<GoldenArticle>, GoldenError> {
    let mut articles: Vec<GoldenArticle> = Vec::new();
    let mut open: Option<Document> = None;
    for block in blocks(markdown) {
        let body = &markdown[block.body.clone()];
        match block.kind {
            "article" => {
                if open.is_some() {
                    return Err(block.fault("the article before it has no events block"));
                }
                open = Some(document(&block, body)?);
            }
            "events" => {
                let Some(document) = open.take() else {
                    return Err(block.fault("no article stands before it"));
                };
                let mut events = Vec::new();
                for (n, line) in body.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                    let fault = |fault| GoldenError { line: block.line + 1 + n, fault };
                    events.push(GoldenEvent::parse(line).map_err(fault)?);
                }
                let end = block.body.end + fence_len(&markdown[block.body.end..]);
                articles.push(GoldenArticle { document, events, known_faults: Vec::new(), block: end..end });
            }
            "known-faults" => {
                let Some(article) = articles.last_mut().filter(|_| open.is_none()) else {
                    return Err(block.fault("no events block stands before it"));
                };
                article.known_faults = body.lines().map(str::to_owned).collect();
                let end = block.body.end + fence_len(&markdown[block.body.end..]);
                article.block = block.body.start - "```known-faults\n".len()..end;
            }
            _ => {}
        }
    }
    match open {
        Some(document) => Err(GoldenError {
            line: document.id.parse().unwrap_or_default(),
            fault: "the article has no events block".to_owned(),
        }),
        None => Ok(articles),
    }
}

/// Returns the length of the line that closes a block.
fn fence_len(rest: &str) -> usize {
    rest.find('\n').map_or(rest.len(), |at| at + 1)
}

/// Returns the Markdown with what these records, one for each article, get wrong as the known faults.
#[must_use]
pub fn accept(markdown: &str, articles: &[GoldenArticle], records: &[Record]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for (article, record) in articles.iter().zip(records) {
        out += &markdown[at..article.block.start];
        let faults = article.faults(record);
        if !faults.is_empty() {
            if !out.ends_with('\n') {
                out.push('\n');
            }
            out = out + "```known-faults\n" + &faults.join("\n") + "\n```\n";
        }
        at = article.block.end;
    }
    out + &markdown[at..]
}

impl GoldenArticle {
    /// Returns what a record lacks or has too much, a line each; nothing where it is as expected.
    #[must_use]
    pub fn faults(&self, record: &Record) -> Vec<String> {
        let mut left: Vec<GoldenEvent> = record.events.iter().map(GoldenEvent::of).collect();
        let mut faults = Vec::new();
        for expected in &self.events {
            match left.iter().position(|event| expected.holds_for(event)) {
                Some(at) => drop(left.remove(at)),
                None => faults.push(format!("expected: {expected}")),
            }
        }
        faults.extend(left.iter().map(|event| format!("found:    {event}")));
        faults
    }
}

/// A fenced block of Markdown.
struct Block<'a> {
    kind: &'a str,
    /// What stands after the kind.
    header: &'a str,
    /// Where its lines stand.
    body: Range<usize>,
    /// The line of its fence, from 1.
    line: usize,
}

impl Block<'_> {
    fn fault(&self, fault: &str) -> GoldenError {
        GoldenError { line: self.line, fault: fault.to_owned() }
    }
}

fn blocks(markdown: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut inside = false;
    let mut at = 0;
    for (n, line) in markdown.split_inclusive('\n').enumerate() {
        let end = at + line.len();
        match (line.trim_end().strip_prefix("```"), inside) {
            (Some(header), false) => {
                let (kind, header) = header.split_once(' ').unwrap_or((header, ""));
                blocks.push(Block { kind, header, body: end..end, line: n + 1 });
                inside = true;
            }
            (Some(_), true) => inside = false,
            (None, true) => {
                if let Some(block) = blocks.last_mut() {
                    block.body.end = end;
                }
            }
            (None, false) => {}
        }
        at = end;
    }
    blocks
}

fn document(block: &Block<'_>, body: &str) -> Result<Document, GoldenError> {
    let mut document = Document { id: block.line.to_string(), text: body.to_owned(), ..Document::default() };
    for (key, value) in claims::pairs(block.header).map_err(|fault| block.fault(&fault))? {
        match key.as_str() {
            "published" => {
                let day: Date = value.parse().map_err(|_| block.fault(&format!("{value:?} is no day")))?;
                document.published = Some(day);
            }
            "title" => document.title = Some(value),
            "source" => document.publisher = Some(value),
            _ => return Err(block.fault(&format!("an article has no {key:?}"))),
        }
    }
    Ok(document)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKDOWN: &str = "# A withdrawal\n\n```article published=2026-03-04 source=\"Example Wire\"\nNorthland said on \
Tuesday it would pull its troops out of Arvan.\n```\n```events\nCONCEDE  actor \"Northland\"  when 2026-03-03\n```\nEnd.\n";

    fn record(json: &str) -> Record {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn articles_are_read() {
        let articles = parse(MARKDOWN).unwrap();
        let document = &articles[0].document;
        assert_eq!(document.text, "Northland said on Tuesday it would pull its troops out of Arvan.\n");
        assert_eq!(document.publisher.as_deref(), Some("Example Wire"));
        assert_eq!(document.published, Some(Date::constant(2026, 3, 4)));
    }

    #[test]
    fn claims_are_checked_and_events_are_counted() {
        let article = &parse(MARKDOWN).unwrap()[0];
        let right = r#"{"events": [{"type": "CONCEDE", "actors": [{"name": "Northland", "country": "NOR"}],
            "places": [{"name": "Arvan"}], "time": {"start": "2026-03-03", "end": "2026-03-03"}}]}"#;
        assert_eq!(article.faults(&record(right)), Vec::<String>::new());
        assert_eq!(
            article.faults(&record(r#"{"events": [{"type": "AID"}]}"#)),
            ["expected: CONCEDE  actor \"Northland\"  when 2026-03-03", "found:    AID"]
        );
    }

    #[test]
    fn what_is_found_can_be_accepted() {
        let articles = parse(MARKDOWN).unwrap();
        let found = record(r#"{"events": [{"type": "RETREAT", "modes": ["withdraw"], "status": "future"}]}"#);
        let accepted = accept(MARKDOWN, &articles, std::slice::from_ref(&found));
        let expected = "```known-faults\nexpected: CONCEDE  actor \"Northland\"  when 2026-03-03\n\
            found:    RETREAT  mode withdraw  status future\n```\nEnd.\n";
        assert!(accepted.contains(expected), "{accepted}");
        let again = parse(&accepted).unwrap();
        assert_eq!(again[0].known_faults, again[0].faults(&found));
        assert_eq!(
            accept(&accepted, &again, std::slice::from_ref(&found)),
            accepted,
            "accepting twice changes nothing"
        );
        let right = record(
            r#"{"events": [{"type": "CONCEDE", "actors": [{"name": "Northland"}],
            "time": {"start": "2026-03-03", "end": "2026-03-03"}}]}"#,
        );
        assert_eq!(accept(&accepted, &again, &[right]), MARKDOWN, "what is put right leaves no trace");
    }

    #[test]
    fn faults_name_their_line() {
        let fault = |markdown: &str| parse(markdown).unwrap_err().to_string();
        assert_eq!(fault("```article\nx\n```\n"), "line 1: the article has no events block");
        assert_eq!(fault("\n```events\n```\n"), "line 2: no article stands before it");
        assert_eq!(
            fault("```article\nx\n```\n```events\nFIGHT\n```\n"),
            "line 5: no event type is called \"FIGHT\""
        );
        assert_eq!(
            fault("```article\nx\n```\n```events\nAID with \"x\"\n```\n"),
            "line 5: an event has no \"with\""
        );
        assert_eq!(fault("```article published=soon\nx\n```\n"), "line 1: \"soon\" is no day");
    }
}
