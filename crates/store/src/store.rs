//! The store: opened, written exactly once, closed by dropping it.

use std::collections::BTreeMap;

use deltalake::arrow::array::RecordBatch;
use serde::{Deserialize, Serialize};
use tokio::runtime::Runtime;
use url::Url;
use uuid::Uuid;

use crate::StoreError;
use crate::addition::next_place;
use crate::batch::{Batch, Key, Page, PageStatus, article_key, coding_key, page_key, run_key};
use crate::files::{FileWriter, fit};
use crate::handle::Handle;
use crate::journal::{Change, Entry, FORM, Journal, Work};
use crate::place::Place;
use crate::published::Counted;
use crate::rows;
use crate::schema::{SCHEMA_VERSION, TABLES, Table, table};

const MARKER: &str = "_demarche/store.json";
/// So many entries after a file of keys, at the least, ask for a new one.
const FOLD_AFTER: u64 = 32;
/// So many ask for one even if it is large.
const FOLD_AT: u64 = 500;

/// How a store is opened.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Settings of S3 by their names in the environment (`AWS_REGION`, `AWS_ENDPOINT_URL`). The caller reads them.
    pub storage: Vec<(String, String)>,
    /// Milliseconds since 1970; Delta's log tells them to other readers as the time of a file. Without it, 0.
    pub clock: Option<fn() -> i64>,
    /// Threads for reading and queries; 0 for as many as there are cores.
    pub threads: usize,
    /// Memory that a query may take, in bytes; 0 for 1 GiB. What needs more goes to files in `spill`.
    pub memory: usize,
    /// Folder for what does not fit into memory; without it the system's.
    pub spill: Option<std::path::PathBuf>,
}

/// What a commit did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Committed {
    /// Number of the commit; none when all of it was there already.
    pub number: Option<u64>,
    /// Pages written.
    pub pages: usize,
    /// Pages left out, as the store has them.
    pub known_pages: usize,
    /// Articles left out, as the store has them from other pages.
    pub known_articles: usize,
    /// Rows written, by table.
    pub rows: BTreeMap<&'static str, usize>,
}

/// A store of articles and what was coded of them.
#[derive(Debug)]
pub struct Store {
    pub(crate) place: Place,
    pub(crate) runtime: Runtime,
    pub(crate) journal: Journal,
    /// In the order of [`TABLES`]; none for a table that an older version did not have, when only read.
    pub(crate) handles: Vec<Option<Handle>>,
    pub(crate) options: Options,
    pub(crate) counted: Counted,
    writable: bool,
}

#[derive(Serialize, Deserialize)]
struct Marker {
    schema: u32,
}

impl Store {
    /// Makes a store in an empty place, or opens the one that is there for writing.
    pub fn create(location: &str, options: Options) -> Result<Self, StoreError> {
        let place = Place::new(location, &options.storage)?;
        Self::with(place, options, Access::Create)
    }

    /// Opens a store for writing.
    pub fn open(location: &str, options: Options) -> Result<Self, StoreError> {
        let place = Place::new(location, &options.storage)?;
        Self::with(place, options, Access::Write)
    }

    /// Opens a store for reading: nothing is written, and what a writer left half done is not yet there.
    pub fn open_read_only(location: &str, options: Options) -> Result<Self, StoreError> {
        let place = Place::new(location, &options.storage)?;
        Self::with(place, options, Access::Read)
    }

    /// Makes or opens a store on a storage of the caller's; `url` ends with a slash.
    pub fn create_on(
        storage: std::sync::Arc<dyn object_store::ObjectStore>,
        url: Url,
        options: Options,
    ) -> Result<Self, StoreError> {
        let place = Place::on(url.as_str(), url.clone(), storage)?;
        Self::with(place, options, Access::Create)
    }

    fn with(mut place: Place, options: Options, access: Access) -> Result<Self, StoreError> {
        place.clock = options.clock;
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        if options.threads > 0 {
            builder.worker_threads(options.threads);
        }
        // Plans of deep queries recurse.
        let runtime = builder.enable_all().thread_stack_size(8 << 20).build();
        let runtime = runtime.map_err(|e| StoreError::storage("threads", e))?;
        let (journal, handles) = runtime.block_on(open(&place, access))?;
        let writable = access != Access::Read;
        let mut store = Self { place, runtime, journal, handles, options, counted: Counted::default(), writable };
        if writable {
            store.block_on_roll_forward()?;
        }
        Ok(store)
    }

    /// Where the store lies, as it was named.
    pub fn location(&self) -> &str {
        &self.place.name
    }

    /// Whether the store has the page with that content.
    pub fn known(&self, key: &str, fingerprint: &str) -> bool {
        self.journal.keys.contains(page_key(key, fingerprint))
    }

    /// Whether the store has the article.
    pub fn known_article(&self, id: &str) -> bool {
        self.journal.keys.contains(article_key(id))
    }

    /// Whether the store has that run's coding of the article.
    pub fn known_coding(&self, article: &str, run: &str) -> bool {
        self.journal.keys.contains(coding_key(article, run))
    }

    /// How many pages, articles, codings and runs the store knows of.
    pub fn known_count(&self) -> usize {
        self.journal.keys.len()
    }

    /// Number of the last commit.
    pub fn last_commit(&self) -> u64 {
        self.journal.last
    }

    /// Learns what other processes have committed.
    pub fn refresh(&mut self) -> Result<(), StoreError> {
        self.runtime.block_on(self.journal.catch_up(&self.place))?;
        if self.writable {
            return self.block_on_roll_forward();
        }
        self.runtime.block_on(async {
            for handle in self.handles.iter_mut().flatten() {
                handle.refresh().await?;
            }
            Ok(())
        })
    }

    /// Writes pages with all their rows, whole or not at all, and each page once. Pages and articles that the store
    /// has, or that another process commits first, are left out.
    ///
    /// After an error the batch may be handed in again: what was committed is not written twice.
    pub fn commit(&mut self, batch: Batch) -> Result<Committed, StoreError> {
        self.must_write()?;
        let Self { runtime, place, journal, handles, .. } = self;
        let committed = runtime.block_on(commit(place, journal, handles, batch))?;
        self.block_on_roll_forward()?;
        self.fold_if_due()?;
        Ok(committed)
    }

    /// Replaces all rows of a table by those of the batches, in one commit.
    pub fn replace(&mut self, name: &str, batches: &[RecordBatch]) -> Result<Committed, StoreError> {
        self.replace_all(&[(name, batches)])
    }

    /// Replaces all rows of some tables by those of the batches, in one commit: nobody who opens the store later ever
    /// finds one table replaced and another not.
    pub fn replace_all(&mut self, tables: &[(&str, &[RecordBatch])]) -> Result<Committed, StoreError> {
        self.put_rows(tables, true)
    }

    /// Appends rows to a table that has no pages: `ingests`, `decisions`.
    pub fn append(&mut self, name: &str, batch: &RecordBatch) -> Result<Committed, StoreError> {
        self.put_rows(&[(name, std::slice::from_ref(batch))], false)
    }

    fn put_rows(&mut self, tables: &[(&str, &[RecordBatch])], replace: bool) -> Result<Committed, StoreError> {
        self.must_write()?;
        let named = tables.iter().map(|(name, batches)| Ok((table(name).ok_or_else(|| no_table(name))?, *batches)));
        let tables = named.collect::<Result<Vec<_>, StoreError>>()?;
        let Self { runtime, place, journal, handles, .. } = self;
        let committed = runtime.block_on(rewrite(place, journal, handles, &tables, replace))?;
        self.block_on_roll_forward()?;
        Ok(committed)
    }

    /// The table as Delta sees it.
    pub(crate) fn handle(&self, name: &str) -> Option<&Handle> {
        self.handles.iter().flatten().find(|handle| handle.def.name == name)
    }

    pub(crate) fn handle_mut(&mut self, name: &str) -> Option<(&Runtime, &mut Handle)> {
        let handle = self.handles.iter_mut().flatten().find(|handle| handle.def.name == name)?;
        Some((&self.runtime, handle))
    }

    pub(crate) fn must_write(&self) -> Result<(), StoreError> {
        if self.writable { Ok(()) } else { Err(StoreError::ReadOnly { location: self.place.name.clone() }) }
    }

    pub(crate) fn block_on_roll_forward(&mut self) -> Result<(), StoreError> {
        let Self { runtime, journal, handles, .. } = self;
        runtime.block_on(roll_forward(journal, handles))
    }

    pub(crate) fn fold_if_due(&mut self) -> Result<(), StoreError> {
        let since = self.journal.last - self.journal.folded;
        if since >= FOLD_AT || (since >= FOLD_AFTER && self.journal.keys.recent_share() >= 0.125) {
            self.runtime.block_on(self.journal.fold(&self.place))?;
        }
        Ok(())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    Create,
    Write,
    Read,
}

async fn open(place: &Place, access: Access) -> Result<(Journal, Vec<Option<Handle>>), StoreError> {
    match place.read(MARKER).await? {
        Some(content) => {
            let marker: Marker = serde_json::from_slice(&content)
                .map_err(|e| StoreError::Damaged { place: place.shown(MARKER), what: e.to_string() })?;
            if marker.schema > SCHEMA_VERSION {
                return Err(StoreError::Newer { location: place.name.clone(), found: marker.schema, known: SCHEMA_VERSION });
            }
            if marker.schema < SCHEMA_VERSION && access != Access::Read {
                mark(place, false).await?;
            }
        }
        None if access == Access::Create => {
            // Another process may be making the same store: its mark comes before its other files.
            if !place.list("", None).await?.is_empty() && place.read(MARKER).await?.is_none() {
                return Err(StoreError::Occupied { location: place.name.clone() });
            }
            mark(place, true).await?;
        }
        None => return Err(StoreError::Missing { location: place.name.clone() }),
    }
    // Before the tables, so that they hold at least what the log says that all tables hold.
    let mut journal = Journal::load(place).await?;
    let mut handles = Vec::new();
    for def in TABLES {
        let mut handle = Handle::open(place, def, SCHEMA_VERSION).await?;
        if access != Access::Read {
            if handle.is_none() {
                // Commits come after all tables of their writer are there.
                if journal.last > 0 && def.since() == 1 {
                    let what = format!("the table is missing, which {} commits have reached", journal.last);
                    return Err(StoreError::Damaged { place: place.shown(def.name), what });
                }
                Handle::create(place, def, SCHEMA_VERSION).await?;
                handle = Handle::open(place, def, SCHEMA_VERSION).await?;
            }
            if let Some(handle) = &mut handle {
                handle.migrate(SCHEMA_VERSION).await?;
            }
        }
        handles.push(handle);
    }
    if access == Access::Read {
        // A writer at work may have brought to the tables what the log did not have yet when it was read.
        journal.catch_up(place).await?;
    }
    Ok((journal, handles))
}

async fn mark(place: &Place, new: bool) -> Result<(), StoreError> {
    let content =
        serde_json::to_vec(&Marker { schema: SCHEMA_VERSION }).map_err(|e| StoreError::storage(place.shown(MARKER), e))?;
    if new { place.write_new(MARKER, content).await.map(|_| ()) } else { place.write(MARKER, content).await }
}

/// Brings to the tables what the log holds and they do not.
pub(crate) async fn roll_forward(journal: &mut Journal, handles: &mut [Option<Handle>]) -> Result<(), StoreError> {
    for handle in handles.iter_mut().flatten() {
        if journal.reloaded {
            handle.refresh().await?;
        }
        for (number, entry) in &journal.pending {
            if let Some(change) = entry.tables.get(handle.def.name) {
                handle.apply(*number, entry.kind, change).await?;
            }
        }
    }
    journal.pending.clear();
    journal.reloaded = false;
    Ok(())
}

async fn commit(
    place: &Place,
    journal: &mut Journal,
    handles: &mut [Option<Handle>],
    mut batch: Batch,
) -> Result<Committed, StoreError> {
    let run = batch.run.id();
    let mut done = Committed::default();
    let mut written: Option<(Written, Vec<Key>)> = None;
    // What the rows of `runs` say of the run, where they are written.
    let mut told = None;
    loop {
        journal.catch_up(place).await?;
        roll_forward(journal, handles).await?;
        let dropped = drop_known(journal, &mut batch, &mut done);
        if batch.pages.is_empty() {
            discard(place, written.take().map(|(files, _)| files)).await;
            return Ok(done);
        }
        let new_run = if journal.has_run(&run) { None } else { Some(next_place(journal, handles).await?) };
        // Another writer may have brought this run, or one that takes its place among the runs.
        if dropped || written.is_none() || told != new_run {
            discard(place, written.take().map(|(files, _)| files)).await;
            told = new_run;
            let rows = rows::of_batch(&batch, new_run)?;
            let files = write(place, handles, &rows).await?;
            let mut keys: Vec<Key> = Vec::new();
            for page in &batch.pages {
                keys.push(page_key(&page.key, &page.fingerprint));
                for coded in &page.articles {
                    keys.push(article_key(&coded.article.id));
                    if page.status == PageStatus::Coded {
                        keys.push(coding_key(&coded.article.id, &run));
                    }
                }
            }
            if rows.contains_key("runs") {
                keys.push(run_key(&run));
            }
            written = Some((files, keys));
        }
        let Some((files, keys)) = &written else { continue };
        if journal.commit(place, entry(Work::Batch, files, keys)).await? {
            done.number = Some(journal.last);
            done.pages = batch.pages.len();
            done.rows = files.rows.clone();
            return Ok(done);
        }
    }
}

async fn rewrite(
    place: &Place,
    journal: &mut Journal,
    handles: &mut [Option<Handle>],
    tables: &[(&'static Table, &[RecordBatch])],
    replace: bool,
) -> Result<Committed, StoreError> {
    let mut rows = BTreeMap::new();
    for (def, batches) in tables {
        let joined = joined(def, batches)?;
        if joined.num_rows() > 0 {
            rows.insert(def.name, joined);
        }
    }
    let files = write(place, handles, &rows).await?;
    loop {
        journal.catch_up(place).await?;
        roll_forward(journal, handles).await?;
        let mut files = files.clone();
        for (def, _) in tables.iter().filter(|_| replace) {
            let handle =
                handles.iter_mut().flatten().find(|handle| handle.def.name == def.name).ok_or_else(|| no_table(def.name))?;
            handle.refresh().await?;
            files.changes.entry(def.name.to_owned()).or_default().remove = handle.removals(true)?;
        }
        let kind = if replace { Work::Replace } else { Work::Batch };
        if journal.commit(place, entry(kind, &files, &[])).await? {
            return Ok(Committed { number: Some(journal.last), rows: files.rows, ..Committed::default() });
        }
    }
}

/// The rows of some batches in the order and the form of the table.
pub(crate) fn joined(def: &'static Table, batches: &[RecordBatch]) -> Result<RecordBatch, StoreError> {
    let batches: Result<Vec<_>, _> = batches.iter().map(|batch| fit(def, batch)).collect();
    let joined = batches.and_then(|batches| deltalake::arrow::compute::concat_batches(&def.arrow(SCHEMA_VERSION), &batches));
    joined.and_then(|joined| crate::cells::sorted(def, &joined)).map_err(|e| StoreError::rows(def.name, e))
}

/// Leaves out pages and articles that the store has; says whether there were any.
fn drop_known(journal: &Journal, batch: &mut Batch, done: &mut Committed) -> bool {
    let mut seen = std::collections::HashSet::new();
    let before = batch.pages.len();
    batch.pages.retain(|page| {
        let key = page_key(&page.key, &page.fingerprint);
        !journal.keys.contains(key) && seen.insert(key)
    });
    let pages = before - batch.pages.len();
    done.known_pages += pages;
    let mut articles = 0;
    for page in &mut batch.pages {
        let (fresh, known) = std::mem::take(&mut page.articles).into_iter().partition::<Vec<_>, _>(|coded| {
            let key = article_key(&coded.article.id);
            !journal.keys.contains(key) && seen.insert(key)
        });
        page.articles = fresh;
        articles += known.len();
        repeat(page, known.into_iter().map(|coded| coded.article.id));
    }
    done.known_articles += articles;
    pages + articles > 0
}

fn repeat(page: &mut Page, ids: impl Iterator<Item = String>) {
    let before = page.repeats.len();
    page.repeats.extend(ids);
    if page.repeats.len() > before && page.articles.is_empty() {
        page.status = PageStatus::Duplicate;
        page.reason = Some("the same article came from another page".to_owned());
    }
}

/// Files written and not yet committed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Written {
    pub(crate) changes: BTreeMap<String, Change>,
    pub(crate) rows: BTreeMap<&'static str, usize>,
}

pub(crate) async fn write(
    place: &Place,
    handles: &[Option<Handle>],
    rows: &BTreeMap<&'static str, RecordBatch>,
) -> Result<Written, StoreError> {
    let mut written = Written::default();
    for handle in handles.iter().flatten() {
        let name = handle.def.name;
        if let Some(batch) = rows.get(name) {
            let mut writer = FileWriter::new(place, handle.def, usize::MAX);
            writer.write(batch).await?;
            let add = writer.finish().await?;
            written.changes.insert(name.to_owned(), Change { add, remove: Vec::new() });
            written.rows.insert(name, batch.num_rows());
        }
    }
    Ok(written)
}

/// Removes files that will not be committed. What can't be removed now, `vacuum` finds.
pub(crate) async fn discard(place: &Place, files: Option<Written>) {
    for (table, change) in files.unwrap_or_default().changes {
        for add in change.add {
            let _ = place.delete(&place.path(&format!("{table}/{}", add.path))).await;
        }
    }
}

pub(crate) fn entry(kind: Work, files: &Written, keys: &[Key]) -> Entry {
    Entry {
        form: FORM,
        writer: Uuid::new_v4().to_string(),
        kind,
        tables: files.changes.clone(),
        keys: keys.iter().map(|key| format!("{key:032x}")).collect(),
    }
}

pub(crate) fn no_table(name: &str) -> StoreError {
    let names: Vec<_> = TABLES.iter().map(|table| table.name).collect();
    let hint = format!("Tables are {}", names.join(", "));
    StoreError::Query(crate::QueryError {
        message: format!("there is no table {name}"),
        line: None,
        column: None,
        hint: Some(hint),
        memory: false,
    })
}
