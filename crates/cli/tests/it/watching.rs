//! `casus watch` against a server on this machine.

use crate::run::Folder;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread::{self, JoinHandle};

/// Serves answers, one a connection, and returns what was asked of it: the first line and the fields that matter.
fn serve(answers: Vec<String>) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let of_itself = address.clone();
    let asked = thread::spawn(move || {
        let mut asked = Vec::new();
        for answer in answers {
            let (stream, _) = listener.accept().unwrap();
            let mut lines = BufReader::new(&stream).lines().map(Result::unwrap);
            let mut request = lines.next().unwrap();
            for line in lines.take_while(|line| !line.is_empty()) {
                if line.to_lowercase().starts_with("if-") || line.to_lowercase().starts_with("user-agent") {
                    request = format!("{request} | {}", line.to_lowercase());
                }
            }
            asked.push(request);
            (&stream).write_all(answer.replace("SELF", &of_itself).as_bytes()).unwrap();
        }
        asked
    });
    (address, asked)
}

fn answer(status: &str, fields: &str, body: &str) -> String {
    // Addresses of the server stand for four letters, so the length is told by the end of the connection.
    format!("HTTP/1.1 {status}\r\nConnection: close\r\n{fields}\r\n{body}")
}

#[test]
fn new_reports_are_written_once() {
    let feed = "<rss version=\"2.0\"><channel><title>Wire</title>\
        <item><guid>w1</guid><title>Rain</title><link>SELF/w1</link><pubDate>Wed, 04 Mar 2026 10:00:00 GMT</pubDate>\
        <description>It rains.</description></item></channel></rss>";
    let page = "<html><body><article><p>It rains on the town hall and on the two bridges behind it.</p></article></body></html>";
    let fields = "ETag: \"v1\"\r\nLast-Modified: Wed, 04 Mar 2026 10:00:00 GMT\r\n";
    let (address, asked) = serve(vec![
        answer("200 OK", fields, feed),
        answer("200 OK", "Content-Type: text/html; charset=utf-8\r\n", page),
        answer("304 Not Modified", "", ""),
        answer("503 Service Unavailable", "Retry-After: 7200\r\n", ""),
    ]);
    let list = format!(
        "contact = \"mailto:desk@a.example\"\npause = \"0s\"\nrobots = false\n[[feed]]\nurl = \"{address}/feed\"\nname = \"The Wire\"\nfull_text = true\n"
    );
    let folder = Folder::new().with("feeds.toml", list);
    let document = format!(
        "{{\"id\":\"w1\",\"title\":\"Rain\",\"published\":\"2026-03-04\",\"publisher\":\"The Wire\",\"url\":\"{address}/w1\",\
         \"text\":\"It rains on the town hall and on the two bridges behind it.\"}}\n"
    );
    folder.check(
        &["watch", "--once", "feeds.toml"],
        &document,
        &format!("casus: {address}/feed: 1 new\n"),
        0,
    );
    folder.check(&["watch", "--once", "feeds.toml"], "", "", 1);
    folder.check(
        &["watch", "--once", "feeds.toml"],
        "",
        &format!(
            "casus: {address}/feed: cannot be fetched: the server answered 503\nhint: it is tried again in 2 hours\n"
        ),
        2,
    );
    let agent = format!("user-agent: casus/{} (+mailto:desk@a.example)", env!("CARGO_PKG_VERSION"));
    let known = "if-none-match: \"v1\" | if-modified-since: wed, 04 mar 2026 10:00:00 gmt";
    let mut asked = asked.join().unwrap();
    for request in &mut asked {
        let mut fields: Vec<&str> = request.split(" | ").collect();
        fields.sort_by_key(|field| {
            usize::from(!field.starts_with("GET")) + usize::from(field.starts_with("user"))
        });
        *request = fields.join(" | ");
    }
    assert_eq!(
        asked,
        [
            format!("GET /feed HTTP/1.1 | {agent}"),
            format!("GET /w1 HTTP/1.1 | {agent}"),
            format!("GET /feed HTTP/1.1 | {known} | {agent}"),
            format!("GET /feed HTTP/1.1 | {known} | {agent}"),
        ]
    );
}

#[test]
fn a_redirect_is_followed_where_the_server_allows_it() {
    let feed = "<rss version=\"2.0\"><channel><item><guid>w1</guid><description>It rains.</description></item></channel></rss>";
    let (address, asked) = serve(vec![
        answer("200 OK", "", "User-agent: *\nDisallow: /barred\n"),
        answer("301 Moved Permanently", "Location: /new/feed\r\n", ""),
        answer("200 OK", "", feed),
        answer("302 Found", "Location: SELF/barred\r\n", ""),
    ]);
    let list = format!("pause = \"0s\"\n[[feed]]\nurl = \"{address}/a\"\n[[feed]]\nurl = \"{address}/b\"\n");
    let folder = Folder::new().with("feeds.toml", list);
    let (out, told, status) = folder.run(&["watch", "--once", "feeds.toml"], b"");
    assert!(out.contains("It rains."), "{out}");
    assert!(
        told.contains(&format!("{address}/b: {address}/robots.txt does not let casus fetch it")),
        "{told}"
    );
    assert_eq!(status, 2);
    let asked: Vec<String> = asked.join().unwrap();
    let paths: Vec<&str> = asked.iter().filter_map(|request| request.split(' ').nth(1)).collect();
    assert_eq!(paths, ["/robots.txt", "/a", "/new/feed", "/b"]);
}

#[test]
fn reports_are_added_to_a_file() {
    let feed = "<rss version=\"2.0\"><channel><item><guid>w1</guid><description>It rains.</description></item></channel></rss>";
    let (address, asked) = serve(vec![answer("200 OK", "", feed)]);
    let folder = Folder::new()
        .with("feeds.toml", format!("robots = false\n[[feed]]\nurl = \"{address}/\"\n"))
        .with("out.jsonl", "{\"id\": \"before\", \"text\": \"It snows.\"}\n");
    let args = ["watch", "--once", "feeds.toml", "--out", "out.jsonl", "--state", "seen.json"];
    folder.check(&args, "", &format!("casus: {address}/: 1 new\n"), 0);
    asked.join().unwrap();
    let (out, _, _) = folder.run(&["text", "out.jsonl"], b"");
    assert_eq!(out.lines().count(), 2, "{out}");
}

#[test]
fn faults_of_the_list_are_told() {
    let folder = Folder::new()
        .with("feeds.toml", "[[feed]]\nurl = \"wire.example\"\n")
        .with("x.state.json", "{")
        .with("x.toml", "robots = false\n[[feed]]\nurl = \"http://127.0.0.1:9/\"\n");
    folder.check(
        &["watch", "feeds.toml"],
        "",
        "casus: feeds.toml: \"wire.example\" is no address on the web\nhint: an address begins with https:// or http://\n",
        2,
    );
    let (_, err, code) = folder.run(&["watch", "x.toml"], b"");
    assert!(err.starts_with("casus: x.state.json: EOF"), "{err}");
    assert_eq!(code, 2);
    let (_, err, code) = folder.run(&["watch", "none.toml"], b"");
    assert!(err.starts_with("casus: none.toml: No such file"), "{err}");
    assert_eq!(code, 2);
    let (_, err, code) = folder.run(&["watch", "--once", "x.toml", "--state", "new.json"], b"");
    assert!(err.starts_with("casus: http://127.0.0.1:9/: cannot be fetched: "), "{err}");
    assert_eq!(code, 2);
}

#[test]
fn reports_are_coded_into_a_store() {
    let feed = "<rss version=\"2.0\"><channel><item><guid>w1</guid><pubDate>Wed, 04 Mar 2026 10:00:00 GMT</pubDate>\
        <description>The kettle is on the table.</description></item></channel></rss>";
    let (address, asked) = serve(vec![answer("200 OK", "", feed), answer("200 OK", "", feed)]);
    let folder =
        Folder::new().with("feeds.toml", format!("robots = false\n[[feed]]\nurl = \"{address}/\"\n"));
    let folder = folder.with("act/own.tsv", "Talo Committee\t\tarmed group\tKEN\tPRM\n");
    let args = ["watch", "--once", "feeds.toml", "--db", "a.gpkg"];
    let with_tables = [&args[..], &["--actors", "act"]].concat();
    folder.check(&with_tables, "", &format!("casus: {address}/: 1 new\ncasus: 1 coded, 0 events\n"), 0);
    // The feed is remembered, and what the store has is not coded again.
    let without = "casus: a.gpkg: it was filled by casus watch --actors act, and this run is without some of that\n\
        hint: casus recode with the same options codes everything by them again\n";
    folder.check(&args, "", without, 1);
    asked.join().unwrap();
    let (_, err, code) = folder.run(&["export", "--db", "a.gpkg"], b"");
    assert_eq!((err.as_str(), code), ("casus: no events found\n", 1));
    assert!(!folder.path("feeds.state.json").exists(), "what was seen is remembered in the store");
}

#[test]
fn robots_are_obeyed_and_remembered() {
    let (address, asked) =
        serve(vec![answer("200 OK", "Content-Type: text/plain\r\n", "User-agent: casus\nDisallow: /feed\n")]);
    let folder = Folder::new().with("feeds.toml", format!("[[feed]]\nurl = \"{address}/feed\"\n"));
    let args = ["watch", "--once", "feeds.toml", "--state", "seen.json"];
    folder.check(
        &args,
        "",
        &format!(
            "casus: {address}/feed: {address}/robots.txt does not let casus fetch it\n\
             hint: take the feed out of the list, or ask its owner and write robots = false where he agrees; \
             it is tried again in 30 minutes\n"
        ),
        2,
    );
    assert_eq!(asked.join().unwrap().len(), 1);
    // Left alone until then.
    folder.check(&args, "", "", 1);
}
