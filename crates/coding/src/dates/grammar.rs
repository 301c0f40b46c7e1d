//! The grammar of date expressions: from words to an [`Expr`] that is not yet a date.

use super::calendar::{self, Unit};
use super::words::{Kind, Word};

use super::expr::{Bound, Expr, Holiday, Part, Shift};

/// An expression in a row of words.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) expr: Expr,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) bound: Bound,
}

/// Every date expression in a row of words, left to right.
pub(super) fn scan(words: &[Word<'_>]) -> Vec<Found> {
    let grammar = Grammar { words };
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some((expr, end, bound)) = grammar.self_bounded(at) {
            found.push(Found { expr, start: at, end, bound });
            at = end;
            continue;
        }
        match grammar.range(at) {
            // "Tuesday at dawn" is one expression.
            Some((Expr::Daytime, end)) if end > at && found.last().is_some_and(|f: &Found| f.expr.is_day() && f.end + 2 > at) => {
                if let Some(last) = found.last_mut() {
                    last.end = end;
                }
                at = end;
            }
            Some((expr, end)) if end > at => {
                // "by July 28, Independence Day": the day explains the name, or the name the day.
                if let Some(last) = found.last_mut()
                    && last.end + 1 == at
                    && grammar.is(last.end, ",")
                {
                    if is_unknown(&expr) && last.expr.is_day() {
                        last.end = end;
                        at = end;
                        continue;
                    }
                    if is_unknown(&last.expr) && expr.is_day() {
                        (last.expr, last.end) = (expr, end);
                        at = end;
                        continue;
                    }
                }
                // "two days after Independence Day" is one day.
                if let Some(last) = found.last_mut()
                    && matches!(expr, Expr::Holiday { shift: None, .. })
                    && grammar.closes(end)
                    && let Expr::Anaphor { n: Some(n), unit, later, open: true, counted } = last.expr
                    && last.end == at
                {
                    last.expr = Expr::Counted { n, unit, later, counted, from: Box::new(expr) };
                    last.end = end;
                    at = end;
                    continue;
                }
                // In "three days before Christmas" the bound is no bound.
                let counted = |f: &Found| matches!(f.expr, Expr::Anaphor { open: true, .. }) && f.end == at;
                let bound = if found.last().is_some_and(counted) { Bound::At } else { grammar.bound(at, end, &expr) };
                found.push(Found { expr, start: at, end, bound });
                at = end;
            }
            _ => {
                // "jailed for six years and his wife for three"
                if let Some(expr) = grammar.elided(at, found.last()) {
                    found.push(Found { expr, start: at, end: at + 1, bound: Bound::At });
                }
                at += 1;
            }
        }
    }
    found
}

/// A feast whose day only the country or the moon tells.
fn is_unknown(expr: &Expr) -> bool {
    *expr == Expr::PollingDay
        || matches!(
            expr,
            Expr::Holiday { day: Holiday::Unknown | Holiday::National(_) | Holiday::EidAlFitr | Holiday::EidAlAdha, .. }
        )
}

type Parsed = Option<(Expr, usize)>;

/// Words that stand behind a person's whole name.
const VERBAL: &[&str] = &["said", "says", "told", "was", "is", "has", "had", "who", ",", "of", "and"];

/// What has a weekday by habit: "a Sunday schedule".
const WEEKLY: &[&str] =
    &["schedule", "timetable", "service", "paper", "newspaper", "edition", "school", "market", "roast", "league"];

/// Words that open what comes after an expression.
const CLOSING: &[&str] = &[
    "and", "but", "or", "when", "while", "as", "to", "on", "at", "in", "with", "without", "after", "before", "for", "from", "he",
    "she", "they", "it", "until", "because", "that", "if", "by", "was", "were", "is", "are", "had", "has", "have", "will",
    "would", "which", "who", "where", "since", "near", "outside", "inside", "under", "amid", "despite", "said", "a", "an", "the",
    "onward", "onwards", "we", "i", "you", "there", "whether", "what", "how", "why", "then", "so", "not", "his", "her", "their",
    "its", "only", "alone", "again", "this",
];

pub(super) struct Grammar<'w, 'a> {
    pub(super) words: &'w [Word<'a>],
}

impl Grammar<'_, '_> {
    /// Whether an expression may end before the word: nothing follows that it could count or describe.
    pub(super) fn closes(&self, at: usize) -> bool {
        self.words.get(at).is_none_or(|w| {
            w.kind == Kind::Punct && !w.is_dash() && !matches!(w.lower.as_str(), "'" | "’") || CLOSING.contains(&w.lower.as_str())
        })
    }

    pub(super) fn is(&self, at: usize, lower: &str) -> bool {
        self.words.get(at).is_some_and(|w| w.is(lower))
    }

    pub(super) fn any(&self, at: usize, list: &[&str]) -> bool {
        self.words.get(at).is_some_and(|w| list.contains(&w.lower.as_str()))
    }

    pub(super) fn dash(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(Word::is_dash)
    }

    /// The word before, `""` at the start.
    pub(super) fn before(&self, at: usize) -> &str {
        at.checked_sub(1).and_then(|i| self.words.get(i)).map_or("", |w| w.lower.as_str())
    }

    pub(super) fn skip(&self, at: usize, lower: &str) -> usize {
        if self.is(at, lower) { at + 1 } else { at }
    }

    /// A number behind "for" that counts the unit of the length told just before.
    fn elided(&self, at: usize, last: Option<&Found>) -> Option<Expr> {
        let last = last.filter(|last| last.end + 10 > at)?;
        let Expr::Duration { n: Some(_), unit } = last.expr else { return None };
        let end = self.words.get(at + 1).is_none_or(|w| w.kind == Kind::Punct && !w.glued_symbol());
        let (n, next) = self.count(at).filter(|_| self.before(at) == "for" && end)?;
        (next == at + 1 && n.is_some()).then_some(Expr::Duration { n, unit })
    }

    /// One expression.
    pub(super) fn core(&self, at: usize) -> Parsed {
        let word = self.words.get(at)?;
        // A habit has no place in time.
        if matches!(self.before(at), "every" | "each") {
            return None;
        }
        if let Some(end) = self.habit(at) {
            return Some((Expr::Habit, end));
        }
        match word.kind {
            Kind::Punct => self.apostrophe_decade(at).or_else(|| self.apostrophe_year(at)),
            Kind::Number => self
                .numeric(at)
                .or_else(|| self.phrase(at))
                .or_else(|| self.day_month(at))
                .or_else(|| self.daytime(at))
                .or_else(|| self.year(at))
                .or_else(|| self.counted(at)),
            Kind::Alpha => self
                .eve(at)
                .or_else(|| self.phrase(at))
                .or_else(|| self.holiday(at))
                .or_else(|| self.weekday(at, None))
                .or_else(|| self.nth_weekday(at))
                .or_else(|| self.month_day(at))
                .or_else(|| self.two_parts(at))
                .or_else(|| self.partial(at))
                .or_else(|| self.month(at, Part::Whole))
                .or_else(|| self.stretch(at))
                .or_else(|| self.word(at))
                .or_else(|| self.daytime(at))
                .or_else(|| self.shifted(at, Part::Whole))
                .or_else(|| self.day_of_month(at))
                .or_else(|| self.counted(at)),
        }
    }

    /// "on the eve of the summit", "the eve of June 13".
    fn eve(&self, at: usize) -> Parsed {
        if !(self.is(at, "eve") && self.is(at + 1, "of")) {
            return None;
        }
        match self.core(self.skip(at + 2, "the")) {
            Some((inner, end)) if super::ranges::ranges(&inner) => Some((Expr::Eve(Some(Box::new(inner))), end)),
            _ => Some((Expr::Eve(None), at + 2)),
        }
    }

    /// "Friday", "Friday, June 13", "Monday night", "Friday of next week".
    pub(super) fn weekday(&self, at: usize, shift: Option<Shift>) -> Parsed {
        let word = self.words.get(at)?;
        let day = calendar::weekday(&word.lower)?;
        if !word.is_capitalised() || self.is_no_weekday(at, shift) {
            return None;
        }
        let mut end = at + 1;
        if word.text.len() < 6 {
            // "Sat" and "Sun" are words of their own; a full stop, a comma or a month must follow.
            let dated = self.words.get(end).is_some_and(|w| calendar::month(&w.lower).is_some());
            if self.words.get(end).is_some_and(|w| w.is(".") && w.glued) {
                end += 1;
            } else if !(dated || self.is(end, ",")) {
                return None;
            }
        }
        let comma = self.skip(end, ",");
        if let Some((expr, last)) = self.month_day(comma).or_else(|| self.day_month(comma)) {
            return match expr {
                Expr::MonthDay { month, day: number, .. } => {
                    Some((Expr::MonthDay { month, day: number, weekday: Some(day) }, last))
                }
                Expr::Day { .. } => Some((expr, last)),
                _ => Some((Expr::Weekday { day, shift, week: None }, end)),
            };
        }
        // "Wednesday the 5th", "Saturday, the 15th"
        if shift.is_none()
            && self.is(comma, "the")
            && let Some((number, last)) = self.day_number(comma + 1).filter(|(_, last)| *last == comma + 3 && self.closes(*last))
        {
            return Some((Expr::WeekdayOfMonth { weekday: day, day: number }, last));
        }
        end = self.time_of_day(end);
        let of = self.skip(end, "of");
        if let Some((Expr::Unit { unit: Unit::Week, shift: week, .. }, last)) = self.shifted(of, Part::Whole) {
            return Some((Expr::Weekday { day, shift, week: Some(week) }, last));
        }
        Some((Expr::Weekday { day, shift, week: None }, end))
    }

    /// "every Monday", "on a Friday" are no day that could be told, "Bloody Sunday", "Sunday Times" and "Friday Osagie" names.
    fn is_no_weekday(&self, at: usize, shift: Option<Shift>) -> bool {
        let before = self.before(at);
        if matches!(before, "every" | "each" | "bloody" | "black" | "cyber" | "super") {
            return true;
        }
        if matches!(before, "a" | "one") && (self.closes(at + 1) || self.any(at + 1, WEEKLY)) {
            return true;
        }
        let next = self.words.get(at + 1).filter(|w| w.kind == Kind::Alpha && w.is_capitalised() && !w.glued);
        let led = shift.is_some()
            || matches!(before, "on" | "of" | "since" | "by" | "until" | "till" | "from" | "the" | "early" | "late");
        let paper = next.is_some_and(|w| matches!(w.lower.as_str(), "times" | "telegraph" | "mirror" | "express" | "mail"));
        let date = next.is_some_and(|w| calendar::month(&w.lower).is_some() || calendar::weekday(&w.lower).is_some());
        // "said Iya Sunday, who keeps a stall"
        let named = at > 1
            && self.words[at - 1].kind == Kind::Alpha
            && self.words[at - 1].is_capitalised()
            && self.is(at + 1, ",")
            && (self.any(at + 2, &["who", "whose"])
                || self.words.get(at + 2).is_some_and(|w| w.kind == Kind::Number && w.text.len() < 3))
            && calendar::month(&self.words[at - 1].lower).is_none();
        paper || named && !led || next.is_some() && !led && !date && self.words[at].text.len() > 5 && self.any(at + 2, VERBAL)
    }

    /// Passes over "morning", "night" ... after a day.
    pub(super) fn time_of_day(&self, at: usize) -> usize {
        const PARTS: [&str; 10] =
            ["morning", "afternoon", "evening", "night", "noon", "midday", "midnight", "dawn", "lunchtime", "dusk"];
        if self.any(at, &PARTS) { at + 1 } else { at }
    }

    /// "overnight", "yesterday", "at the weekend", "recently", "the 1990s".
    fn word(&self, at: usize) -> Parsed {
        let here = self.words.get(at)?.lower.as_str();
        let next = at + 1;
        if let Some(found) = self.is_out(at) {
            return Some(found);
        }
        Some(match here {
            "now"
                if self.before(at) == "from" && self.any(at + 1, &["until", "till", "to", "through"])
                    || self.before(at) == "between" && self.is(at + 1, "and") =>
            {
                (Expr::Offset(0), next)
            }
            "today" | "tomorrow" if self.is(next, "week") && self.closes(next + 1) => {
                (Expr::Offset(if here == "today" { 7 } else { 8 }), next + 1)
            }
            "today" => (Expr::Offset(0), next),
            "tonight" => (Expr::Offset(0), next),
            "yesterday" => (Expr::Offset(-1), self.time_of_day(next)),
            "tomorrow" => (Expr::Offset(1), self.time_of_day(next)),
            "overnight" => {
                let into = self.any(next, &["into", "to"]);
                let day = next + usize::from(into || self.any(next, &["on", "from"]));
                match self.words.get(day).and_then(|w| calendar::weekday(&w.lower)) {
                    Some(weekday) => (Expr::Overnight { day: Some(weekday), into }, self.time_of_day(day + 1)),
                    None => (Expr::Overnight { day: None, into: false }, next),
                }
            }
            "weekend" if self.before(at) == "the" => (Expr::Weekend(None), next),
            // "as recently as March"
            "recently" if self.is(next, "as") => return None,
            "recently" | "lately" => (Expr::Recent(Unit::Day), next),
            "recent" => match self.unit(next) {
                Some((unit, true)) => (Expr::Recent(unit), next + 1),
                _ => return None,
            },
            "past" if self.before(at) == "the" && at > 1 && self.is(at - 2, "in") && self.counted_units(next).is_none() => {
                (Expr::VaguePast, next)
            }
            "long" | "generations" | "ages" if self.is(next, "ago") => (Expr::VaguePast, next + 1),
            "a" | "some" if self.any(next, &["generation", "lifetime", "while", "time"]) && self.is(next + 1, "ago") => {
                (Expr::VaguePast, next + 2)
            }
            "future" if self.before(at) == "near" => (Expr::VagueFuture, next),
            "soon" if self.before(at) != "as" && !self.any(next, &["after", "as"]) => (Expr::VagueFuture, next),
            // "the other day"
            "other"
                if self.before(at) == "the" && self.any(next, &["day", "night", "week", "evening"]) && self.closes(next + 1) =>
            {
                (Expr::Recent(Unit::Day), next + 1)
            }
            // "a decades-old feud", "the weeks-long siege"
            "days" | "weeks" | "months" | "years" | "decades" | "centuries" | "hours"
                if self.dash(next) && self.any(next + 1, &["long", "old"]) =>
            {
                (Expr::Duration { n: None, unit: self.unit(at)?.0 }, next + 2)
            }
            "weeklong" => (Expr::Duration { n: Some(1), unit: Unit::Week }, next),
            "monthlong" => (Expr::Duration { n: Some(1), unit: Unit::Month }, next),
            "yearlong" => (Expr::Duration { n: Some(1), unit: Unit::Year }, next),
            "daylong" => (Expr::Duration { n: Some(1), unit: Unit::Day }, next),
            "day" | "week" | "month" | "year" | "decade" if self.dash(next) && self.is(next + 1, "long") => {
                (Expr::Duration { n: Some(1), unit: self.unit(at)?.0 }, next + 2)
            }
            // A year-old may be a child.
            "day" | "week" | "month" | "decade" if self.dash(next) && self.is(next + 1, "old") => {
                (Expr::Duration { n: Some(1), unit: self.unit(at)?.0 }, next + 2)
            }
            decade if self.before(at) == "the" && calendar::decade(decade).is_some() => {
                (Expr::Years { first: calendar::decade(decade)?, count: 10, part: Part::Whole }, next)
            }
            "day" if self.before(at) == "the" && self.any(next, &["before", "after"]) => {
                match self.words.get(next + 1)?.lower.as_str() {
                    "tomorrow" => (Expr::Offset(2), next + 2),
                    "yesterday" => (Expr::Offset(-2), next + 2),
                    _ => self.relative(Some(1), Unit::Day, next, true)?,
                }
            }
            "week" | "month" | "year"
                if self.before(at) == "the"
                    && (self.is(next, "before") && self.is(next + 1, "last")
                        || self.is(next, "after") && self.is(next + 1, "next")) =>
            {
                let units = if self.is(next, "after") { 2 } else { -2 };
                (Expr::Back { unit: self.unit(at)?.0, units }, next + 2)
            }
            "night" if self.before(at) == "the" && self.is(next, "before") && self.is(next + 1, "last") => {
                (Expr::Offset(-2), next + 2)
            }
            // "the night of the vote", "on the day of the attack"
            "day" | "night" | "evening" | "morning" | "afternoon"
                if self.before(at) == "the"
                    && self.is(next, "of")
                    && self.is(next + 1, "the")
                    && self.words.get(next + 2).is_some_and(|w| w.kind == Kind::Alpha)
                    && self.core(next + 1).or_else(|| self.core(next + 2)).is_none() =>
            {
                (Expr::Anaphor { n: Some(0), unit: Unit::Day, later: true, open: true, counted: true }, next + 1)
            }
            "night" | "evening" | "morning" | "afternoon" if self.before(at) == "the" && self.any(next, &["before", "after"]) => {
                self.relative(Some(1), Unit::Day, next, true)?
            }
            "week" | "month" | "year" if self.before(at) == "the" && self.any(next, &["before", "after"]) => {
                self.relative(Some(1), self.unit(at)?.0, next, false)?
            }
            // "the week of July 7"
            "week" if self.is(next, "of") => {
                let day = self.skip(next + 1, "the");
                let (day, end) = self.month_day(day).or_else(|| self.day_month(day)).or_else(|| self.day_of_month(next + 1))?;
                (Expr::WeekOf(Box::new(day)), end)
            }
            // "by year-end", "at the month’s end"
            "year" | "month" | "week" if self.dash(next) && self.is(next + 1, "end") => {
                (Expr::Unit { unit: self.unit(at)?.0, shift: Shift::This, part: Part::End }, next + 2)
            }
            "year" | "month" | "decade" if self.any(next, &["’", "'"]) && self.is(next + 1, "s") && self.is(next + 2, "end") => {
                (Expr::Unit { unit: self.unit(at)?.0, shift: Shift::This, part: Part::End }, next + 3)
            }
            "then" if matches!(self.before(at), "since" | "until" | "by") => (Expr::Then, next),
            "so" if self.is(next, "far") && self.any(next + 1, &["this"]) => return self.shifted(next + 1, Part::SoFar),
            "turn" if self.is(next, "of") && self.is(next + 1, "the") && self.is(next + 2, "year") => {
                let since = self.before(at) == "the" && at > 1 && self.is(at - 2, "since");
                let expr =
                    if since { Expr::Unit { unit: Unit::Year, shift: Shift::This, part: Part::Whole } } else { Expr::TurnOfYear };
                (expr, next + 3)
            }
            "turn" if self.is(next, "of") && self.is(next + 1, "the") && self.any(next + 2, &["century", "millennium"]) => {
                (Expr::TurnOfCentury, next + 3)
            }
            _ => return None,
        })
    }

    /// "early to mid July", "mid-to-late 2023".
    fn two_parts(&self, at: usize) -> Parsed {
        let first = match self.words.get(at)?.lower.as_str() {
            "early" => Part::Early,
            "mid" => Part::Mid,
            _ => return None,
        };
        let to = at + 1 + usize::from(self.dash(at + 1));
        let next = to + 1 + usize::from(self.dash(to + 1));
        if !self.is(to, "to") || !self.any(next, &["mid", "late"]) {
            return None;
        }
        let (last, end) = self.partial(next)?;
        let opening = match last {
            Expr::Month { month, year, shift, .. } => Expr::Month { month, year, shift, part: first },
            Expr::Year { year, .. } => Expr::Year { year, part: first },
            Expr::Years { first: from, count, .. } => Expr::Years { first: from, count, part: first },
            Expr::Unit { unit, shift, .. } => Expr::Unit { unit, shift, part: first },
            _ => return None,
        };
        Some((Expr::Between(Box::new(opening), Box::new(last)), end))
    }

    /// Whether "as of the", "as at the", "than at the" stand before.
    fn is_state(&self, at: usize) -> bool {
        let at = at - usize::from(self.before(at) == "the");
        matches!(self.before(at), "of" | "at") && at > 1 && (self.is(at - 2, "as") || self.is(at - 2, "than"))
    }

    /// "early 2024", "late last week", "the end of June", "mid-May", "earlier this year", "earlier on Monday".
    fn partial(&self, at: usize) -> Parsed {
        let (part, next) = match self.words.get(at)?.lower.as_str() {
            "early" => (Part::Early, at + 1 + usize::from(self.dash(at + 1))),
            "late" => (Part::Late, at + 1 + usize::from(self.dash(at + 1))),
            "mid" => (Part::Mid, at + 1 + usize::from(self.dash(at + 1))),
            "earlier" => (Part::SoFar, at + 1),
            "later" => (Part::Rest, at + 1),
            // "as of the end of June", "as at the close of the year" tell how things stood on the last day.
            "end" | "close" if self.is(at + 1, "of") && self.is_state(at) => (Part::Days(-1), at + 2),
            "end" | "close" if self.is(at + 1, "of") => (Part::End, at + 2),
            "beginning" | "start" if self.is(at + 1, "of") => (Part::Start, at + 2),
            "middle" if self.is(at + 1, "of") => (Part::Mid, at + 2),
            "rest" | "remainder" if self.is(at + 1, "of") => (Part::Rest, at + 2),
            "first" if self.is(at + 1, "day") && self.is(at + 2, "of") => (Part::Days(1), at + 3),
            "last" | "final" if self.any(at + 1, &["day", "night", "evening"]) && self.is(at + 2, "of") => {
                (Part::Days(-1), at + 3)
            }
            // The first and last days of a year are ten, as those of a month.
            "first" | "opening" if self.is(at + 1, "days") && self.is(at + 2, "of") && self.plausible_year(at + 3).is_some() => {
                (Part::Days(10), at + 3)
            }
            "last" | "closing" | "final"
                if self.is(at + 1, "days") && self.is(at + 2, "of") && self.plausible_year(at + 3).is_some() =>
            {
                (Part::Days(-10), at + 3)
            }
            "first" | "opening" if self.is(at + 1, "days") && self.is(at + 2, "of") => (Part::Early, at + 3),
            "last" | "closing" | "final" if self.is(at + 1, "days") && self.is(at + 2, "of") => (Part::Late, at + 3),
            first @ ("first" | "last" | "final")
                if let Some((Some(n @ 2..=60), unit @ (Unit::Day | Unit::Week), end)) = self.counted_units(at + 1)
                    && self.is(end, "of") =>
            {
                let days = n as i16 * if unit == Unit::Week { 7 } else { 1 };
                (Part::Days(if first == "first" { days } else { -days }), end + 1)
            }
            "last" if self.is(at + 1, "week") && self.is(at + 2, "of") => (Part::Week(-1), at + 3),
            nth if self.is(at + 1, "week") && self.is(at + 2, "of") => (Part::Week(calendar::ordinal(nth)?), at + 3),
            "latter" if self.is(at + 1, "half") && self.is(at + 2, "of") => (Part::Half(2), at + 3),
            nth if self.is(at + 1, "half") && self.is(at + 2, "of") => {
                (Part::Half(calendar::ordinal(nth).filter(|n| *n <= 2)?), at + 3)
            }
            _ => return None,
        };
        // "the late nineties"
        if let Some(first) = self.words.get(next).and_then(|w| calendar::decade(&w.lower))
            && matches!(part, Part::Early | Part::Mid | Part::Late)
        {
            return Some((Expr::Years { first, count: 10, part }, next + 1));
        }
        let preposition = next + usize::from(self.any(next, &["in", "on"]));
        let target = self.skip(preposition, "the");
        if let Some(found) = self.weekday(target, None).or_else(|| self.month_day(target)) {
            return Some(found);
        }
        if let Some((unit, false)) = self.unit(target)
            && preposition < target
        {
            if unit == Unit::Day {
                // "earlier in the day": the day told before. "the end of the day" is seldom one.
                return (preposition > next).then_some((Expr::Daytime, target + 1));
            }
            return Some((Expr::Unit { unit, shift: Shift::This, part }, target + 1));
        }
        // "until the end of Ramadan"
        if let Some((feast @ Expr::Holiday { day: Holiday::Ramadan, .. }, end)) = self.holiday(target) {
            return Some((Expr::PartOf(Box::new(feast), part), end));
        }
        // "the late 19th century"
        if let Some(found) = self.century(target, part) {
            return Some(found);
        }
        if let Some(found) = self.part_of_season(target, part).or_else(|| self.end_of_stretch(target, part)) {
            return Some(found);
        }
        if let Some(found) = self.month(target, part).or_else(|| self.shifted(target, part)).or_else(|| self.decade(target, part))
        {
            // "the last day of that month", "the start of the following week"
            if let (told @ Expr::Anaphor { unit: Unit::Week | Unit::Month | Unit::Year, .. }, end) = found {
                return Some((Expr::PartOf(Box::new(told), part), end));
            }
            return Some(found);
        }
        let year = self.plausible_year(target)?;
        Some((Expr::Year { year, part }, target + 1))
    }
}
