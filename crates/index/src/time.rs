//! How many of the chosen rows fall in each stretch of time.

use std::collections::{BTreeMap, HashSet};

use demarche_store::Step;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::Index;
use crate::bits::Bits;
use crate::build::{date_of, day_of};
use crate::select::Selected;
use crate::table::{NO_DAY, Table};
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
        let mut bins = vec![([0; 4], 0); steps.begins.len()];
        let quads = Quads::of(table);
        let (mut undated, mut earlier, mut later) = (0, 0, 0);
        for row in selected.rows.iter() {
            match steps.at(table.days[row]) {
                Some(step) => {
                    bins[step].1 += 1;
                    if let Some(quad) = quads.at(row) {
                        bins[step].0[quad] += 1;
                    }
                }
                None if table.days[row] == NO_DAY => undated += 1,
                None if table.days[row] < steps.first => earlier += 1,
                None => later += 1,
            }
        }
        let bins = steps.begins.iter().zip(bins).map(|(begin, (quads, count))| {
            let end = steps.by.next(*begin).and_then(|next| next.yesterday().ok()).unwrap_or(*begin);
            Bin { begin: *begin, end, count, quads }
        });
        Histogram { by: steps.by.to_string(), bins: bins.collect(), undated, earlier, later, total }
    }

    /// Rows of events by time, with what they are normalised by.
    pub fn course(&self, rows: &Bits, by: Option<Step>) -> Course {
        let table = self.table(Sort::Event);
        let Some((first, last)) = stretch(table, rows, by.is_none()) else {
            let by = by.unwrap_or(Step::Month).to_string();
            return Course { by, points: vec![], undated: rows.count() as u32, coarse: 0, earlier: 0, later: 0 };
        };
        let steps = Steps::new(first, last, by.unwrap_or_else(|| fitting(last - first)));
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
        let (scales, lengths) = (table.number("scale"), table.number("days"));
        let mut seen: Vec<[HashSet<u64>; 2]> = vec![Default::default(); points.len()];
        let (mut undated, mut coarse, mut earlier, mut later) = (0, 0, 0, 0);
        let longest = match steps.by {
            Step::Day => 0.0,
            Step::Week => 6.0,
            Step::Month => 30.0,
            Step::Year => 365.0,
        };
        for row in rows.iter() {
            let Some(step) = steps.at(table.days[row]) else {
                let count = match table.days[row] {
                    NO_DAY => &mut undated,
                    day if day < steps.first => &mut earlier,
                    _ => &mut later,
                };
                *count += 1;
                continue;
            };
            if lengths[row] > longest {
                coarse += 1;
                continue;
            }
            let point = &mut points[step];
            point.events += 1;
            point.intensity += f64::from(scales[row]);
            if let Some(quad) = quads.at(row) {
                point.quads[quad] += 1;
            }
            let [seen_articles, seen_outlets] = &mut seen[step];
            point.articles += u32::from(seen_articles.insert(articles[row]));
            let outlet = outlets.and_then(|outlets| outlets.at(row).first());
            point.outlets += outlet.map_or(0, |outlet| u32::from(seen_outlets.insert(u64::from(*outlet))));
        }
        let published = self.table(Sort::Article);
        let outlets = published.column("outlet");
        let mut printed: BTreeMap<usize, HashSet<u32>> = BTreeMap::new();
        for (row, day) in published.days.iter().enumerate() {
            let Some(step) = steps.at(*day) else { continue };
            points[step].all_articles += 1;
            printed.entry(step).or_default().extend(outlets.and_then(|outlets| outlets.at(row).first()));
        }
        for (step, outlets) in printed {
            points[step].all_outlets = outlets.len() as u32;
        }
        for point in &mut points {
            point.intensity = (point.intensity * 100.0).round() / 100.0;
        }
        Course { by: steps.by.to_string(), points, undated, coarse, earlier, later }
    }
}

/// First and last day of the rows; without a few that lie far from all others, if these need not be drawn.
fn stretch(table: &Table, rows: &Bits, most: bool) -> Option<(i32, i32)> {
    // The latest comes first.
    let days: Vec<i32> = rows.iter().map(|row| table.days[row]).filter(|day| *day != NO_DAY).collect();
    let (first, last) = (*days.last()?, *days.first()?);
    let (low, high) = (days[days.len() - 1 - days.len() / EARLY], days[days.len() / LATE]);
    let far = last - first > 3 * (high - low) + FEW;
    Some(if most && far { (low, high) } else { (first, last) })
}

/// Class of cooperation or conflict of each row.
struct Quads<'a> {
    column: Option<&'a crate::table::Words>,
    classes: Vec<Option<usize>>,
}

impl<'a> Quads<'a> {
    fn of(table: &'a Table) -> Self {
        let column = table.column("quad");
        let class = |column: &crate::table::Words, n: u32| {
            column.word(n).parse::<usize>().ok().filter(|n| (1..=4).contains(n)).map(|n| n - 1)
        };
        let classes = column.map_or(vec![], |column| (0..column.different() as u32).map(|n| class(column, n)).collect());
        Self { column, classes }
    }

    fn at(&self, row: usize) -> Option<usize> {
        let number = *self.column?.at(row).first()?;
        self.classes[number as usize]
    }
}

/// Steps from a day to another, without a gap.
struct Steps {
    by: Step,
    begins: Vec<Date>,
    first: i32,
    /// The step of each day from `first` on.
    of_day: Vec<u32>,
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
        let first = day_of(Some(begin));
        let ends = begins.iter().skip(1).map(|begin| day_of(Some(*begin))).chain([last + 1]);
        let mut of_day = vec![];
        for (step, end) in ends.enumerate() {
            of_day.resize(usize::try_from(end - first).unwrap_or(0), step as u32);
        }
        Self { by, begins, first, of_day }
    }

    fn at(&self, day: i32) -> Option<usize> {
        let place = usize::try_from(day.checked_sub(self.first)?).ok()?;
        self.of_day.get(place).map(|step| *step as usize)
    }
}
