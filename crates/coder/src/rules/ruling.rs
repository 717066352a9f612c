//! PLOVER's rulings, read from text files.

use crate::Report;
use crate::drafts::Draft;
use crate::rules::WordTable;
use casus_types::{Coded, Confidence, EventType, Evidence, Mode, Span, Status};
use std::fmt;
use std::str::FromStr;

/// One ruling: on which proposals it bears, and what it makes of them.
///
/// A file of `key: value` lines, `#` for comments. `what`, `why` and `reference` are for readers; `example` and
/// `counter` lines (`sentence => TYPE mode`) run as tests. Conditions, all of which must hold:
/// `type`, `mode`, `status` (one of several, separated by spaces), `trigger` (the trigger holds one of these words),
/// `before` (one of these stands right before the trigger, only spaces between),
/// `near` and `not-near` (one of these words stands, or none does, within 60 bytes of the trigger in its sentence).
/// Actions: `set-type`, `set-mode`, `add-mode` (beside the others), `set-status`, `drop: yes`, and `add: TYPE mode` for
/// a second act told by the same words.
/// `phrase` names words that tell of an act of `set-type` even where the network sees none: the ruling then bears on
/// them alone, and the network reads the text around them for who, whom, where and when.
#[derive(Debug, Clone)]
pub struct Ruling {
    /// The file's name without its ending: what `explain` shows.
    pub name: String,
    /// What it rules, one sentence.
    pub what: String,
    /// Sentences with the `TYPE mode` that they must yield.
    pub examples: Vec<(String, String)>,
    /// Sentences that look alike and must yield something else.
    pub counters: Vec<(String, String)>,
    types: Vec<EventType>,
    modes: Vec<Mode>,
    statuses: Vec<Status>,
    phrase: Option<WordTable>,
    trigger: Option<WordTable>,
    before: Vec<String>,
    near: Option<WordTable>,
    not_near: Option<WordTable>,
    set_type: Option<EventType>,
    set_mode: Option<Mode>,
    add_mode: Option<Mode>,
    set_status: Option<Status>,
    drop: bool,
    add: Option<(EventType, Option<Mode>)>,
}

/// All rulings, in the order of their names.
#[derive(Debug, Clone, Default)]
pub struct Rulings(Vec<Ruling>);

/// A ruling that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulingsError {
    /// The file.
    pub file: String,
    /// The line, from 1; 0 for the whole file.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for RulingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

impl std::error::Error for RulingsError {}

/// Bytes from a trigger within which `near` looks.
const NEAR: u32 = 60;

impl Rulings {
    /// Reads rulings: pairs of file name and text.
    ///
    /// # Errors
    /// Where a key or a value is unknown, or a ruling does nothing.
    pub fn parse<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, RulingsError> {
        let mut rulings =
            files.into_iter().map(|(name, text)| ruling(name, text)).collect::<Result<Vec<_>, _>>()?;
        rulings.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self(rulings))
    }

    /// Returns every ruling.
    #[must_use]
    pub fn all(&self) -> &[Ruling] {
        &self.0
    }

    /// Adds rulings to these; one of the same name takes the other's place.
    pub fn extend(&mut self, more: Self) {
        for ruling in more.0 {
            self.0.retain(|r| r.name != ruling.name);
            self.0.push(ruling);
        }
        self.0.sort_by(|a, b| a.name.cmp(&b.name));
    }

    /// Returns the words of a text that rulings call an act whatever the network sees, with its type, in text order.
    #[must_use]
    pub fn told(&self, text: &str) -> Vec<(Span, EventType)> {
        let mut out = Vec::new();
        for ruling in &self.0 {
            let (Some(phrase), Some(kind)) = (&ruling.phrase, ruling.set_type) else { continue };
            out.extend(
                phrase
                    .find(text, Span::new(0, text.len()))
                    .into_iter()
                    .map(|(_, span)| span)
                    .filter(|&span| ruling.holds_around(text, span))
                    .map(|span| (span, kind)),
            );
        }
        out.sort();
        out.dedup_by_key(|told| told.0);
        out
    }

    /// Applies every ruling to every draft, in order.
    pub(crate) fn apply(&self, report: &Report, drafts: &mut Vec<Draft>) {
        let mut added = Vec::new();
        for draft in drafts.iter_mut() {
            for ruling in &self.0 {
                if let Some(evidence) = ruling.bears_on(report, draft) {
                    added.extend(ruling.act(draft, evidence));
                }
            }
        }
        for act in added {
            let told = drafts.iter().any(|d| {
                !d.dropped
                    && d.kind.value == act.kind.value
                    && d.triggers.iter().any(|t| act.triggers.contains(t))
            });
            if !told {
                drafts.push(act);
            }
        }
    }
}

impl Ruling {
    /// Tells whether the conditions on neighbouring words hold around words that are not yet known for an act.
    fn holds_around(&self, text: &str, span: Span) -> bool {
        let reach = NEAR as usize;
        let from = text.floor_char_boundary((span.start as usize).saturating_sub(reach));
        let to = text.ceil_char_boundary((span.end as usize + reach).min(text.len()));
        let near = |table: &WordTable| !table.find(text, Span::new(from, to)).is_empty();
        (self.before.is_empty() || self.before.iter().any(|w| stands_before(text, span, w)))
            && self.near.as_ref().is_none_or(near)
            && !self.not_near.as_ref().is_some_and(near)
    }

    /// Returns the words on which the ruling bears, none where it does not.
    fn bears_on(&self, report: &Report, draft: &Draft) -> Option<Span> {
        let holds = (self.types.is_empty() || self.types.contains(&draft.kind.value))
            && (self.modes.is_empty() || draft.modes.iter().any(|m| self.modes.contains(&m.value)))
            && (self.statuses.is_empty() || self.statuses.contains(&draft.status.value));
        if !holds || draft.dropped {
            return None;
        }
        draft.triggers.iter().find_map(|&id| {
            let trigger = report.analysis.trigger(id).span;
            let sentence = report.analysis.sentences[report.analysis.sentence_of(trigger)];
            let mut evidence = trigger;
            if let Some(table) = &self.phrase {
                evidence = table.find(report.text(), trigger).first()?.1;
            }
            if let Some(table) = &self.trigger {
                evidence = table.find(report.text(), trigger).first()?.1;
            }
            if !self.before.is_empty()
                && !self.before.iter().any(|w| stands_before(report.text(), trigger, w))
            {
                return None;
            }
            let near = |table: &WordTable| {
                let found = table.find(report.text(), sentence);
                found.into_iter().map(|(_, span)| span).find(|s| s.distance(trigger) <= NEAR)
            };
            if let Some(table) = &self.near {
                evidence = evidence.cover(near(table)?);
            }
            if self.not_near.as_ref().is_some_and(|table| near(table).is_some()) {
                return None;
            }
            Some(evidence)
        })
    }

    /// Changes the draft; returns the act that the ruling adds.
    fn act(&self, draft: &mut Draft, span: Span) -> Option<Draft> {
        let made_by = format!("rules/{}", self.name);
        let evidence = Evidence::read(span, made_by);
        if let Some(kind) = self.set_type {
            draft.kind = Coded::new(kind, evidence.clone(), draft.kind.confidence);
            draft.modes.retain(|m| kind.modes().contains(&m.value));
        }
        if let Some(mode) = self.set_mode {
            draft.modes = vec![Coded::new(mode, evidence.clone(), Confidence::new(0.9))];
        }
        if let Some(mode) = self.add_mode.filter(|m| draft.modes.iter().all(|known| known.value != *m)) {
            draft.modes.push(Coded::new(mode, evidence.clone(), Confidence::new(0.9)));
        }
        if let Some(status) = self.set_status {
            draft.status = Coded::new(status, evidence.clone(), draft.status.confidence);
        }
        draft.dropped |= self.drop;
        self.add.map(|(kind, mode)| Draft {
            kind: Coded::new(kind, evidence.clone(), draft.kind.confidence),
            modes: mode.into_iter().map(|m| Coded::new(m, evidence.clone(), Confidence::new(0.9))).collect(),
            ..draft.clone()
        })
    }
}

/// Tells whether a word or phrase stands right before a trigger.
fn stands_before(text: &str, trigger: Span, words: &str) -> bool {
    let start = trigger.start as usize;
    let from =
        text[..start].char_indices().rev().take(words.chars().count() + 4).last().map_or(start, |(at, _)| at);
    let lower = text[from..start].to_lowercase();
    let Some(rest) = lower.trim_end().strip_suffix(words) else { return false };
    rest.chars().next_back().is_none_or(|c| !c.is_alphanumeric())
}

fn ruling(name: &str, text: &str) -> Result<Ruling, RulingsError> {
    let fault = |line: usize, what: String| RulingsError { file: name.to_owned(), line, what };
    let mut out = Ruling {
        name: name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned(),
        what: String::new(),
        examples: Vec::new(),
        counters: Vec::new(),
        types: Vec::new(),
        modes: Vec::new(),
        statuses: Vec::new(),
        phrase: None,
        trigger: None,
        before: Vec::new(),
        near: None,
        not_near: None,
        set_type: None,
        set_mode: None,
        add_mode: None,
        set_status: None,
        drop: false,
        add: None,
    };
    for (at, line) in text.lines().enumerate().map(|(i, l)| (i + 1, l.trim())) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (key, value) = line
            .split_once(':')
            .map(|(k, v)| (k.trim(), v.trim()))
            .ok_or_else(|| fault(at, "not a line of `key: value`".to_owned()))?;
        let words = || Some(WordTable::parse(value));
        let sentence = || {
            value
                .split_once("=>")
                .map(|(s, code)| (s.trim().to_owned(), code.trim().to_owned()))
                .ok_or_else(|| fault(at, "not `sentence => TYPE mode`".to_owned()))
        };
        match key {
            "what" => value.clone_into(&mut out.what),
            "why" | "reference" => {}
            "example" => out.examples.push(sentence()?),
            "counter" => out.counters.push(sentence()?),
            "type" => out.types = several(value).map_err(|e| fault(at, e))?,
            "mode" => out.modes = several(value).map_err(|e| fault(at, e))?,
            "status" => out.statuses = several(value).map_err(|e| fault(at, e))?,
            "trigger" => out.trigger = words(),
            "phrase" => out.phrase = words(),
            "before" => out.before = value.split('|').map(|w| w.trim().to_lowercase()).collect(),
            "near" => out.near = words(),
            "not-near" => out.not_near = words(),
            "set-type" => out.set_type = Some(one(value).map_err(|e| fault(at, e))?),
            "set-mode" => out.set_mode = Some(one(value).map_err(|e| fault(at, e))?),
            "add-mode" => out.add_mode = Some(one(value).map_err(|e| fault(at, e))?),
            "set-status" => out.set_status = Some(one(value).map_err(|e| fault(at, e))?),
            "drop" => out.drop = value == "yes",
            "add" => {
                let (kind, mode) = value.split_once(' ').map_or((value, None), |(k, m)| (k, Some(m)));
                let mode = mode.map(|m| one(m.trim())).transpose().map_err(|e| fault(at, e))?;
                out.add = Some((one(kind).map_err(|e| fault(at, e))?, mode));
            }
            _ => return Err(fault(at, format!("no key is called {key:?}"))),
        }
    }
    let acts = out.set_type.is_some()
        || out.set_mode.is_some()
        || out.add_mode.is_some()
        || out.set_status.is_some()
        || out.drop
        || out.add.is_some();
    if out.what.is_empty() || !acts {
        return Err(fault(0, "a ruling needs `what` and an action".to_owned()));
    }
    if out.phrase.is_some() && out.set_type.is_none() {
        return Err(fault(
            0,
            "a ruling with `phrase` needs `set-type`: of which type are these acts?".to_owned(),
        ));
    }
    Ok(out)
}

fn one<T: FromStr>(value: &str) -> Result<T, String>
where
    T::Err: fmt::Display,
{
    value.parse().map_err(|e: T::Err| e.to_string())
}

fn several<T: FromStr>(value: &str) -> Result<Vec<T>, String>
where
    T::Err: fmt::Display,
{
    value.split_whitespace().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_ruling_and_names_its_faults() {
        let text = "what: a test\ntype: ACCUSE\ntrigger: warrant\nset-type: THREATEN\nexample: A warrant. => THREATEN";
        let rulings = Rulings::parse([("warrant.rule", text)]).unwrap();
        assert_eq!(rulings.all()[0].name, "warrant");
        assert_eq!(rulings.all()[0].examples[0].1, "THREATEN");
        let error = Rulings::parse([("x.rule", "what: x\nset-type: FIGHT")]).unwrap_err();
        assert_eq!(error.to_string(), "x.rule:2: no event type is called \"FIGHT\"");
        assert!(Rulings::parse([("x.rule", "what: does nothing")]).is_err());
        assert!(Rulings::parse([("x.rule", "colour: red")]).is_err());
    }

    #[test]
    fn a_phrase_tells_of_an_act_where_its_conditions_hold() {
        let rule = "what: a test\nphrase: lay siege|laid siege\nset-type: COERCE\nnot-near: chess";
        let rulings = Rulings::parse([("siege.rule", rule)]).unwrap();
        let told =
            |text: &str| rulings.told(text).iter().map(|t| t.0.slice(text).to_owned()).collect::<Vec<_>>();
        assert_eq!(told("Rebels laid siege to Velm."), ["laid siege"]);
        assert!(told("In chess she laid siege to his king.").is_empty());
        let error = Rulings::parse([("x.rule", "what: x\nphrase: laid siege\nadd-mode: seize")]).unwrap_err();
        assert!(error.to_string().contains("set-type"), "{error}");
    }

    #[test]
    fn a_ruling_of_the_same_name_takes_the_place() {
        let rule = |what: &str| format!("what: {what}\ndrop: yes");
        let mut rulings = Rulings::parse([("a.rule", rule("old").as_str())]).unwrap();
        rulings.extend(
            Rulings::parse([("a.rule", rule("new").as_str()), ("b.rule", rule("b").as_str())]).unwrap(),
        );
        let whats: Vec<&str> = rulings.all().iter().map(|r| r.what.as_str()).collect();
        assert_eq!(whats, ["new", "b"]);
    }
}
