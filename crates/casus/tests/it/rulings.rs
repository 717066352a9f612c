//! Every ruling does what its file says, with the real model.

use casus::types::{Document, EventType};
use casus::{Config, Pipeline};

/// Returns the `TYPE mode` of every event that casus finds in a sentence.
fn codes(pipeline: &Pipeline, sentence: &str) -> Vec<(EventType, Vec<&'static str>)> {
    let document = Document {
        id: "example".to_owned(),
        published: "2026-03-04".parse().ok(),
        text: sentence.to_owned(),
        ..Document::default()
    };
    let reading = pipeline.read(document, Vec::new());
    reading
        .events
        .iter()
        .map(|e| (e.kind.value, e.modes.iter().map(|m| m.value.as_str()).collect()))
        .collect()
}

#[test]
fn examples_and_counter_examples_hold() {
    let pipeline = Pipeline::new(Config::default()).expect("the embedded resources load");
    let mut faults = Vec::new();
    for ruling in pipeline.knowledge().rulings.all() {
        if ruling.examples.is_empty() {
            faults.push(format!("{}: has no example", ruling.name));
        }
        for (sentence, expected) in ruling.examples.iter().chain(&ruling.counters) {
            let (kind, mode) =
                expected.split_once(' ').map_or((expected.as_str(), None), |(k, m)| (k, Some(m)));
            let got = codes(&pipeline, sentence);
            let held = if kind == "nothing" {
                got.is_empty()
            } else {
                got.iter().any(|(k, modes)| k.as_str() == kind && mode.is_none_or(|m| modes.contains(&m)))
            };
            if !held {
                faults.push(format!("{}: {sentence:?} is to yield {expected}, gave {got:?}", ruling.name));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
