//! Articles in, records out.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use demarche::ingest::{OpenDates, Source, read_json_record};
use demarche::knowledge::overlay::{OverlayFile, is_table};
use demarche::knowledge::{Catalog, KnowledgeError, Overlay, Tables};
use demarche::record::serde_name;
use demarche::types::{EventType, SentenceId, Severity, Status};
use demarche::{Article, Explanation, Pipeline, Recorder, Worker, batch, given};
use demarche_flows::coding;
use demarche_records::Record;
use jiff::civil::Date;
use pyo3::prelude::*;

use crate::errors::{self, Kind, raise};

/// Kinds of records, in the order of [`Coded::records`].
pub(crate) const KINDS: [&str; 5] = ["events", "quotes", "relations", "facts", "rejects"];
/// How often Python is asked whether the user pressed Ctrl-C.
const ASKED: Duration = Duration::from_millis(50);
/// Faults of the user's tables that are told at once.
const TOLD: usize = 10;

/// Why an article has no records: the name of an exception, what is wrong, and the next step.
pub(crate) type Failed = [String; 3];

/// An article with its records as lines of JSON; or why there are none.
#[pyclass(frozen, module = "demarche._demarche")]
#[derive(Debug, Default)]
pub(crate) struct Coded {
    /// The article's fields as JSON, without its text.
    #[pyo3(get)]
    article: String,
    /// The text that all spans point into.
    #[pyo3(get)]
    text: String,
    records: [Vec<String>; 5],
    #[pyo3(get)]
    warnings: Vec<String>,
    /// The exception that tells what went wrong, the words, and the next step.
    #[pyo3(get)]
    failure: Option<Failed>,
}

#[pymethods]
impl Coded {
    /// Records of a kind: `events`, `quotes`, `relations`, `facts` or `rejects`.
    fn records(&self, kind: &str) -> PyResult<&[String]> {
        let place = KINDS.iter().position(|known| *known == kind);
        let place = place.ok_or_else(|| raise(Kind::Input, &format!("there are no {kind}"), Some(&KINDS.join(", "))))?;
        Ok(&self.records[place])
    }
}

/// Codes. It holds the models (some 150 MB) and may be used by several threads.
#[pyclass(frozen, module = "demarche._demarche")]
pub(crate) struct Coder {
    pub(crate) pipeline: Arc<Pipeline>,
    #[pyo3(get)]
    pub(crate) threads: usize,
    lexicon: Option<PathBuf>,
    knowledge: Vec<PathBuf>,
}

#[pymethods]
impl Coder {
    #[new]
    #[pyo3(signature = (lexicon, knowledge, threads, every_sentence))]
    fn new(
        py: Python<'_>,
        lexicon: Option<PathBuf>,
        knowledge: Vec<PathBuf>,
        threads: Option<usize>,
        every_sentence: bool,
    ) -> PyResult<Self> {
        let threads = threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).max(1);
        let pipeline = py.detach(|| pipeline(lexicon.as_deref(), &knowledge, every_sentence))?;
        Ok(Self { pipeline: Arc::new(pipeline), threads, lexicon, knowledge })
    }

    /// What codes: version of the program and hashes of what it codes with.
    #[getter]
    fn stamp(&self) -> Vec<(&'static str, String)> {
        let run = coding::run_of(&self.pipeline);
        let id = run.id();
        vec![
            ("run", id),
            ("version", run.version),
            ("model", run.model),
            ("ontology", run.ontology),
            ("lexicon", run.lexicon),
            ("knowledge", run.knowledge),
        ]
    }

    /// Codes articles that are given as records of JSON. `origin` names them in messages, each with its number, of which the first is `first`.
    #[pyo3(signature = (records, published, origin, first))]
    fn code(
        &self,
        py: Python<'_>,
        records: Vec<String>,
        published: Option<&str>,
        origin: &str,
        first: u64,
    ) -> PyResult<Vec<Coded>> {
        let published = published.map(day).transpose()?;
        let mut out = Vec::with_capacity(records.len());
        let inputs = (first..).zip(records);
        let work = |worker: &mut Worker, (line, record): (u64, String)| {
            let article = read(&Source::new(origin, record.as_bytes()), Some(line), published);
            article.map_or_else(failed, |article| self.one(&article, worker))
        };
        py.detach(|| {
            let mut asked = Asked::new();
            batch::ordered(inputs, self.threads, Worker::default, work, |coded| {
                out.push(coded);
                asked.again()
            });
            asked.answer
        })?;
        Ok(out)
    }

    /// How a sentence of an article was read, or how an event of it came about, in words. Without either, every sentence.
    #[pyo3(signature = (record, published, event, sentence))]
    fn explain(
        &self,
        py: Python<'_>,
        record: &str,
        published: Option<&str>,
        event: Option<&str>,
        sentence: Option<u32>,
    ) -> PyResult<Vec<(String, String)>> {
        let published = published.map(day).transpose()?;
        let told = py.detach(|| {
            let article = read(&Source::new("text", record.as_bytes()), None, published)?;
            let explain = |reading: demarche::Reading<'_>| {
                let of_event = |event| Explanation::of_event(&self.pipeline, &reading, event).to_string();
                let of_sentence = |n: u32| Explanation::of_sentence(&self.pipeline, &reading, SentenceId(n)).to_string();
                let all = reading.document.sentences.len() as u32;
                match (event, sentence) {
                    (Some(prefix), _) => {
                        let events = reading.coded.events.iter().filter(|event| event.id.0.starts_with(prefix));
                        events.map(|event| (event.id.0.to_string(), of_event(event))).collect()
                    }
                    (None, Some(n)) => {
                        n.checked_sub(1).filter(|n| *n < all).map(|n| (String::new(), of_sentence(n))).into_iter().collect()
                    }
                    (None, None) => (0..all).map(|n| (String::new(), of_sentence(n))).collect::<Vec<_>>(),
                }
            };
            self.pipeline.try_read(&article, &mut Worker::default(), explain).map_err(|failure| errors::of_failure(&failure))
        });
        told.map_err(|failed| errors::failed(&failed))
    }
}

impl Coder {
    /// The same coder without the gate, for what is given as text to be read.
    pub(crate) fn ungated(&self) -> PyResult<Pipeline> {
        pipeline(self.lexicon.as_deref(), &self.knowledge, true)
    }

    fn one(&self, article: &Article, worker: &mut Worker) -> Coded {
        let coded = self.pipeline.try_read(article, worker, |reading| {
            let recorder = Recorder::new(&reading.document, self.pipeline.stamp());
            let coded = &reading.coded;
            let records = [
                lines(coded.events.iter().map(|event| recorder.event(event))),
                lines(coded.quotes.iter().map(|quote| recorder.quote(quote))),
                lines(coded.relations.iter().map(|relation| recorder.relation(relation))),
                lines(coded.facts.iter().map(|fact| recorder.fact(fact))),
                lines(coded.rejects.iter().map(|reject| recorder.reject(reject))),
            ];
            Coded {
                article: lines([recorder.article()].into_iter()).concat(),
                text: article.text.clone(),
                records,
                warnings: warnings(article),
                failure: None,
            }
        });
        coded.unwrap_or_else(|failure| failed(errors::of_failure(&failure)))
    }

    /// The records of an article that a table is made of, with its identifier.
    pub(crate) fn rows(&self, table: &str, record: &[u8], dates: OpenDates, worker: &mut Worker) -> Result<Rowed, Failed> {
        // Where it stands is no part of it: the same row gives the same records in whatever part of a table it comes.
        let article = read(&Source { dates, ..Source::new("table", record) }, None, None)?;
        let records = self.pipeline.try_read(&article, worker, |reading| {
            coding::records_of(table, &Recorder::new(&reading.document, self.pipeline.stamp()), &reading)
        });
        let records = records.map_err(|failure| errors::of_failure(&failure))?;
        Ok(Rowed { id: article.id.0.to_string(), records, warnings: warnings(&article) })
    }
}

fn warnings(article: &Article) -> Vec<String> {
    let warnings = article.diagnostics.iter().filter(|told| told.severity == Severity::Warning);
    warnings.map(|told| told.message.clone()).collect()
}

/// The types of events, in the codebook's order.
#[pyfunction]
pub(crate) fn event_types() -> Vec<&'static str> {
    EventType::ALL.iter().map(|kind| kind.as_str()).collect()
}

/// What may have become of events.
#[pyfunction]
pub(crate) fn statuses() -> Vec<String> {
    Status::ALL.iter().filter_map(serde_name).collect()
}

/// What is made of a row.
pub(crate) struct Rowed {
    /// The article's identifier.
    pub(crate) id: String,
    pub(crate) records: Vec<Record>,
    /// What is odd about it.
    pub(crate) warnings: Vec<String>,
}

/// Whether the user pressed Ctrl-C, asked now and then while Python's lock is not held.
pub(crate) struct Asked {
    last: Instant,
    pub(crate) answer: PyResult<()>,
}

impl Asked {
    pub(crate) fn new() -> Self {
        Self { last: Instant::now(), answer: Ok(()) }
    }

    pub(crate) fn again(&mut self) -> ControlFlow<()> {
        if self.answer.is_ok() && self.last.elapsed() > ASKED {
            self.last = Instant::now();
            self.answer = Python::attach(|py| py.check_signals());
        }
        if self.answer.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }
}

/// Records hold strings and finite numbers only, so writing one cannot fail; should it ever, the line says so.
fn lines<T: serde::Serialize>(records: impl Iterator<Item = T>) -> Vec<String> {
    let line = |record: T| {
        serde_json::to_string(&record).unwrap_or_else(|error| serde_json::json!({ "error": error.to_string() }).to_string())
    };
    records.map(line).collect()
}

fn failed(failure: Failed) -> Coded {
    Coded { failure: Some(failure), ..Coded::default() }
}

/// A day as Python writes it.
pub(crate) fn day(text: &str) -> PyResult<Date> {
    let next = "write it as 2026-01-31, or give a datetime.date";
    text.parse().map_err(|_| raise(Kind::Input, &format!("{text} is no day"), Some(next)))
}

/// Reads an article as the command reads a line of JSON.
fn read(source: &Source<'_>, line: Option<u64>, published: Option<Date>) -> Result<Article, Failed> {
    let article = read_json_record(source, line).map_err(|error| errors::of_reading(&error))?;
    Ok(given(article, published))
}

fn pipeline(lexicon: Option<&Path>, knowledge: &[PathBuf], every_sentence: bool) -> PyResult<Pipeline> {
    // Faults of the user's tables are told before the models are loaded.
    let overlays = overlays(knowledge)?;
    let pipeline = Pipeline::embedded().map_err(|error| errors::pipeline(&error))?;
    let pipeline = pipeline.with_knowledge(&overlays).map_err(unusable)?;
    let pipeline = if every_sentence { pipeline.every_sentence() } else { pipeline };
    let Some(path) = lexicon else { return Ok(pipeline) };
    let text = std::fs::read_to_string(path).map_err(|error| unread(path, &error))?;
    let name = path.file_stem().map_or_else(|| "own".into(), |stem| stem.to_string_lossy());
    let next = "the columns are pattern, frame, type, mode, cameo, root, contexts, example";
    pipeline
        .with_rows(&name, &text)
        .map_err(|error| raise(Kind::Table, &format!("{}: {}", path.display(), errors::causes(&error)), Some(next)))
}

fn unread(path: &Path, error: &std::io::Error) -> PyErr {
    raise(Kind::Input, &format!("{}: {error}", path.display()), Some("check the path; tables are UTF-8"))
}

fn unusable(error: KnowledgeError) -> PyErr {
    raise(Kind::Table, &errors::causes(&error), Some("`demarche kb lint PATH` checks tables of actors and places"))
}

/// The user's tables of actors and places, the lowest first.
fn overlays(paths: &[PathBuf]) -> PyResult<Vec<Overlay>> {
    if paths.is_empty() {
        return Ok(vec![]);
    }
    let mut below = Catalog::of(&Tables::embedded()).map_err(unusable)?;
    let mut overlays = vec![];
    for path in paths {
        let mut contents = vec![];
        for file in tables(path)? {
            let bytes = std::fs::read(&file).map_err(|error| unread(&file, &error))?;
            contents.push((file.to_string_lossy().into_owned(), bytes));
        }
        let files: Vec<OverlayFile<'_>> = contents.iter().map(|(path, bytes)| OverlayFile { path, bytes }).collect();
        let overlay = Overlay::read(&files, &below).map_err(|faults| {
            let told: Vec<String> = faults.iter().take(TOLD).map(ToString::to_string).collect();
            let more = faults.len().checked_sub(TOLD + 1).map_or(String::new(), |more| format!("\nand {} more", more + 1));
            let next = format!("put them right; `demarche kb lint {}` lists all faults", path.display());
            raise(Kind::Table, &format!("{}: the tables cannot be used:\n{}{more}", path.display(), told.join("\n")), Some(&next))
        })?;
        below = below.with(std::slice::from_ref(&overlay));
        overlays.push(overlay);
    }
    Ok(overlays)
}

/// The tables of a folder in the order of their names, or the file itself.
fn tables(path: &Path) -> PyResult<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = vec![];
    for entry in std::fs::read_dir(path).map_err(|error| unread(path, &error))? {
        let file = entry.map_err(|error| unread(path, &error))?.path();
        if file.file_name().is_some_and(|name| is_table(&name.to_string_lossy())) && file.is_file() {
            files.push(file);
        }
    }
    files.sort();
    if files.is_empty() {
        let next = "tables are called actors.csv, agents.csv, places.csv, media.csv, aliases.csv or removals.csv";
        return Err(raise(Kind::Table, &format!("{}: no tables in this folder", path.display()), Some(next)));
    }
    Ok(files)
}
