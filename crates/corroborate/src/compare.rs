//! Two reports side by side: on every dimension one level, and of the levels a score.
//!
//! Levels are few and named, so that the reason of a merge can be read and weights can be a table.

use crate::parties::{self, Sides};
use crate::place;
use crate::traits::{DENIED, HAPPENED, TO_COME, Traits, When};
use crate::weights::{Table, Weights};
use crate::words::{common, shared};

/// What two reports are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "docs/corroboration.md has the table")]
pub enum Dimension {
    Kind,
    Status,
    Parties,
    Actor,
    Recipient,
    Sector,
    Names,
    Called,
    Place,
    Date,
    Toll,
    Numbers,
    Text,
    Copy,
    Position,
}

/// How many dimensions there are.
pub(crate) const DIMENSIONS: usize = 15;

impl Dimension {
    /// Every dimension.
    pub const ALL: [Self; DIMENSIONS] = [
        Self::Kind,
        Self::Status,
        Self::Parties,
        Self::Actor,
        Self::Recipient,
        Self::Sector,
        Self::Names,
        Self::Called,
        Self::Place,
        Self::Date,
        Self::Toll,
        Self::Numbers,
        Self::Text,
        Self::Copy,
        Self::Position,
    ];

    /// The name, as the table of weights and reasons have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Status => "status",
            Self::Parties => "parties",
            Self::Actor => "actor",
            Self::Recipient => "recipient",
            Self::Sector => "sector",
            Self::Names => "names",
            Self::Called => "called",
            Self::Place => "place",
            Self::Date => "date",
            Self::Toll => "toll",
            Self::Numbers => "numbers",
            Self::Text => "text",
            Self::Copy => "copy",
            Self::Position => "position",
        }
    }

    /// The names of its levels.
    pub fn levels(self) -> &'static [&'static str] {
        const SIDE: &[&str] = &["-", "same", "overlap", "gap", "neither", "conflict", "guessed"];
        match self {
            Self::Kind => &["same-act", "same-mode", "same-type", "other-type"],
            Self::Status => &["same", "planned-and-held", "denied-and-not"],
            Self::Parties | Self::Actor | Self::Recipient => SIDE,
            Self::Sector => &["-", "same", "other"],
            Self::Names => &["-", "shared", "other", "other-recipient"],
            Self::Called => &["-", "other", "little", "half", "most"],
            Self::Place => place::LEVELS,
            Self::Date => DATES,
            Self::Toll | Self::Numbers => &["-", "equal", "equal-few", "close", "apart", "far"],
            Self::Text => &["-", "0-5", "6-11", "12-19", "20-29", "30-44", "45-69", "70-100"],
            Self::Copy => &["-", "near-duplicate"],
            Self::Position => &["-", "headline", "same-sentence", "body"],
        }
    }
}

const DATES: &[&str] = &[
    "open",
    "same-day",
    "next-day",
    "two-days",
    "days-apart",
    "far",
    "within",
    "near-span",
    "told-before",
    "told-same-day",
    "told-next-day",
    "told-in-days",
    "told-late",
    "both-fresh-same-day",
    "both-fresh-next-day",
    "both-fresh-days",
    "both-fresh-far",
];

/// The level on each dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Comparison(pub(crate) [u8; DIMENSIONS]);

impl Comparison {
    /// The name of the level on a dimension.
    pub fn level(&self, dimension: Dimension) -> &'static str {
        dimension.levels()[usize::from(self.0[dimension as usize])]
    }
}

/// Compares.
pub(crate) fn compare(a: &Traits, b: &Traits) -> Comparison {
    let sides = parties::sides(a, b);
    let (both, actor, recipient) = match sides {
        Sides::Mutual(both) => (both as u8, 0, 0),
        Sides::Directed(actor, recipient) => (0, actor as u8, recipient as u8),
    };
    Comparison([
        kind(a, b),
        status(a.status, b.status),
        both,
        actor,
        recipient,
        parties::sector(a, b),
        names(a, b),
        match shared(&a.called, &b.called) {
            None => 0,
            Some(0) => 1,
            Some(1..=24) => 2,
            Some(25..=59) => 3,
            Some(_) => 4,
        },
        place::compare(a.place.as_ref(), b.place.as_ref()),
        date(a, b),
        toll(a, b, |kind| kind == 0),
        toll(a, b, |kind| kind != 0),
        text(a, b),
        u8::from(a.group != 0 && a.group == b.group && a.article != b.article),
        position(a, b),
    ])
}

/// The score: hundredths of a natural logarithm of odds.
pub(crate) fn score(a: &Traits, b: &Traits, weights: &Weights) -> i32 {
    let table = if a.article == b.article { Table::Within } else { Table::Across };
    weights.score(&compare(a, b), table)
}

fn kind(a: &Traits, b: &Traits) -> u8 {
    if common(&a.acts, &b.acts, |x| *x).next().is_some() {
        0
    } else if a.types & b.types != 0 && common(&a.modes, &b.modes, |x| *x).next().is_some() {
        1
    } else if a.types & b.types != 0 {
        2
    } else {
        3
    }
}

fn status(a: u8, b: u8) -> u8 {
    if a & b != 0 {
        0
    } else if (a | b) & DENIED == 0 {
        debug_assert_eq!(a | b, HAPPENED | TO_COME);
        1
    } else {
        2
    }
}

fn names(a: &Traits, b: &Traits) -> u8 {
    if common(&a.names, &b.names, |x| x.0).next().is_some() {
        1
    } else {
        // Names of two countries' ministers differ and say nothing, nor do those of policeman and prisoner.
        let mutual = a.mutual() || b.mutual();
        let met = |of: u8| {
            let these = a.names.iter().filter(move |x| mutual || x.2 == of);
            these.into_iter().any(|x| b.names.iter().any(|y| x.1 == y.1 && (mutual || y.2 == of)))
        };
        // Who is arrested is told by name; who arrests, by name of a service or of its head.
        match (met(2), met(1)) {
            (true, _) if !mutual => 3,
            (true, _) | (_, true) => 2,
            (false, false) => 0,
        }
    }
}

/// Where two records of one article stand.
fn position(a: &Traits, b: &Traits) -> u8 {
    if a.article != b.article {
        0
    } else if a.sentence == b.sentence {
        2
    } else if a.sentence == 0 || b.sentence == 0 {
        1
    } else {
        3
    }
}

/// Index of a name in [`DATES`].
fn dated(name: &str) -> u8 {
    DATES.iter().position(|level| *level == name).unwrap_or(0) as u8
}

fn date(a: &Traits, b: &Traits) -> u8 {
    dated(match (a.when, b.when) {
        (When::Open, _) | (_, When::Open) => "open",
        (When::Day(x), When::Day(y)) => match (x - y).abs() {
            0 => "same-day",
            1 => "next-day",
            2 => "two-days",
            3..=6 => "days-apart",
            _ => "far",
        },
        (When::Fresh(x), When::Fresh(y)) => match (x - y).abs() {
            0 => "both-fresh-same-day",
            1 => "both-fresh-next-day",
            2..=3 => "both-fresh-days",
            _ => "both-fresh-far",
        },
        (When::Day(day), When::Fresh(told)) | (When::Fresh(told), When::Day(day)) => match told - day {
            i32::MIN..=-1 => "told-before",
            0 => "told-same-day",
            1 => "told-next-day",
            2..=4 => "told-in-days",
            _ => "told-late",
        },
        (When::Span(from, to), other) | (other, When::Span(from, to)) => {
            let (first, last) = match other {
                When::Day(day) => (day, day),
                When::Fresh(day) => (day - 3, day),
                When::Span(first, last) => (first, last),
                When::Open => (from, to),
            };
            match (first - to).max(from - last) {
                i32::MIN..=0 => "within",
                1..=2 => "near-span",
                _ => "far",
            }
        }
    })
}

/// Dead, or all other numbers.
fn toll(a: &Traits, b: &Traits, of: impl Fn(u8) -> bool) -> u8 {
    let mut best = 0;
    for x in a.numbers.iter().filter(|x| of(x.0)) {
        for y in b.numbers.iter().filter(|y| y.0 == x.0) {
            let (low, high) = if x.1 <= y.1 { (x, y) } else { (y, x) };
            // Many events have two dead, few have forty-one.
            let level = if x.1.max(y.1) <= x.2.min(y.2) {
                if high.1 > 9 { 1 } else { 2 }
            } else if high.1 <= low.2 + 2 || high.1 * 2 <= low.2 * 3 {
                3
            } else if high.1 <= low.2 * 3 {
                4
            } else {
                5
            };
            // Of several tolls that are told, the one that agrees best: sources of one report differ, too.
            best = if best == 0 { level } else { best.min(level) };
        }
    }
    best
}

fn text(a: &Traits, b: &Traits) -> u8 {
    match shared(&a.words, &b.words) {
        None => 0,
        Some(0..=5) => 1,
        Some(6..=11) => 2,
        Some(12..=19) => 3,
        Some(20..=29) => 4,
        Some(30..=44) => 5,
        Some(45..=69) => 6,
        Some(_) => 7,
    }
}
