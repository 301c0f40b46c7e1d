//! Stretches of text in quotation marks.

use demarche_types::{BlockKind, Document, Span};

/// Words in quotation marks, inside one block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// The words, without the marks and the space next to them.
    pub(super) inner: Span,
    /// With the marks.
    pub(super) outer: Span,
    /// Index of the block in the article.
    pub(super) block: u32,
    /// No closing mark was found before the block ended.
    pub(super) open: bool,
    /// The whole block is a pull quote.
    pub(super) pulled: bool,
}

/// Every outermost stretch of a document in text order.
pub(super) fn find(doc: &Document<'_>) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let mut at = 0;
    while let Some(first) = doc.sentences.get(at) {
        let count = doc.sentences[at..].iter().take_while(|s| s.block == first.block).count();
        let span = first.span.cover(doc.sentences[at + count - 1].span);
        let before = stretches.len();
        in_block(doc.text(), span, first.block, &mut stretches);
        if first.kind == BlockKind::PullQuote {
            // A pull quote is one quotation, however it is marked.
            stretches.truncate(before);
            let inner = trim(doc.text(), span);
            if !inner.is_empty() {
                stretches.push(Stretch { inner, outer: span, block: first.block, open: false, pulled: true });
            }
        }
        at += count;
    }
    stretches
}

/// What closes a stretch.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Double,
    Straight,
    Guillemet,
    Single,
}

fn in_block(text: &str, span: Span, block: u32, out: &mut Vec<Stretch>) {
    let slice = span.of(text);
    let base = span.start as usize;
    let chars: Vec<(usize, char)> = slice.char_indices().collect();
    let has_double = slice.contains(['“', '"', '”', '«', '„']);
    let mut open: Option<(usize, usize, Style)> = None;
    let mut depth = 0;
    for (index, &(at, c)) in chars.iter().enumerate() {
        let before = index.checked_sub(1).map(|i| chars[i].1);
        let after = chars.get(index + 1).map(|&(_, c)| c);
        let end = at + c.len_utf8();
        match open {
            None => {
                let opens_word = before.is_none_or(|b| b.is_whitespace() || matches!(b, '(' | '[' | '—' | '–' | '-' | ':'))
                    && after.is_some_and(|a| !a.is_whitespace());
                let style = match c {
                    '“' | '„' => Some(Style::Double),
                    '"' if opens_word || before.is_none_or(|b| !b.is_ascii_digit()) => Some(Style::Straight),
                    '«' => Some(Style::Guillemet),
                    '‘' if !has_double && opens_word => Some(Style::Single),
                    _ => None,
                };
                if let Some(style) = style {
                    open = Some((at, end, style));
                    depth = 0;
                }
            }
            Some((from, inner, style)) => {
                let closes = match style {
                    Style::Double if c == '“' => {
                        let ended = slice[inner..at].trim_end().ends_with(['.', '!', '?', '…']);
                        if ended && depth == 0 {
                            // A second opening mark after a full stop begins a new stretch: the first one was never closed.
                            push(text, base, (from, inner, at, at), block, true, out);
                            open = Some((at, end, style));
                        } else {
                            depth += 1;
                        }
                        false
                    }
                    Style::Double => matches!(c, '”' | '"'),
                    Style::Straight => c == '"' || c == '”',
                    Style::Guillemet => c == '»',
                    Style::Single => {
                        c == '’'
                            && after.is_none_or(|a| !a.is_alphanumeric())
                            && before.is_some_and(|b| b != 's' || after.is_none_or(|a| !a.is_whitespace()))
                    }
                };
                if closes && depth > 0 {
                    depth -= 1;
                } else if closes {
                    push(text, base, (from, inner, at, end), block, false, out);
                    open = None;
                }
            }
        }
    }
    if let Some((from, inner, style)) = open {
        // An apostrophe taken for a quotation mark must not swallow the block.
        if style != Style::Single {
            push(text, base, (from, inner, slice.len(), slice.len()), block, true, out);
        }
    }
}

fn push(
    text: &str,
    base: usize,
    (from, inner, close, end): (usize, usize, usize, usize),
    block: u32,
    open: bool,
    out: &mut Vec<Stretch>,
) {
    let words = trim(text, Span::new(base + inner, base + close));
    if !words.is_empty() {
        out.push(Stretch { inner: words, outer: Span::new(base + from, base + end), block, open, pulled: false });
    }
}

/// The span without white space and quotation marks at its ends.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let mark = |c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '„' | '«' | '»');
    let slice = span.of(text);
    let left = slice.len() - slice.trim_start_matches(mark).len();
    let kept = slice.trim_matches(mark).len();
    let start = span.start as usize + left.min(slice.len());
    Span::new(start, start + kept)
}

/// The number of words of a span.
pub(super) fn words(text: &str, span: Span) -> usize {
    span.of(text).split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count()
}
