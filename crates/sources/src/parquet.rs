//! Parquet, batch by batch.

use std::fs::File;
use std::path::Path;

use arrow_array::{Array, RecordBatch, StringArray};
use arrow_schema::DataType;
use bytes::Bytes;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::errors::ParquetError;
use parquet::file::reader::ChunkReader;
use serde_json::{Map, Value};

use crate::failure::Reason;
use crate::mapping::Named;
use crate::page::{Media, Page};
use crate::read::{Flow, Name, Out};
use crate::stream::Stream;

/// Rows that are in memory at a time.
const BATCH: usize = 64;

/// Reads a table. A file that is not on disk itself must fit into memory.
pub(crate) fn read(name: &Name, mut stream: Stream, path: Option<&Path>, out: &mut Out<'_>) -> Flow {
    let limit = out.settings.limits.whole;
    match path.map(File::open) {
        Some(Ok(file)) => rows(name, file, out),
        Some(Err(error)) => out.give_up(name, Reason::Io { what: "opened", error }),
        None => match stream.whole(limit) {
            Ok(Some(bytes)) => rows(name, Bytes::from(bytes), out),
            Ok(None) => out.give_up(name, Reason::TooLarge { what: "archive", found: None, limit }),
            Err(error) => {
                let reason = stream.reason("Parquet file", error);
                out.give_up(name, reason)
            }
        },
    }
}

fn rows<T: ChunkReader + 'static>(name: &Name, source: T, out: &mut Out<'_>) -> Flow {
    let size = source.len();
    let builder = match ParquetRecordBatchReaderBuilder::try_new(source) {
        Ok(builder) => builder.with_batch_size(BATCH),
        Err(error) => return out.give_up(name, reason(&error, size)),
    };
    let schema = builder.schema().clone();
    // Lists and structures have no place in a record.
    let is_plain = |kind: &DataType| !kind.is_nested() && !matches!(kind, DataType::Null | DataType::FixedSizeBinary(_));
    let columns: Vec<String> = schema.fields().iter().map(|field| field.name().clone()).collect();
    let plan = match out.settings.mapping.plan(&columns) {
        Ok(plan) => plan,
        Err(reason) => return out.give_up(name, reason),
    };
    let plan: Vec<(usize, Named<'_>)> = plan.into_iter().filter(|(at, _)| is_plain(schema.field(*at).data_type())).collect();
    let roots = plan.iter().map(|(at, _)| *at);
    let mask = ProjectionMask::roots(builder.parquet_schema(), roots);
    // The batches have the columns in the order of the file, whatever the order of the plan.
    let mut order: Vec<usize> = plan.iter().map(|(at, _)| *at).collect();
    order.sort_unstable();
    order.dedup();
    let reader: ParquetRecordBatchReader = match builder.with_projection(mask).build() {
        Ok(reader) => reader,
        Err(error) => return out.give_up(name, reason(&error, size)),
    };
    let mut line = 0;
    for batch in reader {
        let batch = match batch {
            Ok(batch) => batch,
            Err(error) => {
                let reason = Reason::Corrupt { what: "Parquet file", detail: error.to_string(), at: None };
                return out.give_up(&name.line(line + 1), reason);
            }
        };
        let texts = match texts(&batch) {
            Ok(texts) => texts,
            Err(error) => {
                let reason = Reason::Corrupt { what: "Parquet file", detail: error.to_string(), at: None };
                return out.give_up(&name.line(line + 1), reason);
            }
        };
        for row in 0..batch.num_rows() {
            line += 1;
            let mut record = Map::new();
            for (at, column) in &plan {
                let Some(text) = order.binary_search(at).ok().and_then(|at| texts.get(at)) else { continue };
                if text.is_valid(row) && !text.value(row).is_empty() {
                    record.entry(column.name().to_owned()).or_insert_with(|| text.value(row).into());
                }
            }
            let bytes = Value::Object(record).to_string().into_bytes();
            let named = name.line(line);
            if bytes.len() as u64 > out.settings.limits.record {
                let (found, limit) = (Some(bytes.len() as u64), out.settings.limits.record);
                out.skip(&named, Reason::TooLarge { what: "row", found, limit })?;
                continue;
            }
            out.page(Page::new(&named, bytes, Media::Record(Some(line))))?;
        }
    }
    if line == 0 {
        out.pass("table without rows");
    }
    Flow::Continue(())
}

/// The columns as texts: numbers as written, times as in ISO 8601.
fn texts(batch: &RecordBatch) -> Result<Vec<StringArray>, arrow_schema::ArrowError> {
    let cast = |column: &std::sync::Arc<dyn Array>| {
        let text = arrow_cast::cast(column, &DataType::Utf8)?;
        Ok(StringArray::from(text.to_data()))
    };
    batch.columns().iter().map(cast).collect()
}

fn reason(error: &ParquetError, size: u64) -> Reason {
    match error {
        ParquetError::EOF(_) | ParquetError::NeedMoreData(_) | ParquetError::NeedMoreDataRange(_) => {
            Reason::Truncated { what: "Parquet file", at: size }
        }
        // Its footer stands at the end: a file that broke off ends in something else.
        error if error.to_string().contains("Corrupt footer") || error.to_string().contains("Invalid Parquet file") => {
            Reason::Truncated { what: "Parquet file", at: size }
        }
        error => Reason::Corrupt { what: "Parquet file", detail: error.to_string(), at: None },
    }
}
