//! Columns in memory.

use std::collections::HashMap;

use crate::bits::Bits;

/// No day is known.
pub const NO_DAY: i32 = i32::MIN;

/// A column of words, each held once. A row has none, one or several of them.
#[derive(Clone, Debug, Default)]
pub struct Words {
    words: Vec<String>,
    numbers: HashMap<String, u32>,
    /// Where the words of each row begin; one more than there are rows. None once every row is known to have one word at most: then
    /// `values` has one number a row, or [`NONE`].
    starts: Option<Vec<u32>>,
    values: Vec<u32>,
}

/// A row without a word, in a column of single ones.
const NONE: u32 = u32::MAX;

impl Words {
    /// No row yet.
    pub fn new() -> Self {
        Self { starts: Some(vec![0]), ..Self::default() }
    }

    /// Adds a row, before rows are sorted. Words that come again in the same row count once.
    pub fn push<'a>(&mut self, words: impl IntoIterator<Item = &'a str>) {
        let begin = self.values.len();
        for word in words {
            let number = match self.numbers.get(word) {
                Some(number) => *number,
                None => {
                    let number = self.words.len() as u32;
                    self.words.push(word.to_owned());
                    self.numbers.insert(word.to_owned(), number);
                    number
                }
            };
            if !self.values[begin..].contains(&number) {
                self.values.push(number);
            }
        }
        if let Some(starts) = &mut self.starts {
            starts.push(self.values.len() as u32);
        }
    }

    /// Numbers of the words of a row.
    pub fn at(&self, row: usize) -> &[u32] {
        match &self.starts {
            Some(starts) => &self.values[starts[row] as usize..starts[row + 1] as usize],
            None if self.values[row] == NONE => &[],
            None => std::slice::from_ref(&self.values[row]),
        }
    }

    /// The word of a number.
    pub fn word(&self, number: u32) -> &str {
        &self.words[number as usize]
    }

    /// The words of a row.
    pub fn words_at(&self, row: usize) -> impl Iterator<Item = &str> {
        self.at(row).iter().map(|number| self.word(*number))
    }

    /// The number of a word; none when no row has it.
    pub fn number(&self, word: &str) -> Option<u32> {
        self.numbers.get(word).copied()
    }

    /// Different words.
    pub fn different(&self) -> usize {
        self.words.len()
    }

    /// Rows.
    pub fn rows(&self) -> usize {
        self.starts.as_ref().map_or(self.values.len(), |starts| starts.len() - 1)
    }

    /// Rows that have one of the words.
    pub fn with_any(&self, words: &[String]) -> Bits {
        let mut wanted = vec![false; self.words.len()];
        for number in words.iter().filter_map(|word| self.number(word)) {
            wanted[number as usize] = true;
        }
        Bits::of(self.rows(), |row| self.at(row).iter().any(|number| wanted[*number as usize]))
    }

    /// How many of the rows have each word.
    pub fn counts(&self, rows: &Bits) -> Vec<u32> {
        let mut counts = vec![0; self.words.len()];
        for row in rows.iter() {
            for number in self.at(row) {
                counts[*number as usize] += 1;
            }
        }
        counts
    }

    /// The same rows in another order: row `order[n]` becomes row `n`.
    fn reordered(&self, order: &[u32]) -> Self {
        let (words, numbers) = (self.words.clone(), self.numbers.clone());
        if (0..self.rows()).all(|row| self.at(row).len() < 2) {
            let values = order.iter().map(|row| self.at(*row as usize).first().copied().unwrap_or(NONE)).collect();
            return Self { words, numbers, starts: None, values };
        }
        let mut starts = Vec::with_capacity(order.len() + 1);
        let mut values = Vec::with_capacity(self.values.len());
        starts.push(0);
        for row in order {
            values.extend_from_slice(self.at(*row as usize));
            starts.push(values.len() as u32);
        }
        Self { words, numbers, starts: Some(starts), values }
    }
}

/// Rows of one kind (events, quotes, articles), latest first.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Identifiers. Rows are in order of day, the latest first and those without one last, then of identifier.
    pub ids: Vec<u64>,
    /// Day that orders the rows, in days since 1970; [`NO_DAY`] where none is known.
    pub days: Vec<i32>,
    /// Columns of words by their names.
    pub words: Vec<(&'static str, Words)>,
    /// Columns of numbers by their names; NaN where there is none.
    pub numbers: Vec<(&'static str, Vec<f32>)>,
    /// Columns of identifiers of other tables; 0 where there is none.
    pub links: Vec<(&'static str, Vec<u64>)>,
}

impl Table {
    /// A table without rows.
    pub fn new(words: &[&'static str], numbers: &[&'static str], links: &[&'static str]) -> Self {
        Self {
            words: words.iter().map(|name| (*name, Words::new())).collect(),
            numbers: numbers.iter().map(|name| (*name, vec![])).collect(),
            links: links.iter().map(|name| (*name, vec![])).collect(),
            ..Self::default()
        }
    }

    /// Rows.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// A column of words.
    pub fn column(&self, name: &str) -> Option<&Words> {
        self.words.iter().find(|(known, _)| *known == name).map(|(_, column)| column)
    }

    /// A column of numbers; empty where there is no such column.
    pub fn number(&self, name: &str) -> &[f32] {
        self.numbers.iter().find(|(known, _)| *known == name).map_or(&[], |(_, column)| column)
    }

    /// A column of identifiers; empty where there is no such column.
    pub fn link(&self, name: &str) -> &[u64] {
        self.links.iter().find(|(known, _)| *known == name).map_or(&[], |(_, column)| column)
    }

    /// Sorts the rows; gives the new row of each old one.
    pub(crate) fn sort(&mut self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.len() as u32).collect();
        order.sort_unstable_by_key(|row| (std::cmp::Reverse(self.days[*row as usize]), self.ids[*row as usize]));
        let pick = |row: &u32| *row as usize;
        self.ids = order.iter().map(|row| self.ids[pick(row)]).collect();
        self.days = order.iter().map(|row| self.days[pick(row)]).collect();
        for (_, column) in &mut self.words {
            *column = column.reordered(&order);
        }
        for (_, column) in &mut self.numbers {
            *column = order.iter().map(|row| column[pick(row)]).collect();
        }
        for (_, column) in &mut self.links {
            *column = order.iter().map(|row| column[pick(row)]).collect();
        }
        let mut places = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            places[pick(old)] = new as u32;
        }
        places
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_latest_first_with_all_their_columns() {
        let mut table = Table::new(&["event"], &["scale"], &[]);
        for (id, day, words, scale) in
            [(3, 5, vec!["AID"], 1.0), (2, NO_DAY, vec![], f32::NAN), (1, 9, vec!["AGREE", "AID"], 2.0)]
        {
            table.ids.push(id);
            table.days.push(day);
            table.words[0].1.push(words);
            table.numbers[0].1.push(scale);
        }
        assert_eq!(table.sort(), [1, 2, 0]);
        assert_eq!(table.ids, [1, 3, 2]);
        let events = table.column("event").expect("the column");
        assert_eq!(events.words_at(0).collect::<Vec<_>>(), ["AGREE", "AID"]);
        assert_eq!(events.counts(&Bits::all(3)), [2, 1]);
        assert_eq!(events.with_any(&["AGREE".to_owned()]).iter().collect::<Vec<_>>(), [0]);
        assert_eq!(table.number("scale")[..2], [2.0, 1.0]);
    }
}
