//! Uncased WordPiece of one UD word at a time, as `training/wordpiece.py` does it.
//!
//! Source: Wu et al. 2016, "Google's Neural Machine Translation System"; vocabulary of MiniLM-L6-H384-uncased.

use std::collections::HashMap;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Pieces kept of one word; addresses and other monsters gain nothing from more.
const MAX_PIECES: usize = 8;
/// Longest piece tried, in characters; the vocabulary has none longer.
const MAX_PIECE_CHARS: usize = 64;

pub(crate) const VOCABULARY: &str = include_str!("../../../models/vocab.txt");

/// Splits words into the encoder's word pieces.
#[derive(Debug)]
pub(crate) struct WordPiece {
    whole: HashMap<&'static str, u32>,
    rest: HashMap<&'static str, u32>,
    unknown: u32,
    /// Leads every sentence and stands for the root of its tree.
    pub(crate) cls: u32,
    /// Ends every sentence.
    pub(crate) sep: u32,
}

impl WordPiece {
    pub(crate) fn embedded() -> Self {
        let (mut whole, mut rest) = (HashMap::with_capacity(26_000), HashMap::with_capacity(6_000));
        for (id, piece) in VOCABULARY.lines().enumerate() {
            match piece.strip_prefix("##") {
                Some(tail) => rest.insert(tail, id as u32),
                None => whole.insert(piece, id as u32),
            };
        }
        let special = |name: &str| whole.get(name).copied().unwrap_or(0);
        let (unknown, cls, sep) = (special("[UNK]"), special("[CLS]"), special("[SEP]"));
        Self { whole, rest, unknown, cls, sep }
    }

    /// Whether a lower-cased word is one that the vocabulary holds whole: a rough test that it is English.
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.whole.contains_key(word)
    }

    /// Appends the pieces of `form`, at least one and at most eight. `buffer` is scratch space.
    pub(crate) fn push(&self, form: &str, buffer: &mut String, out: &mut Vec<u32>) {
        let begin = out.len();
        buffer.clear();
        if form.is_ascii() {
            buffer.push_str(form);
            buffer.make_ascii_lowercase();
        } else {
            let lower = form.to_lowercase();
            buffer.extend(lower.nfd().filter(|&c| !is_combining_mark(c)));
        }
        if let Some(&id) = self.whole.get(buffer.as_str()).filter(|_| !buffer.starts_with('[')) {
            out.push(id);
            return;
        }
        let mut rest = buffer.as_str();
        while let Some(first) = rest.chars().next() {
            let end = if first.is_alphanumeric() {
                rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())
            } else {
                first.len_utf8()
            };
            self.part(&rest[..end], out);
            rest = &rest[end..];
            if out.len() - begin >= MAX_PIECES {
                break;
            }
        }
        out.truncate(begin + MAX_PIECES);
        if out.len() == begin {
            out.push(self.unknown);
        }
    }

    /// Greedy longest match; a part with any unknown stretch is unknown whole.
    fn part(&self, part: &str, out: &mut Vec<u32>) {
        let begin = out.len();
        let mut rest = part;
        while !rest.is_empty() {
            let table = if rest.len() == part.len() { &self.whole } else { &self.rest };
            let mut end = rest.char_indices().nth(MAX_PIECE_CHARS).map_or(rest.len(), |(at, _)| at);
            let found = loop {
                if let Some(&id) = table.get(&rest[..end]) {
                    break Some(id);
                }
                match rest[..end].char_indices().next_back() {
                    Some((at, _)) if at > 0 => end = at,
                    _ => break None,
                }
            };
            let Some(id) = found else {
                out.truncate(begin);
                out.push(self.unknown);
                return;
            };
            out.push(id);
            if out.len() - begin > MAX_PIECES {
                return;
            }
            rest = &rest[end..];
        }
    }
}

/// How a word is capitalised, the encoder's second input: 0 lower, 1 capitalised, 2 all capitals, 3 mixed,
/// 4 one capital letter, 5 no letters.
pub(crate) fn case_class(form: &str) -> u32 {
    let (mut letters, mut upper, mut first_upper) = (0, 0, false);
    for c in form.chars().filter(|c| c.is_alphabetic()) {
        if c.is_uppercase() {
            upper += 1;
            first_upper |= letters == 0;
        }
        letters += 1;
    }
    match (letters, upper) {
        (0, _) => 5,
        (_, 0) => 0,
        (1, _) => 4,
        (l, u) if l == u => 2,
        (_, 1) if first_upper => 1,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(form: &str) -> Vec<u32> {
        let mut out = vec![];
        WordPiece::embedded().push(form, &mut String::new(), &mut out);
        out
    }

    #[test]
    fn words_split_as_in_training() {
        assert_eq!(pieces("China"), [2859]);
        assert_eq!(pieces("Élysée").len(), pieces("elysee").len());
        assert!(pieces(&"x".repeat(5000)).len() <= MAX_PIECES);
        assert_eq!(pieces("\u{200b}").len(), 1);
        // Text cannot smuggle in the special pieces.
        assert!(!pieces("[CLS]").contains(&101));
    }

    #[test]
    fn case_classes() {
        let classes: Vec<_> = ["talks", "Iran", "UN", "McCain", "U", "2024", "al-Ani"].map(case_class).into();
        assert_eq!(classes, [0, 1, 2, 3, 4, 5, 3]);
    }
}
