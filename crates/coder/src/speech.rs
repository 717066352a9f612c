//! Who says what: the speakers that the grammar names ("the mayor said that …", "…, according to the army", "…").

use crate::{Report, harms, participants};
use casus_types::analysis::{MentionKind, Token};
use casus_types::{Span, Stance};

/// Somebody who says something.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Saying {
    /// Who.
    pub(crate) speaker: Span,
    /// The word that attributes.
    pub(crate) cue: Span,
    /// How the speaker stands to it.
    pub(crate) stance: Stance,
    /// To whom it is said ("told Reuters"), where the words tell.
    pub(crate) hearer: Option<Span>,
    /// The token of the cue.
    verb: usize,
}

/// Every saying of a report, in text order, with the stretches that are quoted.
#[derive(Debug, Default)]
pub(crate) struct Speech {
    sayings: Vec<Saying>,
    quotes: Vec<Span>,
    /// Stretches that a saying introduces with a colon and a new line, without quotation marks, each with the saying's
    /// index.
    statements: Vec<(Span, usize)>,
}

impl Speech {
    /// Finds the sayings of a report.
    pub(crate) fn new(report: &Report) -> Self {
        let text = report.text();
        let mut sayings: Vec<Saying> = Vec::new();
        for (name, cue) in report.knowledge.cues.find(text, Span::new(0, text.len())) {
            let Some(verb) = harms::token_at(report, cue) else { continue };
            let stance = name.parse().unwrap_or(Stance::States);
            let (speaker, hearer) = if cue.slice(text).contains(' ') {
                (named_after(report, cue), None)
            } else {
                let active = !harms::is_passive(report, verb);
                let subject = child(report, verb, "nsubj").filter(|_| active);
                let named = subject.and_then(|s| speaker(report, s, &sayings));
                (named, child(report, verb, "iobj").or_else(|| child(report, verb, "obj")))
            };
            let hearer = hearer.and_then(|h| mention(report, h));
            if let Some(speaker) = speaker.or_else(|| introduced(report, cue)) {
                sayings.push(Saying { speaker, cue, stance, hearer, verb });
            }
        }
        let statements = statements(report, &sayings);
        Self { sayings, quotes: quotes(text), statements }
    }

    /// Returns the saying whose content the words tell.
    pub(crate) fn covering(&self, report: &Report, words: Span) -> Option<&Saying> {
        self.above(report, words).or_else(|| self.quoting(report, words))
    }

    /// Returns the saying that introduces the statement in which the words stand.
    pub(crate) fn stated(&self, words: Span) -> Option<&Saying> {
        let (_, saying) = self.statements.iter().find(|(stretch, _)| stretch.contains(words))?;
        self.sayings.get(*saying)
    }

    /// Returns the saying above the words in the tree, or beside the clause that they stand in.
    fn above(&self, report: &Report, words: Span) -> Option<&Saying> {
        let tokens = &report.analysis.tokens;
        let mut at = harms::token_at(report, words)?;
        // Acts stand a few steps below what is said of them; a tree is no deeper than its sentence.
        for _ in 0..DEPTH {
            let beside = self.sayings.iter().find(|s| {
                let below = tokens[s.verb].head.map(|h| h.0 as usize) == Some(at);
                let according = s.cue.slice(report.text()).contains(' ');
                let source = harms::token_at(report, s.speaker).and_then(|t| tokens[t].head);
                !words.overlaps(s.cue)
                    && (below && tokens[s.verb].relation == "parataxis"
                        || according
                            && (source.map(|h| h.0 as usize) == Some(at) || below)
                            && tokens[at].pos == "VERB")
            });
            if beside.is_some() {
                return beside;
            }
            let head = tokens[at].head?.0 as usize;
            let told = self.sayings.iter().find(|s| s.verb == head && !words.overlaps(s.cue));
            if let Some(saying) = told
                && !saying.speaker.overlaps(tokens[at].span)
                && saying.hearer.is_none_or(|h| !h.overlaps(tokens[at].span))
            {
                let content = match tokens[at].relation {
                    "ccomp" | "xcomp" | "parataxis" => true,
                    "obj" | "obl" | "advcl" => saying.stance != Stance::States,
                    _ => false,
                };
                if content {
                    return Some(saying);
                }
            }
            at = head;
        }
        None
    }

    /// Returns the saying that the quotation around the words belongs to: the one next to it in its sentences, else the
    /// last before it.
    fn quoting(&self, report: &Report, words: Span) -> Option<&Saying> {
        let quote = self.quotes.iter().find(|q| q.contains(words))?;
        let near = |s: &&Saying| s.cue.distance(*quote) <= BESIDE_QUOTE && !quote.overlaps(s.cue);
        let beside = self.sayings.iter().filter(near).min_by_key(|s| (s.cue.distance(*quote), s.cue));
        beside.or_else(|| {
            let opens = report.text()[..quote.range().start].trim_end().ends_with(['”', '"', ':']);
            self.sayings.iter().rev().find(|s| s.cue.end <= quote.start).filter(|_| opens)
        })
    }
}

/// Steps up the tree from an act to what is said of it.
const DEPTH: usize = 8;

/// Bytes between a quotation and the word that attributes it ("…," the foreign minister, Ann Lee, said).
const BESIDE_QUOTE: u32 = 80;

/// Bytes from which quoted words are a statement, not a phrase that somebody used.
const STATEMENT: usize = 40;

/// Returns the stretches in quotation marks that are long enough for a statement.
pub(crate) fn quotes(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices() {
        match (c, open) {
            ('“', _) | ('"', None) => open = Some(at),
            ('”' | '"', Some(from)) => {
                if at - from >= STATEMENT {
                    out.push(Span::new(from, at + c.len_utf8()));
                }
                open = None;
            }
            // A paragraph's end closes what nothing else has closed.
            ('\n', Some(from)) => {
                if at - from >= STATEMENT && text[from..].starts_with('“') {
                    out.push(Span::new(from, at));
                }
                open = None;
            }
            _ => {}
        }
    }
    out
}

/// Returns what sayings introduce as speeches and press statements do: "The minister said:" ends a paragraph, or what he
/// said follows without quotation marks, and it speaks in the first person until somebody else is heard or the text ends.
fn statements(report: &Report, sayings: &[Saying]) -> Vec<(Span, usize)> {
    let text = report.text();
    let mut out: Vec<(Span, usize)> = Vec::new();
    let mut at = 0;
    let mut open: Option<(usize, usize)> = None;
    for line in text.split_inclusive('\n').chain([""]) {
        let stretch = Span::new(at, at + line.len());
        let heard = sayings.iter().rposition(|s| stretch.contains(s.cue) && stretch.contains(s.speaker));
        if let Some((from, saying)) = open
            && (heard.is_some_and(|s| sayings[s].stance == Stance::States) || line.is_empty())
        {
            if in_first_person(report, &text[from..at]) {
                out.push((Span::new(from, at), saying));
            }
            open = None;
        }
        at += line.len();
        if let Some(saying) = heard {
            let after = sayings[saying].cue.range().end;
            let said = text[after..at].strip_prefix(':').map(str::trim);
            if line.trim_end().ends_with(':') {
                open = Some((at, saying));
            } else if said.is_some_and(|said| said.starts_with(char::is_uppercase)) {
                open = Some((after, saying));
            }
        }
    }
    out
}

/// Returns who introduces a statement where the grammar names nobody: whom the words right before the verb mean, in
/// "Speaking today, Minister Lee said:".
fn introduced(report: &Report, cue: Span) -> Option<Span> {
    let text = report.text();
    let is_end = text[cue.range().end..].starts_with(':');
    let mut before = report.analysis.mentions.iter().rev().filter(|m| m.span.end <= cue.start);
    let nearest = before.find(|m| m.kind == MentionKind::Actor).map(|m| m.span)?;
    let between = text.get(nearest.range().end..cue.range().start)?;
    (is_end && between.trim_matches([' ', ',']).is_empty()).then_some(nearest)
}

/// Tells whether somebody speaks of himself, or of those for whom he speaks.
fn in_first_person(report: &Report, words: &str) -> bool {
    words.split(|c: char| !c.is_alphanumeric()).any(|word| report.knowledge.actors.is_first_person(word))
}

fn child(report: &Report, head: usize, relation: &str) -> Option<usize> {
    report
        .analysis
        .tokens
        .iter()
        .position(|t| t.head.is_some_and(|h| h.0 as usize == head) && t.relation == relation)
}

/// Returns the mention of somebody around a token.
fn mention(report: &Report, token: usize) -> Option<Span> {
    let span = report.analysis.tokens[token].span;
    report
        .analysis
        .mentions
        .iter()
        .find(|m| m.kind == MentionKind::Actor && m.span.overlaps(span))
        .map(|m| m.span)
}

/// Returns the words for the subject of a saying: those that a pronoun points back to, the last speaker before all.
fn speaker(report: &Report, subject: usize, before: &[Saying]) -> Option<Span> {
    let token: &Token = &report.analysis.tokens[subject];
    let words = token.span.slice(report.text());
    if !participants::is_pronoun(words) {
        return mention(report, subject);
    }
    let lower = words.to_lowercase();
    if !matches!(lower.as_str(), "he" | "she" | "it" | "they" | "who") {
        return None;
    }
    let nearest = || {
        let mentions = report.analysis.mentions.iter().rev();
        mentions
            .filter(|m| m.kind == MentionKind::Actor && m.span.end <= token.span.start)
            .map(|m| m.span)
            .find(|s| !participants::is_pronoun(s.slice(report.text())))
    };
    let last = before.last().map(|s| s.speaker);
    if matches!(lower.as_str(), "he" | "she") { last.or_else(nearest) } else { nearest() }
}

/// Returns the mention that follows "according to".
fn named_after(report: &Report, cue: Span) -> Option<Span> {
    let mentions = report.analysis.mentions.iter();
    mentions
        .filter(|m| m.kind == MentionKind::Actor && m.span.start >= cue.end)
        .map(|m| m.span)
        .find(|s| s.distance(cue) <= ARTICLE)
}

/// Bytes that an article or an adjective may take between "according to" and the mention.
const ARTICLE: u32 = 12;
