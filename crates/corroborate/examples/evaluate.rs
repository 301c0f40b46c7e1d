//! Scores the clusters of a part of `evals/clusters` and shows where they go wrong.
//!
//! `cargo run --release -p demarche-corroborate --example evaluate -- dev [WEIGHTS.tsv] [--errors]`

#![allow(dead_code, missing_docs, clippy::allow_attributes, clippy::print_stdout, reason = "a tool, not the library")]

#[path = "../tests/it/part.rs"]
mod part;

use std::collections::{BTreeMap, BTreeSet};

use demarche_corroborate::{Corroborator, Weights};
use part::Part;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let part = Part::read(arguments.first().map_or("dev", String::as_str));
    let weights = match arguments.get(1).filter(|path| !path.starts_with("--")) {
        Some(path) => Weights::read(&std::fs::read_to_string(path).expect("the table is there")).expect("a table of weights"),
        None => Weights::default(),
    };
    let mut all = Corroborator::new(weights.clone());
    all.add(part.reports());
    let clusters = all.clusters();
    let gold = part.gold_of();
    let system: BTreeMap<&str, &str> =
        clusters.iter().flat_map(|c| c.members.iter().map(|m| (m.event.0.as_str(), c.id.0.as_str()))).collect();
    print!("{}", demarche_eval::clusters::score(gold.iter().map(|(event, gold)| (*gold, system[event]))));
    let mut different = 0;
    for cluster in &clusters {
        let golds: BTreeSet<&str> = cluster.members.iter().filter_map(|m| gold.get(m.event.0.as_str()).copied()).collect();
        let dyads: BTreeSet<_> = golds.iter().map(|g| (&part.gold[*g].actor, &part.gold[*g].recipient)).collect();
        different += usize::from(dyads.len() > 1);
        if golds.len() > 1 && arguments.iter().any(|a| a == "--errors") {
            println!("\n== joined {golds:?} dyads {}", dyads.len());
            show(&part, cluster.members.iter().map(|m| (m.event.0.as_str(), m.reason.words(&weights))), &gold);
        }
    }
    println!("{different} clusters join different dyads");
    if arguments.iter().any(|a| a == "--errors") {
        let mut apart: BTreeMap<&str, BTreeMap<&str, Vec<&str>>> = BTreeMap::new();
        for (event, gold) in &gold {
            apart.entry(gold).or_default().entry(system[event]).or_default().push(event);
        }
        for (gold_event, parts) in apart.iter().filter(|(_, parts)| parts.len() > 1) {
            println!("\n== apart {gold_event} {} in {}", part.gold[*gold_event].kind, parts.len());
            for events in parts.values() {
                println!("--");
                show(&part, events.iter().map(|e| (*e, String::new())), &gold);
            }
        }
    }
}

fn show<'a>(part: &Part, events: impl Iterator<Item = (&'a str, String)>, gold: &BTreeMap<&str, &str>) {
    for (event, reason) in events {
        let line = part.lines.iter().find(|l| l.event.id == event).expect("the event is of the part");
        let e = &line.event;
        let codes = |list: &[demarche_records::Party]| list.iter().map(|p| p.code.clone().unwrap_or_else(|| p.entity_text.clone())).collect::<Vec<_>>().join("+");
        println!(
            "   {} {} pub {} {} {} [{} > {}] {} {:?} {} | {}\n      {reason}",
            gold.get(event).unwrap_or(&"-"), e.article.id, e.article.published.map(|d| d.to_string()).unwrap_or_default(),
            e.act.as_deref().unwrap_or(&e.event), e.date.map(|d| d.to_string()).unwrap_or_default(),
            codes(&e.actor), codes(&e.recipient), e.event_loc.as_ref().map_or("", |p| &p.name), e.date_basis, e.status as u8, e.text
        );
    }
}
