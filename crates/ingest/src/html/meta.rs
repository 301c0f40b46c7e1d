//! What a page says about itself: JSON-LD, `meta` elements, canonical address, title element.

use compact_str::CompactString;
use scraper::{Html, Node};
use serde_json::Value;

use crate::json::mend;

/// What was found. Every field is as the page writes it.
#[derive(Clone, Debug, Default)]
pub(super) struct Meta {
    pub(super) headline: Option<String>,
    /// The `title` element, or its Open Graph form.
    pub(super) page_title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) url: Option<String>,
    pub(super) site: Option<String>,
    pub(super) section: Option<String>,
    pub(super) byline: Option<String>,
    pub(super) language: Option<CompactString>,
    pub(super) json_ld_date: Option<String>,
    pub(super) meta_date: Option<String>,
    /// Steps of the JSON-LD breadcrumb, the start page included.
    pub(super) breadcrumb: Vec<String>,
    /// JSON-LD that could not be read.
    pub(super) broken_json_ld: Option<String>,
}

/// Reads the page's statements about itself.
pub(super) fn meta(page: &Html) -> Meta {
    let mut meta = Meta::default();
    let mut named: Vec<(String, String)> = Vec::new();
    let mut scripts = Vec::new();
    for node in page.tree.root().descendants() {
        let Node::Element(element) = node.value() else { continue };
        match element.name() {
            "html" => meta.language = element.attr("lang").or(element.attr("xml:lang")).and_then(language),
            "meta" => {
                let key =
                    element.attr("property").or(element.attr("name")).or(element.attr("itemprop")).or(element.attr("http-equiv"));
                if let (Some(key), Some(content)) = (key, element.attr("content")) {
                    named.push((key.trim().to_lowercase(), content.trim().to_owned()));
                }
            }
            "link" if element.attr("rel") == Some("canonical") => {
                meta.url = meta.url.or(element.attr("href").filter(|href| href.starts_with("http")).map(str::to_owned));
            }
            "title" if meta.page_title.is_none() => {
                let text: String =
                    node.children().filter_map(|child| child.value().as_text().map(|text| text.text.to_string())).collect();
                meta.page_title = filled(&text);
            }
            "script" if element.attr("type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json")) => {
                scripts.push(
                    node.children()
                        .filter_map(|child| child.value().as_text().map(|text| text.text.to_string()))
                        .collect::<String>(),
                );
            }
            _ => {}
        }
    }
    for script in &scripts {
        match serde_json::from_str::<Value>(&mend(script.trim()).0) {
            Ok(value) => json_ld(&value, &mut meta, 0),
            Err(error) => meta.broken_json_ld = meta.broken_json_ld.or(Some(error.to_string())),
        }
    }
    named_meta(&named, &mut meta);
    meta
}

/// Takes what `meta` elements say and JSON-LD did not.
fn named_meta(named: &[(String, String)], meta: &mut Meta) {
    let get = |keys: &[&str]| -> Option<String> {
        keys.iter()
            .find_map(|key| named.iter().find(|(name, value)| name == key && !value.is_empty()).map(|(_, value)| value.clone()))
    };
    let person = |value: &String| !value.starts_with("http") && value.len() < 120;
    meta.meta_date = get(&[
        "article:published_time",
        "og:published_time",
        "article:published",
        "datepublished",
        "parsely-pub-date",
        "sailthru.date",
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "published-date",
        "publication_date",
        "article.published",
        "dc.date.issued",
        "dcterms.created",
        "dcterms.date",
        "dc.date",
        "citation_date",
        "citation_publication_date",
        "cxenseparse:recs:publishtime",
        "date",
        "article_date_original",
        "originalpublicationdate",
        "og:article:published_time",
    ]);
    meta.page_title = get(&["og:title", "twitter:title", "dc.title"]).or(meta.page_title.take());
    meta.description = meta.description.take().or_else(|| get(&["og:description", "description", "twitter:description"]));
    meta.url = meta.url.take().or_else(|| get(&["og:url"]).filter(|url| url.starts_with("http")));
    meta.site = get(&["og:site_name", "application-name"]).or(meta.site.take());
    meta.section =
        meta.section.take().or_else(|| get(&["article:section", "og:section", "section", "parsely-section", "category"]));
    meta.byline = meta
        .byline
        .take()
        .or_else(|| get(&["author", "article:author", "parsely-author", "dc.creator", "byl", "sailthru.author"]).filter(person));
    meta.language = meta
        .language
        .take()
        .or_else(|| get(&["og:locale", "content-language", "language", "dc.language"]).as_deref().and_then(language));
}

/// Reads one JSON-LD value; graphs and lists are followed, a page that nests them without end is not.
fn json_ld(value: &Value, meta: &mut Meta, depth: usize) {
    if depth > 6 {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| json_ld(item, meta, depth + 1)),
        Value::Object(object) => {
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "breadcrumb"] {
                if let Some(inner) = object.get(key) {
                    json_ld(inner, meta, depth + 1);
                }
            }
            let types = texts(object.get("@type"));
            if types.iter().any(|kind| kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report") {
                let own = |key: &str| object.get(key).and_then(first_text);
                meta.headline = meta.headline.take().or_else(|| own("headline").or_else(|| own("name")));
                meta.json_ld_date = meta.json_ld_date.take().or_else(|| own("datePublished").or_else(|| own("dateCreated")));
                meta.section = meta.section.take().or_else(|| own("articleSection"));
                meta.description = meta.description.take().or_else(|| own("description"));
                meta.site = meta.site.take().or_else(|| object.get("publisher").and_then(name_of));
                meta.language = meta.language.take().or_else(|| own("inLanguage").as_deref().and_then(language));
                meta.byline = meta.byline.take().or_else(|| object.get("author").and_then(names_of));
                let page = object
                    .get("mainEntityOfPage")
                    .and_then(|page| page.get("@id").and_then(first_text).or_else(|| first_text(page)));
                meta.url = meta.url.take().or_else(|| own("url").or(page).filter(|url| url.starts_with("http")));
            }
            if types.iter().any(|kind| kind == "BreadcrumbList") && meta.breadcrumb.is_empty() {
                meta.breadcrumb = breadcrumb(object.get("itemListElement"));
            }
        }
        _ => {}
    }
}

/// Names of a `BreadcrumbList`, by their positions.
fn breadcrumb(items: Option<&Value>) -> Vec<String> {
    let Some(Value::Array(items)) = items else { return Vec::new() };
    let mut steps: Vec<(i64, String)> = items
        .iter()
        .enumerate()
        .filter_map(|(at, item)| {
            let position = match item.get("position") {
                Some(Value::Number(number)) => number.as_i64(),
                Some(Value::String(text)) => text.trim().parse().ok(),
                _ => None,
            };
            let name = item.get("name").and_then(first_text).or_else(|| item.get("item").and_then(name_of))?;
            Some((position.unwrap_or(at as i64), name))
        })
        .collect();
    steps.sort_by_key(|(position, _)| *position);
    steps.into_iter().map(|(_, name)| name).collect()
}

/// A string, or the first string of a list.
fn first_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => filled(text),
        Value::Array(items) => items.iter().find_map(first_text),
        _ => None,
    }
}

fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(items)) => items.iter().filter_map(first_text).collect(),
        _ => Vec::new(),
    }
}

/// The name of a person or organisation: a string, or an object with a name.
fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::Object(object) => object.get("name").and_then(first_text),
        other => first_text(other),
    }
}

/// The names of all authors.
fn names_of(value: &Value) -> Option<String> {
    let names: Vec<String> = match value {
        Value::Array(items) => items.iter().filter_map(name_of).collect(),
        other => name_of(other).into_iter().collect(),
    };
    let names: Vec<String> = names.into_iter().filter(|name| !name.starts_with("http")).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// White space and leftover entities put right; `None` for an empty string.
fn filled(text: &str) -> Option<String> {
    let text = text.replace("&amp;", "&").replace("&quot;", "\"").replace("&#39;", "'").replace("&#039;", "'");
    let text = crate::text::one_line(&text);
    (!text.is_empty()).then_some(text)
}

/// A language tag as BCP 47 has it ("en-GB").
pub(crate) fn language(text: &str) -> Option<CompactString> {
    let tag = text.trim().split([',', ';', '.']).next().unwrap_or("").trim().replace('_', "-");
    let valid = (2..=35).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    valid.then(|| CompactString::from(tag))
}
