//! JSON records: one article a line.

use std::{
    borrow::Cow,
    io::{BufRead, ErrorKind, Read},
};

use compact_str::CompactString;
use demarche_types::{Article, ArticleId, DateSource, Diagnostic, Published};
use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::{
    Source, dates,
    decode::{decode, empty},
    error::{Place, ReadError, ReadErrorKind},
    html, text,
};

/// A line longer than this is refused, so that memory stays bounded.
const LONGEST_LINE: usize = 64 << 20;

/// Reads one record: a JSON object with the article's text or page and what is known about it. `line` is the
/// line's number in its file, from 1; the article's origin names it (`news.jsonl:12`).
///
/// The fields that are read: `id`, `url`, `title`, `text` (or `body`, `content`, `article`), `html`,
/// `published` (or `date`, `published_at`, `pub_date`), `source` (or `site`, `outlet`), `byline` (or
/// `author`), `section`, `language`. Case and underscores in names make no difference; other fields are ignored.
///
/// A date like 03/04/2025 is read as [`Source::dates`] says.
pub fn read_json_record(source: &Source<'_>, line: Option<u64>) -> Result<Article, ReadError> {
    read_json_record_whole(source, line).map(|record| record.article)
}

/// How a date is read of which either part may be the day: 03/04/2025.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OpenDates {
    /// As no date: whoever guesses is wrong about half of the world.
    #[default]
    Unread,
    /// 3 April 2025.
    DayFirst,
    /// March 4, 2025.
    MonthFirst,
}

/// A record that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct JsonRecord {
    /// The article.
    pub article: Article,
    /// Whether its identifier stands in the record; otherwise it is a hash of address and text. Two files may number
    /// different articles alike.
    pub own_id: bool,
    /// A date that stands in the record and could not be read.
    pub unread_date: Option<String>,
}

/// Reads one record as [`read_json_record`] does, with what a caller must know who keeps many.
pub fn read_json_record_whole(source: &Source<'_>, line: Option<u64>) -> Result<JsonRecord, ReadError> {
    let place = |column: Option<u64>| Place { line, column, ..Place::whole(source.origin) };
    let bytes = source.bytes.trim_ascii();
    if bytes.is_empty() {
        return Err(ReadError { place: place(None), ..empty(source.origin) });
    }
    let decoded = decode(bytes, None, source.origin).map_err(|error| ReadError { place: place(None), ..error })?;
    let mut diagnostics = decoded.diagnostics;
    let (json, surrogates) = mend(&decoded.text);
    if surrogates > 0 {
        diagnostics.push(Diagnostic::warning(format!("{surrogates} lone surrogates were replaced by \u{201c}\u{fffd}\u{201d}")));
    }
    let value: Value = serde_json::from_str(&json).map_err(|error| {
        let hint = if error.is_eof() {
            "the record ends too early; a record must stand on one line"
        } else {
            "check the line with a JSON tool; the other lines are read all the same"
        };
        let column = Some(error.column() as u64).filter(|column| *column > 0);
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
        ReadError { kind: ReadErrorKind::Json(message), place: place(column), hint }
    })?;
    record(&value, source, place(None), diagnostics)
}

/// Reads JSON Lines record by record. Memory is bounded by the longest line allowed; a line that cannot be
/// read gives an error, and the next line is read.
#[derive(Debug)]
pub struct JsonReader<R> {
    reader: R,
    origin: String,
    published: Option<Date>,
    dates: OpenDates,
    limit: usize,
    line: u64,
    buffer: Vec<u8>,
    seen: bool,
    done: bool,
}

impl<R: BufRead> JsonReader<R> {
    /// A reader over the lines of `reader`; `origin` names it in articles and errors.
    pub fn new(reader: R, origin: impl Into<String>) -> Self {
        Self {
            reader,
            origin: origin.into(),
            published: None,
            dates: OpenDates::default(),
            limit: LONGEST_LINE,
            line: 0,
            buffer: Vec::new(),
            seen: false,
            done: false,
        }
    }

    /// Gives all records this publication date.
    pub fn published(mut self, date: Option<Date>) -> Self {
        self.published = date;
        self
    }

    /// Says how dates are read of which either part may be the day.
    pub fn dates(mut self, dates: OpenDates) -> Self {
        self.dates = dates;
        self
    }

    /// Refuses lines of more than `bytes` bytes.
    pub fn limit(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    fn error(&self, kind: ReadErrorKind, hint: &'static str) -> ReadError {
        ReadError { kind, place: Place { line: Some(self.line), ..Place::whole(&*self.origin) }, hint }
    }

    /// Reads the next line into the buffer, without its line feed. `None` at the end; `Err` with the line's
    /// size when it was over the limit, the line being skipped.
    fn next_line(&mut self) -> std::io::Result<Option<Result<(), u64>>> {
        self.buffer.clear();
        if self.buffer.capacity() > 1 << 20 {
            // One long record must not hold its memory for the rest of the file.
            self.buffer.shrink_to(1 << 16);
        }
        let limit = self.limit as u64;
        let read = self.reader.by_ref().take(limit + 1).read_until(b'\n', &mut self.buffer)?;
        if read == 0 {
            return Ok(None);
        }
        self.line += 1;
        if self.buffer.last() == Some(&b'\n') {
            self.buffer.pop();
            return Ok(Some(Ok(())));
        }
        if read as u64 <= limit {
            return Ok(Some(Ok(())));
        }
        let mut size = read as u64;
        loop {
            let available = match self.reader.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if available.is_empty() {
                break;
            }
            let end = available.iter().position(|b| *b == b'\n');
            let used = end.map_or(available.len(), |at| at + 1);
            size += used as u64 - u64::from(end.is_some());
            self.reader.consume(used);
            if end.is_some() {
                break;
            }
        }
        self.buffer.clear();
        Ok(Some(Err(size)))
    }
}

/// A line of JSON Lines that has not been read yet, so that many can be read at once.
#[derive(Debug)]
pub struct JsonLine {
    origin: String,
    published: Option<Date>,
    dates: OpenDates,
    line: u64,
    bytes: Vec<u8>,
}

impl JsonLine {
    /// Reads the record of the line.
    pub fn read(&self) -> Result<Article, ReadError> {
        let source = Source { published: self.published, dates: self.dates, ..Source::new(&self.origin, &self.bytes) };
        read_json_record(&source, Some(self.line))
    }

    /// The line as it stands in the file, without white space around it.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its number, from 1.
    pub fn number(&self) -> u64 {
        self.line
    }

    /// Where the line stands.
    pub fn place(&self) -> Place {
        Place { line: Some(self.line), ..Place::whole(&*self.origin) }
    }
}

impl<R: BufRead> Iterator for JsonReader<R> {
    type Item = Result<Article, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(self.next_unread()?.and_then(|line| line.read()))
    }
}

impl<R: BufRead> JsonReader<R> {
    /// The next line that holds a record, without reading it, or why there is none.
    pub fn next_unread(&mut self) -> Option<Result<JsonLine, ReadError>> {
        while !self.done {
            match self.next_line() {
                Err(error) => {
                    self.done = true;
                    return Some(Err(self.error(ReadErrorKind::Io(error), "the lines before this one were read")));
                }
                Ok(None) => {
                    self.done = true;
                    return (!self.seen).then(|| Err(empty(&self.origin)));
                }
                Ok(Some(Err(size))) => {
                    self.seen = true;
                    let kind = ReadErrorKind::TooLarge { what: "a line", size, limit: self.limit as u64 };
                    return Some(Err(self.error(kind, "put one article on each line; the other lines are read all the same")));
                }
                Ok(Some(Ok(()))) => {}
            }
            let bytes = self.buffer.trim_ascii();
            let bytes = if self.line == 1 { bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes) } else { bytes };
            if bytes.is_empty() {
                continue;
            }
            let first = !self.seen;
            self.seen = true;
            if first && (bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff")) {
                self.done = true;
                return Some(Err(
                    self.error(ReadErrorKind::Binary("UTF-16 text"), "convert the file to UTF-8 first, for example with iconv")
                ));
            }
            let (bytes, line) = (bytes.to_vec(), self.line);
            let line = JsonLine { origin: self.origin.clone(), published: self.published, dates: self.dates, line, bytes };
            // What the first line is tells what the file is.
            let fault = first.then(|| line.read().err()).flatten();
            match fault.map(|error| error.kind) {
                Some(ReadErrorKind::Json(_)) if line.bytes.len() < 3 => {
                    // "[" or "{" alone: the file is one document, and every line of it would be an error.
                    self.done = true;
                    let kind = ReadErrorKind::Json("one JSON document over many lines".into());
                    return Some(Err(self.error(kind, "put one record on each line, for example with jq -c '.[]'")));
                }
                Some(ReadErrorKind::Binary(_)) => self.done = true,
                _ => {}
            }
            return Some(Ok(line));
        }
        None
    }
}

/// Reads a whole JSON document: one record, a list of records, or an object that holds a list under
/// "articles", "items", "docs", "results" or "data". `None` when the bytes are no such document.
pub(crate) fn read_document(source: &Source<'_>) -> Option<Vec<Result<Article, ReadError>>> {
    let text = std::str::from_utf8(source.bytes).ok()?;
    let (json, _) = mend(text.trim_start_matches('\u{feff}'));
    let value: Value = serde_json::from_str(&json).ok()?;
    let records: Vec<&Value> = match &value {
        Value::Array(items) => items.iter().collect(),
        Value::Object(object) => {
            let list = ["articles", "items", "docs", "results", "data"].iter().find_map(|key| object.get(*key)?.as_array());
            list.map_or_else(|| vec![&value], |items| items.iter().collect())
        }
        _ => return None,
    };
    if records.len() == 1 {
        return Some(vec![whole(records[0], source, Place::whole(source.origin))]);
    }
    let numbered = records.into_iter().enumerate().map(|(at, value)| {
        let origin = format!("{}#{}", source.origin, at + 1);
        whole(value, source, Place::whole(origin))
    });
    Some(numbered.collect())
}

// Names of fields in lower case without underscores and hyphens, the one that counts most first.
const TITLE: &[&str] = &["title", "headline"];
const TEXT: &[&str] = &["text", "body", "content", "article", "maintext", "articletext", "fulltext", "bodytext", "storytext"];
const HTML: &[&str] = &["html", "bodyhtml", "contenthtml", "rawhtml"];
const URL: &[&str] = &["url", "link", "canonicalurl", "weburl"];
const ID: &[&str] = &["id", "articleid", "uuid", "guid", "storyid", "_id"];
const BYLINE: &[&str] = &["byline", "author", "authors", "creator"];
const OUTLET: &[&str] = &["source", "site", "outlet", "sitename", "publisher", "domain", "newspaper"];
const SECTION: &[&str] = &["section", "category"];
const LANGUAGE: &[&str] = &["language", "lang"];
const PUBLISHED: &[&str] = &[
    "published",
    "date",
    "publishedat",
    "pubdate",
    "publishdate",
    "publicationdate",
    "datepublish",
    "datepublished",
    "publisheddate",
    "publishedon",
    "createdat",
    "timestamp",
];

/// Whether records may hold `what` ("text", "html", "title", "url", "published", "outlet", "language", "byline",
/// "section" or "id") under the name `field`, so that tables are read as records are.
pub fn is_known_field(what: &str, field: &str) -> bool {
    let names = match what {
        "text" => TEXT,
        "html" => HTML,
        "title" => TITLE,
        "url" => URL,
        "published" => PUBLISHED,
        "outlet" => OUTLET,
        "language" => LANGUAGE,
        "byline" => BYLINE,
        "section" => SECTION,
        "id" => ID,
        _ => return false,
    };
    let field = plain(field);
    names.iter().any(|name| name.trim_start_matches('_') == field)
}

/// The name of a field in lower case without underscores, hyphens and spaces.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

/// Makes JSON that real programs write acceptable: lone surrogates become U+FFFD, raw control characters
/// spaces. Returns the number of surrogates replaced.
pub(crate) fn mend(json: &str) -> (Cow<'_, str>, usize) {
    let bytes = json.as_bytes();
    let unit = |at: usize| -> Option<u32> {
        let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let mut mended = String::new();
    let mut copied = 0;
    let mut replaced = 0;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => match unit(at) {
                Some(0xd800..=0xdbff) if matches!(unit(at + 6), Some(0xdc00..=0xdfff)) => at += 12,
                Some(0xd800..=0xdfff) => {
                    mended.push_str(&json[copied..at]);
                    mended.push('\u{fffd}');
                    replaced += 1;
                    at += 6;
                    copied = at;
                }
                _ => at += 2,
            },
            0..=0x1f => {
                mended.push_str(&json[copied..at]);
                mended.push(' ');
                at += 1;
                copied = at;
            }
            _ => at += 1,
        }
    }
    if copied == 0 {
        return (Cow::Borrowed(json), 0);
    }
    mended.push_str(&json[copied..]);
    (Cow::Owned(mended), replaced)
}

fn whole(value: &Value, source: &Source<'_>, place: Place) -> Result<Article, ReadError> {
    record(value, source, place, Vec::new()).map(|record| record.article)
}

/// Makes an article of a record.
fn record(value: &Value, source: &Source<'_>, place: Place, mut diagnostics: Vec<Diagnostic>) -> Result<JsonRecord, ReadError> {
    let Value::Object(object) = value else {
        let what = match value {
            Value::Array(_) => "a list",
            Value::String(_) => "a string",
            Value::Number(_) => "a number",
            _ => "a literal",
        };
        return Err(ReadError {
            kind: ReadErrorKind::NotAnObject(what),
            place,
            hint: "put one object with a field \"text\" on each line",
        });
    };
    let fields = Fields::new(object);
    let title = fields.text(TITLE).map(|title| text::one_line(&title)).filter(|title| !title.is_empty());
    let body = fields.text(TEXT);
    let page = fields.text(HTML);
    let url = fields.text(URL);
    let origin = place.to_string();
    let inner = Source { origin: &origin, url: url.as_deref().or(source.url), ..*source };
    let filled = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    let mut article = match (body, page) {
        (Some(body), _) if !body.trim().is_empty() && looks_like_html(&body) => html::from_html(&body, &inner, Vec::new()),
        (body, page) if !filled(&body) && filled(&page) => {
            html::from_html(page.as_deref().unwrap_or_default(), &inner, Vec::new())
        }
        (Some(body), _) if !body.trim().is_empty() => {
            text::from_text(with_title(title.as_deref(), body), title.as_deref(), &inner, Vec::new())
        }
        _ => {
            return Err(ReadError { kind: ReadErrorKind::NoText, place, hint: "name the article's text \"text\"" });
        }
    }
    .map_err(|error| ReadError { place: place.clone(), ..error })?;
    for block in &mut article.blocks {
        // The record's text is escaped in its line, so blocks have no place in it.
        block.source = None;
    }
    diagnostics.append(&mut article.diagnostics);
    let id = fields.text(ID).filter(|id| !id.trim().is_empty());
    if let Some(id) = &id {
        article.id = ArticleId(CompactString::from(id.trim()));
    }
    article.title = title.or(article.title);
    article.byline = fields.text(BYLINE).or(article.byline);
    article.site = fields.text(OUTLET).or(article.site);
    article.section = fields.text(SECTION).or(article.section);
    article.language = fields.text(LANGUAGE).as_deref().and_then(html::language).or(article.language);
    let mut unread_date = None;
    if let Some(written) = fields.text(PUBLISHED).filter(|_| source.published.is_none()) {
        let short = || written.chars().take(60).collect::<String>();
        let found = dates::parse_field(&written);
        let (date, fault) = match found {
            Some(found) if found.ambiguous => match source.dates {
                OpenDates::Unread => (None, Some("could be read day first or month first, so it is not read")),
                OpenDates::DayFirst => (Some(found.date), None),
                OpenDates::MonthFirst => (Some(dates::swapped(found.date)), None),
            },
            Some(found) => (Some(found.date), None),
            None => (None, Some("is no date that can be read")),
        };
        match date {
            Some(date) => article.published = Some(Published { date, source: DateSource::Record }),
            None => unread_date = Some(short()),
        }
        if let Some(fault) = fault {
            let the = if found.is_some() { "the date " } else { "" };
            let message = format!("{the}\u{201c}{}\u{201d} {fault}", short());
            let diagnostic = if date.is_some() { Diagnostic::note(message) } else { Diagnostic::warning(message) };
            diagnostics.push(diagnostic.hint("write dates as 2025-03-04"));
        }
    }
    article.diagnostics = diagnostics;
    Ok(JsonRecord { article, own_id: id.is_some(), unread_date })
}

/// The record's fields by their names in lower case without underscores and hyphens.
struct Fields<'a>(Vec<(String, &'a Value)>);

impl<'a> Fields<'a> {
    fn new(object: &'a Map<String, Value>) -> Self {
        Self(object.iter().map(|(name, value)| (plain(name), value)).collect())
    }

    /// The first of `names` that holds something, as text.
    fn text(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| {
            self.0.iter().filter(|(field, _)| field == name.trim_start_matches('_')).find_map(|(_, value)| as_text(value))
        })
    }
}

/// A string; a number as written; the name of an object; a list's parts, paragraphs apart from names by length.
fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => (!text.trim().is_empty()).then(|| text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => {
            let parts: Vec<String> = items.iter().filter_map(as_text).collect();
            let separator = if parts.iter().any(|part| part.len() > 60) { "\n\n" } else { ", " };
            (!parts.is_empty()).then(|| parts.join(separator))
        }
        Value::Object(object) => object.get("name").or_else(|| object.get("title")).and_then(as_text),
        _ => None,
    }
}

/// The text with its headline on top, unless it stands there already.
fn with_title(title: Option<&str>, body: String) -> String {
    let Some(title) = title else { return body };
    let wanted = text::fold(title);
    let opens =
        body.lines().filter(|line| !line.trim().is_empty()).take(4).any(|line| line.len() < 400 && text::fold(line) == wanted);
    if opens { body } else { format!("{title}\n\n{body}") }
}

/// Whether a text field holds a page or a piece of one.
fn looks_like_html(text: &str) -> bool {
    let start = text.trim_start();
    start.starts_with('<') && ["</p>", "</div>", "</html>", "</article>", "<br"].iter().any(|tag| text.contains(tag))
}
