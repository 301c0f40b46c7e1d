//! What was published, by steps of time: what series are normalised by.
//!
//! It hangs on the articles alone and not on whose series is asked for, so it is counted once for each length of step and version of their table, and kept.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use deltalake::arrow::array::{Array as _, AsArray as _, RecordBatch};
use deltalake::arrow::compute::cast;
use deltalake::arrow::datatypes::{DataType, Date32Type};
use deltalake::arrow::error::ArrowError;
use jiff::civil::Date;
use xxhash_rust::xxh3::xxh3_128;

use crate::answers::bounded_date_of;
use crate::handle::Handle;
use crate::{Step, Store, StoreError};

/// Articles and outlets by the first day of each step.
pub(crate) type Published = BTreeMap<Date, (u64, u64)>;

/// So many countings are kept.
const KEPT: usize = 8;

/// What was asked: the version of the table of articles that is read, the length of a step, the first and the last day.
type Key = (Option<u64>, Step, Option<Date>, Option<Date>);

/// Countings that may be asked for again, the latest last.
#[derive(Debug, Default)]
pub(crate) struct Counted(Mutex<Vec<(Key, Arc<Published>)>>);

impl Store {
    /// What was published in each step, between two days.
    pub(crate) fn published(&self, by: Step, from: Option<Date>, to: Option<Date>) -> Result<Arc<Published>, StoreError> {
        // The log may be ahead of the tables: what is counted is what the handle reads.
        let key: Key = (self.handle("articles").and_then(Handle::version), by, from, to);
        let kept = || self.counted.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, published)) = kept().iter().find(|(known, _)| *known == key) {
            return Ok(Arc::clone(published));
        }
        let mut printed = Printed::new(by);
        // Without bounds there is no condition: looking at each day twice costs as much as counting.
        let sql = format!("SELECT published, site FROM articles WHERE true{}", within(from, to, "published"));
        for batch in self.query(&sql, &[])? {
            printed.add(&batch?).map_err(|e| StoreError::rows("articles", e))?;
        }
        let published = Arc::new(printed.finish());
        let mut kept = kept();
        kept.retain(|((version, ..), _)| *version == key.0);
        if kept.len() == KEPT {
            kept.remove(0);
        }
        kept.push((key, Arc::clone(&published)));
        Ok(published)
    }
}

/// The condition that a column of days lies between two days.
pub(crate) fn within(from: Option<Date>, to: Option<Date>, column: &str) -> String {
    let mut words = String::new();
    if let Some(from) = from {
        words.push_str(&format!(" AND {column} >= DATE '{from}'"));
    }
    if let Some(to) = to {
        words.push_str(&format!(" AND {column} <= DATE '{to}'"));
    }
    words
}

/// Articles and outlets by steps. `count(DISTINCT site)` says the same in three times the time, and a series waits for it.
struct Printed {
    by: Step,
    /// Which step each day is in.
    days: HashMap<i32, usize>,
    begins: HashMap<Date, usize>,
    articles: Vec<u64>,
    /// Bits of the outlets of each step.
    outlets: Vec<Vec<u64>>,
    names: HashMap<u128, u32, BuildHasherDefault<Folded>>,
}

/// Hashes 16 bytes by folding their product: names of outlets are not chosen by somebody who wants them to collide, and if so it only takes longer.
#[derive(Default)]
pub(crate) struct Folded(u64);

impl Hasher for Folded {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u128(u128::from(*byte));
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.write_u128(u128::from(value));
    }

    fn write_u128(&mut self, value: u128) {
        let halves = (value as u64 ^ self.0, (value >> 64) as u64 ^ 0x9e37_79b9_7f4a_7c15);
        let product = u128::from(halves.0 ^ 0xbf58_476d_1ce4_e5b9) * u128::from(halves.1);
        self.0 = product as u64 ^ (product >> 64) as u64;
    }
}

impl Printed {
    fn new(by: Step) -> Self {
        let (days, begins, names) = (HashMap::new(), HashMap::new(), HashMap::default());
        Self { by, days, begins, articles: vec![], outlets: vec![], names }
    }

    /// Takes rows of day and outlet.
    fn add(&mut self, rows: &RecordBatch) -> Result<(), ArrowError> {
        let days = cast(rows.column(0), &DataType::Date32)?;
        let days = days.as_primitive::<Date32Type>();
        let sites = cast(rows.column(1), &DataType::Utf8View)?;
        let sites = sites.as_string_view();
        // Articles lie by day, so most fall on the day of the one before.
        let mut last: Option<(i32, usize)> = None;
        for row in 0..rows.num_rows() {
            if days.is_null(row) {
                continue;
            }
            let day = days.value(row);
            let step = match last {
                Some((known, step)) if known == day => step,
                _ => self.step(day),
            };
            last = Some((day, step));
            self.articles[step] += 1;
            if sites.is_null(row) {
                continue;
            }
            // A name of twelve bytes at most stands in the view itself; a longer one by its hash.
            let view = sites.views()[row];
            let key = if view as u32 <= 12 { view } else { xxh3_128(sites.value(row).as_bytes()) };
            let new = self.names.len() as u32;
            let name = *self.names.entry(key).or_insert(new) as usize;
            let bits = &mut self.outlets[step];
            if bits.len() <= name / 64 {
                bits.resize(name / 64 + 1, 0);
            }
            bits[name / 64] |= 1 << (name % 64);
        }
        Ok(())
    }

    fn step(&mut self, day: i32) -> usize {
        if let Some(step) = self.days.get(&day) {
            return *step;
        }
        let step = *self.begins.entry(self.by.begin(bounded_date_of(day))).or_insert_with(|| {
            self.articles.push(0);
            self.outlets.push(vec![]);
            self.articles.len() - 1
        });
        self.days.insert(day, step);
        step
    }

    fn finish(self) -> Published {
        let outlets = |step: usize| self.outlets[step].iter().map(|bits| u64::from(bits.count_ones())).sum();
        self.begins.iter().map(|(begin, step)| (*begin, (self.articles[*step], outlets(*step)))).collect()
    }
}
