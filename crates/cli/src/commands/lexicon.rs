//! `demarche lexicon`: the trigger lexicon.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use demarche::coding::Example;
use demarche::coding::lexicon::Entry;
use demarche::{Pipeline, Worker};

use crate::error::{Outcome, UserError};
use crate::output::Output;
use crate::pipeline::with_rows;
use crate::screen::{BAD, DIM, STRONG, count};

const EXAMPLES: &str = "\
Examples:
  demarche lexicon check                        runs the example of every row
  demarche lexicon check --only accuse          rows whose id begins with these words
  demarche lexicon check --only 'sign.v'        or holds them
  demarche lexicon check own.tsv                rows of your own

Exit status: 0 when every example is coded as its row says, 1 when some are not.";

/// Looks after the trigger lexicon
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Codes the example sentence of every row and compares it with what the row says
    #[command(after_help = EXAMPLES)]
    Check {
        /// Your own rows, as for `code --lexicon`; without them, those that ship
        #[arg(value_name = "FILE")]
        own: Option<PathBuf>,
        /// Only rows whose id holds these words
        #[arg(long, value_name = "WORDS")]
        only: Option<String>,
    },
}

pub(crate) fn run(args: Args) -> Result<Outcome, UserError> {
    let Task::Check { own, only } = args.task;
    check(own.as_deref(), only.as_deref())
}

fn check(own: Option<&Path>, only: Option<&str>) -> Result<Outcome, UserError> {
    let pipeline = Pipeline::embedded()?.every_sentence();
    let pipeline = match own {
        Some(path) => with_rows(pipeline, path)?,
        None => pipeline,
    };
    let mut worker = Worker::default();
    let mut output = Output::stdout();
    let (mut right, mut wrong, mut bare) = (0, 0, 0);
    for entry in pipeline
        .coder()
        .lexicon()
        .entries()
        .iter()
        .filter(|e| e.own == own.is_some())
        .filter(|e| only.is_none_or(|words| e.id.contains(words)))
    {
        if entry.example.is_empty() {
            bare += 1;
            continue;
        }
        match check_entry(&pipeline, &mut worker, entry) {
            Ok(()) => right += 1,
            Err(message) => {
                wrong += 1;
                let shipped = || format!("{}.tsv", entry.id.split(':').next().unwrap_or_default());
                let file = own.map_or_else(shipped, |path| path.display().to_string());
                writeln!(output, "{BAD}{file}:{}{BAD:#} {STRONG}{}{STRONG:#}", entry.line, entry.id)?;
                writeln!(output, "  {}\n  {DIM}{message}{DIM:#}", entry.example)?;
            }
        }
    }
    if right + wrong + bare == 0 {
        return Err(UserError::usage("no row was chosen")
            .hint("leave --only out, or give a part of a row's id such as `accuse:` or `sign.v`"));
    }
    let bare = if bare == 0 { String::new() } else { format!(", {} without an example", count(bare, "row")) };
    writeln!(output, "{} right, {wrong} wrong{bare}", count(right, "example"))?;
    output.finish()?;
    Ok(if wrong == 0 { Outcome::Done } else { Outcome::Unequal })
}

fn check_entry(pipeline: &Pipeline, worker: &mut Worker, entry: &Entry) -> Result<(), String> {
    let example = Example::parse(&entry.example)?;
    let article = demarche_measure::paragraph(&entry.id, &example.text, None);
    let checked =
        pipeline.try_read(&article, worker, |reading| pipeline.coder().check_example(entry, &example, &reading.document));
    checked.map_err(|failure| failure.to_string())?.map_err(|fault| fault.message)
}
