//! Ages that stand beside those who have them: "Ivan Petrov, 38, and his wife, 29".

use casus_types::Span;

/// Returns a stretch without the ages at its end: "a man" of "a man, 28", "women" of "women aged 45 and 60".
pub(crate) fn cut(text: &str, span: Span) -> Span {
    let words = span.slice(text);
    let mut kept = words.len();
    let mut is_numbered = false;
    for piece in words.split(' ').rev() {
        let bare = piece.trim_end_matches(',');
        let start = kept.saturating_sub(piece.len());
        let is_number = is_age(bare);
        let joins = is_numbered && matches!(bare, "and" | "or");
        let leads = is_numbered && matches!(bare, "aged" | "ages");
        if leads {
            return until(span, words[..start].trim_end());
        }
        if !is_number && !joins {
            // "The men, 22 and 25": a comma stands before the first of them.
            let named = piece.ends_with(',') && !bare.is_empty();
            return if is_numbered && named {
                until(span, words[..kept].trim_end_matches([' ', ',']))
            } else {
                span
            };
        }
        is_numbered |= is_number;
        kept = start.saturating_sub(1);
    }
    span
}

/// Returns the bytes of an age at the beginning of what follows somebody: of ", 38" in ", 38, and".
pub(crate) fn length(rest: &str) -> usize {
    let Some(age) = rest.strip_prefix(", ") else { return 0 };
    let end = age.find(|c: char| !c.is_ascii_digit()).unwrap_or(age.len());
    let closed = age[end..].starts_with([',', ' ']);
    if closed && is_age(&age[..end]) { ", ".len() + end } else { 0 }
}

/// Tells whether words are a number that may be an age, and nothing else.
pub(crate) fn is_age(words: &str) -> bool {
    (1..=2).contains(&words.len()) && words.bytes().all(|b| b.is_ascii_digit())
}

fn until(span: Span, kept: &str) -> Span {
    if kept.is_empty() { span } else { Span::new(span.range().start, span.range().start + kept.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_end_behind_those_who_have_them() {
        let check = |text: &str, expected: &str| {
            assert_eq!(cut(text, Span::new(0, text.len())).slice(text), expected, "{text}");
        };
        check("a man, 28", "a man");
        check("a man, 28,", "a man");
        check("women aged 45 and 60", "women");
        check("three men, 22, 25 and 31", "three men");
        check("Camp 12", "Camp 12");
        check("the class of 12 and 13", "the class of 12 and 13");
        check("45", "45");
        check("men and women", "men and women");
        assert_eq!(length(", 6, and"), 3);
        assert_eq!(length(", 600, and"), 0);
        assert_eq!(length(" and"), 0);
    }
}
