//! A user's own rows: what the reader of rows lets pass because rows that ship are tested, and a user's are not.

use std::collections::BTreeSet;

use super::{Entry, Lexicon, Place, Slot};
use crate::ontology::Ontology;

/// Prepositions that no row that ships asks for.
const PREPOSITIONS: &[&str] = &[
    "aboard",
    "above",
    "across",
    "along",
    "alongside",
    "amid",
    "amongst",
    "behind",
    "below",
    "beneath",
    "beside",
    "between",
    "beyond",
    "concerning",
    "despite",
    "down",
    "during",
    "except",
    "inside",
    "like",
    "off",
    "onto",
    "opposite",
    "past",
    "per",
    "regarding",
    "since",
    "through",
    "throughout",
    "till",
    "towards",
    "underneath",
    "unlike",
    "until",
    "up",
    "upon",
    "versus",
    "via",
    "within",
    "without",
];

/// What is wrong with the first row that has a fault: a mode, context or code that the codebook lacks, or a slot that nothing ever fills.
pub(super) fn fault<'a>(rows: &'a [Entry], shipped: &Lexicon, ontology: &Ontology) -> Option<(&'a Entry, String)> {
    let asked = shipped.entries.iter().flat_map(slots).filter_map(preposition);
    let known: BTreeSet<&str> = asked.chain(PREPOSITIONS.iter().copied()).collect();
    rows.iter().find_map(|row| Some((row, fault_of(row, &known, ontology)?)))
}

fn fault_of(entry: &Entry, prepositions: &BTreeSet<&str>, ontology: &Ontology) -> Option<String> {
    if let Some(mode) = &entry.mode
        && !entry.kind.is_some_and(|kind| ontology.has_mode(kind, mode))
    {
        let of = entry.kind.map_or("NONE", |kind| kind.as_str());
        let known = entry.kind.map(|kind| ontology.modes(kind).collect::<Vec<_>>().join(", ")).unwrap_or_default();
        let known = if known.is_empty() { "it has none".to_owned() } else { format!("it has {known}") };
        return Some(format!("{of} has no mode `{}`; {known}", mode.0));
    }
    if let Some(context) = entry.contexts.iter().find(|context| !ontology.has_context(&context.0)) {
        return Some(format!("there is no context `{}`", context.0));
    }
    let digits = entry.cameo.chars().all(|c| c.is_ascii_digit()) && (2..=4).contains(&entry.cameo.len());
    let known = entry.cameo.is_empty() || digits && ontology.root_2016(&entry.cameo).is_some();
    if !known {
        return Some(format!(
            "`{}` is no CAMEO code; they have two to four digits, of which the first two are 01 to 20",
            entry.cameo
        ));
    }
    let strange = slots(entry).filter_map(preposition).find(|slot| !prepositions.contains(slot));
    strange.map(|slot| {
        format!("`{slot}` is no slot; there are subj, obj, iobj, poss, comp.SLOT and prepositions such as with, and in a pattern also prt, mod and comp")
    })
}

fn slots(entry: &Entry) -> impl Iterator<Item = &Slot> {
    let of_roles = entry.actor.iter().chain(&entry.recipient).flatten();
    let of_conditions = entry.constraints.iter().filter_map(|constraint| match &constraint.place {
        Place::Slot(slot) => Some(slot),
        _ => None,
    });
    of_roles.chain(of_conditions)
}

fn preposition(slot: &Slot) -> Option<&str> {
    match slot {
        Slot::Prep(word) => Some(word.as_str()),
        Slot::Comp(inner) => preposition(inner),
        _ => None,
    }
}
