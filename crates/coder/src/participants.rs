//! Who does it, and to whom.

use crate::Report;
use crate::actors::{self, ActorContext};
use crate::antecedents::{antecedent, stands_for};
use crate::drafts::Draft;
use crate::homes::{self, Setting};
use crate::numbers::cardinal::is_cardinal;
use crate::numbers::{Quantity, QuantityKind};
use crate::{ages, pairs, sides};
use casus_types::analysis::{Argument, MentionKind, Role, Token, TriggerId};
use casus_types::event::{EventPlace, Participant};
use casus_types::{Coded, Confidence, EventType, Evidence, Sector, Span};

/// Somebody with all the stretches that name them.
pub(crate) struct Candidate {
    pub(crate) spans: Vec<Span>,
    /// What each trigger says, the likeliest first.
    from: Vec<(TriggerId, f32)>,
    pub(crate) probability: f32,
    pub(crate) who: Coded<Participant>,
}

/// Returns the actors and the recipients of an act.
pub(crate) fn participants(
    report: &Report,
    draft: &Draft,
    places: &[Coded<EventPlace>],
) -> (Vec<Coded<Participant>>, Vec<Coded<Participant>>) {
    let mut actors = candidates(report, draft, places, Role::Actor);
    let mut recipients = candidates(report, draft, places, Role::Recipient);
    // Nobody is both: the likelier role stands.
    actors.retain(|a| !recipients.iter().any(|r| one_entity(report, a, r) && r.probability > a.probability));
    recipients.retain(|r| !actors.iter().any(|a| one_entity(report, a, r)));
    let thresholds = report.thresholds();
    sides::without_modifiers(report.analysis, &mut actors, thresholds.best_actor);
    sides::without_modifiers(report.analysis, &mut recipients, thresholds.best_recipient);
    let actors = decide(actors, thresholds.actor, thresholds.best_actor, thresholds.further);
    let mut recipients =
        decide(recipients, thresholds.recipient, thresholds.best_recipient, thresholds.further);
    sides::unite_victims(draft, &mut recipients);
    if actors.len() > 1 && sides::is_two_sided(report, draft) {
        recipients.clear();
    }
    (coded(actors), coded(recipients))
}

/// Returns those who play a role from the probability `each` on and not much less likely than the likeliest, who
/// plays it from `best` on.
fn decide(mut candidates: Vec<Candidate>, each: f32, best: f32, share: f32) -> Vec<Candidate> {
    candidates.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.spans.cmp(&b.spans)));
    let most = candidates.first().map_or(0.0, |c| c.probability);
    // Two whom the same words join are equally likely.
    let least = |c: &Candidate| if c.probability >= most { best } else { each.max(most * share) };
    candidates.retain(|c| c.probability >= least(c));
    candidates
}

/// Returns candidates as participants, in text order.
fn coded(mut candidates: Vec<Candidate>) -> Vec<Coded<Participant>> {
    candidates.sort_by_key(|c| c.spans[0]);
    candidates
        .into_iter()
        .map(|c| {
            let confidence = Confidence::new(c.probability * c.who.confidence.get());
            Coded::new(c.who.value, c.who.evidence, confidence)
        })
        .collect()
}

/// Returns who may play a role, each entity once.
fn candidates(report: &Report, draft: &Draft, places: &[Coded<EventPlace>], role: Role) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::new();
    let arguments = draft.arguments(report.analysis, role);
    let thresholds = report.thresholds();
    let from = if role == Role::Actor { thresholds.best_actor } else { thresholds.best_recipient };
    let named = arguments.iter().any(|a| !is_pronoun(a.span.slice(report.text())) && a.probability >= from);
    for argument in arguments.into_iter().filter(|a| is_somebody(report, a.span)) {
        let force =
            role == Role::Actor && matches!(draft.kind.value, EventType::Assault | EventType::Mobilize);
        let spans = if let Some(pair) = pairs::states(report, draft, role, argument.span) {
            pair.to_vec()
        } else if let Some(latter) = pairs::latter(report, argument.span) {
            vec![latter]
        } else {
            let Some(span) = standing_for(report, argument, named) else { continue };
            let partner = pairs::partner(report, span)
                .filter(|_| role == Role::Actor && sides::is_two_sided(report, draft));
            let mut parts = sides::parts(report, completed(report, draft, span));
            parts.extend(partner.into_iter().flat_map(|partner| sides::parts(report, partner)));
            parts
        };
        for span in spans.into_iter().map(|part| without_loose_end(report, part)) {
            let mut who = resolve(report, span, Setting { places, act: Some((draft, role)) }, force);
            who.value.name = without_count(report, span, who.value.name);
            let from = vec![(argument.trigger, argument.probability)];
            let candidate = Candidate { spans: vec![span], from, probability: argument.probability, who };
            match out.iter_mut().find(|known| one_entity(report, known, &candidate)) {
                Some(known) => {
                    // Who is named is called by the name, not by what a comma says of him.
                    if is_apposed(report.text(), span, known.spans[0]) {
                        known.who = candidate.who;
                        known.spans.insert(0, span);
                    } else {
                        known.spans.push(span);
                    }
                    known.from.extend(candidate.from);
                }
                None => out.push(candidate),
            }
        }
    }
    for candidate in &mut out {
        candidate.probability = agreed(draft, &candidate.from, thresholds.agreement);
    }
    out
}

/// Tells whether an argument may name somebody: not the age of somebody, nor nobody at all.
fn is_somebody(report: &Report, span: Span) -> bool {
    let words = span.slice(report.text());
    let counted = report.quantities.iter().find(|q| q.span.overlaps(span));
    let nobody = counted.is_some_and(|q| q.kind == QuantityKind::Zero && q.span.contains(span));
    !nobody && (counted.is_some() || !ages::is_age(words))
}

/// Returns a name without the number of several words at its beginning, whose single words look like those of a name: "persons"
/// of "no fewer than 15 persons", "people" of "10-12 people".
fn without_count(report: &Report, span: Span, name: String) -> String {
    let text = report.text();
    let Some(start) =
        span.range().end.checked_sub(name.len()).filter(|&at| text.get(at..span.range().end) == Some(&name))
    else {
        return name;
    };
    let counts = |q: &&Quantity| {
        let several = q.span.slice(text).contains([' ', '-', '–']);
        let number = matches!(q.kind, QuantityKind::Number | QuantityKind::Vague);
        number && several && q.span.range().contains(&start)
    };
    let Some(quantity) = report.quantities.iter().find(counts) else { return name };
    let own = text.get(quantity.span.range().end..span.range().end).unwrap_or_default().trim_start();
    let own = own.strip_prefix("of the ").or_else(|| own.strip_prefix("of ")).unwrap_or(own);
    // "One hundred", cut off from "one hundred and twenty people".
    let noun = quantity.noun().map(|noun| noun.slice(text)).filter(|_| own.is_empty());
    match noun.unwrap_or(own) {
        "" => name,
        own => own.to_owned(),
    }
}

/// Words that name nobody without a noun behind them.
const BARE: [&str; 12] = ["a", "an", "the", "this", "these", "those", "of", "and", "by", "my", "our", "your"];

/// Returns a stretch with what the reader left out of it: the rest of a word that a hyphen cuts ("Al-", of "Al-Shabaab"),
/// and the noun that it is nothing without ("a", of "a spokesman"; "Kenya's", of "Kenya's minister"), unless that tells of
/// the act ("Kenya's raids" are Kenya's).
fn completed(report: &Report, draft: &Draft, span: Span) -> Span {
    let (tokens, text) = (&report.analysis.tokens, report.text());
    let own = tokens.partition_point(|t| t.span.end <= span.start)
        ..tokens.partition_point(|t| t.span.start < span.end);
    let Some(mut last) = own.clone().last() else { return span };
    while tokens[last].span.slice(text).ends_with('-')
        && tokens.get(last + 1).is_some_and(|next| next.span.start == tokens[last].span.end)
    {
        last += 1;
    }
    let says = |at: usize| {
        let word = tokens[at].span.slice(text).to_lowercase();
        tokens[at].pos != "PUNCT" && !BARE.contains(&word.as_str())
    };
    let owns = ["'s", "’s", "'", "’"].iter().any(|end| tokens[last].span.slice(text).ends_with(end));
    if owns || !own.clone().any(says) {
        // As far as the noun that they belong to, if it stands behind them.
        let noun = |at: &usize| *at > last && matches!(tokens[*at].pos, "NOUN" | "PROPN" | "NUM" | "ADJ");
        let head = own.filter_map(|at| tokens[at].head.map(|h| h.0 as usize)).filter(noun).min();
        let tells = |at: &usize| {
            draft.triggers.iter().any(|&t| report.analysis.trigger(t).span.overlaps(tokens[*at].span))
        };
        let near =
            |at: &usize| report.analysis.sentence_of(tokens[*at].span) == report.analysis.sentence_of(span);
        last = head.filter(near).filter(|at| !tells(at)).unwrap_or(last);
    }
    Span::new(span.start as usize, (tokens[last].span.end as usize).max(span.end as usize))
}

/// Dashes behind which something else is said of those before them: "14 people - 12 soldiers and two guides".
const DASHES: [&str; 3] = [" - ", " – ", " — "];

/// Returns a stretch without words at its end that wait for others: "two drivers who were", "a radar station in", "militias
/// ideologically", of "militias ideologically aligned with Gorvan"; nor an age, "man, 28"; nor what a dash sets off.
fn without_loose_end(report: &Report, span: Span) -> Span {
    let span = ages::cut(report.text(), span);
    let words = span.slice(report.text());
    let dash = DASHES.iter().filter_map(|dash| words.find(dash)).min().unwrap_or(words.len());
    let span = Span::new(span.range().start, span.range().start + dash);
    let mut tokens = report.analysis.tokens.iter().filter(|t| span.contains(t.span)).rev().peekable();
    let loose = |token: &&Token| {
        let words = token.span.slice(report.text());
        // "A passer-by" is whole.
        if report.text()[..token.span.range().start].ends_with('-') {
            return false;
        }
        LOOSE.contains(&words.to_lowercase().as_str()) || (token.pos == "ADV" && words.ends_with("ly"))
    };
    while tokens.peek().is_some_and(loose) {
        tokens.next();
    }
    tokens.next().map_or(span, |last| Span::new(span.range().start, last.span.range().end))
}

/// Words that end no phrase.
const LOOSE: [&str; 62] = [
    "a", "an", "the", "of", "in", "on", "at", "by", "to", "for", "from", "with", "into", "over", "near",
    "under", "against", "between", "through", "within", "without", "inside", "outside", "until", "since",
    "than", "about", "across", "around", "along", "towards", "upon", "among", "behind", "and", "or", "but",
    "as", "if", "because", "after", "before", "during", "while", "when", "who", "which", "whom", "whose",
    "that", "said", "says", "is", "are", "was", "were", "be", "been", "has", "have", "had", "will",
];

/// Returns how likely somebody plays a role in an act of several triggers: the highest probability, drawn towards the
/// mean over all triggers by `agreement`. A name that one of five mentions takes in by mistake falls out so.
fn agreed(draft: &Draft, from: &[(TriggerId, f32)], agreement: f32) -> f32 {
    let most = |id: &TriggerId| from.iter().filter(|f| f.0 == *id).map(|f| f.1).fold(0.0, f32::max);
    let highest = from.iter().map(|f| f.1).fold(0.0, f32::max);
    #[expect(clippy::cast_precision_loss, reason = "an act has few triggers")]
    let mean = draft.triggers.iter().map(most).sum::<f32>() / draft.triggers.len() as f32;
    highest + (mean - highest) * agreement
}

/// Returns the words that an argument stands for: its own, or those that its pronoun points back to. None for a
/// pronoun beside a name.
fn standing_for(report: &Report, argument: &Argument, named: bool) -> Option<Span> {
    let words = argument.span.slice(report.text());
    // "The minister said: I welcome …": beside a name that welcomes it "I" is nobody else.
    let is_speaker = report.names.is_author(words) && !(named && words == "I");
    if !is_pronoun(words) || is_speaker {
        return Some(argument.span);
    }
    if named {
        return None;
    }
    if let Some(antecedent) = antecedent(report, argument.span) {
        return Some(antecedent);
    }
    let before = report.analysis.mentions.iter().rev().find(|m| {
        m.kind == MentionKind::Actor
            && m.span.end <= argument.span.start
            && !is_pronoun(m.span.slice(report.text()))
            && !(is_of_a_person(words) && is_state(report, m.span))
    });
    Some(before.map_or(argument.span, |m| m.span))
}

/// Tells whether a pronoun points to one person.
fn is_of_a_person(pronoun: &str) -> bool {
    matches!(pronoun.to_lowercase().as_str(), "he" | "she" | "him" | "her" | "his" | "himself")
}

/// Tells whether words name a state or a body of states, which is no "he".
fn is_state(report: &Report, span: Span) -> bool {
    let who = resolve(report, span, Setting { places: &[], act: None }, false).value;
    let known = who.id.is_some_and(|id| id.starts_with("country:"));
    known || (who.sector.is_none() && who.country.is_some_and(|country| !country.is_state()))
}

/// Words that only point.
const PRONOUNS: [&str; 22] = [
    "he",
    "she",
    "it",
    "they",
    "him",
    "her",
    "them",
    "who",
    "whom",
    "which",
    "that",
    "we",
    "i",
    "us",
    "you",
    "his",
    "its",
    "their",
    "himself",
    "itself",
    "themselves",
    "both",
];

/// Tells whether words only point: "they", "some of them".
pub(crate) fn is_pronoun(words: &str) -> bool {
    is_one_pronoun(words) || counted(words).is_some_and(is_one_pronoun)
}

fn is_one_pronoun(words: &str) -> bool {
    words != "US" && PRONOUNS.contains(&words.to_lowercase().as_str())
}

/// Words for so many of some, beside numbers.
const COUNTS: [&str; 12] =
    ["some", "many", "most", "several", "few", "half", "all", "both", "none", "any", "each", "dozens"];

/// Returns what some words count: "them" of "some of them", but nothing of "members of it".
fn counted(words: &str) -> Option<&str> {
    let (count, of) = words.rsplit_once(" of ")?;
    let count = count.to_lowercase();
    let counts = COUNTS.contains(&count.as_str())
        || is_cardinal(&count)
        || count.bytes().all(|byte| byte.is_ascii_digit());
    counts.then_some(of)
}

/// Returns the word that points: "them" of "some of them".
pub(crate) fn pointing_word(text: &str, pronoun: Span) -> Span {
    let of = counted(pronoun.slice(text)).map_or(0, str::len);
    if of == 0 { pronoun } else { Span::new(pronoun.range().end - of, pronoun.range().end) }
}

fn one_entity(report: &Report, a: &Candidate, b: &Candidate) -> bool {
    let (x, y) = (&a.who.value, &b.who.value);
    (x.id.is_some() && x.id == y.id)
        || (x.country == y.country && x.name.to_lowercase() == y.name.to_lowercase())
        || a.spans.iter().any(|&s| b.spans.iter().any(|&t| s.overlaps(t)))
        || is_state_and_organ(report, a, b)
        || a.spans.iter().any(|&s| {
            b.spans.iter().any(|&t| is_apposed(report.text(), s, t) || is_apposed(report.text(), t, s))
        })
        || actors::corefer(report.text(), a.spans[0], b.spans[0], &report.knowledge.actors)
}

/// Tells whether commas set off words that say more of those before them: "the suspect, a 30-year-old Ugandan, was arrested".
/// Those of a list are followed by "and".
fn is_apposed(text: &str, name: Span, words: Span) -> bool {
    let between = text.get(name.range().end..words.range().start);
    let (own, behind) = (words.slice(text), &text[words.range().end..]);
    // "France, the Netherlands" are two.
    let titled = own.strip_prefix("the ").is_some_and(|title| title.starts_with(char::is_lowercase));
    // "Jane Otieno, leader of the rebels, was shot".
    let heads = own.split_once(" of ").is_some_and(|(office, _)| {
        office.starts_with(char::is_lowercase)
            && !office.ends_with('s')
            && office.split_whitespace().count() < 4
    });
    let begins = titled
        || heads
        || ["a ", "an "].iter().any(|article| own.starts_with(article))
        || own.starts_with(|c: char| c.is_ascii_digit()) && own.contains("-old ");
    let ends = behind.starts_with(", ") && !behind.starts_with(", and ") && !behind.starts_with(", a");
    // "She became the first president to be arrested".
    let is_told = matches!(between, Some(" became " | " becomes ")) && own.starts_with("the first ");
    is_told || matches!(between, Some(", " | ", a " | ", an ")) && (begins || between != Some(", ")) && ends
}

/// Tells whether one is a state and the other an organ of it, told of in different sentences: "The United States
/// carried out … The US military said …" is one doer.
fn is_state_and_organ(report: &Report, a: &Candidate, b: &Candidate) -> bool {
    let (x, y) = (&a.who.value, &b.who.value);
    let organ = |p: &Participant| matches!(p.sector, None | Some(Sector::Gov | Sector::Mil));
    let sentence = |c: &Candidate| report.analysis.sentence_of(c.spans[0]);
    x.country.is_some()
        && x.country == y.country
        && x.sector.is_none() != y.sector.is_none()
        && organ(x)
        && organ(y)
        && sentence(a) != sentence(b)
}

/// Returns who the words mean, given amid what they stand: where they name nobody, whom they stand for for sure ("the group").
pub(crate) fn resolve(
    report: &Report,
    span: Span,
    setting: Setting,
    as_doer_of_force: bool,
) -> Coded<Participant> {
    let who = by_words(report, span, setting, as_doer_of_force);
    // "General Jane Otieno" stands for nobody but herself.
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let titled = who.evidence.made_by.starts_with("rules/agent_nouns")
        && who.value.name.contains(' ')
        && who.value.name.split_whitespace().all(capital);
    if who.value.id.is_some() || titled {
        return who;
    }
    let named = stands_for(report, span).map(|before| by_words(report, before, setting, false));
    let fits = |named: &Coded<Participant>| {
        named.value.id.as_ref().is_some_and(|id| !id.starts_with("country:"))
            && (who.value.sector.is_none() || who.value.sector == named.value.sector)
    };
    match named {
        Some(named) if fits(&named) => {
            let confidence = Confidence::new(named.confidence.get() * BY_STANDING);
            Coded::new(named.value, Evidence::read(span, "encoder/antecedent"), confidence)
        }
        // "The group" of a name that no table has: it is called by it, and its own words tell what it is.
        Some(named)
            if is_new_name(report, &named)
                && !is_new_name(report, &who)
                && is_alike(&who.value, &named.value) =>
        {
            let value = Participant { name: named.value.name, ..who.value };
            Coded::new(value, Evidence::read(span, "encoder/antecedent"), who.confidence)
        }
        _ => who,
    }
}

/// Tells whether somebody is known by a name, but to no table: but for the little ones its words are written large.
fn is_new_name(report: &Report, who: &Coded<Participant>) -> bool {
    let little = |word: &str| {
        let word = word.to_lowercase();
        LOOSE.contains(&word.as_str()) || report.knowledge.actors.is_particle(&word)
    };
    let mut words = who.value.name.split_whitespace().filter(|word| !little(word)).peekable();
    who.evidence.made_by == actors::FROM_CONTEXT
        && words.peek().is_some()
        && words.all(|word| word.starts_with(char::is_uppercase))
}

/// Tells whether what is known of one somebody goes with what is known of another.
fn is_alike(a: &Participant, b: &Participant) -> bool {
    let agree = a.country.is_none() || b.country.is_none() || a.country == b.country;
    agree && (a.sector.is_none() || b.sector.is_none() || a.sector == b.sector)
}

/// How sure it is that a noun stands for the actor that the network takes it for; set by hand.
const BY_STANDING: f32 = 0.8;

/// Returns who words mean by themselves.
fn by_words(report: &Report, span: Span, setting: Setting, as_doer_of_force: bool) -> Coded<Participant> {
    let mention = report
        .analysis
        .mentions
        .iter()
        .find(|m| m.kind == MentionKind::Actor && m.span == span)
        .or_else(|| {
            report.analysis.mentions.iter().find(|m| m.kind == MentionKind::Actor && m.span.overlaps(span))
        });
    let countries = homes::countries(report, span, setting);
    let context = ActorContext {
        text: report.text(),
        published: report.document.published,
        sectors: mention.map_or(&[], |m| &m.sectors),
        countries: &countries,
        placed: &report.located,
        as_doer_of_force,
        barred: homes::striker(report, setting),
    };
    let who = actors::resolve_in(&report.names, span, &context);
    Coded::new(who.value, Evidence::read(span, who.evidence.made_by), who.confidence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counted_pronouns_are_pronouns() {
        assert!(["they", "Some of them", "12 of them", "three of us"].into_iter().all(is_pronoun));
        assert!(!["members of it", "US", "some of the men", "the rest of them"].into_iter().any(is_pronoun));
        let text = "police beat some of them";
        assert_eq!(pointing_word(text, Span::new(12, 24)).slice(text), "them");
    }
}
