//! `demarche export`: events in the formats that others read.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};

use demarche::record::serde_name;
use demarche::types::Status;
use demarche_corroborate::day_key;
use demarche_export::{Codebook, Document, Exporter, Filter, Format, Manifest, Options, events, export_brat};
use demarche_flows::stored;
use demarche_records::Event;

use crate::error::{Outcome, UserError};
use crate::format::View;
use crate::output::Output;
use crate::screen::{DIM, count};

use super::store::{Place, unusable};

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
    /// Records instead of a store: JSON Lines as `demarche code --format jsonl` writes them
    #[arg(value_name = "FILE.jsonl", conflicts_with = "store", required_unless_present = "store")]
    records: Option<PathBuf>,
    /// The store: a folder, or s3://BUCKET/PREFIX
    #[arg(long, value_name = "DIR")]
    store: Option<String>,
    /// polecat, gdelt, icews, acled-like, csv, jsonl, parquet, gexf, graphml, geojson or brat
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    format: Format,
    /// Folder to write into
    #[arg(long, value_name = "FOLDER")]
    to: PathBuf,
    /// Statuses to take, separated by commas, or all
    #[arg(long, value_delimiter = ',', default_value = "actual", value_name = "STATUS,...")]
    status: Vec<String>,
    /// Which events, as a condition in SQL on the table events
    #[arg(long = "where", value_name = "SQL", requires = "store")]
    condition: Option<String>,
    /// Codebook of event types, in the formats that have them
    #[arg(long, value_enum, default_value_t = View::Plover2)]
    codebook: View,
    /// Of events of one type, dyad, place and day keep the first, as some analyses expect
    #[arg(long)]
    one_a_day: bool,
}

fn format(name: &str) -> Result<Format, String> {
    Format::parse(name)
        .ok_or_else(|| "write polecat, gdelt, icews, acled-like, csv, jsonl, parquet, gexf, graphml, geojson or brat".to_owned())
}

pub(crate) fn run(args: Args) -> Result<Outcome, UserError> {
    let statuses = statuses(&args.status)?;
    let mut options =
        Options { statuses, codebook: codebook(args.codebook), asked: args.condition.clone(), ..Options::new(args.format) };
    if args.one_a_day {
        let mut seen = BTreeSet::new();
        options.filter =
            Some(Filter { name: "one a day".to_owned(), keep: Box::new(move |event: &Event| seen.insert(day_key(event))) });
    }
    let failed = |error: demarche_export::ExportError| UserError::input(error.to_string());
    let manifest = match (&args.records, &args.store) {
        (Some(path), _) if args.format == Format::Brat => {
            let hint = "brat needs the articles' texts: ingest them into a store and export that";
            return Err(UserError::usage(format!("{}: records alone hold no texts", path.display())).hint(hint));
        }
        (Some(path), _) => {
            let file = File::open(path).map_err(|error| UserError::file("read", path, &error))?;
            demarche_export::export(events(BufReader::new(file)), options, &args.to).map_err(failed)?
        }
        (None, Some(store)) => {
            let store = Place::of(store).read()?;
            let condition = args.condition.as_deref();
            if args.format == Format::Brat {
                let documents = stored::documents(&store, condition)
                    .map_err(unusable)?
                    .map(|told| told.map(|(article, text, events)| Document { article, text, events }));
                export_brat(documents, options, &args.to).map_err(failed)?
            } else {
                let mut exporter = Exporter::create(options, &args.to).map_err(failed)?;
                for event in stored::events(&store, condition).map_err(unusable)? {
                    exporter.event(&event.map_err(|error| UserError::input(error.to_string()))?).map_err(failed)?;
                }
                exporter.finish().map_err(failed)?
            }
        }
        (None, None) => return Err(UserError::usage("nothing to export").hint("name a file of records, or --store DIR")),
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

fn statuses(names: &[String]) -> Result<Vec<Status>, UserError> {
    if names.iter().any(|name| name == "all") {
        return Ok(Status::ALL.to_vec());
    }
    let read = |name: &String| {
        Status::ALL.into_iter().find(|status| serde_name(status).as_ref() == Some(name)).ok_or_else(|| {
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
