//! What a server lets casus fetch, by its `robots.txt` (RFC 9309).
//!
//! A file is read once a day at most. Of its groups those that name casus count, else those for everybody (`*`). Of the rules
//! that fit a path the longest holds, and of equals the one that allows. `*` in a rule stands for any letters and `$` for
//! the end of the path. Where the file is not there (status 4xx) everything is allowed; where its server is not reached or
//! fails, nothing is for now.

use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// The name by which files address casus, in small letters: the beginning of what it calls itself to servers.
const NAME: &str = "casus";

/// Bytes of a file that are read: the least that RFC 9309, 2.5, asks for.
const READ: usize = 500 * 1024;

/// How long a file is trusted, in seconds (RFC 9309, 2.4).
pub(super) const TRUSTED: u64 = 24 * 3600;

/// The longest distance between requests that a file can ask for, in seconds. (`Crawl-delay` stands in no standard, and in
/// many files.)
const LONGEST_DELAY: u64 = 60;

/// What a server's file says to casus.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Robots {
    /// The rules: whether they allow, and what they are about.
    pub rules: Vec<(bool, String)>,
    /// The distance that requests shall keep, in seconds.
    pub delay: Option<u64>,
    /// Why the file could not be fetched; until it can, nothing is allowed.
    pub unreachable: Option<String>,
}

impl Robots {
    /// Reads a file. What is no line of it is passed over, as the standard has it.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(READ)]);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let [mut ours, mut everybodys] = [None::<Self>, None::<Self>];
        // To whom the present group speaks: casus, everybody.
        let mut to = [false; 2];
        let mut naming = false;
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if !naming {
                    to = [false; 2];
                }
                naming = true;
                to[0] |= product(value) == NAME;
                to[1] |= value == "*";
                for (addressed, group) in to.iter().zip([&mut ours, &mut everybodys]) {
                    if *addressed {
                        group.get_or_insert_default();
                    }
                }
                continue;
            }
            for (addressed, group) in to.iter().zip([&mut ours, &mut everybodys]) {
                if let (true, Some(group)) = (*addressed, group.as_mut()) {
                    group.line(&key, value);
                }
            }
            // Other lines, a site map for one, do not end the names of a group.
            naming &= !matches!(key.as_str(), "allow" | "disallow" | "crawl-delay");
        }
        ours.or(everybodys).unwrap_or_default()
    }

    fn line(&mut self, key: &str, value: &str) {
        match key {
            // An empty rule fits nothing.
            "allow" | "disallow" if !value.is_empty() => {
                self.rules.push((key == "allow", encoded(value)));
            }
            "crawl-delay" => self.delay = seconds(value).or(self.delay),
            _ => {}
        }
    }

    /// Tells whether the rules allow a path with its query.
    pub(super) fn allows(&self, path: &str) -> bool {
        let path = encoded(path);
        let fitting = self.rules.iter().filter(|(_, rule)| fits(rule.as_bytes(), path.as_bytes()));
        fitting.max_by_key(|(allow, rule)| (rule.len(), *allow)).is_none_or(|(allow, _)| *allow)
    }
}

/// Returns seconds, those begun counted whole, as far as casus waits.
fn seconds(value: &str) -> Option<u64> {
    let (whole, part) = value.split_once('.').unwrap_or((value, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = whole.parse::<u64>().ok().filter(|_| digits(part))?;
    let begun = u64::from(part.bytes().any(|byte| byte != b'0'));
    Some(whole.saturating_add(begun).min(LONGEST_DELAY))
}

/// Returns the name of a crawler, in small letters: letters, `_` and `-` (RFC 9309, 2.2.1); what follows is its version.
fn product(value: &str) -> String {
    let name = value.find(|c: char| !(c.is_ascii_alphabetic() || c == '_' || c == '-'));
    value[..name.unwrap_or(value.len())].to_ascii_lowercase()
}

/// Returns a path with one way of writing for each letter: those beyond ASCII as octets, and hexadecimal digits in
/// capitals (RFC 9309, 2.2.2).
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let bytes = path.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = bytes.get(at + 1..at + 3).filter(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        match (byte, hex) {
            (b'%', Some(hex)) => {
                let octet = hex.iter().fold(0, |n, digit| n * 16 + digit_of(*digit));
                // What may stand for itself is the same as its octet (RFC 3986, 2.3).
                if octet.is_ascii_alphanumeric() || b"-._~".contains(&octet) {
                    out.push(char::from(octet));
                } else {
                    escape(&mut out, octet);
                }
                at += 3;
            }
            (0x21..=0x7e, _) => {
                out.push(char::from(byte));
                at += 1;
            }
            _ => {
                escape(&mut out, byte);
                at += 1;
            }
        }
    }
    out
}

fn escape(out: &mut String, octet: u8) {
    write!(out, "%{octet:02X}").expect("a string takes all");
}

fn digit_of(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        _ => digit.to_ascii_lowercase() - b'a' + 10,
    }
}

/// Tells whether a rule fits the beginning of a path. Its time is that of rule times path at most, whatever stars it has.
fn fits(rule: &[u8], path: &[u8]) -> bool {
    let (rule, whole) = match rule.strip_suffix(b"$") {
        Some(rule) => (rule, true),
        None => (rule, false),
    };
    let (mut r, mut p) = (0, 0);
    // The last star, and how much of the path it stood for.
    let mut star: Option<(usize, usize)> = None;
    loop {
        if r == rule.len() && (!whole || p == path.len()) {
            return true;
        }
        if rule.get(r) == Some(&b'*') {
            star = Some((r, p));
            r += 1;
        } else if p < path.len() && rule.get(r) == path.get(p) {
            (r, p) = (r + 1, p + 1);
        } else if let Some((at, stood)) = star.filter(|(_, stood)| *stood < path.len()) {
            star = Some((at, stood + 1));
            (r, p) = (at + 1, stood + 1);
        } else {
            return false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Robots, fits};

    #[track_caller]
    fn check(file: &str, allowed: &[&str], barred: &[&str]) {
        let robots = Robots::read(file.as_bytes());
        for path in allowed {
            assert!(robots.allows(path), "{path}: {robots:?}");
        }
        for path in barred {
            assert!(!robots.allows(path), "{path}: {robots:?}");
        }
    }

    #[test]
    fn the_longest_rule_holds() {
        let file =
            "User-agent: *\nDisallow: /news/\nAllow: /news/world\nDisallow: /news/world/old$\nDisallow:\n";
        check(
            file,
            &["/", "/new", "/news/world/1", "/news/world/old/1"],
            &["/news/", "/news/a", "/news/world/old"],
        );
        check("user-agent: *\ndisallow: /a\nallow: /a", &["/a"], &[]);
        check("User-agent: *\nDisallow: /", &[], &["/", "/feed?x=1"]);
        check("", &["/"], &[]);
        check("Disallow: /", &["/"], &[]);
    }

    #[test]
    fn the_group_that_names_casus_holds() {
        let file = "User-agent: *\nDisallow: /\n\nUser-agent: otherbot\nUser-agent: CASUS/2.0\nDisallow: /private\n\
                    Sitemap: https://a.example/map\n\nuser-agent: casus\ndisallow: /more\n";
        check(file, &["/", "/mo"], &["/private/1", "/more"]);
        // A name within another is another crawler.
        check("User-agent: casusbot\nDisallow: /\n", &["/"], &[]);
        check("User-agent: casus\nAllow: /\nUser-agent: *\nDisallow: /\n", &["/x"], &[]);
        // A group without rules allows all, whatever everybody is told.
        check(
            "User-agent: casus\nUser-agent: b\nCrawl-delay: 2\n\nUser-agent: *\nDisallow: /\n",
            &["/x"],
            &[],
        );
    }

    #[test]
    fn stars_and_octets_are_read() {
        check(
            "User-agent: *\nDisallow: /*.pdf$\nDisallow: /*?print=",
            &["/a.pdf?x", "/a"],
            &["/a/b.pdf", "/a?print=1"],
        );
        check("User-agent: *\nDisallow: /%6eews/caf\u{e9}", &[], &["/news/caf%C3%A9", "/news/caf%c3%a9/1"]);
        check("User-agent: *\nDisallow: /a%2fb", &["/a/b"], &["/a%2Fb"]);
        check("\u{feff}User-agent: * # all\r\nDisallow: /x # not this\r\n", &["/"], &["/x"]);
        let stars = "*a".repeat(40) + "$";
        assert!(!fits(stars.as_bytes(), "a".repeat(4000).replace("aaaa", "aaab").as_bytes()));
    }

    #[test]
    fn delays_are_read() {
        let delay =
            |value: &str| Robots::read(format!("User-agent: *\nCrawl-delay: {value}\n").as_bytes()).delay;
        assert_eq!(
            ["10", "0.5", "9999", "-1", "soon", "inf"].map(delay),
            [Some(10), Some(1), Some(60), None, None, None]
        );
    }
}
