//! Counts of units from the report or from a day told before: "two days ago", "within a week", "36 hours later".

use demarche_types::DatePrecision;
use jiff::civil::Date;

use super::DateKind;
use super::anchors::Anchor;
use super::calendar::{Unit, around, shift};
use super::resolve::{Resolved, unit_precision};

/// A stretch that ends or begins with the report.
pub(super) fn window(n: Option<u32>, unit: Unit, future: bool, published: Option<Date>) -> Resolved {
    let background = !future && matches!(unit, Unit::Decade | Unit::Century) || (!future && unit == Unit::Year && n.is_none());
    let Some(p) = published else {
        return Resolved { background, ..Resolved::new(DateKind::Deictic, DatePrecision::Range, None) };
    };
    let (n, unit) = if unit == Unit::Hour { (n.map(|n| n.div_ceil(24)), Unit::Day) } else { (n, unit) };
    let far = n.and_then(|n| shift(p, if future { i64::from(n) } else { -i64::from(n) }, unit));
    let (start, end) = if future { (Some(p), far) } else { (far, Some(p)) };
    let precision = if far.is_some() { DatePrecision::Range } else { DatePrecision::Vague };
    let kind = if far.is_some() { DateKind::Deictic } else { DateKind::Vague };
    Resolved { start, end, precision, kind, background, length: None }
}

/// The unit that lies `n` units back; weeks are counted in days, so that "two weeks ago" is a day.
pub(super) fn ago(n: Option<u32>, unit: Unit, published: Option<Date>) -> Resolved {
    let background = matches!(unit, Unit::Decade | Unit::Century) || (unit == Unit::Year && n.is_none());
    // "a decade ago" is a year, as "ten years ago" is.
    let (n, unit) = if unit == Unit::Decade && n.is_some() { (n.map(|n| 10 * n), Unit::Year) } else { (n, unit) };
    let Some(n) = n else {
        // "days ago" is at least two; more is not said.
        let end = published.and_then(|p| shift(p, if unit == Unit::Hour { 0 } else { -2 }, unit));
        return Resolved { end, background, ..Resolved::new(DateKind::Vague, DatePrecision::Vague, None) };
    };
    let interval = published.and_then(|p| match unit {
        Unit::Minute => Some((p, p)),
        Unit::Hour => Some((shift(p, -i64::from(n.div_ceil(24)), Unit::Day)?, p)),
        _ => around(shift(p, -i64::from(n), unit)?, day_of(unit)),
    });
    let precision = if unit == Unit::Hour { DatePrecision::Range } else { unit_precision(day_of(unit)) };
    Resolved { background, ..Resolved::new(DateKind::Deictic, precision, interval) }
}

pub(super) fn hence(n: Option<u32>, unit: Unit, published: Option<Date>) -> Resolved {
    let Some(n) = n else {
        return Resolved { start: published, ..Resolved::new(DateKind::Vague, DatePrecision::Vague, None) };
    };
    // "a year from now" looks to the month, "in seven years’ time" to the year.
    let grain = if unit == Unit::Year && n == 1 { Unit::Month } else { day_of(unit) };
    exact_to(n, unit, grain, published)
}

fn exact_to(n: u32, unit: Unit, grain: Unit, published: Option<Date>) -> Resolved {
    let interval = published.and_then(|p| around(shift(p, i64::from(n), unit)?, grain));
    Resolved::new(DateKind::Deictic, unit_precision(grain), interval)
}

/// "within a week": not later than that.
pub(super) fn within(n: Option<u32>, unit: Unit, published: Option<Date>) -> Resolved {
    let until = match (n, unit) {
        (Some(n), Unit::Hour) => hence(Some(n.div_ceil(24)), Unit::Day, published),
        (Some(n), Unit::Year) => exact_to(n, unit, Unit::Month, published),
        _ => hence(n, unit, published),
    };
    let precision = if n.is_some() { DatePrecision::Range } else { DatePrecision::Vague };
    Resolved { start: until.start.filter(|_| n.is_none()), precision, ..until }
}

/// What a count of the unit is exact to.
fn day_of(unit: Unit) -> Unit {
    if unit == Unit::Week { Unit::Day } else { unit }
}

pub(super) fn anaphor(n: Option<u32>, unit: Unit, later: bool, counted: bool, anchor: Option<Anchor>) -> Resolved {
    let kind = DateKind::Anaphoric;
    let day = anchor.map(|a| a.day);
    let Some(n) = n else {
        // "days later" is after the anchor, "weeks before" before it; how far is not said.
        let (start, end) = if later { (day, None) } else { (None, day) };
        return Resolved { start, end, ..Resolved::new(DateKind::Vague, DatePrecision::Vague, None) };
    };
    let n = if later { i64::from(n) } else { -i64::from(n) };
    if unit == Unit::Hour {
        return hours(n, anchor);
    }
    // "six decades on" is a year, as "sixty years on" is.
    let (n, unit) = if unit == Unit::Decade && counted { (10 * n, Unit::Year) } else { (n, unit) };
    let grain = if counted { day_of(unit) } else { unit };
    let interval = day.and_then(|a| if unit == Unit::Minute { Some((a, a)) } else { around(shift(a, n, unit)?, grain) });
    Resolved::new(kind, unit_precision(grain), interval)
}

/// "36 hours later": from the evening of Sunday it is Tuesday; where the hour is not told it is one day or the next.
fn hours(n: i64, anchor: Option<Anchor>) -> Resolved {
    let interval = anchor.and_then(|a| {
        let (first, last) = match a.hour {
            Some(hour) => ((hour + n).div_euclid(24), (hour + n).div_euclid(24)),
            // A few hours from no hour are most likely of the same day.
            None if n.abs() < 12 => (0, 0),
            None => (n.div_euclid(24), -(-n).div_euclid(24)),
        };
        Some((shift(a.day, first, Unit::Day)?, shift(a.day, last, Unit::Day)?))
    });
    let exact = interval.is_none_or(|(first, last)| first == last);
    Resolved::new(DateKind::Anaphoric, if exact { DatePrecision::Day } else { DatePrecision::Range }, interval)
}
