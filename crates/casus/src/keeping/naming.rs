//! What a reviewer means who gives a name alone: what is known of it.

use crate::actors::{ActorContext, OwnActors, resolve};
use crate::pipeline::{self, PipelineError};
use crate::resources;
use crate::types::record::{RecordEvent, RecordParticipant, RecordPlace};
use crate::types::{Country, Span};
use casus_coder::actors::ActorTable;
use casus_coder::places::{self, Gazetteer, Toponym};
use casus_store::StoreError;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Those who are known by name, and the places that are.
#[derive(Debug)]
pub struct Names {
    actors: ActorTable,
    gazetteer: Gazetteer,
}

impl Names {
    /// Reads the built-in tables, with a folder of actor tables before them and a gazetteer in place of the built-in one.
    ///
    /// # Errors
    /// Where one of them cannot be read.
    pub fn read(actors: Option<&Path>, gazetteer: Option<PathBuf>) -> Result<Self, PipelineError> {
        let actors = OwnActors::read(actors)?.table().map_err(PipelineError::Actors)?;
        Ok(Self { actors, gazetteer: pipeline::gazetteer(gazetteer)? })
    }

    /// Returns a correction of an event with what is known of each name that stands alone in it: of one that the event has
    /// what it has there, else what the tables have on its day. Other values are returned as they are.
    ///
    /// # Errors
    /// Where a weapon is of no kind that casus knows.
    pub fn told(&self, event: &RecordEvent, slot: &str, value: &Value) -> Result<Value, StoreError> {
        let one = |value: &Value| match (slot, value) {
            ("actors" | "recipients", Value::String(name)) => Ok(json(&self.participant(event, name))),
            ("places", Value::String(name)) => Ok(json(&self.place(event, name))),
            ("weapons", Value::String(kind)) => weapon(kind),
            (_, other) => Ok(other.clone()),
        };
        match value {
            Value::Array(values) => values.iter().map(one).collect::<Result<_, _>>().map(Value::Array),
            value => one(value),
        }
    }

    fn participant(&self, event: &RecordEvent, name: &str) -> RecordParticipant {
        let mut there = event.actors.iter().chain(&event.recipients);
        if let Some(known) = there.find(|who| who.name.as_deref().is_some_and(|known| same(known, name))) {
            return known.clone();
        }
        let countries: Vec<(Country, f32)> = event
            .places
            .iter()
            .find_map(|place| place.country)
            .into_iter()
            .map(|country| (country, 1.0))
            .collect();
        let published = event.time.as_ref().map(|time| time.start);
        let context =
            ActorContext { text: name, published, countries: &countries, ..ActorContext::default() };
        let who = resolve(&self.actors, Span::new(0, name.len()), &context).value;
        RecordParticipant {
            name: Some(who.name),
            country: who.country,
            sector: who.sector,
            id: who.id,
            span: None,
        }
    }

    fn place(&self, event: &RecordEvent, name: &str) -> RecordPlace {
        let mut there = event.places.iter();
        if let Some(known) = there.find(|place| place.name.as_deref().is_some_and(|known| same(known, name)))
        {
            return known.clone();
        }
        let nearby: Vec<(usize, Country)> = event
            .places
            .iter()
            .find_map(|place| place.country)
            .map(|country| (0, country))
            .into_iter()
            .collect();
        let toponym = Toponym { span: Span::new(0, name.len()) };
        let hints = places::scan(&self.gazetteer, name);
        let found = places::resolve_among(&self.gazetteer, name, &[toponym], &hints, &nearby)
            .into_iter()
            .flatten()
            .next();
        let Some(place) = found.map(|found| found.value).filter(|place| place.point.is_some()) else {
            // A country that a name without a place in the gazetteer would get from its surroundings is none of its own.
            return RecordPlace {
                name: Some(name.to_owned()),
                country: None,
                admin1: None,
                geonameid: None,
                lat: None,
                lon: None,
                precision: None,
                span: None,
            };
        };
        RecordPlace {
            name: Some(place.name),
            country: place.country,
            admin1: place.admin1,
            geonameid: place.geonameid,
            lat: place.point.map(|(lat, _)| lat),
            lon: place.point.map(|(_, lon)| lon),
            precision: Some(place.precision),
            span: None,
        }
    }
}

fn json(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("names have string keys and finite numbers")
}

fn same(one: &str, other: &str) -> bool {
    places::key(one) == places::key(other)
}

/// Returns a kind of weapon, else tells which kind a word is of.
fn weapon(written: &str) -> Result<Value, StoreError> {
    let table = resources::WEAPONS;
    let rows = table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    // The words of "-" are of no kind.
    let kinds: Vec<(&str, &str)> = rows.filter(|(kind, _)| *kind != "-").collect();
    if kinds.iter().any(|(kind, _)| *kind == written) {
        return Ok(Value::from(written));
    }
    let of_word = kinds.iter().find(|(kind, words)| {
        same(kind, written) || words.split('|').any(|word| word.eq_ignore_ascii_case(written))
    });
    let why = if let Some((kind, _)) = of_word {
        format!("no kind is called {written:?}; did you mean {kind}?")
    } else {
        let kinds: Vec<&str> = kinds.iter().map(|(kind, _)| *kind).collect();
        format!("no kind is called {written:?}; there are {}", kinds.join(", "))
    };
    Err(StoreError::Correction("weapons".to_owned(), why))
}

#[cfg(test)]
mod tests {
    use super::Names;
    use crate::types::record::RecordEvent;
    use serde_json::{Value, json};

    fn event() -> RecordEvent {
        serde_json::from_value(json!({
            "id": "a#e1", "type": "ASSAULT", "status": "actual",
            "actors": [{"name": "Gunmen", "country": "COL", "sector": "UAF"}],
            "places": [{"name": "Cali", "country": "COL", "lat": 3.4, "lon": -76.5, "precision": "town"}],
        }))
        .unwrap()
    }

    #[test]
    fn a_name_alone_has_what_is_known_of_it() {
        let names = Names::read(None, None).unwrap();
        let told = |slot: &str, value: Value| names.told(&event(), slot, &value).unwrap();
        let known = told("recipients", json!("gunmen"));
        assert_eq!((&known["country"], &known["sector"]), (&json!("COL"), &json!("UAF")));
        let known = told("actors", json!(["Hezbollah"]));
        assert_eq!((&known[0]["country"], &known[0]["sector"]), (&json!("LBN"), &json!("REB")));
        let known = told("places", json!("Popayán"));
        assert_eq!((&known["country"], &known["precision"]), (&json!("COL"), &json!("town")));
        assert!((known["lat"].as_f64().unwrap() - 2.44).abs() < 0.1, "{known}");
        assert_eq!(told("places", json!("Cali"))["lat"], json!(3.4));
        // What nobody knows is a name without a point; what is written out stays as it is.
        assert_eq!(told("places", json!("Xyzzyq"))["lat"], Value::Null);
        assert_eq!(told("actors", json!({"name": "Hezbollah"})), json!({"name": "Hezbollah"}));
        assert_eq!(told("killed", json!("3..7")), json!("3..7"));
    }

    #[test]
    fn weapons_are_of_known_kinds() {
        let names = Names::read(None, None).unwrap();
        let told =
            |kind: &str| names.told(&event(), "weapons", &json!(kind)).map_err(|error| error.to_string());
        assert_eq!(told("firearm"), Ok(json!("firearm")));
        assert_eq!(
            told("gun"),
            Err("cannot set weapons: no kind is called \"gun\"; did you mean firearm?".to_owned())
        );
        assert!(told("laser").unwrap_err().contains("; there are drone, missile, "));
    }
}
