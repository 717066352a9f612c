//! Making a gazetteer of a user's own from `GeoNames` dumps.

use crate::resources;
use casus_coder::places::Dump;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::{fmt, str};

pub use casus_coder::places::{DumpCount, GazetteerError};

/// Why a dump cannot be made a gazetteer.
#[derive(Debug)]
pub enum ImportError {
    /// The file cannot be read.
    Read(PathBuf, io::Error),
    /// The file is a ZIP archive.
    Archive(PathBuf),
    /// A line has not the columns of a dump; the line, from 1.
    Line(PathBuf, usize),
    /// The places do not fit.
    Pack(GazetteerError),
}

impl ImportError {
    /// Returns what to do about it, where that can be said.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Read(..) => Some("check the path"),
            Self::Archive(_) => Some("unzip it first: unzip allCountries.zip"),
            Self::Line(..) => Some(
                "pass a dump of GeoNames as it is: allCountries.txt, IQ.txt, cities500.txt; nineteen columns parted by tabs",
            ),
            Self::Pack(GazetteerError::Empty) => {
                Some("pass a dump that has populated places or administrative units")
            }
            Self::Pack(_) => None,
        }
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(path, _) => write!(f, "{}: cannot be read", path.display()),
            Self::Archive(path) => write!(f, "{}: not a dump: it is a ZIP archive", path.display()),
            Self::Line(path, line) => {
                write!(f, "{}: line {line}: no line of a GeoNames dump", path.display())
            }
            Self::Pack(error) => write!(f, "the gazetteer cannot be packed: {error}"),
        }
    }
}

impl std::error::Error for ImportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read(_, error) => Some(error),
            _ => None,
        }
    }
}

/// Packs the places of `GeoNames` dumps, of a place that stands in several the last; `step` is told the lines read so far,
/// now and then. Files are read line by line; the kept places stay in memory, 150 bytes or so each.
///
/// # Errors
/// Where a file cannot be read, is no dump, or has no place in it.
pub fn import(paths: &[PathBuf], step: &mut dyn FnMut(usize)) -> Result<(Vec<u8>, DumpCount), ImportError> {
    let mut dump = Dump::new(resources::COUNTRIES);
    for path in paths {
        take(path, &mut dump, step)?;
    }
    let packed = dump.pack().map_err(ImportError::Pack)?;
    Ok((packed, dump.count()))
}

fn take(path: &Path, dump: &mut Dump, step: &mut dyn FnMut(usize)) -> Result<(), ImportError> {
    let failed = |error| ImportError::Read(path.to_owned(), error);
    let mut file = BufReader::new(File::open(path).map_err(failed)?);
    if file.fill_buf().map_err(failed)?.starts_with(b"PK\x03\x04") {
        return Err(ImportError::Archive(path.to_owned()));
    }
    let mut line = Vec::new();
    let mut n = 0;
    loop {
        line.clear();
        if file.read_until(b'\n', &mut line).map_err(failed)? == 0 {
            return Ok(());
        }
        n += 1;
        let bad = || ImportError::Line(path.to_owned(), n);
        let text = str::from_utf8(&line).map_err(|_| bad())?;
        dump.take(text.trim_end_matches(['\n', '\r'])).map_err(|_| bad())?;
        if n % 100_000 == 0 {
            step(n);
        }
    }
}
