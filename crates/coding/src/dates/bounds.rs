//! The part of the grammar that reads the words before an expression: "since", "until noon on", "not before".

use super::expr::{Bound, Expr, Part};
use super::grammar::Grammar;
use super::words::{Kind, Word};

/// Words before "to" that make a day an end.
const LASTING: &[&str] = &[
    "prolonged",
    "extended",
    "lengthened",
    "renewed",
    "runs",
    "run",
    "lasts",
    "last",
    "lasted",
    "valid",
    "open",
    "only",
    "right",
    "through",
];

/// Nouns of a beginning or an end: "since the start of the holidays, July 30".
const ENDS: &[&str] = &["start", "beginning", "opening", "outbreak", "launch", "end", "close", "fall", "birth", "death"];

impl Grammar<'_, '_> {
    /// How the words before an expression bound it.
    pub(super) fn bound(&self, start: usize, end: usize, expr: &Expr) -> Bound {
        let named = matches!(
            expr,
            Expr::MonthDay { .. }
                | Expr::Day { .. }
                | Expr::Year { part: Part::Whole, .. }
                | Expr::Weekday { .. }
                | Expr::Holiday { .. }
        ) || matches!(expr, Expr::Month { part: Part::Whole, .. });
        let article = self.before(start) == "the";
        // In "since the June 13 attack" and "after Friday's vote" the date belongs to the noun.
        // "by the 1st of December"
        let ordinal = self.any(start + 1, &["st", "nd", "rd", "th"]);
        let counted = self.is(start + 1 + usize::from(ordinal), "of") && matches!(expr, Expr::MonthDay { .. } | Expr::Day { .. });
        if (article && named && !counted) || self.any(end, &["'", "’"]) {
            return Bound::At;
        }
        let mut at = start - usize::from(article && start > 0);
        while at > 0
            && matches!(
                self.before(at),
                "about" | "around" | "early" | "late" | "at" | "least" | "well" | "into" | "deep" | "only" | "past"
            )
        {
            at -= 1;
        }
        let behind = self.past_clock(at);
        let clock = behind.is_some();
        at = behind.or_else(|| self.past_name(start, expr)).unwrap_or(at);
        // "before dawn", "after midnight", "through the night": still that day.
        if matches!(expr, Expr::Daytime) && matches!(self.before(at), "before" | "after" | "through") {
            return Bound::At;
        }
        match self.before(at) {
            "since" => Bound::Since,
            // "since the war of August 2008"
            "of" | "in" if at > 4 && named && self.is(at - 3, "the") && self.is(at - 4, "since") => Bound::Since,
            // "since the war began on 15 December"
            "on" | "in" if named && self.is_begun(start) => Bound::Since,
            // "from 4 p.m. on Monday"
            "from" if clock && !matches!(expr, Expr::Between(..)) => Bound::Since,
            // "the directive dates from 12 December"
            "from" if at > 1 && self.any(at - 2, &["dates", "dating", "date", "dated", "stems"]) => Bound::At,
            // "a print from 1987" tells an origin; only "from Monday on" bounds.
            "from" if self.any(end, &["on", "onward", "onwards"]) => Bound::Since,
            // "Starting in May there will be two"
            "in" | "on" if at > 1 && self.any(at - 2, &["starting", "beginning", "effective"]) => Bound::Since,
            "starting" | "beginning" | "effective" if !matches!(expr, Expr::Between(..)) => Bound::Since,
            // "not until Friday", "until after Ramadan"
            "until" | "till" if at > 1 && self.is(at - 2, "not") => Bound::After,
            "after" if at > 1 && self.any(at - 2, &["until", "till"]) => Bound::After,
            // "halfway through 2017"
            "through" if at > 1 && self.any(at - 2, &["way", "halfway", "midway", "all", "right"]) => Bound::At,
            // "a convoy got through last month"
            "through"
                if at > 1
                    && self.any(
                        at - 2,
                        &["got", "get", "sat", "sits", "sit", "came", "come", "broke", "passed", "fell", "pulled"],
                    ) =>
            {
                Bound::At
            }
            "until" | "till" | "through" => Bound::Until,
            "by" => Bound::By,
            "within" if matches!(expr, Expr::Window { future: true, .. }) => Bound::By,
            // "was prolonged to 24 April", "the lease runs to March 2030", "pays only to Friday"
            "to" if at > 1 && self.any(at - 2, LASTING) => Bound::Until,
            "to" if at > 1 && self.is(at - 2, "up") && !(at > 2 && self.dash(at - 3)) => Bound::Until,
            "than" if at > 1 && self.any(at - 2, &["sooner", "earlier"]) => Bound::After,
            "before" if self.is_denied(at - 1) => Bound::After,
            // "no later than Friday"
            "than" if at > 1 && self.is(at - 2, "later") => Bound::By,
            "before" => Bound::Before,
            "to" if at > 1 && self.is(at - 2, "prior") => Bound::Before,
            // "after Friday prayers" is that Friday.
            "after" | "following" if matches!(expr, Expr::Weekday { .. }) && !self.closes(end) => Bound::At,
            "after" | "following" if !matches!(expr, Expr::Duration { .. } | Expr::Anaphor { .. }) => Bound::After,
            _ => Bound::At,
        }
    }

    /// Where a bound stands before a time of the clock: "until 14.30 GMT on Wednesday", "by noon last Friday".
    fn past_clock(&self, at: usize) -> Option<usize> {
        let back = self.before_clock(at)?;
        matches!(self.before(back), "until" | "till" | "by" | "since" | "from").then_some(back)
    }

    /// Where the time of the clock begins that stands before a day: "14.30 GMT on", "noon last".
    fn before_clock(&self, at: usize) -> Option<usize> {
        const CLOCK: [&str; 19] = [
            "on", "of", "gmt", "utc", "local", "time", "noon", "midday", "midnight", "dawn", "am", "pm", "a", "p", "m", ".", ":",
            "the", "dusk",
        ];
        let mut back = at;
        while back > 0 && at - back < 9 && (CLOCK.contains(&self.before(back)) || self.words[back - 1].kind == Kind::Number) {
            back -= 1;
        }
        let named = |w: &Word<'_>| matches!(w.lower.as_str(), "noon" | "midday" | "midnight" | "dawn" | "dusk");
        let hour = |w: &Word<'_>| w.digits().is_some_and(|n| n <= 24 || w.text.len() == 4);
        // "down from 1,530 on Sunday", "up from 12 the night before": a number that no word makes an hour is a count.
        let marked = |w: &Word<'_>| matches!(w.lower.as_str(), "am" | "pm" | "m" | "gmt" | "utc" | "local" | "." | ":");
        let between = &self.words[back..at];
        let counted = back > 1
            && matches!(self.before(back), "from")
            && self.any(back - 2, &["down", "up", "rose", "fell", "increased", "dropped", "climbed"]);
        let told = between.iter().any(named)
            || between.iter().any(hour) && (between.iter().any(marked) || between.iter().any(|w| w.text.len() == 4))
            || between.len() == 2 && between.iter().any(hour);
        (back < at && told && !counted).then_some(back)
    }

    /// The word before a day or before the time of the clock that stands with it: "from" of "from 11 pm on Saturday".
    pub(super) fn lead(&self, at: usize) -> &str {
        self.before(self.before_clock(at).unwrap_or(at))
    }

    /// Past "5 am on", "noon on the": where the day begins behind a time of the clock.
    pub(super) fn past_time(&self, at: usize) -> Option<usize> {
        let end = if self.is_clock(at) { at + 1 } else { self.clock(at)? };
        let end = end + usize::from(self.is(end, "on"));
        Some(end + usize::from(self.is(end, "the")))
    }

    /// Where a bound stands before a name that the day explains: "until polling day, Thursday 12 December".
    fn past_name(&self, start: usize, expr: &Expr) -> Option<usize> {
        if self.before(start) != "," || !expr.is_day() {
            return None;
        }
        let name = |w: &Word<'_>| w.kind == Kind::Alpha || matches!(w.lower.as_str(), "'" | "’");
        let first = (start.saturating_sub(8)..start - 1).rev().take_while(|&i| name(&self.words[i]));
        first.into_iter().find(|&i| self.any(i, &["until", "till", "by", "before", "since"])).map(|i| i + 1).filter(|&i| {
            let opening = self.words[i..start - 1].iter().any(|w| ENDS.contains(&w.lower.as_str()));
            i < start - 1 && (self.words[i..start - 1].iter().any(Word::is_capitalised) || self.is(start - 2, "day") || opening)
        })
    }

    /// "since the war began on": a verb that tells a beginning stands between.
    fn is_begun(&self, start: usize) -> bool {
        const BEGUN: [&str; 9] = ["began", "started", "broke", "fell", "came", "opened", "erupted", "took", "closed"];
        // "since the season began, on Oct. 1"
        let comma = |i: usize| self.is(i, ",") && i + 2 == start;
        let clause = (start.saturating_sub(9)..start).rev().take_while(|&i| self.words[i].kind == Kind::Alpha || comma(i));
        let clause: Vec<usize> = clause.collect();
        let since = clause.iter().copied().find(|&i| self.is(i, "since"));
        // "it is a year since the schools closed, on 5 March" tells the day.
        let counts = |since: usize| {
            let before = since.saturating_sub(7)..since;
            before.clone().any(|i| self.unit(i).is_some()) && before.clone().any(|i| self.any(i, &["is", "been", "s"]))
        };
        since.is_some_and(|since| !counts(since) && clause.iter().any(|&i| i > since && self.any(i, &BEGUN)))
    }

    /// "will not open before Monday": the time begins there.
    fn is_denied(&self, before: usize) -> bool {
        let clause = (before.saturating_sub(10)..before)
            .rev()
            .take_while(|&i| self.words[i].kind != Kind::Punct || self.any(i, &["'", "’"]));
        let mut clause = clause.into_iter();
        clause.any(|i| {
            self.any(i, &["not", "never", "cannot", "nobody", "none", "no", "nothing"]) || self.is(i, "t") && self.words[i].glued
        })
    }
}
