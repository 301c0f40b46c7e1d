//! The tables that ship with the program.

use crate::lexicon::LexiconFile;

macro_rules! lexicon_files {
    ($($name:literal),+ $(,)?) => {
        &[$(LexiconFile { name: $name, text: include_str!(concat!("../../../data/lexicon/", $name, ".tsv")) }),+]
    };
}

pub(crate) const CLASSES: &[LexiconFile<'_>] = lexicon_files!["classes", "classes-conflict", "classes-force"];

/// Trigger files. Their order decides between rows of the same weight: the earlier wins.
pub(crate) const TRIGGERS: &[LexiconFile<'_>] = lexicon_files![
    "assault",
    "coerce",
    "sanction",
    "protest",
    "mobilize",
    "threaten",
    "accuse",
    "reject",
    "request",
    "retreat",
    "aid",
    "cooperate",
    "concede",
    "consult",
    "agree",
    "support",
];

pub(crate) const STATUS: LexiconFile<'_> = lexicon_files!["status"][0];
pub(crate) const CONTEXTS: LexiconFile<'_> = lexicon_files!["contexts"][0];
pub(crate) const CUES: &str = include_str!("../../../data/lexicon/cues.tsv");
pub(crate) const NUMBERS: &str = include_str!("../../../data/lexicon/numbers.tsv");
pub(crate) const UNITS: &str = include_str!("../../../data/lexicon/units.tsv");
pub(crate) const TOLLS: &str = include_str!("../../../data/lexicon/tolls.tsv");
pub(crate) const ACTS: &str = include_str!("../../../data/acts.tsv");
pub(crate) const VARIANTS: &str = include_str!("../../../data/variants.tsv");
pub(crate) const ONTOLOGY: &str = include_str!("../../../data/ontology.toml");

/// The texts of all tables that decide what is coded, in a fixed order.
pub fn texts() -> impl Iterator<Item = &'static str> {
    CLASSES
        .iter()
        .chain(TRIGGERS)
        .chain([&STATUS, &CONTEXTS])
        .map(|file| file.text)
        .chain([CUES, NUMBERS, UNITS, TOLLS, ACTS, VARIANTS, ONTOLOGY])
}
