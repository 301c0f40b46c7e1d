//! The program run on gold. `eval` compares gold with what a program found and knows no program; here is what ours finds in the texts of gold, for all who ask:
//! the command, the package for Python, and tests.
//!
//! | module | gold |
//! |---|---|
//! | [`marked`] | articles with every actor, place and date marked |
//! | [`events`] | texts with gold records |
//! | [`pairs`] | sentences with two parties marked |
//!
//! `evals/README.md` describes the formats and the metrics.

pub mod events;
pub mod marked;
pub mod pairs;

use demarche::Article;
use demarche::types::{DateSource, Published};
use jiff::civil::Date;

/// A text that stands alone, as an article of one paragraph; the date of publication is the caller's.
pub fn paragraph(origin: &str, text: &str, published: Option<Date>) -> Article {
    Article { published: published.map(|date| Published { date, source: DateSource::User }), ..Article::paragraph(origin, text) }
}
