//! `demarche query`: questions in SQL.

use std::path::PathBuf;
use std::sync::Arc;

use demarche_flows::functions;
use demarche_store::{Format, write_answer};

use crate::error::{Outcome, UserError};
use crate::output::Output;
use crate::pipeline::Options;
use crate::screen;

use super::{Place, unusable};

const EXAMPLES: &str = "\
Examples:
  demarche query \"SHOW TABLES\" --store news.store
  demarche query \"SELECT event, count(*) AS n FROM events WHERE status = 'actual' GROUP BY event ORDER BY n DESC\" --store news.store
  demarche query \"SELECT date, event, recipient1_code, text FROM events WHERE actor1_code = 'KEN' ORDER BY date\" --store news.store --format csv -o kenya.csv
  demarche query \"SELECT date, text FROM events WHERE place_country = 'KEN' AND date >= DATE '2025-01-01'\" --store news.store

  demarche query \"SELECT resolve_actor('Kenyan police')['code']\" --store news.store
  demarche query \"SELECT e['event'], e['actor'] FROM (SELECT unnest(code_events(title)) AS e FROM articles)\" --store news.store

The SQL is that of DataFusion, close to PostgreSQL's. Days are written DATE '2025-01-31'. Only questions are answered: nothing can be changed.";

/// Asks a store in SQL
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The question; `SHOW TABLES` and `DESCRIBE events` tell what can be asked
    sql: String,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    options: Options,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,
    /// File to write to, instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Form {
    Table,
    Csv,
    Jsonl,
    Parquet,
}

pub(crate) fn run(args: Args) -> Result<Outcome, UserError> {
    let store = args.place.read()?;
    let mut output = match (args.format, args.output.as_deref()) {
        (Form::Parquet, Some(path)) => Output::bytes(path)?,
        (Form::Parquet, None) => {
            return Err(UserError::usage("Parquet is no text for the screen or a pipe").hint("name a file with -o FILE"));
        }
        (_, path) => Output::open(path)?,
    };
    let format = match args.format {
        Form::Table => Format::Table { width: if output.to_terminal() { screen::width(true) } else { 0 } },
        Form::Csv => Format::Csv,
        Form::Jsonl => Format::Jsonl,
        Form::Parquet => Format::Parquet,
    };
    let asks = functions::NAMES.iter().any(|name| args.sql.to_lowercase().contains(name));
    let own = if asks { functions::functions(&Arc::new(args.options.pipeline()?)) } else { vec![] };
    let answer = store.query(&args.sql, &own).map_err(unusable)?;
    let told = write_answer(answer, format, output.raw()).map_err(unusable)?;
    output.finish()?;
    if told.cut {
        crate::error::warn(&["what ends in … was cut; --format csv or jsonl has all of it".to_owned()]);
    }
    Ok(Outcome::Done)
}
