//! Phrases that end in a name the table does not have: mostly persons.

use super::actor::Term;
use super::fold::{Case, Gap, Word, join};
use super::phrase::{Part, Phrase, Piece, are_persons, navy_of};
use super::phrase_words::Role;
use super::resolve::{BY_SHARED_NAME, BY_TITLE, DEEPEST, FROM_CONTEXT, Found, Reader, found};
use casus_types::event::Participant;
use casus_types::{Country, Sector, Span};

/// Words behind which a name is told for the first time.
const NAMING: [&str; 4] = [" named", " called", " identified as", " surnamed"];

impl Reader<'_> {
    /// Resolves a phrase whose head casus does not know: mostly a person's name.
    pub(super) fn by_unknown(
        &self,
        phrase: &Phrase,
        head: &[Part],
        rest: &[Part],
        span: Span,
        depth: usize,
    ) -> Found {
        let run = head.iter().rev().take_while(|part| part.piece == Piece::Word).count();
        let (lead, name) = head.split_at(head.len() - run);
        let Some(last) = name.last().map(|part| phrase.last_word(part)) else {
            return self.unknown(span.slice(self.report.text).to_owned(), None, None);
        };
        let start = phrase.words[name[0].from].start;
        // "Front for Northern Renewal": a name goes on over "for" and "of" to further capitals.
        let mut rest = rest;
        let mut end = last.end;
        while let [link, next, others @ ..] = rest
            && matches!(phrase.words[link.from].key.as_str(), "of" | "for" | "and")
            && phrase.words[link.from].gap == Gap::Space
            && matches!(next.piece, Piece::Word | Piece::Noun(_))
            && last.case > Case::Lower
            && phrase.words[next.from].case > Case::Lower
        {
            let more = others.iter().take_while(|part| {
                let word = &phrase.words[part.from];
                word.gap <= Gap::Hyphen && word.case > Case::Lower
            });
            let more = more.count();
            end = phrase.last_word(if more == 0 { next } else { &others[more - 1] }).end;
            rest = &others[more..];
        }
        // "A Gorvan F-16".
        let number = phrase.parts.iter().find(|part| part.from == name[run - 1].to).filter(|part| {
            part.piece == Piece::Number && phrase.words[part.from].gap == Gap::Hyphen && rest.len() < 2
        });
        end = number.map_or(end, |part| phrase.last_word(part).end.max(end));
        let own = self.report.text[start..end].to_owned();
        if let Some(known) = self.without_initials(&phrase.words[name[0].from..name[run - 1].to]) {
            return self.in_office(&known);
        }
        if let Some(country) = navy_of(&phrase.words[name[0].from..]) {
            let participant =
                Participant { name: own, country: Some(country), sector: Some(Sector::Mil), id: None };
            return Found { participant, made_by: FROM_CONTEXT.to_owned(), confidence: BY_TITLE };
        }
        let key = join(&phrase.words);
        if self.table.words.is(Role::World, &key) {
            return Found { confidence: BY_TITLE, ..self.unknown(own, None, None) };
        }
        // "Secretary Kerry": a surname whose bearer holds such an office.
        let country = lead.iter().rev().find_map(|part| match part.piece {
            Piece::Country(idx, _) => Some(self.table.countries.rows[idx].code),
            _ => None,
        });
        let told = country.or_else(|| self.told_country(phrase, rest));
        if run == 1
            && let Some(Piece::Noun(title)) = lead.last().map(|part| &part.piece)
            && let Some(holder) = self.once(last, *title, told)
        {
            return holder;
        }
        // A title before the name, or an apposition after it.
        if let Some(found) = self.by_title(phrase, lead, own.clone(), depth) {
            return found;
        }
        // The same name, fuller, elsewhere in the report.
        if depth < DEEPEST
            && let Some(full) =
                self.report.full_name(last).filter(|full| !span.contains(*full) || full.len() < span.len())
            && !span.overlaps(full)
        {
            return self.read(full, depth + 1);
        }
        if run == 1 && last.case > Case::Lower {
            let known = self.bearers(&phrase.words[name[0].from..name[0].to]);
            if let [one] = known.as_slice()
                && !self.table.actors[*one].is_family_first()
                && !self.is_introduced(start, end, *one)
            {
                return Found { confidence: BY_SHARED_NAME, ..self.in_office(&[*one]) };
            }
        }
        if let Some(found) = self.described(phrase, own.clone(), start, end, rest, depth) {
            return found;
        }
        if let Some(known) = self.told_body(phrase, rest) {
            return found(&self.row(&known).0, BY_SHARED_NAME);
        }
        let country = country.or_else(|| self.based(phrase, lead, span));
        self.unknown(own, country.or_else(|| self.context_country(span)), country)
    }

    /// Tells whether the words beside a name introduce somebody whom nobody knows, and no bearer of it: "Omar, 14", "a man named Omar",
    /// "Omar, a trader" in a report that does not speak of the bearer's state.
    fn is_introduced(&self, start: usize, end: usize, bearer: usize) -> bool {
        let text = self.report.text;
        let before = text[..start].trim_end();
        let behind = text[end..].strip_prefix(", ").unwrap_or_default();
        let words = behind.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let age = words.len() < 3 && words.parse::<u8>().is_ok();
        let country = self.table.actors[bearer].on(self.report.published).country;
        let is_from_elsewhere = || !country.is_some_and(|country| self.report.speaks_of(country));
        let is_named = NAMING.iter().any(|verb| before.ends_with(verb));
        age || words == "aged" || ((matches!(words, "a" | "an") || is_named) && is_from_elsewhere())
    }

    /// Returns the person whom a name means that has more in it than the table: "Jane Q. Otieno Jr.".
    fn without_initials(&self, name: &[Word]) -> Option<Vec<usize>> {
        let more =
            |word: &&Word| word.key.len() == 1 || matches!(word.key.as_str(), "jr" | "sr" | "ii" | "iii");
        let less: Vec<Word> = name.iter().filter(|word| !more(word)).cloned().collect();
        if less.len() < 2 || less.len() == name.len() {
            return None;
        }
        let known = self.table.names.exactly(&less);
        (!known.is_empty() && are_persons(self.table, &known)).then_some(known)
    }

    /// Resolves a surname by its bearer who holds or held an office of the title's sector, in the country that the phrase
    /// tells: "Secretary Kerry".
    fn once(&self, surname: &Word, title: usize, told: Option<Country>) -> Option<Found> {
        // "SECRETARY KERRY", but no acronym.
        let written =
            surname.case == Case::Capital || (surname.case == Case::Acronym && surname.key.len() > 4);
        let sector = self.table.nouns.rows[title].sector.filter(|_| written)?;
        if let Some(known) = self.person(surname)
            && let (row, _) = self.row(&known)
            && row.sector == Some(sector)
            && (told.is_none() || row.country == told)
        {
            return Some(found(&row, BY_SHARED_NAME));
        }
        let held = self.table.surnames.exactly(std::slice::from_ref(surname)).into_iter().filter_map(|idx| {
            let actor = &self.table.actors[idx];
            let held = |term: &&Term| term.sector == Some(sector) && (told.is_none() || term.country == told);
            Some((actor, actor.terms.iter().find(held)?))
        });
        // Of several the office tells nothing.
        let mut held = held.fuse();
        let (Some((actor, term)), None) = (held.next(), held.next()) else { return None };
        let participant = Participant {
            name: actor.name.clone(),
            country: term.country,
            sector: term.sector,
            id: Some(actor.id.clone()),
        };
        let made_by = format!("actors/{}:{}", actor.file, term.line);
        Some(Found { participant, made_by, confidence: BY_SHARED_NAME })
    }

    /// Resolves a name by the title before it: "Kenyan activist Jane Otieno", "Hezbollah commander Ali Karim".
    pub(super) fn by_title(
        &self,
        phrase: &Phrase,
        lead: &[Part],
        own: String,
        depth: usize,
    ) -> Option<Found> {
        let noun = match lead.last()?.piece {
            Piece::Noun(noun) => noun,
            Piece::Known(ref known) if !are_persons(self.table, known) => {
                let (actor, _) = self.row(known);
                // "Gorvan Province Energy" is no governor.
                let sector = self.encoder(0.9).or(actor.sector);
                let participant = Participant { name: own, country: actor.country, sector, id: None };
                return Some(Found {
                    participant,
                    made_by: format!("actors/{}", actor.row),
                    confidence: BY_TITLE,
                });
            }
            _ => return None,
        };
        let span = Span::new(phrase.words[lead[0].from].start, phrase.last_word(&lead[lead.len() - 1]).end);
        let title = self.by_noun(phrase, &lead[..lead.len() - 1], noun, &[], span, depth + 1);
        let participant = Participant { name: own, id: None, ..title.participant };
        Some(Found { participant, confidence: BY_TITLE, ..title })
    }

    /// Resolves a name by what the report says around its first mention.
    pub(super) fn described(
        &self,
        phrase: &Phrase,
        own: String,
        start: usize,
        end: usize,
        rest: &[Part],
        depth: usize,
    ) -> Option<Found> {
        if depth >= DEEPEST {
            return None;
        }
        // Within the phrase: "Jane Otieno, a Kenyan activist".
        if let Some(first) = rest.first()
            && phrase.words[first.from].gap >= Gap::Comma
            && phrase.words[first.from].gap <= Gap::Bracket
        {
            let inner = Span::new(phrase.words[first.from].start, phrase.words[phrase.words.len() - 1].end);
            let told = self.read(inner, depth + 1);
            if is_told(&told) {
                let participant = Participant { name: own, id: None, ..told.participant };
                return Some(Found { participant, confidence: BY_TITLE, ..told });
            }
        }
        let lead = self.report.lead_up(start);
        // "Troops killed Jane Otieno", "the army strikes Evin Prison": neither is a title.
        let titles = |part: &Part| match part.piece {
            Piece::Noun(noun) => {
                let (noun, word) = (&self.table.nouns.rows[noun].noun, self.report.last_key_of(part));
                !noun.ends_with("ed") && (noun.ends_with('s') || !word.ends_with('s'))
            }
            Piece::Known(_) => true,
            _ => false,
        };
        if lead.last().is_some_and(titles) {
            let whole = Phrase::read(self.table, self.report.text, self.report.span_of(lead));
            let before = &whole.parts[..];
            if let Some(found) = self.by_title(&whole, before, own.clone(), depth + 1) {
                return Some(found);
            }
        }
        let after = self.report.apposition(end);
        if !after.is_empty() && after.iter().any(|part| matches!(part.piece, Piece::Noun(_))) {
            let told = self.read(self.report.span_of(after), depth + 1);
            if is_told(&told) {
                let participant = Participant { name: own, id: None, ..told.participant };
                return Some(Found { participant, confidence: BY_TITLE, ..told });
            }
        }
        None
    }

    /// Returns the person that one capitalised word means: by a full name in the report, else by the table.
    pub(super) fn person(&self, word: &Word) -> Option<Vec<usize>> {
        let full = self.report.full_name(word).map(|span| Phrase::read(self.table, self.report.text, span));
        let known = full.and_then(|phrase| self.whole(&phrase));
        let known = known.unwrap_or_else(|| self.bearers(std::slice::from_ref(word)));
        (known.len() == 1).then_some(known)
    }

    /// Returns the persons of a surname on the report's day; of several, those from where the report speaks of: "President Lee"
    /// in a report on Korea.
    fn bearers(&self, surname: &[Word]) -> Vec<usize> {
        let known = self.current(&self.table.surnames.exactly(surname));
        let near = |idx: &usize| {
            let country = self.table.actors[*idx].on(self.report.published).country;
            country.is_some_and(|country| self.is_near(country))
        };
        let nearer: Vec<usize> = known.iter().copied().filter(near).collect();
        if nearer.len() == 1 { nearer } else { known }
    }

    /// Returns those actors that are what they are on the report's day; one alone where the news may still speak of him.
    pub(super) fn current(&self, known: &[usize]) -> Vec<usize> {
        let day = self.report.published;
        let holds = |idx: &usize| {
            let actor = &self.table.actors[*idx];
            if known.len() == 1 { actor.is_of_the_time(day) } else { actor.is_current(day) }
        };
        known.iter().copied().filter(holds).collect()
    }
}

/// Tells whether something is told of somebody; bodies of states have no sector.
fn is_told(found: &Found) -> bool {
    let participant = &found.participant;
    participant.sector.is_some() || participant.country.is_some_and(|country| !country.is_state())
}
