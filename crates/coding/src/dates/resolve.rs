//! From an [`Expr`] to an interval of days.

use demarche_types::DatePrecision;
use jiff::civil::{Date, Weekday};

use super::DateKind;
use super::anchors::Anchor;
use super::calendar::{self, Unit, around, shift};
use super::distance::{ago, anaphor, hence, window, within};
use super::expr::{Expr, Holiday, OtherYear, Part, Shift};
use super::national::{self, Home};
use super::portion::portion;
use super::sides::{self, Direction, days};
use super::{holidays, reckon};

/// What an expression is resolved against.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    pub(super) published: Option<Date>,
    /// The day of the report, which may be a day or two younger than the one that expressions count from.
    pub(super) reported: Option<Date>,
    /// The date that "a day earlier" counts from.
    pub(super) anchor: Option<Anchor>,
    /// What "since then" counts from.
    pub(super) then: Option<(Date, Date)>,
    /// A day of the month last named, for "the 14th".
    pub(super) month: Option<Date>,
    pub(super) direction: Direction,
    /// The country that the article is at home in.
    pub(super) home: Option<Home>,
    /// The stretch of weeks or months told last.
    pub(super) period: Option<(Date, Date)>,
    /// The words before make it a stretch that is over: "between Tuesday and Friday", "the night of Wednesday to Thursday".
    pub(super) over: bool,
    /// The words before make it an end: "until", "by".
    pub(super) end: bool,
}

impl Context {
    /// The first month of a season where the article is at home. Three months that begin with the last of a quarter are a season, and
    /// so may a single one be a `part` of it.
    fn season(&self, month: i8, count: i8, part: bool) -> i8 {
        let season = count == 3 && month % 3 == 0 || count == 1 && part;
        if season && self.home.is_some_and(Home::is_southern) { if month > 6 { month - 6 } else { month + 6 } } else { month }
    }

    /// The day from which "last March" or "the following March" counts.
    fn base(&self, which: Option<Shift>) -> Option<Date> {
        let told = which.is_some_and(Shift::is_anaphoric);
        self.anchor.filter(|_| told).map(|a| a.day).or(self.published)
    }
}

/// An interval, as far as it is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Resolved {
    pub(super) start: Option<Date>,
    pub(super) end: Option<Date>,
    pub(super) precision: DatePrecision,
    pub(super) kind: DateKind,
    /// Set where the words alone say that this is background.
    pub(super) background: bool,
    /// Of a length of time: how many of which unit.
    pub(super) length: Option<(Option<u32>, Unit)>,
}

impl Resolved {
    pub(super) fn new(kind: DateKind, precision: DatePrecision, interval: Option<(Date, Date)>) -> Self {
        let (start, end) = interval.map_or((None, None), |(a, b)| (Some(a), Some(b)));
        Self { start, end, precision, kind, background: false, length: None }
    }

    fn day(kind: DateKind, date: Option<Date>) -> Self {
        Self::new(kind, DatePrecision::Day, date.map(|d| (d, d)))
    }
}

/// Resolves one expression. What cannot be known stays `None`.
pub(super) fn resolve(expr: &Expr, context: &Context) -> Resolved {
    use DateKind::{Absolute, Anaphoric, Deictic, Duration, Vague};
    let published = context.published;
    match expr {
        Expr::Day { year, month, day } => Resolved::day(Absolute, Date::new(*year, *month, *day).ok()),
        Expr::MonthDay { month, day, weekday } => Resolved::day(
            Absolute,
            published.and_then(|p| sides::month_day(p, *month, *day, *weekday, context.direction, context.end)),
        ),
        Expr::Month { month, year, shift, part } => month_expr(*month, *year, *shift, *part, context),
        Expr::Year { year, part } => {
            let whole = calendar::years(*year, 1);
            let precision = if *part == Part::Whole { DatePrecision::Year } else { DatePrecision::Range };
            Resolved::new(Absolute, precision, whole.and_then(|w| portion(w, *part, published)))
        }
        Expr::Years { first, count, part } => {
            let interval = calendar::years(*first, *count).and_then(|w| portion(w, *part, published));
            let old = interval.zip(published).is_none_or(|((_, end), p)| end < p);
            Resolved { background: old, ..Resolved::new(Absolute, DatePrecision::Vague, interval) }
        }
        Expr::Stretch { month, count, year, shift } => {
            stretch(context.season(*month, *count, true), *count, *year, *shift, context)
        }
        Expr::SeasonFrom { month, count, n } => {
            let month = context.season(*month, *count, true);
            let over =
                |p: Date| (-2..=0).rev().filter_map(move |o| calendar::months(p.year() + o, month, *count)).find(|w| w.1 < p);
            let interval = published.and_then(|p| reckon::moved(over(p)?, 1 - n));
            Resolved::new(Deictic, DatePrecision::Range, interval)
        }
        Expr::Quarter(which) => {
            let told = context.period.filter(|_| which.is_anaphoric()).map(|(first, _)| first);
            let quarter = told.or(published).and_then(|p| {
                let first = 3 * ((p.month() - 1) / 3) + 1;
                calendar::months(p.year(), first + 3 * offset(*which) as i8, 3)
            });
            Resolved::new(if told.is_some() { Anaphoric } else { Deictic }, DatePrecision::Range, quarter)
        }
        Expr::Those(_) | Expr::Reporting => Resolved::new(Anaphoric, DatePrecision::Range, context.then),
        Expr::PollingDay | Expr::Anniversary { .. } => Resolved::day(Anaphoric, context.anchor.map(|a| a.day)),
        Expr::Weekday { day, shift, week } => weekday(*day, *shift, *week, context),
        Expr::StretchOf { month, count, years } => {
            let month = context.season(*month, *count, false);
            let interval = published.and_then(|p| calendar::months(p.year().checked_add(*years)?, month, *count));
            Resolved::new(Deictic, if *count == 1 { DatePrecision::Month } else { DatePrecision::Range }, interval)
        }
        Expr::TurnOfCentury => {
            let nearest = published.and_then(|p| calendar::years((p.year() + 50).div_euclid(100) * 100, 1));
            Resolved::new(Absolute, DatePrecision::Year, nearest)
        }
        Expr::Holiday { day, year, shift } => holiday(*day, *year, *shift, context),
        Expr::Daytime => Resolved::day(Anaphoric, context.anchor.map(|a| a.day)),
        Expr::Then => Resolved::new(Anaphoric, DatePrecision::Range, context.then),
        Expr::Back { unit, units } => {
            let interval = published.and_then(|p| around(shift(p, *units, *unit)?, *unit));
            Resolved::new(Deictic, unit_precision(*unit), interval)
        }
        Expr::NthWeekday { nth, day, month } => {
            let month = resolve(month, context);
            let found = if *nth < 0 {
                month.end.and_then(|end| calendar::weekday_before(end, *day))
            } else {
                let first = month.start.and_then(|start| calendar::weekday_after(start, *day));
                first.and_then(|first| shift(first, 7 * (i64::from(*nth) - 1), Unit::Day))
            };
            Resolved::day(month.kind, found)
        }
        Expr::WeekdayOfMonth { weekday, day } => {
            let months = (0..=12).flat_map(|n| if context.direction.is_ahead() { [n, -n] } else { [-n, n] });
            let on = |p: Date, n: i64| {
                let month = shift(p.first_of_month(), n, Unit::Month)?;
                Date::new(month.year(), month.month(), *day).ok().filter(|d| d.weekday() == *weekday)
            };
            Resolved::day(Deictic, published.and_then(|p| months.clone().find_map(|n| on(p, n))))
        }
        Expr::WeekdayFrom { day, n } => Resolved::day(Deictic, published.and_then(|p| reckon::weekday(p, *day, *n))),
        Expr::WeekdayBy { day, holiday: feast, after } => {
            let feast = holiday(*feast, None, None, context);
            let edge = if *after { feast.end } else { feast.start };
            Resolved::day(feast.kind, edge.and_then(|d| reckon::weekday(d, *day, if *after { 1 } else { -1 })))
        }
        Expr::TurnOfYear => {
            let ahead = |p: Date| p.month() > 6 && context.direction.is_ahead();
            let around = published.and_then(|p| calendar::months(p.year() - i16::from(!ahead(p)), 12, 2));
            Resolved::new(Deictic, DatePrecision::Range, around)
        }
        Expr::MonthFrom { month, n } => {
            Resolved::new(Deictic, DatePrecision::Month, published.and_then(|p| reckon::month(p, *month, *n)))
        }
        Expr::WeekendFrom(n) => Resolved::new(Deictic, DatePrecision::Range, published.and_then(|p| reckon::weekend(p, *n))),
        Expr::WeekendOf(day) => {
            let day = resolve(day, context);
            Resolved::new(day.kind, DatePrecision::Range, day.start.and_then(reckon::weekend_of))
        }
        Expr::HolidayWeekend(holiday) => {
            let day = resolve(holiday, context);
            Resolved::new(day.kind, DatePrecision::Range, day.start.and_then(|d| reckon::long_weekend(d, holiday)))
        }
        Expr::NthWeekend { nth, month } => {
            let month = resolve(month, context);
            let interval = month.start.zip(month.end).and_then(|w| reckon::nth_weekend(w, *nth));
            Resolved::new(month.kind, DatePrecision::Range, interval)
        }
        Expr::Run { n, unit, edge, forward } => {
            // The last of the days is told by the clause as any day is, but "in the year to June" has ended or goes on.
            let edge = resolve(edge, context);
            let interval = edge.start.zip(edge.end).and_then(|w| reckon::run(w, *n, *unit, *forward));
            Resolved::new(edge.kind, DatePrecision::Range, interval)
        }
        Expr::SameTime { unit, n, grain, days } => {
            let interval = published.and_then(|p| reckon::same_time(p, *n, *unit, *grain, *days));
            Resolved::new(Deictic, unit_precision(*grain), interval)
        }
        Expr::YearsOff { inner, years } => match published.and_then(|p| p.year().checked_add(*years)) {
            Some(year) => Resolved { kind: Deictic, ..resolve(&reckon::in_year(inner, year), context) },
            None => Resolved::new(Deictic, DatePrecision::Range, None),
        },
        Expr::DayOfMonth { day, month: Some(which) } => {
            let month = published.and_then(|p| shift(p.first_of_month(), offset(*which), Unit::Month));
            Resolved::day(Deictic, month.and_then(|m| Date::new(m.year(), m.month(), *day).ok()))
        }
        Expr::DayOfMonth { day, month: None } => {
            let anchor = context.month.or(published);
            let found = anchor.and_then(|a| day_of_month(a, *day, context, published));
            Resolved::day(if context.month.is_some() { Anaphoric } else { Deictic }, found)
        }
        Expr::Offset(days) => Resolved::day(Deictic, published.and_then(|p| shift(p, *days, Unit::Day))),
        Expr::Overnight { day, into } => {
            let second = match (day, published) {
                (Some(day), Some(p)) => weekday(*day, None, None, context).start.or_else(|| calendar::weekday_before(p, *day)),
                (None, p) => p,
                (Some(_), None) => None,
            };
            let interval = second.and_then(|d| {
                let (back, ahead) = if day.is_some() && !into { (0, 1) } else { (1, 0) };
                Some((shift(d, -back, Unit::Day)?, shift(d, ahead, Unit::Day)?))
            });
            Resolved::new(Deictic, DatePrecision::Range, interval)
        }
        Expr::Weekend(which) => weekend(*which, context),
        Expr::Unit { unit, shift: which, part } => unit_expr(*unit, *which, *part, context),
        // "was a camp for the next fourteen years" tells how long it was one.
        Expr::Window { n, unit: unit @ (Unit::Year | Unit::Decade), future: true } if context.direction == Direction::Past => {
            Resolved { length: Some((*n, *unit)), ..Resolved::new(Duration, DatePrecision::Vague, None) }
        }
        Expr::Window { n, unit, future } => window(*n, *unit, *future, published),
        Expr::Ago { n, unit } => ago(*n, *unit, published),
        Expr::Hence { n, unit } => hence(*n, *unit, published),
        // "and, within hours, troops had sealed the road"
        Expr::Within { n: None, unit: Unit::Minute | Unit::Hour, by: true } if !context.direction.is_ahead() => {
            Resolved::day(Anaphoric, context.anchor.map(|a| a.day))
        }
        Expr::Within { n, unit, by } => match context.direction {
            direction if direction.is_ahead() && *by => within(*n, *unit, published),
            direction if direction.is_ahead() => hence(*n, *unit, published),
            _ => Resolved { length: Some((*n, *unit)), ..Resolved::new(Duration, unit_precision(*unit), None) },
        },
        // "minutes before Thursday’s sitting"
        Expr::Anaphor { n: None, unit: Unit::Minute | Unit::Hour, open: true, .. } => {
            Resolved::day(Anaphoric, context.anchor.map(|a| a.day))
        }
        Expr::Anaphor { n, unit, later, open: _, counted } => {
            let found = anaphor(*n, *unit, *later, *counted, context.anchor);
            // "on Monday, two weeks after a fire": the fire's day is not told, but how long ago it was.
            let length = (found.start.is_none() && found.end.is_none()).then_some((*n, *unit));
            Resolved { length, ..found }
        }
        Expr::Duration { n, unit } => {
            Resolved { length: Some((*n, *unit)), ..Resolved::new(Duration, DatePrecision::Vague, None) }
        }
        Expr::PartOf(whole, part) => {
            let whole = resolve(whole, context);
            let interval = whole.start.zip(whole.end).and_then(|w| portion(w, *part, published));
            Resolved::new(whole.kind, DatePrecision::Range, interval)
        }
        Expr::MonthOf(day) => {
            let day = resolve(day, context);
            Resolved::new(day.kind, DatePrecision::Month, day.start.and_then(|d| around(d, Unit::Month)))
        }
        Expr::Counted { n, unit, later, counted, from } => {
            let from = resolve(from, context);
            let edge = if *later { from.end } else { from.start };
            if !counted && *unit != Unit::Day {
                let interval = edge.and_then(|edge| reckon::run_beside(edge, *n, *unit, *later));
                return Resolved::new(from.kind, DatePrecision::Range, interval);
            }
            let found = anaphor(Some(*n), *unit, *later, true, edge.map(Anchor::from));
            let length = found.start.is_none().then_some((Some(*n), *unit));
            Resolved { length, kind: if length.is_some() { Anaphoric } else { from.kind }, ..found }
        }
        Expr::SameYear(inner) => {
            let year = context.anchor.or(published.map(Anchor::from)).map(|a| a.day.year());
            year.map_or(Resolved::new(Anaphoric, DatePrecision::Day, None), |year| {
                resolve(&reckon::in_year(inner, year), context)
            })
        }
        Expr::WeekdayStep { day, after } => {
            let step = if *after { 1 } else { -1 };
            Resolved::day(Anaphoric, context.anchor.and_then(|a| reckon::weekday(a.day, *day, step)))
        }
        Expr::RunBeside { n, unit, after } => {
            let interval = context.anchor.and_then(|a| reckon::run_beside(a.day, *n, *unit, *after));
            Resolved::new(Anaphoric, DatePrecision::Range, interval)
        }
        Expr::SamePeriod(year) => {
            let interval = context.period.and_then(|told| {
                let from = match *year {
                    OtherYear::Told(year) => year - told.0.year(),
                    OtherYear::FromReport(years) => published?.year() + years - told.0.year(),
                    OtherYear::FromStretch(years) => years,
                };
                reckon::moved(told, i64::from(from))
            });
            // Where no stretch was told, the year is all that is known.
            let whole = match *year {
                OtherYear::Told(year) => calendar::years(year, 1),
                OtherYear::FromReport(years) => published.and_then(|p| calendar::years(p.year() + years, 1)),
                OtherYear::FromStretch(_) => None,
            };
            Resolved::new(Anaphoric, DatePrecision::Range, interval.or(whole))
        }
        Expr::Fiscal { year, split } => {
            let interval = national::fiscal(context.home, published, *year, *split);
            Resolved::new(Absolute, DatePrecision::Range, interval)
        }
        // A length of time dates nothing, and neither does a habit.
        Expr::Habit => Resolved::new(Duration, DatePrecision::Vague, None),
        Expr::Recent(unit) => {
            let background = matches!(unit, Unit::Year | Unit::Decade | Unit::Century);
            Resolved { end: published, background, ..Resolved::new(Vague, DatePrecision::Vague, None) }
        }
        Expr::VaguePast => Resolved { end: published, background: true, ..Resolved::new(Vague, DatePrecision::Vague, None) },
        Expr::VagueFuture => Resolved { start: published, ..Resolved::new(Vague, DatePrecision::Vague, None) },
        Expr::WeekOf(day) => {
            let day = resolve(day, context);
            Resolved::new(day.kind, DatePrecision::Range, day.start.and_then(|d| around(d, Unit::Week)))
        }
        Expr::Eve(None) => match context.anchor.and_then(|a| shift(a.day, -1, Unit::Day)) {
            Some(day) => Resolved::day(Anaphoric, Some(day)),
            None => Resolved::new(Vague, DatePrecision::Day, None),
        },
        Expr::Eve(Some(inner)) => {
            let inner = resolve(inner, context);
            Resolved::day(inner.kind, inner.start.and_then(|d| shift(d, -1, Unit::Day)))
        }
        Expr::Between(first, last) => between(first, last, context),
        Expr::Numeric { year, first, second } => {
            let (month, day) = match context.home.map(Home::month_first) {
                Some(true) => (*first, *second),
                _ => (*second, *first),
            };
            Resolved::day(Absolute, context.home.and_then(|_| Date::new(*year, month, day).ok()))
        }
        Expr::Ambiguous => Resolved::new(Absolute, DatePrecision::Day, None),
    }
}

/// A named day: the nearest on the side to which the clause looks.
fn holiday(day: Holiday, year: Option<i16>, which: Option<Shift>, context: &Context) -> Resolved {
    let day = national::feast(context.home, day);
    if matches!(day, Holiday::Unknown | Holiday::National(_)) {
        return Resolved::new(DateKind::Vague, DatePrecision::Vague, None);
    }
    let kind = if which.is_some() { DateKind::Deictic } else { DateKind::Absolute };
    let interval = match (year, context.published) {
        (Some(year), _) => holidays::in_year(day, year),
        (None, None) => None,
        // Where a table of feasts ends, the nearest that it has may be a year off.
        (None, Some(p)) if !holidays::spans(day, p.year()) => None,
        (None, Some(p)) => {
            let mut near = (-2..=2).filter_map(|offset| holidays::in_year(day, p.year().checked_add(offset)?));
            match (which, context.direction) {
                (Some(Shift::Last | Shift::Previous), _) => near.rfind(|d| d.1 < p),
                (Some(Shift::Next | Shift::Following), _) => near.find(|d| d.0 > p),
                (Some(Shift::This | Shift::Same), _) => holidays::in_year(day, p.year()),
                (None, direction) => {
                    // A feast of several days goes on until its last.
                    let far = |d: &(Date, Date)| if d.0 < p && p <= d.1 { 0 } else { days(p, d.0) };
                    let all: Vec<(Date, Date)> = near.collect();
                    let chosen = sides::side(all.iter().map(far), direction, context.end);
                    all.into_iter().find(|d| chosen == Some(far(d)))
                }
            }
        }
    };
    if interval.is_none() {
        return Resolved::new(DateKind::Vague, DatePrecision::Vague, None);
    }
    let several = interval.is_some_and(|(first, last)| first != last);
    Resolved::new(kind, if several { DatePrecision::Range } else { DatePrecision::Day }, interval)
}

fn month_expr(month: i8, year: Option<i16>, which: Option<Shift>, part: Part, context: &Context) -> Resolved {
    let year = year.or_else(|| {
        let p = context.base(which)?;
        let this = p.year();
        Some(match which {
            Some(Shift::Last | Shift::Previous) => this - i16::from(month >= p.month()),
            Some(Shift::Next | Shift::Following) => this + i16::from(month <= p.month()),
            Some(_) => this,
            None => sides::year_of_month(p, month, context.direction),
        })
    });
    let precision = if part == Part::Whole { DatePrecision::Month } else { DatePrecision::Range };
    let interval = year
        .and_then(|y| calendar::months(y, month, 1))
        .and_then(|w| portion(w, ahead(part, context.direction), context.published));
    Resolved::new(DateKind::Absolute, precision, interval)
}

/// Quarters, halves and seasons; winter runs into the next year.
fn stretch(month: i8, count: i8, year: Option<i16>, which: Option<Shift>, context: &Context) -> Resolved {
    let kind = if year.is_some() { DateKind::Absolute } else { DateKind::Deictic };
    let precision = if count == 1 { DatePrecision::Month } else { DatePrecision::Range };
    let of = |year: i16| calendar::months(year, month, count);
    let interval = match (year, context.base(which)) {
        (Some(year), _) => of(year),
        (None, None) => None,
        (None, Some(p)) => {
            let near: Vec<(Date, Date)> = (-2..=2).filter_map(|o| of(p.year() + o)).collect();
            let pick = match which {
                Some(Shift::Last | Shift::Previous) => near.iter().rfind(|w| w.1 < p),
                Some(Shift::Next | Shift::Following) => near.iter().find(|w| w.0 > p),
                Some(Shift::This) => {
                    let past = context.direction == Direction::Past;
                    let now = near.iter().find(|w| w.0 <= p && p <= w.1);
                    now.or_else(|| near.iter().rfind(|w| past && w.0 <= p))
                        .or_else(|| near.iter().find(|w| w.0.year() == p.year()))
                }
                Some(_) => near.iter().find(|w| w.0.year() == p.year()),
                None if context.direction.is_ahead() => near.iter().find(|w| w.1 >= p),
                None => near.iter().rfind(|w| w.0 <= p),
            };
            pick.copied()
        }
    };
    Resolved::new(kind, precision, interval)
}

fn weekday(day: Weekday, which: Option<Shift>, week: Option<Shift>, context: &Context) -> Resolved {
    let kind = match which.or(week) {
        Some(Shift::Previous | Shift::Following | Shift::Same) => DateKind::Anaphoric,
        _ => DateKind::Deictic,
    };
    let found = context.base(which.or(week)).and_then(|p| {
        if let Some(week) = week {
            let (monday, _) = around(shift(p, offset(week), Unit::Week)?, Unit::Week)?;
            return calendar::weekday_after(monday, day);
        }
        match which {
            Some(Shift::Last | Shift::Previous) => calendar::weekday_before(shift(p, -1, Unit::Day)?, day),
            Some(Shift::Next | Shift::Following) => calendar::weekday_after(shift(p, 1, Unit::Day)?, day),
            Some(Shift::This | Shift::Same) if context.direction != Direction::Past => calendar::weekday_after(p, day),
            None if context.direction.is_ahead() => calendar::weekday_after(p, day),
            Some(_) => calendar::weekday_before(p, day),
            None => calendar::weekday_before(context.reported.unwrap_or(p), day),
        }
    });
    Resolved::day(kind, found)
}

fn day_of_month(anchor: Date, day: i8, context: &Context, published: Option<Date>) -> Option<Date> {
    let named = context.month.and_then(|_| Date::new(anchor.year(), anchor.month(), day).ok());
    // What has happened did not happen in a month named for a day ahead.
    let told = |d: &Date| context.direction != Direction::Past || published.is_none_or(|p| *d <= p);
    if context.month.is_some() && named.as_ref().is_none_or(told) {
        return named;
    }
    let published = published?;
    let near: Vec<Date> = (-2..=2)
        .filter_map(|offset| shift(published.first_of_month(), offset, Unit::Month))
        .filter_map(|first| Date::new(first.year(), first.month(), day).ok())
        .collect();
    match context.direction {
        direction if direction.is_ahead() => near.into_iter().find(|&d| d >= published),
        _ => near.into_iter().rfind(|&d| d <= published),
    }
}

fn weekend(which: Option<Shift>, context: &Context) -> Resolved {
    let interval = context.base(which).and_then(|p| {
        let saturday = match which {
            Some(Shift::Last | Shift::Previous) => {
                calendar::weekday_before(shift(p, -1, Unit::Day)?, Weekday::Sunday).and_then(|s| shift(s, -1, Unit::Day))
            }
            Some(Shift::Next | Shift::Following) => calendar::weekday_after(shift(p, 1, Unit::Day)?, Weekday::Saturday),
            _ if context.direction.is_ahead() || (which.is_some() && context.direction == Direction::Unknown) => {
                // On a Sunday the weekend that goes on is meant.
                if p.weekday() == Weekday::Sunday {
                    shift(p, -1, Unit::Day)
                } else {
                    calendar::weekday_after(p, Weekday::Saturday)
                }
            }
            _ => calendar::weekday_before(p, Weekday::Saturday),
        }?;
        Some((saturday, shift(saturday, 1, Unit::Day)?))
    });
    Resolved::new(DateKind::Deictic, DatePrecision::Range, interval)
}

/// "last week", "this year", "later this month", "the same week".
fn unit_expr(unit: Unit, which: Shift, part: Part, context: &Context) -> Resolved {
    let part = match unit {
        Unit::Year => part,
        // "the end of next week" is its last three days.
        Unit::Week if part == Part::End => Part::Late,
        _ => ahead(part, context.direction),
    };
    let whole = context.published.and_then(|p| around(shift(p, offset(which), unit)?, unit));
    let interval = whole.and_then(|w| portion(w, part, context.published));
    let precision = if part == Part::Whole || unit == Unit::Day { unit_precision(unit) } else { DatePrecision::Range };
    Resolved::new(DateKind::Deictic, precision, interval)
}

/// Units from the present one.
fn offset(which: Shift) -> i64 {
    match which {
        Shift::Last | Shift::Previous => -1,
        Shift::Next | Shift::Following => 1,
        Shift::This | Shift::Same => 0,
    }
}

/// "expires at the end of the month" means its last day; "was signed at the end of June" the last third.
fn ahead(part: Part, direction: Direction) -> Part {
    if part == Part::End && !direction.is_ahead() { Part::Late } else { part }
}

pub(super) fn unit_precision(unit: Unit) -> DatePrecision {
    match unit {
        Unit::Minute | Unit::Hour | Unit::Day => DatePrecision::Day,
        Unit::Week => DatePrecision::Range,
        Unit::Month => DatePrecision::Month,
        Unit::Year => DatePrecision::Year,
        Unit::Decade | Unit::Century => DatePrecision::Vague,
    }
}

fn between(first: &Expr, last: &Expr, context: &Context) -> Resolved {
    let b = resolve(last, context);
    // A year told once, at the end, holds for both: "from May 28 to June 2, 2019".
    let first = match (first, b.start) {
        (Expr::MonthDay { month, day, .. }, Some(end)) => {
            Expr::Day { year: end.year() - i16::from(*month > end.month()), month: *month, day: *day }
        }
        (Expr::Month { month, year: None, shift: None, part }, Some(end)) => {
            Expr::Month { month: *month, year: Some(end.year() - i16::from(*month > end.month())), shift: None, part: *part }
        }
        // "from Monday to Wednesday last week"
        (Expr::Weekday { day, shift: None, week: None }, _) if let Expr::Weekday { week: week @ Some(_), .. } = last => {
            Expr::Weekday { day: *day, shift: None, week: *week }
        }
        (other, _) => other.clone(),
    };
    let mut a = resolve(&first, context);
    let mut b = b;
    match (&first, last, b.start) {
        // "from 3 a.m. until 9 a.m. on Friday"
        (Expr::Daytime, last, day @ Some(_)) if last.is_day() => a.start = day,
        // "from 6 p.m. on Thursday to daybreak"
        (first, Expr::Daytime, _) if first.is_day() => b.end = a.start.and_then(|d| shift(d, 1, Unit::Day)),
        // What began on Wednesday and runs to Friday goes on when it is told on Thursday.
        (Expr::Weekday { .. }, Expr::Weekday { day, .. }, _) if !context.direction.is_ahead() => {
            b.end = a.start.and_then(|d| shift(d, 1, Unit::Day)).and_then(|d| calendar::weekday_after(d, *day));
        }
        (Expr::Weekday { day, .. }, _, Some(end)) => {
            a.start = shift(end, -1, Unit::Day).and_then(|d| calendar::weekday_before(d, *day));
        }
        (Expr::DayOfMonth { day, month: None }, Expr::DayOfMonth { .. }, Some(end)) => {
            let month = shift(end.first_of_month(), if *day > end.day() { -1 } else { 0 }, Unit::Month);
            a.start = month.and_then(|m| Date::new(m.year(), m.month(), *day).ok());
        }
        _ => {}
    }
    // "will be held from Friday to Tuesday", told on a Monday or a Tuesday, begins the Friday after.
    let gone = match context.direction {
        Direction::Future => a.start.zip(context.published).is_some_and(|(start, p)| start < p),
        Direction::Present => b.end.zip(context.published).is_some_and(|(end, p)| end <= p),
        _ => false,
    };
    if gone
        && matches!(
            (&first, last),
            (Expr::Weekday { shift: None, week: None, .. }, Expr::Weekday { shift: None, week: None, .. })
        )
    {
        a.start = a.start.and_then(|d| shift(d, 7, Unit::Day));
        b.end = b.end.and_then(|d| shift(d, 7, Unit::Day));
    }
    // "People fled between Tuesday and Friday" is over when it is told on Tuesday.
    if context.direction == Direction::Past
        && context.over
        && matches!(
            (&first, last),
            (Expr::Weekday { shift: None, week: None, .. }, Expr::Weekday { shift: None, week: None, .. })
        )
        && b.end.zip(context.reported).is_some_and(|(end, reported)| end > reported)
    {
        a.start = a.start.and_then(|d| shift(d, -7, Unit::Day));
        b.end = b.end.and_then(|d| shift(d, -7, Unit::Day));
    }
    let (start, end) = match (a.start, b.end) {
        (Some(start), Some(end)) if start <= end => (Some(start), Some(end)),
        // Ends out of order are a misreading: better nothing than a wrong interval.
        _ => (None, None),
    };
    let precision = if start.is_some() && start == end { DatePrecision::Day } else { DatePrecision::Range };
    Resolved { start, end, precision, kind: b.kind, background: a.background && b.background, length: None }
}
