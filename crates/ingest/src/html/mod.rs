//! Web pages: the report's words without the page around them, and what the page says about the report.
//!
//! The main text is found by `legible`, a port of Mozilla's Readability (why this one: `docs/design/html.md`); headline,
//! day, publisher and address by [`metadata`].

mod metadata;
mod structured;
mod text;

pub(crate) use text::of_markup;

use crate::{Given, IngestError, Ingested, MAX_BYTES, charset, content_id, days, look_over, stem};
use casus_types::{Document, Problem};
use metadata::Metadata;

/// Bytes at the start of a page within which it must name its encoding (HTML standard, 4.2.5.4).
const PRESCAN: usize = 1024;

/// Fewest words of a report. What is shorter is a caption or a button; the shortest briefs have about ten.
const FEWEST_WORDS: usize = 8;

/// What is known of a page before it is read.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Fetched<'a> {
    /// The file that it stands in, for the id.
    pub(crate) name: &'a str,
    /// Its id, where the archive has one.
    pub(crate) id: Option<&'a str>,
    /// Where it was fetched from.
    pub(crate) url: Option<&'a str>,
    /// The encoding that the server named.
    pub(crate) charset: Option<&'a str>,
}

/// Returns the document that a web page holds, named `name` (a path, or `-`).
///
/// The text is the main text of the page, its paragraphs parted by blank lines, without the headline. Title, day of
/// publication, publisher and canonical address are those that the page gives.
///
/// # Errors
/// Where the page is too large, in no known encoding, or has no main text.
pub fn page(bytes: &[u8], name: &str, given: &Given) -> Ingested {
    fetched(bytes, Fetched { name, ..Fetched::default() }, given)
}

/// Returns the document of a page that was fetched from `url`; its relative addresses count from there.
///
/// # Errors
/// As [`page`].
pub fn page_from(bytes: &[u8], url: &str, charset: Option<&str>, given: &Given) -> Ingested {
    fetched(bytes, Fetched { url: Some(url), charset, ..Fetched::default() }, given)
}

pub(crate) fn fetched(bytes: &[u8], from: Fetched<'_>, given: &Given) -> Ingested {
    if bytes.len() > MAX_BYTES {
        return Err(IngestError::TooLarge);
    }
    let own_label = label(&bytes[..bytes.len().min(PRESCAN)]);
    let (html, odd) = charset::decode(bytes, from.charset.or(own_label.as_deref()))?;
    if html.trim().is_empty() {
        return Err(IngestError::Empty);
    }
    let metadata = Metadata::of(&html, from.url, given.order);
    // Without main text there is nothing to read, whatever else the page says.
    let article = legible::parse(&html, metadata.url.as_deref().filter(|url| url.contains("://")), None);
    let article = article.map_err(|_| IngestError::NoArticle)?;
    let title = metadata.without_site(article.title.trim()).to_owned();
    let title = Some(title).filter(|title| !title.is_empty());
    let text = text::without_title(text::of_article(&article.content), title.as_deref());
    if text.split_whitespace().count() < FEWEST_WORDS {
        return Err(IngestError::NoArticle);
    }
    let mut problems: Vec<Problem> = odd.into_iter().collect();
    if let (None, Some((written, one, other))) = (given.published, metadata.undecided) {
        problems.push(days::ambiguous(&written, one, other));
    }
    let id = given.id.clone().or_else(|| from.id.map(str::to_owned)).or_else(|| stem(from.name));
    let document = Document {
        id: id.unwrap_or_else(|| content_id(&text)),
        title: given.title.clone().or(title),
        published: given.published.or(metadata.published),
        publisher: metadata.publisher,
        url: metadata.url,
        text,
    };
    look_over(&document, &mut problems)?;
    Ok((document, problems))
}

/// Returns the encoding that a page's beginning names: `<meta charset="…">`, `content="text/html; charset=…"`, or the
/// declaration of XML.
fn label(head: &[u8]) -> Option<String> {
    let head: String = head.iter().map(|&byte| char::from(byte).to_ascii_lowercase()).collect();
    let after = head.split_once("charset=").or_else(|| head.split_once("encoding="))?.1;
    let name = after.trim_start_matches(['"', '\'', ' ']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c)).unwrap_or(name.len());
    Some(name[..end].to_owned()).filter(|name| !name.is_empty())
}
