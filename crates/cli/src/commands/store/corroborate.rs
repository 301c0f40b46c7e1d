//! `demarche corroborate`, `merge` and `split`: one event, many reports.

use std::io::Write;

use demarche_flows::corroborate::{self as flow, Corroborated};

use crate::error::{Outcome, UserError};
use crate::output::Output;
use crate::screen::count;

use super::Place;

const EXAMPLES: &str = "\
Examples:
  demarche corroborate --store news.store
  demarche query \"SELECT cluster, count(*) AS reports FROM event_clusters GROUP BY cluster ORDER BY reports DESC LIMIT 10\" --store news.store
  demarche merge 3f2a 9c01 --store news.store
  demarche split 9c01 --store news.store

The table event_clusters names for every report its event and why it is counted there. Decisions hold in later runs.";

/// Joins reports of one real-world event, across articles and outlets
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Corroborate {
    #[command(flatten)]
    place: Place,
}

/// Decides that two reports are of one event
#[derive(clap::Args)]
pub(crate) struct Merge {
    /// An event, by the beginning of its identifier
    event: String,
    /// The other
    other: String,
    #[command(flatten)]
    place: Place,
}

/// Decides that a report is of another event than those it was joined with
#[derive(clap::Args)]
pub(crate) struct Split {
    /// The event, by the beginning of its identifier
    event: String,
    #[command(flatten)]
    place: Place,
}

pub(crate) fn run(args: Corroborate) -> Result<Outcome, UserError> {
    let mut store = args.place.open()?;
    tell(flow::corroborate(&mut store))
}

pub(crate) fn run_merge(args: Merge) -> Result<Outcome, UserError> {
    let mut store = args.place.open()?;
    tell(flow::merge(&mut store, &args.event, &args.other))
}

pub(crate) fn run_split(args: Split) -> Result<Outcome, UserError> {
    let mut store = args.place.open()?;
    tell(flow::split(&mut store, &args.event))
}

fn tell(found: Result<Corroborated, flow::CorroborateError>) -> Result<Outcome, UserError> {
    let found = found.map_err(|error| UserError::input(error.to_string()))?;
    let mut out = Output::stdout();
    writeln!(
        out,
        "{} of {}: {} told more than once, the commonest {} times; {}",
        count(found.reports, "report"),
        count(found.clusters, "event"),
        found.shared,
        found.largest,
        count(found.decisions, "decision")
    )?;
    out.finish()?;
    Ok(Outcome::Done)
}
