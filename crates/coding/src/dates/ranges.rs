//! The part of the grammar that reads two expressions as one stretch: "from May 12 to June 30", "Monday and Tuesday".

use super::expr::{Expr, Part};
use super::grammar::Grammar;

type Parsed = Option<(Expr, usize)>;

/// Words with which "from one day to another" tells that something was moved.
const MOVED: &[&str] = &["postponed", "moved", "delayed", "rescheduled", "shifted", "deferred", "switched"];
/// The same with "off", "back" or "forward" behind them.
const PUT: &[&str] = &["put", "pushed", "brought", "moved"];

impl Grammar<'_, '_> {
    /// One expression or a range of two.
    pub(super) fn range(&self, at: usize) -> Parsed {
        let (first, end) = self.core(at)?;
        let end_of_first = end;
        if !ranges(&first) {
            return Some((first, end));
        }
        if self.lead(at) != "between"
            && let Some(pair) = self.pair(&first, end)
        {
            return Some(pair);
        }
        let (lead, article) = (self.lead(at), at > 1 && self.before(at) == "the");
        let between = lead == "between";
        let from = lead == "from" || article && self.is(at - 2, "from");
        // "was put off from May 12 to June 30" tells two days.
        let along = |i: usize| self.any(i, &["off", "back", "forward"]) && i > 0 && self.any(i - 1, PUT);
        let moved = from && (at.saturating_sub(5)..at).any(|i| self.any(i, MOVED) || along(i));
        if moved {
            return Some((first, end_of_first));
        }
        // "from Monday, 10 March, to Friday, 21 March"
        let end = end + usize::from(from && self.is(end, ",") && self.any(end + 1, &["to", "until", "till", "through"]));
        // "from 15 June up to 30 September"
        let end_joint = end + usize::from(self.is(end, "up") && self.is(end + 1, "to"));
        let connects = self.any(end_joint, &["to", "until", "till", "through", "into"])
            || (self.is(end, "and") && between)
            || (self.dash(end)
                && self.words.get(end).is_some_and(|w| w.glued == self.words.get(end + 1).is_some_and(|n| n.glued)));
        if connects {
            let joint = if self.is(end, "up") { end_joint } else { end };
            let next = self.skip(joint + 1, "the");
            // "from 11 pm on Saturday to 5 am on Sunday"
            let timed = || self.past_time(joint + 1).and_then(|day| self.core(day));
            if let Some((second, last)) = self.core(joint + 1).or_else(|| self.core(next)).or_else(timed)
                && ranges(&second)
                && (between || from || same_scale(&first, &second))
            {
                return Some((Expr::Between(Box::new(first), Box::new(second)), last));
            }
        }
        Some((first, end_of_first))
    }

    /// "Monday and Tuesday", "Tuesday and Wednesday of next week": two days on end.
    fn pair(&self, first: &Expr, end: usize) -> Parsed {
        // "the 1980s and nineties"
        if let Expr::Years { first: opening, count: 10, part: Part::Whole } = *first
            && self.is(end, "and")
        {
            let next = self.skip(end + 1, "the");
            let (closing, last) = self.later_decade(next, opening)?;
            let decade = |first| Box::new(Expr::Years { first, count: 10, part: Part::Whole });
            return (closing == opening + 10).then(|| (Expr::Between(decade(opening), decade(closing)), last));
        }
        let Expr::Weekday { day, shift, week: None } = *first else { return None };
        if !self.is(end, "and") {
            return None;
        }
        match self.weekday(end + 1, shift)? {
            (second @ Expr::Weekday { day: next, week, .. }, last) if next == day.next() => {
                Some((Expr::Between(Box::new(Expr::Weekday { day, shift, week }), Box::new(second)), last))
            }
            _ => None,
        }
    }
}

/// Expressions that may bound a range.
pub(super) fn ranges(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Day { .. }
            | Expr::MonthDay { .. }
            | Expr::Month { .. }
            | Expr::Year { .. }
            | Expr::Weekday { .. }
            | Expr::DayOfMonth { .. }
            | Expr::Years { .. }
            | Expr::Holiday { .. }
            | Expr::NthWeekday { .. }
            | Expr::WeekdayFrom { .. }
            | Expr::YearsOff { .. }
            | Expr::Stretch { .. }
            | Expr::StretchOf { .. }
            | Expr::Unit { .. }
            | Expr::Offset(_)
            | Expr::Between(..)
            | Expr::Eve(Some(_))
            | Expr::PartOf(..)
            | Expr::Daytime
    )
}

/// Whether two expressions are of one kind, so that "to" between them makes a range. "from May to 2024" does not.
fn same_scale(a: &Expr, b: &Expr) -> bool {
    (a.is_day() && b.is_day()) || std::mem::discriminant(a) == std::mem::discriminant(b)
}
