//! Columns, over Arrow's PyCapsule interface.

use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::{ArrayRef, Int64Array, RecordBatch, RecordBatchReader, StructArray};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use demarche::{Worker, batch};
use demarche_flows::coding;
use demarche_records::Record;
use demarche_sources::{Columns, Mapping, OpenDates};
use demarche_store::{Rows, StoreError, rows_of};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::ffi::{ArrayIterator, to_stream_pycapsule};
use pyo3_arrow::input::AnyRecordBatch;

use crate::coder::{Asked, Coder, Failed, Rowed};
use crate::errors::{self, Kind, raise};

/// Articles whose rows make one batch.
const ARTICLES: usize = 64;
/// Tables that coding fills.
const CODED: [&str; 6] = ["events", "event_actors", "quotes", "relations", "facts", "rejects"];

/// Columns that any library with Arrow's PyCapsule interface takes without a copy: pyarrow, polars, pandas, duckdb.
#[pyclass(frozen, module = "demarche._demarche")]
#[derive(Debug)]
pub(crate) struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
    /// Rows of the input that could not be coded, with why and the next step.
    #[pyo3(get)]
    failures: Vec<(u64, String, String)>,
    /// Rows of the input with which something is odd.
    #[pyo3(get)]
    warnings: Vec<(u64, String)>,
}

#[pymethods]
impl Table {
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let arrays = self.batches.clone().into_iter().map(|batch| Ok(Arc::new(StructArray::from(batch)) as ArrayRef));
        let field = Field::new_struct("", self.schema.fields().clone(), false).with_metadata(self.schema.metadata().clone());
        Ok(to_stream_pycapsule(py, Box::new(ArrayIterator::new(arrays, field.into())), requested_schema)?)
    }

    /// Rows.
    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// Names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<&str> {
        self.schema.fields().iter().map(|field| field.name().as_str()).collect()
    }

    /// The types of the columns, as Arrow names them.
    #[getter]
    fn types(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.data_type().to_string()).collect()
    }
}

impl Table {
    pub(crate) fn new(schema: SchemaRef, batches: Vec<RecordBatch>) -> Self {
        Self { schema, batches, failures: vec![], warnings: vec![] }
    }

    /// The rows of another table of the same columns behind these.
    fn join(&mut self, other: Self) {
        self.batches.extend(other.batches);
        self.failures.extend(other.failures);
        self.warnings.extend(other.warnings);
    }

    /// What a question gave. Lists of views of texts, which pandas does not know, become lists of texts.
    pub(crate) fn of_answer(schema: &SchemaRef, batches: &[RecordBatch]) -> Result<Self, ArrowError> {
        let texts = Arc::new(Field::new_list_field(DataType::Utf8, true));
        let plain = |kind: &DataType| match kind {
            DataType::List(of) if *of.data_type() == DataType::Utf8View => DataType::List(Arc::clone(&texts)),
            kind => kind.clone(),
        };
        let fields = schema.fields().iter().map(|field| field.as_ref().clone().with_data_type(plain(field.data_type())));
        let plainer = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        let batch = |batch: &RecordBatch| {
            let columns = batch.columns().iter().zip(plainer.fields()).map(|(column, field)| cast(column, field.data_type()));
            RecordBatch::try_new(Arc::clone(&plainer), columns.collect::<Result<_, _>>()?)
        };
        Ok(Self::new(Arc::clone(&plainer), batches.iter().map(batch).collect::<Result<_, _>>()?))
    }
}

/// A stream of batches, whoever gives them.
pub(crate) type Reader = Box<dyn RecordBatchReader + Send>;

/// Reads a table of articles; `columns` says which column holds what.
pub(crate) fn articles(data: AnyRecordBatch, columns: &[(String, String)]) -> PyResult<(Reader, Columns)> {
    let reader = data.into_reader()?;
    let columns = Columns::of(&reader.schema(), &mapping(columns)?);
    let next = "name the column that holds the text, as in columns={'text': 'body'}";
    Ok((reader, columns.map_err(|reason| raise(Kind::Input, &reason.to_string(), Some(next)))?))
}

/// Which column holds what.
pub(crate) fn mapping(columns: &[(String, String)]) -> PyResult<Mapping> {
    let mapping = Mapping::of(columns.iter().map(|(field, column)| (field.as_str(), column.as_str())));
    mapping.map_err(|error| raise(Kind::Input, &error.to_string(), Some("columns={'text': 'body', 'published': 'day'}")))
}

/// How dates are read of which either part may be the day.
pub(crate) fn order_of(dates: Option<&str>) -> PyResult<OpenDates> {
    match dates {
        None => Ok(OpenDates::Unread),
        Some("dmy") => Ok(OpenDates::DayFirst),
        Some("mdy") => Ok(OpenDates::MonthFirst),
        Some(other) => Err(raise(Kind::Input, &format!("dates={other:?}"), Some("dmy for 3 April, mdy for March 4"))),
    }
}

/// Why a stream of batches ended before its end, if so.
#[derive(Default)]
pub(crate) struct Ended(Mutex<Option<ArrowError>>);

impl Ended {
    /// Nothing, or the exception.
    pub(crate) fn well(self) -> PyResult<()> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), |error| Err(broken(&error)))
    }
}

/// The records of a stream of batches one by one, until one cannot be read.
pub(crate) struct Records<'a> {
    reader: Reader,
    columns: Columns,
    slices: Box<dyn Iterator<Item = RecordBatch> + Send>,
    open: Box<dyn Iterator<Item = Vec<u8>> + Send>,
    ended: &'a Ended,
}

impl<'a> Records<'a> {
    pub(crate) fn new(reader: Reader, columns: Columns, ended: &'a Ended) -> Self {
        Self { reader, columns, slices: Box::new(std::iter::empty()), open: Box::new(std::iter::empty()), ended }
    }
}

impl Iterator for Records<'_> {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        loop {
            if let Some(record) = self.open.next() {
                return Some(record);
            }
            let opened = match self.slices.next() {
                Some(slice) => self.columns.records(&slice).map(|records| self.open = Box::new(records)),
                None => self.reader.next()?.map(|batch| self.slices = Box::new(Columns::slices(&batch))),
            };
            if let Err(error) = opened {
                self.ended.0.lock().unwrap_or_else(PoisonError::into_inner).replace(error);
                return None;
            }
        }
    }
}

/// The error that ended a stream of batches.
pub(crate) fn broken(error: &ArrowError) -> PyErr {
    raise(Kind::Input, &format!("the table cannot be read: {error}"), Some("see that whoever gives it can read it to the end"))
}

/// Codes a table of articles; gives one of the tables that a store would have of them, with the row of the input in front.
#[pyfunction]
pub(crate) fn code_table(
    py: Python<'_>,
    coder: &Coder,
    data: AnyRecordBatch,
    columns: Vec<(String, String)>,
    dates: Option<&str>,
    kind: &str,
) -> PyResult<Table> {
    let Some(name) = CODED.into_iter().find(|known| *known == kind) else {
        return Err(raise(Kind::Input, &format!("there are no {kind}"), Some(&CODED.join(", "))));
    };
    let (reader, columns) = articles(data, &columns)?;
    let dates = order_of(dates)?;
    py.detach(|| {
        let layout = Layout::of(name, coding::run_of(&coder.pipeline).id()).map_err(|error| errors::store(&error))?;
        let (mut asked, mut written) = (Asked::new(), Ok(()));
        let ended = Ended::default();
        let mut records = (0_u64..).zip(Records::new(reader, columns, &ended));
        // Rows are made where articles are coded: records that another thread frees cost more than making them.
        let chunks =
            std::iter::from_fn(|| Some(records.by_ref().take(ARTICLES).collect::<Vec<_>>()).filter(|chunk| !chunk.is_empty()));
        let work = |worker: &mut Worker, chunk: Vec<(u64, Vec<u8>)>| {
            let mut sheet = Sheet::default();
            for (row, record) in chunk {
                sheet.take(&layout, row, coder.rows(name, &record, dates, worker));
            }
            sheet.finish(&layout)
        };
        let mut table = Table::new(Arc::clone(&layout.schema), vec![]);
        batch::ordered(chunks, coder.threads, Worker::default, work, |made| {
            written = made.map(|made| table.join(made));
            if written.is_err() { ControlFlow::Break(()) } else { asked.again() }
        });
        asked.answer?;
        ended.well()?;
        written.map_err(|error| errors::store(&error))?;
        Ok(table)
    })
}

/// What the rows of a table look like.
struct Layout {
    name: &'static str,
    run: String,
    schema: SchemaRef,
}

impl Layout {
    fn of(name: &'static str, run: String) -> Result<Self, StoreError> {
        let own = Rows::of(name)?.finish()?.schema();
        let fields = [Arc::new(Field::new("row", DataType::Int64, false))].into_iter().chain(own.fields().iter().cloned());
        Ok(Self { name, run, schema: Arc::new(Schema::new(fields.collect::<Vec<_>>())) })
    }
}

/// Rows of some articles on their way.
#[derive(Default)]
struct Sheet {
    articles: Vec<(String, Vec<Record>)>,
    /// For each row to come the row of the input.
    rows: Vec<i64>,
    failures: Vec<(u64, String, String)>,
    warnings: Vec<(u64, String)>,
}

impl Sheet {
    fn take(&mut self, layout: &Layout, row: u64, coded: Result<Rowed, Failed>) {
        match coded {
            Ok(Rowed { id, records, warnings }) => {
                self.warnings.extend(warnings.into_iter().map(|warning| (row, warning)));
                let count = records.iter().map(|record| rows_in(layout.name, record)).sum();
                self.rows.extend(std::iter::repeat_n(row as i64, count));
                self.articles.push((id, records));
            }
            Err([_, message, next]) => self.failures.push((row, message, next)),
        }
    }

    fn finish(self, layout: &Layout) -> Result<Table, StoreError> {
        let mut batches = vec![];
        if let Some(batch) = rows_of(layout.name, &layout.run, &self.articles)? {
            let rows = Arc::new(Int64Array::from(self.rows)) as ArrayRef;
            let columns = [rows].into_iter().chain(batch.columns().iter().cloned()).collect();
            let batch = RecordBatch::try_new(Arc::clone(&layout.schema), columns);
            batches.push(batch.map_err(|source| StoreError::Rows { table: layout.name.to_owned(), source })?);
        }
        Ok(Table { failures: self.failures, warnings: self.warnings, ..Table::new(Arc::clone(&layout.schema), batches) })
    }
}

/// Rows that a record of a table makes.
fn rows_in(name: &str, record: &Record) -> usize {
    match record {
        Record::Event(event) if name == "event_actors" => event.actor.len() + event.recipient.len(),
        _ => 1,
    }
}
