//! Clusters are the same in whatever order and batches reports come, and as if what was removed had never been there.

use std::collections::BTreeSet;

use demarche_corroborate::{Cluster, Corroborator, Decision, Report};
use demarche_types::EventId;

use crate::lines::Line;
use crate::part::Part;

/// Random numbers by xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}

fn at_once(reports: &[Report<'_>], decisions: &[Decision]) -> Vec<Cluster> {
    let mut all = Corroborator::default();
    decisions.iter().for_each(|decision| all.decide(decision.clone()));
    all.add(reports.iter().copied());
    all.clusters()
}

/// Adds reports in random order and batches, with articles removed and added again and decisions taken in between.
fn in_batches(reports: &[Report<'_>], decisions: &[Decision], random: &mut Random) -> Vec<Cluster> {
    let mut reports = reports.to_vec();
    random.shuffle(&mut reports);
    let mut all = Corroborator::default();
    let mut left = &reports[..];
    let mut undecided = decisions;
    while !left.is_empty() {
        let size = [1, 3, 40, 200][random.below(4)].min(left.len());
        let (batch, rest) = left.split_at(size);
        all.add(batch.iter().copied());
        if random.below(3) > 0 {
            all.settle();
        }
        if random.below(4) == 0 {
            let gone = batch[random.below(size)].event.article.id.as_str();
            let added = &reports[..reports.len() - rest.len()];
            all.remove_article(gone);
            if random.below(2) == 0 {
                all.settle();
            }
            all.add(added.iter().filter(|report| report.event.article.id == gone).copied());
        }
        if random.below(3) == 0 && !undecided.is_empty() {
            all.decide(undecided[0].clone());
            undecided = &undecided[1..];
        }
        left = rest;
    }
    undecided.iter().for_each(|decision| all.decide(decision.clone()));
    all.clusters()
}

fn decisions(reports: &[Report<'_>], random: &mut Random) -> Vec<Decision> {
    let mut event = || EventId(reports[random.below(reports.len())].event.id.as_str().into());
    let mut decisions: Vec<Decision> = (0..8).map(|_| Decision::Merge { events: vec![event(), event(), event()] }).collect();
    decisions.extend((0..8).map(|_| Decision::Split { event: event(), from: vec![event(), event()] }));
    // And of clusters that are.
    for cluster in at_once(reports, &[]).iter().filter(|cluster| cluster.members.len() > 3).take(8) {
        let from = cluster.members[1..].iter().map(|member| member.event.clone()).collect();
        decisions.push(Decision::Split { event: cluster.members[0].event.clone(), from });
    }
    random.shuffle(&mut decisions);
    decisions
}

#[test]
fn order_and_batches_change_nothing() {
    let part = Part::read("dev");
    let all: Vec<Report<'_>> = part.reports().collect();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for round in 0..12 {
        let first = random.below(all.len() - 700);
        let reports = &all[first..first + 700];
        let decisions = if round % 2 == 0 { vec![] } else { decisions(reports, &mut random) };
        let expected = at_once(reports, &decisions);
        assert!(expected.len() < reports.len() / 2, "there is something to join");
        assert_eq!(in_batches(reports, &decisions, &mut random), expected, "round {round}");
    }
}

#[test]
fn what_was_removed_was_never_there() {
    let part = Part::read("dev");
    let reports: Vec<Report<'_>> = part.reports().take(900).collect();
    let gone: BTreeSet<&str> = reports.iter().step_by(7).map(|report| report.event.article.id.as_str()).collect();
    let left: Vec<Report<'_>> =
        reports.iter().filter(|report| !gone.contains(report.event.article.id.as_str())).copied().collect();
    let mut all = Corroborator::default();
    all.add(reports.iter().copied());
    let before = all.clusters();
    gone.iter().for_each(|article| all.remove_article(article));
    assert_eq!(all.len(), left.len());
    let after = all.clusters();
    assert_eq!(after, at_once(&left, &[]));
    assert_ne!(after, before);
}

/// A thousand reports of one dyad in one week: blocks too large to be compared each with each.
#[test]
fn crowded_days_are_no_exception() {
    let towns = ["Sumy UKR 50.91,34.80", "Odesa UKR 46.48,30.73", "Kharkiv UKR 49.98,36.25", "", "UKR"];
    let things = ["depot", "school", "bridge", "harbour", "clinic", "bakery", "railway", "refinery"];
    let mut random = Random(77);
    let lines: Vec<Line> = (0..1000)
        .map(|at| {
            let day = 1 + random.below(6);
            let told = if random.below(3) == 0 { "~".to_owned() } else { format!("2025-03-0{day}") };
            let thing = things[random.below(things.len())];
            Line::read(&format!(
                "e{at} | 2025-03-0{} | Post | ASSAULT assault-aerial aerial | RUS:MIL > UKR:CVL | {told} | {} | dead {} | actual | Jets hit a {thing}.",
                day + 1,
                towns[random.below(towns.len())],
                1 + random.below(30),
            ))
        })
        .collect();
    let reports: Vec<Report<'_>> = lines.iter().map(Line::report).collect();
    let expected = at_once(&reports, &[]);
    assert!(expected.len() > 10 && expected.len() < 900, "{} clusters", expected.len());
    for _ in 0..3 {
        assert_eq!(in_batches(&reports, &[], &mut random), expected);
    }
}
