//! Web archives (ISO 28500): the pages of `response` and `resource` records, the texts of `conversion` records (WET).
//!
//! Read record by record; of a record no more is kept than a document may have. After a broken record the next line that
//! begins with `WARC/` is looked for, so that one fault costs one record; behind damaged gzip that of the next member.

use crate::html::{self, Fetched};
use crate::{Arrival, Given, IngestError, Ingested, MAX_BYTES, gzip, text};
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::{self, BufRead, Read};
use std::iter;

/// The longest line of a header. Addresses have been seen with some thousand characters.
const LONGEST_LINE: usize = 64 * 1024;

/// Most lines that a header may have.
const MOST_FIELDS: usize = 1000;

/// Hands over a document a page, told apart by the numbers of the records from 1. Records that are no pages (requests,
/// pictures, answers other than 200) are passed over.
pub(crate) fn records(
    bytes: &mut dyn BufRead,
    name: &str,
    given: &Given,
    sink: &mut dyn FnMut(Arrival) -> bool,
) -> bool {
    let (mut n, mut any) = (0, false);
    loop {
        let read = header(bytes).and_then(|header| {
            let Some(header) = header else { return Ok(None) };
            let block = block(bytes, header.length, header.is_page())?;
            Ok(Some((header, block)))
        });
        n += 1;
        let (header, (block, whole)) = match read {
            Ok(Some(record)) => record,
            Ok(None) if n == 1 => return sink(Arrival::failed(name, IngestError::Empty)),
            Ok(None) => return any || sink(Arrival::failed(name, IngestError::NoPages { records: n - 1 })),
            Err(fault) => {
                any = true;
                let over = matches!(&fault, Fault::Machine(error) if !gzip::is_damage(error));
                let name = if over { name.to_owned() } else { format!("{name}: record {n}") };
                let more = sink(Arrival::failed(&name, fault.into()));
                if over || !more {
                    return more;
                }
                continue;
            }
        };
        if !header.is_page() {
            continue;
        }
        let document = if whole || block.len() > MAX_BYTES {
            document(&header, &block, given)
        } else {
            Some(Err(IngestError::Warc("it is cut off")))
        };
        if let Some(document) = document {
            any = true;
            let name = match &header.url {
                Some(url) => format!("{name}: record {n}: {url}"),
                None => format!("{name}: record {n}"),
            };
            if !sink(Arrival { name, document }) {
                return false;
            }
        }
    }
}

/// What a record's header says, as far as it matters.
#[derive(Debug, Default, PartialEq, Eq)]
struct Header {
    kind: String,
    id: Option<String>,
    url: Option<String>,
    content_type: String,
    length: u64,
}

impl Header {
    fn of(fields: &[String]) -> Result<Self, Fault> {
        let (mut header, mut length) = (Self::default(), None);
        for (field, value) in fields.iter().filter_map(|field| field.split_once(':')) {
            let value = value.trim();
            match field.trim().to_ascii_lowercase().as_str() {
                "warc-type" => header.kind = value.to_ascii_lowercase(),
                "warc-record-id" => {
                    let id = value.trim_matches(['<', '>']);
                    header.id = Some(id.strip_prefix("urn:uuid:").unwrap_or(id).to_owned());
                }
                // Version 1.0 of the standard wrote angle brackets around it.
                "warc-target-uri" => {
                    header.url =
                        Some(value.trim_matches(['<', '>']).to_owned()).filter(|url| !url.is_empty());
                }
                "content-type" => header.content_type = value.to_ascii_lowercase(),
                "content-length" => length = value.parse().ok(),
                _ => {}
            }
        }
        header.length = length.ok_or(Fault::Record("its header has no Content-Length"))?;
        Ok(header)
    }

    fn is_page(&self) -> bool {
        match self.kind.as_str() {
            "response" => self.content_type.is_empty() || self.content_type.contains("http"),
            "resource" | "conversion" => true,
            _ => false,
        }
    }
}

enum Fault {
    Machine(io::Error),
    Record(&'static str),
}

impl From<Fault> for IngestError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Machine(error) => Self::Read(error),
            Fault::Record(fault) => Self::Warc(fault),
        }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Machine(error)
    }
}

/// Reads the next header, none at the end. Lines before it are passed over: two end every record, and there may be
/// what is left of a broken one.
fn header(bytes: &mut dyn BufRead) -> Result<Option<Header>, Fault> {
    loop {
        let Some(line) = line(bytes)? else { return Ok(None) };
        if line.starts_with(b"WARC/") {
            break;
        }
    }
    let mut fields: Vec<String> = Vec::new();
    for _ in 0..MOST_FIELDS {
        let Some(line) = line(bytes)? else { return Err(Fault::Record("its header is cut off")) };
        let line = String::from_utf8_lossy(&line);
        match fields.last_mut() {
            _ if line.trim().is_empty() => return Header::of(&fields).map(Some),
            // Version 1.0 of the standard let a field go on in the next line.
            Some(field) if line.starts_with([' ', '\t']) => field.push_str(&line),
            _ => fields.push(line.into_owned()),
        }
    }
    Err(Fault::Record("its header does not end"))
}

/// Reads a line, none at the end of the stream; of one that is too long the beginning, its rest as further lines.
fn line(bytes: &mut dyn BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    bytes.take(LONGEST_LINE as u64).read_until(b'\n', &mut line)?;
    Ok(Some(line).filter(|line| !line.is_empty()))
}

/// Reads a record's content, of which no more is kept than shows that it is too large; tells whether it was all there.
fn block(bytes: &mut dyn BufRead, length: u64, wanted: bool) -> io::Result<(Vec<u8>, bool)> {
    let mut kept = Vec::new();
    // The header of the server's answer comes on top of a document's bytes.
    let limit = if wanted { length.min((MAX_BYTES + LONGEST_LINE) as u64) } else { 0 };
    bytes.take(limit).read_to_end(&mut kept)?;
    let rest = length - limit;
    let skipped = io::copy(&mut bytes.take(rest), &mut io::sink())?;
    let whole = skipped == rest && kept.len() as u64 == limit;
    Ok((kept, whole))
}

/// Returns the document of a record, none where it is no page.
fn document(header: &Header, block: &[u8], given: &Given) -> Option<Ingested> {
    let page = Fetched { name: "", id: header.id.as_deref(), url: header.url.as_deref(), charset: None };
    if header.kind != "response" {
        let charset = charset(&header.content_type);
        return match &header.content_type {
            kind if is_html(kind) => Some(html::fetched(block, Fetched { charset, ..page }, given)),
            kind if kind.starts_with("text/plain") => Some(plain(block, header, given)),
            _ => None,
        };
    }
    let Some(answer) = Answer::of(block) else {
        return Some(Err(IngestError::Warc("the server's answer in it cannot be read")));
    };
    if answer.status != 200 {
        return None;
    }
    let is_plain = answer.content_type.starts_with("text/plain");
    // A server that names no kind mostly sends pages.
    let sniffed = answer.content_type.is_empty() && answer.body.trim_ascii_start().starts_with(b"<");
    if !is_plain && !is_html(&answer.content_type) && !sniffed {
        return None;
    }
    let body = match answer.unpacked() {
        Ok(body) => body,
        Err(error) => return Some(Err(error)),
    };
    if is_plain {
        return Some(plain(&body, header, given));
    }
    Some(html::fetched(&body, Fetched { charset: charset(&answer.content_type), ..page }, given))
}

/// Returns the document of a page's words, as archives of texts hold them.
fn plain(bytes: &[u8], header: &Header, given: &Given) -> Ingested {
    let id = given.id.clone().or_else(|| header.id.clone());
    let (mut document, problems) = text(bytes, "", &Given { id, ..given.clone() })?;
    document.url.clone_from(&header.url);
    Ok((document, problems))
}

fn is_html(content_type: &str) -> bool {
    content_type.starts_with("text/html") || content_type.starts_with("application/xhtml")
}

fn charset(content_type: &str) -> Option<&str> {
    let (_, after) = content_type.split_once("charset=")?;
    after.trim_start_matches(['"', '\'']).split(['"', '\'', ';', ' ']).next().filter(|name| !name.is_empty())
}

/// A server's answer.
#[derive(Debug)]
struct Answer<'a> {
    status: u16,
    content_type: String,
    content_encoding: String,
    chunked: bool,
    body: &'a [u8],
}

impl<'a> Answer<'a> {
    /// Reads the status line of any version of HTTP, and the fields below it; what is no field is passed over, as browsers
    /// do. None where there is no status.
    fn of(block: &'a [u8]) -> Option<Self> {
        let mut rest = block;
        let mut next = || {
            let at = rest.iter().position(|&byte| byte == b'\n')?;
            let line = String::from_utf8_lossy(rest[..at].trim_ascii_end());
            rest = &rest[at + 1..];
            Some(line)
        };
        let status = next()?;
        let status = status.strip_prefix("HTTP/")?.split_whitespace().nth(1)?.parse().ok()?;
        let fields: Vec<(String, String)> = iter::from_fn(next)
            .take_while(|line| !line.is_empty())
            .filter_map(|line| {
                let (name, value) = line.split_once(':')?;
                Some((name.trim().to_ascii_lowercase(), value.trim().to_ascii_lowercase()))
            })
            .collect();
        let field = |wanted: &str| {
            let field = fields.iter().find(|(name, _)| name == wanted);
            field.map_or_else(String::new, |(_, value)| value.clone())
        };
        Some(Self {
            status,
            content_type: field("content-type"),
            content_encoding: field("content-encoding"),
            chunked: field("transfer-encoding").contains("chunked"),
            body: rest,
        })
    }

    /// Returns the body without chunks and compression. Many archives hold bodies that are unpacked already under
    /// headers that say otherwise; those stand as they are.
    fn unpacked(&self) -> Result<Vec<u8>, IngestError> {
        let joined = if self.chunked { unchunked(self.body) } else { None };
        let body = joined.unwrap_or_else(|| self.body.to_vec());
        let unpacked = match self.content_encoding.as_str() {
            "gzip" | "x-gzip" => inflated(MultiGzDecoder::new(body.as_slice())),
            "deflate" => inflated(ZlibDecoder::new(body.as_slice()))
                .or_else(|| inflated(DeflateDecoder::new(body.as_slice()))),
            "" | "identity" => None,
            _ if body.trim_ascii_start().starts_with(b"<") => None,
            other => return Err(IngestError::Compression(other.to_owned())),
        };
        Ok(unpacked.unwrap_or(body))
    }
}

/// Unpacks, one byte more than a document may have at most; none where it is not packed so.
fn inflated(packed: impl Read) -> Option<Vec<u8>> {
    let mut unpacked = Vec::new();
    let read = packed.take(MAX_BYTES as u64 + 1).read_to_end(&mut unpacked);
    // What came before a cut is better than nothing.
    (read.is_ok() || !unpacked.is_empty()).then_some(unpacked)
}

/// Returns a body without the lengths between its chunks (RFC 9112, 7.1); none where it has no chunks.
fn unchunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::new();
    loop {
        let httparse::Status::Complete((at, length)) = httparse::parse_chunk_size(body).ok()? else {
            return None;
        };
        let length = usize::try_from(length).ok()?;
        let chunk = body.get(at..)?;
        if length == 0 {
            return Some(joined);
        }
        let Some(data) = chunk.get(..length) else {
            // Cut off within a chunk.
            joined.extend_from_slice(chunk);
            return Some(joined);
        };
        joined.extend_from_slice(data);
        body = chunk.get(length + 2..).unwrap_or_default();
        if body.is_empty() {
            return Some(joined);
        }
    }
}
