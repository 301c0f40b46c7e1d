//! The part of the grammar that reads stretches of months: quarters, halves and seasons.

use super::calendar::{self, Unit};
use super::expr::{Expr, Part, Shift};
use super::grammar::Grammar;

type Parsed = Option<(Expr, usize)>;

impl Grammar<'_, '_> {
    /// "the third quarter of 2024", "Q3 2024", "the first half of the year", "the summer of 2019", "spring 2024",
    /// "the first three months of the year".
    pub(super) fn stretch(&self, at: usize) -> Parsed {
        let word = self.words.get(at)?;
        if let Some((month, count)) = season(&word.lower) {
            return self.season(at, month, count);
        }
        let (month, count, end) = if word.is("q") && self.words.get(at + 1).is_some_and(|w| w.glued) {
            let n = self.words.get(at + 1)?.digits().filter(|n| (1..=4).contains(n))? as i8;
            (3 * (n - 1) + 1, 3, at + 2)
        } else if let Some((Some(n @ 2..=11), Unit::Month, end)) = self.counted_units(at + 1)
            && self.any(at, &["first", "last", "final"])
            && self.is(end, "of")
        {
            let n = n as i8;
            (if word.is("first") { 1 } else { 13 - n }, n, end)
        } else {
            let n = calendar::ordinal(&word.lower)?;
            // Halves without a year belong to football.
            let of_year = self.is(at + 2, "of") && (self.plausible_year(at + 3).is_some() || self.of_year(at + 2).is_some());
            if self.dash(at + 1) && self.is(at + 2, "quarter") {
                return Some((Expr::Stretch { month: 3 * (n - 1) + 1, count: 3, year: None, shift: None }, at + 3));
            }
            // "the third and fourth quarters of 2023"
            let next = self.words.get(at + 2).and_then(|w| calendar::ordinal(&w.lower));
            if self.is(at + 1, "and") && self.is(at + 3, "quarters") && next == Some(n + 1) {
                let of = self.passed(at + 4, "of");
                let year = self.plausible_year(of);
                let end = if year.is_some() { of + 1 } else { at + 4 };
                return Some((Expr::Stretch { month: 3 * (n - 1) + 1, count: 6, year, shift: None }, end));
            }
            let count = if self.is(at + 1, "quarter") {
                3
            } else if self.is(at + 1, "half") && n <= 2 && of_year {
                6
            } else {
                return None;
            };
            ((n - 1) * count + 1, count, at + 2)
        };
        let of = self.passed(end, "of");
        if let Some(year) = self.plausible_year(of) {
            return Some((Expr::Stretch { month, count, year: Some(year), shift: None }, of + 1));
        }
        if let Some((years, end)) = self.of_year(end) {
            return Some((Expr::StretchOf { month, count, years }, end));
        }
        (of == end).then_some((Expr::Stretch { month, count, year: None, shift: None }, end))
    }

    fn season(&self, at: usize, month: i8, count: i8) -> Parsed {
        let of = self.passed(at + 1, "of");
        if let Some(year) = self.plausible_year(of) {
            return Some((Expr::Stretch { month, count, year: Some(year), shift: None }, of + 1));
        }
        if let Some((years, end)) = self.of_year(at + 1) {
            return Some((Expr::StretchOf { month, count, years }, end));
        }
        // "spring" is also a verb and a source of water, and much falls; only a preposition makes them a time of year.
        let (fall, doubtful) = (self.is(at, "fall"), self.any(at, &["fall", "spring"]));
        let article = self.before(at) == "the";
        let lead = if article && at > 1 { self.before(at - 1) } else { self.before(at) };
        let led =
            matches!(lead, "in" | "during" | "since" | "by" | "over" | "before" | "until" | "till" | "through" | "throughout")
                && (!fall || article);
        (self.closes(at + 1) && (led || article && !doubtful))
            .then_some((Expr::Stretch { month, count, year: None, shift: None }, at + 1))
    }

    /// "early autumn", "the end of last summer": the season's first, second or third month.
    pub(super) fn part_of_season(&self, at: usize, part: Part) -> Parsed {
        let nth = match part {
            Part::Early | Part::Start => 0,
            Part::Mid => 1,
            Part::Late | Part::End => 2,
            _ => return None,
        };
        let found = match self.words.get(at).and_then(|w| season(&w.lower)) {
            // Led by "early" or "end of" the word is a time of year, whatever stands before.
            Some((month, count)) => self
                .season(at, month, count)
                .or_else(|| self.closes(at + 1).then_some((Expr::Stretch { month, count, year: None, shift: None }, at + 1))),
            None => self.shifted(at, Part::Whole),
        };
        match found? {
            (Expr::Stretch { month, count: 3, year, shift }, end) => {
                Some((Expr::Stretch { month: month + nth, count: 1, year, shift }, end))
            }
            (Expr::StretchOf { month, count: 3, years }, end) => {
                Some((Expr::StretchOf { month: month + nth, count: 1, years }, end))
            }
            _ => None,
        }
    }

    /// "the end of the first quarter", "the start of the second half of the year": its last month or its first.
    pub(super) fn end_of_stretch(&self, at: usize, part: Part) -> Parsed {
        let forward = match part {
            Part::Start => true,
            Part::End => false,
            _ => return None,
        };
        let (edge, end) = self.stretch(at).or_else(|| self.organised_year(at))?;
        let months = matches!(edge, Expr::Stretch { count: 2.., .. } | Expr::StretchOf { count: 2.., .. } | Expr::Fiscal { .. });
        months.then(|| (Expr::Run { n: 1, unit: Unit::Month, edge: Box::new(edge), forward }, end))
    }

    /// "the first Sunday of August", "the last Monday in May 2019".
    pub(super) fn nth_weekday(&self, at: usize) -> Parsed {
        let nth = if self.is(at, "last") { -1 } else { calendar::ordinal(&self.words.get(at)?.lower)? };
        let day = self.words.get(at + 1).filter(|w| w.is_capitalised()).and_then(|w| calendar::weekday(&w.lower))?;
        if !self.any(at + 2, &["of", "in"]) {
            return None;
        }
        let month = self.month(at + 3, Part::Whole).or_else(|| self.of_unit(at + 2));
        let whole = |m: &Expr| {
            matches!(m, Expr::Month { .. } | Expr::Unit { unit: Unit::Month, .. } | Expr::Anaphor { unit: Unit::Month, .. })
        };
        let (month, end) = month.filter(|(m, _)| whole(m))?;
        Some((Expr::NthWeekday { nth, day, month: Box::new(month) }, end))
    }

    /// "of last year", "next year", "of the year": how many years from this one, and the end.
    pub(super) fn of_year(&self, at: usize) -> Option<(i16, usize)> {
        let of = self.passed(at, "of");
        let years = match self.words.get(of)?.lower.as_str() {
            "last" => -1,
            "this" => 0,
            "the" if of > at => 0,
            "next" => 1,
            _ => return None,
        };
        self.is(of + 1, "year").then_some((years, of + 2))
    }

    /// "of the month", "of next week".
    pub(super) fn of_unit(&self, at: usize) -> Parsed {
        if !self.is(at, "of") {
            return None;
        }
        if self.is(at + 1, "the")
            && let Some((unit, false)) = self.unit(at + 2)
        {
            return Some((Expr::Unit { unit, shift: Shift::This, part: Part::Whole }, at + 3));
        }
        self.shifted(at + 1, Part::Whole)
    }
}

/// First month and length of a season.
pub(super) fn season(lower: &str) -> Option<(i8, i8)> {
    Some(match lower {
        "spring" => (3, 3),
        "summer" => (6, 3),
        "autumn" | "fall" => (9, 3),
        "winter" => (12, 3),
        _ => return None,
    })
}
