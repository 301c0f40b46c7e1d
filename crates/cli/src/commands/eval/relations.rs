//! Gold as marked sentences: the relation from a source to a target.

use std::fs;
use std::io::Write;

use demarche::coding::RelationGuess;
use demarche::{Pipeline, Worker};
use demarche_eval::relations::{Example, Prediction, predictions_tsv, read_tsv, score};
use demarche_measure::pairs;

use super::Pairs;
use crate::error::UserError;
use crate::input;
use crate::output::Output;
use crate::screen::{DIM, NOTE};

pub(super) fn run(args: &Pairs, output: &mut Output) -> Result<(), UserError> {
    let text = input::text(&args.file)?;
    let hint = "the file must be tab-separated with a header line: id, sentence, marked_sentence, root, quad";
    let examples = read_tsv(&text).map_err(|error| UserError::content(&args.file, &error, hint))?;
    let pipeline = Pipeline::embedded()?.every_sentence();
    let mut worker = Worker::default();
    let guesses: Vec<RelationGuess> =
        examples.iter().map(|example| pairs::guess(&pipeline, &mut worker, example)).collect::<Result<_, _>>()?;
    let predictions: Vec<Prediction> =
        examples.iter().zip(&guesses).map(|(example, guess)| pairs::prediction(example, guess)).collect();
    if let Some(path) = &args.predictions {
        fs::write(path, predictions_tsv(&predictions)).map_err(|error| UserError::file("written", path, &error))?;
    }
    let report =
        score(&examples, &predictions).map_err(|error| UserError::content(&args.file, &error, "every row needs an id"))?;
    args.report.print(output, &[("relations", report.to_string(), report.to_json())])?;
    if args.errors {
        errors(&examples, &guesses, output)?;
    }
    Ok(())
}

/// The rows whose root is wrong: gold, guess, the rule that decided, and the sentence with its parties marked.
fn errors(examples: &[Example], guesses: &[RelationGuess], output: &mut Output) -> Result<(), UserError> {
    writeln!(output)?;
    for (example, guess) in examples.iter().zip(guesses).filter(|(example, guess)| example.root != guess.root.as_str()) {
        let rule = guess.rule.as_deref().unwrap_or("no trigger was found");
        writeln!(
            output,
            "{NOTE}{} for {}{NOTE:#} {DIM}line {}, id {}, {rule}{DIM:#}",
            guess.root.as_str(),
            example.root,
            example.line,
            example.id
        )?;
        writeln!(output, "  {}", marked(example))?;
    }
    Ok(())
}

fn marked(example: &Example) -> String {
    let mut cuts: Vec<(u32, u8, &str)> = vec![];
    for (span, open, close) in [(example.source, "<s>", "</s>"), (example.target, "<t>", "</t>")] {
        // Where marks meet, the one that ends comes first.
        cuts.extend(span.into_iter().flat_map(|s| [(s.start, 1, open), (s.end, 0, close)]));
    }
    cuts.sort_unstable();
    let (mut out, mut at) = (String::new(), 0);
    for (place, _, mark) in cuts {
        out += &example.sentence[at..place as usize];
        out += mark;
        at = place as usize;
    }
    out + &example.sentence[at..]
}
