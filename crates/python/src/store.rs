//! Stores: asked, taken into, and staged for.

use std::fs::File;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arrow_array::cast::AsArray as _;
use arrow_array::{ArrayRef, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType};
use demarche_flows::{
    Ingest, Progress, Session, Staged, StagedError, StagedLine, Summary, corroborate, functions, known_addresses, note,
};
use demarche_sources::{Fetcher, Manners, Page, Reader, Settings, Source, SystemClock};
use demarche_store::parquet::arrow::ArrowWriter;
use demarche_store::parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use demarche_store::parquet::basic::Compression;
use demarche_store::parquet::file::properties::WriterProperties;
use demarche_store::{Options, SeriesQuery, Step, Store as Inner};
use jiff::Timestamp;
use pyo3::prelude::*;
use pyo3_arrow::input::AnyRecordBatch;

use crate::coder::{Asked, Coder, day};
use crate::errors::{self, Kind, raise};
use crate::table::{Ended, Records, Table, articles, broken, mapping, order_of};

/// Name of the column.
const STAGED: &str = "staged";
/// Lines that are written to a staged file at once.
const LINES: usize = 1024;

/// A store of articles and what was coded of them.
#[pyclass(frozen, module = "demarche._demarche")]
#[derive(Debug)]
pub(crate) struct Store {
    /// Beside the lock: whoever works on the store holds that, and may wait for Python meanwhile.
    #[pyo3(get)]
    location: String,
    open: Mutex<Open>,
}

#[derive(Debug)]
struct Open {
    store: Inner,
    session: Session,
}

type Counts = Vec<(&'static str, u64)>;
/// What a run did: counts, the first failures with place, reason and next step, and what was passed over.
type Done = (Counts, Vec<[String; 3]>, Vec<(String, u64)>);
/// Names, rows and hashes of tables.
type Tables = Vec<(&'static str, u64, String)>;

#[pymethods]
impl Store {
    /// Opens a store: for reading, or for writing, in which case it is made where there is none.
    #[new]
    #[pyo3(signature = (location, write, storage))]
    fn new(py: Python<'_>, location: &str, write: bool, storage: Vec<(String, String)>) -> PyResult<Self> {
        let options = Options { storage, ..Options::default() };
        let opened =
            py.detach(|| if write { Inner::create(location, options) } else { Inner::open_read_only(location, options) });
        let store = opened.map_err(|error| errors::store(&error))?;
        Ok(Self { location: store.location().to_owned(), open: Mutex::new(Open { store, session: Session::default() }) })
    }

    /// Sees what others committed since it was opened.
    fn refresh(&self, py: Python<'_>) -> PyResult<u64> {
        py.detach(|| {
            let mut open = self.lock();
            open.store.refresh().map_err(|error| errors::store(&error))?;
            Ok(open.store.last_commit())
        })
    }

    /// Asks in SQL. With a coder, `code_events(text)` and `resolve_actor(text)` may stand in the question.
    #[pyo3(signature = (sql, coder=None))]
    fn query(&self, py: Python<'_>, sql: &str, coder: Option<&Coder>) -> PyResult<Table> {
        let own = coder.map_or(vec![], |coder| functions::functions(&coder.pipeline));
        py.detach(|| {
            let open = self.lock();
            let answer = open.store.query(sql, &own).map_err(|error| errors::store(&error))?;
            let (schema, mut batches, mut asked) = (answer.schema(), vec![], Asked::new());
            for batch in answer {
                batches.push(batch.map_err(|error| errors::store(&error))?);
                if asked.again().is_break() {
                    asked.answer?;
                    break;
                }
            }
            Table::of_answer(&schema, &batches).map_err(|error| broken(&error))
        })
    }

    /// What one does to another, or to anybody, by time, with what was published in that time.
    #[pyo3(signature = (actor, recipient, by, both_ways, status, joined, begin, end))]
    #[expect(clippy::too_many_arguments, reason = "Python names them")]
    fn series(
        &self,
        py: Python<'_>,
        actor: &str,
        recipient: Option<&str>,
        by: &str,
        both_ways: bool,
        status: Vec<String>,
        joined: bool,
        begin: Option<&str>,
        end: Option<&str>,
    ) -> PyResult<(Table, u64, u64)> {
        let step = [Step::Day, Step::Week, Step::Month, Step::Year].into_iter().find(|step| step.to_string() == by);
        let step =
            step.ok_or_else(|| raise(Kind::Input, &format!("there are no steps of a {by}"), Some("day, week, month or year")))?;
        let (from, to) = (begin.map(day).transpose()?, end.map(day).transpose()?);
        let query = SeriesQuery { both_ways, status, joined, from, to, ..SeriesQuery::new(actor, recipient, step) };
        let series = py.detach(|| self.lock().store.series(&query)).map_err(|error| errors::store(&error))?;
        let points = &series.points;
        let count = |of: &dyn Fn(&demarche_store::Point) -> u64| -> ArrayRef {
            Arc::new(points.iter().map(|point| of(point) as i64).collect::<Int64Array>())
        };
        let days = points.iter().map(|point| demarche_store::day_of(point.begin));
        let columns: [(&str, ArrayRef); 11] = [
            ("begin", Arc::new(Date32Array::from_iter_values(days))),
            ("events", count(&|point| point.events)),
            ("articles", count(&|point| point.articles)),
            ("outlets", count(&|point| point.outlets)),
            ("intensity", Arc::new(points.iter().map(|point| point.intensity).collect::<Float64Array>())),
            ("verbal_cooperation", count(&|point| point.quads[0])),
            ("material_cooperation", count(&|point| point.quads[1])),
            ("verbal_conflict", count(&|point| point.quads[2])),
            ("material_conflict", count(&|point| point.quads[3])),
            ("all_articles", count(&|point| point.all_articles)),
            ("all_outlets", count(&|point| point.all_outlets)),
        ];
        let batch = RecordBatch::try_from_iter(columns).map_err(|error| broken(&error))?;
        Ok((Table::new(batch.schema(), vec![batch]), series.undated, series.coarse))
    }

    /// Takes in what the sources have and the store does not; codes it. Gives counts, and failures with place, reason and next step.
    #[pyo3(signature = (coder, sources, columns, dates, published, links))]
    #[expect(clippy::too_many_arguments, reason = "Python names them")]
    fn ingest(
        &self,
        py: Python<'_>,
        coder: &Coder,
        sources: Vec<String>,
        columns: Vec<(String, String)>,
        dates: Option<&str>,
        published: Option<&str>,
        links: bool,
    ) -> PyResult<Done> {
        let mapping = mapping(&columns)?;
        let published = published.map(day).transpose()?;
        let dates = order_of(dates)?;
        py.detach(|| {
            let mut open = self.lock();
            let Open { store, session } = &mut *open;
            let known = known_addresses(store).map_err(|error| errors::store(&error))?;
            let base = std::env::current_dir().ok();
            let mut reader = Reader::new(Settings { base, mapping, dates, published, links, known, ..Settings::default() });
            let named = sources;
            let sources: Vec<Source> = named.iter().map(|text| Source::parse(text)).collect();
            if sources.iter().any(|source| matches!(source, Source::Address(_))) {
                reader = reader.with_fetcher(Arc::new(Fetcher::new(Manners::default(), Arc::new(SystemClock::new()))));
            }
            let (mut asked, began) = (Asked::new(), Timestamp::now());
            let ingest = Ingest { threads: coder.threads, ..Ingest::default() };
            let done =
                ingest.run(&coder.pipeline, store, &Arc::new(reader), &sources, session, &mut |_: &Progress| asked.again());
            asked.answer?;
            noted(store, began, &named, done.map_err(|error| errors::ingest(&error))?)
        })
    }

    /// Takes in what workers staged, file by file. Gives counts, and failures with place, reason and next step.
    fn absorb(&self, py: Python<'_>, files: Vec<PathBuf>) -> PyResult<Done> {
        py.detach(|| {
            let mut open = self.lock();
            let Open { store, session } = &mut *open;
            // A file that is missing or damaged at its end is told before anything is taken in.
            for path in &files {
                staged_file(path).map_err(|error| errors::staged(&error))?;
            }
            let (mut asked, began) = (Asked::new(), Timestamp::now());
            let lines = files.iter().flat_map(|path| match staged_file(path) {
                Ok(reader) => staged_lines(path, reader),
                Err(error) => Box::new(std::iter::once(Err(error))),
            });
            let done = Ingest::default().absorb(store, session, lines, &mut |_: &Progress| asked.again());
            asked.answer?;
            let named: Vec<String> = files.iter().map(|path| path.to_string_lossy().into_owned()).collect();
            noted(store, began, &named, done.map_err(|error| errors::staged(&error))?)
        })
    }

    /// Joins reports of one event: reports, events of the world, events that several reports tell.
    fn corroborate(&self, py: Python<'_>) -> PyResult<Counts> {
        let done = py.detach(|| corroborate::corroborate(&mut self.lock().store));
        let done = done.map_err(|error| raise(Kind::Store, &errors::causes(&error), None))?;
        Ok(vec![("reports", done.reports as u64), ("events", done.clusters as u64), ("shared", done.shared as u64)])
    }

    /// Tables with rows and hash, and what is wrong.
    fn check(&self, py: Python<'_>) -> PyResult<(Tables, Vec<String>, String)> {
        let report = py.detach(|| self.lock().store.check()).map_err(|error| errors::store(&error))?;
        let tables = report.tables.iter().map(|table| (table.name, table.rows, table.hash.clone())).collect();
        let findings = report.findings.iter().map(|found| format!("{}: {} ({})", found.table, found.what, found.count)).collect();
        Ok((tables, findings, report.hash()))
    }
}

impl Store {
    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Codes a table of articles and writes what a store is to keep of it to a file that [`Store::absorb`] reads. The file is there whole or not at all. Gives counts.
#[pyfunction]
pub(crate) fn stage(
    py: Python<'_>,
    coder: &Coder,
    data: AnyRecordBatch,
    columns: Vec<(String, String)>,
    dates: Option<&str>,
    path: PathBuf,
) -> PyResult<Counts> {
    let dates = order_of(dates)?;
    let (reader, columns) = articles(data, &columns)?;
    py.detach(|| {
        let ended = Ended::default();
        // The same row is the same page wherever and whenever it is coded.
        let page = |record: Vec<u8>| {
            let key = format!("row:{:032x}", xxhash_rust::xxh3::xxh3_128(&record));
            Page::record(key, record, dates)
        };
        let pages = Records::new(reader, columns, &ended).map(page);
        let mut file = StagedFile::create(&path).map_err(|error| unwritten(&path, &error))?;
        let (mut asked, mut written) = (Asked::new(), Ok(()));
        let ingest = Ingest { threads: coder.threads, ..Ingest::default() };
        ingest.stage(&coder.pipeline, pages, |staged| {
            written = file.push(&staged);
            if written.is_err() { ControlFlow::Break(()) } else { asked.again() }
        });
        asked.answer?;
        ended.well()?;
        written.and_then(|()| file.finish(&path)).map_err(|error| unwritten(&path, &error))
    })
}

/// A file of staged pages on its way.
struct StagedFile {
    writer: Option<ArrowWriter<File>>,
    /// Of the keys of its pages, whatever their order: files are put in order by it.
    order: u64,
    begun: PathBuf,
    rows: [Vec<String>; 2],
    articles: u64,
    events: u64,
    failed: u64,
}

impl Drop for StagedFile {
    fn drop(&mut self) {
        // Gone already, if it was finished.
        let _ = std::fs::remove_file(&self.begun);
    }
}

impl StagedFile {
    fn create(path: &Path) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let begun = path.with_extension(format!("{}.part", std::process::id()));
        let properties =
            WriterProperties::builder().set_compression(Compression::ZSTD(demarche_store::parquet::basic::ZstdLevel::default()));
        let writer = ArrowWriter::try_new(File::create(&begun)?, batch([vec![], vec![]])?.schema(), Some(properties.build()))?;
        Ok(Self { writer: Some(writer), order: 0, begun, rows: Default::default(), articles: 0, events: 0, failed: 0 })
    }

    fn push(&mut self, staged: &Staged) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self.order = self.order.wrapping_add(xxhash_rust::xxh3::xxh3_64(staged.key().as_bytes()));
        self.rows[0].push(staged.key().to_owned());
        self.rows[1].push(serde_json::to_string(staged)?);
        self.articles += 1;
        self.events += staged.events();
        self.failed += u64::from(staged.failure().is_some());
        if self.rows[0].len() == LINES { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let rows = batch(std::mem::take(&mut self.rows))?;
        Ok(self.writer.as_mut().map_or(Ok(()), |writer| writer.write(&rows))?)
    }

    fn finish(mut self, path: &Path) -> Result<Counts, Box<dyn std::error::Error + Send + Sync>> {
        self.flush()?;
        let Some(writer) = self.writer.take() else { return Ok(vec![]) };
        let file = writer.into_inner()?;
        file.sync_all()?;
        let bytes = file.metadata()?.len();
        std::fs::rename(&self.begun, path)?;
        Ok(vec![
            ("articles", self.articles),
            ("events", self.events),
            ("failed", self.failed),
            ("bytes", bytes),
            ("order", self.order >> 1),
        ])
    }
}

fn batch([keys, staged]: [Vec<String>; 2]) -> Result<RecordBatch, ArrowError> {
    let columns: [(&str, ArrayRef, bool); 2] =
        [("key", Arc::new(StringArray::from(keys)), false), (STAGED, Arc::new(StringArray::from(staged)), false)];
    RecordBatch::try_from_iter_with_nullable(columns)
}

type Lines = Box<dyn Iterator<Item = Result<StagedLine, StagedError>>>;

/// Opens a file that was staged.
fn staged_file(path: &Path) -> Result<ParquetRecordBatchReader, StagedError> {
    let fault = |message: String| StagedError::Unreadable { place: path.display().to_string(), message };
    let file = File::open(path).map_err(|error| fault(error.to_string()))?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| fault(error.to_string()))?;
    let is_ours = builder.schema().field_with_name(STAGED).is_ok_and(|field| *field.data_type() == DataType::Utf8);
    if !is_ours {
        return Err(fault(format!("it has no column {STAGED} of strings, so it was not staged")));
    }
    builder.with_batch_size(LINES).build().map_err(|error| fault(error.to_string()))
}

/// The lines of a file that was staged.
fn staged_lines(path: &Path, reader: ParquetRecordBatchReader) -> Lines {
    let place = path.display().to_string();
    let mut row = 0;
    Box::new(reader.flat_map(move |batch| {
        let fault = |message: String| StagedError::Unreadable { place: place.clone(), message };
        let batch = match batch {
            Ok(batch) => batch,
            Err(error) => return vec![Err(fault(error.to_string()))],
        };
        let column = batch.column_by_name(STAGED).and_then(|column| column.as_string_opt::<i32>());
        let Some(column) = column else { return vec![Err(fault(format!("it has no column {STAGED}")))] };
        let line = |text: Option<&str>| {
            row += 1;
            let text = text.ok_or_else(|| fault(format!("row {row} is empty")))?;
            Ok(StagedLine { place: format!("{place}, row {row}"), text: text.to_owned() })
        };
        column.iter().map(line).collect()
    }))
}

fn unwritten(path: &Path, error: &dyn std::fmt::Display) -> PyErr {
    raise(
        Kind::Input,
        &format!("{}: cannot be written: {error}", path.display()),
        Some("see that the folder is there and has room"),
    )
}

/// Writes down that a run took pages in, as the command does, and tells what it did.
fn noted(store: &mut Inner, began: Timestamp, sources: &[String], summary: Summary) -> PyResult<Done> {
    let p = &summary.progress;
    if p.commits > 0 {
        note(store, began, Timestamp::now(), sources, p).map_err(|error| errors::store(&error))?;
    }
    let counts = vec![
        ("coded", p.coded),
        ("events", p.events),
        ("duplicate", p.duplicate),
        ("near", p.near),
        ("changed", p.changed),
        ("unread_dates", p.unread_dates),
        ("rejected", p.rejected),
        ("failed", p.failed),
        ("known", p.known),
        ("commits", p.commits),
    ];
    let failures = summary.failures.into_iter().map(|told| [told.place, told.reason, told.next_step]).collect();
    Ok((counts, failures, summary.passed_over.into_iter().chain(summary.endings).collect()))
}
