//! Sentence bounds: the encoder's word on each word, and the layout's.

use crate::Encoded;
use crate::network::sigmoid;
use casus_types::Span;

/// A word starts a sentence from this probability on (F1 on GUM's dev part is flat between .4 and .6).
const STARTS_FROM: f32 = 0.5;

/// Returns the indices of words that likely start a sentence, by layout and stops alone. Only windows are cut by it.
pub(crate) fn likely_starts(text: &str, words: &[Span]) -> Vec<usize> {
    (1..words.len())
        .filter(|&i| {
            let between = &text[words[i - 1].end as usize..words[i].start as usize];
            let stop = matches!(words[i - 1].slice(text), "." | "!" | "?" | "”" | "\"" | "’");
            let upper =
                words[i].slice(text).starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '‘'));
            between.contains("\n\n") || (!between.is_empty() && stop && upper)
        })
        .collect()
}

/// Returns the indices of the words that start a sentence; the first is 0.
pub(crate) fn starts(text: &str, words: &[Span], encoded: &Encoded) -> Vec<usize> {
    (0..words.len())
        .filter(|&i| match layout(text, words, i) {
            Layout::Breaks => true,
            Layout::Joins => false,
            Layout::Silent => {
                let (window, piece) = encoded.at(i);
                sigmoid(window.said.starts.row(piece)[0]) >= STARTS_FROM
            }
        })
        .collect()
}

#[derive(Debug, PartialEq, Eq)]
enum Layout {
    Breaks,
    Joins,
    Silent,
}

/// Words that a full stop shortens, and that go on behind it.
const SHORTENED: [&str; 40] = [
    "Mr", "Mrs", "Ms", "Messrs", "Dr", "Prof", "Rev", "Fr", "Hon", "Gen", "Col", "Lt", "Maj", "Capt", "Cmdr",
    "Cdr", "Adm", "Brig", "Sgt", "Cpl", "Pvt", "Pfc", "Supt", "Insp", "Sen", "Rep", "Gov", "Pres", "Amb",
    "Sec", "Md", "Mohd", "Rs", "Tk", "vs", "ca", "approx", "Fig", "Vol", "pp",
];
/// Those that go on only with a number: "No. 5", "Nov. 24".
const BEFORE_A_NUMBER: [&str; 15] =
    ["No", "Nos", "Art", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec"];
/// Words that a full stop shortens, and that a sentence may end in.
const SHORTENED_LAST: [&str; 24] = [
    "St", "Jr", "Sr", "Inc", "Co", "Corp", "Ltd", "Mt", "etc", "al", "Ala", "Ariz", "Calif", "Colo", "Conn",
    "Fla", "Ga", "Ill", "Mass", "Mich", "Minn", "Tenn", "Tex", "Wash",
];

/// Returns what the marks and the white space before word `i` say: whether a sentence starts there.
///
/// Of 2,310 bounds that such rules see in held-out reports the encoder alone missed 814, most of them in articles.
fn layout(text: &str, words: &[Span], i: usize) -> Layout {
    let Some(last) = i.checked_sub(1) else { return Layout::Breaks };
    let word = |at: usize| words[at].slice(text);
    let between = &text[words[last].end as usize..words[i].start as usize];
    let lines = between.matches('\n').count();
    if lines > 1 {
        return Layout::Breaks;
    }
    if between.is_empty() {
        return Layout::Joins;
    }
    let (before, after) = (word(last), word(i));
    let lower = after.starts_with(char::is_lowercase);
    let closes = matches!(before, "”" | "\"" | "’" | "'" | ")" | "]");
    // The stop may stand before a closing mark: "We go.” The rest".
    let end = if closes {
        last.checked_sub(1).filter(|&at| words[at].end == words[last].start)
    } else {
        Some(last)
    };
    // "Who fired?" the minister asked: after a quotation only a full stop is sure.
    let is_stop = |at: usize| matches!(word(at), "." | "…") || (!closes && matches!(word(at), "!" | "?"));
    if end.is_some_and(is_stop) && !lower {
        let shortened = end.and_then(|at| at.checked_sub(1)).filter(|_| !closes && before == ".").map(word);
        return match shortened {
            Some(w) if SHORTENED_LAST.contains(&w) => Layout::Silent,
            Some(w) if SHORTENED.contains(&w) => Layout::Joins,
            Some(w) if BEFORE_A_NUMBER.contains(&w) && after.starts_with(|c: char| c.is_ascii_digit()) => {
                Layout::Joins
            }
            Some(w) if BEFORE_A_NUMBER.contains(&w) => Layout::Silent,
            Some(w) if w.chars().count() == 1 && w.starts_with(char::is_uppercase) => Layout::Silent,
            _ => Layout::Breaks,
        };
    }
    let bracket = matches!(before, ")" | "]");
    let stop = closes || before.ends_with(['.', '!', '?', ':', ';', '…']);
    match (lines, stop && !bracket, lower) {
        (1, true, false) => Layout::Breaks,
        (1, false, false) => Layout::Silent,
        (_, false, _) => Layout::Joins,
        _ => Layout::Silent,
    }
}

/// Returns the word behind the last of the sentence that a word stands in.
pub(crate) fn end(starts: &[usize], word: usize) -> usize {
    starts.get(starts.partition_point(|&start| start <= word)).copied().unwrap_or(usize::MAX)
}

/// Returns the spans of the sentences that start at these words.
pub(crate) fn spans(words: &[Span], starts: &[usize]) -> Vec<Span> {
    let ends = starts.iter().skip(1).copied().chain([words.len()]);
    starts.iter().zip(ends).map(|(&a, b)| words[a].cover(words[b - 1])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words;

    /// Reads what is said of the last bound before a stroke.
    fn before_stroke(marked: &str) -> Layout {
        let text = marked.replacen('|', "", 1);
        let at = marked.find('|').unwrap();
        let words = words(&text);
        layout(&text, &words, words.iter().position(|w| w.start as usize == at).unwrap())
    }

    #[test]
    fn marks_and_lines_bound_sentences() {
        for marked in [
            "He left. |The rest stayed.",
            "“We go.” |The rest stayed.",
            "Sayyid\n\n|the rest",
            "It fell.\n|The rest",
            "In 2015. |24 were hurt.",
        ] {
            assert_eq!(before_stroke(marked), Layout::Breaks, "{marked}");
        }
        for marked in [
            "Sayyid\n|al-Hakim left",
            "Mr. |Veli left",
            "on Nov. |24",
            "the United |States",
            "left, |The Hague",
        ] {
            assert_eq!(before_stroke(marked), Layout::Joins, "{marked}");
        }
        for marked in [
            "the U.S. |Navy",
            "Veli Inc. |Then",
            "Ambassador J. |Veli left",
            "It began in Nov. |The rest",
            "“Who fired?” |President Veli asked",
            "he said: |The rest",
            "A TITLE\n|Then",
            "the Union (AU)\n|Commission",
        ] {
            assert_eq!(before_stroke(marked), Layout::Silent, "{marked}");
        }
    }

    #[test]
    fn sentences_cover_their_words() {
        let text = "Arvan fell. Nobody came.";
        let words = words(text);
        let got: Vec<&str> =
            spans(&words, &likely_with_first(text, &words)).iter().map(|s| s.slice(text)).collect();
        assert_eq!(got, ["Arvan fell.", "Nobody came."]);
    }

    fn likely_with_first(text: &str, words: &[Span]) -> Vec<usize> {
        [0].into_iter().chain(likely_starts(text, words)).collect()
    }
}
