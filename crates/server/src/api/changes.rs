//! What a token allows: corrections, merges, splits.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use demarche_export::{Format, Options};
use demarche_flows::corrections::{self, Action, Changes, CorrectionError, PartyAs};
use demarche_flows::{corroborate, decisions};
use demarche_store::Store;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use url::{Position, Url, form_urlencoded};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Asked, Named, answer, named};
use crate::fault::Fault;
use crate::state::App;
use crate::views::record::{Decision, sound};

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list_corrections, correct))
        .routes(routes!(corrections_jsonl))
        .routes(routes!(corrections_brat))
        .routes(routes!(forget_correction))
        .routes(routes!(undo_correction))
        .routes(routes!(merge))
        .routes(routes!(split))
        .routes(routes!(list_decisions))
        .routes(routes!(forget_decision))
        .routes(routes!(undo_decision))
}

/// A correction.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CorrectionAsked {
    /// Identifier of the event.
    event: String,
    /// `accept`, `reject` or `change`.
    action: String,
    /// Fields as they shall be: `event` (type), `mode`, `status`, `actor` and `recipient` (lists of codes and sectors, or text as `IRN GOV MIL, USA`; `-` for nobody), `date`, `place`.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    changes: Option<Value>,
    /// Why.
    #[serde(default)]
    note: Option<String>,
}

/// Two events that are one.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MergeAsked {
    /// Identifier of one.
    a: String,
    /// Identifier of the other.
    b: String,
    /// Why.
    #[serde(default)]
    note: Option<String>,
}

/// An event that is another than those it was joined with.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SplitAsked {
    /// Its identifier.
    event: String,
    /// Why.
    #[serde(default)]
    note: Option<String>,
}

/// What was done.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Done {
    /// In words.
    message: String,
    /// Identifier of the correction or decision.
    id: Option<String>,
}

/// All corrections.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Corrections {
    /// How many there are.
    pub(crate) total: usize,
    /// In the order in which they were made, with what became of each.
    #[schema(value_type = Vec<Object>)]
    pub(crate) rows: Vec<Value>,
}

/// All decisions about reports.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Decisions {
    rows: Vec<Decision>,
}

/// Reads a body: JSON, or a form of a page. Of a form also where its sender wants to go afterwards.
pub(super) fn body<T: DeserializeOwned>(headers: &HeaderMap, bytes: &Bytes) -> Result<(T, Option<String>), Fault> {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "application/json" => serde_json::from_slice(bytes).map(|body| (body, None)).map_err(|error| {
            if error.is_data() {
                Fault::body(error.to_string())
            } else {
                Fault::not_json(StatusCode::BAD_REQUEST, format!("the body is no JSON: {error}"))
            }
        }),
        "application/x-www-form-urlencoded" => {
            let mut fields = Map::new();
            let mut changes = Map::new();
            let mut back = None;
            for (name, value) in form_urlencoded::parse(bytes) {
                let text = Value::String(value.clone().into_owned());
                match (&*name, name.strip_prefix("changes.")) {
                    ("back", _) => back = Some(value.into_owned()),
                    ("token", _) => {}
                    (_, Some(change)) => drop((!value.trim().is_empty()).then(|| changes.insert(change.to_owned(), text))),
                    _ => drop((!value.trim().is_empty()).then(|| fields.insert(name.into_owned(), text))),
                }
            }
            if !changes.is_empty() {
                fields.insert("changes".to_owned(), Value::Object(changes));
            }
            let body = serde_json::from_value(Value::Object(fields)).map_err(|error| Fault::body(error.to_string()))?;
            Ok((body, Some(own_page(back))))
        }
        _ => Err(Fault::not_json(StatusCode::UNSUPPORTED_MEDIA_TYPE, "the body is to be application/json, or a form")),
    }
}

/// What is asked of whoever has the token, and where a form leads back to.
fn allowed<T: DeserializeOwned>(
    app: &App,
    peer: SocketAddr,
    headers: &HeaderMap,
    bytes: &Bytes,
) -> Result<(T, Option<String>), Fault> {
    app.guard.allow(peer.ip(), headers, field(headers, bytes, "token").as_deref())?;
    body(headers, bytes)
}

/// Where a form leads back to: only to pages of this server, as a browser reads the address.
fn own_page(back: Option<String>) -> String {
    let page = back.and_then(|back| {
        let base = Url::parse("http://server/").ok()?;
        let url = base.join(&back).ok().filter(|url| url.origin() == base.origin())?;
        Some(url[Position::BeforePath..].to_owned())
    });
    page.unwrap_or_else(|| "/".to_owned())
}

/// A field of a form.
fn field(headers: &HeaderMap, bytes: &Bytes, name: &str) -> Option<String> {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let form = kind.starts_with("application/x-www-form-urlencoded");
    form.then(|| form_urlencoded::parse(bytes).find(|(known, _)| known == name).map(|(_, value)| value.into_owned())).flatten()
}

/// Tells what was done, or leads a form back.
fn told(done: Done, back: Option<String>) -> Response {
    match back {
        Some(back) => (StatusCode::SEE_OTHER, [(LOCATION, back)]).into_response(),
        None => ([(CACHE_CONTROL, "no-store")], Json(done)).into_response(),
    }
}

async fn change<T: Send + 'static>(
    app: &Arc<App>,
    work: impl FnOnce(&mut Store) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let shared = Arc::clone(app);
    app.work(move |_, _| shared.change(work)).await
}

impl From<CorrectionError> for Fault {
    fn from(error: CorrectionError) -> Self {
        let next = error.next_step().map_or_else(String::new, |step| format!("; {step}"));
        let message = format!("{error}{next}");
        match error {
            CorrectionError::NoEvent { id } => Self::missing("event", &id),
            CorrectionError::NoCorrection { id } => Self::missing("correction", &id),
            CorrectionError::Store(_) | CorrectionError::Record { .. } => Self::internal(message),
            CorrectionError::Busy => Self::conflict("busy", message),
            _ => Self::body(message),
        }
    }
}

fn joined(error: &corroborate::CorroborateError) -> Fault {
    use corroborate::CorroborateError as Error;
    match error {
        Error::NoEvent { id } => Fault::missing("event", id),
        Error::NoDecision { id } => Fault::missing("decision", id),
        Error::Alone { .. } | Error::Ambiguous { .. } | Error::Same { .. } => Fault::body(error.to_string()),
        _ => Fault::internal(error.to_string()),
    }
}

/// Parties in a text: `IRN GOV MIL, USA`, or `-` for nobody.
fn parties(text: &str) -> Vec<PartyAs> {
    if text.trim() == "-" {
        return vec![];
    }
    let party = |part: &str| {
        let mut words = part.split(['/', ' ']).filter(|word| !word.is_empty()).map(str::to_uppercase);
        let code = words.next().filter(|code| code != "?");
        PartyAs { code, sector: words.collect(), text: None }
    };
    text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()).map(party).collect()
}

fn action(asked: &CorrectionAsked) -> Result<Action, Fault> {
    match (asked.action.as_str(), &asked.changes) {
        ("accept", _) => Ok(Action::Accept),
        ("reject", _) => Ok(Action::Reject),
        ("change", Some(Value::Object(changes))) => {
            let mut changes = changes.clone();
            for name in ["actor", "recipient"] {
                if let Some(Value::String(text)) = changes.get(name) {
                    let list = serde_json::to_value(parties(text)).map_err(|error| Fault::internal(error.to_string()))?;
                    changes.insert(name.to_owned(), list);
                }
            }
            if let Some(Value::String(mode)) = changes.get("mode") {
                let modes: Vec<Value> =
                    mode.split(',').map(str::trim).filter(|mode| !mode.is_empty() && *mode != "-").map(Value::from).collect();
                changes.insert("mode".to_owned(), Value::Array(modes));
            }
            let changes: Changes =
                serde_json::from_value(Value::Object(changes)).map_err(|error| Fault::body(format!("changes: {error}")))?;
            Ok(Action::Change(Box::new(changes)))
        }
        ("change", _) => Err(Fault::body("changes: say what is to be changed")),
        (other, _) => Err(Fault::body(format!("action {other:?}: accept, reject or change is wanted"))),
    }
}

fn event_id(id: &str) -> Result<(), Fault> {
    if sound(id) && id.len() >= 8 { Ok(()) } else { Err(Fault::missing("event", id)) }
}

/// Corrections, in the order in which they were made
#[utoipa::path(get, path = "/api/corrections", tag = "changes", responses((status = 200, body = Corrections)))]
async fn list_corrections(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Fault> {
    answer(app, asked, |_, view, params| {
        params.only(&[])?;
        listed(&view.store)
    })
    .await
}

/// All corrections of a store.
pub(crate) fn listed(store: &Store) -> Result<Corrections, Fault> {
    let rows: Vec<Value> = corrections::listed(store)?.iter().filter_map(|row| serde_json::to_value(row).ok()).collect();
    Ok(Corrections { total: rows.len(), rows })
}

/// Accepts, rejects or changes an event
#[utoipa::path(post, path = "/api/corrections", tag = "changes", request_body = CorrectionAsked, responses((status = 200, body = Done)))]
async fn correct(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, Fault> {
    let (asked, back) = allowed::<CorrectionAsked>(&app, peer, &headers, &bytes)?;
    event_id(&asked.event)?;
    let action = action(&asked)?;
    let done = change(&app, move |store| Ok(corrections::correct(store, &asked.event, action, asked.note.as_deref())?)).await?;
    let message = match (done.known, &done.correction.action) {
        (true, _) => "this was decided before",
        (false, Action::Reject) => "rejected",
        (false, Action::Accept) => "accepted",
        (false, Action::Change(_)) => "changed",
    };
    Ok(told(Done { message: message.to_owned(), id: Some(done.correction.id) }, back))
}

/// Corrections, a JSON object a line, with the records before and after
#[utoipa::path(get, path = "/api/corrections.jsonl", tag = "changes", responses((status = 200, content_type = "application/jsonl", body = String)))]
async fn corrections_jsonl(State(app): State<Arc<App>>) -> Result<Response, Fault> {
    let lines = app
        .work(|_, view| {
            let mut lines = vec![];
            corrections::jsonl(&view.store, &mut lines)?;
            Ok(lines)
        })
        .await?;
    let headers = [
        (CONTENT_TYPE, "application/jsonl; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"demarche-corrections.jsonl\""),
    ];
    Ok((headers, lines).into_response())
}

/// Corrected articles with their events as brat has them, zipped
#[utoipa::path(get, path = "/api/corrections.brat.zip", tag = "changes", responses((status = 200, content_type = "application/zip", body = Vec<u8>)))]
async fn corrections_brat(State(app): State<Arc<App>>) -> Result<Response, Fault> {
    let zipped = app
        .work(|_, view| {
            let failed = |error: &dyn std::fmt::Display| Fault::internal(error.to_string());
            let folder = tempfile::tempdir().map_err(|error| failed(&error))?;
            let documents = corrections::documents(&view.store)?.into_iter();
            let documents = documents
                .map(|(article, text, events)| Ok::<_, std::io::Error>(demarche_export::Document { article, text, events }));
            let mut options = Options::new(Format::Brat);
            options.statuses = demarche::types::Status::ALL.to_vec();
            demarche_export::export_brat(documents, options, folder.path()).map_err(|error| failed(&error))?;
            crate::exports::zipped(folder.path(), std::io::Cursor::new(vec![])).map(std::io::Cursor::into_inner)
        })
        .await?;
    let headers =
        [(CONTENT_TYPE, "application/zip"), (CONTENT_DISPOSITION, "attachment; filename=\"demarche-corrections-brat.zip\"")];
    Ok((headers, zipped).into_response())
}

/// Takes a correction back
#[utoipa::path(delete, path = "/api/corrections/{id}", tag = "changes", params(("id" = String, Path, description = "Identifier of the correction")), responses((status = 200, body = Done)))]
async fn forget_correction(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    id: Named,
) -> Result<Response, Fault> {
    take_back(&app, peer, &headers, ("correction", id), &Bytes::new(), forget_in_corrections).await
}

/// Takes a correction back, for forms, which know no other methods
#[utoipa::path(post, path = "/api/corrections/{id}/undo", tag = "changes", request_body(content = String, content_type = "application/x-www-form-urlencoded"), params(("id" = String, Path, description = "Identifier of the correction")), responses((status = 200, body = Done)))]
async fn undo_correction(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    id: Named,
    bytes: Bytes,
) -> Result<Response, Fault> {
    take_back(&app, peer, &headers, ("correction", id), &bytes, forget_in_corrections).await
}

/// Holds that two events are one, with all that they were joined with
#[utoipa::path(post, path = "/api/clusters/merge", tag = "changes", request_body = MergeAsked, responses((status = 200, body = Done)))]
async fn merge(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, Fault> {
    let (asked, back) = allowed::<MergeAsked>(&app, peer, &headers, &bytes)?;
    event_id(&asked.a)?;
    event_id(&asked.b)?;
    let done = change(&app, move |store| {
        corroborate::merge(store, &asked.a, &asked.b, asked.note.as_deref()).map_err(|error| joined(&error))
    })
    .await?;
    Ok(told(Done { message: "merged".to_owned(), id: done.decided.map(|kept| kept.id) }, back))
}

/// Holds that an event is another than those it was joined with
#[utoipa::path(post, path = "/api/clusters/split", tag = "changes", request_body = SplitAsked, responses((status = 200, body = Done)))]
async fn split(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, Fault> {
    let (asked, back) = allowed::<SplitAsked>(&app, peer, &headers, &bytes)?;
    event_id(&asked.event)?;
    let done =
        change(&app, move |store| corroborate::split(store, &asked.event, asked.note.as_deref()).map_err(|error| joined(&error)))
            .await?;
    Ok(told(Done { message: "split off".to_owned(), id: done.decided.map(|kept| kept.id) }, back))
}

/// Decisions about reports, in the order in which they were made
#[utoipa::path(get, path = "/api/decisions", tag = "changes", responses((status = 200, body = Decisions)))]
async fn list_decisions(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Fault> {
    answer(app, asked, |_, view, params| {
        params.only(&[])?;
        let all = decisions::all(&view.store).map_err(|error| joined(&error))?;
        let rows =
            all.into_iter().map(|kept| Decision { kind: kept.kind(), events: kept.events(), id: kept.id, note: kept.note });
        Ok(Decisions { rows: rows.collect() })
    })
    .await
}

/// Takes a decision back
#[utoipa::path(delete, path = "/api/decisions/{id}", tag = "changes", params(("id" = String, Path, description = "Identifier of the decision")), responses((status = 200, body = Done)))]
async fn forget_decision(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    id: Named,
) -> Result<Response, Fault> {
    take_back(&app, peer, &headers, ("decision", id), &Bytes::new(), forget_in_decisions).await
}

/// Takes a decision back, for forms, which know no other methods
#[utoipa::path(post, path = "/api/decisions/{id}/undo", tag = "changes", request_body(content = String, content_type = "application/x-www-form-urlencoded"), params(("id" = String, Path, description = "Identifier of the decision")), responses((status = 200, body = Done)))]
async fn undo_decision(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    id: Named,
    bytes: Bytes,
) -> Result<Response, Fault> {
    take_back(&app, peer, &headers, ("decision", id), &bytes, forget_in_decisions).await
}

/// Takes something back, as a program or a form asks for it.
async fn take_back(
    app: &Arc<App>,
    peer: SocketAddr,
    headers: &HeaderMap,
    (what, id): (&str, Named),
    bytes: &Bytes,
    forget: fn(&mut Store, &str) -> Result<Option<String>, Fault>,
) -> Result<Response, Fault> {
    app.guard.allow(peer.ip(), headers, field(headers, bytes, "token").as_deref())?;
    let id = named(id, what)?;
    if !sound(&id) {
        return Err(Fault::missing(what, &id));
    }
    let back = field(headers, bytes, "back").map(|back| own_page(Some(back)));
    let id = change(app, move |store| forget(store, &id)).await?;
    Ok(told(Done { message: "taken back".to_owned(), id }, back))
}

fn forget_in_corrections(store: &mut Store, id: &str) -> Result<Option<String>, Fault> {
    Ok(Some(corrections::forget(store, id)?.correction.id))
}

fn forget_in_decisions(store: &mut Store, id: &str) -> Result<Option<String>, Fault> {
    let done = corroborate::forget(store, id).map_err(|error| joined(&error))?;
    Ok(done.decided.map(|kept| kept.id))
}
