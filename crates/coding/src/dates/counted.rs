//! The part of the grammar that reads counted units: "two days ago", "a fortnight later", "a two-day visit".

use super::calendar::{self, Unit};
use super::expr::Expr;
use super::grammar::Grammar;
use super::words::Kind;

type Parsed = Option<(Expr, usize)>;

/// Words between a number and its unit that change neither.
const PASSING: &[&str] = &[
    "straight",
    "consecutive",
    "long",
    "more",
    "further",
    "full",
    "whole",
    "additional",
    "successive",
    "extra",
    "working",
    "business",
    "calendar",
    "initial",
    "entire",
    "solid",
    "dry",
    "hot",
    "difficult",
    "tense",
    "short",
    "single",
];

/// Words before "four weeks away" that make it a time.
const BE: &[&str] = &["is", "are", "was", "were", "still", "just", "only", "now", "be", "s", "barely", "least", "than"];

/// Words that are the first or the last of their kind without the ending of a superlative.
const SUPERLATIVE: &[&str] = &["first", "worst", "best", "most", "least", "only", "fewest"];

/// Words before "a week" that make it a length.
const LENGTHS: &[&str] = &[
    "in", "for", "within", "after", "than", "last", "lasts", "lasted", "take", "takes", "took", "spend", "spends", "spent",
    "wait", "waited", "stay", "stayed", "about", "almost", "nearly", "over", "under", "exactly", "just", "only", "barely",
    "roughly", "another", "had", "have", "by", "every",
];

impl Grammar<'_, '_> {
    /// "two days ago", "a week later", "a two-day visit", "for decades".
    pub(super) fn counted(&self, at: usize) -> Parsed {
        // A number after a full stop or a comma without space is the tail of a decimal.
        let glued = self.words.get(at)?.glued && matches!(self.before(at), "." | "," | ":" | "$" | "€" | "£");
        let halves = self.halves(at).filter(|_| !glued);
        let (n, unit, end, bare) = match halves.map(|(n, unit, end)| (Some(n), unit, end)).or_else(|| self.counted_units(at)) {
            Some((n, unit, end)) if !glued => (n, unit, end, end == at + 1),
            _ => {
                let (n, next) = self.count(at)?;
                let unit_at =
                    next + usize::from(self.dash(next) || self.any(next, PASSING) && !self.any(next, &["long", "full"]));
                let (unit, _) = self.unit(unit_at)?;
                let n = n.map(|n| n * self.fold(unit_at));
                if glued
                    || self.any(unit_at + 1, &["old", "olds"])
                    || (self.dash(unit_at + 1) && self.any(unit_at + 2, &["old", "olds"]))
                {
                    return None;
                }
                (n, unit, unit_at + 1, false)
            }
        };
        // "a decades-old feud" counts nothing.
        if self.any(at, &["a", "an"]) && n == Some(1) && self.unit(end - 1).is_some_and(|(_, plural)| plural) {
            return None;
        }
        // "World Cup 2018 day five"
        if n.is_some_and(|n| (1900..=2100).contains(&n)) {
            return None;
        }
        // "24 hours a day", "seven days a week"
        if matches!((n, unit), (Some(24), Unit::Hour) | (Some(7), Unit::Day))
            && self.is(end, "a")
            && self.any(end + 1, &["day", "week"])
        {
            return Some((Expr::Habit, end + 2));
        }
        let (n, unit, end) = self.compound(n, unit, end);
        // "a day or two": how many is not told.
        let (n, end) = match self.is(end, "or").then(|| self.count(end + 1)).flatten() {
            Some((Some(_), last)) if self.closes(last) && self.unit(last).is_none() => (None, last),
            _ => (n, end),
        };
        if matches!(unit, Unit::Minute | Unit::Hour)
            && self.any(end, &["before", "after", "past", "to"])
            && self.is_clock(end + 1)
        {
            return None;
        }
        // "in three weeks’ time", "in a month’s time"
        if self.before(at) == "in" && self.any(end, &["'", "’"]) {
            let time = end + 1 + usize::from(self.is(end + 1, "s"));
            if self.is(time, "time") {
                return Some((Expr::Hence { n, unit }, time + 1));
            }
        }
        // "a week to the hour"
        if self.is(end, "to") && self.is(end + 1, "the") && self.any(end + 2, &["day", "hour", "minute"]) {
            return Some((Expr::Duration { n, unit }, end + 3));
        }
        let singular = halves.is_none() && self.unit(end - 1).is_some_and(|(_, plural)| !plural);
        if let Some(found) = self.relative(n, unit, end, true) {
            return Some(found);
        }
        let before = self.before(at);
        // "is four weeks off", "the vote was only days away"
        if self.any(end, &["away", "off"])
            && self.closes(end + 1)
            && BE.contains(&before)
            && !(at.saturating_sub(3)..at).any(|i| {
                self.any(i, &["get", "gets", "got", "give", "gives", "gave", "take", "takes", "took", "have", "has", "had"])
            })
            && !matches!(unit, Unit::Minute | Unit::Hour)
        {
            let past = n.is_some() && matches!(before, "was" | "were");
            let expr = match n {
                None => Expr::VagueFuture,
                Some(_) if past => Expr::Anaphor { n, unit, later: true, open: false, counted: true },
                Some(_) => Expr::Hence { n, unit },
            };
            return Some((expr, end + 1));
        }
        // "the thinnest in seven years", "the worst floods in decades"
        if before == "in" && self.is_superlative(at - 1) {
            return Some((Expr::Duration { n, unit }, end));
        }
        // "what I sell in a day": of the day after today "tomorrow" would be said.
        if before == "in" && unit == Unit::Day && n == Some(1) && self.is(at, "a") {
            return Some((Expr::Duration { n, unit }, end));
        }
        if self.is(end, "old") {
            return None;
        }
        if bare {
            // "within hours"
            if before == "within" {
                return Some((Expr::Within { n, unit, by: true }, end));
            }
            return matches!(before, "for" | "in" | "over" | "after" | "within").then_some((Expr::Duration { n, unit }, end));
        }
        // "twice a week" tells a rate; a length stands behind a word that asks for one.
        let fortnight = self.is(end - 1, "fortnight");
        let owned = self.any(end, &["'", "’"]) && self.is(end + 1, "s");
        let filled = owned || self.is(end - 1, "and") || self.is(end, "of") && !matches!(unit, Unit::Minute | Unit::Hour);
        if self.any(at, &["a", "an"]) && singular && !fortnight && !filled && !LENGTHS.contains(&before) {
            return None;
        }
        if matches!(before, "in" | "within") && !self.dash(end.saturating_sub(2)) {
            return Some((Expr::Within { n, unit, by: before == "within" }, end));
        }
        Some((Expr::Duration { n, unit }, end))
    }

    /// Whether one of the words just before is a superlative.
    fn is_superlative(&self, at: usize) -> bool {
        let near = (at.saturating_sub(4)..at).rev();
        let noun = |i: &usize| {
            self.words[*i].kind == Kind::Alpha
                && !self.any(*i, &["will", "would", "to", "is", "are", "was", "were", "and", "that"])
        };
        let most = |i: usize| {
            let word = &self.words[i];
            SUPERLATIVE.contains(&word.lower.as_str()) || word.lower.ends_with("iest") && !word.is_capitalised()
        };
        near.take_while(noun).any(most)
    }

    /// "a week and a day", "a year and two weeks": days join weeks; a longer unit is told well enough by itself.
    fn compound(&self, n: Option<u32>, unit: Unit, end: usize) -> (Option<u32>, Unit, usize) {
        let rest = || {
            let (more, next) = self.is(end, "and").then(|| self.count(end + 1)).flatten()?;
            Some((more?, self.unit(next)?.0, next + 1))
        };
        // "a fortnight and a bit"
        if self.is(end, "and") && self.is(end + 1, "a") && self.is(end + 2, "bit") {
            return (n, unit, end + 3);
        }
        match (n, unit, rest()) {
            (Some(n), Unit::Week, Some((more, Unit::Day, last))) => (Some(7 * n + more), Unit::Day, last),
            (Some(n), Unit::Year, Some((more, Unit::Month, last))) => (Some(12 * n + more), Unit::Month, last),
            (Some(n), Unit::Month | Unit::Year | Unit::Decade, Some((_, Unit::Day | Unit::Week | Unit::Month, last))) => {
                (Some(n), unit, last)
            }
            _ => (n, unit, end),
        }
    }

    /// What may follow a counted unit: "ago", "earlier", "later", "before the vote", "from now".
    pub(super) fn relative(&self, n: Option<u32>, unit: Unit, at: usize, counted: bool) -> Parsed {
        let open = |next: usize| {
            self.words.get(next).is_some_and(|w| {
                w.kind != Kind::Punct && !self.any(next, &["and", "but", "when", "while", "as", "at", "or", "with", "in", "for"])
            })
        };
        Some(match self.words.get(at)?.lower.as_str() {
            "ago" => (Expr::Ago { n, unit }, at + 1),
            // "a few years back"
            "back"
                if counted
                    && matches!(unit, Unit::Month | Unit::Year | Unit::Decade)
                    && self.closes(at + 1)
                    && !self.is(at + 1, "to") =>
            {
                (Expr::Ago { n, unit }, at + 1)
            }
            // "for five days earlier this month": the word belongs to what follows.
            "earlier" | "later" if self.any(at + 1, &["this", "that", "last", "next"]) => return None,
            // "two days earlier in Linden" is told of a place.
            "earlier" | "later" if self.any(at + 1, &["in", "on"]) && self.is_time(at + 2) => return None,
            // "three hours before midnight on the 10th" is a time of the clock.
            "before" | "after" | "past" | "to" if matches!(unit, Unit::Minute | Unit::Hour) && self.is_clock(at + 1) => {
                return None;
            }
            "into" if open(at + 1) && counted && !matches!(unit, Unit::Minute | Unit::Hour) => {
                (Expr::Anaphor { n, unit, later: true, open: true, counted }, at + 1)
            }
            // "two days on, a magistrate freed them"
            "on" if counted && n.is_some() && self.words.get(at + 1).is_none_or(|w| w.kind == Kind::Punct) => {
                (Expr::Anaphor { n, unit, later: true, open: false, counted }, at + 1)
            }
            "earlier" | "previously" => (Expr::Anaphor { n, unit, later: false, open: false, counted }, at + 1),
            "later" | "afterwards" | "afterward" => (Expr::Anaphor { n, unit, later: true, open: false, counted }, at + 1),
            // "the week before that"
            back @ ("before" | "after") if self.is(at + 1, "that") && self.closes(at + 2) => {
                (Expr::Anaphor { n, unit, later: back == "after", open: false, counted }, at + 2)
            }
            "before" | "prior" => (Expr::Anaphor { n, unit, later: false, open: open(at + 1), counted }, at + 1),
            "after" | "following" => (Expr::Anaphor { n, unit, later: true, open: open(at + 1), counted }, at + 1),
            "from" if self.words.get(at + 1).is_some_and(|w| w.is_capitalised() && calendar::weekday(&w.lower).is_some()) => {
                (Expr::Anaphor { n, unit, later: true, open: true, counted }, at + 1)
            }
            "from" if self.is(at + 1, "then") => (Expr::Anaphor { n, unit, later: true, open: false, counted }, at + 2),
            "from" if self.any(at + 1, &["now", "today"]) => (Expr::Hence { n, unit }, at + 2),
            _ => return None,
        })
    }

    /// "the week", "May", "2019", "Monday": a time rather than a place.
    fn is_time(&self, at: usize) -> bool {
        let next = self.skip(at, "the");
        let named = |w: &super::words::Word<'_>| calendar::month(&w.lower).is_some() || calendar::weekday(&w.lower).is_some();
        self.unit(next).is_some() || self.plausible_year(next).is_some() || self.words.get(next).is_some_and(named)
    }

    /// A count, when one is told, and a unit in the plural: "two days", "several weeks", "years".
    pub(super) fn counted_units(&self, at: usize) -> Option<(Option<u32>, Unit, usize)> {
        let (n, next) = self.count(at).unwrap_or((None, at));
        // "two or three weeks": how many is not told.
        let (n, next) = match self.any(next, &["or", "to"]).then(|| self.count(next + 1)).flatten() {
            Some((Some(_), last)) if n.is_some() => (None, last),
            _ => (n, next),
        };
        let mut next = next + usize::from(self.dash(next) && next > at);
        // "three straight days", "two more weeks"
        if next > at && self.any(next, PASSING) {
            next += 1;
        }
        match self.unit(next)? {
            (unit, true) => Some((n.map(|n| n * self.fold(next)), unit, next + 1)),
            _ => None,
        }
    }

    /// "a", "two", "24", "a few", "a couple of", "half a".
    pub(super) fn count(&self, at: usize) -> Option<(Option<u32>, usize)> {
        let word = self.words.get(at)?;
        if word.kind == Kind::Number {
            return word.digits().map(|n| (Some(n), at + 1));
        }
        Some(match word.lower.as_str() {
            "a" | "an" => match self.words.get(at + 1)?.lower.as_str() {
                "few" => (None, at + 2),
                "couple" => (Some(2), at + 2 + usize::from(self.is(at + 2, "of"))),
                "dozen" => (Some(12), at + 2),
                "hundred" => (Some(100), at + 2),
                _ => (Some(1), at + 1),
            },
            "another" if self.unit(at + 1).is_some() => (Some(1), at + 1),
            // "the third raid in as many weeks"
            "many" if self.before(at) == "as" => {
                let told = |i: usize| self.ordinal_word(i).or_else(|| calendar::cardinal(&self.words[i].lower));
                ((at.saturating_sub(12)..at - 1).rev().find_map(told), at + 1)
            }
            "several" | "few" | "many" | "some" => (None, at + 1),
            "dozens" | "hundreds" if self.is(at + 1, "of") => (None, at + 2),
            lower => {
                let mut n = calendar::cardinal(lower)?;
                let mut end = at + 1;
                if n >= 20
                    && self.dash(end)
                    && let Some(ones) = self.words.get(end + 1).and_then(|w| calendar::cardinal(&w.lower)).filter(|&o| o < 10)
                {
                    n += ones;
                    end += 2;
                }
                (Some(n), end)
            }
        })
    }

    /// "half a year", "a year and a half", "two and a half years", "a quarter of a century", in whole smaller units.
    fn halves(&self, at: usize) -> Option<(u32, Unit, usize)> {
        let article = |at: usize| self.any(at, &["a", "an"]);
        if self.is(at, "half") {
            let unit_at = at + 1 + usize::from(self.dash(at + 1));
            let unit_at = unit_at + usize::from(article(unit_at));
            let (half, smaller) = half(self.unit(unit_at)?.0)?;
            return (unit_at > at + 1).then_some((half, smaller, unit_at + 1));
        }
        if self.is(at, "quarter") && self.is(at + 1, "of") && article(at + 2) && self.is(at + 3, "century") {
            return Some((25, Unit::Year, at + 4));
        }
        let (n, next) = self.count(at)?;
        let and_a_half = |at: usize| self.is(at, "and") && article(at + 1) && self.is(at + 2, "half");
        // "three-and-a-half years"
        let joined =
            (0..3).all(|i| self.dash(next + 2 * i)) && self.is(next + 1, "and") && article(next + 3) && self.is(next + 5, "half");
        let joined = joined
            || self.dash(next) && self.is(next + 1, "and") && self.dash(next + 2) && article(next + 3) && self.dash(next + 4);
        let unit_at = if and_a_half(next) {
            next + 3
        } else if joined {
            next + 6 + usize::from(self.dash(next + 6))
        } else {
            next
        };
        let (unit, _) = self.unit(unit_at)?;
        let end = if unit_at > next {
            unit_at + 1
        } else if and_a_half(unit_at + 1) {
            unit_at + 4
        } else {
            return None;
        };
        let (half, smaller) = half(unit)?;
        Some((2 * half * n? + half, smaller, end))
    }

    /// How many of its [`Unit`] the word at `at` stands for.
    pub(super) fn fold(&self, at: usize) -> u32 {
        if self.any(at, &["fortnight", "fortnights"]) { 2 } else { 1 }
    }

    pub(super) fn unit(&self, at: usize) -> Option<(Unit, bool)> {
        Unit::parse(&self.words.get(at)?.lower)
    }
}

/// Half of a unit, counted in a smaller one.
fn half(unit: Unit) -> Option<(u32, Unit)> {
    Some(match unit {
        Unit::Hour => (30, Unit::Minute),
        Unit::Day => (12, Unit::Hour),
        Unit::Month => (2, Unit::Week),
        Unit::Year => (6, Unit::Month),
        Unit::Decade => (5, Unit::Year),
        Unit::Century => (50, Unit::Year),
        Unit::Minute | Unit::Week => return None,
    })
}
