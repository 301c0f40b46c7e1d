//! News in, coded political events out.
//!
//! [`Pipeline`] joins the stages. It is built once and shared by all threads; each thread brings a [`Worker`].
//!
//! ```no_run
//! use demarche::{Pipeline, Recorder, Source, Worker};
//!
//! let pipeline = Pipeline::embedded()?;
//! let mut worker = Worker::default();
//! let page = b"Norway's foreign minister met her Chilean counterpart in Oslo on Monday.";
//! for article in demarche::ingest::read(&Source::new("page.txt", page)) {
//!     let article = article?;
//!     let reading = pipeline.read(&article, &mut worker);
//!     let recorder = Recorder::new(&reading.document, pipeline.stamp());
//!     for event in &reading.coded.events {
//!         println!("{}", serde_json::to_string(&recorder.event(event))?);
//!     }
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | module | what it holds |
//! |---|---|
//! | [`pipeline`] | the spine: every stage from article to events, in order |
//! | [`batch`] | many articles on many threads, ordered, in bounded memory |
//! | [`record`] | the records that leave the program |
//! | [`english`] | whether a text looks like English |
//! | [`given`] | what only the caller knows of an article |
//! | [`explain`] | how a sentence was read and an event came about |

pub mod batch;
pub mod english;
pub mod explain;
pub mod given;
pub mod pipeline;
pub mod record;

pub use batch::CodedArticle;
pub use explain::Explanation;
pub use given::given;
pub use pipeline::{Failure, Pipeline, PipelineError, Reading, Stage, Worker};
pub use record::{Recorder, Stamp};

pub use demarche_coding as coding;
pub use demarche_ingest as ingest;
pub use demarche_knowledge as knowledge;
pub use demarche_language as language;
pub use demarche_types as types;

pub use demarche_ingest::Source;
pub use demarche_types::{Article, Coded, Document, Event};
