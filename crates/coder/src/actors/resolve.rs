//! From a phrase to a participant.

use super::actor::{ActorKind, ActorRow};
use super::country::{CountryForm, CountryRow};
use super::fold::{Case, key};
use super::phrase::{Phrase, Piece};
use super::report::ReportNames;
use super::table::ActorTable;
use casus_types::event::Participant;
use casus_types::{Coded, Confidence, Country, Date, Evidence, Sector, Span};

/// What is known around a mention.
#[derive(Debug, Clone, Copy, Default)]
pub struct ActorContext<'a> {
    /// The report's text.
    pub text: &'a str,
    /// The report's day: decides who holds an office.
    pub published: Option<Date>,
    /// The encoder's guess of the mention's sector, likeliest first; may be empty.
    pub sectors: &'a [(Sector, f32)],
    /// Countries of the event's place, then of the report, likeliest first; may be empty.
    pub countries: &'a [(Country, f32)],
    /// Where words of the report name places that are known for sure, with their countries.
    pub placed: &'a [(Span, Country)],
    /// Whether the mention is the actor of an ASSAULT or MOBILIZE: "Russian" is then the army.
    pub as_doer_of_force: bool,
    /// The state that the mention cannot be of unless its own words say so.
    pub barred: Option<Country>,
}

/// Finds out who the words at `mention` mean.
///
/// Where many phrases of one report are resolved, [`resolve_in`] spares reading the text anew each time.
#[must_use]
pub fn resolve(table: &ActorTable, mention: Span, context: &ActorContext) -> Coded<Participant> {
    resolve_in(&ReportNames::new(table, context.text, context.published), mention, context)
}

/// Finds out who the words at `mention` mean, in a report whose names are known. The context's text and day give way
/// to the report's.
#[must_use]
pub fn resolve_in(report: &ReportNames, mention: Span, context: &ActorContext) -> Coded<Participant> {
    let reader = Reader { report, table: report.table, context };
    let shared = report.with_shared_head(mention).and_then(|phrase| reader.by_shared_head(&phrase));
    let mut found = shared.unwrap_or_else(|| reader.read(mention, 0));
    // Of "a courier from Gorvan" no word is known: the article alone is no name.
    if FUNCTION_WORDS.contains(&key(&found.participant.name).as_str()) {
        let phrase = Phrase::read(report.table, report.text, mention);
        found.participant.name = reader.own_words(&phrase, mention);
    }
    let evidence = Evidence::read(mention, found.made_by);
    Coded::new(found.participant, evidence, Confidence::new(found.confidence))
}

/// Words that are nobody's name.
const FUNCTION_WORDS: [&str; 18] = [
    "a", "an", "the", "and", "this", "that", "these", "those", "my", "our", "your", "his", "her", "its",
    "their", "some", "he", "she",
];

/// A participant with what made it.
pub(super) struct Found {
    pub(super) participant: Participant,
    pub(super) made_by: String,
    pub(super) confidence: f32,
}

/// One act of resolution.
pub(super) struct Reader<'a> {
    pub(super) report: &'a ReportNames<'a>,
    pub(super) table: &'a ActorTable,
    pub(super) context: &'a ActorContext<'a>,
}

/// How often a name may lead to another phrase of the text: a surname to a full name, that to its apposition.
pub(super) const DEEPEST: usize = 3;

// Confidences: the share of right codes by route, over the actors and recipients of gold train (first mention, the
// gold place's country as context, no sector from the encoder).
/// A name of the table.
pub(super) const BY_NAME: f32 = 0.95;
/// A name that several actors of the table share.
pub(super) const BY_SHARED_NAME: f32 = 0.9;
/// A known name with an agent noun: "Hamas fighters", "the Arslan government".
pub(super) const BY_NAME_AND_NOUN: f32 = 0.85;
/// A number alone.
const BY_NUMBER: f32 = 0.35;
/// A country alone.
const BY_COUNTRY: f32 = 0.7;
/// A name that casus does not know.
pub(super) const BY_TITLE: f32 = 0.7;
/// "The group", pointing back to one that the report named.
pub(super) const BY_POINTING: f32 = 0.8;
/// What names those of whom only the context tells anything, as evidence calls it.
pub(crate) const FROM_CONTEXT: &str = "actors/context";
/// Nothing but the context.
const BY_CONTEXT: f32 = 0.1;

impl Reader<'_> {
    /// Resolves the phrase at `span`.
    pub(super) fn read(&self, span: Span, depth: usize) -> Found {
        let mut phrase = Phrase::read(self.table, self.report.text, span);
        self.report.demote_natives(&mut phrase.parts);
        let own = span.slice(self.report.text);
        if phrase.words.is_empty() {
            return self.unknown(own.to_owned(), None, None);
        }
        if self.report.is_author(own)
            && let Some(author) = self.report.author()
        {
            // "The United States condemns … We call on": a ministry that names its state speaks as that state.
            let state = author.country.filter(|_| !own.eq_ignore_ascii_case("i"));
            return match state.and_then(|country| self.report.state_named(country)) {
                Some(idx) => self.by_country(idx, CountryForm::Name, false, false, false),
                None => found(author, BY_POINTING),
            };
        }
        if let ([word], true) = (phrase.words.as_slice(), depth < DEEPEST)
            && let Some(full) = self.introduced(word)
        {
            return self.read(full, depth + 1);
        }
        let is_common = |known: &[usize]| match phrase.parts.as_slice() {
            [one] => self.generic(&phrase, one, known).is_some() || self.is_anothers(&phrase, one, known),
            _ => false,
        };
        if let Some(known) = self.whole(&phrase)
            && !is_common(&known)
        {
            return self.in_office(&known);
        }
        if let Some(found) = self.pointing(&phrase, span) {
            return found;
        }
        let end = phrase.head_end();
        let head = &phrase.parts[..end];
        let rest = &phrase.parts[end..];
        let mut last = head.len();
        // A small-letter word that casus does not know ("raid", "decision") leaves the choice to the part before it.
        while last > 1
            && matches!(head[last - 1].piece, Piece::Word | Piece::Attached | Piece::Former | Piece::Number)
            && phrase.last_word(&head[last - 1]).case == Case::Lower
        {
            last -= 1;
        }
        let Some(deciding) = head[..last].last() else { return self.unknown(own.to_owned(), None, None) };
        let trimmed = last < head.len();
        // "The Foreign Secretary, Jane Otieno": who holds the office is named behind it.
        if let Piece::Noun(noun) = deciding.piece
            && let Some(known) = self.named_behind(&phrase, noun, rest, span)
        {
            return self.titled(head, self.in_office(&known));
        }
        match &deciding.piece {
            Piece::Known(known) => {
                let known = known.clone();
                match self.foreign(&phrase, head, last - 1, rest, &known) {
                    Some(found) => found,
                    None => match self.generic(&phrase, deciding, &known) {
                        Some(noun) => self.by_noun(&phrase, &head[..last - 1], noun, rest, span, depth),
                        None if self.is_anothers(&phrase, deciding, &known) => {
                            self.by_common_name(&phrase, &known, rest, span)
                        }
                        None => self.titled(&head[..last - 1], self.in_office(&known)),
                    },
                }
            }
            Piece::Number => {
                // "23", "at least 82 killed": so many people.
                let sector = self.encoder(0.3).unwrap_or(Sector::Cvl);
                let country = self.told_country(&phrase, rest).or_else(|| self.context_country(span));
                let participant =
                    Participant { name: own.to_owned(), country, sector: Some(sector), id: None };
                Found { participant, made_by: "actors/number".to_owned(), confidence: BY_NUMBER }
            }
            Piece::Noun(noun) => self.by_noun(&phrase, &head[..last - 1], *noun, rest, span, depth),
            // "Environmental Action Germany" has a name of its own.
            Piece::Country(idx, CountryForm::Name) if phrase.is_named_before(&head[..last]) => {
                let name = self.own_words(&phrase, span);
                self.unknown(name, Some(self.table.countries.rows[*idx].code), None)
            }
            Piece::Country(country, form) => {
                // "three Iraqis", "a Ukrainian": persons.
                let counted = head[..last - 1].iter().any(|part| {
                    part.piece == Piece::Number || matches!(phrase.last_word(part).key.as_str(), "a" | "an")
                });
                let word = phrase.last_word(deciding);
                let acronym = word.key == "us" && !word.definite;
                if self.report.is_seat_among_seats(span) && !trimmed {
                    return self.by_seat(*country);
                }
                let found = self.by_country(*country, *form, counted, trimmed, acronym);
                // "A Colombian recruiter" is called so.
                if trimmed && counted && found.participant.id.is_none() {
                    let name = self.own_words(&phrase, span);
                    return Found { participant: Participant { name, ..found.participant }, ..found };
                }
                found
            }
            _ => self.by_unknown(&phrase, &head[..last], rest, span, depth),
        }
    }

    /// Resolves a phrase that is not in the report as it stands: a state with the head that it shares with others. Nothing where
    /// the head tells no more than the state.
    fn by_shared_head(&self, phrase: &str) -> Option<Found> {
        let report = ReportNames::new(self.table, phrase, self.report.published);
        let context = ActorContext { sectors: &[], placed: &[], ..*self.context };
        let reader = Reader { report: &report, table: self.table, context: &context };
        let found = reader.read(Span::new(0, phrase.len()), 0);
        found.participant.sector.is_some().then_some(found)
    }

    /// Returns the actors that the whole phrase names, without leading counts.
    pub(super) fn whole(&self, phrase: &Phrase) -> Option<Vec<usize>> {
        let known = self.table.names.exactly(&phrase.words);
        (!known.is_empty()).then_some(known)
    }

    /// Returns the likeliest of several actors of one name as a participant.
    pub(super) fn actor(&self, known: &[usize]) -> Found {
        let day = self.report.published;
        let rank = |idx: usize| {
            let row = self.table.actors[idx].on(day);
            let place =
                row.country.and_then(|c| self.context.countries.iter().position(|&(other, _)| other == c));
            let spoken_of = row.country.is_some_and(|country| self.report.speaks_of(country));
            (!self.table.actors[idx].is_current(day), place.unwrap_or(usize::MAX), !spoken_of)
        };
        let best = known.iter().copied().min_by_key(|&idx| rank(idx)).expect("a known piece names someone");
        let row = self.table.actors[best].on(day);
        let confidence = if known.len() == 1 { BY_NAME } else { BY_SHARED_NAME };
        found(&row, confidence)
    }

    /// Returns the actor's row on the report's day.
    pub(super) fn row(&self, known: &[usize]) -> (ActorRow, ActorKind) {
        let found = self.actor(known);
        let idx = known
            .iter()
            .copied()
            .find(|&idx| Some(&self.table.actors[idx].id) == found.participant.id.as_ref())
            .expect("the chosen actor is one of them");
        (self.table.actors[idx].on(self.report.published), self.table.actors[idx].kind)
    }

    /// Resolves a country that stands alone.
    pub(super) fn by_country(
        &self,
        idx: usize,
        form: CountryForm,
        counted: bool,
        trimmed: bool,
        bare_acronym: bool,
    ) -> Found {
        let state = &self.table.countries.rows[idx];
        // "U.S." is noun and adjective; without an article it stands before what it belongs to.
        let adjective = form == CountryForm::Adjective || (form == CountryForm::Name && bare_acronym);
        let people = form == CountryForm::People
            || (form == CountryForm::Adjective && counted && !(trimmed && self.context.as_doer_of_force));
        // "Russian missiles", "the Russians took the hill": the army, where the encoder hears one; the doers of force below
        // that are as often called by their state alone (of 54 fresh ones 9 were armies).
        let force = self.context.as_doer_of_force;
        let army = ((adjective && !people) || (people && force))
            && (self.encoder(0.5) == Some(Sector::Mil)
                || (adjective && force && self.context.sectors.is_empty()));
        let country = Some(state.code);
        let participant = if army {
            self.of_state(state, "{adjective} Armed Forces", Some(Sector::Mil))
        } else if people {
            let name = format!("{} people", state.adjective);
            let refugees = self.encoder(0.6).filter(|&sector| sector == Sector::Ref);
            Participant { name, country, sector: refugees.or(Some(Sector::Cvl)), id: None }
        } else if form == CountryForm::Seat
            && (self.context.sectors.is_empty() || self.encoder(0.4) == Some(Sector::Gov))
        {
            return self.by_seat(idx);
        } else if let Some(sector) = self.encoder(0.5).filter(|_| trimmed) {
            Participant { name: state.name.clone(), country, sector: Some(sector), id: None }
        } else {
            let id = Some(format!("country:{}", state.code));
            Participant { name: state.name.clone(), country, sector: None, id }
        };
        Found { participant, made_by: "actors/countries.tsv".to_owned(), confidence: BY_COUNTRY }
    }

    /// Resolves a seat of government that stands for it.
    fn by_seat(&self, idx: usize) -> Found {
        let state = &self.table.countries.rows[idx];
        let participant = self.of_state(state, "Government of {country}", Some(Sector::Gov));
        Found { participant, made_by: "actors/countries.tsv".to_owned(), confidence: BY_COUNTRY }
    }

    /// Returns a participant of which only the context is known.
    pub(super) fn unknown(&self, name: String, country: Option<Country>, told: Option<Country>) -> Found {
        let army = told.is_some() && self.context.as_doer_of_force;
        let sector = self.encoder(0.3).or(army.then_some(Sector::Mil));
        let participant = Participant { name, country, sector, id: None };
        Found { participant, made_by: FROM_CONTEXT.to_owned(), confidence: BY_CONTEXT }
    }

    /// Returns the country of the context: of the event's place, else the one that the text speaks of nearest.
    pub(super) fn context_country(&self, span: Span) -> Option<Country> {
        self.context_country_with(None, span)
    }

    /// Returns the likeliest country of the context that has people of a sector, if one is told.
    pub(super) fn context_country_with(&self, sector: Option<Sector>, span: Span) -> Option<Country> {
        let lacks = |state: &CountryRow| sector.is_some_and(|sector| state.without.contains(&sector));
        let has = |country: &Country| {
            Some(*country) != self.context.barred && !self.table.countries.of(*country).is_some_and(lacks)
        };
        let mut countries = self.context.countries.iter().map(|&(country, _)| country);
        let first = countries.clone().find(has);
        let nearest = || self.report.nearest_country(span.start as usize);
        // Where nobody fights there may be a militia all the same, if no other state is spoken of.
        let only = || countries.next().or_else(nearest).filter(|_| sector.is_some_and(fights_a_state));
        first.or_else(|| nearest().filter(has)).or_else(only)
    }

    /// Returns the encoder's likeliest sector where it is at least this likely.
    pub(super) fn encoder(&self, least: f32) -> Option<Sector> {
        self.context.sectors.first().filter(|&&(_, p)| p >= least).map(|&(sector, _)| sector)
    }

    /// Returns a country's one actor of that name: the table's where it has one, else a generated one.
    pub(super) fn of_state(&self, state: &CountryRow, pattern: &str, sector: Option<Sector>) -> Participant {
        let name = pattern.replace("{country}", &state.name).replace("{adjective}", &state.adjective);
        let country = Some(state.code);
        let listed = self.table.names.of_key(&key(&name)).into_iter().find(|&idx| {
            let term = &self.table.actors[idx].terms[0];
            term.country == country && term.sector == sector
        });
        if let Some(actor) = listed.map(|idx| &self.table.actors[idx]) {
            return Participant { name: actor.name.clone(), country, sector, id: Some(actor.id.clone()) };
        }
        let id = sector.map(|sector| format!("country:{}:{sector}", state.code));
        Participant { name, country, sector, id }
    }
}

/// Tells whether those of a sector fight a state, or for one beside its army.
fn fights_a_state(sector: Sector) -> bool {
    matches!(sector, Sector::Reb | Sector::Prm)
}

/// Returns the sector of who left such an office.
pub(super) fn past(sector: Sector) -> Sector {
    match sector {
        Sector::Gov | Sector::Leg | Sector::Mil | Sector::Spy | Sector::Cop | Sector::Jud | Sector::Pty => {
            Sector::Eli
        }
        other => other,
    }
}

/// Returns a table row as a participant.
pub(super) fn found(row: &ActorRow, confidence: f32) -> Found {
    let participant = Participant {
        name: row.name.clone(),
        country: row.country,
        sector: row.sector,
        id: Some(row.id.clone()),
    };
    Found { participant, made_by: format!("actors/{}", row.row), confidence }
}
