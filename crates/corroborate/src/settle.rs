//! Works out what has become stale: which records of an article tell one event, which of those are compared, and what they make.

use std::collections::HashMap;

use compact_str::CompactString;
use xxhash_rust::xxh3::xxh3_64;

use crate::blocks::{Edge, keys};
use crate::compare::score;
use crate::corroborator::{Corroborator, Node, Slot};
use crate::greedy::{self, Item};
use crate::parties::{self, Dyad};
use crate::traits::Traits;
use crate::weights::Table;

/// Records of an article up to which all are compared with all; of a longer one only those of a common type are.
const SHORT: usize = 48;

impl Corroborator {
    /// Works out what has become stale. Every question does so first; it may be called to choose when.
    pub fn settle(&mut self) {
        for article in once(&mut self.stale.articles) {
            self.tell(article);
        }
        self.compare_blocks();
        self.join_clusters();
    }

    /// Makes the nodes of an article anew.
    fn tell(&mut self, article: u64) {
        let Some(mut records) = self.articles.get(&article).cloned() else { return };
        for &record in &records {
            self.drop_node(self.records[record as usize].node);
        }
        records.sort_unstable_by(|a, b| self.order(*a, *b));
        for told in self.tellings(&records) {
            let records: Box<[u32]> = told.into_iter().map(|at| records[at as usize]).collect();
            let node = self.nodes.len() as u32;
            let parts: Vec<&Traits> = records.iter().map(|record| self.traits(*record)).collect();
            let pooled = (records.len() > 1).then(|| Box::new(Traits::pooled(&parts)));
            for record in &records {
                self.records[*record as usize].node = node;
            }
            self.nodes.push(Node { records, pooled });
            self.forest.push();
            self.clusters.push();
            self.stale.nodes.push(node);
            for key in keys(self.node(node)) {
                self.blocks.entry(key).or_default().push(node);
                self.stale.blocks.push(key);
            }
        }
    }

    /// Which of an article's records tell one event; positions in the list.
    fn tellings(&self, records: &[u32]) -> Vec<Vec<u32>> {
        let traits: Vec<&Traits> = records.iter().map(|record| self.traits(*record)).collect();
        let items: Vec<Item> = records.iter().map(|record| self.item(&[*record], self.traits(*record), records, |r| r)).collect();
        let threshold = self.weights.threshold(Table::Within);
        let mut edges = vec![];
        for at in 0..records.len() {
            for other in 0..at {
                if records.len() <= SHORT || traits[at].types & traits[other].types != 0 {
                    edges.push((other as u32, at as u32, score(traits[at], traits[other], &self.weights)));
                }
            }
        }
        edges.retain(|edge| edge.2 >= threshold);
        let scored = |a: u32, b: u32| score(traits[a as usize], traits[b as usize], &self.weights);
        greedy::cluster(&items, edges, threshold, scored)
    }

    /// Something to be joined; `among` lists all that may be joined, as what `unit` makes of their records.
    fn item(&self, records: &[u32], traits: &Traits, among: &[u32], unit: impl Fn(u32) -> u32) -> Item {
        let place = |event: &CompactString| {
            let unit = unit(*self.by_id.get(event)?);
            among.iter().position(|other| *other == unit).map(|at| at as u32)
        };
        let ids = || records.iter().map(|record| &self.records[*record as usize].id);
        Item {
            hash: xxh3_64(self.records[records[0] as usize].id.as_bytes()),
            dyad: Dyad::of(traits),
            with: ids().flat_map(|id| self.constraints.with(id)).filter_map(place).collect(),
            without: ids().flat_map(|id| self.constraints.without(id)).filter_map(place).collect(),
        }
    }

    /// Takes a node out of everything.
    pub(crate) fn drop_node(&mut self, node: u32) {
        if node == Slot::NO_NODE || self.nodes[node as usize].records.is_empty() {
            return;
        }
        for key in keys(self.node(node)) {
            if let Some(block) = self.blocks.get_mut(&key) {
                block.remove(node);
                if block.is_empty() {
                    self.blocks.remove(&key);
                } else {
                    self.stale.blocks.push(key);
                }
            }
        }
        self.clusters.remove(node);
        self.stale.nodes.extend(self.forest.remove(node));
        let gone = &mut self.nodes[node as usize];
        gone.records = Box::default();
        gone.pooled = None;
    }

    fn compare_blocks(&mut self) {
        let threshold = self.weights.threshold(Table::Across);
        for key in once(&mut self.stale.blocks) {
            // A block that lost its last member is gone.
            let Some(mut block) = self.blocks.remove(&key) else { continue };
            let whole = block.compare(
                |node| self.node(node),
                |a, b| self.order(self.nodes[a as usize].records[0], self.nodes[b as usize].records[0]),
                |a, b| {
                    let (a, b) = (self.node(a), self.node(b));
                    // Those of one article were compared when it was told; and most of a block are other dyads, which are never joined.
                    let may = a.article != b.article && !parties::sides(a, b).conflict();
                    may.then(|| score(a, b, &self.weights)).filter(|score| *score >= threshold)
                },
            );
            for &(a, b, _) in block.edges() {
                self.forest.join(a, b);
            }
            if whole {
                // Pairs that had been compared may no longer be.
                self.stale.nodes.extend(block.members());
            }
            self.blocks.insert(key, block);
        }
    }

    fn join_clusters(&mut self) {
        let mut stale = once(&mut self.stale.nodes);
        stale.retain(|node| !self.nodes[*node as usize].records.is_empty());
        for &node in &stale {
            for record in self.nodes[node as usize].records.clone() {
                for other in self.constraints.with(&self.records[record as usize].id) {
                    if let Some(other) = self.by_id.get(other) {
                        self.forest.join(node, self.records[*other as usize].node);
                    }
                }
            }
        }
        let mut trees: HashMap<u32, Vec<Edge>> = HashMap::new();
        let mut roots: Vec<(u32, u32)> = vec![];
        for node in stale {
            let root = self.forest.root(node);
            if trees.insert(root, vec![]).is_none() {
                roots.push((root, node));
            }
        }
        let mut touched: Vec<u64> = vec![];
        for (_, node) in &roots {
            let members: Vec<u32> = self.forest.members(*node).collect();
            if members.len() > 1 {
                touched.extend(members.into_iter().flat_map(|node| keys(self.node(node))));
            }
        }
        for key in once(&mut touched) {
            let Some(block) = self.blocks.get(&key) else { continue };
            for edge in block.edges() {
                if let Some(edges) = trees.get_mut(&self.forest.root(edge.0)) {
                    edges.push(*edge);
                }
            }
        }
        for (root, node) in roots {
            let edges = trees.remove(&root).unwrap_or_default();
            self.join_tree(node, edges);
        }
    }

    fn join_tree(&mut self, node: u32, mut edges: Vec<Edge>) {
        let mut nodes: Vec<u32> = self.forest.members(node).collect();
        if nodes.len() == 1 {
            return self.clusters.close(&nodes);
        }
        nodes.sort_unstable_by(|a, b| self.order(self.nodes[*a as usize].records[0], self.nodes[*b as usize].records[0]));
        let rank: HashMap<u32, u32> = nodes.iter().enumerate().map(|(at, node)| (*node, at as u32)).collect();
        for edge in &mut edges {
            let (a, b) = (rank[&edge.0], rank[&edge.1]);
            (edge.0, edge.1) = (a.min(b), a.max(b));
        }
        let unit = |record: u32| self.records[record as usize].node;
        let items: Vec<Item> =
            nodes.iter().map(|node| self.item(&self.nodes[*node as usize].records, self.node(*node), &nodes, unit)).collect();
        let scored = |a: u32, b: u32| score(self.node(nodes[a as usize]), self.node(nodes[b as usize]), &self.weights);
        for members in greedy::cluster(&items, edges, self.weights.threshold(Table::Across), scored) {
            let members: Vec<u32> = members.into_iter().map(|at| nodes[at as usize]).collect();
            self.clusters.close(&members);
        }
    }
}

/// What is in a list, sorted and each once; the list is empty afterwards.
pub(crate) fn once<T: Ord>(list: &mut Vec<T>) -> Vec<T> {
    let mut taken = std::mem::take(list);
    taken.sort_unstable();
    taken.dedup();
    taken
}
