//! The actor tables as they are shipped, and golden phrases read with them.

use super::{
    ActorContext, ActorFiles, ActorTable, ReportNames, check, corefer, day_of_office, resolve, resolve_in,
};
use casus_types::{Country, Date, Sector, Span};

macro_rules! file {
    ($name:literal) => {
        ($name, include_str!(concat!("../../../../data/actors/", $name)))
    };
}

/// The shipped files.
const SHIPPED: &[(&str, &str)] = &[
    file!("countries.tsv"),
    file!("armed_groups.tsv"),
    file!("organisations.tsv"),
    file!("organs.tsv"),
    file!("parties.tsv"),
    file!("people.tsv"),
    ("agent_nouns.tsv", include_str!("../../../../data/rules/agent_nouns.tsv")),
    ("phrase_words.tsv", include_str!("../../../../data/rules/phrase_words.tsv")),
    ("definite_nouns.tsv", include_str!("../../../../data/rules/definite_nouns.tsv")),
];

/// Returns the shipped tables.
fn shipped() -> ActorTable {
    ActorTable::parse(ActorFiles { built_in: SHIPPED, own: &[] }).unwrap()
}

/// Returns the shipped tables with a user's actor file.
fn with_own(own: &str) -> ActorTable {
    ActorTable::parse(ActorFiles { built_in: SHIPPED, own: &[("mine/groups.tsv", own)] }).unwrap()
}

#[test]
fn shipped_tables_have_no_fault() {
    let faults = check(ActorFiles { built_in: SHIPPED, own: &[] });
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn own_actors_add_and_replace() {
    let own =
        "# mine\nFront of the Bridge\tFOTB\tarmed group\tKEN\tREB\nhamas\tHamas movement\tparty\tPSE\tGOV\n";
    let table = with_own(own);
    let codes = |name: &str| -> Vec<String> {
        let rows = table.lookup(name, None);
        rows.iter().map(|r| format!("{:?} {:?} {}", r.country, r.sector, r.row)).collect()
    };
    assert_eq!(codes("FOTB").len(), 1);
    assert!(codes("FOTB")[0].ends_with("mine/groups.tsv:2"), "{:?}", codes("FOTB"));
    // The built-in row of that name is gone, with its aliases.
    assert_eq!(codes("Hamas").len(), 1);
    assert!(codes("Hamas")[0].contains("Gov"), "{:?}", codes("Hamas"));
}

#[test]
fn faults_are_told_with_their_lines() {
    let own = "\
Front of the Bridge\tFOTB\tarmed group\tKEN\tREB\t2020-01-01\t2021-01-01
Front of the Bridge\t\tarmed group\tKEN\tPRM\t2020-06-01\t2019-01-01
Bridge Men\tFOTB\tarmed group\tKEN\tREB\t\t\tNobody at all\tfriend_of\tX1
Third\t\tarmed band\tKEN\tREB
Fourth\t\tarmed group\tKen\tREB
Fifth\t\tarmed group\tQQQ\tREB\t2020-13-01
Sixth\tOthers|6|Others\tarmed group\tQQQ\tREB
";
    let faults = check(ActorFiles { built_in: SHIPPED, own: &[("g.tsv", own)] });
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let expected = [
        "g.tsv:4: not a kind: \"armed band\"",
        "g.tsv:5: not a country: \"Ken\"",
        "g.tsv:6: not a day: \"2020-13-01\"",
        "g.tsv:2: \"Front of the Bridge\": the term ends before it begins",
        "g.tsv:3: \"Bridge Men\": no actor has its parent's name \"Nobody at all\"",
        "g.tsv:3: \"Bridge Men\": no relation: \"friend_of\"",
        "g.tsv:3: \"Bridge Men\": no Wikidata identifier: \"X1\"",
        "g.tsv:3: \"FOTB\" is also \"Front of the Bridge\" (g.tsv:1), in the same country at the same time",
        "g.tsv:7: \"Sixth\": no country has the code QQQ",
        "g.tsv:7: \"Sixth\": the alias \"Others\" stands twice",
        "g.tsv:7: \"Sixth\": the alias \"6\" has no letter",
    ];
    assert_eq!(told, expected);
}

#[test]
fn phrases_are_told_piece_by_piece() {
    let table = shipped();
    let phrase = "five former Kenyan teachers from Gorvan";
    let told = table.tell(phrase);
    let words: Vec<&str> = told.iter().map(|t| t.span.slice(phrase)).collect();
    assert_eq!(words, ["five", "former", "Kenyan", "teachers", "from", "Gorvan"]);
    assert_eq!(told[2].what, "KEN, by its adjective");
    assert!(told[2].row.as_ref().unwrap().starts_with("countries.tsv:"), "{told:?}");
    assert!(told[3].what.starts_with("EDU, a noun for"), "{told:?}");
}

#[test]
fn parts_of_names_are_told_from_words_that_stand_alone() {
    let table = shipped();
    let text = "Rwanda left the Economic Community of Central African States. The March 23 Movement fought on March 23.";
    let names = ReportNames::new(&table, text, None);
    let around = |words: &str, nth: usize| {
        let at = text.match_indices(words).nth(nth).unwrap().0;
        names.around(Span::new(at, at + words.len()))
    };
    assert!(around("Central African States", 0).iter().all(|&actor| !table.is_placed(actor)));
    assert_eq!(around("Central African States", 0).len(), 1);
    assert!(!around("March 23", 0).is_empty() && around("March 23", 1).is_empty());
    assert!(around("Rwanda", 0).is_empty());
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
            placed: &[],
            as_doer_of_force: *force == "f",
            ..ActorContext::default()
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

/// Resolves the last such words of a text; returns name and code.
fn read(text: &str, words: &str) -> String {
    let start = text.rfind(words).unwrap();
    let context = ActorContext { text, ..ActorContext::default() };
    let who = resolve(&shipped(), Span::new(start, start + words.len()), &context).value;
    let code = who.country.map_or("---".to_owned(), |c| c.to_string());
    format!("{} {code} {}", who.name, who.sector.map_or(String::new(), |s| s.to_string()))
        .trim_end()
        .to_owned()
}

#[test]
fn definite_nouns_point_back() {
    assert_eq!(
        read("Hamas met Fatah's envoys. Later the group fired rockets.", "the group"),
        "Hamas PSE REB"
    );
    assert_eq!(read("Iran fined Google in Iraq. The company paid.", "The company"), "Google USA BUS");
    assert_eq!(read("Chad borders Sudan. Troops left the country.", "the country"), "Sudan SDN");
    // Nothing before it: only the noun tells.
    assert!(read("Kenya said that the company paid.", "the company").ends_with("KEN BUS"));
}

/// Resolves the last such words of a statement; returns country and sector.
fn spoken(publisher: &str, text: &str, words: &str) -> String {
    let table = shipped();
    let names = ReportNames::new(&table, text, None).published_by(Some(publisher));
    let countries = [(Country::new("SDN").unwrap(), 1.0)];
    let context = ActorContext { text, countries: &countries, ..ActorContext::default() };
    let start = text.rfind(words).unwrap();
    let who = resolve_in(&names, Span::new(start, start + words.len()), &context).value;
    let country = who.country.map_or("---".to_owned(), |country| country.to_string());
    format!("{country}{}", who.sector.map_or(String::new(), |sector| format!(" {sector}")))
}

#[test]
fn a_ministry_speaks_for_itself() {
    let text = "The attack in Sudan was cowardly. We condemn it, the Foreign Secretary said. It angers us.";
    assert_eq!(spoken("Foreign Office", text, "We"), "GBR GOV");
    assert_eq!(spoken("Foreign Office", text, "us"), "GBR GOV");
    assert_eq!(spoken("Foreign Office", text, "the Foreign Secretary"), "GBR GOV");
    let text = "The United Kingdom condemns the attack in Sudan. We call for calm.";
    assert_eq!(spoken("Foreign Office", text, "We"), "GBR");
    // Media report on others, and nobody knows who else writes.
    let text = "The attack in Sudan was cowardly. We condemn it, the Foreign Minister said.";
    assert_eq!(spoken("Foreign Office", text, "the Foreign Minister"), "GBR GOV");
    assert_eq!(spoken("Reuters", text, "the Foreign Minister"), "SDN GOV");
    assert_eq!(spoken("Gorvan Gazette", text, "We"), "SDN");
    assert_eq!(spoken("Foreign Office", "Sudan thanked the US.", "US"), "USA");
}

#[test]
fn a_tribunal_is_no_army() {
    let text = "Kenya Defence Forces shot at a boat. The owner went to court; the tribunal agreed.";
    assert!(read(text, "the tribunal").ends_with("JUD"), "{}", read(text, "the tribunal"));
}

#[test]
fn an_organ_of_another_state_bears_the_name() {
    assert!(
        read("Six Ukrainian National Guard members died.", "Six Ukrainian National Guard members")
            .ends_with("UKR MIL")
    );
    assert!(read("Ukraine's National Guard left.", "Ukraine's National Guard").ends_with("UKR MIL"));
    assert!(
        read("Six US National Guard members died.", "Six US National Guard members").ends_with("USA MIL")
    );
}

#[test]
fn a_report_without_a_date_is_of_the_time_of_its_persons() {
    let table = with_own(
        "Ada Orrel\t\tperson\tKEN\tLEG\t2001-01-01\t2005-01-01\nAda Orrel\t\tperson\tKEN\tGOV\t2005-01-02\t2009-01-01\n\
         Ada Orrel\t\tperson\tKEN\tLEG\t2009-01-02\t2012-01-01\nTom Quill\t\tperson\tUGA\tGOV\t2002-01-01\t2004-01-01\n",
    );
    let day = |text: &str, told: Option<&str>| {
        day_of_office(&table, text, told.map(|day| day.parse().unwrap())).map(|day| day.to_string())
    };
    assert_eq!(day("Ada Orrel spoke.", None).as_deref(), Some("2005-01-02"));
    assert_eq!(day("Ada Orrel met Tom Quill.", None).as_deref(), Some("2002-01-01"));
    assert_eq!(day("Ada Orrel spoke on 4 May 2010.", Some("2010-05-04")).as_deref(), Some("2010-05-04"));
    assert_eq!(day("Nobody spoke.", Some("2010-05-04")), None);
}

#[test]
fn who_left_an_office_is_past_it() {
    assert!(
        read("A former Kenyan intelligence agent spoke.", "A former Kenyan intelligence agent")
            .ends_with("KEN ELI")
    );
    assert!(read("A former Kenyan soldier spoke.", "A former Kenyan soldier").ends_with("KEN MIL"));
    assert!(read("A retired Kenyan general spoke.", "A retired Kenyan general").ends_with("KEN ELI"));
    assert!(read("Former Kenyan teachers marched.", "Former Kenyan teachers").ends_with("KEN EDU"));
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
    assert_eq!(sector("The men", 0.4), Some(Sector::Cvl));
    assert_eq!(sector("the army", 0.75), Some(Sector::Mil));
    // "Farmers" are more than the plain persons that the encoder takes them for.
    let text = "Thousands of farmers marched.";
    let sectors = [(Sector::Cvl, 0.9)];
    let context = ActorContext { text, sectors: &sectors, ..ActorContext::default() };
    let farmers = resolve(&table, Span::of(text, "farmers").unwrap(), &context).value;
    assert_eq!(farmers.sector, Some(Sector::Agr));
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
