//! Answers read cell by cell: columns of strings and days whatever their width, rows of strings; strings as they stand in questions.

use deltalake::arrow::array::{Array as _, ArrayRef, AsArray as _, RecordBatch};
use deltalake::arrow::compute::cast;
use deltalake::arrow::datatypes::{DataType, Date32Type};
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::{Answer, StoreError};

/// A string of SQL.
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Days since 1970, as tables have them.
pub fn day_of(date: Date) -> i32 {
    date.since(jiff::civil::date(1970, 1, 1)).map_or(0, |span| span.get_days())
}

/// The day of a number; none beyond the years that can be written.
pub fn date_of(day: i32) -> Option<Date> {
    jiff::civil::date(1970, 1, 1).checked_add(i64::from(day).days()).ok()
}

/// A column of strings, whatever width the engine gives them.
#[derive(Clone, Debug)]
pub struct Text(Option<ArrayRef>);

impl Text {
    /// A column of the answer.
    pub fn of(rows: &RecordBatch, column: usize) -> Self {
        Self(cast(rows.column(column), &DataType::Utf8View).ok())
    }

    /// A value.
    pub fn at(&self, row: usize) -> Option<&str> {
        let column = self.0.as_ref()?.as_string_view();
        (!column.is_null(row)).then(|| column.value(row))
    }

    /// A column of days.
    pub fn day(rows: &RecordBatch, column: usize) -> Vec<Option<Date>> {
        let Ok(days) = cast(rows.column(column), &DataType::Date32) else { return vec![None; rows.num_rows()] };
        let days = days.as_primitive::<Date32Type>();
        (0..rows.num_rows()).map(|row| if days.is_null(row) { None } else { date_of(days.value(row)) }).collect()
    }
}

/// Rows of strings, one after the other.
#[derive(Debug)]
pub struct Strings<const N: usize> {
    answer: Answer,
    /// The last row first.
    rows: Vec<[Option<String>; N]>,
}

impl<const N: usize> Strings<N> {
    /// Of an answer whose columns can be read as strings.
    pub fn new(answer: Answer) -> Self {
        Self { answer, rows: vec![] }
    }

    /// Makes the row the next one.
    pub fn put_back(&mut self, row: [Option<String>; N]) {
        self.rows.push(row);
    }
}

impl<const N: usize> Iterator for Strings<N> {
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

/// The day of a number of days since 1970; the first or last of the calendar beyond it.
pub(crate) fn bounded_date_of(day: i32) -> Date {
    jiff::civil::date(1970, 1, 1).saturating_add(i64::from(day).days())
}
