//! Rows as they are shown.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A party of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PartyRow {
    /// Country or non-state code.
    pub code: Option<String>,
    /// Sector codes.
    pub sectors: Vec<String>,
    /// Name in the knowledge base, or the words.
    pub name: String,
    /// The words of the mention.
    pub text: String,
}

/// Where an event was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[expect(missing_docs, reason = "the fields are those of the record")]
pub struct PlaceRow {
    pub name: String,
    pub country: Option<String>,
    pub admin1: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub precision: Option<String>,
}

/// A report of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[expect(missing_docs, reason = "the fields are those of the record")]
pub struct EventRow {
    pub id: String,
    #[schema(value_type = Option<String>, format = Date)]
    pub date: Option<Date>,
    #[schema(value_type = Option<String>, format = Date)]
    pub enddate: Option<Date>,
    pub date_precision: Option<String>,
    pub date_basis: Option<String>,
    #[schema(value_type = Option<String>, format = Date)]
    pub published: Option<Date>,
    pub event: String,
    pub mode: Vec<String>,
    pub context: Vec<String>,
    pub quad_code: u8,
    pub event_scale: f64,
    pub status: String,
    pub actors: Vec<PartyRow>,
    pub recipients: Vec<PartyRow>,
    pub place: Option<PlaceRow>,
    pub outlet: Option<String>,
    /// Title of the article.
    pub title: Option<String>,
    /// Identifier of the article.
    pub article: String,
    /// The sentence.
    pub text: String,
    /// Where the word that tells the event stands in `text`, in characters.
    pub trigger: Option<[u32; 2]>,
    pub dead: Option<f64>,
    pub injured: Option<f64>,
    pub confidence: f64,
    /// Who says so, first.
    pub speaker: Option<String>,
    /// Event of the world that it is a report of; none before reports were joined.
    pub cluster: Option<String>,
    /// Reports of that event.
    pub reports: u32,
    /// Independent sources of that event.
    pub sources: u32,
}

/// Words of a speaker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[expect(missing_docs, reason = "the fields are those of the record")]
pub struct QuoteRow {
    pub id: String,
    pub article: String,
    pub title: Option<String>,
    pub speaker: Option<String>,
    pub speaker_code: Option<String>,
    pub via: Option<String>,
    pub cue: Option<String>,
    pub denied: bool,
    pub kind: String,
    pub text: String,
    /// Characters of the article's text.
    pub span: [u32; 2],
    pub events: Vec<String>,
    #[schema(value_type = Option<String>, format = Date)]
    pub published: Option<Date>,
    pub outlet: Option<String>,
}

/// An article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[expect(missing_docs, reason = "the fields are those of the record")]
pub struct ArticleRow {
    pub id: String,
    pub title: Option<String>,
    pub url: Option<String>,
    pub outlet: Option<String>,
    pub byline: Option<String>,
    #[schema(value_type = Option<String>, format = Date)]
    pub published: Option<Date>,
    pub published_basis: Option<String>,
    pub language: Option<String>,
    pub words: u32,
    /// Events that were coded of it.
    pub events: u32,
    /// Quotes that were found in it.
    pub quotes: u32,
    /// Agency that it was taken from.
    pub wire: Option<String>,
    /// Article that it nearly repeats.
    pub near_duplicate_of: Option<String>,
    pub origin: String,
    /// Whether it was coded; else it is of another language, or could not be.
    pub coded: bool,
}
