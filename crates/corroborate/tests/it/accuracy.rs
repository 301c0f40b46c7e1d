//! A floor under what docs/corroboration.md tells; the example `evaluate` prints the figures.

use std::collections::{BTreeMap, BTreeSet};

use demarche_corroborate::Corroborator;

use crate::part::Part;

/// Clusters that join gold events of different dyads.
fn check(name: &str, least: f64) -> usize {
    let part = Part::read(name);
    let gold = part.gold_of();
    assert!(part.gold.len() >= 300 && gold.len() >= 1500, "{} events, {} reports", part.gold.len(), gold.len());
    let mut all = Corroborator::default();
    all.add(part.reports());
    let clusters = all.clusters();
    let system: BTreeMap<&str, usize> =
        clusters.iter().enumerate().flat_map(|(at, cluster)| cluster.members.iter().map(move |m| (m.event.0.as_str(), at))).collect();
    assert_eq!(system.len(), part.lines.len(), "every report is in one cluster");
    let report = demarche_eval::clusters::score(gold.iter().map(|(event, gold)| (*gold, system[event])));
    assert!(report.b_cubed.f1() >= least, "{name}\n{report}");
    let dyads = |cluster: &demarche_corroborate::Cluster| {
        let golds = cluster.members.iter().filter_map(|member| gold.get(member.event.0.as_str()));
        golds.map(|gold| (&part.gold[*gold].actor, &part.gold[*gold].recipient)).collect::<BTreeSet<_>>().len()
    };
    clusters.iter().filter(|cluster| dyads(cluster) > 1).count()
}

#[test]
fn held_out() {
    assert_eq!(check("held-out", 0.90), 0, "clusters that join different dyads");
}

#[test]
fn dev() {
    check("dev", 0.90);
}
