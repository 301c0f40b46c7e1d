//! `demarche corroborate`, `merge` and `split`: one event, many reports.

use std::io::Write;

use demarche_flows::corroborate::{self as flow, Corroborated};
use demarche_flows::decisions::{self, Kept};
use demarche_flows::stored;
use demarche_store::Store;

use crate::error::{Outcome, UserError};
use crate::output::Output;
use crate::screen::{DIM, STRONG, count};

use super::{Place, unusable};

const EXAMPLES: &str = "\
Examples:
  demarche corroborate --store news.store
  demarche query \"SELECT event, actor, recipient, date, reports, sources FROM clusters ORDER BY sources DESC LIMIT 10\" --store news.store
  demarche merge 3f2a 9c01 --store news.store
  demarche split 9c01 --store news.store

The table clusters has a row for each event of the world, event_clusters one for each report, with the reason why it is counted there.
Both are as of the last `corroborate`, `merge` or `split`. Decisions hold in later runs; `demarche decisions` lists them and takes them back.";

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
    /// Why, for the record
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    #[command(flatten)]
    place: Place,
}

/// Decides that a report is of another event than those it was joined with
#[derive(clap::Args)]
pub(crate) struct Split {
    /// The event, by the beginning of its identifier
    event: String,
    /// Why, for the record
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    #[command(flatten)]
    place: Place,
}

/// Lists what was decided about reports, and takes it back
#[derive(clap::Args)]
pub(crate) struct Decisions {
    #[command(flatten)]
    place: Place,
    /// Takes a decision back, by the beginning of its identifier
    #[arg(long, value_name = "ID")]
    forget: Option<String>,
}

pub(crate) fn run(args: Corroborate) -> Result<Outcome, UserError> {
    let mut store = args.place.open()?;
    let found = flow::corroborate(&mut store);
    tell(&store, found)
}

pub(crate) fn run_merge(args: Merge) -> Result<Outcome, UserError> {
    let mut store = args.place.open()?;
    let found = flow::merge(&mut store, &args.event, &args.other, args.note.as_deref());
    tell(&store, found)
}

pub(crate) fn run_split(args: Split) -> Result<Outcome, UserError> {
    let mut store = args.place.open()?;
    let found = flow::split(&mut store, &args.event, args.note.as_deref());
    tell(&store, found)
}

pub(crate) fn run_decisions(args: Decisions) -> Result<Outcome, UserError> {
    if let Some(id) = &args.forget {
        let mut store = args.place.open()?;
        let found = flow::forget(&mut store, id);
        return tell(&store, found);
    }
    let store = args.place.read()?;
    let all = decisions::all(&store).map_err(|error| UserError::input(error.to_string()))?;
    let mut out = Output::stdout();
    for kept in &all {
        show(&mut out, &store, kept)?;
    }
    if all.is_empty() {
        writeln!(out, "nothing was decided; `demarche merge` and `demarche split` do it")?;
    }
    out.finish()?;
    Ok(Outcome::Done)
}

/// Reports of a decision that are shown one by one.
const SHOWN: usize = 8;

fn show(out: &mut Output, store: &Store, kept: &Kept) -> Result<(), UserError> {
    let events = kept.events();
    let note = kept.note.as_deref().map(|note| format!(": {note}")).unwrap_or_default();
    writeln!(out, "{STRONG}{} {}{STRONG:#}, {}{note}", kept.kind(), kept.id, count(events.len(), "report"))?;
    for id in events.iter().take(SHOWN) {
        let told = stored::line(store, id).map_err(unusable)?;
        writeln!(out, "  {id}  {}", told.unwrap_or_else(|| "not in the store as it is coded now".to_owned()))?;
    }
    if events.len() > SHOWN {
        writeln!(out, "  {DIM}... and {} more{DIM:#}", events.len() - SHOWN)?;
    }
    Ok(())
}

fn tell(store: &Store, found: Result<Corroborated, flow::CorroborateError>) -> Result<Outcome, UserError> {
    let found = found.map_err(|error| UserError::input(error.to_string()))?;
    let mut out = Output::stdout();
    if let Some(kept) = &found.decided {
        show(&mut out, store, kept)?;
    }
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
