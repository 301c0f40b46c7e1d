//! Who wins: which rows of which layer still count once overlays lie upon the tables that ship.

use std::collections::BTreeMap;

use super::Overlay;
use super::schema::{Row, Table};
use crate::fold::fold;

/// What is said above a layer. Layer 0 are the tables that ship, 1 the first overlay, and so on. An entry counts unless a higher
/// layer has its identifier; a spelling counts unless a higher layer says what it means.
#[derive(Default)]
pub(crate) struct Plan {
    /// The highest layer that has or removes an entry, by identifier.
    entries: BTreeMap<String, usize>,
    /// The highest layer that gives or removes a spelling of actors and outlets, by folded spelling.
    names: BTreeMap<String, usize>,
    /// The same of agent phrases.
    phrases: BTreeMap<String, usize>,
    /// The highest layer that takes a spelling from one entry, by identifier and folded spelling.
    taken: BTreeMap<(String, String), usize>,
}

impl Plan {
    pub(crate) fn of(overlays: &[Overlay]) -> Self {
        let mut plan = Self::default();
        for (nth, overlay) in overlays.iter().enumerate() {
            let layer = nth + 1;
            overlay.rows().iter().for_each(|row| plan.read(layer, row));
        }
        plan
    }

    fn read(&mut self, layer: usize, row: &Row) {
        match row.table {
            Table::Actors | Table::Media => {
                // Names of countries add to those that are there.
                if !row.cell("id").starts_with("cty.") {
                    self.entries.insert(row.cell("id").to_owned(), layer);
                }
                self.names(layer, row);
            }
            Table::Aliases => self.names(layer, row),
            Table::Agents => {
                self.phrases.extend(row.spellings().map(|phrase| (fold(phrase), layer)));
            }
            Table::Places => {}
            Table::Removals => self.removal(layer, row),
        }
    }

    fn names(&mut self, layer: usize, row: &Row) {
        self.names.extend(row.spellings().map(|name| (fold(name), layer)));
    }

    fn removal(&mut self, layer: usize, row: &Row) {
        let (id, alias) = (row.cell("id"), row.cell("alias"));
        match (row.cell("table"), id.is_empty(), alias.is_empty()) {
            ("actors" | "media", false, true) => _ = self.entries.insert(id.to_owned(), layer),
            ("actors" | "media", false, false) => _ = self.taken.insert((id.to_owned(), fold(alias)), layer),
            ("actors" | "media", true, _) => _ = self.names.insert(fold(alias), layer),
            ("agents", ..) => _ = self.phrases.insert(fold(alias), layer),
            _ => {}
        }
    }

    /// Whether an entry of a layer counts.
    pub(crate) fn keeps_entry(&self, layer: usize, id: &str) -> bool {
        self.entries.get(id).is_none_or(|&above| above <= layer)
    }

    /// Whether a spelling of an entry of a layer counts.
    pub(crate) fn keeps_name(&self, layer: usize, id: &str, name: &str) -> bool {
        if self.names.is_empty() && self.taken.is_empty() {
            return true;
        }
        let key = fold(name);
        let named = self.names.get(&key).is_none_or(|&above| above <= layer);
        named && (self.taken.is_empty() || self.taken.get(&(id.to_owned(), key)).is_none_or(|&above| above <= layer))
    }

    /// Whether an agent phrase of a layer counts.
    pub(crate) fn keeps_phrase(&self, layer: usize, phrase: &str) -> bool {
        self.phrases.is_empty() || self.phrases.get(&fold(phrase)).is_none_or(|&above| above <= layer)
    }
}
