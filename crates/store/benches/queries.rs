//! How long the everyday queries take, over a store of made-up events:
//! `cargo bench -p casus-store --bench queries -- 100000`.
//!
//! The store is made in the temporary folder, the same every time, through the store's own writer; `--keep` leaves it for
//! the next run. Each query is run five times, each on a store that was just opened; told are the median, the slowest,
//! the rows that it gives, and what SQLite does for it.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]
#![expect(clippy::unwrap_used, reason = "a bench that cannot make its store has failed")]
#![expect(clippy::cast_precision_loss, reason = "the numbers are far below 2^52")]

use casus_store::{
    Counting, Decision, Entry, EventRow, Grain, Incident, IncidentPlace, Page, Query, Reviewer, Sort, Step,
    Store,
};
use casus_types::record::{LANGUAGE, ONTOLOGY, Record, RecordEvent, VERSION};
use casus_types::{Date, EventType, Mode, Sector, Status};
use serde_json::json;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// What an everyday query may take.
const BOUND: Duration = Duration::from_millis(200);

/// Events of a report.
const PER_REPORT: usize = 5;

/// Days that the acts are spread over, from 2016 on.
const DAYS: usize = 3650;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let n: usize = arguments.iter().find_map(|a| a.parse().ok()).unwrap_or(20_000);
    let path = std::env::temp_dir().join(format!("casus-bench-{n}.gpkg"));
    if !path.exists() {
        let begun = Instant::now();
        fill(&path, n);
        let seconds = begun.elapsed().as_secs_f64();
        println!("{n} events written in {seconds:.0} s, {:.0} a second", n as f64 / seconds);
    }
    let size = fs::metadata(&path).unwrap().len();
    println!("{} MB, {} bytes an event\n", size / 1_000_000, size / n as u64);
    let slow = measure(&path);
    println!("\n{slow} everyday queries over {} ms", BOUND.as_millis());
    if !arguments.iter().any(|a| a == "--keep") {
        for suffix in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{suffix}", path.display()));
        }
    }
}

/// What is asked.
enum Asked {
    Events(&'static str, Sort, bool),
    Incidents(&'static str),
    Series(&'static str, Step, Option<Grain>),
    Chain,
}

/// The everyday queries, then some that are not everyday.
const QUERIES: [(&str, Asked); 16] = {
    use Asked::{Chain, Events, Incidents, Series};
    [
        ("1 the newest", Events("", Sort::Date, true)),
        ("2 type, country, since", Events("type:ASSAULT country:IRQ since:2024", Sort::Date, true)),
        ("3 an actor often told of", Events("actor:\"Northland Army\"", Sort::Date, true)),
        ("4 a dyad", Events("actor:\"Front 17\" recipient_sector:CVL status:actual", Sort::Date, true)),
        ("5 near a point", Events("near:33.3,44.4,50 type:ASSAULT", Sort::Date, true)),
        ("6 words", Events("\"drone strike\" market", Sort::Date, true)),
        ("7 the deadliest", Events("killed:>=5 source:unnamed since:2025", Sort::Killed, true)),
        ("8 what to review next", Events("reviewed:no mode:torture", Sort::Confidence, false)),
        ("9 incidents of a place", Incidents("place:\"Town 40\" type:ASSAULT")),
        (
            "10 months of a country",
            Series("type:ASSAULT country:IRQ since:2021 until:2025", Step::Month, None),
        ),
        ("a rare word, a rare actor", Events("orchard actor:\"Front 300\"", Sort::Date, true)),
        ("everything by the deaths", Events("", Sort::Killed, true)),
        ("all incidents of a type", Incidents("type:ASSAULT")),
        ("months by dyads of an actor", Series("actor:\"Front 17\"", Step::Month, Some(Grain::Code))),
        ("a chain", Chain),
        ("weeks of everything", Series("", Step::Week, None)),
    ]
};

/// Queries of [`QUERIES`] that are everyday.
const EVERYDAY: usize = 10;

/// Returns how many everyday queries take longer than they may.
fn measure(path: &Path) -> usize {
    let sql = "SELECT key FROM events WHERE id IN (SELECT event_id FROM links) LIMIT 1 OFFSET 500";
    let store = Store::read_only(path).unwrap();
    let chained: String = store.connection().query_row(sql, [], |row| row.get(0)).unwrap();
    let mut slow = 0;
    for (n, (name, asked)) in QUERIES.iter().enumerate() {
        let mut times = Vec::new();
        let mut found = 0;
        for _ in 0..5 {
            let store = Store::read_only(path).unwrap();
            let begun = Instant::now();
            found = ask(&store, asked, &chained);
            times.push(begun.elapsed());
        }
        times.sort();
        let [median, slowest] = [times[2], times[4]].map(|time| time.as_secs_f64() * 1e3);
        let is_slow = n < EVERYDAY && times[2] > BOUND;
        slow += usize::from(is_slow);
        let mark = if is_slow { "  SLOW" } else { "" };
        println!("{name:28} {median:>8.1} ms  (slowest {slowest:>8.1})  {found:>7} rows{mark}");
    }
    for (name, asked) in &QUERIES {
        println!("\n{name}\n    {}", plan(&store, asked).join("\n    "));
    }
    slow
}

fn query(text: &str) -> Query {
    Query::parse(text).unwrap()
}

/// Asks as the command does, rows and all; returns how many there are.
fn ask(store: &Store, asked: &Asked, chained: &str) -> usize {
    match *asked {
        Asked::Events(text, sort, descending) => {
            let found =
                store.find_events(&query(text), &Page { sort, descending, ..Page::default() }).unwrap();
            store.events_at(&found.rows).unwrap().len()
        }
        Asked::Incidents(text) => {
            let found = store.find_incidents(&query(text), &Page::default()).unwrap();
            store.flat_incidents(&found.rows).unwrap().rows.len()
        }
        Asked::Series(text, step, dyads) => {
            store.series(&query(text), Counting { step, dyads, gaps: true }).unwrap().rows.len()
        }
        Asked::Chain => store.chain(chained, 4, 200).unwrap().acts.len(),
    }
}

fn plan(store: &Store, asked: &Asked) -> Vec<String> {
    match *asked {
        Asked::Events(text, sort, descending) => {
            store.plan(&query(text), &Page { sort, descending, ..Page::default() }, false).unwrap().steps
        }
        Asked::Incidents(text) => store.plan(&query(text), &Page::default(), true).unwrap().steps,
        Asked::Series(text, ..) => store.plan_of_series(&query(text)).unwrap().steps,
        Asked::Chain => vec!["link by link".to_owned()],
    }
}

/// `SplitMix64` (Steele, Lea & Flood 2014).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % n as u64).unwrap()
    }

    /// Draws a number below n, small ones far more often, as names in news are.
    fn skewed(&mut self, n: usize) -> usize {
        let (a, b, c) = (self.below(n), self.below(n), self.below(n));
        a * b / n * c / n
    }

    fn chance(&mut self, of_hundred: usize) -> bool {
        self.below(100) < of_hundred
    }
}

const COUNTRIES: [&str; 24] = [
    "IRQ", "SYR", "UKR", "RUS", "AFG", "YEM", "SDN", "SOM", "NGA", "MLI", "COD", "ETH", "MMR", "COL", "MEX",
    "LBN", "ISR", "PSE", "IRN", "TUR", "PAK", "IND", "LBY", "HTI",
];

/// Words that sentences are made of; the last one is rare.
const WORDS: [&str; 32] = [
    "drone",
    "strike",
    "market",
    "convoy",
    "border",
    "village",
    "police",
    "army",
    "ministry",
    "said",
    "killed",
    "people",
    "school",
    "river",
    "bridge",
    "talks",
    "ceasefire",
    "protest",
    "students",
    "prison",
    "officials",
    "rockets",
    "camp",
    "refugees",
    "aid",
    "lorries",
    "spokesman",
    "militia",
    "hospital",
    "governor",
    "election",
    "orchard",
];

fn fill(path: &Path, n: usize) {
    let mut dice = Dice(2026);
    let mut store = Store::open(path).unwrap();
    let (mut made, mut incidents) = (0, 0);
    while made < n {
        let mut writer = store.writer().unwrap();
        let mut unjoined: Vec<(EventRow, RecordEvent)> = Vec::new();
        for _ in 0..200.min((n - made).div_ceil(PER_REPORT)) {
            let number = made / PER_REPORT;
            let (record, text) = report(&mut dice, &format!("report-{number}"), made * DAYS / n);
            made += record.events.len();
            // One report in fifty is a newer version of the one before it.
            let before = format!("report-{}", number.saturating_sub(1));
            let replaces = (number % 50 == 49).then_some(before.as_str());
            let entry = Entry { text: Some(&text), replaces, ..Entry::of(&record) };
            let document = writer.insert(&entry).unwrap();
            let events = writer.events().of_document(document).unwrap();
            unjoined.extend(events.into_iter().map(|stored| (stored.row, stored.event)));
        }
        // Two fifths of the events tell of incidents, by threes; one in a thousand is reviewed.
        for group in unjoined.chunks(15) {
            for three in group[..group.len() * 2 / 5].chunks(3) {
                incidents += 1;
                let id = writer.open_incident(&incident(incidents, &three[0].1, three.len())).unwrap();
                for (row, _) in three {
                    writer.join_incident(*row, id, Some(0.9), &json!({"why": "made"})).unwrap();
                }
            }
        }
        for (_, event) in unjoined.iter().step_by(1000) {
            let decision = if dice.chance(50) { Decision::Accept } else { Decision::Reject };
            writer.review(&event.id, decision, Reviewer::default()).unwrap();
        }
        writer.commit().unwrap();
    }
}

fn report(dice: &mut Dice, id: &str, day: usize) -> (Record, String) {
    let sentences: Vec<String> = (0..PER_REPORT).map(|_| sentence(dice)).collect();
    let mut at = 0;
    let mut events = Vec::new();
    for (n, sentence) in sentences.iter().enumerate() {
        events.push(event(dice, id, n, at..at + sentence.len(), day));
        at += sentence.len() + 1;
    }
    let record = Record {
        casus: VERSION.to_owned(),
        id: id.to_owned(),
        title: Some(format!("What happened, {id}")),
        published: Some(date(day)),
        publisher: Some(format!("Wire {}", dice.skewed(40))),
        url: Some(format!("https://example.org/{id}")),
        language: LANGUAGE.to_owned(),
        model: "made".to_owned(),
        ontology: ONTOLOGY.to_owned(),
        events,
        problems: Vec::new(),
    };
    (record, sentences.join(" "))
}

fn sentence(dice: &mut Dice) -> String {
    let word = |dice: &mut Dice| if dice.below(5000) == 0 { WORDS[31] } else { WORDS[dice.below(31)] };
    let words: Vec<&str> = (0..18).map(|_| word(dice)).collect();
    format!("{}.", words.join(" "))
}

fn date(day: usize) -> Date {
    let first: Date = "2016-01-01".parse().unwrap();
    first.checked_add(jiff::Span::new().days(i64::try_from(day).unwrap())).unwrap()
}

fn participant(dice: &mut Dice, country: &str) -> serde_json::Value {
    let span = json!({"start": 0, "end": 8, "text": "the army"});
    match dice.skewed(20_000) {
        0..200 => {
            json!({"name": "Northland Army", "country": "IRQ", "sector": "MIL", "id": "north", "span": span})
        }
        n if n % 2 == 0 => {
            json!({"name": format!("Front {}", n / 50), "country": COUNTRIES[n / 50 % 24], "sector": "REB", "span": span})
        }
        n => {
            json!({"name": format!("people of house {n}"), "country": country, "sector": "CVL", "span": span})
        }
    }
}

fn event(
    dice: &mut Dice,
    document: &str,
    n: usize,
    sentence: std::ops::Range<usize>,
    day: usize,
) -> RecordEvent {
    // The last type, ASSAULT, is the most frequent.
    let kind = EventType::ALL[15 - dice.skewed(16)];
    let modes: Vec<Mode> = match kind.modes() {
        [] => Vec::new(),
        _ if dice.chance(30) => Vec::new(),
        all => vec![all[dice.skewed(all.len())]],
    };
    let country = COUNTRIES[dice.skewed(24)];
    let start = date(day.saturating_sub(dice.skewed(10)));
    let span = json!({"start": sentence.start + 4, "end": sentence.start + 12, "text": "an act"});
    let place = dice.skewed(4000);
    let (lat, lon) = (33.3 + (place % 63) as f64 * 0.31, 44.4 + (place / 63) as f64 * 0.53);
    let killed = dice.chance(15).then(|| {
        let least = dice.skewed(60);
        json!({"min": least, "max": dice.chance(60).then_some(least), "span": span})
    });
    let source = if dice.chance(60) {
        json!({"author": true, "stance": "states"})
    } else {
        json!({"name": "an official", "country": country, "sector": Sector::Gov, "stance": "states",
            "anonymous": dice.chance(30), "span": span})
    };
    let link = n > 0 && dice.chance(30);
    let mut value = json!({
        "id": format!("{document}#e{}", n + 1),
        "type": kind,
        "modes": modes,
        "contexts": ["military"],
        "cameo": "190",
        "score": -9.0 + dice.below(180) as f64 / 10.0,
        "quad": kind.quad() as u8,
        "status": if dice.chance(85) { Status::Actual } else { Status::ALL[dice.below(4)] },
        "mentions": [span],
        "sentence": {"start": sentence.start, "end": sentence.end},
        "actors": [participant(dice, country)],
        "recipients": [participant(dice, country)],
        "places": [{"name": format!("Town {place}"), "country": country, "admin1": format!("Unit {}", place / 20),
            "geonameid": place + 1, "lat": lat, "lon": lon, "precision": "town", "span": span}],
        "killed": killed,
        "sources": [source],
        "confidence": dice.below(1000) as f64 / 1000.0,
        "explain": {"coder": "made", "rule": "made"},
    });
    if dice.chance(80) {
        value["time"] = json!({"start": start, "end": start, "span": span});
    }
    if dice.chance(20) {
        value["weapons"] = json!([{"kind": "drone", "span": span}]);
    }
    if link {
        value["links"] =
            json!([{"relation": "response_to", "event": format!("{document}#e{n}"), "span": span}]);
    }
    serde_json::from_value(value).unwrap()
}

fn incident(n: usize, event: &RecordEvent, n_events: usize) -> Incident {
    let place = &event.places[0];
    Incident {
        key: format!("i{n}"),
        title: Some(format!("{} in {}", event.kind, place.name.clone().unwrap_or_default())),
        kind: event.kind,
        status: event.status,
        days: event.time.as_ref().map(|time| (time.start, time.end)),
        place: IncidentPlace {
            name: place.name.clone(),
            country: place.country,
            admin1: place.admin1.clone(),
            point: place.lat.zip(place.lon),
            precision: place.precision,
        },
        tolls: [event.killed.as_ref().map(|killed| (killed.min, killed.max)), None, None, None, None],
        n_events,
        n_documents: n_events.min(2),
        confidence: Some(0.9),
        record: json!({"made": true}),
    }
}
