//! Files and folders to documents, in a fixed order.

use crate::format::{Format, GZIP};
use crate::{Arrival, IngestError, Intake, read, table};
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek};
use std::path::{Path, PathBuf};

/// Bytes that are read at a time, and looked at to tell a format.
pub(crate) const BUFFER: usize = 64 * 1024;

/// Bytes that tell whether a file of unknown name is a page, a feed or an archive.
const SNIFF: usize = 1024;

/// Hands over the documents of a file, or of every file below a folder in the order of their names. Tells whether more
/// are wanted.
pub fn path(path: &Path, intake: &Intake, sink: &mut dyn FnMut(Arrival) -> bool) -> bool {
    if path.is_dir() { folder(path, intake, sink) } else { file(path, intake, sink) }
}

fn folder(path: &Path, intake: &Intake, sink: &mut dyn FnMut(Arrival) -> bool) -> bool {
    let mut files = Vec::new();
    if let Err((path, error)) = files_below(path, &mut files) {
        return sink(Arrival::failed(&path.display().to_string(), IngestError::Read(error)));
    }
    if files.is_empty() {
        return sink(Arrival::failed(&path.display().to_string(), IngestError::NothingInFolder));
    }
    files.iter().all(|path| file(path, intake, sink))
}

/// Lists the files below a folder that are read, in the order of their names. Links to folders are not followed, for they
/// may lead in circles.
///
/// # Errors
/// Where a folder cannot be listed; it is named.
pub fn files_below(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), (PathBuf, io::Error)> {
    walk(folder, &mut |path, wanted| {
        if wanted {
            files.push(path);
        }
    })
}

/// Lists the files below a folder that are not read, for their names end otherwise and their first bytes show nothing that
/// casus reads, or they are pipes or links that lead nowhere. Hidden ones are not among them, nor is what lies in a folder
/// that cannot be listed.
#[must_use]
pub fn passed_over(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let _ = walk(folder, &mut |path, wanted| {
        if !wanted {
            files.push(path);
        }
    });
    files
}

/// Hands over the files below a folder in the order of their names, each with whether it is read.
fn walk(folder: &Path, file: &mut dyn FnMut(PathBuf, bool)) -> Result<(), (PathBuf, io::Error)> {
    let at = |error| (folder.to_owned(), error);
    let mut entries = fs::read_dir(folder).map_err(at)?.collect::<Result<Vec<_>, _>>().map_err(at)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if hidden {
            continue;
        }
        if entry.file_type().map_err(at)?.is_dir() {
            walk(&path, file)?;
        } else if path.is_file() {
            let wanted = is_wanted(&path);
            file(path, wanted);
        } else if !path.is_dir() {
            // A link that leads nowhere is told where its file would be read. Pipes are passed over: they may never end.
            let wanted =
                path.is_symlink() && !path.exists() && Format::of_name(&path.to_string_lossy()).is_some();
            file(path, wanted);
        }
    }
    Ok(())
}

/// Tells whether a file of a folder is read: by its ending, else where its first bytes show more than plain text.
/// (`wget` saves pages as `story?id=7`.)
fn is_wanted(path: &Path) -> bool {
    if Format::of_name(&path.to_string_lossy()).is_some() {
        return true;
    }
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(SNIFF as u64).read_to_end(&mut head));
    read.is_ok() && Format::of_head(&head).is_some()
}

/// Hands over the documents of a file.
fn file(path: &Path, intake: &Intake, sink: &mut dyn FnMut(Arrival) -> bool) -> bool {
    let name = path.display().to_string();
    let opened = File::open(path).and_then(|mut file| {
        let mut head = [0; 4];
        let n = file.read(&mut head)?;
        // Pipes cannot go back; they are no files in this sense, and Parquet cannot be read from them.
        let parquet = head[..n].starts_with(b"PAR1");
        let whole = file.rewind().is_ok();
        Ok((file, head[..n].to_vec(), parquet, whole))
    });
    match opened {
        Ok((file, head, parquet, true)) => {
            let asked = intake.format.unwrap_or(Format::Parquet) == Format::Parquet;
            let forced = intake.format == Some(Format::Parquet) && !head.starts_with(GZIP);
            if (parquet && asked) || forced {
                return table::parquet::rows(file, &name, intake, sink);
            }
            read(&mut BufReader::with_capacity(BUFFER, file), &name, intake, sink)
        }
        Ok((file, head, _, false)) => {
            let whole = io::Cursor::new(head).chain(file);
            read(&mut BufReader::with_capacity(BUFFER, whole), &name, intake, sink)
        }
        Err(_) if ["http://", "https://"].iter().any(|scheme| name.starts_with(scheme)) => {
            sink(Arrival::failed(&name, IngestError::Address))
        }
        Err(error) => sink(Arrival::failed(&name, IngestError::Read(error))),
    }
}
