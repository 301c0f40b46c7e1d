//! What can go wrong in an export.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why an export failed. Nothing of it is left in the folder then.
#[derive(Debug, Error)]
pub enum ExportError {
    /// A file or folder could not be written.
    #[error("cannot write {path}: {}", cause(.source))]
    Write {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The events could not be read.
    #[error("cannot read event {number}: {source}")]
    Read {
        /// Its place in the input, from 1.
        number: u64,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A record that is no whole one.
    #[error("event {id}: {fault}; code its article again, or leave it out")]
    Record {
        /// Its identifier.
        id: String,
        /// What is wrong with it.
        fault: String,
    },
    /// The format annotates texts.
    #[error(
        "brat annotates the texts of articles, and only events were given: export from a store, or give the articles with their text"
    )]
    NeedsText,
    /// Parquet refuses.
    #[error("cannot write {path}: {source}")]
    Parquet {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: parquet::errors::ParquetError,
    },
}

impl ExportError {
    /// A failure to write.
    pub(crate) fn write(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Write { path, source }
    }

    /// A failure of Parquet; the disk's failures are told as such.
    pub(crate) fn parquet(path: &Path, error: parquet::errors::ParquetError) -> Self {
        match error {
            parquet::errors::ParquetError::External(inner) => match inner.downcast::<io::Error>() {
                Ok(source) => Self::Write { path: path.to_owned(), source: *source },
                Err(inner) => Self::Parquet { path: path.to_owned(), source: parquet::errors::ParquetError::External(inner) },
            },
            source => Self::Parquet { path: path.to_owned(), source },
        }
    }
}

/// The cause in words, with the next step.
fn cause(error: &io::Error) -> String {
    let step = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "the disk is full; free some space or choose another folder, then export again"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "no permission to write there; choose another folder, or change its permissions"
        }
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            "a file stands where the folder should be; choose another folder"
        }
        _ => return error.to_string(),
    };
    step.to_owned()
}
