//! Words of a sentence, weighed by how rare they are in news.
//!
//! The weights are a table that ships and not counts of what is being clustered: so a pair of reports has one score,
//! whatever else is in the store and in whatever order it came.

use std::collections::HashMap;
use std::sync::LazyLock;

use xxhash_rust::xxh3::xxh3_64;

/// Letters of a word that count.
const STEM: usize = 6;

/// Words of less weight than this (in tenths of a natural logarithm) are grammar and tell nothing.
const LEAST: u8 = 26;

static WEIGHTS: LazyLock<HashMap<&'static str, u8>> = LazyLock::new(|| {
    let rows = include_str!("words.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.filter_map(|row| row.split_once('\t')).filter_map(|(stem, weight)| Some((stem, weight.parse().ok()?))).collect()
});

/// A word: the hash of its stem, and its weight.
pub(crate) type Word = (u32, u8);

/// The hash by which names, words and identifiers are compared.
pub(crate) fn hash(text: &str) -> u32 {
    (xxh3_64(text.as_bytes()) >> 32) as u32
}

/// The words of a text, sorted, each once; numbers and words of grammar are left out.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let lower = text.to_lowercase();
    let mut words: Vec<Word> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().any(char::is_alphabetic))
        .map(|word| {
            let stem = stem(word);
            (hash(stem), weight(stem))
        })
        .filter(|&(_, weight)| weight >= LEAST)
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The weight of a stem.
pub(crate) fn weight(stem: &str) -> u8 {
    WEIGHTS.get(stem).or_else(|| WEIGHTS.get("*")).copied().unwrap_or(u8::MAX)
}

/// The first letters of a word.
pub(crate) fn stem(word: &str) -> &str {
    word.char_indices().nth(STEM).map_or(word, |(end, _)| &word[..end])
}

/// How much two texts share, in percent: twice the shared weight over the weight of both. `None` where either has no words.
pub(crate) fn shared(a: &[Word], b: &[Word]) -> Option<u32> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let sum = |words: &[Word]| words.iter().map(|w| u32::from(w.1)).sum::<u32>();
    let common: u32 = common(a, b, |x| x.0).map(|w| u32::from(w.1)).sum();
    Some(200 * common / (sum(a) + sum(b)))
}

/// What two sorted lists have in common.
pub(crate) fn common<'a, T, K: Ord>(a: &'a [T], b: &'a [T], key: impl Fn(&T) -> K + 'a) -> impl Iterator<Item = &'a T> {
    let (mut i, mut j) = (0, 0);
    std::iter::from_fn(move || {
        while i < a.len() && j < b.len() {
            match key(&a[i]).cmp(&key(&b[j])) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    i += 1;
                    j += 1;
                    return Some(&a[i - 1]);
                }
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grammar_and_numbers_do_not_count() {
        assert_eq!(words("The 12 said that 3").len(), 0);
        assert_eq!(words("Warships shelled Mariupol; the warship left").len(), 4);
    }

    #[test]
    fn the_same_words_share_everything() {
        let (a, b) = (words("warships bombarded Mariupol"), words("Warship bombards Mariupol!"));
        assert_eq!(shared(&a, &b), Some(100));
        assert_eq!(shared(&a, &words("bakers honoured pilgrims")), Some(0));
        assert_eq!(shared(&a, &[]), None);
    }
}
