//! What a user has decided: events that are one, and events that are not.

use std::collections::{BTreeMap, BTreeSet};

use compact_str::CompactString;
use demarche_types::EventId;
use serde::{Deserialize, Serialize};

/// A decision of a user. It names events, not clusters: clusters change when reports come, events stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// All of these are one event.
    Merge {
        /// The events.
        events: Vec<EventId>,
    },
    /// This is another event than those.
    Split {
        /// The event that is taken out.
        event: EventId,
        /// Those with which it was.
        from: Vec<EventId>,
    },
}

impl Decision {
    /// The events that it names.
    pub(crate) fn events(&self) -> Vec<&EventId> {
        match self {
            Self::Merge { events } => events.iter().collect(),
            Self::Split { event, from } => std::iter::once(event).chain(from).collect(),
        }
    }
}

/// What follows from all decisions together. A later decision wins over earlier ones that contradict it.
#[derive(Debug, Default)]
pub(crate) struct Constraints {
    group: BTreeMap<CompactString, u32>,
    members: Vec<Vec<CompactString>>,
    apart: BTreeMap<u32, BTreeSet<u32>>,
}

impl Constraints {
    pub(crate) fn of(decisions: &[Decision]) -> Self {
        let mut this = Self::default();
        for decision in decisions.iter().rev() {
            match decision {
                Decision::Merge { events } => {
                    let groups: Vec<u32> = events.iter().map(|event| this.enter(&event.0)).collect();
                    for at in 1..groups.len() {
                        // Groups are renamed as they are joined, so they are looked up again.
                        let (a, b) = (this.group[&events[0].0], this.group[&events[at].0]);
                        if a != b && !this.apart(a, b) {
                            this.join(a, b);
                        }
                    }
                }
                Decision::Split { event, from } => {
                    let a = this.enter(&event.0);
                    for other in from {
                        let b = this.enter(&other.0);
                        if a != b {
                            this.apart.entry(a).or_default().insert(b);
                            this.apart.entry(b).or_default().insert(a);
                        }
                    }
                }
            }
        }
        this
    }

    /// The events that must be in one cluster with this one, itself among them; empty when nothing was decided.
    pub(crate) fn with(&self, event: &str) -> &[CompactString] {
        self.group.get(event).map_or(&[], |group| &self.members[*group as usize])
    }

    /// The events that must not be in one cluster with this one.
    pub(crate) fn without(&self, event: &str) -> impl Iterator<Item = &CompactString> {
        let apart = self.group.get(event).and_then(|group| self.apart.get(group));
        apart.into_iter().flatten().flat_map(|group| &self.members[*group as usize])
    }

    fn enter(&mut self, event: &CompactString) -> u32 {
        let next = self.members.len() as u32;
        let group = *self.group.entry(event.clone()).or_insert(next);
        if group == next {
            self.members.push(vec![event.clone()]);
        }
        group
    }

    fn apart(&self, a: u32, b: u32) -> bool {
        self.apart.get(&a).is_some_and(|apart| apart.contains(&b))
    }

    fn join(&mut self, into: u32, from: u32) {
        let moved = std::mem::take(&mut self.members[from as usize]);
        for event in &moved {
            self.group.insert(event.clone(), into);
        }
        self.members[into as usize].extend(moved);
        for other in self.apart.remove(&from).unwrap_or_default() {
            if let Some(set) = self.apart.get_mut(&other) {
                set.remove(&from);
                set.insert(into);
            }
            self.apart.entry(into).or_default().insert(other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merge(events: &[&str]) -> Decision {
        Decision::Merge { events: events.iter().map(|e| EventId((*e).into())).collect() }
    }

    fn split(event: &str, from: &[&str]) -> Decision {
        Decision::Split { event: EventId(event.into()), from: from.iter().map(|e| EventId((*e).into())).collect() }
    }

    fn told(constraints: &Constraints, event: &str) -> (String, String) {
        let list = |mut events: Vec<&str>| {
            events.sort_unstable();
            events.join(" ")
        };
        let with = list(constraints.with(event).iter().map(CompactString::as_str).collect());
        (with, list(constraints.without(event).map(CompactString::as_str).collect()))
    }

    #[test]
    fn merges_chain_and_splits_hold_for_the_whole_group() {
        let decided = Constraints::of(&[merge(&["a", "b"]), merge(&["b", "c"]), split("d", &["c"])]);
        assert_eq!(told(&decided, "a"), ("a b c".into(), "d".into()));
        assert_eq!(told(&decided, "d"), ("d".into(), "a b c".into()));
        assert_eq!(told(&decided, "e"), (String::new(), String::new()));
    }

    #[test]
    fn the_later_decision_wins() {
        let decided = Constraints::of(&[merge(&["a", "b"]), split("a", &["b"])]);
        assert_eq!(told(&decided, "a"), ("a".into(), "b".into()));
        let decided = Constraints::of(&[split("a", &["b"]), merge(&["a", "b"])]);
        assert_eq!(told(&decided, "a"), ("a b".into(), String::new()));
        // What is left of an earlier merge stands.
        let decided = Constraints::of(&[merge(&["a", "b", "c"]), split("c", &["a", "b"])]);
        assert_eq!(told(&decided, "a"), ("a b".into(), "c".into()));
    }
}
