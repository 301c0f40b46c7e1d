//! Articles and quotes.

use demarche::types::{Block, BlockKind};
use demarche_index::filter::{ARTICLE_FIELDS, QUOTE_FIELDS};
use demarche_index::{ArticleRow, EventRow, QuoteRow, Sort};
use demarche_records::{Event, Party, Quote};
use demarche_store::quoted;
use serde::Serialize;
use utoipa::ToSchema;

use super::Listed;
use super::record::sound;
use crate::fault::Fault;
use crate::params::{Fields, Params};
use crate::pieces::{self, Mark, Piece};
use crate::state::{App, View};

/// A list of articles.
pub(crate) fn list(_: &App, view: &View, params: &Params) -> Result<Listed<ArticleRow>, Fault> {
    rows(view, params, Sort::Article, ARTICLE_FIELDS, "Articles")
}

/// A list of quotes.
pub(crate) fn quotes(_: &App, view: &View, params: &Params) -> Result<Listed<QuoteRow>, Fault> {
    rows(view, params, Sort::Quote, QUOTE_FIELDS, "Quotes")
}

/// A quote with the words around it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct InContext {
    #[serde(flatten)]
    row: QuoteRow,
    context: Around,
}

/// Words before and after.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Around {
    before: String,
    after: String,
}

/// Characters of context on either side.
const AROUND: usize = 140;

/// A list of quotes, each with the words around it.
pub(crate) fn quotes_with_context(app: &App, view: &View, params: &Params) -> Result<Listed<InContext>, Fault> {
    let Listed { total, words, next, rows } = quotes(app, view, params)?;
    let mut ids: Vec<&str> = rows.iter().map(|row| row.article.as_str()).filter(|id| sound(id)).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut texts = std::collections::HashMap::new();
    if !ids.is_empty() {
        let list: Vec<String> = ids.iter().map(|id| quoted(id)).collect();
        let sql = format!("SELECT id, text FROM articles WHERE id IN ({})", list.join(", "));
        texts.extend(view.store.strings::<2>(&sql)?.into_iter().filter_map(|[id, text]| id.zip(text)));
    }
    let rows = rows.into_iter().map(|row| {
        let context = texts.get(&row.article).map(|text| around(text, row.span)).unwrap_or_default();
        InContext { row, context }
    });
    Ok(Listed { total, words, next, rows: rows.collect() })
}

fn around(text: &str, [start, end]: [u32; 2]) -> Around {
    let (start, end) = (start as usize, end as usize);
    let before: String = text.chars().skip(start.saturating_sub(AROUND)).take(start.min(AROUND)).collect();
    let after: String = text.chars().skip(end).take(AROUND).collect();
    // Not beyond the paragraph.
    let before = before.rsplit("\n\n").next().unwrap_or_default().to_owned();
    let after = after.split("\n\n").next().unwrap_or_default().to_owned();
    Around { before, after }
}

fn rows<T: serde::de::DeserializeOwned>(
    view: &View,
    params: &Params,
    sort: Sort,
    fields: Fields,
    noun: &str,
) -> Result<Listed<T>, Fault> {
    let filter = params.filter(fields, &[])?;
    let selected = view.index.select(sort, &filter)?;
    let mention = filter.text.as_ref().map_or_else(String::new, |text| format!(" that mention “{text}”"));
    let order = params.order(view.index.table(sort))?;
    Listed::of(view, &selected, order, params, format!("{noun}{mention}"))
}

/// Where the evidence of an event stands in the text, in characters.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Spans {
    pub sentence: [u32; 2],
    pub trigger: [u32; 2],
    pub date: Option<[u32; 2]>,
    pub place: Option<[u32; 2]>,
    pub actors: Vec<[u32; 2]>,
    pub recipients: Vec<[u32; 2]>,
}

/// An event of an article.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Told {
    #[serde(flatten)]
    pub row: EventRow,
    /// Where its evidence stands.
    pub spans: Spans,
}

/// A block of an article.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct BlockRow {
    /// What it is.
    pub kind: String,
    /// Whether it is no part of the story.
    pub furniture: bool,
    /// Its first character.
    pub start: u32,
    /// The character after its last.
    pub end: u32,
}

/// Something that was not coded.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct RejectRow {
    pub id: String,
    pub article: String,
    pub title: Option<String>,
    pub reason: String,
    pub detail: Option<String>,
    pub rule: Option<String>,
    pub text: String,
}

/// An article with what was coded of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ArticlePage)]
pub(crate) struct Whole {
    pub article: ArticleRow,
    pub text: String,
    pub blocks: Vec<BlockRow>,
    pub events: Vec<Told>,
    pub quotes: Vec<QuoteRow>,
    pub rejects: Vec<RejectRow>,
    /// Stretches of the text that say something.
    pub spans: Vec<Mark>,
    /// The text, cut at the edges of these.
    pub pieces: Vec<Piece>,
}

/// Rejects of an article that are listed.
const REJECTS: usize = 300;

/// An article.
pub(crate) fn article(app: &App, view: &View, id: &str) -> Result<Whole, Fault> {
    let none = || Fault::missing("article", id);
    let id = Some(id).filter(|id| sound(id)).ok_or_else(none)?;
    let at = view.index.row_of(Sort::Article, id).ok_or_else(none)?;
    let article: ArticleRow = view.index.shown(Sort::Article, at)?;
    let day = article.published.map_or_else(|| "published IS NULL".to_owned(), |day| format!("published = DATE '{day}'"));
    let sql = format!("SELECT text, blocks FROM articles WHERE id = {} AND {day}", quoted(id));
    let [text, blocks] = view.store.strings::<2>(&sql)?.into_iter().next().ok_or_else(none)?;
    let text = text.unwrap_or_default();
    let of = quoted(id);
    let records = |table: &str| -> Result<Vec<String>, Fault> {
        let sql = format!("SELECT record FROM {table} WHERE article = {of} ORDER BY id");
        Ok(view.store.strings::<1>(&sql)?.into_iter().filter_map(|[record]| record).collect())
    };
    let mut events: Vec<Event> = records("events")?.iter().filter_map(|record| serde_json::from_str(record).ok()).collect();
    events.sort_by_key(|event| (event.spans.trigger, event.id.clone()));
    let mut quotes: Vec<Quote> = records("quotes")?.iter().filter_map(|record| serde_json::from_str(record).ok()).collect();
    quotes.sort_by_key(|quote| (quote.span, quote.id.clone()));
    let sql = format!(
        "SELECT id, reason, detail, rule, text FROM rejects WHERE article = {of} ORDER BY span_start, id LIMIT {REJECTS}"
    );
    let rejects = view.store.strings::<5>(&sql)?.into_iter().map(|[reject, reason, detail, rule, words]| RejectRow {
        id: reject.unwrap_or_default(),
        article: id.to_owned(),
        title: article.title.clone(),
        reason: reason.unwrap_or_default(),
        detail,
        rule,
        text: words.unwrap_or_default(),
    });
    let rejects: Vec<RejectRow> = rejects.collect();
    let rows = |sort: Sort, id: &str| view.index.row_of(sort, id);
    let mut told = vec![];
    for event in &events {
        let Some(row) = rows(Sort::Event, &event.id) else { continue };
        told.push(Told { row: view.index.shown(Sort::Event, row)?, spans: spans(event) });
    }
    let mut shown = vec![];
    for quote in &quotes {
        let Some(row) = rows(Sort::Quote, &quote.id) else { continue };
        shown.push(view.index.shown(Sort::Quote, row)?);
    }
    let blocks: Vec<Block> = blocks.and_then(|blocks| serde_json::from_str(&blocks).ok()).unwrap_or_default();
    let marks = marks(app, &events, &quotes);
    let cut: Vec<pieces::Block> = blocks.iter().map(block).collect();
    let pieces = pieces::cut(&text, &cut, &marks);
    let characters = |byte: usize| text.get(..byte).map_or(0, |before| before.chars().count() as u32);
    let blocks = cut.iter().map(|block| BlockRow {
        kind: block.kind.clone(),
        furniture: block.furniture,
        start: characters(block.start),
        end: characters(block.end),
    });
    Ok(Whole { blocks: blocks.collect(), article, events: told, quotes: shown, rejects, spans: marks, pieces, text })
}

/// A block as it is cut.
pub(crate) fn block(block: &Block) -> pieces::Block {
    let (kind, furniture) = match block.kind {
        BlockKind::Furniture(kind) => (demarche::record::serde_name(&kind), true),
        kind => (demarche::record::serde_name(&kind), false),
    };
    pieces::Block {
        kind: kind.unwrap_or_else(|| "paragraph".to_owned()),
        furniture,
        start: block.span.start as usize,
        end: block.span.end as usize,
    }
}

fn spans(event: &Event) -> Spans {
    let of = |parties: &[Party]| parties.iter().map(|party| party.span).collect();
    Spans {
        sentence: event.spans.sentence,
        trigger: event.spans.trigger,
        date: event.spans.date,
        place: event.spans.place,
        actors: of(&event.actor),
        recipients: of(&event.recipient),
    }
}

/// Stretches of a text that say something. What several events share stands once.
pub(crate) fn marks(app: &App, events: &[Event], quotes: &[Quote]) -> Vec<Mark> {
    let mut marks: Vec<Mark> = vec![];
    let mut add = |span: [u32; 2], kind: &'static str, id: &str, label: String| match marks
        .iter_mut()
        .find(|mark| mark.kind == kind && [mark.start, mark.end] == span)
    {
        Some(mark) => mark.refs.push(id.to_owned()),
        None => marks.push(Mark { start: span[0], end: span[1], kind, refs: vec![id.to_owned()], label }),
    };
    let name = |party: &Party| {
        let code = party.code.as_deref().map_or("no country", |code| code);
        let sectors = party.sector.iter().map(|sector| format!(" {sector}")).collect::<String>();
        format!("{}: {code}{sectors}", party.identifier_text.as_deref().unwrap_or(&party.entity_text))
    };
    for event in events {
        let kind = app.labels.label("event", &event.event);
        add(event.spans.trigger, "action", &event.id, format!("{kind}, {}", event.status.name()));
        for party in &event.actor {
            add(party.span, "actor", &event.id, format!("actor, {}", name(party)));
        }
        for party in &event.recipient {
            add(party.span, "recipient", &event.id, format!("recipient, {}", name(party)));
        }
        if let (Some(span), Some(place)) = (event.spans.place, &event.event_loc) {
            add(span, "place", &event.id, format!("place, {}", place.name));
        }
        if let Some(span) = event.spans.date {
            let day = event.date.map_or_else(|| "unknown day".to_owned(), |day| day.to_string());
            add(span, "date", &event.id, format!("date, {day}"));
        }
    }
    for quote in quotes {
        let speaker = quote.speaker.as_deref().unwrap_or("somebody who is not named");
        add(quote.span, "quote", &quote.id, format!("quote of {speaker}"));
    }
    marks
}
