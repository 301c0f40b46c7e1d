//! The trigger lexicon: rows of data that say which words tell which event, and who takes part.
//!
//! Format of a row, tab-separated: pattern, frame, type, mode, CAMEO code, 2016 root (when the CAMEO code does not
//! imply it), contexts, example. CONTRIBUTING.md tells how to write one. Every row's example is run as a test.

mod own;
mod parse;

use std::collections::BTreeMap;

use compact_str::CompactString;
use demarche_types::{Context, EventType, Mode};

use crate::codebook::Root;
use crate::ontology::Ontology;

pub use parse::LexiconError;
pub(crate) use parse::status_rows;

/// The part of speech that a pattern's head word must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HeadPos {
    /// `.v`
    Verb,
    /// `.n`
    Noun,
    /// `.a`
    Adjective,
}

/// Where a participant or a constraining word stands, seen from the head word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slot {
    /// Logical subject.
    Subj,
    /// Logical object.
    Obj,
    /// Indirect object.
    Iobj,
    /// Phrase with this preposition.
    Prep(CompactString),
    /// A slot of the complement's head word.
    Comp(Box<Slot>),
    /// The recipient of the event that the complement tells.
    CompRecipient,
}

/// What a constraint looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Verb particle.
    Particle,
    /// Modifier of the head noun.
    Modifier,
    /// Complement clause.
    Complement,
    /// A slot.
    Slot(Slot),
}

/// What a filler must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filler {
    /// Anything at all (`*`).
    Any,
    /// A political actor (`@actor`).
    Actor,
    /// One of these lemmas.
    Lemma(CompactString),
}

/// One condition of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// Where to look.
    pub place: Place,
    /// Any of these will do.
    pub fillers: Vec<Filler>,
    /// The condition must not hold.
    pub negated: bool,
}

/// Which slots fill a role: groups tried in order (`|`), slots of a group taken together (`+`).
pub type Role = Vec<Vec<Slot>>;

/// One row of the lexicon.
#[derive(Clone, Debug)]
pub struct Entry {
    /// File and pattern, the identifier that events name ("accuse:condemn.v").
    pub id: CompactString,
    /// Line in the file, from 1.
    pub line: u32,
    /// Head word.
    pub lemma: CompactString,
    /// Its part of speech.
    pub pos: HeadPos,
    /// Conditions.
    pub constraints: Vec<Constraint>,
    /// Slots of the actor.
    pub actor: Role,
    /// Slots of the recipient.
    pub recipient: Role,
    /// Event type; `None` for a sense that is no event.
    pub kind: Option<EventType>,
    /// Mode.
    pub mode: Option<Mode>,
    /// CAMEO code.
    pub cameo: CompactString,
    /// Root in the 2016 edition, when the CAMEO code implies another.
    pub root: Option<Root>,
    /// Contexts that the words imply.
    pub contexts: Vec<Context>,
    /// The example as written, with its marks.
    pub example: String,
    /// A user's own row, which wins over every other and over the model.
    pub own: bool,
}

/// What a user's own row weighs more than any other can.
const OWN: u32 = 1000;

impl Entry {
    /// Whether the pattern holds only of a negated head ("prt:not").
    pub(crate) fn asks_for_negation(&self) -> bool {
        let negation = |f: &Filler| matches!(f, Filler::Lemma(l) if matches!(l.as_str(), "not" | "never" | "n't"));
        self.constraints.iter().any(|c| !c.negated && c.place == Place::Particle && c.fillers.iter().any(negation))
    }

    /// How specific the pattern is: two a condition, one a negated or open one.
    pub(crate) fn weight(&self) -> u32 {
        let one = |c: &Constraint| if c.negated || c.fillers == [Filler::Any] { 1 } else { 2 };
        self.constraints.iter().map(one).sum::<u32>() + if self.own { OWN } else { 0 }
    }
}

/// The trigger lexicon, indexed by head word.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    entries: Vec<Entry>,
    by_head: BTreeMap<(CompactString, HeadPos), Vec<usize>>,
}

/// One file of the lexicon: its name without ending, and its text.
#[derive(Clone, Copy, Debug)]
pub struct LexiconFile<'a> {
    /// Name, the first part of the ids of its rows.
    pub name: &'a str,
    /// Content.
    pub text: &'a str,
}

impl Lexicon {
    /// Reads the word classes, then the rows. Every faulty row is reported, not only the first.
    pub fn read(classes: &[LexiconFile<'_>], files: &[LexiconFile<'_>]) -> Result<Self, LexiconError> {
        let classes = parse::classes(classes)?;
        let mut lexicon = Self::default();
        for file in files {
            parse::entries(file, &classes)?.into_iter().for_each(|entry| lexicon.push(entry));
        }
        Ok(lexicon)
    }

    /// Adds a user's own rows. Where one of them fits, no other row does.
    pub fn add(&mut self, classes: &[LexiconFile<'_>], file: &LexiconFile<'_>, ontology: &Ontology) -> Result<(), LexiconError> {
        let rows = parse::entries(file, &parse::classes(classes)?)?;
        if let Some((row, message)) = own::fault(&rows, self, ontology) {
            return Err(LexiconError { file: format!("{}.tsv", file.name), line: row.line, message });
        }
        rows.into_iter().for_each(|entry| self.push(Entry { own: true, ..entry }));
        Ok(())
    }

    fn push(&mut self, entry: Entry) {
        let key = (entry.lemma.clone(), entry.pos);
        self.by_head.entry(key).or_default().push(self.entries.len());
        self.entries.push(entry);
    }

    /// All rows, in the order of the files.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The row of an id.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| e.id == id)
    }

    /// The rows of a head word.
    pub(crate) fn of(&self, lemma: &str, pos: HeadPos) -> impl Iterator<Item = (usize, &Entry)> {
        let rows = self.by_head.get(&(CompactString::from(lemma), pos));
        rows.into_iter().flatten().map(|&i| (i, &self.entries[i]))
    }
}
