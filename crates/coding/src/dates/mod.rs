//! Time expressions of news English.
//!
//! [`find`] reads every expression and resolves it against the publication date; [`dateline`] reads
//! the line that opens an agency report; [`attach`] chooses the expression that dates an event.
//! What the text does not tell stays `None`: "Monday" in a report without a date is a mention
//! without days, and "the summit's eve" is one too.

mod absolute;
mod anchors;
mod attach;
mod bounds;
mod calendar;
mod counted;
mod dateline;
mod daytime;
mod distance;
mod expr;
mod grammar;
mod holidays;
mod phrases;
mod portion;
mod reckon;
mod resolve;
mod shifted;
mod stretches;
mod tense;
mod words;

use std::ops::Range;

use demarche_types::{DatePrecision, Document, Sentence, SentenceId, Span, TokenId};
use jiff::civil::Date;

pub(crate) use attach::of_mention;
pub use attach::{AttachContext, attach};
pub use calendar::Unit;
pub(crate) use calendar::{cardinal, cardinals};
pub use dateline::{Dateline, dateline};
pub use expr::Bound;

use crate::tree;
use anchors::{Anchor, Story};
use expr::{Expr, Part};
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
    /// Of a length of time: how many of which unit; the number may be unknown ("for weeks"). Also where only the distance from
    /// something without a date is told ("two weeks after a fire").
    pub length: Option<(Option<u32>, Unit)>,
    /// How the words before bound it. `start` and `end` already follow it.
    pub bound: Bound,
    /// Background: well before the report.
    pub historical: bool,
}

/// Finds and resolves every time expression of a document, in text order. Expressions count from `published`; the report
/// itself may be a day or two younger than its dateline.
pub fn find(doc: &Document<'_>, published: Option<Date>) -> Vec<DateMention> {
    let mut mentions: Vec<DateMention> = Vec::new();
    let mut story = Story::new(published);
    let line = dateline(doc).map(|line| line.span);
    let reported = doc.article.published.map(|p| p.date).max(published);
    for (index, sentence) in doc.sentences.iter().enumerate() {
        let id = SentenceId::from(index);
        let words = words::split(doc.text(), sentence.span);
        let found = grammar::scan(&words);
        for (nth, one) in found.iter().enumerate() {
            let place = Place::new(doc, sentence, &words, one);
            let direction = place.direction(doc, sentence, &words, one);
            // "Dawn" tells a day only of what has happened: what opens at dawn opens every day.
            if is_daytime(&one.expr) && direction != Direction::Past {
                continue;
            }
            let context = Context { published, reported, anchor: None, then: None, month: None, direction };
            let next = found.get(nth + 1);
            let anchor = match one.expr {
                Expr::Anaphor { open: true, .. } => next
                    .filter(|next| next.bound == Bound::At && reaches(&words, one, next))
                    .and_then(|next| {
                        let direction = Place::new(doc, sentence, &words, next).direction(doc, sentence, &words, next);
                        resolve::resolve(&next.expr, &Context { direction, ..context }).start.map(Anchor::from)
                    })
                    .or_else(|| anchors::event_day(doc, &mentions, published, words[one.end - 1].span.end)),
                // "Three years later he fled" did not come after the report.
                _ if anchors::is_coarse(&one.expr) => {
                    let now = published.filter(|_| direction == Direction::Future || !anchors::is_later(&one.expr));
                    anchors::coarse(&mentions, id, anchors::is_later(&one.expr)).or(now).map(Anchor::from)
                }
                _ => story.anchor(doc, id, &one.expr),
            };
            let month = anchors::named_month(&mentions, id, published).filter(|_| direction != Direction::Future);
            let context = Context { anchor, month, then: anchors::then(&mentions, id), ..context };
            let mut resolved = resolve::resolve(&one.expr, &context);
            // What came "six weeks later" did not come after the report: it counts from something else.
            let beyond = resolved.start.zip(reported).is_some_and(|(start, reported)| start > reported);
            // After a day that itself lies ahead it may well come.
            let beyond = beyond && anchor.zip(reported).is_none_or(|(anchor, reported)| anchor.day <= reported);
            if beyond && direction != Direction::Future && matches!(one.expr, Expr::Anaphor { later: true, open: false, .. }) {
                resolved = resolve::resolve(&one.expr, &Context { anchor: None, ..context });
            }
            let mention = place.mention(id, &settled(&words, one, direction), resolved, published, reported);
            if line.is_none_or(|line| !line.contains(mention.span)) {
                story.push(doc, &mention, &one.expr, tense::is_pluperfect(doc, mention.head, &words, one.start));
            }
            mentions.push(mention);
        }
    }
    mentions
}

fn is_daytime(expr: &Expr) -> bool {
    match expr {
        Expr::Daytime => true,
        Expr::Between(first, last) => is_daytime(first) || is_daytime(last),
        _ => false,
    }
}

/// Whether the expression behind "a day after" stands in the same clause: "a day after Tuesday’s strike".
fn reaches(words: &[Word<'_>], open: &Found, next: &Found) -> bool {
    next.start < open.end + 12 && !words[open.end..next.start].iter().any(|w| w.is(",") || w.is(";"))
}

/// "By Tuesday hundreds had fled" tells how things stood on that day, which is no end of what it tells.
fn settled(words: &[Word<'_>], found: &Found, direction: Direction) -> Found {
    let day = matches!(
        found.expr,
        Expr::Weekday { .. } | Expr::Offset(_) | Expr::Daytime | Expr::DayOfMonth { .. } | Expr::Anaphor { unit: Unit::Day, .. }
    );
    let before = |back: usize| found.start.checked_sub(back).map_or("", |at| words[at].lower.as_str());
    // "a week from Tuesday" counts.
    let counts = calendar::Unit::parse(before(2)).is_some();
    let article = usize::from(before(1) == "the");
    let opens = before(1 + article) == "from" && !counts || before(1) == "of" && before(2) == "as";
    // "by 1 p.m. last Wednesday", "by Sunday noon": an hour is an end.
    let hour = !matches!(before(1 + article), "by" | "about" | "around")
        || matches!(words[found.end - 1].lower.as_str(), "noon" | "midday" | "midnight") && found.end > found.start + 1;
    let lasts = found.expr.is_day() || matches!(found.expr, Expr::Month { .. } | Expr::Year { .. } | Expr::Unit { .. });
    let bound = match (found.bound, direction) {
        (Bound::By, Direction::Past) if day && !hour => Bound::At,
        (Bound::At, _) if opens && matches!(found.expr, Expr::NthWeekday { .. }) => Bound::Since,
        // "From July 1 tariffs will rise", "as of Monday shops will close": what lies ahead lasts from then on.
        (Bound::At, Direction::Future) if opens && lasts => Bound::Since,
        (bound, _) => bound,
    };
    Found { bound, ..found.clone() }
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

    fn mention(
        self,
        sentence: SentenceId,
        found: &Found,
        resolved: Resolved,
        published: Option<Date>,
        reported: Option<Date>,
    ) -> DateMention {
        let ends = matches!(
            found.expr,
            Expr::Month { part: Part::End, .. } | Expr::Unit { part: Part::End, .. } | Expr::Year { part: Part::End, .. }
        );
        let (start, end) = bounded(found.bound, &resolved, ends, reported);
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

/// The days that a bound leaves; `ends` says that the words name the end of something.
fn bounded(bound: Bound, resolved: &Resolved, ends: bool, reported: Option<Date>) -> (Option<Date>, Option<Date>) {
    let (start, end) = (resolved.start, resolved.end);
    let day = |date: Option<Date>, by: i64| date.and_then(|d| calendar::shift(d, by, calendar::Unit::Day));
    match bound {
        Bound::At => (start, end),
        // What has lasted since a day lasts until the report; what starts later has no known end.
        Bound::Since => (start, reported.filter(|p| start.is_some_and(|s| s <= *p))),
        Bound::Until | Bound::By => (None, end),
        // A bound that is a day is told as it is: what must be done before Friday may be done in Friday's first hours.
        Bound::Before if start == end || resolved.precision == DatePrecision::Day => (None, end),
        // "before the end of the year": its last day is the bound.
        Bound::Before if ends => (None, end),
        Bound::Before => (None, day(start, -1)),
        Bound::After => (start, None),
    }
}
