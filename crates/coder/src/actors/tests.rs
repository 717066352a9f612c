//! The actor tables as they are shipped, and golden phrases read with them.

use super::{ActorContext, ActorTable, corefer, resolve};
use casus_types::{Country, Date, Sector, Span};

/// Returns the shipped tables.
fn shipped() -> ActorTable {
    macro_rules! file {
        ($name:literal) => {
            ($name, include_str!(concat!("../../../../data/actors/", $name)))
        };
    }
    let files = [
        file!("countries.tsv"),
        file!("armed_groups.tsv"),
        file!("organisations.tsv"),
        file!("organs.tsv"),
        file!("parties.tsv"),
        file!("people.tsv"),
    ];
    ActorTable::parse(&files, include_str!("../../../../data/rules/agent_nouns.tsv")).unwrap()
}

#[test]
fn shipped_tables_have_no_fault() {
    assert_eq!(shipped().check(), []);
}

#[test]
fn golden_phrases_resolve() {
    let table = shipped();
    let mut wrong = Vec::new();
    for line in include_str!("../../../../golden/actors.tsv").lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [marked, day, countries, force, code, name] = columns.as_slice() else {
            panic!("columns: {line}")
        };
        let text = marked.replace("[[", "").replace("]]", "");
        let start = marked.find("[[").unwrap();
        let mention = Span::new(start, marked.find("]]").unwrap() - 2);
        let countries: Vec<(Country, f32)> =
            countries.split(' ').filter_map(Country::new).map(|country| (country, 1.0)).collect();
        let context = ActorContext {
            text: &text,
            published: Some(day.parse::<Date>().unwrap()),
            sectors: &[],
            countries: &countries,
            as_doer_of_force: *force == "f",
        };
        let found = resolve(&table, mention, &context);
        let country = found.value.country.map_or("---".to_owned(), |country| country.to_string());
        let sector = found.value.sector.map_or(String::new(), |sector| format!(" {sector}"));
        if format!("{country}{sector}") != *code || found.value.name != *name {
            wrong.push(format!("{marked}: {country}{sector} {:?}, not {code} {name:?}", found.value.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn odd_phrases_are_read_without_panic() {
    let table = shipped();
    let text = "the , of the’s 🕊 former (U.S. ) Mr. ’s’ 23 and Al-\u{301} of of of -backed İstanbul ẞ “police” «…» the";
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    for (n, &start) in ends.iter().enumerate() {
        for &end in &ends[n..] {
            let context = ActorContext { text, ..ActorContext::default() };
            let found = resolve(&table, Span::new(start, end), &context);
            assert!(found.confidence.get() > 0.0);
        }
    }
}

#[test]
fn a_sure_encoder_overrules_a_vague_noun() {
    let table = shipped();
    let text = "The men surrounded the army post.";
    let sector = |phrase: &str, guess: f32| {
        let sectors = [(Sector::Reb, guess)];
        let context = ActorContext { text, sectors: &sectors, ..ActorContext::default() };
        resolve(&table, Span::of(text, phrase).unwrap(), &context).value.sector
    };
    assert_eq!(sector("The men", 0.8), Some(Sector::Reb));
    assert_eq!(sector("The men", 0.6), Some(Sector::Cvl));
    assert_eq!(sector("the army", 0.8), Some(Sector::Mil));
}

#[test]
fn an_office_depends_on_the_day() {
    let table = shipped();
    let sector = |day: &str| {
        let rows = table.lookup("joe biden", Some(day.parse().unwrap()));
        rows[0].sector.map(|sector| sector.to_string())
    };
    assert_eq!(sector("2022-05-05").as_deref(), Some("GOV"));
    assert_eq!(sector("2026-05-05").as_deref(), Some("ELI"));
    assert!(table.lookup("Nobody Known", None).is_empty());
}

#[track_caller]
fn check_corefer(text: &str, a: &str, b: &str, expected: bool) {
    let table = shipped();
    let (a, b) = (Span::of(text, a).unwrap(), Span::of(text, b).unwrap());
    assert_eq!(corefer(text, a, b, &table), expected);
    assert_eq!(corefer(text, b, a, &table), expected, "the other way round");
}

#[test]
fn names_corefer() {
    check_corefer("President Paul Kagame came; Mr Kagame spoke", "President Paul Kagame", "Mr Kagame", true);
    check_corefer("Jane Otieno left. Later Ms Otieno spoke", "Jane Otieno", "Ms Otieno", true);
    check_corefer("the Front for Renewal; the FFR", "Front for Renewal", "FFR", true);
    check_corefer("Hamas fighters and a Hamas spokesman", "Hamas fighters", "a Hamas spokesman", true);
    check_corefer("The army met the army", "The army", "the army", false);
    check_corefer("Hamas met Fatah", "Hamas", "Fatah", false);
    check_corefer("the Kenyan police and the Kenyan army", "the Kenyan police", "the Kenyan army", false);
}
