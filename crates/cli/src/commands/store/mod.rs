//! What fills, asks, exports and looks after a store: the commands of the feature `store`.

mod corroborate;
mod export;
mod ingest;
mod query;
mod recode;
mod series;

use std::fmt;
use std::io::Write;

use demarche_store::{Options as StoreOptions, Store, StoreError};
use jiff::{SignedDuration, Timestamp};

use crate::error::{Outcome, UserError};
use crate::output::Output;
use crate::screen::{DIM, count};

pub(crate) use export::export;

/// The commands.
#[derive(clap::Subcommand)]
pub(crate) enum Commands {
    Ingest(ingest::Args),
    Query(query::Args),
    Series(series::Args),
    Corroborate(corroborate::Corroborate),
    Merge(corroborate::Merge),
    Split(corroborate::Split),
    Recode(recode::Recode),
    Diff(recode::Diff),
    #[command(subcommand)]
    Store(Care),
}

pub(crate) fn run(command: Commands) -> Result<Outcome, UserError> {
    match command {
        Commands::Ingest(args) => ingest::run(args),
        Commands::Query(args) => query::run(args),
        Commands::Series(args) => series::run(args),
        Commands::Corroborate(args) => corroborate::run(args),
        Commands::Merge(args) => corroborate::run_merge(args),
        Commands::Split(args) => corroborate::run_split(args),
        Commands::Recode(args) => recode::run_recode(args),
        Commands::Diff(args) => recode::run_diff(args),
        Commands::Store(care) => look_after(care),
    }
}

/// Settings of S3 that are read from the environment.
const AWS: &str = "AWS_";

/// Which store.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct Place {
    /// The store: a folder, or s3://BUCKET/PREFIX
    #[arg(long, value_name = "DIR", env = "DEMARCHE_STORE")]
    store: String,
}

impl Place {
    /// A store by its name.
    pub(crate) fn of(store: &str) -> Self {
        Self { store: store.to_owned() }
    }

    /// Opens it for writing, and makes it where there is none.
    pub(crate) fn create(&self) -> Result<Store, UserError> {
        Store::create(&self.store, options()).map_err(unusable)
    }

    /// Opens it for writing.
    pub(crate) fn open(&self) -> Result<Store, UserError> {
        Store::open(&self.store, options()).map_err(unusable)
    }

    /// Opens it for reading.
    pub(crate) fn read(&self) -> Result<Store, UserError> {
        Store::open_read_only(&self.store, options()).map_err(unusable)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.store)
    }
}

fn options() -> StoreOptions {
    let storage = std::env::vars().filter(|(name, _)| name.starts_with(AWS)).collect();
    StoreOptions { storage, ..StoreOptions::default() }
}

/// Errors of the store say themselves what to do.
pub(crate) fn unusable(error: StoreError) -> UserError {
    UserError::input(error.to_string())
}

/// Looks after a store
#[derive(clap::Subcommand)]
pub(crate) enum Care {
    /// Counts rows, compares hashes, follows references; says what is damaged
    Check(Place),
    /// Rewrites small files into large ones, sorted: faster questions
    Compact(Place),
    /// Removes files that nothing refers to any more
    Vacuum {
        #[command(flatten)]
        place: Place,
        /// Keep what is younger than so many hours: writers at work must have ended by then
        #[arg(long, value_name = "HOURS", default_value_t = 168)]
        keep: u32,
        /// Say what would be removed
        #[arg(long)]
        dry_run: bool,
    },
}

fn look_after(command: Care) -> Result<Outcome, UserError> {
    let mut out = Output::stdout();
    let outcome = match command {
        Care::Check(place) => {
            let report = place.read()?.check().map_err(unusable)?;
            write!(out, "{report}")?;
            if report.sound() { Outcome::Done } else { Outcome::Unequal }
        }
        Care::Compact(place) => {
            let done = place.open()?.compact().map_err(unusable)?;
            for (table, (before, after)) in &done.tables {
                writeln!(out, "{table}: {} -> {}", count(*before, "file"), count(*after, "file"))?;
            }
            writeln!(out, "{DIM}the old files are kept until `demarche store vacuum`{DIM:#}")?;
            Outcome::Done
        }
        Care::Vacuum { place, keep, dry_run } => {
            let keep = SignedDuration::from_hours(i64::from(keep));
            let done = place.open()?.vacuum(Timestamp::now(), keep, dry_run).map_err(unusable)?;
            let verb = if dry_run { "would be removed" } else { "removed" };
            writeln!(out, "{} of {} bytes {verb}", count(done.files, "file"), done.bytes)?;
            Outcome::Done
        }
    };
    out.finish()?;
    Ok(outcome)
}
