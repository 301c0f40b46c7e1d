//! What the tests share: reading everything, and printing it as text.

use std::fmt::Write as _;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::Path;

use demarche_sources::{Failure, Outcome, Page, Reader, Settings, Source, list};

/// All that came of some sources.
#[derive(Debug, Default)]
pub(crate) struct Read {
    pub(crate) pages: Vec<Page>,
    pub(crate) failures: Vec<Failure>,
    pub(crate) outcomes: Vec<Outcome>,
    pub(crate) printed: String,
    pub(crate) passed_over: u64,
}

/// Reads sources to the end. `root` is cut from what is printed.
pub(crate) fn read(sources: &[Source], settings: Settings, root: &Path) -> Read {
    let reader = Reader::new(settings);
    let mut read = Read::default();
    let mut listing = list(sources, reader.settings());
    let root = format!("{}/", root.display());
    let printed = std::cell::RefCell::new(String::new());
    let failed = |failure: &Failure| {
        let rest = if failure.rest { ", the rest was not read" } else { "" };
        let mut printed = printed.borrow_mut();
        let _ = writeln!(printed, "failure [{}{rest}] {failure}", failure.reason.code());
        let _ = writeln!(printed, "  next: {}", failure.next_step());
    };
    for input in listing.by_ref() {
        let input = match input {
            Ok(input) => input,
            Err(failure) => {
                failed(&failure);
                read.failures.push(failure);
                continue;
            }
        };
        let outcome = reader.visit(&input, &mut |page| {
            match page {
                Ok(page) => {
                    printed.borrow_mut().push_str(&print(&page));
                    read.pages.push(page);
                }
                Err(failure) => {
                    failed(&failure);
                    read.failures.push(failure);
                }
            }
            ControlFlow::Continue(())
        });
        let mut printed = printed.borrow_mut();
        let _ = write!(printed, "= {}: {} pages, {} failures", input.key, outcome.pages, outcome.failures);
        for (what, count) in &outcome.passed_over {
            let _ = write!(printed, ", {count} {what}");
        }
        let _ = writeln!(printed, "{}", if outcome.complete { "" } else { ", incomplete" });
        read.outcomes.push(outcome);
    }
    read.passed_over = listing.passed_over().values().sum();
    read.printed = printed.into_inner().replace(&root, "");
    read
}

/// A page as text: its key, what is known of it, and how it reads.
fn print(page: &Page) -> String {
    let mut text = format!("page {} ({:?})\n", page.key, page.media);
    for notice in &page.notices {
        let _ = writeln!(text, "  notice: {notice}");
    }
    match page.article() {
        Ok(article) => {
            let published = article.published.map(|published| format!("{} {:?}", published.date, published.source));
            for (name, value) in [
                ("title", &article.title),
                ("url", &article.url),
                ("site", &article.site),
                ("byline", &article.byline),
                ("published", &published),
                ("language", &article.language.map(|language| language.to_string())),
            ] {
                if let Some(value) = value {
                    let _ = writeln!(text, "  {name}: {value}");
                }
            }
            let _ = writeln!(text, "  text: {}", article.text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        Err(failure) => {
            let _ = writeln!(text, "  unreadable: {failure}");
        }
    }
    text
}

/// Writes a file and gives its source.
pub(crate) fn put(folder: &Path, name: &str, bytes: &[u8]) -> Source {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(&path, bytes).expect("a file");
    Source::Path(path)
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::stream::encode_all(bytes, 3).expect("memory")
}

pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in files {
        writer.start_file(*name, options).expect("memory");
        writer.write_all(bytes).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

/// A record of a crawl.
pub(crate) fn record(kind: &str, id: &str, url: &str, content_type: &str, content: &[u8]) -> Vec<u8> {
    let mut record = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Date: 2026-03-04T05:06:07Z\r\n\
         WARC-Target-URI: {url}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        content.len()
    )
    .into_bytes();
    record.extend_from_slice(content);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

/// An answer as a crawler stores it.
pub(crate) fn answer(id: &str, url: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let mut content = format!("HTTP/1.1 {head}\r\n\r\n").into_bytes();
    content.extend_from_slice(body);
    record("response", id, url, "application/http; msgtype=response", &content)
}

/// A page of our own.
pub(crate) fn html(title: &str, text: &str) -> Vec<u8> {
    format!("<!doctype html><html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>")
        .into_bytes()
}
