//! Reading what others have collected: dictionaries, dumps of databases. What is read becomes rows of an overlay, one by one, so that
//! inputs of any size pass through; every line that is left out is told with its reason.

pub(crate) mod countries;
pub mod ftm;
pub mod geonames;
mod offices;
pub mod petrarch;
pub mod wikidata;

use std::collections::BTreeMap;
use std::io::{self, BufRead};

use crate::catalog::Catalog;
use crate::overlay::{Row, Table};

/// Takes what an import gives.
pub trait Sink {
    /// A row of an overlay.
    fn row(&mut self, row: Row) -> io::Result<()>;
    /// A line, or a part of one, that was left out.
    fn remark(&mut self, remark: Remark<'_>) -> io::Result<()>;
}

/// What was left out, and why.
#[derive(Clone, Copy, Debug)]
pub struct Remark<'a> {
    /// The line, from 1; of formats without lines the number of the record.
    pub line: u64,
    /// The whole line was left out; otherwise a part of it.
    pub is_whole: bool,
    /// Why, in the same words for all of a kind.
    pub reason: &'a str,
    /// What was left out, or which value is meant.
    pub text: &'a str,
}

/// How much was read, written and left out. Each line is of one kind or was left out for one reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Lines read.
    pub lines: u64,
    /// Lines that were used or need no use, by kind.
    pub kinds: BTreeMap<&'static str, u64>,
    /// Lines left out, by reason.
    pub skipped: BTreeMap<String, u64>,
    /// Parts of lines left out, by reason.
    pub parts: BTreeMap<String, u64>,
    /// Rows written, by table.
    pub rows: BTreeMap<Table, u64>,
}

impl Tally {
    /// Adds what was counted elsewhere.
    pub fn add(&mut self, other: &Self) {
        fn sum<K: Clone + Ord>(into: &mut BTreeMap<K, u64>, from: &BTreeMap<K, u64>) {
            from.iter().for_each(|(key, count)| *into.entry(key.clone()).or_insert(0) += count);
        }
        self.lines += other.lines;
        sum(&mut self.kinds, &other.kinds);
        sum(&mut self.skipped, &other.skipped);
        sum(&mut self.parts, &other.parts);
        sum(&mut self.rows, &other.rows);
    }

    /// Whether every line is accounted for.
    pub fn adds_up(&self) -> bool {
        self.lines == self.kinds.values().sum::<u64>() + self.skipped.values().sum::<u64>()
    }
}

/// What importers are told.
#[derive(Clone, Copy)]
pub struct Context<'c> {
    /// What is known already: countries and their names, agents.
    pub catalog: &'c Catalog,
    /// Leave out actors and agents whose name is known already.
    pub new_only: bool,
}

/// Counts, and passes on.
pub(crate) struct Log<'s> {
    tally: Tally,
    sink: &'s mut dyn Sink,
}

impl<'s> Log<'s> {
    pub(crate) fn new(sink: &'s mut dyn Sink) -> Self {
        Self { tally: Tally::default(), sink }
    }

    pub(crate) fn kind(&mut self, kind: &'static str) {
        *self.tally.kinds.entry(kind).or_insert(0) += 1;
    }

    pub(crate) fn skip(&mut self, line: u64, reason: &str, text: &str) -> io::Result<()> {
        count(&mut self.tally.skipped, reason);
        self.sink.remark(Remark { line, is_whole: true, reason, text })
    }

    pub(crate) fn part(&mut self, line: u64, reason: &str, text: &str) -> io::Result<()> {
        count(&mut self.tally.parts, reason);
        self.sink.remark(Remark { line, is_whole: false, reason, text })
    }

    pub(crate) fn row(&mut self, row: Row) -> io::Result<()> {
        *self.tally.rows.entry(row.table).or_insert(0) += 1;
        self.sink.row(row)
    }

    pub(crate) fn finish(self) -> Tally {
        self.tally
    }

    /// Calls `each` with the number and text of every line, without its line feed. What is not UTF-8 becomes U+FFFD.
    pub(crate) fn lines(
        &mut self,
        reader: &mut dyn BufRead,
        mut each: impl FnMut(&mut Self, u64, &str) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            if reader.read_until(b'\n', &mut bytes)? == 0 {
                return Ok(());
            }
            self.tally.lines += 1;
            let line = self.tally.lines;
            let text = String::from_utf8_lossy(&bytes);
            let text = if line == 1 { text.trim_start_matches('\u{feff}') } else { &text };
            each(self, line, text.trim_end_matches(['\n', '\r']))?;
        }
    }
}

/// A row of given cells.
fn row(table: Table, cells: &[(&str, String)]) -> Row {
    let cells: Vec<(&str, &str)> = cells.iter().map(|(column, cell)| (*column, cell.as_str())).collect();
    Row::new(table, &cells)
}

/// Whether a name is written in Latin letters, as names in English news are.
fn is_latin(name: &str) -> bool {
    name.chars().all(|c| !c.is_alphabetic() || c <= '\u{24f}' || ('\u{1e00}'..'\u{1f00}').contains(&c))
}

fn count(counts: &mut BTreeMap<String, u64>, reason: &str) {
    match counts.get_mut(reason) {
        Some(count) => *count += 1,
        None => _ = counts.insert(reason.to_owned(), 1),
    }
}
