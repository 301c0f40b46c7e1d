//! The terminal: colours, width, and text that fits it.

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Headings and other words that must be seen.
pub(crate) const STRONG: Style = Style::new().bold();
/// Words that may be passed over.
pub(crate) const DIM: Style = Style::new().dimmed();
/// Failures.
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
/// Remarks.
pub(crate) const NOTE: Style = AnsiColor::Yellow.on_default();

/// Width of what is written when nothing is known about the screen.
const USUAL_WIDTH: usize = 96;

/// Columns to write in: those of the terminal between sensible bounds, or a usual page when output goes elsewhere.
pub(crate) fn width(to_terminal: bool) -> usize {
    let columns = to_terminal.then(|| console::Term::stdout().size_checked()).flatten().map(|(_, columns)| usize::from(columns));
    columns.unwrap_or(USUAL_WIDTH).clamp(60, 110)
}

/// Columns that a text takes.
pub(crate) fn columns(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// Columns that a character takes.
pub(crate) fn char_columns(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// Text in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) text: String,
    pub(crate) style: Style,
}

impl Run {
    pub(crate) fn new(style: Style, text: impl Into<String>) -> Self {
        Self { text: text.into(), style }
    }

    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self::new(Style::new(), text)
    }
}

/// A space at which no line breaks. White space of articles is all plain spaces by the time it gets here.
pub(crate) const JOIN: char = '\u{a0}';

/// Writes runs with their styles.
pub(crate) fn paint(runs: &[Run]) -> String {
    let mut out = String::new();
    for run in runs.iter().filter(|run| !run.text.is_empty()) {
        let text = run.text.replace(JOIN, " ");
        if run.style.is_plain() {
            out += &text;
        } else {
            out += &format!("{}{text}{:#}", run.style, run.style);
        }
    }
    out
}

/// Breaks runs into lines of at most `width` columns, between words; a longer word is cut. A word may go on from one
/// run into the next.
pub(crate) fn wrap(runs: &[Run], width: usize) -> Vec<Vec<Run>> {
    let width = width.max(8);
    let mut lines: Vec<Vec<Run>> = vec![vec![]];
    let mut used = 0;
    for word in words(runs) {
        let length = |word: &[Run]| word.iter().map(|run| columns(run.text.trim_end_matches(' '))).sum::<usize>();
        if used > 0 && used + length(&word) > width {
            lines.push(vec![]);
            used = 0;
        }
        for mut run in word {
            while used + columns(run.text.trim_end_matches(' ')) > width {
                let head = cut(&run.text, width - used);
                run.text = run.text[head.len()..].to_owned();
                push(&mut lines, run.style, &head);
                lines.push(vec![]);
                used = 0;
            }
            used += columns(&run.text);
            push(&mut lines, run.style, &run.text);
        }
    }
    for line in &mut lines {
        while let Some(last) = line.last_mut() {
            last.text.truncate(last.text.trim_end_matches(' ').len());
            if !last.text.is_empty() {
                break;
            }
            line.pop();
        }
    }
    lines
}

/// Words with the spaces that follow them.
fn words(runs: &[Run]) -> Vec<Vec<Run>> {
    let mut words: Vec<Vec<Run>> = vec![];
    let mut ended = true;
    for run in runs {
        for part in run.text.split_inclusive(' ') {
            let part_run = Run::new(run.style, part);
            match words.last_mut() {
                Some(word) if !ended => word.push(part_run),
                _ => words.push(vec![part_run]),
            }
            ended = part.ends_with(' ');
        }
    }
    words
}

fn push(lines: &mut [Vec<Run>], style: Style, text: &str) {
    let Some(line) = lines.last_mut() else { return };
    match line.last_mut() {
        Some(last) if last.style == style => last.text.push_str(text),
        _ => line.push(Run::new(style, text)),
    }
}

/// The longest beginning of `text` that takes at most `width` columns.
pub(crate) fn cut(text: &str, width: usize) -> String {
    let mut used = 0;
    text.chars()
        .take_while(|&c| {
            used += char_columns(c);
            used <= width
        })
        .collect()
}

/// `text` in at most `width` columns, with an ellipsis where it was cut, at a word when one ends near.
pub(crate) fn shorten(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let head = cut(text, width.saturating_sub(1));
    let at_word = head.rfind(' ').filter(|&at| at * 4 >= head.len() * 3).unwrap_or(head.len());
    format!("{}\u{2026}", head[..at_word].trim_end())
}

/// `text` filled up with spaces to `width` columns.
pub(crate) fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

/// White space, line feeds too, as single spaces; control characters, which could steer the terminal, are dropped.
pub(crate) fn one_line(text: &str) -> String {
    let clean: String = text.chars().filter(|c| !c.is_control() || c.is_whitespace()).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "1 event", "2 events", "2 copies".
pub(crate) fn count(number: usize, what: &str) -> String {
    match what.strip_suffix('y') {
        _ if number == 1 => format!("1 {what}"),
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{number} {stem}ies"),
        _ => format!("{number} {what}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(line: &[Run]) -> String {
        line.iter().map(|run| run.text.as_str()).collect()
    }

    #[test]
    fn lines_break_between_words_and_keep_styles() {
        let runs = [Run::plain("one two "), Run::new(STRONG, "three four"), Run::plain(" five")];
        let lines = wrap(&runs, 10);
        assert_eq!(lines.iter().map(|l| text(l)).collect::<Vec<_>>(), ["one two", "three four", "five"]);
        assert_eq!(lines[1], [Run::new(STRONG, "three four")]);
    }

    #[test]
    fn joined_runs_stay_together() {
        let runs = [Run::plain("a visit by "), Run::new(STRONG, "China"), Run::new(DIM, format!("{JOIN}CHN"))];
        let lines = wrap(&runs, 18);
        assert_eq!(lines.iter().map(|l| text(l)).collect::<Vec<_>>(), ["a visit by".to_owned(), format!("China{JOIN}CHN")]);
        assert_eq!(paint(&[Run::plain(format!("a{JOIN}b"))]), "a b");
    }

    #[test]
    fn words_longer_than_the_line_are_cut() {
        let lines = wrap(&[Run::plain("abcdefghijklmnopqrst uv")], 8);
        assert_eq!(lines.iter().map(|l| text(l)).collect::<Vec<_>>(), ["abcdefgh", "ijklmnop", "qrst uv"]);
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(columns("新华社"), 6);
        assert_eq!(shorten("新华社记者", 7), "新华社\u{2026}");
        assert_eq!(pad("新", 4), "新  ");
    }

    #[test]
    fn short_texts_are_left_alone_and_long_ones_end_at_a_word() {
        assert_eq!(shorten("a cat sat", 9), "a cat sat");
        assert_eq!(shorten("the minister arrived", 14), "the minister\u{2026}");
        assert_eq!(one_line(" a\n\tb\u{1b}[31m "), "a b[31m");
    }
}
