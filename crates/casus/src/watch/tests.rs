//! Watching, without network and clock.

use super::*;
use crate::ingest::Arrival;

/// A network of a few answers, in the order in which they will be asked for, and a clock that waiting moves.
#[derive(Default)]
struct Fake {
    now: u64,
    answers: Vec<(String, Result<Answer, u16>)>,
    /// What was asked: the time, the address, the version that was named.
    asked: Vec<String>,
}

impl Fake {
    fn answer(&mut self, url: &str, status: u16, body: &str) {
        let etag = Some(format!("v{}", self.answers.len()));
        let answer =
            Answer { status, url: url.to_owned(), etag, body: body.as_bytes().to_vec(), ..Answer::default() };
        self.answers.push((url.to_owned(), Ok(answer)));
    }
}

impl Outside for Fake {
    fn fetch(&mut self, request: &Request<'_>) -> Result<Answer, FetchError> {
        let etag = request.etag.map_or(String::new(), |etag| format!(" {etag}"));
        self.asked.push(format!("{} {}{etag}", self.now, request.url));
        let at = self.answers.iter().position(|(url, _)| url == request.url);
        let (_, answer) =
            self.answers.remove(at.unwrap_or_else(|| panic!("nobody expected {}", request.url)));
        answer.map_err(|_| FetchError("no route".into()))
    }

    fn now(&self) -> u64 {
        self.now
    }

    fn wait(&mut self, seconds: u64) {
        self.now += seconds;
    }
}

#[derive(Default)]
struct Kept(BTreeMap<String, FeedMemory>);

impl PollMemory for Kept {
    fn recall(&self, url: &str) -> FeedMemory {
        self.0.get(url).cloned().unwrap_or_default()
    }

    fn keep(&mut self, url: &str, memory: &FeedMemory) -> Result<(), MemoryError> {
        self.0.insert(url.to_owned(), memory.clone());
        Ok(())
    }
}

const FEED: &str = "https://wire.example/feed";

fn list(full_text: bool) -> FeedList {
    FeedList::parse(&format!(
        "robots = false\nfull_text = {full_text}\n[[feed]]\nurl = \"{FEED}\"\nname = \"The Wire\"\n"
    ))
    .unwrap()
}

fn rss(ids: &[&str]) -> String {
    let items: Vec<String> = ids
        .iter()
        .map(|id| {
            format!(
                "<item><guid>{id}</guid><title>Arvan {id}</title><link>https://wire.example/{id}</link>\
                 <pubDate>Wed, 04 Mar 2026 10:00:00 GMT</pubDate><description>They left {id}.</description></item>"
            )
        })
        .collect();
    format!("<rss version=\"2.0\"><channel><title>Wire</title>{}</channel></rss>", items.concat())
}

const PAGE: &str = "<html><body><nav>Menu</nav><article><p>Troops of the north left the town of Arvan on Tuesday, the ministry \
    said.</p></article></body></html>";

/// Polls what is due; returns a line a document and a line a feed.
fn poll(list: &FeedList, kept: &mut Kept, fake: &mut Fake) -> Vec<String> {
    let out = std::cell::RefCell::new(Vec::new());
    Watch::new(list, kept, fake).poll(
        false,
        &mut |Arrival { document, .. }| {
            let line = match document {
                Ok((document, problems)) => {
                    let codes: Vec<&str> = problems.iter().map(|p| p.code.as_str()).collect();
                    format!(
                        "{} {:?} {} {}",
                        document.id,
                        document.publisher.unwrap(),
                        document.text,
                        codes.join(" ")
                    )
                }
                Err(error) => error.to_string(),
            };
            out.borrow_mut().push(line.trim().to_owned());
            true
        },
        &mut |_, polled| {
            out.borrow_mut().push(match polled {
                Polled::Failed(error, wait) => format!("{error}, {wait} s"),
                polled => format!("{polled:?}"),
            });
            true
        },
    );
    out.into_inner()
}

#[test]
fn only_what_is_new_is_handed_over() {
    let (list, mut kept, mut fake) = (list(false), Kept::default(), Fake::default());
    fake.answer(FEED, 200, &rss(&["a", "b"]));
    assert_eq!(
        poll(&list, &mut kept, &mut fake),
        ["a \"The Wire\" They left a.", "b \"The Wire\" They left b.", "New(2)"]
    );
    // Not due yet.
    fake.now += 899;
    assert!(poll(&list, &mut kept, &mut fake).is_empty());
    fake.now += 1;
    fake.answer(FEED, 304, "");
    assert_eq!(poll(&list, &mut kept, &mut fake), ["Unchanged"]);
    fake.now += 900;
    fake.answer(FEED, 200, &rss(&["c", "a"]));
    assert_eq!(poll(&list, &mut kept, &mut fake), ["c \"The Wire\" They left c.", "New(1)"]);
    assert_eq!(
        fake.asked,
        [
            "0 https://wire.example/feed",
            "900 https://wire.example/feed v0",
            "1800 https://wire.example/feed v0"
        ]
    );
}

#[test]
fn a_failing_feed_is_left_alone() {
    let (list, mut kept, mut fake) = (list(false), Kept::default(), Fake::default());
    fake.answers.push((FEED.to_owned(), Err(0)));
    assert_eq!(poll(&list, &mut kept, &mut fake), ["cannot be fetched, 1800 s"]);
    fake.now += 1800;
    fake.answer(FEED, 503, "");
    fake.answers[0].1.as_mut().unwrap().retry_after = Some(9999);
    assert_eq!(poll(&list, &mut kept, &mut fake), ["cannot be fetched: the server answered 503, 9999 s"]);
    fake.now += 9999;
    fake.answer(FEED, 200, "<html>");
    assert_eq!(poll(&list, &mut kept, &mut fake), ["not a feed, 7200 s"]);
    fake.now += 7200;
    fake.answer(FEED, 410, "");
    assert_eq!(poll(&list, &mut kept, &mut fake), ["Gone"]);
    fake.now += 1_000_000;
    assert!(poll(&list, &mut kept, &mut fake).is_empty());
    assert_eq!(Watch::new(&list, &mut kept, &mut fake).next_due(), None);
}

#[test]
fn an_early_poll_leaves_failing_feeds_alone() {
    let (list, mut kept, mut fake) = (list(false), Kept::default(), Fake::default());
    let early = |kept: &mut Kept, fake: &mut Fake| {
        Watch::new(&list, kept, fake).poll(true, &mut |_| true, &mut |_, _| true);
        fake.asked.len()
    };
    fake.answer(FEED, 200, &rss(&["a"]));
    assert_eq!(early(&mut kept, &mut fake), 1);
    fake.answer(FEED, 500, "");
    assert_eq!(early(&mut kept, &mut fake), 2);
    assert_eq!(early(&mut kept, &mut fake), 2);
}

#[test]
fn pages_are_fetched_where_that_is_permitted() {
    let (list, mut kept, mut fake) = (list(true), Kept::default(), Fake::default());
    fake.answer(FEED, 200, &rss(&["a", "b"]));
    fake.answer("https://wire.example/a", 200, PAGE);
    fake.answer("https://wire.example/b", 404, "");
    let text = "Troops of the north left the town of Arvan on Tuesday, the ministry said.";
    assert_eq!(
        poll(&list, &mut kept, &mut fake),
        [
            format!("a \"The Wire\" {text}"),
            "b \"The Wire\" They left b. page-not-read".to_owned(),
            "New(2)".to_owned()
        ]
    );
    // A distance between requests to one host.
    assert_eq!(
        fake.asked,
        ["0 https://wire.example/feed", "5 https://wire.example/a", "10 https://wire.example/b"]
    );
}

#[test]
fn a_busy_page_is_tried_again_with_the_next_poll() {
    let (list, mut kept, mut fake) = (list(true), Kept::default(), Fake::default());
    for n in 0..3 {
        fake.answer(FEED, 200, &rss(&["a"]));
        fake.answer("https://wire.example/a", 503, "");
        let expected = if n < 2 {
            vec!["Unchanged".to_owned()]
        } else {
            vec!["a \"The Wire\" They left a. page-not-read".to_owned(), "New(1)".to_owned()]
        };
        assert_eq!(poll(&list, &mut kept, &mut fake), expected);
        fake.now += 1000;
    }
    // Without the version, for the server must send the entry again.
    assert!(fake.asked.iter().all(|asked| !asked.ends_with("v0")), "{:?}", fake.asked);
}

#[test]
fn a_feed_from_outside_does_not_lead_inside() {
    let (list, mut kept, mut fake) = (list(true), Kept::default(), Fake::default());
    fake.answer(FEED, 200, &rss(&["a"]).replace("https://wire.example/a", "http://169.254.169.254/latest"));
    assert_eq!(poll(&list, &mut kept, &mut fake), ["a \"The Wire\" They left a. page-not-read", "New(1)"]);
    assert_eq!(fake.asked.len(), 1);
}

#[test]
fn what_was_not_taken_is_not_remembered() {
    let (list, mut kept, mut fake) = (list(false), Kept::default(), Fake::default());
    fake.answer(FEED, 200, &rss(&["a", "b"]));
    let mut settled = 0;
    Watch::new(&list, &mut kept, &mut fake).poll(false, &mut |_| false, &mut |_, polled| {
        settled += usize::from(matches!(polled, Polled::Unwanted));
        true
    });
    assert_eq!((settled, kept.0.len()), (1, 0));
}

#[test]
fn a_memory_is_kept_in_a_file() {
    let path = std::env::temp_dir().join(format!("casus-watch-{}.json", std::process::id()));
    let memory = FeedMemory { etag: Some("x".to_owned()), due: 7, ..FeedMemory::default() };
    MemoryFile::open(&path).unwrap().keep(FEED, &memory).unwrap();
    let opened = MemoryFile::open(&path).unwrap();
    assert_eq!((opened.recall(FEED), opened.recall("other")), (memory, FeedMemory::default()));
    std::fs::write(&path, "[").unwrap();
    assert!(MemoryFile::open(&path).is_err());
    std::fs::remove_file(&path).unwrap();
}

const ROBOTS: &str = "https://wire.example/robots.txt";

/// Returns a list whose servers are asked what they allow.
fn obedient() -> FeedList {
    FeedList::parse(&format!("full_text = true\n[[feed]]\nurl = \"{FEED}\"\nname = \"The Wire\"\n")).unwrap()
}

#[test]
fn what_a_server_forbids_is_not_fetched() {
    let (list, mut kept, mut fake) = (obedient(), Kept::default(), Fake::default());
    fake.answer(ROBOTS, 200, "User-agent: *\nDisallow: /b\nCrawl-delay: 7\n");
    fake.answer(FEED, 200, &rss(&["a", "b"]));
    fake.answer("https://wire.example/a", 200, PAGE);
    let lines = poll(&list, &mut kept, &mut fake);
    assert_eq!(lines[1..], ["b \"The Wire\" They left b. page-not-read", "New(2)"]);
    let asked =
        ["0 https://wire.example/robots.txt", "7 https://wire.example/feed", "14 https://wire.example/a"];
    assert_eq!(fake.asked, asked);
    // It is remembered for a day, through another watch, and then asked for again.
    fake.now = 14 + 900;
    fake.answer(FEED, 304, "");
    assert_eq!(poll(&list, &mut kept, &mut fake), ["Unchanged"]);
    fake.now = 86_500;
    fake.answer(ROBOTS, 200, "User-agent: casus\nDisallow: /\n");
    let barred = "https://wire.example/robots.txt does not let casus fetch it, 1800 s";
    assert_eq!(poll(&list, &mut kept, &mut fake), [barred]);
    assert_eq!(fake.asked.len(), 5, "{:?}", fake.asked);
}

#[test]
fn where_an_address_leads_its_server_is_asked_too() {
    let (list, mut kept, mut fake) = (obedient(), Kept::default(), Fake::default());
    let lead = |fake: &mut Fake, from: &str, to: &str| {
        fake.answer(from, 302, "");
        fake.answers.last_mut().unwrap().1.as_mut().unwrap().location = Some(to.to_owned());
    };
    fake.answer(ROBOTS, 404, "");
    lead(&mut fake, FEED, "//feeds.example/wire");
    lead(&mut fake, "https://feeds.example/robots.txt", "/r.txt");
    fake.answer("https://feeds.example/r.txt", 200, "User-agent: *\nDisallow: /b\n");
    fake.answer("https://feeds.example/wire", 200, &rss(&["a", "b", "c"]));
    lead(&mut fake, "https://wire.example/a", "/a/full");
    fake.answer("https://wire.example/a/full", 200, PAGE);
    lead(&mut fake, "https://wire.example/b", "https://feeds.example/b");
    lead(&mut fake, "https://wire.example/c", "http://169.254.169.254/latest");
    let lines = poll(&list, &mut kept, &mut fake);
    assert!(lines[0].contains("Troops of the north"), "{lines:?}");
    assert_eq!(lines[1..], ["b \"The Wire\" They left b. page-not-read", "New(2)"]);
    assert!(fake.asked.iter().all(|asked| !asked.ends_with("feeds.example/b") && !asked.contains("169.254")));
    assert!(fake.answers.is_empty());
}

#[test]
fn a_circle_of_addresses_ends() {
    let (list, mut kept, mut fake) = (list(false), Kept::default(), Fake::default());
    for _ in 0..20 {
        fake.answer(FEED, 301, "");
        fake.answers.last_mut().unwrap().1.as_mut().unwrap().location = Some(FEED.to_owned());
    }
    assert_eq!(poll(&list, &mut kept, &mut fake), ["cannot be fetched, 1800 s"]);
    assert_eq!(fake.asked.len(), 9);
}

#[test]
fn where_nobody_knows_what_is_allowed_nothing_is_fetched() {
    let (list, mut kept, mut fake) = (obedient(), Kept::default(), Fake::default());
    fake.answer(ROBOTS, 503, "");
    let line = "not fetched, for https://wire.example/robots.txt, which would allow it, cannot be fetched: the server answered 503, 1800 s";
    assert_eq!(poll(&list, &mut kept, &mut fake), [line]);
    // A server without such a file allows everything.
    fake.now += 1800;
    fake.answer(ROBOTS, 404, "");
    fake.answer(FEED, 304, "");
    assert_eq!(poll(&list, &mut kept, &mut fake), ["Unchanged"]);
}

#[test]
fn what_is_allowed_outlives_a_run_in_the_store() {
    let path = std::env::temp_dir().join(format!("casus-watch-{}.gpkg", std::process::id()));
    let (list, mut fake) = (obedient(), Fake::default());
    fake.answer(ROBOTS, 200, "");
    fake.answer(FEED, 503, "");
    fake.answers[1].1.as_mut().unwrap().retry_after = Some(5000);
    let watch = |fake: &mut Fake| {
        let mut memory = MemoryInStore::open(&path).unwrap();
        Watch::new(&list, &mut memory, fake).poll(false, &mut |_| true, &mut |_, _| true);
        let memory = memory.recall(FEED);
        (memory.failures, memory.due, memory.etag)
    };
    // Back-off, version and permission are there when the store is opened anew.
    assert_eq!(watch(&mut fake), (1, 5005, None));
    fake.now = 5000;
    assert_eq!(watch(&mut fake), (1, 5005, None));
    fake.now = 5005;
    fake.answer(FEED, 200, &rss(&[]));
    assert_eq!(watch(&mut fake), (0, 5905, Some("v0".to_owned())));
    assert_eq!(fake.asked.len(), 3, "{:?}", fake.asked);
    std::fs::remove_file(&path).unwrap();
}
