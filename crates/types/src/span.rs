//! Half-open ranges of an article's text, and the table that turns bytes into characters.

use serde::{Deserialize, Serialize};

/// A half-open byte range `start..end` of an article's text. Both ends lie on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span `start..end`. Panics in debug builds when the ends are out of order.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "span {start}..{end} is out of order");
        Self { start: start as u32, end: end as u32 }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span covers no text.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words the span covers.
    pub fn of(self, text: &str) -> &str {
        &text[self.start as usize..self.end as usize]
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Turns byte offsets of one text into counts of Unicode scalar values.
///
/// Built once per article; a lookup is a binary search over the non-ASCII positions, so pure ASCII
/// text costs nothing.
#[derive(Clone, Debug, Default)]
pub struct CharMap {
    /// For every multi-byte character: (byte offset just past it, bytes in excess of characters so far).
    excess: Vec<(u32, u32)>,
}

impl CharMap {
    /// Scans `text` once.
    pub fn new(text: &str) -> Self {
        let mut excess = Vec::new();
        let mut total = 0u32;
        for (at, c) in text.char_indices() {
            let width = c.len_utf8();
            if width > 1 {
                total += width as u32 - 1;
                excess.push(((at + width) as u32, total));
            }
        }
        Self { excess }
    }

    /// The number of Unicode scalar values before byte `at`.
    pub fn chars(&self, at: u32) -> u32 {
        let seen = self.excess.partition_point(|&(end, _)| end <= at);
        at - if seen == 0 { 0 } else { self.excess[seen - 1].1 }
    }

    /// A byte span as `[start, end]` in Unicode scalar values.
    pub fn span(&self, span: Span) -> [u32; 2] {
        [self.chars(span.start), self.chars(span.end)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn char_map_counts_scalars() {
        let text = "a–b’c";
        let map = CharMap::new(text);
        for (count, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(map.chars(at as u32), count as u32);
        }
        assert_eq!(map.chars(text.len() as u32), 5);
    }
}
