//! The server from the outside: pages, the API, and what hostile text does to them.

mod api;
mod changes;
mod grown;
mod hostile;
mod pages;

use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::connect_info::MockConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode};
use demarche::Pipeline;
use demarche_flows::{Ingest, Session, corroborate};
use demarche_server::{Server, Settings};
use demarche_sources::{Reader, Settings as Reading, Source};
use demarche_store::{Options, Store};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt as _;

static PIPELINE: LazyLock<Arc<Pipeline>> =
    LazyLock::new(|| Arc::new(Pipeline::embedded().expect("the data that ship with the program are sound")));

/// What knows it may change the store.
const TOKEN: &str = "a-token-for-tests";

/// A store of some articles, served.
pub(crate) struct Desk {
    /// Gone when the desk is.
    folder: TempDir,
    router: Router,
    runtime: tokio::runtime::Runtime,
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).expect("the answer is text")
    }

    /// The value of a good answer.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text());
        serde_json::from_slice(&self.bytes).expect("the answer is JSON")
    }

    /// Status and code of a fault.
    pub(crate) fn fault(&self) -> (u16, String) {
        let fault: Value = serde_json::from_slice(&self.bytes).expect("a fault is JSON");
        for field in ["message", "code", "type", "link"] {
            assert!(fault[field].as_str().is_some_and(|text| !text.is_empty()), "{field} of {fault}");
        }
        (self.status.as_u16(), fault["code"].as_str().unwrap_or_default().to_owned())
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

impl Desk {
    /// Takes in what the lines of JSON say, and serves it.
    pub(crate) fn of(lines: &str, token: Option<&str>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        take_in(folder.path(), "news", lines);
        let settings = settings(folder.path(), token, Duration::from_secs(3600));
        let server = Server::open(settings, Arc::clone(&PIPELINE), &|_, _| {}).expect("it can be served");
        let peer = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 40_000);
        let router = server.router().layer(MockConnectInfo(peer));
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("threads");
        Self { folder, router, runtime }
    }

    /// The store that is served.
    pub(crate) fn store(&self) -> Store {
        Store::open_read_only(&place(self.folder.path()), Options::default()).expect("the store is there")
    }

    pub(crate) fn send(&self, request: Request<Body>) -> Answer {
        let router = self.router.clone();
        self.runtime.block_on(async move {
            let response = router.oneshot(request).await.expect("requests are answered");
            let (parts, body) = response.into_parts();
            let bytes =
                to_bytes(body, usize::MAX).await.map_or_else(|error| format!("broken off: {error}").into_bytes(), Into::into);
            Answer { status: parts.status, headers: parts.headers, bytes }
        })
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).header("host", "localhost").body(Body::empty()).expect("a request"))
    }

    pub(crate) fn page(&self, path: &str) -> Answer {
        let request = Request::get(path).header("host", "localhost").header("accept", "text/html");
        self.send(request.body(Body::empty()).expect("a request"))
    }

    pub(crate) fn post(&self, path: &str, body: &Value, token: Option<&str>) -> Answer {
        let mut request = Request::post(path).header("host", "localhost").header("content-type", "application/json");
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        self.send(request.body(Body::from(body.to_string())).expect("a request"))
    }
}

fn place(folder: &Path) -> String {
    folder.join("store").to_string_lossy().into_owned()
}

/// Takes what the lines of JSON say into the store of a folder, and joins reports.
pub(crate) fn take_in(folder: &Path, name: &str, lines: &str) {
    let news = folder.join("in").join(name);
    fs::create_dir_all(&news).expect("a folder");
    fs::write(news.join("news.jsonl"), lines).expect("it is written");
    let mut store = Store::create(&place(folder), Options::default()).expect("a store");
    let reader = Arc::new(Reader::new(Reading { base: Some(folder.to_owned()), ..Reading::default() }));
    let ingest = Ingest { threads: 2, ..Ingest::default() };
    ingest
        .run(&PIPELINE, &mut store, &reader, &[Source::Path(news)], &mut Session::default(), &mut |_| ControlFlow::Continue(()))
        .expect("the store can be written");
    corroborate::corroborate(&mut store).expect("reports can be joined");
}

/// How the store of a folder is served.
pub(crate) fn settings(folder: &Path, token: Option<&str>, refresh: Duration) -> Settings {
    Settings {
        store: place(folder),
        storage: vec![],
        listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
        hosts: vec![],
        token: token.map(str::to_owned),
        index: None,
        assets: None,
        refresh,
    }
}

/// The shipped briefs and the first of the demo's articles.
pub(crate) fn news() -> String {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let read = |name: &str| fs::read_to_string(examples.join(name)).expect("the example is there");
    let demo = read("demo/01-january.jsonl");
    demo.lines().take(24).chain(read("briefs.jsonl").lines()).fold(String::new(), |all, line| all + line + "\n")
}

/// A store that several tests only look at.
pub(crate) static SHOWN: LazyLock<Desk> = LazyLock::new(|| Desk::of(&news(), None));
