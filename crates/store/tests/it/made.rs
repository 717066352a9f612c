//! Records that no report made: drawn at random, or with a few words.

use casus_store::{Entry, Store};
use casus_types::event::PlacePrecision;
use casus_types::record::{
    LANGUAGE, ONTOLOGY, Record, RecordEvent, RecordExplanation, RecordLink, RecordNamedSource, RecordNumber,
    RecordParticipant, RecordPlace, RecordSource, RecordSpan, RecordTime, RecordWeapon, TimePrecision,
    VERSION,
};
use casus_types::{Country, Date, EventType, Problem, Relation, Sector, Stance, Status};

/// `SplitMix64` (Steele, Lea & Flood 2014): the same seed draws the same records everywhere.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % n as u64).unwrap()
    }

    fn chance(&mut self) -> bool {
        self.below(2) == 0
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.chance() { Some(make(self)) } else { None }
    }

    fn some<T>(&mut self, make: impl Fn(&mut Self) -> T) -> Vec<T> {
        (0..self.below(4)).map(|_| make(self)).collect()
    }

    fn name(&mut self) -> String {
        let names = [
            "Northland",
            "the “Free” Army",
            "Arvan",
            "O’Hara; Sons",
            "Ünï 🕊",
            "a\nb",
            "'quoted\"",
            "=SUM(1)",
            "",
        ];
        self.one(&names).to_owned()
    }

    #[expect(clippy::cast_precision_loss, reason = "the numbers are small")]
    fn number(&mut self, lowest: f64, highest: f64) -> f64 {
        lowest + (highest - lowest) * self.below(1 << 30) as f64 / f64::from(1 << 30)
    }

    fn span(&mut self) -> RecordSpan {
        let start = self.below(500);
        RecordSpan { start, end: start + self.below(30), text: self.maybe(Self::name) }
    }

    fn country(&mut self) -> Country {
        Country::new(self.one(&["IRQ", "UKR", "IGO", "NGO"])).unwrap()
    }

    fn participant(&mut self) -> RecordParticipant {
        RecordParticipant {
            name: self.maybe(Self::name),
            country: self.maybe(Self::country),
            sector: self.maybe(|dice| dice.one(Sector::ALL)),
            id: self.maybe(|dice| format!("actor{}", dice.below(5))),
            span: self.maybe(Self::span),
        }
    }

    fn count(&mut self) -> RecordNumber {
        let min = self.below(50) as u64;
        RecordNumber { min, max: self.maybe(|dice| min + dice.below(9) as u64), span: self.maybe(Self::span) }
    }

    fn day(&mut self) -> Date {
        let (month, day) = (1 + self.below(12), 1 + self.below(28));
        Date::new(2026, i8::try_from(month).unwrap(), i8::try_from(day).unwrap()).unwrap()
    }

    fn source(&mut self) -> RecordSource {
        let stance = self.one(Stance::ALL);
        if self.chance() {
            return RecordSource::Author { author: true, stance };
        }
        RecordSource::Named(Box::new(RecordNamedSource {
            name: self.maybe(Self::name),
            country: self.maybe(Self::country),
            sector: None,
            id: None,
            stance,
            anonymous: self.chance(),
            via: self.maybe(Self::participant),
            cue: self.maybe(Self::span),
            span: self.maybe(Self::span),
        }))
    }

    fn place(&mut self) -> RecordPlace {
        let point = self.chance();
        RecordPlace {
            name: self.maybe(Self::name),
            country: self.maybe(Self::country),
            admin1: self.maybe(Self::name),
            geonameid: self.maybe(|dice| u32::try_from(dice.below(9)).unwrap()),
            lat: point.then(|| self.number(-90.0, 90.0)),
            lon: point.then(|| self.number(-180.0, 180.0)),
            precision: self.maybe(|dice| dice.one(&[PlacePrecision::Point, PlacePrecision::Country])),
            span: self.maybe(Self::span),
        }
    }

    fn event(&mut self, document: &str, n: usize, of: usize) -> RecordEvent {
        let kind = self.one(EventType::ALL);
        RecordEvent {
            modes: kind.modes().iter().copied().filter(|_| self.chance()).collect(),
            contexts: Vec::new(),
            cameo: self.maybe(|_| "190".to_owned()),
            score: self.number(-10.0, 10.0),
            quad: kind.quad() as u8,
            status: self.one(Status::ALL),
            mentions: self.some(Self::span),
            sentence: self.maybe(|dice| RecordSpan { text: None, ..dice.span() }),
            actors: self.some(Self::participant),
            recipients: self.some(Self::participant),
            places: self.some(Self::place),
            time: self.maybe(|dice| {
                let day = dice.day();
                RecordTime {
                    start: day,
                    end: day,
                    precision: TimePrecision::Day,
                    span: dice.maybe(Self::span),
                }
            }),
            count: self.maybe(Self::count),
            killed: self.maybe(Self::count),
            injured: self.maybe(Self::count),
            detained: self.maybe(Self::count),
            displaced: self.maybe(Self::count),
            abducted: self.maybe(Self::count),
            weapons: self
                .some(|dice| RecordWeapon { kind: "drone".to_owned(), span: dice.maybe(Self::span) }),
            sources: self.some(Self::source),
            links: self.some(|dice| RecordLink {
                relation: dice.one(Relation::ALL),
                event: format!("{document}#e{}", 1 + dice.below(of)),
                span: dice.maybe(Self::span),
            }),
            confidence: self.number(0.0, 1.0),
            explain: RecordExplanation { coder: "made".to_owned(), rule: "rules/x".to_owned() },
            ..blank(&format!("{document}#e{n}"), kind)
        }
    }

    /// Draws a record of up to six events.
    pub(crate) fn record(&mut self, id: &str) -> Record {
        let n = self.below(7);
        Record {
            title: self.maybe(Self::name),
            published: self.maybe(Self::day),
            publisher: self.maybe(Self::name),
            url: self.maybe(|dice| format!("https://example.org/{}", dice.below(1000))),
            events: (1..=n).map(|at| self.event(id, at, n)).collect(),
            problems: self.some(|dice| Problem::new("odd", dice.name(), dice.name())),
            ..empty(id)
        }
    }
}

/// Returns an event that says nothing but its type.
pub(crate) fn blank(id: &str, kind: EventType) -> RecordEvent {
    let mut event: RecordEvent = serde_json::from_value(serde_json::json!({"type": kind})).unwrap();
    id.clone_into(&mut event.id);
    event.quad = kind.quad() as u8;
    event
}

/// Returns a record without events.
pub(crate) fn empty(id: &str) -> Record {
    Record {
        casus: VERSION.to_owned(),
        id: id.to_owned(),
        language: LANGUAGE.to_owned(),
        model: "made".to_owned(),
        ontology: ONTOLOGY.to_owned(),
        ..Record::default()
    }
}

/// Returns an event of one mention that covers these code points.
pub(crate) fn told(document: &str, n: usize, kind: EventType, at: std::ops::Range<usize>) -> RecordEvent {
    let mention = RecordSpan { start: at.start, end: at.end, text: None };
    RecordEvent { mentions: vec![mention], ..blank(&format!("{document}#e{n}"), kind) }
}

/// Inserts a coded record.
pub(crate) fn insert(store: &mut Store, record: &Record, text: Option<&str>) {
    let mut writer = store.writer().unwrap();
    writer.insert(&Entry { text, ..Entry::of(record) }).unwrap();
    writer.commit().unwrap();
}

/// Returns the number that a query gives.
pub(crate) fn number(store: &Store, sql: &str) -> i64 {
    store.connection().query_row(sql, [], |row| row.get(0)).unwrap()
}

/// Returns the text that a query gives.
pub(crate) fn text(store: &Store, sql: &str) -> Option<String> {
    store.connection().query_row(sql, [], |row| row.get(0)).unwrap()
}
