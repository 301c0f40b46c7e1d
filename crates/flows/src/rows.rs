//! Columns of answers, whatever width their strings and days have; rows of strings; records.

use demarche_records::Event;
use demarche_store::{Answer, StoreError, arrow};
use jiff::civil::Date;

use arrow::array::{Array as _, ArrayRef, AsArray as _, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Date32Type};

/// A column of strings.
pub(crate) struct Text(Option<ArrayRef>);

impl Text {
    /// A column of the answer.
    pub(crate) fn of(rows: &RecordBatch, column: usize) -> Self {
        Self(cast(rows.column(column), &DataType::Utf8).ok())
    }

    /// A value.
    pub(crate) fn at(&self, row: usize) -> Option<&str> {
        let column = self.0.as_ref()?.as_string::<i32>();
        (!column.is_null(row)).then(|| column.value(row))
    }

    /// A column of days.
    pub(crate) fn day(rows: &RecordBatch, column: usize) -> Vec<Option<Date>> {
        let Ok(days) = cast(rows.column(column), &DataType::Date32) else { return vec![None; rows.num_rows()] };
        let days = days.as_primitive::<Date32Type>();
        let epoch = jiff::civil::date(1970, 1, 1);
        let day = |n: i32| epoch.checked_add(jiff::Span::new().days(i64::from(n))).ok();
        (0..rows.num_rows()).map(|row| if days.is_null(row) { None } else { day(days.value(row)) }).collect()
    }
}

/// Rows of strings, one after the other.
pub(crate) struct Rows<const N: usize> {
    answer: Answer,
    /// The last row first.
    rows: Vec<[Option<String>; N]>,
}

impl<const N: usize> Rows<N> {
    pub(crate) fn new(answer: Answer) -> Self {
        Self { answer, rows: vec![] }
    }

    /// Makes the row the next one.
    pub(crate) fn put_back(&mut self, row: [Option<String>; N]) {
        self.rows.push(row);
    }
}

impl<const N: usize> Iterator for Rows<N> {
    type Item = Result<[Option<String>; N], StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.rows.is_empty() {
            let rows = match self.answer.next()? {
                Ok(rows) => rows,
                Err(error) => return Some(Err(error)),
            };
            let columns: [Text; N] = std::array::from_fn(|column| Text::of(&rows, column));
            let row = |n: usize| columns.each_ref().map(|column| column.at(n).map(str::to_owned));
            self.rows = (0..rows.num_rows()).rev().map(row).collect();
        }
        self.rows.pop().map(Ok)
    }
}

/// A row whose column `record` is none.
#[derive(Debug, thiserror::Error)]
#[error("an event of article {article} is no record: {source}; `demarche store check` tells more")]
pub struct RecordError {
    article: String,
    source: serde_json::Error,
}

impl RecordError {
    /// The article.
    pub(crate) fn article(&self) -> &str {
        &self.article
    }

    /// What is wrong.
    pub(crate) fn why(&self) -> String {
        self.source.to_string()
    }
}

/// The event of a row.
pub(crate) fn event_of(article: &str, record: &str) -> Result<Event, RecordError> {
    serde_json::from_str(record).map_err(|source| RecordError { article: article.to_owned(), source })
}
