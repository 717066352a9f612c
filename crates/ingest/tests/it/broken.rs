//! Whatever bytes come in, nothing panics, and whatever document goes out has words.

use casus_ingest::{Format, Intake, path, read};
use std::fs;
use std::path::Path;

/// xorshift64 (Marsaglia 2003): reproducible without a crate.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(n.max(1)).unwrap()).unwrap()
    }
}

/// Damages bytes: flips, cuts, repeats, and splices of another file.
fn damage(bytes: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=random.below(6) {
        let at = random.below(out.len());
        match random.below(6) {
            0 if !out.is_empty() => out[at] = u8::try_from(random.below(256)).unwrap(),
            1 => out.truncate(at),
            2 => {
                let part = out[at..(at + random.below(200)).min(out.len())].to_vec();
                out.splice(at..at, part);
            }
            3 => {
                let from = random.below(other.len());
                let part = &other[from..(from + random.below(300)).min(other.len())];
                out.splice(at..at, part.iter().copied());
            }
            4 => {
                let end = (at + random.below(100)).min(out.len());
                out.drain(at..end);
            }
            _ => {
                let marks: [&[u8]; 6] = [b"\0", b"\xff\xfe", b"\xe2\x80", b"\"", b"<![CDATA[", b"\r\n\r\n"];
                out.splice(at..at, marks[random.below(6)].iter().copied());
            }
        }
    }
    out
}

/// Returns a file of every format that is read as a stream.
fn seeds() -> Vec<Vec<u8>> {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut seeds: Vec<Vec<u8>> = ["semantic", "table", "hashed"]
        .iter()
        .map(|name| fs::read(pages.join(format!("{name}.html"))).unwrap())
        .collect();
    let texts: [&str; 5] = [
        "Arvan falls\n\nTroops took Arvan on Monday.\n",
        "{\"id\": \"a\", \"published\": \"2026-03-04\", \"text\": \"They left.\"}\n[{\"text\": \"a\"}, {\"text\": \"b\"}]\n",
        "id,date,text\n1,2026-03-04,\"They left, they said.\"\n2,3/4/2026,They came.\n",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel><title>W</title><item><title>A</title>\
         <pubDate>Wed, 04 Mar 2026 10:00:00 GMT</pubDate><description>&lt;p&gt;They left.</description></item></channel></rss>",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>W</title><entry><id>1</id><title>A</title>\
         <content type=\"html\">They left.</content><updated>2026-03-04T10:00:00Z</updated></entry></feed>",
    ];
    seeds.extend(texts.iter().map(|text| text.as_bytes().to_vec()));
    let body = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n12\r\n<p>They left the tow\r\n0\r\n\r\n";
    let head = format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {}\r\n\r\n", body.len());
    seeds.push(format!("{head}{body}\r\n\r\n{head}{body}\r\n\r\n").into_bytes());
    let packed = crate::gzip(&seeds[4]);
    seeds.push(packed);
    seeds
}

#[test]
fn damaged_streams_never_panic() {
    let seeds = seeds();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..3_000 {
        let bytes = damage(&seeds[random.below(seeds.len())], &seeds[random.below(seeds.len())], &mut random);
        let forced = (random.below(2) == 0).then(|| Format::ALL[random.below(Format::ALL.len())]);
        let intake = Intake { format: forced, ..Intake::default() };
        read(&mut &bytes[..], "a", &intake, &mut |arrival| {
            if let Ok((document, _)) = arrival.document {
                assert!(!document.text.trim().is_empty() && !document.id.is_empty());
            }
            true
        });
    }
}

#[test]
fn random_bytes_never_panic() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    for _ in 0..2_000 {
        let bytes: Vec<u8> =
            (0..random.below(400)).map(|_| u8::try_from(random.below(256)).unwrap()).collect();
        for format in Format::ALL {
            read(&mut &bytes[..], "a", &Intake { format: Some(format), ..Intake::default() }, &mut |_| true);
        }
    }
}

#[test]
fn damaged_parquet_never_panics() {
    let whole = crate::tables::parquet(parquet::basic::Compression::SNAPPY);
    let file = std::env::temp_dir().join(format!("casus-ingest-damaged-{}.parquet", std::process::id()));
    let mut random = Random(0x1234_5678_9abc_def1);
    for _ in 0..2_000 {
        fs::write(&file, damage(&whole, &whole, &mut random)).unwrap();
        path(&file, &Intake { format: Some(Format::Parquet), ..Intake::default() }, &mut |_| true);
    }
    fs::remove_file(&file).unwrap();
}
