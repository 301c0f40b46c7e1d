//! Articles with every actor, place and date marked: who, where and when.
//!
//! [`read`] takes the text with its marks apart; [`places`], [`dates`] and [`actors`] compare them with what the program found. The format is
//! described in `evals/README.md`.

mod actors;
mod coverage;
mod dates;
mod places;
mod read;

use std::fmt;

use demarche_types::Span;
use serde::Serialize;

pub use actors::{Linked, actors};
pub use coverage::{Coverage, Covered, coverage};
pub use dates::{Dated, Value, dates};
pub use places::places;
pub use read::{Annotated, AnnotationError, Gold, GoldActor, GoldPlace, Mark, Where, read};

use crate::report::{Row, Table, json};

/// What one comparison gave, as scores and lists of what differs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    #[serde(skip)]
    what: &'static str,
    /// The scores; which they are says each function that makes a report.
    pub scores: Vec<Row>,
    /// What differs, as "article: words: gold, found".
    pub differences: Vec<String>,
}

impl Report {
    /// The report as JSON.
    pub fn to_json(&self) -> String {
        json(self)
    }

    /// The report without its list of differences.
    #[must_use]
    pub fn without_differences(self) -> Self {
        Self { differences: vec![], ..self }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Table::of_scores(self.what, &self.scores))?;
        for line in &self.differences {
            write!(f, "\n{line}")?;
        }
        Ok(())
    }
}

/// The item whose span shares most with a span, if any shares something.
fn overlapping<T>(items: &[T], span: Span, of: impl Fn(&T) -> Span) -> Option<&T> {
    let shared = |item: &T| {
        let other = of(item);
        other.end.min(span.end).saturating_sub(other.start.max(span.start))
    };
    // Of equal shares the shorter span, which says it more exactly.
    items
        .iter()
        .filter(|item| shared(item) > 0)
        .max_by_key(|item| (shared(item), std::cmp::Reverse(of(item).end - of(item).start), std::cmp::Reverse(of(item).start)))
}
