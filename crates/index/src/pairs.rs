//! Who had to do with whom.

use std::collections::{BTreeMap, HashMap, HashSet};

use demarche_store::MUTUAL;
use serde::Serialize;
use utoipa::ToSchema;

use crate::Index;
use crate::bits::Bits;
use crate::select::Selected;
use crate::table::Table;
use crate::text::Sort;

/// A country or group, with how often it is a party.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = NodeOfEvents)]
pub struct Node {
    /// Its code.
    pub code: String,
    /// Chosen events that it is a party of.
    pub events: u32,
}

/// What two had to do with each other, whoever began.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Edge {
    /// The one that comes first by the alphabet.
    pub source: String,
    /// The other.
    pub target: String,
    /// Events between them.
    pub events: u32,
    /// Of these, cooperation.
    pub cooperation: u32,
    /// Of these, conflict.
    pub conflict: u32,
    /// Sum of their scores.
    pub intensity: f64,
}

/// A network.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = NetworkOfEvents)]
pub struct Network {
    /// Those that are parties of most events, the most first.
    pub nodes: Vec<Node>,
    /// Edges between them, those of most events first.
    pub edges: Vec<Edge>,
    /// Nodes that are left out.
    pub hidden_nodes: u32,
    /// Edges that are left out with them.
    pub hidden_edges: u32,
}

/// A party in numbers.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Active {
    /// Its code.
    pub code: String,
    /// Events that it is a party of.
    pub events: u32,
    /// Of these, as actor.
    pub as_actor: u32,
    /// Of these, as recipient.
    pub as_recipient: u32,
}

#[derive(Default)]
struct Between {
    events: u32,
    conflict: u32,
    intensity: f64,
}

impl Index {
    /// Who had to do with whom in the chosen events: the `most` busiest.
    pub fn network(&self, selected: &Selected, most: usize) -> Network {
        let table = self.table(Sort::Event);
        let Some(parties) = table.column("party") else {
            return Network { nodes: vec![], edges: vec![], hidden_nodes: 0, hidden_edges: 0 };
        };
        let counts = parties.counts(&selected.rows);
        let mut order: Vec<u32> = (0..counts.len() as u32).filter(|number| counts[*number as usize] > 0).collect();
        order.sort_by_key(|number| (std::cmp::Reverse(counts[*number as usize]), parties.word(*number)));
        let shown: HashSet<u32> = order.iter().take(most).copied().collect();
        let between = between(table, &selected.rows);
        let all = between.len();
        let mut edges: Vec<Edge> = between
            .into_iter()
            .filter(|((a, b), _)| shown.contains(a) && shown.contains(b))
            .map(|((a, b), found)| {
                let (mut source, mut target) = (parties.word(a).to_owned(), parties.word(b).to_owned());
                if source > target {
                    std::mem::swap(&mut source, &mut target);
                }
                let (events, conflict) = (found.events, found.conflict);
                Edge { source, target, events, cooperation: events - conflict, conflict, intensity: round(found.intensity) }
            })
            .collect();
        edges.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| (&a.source, &a.target).cmp(&(&b.source, &b.target))));
        let node = |number: &u32| Node { code: parties.word(*number).to_owned(), events: counts[*number as usize] };
        Network {
            nodes: order.iter().take(most).map(node).collect(),
            hidden_nodes: order.len().saturating_sub(most) as u32,
            hidden_edges: (all - edges.len()) as u32,
            edges,
        }
    }

    /// Those whom a party had most to do with, the most first.
    pub fn partners(&self, selected: &Selected, code: &str, most: usize) -> Vec<Edge> {
        let network = self.network(selected, usize::MAX);
        let mut edges: Vec<Edge> = network.edges.into_iter().filter(|edge| edge.source == code || edge.target == code).collect();
        for edge in edges.iter_mut().filter(|edge| edge.source != code) {
            std::mem::swap(&mut edge.source, &mut edge.target);
        }
        edges.truncate(most);
        edges
    }

    /// All parties of the chosen events, the busiest first.
    pub fn actors(&self, selected: &Selected) -> Vec<Active> {
        let table = self.table(Sort::Event);
        let mut found: BTreeMap<&str, [u32; 3]> = BTreeMap::new();
        for (place, name) in ["party", "actor", "recipient"].into_iter().enumerate() {
            let Some(column) = table.column(name) else { continue };
            for (number, count) in column.counts(&selected.rows).into_iter().enumerate().filter(|(_, count)| *count > 0) {
                found.entry(column.word(number as u32)).or_default()[place] = count;
            }
        }
        let mut actors: Vec<Active> = found
            .into_iter()
            .map(|(code, [events, as_actor, as_recipient])| Active { code: code.to_owned(), events, as_actor, as_recipient })
            .collect();
        actors.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.code.cmp(&b.code)));
        actors
    }

    /// Rows of events that one party did to another, or that they did together.
    pub fn dyad(&self, actor: &str, recipient: &str) -> Bits {
        let table = self.table(Sort::Event);
        let columns = ["actor", "recipient", "event", "recipient_name"].map(|name| table.column(name));
        let [Some(actors), Some(recipients), Some(types), Some(named)] = columns else { return Bits::none(table.len()) };
        let (a, also_a) = (actors.number(actor), actors.number(recipient));
        let b = recipients.number(recipient);
        let has = |list: &[u32], number: Option<u32>| number.is_some_and(|number| list.contains(&number));
        Bits::of(table.len(), |row| {
            let (by, to) = (actors.at(row), recipients.at(row));
            has(by, a)
                && (has(to, b)
                    || named.at(row).is_empty()
                        && actor != recipient
                        && has(by, also_a)
                        && types.words_at(row).any(|kind| MUTUAL.contains(&kind)))
        })
    }

    /// Rows of events that either of two parties did to the other, or that they did together.
    pub fn dyad_both(&self, one: &str, other: &str) -> Bits {
        let mut rows = self.dyad(one, other);
        rows.or(&self.dyad(other, one));
        rows
    }
}

/// Events between each two parties, by their numbers in the column `party`.
fn between(table: &Table, rows: &Bits) -> HashMap<(u32, u32), Between> {
    let mut found: HashMap<(u32, u32), Between> = HashMap::new();
    let columns = ["party", "actor", "recipient", "event", "quad", "recipient_name"].map(|name| table.column(name));
    let [Some(parties), Some(actors), Some(recipients), Some(types), Some(quads), Some(named)] = columns else { return found };
    let number = |column: &crate::table::Words| -> Vec<u32> {
        (0..column.different() as u32).map(|n| parties.number(column.word(n)).unwrap_or(u32::MAX)).collect()
    };
    let (of_actor, of_recipient) = (number(actors), number(recipients));
    let mutual: Vec<bool> = (0..types.different() as u32).map(|n| MUTUAL.contains(&types.word(n))).collect();
    let hostile: Vec<bool> = (0..quads.different() as u32).map(|n| matches!(quads.word(n), "3" | "4")).collect();
    let scales = table.number("scale");
    let mut pairs: Vec<(u32, u32)> = vec![];
    for row in rows.iter() {
        let (by, to) = (actors.at(row), recipients.at(row));
        pairs.clear();
        if named.at(row).is_empty() && types.at(row).iter().any(|kind| mutual[*kind as usize]) {
            for (place, one) in by.iter().enumerate() {
                pairs.extend(by[place + 1..].iter().map(|other| (of_actor[*one as usize], of_actor[*other as usize])));
            }
        } else {
            pairs.extend(
                by.iter().flat_map(|one| to.iter().map(|other| (of_actor[*one as usize], of_recipient[*other as usize]))),
            );
        }
        for pair in &mut pairs {
            *pair = (pair.0.min(pair.1), pair.0.max(pair.1));
        }
        pairs.sort_unstable();
        pairs.dedup();
        let conflict = quads.at(row).iter().any(|quad| hostile[*quad as usize]);
        for pair in pairs.iter().filter(|pair| pair.0 != pair.1) {
            let edge = found.entry(*pair).or_default();
            edge.events += 1;
            edge.conflict += u32::from(conflict);
            edge.intensity += f64::from(scales[row]);
        }
    }
    found
}

fn round(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
