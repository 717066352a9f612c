//! What is refused at the first look, before any decoding.

use crate::{IngestError, MAX_BYTES, charset};

/// First bytes of common files that people pass by mistake, what they are, and what to do.
const SIGNATURES: [(&[u8], &str, &str); 11] = [
    (b"%PDF", "a PDF file", "turn it into text first, with pdftotext for one"),
    (b"PK\x03\x04", "a ZIP archive or an office document", "unpack it, or save it as plain text"),
    (b"\xd0\xcf\x11\xe0", "an office document", "save it as plain text"),
    (b"{\\rtf", "a rich text document", "save it as plain text"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first: gunzip FILE"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", "unpack it first: zstd -d FILE"),
    (b"\x89PNG", "a PNG image", IMAGE_HINT),
    (b"\xff\xd8\xff", "a JPEG image", IMAGE_HINT),
    (b"GIF8", "a GIF image", IMAGE_HINT),
    (b"\x7fELF", "a program", BINARY_HINT),
    (b"SQLite format 3", "an SQLite database", "export its texts as JSON Lines"),
];
const IMAGE_HINT: &str = "casus reads words, not images";
const BINARY_HINT: &str = "casus reads plain text, HTML, feeds, JSON, CSV, Parquet and WARC";
const MAIL_HINT: &str = "save a page as HTML only, and a mail as plain text";

/// Bytes that are looked at for the header of a mail: of a saved page it has some hundred, of a mail with all its way some
/// thousand.
const MAIL_HEADER: usize = 8192;

/// Beginnings of markup, in lower case.
const MARKUP: [(&str, &str); 5] = [
    ("<!doctype html", "a web page (HTML)"),
    ("<html", "a web page (HTML)"),
    ("<?xml", "XML"),
    ("<rss", "a news feed (RSS)"),
    ("<feed", "a news feed (Atom)"),
];

/// Refuses bytes that are too many or no plain text.
pub(crate) fn check(bytes: &[u8]) -> Result<(), IngestError> {
    // Before anything is looked at, so that a huge file costs nothing.
    if bytes.len() > MAX_BYTES {
        return Err(IngestError::TooLarge);
    }
    for (signature, kind, hint) in SIGNATURES {
        if bytes.starts_with(signature) {
            return Err(IngestError::Binary { kind, hint });
        }
    }
    check_zeros(bytes)?;
    if is_mail(bytes) {
        return Err(IngestError::Binary { kind: "a saved page (MHTML) or a mail", hint: MAIL_HINT });
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).to_lowercase();
    let head = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    match MARKUP.iter().find(|(beginning, _)| head.starts_with(beginning)) {
        Some((_, kind)) => Err(IngestError::Markup { kind }),
        None => Ok(()),
    }
}

/// Refuses bytes with zeros among them, which no text has.
pub(crate) fn check_zeros(bytes: &[u8]) -> Result<(), IngestError> {
    // UTF-16 is full of zero bytes.
    if bytes.contains(&0) && charset::utf16_of(bytes).is_none() {
        return Err(IngestError::Binary { kind: "binary data", hint: BINARY_HINT });
    }
    Ok(())
}

/// Tells whether bytes begin with the header of a message whose words are not plain (RFC 2045): it has parts, or an encoding
/// that must be undone.
fn is_mail(bytes: &[u8]) -> bool {
    // Every line of JSON comes by here.
    if !bytes.first().is_some_and(u8::is_ascii_alphabetic) {
        return false;
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(MAIL_HEADER)]).to_lowercase();
    let fields = || head.lines().take_while(|line| !line.is_empty()).filter_map(|line| line.split_once(':'));
    let has = |wanted: &str, values: &[&str]| {
        fields().any(|(name, value)| {
            name == wanted && values.iter().any(|beginning| value.trim_start().starts_with(beginning))
        })
    };
    has("mime-version", &[""])
        && (has("content-type", &["multipart/", "message/"])
            || has("content-transfer-encoding", &["quoted-printable", "base64"]))
}
