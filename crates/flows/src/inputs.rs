//! Which inputs were read to their end, and by what one knows that they are the same.
//!
//! This is a matter of work, not of the record: where it is lost, inputs are read again, and their pages are found to be known.

use std::collections::BTreeMap;

use demarche_sources::{Fingerprint, Input, Settings, Validators};
use demarche_store::{Rows, Store, StoreError};
use xxhash_rust::xxh3::xxh3_64;

use crate::rows::Text;

/// How an input was when it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Size and time of a file.
    pub fingerprint: Option<Fingerprint>,
    /// What a server said for the next conditional request.
    pub validators: Option<Validators>,
}

/// The inputs that the store knows of.
#[derive(Debug)]
pub(crate) struct Inputs {
    /// What changes how inputs are read: under other settings nothing is known.
    settings: String,
    known: BTreeMap<String, (String, State)>,
}

impl Inputs {
    /// What the store has.
    pub(crate) fn of(store: &Store, settings: &Settings) -> Result<Self, StoreError> {
        // Another version may read what this one could not.
        let version = env!("CARGO_PKG_VERSION");
        let Settings { mapping, kind, links, dates, published, .. } = settings;
        let how = format!("{version} {mapping:?} {kind:?} {links} {dates:?} {published:?}");
        let settings = format!("{:016x}", xxh3_64(how.as_bytes()));
        let mut known = BTreeMap::new();
        for rows in store.rows("SELECT key, settings, CAST(bytes AS VARCHAR), modified, etag, last_modified FROM inputs")? {
            let columns = [0, 1, 2, 3, 4, 5].map(|column| Text::of(&rows, column));
            for row in 0..rows.num_rows() {
                let [key, settings, bytes, modified, etag, last_modified] =
                    columns.each_ref().map(|column| column.at(row).map(str::to_owned));
                let size = bytes.and_then(|n| n.parse().ok());
                let modified = modified.and_then(|n| n.parse().ok());
                let fingerprint = size.zip(modified).map(|(size, modified)| Fingerprint { size, modified });
                let told = etag.is_some() || last_modified.is_some();
                let state = State { fingerprint, validators: told.then_some(Validators { etag, last_modified }) };
                known.insert(key.unwrap_or_default(), (settings.unwrap_or_default(), state));
            }
        }
        Ok(Self { settings, known })
    }

    /// Whether the file was read to its end and is as it was.
    pub(crate) fn has(&self, input: &Input) -> bool {
        let known = self.state(&input.key).and_then(|state| state.fingerprint);
        known.is_some() && known == input.fingerprint
    }

    /// What the server said of an address the last time.
    pub(crate) fn validators(&self, key: &str) -> Option<Validators> {
        self.state(key).and_then(|state| state.validators.clone())
    }

    fn state(&self, key: &str) -> Option<&State> {
        self.known.get(key).filter(|(settings, _)| *settings == self.settings).map(|(_, state)| state)
    }

    /// Writes down what was read, and what is no longer whole: that has no state. Of two runs at once the later one's word stands, and the
    /// other's inputs are read once more.
    pub(crate) fn keep(mut self, store: &mut Store, ended: Vec<(String, Option<State>)>) -> Result<(), StoreError> {
        let mut is_new = false;
        for (key, state) in ended {
            let state = state.map(|state| (self.settings.clone(), state));
            is_new |= self.known.get(&key) != state.as_ref();
            match state {
                Some(state) => self.known.insert(key, state),
                None => self.known.remove(&key),
            };
        }
        if !is_new {
            return Ok(());
        }
        let mut rows = Rows::of("inputs")?;
        for (key, (settings, state)) in self.known {
            let bytes = state.fingerprint.and_then(|file| i64::try_from(file.size).ok());
            let modified = state.fingerprint.map(|file| file.modified.to_string());
            let validators = state.validators.unwrap_or_default();
            rows.push([
                ("key", key.into()),
                ("settings", settings.into()),
                ("bytes", bytes.into()),
                ("modified", modified.into()),
                ("etag", validators.etag.into()),
                ("last_modified", validators.last_modified.into()),
            ]);
        }
        store.replace("inputs", &[rows.finish()?])?;
        Ok(())
    }
}
