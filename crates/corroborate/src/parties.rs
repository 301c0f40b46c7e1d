//! Who did it to whom: which parties may be the same, and which can't.

use crate::traits::{Traits, Who};

/// How two lists of parties compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    /// The same codes.
    Same = 1,
    /// One list holds the other, or they share most.
    Overlap = 2,
    /// One is not known, or a mutual act tells one party of two.
    Gap = 3,
    /// Neither is known.
    Neither = 4,
    /// Different parties.
    Conflict = 5,
    /// They share one, but it is not sure of one of them.
    Guessed = 6,
}

/// How the parties of two reports compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sides {
    /// All parties, where both sides of the act are alike.
    Mutual(Level),
    /// Actors, recipients.
    Directed(Level, Level),
}

impl Sides {
    /// Whether the reports tell of different dyads.
    pub(crate) fn conflict(self) -> bool {
        match self {
            Self::Mutual(level) => level == Level::Conflict,
            Self::Directed(actor, recipient) => actor == Level::Conflict || recipient == Level::Conflict,
        }
    }
}

/// The parties of a report as far as they decide whether it may be joined with another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Dyad {
    mutual: bool,
    actors: Box<[Who]>,
    recipients: Box<[Who]>,
}

impl Dyad {
    pub(crate) fn of(traits: &Traits) -> Self {
        // The sector is no matter of the dyad, nor what is not sure.
        let plain = |list: &[Who]| crate::traits::sorted(list.iter().filter(|who| who.sure).map(|who| Who { sector: 0, ..*who }));
        Self { mutual: traits.mutual(), actors: plain(&traits.actors), recipients: plain(&traits.recipients) }
    }

    pub(crate) fn conflicts(&self, other: &Self) -> bool {
        between(&self.side(), &other.side()).conflict()
    }

    fn side(&self) -> Side<'_> {
        Side { mutual: self.mutual, actors: &self.actors, recipients: &self.recipients }
    }
}

/// Compares the parties of two reports.
pub(crate) fn sides(a: &Traits, b: &Traits) -> Sides {
    between(&Side::of(a), &Side::of(b))
}

/// The parties of one report.
struct Side<'a> {
    mutual: bool,
    actors: &'a [Who],
    recipients: &'a [Who],
}

impl<'a> Side<'a> {
    fn of(traits: &'a Traits) -> Self {
        Self { mutual: traits.mutual(), actors: &traits.actors, recipients: &traits.recipients }
    }
}

fn between(a: &Side<'_>, b: &Side<'_>) -> Sides {
    match (a.mutual, b.mutual) {
        (false, false) => Sides::Directed(level(a.actors, b.actors, false), level(a.recipients, b.recipients, false)),
        (true, true) => Sides::Mutual(level(&joined(a), &joined(b), true)),
        (mutual, _) => {
            // Praise for a treaty has a third party, who did not sign it.
            let (all, directed) = if mutual { (joined(a), b) } else { (joined(b), a) };
            let stranger = |side: &[Who]| level(side, &all, true) == Level::Conflict;
            if stranger(directed.actors) || stranger(directed.recipients) {
                Sides::Mutual(Level::Conflict)
            } else {
                Sides::Mutual(level(&joined(a), &joined(b), true))
            }
        }
    }
}

fn joined(side: &Side<'_>) -> Vec<Who> {
    let mut all: Vec<Who> = vec![];
    for who in side.actors.iter().chain(side.recipients) {
        match all.iter_mut().find(|other| alike(who, other)) {
            Some(other) => other.sure |= who.sure,
            None => all.push(*who),
        }
    }
    all
}

fn alike(a: &Who, b: &Who) -> bool {
    a.code == b.code && (a.body == b.body || a.body == 0 || b.body == 0)
}

fn level(a: &[Who], b: &[Who], mutual: bool) -> Level {
    let count = |list: &[Who]| list.iter().filter(|who| who.sure).count();
    let (sure_a, sure_b) = (count(a), count(b));
    if sure_a == 0 || sure_b == 0 {
        return if a.iter().any(|who| b.iter().any(|other| alike(who, other))) {
            Level::Guessed
        } else if sure_a + sure_b == 0 {
            Level::Neither
        } else {
            Level::Gap
        };
    }
    let held = |these: &[Who], those: &[Who]| {
        let alike = |who: &&Who| who.sure && those.iter().any(|other| other.sure && alike(who, other));
        these.iter().filter(alike).count()
    };
    let (of_a, of_b) = (held(a, b), held(b, a));
    let (all_a, all_b) = (of_a == sure_a, of_b == sure_b);
    if all_a && all_b {
        Level::Same
    } else if mutual && (all_a && sure_a == 1 || all_b && sure_b == 1) {
        Level::Gap
    } else if all_a || all_b || (of_a >= 2 && of_a * 2 > sure_a.max(sure_b)) {
        Level::Overlap
    } else {
        Level::Conflict
    }
}

/// The level of the dimension `sector`.
pub(crate) fn sector(a: &Traits, b: &Traits) -> u8 {
    let mut seen = 0;
    for (these, those) in [(&a.actors, &b.actors), (&a.recipients, &b.recipients)] {
        let known = |list: &[Who]| list.iter().any(|who| who.sector != 0);
        if known(these) && known(those) {
            let same =
                these.iter().any(|who| who.sector != 0 && those.iter().any(|o| o.sector == who.sector && o.code == who.code));
            if !same {
                return 2;
            }
            seen = 1;
        }
    }
    seen
}
