//! The part of the grammar that reads written-out dates: days, months, years, decades, quarters.

use super::calendar::{self, Unit};
use super::expr::{Expr, Part};
use super::grammar::Grammar;
use super::words::{Kind, Word};

type Parsed = Option<(Expr, usize)>;

/// Words before a four-digit number that make it a year even without a preposition.
const YEAR_LEADS: &[&str] = &[
    "in",
    "since",
    "by",
    "until",
    "till",
    "from",
    "of",
    "during",
    "before",
    "after",
    "between",
    "and",
    "to",
    "through",
    "late",
    "early",
    "mid",
    "around",
    "circa",
    "the",
    "its",
    "their",
    "his",
    "her",
    "year",
    "fiscal",
    "(",
    "s",
    "winter",
    "summer",
    "spring",
    "autumn",
    "fall",
    "for",
    "throughout",
];

/// Words after a four-digit number that make it a count, and before it that make it a label.
const COUNTED: &[&str] = &[
    "people",
    "persons",
    "men",
    "women",
    "troops",
    "soldiers",
    "police",
    "officers",
    "protesters",
    "demonstrators",
    "civilians",
    "refugees",
    "migrants",
    "prisoners",
    "casualties",
    "deaths",
    "miles",
    "km",
    "kilometers",
    "kilometres",
    "meters",
    "metres",
    "dollars",
    "euros",
    "tons",
    "tonnes",
    "barrels",
    "homes",
    "houses",
    "families",
    "workers",
    "members",
    "flights",
    "hours",
    "days",
    "years",
    "gmt",
    "utc",
    "local",
    "hectares",
    "acres",
    "rounds",
    "shells",
    "rockets",
    "missiles",
    "drones",
    "children",
    "fighters",
    "militants",
    "supporters",
    "students",
    "residents",
    "others",
    "more",
    "or",
    "each",
    "every",
    "daily",
    "am",
    "pm",
];
const LABELS: &[&str] = &[
    "resolution",
    "resolutions",
    "flight",
    "article",
    "section",
    "no",
    "number",
    "route",
    "boeing",
    "airbus",
    "law",
    "decree",
    "unit",
    "battalion",
    "highway",
    "room",
    "page",
    "at",
    "some",
    "about",
    "nearly",
    "almost",
    "than",
    "least",
    "over",
    "roughly",
    "approximately",
    "every",
    "another",
    "pier",
    "building",
    "gate",
    "hangar",
    "warehouse",
    "road",
    "platform",
    "bus",
    "train",
    "agenda",
    "vision",
];

/// What a month behind "for" is the time of.
const AWAITED: &[&str] =
    &["set", "scheduled", "planned", "due", "slated", "expected", "forecast", "pencilled", "booked", "fixed"];

/// Verbs that tell what an event of a year did.
const HAPPENED: &[&str] = &["began", "went", "came", "saw", "left", "brought", "took", "broke", "made", "gave", "led", "cost"];

/// What is named after a day or month: streets, houses, clubs.
const NAMED_AFTER: &[&str] = &[
    "street",
    "avenue",
    "road",
    "square",
    "boulevard",
    "lane",
    "club",
    "movement",
    "university",
    "college",
    "barracks",
    "brigade",
    "brigades",
    "foundation",
    "alliance",
    "coalition",
    "plaza",
    "terrace",
    "drive",
    "highway",
    "field",
    "stadium",
];

/// Words that no count stands before.
const FUNCTION: &[&str] = &[
    "and", "to", "in", "on", "at", "when", "as", "by", "after", "before", "with", "was", "were", "is", "are", "the", "a", "an",
    "that", "but", "or", "for", "through", "until", "which", "who", "where", "while", "has", "have", "had", "because", "if",
    "it", "he", "she", "they", "not", "into", "between", "from", "of", "under", "over", "s", "will", "would", "did", "between",
    "during", "without", "than",
];

/// The joint of a range inside a date: "June 13-15", "3 to 5 May".
const JOINTS: &[&str] = &["to", "and", "through", "until", "till"];

impl Grammar<'_, '_> {
    /// "2024-06-13", "13/06/2024", "13.06.2024", and the one date that is a name, "9/11".
    pub(super) fn numeric(&self, at: usize) -> Parsed {
        // "12-Jan-2024"
        let joined = (1..5).all(|i| self.words.get(at + i).is_some_and(|w| w.glued)) && self.dash(at + 1) && self.dash(at + 3);
        if let Some((month, _)) = self.words.get(at + 2).filter(|_| joined).and_then(|w| calendar::month(&w.lower))
            && let Some(year) = self.plausible_year(at + 4)
        {
            return Some((day(year as u32, month as u32, self.words.get(at)?.digits()?)?, at + 5));
        }
        let number = |offset: usize| self.words.get(at + offset).filter(|w| offset == 0 || w.glued).and_then(Word::digits);
        let mark = self.words.get(at + 1).filter(|w| w.glued)?;
        let (a, b) = (number(0)?, number(2)?);
        let third = self.words.get(at + 3).filter(|w| w.glued && w.lower == mark.lower).and_then(|_| number(4));
        match (mark.lower.as_str(), third) {
            ("-" | "/", Some(c)) if self.words.get(at)?.text.len() == 4 => Some((day(a, b, c)?, at + 5)),
            ("/" | "." | "-", Some(year)) if (1900..=2100).contains(&year) => {
                let expr = match mark.lower.as_str() {
                    "." | "-" => day(year, b, a)?,
                    _ if a == b || a > 12 => day(year, b, a)?,
                    _ if b > 12 => day(year, a, b)?,
                    _ => Expr::Numeric {
                        year: i16::try_from(year).ok()?,
                        first: i8::try_from(a).ok()?,
                        second: i8::try_from(b).ok()?,
                    },
                };
                Some((expr, at + 5))
            }
            ("/", None) if a == 9 && b == 11 => Some((Expr::Day { year: 2001, month: 9, day: 11 }, at + 3)),
            _ => None,
        }
    }

    /// "June 13", "June 13th, 2024", "Sept. 3-5", "June 28 to July 2" (the second half by the caller).
    pub(super) fn month_day(&self, at: usize) -> Parsed {
        let word = self.words.get(at)?;
        let (month, _) = calendar::month(&word.lower)?;
        if !word.is_capitalised() {
            return None;
        }
        let next = at + 1 + usize::from(self.words.get(at + 1).is_some_and(|w| w.is(".") && w.glued));
        let number = self.passed(next, "the");
        if let Some((first, last, end)) = self.day_list(number) {
            let (year, end) = self.trailing_year(end);
            return Some((dated(month, first, Some(last), year), end));
        }
        // "June the third"
        let spelled = || Some((i8::try_from(self.ordinal_word(number).filter(|_| number > next)?).ok()?, number + 1));
        let (first, mut end) = self.day_number(number).or_else(spelled)?;
        // "June 12:30" is a time, "June 12: ..." an entry of a log.
        let clock = self.is(end, ":") && self.words.get(end + 1).is_some_and(|w| w.glued && w.kind == Kind::Number);
        if clock || self.is(end, "%") || self.names_something(end) {
            return None;
        }
        let mut last = None;
        if (self.dash(end) || self.any(end, JOINTS))
            && let Some((day, after)) = self.day_number(end + 1)
            && self
                .words
                .get(after)
                .is_none_or(|w| calendar::month(&w.lower).is_none() && calendar::Unit::parse(&w.lower).is_none())
            && day > first
        {
            last = Some(day);
            end = after;
        }
        let (year, end) = self.trailing_year(end);
        Some((dated(month, first, last, year), end))
    }

    /// "13 June", "13th of June 2024", "3 to 5 May", "28-30 June".
    pub(super) fn day_month(&self, at: usize) -> Parsed {
        let (first, mut next) = self.day_number(at)?;
        let mut last = None;
        let list = self.day_list(at);
        if let Some((_, day, after)) = list {
            last = Some(day);
            next = after;
        } else if (self.dash(next) || self.any(next, JOINTS))
            && let Some((day, after)) = self.day_number(next + 1)
            && day > first
        {
            last = Some(day);
            next = after;
        }
        next = self.passed(next, "of");
        let word = self.words.get(next)?;
        let (month, short) = calendar::month(&word.lower)?;
        if !word.is_capitalised() {
            return None;
        }
        let end = next + 1 + usize::from(short && self.words.get(next + 1).is_some_and(|w| w.is(".") && w.glued));
        let (year, end) = self.trailing_year(end);
        if self.names_something(end) {
            return None;
        }
        Some((dated(month, first, last, year), end))
    }

    /// "12, 13 and 14": three or more days on end, the first and last of them.
    fn day_list(&self, at: usize) -> Option<(i8, i8, usize)> {
        let (first, mut end) = self.day_number(at)?;
        let mut last = first;
        while self.is(end, ",") || self.is(end, "and") {
            let next = end + 1 + usize::from(self.is(end, ",") && self.is(end + 1, "and"));
            let Some((day, after)) = self.day_number(next).filter(|(day, _)| *day == last + 1) else { break };
            (last, end) = (day, after);
            if self.is(next - 1, "and") {
                return (last > first + 1).then_some((first, last, end));
            }
        }
        None
    }

    /// "26 September Street", "the June 12 Avenue": a day that gave its name to something.
    fn names_something(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| w.is_capitalised() && NAMED_AFTER.contains(&w.lower.as_str()))
    }

    /// "the 14th", where nothing follows that it could number.
    pub(super) fn day_of_month(&self, at: usize) -> Parsed {
        if !self.is(at, "the") {
            return None;
        }
        if self.is(at + 1, "first")
            && let Some((Expr::Unit { unit: Unit::Month, shift, part: Part::Whole }, last)) = self.of_unit(at + 2)
        {
            return Some((Expr::DayOfMonth { day: 1, month: Some(shift) }, last));
        }
        let (day, end) = self.day_number(at + 1)?;
        // "the 5th and 6th of June"
        if self.day_month(at + 1).is_some() {
            return None;
        }
        let led = matches!(
            self.before(at),
            "on" | "from"
                | "until"
                | "till"
                | "by"
                | "since"
                | "to"
                | "between"
                | "and"
                | "before"
                | "after"
                | "through"
                | "for"
                | "of"
        );
        // "the 8th of that month"
        if self.is(end, "of") {
            let month = end + 2 + usize::from(self.is(end + 2, "same"));
            if (self.is(end + 1, "that") || month > end + 2) && self.is(month, "month") {
                return Some((Expr::DayOfMonth { day, month: None }, month + 1));
            }
        }
        if end != at + 3 || !led {
            return self.century(at + 1, Part::Whole);
        }
        if let Some((Expr::Unit { unit: Unit::Month, shift, part: Part::Whole }, last)) = self.of_unit(end) {
            return Some((Expr::DayOfMonth { day, month: Some(shift) }, last));
        }
        self.closes(end).then_some((Expr::DayOfMonth { day, month: None }, end)).or_else(|| self.century(at + 1, Part::Whole))
    }

    /// "the 19th century".
    pub(super) fn century(&self, at: usize, part: Part) -> Parsed {
        let (n, end) = self.day_number(at)?;
        let after = end + usize::from(self.dash(end));
        (self.is(after, "century") && n > 1)
            .then(|| (Expr::Years { first: (i16::from(n) - 1) * 100 + 1, count: 100, part }, after + 1))
    }

    /// "June 2019", "in March", "the June attack".
    pub(super) fn month(&self, at: usize, part: Part) -> Parsed {
        let word = self.words.get(at)?;
        let (month, short) = calendar::month(&word.lower)?;
        if !word.is_capitalised() || self.names_something(at + 1) {
            return None;
        }
        let stop = usize::from(short && self.words.get(at + 1).is_some_and(|w| w.is(".") && w.glued));
        let end = at + 1 + stop;
        let comma = self.passed(end, ",");
        let of = self.passed(end, "of");
        for next in [end, comma, of] {
            if let Some(year) = self.plausible_year(next) {
                return Some((Expr::Month { month, year: Some(year), shift: None, part }, next + 1));
            }
        }
        let led = part != Part::Whole
            || matches!(
                self.before(at),
                "in" | "since"
                    | "until"
                    | "till"
                    | "by"
                    | "from"
                    | "between"
                    | "and"
                    | "to"
                    | "of"
                    | "during"
                    | "through"
                    | "before"
                    | "after"
                    | "the"
                    | "a"
                    | "its"
                    | "their"
                    | "'s"
                    | "s"
                    | "throughout"
                    | "into"
                    | "-"
                    | "–"
            );
        // "no earlier than April", "set for May"
        let led = led
            || self.before(at) == "than" && at > 1 && self.any(at - 2, &["earlier", "later", "sooner"])
            || self.before(at) == "for" && at > 1 && self.any(at - 2, AWAITED) && self.closes(end);
        // "as recently as March"
        let led = led || self.before(at) == "as" && at > 1 && self.any(at - 2, &["recently", "early", "late", "back"]);
        // "wages for March and April"
        let joint =
            self.any(end, &["to", "through"]) || self.dash(end) || self.any(end, &["and", "or"]) && self.before(at) == "for";
        let listed = joint && self.words.get(end + 1).is_some_and(|w| w.is_capitalised() && calendar::month(&w.lower).is_some());
        let led = led || listed;
        // May and March are verbs, April, June and August are people.
        let odd = matches!(word.lower.as_str(), "may" | "march" | "april" | "june" | "august");
        if (short && (stop == 0 || !led)) || (odd && !led) {
            return None;
        }
        // "the June quarter" ends with June.
        if self.is(end, "quarter") && part == Part::Whole && month % 3 == 0 && before_article(self.before(at)) {
            return Some((Expr::Stretch { month: month - 2, count: 3, year: None, shift: None }, end + 1));
        }
        // "the May government" and "to March on" are not months.
        if odd && self.before(at) == "the" && self.words.get(end).is_some_and(Word::is_capitalised) {
            return None;
        }
        if let Some((years, last)) = self.of_year(end).filter(|_| part == Part::Whole) {
            return Some((Expr::StretchOf { month, count: 1, years }, last));
        }
        Some((Expr::Month { month, year: None, shift: None, part }, end))
    }

    /// "2020", "2019-20", "the 1990s".
    pub(super) fn year(&self, at: usize) -> Parsed {
        if let Some(found) = self.decade(at, Part::Whole) {
            return Some(found);
        }
        let word = self.words.get(at)?;
        let year = self.plausible_year(at)?;
        let before = self.before(at);
        if word.glued && !matches!(before, "(" | "-" | "–" | "—" | "/" | "“" | "\"") {
            return None;
        }
        // A year that runs into a month is a date that could not be read.
        if self.words.get(at + 1).is_some_and(|w| w.glued && w.is("-"))
            && self.words.get(at + 3).is_some_and(|w| w.glued && w.is("-"))
        {
            return None;
        }
        let counted =
            self.words.get(at + 1).is_some_and(|w| COUNTED.contains(&w.lower.as_str()) || w.is("%") || (w.is(":") && w.glued));
        // "since at least 2014"
        let since = before == "least" && at > 2 && self.any(at - 3, &["since", "until", "from", "by", "before"]);
        if counted
            || LABELS.contains(&before) && !since
            || calendar::Unit::parse(self.words.get(at + 1).map_or("", |w| &w.lower)).is_some()
        {
            return None;
        }
        // "a survey of 1709 schoolchildren"
        let noun = self
            .words
            .get(at + 1)
            .is_some_and(|w| w.kind == Kind::Alpha && !w.is_capitalised() && !FUNCTION.contains(&w.lower.as_str()));
        // "the talks of 1995 began"
        let told = self.words.get(at + 1).is_some_and(|w| w.lower.ends_with("ed") || HAPPENED.contains(&w.lower.as_str()));
        if noun && matches!(before, "of" | "for") && !told {
            return None;
        }
        let led = since || YEAR_LEADS.contains(&before) || (self.dash(at.wrapping_sub(1)) && (1900..=2050).contains(&year));
        let named = at > 0
            && self.words[at - 1].kind == Kind::Alpha
            && self.words[at - 1].is_capitalised()
            && self.any(at + 1, &[")", ",", "."]);
        let sure = (1990..=2035).contains(&year) && self.words.get(at + 1).is_none_or(|w| w.kind == Kind::Punct);
        // "a 2019 law", "the failed 2016 coup"
        let article = |at: usize| matches!(self.before(at), "a" | "an" | "the" | "its" | "their" | "his" | "her" | "s");
        let described = at > 1 && self.words[at - 1].kind == Kind::Alpha && article(at - 1);
        let attribute = noun && year % 100 != 0 && (1900..=2035).contains(&year) && (article(at) || described);
        // "2019 to 2023", "as recently as 2021"
        let ranged = self.any(at + 1, &["to", "through"]) && self.plausible_year(at + 2).is_some_and(|next| next > year);
        let led = led || ranged || before == "as" && at > 1 && self.any(at - 2, &["recently", "early", "late", "back"]);
        // "in 2011, 2014 and 2019"
        let listed = before == "," && at > 1 && self.plausible_year(at - 2).is_some();
        if !(led || named || sure || attribute || listed) {
            return None;
        }
        // "2019-20" and "1980/88" name their last year by two digits.
        if self.words.get(at + 1).is_some_and(|w| w.glued && (w.is_dash() || w.is("/")))
            && let Some(tail) = self.words.get(at + 2).filter(|w| w.glued && w.text.len() == 2 && w.kind == Kind::Number)
            && let Some(short) = tail.digits().and_then(|n| i16::try_from(n).ok())
            && short > year % 100
            && !self.words.get(at + 3).is_some_and(|w| w.glued && w.is_dash())
        {
            let first = Box::new(Expr::Year { year, part: Part::Whole });
            let last = Box::new(Expr::Year { year: year - year % 100 + short, part: Part::Whole });
            return Some((Expr::Between(first, last), at + 3));
        }
        Some((Expr::Year { year, part: Part::Whole }, at + 1))
    }

    /// A four-digit number that may be a year.
    pub(super) fn plausible_year(&self, at: usize) -> Option<i16> {
        let word = self.words.get(at)?;
        if word.text.len() != 4
            || self.words.get(at + 1).is_some_and(|w| w.glued && matches!(w.lower.as_str(), "%" | "m" | "km" | "ft"))
        {
            return None;
        }
        word.digits().filter(|y| (1700..=2100).contains(y)).map(|y| y as i16)
    }

    /// A day of the month, with the end of "13" or "13th".
    pub(super) fn day_number(&self, at: usize) -> Option<(i8, usize)> {
        let word = self.words.get(at)?;
        if word.text.len() > 2 {
            return None;
        }
        let day = word.digits().filter(|d| (1..=31).contains(d))? as i8;
        let suffix = self.words.get(at + 1).is_some_and(|w| w.glued && matches!(w.lower.as_str(), "st" | "nd" | "rd" | "th"));
        Some((day, at + 1 + usize::from(suffix)))
    }

    /// ", 2024" or "2024" after a day.
    fn trailing_year(&self, at: usize) -> (Option<i16>, usize) {
        let next = self.passed(at, ",");
        let counted = self.words.get(next + 1).is_some_and(|w| COUNTED.contains(&w.lower.as_str()));
        match self.plausible_year(next).filter(|_| !counted) {
            Some(year) => (Some(year), next + 1),
            None => (None, at),
        }
    }

    pub(super) fn passed(&self, at: usize, lower: &str) -> usize {
        if self.is(at, lower) { at + 1 } else { at }
    }
}

fn before_article(word: &str) -> bool {
    matches!(word, "the" | "a" | "its" | "in" | "s")
}

fn day(year: u32, month: u32, day: u32) -> Option<Expr> {
    let (year, month, day) = (i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    jiff::civil::Date::new(year, month, day).ok().map(|_| Expr::Day { year, month, day })
}

fn dated(month: i8, first: i8, last: Option<i8>, year: Option<i16>) -> Expr {
    let one = |day: i8| match year {
        Some(year) => Expr::Day { year, month, day },
        None => Expr::MonthDay { month, day, weekday: None },
    };
    match last {
        Some(last) => Expr::Between(Box::new(one(first)), Box::new(one(last))),
        None => one(first),
    }
}
