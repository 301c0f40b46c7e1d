//! The records that are written are read again to the same text.

use std::path::Path;

use demarche::{Article, Recorder, Source, ingest};
use demarche_records::Record;
use serde::Serialize;

use crate::{article, pipeline};

#[test]
fn every_record_of_the_examples_is_read_back() {
    let pipeline = pipeline();
    let mut counts = [0; 5];
    let member = article("member.txt", "Kenya, a member of the African Union since 2002, condemned Somalia on Monday.");
    for article in examples().into_iter().chain([member]) {
        let reading = pipeline.read(&article, &mut demarche::Worker::default());
        let (recorder, coded) = (Recorder::new(&reading.document, pipeline.stamp()), &reading.coded);
        coded.events.iter().for_each(|e| counts[back(&recorder.event(e))] += 1);
        coded.quotes.iter().for_each(|q| counts[back(&recorder.quote(q))] += 1);
        coded.relations.iter().for_each(|r| counts[back(&recorder.relation(r))] += 1);
        coded.facts.iter().for_each(|f| counts[back(&recorder.fact(f))] += 1);
        coded.rejects.iter().for_each(|r| counts[back(&recorder.reject(r))] += 1);
    }
    assert!(counts.iter().all(|n| *n > 0), "events, quotes, relations, facts, rejects: {counts:?}");
}

/// The pages in `examples/`.
fn examples() -> Vec<Article> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let files =
        std::fs::read_dir(folder).expect("the examples are there").map(|entry| entry.expect("the folder can be listed").path());
    // The folders in it hold articles by the hundred.
    files
        .filter(|path| path.is_file())
        .flat_map(|file| {
            ingest::read(&Source::new(&file.to_string_lossy(), &std::fs::read(&file).expect("an example can be read")))
                .collect::<Vec<_>>()
        })
        .map(|article| article.expect("an example is an article"))
        .collect()
}

/// Reads what a record is written as, and gives the number of its kind.
fn back(record: &impl Serialize) -> usize {
    let line = serde_json::to_string(record).expect("a record can be written");
    let read = Record::read(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
    assert_eq!(serde_json::to_string(&read).expect("a record can be written"), line);
    match read {
        Record::Event(_) => 0,
        Record::Quote(_) => 1,
        Record::Relation(_) => 2,
        Record::Fact(_) => 3,
        Record::Reject(_) => 4,
    }
}
