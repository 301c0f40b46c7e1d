//! Articles that were printed before: word for word, or with edits.
//!
//! A [`Signature`] has a hash of the article's words and a MinHash over its runs of four words. An [`Index`] finds, among
//! the signatures that were put into it, the one that is most like another, at a cost that does not grow with their number.
//! Signatures are plain bytes, so a store can keep one with each article and fill an index again from them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasherDefault, Hasher};

use gaoya::minhash::{MinHasher, MinHasher32};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// Bands of a signature. With [`ROWS`] rows each, two texts that share seven of ten runs are compared with probability
/// .95, eight of ten .998, four of ten .15; what they share is then estimated from all numbers.
pub const BANDS: usize = 16;

/// Rows of a band.
pub const ROWS: usize = 5;

/// Numbers of a signature.
pub const HASHES: usize = BANDS * ROWS;

/// Bytes of a signature: the exact hash, then two for each number.
pub const BYTES: usize = 16 + 2 * HASHES;

/// The share of common runs from which articles are near duplicates.
pub const THRESHOLD: f64 = 0.7;

/// Words of a run.
const RUN: usize = 4;

/// A text with fewer words than this is compared word for word only: it has too few runs to tell much.
const FEWEST: usize = 20;

/// The longest list that a band is kept for. What so many unlike articles have in common is furniture, and looking through
/// longer lists would make the cost grow.
const CROWD: u8 = 32;

/// What an article's text comes down to. Case, punctuation and spacing make no difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The hash of all words in order.
    pub exact: u128,
    /// The least hashes of the runs of words; all zero for short texts.
    mins: [u16; HASHES],
}

/// Makes signatures.
pub struct Signer(MinHasher32<BuildHasherDefault<Same>>);

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Signer")
    }
}

impl Default for Signer {
    fn default() -> Self {
        Self::new()
    }
}

impl Signer {
    /// The one signer there is: signatures of all programs can be compared.
    pub fn new() -> Self {
        // Tests fix the signatures of texts, so that a new version of the library cannot change them unseen.
        Self(MinHasher32::new_with_hasher_and_seed(HASHES, BuildHasherDefault::default(), 3))
    }

    /// The signature of a text.
    pub fn sign(&self, text: &str) -> Signature {
        let mut whole = Xxh3::new();
        let mut words: Vec<u64> = Vec::new();
        let mut word = String::new();
        let mut end = |word: &mut String| {
            if !word.is_empty() {
                whole.update(word.as_bytes());
                whole.update(b" ");
                words.push(xxh3_64(word.as_bytes()));
                word.clear();
            }
        };
        for c in text.chars() {
            if c.is_alphanumeric() {
                word.extend(c.to_lowercase());
            } else if !matches!(c, '\'' | '\u{2019}' | '\u{ad}') {
                end(&mut word);
            }
        }
        end(&mut word);
        let mut mins = [0; HASHES];
        if words.len() >= FEWEST {
            let mut runs: Vec<u64> = words.windows(RUN).map(run).collect();
            runs.sort_unstable();
            runs.dedup();
            let signature = self.0.create_signature(runs.into_iter());
            for (min, hash) in mins.iter_mut().zip(signature) {
                // The low bits are as good as any, and half as many.
                *min = (hash & 0xffff) as u16;
            }
        }
        Signature { exact: whole.digest128(), mins }
    }
}

/// The hash of a run of words.
fn run(words: &[u64]) -> u64 {
    let mut bytes = [0; 8 * RUN];
    for (place, word) in bytes.chunks_exact_mut(8).zip(words) {
        place.copy_from_slice(&word.to_le_bytes());
    }
    xxh3_64(&bytes)
}

impl Signature {
    /// The signature of a text. For many texts, keep a [`Signer`].
    pub fn of(text: &str) -> Self {
        Signer::new().sign(text)
    }

    /// Whether the text is too short for anything but comparison word for word.
    pub fn is_short(&self) -> bool {
        self.mins.iter().all(|min| *min == 0)
    }

    /// The share of runs that two texts have in common, estimated; its standard error is .05 around .7.
    pub fn similarity(&self, other: &Self) -> f64 {
        if self.exact == other.exact {
            return 1.0;
        }
        if self.is_short() || other.is_short() {
            return 0.0;
        }
        let same = self.mins.iter().zip(&other.mins).filter(|(a, b)| a == b).count();
        same as f64 / HASHES as f64
    }

    /// The hashes of the bands; texts that share one are worth comparing. None for short texts.
    pub fn bands(&self) -> impl Iterator<Item = u64> {
        let mins: &[u16] = if self.is_short() { &[] } else { &self.mins };
        mins.chunks_exact(ROWS).enumerate().map(|(at, rows)| {
            let mut bytes = [0; 2 * ROWS + 1];
            for (place, row) in bytes.chunks_exact_mut(2).zip(rows) {
                place.copy_from_slice(&row.to_le_bytes());
            }
            bytes[2 * ROWS] = at as u8;
            xxh3_64(&bytes)
        })
    }

    /// The signature as bytes, for a store.
    pub fn to_bytes(&self) -> [u8; BYTES] {
        let mut bytes = [0; BYTES];
        bytes[..16].copy_from_slice(&self.exact.to_le_bytes());
        for (place, min) in bytes[16..].chunks_exact_mut(2).zip(&self.mins) {
            place.copy_from_slice(&min.to_le_bytes());
        }
        bytes
    }

    /// A signature from a store; `None` where the bytes are no signature.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (exact, rest) = bytes.split_first_chunk::<16>()?;
        if rest.len() != 2 * HASHES {
            return None;
        }
        let mut mins = [0; HASHES];
        for (min, place) in mins.iter_mut().zip(rest.chunks_exact(2)) {
            *min = u16::from_le_bytes([place[0], place[1]]);
        }
        Some(Self { exact: u128::from_le_bytes(*exact), mins })
    }
}

/// An article that was there before.
#[derive(Clone, Debug, PartialEq)]
pub struct Match<'a> {
    /// Its key.
    pub key: &'a str,
    /// The share of runs in common; 1 where the words are the same.
    pub similarity: f64,
    /// Whether the words are the same.
    pub exact: bool,
}

/// Signatures by key, to be asked for likeness. The answers depend on nothing but what was put in, in which order.
///
/// An article takes .7 to 1.1 KB and its key. When `limit` articles are in, the older half is let go, so memory is
/// bounded and what is found goes back at least half the limit.
#[derive(Debug)]
pub struct Index {
    limit: usize,
    new: Half,
    old: Half,
}

impl Index {
    /// An index of at most `limit` articles.
    pub fn new(limit: usize) -> Self {
        Self { limit: limit.max(2), new: Half::default(), old: Half::default() }
    }

    /// How many articles are in it.
    pub fn len(&self) -> usize {
        self.new.keys.len() + self.old.keys.len()
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes of memory that it takes, about.
    pub fn memory(&self) -> usize {
        self.new.memory() + self.old.memory()
    }

    /// The article most like this one, from [`THRESHOLD`] on; of equals the one that was put in first.
    pub fn query(&self, signature: &Signature) -> Option<Match<'_>> {
        let old = self.old.query(signature);
        let new = self.new.query(signature);
        match (old, new) {
            (Some(old), Some(new)) if new.similarity > old.similarity => Some(new),
            (Some(old), _) => Some(old),
            (None, new) => new,
        }
    }

    /// Puts an article in. What was found to be the duplicate of another need not be put in: its copies will be found
    /// to be copies of that one.
    pub fn insert(&mut self, key: &str, signature: &Signature) {
        if self.new.keys.len() >= self.limit / 2 {
            self.old = std::mem::take(&mut self.new);
        }
        self.new.insert(key, signature);
    }

    /// Asks, and puts the article in if none is like it.
    pub fn place(&mut self, key: &str, signature: &Signature) -> Option<Match<'_>> {
        if self.query(signature).is_none() {
            self.insert(key, signature);
            return None;
        }
        self.query(signature)
    }
}

/// Where the articles of a band begin in [`Half::links`], and how many they are.
#[derive(Clone, Copy, Debug)]
struct Chain {
    first: u32,
    count: u8,
}

#[derive(Debug, Default)]
struct Half {
    keys: Vec<Box<str>>,
    signatures: Vec<Signature>,
    exact: HashMap<u64, u32, BuildHasherDefault<Same>>,
    bands: HashMap<u64, Chain, BuildHasherDefault<Same>>,
    /// Article, and the link that was there before it.
    links: Vec<(u32, u32)>,
    text: usize,
}

const END: u32 = u32::MAX;

impl Half {
    fn query(&self, signature: &Signature) -> Option<Match<'_>> {
        if let Some(at) = self.exact.get(&(signature.exact as u64)) {
            let same = self.signatures.get(*at as usize).is_some_and(|other| other.exact == signature.exact);
            if let (true, Some(key)) = (same, self.keys.get(*at as usize)) {
                return Some(Match { key, similarity: 1.0, exact: true });
            }
        }
        let mut best: Option<(f64, u32)> = None;
        for band in signature.bands() {
            let mut link = self.bands.get(&band).map_or(END, |chain| chain.first);
            while let Some((article, before)) = self.links.get(link as usize) {
                let similarity = self.signatures.get(*article as usize).map_or(0.0, |other| signature.similarity(other));
                let is_better = best.is_none_or(|(most, at)| similarity > most || (similarity == most && *article < at));
                if similarity >= THRESHOLD && is_better {
                    best = Some((similarity, *article));
                }
                link = *before;
            }
        }
        let (similarity, at) = best?;
        Some(Match { key: self.keys.get(at as usize)?, similarity, exact: false })
    }

    fn insert(&mut self, key: &str, signature: &Signature) {
        let Ok(at) = u32::try_from(self.keys.len()) else { return };
        self.text += key.len();
        self.keys.push(key.into());
        self.signatures.push(*signature);
        self.exact.entry(signature.exact as u64).or_insert(at);
        for band in signature.bands() {
            let link = self.links.len() as u32;
            match self.bands.entry(band) {
                Entry::Vacant(place) => {
                    place.insert(Chain { first: link, count: 1 });
                    self.links.push((at, END));
                }
                Entry::Occupied(mut place) => {
                    let chain = place.get_mut();
                    if chain.count < CROWD {
                        self.links.push((at, chain.first));
                        *chain = Chain { first: link, count: chain.count + 1 };
                    }
                }
            }
        }
    }

    fn memory(&self) -> usize {
        self.text
            + self.keys.capacity() * size_of::<Box<str>>()
            + self.signatures.capacity() * size_of::<Signature>()
            + self.exact.capacity() * (size_of::<(u64, u32)>() + 1) * 8 / 7
            + self.bands.capacity() * (size_of::<(u64, Chain)>() + 1) * 8 / 7
            + self.links.capacity() * size_of::<(u32, u32)>()
    }
}

/// A hasher for what is a hash already.
#[derive(Debug, Default)]
struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64(bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_articles_share_does_not_make_lists_long() {
        let signer = Signer::new();
        let mut index = Index::new(100_000);
        let furniture: String = (0..200).map(|at| format!("furniture{at} ")).collect();
        for article in 0..500 {
            let own: String = (0..150).map(|at| format!("own{article}x{at} ")).collect();
            index.insert(&article.to_string(), &signer.sign(&format!("{furniture}{own}")));
        }
        let lengths: Vec<u8> = index.new.bands.values().map(|chain| chain.count).collect();
        assert_eq!(lengths.iter().max(), Some(&CROWD), "no band was crowded, or one was let grow");
        let length = |chain: &Chain| {
            let mut link = chain.first;
            let mut length = 0;
            while let Some((_, before)) = index.new.links.get(link as usize) {
                link = *before;
                length += 1;
            }
            length
        };
        assert!(index.new.bands.values().all(|chain| length(chain) == chain.count));
    }
}
