//! News feeds: RSS, Atom and JSON Feed; a document an entry.

use crate::columns::Fields;
use crate::{Given, IngestError, Ingested, MAX_FEED_BYTES, days, html, json};
use casus_types::Problem;
use chrono::{DateTime, NaiveDate, Utc};
use feed_rs::model::{Entry, Feed};
use feed_rs::parser;

/// One entry of a feed.
#[derive(Debug)]
pub struct FeedEntry {
    /// Its number in the feed, from 1.
    pub n: usize,
    /// What the feed calls it, else one made from its address and headline.
    pub id: String,
    /// The address of its page.
    pub url: Option<String>,
    /// The document that the feed itself gives: whole, or a summary.
    pub document: Ingested,
}

/// Returns the entries of a feed. `url` is where it was fetched from, from which relative addresses count.
///
/// The text is the entry's content, else its summary, else its headline alone (with the problem `headline-only`).
///
/// # Errors
/// Where the bytes are no feed or too many. An entry without words is an error of its own.
pub fn feed(bytes: &[u8], url: Option<&str>, given: &Given) -> Result<Vec<FeedEntry>, IngestError> {
    if bytes.len() > MAX_FEED_BYTES {
        return Err(IngestError::FeedTooLarge);
    }
    if bytes.trim_ascii().is_empty() {
        return Err(IngestError::Empty);
    }
    let parser = parser::Builder::new().base_uri(url).timestamp_parser(local_day).build();
    let feed = parser.parse(bytes).map_err(IngestError::Feed)?;
    let publisher =
        feed.title.as_ref().map(|title| html::of_markup(&title.content)).filter(|t| !t.is_empty());
    let Feed { entries, .. } = feed;
    Ok(entries
        .into_iter()
        .enumerate()
        .map(|(at, entry)| read(at + 1, entry, publisher.as_deref(), given))
        .collect())
}

/// Returns midnight of the day that is written, whatever its zone: the day that the newsroom meant, and from which
/// "yesterday" counts.
fn local_day(written: &str) -> Option<DateTime<Utc>> {
    let day = days::read(written)?.certain()?;
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
        id: Some(entry.id.clone()),
    };
    let document = match fields.text {
        Some(_) => json::document(fields, given, problems),
        None => Err(IngestError::EmptyEntry),
    };
    FeedEntry { n, id: entry.id, url, document }
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
    fn what_is_no_feed_is_told() {
        let error = |bytes: &str| feed(bytes.as_bytes(), None, &Given::default()).unwrap_err().to_string();
        assert_eq!(error("<html></html>"), "not a feed");
        assert_eq!(error("<rss version=\"2.0\"><channel>"), "not a feed");
        assert_eq!(error(" "), "nothing to read: it is empty");
    }
}
