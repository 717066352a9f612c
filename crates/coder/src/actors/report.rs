//! What one report itself tells of names: acronyms it introduces, full names it gives once, countries it speaks of.

use super::actor::{ActorKind, ActorRow};
use super::country::CountryForm;
use super::fold::{Case, Gap, Word, key, words};
use super::phrase::{Part, Piece, parts};
use super::table::ActorTable;
use casus_types::{Country, Date, Span};
use smol_str::SmolStr;
use std::collections::BTreeMap;

/// The names of one report, found once and used for every phrase of it.
#[derive(Debug)]
pub struct ReportNames<'a> {
    /// The table that the names were looked up in.
    pub(super) table: &'a ActorTable,
    /// The report's text.
    pub(super) text: &'a str,
    /// The report's day, or the day of its persons' offices where it has none.
    pub(super) published: Option<Date>,
    /// Acronym key to the full name before it: "National Liberation Army (ELN)".
    acronyms: BTreeMap<SmolStr, Span>,
    /// Each word of a full name to where the full name stands first.
    full_names: BTreeMap<SmolStr, Span>,
    /// Where states are spoken of, in text order.
    countries: Vec<(usize, Country)>,
    /// Whether its Indians are those of America.
    pub(super) natives: bool,
    /// Every word.
    pub(super) words: Vec<Word>,
    /// Every piece.
    pub(super) parts: Vec<Part>,
    /// Who speaks in it, where that is a body of the table and no medium.
    author: Option<ActorRow>,
}

/// Words of a place within which a comma ends the scene that a sentence is set in.
const SCENE: usize = 3;

impl<'a> ReportNames<'a> {
    /// Finds the names of a report.
    #[must_use]
    pub fn new(table: &'a ActorTable, text: &'a str, published: Option<Date>) -> Self {
        let words = words(text, 0, text.len());
        let parts = parts(table, &words);
        let mut report = Self {
            table,
            text,
            published,
            acronyms: BTreeMap::new(),
            full_names: BTreeMap::new(),
            countries: Vec::new(),
            natives: false,
            words,
            parts,
            author: None,
        };
        report.find_acronyms();
        report.find_natives();
        report.find_countries();
        report.find_full_names();
        report
    }

    /// Notes who published the report: where that is a ministry or another body that speaks for itself, "we" is that
    /// body. Media and companies report on others, and so does a publisher that the tables do not have.
    #[must_use]
    pub fn published_by(mut self, publisher: Option<&str>) -> Self {
        let speaks = |kind: ActorKind| {
            matches!(kind, ActorKind::Organ | ActorKind::Igo | ActorKind::ArmedGroup | ActorKind::Party)
        };
        let found = publisher.map(|name| self.table.find(name)).unwrap_or_default();
        self.author = match found.as_slice() {
            [actor] if speaks(actor.kind) => Some(actor.on(self.published)),
            _ => None,
        };
        self
    }

    /// Lets the names of states speak for those that they turned out to lie in: "Georgia", of the United States; and so what
    /// stands within the name of a place: the "Ismail Khan" of "Dera Ismail Khan".
    pub(crate) fn settle(&mut self, located: &[(Span, Country)]) {
        for (at, country) in &mut self.countries {
            if let Some(&(_, own)) = located.iter().find(|(span, _)| span.range().contains(at)) {
                *country = own;
            }
        }
    }

    /// Returns who speaks in the report, where it is a statement.
    pub(super) fn author(&self) -> Option<&ActorRow> {
        self.author.as_ref()
    }

    /// Tells whether a word is that of the report's author for itself: "we" in a ministry's statement.
    pub(crate) fn is_author(&self, words: &str) -> bool {
        self.author.is_some() && self.table.is_first_person(words)
    }

    /// Returns the row of a state where the report names it: "Kenya", not "Kenyan".
    pub(super) fn state_named(&self, country: Country) -> Option<usize> {
        self.parts.iter().find_map(|part| match part.piece {
            Piece::Country(idx, CountryForm::Name) if self.table.countries.rows[idx].code == country => {
                Some(idx)
            }
            _ => None,
        })
    }

    /// Returns where the full name behind a one-word name stands: an acronym's expansion, or a surname's full name.
    pub(super) fn full_name(&self, word: &Word) -> Option<Span> {
        if word.case == Case::Acronym
            && let Some(&span) = self.acronyms.get(&word.key)
        {
            return Some(span);
        }
        if word.case == Case::Lower {
            return None;
        }
        self.full_names.get(&word.key).copied()
    }

    /// Returns the full name that the report gives an acronym, where it has the same first letters; in the order of another
    /// language perhaps: "National Committee for the Salvation of the People (CNSP)".
    pub(super) fn introduced(&self, acronym: &Word) -> Option<Span> {
        let &span = self.acronyms.get(&acronym.key).filter(|_| acronym.case == Case::Acronym)?;
        let from = self.words.partition_point(|word| word.start < span.range().start);
        let to = self.words.partition_point(|word| word.end <= span.range().end);
        let sorted = |mut letters: Vec<char>| {
            letters.sort_unstable();
            letters
        };
        let initials = |words: &[Word]| {
            let named = words.iter().filter(|word| word.case > Case::Lower);
            sorted(named.filter_map(|word| word.key.chars().next()).collect())
        };
        let letters = sorted(acronym.key.chars().collect());
        // More may stand before the name: "In Bamako, the National Committee".
        let start = (from..to).rev().find(|&start| initials(&self.words[start..to]) == letters)?;
        Some(Span::new(self.words[start].start, span.range().end))
    }

    /// Returns the state spoken of last before a place in the text.
    pub(super) fn country_before(&self, at: usize) -> Option<Country> {
        let after = self.countries.partition_point(|&(start, _)| start < at);
        after.checked_sub(1).and_then(|n| self.countries.get(n)).map(|&(_, country)| country)
    }

    /// Returns where the report speaks of states, by name or by an actor of theirs, in text order.
    pub(crate) fn countries(&self) -> &[(usize, Country)] {
        &self.countries
    }

    /// Tells whether words are the name of an armed group or a party, and of nobody else.
    pub(crate) fn is_group(&self, words: Span) -> bool {
        let known = self.table.find(words.slice(self.text));
        let is_group = |kind| matches!(kind, ActorKind::ArmedGroup | ActorKind::Party);
        !known.is_empty() && known.iter().all(|actor| is_group(actor.kind))
    }

    /// Returns the actors in whose name some words stand beside others: "March 23" in "March 23 Movement".
    pub(crate) fn around(&self, words: Span) -> &[usize] {
        let after = self.parts.partition_point(|part| self.words[part.to - 1].end < words.range().end);
        match self.parts.get(after) {
            Some(Part { piece: Piece::Known(known), from, to })
                if self.words[*from].start <= words.range().start
                    && self.words[*to - 1].end - self.words[*from].start > words.range().len() =>
            {
                known
            }
            _ => &[],
        }
    }

    /// Tells whether the report speaks of a state.
    pub(super) fn speaks_of(&self, country: Country) -> bool {
        self.countries.iter().any(|&(_, other)| other == country)
    }

    /// Tells whether the report speaks of any state.
    pub(super) fn speaks_of_any(&self) -> bool {
        !self.countries.is_empty()
    }

    /// Returns the state spoken of nearest to a place in the text: the last before it, else the first after it.
    pub(super) fn nearest_country(&self, at: usize) -> Option<Country> {
        self.country_before(at).or_else(|| {
            let after = self.countries.partition_point(|&(start, _)| start < at);
            self.countries.get(after).map(|&(_, country)| country)
        })
    }

    /// Returns the parts of the report before byte `at`.
    pub(super) fn before(&self, at: usize) -> &[Part] {
        &self.parts[..self.parts.partition_point(|part| self.words[part.to - 1].end <= at)]
    }

    /// Returns the parts of the whole report.
    pub(super) fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Returns the last word of part `n`, as names are compared.
    pub(super) fn last_key(&self, n: usize) -> &str {
        self.last_key_of(&self.parts[n])
    }

    /// Returns the last word of a part of the report, as names are compared.
    pub(super) fn last_key_of(&self, part: &Part) -> &str {
        &self.words[part.to - 1].key
    }

    /// Tells whether nothing but spaces or a hyphen stands before part `n`.
    pub(super) fn is_joined(&self, n: usize) -> bool {
        self.parts.get(n).is_some_and(|part| self.words[part.from].gap <= Gap::Hyphen)
    }

    /// Returns where the place begins with which a sentence sets its scene: "In Sela, the foreign ministry said".
    pub(super) fn scene(&self, at: usize) -> Option<usize> {
        let end = self.words.partition_point(|word| word.start < at);
        let first = (0..end).rev().find(|&n| n == 0 || self.words[n].gap == Gap::Stop)?;
        let place = self.words.get(first + 1).filter(|place| place.start < at && place.case > Case::Lower)?;
        let comma = self.words.iter().skip(first + 2).take(SCENE).any(|word| word.gap == Gap::Comma);
        (self.words[first].key == "in" && comma).then_some(place.start)
    }

    /// Returns the state whose name or seat stands at a place of the text.
    pub(super) fn seat_at(&self, at: usize) -> Option<Country> {
        self.countries.iter().find(|&&(start, _)| start == at).map(|&(_, country)| country)
    }

    /// Tells whether part `n` and a later place of the text stand in one sentence.
    pub(super) fn is_one_sentence(&self, n: usize, at: usize) -> bool {
        let (from, to) = (self.parts[n].to, self.words.partition_point(|word| word.start <= at));
        !self.words[from.min(to)..to].iter().any(|word| word.gap == Gap::Stop)
    }

    /// Tells whether part `n` stands behind "in".
    pub(super) fn is_within(&self, n: usize) -> bool {
        n > 0 && self.is_joined(n) && self.last_key(n - 1) == "in"
    }

    /// Tells whether a comma stands before part `n`.
    pub(super) fn is_after_comma(&self, n: usize) -> bool {
        self.parts.get(n).is_some_and(|part| self.words[part.from].gap == Gap::Comma)
    }

    /// Tells whether part `n` is a word after which an origin follows: "of", "from".
    pub(super) fn is_origin(&self, n: usize) -> bool {
        let key = self.parts.get(n).map(|part| self.words[part.from].key.as_str());
        matches!(key, Some("of" | "from"))
    }

    /// Returns the parts that lead up to the first full mention of a name that starts at byte `at`, in reading order,
    /// without a break between: "the Kenyan activist" before "Jane Otieno".
    pub(super) fn lead_up(&self, at: usize) -> &[Part] {
        let mut end = self.parts.partition_point(|part| self.words[part.from].start < at);
        // "The Kenyan ambassador to Uganda, Jane Otieno", without the comma.
        if let Some(posting) = end.checked_sub(3)
            && let [noun, link, place] = &self.parts[posting..end]
            && matches!((&noun.piece, &place.piece), (Piece::Noun(_), Piece::Country(..)))
            && matches!(self.words[link.from].key.as_str(), "to" | "in")
            && (posting + 1..=end).all(|n| n == self.parts.len() || self.is_joined(n))
        {
            end = posting + 1;
        }
        let mut start = end;
        while start > 0 && end - start < 6 {
            // The gap before the later part must be none.
            let later = self.parts.get(start).map_or(Gap::Space, |part| self.words[part.from].gap);
            if later > Gap::Hyphen || matches!(self.parts[start - 1].piece, Piece::Link) {
                break;
            }
            start -= 1;
        }
        &self.parts[start..end]
    }

    /// Returns the parts that follow a name ending at byte `at`, where a comma sets them off, up to the next mark.
    pub(super) fn apposition(&self, at: usize) -> &[Part] {
        let mut start = self.parts.partition_point(|part| self.words[part.from].start < at);
        // An acronym in brackets comes between: "Front for Renewal (FFR), a rebel group".
        let acronym = |part: &Part| {
            let word = &self.words[part.from];
            word.gap == Gap::Bracket && word.case == Case::Acronym && part.to - part.from == 1
        };
        if self.parts.get(start).is_some_and(acronym) {
            start += 1;
        }
        // "Expelled Jane Otieno as ambassador".
        let role = start + 1;
        if self.is_joined(start)
            && self.parts.get(start).is_some_and(|part| self.words[part.from].key == "as")
            && self.is_joined(role)
        {
            let rest = &self.parts[role..];
            let is_inner =
                |part: &Part| self.words[part.from].gap <= Gap::Hyphen && part.piece != Piece::Link;
            let end = 1 + rest[1..].iter().take_while(|part| is_inner(part)).count();
            return &rest[..end.min(4)];
        }
        let Some(first) = self.parts.get(start) else { return &[] };
        if self.words[first.from].gap != Gap::Comma && self.words[first.from].gap != Gap::Bracket {
            return &[];
        }
        let rest = &self.parts[start..];
        let end = rest[1..]
            .iter()
            .position(|part| self.words[part.from].gap > Gap::Hyphen || matches!(part.piece, Piece::Link));
        &rest[..end.map_or(rest.len(), |n| n + 1).min(8)]
    }

    /// Returns the part between two commas, or a comma and the end of its sentence, right behind a place of the text; behind
    /// titles perhaps.
    pub(super) fn named_between_commas(&self, at: usize) -> Option<&Part> {
        let n = self.parts.partition_point(|part| self.words[part.from].start < at);
        let title = matches!(self.parts.get(n)?.piece, Piece::Noun(_)) && self.is_joined(n + 1);
        let named = n + usize::from(title);
        let ends = self.parts.get(named + 1).is_none_or(|next| self.words[next.from].gap >= Gap::Comma);
        self.parts.get(named).filter(|_| self.is_after_comma(n) && ends)
    }

    /// Notes where states are spoken of.
    fn find_countries(&mut self) {
        // Where nothing else speaks of a state: "the Liberal Democrats".
        let mut shared = Vec::new();
        for part in &self.parts {
            let words = &self.words[part.from..part.to];
            let country = match &part.piece {
                Piece::Country(idx, _) => Some(self.table.countries.rows[*idx].code),
                // Not by the seat of a company or of the newspaper that reports.
                // Nor by a name that organs of other states bear too: "Congress".
                Piece::Known(known)
                    if known.len() == 1
                        && self.table.actors[known[0]].kind.is_political()
                        && self.table.nouns.phrases.exactly(words).is_empty() =>
                {
                    self.table.actors[known[0]].on(self.published).country
                }
                _ => None,
            };
            if let Some(country) = country.filter(|country| country.is_state()) {
                let found = if self.is_shared(words) { &mut shared } else { &mut self.countries };
                found.push((words[0].start, country));
            }
        }
        if self.countries.is_empty() {
            self.countries = shared;
        }
    }

    /// Tells whether a name of the table may as well be another's: "Labour Party", or an acronym that the report gives somebody
    /// else.
    fn is_shared(&self, name: &[Word]) -> bool {
        let known = self.table.names.exactly(name);
        let full = if let [acronym] = name { self.introduced(acronym) } else { None };
        let is_other = |full| !self.known_as(full).iter().any(|actor| known.contains(actor));
        self.table.is_common(name) || full.is_some_and(is_other)
    }

    /// Returns the actors whose name some words of the report are.
    pub(super) fn known_as(&self, name: Span) -> Vec<usize> {
        self.table.names.of_key(&key(name.slice(self.text)))
    }

    /// Notes full names: runs of capitalised words that no other piece explains, and known persons.
    fn find_full_names(&mut self) {
        let mut at = 0;
        while at < self.parts.len() {
            let mut end = at;
            let mut capitals = 0;
            while let Some(part) = self.parts.get(end) {
                let word = &self.words[part.from];
                let joined = end == at || word.gap <= Gap::Hyphen;
                let particle = self.table.is_particle(&word.key);
                let fits = match &part.piece {
                    Piece::Known(_) => word.case > Case::Lower,
                    Piece::Word => word.case > Case::Lower || (end > at && particle),
                    Piece::Number => false,
                    _ => {
                        end > at
                            && capitals > 0
                            && word.case > Case::Lower
                            && !matches!(part.piece, Piece::Country(..))
                    }
                };
                if !joined || !fits {
                    break;
                }
                capitals += part.to - part.from;
                end += 1;
                if matches!(&self.parts[end - 1].piece, Piece::Known(_)) {
                    break;
                }
            }
            if end > at && capitals >= 2 {
                let (from, to) = (self.parts[at].from, self.parts[end - 1].to);
                let run = &self.words[from..to];
                let span = Span::new(run[0].start, run[run.len() - 1].end);
                for word in run.iter().rev().filter(|word| word.case == Case::Capital && word.key.len() > 2) {
                    self.full_names.entry(word.key.clone()).or_insert(span);
                }
            }
            at = end.max(at + 1);
        }
    }

    /// Notes acronyms in brackets whose letters begin the words before them.
    fn find_acronyms(&mut self) {
        for n in 1..self.words.len() {
            let word = &self.words[n];
            let closed = [")", "’)", "]"].iter().any(|end| self.text[word.end..].starts_with(end));
            if word.case != Case::Acronym || word.gap != Gap::Bracket || !closed {
                continue;
            }
            let mut from = n;
            while from > 0 && n - from < 10 && (from == n || self.words[from].gap <= Gap::Comma) {
                let candidate = &self.words[from - 1];
                let inner = matches!(
                    candidate.key.as_str(),
                    "of" | "for" | "and" | "de" | "del" | "in" | "on" | "to" | "y"
                );
                if candidate.case == Case::Lower && !inner {
                    break;
                }
                from -= 1;
            }
            while from < n && self.words[from].case == Case::Lower {
                from += 1;
            }
            // "Colombia's National Liberation Army (ELN)": start after the last possessive.
            if let Some(own) = self.words[from..n].iter().rposition(|w| w.possessive)
                && from + own + 1 < n
            {
                from += own + 1;
            }
            if n - from >= 2 {
                let span = Span::new(self.words[from].start, self.words[n - 1].end);
                self.acronyms.entry(word.key.clone()).or_insert(span);
            }
        }
    }
}

impl ReportNames<'_> {
    /// Returns the span of consecutive parts of the report.
    ///
    /// # Panics
    /// Where there are none.
    pub(super) fn span_of(&self, parts: &[Part]) -> Span {
        let (first, last) = (&parts[0], &parts[parts.len() - 1]);
        Span::new(self.words[first.from].start, self.words[last.to - 1].end)
    }
}
