//! What the name of an office tells of its sectors.

use std::collections::BTreeMap;

use crate::catalog::Catalog;
use crate::overlay::Table;

/// The sectors of agent phrases, for finding them in the names of offices.
pub(super) struct Offices {
    phrases: BTreeMap<String, String>,
    portfolios: BTreeMap<String, String>,
}

impl Offices {
    pub(super) fn new(catalog: &Catalog) -> Self {
        let (mut phrases, mut portfolios) = (BTreeMap::new(), BTreeMap::new());
        for row in catalog.rows().iter().filter(|row| row.table == Table::Agents && !row.cell("sectors").is_empty()) {
            let into = if row.cell("kind") == "portfolio" { &mut portfolios } else { &mut phrases };
            into.entry(crate::fold::fold(row.cell("phrase"))).or_insert_with(|| row.cell("sectors").to_owned());
        }
        Self { phrases, portfolios }
    }

    /// The sectors of an office ("Minister of Defence of Chad": GOV MIL): those of a minister's subject, else of the longest phrase in it that is
    /// known, the first of equals. Empty when none is.
    pub(super) fn sectors(&self, office: &str) -> &str {
        let folded = crate::fold::fold(office);
        let words: Vec<&str> = folded.split(' ').collect();
        let is_minister = words.iter().any(|word| matches!(*word, "minister" | "ministers" | "secretary"));
        let portfolio = if is_minister { longest(&self.portfolios, &words) } else { None };
        portfolio.or_else(|| longest(&self.phrases, &words)).unwrap_or_default()
    }
}

/// What the longest run of words that is known stands for.
fn longest<'p>(phrases: &'p BTreeMap<String, String>, words: &[&str]) -> Option<&'p str> {
    let lengths = (1..=words.len().min(6)).rev();
    let mut runs = lengths.flat_map(|length| words.windows(length));
    runs.find_map(|run| phrases.get(&run.join(" "))).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Tables;

    #[test]
    fn offices_tell_sectors() {
        let catalog = Catalog::of(&Tables::embedded()).expect("the embedded tables are sound");
        let offices = Offices::new(&catalog);
        for (office, sectors) in [
            ("Minister of Defence of Chad", "GOV MIL"),
            ("member of parliament", "LEG"),
            ("President of Peru", "GOV"),
            ("Hereditary Keeper of the Swans", ""),
        ] {
            assert_eq!(offices.sectors(office), sectors, "{office}");
        }
    }
}
