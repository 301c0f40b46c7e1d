//! The record kept: articles and what was coded of them, in Delta tables on a disk or in a bucket.
//!
//! [`Store::commit`] is the only way in. It writes a batch of pages with all their rows whole or not at all, and each page
//! once, whoever is killed at whatever moment and whoever else writes at the same time:
//!
//! 1. the rows go to Parquet files that nobody refers to yet;
//! 2. a file of the log, `_demarche/log/N.json`, names them and the pages; it is put only if there is none of that
//!    number. That is the commit. Who finds the number taken reads what is there, leaves out what it holds, and
//!    tries the next;
//! 3. the tables are rolled forward: each takes the files with a transaction of number N, unless it has it. Whoever
//!    opens the store next does what a dead writer left undone.
//!
//! [`Store::add`] adds codings of articles that are there, and rows that have no pages, in the same way.
//!
//! Everything else reads: [`Store::query`] in SQL, [`Store::series`], [`Store::check`]; or serves reading:
//! [`Store::compact`], [`Store::vacuum`]. Nothing here reads the clock or the environment.

mod addition;
mod answers;
mod batch;
mod cells;
mod check;
mod error;
mod files;
mod handle;
mod hash;
mod journal;
mod maintain;
mod output;
mod place;
mod published;
mod query;
mod report;
mod rows;
mod schema;
mod series;
mod store;

pub use addition::{Addition, CodedArticles};
pub use answers::{Strings, Text, date_of, day_of, quoted};
pub use batch::{ArticleRow, Batch, Coded, Page, PageStatus, Run};
pub use cells::{Cell, Rows};

pub use deltalake::{arrow, parquet};
pub use error::{Cause, QueryError, StoreError};
pub use maintain::{Compacted, Vacuumed};
pub use output::{Answered, Format, write_answer};
pub use query::{Answer, Body, Function, nearest};
pub use report::{Finding, Report, TableReport};
pub use rows::{MUTUAL, rows_of};
pub use schema::{Column, Kind, SCHEMA_VERSION, TABLES, Table, table};
pub use series::{Point, Series, SeriesQuery, Step, all_dyads_sql};
pub use store::{Committed, Options, Store};
