//! How many.

use crate::drafts::Draft;
use crate::harms::{self, Harm, Toll};
use crate::numbers::{self, Quantity, QuantityKind};
use crate::persons;
use crate::speech::Speech;
use crate::toll_limits::{are_forces, may_have, takes_nobody, tells_of_death};
use crate::{Report, actors, lists, toll_words};
use casus_types::analysis::{Argument, Role};
use casus_types::event::{CountRange, NumberSlot, Participant};
use casus_types::{Coded, Confidence, EventType, Evidence, Mode, Sector, Span, Status};

/// The slots with the roles that the reader gives them.
const SLOTS: [(NumberSlot, Role); 6] = [
    (NumberSlot::Count, Role::Count),
    (NumberSlot::Killed, Role::Killed),
    (NumberSlot::Injured, Role::Injured),
    (NumberSlot::Detained, Role::Detained),
    (NumberSlot::Displaced, Role::Displaced),
    (NumberSlot::Abducted, Role::Abducted),
];

/// A quantity that is the toll of an act.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Claim {
    slot: NumberSlot,
    /// Its index among the report's quantities.
    quantity: usize,
    harm: Option<Harm>,
    probability: f32,
}

/// What the grammar is worth where the word for the harm is itself a word for the act ("killed three"), where it stands
/// in the act's sentence ("shelled the town, killing three"), and where it stands in a later one that tells of no act.
const WORD_FOR_THE_ACT: f32 = 0.85;
const SAME_SENTENCE: f32 = 0.55;
const NEXT_SENTENCE: f32 = 0.35;

/// Returns for each act the quantities that are its tolls: what the reader sees, and what the words say that the
/// quantity hangs on, each making up for the other's doubt.
pub(crate) fn claims(report: &Report, drafts: &[Draft]) -> Vec<Vec<Claim>> {
    let harms = harms::harms(report, &report.quantities);
    let mut out: Vec<Vec<Claim>> = vec![Vec::new(); drafts.len()];
    for (at, quantity) in report.quantities.iter().enumerate() {
        if harms::are_missing(report, quantity)
            || are_deprived(report, quantity)
            || are_inhabitants(report, quantity)
        {
            continue;
        }
        let running = toll_words::running(report, quantity);
        for (slot, role) in SLOTS {
            if slot == NumberSlot::Killed && is_alive(report, quantity)
                || slot == NumberSlot::Displaced && are_forces(report, quantity)
            {
                continue;
            }
            let marked = marked(report, role, quantity);
            let mut seen: Vec<f32> = drafts.iter().map(|d| belief(d, &marked)).collect();
            let apart: Vec<bool> = drafts
                .iter()
                .map(|d| is_of_more(report, d, running) || !may_have(d.kind.value, slot))
                .collect();
            seen.iter_mut().zip(&apart).filter(|(_, apart)| **apart).for_each(|(p, _)| *p = 0.0);
            let harm = none_hurt(report, quantity, slot).or(harms[at]);
            if slot == NumberSlot::Count || harm.is_none() {
                let wrong_kind = match slot {
                    NumberSlot::Count => harm.is_some() || quantity.kind == QuantityKind::Article,
                    _ => !counts_persons(report, quantity) || !is_told(report, quantity, slot),
                };
                for (draft, &probability) in seen.iter().enumerate() {
                    let does_it = slot != NumberSlot::Count && is_doer(report, &drafts[draft], quantity);
                    let free = slot == NumberSlot::Detained && takes_nobody(&drafts[draft]);
                    let lives =
                        slot == NumberSlot::Killed && !tells_of_death(report, &drafts[draft], quantity);
                    if probability >= report.thresholds().number && !wrong_kind && !does_it && !lives && !free
                    {
                        out[draft].push(Claim { slot, quantity: at, harm, probability });
                    }
                }
                continue;
            }
            let Some(harm) = harm.filter(|h| h.slot == slot) else { continue };
            if !counts_persons(report, quantity) {
                continue; // "captured two villages", "killed in strikes on four boats"
            }
            let mut said: Vec<f32> = drafts.iter().map(|d| said(report, drafts, d, &harm)).collect();
            said.iter_mut().zip(&apart).filter(|(_, apart)| **apart).for_each(|(p, _)| *p = 0.0);
            if quantity.kind == QuantityKind::Zero || harm.toll.is_some() {
                // "No casualties are reported", "nobody was hurt", "the toll rose to five" stand alone.
                said.iter_mut().filter(|p| **p > 0.0).for_each(|p| *p = WORD_FOR_THE_ACT);
            }
            let both = |i: usize| 1.0 - (1.0 - seen[i]) * (1.0 - said[i]);
            // People are hurt once: one act has them.
            let best = (0..drafts.len()).max_by(|&a, &b| both(a).total_cmp(&both(b)).then(b.cmp(&a)));
            if let Some(draft) = best.filter(|&i| both(i) >= report.thresholds().number) {
                out[draft].push(Claim { slot, quantity: at, harm: Some(harm), probability: both(draft) });
            }
        }
    }
    out
}

/// Tells whether a toll counts more than an act's: one of a whole war, where no word for the act is that for the war.
fn is_of_more(report: &Report, draft: &Draft, running: Option<Span>) -> bool {
    running.is_some_and(|words| !draft.mentions(report.analysis).iter().any(|m| m.overlaps(words)))
}

/// Nouns for where people live, who are its size: "took the town of 30,000 people".
const HOMES: [&str; 14] = [
    "town",
    "city",
    "village",
    "suburb",
    "settlement",
    "hamlet",
    "neighbourhood",
    "neighborhood",
    "island",
    "country",
    "nation",
    "province",
    "district",
    "region",
];
/// Words between such a noun and its size.
const SIZE: [&str; 9] = ["of", "with", "about", "some", "around", "nearly", "almost", "over", "roughly"];

/// Tells whether those who are counted are all who live in a town: its size, and no toll.
fn are_inhabitants(report: &Report, quantity: &Quantity) -> bool {
    let mut before = report.text()[..quantity.span.range().start].split_whitespace().rev().peekable();
    let of = before.peek().is_some_and(|word| SIZE.contains(word));
    of && before.find(|word| !SIZE.contains(word)).is_some_and(|noun| HOMES.contains(&noun))
}

/// Tells whether a number in whose own words no harm is named may be one of it. Where its sentence tells of deaths and the
/// report of nobody hurt, nobody is. "3,000 casualties" may be dead or wounded; where the deaths among them are counted
/// ("including 600 deaths") these are what is known.
fn is_told(report: &Report, quantity: &Quantity, slot: NumberSlot) -> bool {
    let sentence = report.analysis.sentence_of(quantity.span);
    let in_it = |span| report.analysis.sentence_of(span) == sentence;
    let deaths = report.harms.iter().any(|h| h.slot == NumberSlot::Killed && in_it(h.word));
    let nobody_hurt = slot == NumberSlot::Injured && !report.harms.iter().any(|h| h.slot == slot);
    let casualties =
        quantity.noun().is_some_and(|noun| noun.slice(report.text()).eq_ignore_ascii_case("casualties"));
    let has_parts = || report.quantities.iter().any(|q| q.is_part && in_it(q.span));
    !(deaths && (nobody_hurt || casualties && has_parts()))
}

/// Tells whether a quantity counts those who do the act: "Two gunmen killed Ivan Petrov" is no toll of two.
fn is_doer(report: &Report, draft: &Draft, quantity: &Quantity) -> bool {
    let words = quantity.noun().map_or(quantity.span, |noun| noun.cover(quantity.span));
    let plays = |role| {
        let arguments = draft.arguments(report.analysis, role);
        arguments.iter().filter(|a| a.span.overlaps(words)).map(|a| a.probability).fold(0.0, f32::max)
    };
    let does = plays(Role::Actor);
    does >= report.thresholds().best_actor && does > plays(Role::Recipient)
}

/// Tells whether those who are counted lived to tell of it: "a survivor of the bombing".
fn is_alive(report: &Report, quantity: &Quantity) -> bool {
    let noun = quantity.noun().map(|noun| noun.slice(report.text()).to_lowercase());
    noun.is_some_and(|noun| matches!(noun.as_str(), "survivor" | "survivors" | "witness" | "witnesses"))
}

/// Returns what "no casualties" says: that nobody was killed, and nobody hurt.
fn none_hurt(report: &Report, quantity: &Quantity, slot: NumberSlot) -> Option<Harm> {
    let noun = quantity.noun().filter(|_| quantity.kind == QuantityKind::Zero)?;
    let both = matches!(slot, NumberSlot::Killed | NumberSlot::Injured);
    let said =
        matches!(noun.slice(report.text()).to_lowercase().as_str(), "casualties" | "casualty" | "victims");
    (both && said).then_some(Harm::of(slot, noun))
}

/// Returns the words that the reader takes for that number of some act, and that are the quantity or its noun, which it marks
/// as well ("five soldiers").
fn marked<'a>(report: &'a Report, role: Role, quantity: &Quantity) -> Vec<&'a Argument> {
    let is_it =
        |span: Span| quantity.span.overlaps(span) || quantity.noun().is_some_and(|noun| noun.overlaps(span));
    report.analysis.arguments.iter().filter(|a| a.role == role && is_it(a.span)).collect()
}

/// Returns how likely the reader thinks such words to be the number of an act.
fn belief(draft: &Draft, marked: &[&Argument]) -> f32 {
    let own = marked.iter().filter(|a| draft.triggers.contains(&a.trigger));
    own.map(|a| a.probability).fold(0.0, f32::max)
}

/// Returns how clearly the words say that a harm is done by the act.
fn said(report: &Report, drafts: &[Draft], draft: &Draft, harm: &Harm) -> f32 {
    let tells = |d: &Draft| d.triggers.iter().any(|&t| report.analysis.trigger(t).span.overlaps(harm.word));
    if tells(draft) {
        return WORD_FOR_THE_ACT;
    }
    let attacks = |d: &Draft| d.kind.value == EventType::Assault && d.status.value == Status::Actual;
    let hurts = matches!(harm.slot, NumberSlot::Killed | NumberSlot::Injured);
    // Where no attack is told, people come to harm in what is.
    let riot = |d: &Draft| d.kind.value == EventType::Protest && hurts && !drafts.iter().any(attacks);
    let may = |d: &Draft| (may_do(d.kind.value, harm.slot) || riot(d)) && d.status.value == Status::Actual;
    if drafts.iter().any(|d| tells(d) && may(d)) || !may(draft) {
        return 0.0;
    }
    let sentence = report.analysis.sentence_of(harm.word);
    let apart = |d: &Draft, back: usize| {
        d.triggers
            .iter()
            .map(|&t| report.analysis.trigger(t).span)
            .filter(|s| report.analysis.sentence_of(*s) + back == sentence)
            .map(|s| s.distance(harm.word))
            .min()
    };
    let all = |back: usize| drafts.iter().filter(|d| may(d)).filter_map(move |d| apart(d, back));
    // A sentence goes on from what the one before tells first.
    match (all(0).min(), all(1).max()) {
        (Some(least), _) if apart(draft, 0) == Some(least) => SAME_SENTENCE,
        (None, Some(least)) if apart(draft, 1) == Some(least) => NEXT_SENTENCE,
        _ => 0.0,
    }
}

/// Tells whether an act of a type may have such a toll.
pub(crate) fn may_do(kind: EventType, slot: NumberSlot) -> bool {
    match slot {
        NumberSlot::Killed | NumberSlot::Injured => kind == EventType::Assault,
        NumberSlot::Abducted => matches!(kind, EventType::Assault | EventType::Coerce),
        NumberSlot::Detained => kind == EventType::Coerce,
        NumberSlot::Displaced => matches!(kind, EventType::Assault | EventType::Coerce),
        NumberSlot::Count => true,
    }
}

/// Tells whether those who are counted lack what is no roof over their heads: "46,000 people without heat" are not hurt.
fn are_deprived(report: &Report, quantity: &Quantity) -> bool {
    let end = quantity.noun().unwrap_or(quantity.span).range().end;
    let what = report.text()[end..].strip_prefix(" without ");
    what.is_some_and(|what| {
        !["home", "a home", "shelter", "a roof"].iter().any(|roof| what.starts_with(roof))
    })
}

/// Tells whether a quantity may count persons: its noun names some, or it has none.
fn counts_persons(report: &Report, quantity: &Quantity) -> bool {
    quantity.noun().is_none_or(|noun| {
        let word = noun.slice(report.text()).to_lowercase();
        numbers::is_person(&word)
            || numbers::is_persons(&word)
            || report.knowledge.actors.is_people(&word)
            || noun.slice(report.text()).starts_with(char::is_uppercase)
    })
}

/// Returns the numbers of an act done to these recipients.
pub(crate) fn tolls(
    report: &Report,
    speech: &Speech,
    draft: &Draft,
    claims: &[Claim],
    recipients: &[Coded<Participant>],
) -> Vec<(NumberSlot, Coded<CountRange>)> {
    let mut out: Vec<(NumberSlot, Coded<CountRange>)> = SLOTS
        .iter()
        .filter_map(|&(slot, _)| toll(report, speech, draft, claims, slot).map(|t| (slot, t)))
        .collect();
    let count = out.iter().position(|(slot, _)| *slot == NumberSlot::Count);
    match (count, counted_acts(report, draft)) {
        (Some(at), Some(count)) => out[at].1 = count,
        (None, Some(count)) => out.push((NumberSlot::Count, count)),
        (None, None) => out.extend(several_acts(report, draft).map(|count| (NumberSlot::Count, count))),
        (Some(_), None) => {}
    }
    // "Several people are killed and injured": several of each.
    let vague = claims.iter().filter(|c| report.quantities[c.quantity].kind == QuantityKind::Vague);
    for (claim, other) in vague.filter_map(|c| Some((c, harms::and_also(report, &c.harm?)?))) {
        if let Some(known) = out.iter().find(|(s, _)| *s == claim.slot).map(|(_, toll)| toll.confidence)
            && !out.iter().any(|(s, _)| *s == other)
            && may_do(draft.kind.value, other)
        {
            // Its own number, whatever the toll has come to since.
            let quantity = &report.quantities[claim.quantity];
            out.push((other, Coded::new(quantity.range, Evidence::read(quantity.span, "numbers"), known)));
        }
    }
    out.sort_by_key(|(s, _)| *s);
    for (slot, mut toll) in either(report, claims, &out) {
        toll.value.min = 0;
        out.retain(|(s, _)| *s != slot);
        // From none to any number says nothing.
        if toll.value.max.is_some() {
            out.push((slot, toll));
        }
        out.sort_by_key(|(s, _)| *s);
    }
    // Whom the state takes it detains.
    if draft.kind.value == EventType::Coerce && !out.iter().any(|(s, _)| *s == NumberSlot::Detained) {
        out.iter_mut().filter(|(s, _)| *s == NumberSlot::Abducted).for_each(|t| t.0 = NumberSlot::Detained);
    }
    once_each(&mut out);
    if draft.modes.first().is_some_and(|m| m.value == Mode::Abduct) {
        // People taken, not killed: the words are the same, and abductions have few training examples.
        if let Some(taken) = out.iter_mut().find(|(s, _)| *s == NumberSlot::Killed)
            && draft.triggers.len() == 1
            && !claims.iter().any(|c| c.slot == NumberSlot::Killed && c.harm.is_some())
        {
            taken.0 = NumberSlot::Abducted;
        }
    }
    if let Some((slot, persons)) = persons::single(report, draft, recipients) {
        // "A captain and his brother": what the article counts is one of them.
        let article = |c: &Claim| report.quantities[c.quantity].kind == QuantityKind::Article;
        let counted = claims.iter().any(|c| c.slot == slot && !article(c));
        match out.iter_mut().find(|(s, _)| *s == slot) {
            None => {
                out.push((slot, persons));
                out.sort_by_key(|(s, _)| *s);
            }
            Some(known) if !counted && known.1.value.min < persons.value.min => known.1 = persons,
            Some(_) => {}
        }
    }
    out
}

/// Plural words for attacks that are counted: each stands for two or more, where no number says how many.
const ATTACKS: [&str; 17] = [
    "abductions",
    "ambushes",
    "assassinations",
    "assaults",
    "attacks",
    "blasts",
    "bombings",
    "bombs",
    "executions",
    "explosions",
    "kidnappings",
    "killings",
    "massacres",
    "murders",
    "raids",
    "shootings",
    "strikes",
];

/// Returns the number that the words for an act give it: "three raids" are three.
fn counted_acts(report: &Report, draft: &Draft) -> Option<Coded<CountRange>> {
    let words = attacks(report, draft);
    let counts = |q: &&Quantity| {
        let number = matches!(q.kind, QuantityKind::Number | QuantityKind::Vague) && q.range.min > 1;
        number && q.noun().is_some_and(|noun| words.iter().any(|word| noun.overlaps(*word)))
    };
    let quantity = report.quantities.iter().find(counts)?;
    let evidence = Evidence::read(quantity.span, "numbers/acts");
    Some(Coded::new(quantity.range, evidence, Confidence::new(0.9)))
}

/// Returns two or more for an act that is first told of in the plural: "raids".
fn several_acts(report: &Report, draft: &Draft) -> Option<Coded<CountRange>> {
    let first = *draft.mentions(report.analysis).first()?;
    let plural = attacks(report, draft).into_iter().find(|&word| word == first)?;
    let range = CountRange { min: 2, max: None };
    Some(Coded::new(range, Evidence::read(plural, "numbers/acts"), Confidence::new(0.6)))
}

/// Words behind which a plural would be a verb: "a missile strikes a house".
const OBJECTS: [&str; 14] =
    ["a", "an", "the", "its", "his", "her", "their", "this", "that", "these", "those", "at", "it", "them"];

/// Returns the words for an attack that stand in the plural; none that are verbs.
fn attacks(report: &Report, draft: &Draft) -> Vec<Span> {
    if draft.kind.value != EventType::Assault {
        return Vec::new();
    }
    let text = report.text();
    let tokens = &report.analysis.tokens;
    let is_verb = |span: Span| {
        let Some(at) = harms::token_at(report, span) else { return false };
        let next = tokens.get(at + 1).map_or("", |t| t.span.slice(text));
        tokens[at].pos == "VERB" || OBJECTS.contains(&next)
    };
    let mut words = draft.mentions(report.analysis);
    words.retain(|&span| {
        let word = span.slice(text).to_lowercase();
        ATTACKS.iter().any(|attack| word.ends_with(attack)) && !is_verb(span)
    });
    words
}

/// Returns the tolls that may be those of another slot as well, once for each: of "20 people were killed or wounded" up
/// to 20 were killed, and up to 20 wounded.
fn either(
    report: &Report,
    claims: &[Claim],
    tolls: &[(NumberSlot, Coded<CountRange>)],
) -> Vec<(NumberSlot, Coded<CountRange>)> {
    let hurt = |slot| matches!(slot, NumberSlot::Killed | NumberSlot::Injured);
    let mut out = Vec::new();
    for (slot, toll) in tolls.iter().filter(|(slot, _)| hurt(*slot)) {
        let own = claims.iter().filter(|c| c.slot == *slot).filter_map(|c| c.harm);
        for other in own.filter_map(|h| harms::or_else(report, &h)).filter(|&s| hurt(s)) {
            out.extend([(*slot, toll.clone()), (other, toll.clone())]);
        }
    }
    out
}

/// Leaves a number that two slots claim to the one that is likelier.
fn once_each(tolls: &mut Vec<(NumberSlot, Coded<CountRange>)>) {
    let all = tolls.clone();
    tolls.retain(|(slot, toll)| {
        // "No casualties" tells of both.
        toll.value.max == Some(0)
            || !all.iter().any(|(other, rival)| {
                other != slot
                    && rival.evidence.span == toll.evidence.span
                    && rival.confidence > toll.confidence
            })
    });
}

/// Returns the toll in one slot: the likeliest quantity, with those of the same sentence that the same word befalls; and
/// where others have it otherwise, from the lowest to the highest.
fn toll(
    report: &Report,
    speech: &Speech,
    draft: &Draft,
    claims: &[Claim],
    slot: NumberSlot,
) -> Option<Coded<CountRange>> {
    let quantity = |c: &Claim| &report.quantities[c.quantity];
    let all: Vec<&Claim> = claims.iter().filter(|c| c.slot == slot).collect();
    let own: Vec<&Claim> =
        all.iter().copied().filter(|c| !all.iter().any(|exact| is_told_exactly(report, c, exact))).collect();
    let best = *own.iter().max_by(|a, b| {
        let part = |c: &Claim| quantity(c).is_part;
        part(b).cmp(&part(a)).then(a.probability.total_cmp(&b.probability)).then(b.quantity.cmp(&a.quantity))
    })?;
    // "The toll rose to 59" later on.
    let changed =
        |c: &&&Claim| c.harm.is_some_and(|h| h.toll == Some(Toll::Changed)) && c.quantity > best.quantity;
    let best = own.iter().rev().find(changed).copied().unwrap_or(best);
    let parts = parts(report, &own, best);
    let whole = parts.iter().map(|q| q.span).reduce(Span::cover)?;
    let mut ranges: Vec<CountRange> = parts.iter().map(|q| q.range).collect();
    if ranges.iter().all(|r| r.min > 0) {
        let nouns: Vec<Span> = parts.iter().map(|q| q.noun().map_or(q.span, |n| n.cover(q.span))).collect();
        let article = parts.iter().any(|q| q.kind == QuantityKind::Article);
        let joined = if article { 0 } else { persons::joined(report, draft, &nouns).0 };
        let beside = beside(report, &parts).max(usize::try_from(joined).unwrap_or(0));
        ranges.extend(std::iter::repeat_n(CountRange { min: 1, max: Some(1) }, beside));
    }
    // "34 militants were killed. Six soldiers also died."
    let mut added: Vec<Span> = best.harm.iter().map(|harm| harm.word).collect();
    for claim in &own {
        let word = claim.harm.map(|harm| harm.word);
        let adds = is_of_another_side(report, best, claim) && !told_apart(report, speech, draft, best, claim);
        if let Some(word) = word.filter(|word| !added.contains(word) && adds) {
            added.push(word);
            ranges.extend(self::parts(report, &own, claim).iter().map(|q| q.range));
        }
    }
    let mut told = vec![if ranges.len() > 1 { numbers::sum(&ranges) } else { quantity(best).range }];
    told.extend(
        own.iter()
            .filter(|c| disagree(report, speech, draft, best, c))
            .map(|c| numbers::sum(&self::parts(report, &own, c).iter().map(|q| q.range).collect::<Vec<_>>())),
    );
    let evidence = Evidence::read(whole, "numbers");
    Some(Coded::new(numbers::span_of(&told), evidence, Confidence::new(best.probability)))
}

/// Returns the quantities that make up a toll: that of a claim, with those of its sentence that the same word befalls.
fn parts<'a>(report: &'a Report, own: &[&Claim], claim: &Claim) -> Vec<&'a Quantity> {
    let quantity = |c: &Claim| &report.quantities[c.quantity];
    let sentence = |c: &Claim| report.analysis.sentence_of(quantity(c).span);
    let word = |c: &Claim| c.harm.map(|h| h.word);
    let mut parts: Vec<&Quantity> = own
        .iter()
        .filter(|c| {
            let same = sentence(c) == sentence(claim) && word(c).is_some() && word(c) == word(claim);
            c.quantity == claim.quantity
                || same && (!quantity(c).is_part || is_of_others(report, quantity(c)))
        })
        .map(|c| quantity(c))
        .collect();
    lists::without_appositions(report, &mut parts);
    parts
}

/// Tells whether a number elsewhere says exactly what a vague one leaves open: "dozens were killed … the toll is 45"; not
/// "dozens of rebels and 45 soldiers were killed".
fn is_told_exactly(report: &Report, vague: &Claim, exact: &Claim) -> bool {
    let quantity = |c: &Claim| &report.quantities[c.quantity];
    let (open, number) = (quantity(vague), quantity(exact));
    let sentence = |c: &Claim| report.analysis.sentence_of(quantity(c).span);
    let (least, most) = (open.range.min, open.range.max.unwrap_or(u64::MAX));
    let lies_within = number.range.min >= least && number.range.max.is_none_or(|max| max <= most);
    open.kind == QuantityKind::Vague
        && number.kind == QuantityKind::Number
        && !number.is_part
        && lies_within
        && (sentence(vague) != sentence(exact) || exact.harm.is_some_and(|h| h.toll.is_some()))
        && !count_others(report, open, number)
}

/// Tells whether two quantities count people by different nouns, neither of which may mean anybody.
fn count_others(report: &Report, a: &Quantity, b: &Quantity) -> bool {
    let noun = |q: &Quantity| {
        let noun = q.noun().map(|noun| noun.slice(report.text()).to_lowercase());
        noun.filter(|noun| !ANYBODY.contains(&noun.as_str()))
    };
    noun(a).zip(noun(b)).is_some_and(|(x, y)| x != y)
}

/// Tells whether two tolls of an act count people of different sorts, militants and soldiers, so that they add up.
fn is_of_another_side(report: &Report, a: &Claim, b: &Claim) -> bool {
    let quantity = |c: &Claim| &report.quantities[c.quantity];
    let sector = |c: &Claim| {
        let noun = quantity(c).noun()?.slice(report.text()).to_lowercase();
        let may_be_any = ANYBODY.contains(&noun.as_str()) || ANY_MORE.contains(&noun.as_str());
        report.knowledge.actors.sector_of_people(&noun).filter(|_| !may_be_any)
    };
    let counts = |c: &Claim| {
        let toll = c.harm.is_some_and(|harm| harm.toll.is_some());
        let kind = quantity(c).kind;
        !toll && !quantity(c).is_part && !matches!(kind, QuantityKind::Zero | QuantityKind::Nth)
    };
    let is_any = |c: &Claim| {
        let noun = quantity(c).noun().map(|noun| noun.slice(report.text()).to_lowercase());
        noun.is_some_and(|noun| ANYBODY.contains(&noun.as_str()))
    };
    // "15 people were killed. One gunman died": he is not one of them.
    let sentence = |c: &Claim| report.analysis.sentence_of(quantity(c).span);
    let attacker = |a, b| is_any(a) && sector(b) == Some(Sector::Uaf) && sentence(a) < sentence(b);
    let one_is_attacker = attacker(a, b) || attacker(b, a);
    counts(a) && counts(b) && (one_is_attacker || sector(a).zip(sector(b)).is_some_and(|(x, y)| x != y))
}

/// Tells whether a part is not of those who are counted beside it: "ten soldiers and 30 of the attackers were killed".
fn is_of_others(report: &Report, part: &Quantity) -> bool {
    let (before, behind) =
        (&report.text()[..part.span.range().start], &report.text()[part.span.range().end..]);
    before.ends_with(" and ") && behind.starts_with(" of the ")
}

/// Words for those who are counted that may mean anybody.
const ANYBODY: [&str; 10] = [
    "people",
    "persons",
    "individuals",
    "dead",
    "deaths",
    "fatalities",
    "victims",
    "killed",
    "wounded",
    "injured",
];

/// The same of those who are counted beside others.
const ANY_MORE: [&str; 8] = ["man", "men", "woman", "women", "others", "person", "suspects", "residents"];

/// Tells whether two claims are tolls of the same that different people tell: "the army said five were killed", "the
/// rebels put the toll at 18"; not twelve rebels and five soldiers.
fn disagree(report: &Report, speech: &Speech, draft: &Draft, a: &Claim, b: &Claim) -> bool {
    let quantity = |c: &Claim| &report.quantities[c.quantity];
    let whole = |c: &Claim| {
        !quantity(c).is_part && !matches!(quantity(c).kind, QuantityKind::Article | QuantityKind::Zero)
    };
    let words = a.harm.zip(b.harm).is_some_and(|(x, y)| x.word != y.word);
    let apart = count_others(report, quantity(a), quantity(b));
    if !words || apart || !whole(a) || !whole(b) {
        return false;
    }
    let told = |c: &Claim, toll: Toll| c.harm.is_some_and(|h| h.toll == Some(toll));
    if told(a, Toll::Changed) || told(b, Toll::Changed) {
        return false;
    }
    told(a, Toll::Given) || told(b, Toll::Given) || told_apart(report, speech, draft, a, b)
}

/// Tells whether different people tell two tolls.
fn told_apart(report: &Report, speech: &Speech, draft: &Draft, a: &Claim, b: &Claim) -> bool {
    let speaker = |c: &Claim| speaker(report, speech, draft, report.quantities[c.quantity].span);
    speaker(a)
        .zip(speaker(b))
        .is_some_and(|(x, y)| x != y && !actors::corefer(report.text(), x, y, &report.knowledge.actors))
}

/// Returns who tells a toll: whose words it stands in, else whom the reader takes for a source in its sentence.
fn speaker(report: &Report, speech: &Speech, draft: &Draft, toll: Span) -> Option<Span> {
    let sentence = report.analysis.sentence_of(toll);
    let seen = || {
        draft
            .arguments(report.analysis, Role::Source)
            .into_iter()
            .find(|a| {
                a.probability >= report.thresholds().source && report.analysis.sentence_of(a.span) == sentence
            })
            .map(|a| a.span)
    };
    speech.covering(report, toll).map(|s| s.speaker).or_else(seen)
}

/// Counts the single persons without a number in the list that quantities stand in: "the director and two engineers".
fn beside(report: &Report, parts: &[&Quantity]) -> usize {
    let tokens = &report.analysis.tokens;
    let nouns: Vec<usize> =
        parts.iter().filter_map(|q| harms::token_at(report, q.noun().unwrap_or(q.span))).collect();
    let Some(&noun) = nouns.first() else { return 0 };
    let above = |i: usize| tokens[i].head.map(|h| h.0 as usize);
    let first = if tokens[noun].relation == "conj" { above(noun).unwrap_or(noun) } else { noun };
    let listed =
        (0..tokens.len()).filter(|&i| i == first || tokens[i].relation == "conj" && above(i) == Some(first));
    listed
        .filter(|i| {
            !nouns.contains(i)
                && !harms::is_between(report, tokens[noun].span, tokens[*i].span)
                && !report.quantities.iter().any(|q| {
                    q.noun().unwrap_or(q.span).overlaps(tokens[*i].span) || q.span.overlaps(tokens[*i].span)
                })
        })
        .filter(|&i| {
            tokens[i].pos == "NOUN" && persons::is_somebody(report, &tokens[i]) || is_full_name(report, i)
        })
        .count()
}

/// Tells whether a token is the first of a name of several words.
fn is_full_name(report: &Report, first: usize) -> bool {
    let tokens = &report.analysis.tokens;
    tokens[first].pos == "PROPN"
        && tokens.get(first + 1).is_some_and(|t| t.pos == "PROPN" && t.relation == "flat")
}
