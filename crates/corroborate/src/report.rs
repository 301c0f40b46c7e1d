//! What goes in.

use demarche_records::Event;

/// A report of an event: the record, and what is known of its article beyond it.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The record.
    pub event: &'a Event,
    /// What is known of its article.
    pub known: Known<'a>,
}

/// What is known of an article beyond its record. Every field may be left empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known<'a> {
    /// News agency that wrote it, when byline or dateline name one.
    pub wire: Option<&'a str>,
    /// The group of near duplicates that it lies in: the same words for all articles of the group.
    pub group: Option<&'a str>,
}

impl<'a> From<&'a Event> for Report<'a> {
    fn from(event: &'a Event) -> Self {
        Self { event, known: Known::default() }
    }
}
