//! `demarche explain`: from the words to the record, step by step.

use std::io::Write;
use std::path::PathBuf;

use demarche::types::SentenceId;
use demarche::{Article, Event, Explanation, Reading, Worker};

use crate::error::{Outcome, UserError};
use crate::input::{self, Days};
use crate::output::Output;
use crate::pipeline::Options;
use crate::screen::{DIM, STRONG, one_line, pad, shorten};

const EXAMPLES: &str = "\
Examples:
  demarche explain page.html                    lists the sentences and the identifiers of their events
  demarche explain page.html --event 3f2a       one event; the beginning of its identifier is enough
  demarche explain --store news.store --event 3f2a   an event of a store
  demarche explain page.html --sentence 4       one sentence, with all that was and was not coded in it
  echo 'Chile condemned the raid.' | demarche explain - --sentence 1";

/// Explains why an event was coded as it was, or why a sentence was not coded
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// File, folder, or - for standard input
    #[cfg_attr(feature = "store", arg(value_name = "PATH", required_unless_present = "store"))]
    #[cfg_attr(not(feature = "store"), arg(value_name = "PATH", required = true))]
    path: Option<PathBuf>,
    /// Identifier of the event, or its beginning
    #[arg(long, value_name = "ID", conflicts_with = "sentence")]
    event: Option<String>,
    /// The article of an event in a store, instead of a path; give the same --lexicon, --kb and --every-sentence as when it was coded
    #[cfg(feature = "store")]
    #[arg(long, value_name = "DIR", requires = "event", conflicts_with_all = ["path", "published", "dates"])]
    store: Option<String>,
    /// Number of the sentence, as the list has it
    #[arg(long, value_name = "N")]
    sentence: Option<u32>,
    #[command(flatten)]
    days: Days,
    #[command(flatten)]
    options: Options,
}

pub(crate) fn run(args: Args) -> Result<Outcome, UserError> {
    let (articles, failed) = articles(&args)?;
    let pipeline = args.options.pipeline()?;
    let mut worker = Worker::default();
    let mut output = Output::stdout();
    let mut found: Vec<(String, String)> = vec![];
    for article in &articles {
        pipeline.try_read(article, &mut worker, |reading| match (&args.event, args.sentence) {
            (None, None) => list(&mut output, &reading),
            (None, Some(number)) => {
                if let Some(id) = number.checked_sub(1).filter(|&n| (n as usize) < reading.document.sentences.len()) {
                    found.push((article.origin.clone(), show(&Explanation::of_sentence(&pipeline, &reading, SentenceId(id)))));
                }
                Ok(())
            }
            (Some(prefix), _) => {
                for event in reading.coded.events.iter().filter(|e| e.id.0.starts_with(prefix.as_str())) {
                    found.push((event.id.0.to_string(), show(&Explanation::of_event(&pipeline, &reading, event))));
                }
                Ok(())
            }
        })??;
    }
    let sought = args.event.is_some() || args.sentence.is_some();
    if sought && found.is_empty() && !failed.is_empty() {
        // What was looked for may stand in what could not be read.
        return Ok(Outcome::of(failed, articles.len()));
    }
    if let Some(prefix) = &args.event {
        write!(output, "{}", only_event(prefix, &found)?)?;
    } else if let Some(number) = args.sentence {
        if found.is_empty() && !articles.is_empty() {
            return Err(UserError::input(format!("there is no sentence {number}"))
                .hint("without --sentence, the sentences are listed with their numbers"));
        }
        for (origin, text) in &found {
            if articles.len() > 1 {
                writeln!(output, "{STRONG}{origin}{STRONG:#}\n")?;
            }
            writeln!(output, "{text}")?;
        }
    }
    output.finish()?;
    Ok(Outcome::of(failed, articles.len()))
}

/// The articles that are named, and what could not be read of them.
fn articles(args: &Args) -> Result<(Vec<Article>, Vec<UserError>), UserError> {
    #[cfg(feature = "store")]
    if let (Some(store), Some(event)) = (&args.store, &args.event) {
        return super::store::articles_of(store, event);
    }
    input::articles(args.path.as_slice(), args.days)
}

/// The one event that was meant. The same article may be there twice, and so its events; any of them will do.
fn only_event<'a>(prefix: &str, found: &'a [(String, String)]) -> Result<&'a str, UserError> {
    let Some((id, text)) = found.first() else {
        return Err(UserError::input(format!("no event has an identifier that begins with `{prefix}`"))
            .hint("without --event, all events are listed; give the same --published, --dates, --lexicon, --kb and --every-sentence as when it was coded"));
    };
    match found.iter().find(|(other, _)| other != id) {
        None => Ok(text),
        Some((other, _)) => {
            Err(UserError::usage(format!("`{prefix}` is the beginning of several events, {id} and {other} among them"))
                .hint("give more of the identifier"))
        }
    }
}

fn show(explanation: &Explanation) -> String {
    let mut out = String::new();
    for section in &explanation.sections {
        if !out.is_empty() {
            out.push('\n');
        }
        out += &format!("{STRONG}{}{STRONG:#}\n", section.title);
        for line in &section.lines {
            out += &format!("  {line}\n");
        }
    }
    out
}

/// The sentences of an article, numbered, with their events.
fn list(output: &mut Output, reading: &Reading<'_>) -> Result<(), UserError> {
    let article = reading.document.article;
    let title = article.title.as_deref().map(one_line).unwrap_or_default();
    writeln!(output, "{STRONG}{title}{STRONG:#} {DIM}{}{DIM:#}", article.origin)?;
    for (index, sentence) in reading.document.sentences.iter().enumerate() {
        let text = shorten(&one_line(sentence.span.of(&article.text)), 90);
        let held = if reading.document.held(SentenceId::from(index)).is_some() { "  (held back by the gate)" } else { "" };
        writeln!(output, "{DIM}{:>4}{DIM:#}  {text}{DIM}{held}{DIM:#}", index + 1)?;
        for event in reading.coded.events.iter().filter(|e| e.sentence.index() == index) {
            writeln!(output, "      {}", event_line(reading, event))?;
        }
    }
    writeln!(output)?;
    Ok(())
}

fn event_line(reading: &Reading<'_>, event: &Event) -> String {
    let trigger = one_line(event.trigger.of(reading.document.text()));
    let modes: String = event.modes.iter().map(|m| format!("-{}", m.0)).collect();
    let kind = pad(&format!("{}{modes}", event.kind.as_str()), 20);
    format!("{DIM}{}{DIM:#}  {STRONG}{kind}{STRONG:#}  \u{201c}{trigger}\u{201d}", event.id.0)
}
