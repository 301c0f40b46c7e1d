//! `demarche kb`: who and where. Looks names up, and looks after the user's own tables of actors and places.

mod add;
mod diff;
mod import;
mod lint;
mod lookup;

use clap::Subcommand;

use crate::error::{Outcome, UserError};

const EXAMPLES: &str = "\
Examples:
  demarche kb lookup Hamas                      everything that a name is known as, and who says so
  demarche kb add --kb mine actor 'Tin Front' --code BOL --sectors REB
  demarche kb import petrarch Phoenix.agents.txt --into mine --report skipped.tsv
  demarche kb lint mine                         every fault of the tables in a folder
  demarche kb diff mine                         what a folder changes of what ships
  demarche code news/ --kb mine                 codes with them

A folder holds actors.csv, agents.csv, places.csv, media.csv, aliases.csv and removals.csv, as many of them as there is
need for; docs/knowledge.md tells the columns.";

/// Who and where: looks names up, and looks after your own actors and places
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    Add(Box<add::Args>),
    Import(import::Args),
    Lint(lint::Args),
    Lookup(lookup::Args),
    Diff(diff::Args),
}

pub(crate) fn run(args: Args) -> Result<Outcome, UserError> {
    match args.task {
        Task::Add(args) => add::run(*args),
        Task::Import(args) => import::run(args),
        Task::Lint(args) => lint::run(args),
        Task::Lookup(args) => lookup::run(args),
        Task::Diff(args) => diff::run(args),
    }
}
