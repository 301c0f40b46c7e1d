//! Inputs of every kind with bytes changed and ends cut off: nothing panics or hangs, and nothing is lost in silence.

use std::path::{Path, PathBuf};

use demarche_sources::{Limits, Settings, Source};

use crate::common::{answer, gzip, html, put, read, record, zip, zstd};
use crate::tables::table;

/// A number that looks random and is the same every time.
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize
}

/// An input of every kind, with the pages that it holds.
fn inputs() -> Vec<(&'static str, Vec<u8>, usize)> {
    let case = |name: &str| std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name)).expect("a case");
    let mut crawl = record("warcinfo", "0", "", "application/warc-fields", b"software: test\r\n");
    for at in 0..4 {
        let page = html(&format!("Story {at}"), "The council met and adjourned.");
        let head = "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip";
        crawl.extend(answer(&format!("p{at}"), "https://n.example/", head, &gzip(&page)));
    }
    let rows = b"title,text\nOne,The first row.\nTwo,\"The second, quoted row.\"\nThree,The third row.\n".to_vec();
    let lines = case("jsonl/in/news.jsonl");
    vec![
        ("a.warc", crawl.clone(), 4),
        ("b.warc.gz", gzip(&crawl), 4),
        ("c.warc.zst", zstd(&crawl), 4),
        ("d.csv", rows.clone(), 3),
        ("e.zip", zip(&[("x.csv", &rows), ("y.html", &html("Y", "A page.")), ("z.zip", &zip(&[("w.jsonl", &lines)]))]), 8),
        ("f.jsonl", lines, 4),
        ("g.json", case("json/in/list.json"), 4),
        ("h.parquet", table(40, parquet::basic::Compression::SNAPPY), 40),
        ("i.xml", case("feed/in/atom.xml"), 1),
        ("j.xml", case("wordpress/in/export.xml"), 2),
        ("k.html", html("K", "A page like any other."), 1),
        ("l.txt", "Ministers met.\n\nThey agreed.\n".into(), 1),
    ]
}

fn settings() -> Settings {
    let limits = Limits { whole: 1 << 20, page: 1 << 20, record: 1 << 20, ..Limits::default() };
    let mapping = "text=story".parse().expect("a mapping");
    Settings { limits, mapping, ..Settings::default() }
}

/// The mapping is for the Parquet file alone.
fn settings_of(name: &str) -> Settings {
    if name.ends_with(".parquet") { settings() } else { Settings { mapping: Default::default(), ..settings() } }
}

fn try_one(folder: &Path, name: &str, bytes: &[u8], what: &str) {
    let source: Source = put(folder, name, bytes);
    let read = std::panic::catch_unwind(|| read(&[source], settings_of(name), folder));
    let Ok(read) = read else {
        let kept: PathBuf = std::env::temp_dir().join(format!("panic-{name}"));
        std::fs::write(&kept, bytes).expect("a file");
        panic!("{name}, {what}: a panic; the input is kept as {}", kept.display());
    };
    let passed: u64 = read.outcomes.iter().flat_map(|outcome| outcome.passed_over.values()).sum();
    assert!(!read.pages.is_empty() || !read.failures.is_empty() || passed > 0, "{name}, {what}: lost in silence");
    let counted: u64 = read.outcomes.iter().map(|outcome| outcome.pages).sum();
    assert_eq!(counted as usize, read.pages.len());
    if read.failures.iter().any(|failure| failure.rest) {
        assert!(!read.outcomes[0].complete, "{name}, {what}: broken off, yet complete\n{}", read.printed);
    }
}

#[test]
fn whole_inputs_are_read_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes, pages) in inputs() {
        let source = put(folder.path(), name, &bytes);
        let read = read(&[source], settings_of(name), folder.path());
        assert_eq!((read.pages.len(), read.failures.len()), (pages, 0), "{}", read.printed);
        assert!(read.outcomes[0].complete);
    }
}

#[test]
fn ends_may_be_cut_anywhere() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes, pages) in inputs() {
        let mut state = 11;
        for _ in 0..60 {
            let at = next(&mut state) % bytes.len();
            try_one(folder.path(), name, &bytes[..at], &format!("cut at {at}"));
        }
        // Formats that know how long they are don't take a part for the whole.
        if name.contains("warc") || name.ends_with(".zip") || name.ends_with(".parquet") || name.ends_with(".json") {
            let at = bytes.len() * 3 / 4;
            let source = put(folder.path(), name, &bytes[..at]);
            let read = read(&[source], settings_of(name), folder.path());
            assert!(read.pages.len() < pages && !read.outcomes[0].complete, "{name}: {}", read.printed);
        }
    }
}

#[test]
fn bytes_may_be_anything() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes, _) in inputs() {
        let mut state = 7;
        for round in 0..60 {
            let mut damaged = bytes.clone();
            for _ in 0..=round % 4 {
                let at = next(&mut state) % damaged.len();
                match next(&mut state) % 3 {
                    0 => damaged[at] = next(&mut state) as u8,
                    1 => {
                        let to = (at + next(&mut state) % 30).min(damaged.len());
                        damaged.drain(at..to);
                    }
                    _ => {
                        let copy = damaged[at..(at + 40).min(damaged.len())].to_vec();
                        damaged.splice(at..at, copy);
                    }
                }
                if damaged.is_empty() {
                    damaged.push(b'x');
                }
            }
            try_one(folder.path(), name, &damaged, &format!("round {round}"));
        }
    }
}
