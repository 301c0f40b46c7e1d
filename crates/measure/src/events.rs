//! Texts with gold records of their events and quotes.

use demarche::{Article, Failure, Pipeline, Recorder, Worker};
use demarche_eval::records::{RecordError, Records, read_jsonl};

/// Why the records of a text are not there.
#[derive(Debug)]
pub enum Unmade {
    /// The program failed on it.
    Failed(Failure),
    /// A record cannot be written: a fault of the program.
    Unwritten(serde_json::Error),
    /// What the program wrote cannot be read back: a fault of the program.
    Unread(RecordError),
}

/// What the program makes of an article, through the same reader as gold: its records are scored as they are written. Of each record `keep` says whether a
/// field of that name counts; what gold says nothing of should not.
pub fn coded(
    pipeline: &Pipeline,
    worker: &mut Worker,
    article: &Article,
    keep: &dyn Fn(&str) -> bool,
) -> Result<Records, Unmade> {
    let lines = pipeline.try_read(article, worker, |reading| {
        let recorder = Recorder::new(&reading.document, pipeline.stamp());
        let events = reading.coded.events.iter().map(|e| serde_json::to_value(recorder.event(e)));
        let quotes = reading.coded.quotes.iter().map(|q| serde_json::to_value(recorder.quote(q)));
        events.chain(quotes).map(|record| Ok(told(record?, keep))).collect::<Result<Vec<String>, _>>()
    });
    let lines = lines.map_err(Unmade::Failed)?.map_err(Unmade::Unwritten)?;
    Ok(Records::of(read_jsonl(&lines.join("\n")).map_err(Unmade::Unread)?))
}

fn told(mut record: serde_json::Value, keep: &dyn Fn(&str) -> bool) -> String {
    if let Some(fields) = record.as_object_mut() {
        fields.retain(|name, _| keep(name));
    }
    record.to_string()
}
