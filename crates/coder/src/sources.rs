//! According to whom.

use crate::antecedents::antecedent;
use crate::drafts::{Draft, likeliest};
use crate::homes::Setting;
use crate::speech::{Saying, Speech};
use crate::{Report, actors, pairs, participants, sides};
use casus_types::analysis::Role;
use casus_types::event::{EventPlace, Participant, Source};
use casus_types::{Coded, Confidence, EventType, Sector, Span, Stance};

/// Bytes between a source and the word that attributes to it.
const CUE_WITHIN: u32 = 120;

/// What the grammar is worth beside the reader's belief: a speaker whose words tell of the act.
const SPOKEN: f32 = 0.5;

/// How sure it is that a statement's acts are told by whoever it is introduced with: its layout leaves no doubt.
const STATED: f32 = 0.9;

/// How sure the reader must be of somebody where the grammar names another speaker.
const AGAINST_GRAMMAR: f32 = 0.85;

/// How likely a source beside the likeliest must be. Of 333 acts in published articles of the training gold 130 have a source,
/// and 6 of these more than one.
const FURTHER: f32 = 0.95;

/// Returns the sources of an act; none where the report itself says so.
pub(crate) fn sources(
    report: &Report,
    speech: &Speech,
    draft: &Draft,
    places: &[Coded<EventPlace>],
    actors: &[Coded<Participant>],
) -> Vec<Source> {
    let votes = draft.triggers.iter().flat_map(|&t| {
        let trigger = report.analysis.trigger(t);
        trigger.stances.iter().map(move |&(s, p)| (s, p * trigger.probability))
    });
    let stance = likeliest(votes).map_or(Stance::States, |v| v.0);
    let mut out: Vec<Source> = Vec::new();
    let mut candidates = candidates(report, speech, draft, actors);
    candidates.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.span.cmp(&b.span)));
    let mut at = 0;
    candidates.retain(|candidate| {
        at += 1;
        at == 1 || candidate.probability >= FURTHER
    });
    let words: Vec<Option<Stance>> =
        candidates.iter().map(|candidate| candidate.cue(report).map(|(stance, _)| stance)).collect();
    for (at, candidate) in candidates.into_iter().enumerate() {
        // "Residents and a local official" are two.
        let pair = pairs::states(report, draft, Role::Source, candidate.span);
        let spans = pair.map_or_else(|| sides::parts(report, candidate.span), |pair| pair.to_vec());
        for span in spans {
            let who = spoken(report, span, candidate.probability, places);
            if out.iter().any(|s| is_same(report, &s.who, &who)) {
                continue;
            }
            out.push(Source {
                anonymous: is_anonymous(report, span),
                cue: candidate.cue(report).map(|(_, cue)| cue),
                who,
                stance: candidate.stance(report, stance, at, &words),
                via: via(report, draft, &candidate, places),
            });
        }
    }
    out.sort_by_key(|s| s.who.evidence.span);
    out
}

/// Somebody who may be the source of an act.
struct Candidate<'a> {
    span: Span,
    probability: f32,
    /// What the grammar says.
    saying: Option<&'a Saying>,
}

impl Candidate<'_> {
    /// Returns the word that attributes the act to the source, and how it has the source stand to it.
    fn cue(&self, report: &Report) -> Option<(Stance, Span)> {
        self.saying.map(|s| (s.stance, s.cue)).or_else(|| cue(report, self.span))
    }

    /// Returns how the source stands to the act: what its own verb says, else what the reader thinks, who hears all of an
    /// act's sources at once. What another has the word for (`words`, a source each) is not said by one who merely "said" it.
    fn stance(&self, report: &Report, voted: Stance, at: usize, words: &[Option<Stance>]) -> Stance {
        let own = words[at];
        let is_anothers = words.iter().enumerate().any(|(other, word)| other != at && *word == Some(voted));
        match self.saying.map(|s| s.stance) {
            Some(said) if said != Stance::States => said,
            None if own == Some(Stance::Denies) => Stance::Denies,
            _ if is_anothers && own == Some(Stance::States) => Stance::States,
            // A denial is one speaker's, not that of everybody who speaks of the act.
            Some(_) if voted == Stance::Denies => Stance::States,
            None if voted == Stance::Denies && words.contains(&Some(Stance::Denies)) => Stance::States,
            // Nor is anything denied by who "said" it without a "no".
            None if voted == Stance::Denies && own == Some(Stance::States) && !self.is_negative(report) => {
                Stance::States
            }
            _ => voted,
        }
    }

    /// Tells whether something is negated in the source's sentence.
    fn is_negative(&self, report: &Report) -> bool {
        let sentence = report.analysis.sentences[report.analysis.sentence_of(self.span)];
        let words = sentence.slice(report.text()).to_lowercase();
        words.contains("n't")
            || words.contains("n’t")
            || words.split(|c: char| !c.is_alphabetic()).any(|word| NEGATIONS.contains(&word))
    }
}

/// Words that turn what is said into its opposite.
const NEGATIONS: [&str; 7] = ["no", "not", "never", "neither", "nor", "nobody", "none"];

/// Returns those whom reader and grammar together take for sources.
fn candidates<'a>(
    report: &Report,
    speech: &'a Speech,
    draft: &Draft,
    actors: &[Coded<Participant>],
) -> Vec<Candidate<'a>> {
    let threshold = report.thresholds().source;
    let sayings: Vec<&Saying> = draft
        .triggers
        .iter()
        .filter_map(|&t| speech.covering(report, report.analysis.trigger(t).span))
        .filter(|s| !is_own_word(report, draft, actors, s.speaker))
        .collect();
    let mut out: Vec<Candidate> = Vec::new();
    for argument in draft.arguments(report.analysis, Role::Source) {
        let antecedent = antecedent(report, argument.span);
        if antecedent.is_none() && is_pointing(report, argument.span) {
            continue;
        }
        let saying = sayings.iter().copied().find(|s| s.speaker.overlaps(argument.span));
        // "The group says that its fighters have taken the town": they do it, and the group says so.
        let acts = |a: &Coded<Participant>| a.evidence.span.is_some_and(|s| s.overlaps(argument.span));
        if saying.is_none() && !sayings.is_empty() && actors.iter().any(acts) {
            continue;
        }
        let own = if saying.is_some() { SPOKEN } else { 0.0 };
        let probability = 1.0 - (1.0 - argument.probability) * (1.0 - own);
        let enough = if saying.is_none() && !sayings.is_empty() { AGAINST_GRAMMAR } else { threshold };
        if probability >= enough {
            out.push(Candidate { span: antecedent.unwrap_or(argument.span), probability, saying });
        }
    }
    let stated = draft.triggers.iter().find_map(|&t| speech.stated(report.analysis.trigger(t).span));
    let stated = stated.filter(|s| !is_own_word(report, draft, actors, s.speaker));
    if let (true, Some(saying)) = (out.is_empty(), stated) {
        out.push(Candidate { span: saying.speaker, probability: STATED, saying: Some(saying) });
    }
    out
}

/// Tells whether words name nobody: "it", "this", "each".
fn is_pointing(report: &Report, span: Span) -> bool {
    let mut tokens = report.analysis.tokens.iter().filter(|t| span.contains(t.span)).peekable();
    let only_points = tokens.peek().is_some() && tokens.all(|t| matches!(t.pos, "PRON" | "DET"));
    let words = span.slice(report.text());
    only_points || POINTING.contains(&words.to_lowercase().as_str()) || participants::is_pronoun(words)
}

/// Words that name nobody, whatever the parser takes them for.
const POINTING: [&str; 10] = ["a", "an", "the", "this", "that", "these", "those", "each", "another", "one"];

/// Tells whether the act is the speaker's own word, so that the report itself tells of it: "the king said that he
/// rejected the offer" (in the training gold 53 such sources beside 1,415 without), "The king said: I reject the offer".
fn is_own_word(report: &Report, draft: &Draft, actors: &[Coded<Participant>], speaker: Span) -> bool {
    let word = matches!(
        draft.kind.value,
        EventType::Accuse
            | EventType::Request
            | EventType::Reject
            | EventType::Support
            | EventType::Threaten
            | EventType::Concede
            | EventType::Agree
            | EventType::Consult
    );
    let is_speaker = |words: Span| words.overlaps(speaker) || words.slice(report.text()) == "I";
    word && actors.iter().any(|a| a.evidence.span.is_some_and(is_speaker))
}

/// Returns who passed on what a source says: whom the reader takes for it in the source's own sentence (in the training gold
/// all 13 stand there), else the journalists whom the source told.
fn via(
    report: &Report,
    draft: &Draft,
    candidate: &Candidate,
    places: &[Coded<EventPlace>],
) -> Option<Coded<Participant>> {
    let sentence = |span| report.analysis.sentence_of(span);
    let seen = draft
        .arguments(report.analysis, Role::Via)
        .into_iter()
        .filter(|v| v.probability >= report.thresholds().via && !v.span.overlaps(candidate.span))
        .find(|v| sentence(v.span) == sentence(candidate.span))
        .map(|v| spoken(report, v.span, v.probability, places));
    seen.or_else(|| {
        let hearer = candidate.saying?.hearer.filter(|h| !h.overlaps(candidate.span))?;
        let who = spoken(report, hearer, SPOKEN, places);
        (who.value.sector == Some(Sector::Jrn)).then_some(who)
    })
}

fn spoken(report: &Report, span: Span, probability: f32, places: &[Coded<EventPlace>]) -> Coded<Participant> {
    let who = participants::resolve(report, span, Setting { places, act: None }, false);
    let confidence = Confidence::new(probability * who.confidence.get());
    Coded::new(who.value, who.evidence, confidence)
}

fn is_same(report: &Report, a: &Coded<Participant>, b: &Coded<Participant>) -> bool {
    let (Some(x), Some(y)) = (a.evidence.span, b.evidence.span) else { return a.value == b.value };
    a.value == b.value || x.overlaps(y) || actors::corefer(report.text(), x, y, &report.knowledge.actors)
}

/// Tells whether a source is left unnamed for its own sake: its sentence says so, and it has no name.
fn is_anonymous(report: &Report, span: Span) -> bool {
    let sentence = report.analysis.sentences[report.analysis.sentence_of(span)];
    let mut named = report.analysis.tokens.iter().filter(|t| span.contains(t.span) && t.pos == "PROPN");
    let person = named.clone().count() > 1 && named.all(|t| t.relation == "flat" || t.relation == "nsubj");
    !person && !report.knowledge.unnamed.find(report.text(), sentence).is_empty()
}

/// Returns the attributing word nearest to a source, within its sentence, and how it has the source stand to what is told.
fn cue(report: &Report, source: Span) -> Option<(Stance, Span)> {
    let sentence = report.analysis.sentence_of(source);
    report
        .knowledge
        .cues
        .find(report.text(), report.analysis.sentences[sentence])
        .into_iter()
        .map(|(stance, span)| (stance.parse().unwrap_or(Stance::States), span))
        .filter(|(_, s)| s.distance(source) <= CUE_WITHIN && !s.overlaps(source))
        .min_by_key(|(_, s)| (s.distance(source), s.start))
}
