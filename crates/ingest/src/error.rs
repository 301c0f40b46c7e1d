//! What can go wrong with an input as a whole. Bad text is no error: it gives an article with diagnostics.

use std::fmt;

/// An input that could not be read at all, with its place and a next step.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {kind}")]
pub struct ReadError {
    /// What went wrong.
    #[source]
    pub kind: ReadErrorKind,
    /// Where.
    pub place: Place,
    /// What the user can do.
    pub hint: &'static str,
}

/// The ways in which an input fails.
#[derive(Debug, thiserror::Error)]
pub enum ReadErrorKind {
    /// No bytes, or nothing but white space.
    #[error("the input is empty")]
    Empty,
    /// Not text. The field says what it looks like.
    #[error("this is not text; it looks like {0}")]
    Binary(&'static str),
    /// Larger than this reader takes.
    #[error("{what} of {size} bytes is over the limit of {limit} bytes")]
    TooLarge {
        /// "a line", "a page".
        what: &'static str,
        /// Its size, or as much of it as was counted.
        size: u64,
        /// The limit.
        limit: u64,
    },
    /// A line that is not a JSON value.
    #[error("not valid JSON: {0}")]
    Json(String),
    /// A JSON value that is no object.
    #[error("a record must be a JSON object, but this is {0}")]
    NotAnObject(&'static str),
    /// An object without text.
    #[error("the record has no text: none of the fields text, body, content, article or html holds a non-empty string")]
    NoText,
    /// A page on which no visible text was found.
    #[error("the page has no visible text")]
    NoVisibleText,
    /// The underlying reader failed.
    #[error("reading failed: {0}")]
    Io(std::io::Error),
}

/// A place in an input: `origin`, `origin:line` or `origin:line:column`. Lines and columns count from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The input's name: a path, an address, `-`.
    pub origin: String,
    /// Line, from 1.
    pub line: Option<u64>,
    /// Column, from 1, in bytes.
    pub column: Option<u64>,
}

impl Place {
    /// An input as a whole.
    pub fn whole(origin: impl Into<String>) -> Self {
        Self { origin: origin.into(), ..Self::default() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
            if let Some(column) = self.column {
                write!(f, ":{column}")?;
            }
        } else if let Some(column) = self.column {
            write!(f, ", column {column}")?;
        }
        Ok(())
    }
}

impl ReadError {
    /// An error that concerns the whole input.
    pub(crate) fn whole(origin: &str, kind: ReadErrorKind, hint: &'static str) -> Self {
        Self { kind, place: Place::whole(origin), hint }
    }
}
