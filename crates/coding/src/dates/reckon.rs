//! Days counted in weekdays, weekends and years from the report, and stretches counted from a day.

use jiff::civil::{Date, Weekday};

use super::calendar::{self, Unit, around, shift};
use super::expr::{Expr, Holiday};

/// The `n`th such weekday after `from`, or before it when negative.
pub(super) fn weekday(from: Date, day: Weekday, n: i64) -> Option<Date> {
    if n > 0 {
        shift(calendar::weekday_after(shift(from, 1, Unit::Day)?, day)?, 7 * (n - 1), Unit::Day)
    } else {
        shift(calendar::weekday_before(shift(from, -1, Unit::Day)?, day)?, 7 * (n + 1), Unit::Day)
    }
}

/// The `n`th such month before the one of `from` when negative, else after it.
pub(super) fn month(from: Date, month: i8, n: i64) -> Option<(Date, Date)> {
    let n = i16::try_from(n).ok()?;
    let (ahead, back) = (i16::from(month <= from.month()), i16::from(month >= from.month()));
    let year = if n > 0 { from.year() + ahead + n - 1 } else { from.year() - back + n + 1 };
    calendar::months(year, month, 1)
}

/// Saturday and Sunday, weekends from the one of publication.
pub(super) fn weekend(from: Date, n: i64) -> Option<(Date, Date)> {
    let saturday = weekday(from, Weekday::Saturday, n)?;
    Some((saturday, shift(saturday, 1, Unit::Day)?))
}

/// The weekend that holds a day, or the one nearest.
pub(super) fn weekend_of(day: Date) -> Option<(Date, Date)> {
    let saturday = match day.weekday() {
        Weekday::Sunday | Weekday::Monday => calendar::weekday_before(day, Weekday::Saturday)?,
        _ => calendar::weekday_after(day, Weekday::Saturday)?,
    };
    Some((saturday, shift(saturday, 1, Unit::Day)?))
}

/// The weekend that a holiday makes longer.
pub(super) fn long_weekend(day: Date, holiday: &Expr) -> Option<(Date, Date)> {
    if matches!(holiday, Expr::Holiday { day: Holiday::Easter(0) | Holiday::OrthodoxEaster(0), .. }) {
        return Some((shift(day, -2, Unit::Day)?, shift(day, 1, Unit::Day)?));
    }
    let (saturday, sunday) = weekend_of(day)?;
    Some((saturday.min(day), sunday.max(day)))
}

/// The `nth` weekend that begins in a month; -1 is the last.
pub(super) fn nth_weekend((first, last): (Date, Date), nth: i8) -> Option<(Date, Date)> {
    let saturday = if nth < 0 {
        calendar::weekday_before(last, Weekday::Saturday)?
    } else {
        shift(calendar::weekday_after(first, Weekday::Saturday)?, 7 * (i64::from(nth) - 1), Unit::Day)?
    };
    Some((saturday, shift(saturday, 1, Unit::Day)?))
}

/// `n` units that end or begin with a day.
pub(super) fn run((first, last): (Date, Date), n: u32, unit: Unit, forward: bool) -> Option<(Date, Date)> {
    let n = i64::from(n);
    if forward {
        return Some((first, shift(shift(first, n, unit)?, -1, Unit::Day)?));
    }
    Some((shift(shift(last, 1, Unit::Day)?, -n, unit)?, last))
}

/// "this time last year": the day so many units off, or the week or month around it.
pub(super) fn same_time(from: Date, n: i64, unit: Unit, grain: Unit, days: i64) -> Option<(Date, Date)> {
    around(shift(shift(from, n, unit)?, days, Unit::Day)?, grain)
}

/// `n` units beside a day, before or after it.
pub(super) fn run_beside(day: Date, n: u32, unit: Unit, after: bool) -> Option<(Date, Date)> {
    let n = i64::from(n);
    if after {
        let first = shift(day, 1, Unit::Day)?;
        return Some((first, shift(shift(first, n, unit)?, -1, Unit::Day)?));
    }
    Some((shift(day, -n, unit)?, shift(day, -1, Unit::Day)?))
}

/// A stretch moved by whole years; the last day of February stays the last.
pub(super) fn moved((first, last): (Date, Date), years: i64) -> Option<(Date, Date)> {
    let end = if last == last.last_of_month() {
        shift(last.first_of_month(), years, Unit::Year)?.last_of_month()
    } else {
        shift(last, years, Unit::Year)?
    };
    Some((shift(first, years, Unit::Year)?, end))
}

/// An expression without a year, in the year told with it.
pub(super) fn in_year(expr: &Expr, year: i16) -> Expr {
    match expr {
        Expr::MonthDay { month, day, .. } => Expr::Day { year, month: *month, day: *day },
        Expr::Month { month, part, .. } => Expr::Month { month: *month, year: Some(year), shift: None, part: *part },
        Expr::Stretch { month, count, .. } => Expr::Stretch { month: *month, count: *count, year: Some(year), shift: None },
        Expr::Holiday { day, .. } => Expr::Holiday { day: *day, year: Some(year), shift: None },
        other => other.clone(),
    }
}
