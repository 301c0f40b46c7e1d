//! The Demarche corpus: sentences with their events marked, and the program scored against them.
//!
//! `training/corpus/GUIDELINES.md` describes the format and what is annotated.

mod read;
mod score;

pub use read::{CorpusError, Event, Role, Sentence, read};
pub use score::{Coded, CorpusReport, score};

/// A half-open range of Unicode scalar values of a sentence.
pub type CharSpan = (usize, usize);
