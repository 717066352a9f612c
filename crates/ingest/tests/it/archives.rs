//! Web archives, gzip, folders.

use crate::{gzip, lines};
use casus_ingest::{Intake, path};
use std::fs;

const PAGE: &str = "<html><head><title>Arvan falls</title></head><body><article><h1>Arvan falls</h1>\
    <p>Troops of the north took the town of Arvan on Monday after long fighting, the ministry said.</p>\
    <p>The mayor and about forty people had left the town hall an hour before.</p></article></body></html>";

const FOUND: &str = "Troops of the north took the town of Arvan on Monday after long fighting, the ministry said.\n\n\
    The mayor and about forty people had left the town hall an hour before.";

fn record(kind: &str, content_type: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{kind}-1>\r\nWARC-Target-URI: https://a.example/2026/03/04/x\r\n\
         Content-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn answer(head: &str, body: &[u8]) -> Vec<u8> {
    record("response", "application/http; msgtype=response", &[head.as_bytes(), b"\r\n\r\n", body].concat())
}

#[track_caller]
fn check(archive: &[u8], expected: &[String]) {
    assert_eq!(lines(archive, "a.warc", &Intake::default()), expected);
}

fn found(n: usize) -> String {
    format!("a.warc: record {n}: https://a.example/2026/03/04/x | response-1 | 2026-03-04 | {FOUND}")
}

#[test]
fn pages_are_read_and_the_rest_is_passed_over() {
    let archive = [
        record("warcinfo", "application/warc-fields", b"software: x\r\n"),
        record("request", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
        answer("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8", PAGE.as_bytes()),
        answer("HTTP/1.1 404 Not Found\r\nContent-Type: text/html", PAGE.as_bytes()),
        answer("HTTP/1.1 200 OK\r\nContent-Type: image/png", b"\x89PNG"),
        record("conversion", "text/plain", b"They left."),
    ]
    .concat();
    let text = "a.warc: record 6: https://a.example/2026/03/04/x | conversion-1 | - | They left.".to_owned();
    let expected = [found(3), text];
    check(&archive, &expected);
    check(&gzip(&archive), &expected);
    // Most archives are packed record by record.
    let half = archive.len() / 2;
    check(&[gzip(&archive[..half]), gzip(&archive[half..])].concat(), &expected);
}

#[test]
fn answers_are_unpacked() {
    let chunked =
        format!("{:x}\r\n{}\r\n{:x};x=y\r\n{}\r\n0\r\n\r\n", 99, &PAGE[..99], PAGE.len() - 99, &PAGE[99..]);
    let html = "HTTP/1.1 200 OK\r\nContent-Type: text/html";
    let archive = [
        answer(&format!("{html}\r\nTransfer-Encoding: chunked"), chunked.as_bytes()),
        answer(&format!("{html}\r\nContent-Encoding: gzip"), &gzip(PAGE.as_bytes())),
        // The archive unpacked it, but kept the header.
        answer(&format!("{html}\r\nContent-Encoding: br\r\nTransfer-Encoding: chunked"), PAGE.as_bytes()),
        answer(&format!("{html}\r\nContent-Encoding: br"), b"\x0b\x02\x80"),
    ]
    .concat();
    let br = "a.warc: record 4: https://a.example/2026/03/04/x | compressed as \"br\", which is not read"
        .to_owned();
    check(&archive, &[found(1), found(2), found(3), br]);
}

#[test]
fn a_broken_record_costs_one_record() {
    let good = answer("HTTP/1.1 200 OK\r\nContent-Type: text/html", PAGE.as_bytes());
    let archive = [
        b"WARC/1.0\r\nWARC-Type: response\r\n\r\nrest of it\r\n".to_vec(),
        good.clone(),
        good[..400].to_vec(),
    ]
    .concat();
    check(
        &archive,
        &[
            "a.warc: record 1 | not a record of a web archive: its header has no Content-Length".to_owned(),
            found(2),
            "a.warc: record 3: https://a.example/2026/03/04/x | not a record of a web archive: it is cut off"
                .to_owned(),
        ],
    );
}

#[test]
fn answers_of_every_http_are_read() {
    let html = "Content-Type: text/html\r\nBad Field : x\r\nno field";
    let archive = [
        answer(&format!("HTTP/2 200\r\n{html}"), PAGE.as_bytes()),
        answer(&format!("HTTP/2.0 200 OK\r\n{html}"), PAGE.as_bytes()),
        answer("HTTP/3 404\r\nContent-Type: text/html", PAGE.as_bytes()),
        answer("what is this", PAGE.as_bytes()),
    ]
    .concat();
    let told = "a.warc: record 4: https://a.example/2026/03/04/x | not a record of a web archive: \
                the server's answer in it cannot be read";
    check(&archive, &[found(1), found(2), told.to_owned()]);
    let picture = answer("HTTP/1.1 200 OK\r\nContent-Type: image/png", b"\x89PNG");
    check(&picture, &["a.warc | no page in it: its one record is none".to_owned()]);
}

#[test]
fn fields_of_records_may_go_on_in_the_next_line() {
    let good = answer("HTTP/1.1 200 OK\r\nContent-Type: text/html", PAGE.as_bytes());
    let folded = String::from_utf8(good).unwrap().replace("Target-URI: ", "Target-URI:\r\n ");
    check(folded.as_bytes(), &[found(1)]);
}

#[test]
fn a_damaged_member_costs_its_record() {
    let good = gzip(&answer("HTTP/1.1 200 OK\r\nContent-Type: text/html", PAGE.as_bytes()));
    let mut damaged = good.clone();
    // A kind of block that deflate does not have.
    damaged[10] = 7;
    check(
        &[good.clone(), damaged.clone(), good.clone()].concat(),
        &[found(1), "a.warc: record 2 | cannot be read".to_owned(), found(3)],
    );
    assert_eq!(
        lines(&[damaged, good].concat(), "a.warc.gz", &Intake::default()),
        ["a.warc.gz: record 1 | cannot be read".to_owned(), found(2).replace("a.warc", "a.warc.gz")]
    );
}

#[test]
fn what_comes_before_a_fault_is_read() {
    let mut packed = gzip(b"id,text\n1,They left.\n2,They came.\n");
    let checksum = packed.len() - 8;
    packed[checksum] ^= 1;
    let mut told = Vec::new();
    casus_ingest::read(&mut &packed[..], "a.csv.gz", &Intake::default(), &mut |arrival| {
        told.push(crate::line(&arrival));
        told.extend(arrival.document.err().and_then(|error| error.hint()).map(str::to_owned));
        true
    });
    assert_eq!(
        told,
        [
            "a.csv.gz: row 1 | 1 | - | They left.",
            "a.csv.gz: row 2 | 2 | - | They came.",
            "a.csv.gz | cannot be read",
            "it is cut off or damaged: fetch it again"
        ]
    );
}

#[test]
fn a_cut_gzip_file_is_told() {
    let packed = gzip(b"{\"text\": \"They left.\"}\n{\"text\": \"They came back.\"}\n");
    let read = lines(&packed[..packed.len() - 12], "a.jsonl.gz", &Intake::default());
    assert_eq!(read.last().unwrap(), "a.jsonl.gz | cannot be read");
}

#[test]
fn folders_are_searched_by_ending_and_by_content() {
    let folder = std::env::temp_dir().join(format!("casus-ingest-folder-{}", std::process::id()));
    fs::create_dir_all(folder.join("b")).unwrap();
    for (name, bytes) in [
        ("a.txt", "They left."),
        ("b/story?id=7", PAGE),
        ("b/page.htm", PAGE),
        ("c.png", "\u{89}PNG"),
        ("LICENSE", "You may."),
        (".hidden.txt", "No."),
    ] {
        fs::write(folder.join(name), bytes).unwrap();
    }
    let mut names = Vec::new();
    path(&folder, &Intake::default(), &mut |arrival| {
        names.push(arrival.document.unwrap().0.id);
        true
    });
    let passed_over: Vec<_> =
        casus_ingest::passed_over(&folder).iter().map(|path| path.file_name().unwrap().to_owned()).collect();
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!(names, ["a", "page", "story?id=7"]);
    assert_eq!(passed_over, ["LICENSE", "c.png"]);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_told() {
    let folder = std::env::temp_dir().join(format!("casus-ingest-links-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    for name in ["a.txt", "b.png"] {
        std::os::unix::fs::symlink(folder.join("gone"), folder.join(name)).unwrap();
    }
    let mut told = Vec::new();
    path(&folder, &Intake::default(), &mut |arrival| {
        told.push(crate::line(&arrival).replace(folder.to_str().unwrap(), ""));
        true
    });
    let passed_over = casus_ingest::passed_over(&folder).len();
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!((told, passed_over), (vec!["/a.txt | cannot be read".to_owned()], 1));
}

/// A stream of any length is read in little memory: this one would have 2 GB.
#[test]
fn long_archives_pass_through() {
    struct Endless<'a>(&'a [u8], usize, usize);
    impl std::io::Read for Endless<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let n = into.len().min(self.0.len() - self.1);
            into[..n].copy_from_slice(&self.0[self.1..self.1 + n]);
            self.1 += n;
            if self.1 == self.0.len() && self.2 > 0 {
                (self.1, self.2) = (0, self.2 - 1);
            }
            Ok(n)
        }
    }
    let big = record("resource", "video/mp4", &vec![0; 20_000_000]);
    let mut stream = std::io::BufReader::new(Endless(&big, 0, 100));
    let mut read = Vec::new();
    casus_ingest::read(&mut stream, "a.warc", &Intake::default(), &mut |arrival| {
        read.push(crate::line(&arrival));
        true
    });
    assert_eq!(read, ["a.warc | no page in it: none of its 101 records is one"]);
}

#[test]
fn gzip_in_many_layers_ends() {
    let mut packed = b"They left.".to_vec();
    for layer in 1..=8 {
        packed = gzip(&packed);
        let lines = lines(&packed, "a.txt.gz", &Intake::default());
        if layer <= 3 {
            assert!(lines[0].ends_with("They left."), "{lines:?}");
        } else {
            assert_eq!(lines, ["a.txt.gz | not plain text: it seems to be gzip in many layers"]);
        }
    }
}
