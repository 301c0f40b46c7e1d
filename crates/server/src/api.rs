//! Addresses under `/api`, and their description in OpenAPI.

pub(crate) mod changes;
mod query;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{ConnectInfo, DefaultBodyLimit, Path, RawQuery, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use demarche_export::Format;
use demarche_index::filter::{ARTICLE_FIELDS, EVENT_FIELDS, QUOTE_FIELDS};
use demarche_index::time::{Course, Histogram};
use demarche_index::{ArticleRow, EventRow, QuoteRow, Sort};
use futures::StreamExt as _;
use serde::Serialize;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate as _};
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use utoipa::openapi::path::Operation;
use utoipa::openapi::{ContentBuilder, OpenApi as Description, Ref, RefOr, ResponseBuilder};
use utoipa::{OpenApi, PartialSchema as _};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::exports::{self, FormatRow, Job};
use crate::fault::Fault;
use crate::formats::{Flat, Form, send};
use crate::params::{Fields, Params};
use crate::state::{App, Status, View};
use crate::views::{self, Listed, actors, articles, code, events, record, runs, search};
use crate::{guard, pages};
use query::{ArticleQuery, EventQuery, PageQuery, QuoteQuery};

/// The largest body.
const BODY: usize = 4 << 20;
/// Longer than this nothing may take.
const TIME: Duration = Duration::from_secs(60);

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Demarche",
        description = "Political events in news: who did what to whom, when, where, and according to whom. Everything that the pages show can be had here, with the same filters.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    components(schemas(Fault)),
    tags(
        (name = "events", description = "Events: reports of articles, or events of the world"),
        (name = "articles", description = "Articles, quotes, what was not coded"),
        (name = "actors", description = "Actors and networks"),
        (name = "store", description = "Runs, sources, search, status"),
        (name = "work", description = "Coding a text, exports"),
        (name = "changes", description = "Corrections, merges and splits; these need a token")
    )
)]
struct Api;

/// All addresses: those of the API, and the pages.
pub(crate) fn routes(app: &Arc<App>) -> Router {
    let (api, description) = described().split_for_parts();
    let description = Arc::new(complete(description));
    let shared = Arc::clone(&description);
    let text = serde_json::to_vec(&*description).unwrap_or_default();
    let api = api
        .route("/api/openapi.json", axum::routing::get(async move || ([(CONTENT_TYPE, "application/json")], text.clone())))
        .method_not_allowed_fallback(async || Fault::method());
    api.merge(pages::routes(shared))
        .fallback(async |State(app): State<Arc<App>>, uri: Uri| pages::missing(&app, &uri))
        .layer(DefaultBodyLimit::max(BODY))
        .layer(from_fn(limit_time))
        .layer(from_fn_with_state(Arc::clone(app), pages::dress))
        .layer(
            CompressionLayer::new().compress_when(DefaultPredicate::new().and(NotForContentType::const_new("application/zip"))),
        )
        .layer(CatchPanicLayer::custom(|_| Fault::failed().into_response()))
        .layer(from_fn_with_state(Arc::clone(app), guard::stand))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .with_state(Arc::clone(app))
}

async fn limit_time(request: axum::extract::Request, next: axum::middleware::Next) -> Response {
    match tokio::time::timeout(TIME, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Fault::slow().into_response(),
    }
}

/// The API in OpenAPI 3.1.
pub fn description() -> Description {
    complete(described().split_for_parts().1)
}

fn described() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(Api::openapi())
        .routes(routes!(status))
        .routes(routes!(list_events))
        .routes(routes!(events_csv))
        .routes(routes!(events_jsonl))
        .routes(routes!(events_arrow))
        .routes(routes!(event))
        .routes(routes!(explain))
        .routes(routes!(facets))
        .routes(routes!(histogram))
        .routes(routes!(series))
        .routes(routes!(places))
        .routes(routes!(network))
        .routes(routes!(network_gexf))
        .routes(routes!(network_graphml))
        .routes(routes!(list_actors))
        .routes(routes!(actor))
        .routes(routes!(list_articles))
        .routes(routes!(article))
        .routes(routes!(list_quotes))
        .routes(routes!(cluster))
        .routes(routes!(rejects))
        .routes(routes!(runs_and_sources))
        .routes(routes!(difference))
        .routes(routes!(find))
        .routes(routes!(code_text))
        .routes(routes!(export_formats))
        .routes(routes!(begin_export))
        .routes(routes!(export))
        .routes(routes!(export_file))
        .merge(changes::routes())
}

/// Adds to each address the answers that any may give.
fn complete(mut description: Description) -> Description {
    let fault = |words: &str| {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Fault"))).build();
        RefOr::T(ResponseBuilder::new().description(words).content("application/json", content).build())
    };
    for item in description.paths.paths.values_mut() {
        if let Some(operation) = &mut item.get {
            add_forms(operation);
        }
        let operations = [&mut item.get, &mut item.post, &mut item.delete];
        for operation in operations.into_iter().flatten() {
            let all = &mut operation.responses.responses;
            for (status, words) in [
                ("400", "A parameter says nothing that can be asked for"),
                ("403", "Nothing can be changed here, or the request comes from a page of another site"),
                ("404", "There is no such thing"),
                ("405", "The address takes other methods"),
                ("413", "The body is too large"),
                ("429", "Too many requests"),
                ("500", "The program failed"),
                ("503", "It took too long"),
            ] {
                all.entry(status.to_owned()).or_insert_with(|| fault(words));
            }
        }
        for operation in [&mut item.post, &mut item.delete].into_iter().flatten() {
            for (status, words) in [
                ("401", "A token is needed"),
                ("409", "It cannot be done as the store is now"),
                ("415", "The body is neither JSON nor a form"),
                ("422", "The body says nothing that can be done"),
            ] {
                operation.responses.responses.entry(status.to_owned()).or_insert_with(|| fault(words));
            }
        }
    }
    description
}

/// Where a form can be chosen, the answer may have any of them.
fn add_forms(operation: &mut Operation) {
    let chosen = operation
        .parameters
        .iter()
        .flatten()
        .any(|parameter| matches!(parameter, RefOr::T(parameter) if parameter.name == "format"));
    let Some(RefOr::T(good)) = operation.responses.responses.get_mut("200").filter(|_| chosen) else { return };
    if good.content.contains_key("application/json") {
        for kind in ["text/csv", "application/jsonl", "application/vnd.apache.arrow.stream"] {
            good.content.insert(kind.to_owned(), RefOr::T(ContentBuilder::new().schema(Some(String::schema())).build()));
        }
    }
}

/// A value as JSON, unless the caller has it as the store is now.
pub(crate) async fn answer<T: Serialize + Send + 'static>(
    app: Arc<App>,
    asked: Asked,
    view: impl FnOnce(&App, &View, &Params) -> Result<T, Fault> + Send + 'static,
) -> Result<Response, Fault> {
    let Asked { params, uri, headers } = asked;
    let made = app
        .work(move |app, held| {
            let tag = tag(app.nonce, held.commit, &uri);
            let known = headers.get(IF_NONE_MATCH).and_then(|known| known.to_str().ok()).unwrap_or_default();
            if known.split(',').any(|known| known.trim() == tag) {
                return Ok((tag, None));
            }
            let value = view(app, held, &params)?;
            let text = serde_json::to_vec(&value).map_err(|error| Fault::internal(error.to_string()))?;
            Ok((tag, Some(text)))
        })
        .await?;
    let caching = |tag| [(ETAG, tag), (CACHE_CONTROL, "no-cache".to_owned()), (VARY, "accept-encoding".to_owned())];
    Ok(match made {
        (tag, None) => (StatusCode::NOT_MODIFIED, caching(tag)).into_response(),
        (tag, Some(text)) => (caching(tag), [(CONTENT_TYPE, "application/json")], text).into_response(),
    })
}

/// What was asked: what is answered hangs on nothing else but the store.
pub(crate) struct Asked {
    pub(crate) params: Params,
    uri: Uri,
    headers: HeaderMap,
}

impl<S: Send + Sync> axum::extract::FromRequestParts<S> for Asked {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut axum::http::request::Parts, _: &S) -> Result<Self, Fault> {
        let params = Params::read(parts.uri.query());
        Ok(Self { params, uri: parts.uri.clone(), headers: parts.headers.clone() })
    }
}

fn tag(nonce: u64, commit: u64, uri: &Uri) -> String {
    let what = format!("{nonce}\n{commit}\n{uri}");
    format!("W/\"{:016x}\"", xxhash_rust::xxh3::xxh3_64(what.as_bytes()))
}

/// A list in the form that is asked for: a page as JSON, or all of it, row by row.
async fn rows<T>(
    app: Arc<App>,
    asked: Asked,
    form: Form,
    sort: Sort,
    fields: Fields,
    list: fn(&App, &View, &Params) -> Result<Listed<T>, Fault>,
) -> Result<Response, Fault>
where
    T: Flat + Serialize + serde::de::DeserializeOwned + Send + 'static,
{
    if form == Form::Json {
        return answer(app, asked, list).await;
    }
    let params = asked.params;
    let name = match sort {
        Sort::Event => "events",
        Sort::Quote => "quotes",
        Sort::Article => "articles",
    };
    let view = app.view();
    // A fault of the question is told as one, before rows are sent.
    let filter = params.filter(fields, &[])?;
    let order = params.order(view.index.table(sort))?;
    let (after, limit) = (params.cursor()?, params.get("limit").map(|_| params.limit()).transpose()?);
    drop(view);
    let place = app.stream().await?;
    Ok(send::<T>(place, form, name, move |put| {
        let view = app.view();
        let selected = view.index.select(sort, &filter)?;
        let page = view.index.page(&selected, order, after, limit.unwrap_or(usize::MAX));
        for row in page.rows {
            put(view.index.shown(sort, row)?)?;
        }
        Ok(())
    }))
}

/// A value as JSON, or its parts as rows.
async fn parts<T, R>(
    app: Arc<App>,
    asked: Asked,
    name: &'static str,
    view: fn(&App, &View, &Params) -> Result<T, Fault>,
    take: fn(T) -> Vec<R>,
) -> Result<Response, Fault>
where
    T: Serialize + Send + 'static,
    R: Flat + Serialize + Send + 'static,
{
    let form = Form::read(asked.params.get("format"))?;
    let params = asked.params.without("format");
    let shared = Arc::clone(&app);
    if form == Form::Json {
        return answer(app, Asked { params, ..asked }, view).await;
    }
    let found = shared.work(move |app, held| view(app, held, &params)).await?;
    let place = shared.stream().await?;
    Ok(send(place, form, name, move |put| take(found).into_iter().try_for_each(put)))
}

/// What is served
#[utoipa::path(get, path = "/api/status", tag = "store", responses((status = 200, body = Status)))]
async fn status(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Fault> {
    answer(app, asked, |app, view, params| params.only(&[]).map(|()| app.status(view))).await
}

/// Events, page by page
#[utoipa::path(get, path = "/api/events", tag = "events", params(EventQuery, PageQuery), responses((status = 200, body = Listed<EventRow>)))]
async fn list_events(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Fault> {
    let form = Form::read(asked.params.get("format"))?;
    rows(app, asked, form, Sort::Event, EVENT_FIELDS, events::list).await
}

/// All chosen events as CSV
#[utoipa::path(get, path = "/api/events.csv", tag = "events", params(EventQuery, PageQuery), responses((status = 200, content_type = "text/csv", body = String)))]
async fn events_csv(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Fault> {
    rows(app, asked, Form::Csv, Sort::Event, EVENT_FIELDS, events::list).await
}

/// All chosen events, a JSON object a line
#[utoipa::path(get, path = "/api/events.jsonl", tag = "events", params(EventQuery, PageQuery), responses((status = 200, content_type = "application/jsonl", body = String)))]
async fn events_jsonl(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Fault> {
    rows(app, asked, Form::Jsonl, Sort::Event, EVENT_FIELDS, events::list).await
}

/// All chosen events as a stream of Arrow IPC
#[utoipa::path(get, path = "/api/events.arrow", tag = "events", params(EventQuery, PageQuery), responses((status = 200, content_type = "application/vnd.apache.arrow.stream", body = Vec<u8>)))]
async fn events_arrow(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Fault> {
    rows(app, asked, Form::Arrow, Sort::Event, EVENT_FIELDS, events::list).await
}

type Named = Result<Path<String>, PathRejection>;

/// A part of an address that is no text is no identifier of anything.
fn named(path: Named, what: &str) -> Result<String, Fault> {
    path.map(|Path(id)| id).map_err(|_| Fault::missing(what, ""))
}

/// An event with its record, article, other reports, decisions and corrections
#[utoipa::path(get, path = "/api/events/{id}", tag = "events", params(("id" = String, Path, description = "Identifier of the event")), responses((status = 200, body = record::Whole)))]
async fn event(State(app): State<Arc<App>>, id: Named, asked: Asked) -> Result<Response, Fault> {
    let id = named(id, "event")?;
    answer(app, asked, move |app, view, params| params.only(&[]).and_then(|()| record::event(app, view, &id))).await
}

/// Why an event is coded as it is
#[utoipa::path(get, path = "/api/events/{id}/explain", tag = "events", params(("id" = String, Path, description = "Identifier of the event")), responses((status = 200, body = record::Derivation), (status = 409, body = Fault, description = "The program codes the article in another way by now")))]
async fn explain(State(app): State<Arc<App>>, ConnectInfo(peer): ConnectInfo<SocketAddr>, id: Named) -> Result<Response, Fault> {
    app.guard.room(peer.ip())?;
    let id = named(id, "event")?;
    app.coding(move |app, view| record::explain(app, view, &id)).await.map(|found| Json(found).into_response())
}

/// How many of the chosen events have each value
#[utoipa::path(get, path = "/api/facets", tag = "events", params(EventQuery, query::FacetQuery), responses((status = 200, body = events::Facets)))]
async fn facets(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Fault> {
    answer(app, asked, events::facets).await
}

/// Events by time
#[utoipa::path(get, path = "/api/histogram", tag = "events", params(EventQuery, query::StepQuery), responses((status = 200, body = Histogram)))]
async fn histogram(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Fault> {
    parts(app, asked, "histogram", events::histogram, |found| found.bins).await
}

/// What two did to each other by time, or all that is chosen
#[utoipa::path(get, path = "/api/series", tag = "events", params(EventQuery, query::StepQuery, query::DirectionQuery), responses((status = 200, body = events::Titled)))]
async fn series(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Fault> {
    parts(app, asked, "series", events::series, |found| {
        let Course { points, .. } = found.course;
        points
    })
    .await
}

/// Where events were
#[utoipa::path(get, path = "/api/places", tag = "events", params(EventQuery, query::ZoomQuery), responses((status = 200, body = events::Places)))]
async fn places(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Fault> {
    parts(app, asked, "places", events::places, |found| found.clusters).await
}

/// Who had to do with whom
#[utoipa::path(get, path = "/api/network", tag = "actors", params(EventQuery, query::MostQuery), responses((status = 200, body = events::Network)))]
async fn network(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Fault> {
    parts(app, asked, "network", events::network, |found| found.edges).await
}

/// The network of the chosen events for Gephi
#[utoipa::path(get, path = "/api/network.gexf", tag = "actors", params(EventQuery), responses((status = 200, content_type = "application/gexf+xml", body = String)))]
async fn network_gexf(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Result<Response, Fault> {
    graph(app, query, Format::Gexf, "application/gexf+xml").await
}

/// The network of the chosen events for igraph, networkx and yEd
#[utoipa::path(get, path = "/api/network.graphml", tag = "actors", params(EventQuery), responses((status = 200, content_type = "application/graphml+xml", body = String)))]
async fn network_graphml(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Result<Response, Fault> {
    graph(app, query, Format::Graphml, "application/graphml+xml").await
}

async fn graph(app: Arc<App>, query: Option<String>, format: Format, kind: &'static str) -> Result<Response, Fault> {
    let params = Params::read(query.as_deref());
    let name = format!("attachment; filename=\"demarche-network.{}\"", format.name());
    let bytes = app
        .work(move |app, view| {
            let failed = |error: std::io::Error| Fault::internal(error.to_string());
            let filter = params.filter(EVENT_FIELDS, &["most"])?;
            let folder = tempfile::tempdir().map_err(failed)?;
            exports::write(app, view, format, &filter, folder.path())?;
            let mut files = std::fs::read_dir(folder.path()).map_err(failed)?.flatten().map(|entry| entry.path());
            let file = files.find(|path| path.extension().is_some_and(|end| end == format.name()));
            std::fs::read(file.ok_or_else(|| Fault::internal("the export has no file"))?).map_err(failed)
        })
        .await?;
    Ok(([(CONTENT_TYPE, kind.to_owned()), (axum::http::header::CONTENT_DISPOSITION, name)], bytes).into_response())
}

/// Actors, the busiest first
#[utoipa::path(get, path = "/api/actors", tag = "actors", params(EventQuery, query::OffsetQuery), responses((status = 200, body = Listed<actors::ActorRow>)))]
async fn list_actors(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Fault> {
    parts(app, asked, "actors", actors::list, |found| found.rows).await
}

/// An actor with its partners, relations and people
#[utoipa::path(get, path = "/api/actors/{code}", tag = "actors", params(("code" = String, Path, description = "ISO 3166 code of three letters, or a non-state code"), EventQuery), responses((status = 200, body = actors::Whole)))]
async fn actor(State(app): State<Arc<App>>, code: Named, asked: Asked) -> Result<Response, Fault> {
    let code = named(code, "actor")?;
    answer(app, asked, move |app, view, params| {
        params.filter(EVENT_FIELDS, &[])?;
        actors::actor(app, view, &code, params)
    })
    .await
}

/// Articles, page by page
#[utoipa::path(get, path = "/api/articles", tag = "articles", params(ArticleQuery, PageQuery), responses((status = 200, body = Listed<ArticleRow>)))]
async fn list_articles(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Fault> {
    let form = Form::read(asked.params.get("format"))?;
    rows(app, asked, form, Sort::Article, ARTICLE_FIELDS, articles::list).await
}

/// An article: its text with what was coded of it
#[utoipa::path(get, path = "/api/articles/{id}", tag = "articles", params(("id" = String, Path, description = "Identifier of the article")), responses((status = 200, body = articles::Whole)))]
async fn article(State(app): State<Arc<App>>, id: Named, asked: Asked) -> Result<Response, Fault> {
    let id = named(id, "article")?;
    answer(app, asked, move |app, view, params| params.only(&[]).and_then(|()| articles::article(app, view, &id))).await
}

/// Quotes, page by page
#[utoipa::path(get, path = "/api/quotes", tag = "articles", params(QuoteQuery, PageQuery), responses((status = 200, body = Listed<QuoteRow>)))]
async fn list_quotes(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Fault> {
    let form = Form::read(asked.params.get("format"))?;
    rows(app, asked, form, Sort::Quote, QUOTE_FIELDS, articles::quotes).await
}

/// An event of the world with its reports
#[utoipa::path(get, path = "/api/clusters/{id}", tag = "events", params(("id" = String, Path, description = "Identifier of the event of the world")), responses((status = 200, body = record::Cluster)))]
async fn cluster(State(app): State<Arc<App>>, id: Named, asked: Asked) -> Result<Response, Fault> {
    let id = named(id, "event of the world")?;
    answer(app, asked, move |app, view, params| params.only(&[]).and_then(|()| record::cluster(app, view, &id))).await
}

/// What was not coded, with the reason
#[utoipa::path(get, path = "/api/rejects", tag = "articles", params(query::RejectQuery), responses((status = 200, body = runs::Rejects)))]
async fn rejects(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Fault> {
    answer(app, asked, runs::rejects).await
}

/// Runs, sources and coverage
#[utoipa::path(get, path = "/api/runs", tag = "store", responses((status = 200, body = runs::Whole)))]
async fn runs_and_sources(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Fault> {
    answer(app, asked, runs::whole).await
}

/// What two runs coded differently
#[utoipa::path(get, path = "/api/runs/diff", tag = "store", params(query::DiffQuery), responses((status = 200, body = runs::Difference)))]
async fn difference(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Fault> {
    answer(app, asked, runs::difference).await
}

/// The best of every kind that a few words find
#[utoipa::path(get, path = "/api/search", tag = "store", params(query::SearchQuery), responses((status = 200, body = search::Found)))]
async fn find(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Fault> {
    answer(app, asked, search::search).await
}

/// Codes a text; nothing of it is kept
#[utoipa::path(post, path = "/api/code", tag = "work", request_body = code::Asked, responses((status = 200, body = code::Coded)))]
async fn code_text(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    body: Result<Json<code::Asked>, JsonRejection>,
) -> Result<Response, Fault> {
    app.guard.room(peer.ip())?;
    let Json(asked) = body.map_err(unreadable)?;
    app.coding(move |app, _| code::code(app, &asked)).await.map(|coded| Json(coded).into_response())
}

/// A body that cannot be read.
pub(crate) fn unreadable(rejection: JsonRejection) -> Fault {
    let status = rejection.status();
    Fault::not_json(status, rejection.body_text())
}

/// Formats of exports
#[utoipa::path(get, path = "/api/exports/formats", tag = "work", responses((status = 200, body = Vec<FormatRow>)))]
async fn export_formats() -> Response {
    Json(exports::formats()).into_response()
}

/// Begins an export
#[utoipa::path(post, path = "/api/exports", tag = "work", request_body = exports::Asked, responses((status = 202, body = Job)))]
async fn begin_export(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: axum::body::Bytes,
) -> Result<Response, Fault> {
    app.guard.room(peer.ip())?;
    let (asked, back) = changes::body::<exports::Asked>(&headers, &body)?;
    let job = app.jobs.begin(&app, &asked)?;
    Ok(match back {
        // A form has no other way to learn where to look.
        Some(_) => (StatusCode::SEE_OTHER, [(axum::http::header::LOCATION, format!("/exports/{}", job.id))]).into_response(),
        None => (StatusCode::ACCEPTED, Json(job)).into_response(),
    })
}

/// How an export stands
#[utoipa::path(get, path = "/api/exports/{id}", tag = "work", params(("id" = String, Path, description = "Identifier of the export")), responses((status = 200, body = Job)))]
async fn export(State(app): State<Arc<App>>, id: Named) -> Result<Response, Fault> {
    let (job, _) = app.jobs.get(&named(id, "export")?)?;
    Ok(([(CACHE_CONTROL, "no-store")], Json(job)).into_response())
}

/// The files of an export, zipped
#[utoipa::path(get, path = "/api/exports/{id}/file", tag = "work", params(("id" = String, Path, description = "Identifier of the export")), responses((status = 200, content_type = "application/zip", body = Vec<u8>), (status = 409, body = Fault, description = "It has not ended")))]
async fn export_file(State(app): State<Arc<App>>, id: Named) -> Result<Response, Fault> {
    let (job, file) = app.jobs.get(&named(id, "export")?)?;
    let file = file.ok_or_else(|| Fault::conflict("not_ready", format!("export {} has no file: it is {}", job.id, job.state)))?;
    let opened = tokio::fs::File::open(file.path()).await.map_err(|error| Fault::internal(error.to_string()))?;
    let chunks = futures::stream::unfold((opened, file), async |(mut opened, file)| {
        use tokio::io::AsyncReadExt as _;
        let mut bytes = vec![0; 1 << 16];
        match opened.read(&mut bytes).await {
            Ok(0) => None,
            Ok(read) => {
                bytes.truncate(read);
                Some((Ok(bytes), (opened, file)))
            }
            Err(error) => Some((Err(error), (opened, file))),
        }
    })
    // Whoever packs answers asks once more after the end.
    .fuse();
    let name = format!("attachment; filename=\"demarche-{}.zip\"", job.format);
    let headers = [(CONTENT_TYPE, "application/zip".to_owned()), (axum::http::header::CONTENT_DISPOSITION, name)];
    Ok((headers, axum::body::Body::from_stream(chunks)).into_response())
}

/// Used by pages too.
pub(crate) use views::runs::queue;
