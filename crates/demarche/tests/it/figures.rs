//! Short texts with the numbers that are right, in `tests/cases/figures/*.txt`.
//!
//! A case is `=== name`, the day of publication, the text, `---`, and one line a number: first those of events (type, trigger, kind, number, and `by SPEAKER`
//! where somebody else tells it), then facts (subject, number, change, period, speaker). `UPDATE_CASES=1` writes what the program says: read it before
//! keeping it, for a case states what is right.

use std::fmt::Write as _;

use demarche::Coded;
use demarche::record::{amount_words, change_words};
use demarche::types::{Attribution, FigureKind};

use crate::cases;

#[test]
fn texts_give_their_numbers() {
    cases::check("figures", 15, lines_of);
}

fn lines_of(coded: &Coded, text: &str) -> String {
    let mut out = String::new();
    let by = |source: &Option<Attribution>| {
        let speaker = source.as_ref().and_then(|a| a.speaker.as_ref().or(a.via.as_ref()));
        speaker.map_or_else(String::new, |p| format!("  by {}", p.span.of(text)))
    };
    for event in &coded.events {
        for figure in &event.magnitude.figures {
            let part = if figure.part { " (part)" } else { "" };
            let amount = amount_words(&figure.quantity, &figure.unit);
            let _ = writeln!(
                out,
                "{} {}: {} {amount}{part}{}",
                event.kind.as_str(),
                event.trigger.of(text),
                figure.kind.as_str(),
                by(&figure.source)
            );
        }
    }
    for fact in &coded.facts {
        let change = fact.comparison.as_ref().map_or_else(String::new, |c| change_words(c) + " ");
        let kind = fact.kind.map_or_else(String::new, |k| format!(" {}", FigureKind::as_str(k)));
        let period = fact.period.span.map_or_else(String::new, |span| format!("  in {}", span.of(text)));
        let (subject, amount) = (fact.subject.span.of(text), amount_words(&fact.quantity, &fact.unit));
        let _ = writeln!(out, "fact {subject}: {change}{amount}{kind}{period}{}", by(&fact.source));
    }
    out
}
