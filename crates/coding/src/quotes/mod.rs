//! Quotes, reported speech and who is spoken for.
//!
//! [`find`] puts together three sources: words in quotation marks, clauses that a verb of saying
//! governs, and "according to". A quotation without a cue of its own goes on from the one before it,
//! and belongs to nobody where the text does not tell. [`attribution_of`] answers which of them a
//! token is told through.

mod cues;
mod marks;
mod reports;
mod speakers;
mod stretches;

use std::ops::Range;

use demarche_types::{AttributionKind, Document, Span, TokenId};

pub use cues::CueKind;

/// Who says something, as far as the text tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// Head token of the speaker: the antecedent where the words are a pronoun. `None` for the source
    /// line of a pull quote that nothing else in the text names.
    pub head: Option<TokenId>,
    /// Head token as it stands next to the cue.
    pub said: Option<TokenId>,
    /// The words at `head`, or the source line.
    pub span: Span,
}

/// A quotation or a report, before its speaker is linked to an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawQuote {
    /// In quotation marks, reported, or partly both.
    pub kind: AttributionKind,
    /// What the cue says of the words; `None` without a cue.
    pub cue_kind: Option<CueKind>,
    /// The words said, without quotation marks at their ends.
    pub span: Span,
    /// The tokens of `span`, as indices into [`Document::tokens`].
    pub tokens: Range<u32>,
    /// Tokens inside `tokens` that are the reporting clause, not the words said.
    pub aside: Option<Range<u32>>,
    /// Syntactic root of the words said.
    pub root: Option<TokenId>,
    /// Who says it.
    pub speaker: Option<Speaker>,
    /// The cue's characters.
    pub cue: Option<Span>,
    /// The cue's head token.
    pub cue_token: Option<TokenId>,
    /// Head token of the outlet it came through.
    pub via: Option<TokenId>,
    /// The speaker is a news outlet.
    pub by_media: bool,
    /// The stretches in quotation marks inside a mixed report.
    pub quoted: Vec<Span>,
    /// Index of the earlier quote that this one goes on from.
    pub continues: Option<usize>,
}

impl RawQuote {
    /// Whether a token is among the words said.
    pub fn covers(&self, token: TokenId) -> bool {
        self.tokens.contains(&token.0) && !self.aside.as_ref().is_some_and(|a| a.contains(&token.0))
    }
}

/// Finds every quotation and report of a document, in text order, the wider before the narrower.
pub fn find(doc: &Document<'_>) -> Vec<RawQuote> {
    let reports = reports::find(doc);
    let mut raw = stretches::combine(doc, reports, &marks::find(doc));
    speakers::resolve(doc, &mut raw);
    pass_on_outlets(&mut raw);
    raw
}

/// Indices of the quotes and reports that a token is told through, outermost first.
pub fn attribution_of(token: TokenId, raw: &[RawQuote]) -> Vec<usize> {
    let mut through: Vec<usize> = (0..raw.len()).filter(|&i| raw[i].covers(token)).collect();
    through.sort_by_key(|&i| std::cmp::Reverse(raw[i].tokens.len()));
    through
}

/// "State media reported that the minister said ...": what an outlet reports comes through it.
fn pass_on_outlets(raw: &mut [RawQuote]) {
    let outlets: Vec<RawQuote> = raw.iter().filter(|q| q.by_media).cloned().collect();
    for quote in raw.iter_mut().filter(|q| q.via.is_none() && !q.by_media) {
        let Some(at) = quote.cue_token else { continue };
        let outlet = outlets.iter().filter(|q| q.covers(at)).min_by_key(|q| q.tokens.len());
        quote.via = outlet.and_then(|q| q.speaker).and_then(|s| s.head);
    }
}
