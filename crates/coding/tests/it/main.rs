//! Tests of the coders: input in files, expected text beside it.

#[path = "../common/mod.rs"]
mod common;

mod dates;
mod frames;
mod quotes;
