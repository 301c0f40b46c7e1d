//! A hash of a table's content that depends neither on the order of rows nor on files.

use deltalake::arrow::array::{Array, ArrayRef, AsArray as _, RecordBatch};
use deltalake::arrow::compute::cast;
use deltalake::arrow::datatypes::{Date32Type, Float64Type, Int64Type};
use deltalake::arrow::error::ArrowError;
use xxhash_rust::xxh3::xxh3_128;

use crate::schema::{Kind, Table};

/// Hash and number of rows. Rows are added up, so that any order and any split into parts gives the same; equal rows
/// count as often as they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ContentHash {
    pub(crate) sum: u128,
    pub(crate) rows: u64,
}

impl ContentHash {
    /// Takes in rows. A null adds nothing, so that a column which a later version brought changes no hash.
    pub(crate) fn add(&mut self, table: &Table, batch: &RecordBatch) -> Result<(), ArrowError> {
        let mut rows = vec![0u128; batch.num_rows()];
        let mut bytes = Vec::new();
        for column in table.columns {
            let Some(array) = batch.column_by_name(column.name) else { continue };
            let array = cast(array, &column.kind.arrow())?;
            for (row, sum) in rows.iter_mut().enumerate() {
                if array.is_null(row) {
                    continue;
                }
                bytes.clear();
                bytes.extend_from_slice(column.name.as_bytes());
                bytes.push(0);
                value(&mut bytes, column.kind, &array, row);
                *sum = sum.wrapping_add(xxh3_128(&bytes));
            }
        }
        for row in rows {
            self.sum = self.sum.wrapping_add(xxh3_128(&row.to_le_bytes()));
            self.rows += 1;
        }
        Ok(())
    }

    pub(crate) fn hex(&self) -> String {
        format!("{:032x}", self.sum)
    }
}

fn value(bytes: &mut Vec<u8>, kind: Kind, array: &ArrayRef, row: usize) {
    match kind {
        Kind::Text => bytes.extend_from_slice(array.as_string::<i32>().value(row).as_bytes()),
        Kind::Texts => {
            let list = array.as_list::<i32>().value(row);
            let list = list.as_string::<i32>();
            bytes.extend_from_slice(&(list.len() as u64).to_le_bytes());
            for item in list.iter() {
                let item = item.unwrap_or_default();
                bytes.extend_from_slice(&(item.len() as u64).to_le_bytes());
                bytes.extend_from_slice(item.as_bytes());
            }
        }
        Kind::Int => bytes.extend_from_slice(&array.as_primitive::<Int64Type>().value(row).to_le_bytes()),
        Kind::Float => bytes.extend_from_slice(&array.as_primitive::<Float64Type>().value(row).to_bits().to_le_bytes()),
        Kind::Bool => bytes.push(u8::from(array.as_boolean().value(row))),
        Kind::Bytes => bytes.extend_from_slice(array.as_binary::<i32>().value(row)),
        Kind::Date => bytes.extend_from_slice(&array.as_primitive::<Date32Type>().value(row).to_le_bytes()),
    }
}
