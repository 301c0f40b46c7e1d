//! The flat rows as Parquet, typed: days as days, lists as lists.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::builder::{Date32Builder, Float64Builder, Int64Builder, ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use demarche_records::Event;
use jiff::civil::{Date, date};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

use super::flat::{Cell, cells};
use super::{Outcome, Sink, column_names};
use crate::labels::Codebook;
use crate::output::OutFile;
use crate::tables::{columns::FLAT, rows};
use crate::{ExportError, Facts, FileEntry, program};

/// Rows that are turned into columns at a time.
const BATCH: usize = 4096;
/// Rows of a row group; what is held in memory is one group, encoded.
const GROUP: usize = 65_536;

/// Writes `events.parquet`.
pub(crate) struct FlatParquet {
    writer: ArrowWriter<OutFile>,
    schema: Arc<Schema>,
    path: PathBuf,
    codebook: Codebook,
    columns: Vec<Column>,
    pending: usize,
    written: u64,
}

impl FlatParquet {
    /// Begins it.
    pub(crate) fn create(folder: &Path, codebook: Codebook) -> Result<Self, ExportError> {
        let path = folder.join("events.parquet");
        let file = OutFile::create(folder, "events.parquet")?;
        let schema = Arc::new(schema());
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(GROUP))
            .set_created_by(program())
            .build();
        let writer =
            ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties)).map_err(|e| ExportError::parquet(&path, e))?;
        let columns = schema.fields().iter().map(|field| Column::of(field.data_type())).collect();
        Ok(Self { writer, schema, path, codebook, columns, pending: 0, written: 0 })
    }

    fn flush(&mut self) -> Result<(), ExportError> {
        if self.pending == 0 {
            return Ok(());
        }
        self.pending = 0;
        let arrays = self.columns.iter_mut().map(Column::finish).collect();
        let fail = |e: ParquetError| ExportError::parquet(&self.path, e);
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays).map_err(|e| fail(ParquetError::from(e)))?;
        self.writer.write(&batch).map_err(fail)
    }
}

impl Sink for FlatParquet {
    fn event(&mut self, event: &Event, _: &Facts) -> Result<Outcome, ExportError> {
        for (column, cell) in self.columns.iter_mut().zip(cells(event, self.codebook)?) {
            column.push(cell);
        }
        self.pending += 1;
        self.written += 1;
        if self.pending == BATCH {
            self.flush()?;
        }
        Ok(Outcome::Written { by_publication: false })
    }

    fn finish(mut self: Box<Self>, _: &str) -> Result<Vec<FileEntry>, ExportError> {
        self.flush()?;
        let mut file = self.writer.into_inner().map_err(|e| ExportError::parquet(&self.path, e))?;
        file.set_rows(self.written);
        Ok(vec![file.keep("events.parquet", column_names(FLAT))?])
    }
}

/// The types of the columns.
pub(crate) fn schema() -> Schema {
    let field = |name: &str, kind: &str, need: &str| {
        let kind = match kind {
            "int" => DataType::Int64,
            "float" => DataType::Float64,
            "date" => DataType::Date32,
            "list" => DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true))),
            _ => DataType::Utf8,
        };
        // A list is never missing, it is empty.
        let nullable = need != "always" && !matches!(kind, DataType::List(_));
        Field::new(name, kind, nullable)
    };
    Schema::new(rows(FLAT).map(|row| field(row.at(1), row.at(2), row.at(3))).collect::<Vec<_>>())
}

/// A column that is being filled.
enum Column {
    Text(StringBuilder),
    List(ListBuilder<StringBuilder>),
    Int(Int64Builder),
    Float(Float64Builder),
    Date(Date32Builder),
}

impl Column {
    fn of(kind: &DataType) -> Self {
        match kind {
            DataType::Int64 => Self::Int(Int64Builder::new()),
            DataType::Float64 => Self::Float(Float64Builder::new()),
            DataType::Date32 => Self::Date(Date32Builder::new()),
            DataType::List(_) => Self::List(ListBuilder::new(StringBuilder::new())),
            _ => Self::Text(StringBuilder::new()),
        }
    }

    /// Takes a cell. One of another kind than the column counts as missing; a column that must be filled then fails to become a batch.
    fn push(&mut self, cell: Cell) {
        match (self, cell) {
            (Self::Text(column), Cell::Text(text)) => column.append_option(text),
            (Self::List(column), Cell::List(values)) => column.append_value(values),
            (Self::Int(column), Cell::Int(value)) => column.append_option(value),
            (Self::Float(column), Cell::Float(value)) => column.append_option(value),
            (Self::Date(column), Cell::Date(day)) => column.append_option(day.map(since_1970)),
            (Self::Text(column), _) => column.append_null(),
            (Self::List(column), _) => column.append_null(),
            (Self::Int(column), _) => column.append_null(),
            (Self::Float(column), _) => column.append_null(),
            (Self::Date(column), _) => column.append_null(),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(column) => Arc::new(column.finish()),
            Self::List(column) => Arc::new(column.finish()),
            Self::Int(column) => Arc::new(column.finish()),
            Self::Float(column) => Arc::new(column.finish()),
            Self::Date(column) => Arc::new(column.finish()),
        }
    }
}

/// Days since 1970, as Arrow counts them.
fn since_1970(day: Date) -> i32 {
    (day - date(1970, 1, 1)).get_days()
}
