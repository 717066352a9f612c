//! The network and the clock, as a watch needs them.

use std::fmt;
use std::net::IpAddr;

/// The network and the clock.
pub trait Outside {
    /// Sends a request and returns the answer, redirects followed.
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
    /// The address that answered, after redirects.
    pub url: String,
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

/// Tells whether a host is within the reader's own network by its name or number: a feed from outside shall not make casus
/// knock there.
pub(super) fn is_inside(host: &str) -> bool {
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
    use super::{host, is_inside, origin};

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
