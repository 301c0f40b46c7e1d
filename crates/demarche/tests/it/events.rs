//! Short texts with the events that are right, in `tests/cases/events/*.txt`.
//!
//! A case is `=== name`, the day of publication, the text, `---`, and one line an event in the order of the text:
//! status, type with mode, actors, `->`, recipients, date, and `in PLACE` and `by SPEAKER` where known. Parties are codes
//! (`RUS GOV`), several joined by `+`; `?` is a party without code, `-` is none. `UPDATE_CASES=1` writes what the program
//! says: read it before keeping it, for a case states what is right.

use std::fmt::Write as _;
use std::path::Path;

use demarche::ingest;
use demarche::types::{Actor, Participant};
use demarche::{Event, Source, Worker};

use crate::pipeline;

#[test]
fn texts_give_their_events() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/events");
    let update = std::env::var_os("UPDATE_CASES").is_some();
    let (pipeline, mut worker) = (pipeline(), Worker::default());
    let mut paths: Vec<_> =
        std::fs::read_dir(&folder).expect("the folder is there").map(|e| e.expect("readable").path()).collect();
    paths.sort();
    let (mut count, mut failures) = (0, String::new());
    for path in paths {
        let file = std::fs::read_to_string(&path).expect("a case file is UTF-8");
        let mut rewritten = String::new();
        for case in file.split("=== ").filter(|c| !c.trim().is_empty()) {
            let (head, expected) = case.split_once("\n---\n").unwrap_or_else(|| panic!("{}: no `---` in {case}", path.display()));
            let mut lines = head.splitn(3, '\n');
            let (name, day, text) = (lines.next().unwrap_or(""), lines.next().unwrap_or(""), lines.next().unwrap_or(""));
            let published = day.parse().unwrap_or_else(|_| panic!("{}: {name}: `{day}` is no day", path.display()));
            let source = Source { published: Some(published), ..Source::new("case.txt", text.as_bytes()) };
            let article = ingest::read(&source).next().expect("a text is one article").expect("the text can be read");
            let found: String =
                pipeline.code(&article, &mut worker).events.iter().map(|e| line(e, &article.text) + "\n").collect();
            let _ = write!(rewritten, "=== {name}\n{day}\n{text}\n---\n{found}\n");
            count += 1;
            if found.trim() != expected.trim() {
                let _ = write!(failures, "{}: {name}\n  {text}\nexpected\n{expected}found\n{found}\n", path.display());
            }
        }
        if update {
            std::fs::write(&path, rewritten.trim_end().to_owned() + "\n").expect("the case file is writable");
        }
    }
    assert!(count > 10, "only {count} cases");
    assert!(update || failures.is_empty(), "\n{failures}");
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
