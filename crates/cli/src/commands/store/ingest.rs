//! `demarche ingest`: pages of any source into a store.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use demarche::Pipeline;
use demarche_flows::{Ingest, Progress, Session, Summary, Told, note};
use demarche_sources::{Fetcher, Kind, Limits, Manners, Mapping, Reader, Settings, Source, SystemClock, list};
use demarche_store::Store;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::error::{self, Outcome, UserError};
use crate::pipeline::Options;
use crate::screen::{DIM, NOTE, count};

use super::Place;

const EXAMPLES: &str = "\
Examples:
  demarche ingest crawl/ --store news.store                       every article in a folder, once
  demarche ingest CC-NEWS-20250601.warc.gz --store news.store      a crawl
  demarche ingest archive.csv --columns text=body,published=date --store news.store
  demarche ingest https://example.org/feed.xml --links --store news.store   a feed and the pages it names

The same command again takes in only what is new, also after it was stopped or killed.";

/// Takes pages into a store and codes them: each once, whatever stops it
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Files, folders, patterns or web addresses: pages, text, JSON Lines, CSV, Parquet, WARC, feeds, WordPress exports, also in .zip, .gz and .zst
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<String>,
    #[command(flatten)]
    place: Place,
    /// Which columns of tables hold what, as text=body,url=link,published=date [fields: text, html, title, url, published, outlet, language, byline, section, id]
    #[arg(long, value_name = "FIELD=COLUMN,...")]
    columns: Vec<Mapping>,
    /// Whether 03/04/2025 in a column or record is 3 April or March 4; without it such dates are not read
    #[arg(long, value_enum, value_name = "ORDER")]
    dates: Option<crate::input::DateOrder>,
    /// Day of publication of pages that tell none, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = crate::input::day)]
    published: Option<Date>,
    /// What the sources are, when names and first bytes mislead
    #[arg(long, value_enum, value_name = "KIND")]
    kind: Option<SourceKind>,
    /// Fetch the pages that feeds link to; without it, the texts in the feed are taken
    #[arg(long)]
    links: bool,
    /// Look again every so many seconds for what is new, until stopped
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    watch: Option<u64>,
    /// The largest page that is taken in, in MB
    #[arg(long, value_name = "MB", default_value_t = 16, value_parser = clap::value_parser!(u64).range(1..=1024))]
    page_limit: u64,
    /// Keep every sentence in a table of its own
    #[arg(long)]
    sentences: bool,
    #[command(flatten)]
    options: Options,
    /// Threads [default: one for each core]
    #[arg(long, value_name = "N", value_parser = crate::commands::code::threads)]
    threads: Option<NonZeroUsize>,
    /// Say nothing while it works
    #[arg(long, short)]
    quiet: bool,
}

/// What a source is.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum SourceKind {
    Html,
    Text,
    Json,
    Table,
    Parquet,
    Warc,
    Feed,
    Wordpress,
    Zip,
}

impl From<SourceKind> for Kind {
    fn from(kind: SourceKind) -> Self {
        match kind {
            SourceKind::Html => Self::Html,
            SourceKind::Text => Self::Text,
            SourceKind::Json => Self::Json,
            SourceKind::Table => Self::Table,
            SourceKind::Parquet => Self::Parquet,
            SourceKind::Warc => Self::Warc,
            SourceKind::Feed => Self::Feed,
            SourceKind::Wordpress => Self::WordPress,
            SourceKind::Zip => Self::Zip,
        }
    }
}

pub(crate) fn run(args: Args) -> Result<Outcome, UserError> {
    let sources: Vec<Source> = args.sources.iter().map(|text| Source::parse(text)).collect();
    let web = sources.iter().any(|source| matches!(source, Source::Address(_)));
    let pipeline = args.options.pipeline()?;
    let mut store = args.place.create()?;
    let page = args.page_limit << 20;
    let limits = Limits { page, record: 2 * page, whole: Limits::default().whole.max(2 * page), ..Limits::default() };
    let mapping = args.columns.into_iter().try_fold(Mapping::default(), Mapping::join);
    let settings = Settings {
        // Keys of pages are whole paths, so that a file is the same from wherever it is named.
        base: std::env::current_dir().ok(),
        mapping: mapping.map_err(|error| UserError::usage(format!("--columns: {error}")))?,
        kind: args.kind.map(Into::into),
        links: args.links,
        dates: args.dates.map(Into::into).unwrap_or_default(),
        published: args.published,
        limits,
        ..Settings::default()
    };
    let fetcher = web.then(|| Arc::new(Fetcher::new(Manners::default(), Arc::new(SystemClock::new()))));
    let threads = crate::commands::code::workers(args.threads);
    let ingest = Ingest { threads, sentences: args.sentences, ..Ingest::default() };
    let stop = stopped_by_the_user();
    let pass = Pass {
        ingest,
        pipeline: &pipeline,
        place: &args.place,
        sources: &sources,
        named: &args.sources,
        stop: &stop,
        quiet: args.quiet,
    };
    let mut session = Session::default();
    let mut any_failed = false;
    loop {
        let known = demarche_flows::known_addresses(&store).map_err(super::unusable)?;
        let mut reader = Reader::new(Settings { known, ..settings.clone() });
        if let Some(fetcher) = &fetcher {
            reader = reader.with_fetcher(Arc::clone(fetcher));
        }
        let summary = pass.run(&mut store, reader, &mut session)?;
        any_failed |= summary.progress.failed > 0;
        let outcome = if any_failed { Outcome::Unequal } else { Outcome::Done };
        let Some(seconds) = args.watch.filter(|_| !summary.stopped) else { return Ok(outcome) };
        let until = Instant::now() + Duration::from_secs(seconds);
        while Instant::now() < until {
            if stop.load(Ordering::Relaxed) {
                return Ok(outcome);
            }
            std::thread::sleep(Duration::from_millis(200));
        }
    }
}

/// How sources are gone through once: what is new in them is taken in, noted and told.
pub(super) struct Pass<'a> {
    pub(super) ingest: Ingest,
    pub(super) pipeline: &'a Pipeline,
    /// The store as the user named it.
    pub(super) place: &'a Place,
    pub(super) sources: &'a [Source],
    /// The sources as the user named them.
    pub(super) named: &'a [String],
    pub(super) stop: &'a AtomicBool,
    pub(super) quiet: bool,
}

impl Pass<'_> {
    pub(super) fn run(&self, store: &mut Store, reader: Reader, session: &mut Session) -> Result<Summary, UserError> {
        let reader = Arc::new(reader);
        let screen = Screen::new(self.quiet, list(self.sources, reader.settings()).filter(Result::is_ok).count());
        let began = Timestamp::now();
        let summary = self.ingest.run(self.pipeline, store, &reader, self.sources, session, &mut |progress| {
            screen.show(progress);
            if self.stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        screen.clear();
        let summary = summary.map_err(|error| {
            UserError::input("ingest ended early")
                .because_of(&error)
                .hint("run the same command again: what was committed stays, and nothing is taken twice")
        })?;
        if summary.progress.commits > 0 {
            note(store, began, Timestamp::now(), self.named, &summary.progress).map_err(super::unusable)?;
        }
        tell(&summary, self.place)?;
        tell_failures(&summary, self.place);
        Ok(summary)
    }
}

/// The first Ctrl-C stops after the pages in flight and commits them; the second ends the program, which loses nothing that was committed.
pub(super) fn stopped_by_the_user() -> Arc<AtomicBool> {
    stopped_with("the pages in flight are committed first; Ctrl-C again ends at once")
}

/// The same, with what is told when the user stops it.
pub(super) fn stopped_with(words: &'static str) -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    // Without a handler Ctrl-C ends the program at once, which loses nothing either.
    let _ = ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        let _ = writeln!(anstream::stderr(), "{NOTE}stopping:{NOTE:#} {DIM}{words}{DIM:#}");
    });
    stop
}

/// The counts at the end, on stdout.
fn tell(summary: &Summary, place: &Place) -> Result<(), UserError> {
    let p = &summary.progress;
    let mut out = anstream::stdout().lock();
    writeln!(out, "{} -> {place}", counts(p))?;
    if p.changed > 0 {
        let them = pages_have(p.changed);
        writeln!(
            out,
            "{DIM}{them} changed since the last time: the old and the new version are both kept, and both count{DIM:#}"
        )?;
    }
    let list = |counts: &BTreeMap<String, u64>| {
        let told: Vec<String> = counts.iter().map(|(what, n)| format!("{n} {what}")).collect();
        told.join(", ")
    };
    if !summary.endings.is_empty() {
        writeln!(out, "{DIM}passed over: {} (endings that are not read){DIM:#}", list(&summary.endings))?;
    }
    if !summary.passed_over.is_empty() {
        writeln!(out, "{DIM}passed over as no articles: {}{DIM:#}", list(&summary.passed_over))?;
    }
    if summary.stopped {
        writeln!(out, "{DIM}stopped; the same command goes on from here{DIM:#}")?;
    }
    if let Some([date, origin]) = &summary.unread_date {
        let them = pages_have(p.unread_dates);
        error::warn(&[format!(
            "{them} a date that could not be read, such as `{date}` ({origin}); --dates dmy|mdy says which part is the day, --published gives \
             a day to pages without one. Articles in the store stay as they are: use a new store, or take it in anew"
        )]);
    }
    Ok(())
}

fn pages_have(n: u64) -> String {
    format!("{} {}", count(n as usize, "page"), if n == 1 { "has" } else { "have" })
}

/// What was done and what was left out, in one line.
fn counts(p: &Progress) -> String {
    let mut told = count(p.coded as usize, "article");
    told += " coded";
    if p.coded + p.rejected + p.duplicate + p.failed > 0 {
        let near = match p.near {
            1 => "1 near copy".to_owned(),
            n => format!("{n} near copies"),
        };
        let exact = match p.duplicate {
            1 => "1 exact copy".to_owned(),
            n => format!("{n} exact copies"),
        };
        told += &format!(
            " with {}, {} of other languages, {near} linked, {exact}, {} failed",
            count(p.events as usize, "event"),
            p.rejected,
            p.failed
        );
    }
    let mut left = vec![];
    if p.unchanged > 0 {
        left.push(format!("{} not opened as nothing changed in them", count(p.unchanged as usize, "input")));
    }
    if p.known > 0 {
        left.push(format!("{} known", count(p.known as usize, "page")));
    }
    if !left.is_empty() {
        told += &format!("; {}", left.join(", "));
    }
    told
}

/// What failed and was not told before, on stderr.
fn tell_failures(summary: &Summary, place: &Place) {
    for Told { place, reason, next_step } in &summary.failures {
        error::tell(&UserError::input(format!("{place}: {reason}")).hint(next_step.clone()));
    }
    if summary.more_failures > 0 {
        error::warn(&[format!(
            "{} failed; all of them: demarche query \"SELECT key, reason, next_step FROM sources WHERE status = 'failed'\" --store {place}",
            count(summary.more_failures as usize, "more page")
        )]);
    }
}

/// What somebody who watches sees.
struct Screen {
    bar: ProgressBar,
}

impl Screen {
    fn new(quiet: bool, inputs: usize) -> Self {
        if quiet || !io::stderr().is_terminal() {
            return Self { bar: ProgressBar::hidden() };
        }
        let style = ProgressStyle::with_template("{spinner} {bar:24} {pos} of {len} inputs, {eta} left; {msg}");
        let bar = ProgressBar::new(inputs as u64);
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.enable_steady_tick(Duration::from_millis(200));
        Self { bar }
    }

    fn show(&self, progress: &Progress) {
        let p = progress;
        let pages = p.coded + p.duplicate + p.rejected + p.failed;
        let seconds = self.bar.elapsed().as_secs_f64().max(0.001);
        self.bar.set_position(p.inputs + p.unchanged);
        self.bar.set_message(format!(
            "{:.0} pages/s: {} coded, {} copies, {} other languages, {} failed, {} known",
            pages as f64 / seconds,
            p.coded,
            p.duplicate,
            p.rejected,
            p.failed,
            p.known
        ));
    }

    fn clear(&self) {
        self.bar.finish_and_clear();
    }
}
