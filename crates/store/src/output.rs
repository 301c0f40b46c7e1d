//! Answers as a table for the terminal, CSV, JSON Lines or Parquet.

use std::io::Write;

use deltalake::arrow::array::{Array, ArrayRef, AsArray as _, RecordBatch, StringArray};
use deltalake::arrow::csv::WriterBuilder as CsvBuilder;
use deltalake::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use deltalake::arrow::error::ArrowError;
use deltalake::arrow::json::writer::{LineDelimited, WriterBuilder as JsonBuilder};
use deltalake::arrow::util::display::{ArrayFormatter, FormatOptions};
use deltalake::parquet::arrow::ArrowWriter;
use deltalake::parquet::basic::{Compression, ZstdLevel};
use deltalake::parquet::file::properties::WriterProperties;
use std::sync::Arc;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::{Answer, StoreError};

/// Between the items of a list, in a table and in CSV.
const LIST: &str = ";";
/// Characters of a cell of a table, at most: a column of whole records is not for the eye.
const WIDEST: usize = 200;
/// Rows from which the widths of a table's columns are taken.
const LOOK: usize = 1000;

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Columns for the eye, no wider than that many characters; 0 for any width.
    Table {
        /// Characters of a line.
        width: usize,
    },
    /// Comma-separated, with a header.
    Csv,
    /// A JSON object a line.
    Jsonl,
    /// Apache Parquet.
    Parquet,
}

/// What was written of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// Rows.
    pub rows: u64,
    /// Cells of a table were cut; the other forms have all.
    pub cut: bool,
}

/// Writes the answer.
pub fn write_answer(answer: Answer, format: Format, out: &mut (dyn Write + Send)) -> Result<Answered, StoreError> {
    let rows = match format {
        Format::Table { width } => return table(answer, width, out),
        Format::Csv => csv(answer, out),
        Format::Jsonl => jsonl(answer, out),
        Format::Parquet => parquet(answer, out),
    };
    Ok(Answered { rows: rows?, cut: false })
}

fn csv(answer: Answer, out: &mut (dyn Write + Send)) -> Result<u64, StoreError> {
    let mut count = 0;
    let schema = flat_schema(&answer.schema());
    let mut writer = CsvBuilder::new().with_header(true).build(out);
    // The header also stands over an answer without rows.
    writer.write(&RecordBatch::new_empty(Arc::clone(&schema))).map_err(output)?;
    for batch in answer {
        let batch = flat(&batch?, &schema).map_err(output)?;
        count += batch.num_rows() as u64;
        writer.write(&batch).map_err(output)?;
    }
    Ok(count)
}

fn jsonl(answer: Answer, out: &mut (dyn Write + Send)) -> Result<u64, StoreError> {
    let mut count = 0;
    let mut writer = JsonBuilder::new().with_explicit_nulls(true).build::<_, LineDelimited>(out);
    for batch in answer {
        let batch = batch?;
        count += batch.num_rows() as u64;
        writer.write(&batch).map_err(output)?;
    }
    writer.finish().map_err(output)?;
    Ok(count)
}

fn parquet(answer: Answer, out: &mut (dyn Write + Send)) -> Result<u64, StoreError> {
    let fault = |e: deltalake::parquet::errors::ParquetError| StoreError::Output { source: std::io::Error::other(e) };
    let mut count = 0;
    let properties = WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).build();
    let mut writer = ArrowWriter::try_new(out, answer.schema(), Some(properties)).map_err(fault)?;
    for batch in answer {
        let batch = batch?;
        count += batch.num_rows() as u64;
        writer.write(&batch).map_err(fault)?;
    }
    writer.close().map_err(fault)?;
    Ok(count)
}

/// Widths come of the first rows; later rows that are wider are cut.
fn table(answer: Answer, width: usize, out: &mut (dyn Write + Send)) -> Result<Answered, StoreError> {
    let schema = flat_schema(&answer.schema());
    let mut seen: Vec<RecordBatch> = Vec::new();
    let mut batches = answer.map(|batch| flat(&batch?, &schema).map_err(output));
    while seen.iter().map(RecordBatch::num_rows).sum::<usize>() < LOOK {
        match batches.next() {
            Some(batch) => seen.push(batch?),
            None => break,
        }
    }
    let right: Vec<bool> = schema.fields().iter().map(|field| field.data_type().is_numeric()).collect();
    let mut widths: Vec<usize> = schema.fields().iter().map(|field| field.name().width().max(1)).collect();
    for batch in &seen {
        for row in lines(batch).map_err(output)?.into_iter() {
            for (width, cell) in widths.iter_mut().zip(&row) {
                *width = (*width).max(cell.width().min(WIDEST));
            }
        }
    }
    narrow(&mut widths, width);
    let heads: Vec<String> = schema.fields().iter().map(|field| field.name().clone()).collect();
    line(out, &heads, &widths, &vec![false; heads.len()])?;
    let rules: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    line(out, &rules, &widths, &vec![false; heads.len()])?;
    let mut done = Answered::default();
    for batch in seen.into_iter().map(Ok).chain(batches) {
        let batch = batch?;
        done.rows += batch.num_rows() as u64;
        for row in lines(&batch).map_err(output)? {
            done.cut |= row.iter().zip(&widths).any(|(cell, width)| cell.width() > *width);
            line(out, &row, &widths, &right)?;
        }
    }
    Ok(done)
}

/// Takes from the widest columns until all fit.
fn narrow(widths: &mut [usize], limit: usize) {
    let gaps = 2 * widths.len().saturating_sub(1);
    while limit > 0 && widths.iter().sum::<usize>() + gaps > limit {
        match widths.iter_mut().max() {
            Some(widest) if *widest > 8 => *widest -= 1,
            _ => break,
        }
    }
}

fn line(out: &mut (dyn Write + Send), cells: &[String], widths: &[usize], right: &[bool]) -> Result<(), StoreError> {
    let mut text = String::new();
    for ((cell, width), right) in cells.iter().zip(widths).zip(right) {
        let cell = cut(cell, *width);
        let pad = " ".repeat(width.saturating_sub(cell.width()));
        if !text.is_empty() {
            text.push_str("  ");
        }
        if *right {
            text.push_str(&pad);
            text.push_str(&cell);
        } else {
            text.push_str(&cell);
            text.push_str(&pad);
        }
    }
    writeln!(out, "{}", text.trim_end()).map_err(|source| StoreError::Output { source })
}

fn cut(cell: &str, width: usize) -> String {
    if cell.width() <= width {
        return cell.to_owned();
    }
    let mut text = String::new();
    let mut used = 1;
    for c in cell.chars() {
        used += c.width().unwrap_or(0);
        if used > width {
            break;
        }
        text.push(c);
    }
    text.push('…');
    text
}

fn lines(batch: &RecordBatch) -> Result<Vec<Vec<String>>, ArrowError> {
    let options = FormatOptions::default();
    let columns = batch.columns().iter().map(|column| ArrayFormatter::try_new(column, &options));
    let columns = columns.collect::<Result<Vec<_>, _>>()?;
    let cell = |column: &ArrayFormatter<'_>, row| column.value(row).to_string().replace(['\n', '\r', '\t'], " ");
    Ok((0..batch.num_rows()).map(|row| columns.iter().map(|column| cell(column, row)).collect()).collect())
}

/// CSV and tables have no lists: their items are joined.
fn flat_schema(schema: &SchemaRef) -> SchemaRef {
    let field = |field: &Arc<Field>| {
        if field.data_type().is_nested() { Arc::new(Field::new(field.name(), DataType::Utf8, true)) } else { Arc::clone(field) }
    };
    Arc::new(Schema::new(schema.fields().iter().map(field).collect::<Vec<_>>()))
}

fn flat(batch: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch, ArrowError> {
    let columns =
        batch.columns().iter().map(|column| if column.data_type().is_nested() { joined(column) } else { Ok(Arc::clone(column)) });
    RecordBatch::try_new(Arc::clone(schema), columns.collect::<Result<_, _>>()?)
}

fn joined(column: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    let options = FormatOptions::default();
    let text = |row: usize| -> Result<Option<String>, ArrowError> {
        if column.is_null(row) {
            return Ok(None);
        }
        let Some(list) = column.as_list_opt::<i32>() else {
            return Ok(Some(ArrayFormatter::try_new(column, &options)?.value(row).to_string()));
        };
        let items = list.value(row);
        let items_text = ArrayFormatter::try_new(&items, &options)?;
        Ok(Some((0..items.len()).map(|item| items_text.value(item).to_string()).collect::<Vec<_>>().join(LIST)))
    };
    let texts = (0..column.len()).map(text).collect::<Result<Vec<_>, _>>()?;
    Ok(Arc::new(StringArray::from(texts)))
}

fn output(error: ArrowError) -> StoreError {
    let source = match error {
        ArrowError::IoError(_, source) => source,
        other => std::io::Error::other(other),
    };
    StoreError::Output { source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_give_way_from_the_widest() {
        let mut widths = [4, 60, 30];
        narrow(&mut widths, 50);
        assert_eq!(widths.iter().sum::<usize>() + 4, 50);
        assert_eq!(widths[0], 4);
        assert_eq!(cut("Straße nach Süden", 8), "Straße …");
        assert_eq!(cut("北京市政府", 5), "北京…");
    }
}
