//! Files that are written to, and those that never are: what is being read, and stores.

use std::error::Error;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::{fmt, io};

/// How every store begins.
const STORE: &[u8; 16] = b"SQLite format 3\0";

/// Why a file is not written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It is read by the same command.
    IsRead,
    /// It is a store.
    IsStore,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::IsRead => "is being read, and would be lost",
            Self::IsStore => "is a store, and would be lost",
        })
    }
}

impl Error for Refused {}

/// What to do about it.
pub(crate) const HINT: &str = "name another file, or remove this one first";

/// Tells whether a file may be written to while others are read.
///
/// # Errors
/// Where something would be lost.
pub(crate) fn look_over(out: &Path, read: &[PathBuf]) -> Result<(), Refused> {
    let Ok(out) = fs::canonicalize(out) else { return Ok(()) };
    if read.iter().any(|read| fs::canonicalize(read).is_ok_and(|read| read == out)) {
        return Err(Refused::IsRead);
    }
    if out.is_file() && begins_like_a_store(&out).unwrap_or(false) {
        return Err(Refused::IsStore);
    }
    Ok(())
}

fn begins_like_a_store(path: &Path) -> io::Result<bool> {
    let mut head = [0; STORE.len()];
    File::open(path)?.read_exact(&mut head)?;
    Ok(head == *STORE)
}
