//! What befalls those whom a quantity counts: "killing five people and arresting 19 more".
//!
//! The words right next to the number tell first ("12 killed and 30 others are injured" is hard on a parser), then the
//! tree; a list shares what befalls one of its members.

use crate::Report;
use crate::lists;
use crate::numbers::{Quantity, QuantityKind};
use crate::rules::WordTable;
use crate::toll_words::of_a_toll;
use casus_types::Span;
use casus_types::analysis::Token;
use casus_types::event::NumberSlot;

/// What befalls somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Harm {
    pub(crate) slot: NumberSlot,
    /// The word that says so.
    pub(crate) word: Span,
    /// The one who does it is the one it befalls.
    of_itself: bool,
    /// How a toll is told that the word names; none where it names none.
    pub(crate) toll: Option<Toll>,
}

/// How a toll is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Toll {
    /// "A death toll of 59".
    Stands,
    /// Somebody has it so, and another may have it otherwise: "police put the toll at 59".
    Given,
    /// What was told before holds no longer: "the toll rose to 59", "police revised the toll to 59".
    Changed,
}

impl Harm {
    /// Returns a harm that a word names by itself.
    pub(crate) fn of(slot: NumberSlot, word: Span) -> Self {
        Self { slot, word, of_itself: true, toll: None }
    }

    /// Returns the harm that the name of a toll tells.
    pub(crate) fn of_toll(slot: NumberSlot, words: Span, toll: Toll) -> Self {
        Self { toll: Some(toll), ..Self::of(slot, words) }
    }

    /// Tells whether the one who does it is the one it befalls: "died".
    pub(crate) fn of_itself(&self) -> bool {
        self.of_itself
    }
}

/// Ends the name of rows whose words befall their subject.
const OF_ITSELF: &str = " of itself";

/// Returns what befalls those whom each quantity of the report counts.
pub(crate) fn harms(report: &Report, quantities: &[Quantity]) -> Vec<Option<Harm>> {
    let known = report.harms.as_slice();
    let mut out: Vec<Option<Harm>> = quantities
        .iter()
        .map(|q| {
            if matches!(q.kind, QuantityKind::Nth) || are_missing(report, q) {
                return None;
            }
            by_neighbours(report, known, q)
                .or_else(|| by_tree(report, known, q))
                .or_else(|| lists::behind_names(report, q))
        })
        .collect();
    lists::share(report, quantities, &mut out);
    out
}

/// Tells whether another harm stands beside one as what may have befallen those who are counted: "killed or wounded".
/// Returns its slot.
pub(crate) fn or_else(report: &Report, harm: &Harm) -> Option<NumberSlot> {
    joined_by(report, harm, "or")
}

/// Returns the slot of another harm that stands beside one as what befell them as well: "several are killed and injured".
pub(crate) fn and_also(report: &Report, harm: &Harm) -> Option<NumberSlot> {
    joined_by(report, harm, "and")
}

fn joined_by(report: &Report, harm: &Harm, joint: &str) -> Option<NumberSlot> {
    let text = report.text();
    report.harms.iter().find_map(|&other| {
        let (first, second) = if other.word < harm.word { (other, *harm) } else { (*harm, other) };
        let between = text.get(first.word.range().end..second.word.range().start)?;
        (between.trim() == joint && other.slot != harm.slot).then_some(other.slot)
    })
}

/// Returns the first harm that a stretch of the report names.
pub(crate) fn named_in(report: &Report, span: Span) -> Option<Harm> {
    report.harms.iter().copied().find(|h| span.overlaps(h.word))
}

/// Returns the first harm that the report names behind a stretch of it.
pub(crate) fn named_behind(report: &Report, span: Span) -> Option<Harm> {
    report.harms.iter().copied().find(|h| span.end <= h.word.start)
}

/// Tells whether a word for a harm stands between two stretches, which then are no list.
pub(crate) fn is_between(report: &Report, a: Span, b: Span) -> bool {
    let (first, second) = (a.min(b), a.max(b));
    report.harms.iter().any(|h| first.end <= h.word.start && h.word.end <= second.start)
}

/// Returns the words of a text that name a harm, in text order.
pub(crate) fn words(text: &str, table: &WordTable) -> Vec<Harm> {
    let found = table.find(text, Span::new(0, text.len()));
    let harm = |(name, word): (&str, Span)| {
        let slot = name.strip_suffix(OF_ITSELF).unwrap_or(name);
        let slot = NumberSlot::ALL.into_iter().find(|s| s.as_str() == slot)?;
        Some(Harm { slot, word, of_itself: name.ends_with(OF_ITSELF), toll: None })
    };
    found.into_iter().filter_map(harm).collect()
}

/// Steps up the tree from a number: "a group of five young men from the village were killed" needs four.
const STEPS: usize = 6;

fn by_tree(report: &Report, known: &[Harm], quantity: &Quantity) -> Option<Harm> {
    let tokens = &report.analysis.tokens;
    let of = |token: &Token| known.iter().copied().find(|h| h.word.overlaps(token.span));
    let mut at = token_at(report, quantity.noun().unwrap_or(quantity.span))?;
    // "41 injuries", "three dead", "five dead and 20 wounded".
    if let Some(harm) = of(&tokens[at]).filter(|h| tokens[at].pos != "VERB" || !has_object(report, h.word)) {
        return Some(harm);
    }
    for _ in 0..STEPS {
        // "Three people killed in the raid", "two wounded soldiers"; not "a man killing two".
        let befallen = tokens.iter().find(|t| {
            t.head.is_some_and(|h| h.0 as usize == at)
                && matches!(t.relation, "acl" | "amod")
                && of(t).is_some()
                && !do_it(report, t)
                && !t.span.slice(report.text()).ends_with("ing")
        });
        if let Some(harm) = befallen.and_then(of) {
            return Some(harm);
        }
        let token = &tokens[at];
        let head = token.head?.0 as usize;
        let above = &tokens[head];
        if let Some(harm) = of(above) {
            let verbal = matches!(above.pos, "VERB" | "AUX");
            let befalls = match token.relation {
                "nsubj" if verbal => harm.of_itself || is_passive(report, head),
                "obj" | "xcomp" => true,
                "nummod" | "compound" => !verbal || !harm.of_itself,
                "nmod" => is_of(report, at),
                "nsubj" => !verbal,
                _ => false,
            };
            return befalls.then_some(harm);
        }
        let climbs = match token.relation {
            "nummod" | "conj" | "appos" | "compound" | "amod" | "det" | "flat" | "fixed" | "advmod" => true,
            "nmod" => is_of(report, at),
            _ => false,
        };
        if !climbs || above.pos == "VERB" && token.relation != "conj" {
            // "The blast left three dead".
            let left = matches!(token.relation, "obj" | "nsubj");
            let beside = tokens.iter().filter(|t| t.head.is_some_and(|h| h.0 as usize == head));
            return beside
                .filter(|t| left && t.relation == "xcomp" && matches!(t.pos, "ADJ" | "VERB"))
                .find_map(of);
        }
        at = head;
    }
    None
}

/// Tells whether those of whom a clause says more do what its verb says: "soldiers who killed five".
fn do_it(report: &Report, verb: &Token) -> bool {
    let tokens = &report.analysis.tokens;
    let Some(at) = token_at(report, verb.span) else { return false };
    let who = |t: &&Token| {
        t.head.is_some_and(|h| h.0 as usize == at)
            && t.relation == "nsubj"
            && matches!(t.span.slice(report.text()), "who" | "that" | "which")
    };
    let of_itself = report.harms.iter().any(|h| h.word.overlaps(verb.span) && h.of_itself);
    !of_itself && !is_passive(report, at) && tokens.iter().any(|t| who(&t))
}

pub(crate) fn is_passive(report: &Report, verb: usize) -> bool {
    report.analysis.tokens.iter().any(|t| {
        t.head.is_some_and(|h| h.0 as usize == verb)
            && t.relation == "aux"
            && matches!(
                t.span.slice(report.text()).to_lowercase().as_str(),
                "is" | "are" | "was" | "were" | "been" | "be" | "being" | "get" | "gets" | "got"
            )
    })
}

/// Tells whether a word is a verb that says behind it whom it befalls: "killed Ivan Petrov".
fn has_object(report: &Report, word: Span) -> bool {
    let tokens = &report.analysis.tokens;
    token_at(report, word).is_some_and(|verb| {
        tokens[verb].pos == "VERB"
            && !is_passive(report, verb)
            && tokens[verb + 1..]
                .iter()
                .take(OBJECT_WITHIN)
                .any(|t| t.head.is_some_and(|h| h.0 as usize == verb) && t.relation == "obj")
    })
}

/// Tokens behind a verb in which its object stands.
const OBJECT_WITHIN: usize = 12;

/// Tells whether a noun belongs to the one above it as those who are counted: "a group of men", "injuries to men".
fn is_of(report: &Report, noun: usize) -> bool {
    report.analysis.tokens.iter().any(|t| {
        t.head.is_some_and(|h| h.0 as usize == noun)
            && t.relation == "case"
            && matches!(t.span.slice(report.text()).to_lowercase().as_str(), "of" | "to" | "among")
    })
}

/// Returns the index of the last token in a span.
pub(crate) fn token_at(report: &Report, span: Span) -> Option<usize> {
    let end = report.analysis.tokens.partition_point(|t| t.span.start < span.end);
    end.checked_sub(1).filter(|&i| report.analysis.tokens[i].span.overlaps(span))
}

/// Words that may stand between those who are counted and what befalls them.
const BETWEEN: [&str; 24] = [
    "have",
    "had",
    "has",
    "were",
    "was",
    "are",
    "is",
    "been",
    "being",
    "be",
    "also",
    "reportedly",
    "more",
    "others",
    "other",
    "people",
    "seriously",
    "severely",
    "critically",
    "gravely",
    "badly",
    "slightly",
    "lightly",
    "fatally",
];

/// Verbs that lead to the word for what befell somebody.
const AUXILIARIES: [&str; 10] = ["is", "are", "was", "were", "been", "be", "being", "has", "have", "had"];
/// Words that begin what is said of somebody's home or body: "a soldier from the Tesk Brigade is killed".
const ORIGINS: [&str; 6] = ["from", "of", "in", "at", "with", "on"];
/// Words of it at most.
const ORIGIN: usize = 8;

/// Reads what stands right before the number or right behind its noun.
fn by_neighbours(report: &Report, known: &[Harm], quantity: &Quantity) -> Option<Harm> {
    let noun = quantity.noun().unwrap_or(quantity.span);
    beside(report, known, quantity.span.cover(noun)).or_else(|| of_a_toll(report, quantity))
}

/// Returns what befalls those whom a stretch of the report names, by the words right beside it.
pub(crate) fn befalls(report: &Report, span: Span) -> Option<Harm> {
    beside(report, &report.harms, span)
}

/// Words between those who are counted and that they are missing.
const TO_MISSING: [&str; 22] = [
    "others", "other", "more", "people", "persons", "are", "is", "were", "was", "have", "has", "had", "been",
    "gone", "went", "remain", "remained", "reported", "feared", "presumed", "listed", "still",
];

/// Tells whether those who are counted are gone, which is none of the slots: "14 others are reported missing".
pub(crate) fn are_missing(report: &Report, quantity: &Quantity) -> bool {
    let mut end = quantity.span.range().end;
    if let Some(noun) =
        quantity.noun().filter(|noun| !noun.slice(report.text()).eq_ignore_ascii_case("missing"))
    {
        end = noun.range().end;
    }
    let mut words = report.text()[end..].split_whitespace();
    let word = words.find(|w| !TO_MISSING.contains(w) && *w != "as");
    word.is_some_and(|w| w.starts_with("missing") || w.starts_with("unaccounted"))
}

/// Returns the bytes of what tells somebody's home or body before what befell him; 0 where nothing does.
fn origin(rest: &str) -> usize {
    let mut at = 0;
    let mut n = 0;
    for word in rest.split_inclusive(' ') {
        let bare = word.trim();
        if n > 0 && AUXILIARIES.contains(&bare) {
            return at;
        }
        let plain = bare.chars().all(|c| c.is_alphabetic() || c == '-');
        let goes_on =
            if n == 0 { ORIGINS.contains(&bare) } else { !matches!(bare, "and" | "or" | "who" | "that") };
        if !bare.is_empty() {
            if !plain || !goes_on || n == ORIGIN {
                return 0;
            }
            n += 1;
        }
        at += word.len();
    }
    0
}

/// Reads what stands right before or behind a stretch that names somebody.
fn beside(report: &Report, known: &[Harm], span: Span) -> Option<Harm> {
    let text = report.text();
    let before = known.iter().find(|h| {
        h.word.end <= span.start
            && text[h.word.range().end..span.range().start].trim().is_empty()
            && !h.of_itself
    });
    let mut end = span.end;
    end += u32::try_from(aside(&text[end as usize..])).expect("within the text");
    end += u32::try_from(origin(&text[end as usize..])).expect("within the text");
    let after = known.iter().find(|h| {
        if h.word.start < end || h.word.slice(text).ends_with("ing") {
            return false;
        }
        let between = text[end as usize..h.word.range().start].to_lowercase();
        let apart = between.chars().all(|c| c.is_alphabetic() || c.is_whitespace());
        let active = ["has", "have", "had"].iter().any(|w| between.trim_end().ends_with(w)) && !h.of_itself;
        let past = h.of_itself || ["ed", "rt", "ain", "ten"].iter().any(|e| h.word.slice(text).ends_with(e));
        // "Two men killed three", "Two men killed Ivan Petrov": what follows an active verb is whom it befalls.
        let object = report.quantities.iter().any(|q| {
            q.span.start >= h.word.end && text[h.word.range().end..q.span.range().start].trim().is_empty()
        }) || has_object(report, h.word);
        apart && !active && past && !object && between.split_whitespace().all(|w| BETWEEN.contains(&w))
    });
    before.or(after).copied()
}

/// Marks that open and close what is said of some of those who are counted.
const ASIDES: [(&str, &str); 5] = [(", ", ","), (" - ", " -"), (" – ", " –"), (" — ", " —"), (" (", ")")];
/// Words with which it begins or ends.
const OF_SOME: [&str; 4] = ["including ", "among them ", " of them", " of whom"];
/// Bytes of it at most.
const ASIDE: usize = 80;

/// Returns the bytes of what is said of some of those who are counted, with the marks around it: "Six others, including
/// two children, are wounded", "2,000 people - many of them civilians - have been killed"; 0 where there is none.
pub(crate) fn aside(rest: &str) -> usize {
    for (opens, closes) in ASIDES {
        let Some(inner) = rest.strip_prefix(opens) else { continue };
        if let Some(length) = inner.find(closes).filter(|&n| n <= ASIDE) {
            let said = &inner[..length];
            let of_some =
                OF_SOME.iter().any(|w| said.starts_with(w) || w.starts_with(' ') && said.contains(w));
            return if of_some { opens.len() + length + closes.len() } else { 0 };
        }
    }
    0
}
