//! The table of weights.

use std::sync::LazyLock;

use crate::compare::{Comparison, DIMENSIONS, Dimension};

/// Levels of the longest dimension, and room.
const LEVELS: usize = 20;

static SHIPPED: LazyLock<Weights> =
    LazyLock::new(|| Weights::read(include_str!("weights.tsv")).expect("the table that ships is read by a test"));

/// Weights of levels, in hundredths of a natural logarithm of odds, and the scores at which reports are joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weights {
    /// By table, dimension and level.
    values: [[[i32; LEVELS]; DIMENSIONS]; 2],
    base: [i32; 2],
    threshold: [i32; 2],
}

/// Which weights count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// Two articles.
    Across,
    /// Two places of one article.
    Within,
}

/// What is wrong with a table of weights, and on which line.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say it")]
pub enum WeightsError {
    #[error("line {line}: four columns are needed: dimension, level, across, within")]
    Columns { line: usize },
    #[error("line {line}: {name} is no dimension, or {level} is none of its levels")]
    Name { line: usize, name: String, level: String },
    #[error("line {line}: {value} is no whole number")]
    Value { line: usize, value: String },
}

impl Default for Weights {
    fn default() -> Self {
        SHIPPED.clone()
    }
}

impl Weights {
    /// Reads a table: tab-separated, `#` begins a comment, the first other line names the columns.
    pub fn read(text: &str) -> Result<Self, WeightsError> {
        let mut read = Self { values: [[[0; LEVELS]; DIMENSIONS]; 2], base: [0; 2], threshold: [0; 2] };
        let rows = text.lines().enumerate().filter(|(_, row)| !row.starts_with('#') && !row.is_empty()).skip(1);
        for (at, row) in rows {
            let line = at + 1;
            let cells: Vec<&str> = row.split('\t').collect();
            let &[name, level, across, within] = &cells[..] else { return Err(WeightsError::Columns { line }) };
            for (table, value) in [across, within].into_iter().enumerate() {
                let value: i32 = value.parse().map_err(|_| WeightsError::Value { line, value: value.to_owned() })?;
                *read.cell(name, level, table).ok_or_else(|| WeightsError::Name {
                    line,
                    name: name.to_owned(),
                    level: level.to_owned(),
                })? = value;
            }
        }
        Ok(read)
    }

    fn cell(&mut self, name: &str, level: &str, table: usize) -> Option<&mut i32> {
        match (name, level) {
            ("base", "-") => Some(&mut self.base[table]),
            ("threshold", "-") => Some(&mut self.threshold[table]),
            _ => {
                let dimension = Dimension::ALL.into_iter().find(|d| d.name() == name)?;
                let level = dimension.levels().iter().position(|l| *l == level)?;
                Some(&mut self.values[table][dimension as usize][level])
            }
        }
    }

    /// The weight of a level.
    pub fn of(&self, comparison: &Comparison, dimension: Dimension, table: Table) -> i32 {
        self.values[table as usize][dimension as usize][usize::from(comparison.0[dimension as usize])]
    }

    /// The sum.
    pub fn score(&self, comparison: &Comparison, table: Table) -> i32 {
        let values = &self.values[table as usize];
        self.base[table as usize] + values.iter().zip(comparison.0).map(|(levels, level)| levels[usize::from(level)]).sum::<i32>()
    }

    /// The score from which reports are joined.
    pub fn threshold(&self, table: Table) -> i32 {
        self.threshold[table as usize]
    }

    /// The same with other thresholds.
    pub fn with_thresholds(mut self, across: i32, within: i32) -> Self {
        self.threshold = [across, within];
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_can_be_read_and_names_every_level() {
        let rows = include_str!("weights.tsv").lines().filter(|row| !row.starts_with('#')).count();
        let levels: usize = Dimension::ALL.iter().map(|d| d.levels().len()).sum();
        assert_eq!(rows, levels + 3);
        assert!(Weights::default().threshold(Table::Within) != 0);
        assert!(Dimension::ALL.iter().all(|d| d.levels().len() <= LEVELS));
    }

    #[test]
    fn faults_name_their_line() {
        let fault = |row: &str| {
            Weights::read(&format!("dimension\tlevel\tacross\twithin\n{row}")).expect_err("it has a fault").to_string()
        };
        assert_eq!(fault("kind\tsame-act\t1"), "line 2: four columns are needed: dimension, level, across, within");
        assert_eq!(fault("kind\tbest\t1\t1"), "line 2: kind is no dimension, or best is none of its levels");
        assert_eq!(fault("kind\tsame-act\t1\tx"), "line 2: x is no whole number");
    }
}
