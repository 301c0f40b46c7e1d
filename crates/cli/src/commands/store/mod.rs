//! What fills, asks, exports and looks after a store: the commands of the feature `store`.

mod corrections;
mod corroborate;
mod demo;
mod export;
mod ingest;
mod query;
mod recode;
mod series;
mod serve;

use std::fmt;
use std::io::Write;

use demarche::Article;
use demarche_store::{Options as StoreOptions, Store, StoreError, Vacuumed};
use jiff::{SignedDuration, Timestamp};

use crate::error::{Outcome, UserError};
use crate::output::Output;
use crate::screen::{DIM, count};

pub(crate) use export::export;

/// The commands.
#[derive(clap::Subcommand)]
pub(crate) enum Commands {
    Ingest(ingest::Args),
    Demo(demo::Args),
    Query(query::Args),
    Series(series::Args),
    Serve(serve::Args),
    Corroborate(corroborate::Corroborate),
    Merge(corroborate::Merge),
    Split(corroborate::Split),
    Decisions(corroborate::Decisions),
    Correct(corrections::Correct),
    Corrections(corrections::Corrections),
    Recode(recode::Recode),
    Diff(recode::Diff),
    #[command(subcommand)]
    Store(Care),
}

pub(crate) fn run(command: Commands) -> Result<Outcome, UserError> {
    match command {
        Commands::Ingest(args) => ingest::run(args),
        Commands::Demo(args) => demo::run(args),
        Commands::Query(args) => query::run(args),
        Commands::Series(args) => series::run(args),
        Commands::Serve(args) => serve::run(args),
        Commands::Corroborate(args) => corroborate::run(args),
        Commands::Merge(args) => corroborate::run_merge(args),
        Commands::Split(args) => corroborate::run_split(args),
        Commands::Decisions(args) => corroborate::run_decisions(args),
        Commands::Correct(args) => corrections::run_correct(args),
        Commands::Corrections(args) => corrections::run_corrections(args),
        Commands::Recode(args) => recode::run_recode(args),
        Commands::Diff(args) => recode::run_diff(args),
        Commands::Store(care) => look_after(care),
    }
}

/// Hours that `vacuum` leaves to writers at work.
const KEEP: u32 = 168;

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

/// The articles of an event of a store, by the beginning of its identifier.
pub(crate) fn articles_of(store: &str, event: &str) -> Result<(Vec<Article>, Vec<UserError>), UserError> {
    let store = Place::of(store).read()?;
    let (mut articles, mut failed) = (vec![], vec![]);
    for article in demarche_flows::recode::articles_of(&store, event).map_err(unusable)? {
        match article {
            Ok(article) => articles.push(article),
            Err([id, why]) => failed.push(UserError::input(format!("article {id}: {why}"))),
        }
    }
    if articles.is_empty() && failed.is_empty() {
        let hint = "demarche query \"SELECT id, event, text FROM events\" lists them";
        return Err(UserError::input(format!("the store has no event {event:?}")).hint(hint));
    }
    Ok((articles, failed))
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
        /// Keep what is younger than so many hours: writers at work must have ended by then. 0 only when none is at work
        #[arg(long, value_name = "HOURS", default_value_t = KEEP)]
        keep: u32,
        /// Say what would be removed
        #[arg(long)]
        dry_run: bool,
    },
}

/// What vacuum leaves for its age.
fn tell_kept(out: &mut Output, done: &Vacuumed, hours: u32) -> Result<(), UserError> {
    if done.kept > 0 {
        let (are, they_are, them) = if done.kept == 1 { ("is", "it is", "it") } else { ("are", "they are", "them") };
        let (files, hours) = (count(done.kept, "file"), count(hours as usize, "hour"));
        writeln!(
            out,
            "{DIM}{files} ({} bytes) {are} kept until {they_are} {hours} old; \
             `demarche store vacuum --keep 0` removes {them} now, if no writer is at work{DIM:#}",
            done.kept_bytes
        )?;
    }
    Ok(())
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
            let mut store = place.open()?;
            let done = store.compact().map_err(unusable)?;
            for (table, (before, after)) in &done.tables {
                writeln!(out, "{table}: {} -> {}", count(*before, "file"), count(*after, "file"))?;
            }
            if done.tables.is_empty() {
                writeln!(out, "there was nothing to do: the files are large and sorted already")?;
            }
            let keep = SignedDuration::from_hours(i64::from(KEEP));
            let unused = store.vacuum(Timestamp::now(), keep, true).map_err(unusable)?;
            if unused.files > 0 {
                writeln!(
                    out,
                    "{DIM}{} ({} bytes) that nothing refers to any more can go: `demarche store vacuum` removes them{DIM:#}",
                    count(unused.files, "file"),
                    unused.bytes
                )?;
            }
            tell_kept(&mut out, &unused, KEEP)?;
            Outcome::Done
        }
        Care::Vacuum { place, keep, dry_run } => {
            let age = SignedDuration::from_hours(i64::from(keep));
            let done = place.open()?.vacuum(Timestamp::now(), age, dry_run).map_err(unusable)?;
            let verb = if dry_run { "would be removed" } else { "removed" };
            writeln!(out, "{} of {} bytes {verb}", count(done.files, "file"), done.bytes)?;
            tell_kept(&mut out, &done, keep)?;
            Outcome::Done
        }
    };
    out.finish()?;
    Ok(outcome)
}
