//! One stream of bytes to documents, whatever its format.

use crate::files::BUFFER;
use crate::format::{Format, GZIP};
use crate::gzip::Members;
use crate::json::{self, json_line};
use crate::{
    Arrival, Columns, FeedEntry, Given, IngestError, Intake, MAX_BYTES, MAX_FEED_BYTES, charset, feed, html,
    table, text, warc,
};
use encoding_rs::Decoder;
use std::io::{self, BufRead, BufReader, Read};

/// Bytes that are looked at to tell the format.
const HEAD: usize = 4096;

/// Layers of gzip that are unpacked: one of the server and one of the archive are seen, more are somebody's trap. (There are
/// files that unpack to themselves.)
const LAYERS: usize = 3;

/// Hands over the documents of a stream that is called `name`; tells whether more are wanted.
///
/// The format is the one that `intake` asks for, else that of the first bytes, else that of the name's ending; gzip is
/// looked through. At most one document and one buffer are in memory, whatever the stream's length (of a feed, all).
pub fn read(
    bytes: &mut dyn BufRead,
    name: &str,
    intake: &Intake,
    sink: &mut dyn FnMut(Arrival) -> bool,
) -> bool {
    unpacked(bytes, name, intake, LAYERS, sink)
}

fn unpacked(
    bytes: &mut dyn BufRead,
    name: &str,
    intake: &Intake,
    layers: usize,
    sink: &mut dyn FnMut(Arrival) -> bool,
) -> bool {
    let (head, fault) = head(bytes);
    let mark: [u8; 2] = head.first_chunk().copied().unwrap_or_default();
    let format = intake.format.unwrap_or_else(|| Format::detect(&head, name));
    let utf16 = charset::utf16_of(&head);
    let rows = matches!(format, Format::Csv | Format::Json | Format::JsonLines);
    // What came before a fault is read; then the fault is told.
    let whole = io::Cursor::new(head).chain(Fault(fault)).chain(bytes);
    if mark == GZIP {
        let Some(layers) = layers.checked_sub(1) else {
            let (kind, hint) = ("gzip in many layers", "unpack it first, with gunzip for one");
            return sink(Arrival::failed(name, IngestError::Binary { kind, hint }));
        };
        let mut inner = BufReader::with_capacity(BUFFER, Members::new(whole));
        return unpacked(&mut inner, name, intake, layers, sink);
    }
    if rows && let Some(encoding) = utf16 {
        // What spreadsheets and PowerShell write; row by row it could not be read.
        let decoded =
            Utf16 { bytes: whole, decoder: encoding.new_decoder(), ready: Vec::new(), at: 0, ended: false };
        return of_format(&mut BufReader::with_capacity(BUFFER, decoded), format, name, intake, sink);
    }
    // A buffer of its own, so that the first look is one with what follows.
    of_format(&mut BufReader::with_capacity(BUFFER, whole), format, name, intake, sink)
}

/// Reads the first bytes, and the fault that ended them. Of JSON a brace is enough, so that lines can be coded as they come
/// through a pipe.
fn head(bytes: &mut dyn BufRead) -> (Vec<u8>, Option<io::Error>) {
    let mut head = Vec::new();
    while head.len() < HEAD && !head.trim_ascii_start().starts_with(b"{") {
        let held = match bytes.fill_buf() {
            Ok([]) => break,
            Ok(held) => held,
            Err(error) => return (head, Some(error)),
        };
        let n = held.len().min(HEAD - head.len());
        head.extend_from_slice(&held[..n]);
        bytes.consume(n);
    }
    (head, None)
}

/// A fault in its place in a stream.
struct Fault(Option<io::Error>);

impl Read for Fault {
    fn read(&mut self, _into: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

impl BufRead for Fault {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.take().map_or(Ok(&[]), Err)
    }

    fn consume(&mut self, _n: usize) {}
}

fn of_format(
    bytes: &mut dyn BufRead,
    format: Format,
    name: &str,
    intake: &Intake,
    sink: &mut dyn FnMut(Arrival) -> bool,
) -> bool {
    let Intake { given, columns, .. } = intake;
    match format {
        Format::JsonLines => lines(bytes, name, None, given, columns, sink),
        Format::Json => json(bytes, name, intake, sink),
        Format::Csv => table::csv::rows(bytes, name, intake, sink),
        Format::Warc => warc::records(bytes, name, given, sink),
        Format::Parquet => sink(Arrival::failed(name, IngestError::ParquetStream)),
        Format::Text | Format::Html => {
            let whole = read_at_most(bytes, MAX_BYTES).map_err(IngestError::Read);
            let document = whole.and_then(|bytes| match format {
                Format::Html => html::page(&bytes, name, given),
                _ => text(&bytes, name, given),
            });
            sink(Arrival { name: name.to_owned(), document })
        }
        Format::Feed => {
            let whole = read_at_most(bytes, MAX_FEED_BYTES).map_err(IngestError::Read);
            of_feed(whole.and_then(|bytes| feed(&bytes, None, given)), name, sink)
        }
    }
}

fn of_feed(
    read: Result<Vec<FeedEntry>, IngestError>,
    name: &str,
    sink: &mut dyn FnMut(Arrival) -> bool,
) -> bool {
    match read {
        Ok(entries) => entries.into_iter().all(|entry| {
            sink(Arrival { name: format!("{name}: entry {}", entry.n), document: entry.document })
        }),
        Err(error) => sink(Arrival::failed(name, error)),
    }
}

/// Hands over JSON that may be one object, an array, or JSON Lines: these where its first line is whole.
fn json(bytes: &mut dyn BufRead, name: &str, intake: &Intake, sink: &mut dyn FnMut(Arrival) -> bool) -> bool {
    let Intake { given, columns, .. } = intake;
    let failed = |error| Arrival::failed(name, IngestError::Read(error));
    let blank = match skip_blank(bytes) {
        Ok(blank) => blank,
        Err(error) => return sink(failed(error)),
    };
    match bytes.fill_buf().map(|held| held.first() == Some(&b'[')) {
        Ok(true) => return array(bytes, name, given, columns, sink),
        Ok(false) => {}
        Err(error) => return sink(failed(error)),
    }
    let mut first = match read_line(bytes) {
        Ok(first) => first,
        Err(error) => return sink(failed(error)),
    };
    // A feed may say that it is one behind all its items.
    let is_feed = |bytes: &[u8]| intake.format.is_none() && json::is_feed(bytes);
    if first.starts_with(b"{") && serde_json::from_slice::<serde_json::Value>(&first).is_ok() {
        if is_feed(&first) {
            return of_feed(feed(&first, None, given), name, sink);
        }
        return lines(bytes, name, Some((blank, first)), given, columns, sink);
    }
    match read_at_most(bytes, MAX_BYTES) {
        Ok(rest) => first.extend(rest),
        Err(error) => return sink(Arrival::failed(name, IngestError::Read(error))),
    }
    if is_feed(&first) {
        return of_feed(feed(&first, None, given), name, sink);
    }
    match json::json(&first, given, columns) {
        Ok(documents) => {
            documents.into_iter().all(|(_, document)| sink(Arrival { name: name.to_owned(), document }))
        }
        Err(error) => sink(Arrival::failed(name, error)),
    }
}

/// Passes over a byte order mark and white space; returns the lines among it.
fn skip_blank(bytes: &mut dyn BufRead) -> io::Result<usize> {
    let mut lines = 0;
    loop {
        let held = bytes.fill_buf()?;
        let blank = held
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace() || matches!(byte, 0xef | 0xbb | 0xbf))
            .count();
        lines += held[..blank].split(|byte| *byte == b'\n').count() - 1;
        let done = blank < held.len() || held.is_empty();
        bytes.consume(blank);
        if done {
            return Ok(lines);
        }
    }
}

fn array(
    bytes: &mut dyn BufRead,
    name: &str,
    given: &Given,
    columns: &Columns,
    sink: &mut dyn FnMut(Arrival) -> bool,
) -> bool {
    let mut any = false;
    let read = json::elements(bytes, |n, value| {
        any = true;
        let Some(document) = json_line(value, given, columns) else { return true };
        sink(Arrival { name: format!("{name}: document {n}"), document })
    });
    match read {
        Ok(more) => more && (any || sink(Arrival::failed(name, IngestError::Empty))),
        Err(error) => sink(Arrival::failed(name, IngestError::Read(error))),
    }
}

fn lines(
    bytes: &mut dyn BufRead,
    name: &str,
    first: Option<(usize, Vec<u8>)>,
    given: &Given,
    columns: &Columns,
    sink: &mut dyn FnMut(Arrival) -> bool,
) -> bool {
    let (mut n, mut first) = first.map_or((0, None), |(before, line)| (before, Some(line)));
    let mut any = false;
    loop {
        let line = match first.take().map_or_else(|| read_line(bytes), Ok) {
            Ok(line) => line,
            Err(error) => return sink(Arrival::failed(name, IngestError::Read(error))),
        };
        if line.is_empty() {
            return any || sink(Arrival::failed(name, IngestError::Empty));
        }
        n += 1;
        if let Some(document) = json_line(&line, given, columns) {
            any = true;
            if !sink(Arrival { name: format!("{name}: line {n}"), document }) {
                return false;
            }
        }
    }
}

/// Reads a line of a document.
fn read_line(bytes: &mut dyn BufRead) -> io::Result<Vec<u8>> {
    line_of_at_most(bytes, MAX_BYTES)
}

/// Reads a line with its end; of one of more bytes than `limit` only its beginning, one byte more than may be. Nothing at
/// the end of the file.
///
/// # Errors
/// Where the bytes cannot be read.
pub fn line_of_at_most(bytes: &mut dyn BufRead, limit: usize) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    let limit = limit as u64 + 1;
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

/// UTF-16 on the way in, UTF-8 on the way out.
struct Utf16<R> {
    bytes: R,
    decoder: Decoder,
    ready: Vec<u8>,
    at: usize,
    /// Whether the decoder has seen the end, after which it must not be asked again.
    ended: bool,
}

impl<R: BufRead> Read for Utf16<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() && !self.ended {
            let held = self.bytes.fill_buf()?;
            self.ended = held.is_empty();
            let room = self.decoder.max_utf8_buffer_length(held.len()).unwrap_or_default();
            let mut decoded = String::with_capacity(room);
            let (_, used, _) = self.decoder.decode_to_string(held, &mut decoded, self.ended);
            self.bytes.consume(used);
            (self.ready, self.at) = (decoded.into_bytes(), 0);
        }
        let n = into.len().min(self.ready.len() - self.at);
        into[..n].copy_from_slice(&self.ready[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}
