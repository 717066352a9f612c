//! Whom "he" and "they" mean, and of which words the network is to be asked.

use crate::homes::is_homeless;
use crate::participants::{is_pronoun, participants, pointing_word};
use crate::{Knowledge, Report};
use casus_types::analysis::{MentionKind, Role};
use casus_types::{Analysis, Document, Span};

/// Words less likely than this are no antecedent.
const LEAST: f32 = 0.1;

/// A noun stands for a mention that is at least so likely.
const SURE: f32 = 0.6;

/// A pronoun less likely than this plays no role that it is asked about for.
const ROLE: f32 = 0.2;

/// Returns the words of which the network is to find out whom they mean: pronouns that play a role, and participants
/// whose own words tell no country.
#[must_use]
pub fn questions(document: &Document, analysis: &Analysis, knowledge: &Knowledge) -> Vec<Span> {
    let report = Report::new(document, analysis, knowledge);
    let drafts = report.drafts();
    let mut out = Vec::new();
    for role in [Role::Actor, Role::Recipient, Role::Source] {
        let spans = drafts.iter().flat_map(|draft| draft.arguments(analysis, role));
        let likely = spans.filter(|argument| argument.probability >= ROLE).map(|argument| argument.span);
        let pronouns = likely.filter(|span| is_pronoun(span.slice(&document.text)));
        out.extend(pronouns.map(|pronoun| pointing_word(&document.text, pronoun)));
    }
    for draft in &drafts {
        // Where it happened changes nothing about whose words tell no country.
        let (actors, recipients) = participants(&report, draft, &[]);
        let spans = actors.iter().chain(&recipients).filter_map(|who| who.evidence.span);
        out.extend(spans.filter(|&span| is_homeless(&report, span)));
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// Returns the mention that a pronoun points to, of those that the network finds likely; none for any other words.
pub(crate) fn antecedent(report: &Report, pronoun: Span) -> Option<Span> {
    if !is_pronoun(pronoun.slice(report.text())) {
        return None;
    }
    likeliest(report, pointing_word(report.text(), pronoun), LEAST)
}

/// Returns the mention that a noun stands for ("the group"), where the network is sure of one.
pub(crate) fn stands_for(report: &Report, noun: Span) -> Option<Span> {
    likeliest(report, noun, SURE)
}

/// Returns the mention that words most likely name the same as, where it is at least so likely.
fn likeliest(report: &Report, words: Span, least: f32) -> Option<Span> {
    let same = &report.bearing(words)?.same;
    let mentions = report.analysis.mentions.iter().filter(|mention| {
        mention.kind == MentionKind::Actor
            && !mention.span.overlaps(words)
            && !is_pronoun(mention.span.slice(report.text()))
    });
    let chance = |span: Span| same.iter().filter(|s| s.0.overlaps(span)).map(|s| s.1).fold(0.0, f32::max);
    mentions
        .map(|mention| (chance(mention.span), mention.span))
        .filter(|found| found.0 >= least)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
        .map(|found| found.1)
}
