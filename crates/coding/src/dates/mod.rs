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
mod decades;
mod distance;
mod expr;
mod grammar;
mod holidays;
mod log;
mod moon;
mod national;
mod periods;
mod phrases;
mod portion;
mod ranges;
mod reckon;
mod resolve;
mod shifted;
mod sides;
mod stretches;
mod tense;
mod words;

use std::ops::Range;

use demarche_types::{DatePrecision, Deprel, Document, Sentence, SentenceId, Span, TokenId, Upos};
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
use log::Log;
use national::Home;
use resolve::{Context, Resolved};
use sides::Direction;
use words::Word;

/// Days after which a dated event is background rather than news.
const BACKGROUND_DAYS: i64 = 180;

/// Days back from the report beyond which a day without a year may belong to the year told just before, and days after that one within
/// which it does.
const LONG_BACK: i64 = 90;
const SOON: i64 = 60;

/// The hour from which on a dawn told next is that of the next day.
const EVENING: i64 = 18;

/// What the meaning of an expression hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateKind {
    /// The calendar ("June 13", "2020"); a missing year comes from publication.
    Absolute,
    /// The day of publication ("Wednesday", "last week").
    Deictic,
    /// A date or event told before ("a day earlier").
    Anaphoric,
    /// A length of time, no place in it ("two-day"); also what comes again and again ("every Monday").
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
    let line = dateline(doc);
    let mut reader = Reader {
        doc,
        published,
        reported: doc.article.published.map(|p| p.date).max(published),
        home: Home::of(doc, line.as_ref()),
        line: line.map(|line| line.span),
        mentions: Vec::new(),
        story: Story::new(published),
        log: Log::of(doc),
        period: None,
        dated: None,
    };
    for (index, sentence) in doc.sentences.iter().enumerate() {
        reader.sentence(SentenceId::from(index), sentence);
    }
    reader.mentions
}

/// What has been read so far.
struct Reader<'d> {
    doc: &'d Document<'d>,
    published: Option<Date>,
    reported: Option<Date>,
    home: Option<Home>,
    line: Option<Span>,
    mentions: Vec<DateMention>,
    story: Story,
    log: Log,
    /// The day told last with its year, and where.
    dated: Option<(SentenceId, Date)>,
    /// The stretch of weeks or months told last, and where.
    period: Option<(SentenceId, (Date, Date))>,
}

impl Reader<'_> {
    fn sentence(&mut self, id: SentenceId, sentence: &Sentence) {
        let doc = self.doc;
        let words = words::split(doc.text(), sentence.span);
        let found = grammar::scan(&words);
        for (nth, one) in found.iter().enumerate() {
            let place = Place::new(doc, sentence, &words, one);
            let heads = self.log.heads(&words, one);
            let direction = match place.direction(doc, sentence, &words, one) {
                _ if heads => Direction::Past,
                // The entries of a log tell the past in the present.
                Direction::Present if self.log.entry(sentence.block).is_some() => Direction::Past,
                direction => direction,
            };
            // "Dawn" tells a day only of what has happened, or with a day: what opens at dawn opens every day.
            let clock = words[one.start].kind == words::Kind::Number;
            let polls = clock && direction != Direction::Past && is_of_polls(&words);
            let direction = if polls { Direction::Future } else { direction };
            let told = polls
                || direction.is_ahead() && self.story.awaits(doc, id)
                || self.log.entry(sentence.block).is_some()
                || direction == Direction::Unknown && (clock || self.story.runs(sentence.block));
            let one = &match is_daytime(&one.expr) && direction != Direction::Past && !told && !self.story.tells(id) {
                // "opens at 8 a.m.", "between sunset and midnight": an hour of every day.
                true if clock || matches!(one.expr, Expr::Between(..)) => Found { expr: Expr::Habit, ..one.clone() },
                // "will speak later in the day"
                true if words[one.start].is("later") => Found { expr: Expr::Offset(0), ..one.clone() },
                true => continue,
                false => one.clone(),
            };
            // "said that night works would go on"
            if place.head.is_some() && is_clause(doc, &place) {
                continue;
            }
            let stepped = (direction == Direction::Past).then(|| self.stepped(id, &words, one)).flatten();
            let one = stepped.as_ref().unwrap_or(one);
            let context = self.context(id, &words, one, direction);
            let next = found.get(nth + 1);
            let beside = self.beside(&words, one, next, sentence, &context);
            let vote_day = || anchors::vote_day(doc, &self.mentions, self.published, words[one.start].span.start, direction);
            let anchor = match one.expr {
                Expr::Anaphor { open: true, .. } | Expr::Eve(None) => next
                    .filter(|next| next.bound == Bound::At && reaches(&words, one, next) && one.expr != Expr::Eve(None))
                    .and_then(|next| {
                        let direction = Place::new(doc, sentence, &words, next).direction(doc, sentence, &words, next);
                        resolve::resolve(&next.expr, &Context { direction, ..context }).start.map(Anchor::from)
                    })
                    .or_else(|| anchors::event_day(doc, &self.mentions, self.published, words[one.end - 1].span.end)),
                Expr::PollingDay => vote_day(),
                Expr::Daytime if polls && !self.story.tells(id) => {
                    vote_day().or_else(|| self.story.anchor(doc, id, &one.expr, direction))
                }
                Expr::Anniversary { years, birth } => {
                    anchors::anniversary(doc, &self.mentions, self.published, (years, birth), place.span.start).map(Anchor::from)
                }
                // "16-20 April: ... It sat through the weekend that followed."
                Expr::Weekend(Some(expr::Shift::Following))
                | Expr::Anaphor { n: Some(1..), unit: Unit::Day | Unit::Week, later: true, open: false, .. }
                    if let Some((_, last)) = self.log.entry(sentence.block).filter(|(first, last)| first != last)
                        && !self.story.runs(sentence.block) =>
                {
                    Some(last.into())
                }
                // "Three years later he fled" did not come after the report.
                _ if anchors::is_coarse(&one.expr) => {
                    let later = anchors::is_later(&one.expr);
                    let now = self.published.filter(|_| direction.is_ahead() || !later);
                    anchors::coarse(doc, &self.mentions, id, &one.expr).or(now).map(Anchor::from)
                }
                Expr::Daytime if is_early(&words, one) => {
                    let aside = tense::is_pluperfect(doc, place.head, &words, one.start);
                    self.story.anchor(doc, id, &one.expr, direction).map(|anchor| self.morning_after(anchor, aside))
                }
                // "The flood of April killed 90. In the days that followed ..."
                Expr::Anaphor { n: None, later: true, open: false, .. } if !self.story.runs(sentence.block) => {
                    anchors::coarse(doc, &self.mentions, id, &one.expr).map(Anchor::from)
                }
                _ => self.story.anchor(doc, id, &one.expr, direction),
            };
            // A night of something that nobody dated is no time at all.
            if anchor.is_none() && matches!(one.expr, Expr::Anaphor { n: Some(0), open: true, .. } | Expr::Anniversary { .. })
                || context.then.is_none() && one.expr == Expr::Reporting
            {
                continue;
            }
            let context = Context { anchor, ..context };
            let mut resolved = self.log.day(&one.expr, heads, sentence.block).map_or_else(
                || resolve::resolve(&anchors::in_its_year(doc, &self.mentions, id, place.head, &one.expr), &context),
                |day| Resolved::new(DateKind::Deictic, DatePrecision::Day, Some((day, day))),
            );
            // What came "six weeks later" did not come after the report: it counts from something else.
            let beyond = resolved.start.zip(self.reported).is_some_and(|(start, reported)| start > reported);
            // After a day that itself lies ahead it may well come.
            let beyond = beyond && anchor.zip(self.reported).is_none_or(|(anchor, reported)| anchor.day <= reported);
            if beyond && !direction.is_ahead() && matches!(one.expr, Expr::Anaphor { later: true, open: false, .. }) {
                resolved = resolve::resolve(&one.expr, &Context { anchor: None, ..context });
            }
            // "had voted on December 7" of a report of November is of the year before.
            if let Expr::MonthDay { month, day, .. } = one.expr
                && resolved.start.zip(self.reported).is_some_and(|(start, reported)| start > reported)
                && direction == Direction::Past
                && one.bound == Bound::At
                && tense::is_pluperfect(doc, place.head, &words, one.start)
                && let Some(day) = resolved.start.and_then(|d| Date::new(d.year() - 1, month, day).ok())
            {
                resolved = Resolved { start: Some(day), end: Some(day), ..resolved };
            }
            if let Some(day) = self.beside_dated(id, &words, one, &resolved, direction) {
                resolved = Resolved { start: Some(day), end: Some(day), ..resolved };
            }
            // "Six months on, the tents still stand": that is the day of the report.
            if words[one.end - 1].is("on")
                && matches!(one.expr, Expr::Anaphor { .. })
                && resolved.start.is_none_or(|start| self.reported.is_some_and(|r| start > r))
            {
                resolved = Resolved::new(DateKind::Deictic, DatePrecision::Day, self.published.map(|p| (p, p)));
            }
            if let Some(day) = beside.filter(|_| resolved.start.is_none() || beyond) {
                // How long after it was is told too, and is all that the words before "after" say.
                if let Expr::Anaphor { n: Some(n), unit, open: true, .. } = one.expr
                    && one.end > one.start + 2
                {
                    let length = Found { expr: Expr::Duration { n: Some(n), unit }, end: one.end - 1, ..one.clone() };
                    let told = resolve::resolve(&length.expr, &context);
                    self.mentions.push(Place::new(doc, sentence, &words, &length).mention(
                        id,
                        &length,
                        told,
                        self.published,
                        self.reported,
                    ));
                }
                resolved = Resolved::new(DateKind::Anaphoric, DatePrecision::Day, Some((day, day)));
            }
            let mention = place.mention(id, &settled(doc, &words, one, direction), resolved, self.published, self.reported);
            if heads && let Some(days) = mention.start.zip(mention.end) {
                self.log.open(sentence.block, days);
            }
            if let Expr::Day { year, month, day } = one.expr {
                self.dated = Date::new(year, month, day).ok().map(|day| (id, day));
            }
            if let Some(interval) = anchors::period(&mention, &one.expr) {
                self.period = Some((id, interval));
            }
            if self.line.is_none_or(|line| !line.contains(mention.span)) {
                self.story.push(doc, &mention, &one.expr, tense::is_pluperfect(doc, mention.head, &words, one.start));
            }
            self.mentions.push(mention);
        }
    }

    /// The day of a dawn that is told behind an evening: "police cleared the square late on Sunday, and at first light it was full".
    fn morning_after(&self, anchor: Anchor, aside: bool) -> Anchor {
        let evening = anchor.hour.is_some_and(|hour| hour >= EVENING) && !aside;
        let next = calendar::shift(anchor.day, 1, Unit::Day).filter(|next| evening && self.reported.is_none_or(|r| *next <= r));
        next.map_or(anchor, Anchor::from)
    }

    /// Whether a sentence is this one or the one before in the same paragraph.
    fn at_hand(&self, told: SentenceId, id: SentenceId) -> bool {
        told.0 + 1 >= id.0 && anchors::block(self.doc, told) == anchors::block(self.doc, id)
    }

    fn context(&self, id: SentenceId, words: &[Word<'_>], found: &Found, direction: Direction) -> Context {
        let block = anchors::block(self.doc, id);
        let entry = self.log.entry(block);
        let month =
            anchors::named_month(self.doc, &self.mentions, id, self.published, direction).filter(|_| !direction.is_ahead());
        let then = match found.expr {
            Expr::Those(unit) => anchors::those(&self.mentions, id, unit),
            Expr::Reporting => anchors::reporting(&self.mentions),
            _ => anchors::then(&self.mentions, id),
        };
        let narrated = || (direction == Direction::Past).then(|| self.narrated(block, &found.expr)).flatten();
        Context {
            published: self.log.now(&found.expr, block).or_else(narrated).or(self.published),
            reported: self.reported,
            anchor: None,
            then,
            month: entry.map(|(_, last)| last).or(month),
            direction,
            home: self.home,
            period: self.period.filter(|(told, _)| self.at_hand(*told, id)).map(|(_, interval)| interval),
            over: found.start > 0 && matches!(words[found.start - 1].lower.as_str(), "between" | "of"),
            end: matches!(found.bound, Bound::Until | Bound::By | Bound::Before),
        }
    }

    /// "the next spring", "the next year" of what happened long ago, as one that follows what the text has told.
    fn stepped(&self, id: SentenceId, words: &[Word<'_>], found: &Found) -> Option<Found> {
        use expr::Shift::{Following, Next};
        let expr = match found.expr {
            Expr::Stretch { month, count, year, shift: Some(Next) } => {
                Expr::Stretch { month, count, year, shift: Some(Following) }
            }
            Expr::Month { month, year, shift: Some(Next), part } => Expr::Month { month, year, shift: Some(Following), part },
            Expr::Unit { unit: unit @ Unit::Year, shift: Next, part: expr::Part::Whole } => {
                Expr::Anaphor { n: Some(1), unit, later: true, open: false, counted: false }
            }
            _ => return None,
        };
        let told = anchors::coarse(self.doc, &self.mentions, id, &expr).filter(|_| words[found.start].is("the"))?;
        let past = self.reported.is_none_or(|reported| told.first_of_year() < reported.first_of_year());
        past.then(|| Found { expr, ..found.clone() })
    }

    /// The day from which "the end of the year" counts in a paragraph that tells of another year.
    fn narrated(&self, block: u32, expr: &Expr) -> Option<Date> {
        use expr::Part::{End, Mid, Start};
        if !matches!(expr, Expr::Unit { unit: Unit::Year, shift: expr::Shift::This, part: Start | Mid | End }) {
            return None;
        }
        let paragraph = |m: &&DateMention| anchors::block(self.doc, m.sentence) == block;
        let last = self.mentions.iter().rev().take_while(paragraph).find(|m| m.kind != DateKind::Duration && m.end.is_some())?;
        let whole = last.start.zip(last.end).is_some_and(|(first, end)| first.year() == end.year());
        last.end.filter(|_| last.historical && whole)
    }

    /// The day of a date whose year or week stands with one told just before: "elected on August 9, 2022, and sworn in on September
    /// 13", "On 5 May shots were fired; a man was held on the Sunday".
    fn beside_dated(
        &self,
        id: SentenceId,
        words: &[Word<'_>],
        one: &Found,
        resolved: &Resolved,
        direction: Direction,
    ) -> Option<Date> {
        let naive = resolved.start.filter(|_| direction == Direction::Past && one.bound == Bound::At)?;
        match one.expr {
            Expr::MonthDay { month, day, weekday: None } => {
                let (told, from) = self.dated?;
                let long_back = self.published.is_some_and(|p| sides::days(naive, p) > LONG_BACK);
                let next = (0..=1).find_map(|years| Date::new(from.year() + years, month, day).ok().filter(|d| *d >= from))?;
                (told == id && long_back && sides::days(from, next) <= SOON).then_some(next)
            }
            Expr::Weekday { day, shift: None, week: None } => {
                let article = one.start > 0 && words[one.start - 1].is("the");
                let closed = words.get(one.end).is_none_or(|w| w.kind == words::Kind::Punct && !w.is("’") && !w.is("'"));
                let from = self.story.anchor(self.doc, id, &Expr::Daytime, Direction::Past).filter(|_| article && closed)?.day;
                let next = calendar::weekday_after(from, day)?;
                (sides::days(next, naive) >= 7).then_some(next)
            }
            _ => None,
        }
    }

    /// The day beside which a count of days or hours stands: "on Friday, two days after the president was removed", "less than
    /// two days later, on Sunday".
    fn beside(
        &self,
        words: &[Word<'_>],
        one: &Found,
        next: Option<&Found>,
        sentence: &Sentence,
        context: &Context,
    ) -> Option<Date> {
        let Expr::Anaphor { unit, n, open, .. } = one.expr else { return None };
        // "on 3 May, a month later" counts from what was told before; "six months after it was seized" tells of the day beside it.
        let near = matches!(unit, Unit::Hour | Unit::Day | Unit::Week) || open && unit == Unit::Month;
        if n == Some(0) || !near {
            return None;
        }
        let article = usize::from(one.start > 0 && matches!(words[one.start - 1].lower.as_str(), "the" | "only" | "just"));
        let before = one.start.checked_sub(1 + article).filter(|&at| words[at].is(","));
        let last = self.mentions.last().filter(|last| {
            before.is_some_and(|at| last.span.end == words[at].span.start)
                && last.kind != DateKind::Duration
                && last.bound == Bound::At
                && last.precision == DatePrecision::Day
        });
        if open {
            return last.and_then(|last| last.start);
        }
        let next = next.filter(|next| {
            let on = usize::from(words.get(one.end + 1).is_some_and(|w| w.is("on")));
            words.get(one.end).is_some_and(|w| w.is(",")) && next.start == one.end + 1 + on && next.expr.is_day()
        })?;
        let direction = Place::new(self.doc, sentence, words, next).direction(self.doc, sentence, words, next);
        resolve::resolve(&next.expr, &Context { direction, ..*context }).start
    }
}

/// Whether an expression like "that night" opens a clause, as in "said that night works would go on".
fn is_clause(doc: &Document<'_>, place: &Place) -> bool {
    let first = TokenId(place.tokens.start);
    doc.token(first).deprel == Deprel::Mark && doc.form(first).eq_ignore_ascii_case("that")
}

/// "at dawn", "at first light", "at two in the morning", "at 4 a.m.": before the day's work.
fn is_early(words: &[Word<'_>], found: &Found) -> bool {
    let first = &words[found.start];
    let small =
        first.digits().is_some_and(|hour| hour < 7) && words[found.start..found.end].iter().any(|w| w.is("am") || w.is("a"));
    small || matches!(words[found.end - 1].lower.as_str(), "dawn" | "daybreak" | "sunrise" | "light" | "morning")
}

/// "Polls close at 6 p.m.", "voting starts at 7".
fn is_of_polls(words: &[Word<'_>]) -> bool {
    let any = |list: &[&str]| words.iter().any(|w| list.contains(&w.lower.as_str()));
    any(&["polls", "polling", "voting"]) && any(&["open", "opens", "close", "closes", "start", "starts", "begins", "end", "ends"])
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
fn settled(doc: &Document<'_>, words: &[Word<'_>], found: &Found, direction: Direction) -> Found {
    let day = matches!(
        found.expr,
        Expr::Weekday { .. } | Expr::Offset(_) | Expr::Daytime | Expr::DayOfMonth { .. } | Expr::Anaphor { unit: Unit::Day, .. }
    );
    let before = |back: usize| found.start.checked_sub(back).map_or("", |at| words[at].lower.as_str());
    // "a week from Tuesday" counts, "every week from Tuesday" does not, and what "dates from" a day did not last since.
    let counts = calendar::Unit::parse(before(2)).is_some() && !matches!(before(3), "every" | "each")
        || matches!(before(2), "dates" | "dating" | "date" | "dated" | "stems");
    let article = usize::from(before(1) == "the");
    let opens = before(1 + article) == "from" && !counts || before(1) == "of" && before(2) == "as";
    // "by 1 p.m. last Wednesday", "by Sunday noon": an hour is an end.
    let hour = !matches!(before(1 + article), "by" | "about" | "around")
        || matches!(words[found.end - 1].lower.as_str(), "noon" | "midday" | "midnight") && found.end > found.start + 1
        // "by Friday prayers"
        || words.get(found.end).is_some_and(|w| w.is("prayers"))
        || matches!(found.expr, Expr::Daytime)
            && (words[found.start].kind == words::Kind::Number
                || matches!(words[found.start].lower.as_str(), "noon" | "midday" | "midnight"));
    let past = matches!(found.expr, Expr::Unit { shift: expr::Shift::Last | expr::Shift::Previous, .. });
    let lasts =
        !past && (found.expr.is_day() || matches!(found.expr, Expr::Month { .. } | Expr::Year { .. } | Expr::Unit { .. }));
    let bound = match (found.bound, direction) {
        (Bound::By, Direction::Past) if day && !hour => Bound::At,
        (Bound::At, _) if opens && matches!(found.expr, Expr::NthWeekday { .. }) => Bound::Since,
        // "From July 1 tariffs will rise", "as of Monday shops will close": what lies ahead lasts from then on.
        (Bound::At, direction) if direction.is_ahead() && opens && lasts => Bound::Since,
        // "stopped its services from Thursday night" began then; "a print from Thursday" comes from then.
        (Bound::At, _)
            if opens
                && before(1 + article) == "from"
                && (found.expr.is_day() || matches!(found.expr, Expr::Month { .. }))
                && is_of_verb(doc, words, found) =>
        {
            Bound::Since
        }
        (bound, _) => bound,
    };
    Found { bound, ..found.clone() }
}

/// Whether an expression hangs on a verb of its sentence, past a time of the clock.
fn is_of_verb(doc: &Document<'_>, words: &[Word<'_>], found: &Found) -> bool {
    let span = words[found.start].span.cover(words[found.end - 1].span);
    let (start, end) = tree::tokens_in(doc, span);
    let head = (start < end).then(|| tree::head_of(doc, start, end)).flatten();
    let governor = head.filter(|&h| tree::has_tree(doc, h)).and_then(|h| doc.token(h).head);
    governor.is_some_and(|g| doc.token(g).upos == Upos::Verb && !tense::MOVES.contains(&doc.token(g).lemma.as_str()))
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
            Expr::Run { forward: false, .. }
                | Expr::Month { part: Part::End, .. }
                | Expr::Unit { part: Part::End, .. }
                | Expr::Year { part: Part::End, .. }
        );
        let (start, end) = bounded(found.bound, &resolved, ends, reported);
        // "after Ramadan" is after its last day.
        let feast = found.bound == Bound::After && matches!(found.expr, Expr::Holiday { .. });
        let start = if feast { resolved.end } else { start };
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
