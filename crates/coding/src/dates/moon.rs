//! Feasts that hang on the moon, as they were kept in most countries; they may lie a day off where the crescent was seen later.

use jiff::civil::Date;

use super::calendar::{Unit, shift};

/// First day of Ramadan, first day of Eid al-Fitr, Eid al-Adha, as Saudi Arabia kept them, from [`FIRST`] on. Checked against the Umm al-Qura
/// calendar (the Python package `hijridate`, MIT): a sighting moved seven of them by a day.
type Row = ((i8, i8), (i8, i8), (i8, i8));

const FIRST: i16 = 2006;

const ROWS: &[Row] = &[
    // Eid al-Adha was kept on 10 January, too, which nothing that is asked for reaches.
    ((9, 24), (10, 23), (12, 31)),
    ((9, 13), (10, 12), (12, 19)),
    ((9, 1), (9, 30), (12, 8)),
    ((8, 22), (9, 20), (11, 27)),
    ((8, 11), (9, 10), (11, 16)),
    ((8, 1), (8, 30), (11, 6)),
    ((7, 20), (8, 19), (10, 26)),
    ((7, 10), (8, 8), (10, 15)),
    ((6, 28), (7, 28), (10, 4)),
    ((6, 18), (7, 17), (9, 24)),
    ((6, 6), (7, 6), (9, 12)),
    ((5, 27), (6, 25), (9, 1)),
    ((5, 17), (6, 15), (8, 21)),
    ((5, 6), (6, 4), (8, 11)),
    ((4, 24), (5, 24), (7, 31)),
    ((4, 13), (5, 13), (7, 20)),
    ((4, 2), (5, 2), (7, 9)),
    ((3, 23), (4, 21), (6, 28)),
    ((3, 11), (4, 10), (6, 16)),
    ((3, 1), (3, 30), (6, 6)),
    ((2, 18), (3, 20), (5, 27)),
    // To come, by the calendar.
    ((2, 8), (3, 9), (5, 16)),
    ((1, 28), (2, 26), (5, 5)),
    ((1, 16), (2, 14), (4, 24)),
];

fn row(year: i16) -> Option<&'static Row> {
    ROWS.get(usize::try_from(year - FIRST).ok()?)
}

/// From the first day of Ramadan to the last.
pub(super) fn ramadan(year: i16) -> Option<(Date, Date)> {
    let &(first, feast, _) = row(year)?;
    let day = |(month, day)| Date::new(year, month, day).ok();
    Some((day(first)?, shift(day(feast)?, -1, Unit::Day)?))
}

/// The day that ends Ramadan.
pub(super) fn eid_al_fitr(year: i16) -> Option<Date> {
    let &(_, (month, day), _) = row(year)?;
    Date::new(year, month, day).ok()
}

/// The Feast of the Sacrifice.
pub(super) fn eid_al_adha(year: i16) -> Option<Date> {
    let &(.., (month, day)) = row(year)?;
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn feasts_of_the_moon() {
        assert_eq!(ramadan(2024), Some((date(2024, 3, 11), date(2024, 4, 9))));
        assert_eq!(eid_al_fitr(2012), Some(date(2012, 8, 19)));
        assert_eq!(eid_al_adha(2017), Some(date(2017, 9, 1)));
        assert_eq!(ramadan(1999), None);
    }
}
