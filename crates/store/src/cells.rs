//! Values on their way into a table.

use std::fmt;
use std::sync::Arc;

use deltalake::arrow::array::{
    ArrayRef, BinaryBuilder, BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, ListBuilder, RecordBatch, StringBuilder,
};
use deltalake::arrow::compute::{SortColumn, lexsort_to_indices, take_record_batch};
use deltalake::arrow::datatypes::{DataType, Field};
use deltalake::arrow::error::ArrowError;
use demarche_records::Number;
use jiff::civil::Date;

use crate::StoreError;
use crate::answers::day_of;
use crate::schema::{Kind, SCHEMA_VERSION, Table};

/// A value on its way into a column.
#[derive(Clone, Debug)]
pub enum Cell {
    /// A string.
    Text(Option<String>),
    /// A list of strings.
    Texts(Vec<String>),
    /// A whole number.
    Int(Option<i64>),
    /// A number.
    Float(Option<f64>),
    /// Yes or no.
    Bool(Option<bool>),
    /// A day.
    Date(Option<Date>),
    /// Bytes.
    Bytes(Option<Vec<u8>>),
}

impl From<&str> for Cell {
    fn from(value: &str) -> Self {
        Self::Text(Some(value.to_owned()))
    }
}

impl From<&String> for Cell {
    fn from(value: &String) -> Self {
        Self::Text(Some(value.clone()))
    }
}

impl From<String> for Cell {
    fn from(value: String) -> Self {
        Self::Text(Some(value))
    }
}

impl From<&Option<String>> for Cell {
    fn from(value: &Option<String>) -> Self {
        Self::Text(value.clone())
    }
}

impl From<Option<String>> for Cell {
    fn from(value: Option<String>) -> Self {
        Self::Text(value)
    }
}

impl From<&Vec<String>> for Cell {
    fn from(value: &Vec<String>) -> Self {
        Self::Texts(value.clone())
    }
}

impl From<i64> for Cell {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}

impl From<usize> for Cell {
    fn from(value: usize) -> Self {
        Self::Int(i64::try_from(value).ok())
    }
}

impl From<u32> for Cell {
    fn from(value: u32) -> Self {
        Self::Int(Some(i64::from(value)))
    }
}

impl From<Option<i64>> for Cell {
    fn from(value: Option<i64>) -> Self {
        Self::Int(value)
    }
}

impl From<f64> for Cell {
    fn from(value: f64) -> Self {
        Self::Float(Some(value))
    }
}

impl From<Option<f64>> for Cell {
    fn from(value: Option<f64>) -> Self {
        Self::Float(value)
    }
}

impl From<Option<Number>> for Cell {
    fn from(value: Option<Number>) -> Self {
        Self::Float(value.map(|number| number.0))
    }
}

impl From<bool> for Cell {
    fn from(value: bool) -> Self {
        Self::Bool(Some(value))
    }
}

impl From<Option<bool>> for Cell {
    fn from(value: Option<bool>) -> Self {
        Self::Bool(value)
    }
}

impl From<&Option<Vec<u8>>> for Cell {
    fn from(value: &Option<Vec<u8>>) -> Self {
        Self::Bytes(value.clone())
    }
}

impl From<Option<Date>> for Cell {
    fn from(value: Option<Date>) -> Self {
        Self::Date(value)
    }
}

enum Builder {
    Text(StringBuilder),
    Texts(ListBuilder<StringBuilder>),
    Int(Int64Builder),
    Float(Float64Builder),
    Bool(BooleanBuilder),
    Date(Date32Builder),
    Bytes(BinaryBuilder),
}

/// Rows of one table, on their way into it.
pub struct Rows {
    table: &'static Table,
    builders: Vec<Builder>,
    count: usize,
}

impl Rows {
    /// No rows yet.
    pub fn new(table: &'static Table) -> Self {
        let builder = |kind| match kind {
            Kind::Text => Builder::Text(StringBuilder::new()),
            Kind::Texts => {
                Builder::Texts(ListBuilder::new(StringBuilder::new()).with_field(Field::new("element", DataType::Utf8, true)))
            }
            Kind::Int => Builder::Int(Int64Builder::new()),
            Kind::Float => Builder::Float(Float64Builder::new()),
            Kind::Bool => Builder::Bool(BooleanBuilder::new()),
            Kind::Date => Builder::Date(Date32Builder::new()),
            Kind::Bytes => Builder::Bytes(BinaryBuilder::new()),
        };
        let builders = table.columns_of(SCHEMA_VERSION).map(|column| builder(column.kind)).collect();
        Self { table, builders, count: 0 }
    }

    /// The same for the table of that name.
    pub fn of(table: &str) -> Result<Self, StoreError> {
        crate::schema::table(table).map(Self::new).ok_or_else(|| crate::store::no_table(table))
    }

    /// Appends a row. The cells are named, and stand in the order of the columns.
    ///
    /// # Panics
    ///
    /// If a name, the order or the kind of a cell is another than the table's.
    pub fn push<const N: usize>(&mut self, cells: [(&str, Cell); N]) {
        assert_eq!(N, self.builders.len(), "a row of {} has {} cells", self.table.name, self.builders.len());
        for (((name, cell), builder), column) in cells.into_iter().zip(&mut self.builders).zip(self.table.columns) {
            assert_eq!(name, column.name, "order of the cells of {}", self.table.name);
            match (builder, cell) {
                (Builder::Text(builder), Cell::Text(value)) => builder.append_option(value),
                (Builder::Texts(builder), Cell::Texts(values)) => builder.append_value(values.into_iter().map(Some)),
                (Builder::Int(builder), Cell::Int(value)) => builder.append_option(value),
                (Builder::Float(builder), Cell::Float(value)) => builder.append_option(value),
                (Builder::Bool(builder), Cell::Bool(value)) => builder.append_option(value),
                (Builder::Date(builder), Cell::Date(value)) => builder.append_option(value.map(day_of)),
                (Builder::Bytes(builder), Cell::Bytes(value)) => builder.append_option(value),
                _ => panic!("{}.{name} is of another kind", self.table.name),
            }
        }
        self.count += 1;
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The rows, in the table's order.
    pub fn finish(mut self) -> Result<RecordBatch, StoreError> {
        let batch = self.batch().and_then(|batch| sorted(self.table, &batch));
        batch.map_err(|error| StoreError::rows(self.table.name, error))
    }

    /// The rows, in the order in which they were pushed.
    pub fn finish_as_pushed(mut self) -> Result<RecordBatch, StoreError> {
        self.batch().map_err(|error| StoreError::rows(self.table.name, error))
    }

    fn batch(&mut self) -> Result<RecordBatch, ArrowError> {
        let arrays = self.builders.iter_mut().map(|builder| -> ArrayRef {
            match builder {
                Builder::Text(builder) => Arc::new(builder.finish()),
                Builder::Texts(builder) => Arc::new(builder.finish()),
                Builder::Int(builder) => Arc::new(builder.finish()),
                Builder::Float(builder) => Arc::new(builder.finish()),
                Builder::Bool(builder) => Arc::new(builder.finish()),
                Builder::Date(builder) => Arc::new(builder.finish()),
                Builder::Bytes(builder) => Arc::new(builder.finish()),
            }
        });
        RecordBatch::try_new(self.table.arrow(SCHEMA_VERSION), arrays.collect())
    }
}

/// The batch, in the table's order.
pub(crate) fn sorted(table: &Table, batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    let columns = table.order.iter().filter_map(|name| batch.column_by_name(name));
    let columns: Vec<_> = columns.map(|values| SortColumn { values: values.clone(), options: None }).collect();
    let order = lexsort_to_indices(&columns, None)?;
    take_record_batch(batch, &order)
}

impl fmt::Debug for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rows").field("table", &self.table.name).field("count", &self.count).finish_non_exhaustive()
    }
}
