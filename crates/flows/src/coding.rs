//! An article to what the store keeps of it.

use demarche::types::Article;
use demarche::{Pipeline, Reading, Recorder};
use demarche_records::Record;
use demarche_store::{ArticleRow, Coded, Run};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::wires;

/// What codes, as the store names it.
pub fn run_of(pipeline: &Pipeline) -> Run {
    let stamp = pipeline.stamp();
    Run {
        version: stamp.version.to_owned(),
        model: stamp.model.clone(),
        ontology: stamp.ontology.clone(),
        lexicon: stamp.lexicon.clone(),
        knowledge: stamp.knowledge.clone(),
    }
}

/// An article with all its records.
pub fn coded(pipeline: &Pipeline, reading: &Reading<'_>, sentences: bool) -> Coded {
    let recorder = Recorder::new(&reading.document, pipeline.stamp());
    let spans = if sentences { reading.document.sentences.iter().map(|s| recorder.span(s.span)).collect() } else { vec![] };
    Coded { article: article_row(reading.document.article), records: records(&recorder, reading), sentences: spans }
}

/// The records of a reading, kind by kind.
pub fn records(recorder: &Recorder<'_>, reading: &Reading<'_>) -> Vec<Record> {
    let kinds = ["events", "quotes", "relations", "facts", "rejects"];
    kinds.into_iter().flat_map(|table| records_of(table, recorder, reading)).collect()
}

/// The records that rows of a table are made of: `events` and `event_actors` of events, and so on.
pub fn records_of(table: &str, recorder: &Recorder<'_>, reading: &Reading<'_>) -> Vec<Record> {
    let coded = &reading.coded;
    match table {
        "events" | "event_actors" => coded.events.iter().map(|e| Record::Event(owned(&recorder.event(e)))).collect(),
        "quotes" => coded.quotes.iter().map(|q| Record::Quote(owned(&recorder.quote(q)))).collect(),
        "relations" => coded.relations.iter().map(|r| Record::Relation(owned(&recorder.relation(r)))).collect(),
        "facts" => coded.facts.iter().map(|f| Record::Fact(owned(&recorder.fact(f)))).collect(),
        "rejects" => coded.rejects.iter().map(|r| Record::Reject(owned(&recorder.reject(r)))).collect(),
        _ => vec![],
    }
}

/// How many of the records are events.
pub(crate) fn events_in(records: &[Record]) -> u64 {
    records.iter().filter(|record| matches!(record, Record::Event(_))).count() as u64
}

/// What is written is read back: a test holds that every record can be. Where it is not so, the article fails with this message rather than lose
/// the record in silence.
fn owned<T: DeserializeOwned>(record: &impl Serialize) -> T {
    let read = serde_json::to_vec(record).and_then(|line| serde_json::from_slice(&line));
    read.unwrap_or_else(|error| panic!("a record cannot be read back: {error}"))
}

/// The article's own columns; what other articles say of it (duplicates) is for whoever knows them.
pub fn article_row(article: &Article) -> ArticleRow {
    let story = article.blocks.iter().find(|b| b.kind.is_coded() && b.kind != demarche::types::BlockKind::Title);
    let last = article.blocks.iter().rfind(|b| b.kind.is_coded());
    let told = story.zip(last).map_or("", |(first, last)| {
        let (start, end) = (first.span.start as usize, last.span.end as usize);
        article.text.get(start..end).unwrap_or_default()
    });
    ArticleRow {
        id: article.id.0.to_string(),
        url: article.url.clone(),
        title: article.title.clone(),
        byline: article.byline.clone(),
        site: article.site.clone(),
        section: article.section.clone(),
        published: article.published.map(|p| p.date),
        published_basis: article.published.and_then(|p| demarche::record::serde_name(&p.source)),
        language: article.language.as_ref().map(ToString::to_string),
        text: article.text.clone(),
        blocks: serde_json::to_string(&article.blocks).ok(),
        origin: article.origin.clone(),
        wire: wires::agency(article.byline.as_deref(), told).map(str::to_owned),
        words: Some(told.split_whitespace().count() as u32),
        ..ArticleRow::default()
    }
}
