//! Stored articles, coded again with the present lexicon, model and knowledge.
//!
//! What another run coded stays: `events_all` has it, and [`crate::diff`] tells the two apart.

use std::ops::ControlFlow;

use demarche::types::{Article, Block, DateSource, Published};
use demarche::{Pipeline, Recorder, Worker, batch};
use demarche_records::Record;
use demarche_sources::language::detect;
use demarche_store::{Store, StoreError, arrow};
use jiff::civil::Date;

use crate::coding;
use crate::ingest::{not_english, story};
use crate::rows::Text;

use arrow::array::RecordBatch;

/// What was done so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recoded {
    /// Articles coded.
    pub articles: u64,
    /// Events in them.
    pub events: u64,
    /// Articles that this run had coded already.
    pub known: u64,
    /// Articles on which the program failed, with the message.
    pub failures: Vec<[String; 2]>,
    /// Whether the caller stopped it.
    pub stopped: bool,
}

/// Articles of one commit.
const TOGETHER: usize = 1024;

/// Columns of an article.
const ARTICLES: &str = "SELECT id, origin, url, title, byline, site, section, published, published_basis, language, text, blocks FROM articles ORDER BY id";

/// Codes what the present run has not coded yet.
pub fn recode(
    pipeline: &Pipeline,
    store: &mut Store,
    threads: usize,
    halt: &mut dyn FnMut(&Recoded) -> ControlFlow<()>,
) -> Result<Recoded, StoreError> {
    let run = coding::run_of(pipeline);
    let id = run.id();
    let mut done = Recoded::default();
    let mut answer = store.query(ARTICLES, &[])?;
    let mut pending: Vec<(String, Vec<Record>)> = vec![];
    loop {
        let Some(rows) = answer.next().transpose()? else { break };
        let articles = articles(&rows);
        let (known, new): (Vec<Article>, Vec<Article>) =
            articles.into_iter().partition(|article| store.known_coding(&article.id.0, &id));
        done.known += known.len() as u64;
        let mut coded = vec![];
        let work = |worker: &mut Worker, article: Article| {
            if not_english(&article, &detect(&story(&article))).is_some() {
                return None;
            }
            let records = pipeline.try_read(&article, worker, |reading| {
                let recorder = Recorder::new(&reading.document, pipeline.stamp());
                coding::records(&recorder, &reading)
            });
            Some((article.id.0.to_string(), records))
        };
        batch::ordered(new.into_iter(), threads, Worker::default, work, |result| {
            coded.extend(result);
            ControlFlow::Continue(())
        });
        for (article, records) in coded {
            match records {
                Ok(records) => {
                    done.articles += 1;
                    done.events += records.iter().filter(|r| matches!(r, Record::Event(_))).count() as u64;
                    pending.push((article, records));
                }
                Err(failure) => done.failures.push([article, failure.to_string()]),
            }
        }
        if pending.len() >= TOGETHER {
            store.commit_coding(&run, std::mem::take(&mut pending))?;
            store.tidy()?;
        }
        if halt(&done).is_break() {
            done.stopped = true;
            break;
        }
    }
    if !pending.is_empty() {
        store.commit_coding(&run, pending)?;
    }
    Ok(done)
}

/// The articles of some rows, as they were read.
fn articles(rows: &RecordBatch) -> Vec<Article> {
    let text = |column| Text::of(rows, column);
    let columns = [0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11].map(text);
    let [id, origin, url, title, byline, site, section, basis, language, body, blocks] = columns;
    let days = Text::day(rows, 7);
    (0..rows.num_rows())
        .map(|row| {
            let own = |column: &Text| column.at(row).map(str::to_owned);
            let text = body.at(row).unwrap_or_default();
            let day: Option<Date> = days.get(row).copied().flatten();
            let source: Option<DateSource> = basis.at(row).and_then(|name| serde_json::from_value(name.into()).ok());
            let blocks: Vec<Block> = blocks.at(row).and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
            Article {
                origin: own(&origin).unwrap_or_default(),
                url: own(&url),
                title: own(&title),
                byline: own(&byline),
                site: own(&site),
                section: own(&section),
                published: day.zip(source).map(|(date, source)| Published { date, source }),
                language: language.at(row).map(Into::into),
                blocks,
                ..Article::bare(id.at(row).unwrap_or_default(), text)
            }
        })
        .collect()
}
