//! The chosen rows in order, page by page.

use std::cmp::Ordering;

use serde::de::DeserializeOwned;

use crate::build::{id_of, number_of};
use crate::select::Selected;
use crate::table::{NO_DAY, Table};
use crate::text::Sort;
use crate::{Index, IndexError};

/// What rows are ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// A column of numbers; none for the day that the table is ordered by.
    pub by: Option<&'static str>,
    /// The least first.
    pub up: bool,
}

/// Orders of events, quotes and articles by their names.
const ORDERS: &[(&str, Option<&str>)] = &[
    ("date", None),
    ("published", Some("published")),
    ("scale", Some("scale")),
    ("confidence", Some("confidence")),
    ("reports", Some("reports")),
    ("dead", Some("dead")),
    ("events", Some("events")),
    ("words", Some("words")),
];

/// Where a page begins: after the row of this value and identifier.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cursor {
    value: f64,
    id: u64,
}

impl Cursor {
    /// As it stands in addresses.
    pub fn write(&self) -> String {
        format!("{:016x}{}", self.value.to_bits(), id_of(self.id))
    }

    /// Reads what `write` wrote.
    pub fn read(text: &str) -> Option<Self> {
        let sound = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let (value, id) = sound.then(|| text.split_at(16))?;
        Some(Self { value: f64::from_bits(u64::from_str_radix(value, 16).ok()?), id: number_of(id) })
    }
}

impl Order {
    /// Reads an order: a name, with `-` in front for the greatest first.
    pub fn read(text: &str, table: &Table) -> Option<Self> {
        let (name, up) = text.strip_prefix('-').map_or((text, true), |name| (name, false));
        let (_, by) = ORDERS.iter().find(|(known, _)| *known == name)?;
        (by.is_none_or(|by| !table.number(by).is_empty())).then_some(Self { by: *by, up })
    }

    /// Names of the orders that a table has.
    pub fn names(table: &Table) -> Vec<&'static str> {
        ORDERS.iter().filter(|(_, by)| by.is_none_or(|by| !table.number(by).is_empty())).map(|(name, _)| *name).collect()
    }

    fn compare(self, a: (f64, u64), b: (f64, u64)) -> Ordering {
        let values = if self.up { a.0.total_cmp(&b.0) } else { b.0.total_cmp(&a.0) };
        values.then(a.1.cmp(&b.1))
    }
}

/// What rows are ordered by, ready to be asked many times.
enum Column<'a> {
    Days(&'a [i32]),
    Numbers(&'a [f32]),
}

impl<'a> Column<'a> {
    fn of(order: Order, table: &'a Table) -> Self {
        order.by.map_or(Self::Days(&table.days), |name| Self::Numbers(table.number(name)))
    }

    /// The value of a row; what is unknown comes last either way.
    fn value(&self, row: usize, up: bool) -> f64 {
        let (value, unknown) = match self {
            Self::Days(days) => (f64::from(days[row]), days[row] == NO_DAY),
            Self::Numbers(numbers) => (f64::from(numbers[row]), numbers[row].is_nan()),
        };
        match (unknown, up) {
            (true, true) => f64::INFINITY,
            (true, false) => f64::NEG_INFINITY,
            (false, _) => value,
        }
    }
}

/// Rows of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The rows.
    pub rows: Vec<usize>,
    /// Where the next page begins; none after the last.
    pub next: Option<Cursor>,
}

impl Index {
    /// The rows of a page, `limit` at most.
    pub fn page(&self, selected: &Selected, order: Order, after: Option<Cursor>, limit: usize) -> Page {
        let table = self.table(selected.sort);
        let column = Column::of(order, table);
        let key = |row: usize| (column.value(row, order.up), table.ids[row]);
        // Rows stand in this order already.
        let stands = order.by.is_none() && !order.up;
        let mut rows: Vec<usize> = if stands {
            let first = after.map_or(0, |at| partition(table.len(), |row| order.compare(key(row), (at.value, at.id)).is_le()));
            selected.rows.from(first).take(limit.saturating_add(1)).collect()
        } else {
            let least = after.map(|at| (at.value, at.id));
            let beyond = |at: &(f64, u64)| least.is_none_or(|least| order.compare(*at, least).is_gt());
            let by = |a: &((f64, u64), usize), b: &((f64, u64), usize)| order.compare(a.0, b.0);
            // The best so far, with room, so that they are seldom put in order; what is worse than the last of them is passed over.
            let chosen = selected.rows.count();
            let wanted = limit.saturating_add(1).min(chosen.max(1));
            let mut best: Vec<((f64, u64), usize)> = Vec::with_capacity(chosen.min(4 * wanted));
            let mut last: Option<(f64, u64)> = None;
            for row in selected.rows.iter() {
                let at = key(row);
                if last.is_some_and(|last| order.compare(at, last).is_gt()) || !beyond(&at) {
                    continue;
                }
                best.push((at, row));
                if best.len() == 4 * wanted {
                    best.select_nth_unstable_by(wanted - 1, by);
                    best.truncate(wanted);
                    last = Some(best[wanted - 1].0);
                }
            }
            best.sort_unstable_by(by);
            best.into_iter().take(wanted).map(|(_, row)| row).collect()
        };
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|row| {
            let (value, id) = key(*row);
            Cursor { value, id }
        });
        Page { rows, next }
    }

    /// A row as it is shown.
    pub fn shown<T: DeserializeOwned>(&self, sort: Sort, row: usize) -> Result<T, IndexError> {
        let bytes = self.texts.row(sort, row)?;
        serde_json::from_slice(&bytes).map_err(|source| IndexError::Record { table: "of the index", source })
    }

    /// How many rows a question finds, and the best of them, the best first.
    pub fn best(&self, sort: Sort, text: &str, most: usize) -> Result<(usize, Vec<usize>), IndexError> {
        self.texts.best(sort, text, most)
    }
}

/// The first of `len` rows for which it does not hold; it holds of all before.
fn partition(len: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, len);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { low = middle + 1 } else { high = middle }
    }
    low
}
