//! Pages that are coded in one place and taken into a store in another: what many workers do, and what the one that writes does with it.
//!
//! A worker gives a [`Staged`] for each page, which holds all that the store is to keep and travels as a line of JSON. Whoever writes takes them
//! in with [`Ingest::absorb`], as if it had coded them itself: pages that the store has are left out, so the same may come twice; what is near
//! to what is found in the order in which it comes.

use super::*;
use demarche_store::{ArticleRow, Coded};

/// A page with all that came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Staged {
    run: Run,
    page: Seen,
    fate: Fate,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Fate {
    Coded(Box<Work>),
    Failed { place: String, fingerprint: String, reason: Option<String>, next_step: Option<String> },
}

/// What was coded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Work {
    article: ArticleRow,
    /// The records as lines of JSON.
    records: Vec<String>,
    /// Of these, events.
    events: u64,
    sentences: Vec<[u32; 2]>,
    /// In hexadecimal digits.
    signature: String,
    rejected: Option<[String; 2]>,
    unread_date: Option<[String; 2]>,
}

/// A line that was staged, with its place for messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StagedLine {
    /// File and row.
    pub place: String,
    /// A [`Staged`] as JSON.
    pub text: String,
}

/// What was staged and cannot be taken in.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages name the fields")]
pub enum StagedError {
    #[error("{place}: what was staged cannot be read: {message}")]
    Unreadable { place: String, message: String },
    #[error("{place} was coded by another version, or with other tables, than what stands before it: {runs}")]
    Mixed { place: String, runs: String },
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl StagedError {
    /// What the user can do.
    pub fn next_step(&self) -> Option<&'static str> {
        match self {
            Self::Unreadable { .. } => Some(
                "the file is damaged, or another version wrote it; remove what was staged and stage the articles again. What was committed stays, \
                 and nothing is taken twice",
            ),
            Self::Mixed { .. } => Some(
                "give all workers the same version of the program and the same tables, remove what was staged, and stage the articles again",
            ),
            Self::Store(_) => None,
        }
    }
}

impl Staged {
    /// Events of the page.
    pub fn events(&self) -> u64 {
        match &self.fate {
            Fate::Coded(work) => work.events,
            Fate::Failed { .. } => 0,
        }
    }

    /// Why the page could not be read or coded, and what the user can do, if so.
    pub fn failure(&self) -> Option<[&str; 2]> {
        match &self.fate {
            Fate::Failed { reason, next_step, .. } => Some([reason, next_step].map(|text| text.as_deref().unwrap_or_default())),
            Fate::Coded(_) => None,
        }
    }

    /// What names the page.
    pub fn key(&self) -> &str {
        &self.page.key
    }

    fn new(run: &Run, seen: Seen, done: Done) -> Option<Self> {
        let fate = match done {
            Done::Article(finished) => {
                let Finished { coded, events, signature, rejected, unread_date, .. } = *finished;
                let lines = coded.records.iter().map(serde_json::to_string);
                // They were read back once already, so each can be written.
                let records =
                    lines.collect::<Result<_, _>>().unwrap_or_else(|error| panic!("a record cannot be written: {error}"));
                let Coded { article, sentences, .. } = coded;
                let signature = signature.to_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
                Fate::Coded(Box::new(Work { article, records, events, sentences, signature, rejected, unread_date }))
            }
            Done::Settled(job) => match *job {
                Job::Failed(failed) => {
                    let Failed { row, place, .. } = *failed;
                    Fate::Failed { place, fingerprint: row.fingerprint, reason: row.reason, next_step: row.next_step }
                }
                _ => return None,
            },
        };
        Some(Self { run: run.clone(), page: seen, fate })
    }

    /// As if it had just been coded here.
    fn done(self, place: &str) -> Result<Done, StagedError> {
        let page = self.page;
        match self.fate {
            Fate::Failed { place, fingerprint, reason, next_step } => {
                let row = Row { fingerprint, reason, next_step, ..row(page, PageStatus::Failed) };
                Ok(Done::Settled(Box::new(Job::Failed(Box::new(Failed { row, place, of_input: false })))))
            }
            Fate::Coded(work) => {
                let Work { article, records, events, sentences, signature, rejected, unread_date } = *work;
                let fault = |message: String| StagedError::Unreadable { place: place.to_owned(), message };
                let records =
                    records.iter().map(|line| demarche_records::Record::read(line).map_err(|error| fault(error.to_string())));
                let records = records.collect::<Result<Vec<_>, _>>()?;
                let bytes: Option<Vec<u8>> =
                    (0..signature.len() / 2).map(|at| u8::from_str_radix(signature.get(2 * at..2 * at + 2)?, 16).ok()).collect();
                let signature = bytes.and_then(|bytes| Signature::from_bytes(&bytes));
                let signature = signature.ok_or_else(|| fault("its signature is none".to_owned()))?;
                let coded = Coded { article, records, sentences };
                Ok(Done::Article(Box::new(Finished { page, coded, events, signature, rejected, unread_date })))
            }
        }
    }
}

impl Ingest {
    /// Codes pages that the caller has, without a store: each is handed on in order, until `each` breaks.
    pub fn stage(
        &self,
        pipeline: &Pipeline,
        pages: impl Iterator<Item = Page> + Send,
        mut each: impl FnMut(Staged) -> ControlFlow<()>,
    ) {
        let run = coding::run_of(pipeline);
        let work = |worker: &mut Worker, page: Page| {
            let seen = Seen::of(&page);
            (seen.clone(), self.code(pipeline, worker, intake::read(&page, seen)))
        };
        batch::ordered(pages, self.threads, Worker::default, work, |(seen, done)| {
            Staged::new(&run, seen, done).map_or(ControlFlow::Continue(()), &mut each)
        });
    }

    /// Takes in what was staged, in the order of the lines. `session` is a new one, or that of the run before.
    pub fn absorb(
        &self,
        store: &mut Store,
        session: &mut Session,
        lines: impl Iterator<Item = Result<StagedLine, StagedError>>,
        halt: &mut Halt<'_>,
    ) -> Result<Summary, StagedError> {
        let read = |line: Result<StagedLine, StagedError>| {
            let StagedLine { place, text } = line?;
            match serde_json::from_str::<Staged>(&text) {
                Ok(staged) => Ok((place, staged)),
                Err(error) => Err(StagedError::Unreadable { place, message: error.to_string() }),
            }
        };
        let mut lines = lines.map(read).peekable();
        let run = match lines.peek() {
            Some(Ok((_, first))) => first.run.clone(),
            // A faulty line is told by the loop below.
            Some(Err(_)) => Run::default(),
            None => return Ok(Summary::default()),
        };
        let mut memory = session.recall(store)?;
        let store = Mutex::new(store);
        let mut writer = Writer::new(&store, run.clone(), *self, &mut session.told);
        let mut stopped = false;
        for line in lines {
            let (place, staged) = line?;
            if staged.run != run {
                return Err(StagedError::Mixed { place, runs: format!("{} and {}", run.id(), staged.run.id()) });
            }
            writer.take(staged.done(&place)?, &mut memory)?;
            stopped = halt(&writer.summary.progress).is_break();
            if stopped {
                break;
            }
        }
        writer.commit()?;
        let Writer { mut summary, alone, .. } = writer;
        summary.stopped = stopped;
        let store = store.into_inner().unwrap_or_else(PoisonError::into_inner);
        session.memory = alone.then(|| (store.known_count(), memory));
        Ok(summary)
    }
}
