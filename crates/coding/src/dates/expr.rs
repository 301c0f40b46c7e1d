//! What a time expression says, before it is resolved to days.

use jiff::civil::Weekday;

use super::calendar::Unit;

/// Which of several like units is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shift {
    /// "last", "past".
    Last,
    /// "this", "current".
    This,
    /// "next", "coming".
    Next,
    /// "the previous": counted from a date told before.
    Previous,
    /// "the following": counted from a date told before.
    Following,
    /// "that", "the same".
    Same,
}

impl Shift {
    /// Whether it counts from something told before.
    pub(super) fn is_anaphoric(self) -> bool {
        matches!(self, Self::Previous | Self::Following | Self::Same)
    }
}

/// A part of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    Early,
    Mid,
    Late,
    /// "earlier this year": from its beginning to the report.
    SoFar,
    /// "later this year": from the report to its end.
    Rest,
    /// "the start of the year": its first month, or the first third of something shorter.
    Start,
    /// "the end of the year": its last month, or the last third of something shorter; of a month that lies ahead the last day.
    End,
    /// "the first half", "the second half".
    Half(i8),
    /// "the first ten days", "the last two weeks": that many days, from the end when negative.
    Days(i16),
    /// "the second week of June": seven days, counted from the first; -1 is the last.
    Week(i8),
}

/// How an expression bounds the time of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The event lies in the interval.
    At,
    /// From the interval on ("since 2019").
    Since,
    /// Up to the interval ("until Friday").
    Until,
    /// Not later than the interval ("by Friday").
    By,
    /// Earlier than the interval.
    Before,
    /// Later than the interval.
    After,
}

/// A day with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holiday {
    /// Month and day.
    Fixed(i8, i8),
    /// Days from Easter Sunday.
    Easter(i64),
    /// Days from Easter Sunday of the eastern churches.
    OrthodoxEaster(i64),
    /// From Palm Sunday to the day before Easter.
    HolyWeek,
    /// "Independence Day" and its like: the row of the country's days.
    National(&'static str),
    /// From the first day of Ramadan to the last.
    Ramadan,
    /// The day that ends Ramadan.
    EidAlFitr,
    /// The Feast of the Sacrifice.
    EidAlAdha,
    /// Month, weekday, and which of them; -1 is the last.
    Nth(i8, Weekday, i64),
    Nowruz,
    /// Sunday and Monday, seven weeks after Easter.
    Whitsun,
    /// Days from the first of China's year.
    LunarNewYear(i64),
    /// Its day hangs on the country or on the sight of the moon.
    Unknown,
}

/// Which year a stretch is moved to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OtherYear {
    /// "of 2023".
    Told(i16),
    /// "last year": counted from the report's year.
    FromReport(i16),
    /// "a year earlier", "of the previous year": counted from the stretch.
    FromStretch(i16),
}

/// What an expression says, before any date is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Expr {
    Day {
        year: i16,
        month: i8,
        day: i8,
    },
    /// The weekday, when told too, helps to find the year.
    MonthDay {
        month: i8,
        day: i8,
        weekday: Option<Weekday>,
    },
    Month {
        month: i8,
        year: Option<i16>,
        shift: Option<Shift>,
        part: Part,
    },
    Year {
        year: i16,
        part: Part,
    },
    /// The first year of a decade or a century, with its length.
    Years {
        first: i16,
        count: i16,
        part: Part,
    },
    /// A quarter, half or season: first month and number of months.
    Stretch {
        month: i8,
        count: i8,
        year: Option<i16>,
        shift: Option<Shift>,
    },
    /// "May of last year": first month, number of months, and how many years from this one.
    StretchOf {
        month: i8,
        count: i8,
        years: i16,
    },
    /// "the turn of the century".
    TurnOfCentury,
    /// "the turn of the year": the two months around it.
    TurnOfYear,
    /// "the Sunday before Easter".
    WeekdayBy {
        day: Weekday,
        holiday: Holiday,
        after: bool,
    },
    Holiday {
        day: Holiday,
        year: Option<i16>,
        shift: Option<Shift>,
    },
    Weekday {
        day: Weekday,
        shift: Option<Shift>,
        week: Option<Shift>,
    },
    /// "Wednesday the 5th".
    WeekdayOfMonth {
        weekday: Weekday,
        day: i8,
    },
    /// "Tuesday week", "two Thursdays ago": which such weekday after publication, or before it when negative.
    WeekdayFrom {
        day: Weekday,
        n: i64,
    },
    /// "four Decembers ago".
    MonthFrom {
        month: i8,
        n: i64,
    },
    /// "three summers ago": first month and number of months, and how many such seasons back.
    SeasonFrom {
        month: i8,
        count: i8,
        n: i64,
    },
    /// "the weekend before last": which weekend after publication, or before it when negative.
    WeekendFrom(i64),
    /// "the weekend of 14 June".
    WeekendOf(Box<Expr>),
    /// "the Easter weekend".
    HolidayWeekend(Box<Expr>),
    /// "the first weekend of June"; -1 is the last.
    NthWeekend {
        nth: i8,
        month: Box<Expr>,
    },
    /// "the ten days to Wednesday", or from it on.
    Run {
        n: u32,
        unit: Unit,
        edge: Box<Expr>,
        forward: bool,
    },
    /// "five years ago today", "this time last year": units from publication, exact to `grain`.
    SameTime {
        unit: Unit,
        n: i64,
        grain: Unit,
        days: i64,
    },
    /// "early June three years ago": an expression without a year, and its years from this one.
    YearsOff {
        inner: Box<Expr>,
        years: i16,
    },
    /// "the first Sunday of August"; -1 is the last.
    NthWeekday {
        nth: i8,
        day: Weekday,
        month: Box<Expr>,
    },
    /// "the 14th", "the first of next month".
    DayOfMonth {
        day: i8,
        month: Option<Shift>,
    },
    /// "at dawn": a part of a day told before.
    Daytime,
    /// "since then": what was told before.
    Then,
    /// Days from publication.
    Offset(i64),
    /// The night before publication, or the night into or of a weekday.
    Overnight {
        day: Option<Weekday>,
        into: bool,
    },
    Weekend(Option<Shift>),
    Unit {
        unit: Unit,
        shift: Shift,
        part: Part,
    },
    /// "the week before last": units from the one of publication.
    Back {
        unit: Unit,
        units: i64,
    },
    /// "the past two days", "the coming weeks".
    Window {
        n: Option<u32>,
        unit: Unit,
        future: bool,
    },
    Ago {
        n: Option<u32>,
        unit: Unit,
    },
    /// "two weeks from now".
    Hence {
        n: Option<u32>,
        unit: Unit,
    },
    /// "in two days": a date when the clause looks ahead, otherwise a duration. `by` for "within two days".
    Within {
        n: Option<u32>,
        unit: Unit,
        by: bool,
    },
    /// "two days later"; `open` when what it counts from follows ("a day after the vote"), `counted` when it tells a
    /// number ("a week later" is a day, "the following week" a week).
    Anaphor {
        n: Option<u32>,
        unit: Unit,
        later: bool,
        open: bool,
        counted: bool,
    },
    Duration {
        n: Option<u32>,
        unit: Unit,
    },
    /// "two days after Independence Day": counted from a day that is named with it.
    Counted {
        n: u32,
        unit: Unit,
        later: bool,
        /// With a number: "two weeks before Easter" is a day, "the week before Easter" seven.
        counted: bool,
        from: Box<Expr>,
    },
    /// "the last ten days of Ramadan".
    PartOf(Box<Expr>, Part),
    /// "the run-up to Christmas": the month of the feast.
    MonthOf(Box<Expr>),
    /// "14 December of that year": in the year told last.
    SameYear(Box<Expr>),
    /// "the Tuesday before", "the Friday after that": the next such weekday from the day told last.
    WeekdayStep {
        day: Weekday,
        after: bool,
    },
    /// "the twelve months before that": a stretch that ends or begins beside the day told last.
    RunBeside {
        n: u32,
        unit: Unit,
        after: bool,
    },
    /// "last quarter", "the following quarter": three months beside the report or the stretch told last.
    Quarter(Shift),
    /// "those years": a stretch told before that is longer than one of them.
    Those(Unit),
    /// "the reporting period": the stretch that the report says it covers.
    Reporting,
    /// "polling day", "election night": the day of the vote.
    PollingDay,
    /// "its fortieth anniversary", "his 62nd birthday": years after a day told elsewhere.
    Anniversary {
        years: i16,
        birth: bool,
    },
    /// "the same quarter of 2023", "the same month last year": the stretch told last, in another year.
    SamePeriod(OtherYear),
    /// "fiscal 2025", "FY2024/25": a year of accounts, which ends in `year` where the country's begins in another month than
    /// January; `None` is the one of the report.
    Fiscal {
        year: Option<i16>,
        /// Named by both its years, "2024/25".
        split: bool,
    },
    /// "every Monday", "twice a month", "from dawn to dusk": what comes again and again.
    Habit,
    Recent(Unit),
    VaguePast,
    VagueFuture,
    WeekOf(Box<Expr>),
    Eve(Option<Box<Expr>>),
    Between(Box<Expr>, Box<Expr>),
    /// "06/07/2024": only where it was written tells which is the month.
    Numeric {
        year: i16,
        first: i8,
        second: i8,
    },
    /// What nobody can place.
    Ambiguous,
}

impl Expr {
    /// Whether it names a day, and not a longer time.
    pub(super) fn is_day(&self) -> bool {
        matches!(
            self,
            Self::Day { .. }
                | Self::MonthDay { .. }
                | Self::Weekday { .. }
                | Self::DayOfMonth { .. }
                | Self::NthWeekday { .. }
                | Self::WeekdayOfMonth { .. }
                | Self::WeekdayFrom { .. }
                | Self::WeekdayBy { .. }
                | Self::Offset(_)
                | Self::Holiday { .. }
                | Self::WeekdayStep { .. }
                | Self::Counted { unit: Unit::Day, .. }
                | Self::SameYear(_)
                | Self::Anaphor { unit: Unit::Day, open: false, .. }
                | Self::Overnight { .. }
        )
    }
}
