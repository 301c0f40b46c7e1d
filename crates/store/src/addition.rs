//! What is added in one commit beside pages: codings of articles that the store has, and rows of tables that have no pages.

use std::collections::BTreeMap;

use deltalake::arrow::array::{AsArray as _, RecordBatch};
use deltalake::arrow::datatypes::Int64Type;
use deltalake::datafusion::prelude::SessionContext;
use demarche_records::Record;

use crate::batch::{Key, coding_key, run_key};
use crate::handle::Handle;
use crate::journal::{Journal, Work};
use crate::place::Place;
use crate::query::fault;
use crate::schema::table;
use crate::store::{Written, discard, entry, joined, no_table, roll_forward, write};
use crate::{Committed, Run, Store, StoreError};

/// Articles by their identifiers, with their records.
pub type CodedArticles = Vec<(String, Vec<Record>)>;

/// What is added in one commit.
#[derive(Clone, Debug, Default)]
pub struct Addition {
    /// What coded, with articles that the store has and their records.
    pub codings: Vec<(Run, CodedArticles)>,
    /// Rows of tables that have no pages, by the names of these.
    pub rows: Vec<(&'static str, RecordBatch)>,
}

/// Codings of a run on their way into the store.
pub(crate) struct Coding {
    pub(crate) run: Run,
    pub(crate) articles: CodedArticles,
    /// Whether the store does not have the run yet.
    pub(crate) new: bool,
}

impl Store {
    /// Adds the rows that another run coded of articles that the store has. Codings that it has are left out.
    pub fn commit_coding(&mut self, run: &Run, articles: CodedArticles) -> Result<Committed, StoreError> {
        self.add(Addition { codings: vec![(run.clone(), articles)], rows: vec![] })
    }

    /// Adds codings and rows, whole or not at all. Codings that the store has are left out; a run that it does not have
    /// takes its place after all that count, in the order in which runs are given.
    pub fn add(&mut self, addition: Addition) -> Result<Committed, StoreError> {
        Ok(self.add_if(None, addition)?.unwrap_or_default())
    }

    /// The same, but only if nothing was committed after commit `seen`: for what follows from what was read. None if
    /// something was; the store then knows of it.
    pub fn add_after(&mut self, seen: u64, addition: Addition) -> Result<Option<Committed>, StoreError> {
        self.add_if(Some(seen), addition)
    }

    fn add_if(&mut self, seen: Option<u64>, addition: Addition) -> Result<Option<Committed>, StoreError> {
        self.must_write()?;
        let Self { runtime, place, journal, handles, .. } = self;
        let committed = runtime.block_on(add(place, journal, handles, seen, addition))?;
        self.block_on_roll_forward()?;
        self.fold_if_due()?;
        Ok(committed)
    }
}

async fn add(
    place: &Place,
    journal: &mut Journal,
    handles: &mut [Option<Handle>],
    seen: Option<u64>,
    addition: Addition,
) -> Result<Option<Committed>, StoreError> {
    let codings = addition.codings.into_iter().map(|(run, articles)| Coding { run, articles, new: false });
    let mut codings: Vec<Coding> = codings.collect();
    let mut others = BTreeMap::new();
    for (name, batch) in &addition.rows {
        let def = table(name).ok_or_else(|| no_table(name))?;
        if batch.num_rows() > 0 {
            others.insert(def.name, joined(def, std::slice::from_ref(batch))?);
        }
    }
    let mut done = Committed::default();
    loop {
        journal.catch_up(place).await?;
        roll_forward(journal, handles).await?;
        if seen.is_some_and(|seen| seen != journal.last) {
            return Ok(None);
        }
        let mut keys: Vec<Key> = Vec::new();
        for coding in &mut codings {
            let id = coding.run.id();
            let before = coding.articles.len();
            coding.articles.retain(|(article, _)| !journal.keys.contains(coding_key(article, &id)));
            done.known_articles += before - coding.articles.len();
            keys.extend(coding.articles.iter().map(|(article, _)| coding_key(article, &id)));
            coding.new = !coding.articles.is_empty() && !journal.has_run(&id);
            keys.extend(coding.new.then(|| run_key(&id)));
        }
        if keys.is_empty() && others.is_empty() {
            return Ok(Some(done));
        }
        let first = if codings.iter().any(|coding| coding.new) { next_place(journal, handles).await? } else { 0 };
        let mut rows = crate::rows::of_codings(&codings, first)?;
        for (name, batch) in &others {
            if rows.insert(name, batch.clone()).is_some() {
                let twice = deltalake::arrow::error::ArrowError::InvalidArgumentError("its rows follow from the codings".into());
                return Err(StoreError::rows(name, twice));
            }
        }
        let files: Written = write(place, handles, &rows).await?;
        let kind = if codings.is_empty() { Work::Batch } else { Work::Coding };
        if journal.commit(place, entry(kind, &files, &keys)).await? {
            done.number = Some(journal.last);
            done.rows = files.rows;
            return Ok(Some(done));
        }
        discard(place, Some(files)).await;
    }
}

/// The place of a new run: after all others, also after those that were made to count again.
pub(crate) async fn next_place(journal: &Journal, handles: &[Option<Handle>]) -> Result<usize, StoreError> {
    let of = |name: &str| handles.iter().flatten().find(|handle| handle.def.name == name);
    // As long as no run was made to count again, places are numbers from 0 on.
    let (Some(runs), Some(uses)) = (of("runs"), of("uses").filter(|uses| uses.row_count() > 0)) else { return Ok(journal.runs) };
    let context = SessionContext::new();
    for handle in [runs, uses] {
        let name = handle.def.name;
        handle.delta.update_datafusion_session(&context.state()).map_err(|e| StoreError::delta(name, e))?;
        let provider = handle.delta.table_provider().await.map_err(|e| StoreError::storage(name, e))?;
        context.register_table(name, provider).map_err(|e| fault(e, ""))?;
    }
    let sql = "SELECT max(position) FROM (SELECT position FROM runs UNION ALL SELECT position FROM uses)";
    let answer = context.sql(sql).await.map_err(|e| fault(e, sql))?.collect().await.map_err(|e| fault(e, sql))?;
    let last = answer.iter().filter(|rows| rows.num_rows() > 0);
    let last = last.filter_map(|rows| Some(rows.column(0).as_primitive_opt::<Int64Type>()?.value(0))).max();
    Ok(last.map_or(journal.runs, |last| usize::try_from(last + 1).unwrap_or(journal.runs)))
}
