//! From a report's analysis to its event records: merging, roles, attribution, numbers, dates, places, actors, links.
//!
//! Pure: no I/O, no clock, no environment. Knowledge comes in as text, parsed once into [`Knowledge`]; [`code`] is the
//! one way through. The encoder proposes with probabilities, this crate decides, and where labels are too few for the
//! encoder, the rulings under `data/rules/` decide for both.

pub mod actors;
pub mod dates;
pub mod incidents;
pub mod numbers;
pub mod places;
pub mod rules;

mod ages;
mod antecedents;
mod confidence;
mod contexts;
mod drafts;
mod harms;
mod homes;
mod implied;
mod lasting;
mod links;
mod lists;
mod merge;
mod orders;
mod pairs;
mod participants;
mod persons;
mod sequence;
mod sides;
mod sources;
mod speech;
mod thresholds;
mod times;
mod toll_limits;
mod toll_words;
mod tolls;
mod untaken;
mod weapons;
mod whereabouts;

use actors::{ActorTable, ReportNames};
use casus_types::analysis::Bearing;
use casus_types::event::EventId;
use casus_types::{Analysis, Country, Date, Document, Event, Problem, Span};
use places::Gazetteer;
use rules::{Rulings, WordTable};

pub use antecedents::questions;
pub use confidence::ConfidenceWeights;
pub use homes::{CLUES, Clue, Home, HomeWeights, Homeless, Sort, chances, homeless};
pub use thresholds::{Bars, Thresholds};

/// What casus knows, apart from what it has learned.
#[derive(Debug)]
pub struct Knowledge {
    /// Who is who.
    pub actors: ActorTable,
    /// Where is what.
    pub gazetteer: Gazetteer,
    /// PLOVER's rulings on what the encoder proposes.
    pub rulings: Rulings,
    /// Words for weapons.
    pub weapons: WordTable,
    /// Words that attribute, by the stance of who is named with them.
    pub cues: WordTable,
    /// Acts whose parties are all actors.
    pub two_sided: WordTable,
    /// Words by which one act answers another.
    pub answers: WordTable,
    /// Words that leave a source unnamed.
    pub unnamed: WordTable,
    /// Words for what befalls people.
    pub harms: WordTable,
    /// Words for contexts.
    pub contexts: WordTable,
    /// From which probability on casus decides.
    pub thresholds: Thresholds,
}

/// Codes a report: the acts it tells of, each once, in the order of their first mention.
///
/// # Panics
/// Never for texts under 4 GiB, the limit of a [`casus_types::Span`].
#[must_use]
pub fn code(document: &Document, analysis: &Analysis, knowledge: &Knowledge) -> (Vec<Event>, Vec<Problem>) {
    let report = Report::new(document, analysis, knowledge);
    let drafts = report.drafts();
    let whereabouts = whereabouts::places(&report, &drafts);
    let times = times::times(&report, &drafts);
    let speech = speech::Speech::new(&report);
    let claims = tolls::claims(&report, &drafts);
    let mut events: Vec<Event> = drafts
        .iter()
        .zip(whereabouts)
        .zip(times)
        .enumerate()
        .map(|(at, ((draft, whereabouts), time))| {
            let (actors, recipients) = participants::participants(&report, draft, &whereabouts.named);
            Event {
                id: EventId(u32::try_from(at).expect("fewer events than bytes of text")),
                kind: draft.kind.clone(),
                modes: draft.modes.clone(),
                contexts: contexts::contexts(&report, draft),
                status: draft.status.clone(),
                mentions: draft.mentions(analysis),
                sentence: analysis.sentences[analysis.sentence_of(draft.fullest(analysis).span)],
                numbers: tolls::tolls(&report, &speech, draft, &claims[at], &recipients),
                weapons: weapons::weapons(&report, draft, &recipients),
                recipients,
                sources: sources::sources(&report, &speech, draft, &whereabouts.named, &actors),
                actors,
                places: whereabouts.places,
                time,
                links: Vec::new(),
                confidence: casus_types::Confidence::new(0.0),
            }
        })
        .collect();
    links::link(&report, &speech, &drafts, &mut events);
    let two_sided: Vec<bool> = drafts.iter().map(|draft| sides::is_two_sided(&report, draft)).collect();
    implied::fill(&mut events, &two_sided);
    for (event, draft) in events.iter_mut().zip(&drafts) {
        event.confidence = confidence::whole(&report, event, draft);
    }
    let problems = report
        .dates
        .iter()
        .filter_map(|d| d.problem.map(|p| p.report(d.span.slice(&document.text))))
        .collect();
    (events, problems)
}

/// A report with what is looked up in it once.
struct Report<'a> {
    document: &'a Document,
    analysis: &'a Analysis,
    knowledge: &'a Knowledge,
    names: ReportNames<'a>,
    dates: Vec<dates::TimeExpression>,
    quantities: Vec<numbers::Quantity>,
    /// Words for what befalls people.
    harms: Vec<harms::Harm>,
    hints: Vec<places::Hint>,
    /// What its words for places mean.
    placed: Vec<whereabouts::Placed>,
    /// Words for what is in a country for sure.
    located: Vec<(Span, Country)>,
}

/// Bytes from which a text is an article rather than a short report: the longest short report of the
/// training gold has 519, but 13 of its 35 published articles have fewer than this and count as reports.
pub const ARTICLE_FROM: usize = 1000;

/// Returns the date expressions of a text and its quantities, which are read from the same words.
#[must_use]
pub fn dates_and_quantities(
    text: &str,
    published: Option<Date>,
) -> (Vec<dates::TimeExpression>, Vec<numbers::Quantity>) {
    let words = numbers::word::words(text);
    let dates = dates::find_among(&words, published);
    let quantities = numbers::find_among(&words, &dates);
    (dates, quantities)
}

impl<'a> Report<'a> {
    fn new(document: &'a Document, analysis: &'a Analysis, knowledge: &'a Knowledge) -> Self {
        let (dates, quantities) = dates_and_quantities(&document.text, document.published);
        let day = document
            .published
            .or_else(|| actors::day_of_office(&knowledge.actors, &document.text, dates::last_day(&dates)));
        let names = ReportNames::new(&knowledge.actors, &document.text, day)
            .published_by(document.publisher.as_deref());
        let mut report = Self {
            document,
            analysis,
            knowledge,
            quantities,
            dates: dates.into_iter().filter(|date| names.around(date.span).is_empty()).collect(),
            names,
            harms: harms::words(&document.text, &knowledge.harms),
            hints: places::scan(&knowledge.gazetteer, &document.text),
            placed: Vec::new(),
            located: Vec::new(),
        };
        let bodies: Vec<bool> = report.hints.iter().map(|h| whereabouts::is_of_a_body(&report, h)).collect();
        let mut bodies = bodies.into_iter();
        report.hints.retain(|_| bodies.next() != Some(true));
        report.placed = whereabouts::placed(&report);
        whereabouts::settle(&document.text, &mut report.hints, &report.placed);
        report.located = whereabouts::located(&report);
        report.names.settle(&report.located);
        report
    }

    /// Returns the acts that it tells of, as far as the rulings let them stand.
    fn drafts(&self) -> Vec<drafts::Draft> {
        let mut drafts = drafts::drafts(self);
        for draft in &mut drafts {
            times::look_ahead(self, draft);
        }
        self.knowledge.rulings.apply(self, &mut drafts);
        drafts.retain(|d| !d.dropped);
        drafts
    }

    fn text(&self) -> &'a str {
        &self.document.text
    }

    /// Returns whom the network takes some words for, where it was asked.
    fn bearing(&self, span: Span) -> Option<&'a Bearing> {
        self.analysis.bearings.iter().find(|b| b.span == span)
    }

    fn is_article(&self) -> bool {
        self.text().len() >= ARTICLE_FROM
    }

    /// Returns from which probability on casus decides in a report of this length.
    fn thresholds(&self) -> &Bars {
        let thresholds = &self.knowledge.thresholds;
        if self.is_article() { &thresholds.article } else { &thresholds.short }
    }
}
