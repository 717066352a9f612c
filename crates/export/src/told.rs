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
    /// Where the dead or hurt are counted in another sentence of the report, that one ([`toll_sentence`]).
    pub toll: Option<String>,
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
        let in_lead = text.and_then(|text| is_in_lead(event, text));
        let toll = text.and_then(|text| toll_sentence(event, text));
        Self { report, event, sentence: words, toll, in_lead, incident: None, merged: None }
    }

    /// Returns what somebody who checks the event wants to read: the sentence, with the one before it that counts the dead
    /// or hurt where that is another.
    #[must_use]
    pub fn notes(&self) -> Option<String> {
        let words = self.words()?;
        Some(self.toll.as_ref().map_or_else(|| words.to_owned(), |toll| format!("{toll} {words}")))
    }

    /// Returns the sentence, else the words of the fullest mention.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        let mention = self.event.mentions.first().and_then(|mention| mention.text.as_deref());
        self.sentence.as_deref().or(mention)
    }
}

/// Tells whether the dead or hurt of an event are counted outside of the sentence of its fullest mention.
#[must_use]
pub fn counts_elsewhere(event: &RecordEvent) -> bool {
    toll_at(event).is_some()
}

/// Returns the first code point of the words that count the dead, else the hurt, where they stand in another sentence.
fn toll_at(event: &RecordEvent) -> Option<usize> {
    let sentence = event.sentence.as_ref()?;
    let toll = event.killed.as_ref().or(event.injured.as_ref())?.span.as_ref()?;
    (toll.start < sentence.start || toll.start >= sentence.end).then_some(toll.start)
}

/// Returns the sentence that counts the dead, else the hurt, of an event, where that is another one than that of its fullest
/// mention. Its bounds are guessed from marks alone, for a record has those of one sentence only.
#[must_use]
pub fn toll_sentence(event: &RecordEvent, text: &str) -> Option<String> {
    let at = toll_at(event)?;
    let text: Vec<char> = text.chars().collect();
    let own = event.sentence.as_ref()?;
    let mut ends = (0..text.len()).filter(|&n| ends_at(&text, n)).peekable();
    let mut start = 0;
    while let Some(end) = ends.next_if(|&end| end <= at) {
        start = end;
    }
    let end = ends.next().unwrap_or(text.len());
    // Never into the sentence that is known.
    let (start, end) = if at < own.start { (start, end.min(own.start)) } else { (start.max(own.end), end) };
    let words: String = text.get(start..end)?.iter().collect();
    Some(words.trim().to_owned()).filter(|words| !words.is_empty())
}

/// Tells whether a sentence ends before the `n`th character: at a blank line, or behind a mark and its quotation marks with a
/// space and no small letter after it, unless the mark is that of an abbreviation (`Mr.`, `U.S.`).
fn ends_at(text: &[char], n: usize) -> bool {
    if n == 0 || !text[n - 1].is_whitespace() || text[n].is_whitespace() {
        return false;
    }
    let before: Vec<char> = text[..n].iter().rev().copied().take_while(|c| c.is_whitespace()).collect();
    if before.iter().filter(|c| **c == '\n').count() > 1 {
        return true;
    }
    let mut back =
        text[..n - before.len()].iter().rev().skip_while(|c| matches!(c, '"' | '”' | '’' | '\'' | ')'));
    match back.next() {
        Some('!' | '?') => !text[n].is_lowercase(),
        Some('.') => {
            let word: Vec<&char> = back.take_while(|c| c.is_alphabetic()).collect();
            let is_short = (1..=3).contains(&word.len()) && word.last().is_some_and(|c| c.is_uppercase());
            !is_short && !text[n].is_lowercase()
        }
        _ => false,
    }
}

/// Tells whether the sentence of an event stands in the first paragraph of its report.
#[must_use]
pub fn is_in_lead(event: &RecordEvent, text: &str) -> Option<bool> {
    event.sentence.as_ref().map(|sentence| sentence.start < lead_end(text))
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
    use super::{lead_end, toll_sentence};
    use casus_types::record::RecordEvent;
    use serde_json::json;

    #[test]
    fn the_toll_may_stand_in_another_sentence() {
        let check = |text: &str, toll: &str, sentence: &str, expected: Option<&str>| {
            let at = |words: &str| text.split(words).next().unwrap().chars().count();
            let (toll, sentence) = ((at(toll), toll), (at(sentence), sentence));
            let event: RecordEvent = serde_json::from_value(json!({
                "id": "a#e1", "type": "ASSAULT", "status": "actual",
                "killed": {"min": 6, "max": 6, "span": {"start": toll.0, "end": toll.0 + toll.1.chars().count()}},
                "sentence": {"start": sentence.0, "end": sentence.0 + sentence.1.chars().count()},
            }))
            .unwrap();
            assert_eq!(toll_sentence(&event, text).as_deref(), expected, "{text}");
        };
        let text = "Bomb in Rell\n\nA bomb killed six near St. Mary’s, Gen. Orlé said. It was loud. The Front claimed the attack.";
        let told = Some("A bomb killed six near St. Mary’s, Gen. Orlé said.");
        check(text, "six", "The Front claimed the attack.", told);
        check(text, "six", "It was loud.", told);
        check(text, "six", "A bomb killed six near St. Mary’s, Gen. Orlé said.", None);
        check("They fought. Six died", "Six", "They fought.", Some("Six died"));
    }

    #[test]
    fn the_lead_ends_at_the_first_blank_line_below_the_headline() {
        let lead = "Troops of the north left the town of Arvan on Tuesday. ".repeat(2);
        let text = format!("Arvan falls\n\n{lead}\n\nThey won.");
        assert_eq!(lead_end(&text), text.chars().count() - "\nThey won.".len());
        assert_eq!(lead_end("Short."), 6);
    }
}
