//! Behaviour of the whole: on a tiny gazetteer of invented places, and on the real tables.

use super::*;
use casus_types::{Country, Span, event::PlacePrecision};
use std::sync::LazyLock;

/// Two countries of one town name each, as the table of `xtask/gazetteer.py` has them.
const PLACES: &str = "\
1\tadmin1\tNLD\t1\t0\t10.0\t20.0\t900000\tUpland Province\tUpland
2\tadmin1\tSLD\t2\t0\t-30.0\t60.0\t900000\tLowland\t
3\ttown\tNLD\t1\t0\t10.2\t20.1\t4000\tArvan\tArwan
4\ttown\tSLD\t2\t0\t-30.2\t60.1\t90000\tArvan\t
5\ttown\tNLD\t1\t0\t10.5\t20.5\t700000\tKest\tKestopol
6\ttown\tNLD\t1\t0\t11.0\t21.0\t60000\tAl Mazra’ah\tEl Mazraa
";
const COUNTRIES: &str = "# countries
NLD\tNL\t100\tNorthland\tRepublic of Northland\tNorthlander|Northlanders\tKest\t10\t20\tNorth
SLD\tSL\t200\tSouthland\t\tSouthlander\tMira\t-30\t60\tSouth
";
const SUPPLEMENT: &str =
    "Sea of Kest\t\t-\t\t9.0\t18.0\tadmin1\twater\nFort Ossa\tOssa base\tSLD\t\t-31.0\t61.0\tpoint\tbase\n";

static TINY: LazyLock<Gazetteer> = LazyLock::new(|| {
    let bin = Box::leak(pack(PLACES).unwrap().into_boxed_slice());
    Gazetteer::new(bin, COUNTRIES, SUPPLEMENT).unwrap()
});
static REAL: LazyLock<Gazetteer> = LazyLock::new(|| {
    Gazetteer::new(
        include_bytes!("../../../../data/places/gazetteer.bin"),
        include_str!("../../../../data/places/countries.tsv"),
        include_str!("../../../../data/places/supplement.tsv"),
    )
    .unwrap()
});

/// Resolves the words in brackets; shows name, country and precision of each.
fn resolved(gazetteer: &Gazetteer, marked: &str) -> Vec<String> {
    let mut text = String::new();
    let mut toponyms = Vec::new();
    for part in marked.split('[') {
        let Some((name, rest)) = part.split_once(']') else {
            text.push_str(part);
            continue;
        };
        toponyms.push(Toponym { span: Span::new(text.len(), text.len() + name.len()) });
        text.push_str(name);
        text.push_str(rest);
    }
    resolve(gazetteer, &text, &toponyms)
        .into_iter()
        .map(|place| {
            place.map_or("nothing".to_owned(), |p| {
                let country = p.value.country.map_or("---".to_owned(), |c| c.to_string());
                let point = if p.value.point.is_some() { "" } else { " without a point" };
                format!("{} {country} {:?}{point}", p.value.name, p.value.precision)
            })
        })
        .collect()
}

fn check(gazetteer: &Gazetteer, marked: &str, expected: &str) {
    assert_eq!(resolved(gazetteer, marked).join("; "), expected, "{marked}");
}

#[test]
fn the_report_settles_a_shared_name() {
    check(&TINY, "Northland said its troops had left [Arvan].", "Arvan NLD Town");
    check(&TINY, "Southland said its troops had left [Arvan].", "Arvan SLD Town");
    // Nothing speaks for either: the larger.
    check(&TINY, "Troops left [Arvan].", "Arvan SLD Town");
}

#[test]
fn those_who_come_from_afar_do_not_move_a_town() {
    check(&REAL, "The US president met his Russian colleague in [Geneva].", "Geneva CHE Town");
    check(&REAL, "US warplanes bombed a depot near [Damascus].", "Damascus SYR Admin2");
    check(&REAL, "Israeli warplanes hit [Qamishli] on Sunday.", "Al Qāmishlī SYR Town");
    // What is there does.
    check(
        &REAL,
        "Police in [Athens] and in Atlanta, Georgia, held four men, US officials said.",
        "Athens USA Town",
    );
}

#[test]
fn capitals_and_streets_are_where_they_say() {
    check(
        &REAL,
        "Gunmen killed six people in [the Malian capital] on Sunday.",
        "the Malian capital MLI Town",
    );
    check(
        &REAL,
        "A bomb went off in [the provincial capital] of Kunar.",
        "the provincial capital AFG Admin1",
    );
    check(&REAL, "Police held protesters on [Oxford Street in London].", "Oxford Street GBR Admin2");
    check(&REAL, "Police shot dead two men in [Cox's Bazar] on Friday.", "Cox’s Bāzār BGD Town");
}

#[test]
fn a_country_behind_two_names_contains_both() {
    check(
        &REAL,
        "Two people died in strikes on cars in [Vence] and [Nabatieh], Lebanon.",
        "Vence LBN Country without a point; Nabatîyé et Tahta LBN Town",
    );
    // A list of capitals is none.
    check(&REAL, "The envoys went to [Moscow] and [Kyiv], Ukraine.", "Moscow RUS Town; Kyiv UKR Town");
}

#[test]
fn a_dash_joins_the_states_of_a_border() {
    let states = |text: &str, words: &str| {
        let at = text.find(words).unwrap();
        let span = Span::new(at, at + words.len());
        let states = border_states(&REAL, text, &scan(&REAL, text), span).unwrap_or_default();
        states.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    };
    let text = "Turkish agents seized a man along the Afghanistan–Pakistan border.";
    assert_eq!(states(text, "the Afghanistan–Pakistan border"), "AFG PAK");
    assert_eq!(states(text, "border"), "AFG PAK");
    assert_eq!(states("Goods cross the Canada–United States border.", "United States border"), "CAN USA");
    assert_eq!(states("Rebels hide along the Kenya-Uganda border.", "the Kenya-Uganda border"), "KEN UGA");
    assert_eq!(states("Rebels hide along the Kenyan border.", "the Kenyan border"), "KEN");
    assert_eq!(states("He fled from Iran – Iraqi border guards said so.", "Iraqi border"), "IRQ");
}

#[test]
fn words_about_containment_settle_it_first() {
    check(&TINY, "Southlander troops took [Arvan], Upland Province, on Friday.", "Arvan NLD Town");
    check(&TINY, "Southland's army is in [Arvan, in northern Northland].", "Arvan NLD Town");
    check(&TINY, "Southland's army shelled [Northland's Arvan].", "Arvan NLD Town");
}

#[test]
fn spellings_and_articles_fold() {
    check(&TINY, "In Northland, [Al-Mazraa] fell.", "Al Mazra’ah NLD Town");
    check(&TINY, "In Northland, [Mazraah] fell.", "Al Mazra’ah NLD Town");
    check(&TINY, "In Northland, [KESTOPOL] fell.", "Kest NLD Town");
}

#[test]
fn common_nouns_choose_the_kind() {
    check(&TINY, "They held [Upland province].", "Upland Province NLD Admin1");
    check(&TINY, "They met in [the city of Kest].", "Kest NLD Town");
    check(&TINY, "They sailed [the Sea of Kest].", "Sea of Kest --- Admin1");
    check(&TINY, "They shelled [Ossa base].", "Fort Ossa SLD Point");
}

#[test]
fn places_beside_are_less_exact() {
    check(&TINY, "They fought south of [Kest].", "Kest NLD Admin2");
    check(&TINY, "A bomb went off in [a mosque in Kest].", "Kest NLD Town");
}

#[test]
fn unknown_names_get_a_country_and_no_point() {
    check(&TINY, "Northland shelled [Zyrnik] on Monday.", "Zyrnik NLD Country without a point");
    check(&TINY, "They shelled [Zyrnik], Southland, on Monday.", "Zyrnik SLD Country without a point");
    check(&TINY, "They shelled [Zyrnik].", "nothing");
    // The unit that the words name is a point as exact as the unit.
    check(&TINY, "They shelled [Zyrnik], Upland Province.", "Zyrnik NLD Admin1");
}

#[test]
fn what_has_no_name_is_read_from_before() {
    check(&TINY, "Northland banned rallies across [the country].", "the country NLD Country without a point");
    check(
        &TINY,
        "Southland's rebels hide along [the Northlander border].",
        "the Northlander border SLD Country without a point",
    );
    check(&TINY, "Northland's deputies stormed [the parliament].", "the parliament NLD Admin2");
    // The state that the sentence speaks of first, not the one named last or most.
    let country = "the country NLD Country without a point";
    check(
        &TINY,
        "Southland fell silent. Northlander police barred two envoys of Southland from [the country].",
        country,
    );
    check(&TINY, "Northland's raid was Southland's first. It hit [another country].", "nothing");
    check(
        &TINY,
        "Northland's navy sank a boat in [international waters].",
        "international waters --- Admin1 without a point",
    );
}

#[test]
fn quarters_and_regions_are_of_the_state_spoken_of() {
    let south = "the south NLD Country without a point";
    check(&TINY, "Northland's leader met theirs in Mira. Troops shelled villages in [the south].", south);
    check(&TINY, "Troops shelled the city of Kest. Villages burned in [the south].", south);
    let east = "north-east NLD Country without a point";
    check(&TINY, "Southlander troops went to Northland, and shells fell in the [north-east].", east);
    // A region is that of the town before, but no capital's.
    let region = "the region NLD Country without a point";
    check(&TINY, "Northland's envoys met in Mira, and two rebels died in [the region].", region);
    let region = "the region NLD Admin1";
    check(&TINY, "Northland shelled Upland Province. Two rebels died in [the region].", region);
    check(&TINY, "Northland shelled Kest. Police held two men in [the city].", "the city NLD Admin2");
}

#[test]
fn the_capital_is_not_that_of_foreigners() {
    let burnt =
        "Soldiers took over in Northland. Protesters burned the Southlander embassy in [the capital].";
    check(&TINY, burnt, "the capital NLD Town");
    let near = "Soldiers took over in Northland. Southlander radio spoke of Southlander troops at [the presidential palace].";
    check(&TINY, near, "the presidential palace NLD Admin2");
    // Nothing else speaks for any.
    check(&TINY, "Northlander troops marched on [the capital].", "the capital NLD Town");
}

#[test]
fn a_sea_before_a_state_is_none() {
    let nation = "Pacific island nation FJI Country without a point";
    check(&REAL, "Fiji's army seized power. Soldiers blocked roads in the [Pacific] island nation.", nation);
    check(&REAL, "A ship sank in the [Pacific].", "Pacific --- Admin1");
}

#[test]
fn great_capitals_outshine_their_small_namesakes() {
    let text = "Venezuelans marched in Bogotá, Colombia. In [Madrid] thousands did so.";
    check(&REAL, text, "Madrid ESP Town");
    let text = "Venezuelans marched in Bogotá, Colombia. In [Madrid, Cundinamarca] thousands did so.";
    check(&REAL, text, "Madrid COL Town");
    check(
        &REAL,
        "Migrants marched in Tapachula, Mexico. Presidents met in [Buenos Aires].",
        "Buenos Aires ARG Town",
    );
}

#[test]
fn the_same_table_packs_to_the_same_bytes() {
    assert_eq!(pack(PLACES).unwrap(), pack(PLACES).unwrap());
    assert_eq!(pack("1\ttown\n").unwrap_err(), GazetteerError::Line { file: "places table", line: 1 });
    assert_eq!(TINY.len(), 6);
}

/// A line of a `GeoNames` dump of invented places.
fn dump_line(
    id: u32,
    name: &str,
    names: &str,
    at: (f64, f64),
    feature: &str,
    units: &str,
    population: u32,
) -> String {
    let (class, code) = feature.split_once('.').unwrap();
    let (one, two) = units.split_once('.').unwrap_or((units, ""));
    let (lat, lon) = at;
    format!(
        "{id}\t{name}\t{name}\t{names}\t{lat}\t{lon}\t{class}\t{code}\tNL\t\t{one}\t{two}\t\t\t{population}\t\t9\tX/Y\t2026-01-01"
    )
}

#[test]
fn a_dump_becomes_a_gazetteer() {
    let lines = [
        dump_line(1, "Upland", "", (10.0, 20.0), "A.ADM1", "01", 900_000),
        dump_line(2, "Kest District", "", (10.4, 20.4), "A.ADM2", "01.7", 80_000),
        dump_line(3, "Zyrnik", "Ziernick,ZRN,зырник,ziernig", (10.5, 20.5), "P.PPL", "01.7", 0),
        dump_line(4, "Old Zyrnik", "", (10.6, 20.5), "P.PPLQ", "01.7", 0),
        dump_line(5, "Camp Orla", "", (10.7, 20.5), "S.CMPRF", "01.7", 0),
        dump_line(6, "Mount Orla", "", (10.7, 20.5), "T.MT", "01.7", 0),
        dump_line(7, "Kest Ward", "", (10.7, 20.6), "A.ADM3", "01.7", 0),
    ];
    let mut dump = Dump::new(COUNTRIES);
    for line in &lines {
        dump.take(line).unwrap();
    }
    assert_eq!(dump.take("3\tZyrnik").unwrap_err(), GazetteerError::Line { file: "the dump", line: 8 });
    assert_eq!(dump.count(), DumpCount { lines: 8, places: 5, units: 2 });
    let bin = Box::leak(dump.pack().unwrap().into_boxed_slice());
    let gazetteer = Gazetteer::new(bin, COUNTRIES, SUPPLEMENT).unwrap();
    check(&gazetteer, "They shelled [Zyrnik].", "Zyrnik NLD Town");
    check(&gazetteer, "They shelled [Ziernick].", "Zyrnik NLD Town");
    check(&gazetteer, "They shelled [Camp Orla].", "Camp Orla NLD Point");
    check(&gazetteer, "They shelled [Mount Orla].", "nothing");
    check(&gazetteer, "They shelled [Kest Ward].", "Kest Ward NLD Admin2");
    let found = gazetteer.exact("Zyrnik");
    let units = (found[0].admin1, found[0].admin2).0.zip(found[0].admin2).map(|(one, two)| {
        (gazetteer.row(one).unwrap().name.to_owned(), gazetteer.row(two).unwrap().name.to_owned())
    });
    assert_eq!(units, Some(("Upland".to_owned(), "Kest District".to_owned())));
    assert_eq!(Dump::new(COUNTRIES).pack().unwrap_err(), GazetteerError::Empty);
}

#[test]
fn long_lists_of_names_take_wider_offsets() {
    // More than 16 MB of names: villages of a full dump.
    let name = |n: u32| format!("{}{n:06}", "Village of the Long Name ".repeat(9));
    let line = |n| format!("{n}\ttown\tNLD\t0\t0\t10\t20\t0\t{}\t", name(n));
    let table: Vec<String> = (1..=90_000).map(line).collect();
    let bin = Box::leak(pack(&table.join("\n")).unwrap().into_boxed_slice());
    assert_eq!(bin[7], b'2');
    let gazetteer = Gazetteer::new(bin, COUNTRIES, SUPPLEMENT).unwrap();
    let found = gazetteer.exact(&name(89_999));
    assert!(
        matches!(found[0].standing, gazetteer::Standing::Row(n) if gazetteer.row(n).unwrap().id == 89_999)
    );
}

#[test]
fn damaged_tables_are_refused() {
    let open = |bytes: &'static [u8]| Gazetteer::new(bytes, "", "").map(|_| ()).unwrap_err();
    assert_eq!(open(b"PK"), GazetteerError::NotAGazetteer);
    let mut cut = pack(PLACES).unwrap();
    cut.truncate(cut.len() - 20);
    assert_eq!(open(Box::leak(cut.into_boxed_slice())), GazetteerError::Truncated);
    let bin = Box::leak(pack(PLACES).unwrap().into_boxed_slice());
    let error = Gazetteer::new(bin, "NLD\tNL\n", "").map(|_| ()).unwrap_err();
    assert_eq!(error.to_string(), "countries.tsv: line 1: wrong columns");
}

#[test]
fn countries_are_known_by_name_and_people() {
    for (name, code) in [
        ("Iraqi", Some("IRQ")),
        ("Iraqis", Some("IRQ")),
        ("the United States", Some("USA")),
        ("U.S.", Some("USA")),
        ("us", None),
        ("Us", None),
        ("British", Some("GBR")),
        ("South Korean", Some("KOR")),
        ("DR Congo", Some("COD")),
        ("Côte d’Ivoire", Some("CIV")),
        ("Kosovo", Some("XKX")),
        ("Arvan", None),
    ] {
        assert_eq!(REAL.country_of(name), code.and_then(Country::new), "{name}");
    }
    assert_eq!(REAL.country_name(Country::new("MMR").unwrap()), Some("Myanmar"));
}

#[test]
fn scanning_finds_countries_peoples_and_cities() {
    let text = "Turkish jets struck near Mosul, Iraq’s second city, Ankara said.";
    let hints: Vec<String> =
        scan(&REAL, text).iter().map(|h| format!("{} {}", h.span.slice(text), h.country)).collect();
    assert_eq!(hints, ["Turkish TUR", "Mosul IRQ", "Iraq IRQ", "Ankara TUR"]);
}

#[test]
fn a_dateline_is_told_from_a_headline() {
    for (text, is) in [
        ("Grenade at Newspaper\n\nTesk, 19 Oct 92 (EL DIARIO) [Text] A colleague left.", true),
        ("Tesk (Wire) – Police held two.", true),
        ("Tesk attacks – what we know.", false),
        ("Police held two.\nIn Tesk, the mayor (of the left) said so.", false),
    ] {
        let at = text.find("Tesk").unwrap();
        assert_eq!(is_dateline(text, Span::new(at, at + 4)), is, "{text}");
    }
}

#[test]
fn known_ambiguities() {
    check(
        &REAL,
        "Police in [Tripoli] fired on protesters, Lebanon's interior ministry said.",
        "Tripoli LBN Town",
    );
    check(&REAL, "Militias clashed in [Tripoli], Libyan officials said.", "Tripoli LBY Town");
    check(
        &REAL,
        "Deputies in [Georgia] passed the bill; crowds gathered in [Tbilisi].",
        "Georgia GEO Country; Tbilisi GEO Town",
    );
    check(
        &REAL,
        "The governor of [Georgia] spoke in [Atlanta], [Savannah] and Macon in the United States.",
        "Georgia USA Admin1; Atlanta USA Town; Savannah USA Town",
    );
    check(&REAL, "A tornado hit [Paris, Texas].", "Paris USA Town");
    check(&REAL, "Ministers met in [Paris] on Monday.", "Paris FRA Town");
    check(
        &REAL,
        "Drones hit [Kharkiv] and villages of [Kharkiv Oblast].",
        "Kharkiv UKR Town; Kharkiv Oblast UKR Admin1",
    );
    check(&REAL, "[Jordan] closed its airspace.", "Jordan JOR Country");
    check(&REAL, "Tankers avoid [the Strait of Hormuz].", "Strait of Hormuz --- Admin1");
    check(&REAL, "He spoke at [the White House].", "White House USA Point");
}

#[test]
fn a_place_that_no_table_has_lies_where_its_words_or_others_locate_it() {
    check(
        &REAL,
        "A strike hit a car near [Jannata], Tyre District, South Governorate, Lebanon.",
        "Jannata LBN Country without a point",
    );
    check(
        &REAL,
        "Israeli strikes hit [Qarmat] and [Qarmit], in the south of Beirut.",
        "Qarmat LBN Admin2; Qarmit LBN Admin2",
    );
    check(
        &REAL,
        "Russian troops attacked [Qwertyivka], a village near Pokrovsk.",
        "Qwertyivka UKR Country without a point",
    );
    check(&REAL, "US marines sailed to [the Middle East].", "Middle East --- Admin1");
}

#[test]
fn any_stretch_of_any_text_is_read_without_panic() {
    let text = "’s “Ünal-’ Al‑Qaïm’s, (St. — d'Or) of the\u{a0}border with “É” 🕊 near ‘Ayn…";
    let cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    for (i, &from) in cuts.iter().enumerate() {
        for &to in &cuts[i..] {
            let places = resolve(&REAL, text, &[Toponym { span: Span::new(from, to) }]);
            assert_eq!(places.len(), 1);
        }
    }
    assert!(PlacePrecision::Point < PlacePrecision::Country);
}
