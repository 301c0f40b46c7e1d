//! Pages for people: the values of the API in templates.

mod templates;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{ConnectInfo, Multipart, Path, Query, Request, State};
use axum::http::header::{ACCEPT, CONTENT_TYPE, HeaderValue, LOCATION};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use demarche_index::filter::{ARTICLE_FIELDS, EVENT_FIELDS, QUOTE_FIELDS};
use demarche_index::{Filter, Sort};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::openapi::OpenApi as Description;

pub(crate) use templates::Templates;

use crate::api::queue;
use crate::assets;
use crate::fault::Fault;
use crate::params::{Fields, Params, words};
use crate::state::{App, View};
use crate::views::events::VALUES;
use crate::views::{actors, articles, code, events, record, runs, search};

/// What a template gets.
struct Page {
    /// Name of the template.
    name: &'static str,
    fields: Fields,
    data: Map<String, Value>,
    more: Map<String, Value>,
}

impl Page {
    fn new(name: &'static str, fields: Fields) -> Self {
        Self { name, fields, data: Map::new(), more: Map::new() }
    }

    fn with(mut self, name: &str, value: impl Serialize) -> Result<Self, Fault> {
        let value = serde_json::to_value(value).map_err(|error| Fault::internal(error.to_string()))?;
        self.data.insert(name.to_owned(), value);
        Ok(self)
    }
}

/// Addresses of the pages.
pub(crate) fn routes(description: Arc<Description>) -> Router<Arc<App>> {
    let reference = move |State(app): State<Arc<App>>, uri: Uri| {
        let description = Arc::clone(&description);
        async move { show(app, uri, move |_, _, _| Page::new("reference", &[]).with("openapi", &*description)).await }
    };
    Router::new()
        .route("/", get(home))
        .route("/events", get(list_events))
        .route("/events/{id}", get(event))
        .route("/articles", get(list_articles))
        .route("/articles/{id}", get(article))
        .route("/actors", get(list_actors))
        .route("/actors/{code}", get(actor))
        .route("/dyads", get(choose_dyad))
        .route("/dyads/{a}/{b}", get(dyad))
        .route("/map", get(map))
        .route("/network", get(network))
        .route("/quotes", get(quotes))
        .route("/try", get(try_empty).post(try_it))
        .route("/review", get(review))
        .route("/runs", get(runs_page))
        .route("/search", get(search_page))
        .route("/exports/{id}", get(export_page))
        .route("/api", get(reference))
        .route(
            "/static/{*path}",
            get(async |State(app): State<Arc<App>>, Path(path): Path<String>, headers: HeaderMap| {
                assets::answer(app.settings.assets.as_ref(), &path, &headers)
            }),
        )
        .route(
            "/favicon.ico",
            get(async |State(app): State<Arc<App>>, headers: HeaderMap| {
                assets::answer(app.settings.assets.as_ref(), "icon.svg", &headers)
            }),
        )
}

async fn show(
    app: Arc<App>,
    uri: Uri,
    make: impl FnOnce(&App, &View, &Params) -> Result<Page, Fault> + Send + 'static,
) -> Result<Response, Fault> {
    let html = app
        .work(move |app, view| {
            let params = Params::read(uri.query());
            let page = make(app, view, &params)?;
            render(app, view, uri.path(), &params, page)
        })
        .await?;
    Ok(html_of(StatusCode::OK, html))
}

fn html_of(status: StatusCode, html: String) -> Response {
    (status, [(CONTENT_TYPE, "text/html; charset=utf-8"), (axum::http::header::CACHE_CONTROL, "no-cache")], html).into_response()
}

fn render(app: &App, view: &View, path: &str, params: &Params, page: Page) -> Result<String, Fault> {
    let kept = params.without("cursor");
    let pairs: Vec<Value> = kept
        .pairs()
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| json!({ "key": key, "value": value }))
        .collect();
    let columns: Vec<&str> =
        params.pairs().iter().filter(|(name, _)| name == "columns").flat_map(|(_, value)| value.split(',')).collect();
    let mut context = json!({
        "page": page.name,
        "path": path,
        "query": kept.query(),
        "params": pairs,
        "cursor": params.get("cursor"),
        "sort": params.get("sort").unwrap_or("-date"),
        "columns": if columns.is_empty() { Value::Null } else { json!(columns) },
        "status": app.status(view),
        "filters": params.chips(&app.labels, page.fields),
        "formats": crate::exports::formats(),
        "data": page.data,
    });
    if let Value::Object(context) = &mut context {
        context.extend(page.more);
    }
    app.templates.render(page.name, &context)
}

/// A page that is not there.
pub(crate) fn missing(_: &App, _: &Uri) -> Response {
    Fault::page().into_response()
}

/// Gives faults of pages the form of a page.
pub(crate) async fn dress(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let uri = request.uri().clone();
    let html =
        request.headers().get(ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.contains("text/html"));
    let request_id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
    let from_form =
        request.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form"));
    let response = next.run(request).await;
    let status = response.status();
    let told = response.extensions().get::<Fault>().is_some();
    let failed = status.is_client_error() || status.is_server_error();
    let response = if failed && !told { Fault::of(status).into_response() } else { response };
    let page = !uri.path().starts_with("/api/") && !uri.path().starts_with("/static/");
    let Some(fault) = response.extensions().get::<Fault>().filter(|_| html && (page || from_form)).cloned() else {
        return response;
    };
    let status = fault.status;
    let made = app
        .work(move |app, view| {
            let mut page = Page::new("error", &[]);
            page.data.insert(
                "error".to_owned(),
                json!({ "status": status.as_u16(), "message": fault.message, "code": fault.code, "link": fault.link, "request": request_id }),
            );
            render(app, view, uri.path(), &Params::default(), page)
        })
        .await;
    made.map_or(response, |html| html_of(status, html))
}

async fn home(State(app): State<Arc<App>>, uri: Uri) -> Result<Response, Fault> {
    show(app, uri, |app, view, _| {
        const LATEST: &str = "status=actual&limit=8";
        const FIELDS: [&str; 4] = ["event", "actor", "country", "outlet"];
        let all = view.index.select(Sort::Event, &Filter::default())?;
        let fields: Vec<_> = EVENT_FIELDS.iter().filter(|(name, _)| FIELDS.contains(name)).copied().collect();
        Page::new("home", EVENT_FIELDS)
            .with("histogram", view.index.histogram(&all, None))?
            .with("facets", events::facets_of(app, view, &all, &Filter::default(), &fields, 8))?
            .with("events", events::list(app, view, &Params::read(Some(LATEST)))?)
    })
    .await
}

/// Parameters of a page that filters know, with those of paging.
fn of_list(params: &Params, fields: Fields) -> Params {
    params.filter_only(fields).also(params, &["sort", "limit", "cursor"])
}

async fn list_events(State(app): State<Arc<App>>, uri: Uri) -> Result<Response, Fault> {
    show(app, uri, |app, view, params| {
        let filter = params.filter_only(EVENT_FIELDS).filter(EVENT_FIELDS, &[])?;
        // Chosen once, and looked at three times.
        let selected = view.index.select(Sort::Event, &filter)?;
        let mut page = Page::new("events", EVENT_FIELDS)
            .with("events", events::list_of(app, view, &selected, &filter, params)?)?
            .with("facets", events::facets_of(app, view, &selected, &filter, EVENT_FIELDS, VALUES))?
            .with("histogram", view.index.histogram(&selected, None))?;
        if params.get("rejects") == Some("yes") {
            let asked = Params::default().also(params, &["reason", "article"]);
            page = page.with("rejects", runs::rejects(app, view, &asked)?)?;
        }
        Ok(page)
    })
    .await
}

async fn event(State(app): State<Arc<App>>, Path(id): Path<String>, uri: Uri) -> Result<Response, Fault> {
    show(app, uri, move |app, view, params| {
        let mut page = Page::new("event", &[]).with("event", record::event(app, view, &id)?)?;
        if params.get("explain").is_some() {
            match record::explain(app, view, &id) {
                Ok(explained) => page = page.with("explain", explained)?,
                Err(fault) => page = page.with("explain_error", fault)?,
            }
        }
        Ok(page)
    })
    .await
}

async fn list_articles(State(app): State<Arc<App>>, uri: Uri) -> Result<Response, Fault> {
    show(app, uri, |app, view, params| {
        let filter = params.filter_only(ARTICLE_FIELDS).filter(ARTICLE_FIELDS, &[])?;
        let selected = view.index.select(Sort::Article, &filter)?;
        Page::new("articles", ARTICLE_FIELDS)
            .with("articles", articles::list(app, view, &of_list(params, ARTICLE_FIELDS))?)?
            .with("facets", events::facets_of(app, view, &selected, &filter, ARTICLE_FIELDS, VALUES))
    })
    .await
}

async fn article(State(app): State<Arc<App>>, Path(id): Path<String>, uri: Uri) -> Result<Response, Fault> {
    show(app, uri, move |app, view, _| Page::new("article", &[]).with("article", articles::article(app, view, &id)?)).await
}

async fn list_actors(State(app): State<Arc<App>>, uri: Uri) -> Result<Response, Fault> {
    show(app, uri, |app, view, params| {
        let list = params.filter_only(EVENT_FIELDS).also(params, &["limit", "offset"]);
        Page::new("actors", EVENT_FIELDS).with("actors", actors::list(app, view, &list)?)
    })
    .await
}

/// Steps and direction of a series on a page.
fn of_series(params: &Params, parties: &[(&str, &str)]) -> Params {
    let series = params.filter_only(EVENT_FIELDS).without("actor").without("recipient").also(params, &["by"]);
    let series = series.and("direction", params.get("direction").unwrap_or("both"));
    parties.iter().fold(series, |series, (name, code)| series.and(name, code))
}

const LATEST: &str = "20";

async fn actor(State(app): State<Arc<App>>, Path(code): Path<String>, uri: Uri) -> Result<Response, Fault> {
    show(app, uri, move |app, view, params| {
        let whole = actors::actor(app, view, &code, params)?;
        let field = match params.get("direction") {
            Some("from") => "actor",
            Some("to") => "recipient",
            _ => "party",
        };
        let latest = params.filter_only(EVENT_FIELDS).and(field, &code).and("limit", LATEST);
        Page::new("actor", EVENT_FIELDS)
            .with("actor", whole)?
            .with("series", events::series(app, view, &of_series(params, &[("actor", &code)]))?)?
            .with("events", events::list(app, view, &latest)?)
    })
    .await
}

#[derive(Deserialize)]
struct Pair {
    #[serde(default)]
    a: String,
    #[serde(default)]
    b: String,
}

async fn choose_dyad(State(app): State<Arc<App>>, Query(pair): Query<Pair>) -> Response {
    let code = |text: &str| {
        let text = text.trim();
        let upper = text.to_uppercase();
        if actors::sound(&upper) { Some(upper) } else { app.labels.code_of(text) }
    };
    match (code(&pair.a), code(&pair.b)) {
        (Some(a), Some(b)) => (StatusCode::SEE_OTHER, [(LOCATION, format!("/dyads/{a}/{b}"))]).into_response(),
        (Some(a), None) if pair.b.trim().is_empty() => {
            (StatusCode::SEE_OTHER, [(LOCATION, format!("/actors/{a}"))]).into_response()
        }
        (None, _) => Fault::missing("country or group", &pair.a).into_response(),
        (_, None) => Fault::missing("country or group", &pair.b).into_response(),
    }
}

async fn dyad(State(app): State<Arc<App>>, Path((a, b)): Path<(String, String)>, uri: Uri) -> Result<Response, Fault> {
    show(app, uri, move |app, view, params| {
        for code in [&a, &b] {
            if !actors::sound(code) {
                return Err(Fault::missing("actor", code));
            }
        }
        let party = |code: &str| json!({ "code": code, "name": app.labels.label("party", code) });
        let series = events::series(app, view, &of_series(params, &[("actor", &a), ("recipient", &b)]))?;
        let pairs: &[(&str, &str)] = match params.get("direction") {
            Some("from") => &[("actor", &a), ("recipient", &b)],
            Some("to") => &[("actor", &b), ("recipient", &a)],
            _ => &[("party", &a)],
        };
        let latest = pairs.iter().fold(params.filter_only(EVENT_FIELDS), |latest, (name, code)| latest.and(name, code));
        let filter = latest.filter(EVENT_FIELDS, &[])?;
        let mut selected = view.index.select(Sort::Event, &filter)?;
        if pairs.len() == 1 {
            selected.rows.and(&view.index.dyad_both(&a, &b));
        }
        let page = view.index.page(&selected, demarche_index::pages::Order::default(), None, 20);
        let rows: Vec<demarche_index::EventRow> =
            page.rows.iter().map(|row| view.index.shown(Sort::Event, *row)).collect::<Result<_, _>>()?;
        let relations: Vec<_> = actors::relations_between(view, &a, &b)?;
        Page::new("dyad", EVENT_FIELDS)
            .with("a", party(&a))?
            .with("b", party(&b))?
            .with("series", series)?
            .with("relations", relations)?
            .with("events", json!({ "total": selected.rows.count(), "rows": rows, "next": null, "words": "" }))
    })
    .await
}

async fn map(State(app): State<Arc<App>>, uri: Uri) -> Result<Response, Fault> {
    show(app, uri, |app, view, params| {
        let filter = params.filter_only(EVENT_FIELDS);
        let zoom = filter.clone().also(params, &["zoom"]);
        Page::new("map", EVENT_FIELDS)
            .with("places", events::places(app, view, &zoom)?)?
            .with("facets", events::facets(app, view, &filter)?)?
            .with("words", words(&filter.filter(EVENT_FIELDS, &[])?, &app.labels))
    })
    .await
}

async fn network(State(app): State<Arc<App>>, uri: Uri) -> Result<Response, Fault> {
    show(app, uri, |app, view, params| {
        let filter = params.filter_only(EVENT_FIELDS);
        let most = filter.clone().also(params, &["most"]);
        Page::new("network", EVENT_FIELDS)
            .with("network", events::network(app, view, &most)?)?
            .with("facets", events::facets(app, view, &filter)?)?
            .with("words", words(&filter.filter(EVENT_FIELDS, &[])?, &app.labels))
    })
    .await
}

async fn quotes(State(app): State<Arc<App>>, uri: Uri) -> Result<Response, Fault> {
    show(app, uri, |app, view, params| {
        let filter = params.filter_only(QUOTE_FIELDS).filter(QUOTE_FIELDS, &[])?;
        let selected = view.index.select(Sort::Quote, &filter)?;
        Page::new("quotes", QUOTE_FIELDS)
            .with("quotes", articles::quotes_with_context(app, view, &of_list(params, QUOTE_FIELDS))?)?
            .with("facets", events::facets_of(app, view, &selected, &filter, QUOTE_FIELDS, VALUES))
    })
    .await
}

async fn review(State(app): State<Arc<App>>, uri: Uri) -> Result<Response, Fault> {
    show(app, uri, |app, view, params| {
        let list = of_list(params, EVENT_FIELDS).without("limit").and("limit", "20");
        Page::new("review", EVENT_FIELDS).with("events", queue(app, view, &list)?)?.with("corrections", decided(view)?)
    })
    .await
}

/// The last corrections, with how many there are.
fn decided(view: &View) -> Result<Value, Fault> {
    const LAST: usize = 20;
    let all = demarche_flows::corrections::all(&view.store)?;
    let rows: Vec<Value> = all.iter().rev().take(LAST).filter_map(|correction| serde_json::to_value(correction).ok()).collect();
    Ok(json!({ "total": all.len(), "rows": rows }))
}

async fn runs_page(State(app): State<Arc<App>>, uri: Uri) -> Result<Response, Fault> {
    show(app, uri, |app, view, params| {
        let one = Params::read(Some("limit=1"));
        let mut page = Page::new("runs", &[])
            .with("runs", runs::whole(app, view, &Params::default())?)?
            .with("rejects", runs::rejects(app, view, &one)?)?;
        if let (Some(_), Some(_)) = (params.get("a"), params.get("b")) {
            page = page.with("diff", runs::difference(app, view, params)?)?;
        }
        Ok(page)
    })
    .await
}

async fn search_page(State(app): State<Arc<App>>, uri: Uri) -> Result<Response, Fault> {
    show(app, uri, |app, view, params| {
        let asked = Params::default().also(params, &["q"]);
        let found = search::search(app, view, &asked)?;
        let totals = json!({
            "events": found.events_total,
            "articles": found.articles_total,
            "quotes": found.quotes_total,
            "actors": found.actors.len(),
        });
        let mut value = serde_json::to_value(found).map_err(|error| Fault::internal(error.to_string()))?;
        if let Value::Object(fields) = &mut value {
            fields.insert("totals".to_owned(), totals);
            fields.insert("q".to_owned(), json!(params.get("q").unwrap_or_default()));
        }
        Page::new("search", EVENT_FIELDS).with("search", value)
    })
    .await
}

async fn export_page(State(app): State<Arc<App>>, Path(id): Path<String>, uri: Uri) -> Result<Response, Fault> {
    show(app, uri, move |app, _, _| {
        let (job, _) = app.jobs.get(&id)?;
        Page::new("export", &[]).with("job", job)
    })
    .await
}

async fn try_empty(State(app): State<Arc<App>>, uri: Uri) -> Result<Response, Fault> {
    show(app, uri, |_, _, params| {
        let example = params.get("example").and_then(|name| EXAMPLES.iter().find(|(known, _, _)| *known == name));
        let input = example.map(|(_, _, text)| json!({ "text": text, "published": "2026-03-03", "title": "" }));
        with_examples(Page::new("try", &[]))?.with("input", input)
    })
    .await
}

/// Texts to try it with.
const EXAMPLES: &[(&str, &str, &str)] = &[
    ("court-ruling", "A court ruling", include_str!("../../../examples/court-ruling.txt")),
    ("aid-convoy", "An aid convoy", include_str!("../../../examples/aid-convoy.txt")),
];

fn with_examples(page: Page) -> Result<Page, Fault> {
    let examples: Vec<Value> = EXAMPLES.iter().map(|(name, title, _)| json!({ "name": name, "title": title })).collect();
    page.with("examples", examples)
}

async fn try_it(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    uri: Uri,
    mut form: Multipart,
) -> Result<Response, Fault> {
    app.guard.room(peer.ip())?;
    let (mut asked, mut file) = (code::Asked::default(), None);
    let unreadable = |error: axum::extract::multipart::MultipartError| Fault::not_json(error.status(), error.body_text());
    while let Some(part) = form.next_field().await.map_err(unreadable)? {
        let name = part.name().unwrap_or_default().to_owned();
        let html = part.file_name().is_some_and(|name| name.ends_with(".html") || name.ends_with(".htm"))
            || part.content_type().is_some_and(|kind| kind.starts_with("text/html"));
        let bytes = part.bytes().await.map_err(unreadable)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        match name.as_str() {
            "text" => asked.text = Some(text),
            "published" => asked.published = Some(text),
            "title" => asked.title = Some(text),
            "file" if !bytes.is_empty() => file = Some((html, text)),
            _ => {}
        }
    }
    let looks = |text: &str| text.trim_start().get(..1).is_some_and(|first| first == "<") && text.contains("</");
    let input = json!({ "text": asked.text, "published": asked.published, "title": asked.title });
    match file {
        Some((true, text)) => (asked.html, asked.text) = (Some(text), None),
        Some((false, text)) => asked.text = Some(text),
        // A page that was pasted is read as one.
        None if asked.text.as_deref().is_some_and(looks) => asked.html = asked.text.take(),
        None => {}
    }
    let html = app
        .coding(move |app, view| {
            let page = with_examples(Page::new("try", &[]))?.with("input", input)?;
            let page = match code::code(app, &asked) {
                Ok(coded) => page.with("result", coded)?,
                Err(fault) => page.with("error", fault)?,
            };
            render(app, view, uri.path(), &Params::default(), page)
        })
        .await?;
    let mut response = html_of(StatusCode::OK, html);
    response.headers_mut().insert(axum::http::header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
