//! Clusters of reports against gold: B-cubed, and pairs.
//!
//! B-cubed is that of Bagga and Baldwin 1998: for each report, how much of its cluster is of its event (precision), and how much of
//! its event is in its cluster (recall); the means over reports. Pairs ask of any two reports of one cluster whether they are one event.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::coref::{Fraction, Line, Overlap};
use crate::report::{Table, json, percent};

/// Scores.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ClusterReport {
    /// Reports, each by its cluster.
    pub b_cubed: Fraction,
    /// Pairs of reports.
    pub pairs: crate::Score,
    /// How many reports.
    pub reports: usize,
    /// Events of gold.
    pub gold: usize,
    /// Clusters of the system that hold a report of gold.
    pub system: usize,
    /// Clusters with reports of more than one event.
    pub mixed: usize,
}

/// Scores reports, each with its gold event and its cluster.
pub fn score<G: Ord, S: Ord>(reports: impl IntoIterator<Item = (G, S)>) -> ClusterReport {
    let (mut gold, mut system): (BTreeMap<G, usize>, BTreeMap<S, usize>) = Default::default();
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (g, s) in reports {
        let (next, other) = (gold.len(), system.len());
        *shared.entry((*gold.entry(g).or_insert(next), *system.entry(s).or_insert(other))).or_default() += 1;
    }
    let mut overlap = Overlap { gold_sizes: vec![0; gold.len()], system_sizes: vec![0; system.len()], shared: vec![] };
    let mut events_of = vec![0; system.len()];
    for ((g, s), n) in shared {
        overlap.gold_sizes[g] += n;
        overlap.system_sizes[s] += n;
        events_of[s] += 1;
        overlap.shared.push((g, s, n));
    }
    let of_two = |n: &usize| n * (n - 1) / 2;
    ClusterReport {
        b_cubed: overlap.b_cubed(),
        pairs: crate::Score::new(
            overlap.gold_sizes.iter().map(of_two).sum(),
            overlap.system_sizes.iter().map(of_two).sum(),
            overlap.shared.iter().map(|(_, _, n)| of_two(n)).sum(),
        ),
        reports: overlap.gold_sizes.iter().sum(),
        gold: gold.len(),
        system: system.len(),
        mixed: events_of.iter().filter(|n| **n > 1).count(),
    }
}

impl ClusterReport {
    /// The report as JSON.
    pub fn to_json(&self) -> String {
        #[derive(Serialize)]
        struct Report {
            reports: usize,
            events: usize,
            clusters: usize,
            mixed: usize,
            b_cubed: Line,
            pairs: Line,
        }
        let (b, p) = (&self.b_cubed, &self.pairs);
        json(&Report {
            reports: self.reports,
            events: self.gold,
            clusters: self.system,
            mixed: self.mixed,
            b_cubed: Line::of(b.precision(), b.recall(), b.f1()),
            pairs: Line::of(p.precision(), p.recall(), p.f1()),
        })
    }
}

impl fmt::Display for ClusterReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::new(&["clusters", "precision", "recall", "F1"]);
        let (b, p) = (&self.b_cubed, &self.pairs);
        table.row(vec!["B-cubed".to_owned(), percent(b.precision()), percent(b.recall()), percent(b.f1())]);
        table.row(vec!["pairs".to_owned(), percent(p.precision()), percent(p.recall()), percent(p.f1())]);
        table.fmt(f)?;
        let Self { reports, gold, system, mixed, .. } = self;
        writeln!(
            f,
            "{reports} reports of {gold} events in {system} clusters, {mixed} of them with reports of more than one event"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reports written as words: the gold event's letter, the cluster's digit.
    fn of(text: &str) -> ClusterReport {
        score(text.split(' ').map(|word| word.split_at(1)))
    }

    #[test]
    fn example_of_bagga_and_baldwin_1998() {
        // Truth of five, two and five; the small one joined to a five.
        let report = of("a1 a1 a1 a1 a1 b2 b2 c2 c2 c2 c2 c2");
        assert!((report.b_cubed.precision() - (5.0 + 29.0 / 7.0) / 12.0).abs() < 1e-9);
        assert_eq!(report.b_cubed.recall(), 1.0);
        assert_eq!((report.gold, report.system, report.mixed), (3, 2, 1));
        assert_eq!((report.pairs.gold, report.pairs.system, report.pairs.correct), (21, 31, 21));
    }

    #[test]
    fn what_is_apart_costs_recall() {
        let report = of("a1 a2 b3");
        assert_eq!((report.b_cubed.precision(), report.pairs.recall()), (1.0, 0.0));
        assert!((report.b_cubed.recall() - 2.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn nothing_scores_zero() {
        assert_eq!(score::<u8, u8>([]).b_cubed.f1(), 0.0);
    }
}
