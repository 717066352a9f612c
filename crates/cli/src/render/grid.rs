//! Rows for eyes: columns side by side below their names, within the width.

use super::paint::Paint;
use super::table::elide;
use crate::messages::out_is_terminal;

/// A column.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    name: &'static str,
    right: bool,
    flexible: bool,
}

impl Column {
    /// Returns a column of words that are never cut.
    pub(crate) const fn words(name: &'static str) -> Self {
        Self { name, right: false, flexible: false }
    }

    /// Returns a column of words that are cut where there is no room.
    pub(crate) const fn flexible(name: &'static str) -> Self {
        Self { name, right: false, flexible: true }
    }

    /// Returns a column of numbers, set to the right.
    pub(crate) const fn number(name: &'static str) -> Self {
        Self { name, right: true, flexible: false }
    }
}

/// The columns of a terminal that does not tell how many it has. Rows may be longer than lines of words.
const BREADTH: usize = 120;

/// Returns the columns to write in.
fn breadth() -> usize {
    std::env::var("COLUMNS").ok().and_then(|n| n.parse().ok()).unwrap_or(BREADTH).clamp(80, 400)
}

/// The columns of a last cell that others make room for: keys of events have about fifteen, those of pages without an address
/// of their own up to seventy.
const LONGEST_KEY: usize = 24;

/// The fewest columns of a cut cell: enough for the beginning of a name.
const LEAST: usize = 8;

/// Returns rows below the names of their columns, nothing where there are no rows.
pub(crate) fn grid(columns: &[Column], rows: &[Vec<String>]) -> String {
    let heads: Vec<String> = columns.iter().map(|column| column.name.to_owned()).collect();
    let aligned: Vec<Alignment> =
        columns.iter().map(|c| Alignment { right: c.right, flexible: c.flexible }).collect();
    laid(&heads, &aligned, rows, breadth(), &Paint::for_terminal(out_is_terminal()))
}

/// Returns rows whose columns are only known now; all may be cut, and those of numbers alone go to the right.
pub(crate) fn loose(heads: &[String], rows: &[Vec<String>]) -> String {
    let number = |n: usize| rows.iter().all(|row| row[n].is_empty() || row[n].parse::<f64>().is_ok());
    let aligned: Vec<Alignment> =
        (0..heads.len()).map(number).map(|right| Alignment { right, flexible: !right }).collect();
    laid(heads, &aligned, rows, breadth(), &Paint::for_terminal(out_is_terminal()))
}

#[derive(Debug, Clone, Copy)]
struct Alignment {
    right: bool,
    flexible: bool,
}

fn laid(
    heads: &[String],
    aligned: &[Alignment],
    rows: &[Vec<String>],
    width: usize,
    paint: &Paint,
) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let length = |text: &String| text.chars().count();
    let mut widths: Vec<usize> = heads.iter().map(length).collect();
    for row in rows {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = length(cell).max(*widest);
        }
    }
    // One long key at the end hangs over, so that not all rows give way to it.
    let last = widths.len() - 1;
    let hangs = if aligned[last].flexible { 0 } else { widths[last].saturating_sub(LONGEST_KEY) };
    // The widest gives first, so that short columns stay whole.
    while widths.iter().sum::<usize>() - hangs + 2 * last > width {
        let may_give = |n: &usize| aligned[*n].flexible && widths[*n] > LEAST;
        let Some(widest) = (0..widths.len()).filter(may_give).max_by_key(|&n| widths[n]) else { break };
        widths[widest] -= 1;
    }
    let line = |cells: &[String]| {
        let cells = cells.iter().zip(&widths).zip(aligned).map(|((cell, &width), alignment)| {
            let cell = elide(cell, width);
            if alignment.right { format!("{cell:>width$}") } else { format!("{cell:width$}") }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let mut out = paint.faint(&line(heads)) + "\n";
    for row in rows {
        out += &(line(row) + "\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_column_gives_way() {
        let rows = [["1", "a short one"], ["200", "one that is much too long to stand here"]];
        let rows: Vec<Vec<String>> = rows.iter().map(|row| row.map(str::to_owned).to_vec()).collect();
        let aligned =
            [Alignment { right: true, flexible: false }, Alignment { right: false, flexible: true }];
        let heads = ["n".to_owned(), "words".to_owned()];
        let grid = laid(&heads, &aligned, &rows, 24, &Paint::plain());
        assert_eq!(grid, "  n  words\n  1  a short one\n200  one that is much…\n");
        // A long key does not squeeze the others.
        let rows: Vec<Vec<String>> =
            [["a name of some length", "a#e1"], ["b", "b50128cdb50128cdb50128cdb50128cd#e1"]]
                .iter()
                .map(|row| row.map(str::to_owned).to_vec())
                .collect();
        let keyed = [Alignment { right: false, flexible: true }, Alignment { right: false, flexible: false }];
        let grid = laid(&heads, &keyed, &rows, 48, &Paint::plain());
        assert!(grid.contains("\na name of some length  a#e1\n"), "{grid}");
        assert!(grid.contains("b50128cdb50128cdb50128cdb50128cd#e1\n"), "{grid}");
        assert_eq!(laid(&heads, &aligned, &[], 24, &Paint::plain()), "");
    }
}
