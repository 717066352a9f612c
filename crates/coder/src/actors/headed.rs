//! Phrases whose head is an agent noun: "Iraqi police", "members of Tren de Aragua", "the Arslan government".

use super::actor::ActorKind;
use super::country::CountryForm;
use super::definite::Pointed;
use super::fold::{Case, Gap, Word};
use super::noun::NounClass;
use super::phrase::{Part, Phrase, Piece, are_persons};
use super::phrase_words::Role;
use super::resolve::{BY_NAME_AND_NOUN, DEEPEST, Found, Reader, found, past};
use super::untold::{is_of_many_states, owning};
use casus_types::event::Participant;
use casus_types::{Country, Sector, Span};

impl Reader<'_> {
    /// Resolves a phrase whose head is an agent noun.
    pub(super) fn by_noun(
        &self,
        phrase: &Phrase,
        before: &[Part],
        noun: usize,
        rest: &[Part],
        span: Span,
        depth: usize,
    ) -> Found {
        let row = &self.table.nouns.rows[noun];
        let former = before.iter().any(|part| part.piece == Piece::Former);
        let own = self.own_words(phrase, span);
        if let Some(nearer) = before.iter().rev().find_map(|part| match part.piece {
            Piece::Noun(n) if self.yields(noun, n, phrase.last_word(part).possessive) => Some(n),
            _ => None,
        }) {
            // "police unit", "rebel faction": the noun before says more.
            let cut: Vec<Part> = before.iter().filter(|p| p.piece != Piece::Noun(nearer)).cloned().collect();
            return self.by_noun(phrase, &cut, nearer, rest, span, depth);
        }
        let known = self.known_before(phrase, before, noun);
        let owner = if known.is_none() { self.owner_pointed(phrase, before, span) } else { None };
        let (known, owner) = match owner {
            Some(Pointed::Known(owner)) => (Some(owner), None),
            Some(Pointed::State(idx)) => (None, Some(idx)),
            None => (known, None),
        };
        let state = before.iter().rev().find_map(|part| match part.piece {
            Piece::Country(idx, form) => {
                // "Aden Adde Airport" is of the land where the report has located it.
                let placed = self.placed(phrase, part).filter(|_| form == CountryForm::Seat);
                let country = placed.unwrap_or(self.table.countries.rows[idx].code);
                Some((country, phrase.last_word(part).possessive))
            }
            _ => None,
        });
        if self.table.words.is(Role::Abroad, &row.noun)
            && known.is_none()
            && (owner.is_some() || state.map_or(is_of_it(phrase), |(_, owns)| owns))
        {
            return self.abroad(own, noun);
        }
        let owner = owner.map(|idx| self.table.countries.rows[idx].code);
        let country = state.map(|(country, _)| country).or(owner);
        if let Some(known) = known {
            // "Ukrainian National Guard personnel", where the table has another state's guard of that name.
            if let Some(country) = country.filter(|&country| self.is_of_others(&known, country)) {
                let found = self.with_known(&known, noun, own.clone(), former);
                let participant =
                    Participant { name: own, country: Some(country), id: None, ..found.participant };
                return Found { participant, made_by: "actors/countries.tsv".to_owned(), ..found };
            }
            return self.with_known(&known, noun, own, former);
        }
        if country.is_none()
            && row.class != NounClass::Member
            && let Some(known) = self.told_body(phrase, rest).or_else(|| self.told_leader(phrase, rest))
        {
            return self.with_known(&known, noun, own, former);
        }
        if let Some(found) = self.by_complement(phrase, noun, rest, (&own, former), country, depth) {
            return found;
        }
        // "The Somali region of Puntland" is the government of Puntland, where the table has that.
        if row.class == NounClass::Body
            && row.sector == Some(Sector::Cvl)
            && let Some(known) = self.told_body(phrase, rest)
        {
            return self.in_office(&known);
        }
        // "The Special Representative of the Secretary-General for Iraq" is not Iraq's, "its citizens in Iraq" are not either.
        let abroad = row.of_states().is_some() || self.has_owner_elsewhere(phrase, noun, rest);
        let told = country
            .or_else(|| self.told_country(phrase, rest).filter(|_| !abroad && !is_of_many_states(phrase)))
            .or_else(|| self.apposed_country(noun, span).filter(|_| rest.is_empty()));
        // "Coalition aircraft" are the coalition's.
        let of_party = matches!(row.sector, Some(Sector::Pty | Sector::Opp));
        let joint = before.last().filter(|_| !of_party).and_then(|part| match part.piece {
            Piece::Noun(noun) => self.table.nouns.rows[noun].of_states(),
            _ => None,
        });
        if told.is_none() && joint.is_some() {
            let participant = Participant { name: own, country: joint, sector: None, id: None };
            let made_by = format!("rules/agent_nouns#{}", row.noun);
            return Found { participant, made_by, confidence: by_noun(row.class, true) };
        }
        if told.is_none()
            && let Some(holder) = self.holder(phrase, noun, span)
        {
            return holder;
        }
        let known_country = told
            .or_else(|| self.based(phrase, before, span))
            .or_else(|| self.untold_country(phrase, noun, span));
        // A body of states has no sector.
        let of_states = known_country.is_some_and(|country| !country.is_state());
        // "Gunmen of the Highland Front" are somebody's, "gunmen" nobody's yet.
        let alone = phrase.words.iter().skip(1).all(|word| word.case == Case::Lower);
        let unidentified = alone && row.sector == Some(Sector::Uaf) && self.encoder(UNIDENTIFIED).is_none();
        // "Representatives of France" sit in no parliament.
        let sent = self.table.words.is(Role::Delegate, &row.noun)
            && rest.first().is_some_and(|link| matches!(phrase.words[link.from].key.as_str(), "of" | "from"));
        let sector = match (unidentified, sent) {
            (true, _) => row.sector,
            (_, true) => Some(Sector::Gov),
            _ => self.sector_of(noun, former),
        };
        let sector = sector.filter(|_| !of_states);
        let confidence = by_noun(row.class, told.is_some());
        let canonical = known_country
            .filter(|_| sector == row.sector && !row.canonical.is_empty() && row.class == NounClass::Body);
        let participant = match canonical.and_then(|code| self.table.countries.of(code)) {
            Some(state) => self.of_state(state, &row.canonical, sector),
            None => Participant { name: own, country: known_country, sector, id: None },
        };
        Found { participant, made_by: format!("rules/agent_nouns#{}", row.noun), confidence }
    }

    /// Returns the actors that stand before a noun: "Hamas fighters", "the Arslan government".
    fn known_before(&self, phrase: &Phrase, before: &[Part], noun: usize) -> Option<Vec<usize>> {
        let row = &self.table.nouns.rows[noun];
        let known = before.iter().rev().find_map(|part| match &part.piece {
            Piece::Known(known) => Some(known.clone()),
            _ => None,
        });
        known.or_else(|| {
            let word =
                before.last().filter(|part| part.piece == Piece::Word).map(|part| phrase.last_word(part))?;
            let rules = matches!(row.sector, Some(Sector::Gov | Sector::Mil)) && row.class == NounClass::Body;
            (word.case == Case::Capital && rules).then(|| self.person(word))?
        })
    }

    /// Resolves a part of something by what it is a part of: "members of Tren de Aragua".
    fn by_complement(
        &self,
        phrase: &Phrase,
        noun: usize,
        rest: &[Part],
        (own, former): (&str, bool),
        own_country: Option<Country>,
        depth: usize,
    ) -> Option<Found> {
        let row = &self.table.nouns.rows[noun];
        if row.class != NounClass::Member || depth >= DEEPEST {
            return None;
        }
        let part_of = complement(phrase, rest)?;
        let inner = self.read(part_of, depth + 1);
        // "An Indian member of the crew", "U.S. bases in Iraq": unless those of whom they are part have a name.
        if own_country.is_some() && inner.participant.id.as_ref().is_none_or(|id| id.starts_with("country:"))
        {
            let sector = self.sector_of(noun, former).or(inner.participant.sector);
            let participant = Participant { name: own.to_owned(), country: own_country, sector, id: None };
            let made_by = format!("rules/agent_nouns#{}", row.noun);
            return Some(Found { participant, made_by, confidence: by_noun(row.class, true) });
        }
        // "A group of 22 countries" is theirs, whoever they are.
        if self.are_outsiders(part_of) && inner.participant.country.is_none() {
            return Some(Found {
                participant: Participant { name: own.to_owned(), ..inner.participant },
                ..inner
            });
        }
        if inner.participant.country.is_none() && inner.participant.sector.is_none() {
            return None;
        }
        // A body of states has no sector, and so have its leaders.
        let of_state = inner.participant.country.is_none_or(Country::is_state);
        let sector = inner.participant.sector.or(row.sector.filter(|_| of_state));
        let sector = if former { sector.map(past) } else { sector };
        let kin = self.table.words.is(Role::Kin, &row.noun);
        let sector = if kin && of_state { row.sector } else { sector };
        let whole = inner.participant.id.is_some() && inner.participant.sector.is_some() && !former && !kin;
        let participant = Participant { sector, ..inner.participant };
        let participant =
            if whole { participant } else { Participant { name: own.to_owned(), id: None, ..participant } };
        Some(Found { participant, ..inner })
    }

    /// Returns those who are no part of the state whose they are called: "its neighbour", "the country's allies".
    pub(super) fn abroad(&self, name: String, noun: usize) -> Found {
        let row = &self.table.nouns.rows[noun];
        let participant = Participant { name, country: None, sector: None, id: None };
        let made_by = format!("rules/agent_nouns#{}", row.noun);
        Found { participant, made_by, confidence: by_noun(row.class, false) }
    }

    /// Tells whether a phrase is headed by a noun for those who may be from anywhere.
    fn are_outsiders(&self, span: Span) -> bool {
        let phrase = Phrase::read(self.table, self.report.text, span);
        phrase.parts[..phrase.head_end()].last().is_some_and(|part| match part.piece {
            Piece::Noun(noun) => self.table.nouns.rows[noun].class == NounClass::Outsider,
            _ => false,
        })
    }

    /// Tells whether a noun leaves the choice to an earlier one: "police unit", "the company's vice president".
    pub(super) fn yields(&self, noun: usize, earlier: usize, possessive: bool) -> bool {
        let (row, before) = (&self.table.nouns.rows[noun], &self.table.nouns.rows[earlier]);
        // "The court's president", "the parliament president": not the state's.
        let apart = possessive || (row.presides() && before.sector != Some(Sector::Gov));
        let owned = apart && before.class == NounClass::Body && row.class == NounClass::Office;
        before.sector.is_some()
            && before.class != NounClass::Member
            && (row.class == NounClass::Member || owned)
    }

    /// Resolves "Hamas fighters", "Trump administration", "Google employees".
    pub(super) fn with_known(&self, known: &[usize], noun: usize, own: String, former: bool) -> Found {
        use Sector as S;
        let row = &self.table.nouns.rows[noun];
        let (actor, kind) = self.row(known);
        let apart = matches!(
            row.sector,
            Some(
                S::Cvl
                    | S::Ref
                    | S::Jrn
                    | S::Med
                    | S::Edu
                    | S::Jud
                    | S::Cop
                    | S::Leg
                    | S::Bus
                    | S::Agr
                    | S::Soc
                    | S::Lab
                    | S::Rel
                    | S::Opp
            )
        ) && row.class != NounClass::Member;
        // "Puntland forces": the arms of a government are not its ministers.
        let arms =
            actor.sector == Some(S::Gov) && matches!(row.sector, Some(S::Mil | S::Spy | S::Prm | S::Reb));
        // "FSB officers" are no policemen.
        let armed = matches!(actor.sector, Some(S::Cop | S::Mil | S::Spy | S::Jud));
        let officers =
            kind == ActorKind::Organ && armed && row.sector == Some(S::Cop) && row.class != NounClass::Body;
        // "Supporters of the Renewal Party" are its own people.
        let of_party = kind == ActorKind::Party
            && row.class == NounClass::People
            && matches!(row.sector, Some(S::Cvl | S::Soc | S::Lab));
        let apart = (apart && !officers && !of_party) || (arms && row.class != NounClass::Member);
        let of_person = kind == ActorKind::Person;
        if (apart || of_person) && !(of_person && row.class == NounClass::Member) {
            let sector = self.sector_of(noun, former);
            // The people of a body of states are its own: "UN workers". An aide of a rebel leader governs nobody.
            let country = actor.country;
            let outside = of_person && row.sector == Some(S::Gov) && is_outside_government(actor.sector);
            let of_states = country == Some(Country::IGO) || country == Some(Country::NGO);
            // "Taliban fighters", of those who govern.
            let soldiers = arms && row.sector == Some(S::Reb);
            let sector = match (of_states || outside, soldiers) {
                (true, _) => actor.sector,
                (_, true) => Some(S::Mil),
                _ => sector,
            };
            let participant = Participant { name: own, country, sector, id: None };
            return Found {
                participant,
                made_by: format!("actors/{}", actor.row),
                confidence: BY_NAME_AND_NOUN,
            };
        }
        let mut found = found(&actor, BY_NAME_AND_NOUN);
        // "Fatah fighters" are no politicians.
        if row.sector == Some(S::Reb) && matches!(actor.sector, Some(S::Opp | S::Pty)) {
            (found.participant.sector, found.participant.name, found.participant.id) =
                (Some(S::Reb), own.clone(), None);
        }
        if former {
            found.participant.sector = found.participant.sector.map(past);
            (found.participant.name, found.participant.id) = (own, None);
        }
        found
    }

    /// Returns the known body that the tail of a phrase begins with: "a commander of the Rapid Support Forces".
    pub(super) fn told_body(&self, phrase: &Phrase, rest: &[Part]) -> Option<Vec<usize>> {
        let link = phrase.words[rest.first()?.from].key.as_str();
        // "From Iraq's Popular Mobilization Forces".
        let at = if matches!(rest.get(1)?.piece, Piece::Country(..)) { 2 } else { 1 };
        let part = rest.get(at)?;
        match &part.piece {
            Piece::Known(known)
                if matches!(link, "of" | "from" | "for")
                    && !are_persons(self.table, known)
                    // "A depot of the National Guard", in a report that does not speak of the table's states.
                    && self.generic(phrase, part, known).is_none()
                    && !self.is_anothers(phrase, part, known) =>
            {
                Some(known.clone())
            }
            _ => None,
        }
    }

    /// Returns the known person outside a government whom the tail of a phrase ends in: "an adviser to rebel leader Jane
    /// Otieno".
    fn told_leader(&self, phrase: &Phrase, rest: &[Part]) -> Option<Vec<usize>> {
        let [link, titles @ .., named] = rest else { return None };
        let linked = matches!(phrase.words[link.from].key.as_str(), "of" | "to" | "for");
        let are_nouns = titles.iter().all(|part| matches!(part.piece, Piece::Noun(_)));
        let Piece::Known(known) = &named.piece else { return None };
        let outside = is_outside_government(self.row(known).0.sector);
        (linked && are_nouns && outside && are_persons(self.table, known)).then(|| known.clone())
    }

    /// Returns the country that the tail of a phrase tells: "the government of Iraq", "police in Kenya".
    pub(super) fn told_country(&self, phrase: &Phrase, rest: &[Part]) -> Option<Country> {
        let mut linked = false;
        for part in rest {
            match &part.piece {
                Piece::Link => {
                    let word = phrase.words[part.from].key.as_str();
                    if matches!(word, "of" | "from" | "in" | "at" | "for" | "near" | "inside" | "to") {
                        linked = true;
                    } else if linked || matches!(word, "against" | "who" | "and" | "by" | "that") {
                        return None;
                    }
                }
                // "Police in Tripoli" are of the Tripoli that the report means.
                _ if linked && self.placed(phrase, part).is_some() => return self.placed(phrase, part),
                Piece::Country(idx, _) if linked => return Some(self.table.countries.rows[*idx].code),
                // "The lower house of Congress", in a report that does not speak of the table's states.
                Piece::Known(known) if linked && self.generic(phrase, part, known).is_some() => {}
                Piece::Known(known) if linked && self.row(known).1.is_political() => {
                    return self.row(known).0.country.filter(|country| country.is_state());
                }
                _ => {}
            }
        }
        None
    }

    /// Returns the country in which the words before a noun or a name have somebody live, of the phrase or right before it: "the
    /// Kenya-based company".
    pub(super) fn based(&self, phrase: &Phrase, before: &[Part], span: Span) -> Option<Country> {
        let told = |words: &[Word], pair: &[Part]| {
            let is_based = pair[1].piece == Piece::Attached && words[pair[1].from].key == "based";
            let place = &words[pair[0].from..pair[0].to];
            let &(country, _) = self.table.countries.phrases.exactly(place).first()?;
            is_based.then(|| self.table.countries.rows[country].code)
        };
        let outer = self.report.before(span.start as usize);
        let within = before.windows(2).rev().find_map(|pair| told(&phrase.words, pair));
        within.or_else(|| told(&self.report.words, &outer[outer.len().checked_sub(2)?..]))
    }

    /// Returns the country of the place that a part of a phrase begins to name.
    fn placed(&self, phrase: &Phrase, part: &Part) -> Option<Country> {
        let start = phrase.words[part.from].start;
        let placed = self.context.placed;
        placed.iter().find(|(span, _)| span.range().start == start).map(|&(_, country)| country)
    }

    /// Returns the country whose people commas call somebody: "the suspect, a 35-year-old Tunisian", "the man, a Palestinian
    /// student".
    fn apposed_country(&self, noun: usize, span: Span) -> Option<Country> {
        let row = &self.table.nouns.rows[noun];
        let said = self.report.apposition(span.end as usize);
        let persons = matches!(row.class, NounClass::People | NounClass::Outsider);
        let first = said.first().map(|part| self.report.words[part.from].key.as_str())?;
        let opens = matches!(first, "a" | "an") || said[0].piece == Piece::Number;
        said.iter().find_map(|part| match part.piece {
            Piece::Country(idx, CountryForm::Adjective | CountryForm::People) if persons && opens => {
                Some(self.table.countries.rows[idx].code)
            }
            _ => None,
        })
    }

    /// Returns the sector of a noun, past offices considered.
    pub(super) fn sector_of(&self, noun: usize, former: bool) -> Option<Sector> {
        let row = &self.table.nouns.rows[noun];
        // A "group" that does nothing by force may be one of anything.
        let peaceful = |sector: Sector| !is_outlaw(sector) && !self.context.as_doer_of_force;
        if row.class == NounClass::Member
            && row.sector == Some(Sector::Reb)
            && let Some(sector) = self.encoder(0.0).filter(|&sector| peaceful(sector))
        {
            return Some(sector);
        }
        // Noun and encoder both give a probability of being right; the higher one decides. Only offices are past: a former
        // chief executive is still of his company.
        let governs = row.class == NounClass::Office && row.sector == Some(Sector::Gov);
        let lasts = row.sector.is_some_and(|sector| past(sector) == sector && sector != Sector::Cvl);
        let sector = self
            .encoder(if self.table.words.is(Role::Kin, &row.noun) {
                KIN_TRUST
            } else {
                sector_trust(row.class, row.sector, self.encoder(0.0))
            })
            .filter(|&sector| !(lasts && sector == Sector::Eli || governs && is_outlaw(sector)))
            .or(row.sector)
            .or_else(|| self.encoder(0.3).filter(|_| !self.table.definite.is_state(&row.noun)));
        // "Former students" are students no more or less.
        // A former soldier stays one; who held an office, or was an agent of the state, is past.
        let agent = matches!(row.sector, Some(Sector::Spy | Sector::Cop));
        if former && (matches!(row.class, NounClass::Office | NounClass::Member) || agent) {
            sector.map(past)
        } else {
            sector
        }
    }

    /// Returns the phrase's words without leading counts and articles.
    pub(super) fn own_words(&self, phrase: &Phrase, span: Span) -> String {
        // "Two men" are men, but a "23-year-old man" is called so.
        let is_cut = |part: &Part| phrase.words.get(part.to).is_some_and(|next| next.gap == Gap::Hyphen);
        let counts = |part: &&Part| {
            (matches!(part.piece, Piece::Number | Piece::Link) && !is_cut(part))
                || matches!(phrase.last_word(part).key.as_str(), "a" | "an")
        };
        let first = phrase.parts.iter().find(|part| !counts(part));
        let start = first.map_or(span.start as usize, |part| phrase.words[part.from].start);
        let text = self.report.text;
        // The article of "an al-Qaida-linked group" is no word of its own.
        let joined = text[..start].ends_with('-').then(|| text[..start].rfind(' ').map_or(0, |n| n + 1));
        let start = joined.filter(|&n| n >= span.start as usize).unwrap_or(start);
        text[start..span.end as usize].to_owned()
    }
}

/// Returns the span of what a member noun belongs to: "Tren de Aragua" in "members of Tren de Aragua".
fn complement(phrase: &Phrase, rest: &[Part]) -> Option<Span> {
    let first = rest.first()?;
    let link = phrase.words[first.from].key.as_str();
    let tells = matches!(
        link,
        "of" | "from"
            | "for"
            | "in"
            | "with"
            | "linked"
            | "loyal"
            | "affiliated"
            | "within"
            | "aligned"
            | "tied"
    );
    let start =
        rest.iter().find(|part| part.piece != Piece::Link && phrase.words[part.from].key != "associated")?;
    let end = phrase.words[phrase.words.len() - 1].end;
    tells.then(|| Span::new(phrase.words[start.from].start, end))
}

/// Tells whether a phrase is of what a report speaks of as a state or body, and not of a person, who has neighbours too.
fn is_of_it(phrase: &Phrase) -> bool {
    owning(phrase).is_some_and(|word| matches!(word.key.as_str(), "its" | "their" | "our"))
}

/// What a noun for the unidentified is trusted where nothing else is told of them.
const UNIDENTIFIED: f32 = 0.9;

/// What a noun for kin is trusted: the wife of a rebel is no rebel, whatever is told of him.
const KIN_TRUST: f32 = 0.93;

/// Tells whether who has this sector leads others than a government.
fn is_outside_government(sector: Option<Sector>) -> bool {
    use Sector as S;
    matches!(sector, Some(S::Opp | S::Reb | S::Prm | S::Crm | S::Pty))
}

/// Tells whether nobody who holds a state's office has this sector: a prime minister is no rebel, whatever the words around
/// him say.
fn is_outlaw(sector: Sector) -> bool {
    matches!(sector, Sector::Reb | Sector::Uaf | Sector::Crm | Sector::Ref)
}

/// Returns from which belief on the encoder's sector goes before the noun's. They began as the shares of nouns of each class
/// with the right sector, over every mention of the actors and recipients of gold train, and were moved where more codes of
/// gold train and of a thousand reports of `training/labels/` came out right.
fn sector_trust(class: NounClass, noun: Option<Sector>, encoder: Option<Sector>) -> f32 {
    match class {
        // "Workers" and "supporters" are plain persons for want of a better word, "farmers" and "refugees" are not.
        NounClass::People if noun == Some(Sector::Cvl) => 0.5,
        NounClass::People | NounClass::Outsider if encoder == Some(Sector::Cvl) => 0.95,
        NounClass::Body => 0.8,
        NounClass::Office => 0.7,
        NounClass::People => 0.71,
        NounClass::Member => 0.44,
        NounClass::Outsider => 0.65,
    }
}

/// Returns the share of right codes of phrases headed by such a noun, over every mention of the actors and recipients
/// of gold train: with a country told in the phrase, or with that of the gold place.
fn by_noun(class: NounClass, told: bool) -> f32 {
    match (class, told) {
        (NounClass::Body, true) => 0.93,
        (NounClass::Office, true) => 0.89,
        (NounClass::People, true) => 0.65,
        (NounClass::Member | NounClass::Outsider, true) => 0.55,
        (NounClass::Body, false) => 0.73,
        (NounClass::Office, false) => 0.63,
        (NounClass::People, false) => 0.62,
        (NounClass::Member, false) => 0.3,
        (NounClass::Outsider, false) => 0.2,
    }
}
