//! What a caller hands to the store: pages with all that came of them.

use demarche_records::Record;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// Pages that are committed together, with all their rows.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// What coded the articles of the pages.
    pub run: Run,
    /// The pages.
    pub pages: Vec<Page>,
}

/// What coded: a version of the program with its model and tables.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the records' stamp")]
pub struct Run {
    pub version: String,
    pub model: String,
    pub ontology: String,
    pub lexicon: String,
    pub knowledge: String,
}

impl Run {
    /// Identifier of the run: 16 hexadecimal digits of a hash of the stamp, the same wherever it codes.
    pub fn id(&self) -> String {
        let mut hash = Xxh3::new();
        for part in [&self.version, &self.model, &self.ontology, &self.lexicon, &self.knowledge] {
            hash.update(&(part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        format!("{:016x}", hash.digest())
    }
}

/// What became of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PageStatus {
    /// Read and coded.
    Coded,
    /// The same text as that of another article.
    Duplicate,
    /// Stored, but not coded: in a language that is not read, for instance.
    Rejected,
    /// Could not be read.
    Failed,
}

impl PageStatus {
    /// The word in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Coded => "coded",
            Self::Duplicate => "duplicate",
            Self::Rejected => "rejected",
            Self::Failed => "failed",
        }
    }
}

/// A page of a source.
#[derive(Clone, Debug)]
pub struct Page {
    /// What names the page: a path, an address, a place in an archive.
    pub key: String,
    /// A hash of its content; a page that changed is another page.
    pub fingerprint: String,
    /// What became of it.
    pub status: PageStatus,
    /// Why it was not coded.
    pub reason: Option<String>,
    /// What the user can do about it.
    pub next_step: Option<String>,
    /// Its size.
    pub bytes: Option<u64>,
    /// The articles on it that the store does not have yet.
    pub articles: Vec<Coded>,
    /// Identifiers of articles that it repeats.
    pub repeats: Vec<String>,
}

/// An article with what was coded of it.
#[derive(Clone, Debug, Default)]
pub struct Coded {
    /// The article.
    pub article: ArticleRow,
    /// Its records. Those of other articles are an error.
    pub records: Vec<Record>,
    /// Its sentences as spans in Unicode scalar values, where they are wanted.
    pub sentences: Vec<[u32; 2]>,
}

/// A row of `articles`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are the columns of the table")]
pub struct ArticleRow {
    pub id: String,
    pub url: Option<String>,
    pub title: Option<String>,
    pub byline: Option<String>,
    /// Outlet.
    pub site: Option<String>,
    pub section: Option<String>,
    pub published: Option<Date>,
    pub published_basis: Option<String>,
    pub language: Option<String>,
    pub language_confidence: Option<f64>,
    /// The text that all spans point into.
    pub text: String,
    /// The blocks of the text, as JSON.
    pub blocks: Option<String>,
    pub origin: String,
    /// Article with the same text.
    pub duplicate_of: Option<String>,
    /// Article with nearly the same text.
    pub near_duplicate_of: Option<String>,
    /// Share of word runs that it has in common with that article.
    pub similarity: Option<f64>,
    /// Agency that byline or dateline name.
    pub wire: Option<String>,
    pub words: Option<u32>,
    /// What near duplicates are found by; not the store's to read.
    pub signature: Option<Vec<u8>>,
}

/// What the store remembers of what it has: 128 bits, of which the first two tell the kind and the rest is a hash.
pub(crate) type Key = u128;

/// What a key stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyKind {
    Page,
    Article,
    Coding,
    Run,
}

const KIND_SHIFT: u32 = 126;

/// The key of a page with its content.
pub(crate) fn page_key(key: &str, fingerprint: &str) -> Key {
    of_kind(KeyKind::Page, &[key, fingerprint])
}

/// The key of an article.
pub(crate) fn article_key(id: &str) -> Key {
    of_kind(KeyKind::Article, &[id])
}

/// The key of the coding of an article by a run.
pub(crate) fn coding_key(article: &str, run: &str) -> Key {
    of_kind(KeyKind::Coding, &[article, run])
}

/// The key of a run.
pub(crate) fn run_key(run: &str) -> Key {
    of_kind(KeyKind::Run, &[run])
}

/// What the key stands for.
pub(crate) fn kind_of(key: Key) -> KeyKind {
    match key >> KIND_SHIFT {
        0 => KeyKind::Page,
        1 => KeyKind::Article,
        2 => KeyKind::Coding,
        _ => KeyKind::Run,
    }
}

fn of_kind(kind: KeyKind, parts: &[&str]) -> Key {
    let mut bytes = Vec::new();
    for part in parts {
        bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    (xxh3_128(&bytes) & ((1 << KIND_SHIFT) - 1)) | ((kind as u128) << KIND_SHIFT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_tell_their_kind_and_part_their_parts() {
        assert_eq!(kind_of(page_key("a", "b")), KeyKind::Page);
        assert_eq!(kind_of(article_key("a")), KeyKind::Article);
        assert_eq!(kind_of(coding_key("a", "b")), KeyKind::Coding);
        assert_eq!(kind_of(run_key("a")), KeyKind::Run);
        assert_ne!(page_key("ab", "c"), page_key("a", "bc"));
    }
}
