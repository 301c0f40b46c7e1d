//! Learns the weights from the dev part of `evals/clusters`, sets the thresholds there, and prints the table.
//!
//! `cargo run --release -p demarche-corroborate --example fit > crates/corroborate/src/weights.tsv`

#![allow(
    dead_code,
    missing_docs,
    clippy::allow_attributes,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool, not the library"
)]

#[path = "../tests/it/part.rs"]
mod part;

use std::collections::{BTreeMap, BTreeSet};

use demarche_corroborate::{Comparison, Corroborator, Dimension, Table, Weights};
use part::Part;

/// What a reader believes of each level before any pair is seen, in logarithms of odds. A weight keeps the sign of its belief;
/// a belief of 0 stays 0: where nothing can be compared, nothing follows.
const BELIEF: &[(Dimension, &[f64])] = &[
    (Dimension::Kind, &[1.0, 0.3, -0.3, -2.5]),
    (Dimension::Status, &[0.2, -3.0, -2.0]),
    (Dimension::Parties, &[0.0, 0.8, 0.2, -1.2, -0.6, -6.0, 0.1]),
    (Dimension::Actor, &[0.0, 0.5, 0.1, -0.3, -0.3, -6.0, 0.1]),
    (Dimension::Recipient, &[0.0, 0.5, 0.1, -0.3, -0.3, -6.0, 0.1]),
    (Dimension::Sector, &[0.0, 0.3, -0.8]),
    (Dimension::Names, &[0.0, 1.0, -2.0, -4.0]),
    (Dimension::Called, &[0.0, -0.8, -0.2, 0.3, 1.0]),
    (Dimension::Place, &[-0.3, -0.2, 1.5, 0.6, 0.6, -6.0, -8.0, 0.1, -9.0, -1.5]),
    (Dimension::Date, &[-1.0, 1.2, -0.8, -2.0, -4.0, -8.0, 0.4, -1.0, -2.0, 0.5, 0.6, -0.2, -3.0, 0.4, 0.2, -0.6, -3.0]),
    (Dimension::Toll, &[0.0, 1.5, 0.6, 0.4, -1.0, -2.0]),
    (Dimension::Numbers, &[0.0, 1.0, 0.4, 0.2, -0.5, -1.0]),
    (Dimension::Text, &[0.0, -1.2, -0.6, -0.1, 0.4, 1.0, 1.6, 2.5]),
    (Dimension::Copy, &[0.0, 1.5]),
    (Dimension::Position, &[0.0, 0.8, 0.2, -0.3]),
];

/// How many pairs the beliefs are worth. Pairs of one event are much alike, so a belief must outweigh tens of them.
const STRENGTH: f64 = 10.0;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let strength = arguments.first().and_then(|s| s.parse().ok()).unwrap_or(STRENGTH);
    let part = Part::read("dev");
    let print = |line: String| eprintln!("{line}");
    if arguments.iter().any(|argument| argument == "--check") {
        // Kinds of events that were not learned from, half of them at a time.
        let kinds: Vec<&str> = part.gold.values().map(|gold| gold.kind.as_str()).collect::<BTreeSet<_>>().into_iter().collect();
        let mut sum = 0.0;
        for half in 0..2 {
            let learned = |kind: &str| kinds.iter().position(|k| *k == kind).is_some_and(|at| at % 2 == half);
            let weights = fit(&part, strength, &learned, &|_| ());
            let f1 = b_cubed(&part, &weights, false, &|kind| !learned(kind));
            sum += f1 / 2.0;
            print(format!("half {half}: B-cubed of the other kinds {f1:.4}"));
        }
        print(format!("mean {sum:.4}"));
    } else {
        print!("{}", fit(&part, strength, &|_| true, &print));
    }
}

/// Weights and thresholds, from the events of some kinds.
fn fit(part: &Part, strength: f64, kinds: &dyn Fn(&str) -> bool, print: &dyn Fn(String)) -> String {
    let gold = part.gold_of();
    let learn = |weights: &str, which: Table| {
        let mut all = Corroborator::new(Weights::read(weights).expect("the table was just made"));
        all.add(part.reports());
        let mut counts: BTreeMap<Comparison, [f64; 2]> = BTreeMap::new();
        for (a, b, comparison) in all.candidates(which) {
            if let (Some(a), Some(b)) = (gold.get(a.0.as_str()), gold.get(b.0.as_str()))
                && kinds(&part.gold[*a].kind)
                && kinds(&part.gold[*b].kind)
            {
                counts.entry(comparison).or_default()[usize::from(a == b)] += 1.0;
            }
        }
        let pairs: f64 = counts.values().map(|n| n[0] + n[1]).sum();
        let same: f64 = counts.values().map(|n| n[1]).sum();
        print(format!("{which:?}: {pairs} pairs, {same} of one event, {} kinds", counts.len()));
        regress(&counts, strength)
    };
    let within = learn(&table(&[], &[], 1, 1), Table::Within);
    let within_threshold = choose(-300..=400, |threshold| {
        let f1 = b_cubed(part, &table(&[], &within, 100_000, threshold), true, kinds);
        print(format!("within {threshold}: B-cubed inside articles {f1:.4}"));
        f1
    });
    let across = learn(&table(&[], &within, 100_000, within_threshold), Table::Across);
    let across_threshold = choose(-400..=500, |threshold| {
        let f1 = b_cubed(part, &table(&across, &within, threshold, within_threshold), false, kinds);
        print(format!("across {threshold}: B-cubed {f1:.4}"));
        f1
    });
    table(&across, &within, across_threshold, within_threshold)
}

/// The highest threshold that costs no more than a fifth of a point of F1: events are denser in the world than in the set, and a
/// wrong merge hides an event while a missed one only counts it twice.
fn choose(range: std::ops::RangeInclusive<i32>, f1: impl Fn(i32) -> f64) -> i32 {
    let scored: Vec<(i32, f64)> = range.step_by(25).map(|threshold| (threshold, f1(threshold))).collect();
    let best = scored.iter().map(|s| s.1).fold(0.0, f64::max);
    scored.iter().rev().find(|s| s.1 >= best - 0.002).map_or(0, |s| s.0)
}

/// Logistic regression on levels with a Gaussian prior around the beliefs, by Newton's method on one coordinate after the other.
fn regress(counts: &BTreeMap<Comparison, [f64; 2]>, strength: f64) -> Vec<f64> {
    let rows: Vec<(Vec<usize>, f64, f64)> = counts.iter().map(|(c, n)| (columns(c), n[0], n[1])).collect();
    let size = 1 + Dimension::ALL.iter().map(|d| d.levels().len()).sum::<usize>();
    let mut by_column = vec![vec![]; size];
    for (at, row) in rows.iter().enumerate() {
        row.0.iter().for_each(|&column| by_column[column].push(at));
    }
    let mut beliefs = vec![(0.0, 0.001)];
    for (at, (dimension, levels)) in BELIEF.iter().enumerate() {
        assert_eq!((*dimension, levels.len()), (Dimension::ALL[at], dimension.levels().len()), "a belief of each level");
        beliefs.extend(levels.iter().map(|belief| (*belief, strength)));
    }
    let (mut weights, mut sums) = (vec![0.0; size], vec![0.0f64; rows.len()]);
    for _ in 0..300 {
        for column in 0..size {
            let (belief, prior) = beliefs[column];
            if column > 0 && belief == 0.0 {
                continue;
            }
            let (mut slope, mut curve) = (prior * (weights[column] - belief), prior);
            for &at in &by_column[column] {
                let (_, not, same) = &rows[at];
                let p = 1.0 / (1.0 + (-sums[at]).exp());
                slope += (not + same) * p - same;
                curve += (not + same) * p * (1.0 - p);
            }
            let mut to = weights[column] - (slope / curve).clamp(-1.0, 1.0);
            if column > 0 {
                to = if belief > 0.0 { to.max(0.0) } else { to.min(0.0) };
            }
            let step = weights[column] - to;
            weights[column] = to;
            by_column[column].iter().for_each(|&at| sums[at] -= step);
        }
    }
    weights
}

fn columns(comparison: &Comparison) -> Vec<usize> {
    let mut columns = vec![0];
    let mut first = 1;
    for dimension in Dimension::ALL {
        let level = dimension.levels().iter().position(|l| *l == comparison.level(dimension)).expect("a level has a name");
        columns.push(first + level);
        first += dimension.levels().len();
    }
    columns
}

/// The table as it ships.
fn table(across: &[f64], within: &[f64], across_threshold: i32, within_threshold: i32) -> String {
    let value = |weights: &[f64], at: usize| (weights.get(at).copied().unwrap_or(0.0) * 100.0).round() as i32;
    let mut text = String::from(
        "# Weights of what two reports share, in hundredths of a natural logarithm of odds; learned from evals/clusters/dev by examples/fit.rs.\n\
         # `across`: two articles, `within`: two places of one article. Reports whose sum is at least the threshold are joined.\n\
         dimension\tlevel\tacross\twithin\n",
    );
    text.push_str(&format!("threshold\t-\t{across_threshold}\t{within_threshold}\n"));
    text.push_str(&format!("base\t-\t{}\t{}\n", value(across, 0), value(within, 0)));
    let mut at = 1;
    for dimension in Dimension::ALL {
        for level in dimension.levels() {
            text.push_str(&format!("{}\t{level}\t{}\t{}\n", dimension.name(), value(across, at), value(within, at)));
            at += 1;
        }
    }
    text
}

/// B-cubed F1 of clusters, of the events of some kinds; inside single articles where `within`.
fn b_cubed(part: &Part, weights: &str, within: bool, kinds: &dyn Fn(&str) -> bool) -> f64 {
    let mut all = Corroborator::new(Weights::read(weights).expect("the table was just made"));
    all.add(part.reports());
    let article: BTreeMap<&str, &str> = part.lines.iter().map(|l| (l.event.id.as_str(), l.event.article.id.as_str())).collect();
    let gold = part.gold_of();
    let clusters = all.clusters();
    let system: BTreeMap<&str, &str> =
        clusters.iter().flat_map(|c| c.members.iter().map(|m| (m.event.0.as_str(), c.id.0.as_str()))).collect();
    let counted = gold.iter().filter(|(_, gold)| kinds(&part.gold[**gold].kind));
    let pairs = counted.map(|(event, gold)| {
        let own = if within { article[event] } else { "" };
        ((own, *gold), (own, system[event]))
    });
    demarche_eval::clusters::score(pairs).b_cubed.f1()
}
