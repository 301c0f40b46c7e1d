//! The log of intents: `_demarche/log/N.json`, one file a commit. A batch is committed once its file is there, whole and
//! under a number that nobody else has; tables follow.

use std::collections::{BTreeMap, HashSet};

use deltalake::kernel::{Add, Remove};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::StoreError;
use crate::batch::{Key, KeyKind, kind_of, run_key};
use crate::place::Place;

const FOLDER: &str = "_demarche/log";
const KEYS: &str = "_demarche/keys";
const MAGIC: &[u8; 8] = b"DMRKEYS1";
/// Version of the form of an entry. It has nothing to do with that of the tables.
pub(crate) const FORM: u32 = 1;

/// One commit over all tables.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// Version of this file's form.
    pub(crate) form: u32,
    /// Tells the writer whether an entry is its own, when the answer to its write was lost.
    pub(crate) writer: String,
    /// What the commit did.
    pub(crate) kind: Work,
    /// What changes in each table.
    pub(crate) tables: BTreeMap<String, Change>,
    /// What the store knows from now on, as 32 hexadecimal digits each.
    pub(crate) keys: Vec<String>,
}

/// What a commit does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Work {
    /// Adds pages.
    Batch,
    /// Adds the rows of another coding.
    Coding,
    /// Replaces the rows of a table.
    Replace,
    /// Replaces files by files with the same rows.
    Compact,
    /// Nothing: the entry was folded into a file of keys.
    Folded,
}

/// Files that come to a table and files that leave it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Change {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) add: Vec<Add>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) remove: Vec<Remove>,
}

/// What the store has, in 16 bytes each: those of the file of keys sorted, the later ones beside them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keys {
    folded: Vec<Key>,
    recent: HashSet<Key>,
}

impl Keys {
    pub(crate) fn contains(&self, key: Key) -> bool {
        self.recent.contains(&key) || self.folded.binary_search(&key).is_ok()
    }

    pub(crate) fn insert(&mut self, key: Key) {
        if self.folded.binary_search(&key).is_err() {
            self.recent.insert(key);
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.folded.len() + self.recent.len()
    }

    /// How many there are of each kind: pages, articles, codings, runs.
    pub(crate) fn counts(&self) -> [usize; 4] {
        let mut counts = [0; 4];
        for key in self.folded.iter().chain(&self.recent) {
            counts[kind_of(*key) as usize] += 1;
        }
        counts
    }

    /// Share of the keys that no file of keys has.
    pub(crate) fn recent_share(&self) -> f64 {
        self.recent.len() as f64 / self.len().max(1) as f64
    }

    fn fold(&mut self) {
        self.folded.extend(self.recent.drain());
        self.folded.sort_unstable();
        self.folded.shrink_to_fit();
    }

    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(24 + 16 * self.folded.len());
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&(self.folded.len() as u64).to_le_bytes());
        for key in &self.folded {
            bytes.extend_from_slice(&key.to_le_bytes());
        }
        bytes.extend_from_slice(&xxh3_64(&bytes).to_le_bytes());
        bytes
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (body, sum) = bytes.split_at_checked(bytes.len().checked_sub(8)?)?;
        let (head, keys) = body.split_at_checked(16)?;
        let (magic, count) = head.split_at(8);
        let count = u64::from_le_bytes(count.try_into().ok()?);
        let whole = magic == MAGIC && xxh3_64(body).to_le_bytes() == sum && keys.len() as u64 == count.checked_mul(16)?;
        let key = |chunk: &[u8]| chunk.try_into().ok().map(Key::from_le_bytes);
        let folded = keys.chunks_exact(16).map(key).collect::<Option<Vec<_>>>()?;
        whole.then(|| Self { folded, recent: HashSet::new() })
    }
}

impl Entry {
    /// The keys, read.
    pub(crate) fn keys(&self) -> impl Iterator<Item = Key> {
        self.keys.iter().filter_map(|key| Key::from_str_radix(key, 16).ok())
    }
}

/// The log as far as it was read.
#[derive(Debug)]
pub(crate) struct Journal {
    /// Number of the last entry read; numbers begin at 1.
    pub(crate) last: u64,
    /// Entries up to this one are folded.
    pub(crate) folded: u64,
    /// What the store has.
    pub(crate) keys: Keys,
    /// How many runs the store has.
    pub(crate) runs: usize,
    /// Entries were skipped that others brought to the tables: what is known of the tables is old.
    pub(crate) reloaded: bool,
    /// Entries that may not have reached all tables.
    pub(crate) pending: Vec<(u64, Entry)>,
}

impl Journal {
    /// Reads the newest file of keys and the entries after it.
    pub(crate) async fn load(place: &Place) -> Result<Self, StoreError> {
        let mut journal = Self { last: 0, folded: 0, keys: Keys::default(), runs: 0, reloaded: false, pending: Vec::new() };
        if let Some((number, keys)) = newest_keys(place, 0).await? {
            journal.begin_at(number, keys);
        }
        journal.catch_up(place).await?;
        Ok(journal)
    }

    fn begin_at(&mut self, number: u64, keys: Keys) {
        self.folded = number;
        self.last = number;
        self.runs = keys.counts()[KeyKind::Run as usize];
        self.keys = keys;
        // Entries are folded when they have reached all tables.
        self.pending.clear();
    }

    /// Reads what others have committed.
    pub(crate) async fn catch_up(&mut self, place: &Place) -> Result<(), StoreError> {
        while let Some(entry) = read(place, self.last + 1).await? {
            if entry.kind == Work::Folded {
                // Another writer folded past us, or the file of keys that has it is damaged.
                let Some((number, keys)) = newest_keys(place, self.last).await? else {
                    let what =
                        format!("none of its files is whole that has the pages of commit {} and those after it", self.last + 1);
                    return Err(StoreError::Damaged { place: place.shown(KEYS), what });
                };
                self.begin_at(number, keys);
                self.reloaded = true;
                continue;
            }
            self.accept(self.last + 1, entry);
        }
        Ok(())
    }

    /// Whether the store has the run.
    pub(crate) fn has_run(&self, run: &str) -> bool {
        self.keys.contains(run_key(run))
    }

    /// Tries to commit the entry under the next number; says whether it did.
    pub(crate) async fn commit(&mut self, place: &Place, entry: Entry) -> Result<bool, StoreError> {
        let number = self.last + 1;
        let content = serde_json::to_vec(&entry).map_err(|e| StoreError::storage(place.shown(FOLDER), e))?;
        let mut mine = place.write_new(&entry_file(number), content).await?;
        if !mine {
            mine = read(place, number).await?.is_some_and(|found| found.writer == entry.writer);
        }
        if mine {
            self.accept(number, entry);
        }
        Ok(mine)
    }

    fn accept(&mut self, number: u64, entry: Entry) {
        for key in entry.keys() {
            self.runs += usize::from(kind_of(key) == KeyKind::Run && !self.keys.contains(key));
            self.keys.insert(key);
        }
        self.last = number;
        if !entry.tables.is_empty() {
            self.pending.push((number, entry));
        }
    }

    /// Writes the keys of all entries to one file. All of them must have reached all tables.
    pub(crate) async fn fold(&mut self, place: &Place) -> Result<(), StoreError> {
        if self.folded == self.last || !self.pending.is_empty() {
            return Ok(());
        }
        self.keys.fold();
        place.write(&keys_file(self.last), self.keys.to_bytes()).await?;
        self.folded = self.last;
        Ok(())
    }
}

fn entry_file(number: u64) -> String {
    format!("{FOLDER}/{number:020}.json")
}

fn keys_file(number: u64) -> String {
    format!("{KEYS}/{number:020}.keys")
}

async fn read(place: &Place, number: u64) -> Result<Option<Entry>, StoreError> {
    let name = entry_file(number);
    let Some(content) = place.read(&name).await? else { return Ok(None) };
    let entry: Entry =
        serde_json::from_slice(&content).map_err(|e| StoreError::Damaged { place: place.shown(&name), what: e.to_string() })?;
    if entry.form > FORM {
        return Err(StoreError::Newer { location: place.name.clone(), found: entry.form, known: FORM });
    }
    Ok(Some(entry))
}

/// Numbers of the files of keys, the newest first.
async fn keys_files(place: &Place) -> Result<Vec<u64>, StoreError> {
    let mut numbers: Vec<u64> = Vec::new();
    for file in place.list(KEYS, None).await? {
        let name = file.location.filename().unwrap_or_default();
        numbers.extend(name.strip_suffix(".keys").and_then(|number| number.parse::<u64>().ok()));
    }
    numbers.sort_unstable_by(|a, b| b.cmp(a));
    Ok(numbers)
}

async fn read_keys(place: &Place, number: u64) -> Result<Option<Keys>, StoreError> {
    Ok(place.read(&keys_file(number)).await?.as_deref().and_then(Keys::from_bytes))
}

/// The newest whole file of keys that goes beyond that entry. One that was cut short is no harm: the one before it and
/// the entries since say the same.
async fn newest_keys(place: &Place, beyond: u64) -> Result<Option<(u64, Keys)>, StoreError> {
    for number in keys_files(place).await?.into_iter().take_while(|number| *number > beyond) {
        if let Some(keys) = read_keys(place, number).await? {
            return Ok(Some((number, keys)));
        }
    }
    Ok(None)
}

/// Replaces the content of entries that two whole files of keys hold and that are older than the last `keep`; their
/// names stay taken, so that a writer who lags behind never commits under one of them. Also removes files of keys but
/// those two: when the newer is damaged, the older and the entries after it say the same.
pub(crate) async fn trim(place: &Place, folded: u64, keep: u64) -> Result<usize, StoreError> {
    let mut count = 0;
    let numbers = keys_files(place).await?;
    let mut older = None;
    for number in numbers.iter().copied().filter(|number| *number < folded) {
        if read_keys(place, number).await?.is_some() {
            older = Some(number);
            break;
        }
    }
    // The newer one was written by us or read, but may have been damaged since.
    let Some(older) = older.filter(|_| numbers.contains(&folded)) else { return Ok(0) };
    if read_keys(place, folded).await?.is_none() {
        return Ok(0);
    }
    for number in numbers.into_iter().filter(|number| *number < older) {
        place.delete(&place.path(&keys_file(number))).await?;
        count += 1;
    }
    let husk = Entry { form: FORM, writer: String::new(), kind: Work::Folded, tables: BTreeMap::new(), keys: Vec::new() };
    let husk = serde_json::to_vec(&husk).map_err(|e| StoreError::storage(place.shown(FOLDER), e))?;
    for file in place.list(FOLDER, None).await? {
        let number = file.location.filename().and_then(|name| name.strip_suffix(".json")).and_then(|n| n.parse::<u64>().ok());
        if number.is_some_and(|number| number <= older && number + keep < folded) && file.size > husk.len() as u64 {
            place.write(&entry_file(number.unwrap_or_default()), husk.clone()).await?;
            count += 1;
        }
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_back_and_damage_is_seen() {
        let mut keys = Keys::default();
        for n in 0..1000u128 {
            keys.insert(n.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c834));
        }
        keys.fold();
        let bytes = keys.to_bytes();
        let read = Keys::from_bytes(&bytes).expect("whole");
        assert_eq!(read.folded, keys.folded);
        assert_eq!(read.len(), 1000);
        for at in [0, 9, 20, bytes.len() - 1] {
            let mut bad = bytes.clone();
            bad[at] ^= 1;
            assert!(Keys::from_bytes(&bad).is_none(), "byte {at}");
        }
        assert!(Keys::from_bytes(&bytes[..bytes.len() - 16]).is_none());
        assert!(Keys::from_bytes(&[]).is_none());
    }
}
