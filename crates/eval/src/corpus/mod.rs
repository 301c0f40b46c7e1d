//! The Demarche corpus: sentences with their events marked, and the program scored against them.
//!
//! `training/corpus/GUIDELINES.md` describes the format and what is annotated.

mod read;
mod score;

pub use read::{CorpusError, Event, Sentence, read};
pub use score::{Coded, CorpusReport, Made, score};

pub use crate::records::CharSpan;
