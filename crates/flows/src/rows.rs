//! Columns and rows of answers; records.

use demarche_records::Event;

pub(crate) use demarche_store::{Strings as Rows, Text};

/// A row whose column `record` is none.
#[derive(Debug, thiserror::Error)]
#[error("an event of article {article} is no record: {source}; `demarche store check` tells more")]
pub struct RecordError {
    article: String,
    source: serde_json::Error,
}

impl RecordError {
    /// The article.
    pub(crate) fn article(&self) -> &str {
        &self.article
    }

    /// What is wrong.
    pub(crate) fn why(&self) -> String {
        self.source.to_string()
    }
}

/// The event of a row.
pub(crate) fn event_of(article: &str, record: &str) -> Result<Event, RecordError> {
    serde_json::from_str(record).map_err(|source| RecordError { article: article.to_owned(), source })
}
