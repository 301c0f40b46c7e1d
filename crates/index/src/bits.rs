//! Sets of rows.

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

    /// Rows in it.
    pub fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Its rows in order, from `first` on.
    pub fn from(&self, first: usize) -> impl Iterator<Item = usize> + '_ {
        let skipped = move |n: usize, word: u64| if n == first / 64 { word >> (first % 64) << (first % 64) } else { word };
        self.words
            .iter()
            .enumerate()
            .skip(first / 64)
            .flat_map(move |(n, word)| Ones(skipped(n, *word)).map(move |bit| n * 64 + bit))
    }

    /// Its rows in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.from(0)
    }
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
}
