//! What runs over a store.
//!
//! ```text
//! sources ─ ingest ─► store ─ recode ─► store ─ diff ─► what a new lexicon changed
//!                       └──── corroborate ─► one event, many reports
//! ```
//!
//! | module | what it does |
//! |---|---|
//! | [`ingest`] | pages in, once each, in the order of the sources, whatever kills it |
//! | [`inputs`] | which files and addresses need not be read again |
//! | [`recode`] | stored articles, coded again |
//! | [`diff`] | what two runs coded differently |
//! | [`corroborate`] | reports of one event joined |
//! | [`decisions`] | what the user decided about reports |
//! | [`corrections`] | what a reviewer decided about events, which recoding respects |
//! | [`stored`] | records of a store, one after the other |
//! | [`functions`] | functions of SQL that code and look up |
//! | [`coding`] | an article to the rows of its records |
//! | [`wires`] | which agency an article was taken from |
//!
//! Nothing here reads the clock or writes to a terminal: progress is told to the caller, and so is every failure.

pub mod coding;
pub mod corrections;
pub mod corroborate;
pub mod decisions;
pub mod diff;
pub mod functions;
pub mod ingest;
pub mod inputs;
pub mod recode;
mod rows;
pub mod stored;
pub mod wires;

pub use diff::{Change, DiffError, Difference, Fate, diff};
pub use ingest::{
    Halt, Ingest, IngestError, Progress, Session, Staged, StagedError, StagedLine, Summary, Told, known_addresses, note,
};
pub use recode::{Recoded, current, recode};
pub use rows::RecordError;
