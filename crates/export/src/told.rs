//! An event with what an export needs to know of its report.

use crate::merged::Merged;
use casus_types::Date;
use casus_types::record::{Record, RecordEvent};

/// The report that an event was read from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Report<'a> {
    /// The document's id.
    pub id: &'a str,
    /// Its headline.
    pub title: Option<&'a str>,
    /// The day it was published.
    pub published: Option<Date>,
    /// Who published it.
    pub publisher: Option<&'a str>,
    /// Where it was found.
    pub url: Option<&'a str>,
}

/// An event as a report tells it.
#[derive(Debug, Clone)]
pub struct Told<'a> {
    /// The report.
    pub report: Report<'a>,
    /// The event.
    pub event: &'a RecordEvent,
    /// The sentence of the fullest mention, where the report's words are known.
    pub sentence: Option<String>,
    /// Whether that sentence stands in the report's first paragraph, where its words are known.
    pub in_lead: Option<bool>,
    /// The incident that it belongs to, where events were joined to incidents.
    pub incident: Option<String>,
    /// Where the event stands for an incident: what that has beside ([`merged_event`](crate::merged_event)).
    pub merged: Option<Merged<'a>>,
}

/// The least characters of a first paragraph: what is shorter is a headline or a dateline.
const LEAD: usize = 100;

impl<'a> Told<'a> {
    /// Returns an event of a record; `text` holds the words that its spans count in.
    #[must_use]
    pub fn of(record: &'a Record, event: &'a RecordEvent, text: Option<&str>) -> Self {
        let report = Report {
            id: &record.id,
            title: record.title.as_deref(),
            published: record.published,
            publisher: record.publisher.as_deref(),
            url: record.url.as_deref(),
        };
        let sentence = event.sentence.as_ref();
        let words = sentence.zip(text).map(|(sentence, text)| {
            text.chars().skip(sentence.start).take(sentence.end.saturating_sub(sentence.start)).collect()
        });
        let in_lead = sentence.zip(text).map(|(sentence, text)| sentence.start < lead_end(text));
        Self { report, event, sentence: words, in_lead, incident: None, merged: None }
    }

    /// Returns the sentence, else the words of the fullest mention.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        let mention = self.event.mentions.first().and_then(|mention| mention.text.as_deref());
        self.sentence.as_deref().or(mention)
    }
}

/// Returns where the first paragraph ends, in characters.
fn lead_end(text: &str) -> usize {
    let (mut at, mut previous) = (0, '\0');
    for c in text.chars().filter(|c| *c != '\r') {
        if c == '\n' && previous == '\n' && at >= LEAD {
            return at;
        }
        (at, previous) = (at + 1, c);
    }
    at
}

#[cfg(test)]
mod tests {
    use super::lead_end;

    #[test]
    fn the_lead_ends_at_the_first_blank_line_below_the_headline() {
        let lead = "Troops of the north left the town of Arvan on Tuesday. ".repeat(2);
        let text = format!("Arvan falls\n\n{lead}\n\nThey won.");
        assert_eq!(lead_end(&text), text.chars().count() - "\nThey won.".len());
        assert_eq!(lead_end("Short."), 6);
    }
}
