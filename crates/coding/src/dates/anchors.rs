//! What expressions like "the next day", "at dawn", "the 14th" and "two days after the vote" count from.

use demarche_types::{DateBasis, DatePrecision, Deprel, Document, SentenceId, TokenId, Upos};
use jiff::civil::Date;

use super::calendar::Unit;
use super::expr::{Bound, Expr, Shift};
use super::sides::{Direction, days};
use super::{AttachContext, DateKind, DateMention, attach};
use crate::tree;

/// How many tokens back an event is looked for that a date counts from.
const REACH: usize = 2_000;

/// Days back from the report within which a day belongs to the story it tells.
const RECENT: i64 = 14;

/// Sentences back within which the day of a paragraph is still at hand.
const NEAR: u32 = 3;

/// The longest time that a report covers, in days.
const QUARTER: i64 = 92;

/// Sentences back within which "those years" were told.
const FURTHER: u32 = 8;

/// A day to count from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Anchor {
    pub(super) day: Date,
    /// The hour, when a part of the day was told.
    pub(super) hour: Option<i64>,
}

impl From<Date> for Anchor {
    fn from(day: Date) -> Self {
        Self { day, hour: None }
    }
}

/// A day that the text told.
#[derive(Clone, Copy, Debug)]
struct Told {
    anchor: Anchor,
    sentence: SentenceId,
    block: u32,
    /// It belongs to the main line: no background, no bound, no look further back ("had met on Monday").
    main: bool,
    /// It is told as what happened long ago.
    back: bool,
}

/// The days told so far, in text order.
#[derive(Clone, Debug, Default)]
pub(super) struct Story {
    published: Option<Date>,
    days: Vec<Told>,
}

impl Story {
    pub(super) fn new(published: Option<Date>) -> Self {
        Self { published, days: vec![] }
    }

    /// Takes in a mention. `aside` says that its clause looks back from the main line; `hour` is that of the part of the day.
    pub(super) fn push(&mut self, doc: &Document<'_>, mention: &DateMention, expr: &Expr, aside: bool) {
        // "gone by 23 May; a week earlier it had lain knee-deep"
        let ends = matches!(mention.bound, Bound::By | Bound::Until) && expr.is_day();
        let Some((start, end)) = mention.start.or(mention.end.filter(|_| ends)).zip(mention.end) else { return };
        let short = days(start, end) <= 2;
        let day = match expr {
            _ if start == end => start,
            Expr::Overnight { .. } => end,
            // "the seven days to May 11, and the week before that"
            Expr::Run { .. } | Expr::Reporting => start,
            Expr::Between(..) if short => end,
            _ => return,
        };
        let distant = matches!(mention.kind, DateKind::Vague | DateKind::Duration)
            || matches!(expr, Expr::Ago { .. }) && self.published.is_some_and(|p| days(day, p) > 7);
        self.days.push(Told {
            anchor: Anchor { day, hour: hour(mention.span.of(doc.text())) },
            sentence: mention.sentence,
            block: block(doc, mention.sentence),
            main: (start == end || matches!(expr, Expr::Overnight { .. }))
                && mention.bound == Bound::At
                && !mention.historical
                && !aside
                && !distant,
            back: start == end && mention.bound == Bound::At && mention.historical && !distant,
        });
    }

    /// Whether the sentence has told a day.
    pub(super) fn tells(&self, sentence: SentenceId) -> bool {
        self.days.last().is_some_and(|d| d.sentence == sentence)
    }

    /// Whether the paragraph has just told a day to come.
    pub(super) fn awaits(&self, doc: &Document<'_>, sentence: SentenceId) -> bool {
        let block = block(doc, sentence);
        let close = |d: &&Told| d.block == block && d.sentence.0 + 1 >= sentence.0;
        self.days.iter().rev().take_while(close).any(|d| self.published.is_some_and(|p| d.anchor.day >= p))
    }

    /// Whether the paragraph has told a day of the main line.
    pub(super) fn runs(&self, block: u32) -> bool {
        self.days.iter().any(|d| d.block == block && d.main)
    }

    /// What `expr` counts from: a day of its own sentence, then of those just before, then the latest of the story, then the
    /// report's.
    pub(super) fn anchor(&self, doc: &Document<'_>, sentence: SentenceId, expr: &Expr, direction: Direction) -> Option<Anchor> {
        let past = direction == Direction::Past;
        // "that afternoon" of what has happened is not the afternoon of a day to come.
        let come = |d: &&Told| {
            let same = matches!(expr, Expr::Anaphor { n: Some(0), .. });
            !(past && same && self.published.is_some_and(|p| d.anchor.day > p))
        };
        let part = matches!(expr, Expr::Daytime);
        // Nothing is told of the day after the report's own: what came "later" came after something told.
        let later = is_later(expr);
        let own = || self.days.iter().rev().take_while(|d| d.sentence == sentence).filter(come);
        // "Bookings stood at zero on Tuesday for Wednesday; flows end at 7 a.m.": an hour to come is one of a day to come.
        let to_come =
            || own().find(|d| self.published.is_some_and(|p| d.anchor.day > p)).filter(|_| part && direction.is_ahead());
        let here = to_come().or_else(|| own().find(|d| d.main)).or_else(|| own().next());
        if let Some(told) = here {
            return Some(told.anchor);
        }
        let paragraph = block(doc, sentence);
        let mut close = self.days.iter().rev().take_while(|d| d.block == paragraph && d.sentence.0 + NEAR >= sentence.0);
        // "On 9 May 1998 he resigned. His successor took over three days later": the paragraph tells of long ago.
        if let Some(told) = close.clone().find(come).filter(|d| past && d.back) {
            return Some(told.anchor);
        }
        // "Voting is on Sunday; some voted last Sunday. The two best placed meet three weeks later": what is to come counts from what
        // is to come.
        let ahead = |d: &&Told| self.published.is_some_and(|p| d.anchor.day >= p);
        if let Some(told) = close.find(ahead).filter(|_| (later || part) && direction.is_ahead()) {
            return Some(told.anchor);
        }
        let near = self.days.iter().rev().take_while(|d| d.sentence.0 + NEAR >= sentence.0).filter(come).find(|d| {
            let recent = self.recent(d.anchor.day, if part { 7 } else { RECENT });
            let at_hand =
                d.block == paragraph && !part || recent && d.sentence.0 + 1 >= sentence.0 || recent && d.block == paragraph;
            // What is told of another paragraph's day to come does not come before it.
            let ahead = self.published.is_some_and(|p| d.anchor.day > p) && (part || !later && d.block != paragraph);
            d.main && at_hand && !ahead
        });
        // "on Tuesday, four days after the summit of April 27. Crews started at 2 p.m.": the latest day of that sentence.
        let near = near.map(|told| {
            let same = self.days.iter().filter(|d| part && d.main && d.sentence == told.sentence);
            same.filter(|d| self.published.is_none_or(|p| d.anchor.day <= p)).max_by_key(|d| d.anchor.day).unwrap_or(told)
        });
        let line = || {
            let window = if part { 1 } else { RECENT };
            let told =
                |d: &&Told| d.main && self.recent(d.anchor.day, window) && self.published.is_none_or(|p| d.anchor.day <= p);
            self.days.iter().filter(told).max_by_key(|d| d.anchor.day)
        };
        let last = || self.days.iter().rev().find(|d| d.main && later);
        // "had promised on Friday that the cuts would end. Two days later": where nothing else was told close by, what was told
        // by the way is what "later" counts from.
        let aside = || {
            let close = |d: &&Told| later && d.block == paragraph && d.sentence.0 + 1 >= sentence.0;
            self.days.iter().rev().find(close).filter(|d| self.recent(d.anchor.day, RECENT))
        };
        near.or_else(aside).or_else(line).or_else(last).map(|d| d.anchor).or(self.published.filter(|_| !later).map(Anchor::from))
    }

    fn recent(&self, day: Date, within: i64) -> bool {
        self.published.is_none_or(|p| days(day, p) <= within)
    }
}

/// The paragraph of a sentence.
pub(super) fn block(doc: &Document<'_>, sentence: SentenceId) -> u32 {
    doc.sentences.get(sentence.index()).map_or(0, |s| s.block)
}

/// The hour that a part of a day stands for, "Sunday evening" about eight.
fn hour(words: &str) -> Option<i64> {
    // "late on Sunday"
    if words.get(..4).is_some_and(|w| w.eq_ignore_ascii_case("late")) {
        return Some(22);
    }
    Some(match words.rsplit(' ').next()?.to_lowercase().as_str() {
        "midnight" => 0,
        "dawn" | "daybreak" | "sunrise" => 6,
        "morning" => 9,
        "noon" | "midday" | "lunchtime" => 12,
        "afternoon" => 15,
        "dusk" | "sunset" | "nightfall" | "evening" => 20,
        "night" => 22,
        _ => return None,
    })
}

/// What months, years and longer count from: any date of this sentence or the one before, its end for what came later. What came
/// later may count from what its paragraph told further up.
pub(super) fn coarse(doc: &Document<'_>, mentions: &[DateMention], sentence: SentenceId, expr: &Expr) -> Option<Date> {
    let (later, same) = (is_later(expr), same_unit(expr));
    let told =
        |m: &&DateMention| m.kind != DateKind::Duration && m.bound != Bound::Since && (m.start.is_some() || m.end.is_some());
    // "the same month" is one that was told, or that of a day; "that August" is one of a year told before.
    let within = |m: &&DateMention| match (expr, same) {
        (Expr::Month { shift: Some(Shift::Same), .. }, _) => m.kind == DateKind::Absolute,
        (_, Some(longest)) => m.start.zip(m.end).is_none_or(|(start, end)| days(start, end) < longest),
        _ => true,
    };
    let further = later || same.is_some();
    let near = |m: &&DateMention| m.sentence.0 + 1 >= sentence.0 || further && block(doc, m.sentence) == block(doc, sentence);
    let close = || mentions.iter().rev().take_while(near).filter(told);
    close().find(within).or_else(|| close().next()).and_then(|m| if later { m.end.or(m.start) } else { m.start.or(m.end) })
}

/// Of "the same month": the days that a month has at most.
fn same_unit(expr: &Expr) -> Option<i64> {
    match expr {
        Expr::PartOf(whole, _) => same_unit(whole),
        Expr::Anaphor { n: Some(0), unit: Unit::Month, .. } => Some(31),
        Expr::Anaphor { n: Some(0), unit: Unit::Year, .. } => Some(366),
        _ => None,
    }
}

/// The stretch that "those years" means: the last told, not far back, that is longer than one of them.
pub(super) fn those(mentions: &[DateMention], sentence: SentenceId, unit: Unit) -> Option<(Date, Date)> {
    let least = match unit {
        Unit::Week => 8,
        Unit::Month => 32,
        _ => 367,
    };
    let near = |m: &&DateMention| m.sentence.0 + FURTHER >= sentence.0;
    let stretches = mentions.iter().rev().take_while(near).filter(|m| m.kind != DateKind::Duration && m.bound == Bound::At);
    stretches.filter_map(|m| m.start.zip(m.end)).find(|(start, end)| days(*start, *end) + 1 >= least)
}

/// The stretch that a report says it covers: the first of some days or weeks that it tells.
pub(super) fn reporting(mentions: &[DateMention]) -> Option<(Date, Date)> {
    let whole = |m: &&DateMention| m.bound == Bound::At && m.precision == DatePrecision::Range && m.kind != DateKind::Duration;
    mentions.iter().filter(whole).filter_map(|m| m.start.zip(m.end)).find(|(first, last)| days(*first, *last) < QUARTER)
}

/// The day of an anniversary told by its number: that many years after a day of the text, about the time of the report; a birthday
/// counts from the day on which somebody was born.
pub(super) fn anniversary(
    doc: &Document<'_>,
    mentions: &[DateMention],
    published: Option<Date>,
    (years, birth): (i16, bool),
    before: u32,
) -> Option<Date> {
    // "on Aug. 15, 2015, the 70th anniversary of the end of the war"
    let joint = |m: &&DateMention| {
        let gap = doc.text().get(m.span.end as usize..before as usize).unwrap_or("-");
        matches!(gap.trim(), "," | ", the" | ", its" | ", their" | ", his" | ", her")
    };
    let day = |m: &DateMention| m.start.filter(|start| m.end == Some(*start) && m.kind != DateKind::Duration);
    if let Some(beside) = mentions.last().filter(joint).and_then(day) {
        return Some(beside);
    }
    let born = |m: &DateMention| doc.sentence_tokens(m.sentence).any(|t| doc.form(t).eq_ignore_ascii_case("born"));
    mentions.iter().rev().filter(|m| !birth || born(m)).filter_map(day).find_map(|day| {
        let then = Date::new(day.year().checked_add(years)?, day.month(), day.day()).ok()?;
        published.is_none_or(|p| days(p, then).abs() < 400 || birth && then <= p).then_some(then)
    })
}

/// The day of the vote that the text has told.
pub(super) fn vote_day(
    doc: &Document<'_>,
    mentions: &[DateMention],
    published: Option<Date>,
    before: u32,
    direction: Direction,
) -> Option<Anchor> {
    const VOTES: [&str; 6] = ["vote", "election", "poll", "referendum", "runoff", "ballot"];
    let end = doc.tokens.partition_point(|t| t.span.start < before);
    let context = AttachContext { mentions, published, dateline: None, told_as_new: false, triggers: &[] };
    (end.saturating_sub(REACH)..end)
        .map(TokenId::from)
        .filter(|&t| VOTES.contains(&doc.token(t).lemma.to_lowercase().as_str()))
        .find_map(|told| {
            let date = attach(doc, told, &context);
            let known = date.basis == DateBasis::Expression && date.precision == DatePrecision::Day;
            let side = |day: &Date, p: Date| if direction.is_ahead() { *day >= p } else { days(*day, p) < RECENT };
            date.start.filter(|day| known && published.is_none_or(|p| side(day, p))).map(Anchor::from)
        })
}

/// Whether an expression tells what came after something.
pub(super) fn is_later(expr: &Expr) -> bool {
    match expr {
        Expr::Anaphor { later, n, .. } => *later && *n != Some(0),
        Expr::Month { shift, .. } | Expr::Stretch { shift, .. } => *shift == Some(Shift::Following),
        Expr::RunBeside { after, .. } => *after,
        Expr::Weekend(shift) => *shift == Some(Shift::Following),
        Expr::PartOf(whole, _) => is_later(whole),
        _ => false,
    }
}

/// Whether an expression counts in months or longer.
pub(super) fn is_coarse(expr: &Expr) -> bool {
    match expr {
        Expr::Anaphor { unit: Unit::Month | Unit::Year | Unit::Decade | Unit::Century, .. } => true,
        Expr::Month { shift, .. } | Expr::Stretch { shift, .. } => shift.is_some_and(Shift::is_anaphoric),
        Expr::NthWeekday { month, .. } => is_coarse(month),
        Expr::PartOf(whole, _) => is_coarse(whole),
        Expr::SameYear(_) | Expr::RunBeside { .. } => true,
        _ => false,
    }
}

/// The day last named with its month, in this sentence or the two before: what "the 14th" belongs to. One that lies long back is
/// meant only in the same paragraph, by a clause that looks back, where no other day was told since.
pub(super) fn named_month(
    doc: &Document<'_>,
    mentions: &[DateMention],
    sentence: SentenceId,
    published: Option<Date>,
    direction: Direction,
) -> Option<Date> {
    let recent = |m: &DateMention| m.start.zip(published).is_none_or(|(day, p)| days(day, p) < 62);
    // "on strike from 11 to 13 November, and paid on the 14th"
    let days_of =
        |m: &DateMention| m.precision == DatePrecision::Range && m.start.zip(m.end).is_some_and(|(a, b)| days(a, b) < 31);
    let written = |m: &DateMention| {
        m.kind == DateKind::Absolute && (matches!(m.precision, DatePrecision::Day | DatePrecision::Month) || days_of(m))
    };
    // "the pay for October came on the 14th": that of which something is paid is not when.
    let owed = |m: &DateMention| {
        m.precision == DatePrecision::Month && doc.text().get(..m.span.start as usize).is_some_and(|t| t.ends_with("for "))
    };
    let near = || mentions.iter().rev().take_while(|m| m.sentence.0 + 2 >= sentence.0).filter(|m| !owed(m));
    let long_back = || {
        let last = near().find(|m| m.kind != DateKind::Duration && m.start.is_some())?;
        let same = block(doc, last.sentence) == block(doc, sentence) && last.precision == DatePrecision::Day;
        let counted = last.kind == DateKind::Anaphoric;
        (same && (written(last) || counted) && direction == Direction::Past).then_some(last)
    };
    near().find(|m| written(m) && recent(m)).or_else(long_back).and_then(|m| if days_of(m) { m.end } else { m.start })
}

/// What can be told of a year that an event has in its name: treaties and laws outlive theirs.
const LASTING: &[&str] = &[
    "law",
    "treaty",
    "constitution",
    "act",
    "agreement",
    "deal",
    "pact",
    "accord",
    "resolution",
    "directive",
    "decree",
    "convention",
    "ban",
    "rule",
    "order",
    "code",
    "charter",
    "regulation",
    "ordinance",
];

/// A day without a year in the year of the event that it dates: "the talks of 1995 began on 1 November".
pub(super) fn in_its_year(
    doc: &Document<'_>,
    mentions: &[DateMention],
    sentence: SentenceId,
    head: Option<TokenId>,
    expr: &Expr,
) -> Expr {
    let told = || {
        let Expr::MonthDay { month, day, weekday: None } = *expr else { return None };
        let head = head.filter(|&h| tree::has_tree(doc, h))?;
        let verb = tree::ancestors(doc, head).skip(1).find(|&t| doc.token(t).upos == Upos::Verb)?;
        let subject = doc.children(verb).find(|&c| matches!(doc.token(c).deprel, Deprel::Nsubj | Deprel::NsubjPass))?;
        if LASTING.contains(&doc.token(subject).lemma.as_str()) || doc.token(subject).upos == Upos::Propn {
            return None;
        }
        // "the budget for 2024" was made before.
        let within = |h: TokenId| {
            let mut cases = doc.children(h).filter(|&c| doc.token(c).deprel == Deprel::Case);
            cases.all(|c| matches!(doc.token(c).lemma.as_str(), "of" | "in"))
        };
        let inside = |m: &&DateMention| {
            let absolute = m.kind == DateKind::Absolute && matches!(m.precision, DatePrecision::Year | DatePrecision::Month);
            absolute
                && m.head.is_some_and(|h| {
                    within(h)
                        && tree::under(doc, h, subject)
                        && tree::ancestors(doc, h).take_while(|&t| t != subject).all(|t| doc.token(t).upos != Upos::Verb)
                })
        };
        let start = mentions.iter().rev().take_while(|m| m.sentence == sentence).find(inside)?.start?;
        let year = if (month, day) < (start.month(), start.day()) { start.year() + 1 } else { start.year() };
        Some(Expr::Day { year, month, day })
    };
    told().or_else(|| beside_year(doc, mentions, sentence, head, expr)).unwrap_or_else(|| expr.clone())
}

/// A day, month or feast in the year told by the same verb: "Last year the last of them arrived on All Saints’ Day", "was shot nine
/// years ago, on 3 May".
fn beside_year(
    doc: &Document<'_>,
    mentions: &[DateMention],
    sentence: SentenceId,
    head: Option<TokenId>,
    expr: &Expr,
) -> Option<Expr> {
    let yearless = matches!(
        expr,
        Expr::MonthDay { weekday: None, .. }
            | Expr::Month { year: None, shift: None, .. }
            | Expr::Holiday { year: None, shift: None, .. }
    );
    let head = head.filter(|&h| yearless && tree::has_tree(doc, h))?;
    let verb = doc.token(head).head.filter(|&v| doc.token(v).upos == Upos::Verb)?;
    let year = |m: &&DateMention| {
        m.precision == DatePrecision::Year
            && m.bound == Bound::At
            && matches!(m.kind, DateKind::Absolute | DateKind::Deictic)
            && m.head.is_some_and(|h| doc.token(h).head == Some(verb) || doc.token(h).head == Some(head))
    };
    let told = mentions.iter().rev().take_while(|m| m.sentence == sentence).find(year)?.start?;
    Some(super::reckon::in_year(expr, told.year()))
}

/// The weeks or months that a mention covers, for "the same period last year".
pub(super) fn period(mention: &DateMention, expr: &Expr) -> Option<(Date, Date)> {
    let whole = matches!(
        expr,
        Expr::Month { .. }
            | Expr::Stretch { .. }
            | Expr::StretchOf { .. }
            | Expr::Fiscal { .. }
            | Expr::Between(..)
            | Expr::Run { .. }
    ) || matches!(expr, Expr::Unit { unit: Unit::Month | Unit::Week, .. });
    mention.start.zip(mention.end).filter(|(first, last)| whole && mention.bound == Bound::At && days(*first, *last) < 366)
}

/// The days that "then" means: the latest told, in this sentence or the two before.
pub(super) fn then(mentions: &[DateMention], sentence: SentenceId) -> Option<(Date, Date)> {
    let near = mentions.iter().rev().take_while(|m| m.sentence.0 + 2 >= sentence.0);
    near.filter(|m| m.kind != DateKind::Duration && m.bound == Bound::At).find_map(|m| m.start.zip(m.end))
}

/// Words that tell the same event, as verbs and as nouns.
const KIN: &[&[&str]] = &[
    &["deal", "agreement", "accord", "pact", "treaty", "agree", "sign"],
    &["signing", "sign"],
    &["attack", "assault", "raid", "ambush", "strike", "airstrike", "bombing", "storm", "bomb", "hit", "fire"],
    &["shooting", "shoot", "gun", "fire"],
    &["shelling", "shell", "bombardment", "bombard"],
    &["bombing", "blast", "explosion", "bomb", "explode", "blow"],
    &["killing", "murder", "assassination", "kill", "assassinate", "shoot", "stab"],
    &["death", "die", "kill"],
    &["vote", "election", "ballot", "poll", "referendum", "elect", "runoff"],
    &["coup", "takeover", "overthrow", "oust", "topple", "seize"],
    &["arrest", "detention", "detain", "seize"],
    &["crash", "collision", "collide"],
    &["quake", "earthquake"],
    &["abduction", "kidnapping", "kidnap", "abduct", "seize"],
    &["release", "free"],
    &["protest", "demonstration", "march", "rally", "demonstrate"],
    &["talk", "meeting", "summit", "meet"],
    &["visit", "arrival", "arrive"],
    &["resignation", "resign", "quit"],
    &["announcement", "announce"],
    &["withdrawal", "withdraw", "pull"],
    &["invasion", "invade"],
    &["capture", "seizure", "seize", "take"],
    &["verdict", "ruling", "convict", "rule"],
    &["sinking", "sink"],
    &["blaze", "fire", "burn"],
    &["funeral", "burial", "bury"],
    &["landslide", "mudslide"],
    &["expulsion", "expel"],
];

/// The day of the event that stands behind an expression ("two days before the shooting"), from where the text told it.
pub(super) fn event_day(doc: &Document<'_>, mentions: &[DateMention], published: Option<Date>, after: u32) -> Option<Anchor> {
    let first = doc.tokens.partition_point(|t| t.span.start < after);
    let context = AttachContext { mentions, published, dateline: None, told_as_new: false, triggers: &[] };
    let day = |told: TokenId| {
        let date = attach(doc, told, &context);
        let known = date.basis == DateBasis::Expression && date.precision == DatePrecision::Day;
        date.start.filter(|_| known).map(Anchor::from)
    };
    named_events(doc, TokenId::from(first)).find_map(|noun| {
        let lemma = doc.token(noun).lemma.to_lowercase();
        let same = |other: &str| other == lemma || KIN.iter().any(|row| row.contains(&lemma.as_str()) && row.contains(&other));
        (first.saturating_sub(REACH)..first)
            .rev()
            .map(TokenId::from)
            .filter(|&t| same(&doc.token(t).lemma.to_lowercase()))
            .find_map(day)
    })
}

/// The nouns of "the shooting", "the deadly attack", "that vote"; a comma may lack behind them.
fn named_events<'d>(doc: &'d Document<'_>, first: TokenId) -> impl Iterator<Item = TokenId> + 'd {
    let article = doc.tokens.get(first.index()).map(|t| t.span.of(doc.text()).to_lowercase());
    let definite = article.is_some_and(|a| matches!(a.as_str(), "the" | "that" | "this" | "its" | "his" | "her" | "their"))
        && tree::has_tree(doc, first);
    let nominal = |t: &TokenId| matches!(doc.token(*t).upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num);
    let end = if definite { doc.sentence_tokens(doc.sentence_of(first)).next_back().map_or(0, |t| t.0 + 1) } else { 0 };
    (first.0 + 1..end).map(TokenId).take(4).take_while(nominal).filter(|&t| doc.token(t).upos == Upos::Noun)
}
