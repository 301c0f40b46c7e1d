//! How much two parties had to do with each other, by day, week, month or year.
//!
//! Counted are reports, rows of `dyads`: what two articles tell counts twice, also where one nearly repeats the other.
//! Or, if asked for, rows of `clusters`: each event of the world once. What counts are normalised by comes with them:
//! articles and outlets published in the same time, those that nearly repeat others too.
//!
//! An event of "March" has no place in a series of weeks. It is left out there, and told of.

use std::collections::BTreeMap;
use std::fmt;

use deltalake::arrow::array::{Array as _, AsArray as _, RecordBatch};
use deltalake::arrow::compute::cast;
use deltalake::arrow::datatypes::{DataType, Date32Type, Float64Type, Int64Type};
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::rows::MUTUAL;
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
    /// What must hold of a row whose date is no less exact than the step.
    fn exact(self) -> String {
        // More days after the first than this are more than a step.
        let (days, coarse) = match self {
            Self::Day => (0, "'month', 'year', 'vague'"),
            Self::Week => (6, "'month', 'year', 'vague'"),
            Self::Month => (30, "'year', 'vague'"),
            Self::Year => (365, "'vague'"),
        };
        format!(
            "(coalesce(date_precision, 'day') NOT IN ({coarse}) AND \
             (enddate IS NULL OR CAST(enddate AS INT) - CAST(date AS INT) <= {days}))"
        )
    }

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
    /// Statuses that count; without any, all.
    pub status: Vec<String>,
    /// Count each event of the world once, from `clusters`, instead of each report.
    pub joined: bool,
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
            joined: false,
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
    pub articles: u64,
    /// Outlets that tell of them.
    pub outlets: u64,
    /// Sum of their scores.
    pub intensity: f64,
    /// Of these events: verbal cooperation, material cooperation, verbal conflict, material conflict.
    pub quads: [u64; 4],
    /// Articles published in that time by anybody on anything, within the days that were asked for.
    pub all_articles: u64,
    /// Outlets that published them.
    pub all_outlets: u64,
}

impl Point {
    fn at(begin: Date) -> Self {
        Self { begin, events: 0, articles: 0, outlets: 0, intensity: 0.0, quads: [0; 4], all_articles: 0, all_outlets: 0 }
    }

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
    /// Events that are left out, as their date is less exact than a step.
    pub coarse: u64,
}

impl Store {
    /// A series.
    pub fn series(&self, query: &SeriesQuery) -> Result<Series, StoreError> {
        if query.joined && self.number("SELECT count(*) FROM clusters")? == 0 {
            return Err(StoreError::NotJoined { location: self.location().to_owned() });
        }
        let step = query.by.sql();
        let exact = query.by.exact();
        let chosen = if query.joined { of_clusters(query) } else { of_dyads(query) };
        let days = days(query, "date");
        let quads = "sum(CASE WHEN quad_code = 1 THEN 1 ELSE 0 END), sum(CASE WHEN quad_code = 2 THEN 1 ELSE 0 END), \
                     sum(CASE WHEN quad_code = 3 THEN 1 ELSE 0 END), sum(CASE WHEN quad_code = 4 THEN 1 ELSE 0 END)";
        let sql = format!(
            "SELECT CAST(date_trunc('{step}', date) AS DATE) AS begin, count(*), count(DISTINCT article), \
             count(DISTINCT outlet), sum(event_scale), {quads} FROM {chosen} WHERE date IS NOT NULL AND {exact}{days} GROUP BY 1"
        );
        let mut points: BTreeMap<Date, Point> = BTreeMap::new();
        for batch in self.rows(&sql)? {
            let columns = Columns::of(&batch, 4)?;
            for row in 0..batch.num_rows() {
                let begin = columns.day(row);
                let mut point = Point::at(begin);
                point.events = columns.count(1, row);
                point.articles = columns.count(2, row);
                point.outlets = columns.count(3, row);
                point.intensity = columns.number(row);
                point.quads = [5, 6, 7, 8].map(|column| columns.count(column, row));
                points.insert(begin, point);
            }
        }
        if query.joined {
            self.tellers(query, &mut points)?;
        }
        self.denominators(query, &mut points)?;
        let undated = self.number(&format!("SELECT count(DISTINCT event) FROM {chosen} WHERE date IS NULL"))?;
        let coarse = format!("SELECT count(DISTINCT event) FROM {chosen} WHERE date IS NOT NULL AND NOT {exact}{days}");
        Ok(Series { points: points.into_values().collect(), undated, coarse: self.number(&coarse)? })
    }

    /// Articles and outlets that tell of the events of clusters.
    fn tellers(&self, query: &SeriesQuery, points: &mut BTreeMap<Date, Point>) -> Result<(), StoreError> {
        let (step, exact, days) = (query.by.sql(), query.by.exact(), days(query, "date"));
        let sql = format!(
            "SELECT CAST(date_trunc('{step}', k.date) AS DATE), count(DISTINCT e.article), count(DISTINCT e.outlet), 0.0 \
             FROM (SELECT event AS cluster_id, date FROM {} WHERE date IS NOT NULL AND {exact}{days}) k \
             JOIN event_clusters c ON k.cluster_id = c.cluster_id \
             JOIN events_all e ON c.event = e.id AND c.run = e.run GROUP BY 1",
            of_clusters(query)
        );
        for batch in self.rows(&sql)? {
            let columns = Columns::of(&batch, 3)?;
            for row in 0..batch.num_rows() {
                if let Some(point) = points.get_mut(&columns.day(row)) {
                    point.articles = columns.count(1, row);
                    point.outlets = columns.count(2, row);
                }
            }
        }
        Ok(())
    }

    /// The one number that is asked for.
    fn number(&self, sql: &str) -> Result<u64, StoreError> {
        let rows = self.rows(sql)?;
        let column = rows.iter().find(|batch| batch.num_rows() > 0).map(|batch| batch.column(0));
        let column = column.and_then(|column| column.as_primitive_opt::<Int64Type>());
        Ok(column.map_or(0, |column| column.value(0).max(0) as u64))
    }

    /// Fills the gaps, and adds to each step what was published in it.
    fn denominators(&self, query: &SeriesQuery, points: &mut BTreeMap<Date, Point>) -> Result<(), StoreError> {
        let first = query.from.map(|day| query.by.begin(day)).or_else(|| points.keys().next().copied());
        let last = query.to.map(|day| query.by.begin(day)).or_else(|| points.keys().next_back().copied());
        let (Some(first), Some(last)) = (first, last) else { return Ok(()) };
        let mut day = Some(first);
        while let Some(begin) = day.filter(|day| *day <= last) {
            points.entry(begin).or_insert_with(|| Point::at(begin));
            day = query.by.next(begin);
        }
        let end = query.by.next(last).unwrap_or(last);
        let sql = format!(
            "SELECT CAST(date_trunc('{}', published) AS DATE), count(*), count(DISTINCT site), 0.0 FROM articles \
             WHERE published >= DATE '{first}' AND published < DATE '{end}'{} GROUP BY 1",
            query.by.sql(),
            days(query, "published")
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

/// SQL of a table of all dyads by steps: actor, recipient, begin, events, intensity, and the quads' counts. Whatever the
/// step, a date that is no more exact than a month stands on its first day.
pub fn all_dyads_sql(by: Step) -> String {
    format!(
        "SELECT actor, recipient, CAST(date_trunc('{by}', date) AS DATE) AS begin, count(*) AS events, \
         sum(event_scale) AS intensity, sum(CASE WHEN quad_code = 1 THEN 1 ELSE 0 END) AS quad1, \
         sum(CASE WHEN quad_code = 2 THEN 1 ELSE 0 END) AS quad2, sum(CASE WHEN quad_code = 3 THEN 1 ELSE 0 END) AS quad3, \
         sum(CASE WHEN quad_code = 4 THEN 1 ELSE 0 END) AS quad4 FROM dyads \
         WHERE status = 'actual' AND date IS NOT NULL GROUP BY actor, recipient, 3"
    )
}

/// Reports of a series: rows of `dyads`.
fn of_dyads(query: &SeriesQuery) -> String {
    const COLUMNS: &str = "event, article, outlet, date, enddate, date_precision, event_scale, quad_code";
    let pair = |one: &str, other: Option<&str>| match other {
        Some(other) => format!("actor = {} AND recipient = {}", quoted(one), quoted(other)),
        None => format!("actor = {}", quoted(one)),
    };
    let mut filter = pair(&query.actor, query.recipient.as_deref());
    if let (true, Some(recipient)) = (query.both_ways, &query.recipient) {
        // A mutual event stands both ways already.
        filter = format!("(({filter}) OR ({} AND NOT mutual))", pair(recipient, Some(&query.actor)));
    }
    // Without a recipient, an event that has several still counts once.
    let once = if query.recipient.is_none() { "DISTINCT " } else { "" };
    format!("(SELECT {once}{COLUMNS} FROM dyads WHERE {filter}{})", statuses(query))
}

/// Events of the world of a series: rows of `clusters`, by all parties that their reports name, as dyads are made.
fn of_clusters(query: &SeriesQuery) -> String {
    // Articles and outlets stand elsewhere.
    const COLUMNS: &str = "cluster_id AS event, CAST(NULL AS VARCHAR) AS article, CAST(NULL AS VARCHAR) AS outlet, \
                           date, enddate, date_precision, event_scale, quad_code";
    let has = |list: &str, code: &str| format!("array_has({list}, {})", quoted(code));
    let mut filter = has("actors", &query.actor);
    if let Some(recipient) = &query.recipient {
        let together: Vec<String> = MUTUAL.iter().map(|kind| quoted(kind)).collect();
        let mutual = format!(
            "(recipient IS NULL AND event IN ({}) AND {} AND {} AND {} <> {})",
            together.join(", "),
            has("actors", &query.actor),
            has("actors", recipient),
            quoted(&query.actor),
            quoted(recipient)
        );
        filter = format!("({filter} AND {}) OR {mutual}", has("recipients", recipient));
        if query.both_ways {
            filter = format!("{filter} OR ({} AND {})", has("actors", recipient), has("recipients", &query.actor));
        }
    }
    format!("(SELECT {COLUMNS} FROM clusters WHERE ({filter}){})", statuses(query))
}

fn statuses(query: &SeriesQuery) -> String {
    let statuses: Vec<String> = query.status.iter().map(|status| quoted(status)).collect();
    if statuses.is_empty() { String::new() } else { format!(" AND status IN ({})", statuses.join(", ")) }
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
        assert!(of_dyads(&query).ends_with("WHERE actor = 'IRN' AND recipient = 'O''X' AND status IN ('actual'))"));
        query.both_ways = true;
        assert!(of_dyads(&query).contains("AND NOT mutual"));
    }
}
