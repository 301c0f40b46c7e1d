//! Parts of an interval: "early", "the second half", "the last ten days".

use jiff::civil::Date;

use super::calendar::{Unit, shift};
use super::expr::Part;
use super::sides::days;

/// A part of an interval.
pub(super) fn portion((start, end): (Date, Date), part: Part, published: Option<Date>) -> Option<(Date, Date)> {
    let length = days(start, end) + 1;
    let third = |n: i64| shift(start, length * n / 3, Unit::Day);
    // Thirds of a year are whole months, thirds of a decade whole years: early is 1990 to 1993, mid to 1996.
    let cut = |n: i64| match length {
        ..=300 => third(n),
        301..=400 => shift(start, 4 * n, Unit::Month),
        _ => shift(start, (length / 365 * n + 2) / 3, Unit::Year),
    };
    match part {
        Part::Whole => Some((start, end)),
        Part::Early => Some((start, shift(cut(1)?, -1, Unit::Day)?)),
        Part::Mid => Some((cut(1)?, shift(cut(2)?, -1, Unit::Day)?)),
        Part::Late => Some((cut(2)?, end)),
        Part::Start if (300..400).contains(&length) => Some((start, start.last_of_month())),
        Part::Start => portion((start, end), Part::Early, published),
        Part::End if (300..400).contains(&length) => Some((end.first_of_month(), end)),
        Part::End if length > 31 => Some((cut(2)?, end)),
        Part::End => Some((end, end)),
        Part::Half(nth) => {
            // Half a year is six months, half a decade five years.
            let half =
                if length > 300 { shift(start, length / 365 * 6, Unit::Month) } else { shift(start, length / 2, Unit::Day) }?;
            if nth == 1 { Some((start, shift(half, -1, Unit::Day)?)) } else { Some((half, end)) }
        }
        Part::Days(n) if n < 0 => Some((shift(end, i64::from(n) + 1, Unit::Day)?, end)),
        Part::Days(n) => Some((start, shift(start, i64::from(n) - 1, Unit::Day)?)),
        Part::Week(-1) => Some((shift(end, -6, Unit::Day)?, end)),
        Part::Week(nth) => {
            let first = shift(start, 7 * (i64::from(nth) - 1), Unit::Day)?;
            Some((first, shift(first, 6, Unit::Day)?))
        }
        Part::SoFar => published.filter(|p| (start..=end).contains(p)).map(|p| (start, p)).or(Some((start, end))),
        Part::Rest => published.filter(|p| (start..=end).contains(p)).map(|p| (p, end)).or(Some((start, end))),
    }
}
