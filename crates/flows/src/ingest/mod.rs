//! Pages in: each once, in the order of the sources.
//!
//! The thread that asks for the next page reads it and looks whether it is new; threads code; the caller's thread joins near
//! duplicates and commits, in order. Pages in flight are bounded by [`batch::ordered`], so a slow store or coder holds the sources back.
//! Whatever was committed is left out the next time, so a run that was cut off is finished by the same command. Files that were read to their end
//! without a failure are not opened again while size and time stay the same ([`crate::inputs`]). What failed is tried again.
//!
//! An article is what its identifier says: a hash of address and text, or of what the source itself calls it and all else that tells it from
//! others. Only what has the same identifier is a duplicate; the same words under another one are stored, and linked.

mod intake;
mod staged;
mod writer;

pub use staged::{Staged, StagedError, StagedLine};

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use demarche::batch;
use demarche::types::{Article, ArticleId};
use demarche::{Pipeline, Worker, english};
use demarche_sources::duplicates::{Index, Signature};
use demarche_sources::language::{Guess, detect};
use demarche_sources::{Failure, Fingerprint, Input, Known, Media, NO_ENDING, Outcome, Page, Pages, Reader, Source, list};
use demarche_store::{Batch, Coded, Page as Row, PageStatus, Rows, Run, Store, StoreError};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_64, xxh3_128};

use crate::coding;
use crate::inputs::{Inputs, State};
use intake::{Intake, broken};
use writer::Writer;

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
    /// Pages with an article that the store has.
    pub duplicate: u64,
    /// Of the articles coded, near copies of another one.
    pub near: u64,
    /// Pages that the store has with another content; it keeps both.
    pub changed: u64,
    /// Pages whose record gives a date that could not be read.
    pub unread_dates: u64,
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
    /// Failures that were not told before in the same session, the first ones.
    pub failures: Vec<Told>,
    /// How many more there were.
    pub more_failures: u64,
    /// The first date that could not be read, and where it stands.
    pub unread_date: Option<[String; 2]>,
    /// What was passed over because it is no article, by what it is.
    pub passed_over: BTreeMap<String, u64>,
    /// Files that were passed over because of their endings, by these.
    pub endings: BTreeMap<String, u64>,
    /// Whether the caller stopped it before the sources ended.
    pub stopped: bool,
}

/// A failure for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Where, as the user named it.
    pub place: String,
    /// What went wrong.
    pub reason: String,
    /// What the user can do.
    pub next_step: String,
}

/// Failures that a summary keeps; the table `sources` has all.
const TOLD: usize = 20;

/// Whether to go on: asked after every page.
pub type Halt<'a> = dyn FnMut(&Progress) -> ControlFlow<()> + 'a;

/// Why a run ended before its sources did.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct IngestError(#[from] StoreError);

/// What is kept from one run to the next by whoever runs again and again: what near duplicates are looked for among, as long as nobody else
/// writes to the store, and which failures were told.
#[derive(Default)]
pub struct Session {
    /// With how many keys the store had.
    memory: Option<(usize, Memory)>,
    told: BTreeSet<u64>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("told", &self.told.len()).finish_non_exhaustive()
    }
}

/// What a coding thread gets.
enum Job {
    /// A page that says something new.
    Article(Box<New>),
    /// A page with an article that the store has.
    Duplicate(Seen, String),
    /// A page that the store has.
    Known,
    Failed(Box<Failed>),
    /// An input has ended; what is to be known of it, if it was opened and all of it read.
    Ended(Outcome, Option<(String, Option<State>)>),
    /// All inputs have: files passed over, by their endings.
    Over(BTreeMap<String, u64>),
}

/// A page that is to be coded.
struct New {
    page: Seen,
    article: Article,
    unread_date: Option<String>,
}

/// A page as the store names it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Seen {
    key: String,
    fingerprint: String,
    bytes: u64,
}

/// What could not be read or coded.
struct Failed {
    row: Row,
    place: String,
    /// Whether it is of the input that is being read; that is then read again the next time.
    of_input: bool,
}

/// A page that was coded.
struct Finished {
    page: Seen,
    coded: Coded,
    events: u64,
    signature: Signature,
    rejected: Option<[String; 2]>,
    unread_date: Option<[String; 2]>,
}

/// What a coding thread gives.
enum Done {
    Article(Box<Finished>),
    /// What needed no coding.
    Settled(Box<Job>),
}

impl Ingest {
    /// Takes in what the sources have and the store does not. `session` is a new one, or that of the run before.
    pub fn run(
        &self,
        pipeline: &Pipeline,
        store: &mut Store,
        reader: &Arc<Reader>,
        sources: &[Source],
        session: &mut Session,
        halt: &mut Halt<'_>,
    ) -> Result<Summary, IngestError> {
        let run = coding::run_of(pipeline);
        let mut memory = session.recall(store)?;
        let read = Inputs::of(store, reader.settings())?;
        let store = Mutex::new(store);
        let inputs = list(sources, reader.settings());
        let intake = Intake { inputs: Some(inputs), reader, store: &store, read: &read, open: None };
        let mut writer = Writer::new(&store, run, *self, &mut session.told);
        let mut broken = Ok(());
        let work = |worker: &mut Worker, job: Job| self.code(pipeline, worker, job);
        batch::ordered(intake, self.threads, Worker::default, work, |done| {
            broken = writer.take(done, &mut memory);
            if broken.is_err() {
                return ControlFlow::Break(());
            }
            let flow = halt(&writer.summary.progress);
            writer.summary.stopped = flow.is_break();
            flow
        });
        broken?;
        writer.commit()?;
        let Writer { ended, summary, alone, .. } = writer;
        let store = store.into_inner().unwrap_or_else(PoisonError::into_inner);
        read.keep(store, ended)?;
        session.memory = alone.then(|| (store.known_count(), memory));
        Ok(summary)
    }

    fn code(&self, pipeline: &Pipeline, worker: &mut Worker, job: Job) -> Done {
        let new = match job {
            Job::Article(new) => *new,
            job => return Done::Settled(Box::new(job)),
        };
        let New { page, article, unread_date } = new;
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
                let events = coding::events_in(&coded.records);
                let signature = Signature::of(&story);
                let unread_date = unread_date.map(|date| [date, article.origin]);
                Done::Article(Box::new(Finished { page, coded, events, signature, rejected, unread_date }))
            }
            Err(failure) => Done::Settled(Box::new(broken(page, &article.origin, &failure, "coded"))),
        }
    }
}

impl Session {
    /// What is known of the store; asked anew when somebody else has written to it.
    fn recall(&mut self, store: &mut Store) -> Result<Memory, StoreError> {
        if let Some((count, memory)) = self.memory.take() {
            store.refresh()?;
            if count == store.known_count() {
                return Ok(memory);
            }
        }
        Memory::of(store)
    }
}

/// What is looked up of articles and pages that the store has.
struct Memory {
    near: Remembered,
    /// Hashes of the keys of pages with an article, in order; read when they are first asked for.
    pages: Option<Vec<u64>>,
    /// Those of this session.
    new_pages: HashSet<u64>,
}

impl Memory {
    fn of(store: &Store) -> Result<Self, StoreError> {
        Ok(Self { near: Remembered::of(store)?, pages: None, new_pages: HashSet::new() })
    }

    /// Whether a page of that key was there before, with whatever content; now it is.
    fn has_page(&mut self, store: &Store, key: &str) -> Result<bool, StoreError> {
        let pages = match &mut self.pages {
            Some(pages) => pages,
            none => none.insert(stored_pages(store)?),
        };
        let hash = xxh3_64(key.as_bytes());
        Ok(!self.new_pages.insert(hash) || pages.binary_search(&hash).is_ok())
    }
}

fn stored_pages(store: &Store) -> Result<Vec<u64>, StoreError> {
    let mut pages = vec![];
    for rows in store.query("SELECT key FROM sources WHERE status IN ('coded', 'rejected')", &[])? {
        let rows = rows?;
        let keys = crate::rows::Text::of(&rows, 0);
        pages.extend((0..rows.num_rows()).filter_map(|row| keys.at(row)).map(|key| xxh3_64(key.as_bytes())));
    }
    pages.sort_unstable();
    Ok(pages)
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
        for (id, bytes) in store.signatures(REMEMBERED)? {
            let Some((number, signature)) = bytes.split_first_chunk::<8>() else { continue };
            if let Some(signature) = Signature::from_bytes(signature) {
                known.push((u64::from_be_bytes(*number), id, signature));
            }
        }
        known.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        let mut index = Index::new(REMEMBERED);
        // An index forgets by halves; it must forget the same whether it was filled at once or is filled again.
        let half = REMEMBERED as u64 / 2;
        let last = known.last().map(|(number, ..)| *number);
        let first = last.map_or(0, |last| (last / half).saturating_sub(1) * half);
        for (_, id, signature) in known.iter().filter(|(number, ..)| *number >= first) {
            index.insert(id, signature);
        }
        Ok(Self { index, next: last.map_or(0, |last| last + 1) })
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

fn lock<'m, 's>(store: &'m Mutex<&'s mut Store>) -> MutexGuard<'m, &'s mut Store> {
    store.lock().unwrap_or_else(PoisonError::into_inner)
}

fn add(counts: &mut BTreeMap<String, u64>, more: BTreeMap<String, u64>) {
    for (what, count) in more {
        *counts.entry(what).or_default() += count;
    }
}
