//! Calendar arithmetic on intervals of days, and the calendar's words.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// A unit of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A second or a minute: no date hangs on it.
    Minute,
    /// An hour.
    Hour,
    /// A day or a night.
    Day,
    /// A week, Monday to Sunday.
    Week,
    /// A month of the calendar.
    Month,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

impl Unit {
    /// Reads "day", "days", "night" ...; the flag says whether the word is plural.
    pub(super) fn parse(lower: &str) -> Option<(Self, bool)> {
        Some(match lower {
            "second" | "minute" => (Self::Minute, false),
            "seconds" | "minutes" => (Self::Minute, true),
            "hour" => (Self::Hour, false),
            "hours" => (Self::Hour, true),
            "day" | "night" => (Self::Day, false),
            "days" | "nights" => (Self::Day, true),
            // Two weeks make a fortnight; the grammar counts them.
            "week" | "fortnight" => (Self::Week, false),
            "weeks" | "fortnights" => (Self::Week, true),
            "month" => (Self::Month, false),
            "months" => (Self::Month, true),
            "year" => (Self::Year, false),
            "years" => (Self::Year, true),
            "decade" => (Self::Decade, false),
            "decades" => (Self::Decade, true),
            "century" => (Self::Century, false),
            "centuries" => (Self::Century, true),
            _ => return None,
        })
    }
}

/// `date` moved by `n` units; beyond the calendar's ends nothing comes back.
pub(super) fn shift(date: Date, n: i64, unit: Unit) -> Option<Date> {
    // A count of this size is a misreading, and the calendar library refuses spans beyond its limits.
    if n.abs() > 100_000 {
        return None;
    }
    let by = match unit {
        Unit::Minute | Unit::Hour => return Some(date),
        Unit::Day => n.days(),
        Unit::Week => (7 * n).days(),
        Unit::Month => month_span(n)?,
        Unit::Year => year_span(n)?,
        Unit::Decade => year_span(10 * n)?,
        Unit::Century => year_span(100 * n)?,
    };
    date.checked_add(by).ok()
}

fn month_span(n: i64) -> Option<jiff::Span> {
    jiff::Span::new().try_months(n).ok()
}

fn year_span(n: i64) -> Option<jiff::Span> {
    jiff::Span::new().try_years(n).ok()
}

/// The calendar unit that holds `date`: its first and last day. Weeks begin on Monday.
pub(super) fn around(date: Date, unit: Unit) -> Option<(Date, Date)> {
    match unit {
        Unit::Minute | Unit::Hour | Unit::Day => Some((date, date)),
        Unit::Week => {
            let monday = shift(date, -i64::from(date.weekday().to_monday_zero_offset()), Unit::Day)?;
            Some((monday, shift(monday, 6, Unit::Day)?))
        }
        Unit::Month => Some((date.first_of_month(), date.last_of_month())),
        Unit::Year => Some((date.first_of_year(), date.last_of_year())),
        Unit::Decade => years(date.year() - date.year().rem_euclid(10), 10),
        Unit::Century => years(date.year() - (date.year() - 1).rem_euclid(100), 100),
    }
}

/// `count` years from the first day of `first`.
pub(super) fn years(first: i16, count: i16) -> Option<(Date, Date)> {
    let start = Date::new(first, 1, 1).ok()?;
    Some((start, Date::new(first.checked_add(count - 1)?, 12, 31).ok()?))
}

/// `count` months from the first day of `month`, which may lie outside 1 to 12.
pub(super) fn months(year: i16, month: i8, count: i8) -> Option<(Date, Date)> {
    let start = shift(Date::new(year, 1, 1).ok()?, i64::from(month) - 1, Unit::Month)?;
    Some((start, shift(start, i64::from(count) - 1, Unit::Month)?.last_of_month()))
}

/// The latest `day` on or before `date`.
pub(super) fn weekday_before(date: Date, day: Weekday) -> Option<Date> {
    let back = (date.weekday().to_monday_zero_offset() - day.to_monday_zero_offset()).rem_euclid(7);
    shift(date, -i64::from(back), Unit::Day)
}

/// The earliest `day` on or after `date`.
pub(super) fn weekday_after(date: Date, day: Weekday) -> Option<Date> {
    let ahead = (day.to_monday_zero_offset() - date.weekday().to_monday_zero_offset()).rem_euclid(7);
    shift(date, i64::from(ahead), Unit::Day)
}

/// A weekday's name or abbreviation.
pub(super) fn weekday(lower: &str) -> Option<Weekday> {
    Some(match lower {
        "monday" | "mon" => Weekday::Monday,
        "tuesday" | "tue" | "tues" => Weekday::Tuesday,
        "wednesday" | "wed" => Weekday::Wednesday,
        "thursday" | "thu" | "thur" | "thurs" => Weekday::Thursday,
        "friday" | "fri" => Weekday::Friday,
        "saturday" | "sat" => Weekday::Saturday,
        "sunday" | "sun" => Weekday::Sunday,
        _ => return None,
    })
}

/// A month's name or abbreviation; the flag says that the word is short.
pub(super) fn month(lower: &str) -> Option<(i8, bool)> {
    Some(match lower {
        "january" => (1, false),
        "february" => (2, false),
        "march" => (3, false),
        "april" => (4, false),
        "may" => (5, false),
        "june" => (6, false),
        "july" => (7, false),
        "august" => (8, false),
        "september" => (9, false),
        "october" => (10, false),
        "november" => (11, false),
        "december" => (12, false),
        "jan" => (1, true),
        "feb" => (2, true),
        "mar" => (3, true),
        "apr" => (4, true),
        "jun" => (6, true),
        "jul" => (7, true),
        "aug" => (8, true),
        "sep" | "sept" => (9, true),
        "oct" => (10, true),
        "nov" => (11, true),
        "dec" => (12, true),
        _ => return None,
    })
}

/// "zero" to "nineteen".
const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

/// The tens from twenty on.
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// A cardinal number in one word, lower-cased: "zero" to "nineteen", and the tens.
pub(crate) fn cardinal(lower: &str) -> Option<u32> {
    if let Some(at) = SMALL.iter().position(|&w| w == lower) {
        return Some(at as u32);
    }
    TENS.iter().position(|&w| w == lower).map(|at| 10 * (at as u32 + 2))
}

/// The words that [`cardinal`] reads.
pub(crate) fn cardinals() -> impl Iterator<Item = &'static str> {
    SMALL.into_iter().chain(TENS)
}

/// "twentieth" to "ninetieth", and "hundredth".
pub(super) fn ordinal_tens(lower: &str) -> Option<u32> {
    if lower == "hundredth" {
        return Some(100);
    }
    let stem = lower.strip_suffix("ieth")?;
    TENS.iter().position(|w| w.strip_suffix('y') == Some(stem)).map(|at| 10 * (at as u32 + 2))
}

/// The first year of "the nineties".
pub(super) fn decade(lower: &str) -> Option<i16> {
    if lower == "noughties" {
        return Some(2000);
    }
    const DECADES: [&str; 8] = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
    DECADES.iter().position(|&d| d == lower).map(|at| 1920 + 10 * at as i16)
}

/// An ordinal number word up to "fourth", as quarters and halves use it.
pub(super) fn ordinal(lower: &str) -> Option<i8> {
    Some(match lower {
        "first" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" | "final" => 4,
        _ => return None,
    })
}
