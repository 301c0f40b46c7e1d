//! Dates of events, with how we know them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Span;

/// How exact a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DatePrecision {
    /// One day.
    Day,
    /// A stretch of days ("this week", "13-24 June").
    Range,
    /// A month.
    Month,
    /// A year.
    Year,
    /// A decade or vaguer ("recent years").
    Vague,
}

/// What a date rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateBasis {
    /// An expression in the text that belongs to the event.
    Expression,
    /// The dateline of the article.
    Dateline,
    /// The publication date: the event is reported as new, and nothing better is known.
    Publication,
    /// Nothing. The date stays empty.
    Unknown,
}

/// When an event happened (or will happen). `start..=end` is an interval of days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventDate {
    /// First day, when known.
    pub start: Option<Date>,
    /// Last day, when known.
    pub end: Option<Date>,
    /// How exact.
    pub precision: DatePrecision,
    /// What it rests on.
    pub basis: DateBasis,
    /// The expression in the text, when there is one.
    pub span: Option<Span>,
}
