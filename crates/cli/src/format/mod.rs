//! What was coded, as text: a table for readers, JSON Lines for programs, a page for browsers.

mod html;
mod jsonl;
mod marks;
mod numbers;
mod quotes;
mod table;

use clap::ValueEnum;
use demarche::coding::Codebook;
use demarche::{Pipeline, Reading};

use crate::screen::one_line;

/// Form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// For reading: an event a line, with its evidence
    Table,
    /// For programs: one JSON object a line
    Jsonl,
    /// For browsers: one page with the text marked up, without anything from the network
    Html,
}

/// A kind of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// Who did what to whom
    Events,
    /// Who said what
    Quotes,
    /// Lasting relations
    Relations,
    /// What is told in numbers: how much of what, when, by whom
    Facts,
    /// What was not coded, and why
    Rejects,
}

/// A codebook to tell events in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum View {
    /// PLOVER 2.0: types and modes
    #[value(name = "plover-2")]
    Plover2,
    /// The 2016 edition of PLOVER: roots
    #[value(name = "plover-2016")]
    Plover2016,
    /// CAMEO codes
    Cameo,
}

impl From<View> for Codebook {
    fn from(view: View) -> Self {
        match view {
            View::Plover2 => Self::Plover2,
            View::Plover2016 => Self::Plover2016,
            View::Cameo => Self::Cameo,
        }
    }
}

/// What is written, and how.
#[derive(Clone, Debug)]
pub(crate) struct Formatter {
    /// Form.
    pub(crate) form: Form,
    /// Kinds of records.
    pub(crate) emit: Vec<Kind>,
    /// Codebook in which events are told.
    pub(crate) codebook: Codebook,
    /// Columns, for the table.
    pub(crate) width: usize,
}

/// An article in a list of contents.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    id: String,
    /// Title; where the article was read from when it has none.
    title: String,
    /// Events that were coded.
    pub(crate) events: usize,
    /// Quotes that were found.
    pub(crate) quotes: usize,
}

impl Content {
    /// What the list says of an article.
    pub(crate) fn of(reading: &Reading<'_>) -> Self {
        let article = reading.document.article;
        let title = article.title.as_deref().map(one_line).filter(|title| !title.is_empty());
        Self {
            id: article.id.0.to_string(),
            title: title.unwrap_or_else(|| article.origin.clone()),
            events: reading.coded.events.len(),
            quotes: reading.coded.quotes.len(),
        }
    }
}

impl Formatter {
    /// The kinds that a form writes when none are asked for: programs get records of one shape, readers everything
    /// but the long list of rejects, of which the table gives a summary.
    pub(crate) fn usual_kinds(form: Form) -> Vec<Kind> {
        match form {
            Form::Jsonl => vec![Kind::Events],
            Form::Table | Form::Html => vec![Kind::Events, Kind::Quotes, Kind::Relations, Kind::Facts],
        }
    }

    /// What stands before the first article, when these articles follow.
    pub(crate) fn head(&self, contents: &[Content]) -> String {
        if self.form == Form::Html { html::head(contents) } else { String::new() }
    }

    /// An article.
    pub(crate) fn article(&self, pipeline: &Pipeline, reading: &Reading<'_>) -> String {
        match self.form {
            Form::Table => table::article(self, pipeline, reading),
            Form::Jsonl => jsonl::article(self, pipeline, reading),
            Form::Html => html::article(self, pipeline, reading),
        }
    }

    /// What stands after the last article.
    pub(crate) fn tail(&self, pipeline: &Pipeline) -> String {
        if self.form == Form::Html { html::tail(pipeline) } else { String::new() }
    }

    fn emits(&self, kind: Kind) -> bool {
        self.emit.contains(&kind)
    }
}
