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
  demarche export --store news.store --format polecat --to out/
  demarche export --store news.store --format gdelt --to out/ --where \"date >= '2025-01-01' AND place_country = 'KEN'\"
  demarche export events.jsonl --format icews --to out/        of what `demarche code --format jsonl` wrote

Each export has a manifest with counts, hashes, the question asked, and a citation. docs/exports.md tells what fills which column.";

/// Writes events as POLECAT, GDELT, ICEWS, an ACLED-like table, CSV, JSON Lines, Parquet, GEXF, GraphML, GeoJSON or brat
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Events instead of a store, as `demarche code --format jsonl` writes them
    #[arg(value_name = "FILE.jsonl", conflicts_with = "store")]
    records: Option<PathBuf>,
    /// The store: a folder, or s3://BUCKET/PREFIX [env: DEMARCHE_STORE]
    #[arg(long, value_name = "DIR")]
    store: Option<String>,
    /// Which events, as a condition in SQL on the table events
    #[arg(long = "where", value_name = "SQL", conflicts_with = "records")]
    pub(super) condition: Option<String>,
    /// polecat, gdelt, icews, acled-like, csv, jsonl, parquet, gexf, graphml, geojson or brat
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    pub(super) format: Format,
    /// Folder to write into
    #[arg(long, value_name = "FOLDER")]
    pub(super) to: PathBuf,
    /// Statuses to take, separated by commas, or all
    #[arg(long, value_delimiter = ',', default_value = "actual", value_name = "STATUS,...")]
    status: Vec<String>,
    /// Codebook of event types, in the formats that have them
    #[arg(long, value_enum, default_value_t = View::Plover2)]
    codebook: View,
    /// Of events of one type, dyad, place and day keep the first, as some analyses expect
    #[arg(long)]
    pub(super) one_a_day: bool,
    /// Of the reports that `demarche corroborate` joined keep the first: one row an event of the world
    #[arg(long, conflicts_with_all = ["one_a_day", "records"])]
    pub(super) joined: bool,
}

fn format(name: &str) -> Result<Format, String> {
    Format::parse(name)
        .ok_or_else(|| "write polecat, gdelt, icews, acled-like, csv, jsonl, parquet, gexf, graphml, geojson or brat".to_owned())
}

pub(crate) fn run(args: Args) -> Result<Outcome, UserError> {
    if args.joined && args.format == Format::Gdelt {
        return Err(UserError::usage("GDELT's Events and Mentions are joined already").hint("leave --joined out"));
    }
    if args.codebook != View::Plover2 && !args.format.has_codebook() {
        let hint = "--codebook is for csv, parquet, gexf, graphml, geojson and brat";
        return Err(UserError::usage(format!("{} has a codebook of its own", args.format.name())).hint(hint));
    }
    let statuses = statuses(&args.status)?;
    let asked = args.condition.clone();
    let mut options = Options { statuses, asked, codebook: codebook(args.codebook), ..Options::new(args.format) };
    if args.one_a_day {
        let mut seen = BTreeSet::new();
        let keep = Box::new(move |event: &Event| seen.insert(day_key(event)));
        options.filter = Some(Filter { name: "one a day".to_owned(), keep });
    }
    let store = args.store.clone().or_else(|| std::env::var("DEMARCHE_STORE").ok());
    let manifest = match (&args.records, &store) {
        (Some(path), _) => of_records(path, options, &args.to)?,
        (None, Some(store)) => of_a_store(store, &args, options)?,
        (None, None) => return Err(UserError::usage("nothing to export").hint("name a file of events, or --store DIR")),
    };
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

pub(super) fn statuses(names: &[String]) -> Result<Vec<Status>, UserError> {
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

/// Exports a file of events.
fn of_records(path: &Path, options: Options<'_>, folder: &Path) -> Result<Manifest, UserError> {
    if options.format == Format::Brat {
        return Err(UserError::usage(format!("{}: brat needs the articles' texts, which records do not hold", path.display()))
            .hint("take the articles into a store (`demarche ingest`) and export that"));
    }
    let file = File::open(path).map_err(|error| UserError::file("read", path, &error))?;
    let hint = "give events alone, as `demarche code PATH --format jsonl -o events.jsonl` writes them";
    demarche_export::export(events(BufReader::new(file)), options, folder)
        .map_err(|error| UserError::input(format!("{}: cannot be exported", path.display())).because_of(&error).hint(hint))
}

#[cfg(feature = "store")]
use super::store::export as of_a_store;

/// This build has no stores.
#[cfg(not(feature = "store"))]
fn of_a_store(name: &str, _: &Args, _: Options<'_>) -> Result<Manifest, UserError> {
    Err(UserError::usage(format!("{name}: this program was built without stores")).hint("build it with its default features"))
}

/// Tells which files were written.
pub(crate) fn tell(manifest: &Manifest, folder: &Path) -> Result<(), UserError> {
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
