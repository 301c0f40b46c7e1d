//! `demarche kb diff`: what differs between tables, row by row and cell by cell.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use demarche::knowledge::overlay::{Row, Table};
use demarche::knowledge::{Catalog, Knowledge, Known};

use crate::error::{Outcome, UserError};
use crate::output::Output;
use crate::screen::{BAD, DIM, NOTE, STRONG, count};
use crate::tables;

const EXAMPLES: &str = "\
Examples:
  demarche kb diff mine                         what a folder adds to and changes of what ships
  demarche kb diff mine theirs                  two folders
  demarche kb diff mine/actors.csv old/actors.csv

Rows that only the first has are removed, rows that only the second has are added. Of what ships, only the entries that the
tables replace are compared.";

/// Compares two sets of tables, or one with what ships
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Folder of tables, or one table
    first: PathBuf,
    /// Another; without it, the first is compared with what ships
    second: Option<PathBuf>,
}

pub(crate) fn run(args: Args) -> Result<Outcome, UserError> {
    let below = tables::catalog()?;
    let first = rows(&args.first, &below)?;
    let (old, new) = match &args.second {
        Some(second) => (first, rows(second, &below)?),
        None => (shipped(&first, &below)?, first),
    };
    let mut output = Output::stdout();
    let (old, new) = (by_entry(&old), by_entry(&new));
    let mut keys: Vec<&Key> = old.keys().chain(new.keys()).collect();
    keys.sort();
    keys.dedup();
    let (mut added, mut removed, mut changed) = (0, 0, 0);
    for key in keys {
        let (gone, come) = unequal(old.get(key).map_or(&[][..], Vec::as_slice), new.get(key).map_or(&[][..], Vec::as_slice));
        for pair in 0..gone.len().max(come.len()) {
            match (gone.get(pair), come.get(pair)) {
                (Some(old), Some(new)) => {
                    changed += 1;
                    writeln!(output, "{NOTE}changed{NOTE:#}  {}", title(new))?;
                    for (nth, column) in new.table.columns().iter().enumerate() {
                        let (old, new) = (&old.cells[nth], &new.cells[nth]);
                        if old != new {
                            writeln!(output, "         {}: {DIM}{}{DIM:#} \u{2192} {}", column.name, shown(old), shown(new))?;
                        }
                    }
                }
                (None, Some(new)) => {
                    added += 1;
                    writeln!(output, "{STRONG}added{STRONG:#}    {}", title(new))?;
                    writeln!(output, "         {}", cells(new))?;
                }
                (Some(old), None) => {
                    removed += 1;
                    writeln!(output, "{BAD}removed{BAD:#}  {}", title(old))?;
                    writeln!(output, "         {}", cells(old))?;
                }
                (None, None) => {}
            }
        }
    }
    writeln!(output, "{} added, {removed} removed, {changed} changed", count(added, "row"))?;
    output.finish()?;
    Ok(Outcome::Done)
}

fn rows(path: &Path, below: &Catalog) -> Result<Vec<Row>, UserError> {
    let overlay = tables::read(path, below)?.map_err(|faults| tables::faulty(path, &faults))?;
    Ok(overlay.rows().to_vec())
}

/// What ships of the entries that some rows have.
fn shipped(rows: &[Row], below: &Catalog) -> Result<Vec<Row>, UserError> {
    let keys: BTreeMap<Key, ()> = rows.iter().map(|row| (key(row), ())).collect();
    let mut shipped: Vec<Row> = below.rows().iter().filter(|row| keys.contains_key(&key(row))).cloned().collect();
    let places: Vec<&Row> = rows.iter().filter(|row| row.table == Table::Places && !row.cell("geonames").is_empty()).collect();
    if !places.is_empty() {
        let knowledge = Knowledge::embedded().map_err(tables::unusable)?;
        shipped.extend(places.into_iter().filter_map(|row| place(&knowledge, row)));
    }
    Ok(shipped)
}

/// The place that ships with the GeoNames identifier of a row, as far as a name of the row leads to it.
fn place(knowledge: &Knowledge, row: &Row) -> Option<Row> {
    let id: u32 = row.cell("geonames").parse().ok()?;
    let known = row.spellings().flat_map(|name| knowledge.resolve_name(name, None));
    known.into_iter().find_map(|known| match known {
        Known::Place { place, population } if place.geonames == Some(id) => {
            let degrees = |of: fn((f64, f64)) -> f64| place.point.map(|point| of(point).to_string()).unwrap_or_default();
            let cells = [
                ("name", place.name.clone()),
                ("country", place.country.0.to_string()),
                ("unit", place.unit.as_deref().unwrap_or_default().to_owned()),
                ("lat", degrees(|point| point.0)),
                ("lon", degrees(|point| point.1)),
                ("geonames", id.to_string()),
                ("population", if population == 0 { String::new() } else { population.to_string() }),
                ("kind", row.cell("kind").to_owned()),
                // Spellings of what ships are not told.
                ("aliases", row.cell("aliases").to_owned()),
                ("source", "geonames".to_owned()),
            ];
            let cells: Vec<(&str, &str)> = cells.iter().map(|(column, cell)| (*column, cell.as_str())).collect();
            Some(Row { file: "what ships".into(), ..Row::new(Table::Places, &cells) })
        }
        _ => None,
    })
}

/// What makes rows ones of the same entry.
type Key = (Table, Vec<String>);

fn key(row: &Row) -> Key {
    let of_country = row.cell("id").starts_with("cty.");
    let columns: &[&str] = match row.table {
        Table::Actors if of_country => &["id", "kind", "name"],
        Table::Actors | Table::Media => &["id"],
        Table::Agents => &["phrase"],
        Table::Places if !row.cell("geonames").is_empty() => &["geonames"],
        Table::Places => &["name", "country", "unit"],
        Table::Aliases => &["id", "alias"],
        Table::Removals => &["table", "id", "alias"],
    };
    (row.table, columns.iter().map(|column| row.cell(column).to_owned()).collect())
}

fn by_entry(rows: &[Row]) -> BTreeMap<Key, Vec<&Row>> {
    let mut entries: BTreeMap<Key, Vec<&Row>> = BTreeMap::new();
    rows.iter().for_each(|row| entries.entry(key(row)).or_default().push(row));
    entries
}

/// The rows of one entry that are not the same in both.
fn unequal<'r>(old: &[&'r Row], new: &[&'r Row]) -> (Vec<&'r Row>, Vec<&'r Row>) {
    let lacks = |rows: &[&Row], row: &Row| !rows.iter().any(|other| other.cells == row.cells);
    let gone = old.iter().filter(|row| lacks(new, row)).copied().collect();
    let come = new.iter().filter(|row| lacks(old, row)).copied().collect();
    (gone, come)
}

fn title(row: &Row) -> String {
    let (_, key) = key(row);
    let key: Vec<&str> = key.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
    format!("{} {STRONG}{}{STRONG:#}  {DIM}{}{DIM:#}", row.table.name(), key.join(" "), row.place())
}

fn cells(row: &Row) -> String {
    let told = row.table.columns().iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty());
    told.map(|(column, cell)| format!("{}: {cell}", column.name)).collect::<Vec<_>>().join("; ")
}

fn shown(cell: &str) -> &str {
    if cell.is_empty() { "(empty)" } else { cell }
}
