//! The part of the grammar that reads periods that others are compared with, years of accounts, and habits: "the same quarter of
//! 2023", "the twelve months before that", "fiscal 2025", "twice a month".

use super::calendar::Unit;
use super::expr::{Expr, OtherYear, Part};
use super::grammar::Grammar;

type Parsed = Option<(Expr, usize)>;

impl Grammar<'_, '_> {
    /// "the same quarter of 2023", "the same month last year", "the corresponding period a year earlier".
    pub(super) fn same_period(&self, at: usize) -> Parsed {
        let at = self.skip(at, "the");
        if !self.any(at, &["same", "corresponding", "equivalent"]) {
            return None;
        }
        if !self.any(at + 1, &["period", "quarter", "month", "months", "week", "half", "time"]) {
            return None;
        }
        // "this time last year" is a time of its own.
        if self.is(at + 1, "time") && self.is(at, "same") {
            return None;
        }
        let of = at + 2 + usize::from(self.any(at + 2, &["of", "in"]));
        let told = OtherYear::Told;
        let (year, end) = if let Some(year) = self.plausible_year(of) {
            (told(year), of + 1)
        } else if self.is(of, "last") && self.is(of + 1, "year") {
            (OtherYear::FromReport(-1), of + 2)
        } else if self.is(of, "the")
            && (self.any(of + 1, &["previous", "preceding"]) && self.is(of + 2, "year")
                || self.is(of + 1, "year") && self.any(of + 2, &["before", "earlier"]))
        {
            (OtherYear::FromStretch(-1), of + 3)
        } else {
            let (n, next) = self.count(of)?;
            let n = i16::try_from(n?).ok().filter(|n| *n < 200)?;
            let (Unit::Year, _) = self.unit(next)? else { return None };
            match self.words.get(next + 1)?.lower.as_str() {
                "ago" => (OtherYear::FromReport(-n), next + 2),
                "earlier" | "before" | "previously" => (OtherYear::FromStretch(-n), next + 2),
                _ => return None,
            }
        };
        Some((Expr::SamePeriod(year), end))
    }

    /// "the run-up to Christmas", "shortly before Easter": about the month of the feast.
    pub(super) fn run_up(&self, at: usize) -> Parsed {
        let target = if self.is(at, "run") && self.is(at + 2, "up") && self.is(at + 3, "to") {
            at + 4
        } else if self.any(at, &["shortly", "just"]) && self.is(at + 1, "before") {
            at + 2
        } else {
            return None;
        };
        let (feast, end) = self.holiday(target).or_else(|| self.shifted(target, Part::Whole))?;
        matches!(feast, Expr::Holiday { .. }).then(|| (Expr::MonthOf(Box::new(feast)), end))
    }

    /// "the twelve months before that", "the 24 hours after the clash" where what they lie beside is told as a day.
    pub(super) fn run_beside(&self, at: usize) -> Parsed {
        if self.before(at) != "the" {
            return None;
        }
        let (Some(n), unit, end) = self.counted_units(at)? else { return None };
        let side = self.any(end, &["before", "after"]) && self.is(end + 1, "that") && self.closes(end + 2);
        (side && n > 1 && !matches!(unit, Unit::Minute | Unit::Hour))
            .then_some((Expr::RunBeside { n, unit, after: self.is(end, "after") }, end + 2))
    }

    /// "fiscal 2011", "FY24", "FY2024/25", "the financial year 2016-17", "2023/24", "the 2022-23 academic year".
    pub(super) fn organised_year(&self, at: usize) -> Parsed {
        let fiscal = |year, split| Expr::Fiscal { year, split };
        let glued = self.words.get(at + 1).is_some_and(|w| w.glued);
        let year_at = if self.any(at, &["fiscal", "financial"]) {
            let year = usize::from(self.is(at + 1, "year"));
            if self.is(at, "financial") && year == 0 {
                return None;
            }
            at + 1 + year
        } else if self.is(at, "fy") {
            at + 1
        } else {
            // "2023/24": a slash makes one year of two, but not of a season of sport.
            let (year, end) = self.split_year(at)?;
            let months = Expr::Stretch { month: 9, count: 12, year: Some(year - 1), shift: None };
            if self.any(end, &["school", "academic", "university"]) && self.any(end + 1, &["year", "term", "session"]) {
                return Some((months, end + 2));
            }
            if self.any(end, &["financial", "fiscal", "budget"]) && self.is(end + 1, "year") {
                return Some((fiscal(Some(year), true), end + 2));
            }
            // "in 2003-04", "the whole of 2003-04": a dash joins years of war, too.
            let dash = matches!(self.before(at), "in" | "for") || self.before(at) == "of" && at > 1 && self.is(at - 2, "whole");
            let slash = (self.is(at + 1, "/") || dash) && !self.any(end, &["season", "campaign", "league"]);
            return (slash && self.closes(end)).then(|| (fiscal(Some(year), true), end));
        };
        if let Some((year, end)) = self.split_year(year_at) {
            return Some((fiscal(Some(year), true), end));
        }
        if let Some(year) = self.plausible_year(year_at) {
            return Some((fiscal(Some(year), false), year_at + 1));
        }
        // "FY24"
        let short = self.words.get(year_at).filter(|w| w.text.len() == 2 && glued && self.is(at, "fy"));
        if let Some(year) = short.and_then(|w| w.digits()) {
            return Some((fiscal(Some(2000 + year as i16), false), year_at + 1));
        }
        // "the end of the financial year"
        let bare = self.is(at + 1, "year") && self.closes(at + 2);
        (bare && matches!(self.before(at), "the" | "this" | "current")).then(|| (fiscal(None, false), at + 2))
    }

    /// "2016-17", "2024/25", "2016/2017": the second of two years on end, and the end.
    fn split_year(&self, at: usize) -> Option<(i16, usize)> {
        let year = self.plausible_year(at)?;
        let joint = self.words.get(at + 1).filter(|w| w.glued && (w.is_dash() || w.is("/")))?;
        let tail = self.words.get(at + 2).filter(|w| w.glued && joint.glued && matches!(w.text.len(), 2 | 4))?.digits()?;
        let whole = self.words.get(at + 2).is_some_and(|w| w.text.len() == 4);
        let next = year as u32 + 1;
        (tail == if whole { next } else { next % 100 }).then_some((year + 1, at + 3))
    }

    /// "every Monday", "each year", "every other week", "twice a month", "daily", "on weekdays", "from dawn to dusk".
    pub(super) fn habit(&self, at: usize) -> Option<usize> {
        const DAILY: [&str; 6] = ["daily", "weekly", "monthly", "yearly", "annually", "nightly"];
        let unit = |at: usize| {
            let plain = self.unit(at).is_some_and(|(unit, plural)| !plural && unit != Unit::Minute);
            let part = self.any(at, &["morning", "afternoon", "evening", "weekend", "weekday"]);
            plain
                || part
                || self.words.get(at).is_some_and(|w| w.is_capitalised() && super::calendar::weekday(&w.lower).is_some())
        };
        // "on Mondays and Fridays"
        let weekdays = |at: usize| {
            let stem = self.words.get(at).filter(|w| w.is_capitalised()).and_then(|w| w.lower.strip_suffix('s'));
            stem.is_some_and(|stem| stem.ends_with("day") && super::calendar::weekday(stem).is_some())
        };
        if weekdays(at) && !self.is(at + 1, "ago") {
            return Some(if self.any(at + 1, &["and", "or", "to"]) && weekdays(at + 2) { at + 3 } else { at + 1 });
        }
        // "day after day", "night after night"
        if self.any(at + 1, &["after", "by", "in"])
            && unit(at)
            && self.words.get(at + 2).is_some_and(|w| w.is(&self.words[at].lower))
        {
            return Some(at + 3);
        }
        if self.any(at, &["every", "each"]) {
            // "every three years", "every few weeks", "every 48 hours"
            if let Some((_, _, end)) = self.counted_units(at + 1).filter(|_| self.is(at, "every")) {
                return Some(end);
            }
            let other = at + 1 + usize::from(self.any(at + 1, &["other", "second", "single", "third", "fourth", "working"]));
            let named = self.words.get(other).is_some_and(|w| w.is_capitalised() && super::calendar::month(&w.lower).is_some());
            let season =
                self.words.get(other).is_some_and(|w| super::stretches::season(&w.lower).is_some()) && self.closes(other + 1);
            return (unit(other) || named || season || self.is(other, "quarter")).then_some(other + 1);
        }
        if self.any(at, &["once", "twice", "times"])
            && self.any(at + 1, &["a", "an", "every", "each"])
            && (unit(at + 2) || self.is(at + 2, "quarter"))
        {
            return Some(at + 3);
        }
        // "a daily paper" tells no time.
        if self.any(at, &DAILY) && self.closes(at + 1) && !self.any(at.wrapping_sub(1), &["the", "a", "its", "and"]) {
            return Some(at + 1);
        }
        if self.any(at, &["weekdays", "weekends"]) && self.any(at.wrapping_sub(1), &["on", "at"]) {
            return Some(at + 1);
        }
        if self.any(at, &["working", "school", "market", "business"]) && self.is(at + 1, "days") && self.before(at) == "on" {
            return Some(at + 2);
        }
        // "these days"
        if self.is(at, "these") && self.is(at + 1, "days") && !self.is(at + 2, "of") {
            return Some(at + 2);
        }
        let dusk = self.any(at, &["dawn", "sunrise", "morning"])
            && self.any(at + 1, &["to", "till", "until"])
            && self.any(at + 2, &["dusk", "sunset", "night", "nightfall"]);
        let dated = self.any(at + 3, &["on", "of", "yesterday", "today"])
            || self.words.get(at + 3).is_some_and(|w| super::calendar::weekday(&w.lower).is_some());
        (dusk && self.before(at) == "from" && !dated).then_some(at + 3)
    }
}
