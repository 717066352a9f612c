//! Columns and cells, whatever they are written as.

use casus_types::Date;

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Int,
    Real,
    Day,
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// Its HXL tag, empty where the standard has none.
    pub(crate) hxl: &'static str,
}

/// Returns a column of text.
pub(crate) const fn text(name: &'static str, hxl: &'static str) -> Column {
    Column { name, kind: Kind::Text, hxl }
}

/// Returns a column of whole numbers.
pub(crate) const fn int(name: &'static str, hxl: &'static str) -> Column {
    Column { name, kind: Kind::Int, hxl }
}

/// Returns a column of numbers.
pub(crate) const fn real(name: &'static str, hxl: &'static str) -> Column {
    Column { name, kind: Kind::Real, hxl }
}

/// Returns a column of days.
pub(crate) const fn day(name: &'static str, hxl: &'static str) -> Column {
    Column { name, kind: Kind::Day, hxl }
}

/// A cell. Its kind is that of its column, or it is null.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Null,
    Text(String),
    Int(i64),
    /// With the digits that text shows behind the point; all where none.
    Real(f64, Option<usize>),
    Day(Date),
}

impl Cell {
    /// Returns text, null where it is empty.
    pub(crate) fn text(words: impl Into<String>) -> Self {
        let words = words.into();
        if words.is_empty() { Self::Null } else { Self::Text(words) }
    }

    /// Returns text that may be absent.
    pub(crate) fn maybe(words: Option<&str>) -> Self {
        words.map_or(Self::Null, Self::text)
    }

    /// Returns a whole number that may be absent.
    pub(crate) fn int(number: Option<impl TryInto<i64>>) -> Self {
        number.map_or(Self::Null, |number| Self::Int(number.try_into().unwrap_or(i64::MAX)))
    }

    /// Returns a number that may be absent.
    pub(crate) fn real(number: Option<f64>) -> Self {
        number.map_or(Self::Null, |number| Self::Real(number, None))
    }

    /// Returns a day that may be absent.
    pub(crate) fn day(day: Option<Date>) -> Self {
        day.map_or(Self::Null, Self::Day)
    }

    /// Returns the cell as text shows it.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Text(words) => words.clone(),
            Self::Int(number) => number.to_string(),
            Self::Real(number, None) => number.to_string(),
            Self::Real(number, Some(digits)) => format!("{number:.digits$}"),
            Self::Day(day) => day.to_string(),
        }
    }
}

/// Returns values of one cell, parted by `; `.
pub(crate) fn joined<T: AsRef<str>>(values: impl Iterator<Item = T>) -> String {
    let mut out = String::new();
    for (n, value) in values.enumerate() {
        if n > 0 {
            out.push_str("; ");
        }
        out.push_str(value.as_ref());
    }
    out
}

/// Returns text without line ends and repeated white space, for one cell is one line.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
