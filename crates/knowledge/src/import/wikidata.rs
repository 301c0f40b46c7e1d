//! The JSON dump of Wikidata: an array with one entity a line, or entities alone. People who held positions, organisations, names of countries.
//!
//! The dump is read twice: first everything about people and organisations goes to a spool in short form, then the names of the positions that
//! they held are read. Only those are kept in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, Write};
use std::sync::LazyLock;

use serde_json::{Value, json};

use super::offices::Offices;
use super::{Context, Log, Sink, Tally, countries, row};
use crate::base::{country_id, parse_date};
use crate::fold::fold;
use crate::overlay::Table;

const TABLE: &str = include_str!("../../../../data/import/wikidata-classes.tsv");

/// Family and sectors by class, in the order of the table.
static CLASSES: LazyLock<Vec<(&str, &str, &str)>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.filter_map(|row| {
        let mut cells = row.split('\t');
        Some((cells.next()?, cells.next()?, cells.next()?))
    })
    .collect()
});

const HUMAN: &str = "Q5";
const INSTANCE_OF: &str = "P31";
const POSITION_HELD: &str = "P39";
const CITIZENSHIP: &str = "P27";
const COUNTRY: &str = "P17";
const JURISDICTION: &str = "P1001";
const START: &str = "P580";
const END: &str = "P582";

/// The most further spellings of an item.
const SPELLINGS: usize = 30;

/// Reads a dump: [`Importer::first`] and [`Importer::second`] on each file, then [`Importer::finish`] on the spool.
pub struct Importer<'c> {
    context: Context<'c>,
    offices: Offices,
    /// Positions that somebody held: name and code, once they are read.
    positions: BTreeMap<String, Option<(String, String)>>,
    seen: BTreeSet<String>,
}

impl<'c> Importer<'c> {
    /// An importer that has read nothing.
    pub fn new(context: Context<'c>) -> Self {
        let offices = Offices::new(context.catalog);
        Self { context, offices, positions: BTreeMap::new(), seen: BTreeSet::new() }
    }

    /// Reads people, organisations and countries into a spool.
    pub fn first(&mut self, reader: &mut dyn BufRead, spool: &mut dyn Write, sink: &mut dyn Sink) -> io::Result<Tally> {
        let mut log = Log::new(sink);
        log.lines(reader, |log, line, text| self.entity(log, line, text, spool))?;
        Ok(log.finish())
    }

    /// Reads the names of positions.
    pub fn second(&mut self, reader: &mut dyn BufRead) -> io::Result<()> {
        let mut bytes = Vec::new();
        while reader.read_until(b'\n', &mut bytes)? > 0 {
            let text = String::from_utf8_lossy(&bytes);
            // The identifier stands at the beginning: the other lines need no reading.
            let is_wanted = id_at_start(&text).is_none_or(|id| self.positions.contains_key(id));
            if is_wanted && let Ok(entity) = serde_json::from_str::<Value>(bare(&text)) {
                let id = entity["id"].as_str().unwrap_or_default();
                if let (Some(position), Some(name)) = (self.positions.get_mut(id), label(&entity)) {
                    let code = items(&entity, JURISDICTION).chain(items(&entity, COUNTRY)).find_map(countries::by_item);
                    *position = Some((name.to_owned(), code.unwrap_or_default().to_owned()));
                }
            }
            bytes.clear();
        }
        Ok(())
    }

    /// Writes the rows of a spool. Lines are not counted again.
    pub fn finish(&mut self, spool: &mut dyn BufRead, sink: &mut dyn Sink) -> io::Result<Tally> {
        let mut log = Log::new(sink);
        let mut text = String::new();
        while spool.read_line(&mut text)? > 0 {
            if let Ok(short) = serde_json::from_str::<Value>(&text) {
                self.write(&mut log, &short)?;
            }
            text.clear();
        }
        Ok(log.finish())
    }

    fn entity(&mut self, log: &mut Log<'_>, line: u64, text: &str, spool: &mut dyn Write) -> io::Result<()> {
        let content = bare(text);
        if content.is_empty() {
            log.kind(if text.trim().is_empty() { "blank" } else { "bracket" });
            return Ok(());
        }
        let Ok(entity) = serde_json::from_str::<Value>(content) else {
            return log.skip(line, "not a JSON object", content.get(..80).unwrap_or(content));
        };
        let id = entity["id"].as_str().unwrap_or_default();
        let classes: Vec<&str> = items(&entity, INSTANCE_OF).collect();
        let is_human = classes.contains(&HUMAN);
        let class = CLASSES.iter().find(|(class, ..)| classes.contains(class));
        let country = countries::by_item(id);
        if country.is_none() && !is_human && class.is_none() {
            return log.skip(line, "an item of a class that is not taken", id);
        }
        let Some(name) = label(&entity) else { return log.skip(line, "no label in English", id) };
        if country.is_none() && self.context.new_only && self.context.catalog.has_name(name) {
            return log.skip(line, "a name that is known already", &format!("{id} {name}"));
        }
        let mut held = Vec::new();
        if is_human {
            for statement in statements(&entity, POSITION_HELD) {
                let Some(position) = statement["mainsnak"]["datavalue"]["value"]["id"].as_str() else { continue };
                let [since, until] =
                    [START, END].map(|property| time(&statement["qualifiers"][property][0]["datavalue"]["value"]));
                let (Ok(since), Ok(until)) = (since, until) else {
                    log.part(line, "a malformed date", &format!("{id} {position}"))?;
                    continue;
                };
                let days = (parse_date(&since, false), parse_date(&until, true));
                if matches!(days, (Some(first), Some(last)) if last < first) {
                    log.part(line, "a position that ends before it begins", &format!("{id} {position}"))?;
                    continue;
                }
                self.positions.entry(position.to_owned()).or_default();
                held.push(json!([position, since, until]));
            }
            if held.is_empty() {
                return log.skip(line, "a person who held no position", &format!("{id} {name}"));
            }
        }
        let of = items(&entity, if is_human { CITIZENSHIP } else { COUNTRY }).find_map(countries::by_item);
        let family = if country.is_some() {
            "country"
        } else if is_human {
            "person"
        } else {
            class.map_or("", |class| class.1)
        };
        if of.is_none() && matches!(family, "grp" | "bod" | "med") {
            return log.skip(line, "no country that has a code here", &format!("{id} {name}"));
        }
        if !self.seen.insert(id.to_owned()) {
            return log.skip(line, "an identifier that stood before", id);
        }
        let short = json!({
            "line": line,
            "id": id,
            "family": family,
            "name": name,
            "aliases": self.aliases(&entity, name, country.is_some()),
            "code": country.or(of).unwrap_or_default(),
            "sectors": class.map_or("", |class| class.2),
            "held": held,
        });
        writeln!(spool, "{short}")?;
        log.kind(match family {
            "country" => "country",
            "person" => "person",
            _ => "body",
        });
        Ok(())
    }

    fn aliases(&self, entity: &Value, name: &str, is_country: bool) -> Vec<String> {
        let aliases = entity["aliases"]["en"].as_array().map_or(&[][..], Vec::as_slice);
        let mut keys = BTreeSet::from([fold(name)]);
        let is_new = |alias: &&str| !(self.context.new_only || is_country) || !self.context.catalog.has_name(alias);
        let texts = aliases.iter().filter_map(|alias| alias["value"].as_str());
        // Flags and other signs fold to nothing.
        let kept = texts.filter(|alias| is_new(alias) && !fold(alias).is_empty()).filter(|alias| keys.insert(fold(alias)));
        kept.take(SPELLINGS).map(|alias| alias.replace('|', " ")).collect()
    }

    fn write(&self, log: &mut Log<'_>, short: &Value) -> io::Result<()> {
        let text = |field: &str| short[field].as_str().unwrap_or_default();
        let line = short["line"].as_u64().unwrap_or_default();
        let aliases: Vec<&str> = short["aliases"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let cells = |code: &str, sectors: &str, kind: &str| {
            vec![
                ("id", format!("wd.{}", text("id").to_lowercase())),
                ("kind", kind.to_owned()),
                ("name", text("name").replace('|', " ")),
                ("aliases", aliases.join("|")),
                ("code", code.to_owned()),
                ("sectors", sectors.to_owned()),
                ("source", format!("wikidata:{}", text("id"))),
            ]
        };
        match text("family") {
            "country" => {
                let names = std::iter::once(text("name")).chain(aliases.iter().copied());
                for name in names.filter(|name| !self.context.catalog.has_name(name)) {
                    let mut cells = cells(text("code"), "", "country");
                    cells.retain(|(column, _)| !matches!(*column, "aliases" | "name" | "id"));
                    cells.extend([("name", name.to_owned()), ("id", country_id(text("code")))]);
                    log.row(row(Table::Actors, &cells))?;
                }
                Ok(())
            }
            "person" => self.write_person(log, line, short, cells),
            "com" => log.row(row(Table::Actors, &cells("MNC", text("sectors"), "body"))),
            "org" => {
                let code = if text("sectors") == "NGO" { "NGO" } else { "IGO" };
                log.row(row(Table::Actors, &cells(code, text("sectors"), "body")))
            }
            "med" => log.row(row(Table::Media, &cells(text("code"), text("sectors"), ""))),
            _ => log.row(row(Table::Actors, &cells(text("code"), text("sectors"), "body"))),
        }
    }

    fn write_person(
        &self,
        log: &mut Log<'_>,
        line: u64,
        short: &Value,
        cells: impl Fn(&str, &str, &str) -> Vec<(&'static str, String)>,
    ) -> io::Result<()> {
        let country = short["code"].as_str().unwrap_or_default();
        let mut rows = Vec::new();
        for held in short["held"].as_array().into_iter().flatten() {
            let [position, since, until] = [0, 1, 2].map(|nth| held[nth].as_str().unwrap_or_default());
            let Some(Some((office, of))) = self.positions.get(position) else {
                log.part(line, "a position without a label in English", position)?;
                continue;
            };
            let code = if of.is_empty() { country } else { of };
            if code.is_empty() {
                log.part(line, "no country that has a code here", office)?;
                continue;
            }
            rows.push((since, until, office.as_str(), code));
        }
        rows.sort_unstable();
        rows.dedup();
        for (nth, (since, until, office, code)) in rows.into_iter().enumerate() {
            let mut cells = cells(code, self.offices.sectors(office), "person");
            if nth > 0 {
                cells.retain(|(column, _)| *column != "aliases");
            }
            if !country.is_empty() && country != code {
                cells.push(("country", country.to_owned()));
            }
            cells.extend([("office", capital(office)), ("since", since.to_owned()), ("until", until.to_owned())]);
            log.row(row(Table::Actors, &cells))?;
        }
        Ok(())
    }
}

/// The JSON of a line, without the array's brackets and commas.
fn bare(text: &str) -> &str {
    let text = text.trim().trim_end_matches(',');
    if matches!(text, "[" | "]") { "" } else { text }
}

/// The identifier, where it stands at the beginning of a line as in the dumps.
fn id_at_start(text: &str) -> Option<&str> {
    let head = text.get(..80).unwrap_or(text);
    let at = head.find("\"id\":\"")? + 6;
    let length = head[at..].find('"')?;
    Some(&text[at..at + length])
}

fn label(entity: &Value) -> Option<&str> {
    let label = entity["labels"]["en"]["value"].as_str().or_else(|| entity["labels"]["mul"]["value"].as_str());
    label.filter(|label| !fold(label).is_empty())
}

/// The statements of a property, those that are preferred first; those that are deprecated are left out.
fn statements<'v>(entity: &'v Value, property: &str) -> impl Iterator<Item = &'v Value> {
    let all = entity["claims"][property].as_array().map_or(&[][..], Vec::as_slice);
    let of_rank =
        move |rank: &'static str| all.iter().filter(move |statement| statement["rank"].as_str().unwrap_or("normal") == rank);
    of_rank("preferred").chain(of_rank("normal"))
}

/// The items that a property names.
fn items<'v>(entity: &'v Value, property: &str) -> impl Iterator<Item = &'v str> {
    statements(entity, property).filter_map(|statement| statement["mainsnak"]["datavalue"]["value"]["id"].as_str())
}

/// A time as a day, month or year, as precise as it is; empty for none. Times before our era and other forms are an error.
fn time(value: &Value) -> Result<String, ()> {
    let Some(text) = value["time"].as_str() else { return Ok(String::new()) };
    let length = match value["precision"].as_u64() {
        Some(11) => 10,
        Some(10) => 7,
        Some(9) => 4,
        // Decades and centuries bound nothing.
        _ => return Ok(String::new()),
    };
    let date = text.strip_prefix('+').and_then(|text| text.get(..length)).ok_or(())?;
    parse_date(date, false).map(|_| date.to_owned()).ok_or(())
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
