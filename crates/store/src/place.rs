//! Where a store lies: a folder or a prefix in a bucket.

use std::path::{Component, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use deltalake::logstore::{LogStore, LogStoreFactory, ObjectStoreRef, StorageConfig, default_logstore, logstore_factories};
use deltalake::{DeltaResult, DeltaTable, DeltaTableBuilder};
use futures::TryStreamExt as _;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt as _, PutMode, PutOptions, PutPayload, RetryConfig};
use url::Url;

use crate::StoreError;

/// Root of a store.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// As the user named it.
    pub(crate) name: String,
    /// Ends with a slash.
    pub(crate) url: Url,
    /// Rooted at the file system or the bucket.
    pub(crate) storage: Arc<dyn ObjectStore>,
    /// Tells the time of files.
    pub(crate) clock: Option<fn() -> i64>,
    /// The folder, where the store lies on a disk.
    pub(crate) folder: Option<PathBuf>,
    prefix: Path,
}

impl Place {
    /// Reads what the user named. `options` are settings of S3 by their names in the environment (`AWS_REGION`).
    pub(crate) fn new(location: &str, options: &[(String, String)]) -> Result<Self, StoreError> {
        let fault = |why: String| StoreError::Location { location: location.to_owned(), why };
        if let Some(rest) = location.strip_prefix("s3://") {
            let bucket = rest.split('/').next().unwrap_or_default();
            if bucket.is_empty() {
                return Err(fault("the bucket is missing".into()));
            }
            register_s3();
            let mut url = Url::parse(location).map_err(|e| fault(e.to_string()))?;
            if !url.path().ends_with('/') {
                url.set_path(&format!("{}/", url.path()));
            }
            let retry = RetryConfig { max_retries: 4, retry_timeout: Duration::from_secs(60), ..RetryConfig::default() };
            let mut builder = AmazonS3Builder::new().with_bucket_name(bucket).with_retry(retry);
            for (name, value) in options {
                if let Ok(key) = name.to_ascii_lowercase().parse::<AmazonS3ConfigKey>() {
                    builder = builder.with_config(key, value);
                }
            }
            let storage = builder.build().map_err(|e| fault(e.to_string()))?;
            return Self::on(location, url, Arc::new(storage));
        }
        if location.contains("://") && !location.starts_with("file://") {
            return Err(fault("only folders and s3:// are known".into()));
        }
        let path = match location.strip_prefix("file://") {
            Some(_) => {
                Url::parse(location).ok().and_then(|url| url.to_file_path().ok()).ok_or_else(|| fault("no path".into()))?
            }
            None => PathBuf::from(location),
        };
        let path = clean(std::path::absolute(&path).map_err(|e| fault(e.to_string()))?);
        if path.exists() && !path.is_dir() {
            return Err(fault("it is a file".into()));
        }
        let url = Url::from_directory_path(&path).map_err(|()| fault("it is no path".into()))?;
        // Delta makes addresses of paths and paths of addresses, and takes a percent sign of a name for the beginning of a code.
        if path.to_string_lossy().contains('%') {
            return Err(fault("its path has a percent sign in it".into()));
        }
        let inside = Self::on(location, url, Arc::new(LocalFileSystem::new()))?;
        Ok(Self { folder: Some(path), ..inside })
    }

    /// A place on a storage that the caller has made; `url` ends with a slash.
    pub(crate) fn on(name: &str, url: Url, storage: Arc<dyn ObjectStore>) -> Result<Self, StoreError> {
        let prefix = Path::from_url_path(url.path())
            .map_err(|e| StoreError::Location { location: name.to_owned(), why: e.to_string() })?;
        Ok(Self { name: name.to_owned(), url, storage, clock: None, folder: None, prefix })
    }

    /// Path of a file of the store in the storage.
    pub(crate) fn path(&self, inside: &str) -> Path {
        inside.split('/').filter(|part| !part.is_empty()).fold(self.prefix.clone(), |path, part| path.join(part))
    }

    /// The file as the user would name it.
    pub(crate) fn shown(&self, inside: &str) -> String {
        format!("{}/{inside}", self.name.trim_end_matches('/'))
    }

    /// A table's handle, not loaded.
    pub(crate) fn delta(&self, table: &str) -> Result<DeltaTable, StoreError> {
        let fault = |e| StoreError::delta(self.shown(table), e);
        let url = self.url.join(&format!("{table}/")).map_err(|e| StoreError::storage(self.shown(table), e))?;
        let builder = DeltaTableBuilder::from_url(url.clone()).map_err(fault)?;
        builder.with_storage_backend(Arc::clone(&self.storage), url).build().map_err(fault)
    }

    /// The content of a file, if it is there.
    pub(crate) async fn read(&self, inside: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let fault = |e| StoreError::storage(self.shown(inside), e);
        match self.storage.get(&self.path(inside)).await {
            Ok(found) => Ok(Some(found.bytes().await.map_err(fault)?.to_vec())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(fault(error)),
        }
    }

    /// Writes a file, whatever is there.
    pub(crate) async fn write(&self, inside: &str, content: Vec<u8>) -> Result<(), StoreError> {
        let written = self.storage.put(&self.path(inside), PutPayload::from(content)).await;
        written.map(|_| ()).map_err(|e| StoreError::storage(self.shown(inside), e))
    }

    /// Writes a file if there is none; says whether it did.
    pub(crate) async fn write_new(&self, inside: &str, content: Vec<u8>) -> Result<bool, StoreError> {
        let options = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        match self.storage.put_opts(&self.path(inside), PutPayload::from(content), options).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::AlreadyExists { .. } | object_store::Error::Precondition { .. }) => Ok(false),
            Err(error) => Err(StoreError::storage(self.shown(inside), error)),
        }
    }

    /// Files under a folder, after that name.
    pub(crate) async fn list(&self, folder: &str, after: Option<&str>) -> Result<Vec<ObjectMeta>, StoreError> {
        let prefix = self.path(folder);
        let listed = match after {
            Some(after) => self.storage.list_with_offset(Some(&prefix), &prefix.clone().join(after)),
            None => self.storage.list(Some(&prefix)),
        };
        listed.try_collect().await.map_err(|e| StoreError::storage(self.shown(folder), e))
    }

    /// Removes a file; one that is gone is no error.
    pub(crate) async fn delete(&self, path: &Path) -> Result<(), StoreError> {
        match self.storage.delete(path).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => {
                let inside = path.prefix_match(&self.prefix).map(|parts| parts.map(|part| part.as_ref().to_owned()).collect());
                let inside = inside.map_or_else(|| path.to_string(), |parts: Vec<String>| parts.join("/"));
                Err(StoreError::storage(self.shown(&inside), error))
            }
        }
    }
}

/// The absolute path without steps upwards. A step upwards from a link leads to where the link points.
fn clean(path: PathBuf) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                if let Ok(real) = clean.canonicalize() {
                    clean = real;
                }
                clean.pop();
            }
            Component::CurDir => {}
            part => clean.push(part),
        }
    }
    clean
}

#[derive(Debug)]
struct S3Log;

impl LogStoreFactory for S3Log {
    fn with_options(
        &self,
        prefixed: ObjectStoreRef,
        root: ObjectStoreRef,
        location: &Url,
        options: &StorageConfig,
    ) -> DeltaResult<Arc<dyn LogStore>> {
        Ok(default_logstore(prefixed, root, location, options))
    }
}

/// Tells Delta that logs on S3 are kept by conditional puts, as on a disk.
fn register_s3() {
    if let Ok(scheme) = Url::parse("s3://") {
        logstore_factories().entry(scheme).or_insert_with(|| Arc::new(S3Log));
    }
}
