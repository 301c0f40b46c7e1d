//! Raw text to sentences and words, by the conventions of UD English (EWT and GUM).
//!
//! Words are found first (`tokens`), sentences over them (`sentences`). Both stages score places with
//! linear models whose weights are small integers, so decisions are the same on every machine; the weights
//! are `models/segment.bin`, made by `training/segment.py`. A blank line always ends a sentence, a line
//! break that merely wraps a line never does by itself, and no sentence has more than [`MAX_WORDS`] words.

mod chars;
mod model;
mod rules;
mod sentences;
mod shield;
mod tokens;

use std::ops::Range;

use demarche_types::Span;

pub(crate) use chars::mix;
use model::Model;
pub use model::SegmentModelError;
pub(crate) use model::word_hash;
use rules::Words;
pub use sentences::MAX_WORDS;
use sentences::SentenceScratch;
use tokens::{Joint, Piece, TokenScratch};

/// Words that the rules know.
pub(crate) const WORDS: &str = include_str!("words.txt");
/// The weights that ship with the program.
pub(crate) const EMBEDDED: &[u8] = include_bytes!("../../../../models/segment.bin");

/// A syntactic word. Words of one multiword token ("do" + "n't") have spans that meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its bytes in the segmented text.
    pub span: Span,
    /// Whether it begins a surface token; `false` for the second and later words of a multiword token.
    pub starts_token: bool,
}

/// What [`Segmenter::segment`] fills. Kept between calls, it saves allocations.
#[derive(Clone, Debug, Default)]
pub struct Segments {
    /// Sentences in text order, from their first word's first byte to their last word's last.
    pub sentences: Vec<Span>,
    /// All words, in text order.
    pub words: Vec<Word>,
    /// For every sentence, one past the index of its last word.
    ends: Vec<u32>,
    pieces: Vec<Piece>,
    token_scratch: TokenScratch,
    sentence_scratch: SentenceScratch,
}

impl Segments {
    /// Empty buffers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Range of a sentence's words in [`Segments::words`].
    pub fn range(&self, sentence: usize) -> Range<usize> {
        let begin = sentence.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        begin..self.ends[sentence] as usize
    }

    /// The words of a sentence.
    pub fn words_of(&self, sentence: usize) -> &[Word] {
        &self.words[self.range(sentence)]
    }
}

/// Splits text into sentences and words.
#[derive(Clone, Debug)]
pub struct Segmenter {
    model: Model,
    words: Words,
}

impl Segmenter {
    /// The segmenter with the weights that ship with the program.
    pub fn embedded() -> Result<Self, SegmentModelError> {
        Self::read(EMBEDDED)
    }

    /// A segmenter with other weights, in the format that `training/segment.py` writes.
    pub fn read(weights: &[u8]) -> Result<Self, SegmentModelError> {
        Ok(Self { model: Model::read(weights)?, words: Words::embedded() })
    }

    /// Segments a text. Offsets are bytes relative to `text`, of which the first 4 GiB are read.
    pub fn segment(&self, text: &str, out: &mut Segments) {
        self.observe(text, out, |_| {});
    }

    /// The words of one sentence whose boundaries are known.
    pub fn words_of(&self, sentence: &str) -> Vec<Word> {
        let mut pieces = Vec::new();
        tokens::tokenise((&self.model, &self.words), readable(sentence), &mut TokenScratch::default(), &mut pieces, |_, _| {});
        pieces.iter().map(word_of).collect()
    }

    /// Segments a text and tells of every decision taken on the way. Training reads its features here,
    /// so that there is one implementation of them.
    pub fn observe(&self, text: &str, out: &mut Segments, mut on_decision: impl FnMut(Decision<'_>)) {
        let text = readable(text);
        let Segments { sentences, words, ends, pieces, token_scratch, sentence_scratch } = out;
        tokens::tokenise((&self.model, &self.words), text, token_scratch, pieces, |offset, features| {
            on_decision(Decision::Token { offset, features });
        });
        sentences::split((&self.model, &self.words), text, pieces, sentence_scratch, ends, |offset, features| {
            on_decision(Decision::Sentence { offset, features });
        });
        words.clear();
        words.extend(pieces.iter().map(word_of));
        sentences.clear();
        let mut begin = 0;
        for &end in &*ends {
            let last = words[end as usize - 1].span.end;
            sentences.push(Span { start: words[begin].span.start, end: last });
            begin = end as usize;
        }
    }
}

/// A place that was scored.
#[derive(Clone, Copy, Debug)]
pub enum Decision<'a> {
    /// Whether a word ends before this byte.
    Token {
        /// The place.
        offset: u32,
        /// Indices of the features.
        features: &'a [u32],
    },
    /// Whether a sentence ends at this byte.
    Sentence {
        /// The place.
        offset: u32,
        /// Indices of the features.
        features: &'a [u32],
    },
}

fn word_of(piece: &Piece) -> Word {
    Word { span: piece.span, starts_token: piece.joint != Joint::Word }
}

/// The part of a text that 32-bit offsets can reach.
fn readable(text: &str) -> &str {
    let mut end = text.len().min(u32::MAX as usize);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
