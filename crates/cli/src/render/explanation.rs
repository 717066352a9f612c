//! A report with its events' words marked, then where each slot comes from.

use super::paint::Paint;
use super::{phrase, table};
use casus::types::record::{RecordEvent, RecordSource, RecordSpan};
use casus::types::{Coded, Confidence, Event, Evidence, Span};
use casus::{Reading, Record};
use std::collections::BTreeMap;

/// Columns of the slot names, and the fewest and most of values and words.
const SLOT: usize = 10;
const VALUE: std::ops::RangeInclusive<usize> = 12..=44;

/// Columns kept for confidence and origin, the last column, which may run on.
const MADE_BY: usize = 30;

/// One line of an explanation.
struct Line {
    slot: &'static str,
    value: String,
    words: String,
    made_by: String,
    confidence: Option<Confidence>,
}

/// Returns the explanation of a reading.
pub(crate) fn document(reading: &Reading, record: &Record, paint: &Paint, width: usize) -> String {
    let text = &reading.document.text;
    let mut out = marked_text(text, &reading.events, paint);
    out.push('\n');
    for (event, record) in reading.events.iter().zip(&record.events) {
        out += &table::head(record, paint, width);
        out.push('\n');
        let lines = lines(text, event, record);
        let columns = lines.iter().map(|l| l.value.chars().count()).max().unwrap_or_default();
        let columns = columns.clamp(*VALUE.start(), *VALUE.end());
        let quotes = lines.iter().map(|l| l.words.chars().count()).max().unwrap_or_default();
        let quote_columns = quotes.min(width.saturating_sub(5 + SLOT + columns + 2 + MADE_BY).max(24));
        for line in lines {
            out += &line.render(columns, quote_columns, paint);
        }
        out.push('\n');
    }
    if reading.events.is_empty() {
        out += "no events\n\n";
    }
    out
}

impl Line {
    fn render(&self, columns: usize, quote_columns: usize, paint: &Paint) -> String {
        let value = table::elide(&self.value, columns);
        let words = table::elide(&self.words, quote_columns);
        let confidence = self.confidence.map_or_else(String::new, |c| format!("{:.2}", c.get()));
        let made_by = paint.faint(&format!("{confidence}  {}", self.made_by));
        let slot = paint.faint(&format!("{:SLOT$}", self.slot));
        let line = format!("     {slot}{value:columns$}  {words:quote_columns$}  {made_by}");
        line.trim_end().to_owned() + "\n"
    }
}

/// Returns the text with every event's triggers marked and followed by the event's number.
fn marked_text(text: &str, events: &[Event], paint: &Paint) -> String {
    let mut numbers: BTreeMap<(u32, u32), Vec<String>> = BTreeMap::new();
    for event in events {
        for mention in &event.mentions {
            numbers.entry((mention.start, mention.end)).or_default().push((event.id.0 + 1).to_string());
        }
    }
    let mut out = String::new();
    let mut at = 0;
    for ((start, end), numbers) in numbers {
        let (start, end) = (start as usize, end as usize);
        // Of two stretches that overlap the first is marked; the other is told of below.
        if start < at {
            continue;
        }
        out += &clean(&text[at..start]);
        out += &paint.marked(&clean(&text[start..end]));
        out += &paint.faint(&numbers.join(","));
        at = end;
    }
    out += &clean(&text[at..]);
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out
}

/// Returns text without the control characters that a terminal would obey.
fn clean(text: &str) -> String {
    text.chars().filter(|&c| !c.is_control() || c == '\n' || c == '\t').collect()
}

fn lines(text: &str, event: &Event, record: &RecordEvent) -> Vec<Line> {
    let quote = |span: Option<Span>| match span {
        Some(span) => format!("“{}”", phrase::one_line(span.slice(text))),
        None => String::new(),
    };
    let line = |slot, value: String, evidence: &Evidence, confidence| Line {
        slot,
        value,
        words: quote(evidence.span),
        made_by: evidence.made_by.clone(),
        confidence: Some(confidence),
    };
    let mut lines = vec![of("type", event.kind.value.to_string(), &event.kind, &line)];
    lines.extend(event.modes.iter().map(|m| of("mode", m.value.to_string(), m, &line)));
    lines.push(of("status", event.status.value.to_string(), &event.status, &line));
    for (slot, coded, participants) in
        [("actor", &event.actors, &record.actors), ("recipient", &event.recipients, &record.recipients)]
    {
        let both = coded.iter().zip(participants);
        lines.extend(both.map(|(c, p)| of(slot, phrase::participant(p) + &id(p.id.as_ref()), c, &line)));
    }
    let places = event.places.iter().zip(&record.places);
    lines.extend(places.map(|(c, p)| of("place", phrase::place(p), c, &line)));
    let time = event.time.iter().zip(&record.time);
    lines.extend(time.map(|(c, t)| of("time", phrase::time(t), c, &line)));
    for (slot, number) in phrase::numbers(record) {
        let coded = event.numbers.iter().find(|(s, _)| s.as_str() == slot);
        lines.extend(coded.map(|(_, c)| of(slot, phrase::number(number), c, &line)));
    }
    lines.extend(event.weapons.iter().map(|w| of("weapon", w.value.0.clone(), w, &line)));
    for (source, written) in event.sources.iter().zip(&record.sources) {
        let value = match written {
            RecordSource::Named(named) => phrase::speaker(named),
            RecordSource::Author { .. } => String::new(),
        };
        lines.push(of("source", value, &source.who, &line));
        let unnamed = if source.anonymous { ", unnamed" } else { "" };
        lines.push(Line {
            slot: "stance",
            value: format!("{}{unnamed}", source.stance),
            words: quote(source.cue),
            made_by: String::new(),
            confidence: None,
        });
        if let Some(via) = &source.via {
            lines.push(of("via", via.value.name.clone(), via, &line));
        }
    }
    for (link, written) in event.links.iter().zip(&record.links) {
        let value =
            format!("{} {}", phrase::relation(written.relation), phrase::event_number(&written.event));
        lines.push(line("link", value, &link.evidence, link.confidence));
    }
    let others: Vec<String> = record.mentions.iter().skip(1).map(mention).collect();
    if !others.is_empty() {
        lines.push(Line {
            slot: "also told",
            value: format!("{} more times", others.len()),
            words: others.join(" "),
            made_by: String::new(),
            confidence: None,
        });
    }
    lines
}

fn of<T>(
    slot: &'static str,
    value: String,
    coded: &Coded<T>,
    line: &impl Fn(&'static str, String, &Evidence, Confidence) -> Line,
) -> Line {
    line(slot, value, &coded.evidence, coded.confidence)
}

fn id(id: Option<&String>) -> String {
    id.map_or_else(String::new, |id| format!(" {id}"))
}

fn mention(span: &RecordSpan) -> String {
    format!("“{}”", phrase::one_line(span.text.as_deref().unwrap_or_default()))
}
