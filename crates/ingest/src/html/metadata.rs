//! What a page says about its report: day, publisher, address.
//!
//! Sources, best first: structured data for search engines (schema.org in JSON-LD), `meta` elements, the address, `time`
//! elements, and words like `Published on 4 March 2026` above the text.

use super::structured;
use super::text::{content, tokenize};
use crate::DayOrder;
use crate::days::{self, Day};
use casus_types::Date;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use serde_json::Value;
use std::cell::RefCell;
use url::Url;

/// `meta` elements that give the day of publication, best first: Open Graph, schema.org, then what content systems and
/// measuring services write.
const DAY_NAMES: [&str; 19] = [
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "pubdate",
    "publication_date",
    "publish-date",
    "publishdate",
    "date",
];

/// `meta` elements that name the publisher, best first.
const PUBLISHER_NAMES: [&str; 5] =
    ["og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name"];

/// What parts a headline from the name of its site in a page's title.
const TITLE_MARKS: [&str; 6] = [" | ", " – ", " — ", " - ", " · ", " :: "];

/// The longest line that is looked at for a day in words, in characters: bylines are shorter, paragraphs longer.
const BYLINE: usize = 100;

/// Lines with a day in words that may stand above the text: navigation has many lines.
const BYLINES: usize = 3;

/// What a page says about its report.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    pub(super) published: Option<Date>,
    /// What is written for its day where that may be two, and no order is known.
    pub(super) undecided: Option<(String, Date, Date)>,
    pub(super) publisher: Option<String>,
    pub(super) url: Option<String>,
    /// The site's name, where the page's title has it behind the headline.
    site: Option<String>,
}

impl Metadata {
    /// Reads a page that was fetched from `fetched`, where that is known, and writes days in numbers in some order.
    pub(super) fn of(html: &str, fetched: Option<&str>, order: Option<DayOrder>) -> Self {
        let found = tokenize(html, Finder::default()).0.into_inner();
        let article = structured::article(&found.structured);
        let url = found.url(fetched);
        let day = |written: &str| days::read(written).and_then(|day| day.in_order(order));
        let written = || {
            let structured = article.and_then(|article| article["datePublished"].as_str());
            structured.into_iter().chain(found.meta_of(&DAY_NAMES))
        };
        let published = written()
            .find_map(day)
            .or_else(|| url.as_deref().and_then(days::in_path))
            .or_else(|| found.times.iter().find_map(|written| day(written)))
            .or_else(|| found.bylines.iter().find_map(|line| days::find(behind_published(line)?)))
            .or_else(|| found.bylines.iter().find_map(|line| days::find(line)));
        let undecided = written().find_map(|written| match days::read(written)? {
            Day::Either(one, other) if published.is_none() => Some((written.to_owned(), one, other)),
            _ => None,
        });
        let publisher = article
            .and_then(|article| structured::publisher(article, &found.structured))
            .or_else(|| found.meta_of(&PUBLISHER_NAMES).next().map(str::to_owned))
            .or_else(|| found.site_in_title());
        let site = found.site_behind_headline();
        Self { published, undecided, publisher, url, site }
    }

    /// Returns a page's title without the site's name behind it.
    pub(super) fn without_site<'a>(&self, title: &'a str) -> &'a str {
        let cut = self.site.as_deref().and_then(|site| title.strip_suffix(site)).and_then(|title| {
            let title = title.trim_end();
            TITLE_MARKS.iter().find_map(|mark| title.strip_suffix(mark.trim_end()))
        });
        cut.map_or(title, str::trim_end)
    }
}

/// Returns what stands behind "published" in a byline that may tell of a later version before: `Updated 5 March 2026 |
/// Published 4 March 2026`.
fn behind_published(line: &str) -> Option<&str> {
    let at = line.to_ascii_lowercase().find("publish")?;
    line.get(at..)
}

/// What a pass over the page has found.
#[derive(Debug, Default)]
struct Found {
    /// Names of `meta` elements in small letters, with their content.
    meta: Vec<(String, String)>,
    canonical: Option<String>,
    structured: Vec<Value>,
    times: Vec<String>,
    bylines: Vec<String>,
    title: String,
    headline: String,
    /// The element whose characters are being collected.
    inside: Inside,
    /// The line of text that is being read.
    line: String,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Inside {
    #[default]
    Page,
    Title,
    Headline,
    Structured,
    /// A script or style, whose characters are no text.
    Hidden,
}

impl Found {
    fn meta_of<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = &'a str> {
        names.iter().filter_map(|name| {
            let (_, content) = self.meta.iter().find(|(known, _)| known == name)?;
            Some(content.as_str())
        })
    }

    /// Returns the canonical address, whole where a base is known.
    fn url(&self, fetched: Option<&str>) -> Option<String> {
        let og = self.meta_of(&["og:url"]).next().filter(|url| url.contains("://"));
        let base = fetched.or(og).and_then(|base| Url::parse(base).ok());
        let canonical =
            self.canonical.as_deref().and_then(|canonical| match (Url::parse(canonical), &base) {
                (Ok(url), _) => Some(url),
                (Err(_), Some(base)) => base.join(canonical).ok(),
                (Err(_), None) => None,
            });
        let web = |url: &Url| matches!(url.scheme(), "http" | "https");
        let canonical = canonical.filter(web).map(|url| url.to_string());
        canonical.or_else(|| og.or(fetched).map(str::to_owned))
    }

    /// Returns the two parts of the page's title that may be headline and site.
    fn parted_title(&self) -> Option<(&str, &str)> {
        let title = self.title.trim();
        let cut =
            TITLE_MARKS.iter().filter_map(|mark| title.rfind(mark).map(|at| (at, at + mark.len()))).max()?;
        let (headline, site) = (title[..cut.0].trim(), title[cut.1..].trim());
        (!site.is_empty() && site.chars().count() <= 40).then_some((headline, site))
    }

    /// Returns the site's name behind the headline in the page's title.
    fn site_in_title(&self) -> Option<String> {
        let (headline, site) = self.parted_title()?;
        let known = self.meta_of(&["og:title"]).next().unwrap_or(self.headline.trim()).trim();
        // Without the headline elsewhere, whatever stands behind a mark may be a part of it.
        let is_headline = known.is_empty() || headline.eq_ignore_ascii_case(known);
        is_headline.then(|| site.to_owned())
    }

    /// Returns the site's name in the page's title where the headline stands alone elsewhere.
    fn site_behind_headline(&self) -> Option<String> {
        let (headline, site) = self.parted_title()?;
        let mut alone = self.meta_of(&["og:title"]).chain([self.headline.as_str()]);
        alone.any(|known| known.trim().eq_ignore_ascii_case(headline)).then(|| site.to_owned())
    }

    fn tag(&mut self, tag: &Tag) {
        let attribute =
            |name: &str| tag.attrs.iter().find(|a| &*a.name.local == name).map(|a| a.value.trim().to_owned());
        let start = tag.kind == TagKind::StartTag;
        match (&*tag.name, start) {
            ("meta", true) => {
                let name =
                    attribute("property").or_else(|| attribute("name")).or_else(|| attribute("itemprop"));
                if let (Some(name), Some(content)) = (name, attribute("content").filter(|c| !c.is_empty())) {
                    self.meta.push((name.to_lowercase(), content));
                }
            }
            ("link", true) if attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                self.canonical =
                    self.canonical.take().or_else(|| attribute("href").filter(|h| !h.is_empty()));
            }
            ("time", true) => self.times.extend(attribute("datetime")),
            ("title", true) if self.title.is_empty() => self.inside = Inside::Title,
            ("h1", true) if self.headline.is_empty() => self.inside = Inside::Headline,
            ("script", true) => {
                let kind = attribute("type").unwrap_or_default().to_lowercase();
                self.line.clear();
                self.inside =
                    if kind.starts_with("application/ld+json") { Inside::Structured } else { Inside::Hidden };
            }
            ("style", true) => self.inside = Inside::Hidden,
            ("script", false) if self.inside == Inside::Structured => {
                let written = std::mem::take(&mut self.line);
                self.structured.extend(structured::read(&written));
                self.inside = Inside::Page;
            }
            ("title" | "h1" | "script" | "style", false) => self.inside = Inside::Page,
            ("span" | "a" | "b" | "i" | "em" | "strong" | "font" | "small", _) => self.line.push(' '),
            _ => self.end_line(),
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if self.bylines.len() < BYLINES
            && line.trim().chars().count() <= BYLINE
            && days::find(&line).is_some()
        {
            self.bylines.push(line);
        }
    }
}

#[derive(Debug, Default)]
struct Finder(RefCell<Found>);

impl TokenSink for Finder {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut found = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => match found.inside {
                Inside::Title => found.title.push_str(&text),
                Inside::Headline => found.headline.push_str(&text),
                Inside::Structured | Inside::Page => found.line.push_str(&text),
                Inside::Hidden => {}
            },
            Token::TagToken(tag) => {
                found.tag(&tag);
                return content(&tag);
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::Metadata;

    #[track_caller]
    fn check(html: &str, published: &str, publisher: Option<&str>, url: Option<&str>) {
        let metadata = Metadata::of(html, None, None);
        assert_eq!(metadata.published, published.parse().ok(), "{html}");
        assert_eq!((metadata.publisher.as_deref(), metadata.url.as_deref()), (publisher, url), "{html}");
    }

    #[test]
    fn structured_data_wins() {
        check(
            r#"<meta name="date" content="2020-01-01"><script type="application/ld+json">{"@graph": [{"@type": "WebSite"},
            {"@type": "NewsArticle", "datePublished": "2026-03-04", "publisher": [{"name": "Wire"}]}]}</script>"#,
            "2026-03-04",
            Some("Wire"),
            None,
        );
    }

    #[test]
    fn broken_structured_data_is_passed_over() {
        check(
            r#"<script type="application/ld+json">{"@type": "NewsArticle", </script>
            <meta property="article:published_time" content="2026-03-04T10:00Z">"#,
            "2026-03-04",
            None,
            None,
        );
    }

    #[test]
    fn a_day_in_numbers_needs_an_order() {
        let html = "<meta name=date content=03/04/2026>";
        let day = |order: &str| Metadata::of(html, None, order.parse().ok()).published;
        assert_eq!((day("mdy"), day("dmy")), ("2026-03-04".parse().ok(), "2026-04-03".parse().ok()));
        let metadata = Metadata::of(html, None, None);
        assert_eq!((metadata.published, metadata.undecided.unwrap().0), (None, "03/04/2026".to_owned()));
    }

    #[test]
    fn the_site_stands_behind_the_headline() {
        check(
            "<title>Arvan falls - again | The Wire</title><h1>Arvan falls - again</h1>",
            "",
            Some("The Wire"),
            None,
        );
        check("<title>Arvan falls - again</title><h1>Arvan falls - again</h1>", "", None, None);
    }

    #[test]
    fn a_title_ends_before_its_site() {
        let cut = |html: &str, title: &str| Metadata::of(html, None, None).without_site(title).to_owned();
        let html = "<title>Arvan falls | The Wire</title><h1>Arvan falls</h1>";
        assert_eq!(cut(html, "Arvan falls | The Wire"), "Arvan falls");
        assert_eq!(cut(html, "Arvan falls"), "Arvan falls");
        // Nothing tells that this is a site.
        assert_eq!(cut("<title>Arvan falls | Again</title>", "Arvan falls | Again"), "Arvan falls | Again");
    }

    #[test]
    fn a_day_in_words_stands_in_a_short_line() {
        check(
            "<p>Published on <b>4 March 2026</b>, 10:04</p><p>On 1 May 2020 they left.</p>",
            "2026-03-04",
            None,
            None,
        );
        check("<p>Updated 5 March 2026 | Published 4 March 2026</p>", "2026-03-04", None, None);
        check("<p>Thursday, 5 March 2026</p><p>Published: 4 March 2026</p>", "2026-03-04", None, None);
        let long = "They left on 4 March 2026 after ".repeat(5);
        check(&format!("<p>{long}</p>"), "", None, None);
    }

    #[test]
    fn addresses_are_made_whole() {
        let html = r#"<link rel="canonical" href="/a/2026/03/04/b">"#;
        assert_eq!(
            Metadata::of(html, Some("https://wire.example/x?y"), None).url.as_deref(),
            Some("https://wire.example/a/2026/03/04/b")
        );
        check(html, "", None, None);
        check(r#"<link rel="canonical" href="javascript:x">"#, "", None, None);
    }
}
