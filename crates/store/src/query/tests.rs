use super::*;

#[track_caller]
fn reads(query: &str, expected: &str) {
    let read = Query::parse(query).unwrap_or_else(|fault| panic!("{query}: {fault}\n{}", fault.pointed()));
    assert_eq!(read.to_string(), expected);
    // What is written from it is read as the same again.
    let again = Query::parse(expected).unwrap();
    let filters = |q: &Query| q.terms.iter().map(|t| (t.negated, t.filter.clone())).collect::<Vec<_>>();
    assert_eq!(filters(&again), filters(&read));
}

#[track_caller]
fn refuses(query: &str, words: &str, message: &str, hint: &str) {
    let fault = Query::parse(query).unwrap_err();
    let span = fault.span.start as usize..fault.span.end as usize;
    assert_eq!((&query[span], fault.message.as_str()), (words, message));
    assert!(fault.hint.contains(hint), "{}", fault.hint);
}

#[test]
fn queries_are_read() {
    reads("", "");
    reads("Type:assault,COERCE -mode:HEAVY_WEAPONS", "type:ASSAULT,COERCE -mode:heavy-weapons");
    reads("actor:\"Kataib Hezbollah\",Hezb*,=Fatah", "actor:\"Kataib Hezbollah\",Hezb*,=Fatah");
    reads("since:2021-01 until:2021", "since:2021-01-01 until:2021-12-31");
    reads("date:2021-02,2022..", "date:2021-02-01..2021-02-28,2022-01-01..");
    reads(
        "killed:>=5 injured:5..9 abducted:any score:<-2.5",
        "killed:>=5 injured:5..9 abducted:any score:<-2.5",
    );
    reads("near:33.30,44.4,50", "near:33.3,44.4,50");
    reads("drone -\"car bomb\" 12:30", "text:drone -text:\"car bomb\" text:\"12:30\"");
    reads("source:unnamed,\"unnamed\",author", "source:unnamed,\"unnamed\",author");
    reads("quad:4,1", "quad:4,1");
    reads("incident:any -incident:x,y", "incident:any -incident:x,y");
    reads("country:irq sector:reb", "country:IRQ sector:REB");
    reads(
        "country:Iraq,sy actor_country:Iranian who_country:\"South Korea\"",
        "country:IRQ,SYR actor_country:IRN who_country:KOR",
    );
    reads("country:=xnl", "country:=XNL");
}

#[test]
fn every_example_is_read_and_every_key_is_its_own() {
    for (n, key) in KEYS.iter().enumerate() {
        let query = Query::parse(key.example).unwrap();
        reads(key.example, &query.to_string());
        assert!(key.name == "text" || !matches!(query.terms[0].filter, Filter::Text(_)), "{}", key.name);
        assert!(key.example.starts_with(&format!("{}:", key.name)));
        assert!(KEYS[..n].iter().all(|other| other.name != key.name));
    }
}

#[test]
fn what_cannot_be_read_is_told_with_its_place() {
    refuses("type:ASSAULT contry:IRQ", "contry", "no filter is called \"contry\"", "did you mean country:");
    refuses("target:x", "target", "no filter is called \"target\"", "did you mean recipient:");
    refuses("xyzzy:x", "xyzzy", "no filter is called \"xyzzy\"", "keys are type, mode,");
    refuses("type:ASSAULT,ASAULT", "ASAULT", "no type is called \"ASAULT\"", "did you mean type:ASSAULT");
    refuses("status:done", "done", "no status is called \"done\"", "actual, future, hypothetical, negated");
    refuses(
        "country:Irak",
        "Irak",
        "no country is called \"Irak\"",
        "did you mean country:Iran or country:Iraq ?",
    );
    refuses("country:Ruritania", "Ruritania", "no country is called \"Ruritania\"", "Iraq, iq or IRQ");
    refuses("country:xqz", "xqz", "no country is called \"xqz\"", "country:=XQZ");
    refuses("country:Ira*", "Ira*", "no country is called \"Ira\"", "");
    refuses("since:soon", "soon", "\"soon\" is no day, month or year", "2021-03");
    refuses("since:2021,2022", "since:2021,2022", "more than one bound", "one day");
    refuses("date:2022..2021", "2022..2021", "it ends before it begins", "earlier");
    refuses("killed:many", "many", "\"many\" is no whole number and no range of them", ">=5");
    refuses("near:33,44", "near:33,44", "a circle has a latitude, a longitude and kilometres", "near:");
    refuses("near:133,44,5", "133", "\"133\" is no latitude from -90 to 90", "near:");
    refuses("\"a", "\"a", "a quotation that does not end", "close it");
    refuses("text:=x", "=x", "= asks for a whole name, and a text has none", "leave out");
    refuses("actor:!", "!", "no letter or digit to look for", "write a word");
}

#[test]
fn a_shell_takes_quotation_marks_away() {
    for (arguments, expected) in [
        (&["type:ASSAULT", "actor:Kataib Hezbollah"][..], "type:ASSAULT actor:\"Kataib Hezbollah\""),
        (&["-actor:Kataib Hezbollah,=Al Fatah"], "-actor:\"Kataib Hezbollah\",=\"Al Fatah\""),
        (&["type:ASSAULT actor:\"Kataib Hezbollah\""], "type:ASSAULT actor:\"Kataib Hezbollah\""),
        (&["actor:Hezbollah place:Arvan"], "actor:Hezbollah place:Arvan"),
        (&["actor:Hezbollah -place:Arvan"], "actor:Hezbollah -place:Arvan"),
        (&["drone strike"], "text:drone text:strike"),
    ] {
        assert_eq!(Query::of_arguments(arguments).unwrap().to_string(), expected);
    }
}

#[test]
fn no_text_is_too_odd() {
    // Pieces that mean something, in every order that chance gives.
    let pieces = [
        "type", ":", ",", "\"", "“", "-", "\u{2212}", "=", "*", " ", "\\", "a", "é", "🕊", "actor:", "near:",
        "killed:", "..", ">", "5", "since:", "2021-0", "\n", "\0", "source:",
    ];
    let mut seed = 7_u64;
    for _ in 0..20_000 {
        let mut query = String::new();
        for _ in 0..seed % 9 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            query += pieces[(seed >> 33) as usize % pieces.len()];
        }
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        match Query::parse(&query) {
            Ok(read) => reads(&query, &read.to_string()),
            Err(fault) => {
                assert!(query.get(fault.span.start as usize..fault.span.end as usize).is_some(), "{query:?}");
                assert!(!fault.hint.is_empty());
            }
        }
    }
}

#[test]
fn the_guide_has_every_key() {
    let guide = include_str!("../../../../docs/guide/query.md");
    for key in KEYS {
        let row = format!("| `{}` | {} | `{}` |\n", key.name, key.what, key.example);
        assert!(guide.contains(&row), "docs/guide/query.md lacks the row\n{row}");
    }
}
