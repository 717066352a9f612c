//! Bytes to characters: UTF-8, UTF-16 with a byte order mark, Windows-1252 as the last resort.

use crate::IngestError;
use casus_types::Problem;

/// What Windows-1252 has at bytes 0x80 to 0x9F (Unicode consortium, `CP1252.TXT`); the five it leaves open map to
/// control characters, as in the WHATWG encoding standard.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Returns the text, without a byte order mark, and what was odd about its encoding.
pub(crate) fn decode(bytes: &[u8]) -> Result<(String, Option<Problem>), IngestError> {
    if let Some(bytes) = bytes.strip_prefix(b"\xff\xfe") {
        return utf16(bytes, u16::from_le_bytes);
    }
    if let Some(bytes) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(bytes, u16::from_be_bytes);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.to_owned(), None)),
        Err(error) => Ok(not_utf8(bytes, error.valid_up_to())),
    }
}

/// Reads what is not wholly UTF-8. A text with other UTF-8 sequences in it has a few broken bytes, which become U+FFFD;
/// one without them is Windows-1252.
fn not_utf8(bytes: &[u8], at: usize) -> (String, Option<Problem>) {
    let repaired = String::from_utf8_lossy(bytes);
    let broken = repaired.matches('\u{fffd}').count();
    let whole = repaired.chars().filter(|&c| !c.is_ascii() && c != '\u{fffd}').count();
    if whole > broken {
        let problem = Problem::new(
            "broken-utf-8",
            format!("{broken} places that are not UTF-8, the first at byte {at}, were replaced by U+FFFD"),
            "save the file as UTF-8",
        );
        return (repaired.into_owned(), Some(problem));
    }
    let text = bytes.iter().map(|&byte| match byte {
        0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    });
    let problem = Problem::new(
        "not-utf-8",
        format!("byte {at} is not UTF-8, so the file was read as Windows-1252"),
        "save the file as UTF-8",
    );
    (text.collect(), Some(problem))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<(String, Option<Problem>), IngestError> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|&pair| unit(pair));
    let text: String = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    if !rest.is_empty() || text.contains(['\0', char::REPLACEMENT_CHARACTER]) {
        return Err(IngestError::Binary {
            kind: "binary data, or broken UTF-16",
            hint: "save the file as UTF-8",
        });
    }
    let problem =
        Problem::new("utf-16", "the file is UTF-16; offsets count its characters", "save the file as UTF-8");
    Ok((text, Some(problem)))
}
