//! What the layouts make of records, by their columns' names.

use crate::{Export, Form, Layout, LeftOut, Told};
use casus_types::record::Record;

const TEXT: &str = "Rebels of the Kesh Front shot dead three policemen in Rell on Monday, the ministry said, hours after a march.\n\n\
    About a hundred people marched in Rell.";

/// A clash, a march, an air strike on civilians abroad, a threat, and an attack that has not happened.
fn record() -> Record {
    let json = r#"{
      "casus": "1", "id": "r1", "title": "Three policemen, shot", "published": "2026-03-04", "publisher": "Example Wire",
      "url": "https://wire.example/r1", "language": "en", "events": [
      {"id": "r1#e1", "type": "ASSAULT", "modes": ["firearms"], "cameo": "190", "score": -9.0, "quad": 4, "status": "actual",
       "mentions": [{"start": 25, "end": 34, "text": "shot dead"}, {"start": 70, "end": 75, "text": "clash"}], "sentence": {"start": 0, "end": 109},
       "actors": [{"name": "Kesh Front", "country": "NGA", "sector": "REB", "id": "kesh"}],
       "recipients": [{"name": "Nigerian police", "country": "NGA", "sector": "COP", "span": {"start": 1, "end": 2, "text": "policemen"}}],
       "places": [{"name": "Rell", "country": "NGA", "admin1": "Borno", "geonameid": 77, "lat": 11.5, "lon": 13.25, "precision": "town",
                   "span": {"start": 3, "end": 4, "text": "Rell"}}],
       "time": {"start": "2026-03-02", "end": "2026-03-02"}, "killed": {"min": 3, "max": 3}, "weapons": [{"kind": "firearm"}],
       "sources": [{"name": "interior ministry", "country": "NGA", "sector": "GOV", "stance": "states"}], "confidence": 0.8125},
      {"id": "r1#e2", "type": "PROTEST", "modes": ["demo"], "cameo": "141", "score": -5.0, "quad": 4, "status": "actual",
       "mentions": [{"start": 120, "end": 127, "text": "marched"}], "sentence": {"start": 111, "end": 150},
       "actors": [{"name": "=people", "country": "NGA", "sector": "CVL"}], "recipients": [],
       "places": [{"name": "Borno", "country": "NGA", "lat": 12.0, "lon": 13.0, "precision": "admin1"}],
       "time": {"start": "2026-03-01", "end": "2026-03-04", "precision": "days"}, "sources": [{"author": true, "stance": "states"}]},
      {"id": "r1#e3", "type": "ASSAULT", "modes": ["aerial"], "cameo": "195", "score": -9.5, "quad": 4, "status": "actual",
       "actors": [{"name": "Chadian Air Force", "country": "TCD", "sector": "MIL"}, {"name": "Niger Army", "country": "NER", "sector": "MIL"}],
       "recipients": [{"name": "herders", "country": "NGA", "sector": "CVL"}],
       "places": [{"name": "Nigeria", "country": "NGA", "lat": 10.0, "lon": 8.0, "precision": "country"}],
       "time": {"start": "2026-02-01", "end": "2026-02-28", "precision": "month"}, "killed": {"min": 10, "max": null}},
      {"id": "r1#e4", "type": "THREATEN", "modes": ["violence"], "cameo": "138", "score": -4.0, "quad": 3, "status": "actual",
       "actors": [{"name": "Kesh Front", "country": "NGA", "sector": "REB", "id": "kesh"}], "recipients": [{"country": "TCD"}]},
      {"id": "r1#e5", "type": "ASSAULT", "modes": [], "cameo": "190", "score": -9.0, "quad": 4, "status": "future",
       "actors": [{"name": "Kesh Front", "sector": "REB"}], "recipients": [{"name": "army", "sector": "MIL"}]}
    ]}"#;
    serde_json::from_str(json).unwrap()
}

fn export(layout: Layout, form: Form) -> (String, usize, usize) {
    let record = record();
    let mut export = Export::new(layout, form, Vec::new()).unwrap();
    for event in &record.events {
        let mut told = Told::of(&record, event, Some(TEXT));
        told.incident = (event.id == "r1#e1").then(|| "i7".to_owned());
        export.add(&told).unwrap();
    }
    let (written, bytes) = export.finish().unwrap();
    (String::from_utf8(bytes).unwrap(), written.rows, written.left_out.values().sum())
}

/// Reads rows back; quotation marks are looked at as RFC 4180 has them.
fn rows(table: &str, delimiter: char) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let (mut quoted, mut chars) = (false, table.chars().peekable());
    while let Some(c) = chars.next() {
        let row = rows.last_mut().unwrap();
        match c {
            '"' if delimiter == ',' && quoted && chars.peek() == Some(&'"') => {
                chars.next();
                row.last_mut().unwrap().push('"');
            }
            '"' if delimiter == ',' => quoted = !quoted,
            '\r' if !quoted => {}
            '\n' if !quoted => rows.push(vec![String::new()]),
            c if c == delimiter && !quoted => row.push(String::new()),
            c => row.last_mut().unwrap().push(c),
        }
    }
    rows.pop();
    rows
}

/// Asserts named cells of a row, counted from 0 below the names.
#[track_caller]
fn check(layout: Layout, row: usize, cells: &[(&str, &str)]) {
    let (table, ..) = export(layout, Form::default());
    let delimiter = if matches!(layout, Layout::Icews | Layout::Polecat) { '\t' } else { ',' };
    let rows = rows(&table, delimiter);
    for (name, expected) in cells {
        let at =
            rows[0].iter().position(|column| column == name).unwrap_or_else(|| panic!("no column {name}"));
        assert_eq!(rows[row + 1][at], *expected, "{name}");
    }
}

#[track_caller]
fn counts(layout: Layout, n_columns: usize, n_rows: usize, n_left_out: usize) {
    let (table, written, left_out) = export(layout, Form::default());
    let delimiter =
        if matches!(layout, Layout::Icews | Layout::Polecat | Layout::Gdelt) { '\t' } else { ',' };
    let rows = rows(&table, delimiter);
    assert!(
        rows.iter().all(|row| row.len() == n_columns),
        "{:?}",
        rows.iter().map(Vec::len).collect::<Vec<_>>()
    );
    let names = usize::from(layout != Layout::Gdelt);
    assert_eq!((rows.len() - names, written, left_out), (n_rows, n_rows, n_left_out));
}

#[test]
fn tables_have_the_columns_of_their_data_sets() {
    counts(Layout::Events, 43, 5, 0);
    counts(Layout::Acled, 31, 3, 2);
    counts(Layout::Ged, 49, 2, 3);
    counts(Layout::Gdelt, 61, 4, 2);
    counts(Layout::Icews, 20, 5, 1);
    counts(Layout::Polecat, 40, 5, 1);
    // The network counts events; its rows are edges.
    let (edges, written, left_out) = export(Layout::Network, Form::default());
    assert_eq!((rows(&edges, ',').len(), written, left_out), (5, 3, 2));
}

#[test]
fn acled_has_its_own_words() {
    check(
        Layout::Acled,
        0,
        &[
            ("event_id_cnty", "r1#e1"),
            ("event_date", "2026-03-02"),
            ("year", "2026"),
            ("time_precision", "1"),
            ("disorder_type", "Political violence"),
            ("event_type", "Battles"),
            ("sub_event_type", "Armed clash"),
            ("actor1", "Kesh Front"),
            ("inter1", "Rebel group"),
            ("actor2", "Nigerian police"),
            ("inter2", "State forces"),
            ("interaction", "State forces-Rebel group"),
            ("civilian_targeting", ""),
            ("iso", "566"),
            ("region", "Western Africa"),
            ("country", "Nigeria"),
            ("admin1", "Borno"),
            ("location", "Rell"),
            ("latitude", "11.5"),
            ("geo_precision", "1"),
            ("source", "Example Wire"),
            ("fatalities", "3"),
            (
                "notes",
                "Rebels of the Kesh Front shot dead three policemen in Rell on Monday, the ministry said, hours after a march.",
            ),
        ],
    );
    check(
        Layout::Acled,
        1,
        &[
            ("event_type", "Protests"),
            ("sub_event_type", "Peaceful protest"),
            ("actor1", "Protesters (Nigeria)"),
            ("assoc_actor_1", "'=people"),
            ("interaction", "Protesters only"),
            ("time_precision", "2"),
            ("geo_precision", "3"),
            ("fatalities", "0"),
        ],
    );
    check(
        Layout::Acled,
        2,
        &[
            ("event_type", "Explosions/Remote violence"),
            ("sub_event_type", "Air/drone strike"),
            ("inter1", "External/Other forces"),
            ("assoc_actor_1", "Niger Army"),
            ("actor2", "Civilians (Nigeria)"),
            ("civilian_targeting", "Civilian targeting"),
            ("interaction", "Civilians-External/Other forces"),
        ],
    );
}

#[test]
fn ged_holds_deadly_violence() {
    check(
        Layout::Ged,
        0,
        &[
            ("id", "1"),
            ("relid", "r1#e1"),
            ("type_of_violence", "1"),
            ("side_a", "Kesh Front"),
            ("dyad_name", "Kesh Front - Nigerian police"),
            ("source_article", "\"Example Wire,2026-03-04,Three policemen, shot\""),
            ("source_original", "interior ministry"),
            ("where_prec", "1"),
            ("geom_wkt", "POINT (13.25 11.5)"),
            ("priogrid_gid", "146547"),
            ("country_id", "475"),
            ("region", "Africa"),
            ("date_prec", "1"),
            ("deaths_unknown", "3"),
            ("best", "3"),
            ("gwnoa", ""),
            ("gwnob", "475"),
        ],
    );
    check(
        Layout::Ged,
        1,
        &[
            ("type_of_violence", "3"),
            ("side_b", "Civilians"),
            ("deaths_civilians", "10"),
            ("low", "10"),
            ("high", "10"),
            ("date_prec", "4"),
            ("where_prec", "6"),
            ("gwnoa", "483"),
        ],
    );
}

#[test]
fn gdelt_has_a_row_a_dyad() {
    let (table, ..) = export(Layout::Gdelt, Form::default());
    let rows = rows(&table, '\t');
    let of = |row: usize, at: usize| rows[row][at].as_str();
    assert_eq!([1, 2, 3, 4].map(|at| of(0, at)), ["20260302", "202603", "2026", "2026.1699"]);
    assert_eq!([5, 6, 7, 12].map(|at| of(0, at)), ["NGAREB", "KESH FRONT", "NGA", "REB"]);
    assert_eq!([15, 17, 22].map(|at| of(0, at)), ["NGACOP", "NGA", "COP"]);
    // In the lead; codes; GDELT's quadrant; Goldstein; two mentions.
    assert_eq!(
        [25, 26, 27, 28, 29, 30, 31].map(|at| of(0, at)),
        ["1", "190", "190", "19", "4", "-10.0", "2"]
    );
    assert_eq!(
        [51, 52, 53, 56, 57].map(|at| of(0, at)),
        ["4", "Rell, Borno, Nigeria", "NI", "11.5", "13.25"]
    );
    assert_eq!([59, 60].map(|at| of(0, at)), ["20260304000000", "https://wire.example/r1"]);
    assert_eq!(of(1, 25), "0");
    // Two actors, one act: two rows with two numbers.
    assert_eq!((of(2, 5), of(3, 5)), ("TCDMIL", "NERMIL"));
    let ids: std::collections::BTreeSet<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(ids.len(), rows.len());
}

#[test]
fn icews_and_polecat_keep_who_did_what_to_whom() {
    check(
        Layout::Icews,
        0,
        &[
            ("Event ID", "1"),
            ("Source Name", "Kesh Front"),
            ("Source Sectors", "Rebel"),
            ("Source Country", "Nigeria"),
            ("Event Text", "Use conventional military force"),
            ("CAMEO Code", "190"),
            ("Intensity", "-10.0"),
            ("Target Sectors", "Police"),
            ("City", "Rell"),
            ("Province", "Borno"),
            ("Country", "Nigeria"),
        ],
    );
    check(
        Layout::Polecat,
        0,
        &[
            ("Event ID", "r1#e1"),
            ("Event Type", "ASSAULT"),
            ("Event Mode", "firearms"),
            ("Quad Code", "MATERIAL CONFLICT"),
            ("Actor Country", "NGA"),
            ("Actor COW", "475"),
            ("Primary Recipient Sector", "COP"),
            ("Recipient Name Raw", "policemen"),
            ("GeoNames ID", "77"),
            ("Raw Placename", "Rell"),
            ("Feature Type", "PPL"),
        ],
    );
}

#[test]
fn casus_columns_carry_everything_else() {
    check(
        Layout::Events,
        0,
        &[
            ("actor_codes", "NGA REB"),
            ("killed_min", "3"),
            ("confidence", "0.812"),
            ("score", "-9.0"),
            ("url", "https://wire.example/r1"),
            ("incident", "i7"),
        ],
    );
    check(Layout::Events, 1, &[("actors", "'=people"), ("sources", "author"), ("incident", "")]);
    check(Layout::Events, 2, &[("killed_min", "10"), ("killed_max", ""), ("precision", "country")]);
}

#[test]
fn excel_gets_its_mark_and_hxl_its_tags() {
    let (table, ..) = export(Layout::Acled, Form { bom: true, hxl: true, parquet: false });
    let mut lines = table.split("\r\n");
    assert!(lines.next().unwrap().starts_with("\u{feff}event_id_cnty,event_date,"));
    assert!(lines.next().unwrap().starts_with("#event+id,#date+occurred,#date+year,"));
    assert!(lines.next().unwrap().starts_with("r1#e1,2026-03-02,2026,"));
}

#[test]
fn geojson_is_one_collection() {
    let (json, rows, _) = export(Layout::GeoJson, Form::default());
    let collection: serde_json::Value = serde_json::from_str(&json).unwrap();
    let features = collection["features"].as_array().unwrap();
    assert_eq!((features.len(), rows), (5, 5));
    assert_eq!(features[0]["geometry"]["coordinates"], serde_json::json!([13.25, 11.5]));
    assert_eq!(features[0]["properties"]["killed_min"], 3);
    assert!(features[3]["geometry"].is_null());
    let (empty, ()) = Export::new(Layout::GeoJson, Form::default(), Vec::new())
        .unwrap()
        .finish()
        .map(|(_, b)| (b, ()))
        .unwrap();
    assert!(
        serde_json::from_slice::<serde_json::Value>(&empty).unwrap()["features"]
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_network_adds_up_what_its_actors_do() {
    let (edges, ..) = export(Layout::Network, Form::default());
    let rows = rows(&edges, ',');
    let kesh: Vec<&Vec<String>> = rows.iter().filter(|row| row[0] == "kesh").collect();
    assert_eq!(kesh.len(), 2);
    assert_eq!(kesh[0][1], "Nigerian police [NGA]");
    assert_eq!(kesh[0][8..], ["1", "0", "0", "0", "1", "-9.00", "3", "2026-03-02", "2026-03-02"]);
    assert_eq!((kesh[1][1].as_str(), kesh[1][15].as_str()), ("TCD", ""));
    let (graph, ..) = export(Layout::GraphMl, Form::default());
    assert!(graph.contains("<node id=\"kesh\"><data key=\"name\">Kesh Front</data>"), "{graph}");
    assert!(
        graph
            .contains("<edge source=\"kesh\" target=\"Nigerian police [NGA]\"><data key=\"events\">1</data>")
    );
}

#[test]
fn layouts_have_names() {
    for (layout, name) in crate::NAMES {
        assert_eq!(name.parse::<Layout>().unwrap(), layout);
    }
    let error = "xml".parse::<Layout>().unwrap_err().to_string();
    assert!(error.starts_with("no layout is called \"xml\"; there are events, incidents, acled"), "{error}");
    let error =
        Export::new(Layout::GraphMl, Form { parquet: true, ..Form::default() }, Vec::new()).err().unwrap();
    assert_eq!(error.to_string(), "graphml is no table, so it cannot be written as Parquet");
}

const FIGHTS: &str = "The M23 rebels and the Congolese army fought.";

/// Returns the cells of a row of one event, given as JSON, by their columns' names; none where it is left out.
fn cells(layout: Layout, event: &str) -> Result<impl Fn(&str) -> String + use<>, LeftOut> {
    let json = format!(r#"{{"casus": "1", "id": "r", "events": [{event}]}}"#);
    let record: Record = serde_json::from_str(&json).unwrap();
    let mut export = Export::new(layout, Form::default(), Vec::new()).unwrap();
    export.add(&Told::of(&record, &record.events[0], Some(FIGHTS))).unwrap();
    let (written, bytes) = export.finish().unwrap();
    if let Some((&reason, _)) = written.left_out.first_key_value() {
        return Err(reason);
    }
    let delimiter = if layout == Layout::Polecat { '\t' } else { ',' };
    let rows = rows(&String::from_utf8(bytes).unwrap(), delimiter);
    Ok(move |name: &str| rows[1][rows[0].iter().position(|column| column == name).unwrap()].clone())
}

const M23: &str = r#"{"name": "M23", "country": "COD", "sector": "REB"}"#;
const ARMY: &str = r#"{"name": "Congolese army", "country": "COD", "sector": "MIL"}"#;

/// An attack by `actors` on `recipients`, told with some words.
fn attack(words: &str, actors: &[&str], recipients: &[&str]) -> String {
    format!(
        r#"{{"id": "r#e1", "type": "ASSAULT", "status": "actual", "killed": {{"min": 42, "max": 42}},
            "mentions": [{{"start": 0, "end": 5, "text": "{words}"}}], "actors": [{}], "recipients": [{}],
            "places": [{{"name": "Goma", "country": "COD", "precision": "admin2", "span": {{"start": 0, "end": 1, "text": "Goma"}}}}]}}"#,
        actors.join(","),
        recipients.join(",")
    )
}

#[test]
fn a_fight_has_two_sides() {
    let fight = attack("Fighting", &[M23, ARMY], &[]);
    let acled = cells(Layout::Acled, &fight).unwrap();
    assert_eq!(
        ["sub_event_type", "actor1", "actor2", "inter2", "fatalities"].map(&acled),
        ["Armed clash", "M23", "Congolese army", "State forces", "42"]
    );
    let ged = cells(Layout::Ged, &fight).unwrap();
    assert_eq!(
        ["type_of_violence", "side_a", "side_b", "gwnoa", "gwnob", "deaths_unknown"].map(&ged),
        ["1", "M23", "Congolese army", "", "490", "42"]
    );
    // Militias fight for a government, and stand beside its army.
    let militia = r#"{"name": "militia", "country": "COD", "sector": "PRM"}"#;
    let acled = cells(Layout::Acled, &attack("a gun battle", &[ARMY, militia, M23], &[])).unwrap();
    assert_eq!(["actor1", "assoc_actor_1", "actor2"].map(&acled), ["Congolese army", "militia", "M23"]);
    let other = r#"{"name": "ADF", "country": "COD", "sector": "REB"}"#;
    let ged = cells(Layout::Ged, &attack("clashed", &[M23, other], &[])).unwrap();
    assert_eq!(["type_of_violence", "side_a", "side_b"].map(&ged), ["2", "M23", "ADF"]);
    // Those who attack together are no sides, nor do bystanders fight.
    let farmers = r#"{"name": "farmers", "country": "COD", "sector": "AGR"}"#;
    for event in [attack("raid", &[M23, ARMY], &[]), attack("clashed", &[farmers, ARMY], &[])] {
        assert_eq!(cells(Layout::Acled, &event).err(), Some(LeftOut::NoSides));
        assert_eq!(cells(Layout::Ged, &event).err(), Some(LeftOut::NoSides));
    }
}

#[test]
fn who_meets_or_fights_is_a_dyad() {
    let polecat = cells(Layout::Polecat, &attack("Fighting", &[M23, ARMY], &[])).unwrap();
    assert_eq!(["Actor Name", "Recipient Name"].map(&polecat), ["M23", "Congolese army"]);
    let talks = attack("met", &[M23, ARMY], &[]).replace("ASSAULT", "CONSULT");
    let polecat = cells(Layout::Polecat, &talks).unwrap();
    assert_eq!(["Actor Name", "Recipient Name"].map(&polecat), ["M23", "Congolese army"]);
}

#[test]
fn police_against_protesters_are_police() {
    let police = r#"{"name": "Kenyan police", "country": "KEN", "sector": "COP"}"#;
    let students = r#"{"name": "students", "country": "KEN", "sector": "EDU"}"#;
    let event = attack("tear gas", &[police], &[students])
        .replace("\"status\"", "\"modes\": [\"crowd-control\"], \"status\"");
    let acled = cells(Layout::Acled, &event.replace("\"country\": \"COD\"", "\"country\": \"KEN\"")).unwrap();
    assert_eq!(
        ["actor1", "assoc_actor_1", "actor2", "assoc_actor_2", "inter2", "interaction"].map(acled),
        ["Protesters (Kenya)", "students", "Kenyan police", "", "State forces", "State forces-Protesters"]
    );
}

#[test]
fn officials_who_are_killed_are_civilians_to_acled() {
    let mayor = r#"{"name": "mayor of Goma", "country": "COD", "sector": "GOV"}"#;
    let event = attack("shot dead", &[M23], &[mayor]);
    let acled = cells(Layout::Acled, &event).unwrap();
    assert_eq!(
        ["event_type", "sub_event_type", "actor2", "assoc_actor_2", "civilian_targeting"].map(acled),
        [
            "Violence against civilians",
            "Attack",
            "Civilians (Democratic Republic of Congo)",
            "mayor of Goma",
            "Civilian targeting"
        ]
    );
    // A government that is attacked is attacked where it has soldiers.
    let state = mayor.replace("\"sector\"", "\"id\": \"country:COD:GOV\", \"sector\"");
    let acled = cells(Layout::Acled, &attack("attacked", &[M23], &[&state])).unwrap();
    assert_eq!(acled("event_type"), "Battles");
}

#[test]
fn a_town_is_no_district() {
    let near = attack("killed", &[M23], &[ARMY]);
    let district = near.replace("\"text\": \"Goma\"", "\"text\": \"Goma District\"");
    for (layout, column) in [(Layout::Acled, "admin2"), (Layout::Ged, "adm_2"), (Layout::Polecat, "District")]
    {
        assert_eq!(cells(layout, &near).unwrap()(column), "", "{column}");
        assert_eq!(cells(layout, &district).unwrap()(column), "Goma", "{column}");
    }
}

#[test]
fn rows_without_a_day_or_point_are_counted() {
    let record = record();
    let of = |layout| {
        let mut export = Export::new(layout, Form::default(), Vec::new()).unwrap();
        record.events.iter().try_for_each(|event| export.add(&Told::of(&record, event, None))).unwrap();
        let (written, _) = export.finish().unwrap();
        (written.rows, written.undated, written.unplaced)
    };
    // The threat and the attack that lies ahead have neither.
    assert_eq!(of(Layout::GeoJson), (5, 2, 2));
    assert_eq!(of(Layout::Acled), (3, 0, 0));
}

#[test]
fn what_is_left_out_has_a_reason() {
    let event = attack("killed", &[M23], &[ARMY]);
    let of = |layout, event: &str| cells(layout, event).err();
    assert_eq!(of(Layout::Acled, &event.replace("actual", "future")), Some(LeftOut::NotHappened));
    assert_eq!(of(Layout::Acled, &event.replace("ASSAULT", "AID")), Some(LeftOut::OtherKind));
    assert_eq!(of(Layout::Ged, &event.replace("\"min\": 42", "\"min\": 0")), Some(LeftOut::NoDeath));
    assert_eq!(
        of(Layout::Gdelt, &event.replace("\"status\"", "\"cameo\": \"190\", \"status\"")),
        Some(LeftOut::NoDay)
    );
    assert_eq!(of(Layout::Network, &attack("killed", &[M23], &[])), Some(LeftOut::NoSides));
}
