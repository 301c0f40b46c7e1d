//! Stored articles, coded again with the present lexicon, model and knowledge.
//!
//! What another run coded stays: `events_all` has it, and [`crate::diff`] tells the two apart. What a reviewer corrected is corrected again in the
//! same commit ([`crate::corrections`]).

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use demarche::types::{Article, Block, DateSource, Published};
use demarche::{Pipeline, Recorder, Worker, batch};
use demarche_sources::language::detect;
use demarche_store::{Addition, CodedArticles, Run, Store, StoreError, arrow};
use jiff::civil::Date;

use crate::coding;
use crate::corrections::{self, Correction, CorrectionError, Layers};
use crate::ingest::{not_english, story};
use crate::rows::Text;

use arrow::array::RecordBatch;

/// What was done so far.
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// Whether this run counts again, after another one that came later.
    pub taken_up: bool,
    /// Corrections of events that were not taken back.
    pub corrections: u64,
    /// Of these, those whose articles have no such event as they are coded now.
    pub unmatched: Vec<Correction>,
}

/// Articles of one commit.
const TOGETHER: usize = 1024;

/// Columns of an article.
const COLUMNS: &str = "id, origin, url, title, byline, site, section, published, published_basis, language, text, blocks";

/// Codes what the present run has not coded yet.
pub fn recode(
    pipeline: &Pipeline,
    store: &mut Store,
    threads: usize,
    halt: &mut dyn FnMut(&Recoded) -> ControlFlow<()>,
) -> Result<Recoded, CorrectionError> {
    let run = coding::run_of(pipeline);
    let mut done = Recoded::default();
    let mut answer = store.query(&format!("SELECT {COLUMNS} FROM articles ORDER BY id"), &[])?;
    loop {
        let Some(rows) = answer.next().transpose()? else { break };
        // The engine's batches are large; memory holds the records of one commit.
        for start in (0..rows.num_rows()).step_by(TOGETHER) {
            let rows = rows.slice(start, TOGETHER.min(rows.num_rows() - start));
            part(pipeline, store, threads, &run, &rows, &mut done)?;
            if halt(&done).is_break() {
                done.stopped = true;
                return Ok(done);
            }
        }
    }
    drop(answer);
    // Corrections of articles that this run had coded before may be newer than its layers.
    let applied = corrections::renew(store, Some(&run.id()))?;
    (done.corrections, done.unmatched) = (applied.corrections, applied.unmatched);
    // Of an article that several runs coded the last one counts; asked for again, an earlier one is the last.
    if done.articles + done.known > 0
        && let Some(rows) = corrections::lift(store, &run.id())?
    {
        store.append("uses", &rows)?;
        done.taken_up = true;
    }
    Ok(done)
}

/// The run whose coding counts where several coded an article, with its place among the runs. Of a run with corrections upon it, itself.
pub fn current(store: &Store) -> Result<Option<(String, i64)>, StoreError> {
    Ok(Layers::read(store)?.current().map(|(run, place)| (run.to_owned(), place)))
}

/// Codes some articles and commits them.
fn part(
    pipeline: &Pipeline,
    store: &mut Store,
    threads: usize,
    run: &Run,
    rows: &RecordBatch,
    done: &mut Recoded,
) -> Result<(), CorrectionError> {
    let id = run.id();
    let mut decided: BTreeMap<String, Vec<Correction>> = BTreeMap::new();
    for correction in corrections::all(store)? {
        decided.entry(correction.article.clone()).or_default().push(correction);
    }
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let (mut new, mut coded) = (vec![], vec![]);
    for article in articles(rows) {
        match article {
            Ok(article) if store.known_coding(&article.id.0, &id) => done.known += 1,
            Ok(article) => {
                if decided.contains_key(article.id.0.as_str()) {
                    texts.insert(article.id.0.to_string(), article.text.clone());
                }
                new.push(article);
            }
            Err(failure) => done.failures.push(failure),
        }
    }
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
    let (mut ready, mut corrected): (CodedArticles, CodedArticles) = (vec![], vec![]);
    for (article, records) in coded {
        match records {
            Ok(records) => {
                done.articles += 1;
                done.events += coding::events_in(&records);
                if let (Some(decided), Some(text)) = (decided.remove(&article), texts.remove(&article)) {
                    let records = corrections::corrected(&records, decided, &text);
                    corrected.extend(records.map(|records| (article.clone(), records)));
                }
                ready.push((article, records));
            }
            Err(failure) => done.failures.push([article, failure.to_string()]),
        }
    }
    if !ready.is_empty() {
        let layer = (corrections::first_upon(run), corrected);
        store.add(Addition { codings: vec![(run.clone(), ready), layer], rows: vec![] })?;
        store.tidy()?;
    }
    Ok(())
}

/// The articles of the events whose identifiers begin so, as they were read. What begins no identifier gives none.
pub fn articles_of(store: &Store, event: &str) -> Result<Vec<Result<Article, [String; 2]>>, StoreError> {
    if event.is_empty() || !event.chars().all(|c| c.is_ascii_hexdigit()) {
        return Ok(vec![]);
    }
    // What a reviewer rejected can be asked about too.
    let of = format!(
        "SELECT article FROM events WHERE id LIKE '{event}%' \
         UNION SELECT article FROM rejects WHERE reason = '{}' AND id LIKE '{event}%'",
        corrections::REASON
    );
    let sql = format!("SELECT {COLUMNS} FROM articles WHERE id IN ({of}) ORDER BY id");
    Ok(store.rows(&sql)?.iter().flat_map(articles).collect())
}

/// The articles of some rows, as they were read; of one whose row has another form, its identifier and what is wrong with it.
fn articles(rows: &RecordBatch) -> Vec<Result<Article, [String; 2]>> {
    let text = |column| Text::of(rows, column);
    let columns = [0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11].map(text);
    let [id, origin, url, title, byline, site, section, basis, language, body, blocks] = columns;
    let days = Text::day(rows, 7);
    (0..rows.num_rows())
        .map(|row| {
            let own = |column: &Text| column.at(row).map(str::to_owned);
            let text = body.at(row).unwrap_or_default();
            let day: Option<Date> = days.get(row).copied().flatten();
            let failed = |column: &str, error: serde_json::Error| {
                [
                    id.at(row).unwrap_or_default().to_owned(),
                    format!("its column {column} has a form that this program does not know: {error}"),
                ]
            };
            let source: Option<DateSource> = basis
                .at(row)
                .map(|name| serde_json::from_value(name.into()))
                .transpose()
                .map_err(|e| failed("published_basis", e))?;
            let blocks: Vec<Block> = serde_json::from_str(blocks.at(row).unwrap_or_default()).map_err(|e| failed("blocks", e))?;
            Ok(Article {
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
            })
        })
        .collect()
}
