//! What a server holds: the store as it was opened last, the coder, settings.

use std::fs;
use std::hash::{BuildHasher as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use axum::response::{IntoResponse, Response};
use demarche::Pipeline;
use demarche_index::{Index, IndexError};
use demarche_store::{Options, Store, StoreError};
use serde::Serialize;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use utoipa::ToSchema;

use crate::exports::Jobs;
use crate::fault::Fault;
use crate::guard::Guard;
use crate::labels::Labels;
use crate::pages::Templates;
use crate::{Heard, Settings};

/// What all requests share.
pub(crate) struct App {
    pub(crate) settings: Settings,
    pub(crate) labels: Arc<Labels>,
    pub(crate) pipeline: Arc<Pipeline>,
    pub(crate) templates: Templates,
    pub(crate) guard: Guard,
    pub(crate) jobs: Jobs,
    view: RwLock<Arc<View>>,
    /// One at a time changes the store.
    writing: Mutex<()>,
    /// One at a time reads it again: an index is made in a folder of its own for each state.
    reading: Mutex<()>,
    /// So many requests work at once; the others wait.
    work: Arc<Semaphore>,
    /// Of coding, which takes the processor whole.
    coding: Arc<Semaphore>,
    /// Of answers that are sent row by row.
    pub(crate) streams: Arc<Semaphore>,
    /// Tells the answers of this process from those of others.
    pub(crate) nonce: u64,
    /// Why the store could not be read again, if so.
    trouble: Mutex<Option<String>>,
}

/// A store as it was when it was opened, with what was read of it.
pub(crate) struct View {
    pub(crate) store: Store,
    pub(crate) index: Index,
    /// Number of the last commit that it has.
    pub(crate) commit: u64,
}

/// What is served.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Status {
    /// The store.
    pub store: String,
    /// Version of the program.
    pub version: &'static str,
    /// Number of the last commit of the store that is shown.
    pub commit: u64,
    /// Events in it.
    pub events: usize,
    /// Articles in it.
    pub articles: usize,
    /// Quotes in it.
    pub quotes: usize,
    /// Whether it is the store as it is now.
    pub indexed: bool,
    /// Why the store could not be read again when it had grown.
    pub trouble: Option<String>,
    /// Whether nothing can be changed.
    pub read_only: bool,
}

/// Version of what stands in the folder of an index; another one is made anew.
const FORM: u32 = 4;
const INDEX: &str = "_demarche/index";
/// Above this, whoever changed something does not wait until it is read again.
const WAITS: usize = 200_000;
/// Answers that are sent row by row at a time.
const STREAMS: usize = 8;

impl View {
    /// Opens a store and its index, and makes the index where there is none.
    pub(crate) fn load(settings: &Settings, heard: Heard<'_>) -> Result<Self, IndexError> {
        let store = Store::open_read_only(&settings.store, settings.options())?;
        let commit = store.last_commit();
        let index = match settings.index_folder() {
            Some(folder) => in_folder(&store, &settings.store, &folder, commit, heard)?,
            None => Index::build(&store, None, heard)?,
        };
        Ok(Self { store, index, commit })
    }
}

/// An index in a folder of its own for each state of the store. Where the folder cannot be written, in memory.
fn in_folder(store: &Store, place: &str, root: &Path, commit: u64, heard: Heard<'_>) -> Result<Index, IndexError> {
    // Several stores may have their indexes in one folder.
    let of = format!("{:08x}", xxhash_rust::xxh3::xxh3_64(place.as_bytes()) as u32);
    let name = format!("{FORM}-{of}-{commit}");
    let ready = root.join(&name);
    if ready.is_dir() {
        match Index::open(store, &ready, heard) {
            Ok(index) => return Ok(index),
            // Damaged: made anew.
            Err(_) => drop(fs::remove_dir_all(&ready)),
        }
    }
    let begun = root.join(format!("{name}.new-{}", std::process::id()));
    let _ = fs::remove_dir_all(&begun);
    if fs::create_dir_all(&begun).is_err() {
        return Index::build(store, None, heard);
    }
    let index = Index::build(store, Some(&begun), heard)?;
    if fs::rename(&begun, &ready).is_err() {
        return Ok(index);
    }
    let index = index.moved(&ready)?;
    // Those of earlier states and forms, and what was begun by programs that are gone.
    let ours =
        |other: &str| !other.contains('-') || other.split('-').nth(1) == Some(of.as_str()) || other.split('-').count() == 2;
    for other in fs::read_dir(root).into_iter().flatten().flatten() {
        if other.file_name().to_str().is_some_and(|other| other != name && ours(other)) {
            let _ = fs::remove_dir_all(other.path());
        }
    }
    Ok(index)
}

impl Settings {
    pub(crate) fn options(&self) -> Options {
        Options { storage: self.storage.clone(), ..Options::default() }
    }

    fn index_folder(&self) -> Option<PathBuf> {
        let local = || (!self.store.contains("://")).then(|| Path::new(&self.store).join(INDEX));
        self.index.clone().or_else(local)
    }
}

impl App {
    pub(crate) fn new(settings: Settings, pipeline: Arc<Pipeline>, view: View) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let labels = Arc::new(Labels::embedded());
        Self {
            templates: Templates::new(settings.assets.clone(), &labels),
            guard: Guard::new(&settings),
            labels,
            jobs: Jobs::default(),
            view: RwLock::new(Arc::new(view)),
            writing: Mutex::new(()),
            reading: Mutex::new(()),
            work: Arc::new(Semaphore::new(2 * cores)),
            coding: Arc::new(Semaphore::new(cores)),
            streams: Arc::new(Semaphore::new(STREAMS)),
            nonce: std::hash::RandomState::new().build_hasher().finish(),
            trouble: Mutex::default(),
            settings,
            pipeline,
        }
    }

    /// The store as it is shown now.
    pub(crate) fn view(&self) -> Arc<View> {
        Arc::clone(&self.view.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// What is served.
    pub(crate) fn status(&self, view: &View) -> Status {
        use demarche_index::Sort;
        let trouble = self.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Status {
            store: Path::new(&self.settings.store)
                .file_name()
                .map_or(self.settings.store.clone(), |name| name.to_string_lossy().into_owned()),
            version: env!("CARGO_PKG_VERSION"),
            commit: view.commit,
            events: view.index.table(Sort::Event).len(),
            articles: view.index.table(Sort::Article).len(),
            quotes: view.index.table(Sort::Quote).len(),
            indexed: trouble.is_none(),
            trouble,
            read_only: self.settings.token.is_none(),
        }
    }

    /// A place among the answers that are sent row by row.
    pub(crate) async fn stream(&self) -> Result<OwnedSemaphorePermit, Fault> {
        let waiting = tokio::time::timeout(Duration::from_secs(10), Arc::clone(&self.streams).acquire_owned());
        match waiting.await {
            Ok(Ok(place)) => Ok(place),
            _ => Err(Fault::too_many("too many downloads at once; try again when one has ended")),
        }
    }

    /// Does what takes the processor or the disk where it does not keep other requests waiting.
    pub(crate) async fn work<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self, &View) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        self.limited(&self.work, work).await
    }

    /// The same for coding.
    pub(crate) async fn coding<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self, &View) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        self.limited(&self.coding, work).await
    }

    async fn limited<T: Send + 'static>(
        self: &Arc<Self>,
        places: &Arc<Semaphore>,
        work: impl FnOnce(&Self, &View) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let place = Arc::clone(places).acquire_owned().await.map_err(|_| Fault::internal("the server is stopping"))?;
        let app = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || {
            // Held until the work is done, also when nobody waits for it any more.
            let _place = place;
            // The store has threads of its own, which must not be given up where requests are served.
            let view = app.view();
            work(&app, &view)
        });
        done.await.unwrap_or_else(|_| Err(Fault::failed()))
    }

    /// Changes the store, and reads it again.
    pub(crate) fn change<T>(self: &Arc<Self>, change: impl FnOnce(&mut Store) -> Result<T, Fault>) -> Result<T, Fault> {
        let _alone = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut store = Store::open(&self.settings.store, self.settings.options())?;
        let done = change(&mut store)?;
        drop(store);
        if self.view().index.table(demarche_index::Sort::Event).len() > WAITS {
            let app = Arc::clone(self);
            std::thread::spawn(move || app.look());
        } else {
            self.refresh().map_err(Fault::from)?;
        }
        Ok(done)
    }

    /// Reads the store again if it has grown, and remembers what is wrong where it cannot.
    pub(crate) fn look(&self) {
        let trouble = self.refresh().err().map(|error| error.to_string());
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
    }

    /// Reads the store again if it has grown. Whether it had.
    pub(crate) fn refresh(&self) -> Result<bool, IndexError> {
        let _alone = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Store::open_read_only(&self.settings.store, self.settings.options())?.last_commit();
        if now == self.view().commit {
            return Ok(false);
        }
        let view = Arc::new(View::load(&self.settings, &|_, _| {})?);
        let before = std::mem::replace(&mut *self.view.write().unwrap_or_else(PoisonError::into_inner), view);
        drop(before);
        Ok(true)
    }
}

/// Opening a store that is not there is the user's mistake.
pub(crate) fn unusable(error: IndexError) -> crate::ServeError {
    match error {
        IndexError::Store(store) => crate::ServeError::Store(store),
        other => crate::ServeError::Index(other),
    }
}

impl IntoResponse for Status {
    fn into_response(self) -> Response {
        axum::Json(self).into_response()
    }
}

/// The store's errors are told as they are.
impl From<StoreError> for crate::ServeError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
