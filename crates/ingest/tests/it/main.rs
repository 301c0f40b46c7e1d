//! Tests of ingest: cases are files, see `cases.rs`.

mod bad_input;
mod cases;
mod properties;
mod render;
