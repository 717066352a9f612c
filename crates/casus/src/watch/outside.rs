//! The network and the clock, as a watch needs them.

use std::fmt;
use std::net::IpAddr;
use url::Url;

/// The network and the clock.
pub trait Outside {
    /// Sends a request and returns the answer; one that leads elsewhere is an answer too.
    ///
    /// # Errors
    /// Where no answer comes: no such host, no connection, a time that is up, too many bytes. A status that is no success is
    /// an answer.
    fn fetch(&mut self, request: &Request<'_>) -> Result<Answer, FetchError>;

    /// Returns the seconds since 1970.
    fn now(&self) -> u64;

    /// Waits for some seconds.
    fn wait(&mut self, seconds: u64);
}

/// What is asked of a server.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The address.
    pub url: &'a str,
    /// What media types are welcome (`Accept`).
    pub accept: &'a str,
    /// The version that is known (`If-None-Match`).
    pub etag: Option<&'a str>,
    /// The time of the version that is known (`If-Modified-Since`).
    pub last_modified: Option<&'a str>,
}

/// What a server answers.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// Its status: 200, 304, 404.
    pub status: u16,
    /// The address that answered.
    pub url: String,
    /// Where it leads, as `Location` writes it.
    pub location: Option<String>,
    /// The encoding that it names in `Content-Type`.
    pub charset: Option<String>,
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
    /// `Retry-After`, in seconds.
    pub retry_after: Option<u64>,
    /// What it sent.
    pub body: Vec<u8>,
}

impl Answer {
    /// Returns the address that it leads to, where it is a redirect (RFC 9110, 15.4).
    pub(super) fn leads_to(&self) -> Option<String> {
        let location =
            self.location.as_deref().filter(|_| matches!(self.status, 301 | 302 | 303 | 307 | 308))?;
        Some(Url::parse(&self.url).ok()?.join(location).ok()?.into())
    }
}

/// Why no answer came.
#[derive(Debug)]
pub struct FetchError(pub Box<dyn std::error::Error + Send + Sync>);

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for FetchError {}

/// Returns the host of a web address, without its port.
pub(super) fn host(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?;
    let host = match host.strip_prefix('[') {
        Some(v6) => v6.split(']').next()?,
        None => host.split(':').next()?,
    };
    (!host.is_empty()).then_some(host)
}

/// Returns scheme, host and port of a web address: `https://a.example:8080`.
pub(super) fn origin(url: &str) -> Option<&str> {
    host(url)?;
    let begins = url.find("://")? + 3;
    let ends = url[begins..].find(['/', '?', '#', '\\']).map_or(url.len(), |at| begins + at);
    Some(&url[..ends])
}

/// Tells whether one address may lead to another: to one on the web, and not from outside into the reader's own network.
pub(super) fn may_lead(from: &str, to: &str) -> bool {
    match (host(from), host(to)) {
        (Some(from), Some(to)) => is_inside(from) || !is_inside(to),
        _ => false,
    }
}

/// Tells whether a host is within the reader's own network by its name or number: a feed from outside shall not make casus
/// knock there.
fn is_inside(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let named = host == "localhost"
        || !host.contains(['.', ':'])
        || [".localhost", ".local", ".internal", ".lan"].iter().any(|ending| host.ends_with(ending));
    let numbered = match host.parse() {
        Ok(IpAddr::V4(ip)) => {
            ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified()
        }
        Ok(IpAddr::V6(ip)) => {
            ip.is_loopback()
                || ip.is_unique_local()
                || ip.is_unicast_link_local()
                || ip.is_unspecified()
                || ip.to_ipv4_mapped().is_some()
        }
        Err(_) => false,
    };
    named || numbered
}

#[cfg(test)]
mod tests {
    use super::{Answer, host, is_inside, origin};

    #[test]
    fn hosts_are_found() {
        assert_eq!(host("https://a.example:8080/x?y"), Some("a.example"));
        assert_eq!(host("http://user:pass@a.example/"), Some("a.example"));
        assert_eq!(host("http://[::1]:80/"), Some("::1"));
        assert_eq!(origin("https://a.example:8080/x?y"), Some("https://a.example:8080"));
        assert_eq!(origin("http://a.example?y"), Some("http://a.example"));
        for url in ["ftp://a.example", "https:///x", "a.example", "file:///etc/passwd"] {
            assert_eq!(host(url), None, "{url}");
        }
    }

    #[test]
    fn an_answer_may_lead_elsewhere() {
        let leads = |status, location: &str| {
            let url = "https://a.example/x/y?z".to_owned();
            Answer { status, url, location: Some(location.to_owned()), ..Answer::default() }.leads_to()
        };
        assert_eq!(leads(301, "/n").as_deref(), Some("https://a.example/n"));
        assert_eq!(leads(308, "n").as_deref(), Some("https://a.example/x/n"));
        assert_eq!(leads(302, "//b.example").as_deref(), Some("https://b.example/"));
        assert_eq!(leads(200, "/n"), None);
        assert_eq!(leads(301, "https://"), None);
    }

    #[test]
    fn inner_hosts_are_known() {
        for inside in [
            "localhost",
            "127.0.0.1",
            "10.1.2.3",
            "169.254.169.254",
            "::1",
            "fd00::1",
            "printer",
            "nas.local",
            "::ffff:10.0.0.1",
        ] {
            assert!(is_inside(inside), "{inside}");
        }
        for outside in ["a.example", "93.184.216.34", "2606:2800::1"] {
            assert!(!is_inside(outside), "{outside}");
        }
    }
}
