//! What a few words find, of every kind.

use demarche_index::{ArticleRow, EventRow, QuoteRow, Sort};
use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

use super::actors::{self, ActorRow};
use crate::fault::Fault;
use crate::params::Params;
use crate::state::{App, View};

/// The best of each kind.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Found {
    pub events: Vec<EventRow>,
    pub events_total: usize,
    pub articles: Vec<ArticleRow>,
    pub articles_total: usize,
    pub quotes: Vec<QuoteRow>,
    pub quotes_total: usize,
    pub actors: Vec<ActorRow>,
}

const BEST: usize = 10;

/// What a few words find.
pub(crate) fn search(app: &App, view: &View, params: &Params) -> Result<Found, Fault> {
    params.only(&["q", "limit"])?;
    let Some(text) = params.get("q") else {
        return Ok(Found {
            events: vec![],
            events_total: 0,
            articles: vec![],
            articles_total: 0,
            quotes: vec![],
            quotes_total: 0,
            actors: vec![],
        });
    };
    let most = params.number("limit", BEST, 1, 100)?;
    let (events, events_total) = best(view, Sort::Event, text, most)?;
    let (articles, articles_total) = best(view, Sort::Article, text, most)?;
    let (quotes, quotes_total) = best(view, Sort::Quote, text, most)?;
    let actors = actors::list(app, view, &Params::default().and("q", text))?.rows;
    Ok(Found {
        events,
        events_total,
        articles,
        articles_total,
        quotes,
        quotes_total,
        actors: actors.into_iter().take(BEST).collect(),
    })
}

fn best<T: DeserializeOwned>(view: &View, sort: Sort, text: &str, most: usize) -> Result<(Vec<T>, usize), Fault> {
    let (total, rows) = view.index.best(sort, text, most)?;
    let rows: Result<Vec<T>, _> = rows.into_iter().map(|row| view.index.shown(sort, row)).collect();
    Ok((rows?, total))
}
