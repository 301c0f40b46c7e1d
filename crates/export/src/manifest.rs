//! What was exported, for whoever receives it.

use std::collections::BTreeMap;

use demarche_records::{Coder, Event};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Format;

/// The account of an export. Written last, as `FORMAT.manifest.json`: where it stands, all files are whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Format.
    pub format: Format,
    /// Program and version that exported.
    pub program: String,
    /// Codebook of the types, where the format leaves a choice.
    pub codebook: String,
    /// The files, in the order they were finished.
    pub files: Vec<FileEntry>,
    /// What was asked for.
    pub query: Query,
    /// What became of the events.
    pub events: Counts,
    /// The coders that made them.
    pub coders: Vec<CoderEntry>,
    /// First and last day of publication of their articles.
    pub published: Option<[Date; 2]>,
    /// Terms of use.
    pub licence: String,
    /// How to cite it.
    pub citation: String,
}

/// A file of an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Name, in the folder of the manifest.
    pub name: String,
    /// Records in it, headers not counted.
    pub rows: u64,
    /// Size.
    pub bytes: u64,
    /// SHA-256 of the bytes, hexadecimal.
    pub sha256: String,
    /// Columns in order; empty for files that are no tables.
    pub columns: Vec<String>,
}

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// The user's words: the SQL or the filters with which the events were chosen.
    pub asked: Option<String>,
    /// Statuses that were exported.
    pub status: Vec<String>,
    /// Name of a further filter ("one-a-day").
    pub filter: Option<String>,
}

/// What became of the events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Read.
    pub read: u64,
    /// Written, in one row or several.
    pub written: u64,
    /// Of those, the ones without a date of their own that stand under the day of publication.
    pub dated_by_publication: u64,
    /// Written events whose date is longer than a day (a month, a year, a stretch): a column for one day has the first.
    pub longer_than_a_day: u64,
    /// Not written, by reason.
    pub left_out: BTreeMap<String, u64>,
}

/// A coder, and how many of the events are its.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of a record's coder")]
pub struct CoderEntry {
    pub version: String,
    pub model: String,
    pub ontology: String,
    pub lexicon: String,
    pub knowledge: String,
    pub events: u64,
}

/// Gathers what the manifest tells of the events that are written.
#[derive(Default)]
pub(crate) struct Tally {
    /// Keyed by everything but the count, so that the order is the same however the events come.
    coders: BTreeMap<[String; 5], u64>,
    published: Option<[Date; 2]>,
}

impl Tally {
    /// Takes an event.
    pub(crate) fn add(&mut self, event: &Event) {
        let Coder { version, model, ontology, lexicon, knowledge, .. } = &event.coder;
        let key = [version, model, ontology, lexicon, knowledge];
        // Nearly always there is one coder, so the key is seldom copied.
        match self.coders.iter_mut().find(|(known, _)| known.iter().eq(key)) {
            Some((_, count)) => *count += 1,
            None => {
                self.coders.insert(key.map(Clone::clone), 1);
            }
        }
        if let Some(day) = event.article.published {
            let [first, last] = self.published.unwrap_or([day, day]);
            self.published = Some([first.min(day), last.max(day)]);
        }
    }

    /// First and last day of publication.
    pub(crate) fn published(&self) -> Option<[Date; 2]> {
        self.published
    }

    /// The coders in order.
    pub(crate) fn coders(self) -> Vec<CoderEntry> {
        let entry = |([version, model, ontology, lexicon, knowledge], events): ([String; 5], u64)| CoderEntry {
            version,
            model,
            ontology,
            lexicon,
            knowledge,
            events,
        };
        self.coders.into_iter().map(entry).collect()
    }
}

/// How an export is cited: who made it, with what, of which days.
pub(crate) fn citation(
    program: &str,
    format: Format,
    counts: &Counts,
    coders: &[CoderEntry],
    published: Option<[Date; 2]>,
) -> String {
    let days = match published {
        Some([first, last]) if first == last => format!(", articles of {first}"),
        Some([first, last]) => format!(", articles of {first} to {last}"),
        None => String::new(),
    };
    let mut with: Vec<String> = coders
        .iter()
        .map(|c| format!("{}, model {}, lexicon {}, knowledge {}", c.ontology, c.model, c.lexicon, c.knowledge))
        .collect();
    with.dedup();
    let with = if with.is_empty() { String::new() } else { format!(" ({})", with.join("; ")) };
    format!("{} events coded from news by Demarche{with}{days}. Exported as {} by {program}.", counts.written, format.name())
}
