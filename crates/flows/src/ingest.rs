//! Pages in: each once, in the order of the sources.
//!
//! The thread that asks for the next page reads it and looks whether it is new; threads code; the caller's thread joins near
//! duplicates and commits, in order. Pages in flight are bounded by [`batch::ordered`], so a slow store or coder holds the sources back.
//! Whatever was committed is left out the next time, so a run that was cut off is finished by the same command. Files that were read to their end
//! without a failure are not opened again while size and time stay the same ([`crate::inputs`]).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use demarche::batch;
use demarche::types::Article;
use demarche::{Pipeline, Worker, english};
use demarche_sources::duplicates::{Index, Signature};
use demarche_sources::language::{Guess, detect};
use demarche_sources::{Failure, Fingerprint, Input, Known, Outcome, Page, Pages, Reader, Source, list};
use demarche_store::{Batch, Coded, Page as Row, PageStatus, Rows, Run, Store, StoreError};
use jiff::Timestamp;
use xxhash_rust::xxh3::{Xxh3, xxh3_64, xxh3_128};

use crate::coding;
use crate::inputs::{Inputs, State};

/// Articles among which near duplicates are looked for: 700 bytes each.
const REMEMBERED: usize = 400_000;

/// How pages are taken in.
#[derive(Clone, Copy, Debug)]
pub struct Ingest {
    /// Threads that code.
    pub threads: usize,
    /// Pages of one commit at most.
    pub pages: usize,
    /// Characters of text of one commit at most, about.
    pub text: usize,
    /// Whether the sentences are kept in a table of their own.
    pub sentences: bool,
}

impl Default for Ingest {
    fn default() -> Self {
        Self { threads: 1, pages: 1024, text: 8 << 20, sentences: false }
    }
}

/// What was done so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Inputs (files, addresses) read to their end.
    pub inputs: u64,
    /// Inputs left out, as nothing changed in them.
    pub unchanged: u64,
    /// Articles coded.
    pub coded: u64,
    /// Events in them.
    pub events: u64,
    /// Pages with the text of another one.
    pub duplicate: u64,
    /// Of the articles coded, near copies of another one.
    pub near: u64,
    /// Stored, not coded.
    pub rejected: u64,
    /// Not read.
    pub failed: u64,
    /// Pages that the store had.
    pub known: u64,
    /// Commits.
    pub commits: u64,
}

/// What a run did.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// The counts.
    pub progress: Progress,
    /// Failures, the first ones: key, reason, next step.
    pub failures: Vec<[String; 3]>,
    /// What was passed over because it is no article, by what it is.
    pub passed_over: BTreeMap<String, u64>,
    /// Whether the caller stopped it before the sources ended.
    pub stopped: bool,
}

/// Failures that a summary keeps; the table `sources` has all.
const TOLD: usize = 20;

/// Whether to go on: asked after every page.
pub type Halt<'a> = dyn FnMut(&Progress) -> ControlFlow<()> + 'a;

/// Why a run ended before its sources did.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct IngestError(#[from] StoreError);

/// What a coding thread gets.
enum Job {
    /// A page that says something new.
    Article { page: Seen, article: Box<Article> },
    /// Nothing to code.
    Settled(Row),
    /// An input has ended.
    Ended(Outcome, Option<(String, State)>),
}

/// A page as the store names it.
struct Seen {
    key: String,
    fingerprint: String,
    bytes: u64,
}

/// What a coding thread gives.
enum Done {
    Article { page: Seen, coded: Box<Coded>, events: u64, signature: Box<Signature>, rejected: Option<[String; 2]> },
    Failed(Row),
    Settled(Row),
    Ended(Outcome, Option<(String, State)>),
}

impl Ingest {
    /// Takes in what the sources have and the store does not.
    pub fn run(
        &self,
        pipeline: &Pipeline,
        store: &mut Store,
        reader: &Arc<Reader>,
        sources: &[Source],
        halt: &mut Halt<'_>,
    ) -> Result<Summary, IngestError> {
        let run = coding::run_of(pipeline);
        let mut known = Remembered::of(store)?;
        let read = Inputs::of(store, reader.settings())?;
        let store = Mutex::new(store);
        let inputs = list(sources, reader.settings());
        let intake = Intake { inputs, reader, store: &store, read: &read, open: None, seen: BTreeSet::new() };
        let mut writer =
            Writer { store: &store, run, limit: *self, batch: vec![], text: 0, ended: vec![], summary: Summary::default() };
        let mut broken = Ok(());
        let work = |worker: &mut Worker, job: Job| self.code(pipeline, worker, job);
        batch::ordered(intake, self.threads, Worker::default, work, |done| {
            broken = writer.take(done, &mut known);
            if broken.is_err() {
                return ControlFlow::Break(());
            }
            let flow = halt(&writer.summary.progress);
            writer.summary.stopped = flow.is_break();
            flow
        });
        broken?;
        writer.commit()?;
        let Writer { ended, summary, .. } = writer;
        let store = store.into_inner().unwrap_or_else(PoisonError::into_inner);
        read.keep(store, ended)?;
        Ok(summary)
    }

    fn code(&self, pipeline: &Pipeline, worker: &mut Worker, job: Job) -> Done {
        let (page, article) = match job {
            Job::Settled(row) => return Done::Settled(row),
            Job::Ended(outcome, state) => return Done::Ended(outcome, state),
            Job::Article { page, article } => (page, article),
        };
        let story = story(&article);
        let guess = detect(&story);
        let rejected = not_english(&article, &guess);
        let coded = if rejected.is_some() {
            Ok(Coded { article: coding::article_row(&article), ..Coded::default() })
        } else {
            pipeline.try_read(&article, worker, |reading| coding::coded(pipeline, &reading, self.sentences))
        };
        match coded {
            Ok(mut coded) => {
                coded.article.language = guess.language.map(str::to_owned).or(coded.article.language);
                coded.article.language_confidence = guess.language.map(|_| (guess.confidence * 1000.0).round() / 1000.0);
                let events = coded.records.iter().filter(|r| matches!(r, demarche_records::Record::Event(_))).count() as u64;
                let signature = Box::new(Signature::of(&story));
                Done::Article { page, coded: Box::new(coded), events, signature, rejected }
            }
            Err(failure) => Done::Failed(Row {
                reason: Some(failure.to_string()),
                next_step: Some("report it with the page, which stays as it is; the others were coded".to_owned()),
                ..row(page, PageStatus::Failed)
            }),
        }
    }
}

/// What near duplicates are looked for among.
///
/// What is found hangs on the order in which articles were put in, so each keeps its number: a run that was cut off finds the same when
/// it is taken up again.
struct Remembered {
    index: Index,
    next: u64,
}

impl Remembered {
    /// What the store has.
    fn of(store: &Store) -> Result<Self, StoreError> {
        let mut known: Vec<(u64, String, Signature)> = vec![];
        for (id, bytes) in store.signatures()? {
            let Some((number, signature)) = bytes.split_first_chunk::<8>() else { continue };
            if let Some(signature) = Signature::from_bytes(signature) {
                known.push((u64::from_be_bytes(*number), id, signature));
            }
        }
        known.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        let mut index = Index::new(REMEMBERED);
        for (_, id, signature) in &known {
            index.insert(id, signature);
        }
        Ok(Self { index, next: known.last().map_or(0, |(number, ..)| number + 1) })
    }

    /// The article that this one repeats nearly, with the share of words in common; else it is put in. Also what the store is to keep.
    fn place(&mut self, id: &str, signature: &Signature) -> (Option<(String, f64)>, Vec<u8>) {
        let found =
            self.index.place(id, signature).map(|near| (near.key.to_owned(), (near.similarity * 1000.0).round() / 1000.0));
        let mut bytes = self.next.to_be_bytes().to_vec();
        bytes.extend_from_slice(&signature.to_bytes());
        if found.is_none() {
            self.next += 1;
        }
        (found, bytes)
    }
}

/// Why an article is not coded: reason and next step.
pub(crate) fn not_english(article: &Article, guess: &Guess) -> Option<[String; 2]> {
    let other = guess.language.is_some_and(|code| code != "en") && guess.confidence >= 0.5;
    // Both must say so: lists of names and short texts mislead either.
    (other && english::looks_english(article) != Some(true)).then(|| {
        let name = guess.name.unwrap_or("another language");
        [format!("language: {name}"), "only English is coded; the article is stored".to_owned()]
    })
}

/// The words of the story, without page furniture.
pub(crate) fn story(article: &Article) -> String {
    let mut out = String::new();
    for block in article.blocks.iter().filter(|block| block.kind.is_coded()) {
        out.push_str(block.span.of(&article.text));
        out.push('\n');
    }
    out
}

fn row(page: Seen, status: PageStatus) -> Row {
    Row {
        key: page.key,
        fingerprint: page.fingerprint,
        status,
        reason: None,
        next_step: None,
        bytes: Some(page.bytes),
        articles: vec![],
        repeats: vec![],
    }
}

/// Writes down that pages were taken in, when, and how many: for the user, who may ask the table `ingests`.
pub fn note(
    store: &mut Store,
    began: Timestamp,
    ended: Timestamp,
    sources: &[String],
    done: &Progress,
) -> Result<(), StoreError> {
    let [began, ended] = [began, ended].map(|time| time.to_string());
    let id = format!("{:016x}", xxh3_64(format!("{began} {ended} {}", sources.join(" ")).as_bytes()));
    let mut row = Rows::of("ingests")?;
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX).into();
    row.push([
        ("id", id.into()),
        ("began", began.into()),
        ("ended", ended.into()),
        ("sources", (&sources.to_vec()).into()),
        ("coded", count(done.coded)),
        ("duplicate", count(done.duplicate)),
        ("rejected", count(done.rejected)),
        ("failed", count(done.failed)),
    ]);
    store.append("ingests", &row.finish()?)?;
    Ok(())
}

/// Addresses whose pages the store has: what a feed links to is fetched once.
pub fn known_addresses(store: &Store) -> Result<Known, StoreError> {
    let mut known = BTreeSet::new();
    for rows in store.rows("SELECT DISTINCT key FROM sources WHERE key LIKE 'http%' AND status <> 'failed'")? {
        let keys = crate::rows::Text::of(&rows, 0);
        known.extend((0..rows.num_rows()).filter_map(|row| keys.at(row)).map(|key| xxh3_128(key.as_bytes())));
    }
    Ok(Known::new(move |key| known.contains(&xxh3_128(key.as_bytes()))))
}

/// The next new page of the sources.
struct Intake<'a, 's> {
    inputs: demarche_sources::Listing<'a>,
    reader: &'a Arc<Reader>,
    store: &'a Mutex<&'s mut Store>,
    read: &'a Inputs,
    open: Option<Open>,
    /// Articles of this run.
    seen: BTreeSet<String>,
}

/// An input that is being read.
struct Open {
    key: String,
    fingerprint: Option<Fingerprint>,
    pages: Pages,
}

impl Iterator for Intake<'_, '_> {
    type Item = Job;

    fn next(&mut self) -> Option<Job> {
        loop {
            if let Some(open) = &mut self.open {
                match open.pages.next() {
                    Some(Ok(page)) => match self.page(&page) {
                        Some(job) => return Some(job),
                        None => continue,
                    },
                    Some(Err(failure)) => return Some(Job::Settled(failed(&failure))),
                    None => return self.open.take().map(Open::end),
                }
            }
            match self.inputs.next()? {
                Ok(input) if self.read.has(&input) => {
                    return Some(Job::Ended(Outcome { unchanged: true, ..Outcome::default() }, None));
                }
                Ok(input) => self.open(input),
                Err(failure) => return Some(Job::Settled(failed(&failure))),
            }
        }
    }
}

impl Open {
    fn end(self) -> Job {
        let outcome = self.pages.finish();
        let whole = outcome.complete && outcome.failures == 0;
        let state = State { fingerprint: self.fingerprint, validators: outcome.validators.clone() };
        Job::Ended(outcome, whole.then_some((self.key, state)))
    }
}

impl Intake<'_, '_> {
    fn open(&mut self, mut input: Input) {
        input.validators = self.read.validators(&input.key);
        let (key, fingerprint) = (input.key.clone(), input.fingerprint);
        self.open = Some(Open { key, fingerprint, pages: self.reader.pages(input) });
    }

    fn page(&mut self, page: &Page) -> Option<Job> {
        let seen = Seen { key: page.key.clone(), fingerprint: fingerprint(page), bytes: page.bytes.len() as u64 };
        if lock(self.store).known(&seen.key, &seen.fingerprint) {
            return Some(Job::Settled(Row {
                status: PageStatus::Coded,
                reason: Some(KNOWN.to_owned()),
                ..row(seen, PageStatus::Coded)
            }));
        }
        let read = demarche::pipeline::caught(&page.origin, || page.article());
        let article = match read {
            Ok(Ok(article)) => article,
            Ok(Err(failure)) => {
                return Some(Job::Settled(Row { bytes: Some(seen.bytes), fingerprint: seen.fingerprint, ..failed(&failure) }));
            }
            Err(failure) => {
                let next_step = "report it with the page; the others were read".to_owned();
                return Some(Job::Settled(Row {
                    reason: Some(failure.to_string()),
                    next_step: Some(next_step),
                    ..row(seen, PageStatus::Failed)
                }));
            }
        };
        let id = article.id.0.to_string();
        if lock(self.store).known_article(&id) || !self.seen.insert(id.clone()) {
            return Some(Job::Settled(Row { repeats: vec![id], ..row(seen, PageStatus::Duplicate) }));
        }
        Some(Job::Article { page: seen, article: Box::new(article) })
    }
}

/// Marks a page that the store has; such a row is counted and not written.
const KNOWN: &str = "known";

/// What tells whether a page is the same: its content, and what its container says of it.
fn fingerprint(page: &Page) -> String {
    let mut hash = Xxh3::new();
    let hints = &page.hints;
    let day = hints.published.map(|d| d.to_string());
    for part in [
        Some(page.bytes.as_slice()),
        page.url.as_deref().map(str::as_bytes),
        hints.title.as_deref().map(str::as_bytes),
        day.as_deref().map(str::as_bytes),
        hints.outlet.as_deref().map(str::as_bytes),
    ] {
        let part = part.unwrap_or_default();
        hash.update(&(part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    format!("{:032x}", hash.digest128())
}

fn failed(failure: &Failure) -> Row {
    Row {
        key: failure.key.clone(),
        // The same failure of the same page is told once; another content is another page.
        fingerprint: format!("failed-{}", failure.reason.code()),
        status: PageStatus::Failed,
        reason: Some(failure.to_string()),
        next_step: Some(failure.next_step().to_owned()),
        bytes: None,
        articles: vec![],
        repeats: vec![],
    }
}

fn lock<'m, 's>(store: &'m Mutex<&'s mut Store>) -> MutexGuard<'m, &'s mut Store> {
    store.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Collects rows and commits them.
struct Writer<'a, 's> {
    store: &'a Mutex<&'s mut Store>,
    run: Run,
    limit: Ingest,
    batch: Vec<Row>,
    text: usize,
    /// Inputs read to their end.
    ended: Vec<(String, State)>,
    summary: Summary,
}

impl Writer<'_, '_> {
    fn take(&mut self, done: Done, known: &mut Remembered) -> Result<(), StoreError> {
        let progress = &mut self.summary.progress;
        match done {
            Done::Ended(outcome, state) => {
                self.ended.extend(state);
                progress.inputs += u64::from(!outcome.unchanged);
                progress.unchanged += u64::from(outcome.unchanged);
                progress.known += outcome.known;
                for (what, count) in outcome.passed_over {
                    *self.summary.passed_over.entry(what).or_default() += count;
                }
                return Ok(());
            }
            Done::Settled(row) if row.reason.as_deref() == Some(KNOWN) => {
                progress.known += 1;
                return Ok(());
            }
            Done::Settled(row) | Done::Failed(row) => {
                match row.status {
                    PageStatus::Duplicate => progress.duplicate += 1,
                    _ => progress.failed += 1,
                }
                if row.status == PageStatus::Failed && self.summary.failures.len() < TOLD {
                    let told = |text: &Option<String>| text.clone().unwrap_or_default();
                    self.summary.failures.push([row.key.clone(), told(&row.reason), told(&row.next_step)]);
                }
                self.batch.push(row);
            }
            Done::Article { page, mut coded, events, signature, rejected } => {
                let id = coded.article.id.clone();
                let (near, kept) = known.place(&id, &signature);
                if let Some((other, similarity)) = near {
                    progress.near += 1;
                    coded.article.near_duplicate_of = Some(other);
                    coded.article.similarity = Some(similarity);
                }
                coded.article.signature = Some(kept);
                self.text += coded.article.text.len();
                let status = if rejected.is_some() { PageStatus::Rejected } else { PageStatus::Coded };
                if rejected.is_some() {
                    progress.rejected += 1;
                } else {
                    progress.coded += 1;
                    progress.events += events;
                }
                let [reason, next_step] = rejected.map_or([None, None], |told| told.map(Some));
                self.batch.push(Row { reason, next_step, articles: vec![*coded], ..row(page, status) });
            }
        }
        if self.batch.len() >= self.limit.pages || self.text >= self.limit.text {
            self.commit()?;
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let pages = std::mem::take(&mut self.batch);
        self.text = 0;
        let mut store = lock(self.store);
        store.commit(Batch { run: self.run.clone(), pages })?;
        store.tidy()?;
        self.summary.progress.commits += 1;
        Ok(())
    }
}
