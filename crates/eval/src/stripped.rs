//! Offsets that do not depend on white space.

use demarche_types::Span;

/// Turns byte offsets of a text into counts of its characters other than white space.
///
/// Gold and system may split a text differently and gold formats do not keep white space, so all
/// metrics over spans count only the characters that both sides must share.
#[derive(Clone, Debug)]
pub struct Stripped {
    /// Byte offset at which every non-white character begins.
    starts: Vec<u32>,
}

impl Stripped {
    /// Scans `text` once.
    pub fn new(text: &str) -> Self {
        Self { starts: text.char_indices().filter(|(_, c)| !c.is_whitespace()).map(|(at, _)| at as u32).collect() }
    }

    /// The number of non-white characters before byte `at`.
    pub fn offset(&self, at: u32) -> usize {
        self.starts.partition_point(|&start| start < at)
    }

    /// A byte span as `(start, end)`.
    pub fn span(&self, span: Span) -> (usize, usize) {
        (self.offset(span.start), self.offset(span.end))
    }
}

/// The non-white characters of a form.
pub(crate) fn strip(form: &str) -> impl Iterator<Item = char> + '_ {
    form.chars().filter(|c| !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_not_counted() {
        let text = "ab  ç\n\nd";
        let map = Stripped::new(text);
        let d = text.find('d').expect("the text has a d") as u32;
        assert_eq!(map.offset(d), 3);
        assert_eq!(map.span(Span::new(0, text.len())), (0, 4));
    }
}
