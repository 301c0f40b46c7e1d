//! Time expressions of news English.
//!
//! [`find`] reads every expression and resolves it against the publication date; [`dateline`] reads
//! the line that opens an agency report; [`attach`] chooses the expression that dates an event.
//! What the text does not tell stays `None`: "Monday" in a report without a date is a mention
//! without days, and "the summit's eve" is one too.

mod absolute;
mod attach;
mod calendar;
mod dateline;
mod expr;
mod grammar;
mod resolve;
mod tense;
mod words;

use std::ops::Range;

use demarche_types::{DatePrecision, Document, Sentence, SentenceId, Span, TokenId};
use jiff::civil::Date;

pub(crate) use attach::of_mention;
pub use attach::{AttachContext, attach};
pub use calendar::Unit;
pub(crate) use calendar::cardinal;
pub use dateline::{Dateline, dateline};
pub use expr::Bound;

use crate::tree;
use expr::Expr;
use grammar::Found;
use resolve::{Context, Direction, Resolved};
use words::Word;

/// Days after which a dated event is background rather than news.
const BACKGROUND_DAYS: i64 = 180;

/// What the meaning of an expression hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateKind {
    /// The calendar ("June 13", "2020"); a missing year comes from publication.
    Absolute,
    /// The day of publication ("Wednesday", "last week").
    Deictic,
    /// A date or event told before ("a day earlier").
    Anaphoric,
    /// A length of time, no place in it ("two-day").
    Duration,
    /// A direction at best ("in recent years").
    Vague,
}

/// A time expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// Its characters, without the preposition.
    pub span: Span,
    /// The sentence it stands in.
    pub sentence: SentenceId,
    /// Syntactic head; without a tree its first token, `None` in a sentence without tokens.
    pub head: Option<TokenId>,
    /// Its tokens, as indices into [`Document::tokens`].
    pub tokens: Range<u32>,
    /// First day, when known.
    pub start: Option<Date>,
    /// Last day, when known.
    pub end: Option<Date>,
    /// How exact.
    pub precision: DatePrecision,
    /// What it hangs on.
    pub kind: DateKind,
    /// Of a length of time: how many of which unit; the number may be unknown ("for weeks").
    pub length: Option<(Option<u32>, Unit)>,
    /// How the words before bound it. `start` and `end` already follow it.
    pub bound: Bound,
    /// Background: well before the report.
    pub historical: bool,
}

/// Finds and resolves every time expression of a document, in text order.
pub fn find(doc: &Document<'_>, published: Option<Date>) -> Vec<DateMention> {
    let mut mentions: Vec<DateMention> = Vec::new();
    for (index, sentence) in doc.sentences.iter().enumerate() {
        let id = SentenceId::from(index);
        let words = words::split(doc.text(), sentence.span);
        let found = grammar::scan(&words);
        for (nth, one) in found.iter().enumerate() {
            let place = Place::new(doc, sentence, &words, one);
            let mut context = Context {
                published,
                anchor: anchor(&mentions, id, &one.expr),
                month: named_day(&mentions, id),
                direction: place.direction(doc, sentence, &words, one),
            };
            if let Expr::Anaphor { open: true, .. } = one.expr {
                context.anchor = found
                    .get(nth + 1)
                    .filter(|next| {
                        next.start < one.end + 12 && !words[one.end..next.start].iter().any(|w| w.is(",") || w.is(";"))
                    })
                    .and_then(|next| {
                        let direction = Place::new(doc, sentence, &words, next).direction(doc, sentence, &words, next);
                        resolve::resolve(&next.expr, &Context { direction, anchor: None, ..context }).start
                    });
            }
            let resolved = resolve::resolve(&one.expr, &context);
            mentions.push(place.mention(id, one, resolved, published));
        }
    }
    mentions
}

/// Where an expression stands.
struct Place {
    span: Span,
    tokens: Range<u32>,
    head: Option<TokenId>,
}

impl Place {
    fn new(doc: &Document<'_>, sentence: &Sentence, words: &[Word<'_>], found: &Found) -> Self {
        let span = words[found.start].span.cover(words[found.end - 1].span);
        let (start, end) = tree::tokens_in(doc, span);
        // Tokens may lie outside where a sentence has none of its own.
        let tokens = start.0.max(sentence.tokens.start)..end.0.min(sentence.tokens.end);
        let head = (!tokens.is_empty()).then(|| tree::head_of(doc, TokenId(tokens.start), TokenId(tokens.end))).flatten();
        Self { span, tokens, head }
    }

    fn direction(&self, doc: &Document<'_>, sentence: &Sentence, words: &[Word<'_>], found: &Found) -> Direction {
        tense::direction(doc, sentence, self.head, words, found)
    }

    fn mention(self, sentence: SentenceId, found: &Found, resolved: Resolved, published: Option<Date>) -> DateMention {
        let (start, end) = bounded(found.bound, &resolved, published);
        let precision = if found.bound == Bound::At || resolved.precision == DatePrecision::Vague {
            resolved.precision
        } else {
            DatePrecision::Range
        };
        let past = |end: Date, published: Date| {
            let days = published.duration_since(end).as_hours() / 24;
            days > BACKGROUND_DAYS || (resolved.precision == DatePrecision::Year && end < published.first_of_year())
        };
        let historical = resolved.kind != DateKind::Duration
            && (resolved.background || end.zip(published).is_some_and(|(end, published)| past(end, published)));
        DateMention {
            span: self.span,
            sentence,
            head: self.head,
            tokens: self.tokens,
            start,
            end,
            precision,
            kind: resolved.kind,
            length: resolved.length,
            bound: found.bound,
            historical,
        }
    }
}

/// The days that a bound leaves.
fn bounded(bound: Bound, resolved: &Resolved, published: Option<Date>) -> (Option<Date>, Option<Date>) {
    let (start, end) = (resolved.start, resolved.end);
    let day = |date: Option<Date>, by: i64| date.and_then(|d| calendar::shift(d, by, calendar::Unit::Day));
    match bound {
        Bound::At => (start, end),
        // What has lasted since a day lasts until the report; what starts later has no known end.
        Bound::Since => (start, published.filter(|p| start.is_some_and(|s| s <= *p))),
        Bound::Until | Bound::By => (None, end),
        Bound::Before => (None, day(start, -1)),
        Bound::After => (start, None),
    }
}

/// The mention that an anaphoric expression counts from: the latest resolved one in this sentence or
/// the one before. Days count from days; longer units from anything.
fn anchor(mentions: &[DateMention], sentence: SentenceId, expr: &Expr) -> Option<Date> {
    let coarse =
        matches!(expr, Expr::Anaphor { unit: calendar::Unit::Month | calendar::Unit::Year | calendar::Unit::Decade, .. });
    mentions
        .iter()
        .rev()
        .take_while(|m| m.sentence.0 + 1 >= sentence.0)
        .filter(|m| m.kind != DateKind::Duration && m.bound != Bound::Since)
        .find(|m| m.start.is_some() && (coarse || m.precision == DatePrecision::Day || m.precision == DatePrecision::Range))
        .and_then(|m| m.start)
}

/// The day last named with its month, in this sentence or the two before: what "the 14th" belongs to.
fn named_day(mentions: &[DateMention], sentence: SentenceId) -> Option<Date> {
    mentions
        .iter()
        .rev()
        .take_while(|m| m.sentence.0 + 2 >= sentence.0)
        .find(|m| m.kind == DateKind::Absolute && matches!(m.precision, DatePrecision::Day | DatePrecision::Month))
        .and_then(|m| m.start)
}
