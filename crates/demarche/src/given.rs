//! What only the caller knows of an article: when it was published, and whether to be warned.

use jiff::civil::Date;

use crate::english;
use crate::record::serde_name;
use demarche_types::{Article, DateSource, Diagnostic, Published};

/// A date of publication that is farther than so many days from the page's own is told: it is more often a slip than
/// better knowledge.
const FAR: i32 = 60;

/// How notes end about dates that cannot be read.
const UNREAD: [&str; 2] = ["is no date that can be read", "so it is not read"];

/// Of a text that is not English.
const NOT_ENGLISH: &str = "does not look like English; results mean nothing";

/// The article with the date that the caller gave, which wins, and with warnings where it is far from the article's own, or the text is not in English.
#[must_use]
pub fn given(mut article: Article, published: Option<Date>) -> Article {
    if let Some(date) = published {
        let own = article.published.filter(|own| own.date.until(date).is_ok_and(|span| span.get_days().abs() > FAR));
        // A date that cannot be read is no matter when another is given.
        article.diagnostics.retain(|d| !UNREAD.iter().any(|end| d.message.ends_with(end)));
        article.diagnostics.extend(own.map(|own| Diagnostic::warning(far_from_own_date(date, own))));
        article.published = Some(Published { date, source: DateSource::User });
    }
    if english::looks_english(&article) == Some(false) {
        article.diagnostics.push(Diagnostic::warning(NOT_ENGLISH));
    }
    article
}

fn far_from_own_date(given: Date, own: Published) -> String {
    let source = serde_name(&own.source).unwrap_or_default();
    format!(
        "the given date {given} is far from the article's own, {} (from {}); the given one is used",
        own.date,
        source_words(&source)
    )
}

/// Where a date of publication comes from, in words.
pub fn source_words(source: &str) -> &str {
    match source {
        "user" => "the user",
        "record" => "the record",
        "meta" => "the page's metadata",
        "json-ld" => "the page's JSON-LD",
        "time-element" => "the page's time element",
        "url" => "the address",
        "text" => "the text",
        other => other,
    }
}
