//! Articles with every actor, place and date marked: who, where and when.

use demarche::coding::dates::{DateKind, DateMention, Unit};
use demarche::types::{ActorLink, Block, BlockKind, DatePrecision, Document, PlaceLink, Span, TokenId};
use demarche::{Article, Failure, Pipeline, Worker};
use demarche_eval::annotated::{self, Annotated, Dated, Linked, Report, Value};

use crate::paragraph;

/// A marked article and what the program made of it.
#[derive(Debug)]
pub struct Marked {
    name: String,
    gold: Annotated,
    links: Vec<Linked>,
    /// The head word of each marked span.
    heads: Vec<(Span, Option<Span>)>,
    places: Vec<PlaceLink>,
    dates: Vec<Dated>,
}

/// What is asked of marked articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Codes and sectors of actors.
    Mentions,
    /// Places: the right entry, the right country, and none where there is none.
    Places,
    /// Values of expressions of time.
    Dates,
}

impl Marked {
    /// Reads an article; `name` is what differences are told with. The pipeline must read every sentence, or what the gate holds back counts as missed.
    pub fn of(pipeline: &Pipeline, worker: &mut Worker, name: &str, gold: Annotated) -> Result<Self, Failure> {
        let article = article(name, &gold);
        pipeline.try_read(&article, worker, |reading| {
            let document = &reading.document;
            Self {
                name: name.to_owned(),
                links: document.actors.iter().map(|l| link(document, l)).collect(),
                heads: gold.marks.iter().map(|m| (m.span, head(document, m.span))).collect(),
                places: document.places.clone(),
                dates: pipeline.coder().dates(document).iter().map(dated).collect(),
                gold,
            }
        })
    }
}

/// Scores articles.
pub fn score(articles: &[Marked], asked: Asked) -> Report {
    match asked {
        Asked::Mentions => {
            let head = |article: &Marked, span| article.heads.iter().find(|(of, _)| *of == span).and_then(|(_, head)| *head);
            let heads: Vec<_> = articles.iter().map(|article| move |span| head(article, span)).collect();
            annotated::actors(
                articles
                    .iter()
                    .zip(&heads)
                    .map(|(a, head)| (a.name.as_str(), &a.gold, a.links.as_slice(), head as &dyn Fn(Span) -> Option<Span>)),
            )
        }
        Asked::Places => annotated::places(articles.iter().map(|a| (a.name.as_str(), &a.gold, a.places.as_slice()))),
        Asked::Dates => annotated::dates(articles.iter().map(|a| (a.name.as_str(), &a.gold, a.dates.as_slice()))),
    }
}

/// The article of a marked text: a block for every paragraph.
fn article(name: &str, gold: &Annotated) -> Article {
    let mut blocks = vec![];
    let mut at = 0;
    for words in gold.text.split("\n\n") {
        let span = Span::new(at, at + words.len());
        at += words.len() + 2;
        if !words.trim().is_empty() {
            blocks.push(Block { kind: BlockKind::Paragraph, span, source: Some(span) });
        }
    }
    Article { title: Some(gold.title.clone()), blocks, ..paragraph(name, &gold.text, Some(gold.published)) }
}

pub(crate) fn link(document: &Document<'_>, link: &ActorLink) -> Linked {
    Linked {
        head: document.token(link.head).span,
        code: link.actor.code.as_ref().map(|c| c.0.to_string()),
        sectors: link.actor.sectors.iter().map(|s| s.0.to_string()).collect(),
    }
}

/// The head word of marked words: the one whose own head lies outside.
pub(crate) fn head(document: &Document<'_>, span: Span) -> Option<Span> {
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
