//! Bytes to characters: UTF-8, what a byte order mark or a label says, else what the bytes look like.

use crate::IngestError;
use casus_types::Problem;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes that are looked at to see UTF-16 that has no mark.
const MARKLESS: usize = 1000;

/// Bytes that are looked at to guess an encoding: enough words of any article, and a small part of a large file.
const LOOK: usize = 100_000;

/// Returns the text, without a byte order mark, and what was odd about its encoding.
///
/// A byte order mark wins, then UTF-8 where the bytes are that, then `label` (as in `charset=…`), then a guess.
pub(crate) fn decode(bytes: &[u8], label: Option<&str>) -> Result<(String, Option<Problem>), IngestError> {
    if let Some(encoding) = utf16_of(bytes) {
        return utf16(without_mark(bytes), encoding);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.to_owned(), None)),
        Err(error) => Ok(not_utf8(bytes, error.valid_up_to(), label)),
    }
}

/// Returns bytes without a byte order mark of UTF-16.
pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xff\xfe").or_else(|| bytes.strip_prefix(b"\xfe\xff")).unwrap_or(bytes)
}

/// Returns the UTF-16 that bytes begin in: as a byte order mark says, else where at least nine in ten of the first characters
/// are of ASCII, whose other byte is zero.
pub(crate) fn utf16_of(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let pairs = bytes[..bytes.len().min(MARKLESS)].as_chunks::<2>().0;
    let mostly = |ascii: fn(&[u8; 2]) -> bool| {
        pairs.iter().filter(|&pair| ascii(pair)).count() * 10 >= pairs.len() * 9
    };
    match pairs.len() {
        0..=3 => None,
        _ if mostly(|pair| pair[0] != 0 && pair[1] == 0) => Some(UTF_16LE),
        _ if mostly(|pair| pair[0] == 0 && pair[1] != 0) => Some(UTF_16BE),
        _ => None,
    }
}

/// Reads what is not wholly UTF-8. A text with other UTF-8 sequences in it has a few broken bytes, which become U+FFFD;
/// one without them is in another encoding.
fn not_utf8(bytes: &[u8], at: usize, label: Option<&str>) -> (String, Option<Problem>) {
    let named = label.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    if let Some(encoding) = named.filter(|&encoding| encoding != UTF_8) {
        let (text, broken) = encoding.decode_without_bom_handling(bytes);
        // A page that names its encoding is not odd; one that names a wrong one may be.
        if !broken {
            return (text.into_owned(), None);
        }
    }
    let repaired = String::from_utf8_lossy(bytes);
    let broken = repaired.matches('\u{fffd}').count();
    let whole = repaired.chars().filter(|&c| !c.is_ascii() && c != '\u{fffd}').count();
    if whole > broken {
        let problem = Problem::new(
            "broken-utf-8",
            format!("{broken} places that are not UTF-8, the first at byte {at}, were replaced by U+FFFD"),
            SAVE,
        );
        return (repaired.into_owned(), Some(problem));
    }
    let encoding = guess(bytes);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let problem = Problem::new(
        "not-utf-8",
        format!("byte {at} is not UTF-8, so the file was read as {}", words(encoding)),
        SAVE,
    );
    (text.into_owned(), Some(problem))
}

/// What to do about any other encoding.
const SAVE: &str = "save the file as UTF-8";

/// Returns the encoding that bytes look like. They are not UTF-8.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // Around the first byte that is not ASCII: what lies before it tells nothing.
    let from = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or_default().saturating_sub(100);
    let look = &bytes[from..bytes.len().min(from + LOOK)];
    detector.feed(look, from + look.len() == bytes.len());
    detector.guess(None, Utf8Detection::Deny)
}

/// Returns the name that users know: the standard writes it in small letters.
fn words(encoding: &'static Encoding) -> String {
    encoding.name().replace("windows", "Windows")
}

fn utf16(bytes: &[u8], encoding: &'static Encoding) -> Result<(String, Option<Problem>), IngestError> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if broken || text.contains('\0') {
        return Err(IngestError::Binary { kind: "binary data, or broken UTF-16", hint: SAVE });
    }
    let problem = Problem::new("utf-16", "the file is UTF-16; offsets count its characters", SAVE);
    Ok((text.into_owned(), Some(problem)))
}
