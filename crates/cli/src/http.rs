//! The network and the clock of `casus watch`: blocking HTTP over rustls, with the roots that browsers trust built in.

use casus::watch::{Answer, FetchError, Outside, Request};
use std::io::Read;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use ureq::Agent;
use ureq::http::HeaderMap;

/// The longest that one request may take, its body included.
const LONGEST: Duration = Duration::from_mins(2);

/// The longest that a connection may take.
const CONNECT: Duration = Duration::from_secs(15);

/// The largest body, in bytes, as that of a feed.
const LARGEST: usize = casus::ingest::MAX_FEED_BYTES;

/// The network.
pub(crate) struct Network(Agent);

impl Network {
    /// Returns a network that names itself and whom to write to.
    pub(crate) fn new(contact: Option<&str>) -> Self {
        let contact = contact.map_or_else(String::new, |contact| format!(" (+{contact})"));
        let agent = Agent::config_builder()
            .user_agent(format!("casus/{}{contact}", env!("CARGO_PKG_VERSION")))
            .http_status_as_error(false)
            // Where a server leads is for the watch to judge.
            .max_redirects(0)
            .timeout_global(Some(LONGEST))
            .timeout_connect(Some(CONNECT))
            .build()
            .new_agent();
        Self(agent)
    }
}

impl Outside for Network {
    fn fetch(&mut self, request: &Request<'_>) -> Result<Answer, FetchError> {
        let failed = |error: ureq::Error| FetchError(error.into());
        let mut get = self.0.get(request.url).header("accept", request.accept);
        for (name, value) in [("if-none-match", request.etag), ("if-modified-since", request.last_modified)] {
            if let Some(value) = value {
                get = get.header(name, value);
            }
        }
        let response = get.call().map_err(failed)?;
        let (parts, body) = response.into_parts();
        let field = |name: &str| field(&parts.headers, name);
        let mut bytes = Vec::new();
        let limit = LARGEST as u64 + 1;
        body.into_reader().take(limit).read_to_end(&mut bytes).map_err(|error| FetchError(error.into()))?;
        if bytes.len() > LARGEST {
            return Err(FetchError(format!("more than {} MB", LARGEST / 1_000_000).into()));
        }
        Ok(Answer {
            status: parts.status.as_u16(),
            url: request.url.to_owned(),
            location: field("location"),
            charset: field("content-type").and_then(|kind| charset(&kind)),
            etag: field("etag"),
            last_modified: field("last-modified"),
            // The form with a date is rare; the usual back-off serves it.
            retry_after: field("retry-after").and_then(|seconds| seconds.parse().ok()),
            body: bytes,
        })
    }

    fn now(&self) -> u64 {
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
    }

    fn wait(&mut self, seconds: u64) {
        thread::sleep(Duration::from_secs(seconds));
    }
}

fn field(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

fn charset(content_type: &str) -> Option<String> {
    let (_, after) = content_type.split_once("charset=")?;
    let name = after.trim_start_matches(['"', '\'']).split(['"', '\'', ';', ' ']).next()?;
    (!name.is_empty()).then(|| name.to_owned())
}
