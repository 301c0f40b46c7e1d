//! Days and moments as other people's files have them.

use demarche_records::Event;
use demarche_types::DatePrecision;
use jiff::civil::{Date, DateTime};

/// The day under which an event stands, and whether it is only the day of publication.
pub(crate) fn dated(event: &Event) -> Option<(Date, bool)> {
    match event.date.or(event.enddate) {
        Some(day) => Some((day, false)),
        None => event.article.published.map(|day| (day, true)),
    }
}

/// 20250806
pub(crate) fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// 20250806143000
pub(crate) fn moment(time: DateTime) -> String {
    format!("{}{:02}{:02}{:02}", compact(time.date()), time.hour(), time.minute(), time.second())
}

/// The beginning of a day as a moment.
pub(crate) fn midnight(day: Date) -> String {
    moment(day.to_datetime(jiff::civil::Time::midnight()))
}

/// GDELT's year with a fraction: months of 30 days in a year of 365, with four digits.
pub(crate) fn fraction(day: Date) -> String {
    let days = f64::from(day.month() - 1) * 30.0 + f64::from(day.day());
    format!("{:.4}", f64::from(day.year()) + (days / 365.0).min(0.9999))
}

/// ACLED's precision of time: 1 a day, 2 some days, 3 a month or less exact.
pub(crate) fn time_precision(event: &Event) -> u8 {
    match event.date_precision {
        Some(DatePrecision::Day) => 1,
        Some(DatePrecision::Range) => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_gdelt_writes_them() {
        let day = jiff::civil::date(2024, 3, 22);
        assert_eq!((compact(day), midnight(day)), ("20240322".to_owned(), "20240322000000".to_owned()));
        // The fraction of the real row that is at hand.
        assert_eq!(fraction(day), "2024.2247");
        assert_eq!(fraction(jiff::civil::date(2025, 12, 31)), "2025.9890");
    }
}
