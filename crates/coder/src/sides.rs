//! Who stands for whom among those that play one role: sides of a fight, victims told of twice, names inside names.

use crate::Report;
use crate::drafts::Draft;
use crate::participants::Candidate;
use casus_types::event::Participant;
use casus_types::{Analysis, EventType, Sector, Span};
use std::ops::Range;

/// Tells whether all parties of an act are actors, by its type and the words that tell of it.
pub(crate) fn is_two_sided(report: &Report, draft: &Draft) -> bool {
    let kind = draft.kind.value.as_str();
    draft.triggers.iter().any(|&t| {
        let span = report.analysis.trigger(t).span;
        report.knowledge.two_sided.names(report.text(), span).any(|name| name == kind)
    })
}

/// Leaves out those whose words only describe another who plays the role: in "Idris, a lawyer of the minister Haro"
/// the minister is not detained.
pub(crate) fn without_modifiers(analysis: &Analysis, candidates: &mut Vec<Candidate>, least: f32) {
    let inside: Vec<bool> = candidates
        .iter()
        .map(|inner| {
            candidates.iter().any(|outer| {
                outer.probability >= least
                    && outer
                        .spans
                        .iter()
                        .any(|&o| inner.spans.iter().all(|&i| !o.overlaps(i) && modifies(analysis, i, o)))
            })
        })
        .collect();
    let mut at = 0;
    candidates.retain(|_| {
        at += 1;
        !inside[at - 1]
    });
}

/// Tells whether a phrase hangs on a noun of another phrase, otherwise than as its equal ("A and B").
fn modifies(analysis: &Analysis, inner: Span, outer: Span) -> bool {
    let own = tokens_of(analysis, inner);
    let head = |at: usize| analysis.tokens[at].head.map(|h| h.0 as usize);
    // The phrase's own head is the token whose head lies outside of it.
    let Some(mut at) = own.clone().find(|&at| head(at).is_none_or(|h| !own.contains(&h))) else {
        return false;
    };
    for _ in 0..DEPTH {
        if !matches!(
            analysis.tokens[at].relation,
            "nmod" | "appos" | "acl" | "obl" | "obj" | "compound" | "flat"
        ) {
            return false;
        }
        let Some(up) = head(at) else { return false };
        if analysis.tokens[up].span.overlaps(outer) {
            return true;
        }
        at = up;
    }
    false
}

/// Returns the numbers of the tokens that a span touches.
fn tokens_of(analysis: &Analysis, span: Span) -> Range<usize> {
    let first = analysis.tokens.partition_point(|t| t.span.end <= span.start);
    let after = analysis.tokens[first..].partition_point(|t| t.span.start < span.end);
    first..first + after
}

/// Steps up the tree that a modifier may be away from what it describes; longer ways are parsed wrong too often.
const DEPTH: usize = 4;

/// Joins victims told of twice ("twelve people" killed, "ninety others" hurt, "the market" hit): those of an attack
/// who have no name and are of one sort are one recipient, as a target and the people in it are.
pub(crate) fn unite_victims(draft: &Draft, candidates: &mut Vec<Candidate>) {
    if draft.kind.value != EventType::Assault {
        return;
    }
    let mut at = 0;
    while at < candidates.len() {
        let joined =
            (0..at).find(|&known| are_one_lot(&candidates[known].who.value, &candidates[at].who.value));
        match joined {
            Some(known) => {
                let more = candidates.remove(at);
                candidates[known].spans.extend(more.spans);
            }
            None => at += 1,
        }
    }
}

fn are_one_lot(a: &Participant, b: &Participant) -> bool {
    let people = |p: &Participant| matches!(p.sector, None | Some(Sector::Cvl));
    let unnamed = |p: &Participant| p.id.is_none() && !p.name.chars().any(char::is_uppercase);
    let one_sort = a.sector == b.sector || (people(a) && people(b));
    // "Drones struck a base of the Highland Front, killing three fighters": they are its own, wherever that is.
    let fights = |p: &Participant| matches!(p.sector, Some(Sector::Reb | Sector::Prm | Sector::Crm));
    let one_country =
        a.country == b.country || a.country.is_none() || b.country.is_none() || (fights(a) && fights(b));
    one_sort
        && one_country
        && ((unnamed(a) && unnamed(b)) || (a.sector == b.sector && (unnamed(a) || unnamed(b))))
}

/// Returns the phrases that a phrase joins: "the army and two farmers" are two, "Thai and Cambodian troops" are
/// "Thai" and "Cambodian troops". A phrase that is one name ("Bosnia and Herzegovina") stays whole.
pub(crate) fn parts(report: &Report, span: Span) -> Vec<Span> {
    if report.knowledge.actors.names_one(span.slice(report.text())) {
        return vec![span];
    }
    let equals = equals(report, span).unwrap_or_else(|| vec![span]);
    equals.into_iter().flat_map(|equal| states(report, equal)).collect()
}

/// Returns the phrases of several states that a phrase joins, which the tree does not always tell: "Kenyan" and "Ugandan troops" of
/// "Kenyan and Ugandan troops".
fn states(report: &Report, span: Span) -> Vec<Span> {
    let text = report.text();
    let mut start = span.range().start;
    let mut out = Vec::new();
    for end in report.knowledge.actors.joined_states(span.slice(text)) {
        let end = span.range().start + end;
        out.push(Span::new(start, end));
        let rest = &text[end..span.range().end];
        let joint = rest.trim_start_matches("'s").trim_start_matches("’s").trim_start_matches([',', ' ']);
        start = span.range().end - joint.strip_prefix("and ").unwrap_or(joint).len();
    }
    out.push(Span::new(start, span.range().end));
    out
}

/// Returns the phrases that a phrase joins by its tree; none where it joins none.
fn equals(report: &Report, span: Span) -> Option<Vec<Span>> {
    let tokens = &report.analysis.tokens;
    let within = tokens_of(report.analysis, span);
    let inside = |at: usize| tokens[at].head.map(|h| h.0 as usize).filter(|h| within.contains(h));
    let head = within.clone().find(|&at| inside(at).is_none())?;
    // Equals of the head itself, or of what stands before it.
    let joined: Vec<usize> = within
        .clone()
        .filter(|&at| tokens[at].relation == "conj")
        .filter(|&at| {
            inside(at).is_some_and(|h| {
                h == head
                    || (h < head
                        && inside(h) == Some(head)
                        && matches!(tokens[h].relation, "amod" | "compound" | "nmod"))
                    || (tokens[h].relation == "conj" && inside(h) == Some(head))
            })
        })
        .collect();
    if joined.is_empty() {
        return None;
    }
    let capital = |s: Span| s.slice(report.text()).chars().any(char::is_uppercase);
    let mut out = Vec::new();
    let mut start = span.start;
    for &equal in &joined {
        // The sign or word that joins stands last before the equal's own words.
        let Some(mark) = within.clone().rev().find(|&at| {
            at < equal && (tokens[at].relation == "cc" || tokens[at].span.slice(report.text()) == ",")
        }) else {
            continue;
        };
        let mut end = tokens[mark].span.start;
        if mark > within.start && tokens[mark - 1].span.slice(report.text()) == "," {
            end = tokens[mark - 1].span.start;
        }
        if end <= start {
            continue; // a wrong tree: this equal shares its sign with the one before
        }
        let one = Span::new(start as usize, end as usize).trimmed(report.text());
        if !one.is_empty() {
            out.push(one);
        }
        start = tokens[mark].span.end;
    }
    out.push(Span::new(start as usize, span.end as usize).trimmed(report.text()));
    // Small-letter words before a shared noun ("civil and military officials") are no parties of their own.
    let shared = joined.iter().all(|&at| inside(at) != Some(head));
    (out.len() > 1 && (!shared || out.iter().all(|&s| capital(s)))).then_some(out)
}
