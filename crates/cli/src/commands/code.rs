//! `demarche code`: the main job.

use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Duration;

use clap::ValueEnum;
use demarche::types::Severity;
use demarche::{Pipeline, Worker, batch};
use indicatif::{ProgressBar, ProgressStyle};

use crate::error::{self, Outcome, UserError};
use crate::format::{Content, Form, Formatter, Kind, View};
use crate::input::{self, Days, Job};
use crate::output::Output;
use crate::pipeline::Options;
use crate::screen::{self, DIM, NOTE, count};

const EXAMPLES: &str = "\
Examples:
  demarche code page.html                       a table on the screen
  demarche code copied.txt --published 2025-06-26
  demarche code news/ more.jsonl --format jsonl --output events.jsonl
  demarche code page.html --format html > page-coded.html
  demarche code news/ --format jsonl --emit events,rejects | jq 'select(has(\"reason\")) | .reason'

Events have a field `event`, quotes `speaker`, relations `relation`, facts `measure`, rejects `reason`.
Offsets count characters of the article's own text. The output is the same for any number of threads.";

/// Codes news: pages (.html), copied text (.txt) and records (.jsonl)
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Files, folders (searched to the bottom), or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    days: Days,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,
    /// Codebook in which events are told
    #[arg(long, value_enum, default_value_t = View::Plover2)]
    codebook: View,
    #[command(flatten)]
    options: Options,
    /// What to write, separated by commas [default: events for jsonl, otherwise all but rejects]
    #[arg(long, value_enum, value_delimiter = ',', value_name = "KINDS")]
    emit: Vec<Kind>,
    /// Threads [default: one for each core]
    #[arg(long, value_name = "N", value_parser = threads)]
    threads: Option<NonZeroUsize>,
    /// File to write to, instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// What became of one article.
type Coded = Result<Text, UserError>;

/// A formatted article.
struct Text {
    text: String,
    /// With the name of the article.
    warnings: Vec<String>,
    content: Content,
}

/// Threads that work: as many as were asked for, or one for each core.
pub(crate) fn workers(threads: Option<NonZeroUsize>) -> usize {
    threads.map_or_else(|| std::thread::available_parallelism().map_or(1, NonZeroUsize::get), NonZeroUsize::get)
}

/// A number of threads of the command line.
pub(crate) fn threads(text: &str) -> Result<NonZeroUsize, &'static str> {
    text.parse().map_err(|_| error::NO_THREADS)
}

pub(crate) fn run(args: Args) -> Result<Outcome, UserError> {
    let inputs = input::find(&args.paths)?;
    if args.paths.iter().any(|path| path.as_os_str() == "-") && io::stdin().is_terminal() {
        remark("reading standard input; end it with Ctrl-D");
    }
    let pipeline = args.options.pipeline()?;
    let mut output = Output::open(args.output.as_deref())?;
    let emit = if args.emit.is_empty() { Formatter::usual_kinds(args.format) } else { args.emit };
    let formatter =
        Formatter { form: args.format, emit, codebook: args.codebook.into(), width: screen::width(output.to_terminal()) };
    let threads = workers(args.threads);
    let progress = progress(inputs.files.len(), output.to_terminal());

    let mut failed = inputs.failed;
    let (mut contents, mut warnings): (Vec<Content>, Vec<String>) = (vec![], vec![]);
    // A page begins with its contents, so it is held back until the last article is coded; the other forms are not.
    let is_page = formatter.form == Form::Html;
    let mut held = String::new();
    let mut broken: Result<(), UserError> = Ok(());
    let days = args.days;
    let work = |worker: &mut Worker, job: Job| code(&pipeline, &formatter, worker, job, days);
    batch::ordered(input::jobs(inputs.files, days), threads, Worker::default, work, |articles: Vec<Coded>| {
        for article in articles {
            progress.inc(1);
            match article {
                Ok(article) => {
                    contents.push(article.content);
                    warnings.extend(article.warnings);
                    if is_page {
                        held += &article.text;
                    } else if let Err(error) = output.write_all(article.text.as_bytes()) {
                        broken = Err(error.into());
                        return ControlFlow::Break(());
                    }
                }
                Err(error) => failed.push(error),
            }
        }
        ControlFlow::Continue(())
    });
    progress.finish_and_clear();
    broken?;
    for part in [formatter.head(&contents), held, formatter.tail(&pipeline)] {
        output.write_all(part.as_bytes())?;
    }
    let is_read_at_once = formatter.form == Form::Table && output.to_terminal();
    output.finish()?;
    if inputs.passed_over > 0 {
        remark(&format!("{} of other kinds passed over in the folders", count(inputs.passed_over, "file")));
    }
    if !is_read_at_once {
        error::warn(&warnings);
        // A warning says better what is amiss, and the table of one article says this itself.
        let is_told = !warnings.is_empty() || (formatter.form == Form::Table && contents.len() == 1);
        let is_bare = !contents.is_empty() && contents.iter().all(|content| content.events + content.quotes == 0);
        if is_bare && !is_told {
            remark(&format!("no events and no quotes in {}; {}", count(contents.len(), "article"), error::NOTHING_FOUND));
        }
    }
    Ok(Outcome::of(failed, contents.len()))
}

/// Codes the articles of a job. Reading them is part of the work, and a panic in it is caught like any other.
fn code(pipeline: &Pipeline, formatter: &Formatter, worker: &mut Worker, job: Job, days: Days) -> Vec<Coded> {
    let origin = job.origin();
    let mut out = vec![];
    let read = demarche::pipeline::caught(&origin, || {
        job.articles(days, |article| {
            out.push(article.and_then(|article| {
                let (text, content) = pipeline
                    .try_read(&article, worker, |reading| (formatter.article(pipeline, &reading), Content::of(&reading)))?;
                let warnings = article.diagnostics.iter().filter(|d| d.severity == Severity::Warning);
                let warnings = warnings.map(|d| screen::one_line(&format!("{}: {}", article.origin, d.message))).collect();
                Ok(Text { text, warnings, content })
            }));
        });
    });
    out.extend(read.err().map(|failure| Err(failure.into())));
    out
}

/// A spinner for work that takes long, when somebody watches and the output does not scroll past it.
fn progress(files: usize, output_is_watched: bool) -> ProgressBar {
    if output_is_watched || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{spinner} {pos} articles of {msg}, {per_sec}, {elapsed}");
    let bar = ProgressBar::new_spinner().with_message(count(files, "file"));
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// A remark on stderr. When nobody can read it, nothing is lost.
fn remark(text: &str) {
    let _ = writeln!(anstream::stderr(), "{NOTE}note:{NOTE:#} {DIM}{text}{DIM:#}");
}

impl std::fmt::Display for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.to_possible_value().as_ref().map_or("", |v| v.get_name()))
    }
}
