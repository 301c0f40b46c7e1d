//! Exports that run beside: begun, looked after, fetched.

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use demarche_export::{Document, Format, Options};
use demarche_flows::stored::{self, Choice};
use demarche_index::filter::EVENT_FIELDS;
use demarche_index::{Filter, Sort};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::fault::Fault;
use crate::params::{Params, words};
use crate::state::{App, View};

/// What is to be exported.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ExportAsked)]
pub(crate) struct Asked {
    /// One of the formats of `/api/exports/formats`.
    pub format: String,
    /// Filters, as in the query string of `/events`.
    #[serde(default)]
    pub filters: String,
}

/// An export.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Job {
    /// Its identifier.
    pub id: String,
    /// `working`, `done` or `failed`.
    pub state: &'static str,
    /// Its format.
    pub format: String,
    /// What was asked for, in words.
    pub words: String,
    /// Events written.
    pub rows: u64,
    /// Size of the file.
    pub bytes: u64,
    /// What went wrong.
    pub message: Option<String>,
    /// Where the file is fetched.
    pub file: Option<String>,
}

/// A format.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct FormatRow {
    pub format: &'static str,
    pub title: &'static str,
}

/// An export, with its file once it is done.
type Held = (Job, Option<Arc<tempfile::NamedTempFile>>);

/// The exports of this process. Their files go with it.
#[derive(Default)]
pub(crate) struct Jobs {
    all: Mutex<BTreeMap<u64, Held>>,
}

/// Exports at work at a time, and files that are kept.
const AT_WORK: usize = 2;
const KEPT: usize = 20;

/// All formats.
pub(crate) fn formats() -> Vec<FormatRow> {
    let title = |format| match format {
        Format::Polecat => "POLECAT",
        Format::Gdelt => "GDELT 2",
        Format::Icews => "ICEWS",
        Format::AcledLike => "ACLED-like",
        Format::Csv => "CSV",
        Format::Jsonl => "JSON Lines",
        Format::Parquet => "Parquet",
        Format::Gexf => "GEXF",
        Format::Graphml => "GraphML",
        Format::Geojson => "GeoJSON",
        Format::Brat => "brat",
    };
    Format::ALL.into_iter().map(|format| FormatRow { format: format.name(), title: title(format) }).collect()
}

impl Jobs {
    /// Begins an export.
    pub(crate) fn begin(&self, app: &Arc<App>, asked: &Asked) -> Result<Job, Fault> {
        let format = Format::parse(&asked.format).ok_or_else(|| {
            let names: Vec<&str> = Format::ALL.into_iter().map(Format::name).collect();
            Fault::body(format!("format {:?}: there are {}", asked.format, names.join(", ")))
        })?;
        let params = Params::read(Some(&asked.filters));
        let filter = params.filter(EVENT_FIELDS, &["columns", "rejects"]).map_err(|fault| Fault::body(fault.message))?;
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        if all.values().filter(|(job, _)| job.state == "working").count() >= AT_WORK {
            return Err(Fault::too_many("two exports are at work; wait until one has ended"));
        }
        while all.len() >= KEPT {
            let oldest = all.iter().find(|(_, (job, _))| job.state != "working").map(|(number, _)| *number);
            let Some(oldest) = oldest else { break };
            all.remove(&oldest);
        }
        let number = all.keys().next_back().copied().unwrap_or(0) + 1;
        let job = Job {
            id: number.to_string(),
            state: "working",
            format: format.name().to_owned(),
            words: words(&filter, &app.labels),
            rows: 0,
            bytes: 0,
            message: None,
            file: None,
        };
        all.insert(number, (job.clone(), None));
        let app = Arc::clone(app);
        std::thread::spawn(move || {
            let view = app.view();
            // Whatever befalls one export, it ends: others wait for its place.
            let made = catch_unwind(AssertUnwindSafe(|| make(&app, &view, format, &filter)));
            let made = made.unwrap_or_else(|_| Err(Fault::internal("the program failed on this; please report it")));
            let mut all = app.jobs.all.lock().unwrap_or_else(PoisonError::into_inner);
            let Some((job, file)) = all.get_mut(&number) else { return };
            match made {
                Ok((rows, made)) => {
                    job.state = "done";
                    job.rows = rows;
                    job.bytes = made.as_file().metadata().map_or(0, |data| data.len());
                    job.file = Some(format!("/api/exports/{number}/file"));
                    *file = Some(Arc::new(made));
                }
                Err(fault) => {
                    job.state = "failed";
                    job.message = Some(fault.message);
                }
            }
        });
        Ok(job)
    }

    /// An export, with its file once it is done.
    pub(crate) fn get(&self, id: &str) -> Result<Held, Fault> {
        let all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        id.parse().ok().and_then(|number: u64| all.get(&number).cloned()).ok_or_else(|| Fault::missing("export", id))
    }
}

/// Writes an export and packs its files together.
fn make(app: &App, view: &View, format: Format, filter: &Filter) -> Result<(u64, tempfile::NamedTempFile), Fault> {
    let failed = |error: &dyn std::fmt::Display| Fault::internal(error.to_string());
    let folder = tempfile::tempdir().map_err(|error| failed(&error))?;
    let rows = write(app, view, format, filter, folder.path())?;
    let file = tempfile::NamedTempFile::new().map_err(|error| failed(&error))?;
    zipped(folder.path(), file).map(|file| (rows, file))
}

/// Packs the files of a folder together.
pub(crate) fn zipped<W: std::io::Write + std::io::Seek>(folder: &Path, to: W) -> Result<W, Fault> {
    let failed = |error: &dyn std::fmt::Display| Fault::internal(error.to_string());
    let mut zip = ZipWriter::new(to);
    let mut names: Vec<_> = walk(folder).map_err(|error| failed(&error))?;
    names.sort();
    for name in names {
        let inside = name.strip_prefix(folder).unwrap_or(&name).to_string_lossy().into_owned();
        zip.start_file(inside, SimpleFileOptions::default().large_file(true)).map_err(|error| failed(&error))?;
        let mut file = fs::File::open(&name).map_err(|error| failed(&error))?;
        std::io::copy(&mut file, &mut zip).map_err(|error| failed(&error))?;
    }
    let mut written = zip.finish().map_err(|error| failed(&error))?;
    written.flush().map_err(|error| failed(&error))?;
    Ok(written)
}

fn walk(folder: &Path) -> std::io::Result<Vec<std::path::PathBuf>> {
    let mut found = vec![];
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { found.extend(walk(&path)?) } else { found.push(path) }
    }
    Ok(found)
}

/// Writes the chosen events into a folder; gives how many there are.
pub(crate) fn write(app: &App, view: &View, format: Format, filter: &Filter, folder: &Path) -> Result<u64, Fault> {
    let failed = |error: &dyn std::fmt::Display| Fault::internal(error.to_string());
    let rows = view.index.select(Sort::Event, filter)?.rows;
    let wanted = |id: &str| view.index.row_of(Sort::Event, id).is_some_and(|row| rows.has(row));
    let mut options = Options::new(format);
    // The filter has chosen the statuses already.
    options.statuses = demarche::types::Status::ALL.to_vec();
    options.asked = Some(words(filter, &app.labels));
    let choice = Choice { lengths: format == Format::Gdelt, ..Choice::default() };
    let manifest = if format == Format::Brat {
        let documents = stored::documents(&view.store, &choice)?;
        let documents = documents.filter_map(|told| match told {
            Ok((article, text, mut events)) => {
                events.retain(|event| wanted(&event.id));
                (!events.is_empty()).then_some(Ok(Document { article, text, events }))
            }
            Err(error) => Some(Err(error)),
        });
        demarche_export::export_brat(documents, options, folder)
    } else {
        let events = stored::events(&view.store, &choice)?;
        let events = events.filter_map(|told| match told {
            Ok(told) => wanted(&told.event.id).then_some(Ok(told.event)),
            Err(error) => Some(Err(error)),
        });
        demarche_export::export(events, options, folder)
    };
    manifest.map_err(|error| failed(&error))?;
    Ok(rows.count() as u64)
}
