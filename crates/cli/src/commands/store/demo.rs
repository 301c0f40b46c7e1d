//! `demarche demo`: a store to look at, made from articles that are in the program.

use std::fs;
use std::io::Write;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use demarche::Pipeline;
use demarche_flows::{Ingest, Session, corroborate};
use demarche_sources::{Reader, Settings, Source};
use demarche_store::{Format, Store, write_answer};

use crate::error::{Outcome, UserError};
use crate::output::Output;
use crate::screen::{self, DIM, STRONG, count};

use super::ingest::{Pass, stopped_by_the_user};
use super::{Place, unusable};

const EXAMPLES: &str = "\
Examples:
  demarche demo                                makes demo.store
  demarche serve --store demo.store            and shows it
  demarche demo --store s3://bucket/demo       somewhere else

The articles are those of `examples/` and `examples/demo/`: half a year of a quarrel over a river that never was. All of it is invented.
The same command again takes in only what is new.";

/// Makes a store to look at, from invented articles that are in the program
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    // Not read from the environment as elsewhere: whoever has set a store there doesn't want fiction in it.
    /// The store: a folder, or s3://BUCKET/PREFIX
    #[arg(long, value_name = "DIR", default_value = "demo.store")]
    store: String,
    /// Threads [default: one for each core]
    #[arg(long, value_name = "N", value_parser = crate::commands::code::threads)]
    threads: Option<NonZeroUsize>,
    /// Say nothing while it works
    #[arg(long, short)]
    quiet: bool,
}

/// The folder in which the pages stand while they are read; keys of pages in a demo store begin with it, and no others do: those are whole paths.
const FOLDER: &str = "demo";

/// The pages, by the names under which they are read.
const PAGES: [(&str, &[u8]); 14] = [
    ("aid-convoy.txt", include_bytes!("../../../../../examples/aid-convoy.txt")),
    ("bakery-results.txt", include_bytes!("../../../../../examples/bakery-results.txt")),
    ("briefs.jsonl", include_bytes!("../../../../../examples/briefs.jsonl")),
    ("ceasefire-talks.html", include_bytes!("../../../../../examples/ceasefire-talks.html")),
    ("court-ruling.txt", include_bytes!("../../../../../examples/court-ruling.txt")),
    ("cup-final.html", include_bytes!("../../../../../examples/cup-final.html")),
    ("fuel-protests.html", include_bytes!("../../../../../examples/fuel-protests.html")),
    ("shipping-sanctions.html", include_bytes!("../../../../../examples/shipping-sanctions.html")),
    ("01-january.jsonl", include_bytes!("../../../../../examples/demo/01-january.jsonl")),
    ("02-february.jsonl", include_bytes!("../../../../../examples/demo/02-february.jsonl")),
    ("03-march.jsonl", include_bytes!("../../../../../examples/demo/03-march.jsonl")),
    ("04-april.jsonl", include_bytes!("../../../../../examples/demo/04-april.jsonl")),
    ("05-may.jsonl", include_bytes!("../../../../../examples/demo/05-may.jsonl")),
    ("06-june.jsonl", include_bytes!("../../../../../examples/demo/06-june.jsonl")),
];

/// What is told at the end, in this order.
const COUNTS: &str = "SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(DISTINCT site) FROM articles) AS outlets, \
     (SELECT count(*) FROM sources WHERE status = 'rejected') AS rejected, (SELECT count(*) FROM events) AS reports, \
     (SELECT count(DISTINCT event) FROM events) AS types, (SELECT count(*) FROM clusters) AS events, \
     (SELECT count(*) FROM clusters WHERE sources > 1) AS shared, (SELECT count(*) FROM clusters \
     WHERE dead_low < dead_high OR injured_low < injured_high OR size_low < size_high) AS apart, (SELECT count(*) FROM quotes) AS quotes";

/// Events whose tolls differ, for the table and as a question that can be typed.
const TOLLS: &str = "SELECT date, event, actor, recipient, place_name, dead_low, dead_high, sources FROM clusters \
     WHERE dead_low < dead_high AND status = 'actual' ORDER BY sources DESC, cluster_id LIMIT 5";

pub(crate) fn run(args: Args) -> Result<Outcome, UserError> {
    let place = Place::of(&args.store);
    let mut store = Place::of(&whole(&args.store)?).create()?;
    refuse_others(&store, &place)?;
    let pipeline = Pipeline::embedded()?;
    let named: Vec<String> = PAGES.iter().map(|(name, _)| format!("{FOLDER}/{name}")).collect();
    let sources: Vec<Source> = named.iter().map(|name| Source::Path(name.into())).collect();
    let ingest = Ingest { threads: crate::commands::code::workers(args.threads), ..Ingest::default() };
    let stop = stopped_by_the_user();
    let pass =
        Pass { ingest, pipeline: &pipeline, place: &place, sources: &sources, named: &named, stop: &stop, quiet: args.quiet };
    let unpacked = Unpacked::new()?;
    let summary = pass.run(&mut store, Reader::new(Settings::default()), &mut Session::default())?;
    drop(unpacked);
    if summary.stopped {
        return Ok(Outcome::Done);
    }
    corroborate::corroborate(&mut store).map_err(|error| UserError::input(error.to_string()))?;
    tell(&store, &place)?;
    Ok(if summary.progress.failed > 0 { Outcome::Unequal } else { Outcome::Done })
}

/// The place of a store from wherever the program works.
fn whole(store: &str) -> Result<String, UserError> {
    if store.contains("://") {
        return Ok(store.to_owned());
    }
    let path = std::path::absolute(store).map_err(|error| UserError::file("made", Path::new(store), &error))?;
    Ok(path.to_string_lossy().into_owned())
}

/// Fiction is not mixed into a store of somebody's news.
fn refuse_others(store: &Store, place: &Place) -> Result<(), UserError> {
    let sql = format!("SELECT count(*) AS pages, count(CASE WHEN key LIKE '{FOLDER}/%' THEN 1 END) AS own FROM sources");
    match numbers(store, &sql)?.as_slice() {
        [all, 0] if *all > 0 => {
            Err(UserError::input(format!("{place} is a store of other articles, and the demo's are invented"))
                .hint("name another folder with --store"))
        }
        _ => Ok(()),
    }
}

/// A row of numbers.
fn numbers(store: &Store, sql: &str) -> Result<Vec<usize>, UserError> {
    let mut text = vec![];
    write_answer(store.query(sql, &[]).map_err(unusable)?, Format::Csv, &mut text).map_err(unusable)?;
    let row = String::from_utf8_lossy(&text).lines().nth(1).unwrap_or_default().to_owned();
    Ok(row.split(',').map(|cell| cell.parse().unwrap_or_default()).collect())
}

/// What is there, and what can be done with it.
fn tell(store: &Store, place: &Place) -> Result<(), UserError> {
    let mut out = Output::stdout();
    if let [articles, outlets, rejected, reports, types, events, shared, apart, quotes] = numbers(store, COUNTS)?[..] {
        writeln!(
            out,
            "\n{STRONG}A river, two neighbours, half a year{STRONG:#}: January to June 2026 as it never was, and the examples that ship. All invented.\n\n  \
             {} of {}; {rejected} in other languages, kept and not coded\n  \
             {} of {} types tell {}, {shared} of them in more than one source; on {apart} they differ about the dead, the injured or the size of a crowd\n  \
             {} with their speakers",
            count(articles, "article"),
            count(outlets, "outlet"),
            count(reports, "report"),
            types,
            count(events, "event"),
            count(quotes, "quote"),
        )?;
    }
    writeln!(out, "\n{STRONG}How many died?{STRONG:#} It depends on whom you ask:\n")?;
    let format = Format::Table { width: screen::width(out.to_terminal()) };
    write_answer(store.query(TOLLS, &[]).map_err(unusable)?, format, out.raw()).map_err(unusable)?;
    let next = [
        ("look at it", format!("demarche serve --store {place}")),
        ("what one does to the other", format!("demarche series BOL PRY --both --by week --joined --store {place}")),
        ("the table above", format!("demarche query {TOLLS:?} --store {place}")),
        (
            "what was said",
            format!("demarche query \"SELECT speaker, text FROM quotes WHERE kind = 'direct' LIMIT 10\" --store {place}"),
        ),
    ];
    writeln!(out, "\n{STRONG}Next{STRONG:#}")?;
    for (what, command) in next {
        writeln!(out, "  {DIM}{what}:{DIM:#}\n    {command}")?;
    }
    out.finish()
}

/// The pages on the disk, where readers read, in a folder of their own that goes when this does.
///
/// Keys of pages are paths. So that they don't hang on the folder in which the program was started, nor on where this one is, it becomes the
/// working folder for as long as it lasts.
struct Unpacked {
    folder: PathBuf,
    back: PathBuf,
}

impl Unpacked {
    fn new() -> Result<Self, UserError> {
        let fault = |path: &Path, error: &std::io::Error| UserError::file("written", path, error);
        let back = std::env::current_dir().map_err(|error| fault(Path::new("."), &error))?;
        let folder = std::env::temp_dir().join(format!("demarche-demo-{}", std::process::id()));
        // Must be new: in a folder of somebody else's making files could be exchanged.
        fs::create_dir(&folder).map_err(|error| fault(&folder, &error))?;
        let unpacked = Self { folder, back };
        let pages = unpacked.folder.join(FOLDER);
        fs::create_dir(&pages).map_err(|error| fault(&pages, &error))?;
        for (name, bytes) in PAGES {
            let path = pages.join(name);
            fs::write(&path, bytes).map_err(|error| fault(&path, &error))?;
        }
        std::env::set_current_dir(&unpacked.folder).map_err(|error| fault(&unpacked.folder, &error))?;
        Ok(unpacked)
    }
}

impl Drop for Unpacked {
    fn drop(&mut self) {
        // Where this fails the system clears its folder of temporary files some day.
        let _ = std::env::set_current_dir(&self.back);
        let _ = fs::remove_dir_all(&self.folder);
    }
}
