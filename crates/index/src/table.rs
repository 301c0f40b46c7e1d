//! Columns in memory.

use std::collections::HashMap;
use std::ops::{Range, RangeInclusive};

use crate::bits::Bits;
use crate::map::Sites;

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
    /// Rows of each word, where there are few words; once rows are sorted.
    sets: Vec<Bits>,
    /// Rows that have each word, where there are many; once rows are sorted.
    totals: Vec<u32>,
}

/// The most words that rows are held of, a bit a row.
const FEW: usize = 24;
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

    /// Rows of each word, by its number; none where there are too many words.
    pub fn sets(&self) -> &[Bits] {
        &self.sets
    }

    /// Rows that have one of the words.
    pub fn with_any(&self, words: &[String]) -> Bits {
        let numbers = words.iter().filter_map(|word| self.number(word));
        if !self.sets.is_empty() {
            let mut rows = Bits::none(self.rows());
            numbers.for_each(|number| rows.or(&self.sets[number as usize]));
            return rows;
        }
        let mut wanted = vec![false; self.words.len()];
        numbers.for_each(|number| wanted[number as usize] = true);
        match &self.starts {
            Some(_) => Bits::of(self.rows(), |row| self.at(row).iter().any(|number| wanted[*number as usize])),
            None => Bits::of(self.rows(), |row| wanted.get(self.values[row] as usize).is_some_and(|wanted| *wanted)),
        }
    }

    /// How many of the rows have each word.
    pub fn counts(&self, rows: &Bits) -> Vec<u32> {
        if !self.sets.is_empty() {
            return self.sets.iter().map(|set| set.count_both(rows, 0..rows.len()) as u32).collect();
        }
        // Of many rows those that are not meant are counted, and taken off all.
        if self.totals.len() == self.words.len() && rows.count() > rows.len() / 2 {
            let others = self.counted(&rows.not());
            return self.totals.iter().zip(others).map(|(all, others)| all - others).collect();
        }
        self.counted(rows)
    }

    fn counted(&self, rows: &Bits) -> Vec<u32> {
        let mut counts = vec![0; self.words.len()];
        for row in rows.iter() {
            for number in self.at(row) {
                counts[*number as usize] += 1;
            }
        }
        counts
    }

    /// Puts the rows in another order: row `order[n]` becomes row `n`.
    fn reorder(&mut self, order: &[u32]) {
        if (0..self.rows()).all(|row| self.at(row).len() < 2) {
            self.values = order.iter().map(|row| self.at(*row as usize).first().copied().unwrap_or(NONE)).collect();
            self.starts = None;
        } else {
            let mut starts = Vec::with_capacity(order.len() + 1);
            let mut values = Vec::with_capacity(self.values.len());
            starts.push(0);
            for row in order {
                values.extend_from_slice(self.at(*row as usize));
                starts.push(values.len() as u32);
            }
            (self.values, self.starts) = (values, Some(starts));
        }
        if self.words.len() > FEW {
            self.totals = self.counted(&Bits::all(order.len()));
        } else {
            self.sets = vec![Bits::none(order.len()); self.words.len()];
            for row in 0..order.len() {
                for at in 0..self.at(row).len() {
                    let number = self.at(row)[at];
                    self.sets[number as usize].insert(row);
                }
            }
        }
    }
}

/// A column of identifiers of another table, each held once.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// In order, once rows are sorted.
    ids: Vec<u64>,
    /// For each row the place of its identifier in `ids`, or [`NONE`].
    places: Vec<u32>,
}

impl Links {
    /// Adds a row, before rows are sorted; 0 is no identifier.
    pub fn push(&mut self, id: u64) {
        self.ids.push(id);
    }

    /// Different identifiers.
    pub fn different(&self) -> usize {
        self.ids.len()
    }

    /// The place of the row's identifier among all, which is less than `different`.
    pub fn at(&self, row: usize) -> Option<usize> {
        self.places.get(row).filter(|place| **place != NONE).map(|place| *place as usize)
    }

    /// Rows that have the identifier.
    pub fn with(&self, id: u64) -> Bits {
        match self.ids.binary_search(&id) {
            Ok(place) => Bits::of(self.places.len(), |row| self.places[row] as usize == place),
            Err(_) => Bits::none(self.places.len()),
        }
    }

    fn reorder(&mut self, order: &[u32]) {
        let mut ids = self.ids.clone();
        ids.sort_unstable();
        ids.dedup();
        ids.retain(|id| *id != 0);
        let place = |row: &u32| ids.binary_search(&self.ids[*row as usize]).map_or(NONE, |place| place as u32);
        self.places = order.iter().map(place).collect();
        ids.shrink_to_fit();
        self.ids = ids;
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
    /// Columns of identifiers of other tables.
    pub links: Vec<(&'static str, Links)>,
    /// Where events were; empty of other tables.
    pub sites: Sites,
}

impl Table {
    /// A table without rows.
    pub fn new(words: &[&'static str], numbers: &[&'static str], links: &[&'static str]) -> Self {
        Self {
            words: words.iter().map(|name| (*name, Words::new())).collect(),
            numbers: numbers.iter().map(|name| (*name, vec![])).collect(),
            links: links.iter().map(|name| (*name, Links::default())).collect(),
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

    /// A column of identifiers.
    pub fn link(&self, name: &str) -> Option<&Links> {
        self.links.iter().find(|(known, _)| *known == name).map(|(_, column)| column)
    }

    /// Rows of the days from one to another; those without a day are in no such stretch.
    pub fn stretch(&self, days: RangeInclusive<i32>) -> Range<usize> {
        let (first, last) = (*days.start().max(&(NO_DAY + 1)), *days.end());
        self.days.partition_point(|day| *day > last)..self.days.partition_point(|day| *day >= first)
    }

    /// Sorts the rows; gives the new row of each old one.
    pub(crate) fn sort(&mut self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.len() as u32).collect();
        order.sort_unstable_by_key(|row| (std::cmp::Reverse(self.days[*row as usize]), self.ids[*row as usize]));
        let pick = |row: &u32| *row as usize;
        self.ids = order.iter().map(|row| self.ids[pick(row)]).collect();
        self.days = order.iter().map(|row| self.days[pick(row)]).collect();
        for (_, column) in &mut self.words {
            column.reorder(&order);
        }
        for (_, column) in &mut self.numbers {
            *column = order.iter().map(|row| column[pick(row)]).collect();
        }
        for (_, column) in &mut self.links {
            column.reorder(&order);
        }
        self.sites.reorder(&order);
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
        assert_eq!(table.stretch(5..=8), 1..2);
        assert_eq!(table.stretch(i32::MIN..=i32::MAX), 0..2);
    }

    #[test]
    fn many_words_are_counted_as_few_are() {
        let (mut few, mut many) = (Words::new(), Words::new());
        let word = |n: usize| format!("w{n}");
        for row in 0..500 {
            few.push([word(row % 5), word(row % 7)].iter().map(String::as_str));
            many.push([word(row % 5), word(row % 7), word(row)].iter().map(String::as_str));
        }
        let order: Vec<u32> = (0..500).rev().collect();
        few.reorder(&order);
        many.reorder(&order);
        assert_eq!((few.sets().len(), many.sets().len()), (7, 0));
        for rows in [Bits::all(500), Bits::of(500, |row| row % 9 == 0), Bits::of(500, |row| row % 9 != 0)] {
            let count = |column: &Words, number: u32| rows.iter().filter(|row| column.at(*row).contains(&number)).count() as u32;
            for column in [&few, &many] {
                let counted: Vec<u32> = (0..column.different() as u32).map(|number| count(column, number)).collect();
                assert_eq!(column.counts(&rows), counted);
            }
        }
        let words = [word(2), word(6), "unknown".to_owned()];
        for column in [&few, &many] {
            let has = |row: usize| column.words_at(row).any(|word| words.iter().any(|wanted| wanted == word));
            assert_eq!(column.with_any(&words), Bits::of(500, has));
        }
    }

    #[test]
    fn links_find_their_rows() {
        let mut links = Links::default();
        [7, 0, 3, 7].into_iter().for_each(|id| links.push(id));
        links.reorder(&[3, 2, 1, 0]);
        assert_eq!(links.different(), 2);
        assert_eq!((0..4).map(|row| links.at(row)).collect::<Vec<_>>(), [Some(1), Some(0), None, Some(1)]);
        assert_eq!(links.with(7).iter().collect::<Vec<_>>(), [0, 3]);
        assert_eq!(links.with(5).count(), 0);
    }
}
