//! The part of the grammar that reads phrases with a count or a year behind the day: "Tuesday week", "two Thursdays ago",
//! "early June three years ago", "the ten days to Wednesday", "the weekend before last", "for a third straight day".

use super::calendar::{self, Unit};
use super::expr::{Bound, Expr, Part, Shift};
use super::grammar::Grammar;

type Parsed = Option<(Expr, usize)>;

/// Words between the article and "days" of a stretch that is counted from its end.
const CLOSING_MONTHS: &[&str] = &["closing", "last", "final", "dying"];
const OPENING_MONTHS: &[&str] = &["opening", "first", "early"];

impl Grammar<'_, '_> {
    /// Phrases that are tried before single days and months, which open many of them.
    pub(super) fn phrase(&self, at: usize) -> Parsed {
        self.shifted_weekday(at)
            .or_else(|| self.just_past(at))
            .or_else(|| self.that_follows(at))
            .or_else(|| self.told_elsewhere(at))
            .or_else(|| self.dated_ago(at))
            .or_else(|| self.this_time(at))
            .or_else(|| self.weekend_phrase(at))
            .or_else(|| self.counted_to(at))
            .or_else(|| self.straight(at))
            .or_else(|| self.ordinal_of_month(at))
            .or_else(|| self.months_of(at))
            .or_else(|| self.organised_year(at))
            .or_else(|| self.run_up(at))
            .or_else(|| self.same_period(at))
            .or_else(|| self.run_beside(at))
            .or_else(|| self.in_other_year(at))
            .or_else(|| self.height_of_season(at))
    }

    /// Expressions that bring their bound with them: "to date", "so far", "ever since", "to this day".
    pub(super) fn self_bounded(&self, at: usize) -> Option<(Expr, usize, Bound)> {
        let word = self.words.get(at)?;
        let next = at + 1;
        Some(match word.lower.as_str() {
            "to" if self.is(next, "date") && self.closes(next + 1) => (Expr::Offset(0), next + 1, Bound::Until),
            "to" if self.is(next, "this") && self.is(next + 1, "day") => (Expr::Offset(0), next + 2, Bound::Until),
            "until" | "till" | "to" if self.is(next, "now") && (!word.is("to") || self.before(at) == "up") => {
                (Expr::Offset(0), next + 1, Bound::Until)
            }
            "so" if self.is(next, "far") && self.stands_alone(next + 1) => (Expr::Offset(0), next + 1, Bound::Until),
            "so" if self.is(next, "far") && self.is(next + 1, "in") && self.plausible_year(next + 2).is_some() => {
                let year = self.plausible_year(next + 2)?;
                (Expr::Year { year, part: Part::SoFar }, next + 3, Bound::At)
            }
            "ever" if self.is(next, "since") && self.stands_alone(next + 1) => (Expr::Then, next + 1, Bound::Since),
            "before" if self.is(next, "then") && self.stands_alone(next + 1) => (Expr::Then, next + 1, Bound::Before),
            "further" if self.is(next, "notice") => (Expr::VagueFuture, next + 1, Bound::At),
            "all" | "right" | "halfway" if self.is(next, "through") => {
                let (expr, end) = self.core(self.past_article(next + 1))?;
                (expr, end, Bound::At)
            }
            _ => return None,
        })
    }

    /// Nothing follows but a mark or the end.
    pub(super) fn stands_alone(&self, at: usize) -> bool {
        self.words.get(at).is_none_or(|w| !w.is_dash() && w.kind == super::words::Kind::Punct && !w.is("'") && !w.is("’"))
            || self.any(at, &["and", "but", "has", "have", "was", "were", "is", "are", "had", "with", "as", "said"])
    }

    fn past_article(&self, at: usize) -> usize {
        at + usize::from(self.is(at, "the"))
    }

    fn day_name(&self, at: usize) -> Option<jiff::civil::Weekday> {
        self.words.get(at).filter(|w| w.is_capitalised() && w.text.len() > 5).and_then(|w| calendar::weekday(&w.lower))
    }

    /// "Thursdays", "Decembers": the name without its ending.
    fn plural_stem(&self, at: usize) -> Option<&str> {
        self.words.get(at).filter(|w| w.is_capitalised()).and_then(|w| w.lower.strip_suffix('s'))
    }

    /// "Tuesday week", "Monday fortnight", "Thursday last", "last Friday but one", "the Monday after next", "a week last
    /// Monday", "a week on Tuesday", "a week ago Sunday", "two Thursdays ago".
    fn shifted_weekday(&self, at: usize) -> Parsed {
        let by = |day, n| Expr::WeekdayFrom { day, n };
        if let Some(day) = self.day_name(at) {
            let (n, end) = match self.words.get(at + 1)?.lower.as_str() {
                "week" if self.closes(at + 2) => (2, at + 2),
                "fortnight" if self.closes(at + 2) => (3, at + 2),
                "last" | "past" if self.closes(at + 2) => (-1, at + 2),
                "next" if self.closes(at + 2) => (1, at + 2),
                "after" if self.is(at + 2, "next") => (2, at + 3),
                "before" if self.is(at + 2, "last") => (-2, at + 3),
                side @ ("before" | "after")
                    if self.before(at) == "the"
                        && (self.is(at + 2, "that") && self.closes(at + 3)
                            || self.closes(at + 2)
                                && !self.any(at + 2, &["the", "a", "an", "he", "she", "they", "we", "i", "last"])) =>
                {
                    let that = usize::from(self.is(at + 2, "that"));
                    return Some((Expr::WeekdayStep { day, after: side == "after" }, at + 2 + that));
                }
                side @ ("before" | "after") => {
                    let (holiday, end) = self.holiday_name(at + 2)?;
                    return Some((Expr::WeekdayBy { day, holiday, after: side == "after" }, end));
                }
                _ => return None,
            };
            return Some((by(day, n), end));
        }
        // A habit has no place in time.
        if self.ordinal_word(at).is_some() || self.is(at, "last") {
            let habit =
                self.day_name(at + 1).is_some() && self.any(at + 2, &["of", "in"]) && self.any(at + 3, &["every", "each"]);
            if habit && self.unit(at + 4).is_some() {
                return Some((Expr::Ambiguous, at + 5));
            }
        }
        if self.any(at, &["last", "next"])
            && let Some(day) = self.day_name(at + 1)
            && self.is(at + 2, "but")
            && self.is(at + 3, "one")
        {
            return Some((by(day, if self.is(at, "last") { -2 } else { 2 }), at + 4));
        }
        let (n, next) = self.count(at)?;
        let n = i64::from(n?);
        // "three summers ago", "two weekends ago"
        if let Some(stem) = self.words.get(next).and_then(|w| w.lower.strip_suffix('s'))
            && self.is(next + 1, "ago")
        {
            if stem == "weekend" {
                return Some((Expr::WeekendFrom(-n), next + 2));
            }
            if let Some((month, count)) = super::stretches::season(stem) {
                return Some((Expr::SeasonFrom { month, count, n }, next + 2));
            }
        }
        if let Some(stem) = self.plural_stem(next)
            && self.is(next + 1, "ago")
        {
            if let Some(day) = calendar::weekday(stem) {
                return Some((by(day, -n), next + 2));
            }
            let (month, _) = calendar::month(stem)?;
            return Some((Expr::MonthFrom { month, n: -n }, next + 2));
        }
        let weeks = match self.words.get(next)?.lower.as_str() {
            "week" | "weeks" => n,
            "fortnight" => 2 * n,
            _ => return None,
        };
        let after = next + 1;
        // "put it off for a week on Sunday" tells a length and a day.
        if self.before(at) == "for" {
            return None;
        }
        if self.is(after, "on") {
            return Some((by(self.day_name(after + 1)?, weeks + 1), after + 2));
        }
        let ago = after + usize::from(self.is(after, "ago"));
        let led = ago + usize::from(self.any(ago, &["last", "on", "this"]));
        // "two weeks Monday" is no English; "ago" or "last" must stand between.
        let day = self.day_name(led).filter(|_| led > after)?;
        Some((by(day, -(weeks + 1)), self.time_of_day(led + 1)))
    }

    /// "five years ago today", "a year ago this week", "two years ago Friday" where that is the day of the report.
    fn dated_ago(&self, at: usize) -> Parsed {
        let (n, next) = self.count(at)?;
        let n = i64::from(n? * self.fold(next));
        let unit = self.unit(next)?.0;
        if !self.is(next + 1, "ago") || !matches!(unit, Unit::Week | Unit::Month | Unit::Year | Unit::Decade) {
            return None;
        }
        let to = next + 2 + usize::from(self.is(next + 2, "to") && self.is(next + 3, "the"));
        let (grain, end) = match self.words.get(to)?.lower.as_str() {
            "today" | "yesterday" | "tomorrow" => (Unit::Day, to + 1),
            "the" if to > next + 2 && self.is(to + 1, "day") => (Unit::Day, to + 2),
            "this" => match self.unit(to + 1)?.0 {
                grain @ (Unit::Week | Unit::Month) => (grain, to + 2),
                _ => return None,
            },
            _ => return None,
        };
        let days = if self.is(to, "yesterday") { -1 } else { i64::from(self.is(to, "tomorrow")) };
        Some((Expr::SameTime { unit, n: -n, grain, days }, end))
    }

    /// "the winter just past", "the year just ended", "all winter", "all week", "the full year".
    fn just_past(&self, at: usize) -> Parsed {
        const OVER: [&str; 6] = ["past", "gone", "ended", "passed", "over", "finished"];
        let just = self.is(at + 1, "just") && self.any(at + 2, &OVER) && self.before(at) == "the";
        if just {
            let shift = Shift::Last;
            if let Some((month, count)) = super::stretches::season(&self.words[at].lower) {
                return Some((Expr::Stretch { month, count, year: None, shift: Some(shift) }, at + 3));
            }
            let (unit, plural) = self.unit(at)?;
            let whole = matches!(unit, Unit::Week | Unit::Month | Unit::Year | Unit::Decade);
            return (whole && !plural).then_some((Expr::Unit { unit, shift, part: Part::Whole }, at + 3));
        }
        // "the year so far"
        if self.before(at) == "the"
            && self.is(at + 1, "so")
            && self.is(at + 2, "far")
            && let Some((unit @ (Unit::Week | Unit::Month | Unit::Year), false)) = self.unit(at)
        {
            return Some((Expr::Unit { unit, shift: Shift::This, part: Part::SoFar }, at + 3));
        }
        if self.is(at, "full") && self.is(at + 1, "year") && self.before(at) == "the" && self.closes(at + 2) {
            return Some((Expr::Unit { unit: Unit::Year, shift: Shift::This, part: Part::Whole }, at + 2));
        }
        if !self.is(at, "all") {
            return None;
        }
        let end = at + 2 + usize::from(self.is(at + 2, "long"));
        // "smouldered all winter flared again"
        if !(self.closes(end) || self.words.get(end).is_some_and(|w| w.lower.ends_with("ed"))) {
            return None;
        }
        let word = self.words.get(at + 1)?;
        if word.is("weekend") {
            return Some((Expr::Weekend(None), end));
        }
        if let Some((month, count)) = super::stretches::season(&word.lower) {
            return Some((Expr::Stretch { month, count, year: None, shift: None }, end));
        }
        let (unit, plural) = self.unit(at + 1)?;
        let whole = matches!(unit, Unit::Week | Unit::Month | Unit::Year);
        (whole && !plural).then_some((Expr::Unit { unit, shift: Shift::This, part: Part::Whole }, end))
    }

    /// "the weekend that followed", "the spring that follows", "the three weeks that followed", "the months that followed".
    fn that_follows(&self, at: usize) -> Parsed {
        let lead = matches!(self.before(at), "the" | "in" | "during");
        let follows = |at: usize| self.is(at, "that") && self.any(at + 1, &["followed", "follows", "follow"]);
        if !lead {
            return None;
        }
        if let Some((n, unit, end)) = self.counted_units(at)
            && follows(end)
        {
            return Some(match n {
                Some(n) => (Expr::RunBeside { n, unit, after: true }, end + 2),
                None => (Expr::Anaphor { n: None, unit, later: true, open: false, counted: true }, end + 2),
            });
        }
        if !follows(at + 1) {
            return None;
        }
        let shift = Shift::Following;
        if self.is(at, "weekend") {
            return Some((Expr::Weekend(Some(shift)), at + 3));
        }
        if let Some((month, count)) = super::stretches::season(&self.words[at].lower) {
            return Some((Expr::Stretch { month, count, year: None, shift: Some(shift) }, at + 3));
        }
        let (unit, _) = self.unit(at)?;
        Some((Expr::Anaphor { n: Some(1), unit, later: true, open: false, counted: false }, at + 3))
    }

    /// What only the rest of the text dates: "those years", "the reporting week", "polling day", "its fortieth anniversary".
    fn told_elsewhere(&self, at: usize) -> Parsed {
        const VOTES: [&str; 3] = ["election", "polling", "voting"];
        if self.is(at, "those")
            && let Some((unit @ (Unit::Week | Unit::Month | Unit::Year), true)) = self.unit(at + 1)
        {
            return Some((Expr::Those(unit), at + 2));
        }
        if self.is(at, "reporting") && self.any(at + 1, &["period", "week", "month", "quarter"]) && self.before(at) == "the" {
            return Some((Expr::Reporting, at + 2));
        }
        if self.is(at, "period") && self.is(at + 1, "under") && self.any(at + 2, &["review", "report"]) {
            return Some((Expr::Reporting, at + 3));
        }
        if self.any(at, &VOTES) && self.any(at + 1, &["day", "night"]) && (self.closes(at + 2) || self.is(at + 2, "itself")) {
            return Some((Expr::PollingDay, at + 2));
        }
        let (n, next) = self
            .ordinal_word(at)
            .map(|n| (n, at + 1))
            .or_else(|| Some((super::calendar::ordinal_tens(&self.words.get(at)?.lower)?, at + 1)))
            .or_else(|| {
                let suffix = self.words.get(at + 1).filter(|w| w.glued && matches!(w.lower.as_str(), "st" | "nd" | "rd" | "th"));
                Some((self.words.get(at)?.digits().filter(|_| suffix.is_some())?, at + 2))
            })?;
        let birth = self.is(next, "birthday");
        let years = i16::try_from(n).ok().filter(|n| *n < 200)?;
        (birth || self.is(next, "anniversary")).then_some((Expr::Anniversary { years, birth }, next + 1))
    }

    /// "this time last year", "at the same time next week".
    fn this_time(&self, at: usize) -> Parsed {
        if !(self.any(at, &["this", "same"]) && self.is(at + 1, "time")) {
            return None;
        }
        let n = match self.words.get(at + 2)?.lower.as_str() {
            "last" => -1,
            "next" => 1,
            _ => return None,
        };
        let unit = self.unit(at + 3)?.0;
        let grain = match unit {
            Unit::Year => Unit::Month,
            Unit::Week | Unit::Month => Unit::Day,
            _ => return None,
        };
        Some((Expr::SameTime { unit, n, grain, days: 0 }, at + 4))
    }

    /// "the weekend before last", "the first weekend of June", "the weekend of 14 June", "the Easter weekend".
    fn weekend_phrase(&self, at: usize) -> Parsed {
        if self.is(at, "weekend") {
            if self.is(at + 1, "before") && self.is(at + 2, "last") {
                return Some((Expr::WeekendFrom(-2), at + 3));
            }
            if self.is(at + 1, "after") && self.is(at + 2, "next") {
                return Some((Expr::WeekendFrom(2), at + 3));
            }
            // "1,100 came that week, against 900 the weekend before"
            if self.any(at + 1, &["before", "after"])
                && self.before(at) == "the"
                && self.closes(at + 2)
                && !self.any(at + 2, &["the", "a"])
            {
                let shift = if self.is(at + 1, "before") { Shift::Previous } else { Shift::Following };
                return Some((Expr::Weekend(Some(shift)), at + 2));
            }
            if !self.is(at + 1, "of") {
                return None;
            }
            let day = self.past_article(at + 2);
            let (day, end) = self.month_day(day).or_else(|| self.day_month(day)).or_else(|| self.day_of_month(at + 2))?;
            return matches!(day, Expr::MonthDay { .. } | Expr::Day { .. } | Expr::DayOfMonth { .. })
                .then(|| (Expr::WeekendOf(Box::new(day)), end));
        }
        if self.is(at + 1, "weekend") && self.any(at + 2, &["of", "in"]) {
            let nth = if self.any(at, &["last", "final"]) { -1 } else { calendar::ordinal(&self.words[at].lower)? };
            let (month, end) = self.month(at + 3, Part::Whole).or_else(|| self.of_unit(at + 2))?;
            return matches!(month, Expr::Month { .. } | Expr::Unit { unit: Unit::Month, .. })
                .then(|| (Expr::NthWeekend { nth, month: Box::new(month) }, end));
        }
        let (day, end) = self.holiday_name(at)?;
        if !self.is(end, "weekend") {
            return None;
        }
        let year_at = end + 1 + usize::from(self.any(end + 1, &["of", "in"]));
        let year = self.plausible_year(year_at);
        let end = if year.is_some() { year_at + 1 } else { end + 1 };
        Some((Expr::HolidayWeekend(Box::new(Expr::Holiday { day, year, shift: None })), end))
    }

    /// "the ten days to Wednesday", "the three months to June", "the year to March 31", "the year that ended on March 31",
    /// "the week beginning 4 November", "the week ending Friday", "the ten days from May Day".
    fn counted_to(&self, at: usize) -> Parsed {
        if self.before(at) != "the" {
            return None;
        }
        let at = at + usize::from(self.any(at, &["financial", "fiscal", "tax", "marketing"]));
        let (n, unit, next) = match self.counted_units(at) {
            Some((Some(n), unit, end)) if end > at + 1 => (n, unit, end),
            _ => {
                let (unit, false) = self.unit(at)? else { return None };
                (1, unit, at + 1)
            }
        };
        if matches!(unit, Unit::Minute | Unit::Hour) || self.is(at, "day") || self.is(at, "night") {
            return None;
        }
        let after = next + usize::from(self.is(next, "that"));
        let (forward, target) = match self.words.get(after)?.lower.as_str() {
            "to" | "until" | "through" | "ending" | "ended" => (false, after + 1),
            "beginning" | "starting" | "commencing" | "began" => (true, after + 1),
            "from" if n > 1 => (true, after + 1),
            "up" if self.is(after + 1, "to") => (false, after + 2),
            _ => return None,
        };
        let target = target + usize::from(self.any(target, &["on", "in"]));
        let target = self.past_article(target);
        let (edge, end) = match self.core(target) {
            Some(found) => found,
            // "the three months to June"
            None => {
                let word = self.words.get(target).filter(|w| w.is_capitalised())?;
                let (month, _) = calendar::month(&word.lower).filter(|_| self.closes(target + 1))?;
                (Expr::Month { month, year: None, shift: None, part: Part::Whole }, target + 1)
            }
        };
        let dated = edge.is_day() || matches!(edge, Expr::Month { .. } | Expr::Stretch { .. });
        let end = end + usize::from(forward && self.any(end, &["on", "onward", "onwards"]));
        dated.then(|| (Expr::Run { n, unit, edge: Box::new(edge), forward }, end))
    }

    /// "for the third straight day", "a second week running", "for a fifth night in a row".
    fn straight(&self, at: usize) -> Parsed {
        let at = at + usize::from(self.any(at, &["a", "the"]));
        let n = self.ordinal_word(at)?;
        let straight = self.any(at + 1, &["straight", "consecutive", "successive", "full"]);
        let unit_at = at + 1 + usize::from(straight);
        let (unit, false) = self.unit(unit_at)? else { return None };
        let row = self.is(unit_at + 1, "in") && self.is(unit_at + 2, "a") && self.is(unit_at + 3, "row");
        let end = match () {
            () if self.is(unit_at + 1, "running") => unit_at + 2,
            () if row => unit_at + 4,
            () if straight => unit_at + 1,
            () => return None,
        };
        Some((Expr::Duration { n: Some(n), unit }, end))
    }

    /// "first" to "thirty-first" in one or two words, or "3rd".
    pub(super) fn ordinal_word(&self, at: usize) -> Option<u32> {
        const WORDS: [&str; 20] = [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ];
        let word = self.words.get(at)?;
        WORDS.iter().position(|&w| w == word.lower).map(|n| n as u32 + 1)
    }

    /// "the third of July", "the first of May".
    fn ordinal_of_month(&self, at: usize) -> Parsed {
        let day = i8::try_from(self.ordinal_word(at)?).ok()?;
        let word = self.words.get(at + 2).filter(|w| w.is_capitalised() && self.is(at + 1, "of"))?;
        let (month, _) = calendar::month(&word.lower)?;
        // "the Fourth of July" is a feast, and read as one.
        if self.words[at].is_capitalised() && self.before(at) == "the" && month == 7 {
            return None;
        }
        let expr = match self.plausible_year(at + 3) {
            Some(year) => return Some((Expr::Day { year, month, day }, at + 4)),
            None => Expr::MonthDay { month, day, weekday: None },
        };
        Some((expr, at + 3))
    }

    /// "the closing months of 2009", "the opening weeks of the year", "the back end of 2020", "the last quarter of 2021",
    /// "H1 2016", "2022’s last quarter".
    fn months_of(&self, at: usize) -> Parsed {
        let stretch = |month, count, year| Expr::Stretch { month, count, year, shift: None };
        let half = |n: u32| if n == 1 { 1 } else { 7 };
        if self.is(at, "h") && self.words.get(at + 1).is_some_and(|w| w.glued) {
            let n = self.words.get(at + 1)?.digits().filter(|n| (1..=2).contains(n))?;
            let year = self.plausible_year(at + 2);
            return Some((stretch(half(n), 6, year), at + 2 + usize::from(year.is_some())));
        }
        // "3Q 2017"
        if let Some(n @ 1..=4) = self.words.get(at)?.digits()
            && self.words.get(at + 1).is_some_and(|w| w.is("q") && w.glued)
        {
            let year = self.plausible_year(at + 2);
            return Some((stretch(3 * (n as i8 - 1) + 1, 3, year), at + 2 + usize::from(year.is_some())));
        }
        if let Some(year) = self.plausible_year(at)
            && self.any(at + 1, &["'", "’"])
            && self.is(at + 2, "s")
        {
            let last = self.any(at + 3, &["last", "final", "closing"]);
            let n = if last { None } else { calendar::ordinal(&self.words.get(at + 3)?.lower) };
            if self.is(at + 4, "quarter") {
                return Some((stretch(3 * (n.unwrap_or(4) - 1) + 1, 3, Some(year)), at + 5));
            }
            if self.is(at + 4, "half") && n.is_none_or(|n| n <= 2) {
                return Some((stretch(if n == Some(1) { 1 } else { 7 }, 6, Some(year)), at + 5));
            }
            return None;
        }
        let quarter = self.any(at, &["last", "closing"]) && self.is(at + 1, "quarter") && self.is(at + 2, "of");
        let late = CLOSING_MONTHS.contains(&self.words.get(at)?.lower.as_str()) && self.is(at + 1, "months");
        let early = OPENING_MONTHS.contains(&self.words.get(at)?.lower.as_str()) && self.is(at + 1, "months");
        let tail = self.any(at, &["back", "tail"]) && self.any(at + 1, &["end"]);
        let of = at + 2 + usize::from(tail && self.is(at, "tail") && self.dash(at + 1));
        if !(quarter || late || early || tail) || !self.is(of, "of") {
            // "the main crop of the first half": behind "in" it is seldom one of the year.
            let compared = self.any(at + 2, &["compared", "against"]);
            let led = at > 1
                && self.before(at) == "the"
                && (matches!(self.before(at - 1), "of" | "for" | "over" | "during" | "than")
                    || self.is(at - 2, "in") && compared);
            let half_of =
                self.any(at, &["first", "second"]) && self.is(at + 1, "half") && (compared || self.stands_alone(at + 2));
            let month = if self.is(at, "first") { 1 } else { 7 };
            return (led && half_of).then_some((Expr::StretchOf { month, count: 6, years: 0 }, at + 2));
        }
        let month = if early { 1 } else { 10 };
        if let Some(year) = self.plausible_year(of + 1) {
            return Some((stretch(month, 3, Some(year)), of + 2));
        }
        let (years, end) = self.of_year(of)?;
        Some((Expr::StretchOf { month, count: 3, years }, end))
    }

    /// "early June three years ago", "June 3 last year", "Christmas two years ago", "mid-March of this year".
    fn in_other_year(&self, at: usize) -> Parsed {
        let (inner, end) = self
            .partial_month(at)
            .or_else(|| self.month_day(at))
            .or_else(|| self.day_month(at))
            .or_else(|| self.month(at, Part::Whole))
            .or_else(|| self.bare_season(at))
            .or_else(|| self.holiday_name(at).map(|(day, end)| (Expr::Holiday { day, year: None, shift: None }, end)))?;
        let yearless = matches!(
            inner,
            Expr::MonthDay { .. } | Expr::Month { year: None, .. } | Expr::Stretch { year: None, .. } | Expr::Holiday { .. }
        );
        if !yearless {
            return None;
        }
        // "in March of that year"
        if self.any(end, &["of", "in"]) && self.any(end + 1, &["that", "the"]) {
            let same = end + 1 + usize::from(self.is(end + 1, "the"));
            if self.any(same, &["that", "same"]) && self.is(same + 1, "year") {
                let shift = Some(Shift::Same);
                let expr = match inner {
                    Expr::Month { month, part, .. } => Expr::Month { month, year: None, shift, part },
                    Expr::Stretch { month, count, .. } => Expr::Stretch { month, count, year: None, shift },
                    day @ Expr::MonthDay { .. } => Expr::SameYear(Box::new(day)),
                    _ => return None,
                };
                return Some((expr, same + 2));
            }
        }
        if let Some((years, last)) = self.of_year(end) {
            return Some((Expr::YearsOff { inner: Box::new(inner), years }, last));
        }
        let (n, next) = self.count(end)?;
        let n = i16::try_from(n?).ok().filter(|n| *n < 200)?;
        let years = match self.words.get(next)?.lower.as_str() {
            "year" | "years" => n,
            "decade" | "decades" => 10 * n,
            _ => return None,
        };
        match self.words.get(next + 1)?.lower.as_str() {
            "ago" => Some((Expr::YearsOff { inner: Box::new(inner), years: -years }, next + 2)),
            "hence" => Some((Expr::YearsOff { inner: Box::new(inner), years }, next + 2)),
            _ => None,
        }
    }

    fn partial_month(&self, at: usize) -> Parsed {
        let (part, next) = match self.words.get(at)?.lower.as_str() {
            "early" => (Part::Early, at + 1 + usize::from(self.dash(at + 1))),
            "late" => (Part::Late, at + 1 + usize::from(self.dash(at + 1))),
            "mid" => (Part::Mid, at + 1 + usize::from(self.dash(at + 1))),
            "end" if self.is(at + 1, "of") => (Part::Late, at + 2),
            _ => return None,
        };
        self.month(next, part)
    }

    /// "at the height of summer", "in the depths of last winter".
    fn height_of_season(&self, at: usize) -> Parsed {
        if !(self.any(at, &["height", "depth", "depths", "peak"]) && self.is(at + 1, "of")) {
            return None;
        }
        let season = self.past_article(at + 2);
        let (expr, end) =
            self.stretch(season).or_else(|| self.bare_season(season)).or_else(|| self.shifted(season, Part::Whole))?;
        matches!(expr, Expr::Stretch { .. } | Expr::StretchOf { .. }).then_some((expr, end))
    }

    fn bare_season(&self, at: usize) -> Parsed {
        let (month, count) = super::stretches::season(&self.words.get(at)?.lower)?;
        Some((Expr::Stretch { month, count, year: None, shift: None }, at + 1))
    }

    /// "before the year is out", "by the time the week is out".
    pub(super) fn is_out(&self, at: usize) -> Parsed {
        let (unit, false) = self.unit(at)? else { return None };
        let over = self.is(at + 1, "is") && self.any(at + 2, &["out", "over", "up"]) || self.is(at + 1, "ends");
        let coarse = matches!(unit, Unit::Week | Unit::Month | Unit::Year | Unit::Decade);
        let end = at + if self.is(at + 1, "ends") { 2 } else { 3 };
        (over && coarse && self.before(at) == "the").then_some((Expr::Unit { unit, shift: Shift::This, part: Part::End }, end))
    }
}
