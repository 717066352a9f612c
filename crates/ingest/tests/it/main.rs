//! Foreign bytes as users have them: pages, tables, archives, broken ones.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its own files has failed")]

mod archives;
mod broken;
mod pages;
mod tables;

use casus_ingest::{Arrival, Intake, read};

/// Reads a stream; returns a line a document: its place, then id, day and text, or the error.
fn lines(bytes: &[u8], name: &str, intake: &Intake) -> Vec<String> {
    let mut out = Vec::new();
    read(&mut &bytes[..], name, intake, &mut |arrival| {
        out.push(line(&arrival));
        true
    });
    out
}

fn line(arrival: &Arrival) -> String {
    match &arrival.document {
        Ok((document, _)) => {
            let day = document.published.map_or("-".to_owned(), |day| day.to_string());
            format!("{} | {} | {day} | {}", arrival.name, document.id, document.text)
        }
        Err(error) => format!("{} | {error}", arrival.name),
    }
}

/// Packs bytes as gzip does.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}
