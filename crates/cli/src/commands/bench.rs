//! `demarche bench`: how fast each stage is on this machine, measured in processor time.

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use demarche::ingest::{Source, read};
use demarche::types::Span;
use demarche::{Article, Document, Pipeline, Stage, Worker};
use demarche_eval::Table;
use serde::Serialize;

use crate::error::{Outcome, UserError};
use crate::input;
use crate::output::Output;
use crate::screen::{DIM, STRONG, count};

const EXAMPLES: &str = "\
Examples:
  demarche bench                                one megabyte of sample text
  demarche bench --size 200KB --sample dense
  demarche bench news/ --json                   your own articles

Everything runs on one thread and is measured in processor time, so that other programs disturb it little.
`encoder` is the neural network alone on all sentences, the least that a coder must spend which reads them all with it; `limit` is what the encoder's
multiplications of bytes would take if this processor did nothing else, its operands always at hand. `every sentence` is the whole without its gate.
How much the gate saves hangs on the news: little in politics and conflict only (`--sample dense`).";

/// Text to measure with, written for the project.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Sample {
    /// Forty stories of an agency's day: a third politics and conflict, the rest business, sport, courts, science, culture
    Feed,
    /// Politics and conflict only, nearly an event in every sentence
    Dense,
}

impl Sample {
    fn stories(self) -> Vec<String> {
        let (text, between) = match self {
            Self::Feed => (include_str!("sample/feed.txt"), "\n---\n"),
            Self::Dense => (include_str!("sample/dense.txt"), "\n\n\n"),
        };
        text.split(between).map(|story| format!("{}\n", story.trim())).collect()
    }
}

/// Measures the speed of every stage
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Files or folders; sample text when none is given
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Amount of sample text, as in 200KB or 1MB
    #[arg(long, default_value = "1MB", value_parser = size, conflicts_with = "paths")]
    size: usize,
    /// Which sample text
    #[arg(long, value_enum, default_value_t = Sample::Feed, conflicts_with = "paths")]
    sample: Sample,
    /// Prints the figures as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: Args) -> Result<Outcome, UserError> {
    let (inputs, failed) = if args.paths.is_empty() { (samples(args.sample, args.size), vec![]) } else { files(&args.paths)? };
    if inputs.is_empty() && !failed.is_empty() {
        return Ok(Outcome::of(failed, 0));
    }
    let clock = Clock::start();
    let pipeline = Pipeline::embedded()?;
    let start_up = clock.read();
    let report = measure(&pipeline, &inputs, start_up);
    if report.sentences == 0 {
        return Err(
            UserError::input("there is nothing to measure: the inputs hold no sentences").hint("name files with running text")
        );
    }
    let mut output = Output::stdout();
    if args.json {
        writeln!(output, "{}", serde_json::to_string_pretty(&report).map_err(std::io::Error::from)?)?;
    } else {
        report.print(&mut output)?;
    }
    output.finish()?;
    Ok(Outcome::of(failed, report.articles))
}

/// An input: its name and bytes.
type Input = (String, Vec<u8>);

fn files(paths: &[PathBuf]) -> Result<(Vec<Input>, Vec<UserError>), UserError> {
    let found = input::find(paths)?;
    let (mut inputs, mut failed) = (vec![], found.failed);
    for path in found.files {
        match std::fs::read(&path) {
            Ok(bytes) => inputs.push((path.to_string_lossy().into_owned(), bytes)),
            Err(error) => failed.push(UserError::file("read", &path, &error)),
        }
    }
    Ok((inputs, failed))
}

/// The stories of a sample, over and over until there are `size` bytes.
fn samples(sample: Sample, size: usize) -> Vec<Input> {
    let stories = sample.stories();
    let mut inputs: Vec<Input> = vec![];
    let mut left = size;
    for story in stories.iter().cycle() {
        if left == 0 {
            break;
        }
        left = left.saturating_sub(story.len());
        inputs.push((format!("sample-{}.txt", inputs.len() + 1), story.clone().into_bytes()));
    }
    inputs
}

/// Processor time of the stages.
#[derive(Clone, Copy, Debug, Default)]
struct Times {
    ingest: Duration,
    split: Duration,
    encoder: Duration,
    /// Of the multiplications that the encoder took, with nothing else to do.
    limit: Duration,
    /// The whole, without the gate.
    every: Duration,
    language: Duration,
    knowledge: Duration,
    coding: Duration,
}

/// All figures.
#[derive(Debug, Serialize)]
struct Report {
    clock: &'static str,
    articles: usize,
    failed: usize,
    bytes: usize,
    sentences: usize,
    /// Held back by the gate.
    held: usize,
    words: usize,
    events: usize,
    /// Events where no gate stands before the encoder.
    events_of_every_sentence: usize,
    start_up_seconds: f64,
    stages: Vec<Line>,
    /// To compare the whole with: without the gate, the encoder alone, and its multiplications alone. Shares are of the time of the whole.
    beside: Vec<Line>,
    sentences_per_second: f64,
    megabytes_per_second: f64,
    events_per_second: f64,
    /// Time of the whole as a multiple of the encoder's.
    whole_to_encoder: f64,
    peak_memory_megabytes: Option<f64>,
}

/// A stage.
#[derive(Debug, Serialize)]
struct Line {
    stage: &'static str,
    seconds: f64,
    sentences_per_second: f64,
    /// Of the time of the whole.
    share: f64,
}

fn measure(pipeline: &Pipeline, inputs: &[Input], start_up: Duration) -> Report {
    let mut worker = Worker::default();
    if let Some((name, bytes)) = inputs.first() {
        // The first article pays for caches and buffers; it is measured on its second reading only.
        read(&Source::new(name, bytes)).take(1).flatten().for_each(|article| drop(pipeline.read(&article, &mut worker)));
    }
    let mut times = Times::default();
    let (mut articles, mut failed, mut sentences, mut held, mut words, mut events) = (0, 0, 0, 0, 0, 0);
    let (mut products, mut all_events) = (0, 0);
    for (name, bytes) in inputs {
        let source = Source::new(name, bytes);
        let clock = Clock::start();
        let mut reader = read(&source);
        times.ingest += clock.read();
        loop {
            let clock = Clock::start();
            let next = reader.next();
            times.ingest += clock.read();
            let article = match next {
                Some(Ok(article)) => article,
                Some(Err(_)) => {
                    failed += 1;
                    continue;
                }
                None => break,
            };
            // The encoder alone runs beside the whole on the same article, so that both see the same machine.
            products += alone(pipeline, &article, &mut worker, &mut times);
            // First one, then the other way before, so that neither always finds the caches warm.
            if articles % 2 == 0 {
                all_events += every_sentence(pipeline, &article, &mut worker, &mut times);
            }
            let mut clock = Clock::start();
            let reading = pipeline.read_timed(&article, &mut worker, |stage| {
                let passed = clock.lap();
                match stage {
                    Stage::Language => times.language += passed,
                    Stage::Knowledge => times.knowledge += passed,
                    Stage::Coding => times.coding += passed,
                }
            });
            if articles % 2 == 1 {
                all_events += every_sentence(pipeline, &article, &mut worker, &mut times);
            }
            articles += 1;
            sentences += reading.document.sentences.len();
            held += reading.document.held.len();
            words += reading.document.tokens.len();
            events += reading.coded.events.len();
        }
    }
    let clock = Clock::start();
    let done = pipeline.engine().multiply_only(1 << 34);
    times.limit = clock.read().mul_f64(products as f64 / done as f64);
    times.every += times.ingest;
    let bytes = inputs.iter().map(|(_, bytes)| bytes.len()).sum();
    let whole = times.ingest + times.language + times.knowledge + times.coding;
    let seconds = whole.as_secs_f64();
    let line = |stage, time: Duration| Line {
        stage,
        seconds: rounded(time.as_secs_f64(), 4),
        sentences_per_second: rounded(per(sentences as f64, time.as_secs_f64()), 1),
        share: rounded(per(time.as_secs_f64(), seconds), 4),
    };
    Report {
        clock: Clock::NAME,
        articles,
        failed,
        bytes,
        sentences,
        held,
        words,
        events,
        events_of_every_sentence: all_events,
        start_up_seconds: rounded(start_up.as_secs_f64(), 4),
        stages: vec![
            line("ingest", times.ingest),
            line("language", times.language),
            line("of it: split", times.split),
            line("knowledge", times.knowledge),
            line("coding", times.coding),
            line("whole", whole),
        ],
        beside: vec![line("every sentence", times.every), line("encoder", times.encoder), line("limit", times.limit)],
        sentences_per_second: rounded(per(sentences as f64, seconds), 1),
        megabytes_per_second: rounded(per(bytes as f64 / 1e6, seconds), 4),
        events_per_second: rounded(per(events as f64, seconds), 1),
        whole_to_encoder: rounded(per(seconds, times.encoder.as_secs_f64()), 3),
        peak_memory_megabytes: peak_memory(),
    }
}

/// The whole without the gate; returns the number of events.
fn every_sentence(pipeline: &Pipeline, article: &Article, worker: &mut Worker, times: &mut Times) -> usize {
    let clock = Clock::start();
    let mut document = pipeline.engine().analyze(article, None, worker.scratch());
    pipeline.knowledge().annotate(&mut document, article.published.map(|p| p.date));
    let events = pipeline.coder().code(&document).events.len();
    times.every += clock.read();
    events
}

/// Splitting and the encoder by themselves.
fn alone(pipeline: &Pipeline, article: &Article, worker: &mut Worker, times: &mut Times) -> u64 {
    let engine = pipeline.engine();
    let scratch = worker.scratch();
    let mut document = Document::new(article);
    let mut words: Vec<Span> = vec![];
    let mut clock = Clock::start();
    engine.split(article, scratch, &mut document, &mut words);
    times.split += clock.lap();
    let ranges: Vec<&[Span]> =
        document.sentences.iter().map(|s| &words[s.tokens.start as usize..s.tokens.end as usize]).collect();
    clock.lap();
    let products = engine.encode_only(&article.text, &ranges, scratch);
    times.encoder += clock.lap();
    products
}

impl Report {
    fn print(&self, output: &mut Output) -> Result<(), UserError> {
        let mut table = Table::new(&["stage", "seconds", "sentences/s", "share"]);
        for line in self.stages.iter().chain(&self.beside) {
            let share = format!("{:.1}%", line.share * 100.0);
            table.row(vec![
                line.stage.to_owned(),
                format!("{:.3}", line.seconds),
                format!("{:.0}", line.sentences_per_second),
                share,
            ]);
        }
        write!(output, "{table}")?;
        let size = self.bytes as f64 / 1e6;
        let what = format!(
            "{}, {}, of which {} held back, {} words, {size:.2} MB",
            count(self.articles, "article"),
            count(self.sentences, "sentence"),
            self.held,
            self.words
        );
        writeln!(output, "\n{what}; one thread, {}", self.clock)?;
        writeln!(
            output,
            "{STRONG}{:.0} sentences/s{STRONG:#}, {:.3} MB/s, {:.0} events/s; the whole takes {STRONG}{:.2}{STRONG:#} times the encoder alone",
            self.sentences_per_second, self.megabytes_per_second, self.events_per_second, self.whole_to_encoder
        )?;
        let memory = self.peak_memory_megabytes.map_or_else(String::new, |mb| format!(", {mb:.0} MB of memory at most"));
        writeln!(output, "{DIM}start-up {:.2} s{memory}{DIM:#}", self.start_up_seconds)?;
        if self.failed > 0 {
            writeln!(output, "{} could not be read and are left out", count(self.failed, "input"))?;
        }
        Ok(())
    }
}

/// Processor time of this process; wall-clock time where the system does not tell it.
#[derive(Clone, Copy, Debug)]
struct Clock(Duration);

impl Clock {
    fn start() -> Self {
        Self(Self::now())
    }

    /// Time since the start.
    fn read(&self) -> Duration {
        Self::now().saturating_sub(self.0)
    }

    /// Time since the start or the last lap.
    fn lap(&mut self) -> Duration {
        let now = Self::now();
        let passed = now.saturating_sub(self.0);
        self.0 = now;
        passed
    }

    #[cfg(unix)]
    const NAME: &'static str = "processor time";

    #[cfg(unix)]
    fn now() -> Duration {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0))
    }

    #[cfg(not(unix))]
    const NAME: &'static str = "wall-clock time";

    #[cfg(not(unix))]
    fn now() -> Duration {
        static FIRST: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
        FIRST.elapsed()
    }
}

/// The most memory that the process held so far, where the system tells it.
fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(rounded(kilobytes * 1024.0 / 1e6, 1))
}

fn per(amount: f64, seconds: f64) -> f64 {
    if seconds > 0.0 { amount / seconds } else { 0.0 }
}

fn rounded(value: f64, digits: i32) -> f64 {
    let unit = 10f64.powi(digits);
    (value * unit).round() / unit
}

/// Reads "200KB", "1MB", "1.5 MB" or a number of bytes.
fn size(text: &str) -> Result<usize, String> {
    let text = text.trim().to_ascii_uppercase();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match text[digits.len()..].trim() {
        "" | "B" => 1.0,
        "K" | "KB" => 1e3,
        "M" | "MB" => 1e6,
        "G" | "GB" => 1e9,
        other => return Err(format!("`{other}` is no unit; use KB, MB or GB")),
    };
    let number: f64 = digits.trim().parse().map_err(|_| "write a number and a unit, as in 1MB".to_owned())?;
    if number > 0.0 && number * unit <= 1e10 {
        Ok((number * unit) as usize)
    } else {
        Err("a size between 1 byte and 10GB is needed".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_their_units() {
        assert_eq!(size("200KB"), Ok(200_000));
        assert_eq!(size("1.5 mb"), Ok(1_500_000));
        assert_eq!(size("12"), Ok(12));
        assert!(size("0").is_err() && size("1 furlong").is_err() && size("MB").is_err());
    }

    #[test]
    fn samples_reach_the_size_asked_for() {
        let inputs = samples(Sample::Feed, 20_000);
        let bytes: usize = inputs.iter().map(|(_, bytes)| bytes.len()).sum();
        assert!((20_000..26_000).contains(&bytes), "{bytes}");
    }
}
