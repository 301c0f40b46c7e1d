//! How much two parties had to do with each other, by day, week, month or year.
//!
//! Counted are reports, rows of `dyads`: what two articles tell counts twice, also where one nearly repeats the other.
//! Or, if asked for, rows of `clusters`: each event of the world once. What counts are normalised by comes with them:
//! articles and outlets published in the same time, those that nearly repeat others too.
//!
//! An event of "March" has no place in a series of weeks. It is left out there, and told of.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::hash::BuildHasherDefault;

use deltalake::arrow::array::{Array as _, AsArray as _, RecordBatch};
use deltalake::arrow::compute::cast;
use deltalake::arrow::datatypes::{DataType, Date32Type, Float64Type, Int64Type};
use deltalake::arrow::error::ArrowError;
use jiff::ToSpan as _;
use jiff::civil::Date;
use xxhash_rust::xxh3::xxh3_64;

use crate::answers::{bounded_date_of, day_of, quoted};
use crate::published::{Folded, within};
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
    pub fn next(self, day: Date) -> Option<Date> {
        let span = match self {
            Self::Day => 1.day(),
            Self::Week => 1.week(),
            Self::Month => 1.month(),
            Self::Year => 1.year(),
        };
        day.checked_add(span).ok()
    }

    /// First day of the step that the day lies in.
    pub fn begin(self, day: Date) -> Date {
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
        let chosen = if query.joined { of_clusters(query) } else { of_dyads(query) };
        // One pass over the rows: what is counted apart (articles, outlets, events out of reach) by SQL takes several, and longer.
        let sql = format!(
            "SELECT date, {}, article, outlet, event_scale, quad_code FROM {chosen} WHERE date IS NULL OR (true{})",
            query.by.exact(),
            within(query.from, query.to, "date")
        );
        let mut told = Told::default();
        for batch in self.query(&sql, &[])? {
            told.add(&batch?, query.by).map_err(|e| StoreError::rows("the series", e))?;
        }
        let Told { points, undated, coarse, .. } = told;
        let mut points: BTreeMap<Date, Point> = points.into_iter().map(|point| (point.begin, point)).collect();
        if query.joined {
            self.tellers(query, &mut points)?;
        }
        self.denominators(query, &mut points)?;
        Ok(Series { points: points.into_values().collect(), undated, coarse })
    }

    /// Articles and outlets that tell of the events of clusters.
    fn tellers(&self, query: &SeriesQuery, points: &mut BTreeMap<Date, Point>) -> Result<(), StoreError> {
        let (step, exact, days) = (query.by.sql(), query.by.exact(), within(query.from, query.to, "date"));
        let sql = format!(
            "SELECT CAST(date_trunc('{step}', k.date) AS DATE), count(DISTINCT e.article), count(DISTINCT e.outlet) \
             FROM (SELECT event AS cluster_id, date FROM {} WHERE date IS NOT NULL AND {exact}{days}) k \
             JOIN event_clusters c ON k.cluster_id = c.cluster_id \
             JOIN events_all e ON c.event = e.id AND c.run = e.run GROUP BY 1",
            of_clusters(query)
        );
        for batch in self.rows(&sql)? {
            let fault = |e| StoreError::rows("the series", e);
            let days = cast(batch.column(0), &DataType::Date32).map_err(fault)?;
            let days = days.as_primitive::<Date32Type>();
            let counts = [batch.column(1), batch.column(2)].map(|column| column.as_primitive::<Int64Type>());
            for row in 0..batch.num_rows() {
                if let Some(point) = points.get_mut(&bounded_date_of(days.value(row))) {
                    [point.articles, point.outlets] = counts.map(|counts| counts.value(row).max(0) as u64);
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
        let published = self.published(query.by, query.from, query.to)?;
        for (begin, point) in points {
            (point.all_articles, point.all_outlets) = published.get(begin).copied().unwrap_or_default();
        }
        Ok(())
    }
}

/// SQL of a table of all dyads by steps: actor, recipient, begin, events, intensity, and the quads' counts. Whatever the
/// step, a date that is no more exact than a month stands on its first day.
pub fn all_dyads_sql(by: Step) -> String {
    // Two quads share a sum, one in each half of its bits: four sums of their own take half as long again.
    let pair = |low, high| format!("sum(CASE quad_code WHEN {low} THEN 1 WHEN {high} THEN 4294967296 ELSE 0 END)");
    let (one, three) = (pair(1, 2), pair(3, 4));
    format!(
        "SELECT actor, recipient, begin, events, intensity, one & 4294967295 AS quad1, one >> 32 AS quad2, \
         three & 4294967295 AS quad3, three >> 32 AS quad4 FROM \
         (SELECT actor, recipient, CAST(date_trunc('{by}', date) AS DATE) AS begin, count(*) AS events, \
         sum(event_scale) AS intensity, {one} AS one, {three} AS three FROM dyads \
         WHERE status = 'actual' AND date IS NOT NULL GROUP BY actor, recipient, 3)"
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

/// Rows of a series, counted.
#[derive(Default)]
struct Told {
    points: Vec<Point>,
    /// Events without a date, and those whose date is less exact than a step. An event is one row.
    undated: u64,
    coarse: u64,
    /// Articles and outlets that each point has counted, by hash. Rows come by date, so sets of a point's own stay in the cache.
    seen: Vec<[HashSet<u64, BuildHasherDefault<Folded>>; 2]>,
    /// Where in `points` the steps of days are.
    steps: HashMap<i32, usize>,
}

impl Told {
    /// Takes rows of date, whether it is exact, article, outlet, scale and quad.
    fn add(&mut self, rows: &RecordBatch, by: Step) -> Result<(), ArrowError> {
        let to = |column: usize, kind: DataType| cast(rows.column(column), &kind);
        let (dates, exact) = (to(0, DataType::Date32)?, to(1, DataType::Boolean)?);
        let (dates, exact) = (dates.as_primitive::<Date32Type>(), exact.as_boolean());
        let texts = [to(2, DataType::Utf8View)?, to(3, DataType::Utf8View)?];
        let [articles, outlets] = texts.each_ref().map(|column| column.as_string_view());
        let (scales, quads) = (to(4, DataType::Float64)?, to(5, DataType::Int64)?);
        let (scales, quads) = (scales.as_primitive::<Float64Type>(), quads.as_primitive::<Int64Type>());
        let hash = |text: &str| xxh3_64(text.as_bytes());
        let mut last: Option<(i32, usize)> = None;
        for row in 0..rows.num_rows() {
            if dates.is_null(row) {
                self.undated += 1;
                continue;
            }
            if exact.is_null(row) || !exact.value(row) {
                self.coarse += 1;
                continue;
            }
            let number = dates.value(row);
            // Rows of a pair come by date, so most fall on the day of the one before.
            if last.is_none_or(|(day, _)| day != number) {
                last = Some((number, self.step(number, by)));
            }
            let at = last.map_or(0, |(_, at)| at);
            let (point, [seen_articles, seen_outlets]) = (&mut self.points[at], &mut self.seen[at]);
            point.events += 1;
            point.intensity += if scales.is_null(row) { 0.0 } else { scales.value(row) };
            if let Some(quad) = usize::try_from(quads.value(row) - 1).ok().and_then(|quad| point.quads.get_mut(quad)) {
                *quad += 1;
            }
            point.articles += u64::from(!articles.is_null(row) && seen_articles.insert(hash(articles.value(row))));
            point.outlets += u64::from(!outlets.is_null(row) && seen_outlets.insert(hash(outlets.value(row))));
        }
        Ok(())
    }

    /// Where in `points` the step of a day (days since 1970) is; it is made where it is not there yet.
    fn step(&mut self, number: i32, by: Step) -> usize {
        if let Some(at) = self.steps.get(&number) {
            return *at;
        }
        let begin = by.begin(bounded_date_of(number));
        let first = day_of(begin);
        let at = *self.steps.entry(first).or_insert_with(|| {
            self.points.push(Point::at(begin));
            self.seen.push(Default::default());
            self.points.len() - 1
        });
        self.steps.insert(number, at);
        at
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
