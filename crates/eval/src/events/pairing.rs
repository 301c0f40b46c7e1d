//! Which system event is which gold event.

use crate::records::{EventRecord, Party, overlaps};

/// One-to-one pairs (gold, system), the most alike first.
///
/// Two records may be the same event when their triggers overlap, or when they have the same type and
/// share a party in the same sentence. Of all such pairs the best is taken first: same type before
/// another type, overlapping triggers before sentences, then more shared parties, then what gold
/// requires before what it leaves open.
pub(super) fn pair(gold: &[EventRecord], system: &[EventRecord]) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (g, gold_event) in gold.iter().enumerate() {
        for (s, system_event) in system.iter().enumerate() {
            if let Some(rank) = likeness(gold_event, system_event) {
                candidates.push((rank, gold_event.optional, g, s));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then((a.2, a.3).cmp(&(b.2, b.3))));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, _, g, s) in candidates {
        if pairs.iter().all(|&(pg, ps)| pg != g && ps != s) {
            pairs.push((g, s));
        }
    }
    pairs
}

/// Joins records that differ only in their parties: "A condemned B and C" is one event however it was
/// written down.
pub(super) fn joined(events: &[EventRecord]) -> Vec<EventRecord> {
    let mut out: Vec<EventRecord> = Vec::new();
    for event in events {
        let same = |other: &&mut EventRecord| {
            event.trigger.is_some()
                && other.trigger == event.trigger
                && other.event == event.event
                && other.status == event.status
        };
        match out.iter_mut().find(same) {
            Some(first) => {
                extend(&mut first.parties.actors, &event.parties.actors);
                extend(&mut first.parties.recipients, &event.parties.recipients);
            }
            None => out.push(event.clone()),
        }
    }
    out
}

/// Whether a type is right for a gold event.
pub(super) fn accepts_type(gold: &EventRecord, system: &EventRecord) -> bool {
    gold.event == system.event || gold.also.events.contains(&system.event)
}

fn likeness(gold: &EventRecord, system: &EventRecord) -> Option<(bool, bool, usize)> {
    let by_trigger = matches!((gold.trigger, system.trigger), (Some(a), Some(b)) if overlaps(a, b));
    let same_type = accepts_type(gold, system);
    let shared = gold.parties.all().filter(|p| system.parties.all().any(|q| p.is_same(q))).count();
    let same_sentence = match (gold.sentence, system.sentence.or(system.trigger)) {
        (Some(a), Some(b)) => overlaps(a, b),
        _ => true,
    };
    // Where a record tells no party at all, type and sentence must do.
    let untold = gold.parties.all().next().is_none() || system.parties.all().next().is_none();
    let alike = same_type && same_sentence && (shared > 0 || untold);
    (by_trigger || alike).then_some((same_type, by_trigger, shared))
}

fn extend(into: &mut Vec<Party>, more: &[Party]) {
    for party in more {
        if !into.contains(party) {
            into.push(party.clone());
        }
    }
}
