//! `demarche kb lookup`: everything that a name is known as, and who says so.

use std::io::Write;
use std::path::PathBuf;

use demarche::knowledge::overlay::{Row, Table, csv_header, csv_row};
use demarche::knowledge::{Catalog, Knowledge, Known, Overlay, StateNumbers, Tables, state_numbers};
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::error::{Outcome, UserError};
use crate::output::Output;
use crate::screen::{DIM, NOTE, STRONG, pad};
use crate::{input, tables};

const EXAMPLES: &str = "\
Examples:
  demarche kb lookup Hamas
  demarche kb lookup 'Ban Ki-moon' --on 2010-05-01   the office that he held on that day
  demarche kb lookup Paris --kb mine                 with your own tables, and what they change
  demarche kb lookup Fatah --rows                    rows to copy into actors.csv and change there

Capitals, accents, dots and apostrophes make no difference. Exit status: 0 when the name is known, 1 when it is not.";

/// Shows everything that a name is known as: actors with their roles, agents, places
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The name
    name: String,
    /// Day for which offices are told [default: the latest known]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = input::day)]
    on: Option<Date>,
    /// Own tables of actors and places, as given to `code`
    #[arg(long, value_name = "PATH")]
    kb: Vec<PathBuf>,
    /// Writes JSON
    #[arg(long, conflicts_with = "rows")]
    json: bool,
    /// Writes the rows that say so, as CSV
    #[arg(long)]
    rows: bool,
}

pub(crate) fn run(args: Args) -> Result<Outcome, UserError> {
    let overlays = tables::overlays(&args.kb)?;
    let view = View::new(&overlays)?;
    let known = view.knowledge.resolve_name(&args.name, args.on);
    let mut output = Output::stdout();
    if args.json {
        let value = view.json(&args.name, args.on, &known)?;
        writeln!(output, "{value:#}")?;
    } else if args.rows {
        view.write_rows(&mut output, &args.name, &known)?;
    } else {
        view.write(&mut output, &args.name, args.on)?;
    }
    output.finish()?;
    Ok(if known.is_empty() { Outcome::Unequal } else { Outcome::Done })
}

/// What is known under overlays, and which rows say it.
pub(super) struct View<'o> {
    overlays: &'o [Overlay],
    catalog: Catalog,
    pub(super) knowledge: Knowledge,
}

impl<'o> View<'o> {
    pub(super) fn new(overlays: &'o [Overlay]) -> Result<Self, UserError> {
        let knowledge = Knowledge::with_overlays(&Tables::embedded(), overlays).map_err(tables::unusable)?;
        Ok(Self { overlays, catalog: tables::catalog()?, knowledge })
    }

    /// Writes what a name is known as, and what the overlays changed of it.
    pub(super) fn write(&self, output: &mut Output, name: &str, on: Option<Date>) -> Result<(), UserError> {
        let known = self.knowledge.resolve_name(name, on);
        writeln!(output, "{STRONG}{name}{STRONG:#}")?;
        if known.is_empty() {
            writeln!(output, "  not known; `demarche kb add --help` tells how to add it")?;
        }
        for item in &known {
            for line in self.lines(name, item) {
                writeln!(output, "  {line}")?;
            }
        }
        for item in self.lost(name, on, &known)? {
            writeln!(output, "  {NOTE}without your tables:{NOTE:#} {}", head(&item))?;
        }
        Ok(())
    }

    /// What the name was known as without the overlays and is no longer.
    fn lost(&self, name: &str, on: Option<Date>, known: &[Known]) -> Result<Vec<Known>, UserError> {
        if self.overlays.is_empty() {
            return Ok(vec![]);
        }
        let without = Knowledge::embedded().map_err(tables::unusable)?.resolve_name(name, on);
        Ok(without.into_iter().filter(|item| !known.contains(item)).collect())
    }

    /// The rows that count for something known: those of the highest overlay that has the entry, else those that ship.
    fn rows(&self, name: &str, item: &Known) -> Vec<&Row> {
        let is_meant = |row: &&Row| match item {
            Known::Actor { actor, .. } => {
                let id = actor.identifier_id.as_deref().unwrap_or_default();
                let of_country = id.starts_with("cty.");
                // A country has many rows; those that give it this name are of interest.
                matches!(row.table, Table::Actors | Table::Media) && row.cell("id") == id && (!of_country || is_called(row, name))
            }
            Known::Agent { phrase, .. } => row.table == Table::Agents && is_called(row, phrase),
            Known::Place { place, .. } => {
                let same = match place.geonames {
                    Some(id) => row.cell("geonames") == id.to_string(),
                    None => {
                        row.cell("geonames").is_empty() && is_called(row, &place.name) && row.cell("country") == place.country.0
                    }
                };
                row.table == Table::Places && same
            }
        };
        let own = self.overlays.iter().rev().map(|overlay| overlay.rows().iter().filter(is_meant).collect::<Vec<_>>());
        own.chain([self.catalog.rows().iter().filter(is_meant).collect()]).find(|rows| !rows.is_empty()).unwrap_or_default()
    }

    /// The rows of overlays that give an entry a further spelling.
    fn aliases(&self, name: &str, item: &Known) -> Vec<&Row> {
        let Known::Actor { actor, .. } = item else { return vec![] };
        let id = actor.identifier_id.as_deref().unwrap_or_default();
        let rows = self.overlays.iter().flat_map(Overlay::rows);
        rows.filter(|row| row.table == Table::Aliases && row.cell("id") == id && is_called(row, name)).collect()
    }

    fn lines(&self, name: &str, item: &Known) -> Vec<String> {
        let mut lines = vec![head(item)];
        let rows = self.rows(name, item);
        let is_person = rows.iter().any(|row| row.cell("kind") == "person");
        for row in &rows {
            let dated = !row.cell("since").is_empty() || !row.cell("until").is_empty();
            let term = if is_person || dated {
                let days =
                    if dated { format!("{} \u{2013} {}", row.cell("since"), row.cell("until")) } else { "undated".to_owned() };
                let code = if row.cell("code").is_empty() { row.cell("country") } else { row.cell("code") };
                format!("{}  {} {}  {}  ", pad(&days, 23), code, row.cell("sectors"), row.cell("office"))
            } else {
                String::new()
            };
            lines.push(format!("         {term}{DIM}{}{DIM:#}", source(row)));
        }
        for row in self.aliases(name, item) {
            lines.push(format!("         {DIM}called so by {}{DIM:#}", source(row)));
        }
        if rows.is_empty() {
            let told = match item {
                Known::Place { place, .. } if place.geonames.is_some() => "GeoNames, in the tables that ship",
                Known::Place { .. } => "the tables that ship",
                Known::Agent { .. } => "formed from a portfolio or from a name that several bodies share",
                Known::Actor { .. } => "no row",
            };
            lines.push(format!("         {DIM}{told}{DIM:#}"));
        }
        lines
    }

    fn write_rows(&self, output: &mut Output, name: &str, known: &[Known]) -> Result<(), UserError> {
        let mut rows: Vec<&Row> = known.iter().flat_map(|item| self.rows(name, item)).collect();
        rows.sort_by_key(|row| row.table);
        let mut table = None;
        for row in rows {
            if table != Some(row.table) {
                writeln!(output, "# {}.csv", row.table.name())?;
                write!(output, "{}", csv_header(row.table))?;
                table = Some(row.table);
            }
            write!(output, "{}", csv_row(row))?;
        }
        Ok(())
    }

    fn json(&self, name: &str, on: Option<Date>, known: &[Known]) -> Result<Value, UserError> {
        let lost = self.lost(name, on, known)?;
        Ok(json!({
            "name": name,
            "on": on,
            "known": known.iter().map(|item| self.item(name, item)).collect::<Vec<_>>(),
            "without_overlays": lost.iter().map(value).collect::<Vec<_>>(),
        }))
    }

    fn item(&self, name: &str, item: &Known) -> Value {
        let mut value = value(item);
        let rows = self.rows(name, item).into_iter().chain(self.aliases(name, item));
        let rows: Vec<Value> = rows
            .map(|row| {
                let mut object = serde_json::Map::new();
                object.insert("table".into(), row.table.name().into());
                object.insert("file".into(), row.file.as_ref().into());
                object.insert("line".into(), row.line.into());
                for (column, cell) in row.table.columns().iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty()) {
                    object.insert(column.name.into(), cell.as_str().into());
                }
                object.into()
            })
            .collect();
        value["rows"] = rows.into();
        value
    }
}

/// Whether one of a row's spellings is the name, capitals, accents and dots apart.
fn is_called(row: &Row, name: &str) -> bool {
    row.spellings().any(|spelling| demarche::knowledge::same_name(spelling.trim_start_matches('~'), name))
}

fn source(row: &Row) -> String {
    let source = row.cell("source");
    if source.is_empty() { row.place() } else { format!("{} ({source})", row.place()) }
}

/// The line of something known.
fn head(item: &Known) -> String {
    match item {
        Known::Actor { actor, is_media } => {
            let kind = if *is_media { "outlet " } else { "actor  " };
            let code = actor.code.as_ref().map_or("-", |code| code.0.as_str());
            let sectors: Vec<&str> = actor.sectors.iter().map(|sector| sector.0.as_str()).collect();
            let text = actor.identifier_text.as_deref().unwrap_or_default();
            let office = actor.office.as_ref().map(|office| format!(", {office}")).unwrap_or_default();
            let id = actor.identifier_id.as_deref().unwrap_or_default();
            let numbers = numbers_of(actor).map(|n| format!("  {DIM}COW {}, GW {}{DIM:#}", n.cow, n.gw)).unwrap_or_default();
            format!(
                "{kind}  {STRONG}{}{STRONG:#}  {text}{office}  {DIM}{id}{DIM:#}{numbers}",
                [&[code], sectors.as_slice()].concat().join(" ")
            )
        }
        Known::Agent { kind, phrase, sectors } => {
            let sectors: Vec<&str> = sectors.iter().map(|sector| sector.0.as_str()).collect();
            format!("agent    {STRONG}{}{STRONG:#}  {phrase} ({kind})", sectors.join(" "))
        }
        Known::Place { place, population } => {
            let unit = place.admin1.as_ref().map(|unit| format!(", {unit}")).unwrap_or_default();
            let code = place.unit.as_ref().map(|code| format!(" ({code})")).unwrap_or_default();
            let point = place.point.map(|(lat, lon)| format!("  {lat:.4} {lon:.4}")).unwrap_or_default();
            let people = if *population > 0 { format!("  {population} inhabitants") } else { String::new() };
            let id = place.geonames.map(|id| format!("  {DIM}geonames {id}{DIM:#}")).unwrap_or_default();
            format!("place    {STRONG}{}{STRONG:#}  {}{unit}{code}{point}{people}{id}", place.country.0, place.name)
        }
    }
}

/// The numbers of a country.
fn numbers_of(actor: &demarche::types::Actor) -> Option<StateNumbers> {
    let id = actor.identifier_id.as_deref().filter(|id| id.starts_with("cty."));
    id.and(actor.code.as_ref()).and_then(|code| state_numbers(&code.0))
}

fn value(item: &Known) -> Value {
    match item {
        Known::Actor { actor, is_media } => json!({
            "is": if *is_media { "outlet" } else { "actor" },
            "code": actor.code.as_ref().map(|code| code.0.as_str()),
            "sectors": actor.sectors.iter().map(|sector| sector.0.as_str()).collect::<Vec<_>>(),
            "id": actor.identifier_id.as_deref(),
            "cow": numbers_of(actor).map(|n| n.cow),
            "gw": numbers_of(actor).map(|n| n.gw),
            "name": actor.identifier_text,
            "office": actor.office,
        }),
        Known::Agent { kind, phrase, sectors } => json!({
            "is": "agent",
            "phrase": phrase,
            "kind": kind,
            "sectors": sectors.iter().map(|sector| sector.0.as_str()).collect::<Vec<_>>(),
        }),
        Known::Place { place, population } => json!({
            "is": "place",
            "name": place.name,
            "country": place.country.0.as_str(),
            "unit": place.unit.as_deref(),
            "unit_name": place.admin1,
            "lat": place.point.map(|point| point.0),
            "lon": place.point.map(|point| point.1),
            "geonames": place.geonames,
            "population": population,
        }),
    }
}
