//! The field's own metrics: CoNLL 2018 parsing, mentions, coreference, relations, events, quotes.
//!
//! Every reader takes `&str` and every metric is a pure function of gold and system; the program
//! reads the files. Each metric has a report that renders as a plain-text table (`Display`) and as
//! JSON (`to_json`).
//!
//! | module | reads | scores |
//! |---|---|---|
//! | [`conllu`], [`document`] | CoNLL-U | rebuilds raw text, gold tokens and trees |
//! | [`parse`] | two CoNLL-U files, or one and a `Document` | the CoNLL 2018 shared task's F1 scores |
//! | [`mentions`] | `Entity=` of GUM | named (by span and by head word), typed and untyped mention F1 |
//! | [`coref`] | `Entity=` of GUM | MUC, B3, CEAFe and their mean |
//! | [`relations`] | TSV with `root` and `quad` | Binary, Quad and Root macro-F1 |
//! | [`corpus`] | sentences with marked events | triggers, types, spans, status, speakers, calibration |
//! | [`annotated`] | articles with marked actors, places and dates | who, where and when |
//! | [`figures`] | sentences with their numbers | numbers of events and facts |
//! | [`records`], [`events`], [`quotes`] | JSON Lines | events and quotes against a careful reader's |

pub mod annotated;
pub mod clusters;
pub mod conllu;
pub mod coref;
pub mod corpus;
pub mod document;
pub mod events;
pub mod figures;
pub mod mentions;
pub mod parse;
pub mod quotes;
pub mod records;
pub mod relations;
mod report;
mod stripped;

pub use report::{Row, Score, Table};
pub use stripped::Stripped;
