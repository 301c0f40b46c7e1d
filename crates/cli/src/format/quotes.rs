//! How quotes are listed: whose words stand in quotation marks, and which quotes stand inside others.

use demarche::types::{AttributionKind, Quote, Span};

use crate::screen::one_line;

const OPENING: [char; 7] = ['\u{201c}', '"', '\u{ab}', '\u{201e}', '\u{201f}', '\u{2018}', '\''];
const CLOSING: [char; 5] = ['\u{201d}', '"', '\u{bb}', '\u{2019}', '\''];

/// The words of a quote as one line, in quotation marks only when the text has them there. Reported speech is nobody's
/// literal words, and the marks around a part of it are the text's own.
pub(super) fn words(text: &str, quote: &Quote) -> String {
    let words = one_line(quote.span.of(text));
    let before = text.get(..quote.span.start as usize).and_then(|t| t.trim_end().chars().next_back());
    let after = text.get(quote.span.end as usize..).and_then(|t| t.trim_start().chars().next());
    let opens = before.is_some_and(|c| OPENING.contains(&c));
    let closes = after.is_some_and(|c| CLOSING.contains(&c));
    let has = |marks: [char; 2]| words.contains(marks);
    let (has_opening, has_closing) = (has(['\u{201c}', '"']), has(['\u{201d}', '"']));
    let (open, close) = match quote.kind {
        AttributionKind::Direct => (true, true),
        // A mark at the end was cut off although its partner stands inside.
        AttributionKind::Mixed if has_opening || has_closing => (opens && !has_opening, closes && !has_closing),
        AttributionKind::Mixed => (opens && closes, opens && closes),
        AttributionKind::Indirect => (false, false),
    };
    let denied = if quote.denied { "denied: " } else { "" };
    format!("{denied}{}{words}{}", if open { "\u{201c}" } else { "" }, if close { "\u{201d}" } else { "" })
}

/// For every quote the index of the one that it stands inside, when both are the same speaker's and the outer one is
/// reported: a fragment of a report, not something said besides. `speaker` names who speaks.
pub(super) fn outer(quotes: &[Quote], speaker: impl Fn(&Quote) -> Option<String>) -> Vec<Option<usize>> {
    let holds = |outer: &Quote, span: Span| outer.span != span && outer.span.contains(span);
    let of = |quote: &Quote| {
        quotes.iter().position(|other| {
            other.kind != AttributionKind::Direct && holds(other, quote.span) && speaker(other) == speaker(quote)
        })
    };
    quotes.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote(text: &str, words: &str, kind: AttributionKind) -> Quote {
        let start = text.find(words).expect("the words are in the text");
        Quote {
            speaker: None,
            via: None,
            cue: None,
            denied: false,
            kind,
            span: Span::new(start, start + words.len()),
            events: vec![],
        }
    }

    #[test]
    fn only_what_the_text_quotes_stands_in_marks() {
        let text = "She said the plan was a \u{201c}gift to traders\u{201d} and left. \u{201c}Peace\u{201d} is what they want.";
        let shown = |part: &str, kind| words(text, &quote(text, part, kind));
        let report = "the plan was a \u{201c}gift to traders\u{201d}";
        assert_eq!(shown(report, AttributionKind::Indirect), report);
        assert_eq!(shown(report, AttributionKind::Mixed), report);
        assert_eq!(shown("gift to traders", AttributionKind::Mixed), "\u{201c}gift to traders\u{201d}");
        assert_eq!(shown("gift to traders", AttributionKind::Direct), "\u{201c}gift to traders\u{201d}");
        let cut = "Peace\u{201d} is what they want";
        assert_eq!(shown(cut, AttributionKind::Mixed), format!("\u{201c}{cut}"));
    }

    #[test]
    fn fragments_of_a_report_are_found() {
        let text = "the plan was a gift to traders";
        let quotes = [quote(text, text, AttributionKind::Indirect), quote(text, "gift to traders", AttributionKind::Direct)];
        assert_eq!(outer(&quotes, |_| None), [None, Some(0)]);
        let by_two = outer(&quotes, |q| Some(format!("{:?}", q.kind)));
        assert_eq!(by_two, [None, None], "another speaker's words are quotes of their own");
    }
}
