//! Whether the store is whole: counts, hashes, references, spans, files, and the log against the tables.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use deltalake::arrow::array::{Array as _, ArrayRef, AsArray as _, Int64Array, RecordBatch, StringArray};
use deltalake::arrow::compute::cast;
use deltalake::arrow::datatypes::DataType;
use deltalake::datafusion::prelude::SessionContext;
use demarche_records::Record;
use futures::TryStreamExt as _;
use xxhash_rust::xxh3::xxh3_64;

use crate::batch::{article_key, page_key};
use crate::hash::ContentHash;
use crate::query::{Function, fault};
use crate::report::{EXAMPLES, Finding, Report, TableReport};
use crate::schema::{TABLES, Table};
use crate::{Store, StoreError};

/// A commit that has not come nearer to a table in so many looks is a dead writer's.
const LOOKS: usize = 10;
/// Time between two looks.
const PAUSE: Duration = Duration::from_millis(100);
/// What to do where content is lost.
const RESTORE: &str = "restore the file from a backup, or take the sources in again into a new store";

/// Rows that are one: no two have the same values there.
const UNIQUE: &[(&str, &str)] = &[
    ("runs", "run"),
    ("runs", "position"),
    ("articles", "id"),
    ("codings", "article, run"),
    ("events", "id, run"),
    ("event_actors", "event, run, role, position"),
    ("dyads", "event, run, actor, recipient"),
    ("quotes", "id, article, run"),
    ("relations", "id, article, run"),
    ("facts", "id, article, run"),
    ("rejects", "id, article, run"),
    ("sources", "key, fingerprint"),
    ("sentences", "article, position"),
    ("event_clusters", "event, run"),
    ("clusters", "cluster_id"),
    ("decisions", "id"),
    ("corrections", "id"),
    ("corrections", "position"),
];

/// Columns that point at a row elsewhere: table, columns, table, columns.
const REFERENCES: &[(&str, &str, &str, &str)] = &[
    ("articles", "key", "sources", "key"),
    ("articles", "duplicate_of", "articles", "id"),
    ("articles", "near_duplicate_of", "articles", "id"),
    ("codings", "article", "articles", "id"),
    ("codings", "run", "runs", "run"),
    ("uses", "run", "runs", "run"),
    ("events", "article, run", "codings", "article, run"),
    ("event_actors", "event, run", "events", "id, run"),
    ("dyads", "event, run", "events", "id, run"),
    ("quotes", "article, run", "codings", "article, run"),
    ("relations", "article, run", "codings", "article, run"),
    ("facts", "article, run", "codings", "article, run"),
    ("rejects", "article, run", "codings", "article, run"),
    ("sentences", "article", "articles", "id"),
    ("event_clusters", "event, run", "events", "id, run"),
    ("event_clusters", "cluster_id", "clusters", "cluster_id"),
    ("clusters", "cluster_id", "event_clusters", "cluster_id"),
    ("clusters", "lead", "event_clusters", "event"),
    ("corrections", "article", "articles", "id"),
    ("corrections", "base_run", "runs", "run"),
    ("corrections", "forgets", "corrections", "id"),
];

/// Tables whose `text` is what stands at the span.
const QUOTED: &[&str] = &["quotes", "relations", "facts", "rejects", "sentences"];

impl Store {
    /// Checks everything, as of one commit: writers may be at work meanwhile. Reads every row.
    pub fn check(&mut self) -> Result<Report, StoreError> {
        self.settle()?;
        self.runtime.block_on(async {
            let context = self.session(&[slice_of()]).await?;
            let mut report =
                Report { commits: self.journal.last, tables: Vec::new(), findings: Vec::new(), unused_files: 0, unused_bytes: 0 };
            // Content can't be read where files are gone.
            let mut lost = self.files(&mut report).await?;
            for (place, table) in TABLES.iter().enumerate() {
                if lost.contains(table.name) {
                    continue;
                }
                let hash = match content(&context, table, &all(table.name)).await {
                    Ok(hash) => hash,
                    Err(error) => {
                        let bad = self.unreadable(table).await?;
                        if bad.is_empty() {
                            return Err(error);
                        }
                        report.add(table.name, "files can't be read", bad, Some(RESTORE));
                        lost.insert(table.name);
                        continue;
                    }
                };
                let told = &mut report.tables[place];
                let rows = std::mem::replace(&mut told.rows, hash.rows);
                told.hash = hash.hex();
                if rows != hash.rows {
                    let what = format!("the log of the table says {rows} rows, its files hold {}", hash.rows);
                    report.findings.push(Finding::of(table.name, what, rows.abs_diff(hash.rows)));
                }
            }
            for told in report.tables.iter_mut().filter(|told| lost.contains(told.name)) {
                told.hash = "not read".to_owned();
            }
            unique(&context, &mut report, &lost).await?;
            references(&context, &mut report, &lost).await?;
            let memory = if self.options.memory == 0 { crate::query::MEMORY } else { self.options.memory };
            if !lost.contains("articles") {
                spans(&context, &mut report, memory, &lost).await?;
            }
            self.log_and_tables(&context, &mut report, &lost).await?;
            Ok(report)
        })
    }

    /// Brings all tables to the state after the last commit that the log tells of now. What a writer is bringing to the
    /// tables in this moment is waited for; what later commits brought is left aside.
    fn settle(&mut self) -> Result<(), StoreError> {
        self.refresh()?;
        let last = self.journal.last;
        let mut looks = 0;
        while looks < LOOKS && self.journal.pending.iter().any(|(number, entry)| self.lacks(*number, entry).next().is_some()) {
            let applied = |handles: &[Option<crate::handle::Handle>]| handles.iter().flatten().map(|h| h.applied).sum::<u64>();
            let before = applied(&self.handles);
            std::thread::sleep(PAUSE);
            self.runtime.block_on(async {
                for handle in self.handles.iter_mut().flatten() {
                    handle.refresh().await?;
                }
                Ok::<_, StoreError>(())
            })?;
            looks = if applied(&self.handles) == before { looks + 1 } else { 0 };
        }
        self.runtime.block_on(async {
            for handle in self.handles.iter_mut().flatten() {
                handle.back_to(last).await?;
            }
            Ok(())
        })
    }

    /// Tables that an entry of the log has not reached.
    fn lacks<'a>(&'a self, number: u64, entry: &'a crate::journal::Entry) -> impl Iterator<Item = &'a String> {
        entry.tables.keys().filter(move |name| self.handle(name).is_some_and(|handle| handle.applied < number))
    }

    /// Files of the table whose content can't be read.
    async fn unreadable(&self, table: &'static Table) -> Result<Vec<String>, StoreError> {
        let Some(handle) = self.handle(table.name) else { return Ok(Vec::new()) };
        let mut bad = Vec::new();
        for file in handle.files()? {
            let context = self.session(&[]).await?;
            let provider = handle.delta.table_provider().with_file_paths([file.path.clone()]);
            let provider = provider.await.map_err(|e| fault(e, ""))?;
            context.register_table("part", provider).map_err(|e| fault(e, ""))?;
            if content(&context, table, "part").await.is_err() {
                bad.push(file.path);
            }
        }
        Ok(bad)
    }

    /// Files that tables name against files that are there; gives the tables that can't be read.
    async fn files(&self, report: &mut Report) -> Result<BTreeSet<&'static str>, StoreError> {
        let mut lost = BTreeSet::new();
        for (def, handle) in TABLES.iter().zip(&self.handles) {
            let mut table =
                TableReport { name: def.name, rows: 0, files: 0, bytes: 0, hash: String::new(), derived: def.derived };
            let Some(handle) = handle else {
                report.tables.push(table);
                if def.since() == 1 {
                    let next_step = Some("restore its folder from a backup, or take the sources in again into a new store");
                    let what = "the table is missing, or its log in _delta_log".to_owned();
                    report.findings.push(Finding { next_step, ..Finding::of(def.name, what, 1) });
                    lost.insert(def.name);
                }
                continue;
            };
            let mut there: HashMap<String, u64> =
                self.data_files(def.name).await?.into_iter().map(|file| (file.name, file.size)).collect();
            let mut missing = Vec::new();
            for file in handle.files()? {
                table.rows += file.rows;
                table.files += 1;
                table.bytes += file.size;
                match there.remove(&file.path) {
                    Some(size) if size == file.size => {}
                    Some(size) => missing.push(format!("{} has {size} bytes instead of {}", file.path, file.size)),
                    None => missing.push(format!("{} is gone", file.path)),
                }
            }
            report.unused_files += there.len();
            report.unused_bytes += there.values().sum::<u64>();
            if !missing.is_empty() {
                report.add(def.name, "files are not as they were written", missing, Some(RESTORE));
                lost.insert(def.name);
            }
            report.tables.push(table);
        }
        for file in self.begun_in_log() {
            report.unused_files += 1;
            report.unused_bytes += file.size;
        }
        Ok(lost)
    }

    /// What the log knows against what the tables hold.
    async fn log_and_tables(
        &self,
        context: &SessionContext,
        report: &mut Report,
        lost: &BTreeSet<&str>,
    ) -> Result<(), StoreError> {
        for (number, entry) in &self.journal.pending {
            for name in self.lacks(*number, entry) {
                let what = format!("commit {number} has not reached it; opening the store for writing brings it there");
                report.findings.push(Finding::of(name, what, 1));
            }
        }
        let [pages, articles, codings, runs] = self.journal.keys.counts();
        for (name, known) in [("sources", pages), ("articles", articles), ("codings", codings), ("runs", runs)] {
            if lost.contains(name) {
                continue;
            }
            let rows = report.tables.iter().find(|table| table.name == name).map_or(0, |table| table.rows);
            if rows != known as u64 {
                let what = format!("the store's log knows {known}, the table has {rows}");
                report.findings.push(Finding::of(name, what, rows.abs_diff(known as u64)));
            }
        }
        if lost.contains("sources") || lost.contains("articles") {
            return Ok(());
        }
        let mut unknown = Vec::new();
        let mut count = 0;
        stream(context, "SELECT key, fingerprint FROM sources", |batch| {
            let (keys, prints) = (strings(batch, 0)?, strings(batch, 1)?);
            let (keys, prints) = (keys.as_string::<i32>(), prints.as_string::<i32>());
            for row in 0..batch.num_rows() {
                if !self.journal.keys.contains(page_key(keys.value(row), prints.value(row))) {
                    count += 1;
                    unknown.push(keys.value(row).to_owned());
                    unknown.truncate(EXAMPLES);
                }
            }
            Ok(())
        })
        .await?;
        stream(context, "SELECT id FROM articles", |batch| {
            let ids = strings(batch, 0)?;
            let ids = ids.as_string::<i32>();
            for row in 0..batch.num_rows() {
                if !self.journal.keys.contains(article_key(ids.value(row))) {
                    count += 1;
                    unknown.push(ids.value(row).to_owned());
                    unknown.truncate(EXAMPLES);
                }
            }
            Ok(())
        })
        .await?;
        if count > 0 {
            let what = "pages or articles that the store's log does not know";
            report.findings.push(Finding { examples: unknown, ..Finding::of("sources", what, count) });
        }
        Ok(())
    }
}

async fn content(context: &SessionContext, table: &Table, name: &str) -> Result<ContentHash, StoreError> {
    let mut hash = ContentHash::default();
    stream(context, &format!("SELECT * FROM {name}"), |batch| {
        hash.add(table, batch).map_err(|e| StoreError::rows(table.name, e))
    })
    .await?;
    Ok(hash)
}

/// The table with the rows of all runs.
fn all(name: &str) -> String {
    let def = TABLES.iter().find(|table| table.name == name);
    let by_run = def.is_some_and(crate::query::by_run);
    if by_run { format!("{name}_all") } else { name.to_owned() }
}

async fn unique(context: &SessionContext, report: &mut Report, lost: &BTreeSet<&str>) -> Result<(), StoreError> {
    for (table, columns) in UNIQUE.iter().filter(|(table, _)| !lost.contains(table)) {
        let sql = format!("SELECT {columns} FROM {} GROUP BY {columns} HAVING count(*) > 1", all(table));
        add(context, report, table, format!("rows with the same {columns}"), &sql).await?;
    }
    Ok(())
}

async fn references(context: &SessionContext, report: &mut Report, lost: &BTreeSet<&str>) -> Result<(), StoreError> {
    let whole = REFERENCES.iter().filter(|(table, _, target, _)| !lost.contains(table) && !lost.contains(target));
    for (table, columns, target, there) in whole {
        let pairs = columns.split(", ").zip(there.split(", "));
        let join: Vec<String> = pairs.map(|(here, there)| format!("t.{here} = o.{there}")).collect();
        let here: Vec<String> = columns.split(", ").map(|column| format!("t.{column}")).collect();
        let sql = format!(
            "SELECT {} FROM {} t LEFT ANTI JOIN {} o ON {} WHERE {} IS NOT NULL",
            here.join(", "),
            all(table),
            all(target),
            join.join(" AND "),
            here[0],
        );
        add(context, report, table, format!("{columns} is in no row of {target}"), &sql).await?;
    }
    if lost.contains("sources") || lost.contains("articles") {
        return Ok(());
    }
    let sql = "SELECT t.id FROM (SELECT unnest(articles) AS id FROM sources) t LEFT ANTI JOIN articles o ON t.id = o.id";
    add(context, report, "sources", "an article is in no row of articles".into(), sql).await
}

/// A number of a string, by which rows are taken in slices.
fn slice_of() -> Function {
    let body = |columns: &[StringArray]| -> Result<ArrayRef, String> {
        let number = |text: Option<&str>| text.map(|text| i64::from(xxh3_64(text.as_bytes()) as u16));
        Ok(Arc::new(columns[0].iter().map(number).collect::<Int64Array>()))
    };
    Function { name: "slice_of".to_owned(), arguments: 1, returns: DataType::Int64, body: Arc::new(body) }
}

/// Conditions that each take a part of the articles, so that the texts of one part fit into a quarter of the memory.
async fn slices(context: &SessionContext, memory: usize) -> Result<Vec<String>, StoreError> {
    let mut bytes = 0;
    stream(context, "SELECT CAST(sum(octet_length(text)) AS VARCHAR) FROM articles", |batch| {
        let sums = strings(batch, 0)?;
        bytes = sums.as_string::<i32>().iter().flatten().filter_map(|sum| sum.parse::<usize>().ok()).sum();
        Ok(())
    })
    .await?;
    let count = bytes.div_ceil((memory / 4).max(1)).max(1);
    let part = |n| format!("slice_of(t.article) % {count} = {n} AND slice_of(a.id) % {count} = {n}");
    Ok(if count == 1 { vec!["true".to_owned()] } else { (0..count).map(part).collect() })
}

/// Every quoted text stands where its span says.
async fn spans(context: &SessionContext, report: &mut Report, memory: usize, lost: &BTreeSet<&str>) -> Result<(), StoreError> {
    let slices = slices(context, memory).await?;
    let tables = QUOTED.iter().map(|table| (*table, "t.article, t.span_start"));
    let tables = tables.chain([("events", "t.id"), ("event_actors", "t.event, t.role, t.position")]);
    for (table, shown) in tables.filter(|(table, _)| !lost.contains(table)) {
        for slice in &slices {
            let sql = format!(
                "SELECT {shown} FROM {} t JOIN articles a ON t.article = a.id \
                 WHERE {slice} AND (t.span_start < 0 OR t.span_end < t.span_start OR t.span_end > character_length(a.text) \
                 OR substr(a.text, t.span_start + 1, t.span_end - t.span_start) <> t.text)",
                all(table),
            );
            add(context, report, table, "the text at the span is another".into(), &sql).await?;
        }
    }

    if lost.contains("events") {
        return Ok(());
    }
    let mut wrong = (0, Vec::new());
    let mut unread = (0, Vec::new());
    for slice in &slices {
        let sql = format!("SELECT t.id, t.record, a.text FROM events_all t JOIN articles a ON t.article = a.id WHERE {slice}");
        stream(context, &sql, |batch| {
            let (ids, records, texts) = (strings(batch, 0)?, strings(batch, 1)?, strings(batch, 2)?);
            let (ids, records, texts) = (ids.as_string::<i32>(), records.as_string::<i32>(), texts.as_string::<i32>());
            for row in 0..batch.num_rows() {
                let note = |found: &mut (u64, Vec<String>)| {
                    found.0 += 1;
                    if found.1.len() < EXAMPLES {
                        found.1.push(ids.value(row).to_owned());
                    }
                };
                let Ok(Record::Event(event)) = Record::read(records.value(row)) else {
                    note(&mut unread);
                    continue;
                };
                let text = texts.value(row);
                let at = |[start, end]: [u32; 2]| piece(text, start, end);
                let spans = &event.spans;
                let others = [Some(spans.trigger), spans.date, spans.place];
                let right = event.id == ids.value(row)
                    && at(spans.sentence) == Some(event.text.as_str())
                    && others.into_iter().flatten().all(|span| at(span).is_some());
                if !right {
                    note(&mut wrong);
                }
            }
            Ok(())
        })
        .await?;
    }
    for (what, (count, examples)) in [("a span of the record is wrong", wrong), ("the record can't be read", unread)] {
        if count > 0 {
            report.findings.push(Finding { examples, ..Finding::of("events", what, count) });
        }
    }
    Ok(())
}

/// Part of a text, by Unicode scalar values.
fn piece(text: &str, start: u32, end: u32) -> Option<&str> {
    let mut places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let from = places.nth(start as usize)?;
    let to = if end > start { places.nth((end - start - 1) as usize)? } else { from };
    text.get(from..to)
}

/// Adds what the question finds to the findings.
async fn add(context: &SessionContext, report: &mut Report, table: &str, what: String, sql: &str) -> Result<(), StoreError> {
    let (count, examples) = match rows(context, sql).await {
        // Joins by sorting go to disk where memory ends; hash joins can't, and are faster by far.
        Err(StoreError::Query(error)) if error.memory => {
            let hash_joins = |wanted| {
                let state = context.state_ref();
                state.write().config_mut().options_mut().optimizer.prefer_hash_join = wanted;
            };
            hash_joins(false);
            let found = rows(context, sql).await;
            hash_joins(true);
            found?
        }
        found => found?,
    };
    let Some(known) = report.findings.iter_mut().find(|finding| finding.table == table && finding.what == what) else {
        if count > 0 {
            report.findings.push(Finding { examples, ..Finding::of(table, what, count) });
        }
        return Ok(());
    };
    known.count += count;
    known.examples.extend(examples);
    known.examples.truncate(EXAMPLES);
    Ok(())
}

/// How many rows an answer has, and the first of them.
async fn rows(context: &SessionContext, sql: &str) -> Result<(u64, Vec<String>), StoreError> {
    let mut count = 0;
    let mut examples = Vec::new();
    stream(context, sql, |batch| {
        count += batch.num_rows() as u64;
        for row in 0..batch.num_rows().min(EXAMPLES.saturating_sub(examples.len())) {
            let cells = (0..batch.num_columns()).map(|column| strings(batch, column));
            let cells = cells.collect::<Result<Vec<_>, _>>()?;
            let cells: Vec<&str> = cells
                .iter()
                .map(|cell| cell.as_string::<i32>())
                .map(|cell| if cell.is_null(row) { "null" } else { cell.value(row) })
                .collect();
            examples.push(cells.join(" "));
        }
        Ok(())
    })
    .await?;
    Ok((count, examples))
}

async fn stream(
    context: &SessionContext,
    sql: &str,
    mut each: impl FnMut(&RecordBatch) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let frame = context.sql(sql).await.map_err(|e| fault(e, sql))?;
    let mut batches = frame.execute_stream().await.map_err(|e| fault(e, sql))?;
    while let Some(batch) = batches.try_next().await.map_err(|e| fault(e, sql))? {
        each(&batch)?;
    }
    Ok(())
}

fn strings(batch: &RecordBatch, column: usize) -> Result<deltalake::arrow::array::ArrayRef, StoreError> {
    cast(batch.column(column), &DataType::Utf8).map_err(|e| StoreError::rows("the check", e))
}

#[cfg(test)]
mod tests {
    use super::piece;

    #[test]
    fn pieces_are_counted_in_characters() {
        let text = "Zoë läuft";
        assert_eq!(piece(text, 0, 3), Some("Zoë"));
        assert_eq!(piece(text, 4, 9), Some("läuft"));
        assert_eq!(piece(text, 9, 9), Some(""));
        assert_eq!(piece(text, 4, 10), None);
    }
}
