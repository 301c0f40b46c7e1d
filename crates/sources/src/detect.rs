//! What an input is, by its first bytes and its name.

use demarche_ingest::Format;

use crate::listing::Kind;
use crate::page::Media;
use crate::xml::{self, Root};

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Gzip,
    Zstd,
    Zip,
    Parquet,
    Warc,
    /// A table, with its delimiter where the name tells it.
    Table(Option<u8>),
    JsonLines,
    JsonDocument,
    Feed,
    WordPress,
    /// Something else where a feed was wanted.
    NoFeed,
    Page(Media),
    Unsupported(&'static str),
}

/// Formats that are known by their first bytes, whatever the name says.
const MAGIC: [(&[u8], What); 12] = [
    (b"\x1f\x8b", What::Gzip),
    (b"\x28\xb5\x2f\xfd", What::Zstd),
    (b"\x5d\x2a\x4d\x18", What::Zstd),
    (b"PK\x03\x04", What::Zip),
    (b"PK\x05\x06", What::Zip),
    (b"PAR1", What::Parquet),
    (b"BZh", What::Unsupported("bzip2-compressed data")),
    (b"\xfd7zXZ\x00", What::Unsupported("xz-compressed data")),
    (b"7z\xbc\xaf\x27\x1c", What::Unsupported("a 7-Zip archive")),
    (b"Rar!\x1a\x07", What::Unsupported("a RAR archive")),
    (b"%PDF-", What::Unsupported("a PDF document")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", What::Unsupported("an old office document")),
];

/// Tells what an input is. `kind` is what the user says of what is in it once it is unpacked.
pub(crate) fn detect(name: &str, head: &[u8], kind: Option<Kind>) -> What {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        let is_office = [".docx", ".xlsx", ".pptx", ".odt", ".epub"].iter().any(|ending| ends(name, ending));
        return if *what == What::Zip && is_office { What::Unsupported("an office document") } else { *what };
    }
    if head.get(257..262) == Some(b"ustar") {
        return What::Unsupported("a tar archive");
    }
    match kind {
        Some(Kind::Html) => return What::Page(Media::Html),
        Some(Kind::Text) => return What::Page(Media::Text),
        Some(Kind::Json) => return json(name, head),
        Some(Kind::Table) => return What::Table(ends(name, ".tsv").then_some(b'\t')),
        Some(Kind::Parquet) => return What::Parquet,
        Some(Kind::Warc) => return What::Warc,
        Some(Kind::Zip) => return What::Zip,
        Some(Kind::Feed | Kind::WordPress) | None => {}
    }
    let is_json_feed = json_feed(head);
    match xml::root(&head[..head.len().min(8192)]) {
        Root::Feed => return What::Feed,
        Root::WordPress => return What::WordPress,
        _ if is_json_feed => return What::Feed,
        _ if kind.is_some() => return What::NoFeed,
        _ if [".xml", ".rss", ".atom"].iter().any(|ending| ends(name, ending)) => return What::NoFeed,
        _ => {}
    }
    if head.starts_with(b"WARC/") || ends(name, ".warc") || ends(name, ".wet") {
        return What::Warc;
    }
    for (ending, delimiter) in [(".csv", None), (".tsv", Some(b'\t'))] {
        if ends(name, ending) {
            return What::Table(delimiter);
        }
    }
    if ends(name, ".parquet") {
        return What::Parquet;
    }
    match demarche_ingest::detect(name, head) {
        Format::Html => What::Page(Media::Html),
        Format::Text => What::Page(Media::Text),
        Format::JsonLines => json(name, head),
    }
}

/// Whether JSON is a JSON Feed, which names its version first.
fn json_feed(head: &[u8]) -> bool {
    let head = &head[..head.len().min(1024)];
    head.trim_ascii_start().starts_with(b"{") && head.windows(21).any(|window| window == b"jsonfeed.org/version/")
}

fn ends(name: &str, ending: &str) -> bool {
    let name = name.split(['?', '#']).next().unwrap_or(name);
    name.len() > ending.len() && name.as_bytes()[name.len() - ending.len()..].eq_ignore_ascii_case(ending.as_bytes())
}

/// Whether JSON is a record a line, or one document: a list, an object over several lines, an object that holds a list.
fn json(name: &str, head: &[u8]) -> What {
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return What::JsonDocument;
    }
    let is_cut = head.len() >= crate::stream::HEAD;
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let line = head.split(|b| *b == b'\n').next().unwrap_or(head);
    let is_one_line = line.len() == head.len();
    let is_spread = head.starts_with(b"{") && !(is_one_line && is_cut) && !line.trim_ascii_end().ends_with(b"}");
    let holds_list = LISTS.iter().any(|list| {
        let quoted = format!("{{\"{list}\":");
        let plain: Vec<u8> = head.iter().take(64).copied().filter(|b| !b.is_ascii_whitespace()).collect();
        plain.starts_with(quoted.as_bytes()) && plain.get(quoted.len()) == Some(&b'[')
    });
    // A file of lines may have one line now and more later, and its keys must not change.
    let is_alone = is_one_line && ends(name, ".json");
    if head.starts_with(b"[") || is_spread || is_alone || holds_list { What::JsonDocument } else { What::JsonLines }
}

/// Fields under which an object holds its list of records.
pub(crate) const LISTS: [&str; 5] = ["articles", "items", "docs", "results", "data"];
