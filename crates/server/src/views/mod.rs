//! What addresses answer: each a function of what is held in memory, the store and the parameters. Pages show the same values.

pub(crate) mod actors;
pub(crate) mod articles;
pub(crate) mod code;
pub(crate) mod events;
pub(crate) mod record;
pub(crate) mod runs;
pub(crate) mod search;

use serde::Serialize;
use utoipa::ToSchema;

/// A page of rows.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Listed<T> {
    /// Rows on all pages.
    pub total: usize,
    /// What is asked for, in words.
    pub words: String,
    /// `cursor` of the next page; none after the last.
    pub next: Option<String>,
    /// The rows.
    pub rows: Vec<T>,
}
