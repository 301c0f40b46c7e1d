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
//! ```
//! use std::ops::ControlFlow;
//! use demarche_sources::{Reader, Settings, Source, list};
//!
//! let sources = [Source::parse("tests/cases/jsonl/in")];
//! let reader = Reader::new(Settings::default());
//! let mut titles = Vec::new();
//! for input in list(&sources, reader.settings()) {
//!     // Here a store would ask whether it knows `input.key` with `input.fingerprint`.
//!     let outcome = reader.visit(&input?, &mut |page| {
//!         match page.and_then(|page| page.article()) {
//!             Ok(article) => titles.extend(article.title),
//!             Err(failure) => eprintln!("{failure}; {}", failure.next_step()),
//!         }
//!         ControlFlow::Continue(())
//!     });
//!     assert!(outcome.complete);
//! }
//! assert_eq!(titles, ["Mayor resigns"]);
//! # Ok::<(), demarche_sources::Failure>(())
//! ```
//!
//! One bad page never stops the others: it gives a [`Failure`] with its place, the reason and a next step. What is no
//! article is counted in the [`Outcome`].

mod archive;
mod columns;
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

pub use columns::Columns;
pub use demarche_ingest::OpenDates;
pub use failure::{Failure, Reason};
pub use listing::{ENDINGS, Fingerprint, Input, Kind, Listing, Location, NO_ENDING, Source, list};
pub use mapping::{Field, Mapping, MappingError};
pub use page::{Hints, Media, Page, ReadPage, Validators};
pub use read::{Outcome, Pages, Reader};
pub use settings::{Known, Limits, Settings};
pub use web::{Answer, Clock, Content, Fetcher, Manners, SystemClock};
