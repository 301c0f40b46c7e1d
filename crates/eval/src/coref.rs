//! Coreference: MUC, B3, CEAFe, and their mean, the CoNLL average.
//!
//! Sources: Vilain et al. 1995 (MUC), Bagga and Baldwin 1998 (B3), Luo 2005 (CEAF with the entity
//! similarity phi-4); the handling of mentions that only one side has is that of the reference scorer
//! (Pradhan et al. 2014). Mentions are the same when their spans are. Counts are summed over
//! documents before they are divided.

mod assign;

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::mentions::Mention;
use crate::report::{Table, json, percent, rounded};
use assign::best_total;

/// The stretches of a mention, by characters.
pub type MentionSpan = Vec<(usize, usize)>;

/// The entities of a document, each a set of mentions. No mention lies in two entities.
pub type Chains = Vec<Vec<MentionSpan>>;

/// Precision and recall with fractional numerators.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fraction {
    /// Numerator of recall.
    pub recall_part: f64,
    /// Denominator of recall.
    pub recall_whole: f64,
    /// Numerator of precision.
    pub precision_part: f64,
    /// Denominator of precision.
    pub precision_whole: f64,
}

/// Scores over all documents.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CorefReport {
    /// Links.
    pub muc: Fraction,
    /// Mentions, each by the entities it lies in.
    pub b_cubed: Fraction,
    /// Entities, matched one to one.
    pub ceaf_e: Fraction,
    /// Gold mentions, system mentions, and those that agree.
    pub mentions: crate::Score,
    /// Whether entities with one mention were counted.
    pub singletons: bool,
}

/// Groups mentions into entities by their chain; mentions without a chain are entities of their own.
pub fn chains(mentions: &[Mention]) -> Chains {
    let mut named: BTreeMap<&str, Vec<MentionSpan>> = BTreeMap::new();
    let mut single = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for mention in mentions {
        // The same span twice would lie in two entities; the first one counts.
        if !seen.insert(&mention.parts) {
            continue;
        }
        match &mention.chain {
            Some(chain) => named.entry(chain).or_default().push(mention.parts.clone()),
            None => single.push(vec![mention.parts.clone()]),
        }
    }
    named.into_values().chain(single).collect()
}

/// Scores documents: for each, gold and system entities. Without `singletons`, entities with one
/// mention are dropped on both sides first.
pub fn score(documents: &[(Chains, Chains)], singletons: bool) -> CorefReport {
    let mut report = CorefReport { singletons, ..CorefReport::default() };
    let keep =
        |chains: &Chains| -> Chains { chains.iter().filter(|c| c.len() > 1 || (singletons && c.len() == 1)).cloned().collect() };
    for (gold, system) in documents {
        let overlap = Overlap::new(&keep(gold), &keep(system));
        report.muc.add(overlap.muc());
        report.b_cubed.add(overlap.b_cubed());
        report.ceaf_e.add(overlap.ceaf_e());
        report.mentions.add(crate::Score::new(
            overlap.gold_sizes.iter().sum(),
            overlap.system_sizes.iter().sum(),
            overlap.shared.iter().map(|&(_, _, n)| n).sum(),
        ));
    }
    report
}

/// Scores as JSON has them.
#[derive(Serialize)]
pub(crate) struct Line {
    precision: f64,
    recall: f64,
    f1: f64,
}

impl Line {
    pub(crate) fn of(precision: f64, recall: f64, f1: f64) -> Self {
        Self { precision: rounded(precision), recall: rounded(recall), f1: rounded(f1) }
    }
}

impl Fraction {
    /// Precision; 0 when there is nothing to divide by.
    pub fn precision(&self) -> f64 {
        divide(self.precision_part, self.precision_whole)
    }

    /// Recall; 0 when there is nothing to divide by.
    pub fn recall(&self) -> f64 {
        divide(self.recall_part, self.recall_whole)
    }

    /// Harmonic mean.
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        divide(2.0 * p * r, p + r)
    }

    fn add(&mut self, other: Fraction) {
        self.recall_part += other.recall_part;
        self.recall_whole += other.recall_whole;
        self.precision_part += other.precision_part;
        self.precision_whole += other.precision_whole;
    }
}

impl CorefReport {
    /// The CoNLL average: the mean of the three F1 scores.
    pub fn conll(&self) -> f64 {
        (self.muc.f1() + self.b_cubed.f1() + self.ceaf_e.f1()) / 3.0
    }

    /// The report as JSON.
    pub fn to_json(&self) -> String {
        #[derive(Serialize)]
        struct Report {
            singletons: bool,
            mentions: crate::Score,
            muc: Line,
            b_cubed: Line,
            ceaf_e: Line,
            conll: f64,
        }
        let line = |s: Fraction| Line::of(s.precision(), s.recall(), s.f1());
        json(&Report {
            singletons: self.singletons,
            mentions: self.mentions,
            muc: line(self.muc),
            b_cubed: line(self.b_cubed),
            ceaf_e: line(self.ceaf_e),
            conll: rounded(self.conll()),
        })
    }
}

impl fmt::Display for CorefReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.singletons { "coreference, with singletons" } else { "coreference, without singletons" };
        let mut table = Table::new(&[what, "precision", "recall", "F1"]);
        let mut row = |name: &str, p: f64, r: f64, f1: f64| {
            table.row(vec![name.to_owned(), percent(p), percent(r), percent(f1)]);
        };
        row("mentions", self.mentions.precision(), self.mentions.recall(), self.mentions.f1());
        for (name, s) in [("MUC", self.muc), ("B3", self.b_cubed), ("CEAFe", self.ceaf_e)] {
            row(name, s.precision(), s.recall(), s.f1());
        }
        table.row(vec!["CoNLL average".to_owned(), String::new(), String::new(), percent(self.conll())]);
        table.fmt(f)
    }
}

/// How many mentions every gold entity shares with every system entity.
pub(crate) struct Overlap {
    pub(crate) gold_sizes: Vec<usize>,
    pub(crate) system_sizes: Vec<usize>,
    /// (gold entity, system entity, shared mentions), only where some are shared.
    pub(crate) shared: Vec<(usize, usize, usize)>,
}

impl Overlap {
    fn new(gold: &Chains, system: &Chains) -> Self {
        let mut system_of = BTreeMap::new();
        for (index, chain) in system.iter().enumerate() {
            for mention in chain {
                system_of.insert(mention, index);
            }
        }
        let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for (index, chain) in gold.iter().enumerate() {
            for other in chain.iter().filter_map(|mention| system_of.get(mention)) {
                *shared.entry((index, *other)).or_default() += 1;
            }
        }
        Self {
            gold_sizes: gold.iter().map(Vec::len).collect(),
            system_sizes: system.iter().map(Vec::len).collect(),
            shared: shared.into_iter().map(|((g, s), n)| (g, s, n)).collect(),
        }
    }

    /// Links kept: an entity of n mentions has n - 1, less one for every part it is cut into.
    fn muc(&self) -> Fraction {
        let links = |sizes: &[usize], side: &dyn Fn(&(usize, usize, usize)) -> usize| {
            let mut kept = 0;
            let mut whole = 0;
            for (index, &size) in sizes.iter().enumerate() {
                let parts = self.shared.iter().filter(|s| side(s) == index);
                let (count, found) = parts.fold((0, 0), |(count, found), s| (count + 1, found + s.2));
                kept += size - (count + size - found);
                whole += size - 1;
            }
            (kept as f64, whole as f64)
        };
        let (recall_part, recall_whole) = links(&self.gold_sizes, &|s| s.0);
        let (precision_part, precision_whole) = links(&self.system_sizes, &|s| s.1);
        Fraction { recall_part, recall_whole, precision_part, precision_whole }
    }

    pub(crate) fn b_cubed(&self) -> Fraction {
        let squares = |size: &dyn Fn(&(usize, usize, usize)) -> usize| -> f64 {
            self.shared.iter().map(|s| (s.2 * s.2) as f64 / size(s) as f64).sum()
        };
        Fraction {
            recall_part: squares(&|s| self.gold_sizes[s.0]),
            recall_whole: self.gold_sizes.iter().sum::<usize>() as f64,
            precision_part: squares(&|s| self.system_sizes[s.1]),
            precision_whole: self.system_sizes.iter().sum::<usize>() as f64,
        }
    }

    fn ceaf_e(&self) -> Fraction {
        let mut similarity = vec![vec![0.0; self.system_sizes.len()]; self.gold_sizes.len()];
        for &(g, s, n) in &self.shared {
            similarity[g][s] = 2.0 * n as f64 / (self.gold_sizes[g] + self.system_sizes[s]) as f64;
        }
        let best = best_total(&similarity);
        Fraction {
            recall_part: best,
            recall_whole: self.gold_sizes.len() as f64,
            precision_part: best,
            precision_whole: self.system_sizes.len() as f64,
        }
    }
}

fn divide(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 0.0 } else { part / whole }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Entities written as words of letters, a letter a mention: `abc defg`.
    fn letters(text: &str) -> Chains {
        text.split(' ').map(|word| word.bytes().map(|b| vec![(b as usize, b as usize + 1)]).collect()).collect()
    }

    fn check(gold: &str, system: &str, expected: [[f64; 2]; 3]) {
        let report = score(&[(letters(gold), letters(system))], true);
        let seen = [report.muc, report.b_cubed, report.ceaf_e];
        for (fraction, [recall, precision]) in seen.iter().zip(expected) {
            assert!((fraction.recall() - recall).abs() < 1e-9, "recall {} of {gold} / {system}", fraction.recall());
            assert!((fraction.precision() - precision).abs() < 1e-9, "precision {} of {gold} / {system}", fraction.precision());
        }
    }

    #[test]
    fn example_of_pradhan_2014() {
        // The running example: missing, invented and misplaced mentions. The paper prints
        // MUC 0.40/0.40, B3 0.42/0.50, CEAFe 0.65/0.43.
        check("abc defg", "ab cd fghi", [[0.4, 0.4], [35.0 / 84.0, 0.5], [1.3 / 2.0, 1.3 / 3.0]]);
    }

    #[test]
    fn example_of_bagga_and_baldwin_1998() {
        // Truth {1..5} {6,7} {8..c}. Joining the small entity to one of five, or the two fives.
        check(
            "12345 67 89abc",
            "12345 6789abc",
            [[1.0, 0.9], [1.0, (5.0 + 29.0 / 7.0) / 12.0], [(1.0 + 10.0 / 12.0) / 3.0, (1.0 + 10.0 / 12.0) / 2.0]],
        );
        check(
            "12345 67 89abc",
            "1234589abc 67",
            [[1.0, 0.9], [1.0, 7.0 / 12.0], [(10.0 / 15.0 + 1.0) / 3.0, (10.0 / 15.0 + 1.0) / 2.0]],
        );
    }

    #[test]
    fn example_of_vilain_1995() {
        // Key A-B-C-D, response A-B and C-D: one of three links is missing.
        let report = score(&[(letters("ABCD"), letters("AB CD"))], false);
        assert_eq!((report.muc.recall(), report.muc.precision()), (2.0 / 3.0, 1.0));
    }

    #[test]
    fn singletons_can_be_left_out() {
        let documents = [(letters("ab c d"), letters("ab c e"))];
        let with = score(&documents, true);
        assert!((with.b_cubed.recall() - 0.75).abs() < 1e-9);
        let without = score(&documents, false);
        assert_eq!(without.b_cubed.recall(), 1.0);
        assert_eq!(without.conll(), 1.0);
    }

    #[test]
    fn documents_are_summed_before_dividing() {
        let documents = [(letters("ab"), letters("ab")), (letters("cdef"), letters("cd ef"))];
        let report = score(&documents, true);
        assert_eq!(report.muc.recall(), 3.0 / 4.0);
    }

    #[test]
    fn nothing_scores_zero() {
        let report = score(&[(vec![], vec![])], true);
        assert_eq!(report.conll(), 0.0);
    }
}
