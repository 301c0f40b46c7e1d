//! How numbers are told to readers.

use demarche::record::{amount_words, change_words};
use demarche::types::{Event, Fact, FigureKind};

/// The numbers of an event in words, each with the figure's index: "at least 12 killed".
pub(super) fn of_event(event: &Event) -> impl Iterator<Item = (usize, String)> + '_ {
    event.magnitude.figures.iter().enumerate().map(|(n, figure)| {
        let amount = amount_words(&figure.quantity, &figure.unit);
        let words = match figure.kind {
            FigureKind::Dead => format!("{amount} killed"),
            FigureKind::Size => format!("size {amount}"),
            FigureKind::Money => amount,
            kind => format!("{amount} {}", kind.as_str()),
        };
        (n, words)
    })
}

/// What a fact states after its subject: "up to 12.5 %".
pub(super) fn of_fact(fact: &Fact) -> String {
    let change = fact.comparison.as_ref().map_or_else(String::new, |c| change_words(c) + " ");
    let kind = fact.kind.map_or("", |kind| match kind {
        FigureKind::Dead => " killed",
        FigureKind::Injured => " injured",
        FigureKind::Missing => " missing",
        FigureKind::Arrested => " arrested",
        FigureKind::Kidnapped => " kidnapped",
        FigureKind::Displaced => " displaced",
        FigureKind::Troops | FigureKind::Size | FigureKind::Money => "",
    });
    let unit = if fact.unit.0 == "person" && kind.is_empty() { " people" } else { kind };
    format!("{change}{}{unit}", amount_words(&fact.quantity, &fact.unit))
}
