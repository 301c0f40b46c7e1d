//! The words of a sentence, lower-cased once.

use std::ops::Range;

use compact_str::CompactString;
use demarche_types::{Document, SentenceId, Span, TokenId};

use super::tables;

/// A word as the grammar of numbers sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) lower: CompactString,
    /// No space stands before it.
    pub(super) glued: bool,
    /// It begins with a capital.
    pub(super) capital: bool,
    pub(super) span: Span,
    /// The rows of the tables that begin with it.
    pub(super) rows: Range<u32>,
}

impl Word {
    pub(super) fn new(form: &str, glued: bool, span: Span) -> Self {
        let lower: CompactString = form.chars().flat_map(char::to_lowercase).collect();
        Self { glued, capital: form.starts_with(char::is_uppercase), span, rows: tables::rows(&lower), lower }
    }

    pub(super) fn is(&self, text: &str) -> bool {
        self.lower == text
    }

    /// Whether it is a hyphen or dash.
    pub(super) fn is_dash(&self) -> bool {
        matches!(self.lower.as_str(), "-" | "\u{2010}" | "\u{2011}" | "\u{2013}" | "\u{2014}")
    }

    pub(super) fn begins_with_digit(&self) -> bool {
        self.lower.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// The words of a sentence; the first is the token that its range begins with.
pub(super) fn of_sentence(doc: &Document<'_>, sentence: SentenceId) -> Vec<Word> {
    let mut before = None;
    doc.sentence_tokens(sentence).map(|token| word(doc, token, &mut before)).collect()
}

fn word(doc: &Document<'_>, token: TokenId, before: &mut Option<u32>) -> Word {
    let (form, span) = (doc.form(token), doc.token(token).span);
    let glued = before.replace(span.end) == Some(span.start);
    Word::new(form, glued, span)
}
