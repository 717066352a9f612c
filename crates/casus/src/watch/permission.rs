//! Whether a server lets casus fetch an address, and each one to which that leads. What its `robots.txt` says is remembered with the feeds, so that it is asked
//! for once a day, not at every start.

use super::feeds::Feed;
use super::outside::{Answer, FetchError, Request, may_lead, origin};
use super::robots::{Robots, TRUSTED};
use super::{PollError, Watch, fetch, schedule};

/// How soon a `robots.txt` is asked for again that was not given out, in seconds; doubled with each failure.
const AGAIN: u64 = 15 * 60;

/// Redirects that are followed; browsers allow twenty, but who needs more than a few leads nowhere.
const REDIRECTS: usize = 8;

/// Why a page was not fetched.
#[derive(Debug)]
pub(super) enum NoPage {
    /// Its server does not let casus.
    Barred(String),
    /// It may go well another time.
    Failed(String),
}

/// Why nothing came from an address.
#[derive(Debug)]
enum Refusal {
    /// The file at this address forbids it.
    Barred(String),
    /// The file at this address could not be fetched: why.
    Unknown(String, String),
    /// No answer came, or one that leads nowhere.
    Unanswered(FetchError),
}

impl Watch<'_> {
    /// Fetches a feed where that is allowed.
    pub(super) fn feed(&mut self, feed: &Feed, request: &Request<'_>) -> Result<Answer, PollError> {
        self.follow(feed, request, true).map_err(|refusal| match refusal {
            Refusal::Barred(robots) => PollError::Barred(robots),
            Refusal::Unknown(robots, why) => PollError::NoRobots(robots, why),
            Refusal::Unanswered(error) => PollError::Fetch(error),
        })
    }

    /// Fetches the page of an entry where that is allowed.
    pub(super) fn page(&mut self, feed: &Feed, url: &str) -> Result<Answer, NoPage> {
        let request =
            Request { url, accept: "text/html, application/xhtml+xml", etag: None, last_modified: None };
        self.follow(feed, &request, true).map_err(|refusal| match refusal {
            Refusal::Barred(robots) => NoPage::Barred(format!("{robots} does not let casus fetch it")),
            Refusal::Unknown(robots, why) => NoPage::Failed(format!("{robots} cannot be fetched: {why}")),
            Refusal::Unanswered(error) => NoPage::Failed(error.to_string()),
        })
    }

    /// Fetches an address and those to which it leads; with `ask` each of them only where its server allows it.
    fn follow(&mut self, feed: &Feed, request: &Request<'_>, ask: bool) -> Result<Answer, Refusal> {
        let nowhere = |why: String| Err(Refusal::Unanswered(FetchError(why.into())));
        let mut url = request.url.to_owned();
        for _ in 0..=REDIRECTS {
            let pause = if ask { self.permitted(feed, &url)? } else { feed.pause };
            let here = Request { url: &url, ..*request };
            let answer = fetch(self.outside, &mut self.asked, pause, &here).map_err(Refusal::Unanswered)?;
            let Some(next) = answer.leads_to() else { return Ok(answer) };
            if !may_lead(&url, &next) {
                return nowhere(format!("{url} leads to {next}, where casus does not follow it"));
            }
            url = next;
        }
        nowhere(format!("it leads on and on, at last to {url}"))
    }

    /// Returns the distance that requests to an address's server shall keep, in seconds, where casus may ask for it.
    fn permitted(&mut self, feed: &Feed, url: &str) -> Result<u64, Refusal> {
        let Some(origin) = origin(url).filter(|_| feed.robots) else { return Ok(feed.pause) };
        let address = format!("{origin}/robots.txt");
        let robots = self.robots(feed, &address);
        if let Some(why) = robots.unreachable {
            return Err(Refusal::Unknown(address, why));
        }
        let path = url[origin.len()..].split('#').next().unwrap_or_default();
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        if !robots.allows(&path) {
            return Err(Refusal::Barred(address));
        }
        Ok(feed.pause.max(robots.delay.unwrap_or_default()))
    }

    /// Returns what the file at an address says: as it is remembered, or asked for where that is too old.
    fn robots(&mut self, feed: &Feed, address: &str) -> Robots {
        let mut memory = self.memory.recall(address);
        let now = self.outside.now();
        if let Some(robots) = memory.robots.as_ref().filter(|_| now < memory.due) {
            return robots.clone();
        }
        let request =
            Request { url: address, accept: "text/plain, */*;q=0.1", etag: None, last_modified: None };
        let robots = match self.follow(feed, &request, false) {
            Ok(answer) if (200..300).contains(&answer.status) => Robots::read(&answer.body),
            // "Too many requests" says nothing of what is allowed.
            Ok(answer) if (400..500).contains(&answer.status) && answer.status != 429 => Robots::default(),
            Ok(answer) => unreachable(format!("the server answered {}", answer.status)),
            Err(Refusal::Unanswered(error)) => unreachable(error.to_string()),
            Err(Refusal::Barred(why) | Refusal::Unknown(_, why)) => unreachable(why),
        };
        let now = self.outside.now();
        (memory.failures, memory.due) = if robots.unreachable.is_some() {
            let failures = memory.failures.saturating_add(1);
            (failures, now + schedule::after_failure(AGAIN, failures - 1, None))
        } else {
            (0, now + TRUSTED)
        };
        memory.robots = Some(robots.clone());
        // Where it cannot be written down the file is asked for again; the feed's own memory tells of the fault.
        let _ = self.memory.keep(address, &memory);
        robots
    }
}

fn unreachable(why: String) -> Robots {
    Robots { unreachable: Some(why), ..Robots::default() }
}
