//! One line of JSON, of whatever kind.

use serde::{Deserialize, Serialize};

use crate::{Event, Fact, Quote, Reject, Relation};

/// A record of any kind. The kinds are told apart by the fields that only they have.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Record {
    /// Has `event`.
    Event(Box<Event>),
    /// Has `denied`.
    Quote(Box<Quote>),
    /// Has `relation`.
    Relation(Box<Relation>),
    /// Has `measure`.
    Fact(Box<Fact>),
    /// Has `reason`.
    Reject(Box<Reject>),
}

/// Why a line is no record. `demarche code --format jsonl` writes lines that are.
#[derive(Debug)]
pub enum RecordError {
    /// Not JSON, or a field is missing or of another kind; serde's words name it with the column.
    Malformed(serde_json::Error),
    /// JSON, with none of the fields that tell the kind.
    UnknownKind,
}

impl std::fmt::Display for RecordError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Malformed(error) => write!(f, "{error}"),
            Self::UnknownKind => {
                f.write_str("no record of a known kind: none of the fields event, denied, relation, measure, reason")
            }
        }
    }
}

impl std::error::Error for RecordError {}

impl From<serde_json::Error> for RecordError {
    fn from(error: serde_json::Error) -> Self {
        Self::Malformed(error)
    }
}

/// The fields that tell the kind, with whatever is in them.
#[derive(Deserialize)]
struct Marks {
    event: Option<serde::de::IgnoredAny>,
    denied: Option<serde::de::IgnoredAny>,
    relation: Option<serde::de::IgnoredAny>,
    measure: Option<serde::de::IgnoredAny>,
    reason: Option<serde::de::IgnoredAny>,
}

impl Record {
    /// Reads a line.
    pub fn read(line: &str) -> Result<Self, RecordError> {
        let marks: Marks = serde_json::from_str(line)?;
        Ok(if marks.event.is_some() {
            Self::Event(serde_json::from_str(line)?)
        } else if marks.denied.is_some() {
            Self::Quote(serde_json::from_str(line)?)
        } else if marks.relation.is_some() {
            Self::Relation(serde_json::from_str(line)?)
        } else if marks.measure.is_some() {
            Self::Fact(serde_json::from_str(line)?)
        } else if marks.reason.is_some() {
            Self::Reject(serde_json::from_str(line)?)
        } else {
            return Err(RecordError::UnknownKind);
        })
    }
}
