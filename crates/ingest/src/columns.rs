//! Which column of a table, or key of an object, holds what of a report.

use std::fmt;
use std::str::FromStr;

/// What columns may hold, with the names by which each is guessed, best first. Names are compared without case, spaces
/// and marks, so that `Publication Date` and `publication_date` are one. Collected from the exports that researchers
/// work with: LexisNexis and Factiva spreadsheets, MediaCloud, GDELT, news data sets in public archives.
const GUESSES: [(&str, &[&str]); 6] = [
    (
        "text",
        &[
            "text",
            "body",
            "fulltext",
            "articletext",
            "articlebody",
            "maintext",
            "content",
            "articlecontent",
            "contenttext",
            "bodytext",
            "story",
            "storytext",
            "newstext",
            "article",
            "document",
            "report",
            "description",
            "summary",
            "abstract",
            "notes",
        ],
    ),
    ("title", &["title", "headline", "articletitle", "newstitle", "head", "heading", "subject"]),
    (
        "published",
        &[
            "published",
            "date",
            "publicationdate",
            "publisheddate",
            "publishdate",
            "pubdate",
            "publishedat",
            "datepublished",
            "publishedon",
            "publishtime",
            "articledate",
            "newsdate",
            "loaddate",
            "datetime",
            "timestamp",
            "day",
            "created",
            "createdat",
        ],
    ),
    (
        "publisher",
        &[
            "publisher",
            "source",
            "publication",
            "sourcename",
            "outlet",
            "newspaper",
            "medianame",
            "media",
            "sitename",
            "site",
            "domain",
            "provider",
        ],
    ),
    ("url", &["url", "link", "articleurl", "sourceurl", "address", "permalink", "uri", "web"]),
    (
        "id",
        &["id", "docid", "documentid", "articleid", "storiesid", "storyid", "newsid", "guid", "uuid", "key"],
    ),
];

/// The longest name of a column, in characters: what is longer is a sentence.
pub(crate) const LONGEST_NAME: usize = 40;

/// Tells whether the name of a column is too long for one.
pub(crate) fn is_sentence(name: &str) -> bool {
    name.chars().count() > LONGEST_NAME
}

/// Which columns to read, where the caller says so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    named: Vec<(usize, String)>,
}

/// Why a choice of columns cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnsError(String);

impl fmt::Display for ColumnsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ColumnsError {}

impl FromStr for Columns {
    type Err = ColumnsError;

    /// Reads `text=body,published=date`.
    fn from_str(written: &str) -> Result<Self, Self::Err> {
        let mut named = Vec::new();
        for pair in written.split(',').filter(|pair| !pair.trim().is_empty()) {
            let (what, column) = pair.split_once('=').ok_or_else(|| {
                ColumnsError(format!("{pair:?} names no column; write it as text=COLUMN,published=COLUMN"))
            })?;
            let slot = GUESSES.iter().position(|(name, _)| *name == what.trim()).ok_or_else(|| {
                let names: Vec<&str> = GUESSES.iter().map(|(name, _)| *name).collect();
                ColumnsError(format!("a report has no {:?}; it has {}", what.trim(), names.join(", ")))
            })?;
            named.push((slot, column.trim().to_owned()));
        }
        Ok(Self { named })
    }
}

/// The places of a report's parts among the columns of one table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Layout([Option<usize>; GUESSES.len()]);

/// The parts of a report as a table or an object gives them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fields {
    pub(crate) text: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) id: Option<String>,
}

impl Columns {
    /// Returns where the parts of a report stand among these columns: those that are named, else those that are guessed.
    ///
    /// # Errors
    /// Returns the name of a column that is asked for but not there.
    pub(crate) fn layout(&self, names: &[String]) -> Result<Layout, String> {
        let mut layout = [None; GUESSES.len()];
        for (slot, column) in &self.named {
            let at = names.iter().position(|name| name == column);
            let at = at.or_else(|| names.iter().position(|name| plain(name) == plain(column)));
            layout[*slot] = Some(at.ok_or_else(|| column.clone())?);
        }
        let plain: Vec<String> = names.iter().map(|name| plain(name)).collect();
        for (slot, (_, guesses)) in GUESSES.iter().enumerate() {
            let free = |at: &usize| !layout.contains(&Some(*at));
            if layout[slot].is_none() {
                layout[slot] =
                    guesses.iter().find_map(|guess| plain.iter().position(|name| name == guess).filter(free));
            }
        }
        Ok(Layout(layout))
    }
}

impl Layout {
    /// Tells whether a column holds the words of reports.
    pub(crate) fn has_text(self) -> bool {
        self.text_at().is_some()
    }

    /// Returns the place of the column with the words of reports.
    pub(crate) fn text_at(self) -> Option<usize> {
        self.0[0]
    }

    /// Returns the place of the column with the days.
    pub(crate) fn published_at(self) -> Option<usize> {
        self.0[2]
    }

    /// Returns the places of the columns that are used, in ascending order.
    pub(crate) fn used(self) -> Vec<usize> {
        let mut used: Vec<usize> = self.0.into_iter().flatten().collect();
        used.sort_unstable();
        used
    }

    /// Returns the parts of a report, each cell taken by its column's place. Empty cells are absent, but for the words,
    /// whose emptiness is told.
    pub(crate) fn fields(self, mut cell: impl FnMut(usize) -> Option<String>) -> Fields {
        let [text, title, published, publisher, url, id] = self.0.map(|at| at.and_then(&mut cell));
        let filled = |cell: Option<String>| cell.filter(|cell| !cell.trim().is_empty());
        Fields {
            text,
            title: filled(title),
            published: filled(published),
            publisher: filled(publisher),
            url: filled(url),
            id: filled(id),
        }
    }
}

/// Tells whether a text begins with a row of column names, the words of a report among them.
pub(crate) fn begin_here(text: &str) -> bool {
    let mut lines = text.lines();
    let Some(mut first) = lines.next() else { return false };
    if separator(first).is_some() {
        first = lines.next().unwrap_or_default();
    }
    let Some(delimiter) = delimiter(first) else { return false };
    let names: Vec<String> =
        first.split(char::from(delimiter)).map(|name| name.trim_matches(['"', ' ']).to_owned()).collect();
    let short = !names.iter().any(|name| is_sentence(name));
    let layout = Columns::default().layout(&names).unwrap_or_default();
    // The words and another part: one alone may be the first line of a list.
    short && layout.has_text() && layout.used().len() >= 2
}

/// Returns what parts the cells where a first line says so, above the row of names, as Excel has it: `sep=;`.
pub(crate) fn separator(line: &str) -> Option<u8> {
    let line = line.trim_start_matches('\u{feff}').trim().trim_matches('"');
    match line.as_bytes() {
        [s, e, p, b'=', mark] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") => Some(*mark),
        // A tab at the end of the line may be taken for white space.
        [s, e, p, b'='] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") => Some(b'\t'),
        _ => None,
    }
}

/// Returns what parts the cells of a row of names: the commonest of four marks outside quotation marks.
pub(crate) fn delimiter(row: &str) -> Option<u8> {
    let mut counts = [(b'\t', 0), (b';', 0), (b',', 0), (b'|', 0)];
    let mut quoted = false;
    for byte in row.bytes() {
        quoted ^= byte == b'"';
        if !quoted && let Some((_, n)) = counts.iter_mut().find(|(mark, _)| *mark == byte) {
            *n += 1;
        }
    }
    counts.iter().rev().max_by_key(|(_, n)| *n).filter(|(_, n)| *n > 0).map(|(mark, _)| *mark)
}

/// Returns a name without case, spaces and marks.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{Columns, begin_here, delimiter};

    #[track_caller]
    fn check(columns: &str, names: &[&str], expected: &[Option<usize>]) {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let layout = columns.parse::<Columns>().unwrap().layout(&names).unwrap();
        assert_eq!(layout.0, expected);
    }

    #[test]
    fn columns_are_guessed_by_their_names() {
        check(
            "",
            &["ID", "Headline", "Publication Date", "Full Text"],
            &[Some(3), Some(1), Some(2), None, None, Some(0)],
        );
        check("", &["summary", "content"], &[Some(1), None, None, None, None, None]);
        check("", &["a", "b"], &[None; 6]);
    }

    #[test]
    fn what_is_named_wins() {
        check("text=b, title=text", &["text", "b"], &[Some(1), Some(0), None, None, None, None]);
        check("text=Lead Para", &["lead_para", "text"], &[Some(0), None, None, None, None, None]);
    }

    #[test]
    fn a_wrong_choice_is_told() {
        let error = |written: &str| written.parse::<Columns>().unwrap_err().to_string();
        assert_eq!(error("body"), "\"body\" names no column; write it as text=COLUMN,published=COLUMN");
        assert!(error("body=x").starts_with("a report has no \"body\"; it has text, title"));
        let columns: Columns = "text=lead".parse().unwrap();
        assert_eq!(columns.layout(&["text".to_owned()]), Err("lead".to_owned()));
    }

    #[test]
    fn marks_inside_quotation_marks_part_nothing() {
        assert_eq!(delimiter("a;b;\"c,d,e,f\""), Some(b';'));
        assert_eq!(delimiter("a\tb"), Some(b'\t'));
        assert_eq!(delimiter("text"), None);
        assert!(begin_here("id|body|date\n1|x|y"));
        assert!(!begin_here("Troops left, the text said."));
    }
}
