//! The evaluation as people and programs read it.

use super::{Evaluation, WrongEvent};
use serde_json::{Map, Value, json};
use std::fmt::Write;

impl Evaluation {
    /// Returns the table of figures, in per cent.
    #[must_use]
    pub fn table(&self) -> String {
        let mut lines = vec![
            format!("{} documents, {} without output", self.documents, self.without_output.len()),
            format!("{:12}{:>7}{:>7}{:>7}{:>7}{:>7}", "", "P", "R", "F1", "gold", "pred"),
        ];
        lines.extend(self.tallies().map(|(name, tally)| format!("{name:12}{}", tally.columns())));
        lines.push(String::new());
        lines.extend(self.rates().map(|(name, rate)| format!("{name:12} {}", rate.words())));
        lines.push(String::new());
        lines.extend(self.types.iter().map(|(name, tally)| format!("{name:12}{}", tally.columns())));
        lines.join("\n") + "\n"
    }

    /// Returns the figures as one JSON object, in per cent with one decimal.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut figures = Map::new();
        figures.insert("documents".to_owned(), json!(self.documents));
        figures.insert("without output".to_owned(), json!(self.without_output.len()));
        for (name, tally) in self.tallies() {
            figures.insert(name.to_owned(), tally.to_json());
        }
        for (name, rate) in self.rates() {
            figures.insert(name.to_owned(), rate.to_json());
        }
        let types: Map<String, Value> =
            self.types.iter().map(|(name, tally)| ((*name).to_owned(), tally.to_json())).collect();
        figures.insert("types".to_owned(), types.into());
        figures.into()
    }

    /// Returns what went wrong as a text: the words around each event, then the slots that differ.
    #[must_use]
    pub fn errors(&self) -> String {
        let mut text = String::new();
        for wrong in &self.wrong {
            text += &wrong.head();
            let [before, trigger, after] = &wrong.around;
            let line = format!("{before}[{trigger}]{after}").split_whitespace().collect::<Vec<_>>().join(" ");
            writeln!(text, "    …{line}…").expect("writing to a string cannot fail");
            for fault in &wrong.faults {
                let or_none = |words: &str| if words.is_empty() { "none" } else { words }.to_owned();
                let (gold, predicted) = (or_none(&fault.gold), or_none(&fault.predicted));
                writeln!(text, "    {:11} gold {gold}; predicted {predicted}", fault.slot)
                    .expect("writing to a string cannot fail");
            }
        }
        text
    }
}

impl WrongEvent {
    fn head(&self) -> String {
        match (self.gold, self.predicted) {
            (Some(gold), None) => format!("{}: missed {gold}\n", self.document),
            (None, Some(predicted)) => format!("{}: wrong {predicted}\n", self.document),
            (Some(gold), Some(predicted)) if gold == predicted => format!("{}: {gold}\n", self.document),
            (gold, predicted) => {
                let name = |kind: Option<_>| {
                    kind.map_or_else(String::new, |k: casus_types::EventType| k.to_string())
                };
                format!("{}: {} as {}\n", self.document, name(gold), name(predicted))
            }
        }
    }
}
