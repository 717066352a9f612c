//! The list of feeds, as its file writes them.
//!
//! ```toml
//! contact = "mailto:desk@observatory.example"   # told to every server
//! every = "15m"
//!
//! [[feed]]
//! url = "https://wire.example/world.rss"
//! name = "Example Wire"
//! full_text = true      # fetch the page of every entry
//! robots = false        # they have agreed to it
//! ```

use super::outside::host;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fmt;

/// How often a feed is asked for where the list does not say: most newsrooms' servers let a copy live that long.
const EVERY: u64 = 15 * 60;

/// The least, in seconds: more often is rude.
const LEAST: u64 = 60;

/// The distance between requests to one host where the list does not say, in seconds.
const PAUSE: u64 = 5;

/// The feeds to watch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedList {
    /// Whom a server's owner may write to, told to every server.
    pub contact: Option<String>,
    /// The feeds, in the order of the file.
    pub feeds: Vec<Feed>,
}

/// One feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Its address.
    pub url: String,
    /// Its publisher, in place of what the feed calls itself.
    pub name: Option<String>,
    /// How often it is asked for, in seconds.
    pub every: u64,
    /// The distance between requests to its host, in seconds.
    pub pause: u64,
    /// Whether the pages of its entries may be fetched.
    pub full_text: bool,
    /// Whether its server's `robots.txt`, and those of its pages, are asked for and obeyed.
    pub robots: bool,
}

/// Why a list cannot be read.
#[derive(Debug)]
pub enum FeedListError {
    /// It is not TOML, or has keys that a list has not.
    Toml {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        fault: String,
    },
    /// It has no feed.
    Empty,
    /// An address that is none of the web.
    Address(String),
    /// One address twice.
    Twice(String),
    /// A time that is no time, or too short.
    Time(String),
}

impl FeedListError {
    /// Returns what the user can do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Toml { .. } | Self::Empty => {
                "a feed is written so: [[feed]] and below it url = \"https://…\""
            }
            Self::Address(_) => "an address begins with https:// or http://",
            Self::Twice(_) => "take one of them out",
            Self::Time(_) => "write 15m, 2h or 1d; a minute is the least for every",
        }
    }
}

impl fmt::Display for FeedListError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Toml { line, fault } => write!(f, "line {line}: not a list of feeds: {fault}"),
            Self::Empty => f.write_str("it lists no feed"),
            Self::Address(url) => write!(f, "{url:?} is no address on the web"),
            Self::Twice(url) => write!(f, "{url} stands there twice"),
            Self::Time(time) => write!(f, "{time:?} is no time to wait"),
        }
    }
}

impl std::error::Error for FeedListError {}

/// A list as its file writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    contact: Option<String>,
    every: Option<String>,
    pause: Option<String>,
    #[serde(default)]
    full_text: bool,
    robots: Option<bool>,
    #[serde(default)]
    feed: Vec<WrittenFeed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFeed {
    url: String,
    name: Option<String>,
    every: Option<String>,
    pause: Option<String>,
    full_text: Option<bool>,
    robots: Option<bool>,
}

impl FeedList {
    /// Reads a list.
    ///
    /// # Errors
    /// Where it is not TOML of a list, lists nothing, or has an address or a time that is none.
    pub fn parse(toml: &str) -> Result<Self, FeedListError> {
        let written: Written = toml::from_str(toml).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let line = toml.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
            FeedListError::Toml { line, fault: error.message().to_owned() }
        })?;
        let mut known = BTreeSet::new();
        let mut feeds = Vec::new();
        for feed in written.feed {
            if host(&feed.url).is_none() {
                return Err(FeedListError::Address(feed.url));
            }
            if !known.insert(feed.url.clone()) {
                return Err(FeedListError::Twice(feed.url));
            }
            let time = |own: Option<String>, all: &Option<String>, usual: u64| {
                own.or_else(|| all.clone()).map_or(Ok(usual), |written| seconds(&written))
            };
            let every = time(feed.every, &written.every, EVERY)?;
            if every < LEAST {
                return Err(FeedListError::Time(format!("{every}s")));
            }
            feeds.push(Feed {
                every,
                pause: time(feed.pause, &written.pause, PAUSE)?,
                full_text: feed.full_text.unwrap_or(written.full_text),
                robots: feed.robots.or(written.robots).unwrap_or(true),
                url: feed.url,
                name: feed.name,
            });
        }
        if feeds.is_empty() {
            Err(FeedListError::Empty)
        } else {
            Ok(Self { contact: written.contact, feeds })
        }
    }
}

/// Reads `90s`, `15m`, `2h` and `1d`.
fn seconds(written: &str) -> Result<u64, FeedListError> {
    let wrong = || FeedListError::Time(written.to_owned());
    let trimmed = written.trim();
    let unit = match trimmed.chars().last().ok_or_else(wrong)? {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        _ => return Err(wrong()),
    };
    let n: u64 = trimmed[..trimmed.len() - 1].trim().parse().map_err(|_| wrong())?;
    // A thousand years are enough, and never overflow.
    n.checked_mul(unit).filter(|seconds| *seconds <= 365_000 * 86_400).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::FeedList;

    #[test]
    fn a_list_is_read() {
        let list = FeedList::parse(
            "contact = \"mailto:a@b.example\"\nevery = \"1h\"\n[[feed]]\nurl = \"https://a.example/x\"\n\
             [[feed]]\nurl = \"http://b.example\"\nname = \"B\"\nevery = \"90s\"\npause = \"0s\"\nfull_text = true\nrobots = false\n",
        )
        .unwrap();
        assert_eq!(list.contact.as_deref(), Some("mailto:a@b.example"));
        assert_eq!((list.feeds[0].every, list.feeds[0].pause, list.feeds[0].full_text), (3600, 5, false));
        assert_eq!((list.feeds[0].robots, list.feeds[1].robots), (true, false));
        assert_eq!((list.feeds[1].every, list.feeds[1].pause, list.feeds[1].full_text), (90, 0, true));
    }

    #[test]
    fn faults_are_told() {
        for (toml, message) in [
            ("", "it lists no feed"),
            ("[[feed]]\nurl = \"a.example\"", "\"a.example\" is no address on the web"),
            ("[[feed]]\nurl = \"https://a\"\n[[feed]]\nurl = \"https://a\"", "https://a stands there twice"),
            ("every = \"often\"\n[[feed]]\nurl = \"https://a\"", "\"often\" is no time to wait"),
            ("every = \"10s\"\n[[feed]]\nurl = \"https://a\"", "\"10s\" is no time to wait"),
            (
                "every = \"99999999999999999999d\"\n[[feed]]\nurl = \"https://a\"",
                "\"99999999999999999999d\" is no time to wait",
            ),
            ("[[feed]]\nlink = \"https://a\"", "line 2: not a list of feeds: unknown field `link`"),
        ] {
            let error = FeedList::parse(toml).unwrap_err().to_string();
            assert!(error.starts_with(message), "{error}");
        }
    }
}
