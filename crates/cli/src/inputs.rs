//! Files, folders and standard input to documents, in a fixed order.

use casus::ingest::{self, Given, IngestError, MAX_BYTES};
use casus::{Document, Problem};
use std::error::Error;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// Extensions of the files that a folder is searched for; a file that is named is read whatever it is called.
const EXTENSIONS: [&str; 6] = ["txt", "text", "md", "jsonl", "ndjson", "json"];

/// A document that came in, or why it did not.
pub(crate) struct Input {
    /// Its file, with the line where the file has many.
    pub(crate) name: String,
    /// The document with its problems.
    pub(crate) document: Result<(Document, Vec<Problem>), InputError>,
}

/// Why a document did not come in.
#[derive(Debug)]
pub(crate) enum InputError {
    /// The machine could not give its bytes.
    Read(io::Error),
    /// A folder has nothing to read.
    NothingInFolder,
    /// Its bytes are no document.
    Ingest(IngestError),
}

impl InputError {
    /// Returns what the user can do about it.
    pub(crate) fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Read(error) if error.kind() == io::ErrorKind::NotFound => {
                Some("check the path; - reads standard input")
            }
            Self::Read(_) => None,
            Self::NothingInFolder => Some("name the files to read them whatever they are called"),
            Self::Ingest(error) => Some(error.hint()),
        }
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(_) => f.write_str("cannot be read"),
            Self::NothingInFolder => write!(f, "no file that ends in .{}", EXTENSIONS.join(", .")),
            Self::Ingest(error) => error.fmt(f),
        }
    }
}

impl Error for InputError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Read(error) => Some(error),
            Self::NothingInFolder => None,
            Self::Ingest(error) => error.source(),
        }
    }
}

/// Where documents go; tells whether more are wanted.
type Sink<'a> = dyn FnMut(Input) -> bool + 'a;

/// Hands over the documents of files and folders, the latter in the order of their names.
pub(crate) fn each(files: &[PathBuf], given: &Given, sink: &mut Sink<'_>) {
    if files.is_empty() {
        stdin(given, sink);
        return;
    }
    for path in files {
        let more = match path {
            path if path.as_os_str() == "-" => stdin(given, sink),
            path if path.is_dir() => folder(path, given, sink),
            path => file(path, given, sink),
        };
        if !more {
            return;
        }
    }
}

fn stdin(given: &Given, sink: &mut Sink<'_>) -> bool {
    stream(&mut io::stdin().lock(), "-", given, sink)
}

fn folder(path: &Path, given: &Given, sink: &mut Sink<'_>) -> bool {
    let mut files = Vec::new();
    if let Err((path, error)) = walk(path, &mut files) {
        return sink(failed(&path.display().to_string(), InputError::Read(error)));
    }
    if files.is_empty() {
        return sink(failed(&path.display().to_string(), InputError::NothingInFolder));
    }
    files.iter().all(|path| file(path, given, sink))
}

/// Lists the readable files below a folder. Links to folders are not followed, for they may lead in circles.
pub(crate) fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), (PathBuf, io::Error)> {
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
            walk(&path, files)?;
        } else if extension(&path).is_some_and(|e| EXTENSIONS.contains(&e.as_str())) && path.is_file() {
            files.push(path);
        }
    }
    Ok(())
}

fn file(path: &Path, given: &Given, sink: &mut Sink<'_>) -> bool {
    let name = path.display().to_string();
    match File::open(path) {
        Ok(file) => stream(&mut BufReader::new(file), &name, given, sink),
        Err(error) => sink(failed(&name, InputError::Read(error))),
    }
}

/// Hands over what a stream of bytes holds: JSON where it is called so or begins with a brace, else one plain text.
fn stream(bytes: &mut dyn BufRead, name: &str, given: &Given, sink: &mut Sink<'_>) -> bool {
    let head = match bytes.fill_buf() {
        Ok(head) => head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start(),
        Err(error) => return sink(failed(name, InputError::Read(error))),
    };
    let extension = extension(Path::new(name)).unwrap_or_default();
    match (extension.as_str(), head.first()) {
        ("jsonl" | "ndjson", _) => lines(bytes, name, None, given, sink),
        ("json", _) | (_, Some(b'{')) => json(bytes, name, given, sink),
        _ => match read_at_most(bytes, MAX_BYTES) {
            Ok(bytes) => {
                let document = ingest::text(&bytes, name, given).map_err(InputError::Ingest);
                sink(Input { name: name.to_owned(), document })
            }
            Err(error) => sink(failed(name, InputError::Read(error))),
        },
    }
}

/// Hands over JSON that may be one object, an array, or JSON Lines: these where its first line is whole.
fn json(bytes: &mut dyn BufRead, name: &str, given: &Given, sink: &mut Sink<'_>) -> bool {
    let mut first = match read_line(bytes) {
        Ok(first) => first,
        Err(error) => return sink(failed(name, InputError::Read(error))),
    };
    let object = first.trim_ascii_start().first() == Some(&b'{');
    let whole = serde_json::from_slice::<serde_json::Value>(&first).is_ok();
    if object && whole {
        return lines(bytes, name, Some(first), given, sink);
    }
    match read_at_most(bytes, MAX_BYTES) {
        Ok(rest) => first.extend(rest),
        Err(error) => return sink(failed(name, InputError::Read(error))),
    }
    match ingest::json(&first, given) {
        Ok(documents) => {
            let many = documents.len() > 1;
            documents.into_iter().all(|(n, document)| {
                let name = if many { format!("{name}: document {n}") } else { name.to_owned() };
                sink(Input { name, document: document.map_err(InputError::Ingest) })
            })
        }
        Err(error) => sink(failed(name, InputError::Ingest(error))),
    }
}

fn lines(
    bytes: &mut dyn BufRead,
    name: &str,
    mut first: Option<Vec<u8>>,
    given: &Given,
    sink: &mut Sink<'_>,
) -> bool {
    let mut n = 0;
    let mut any = false;
    loop {
        let line = match first.take().map_or_else(|| read_line(bytes), Ok) {
            Ok(line) => line,
            Err(error) => return sink(failed(name, InputError::Read(error))),
        };
        if line.is_empty() {
            return any || sink(failed(name, InputError::Ingest(IngestError::Empty)));
        }
        n += 1;
        if let Some(document) = ingest::json_line(&line, given) {
            any = true;
            let document = document.map_err(InputError::Ingest);
            if !sink(Input { name: format!("{name}: line {n}"), document }) {
                return false;
            }
        }
    }
}

fn failed(name: &str, error: InputError) -> Input {
    Input { name: name.to_owned(), document: Err(error) }
}

/// Reads a line with its end; of one that is too long only its beginning, one byte more than may be.
fn read_line(bytes: &mut dyn BufRead) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    let limit = MAX_BYTES as u64 + 1;
    let mut limited = bytes.take(limit);
    limited.read_until(b'\n', &mut line)?;
    if line.len() as u64 == limit && !line.ends_with(b"\n") {
        skip_line(bytes)?;
    }
    Ok(line)
}

fn skip_line(bytes: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let held = bytes.fill_buf()?;
        let (used, done) = match held.iter().position(|&byte| byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (held.len(), held.is_empty()),
        };
        bytes.consume(used);
        if done {
            return Ok(());
        }
    }
}

/// Reads all, or one byte more than may be, so that the limit is seen to be passed.
fn read_at_most(bytes: &mut dyn BufRead, limit: usize) -> io::Result<Vec<u8>> {
    let mut read = Vec::new();
    bytes.take(limit as u64 + 1).read_to_end(&mut read)?;
    Ok(read)
}

fn extension(path: &Path) -> Option<String> {
    path.extension().map(|e| e.to_string_lossy().to_lowercase())
}
