//! What is decided before anything is read.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use demarche_ingest::OpenDates;
use jiff::civil::Date;

use crate::listing::Kind;
use crate::mapping::Mapping;

/// How sources are read. The default reads files and takes nothing from the web.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The folder at which relative paths start, absolute, so that keys are the same wherever the program is started and
    /// however a path is written. Without it keys are the paths as they were named.
    pub base: Option<PathBuf>,
    /// Which column holds what.
    pub mapping: Mapping,
    /// What all inputs are, where the user says so; otherwise it is told from names and first bytes.
    pub kind: Option<Kind>,
    /// How a record's date is read of which either part may be the day.
    pub dates: OpenDates,
    /// The day of publication of pages that tell none.
    pub published: Option<Date>,
    /// How much is too much.
    pub limits: Limits,
    /// Whether the pages are fetched to which a feed links. Otherwise its own texts are taken.
    pub links: bool,
    /// Which pages need not be given (again), by key. A page that a feed links to is then not fetched.
    pub known: Known,
}

/// Bounds, so that no input takes the memory or the time of all. Sizes in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest page, unpacked.
    pub page: u64,
    /// The largest record: a line of JSON Lines, a row of a table, a feed's entry.
    pub record: u64,
    /// The largest thing that must be in memory as a whole: an archive in an archive, a feed.
    pub whole: u64,
    /// The largest archive, unpacked, all layers together.
    pub unpacked: u64,
    /// How often 64 MB may be larger than what they were packed into.
    pub ratio: u64,
    /// How many archives may be packed in one another.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { page: 16 << 20, record: 32 << 20, whole: 256 << 20, unpacked: 1 << 40, ratio: 200, depth: 4 }
    }
}

/// A question for the keys that are known already.
#[derive(Clone, Default)]
pub struct Known(Option<Arc<Question>>);

type Question = dyn Fn(&str) -> bool + Send + Sync;

impl Known {
    /// Asks `question` for every key.
    pub fn new(question: impl Fn(&str) -> bool + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(question)))
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.0.as_ref().is_some_and(|question| question(key))
    }
}

impl fmt::Debug for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Known").field(&self.0.is_some()).finish()
    }
}
