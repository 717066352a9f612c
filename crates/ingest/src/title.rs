//! The headline of a plain text.

/// The longest headline that a blank line sets off, in characters. Headlines on the web rarely pass 120.
const LONGEST: usize = 200;
/// The longest that stands right above its text.
const LONGEST_ABOVE_TEXT: usize = 120;

/// Returns the first line where it is set off as a headline: by a blank line after it, or by being short, without a
/// final stop, above a much longer line.
pub(crate) fn find(text: &str) -> Option<&str> {
    let mut lines = text.trim_start().lines();
    let first = lines.next()?.trim();
    let length = first.chars().count();
    let stops = first.ends_with(['.', ',', ';', ':', '”', '"']);
    if length == 0 || length > LONGEST || stops || !first.chars().any(char::is_alphabetic) {
        return None;
    }
    let second = lines.next()?.trim();
    if second.is_empty() {
        return lines.any(|line| !line.trim().is_empty()).then_some(first);
    }
    // A text broken into lines of one width is no headline above a text: its second line is about as long as the first,
    // or goes on in lower case.
    let goes_on = second.starts_with(char::is_lowercase);
    let longer = second.chars().count() * 2 >= length * 3;
    (length <= LONGEST_ABOVE_TEXT && !goes_on && longer).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn a_line_that_is_set_off_is_the_title() {
        assert_eq!(find("Arvan falls\n\nTroops took Arvan."), Some("Arvan falls"));
        assert_eq!(find("\r\nArvan falls\r\n\r\nTroops took Arvan.\r\n"), Some("Arvan falls"));
        assert_eq!(find("Will Arvan fall?\n\nTroops left."), Some("Will Arvan fall?"));
        assert_eq!(
            find("Arvan falls\nTroops took Arvan on Monday after long fighting."),
            Some("Arvan falls")
        );
    }

    #[test]
    fn other_first_lines_are_text() {
        assert_eq!(find("Troops took Arvan.\n\nThey then left."), None);
        assert_eq!(
            find("Troops of the north took Arvan on Monday after\nlong fights. They then left."),
            None
        );
        assert_eq!(find("The al-Noor\nal-Shams group said it had left the town of Arvan."), None);
        assert_eq!(find("Troops took Arvan"), None);
        assert_eq!(find("Arvan falls\n\n  \n"), None);
        assert_eq!(find("***\n\nTroops took Arvan."), None);
        assert_eq!(find(""), None);
    }
}
