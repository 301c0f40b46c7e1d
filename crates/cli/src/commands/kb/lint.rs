//! `demarche kb lint`: every fault of tables, at once.

use std::io::Write;
use std::path::PathBuf;

use demarche::knowledge::Tables;

use crate::error::{Outcome, UserError};
use crate::output::Output;
use crate::screen::{BAD, DIM, STRONG, count};
use crate::tables;

const EXAMPLES: &str = "\
Examples:
  demarche kb lint mine                         a folder of tables
  demarche kb lint mine/places.csv              one table
  demarche kb lint team --kb mine               tables that build on others
  demarche kb lint                              the tables that ship with the program

Exit status: 0 when nothing is wrong, 1 when something is.";

/// Checks tables of actors and places, and lists every fault with its place
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Folder of tables, or one table [default: the tables that ship]
    path: Option<PathBuf>,
    /// Tables that these lie upon
    #[arg(long, value_name = "PATH", requires = "path")]
    kb: Vec<PathBuf>,
}

pub(crate) fn run(args: Args) -> Result<Outcome, UserError> {
    let mut output = Output::stdout();
    let found = match &args.path {
        None => {
            let found = demarche::knowledge::lint(&Tables::embedded());
            for fault in &found {
                writeln!(output, "{BAD}{fault}{BAD:#}\n  {DIM}next:{DIM:#} correct the row in data/ and build anew")?;
            }
            found.len()
        }
        Some(path) => {
            let below = tables::catalog()?.with(&tables::overlays(&args.kb)?);
            let faults = tables::read(path, &below)?.err().unwrap_or_default();
            for fault in &faults {
                writeln!(output, "{BAD}{}{BAD:#} {STRONG}{}{STRONG:#}", fault.place(), fault.message)?;
                writeln!(output, "  {DIM}next:{DIM:#} {}", fault.next)?;
            }
            faults.len()
        }
    };
    writeln!(output, "{}", if found == 0 { "no faults".to_owned() } else { count(found, "fault") })?;
    output.finish()?;
    Ok(if found == 0 { Outcome::Done } else { Outcome::Unequal })
}
