//! Inputs that are broken, too large, or made to do harm: what the user is told, and that the rest is read.

use std::fs;
use std::io::Write;
use std::path::Path;

use demarche_sources::{Kind, Limits, NO_ENDING, Reader, Settings, Source, list};

use crate::common::{answer, gzip, html, put, read, record, zip, zstd};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// Three pages as a crawl.
fn crawl() -> Vec<u8> {
    let mut crawl = record("warcinfo", "0", "", "application/warc-fields", b"software: test\r\n");
    for (at, text) in
        ["Miners in Orlo ended their strike.", "The envoy met the prime minister.", "Police opened the road."].iter().enumerate()
    {
        let url = format!("https://news.example/{at}");
        let body = html(&format!("Story {at}"), text);
        crawl.extend(answer(&format!("page-{at}"), &url, "200 OK\r\nContent-Type: text/html; charset=utf-8", &body));
    }
    crawl
}

#[test]
fn a_crawl_that_breaks_off_gives_what_stands_before_and_says_where() {
    let folder = folder();
    let crawl = crawl();
    let cut = &crawl[..crawl.len() - 60];
    for (name, bytes, whole) in [
        ("whole.warc", crawl.clone(), true),
        ("whole.warc.gz", gzip(&crawl), true),
        ("whole.warc.zst", zstd(&crawl), true),
        ("cut.warc", cut.to_vec(), false),
        ("cut.warc.zst", zstd(cut), false),
        ("cut.warc.gz", gzip(&crawl)[..gzip(&crawl).len() - 12].to_vec(), false),
    ] {
        let source = put(folder.path(), name, &bytes);
        let read = read(&[source], Settings::default(), folder.path());
        if whole {
            assert_eq!((read.pages.len(), read.failures.len()), (3, 0), "{}", read.printed);
            assert!(read.outcomes[0].complete);
            assert_eq!(read.pages[0].key, "urn:uuid:page-0");
            continue;
        }
        assert_eq!((read.pages.len(), read.failures.len()), (2, 1), "{}", read.printed);
        assert!(!read.outcomes[0].complete);
        let failure = &read.failures[0];
        let what = if name == "cut.warc.gz" { "gzip data" } else { "WARC record" };
        let expected = format!("the {what} ends too early, after {} bytes", bytes.len());
        assert_eq!(failure.reason.to_string(), expected);
        assert!(failure.place.origin.ends_with(&format!("{name}#urn:uuid:page-2")), "{failure}");
        assert_eq!(failure.next_step(), "what stands before was read; download or copy the file again for the rest");
    }
}

#[test]
fn a_crawl_gives_pages_and_counts_the_rest() {
    let folder = folder();
    let page = html("Packed", "A page that was sent in chunks and packed, as servers do.");
    let packed = gzip(&page);
    let mut chunked = format!("{:x}\r\n", 20).into_bytes();
    chunked.extend_from_slice(&packed[..20]);
    chunked.extend(format!("\r\n{:x}\r\n", packed.len() - 20).into_bytes());
    chunked.extend_from_slice(&packed[20..]);
    chunked.extend_from_slice(b"\r\n0\r\n\r\n");
    let latin = b"<html><body><p>Le pr\xe9fet a re\xe7u les maires \xe0 B\xe9ziers.</p></body></html>";
    let mut warc = Vec::new();
    for part in [
        answer(
            "chunks",
            "https://a.example/1",
            "200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip",
            &chunked,
        ),
        answer(
            "told",
            "https://a.example/2",
            "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked",
            &page,
        ),
        answer("latin", "https://a.example/3", "200 OK\r\nContent-Type: text/html; charset=ISO-8859-1", latin),
        answer("gone", "https://a.example/4", "404 Not Found\r\nContent-Type: text/html", &page),
        answer("moved", "https://a.example/5", "301 Moved\r\nLocation: /6", b""),
        answer("picture", "https://a.example/6", "200 OK\r\nContent-Type: image/png", b"\x89PNG"),
        record("request", "ask", "https://a.example/1", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
        record("conversion", "text", "https://a.example/7", "text/plain", "A text that the crawler made of a page.".as_bytes()),
        answer(
            "odd",
            "https://a.example/8",
            "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip",
            &packed[..packed.len() - 30],
        ),
    ] {
        warc.extend(part);
    }
    let source = put(folder.path(), "a.warc", &warc);
    let read = read(&[source], Settings::default(), folder.path());
    let keys: Vec<&str> = read.pages.iter().map(|page| page.key.as_str()).collect();
    let expected = ["urn:uuid:chunks", "urn:uuid:told", "urn:uuid:latin", "urn:uuid:text", "urn:uuid:odd"];
    assert_eq!(keys, expected, "{}", read.printed);
    assert_eq!(read.pages[0].bytes, page);
    assert_eq!(read.pages[1].bytes, page, "content that is not packed is left, whatever the header says");
    assert_eq!(read.pages[2].charset.as_deref(), Some("iso-8859-1"));
    assert!(read.printed.contains("Le pr\u{e9}fet a re\u{e7}u"), "{}", read.printed);
    assert_eq!(read.pages[3].retrieved.as_deref(), Some("2026-03-04T05:06:07Z"));
    assert_eq!(read.pages[4].notices, ["the packed content ends too early; what came before was read"]);
    let passed: Vec<String> = read.outcomes[0].passed_over.iter().map(|(what, count)| format!("{count} {what}")).collect();
    assert_eq!(passed, ["1 answer 301", "1 answer 404", "1 media type image/png", "1 record of type request"]);
}

#[test]
fn rubbish_in_a_crawl_is_told_and_passed() {
    let folder = folder();
    let mut warc = answer("one", "https://a.example/1", "200 OK\r\nContent-Type: text/html", &html("One", "The first page."));
    warc.extend_from_slice(&b"these bytes are no record\r\n".repeat(10));
    warc.extend(answer("two", "https://a.example/2", "200 OK\r\nContent-Type: text/html", &html("Two", "The second page.")));
    let source = put(folder.path(), "a.warc", &warc);
    let read = read(&[source], Settings::default(), folder.path());
    assert_eq!(read.pages.len(), 2, "{}", read.printed);
    assert!(read.printed.contains("failure [damaged] a.warc: the WARC file is damaged at byte"), "{}", read.printed);
    let none = put(folder.path(), "none.warc", b"nothing of the kind\n");
    let read = crate::common::read(&[none], Settings::default(), folder.path());
    assert_eq!(read.failures.len(), 1, "{}", read.printed);
    assert!(read.printed.contains("none.warc: the WARC file is damaged: there is no record in it"), "{}", read.printed);
}

#[test]
fn gzip_that_breaks_off_keeps_whole_lines() {
    let folder = folder();
    let mut lines = String::new();
    for at in 0..5000_u64 {
        // Numbers that don't pack well, so that the cut falls in the middle of the lines.
        lines.push_str(&format!("{{\"text\":\"Report {at}: {:x}\"}}\n", at.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
    }
    let packed = gzip(lines.as_bytes());
    let source = put(folder.path(), "a.jsonl.gz", &packed[..packed.len() / 2]);
    let read = read(&[source], Settings::default(), folder.path());
    assert!((1000..4000).contains(&read.pages.len()), "{} pages", read.pages.len());
    for page in &read.pages {
        assert!(page.article().is_ok(), "{}", page.key);
    }
    assert_eq!(read.failures.len(), 1);
    let expected = format!("the gzip data ends too early, after {} bytes", packed.len() / 2);
    assert_eq!(read.failures[0].reason.to_string(), expected);
    assert!(read.failures[0].rest);
    let mut damaged = packed.clone();
    let middle = damaged.len() / 2;
    damaged[middle..middle + 8].fill(0xff);
    let source = put(folder.path(), "b.jsonl.gz", &damaged);
    let read = crate::common::read(&[source], Settings::default(), folder.path());
    assert_eq!(read.failures.last().map(|failure| failure.reason.code()), Some("damaged"), "{:?}", read.failures);
}

#[test]
fn a_page_over_the_limit_is_refused_and_the_limit_told() {
    let folder = folder();
    let mut page = html("Large", "The first of very many words.");
    page.resize(50 << 20, b' ');
    let source = put(folder.path(), "large.html", &page);
    put(folder.path(), "small.html", &html("Small", "A page of the usual size."));
    let read = read(&[source, Source::Path(folder.path().join("small.html"))], Settings::default(), folder.path());
    assert_eq!(read.pages.len(), 1);
    assert_eq!(
        read.failures[0].to_string(),
        format!("{}: the page is over the limit of 16 MB", folder.path().join("large.html").display())
    );
    assert_eq!(
        read.failures[0].next_step(),
        "raise the limit (--page-limit) if this is an article; what follows is read all the same"
    );
}

#[test]
fn bombs_are_refused_by_ratio_and_by_size() {
    let folder = folder();
    let zeros = vec![b' '; 100 << 20];
    let bomb = gzip(&zeros);
    assert!(bomb.len() < 150 << 10);
    let archive = zip(&[("a.jsonl", &zeros), ("b.txt", b"The harbour was reopened on Monday.")]);
    for (name, bytes, pages) in [("a.jsonl.gz", &bomb, 0), ("b.jsonl.zst", &zstd(&zeros), 0), ("c.zip", &archive, 1)] {
        let source = put(folder.path(), name, bytes);
        let read = read(&[source], Settings::default(), folder.path());
        assert_eq!(read.pages.len(), pages, "{}", read.printed);
        assert_eq!(read.failures.len(), 1, "{}", read.printed);
        assert_eq!(read.failures[0].reason.code(), "bomb", "{}", read.printed);
        let text = read.failures[0].to_string();
        assert!(text.contains(" unpack to more than 64 MB: this looks like a zip bomb, and was not read further"), "{text}");
    }
    let limits = Limits { unpacked: 1 << 20, ..Limits::default() };
    let source = put(folder.path(), "d.jsonl.gz", &gzip("{\"text\":\"An ordinary line.\"}\n".repeat(100_000).as_bytes()));
    let read = read(&[source], Settings { limits, ..Settings::default() }, folder.path());
    assert!(read.pages.len() > 30_000);
    assert!(read.printed.contains("the archive is over the limit of 1024 KB"), "{}", read.failures[0]);
}

#[test]
fn archives_in_archives_are_read_up_to_a_depth() {
    let folder = folder();
    let page = html("Inner", "A page in an archive in an archive.");
    let inner = zip(&[("x/page.html", &page), ("notes.docx", b"PK"), ("__MACOSX/x.html", b"x"), (".hidden.html", b"x")]);
    let crawl = gzip(&crawl());
    let outer = zip(&[("b.zip", &inner), ("a.warc.gz", &crawl), ("c.csv", b"title,text\nRow,A row in an archive.\n")]);
    let source = put(folder.path(), "o.zip", &outer);
    let read = read(&[source], Settings::default(), folder.path());
    let keys: Vec<String> = read.pages.iter().map(|page| page.origin.replace(&*folder.path().to_string_lossy(), "")).collect();
    let expected = [
        "/o.zip!/a.warc.gz#urn:uuid:page-0",
        "/o.zip!/a.warc.gz#urn:uuid:page-1",
        "/o.zip!/a.warc.gz#urn:uuid:page-2",
        "/o.zip!/b.zip!/x/page.html",
        "/o.zip!/c.csv:2",
    ];
    assert_eq!(keys, expected, "{}", read.printed);
    let mut deep = page;
    for level in 0..6 {
        let name = if level == 0 { "p.html".to_owned() } else { format!("{level}.zip") };
        deep = zip(&[(&name, &deep)]);
    }
    let source = put(folder.path(), "deep.zip", &deep);
    let read = crate::common::read(&[source], Settings::default(), folder.path());
    assert_eq!(read.pages.len(), 0);
    assert_eq!(read.failures[0].reason.to_string(), "packed more than 4 times over");
    assert_eq!(read.failures[0].next_step(), "unpack it first and give the folder");
}

#[test]
fn broken_archives_are_told() {
    let folder = folder();
    let archive = zip(&[("a.html", &html("A", "A page.")), ("b.html", &html("B", "Another page, with other words."))]);
    let cut = put(folder.path(), "cut.zip", &archive[..archive.len() - 40]);
    let read = read(&[cut], Settings::default(), folder.path());
    let expected = format!("the ZIP archive ends too early, after {} bytes", archive.len() - 40);
    assert_eq!(read.failures[0].reason.to_string(), expected, "{}", read.printed);
    let mut damaged = archive;
    damaged[60..70].fill(0x55);
    let damaged = put(folder.path(), "damaged.zip", &damaged);
    let read = crate::common::read(&[damaged], Settings::default(), folder.path());
    assert_eq!((read.pages.len(), read.failures.len()), (1, 1), "{}", read.printed);
    assert_eq!(read.failures[0].reason.code(), "damaged", "{}", read.printed);
    let other = put(folder.path(), "a.bz2", b"BZh91AY&SY");
    let read = crate::common::read(&[other], Settings::default(), folder.path());
    assert_eq!(read.failures[0].reason.to_string(), "bzip2-compressed data cannot be read");
}

#[test]
fn a_folder_or_file_that_vanished_is_told() {
    let folder = folder();
    fs::create_dir(folder.path().join("a")).expect("a folder");
    put(folder.path(), "a/1.html", &html("One", "The first."));
    put(folder.path(), "a/2.html", &html("Two", "The second."));
    let settings = Settings::default();
    let sources = [Source::Path(folder.path().join("a")), Source::Path(folder.path().join("none"))];
    let mut inputs = list(&sources, &settings);
    let first = inputs.next().expect("an input").expect("a file");
    fs::remove_dir_all(folder.path().join("a")).expect("gone");
    let outcome = Reader::new(settings.clone()).visit(&first, &mut |page| {
        let failure = page.expect_err("it is gone");
        assert_eq!(failure.reason.to_string(), "it was there when it was listed, and is gone");
        assert_eq!(failure.next_step(), "run the command again when nothing else moves these files");
        std::ops::ControlFlow::Continue(())
    });
    assert_eq!((outcome.failures, outcome.complete), (1, false));
    let rest: Vec<_> = inputs.map(|input| input.expect_err("nothing is left").reason.code()).collect();
    assert_eq!(rest, ["vanished", "missing"]);
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_told() {
    use std::os::unix::fs::PermissionsExt;

    let folder = folder();
    let file = put(folder.path(), "secret.html", &html("Secret", "Nobody may read this."));
    let open = put(folder.path(), "open.html", &html("Open", "Everybody may read this."));
    put(folder.path(), "closed/a.html", &html("Closed", "Its folder is closed."));
    let mode = |name: &str, mode| {
        fs::set_permissions(folder.path().join(name), fs::Permissions::from_mode(mode)).expect("permissions");
    };
    mode("", 0o755);
    mode("secret.html", 0);
    mode("closed", 0);
    let sources = [file, Source::Path(folder.path().join("closed")), open];
    let root = folder.path().to_owned();
    // Root may read everything, so a thread gives up its rights first; on Linux these are the thread's own.
    let read = std::thread::spawn(move || {
        if rustix::process::geteuid().is_root() {
            let nobody = rustix::process::Uid::from_raw(65534);
            rustix::thread::set_thread_res_uid(nobody, nobody, nobody).expect("root may become anybody");
        }
        read(&sources, Settings::default(), &root)
    });
    let read = read.join().expect("no panic");
    mode("closed", 0o755);
    assert_eq!(read.pages.len(), 1, "{}", read.printed);
    let told: Vec<String> = read.failures.iter().map(|failure| failure.reason.to_string()).collect();
    assert_eq!(told, ["cannot be opened: permission denied", "cannot be listed: permission denied"]);
    for failure in &read.failures {
        assert_eq!(failure.reason.code(), "permission");
        assert_eq!(failure.next_step(), "check the permissions of the file and its folder");
    }
}

#[test]
fn patterns_find_files_in_order() {
    let folder = folder();
    for name in ["b.html", "a.html", "c/d.html", "e.txt", ".f.html"] {
        put(folder.path(), name, &html("Found", "A page that a pattern finds."));
    }
    let found = |pattern: &str| -> Vec<String> {
        let pattern = folder.path().join(pattern).to_string_lossy().into_owned();
        let root = format!("{}/", folder.path().display());
        let sources = [Source::parse(&pattern)];
        list(&sources, &Settings::default())
            .map(|input| match input {
                Ok(input) => input.origin.replace(&root, ""),
                Err(failure) => failure.reason.to_string(),
            })
            .collect()
    };
    assert_eq!(found("*.html"), ["a.html", "b.html"]);
    assert_eq!(found("**/*.html"), ["a.html", "b.html", "c/d.html"]);
    assert_eq!(found("?"), ["c/d.html"]);
    assert_eq!(found("*.pdf"), ["this pattern matches no file"]);
    assert_eq!(found("[a"), ["not a pattern: invalid range pattern"]);
}

#[test]
fn keys_do_not_depend_on_how_a_path_is_written() {
    let folder = folder();
    put(folder.path(), "a/b.html", &html("Same", "The same file, named in several ways."));
    let settings = Settings { base: Some(folder.path().to_owned()), ..Settings::default() };
    let key = |path: &Path| {
        let sources = [Source::Path(path.to_owned())];
        list(&sources, &settings).map(|input| input.expect("a file").key).collect::<Vec<_>>()
    };
    let expected = [folder.path().join("a/b.html").to_string_lossy().into_owned()];
    assert_eq!(key(&folder.path().join("a/b.html")), expected);
    assert_eq!(key(&folder.path().join("a/../a/./b.html")), expected);
    assert_eq!(key(&folder.path().join("a")), expected);
}

#[test]
fn fingerprints_tell_what_is_new() {
    let folder = folder();
    let source = put(folder.path(), "a.txt", b"The first version of a report.");
    let settings = Settings::default();
    let fingerprint = || {
        let sources = [source.clone()];
        let input = list(&sources, &settings).next().expect("an input").expect("a file");
        input.fingerprint.expect("a file has one")
    };
    let first = fingerprint();
    assert_eq!(first, fingerprint());
    let mut file = fs::OpenOptions::new().append(true).open(folder.path().join("a.txt")).expect("a file");
    file.write_all(b" And more.").expect("written");
    assert_ne!(first, fingerprint());
}

#[test]
fn a_row_that_never_ends_does_not_take_all_memory() {
    let folder = folder();
    let mut csv = b"title,text\nGood,A row that ends.\nBad,\"a quote that is never closed ".to_vec();
    csv.resize(8 << 20, b'x');
    let source = put(folder.path(), "a.csv", &csv);
    let limits = Limits { record: 1 << 20, ..Limits::default() };
    let read = read(&[source], Settings { limits, ..Settings::default() }, folder.path());
    assert_eq!((read.pages.len(), read.failures.len()), (1, 1), "{}", read.printed);
    assert!(read.printed.contains("a.csv: the row is over the limit of 1024 KB"), "{}", read.printed);
    assert!(read.printed.contains("what follows was not: a quote or an element may be left open"), "{}", read.printed);
}

#[test]
fn what_is_passed_over_is_told_by_its_ending() {
    let folder = folder();
    put(folder.path(), "a.html", &html("Read", "The only page that is read here."));
    put(folder.path(), "b/Scan.PDF", b"%PDF-1.4");
    put(folder.path(), "b/dump.tar.gz", b"packed");
    put(folder.path(), "README", b"no ending");
    put(folder.path(), "c.zip", &zip(&[("in.txt", b"A text in an archive."), ("table.xlsx", b"x"), ("__MACOSX/x.pdf", b"x")]));
    let settings = Settings::default();
    let sources = [Source::Path(folder.path().to_owned())];
    let mut listing = list(&sources, &settings);
    assert_eq!(listing.by_ref().count(), 2);
    let told: Vec<(&str, u64)> = listing.passed_over().iter().map(|(ending, count)| (ending.as_str(), *count)).collect();
    assert_eq!(told, [(".pdf", 1), (".tar.gz", 1), (NO_ENDING, 1)]);
    let read = read(&sources, settings, folder.path());
    let inner: Vec<_> = read.outcomes.iter().flat_map(|outcome| &outcome.passed_over).collect();
    assert_eq!(inner, [(&".xlsx".to_owned(), &1)], "what is hidden is not told");
}

#[test]
fn what_the_user_says_an_input_is_counts() {
    let folder = folder();
    let source = put(folder.path(), "data.bin", b"title|text\nPiped|A table without an ending of its own.\n");
    let settings = Settings { kind: Some(Kind::Table), ..Settings::default() };
    let read = read(&[source], settings, folder.path());
    assert_eq!(read.pages.len(), 1, "{}", read.printed);
    assert_eq!(read.pages[0].article().expect("an article").title.as_deref(), Some("Piped"));
}
