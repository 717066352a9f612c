//! Each filter as SQL: a test of an event, and where it can be had from an index, the events that pass it.

use super::compile::Sql;
use super::filter::{Days, End, Filter, Measure, Name, NameFit, Range, ReviewIs, Side, SourceIs};
use crate::events::Circle;
use casus_types::Sector;
use rusqlite::types::Value;
use std::str::FromStr;

/// A filter as SQL.
pub(super) struct Condition {
    /// True of an event `e` that fits.
    pub(super) test: Sql,
    /// A selection of the `id`s of events that fit; some that do not may be among them, none that does is missing.
    pub(super) source: Option<Sql>,
    /// Whether the source has only events that fit.
    pub(super) sharp: bool,
}

impl Condition {
    fn test(test: Sql) -> Self {
        Self { test, source: None, sharp: false }
    }

    fn with(self, source: Sql) -> Self {
        Self { source: Some(source), sharp: true, ..self }
    }
}

/// The day that an event counts under.
pub(super) const DAY: &str = "coalesce(e.start_date, e.published)";

/// Returns a filter as SQL.
pub(super) fn condition(filter: &Filter) -> Condition {
    match filter {
        Filter::Type(v) => one_of("e.type", v.iter().map(ToString::to_string)),
        Filter::Mode(v) => in_list("modes", v.iter().map(|v| v.as_str())),
        Filter::Context(v) => in_list("contexts", v.iter().map(|v| v.as_str())),
        Filter::Status(v) => one_of("e.status", v.iter().map(ToString::to_string)),
        Filter::Quad(v) => one_of("e.quad", v.iter().map(|&n| i64::from(n))),
        Filter::Cameo(v) => Condition::test(any(v.iter().map(|name| code("e.cameo", name)))),
        Filter::Participant(side, v) => participants(*side, actors(v)),
        Filter::ParticipantCountry(side, v) => {
            participants(*side, ids("SELECT id FROM actors WHERE country", v.iter().map(ToString::to_string)))
        }
        Filter::ParticipantSector(side, v) => {
            participants(*side, ids("SELECT id FROM actors WHERE sector", v.iter().map(ToString::to_string)))
        }
        Filter::Country(v) => one_of("e.country", v.iter().map(ToString::to_string)),
        Filter::Place(v) => places(v, false),
        Filter::Admin1(v) => places(v, true),
        Filter::Near(circle) => near(*circle),
        Filter::Day(v) => Condition::test(any(v.iter().map(|days| within(DAY, *days)))),
        Filter::Published(v) => Condition::test(any(v.iter().map(|days| within("e.published", *days)))),
        Filter::Number(Measure::Reports, v) => {
            told_by(any(v.iter().map(|r| between(["i.n_documents"; 2], *r))))
        }
        Filter::Number(measure, v) => number(*measure, v),
        Filter::Given(measure, given) => is_given(*measure, *given),
        Filter::Weapon(v) => {
            let kinds = any(v.iter().map(|name| code("kind", name)));
            Condition::test(
                kinds.clone().within("EXISTS (SELECT 1 FROM weapons WHERE event_id = e.id AND ", ")"),
            )
            .with(kinds.within("SELECT event_id AS id FROM weapons WHERE ", ""))
        }
        Filter::Source(v) => source(v),
        Filter::Stance(v) => part("sources", "stance", v.iter().map(|v| v.as_str())),
        Filter::Link(v) => part("links", "relation", v.iter().map(|v| v.as_str())),
        Filter::Incident(v) => {
            let incidents = ids("SELECT id FROM incidents WHERE key", v.iter().cloned());
            Condition::test(incidents.clone().within(
                "EXISTS (SELECT 1 FROM incident_events WHERE event_id = e.id AND +incident_id IN (",
                "))",
            ))
            .with(incidents.within("SELECT event_id AS id FROM incident_events WHERE incident_id IN (", ")"))
        }
        Filter::Joined(joined) => {
            let not = if *joined { "" } else { "NOT " };
            Condition::test(Sql::new(format!(
                "{not}EXISTS (SELECT 1 FROM incident_events WHERE event_id = e.id)"
            )))
        }
        Filter::Event(v) => {
            one_of("e.key", v.iter().cloned()).with(ids("SELECT id FROM events WHERE key", v.iter().cloned()))
        }
        Filter::Document(v) => documents(ids("SELECT id FROM documents WHERE key", v.iter().cloned())),
        Filter::Publisher(v) => documents(publishers(v)),
        Filter::Reviewed(v) => reviewed(v),
        Filter::Text(v) => {
            let found = matching("events_text", "", v);
            Condition::test(found.clone().within("+e.id IN (", ")")).with(found.renamed())
        }
        Filter::Report(v) => documents(matching("documents_text", "", v)),
    }
}

/// Returns `(a OR b)`.
fn any(parts: impl Iterator<Item = Sql>) -> Sql {
    let parts: Vec<Sql> = parts.collect();
    if parts.is_empty() {
        return Sql::new("false");
    }
    Sql::joined(parts, " OR ").within("(", ")")
}

fn one_of<V: Into<Value>>(column: &str, values: impl Iterator<Item = V>) -> Condition {
    Condition::test(ids(column, values))
}

/// Returns `head IN (?, ?)`.
fn ids<V: Into<Value>>(head: &str, values: impl Iterator<Item = V>) -> Sql {
    let values: Vec<Value> = values.map(own).collect();
    Sql { text: format!("{head} IN ({})", vec!["?"; values.len()].join(", ")), values }
}

fn own<V: Into<Value>>(value: V) -> Value {
    value.into()
}

/// Returns the events one of whose values in a cell with a list is one of these. The combinations are few, so the index
/// is read by leaps from one to the next.
fn in_list<'a>(column: &str, names: impl Iterator<Item = &'a str>) -> Condition {
    let names: Vec<&str> = names.collect();
    let has = |cell: &str| {
        any(names.iter().map(|name| {
            let text = format!("instr('; ' || {cell} || ';', ?) > 0");
            Sql { text, values: vec![format!("; {name};").into()] }
        }))
    };
    let source = has("cell").within(
        &format!(
            "SELECT id FROM events WHERE {column} IN (
             WITH RECURSIVE cells (cell) AS (
                 SELECT min({column}) FROM events WHERE {column} IS NOT NULL
                 UNION ALL
                 SELECT (SELECT min({column}) FROM events WHERE {column} > cell) FROM cells WHERE cell IS NOT NULL)
             SELECT cell FROM cells WHERE "
        ),
        ")",
    );
    Condition::test(has(&format!("e.{column}"))).with(source)
}

/// Returns whether a code is one, or begins with it.
fn code(column: &str, name: &Name) -> Sql {
    let words = name.words.to_lowercase();
    match name.how {
        NameFit::Within | NameFit::Whole => Sql { text: format!("{column} = ?"), values: vec![words.into()] },
        NameFit::Beginning => Sql {
            text: format!("({column} >= ? AND {column} < ?)"),
            values: vec![words.clone().into(), format!("{words}\u{10ffff}").into()],
        },
    }
}

/// Returns the rows of a full-text table that have one of the words, in some columns where any are named.
fn matching(table: &str, columns: &str, names: &[Name]) -> Sql {
    let phrase = |name: &Name| {
        let words = name.words.replace('\0', " ").replace('"', "\"\"");
        format!("\"{words}\"{}", if name.how == NameFit::Beginning { " *" } else { "" })
    };
    let phrases: Vec<String> = names.iter().map(phrase).collect();
    let expression = match columns {
        "" => phrases.join(" OR "),
        columns => format!("{{{columns}}} : ({})", phrases.join(" OR ")),
    };
    Sql { text: format!("SELECT rowid FROM {table} WHERE {table} MATCH ?"), values: vec![expression.into()] }
}

/// Returns the documents of publishers: words of the name, or the whole name.
fn publishers(names: &[Name]) -> Sql {
    let (whole, words): (Vec<Name>, Vec<Name>) =
        names.iter().cloned().partition(|name| name.how == NameFit::Whole);
    let mut parts = Vec::new();
    if !words.is_empty() {
        parts.push(matching("publishers_text", "", &words));
    }
    for name in whole {
        // A name that has these words and is no longer has no others.
        let mut part = matching("publishers_text", "", std::slice::from_ref(&name));
        part.text += " AND length(publisher) = length(?)";
        part.values.push(name.words.into());
        parts.push(part);
    }
    Sql::joined(parts, " UNION ALL ")
}

/// Returns the identities of names: words of the name, the whole name, or codes.
fn actors(names: &[Name]) -> Sql {
    let (whole, words): (Vec<Name>, Vec<Name>) =
        names.iter().cloned().partition(|name| name.how == NameFit::Whole);
    let mut parts = Vec::new();
    if !words.is_empty() {
        parts.push(matching("actors_text", "", &words));
    }
    for name in whole {
        let values = vec![name.words.into()];
        parts.push(Sql { text: "SELECT id FROM actors WHERE name = ? COLLATE NOCASE".to_owned(), values });
    }
    for name in words.iter().filter(|name| name.how == NameFit::Within) {
        parts.extend(coded_actors(&name.words));
    }
    Sql::joined(parts, " UNION ALL ")
}

/// Returns the identities of `IRQ`, `REB` or `IRQ MIL`, none where words are no codes.
fn coded_actors(words: &str) -> Option<Sql> {
    let is_code = |code: &str| code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
    let codes: Vec<&str> = words.split(' ').collect();
    let (condition, codes) = match codes.as_slice() {
        [code] if Sector::from_str(code).is_ok() => ("sector = ?", codes),
        [code] if is_code(code) => ("country = ?", codes),
        [country, sector] if is_code(country) && Sector::from_str(sector).is_ok() => {
            ("country = ? AND sector = ?", codes)
        }
        _ => return None,
    };
    Some(Sql {
        text: format!("SELECT id FROM actors WHERE {condition}"),
        values: codes.into_iter().map(|code| code.to_owned().into()).collect(),
    })
}

fn participants(side: Side, actors: Sql) -> Condition {
    let role = match side {
        Side::Actor => "role = 'actor' AND ",
        Side::Recipient => "role = 'recipient' AND ",
        Side::Either => "",
    };
    // The plus keeps SQLite from going through all acts of an actor once for every event.
    let test = actors.clone().within(
        &format!("EXISTS (SELECT 1 FROM participants WHERE event_id = e.id AND {role}+actor_id IN ("),
        "))",
    );
    let source =
        actors.within(&format!("SELECT event_id AS id FROM participants WHERE {role}actor_id IN ("), ")");
    Condition::test(test).with(source)
}

fn places(names: &[Name], admin1_only: bool) -> Condition {
    let (whole, words): (Vec<Name>, Vec<Name>) =
        names.iter().cloned().partition(|name| name.how == NameFit::Whole);
    let columns: &[&str] = if admin1_only { &["admin1"] } else { &["name", "admin1"] };
    let mut parts = Vec::new();
    if !words.is_empty() {
        parts.push(matching("places_text", &columns.join(" "), &words));
    }
    for name in whole {
        for column in columns {
            let text = format!("SELECT id FROM places WHERE {column} = ? COLLATE NOCASE");
            parts.push(Sql { text, values: vec![name.words.clone().into()] });
        }
    }
    let places = Sql::joined(parts, " UNION ALL ");
    Condition::test(
        places
            .clone()
            .within("EXISTS (SELECT 1 FROM event_places WHERE event_id = e.id AND +place_id IN (", "))"),
    )
    .with(places.within("SELECT event_id AS id FROM event_places WHERE place_id IN (", ")"))
}

fn near(circle: Circle) -> Condition {
    let (west, east, south, north) = circle.bounds();
    let real = |numbers: &[f64]| numbers.iter().map(|&n| Value::from(n)).collect();
    Condition {
        test: Sql {
            text: "casus_km(e.lat, e.lon, ?, ?) <= ?".to_owned(),
            values: real(&[circle.lat, circle.lon, circle.km]),
        },
        source: Some(Sql {
            text:
                "SELECT id FROM rtree_events_geom WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?"
                    .to_owned(),
            values: real(&[west, east, south, north]),
        }),
        // The box is wider than the circle, and its numbers are rounded.
        sharp: false,
    }
}

/// Returns whether a day lies within a range.
fn within(day: &str, days: Days) -> Sql {
    let text = |day: casus_types::Date| Value::from(day.to_string());
    match (days.from, days.to) {
        (Some(from), Some(to)) => {
            Sql { text: format!("{day} BETWEEN ? AND ?"), values: vec![text(from), text(to)] }
        }
        (Some(from), None) => Sql { text: format!("{day} >= ?"), values: vec![text(from)] },
        (None, Some(to)) => Sql { text: format!("{day} <= ?"), values: vec![text(to)] },
        (None, None) => Sql::new(format!("{day} IS NOT NULL")),
    }
}

/// Returns whether a least and a greatest number lie within a range.
fn between([least, most]: [&str; 2], range: Range) -> Sql {
    let end = |column: &str, sign: &str, end: End| Sql {
        text: format!("{column} {sign}{} ?", if end.included { "=" } else { "" }),
        values: vec![end.number.into()],
    };
    let ends = [range.least.map(|e| end(least, ">", e)), range.most.map(|e| end(most, "<", e))];
    Sql::joined(ends.into_iter().flatten().collect(), " AND ").within("(", ")")
}

fn columns(measure: Measure) -> [String; 2] {
    let name = measure.as_str();
    if measure.is_range() {
        [format!("{name}_min"), format!("{name}_max")]
    } else {
        [name.to_owned(), name.to_owned()]
    }
}

fn number(measure: Measure, ranges: &[Range]) -> Condition {
    let test = |alias: &str| {
        let [least, most] = columns(measure).map(|column| format!("{alias}{column}"));
        any(ranges.iter().map(|range| between([&least, &most], *range)))
    };
    let condition = Condition::test(test("e."));
    match (measure, ranges) {
        // These have an index.
        (Measure::Killed | Measure::Confidence, [Range { least: Some(_), .. }]) => {
            condition.with(test("").within("SELECT id FROM events WHERE ", ""))
        }
        _ => condition,
    }
}

fn is_given(measure: Measure, given: bool) -> Condition {
    if measure == Measure::Reports {
        return condition(&Filter::Joined(given));
    }
    let [least, _] = columns(measure);
    let not = if given { "NOT " } else { "" };
    let condition = Condition::test(Sql::new(format!("e.{least} IS {not}NULL")));
    match (measure, given) {
        (Measure::Killed, true) => {
            condition.with(Sql::new("SELECT id FROM events WHERE killed_min IS NOT NULL"))
        }
        _ => condition,
    }
}

/// Returns the events of incidents that fit.
fn told_by(fits: Sql) -> Condition {
    let test = fits.clone().within(
        "EXISTS (SELECT 1 FROM incident_events ie JOIN incidents i ON i.id = ie.incident_id
         WHERE ie.event_id = e.id AND ",
        ")",
    );
    let source = fits.within(
        "SELECT ie.event_id AS id FROM incidents i JOIN incident_events ie ON ie.incident_id = i.id WHERE ",
        "",
    );
    Condition::test(test).with(source)
}

fn source(sources: &[SourceIs]) -> Condition {
    let called =
        |column: &str, name: &Name| actors(std::slice::from_ref(name)).within(&format!("{column} IN ("), ")");
    let test = any(sources.iter().map(|source| match source {
        SourceIs::Author => Sql::new("s.author"),
        SourceIs::Unnamed => Sql::new("s.anonymous"),
        SourceIs::Named => Sql::new("(NOT s.author AND NOT s.anonymous)"),
        SourceIs::Called(name) => {
            any(["+s.actor_id", "+s.via_actor_id"].map(|c| called(c, name)).into_iter())
        }
    }));
    let condition =
        Condition::test(test.within("EXISTS (SELECT 1 FROM sources s WHERE s.event_id = e.id AND ", ")"));
    let mut parts = Vec::new();
    for source in sources {
        match source {
            SourceIs::Unnamed => parts.push(Sql::new("SELECT event_id AS id FROM sources WHERE anonymous")),
            SourceIs::Called(name) => parts.extend(
                ["actor_id", "via_actor_id"]
                    .map(|c| called(c, name).within("SELECT event_id AS id FROM sources WHERE ", "")),
            ),
            SourceIs::Author | SourceIs::Named => return condition,
        }
    }
    condition.with(Sql::joined(parts, " UNION ALL "))
}

/// Returns the events that have a part with one of these values.
fn part<'a>(table: &str, column: &str, values: impl Iterator<Item = &'a str>) -> Condition {
    let values = ids(column, values.map(str::to_owned));
    Condition::test(values.within(&format!("EXISTS (SELECT 1 FROM {table} WHERE event_id = e.id AND "), ")"))
}

/// Returns the events of some documents.
fn documents(documents: Sql) -> Condition {
    Condition::test(documents.clone().within("+e.document_id IN (", ")"))
        .with(documents.within("SELECT id FROM events WHERE document_id IN (", ")"))
}

fn reviewed(reviews: &[ReviewIs]) -> Condition {
    let test = |alias: &str| {
        any(reviews.iter().map(|review| match review {
            ReviewIs::Accepted | ReviewIs::Rejected | ReviewIs::Corrected => {
                Sql::new(format!("{alias}review = '{}'", review.as_str()))
            }
            ReviewIs::No => Sql::new(format!("{alias}review IS NULL")),
            ReviewIs::Yes => Sql::new(format!("{alias}review IS NOT NULL")),
            ReviewIs::Any => Sql::new("true"),
        }))
    };
    let condition = Condition::test(test("e."));
    if reviews.iter().any(|review| matches!(review, ReviewIs::No | ReviewIs::Any)) {
        return condition;
    }
    condition.with(test("").within("SELECT id FROM events WHERE review IS NOT NULL AND ", ""))
}
