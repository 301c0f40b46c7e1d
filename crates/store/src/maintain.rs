//! Few large files instead of many small ones, and no files that nobody needs.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use deltalake::datafusion::prelude::SessionContext;
use futures::TryStreamExt as _;
use jiff::Timestamp;

use crate::files::FileWriter;
use crate::handle::DataFile;
use crate::journal::{Change, Work, trim};
use crate::place::Place;
use crate::query::fault;
use crate::schema::TABLES;
use crate::store::{Written, discard, entry};
use crate::{Store, StoreError};

/// Size at which a file is large enough.
const TARGET: u64 = 128 << 20;
/// So many files of about the same size are merged while pages are taken in.
const TIER: usize = 16;
/// Files up to this size are of the lowest tier; each next tier is so many times larger as [`TIER`].
const SMALL: u64 = 256 << 10;
/// Entries of the log that keep their content after they were folded.
const KEEP: u64 = 10;
/// Tries against other writers.
const TRIES: usize = 20;

/// What compaction did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compacted {
    /// Files before and after, of the tables that were changed.
    pub tables: BTreeMap<&'static str, (usize, usize)>,
}

/// What vacuum did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vacuumed {
    /// Files removed, or that would be.
    pub files: usize,
    /// Their size.
    pub bytes: u64,
    /// Files that nothing needs either, but that are too young to be removed.
    pub kept: usize,
    /// Their size.
    pub kept_bytes: u64,
    /// Files of the log emptied.
    pub log_files: usize,
}

/// A file in a table's folder.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) name: String,
    pub(crate) size: u64,
    modified: i64,
    lies: Lies,
}

/// How a file is reached.
#[derive(Clone, Debug)]
enum Lies {
    InStorage(object_store::path::Path),
    /// Begun and never ended: the storage does not show it.
    OnDisk(PathBuf),
}

impl Found {
    async fn remove(&self, place: &Place) -> Result<(), StoreError> {
        match &self.lies {
            Lies::InStorage(path) => place.delete(path).await,
            Lies::OnDisk(path) => match std::fs::remove_file(path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    Err(StoreError::storage(path.display().to_string(), error))
                }
                _ => Ok(()),
            },
        }
    }
}

impl Store {
    /// Writes each table anew in large files, ordered throughout, so that questions about one dyad read little.
    pub fn compact(&mut self) -> Result<Compacted, StoreError> {
        self.must_write()?;
        self.refresh()?;
        let mut done = Compacted::default();
        for def in TABLES {
            let Some(handle) = self.handle(def.name) else { continue };
            let files = handle.files()?;
            let ordered = files.len() <= 1 || files.iter().all(|file| file.size >= TARGET / 2);
            if !ordered {
                self.merge(def.name, files, &mut done)?;
            }
        }
        let Self { runtime, place, journal, .. } = self;
        runtime.block_on(journal.fold(place))?;
        Ok(done)
    }

    /// Merges small files where there are many: cheap, and to be called after each commit.
    pub fn tidy(&mut self) -> Result<Compacted, StoreError> {
        self.must_write()?;
        let mut done = Compacted::default();
        for def in TABLES {
            let Some(handle) = self.handle(def.name) else { continue };
            let mut tiers: BTreeMap<u32, Vec<DataFile>> = BTreeMap::new();
            for file in handle.files()? {
                tiers.entry(tier(file.size)).or_default().push(file);
            }
            let full = tiers.into_iter().find(|(tier, files)| files.len() >= TIER && SMALL << (4 * tier) < TARGET);
            if let Some((_, files)) = full {
                self.merge(def.name, files, &mut done)?;
            }
        }
        Ok(done)
    }

    /// Removes files that no table names and that were last changed before `keep` ago: what stopped writers left and what
    /// compaction replaced. `now` and `keep` are the caller's; batches under way must be younger than `keep`. With
    /// `only_tell` nothing is removed.
    pub fn vacuum(&mut self, now: Timestamp, keep: jiff::SignedDuration, only_tell: bool) -> Result<Vacuumed, StoreError> {
        self.must_write()?;
        self.refresh()?;
        let Self { runtime, place, journal, handles, .. } = self;
        let before = (now - keep).as_millisecond();
        runtime.block_on(async {
            let mut done = Vacuumed::default();
            let mut unused: Vec<Found> = Vec::new();
            for handle in handles.iter_mut().flatten() {
                handle.refresh().await?;
                let used: HashSet<String> = handle.files()?.into_iter().map(|file| file.path).collect();
                let there = data_files(place, handle.def.name).await?;
                unused.extend(there.into_iter().filter(|file| !used.contains(&file.name)));
            }
            unused.extend(begun(place, "_demarche"));
            for file in unused {
                if file.modified >= before {
                    done.kept += 1;
                    done.kept_bytes += file.size;
                    continue;
                }
                if !only_tell {
                    file.remove(place).await?;
                }
                done.files += 1;
                done.bytes += file.size;
            }
            if !only_tell {
                journal.fold(place).await?;
                done.log_files = trim(place, journal.folded, KEEP).await?;
            }
            Ok(done)
        })
    }

    pub(crate) async fn data_files(&self, table: &str) -> Result<Vec<Found>, StoreError> {
        data_files(&self.place, table).await
    }

    /// Files of the store's own log that a writer began and never ended.
    pub(crate) fn begun_in_log(&self) -> Vec<Found> {
        begun(&self.place, "_demarche")
    }

    fn merge(&mut self, name: &'static str, files: Vec<DataFile>, done: &mut Compacted) -> Result<(), StoreError> {
        let written = self.runtime.block_on(self.rewrite(name, &files))?;
        let after = written.changes.values().map(|change| change.add.len()).sum();
        for _ in 0..TRIES {
            let Self { runtime, place, journal, .. } = self;
            if runtime.block_on(journal.commit(place, entry(Work::Compact, &written, &[])))? {
                self.block_on_roll_forward()?;
                done.tables.insert(name, (files.len(), after));
                return Ok(());
            }
            // Others may have added files, which is no harm, or merged the same ones, which is.
            self.refresh()?;
            let there: HashSet<String> = match self.handle_mut(name) {
                Some((runtime, handle)) => {
                    runtime.block_on(handle.refresh())?;
                    handle.files()?.into_iter().map(|file| file.path).collect()
                }
                None => HashSet::new(),
            };
            if files.iter().any(|file| !there.contains(&file.path)) {
                self.runtime.block_on(discard(&self.place, Some(written)));
                return Ok(());
            }
        }
        self.runtime.block_on(discard(&self.place, Some(written)));
        Err(StoreError::Contended { place: self.place.shown(name) })
    }

    /// Writes the rows of some files to new ones, in order.
    async fn rewrite(&self, name: &'static str, files: &[DataFile]) -> Result<Written, StoreError> {
        let handle = self.handle(name).ok_or_else(|| crate::store::no_table(name))?;
        // Records are large, and a sort that goes to disk holds a batch of each part of it.
        let context: SessionContext = self.session_of(&[], 1_024).await?;
        let provider = handle.delta.table_provider().with_file_paths(files.iter().map(|file| file.path.clone()));
        let provider = provider.await.map_err(|e| fault(e, ""))?;
        context.register_table("part", provider).map_err(|e| fault(e, ""))?;
        // As within the files that batches write.
        let order: Vec<String> = handle.def.order.iter().map(|column| format!("{column} NULLS FIRST")).collect();
        let sql = format!("SELECT * FROM part ORDER BY {}", order.join(", "));
        let frame = context.sql(&sql).await.map_err(|e| fault(e, ""))?;
        let mut batches = frame.execute_stream().await.map_err(|e| fault(e, ""))?;
        let mut writer = FileWriter::new(&self.place, handle.def, TARGET as usize);
        let mut rows = 0;
        while let Some(batch) = batches.try_next().await.map_err(|e| fault(e, ""))? {
            rows += batch.num_rows();
            writer.write(&batch).await?;
        }
        let mut add = writer.finish().await?;
        for add in &mut add {
            add.data_change = false;
        }
        let remove = files.iter().map(|file| file.remove.clone()).collect();
        let changes = BTreeMap::from([(name.to_owned(), Change { add, remove })]);
        Ok(Written { changes, rows: BTreeMap::from([(name, rows)]) })
    }
}

fn tier(size: u64) -> u32 {
    let mut tier = 0;
    while size > SMALL << (4 * tier) {
        tier += 1;
    }
    tier
}

async fn data_files(place: &Place, table: &str) -> Result<Vec<Found>, StoreError> {
    let log = format!("{}/", place.path(&format!("{table}/_delta_log")));
    let files = place.list(table, None).await?;
    let files = files.into_iter().filter(|file| !file.location.as_ref().starts_with(&log));
    let files = files.map(|file| Found {
        name: file.location.filename().unwrap_or_default().to_owned(),
        size: file.size,
        modified: file.last_modified.timestamp_millis(),
        lies: Lies::InStorage(file.location),
    });
    Ok(files.chain(begun(place, table)).collect())
}

/// Files on a disk that a writer began and never ended: `NAME#1`, which the storage hides.
fn begun(place: &Place, inside: &str) -> Vec<Found> {
    let mut found = Vec::new();
    if let Some(folder) = &place.folder {
        begun_in(&folder.join(inside), &mut found);
    }
    found
}

fn begun_in(folder: &Path, found: &mut Vec<Found>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Ok(data) = entry.metadata() else { continue };
        if data.is_dir() {
            begun_in(&entry.path(), found);
        } else if name.rsplit_once('#').is_some_and(|(_, n)| !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit())) {
            let age = data.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
            let modified = age.map_or(0, |age| i64::try_from(age.as_millis()).unwrap_or(i64::MAX));
            found.push(Found { name, size: data.len(), modified, lies: Lies::OnDisk(entry.path()) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiers_grow_sixteenfold() {
        assert_eq!(tier(1), 0);
        assert_eq!(tier(SMALL), 0);
        assert_eq!(tier(SMALL + 1), 1);
        assert_eq!(tier(SMALL * 16), 1);
        assert_eq!(tier(SMALL * 16 + 1), 2);
    }
}
