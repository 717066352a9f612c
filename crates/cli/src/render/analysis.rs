//! The linguistic reading, sentence by sentence.

use super::paint::Paint;
use super::phrase;
use casus::Reading;
use casus::types::analysis::{MentionKind, Role, TriggerLink};
use casus::types::{Analysis, Span};

/// Returns the sentences of a reading with their tokens, then its mentions, triggers and their arguments, and whom words mean.
pub(crate) fn document(reading: &Reading, paint: &Paint) -> String {
    let (text, analysis) = (reading.document.text.as_str(), &reading.analysis);
    let mut lines = Vec::new();
    for (n, &sentence) in analysis.sentences.iter().enumerate() {
        lines.push(paint.strong(&format!("sentence {}", n + 1)));
        lines.extend(tokens(text, analysis, sentence));
        let within = |span: Span| sentence.contains(span);
        lines.extend(analysis.mentions.iter().filter(|m| within(m.span)).map(|mention| {
            let sectors: Vec<String> =
                mention.sectors.iter().take(2).map(|(s, p)| format!("{s} {p:.2}")).collect();
            let words = quote(text, mention.span);
            format!(
                "  mention   {:7} {words}  {:.2}  {}",
                kind(mention.kind),
                mention.probability,
                sectors.join(", ")
            )
        }));
        for (n, trigger) in analysis.triggers.iter().enumerate().filter(|(_, t)| within(t.span)) {
            let modes = trigger.modes.first().map_or_else(String::new, |(m, p)| format!("{m} {p:.2}"));
            let status = trigger.statuses.first().map_or_else(String::new, |(s, p)| format!("{s} {p:.2}"));
            let words = quote(text, trigger.span);
            let probability = trigger.probability;
            lines.push(format!(
                "  trigger {n:<3} {words}  {} {probability:.2}  {modes}  {status}",
                trigger.kind
            ));
            lines.extend(arguments(text, analysis, n));
            lines.extend(relations(text, analysis, n));
        }
        for bearing in analysis.bearings.iter().filter(|b| within(b.span)) {
            let best = bearing.same.iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
            let same = best
                .map_or_else(|| "nobody named".to_owned(), |b| format!("{}  {:.2}", quote(text, b.0), b.1));
            lines.push(format!("  {} means {same}", quote(text, bearing.span)));
        }
        lines.push(String::new());
    }
    lines.iter().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// Returns a sentence's tokens with part of speech, relation and head, numbered within the document as heads are.
fn tokens(text: &str, analysis: &Analysis, sentence: Span) -> Vec<String> {
    let numbered = analysis.tokens.iter().enumerate().filter(|(_, t)| sentence.contains(t.span));
    numbered
        .map(|(n, token)| {
            let head = token.head.map_or_else(
                || "root".to_owned(),
                |head| {
                    let word = analysis.tokens.get(head.0 as usize).map_or("?", |t| t.span.slice(text));
                    format!("{} {word}", head.0)
                },
            );
            let word = phrase::one_line(token.span.slice(text));
            format!("{n:>6}  {word:20} {:6} {:10} ← {head}", token.pos, token.relation)
        })
        .collect()
}

fn arguments(text: &str, analysis: &Analysis, trigger: usize) -> Vec<String> {
    let own = analysis.arguments.iter().filter(|a| a.trigger.0 as usize == trigger);
    own.map(|a| format!("    {:10}{}  {:.2}", role(a.role), quote(text, a.span), a.probability)).collect()
}

fn relations(text: &str, analysis: &Analysis, trigger: usize) -> Vec<String> {
    let own = analysis.relations.iter().filter(|r| r.from.0 as usize == trigger);
    own.map(|r| {
        let link = match r.link {
            TriggerLink::Same => "same as",
            TriggerLink::Linked(relation) => phrase::relation(relation),
        };
        let words = analysis.triggers.get(r.to.0 as usize).map_or_else(String::new, |t| quote(text, t.span));
        format!("    {link} trigger {} {words}  {:.2}", r.to.0, r.probability)
    })
    .collect()
}

fn quote(text: &str, span: Span) -> String {
    format!("“{}”", phrase::one_line(span.slice(text)))
}

fn kind(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Actor => "actor",
        MentionKind::Place => "place",
        MentionKind::Time => "time",
        MentionKind::Number => "number",
        MentionKind::Weapon => "weapon",
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Actor => "actor",
        Role::Recipient => "recipient",
        Role::Place => "place",
        Role::Time => "time",
        Role::Source => "source",
        Role::Via => "via",
        Role::Count => "count",
        Role::Killed => "killed",
        Role::Injured => "injured",
        Role::Detained => "detained",
        Role::Displaced => "displaced",
        Role::Abducted => "abducted",
    }
}
