//! What addresses answer: each a function of what is held in memory, the store and the parameters. Pages show the same values.

pub(crate) mod actors;
pub(crate) mod articles;
pub(crate) mod code;
pub(crate) mod events;
pub(crate) mod record;
pub(crate) mod runs;
pub(crate) mod search;

use demarche_index::Selected;
use demarche_index::pages::Order;
use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

use crate::fault::Fault;
use crate::params::Params;
use crate::state::View;

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

impl<T: DeserializeOwned> Listed<T> {
    /// The page of the chosen rows that the parameters ask for.
    fn of(view: &View, selected: &Selected, order: Order, params: &Params, words: String) -> Result<Self, Fault> {
        let page = view.index.page(selected, order, params.cursor()?, params.limit()?);
        let rows = page.rows.iter().map(|row| view.index.shown(selected.sort, *row)).collect::<Result<_, _>>()?;
        Ok(Self { total: selected.rows.count(), words, next: page.next.map(|cursor| cursor.write()), rows })
    }
}
