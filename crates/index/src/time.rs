//! How many of the chosen rows fall in each stretch of time.

use std::ops::{Range, RangeInclusive};

use demarche_store::Step;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::Index;
use crate::bits::Bits;
use crate::build::{date_of, day_of};
use crate::select::Selected;
use crate::table::{Links, Table, Words};
use crate::text::Sort;

/// A stretch of time.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Bin {
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub begin: Date,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    pub end: Date,
    /// Rows.
    pub count: u32,
    /// Of these, where they are events: verbal cooperation, material cooperation, verbal conflict, material conflict.
    pub quads: [u32; 4],
}

/// Rows by time.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Histogram {
    /// Length of a bin: `day`, `week`, `month` or `year`.
    pub by: String,
    /// From the first to the last, without a gap.
    pub bins: Vec<Bin>,
    /// Rows whose day is not known.
    pub undated: u32,
    /// Rows from before the first bin: where no step is asked for, a few far from all others are not drawn.
    pub earlier: u32,
    /// Rows from after the last bin.
    pub later: u32,
    /// All rows.
    pub total: u32,
}

/// A step of a series.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Moment {
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub begin: Date,
    /// Events.
    pub events: u32,
    /// Articles that tell of them.
    pub articles: u32,
    /// Outlets that tell of them.
    pub outlets: u32,
    /// Sum of their scores.
    pub intensity: f64,
    /// Of these events: verbal cooperation, material cooperation, verbal conflict, material conflict.
    pub quads: [u32; 4],
    /// Articles published in that time by anybody on anything.
    pub all_articles: u32,
    /// Outlets that published them.
    pub all_outlets: u32,
}

/// A series.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Course {
    /// Length of a step: `day`, `week`, `month` or `year`.
    pub by: String,
    /// From the first to the last, without a gap.
    pub points: Vec<Moment>,
    /// Events whose day is not known.
    pub undated: u32,
    /// Events that are left out, as their date is less exact than a step.
    pub coarse: u32,
    /// Events from before the first step: where no step is asked for, a few far from all others are not drawn.
    pub earlier: u32,
    /// Events from after the last step.
    pub later: u32,
}

/// So many bins fit on a screen.
const MOST: i32 = 120;
/// One row of so many may lie before what is drawn, and one of so many after it: what is told of the past reaches further than what is planned.
const EARLY: usize = 20;
const LATE: usize = 100;
/// Days that make no difference to what is drawn.
const FEW: i32 = 60;
/// More steps than this are not drawn, whatever is asked for.
const LONGEST: usize = 20_000;

/// Reads a step by its name.
pub fn step(name: &str) -> Option<Step> {
    [Step::Day, Step::Week, Step::Month, Step::Year].into_iter().find(|step| step.to_string() == name)
}

/// The finest step that shows so many days on a screen.
fn fitting(days: i32) -> Step {
    [(1, Step::Day), (7, Step::Week), (30, Step::Month)]
        .into_iter()
        .find(|(length, _)| days / length <= MOST)
        .map_or(Step::Year, |(_, step)| step)
}

impl Index {
    /// Rows by time; without a step one that fits on a screen.
    pub fn histogram(&self, selected: &Selected, by: Option<Step>) -> Histogram {
        let table = self.table(selected.sort);
        let total = selected.rows.count() as u32;
        let Some((first, last)) = stretch(table, &selected.rows, by.is_none()) else {
            let by = by.unwrap_or(Step::Month).to_string();
            return Histogram { by, bins: vec![], undated: total, earlier: 0, later: 0, total };
        };
        let steps = Steps::new(first, last, by.unwrap_or_else(|| fitting(last - first)));
        let quads = Quads::of(table);
        let bins = steps.begins.iter().enumerate().map(|(n, begin)| {
            let end = steps.by.next(*begin).and_then(|next| next.yesterday().ok()).unwrap_or(*begin);
            let stretch = table.stretch(steps.days(n));
            Bin {
                begin: *begin,
                end,
                count: selected.rows.count_in(stretch.clone()) as u32,
                quads: quads.counts(&selected.rows, stretch),
            }
        });
        let Outside { undated, earlier, later } = Outside::of(table, &selected.rows, &steps);
        Histogram { by: steps.by.to_string(), bins: bins.collect(), undated, earlier, later, total }
    }

    /// Rows of events by time, with what they are normalised by.
    pub fn course(&self, rows: &Bits, by: Option<Step>) -> Course {
        let table = self.table(Sort::Event);
        let lengths = table.number("days");
        let dated = table.stretch(i32::MIN..=i32::MAX);
        let (all, undated) = (rows.count_in(dated.clone()), rows.count_in(dated.end..table.len()) as u32);
        let of_all = stretch(table, rows, by.is_none());
        let mut step = by.unwrap_or_else(|| of_all.map_or(Step::Month, |(first, last)| fitting(last - first)));
        // What is less exact than a step is in none, and makes no step either.
        let (rows, steps) = loop {
            let mut exact = rows.clone();
            exact.keep(dated.clone());
            for row in rows.within(dated.clone()).filter(|row| lengths[*row] > longest(step)) {
                exact.remove(row);
            }
            let Some((first, last)) = stretch(table, &exact, by.is_none()) else {
                return Course { by: step.to_string(), points: vec![], undated, coarse: all as u32, earlier: 0, later: 0 };
            };
            let steps = Steps::new(first, last, step);
            if steps.by == step {
                break (exact, steps);
            }
            step = steps.by;
        };
        let rows = &rows;
        let coarse = (all - rows.count()) as u32;
        let mut points: Vec<Moment> = steps
            .begins
            .iter()
            .map(|begin| Moment {
                begin: *begin,
                events: 0,
                articles: 0,
                outlets: 0,
                intensity: 0.0,
                quads: [0; 4],
                all_articles: 0,
                all_outlets: 0,
            })
            .collect();
        let quads = Quads::of(table);
        let (articles, outlets) = (table.link("article"), table.column("outlet"));
        let scales = table.number("scale");
        let mut seen = Seen::new(articles.map_or(0, Links::different));
        let mut seen_outlets = Seen::new(outlets.map_or(0, Words::different));
        for (step, point) in points.iter_mut().enumerate() {
            for row in rows.within(table.stretch(steps.days(step))) {
                point.events += 1;
                point.intensity += f64::from(scales[row]);
                if let Some(quad) = quads.at(row) {
                    point.quads[quad] += 1;
                }
                point.articles += seen.first(articles.and_then(|articles| articles.at(row)), step);
                point.outlets += seen_outlets.first(outlet(outlets, row), step);
            }
        }
        let Outside { earlier, later, .. } = Outside::of(table, rows, &steps);
        let published = self.table(Sort::Article);
        let outlets = published.column("outlet");
        let mut seen_outlets = Seen::new(outlets.map_or(0, Words::different));
        for (step, point) in points.iter_mut().enumerate() {
            let stretch = published.stretch(steps.whole(step));
            point.all_articles = stretch.len() as u32;
            point.all_outlets = stretch.map(|row| seen_outlets.first(outlet(outlets, row), step)).sum();
        }
        for point in &mut points {
            point.intensity = (point.intensity * 100.0).round() / 100.0;
        }
        Course { by: steps.by.to_string(), points, undated, coarse, earlier, later }
    }
}

/// Days from the first to the last of what is as exact as a step.
fn longest(step: Step) -> f32 {
    match step {
        Step::Day => 0.0,
        Step::Week => 6.0,
        Step::Month => 30.0,
        Step::Year => 365.0,
    }
}

fn outlet(outlets: Option<&Words>, row: usize) -> Option<usize> {
    outlets?.at(row).first().map(|number| *number as usize)
}

/// What was seen last in which step; steps come one after the other.
struct Seen(Vec<u32>);

impl Seen {
    fn new(different: usize) -> Self {
        Self(vec![u32::MAX; different])
    }

    /// 1 where it is seen for the first time in the step, else 0.
    fn first(&mut self, number: Option<usize>, step: usize) -> u32 {
        let Some(last) = number.and_then(|number| self.0.get_mut(number)) else { return 0 };
        u32::from(std::mem::replace(last, step as u32) != step as u32)
    }
}

/// Rows that fall in no step.
struct Outside {
    undated: u32,
    earlier: u32,
    later: u32,
}

impl Outside {
    fn of(table: &Table, rows: &Bits, steps: &Steps) -> Self {
        let (drawn, dated) = (table.stretch(steps.first..=steps.last), table.stretch(i32::MIN..=i32::MAX));
        let count = |stretch: Range<usize>| rows.count_in(stretch) as u32;
        Self { undated: count(dated.end..table.len()), earlier: count(drawn.end..dated.end), later: count(0..drawn.start) }
    }
}

/// First and last day of the rows; without a few that lie far from all others, if these need not be drawn.
fn stretch(table: &Table, rows: &Bits, most: bool) -> Option<(i32, i32)> {
    // The latest comes first, and those without a day last.
    let dated = rows.count_in(table.stretch(i32::MIN..=i32::MAX));
    let day = |nth: usize| rows.nth(nth).map(|row| table.days[row]);
    let end = dated.checked_sub(1)?;
    let (first, last) = (day(end)?, day(0)?);
    let (low, high) = (day(end - dated / EARLY)?, day(dated / LATE)?);
    let far = last - first > 3 * (high - low) + FEW;
    Some(if most && far { (low, high) } else { (first, last) })
}

/// Class of cooperation or conflict of each row.
pub(crate) struct Quads<'a> {
    column: Option<&'a Words>,
    classes: Vec<Option<usize>>,
}

impl<'a> Quads<'a> {
    pub(crate) fn of(table: &'a Table) -> Self {
        let column = table.column("quad");
        let class = |column: &Words, n: u32| column.word(n).parse::<usize>().ok().filter(|n| (1..=4).contains(n)).map(|n| n - 1);
        let classes = column.map_or(vec![], |column| (0..column.different() as u32).map(|n| class(column, n)).collect());
        Self { column, classes }
    }

    /// How many rows of a stretch are of each class.
    fn counts(&self, rows: &Bits, stretch: Range<usize>) -> [u32; 4] {
        let mut counts = [0; 4];
        let sets = self.column.map_or(&[][..], Words::sets);
        for (set, class) in sets.iter().zip(&self.classes) {
            if let Some(class) = class {
                counts[*class] += set.count_both(rows, stretch.clone()) as u32;
            }
        }
        counts
    }

    /// The class of a row.
    pub(crate) fn at(&self, row: usize) -> Option<usize> {
        let number = *self.column?.at(row).first()?;
        self.classes[number as usize]
    }
}

/// Steps from a day to another, without a gap.
struct Steps {
    by: Step,
    begins: Vec<Date>,
    first: i32,
    last: i32,
}

impl Steps {
    fn new(first: i32, last: i32, by: Step) -> Self {
        let mut by = by;
        while by != Step::Year && (last - first) as usize > LONGEST * if by == Step::Day { 1 } else { 7 } {
            by = if by == Step::Day {
                Step::Week
            } else if by == Step::Week {
                Step::Month
            } else {
                Step::Year
            };
        }
        let begin = date_of(first).map_or(jiff::civil::date(1970, 1, 1), |day| by.begin(day));
        let mut begins = vec![begin];
        while let Some(next) = begins.last().and_then(|begin| by.next(*begin)).filter(|next| day_of(Some(*next)) <= last) {
            begins.push(next);
        }
        Self { by, first: day_of(Some(begin)), last, begins }
    }

    /// Days of a step, also those of the last one that come after what is counted.
    fn whole(&self, step: usize) -> RangeInclusive<i32> {
        let days = self.days(step);
        let next = self.begins.get(step).and_then(|begin| self.by.next(*begin));
        *days.start()..=next.map_or(*days.end(), |next| day_of(Some(next)) - 1)
    }

    /// Days of a step.
    fn days(&self, step: usize) -> RangeInclusive<i32> {
        let begin = |step: usize| self.begins.get(step).map(|begin| day_of(Some(*begin)));
        begin(step).unwrap_or(self.first)..=begin(step + 1).map_or(self.last, |next| next - 1)
    }
}
