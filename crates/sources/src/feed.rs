//! RSS, Atom and JSON Feed: the entries' own texts, or the pages to which they link.

use feed_rs::model::{Entry, Feed, Text};
use feed_rs::parser::{Builder, ParseFeedError};
use jiff::civil::Date;
use serde_json::{Map, Value};
use url::Url;

use crate::failure::Reason;
use crate::page::{Hints, Media, Page};
use crate::read::{Flow, Name, Out};
use crate::stream::Stream;
use crate::{web, xml};

/// Reads a feed. Where links are followed, an entry without one gives its own text.
pub(crate) fn read(name: &Name, stream: Stream, head: &[u8], out: &mut Out<'_>) -> Flow {
    let packed = stream.packed.clone();
    let limit = out.settings.limits.whole;
    let is_wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    let mut stream = if is_wide { stream.utf8(None) } else { stream };
    let bytes = match stream.whole(limit) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return out.give_up(name, Reason::TooLarge { what: "document", found: None, limit }),
        Err(error) => {
            let reason = stream.reason("feed", error);
            return out.give_up(name, reason);
        }
    };
    let bytes = if is_wide { undeclare(bytes) } else { bytes };
    let address = out.address(name);
    let (feed, fault) = match parse(&bytes, address.as_deref()) {
        Ok(feed) => (feed, None),
        Err(detail) => {
            let whole = xml::close(&xml::repair(&bytes).0).and_then(|closed| parse(&closed, address.as_deref()).ok());
            let reason = match detail.contains("end of input") {
                true => Reason::Truncated { what: "feed", at: packed.get() },
                false => Reason::Corrupt { what: "feed", detail, at: None },
            };
            match whole {
                Some(feed) => (feed, Some(reason)),
                None => return out.give_up(name, reason),
            }
        }
    };
    drop(bytes);
    let about = About::of(&feed);
    if feed.entries.is_empty() && fault.is_none() {
        out.pass("feed without entries");
    }
    for entry in feed.entries {
        entry_page(name, entry, &about, address.as_deref(), out)?;
    }
    match fault {
        Some(reason) if packed.get() > 0 => out.give_up(name, reason),
        _ => Flow::Continue(()),
    }
}

/// What a feed says of all its entries.
struct About {
    outlet: Option<String>,
    language: Option<String>,
}

impl About {
    fn of(feed: &Feed) -> Self {
        Self { outlet: feed.title.as_ref().and_then(plain), language: feed.language.clone() }
    }
}

fn entry_page(name: &Name, entry: Entry, about: &About, address: Option<&str>, out: &mut Out<'_>) -> Flow {
    let link = link(&entry, address);
    let hints = Hints {
        title: entry.title.as_ref().and_then(plain),
        published: entry.published.or(entry.updated).and_then(|time| day(&time.to_rfc3339())),
        outlet: about.outlet.clone(),
        language: entry.language.clone().or_else(|| about.language.clone()),
        byline: byline(&entry),
    };
    if let (true, Some(link)) = (out.settings.links && out.fetcher.is_some(), &link) {
        return web::linked(link, hints, out);
    }
    let Some((text, is_html)) = body(entry.content.and_then(|content| content.body), entry.summary) else {
        out.pass("entry without text");
        return Flow::Continue(());
    };
    let named = name.record(if entry.id.is_empty() { link.as_deref().unwrap_or_default() } else { &entry.id });
    record(&named, &text, is_html, link, hints, out)
}

/// A text of a feed or export as a record.
pub(crate) fn record(name: &Name, text: &str, is_html: bool, url: Option<String>, hints: Hints, out: &mut Out<'_>) -> Flow {
    let mut record = Map::new();
    let mut put = |field: &str, value: Option<String>| {
        if let Some(value) = value {
            record.insert(field.to_owned(), Value::String(value));
        }
    };
    put("title", hints.title);
    put("published", hints.published.map(|date| date.to_string()));
    put("source", hints.outlet);
    put("language", hints.language);
    put("byline", hints.byline);
    put("url", url.clone());
    if is_html {
        put("html", Some(format!("<html><body><article>{text}</article></body></html>")));
    } else {
        put("text", Some(text.to_owned()));
    }
    let bytes = Value::Object(record).to_string().into_bytes();
    let limit = out.settings.limits.record;
    if bytes.len() as u64 > limit {
        return out.skip(name, Reason::TooLarge { what: "record", found: Some(bytes.len() as u64), limit });
    }
    out.page(Page { url, ..Page::new(name, bytes, Media::Record(None)) })
}

fn parse(bytes: &[u8], address: Option<&str>) -> Result<Feed, String> {
    // The day as it was where it was written: `DateTime` would turn it to that in Greenwich.
    let day = |text: &str| {
        let date = demarche_ingest::parse_date(text)?;
        format!("{date}T00:00:00Z").parse().ok()
    };
    let parser = Builder::new().base_uri(address).sanitize_content(false).timestamp_parser(day).build();
    let is_json = bytes.trim_ascii_start().first() == Some(&b'{');
    let parsed = if is_json { parser.parse(bytes) } else { parser.parse(&*xml::repair(bytes).0) };
    parsed.map_err(|error| match error {
        ParseFeedError::ParseError(kind) => kind.to_string(),
        error => error.to_string(),
    })
}

/// The text without its declaration, which names an encoding that it no longer has.
fn undeclare(bytes: Vec<u8>) -> Vec<u8> {
    let start = bytes.trim_ascii_start();
    if !start.starts_with(b"<?xml") {
        return bytes;
    }
    match start.windows(2).position(|window| window == b"?>") {
        Some(at) => start[at + 2..].to_vec(),
        None => bytes,
    }
}

fn link(entry: &Entry, address: Option<&str>) -> Option<String> {
    let alternate = |rel: &Option<String>| rel.as_deref().is_none_or(|rel| rel == "alternate");
    let link = entry.links.iter().find(|link| alternate(&link.rel)).or_else(|| entry.links.first());
    // A permanent identifier of RSS is an address.
    let written = link.map(|link| link.href.as_str()).or_else(|| entry.id.starts_with("http").then_some(entry.id.as_str()))?;
    let url = match Url::parse(written.trim()) {
        Ok(url) => url,
        Err(_) => Url::parse(address?).ok()?.join(written.trim()).ok()?,
    };
    matches!(url.scheme(), "http" | "https").then(|| url.to_string())
}

fn byline(entry: &Entry) -> Option<String> {
    let names = entry.authors.iter().filter_map(|person| person.name.as_deref()).map(str::trim).filter(|n| !n.is_empty());
    let names: Vec<&str> = names.collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// The longer of content and summary, and whether it is HTML.
fn body(content: Option<String>, summary: Option<Text>) -> Option<(String, bool)> {
    let summary = summary.map(|text| text.content);
    let text = [content, summary].into_iter().flatten().max_by_key(String::len)?;
    let text = text.trim();
    let is_html = text.contains('<') || text.contains('&');
    (!text.is_empty()).then(|| (text.to_owned(), is_html))
}

/// A title as plain text: feeds escape it once too often.
fn plain(text: &Text) -> Option<String> {
    let text = quick_xml::escape::unescape_with(&text.content, quick_xml::escape::resolve_html5_entity)
        .map_or_else(|_| text.content.clone(), |plain| plain.into_owned());
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

fn day(time: &str) -> Option<Date> {
    time.get(..10)?.parse().ok()
}
