//! The nodes of a graph: who is one and the same.

use std::collections::HashMap;

use demarche_records::{Event, Party};

use crate::parties::{country, name};
use crate::tables::SECTORS;
use crate::text::line;

/// A node.
pub(super) struct Node {
    pub(super) label: String,
    pub(super) code: String,
    pub(super) sector: String,
    pub(super) identifier: String,
}

/// Nodes in the order in which they first come. The map is only looked up, never iterated.
#[derive(Default)]
pub(super) struct Nodes {
    numbers: HashMap<String, usize>,
    list: Vec<Node>,
}

impl Nodes {
    /// The number of a party's node. An entry of the knowledge base is one node, and so are all of one country and the same sectors;
    /// whose country is not known is itself only within one article.
    pub(super) fn number(&mut self, party: &Party, event: &Event) -> usize {
        let sectors = party.sector.join(" ");
        let key = match (&party.identifier_id, &party.code) {
            (Some(id), _) => format!("i {id}"),
            (None, Some(code)) => format!("c {code} {sectors}"),
            (None, None) => format!("n {} {}", event.article.id, name(party).to_lowercase()),
        };
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let label = match (&party.identifier_id, country(party)) {
            (None, Some(country)) => {
                let kind = party.sector.first().and_then(|code| SECTORS.get(code.as_str())).map_or("", |sector| sector.agent);
                if kind.is_empty() { country.name.to_owned() } else { format!("{kind} ({})", country.name) }
            }
            _ => name(party),
        };
        self.list.push(Node {
            label,
            code: party.code.clone().unwrap_or_default(),
            sector: sectors,
            identifier: line(party.identifier_id.as_deref().unwrap_or_default()),
        });
        self.numbers.insert(key, self.list.len() - 1);
        self.list.len() - 1
    }

    /// All nodes with their numbers.
    pub(super) fn all(&self) -> impl Iterator<Item = (usize, &Node)> {
        self.list.iter().enumerate()
    }
}
