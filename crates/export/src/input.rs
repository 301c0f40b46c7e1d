//! Events read from the lines that `demarche code --format jsonl` writes.

use std::io::{self, BufRead};

use demarche_records::{Event, Record, RecordError};
use thiserror::Error;

/// Why a line gave no event.
#[derive(Debug, Error)]
pub enum InputError {
    /// The input could not be read.
    #[error("line {line}: {source}")]
    Io {
        /// Its number.
        line: u64,
        /// Why.
        source: io::Error,
    },
    /// The line is no record.
    #[error("line {line} is no record ({source}); `demarche code --format jsonl` writes lines that are")]
    Line {
        /// Its number.
        line: u64,
        /// Why.
        source: RecordError,
    },
}

/// The events among the records of a JSON Lines text. Quotes, relations, facts, rejects and empty lines are passed over.
pub fn events(reader: impl BufRead) -> impl Iterator<Item = Result<Event, InputError>> {
    (1..).zip(reader.lines()).filter_map(|(line, text)| match text {
        Err(source) => Some(Err(InputError::Io { line, source })),
        Ok(text) if text.trim().is_empty() => None,
        Ok(text) => match Record::read(&text) {
            Ok(Record::Event(event)) => Some(Ok(*event)),
            Ok(_) => None,
            Err(source) => Some(Err(InputError::Line { line, source })),
        },
    })
}
