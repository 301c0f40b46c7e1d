//! Fetching from a server that misbehaves in every way.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use demarche_sources::{Answer, Failure, Fetcher, Known, Outcome, Page, Reader, Reason, Settings, Source, Validators, list};

use crate::common::{gzip, html};
use crate::server::{Server, fetcher, not_found, page, patient, send};

const LIMIT: u64 = 1 << 20;

/// Fetches a path of a server that has no robots.txt.
fn fetch(server: &Server, fetcher: &Fetcher, path: &str) -> Result<Answer, Reason> {
    fetcher.fetch(&server.url(path), None, LIMIT)
}

fn told(answer: Result<Answer, Reason>) -> String {
    answer.expect_err("a failure").to_string()
}

/// Reads an address as the command does.
fn read(reader: &Reader, address: &str, validators: Option<Validators>) -> (Vec<Page>, Vec<Failure>, Outcome) {
    let sources = [Source::parse(address)];
    let mut input = list(&sources, reader.settings()).next().expect("an input").expect("an address");
    input.validators = validators;
    let (mut pages, mut failures) = (vec![], vec![]);
    let outcome = reader.visit(&input, &mut |page| {
        match page {
            Ok(page) => pages.push(page),
            Err(failure) => failures.push(failure),
        }
        std::ops::ControlFlow::Continue(())
    });
    (pages, failures, outcome)
}

#[test]
fn answers_that_are_none_are_told() {
    let server = Server::start(|request, stream| match request.path.as_str() {
        "/robots.txt" => not_found(stream),
        "/garbage" => stream.write_all(b"I am no server at all\r\n\r\n"),
        "/nothing" => Ok(()),
        "/short" => stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<p>Too little"),
        "/endless" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n")?;
            loop {
                stream.write_all(&[b'x'; 1 << 16])?;
            }
        }
        "/large" => stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 52428800\r\n\r\n<p>"),
        "/bomb" => send(stream, "200 OK\nContent-Type: text/html\nContent-Encoding: gzip", &gzip(&vec![b' '; 64 << 20])),
        "/cut" => {
            let packed = gzip(&html("Cut", "A page that was packed and cut."));
            send(stream, "200 OK\nContent-Type: text/html\nContent-Encoding: gzip", &packed[..packed.len() - 20])
        }
        "/gone" => send(stream, "410 Gone", b""),
        "/forbidden" => send(stream, "403 Forbidden", b""),
        "/broken" => send(stream, "500 Internal Server Error", b"oops"),
        _ => not_found(stream),
    });
    let (fetcher, _) = fetcher();
    let fetch = |path| told(fetch(&server, &fetcher, path));
    let message = fetch("/garbage");
    assert!(message.starts_with("the answer cannot be understood: "), "{message}");
    let message = fetch("/nothing");
    assert!(message.starts_with("the answer ") || message.starts_with("the server cannot be reached: "), "{message}");
    assert_eq!(fetch("/short"), "the answer ends too early, after 13 bytes");
    assert_eq!(fetch("/endless"), "the page is over the limit of 1024 KB");
    assert_eq!(fetch("/large"), "the page is over the limit of 1024 KB: it has 50 MB");
    assert_eq!(fetch("/bomb"), "the page is over the limit of 1024 KB");
    let message = fetch("/cut");
    assert!(message.starts_with("the answer ends too early, after "), "{message}");
    assert_eq!(fetch("/none"), "the server answered 404 (not found)");
    assert_eq!(fetch("/gone"), "the server answered 410 (gone)");
    assert_eq!(fetch("/forbidden"), "the server answered 403 (forbidden)");
    assert_eq!(fetch("/broken"), "the server answered 500 (a fault of the server)");
}

#[test]
fn servers_that_take_too_long_are_given_up_and_left_alone() {
    let server = Server::start(|request, stream| match request.path.as_str() {
        "/robots.txt" => not_found(stream),
        "/drip" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n")?;
            loop {
                stream.write_all(b"x")?;
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        "/hang" => {
            std::thread::sleep(Duration::from_secs(10));
            Ok(())
        }
        _ => page(stream, "Late", "The server is well again."),
    });
    let (fetcher, clock) = patient(Duration::from_millis(1500));
    for path in ["/drip", "/hang", "/hang"] {
        assert_eq!(told(fetch(&server, &fetcher, path)), "no complete answer within 1.5 seconds", "{path}");
    }
    let before = server.paths().len();
    let message = told(fetch(&server, &fetcher, "/fine"));
    let expected = "the server cannot be reached: it did not answer several times in a row, and is left alone for a while";
    assert_eq!(message, expected);
    assert_eq!(server.paths().len(), before, "it was asked all the same");
    clock.pass(Duration::from_secs(601));
    assert!(matches!(fetch(&server, &fetcher, "/fine"), Ok(Answer::Content(_))));
}

#[test]
fn a_server_that_is_not_there_is_told() {
    // A port that was free a moment ago.
    let address = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        format!("http://{}/", listener.local_addr().expect("an address"))
    };
    let (fetcher, _) = fetcher();
    assert_eq!(told(fetcher.fetch(&address, None, LIMIT)), "the server cannot be reached: it refuses the connection");
    let message = told(fetcher.fetch("http://no-such-host.invalid/", None, LIMIT));
    assert!(message.starts_with("the server cannot be reached: "), "{message}");
    assert_eq!(told(fetcher.fetch("ftp://a.example/", None, LIMIT)), "not a web address: ftp: is not fetched");
}

#[test]
fn redirects_are_followed_until_they_lead_nowhere() {
    let server = Server::start(|request, stream| {
        let to = |stream: &mut _, path: &str| send(stream, &format!("302 Found\nLocation: {path}"), b"");
        match request.path.as_str() {
            "/robots.txt" => send(stream, "200 OK\nContent-Type: text/plain", b"User-agent: *\nDisallow: /private\n"),
            "/a" => to(stream, "/b"),
            "/b" => to(stream, "/a"),
            "/old" => to(stream, "new?x=1#part"),
            "/new?x=1" => page(stream, "New", "The page is here now."),
            "/file" => to(stream, "file:///etc/passwd"),
            "/to-private" => to(stream, "/private/page"),
            "/lost" => send(stream, "301 Moved Permanently", b""),
            path => match path.strip_prefix("/far/").and_then(|n| n.parse::<u32>().ok()) {
                Some(n) => to(stream, &format!("/far/{}", n + 1)),
                None => not_found(stream),
            },
        }
    });
    let (fetcher, _) = fetcher();
    let fetch = |path| fetch(&server, &fetcher, path);
    assert_eq!(told(fetch("/a")), format!("redirects lead in a circle, back to {}", server.url("/a")));
    assert_eq!(told(fetch("/far/0")), "more than 10 redirects");
    assert_eq!(told(fetch("/file")), "not a web address: file: is not fetched");
    assert_eq!(told(fetch("/lost")), "the answer cannot be understood: a redirect that does not say where to");
    assert_eq!(told(fetch("/to-private")), "the site's robots.txt does not allow programs to fetch this");
    assert!(!server.paths().contains(&"/private/page".to_owned()));
    let Ok(Answer::Content(content)) = fetch("/old") else { panic!("no page") };
    assert_eq!(content.url, server.url("/new?x=1"));
}

#[test]
fn robots_txt_is_asked_once_and_obeyed() {
    let server = Server::start(|request, stream| match request.path.as_str() {
        "/robots.txt" => send(
            stream,
            "200 OK\nContent-Type: text/plain",
            b"User-agent: *\nDisallow: /\n\nUser-agent: demarche\nDisallow: /closed/\nAllow: /closed/open\nCrawl-delay: 7\n",
        ),
        _ => page(stream, "Page", "A page of the site."),
    });
    let (fetcher, clock) = fetcher();
    let fetch = |path| fetch(&server, &fetcher, path);
    assert_eq!(told(fetch("/closed/a")), "the site's robots.txt does not allow programs to fetch this");
    assert!(fetch("/closed/open").is_ok());
    assert!(fetch("/b").is_ok());
    assert_eq!(server.paths(), ["/robots.txt", "/closed/open", "/b"]);
    // The pause before the first page was set before the rules were known.
    assert_eq!(clock.sleeps(), [1.0, 7.0]);
    let agent = server.requests.lock().expect("the list")[0].headers["user-agent"].clone();
    assert!(agent.starts_with("demarche/"), "{agent}");
}

#[test]
fn a_site_whose_robots_txt_fails_is_left_alone() {
    let server = Server::start(|request, stream| match request.path.as_str() {
        "/robots.txt" => send(stream, "500 Internal Server Error", b""),
        _ => page(stream, "Page", "A page of the site."),
    });
    let (fetcher, _) = fetcher();
    let expected = "the site's robots.txt could not be fetched (the server answered 500), so nothing of the site was";
    assert_eq!(told(fetch(&server, &fetcher, "/a")), expected);
    assert_eq!(told(fetch(&server, &fetcher, "/b")), expected);
    assert_eq!(server.paths(), ["/robots.txt"]);
}

#[test]
fn a_busy_server_is_asked_again_when_it_says_so() {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let server = Server::start(move |request, stream| match request.path.as_str() {
        "/robots.txt" => not_found(stream),
        "/soon" if count.fetch_add(1, SeqCst) < 2 => send(stream, "503 Service Unavailable\nRetry-After: 9", b""),
        "/dated" if count.fetch_add(1, SeqCst) < 1 => {
            let head = "429 Too Many Requests\nDate: Fri, 06 Mar 2026 10:00:00 GMT\nRetry-After: Fri, 06 Mar 2026 10:00:30 GMT";
            send(stream, head, b"")
        }
        "/never" => send(stream, "503 Service Unavailable", b""),
        "/tomorrow" => send(stream, "429 Too Many Requests\nRetry-After: 86400", b""),
        _ => page(stream, "Fine", "The server is well again."),
    });
    let (fetcher, clock) = fetcher();
    let fetch = |path| fetch(&server, &fetcher, path);
    assert!(fetch("/soon").is_ok());
    assert_eq!(clock.sleeps(), [1.0, 9.0, 9.0]);
    asked.store(0, SeqCst);
    assert!(fetch("/dated").is_ok());
    assert_eq!(clock.sleeps()[3..], [1.0, 30.0]);
    assert_eq!(told(fetch("/never")), "the server was still busy after 4 tries (it answered 503)");
    assert_eq!(clock.sleeps()[5..], [1.0, 4.0, 8.0, 16.0]);
    assert_eq!(told(fetch("/tomorrow")), "the server was still busy after 1 tries (it answered 429)");
}

#[test]
fn one_request_a_host_at_a_time() {
    let counts = Arc::new((AtomicUsize::new(0), AtomicUsize::new(0)));
    let shared = counts.clone();
    let server = Server::start(move |request, stream| match request.path.as_str() {
        "/robots.txt" => not_found(stream),
        _ => {
            let (now, most) = &*shared;
            most.fetch_max(now.fetch_add(1, SeqCst) + 1, SeqCst);
            std::thread::sleep(Duration::from_millis(30));
            // Whoever asked goes on as soon as there is an answer.
            now.fetch_sub(1, SeqCst);
            page(stream, "Page", "A page of the site.")
        }
    });
    let (fetcher, clock) = fetcher();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let (fetcher, server) = (&fetcher, &server);
            scope.spawn(move || {
                for at in 0..3 {
                    fetch(server, fetcher, &format!("/{thread}/{at}")).expect("a page");
                }
            });
        }
    });
    assert_eq!(counts.1.load(SeqCst), 1);
    assert_eq!(server.paths().len(), 13);
    assert_eq!(clock.sleeps(), [1.0; 12]);
}

#[test]
fn what_did_not_change_is_not_fetched_again() {
    let server = Server::start(|request, stream| {
        match request.path.as_str() {
        "/robots.txt" => not_found(stream),
        _ if request.headers.get("if-none-match").is_some_and(|etag| etag == "\"v1\"") => {
            send(stream, "304 Not Modified\nETag: \"v1\"", b"")
        }
        _ => send(
            stream,
            "200 OK\nContent-Type: application/rss+xml\nETag: \"v1\"\nLast-Modified: Fri, 06 Mar 2026 10:00:00 GMT",
            b"<rss version='2.0'><channel><title>T</title><item><guid>1</guid><description>The text of an entry.</description></item></channel></rss>",
        ),
    }
    });
    let (fetcher, _) = fetcher();
    let reader = Reader::new(Settings::default()).with_fetcher(fetcher);
    let (pages, failures, first) = read(&reader, &server.url("/feed"), None);
    assert_eq!((pages.len(), failures.len()), (1, 0), "{failures:?}");
    assert!(!first.unchanged);
    let validators = first.validators.expect("validators");
    assert_eq!(validators.last_modified.as_deref(), Some("Fri, 06 Mar 2026 10:00:00 GMT"));
    let (pages, failures, second) = read(&reader, &server.url("/feed"), Some(validators.clone()));
    assert_eq!((pages.len(), failures.len()), (0, 0));
    assert!(second.unchanged && second.complete);
    assert_eq!(second.validators, Some(validators));
}

/// A feed with faults, and the pages of its entries.
fn newsroom() -> Server {
    Server::start(|request, stream| {
        let host = request.headers["host"].clone();
        match request.path.as_str() {
            "/robots.txt" => send(stream, "200 OK\nContent-Type: text/plain", b"User-agent: *\nDisallow: /members\n"),
            "/feed" => {
                let feed = format!(
                    "\n<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\"><channel><title>Town &amp; Country</title>\
                     <language>en-gb</language><link>http://{host}/</link>\
                     <item><title>Talks at Brook & Hill</title><link>http://{host}/a?x=1&y=2</link><pubDate>Thu, 05 Mar 2026 23:30:00 -0500</pubDate></item>\
                     <item><title>Gone</title><link>http://{host}/gone</link></item>\
                     <item><title>Members only</title><link>/members/b</link></item>\
                     <item><title>A recording</title><link>/sound</link></item>\
                     <item><title>No link</title><guid isPermaLink=\"false\">n-1</guid><description>&lt;p&gt;The entry speaks for itself.&lt;/p&gt;</description></item>\
                     </channel></rss>"
                );
                send(stream, "200 OK\nContent-Type: text/html", feed.as_bytes())
            }
            "/a?x=1&y=2" => {
                let body = b"<html><body><article><h1>Talks</h1><p>Le pr\xe9fet met the mayors of both towns at the weekend.</p></article></body></html>";
                send(stream, "200 OK\nContent-Type: text/html; charset=\"iso-8859-1\"\nETag: \"a\"", body)
            }
            "/sound" => send(stream, "200 OK\nContent-Type: audio/mpeg", b"ID3"),
            _ => not_found(stream),
        }
    })
}

#[test]
fn a_feed_is_repaired_and_its_pages_fetched() {
    let server = newsroom();
    let (fetcher, _) = fetcher();
    let reader = Reader::new(Settings { links: true, ..Settings::default() }).with_fetcher(fetcher.clone());
    let (pages, failures, outcome) = read(&reader, &server.url("/feed"), None);
    assert_eq!(pages.len(), 2, "{failures:?}");
    assert_eq!(pages[0].key, server.url("/a?x=1&y=2"));
    assert_eq!(pages[0].charset.as_deref(), Some("iso-8859-1"));
    assert_eq!(pages[0].validators.as_ref().and_then(|validators| validators.etag.as_deref()), Some("\"a\""));
    let article = pages[0].article().expect("an article");
    assert!(article.text.contains("Le pr\u{e9}fet met the mayors"), "{}", article.text);
    assert_eq!(article.site.as_deref(), Some("Town & Country"));
    assert_eq!(article.language.as_deref(), Some("en-gb"));
    // The day where it was written, not that in Greenwich.
    assert_eq!(article.published.map(|published| published.date.to_string()).as_deref(), Some("2026-03-05"));
    assert_eq!(pages[1].key, format!("{}#n-1", server.url("/feed")));
    assert!(pages[1].article().expect("an article").text.contains("The entry speaks for itself."));
    let told: Vec<String> = failures.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            format!("{}: the server answered 404 (not found)", server.url("/gone")),
            format!("{}: the site's robots.txt does not allow programs to fetch this", server.url("/members/b")),
        ]
    );
    assert_eq!(failures[0].next_step(), "check the address; the page may have moved");
    assert_eq!(outcome.passed_over.get("media type audio/mpeg"), Some(&1));
    assert!(outcome.complete, "failed pages don't keep the feed from being complete");

    let known = server.url("/a?x=1&y=2");
    let before = server.paths().len();
    let settings = Settings { links: true, known: Known::new(move |key| key == known), ..Settings::default() };
    let reader = Reader::new(settings).with_fetcher(fetcher);
    let (pages, _, outcome) = read(&reader, &server.url("/feed"), None);
    assert_eq!((pages.len(), outcome.known), (1, 1));
    assert!(!server.paths()[before..].contains(&"/a?x=1&y=2".to_owned()));
}

#[test]
fn without_links_a_feed_gives_its_own_texts() {
    let server = newsroom();
    let (fetcher, _) = fetcher();
    let reader = Reader::new(Settings::default()).with_fetcher(fetcher);
    let (pages, failures, outcome) = read(&reader, &server.url("/feed"), None);
    assert_eq!((pages.len(), failures.len()), (1, 0), "{failures:?}");
    assert_eq!(outcome.passed_over.get("entry without text"), Some(&4));
    assert_eq!(server.paths(), ["/robots.txt", "/feed"]);
}

#[test]
fn addresses_give_what_they_hold() {
    let server = Server::start(|request, stream| match request.path.as_str() {
        "/robots.txt" => not_found(stream),
        "/page" => page(stream, "Page", "A page that was named."),
        "/news" => send(stream, "200 OK\nContent-Type: text/csv", b"title,text\nRow,A row of a table on the web.\n"),
        "/all.jsonl.gz" => {
            send(stream, "200 OK\nContent-Type: application/gzip", &gzip(b"{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n"))
        }
        "/wrong.xml" => {
            send(stream, "200 OK\nContent-Type: application/rss+xml", b"<!doctype html><html><body>Sign in</body></html>")
        }
        _ => not_found(stream),
    });
    let (fetcher, _) = fetcher();
    let reader = Reader::new(Settings::default()).with_fetcher(fetcher);
    let (pages, ..) = read(&reader, &server.url("/page"), None);
    assert_eq!(pages.len(), 1);
    assert_eq!(pages[0].url.as_deref(), Some(&*server.url("/page")));
    let (pages, ..) = read(&reader, &server.url("/news"), None);
    assert_eq!(pages.iter().map(|page| page.key.clone()).collect::<Vec<_>>(), [server.url("/news:2")]);
    let (pages, ..) = read(&reader, &server.url("/all.jsonl.gz"), None);
    assert_eq!(pages.len(), 2);
    let (_, failures, _) = read(&reader, &server.url("/wrong.xml"), None);
    assert_eq!(failures[0].reason.to_string(), "this is no feed: it is a web page");
    let (_, failures, outcome) = read(&reader, &server.url("/none"), None);
    assert_eq!(failures[0].to_string(), format!("{}: the server answered 404 (not found)", server.url("/none")));
    assert!(!outcome.complete);
}

#[test]
fn nothing_is_fetched_unless_it_is_allowed() {
    let server = newsroom();
    let (_, failures, _) = read(&Reader::new(Settings::default()), &server.url("/feed"), None);
    assert_eq!(failures[0].reason.to_string(), "web addresses are not fetched here");
    assert!(server.paths().is_empty());
}
