//! Addresses that the user names, and the pages to which feeds link.

mod clock;
mod fetch;

use std::io::Cursor;

use demarche_ingest::Format;
use url::Url;

use crate::failure::Reason;
use crate::page::{Hints, Media, Page, Validators};
use crate::read::{self, Flow, Name, Out};
use crate::stream::Stream;

pub use clock::{Clock, SystemClock};
pub use fetch::{Answer, Content, Fetcher, Manners};

/// Fetches and reads an address that was named.
pub(crate) fn input(name: &Name, address: &str, validators: Option<&Validators>, out: &mut Out<'_>) -> Flow {
    let Some(fetcher) = out.fetcher else { return out.give_up(name, Reason::Offline) };
    match fetcher.fetch(address, validators, out.settings.limits.whole) {
        Ok(Answer::Unchanged) => {
            out.outcome.unchanged = true;
            out.outcome.validators = validators.cloned();
            Flow::Continue(())
        }
        Ok(Answer::Content(content)) => {
            let title = title(&content);
            out.outcome.validators.clone_from(&content.validators);
            out.fetched = Some(Fetched {
                key: name.key.clone(),
                url: content.url,
                charset: content.charset,
                validators: content.validators,
            });
            read::stream(name, &title, Stream::new(Cursor::new(content.bytes)), None, out)
        }
        Err(reason) => out.give_up(name, reason),
    }
}

/// Fetches a page to which a feed links.
pub(crate) fn linked(link: &str, hints: Hints, out: &mut Out<'_>) -> Flow {
    let name = Name { key: link.to_owned(), origin: link.to_owned() };
    let Some(fetcher) = out.fetcher else { return out.give_up(&name, Reason::Offline) };
    if out.settings.known.has(link) {
        out.outcome.known += 1;
        return Flow::Continue(());
    }
    let content = match fetcher.fetch(link, None, out.settings.limits.page) {
        Ok(Answer::Content(content)) => content,
        Ok(Answer::Unchanged) => return out.skip(&name, Reason::Status { code: 304 }),
        Err(reason) => return out.skip(&name, reason),
    };
    if content.bytes.iter().all(u8::is_ascii_whitespace) {
        return out.skip(&name, Reason::Empty { what: "page" });
    }
    let media = match content.media_type.as_deref() {
        None | Some("application/octet-stream") => match demarche_ingest::detect("", &content.bytes) {
            Format::Html => Some(Media::Html),
            _ => Some(Media::Text),
        },
        Some(media_type) => crate::warc::media(media_type),
    };
    let Some(media) = media else {
        out.pass(format!("media type {}", content.media_type.unwrap_or_default()));
        return Flow::Continue(());
    };
    out.page(Page {
        url: Some(content.url),
        charset: content.charset,
        validators: content.validators,
        hints,
        ..Page::new(&name, content.bytes, media)
    })
}

/// What is known of an address that was fetched.
#[derive(Debug)]
pub(crate) struct Fetched {
    pub(crate) key: String,
    pub(crate) url: String,
    pub(crate) charset: Option<String>,
    pub(crate) validators: Option<Validators>,
}

/// A name that tells the format, from the address and the type that the server declares.
fn title(content: &Content) -> String {
    let path = Url::parse(&content.url).map(|url| url.path().to_owned()).unwrap_or_default();
    let ending = match content.media_type.as_deref() {
        Some("text/html" | "application/xhtml+xml") => ".html",
        Some("text/csv") => ".csv",
        Some("text/tab-separated-values") => ".tsv",
        Some("application/json" | "application/feed+json") => ".json",
        Some("application/x-ndjson" | "application/jsonl") => ".jsonl",
        Some("application/warc") => ".warc",
        Some("application/rss+xml" | "application/atom+xml" | "application/rdf+xml") => ".xml",
        _ => "",
    };
    format!("{path}{ending}")
}
