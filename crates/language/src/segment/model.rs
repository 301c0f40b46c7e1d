//! The weights file: two hashed linear models with integer weights, a word-class lexicon, and the list of
//! words that fall apart without an apostrophe. `training/segment.py` writes it; every length is checked here.

use thiserror::Error;

use super::chars::{fold, mix};

/// First bytes of a weights file; the last one is the version of the format.
const MAGIC: &[u8; 8] = b"DMSEG\0\0\x01";
/// Slots that a lexicon look-up tries before it gives up.
const PROBES: usize = 8;

/// Why a weights file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SegmentModelError {
    /// The first bytes are not those of a weights file of this version.
    #[error("not a segmenter weights file of format 1")]
    Magic,
    /// The file ends before the section does.
    #[error("the weights file ends inside its {section} ({needed} bytes needed, {left} left)")]
    Truncated {
        /// Which part.
        section: &'static str,
        /// Bytes that the header promises.
        needed: usize,
        /// Bytes that are there.
        left: usize,
    },
    /// A size in the header is out of range.
    #[error("the weights file gives {value} for {field}")]
    Size {
        /// Which field.
        field: &'static str,
        /// Its value.
        value: u32,
    },
    /// Bytes follow the last section.
    #[error("{0} bytes follow the end of the weights file")]
    Trailing(usize),
    /// A line of the split list is not `word<TAB>position`.
    #[error("line {0} of the split list cannot be read")]
    Splits(usize),
}

/// Weights and lexicon, ready for use.
#[derive(Clone, Debug)]
pub(super) struct Model {
    /// Shift that brings a 64-bit hash to an index of `tokens`.
    token_shift: u32,
    /// Weights of (token boundary, word boundary) against no boundary.
    tokens: Vec<[i8; 2]>,
    /// Shift that brings a 64-bit hash to an index of `sentences`.
    sentence_shift: u32,
    sentences: Vec<i8>,
    lexicon_tags: Vec<u16>,
    lexicon_classes: Vec<u8>,
    /// Hashes of words that may fall apart, with the place (characters), sorted.
    splits: Vec<(u64, u8)>,
}

impl Model {
    /// Reads a weights file.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, SegmentModelError> {
        let mut reader = Reader { bytes };
        if reader.take(MAGIC.len(), "header")? != MAGIC {
            return Err(SegmentModelError::Magic);
        }
        let token_bits = reader.size("token bits", 4, 24)?;
        let sentence_bits = reader.size("sentence bits", 4, 24)?;
        let lexicon_bits = reader.size("lexicon bits", 4, 20)?;
        let split_bytes = reader.size("split list length", 0, 1 << 20)? as usize;
        let tokens = reader.take(2 << token_bits, "token weights")?;
        let tokens = tokens.chunks_exact(2).map(|pair| [pair[0] as i8, pair[1] as i8]).collect();
        let sentences = reader.take(1 << sentence_bits, "sentence weights")?.iter().map(|&b| b as i8).collect();
        let tags = reader.take(2 << lexicon_bits, "lexicon tags")?;
        let lexicon_tags = tags.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        let lexicon_classes = reader.take(1 << lexicon_bits, "lexicon classes")?.to_vec();
        let list = String::from_utf8_lossy(reader.take(split_bytes, "split list")?).into_owned();
        if !reader.bytes.is_empty() {
            return Err(SegmentModelError::Trailing(reader.bytes.len()));
        }
        let mut splits = Vec::new();
        for (number, line) in list.lines().enumerate() {
            let parsed = line.split_once('\t').and_then(|(word, at)| Some((word, at.parse::<u8>().ok()?)));
            let Some((word, at)) = parsed else { return Err(SegmentModelError::Splits(number + 1)) };
            splits.push((word_hash(word), at));
        }
        splits.sort_unstable();
        Ok(Self {
            token_shift: 64 - token_bits,
            tokens,
            sentence_shift: 64 - sentence_bits,
            sentences,
            lexicon_tags,
            lexicon_classes,
            splits,
        })
    }

    /// Index of a token feature.
    #[inline]
    pub(super) fn token_index(&self, hash: u64) -> u32 {
        (hash >> self.token_shift) as u32
    }

    /// Index of a sentence feature.
    #[inline]
    pub(super) fn sentence_index(&self, hash: u64) -> u32 {
        (hash >> self.sentence_shift) as u32
    }

    /// Sums of the weights of token features.
    pub(super) fn score_token(&self, indices: &[u32]) -> [i32; 2] {
        let mut sums = [0i32; 2];
        for &index in indices {
            let weights = self.tokens[index as usize];
            sums[0] += i32::from(weights[0]);
            sums[1] += i32::from(weights[1]);
        }
        sums
    }

    /// Sum of the weights of sentence features.
    pub(super) fn score_sentence(&self, indices: &[u32]) -> i32 {
        indices.iter().map(|&index| i32::from(self.sentences[index as usize])).sum()
    }

    /// Class of a known word, by its hash.
    #[inline]
    pub(super) fn class(&self, hash: u64) -> Option<u8> {
        let tag = ((hash >> 48) as u16).max(1);
        let mask = self.lexicon_tags.len() - 1;
        let first = (hash >> 16) as usize;
        for step in 0..PROBES {
            let slot = (first + step) & mask;
            match self.lexicon_tags[slot] {
                0 => return None,
                found if found == tag => return Some(self.lexicon_classes[slot]),
                _ => {}
            }
        }
        None
    }

    /// Where a plain word may fall apart ("cannot", "gonna"), in characters.
    #[inline]
    pub(super) fn split_of(&self, hash: u64) -> Option<usize> {
        let found = self.splits.binary_search_by_key(&hash, |&(word, _)| word).ok()?;
        Some(self.splits[found].1 as usize)
    }
}

/// Hash of a word, case and typographic variants folded away. Only the first 40 characters count, so
/// that a token of any length costs the same.
#[inline]
pub(crate) fn word_hash(word: &str) -> u64 {
    let mut hash = 0x5EED;
    if word.is_ascii() {
        for &b in word.as_bytes().iter().take(40) {
            hash = mix(hash, u64::from(u32::from(fold(b as char))));
        }
    } else {
        for c in word.chars().take(40) {
            hash = mix(hash, u64::from(u32::from(fold(c))));
        }
    }
    hash
}

/// What is left of the file.
struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, needed: usize, section: &'static str) -> Result<&'a [u8], SegmentModelError> {
        let left = self.bytes.len();
        let (head, rest) = self.bytes.split_at_checked(needed).ok_or(SegmentModelError::Truncated { section, needed, left })?;
        self.bytes = rest;
        Ok(head)
    }

    fn size(&mut self, field: &'static str, least: u32, most: u32) -> Result<u32, SegmentModelError> {
        let bytes = self.take(4, "header")?;
        let value = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        if (least..=most).contains(&value) { Ok(value) } else { Err(SegmentModelError::Size { field, value }) }
    }
}
