//! What comes out.

use compact_str::{CompactString, format_compact};
use demarche_types::EventId;
use serde::Serialize;

use crate::compare::{Comparison, Dimension};
use crate::weights::{Table, Weights};

/// Identifier of a cluster: made from its first report, so that it stays while reports that are published later join.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct ClusterId(pub CompactString);

impl ClusterId {
    /// The identifier of the cluster whose first report this is.
    pub fn of(first: &str) -> Self {
        let mut hash = xxhash_rust::xxh3::Xxh3::new();
        hash.update(b"cluster ");
        hash.update(first.as_bytes());
        Self(format_compact!("{:016x}", hash.digest()))
    }
}

/// Reports of one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Identifier.
    pub id: ClusterId,
    /// The reports, the earliest published first.
    pub members: Vec<Member>,
}

/// A report in its cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The report.
    pub event: EventId,
    /// Why it is in this cluster.
    pub reason: Reason,
}

/// Why a report is in its cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is the first.
    First,
    /// A user has decided so.
    Decided {
        /// Another report that the decision names.
        with: EventId,
    },
    /// It is like another one.
    Alike {
        /// The report of the cluster that it is most like.
        with: EventId,
        /// In what.
        compared: Compared,
    },
}

/// Two reports side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compared {
    /// Which weights count.
    pub table: Table,
    /// What they share and in what they differ.
    pub comparison: Comparison,
    /// Hundredths of a natural logarithm of odds.
    pub score: i32,
}

impl Reason {
    /// The reason in words: what it is like, the score, and every level that weighed, the heaviest first.
    ///
    /// ```text
    /// like 3f2a0c11d2e4b5a6 (+4.31): text 45-69 +3.10, place same +2.02, date told-next-day +0.61, toll apart -0.80
    /// ```
    pub fn words(&self, weights: &Weights) -> String {
        let signed = |value: i32| format!("{}{}.{:02}", if value < 0 { '-' } else { '+' }, value.abs() / 100, value.abs() % 100);
        match self {
            Self::First => "first report".to_owned(),
            Self::Decided { with } => format!("decided with {}", with.0),
            Self::Alike { with, compared: Compared { table, comparison, score } } => {
                let mut weighed: Vec<(i32, Dimension)> =
                    Dimension::ALL.into_iter().map(|d| (weights.of(comparison, d, *table), d)).filter(|w| w.0 != 0).collect();
                weighed.sort_by_key(|(weight, dimension)| (std::cmp::Reverse(weight.abs()), *dimension));
                let levels: Vec<String> = weighed
                    .iter()
                    .map(|(weight, d)| format!("{} {} {}", d.name(), comparison.level(*d), signed(*weight)))
                    .collect();
                let place = if *table == Table::Within { " of the same article" } else { "" };
                format!("like {}{place} ({}): {}", with.0, signed(*score), levels.join(", "))
            }
        }
    }
}
