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
    let (mut different, mut misread, mut coded) = (0, 0, 0);
    let by_id: BTreeMap<&str, &demarche_records::Event> = part.lines.iter().map(|l| (l.event.id.as_str(), &l.event)).collect();
    for cluster in &clusters {
        let golds: BTreeSet<&str> = cluster.members.iter().filter_map(|m| gold.get(m.event.0.as_str()).copied()).collect();
        let dyads: BTreeSet<_> = golds.iter().map(|g| (&part.gold[*g].actor, &part.gold[*g].recipient)).collect();
        if dyads.len() > 1 {
            different += 1;
            // Whether it would be one dyad without the records that the coder misread.
            let read = cluster
                .members
                .iter()
                .filter(|m| gold.get(m.event.0.as_str()).is_none_or(|g| agrees(by_id[m.event.0.as_str()], &part.gold[*g])));
            let dyads: BTreeSet<_> = read
                .filter_map(|m| gold.get(m.event.0.as_str()).map(|g| (&part.gold[*g].actor, &part.gold[*g].recipient)))
                .collect();
            misread += usize::from(dyads.len() <= 1);
        }
        let sets: BTreeSet<_> = cluster.members.iter().map(|m| full(by_id[m.event.0.as_str()])).filter(|d| d.len() > 1).collect();
        coded += usize::from(sets.iter().any(|a| sets.iter().any(|b| a.is_disjoint(b))));
        if golds.len() > 1 && arguments.iter().any(|a| a == "--errors") {
            println!("\n== joined {golds:?} dyads {}", dyads.len());
            show(&part, cluster.members.iter().map(|m| (m.event.0.as_str(), m.reason.words(&weights))), &gold);
        }
    }
    println!(
        "{different} clusters join different dyads of gold, {misread} of them by a record that was coded with a party that gold has not; {coded} clusters join records whose coded parties have nothing in common"
    );
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

/// Whether no party of a record contradicts gold.
fn agrees(event: &demarche_records::Event, gold: &part::Gold) -> bool {
    let mutual = gold.recipient.is_empty() || gold.actor.len() > 1;
    let fits = |side: &[demarche_records::Party], of: &[String]| {
        side.iter()
            .filter_map(|p| p.code.as_ref())
            .all(|code| of.contains(code) || mutual && (gold.actor.contains(code) || gold.recipient.contains(code)))
    };
    fits(&event.actor, &gold.actor) && fits(&event.recipient, &gold.recipient)
}

/// The codes that a record is sure of.
fn full(event: &demarche_records::Event) -> BTreeSet<String> {
    let sure = event.actor.iter().chain(&event.recipient).filter(|p| p.basis != demarche_types::LinkBasis::Document);
    sure.filter_map(|p| p.code.clone()).collect()
}

fn show<'a>(part: &Part, events: impl Iterator<Item = (&'a str, String)>, gold: &BTreeMap<&str, &str>) {
    for (event, reason) in events {
        let line = part.lines.iter().find(|l| l.event.id == event).expect("the event is of the part");
        let e = &line.event;
        let codes = |list: &[demarche_records::Party]| {
            list.iter().map(|p| p.code.clone().unwrap_or_else(|| p.entity_text.clone())).collect::<Vec<_>>().join("+")
        };
        println!(
            "   {} {} pub {} {} {} [{} > {}] {} {:?} {} | {}\n      {reason}",
            gold.get(event).unwrap_or(&"-"),
            e.article.id,
            e.article.published.map(|d| d.to_string()).unwrap_or_default(),
            e.act.as_deref().unwrap_or(&e.event),
            e.date.map(|d| d.to_string()).unwrap_or_default(),
            codes(&e.actor),
            codes(&e.recipient),
            e.event_loc.as_ref().map_or("", |p| &p.name),
            e.date_basis,
            e.status as u8,
            e.text
        );
    }
}
