//! News feeds: RSS, Atom and JSON Feed; a document an entry.

use crate::columns::Fields;
use crate::{DayOrder, Given, IngestError, Ingested, MAX_FEED_BYTES, content_id, days, html, json};
use casus_types::Problem;
use chrono::{DateTime, NaiveDate, Utc};
use feed_rs::model::{Entry, Feed, Link, Text};
use feed_rs::parser;
use serde_json::Value;

/// What to do about an entry without a day.
const UNDATED: &str =
    "pass --published YYYY-MM-DD, or --dates dmy or mdy where the feed writes days in numbers";

/// One entry of a feed.
#[derive(Debug)]
pub struct FeedEntry {
    /// Its number in the feed, from 1.
    pub n: usize,
    /// What the feed calls it, else one made from its address and headline, or from its words.
    pub id: String,
    /// The address of its page.
    pub url: Option<String>,
    /// The document that the feed itself gives: whole, or a summary.
    pub document: Ingested,
}

/// Returns the entries of a feed. `url` is where it was fetched from, from which relative addresses count.
///
/// The text is the entry's content, else its summary, else its headline alone (with the problem `headline-only`).
/// Of a feed that is broken somewhere the entries are read one by one.
///
/// # Errors
/// Where the bytes are no feed or too many. An entry that is broken or without words is an error of its own.
pub fn feed(bytes: &[u8], url: Option<&str>, given: &Given) -> Result<Vec<FeedEntry>, IngestError> {
    if bytes.len() > MAX_FEED_BYTES {
        return Err(IngestError::FeedTooLarge);
    }
    if bytes.trim_ascii().is_empty() {
        return Err(IngestError::Empty);
    }
    match parse(bytes, url, given.order) {
        Ok(feed) => Ok(entries(feed, 1, given).collect()),
        Err(error) => match put_right(bytes).map(|bytes| parse(&bytes, url, given.order)) {
            Some(Ok(feed)) => Ok(entries(feed, 1, given).collect()),
            _ => one_by_one(bytes, url, given).ok_or(error),
        },
    }
}

/// What is read of a JSON Feed and of its items.
const KEYS: [&str; 2] = ["version", "title"];
const ITEM_KEYS: [&str; 9] = [
    "id",
    "url",
    "external_url",
    "title",
    "content_html",
    "content_text",
    "summary",
    "date_published",
    "date_modified",
];

/// Returns a JSON Feed whose values are of other kinds than the format has (ids that are numbers, which it asks readers to
/// take) as one that has no more than is read, as text.
fn put_right(bytes: &[u8]) -> Option<Vec<u8>> {
    let written: Value = serde_json::from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).ok()?;
    let items: Vec<Value> = written["items"].as_array()?.iter().map(|item| texts(item, &ITEM_KEYS)).collect();
    let mut feed = texts(&written, &KEYS);
    feed["items"] = Value::Array(items);
    // The format demands it.
    if feed["title"].is_null() {
        feed["title"] = Value::String(String::new());
    }
    serde_json::to_vec(&feed).ok()
}

/// Returns an object's texts and numbers under some keys, all as texts.
fn texts(object: &Value, keys: &[&str]) -> Value {
    let text = |key: &&str| match &object[*key] {
        Value::String(text) => Some(((*key).to_owned(), Value::String(text.clone()))),
        Value::Number(number) => Some(((*key).to_owned(), Value::String(number.to_string()))),
        _ => None,
    };
    Value::Object(keys.iter().filter_map(text).collect())
}

fn parse(bytes: &[u8], url: Option<&str>, order: Option<DayOrder>) -> Result<Feed, IngestError> {
    let day = move |written: &str| local_day(written, order);
    let parser = parser::Builder::new().base_uri(url).timestamp_parser(day).id_generator(id_of).build();
    parser.parse(bytes).map_err(IngestError::Feed)
}

/// Returns the id of an entry without one: from its address and headline. Where it has neither there is none, for what
/// stands in its place by default is random, and such an entry would be another at every poll.
#[expect(clippy::ref_option, reason = "feed-rs hands the headline over so")]
fn id_of(links: &[Link], title: &Option<Text>, feed_url: Option<&str>) -> String {
    match (links.first(), title, feed_url) {
        (Some(link), title, _) => parser::generate_id_from_link_and_title(link, title),
        (None, Some(title), Some(url)) => parser::generate_id_from_uri_and_title(url, title),
        (None, ..) => String::new(),
    }
}

/// Returns the entries of a feed, numbered from `first`.
fn entries(feed: Feed, first: usize, given: &Given) -> impl Iterator<Item = FeedEntry> + '_ {
    let publisher = feed.title.map(|title| html::of_markup(&title.content)).filter(|t| !t.is_empty());
    let numbered = feed.entries.into_iter().enumerate();
    numbered.map(move |(at, entry)| read(first + at, entry, publisher.as_deref(), given))
}

/// Reads every entry of a broken feed as a feed of its own, for one fault shall cost one entry; none where no entry can be
/// read so.
fn one_by_one(bytes: &[u8], url: Option<&str>, given: &Given) -> Option<Vec<FeedEntry>> {
    let (name, closing): (&str, &[u8]) = match find(bytes, b"<entry") {
        Some(_) => ("entry", b"</feed>"),
        None if find(bytes, b"<rdf:RDF").is_some() => ("item", b"</rdf:RDF>"),
        None => ("item", b"</channel></rss>"),
    };
    let (opening, end) = (format!("<{name}"), format!("</{name}>"));
    let head = &bytes[..find(bytes, opening.as_bytes())?];
    let mut rest = &bytes[head.len()..];
    let (mut read, mut any) = (Vec::new(), false);
    while let Some(at) = find(rest, opening.as_bytes()) {
        // One that is cut off ends with the file.
        let length = find(&rest[at..], end.as_bytes()).map_or(rest.len() - at, |length| length + end.len());
        let alone = [head, &rest[at..at + length], closing].concat();
        rest = &rest[at + length..];
        let n = read.len() + 1;
        match parse(&alone, url, given.order) {
            Ok(feed) => {
                any = true;
                read.extend(entries(feed, n, given));
            }
            Err(error) => {
                // The same fault has the same id, wherever it stands.
                let id = content_id(&String::from_utf8_lossy(&alone[head.len()..]));
                read.push(FeedEntry { n, id, url: None, document: Err(error) });
            }
        }
    }
    any.then_some(read)
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// Returns midnight of the day that is written, whatever its zone: the day that the newsroom meant, and from which
/// "yesterday" counts.
fn local_day(written: &str, order: Option<DayOrder>) -> Option<DateTime<Utc>> {
    let day = days::read(written)?.in_order(order)?;
    let (month, day_of_month) = (u32::try_from(day.month()).ok()?, u32::try_from(day.day()).ok()?);
    let day = NaiveDate::from_ymd_opt(i32::from(day.year()), month, day_of_month)?;
    Some(day.and_hms_opt(0, 0, 0)?.and_utc())
}

fn read(n: usize, entry: Entry, publisher: Option<&str>, given: &Given) -> FeedEntry {
    let words = |markup: Option<String>| markup.map(|m| html::of_markup(&m)).filter(|text| !text.is_empty());
    let title = words(entry.title.map(|title| title.content)).map(|title| title.replace("\n\n", " "));
    let content = words(entry.content.and_then(|content| content.body));
    let summary = words(entry.summary.map(|summary| summary.content));
    // Some feeds put a teaser under content and the whole under summary.
    let body = match (content, summary) {
        (Some(content), Some(summary)) => Some(if summary.len() > content.len() { summary } else { content }),
        (content, summary) => content.or(summary),
    };
    let alternate = entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    let url = alternate.or(entry.links.first()).map(|link| link.href.clone());
    let published = entry.published.or(entry.updated).map(|time| time.format("%Y-%m-%d").to_string());
    let mut id = entry.id;
    if id.trim().is_empty() {
        id = content_id(&[title.as_deref(), body.as_deref()].map(Option::unwrap_or_default).join("\n\n"));
    }
    let mut problems = Vec::new();
    if body.is_none() && title.is_some() {
        problems.push(Problem::new(
            "headline-only",
            "the feed gives no more than the headline, so that alone was read",
            "casus watch can fetch the page: full_text = true",
        ));
    }
    let fields = Fields {
        text: body.or_else(|| title.clone()),
        title,
        published,
        publisher: entry.source.filter(|s| !s.contains("://")).or_else(|| publisher.map(str::to_owned)),
        url: url.clone(),
        id: Some(id.clone()),
    };
    let document = match fields.text {
        Some(_) => json::document_with(fields, given, UNDATED, problems),
        None => Err(IngestError::EmptyEntry),
    };
    FeedEntry { n, id, url, document }
}

#[cfg(test)]
mod tests {
    use super::{FeedEntry, feed};
    use crate::Given;

    fn entries(xml: &str) -> Vec<FeedEntry> {
        feed(xml.as_bytes(), Some("https://wire.example/feed"), &Given::default()).unwrap()
    }

    const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Example Wire</title>
<link>https://wire.example</link><description>News</description>
<item><title>Arvan falls &amp; burns</title><link>https://wire.example/a</link><guid isPermaLink="false">w-1</guid>
<pubDate>Wed, 04 Mar 2026 22:30:00 -0500</pubDate><description>A teaser.</description>
<content:encoded><![CDATA[<p>Troops took <b>Arvan</b>.</p><p>They burned it.</p>]]></content:encoded></item>
<item><title>Only a headline</title><link>https://wire.example/b</link></item>
<item><link>https://wire.example/c</link></item>
</channel></rss>"#;

    #[test]
    fn rss_is_read() {
        let read = entries(RSS);
        assert_eq!(read.len(), 3);
        let (document, problems) = read[0].document.as_ref().unwrap();
        assert_eq!(document.text, "Troops took Arvan.\n\nThey burned it.");
        assert_eq!(document.title.as_deref(), Some("Arvan falls & burns"));
        // The newsroom's day, not that of Greenwich.
        assert_eq!(document.published, "2026-03-04".parse().ok());
        assert_eq!(document.publisher.as_deref(), Some("Example Wire"));
        assert_eq!((document.id.as_str(), document.url.as_deref()), ("w-1", Some("https://wire.example/a")));
        assert!(problems.is_empty());
        let (document, problems) = read[1].document.as_ref().unwrap();
        assert_eq!((document.text.as_str(), problems[0].code.as_str()), ("Only a headline", "headline-only"));
        assert_eq!(read[2].document.as_ref().unwrap_err().to_string(), "an entry without words");
    }

    #[test]
    fn atom_is_read() {
        let read = entries(
            r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><id>f</id><updated>2026-03-05T00:00:00Z</updated>
            <entry><id>tag:wire.example,2026:1</id><title type="html">Arvan &lt;i&gt;falls&lt;/i&gt;</title>
            <link rel="self" href="https://wire.example/self"/><link href="/a"/><updated>2026-03-04T10:00:00+02:00</updated>
            <summary>Troops took Arvan on Tuesday.</summary></entry></feed>"#,
        );
        let (document, _) = read[0].document.as_ref().unwrap();
        assert_eq!(document.title.as_deref(), Some("Arvan falls"));
        assert_eq!(document.text, "Troops took Arvan on Tuesday.");
        assert_eq!(read[0].url.as_deref(), Some("https://wire.example/a"));
    }

    #[test]
    fn json_feed_is_read() {
        let read = entries(
            r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Wire", "items": [{"id": "1",
            "url": "https://wire.example/a", "content_html": "<p>Troops took Arvan.</p>", "date_published": "2026-03-04T10:00:00Z"}]}"#,
        );
        let (document, _) = read[0].document.as_ref().unwrap();
        assert_eq!((document.id.as_str(), document.text.as_str()), ("1", "Troops took Arvan."));
        assert_eq!(document.published, "2026-03-04".parse().ok());
    }

    #[test]
    fn json_feed_that_is_not_quite_one_is_read() {
        let read = entries(
            r#"{"version": "https://jsonfeed.org/version/1", "title": null, "items": [{"id": 2347259, "tags": [1],
            "content_text": "Troops took Arvan.", "date_published": "2026-03-04"}, {"id": "b", "content_text": "They left."}, 7]}"#,
        );
        let ids: Vec<&str> = read.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(ids[..2], ["2347259", "b"]);
        let (document, _) = read[0].document.as_ref().unwrap();
        assert_eq!(
            (document.text.as_str(), document.published),
            ("Troops took Arvan.", "2026-03-04".parse().ok())
        );
        assert_eq!(document.publisher, None);
        assert_eq!(read[2].document.as_ref().unwrap_err().to_string(), "an entry without words");
    }

    #[test]
    fn an_entry_without_id_and_address_has_the_id_of_its_words() {
        let items = "<item><description>They left.</description></item><item><description>They came.</description></item>\
                     <item><title>They won</title></item>";
        let rss = format!("<rss version=\"2.0\"><channel><title>W</title>{items}</channel></rss>");
        let ids = |url| -> Vec<String> {
            let read = feed(rss.as_bytes(), url, &Given::default()).unwrap();
            assert!(read.iter().all(|entry| entry.document.as_ref().unwrap().0.id == entry.id));
            read.into_iter().map(|entry| entry.id).collect()
        };
        let read = ids(None);
        assert_eq!(read, ids(None));
        assert!(read.iter().all(|id| id.starts_with("text-")) && read[0] != read[1], "{read:?}");
        assert_eq!(ids(Some("https://wire.example/feed"))[..2], read[..2]);
    }

    #[test]
    fn days_in_numbers_are_read_in_the_order_that_is_said() {
        let rss = RSS.replace("Wed, 04 Mar 2026 22:30:00 -0500", "03/04/2026");
        let read = |order: Option<&str>| {
            let given = Given { order: order.map(|order| order.parse().unwrap()), ..Given::default() };
            let (document, problems) =
                feed(rss.as_bytes(), None, &given).unwrap().swap_remove(0).document.unwrap();
            (document.published.map(|day| day.to_string()), problems)
        };
        assert_eq!(read(Some("mdy")).0.as_deref(), Some("2026-03-04"));
        let (day, problems) = read(None);
        assert_eq!((day, problems[0].code.as_str()), (None, "no-publication-date"));
        assert!(problems[0].hint.contains("--dates") && !problems[0].hint.contains("--columns"));
    }

    #[test]
    fn one_fault_costs_one_entry() {
        let told = |feed: &str| -> Vec<String> {
            let line = |entry: &FeedEntry| match &entry.document {
                Ok((document, _)) => format!("{} {}", entry.n, document.id),
                Err(error) => format!("{} {error}", entry.n),
            };
            entries(feed).iter().map(line).collect()
        };
        let broken = RSS.replace("<title>Only a headline</title>", "<title>Only a <headline</title>");
        assert_eq!(told(&broken), ["1 w-1", "2 not a feed", "3 an entry without words"]);
        // A feed that is cut off gives what stands before the cut.
        assert_eq!(told(&RSS[..RSS.find("Only a").unwrap()]), ["1 w-1", "2 not a feed"]);
    }

    #[test]
    fn what_is_no_feed_is_told() {
        let error = |bytes: &str| feed(bytes.as_bytes(), None, &Given::default()).unwrap_err().to_string();
        assert_eq!(error("<html></html>"), "not a feed");
        assert_eq!(error("<rss version=\"2.0\"><channel>"), "not a feed");
        assert_eq!(error(" "), "nothing to read: it is empty");
    }
}
