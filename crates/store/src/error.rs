//! What can go wrong, with the place and what to do next.

use std::io::ErrorKind;

use deltalake::DeltaTableError;
use deltalake::arrow::error::ArrowError;

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the fields are named in the messages")]
pub enum StoreError {
    #[error("{location} is no place for a store: {why}. Name a folder, or s3://BUCKET/PREFIX")]
    Location { location: String, why: String },
    #[error("there is no store at {location}. `demarche ingest SOURCE --store {location}` makes one")]
    Missing { location: String },
    #[error("{location} holds other files and no store. Name an empty or a new folder")]
    Occupied { location: String },
    #[error(
        "the store at {location} was written by a newer Demarche: its schema is {found}, this one knows {known}. \
         Install the newer version, or use another store"
    )]
    Newer { location: String, found: u32, known: u32 },
    #[error("the store at {location} was opened for reading; open it for writing to do this")]
    ReadOnly { location: String },
    #[error(
        "the disk is full: {place} could not be written. Free space and run the same command again; nothing that was committed is lost"
    )]
    Full { place: String, source: Cause },
    #[error("no permission for {place}. Change its owner or mode, or name another store")]
    Denied { place: String, source: Cause },
    #[error(
        "the storage refused {place}: {source}. Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, \
         AWS_REGION, and the bucket's policy"
    )]
    Refused { place: String, source: Cause },
    #[error("{place} can't be reached: {source}. Check AWS_ENDPOINT_URL and the network, then run the same command again")]
    Unreachable { place: String, source: Cause },
    #[error(
        "the storage at {place} does not know conditional writes (If-None-Match), without which two writers would \
         overwrite each other. Use a storage that has them"
    )]
    NoConditionalPut { place: String },
    #[error("{place}: {source}. Run the same command again; if it fails again, `demarche store check` tells what is damaged")]
    Storage { place: String, source: Cause },
    #[error("{place} is damaged: {what}. Restore it from a backup, or ingest the sources into a new store")]
    Damaged { place: String, what: String },
    #[error("rows of {table} don't fit its columns: {source}. This is a fault of the program; please report it")]
    Rows { table: String, source: ArrowError },
    #[error("a record of article {of} was handed in with article {article}. This is a fault of the program; please report it")]
    ForeignRecord { article: String, of: String },
    #[error(
        "a record of article {article} could not be written as JSON: {source}. This is a fault of the program; please report it"
    )]
    Record { article: String, source: serde_json::Error },
    #[error("{0}")]
    Query(#[from] QueryError),
    #[error("the output could not be written: {source}")]
    Output { source: std::io::Error },
    #[error("other writers kept changing what was to be rewritten in {place}. Run it again when no ingest is running")]
    Contended { place: String },
    #[error("no reports were joined in the store at {location} yet. Run `demarche corroborate --store {location}` first")]
    NotJoined { location: String },
}

/// What is wrong with a question in SQL.
#[derive(Debug, thiserror::Error)]
#[error("{message}{}{}", told_place(.line, .column), told_hint(.hint))]
pub struct QueryError {
    /// What is wrong.
    pub message: String,
    /// Line, from 1.
    pub line: Option<u64>,
    /// Column, from 1.
    pub column: Option<u64>,
    /// What may help.
    pub hint: Option<String>,
    /// Whether it needed more memory than it may have.
    pub memory: bool,
}

fn told_place(line: &Option<u64>, column: &Option<u64>) -> String {
    match (line, column) {
        (Some(1), Some(column)) => format!(", at character {column}"),
        (Some(line), Some(column)) => format!(", in line {line} at character {column}"),
        _ => String::new(),
    }
}

fn told_hint(hint: &Option<String>) -> String {
    hint.as_ref().map_or_else(String::new, |hint| format!(". {hint}"))
}

/// An error of the storage or of Delta beneath a message.
pub type Cause = Box<dyn std::error::Error + Send + Sync + 'static>;

impl StoreError {
    pub(crate) fn rows(table: &str, source: ArrowError) -> Self {
        Self::Rows { table: table.to_owned(), source }
    }

    pub(crate) fn delta(place: impl Into<String>, source: DeltaTableError) -> Self {
        Self::storage(place, source)
    }

    /// Tells by its causes what a failure of the storage means to the user.
    pub(crate) fn storage(place: impl Into<String>, source: impl Into<Cause>) -> Self {
        let (place, source) = (place.into(), source.into());
        match Fault::of(&*source) {
            Fault::Full => Self::Full { place, source },
            Fault::Denied => Self::Denied { place, source },
            Fault::Refused => Self::Refused { place, source: short(source) },
            Fault::Unreachable => Self::Unreachable { place, source: short(source) },
            Fault::NoConditionalPut => Self::NoConditionalPut { place },
            Fault::Other => Self::Storage { place, source },
        }
    }
}

enum Fault {
    Full,
    Denied,
    Refused,
    Unreachable,
    NoConditionalPut,
    Other,
}

impl Fault {
    fn of(error: &(dyn std::error::Error + Send + Sync + 'static)) -> Self {
        let mut chain: Option<&(dyn std::error::Error + 'static)> = Some(error);
        let mut words = String::new();
        while let Some(error) = chain {
            if let Some(io) = error.downcast_ref::<std::io::Error>() {
                match io.kind() {
                    ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => return Self::Full,
                    ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => return Self::Denied,
                    ErrorKind::ConnectionRefused
                    | ErrorKind::ConnectionReset
                    | ErrorKind::HostUnreachable
                    | ErrorKind::NetworkUnreachable
                    | ErrorKind::TimedOut => return Self::Unreachable,
                    _ => {}
                }
            }
            if let Some(storage) = error.downcast_ref::<object_store::Error>() {
                match storage {
                    object_store::Error::PermissionDenied { .. } | object_store::Error::Unauthenticated { .. } => {
                        return Self::Refused;
                    }
                    object_store::Error::NotImplemented { .. } => return Self::NoConditionalPut,
                    _ => {}
                }
            }
            words.push_str(&error.to_string());
            words.push('\n');
            chain = error.source();
        }
        // Some layers keep only the words of what lies beneath them.
        let has = |needles: &[&str]| needles.iter().any(|needle| words.contains(needle));
        if has(&["No space left on device", "File too large", "Disk quota exceeded"]) {
            Self::Full
        } else if has(&["Permission denied", "Read-only file system"]) {
            Self::Denied
        } else if has(&[
            "AccessDenied",
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "NoSuchBucket",
            "ExpiredToken",
            "403 Forbidden",
        ]) {
            Self::Refused
        } else if has(&["error sending request", "Connection refused", "dns error", "connection error"]) {
            Self::Unreachable
        } else {
            Self::Other
        }
    }
}

/// The last cause: what the server or the system itself said.
fn short(error: Cause) -> Cause {
    let mut last: &dyn std::error::Error = &*error;
    while let Some(source) = last.source() {
        last = source;
    }
    let words = last.to_string();
    if words.is_empty() { error } else { words.into() }
}
