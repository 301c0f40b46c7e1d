//! Tables against their lists of columns.

use std::io::{BufRead, Read};
use std::sync::LazyLock;

use bytes::Bytes;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::rows::{self, Row};
use super::values::Rule;
use super::{Faults, each_line};
use crate::tables::{columns, rows as table_rows};

/// What a table must be.
pub(super) struct Table {
    columns: Vec<Column>,
    header: bool,
    /// What stands for a missing value.
    missing: &'static str,
    /// Checks of one column by another.
    whole: fn(&Row<'_>, &mut Faults),
}

struct Column {
    name: &'static str,
    kind: Kind,
    needed: bool,
    rule: Rule,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Int,
    Float,
    Date,
    Day,
    Month,
    Year,
    Moment,
}

macro_rules! table {
    ($name:ident, $list:ident, $header:expr, $missing:expr, $whole:path) => {
        pub(super) static $name: LazyLock<Table> =
            LazyLock::new(|| Table { columns: read(columns::$list), header: $header, missing: $missing, whole: $whole });
    };
}

table!(POLECAT, POLECAT, true, "None", rows::polecat);
table!(GDELT_EVENTS, GDELT_EVENTS, false, "", rows::gdelt_events);
table!(GDELT_MENTIONS, GDELT_MENTIONS, false, "", rows::gdelt_mentions);
table!(ICEWS, ICEWS, true, "", rows::icews);
table!(ACLED_LIKE, ACLED_LIKE, true, "", rows::acled_like);
table!(FLAT, FLAT, true, "", rows::flat);

fn read(list: &'static str) -> Vec<Column> {
    table_rows(list)
        .map(|row| Column {
            name: row.at(1),
            kind: match row.at(2) {
                "int" => Kind::Int,
                "float" => Kind::Float,
                "date" => Kind::Date,
                "day" => Kind::Day,
                "month" => Kind::Month,
                "year" => Kind::Year,
                "moment" => Kind::Moment,
                _ => Kind::Text,
            },
            needed: row.at(3) == "always",
            rule: Rule::read(row.at(4)),
        })
        .collect()
}

impl Table {
    fn check_header(&self, cells: &[&str], faults: &mut Faults) {
        if cells.len() != self.columns.len() {
            faults.line(1, format!("the header has {} columns, not {}", cells.len(), self.columns.len()));
        }
        for (position, (cell, column)) in cells.iter().zip(&self.columns).enumerate() {
            if *cell != column.name {
                faults.cell(1, column.name, cell, format!("column {} is called otherwise", position + 1));
            }
        }
    }

    fn check_row(&self, line: u64, cells: &[&str], faults: &mut Faults) {
        if cells.len() != self.columns.len() {
            return faults.line(line, format!("has {} columns, not {}", cells.len(), self.columns.len()));
        }
        for (cell, column) in cells.iter().zip(&self.columns) {
            if *cell == self.missing {
                if column.needed {
                    faults.cell(line, column.name, cell, "must not be missing");
                }
            } else if cell.is_empty() {
                faults.cell(line, column.name, cell, format!("a missing value is written {}", self.missing));
            } else if let Err(message) = column.check(cell) {
                faults.cell(line, column.name, cell, message);
            }
        }
        let names = self.columns.iter().map(|column| column.name).collect::<Vec<_>>();
        (self.whole)(&Row { line, names: &names, cells, missing: self.missing }, faults);
    }
}

impl Column {
    fn check(&self, cell: &str) -> Result<(), String> {
        let digits = |count: usize| cell.len() == count && cell.bytes().all(|b| b.is_ascii_digit());
        let day = |text: &str| jiff::civil::Date::strptime("%Y%m%d", text).is_ok();
        let sound = match self.kind {
            Kind::Text => !cell.contains(['\t', '\n', '\r']) && cell.trim() == cell,
            Kind::Int => cell.parse::<i64>().is_ok(),
            Kind::Float => cell.parse::<f64>().is_ok_and(f64::is_finite),
            Kind::Date => cell.len() == 10 && cell.parse::<jiff::civil::Date>().is_ok(),
            Kind::Day => digits(8) && day(cell),
            Kind::Month => digits(6) && day(&format!("{cell}01")),
            Kind::Year => digits(4),
            Kind::Moment => digits(14) && jiff::civil::DateTime::strptime("%Y%m%d%H%M%S", cell).is_ok(),
        };
        if !sound {
            let kind = match self.kind {
                Kind::Text => "text in one line, without spaces around it",
                Kind::Int => "a whole number",
                Kind::Float => "a number",
                Kind::Date => "a day as YYYY-MM-DD",
                Kind::Day => "a day as YYYYMMDD",
                Kind::Month => "a month as YYYYMM",
                Kind::Year => "a year",
                Kind::Moment => "a moment as YYYYMMDDHHMMSS",
            };
            return Err(format!("is not {kind}"));
        }
        self.rule.check(cell)
    }
}

/// A tab-separated file, where nothing is quoted.
pub(super) fn tabbed(table: &Table, reader: impl BufRead, faults: &mut Faults) {
    let mut any = false;
    each_line(reader, faults, |line, text, faults| {
        any = true;
        if text.contains('"') {
            faults.line(line, "has a quotation mark, which loaders take for a quoted cell");
        }
        let cells: Vec<&str> = text.split('\t').collect();
        if line == 1 && table.header {
            table.check_header(&cells, faults);
        } else {
            table.check_row(line, &cells, faults);
        }
    });
    if table.header && !any {
        faults.line(1, "the header is missing");
    }
}

/// A comma-separated file.
pub(super) fn commas(table: &Table, reader: impl Read, faults: &mut Faults) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(reader);
    let mut record = csv::StringRecord::new();
    for number in 1.. {
        match reader.read_record(&mut record) {
            Ok(false) if number == 1 => return faults.line(1, "the header is missing"),
            Ok(false) => return,
            Err(error) => return faults.line(number, format!("cannot be read: {error}")),
            Ok(true) => {}
        }
        let cells: Vec<&str> = record.iter().collect();
        if number == 1 {
            table.check_header(&cells, faults);
        } else {
            table.check_row(number, &cells, faults);
        }
    }
}

/// A Parquet file: its schema, and whether all of it can be read.
pub(super) fn parquet(bytes: Bytes, faults: &mut Faults) {
    let builder = match ParquetRecordBatchReaderBuilder::try_new(bytes) {
        Ok(builder) => builder,
        Err(error) => return faults.line(0, format!("is no Parquet: {error}")),
    };
    let (found, wanted) = (builder.schema().clone(), crate::formats::flat_schema());
    if found.fields().len() != wanted.fields().len() {
        faults.line(0, format!("has {} columns, not {}", found.fields().len(), wanted.fields().len()));
    }
    for (found, wanted) in found.fields().iter().zip(wanted.fields()) {
        if found.name() != wanted.name() || found.data_type() != wanted.data_type() || found.is_nullable() != wanted.is_nullable()
        {
            faults.cell(0, wanted.name(), &found.to_string(), format!("is not {wanted}"));
        }
    }
    let rows = builder.metadata().file_metadata().num_rows();
    let mut read = 0;
    match builder.build() {
        Err(error) => faults.line(0, format!("cannot be read: {error}")),
        Ok(reader) => {
            for batch in reader {
                match batch {
                    Ok(batch) => read += batch.num_rows() as i64,
                    Err(error) => return faults.line(read as u64, format!("cannot be read: {error}")),
                }
            }
            if read != rows {
                faults.line(0, format!("tells of {rows} rows and has {read}"));
            }
        }
    }
}
