//! Evidence: which characters of a text play which part.

use std::ops::Range;

use demarche::Event;
use demarche::types::{Coded, EventId, Span};

use crate::screen::char_columns;

/// The part that words play. When words play several, the first in this order is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Trigger,
    Actor,
    Recipient,
    Date,
    Place,
    Cue,
    Quote,
}

impl Part {
    /// The name, also that of its class in a page.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Trigger => "trigger",
            Self::Actor => "actor",
            Self::Recipient => "recipient",
            Self::Date => "date",
            Self::Place => "place",
            Self::Cue => "cue",
            Self::Quote => "quote",
        }
    }
}

/// Words that play a part, and for which event.
#[derive(Clone, Debug)]
pub(super) struct Mark<'a> {
    pub(super) span: Span,
    pub(super) part: Part,
    pub(super) event: Option<&'a EventId>,
}

/// The marks of one event.
pub(super) fn of_event(event: &Event) -> Vec<Mark<'_>> {
    let mut marks = vec![];
    let mut add = |span: Span, part| marks.push(Mark { span, part, event: Some(&event.id) });
    add(event.trigger, Part::Trigger);
    event.actors.iter().for_each(|p| add(p.span, Part::Actor));
    event.recipients.iter().for_each(|p| add(p.span, Part::Recipient));
    event.date.span.into_iter().for_each(|span| add(span, Part::Date));
    event.place.iter().for_each(|(_, span)| add(*span, Part::Place));
    event.attribution.iter().filter_map(|a| a.cue).for_each(|span| add(span, Part::Cue));
    marks
}

/// The marks of everything that was coded in an article.
pub(super) fn of_article(coded: &Coded) -> Vec<Mark<'_>> {
    let mut marks: Vec<Mark<'_>> = coded.events.iter().flat_map(of_event).collect();
    for quote in &coded.quotes {
        marks.push(Mark { span: quote.span, part: Part::Quote, event: None });
        marks.extend(quote.cue.map(|span| Mark { span, part: Part::Cue, event: None }));
    }
    marks
}

/// A stretch of text with the marks that cover it.
#[derive(Debug)]
pub(super) struct Piece<'m, 'a> {
    pub(super) span: Span,
    pub(super) marks: Vec<&'m Mark<'a>>,
}

/// Cuts `span` wherever a mark begins or ends. Marks may nest and cross.
pub(super) fn pieces<'m, 'a>(span: Span, marks: &'m [Mark<'a>]) -> Vec<Piece<'m, 'a>> {
    let inside: Vec<&Mark<'a>> = marks.iter().filter(|m| m.span.overlaps(span)).collect();
    let mut cuts = vec![span.start, span.end];
    for mark in &inside {
        cuts.extend([mark.span.start, mark.span.end].into_iter().filter(|&at| span.start < at && at < span.end));
    }
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .map(|ends| {
            let span = Span { start: ends[0], end: ends[1] };
            let mut covering: Vec<&Mark<'a>> = inside.iter().copied().filter(|m| m.span.contains(span)).collect();
            covering.sort_by_key(|m| m.part);
            Piece { span, marks: covering }
        })
        .collect()
}

/// A stretch of a snippet.
pub(super) type Stretch = (Option<Part>, String);

/// The words around `focus` in at most `width` columns, as one line; ellipses stand where it was cut. The parties are
/// kept when they fit, and whole words are added on both sides until the line is full.
pub(super) fn snippet(text: &str, sentence: Span, marks: &[Mark<'_>], focus: Span, width: usize) -> Vec<Stretch> {
    let chars = flat(text, sentence, marks);
    let window = window(&chars, focus, width);
    let mut out: Vec<Stretch> = vec![];
    let mut push = |part: Option<Part>, c: char| match out.last_mut() {
        Some((last, text)) if *last == part => text.push(c),
        _ => out.push((part, c.to_string())),
    };
    if window.start > 0 {
        push(None, '\u{2026}');
    }
    chars[window.clone()].iter().for_each(|c| push(c.part, c.c));
    if window.end < chars.len() {
        push(None, '\u{2026}');
    }
    out
}

/// A character of a sentence: its byte offset, its part.
struct Char {
    at: u32,
    part: Option<Part>,
    c: char,
}

/// The characters to show.
fn window(chars: &[Char], focus: Span, width: usize) -> Range<usize> {
    let columns_of = |range: Range<usize>| chars[range].iter().map(|c| char_columns(c.c)).sum::<usize>();
    if columns_of(0..chars.len()) <= width {
        return 0..chars.len();
    }
    let room = width.saturating_sub(2);
    let mut words: Vec<Range<usize>> = vec![];
    for (index, _) in chars.iter().enumerate().filter(|(_, c)| c.c != ' ') {
        match words.last_mut() {
            Some(word) if word.end == index => word.end = index + 1,
            _ => words.push(index..index + 1),
        }
    }
    let extent = |first: usize, last: usize| words[first].start..words[last].end;
    let holds = |word: &Range<usize>, test: &dyn Fn(&Char) -> bool| chars[word.clone()].iter().any(test);
    let ends = |test: &dyn Fn(&Char) -> bool| {
        let first = words.iter().position(|word| holds(word, test))?;
        let last = words.iter().rposition(|word| holds(word, test))?;
        (columns_of(extent(first, last)) <= room).then_some((first, last))
    };
    let in_focus = |c: &Char| focus.start <= c.at && c.at < focus.end;
    let in_core = |c: &Char| in_focus(c) || matches!(c.part, Some(Part::Actor | Part::Recipient));
    let Some((mut first, mut last)) = ends(&in_core).or_else(|| ends(&in_focus)).or_else(|| ends(&|c| c.at == focus.start))
    else {
        // Not even one word fits: its beginning is shown.
        let start = chars.iter().position(in_focus).unwrap_or(0);
        let end = (start..chars.len()).take_while(|&end| columns_of(start..end + 1) <= room).last();
        return start..end.map_or(start, |end| end + 1);
    };
    loop {
        let before = (first, last);
        if first > 0 && columns_of(extent(first - 1, last)) <= room {
            first -= 1;
        }
        if last + 1 < words.len() && columns_of(extent(first, last + 1)) <= room {
            last += 1;
        }
        if before == (first, last) {
            return extent(first, last);
        }
    }
}

/// The sentence with white space as single spaces, without control characters.
fn flat(text: &str, sentence: Span, marks: &[Mark<'_>]) -> Vec<Char> {
    let mut out: Vec<Char> = vec![];
    for piece in pieces(sentence, marks) {
        let part = piece.marks.first().map(|m| m.part);
        for (at, c) in piece.span.of(text).char_indices() {
            let c = if c.is_whitespace() { ' ' } else { c };
            if c.is_control() || (c == ' ' && out.last().is_none_or(|last| last.c == ' ')) {
                continue;
            }
            out.push(Char { at: piece.span.start + at as u32, part, c });
        }
    }
    if out.last().is_some_and(|last| last.c == ' ') {
        out.pop();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(text: &str, words: &str, part: Part) -> Mark<'static> {
        let start = text.find(words).expect("the words are in the text");
        Mark { span: Span::new(start, start + words.len()), part, event: None }
    }

    fn shown(text: &str, marks: &[Mark<'_>], width: usize) -> String {
        let whole = Span::new(0, text.len());
        let focus = marks.iter().find(|m| m.part == Part::Trigger).map_or(whole, |m| m.span);
        let name = |part: Option<Part>, text: String| part.map_or(text.clone(), |p| format!("[{}:{text}]", p.name()));
        snippet(text, whole, marks, focus, width).into_iter().map(|(part, text)| name(part, text)).collect()
    }

    const TEXT: &str = "After two weeks of quiet, Norway\nblamed  Sudland for the fire, which had burned since Easter.";

    #[test]
    fn a_sentence_that_fits_is_shown_whole() {
        let marks = [mark(TEXT, "Norway", Part::Actor), mark(TEXT, "blamed", Part::Trigger)];
        let whole =
            "After two weeks of quiet, [actor:Norway] [trigger:blamed] Sudland for the fire, which had burned since Easter.";
        assert_eq!(shown(TEXT, &marks, 200), whole);
    }

    #[test]
    fn a_long_sentence_keeps_the_parties_and_ends_at_words() {
        let marks =
            [mark(TEXT, "Norway", Part::Actor), mark(TEXT, "blamed", Part::Trigger), mark(TEXT, "Sudland", Part::Recipient)];
        assert_eq!(shown(TEXT, &marks, 36), "\u{2026}quiet, [actor:Norway] [trigger:blamed] [recipient:Sudland] for\u{2026}");
        for width in 4..100 {
            let text: String =
                snippet(TEXT, Span::new(0, TEXT.len()), &marks, marks[1].span, width).into_iter().map(|s| s.1).collect();
            assert!(text.chars().count() <= width.max(2), "{width}: {text}");
        }
    }

    #[test]
    fn pieces_cover_the_text_whatever_the_marks() {
        let marks = [mark(TEXT, "Norway\nblamed", Part::Quote), mark(TEXT, "blamed  Sudland", Part::Actor)];
        let pieces = pieces(Span::new(0, TEXT.len()), &marks);
        let joined: String = pieces.iter().map(|p| p.span.of(TEXT)).collect();
        assert_eq!(joined, TEXT);
        assert!(pieces.iter().any(|p| p.marks.len() == 2 && p.span.of(TEXT) == "blamed"));
    }
}
