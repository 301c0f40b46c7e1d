//! Which pieces of a page are its story, according to the extraction library.

use std::{
    collections::HashSet,
    panic::{AssertUnwindSafe, catch_unwind},
};

use scraper::Html;
use trafilatura::{ExtractionFocus, HtmlDateMode, Options};
use xxhash_rust::xxh3::xxh3_64;

use super::walk::walk;

/// Words in one shingle.
const SHINGLE: usize = 4;

/// The text that the library keeps, as sets of hashes: a page's pieces are looked up in it.
pub(super) struct Kept {
    blocks: HashSet<u64>,
    shingles: HashSet<u64>,
}

impl Kept {
    /// Runs the library over a page. `None` when it finds no story or fails.
    pub(super) fn of(html: &str) -> Option<Self> {
        let options = Options::default()
            .with_fallback(true)
            .with_focus(ExtractionFocus::FavorPrecision)
            .with_html_date_mode(HtmlDateMode::Disabled)
            .with_exclude_comments(true)
            .with_links(true);
        // A page that makes the library panic must not stop a batch; our own reading takes over.
        let result = catch_unwind(AssertUnwindSafe(|| trafilatura::extract(html, &options))).ok()?.ok()?;
        let mut kept = Self { blocks: HashSet::new(), shingles: HashSet::new() };
        for piece in walk(&Html::parse_document(&result.content_html)).pieces {
            kept.add(&piece.text);
        }
        result.content_text.lines().for_each(|line| kept.add(line));
        (!kept.blocks.is_empty()).then_some(kept)
    }

    fn add(&mut self, text: &str) {
        let words = words(text);
        if words.is_empty() {
            return;
        }
        self.blocks.insert(xxh3_64(words.concat().as_bytes()));
        self.shingles.extend(words.windows(SHINGLE).map(|shingle| xxh3_64(shingle.join(" ").as_bytes())));
    }

    /// Whether the library kept a piece: as a whole, or nearly all of its word sequences (it drops inline
    /// elements such as `time`, and joins what we keep apart).
    pub(super) fn has(&self, text: &str) -> bool {
        let words = words(text);
        if self.blocks.contains(&xxh3_64(words.concat().as_bytes())) {
            return true;
        }
        let shingles = words.windows(SHINGLE);
        let total = shingles.len();
        let found = shingles.filter(|shingle| self.shingles.contains(&xxh3_64(shingle.join(" ").as_bytes()))).count();
        total >= 2 && found * 10 >= total * 7
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}
