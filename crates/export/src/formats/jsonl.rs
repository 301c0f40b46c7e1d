//! JSON Lines: the records, as they are.

use std::path::Path;

use demarche_records::Event;

use super::{Outcome, Sink};
use crate::output::OutFile;
use crate::{ExportError, Facts, FileEntry};

/// Writes the file.
pub(crate) struct Jsonl {
    file: OutFile,
}

impl Jsonl {
    /// Begins it.
    pub(crate) fn create(folder: &Path) -> Result<Self, ExportError> {
        Ok(Self { file: OutFile::create(folder, "events.jsonl")? })
    }
}

impl Sink for Jsonl {
    fn event(&mut self, event: &Event, _: &Facts) -> Result<Outcome, ExportError> {
        let line = serde_json::to_string(event)
            .map_err(|error| ExportError::Record { id: event.id.clone(), fault: format!("cannot be told as JSON ({error})") })?;
        self.file.put(&line)?;
        self.file.put("\n")?;
        self.file.count();
        Ok(Outcome::Written { by_publication: false })
    }

    fn finish(self: Box<Self>, _: &str) -> Result<Vec<FileEntry>, ExportError> {
        Ok(vec![self.file.keep("events.jsonl", Vec::new())?])
    }
}
