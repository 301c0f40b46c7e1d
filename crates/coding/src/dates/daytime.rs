//! The part of the grammar that reads parts of a day and times of the clock that name no day: "at dawn", "by nightfall",
//! "at 2 a.m.". They belong to a day told before.

use super::expr::Expr;
use super::grammar::Grammar;
use super::words::Kind;

type Parsed = Option<(Expr, usize)>;

/// Parts of a day that need no article.
const PARTS: &[&str] =
    &["dawn", "daybreak", "sunrise", "noon", "midday", "lunchtime", "dusk", "sunset", "sundown", "nightfall", "midnight"];

/// Words that lead to a part of a day.
const LEADS: &[&str] =
    &["at", "before", "by", "after", "around", "about", "until", "till", "from", "since", "to", "near", "towards"];

impl Grammar<'_, '_> {
    /// "dawn", "the evening", "2 a.m.", where no day is told with it.
    pub(super) fn daytime(&self, at: usize) -> Parsed {
        let end = self.part_of_day(at)?;
        let clock = (self.words[at].kind == Kind::Number || self.spelled_clock(at).is_some()) && !self.dash(end);
        (!self.day_follows(end) && (clock || self.closes(end))).then_some((Expr::Daytime, end))
    }

    fn part_of_day(&self, at: usize) -> Option<usize> {
        let word = self.words.get(at)?;
        let before = self.before(at);
        if self.is(at, "first") && self.is(at + 1, "light") {
            return LEADS.contains(&before).then_some(at + 2);
        }
        // "well past midnight"
        if matches!(before, "past" | "well") && self.any(at, &["midnight", "noon", "dawn"]) {
            return Some(at + 1);
        }
        if word.kind == Kind::Number {
            let led = LEADS.contains(&before);
            return led
                .then(|| self.clock(at).or_else(|| self.bare_clock(at)))
                .flatten()
                .or_else(|| self.hours(at))
                .or_else(|| self.bare_hour(at));
        }
        if let Some(end) = self.hours(at).or_else(|| self.bare_hour(at)) {
            return Some(end);
        }
        if LEADS.contains(&before)
            && let Some(end) = self.spelled_clock(at)
        {
            return Some(end);
        }
        if PARTS.contains(&word.lower.as_str()) {
            return LEADS.contains(&before).then_some(at + 1);
        }
        if word.is("mid") && self.words.get(at + 1).is_some_and(|w| w.is_dash()) && self.any(at + 2, &["morning", "afternoon"]) {
            return LEADS.contains(&before).then_some(at + 3);
        }
        if matches!(word.lower.as_str(), "evening" | "morning") && matches!(before, "by" | "until" | "till") {
            return Some(at + 1);
        }
        let within = matches!(before, "in" | "during" | "until" | "till" | "by" | "through" | "throughout" | "into" | "for");
        if !self.is(at, "the") || !within {
            return None;
        }
        let next = at + 1 + usize::from(self.any(at + 1, &["early", "late", "small"]));
        if self.any(next, &["morning", "afternoon", "evening", "night"]) || (next > at + 1 && self.is(next, "hours")) {
            let morning =
                self.is(next, "hours") && self.is(next + 1, "of") && self.is(next + 2, "the") && self.is(next + 3, "morning");
            return Some(next + if morning { 4 } else { 1 });
        }
        None
    }

    /// "midnight", "dawn": a point of the day that hours are counted from.
    pub(super) fn is_clock(&self, at: usize) -> bool {
        self.any(at, PARTS)
    }

    /// "2 a.m.", "10:30 pm", "0600 GMT", "five o’clock" in figures.
    pub(super) fn clock(&self, at: usize) -> Option<usize> {
        let end = self.hour(at)?;
        // "7 a.m. local time", "2 p.m. (0500 GMT)"
        let zone = self.any(end, &["local", "eastern", "pacific", "central"]) && self.is(end + 1, "time");
        let end =
            end + if zone { 2 } else { usize::from(self.any(end, &["gmt", "utc", "local", "est", "edt", "cet", "cest", "ist"])) };
        let other = self.is(end, "(") && self.hour(end + 1).is_some_and(|close| self.is(close, ")"));
        Some(if other { self.hour(end + 1)? + 1 } else { end })
    }

    /// "16:30" behind a word that leads to an hour; a score or a ratio stands behind none.
    fn bare_clock(&self, at: usize) -> Option<usize> {
        let hour = self.words.get(at)?.digits().filter(|hour| *hour < 24)?;
        let minutes = self.words.get(at + 2).filter(|w| w.glued && w.text.len() == 2)?.digits()?;
        let colon = self.words.get(at + 1).is_some_and(|w| w.glued && w.is(":"));
        (colon && minutes < 60 && (hour > 2 || minutes != 1)).then_some(at + 3)
    }

    /// "from 6 to 11 in the morning", "between two and five in the afternoon".
    fn hours(&self, at: usize) -> Option<usize> {
        self.small_hour(at).filter(|_| matches!(self.before(at), "from" | "between"))?;
        if !(self.any(at + 1, &["to", "and", "until", "till"]) || self.dash(at + 1)) {
            return None;
        }
        self.clock(at + 2).or_else(|| self.spelled_clock(at + 2))
    }

    /// "until six", "gates open at 8": a number that only an hour can be.
    fn bare_hour(&self, at: usize) -> Option<usize> {
        const HOURS: [&str; 12] =
            ["open", "opens", "opened", "close", "closes", "closed", "start", "starts", "started", "begin", "begins", "began"];
        self.small_hour(at).filter(|_| self.closes(at + 1) && !self.is(at + 1, "to") && !self.is(at + 1, "in"))?;
        let until = at - usize::from(self.before(at) == "after");
        let told = || (at.saturating_sub(6)..at).any(|i| self.any(i, &HOURS));
        (matches!(self.before(until), "until" | "till") || matches!(self.before(at), "at" | "from") && told()).then_some(at + 1)
    }

    /// Passes over "in the morning", "at night" behind an hour.
    fn past_part(&self, at: usize) -> usize {
        let part = self.is(at, "in") && self.is(at + 1, "the") && self.any(at + 2, &["morning", "afternoon", "evening"]);
        let night = self.is(at, "at") && self.is(at + 1, "night");
        at + if part { 3 } else { 2 * usize::from(night) }
    }

    fn small_hour(&self, at: usize) -> Option<u32> {
        let word = self.words.get(at)?;
        word.digits().or_else(|| super::calendar::cardinal(&word.lower)).filter(|hour| (1..=12).contains(hour))
    }

    /// "half past six", "ten to six", "a quarter to five", "two in the morning", "eight o’clock", "nine at night".
    fn spelled_clock(&self, at: usize) -> Option<usize> {
        let hour = |at: usize| self.small_hour(at);
        let from = at + usize::from(self.any(at, &["a", "about", "around"]));
        // "The toll rose from five to six" counts.
        let fraction =
            self.any(from, &["half", "quarter", "five", "ten", "twenty"]) && !matches!(self.before(from), "from" | "by");
        if fraction && self.any(from + 1, &["past", "to"]) && hour(from + 2).is_some() && self.closes(from + 3) {
            return Some(self.past_part(from + 3));
        }
        hour(from)?;
        let next = from + 1;
        if self.is(next, "o") && self.any(next + 1, &["'", "’"]) && self.is(next + 2, "clock") {
            return Some(self.past_part(next + 3));
        }
        let behind = self.past_part(next);
        (behind > next).then_some(behind)
    }

    fn hour(&self, at: usize) -> Option<usize> {
        let word = self.words.get(at)?;
        let hour = word.digits()?;
        let mut end = at + 1;
        let minutes = self.any(end, &[":", "."])
            && self.words.get(end).is_some_and(|w| w.glued)
            && self.words.get(end + 1).is_some_and(|w| w.glued && w.text.len() == 2 && w.kind == Kind::Number);
        if minutes {
            end += 2;
        }
        if (hour <= 12 || minutes) && self.any(end, &["am", "pm"]) {
            return Some(end + 1);
        }
        if hour <= 12 && self.any(end, &["a", "p"]) && self.is(end + 1, ".") && self.is(end + 2, "m") {
            return Some(end + 3 + usize::from(self.is(end + 3, ".")));
        }
        // "11 o’clock", "2130 hours"
        if hour <= 12 && self.is(end, "o") && self.any(end + 1, &["'", "’"]) && self.is(end + 2, "clock") {
            return Some(self.past_part(end + 3));
        }
        if word.text.len() == 4 && hour < 2400 && hour % 100 < 60 && self.any(end, &["hours", "hrs"]) {
            return Some(end + 1);
        }
        ((minutes || word.text.len() == 4) && self.any(end, &["gmt", "utc"])).then_some(end + 1)
    }

    /// "on Tuesday", "yesterday", "of June 3" behind a part of a day: the day itself is the expression.
    fn day_follows(&self, at: usize) -> bool {
        let on = at + usize::from(self.any(at, &["on", "of", ",", "local"]));
        let day = |at: usize| self.core(at).is_some_and(|(expr, _)| expr.is_day());
        if day(on) {
            return true;
        }
        let on = on + usize::from(self.any(on, &["time", "on", "the"]));
        self.core(on).is_some_and(|(expr, _)| expr.is_day())
    }
}
