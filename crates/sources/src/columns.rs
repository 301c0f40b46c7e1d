//! Rows of Arrow as records.

use std::sync::Arc;

use arrow_array::{Array, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Schema};
use serde_json::{Map, Value};

use crate::failure::Reason;
use crate::mapping::{Mapping, Named};

/// Rows whose texts are copied at a time.
const SLICE: usize = 256;

/// Which columns of a table are read, and under which names of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns(Vec<(usize, String)>);

impl Columns {
    /// Finds them by a mapping, and by the names that JSON records have. A table without a text is an error.
    pub fn of(schema: &Schema, mapping: &Mapping) -> Result<Self, Reason> {
        let names: Vec<String> = schema.fields().iter().map(|field| field.name().clone()).collect();
        // Lists and structures have no place in a record.
        let is_plain = |kind: &DataType| !kind.is_nested() && !matches!(kind, DataType::Null | DataType::FixedSizeBinary(_));
        let plan = mapping.plan(&names)?;
        let plan = plan.into_iter().filter(|(at, _)| is_plain(schema.field(*at).data_type()));
        Ok(Self(plan.map(|(at, named): (usize, Named<'_>)| (at, named.name().to_owned())).collect()))
    }

    /// Their places, in the order of the table.
    pub(crate) fn places(&self) -> Vec<usize> {
        let mut places: Vec<usize> = self.0.iter().map(|(at, _)| *at).collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The same of batches that hold these columns alone, in the order of the table.
    pub(crate) fn alone(&self) -> Self {
        let places = self.places();
        Self(self.0.iter().map(|(at, name)| (places.partition_point(|place| place < at), name.clone())).collect())
    }

    /// The rows of a batch, some at a time, so that little of it is copied.
    pub fn slices(batch: &RecordBatch) -> impl Iterator<Item = RecordBatch> + use<> {
        let batch = batch.clone();
        (0..batch.num_rows()).step_by(SLICE).map(move |from| batch.slice(from, SLICE.min(batch.num_rows() - from)))
    }

    /// The rows of a batch as records that [`demarche_ingest::read_json_record`] reads: numbers as written, times as in ISO 8601; what is
    /// null or empty is left out.
    pub fn records(&self, batch: &RecordBatch) -> Result<impl Iterator<Item = Vec<u8>> + use<>, ArrowError> {
        let text = |column: &Arc<dyn Array>| {
            let cast = arrow_cast::cast(column, &DataType::Utf8)?;
            Ok::<_, ArrowError>(StringArray::from(cast.to_data()))
        };
        let columns = self.0.iter().map(|(at, name)| Ok((name.clone(), text(batch.column(*at))?)));
        let columns = columns.collect::<Result<Vec<(String, StringArray)>, ArrowError>>()?;
        Ok((0..batch.num_rows()).map(move |row| {
            let mut record = Map::new();
            for (name, texts) in &columns {
                if texts.is_valid(row) && !texts.value(row).is_empty() {
                    record.entry(name.clone()).or_insert_with(|| texts.value(row).into());
                }
            }
            Value::Object(record).to_string().into_bytes()
        }))
    }
}
