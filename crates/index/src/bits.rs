//! Sets of rows.

use std::ops::Range;

/// A set of rows, one bit each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    /// None of `len` rows.
    pub fn none(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(64)], len }
    }

    /// All of `len` rows.
    pub fn all(len: usize) -> Self {
        Self::of(len, |_| true)
    }

    /// The rows for which it holds.
    pub fn of(len: usize, holds: impl Fn(usize) -> bool) -> Self {
        let word = |n: usize| (n * 64..len.min(n * 64 + 64)).fold(0, |word, row| word | u64::from(holds(row)) << (row % 64));
        Self { words: (0..len.div_ceil(64)).map(word).collect(), len }
    }

    /// Rows that it speaks of.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it speaks of no rows.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Adds a row.
    pub fn insert(&mut self, row: usize) {
        self.words[row / 64] |= 1 << (row % 64);
    }

    /// Takes a row out.
    pub fn remove(&mut self, row: usize) {
        self.words[row / 64] &= !(1 << (row % 64));
    }

    /// Whether the row is in it.
    pub fn has(&self, row: usize) -> bool {
        self.words.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    /// Keeps what is in the other too.
    pub fn and(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    /// Adds what is in the other.
    pub fn or(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    /// Takes out what is in the other.
    pub fn minus(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= !other;
        }
    }

    /// All rows that are not in it.
    pub fn not(&self) -> Self {
        let mut rest = Self::all(self.len);
        rest.minus(self);
        rest
    }

    /// Keeps what lies in a stretch of rows.
    pub fn keep(&mut self, stretch: Range<usize>) {
        for (n, word) in self.words.iter_mut().enumerate() {
            *word &= mask(n, &stretch);
        }
    }

    /// Rows in it.
    pub fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Rows in it that lie in a stretch.
    pub fn count_in(&self, stretch: Range<usize>) -> usize {
        self.counted(stretch, |_, word| word)
    }

    /// Rows that are in both and lie in a stretch.
    pub fn count_both(&self, other: &Self, stretch: Range<usize>) -> usize {
        self.counted(stretch, |n, word| word & other.words.get(n).copied().unwrap_or(0))
    }

    fn counted(&self, stretch: Range<usize>, of: impl Fn(usize, u64) -> u64) -> usize {
        let count = |n: usize| (of(n, self.words[n]) & mask(n, &stretch)).count_ones() as usize;
        self.touched(&stretch).map(count).sum()
    }

    /// Words that hold bits of a stretch.
    fn touched(&self, stretch: &Range<usize>) -> Range<usize> {
        (stretch.start / 64).min(self.words.len())..stretch.end.div_ceil(64).min(self.words.len())
    }

    /// The row that so many of its rows come before.
    pub fn nth(&self, before: usize) -> Option<usize> {
        let mut left = before;
        for (n, word) in self.words.iter().enumerate() {
            let here = word.count_ones() as usize;
            if left < here {
                return Ones(*word).nth(left).map(|bit| n * 64 + bit);
            }
            left -= here;
        }
        None
    }

    /// Its rows in order, from `first` on.
    pub fn from(&self, first: usize) -> impl Iterator<Item = usize> + '_ {
        self.within(first..self.len)
    }

    /// Its rows in order that lie in a stretch.
    pub fn within(&self, stretch: Range<usize>) -> impl Iterator<Item = usize> + '_ {
        self.touched(&stretch).flat_map(move |n| Ones(self.words[n] & mask(n, &stretch)).map(move |bit| n * 64 + bit))
    }

    /// Its rows in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.within(0..self.len)
    }
}

/// The bits of a word that lie in a stretch of rows.
fn mask(word: usize, stretch: &Range<usize>) -> u64 {
    let upto = |row: usize| match row.saturating_sub(word * 64) {
        bits @ 0..64 => (1_u64 << bits) - 1,
        _ => u64::MAX,
    };
    upto(stretch.end) & !upto(stretch.start)
}

/// Places of the ones of a word.
struct Ones(u64);

impl Iterator for Ones {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let bit = self.0.trailing_zeros() as usize;
        (self.0 != 0).then(|| {
            self.0 &= self.0 - 1;
            bit
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_in_order() {
        let bits = Bits::of(200, |row| row % 7 == 3);
        let rows: Vec<usize> = (0..200).filter(|row| row % 7 == 3).collect();
        assert_eq!(bits.iter().collect::<Vec<_>>(), rows);
        assert_eq!(bits.count(), rows.len());
        assert_eq!(bits.from(67).next(), Some(73));
        assert_eq!(bits.from(66).next(), Some(66));
        assert_eq!(Bits::all(65).count(), 65);
    }

    #[test]
    fn stretches_are_counted_as_row_by_row() {
        let (bits, other) = (Bits::of(300, |row| row % 3 == 1), Bits::of(300, |row| row % 4 == 0));
        for (start, end) in [(0, 300), (0, 0), (5, 5), (63, 65), (64, 128), (1, 299), (130, 131), (290, 400)] {
            let inside = |row: &usize| (start..end).contains(row);
            assert_eq!(bits.count_in(start..end), bits.iter().filter(inside).count(), "{start}..{end}");
            assert_eq!(bits.count_both(&other, start..end), bits.iter().filter(inside).filter(|row| other.has(*row)).count());
            assert_eq!(bits.within(start..end).collect::<Vec<_>>(), bits.iter().filter(inside).collect::<Vec<_>>());
            let mut kept = bits.clone();
            kept.keep(start..end);
            assert_eq!(kept.iter().collect::<Vec<_>>(), bits.iter().filter(inside).collect::<Vec<_>>());
        }
        let rows: Vec<usize> = bits.iter().collect();
        assert_eq!(
            (0..=rows.len()).map(|n| bits.nth(n)).collect::<Vec<_>>(),
            rows.iter().copied().map(Some).chain([None]).collect::<Vec<_>>()
        );
        let mut both = bits.clone();
        both.or(&other);
        both.minus(&bits);
        assert_eq!(both, Bits::of(300, |row| row % 4 == 0 && row % 3 != 1));
        assert_eq!(bits.not(), Bits::of(300, |row| row % 3 != 1));
    }
}
