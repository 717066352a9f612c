//! Properties of linking: symmetric, order-free, idempotent; and what it must not confuse.

use super::*;
use casus_types::record::Record;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

fn frequencies() -> WordFrequencies {
    WordFrequencies::parse(include_str!("../../../../data/rules/word_frequencies.tsv")).unwrap()
}

fn weights() -> Weights {
    Weights::parse(include_str!("../../../../data/rules/incident_weights.tsv")).unwrap()
}

/// Returns the telling of one event: a report's text with the slots that matter, as a record gives them.
fn told(id: &str, published: &str, text: &str, slots: &str) -> Telling {
    let json = format!(
        r#"{{"id": "{id}", "published": "{published}", "events": [{{"id": "{id}#e1",
        "sentence": {{"start": 0, "end": {}}}, {slots}}}]}}"#,
        text.chars().count()
    );
    let record: Record = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"));
    Telling::of_record(&record, text, &frequencies()).remove(0)
}

fn on(day: &str) -> String {
    format!(r#""time": {{"start": "{day}", "end": "{day}", "span": {{"start": 0, "end": 1}}}}"#)
}

const IN_ARVAN: &str = r#""type": "ASSAULT", "places": [{"name": "Arvan", "country": "SYR", "lat": 35.1, "lon": 36.7,
    "precision": "town"}]"#;

/// Reports of one strike in a town, of a strike there the next day, and of a march.
fn week() -> Vec<Telling> {
    let (monday, tuesday) = (on("2026-03-02"), on("2026-03-03"));
    let killed = |n: u64| format!(r#""killed": {{"min": {n}, "max": {n}}}"#);
    vec![
        told(
            "a",
            "2026-03-02",
            "Shells hit the market of Arvan on Monday, killing nine.",
            &format!("{IN_ARVAN}, {monday}, {}", killed(9)),
        ),
        told(
            "b",
            "2026-03-03",
            "The toll of Monday's shelling of Arvan's market rose to 12.",
            &format!("{IN_ARVAN}, {monday}, {}", killed(12)),
        ),
        told(
            "c",
            "2026-03-03",
            "A shell struck a school in Arvan on Tuesday; nobody was hurt.",
            &format!("{IN_ARVAN}, {tuesday}"),
        ),
        told(
            "d",
            "2026-03-04",
            "A school of Arvan was hit by a shell on Tuesday.",
            &format!("{IN_ARVAN}, {tuesday}"),
        ),
        told(
            "e",
            "2026-03-04",
            "Hundreds marched in Arvan on Tuesday against the governor.",
            &format!("{}, {tuesday}", IN_ARVAN.replace("ASSAULT", "PROTEST")),
        ),
        told(
            "f",
            "2026-03-09",
            "A week after the shelling of the market of Arvan, in which 12 died, it opened again.",
            &format!("{IN_ARVAN}, {monday}, {}", killed(12)),
        ),
    ]
}

/// Returns the incidents by the documents of their tellings.
fn documents(tellings: &[Telling], decisions: &Decisions) -> Vec<String> {
    let mut out: Vec<String> = incidents(tellings, &weights(), decisions)
        .iter()
        .map(|group| group.iter().map(|&at| tellings[at].document.as_str()).collect())
        .collect();
    out.sort();
    out
}

#[test]
fn follow_ups_join_and_the_next_day_does_not() {
    assert_eq!(documents(&week(), &Decisions::default()), ["abf", "cd", "e"]);
}

#[test]
fn comparing_is_symmetric() {
    let tellings = week();
    for a in &tellings {
        for b in &tellings {
            assert_eq!(comparable(a, b), comparable(b, a), "{} {}", a.event, b.event);
            let (ab, ba) = (Comparison::new(a, b, &weights()), Comparison::new(b, a, &weights()));
            assert_eq!(ab, ba, "{} {}", a.event, b.event);
        }
    }
}

/// Returns permutations of 0..n: every rotation, forwards and backwards, and some shuffles by a fixed rule.
fn orders(n: usize) -> Vec<Vec<usize>> {
    let mut orders = Vec::new();
    for shift in 0..n {
        let turned: Vec<usize> = (0..n).map(|at| (at + shift) % n).collect();
        orders.push(turned.iter().rev().copied().collect());
        orders.push(turned);
    }
    let mut seed = 7_usize;
    for _ in 0..20 {
        let mut shuffled: Vec<usize> = (0..n).collect();
        for at in (1..n).rev() {
            seed = (seed * 1_103_515_245 + 12_345) % (1 << 31);
            shuffled.swap(at, (seed >> 8) % (at + 1));
        }
        orders.push(shuffled);
    }
    orders
}

/// A list that tellings come into, with the incidents so far by event.
#[derive(Default)]
struct Shelf {
    tellings: Vec<Telling>,
    incident_of: BTreeMap<String, String>,
}

impl Neighbours for Shelf {
    type Error = Infallible;

    fn alike(&mut self, telling: &Telling, weights: &Weights) -> Result<Arc<Vec<Alike>>, Infallible> {
        let others = self.tellings.iter().filter(|other| other.event != telling.event);
        let alike = others.filter_map(|other| {
            Some(Alike { log_odds: likeness(telling, other, weights)?, telling: Arc::new(other.clone()) })
        });
        Ok(Arc::new(alike.collect()))
    }

    fn with_keys(&mut self, events: &[&str]) -> Result<Vec<Arc<Telling>>, Infallible> {
        let known = self.tellings.iter().filter(|t| events.contains(&t.event.as_str()));
        Ok(known.cloned().map(Arc::new).collect())
    }
}

impl Shelf {
    fn take_in(&mut self, new: Vec<Telling>, decisions: &Decisions) {
        for telling in &new {
            self.tellings.retain(|t| t.event != telling.event);
        }
        self.tellings.extend(new.iter().cloned());
        let new: Vec<Arc<Telling>> = new.into_iter().map(Arc::new).collect();
        let Ok(changed) = relink(&new, &[], self, &weights(), decisions);
        for group in changed {
            for event in &group {
                self.incident_of.insert(event.clone(), group[0].clone());
            }
        }
    }
}

fn at_once(tellings: &[Telling], decisions: &Decisions) -> BTreeMap<String, String> {
    let key = |at: usize| tellings[at].event.clone();
    incidents(tellings, &weights(), decisions)
        .iter()
        .flat_map(|group| group.iter().map(|&at| (key(at), key(group[0]))))
        .collect()
}

#[test]
fn neither_the_order_nor_the_size_of_batches_matters() {
    let tellings = week();
    let mut decided = Decisions::default();
    decided.decide("e#e1", "a#e1", true);
    decided.split(["f#e1"], ["a#e1", "b#e1"]);
    for decisions in [Decisions::default(), decided] {
        let expected = at_once(&tellings, &decisions);
        for order in orders(tellings.len()) {
            let shuffled: Vec<Telling> = order.iter().map(|&at| tellings[at].clone()).collect();
            assert_eq!(at_once(&shuffled, &decisions), expected, "{order:?}");
            for batch in 1..=3 {
                let mut shelf = Shelf::default();
                for new in shuffled.chunks(batch) {
                    shelf.take_in(new.to_vec(), &decisions);
                }
                assert_eq!(shelf.incident_of, expected, "{order:?} in batches of {batch}");
            }
        }
    }
}

/// Returns reports of a day of shelling, two of each hit.
fn siege() -> Vec<Telling> {
    let hits = [
        ["Mortar rounds tore up stalls of the fish market.", "Buyers at the fish market fled mortar rounds."],
        [
            "A howitzer wrecked the girls' school before lessons.",
            "The girls' school burned after a howitzer fired.",
        ],
        [
            "Rockets levelled the old bakery by the mill race.",
            "Only an oven is left of the bakery that rockets hit.",
        ],
        [
            "Tank shells broke the railway bridge in two.",
            "No train can cross the railway bridge that tanks shelled.",
        ],
        ["Snipers shot at nurses outside the clinic.", "A nurse said snipers aimed at the clinic's door."],
        [
            "Grenades were thrown into a bus near the stadium.",
            "Grenades blew the windows of a stadium bus out.",
        ],
        ["Drones struck fuel tanks of the power plant.", "The power plant's fuel burned, lit by drones."],
        ["Mines blew up a tractor in the vineyards.", "A tractor hit mines among the vineyards."],
    ];
    let slots = format!("{IN_ARVAN}, {}", on("2026-03-02"));
    let mut tellings = Vec::new();
    for (nth, hit) in hits.iter().enumerate() {
        tellings.push(told(&format!("x{nth}"), "2026-03-02", &format!("Besieged Arvan: {}", hit[0]), &slots));
        tellings.push(told(&format!("y{nth}"), "2026-03-03", &format!("Besieged Arvan: {}", hit[1]), &slots));
    }
    tellings
}

#[test]
fn nor_does_the_order_where_many_acts_are_alike() {
    let tellings = siege();
    let expected = at_once(&tellings, &Decisions::default());
    for order in orders(tellings.len()) {
        let mut shelf = Shelf::default();
        for at in &order {
            shelf.take_in(vec![tellings[*at].clone()], &Decisions::default());
        }
        assert_eq!(shelf.incident_of, expected, "{order:?}");
    }
}

#[test]
fn linking_again_changes_nothing() {
    let mut shelf = Shelf::default();
    shelf.take_in(week(), &Decisions::default());
    let before = shelf.incident_of.clone();
    shelf.take_in(week(), &Decisions::default());
    shelf.take_in(week()[2..4].to_vec(), &Decisions::default());
    assert_eq!(shelf.incident_of, before);
    assert_eq!(shelf.tellings.len(), week().len());
}

#[test]
fn people_have_the_last_word() {
    let tellings = week();
    let mut decisions = Decisions::default();
    decisions.split(["b#e1"], ["a#e1", "f#e1"]);
    assert_eq!(documents(&tellings, &decisions), ["af", "b", "cd", "e"]);
    decisions.merge(["e#e1", "c#e1", "d#e1"]);
    assert_eq!(documents(&tellings, &decisions), ["af", "b", "cde"]);
    decisions.decide("e#e1", "c#e1", false);
    decisions.decide("e#e1", "d#e1", false);
    assert_eq!(documents(&tellings, &decisions), ["af", "b", "cd", "e"], "the later decision counts");
}

#[test]
fn every_weight_has_its_row() {
    let table = include_str!("../../../../data/rules/incident_weights.tsv");
    for feature in Feature::ALL {
        let row = format!("\n{}\t", feature.as_str());
        assert!(table.contains(&row), "{feature}: no row in data/rules/incident_weights.tsv");
    }
}

#[test]
fn deeds_in_lands_far_apart_are_two_incidents() {
    let gunmen = |id: &str, town: &str, place: &str| {
        let text = format!("Gunmen killed 12 people in {town} on Monday, police said.");
        let slots = format!(
            r#""type": "ASSAULT", "modes": ["firearms"], "places": [{{"name": "{town}", {place},
            "precision": "town"}}], {}"#,
            on("2026-03-02")
        );
        told(id, "2026-03-03", &text, &slots)
    };
    let arvan = gunmen("a", "Arvan", r#""country": "SYR", "lat": 35.1, "lon": 36.7"#);
    let sela = gunmen("b", "Sela", r#""country": "NGA", "lat": 9.9, "lon": 8.9"#);
    // A town on the border that one report has on this side of it, the other on that.
    let near = gunmen("c", "Arvan", r#""country": "TUR", "lat": 35.9, "lon": 36.6"#);
    assert!(!comparable(&arvan, &sela) && comparable(&arvan, &near));
    assert_eq!(documents(&[arvan, sela], &Decisions::default()), ["a", "b"]);
}
