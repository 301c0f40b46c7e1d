//! Words of a sentence as the date grammar sees them.
//!
//! The grammar reads characters, not tokens: treebanks disagree on whether "two-day", "June 13-15" or
//! "2024-06-13" are one token or five, and dates must not hang on that.

use demarche_types::Span;

/// What a [`Word`] is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters.
    Alpha,
    /// Digits, thousands separators included.
    Number,
    /// One other character.
    Punct,
}

/// A run of letters, a number, or a punctuation mark.
#[derive(Clone, Debug)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) lower: String,
    pub(super) span: Span,
    pub(super) kind: Kind,
    /// No white space stands between this word and the one before.
    pub(super) glued: bool,
}

impl Word<'_> {
    pub(super) fn is(&self, lower: &str) -> bool {
        self.lower == lower
    }

    pub(super) fn is_capitalised(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// A mark that makes something else of a number: "8%", "12-year".
    pub(super) fn glued_symbol(&self) -> bool {
        self.is_dash() || matches!(self.lower.as_str(), "%" | "/" | ":" | "$" | "€" | "£" | "°")
    }

    pub(super) fn is_dash(&self) -> bool {
        matches!(self.lower.as_str(), "-" | "–" | "—" | "‐" | "‑" | "−")
    }

    /// The digits as a number; `None` for words and for figures with separators.
    pub(super) fn digits(&self) -> Option<u32> {
        if self.kind == Kind::Number && self.text.len() <= 4 { self.text.parse().ok() } else { None }
    }
}

/// Splits `text[span]` into words.
pub(super) fn split(text: &str, span: Span) -> Vec<Word<'_>> {
    let base = span.start as usize;
    let Some(slice) = text.get(base..span.end as usize) else { return vec![] };
    let chars: Vec<(usize, char)> = slice.char_indices().collect();
    let offset = |index: usize| chars.get(index).map_or(slice.len(), |&(at, _)| at);
    let mut words = Vec::new();
    let (mut at, mut glued) = (0, false);
    while at < chars.len() {
        let first = chars[at].1;
        if first.is_whitespace() {
            glued = false;
            at += 1;
            continue;
        }
        let mut end = at + 1;
        let kind = if first.is_ascii_digit() {
            while end < chars.len() && (chars[end].1.is_ascii_digit() || separates_thousands(&chars, end)) {
                end += 1;
            }
            Kind::Number
        } else if first.is_alphabetic() {
            while end < chars.len() && chars[end].1.is_alphabetic() {
                end += 1;
            }
            Kind::Alpha
        } else {
            Kind::Punct
        };
        let word = &slice[offset(at)..offset(end)];
        words.push(Word {
            text: word,
            lower: word.to_lowercase(),
            span: Span::new(base + offset(at), base + offset(end)),
            kind,
            glued,
        });
        glued = true;
        at = end;
    }
    words
}

/// "1,200": a comma between a digit and exactly three digits.
fn separates_thousands(chars: &[(usize, char)], at: usize) -> bool {
    let digit = |index: usize| chars.get(index).is_some_and(|&(_, c)| c.is_ascii_digit());
    chars[at].1 == ',' && digit(at + 1) && digit(at + 2) && digit(at + 3) && !digit(at + 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_without_losing_offsets() {
        let text = "On 2024-06-13, 1,200 men’s 14th “two-day” march";
        let words = split(text, Span::new(0, text.len()));
        for word in &words {
            assert_eq!(word.span.of(text), word.text);
        }
        let forms: Vec<&str> = words.iter().map(|w| w.text).collect();
        assert_eq!(
            forms,
            ["On", "2024", "-", "06", "-", "13", ",", "1,200", "men", "’", "s", "14", "th", "“", "two", "-", "day", "”", "march"]
        );
    }
}
