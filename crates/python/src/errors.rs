//! From the program's errors to Python's exceptions, which stand in `demarche/errors.py`: message, cause and next step in one.

use std::error::Error;
use std::fmt::Write as _;

use demarche::ingest::ReadError;
use demarche::{Failure, PipelineError};
use demarche_flows::{IngestError, StagedError};
use demarche_store::StoreError;
use pyo3::prelude::*;

use crate::coder::Failed;

/// Kinds of failure, by the name of their exception.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// `InputError`: an article, a table or a file cannot be read.
    Input,
    /// `TableError`: the user's own rows of the lexicon or tables of actors and places are faulty.
    Table,
    /// `StoreError`: a store cannot be opened, read or written.
    Store,
    /// `QueryError`: a question is none.
    Query,
    /// `CodingError`: the program failed on an article.
    Coding,
}

impl Kind {
    /// The name of the exception.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Input => "InputError",
            Self::Table => "TableError",
            Self::Store => "StoreError",
            Self::Query => "QueryError",
            Self::Coding => "CodingError",
        }
    }
}

/// An exception.
pub(crate) fn raise(kind: Kind, message: &str, next: Option<&str>) -> PyErr {
    let made = Python::attach(|py| {
        let class = py.import("demarche.errors")?.getattr(kind.name())?;
        Ok(PyErr::from_value(class.call1((message, next))?))
    });
    made.unwrap_or_else(|error: PyErr| error)
}

/// An error with all that caused it.
pub(crate) fn causes(error: &dyn Error) -> String {
    let mut told = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let text = cause.to_string();
        // An error that repeats the message of its cause tells nothing new.
        if !told.ends_with(&text) {
            let _ = write!(told, ": {text}");
        }
        next = cause.source();
    }
    told
}

pub(crate) fn of_reading(error: &ReadError) -> Failed {
    [Kind::Input.name().to_owned(), causes(error), error.hint.to_owned()]
}

/// The exception of an article that failed.
pub(crate) fn failed([name, message, next]: &Failed) -> PyErr {
    let kind = if name == Kind::Coding.name() { Kind::Coding } else { Kind::Input };
    raise(kind, message, Some(next))
}

pub(crate) fn of_failure(failure: &Failure) -> Failed {
    [
        Kind::Coding.name().to_owned(),
        format!("{}: the program failed on this article: {}", failure.origin, failure.message),
        "this is a fault of the program; please report it together with the article".to_owned(),
    ]
}

/// The exception of an article on which the program failed.
pub(crate) fn of_program(failure: &Failure) -> PyErr {
    failed(&of_failure(failure))
}

pub(crate) fn pipeline(error: &PipelineError) -> PyErr {
    raise(Kind::Coding, &format!("the coder cannot start: {}", causes(error)), Some("this build is faulty; install it anew"))
}

pub(crate) fn store(error: &StoreError) -> PyErr {
    let kind = if matches!(error, StoreError::Query(_)) { Kind::Query } else { Kind::Store };
    match error {
        StoreError::Missing { location } => {
            raise(kind, &format!("there is no store at {location}"), Some("demarche.ingest(sources, location) makes one"))
        }
        StoreError::NotJoined { location } => raise(
            kind,
            &format!("no reports were joined in the store at {location} yet"),
            Some("open it with write=True and call corroborate()"),
        ),
        // Its words say what to do.
        error => raise(kind, &causes(error), None),
    }
}

pub(crate) fn ingest(error: &IngestError) -> PyErr {
    raise(Kind::Store, &causes(error), Some("do the same again: what was committed stays, and nothing is taken twice"))
}

pub(crate) fn staged(error: &StagedError) -> PyErr {
    match error {
        StagedError::Store(error) => store(error),
        error => raise(Kind::Input, &causes(error), error.next_step()),
    }
}
