//! What comes in, and what is made of it.

use super::*;

fn read(bytes: &[u8]) -> Result<(Document, Vec<Problem>), IngestError> {
    text(bytes, "news/arvan.txt", &Given { published: Some(Date::constant(2026, 3, 4)), ..Given::default() })
}

#[track_caller]
fn check(bytes: &[u8], expected: &str, codes: &[&str]) {
    let (document, problems) = read(bytes).unwrap();
    assert_eq!(document.text, expected);
    assert_eq!(problems.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(), codes);
}

#[track_caller]
fn refused(bytes: &[u8], message: &str) {
    assert_eq!(read(bytes).unwrap_err().to_string(), message);
}

#[test]
fn text_goes_out_as_it_came_in() {
    check(
        "Arvan’s troops left.\r\n\r\nThey won.\r\n".as_bytes(),
        "Arvan’s troops left.\r\n\r\nThey won.\r\n",
        &[],
    );
    check("\u{feff}Troops left.".as_bytes(), "Troops left.", &[]);
}

#[test]
fn other_encodings_are_read_with_a_problem() {
    check(b"Orl\xe9 said \x93no\x94.", "Orlé said “no”.", &["not-utf-8"]);
    check(b"\xff\xfeH\0i\0", "Hi", &["utf-16"]);
    check(b"\xfe\xff\0H\0i", "Hi", &["utf-16"]);
    check(b"T\0h\0e\0y\0 \0w\0o\0n\0", "They won", &["utf-16"]);
    check(b"\0T\0h\0e\0y\0 \0w\0o\0n", "They won", &["utf-16"]);
    check(b"\xe2\x80\x9cNo\xe2\x80\x9d, Orl\xe9 said.", "“No”, Orl\u{fffd} said.", &["broken-utf-8"]);
}

#[test]
fn what_is_no_text_is_refused() {
    refused(b"", "nothing to read: it is empty");
    refused(b" \r\n\t \n", "nothing to read: it is empty");
    refused("\u{feff}".as_bytes(), "nothing to read: it is empty");
    refused(b"%PDF-1.7\n", "not plain text: it seems to be a PDF file");
    refused(b"\x89PNG\r\n\x1a\n\0", "not plain text: it seems to be a PNG image");
    refused(b"ab\0cd", "not plain text: it seems to be binary data");
    refused(b"\n<!DOCTYPE html><p>Hi", "not plain text: it seems to be a web page (HTML)");
    refused(b"\xff\xfeH\0i", "not plain text: it seems to be binary data, or broken UTF-16");
}

#[test]
fn messages_with_parts_are_refused() {
    let told = "not plain text: it seems to be a saved page (MHTML) or a mail";
    refused(b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n--x", told);
    refused(b"Subject: x\nMime-Version: 1.0\nContent-Transfer-Encoding: base64\n\nVGhleSBsZWZ0", told);
    // Plain words below a header are read, and so is a report about mails.
    let plain = "Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain\n\nThey left.";
    assert_eq!(read(plain.as_bytes()).unwrap().0.text, plain);
    let report = "They left.\n\nMIME-Version: 1.0\nContent-Type: multipart/mixed";
    assert_eq!(read(report.as_bytes()).unwrap().0.text, report);
}

#[test]
fn too_much_is_refused_at_once() {
    refused(&vec![b'a'; 50_000_000], "too large: one document may have 10 MB at most");
    assert!(read("Arvan. ".repeat(MAX_BYTES / 7).as_bytes()).is_ok());
}

#[test]
fn ids_come_from_the_name_or_the_content() {
    let id = |name: &str| text(b"Troops left.", name, &Given::default()).unwrap().0.id;
    assert_eq!(id("news/arvan.txt"), "arvan");
    assert_eq!(id("arvan.2026.txt"), "arvan.2026");
    assert_eq!(id(".hidden"), ".hidden");
    assert_eq!(id("-"), id(""));
    assert_ne!(id("-"), text(b"Troops left!", "-", &Given::default()).unwrap().0.id);
}

#[test]
fn what_is_given_wins() {
    let given = Given {
        id: Some("a1".to_owned()),
        title: Some("Given".to_owned()),
        published: Some(Date::constant(2026, 1, 1)),
        order: None,
    };
    let (document, problems) = text(b"Arvan falls\n\nTroops left.", "x.txt", &given).unwrap();
    assert_eq!((document.id.as_str(), document.title.as_deref()), ("a1", Some("Given")));
    assert_eq!(document.text, "Arvan falls\n\nTroops left.");
    assert!(problems.is_empty());
    let line = br#"{"id": 7, "title": "Own", "published": "2025-01-01", "text": "Troops left."}"#;
    let (document, _) = json_line(line, &given, &Columns::default()).unwrap().unwrap();
    assert_eq!((document.id.as_str(), document.title.as_deref()), ("a1", Some("Given")));
    assert_eq!(document.published, given.published);
}

#[test]
fn a_missing_date_is_a_problem() {
    let (document, problems) = text(b"Arvan falls\n\nTroops left.", "x.txt", &Given::default()).unwrap();
    assert_eq!(document.title.as_deref(), Some("Arvan falls"));
    assert_eq!(problems[0].code, "no-publication-date");
}

#[test]
fn a_bad_line_does_not_end_the_run() {
    let lines = concat!(
        "\u{feff}{\"id\": 7, \"published\": \"2026-03-04T10:00:00Z\", \"text\": \"Troops left.\", \"later\": []}\r\n",
        "{\"id\": \"b\"\n",
        "\n",
        "{\"id\": \"c\", \"published\": \"soon\", \"text\": \"They came back.\"}\n",
        "{\"id\": \"d\"}\n",
        "{\"id\": \"e\", \"text\": \" \"}\n",
        "[1, 2]\n",
    );
    let read: Vec<String> = json_lines(lines.as_bytes(), &Given::default())
        .map(|(line, ingested)| match ingested {
            Ok((document, problems)) => {
                let codes: Vec<&str> = problems.iter().map(|p| p.code.as_str()).collect();
                format!("{line} {} {}", document.id, codes.join(" "))
            }
            Err(error) => format!("{line} {error}"),
        })
        .collect();
    assert_eq!(
        read,
        [
            "1 7 ",
            "2 not a document in JSON",
            "4 c bad-publication-date",
            "5 a document without words: nothing under \"text\"",
            "6 a document without words: nothing under \"text\"",
            "7 not a document in JSON",
        ]
    );
}

#[test]
fn a_list_in_an_object_is_told() {
    let error =
        |line: &str| json_line(line.as_bytes(), &Given::default(), &Columns::default()).unwrap().unwrap_err();
    let told = error("{\"status\": \"ok\", \"tags\": [1], \"content\": [{\"title\": \"Arvan\"}]}");
    assert_eq!(told.to_string(), "a document without words, but with a list of objects under \"content\"");
    assert!(told.hint().unwrap().contains("jq"));
    for line in ["{\"articles\": []}", "{\"a\": [{}], \"b\": [{}]}"] {
        assert_eq!(error(line).to_string(), "a document without words: nothing under \"text\"");
    }
}

#[test]
fn a_file_may_be_one_object_or_an_array() {
    let count = |bytes: &[u8]| {
        json(bytes, &Given::default(), &Columns::default()).map(|d| d.len()).map_err(|e| e.to_string())
    };
    assert_eq!(count(b"{\"text\":\n \"Troops left.\"}"), Ok(1));
    assert_eq!(count(b"[{\"text\": \"a\"}, {\"text\": \"b\"}]"), Ok(2));
    assert_eq!(count(b"nothing"), Err("not a document in JSON".to_owned()));
}

/// Whatever bytes come in, no panic, and the text that goes out is the text that went in.
#[test]
fn random_bytes_never_panic() {
    // xorshift64 (Marsaglia 2003): reproducible without a crate.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let pieces: [&[u8]; 12] = [
        b"{\"text\": \"",
        b"\"}",
        b"\n\n",
        b"\r\n",
        b"Arvan ",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xe2\x80",
        b"\xf0\x9f\x95\x8a",
        b"[[",
        b"<html",
        b"\"published\": \"2026-13-45\"",
    ];
    for _ in 0..20_000 {
        let mut bytes = Vec::new();
        for _ in 0..next() % 12 {
            match next() % 3 {
                0 => bytes.extend_from_slice(pieces[usize::try_from(next() % 12).unwrap()]),
                _ => bytes.extend_from_slice(&next().to_le_bytes()[..usize::try_from(next() % 8).unwrap()]),
            }
        }
        let given = Given::default();
        if let Ok((document, _)) = text(&bytes, "-", &given) {
            if let Ok(valid) = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes)) {
                assert_eq!(document.text, valid);
            }
            assert!(!document.text.trim().is_empty());
        }
        let _ = json(&bytes, &given, &Columns::default());
        assert!(json_lines(&bytes, &given).count() <= bytes.len());
    }
}
