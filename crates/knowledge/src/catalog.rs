//! The rows of the tables that ship, in the form of an overlay: for looking up where something is said, for comparing, and for
//! checking what overlays name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use demarche_types::CountryCode;

use crate::KnowledgeError;
use crate::base::{country_id, person_id};
use crate::fold::fold;
use crate::overlay::{Overlay, Row, Table};
use crate::rows::read;
use crate::table::Tables;

/// The rows of tables, places left out: the gazetteer holds them.
pub struct Catalog {
    rows: Vec<Row>,
    codes: BTreeSet<String>,
    /// Name of each country, by code.
    country_names: BTreeMap<String, String>,
    /// Codes of countries, by folded name, adjective or people.
    named: BTreeMap<String, String>,
    ids: BTreeSet<String>,
    names: BTreeSet<String>,
    phrases: BTreeSet<String>,
}

impl Catalog {
    /// The catalog of tables.
    pub fn of(tables: &Tables<'_>) -> Result<Self, KnowledgeError> {
        let mut catalog = Self {
            rows: vec![],
            codes: CountryCode::NON_STATE.iter().map(|&code| code.to_owned()).collect(),
            country_names: BTreeMap::new(),
            named: BTreeMap::new(),
            ids: BTreeSet::new(),
            names: BTreeSet::new(),
            phrases: BTreeSet::new(),
        };
        let files = tables.files();
        let file = |table: &str, nth: usize| -> Arc<str> {
            files.iter().filter(|(of, _)| *of == table).nth(nth).map_or_else(|| table.into(), |(_, file)| (*file).into())
        };
        for (nth, text) in tables.countries.iter().enumerate() {
            catalog.countries(text, &file("countries", nth))?;
        }
        for (nth, text) in tables.bodies.iter().enumerate() {
            catalog.bodies("bodies", Table::Actors, text, &file("bodies", nth))?;
        }
        for (nth, text) in tables.roles.iter().enumerate() {
            catalog.roles(text, &file("roles", nth))?;
        }
        for (nth, text) in tables.media.iter().enumerate() {
            catalog.bodies("media", Table::Media, text, &file("media", nth))?;
        }
        for (nth, text) in tables.agents.iter().enumerate() {
            catalog.agents(text, &file("agents", nth))?;
        }
        for nth in 0..catalog.rows.len() {
            let row = catalog.rows[nth].clone();
            catalog.take_in(&row);
        }
        Ok(catalog)
    }

    /// The catalog with the rows of overlays told as known too.
    pub fn with(mut self, overlays: &[Overlay]) -> Self {
        overlays.iter().flat_map(Overlay::rows).for_each(|row| self.take_in(row));
        self
    }

    /// All rows: actors, outlets, agents.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Whether a code exists.
    pub fn has_code(&self, code: &str) -> bool {
        self.codes.contains(code)
    }

    /// Whether a code is that of a country.
    pub fn is_country(&self, code: &str) -> bool {
        self.has_code(code) && !CountryCode::NON_STATE.contains(&code)
    }

    /// The code of a country by one of its names ("Germany", "German").
    pub fn code_of(&self, name: &str) -> Option<&str> {
        self.named.get(&fold(name)).map(String::as_str)
    }

    /// The name of a country.
    pub fn country_name(&self, code: &str) -> Option<&str> {
        self.country_names.get(code).map(String::as_str)
    }

    /// Whether an actor or outlet has this identifier.
    pub fn has_id(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// Whether an actor or outlet is called so.
    pub fn has_name(&self, name: &str) -> bool {
        self.names.contains(&fold(name))
    }

    /// Whether there is such an agent phrase.
    pub fn has_phrase(&self, phrase: &str) -> bool {
        self.phrases.contains(&fold(phrase))
    }

    fn take_in(&mut self, row: &Row) {
        match row.table {
            Table::Agents => self.phrases.extend(row.spellings().map(fold)),
            Table::Actors | Table::Media | Table::Aliases => {
                self.ids.insert(row.cell("id").to_owned());
                self.names.extend(row.spellings().map(|name| fold(name.trim_start_matches('~'))));
                if matches!(row.cell("kind"), "country" | "adjective" | "people") {
                    self.codes.insert(row.cell("code").to_owned());
                    for name in row.spellings() {
                        self.named.entry(fold(name)).or_insert_with(|| row.cell("code").to_owned());
                    }
                    if row.cell("kind") == "country" {
                        let name = row.cell("name").to_owned();
                        self.country_names.entry(row.cell("code").to_owned()).or_insert(name);
                    }
                }
            }
            Table::Places | Table::Removals => {}
        }
    }

    fn push(&mut self, table: Table, file: &Arc<str>, line: usize, cells: &[(&str, &str)]) {
        self.rows.push(Row { file: file.clone(), line, ..Row::new(table, cells) });
    }

    fn countries(&mut self, text: &str, file: &Arc<str>) -> Result<(), KnowledgeError> {
        let columns = ["code", "kind", "alias", "sectors", "source"];
        read("countries", text, columns, |line, [code, kind, alias, sectors, source]| {
            if kind == "name" {
                self.codes.insert(code.to_owned());
                self.country_names.entry(code.to_owned()).or_insert_with(|| alias.to_owned());
            }
            let kind = match kind {
                "name" | "alias" | "abbrev" | "former" => "country",
                "noun" | "plural" => "people",
                "unit" | "dependency" => "region",
                kind => kind,
            };
            let id = country_id(code);
            let cells =
                [("id", id.as_str()), ("kind", kind), ("name", alias), ("code", code), ("sectors", sectors), ("source", source)];
            self.push(Table::Actors, file, line, &cells);
            Ok(())
        })
    }

    fn bodies(&mut self, name: &'static str, table: Table, text: &str, file: &Arc<str>) -> Result<(), KnowledgeError> {
        let columns = ["id", "code", "sectors", "name", "aliases", "source"];
        read(name, text, columns, |line, [id, code, sectors, name, aliases, source]| {
            let cells = [
                ("id", id),
                ("kind", "body"),
                ("name", name),
                ("aliases", aliases),
                ("code", code),
                ("sectors", sectors),
                ("source", source),
            ];
            self.push(table, file, line, &cells);
            Ok(())
        })
    }

    fn roles(&mut self, text: &str, file: &Arc<str>) -> Result<(), KnowledgeError> {
        let columns = ["name", "nationality", "aliases", "office", "code", "sectors", "since", "until", "source"];
        read("roles", text, columns, |line, [name, nationality, aliases, office, code, sectors, since, until, source]| {
            let id = person_id(self.country_names.get(nationality).map(String::as_str), nationality, name);
            let (code, country) = if code.is_empty() { (nationality, "") } else { (code, nationality) };
            let cells = [
                ("id", id.as_str()),
                ("kind", "person"),
                ("name", name),
                ("aliases", aliases),
                ("code", code),
                ("sectors", sectors),
                ("country", country),
                ("office", office),
                ("since", since),
                ("until", until),
                ("source", source),
            ];
            self.push(Table::Actors, file, line, &cells);
            Ok(())
        })
    }

    fn agents(&mut self, text: &str, file: &Arc<str>) -> Result<(), KnowledgeError> {
        read("agents", text, ["phrase", "sectors", "kind", "source"], |line, [phrase, sectors, kind, source]| {
            let cells = [("phrase", phrase), ("sectors", sectors), ("kind", kind), ("source", source)];
            self.push(Table::Agents, file, line, &cells);
            Ok(())
        })
    }
}
