//! WordPress exports, post by post: published posts and pages are articles, all else is counted.

use std::collections::BTreeMap;
use std::io::BufReader;

use quick_xml::Reader;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::Event;

use crate::failure::Reason;
use crate::feed::record;
use crate::page::Hints;
use crate::read::{Flow, Name, Out};
use crate::stream::{self, HEAD, Leash, Stream};

/// What is read of a post.
const FIELDS: [&str; 10] = [
    "title",
    "link",
    "pubDate",
    "guid",
    "dc:creator",
    "content:encoded",
    "wp:post_id",
    "wp:post_date",
    "wp:status",
    "wp:post_type",
];

/// Marks in brackets that WordPress replaces by pictures and the like.
const SHORTCODES: [&str; 7] = ["caption", "wp_caption", "gallery", "embed", "video", "audio", "playlist"];

/// Reads an export of any size; memory holds one post.
pub(crate) fn read(name: &Name, stream: Stream, out: &mut Out<'_>) -> Flow {
    let packed = stream.packed.clone();
    let (leash, taken) = Leash::new(stream.utf8(None), "record", out.settings.limits.record);
    let mut reader = Reader::from_reader(BufReader::with_capacity(HEAD, leash));
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_dangling_amp = true;
    let mut buffer = Vec::new();
    let mut about = About::default();
    let mut post: Option<BTreeMap<&'static str, String>> = None;
    let mut path: Vec<String> = Vec::new();
    let mut is_empty = true;
    loop {
        buffer.clear();
        let event = match reader.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(quick_xml::Error::Io(error)) => {
                let error = std::io::Error::new(error.kind(), std::sync::Arc::clone(&error));
                return out.give_up(name, stream::reason("WordPress export", unwrap(error), packed.get()));
            }
            Err(quick_xml::Error::Syntax(_)) => {
                return out.give_up(name, Reason::Truncated { what: "WordPress export", at: packed.get() });
            }
            Err(error) => {
                let reason = Reason::Corrupt { what: "WordPress export", detail: error.to_string(), at: Some(packed.get()) };
                return out.give_up(name, reason);
            }
        };
        match event {
            Event::Start(start) => {
                let tag = start.name().as_ref().to_owned();
                if tag == "item" && path.len() == 2 {
                    taken.set(0);
                    is_empty = false;
                    post = Some(BTreeMap::new());
                }
                path.push(tag);
            }
            Event::End(_) => {
                path.pop();
                // A post is open only inside of its item.
                if path.len() == 2
                    && let Some(post) = post.take()
                {
                    give(name, &post, &about, out)?;
                }
            }
            Event::Text(text) => add(&path, &mut post, &mut about, &text.xml10_content()),
            Event::CData(text) => add(&path, &mut post, &mut about, &text.xml10_content()),
            Event::GeneralRef(reference) => {
                let resolved = match reference.resolve_char_ref() {
                    Ok(Some(c)) => c.to_string(),
                    _ => match resolve_html5_entity(&reference) {
                        Some(text) => text.to_owned(),
                        None => format!("&{};", &*reference),
                    },
                };
                add(&path, &mut post, &mut about, &resolved);
            }
            Event::Eof => {
                if is_empty {
                    out.pass("export without posts");
                }
                if !path.is_empty() {
                    return out.give_up(name, Reason::Truncated { what: "WordPress export", at: packed.get() });
                }
                return Flow::Continue(());
            }
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// The error that a reader of ours gave, out of the wrapping that the XML reader puts around it.
fn unwrap(error: std::io::Error) -> std::io::Error {
    let fault = error.get_ref().and_then(|inner| inner.downcast_ref::<std::sync::Arc<std::io::Error>>());
    let fault = fault.and_then(|inner| inner.get_ref()).and_then(|inner| inner.downcast_ref::<stream::Fault>());
    match fault {
        Some(fault) => std::io::Error::new(error.kind(), fault.clone()),
        None => error,
    }
}

/// What an export says of all its posts.
#[derive(Default)]
struct About {
    outlet: String,
    language: String,
}

fn add(path: &[String], post: &mut Option<BTreeMap<&'static str, String>>, about: &mut About, text: &str) {
    match (path, post) {
        ([_, _, _, field], Some(post)) => {
            if let Some(known) = FIELDS.iter().find(|known| **known == field.as_str()) {
                post.entry(known).or_default().push_str(text);
            }
        }
        ([_, _, field], None) if field == "title" => about.outlet.push_str(text),
        ([_, _, field], None) if field == "language" => about.language.push_str(text),
        _ => {}
    }
}

fn give(name: &Name, post: &BTreeMap<&'static str, String>, about: &About, out: &mut Out<'_>) -> Flow {
    let field = |name: &str| post.get(name).map(|text| text.trim()).filter(|text| !text.is_empty()).map(str::to_owned);
    let kind = field("wp:post_type").unwrap_or_else(|| "post".into());
    if !matches!(kind.as_str(), "post" | "page" | "article" | "news") {
        out.pass(format!("item of type {kind}"));
        return Flow::Continue(());
    }
    let status = field("wp:status").unwrap_or_else(|| "publish".into());
    if status != "publish" {
        out.pass(format!("post with status {status}"));
        return Flow::Continue(());
    }
    let Some(content) = field("content:encoded") else {
        out.pass("post without text");
        return Flow::Continue(());
    };
    let id = field("wp:post_id").or_else(|| field("guid")).or_else(|| field("link")).unwrap_or_default();
    let written = field("wp:post_date").filter(|date| !date.starts_with("0000")).or_else(|| field("pubDate"));
    let hints = Hints {
        title: field("title"),
        published: written.as_deref().and_then(demarche_ingest::parse_date),
        outlet: Some(about.outlet.trim().to_owned()).filter(|outlet| !outlet.is_empty()),
        language: Some(about.language.trim().to_owned()).filter(|language| !language.is_empty()),
        byline: field("dc:creator"),
    };
    record(&name.record(id), &paragraphs(&content), true, field("link"), hints, out)
}

/// The content as WordPress shows it: blank lines part paragraphs, unless the paragraphs are marked.
fn paragraphs(content: &str) -> String {
    let content = without_shortcodes(&content.replace("\r\n", "\n"));
    if content.contains("<p>") || content.contains("<p ") || content.contains("<!-- wp:") {
        return content;
    }
    const BLOCKS: [&str; 9] = ["<h", "<ul", "<ol", "<blockquote", "<div", "<table", "<figure", "<pre", "<section"];
    let parts = content.split("\n\n").map(str::trim).filter(|part| !part.is_empty());
    let marked = parts.map(|part| {
        let is_block = BLOCKS.iter().any(|tag| part.starts_with(tag));
        if is_block { part.to_owned() } else { format!("<p>{}</p>", part.replace('\n', "<br>\n")) }
    });
    marked.collect::<Vec<_>>().join("\n")
}

fn without_shortcodes(content: &str) -> String {
    let mut plain = String::with_capacity(content.len());
    let mut rest = content;
    while let Some(at) = rest.find('[') {
        let (before, mark) = rest.split_at(at);
        plain.push_str(before);
        let name = mark[1..].trim_start_matches('/');
        let name: String = name.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        match mark.find(']') {
            Some(end) if SHORTCODES.contains(&name.as_str()) => {
                if name.ends_with("caption") {
                    let is_end = mark.starts_with("[/");
                    plain.push_str(if is_end { "</figcaption></figure>\n\n" } else { "\n\n<figure><figcaption>" });
                }
                rest = &mark[end + 1..];
            }
            _ => {
                plain.push('[');
                rest = &mark[1..];
            }
        }
    }
    plain.push_str(rest);
    plain
}
