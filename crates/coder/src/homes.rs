//! Whose the police are: the country of a phrase that tells none.

use crate::drafts::Draft;
use crate::participants::participants;
use crate::places::{self, Hint, HintKind};
use crate::whereabouts::Placed;
use crate::{Knowledge, Report, whereabouts};
use casus_types::analysis::{MentionKind, Role};
use casus_types::event::EventPlace;
use casus_types::{Analysis, Coded, Country, Document, EventType, Sector, Span};

/// Amid what a phrase stands.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'a> {
    /// Where the act happened.
    pub(crate) places: &'a [Coded<EventPlace>],
    /// The act, and what the phrase is to it; none where it is the phrase of nobody who takes part.
    pub(crate) act: Option<(&'a Draft, Role)>,
}

/// What may speak for a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clue {
    /// It is that of the act's place, of several the nearest to the phrase.
    Place,
    /// How sure that place is.
    SurePlace,
    /// It is that of another place of the act.
    OtherPlace,
    /// Its share in what the report names, as a logarithm.
    Share,
    /// Its share in what stands near before the phrase.
    Before,
    /// Its share in what stands near behind it.
    Behind,
    /// It is named before the phrase in its sentence.
    SentenceBefore,
    /// It is named behind the phrase in its sentence.
    SentenceBehind,
    /// It is named last before the phrase.
    Last,
    /// It is named first in the report.
    First,
    /// It is that of the dateline.
    Dateline,
    /// The words for the other side name it.
    OtherSide,
    /// They do, and the act is one of force.
    OtherSideOfForce,
    /// They do, and the act is one between those who rule and those whom they rule.
    OtherSideOfRule,
    /// The words for its own side name it.
    OwnSide,
    /// Its share in all words for states and their known actors, as a logarithm.
    Spoken,
    /// It is spoken of last before the phrase, by name or by an actor.
    LastSpoken,
    /// How likely the network takes what names it for telling whose the phrase is, as a logarithm.
    Read,
}

/// How many clues there are.
pub const CLUES: usize = Clue::ALL.len();

impl Clue {
    /// Every clue, in the order of its weights.
    pub const ALL: [Self; 18] = [
        Self::Place,
        Self::SurePlace,
        Self::OtherPlace,
        Self::Share,
        Self::Before,
        Self::Behind,
        Self::SentenceBefore,
        Self::SentenceBehind,
        Self::Last,
        Self::First,
        Self::Dateline,
        Self::OtherSide,
        Self::OtherSideOfForce,
        Self::OtherSideOfRule,
        Self::OwnSide,
        Self::Spoken,
        Self::LastSpoken,
        Self::Read,
    ];
}

/// What sort of people a phrase names, each with weights of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A body of a state, or people who hold its offices or want to.
    State,
    /// Those who fight outside a state's chain of command.
    Fighters,
    /// All others.
    Others,
}

/// Weights of the clues in nats, for each sort of people.
pub type HomeWeights = [[f64; CLUES]; 3];

/// Fitted by `cargo xtask homes-fit` on 3,423 participants of training gold and written reports. Of 757 in reports that were left
/// out 651 get the right country. Two networks earlier 520 of 580 did, where the rule before (the act's nearest place, else
/// what the report names most) gave 485. `Read` came later, and its weights are set by hand: the network knows the reports that
/// the others were fitted on too well. Of 2,580 paired participants of six held-out folders they put 13 more codes right.
const WEIGHTS: HomeWeights = [
    [
        0.75, 0.41, 0.16, 0.63, -0.79, -0.29, 0.91, -0.38, 0.42, 0.73, 0.74, -0.96, 0.12, 0.46, 1.06, 1.46,
        0.32, 0.6,
    ],
    [
        0.19, 1.68, -0.73, 0.39, -0.66, -0.07, 0.59, 0.47, 0.33, 0.59, 1.37, -0.64, -0.72, 0.39, 0.91, 2.26,
        0.36, 0.4,
    ],
    [
        0.49, 1.63, 1.24, 0.37, -0.18, -0.09, 0.48, 0.17, 0.41, 0.71, 0.92, -1.22, -0.34, 0.49, 1.23, 1.16,
        -0.09, 0.6,
    ],
];

/// Characters over which what names a country speaks for what stands beside it.
const BESIDE: f64 = 150.0;
/// Share of a country that nothing but the act's place names.
const UNNAMED: f64 = 0.03;
/// Probability from which words are one side's.
const SIDE: f32 = 0.3;

/// A country with what speaks for it.
#[derive(Debug, Clone, Copy)]
pub struct Home {
    /// The country.
    pub country: Country,
    /// What speaks for it, clue by clue.
    pub clues: [f64; CLUES],
}

/// Returns how likely each country is.
#[must_use]
pub fn chances(homes: &[Home], weights: &[f64; CLUES]) -> Vec<f64> {
    let score = |home: &Home| home.clues.iter().zip(weights).map(|(clue, weight)| clue * weight).sum();
    places::softmax(&homes.iter().map(score).collect::<Vec<f64>>())
}

/// Returns the countries that a phrase without one may belong to, likeliest first.
pub(crate) fn countries(report: &Report, span: Span, setting: Setting) -> Vec<(Country, f32)> {
    let homes = homes(report, span, setting);
    let chances = chances(&homes, &WEIGHTS[sort(report, span) as usize]);
    #[expect(clippy::cast_possible_truncation, reason = "a probability needs no double")]
    let mut out: Vec<(Country, f32)> =
        homes.iter().zip(chances).map(|(home, chance)| (home.country, chance as f32)).collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    // An embassy is never that of the state where it stands.
    if report.knowledge.actors.is_mission(span.slice(report.text())) {
        let here: Vec<Country> = setting.places.iter().filter_map(|place| place.value.country).collect();
        out.retain(|home| !here.contains(&home.0));
        return out;
    }
    let said = named_behind(report, span).filter(|_| sort(report, span) == Sort::Fighters);
    let known = said.or_else(|| placed_within(report, span)).or_else(|| at_home(report, span, setting));
    if let Some(country) = known {
        out.retain(|home| home.0 != country);
        out.insert(0, (country, SAID));
    }
    out
}

/// Returns the country of a place that the phrase itself names: "a maternity hospital in Mariupol".
fn placed_within(report: &Report, span: Span) -> Option<Country> {
    let mut within = report.placed.iter().filter(|placed| span.contains(placed.span));
    within.find_map(Placed::country).map(|(_, country)| country)
}

/// How sure a place must be to say whose those are who are at home there.
const SURE: f32 = 0.6;

/// Returns the country of the act's place for those who are at home there: a mayor, whatever states the report names, and the
/// victims of foreign force where nothing but the words for its doer names another state ("Russian strikes killed 12 people
/// in Kharkiv"): that they are of the doer's own would be less likely than that a place of several of one name is another.
fn at_home(report: &Report, span: Span, setting: Setting) -> Option<Country> {
    let country = |sure: f32| {
        let places = setting.places.iter();
        let pointed = places.filter(|p| p.value.point.is_some() && p.confidence.get() >= sure);
        let mut countries = pointed.filter_map(|p| p.value.country);
        let first = countries.next()?;
        countries.all(|other| other == first).then_some(first)
    };
    if let Some(place) = country(0.0).filter(|&place| is_of_doers_alone(report, span, setting, place)) {
        return Some(place);
    }
    // What a mayor says or agrees to may be told of anywhere.
    let takes_place = setting.act.is_none_or(|(draft, _)| is_done_there(draft.kind.value));
    let is_local = takes_place && report.knowledge.actors.is_local(span.slice(report.text()));
    country(SURE).filter(|_| is_local)
}

/// Tells whether an act is one of force or protest, and no words of the sentence but those for its other side name a country beside that of
/// its place. What other states say of it afterwards is no word on whom it befell.
fn is_of_doers_alone(report: &Report, span: Span, setting: Setting, place: Country) -> bool {
    let is_there = |kind| matches!(kind, EventType::Assault | EventType::Protest);
    let is_there = setting.act.is_some_and(|(draft, _)| is_there(draft.kind.value));
    let (_, other) = sides(report, setting);
    let sentence = |words: Span| report.analysis.sentence_of(words);
    let elsewhere = |country: Country, words: Span| {
        country != place
            && sentence(words) == sentence(span)
            && !other.iter().any(|side| side.overlaps(words))
    };
    let hints = report.hints.iter().map(|hint| (hint.country, hint.span));
    let spoken = report.names.countries().iter().map(|&(at, country)| (country, Span::new(at, at + 1)));
    is_there && !hints.chain(spoken).any(|(country, words)| elsewhere(country, words))
}

/// How sure a country is that stands right behind the words for fighters: "militia in Iraq".
const SAID: f32 = 0.9;

/// Returns the country that stands right behind a phrase, or behind the same words elsewhere in the report, as where those
/// are whom it names.
fn named_behind(report: &Report, span: Span) -> Option<Country> {
    let text = report.text();
    let country = |end: usize| {
        let link = [" in ", " of ", " from "].into_iter().find(|link| text[end..].starts_with(link))?;
        let at = end + link.len();
        report
            .hints
            .iter()
            .find(|h| h.kind == HintKind::Name && h.span.range().start == at)
            .map(|h| h.country)
    };
    let words = span.slice(text);
    let bare =
        ["the ", "The ", "these ", "those "].iter().find_map(|a| words.strip_prefix(a)).unwrap_or(words);
    let elsewhere = || text.match_indices(bare).find_map(|(at, _)| country(at + bare.len()));
    country(span.range().end).or_else(|| if bare.len() < SHORT { None } else { elsewhere() })
}

/// Bytes of words that may stand elsewhere by chance.
const SHORT: usize = 6;

/// Returns the state whose force an act is, where it struck outside of that: whom it hit are not its own people, unless they are
/// called so ("three people" killed "in an American airstrike on a boat in the Pacific").
pub(crate) fn striker(report: &Report, setting: Setting) -> Option<Country> {
    let (draft, role) = setting.act?;
    let strikes = draft.kind.value == EventType::Assault && role == Role::Recipient;
    let doers = draft.arguments(report.analysis, Role::Actor).into_iter();
    let doers: Vec<Span> = doers.take_while(|a| a.probability >= DOER).map(|a| a.span).collect();
    let named = |words: &Span| {
        let mut hints = report.hints.iter().filter(|hint| hint.span.overlaps(*words));
        let mut spoken = report.names.countries().iter().filter(|(at, _)| words.range().contains(at));
        hints.next().map(|hint| hint.country).or_else(|| spoken.next().map(|&(_, country)| country))
    };
    let doer = doers.iter().find_map(named).filter(|_| strikes)?;
    let elsewhere = |place: &Coded<EventPlace>| place.value.country != Some(doer);
    (!setting.places.is_empty() && setting.places.iter().all(elsewhere)).then_some(doer)
}

/// Probability from which somebody is taken for the doer of an act.
const DOER: f32 = 0.5;

/// Returns what sort of people the encoder takes a phrase for.
fn sort(report: &Report, span: Span) -> Sort {
    use Sector as S;
    let mentions = &report.analysis.mentions;
    let mention = mentions.iter().find(|m| m.kind == MentionKind::Actor && m.span.overlaps(span));
    match mention.and_then(|m| m.sectors.first()).map(|s| s.0) {
        Some(S::Gov | S::Mil | S::Leg | S::Jud | S::Cop | S::Spy | S::Pty | S::Opp | S::Eli) => Sort::State,
        Some(S::Reb | S::Prm | S::Uaf | S::Crm) => Sort::Fighters,
        _ => Sort::Others,
    }
}

/// Countries with their clues, as they are found.
#[derive(Default)]
struct Homes(Vec<Home>);

impl Homes {
    fn of(&mut self, country: Country) -> &mut [f64; CLUES] {
        let at = self.0.iter().position(|home| home.country == country).unwrap_or_else(|| {
            self.0.push(Home { country, clues: [0.0; CLUES] });
            self.0.len() - 1
        });
        &mut self.0[at].clues
    }

    fn set(&mut self, country: Country, clue: Clue) {
        self.of(country)[clue as usize] = 1.0;
    }

    fn add(&mut self, country: Country, clue: Clue, share: f64) {
        self.of(country)[clue as usize] += share;
    }
}

/// Returns every country that the act's places and the report's words name, with what speaks for it.
fn homes(report: &Report, span: Span, setting: Setting) -> Vec<Home> {
    let mut out = Homes::default();
    by_places(report, span, setting.places, &mut out);
    by_names(report, span, setting, &mut out);
    by_actors(report, span, &mut out);
    by_reading(report, span, &mut out);
    for home in &mut out.0 {
        for share in [Clue::Share, Clue::Spoken, Clue::Read] {
            let share = &mut home.clues[share as usize];
            *share = (*share + UNNAMED).ln();
        }
    }
    out.0
}

/// Characters that a place before a phrase lies farther off than one as far behind it: "killed two men in Gorvan". Of 0
/// and 30 the better on fresh reports.
const BEFORE: u32 = 30;

/// Notes the countries of the act's places. Of an act in two countries each takes part in the nearer: "stabs a man in
/// Gorvan after he left Sela".
fn by_places(report: &Report, span: Span, places: &[Coded<EventPlace>], out: &mut Homes) {
    let sentence = |span| report.analysis.sentence_of(span);
    let mut places: Vec<&Coded<EventPlace>> = places.iter().filter(|p| p.value.country.is_some()).collect();
    places.sort_by_key(|place| {
        place.evidence.span.map_or((true, u32::MAX), |named| {
            let before = if named.start < span.start { BEFORE } else { 0 };
            (sentence(named) != sentence(span), span.distance(named) + before)
        })
    });
    for (at, place) in places.into_iter().enumerate() {
        let Some(country) = place.value.country else { continue };
        if at == 0 {
            out.set(country, Clue::Place);
            out.add(country, Clue::SurePlace, place.confidence.get().into());
        } else {
            out.set(country, Clue::OtherPlace);
        }
    }
}

/// Notes the countries that the report names, and their places and peoples.
fn by_names(report: &Report, span: Span, setting: Setting, out: &mut Homes) {
    let analysis = report.analysis;
    let hints: Vec<&Hint> = report.hints.iter().filter(|hint| !hint.span.overlaps(span)).collect();
    let near = |hint: &Hint| hint.weight * (-f64::from(span.distance(hint.span)) / BESIDE).exp();
    let total: f64 = hints.iter().map(|hint| hint.weight).sum();
    let total_near: f64 = hints.iter().map(|hint| near(hint)).sum();
    let (own, other) = sides(report, setting);
    let kind = setting.act.map(|(draft, _)| draft.kind.value);
    let is_force = kind == Some(EventType::Assault);
    let is_rule = kind.is_some_and(is_rule);
    let last = hints.iter().rposition(|hint| hint.span.end <= span.start);
    for (at, hint) in hints.iter().enumerate() {
        let country = hint.country;
        let is_before = hint.span.start < span.start;
        out.add(country, Clue::Share, hint.weight / total);
        out.add(country, if is_before { Clue::Before } else { Clue::Behind }, near(hint) / total_near);
        if analysis.sentence_of(hint.span) == analysis.sentence_of(span) {
            out.set(country, if is_before { Clue::SentenceBefore } else { Clue::SentenceBehind });
        }
        let is_side = |side: &[Span]| side.iter().any(|words| words.overlaps(hint.span));
        let others = is_side(&other);
        let noted = [
            (Some(at) == last, Clue::Last),
            (at == 0, Clue::First),
            (places::is_dateline(report.text(), hint.span), Clue::Dateline),
            (others, Clue::OtherSide),
            (others && is_force, Clue::OtherSideOfForce),
            (others && is_rule, Clue::OtherSideOfRule),
            (is_side(&own), Clue::OwnSide),
        ];
        noted.into_iter().filter(|n| n.0).for_each(|(_, clue)| out.set(country, clue));
    }
}

/// Tells whether who takes part in acts of a type is mostly where they happen.
fn is_done_there(kind: EventType) -> bool {
    kind == EventType::Assault || is_rule(kind)
}

/// Tells whether acts of a type are mostly those of rulers upon their own, or of these upon them.
fn is_rule(kind: EventType) -> bool {
    use EventType as E;
    matches!(kind, E::Coerce | E::Retreat | E::Sanction | E::Concede | E::Protest)
}

/// Returns the words for the phrase's own side of the act, and those for the other.
fn sides(report: &Report, setting: Setting) -> (Vec<Span>, Vec<Span>) {
    let Some((draft, role)) = setting.act else { return (Vec::new(), Vec::new()) };
    let words = |role| -> Vec<Span> {
        let arguments = draft.arguments(report.analysis, role).into_iter();
        arguments.take_while(|a| a.probability >= SIDE).map(|a| a.span).collect()
    };
    (words(role), words(if role == Role::Actor { Role::Recipient } else { Role::Actor }))
}

/// Notes the countries of the states and known actors that the report speaks of.
fn by_actors(report: &Report, span: Span, out: &mut Homes) {
    let inside = |at: usize| span.range().contains(&at);
    let spoken: Vec<(usize, Country)> =
        report.names.countries().iter().copied().filter(|&(at, _)| !inside(at)).collect();
    #[expect(clippy::cast_precision_loss, reason = "a report names few states")]
    let share = 1.0 / spoken.len() as f64;
    for &(_, country) in &spoken {
        out.add(country, Clue::Spoken, share);
    }
    if let Some(&(_, country)) = spoken.iter().rev().find(|(at, _)| *at < span.range().start) {
        out.set(country, Clue::LastSpoken);
    }
}

/// Notes how likely the network takes the words for each country for telling whose the phrase is.
fn by_reading(report: &Report, span: Span, out: &mut Homes) {
    let Some(bearing) = report.bearing(span) else { return };
    for &(word, chance) in &bearing.homes {
        let named = report.hints.iter().filter(|hint| hint.span.overlaps(word)).map(|hint| hint.country);
        let spoken = report.names.countries().iter().filter(|(at, _)| word.range().contains(at));
        for country in named.chain(spoken.map(|&(_, country)| country)) {
            let most = &mut out.of(country)[Clue::Read as usize];
            *most = most.max(chance.into());
        }
    }
}

/// A participant of some act whose words tell no country, with those it may belong to.
#[derive(Debug, Clone)]
pub struct Homeless {
    /// Its words.
    pub span: Span,
    /// What sort of people it names.
    pub sort: Sort,
    /// The countries.
    pub homes: Vec<Home>,
}

/// Returns the participants of a report whose country is read from what stands around them, to learn from.
#[must_use]
pub fn homeless(document: &Document, analysis: &Analysis, knowledge: &Knowledge) -> Vec<Homeless> {
    let report = Report::new(document, analysis, knowledge);
    let drafts = report.drafts();
    let whereabouts = whereabouts::places(&report, &drafts);
    let mut out = Vec::new();
    for (draft, whereabouts) in drafts.iter().zip(&whereabouts) {
        let (actors, recipients) = participants(&report, draft, &whereabouts.named);
        for (role, who) in [(Role::Actor, actors), (Role::Recipient, recipients)] {
            let setting = Setting { places: &whereabouts.named, act: Some((draft, role)) };
            let spans = who.iter().filter_map(|w| w.evidence.span).filter(|&span| is_homeless(&report, span));
            out.extend(spans.map(|span| Homeless {
                span,
                sort: sort(&report, span),
                homes: homes(&report, span, setting),
            }));
        }
    }
    out
}

/// Tells whether words take their country from what stands around them: whether they take any that is given.
pub(crate) fn is_homeless(report: &Report, span: Span) -> bool {
    let takes = |code: &str| {
        let given = Country::new(code).expect("three letters");
        let context = crate::actors::ActorContext {
            text: report.text(),
            published: report.document.published,
            countries: &[(given, 1.0)],
            ..Default::default()
        };
        crate::actors::resolve_in(&report.names, span, &context).value.country == Some(given)
    };
    takes("VUT") && takes("KNA")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_clue_stands_where_its_weight_does() {
        assert!(Clue::ALL.iter().enumerate().all(|(at, &clue)| clue as usize == at));
    }
}
