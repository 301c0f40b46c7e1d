//! Short texts with the events that are right, in `tests/cases/events/*.txt`.
//!
//! A case is `=== name`, the day of publication, the text, `---`, and one line an event in the order of the text:
//! status, type with mode, actors, `->`, recipients, date, and `in PLACE` and `by SPEAKER` where known. Parties are codes
//! (`RUS GOV`), several joined by `+`; `?` is a party without code, `-` is none. `UPDATE_CASES=1` writes what the program
//! says: read it before keeping it, for a case states what is right.

use demarche::types::{Actor, Participant};
use demarche::{Coded, Event};

use crate::cases;

#[test]
fn texts_give_their_events() {
    cases::check("events", 10, lines_of);
}

fn lines_of(coded: &Coded, text: &str) -> String {
    coded.events.iter().map(|e| line(e, text) + "\n").collect()
}

fn line(event: &Event, text: &str) -> String {
    let modes: String = event.modes.iter().map(|m| format!("-{}", m.0)).collect();
    let date = match (event.date.start, event.date.end) {
        (Some(start), Some(end)) if start == end => start.to_string(),
        (Some(start), Some(end)) => format!("{start}..{end}"),
        (Some(start), None) => format!("{start}.."),
        (None, Some(end)) => format!("..{end}"),
        (None, None) => "-".to_owned(),
    };
    let mut out = format!(
        "{:?} {}{modes}  {} -> {}  {date}",
        event.status,
        event.kind.as_str(),
        parties(&event.actors),
        parties(&event.recipients)
    );
    out[..1].make_ascii_lowercase();
    if let Some((place, _)) = &event.place {
        out += &format!("  in {}", place.name);
    }
    for speaker in event.attribution.iter().filter_map(|a| a.speaker.as_ref()) {
        out += &format!("  by {}", speaker.span.of(text));
    }
    out
}

fn parties(list: &[Participant]) -> String {
    let code = |a: &Actor| {
        let codes: Vec<&str> = a.code.iter().map(|c| c.0.as_str()).chain(a.sectors.iter().map(|s| s.0.as_str())).collect();
        if codes.is_empty() { "?".to_owned() } else { codes.join(" ") }
    };
    if list.is_empty() { "-".to_owned() } else { list.iter().map(|p| code(&p.actor)).collect::<Vec<_>>().join(" + ") }
}
