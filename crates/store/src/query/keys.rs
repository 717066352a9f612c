//! Every key of the language: what it asks, an example, and how its values are read.

use super::fault::{QueryFault, nearest};
use super::filter::{Filter, Measure, QUADS, ReviewIs, Side, SourceIs};
use super::syntax::{Written, WrittenValue};
use super::values;
use crate::events::Circle;
use casus_types::Span;
use casus_types::ontology::Context;
use casus_types::{EventType, Mode, Relation, Sector, Stance, Status};

/// A key of the language.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What it asks.
    pub what: &'static str,
    /// A term with it.
    pub example: &'static str,
    /// Whether its values are names or words, which may have spaces.
    pub(super) wordy: bool,
    pub(super) read: fn(&Written) -> Result<Filter, QueryFault>,
}

/// Returns a key whose values are one of few.
const fn closed(
    name: &'static str,
    example: &'static str,
    what: &'static str,
    read: fn(&Written) -> Result<Filter, QueryFault>,
) -> Key {
    Key { name, what, example, wordy: false, read }
}

/// Returns a key whose values are names or words.
const fn wordy(
    name: &'static str,
    example: &'static str,
    what: &'static str,
    read: fn(&Written) -> Result<Filter, QueryFault>,
) -> Key {
    Key { name, what, example, wordy: true, read }
}

/// Every key, in the order of the guide.
pub const KEYS: &[Key] = &[
    closed("type", "type:ASSAULT,COERCE", "PLOVER type", |w| {
        values::one_of(w, EventType::ALL, |v| v.as_str()).map(Filter::Type)
    }),
    closed("mode", "mode:drone", "PLOVER mode", |w| {
        values::one_of(w, Mode::ALL, |v| v.as_str()).map(Filter::Mode)
    }),
    closed("context", "context:election", "PLOVER context", |w| {
        values::one_of(w, Context::ALL, |v| v.as_str()).map(Filter::Context)
    }),
    closed("status", "status:actual", "`actual`, `future`, `hypothetical`, `negated`", |w| {
        values::one_of(w, Status::ALL, |v| v.as_str()).map(Filter::Status)
    }),
    closed("quad", "quad:material_conflict", "quadrant: its name, or 1 to 4", quads),
    wordy("cameo", "cameo:19*", "CAMEO code; `*` for all below", |w| values::names(w).map(Filter::Cameo)),
    wordy(
        "actor",
        "actor:\"Kataib Hezbollah\"",
        "who does it: words of the name, or three capitals of country or sector",
        |w| values::names(w).map(|v| Filter::Participant(Side::Actor, v)),
    ),
    wordy("recipient", "recipient:civilians", "to whom, likewise", |w| {
        values::names(w).map(|v| Filter::Participant(Side::Recipient, v))
    }),
    wordy("who", "who:Hezb*", "actor or recipient", |w| {
        values::names(w).map(|v| Filter::Participant(Side::Either, v))
    }),
    wordy("actor_country", "actor_country:IRQ", "country of an actor", |w| {
        values::countries(w).map(|v| Filter::ParticipantCountry(Side::Actor, v))
    }),
    wordy("recipient_country", "recipient_country:IRQ", "country of a recipient", |w| {
        values::countries(w).map(|v| Filter::ParticipantCountry(Side::Recipient, v))
    }),
    wordy("who_country", "who_country:IRQ", "country of either", |w| {
        values::countries(w).map(|v| Filter::ParticipantCountry(Side::Either, v))
    }),
    closed("actor_sector", "actor_sector:REB,PRM", "sector of an actor", |w| {
        values::one_of(w, Sector::ALL, |v| v.as_str()).map(|v| Filter::ParticipantSector(Side::Actor, v))
    }),
    closed("recipient_sector", "recipient_sector:CVL", "sector of a recipient", |w| {
        values::one_of(w, Sector::ALL, |v| v.as_str()).map(|v| Filter::ParticipantSector(Side::Recipient, v))
    }),
    closed("sector", "sector:MIL", "sector of either", |w| {
        values::one_of(w, Sector::ALL, |v| v.as_str()).map(|v| Filter::ParticipantSector(Side::Either, v))
    }),
    wordy("country", "country:IRQ,SYR", "country where it happened, by name or code", |w| {
        values::countries(w).map(Filter::Country)
    }),
    wordy("place", "place:Mosul", "a place, or the first-level unit it lies in", |w| {
        values::names(w).map(Filter::Place)
    }),
    wordy("admin1", "admin1:Anbar", "first-level unit", |w| values::names(w).map(Filter::Admin1)),
    closed("near", "near:33.3,44.4,50", "within kilometres of a point: latitude, longitude, km", near),
    closed(
        "since",
        "since:2021-01",
        "first day of the act (of publication, where the report does not say) not before",
        |w| values::since(w).map(Filter::Day),
    ),
    closed("until", "until:2021-06", "the same, not after; the whole month or year counts", |w| {
        values::until(w).map(Filter::Day)
    }),
    closed(
        "date",
        "date:2021-01..2021-03",
        "the same, within a day, month, year or from one to another",
        |w| values::days(w).map(Filter::Day),
    ),
    closed("published", "published:2021-03", "day of publication, as in `date`", |w| {
        values::days(w).map(Filter::Published)
    }),
    closed("killed", "killed:>=5", "persons killed: `5`, `>5`, `<=5`, `5..9`, `5..`, `any`, `none`", |w| {
        values::numbers(w, Measure::Killed)
    }),
    closed("injured", "injured:5..9", "likewise", |w| values::numbers(w, Measure::Injured)),
    closed("detained", "detained:any", "likewise", |w| values::numbers(w, Measure::Detained)),
    closed("displaced", "displaced:1000..", "likewise", |w| values::numbers(w, Measure::Displaced)),
    closed("abducted", "abducted:>0", "likewise", |w| values::numbers(w, Measure::Abducted)),
    closed("count", "count:none", "how many acts it speaks of as one, likewise", |w| {
        values::numbers(w, Measure::Count)
    }),
    closed("confidence", "confidence:>=0.5", "that the record is right, 0 to 1", |w| {
        values::numbers(w, Measure::Confidence)
    }),
    closed("score", "score:<-5", "PLOVER score, -10 to 10", |w| values::numbers(w, Measure::Score)),
    closed("reports", "reports:>=3", "reports that tell of its incident", |w| {
        values::numbers(w, Measure::Reports)
    }),
    wordy("weapon", "weapon:drone,missile", "kind of weapon", |w| values::names(w).map(Filter::Weapon)),
    wordy(
        "source",
        "source:unnamed",
        "who says so: `author` (the report itself), `named`, `unnamed`, or words of a name",
        sources,
    ),
    closed("stance", "stance:denies", "`states`, `alleges`, `believes`, `denies`, `confirms`", |w| {
        values::one_of(w, Stance::ALL, |v| v.as_str()).map(Filter::Stance)
    }),
    closed("link", "link:response_to", "has a link: `response_to`, `part_of`, `about`, `leads_to`", |w| {
        values::one_of(w, Relation::ALL, |v| v.as_str()).map(Filter::Link)
    }),
    closed("incident", "incident:any", "key of its incident, `any` or `none`", incident),
    closed("event", "event:report-7#e2", "key of the event", |w| Ok(Filter::Event(values::texts(w)))),
    closed("document", "document:report-7", "key of its report", |w| Ok(Filter::Document(values::texts(w)))),
    wordy("publisher", "publisher:\"Example Wire\"", "who published its report", |w| {
        values::names(w).map(Filter::Publisher)
    }),
    closed(
        "reviewed",
        "reviewed:no",
        "`accepted`, `corrected`, `rejected`, `no`, `yes`, `any`; rejected events are found only so",
        |w| values::one_of(w, &ReviewIs::ALL, |v| v.as_str()).map(Filter::Reviewed),
    ),
    wordy(
        "text",
        "text:\"drone strike\"",
        "words of its sentence, side by side; a word without a key is the same",
        |w| values::words(w).map(Filter::Text),
    ),
    wordy("report", "report:ceasefire", "words of its report, headline or text", |w| {
        values::words(w).map(Filter::Report)
    }),
];

/// What people write for a key that has another name here.
const OTHER_NAMES: [(&str, &str); 24] = [
    ("target", "recipient"),
    ("victim", "recipient"),
    ("to", "until"),
    ("from", "since"),
    ("before", "until"),
    ("after", "since"),
    ("day", "date"),
    ("month", "date"),
    ("year", "date"),
    ("kind", "type"),
    ("deaths", "killed"),
    ("dead", "killed"),
    ("fatalities", "killed"),
    ("wounded", "injured"),
    ("arrested", "detained"),
    ("location", "place"),
    ("city", "place"),
    ("town", "place"),
    ("province", "admin1"),
    ("region", "admin1"),
    ("goldstein", "score"),
    ("review", "reviewed"),
    ("relation", "link"),
    ("doc", "document"),
];

/// Returns the key of a name.
pub(super) fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// Returns what a written term asks.
pub(super) fn filter(written: &Written) -> Result<Filter, QueryFault> {
    let Some((name, span)) = &written.key else { return values::words(written).map(Filter::Text) };
    let Some(key) = find(name) else { return Err(unknown(name, *span)) };
    (key.read)(written)
}

fn unknown(name: &str, span: Span) -> QueryFault {
    let other = OTHER_NAMES.iter().find(|(wrong, _)| *wrong == name).map(|(_, right)| *right);
    let near = other.or_else(|| nearest(name, KEYS.iter().map(|key| key.name)));
    let hint = near.map_or_else(
        || {
            let all: Vec<&str> = KEYS.iter().map(|key| key.name).collect();
            format!("keys are {}; words with a colon go in quotation marks", all.join(", "))
        },
        |near| format!("did you mean {near}: ? Words with a colon go in quotation marks"),
    );
    QueryFault::new(span, format!("no filter is called {name:?}"), hint)
}

fn quads(written: &Written) -> Result<Filter, QueryFault> {
    let names = [1_u8, 2, 3, 4].into_iter().zip(QUADS).collect::<Vec<_>>();
    let numbered =
        |value: &WrittenValue| names.iter().find(|(n, _)| n.to_string() == value.text).map(|(n, _)| *n);
    if let Some(numbers) = written.values.iter().map(numbered).collect::<Option<Vec<_>>>() {
        return Ok(Filter::Quad(numbers));
    }
    values::one_of(written, &names, |(_, name)| *name)
        .map(|found| Filter::Quad(found.into_iter().map(|(n, _)| n).collect()))
}

fn near(written: &Written) -> Result<Filter, QueryFault> {
    let fault = |span, message: &str| {
        QueryFault::new(span, message, "write near:LATITUDE,LONGITUDE,KM in degrees: near:33.3,44.4,50")
    };
    let [lat, lon, km] = written.values.as_slice() else {
        return Err(fault(written.span, "a circle has a latitude, a longitude and kilometres"));
    };
    let number = |value: &WrittenValue, least: f64, most: f64, what: &str| {
        let number = value.text.parse::<f64>().ok().filter(|n| (least..=most).contains(n));
        number.ok_or_else(|| {
            fault(value.span, &format!("{:?} is no {what} from {least} to {most}", value.text))
        })
    };
    Ok(Filter::Near(Circle {
        lat: number(lat, -90.0, 90.0, "latitude")?,
        lon: number(lon, -180.0, 180.0, "longitude")?,
        // Half the way round the earth is everywhere.
        km: number(km, 0.0, 20_040.0, "distance in km")?,
        country: None,
    }))
}

fn sources(written: &Written) -> Result<Filter, QueryFault> {
    let names = values::names(written)?;
    let word =
        |value: &WrittenValue, name| match (value.quoted || value.exact || value.open, value.text.as_str()) {
            (false, "author") => SourceIs::Author,
            (false, "unnamed" | "anonymous") => SourceIs::Unnamed,
            (false, "named") => SourceIs::Named,
            _ => SourceIs::Called(name),
        };
    Ok(Filter::Source(written.values.iter().zip(names).map(|(value, name)| word(value, name)).collect()))
}

#[expect(clippy::unnecessary_wraps, reason = "keys read their values by functions of one shape")]
fn incident(written: &Written) -> Result<Filter, QueryFault> {
    Ok(match written.values.as_slice() {
        [value] if !value.quoted && value.text == "any" => Filter::Joined(true),
        [value] if !value.quoted && value.text == "none" => Filter::Joined(false),
        _ => Filter::Incident(values::texts(written)),
    })
}
