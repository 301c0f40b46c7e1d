//! Aliases in a finite-state transducer, walked token by token.

use compact_str::CompactString;
use fst::raw::{CompiledAddr, Fst, Output};
use fst::{Map, MapBuilder};

use crate::KnowledgeError;
use crate::fold::{Folded, fold_char, fold_into};

/// A spelling of an entry.
#[derive(Clone, Debug)]
pub(crate) struct Alias {
    /// As it is printed, for its capitals.
    pub(crate) form: CompactString,
    /// Index of the entry it names.
    pub(crate) entry: u32,
}

/// Collects aliases until the index is built.
#[derive(Default)]
pub(crate) struct Builder {
    /// All keys in one text, and where each begins: one allocation instead of many thousands.
    keys: String,
    rows: Vec<(u32, u32, Alias)>,
}

impl Builder {
    /// Adds a spelling. Texts without letters or digits are passed over.
    pub(crate) fn add(&mut self, form: &str, entry: usize) {
        let start = self.keys.len();
        fold_into(form, &mut self.keys);
        if self.keys.len() > start {
            let range = (start as u32, self.keys.len() as u32);
            self.rows.push((range.0, range.1, Alias { form: form.into(), entry: entry as u32 }));
        }
    }

    /// Sorts the keys and builds the transducer. Aliases of one key keep the order in which they came.
    pub(crate) fn build(self) -> Result<Index, KnowledgeError> {
        let Self { keys, mut rows } = self;
        let key = |row: &(u32, u32, Alias)| &keys[row.0 as usize..row.1 as usize];
        rows.sort_by(|a, b| key(a).cmp(key(b)));
        let failed = |e: fst::Error| KnowledgeError::Index(e.to_string());
        let mut map = MapBuilder::memory();
        let mut at = 0;
        while at < rows.len() {
            let mut end = at + 1;
            while end < rows.len() && key(&rows[end]) == key(&rows[at]) {
                end += 1;
            }
            map.insert(key(&rows[at]), ((at as u64) << 16) | (end - at).min(0xffff) as u64).map_err(failed)?;
            at = end;
        }
        let map = Map::new(map.into_inner().map_err(failed)?).map_err(failed)?;
        Ok(Index { map, aliases: rows.into_iter().map(|(_, _, alias)| alias).collect() })
    }
}

/// Where a walk stands in the transducer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Walk {
    addr: CompiledAddr,
    output: Output,
    /// A word has been read.
    started: bool,
    /// A boundary waits to be read before the next word.
    gap: bool,
}

impl Walk {
    /// A walk that has read nothing.
    pub(crate) fn new<D: AsRef<[u8]>>(fst: &Fst<D>) -> Self {
        Self { addr: fst.root().addr(), output: Output::zero(), started: false, gap: false }
    }

    /// Whether two walks go on alike.
    pub(crate) fn stands_with(&self, other: &Self) -> bool {
        self.addr == other.addr && self.gap == other.gap && self.started == other.started
    }

    /// Reads a piece of text; `None` when no key goes on so.
    pub(crate) fn read<D: AsRef<[u8]>>(self, fst: &Fst<D>, text: &str) -> Option<Self> {
        let mut next = Some(self);
        for c in text.chars() {
            let mut feed = |c: char| {
                next = next.and_then(|walk| walk.step(fst, c));
            };
            if let Some(Folded::Boundary) = fold_char(c, &mut feed) {
                next = next.map(|walk| Self { gap: walk.started, ..walk });
            }
            next?;
        }
        next
    }

    /// The value of the key that ends here.
    pub(crate) fn value<D: AsRef<[u8]>>(self, fst: &Fst<D>) -> Option<u64> {
        let node = fst.node(self.addr);
        (self.started && node.is_final()).then(|| self.output.cat(node.final_output()).value())
    }

    fn step<D: AsRef<[u8]>>(self, fst: &Fst<D>, c: char) -> Option<Self> {
        let mut walk = self;
        if walk.gap {
            walk = walk.byte(fst, b' ')?;
            walk.gap = false;
        }
        let mut buffer = [0; 4];
        for &byte in c.encode_utf8(&mut buffer).as_bytes() {
            walk = walk.byte(fst, byte)?;
        }
        walk.started = true;
        Some(walk)
    }

    fn byte<D: AsRef<[u8]>>(self, fst: &Fst<D>, byte: u8) -> Option<Self> {
        let node = fst.node(self.addr);
        let transition = node.transition(node.find_input(byte)?);
        Some(Self { addr: transition.addr, output: self.output.cat(transition.out), ..self })
    }
}

/// The index.
pub(crate) struct Index {
    map: Map<Vec<u8>>,
    aliases: Vec<Alias>,
}

impl Index {
    /// The number of aliases.
    pub(crate) fn len(&self) -> usize {
        self.aliases.len()
    }

    /// A walk that has read nothing.
    pub(crate) fn walk(&self) -> Walk {
        Walk::new(self.map.as_fst())
    }

    /// Reads a piece of text; `None` when no alias goes on so.
    pub(crate) fn read(&self, walk: Walk, text: &str) -> Option<Walk> {
        walk.read(self.map.as_fst(), text)
    }

    /// The aliases that end where the walk stands.
    pub(crate) fn matches(&self, walk: Walk) -> &[Alias] {
        let Some(value) = walk.value(self.map.as_fst()) else { return &[] };
        let (at, count) = ((value >> 16) as usize, (value & 0xffff) as usize);
        self.aliases.get(at..at + count).unwrap_or(&[])
    }

    /// The aliases of a whole name.
    pub(crate) fn lookup(&self, name: &str) -> &[Alias] {
        self.read(self.walk(), name).map_or(&[], |walk| self.matches(walk))
    }
}
