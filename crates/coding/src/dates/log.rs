//! Logs and chronicles: paragraphs that open with a day, a month or a week and a colon, and tell the past in the present.

use demarche_types::Document;
use jiff::civil::Date;

use super::calendar::{self, Unit};
use super::expr::{Expr, Part, Shift};
use super::grammar::{self, Found};
use super::words::{self, Kind, Word};

/// Entries that make a text a log.
const ENTRIES: usize = 2;

/// Words between a day and its colon, as of "Wednesday, 10:40 a.m.:".
const REACH: usize = 12;

/// What is known of the entries so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Log {
    /// The text has entries.
    kept: bool,
    /// Block and days of the latest entry.
    last: Option<(u32, (Date, Date))>,
}

impl Log {
    /// Looks whether a document is a log.
    pub(super) fn of(doc: &Document<'_>) -> Self {
        let entries = doc.sentences.iter().filter(|sentence| {
            if !sentence.span.of(doc.text()).contains(':') {
                return false;
            }
            let words = words::split(doc.text(), sentence.span);
            words.iter().any(|w| w.is(":")) && grammar::scan(&words).first().is_some_and(|found| opens(&words, found))
        });
        Self { kept: entries.take(ENTRIES).count() == ENTRIES, last: None }
    }

    /// Whether the expression is the day of an entry.
    pub(super) fn heads(&self, words: &[Word<'_>], found: &Found) -> bool {
        self.kept && opens(words, found)
    }

    pub(super) fn open(&mut self, block: u32, days: (Date, Date)) {
        self.last = Some((block, days));
    }

    /// The days of the entry that a paragraph belongs to.
    pub(super) fn entry(&self, block: u32) -> Option<(Date, Date)> {
        self.last.filter(|(of, _)| *of == block).map(|(_, days)| days)
    }

    /// The day of which an expression of an entry is told: "until the end of the year" of what was told in 2011 is the end of 2011.
    pub(super) fn now(&self, expr: &Expr, block: u32) -> Option<Date> {
        let counts =
            matches!(expr, Expr::Unit { shift: Shift::This, part: Part::Start | Part::Mid | Part::End | Part::Rest, .. });
        self.entry(block).map(|(_, last)| last).filter(|_| counts)
    }

    /// The day of a weekday inside an entry, or at the head of the next: the first from the entry's day on.
    pub(super) fn day(&self, expr: &Expr, heads: bool, block: u32) -> Option<Date> {
        let Expr::Weekday { day, shift: None, week: None } = expr else { return None };
        let from = if heads { self.last.map(|(_, days)| days) } else { self.entry(block) };
        from.and_then(|(from, _)| calendar::weekday_after(from, *day))
    }
}

/// "Monday, July 4:", "27 May:", "Wednesday, 10:40 a.m.:" at the head of a sentence.
fn opens(words: &[Word<'_>], found: &Found) -> bool {
    let clock = |w: &Word<'_>| {
        w.kind == Kind::Number
            || w.kind == Kind::Punct
            || matches!(w.lower.as_str(), "a" | "p" | "m" | "am" | "pm" | "at" | "about" | "noon")
    };
    let stretch = matches!(found.expr, Expr::Month { .. } | Expr::Stretch { .. } | Expr::StretchOf { .. })
        || matches!(found.expr, Expr::Unit { unit: Unit::Week | Unit::Month, shift: Shift::This | Shift::Last, .. });
    let dated = stretch || found.expr.is_day() || matches!(&found.expr, Expr::Between(first, _) if first.is_day());
    let colon = |&at: &usize| words[at].is(":") && !words.get(at + 1).is_some_and(|w| w.glued && w.kind == Kind::Number);
    let behind = found.end..words.len().min(found.end + REACH);
    found.start == 0 && dated && behind.clone().find(colon).is_some_and(|colon| words[found.end..colon].iter().all(clock))
}
