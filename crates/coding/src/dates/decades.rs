//! The part of the grammar that reads decades, and years after an apostrophe: "the 1980s and nineties", "'98".

use super::calendar;
use super::expr::{Expr, Part};
use super::grammar::Grammar;

type Parsed = Option<(Expr, usize)>;

impl Grammar<'_, '_> {
    /// "1990s", "the 2000s".
    pub(super) fn decade(&self, at: usize, part: Part) -> Parsed {
        let year = self.plausible_year(at)?;
        let s = at + 1 + usize::from(self.any(at + 1, &["'", "’"]));
        (year % 10 == 0 && self.words.get(s).is_some_and(|w| w.glued && w.is("s")))
            .then_some((Expr::Years { first: year, count: 10, part }, s + 1))
    }

    /// "70s" behind "the 1960s and", "nineties" behind "the 1980s and".
    pub(super) fn later_decade(&self, at: usize, first: i16) -> Option<(i16, usize)> {
        if let Some((Expr::Years { first, count: 10, .. }, end)) =
            self.decade(at, Part::Whole).or_else(|| self.apostrophe_decade(at))
        {
            return Some((first, end));
        }
        if let Some(first) = self.words.get(at).and_then(|w| calendar::decade(&w.lower)) {
            return Some((first, at + 1));
        }
        let short = self.words.get(at).filter(|w| w.text.len() == 2)?.digits()?;
        let s = self.words.get(at + 1).is_some_and(|w| w.glued && w.is("s"));
        (s && short % 10 == 0).then_some((first - first.rem_euclid(100) + short as i16, at + 2))
    }

    /// "the ’90s".
    pub(super) fn apostrophe_decade(&self, at: usize) -> Parsed {
        if !self.any(at, &["'", "’", "‘"]) || !self.words.get(at + 2).is_some_and(|w| w.glued && w.is("s")) {
            return None;
        }
        let short = self.words.get(at + 1).filter(|w| w.glued && w.text.len() == 2)?.digits()?;
        let century = if short >= 30 { 1900 } else { 2000 };
        (short % 10 == 0).then_some((Expr::Years { first: century + short as i16, count: 10, part: Part::Whole }, at + 3))
    }

    /// "in ’68", "the winter of ’49".
    pub(super) fn apostrophe_year(&self, at: usize) -> Parsed {
        let led = matches!(
            self.before(at),
            "in" | "of" | "since" | "until" | "from" | "by" | "summer" | "winter" | "spring" | "autumn"
        );
        if !led || !self.any(at, &["'", "’", "‘"]) || self.words[at].glued {
            return None;
        }
        let short = self.words.get(at + 1).filter(|w| w.glued && w.text.len() == 2)?.digits()?;
        let century = if short >= 30 { 1900 } else { 2000 };
        self.closes(at + 2).then_some((Expr::Year { year: century + short as i16, part: Part::Whole }, at + 2))
    }
}
