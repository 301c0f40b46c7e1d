//! The web interface and the HTTP API over a store.
//!
//! [`Server`] opens a store, reads what is looked at into memory ([`demarche_index`]) and answers until it is stopped. Pages are made
//! on the server from the same values that the API sends, and can be read without a script; scripts draw charts, the map and the network.
//!
//! ```text
//! request ─ guard ─► api   ─► views ─► index (memory), store (disk), pipeline (coding) ─► JSON, CSV, JSON Lines, Arrow
//!                └─► pages ─┘   └─► templates ─► HTML
//! ```
//!
//! | module | what it does |
//! |---|---|
//! | `guard` | hosts, origins, tokens, rates, headers |
//! | `api` | addresses under `/api`, with their description in OpenAPI |
//! | `pages` | addresses for people |
//! | `views` | what both show |
//! | `state` | the store as it was opened last; changes of it |
//! | `params` | query strings: filters, order, page; in words |
//! | `pieces` | a text cut at the edges of what is marked in it |
//! | `formats` | rows as CSV, JSON Lines and Arrow |
//! | `exports` | exports that run beside |
//!
//! Nothing can be changed without a token. Nothing is fetched from anywhere.

mod api;
mod assets;
mod exports;
mod fault;
mod formats;
mod guard;
mod labels;
mod pages;
mod params;
mod pieces;
mod state;
mod views;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use demarche::Pipeline;
use demarche_index::IndexError;
use demarche_store::StoreError;

pub use api::description;

/// How often it is looked whether it is to stop.
const LOOK: Duration = Duration::from_millis(100);

/// Told while a store is read: what, and how many rows.
pub type Heard<'a> = &'a (dyn Fn(&'static str, usize) + Sync);

/// What is served, and how.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The store: a folder, or an address of a bucket.
    pub store: String,
    /// Settings of S3 by their names in the environment.
    pub storage: Vec<(String, String)>,
    /// Where requests are waited for. Port 0 for any that is free.
    pub listen: SocketAddr,
    /// Names that it answers to, beside those of this machine. Without any, and not listening on this machine alone, to all.
    pub hosts: Vec<String>,
    /// Whoever knows it may correct, merge and split; without one nobody may.
    pub token: Option<String>,
    /// Folder for the index; without one it lies in the store's own, or in memory where that cannot be written.
    pub index: Option<PathBuf>,
    /// Folder with templates and static files instead of those that are built in.
    pub assets: Option<PathBuf>,
    /// How often it is looked whether the store has grown.
    pub refresh: Duration,
}

/// Why nothing can be served.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the fields are named in the messages")]
pub enum ServeError {
    #[error(transparent)]
    Store(StoreError),
    #[error("the index cannot be made: {0}")]
    Index(IndexError),
    #[error("{address} cannot be listened on: {source}; name another with --listen")]
    Listen { address: SocketAddr, source: std::io::Error },
    #[error("the server failed: {0}")]
    Io(#[from] std::io::Error),
}

/// A store that is open, with everything that answers requests.
pub struct Server {
    app: Arc<state::App>,
}

impl Server {
    /// Opens a store, and makes its index where there is none.
    pub fn open(settings: Settings, pipeline: Arc<Pipeline>, heard: Heard<'_>) -> Result<Self, ServeError> {
        let view = state::View::load(&settings, heard).map_err(state::unusable)?;
        Ok(Self { app: Arc::new(state::App::new(settings, pipeline, view)) })
    }

    /// What answers requests. It wants to know who asks: `into_make_service_with_connect_info::<SocketAddr>()`.
    pub fn router(&self) -> axum::Router {
        api::routes(&self.app)
    }

    /// Answers until `stopped` says so. `ready` is told the address when requests are answered.
    pub fn run(self, ready: impl FnOnce(SocketAddr), stopped: impl Fn() -> bool + Send + 'static) -> Result<(), ServeError> {
        let (listen, refresh) = (self.app.settings.listen, self.app.settings.refresh);
        let watched = Arc::downgrade(&self.app);
        std::thread::spawn(move || {
            loop {
                std::thread::sleep(refresh);
                let Some(app) = watched.upgrade() else { return };
                // A store that cannot be read just now is read the next time.
                app.look();
                app.guard.tidy();
            }
        });
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().max_blocking_threads(64).build()?;
        let routes = self.router();
        let served = runtime.block_on(async move {
            let listening = tokio::net::TcpListener::bind(listen).await;
            let listener = listening.map_err(|source| ServeError::Listen { address: listen, source })?;
            ready(listener.local_addr()?);
            let service = routes.into_make_service_with_connect_info::<SocketAddr>();
            let stop = async move {
                while !stopped() {
                    tokio::time::sleep(LOOK).await;
                }
            };
            axum::serve(listener, service).with_graceful_shutdown(stop).await?;
            Ok(())
        });
        runtime.shutdown_timeout(Duration::from_secs(2));
        served
    }
}
