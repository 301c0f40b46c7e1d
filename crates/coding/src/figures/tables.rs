//! The words around numbers, from `data/lexicon/numbers.tsv`, `units.tsv` and `tolls.tsv`.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use demarche_types::{FigureKind, Upos};

use super::words::Word;
use crate::data;

/// What a row of a table says of its words. The classes are described at the head of each table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Hedge,
    Behind,
    Scale,
    Group,
    Plural,
    Few,
    Share,
    Rise,
    Fall,
    Label,
    Population,
    Unit,
    Rate,
    Money,
    Sign,
    Person,
    Count,
    Troop,
    Crowd,
    None,
}

/// Words of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    first: String,
    rest: Vec<String>,
    pub(super) class: Class,
    pub(super) value: &'static str,
}

impl Row {
    /// How many words it has.
    pub(super) fn len(&self) -> usize {
        1 + self.rest.len()
    }

    /// Whether it is a whole word, and no abbreviation.
    pub(super) fn first_is_word(&self) -> bool {
        self.first.len() > 3
    }
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let mut rows: Vec<Row> = data::NUMBERS.lines().chain(data::UNITS.lines()).flat_map(rows_of).collect();
    rows.sort_by(|a, b| (&a.first, b.len(), &a.rest, a.class).cmp(&(&b.first, a.len(), &b.rest, b.class)));
    rows.dedup_by(|a, b| a.first == b.first && a.rest == b.rest && a.class == b.class);
    rows
});

/// The rows that begin with each first word, as indices.
static INDEX: LazyLock<HashMap<&'static str, Range<u32>>> = LazyLock::new(|| {
    let mut index: HashMap<&'static str, Range<u32>> = HashMap::new();
    for (n, row) in (0u32..).zip(ROWS.iter()) {
        index.entry(&row.first).or_insert(n..n).end = n + 1;
    }
    index
});

/// The rows that begin with a lower-cased word. A word looks them up once, for it is asked for them many times.
pub(super) fn rows(first: &str) -> Range<u32> {
    INDEX.get(first).cloned().unwrap_or(0..0)
}

fn of(range: &Range<u32>) -> &'static [Row] {
    ROWS.get(range.start as usize..range.end as usize).unwrap_or_default()
}

/// The longest row of one of the classes that stands at a word.
pub(super) fn at(words: &[Word], index: usize, classes: &[Class]) -> Option<&'static Row> {
    let first = words.get(index)?;
    of(&first.rows).iter().find(|row| {
        classes.contains(&row.class)
            && row.rest.iter().enumerate().all(|(n, word)| words.get(index + 1 + n).is_some_and(|w| w.lower == word.as_str()))
    })
}

/// The first words of the rows of some classes.
pub(super) fn first_words(classes: &[Class]) -> impl Iterator<Item = &'static str> {
    ROWS.iter().filter(|row| classes.contains(&row.class)).map(|row| row.first.as_str())
}

/// The sign of a currency: letters and a symbol are words of their own ("C" "$").
pub(super) fn sign(words: &[Word], index: usize) -> Option<(usize, &'static str)> {
    let sign = |range: &Range<u32>| of(range).iter().find(|row| row.class == Class::Sign && row.rest.is_empty());
    let first = words.get(index)?;
    let symbol = |w: &&Word| w.glued && !w.lower.starts_with(char::is_alphanumeric);
    if let Some(second) = words.get(index + 1).filter(symbol).filter(|_| first.lower.starts_with(char::is_alphabetic))
        && let Some(row) = sign(&rows(&format!("{}{}", first.lower, second.lower)))
    {
        return Some((2, row.value));
    }
    sign(&first.rows).map(|row| (1, row.value))
}

fn rows_of(line: &'static str) -> Vec<Row> {
    let mut columns = line.split('\t');
    let (Some(words), Some(class), Some(value)) = (columns.next(), columns.next(), columns.next()) else { return vec![] };
    let Some(class) = class_of(class).filter(|_| !line.starts_with('#')) else { return vec![] };
    let counted =
        matches!(class, Class::Unit | Class::Rate | Class::Money | Class::Person | Class::Troop | Class::None | Class::Count);
    let mut rows = vec![];
    for words in words.split('|') {
        // Abbreviations have no plural: "has" is no unit of area.
        let plural = if counted && words.len() > 2 && !words.ends_with('s') { &["", "s"][..] } else { &[""] };
        for ending in plural {
            let whole = format!("{words}{ending}");
            let mut parts = whole.split(' ').map(str::to_owned);
            let Some(first) = parts.next() else { continue };
            rows.push(Row { first, rest: parts.collect(), class, value });
        }
    }
    rows
}

fn class_of(text: &str) -> Option<Class> {
    Some(match text {
        "hedge" => Class::Hedge,
        "behind" => Class::Behind,
        "scale" => Class::Scale,
        "group" => Class::Group,
        "plural" => Class::Plural,
        "few" => Class::Few,
        "share" => Class::Share,
        "rise" => Class::Rise,
        "fall" => Class::Fall,
        "label" => Class::Label,
        "population" => Class::Population,
        "unit" => Class::Unit,
        "rate" => Class::Rate,
        "money" => Class::Money,
        "sign" => Class::Sign,
        "person" => Class::Person,
        "count" => Class::Count,
        "troop" => Class::Troop,
        "crowd" => Class::Crowd,
        "none" => Class::None,
        _ => return None,
    })
}

/// A word whose number of people has a meaning of its own: "killed", "missing".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Toll {
    lemma: &'static str,
    class: &'static str,
    /// A word that must follow in the sentence ("force ... homes").
    with: Option<&'static str>,
    /// The people are its object, and not its subject.
    pub(super) of_object: bool,
    pub(super) kind: FigureKind,
}

static TOLLS: LazyLock<Vec<Toll>> = LazyLock::new(|| data::TOLLS.lines().filter_map(toll_of).collect());

/// What a number told with a word means; `words` are those behind it.
pub(super) fn toll(lemma: &str, upos: Upos, words: &[Word]) -> Option<&'static Toll> {
    let class = match upos {
        Upos::Verb => "v",
        Upos::Noun => "n",
        _ => "a",
    };
    let fits = |toll: &&Toll| {
        toll.lemma == lemma
            // Participles go by several tags.
            && (toll.class == class || toll.class == "a" && upos != Upos::Aux)
            && toll.with.is_none_or(|with| words.iter().any(|w| w.is(with)))
    };
    TOLLS.iter().find(fits)
}

fn toll_of(line: &'static str) -> Option<Toll> {
    let mut columns = line.split('\t');
    let (word, slot, kind) = (columns.next()?, columns.next()?, columns.next()?);
    let (lemma, class) = word.split_once('.')?;
    let (class, with) = class.split_once(' ').map_or((class, None), |(class, with)| (class, Some(with)));
    let known = matches!(class, "v" | "a" | "n") && matches!(slot, "obj" | "subj");
    let kind = FigureKind::parse(kind).filter(|_| known && !line.starts_with('#'))?;
    Some(Toll { lemma, class, with, of_object: slot == "obj", kind })
}
