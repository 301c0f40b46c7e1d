//! Lines of a copied page, joined into units: hard-wrapped lines become one paragraph, a page with a
//! paragraph on each line stays as it is.

use demarche_types::Span;

/// A paragraph, heading or other line, before anybody knows which.
#[derive(Clone, Debug)]
pub(super) struct Unit<'a> {
    /// Its characters, without surrounding white space.
    pub(super) span: Span,
    /// The same as a string.
    pub(super) text: &'a str,
    /// Number of lines it was joined from.
    pub(super) lines: usize,
}

/// Splits `text` into units.
pub(super) fn units(text: &str) -> Vec<Unit<'_>> {
    let lines = lines(text);
    let width = wrap_width(&lines);
    let mut units: Vec<Unit<'_>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.text.is_empty() {
            continue;
        }
        let joins = at > 0 && !lines[at - 1].text.is_empty() && continues(&lines[at - 1], line, width);
        match units.last_mut() {
            Some(unit) if joins => {
                unit.span = unit.span.cover(line.span);
                unit.text = unit.span.of(text);
                unit.lines += 1;
            }
            _ => units.push(Unit { span: line.span, text: line.text, lines: 1 }),
        }
    }
    units
}

struct RawLine<'a> {
    span: Span,
    text: &'a str,
    /// White space before the text, in characters.
    indent: usize,
    /// Length in characters.
    width: usize,
}

/// The lines of `text`, trimmed; empty ones are kept. `\n`, `\r\n`, `\r`, form feed and the Unicode line and
/// paragraph separators end a line.
fn lines(text: &str) -> Vec<RawLine<'_>> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut breaks = text.match_indices(['\n', '\r', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']).peekable();
    loop {
        let next = breaks.next();
        let end = next.map_or(text.len(), |(at, _)| at);
        lines.push(raw_line(text, start, end));
        let Some((at, separator)) = next else { break };
        start = at + separator.len();
        if separator == "\r" && breaks.peek().is_some_and(|(after, s)| *after == at + 1 && *s == "\n") {
            breaks.next();
            start += 1;
        }
    }
    lines
}

fn raw_line(text: &str, start: usize, end: usize) -> RawLine<'_> {
    // Zero-width characters and byte order marks surround copied lines as white space does.
    let blank =
        |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{0}');
    let line = &text[start..end];
    let left = line.trim_start_matches(blank);
    let first = end - left.len();
    let trimmed = left.trim_end_matches(blank);
    RawLine {
        span: Span::new(first, first + trimmed.len()),
        text: trimmed,
        indent: line[..line.len() - left.len()].chars().count(),
        width: trimmed.chars().count(),
    }
}

/// The column at which the text is hard-wrapped, if it is: lines that have a neighbour below are nearly all
/// so long that the neighbour's first word did not fit, and enough of them go on in lower case (a list of
/// headlines of like length does not).
fn wrap_width(lines: &[RawLine<'_>]) -> Option<usize> {
    let pairs: Vec<(usize, usize, bool)> = lines
        .windows(2)
        .filter(|pair| !pair[0].text.is_empty() && !pair[1].text.is_empty())
        .map(|pair| (pair[0].width, first_word(pair[1].text), pair[1].text.starts_with(char::is_lowercase)))
        .collect();
    if pairs.len() < 3 {
        return None;
    }
    let mut widths: Vec<usize> = pairs.iter().map(|(width, ..)| *width).collect();
    widths.sort_unstable();
    let width = widths[widths.len() * 9 / 10 - usize::from(widths.len().is_multiple_of(10))];
    // Narrower than a newspaper column or wider than a printed line is no wrapping.
    if !(38..=132).contains(&width) {
        return None;
    }
    let full = pairs.iter().filter(|(line, word, _)| fills(*line, *word, width)).count();
    let lower = pairs.iter().filter(|(.., lower)| *lower).count();
    (full * 4 >= pairs.len() * 3 && lower * 3 >= pairs.len()).then_some(width)
}

/// Whether `line` goes on in `next`, which follows it without an empty line between.
fn continues(line: &RawLine<'_>, next: &RawLine<'_>, width: Option<usize>) -> bool {
    if list_marker(next.text).is_some() || next.text.starts_with(['—', '–', '|', '>']) {
        return false;
    }
    if width.is_some_and(|width| fills(line.width, first_word(next.text), width)) {
        // A deeper indent opens a paragraph, unless the line above is a list item hanging out.
        return next.indent <= line.indent + 1 || list_marker(line.text).is_some();
    }
    // Without a known column only an unfinished sentence that goes on in lower case is joined.
    let open = !line.text.ends_with(['.', '!', '?', ':', '…', '”', '"', '»', ')', ']']);
    open && line.width >= 30 && line.width <= 132 && next.text.chars().next().is_some_and(char::is_lowercase)
}

/// A wrapped line is so long that the next word had no room; a tenth of the column is allowed for ragged
/// wrapping by hand.
fn fills(line: usize, next_word: usize, width: usize) -> bool {
    (line + 1 + next_word) * 10 > width * 9
}

fn first_word(text: &str) -> usize {
    text.split_whitespace().next().map_or(0, |word| word.chars().count())
}

/// Length of the bullet or number that opens a list item, white space after it included.
pub(super) fn list_marker(text: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    let (_, first) = chars.next()?;
    if "•◦▪‣●○■□✓✔·*-–".contains(first) {
        let rest = &text[first.len_utf8()..];
        let body = rest.trim_start();
        return (body.len() < rest.len() && !body.is_empty()).then(|| text.len() - body.len());
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits) {
        let rest = text[digits..].strip_prefix(['.', ')'])?;
        let body = rest.trim_start();
        return (body.len() < rest.len() && !body.is_empty()).then(|| text.len() - body.len());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        units(text).iter().map(|unit| unit.text.replace('\n', "/")).collect()
    }

    #[test]
    fn paragraphs_on_one_line_stay_apart() {
        assert_eq!(split("One line here.\r\nAnother line.\r\rThird."), ["One line here.", "Another line.", "Third."]);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = [
            "A Title Above\n",
            "The two delegations met for a third day on Tuesday in the old",
            "customs house, and a statement was promised for the evening, which",
            "then did not come because one side objected to the wording of its",
            "first paragraph.",
            "A second paragraph starts right below the first and it also goes on",
            "to a second line.",
        ]
        .join("\n");
        assert_eq!(split(&text).len(), 3);
    }

    #[test]
    fn list_markers() {
        assert_eq!(list_marker("- item"), Some(2));
        assert_eq!(list_marker("• item"), Some(4));
        assert_eq!(list_marker("12) item"), Some(4));
        assert_eq!(list_marker("2024 was"), None);
        assert_eq!(list_marker("3.5 million"), None);
        assert_eq!(list_marker("-"), None);
    }
}
