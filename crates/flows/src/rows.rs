//! Columns of answers, whatever width their strings and days have.

use demarche_store::arrow;
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
