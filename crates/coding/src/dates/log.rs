//! Logs and chronicles: paragraphs that open with a day and a colon, and tell the past in the present.

use demarche_types::Document;
use jiff::civil::Date;

use super::calendar;
use super::expr::Expr;
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
    /// Block and day of the latest entry.
    last: Option<(u32, Date)>,
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

    pub(super) fn open(&mut self, block: u32, day: Date) {
        self.last = Some((block, day));
    }

    /// The day of the entry that a paragraph belongs to.
    pub(super) fn entry(&self, block: u32) -> Option<Date> {
        self.last.filter(|(of, _)| *of == block).map(|(_, day)| day)
    }

    /// The day of a weekday inside an entry, or at the head of the next: the first from the entry's day on.
    pub(super) fn day(&self, expr: &Expr, heads: bool, block: u32) -> Option<Date> {
        let Expr::Weekday { day, shift: None, week: None } = expr else { return None };
        let from = if heads { self.last.map(|(_, day)| day) } else { self.entry(block) };
        from.and_then(|from| calendar::weekday_after(from, *day))
    }
}

/// "Monday, July 4:", "27 May:", "Wednesday, 10:40 a.m.:" at the head of a sentence.
fn opens(words: &[Word<'_>], found: &Found) -> bool {
    let clock = |w: &Word<'_>| {
        w.kind == Kind::Number
            || w.kind == Kind::Punct
            || matches!(w.lower.as_str(), "a" | "p" | "m" | "am" | "pm" | "at" | "about" | "noon")
    };
    let dated = found.expr.is_day() || matches!(&found.expr, Expr::Between(first, _) if first.is_day());
    let colon = |&at: &usize| words[at].is(":") && !words.get(at + 1).is_some_and(|w| w.glued && w.kind == Kind::Number);
    let behind = found.end..words.len().min(found.end + REACH);
    found.start == 0 && dated && behind.clone().find(colon).is_some_and(|colon| words[found.end..colon].iter().all(clock))
}
