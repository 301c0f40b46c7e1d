//! Gold as articles with every actor, place and date marked.

use demarche::coding::dates::{DateKind, DateMention, Unit};
use demarche::types::{Block, BlockKind, DatePrecision, Document, PlaceLink, Span, TokenId};
use demarche::{Article, Pipeline, Worker};
use demarche_eval::annotated::{self, Annotated, Dated, Linked, Report, Value};

use super::{Articles, corpus};
use crate::error::UserError;
use crate::input;
use crate::output::Output;

/// What the program made of one article.
struct Found {
    links: Vec<Linked>,
    /// The head word of every token's subtree inside a marked span is asked for by span.
    heads: Vec<(Span, Option<Span>)>,
    places: Vec<PlaceLink>,
    dates: Vec<Dated>,
}

pub(super) fn mentions(args: &Articles, output: &mut Output) -> Result<(), UserError> {
    let articles = read(args)?;
    let heads: Vec<_> = articles
        .iter()
        .map(|(_, _, found)| move |span: Span| found.heads.iter().find(|(of, _)| *of == span).and_then(|(_, head)| *head))
        .collect();
    let with_heads = articles.iter().zip(&heads);
    print(
        args,
        output,
        annotated::actors(with_heads.map(|((name, gold, found), head)| {
            (name.as_str(), gold, found.links.as_slice(), head as &dyn Fn(Span) -> Option<Span>)
        })),
    )
}

pub(super) fn places(args: &Articles, output: &mut Output) -> Result<(), UserError> {
    let articles = read(args)?;
    print(
        args,
        output,
        annotated::places(articles.iter().map(|(name, gold, found)| (name.as_str(), gold, found.places.as_slice()))),
    )
}

pub(super) fn dates(args: &Articles, output: &mut Output) -> Result<(), UserError> {
    let articles = read(args)?;
    print(
        args,
        output,
        annotated::dates(articles.iter().map(|(name, gold, found)| (name.as_str(), gold, found.dates.as_slice()))),
    )
}

fn print(args: &Articles, output: &mut Output, report: Report) -> Result<(), UserError> {
    let report = if args.errors { report } else { report.without_differences() };
    let heading = format!("{}, from raw text", args.path.display());
    args.report.print(output, &[(&heading, report.to_string(), report.to_json())])
}

fn read(args: &Articles) -> Result<Vec<(String, Annotated, Found)>, UserError> {
    let hint = "evals/README.md describes the format";
    let pipeline = Pipeline::embedded()?.every_sentence();
    let mut worker = Worker::default();
    let mut articles = vec![];
    for file in corpus::files(&args.path)? {
        let text = input::text(&file)?;
        let gold = annotated::read(&text).map_err(|error| UserError::content(&file, &error, hint))?;
        let name = file.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let article = article(&name, &gold);
        let found = pipeline.try_read(&article, &mut worker, |reading| found(&pipeline, &gold, &reading.document))?;
        articles.push((name, gold, found));
    }
    if articles.is_empty() {
        return Err(UserError::input(format!("{}: no articles here", args.path.display())).hint(hint));
    }
    Ok(articles)
}

/// The article of a marked text: a block for every paragraph.
fn article(name: &str, gold: &Annotated) -> Article {
    let mut blocks = vec![];
    let mut at = 0;
    for paragraph in gold.text.split("\n\n") {
        let span = Span::new(at, at + paragraph.len());
        at += paragraph.len() + 2;
        if !paragraph.trim().is_empty() {
            blocks.push(Block { kind: BlockKind::Paragraph, span, source: Some(span) });
        }
    }
    Article { title: Some(gold.title.clone()), blocks, ..input::paragraph(name, &gold.text, Some(gold.published)) }
}

fn found(pipeline: &Pipeline, gold: &Annotated, document: &Document<'_>) -> Found {
    let link = |link: &demarche::types::ActorLink| Linked {
        head: document.token(link.head).span,
        code: link.actor.code.as_ref().map(|c| c.0.to_string()),
        sectors: link.actor.sectors.iter().map(|s| s.0.to_string()).collect(),
    };
    Found {
        links: document.actors.iter().map(link).collect(),
        heads: gold.marks.iter().map(|m| (m.span, head(document, m.span))).collect(),
        places: document.places.clone(),
        dates: pipeline.coder().dates(document).iter().map(dated).collect(),
    }
}

/// The head word of marked words: the one whose own head lies outside.
fn head(document: &Document<'_>, span: Span) -> Option<Span> {
    let inside: Vec<TokenId> =
        (0..document.tokens.len()).map(TokenId::from).filter(|&t| span.contains(document.token(t).span)).collect();
    let outer = |t: &&TokenId| document.token(**t).head.is_none_or(|h| !inside.contains(&h));
    inside.iter().find(outer).map(|&t| document.token(t).span)
}

fn dated(mention: &DateMention) -> Dated {
    let undated = mention.start.is_none() && mention.end.is_none();
    let value = match (mention.kind, mention.length) {
        (kind, Some((n, unit))) if kind == DateKind::Duration || undated => {
            let (n, unit) = match unit {
                Unit::Minute => (n, 'm'),
                Unit::Hour => (n, 'H'),
                Unit::Day => (n, 'D'),
                Unit::Week => (n, 'W'),
                Unit::Month => (n, 'M'),
                Unit::Year => (n, 'Y'),
                Unit::Decade => (n.map(|n| 10 * n), 'Y'),
                Unit::Century => (n.map(|n| 100 * n), 'Y'),
            };
            Value::Length(n, unit)
        }
        (DateKind::Vague, _) if mention.precision == DatePrecision::Vague => Value::Unknown,
        _ if undated => Value::Unknown,
        _ => Value::Days(mention.start, mention.end),
    };
    Dated { span: mention.span, value }
}
