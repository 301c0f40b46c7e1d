//! On which side of the report a day or month without a year lies.

use jiff::civil::{Date, Weekday};

use super::calendar::{Unit, shift};

/// Where the clause of an expression looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Past,
    Future,
    /// Ahead by its tense alone, or from a time that is past: "the toll falls in May", "asked them to meet", "said it would end".
    Present,
    /// What was still to come when something else happened: "was due in November", "were to open on Jan. 8".
    Awaited,
    Unknown,
}

impl Direction {
    /// Whether the clause looks ahead, however surely.
    pub(super) fn is_ahead(self) -> bool {
        matches!(self, Self::Future | Self::Present | Self::Awaited)
    }
}

/// Days ahead within which a day is close, and back beyond which it is far, when no year is told.
const CLOSE: i64 = 60;
const FAR: i64 = 300;

/// The same for the end of something ("paid until Dec. 20"), which lies ahead more often than what happens.
const END_CLOSE: i64 = 90;
const END_FAR: i64 = 275;

/// Days back within which even a clause that surely looks ahead means a day that has just gone by.
const JUST_GONE: i64 = 30;

/// Days ahead within which a clause that tells nothing of its time may well announce something.
const QUARTER: i64 = 90;

/// Days from one date to another.
pub(super) fn days(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

/// Of a yearly day's distances from the report, in order: the one that the clause means. `end` says that it is an end.
pub(super) fn side(distances: impl Iterator<Item = i64>, direction: Direction, end: bool) -> Option<i64> {
    // Time zones let a report name the day after its own.
    let latest = match direction {
        Direction::Past => 1,
        Direction::Unknown => QUARTER,
        _ => -1,
    };
    let (mut back, mut ahead) = (None, None);
    for n in distances {
        if n <= latest {
            back = Some(n);
        } else if ahead.is_none() {
            ahead = Some(n);
        }
    }
    match direction {
        // Of a day nearly a year back "last year" would be said: the one close ahead is meant.
        Direction::Past => {
            let (close, far) = if end { (END_CLOSE, END_FAR) } else { (CLOSE, FAR) };
            ahead.filter(|&a| a <= close && back.is_none_or(|b| b < -far)).or(back)
        }
        Direction::Unknown => back.or(ahead),
        Direction::Awaited => match (back, ahead) {
            (Some(b), Some(a)) => Some(if -b < a { b } else { a }),
            (b, a) => b.or(a),
        },
        // So it is with one that lies nearly a year ahead: it has just gone by.
        Direction::Future => ahead.filter(|&a| a <= FAR || back.is_none_or(|b| b < -JUST_GONE)).or(back),
        Direction::Present => ahead.filter(|&a| a <= FAR || back.is_none_or(|b| b < -CLOSE)).or(back),
    }
}

/// The year that puts a day where the clause looks.
pub(super) fn month_day(
    published: Date,
    month: i8,
    day: i8,
    weekday: Option<Weekday>,
    direction: Direction,
    end: bool,
) -> Option<Date> {
    let candidate = |offset: i16| Date::new(published.year() + offset, month, day).ok();
    let near: Vec<Date> = (-6..=2).filter_map(candidate).collect();
    if let Some(weekday) = weekday {
        let on_weekday = near.iter().copied().filter(|d| d.weekday() == weekday);
        let best = on_weekday.min_by_key(|&d| (days(published, d).unsigned_abs(), !direction.is_ahead() && d > published));
        if best.is_some() {
            return best;
        }
    }
    side(near.iter().map(|&d| days(published, d)), direction, end).and_then(|n| shift(published, n, Unit::Day))
}

/// The year of a month told without one, by the month of the report.
pub(super) fn year_of_month(published: Date, month: i8, direction: Direction) -> i16 {
    let (this, now) = (published.year(), published.month());
    match direction {
        Direction::Future => this + i16::from(month < now),
        // The tense alone does not carry over most of a year: "the rice that cost 60 rupees in August" of September.
        Direction::Present => this + i16::from(month + 2 < now) - i16::from(month > now + 9),
        Direction::Awaited => this + i16::from(month + 6 < now) - i16::from(month > now + 6),
        // Of a month eleven months back "last April" would be said.
        Direction::Past => this - i16::from(month > now + 1),
        Direction::Unknown => this - i16::from(month > now + 3) + i16::from(month + 9 <= now && month < 3),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn read(published: Date, (month, day): (i8, i8), direction: Direction) -> Date {
        month_day(published, month, day, None, direction, false).expect("the calendar reaches so far")
    }

    #[test]
    fn days_without_a_year() {
        let report = date(2024, 1, 17);
        // What has just gone by is not told of the next year, whatever the tense.
        assert_eq!(read(report, (1, 8), Direction::Future), date(2024, 1, 8));
        assert_eq!(read(report, (12, 31), Direction::Future), date(2023, 12, 31));
        assert_eq!(read(report, (5, 8), Direction::Future), date(2024, 5, 8));
        assert_eq!(read(report, (2, 8), Direction::Past), date(2024, 2, 8));
        assert_eq!(read(report, (11, 8), Direction::Past), date(2023, 11, 8));
        assert_eq!(read(report, (9, 8), Direction::Awaited), date(2023, 9, 8));
        assert_eq!(read(report, (6, 8), Direction::Awaited), date(2024, 6, 8));
        assert_eq!(month_day(date(2024, 10, 11), 12, 20, None, Direction::Past, true), Some(date(2024, 12, 20)));
    }

    #[test]
    fn months_without_a_year() {
        let report = date(2017, 9, 22);
        assert_eq!(year_of_month(report, 8, Direction::Present), 2017);
        assert_eq!(year_of_month(report, 8, Direction::Future), 2018);
        assert_eq!(year_of_month(report, 3, Direction::Present), 2018);
        assert_eq!(year_of_month(date(2025, 3, 7), 11, Direction::Awaited), 2024);
    }
}
