//! Counts, scores and tables that every metric shares.

use std::fmt;

use serde::{Serialize, Serializer, ser::SerializeStruct};

/// Counts behind precision, recall and F1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Items in the gold standard.
    pub gold: usize,
    /// Items the system returned.
    pub system: usize,
    /// Items that agree.
    pub correct: usize,
}

impl Score {
    /// A score from its three counts.
    pub fn new(gold: usize, system: usize, correct: usize) -> Self {
        Self { gold, system, correct }
    }

    /// Correct over system; 0 when the system returned nothing.
    pub fn precision(&self) -> f64 {
        ratio(self.correct, self.system)
    }

    /// Correct over gold; 0 when there is no gold.
    pub fn recall(&self) -> f64 {
        ratio(self.correct, self.gold)
    }

    /// Harmonic mean of precision and recall, from the counts: `2 correct / (gold + system)`.
    pub fn f1(&self) -> f64 {
        ratio(2 * self.correct, self.gold + self.system)
    }

    /// Adds the counts of another score.
    pub fn add(&mut self, other: Score) {
        self.gold += other.gold;
        self.system += other.system;
        self.correct += other.correct;
    }
}

impl Serialize for Score {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Score", 6)?;
        fields.serialize_field("precision", &rounded(self.precision()))?;
        fields.serialize_field("recall", &rounded(self.recall()))?;
        fields.serialize_field("f1", &rounded(self.f1()))?;
        fields.serialize_field("gold", &self.gold)?;
        fields.serialize_field("system", &self.system)?;
        fields.serialize_field("correct", &self.correct)?;
        fields.end()
    }
}

/// One named score of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// What is scored.
    pub name: String,
    /// How well.
    #[serde(flatten)]
    pub score: Score,
}

impl Row {
    /// A row.
    pub fn new(name: impl Into<String>, score: Score) -> Self {
        Self { name: name.into(), score }
    }
}

/// A plain-text table: the first column is flushed left, the others right.
#[derive(Clone, Debug, Default)]
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with a header line.
    pub fn new(header: &[&str]) -> Self {
        Self { rows: vec![header.iter().map(ToString::to_string).collect()] }
    }

    /// A table of scores in percent with their counts.
    pub fn of_scores<'a>(what: &str, rows: impl IntoIterator<Item = &'a Row>) -> Self {
        let mut table = Self::new(&[what, "precision", "recall", "F1", "gold", "system", "correct"]);
        for Row { name, score } in rows {
            // Where neither says anything nothing is known.
            let share = |value| if score.gold == 0 && score.system == 0 { "\u{2013}".to_owned() } else { percent(value) };
            table.row(vec![
                name.clone(),
                share(score.precision()),
                share(score.recall()),
                share(score.f1()),
                score.gold.to_string(),
                score.system.to_string(),
                score.correct.to_string(),
            ]);
        }
        table
    }

    /// Adds a line.
    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns)
            .map(|c| self.rows.iter().filter_map(|r| r.get(c)).map(|cell| cell.chars().count()).max().unwrap_or(0))
            .collect();
        for row in &self.rows {
            let mut line = String::new();
            for (column, cell) in row.iter().enumerate() {
                let pad = " ".repeat(widths[column] - cell.chars().count());
                if column == 0 {
                    line += cell;
                    line += &pad;
                } else {
                    line += "  ";
                    line += &pad;
                    line += cell;
                }
            }
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// A share in percent with two decimals, as the field's papers print it.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.2}", share * 100.0)
}

/// Four decimals: enough for any report, and the same bytes wherever it is printed.
pub(crate) fn rounded(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}

/// A report as indented JSON. Reports hold only strings and numbers, so writing cannot fail; should
/// it ever, the text says so.
pub(crate) fn json<T: Serialize>(report: &T) -> String {
    serde_json::to_string_pretty(report).unwrap_or_else(|error| format!("{{\"error\": \"{error}\"}}"))
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn score_is_zero_without_items() {
        let score = Score::default();
        assert_eq!((score.precision(), score.recall(), score.f1()), (0.0, 0.0, 0.0));
    }

    #[test]
    fn table_aligns_columns() {
        let table = Table::of_scores("what", &[Row::new("a", Score::new(4, 2, 1))]);
        let expected =
            "what  precision  recall     F1  gold  system  correct\na         50.00   25.00  33.33     4       2        1\n";
        assert_eq!(table.to_string(), expected);
    }
}
