//! `demarche kb add`: appends a checked row to the user's tables.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use demarche::knowledge::Overlay;
use demarche::knowledge::overlay::{Row, Table, csv_header, csv_line, csv_row};

use super::lookup::View;
use crate::error::{Outcome, UserError};
use crate::output::Output;
use crate::tables;

const EXAMPLES: &str = "\
Examples:
  demarche kb add --kb mine actor 'Tin Front' --code BOL --sectors REB --alias TFB
  demarche kb add --kb mine actor 'Ana Quispe' --code PER --sectors GOV --office 'Foreign Minister' --since 2024-03 --until 2025
  demarche kb add --kb mine place 'Camp Alba' --country IRQ --lat 36.19 --lon 44.01 --kind point
  demarche kb add --kb mine agent 'coca grower' --sectors AGR
  demarche kb add --kb mine alias grp.hamas 'Movement of the Green Flags'
  demarche kb add --kb mine removal --table actors --alias Jordan

The folder and its tables are made when they are not there. Nothing is written when the row is faulty.";

/// Adds an actor, a place or an agent to your own tables, and shows what its name now means
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Folder of your own tables
    #[arg(long, value_name = "FOLDER")]
    kb: PathBuf,
    /// Where the row comes from
    #[arg(long, global = true, value_name = "WORDS", default_value = "", hide_default_value = true)]
    source: String,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// A body, group or person, or a name of a country
    Actor {
        /// The name as it is printed
        name: String,
        /// ISO 3166 alpha-3 code, or UNO EUR IGO NGO ISM IMG MNC
        #[arg(long)]
        code: String,
        /// PLOVER sectors, the main one first, separated by commas or spaces
        #[arg(long, default_value = "", hide_default_value = true)]
        sectors: String,
        /// Another spelling; may be given several times
        #[arg(long, value_name = "NAME")]
        alias: Vec<String>,
        /// body, person, country, adjective, people, capital, metonym or region [default: person with --office, else body]
        #[arg(long, default_value = "", hide_default_value = true)]
        kind: String,
        /// Identifier; that of an entry that ships puts the row in its place
        #[arg(long, default_value = "", hide_default_value = true)]
        id: String,
        /// Nationality of a person, where it is not the code
        #[arg(long, value_name = "CODE", default_value = "", hide_default_value = true)]
        country: String,
        /// Office of a person
        #[arg(long, default_value = "", hide_default_value = true)]
        office: String,
        /// First day, month or year
        #[arg(long, value_name = "DATE", default_value = "", hide_default_value = true)]
        since: String,
        /// Last day, month or year
        #[arg(long, value_name = "DATE", default_value = "", hide_default_value = true)]
        until: String,
    },
    /// A town, point or unit
    Place {
        /// The name as it is printed
        name: String,
        /// ISO 3166 alpha-3 code
        #[arg(long, value_name = "CODE")]
        country: String,
        /// Degrees north
        #[arg(long, value_name = "DEGREES", default_value = "", hide_default_value = true, allow_hyphen_values = true)]
        lat: String,
        /// Degrees east
        #[arg(long, value_name = "DEGREES", default_value = "", hide_default_value = true, allow_hyphen_values = true)]
        lon: String,
        /// Another spelling; may be given several times
        #[arg(long, value_name = "NAME")]
        alias: Vec<String>,
        /// Code of the unit that it lies in, such as UA.14; of a unit, its own
        #[arg(long, value_name = "CODE", default_value = "", hide_default_value = true)]
        unit: String,
        /// GeoNames identifier; that of a place that ships puts the row in its place
        #[arg(long, value_name = "ID", default_value = "", hide_default_value = true)]
        geonames: String,
        /// Inhabitants
        #[arg(long, value_name = "N", default_value = "", hide_default_value = true)]
        population: String,
        /// city, capital, point or unit [default: city]
        #[arg(long, default_value = "", hide_default_value = true)]
        kind: String,
    },
    /// What somebody is, to be composed with a country or a body
    Agent {
        /// The phrase, in the singular
        phrase: String,
        /// PLOVER sectors, the main one first, separated by commas or spaces
        #[arg(long, default_value = "", hide_default_value = true)]
        sectors: String,
        /// group, office, institution, role, envoy or portfolio [default: group]
        #[arg(long, default_value = "", hide_default_value = true)]
        kind: String,
    },
    /// A further spelling of an actor or outlet that is known already
    Alias {
        /// Its identifier, as `kb lookup` shows it
        id: String,
        /// The spelling
        alias: String,
    },
    /// An entry or a spelling that no longer counts
    Removal {
        /// actors, media, agents or places
        #[arg(long)]
        table: String,
        /// Identifier of what goes
        #[arg(long, default_value = "", hide_default_value = true)]
        id: String,
        /// Spelling or phrase that goes
        #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
        alias: String,
    },
}

pub(crate) fn run(args: Args) -> Result<Outcome, UserError> {
    let mut row = args.what.row();
    row.set("source", &args.source);
    let below = tables::catalog()?;
    let old = if args.kb.exists() && fs::read_dir(&args.kb).is_ok_and(|mut entries| entries.next().is_some()) {
        tables::read(&args.kb, &below)?.map_err(|faults| tables::faulty(&args.kb, &faults))?
    } else {
        Overlay::default()
    };
    let path = args.kb.join(format!("{}.csv", row.table.name()));
    let text = appended(&path, &row)?;
    let own: Row = Row { file: "the new row".into(), ..row };
    let rows: Vec<Row> = old.rows().iter().cloned().chain([own]).collect();
    let overlay = Overlay::of_rows(rows, &below).map_err(|faults| {
        let error = UserError::input("the row cannot be added; nothing was written");
        let told = |fault: &demarche::knowledge::overlay::Fault| match &fault.column {
            Some(column) => format!("{column}: {}; {}", fault.message, fault.next),
            None => format!("{}; {}", fault.message, fault.next),
        };
        faults.iter().fold(error, |error, fault| error.because(told(fault))).hint("`demarche kb add --help` shows examples")
    })?;
    let written = |error| UserError::file("written", &path, &error);
    fs::create_dir_all(&args.kb).map_err(written)?;
    fs::write(&path, text).map_err(written)?;
    let mut output = Output::stdout();
    let name = args.what.name();
    writeln!(output, "added to {}", path.display())?;
    if !name.is_empty() {
        let overlays = tables::overlays(std::slice::from_ref(&args.kb)).unwrap_or_else(|_| vec![overlay]);
        View::new(&overlays)?.write(&mut output, name, None)?;
    }
    output.finish()?;
    Ok(Outcome::Done)
}

/// The content of a table with the row at its end, in the columns that the table has.
fn appended(path: &Path, row: &Row) -> Result<String, UserError> {
    if !path.exists() {
        return Ok(csv_header(row.table) + &csv_row(row));
    }
    let mut text = crate::input::text(path)?;
    let content = text.trim_start_matches('\u{feff}');
    let head = content.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#')).unwrap_or_default().to_owned();
    let separator = if !head.contains(',') && head.contains(';') { ';' } else { ',' };
    let columns: Vec<String> = head.split(separator).map(|name| name.trim().trim_matches('"').to_lowercase()).collect();
    let lost = row.table.columns().iter().find(|c| !row.cell(c.name).is_empty() && !columns.iter().any(|name| name == c.name));
    if let Some(column) = lost {
        return Err(UserError::input(format!("{}: has no column {}", path.display(), column.name))
            .hint(format!("add {separator}{} to the end of its first line", column.name)));
    }
    if !text.ends_with('\n') {
        text.push('\n');
    }
    Ok(text + &csv_line(columns.iter().map(|column| row.cell(column)), separator as u8))
}

impl What {
    fn row(&self) -> Row {
        let sectors = |cell: &str| cell.replace(',', " ").to_uppercase();
        match self {
            Self::Actor { name, code, sectors: cell, alias, kind, id, country, office, since, until } => Row::new(
                Table::Actors,
                &[
                    ("id", id),
                    ("kind", kind),
                    ("name", name),
                    ("aliases", &alias.join("|")),
                    ("code", code),
                    ("sectors", &sectors(cell)),
                    ("country", country),
                    ("office", office),
                    ("since", since),
                    ("until", until),
                ],
            ),
            Self::Place { name, country, lat, lon, alias, unit, geonames, population, kind } => Row::new(
                Table::Places,
                &[
                    ("name", name),
                    ("aliases", &alias.join("|")),
                    ("country", country),
                    ("unit", unit),
                    ("lat", lat),
                    ("lon", lon),
                    ("geonames", geonames),
                    ("population", population),
                    ("kind", kind),
                ],
            ),
            Self::Agent { phrase, sectors: cell, kind } => {
                Row::new(Table::Agents, &[("phrase", &phrase.to_lowercase()), ("sectors", &sectors(cell)), ("kind", kind)])
            }
            Self::Alias { id, alias } => Row::new(Table::Aliases, &[("id", id), ("alias", alias)]),
            Self::Removal { table, id, alias } => Row::new(Table::Removals, &[("table", table), ("id", id), ("alias", alias)]),
        }
    }

    /// The name that is looked up once the row is there.
    fn name(&self) -> &str {
        match self {
            Self::Actor { name, .. } | Self::Place { name, .. } => name,
            Self::Agent { phrase, .. } => phrase,
            Self::Alias { alias, .. } | Self::Removal { alias, .. } => alias,
        }
    }
}
