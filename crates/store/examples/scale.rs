//! Measures a store at size: how fast documents are admitted and written, and how fast events are found.
//!
//! ```sh
//! cargo run --release -p casus-store --example scale -- scale.gpkg 100000
//! ```

#![expect(clippy::print_stdout, reason = "it prints what it measured")]

use casus_store::{Admission, Admissions, Circle, Entry, Near, State, Store, StoreError};
use casus_types::record::{LANGUAGE, ONTOLOGY, Record, RecordEvent, RecordPlace, RecordTime, VERSION};
use casus_types::{Date, Document, EventType};
use std::path::Path;
use std::time::{Duration, Instant};

/// Words of a report, drawn so that few are common (Zipf).
const WORDS: usize = 300;
/// Reports after which a copy of an earlier one comes.
const COPIES: u64 = 10;
/// Days over which reports are spread.
const DAYS: u64 = 400;

struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    #[expect(clippy::cast_precision_loss, reason = "the numbers are small")]
    fn degrees(&mut self, range: u64) -> f64 {
        self.below(range * 1000) as f64 / 1000.0
    }
}

fn text(dice: &mut Dice) -> String {
    let word = |dice: &mut Dice| {
        let widest = 1 + dice.below(20_000);
        let mut n = dice.below(widest);
        let mut letters = String::new();
        while letters.len() < 4 {
            letters.push(char::from(b'a' + u8::try_from(n % 26).unwrap_or_default()));
            n /= 26;
        }
        letters
    };
    (0..WORDS).map(|_| word(dice)).collect::<Vec<_>>().join(" ")
}

fn record(document: &Document, dice: &mut Dice) -> Record {
    let events = (1..=2)
        .map(|n| {
            let kind = EventType::ALL[usize::try_from(dice.below(16)).unwrap_or_default()];
            let mut event: RecordEvent =
                serde_json::from_value(serde_json::json!({"type": kind})).expect("all else may be absent");
            event.id = format!("{}#e{n}", document.id);
            event.mentions =
                vec![casus_types::record::RecordSpan { start: 5, end: 9, text: Some("acts".to_owned()) }];
            event.time = document.published.map(|day| RecordTime {
                start: day,
                end: day,
                precision: casus_types::record::TimePrecision::Day,
                span: None,
            });
            event.places = vec![RecordPlace {
                name: Some(format!("town {}", dice.below(5000))),
                lat: Some(dice.degrees(60)),
                lon: Some(dice.degrees(100)),
                ..RecordPlace::default()
            }];
            event
        })
        .collect();
    Record {
        casus: VERSION.to_owned(),
        id: document.id.clone(),
        published: document.published,
        language: LANGUAGE.to_owned(),
        ontology: ONTOLOGY.to_owned(),
        events,
        ..Record::default()
    }
}

fn main() -> Result<(), StoreError> {
    let mut args = std::env::args().skip(1);
    let path = args.next().unwrap_or_else(|| "scale.gpkg".to_owned());
    let n: u64 = args.next().and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let mut store = Store::open(Path::new(&path))?;
    let mut admissions = Admissions::default();
    let mut dice = Dice(1);
    let first: Date = "2025-01-01".parse().expect("a day");
    let (mut admitting, mut writing, mut copies) = (Duration::ZERO, Duration::ZERO, 0_u64);
    let mut last = String::new();
    println!("documents  admit ms  write ms  copies  near ms (events)  MB");
    for at in 0..n {
        let words = if at % COPIES == COPIES - 1 { last.clone() + " by wire" } else { text(&mut dice) };
        let days = i64::try_from(at * DAYS / n).unwrap_or_default();
        let document = Document {
            id: format!("d{at}"),
            published: first.checked_add(jiff::Span::new().days(days)).ok(),
            text: words.clone(),
            ..Document::default()
        };
        last = words;
        let begun = Instant::now();
        let admission = admissions.admit(&store, &document, None)?;
        admitting += begun.elapsed();
        let begun = Instant::now();
        let mut writer = store.writer()?;
        match &admission {
            Admission::Known { .. } => {}
            Admission::New { .. } => {
                let record = record(&document, &mut dice);
                writer.insert(&Entry { text: Some(&document.text), ..Entry::of(&record) })?;
                admissions.inserted();
            }
            Admission::Copy { of, similarity, .. } => {
                copies += 1;
                let record = Record { events: Vec::new(), ..record(&document, &mut dice) };
                let state = State::Copy { of, similarity: *similarity };
                writer.insert(&Entry { text: Some(&document.text), state, ..Entry::of(&record) })?;
                admissions.inserted();
            }
        }
        writer.commit()?;
        writing += begun.elapsed();
        if (at + 1) % (n / 5).max(1) == 0 {
            let (ms, found) = near(&store, &mut dice, first, days)?;
            let each =
                |time: Duration| time.as_secs_f64() * 1000.0 / f64::from(u32::try_from(n / 5).unwrap_or(1));
            let megabytes = std::fs::metadata(&path).map_or(0, |m| m.len() / 1_000_000);
            println!(
                "{:>9}  {:>8.2}  {:>8.2}  {copies:>6}  {ms:>7.2} ({found:.0})  {megabytes:>6}",
                at + 1,
                each(admitting),
                each(writing)
            );
            (admitting, writing) = (Duration::ZERO, Duration::ZERO);
        }
    }
    Ok(())
}

/// Looks for events near in time, type and place, a hundred times; returns milliseconds and events found, on average.
fn near(store: &Store, dice: &mut Dice, first: Date, days: i64) -> Result<(f64, f64), StoreError> {
    let begun = Instant::now();
    let mut found = 0_u32;
    for _ in 0..100 {
        let day = first
            .checked_add(jiff::Span::new().days(dice.below(1 + days.unsigned_abs()).cast_signed()))
            .unwrap_or(first);
        let span = |by: i64| day.checked_add(jiff::Span::new().days(by)).unwrap_or(day);
        let near = Near {
            types: &[EventType::Assault],
            from: span(-3),
            to: span(3),
            around: Some(Circle { lat: dice.degrees(60), lon: dice.degrees(100), km: 100.0, country: None }),
        };
        found += u32::try_from(store.events().near(&near)?.len()).unwrap_or_default();
    }
    Ok((begun.elapsed().as_secs_f64() * 10.0, f64::from(found) / 100.0))
}
