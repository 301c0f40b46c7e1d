//! A part of the set in `evals/clusters`: records with their gold.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use demarche_corroborate::{Known, Report};
use demarche_records::Event;
use serde::Deserialize;

/// A record as the set has it.
#[derive(Debug, Deserialize)]
pub(crate) struct Line {
    #[serde(flatten)]
    pub(crate) event: Event,
    /// The gold event; none where the record tells nothing that gold knows.
    pub(crate) gold: Option<String>,
    pub(crate) known: Article,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Article {
    pub(crate) wire: Option<String>,
    pub(crate) group: Option<String>,
}

/// A gold event.
#[derive(Debug, Deserialize)]
pub(crate) struct Gold {
    pub(crate) id: String,
    /// What kind of story tells it; only the examples ask.
    #[cfg_attr(test, expect(dead_code, reason = "the examples ask"))]
    pub(crate) kind: String,
    pub(crate) actor: Vec<String>,
    pub(crate) recipient: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) lines: Vec<Line>,
    pub(crate) gold: BTreeMap<String, Gold>,
}

impl Part {
    pub(crate) fn read(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../evals/clusters");
        let file = std::fs::File::open(folder.join(format!("{name}.jsonl.gz"))).expect("the part is there");
        let mut text = String::new();
        flate2::read::GzDecoder::new(file).read_to_string(&mut text).expect("the part can be unpacked");
        let lines = text.lines().map(|line| serde_json::from_str(line).expect("a record with gold")).collect();
        let events = std::fs::read_to_string(folder.join(format!("{name}-events.jsonl"))).expect("the events are there");
        let gold = events.lines().map(|line| serde_json::from_str::<Gold>(line).expect("an event"));
        Self { lines, gold: gold.map(|gold| (gold.id.clone(), gold)).collect() }
    }

    pub(crate) fn reports(&self) -> impl Iterator<Item = Report<'_>> {
        self.lines.iter().map(|line| Report {
            event: &line.event,
            known: Known { wire: line.known.wire.as_deref(), group: line.known.group.as_deref() },
        })
    }

    /// The gold event of each record.
    pub(crate) fn gold_of(&self) -> BTreeMap<&str, &str> {
        self.lines.iter().filter_map(|line| Some((line.event.id.as_str(), line.gold.as_deref()?))).collect()
    }
}
