//! One reading, written by hand, in every rendering.

use super::paint::Paint;
use super::{analysis, explanation, jsonl, table};
use casus::export::{Export, Form, Layout, Told};
use casus::types::analysis::{Argument, Mention, MentionKind, Role, Token, TokenId, Trigger, TriggerId};
use casus::types::event::{
    CountRange, EventId, EventPlace, Interval, Link, NumberSlot, Participant, PlacePrecision, Source,
    WeaponKind,
};
use casus::types::{
    Analysis, Coded, Confidence, Country, Date, Event, EventType, Evidence, Mode, Relation, Sector, Span,
    Stance, Status,
};
use casus::{Document, Reading, Record};

const TEXT: &str = "Northland’s army shelled Arvan, Fennmark’s second city, with rockets on Monday and killed at \
least four people, two officials told Example Wire on condition of anonymity.\nFennmark vowed to answer.\n";

fn coded<T>(value: T, words: &str, made_by: &str) -> Coded<T> {
    let span = Span::of(TEXT, words).unwrap();
    Coded::new(value, Evidence::read(span, made_by), Confidence::new(0.93))
}

fn someone(name: &str, country: &str, sector: Option<Sector>) -> Participant {
    Participant { name: name.to_owned(), country: Country::new(country), sector, id: None }
}

fn event(id: u32, kind: EventType, mode: Mode, words: &str) -> Event {
    let mention = Span::of(TEXT, words).unwrap();
    let end = TEXT.find('\n').unwrap();
    Event {
        id: EventId(id),
        kind: coded(kind, words, "encoder/trigger"),
        modes: vec![coded(mode, words, "encoder/mode")],
        contexts: Vec::new(),
        status: Coded::new(Status::Actual, Evidence::inferred("encoder/status"), Confidence::new(0.99)),
        mentions: vec![mention],
        sentence: if mention.range().end < end {
            Span::new(0, end)
        } else {
            Span::new(end + 1, TEXT.len() - 1)
        },
        actors: Vec::new(),
        recipients: Vec::new(),
        places: Vec::new(),
        time: None,
        numbers: Vec::new(),
        weapons: Vec::new(),
        sources: Vec::new(),
        links: Vec::new(),
        confidence: Confidence::new(0.9),
    }
}

fn reading() -> Reading {
    let mut attack = event(0, EventType::Assault, Mode::HeavyWeapons, "shelled");
    attack.actors = vec![coded(
        someone("Army of Northland", "NOR", Some(Sector::Mil)),
        "Northland’s army",
        "actors/north#1",
    )];
    attack.recipients =
        vec![coded(someone("people", "FEN", Some(Sector::Cvl)), "people", "encoder/recipient")];
    attack.places = vec![coded(
        EventPlace {
            name: "Arvan".to_owned(),
            country: Country::new("FEN"),
            admin1: None,
            geonameid: Some(7),
            point: Some((41.5, -2.25)),
            precision: PlacePrecision::Town,
        },
        "Arvan",
        "places/7",
    )];
    attack.time = Some(coded(Interval::day(Date::constant(2026, 3, 2)), "on Monday", "dates/weekday"));
    attack.numbers = vec![(
        NumberSlot::Killed,
        coded(CountRange { min: 4, max: None }, "at least four", "numbers/at-least"),
    )];
    attack.weapons = vec![coded(WeaponKind("rocket".to_owned()), "rockets", "rules/weapons")];
    attack.sources = vec![Source {
        who: coded(someone("two officials", "NOR", Some(Sector::Gov)), "two officials", "encoder/source"),
        stance: Stance::States,
        anonymous: true,
        via: Some(coded(someone("Example Wire", "---", Some(Sector::Jrn)), "Example Wire", "encoder/via")),
        cue: Span::of(TEXT, "told"),
    }];
    let mut threat = event(1, EventType::Threaten, Mode::Violence, "vowed");
    threat.status.value = Status::Future;
    threat.actors = vec![coded(someone("Fennmark", "FEN", None), "Fennmark", "actors/fenn#1")];
    threat.links = vec![Link {
        relation: Relation::ResponseTo,
        to: EventId(0),
        evidence: Evidence::inferred("encoder/link"),
        confidence: Confidence::new(0.8),
    }];
    let token = |words: &str, pos, head, relation| Token {
        span: Span::of(TEXT, words).unwrap(),
        pos,
        head,
        relation,
    };
    let analysis = Analysis {
        tokens: vec![
            token("Northland", "PROPN", Some(TokenId(1)), "nsubj"),
            token("shelled", "VERB", None, "root"),
        ],
        sentences: vec![Span::new(0, TEXT.find('\n').unwrap())],
        mentions: vec![Mention {
            span: Span::of(TEXT, "Arvan").unwrap(),
            kind: MentionKind::Place,
            sectors: Vec::new(),
            probability: 0.98,
        }],
        triggers: vec![Trigger {
            span: Span::of(TEXT, "shelled").unwrap(),
            kind: EventType::Assault,
            probability: 0.97,
            kinds: vec![(EventType::Assault, 0.97)],
            modes: vec![(Mode::HeavyWeapons, 0.9)],
            statuses: vec![(Status::Actual, 0.99)],
            stances: Vec::new(),
            datings: Vec::new(),
        }],
        arguments: vec![Argument {
            trigger: TriggerId(0),
            span: Span::of(TEXT, "Arvan").unwrap(),
            role: Role::Place,
            probability: 0.95,
        }],
        relations: Vec::new(),
        bearings: Vec::new(),
    };
    Reading {
        document: Document {
            id: "arvan".to_owned(),
            title: Some("Arvan shelled".to_owned()),
            published: Some(Date::constant(2026, 3, 4)),
            text: TEXT.to_owned(),
            ..Document::default()
        },
        analysis,
        events: vec![attack, threat],
        problems: Vec::new(),
    }
}

#[track_caller]
fn check(got: &str, expected: &str) {
    assert!(got == expected, "got:\n{got}\nexpected:\n{expected}");
}

#[test]
fn table_has_a_block_an_event() {
    let reading = reading();
    let record = Record::new(&reading, "test");
    let table = table::document(&record, TEXT, &Paint::plain(), 100);
    check(&table, include_str!("tests/table.txt"));
    assert!(table.lines().all(|line| line.chars().count() <= 100));
}

#[test]
fn narrow_tables_stay_narrow() {
    let mut reading = reading();
    let many = reading.events[0].actors[0].clone();
    reading.events[0].actors = vec![many; 7];
    reading.events[0].recipients[0].value.name = "people ".repeat(30);
    let record = Record::new(&reading, "test");
    let table = table::document(&record, TEXT, &Paint::plain(), 80);
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
}

#[test]
fn explanation_points_at_words() {
    let reading = reading();
    let record = Record::new(&reading, "test");
    check(
        &explanation::document(&reading, &record, &Paint::plain(), 100),
        include_str!("tests/explanation.txt"),
    );
}

#[test]
fn analysis_shows_tokens_and_roles() {
    check(&analysis::document(&reading(), &Paint::plain()), include_str!("tests/analysis.txt"));
}

#[test]
fn csv_has_a_row_an_event() {
    let reading = reading();
    let mut record = Record::new(&reading, "test");
    record.title = Some("=Arvan, \"shelled\"".to_owned());
    let mut export = Export::new(Layout::Events, Form::default(), Vec::new()).unwrap();
    for event in &record.events {
        export.add(&Told::of(&record, event, Some(TEXT))).unwrap();
    }
    let rows = String::from_utf8(export.finish().unwrap().1).unwrap();
    check(&rows.replace("\r\n", "\n"), include_str!("tests/events.csv"));
    for row in rows.lines() {
        let mut quoted = false;
        let commas = row.chars().filter(|&c| {
            quoted ^= c == '"';
            c == ',' && !quoted
        });
        assert_eq!(commas.count(), 42);
    }
}

#[test]
fn jsonl_is_one_line() {
    let line = jsonl(&Record::new(&reading(), "test"));
    assert_eq!(line.lines().count(), 1);
    assert!(serde_json::from_str::<Record>(&line).is_ok());
}

#[test]
fn reports_cannot_steer_the_terminal() {
    let mut reading = reading();
    let word = reading.events[0].mentions[0];
    reading.document.text.replace_range(word.range(), "\u{1b}[31m\u{7}x");
    reading.document.title = Some("\u{1b}]0;x\u{7}".to_owned());
    let record = Record::new(&reading, "test");
    let plain = Paint::plain();
    let all = table::document(&record, &reading.document.text, &plain, 100)
        + &explanation::document(&reading, &record, &plain, 100);
    assert!(!all.contains(['\u{1b}', '\u{7}']), "{all:?}");
}
