//! Bytes to articles: web pages, copied pages and JSON Lines.
//!
//! [`read`] takes a [`Source`] and gives its articles; [`JsonReader`] does the same for JSON Lines of any
//! size. Every visible line of an input becomes a block with its kind, its place in the article's text and,
//! where it can be told, its place in the source. Page furniture is kept as such, never dropped.
//!
//! Bad text is no error: it gives an article with diagnostics. A [`ReadError`] says that an input could not be
//! read at all, where, and what to do.

mod captions;
mod dates;
mod decode;
mod error;
mod html;
mod json;
mod lines;
mod text;

use compact_str::CompactString;
use demarche_types::ArticleId;
use jiff::civil::Date;
use xxhash_rust::xxh3::Xxh3;

pub use error::{Place, ReadError, ReadErrorKind};
pub use html::read_html;
pub use json::{JsonLine, JsonReader, JsonRecord, OpenDates, is_known_field, read_json_record, read_json_record_whole};
pub use text::read_text;

use demarche_types::Article;

/// An input: its name, its bytes, and what the user knows about it.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Name for articles and errors: a path, an address, `-`.
    pub origin: &'a str,
    /// The content.
    pub bytes: &'a [u8],
    /// The publication date, when the user gives it; it overrides what the input says.
    pub published: Option<Date>,
    /// The address of the page, when known.
    pub url: Option<&'a str>,
    /// The encoding, when something outside the bytes declares it (an HTTP header).
    pub charset: Option<&'a str>,
    /// The format, when the user gives it; otherwise it is detected.
    pub format: Option<Format>,
    /// How a date is read of which either part may be the day: unread in a record, and day first with a note in a page, where nobody says.
    pub dates: OpenDates,
}

impl<'a> Source<'a> {
    /// An input of which only name and bytes are known.
    pub fn new(origin: &'a str, bytes: &'a [u8]) -> Self {
        Self { origin, bytes, published: None, url: None, charset: None, format: None, dates: OpenDates::default() }
    }
}

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// A web page.
    Html,
    /// Plain text, as copied from a page.
    Text,
    /// JSON, one record a line; a single document with one record or a list of them is read too.
    JsonLines,
}

/// Detects the format by the name's extension, then by the first characters.
pub fn detect(origin: &str, bytes: &[u8]) -> Format {
    let name = origin.split(['?', '#']).next().unwrap_or(origin);
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    match extension.as_str() {
        "html" | "htm" | "xhtml" | "shtml" | "mht" => return Format::Html,
        "txt" | "text" | "md" => return Format::Text,
        "jsonl" | "ndjson" | "json" | "jsonlines" => return Format::JsonLines,
        _ => {}
    }
    let head = &bytes[..bytes.len().min(4096)];
    let head = String::from_utf8_lossy(head).replace('\0', "").to_lowercase();
    let head = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{fffd}');
    let page = ["<!doctype html", "<html", "<head", "<body", "<meta", "<title", "<div", "<article", "<?xml", "<!--", "<p"];
    if page.iter().any(|tag| head.starts_with(tag)) || head.contains("<html") || head.contains("<body") {
        Format::Html
    } else if head.starts_with("{\"") || head.starts_with("[{") || head.starts_with('{') && head.contains("\":") {
        Format::JsonLines
    } else {
        Format::Text
    }
}

/// Reads an input. Pages and texts give one item, JSON Lines one a record.
pub fn read<'a>(source: &Source<'a>) -> Articles<'a> {
    let format = source.format.unwrap_or_else(|| detect(source.origin, source.bytes));
    match format {
        Format::Html => Articles::listed(vec![read_html(source)]),
        Format::Text => Articles::listed(vec![read_text(source)]),
        Format::JsonLines => {
            if source.bytes.starts_with(b"\xff\xfe") || source.bytes.starts_with(b"\xfe\xff") {
                return match decode::decode(source.bytes, None, source.origin) {
                    Ok(decoded) => {
                        let bytes = decoded.text.into_owned().into_bytes();
                        let reader = JsonReader::new(std::io::Cursor::new(bytes), source.origin);
                        Articles(Inner::Decoded(reader.published(source.published)))
                    }
                    Err(error) => Articles::listed(vec![Err(error)]),
                };
            }
            if let Some(records) = spread(source.bytes).then(|| json::read_document(source)).flatten() {
                return Articles::listed(records);
            }
            Articles(Inner::Lines(JsonReader::new(source.bytes, source.origin).published(source.published)))
        }
    }
}

/// The articles of an input, or what kept them from being read.
#[derive(Debug)]
pub struct Articles<'a>(Inner<'a>);

#[derive(Debug)]
enum Inner<'a> {
    Listed(std::vec::IntoIter<Result<Article, ReadError>>),
    Lines(JsonReader<&'a [u8]>),
    Decoded(JsonReader<std::io::Cursor<Vec<u8>>>),
}

impl Articles<'_> {
    fn listed(items: Vec<Result<Article, ReadError>>) -> Self {
        Self(Inner::Listed(items.into_iter()))
    }
}

impl Iterator for Articles<'_> {
    type Item = Result<Article, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            Inner::Listed(items) => items.next(),
            Inner::Lines(reader) => reader.next(),
            Inner::Decoded(reader) => reader.next(),
        }
    }
}

/// Whether JSON is one document rather than a record a line: it is a list, or its first line is no whole value.
fn spread(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let line = bytes.split(|b| *b == b'\n').next().unwrap_or(bytes).trim_ascii_end();
    bytes.starts_with(b"[") || bytes.starts_with(b"{") && !line.ends_with(b"}") || line.starts_with(b"{\"articles\"")
}

/// Reads a date as records and feeds write it: the day as it was for whoever wrote it, whatever the offset behind it.
pub fn parse_date(text: &str) -> Option<Date> {
    dates::parse_field(text).map(|found| found.date)
}

/// The identifier of an article: a hash of address and text that is the same on every machine.
fn article_id(url: Option<&str>, text: &str) -> ArticleId {
    let mut hash = Xxh3::new();
    hash.update(url.unwrap_or("").as_bytes());
    hash.update(&[0]);
    hash.update(text.as_bytes());
    ArticleId(CompactString::from(format!("{:016x}", hash.digest())))
}
