//! Joins what belongs together: the surest pair first, and two clusters only when their members agree on the whole.

use std::collections::HashMap;

use crate::blocks::Edge;
use crate::parties::Dyad;

/// Members of a cluster that speak for it. Which ones they are hangs on the members alone.
const SPEAKERS: usize = 6;

/// Something to be joined.
#[derive(Debug)]
pub(crate) struct Item {
    /// Decides which members speak for a cluster.
    pub(crate) hash: u64,
    pub(crate) dyad: Dyad,
    /// Items that it must be joined with.
    pub(crate) with: Vec<u32>,
    /// Items that it must not be joined with.
    pub(crate) without: Vec<u32>,
}

struct Cluster {
    members: Vec<u32>,
    /// The first by hash.
    speakers: Vec<u32>,
    dyads: Vec<Dyad>,
    without: Vec<u32>,
}

/// Clusters of items, each with its members in order. Items stand in an order that hangs on them alone, for it breaks ties;
/// edges are pairs of them, the first one first, with their scores.
pub(crate) fn cluster(items: &[Item], mut edges: Vec<Edge>, threshold: i32, score: impl Fn(u32, u32) -> i32) -> Vec<Vec<u32>> {
    let mut state = State {
        cluster_of: (0..items.len() as u32).collect(),
        clusters: items
            .iter()
            .enumerate()
            .map(|(at, item)| {
                let at = at as u32;
                Cluster { members: vec![at], speakers: vec![at], dyads: vec![item.dyad.clone()], without: item.without.clone() }
            })
            .collect(),
    };
    for (at, item) in items.iter().enumerate() {
        for other in &item.with {
            state.join(state.cluster_of[at], state.cluster_of[*other as usize], items);
        }
    }
    edges.sort_unstable_by_key(|edge| (std::cmp::Reverse(edge.2), edge.0, edge.1));
    edges.dedup();
    // Pairs of clusters that were refused, with their sizes then.
    let mut refused: HashMap<(u32, u32), (usize, usize)> = HashMap::new();
    for (a, b, _) in edges {
        let (a, b) = (state.cluster_of[a as usize], state.cluster_of[b as usize]);
        let (a, b) = (a.min(b), a.max(b));
        if a == b {
            continue;
        }
        let sizes = (state.clusters[a as usize].members.len(), state.clusters[b as usize].members.len());
        if refused.get(&(a, b)) == Some(&sizes) {
            continue;
        }
        if state.agree(a, b, threshold, &score) {
            state.join(a, b, items);
        } else {
            refused.insert((a, b), sizes);
        }
    }
    let mut clusters: Vec<Vec<u32>> = state.clusters.into_iter().map(|c| c.members).filter(|m| !m.is_empty()).collect();
    clusters.iter_mut().for_each(|members| members.sort_unstable());
    clusters.sort_unstable();
    clusters
}

struct State {
    cluster_of: Vec<u32>,
    clusters: Vec<Cluster>,
}

impl State {
    fn agree(&self, a: u32, b: u32, threshold: i32, score: impl Fn(u32, u32) -> i32) -> bool {
        let (a, b) = (&self.clusters[a as usize], &self.clusters[b as usize]);
        let barred = |these: &Cluster, those: &Cluster| {
            // Either list names the other's members, so one look is enough; the shorter one is looked through.
            these.without.iter().any(|item| those.members.contains(item))
        };
        if barred(a, b) || barred(b, a) {
            return false;
        }
        if a.dyads.iter().any(|x| b.dyads.iter().any(|y| x.conflicts(y))) {
            return false;
        }
        let scores = a.speakers.iter().flat_map(|x| b.speakers.iter().map(|y| score(*x, *y)));
        let sum: i64 = scores.map(i64::from).sum();
        sum >= i64::from(threshold) * (a.speakers.len() * b.speakers.len()) as i64
    }

    fn join(&mut self, a: u32, b: u32, items: &[Item]) {
        if a == b {
            return;
        }
        let larger = |x: u32, y: u32| self.clusters[x as usize].members.len() >= self.clusters[y as usize].members.len();
        let (into, from) = if larger(a, b) { (a, b) } else { (b, a) };
        let gone = std::mem::replace(
            &mut self.clusters[from as usize],
            Cluster { members: vec![], speakers: vec![], dyads: vec![], without: vec![] },
        );
        for member in &gone.members {
            self.cluster_of[*member as usize] = into;
        }
        let kept = &mut self.clusters[into as usize];
        kept.members.extend(gone.members);
        kept.without.extend(gone.without);
        kept.speakers.extend(gone.speakers);
        kept.speakers.sort_unstable_by_key(|speaker| items[*speaker as usize].hash);
        kept.speakers.truncate(SPEAKERS);
        for dyad in gone.dyads {
            if !kept.dyads.contains(&dyad) {
                kept.dyads.push(dyad);
            }
        }
    }
}
