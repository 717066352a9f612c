//! Structured data for search engines (schema.org in JSON-LD), also where it is not quite JSON.

use serde_json::{Value, json};

/// What stands around structured data in pages that were once XHTML, or that hide scripts from old browsers.
const WRAPPINGS: [&str; 8] = ["//", "/*", "*/", "<![CDATA[", "]]>", "<!--", "-->", ";"];

/// Returns what a script element says: as JSON, else without its wrapping and with line ends within texts, else, of an
/// article, the day of publication alone.
pub(super) fn read(written: &str) -> Option<Value> {
    let read = serde_json::from_str(written).ok();
    read.or_else(|| serde_json::from_str(&cleaned(written)).ok()).or_else(|| day_alone(written))
}

fn cleaned(written: &str) -> String {
    let mut inner = written;
    loop {
        let before = inner.len();
        inner = inner.trim();
        for mark in WRAPPINGS {
            inner = inner.strip_prefix(mark).unwrap_or(inner);
            inner = inner.strip_suffix(mark).unwrap_or(inner);
        }
        if inner.len() == before {
            return inner.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        }
    }
}

fn day_alone(written: &str) -> Option<Value> {
    if !["Article\"", "Posting\"", "NewsReport\""].iter().any(|kind| written.contains(kind)) {
        return None;
    }
    let (_, after) = written.split_once("\"datePublished\"")?;
    let (day, _) = after.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?.split_once('"')?;
    Some(json!({"@type": "Article", "datePublished": day}))
}

/// Returns the first object that describes an article, within lists and graphs too.
pub(super) fn article(values: &[Value]) -> Option<&Value> {
    values.iter().find_map(|value| article_in(value).or_else(|| article_in(&value["@graph"])))
}

fn article_in(value: &Value) -> Option<&Value> {
    match value {
        Value::Array(values) => values.iter().find_map(article_in),
        Value::Object(object) => {
            let is_article = |kind: &Value| {
                kind.as_str().is_some_and(|kind| {
                    kind.ends_with("Article") || kind.ends_with("Posting") || kind.ends_with("NewsReport")
                })
            };
            let kind = object.get("@type")?.clone();
            let article = match &kind {
                Value::Array(kinds) => kinds.iter().any(is_article),
                kind => is_article(kind),
            };
            if article { Some(value) } else { object.get("mainEntity").and_then(article_in) }
        }
        _ => None,
    }
}

/// Returns the name of an article's publisher, which may be a text, an object or a list of objects, or be named elsewhere on
/// the page.
pub(super) fn publisher(article: &Value, all: &[Value]) -> Option<String> {
    let publisher = &article["publisher"];
    let one = if publisher.is_array() { &publisher[0] } else { publisher };
    let name = one.as_str().or_else(|| one["name"].as_str());
    let name = name.or_else(|| {
        let id = one["@id"].as_str()?;
        all.iter().find_map(|value| name_of(value, id))
    });
    name.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned)
}

/// Returns the name that the object of an id has, wherever it stands.
fn name_of<'a>(value: &'a Value, id: &str) -> Option<&'a str> {
    match value {
        Value::Array(values) => values.iter().find_map(|value| name_of(value, id)),
        Value::Object(object) => {
            let own = value["name"].as_str().filter(|_| value["@id"].as_str() == Some(id));
            own.or_else(|| object.values().find_map(|value| name_of(value, id)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{article, publisher, read};

    #[track_caller]
    fn check(written: &str, day: Option<&str>, name: Option<&str>) {
        let values: Vec<_> = read(written).into_iter().collect();
        let found = article(&values);
        assert_eq!(found.and_then(|article| article["datePublished"].as_str()), day, "{written}");
        assert_eq!(found.and_then(|article| publisher(article, &values)).as_deref(), name, "{written}");
    }

    #[test]
    fn what_is_not_quite_json_is_read() {
        let day = Some("2026-03-04");
        let data = "{\"@type\": \"NewsArticle\", \"headline\": \"Arvan\nfalls\", \"datePublished\": \"2026-03-04\", \"publisher\": \"Wire\"}";
        check(data, day, Some("Wire"));
        check(&format!("\n//<![CDATA[\n{data}\n// ]]>\n"), day, Some("Wire"));
        check(&format!("/* <![CDATA[ */ {data}; /* ]]> */"), day, Some("Wire"));
        check(&format!("<!--\n{data}\n-->"), day, Some("Wire"));
        // A quotation mark that is not escaped.
        check(&data.replace("falls", "\"falls\""), day, None);
        check(&data.replace("falls", "\"falls\"").replace("NewsArticle", "WebSite"), None, None);
        check("{\"@type\": \"NewsArticle\", ", None, None);
    }

    #[test]
    fn a_publisher_may_be_named_elsewhere() {
        check(
            r##"[{"@type": "NewsArticle", "publisher": {"@id": "#org"}}, {"@id": "#org", "name": "Wire"}]"##,
            None,
            Some("Wire"),
        );
        check(
            r##"{"@graph": [{"@type": "Article", "publisher": [{"@id": "#org"}]}, {"@id": "#site", "name": "Site",
            "publisher": {"@id": "#org", "name": "Wire"}}]}"##,
            None,
            Some("Wire"),
        );
        check(r##"{"@type": "Article", "publisher": {"@id": "#org"}}"##, None, None);
    }
}
