//! The whole text of an entry: its page, where the list permits to fetch it.

use super::outside::{Answer, may_lead};
use super::permission::NoPage;
use crate::Problem;
use crate::ingest::{self, FeedEntry, Given, Ingested};
use std::collections::BTreeMap;

/// How often a page is tried that its server does not give out just now.
const TRIES: u32 = 3;

/// Returns the document of an entry's page, else that of the feed with the problem `page-not-read`; none where the page
/// shall be tried again at the next poll, which `pending` then counts.
pub(super) fn whole(
    feed_url: &str,
    entry: FeedEntry,
    pending: &mut BTreeMap<String, u32>,
    get: &mut dyn FnMut(&str) -> Result<Answer, NoPage>,
) -> Option<Ingested> {
    let tried = pending.remove(&entry.id).unwrap_or_default();
    let Some(url) = entry.url.as_deref().filter(|page| may_lead(feed_url, page)) else {
        return Some(own(entry, "it has no address that may be fetched"));
    };
    let again = |why: &str, pending: &mut BTreeMap<String, u32>| {
        if tried + 1 < TRIES {
            pending.insert(entry.id.clone(), tried + 1);
            return None;
        }
        Some(why.to_owned())
    };
    let why = match get(url) {
        Ok(answer) if answer.status == 200 => match of_page(&entry, url, &answer) {
            Ok(ingested) => return Some(Ok(ingested)),
            Err(error) => error.to_string(),
        },
        // Busy or broken for now.
        Ok(answer) if answer.status == 429 || answer.status >= 500 => {
            again(&format!("its server answered {}", answer.status), pending)?
        }
        Ok(answer) => format!("its server answered {}", answer.status),
        Err(NoPage::Barred(why)) => why,
        Err(NoPage::Failed(why)) => again(&why, pending)?,
    };
    Some(own(entry, &why))
}

/// Returns the page's document; the feed's day, headline and id win, for they are the newsroom's own.
fn of_page(entry: &FeedEntry, url: &str, answer: &Answer) -> Ingested {
    let mut given = Given { id: Some(entry.id.clone()), ..Given::default() };
    let mut publisher = None;
    if let Ok((document, _)) = &entry.document {
        given.title.clone_from(&document.title);
        given.published = document.published;
        publisher.clone_from(&document.publisher);
    }
    let (mut document, problems) = ingest::page_from(&answer.body, url, answer.charset.as_deref(), &given)?;
    document.publisher = document.publisher.or(publisher);
    Ok((document, problems))
}

/// Returns what the feed itself gives, with why that is all.
fn own(entry: FeedEntry, why: &str) -> Ingested {
    entry.document.map(|(document, mut problems)| {
        problems.push(Problem::new(
            "page-not-read",
            format!("the page was not read, so the feed's own words stand: {why}"),
            "fetch it by hand and give it to casus code",
        ));
        (document, problems)
    })
}
