//! Why an export fails.

use std::{fmt, io};

/// Why an export fails.
#[derive(Debug)]
pub enum ExportError {
    /// No layout has this name.
    NoLayout(String),
    /// The layout is no table, so it has no Parquet.
    NoParquet(&'static str),
    /// What is written to does not take it.
    Write(io::Error),
    /// Parquet could not be made.
    Parquet(parquet::errors::ParquetError),
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoLayout(name) => {
                let names: Vec<&str> = crate::NAMES.iter().map(|(_, name)| *name).collect();
                write!(f, "no layout is called {name:?}; there are {}", names.join(", "))
            }
            Self::NoParquet(layout) => write!(f, "{layout} is no table, so it cannot be written as Parquet"),
            Self::Write(_) => f.write_str("cannot be written"),
            Self::Parquet(_) => f.write_str("cannot be written as Parquet"),
        }
    }
}

impl std::error::Error for ExportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Write(error) => Some(error),
            Self::Parquet(error) => Some(error),
            _ => None,
        }
    }
}

impl From<io::Error> for ExportError {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

impl From<parquet::errors::ParquetError> for ExportError {
    fn from(error: parquet::errors::ParquetError) -> Self {
        Self::Parquet(error)
    }
}
