//! `demarche export`: events in the formats that others read.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};

use demarche::types::Status;
use demarche_corroborate::day_key;
use demarche_export::{Codebook, Filter, Format, Manifest, Options, events};
use demarche_records::Event;

use crate::error::{Outcome, UserError};
use crate::format::View;
use crate::output::Output;
use crate::screen::{DIM, count};

const EXAMPLES: &str = "\
Examples:
  demarche code news/ --format jsonl -o events.jsonl
  demarche export events.jsonl --format polecat --to out/
  demarche export events.jsonl --format gdelt --to out/ --status actual,historical

Each export has a manifest with counts, hashes and a citation. docs/exports.md tells what fills which column.";

/// Writes events as POLECAT, GDELT, ICEWS, an ACLED-like table, CSV, JSON Lines, Parquet, GEXF, GraphML or GeoJSON
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Events as `demarche code --format jsonl` writes them
    #[arg(value_name = "FILE.jsonl")]
    records: PathBuf,
    /// polecat, gdelt, icews, acled-like, csv, jsonl, parquet, gexf, graphml or geojson
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    format: Format,
    /// Folder to write into
    #[arg(long, value_name = "FOLDER")]
    to: PathBuf,
    /// Statuses to take, separated by commas, or all
    #[arg(long, value_delimiter = ',', default_value = "actual", value_name = "STATUS,...")]
    status: Vec<String>,
    /// Codebook of event types, in the formats that have them
    #[arg(long, value_enum, default_value_t = View::Plover2)]
    codebook: View,
    /// Of events of one type, dyad, place and day keep the first, as some analyses expect
    #[arg(long)]
    one_a_day: bool,
}

fn format(name: &str) -> Result<Format, String> {
    Format::parse(name)
        .ok_or_else(|| "write polecat, gdelt, icews, acled-like, csv, jsonl, parquet, gexf, graphml or geojson".to_owned())
}

pub(crate) fn run(args: Args) -> Result<Outcome, UserError> {
    if args.format == Format::Brat {
        let hint = "the crate `export` writes brat from articles and their events (docs/exports.md)";
        return Err(UserError::usage("brat needs the articles' texts, which records do not hold").hint(hint));
    }
    let statuses = statuses(&args.status)?;
    let mut options = Options { statuses, codebook: codebook(args.codebook), ..Options::new(args.format) };
    if args.one_a_day {
        let mut seen = BTreeSet::new();
        let keep = Box::new(move |event: &Event| seen.insert(day_key(event)));
        options.filter = Some(Filter { name: "one a day".to_owned(), keep });
    }
    let path = &args.records;
    let file = File::open(path).map_err(|error| UserError::file("read", path, &error))?;
    let hint = "give events alone, as `demarche code PATH --format jsonl -o events.jsonl` writes them";
    let manifest = demarche_export::export(events(BufReader::new(file)), options, &args.to)
        .map_err(|error| UserError::input(format!("{}: cannot be exported", path.display())).because_of(&error).hint(hint))?;
    tell(&manifest, &args.to)?;
    Ok(Outcome::Done)
}

fn codebook(view: View) -> Codebook {
    match view {
        View::Plover2 => Codebook::Plover2,
        View::Plover2016 => Codebook::Plover2016,
        View::Cameo => Codebook::Cameo,
    }
}

fn statuses(names: &[String]) -> Result<Vec<Status>, UserError> {
    if names.iter().any(|name| name == "all") {
        return Ok(Status::ALL.to_vec());
    }
    let read = |name: &String| {
        Status::ALL.into_iter().find(|status| status.name() == name).ok_or_else(|| {
            UserError::usage(format!("--status: there is no status {name}"))
                .hint("write actual, historical, future, hypothetical, negated, or all")
        })
    };
    names.iter().map(read).collect()
}

fn tell(manifest: &Manifest, folder: &Path) -> Result<(), UserError> {
    let mut out = Output::stdout();
    for file in &manifest.files {
        writeln!(out, "{}  {}, {} bytes", folder.join(&file.name).display(), count(file.rows as usize, "row"), file.bytes)?;
    }
    let left: Vec<String> = manifest.events.left_out.iter().map(|(why, n)| format!("{n} {why}")).collect();
    if !left.is_empty() {
        writeln!(out, "{DIM}left out: {}{DIM:#}", left.join(", "))?;
    }
    out.finish()
}
