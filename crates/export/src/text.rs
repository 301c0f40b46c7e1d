//! Cells as other people's files have them.

use std::fmt::Write;

/// A text in one line, without the characters that part cells, nor those that XML forbids: they become spaces, several one.
pub(crate) fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text
        .split(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))
        .filter(|word| !word.is_empty())
    {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// A value of a list whose values are joined by `separator`: the separator's own mark is no part of it.
pub(crate) fn member(text: &str, mark: char) -> String {
    line(text).replace(mark, ",")
}

/// Distinct values, in the order in which they come, joined.
pub(crate) fn distinct<'a>(values: impl IntoIterator<Item = &'a str>, separator: &str) -> String {
    let mut seen: Vec<&str> = Vec::new();
    for value in values {
        if !value.is_empty() && !seen.contains(&value) {
            seen.push(value);
        }
    }
    seen.join(separator)
}

/// A number with no more digits than it needs: 1, 3.5, -9.25.
pub(crate) fn number(value: f64) -> String {
    format!("{value}")
}

/// A number that always shows that it is none of counting: 10.0, -3.5.
pub(crate) fn decimal(value: f64) -> String {
    let mut out = number(value);
    if value.is_finite() && !out.contains('.') {
        let _ = write!(out, ".0");
    }
    out
}

/// The characters of a text between two places counted in characters.
pub(crate) fn between(text: &str, from: u32, to: u32) -> Option<&str> {
    let mut places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let start = places.nth(from as usize)?;
    let end = if to == from { start } else { places.nth((to.checked_sub(from)? - 1) as usize)? };
    text.get(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_single_lines() {
        assert_eq!(line("  a former interior\nminister\tand\r\n more\u{2028}here "), "a former interior minister and more here");
        assert_eq!(member("army; police", ';'), "army, police");
        assert_eq!(distinct(["ARG", "", "PER", "ARG"], "; "), "ARG; PER");
    }

    #[test]
    fn numbers_have_the_digits_they_need() {
        assert_eq!(
            (number(1.0), number(-9.5), decimal(10.0), decimal(-3.5)),
            ("1".into(), "-9.5".into(), "10.0".into(), "-3.5".into())
        );
    }

    #[test]
    fn places_count_characters() {
        assert_eq!(between("Suwaydā’s men", 7, 9), Some("’s"));
        assert_eq!(between("abc", 0, 3), Some("abc"));
        assert_eq!(between("abc", 3, 3), Some(""));
        assert_eq!((between("abc", 2, 4), between("abc", 2, 1)), (None, None));
    }
}
