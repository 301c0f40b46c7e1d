//! Event records in the formats that others read.
//!
//! [`export`] names every stage: an event is chosen by status and filter, counted, and written by the [`Format`]'s writer; at the end
//! the files get their names and the [`Manifest`] is written. Writers stream: what is held in memory is told at each of them.
//! A file appears whole or not at all, and the same events give the same bytes.
//!
//! [`validate`] checks a written file column by column against the lists in `data/export/`.

mod brat;
mod days;
mod error;
mod formats;
mod input;
mod labels;
mod manifest;
mod options;
mod output;
mod parties;
mod tables;
mod text;
pub mod validate;

use std::path::{Path, PathBuf};

use demarche_records::Event;

pub use brat::{Document, export_brat};
pub use error::ExportError;
pub use input::{InputError, events};
pub use labels::Codebook;
pub use manifest::{CoderEntry, Counts, FileEntry, Manifest, Query};
pub use options::{Facts, FactsOf, Filter, Format, LICENCE, Options, Reports};
pub use validate::{Fault, FileKind, validate, validate_brat};

use formats::{Outcome, Sink};
use manifest::Tally;
use output::OutFile;

/// Exports events into a folder, which is made where it is missing. On failure there is no manifest, and no file that is not whole.
pub fn export<E>(
    events: impl IntoIterator<Item = Result<Event, E>>,
    options: Options<'_>,
    folder: &Path,
) -> Result<Manifest, ExportError>
where
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let mut exporter = Exporter::create(options, folder)?;
    for event in events {
        let event =
            event.map_err(|error| ExportError::Read { number: exporter.account.counts.read + 1, source: error.into() })?;
        exporter.event(&event)?;
    }
    exporter.finish()
}

/// An export that is being written, event by event.
pub struct Exporter<'a> {
    account: Account<'a>,
    sink: Box<dyn Sink>,
}

impl<'a> Exporter<'a> {
    /// Begins an export.
    pub fn create(options: Options<'a>, folder: &Path) -> Result<Self, ExportError> {
        let account = Account::open(options, folder)?;
        let sink = formats::open(&account.options, folder)?;
        Ok(Self { account, sink })
    }

    /// Takes an event.
    pub fn event(&mut self, event: &Event) -> Result<(), ExportError> {
        if let Some(facts) = self.account.admit(event) {
            let outcome = self.sink.event(event, &facts)?;
            self.account.enter(event, outcome);
        }
        Ok(())
    }

    /// Gives the files their names and writes the manifest.
    pub fn finish(self) -> Result<Manifest, ExportError> {
        self.account.withdraw_manifest()?;
        let files = self.sink.finish(&self.account.stamp())?;
        self.account.close(files)
    }
}

/// What is common to all formats: the choice of events, the counts, the manifest.
pub(crate) struct Account<'a> {
    pub(crate) options: Options<'a>,
    folder: PathBuf,
    counts: Counts,
    tally: Tally,
}

impl<'a> Account<'a> {
    /// Makes the folder.
    pub(crate) fn open(options: Options<'a>, folder: &Path) -> Result<Self, ExportError> {
        std::fs::create_dir_all(folder).map_err(ExportError::write(folder))?;
        Ok(Self { options, folder: folder.to_owned(), counts: Counts::default(), tally: Tally::default() })
    }

    /// Counts an event, and gives what else is known of it where it is to be written.
    pub(crate) fn admit(&mut self, event: &Event) -> Option<Facts> {
        self.counts.read += 1;
        if !self.options.statuses.contains(&event.status) {
            self.leave_out(&format!("status {}", event.status.name()));
            return None;
        }
        if let Some(filter) = &mut self.options.filter
            && !(filter.keep)(event)
        {
            let reason = format!("filter {}", filter.name);
            self.leave_out(&reason);
            return None;
        }
        Some(self.options.facts.as_mut().map(|facts| facts(event)).unwrap_or_default())
    }

    /// Counts what became of an event.
    pub(crate) fn enter(&mut self, event: &Event, outcome: Outcome) {
        match outcome {
            Outcome::Written { by_publication } => {
                self.counts.written += 1;
                self.counts.dated_by_publication += u64::from(by_publication);
                self.counts.longer_than_a_day +=
                    u64::from(event.date.is_some() && event.enddate.is_some_and(|end| Some(end) != event.date));
                self.tally.add(event);
            }
            Outcome::LeftOut(reason) => self.leave_out(reason),
        }
    }

    fn leave_out(&mut self, reason: &str) {
        match self.counts.left_out.get_mut(reason) {
            Some(count) => *count += 1,
            None => {
                self.counts.left_out.insert(reason.to_owned(), 1);
            }
        }
    }

    /// The moment in file names: the one that was given, or the newest day of publication.
    pub(crate) fn stamp(&self) -> String {
        match (self.options.time, self.tally.published()) {
            (Some(time), _) => days::moment(time),
            (None, Some([_, last])) => days::midnight(last),
            (None, None) => "0".repeat(14),
        }
    }

    /// Takes away the manifest of an earlier export: from here on its files are replaced.
    pub(crate) fn withdraw_manifest(&self) -> Result<(), ExportError> {
        let path = self.folder.join(manifest_name(self.options.format));
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(ExportError::write(&path)(error)),
            _ => Ok(()),
        }
    }

    /// Writes the manifest, the last file of an export.
    pub(crate) fn close(self, files: Vec<FileEntry>) -> Result<Manifest, ExportError> {
        let Self { options, folder, counts, tally } = self;
        let published = tally.published();
        let coders = tally.coders();
        let program = program();
        let codebook = if options.format.has_codebook() { options.codebook.name() } else { own_codebook(options.format) };
        let manifest = Manifest {
            format: options.format,
            citation: manifest::citation(&program, options.format, &counts, &coders, published),
            program,
            codebook: codebook.to_owned(),
            files,
            query: Query {
                asked: options.asked,
                status: options.statuses.iter().map(|status| status.name().to_owned()).collect(),
                filter: options.filter.map(|filter| filter.name),
            },
            events: counts,
            coders,
            published,
            licence: options.licence.unwrap_or_else(|| LICENCE.to_owned()),
        };
        let name = manifest_name(options.format);
        let mut file = OutFile::create(&folder, &name)?;
        let text = serde_json::to_string_pretty(&manifest).map_err(|e| ExportError::write(file.path())(e.into()))?;
        file.put(&text)?;
        file.put("\n")?;
        file.keep(&name, Vec::new())?;
        Ok(manifest)
    }
}

fn manifest_name(format: Format) -> String {
    format!("{}.manifest.json", format.name())
}

/// Name and version of this program.
pub(crate) fn program() -> String {
    format!("Demarche {}", env!("CARGO_PKG_VERSION"))
}

/// The codebook of a format that has its own.
fn own_codebook(format: Format) -> &'static str {
    match format {
        Format::Gdelt | Format::Icews => Codebook::Cameo.name(),
        Format::AcledLike => "ACLED",
        Format::Jsonl => "as recorded",
        _ => Codebook::Plover2.name(),
    }
}
