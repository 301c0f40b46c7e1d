//! A text, coded at once: nothing of it is kept.

use demarche::ingest::{Source, read, read_text};
use demarche::types::SentenceId;
use demarche::{Article, Explanation, Recorder, Worker};
use demarche_flows::coding;
use demarche_records::{Event, Quote, Record};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::articles::{block, marks};
use super::record::{Section, derivation};
use crate::fault::Fault;
use crate::pieces::{self, Piece};
use crate::state::App;

/// What is to be coded: either a text or a page.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TextAsked)]
pub(crate) struct Asked {
    /// Plain text; its first line may be the title.
    pub text: Option<String>,
    /// A page in HTML.
    pub html: Option<String>,
    /// Day of publication, as 2026-01-31; what "on Monday" is counted from.
    #[schema(format = Date)]
    pub published: Option<String>,
    /// Title, where the text has none.
    pub title: Option<String>,
}

/// A sentence, read.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Sentence {
    /// Its words.
    pub text: String,
    /// Its characters.
    pub span: [u32; 2],
    /// How it was read.
    pub sections: Vec<Section>,
}

/// A text, coded.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Coded {
    /// What it is: title, day and so on.
    #[schema(value_type = Object)]
    pub article: Value,
    /// The text in pieces.
    pub pieces: Vec<Piece>,
    /// Events, as records.
    #[schema(value_type = Vec<Object>)]
    pub events: Vec<Value>,
    /// Quotes, as records.
    #[schema(value_type = Vec<Object>)]
    pub quotes: Vec<Value>,
    /// Relations, as records.
    #[schema(value_type = Vec<Object>)]
    pub relations: Vec<Value>,
    /// What was not coded, as records.
    #[schema(value_type = Vec<Object>)]
    pub rejects: Vec<Value>,
    /// The sentences that were read, with how: the first of them, where there are many.
    pub sentences: Vec<Sentence>,
    /// Sentences that are not told of.
    pub more_sentences: usize,
}

/// Sentences whose reading is told.
const SENTENCES: usize = 60;

/// Codes a text.
pub(crate) fn code(app: &App, asked: &Asked) -> Result<Coded, Fault> {
    let filled = |text: &Option<String>| text.as_ref().filter(|text| !text.trim().is_empty()).cloned();
    let day = match filled(&asked.published) {
        Some(day) => Some(day.trim().parse().map_err(|_| Fault::body("published: a day is written 2026-01-31"))?),
        None => None,
    };
    let (text, name) = match (filled(&asked.text), filled(&asked.html)) {
        (Some(_), Some(_)) => return Err(Fault::body("give either text or html, not both")),
        (None, None) => return Err(Fault::body("there is nothing to code: give text or html")),
        (Some(text), None) => {
            (filled(&asked.title).map_or(text.clone(), |title| format!("{}\n\n{text}", title.trim())), "posted.txt")
        }
        (None, Some(html)) => (html, "posted.html"),
    };
    let source = Source { published: day, ..Source::new(name, text.as_bytes()) };
    let article =
        if name == "posted.txt" { read_text(&source) } else { read(&source).next().unwrap_or_else(|| read_text(&source)) };
    let article = article.map_err(|error| Fault::body(error.to_string()))?;
    let coded = app.pipeline.try_read(&article, &mut Worker::default(), |reading| {
        let recorder = Recorder::new(&reading.document, app.pipeline.stamp());
        let records = coding::records(&recorder, &reading);
        let all = reading.document.sentences.len();
        let sentences: Vec<Sentence> = (0..all.min(SENTENCES))
            .map(|n| {
                let span = reading.document.sentences[n].span;
                let explained = Explanation::of_sentence(&app.pipeline, &reading, SentenceId(n as u32));
                Sentence {
                    text: span.of(&article.text).to_owned(),
                    span: recorder.span(span),
                    sections: derivation(explained).sections,
                }
            })
            .collect();
        let head = serde_json::to_value(recorder.article()).unwrap_or_default();
        (records, sentences, all.saturating_sub(SENTENCES), head)
    });
    let (records, sentences, more_sentences, head) = coded.map_err(|failure| Fault::internal(failure.to_string()))?;
    Ok(told(app, &article, records, sentences, more_sentences, head))
}

fn told(
    app: &App,
    article: &Article,
    records: Vec<Record>,
    sentences: Vec<Sentence>,
    more_sentences: usize,
    head: Value,
) -> Coded {
    let (mut events, mut quotes): (Vec<Event>, Vec<Quote>) = (vec![], vec![]);
    let (mut relations, mut rejects) = (vec![], vec![]);
    for record in records {
        match record {
            Record::Event(event) => events.push(*event),
            Record::Quote(quote) => quotes.push(*quote),
            Record::Relation(relation) => relations.extend(serde_json::to_value(relation)),
            Record::Reject(reject) => rejects.extend(serde_json::to_value(reject)),
            Record::Fact(_) => {}
        }
    }
    let blocks: Vec<pieces::Block> = article.blocks.iter().map(block).collect();
    let pieces = pieces::cut(&article.text, &blocks, &marks(app, &events, &quotes));
    let values = |records: &[Event]| records.iter().filter_map(|event| serde_json::to_value(event).ok()).collect();
    Coded {
        article: head,
        pieces,
        events: values(&events),
        quotes: quotes.iter().filter_map(|quote| serde_json::to_value(quote).ok()).collect(),
        relations,
        rejects,
        sentences,
        more_sentences,
    }
}
