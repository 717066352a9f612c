//! Events for eyes: one block each.

use super::paint::Paint;
use super::phrase;
use casus::Record;
use casus::types::Status;
use casus::types::record::RecordEvent;

/// Columns before a slot's label.
const INDENT: usize = 5;
/// Columns of a slot's label.
const LABEL: usize = 10;

/// Returns a document's block: a line that names it, then its events.
///
/// It is made of the public record and the text that its offsets count in, so that records read back look the same.
pub(crate) fn document(record: &Record, text: &str, paint: &Paint, width: usize) -> String {
    let mut lines = vec![paint.faint(&title(record, width))];
    if record.events.is_empty() {
        lines.push(" ".repeat(INDENT) + "no events");
    }
    let text: Vec<char> = text.chars().collect();
    for event in &record.events {
        lines.push(String::new());
        lines.extend(block(&text, event, paint, width));
    }
    lines.push(String::new());
    lines.join("\n") + "\n"
}

/// Returns the block of one event of a text.
pub(crate) fn event(record: &RecordEvent, text: &str, paint: &Paint, width: usize) -> String {
    let text: Vec<char> = text.chars().collect();
    block(&text, record, paint, width).join("\n") + "\n"
}

/// Returns `── arvan · Arvan falls · 2026-03-04 ───`.
fn title(record: &Record, width: usize) -> String {
    let published = record.published.map(|day| day.to_string());
    let title = record.title.as_deref().map(phrase::one_line);
    let parts = [Some(phrase::one_line(&record.id)), title, published];
    let words = parts.into_iter().flatten().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" · ");
    let words = elide(&words, width - 4);
    let rest = width.saturating_sub(4 + words.chars().count());
    format!("── {words} {}", "─".repeat(rest))
}

fn block(text: &[char], record: &RecordEvent, paint: &Paint, width: usize) -> Vec<String> {
    let mut lines = vec![head(record, paint, width)];
    let mut slot = |label: &str, parts: Vec<String>| {
        for (n, line) in wrap(&parts, width - INDENT - LABEL).into_iter().enumerate() {
            let label = if n == 0 { label } else { "" };
            lines.push(format!("{}{}{line}", " ".repeat(INDENT), paint.faint(&format!("{label:LABEL$}"))));
        }
    };
    slot("who", who(record));
    slot("where", listed(record.places.iter().map(phrase::place)));
    slot("when", record.time.iter().map(phrase::time).collect());
    for (name, number) in phrase::numbers(record) {
        slot(name, vec![phrase::number(number)]);
    }
    slot("weapons", listed(record.weapons.iter().map(|w| phrase::one_line(&w.kind))));
    slot("source", listed(record.sources.iter().filter_map(phrase::source)));
    let link = |relation, event| format!("{} {}", phrase::relation(relation), phrase::event_number(event));
    slot("links", listed(record.links.iter().map(|l| link(l.relation, &l.event))));
    let evidence = evidence(text, record, paint, width - INDENT - LABEL);
    lines.push(format!("{}{}{evidence}", " ".repeat(INDENT), paint.faint(&format!("{:LABEL$}", "text"))));
    lines
}

/// Returns the number, type, modes and status at the left, code, score and confidence at the right.
pub(super) fn head(record: &RecordEvent, paint: &Paint, width: usize) -> String {
    let kind = record.kind.as_str();
    let mut how: Vec<String> = record.modes.iter().map(ToString::to_string).collect();
    if record.status != Status::Actual {
        how.push(format!("({})", record.status));
    }
    let how = how.join(" ");
    let cameo = record.cameo.as_deref().unwrap_or("-");
    let figures =
        format!("CAMEO {cameo:<4}  score {:>5.1}  confidence {:.2}", record.score, record.confidence);
    let number = phrase::event_number(&record.id);
    let used = number.chars().count().max(3) + 2 + kind.len() + 1 + how.chars().count();
    let gap = width.saturating_sub(used + figures.len()).max(2);
    let (kind, figures) = (paint.strong(kind), paint.faint(&figures));
    format!("{number:>3}  {kind} {how}{}{figures}", " ".repeat(gap))
}

/// Returns those who do it, an arrow, those to whom.
fn who(record: &RecordEvent) -> Vec<String> {
    let side = |participants: &[_]| listed(participants.iter().map(phrase::participant));
    let (mut actors, mut recipients) = (side(&record.actors), side(&record.recipients));
    if recipients.is_empty() {
        return actors;
    }
    if actors.is_empty() {
        actors.push("unknown".to_owned());
    }
    recipients[0].insert_str(0, "→ ");
    actors.append(&mut recipients);
    actors
}

/// Returns parts with a semicolon after each but the last.
fn listed(parts: impl Iterator<Item = String>) -> Vec<String> {
    let mut parts: Vec<String> = parts.collect();
    let last = parts.len().saturating_sub(1);
    for part in &mut parts[..last] {
        part.push(';');
    }
    parts
}

/// Sets parts into lines, breaking between parts where that is enough and between words where it is not.
fn wrap(parts: &[String], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let fits = |line: &String, word: &str| line.chars().count() + 1 + word.chars().count() <= width;
    for part in parts {
        match lines.last_mut() {
            Some(line) if fits(line, part) => {
                line.push(' ');
                line.push_str(part);
            }
            _ if part.chars().count() <= width => lines.push(part.clone()),
            _ => {
                lines.push(String::new());
                for word in words(part) {
                    match lines.last_mut() {
                        Some(line) if line.is_empty() => line.push_str(word),
                        Some(line) if fits(line, word) => {
                            line.push(' ');
                            line.push_str(word);
                        }
                        _ => lines.push(word.to_owned()),
                    }
                }
            }
        }
    }
    lines
}

/// Returns the words of a part, a code in brackets as one.
fn words(part: &str) -> Vec<&str> {
    let mut depth = 0_u32;
    part.split(|c| {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ' ' && depth == 0
    })
    .collect()
}

/// Returns the sentence with its trigger marked, cut to a width around the trigger.
fn evidence(text: &[char], record: &RecordEvent, paint: &Paint, width: usize) -> String {
    let Some(trigger) = record.mentions.first() else { return String::new() };
    let (start, end) = (trigger.start.min(text.len()), trigger.end.min(text.len()));
    let sentence = record.sentence.as_ref().map_or((start, end), |s| (s.start.min(start), s.end.max(end)));
    let part = |from: usize, to: usize| -> String { text[from..to.clamp(from, text.len())].iter().collect() };
    let before = phrase::one_line(&part(sentence.0, start));
    let after = phrase::one_line(&part(end, sentence.1));
    let words = phrase::one_line(&part(start, end));
    let spaced = |at: Option<char>| if at.is_some_and(char::is_whitespace) { " " } else { "" };
    let left = spaced(text[..start].last().copied().filter(|_| !before.is_empty()));
    let right = spaced(text.get(end).copied().filter(|_| !after.is_empty()));
    let brackets = if paint.is_coloured() { 0 } else { 2 };
    let room = width.saturating_sub(words.chars().count() + left.len() + right.len() + brackets);
    let (before_len, after_len) = (before.chars().count(), after.chars().count());
    // Two thirds of the room go before the trigger, for that is where the doer stands; what one side leaves, the other
    // takes.
    let for_before = (2 * room / 3).max(room.saturating_sub(after_len)).min(before_len);
    let before = elide_start(&before, for_before);
    let after = elide(&after, room - before.chars().count());
    format!("{before}{left}{}{right}{after}", paint.marked(&words))
}

/// Returns words cut to a width, with an ellipsis where something is left out.
pub(super) fn elide(words: &str, width: usize) -> String {
    if words.chars().count() <= width {
        return words.to_owned();
    }
    let mut kept: String = words.chars().take(width.saturating_sub(1)).collect();
    // Half a word says little, so the cut goes back to a space that is near.
    if let Some(space) = kept.rfind(' ').filter(|&at| kept[at..].chars().count() <= 12) {
        kept.truncate(space);
    }
    if width == 0 { String::new() } else { kept + "…" }
}

/// Returns words cut to a width at their beginning.
fn elide_start(words: &str, width: usize) -> String {
    let length = words.chars().count();
    if length <= width {
        return words.to_owned();
    }
    let kept: String = words.chars().skip(length - width.saturating_sub(1)).collect();
    let from = kept.find(' ').filter(|&at| kept[..at].chars().count() <= 12).map_or(0, |at| at + 1);
    if width == 0 { String::new() } else { format!("…{}", &kept[from..]) }
}
