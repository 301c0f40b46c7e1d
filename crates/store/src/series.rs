//! How much two parties had to do with each other, by day, week, month or year.
//!
//! Counted are rows of `dyads`: an event with several parties counts once for each pair. What counts are normalised by
//! comes with them: articles and outlets published in the same time. Only articles that repeat no other are counted.

use std::collections::BTreeMap;
use std::fmt;

use deltalake::arrow::array::{Array as _, AsArray as _, RecordBatch};
use deltalake::arrow::compute::cast;
use deltalake::arrow::datatypes::{DataType, Date32Type, Float64Type, Int64Type};
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::{Store, StoreError};

/// Length of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Step {
    Day,
    /// Weeks begin on Monday.
    Week,
    Month,
    Year,
}

impl Step {
    fn sql(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// First day of the next step.
    fn next(self, day: Date) -> Option<Date> {
        let span = match self {
            Self::Day => 1.day(),
            Self::Week => 1.week(),
            Self::Month => 1.month(),
            Self::Year => 1.year(),
        };
        day.checked_add(span).ok()
    }

    /// First day of the step that the day lies in.
    fn begin(self, day: Date) -> Date {
        match self {
            Self::Day => day,
            Self::Week => day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).unwrap_or(day),
            Self::Month => day.first_of_month(),
            Self::Year => day.first_of_year(),
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sql())
    }
}

/// Which series.
#[derive(Clone, Debug)]
pub struct SeriesQuery {
    /// Code of who acts.
    pub actor: String,
    /// Code of whom it is done to; without one, whatever the actor does to anybody or nobody.
    pub recipient: Option<String>,
    /// Also what the recipient does to the actor.
    pub both_ways: bool,
    /// Length of a step.
    pub by: Step,
    /// Statuses that count.
    pub status: Vec<String>,
    /// First day; without it that of the first event.
    pub from: Option<Date>,
    /// Last day; without it that of the last event.
    pub to: Option<Date>,
}

impl SeriesQuery {
    /// What the actor does to the recipient, of what actually happened.
    pub fn new(actor: &str, recipient: Option<&str>, by: Step) -> Self {
        Self {
            actor: actor.to_owned(),
            recipient: recipient.map(str::to_owned),
            both_ways: false,
            by,
            status: vec!["actual".to_owned()],
            from: None,
            to: None,
        }
    }
}

/// A step of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// First day.
    pub begin: Date,
    /// Events.
    pub events: u64,
    /// Articles that tell of them.
    pub reports: u64,
    /// Outlets that tell of them.
    pub outlets: u64,
    /// Sum of their scores.
    pub intensity: f64,
    /// Of these events: verbal cooperation, material cooperation, verbal conflict, material conflict.
    pub quads: [u64; 4],
    /// Articles published in that time by anybody on anything.
    pub all_articles: u64,
    /// Outlets that published them.
    pub all_outlets: u64,
}

impl Point {
    /// Shares of the four quads; none without events.
    pub fn quad_shares(&self) -> Option<[f64; 4]> {
        let total: u64 = self.quads.iter().sum();
        (total > 0).then(|| self.quads.map(|quad| quad as f64 / total as f64))
    }

    /// Events for each article published; none where nothing was.
    pub fn per_article(&self) -> Option<f64> {
        (self.all_articles > 0).then(|| self.events as f64 / self.all_articles as f64)
    }

    /// Events for each outlet; none where nothing was published.
    pub fn per_outlet(&self) -> Option<f64> {
        (self.all_outlets > 0).then(|| self.events as f64 / self.all_outlets as f64)
    }
}

/// Steps without a gap.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The steps; those without events too.
    pub points: Vec<Point>,
    /// Events that can't be counted, as nobody knows when they were.
    pub undated: u64,
}

impl Store {
    /// A series.
    pub fn series(&self, query: &SeriesQuery) -> Result<Series, StoreError> {
        let step = query.by.sql();
        let pair = filter(query);
        let days = days(query, "date");
        // Without a recipient, an event that has several still counts once.
        let rows = match query.recipient {
            Some(_) => format!("(SELECT * FROM dyads WHERE {pair}{days})"),
            None => {
                format!("(SELECT DISTINCT event, article, outlet, date, event_scale, quad_code FROM dyads WHERE {pair}{days})")
            }
        };
        let sql = format!(
            "SELECT CAST(date_trunc('{step}', date) AS DATE) AS begin, count(*), count(DISTINCT article), count(DISTINCT outlet), \
             sum(event_scale), sum(CASE WHEN quad_code = 1 THEN 1 ELSE 0 END), sum(CASE WHEN quad_code = 2 THEN 1 ELSE 0 END), \
             sum(CASE WHEN quad_code = 3 THEN 1 ELSE 0 END), sum(CASE WHEN quad_code = 4 THEN 1 ELSE 0 END) \
             FROM {rows} WHERE date IS NOT NULL GROUP BY 1"
        );
        let mut points: BTreeMap<Date, Point> = BTreeMap::new();
        for batch in self.rows(&sql)? {
            let columns = Columns::of(&batch, 4)?;
            for row in 0..batch.num_rows() {
                let begin = columns.day(row);
                let quads = [5, 6, 7, 8].map(|column| columns.count(column, row));
                let point = Point {
                    begin,
                    events: columns.count(1, row),
                    reports: columns.count(2, row),
                    outlets: columns.count(3, row),
                    intensity: columns.number(row),
                    quads,
                    all_articles: 0,
                    all_outlets: 0,
                };
                points.insert(begin, point);
            }
        }
        self.denominators(query, &mut points)?;
        let undated = self.rows(&format!("SELECT count(DISTINCT event) FROM dyads WHERE {pair} AND date IS NULL"))?;
        let undated = undated
            .iter()
            .find(|batch| batch.num_rows() > 0)
            .map_or(0, |batch| batch.column(0).as_primitive_opt::<Int64Type>().map_or(0, |column| column.value(0).max(0) as u64));
        Ok(Series { points: points.into_values().collect(), undated })
    }

    /// Fills the gaps, and adds to each step what was published in it.
    fn denominators(&self, query: &SeriesQuery, points: &mut BTreeMap<Date, Point>) -> Result<(), StoreError> {
        let first = query.from.map(|day| query.by.begin(day)).or_else(|| points.keys().next().copied());
        let last = query.to.map(|day| query.by.begin(day)).or_else(|| points.keys().next_back().copied());
        let (Some(first), Some(last)) = (first, last) else { return Ok(()) };
        let mut day = Some(first);
        while let Some(begin) = day.filter(|day| *day <= last) {
            points.entry(begin).or_insert_with(|| Point {
                begin,
                events: 0,
                reports: 0,
                outlets: 0,
                intensity: 0.0,
                quads: [0; 4],
                all_articles: 0,
                all_outlets: 0,
            });
            day = query.by.next(begin);
        }
        let end = query.by.next(last).unwrap_or(last);
        let sql = format!(
            "SELECT CAST(date_trunc('{}', published) AS DATE), count(*), count(DISTINCT site), 0.0 FROM articles \
             WHERE published >= DATE '{first}' AND published < DATE '{end}' AND duplicate_of IS NULL GROUP BY 1",
            query.by.sql()
        );
        for batch in self.rows(&sql)? {
            let columns = Columns::of(&batch, 3)?;
            for row in 0..batch.num_rows() {
                if let Some(point) = points.get_mut(&columns.day(row)) {
                    point.all_articles = columns.count(1, row);
                    point.all_outlets = columns.count(2, row);
                }
            }
        }
        Ok(())
    }
}

/// SQL of a table of all dyads by steps: actor, recipient, begin, events, intensity, and the quads' counts.
pub fn all_dyads_sql(by: Step) -> String {
    format!(
        "SELECT actor, recipient, CAST(date_trunc('{by}', date) AS DATE) AS begin, count(*) AS events, \
         sum(event_scale) AS intensity, sum(CASE WHEN quad_code = 1 THEN 1 ELSE 0 END) AS quad1, \
         sum(CASE WHEN quad_code = 2 THEN 1 ELSE 0 END) AS quad2, sum(CASE WHEN quad_code = 3 THEN 1 ELSE 0 END) AS quad3, \
         sum(CASE WHEN quad_code = 4 THEN 1 ELSE 0 END) AS quad4 FROM dyads \
         WHERE status = 'actual' AND date IS NOT NULL GROUP BY actor, recipient, 3"
    )
}

fn filter(query: &SeriesQuery) -> String {
    let pair = |one: &str, other: Option<&str>| match other {
        Some(other) => format!("actor = {} AND recipient = {}", quoted(one), quoted(other)),
        None => format!("actor = {}", quoted(one)),
    };
    let mut filter = pair(&query.actor, query.recipient.as_deref());
    if let (true, Some(recipient)) = (query.both_ways, &query.recipient) {
        // A mutual event stands both ways already.
        filter = format!("(({filter}) OR ({} AND NOT mutual))", pair(recipient, Some(&query.actor)));
    }
    let statuses: Vec<String> = query.status.iter().map(|status| quoted(status)).collect();
    if !statuses.is_empty() {
        filter.push_str(&format!(" AND status IN ({})", statuses.join(", ")));
    }
    filter
}

fn days(query: &SeriesQuery, column: &str) -> String {
    let mut words = String::new();
    if let Some(from) = query.from {
        words.push_str(&format!(" AND {column} >= DATE '{from}'"));
    }
    if let Some(to) = query.to {
        words.push_str(&format!(" AND {column} <= DATE '{to}'"));
    }
    words
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Columns of an answer: a day, counts, one number.
struct Columns {
    days: deltalake::arrow::array::ArrayRef,
    counts: Vec<deltalake::arrow::array::ArrayRef>,
    numbers: deltalake::arrow::array::ArrayRef,
}

impl Columns {
    fn of(batch: &RecordBatch, number: usize) -> Result<Self, StoreError> {
        let to = |column: usize, kind: DataType| cast(batch.column(column), &kind).map_err(|e| StoreError::rows("the series", e));
        Ok(Self {
            days: to(0, DataType::Date32)?,
            counts: (0..batch.num_columns())
                .map(|column| if column == 0 { to(0, DataType::Date32) } else { to(column, DataType::Int64) })
                .collect::<Result<_, _>>()?,
            numbers: to(number, DataType::Float64)?,
        })
    }

    fn day(&self, row: usize) -> Date {
        let days = self.days.as_primitive::<Date32Type>().value(row);
        jiff::civil::date(1970, 1, 1).saturating_add(i64::from(days).days())
    }

    fn count(&self, column: usize, row: usize) -> u64 {
        let column = self.counts[column].as_primitive::<Int64Type>();
        if column.is_null(row) { 0 } else { column.value(row).max(0) as u64 }
    }

    fn number(&self, row: usize) -> f64 {
        let numbers = self.numbers.as_primitive::<Float64Type>();
        if numbers.is_null(row) { 0.0 } else { numbers.value(row) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn steps_begin_where_sql_truncates() {
        assert_eq!(Step::Week.begin(date(2026, 11, 27)), date(2026, 11, 23));
        assert_eq!(Step::Month.begin(date(2026, 2, 28)), date(2026, 2, 1));
        assert_eq!(Step::Month.next(date(2026, 12, 1)), Some(date(2027, 1, 1)));
    }

    #[test]
    fn both_ways_counts_mutual_events_once() {
        let mut query = SeriesQuery::new("IRN", Some("O'X"), Step::Day);
        assert_eq!(filter(&query), "actor = 'IRN' AND recipient = 'O''X' AND status IN ('actual')");
        query.both_ways = true;
        assert!(filter(&query).contains("AND NOT mutual"));
    }
}
