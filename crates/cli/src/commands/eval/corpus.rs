//! Gold as sentences with marked events: the Demarche corpus.

use std::fs;
use std::path::{Path, PathBuf};

use demarche::types::{Coded as Codes, Participant};
use demarche::{Pipeline, Recorder, Worker, record};
use demarche_eval::corpus::{CharSpan, Coded, CorpusReport, Event, Made, Sentence, read, score};

use super::Gold;
use crate::error::UserError;
use crate::input;

/// Whether a path is a file or folder of the corpus and not of records.
pub(super) fn is_corpus(path: &Path) -> bool {
    path.is_dir() || path.extension().is_some_and(|e| e == "txt")
}

pub(super) fn report(args: &Gold) -> Result<CorpusReport, UserError> {
    let hint = "training/corpus/GUIDELINES.md describes the format";
    let mut sentences: Vec<Sentence> = vec![];
    for file in files(&args.file)? {
        let text = input::text(&file)?;
        sentences.extend(read(&text).map_err(|error| UserError::content(&file, &error, hint))?);
    }
    if sentences.is_empty() {
        return Err(UserError::input(format!("{}: no sentences here", args.file.display())).hint(hint));
    }
    let pipeline = Pipeline::embedded()?;
    let unknown = |e: &&Event| pipeline.coder().acts().get(&e.act).is_none() || !STATUSES.contains(&e.status.as_str());
    if let Some((sentence, event)) = sentences.iter().find_map(|s| Some((s, s.events.iter().find(unknown)?))) {
        let (act, status) = (&event.act, &event.status);
        return Err(UserError::input(format!(
            "\u{201c}{}\u{201d}: no act `{act}` in data/acts.tsv, or no status `{status}`",
            sentence.text
        ))
        .hint(hint));
    }
    let mut worker = Worker::default();
    let mut coded = vec![];
    for sentence in &sentences {
        let article = demarche_measure::paragraph("text", &sentence.text, args.published);
        coded.push(pipeline.try_read(&article, &mut worker, |reading| {
            let recorder = Recorder::new(&reading.document, pipeline.stamp());
            let events = events(&reading.coded, |span| {
                let [start, end] = recorder.span(span);
                (start as usize, end as usize)
            });
            Made { events, held: reading.document.held.len() == reading.document.sentences.len() }
        })?);
    }
    let label = |act: &str| match pipeline.coder().acts().get(act) {
        Some(act) => (act.kind.as_str().to_owned(), act.mode.as_ref().map_or_else(String::new, |m| m.0.to_string())),
        None => (String::new(), String::new()),
    };
    Ok(score(sentences.iter().zip(&coded), label))
}

const STATUSES: [&str; 5] = ["actual", "historical", "future", "hypothetical", "negated"];

fn events(codes: &Codes, at: impl Fn(demarche::types::Span) -> CharSpan) -> Vec<Coded> {
    let spans = |list: &[Participant]| list.iter().map(|p| at(p.span)).collect();
    let event = |e: &demarche::types::Event| Coded {
        trigger: at(e.trigger),
        kind: e.kind.as_str().into(),
        mode: e.modes.first().map_or_else(String::new, |m| m.0.to_string()),
        act: e.act.as_ref().map_or_else(String::new, ToString::to_string),
        status: record::serde_name(&e.status).unwrap_or_default(),
        contexts: e.contexts.iter().map(|c| c.0.to_string()).collect(),
        actors: spans(&e.actors),
        recipients: spans(&e.recipients),
        speakers: e.attribution.iter().flat_map(|a| a.speaker.iter().chain(&a.via)).map(|p| at(p.span)).collect(),
        confidence: f64::from(e.confidence),
    };
    codes.events.iter().map(event).collect()
}

/// The files of the corpus under a path, in order.
pub(super) fn files(path: &Path) -> Result<Vec<PathBuf>, UserError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let faulty = |error| UserError::file("read", path, &error);
    let entries = fs::read_dir(path).map_err(faulty)?;
    let mut out = vec![];
    for entry in entries {
        let file = entry.map_err(faulty)?.path();
        if file.extension().is_some_and(|e| e == "txt") {
            out.push(file);
        }
    }
    out.sort();
    Ok(out)
}
