//! `demarche eval`: the field's own metrics, measured on the user's machine.

mod annotated;
mod corpus;
mod figures;
mod records;
mod relations;
mod treebank;

use std::io::Write;
use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};
use demarche_measure::marked::Asked;
use jiff::civil::Date;

use crate::error::{Outcome, UserError};
use crate::output::Output;
use crate::screen::STRONG;

const EXAMPLES: &str = "\
Examples:
  demarche eval parse en_ewt-ud-test.conllu        tags and trees, on gold words and from raw text
  demarche eval relations test.tsv --predictions out.tsv --errors
  demarche eval events evals/examples.jsonl        gold names its articles
  demarche eval places evals/world --errors
  demarche eval quotes gold.jsonl --text page.txt --published 2025-06-26

evals/README.md describes the gold formats and the metrics.";

/// Measures accuracy on gold data
#[derive(ClapArgs)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(subcommand)]
    metric: Metric,
}

#[derive(Subcommand)]
enum Metric {
    /// Sentences, words, tags, lemmas and trees, as in the CoNLL 2018 shared task
    Parse(Treebank),
    /// Mentions: of entities against GUM's `Entity=` annotation, the codes of actors against marked articles, or how many marked parties get one
    Mentions(Articles),
    /// Places, against marked articles: the right entry, country, and none where there is none
    Places(Articles),
    /// Expressions of time, against marked articles
    Dates(Articles),
    /// Coreference: MUC, B3, CEAFe and their mean, against GUM's `Entity=` annotation
    Coref(Treebank),
    /// The relation of marked parties: Binary, Quad and Root macro-F1
    Relations(Pairs),
    /// Events: precision, recall and F1 of every field
    Events(Gold),
    /// Quotes: words, speaker, outlet
    Quotes(Gold),
    /// Numbers of events and facts in numbers, against marked sentences
    Figures(Articles),
}

/// A treebank.
#[derive(ClapArgs)]
struct Treebank {
    /// CoNLL-U file
    #[arg(value_name = "FILE.conllu")]
    file: PathBuf,
    #[command(flatten)]
    report: Report,
}

/// Marked articles.
#[derive(ClapArgs)]
struct Articles {
    /// Marked article, a folder of them, or for mentions a CoNLL-U file or the .tsv of `eval relations`
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// Lists what differs
    #[arg(long)]
    errors: bool,
    #[command(flatten)]
    report: Report,
}

/// A file of marked sentences.
#[derive(ClapArgs)]
struct Pairs {
    /// Tab-separated file with the columns id, sentence, marked_sentence, root, quad
    #[arg(value_name = "FILE.tsv")]
    file: PathBuf,
    /// Writes one prediction a row to this file
    #[arg(long, value_name = "OUT.tsv")]
    predictions: Option<PathBuf>,
    /// Lists the rows whose root is wrong, with the rule that decided
    #[arg(long)]
    errors: bool,
    #[command(flatten)]
    report: Report,
}

/// Gold records.
#[derive(ClapArgs)]
struct Gold {
    /// Gold records, one JSON object a line
    #[arg(value_name = "GOLD.jsonl")]
    file: PathBuf,
    /// The article that records without `article` are about
    #[arg(long, value_name = "FILE")]
    text: Option<PathBuf>,
    /// Date of publication of the articles, when they do not tell it
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::input::day)]
    published: Option<Date>,
    #[command(flatten)]
    report: Report,
}

/// How reports are printed.
#[derive(ClapArgs, Clone, Copy)]
struct Report {
    /// Prints the report as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: Args) -> Result<Outcome, UserError> {
    let mut output = Output::stdout();
    match args.metric {
        Metric::Parse(bank) => treebank::parse(&bank, &mut output)?,
        Metric::Mentions(args) if args.path.extension().is_some_and(|e| e == "conllu") => {
            treebank::mentions(&Treebank { file: args.path, report: args.report }, &mut output)?;
        }
        Metric::Mentions(args) if args.path.extension().is_some_and(|e| e == "tsv") => annotated::coverage(&args, &mut output)?,
        Metric::Mentions(args) => annotated::run(&args, Asked::Mentions, &mut output)?,
        Metric::Places(args) => annotated::run(&args, Asked::Places, &mut output)?,
        Metric::Dates(args) => annotated::run(&args, Asked::Dates, &mut output)?,
        Metric::Coref(bank) => treebank::coref(&bank, &mut output)?,
        Metric::Relations(pairs) => relations::run(&pairs, &mut output)?,
        Metric::Events(gold) => records::events(&gold, &mut output)?,
        Metric::Figures(args) => figures::run(&args, &mut output)?,
        Metric::Quotes(gold) => records::quotes(&gold, &mut output)?,
    }
    output.finish()?;
    Ok(Outcome::Done)
}

impl Report {
    /// Prints a report with a heading; as JSON, several reports of one command are keyed by their headings.
    fn print(self, output: &mut Output, reports: &[(&str, String, String)]) -> Result<(), UserError> {
        if !self.json {
            for (index, (heading, text, _)) in reports.iter().enumerate() {
                let gap = if index > 0 { "\n" } else { "" };
                writeln!(output, "{gap}{STRONG}{heading}{STRONG:#}\n{}", text.trim_end())?;
            }
        } else if let [(_, _, json)] = reports {
            writeln!(output, "{json}")?;
        } else {
            let keyed: Vec<String> =
                reports.iter().map(|(heading, _, json)| format!("{}: {json}", serde_json::Value::from(*heading))).collect();
            writeln!(output, "{{{}}}", keyed.join(",\n"))?;
        }
        Ok(())
    }
}
