//! Rows on their way into the store, in the order of the sources.

use super::*;

/// Collects rows and commits them.
pub(super) struct Writer<'a, 's> {
    store: &'a Mutex<&'s mut Store>,
    run: Run,
    limit: Ingest,
    batch: Vec<Row>,
    text: usize,
    /// Pages of the batch, and its articles.
    pages: HashSet<(String, String)>,
    articles: HashSet<String>,
    /// Events of the batch.
    events: u64,
    /// Whether nobody else wrote to the store.
    pub(super) alone: bool,
    /// Whether something of the input that is being read failed.
    broken: bool,
    /// Inputs read to their end, and those of which something failed.
    pub(super) ended: Vec<(String, Option<State>)>,
    /// Failures of the session, as hashes.
    told: &'a mut BTreeSet<u64>,
    pub(super) summary: Summary,
}

impl<'a, 's> Writer<'a, 's> {
    pub(super) fn new(store: &'a Mutex<&'s mut Store>, run: Run, limit: Ingest, told: &'a mut BTreeSet<u64>) -> Self {
        let (batch, pages, articles) = (vec![], HashSet::new(), HashSet::new());
        let (ended, summary) = (vec![], Summary::default());
        Self { store, run, limit, batch, text: 0, pages, articles, events: 0, alone: true, broken: false, ended, told, summary }
    }

    pub(super) fn take(&mut self, done: Done, memory: &mut Memory) -> Result<(), StoreError> {
        match done {
            Done::Article(finished) => self.article(*finished, memory)?,
            Done::Settled(job) => match *job {
                Job::Duplicate(page, id) => self.duplicate(page, id),
                Job::Failed(failed) => self.failed(*failed),
                Job::Known => self.summary.progress.known += 1,
                Job::Ended(outcome, input) => self.ended(outcome, input),
                Job::Over(endings) => add(&mut self.summary.endings, endings),
                // Those were coded.
                Job::Article(_) => {}
            },
        }
        if self.batch.len() >= self.limit.pages || self.text >= self.limit.text {
            self.commit()?;
        }
        Ok(())
    }

    fn ended(&mut self, outcome: Outcome, input: Option<(String, Option<State>)>) {
        let progress = &mut self.summary.progress;
        self.ended.extend(input.map(|(key, state)| (key, state.filter(|_| !self.broken))));
        self.broken = false;
        progress.inputs += u64::from(!outcome.unchanged);
        progress.unchanged += u64::from(outcome.unchanged);
        progress.known += outcome.known;
        let is_ending = |what: &String| what.starts_with('.') || what == NO_ENDING;
        let (endings, others) = outcome.passed_over.into_iter().partition(|(what, _)| is_ending(what));
        add(&mut self.summary.endings, endings);
        add(&mut self.summary.passed_over, others);
    }

    /// Whether the page is in the store or about to be put there; now it is.
    fn has_page(&mut self, key: &str, fingerprint: &str) -> bool {
        lock(self.store).known(key, fingerprint) || !self.pages.insert((key.to_owned(), fingerprint.to_owned()))
    }

    fn failed(&mut self, failed: Failed) {
        let Failed { row, place, of_input } = failed;
        self.broken |= of_input;
        self.summary.progress.failed += 1;
        let told = |text: &Option<String>| text.clone().unwrap_or_default();
        let told = Told { place, reason: told(&row.reason), next_step: told(&row.next_step) };
        if self.told.insert(xxh3_64(format!("{}\n{}\n{}", row.key, row.fingerprint, told.reason).as_bytes())) {
            if self.summary.failures.len() < TOLD {
                self.summary.failures.push(told);
            } else {
                self.summary.more_failures += 1;
            }
        }
        if !self.has_page(&row.key, &row.fingerprint) {
            self.batch.push(row);
        }
    }

    fn duplicate(&mut self, page: Seen, id: String) {
        if self.has_page(&page.key, &page.fingerprint) {
            self.summary.progress.known += 1;
            return;
        }
        self.summary.progress.duplicate += 1;
        let reason = Some(REPEATED.to_owned());
        self.batch.push(Row { repeats: vec![id], reason, ..row(page, PageStatus::Duplicate) });
    }

    fn article(&mut self, finished: Finished, memory: &mut Memory) -> Result<(), StoreError> {
        let Finished { page, mut coded, events, signature, rejected, unread_date } = finished;
        let id = coded.article.id.clone();
        if self.articles.contains(&id) || lock(self.store).known_article(&id) {
            self.duplicate(page, id);
            return Ok(());
        }
        let progress = &mut self.summary.progress;
        if lock(self.store).known(&page.key, &page.fingerprint) {
            progress.known += 1;
            return Ok(());
        }
        progress.changed += u64::from(memory.has_page(&lock(self.store), &page.key)?);
        if let Some(told) = unread_date {
            progress.unread_dates += 1;
            self.summary.unread_date.get_or_insert(told);
        }
        let (near, kept) = memory.near.place(&id, &signature);
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
            self.events += events;
        }
        self.pages.insert((page.key.clone(), page.fingerprint.clone()));
        self.articles.insert(id);
        let [reason, next_step] = rejected.map_or([None, None], |told| told.map(Some));
        self.batch.push(Row { reason, next_step, articles: vec![coded], ..row(page, status) });
        Ok(())
    }

    pub(super) fn commit(&mut self) -> Result<(), StoreError> {
        let mut pages = std::mem::take(&mut self.batch);
        self.text = 0;
        self.pages.clear();
        self.articles.clear();
        let events = std::mem::take(&mut self.events);
        if pages.is_empty() {
            return Ok(());
        }
        let mut store = lock(self.store);
        // Another program may have taken in the same in between: what it has is not counted as done here.
        let before = store.known_count();
        store.refresh()?;
        self.alone &= before == store.known_count();
        let progress = &mut self.summary.progress;
        pages.retain_mut(|page| {
            let is_known = store.known(&page.key, &page.fingerprint);
            let counted = match page.status {
                PageStatus::Coded => &mut progress.coded,
                PageStatus::Rejected => &mut progress.rejected,
                PageStatus::Duplicate => &mut progress.duplicate,
                // It failed here too.
                PageStatus::Failed => return !is_known,
            };
            let repeated = page.articles.iter().map(|coded| &coded.article.id).find(|id| store.known_article(id)).cloned();
            if is_known || repeated.is_some() {
                *counted = counted.saturating_sub(1);
            }
            if is_known {
                progress.known += 1;
            } else if let Some(id) = repeated {
                progress.duplicate += 1;
                (page.status, page.reason, page.next_step) = (PageStatus::Duplicate, Some(REPEATED.to_owned()), None);
                (page.articles, page.repeats) = (vec![], vec![id]);
            }
            !is_known
        });
        let committed = store.commit(Batch { run: self.run.clone(), pages })?;
        let written = committed.rows.get("events").map_or(0, |rows| *rows as u64);
        progress.events = progress.events.saturating_sub(events) + written;
        // Of what came in between since, nobody knows which it was; most of it is articles.
        let late = (committed.known_pages + committed.known_articles) as u64;
        progress.coded = progress.coded.saturating_sub(late);
        progress.known += committed.known_pages as u64;
        progress.duplicate += committed.known_articles as u64;
        progress.commits += u64::from(committed.number.is_some());
        match store.tidy() {
            // Another program is at it: the files are merged by whoever comes next.
            Ok(_) | Err(StoreError::Contended { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

/// Why a page has no article of its own.
const REPEATED: &str = "the same article came from another page";
