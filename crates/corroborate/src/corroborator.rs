//! Keeps reports, and from which of them tell the same event makes clusters. What is worked out is in `settle.rs`.

use std::cmp::Ordering;
use std::collections::HashMap;

use compact_str::CompactString;
use demarche_types::EventId;
use xxhash_rust::xxh3::xxh3_64;

use crate::Report;
use crate::blocks::{Block, keys};
use crate::cluster::{Cluster, ClusterId, Compared, Member, Reason};
use crate::compare::{Comparison, compare};
use crate::decisions::{Constraints, Decision};
use crate::rings::{Forest, Rings};
use crate::settle::once;
use crate::traits::Traits;
use crate::weights::{Table, Weights};

/// Takes in reports and keeps the clusters.
///
/// The clusters are a function of the set of reports and of the list of decisions: they are the same in whatever order
/// and in whatever batches reports came, and as if reports that were removed had never been there. A report whose event
/// is already known is ignored.
#[derive(Debug, Default)]
pub struct Corroborator {
    pub(crate) weights: Weights,
    decisions: Vec<Decision>,
    pub(crate) constraints: Constraints,
    pub(crate) records: Vec<Slot>,
    pub(crate) by_id: HashMap<CompactString, u32>,
    pub(crate) articles: HashMap<u64, Vec<u32>>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) blocks: HashMap<u64, Block>,
    /// Nodes of two trees never belong to one cluster.
    pub(crate) forest: Forest,
    /// The nodes of a cluster.
    pub(crate) clusters: Rings,
    pub(crate) stale: Stale,
}

/// What has to be worked out anew.
#[derive(Debug, Default)]
pub(crate) struct Stale {
    pub(crate) articles: Vec<u64>,
    pub(crate) blocks: Vec<u64>,
    pub(crate) nodes: Vec<u32>,
}

/// A record.
#[derive(Debug)]
pub(crate) struct Slot {
    pub(crate) id: CompactString,
    pub(crate) article: u64,
    pub(crate) published: Option<i32>,
    /// [`Slot::NO_NODE`] before it has one.
    pub(crate) node: u32,
    /// None once it is removed.
    pub(crate) traits: Option<Box<Traits>>,
}

impl Slot {
    pub(crate) const NO_NODE: u32 = u32::MAX;
}

/// Records of one article that tell one event; none once it is gone.
#[derive(Debug)]
pub(crate) struct Node {
    /// The earliest first.
    pub(crate) records: Box<[u32]>,
    /// None where there is only one record, which has them.
    pub(crate) pooled: Option<Box<Traits>>,
}

impl Corroborator {
    /// With weights of one's own.
    pub fn new(weights: Weights) -> Self {
        Self { weights, ..Self::default() }
    }

    /// Takes in reports.
    pub fn add<'a>(&mut self, reports: impl IntoIterator<Item = Report<'a>>) {
        for report in reports {
            let id = CompactString::from(report.event.id.as_str());
            if self.by_id.contains_key(&id) {
                continue;
            }
            let index = self.records.len() as u32;
            let traits = Traits::of(report);
            self.by_id.insert(id.clone(), index);
            self.articles.entry(traits.article).or_default().push(index);
            self.stale.articles.push(traits.article);
            let (article, published) = (traits.article, traits.published);
            self.records.push(Slot { id, article, published, node: Slot::NO_NODE, traits: Some(Box::new(traits)) });
        }
    }

    /// Removes the records of an article, as when it is coded anew.
    pub fn remove_article(&mut self, article: &str) {
        let Some(records) = self.articles.remove(&xxh3_64(article.as_bytes())) else { return };
        for &record in &records {
            self.drop_node(self.records[record as usize].node);
        }
        for record in records {
            let slot = &mut self.records[record as usize];
            slot.traits = None;
            self.by_id.remove(&slot.id);
        }
    }

    /// The decisions, in the order in which they were taken.
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// Takes a decision, from now on and for what is still to come. It may name events that are not known yet.
    pub fn decide(&mut self, decision: Decision) {
        self.decisions.push(decision);
        self.constraints = Constraints::of(&self.decisions);
        // An older decision may have lost its force, so all that are named anywhere are worked out anew.
        let named = self.decisions.iter().flat_map(Decision::events).filter_map(|event| self.by_id.get(&event.0));
        self.stale.articles.extend(named.map(|record| self.records[*record as usize].article));
    }

    /// Joins the clusters of two events, with all that is in them now. Answers the decision, to be kept; none where an event is not known.
    pub fn merge(&mut self, a: &EventId, b: &EventId) -> Option<Decision> {
        let (a, b) = (self.fellows(a)?, self.fellows(b)?);
        let decision = Decision::Merge { events: a.into_iter().chain(b).collect() };
        self.decide(decision.clone());
        Some(decision)
    }

    /// Takes an event out of its cluster. Answers the decision, to be kept; none where the event is not known or alone.
    pub fn split(&mut self, event: &EventId) -> Option<Decision> {
        let from: Vec<EventId> = self.fellows(event)?.into_iter().filter(|other| other != event).collect();
        if from.is_empty() {
            return None;
        }
        let decision = Decision::Split { event: event.clone(), from };
        self.decide(decision.clone());
        Some(decision)
    }

    /// All events of the cluster of an event, the earliest first.
    pub fn fellows(&mut self, event: &EventId) -> Option<Vec<EventId>> {
        self.settle();
        let node = self.records[*self.by_id.get(&event.0)? as usize].node;
        let nodes: Vec<u32> = self.clusters.ring(node).collect();
        Some(self.records_of(&nodes).into_iter().map(|record| self.event(record)).collect())
    }

    /// The number of reports.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether there are no reports.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// The clusters, in the order of their first reports.
    pub fn clusters(&mut self) -> Vec<Cluster> {
        self.settle();
        let mut seen = vec![false; self.nodes.len()];
        let mut all: Vec<Vec<u32>> = vec![];
        for node in 0..self.nodes.len() {
            if !seen[node] && !self.nodes[node].records.is_empty() {
                let nodes: Vec<u32> = self.clusters.ring(node as u32).collect();
                nodes.iter().for_each(|node| seen[*node as usize] = true);
                all.push(self.records_of(&nodes));
            }
        }
        all.sort_unstable_by(|a, b| self.order(a[0], b[0]));
        all.iter().map(|records| self.cluster(records)).collect()
    }

    /// Two reports side by side: which weights count, the levels, the score. None where one is not known.
    pub fn compare(&self, a: &EventId, b: &EventId) -> Option<Compared> {
        let traits = |event: &EventId| self.by_id.get(&event.0).map(|record| self.traits(*record));
        Some(self.compared(traits(a)?, traits(b)?))
    }

    /// What weights are learned from: all pairs of records of one article, or of what articles tell that are compared with
    /// another article's. Each by its first event.
    pub fn candidates(&mut self, table: Table) -> Vec<(EventId, EventId, Comparison)> {
        self.settle();
        let mut pairs: Vec<(u32, u32)> = vec![];
        match table {
            Table::Within => {
                let lists = self.records.iter().filter(|slot| slot.traits.is_some()).map(|slot| slot.article);
                for article in once(&mut lists.collect()) {
                    let records = &self.articles[&article];
                    pairs.extend((0..records.len()).flat_map(|at| records[..at].iter().map(move |other| (*other, records[at]))));
                }
                pairs.sort_unstable();
                pairs.into_iter().map(|(a, b)| (self.event(a), self.event(b), compare(self.traits(a), self.traits(b)))).collect()
            }
            Table::Across => {
                let mut keyed: Vec<(u64, u32)> = vec![];
                for (at, _) in self.nodes.iter().enumerate().filter(|(_, node)| !node.records.is_empty()) {
                    keyed.extend(keys(self.node(at as u32)).into_iter().map(|key| (key, at as u32)));
                }
                keyed.sort_unstable();
                for block in keyed.chunk_by(|a, b| a.0 == b.0) {
                    pairs.extend((0..block.len()).flat_map(|at| block[..at].iter().map(move |other| (other.1, block[at].1))));
                }
                pairs.retain(|(a, b)| self.node(*a).article != self.node(*b).article);
                let first = |node: u32| self.event(self.nodes[node as usize].records[0]);
                let pairs = once(&mut pairs).into_iter();
                pairs.map(|(a, b)| (first(a), first(b), compare(self.node(a), self.node(b)))).collect()
            }
        }
    }

    fn compared(&self, a: &Traits, b: &Traits) -> Compared {
        let table = if a.article == b.article { Table::Within } else { Table::Across };
        let comparison = compare(a, b);
        Compared { table, comparison, score: self.weights.score(&comparison, table) }
    }

    fn event(&self, record: u32) -> EventId {
        EventId(self.records[record as usize].id.clone())
    }

    /// The records of nodes, the earliest first.
    fn records_of(&self, nodes: &[u32]) -> Vec<u32> {
        let mut records: Vec<u32> = nodes.iter().flat_map(|node| self.nodes[*node as usize].records.iter().copied()).collect();
        records.sort_unstable_by(|a, b| self.order(*a, *b));
        records
    }

    fn cluster(&self, records: &[u32]) -> Cluster {
        let mut members = vec![Member { event: self.event(records[0]), reason: Reason::First }];
        for &record in &records[1..] {
            members.push(Member { event: self.event(record), reason: self.reason(record, records) });
        }
        Cluster { id: ClusterId::of(&self.records[records[0] as usize].id), members }
    }

    /// Why a record is in its cluster: the other one that it agrees with most, of the first ones and those of its article.
    fn reason(&self, record: u32, records: &[u32]) -> Reason {
        /// How many of the first are looked at.
        const LOOKED: usize = 24;
        let id = &self.records[record as usize].id;
        let decided = self.constraints.with(id).iter().find(|other| *other != id && self.by_id.contains_key(*other));
        if let Some(other) = decided {
            return Reason::Decided { with: EventId(other.clone()) };
        }
        let fellows = &self.nodes[self.records[record as usize].node as usize].records;
        let others = records.iter().take(LOOKED).chain(fellows.iter()).filter(|other| **other != record);
        let compared = others.map(|&other| (self.compared(self.traits(record), self.traits(other)), other));
        match compared.max_by(|a, b| a.0.score.cmp(&b.0.score).then_with(|| self.order(b.1, a.1))) {
            None => Reason::First,
            Some((compared, other)) => Reason::Alike { with: self.event(other), compared },
        }
    }

    pub(crate) fn traits(&self, record: u32) -> &Traits {
        self.records[record as usize].traits.as_deref().expect("a record of a cluster has not been removed")
    }

    pub(crate) fn node(&self, node: u32) -> &Traits {
        let node = &self.nodes[node as usize];
        node.pooled.as_deref().unwrap_or_else(|| self.traits(node.records[0]))
    }

    /// The order of records that no batch changes: by day of publication, then by identifier.
    pub(crate) fn order(&self, a: u32, b: u32) -> Ordering {
        let key = |record: u32| {
            let slot = &self.records[record as usize];
            (slot.published.unwrap_or(i32::MAX), &slot.id)
        };
        key(a).cmp(&key(b))
    }
}
