//! The crate's integration tests, in one binary.

mod coref;
mod segment;
