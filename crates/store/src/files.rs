//! Data files: rows as Parquet, with what a Delta log says of them.
//!
//! A file is encoded in memory and put with one request, so that it is there whole or not at all.

use std::collections::BTreeMap;

use deltalake::arrow::array::{Array as _, AsArray as _, RecordBatch};
use deltalake::arrow::compute::{cast, max, max_boolean, max_string, min, min_boolean, min_string};
use deltalake::arrow::datatypes::{Date32Type, Float64Type, Int64Type};
use deltalake::arrow::error::ArrowError;
use deltalake::kernel::Add;
use deltalake::parquet::arrow::ArrowWriter;
use deltalake::parquet::basic::{Compression, ZstdLevel};
use deltalake::parquet::errors::ParquetError;
use deltalake::parquet::file::properties::{EnabledStatistics, WriterProperties};
use deltalake::parquet::schema::types::ColumnPath;
use jiff::ToSpan as _;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::StoreError;
use crate::place::Place;
use crate::schema::{Kind, SCHEMA_VERSION, Table};

/// Rows of a row group: small enough that a filter on the sorted columns skips most of a large file.
const ROW_GROUP: usize = 131_072;
/// Longer strings than codes and names say nothing as minimum and maximum.
const LONG: &[&str] = &["text", "record", "blocks", "note", "next_step"];
/// Bytes of a string that is worth telling as minimum or maximum.
const BOUND: usize = 64;

/// Writes the rows of one table to files of about a size.
pub(crate) struct FileWriter<'a> {
    place: &'a Place,
    table: &'static Table,
    size: usize,
    open: Option<Open>,
    done: Vec<Add>,
}

struct Open {
    writer: ArrowWriter<Vec<u8>>,
    rows: usize,
    bounds: BTreeMap<&'static str, Bounds>,
}

#[derive(Default)]
struct Bounds {
    nulls: usize,
    least: Option<Value>,
    most: Option<Value>,
    /// A value that has no place in an order was seen, or one too long to tell.
    unknown: bool,
}

impl<'a> FileWriter<'a> {
    pub(crate) fn new(place: &'a Place, table: &'static Table, size: usize) -> Self {
        Self { place, table, size, open: None, done: Vec::new() }
    }

    /// Appends rows, which come in the table's order.
    pub(crate) async fn write(&mut self, batch: &RecordBatch) -> Result<(), StoreError> {
        let batch = fit(self.table, batch).map_err(|e| StoreError::rows(self.table.name, e))?;
        let parquet = |e: ParquetError| StoreError::storage(self.place.shown(self.table.name), e);
        let mut open = match self.open.take() {
            Some(open) => open,
            None => Open {
                writer: ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties(self.table))).map_err(parquet)?,
                rows: 0,
                bounds: BTreeMap::new(),
            },
        };
        open.writer.write(&batch).map_err(parquet)?;
        open.rows += batch.num_rows();
        open.observe(self.table, &batch);
        let full = open.writer.bytes_written() + open.writer.in_progress_size() >= self.size;
        self.open = Some(open);
        if full { self.close().await } else { Ok(()) }
    }

    /// Ends the last file; gives what makes the files part of the table.
    pub(crate) async fn finish(mut self) -> Result<Vec<Add>, StoreError> {
        self.close().await?;
        Ok(self.done)
    }

    async fn close(&mut self) -> Result<(), StoreError> {
        let Some(open) = self.open.take() else { return Ok(()) };
        let stats = open.stats().to_string();
        let bytes = open.writer.into_inner().map_err(|e| StoreError::storage(self.place.shown(self.table.name), e))?;
        let path = format!("part-{}.zstd.parquet", Uuid::new_v4());
        let size = bytes.len() as i64;
        self.place.write(&format!("{}/{path}", self.table.name), bytes).await?;
        self.done.push(Add {
            path,
            partition_values: Default::default(),
            size,
            modification_time: self.place.clock.map_or(0, |clock| clock()),
            data_change: true,
            stats: Some(stats),
            tags: None,
            deletion_vector: None,
            base_row_id: None,
            default_row_commit_version: None,
            clustering_provider: None,
        });
        Ok(())
    }
}

impl Open {
    fn observe(&mut self, table: &Table, batch: &RecordBatch) {
        for column in table.columns.iter().filter(|column| has_statistics(column.name, column.kind)) {
            let Some(array) = batch.column_by_name(column.name) else { continue };
            let bounds = self.bounds.entry(column.name).or_default();
            bounds.nulls += array.null_count();
            let (least, most) = match column.kind {
                Kind::Text => {
                    let array = array.as_string::<i32>();
                    (min_string(array).map(Value::from), max_string(array).map(Value::from))
                }
                Kind::Int => {
                    let array = array.as_primitive::<Int64Type>();
                    (min(array).map(Value::from), max(array).map(Value::from))
                }
                Kind::Float => {
                    let array = array.as_primitive::<Float64Type>();
                    (min(array).map(Value::from), max(array).map(Value::from))
                }
                Kind::Bool => {
                    let array = array.as_boolean();
                    (min_boolean(array).map(Value::from), max_boolean(array).map(Value::from))
                }
                Kind::Date => {
                    let array = array.as_primitive::<Date32Type>();
                    (min(array).map(day), max(array).map(day))
                }
                Kind::Texts | Kind::Bytes => continue,
            };
            bounds.take(least, most);
        }
    }

    /// Statistics in the form of Delta's log.
    fn stats(&self) -> Value {
        let (mut least, mut most, mut nulls) = (Map::new(), Map::new(), Map::new());
        for (name, bounds) in &self.bounds {
            nulls.insert((*name).to_owned(), bounds.nulls.into());
            if let (false, Some(low), Some(high)) = (bounds.unknown, &bounds.least, &bounds.most) {
                least.insert((*name).to_owned(), low.clone());
                most.insert((*name).to_owned(), high.clone());
            }
        }
        json!({"numRecords": self.rows, "minValues": least, "maxValues": most, "nullCount": nulls})
    }
}

impl Bounds {
    fn take(&mut self, least: Option<Value>, most: Option<Value>) {
        for value in [&least, &most].into_iter().flatten() {
            // JSON has no infinities and no NaN.
            self.unknown |= value.is_null() || value.as_str().is_some_and(|text| text.len() > BOUND);
        }
        if let Some(least) = least
            && self.least.as_ref().is_none_or(|seen| before(&least, seen))
        {
            self.least = Some(least);
        }
        if let Some(most) = most
            && self.most.as_ref().is_none_or(|seen| before(seen, &most))
        {
            self.most = Some(most);
        }
    }
}

fn before(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::String(one), Value::String(other)) => one < other,
        (Value::Bool(one), Value::Bool(other)) => one < other,
        (Value::Number(one), Value::Number(other)) => match (one.as_i64(), other.as_i64()) {
            (Some(one), Some(other)) => one < other,
            _ => one.as_f64() < other.as_f64(),
        },
        _ => false,
    }
}

/// A day as Delta writes it; one beyond what can be written has no place in the order.
fn day(days: i32) -> Value {
    let day = jiff::civil::date(1970, 1, 1).checked_add(i64::from(days).days());
    day.map_or(Value::Null, |day| Value::from(day.to_string()))
}

/// Whether minimum and maximum of a column are told.
pub(crate) fn has_statistics(name: &str, kind: Kind) -> bool {
    kind != Kind::Texts && !LONG.contains(&name)
}

/// The columns of the table, in its types: queries hand out strings in other forms.
pub(crate) fn fit(table: &Table, batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    let schema = table.arrow(SCHEMA_VERSION);
    if batch.schema() == schema {
        return Ok(batch.clone());
    }
    let columns = schema.fields().iter().map(|field| match batch.column_by_name(field.name()) {
        Some(column) => cast(column, field.data_type()),
        None => Ok(deltalake::arrow::array::new_null_array(field.data_type(), batch.num_rows())),
    });
    RecordBatch::try_new(std::sync::Arc::clone(&schema), columns.collect::<Result<_, _>>()?)
}

fn properties(table: &Table) -> WriterProperties {
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_max_row_group_row_count(Some(ROW_GROUP))
        .set_statistics_truncate_length(Some(BOUND));
    for column in table.columns.iter().filter(|column| LONG.contains(&column.name)) {
        let path = ColumnPath::from(column.name);
        properties = properties
            .set_column_statistics_enabled(path.clone(), EnabledStatistics::None)
            .set_column_dictionary_enabled(path, false);
    }
    properties.build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_span_batches_and_drop_what_has_no_order() {
        let mut bounds = Bounds::default();
        bounds.take(Some("b".into()), Some("d".into()));
        bounds.take(Some("a".into()), Some("c".into()));
        bounds.take(None, None);
        assert_eq!((bounds.least.clone(), bounds.most.clone(), bounds.unknown), (Some("a".into()), Some("d".into()), false));
        bounds.take(Some("a".into()), Some("z".repeat(65).into()));
        assert!(bounds.unknown);
        let mut numbers = Bounds::default();
        numbers.take(Some(1.5.into()), Some(2.into()));
        numbers.take(Some((-7).into()), Some(f64::NAN.into()));
        assert_eq!((numbers.least, numbers.unknown), (Some((-7).into()), true));
        assert_eq!(day(19_723), Value::from("2024-01-01"));
    }
}
