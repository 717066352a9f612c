//! The number that needs no word: each single person arrested, taken, hurt or killed is one.

use crate::Report;
use crate::actors::ActorKind;
use crate::ages;
use crate::drafts::Draft;
use crate::harms;
use crate::numbers::{self, Quantity, QuantityKind};
use crate::places::HintKind;
use crate::tolls::may_do;
use casus_types::analysis::{Role, Token};
use casus_types::event::{CountRange, NumberSlot, Participant};
use casus_types::{Coded, Confidence, EventType, Evidence, Mode, Span, Status};

/// Returns how many single persons an act befell, and what befell them (of 84 arrests of one recipient without a number
/// in the training gold 78 say one; of two or three, 8 of 9). None where some recipient is no single person.
pub(crate) fn single(
    report: &Report,
    draft: &Draft,
    recipients: &[Coded<Participant>],
) -> Option<(NumberSlot, Coded<CountRange>)> {
    if draft.status.value != Status::Actual {
        return None;
    }
    let spans: Vec<Span> = recipients.iter().filter_map(|r| r.evidence.span).collect();
    let slot = slot(report, draft).or_else(|| befallen(report, draft, &spans))?;
    let each = recipients.iter().map(|who| persons(report, &who.value.name, who.evidence.span?));
    let n = each.sum::<Option<u64>>()?;
    let (more, spans) = joined(report, draft, &spans);
    let span = spans.into_iter().reduce(Span::cover)?;
    let n = n + more;
    let range = CountRange { min: n, max: Some(n) };
    let evidence = Evidence::read(span, "numbers/persons");
    Some((slot, Coded::new(range, evidence, Confidence::new(0.9))))
}

/// How likely the reader must think somebody a sufferer who is joined to one: as likely as further actors.
const JOINED: f32 = 0.6;

/// Returns what a stretch names before others who are counted already: "his driver" of "his driver and three bodyguards".
fn before_counted(text: &str, span: Span, counted: &[Span]) -> Span {
    let Some(next) = counted.iter().find(|c| span.start < c.start && span.overlaps(**c)) else { return span };
    let own = text[span.range().start..next.range().start].trim_end();
    let own = own.strip_suffix("and").unwrap_or(own).trim_end_matches([' ', ',']);
    Span::new(span.range().start, span.range().start + own.len())
}

/// Words behind which some are named of those who are counted already.
const OF_SOME: [&str; 3] = ["including", "among them", "among whom"];

/// Counts the single persons that are joined to some of whom an act befell ("the general and his driver") and befallen
/// as well, if the reader thinks so too; with the words of all.
pub(crate) fn joined(report: &Report, draft: &Draft, known: &[Span]) -> (u64, Vec<Span>) {
    let text = report.text();
    let arguments = draft.arguments(report.analysis, Role::Recipient);
    let likely = arguments.iter().filter(|a| a.probability >= JOINED).map(|a| ages::cut(text, a.span));
    // "Four soldiers, including an officer, and two civilians": the officer is one of the four.
    let is_part = |span: &Span| {
        report.quantities.iter().any(|q| q.is_part && q.span.overlaps(*span))
            || OF_SOME.iter().any(|words| text[..span.range().start].trim_end().ends_with(words))
    };
    let likely: Vec<Span> =
        likely.map(|span| before_counted(text, span, known)).filter(|span| !is_part(span)).collect();
    let mut counted = known.to_vec();
    let mut n = 0;
    let is_name = |span: Span| {
        let words: Vec<&Token> = report.analysis.tokens.iter().filter(|t| span.contains(t.span)).collect();
        (2..=5).contains(&name_words(report, &words))
    };
    let starts = |span: Span, test: fn(&str) -> bool| {
        report
            .analysis
            .tokens
            .iter()
            .find(|t| span.contains(t.span))
            .is_some_and(|t| test(t.span.slice(text)))
    };
    let joins = |a: Span, b: Span| {
        let (first, second) = (a.min(b), a.max(b));
        let Some(between) = text.get(first.range().end..second.range().start) else { return false };
        match between[ages::length(between)..].trim() {
            // "Former minister and party leader Ivan Petrov" is one.
            "and" | ", and" | "as well as" | "along with" => is_name(first) || starts(first, is_determiner),
            // "Ivan Petrov, the leader of the rebels", "Ivan Petrov, aka the Bear".
            "," => {
                let named = is_name(first) && is_name(second);
                named && starts(second, |w| w.starts_with(char::is_uppercase)) || starts(second, is_owner)
            }
            _ => false,
        }
    };
    while let Some((span, persons)) = likely
        .iter()
        .filter(|s| !counted.iter().any(|c| c.overlaps(**s)) && counted.iter().any(|&c| joins(c, **s)))
        .find_map(|&s| Some((s, persons(report, s.slice(text), s)?)))
    {
        counted.push(span);
        n += persons;
    }
    (n, counted)
}

/// Returns what an act does to the one it befalls.
fn slot(report: &Report, draft: &Draft) -> Option<NumberSlot> {
    let first = draft.modes.first().map(|m| m.value);
    match (draft.kind.value, first) {
        (EventType::Coerce, Some(Mode::Arrest)) => Some(NumberSlot::Detained),
        (EventType::Coerce, _) if tells_of(report, draft, NumberSlot::Abducted) => Some(NumberSlot::Detained),
        (EventType::Assault, Some(Mode::Abduct)) => Some(NumberSlot::Abducted),
        (EventType::Assault, _) => [NumberSlot::Killed, NumberSlot::Injured, NumberSlot::Abducted]
            .into_iter()
            .find(|&slot| tells_of(report, draft, slot)),
        _ => None,
    }
}

/// Returns what befalls all those whom an attack befell, by the words beside them: "a strike in Tesk kills Ivan Petrov".
fn befallen(report: &Report, draft: &Draft, spans: &[Span]) -> Option<NumberSlot> {
    if draft.kind.value != EventType::Assault {
        return None;
    }
    let done = |harm: &harms::Harm| {
        let killed = harm.slot == NumberSlot::Killed;
        may_do(EventType::Assault, harm.slot)
            && !(killed && (failed(report, harm.word) || is_charge(report, harm.word)))
    };
    let befalls = |&span| harms::befalls(report, span).filter(done).map(|harm| harm.slot);
    let mut slots = spans.iter().map(befalls);
    let first = slots.next()??;
    slots.all(|slot| slot == Some(first)).then_some(first)
}

/// Words near a word for the act by which it failed or was only meant.
const NOT_DONE: [&str; 6] = ["attempt", "tried", "try", "plot", "plan", "failed"];
/// Bytes around it in which they stand.
const NOT_DONE_WITHIN: u32 = 24;

/// Tells whether the words around say that the act failed: "an attempt to assassinate", "assassination attempt".
fn failed(report: &Report, word: Span) -> bool {
    let tokens = report.analysis.tokens.iter().filter(|t| t.span.distance(word) <= NOT_DONE_WITHIN);
    tokens.filter(|t| report.analysis.sentence_of(t.span) == report.analysis.sentence_of(word)).any(|t| {
        let near = t.span.slice(report.text()).to_lowercase();
        NOT_DONE.iter().any(|w| near.starts_with(w))
    })
}

/// Tells whether a word names murder as a crime rather than a deed done to somebody: "charged with murder".
fn is_charge(report: &Report, word: Span) -> bool {
    let text = report.text();
    let named = matches!(word.slice(text).to_lowercase().as_str(), "murder" | "murders");
    let done = text[word.range().end..].trim_start().starts_with("of ");
    let owned = ["’s", "'s"].iter().any(|end| text[..word.range().start].trim_end().ends_with(end));
    named && !done && !owned
}

/// Words between a word for the act and one for what came of it: "shot and killed".
const JOINTS: [&str; 5] = ["", "and", ", and", "and then", "and later"];

/// Tells whether a word for the act says that somebody was killed or hurt, or is joined to one that does.
fn tells_of(report: &Report, draft: &Draft, slot: NumberSlot) -> bool {
    draft.triggers.iter().any(|&t| {
        let word = report.analysis.trigger(t).span;
        if slot == NumberSlot::Killed && (failed(report, word) || is_charge(report, word)) {
            return false;
        }
        // Who is beaten need not be hurt; where reports count them, they are.
        if slot == NumberSlot::Injured && word.slice(report.text()).to_lowercase().starts_with("beat") {
            return false;
        }
        harms::named_in(report, word).is_some_and(|h| h.slot == slot)
            || harms::named_behind(report, word).is_some_and(|h| {
                let between = report.text()[word.range().end..h.word.range().start].trim();
                h.slot == slot && JOINTS.contains(&between)
            })
    })
}

/// Returns how many single persons the words name. None where they name none, or more than can be told.
///
/// The words are read as they stand: the parts of speech of names and titles are too often misread.
fn persons(report: &Report, name: &str, span: Span) -> Option<u64> {
    let text = report.text();
    if matches!(span.slice(text).to_lowercase().as_str(), "he" | "she" | "him" | "her" | "the other") {
        return Some(1);
    }
    let known = report.knowledge.actors.lookup(name, report.document.published);
    if !known.is_empty() {
        return known.iter().all(|row| row.kind == ActorKind::Person).then_some(1);
    }
    let words: Vec<&Token> = report.analysis.tokens.iter().filter(|t| span.contains(t.span)).collect();
    let counts = |t: &&Token| {
        let age = ["-year", " year", "-month"].iter().any(|w| text[t.span.range().end..].starts_with(w));
        let word = t.span.slice(text);
        word.starts_with(|c: char| c.is_ascii_digit()) && !age && word.chars().all(char::is_numeric)
    };
    let more = |q: &Quantity| q.span.overlaps(span) && q.range.max != Some(1) && q.kind != QuantityKind::Nth;
    if words.iter().any(counts) || report.quantities.iter().any(more) {
        return None;
    }
    // "The Golan Heights" are no person.
    let place = report
        .hints
        .iter()
        .any(|h| h.kind != HintKind::Demonym && h.span.end == span.end && 2 * h.span.len() > span.len());
    let article = words.len() > 1
        && words[0].span.slice(text).eq_ignore_ascii_case("the")
        && words[1].span.slice(text).starts_with(char::is_uppercase);
    // Nor is the Tesk Water Company; Ada Park is.
    let last = words.last().map(|t| t.span.slice(text)).filter(|w| w.starts_with(char::is_uppercase));
    let last = last.filter(|_| words.len() > 2);
    let body = last.is_some_and(|word| report.knowledge.actors.is_body(&word.to_lowercase()));
    if place || article || body {
        return None;
    }
    let single = |words: &[&Token], span: Span| {
        (2..=5).contains(&name_words(report, words))
            || is_single_name(report, words, span)
            || head(report, words).is_some_and(|head| is_somebody(report, head))
            || is_called(report, words)
    };
    if report.knowledge.actors.names_one(span.slice(text)) || !is_list(report, &words) {
        return single(&words, span).then_some(1);
    }
    let joint = |t: &&Token| matches!(t.span.slice(text), "and" | ",");
    let mut n = 0;
    for part in words.split(joint).filter(|part| !part.is_empty()) {
        if !single(part, part[0].span.cover(part[part.len() - 1].span)) {
            return None;
        }
        // "A lawyer and activist" is one, "a wife and daughter" are two.
        let another = is_determiner(part[0].span.slice(text))
            || name_words(report, part) >= 2
            || head(report, part)
                .is_some_and(|h| report.knowledge.actors.is_kin(&h.span.slice(text).to_lowercase()));
        n += u64::from(n == 0 || another);
    }
    Some(n)
}

fn is_owner(word: &str) -> bool {
    matches!(word, "his" | "her" | "their")
}

fn is_determiner(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "a" | "an" | "the" | "his" | "her" | "their" | "its" | "another")
}

/// Tells whether a phrase joins several persons: "a captain and his brother Ivan Petrov", "Ivan Petrov and Pavel Ivanov";
/// not titles of one: "former minister and party leader Ivan Petrov".
fn is_list(report: &Report, phrase: &[&Token]) -> bool {
    let word = |t: &Token| t.span.slice(report.text());
    let Some(and) = phrase.iter().position(|t| word(t) == "and") else { return false };
    let first = &phrase[..and];
    first.first().is_some_and(|t| is_determiner(word(t))) || name_words(report, first) >= 2
}

/// Counts the capitalised words that a phrase ends in; what a hyphen or a small word joins counts once. None of them
/// where a noun of a body is the last ("the Special Forces").
fn name_words(report: &Report, phrase: &[&Token]) -> usize {
    let word = |t: &Token| t.span.slice(report.text());
    let is_particle = |word: &str| report.knowledge.actors.is_particle(word);
    let is_joint = |t: &Token| matches!(word(t), "-" | "'" | "’" | "‘");
    let mut count = 0;
    let mut proper = false;
    let mut later: Option<&Token> = None;
    for &token in phrase.iter().rev() {
        let letters = word(token);
        let capital = letters.starts_with(char::is_uppercase) && letters.chars().any(char::is_lowercase);
        let first = letters.split(['-', '’', '\'']).next().unwrap_or_default().to_lowercase();
        // "al-Kikli" in one token is a word of the name as well.
        let glued = is_particle(&first) && letters.chars().any(char::is_uppercase);
        if !capital && !glued && !is_joint(token) && !is_particle(letters) {
            break;
        }
        if (capital || glued) && !later.is_some_and(is_joint) {
            count += 1;
        }
        proper |= token.pos == "PROPN";
        later = Some(token);
    }
    if proper { count } else { 0 }
}

/// Tells whether a phrase is one word that names a person: no place, no people, no known body.
fn is_single_name(report: &Report, phrase: &[&Token], span: Span) -> bool {
    let &[token] = phrase else { return false };
    let word = token.span.slice(report.text());
    let before = report.analysis.tokens.iter().rev().find(|t| t.span.end <= span.start);
    token.pos == "PROPN"
        && word.starts_with(char::is_uppercase)
        && word.chars().skip(1).all(|c| c.is_lowercase() || matches!(c, '-' | '’' | '\''))
        && !word.ends_with('s') // may be a people: "Kurds"
        && before.is_none_or(|t| !t.span.slice(report.text()).eq_ignore_ascii_case("the"))
        && !report.hints.iter().any(|h| h.span.overlaps(span))
}

/// Tells whether a phrase is a noun for one person with his name behind it: "his sister Sara".
fn is_called(report: &Report, phrase: &[&Token]) -> bool {
    let Some((name, noun)) = phrase.split_last().and_then(|(name, rest)| Some((name, rest.last()?))) else {
        return false;
    };
    name.pos == "PROPN"
        && is_determiner(phrase[0].span.slice(report.text()))
        && is_somebody(report, noun)
        && head(report, phrase).is_some()
}

/// Words behind which a phrase says more of its noun: "a commander of the rebels", "a man who fled".
const MORE: [&str; 16] = [
    "of",
    "from",
    "in",
    "at",
    "on",
    "for",
    "with",
    "who",
    "whom",
    "whose",
    "that",
    "which",
    "accused",
    "suspected",
    ",",
    "(",
];

/// Returns the noun of a phrase: its last word, or the one before it says more; none where it joins two.
fn head<'a>(report: &Report, phrase: &[&'a Token]) -> Option<&'a Token> {
    let word = |t: &Token| t.span.slice(report.text()).to_lowercase();
    let end = phrase.iter().position(|t| MORE.contains(&word(t).as_str())).unwrap_or(phrase.len());
    if phrase[..end].iter().any(|t| matches!(word(t).as_str(), "and" | "or")) {
        return None;
    }
    phrase[..end].last().copied()
}

/// Tells whether a word is a noun for one person.
pub(crate) fn is_somebody(report: &Report, token: &Token) -> bool {
    let word = token.span.slice(report.text()).to_lowercase();
    numbers::is_person(&word) || report.knowledge.actors.is_somebody(&word)
}
