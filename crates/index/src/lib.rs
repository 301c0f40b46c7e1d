//! What a store holds, ready to be looked at: columns in memory, texts and rows in an index of tantivy.
//!
//! A store answers any question in SQL, and takes its time: a tenth of a second and more for a million events. Pages ask many small
//! questions at once (how many events of each type, of each month, between whom), which hang on the same few columns. [`Index`]
//! reads these once and keeps them in memory, some 250 bytes an event; texts and the rows as they are shown lie on disk.
//!
//! | module | what it answers |
//! |---|---|
//! | [`filter`] | which rows are asked for |
//! | [`select`] | the rows that a filter chooses |
//! | [`facets`] | how many of them have each value |
//! | [`pages`] | them in order, page by page |
//! | [`time`] | how many in each stretch of time; series of two parties |
//! | [`pairs`] | who had to do with whom: network, partners |
//! | [`map`] | where they were |

pub mod bits;
mod build;
pub mod facets;
mod files;
pub mod filter;
pub mod map;
pub mod pages;
pub mod pairs;
mod rows;
pub mod select;
pub mod table;
mod text;
pub mod time;

use std::fmt;
use std::path::Path;

use demarche_store::{Store, StoreError};
use tantivy::TantivyError;

pub use build::Heard;

pub use filter::{Counted, Filter, FilterError};
pub use rows::{ArticleRow, EventRow, PartyRow, PlaceRow, QuoteRow};
pub use select::Selected;
pub use text::Sort;

use table::Table;
use text::Texts;

/// What goes wrong with an index.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the fields are named in the messages")]
pub enum IndexError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the index of texts failed: {0}")]
    Text(#[from] TantivyError),
    #[error("a row of the table {table} is no record: {source}; `demarche store check` tells more")]
    Record { table: &'static str, source: serde_json::Error },
    #[error("a row of the index is missing; start again to make the index anew")]
    Row,
}

/// A store, ready to be looked at.
pub struct Index {
    events: Table,
    quotes: Table,
    articles: Table,
    /// Identifiers with their rows, in the order of identifiers: of events, quotes and articles.
    rows: [Vec<(u64, u32)>; 3],
    /// Of each row of events the row of the report that stands for the event: its own where it stands alone.
    leads: Vec<u32>,
    texts: Texts,
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [events, quotes, articles] = [Sort::Event, Sort::Quote, Sort::Article].map(|sort| self.table(sort).len());
        write!(f, "Index of {events} events, {quotes} quotes and {articles} articles")
    }
}

impl Index {
    /// Reads a store. Texts go to the folder, which must be empty, or stay in memory.
    pub fn build(store: &Store, folder: Option<&Path>, heard: Heard<'_>) -> Result<Self, IndexError> {
        let (writer, texts) = text::Writer::create(folder)?;
        let tables = build::read(store, Some(&writer), heard)?;
        heard("search index", tables.events.len());
        writer.finish()?;
        Self::join(tables, &texts)
    }

    /// Reads a store whose texts an earlier index left in the folder.
    pub fn open(store: &Store, folder: &Path, heard: Heard<'_>) -> Result<Self, IndexError> {
        let texts = tantivy::Index::open(files::Folder::open(folder)?)?;
        Self::join(build::read(store, None, heard)?, &texts)
    }

    /// The same, after its folder was moved.
    pub fn moved(mut self, folder: &Path) -> Result<Self, IndexError> {
        self.texts = Texts::open(&tantivy::Index::open(files::Folder::open(folder)?)?, &self.rows)?;
        Ok(self)
    }

    fn join(tables: build::Tables, texts: &tantivy::Index) -> Result<Self, IndexError> {
        let build::Tables { events, quotes, articles } = tables;
        let rows = [&events, &quotes, &articles].map(|table| text::sorted(&table.ids));
        let texts = Texts::open(texts, &rows)?;
        let leads = leads(&events);
        Ok(Self { events, quotes, articles, rows, leads, texts })
    }

    /// The columns of a kind.
    pub fn table(&self, sort: Sort) -> &Table {
        match sort {
            Sort::Event => &self.events,
            Sort::Quote => &self.quotes,
            Sort::Article => &self.articles,
        }
    }

    /// The row of an identifier, if there is one.
    pub fn row_of(&self, sort: Sort, id: &str) -> Option<usize> {
        let (number, rows) = (build::number_of(id), &self.rows[sort as usize]);
        rows.binary_search_by_key(&number, |(id, _)| *id).ok().map(|at| rows[at].1 as usize)
    }
}

fn leads(events: &Table) -> Vec<u32> {
    let (clusters, first) = (events.link("cluster"), events.number("leads"));
    let cluster = |row: usize| clusters.and_then(|clusters| clusters.at(row));
    let mut of_cluster = vec![None; clusters.map_or(0, table::Links::different)];
    for row in (0..events.len()).filter(|row| first[*row] > 0.0) {
        if let Some(cluster) = cluster(row) {
            of_cluster[cluster] = Some(row as u32);
        }
    }
    (0..events.len()).map(|row| cluster(row).and_then(|cluster| of_cluster[cluster]).unwrap_or(row as u32)).collect()
}
