//! What news does to a reader: no text may break it, and the same text gives the same record on any thread.

use casus::ingest::{self, Given};
use casus::{Config, Pipeline, Record};
use std::thread;

const ODD: [&str; 9] = [
    "Gunmen killed five soldiers in Mosul and fled and",
    "GUNMEN KILL FIVE IN MOSUL!!! ??? ... —— 🕊🕊🕊",
    "Боевики attacked a base near Mosul; الجيش said it repelled the assault on Friday.",
    "The rebels\r\nshelled\r\n\r\nMosul.\r\nFive died.\r\n",
    "x",
    "\u{feff}Troops\u{a0}entered\u{2028}Mosul\u{301}.",
    "((((((((((\"\"\"\"''''’’’’",
    "İstanbul’da polis PROTESTERS dispersed with tear gas ŒŒŒ ǅǅ ﬁﬁ ß",
    "Syria said on 31 February 2026 that 99999999999999999999 rebels attacked Aleppo.",
];

fn record(pipeline: &Pipeline, text: &str) -> String {
    let given = Given { published: "2026-03-04".parse().ok(), ..Given::default() };
    let (document, problems) = ingest::text(text.as_bytes(), "odd.txt", &given).expect("odd, but text");
    let reading = pipeline.read(document, problems);
    for event in &reading.events {
        for span in event.mentions.iter().chain([&event.sentence]) {
            assert!(
                reading.document.text.get(span.range()).is_some(),
                "{span:?} cuts a character of {text:?}"
            );
        }
    }
    serde_json::to_string(&Record::new(&reading, pipeline.model_name())).expect("a record is plain data")
}

#[test]
fn odd_texts_are_read_and_every_span_says_what_it_says() {
    let pipeline = Pipeline::new(Config::default()).expect("the embedded resources load");
    let long = "word ".repeat(3000) + &"a".repeat(5000);
    for text in ODD.into_iter().chain([long.as_str()]) {
        let record: serde_json::Value = serde_json::from_str(&record(&pipeline, text)).expect("JSON");
        let shown: Vec<char> = text.trim_start_matches('\u{feff}').chars().collect();
        check_spans(&record, &shown);
    }
}

/// Checks that the `text` of every span of a record is what its code point offsets cover.
fn check_spans(value: &serde_json::Value, text: &[char]) {
    match value {
        serde_json::Value::Object(map) => {
            if let (Some(start), Some(end), Some(words)) = (map.get("start"), map.get("end"), map.get("text"))
                && let (Some(start), Some(end), Some(words)) = (start.as_u64(), end.as_u64(), words.as_str())
            {
                let at = |n: u64| usize::try_from(n).expect("an offset");
                assert_eq!(text[at(start)..at(end)].iter().collect::<String>(), words);
            }
            map.values().for_each(|v| check_spans(v, text));
        }
        serde_json::Value::Array(items) => items.iter().for_each(|v| check_spans(v, text)),
        _ => {}
    }
}

#[test]
fn the_same_bytes_give_the_same_record_on_every_thread() {
    let pipeline = Pipeline::new(Config::default()).expect("the embedded resources load");
    let all = || ODD.iter().map(|t| record(&pipeline, t)).collect::<Vec<_>>();
    let here = all();
    let (one, two) = thread::scope(|scope| {
        let (one, two) = (scope.spawn(all), scope.spawn(all));
        (one.join().expect("no panic"), two.join().expect("no panic"))
    });
    assert_eq!(here, one);
    assert_eq!(here, two);
}
