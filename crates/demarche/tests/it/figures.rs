//! Short texts with the numbers that are right, in `tests/cases/figures/*.txt`.
//!
//! A case is `=== name`, the day of publication, the text, `---`, and one line a number: first those of events (type, trigger, kind, number, and `by SPEAKER`
//! where somebody else tells it), then facts (subject, number, change, period, speaker). `UPDATE_CASES=1` writes what the program says: read it before
//! keeping it, for a case states what is right.

use std::fmt::Write as _;
use std::path::Path;

use demarche::record::{amount_words, change_words};
use demarche::types::{Attribution, FigureKind};
use demarche::{Coded, Source, Worker, ingest};

use crate::pipeline;

#[test]
fn texts_give_their_numbers() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/figures");
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
            let found = lines_of(&pipeline.code(&article, &mut worker), &article.text);
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
    assert!(count > 15, "only {count} cases");
    assert!(update || failures.is_empty(), "\n{failures}");
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
