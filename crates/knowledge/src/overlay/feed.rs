//! Rows of an overlay as entries of the base.

use super::Overlay;
use super::schema::{Row, Table};
use crate::KnowledgeError;
use crate::base::{BodyKind, Reader, Term};
use crate::gazetteer::Gazetteer;

/// Spellings that a user's place is taken to be known in: more than any town's, so that his own places need little else to be seen.
const OWN_SPELLINGS: &str = "9999";

impl Reader {
    /// Adds the actors, outlets, agents and aliases of an overlay above what was read so far.
    pub(crate) fn overlay(&mut self, overlay: &Overlay) -> Result<(), KnowledgeError> {
        self.next_layer();
        let mut ids = None;
        for row in overlay.rows() {
            let line = row.line;
            match row.table {
                Table::Actors => self.own_actor(row)?,
                Table::Media => {
                    let sectors = if row.cell("sectors").is_empty() { "JRN" } else { row.cell("sectors") };
                    self.own_body(row, sectors, BodyKind::Media, None);
                }
                Table::Agents => self.agent_row("agents", line, row.cell("phrase"), row.cell("sectors"), row.cell("kind"))?,
                Table::Aliases => {
                    let ids = ids.get_or_insert_with(|| self.entries_by_id());
                    if let Some(&entry) = ids.get(row.cell("id")) {
                        self.add_alias(entry, row.cell("id"), row.cell("alias"));
                    }
                }
                Table::Places | Table::Removals => {}
            }
        }
        Ok(())
    }

    fn own_actor(&mut self, row: &Row) -> Result<(), KnowledgeError> {
        let term = || {
            let [office, sectors, since, until] = ["office", "sectors", "since", "until"].map(|column| row.cell(column));
            Term::read("actors", row.line, office, row.cell("code"), sectors, [since, until, ""])
        };
        match row.cell("kind") {
            "person" => {
                let country = if row.cell("country").is_empty() { row.cell("code") } else { row.cell("country") };
                let mut term = term()?;
                if row.cell("code").is_empty() {
                    term.code.0 = country.into();
                }
                // A row that says no more than a nationality tells of no role.
                let says = ["office", "sectors", "since", "until"].iter().any(|column| !row.cell(column).is_empty());
                self.person(row.cell("id"), row.cell("name"), country, row.cell("aliases"), says.then_some(term));
            }
            "body" => {
                let dated = !row.cell("since").is_empty() || !row.cell("until").is_empty();
                let term = if dated { Some(term()?) } else { None };
                self.own_body(row, row.cell("sectors"), BodyKind::Body, term);
            }
            kind => {
                let kind = match kind {
                    "people" => "plural",
                    "region" => "unit",
                    "country" => "name",
                    kind => kind,
                };
                for name in row.spellings() {
                    self.country("actors", row.line, row.cell("code"), kind, name, row.cell("sectors"))?;
                }
            }
        }
        Ok(())
    }

    fn own_body(&mut self, row: &Row, sectors: &str, kind: BodyKind, term: Option<Term>) {
        self.body(row.cell("id"), row.cell("code"), sectors, row.cell("name"), row.cell("aliases"), kind, term);
    }
}

/// The places of an overlay, the higher gazetteer last: those that join their namesakes, then those that are meant wherever their names stand.
pub(crate) fn gazetteers(overlay: &Overlay) -> Result<Vec<Gazetteer>, KnowledgeError> {
    let mut gazetteers = Vec::new();
    for shadows in [false, true] {
        let mut places = String::from("name\talternatives\tcountry\tunit\tlat\tlon\tgeonames\tpopulation\tspellings\tkind\n");
        let mut units = String::from("name\talternatives\tcountry\tcode\tpopulation\tkind\n");
        let mut any = false;
        let rows = overlay.rows().iter().filter(|row| row.table == Table::Places);
        for row in rows.filter(|row| row.cell("spellings").is_empty() == shadows) {
            any = true;
            let cells = ["name", "aliases", "country", "unit"].map(|column| row.cell(column)).join("\t");
            if row.cell("kind") == "unit" {
                units += &format!("{cells}\t{}\t\n", row.cell("population"));
                continue;
            }
            let kind = if row.cell("kind") == "city" { "" } else { row.cell("kind") };
            let [lat, lon, geonames, population] = ["lat", "lon", "geonames", "population"].map(|column| row.cell(column));
            let spellings = if shadows { OWN_SPELLINGS } else { row.cell("spellings") };
            places += &format!("{cells}\t{lat}\t{lon}\t{geonames}\t{population}\t{spellings}\t{kind}\n");
        }
        if any {
            gazetteers.push(Gazetteer::from_tables(&[&places], &[&units])?.with_shadow(shadows));
        }
    }
    Ok(gazetteers)
}
