//! What runs over a store, as a library.

mod corrections;
mod ingest;
