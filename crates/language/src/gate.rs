//! Which sentences the encoder need not read.
//!
//! A sentence that can hold neither an event nor a quote, as far as its words tell, keeps its words and gets no other layer. The gate is a
//! linear model over hashed words, word pairs and beginnings of words, with integer weights: the same on every machine, and a hundredth
//! of the encoder's cost. The weights are `models/gate.bin`, made by `training/gate.py`, which also sets the score from which a sentence is let
//! through: of the sentences with an event, less than five in a thousand may be lost.

use demarche_types::Span;
use thiserror::Error;

use crate::segment::{mix, word_hash};

/// The weights that ship with the program.
pub(crate) const EMBEDDED: &[u8] = include_bytes!("../../../models/gate.bin");
/// First bytes of a weights file; the last one is the version of the format.
const MAGIC: &[u8; 8] = b"DMGATE\0\x01";
const HEADER: usize = 16;
/// Sentences of fewer words are always let through: they cost little, and datelines and headlines are among them.
const FEW: usize = 6;
/// Letters of a word's beginning that are a feature of their own.
const BEGINNING: usize = 5;

/// Why a weights file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("not a gate weights file of format 1, or of a wrong length ({0} bytes)")]
pub struct GateError(usize);

/// The gate.
#[derive(Clone, Debug)]
pub struct Gate {
    /// Shift that brings a 64-bit hash to an index of `weights`.
    shift: u32,
    /// Score from which a sentence is let through.
    least: i32,
    weights: Vec<i8>,
}

impl Gate {
    /// The gate with the weights that ship with the program.
    pub fn embedded() -> Result<Self, GateError> {
        Self::read(EMBEDDED)
    }

    /// A gate with other weights, in the format that `training/gate.py` writes: magic, bits of the hash and least score as
    /// little-endian 32-bit integers, then a signed byte for every hash.
    pub fn read(bytes: &[u8]) -> Result<Self, GateError> {
        let fault = GateError(bytes.len());
        let field = |at: usize| bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map(i32::from_le_bytes);
        let (Some(bits @ 4..=24), Some(least)) = (field(8), field(12)) else { return Err(fault) };
        if !bytes.starts_with(MAGIC) || bytes.len() != HEADER + (1 << bits) {
            return Err(fault);
        }
        Ok(Self { shift: 64 - bits as u32, least, weights: bytes[HEADER..].iter().map(|&b| b as i8).collect() })
    }

    /// Score from which a sentence is let through.
    pub fn least(&self) -> i32 {
        self.least
    }

    /// The score of a sentence with these words.
    pub fn score(&self, text: &str, words: &[Span]) -> i32 {
        let mut sum = 0;
        self.features(text, words, |index| sum += i32::from(self.weights[index as usize]));
        sum
    }

    /// The score of a sentence that is held back; `None` for one that is let through.
    pub fn holds(&self, text: &str, words: &[Span]) -> Option<i32> {
        let score = (words.len() >= FEW).then(|| self.score(text, words))?;
        (score < self.least).then_some(score)
    }

    /// Indices of a sentence's features. Training reads them here, so that there is one implementation of them.
    pub fn features(&self, text: &str, words: &[Span], mut each: impl FnMut(u32)) {
        let mut put = |kind: u64, hash: u64| each((mix(kind, hash) >> self.shift) as u32);
        let mut before = 0;
        for word in words.iter().map(|w| w.of(text)) {
            let hash = word_hash(word);
            put(1, hash);
            put(2, mix(before, hash));
            if let Some((end, _)) = word.char_indices().nth(BEGINNING) {
                put(3, word_hash(&word[..end]));
            }
            before = hash;
        }
        put(2, before);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Span> {
        let mut at = 0;
        text.split(' ')
            .map(|word| {
                let span = Span::new(at, at + word.len());
                at += word.len() + 1;
                span
            })
            .collect()
    }

    #[test]
    fn a_file_of_another_length_or_kind_is_refused() {
        assert!(Gate::read(b"").is_err());
        assert!(Gate::read(&EMBEDDED[..EMBEDDED.len() - 1]).is_err());
        let mut other = EMBEDDED.to_vec();
        other[0] = b'X';
        assert!(Gate::read(&other).is_err());
    }

    #[test]
    fn the_score_is_the_sum_of_what_is_told_of_features() {
        let mut bytes = [MAGIC.as_slice(), &4i32.to_le_bytes(), &0i32.to_le_bytes()].concat();
        bytes.extend([1u8; 16]);
        let gate = Gate::read(&bytes).expect("sixteen weights");
        let text = "one longer-word two";
        // Three words, four pairs with the ends, one beginning.
        assert_eq!(gate.score(text, &words(text)), 8);
    }

    #[test]
    fn acts_pass_and_reviews_of_restaurants_do_not() {
        let gate = Gate::embedded().expect("the weights that ship");
        let act = "Police in Nairobi fired tear gas at protesters who had marched on parliament .";
        let calm = "The food was great and the staff were very friendly , so we will definitely be back .";
        assert_eq!(gate.holds(act, &words(act)), None);
        assert!(gate.holds(calm, &words(calm)).is_some());
        assert_eq!(gate.holds("The food was great .", &words("The food was great .")), None);
    }
}
