//! The central types of Demarche.
//!
//! Data flows one way: `Article` (from `demarche-ingest`) -> `Document` (filled layer by layer by
//! `demarche-language` and `demarche-knowledge`) -> `Coded` (from `demarche-coding`). Stage crates
//! share these types and never import one another. Nothing here does any work: a type, its
//! invariants, and small accessors.
//!
//! Offsets inside the program are bytes into [`Article::text`]; records that leave the program count
//! Unicode scalar values, converted at the edge by [`CharMap`].

mod actor;
mod article;
mod date;
mod diagnostic;
mod document;
mod event;
mod figure;
mod frame;
mod span;
mod syntax;

pub use actor::{Actor, ActorLink, CountryCode, LinkBasis, Place, PlaceBasis, PlaceLink, PlacePrecision, Sector};
pub use article::{Article, ArticleId, Block, BlockKind, DateSource, Furniture, Published};
pub use date::{DateBasis, DatePrecision, EventDate};
pub use diagnostic::{Diagnostic, Severity};
pub use document::{ChainId, Document, EntityType, Mention, MentionId, Sentence, SentenceId, Token, TokenId};
pub use event::{
    Attribution, AttributionKind, Coded, Context, Event, EventId, EventType, Mode, Participant, Quad, Quote, Reject,
    RejectReason, Relation, RelationKind, Status, Step,
};
pub use figure::{Comparison, Direction, Fact, Figure, FigureKind, Hedge, Magnitude, NumberUnit, Quantity};
pub use frame::{Frame, FrameRole};
pub use span::{CharMap, Span};
pub use syntax::{Deprel, Feats, Number, Person, Tense, Upos, VerbForm};
