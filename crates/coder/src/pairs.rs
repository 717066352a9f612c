//! Whom "both sides" and "the two countries" mean: the two states that were named before.

use crate::Report;
use crate::drafts::Draft;
use casus_types::analysis::{MentionKind, Role};
use casus_types::{Country, Span};

/// Words for two states together, after "both" or "two".
const STATES: [&str; 14] = [
    "sides",
    "countries",
    "nations",
    "states",
    "governments",
    "capitals",
    "neighbours",
    "neighbors",
    "armies",
    "militaries",
    "leaders",
    "presidents",
    "ministers",
    "powers",
];

/// Sentences before its own within which the two were named.
const WITHIN: usize = 2;

/// Probability from which the words of an act's other side are that side's.
const SIDE: f32 = 0.3;

/// Returns the words for the two states that a phrase for a pair means; none for other phrases, and where fewer were named.
/// Who acts upon the two is neither of them: "Haro warned both sides".
pub(crate) fn states(report: &Report, draft: &Draft, role: Role, phrase: Span) -> Option<[Span; 2]> {
    if !is_pair(phrase.slice(report.text())) {
        return None;
    }
    let other = match role {
        Role::Actor => draft.arguments(report.analysis, Role::Recipient),
        Role::Recipient => draft.arguments(report.analysis, Role::Actor),
        _ => Vec::new(), // both may say what one of them does
    };
    let other = other.into_iter().filter(|a| a.probability >= SIDE);
    let other: Vec<Span> = other.map(|argument| argument.span).collect();
    let sentence = report.analysis.sentence_of(phrase);
    let mut found: Vec<(Country, Span)> = Vec::new();
    let before = report.names.countries().iter().rev().filter(|named| named.0 < phrase.range().start);
    for &(at, country) in before {
        let word = Span::new(at, at + 1);
        if report.analysis.sentence_of(word) + WITHIN < sentence {
            break;
        }
        let is_other = other.iter().any(|side| side.overlaps(word) && !side.overlaps(phrase));
        if !is_other && found.iter().all(|&(known, _)| known != country) {
            found.push((country, words_at(report, word)));
        }
        if let [second, first] = found.as_slice() {
            return Some([first.1, second.1]);
        }
    }
    None
}

/// Returns the words for the state that "the latter" means: the one named last before it in its sentence.
pub(crate) fn latter(report: &Report, phrase: Span) -> Option<Span> {
    let words = phrase.slice(report.text()).to_lowercase();
    let words = words.strip_prefix("the ").unwrap_or(&words);
    let bare = ["'s", "’s"].iter().find_map(|owner| words.strip_suffix(owner)).unwrap_or(words);
    let sentence = report.analysis.sentence_of(phrase);
    let mut before = report.names.countries().iter().rev().filter(|named| named.0 < phrase.range().start);
    let &(at, _) = before.next().filter(|_| bare == "latter")?;
    let word = Span::new(at, at + 1);
    (report.analysis.sentence_of(word) == sentence).then(|| words_at(report, word))
}

/// Returns whom "between" names together with somebody: "Hamas leaders", of "between the Turkish minister and Hamas leaders".
pub(crate) fn partner(report: &Report, one: Span) -> Option<Span> {
    let text = report.text();
    let joined = |first: Span, second: Span| {
        let before = text[..first.range().start].trim_end();
        let between = text.get(first.range().end..second.range().start);
        before.strip_suffix(" the").unwrap_or(before).ends_with(" between")
            && between.is_some_and(|words| matches!(words, " and " | " and the "))
    };
    let mentions = report.analysis.mentions.iter().filter(|m| m.kind == MentionKind::Actor);
    mentions.map(|m| m.span).find(|&other| joined(one, other) || joined(other, one))
}

/// Tells whether words name a pair of states and nothing else: "both sides", "the two foreign ministers".
fn is_pair(words: &str) -> bool {
    let words = words.to_lowercase();
    let words = words.strip_prefix("the ").unwrap_or(&words);
    // "The leaders of both countries".
    let of = words.split_once(" of ").filter(|(who, _)| STATES.contains(who)).map_or(words, |(_, of)| of);
    let words = of.strip_prefix("the ").unwrap_or(of);
    let rest = ["both", "two"].iter().find_map(|pair| words.strip_prefix(pair));
    rest.is_some_and(|rest| {
        let mut rest = rest.split_whitespace();
        let last = rest.next_back();
        rest.count() <= 1 && last.is_some_and(|last| STATES.contains(&last))
    })
}

/// Returns the name that a word begins.
fn words_at(report: &Report, word: Span) -> Span {
    let hint = report.hints.iter().map(|hint| hint.span).find(|span| span.start == word.start);
    let mention = || {
        let mentions = report.analysis.mentions.iter();
        mentions
            .filter(|m| m.kind == MentionKind::Actor)
            .map(|m| m.span)
            .find(|span| span.start == word.start)
    };
    let token = || report.analysis.tokens.iter().map(|t| t.span).find(|span| span.overlaps(word));
    hint.or_else(mention).or_else(token).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_told_from_other_phrases() {
        let pairs =
            ["the two countries", "Both sides", "the two foreign ministers", "leaders of the two states"];
        assert!(pairs.into_iter().all(is_pair));
        assert!(
            !["both", "both of them", "two soldiers", "the two men", "both sides of the river"]
                .into_iter()
                .any(is_pair)
        );
    }
}
