//! Gold as sentences with their numbers.

use demarche::types::{Attribution, Document, Fact, Figure, Participant, Quantity, Span, TokenId};
use demarche::{Pipeline, Worker};
use demarche_eval::figures::{self, Found};

use super::Articles;
use crate::error::UserError;
use crate::input;
use crate::output::Output;

pub(super) fn run(args: &Articles, output: &mut Output) -> Result<(), UserError> {
    let hint = "evals/README.md describes the format";
    let text = input::text(&args.path)?;
    let gold = figures::read(&text).map_err(|error| UserError::content(&args.path, &error, hint))?;
    if gold.sentences.is_empty() {
        return Err(UserError::input(format!("{}: no sentences here", args.path.display())).hint(hint));
    }
    let pipeline = Pipeline::embedded()?;
    let mut worker = Worker::default();
    let mut found = vec![];
    for sentence in &gold.sentences {
        let article = demarche_measure::paragraph("text", &sentence.text, gold.published);
        found.push(pipeline.try_read(&article, &mut worker, |reading| {
            let document = &reading.document;
            let of_events = reading.coded.events.iter().flat_map(|e| &e.magnitude.figures).map(|f| of_figure(document, f));
            of_events.chain(reading.coded.facts.iter().map(|f| of_fact(document, f))).collect::<Vec<Found>>()
        })?);
    }
    let mut report = figures::score(gold.sentences.iter().zip(found.iter().map(Vec::as_slice)));
    if !args.errors {
        report.differences.clear();
    }
    args.report.print(output, &[("figures", report.to_string(), report.to_json())])
}

fn of_figure(document: &Document<'_>, figure: &Figure) -> Found {
    Found {
        kind: figure.kind.as_str().to_owned(),
        source: source(document, figure.source.as_ref()),
        ..number(&figure.quantity, &figure.unit.0, figure.span)
    }
}

fn of_fact(document: &Document<'_>, fact: &Fact) -> Found {
    let kind = fact.kind.map_or("fact", demarche::types::FigureKind::as_str);
    // A toll without an event is told of its people, and gold has it without a subject.
    let subject = if fact.kind.is_some() { vec![] } else { vec![head(document, &fact.subject)] };
    Found {
        kind: kind.to_owned(),
        subject,
        source: source(document, fact.source.as_ref()),
        period: if fact.kind.is_some() { vec![] } else { fact.period.span.into_iter().collect() },
        ..number(&fact.quantity, &fact.unit.0, fact.span)
    }
}

fn number(quantity: &Quantity, unit: &str, span: Span) -> Found {
    Found { span, value: quantity.value, range: (quantity.low, quantity.high), unit: unit.to_owned(), ..Found::default() }
}

fn source(document: &Document<'_>, attribution: Option<&Attribution>) -> Vec<Span> {
    let party = attribution.and_then(|a| a.speaker.as_ref().or(a.via.as_ref()));
    party.map(|p| head(document, p)).into_iter().collect()
}

/// The head word of a party where it is named here, else the words that stand for it.
fn head(document: &Document<'_>, party: &Participant) -> Span {
    let word = document.token(TokenId(party.head.0)).span;
    if party.span.overlaps(word) { word } else { party.span }
}
