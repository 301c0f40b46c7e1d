//! Gold as articles with every actor, place and date marked.

use demarche::coding::dates::{DateKind, DateMention, Unit};
use demarche::types::{Block, BlockKind, DatePrecision, Document, PlaceLink, Span, TokenId};
use demarche::{Article, Pipeline, Worker};
use demarche_eval::annotated::{self, Annotated, Dated, Linked, Report, Value};
use demarche_eval::relations;

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

/// How many of the marked parties of `eval relations` get an entity, a code or a sector.
pub(super) fn coverage(args: &Articles, output: &mut Output) -> Result<(), UserError> {
    let hint = "evals/README.md describes the columns";
    let text = input::text(&args.path)?;
    let examples = relations::read_tsv(&text).map_err(|error| UserError::content(&args.path, &error, hint))?;
    let pipeline = Pipeline::embedded()?.every_sentence();
    let mut worker = Worker::default();
    let mut resolved = vec![];
    for example in &examples {
        let article = input::paragraph("text", &example.sentence, None);
        let found = pipeline.try_read(&article, &mut worker, |reading| {
            let document = &reading.document;
            let parties = [example.source, example.target].into_iter().flatten();
            parties.map(|span| covered(document, span)).collect::<Vec<_>>()
        })?;
        resolved.extend(found);
    }
    let report = annotated::coverage(resolved, args.errors);
    args.report.print(output, &[("marked parties", report.to_string(), report.to_json())])
}

/// What marked words are linked to: at their head, else by their last link inside.
fn covered(document: &Document<'_>, span: Span) -> annotated::Covered {
    let words = span.of(document.text()).to_owned();
    let head = head(document, span);
    let at_head = head.and_then(|head| document.actors.iter().find(|l| document.token(l.head).span == head));
    // Events too take a party that is nobody for what qualifies it: "Khashoggi's death".
    let is_known = |l: &&demarche::types::ActorLink| {
        l.actor.code.is_some() || !l.actor.sectors.is_empty() || l.actor.identifier_id.is_some()
    };
    let inside = || document.actors.iter().filter(|l| span.contains(document.token(l.head).span)).find(is_known);
    let entity = |l: &demarche::types::ActorLink| l.actor.identifier_id.as_ref().map(ToString::to_string);
    let known = at_head.filter(is_known).or_else(inside).map(|l| (link(document, l), entity(l)));
    // A town that is acted upon is taken for its country, as events take it.
    let place = || {
        let link = document.places.iter().rfind(|p| span.contains(document.token(p.head).span))?;
        let code = Some(link.place.country.0.to_string()).filter(|c| !c.is_empty());
        let id = link.place.geonames.map(|id| id.to_string()).or_else(|| link.place.unit.as_ref().map(ToString::to_string));
        Some((Linked { head: document.token(link.head).span, code, sectors: vec![] }, id.or(Some(link.place.name.clone()))))
    };
    let found = known.or_else(place);
    annotated::Covered::new(words, found.as_ref().map(|(l, e)| (l, e.clone())))
}

fn link(document: &Document<'_>, link: &demarche::types::ActorLink) -> Linked {
    Linked {
        head: document.token(link.head).span,
        code: link.actor.code.as_ref().map(|c| c.0.to_string()),
        sectors: link.actor.sectors.iter().map(|s| s.0.to_string()).collect(),
    }
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
    Found {
        links: document.actors.iter().map(|l| link(document, l)).collect(),
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
