//! The records that leave the program, as owned values: what is written as JSON Lines, read again.
//!
//! `demarche::record` writes them and is the place where a field is made; [`Record`] reads a line of it back. What is
//! read and written again is the same text, which a test holds over the examples. Offsets count Unicode scalar values
//! of the article's text, days are ISO 8601.

mod line;
mod number;

use demarche_types::{
    AttributionKind, DateBasis, DatePrecision, DateSource, Direction, EventId, FigureKind, Hedge, LinkBasis, PlaceBasis,
    PlacePrecision, RelationKind, Status,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use line::{Record, RecordError};
pub use number::Number;

/// The article of a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of `Article`")]
pub struct Article {
    pub id: String,
    pub url: Option<String>,
    pub title: Option<String>,
    pub published: Option<Date>,
    /// Publishing site or outlet.
    pub source: Option<String>,
    pub language: Option<String>,
    /// What said when it was published.
    pub published_basis: Option<DateSource>,
    /// Where it was read from.
    pub origin: String,
}

/// An actor or recipient.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Party {
    /// Country or non-state code.
    pub code: Option<String>,
    /// Sector codes.
    pub sector: Vec<String>,
    /// The words of the mention.
    pub entity_text: String,
    /// Entry of the knowledge base.
    pub identifier_id: Option<String>,
    /// Name of that entry; without one, the name that the document itself uses.
    pub identifier_text: Option<String>,
    /// Office held.
    pub office: Option<String>,
    /// Where the mention stands.
    pub span: [u32; 2],
    /// How the words came to the actor: `alias`, `composed`, `coreference`, `document` (country by the document), `agent` (no country known), `named`.
    pub basis: LinkBasis,
}

/// A place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of `Place`")]
pub struct Place {
    pub name: String,
    pub country: Option<String>,
    pub admin1: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub geonames: Option<u32>,
    pub precision: PlacePrecision,
    /// `sentence` when the sentence of the event names it, `document` when it was told elsewhere.
    pub basis: String,
    /// GeoNames code of the innermost unit known ("UA.14").
    pub unit: Option<String>,
    /// Why this place and none of its namesakes: `sole`, `within`, `document`, `near`, `largest`.
    pub chosen: Option<PlaceBasis>,
    /// Other places that the words may mean, the likeliest first; three at most.
    pub alternatives: Vec<Namesake>,
}

/// A place that the words may mean as well.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of `Place`")]
pub struct Namesake {
    pub name: String,
    pub country: Option<String>,
    pub admin1: Option<String>,
    pub geonames: Option<u32>,
    pub precision: PlacePrecision,
}

/// Who says that an event is so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// Best name.
    pub speaker: Option<String>,
    /// Country or non-state code.
    pub speaker_code: Option<String>,
    /// Word of saying.
    pub cue: Option<String>,
    /// Outlet through which it came.
    pub via: Option<String>,
    /// Direct, indirect or mixed.
    pub kind: AttributionKind,
}

/// Where the evidence stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields name what stands there")]
pub struct Spans {
    pub sentence: [u32; 2],
    pub trigger: [u32; 2],
    pub date: Option<[u32; 2]>,
    pub place: Option<[u32; 2]>,
}

/// What coded the event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of `Stamp`, and the event's rule")]
pub struct Coder {
    pub version: String,
    pub model: String,
    pub ontology: String,
    pub lexicon: String,
    pub knowledge: String,
    pub rule: String,
}

/// An event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of `Event`")]
pub struct Event {
    pub id: String,
    pub article: Article,
    /// Type of PLOVER 2.0, or what the chosen codebook has in its place.
    pub event: String,
    pub mode: Vec<String>,
    pub context: Vec<String>,
    pub quad_code: u8,
    pub event_scale: f64,
    /// The fine-grained act (data/acts.tsv); null where the lexicon alone coded.
    pub act: Option<String>,
    pub cameo: String,
    pub actor: Vec<Party>,
    pub recipient: Vec<Party>,
    pub status: Status,
    /// First day.
    pub date: Option<Date>,
    /// Last day.
    pub enddate: Option<Date>,
    pub date_precision: Option<DatePrecision>,
    pub date_basis: DateBasis,
    /// The expression that dates it.
    pub date_text: Option<String>,
    pub event_loc: Option<Place>,
    pub attribution: Vec<Attribution>,
    pub magnitude: Magnitude,
    /// The sentence.
    pub text: String,
    pub spans: Spans,
    pub confidence: f64,
    pub coder: Coder,
}

/// Words of a speaker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of `Quote`")]
pub struct Quote {
    pub id: String,
    pub article: Article,
    pub speaker: Option<String>,
    pub speaker_code: Option<String>,
    pub via: Option<String>,
    pub cue: Option<String>,
    /// The speaker says that it is not so.
    pub denied: bool,
    pub kind: AttributionKind,
    pub text: String,
    pub span: [u32; 2],
    pub events: Vec<EventId>,
}

/// A lasting relation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of `Relation`")]
pub struct Relation {
    pub article: Article,
    pub subject: Party,
    pub relation: RelationKind,
    pub object: Party,
    /// First day on which it held, when told.
    pub since: Option<Date>,
    /// Last day on which it held, when told.
    pub until: Option<Date>,
    pub evidence: Evidence,
}

/// Words that tell something, with their place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Evidence {
    pub text: String,
    pub span: [u32; 2],
}

/// Something that was not coded, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reject {
    /// Made from the content: the same reject in the same text has the same one.
    pub id: String,
    /// The article.
    pub article: Article,
    /// Where.
    pub span: [u32; 2],
    /// The words.
    pub text: String,
    /// Kind of reason ("furniture", "no-recipient").
    pub reason: String,
    /// What the reason has to add ("breadcrumb").
    pub detail: Option<String>,
    /// Rule that proposed it.
    pub rule: Option<String>,
}

/// Numbers told with an event: of each kind the best single number, and in `figures` every number as it is told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are named after the kinds")]
pub struct Magnitude {
    pub dead: Option<Number>,
    pub injured: Option<Number>,
    pub size: Option<Number>,
    pub missing: Option<Number>,
    pub arrested: Option<Number>,
    pub kidnapped: Option<Number>,
    pub displaced: Option<Number>,
    pub troops: Option<Number>,
    pub money: Option<Number>,
    /// Currency of `money`.
    pub currency: Option<String>,
    pub figures: Vec<Figure>,
}

/// A number of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of `Figure` and `Quantity`")]
pub struct Figure {
    pub kind: FigureKind,
    pub value: Number,
    pub low: Option<Number>,
    pub high: Option<Number>,
    pub hedge: Option<Hedge>,
    pub unit: String,
    /// One of several groups that are added.
    pub part: bool,
    pub source: Option<Attribution>,
    pub text: String,
    pub span: [u32; 2],
}

/// Something that the text states in a number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of `Fact` and `Quantity`")]
pub struct Fact {
    pub id: String,
    pub article: Article,
    pub subject: Party,
    /// What is measured or counted, in words.
    pub measure: String,
    pub value: Number,
    pub low: Option<Number>,
    pub high: Option<Number>,
    pub hedge: Option<Hedge>,
    pub unit: String,
    /// What it counts, of casualties that no coded event has.
    pub kind: Option<FigureKind>,
    pub comparison: Option<Comparison>,
    pub period: Option<Period>,
    pub source: Option<Attribution>,
    /// The words of the number.
    pub text: String,
    pub span: [u32; 2],
    /// The sentence.
    pub sentence: [u32; 2],
    /// How the subject was found.
    pub rule: String,
}

/// What a number has to do with an earlier one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Whether it grew or fell.
    pub direction: Direction,
    /// `by` where the number is the difference, `to` where it is the new level.
    pub told: String,
    /// The earlier level.
    pub from: Option<Number>,
}

/// The time that a number holds for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of an event's date")]
pub struct Period {
    pub date: Option<Date>,
    pub enddate: Option<Date>,
    pub precision: Option<DatePrecision>,
    pub basis: DateBasis,
    pub text: Option<String>,
}
