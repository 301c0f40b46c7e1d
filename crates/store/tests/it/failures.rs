//! What the user sees when the storage fails, and that nothing is lost by it.

use std::fmt;
use std::process::Command;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use demarche_store::{Options, Store, StoreError};
use futures::stream::BoxStream;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{
    CopyOptions, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore, PutMultipartOptions, PutOptions,
    PutPayload, PutResult, Result,
};
use url::Url;

use crate::helpers::{committer, content, filled, location, number, open};
use crate::pages::{batch, page, run_of};

/// What another writer does in between.
struct Meanwhile(Box<dyn FnOnce() + Send>);

impl fmt::Debug for Meanwhile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("something")
    }
}

/// A storage in memory whose writes fail after so many.
#[derive(Debug)]
struct Failing {
    inner: InMemory,
    /// Writes left; negative for no limit.
    left: AtomicI64,
    kind: std::io::ErrorKind,
    /// Done before the next entry of the store's log is written.
    meanwhile: Mutex<Option<Meanwhile>>,
}

impl Failing {
    fn new(kind: std::io::ErrorKind) -> Arc<Self> {
        Arc::new(Self { inner: InMemory::new(), left: AtomicI64::new(i64::MAX), kind, meanwhile: Mutex::default() })
    }

    fn allow(&self, writes: i64) {
        self.left.store(writes, Ordering::SeqCst);
    }

    fn write(&self) -> Result<()> {
        if self.left.fetch_sub(1, Ordering::SeqCst) <= 0 {
            return Err(object_store::Error::Generic { store: "test", source: Box::new(std::io::Error::from(self.kind)) });
        }
        Ok(())
    }
}

impl fmt::Display for Failing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("failing storage")
    }
}

#[async_trait]
impl ObjectStore for Failing {
    async fn put_opts(&self, location: &Path, payload: PutPayload, options: PutOptions) -> Result<PutResult> {
        self.write()?;
        if location.as_ref().contains("_demarche/log/") {
            let meanwhile = self.meanwhile.lock().expect("a lock").take();
            if let Some(Meanwhile(work)) = meanwhile {
                // A thread of its own, as a store does not work inside another's.
                std::thread::spawn(work).join().expect("it ends");
            }
        }
        self.inner.put_opts(location, payload, options).await
    }

    async fn put_multipart_opts(&self, location: &Path, options: PutMultipartOptions) -> Result<Box<dyn MultipartUpload>> {
        self.write()?;
        self.inner.put_multipart_opts(location, options).await
    }

    async fn get_opts(&self, location: &Path, options: GetOptions) -> Result<GetResult> {
        self.inner.get_opts(location, options).await
    }

    fn delete_stream(&self, locations: BoxStream<'static, Result<Path>>) -> BoxStream<'static, Result<Path>> {
        self.inner.delete_stream(locations)
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        self.inner.list(prefix)
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        self.inner.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        self.inner.copy_opts(from, to, options).await
    }
}

fn on(storage: &Arc<Failing>) -> std::result::Result<Store, StoreError> {
    let url = Url::parse("memory:///store/").expect("a URL");
    Store::create_on(Arc::clone(storage) as Arc<dyn ObjectStore>, url, Options::default())
}

#[test]
fn a_disk_that_fills_up_at_any_write_loses_nothing() {
    let straight = tempfile::tempdir().expect("a folder");
    let straight = filled(straight.path(), 20).check().expect("a check");
    let storage = Failing::new(std::io::ErrorKind::StorageFull);
    drop(on(&storage).expect("a store"));
    let mut failed = 0;
    for writes in 0..80 {
        storage.allow(i64::MAX);
        let mut store = on(&storage).expect("a store");
        storage.allow(writes);
        match store.commit(batch(0..20)) {
            Err(error) => {
                failed += 1;
                assert!(matches!(error, StoreError::Full { .. }), "after {writes} writes: {error}");
                let told = error.to_string();
                assert!(told.starts_with("the disk is full: ") && told.contains("run the same command again"), "{told}");
            }
            Ok(_) => break,
        }
    }
    assert!(failed > 5, "only {failed} writes failed");
    storage.allow(i64::MAX);
    let mut store = on(&storage).expect("a store");
    store.commit(batch(0..20)).expect("a commit");
    let report = store.check().expect("a check");
    assert!(report.sound(), "{report}");
    assert_eq!(content(&report), content(&straight));
}

#[test]
fn a_storage_that_takes_nothing_says_so() {
    let storage = Failing::new(std::io::ErrorKind::PermissionDenied);
    storage.allow(0);
    let told = on(&storage).expect_err("no store").to_string();
    assert!(told.starts_with("no permission for memory:///store/_demarche/store.json. Change its owner or mode"), "{told}");
}

#[test]
#[cfg(unix)]
fn a_folder_without_permission_says_so() {
    // Not even root may make files there.
    let place = "/sys/kernel/demarche-store";
    let Err(error) = Store::create(place, Options::default()) else { panic!("a store in {place}") };
    let told = error.to_string();
    assert!(told.starts_with(&format!("no permission for {place}/_demarche/store.json")), "{told}");
}

#[test]
#[cfg(unix)]
fn a_file_system_that_is_full_says_so_and_goes_on_later() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = location(&folder.path().join("store"));
    assert!(committer(&place, 10, 10).status().expect("the example runs").success());
    // No file may grow beyond 4 KiB: to a program that ignores the signal it is as a full disk.
    let example = crate::helpers::example("commit_pages");
    let script = format!("trap '' XFSZ; ulimit -f 4; exec '{}' '{place}' 60 50", example.display());
    let output = Command::new("bash").args(["-c", &script]).output().expect("bash runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(told.starts_with("the disk is full: "), "{told}");
    assert!(committer(&place, 60, 50).status().expect("the example runs").success());
    let mut store = open(&folder.path().join("store"));
    assert_eq!(number(&store, "SELECT count(*) FROM sources"), 60);
    assert!(store.check().expect("a check").sound());
}

#[test]
fn two_runs_that_begin_at_once_have_places_of_their_own() {
    let storage = Failing::new(std::io::ErrorKind::Other);
    let mut one = on(&storage).expect("a store");
    let mut two = on(&storage).expect("a store");
    // The other one commits its first pages after ours were written, and before they are committed.
    let other = move || {
        let pages = (10..20).map(page).collect();
        two.commit(demarche_store::Batch { run: run_of("lexicon-2"), pages }).expect("a commit");
    };
    *storage.meanwhile.lock().expect("a lock") = Some(Meanwhile(Box::new(other)));
    let done = one.commit(batch(0..10)).expect("a commit");
    assert_eq!((done.number, done.pages), (Some(2), 10));
    assert_eq!(number(&one, "SELECT count(DISTINCT position) FROM runs"), 2);
    let report = one.check().expect("a check");
    assert!(report.sound(), "{report}");
    assert_eq!(report.unused_files, 0, "what was written in vain is removed");
}

#[test]
fn one_run_that_two_begin_at_once_is_there_once() {
    let storage = Failing::new(std::io::ErrorKind::Other);
    let mut one = on(&storage).expect("a store");
    let mut two = on(&storage).expect("a store");
    let other = move || drop(two.commit(batch(10..20)).expect("a commit"));
    *storage.meanwhile.lock().expect("a lock") = Some(Meanwhile(Box::new(other)));
    one.commit(batch(0..10)).expect("a commit");
    assert_eq!(number(&one, "SELECT count(*) FROM runs"), 1);
    let report = one.check().expect("a check");
    assert!(report.sound(), "{report}");
}
