//! Parquet, batch by batch.

use std::fs::File;
use std::path::Path;

use bytes::Bytes;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::errors::ParquetError;
use parquet::file::reader::ChunkReader;

use crate::columns::Columns;
use crate::failure::Reason;
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
    let columns = match Columns::of(builder.schema(), &out.settings.mapping) {
        Ok(columns) => columns,
        Err(reason) => return out.give_up(name, reason),
    };
    let mask = ProjectionMask::roots(builder.parquet_schema(), columns.places());
    let columns = columns.alone();
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
        let records = match columns.records(&batch) {
            Ok(records) => records,
            Err(error) => {
                let reason = Reason::Corrupt { what: "Parquet file", detail: error.to_string(), at: None };
                return out.give_up(&name.line(line + 1), reason);
            }
        };
        for bytes in records {
            line += 1;
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
