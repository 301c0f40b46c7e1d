//! Exports of the cases: files as expected, sound by the column lists, readable with the loaders that users have.
#![expect(clippy::unwrap_used, reason = "in a test the panic is the message")]

mod cases;
mod choice;
mod failures;
mod faults;
mod readback;

use std::fs;
use std::path::{Path, PathBuf};

use demarche_export::{Format, Manifest, Options, export};
use demarche_records::Event;
use demarche_types::Status;
use jiff::civil::datetime;

/// The folder of the cases.
fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// The events of the cases.
fn events() -> Vec<Event> {
    let file = fs::File::open(cases().join("events.jsonl")).unwrap();
    demarche_export::events(std::io::BufReader::new(file)).collect::<Result<_, _>>().unwrap()
}

/// Options with every status, and a moment, so that all columns that can be filled are.
fn everything(format: Format) -> Options<'static> {
    Options { statuses: Status::ALL.to_vec(), time: Some(datetime(2026, 3, 15, 18, 0, 0, 0)), ..Options::new(format) }
}

/// Exports events, or the articles of the cases for brat.
fn run(events: Vec<Event>, options: Options<'_>, folder: &Path) -> Manifest {
    if options.format == Format::Brat {
        return demarche_export::export_brat(documents(events).into_iter().map(Ok::<_, std::io::Error>), options, folder)
            .unwrap();
    }
    export(events.into_iter().map(Ok::<_, std::io::Error>), options, folder).unwrap()
}

/// The events with the texts of their articles, where the cases have them.
fn documents(events: Vec<Event>) -> Vec<demarche_export::Document> {
    let texts = fs::read_to_string(cases().join("articles.jsonl")).unwrap();
    let mut documents = Vec::new();
    for line in texts.lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        let id = value["article"].as_str().unwrap();
        let events: Vec<Event> = events.iter().filter(|event| event.article.id == id).cloned().collect();
        let article = events[0].article.clone();
        documents.push(demarche_export::Document { article, text: value["text"].as_str().unwrap().to_owned(), events });
    }
    documents
}
