//! What addresses answer: each a function of what is held in memory, the store and the parameters. Pages show the same values.

pub(crate) mod actors;
pub(crate) mod articles;
pub(crate) mod code;
pub(crate) mod events;
pub(crate) mod record;
pub(crate) mod runs;
pub(crate) mod search;

use demarche_store::arrow::array::{Array as _, AsArray as _, RecordBatch};
use demarche_store::arrow::compute::cast;
use demarche_store::arrow::datatypes::DataType;
use demarche_store::{Store, StoreError};
use serde::Serialize;
use utoipa::ToSchema;

/// A page of rows.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Listed<T> {
    /// Rows on all pages.
    pub total: usize,
    /// What is asked for, in words.
    pub words: String,
    /// `cursor` of the next page; none after the last.
    pub next: Option<String>,
    /// The rows.
    pub rows: Vec<T>,
}

/// Rows of strings of an answer in SQL.
pub(crate) fn strings<const N: usize>(store: &Store, sql: &str) -> Result<Vec<[Option<String>; N]>, StoreError> {
    let mut found = vec![];
    for rows in store.query(sql, &[])? {
        let rows = rows?;
        let columns: [Vec<Option<String>>; N] = std::array::from_fn(|column| texts(&rows, column));
        let mut columns = columns.map(Vec::into_iter);
        found.extend((0..rows.num_rows()).map(|_| columns.each_mut().map(|column| column.next().flatten())));
    }
    Ok(found)
}

fn texts(rows: &RecordBatch, column: usize) -> Vec<Option<String>> {
    let Ok(cells) = cast(rows.column(column), &DataType::Utf8View) else { return vec![None; rows.num_rows()] };
    let cells = cells.as_string_view();
    (0..rows.num_rows()).map(|row| (!cells.is_null(row)).then(|| cells.value(row).to_owned())).collect()
}

/// A string of SQL.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
