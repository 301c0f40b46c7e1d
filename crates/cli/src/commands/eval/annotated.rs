//! Gold as articles with every actor, place and date marked.

use demarche::{Pipeline, Worker};
use demarche_eval::{annotated, relations};
use demarche_measure::marked::{Asked, Marked, score};
use demarche_measure::pairs;

use super::{Articles, corpus};
use crate::error::UserError;
use crate::input;
use crate::output::Output;

const FORM: &str = "evals/README.md describes the format";

pub(super) fn run(args: &Articles, asked: Asked, output: &mut Output) -> Result<(), UserError> {
    let pipeline = Pipeline::embedded()?.every_sentence();
    let mut worker = Worker::default();
    let mut articles = vec![];
    for file in corpus::files(&args.path)? {
        let text = input::text(&file)?;
        let gold = annotated::read(&text).map_err(|error| UserError::content(&file, &error, FORM))?;
        let name = file.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        articles.push(Marked::of(&pipeline, &mut worker, &name, gold)?);
    }
    if articles.is_empty() {
        return Err(UserError::input(format!("{}: no articles here", args.path.display())).hint(FORM));
    }
    let report = score(&articles, asked);
    let report = if args.errors { report } else { report.without_differences() };
    let heading = format!("{}, from raw text", args.path.display());
    args.report.print(output, &[(&heading, report.to_string(), report.to_json())])
}

/// How many of the marked parties of `eval relations` get an entity, a code or a sector.
pub(super) fn coverage(args: &Articles, output: &mut Output) -> Result<(), UserError> {
    let text = input::text(&args.path)?;
    let faulty = |error| UserError::content(&args.path, &error, "evals/README.md describes the columns");
    let examples = relations::read_tsv(&text).map_err(faulty)?;
    let pipeline = Pipeline::embedded()?.every_sentence();
    let mut worker = Worker::default();
    let mut resolved = vec![];
    for example in &examples {
        resolved.extend(pairs::covered(&pipeline, &mut worker, example)?);
    }
    let report = annotated::coverage(resolved, args.errors);
    args.report.print(output, &[("marked parties", report.to_string(), report.to_json())])
}
