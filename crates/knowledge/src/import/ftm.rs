//! FollowTheMoney entities, one JSON object a line, as OpenSanctions and Aleph export them: persons, organisations, and who held which position.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead};
use std::sync::LazyLock;

use serde_json::Value;

use super::offices::Offices;
use super::{Context, Log, Sink, Tally, countries, is_latin, row};
use crate::base::{parse_date, slug};
use crate::fold::fold;
use crate::overlay::Table;

const TABLE: &str = include_str!("../../../../data/import/ftm-topics.tsv");

/// Sectors by topic.
static TOPICS: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.filter_map(|row| {
        let mut cells = row.split('\t');
        Some((cells.next()?, cells.next()?))
    })
    .collect()
});

/// The most further spellings of an entity.
const SPELLINGS: usize = 30;

/// Schemas of bodies, and the sector of those whose topics tell none.
const BODIES: &[(&str, &str)] =
    &[("Organization", ""), ("PublicBody", "GOV"), ("Company", "BUS"), ("LegalEntity", ""), ("Asset", "BUS")];

/// Reads entities. Call [`Importer::survey`] on all files first, then [`Importer::read`] on each: positions stand anywhere among those who hold them.
pub struct Importer<'c> {
    context: Context<'c>,
    offices: Offices,
    /// Names and countries of positions, by identifier.
    positions: BTreeMap<String, (String, String)>,
    /// Positions held, with first and last day, by holder.
    held: BTreeMap<String, Vec<(String, String, String)>>,
    seen: BTreeSet<String>,
}

impl<'c> Importer<'c> {
    /// An importer that has read nothing.
    pub fn new(context: Context<'c>) -> Self {
        let offices = Offices::new(context.catalog);
        Self { context, offices, positions: BTreeMap::new(), held: BTreeMap::new(), seen: BTreeSet::new() }
    }

    /// Notes the positions of a file, and who held them. Nothing is written.
    pub fn survey(&mut self, reader: &mut dyn BufRead) -> io::Result<()> {
        let mut text = Vec::new();
        while reader.read_until(b'\n', &mut text)? > 0 {
            // Most lines are neither, and reading JSON takes long.
            let line = String::from_utf8_lossy(&text);
            if (line.contains("\"Position\"") || line.contains("\"Occupancy\""))
                && let Ok(entity) = serde_json::from_str::<Value>(&line)
            {
                self.note(&entity);
            }
            text.clear();
        }
        Ok(())
    }

    fn note(&mut self, entity: &Value) {
        let first = |property| texts(entity, property).next().unwrap_or_default().to_owned();
        match entity["schema"].as_str() {
            Some("Position") => {
                let id = entity["id"].as_str().unwrap_or_default().to_owned();
                self.positions.insert(id, (first("name"), first("country")));
            }
            Some("Occupancy") => {
                let days = [first("startDate"), first("endDate")].map(|day| day.chars().take(10).collect::<String>());
                let [since, until] = days;
                self.held.entry(first("holder")).or_default().push((first("post"), since, until));
            }
            _ => {}
        }
    }

    /// Reads the entities of a file.
    pub fn read(&mut self, reader: &mut dyn BufRead, sink: &mut dyn Sink) -> io::Result<Tally> {
        let mut log = Log::new(sink);
        log.lines(reader, |log, line, text| self.entity(log, line, text))?;
        Ok(log.finish())
    }

    fn entity(&mut self, log: &mut Log<'_>, line: u64, text: &str) -> io::Result<()> {
        if text.trim().is_empty() {
            log.kind("blank");
            return Ok(());
        }
        let Ok(entity) = serde_json::from_str::<Value>(text) else {
            return log.skip(line, "not a JSON object", text.get(..80).unwrap_or(text));
        };
        let schema = entity["schema"].as_str().unwrap_or_default();
        let id = entity["id"].as_str().unwrap_or_default();
        match schema {
            "Position" | "Occupancy" => {
                log.kind(if schema == "Position" { "position" } else { "occupancy" });
                return Ok(());
            }
            "Person" => {}
            _ if BODIES.iter().any(|(body, _)| *body == schema) => {}
            _ => return log.skip(line, "a schema that is no actor", &format!("{schema} {id}")),
        }
        let mut names = texts(&entity, "name").chain(texts(&entity, "alias"));
        let Some(name) = names.clone().find(|name| is_latin(name) && !fold(name).is_empty()) else {
            return log.skip(line, "no name in Latin letters", id);
        };
        if self.context.new_only && self.context.catalog.has_name(name) {
            return log.skip(line, "a name that is known already", name);
        }
        let own_id = format!("ftm.{}", if slug(id).is_empty() { slug(name) } else { slug(id) });
        if !self.seen.insert(own_id.clone()) {
            return log.skip(line, "an identifier that stood before", id);
        }
        let mut keys = BTreeSet::from([fold(name)]);
        let is_new = |other: &&str| !self.context.new_only || !self.context.catalog.has_name(other);
        let aliases: Vec<String> = names
            .by_ref()
            .filter(|other| is_latin(other) && is_new(other) && !fold(other).is_empty() && keys.insert(fold(other)))
            .take(SPELLINGS)
            .map(|other| other.replace('|', " "))
            .collect();
        let topics: Vec<&str> = texts(&entity, "topics").filter_map(|topic| TOPICS.get(topic).copied()).collect();
        let code = ["country", "nationality", "citizenship", "jurisdiction"]
            .iter()
            .find_map(|property| texts(&entity, property).find_map(|country| countries::by_iso2(&country.to_uppercase())));
        let cells = |code: &str, sectors: &str| {
            vec![
                ("id", own_id.clone()),
                ("kind", if schema == "Person" { "person" } else { "body" }.to_owned()),
                ("name", name.replace('|', " ")),
                ("aliases", aliases.join("|")),
                ("code", code.to_owned()),
                ("sectors", sectors.to_owned()),
                ("source", format!("ftm:{id}")),
            ]
        };
        if schema == "Person" {
            return self.person(log, line, &entity, code, &topics, cells);
        }
        let is_igo = topics.contains(&"IGO");
        let Some(code) = (if is_igo { Some("IGO") } else { code }).or((schema == "Company").then_some("MNC")) else {
            self.seen.remove(&own_id);
            return log.skip(line, "no country that has a code here", name);
        };
        let of_schema = BODIES.iter().find(|(body, _)| *body == schema).map_or("", |(_, sector)| sector);
        let sectors = joined(topics.into_iter().filter(|topic| *topic != "IGO"));
        log.kind("body");
        log.row(row(Table::Actors, &cells(code, if sectors.is_empty() { of_schema } else { &sectors })))
    }

    fn person(
        &self,
        log: &mut Log<'_>,
        line: u64,
        entity: &Value,
        nationality: Option<&str>,
        topics: &[&str],
        cells: impl Fn(&str, &str) -> Vec<(&'static str, String)>,
    ) -> io::Result<()> {
        let id = entity["id"].as_str().unwrap_or_default();
        let mut rows = Vec::new();
        for (post, since, until) in self.held.get(id).into_iter().flatten() {
            let Some((office, country)) = self.positions.get(post) else {
                log.part(line, "a position that is not in the file", post)?;
                continue;
            };
            let days = (parse_date(since, false), parse_date(until, true));
            let is_wrong = !since.is_empty() && days.0.is_none()
                || !until.is_empty() && days.1.is_none()
                || matches!(days, (Some(first), Some(last)) if last < first);
            if is_wrong {
                log.part(line, "a malformed date", &format!("{since} to {until}"))?;
                continue;
            }
            let code = countries::by_iso2(&country.to_uppercase()).or(nationality);
            rows.push((code, office.clone(), since.clone(), until.clone()));
        }
        if rows.is_empty() {
            rows = texts(entity, "position")
                .take(1)
                .map(|office| (nationality, office.to_owned(), String::new(), String::new()))
                .collect();
        }
        if rows.is_empty() {
            rows.push((nationality, String::new(), String::new(), String::new()));
        }
        rows.sort_by(|a, b| (&a.2, &a.1).cmp(&(&b.2, &b.1)));
        rows.dedup();
        let mut written = 0;
        for (code, office, since, until) in rows {
            let Some(code) = code else {
                log.part(line, "no country that has a code here", &office)?;
                continue;
            };
            let of_office = self.offices.sectors(&office);
            let sectors =
                if of_office.is_empty() { joined(topics.iter().copied().filter(|t| *t != "IGO")) } else { of_office.to_owned() };
            let mut cells = cells(code, &sectors);
            if written > 0 {
                cells.retain(|(column, _)| *column != "aliases");
            }
            if let Some(nationality) = nationality.filter(|nationality| *nationality != code) {
                cells.push(("country", nationality.to_owned()));
            }
            cells.extend([("office", office), ("since", since), ("until", until)]);
            log.row(row(Table::Actors, &cells))?;
            written += 1;
        }
        if written == 0 {
            return log.skip(line, "no country that has a code here", id);
        }
        log.kind("person");
        Ok(())
    }
}

/// The values of a property that are texts; those that are entities give their identifiers.
fn texts<'v>(entity: &'v Value, property: &str) -> impl Iterator<Item = &'v str> + Clone {
    let values = entity["properties"][property].as_array().map_or(&[][..], Vec::as_slice);
    values.iter().filter_map(|value| value.as_str().or_else(|| value["id"].as_str())).filter(|text| !text.trim().is_empty())
}

/// Sectors without repetition.
fn joined<'s>(cells: impl Iterator<Item = &'s str>) -> String {
    let mut sectors: Vec<&str> = Vec::new();
    for sector in cells.flat_map(|cell| cell.split(' ')) {
        if !sectors.contains(&sector) {
            sectors.push(sector);
        }
    }
    sectors.join(" ")
}
