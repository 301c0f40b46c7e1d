//! What a user names, as a stream of pages.
//!
//! ```text
//! Source ─ list ─► Input ─ Reader::visit ─► Page ─ Page::article ─► Article
//!                    └────────────────────► Failure
//! ```
//!
//! A [`Source`] is a path, a pattern or an address. [`list`] finds the inputs that it stands for, each with a key that
//! stays the same and a [`Fingerprint`] that tells whether it is new. A [`Reader`] opens an input, whatever it is (a page,
//! JSON, a table, Parquet, a crawl, an archive of these), and gives its pages one after the other: [`Reader::visit`] in the
//! thread of the caller, [`Reader::pages`] as an iterator. Memory holds a page at a time, whatever the size of the input.
//!
//! One bad page never stops the others: it gives a [`Failure`] with its place, the reason and a next step. What is no
//! article is counted in the [`Outcome`].

mod archive;
mod detect;
pub mod duplicates;
mod failure;
mod feed;
mod json;
pub mod language;
mod listing;
mod mapping;
mod page;
mod parquet;
mod read;
mod settings;
mod stream;
mod table;
mod warc;
mod web;
mod wordpress;
mod xml;

pub use failure::{Failure, Reason};
pub use listing::{ENDINGS, Fingerprint, Input, Kind, Listing, Location, Source, list};
pub use mapping::{Field, Mapping, MappingError};
pub use page::{Hints, Media, Page, Validators};
pub use read::{Outcome, Pages, Reader};
pub use settings::{Known, Limits, Settings};
pub use web::{Answer, Clock, Content, Fetcher, Manners, SystemClock};
