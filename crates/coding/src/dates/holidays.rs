//! Days that have a name: fixed ones, those that hang on Easter or on a weekday, and those of other calendars.

use jiff::civil::{Date, Weekday};

use super::calendar::{self, Unit, shift};
use super::expr::{Expr, Holiday};
use super::grammar::Grammar;
use super::moon;

type Parsed = Option<(Expr, usize)>;

/// Names that stand for a day wherever they stand; longer names come before those that open them.
const NAMED: &[(&[&str], Holiday)] = &[
    (&["christmas", "eve"], Holiday::Fixed(12, 24)),
    (&["christmas", "day"], Holiday::Fixed(12, 25)),
    (&["boxing", "day"], Holiday::Fixed(12, 26)),
    (&["new", "year", "’", "s", "eve"], Holiday::Fixed(12, 31)),
    (&["new", "year", "’", "s", "day"], Holiday::Fixed(1, 1)),
    (&["lunar", "new", "year", "’", "s", "eve"], Holiday::LunarNewYear(-1)),
    (&["chinese", "new", "year", "’", "s", "eve"], Holiday::LunarNewYear(-1)),
    (&["lunar", "new", "year"], Holiday::LunarNewYear(0)),
    (&["chinese", "new", "year"], Holiday::LunarNewYear(0)),
    (&["mardi", "gras"], Holiday::Easter(-47)),
    (&["easter", "eve"], Holiday::Easter(-1)),
    (&["pentecost", "monday"], Holiday::Easter(50)),
    (&["bright", "monday"], Holiday::OrthodoxEaster(1)),
    (&["immaculate", "conception"], Holiday::Fixed(12, 8)),
    (&["assumption", "day"], Holiday::Fixed(8, 15)),
    (&["reformation", "day"], Holiday::Fixed(10, 31)),
    (&["holocaust", "memorial", "day"], Holiday::Fixed(1, 27)),
    (&["international", "holocaust", "remembrance", "day"], Holiday::Fixed(1, 27)),
    (&["international", "workers", "’", "day"], Holiday::Fixed(5, 1)),
    (&["workers", "’", "day"], Holiday::Fixed(5, 1)),
    (&["statehood", "day"], Holiday::National("statehood")),
    (&["heritage", "day"], Holiday::National("heritage")),
    (&["freedom", "day"], Holiday::National("freedom")),
    (&["youth", "day"], Holiday::National("youth")),
    (&["ash", "wednesday"], Holiday::Easter(-46)),
    (&["holy", "week"], Holiday::HolyWeek),
    (&["palm", "sunday"], Holiday::Easter(-7)),
    (&["maundy", "thursday"], Holiday::Easter(-3)),
    (&["holy", "thursday"], Holiday::Easter(-3)),
    (&["good", "friday"], Holiday::Easter(-2)),
    (&["holy", "saturday"], Holiday::Easter(-1)),
    (&["easter", "saturday"], Holiday::Easter(-1)),
    (&["easter", "sunday"], Holiday::Easter(0)),
    (&["easter", "monday"], Holiday::Easter(1)),
    (&["ascension", "day"], Holiday::Easter(39)),
    (&["whit", "sunday"], Holiday::Easter(49)),
    (&["whit", "monday"], Holiday::Easter(50)),
    (&["the", "fourth", "of", "july"], Holiday::Fixed(7, 4)),
    (&["fourth", "of", "july"], Holiday::Fixed(7, 4)),
    (&["may", "day"], Holiday::Fixed(5, 1)),
    (&["labour", "day"], Holiday::Fixed(5, 1)),
    (&["labor", "day"], Holiday::Nth(9, Weekday::Monday, 1)),
    (&["thanksgiving", "day"], Holiday::Nth(11, Weekday::Thursday, 4)),
    (&["martin", "luther", "king", "day"], Holiday::Nth(1, Weekday::Monday, 3)),
    (&["bastille", "day"], Holiday::Fixed(7, 14)),
    (&["anzac", "day"], Holiday::Fixed(4, 25)),
    (&["armistice", "day"], Holiday::Fixed(11, 11)),
    (&["veterans", "day"], Holiday::Fixed(11, 11)),
    (&["remembrance", "day"], Holiday::Fixed(11, 11)),
    (&["all", "saints", "’", "day"], Holiday::Fixed(11, 1)),
    (&["valentine", "’", "s", "day"], Holiday::Fixed(2, 14)),
    (&["st", "patrick", "’", "s", "day"], Holiday::Fixed(3, 17)),
    (&["st", ".", "patrick", "’", "s", "day"], Holiday::Fixed(3, 17)),
    (&["patrick", "’", "s", "day"], Holiday::Fixed(3, 17)),
    (&["international", "women", "’", "s", "day"], Holiday::Fixed(3, 8)),
    (&["women", "’", "s", "day"], Holiday::National("women")),
    (&["memorial", "day"], Holiday::Nth(5, Weekday::Monday, -1)),
    (&["presidents", "’", "day"], Holiday::Nth(2, Weekday::Monday, 3)),
    (&["presidents", "day"], Holiday::Nth(2, Weekday::Monday, 3)),
    (&["columbus", "day"], Holiday::Nth(10, Weekday::Monday, 2)),
    (&["juneteenth"], Holiday::Fixed(6, 19)),
    (&["canada", "day"], Holiday::Fixed(7, 1)),
    (&["australia", "day"], Holiday::Fixed(1, 26)),
    (&["victory", "day"], Holiday::Fixed(5, 9)),
    (&["earth", "day"], Holiday::Fixed(4, 22)),
    (&["human", "rights", "day"], Holiday::Fixed(12, 10)),
    (&["all", "souls", "’", "day"], Holiday::Fixed(11, 2)),
    (&["all", "souls", "day"], Holiday::Fixed(11, 2)),
    (&["all", "saints", "day"], Holiday::Fixed(11, 1)),
    (&["st", "stephen", "’", "s", "day"], Holiday::Fixed(12, 26)),
    (&["bonfire", "night"], Holiday::Fixed(11, 5)),
    (&["candlemas"], Holiday::Fixed(2, 2)),
    (&["hogmanay"], Holiday::Fixed(12, 31)),
    (&["midsummer", "’", "s", "day"], Holiday::Fixed(6, 24)),
    (&["midsummer", "day"], Holiday::Fixed(6, 24)),
    (&["shrove", "tuesday"], Holiday::Easter(-47)),
    (&["corpus", "christi", "day"], Holiday::Easter(60)),
    (&["twelfth", "night"], Holiday::Fixed(1, 5)),
    (&["independence", "day"], Holiday::National("independence")),
    (&["republic", "day"], Holiday::National("republic")),
    (&["national", "day"], Holiday::National("national")),
    (&["unity", "day"], Holiday::National("unity")),
    (&["liberation", "day"], Holiday::National("liberation")),
    (&["constitution", "day"], Holiday::National("constitution")),
    (&["jamhuri", "day"], Holiday::Fixed(12, 12)),
    (&["madaraka", "day"], Holiday::Fixed(6, 1)),
    (&["waitangi", "day"], Holiday::Fixed(2, 6)),
    (&["maharashtra", "day"], Holiday::Fixed(5, 1)),
    (&["gandhi", "jayanti"], Holiday::Fixed(10, 2)),
    (&["orthodox", "christmas"], Holiday::Fixed(1, 7)),
    (&["coptic", "christmas"], Holiday::Fixed(1, 7)),
    (&["orthodox", "good", "friday"], Holiday::OrthodoxEaster(-2)),
    (&["orthodox", "easter"], Holiday::OrthodoxEaster(0)),
    (&["coptic", "easter"], Holiday::OrthodoxEaster(0)),
    (&["sham", "el", "-", "nessim"], Holiday::OrthodoxEaster(1)),
    (&["eid", "al", "-", "fitr"], Holiday::EidAlFitr),
    (&["eid", "al", "-", "adha"], Holiday::EidAlAdha),
    (&["the", "feast", "of", "the", "sacrifice"], Holiday::EidAlAdha),
];

/// Names that are also the first word of much else ("a Christmas market", "Easter Island"): they tell a time behind
/// a word that leads to one, with no noun behind them.
const BARE: &[(&[&str], Holiday)] = &[
    (&["new", "year", "’", "s"], Holiday::Fixed(1, 1)),
    (&["new", "year"], Holiday::Fixed(1, 1)),
    (&["christmas"], Holiday::Fixed(12, 25)),
    (&["easter"], Holiday::Easter(0)),
    (&["pentecost"], Holiday::Easter(49)),
    (&["thanksgiving"], Holiday::Nth(11, Weekday::Thursday, 4)),
    (&["halloween"], Holiday::Fixed(10, 31)),
    (&["hallowe", "’", "en"], Holiday::Fixed(10, 31)),
    (&["epiphany"], Holiday::Fixed(1, 6)),
    (&["whitsun"], Holiday::Whitsun),
    (&["midsummer"], Holiday::Fixed(6, 24)),
    (&["tet"], Holiday::LunarNewYear(0)),
    (&["nowruz"], Holiday::Nowruz),
    (&["yom", "kippur"], Holiday::Unknown),
    (&["rosh", "hashanah"], Holiday::Unknown),
    (&["ramadan"], Holiday::Ramadan),
    (&["eid"], Holiday::Unknown),
    (&["passover"], Holiday::Unknown),
    (&["hanukkah"], Holiday::Unknown),
    (&["diwali"], Holiday::Unknown),
];

/// Words that lead to a time.
const LEADS: &[&str] = &[
    "at",
    "on",
    "before",
    "after",
    "by",
    "since",
    "until",
    "till",
    "from",
    "to",
    "over",
    "around",
    "during",
    "for",
    "through",
    "between",
    "last",
    "next",
    "this",
    "past",
    "previous",
    "of",
    "and",
    "throughout",
    "in",
];

impl Grammar<'_, '_> {
    /// "Boxing Day", "Good Friday", "Easter 2019", "the Fourth of July".
    pub(super) fn holiday(&self, at: usize) -> Parsed {
        // In "the Fourth of July" the name begins behind the article; "the new year" is no name at all.
        let named = usize::from(self.is(at, "the"));
        let new_year = self.is(at, "new") && self.before(at) == "the";
        let summer = self.is(at, "midsummer");
        if !self.words.get(at + named)?.is_capitalised() && !new_year && !summer {
            return None;
        }
        let (day, end) = match self.named(at, NAMED) {
            Some(found) => found,
            None => {
                let before = match self.before(at) {
                    "the" if at > 1 => self.before(at - 1),
                    other => other,
                };
                let (day, end) = self.named(at, BARE)?;
                if !LEADS.contains(&before) || !(self.closes(end) || self.plausible_year(end).is_some()) {
                    return None;
                }
                (day, end)
            }
        };
        let year_at = end + usize::from(self.any(end, &[",", "of"]));
        let (year, end) = self.plausible_year(year_at).map_or((None, end), |year| (Some(year), year_at + 1));
        Some((Expr::Holiday { day, year, shift: None }, end))
    }

    /// A name that stands for a day, whatever stands around it.
    pub(super) fn holiday_name(&self, at: usize) -> Option<(Holiday, usize)> {
        let capital = self.words.get(at + usize::from(self.is(at, "the")))?.is_capitalised();
        self.named(at, NAMED).or_else(|| self.named(at, BARE)).filter(|_| capital)
    }

    fn named(&self, at: usize, names: &[(&[&str], Holiday)]) -> Option<(Holiday, usize)> {
        let same = |word: &str, name: &str| word == name || name == "’" && word == "'";
        let fits =
            |name: &[&str]| name.iter().enumerate().all(|(i, part)| self.words.get(at + i).is_some_and(|w| same(&w.lower, part)));
        names.iter().find(|(name, _)| fits(name)).map(|&(name, day)| (day, at + name.len()))
    }
}

/// First and last day of a holiday in a year; `None` where only the moon's watchers or the country can tell.
pub(super) fn in_year(holiday: Holiday, year: i16) -> Option<(Date, Date)> {
    let day = match holiday {
        Holiday::Fixed(month, day) => Date::new(year, month, day).ok()?,
        Holiday::Easter(days) => shift(easter(year)?, days, Unit::Day)?,
        Holiday::OrthodoxEaster(days) => shift(orthodox_easter(year)?, days, Unit::Day)?,
        Holiday::EidAlFitr => moon::eid_al_fitr(year)?,
        Holiday::EidAlAdha => moon::eid_al_adha(year)?,
        Holiday::Ramadan => return moon::ramadan(year),
        Holiday::Nth(month, weekday, n) => {
            let first = Date::new(year, month, 1).ok()?;
            if n < 0 {
                calendar::weekday_before(first.last_of_month(), weekday)?
            } else {
                shift(calendar::weekday_after(first, weekday)?, 7 * (n - 1), Unit::Day)?
            }
        }
        Holiday::Nowruz => {
            // The year of Iran began on the 20th in leap years alone, from 1996 to 2028.
            let known = (1996..=2028).contains(&year);
            Date::new(year, 3, if year % 4 == 0 { 20 } else { 21 }).ok().filter(|_| known)?
        }
        Holiday::LunarNewYear(days) => shift(lunar_new_year(year)?, days, Unit::Day)?,
        Holiday::HolyWeek => {
            let easter = easter(year)?;
            return Some((shift(easter, -7, Unit::Day)?, shift(easter, -1, Unit::Day)?));
        }
        Holiday::Whitsun => {
            let easter = easter(year)?;
            return Some((shift(easter, 49, Unit::Day)?, shift(easter, 50, Unit::Day)?));
        }
        Holiday::National(_) | Holiday::Unknown => return None,
    };
    Some((day, day))
}

/// Whether the days of a feast are known in a year and in those beside it.
pub(super) fn spans(day: Holiday, year: i16) -> bool {
    (-1..=1).all(|offset| year.checked_add(offset).is_some_and(|year| in_year(day, year).is_some()))
}

/// Easter Sunday of the western churches (the anonymous Gregorian algorithm).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()
}

/// Easter Sunday of the eastern churches, as a day of the Gregorian calendar; the two calendars lie thirteen days apart
/// from 1900 to 2099.
fn orthodox_easter(year: i16) -> Option<Date> {
    if !(1900..2100).contains(&year) {
        return None;
    }
    let y = i32::from(year);
    let d = (19 * (y % 19) + 15) % 30;
    let e = (2 * (y % 4) + 4 * (y % 7) - d + 34) % 7;
    let n = d + e + 114;
    shift(Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()?, 13, Unit::Day)
}

/// The first day of China's year, from 2000 to 2030.
fn lunar_new_year(year: i16) -> Option<Date> {
    const FIRST: i16 = 2000;
    const DAYS: [(i8, i8); 31] = [
        (2, 5),
        (1, 24),
        (2, 12),
        (2, 1),
        (1, 22),
        (2, 9),
        (1, 29),
        (2, 18),
        (2, 7),
        (1, 26),
        (2, 14),
        (2, 3),
        (1, 23),
        (2, 10),
        (1, 31),
        (2, 19),
        (2, 8),
        (1, 28),
        (2, 16),
        (2, 5),
        (1, 25),
        (2, 12),
        (2, 1),
        (1, 22),
        (2, 10),
        (1, 29),
        (2, 17),
        (2, 6),
        (1, 26),
        (2, 13),
        (2, 3),
    ];
    let &(month, day) = DAYS.get(usize::try_from(year - FIRST).ok()?)?;
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn movable_feasts() {
        let day = |holiday, year| in_year(holiday, year).map(|(first, _)| first);
        assert_eq!(day(Holiday::Easter(-2), 2012), Some(date(2012, 4, 6)));
        assert_eq!(day(Holiday::Easter(0), 2000), Some(date(2000, 4, 23)));
        assert_eq!(day(Holiday::Easter(0), 2024), Some(date(2024, 3, 31)));
        assert_eq!(day(Holiday::OrthodoxEaster(0), 2024), Some(date(2024, 5, 5)));
        assert_eq!(day(Holiday::Nth(11, Weekday::Thursday, 4), 2023), Some(date(2023, 11, 23)));
        assert_eq!(day(Holiday::Nth(9, Weekday::Monday, 1), 2025), Some(date(2025, 9, 1)));
        assert_eq!(day(Holiday::LunarNewYear(0), 2024), Some(date(2024, 2, 10)));
        assert_eq!(day(Holiday::LunarNewYear(0), 1999), None);
        assert_eq!(day(Holiday::Nowruz, 2024), Some(date(2024, 3, 20)));
    }
}
