//! What is wrong with an overlay, and where.

use std::fmt;

/// A fault of an overlay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub file: String,
    /// The line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// The column, where one is meant.
    pub column: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub next: String,
}

impl Fault {
    pub(crate) fn file(file: &str, message: impl Into<String>, next: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: 0, column: None, message: message.into(), next: next.into() }
    }

    pub(crate) fn line(file: &str, line: usize, message: impl Into<String>, next: impl Into<String>) -> Self {
        Self { line, ..Self::file(file, message, next) }
    }

    pub(crate) fn cell(file: &str, line: usize, column: &str, message: impl Into<String>, next: impl Into<String>) -> Self {
        Self { column: Some(column.to_owned()), ..Self::line(file, line, message, next) }
    }

    /// Where: "mine/actors.csv:7, column code".
    pub fn place(&self) -> String {
        let mut place = self.file.clone();
        if self.line > 0 {
            place += &format!(":{}", self.line);
        }
        if let Some(column) = &self.column {
            place += &format!(", column {column}");
        }
        place
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.place(), self.message, self.next)
    }
}

impl std::error::Error for Fault {}
