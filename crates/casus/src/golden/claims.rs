//! What a golden line claims about an event.

use casus_types::record::{
    RecordEvent, RecordNumber, RecordParticipant, RecordSource, RecordSpan, RecordTime,
};
use casus_types::{Country, EventType, Sector, Stance, Status, actor_code};
use std::fmt;

/// The claims that a line may make, with whether their values are words in quotes.
const SLOTS: [(&str, bool); 20] = [
    ("mode", false),
    ("status", false),
    ("actor", true),
    ("recipient", true),
    ("place", true),
    ("when", false),
    ("count", false),
    ("killed", false),
    ("injured", false),
    ("detained", false),
    ("displaced", false),
    ("abducted", false),
    ("weapon", true),
    ("says", true),
    ("alleges", true),
    ("believes", true),
    ("denies", true),
    ("confirms", true),
    ("link", true),
    ("told", true),
];

/// An event as a golden line tells of it.
#[derive(Debug, Clone)]
pub(super) struct GoldenEvent {
    kind: EventType,
    claims: Vec<Claim>,
}

/// That a slot has a value. A value may be put in several ways, the fullest first: `Northland [NOR GOV]`, `Northland`.
#[derive(Debug, Clone)]
struct Claim {
    slot: String,
    values: Vec<String>,
}

impl GoldenEvent {
    /// Returns the event that a line tells of.
    pub(super) fn parse(line: &str) -> Result<Self, String> {
        let line = line.trim();
        let (kind, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let kind = kind.parse().map_err(|error: casus_types::ontology::UnknownName| error.to_string())?;
        let mut claims = Vec::new();
        for (slot, value) in pairs(rest)? {
            if !SLOTS.iter().any(|&(known, _)| known == slot) {
                return Err(format!("an event has no {slot:?}"));
            }
            claims.push(Claim { slot, values: vec![value] });
        }
        Ok(Self { kind, claims })
    }

    /// Returns all that can be claimed about an event of a record.
    pub(super) fn of(event: &RecordEvent) -> Self {
        let mut claims = Vec::new();
        let mut claim =
            |slot: &str, values: Vec<String>| claims.push(Claim { slot: slot.to_owned(), values });
        for mode in &event.modes {
            claim("mode", vec![mode.to_string()]);
        }
        if event.status != Status::Actual {
            claim("status", vec![event.status.to_string()]);
        }
        for actor in &event.actors {
            claim("actor", participant(actor));
        }
        for recipient in &event.recipients {
            claim("recipient", participant(recipient));
        }
        for place in &event.places {
            claim("place", named(place.name.as_deref(), place.span.as_ref(), place.country, None));
        }
        if let Some(RecordTime { start, end, .. }) = event.time {
            claim("when", vec![if start == end { start.to_string() } else { format!("{start}..{end}") }]);
        }
        for (slot, number) in [
            ("count", &event.count),
            ("killed", &event.killed),
            ("injured", &event.injured),
            ("detained", &event.detained),
            ("displaced", &event.displaced),
            ("abducted", &event.abducted),
        ] {
            claim_number(slot, number.as_ref(), &mut claim);
        }
        for weapon in &event.weapons {
            claim("weapon", vec![weapon.kind.clone()]);
        }
        for source in &event.sources {
            if let RecordSource::Named(named_source) = source {
                let slot = match named_source.stance {
                    Stance::States => "says",
                    stance => stance.as_str(),
                };
                let (country, sector) = (named_source.country, named_source.sector);
                claim(slot, named(named_source.name.as_deref(), named_source.span.as_ref(), country, sector));
            }
        }
        for link in &event.links {
            let number = link.event.rsplit_once("#e").map_or(link.event.as_str(), |(_, number)| number);
            claim("link", vec![format!("{} {number}", link.relation)]);
        }
        if let Some(words) = event.mentions.first().and_then(|m| m.text.clone()) {
            claim("told", vec![words]);
        }
        Self { kind: event.kind, claims }
    }

    /// Tells whether another event has this type and all that is claimed here.
    pub(super) fn holds_for(&self, other: &Self) -> bool {
        let holds = |claim: &Claim| {
            let same_slot = other.claims.iter().filter(|c| c.slot == claim.slot);
            let silent_actual = claim.slot == "status"
                && claim.values == ["actual"]
                && !other.claims.iter().any(|c| c.slot == "status");
            silent_actual || same_slot.flat_map(|c| &c.values).any(|value| claim.values.contains(value))
        };
        self.kind == other.kind && self.claims.iter().all(holds)
    }
}

impl fmt::Display for GoldenEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        for Claim { slot, values } in &self.claims {
            let value = values.first().map_or("", String::as_str);
            let quoted = SLOTS.iter().any(|&(known, quoted)| known == slot && quoted);
            if quoted { write!(f, "  {slot} \"{value}\"")? } else { write!(f, "  {slot} {value}")? }
        }
        Ok(())
    }
}

fn claim_number(slot: &str, number: Option<&RecordNumber>, claim: &mut impl FnMut(&str, Vec<String>)) {
    if let Some(RecordNumber { min, max, .. }) = number {
        let value = match max {
            Some(max) if max == min => max.to_string(),
            Some(max) => format!("{min}..{max}"),
            None => format!("{min}.."),
        };
        claim(slot, vec![value]);
    }
}

fn participant(who: &RecordParticipant) -> Vec<String> {
    named(who.name.as_deref(), who.span.as_ref(), who.country, who.sector)
}

/// Returns the ways to name somebody or some place: the report's words, the name, each with and without the code.
fn named(
    name: Option<&str>,
    span: Option<&RecordSpan>,
    country: Option<Country>,
    sector: Option<Sector>,
) -> Vec<String> {
    let code = match (country, sector) {
        (None, None) => String::new(),
        _ => format!(" [{}]", actor_code(country, sector)),
    };
    let words =
        span.and_then(|s| s.text.as_deref()).map(|w| w.split_whitespace().collect::<Vec<_>>().join(" "));
    let names = [words, name.map(str::to_owned)];
    let mut values = Vec::new();
    for name in names.into_iter().flatten().map(|n| n.replace('"', "'")) {
        values.push(format!("{name}{code}"));
        values.push(name);
    }
    values
}

/// Returns keys with their values: `key value`, `key=value`, the value in quotes where it has spaces.
pub(super) fn pairs(line: &str) -> Result<Vec<(String, String)>, String> {
    let mut pairs = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        let end =
            rest.find(|c: char| c == '=' || c.is_whitespace()).ok_or(format!("{rest:?} has no value"))?;
        let (key, after) = (&rest[..end], rest[end..].trim_start_matches('=').trim_start());
        let (value, after) = match after.strip_prefix('"') {
            Some(after) => after.split_once('"').ok_or(format!("{key:?} has no closing quotation mark"))?,
            None => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        pairs.push((key.to_owned(), value.to_owned()));
        rest = after.trim_start();
    }
    Ok(pairs)
}
