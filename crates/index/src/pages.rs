//! The chosen rows in order, page by page.

use std::cmp::Ordering;

use serde::de::DeserializeOwned;

use crate::build::{id_of, number_of};
use crate::select::Selected;
use crate::table::Table;
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

    /// What the row is ordered by; what is unknown comes last either way.
    fn value(self, table: &Table, row: usize) -> f64 {
        let value = match self.by {
            None => f64::from(table.days[row]),
            Some(name) => f64::from(table.number(name)[row]),
        };
        match (value.is_nan() || value == f64::from(crate::table::NO_DAY), self.up) {
            (true, true) => f64::INFINITY,
            (true, false) => f64::NEG_INFINITY,
            (false, _) => value,
        }
    }

    fn compare(self, a: (f64, u64), b: (f64, u64)) -> Ordering {
        let values = if self.up { a.0.total_cmp(&b.0) } else { b.0.total_cmp(&a.0) };
        values.then(a.1.cmp(&b.1))
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
        let key = |row: usize| (order.value(table, row), table.ids[row]);
        // Rows stand in this order already.
        let stands = order.by.is_none() && !order.up;
        let beyond = |row: &usize| after.is_none_or(|at| order.compare(key(*row), (at.value, at.id)).is_gt());
        let mut rows: Vec<usize> = if stands {
            let first = after.map_or(0, |at| partition(table.len(), |row| order.compare(key(row), (at.value, at.id)).is_le()));
            selected.rows.from(first).take(limit + 1).collect()
        } else {
            let mut keyed: Vec<((f64, u64), usize)> = selected.rows.iter().filter(beyond).map(|row| (key(row), row)).collect();
            let by = |a: &((f64, u64), usize), b: &((f64, u64), usize)| order.compare(a.0, b.0);
            if keyed.len() > limit + 1 {
                keyed.select_nth_unstable_by(limit, by);
                keyed.truncate(limit + 1);
            }
            keyed.sort_unstable_by(by);
            keyed.into_iter().map(|(_, row)| row).collect()
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
