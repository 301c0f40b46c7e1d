//! What can be wrong with tables.

use thiserror::Error;

/// Why a knowledge base could not be built from its tables.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum KnowledgeError {
    /// A table has no line of column names.
    #[error("table {table} has no header line")]
    Empty {
        /// The table.
        table: &'static str,
    },
    /// A table lacks a column that is needed.
    #[error("table {table} has no column {column:?}")]
    Column {
        /// The table.
        table: &'static str,
        /// The missing column.
        column: &'static str,
    },
    /// A row has fewer cells than the table has columns.
    #[error("table {table}, line {line}: a row of {found} cells where {expected} are needed")]
    Cells {
        /// The table.
        table: &'static str,
        /// The line, counted from 1.
        line: usize,
        /// Cells found.
        found: usize,
        /// Cells expected.
        expected: usize,
    },
    /// A cell cannot be read.
    #[error("table {table}, line {line}: {what} {value:?} cannot be read")]
    Value {
        /// The table.
        table: &'static str,
        /// The line, counted from 1.
        line: usize,
        /// What the cell holds.
        what: &'static str,
        /// The cell.
        value: String,
    },
    /// The alias index could not be built.
    #[error("the alias index could not be built: {0}")]
    Index(String),
}
