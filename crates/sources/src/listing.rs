//! From what the user names to inputs: files in the order of their names, and addresses.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::Metadata;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::time::UNIX_EPOCH;

use demarche_ingest::Place;
use walkdir::WalkDir;

use crate::failure::{Failure, Reason};
use crate::page::Validators;
use crate::settings::Settings;

/// Endings of files that are read when a folder or archive is given, packed by gzip or Zstandard or not. A file that is
/// named is read whatever it is called.
pub const ENDINGS: [&str; 19] = [
    "htm", "html", "xhtml", "shtml", "txt", "text", "md", "json", "jsonl", "ndjson", "csv", "tsv", "parquet", "warc", "wet",
    "xml", "rss", "atom", "zip",
];

/// What [`Listing::passed_over`] calls files without an ending.
pub const NO_ENDING: &str = "without an ending";

/// What a user names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file, or a folder with all that is in it.
    Path(PathBuf),
    /// A pattern of paths.
    Pattern(String),
    /// An address: a feed, a page, or a file of another kind.
    Address(String),
}

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A web page.
    Html,
    /// Plain text.
    Text,
    /// JSON: a record a line, a list of records, or one record.
    Json,
    /// A table with commas, semicolons or tabs.
    Table,
    /// Parquet.
    Parquet,
    /// A crawl.
    Warc,
    /// RSS, Atom or JSON Feed.
    Feed,
    /// A WordPress export.
    WordPress,
    /// A ZIP archive.
    Zip,
}

/// One thing to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its stable identity: the path from the base of [`Settings`], or the address.
    pub key: String,
    /// Its name as the user wrote it.
    pub origin: String,
    /// Where it is.
    pub location: Location,
    /// What tells whether a file is new; not known of addresses.
    pub fingerprint: Option<Fingerprint>,
    /// What the server said the last time this address was fetched; set it before reading.
    pub validators: Option<Validators>,
}

/// Where an input is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// On disk.
    File(PathBuf),
    /// On the web.
    Web(String),
}

/// Size and time of a file. A file with the same key and fingerprint need not be read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint {
    /// Bytes.
    pub size: u64,
    /// Time of the last change, in nanoseconds since 1970.
    pub modified: i128,
}

impl Source {
    /// What an argument of the command line names: an address, a path that exists, or a pattern.
    pub fn parse(text: &str) -> Self {
        let is_address = ["http://", "https://"].iter().any(|scheme| {
            let start = text.get(..scheme.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        });
        if is_address {
            Self::Address(text.to_owned())
        } else if text.contains(['*', '?', '[']) && !Path::new(text).exists() {
            Self::Pattern(text.to_owned())
        } else {
            Self::Path(text.into())
        }
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.size, self.modified)
    }
}

impl Fingerprint {
    pub(crate) fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().ok().map(|time| match time.duration_since(UNIX_EPOCH) {
            Ok(since) => since.as_nanos() as i128,
            Err(before) => -(before.duration().as_nanos() as i128),
        });
        Self { size: metadata.len(), modified: modified.unwrap_or(0) }
    }
}

/// The inputs of sources, one after the other. Folders are searched to the bottom in the order of their names; what is
/// hidden, and links to folders, are passed over.
pub fn list<'a>(sources: &'a [Source], settings: &'a Settings) -> Listing<'a> {
    Listing { sources: sources.iter(), settings, open: None, passed_over: BTreeMap::new() }
}

/// See [`list`].
pub struct Listing<'a> {
    sources: std::slice::Iter<'a, Source>,
    settings: &'a Settings,
    open: Option<Open>,
    passed_over: BTreeMap<String, u64>,
}

enum Open {
    Folder { path: PathBuf, entries: Box<dyn Iterator<Item = walkdir::Result<walkdir::DirEntry>> + Send>, seen: bool },
    Pattern { pattern: String, paths: Box<glob::Paths>, inner: Option<Box<Open>>, seen: bool },
}

impl fmt::Debug for Listing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listing").field("passed_over", &self.passed_over).finish_non_exhaustive()
    }
}

impl Listing<'_> {
    /// How many files in folders were passed over so far because of their endings, by these: ".pdf", [`NO_ENDING`].
    pub fn passed_over(&self) -> &BTreeMap<String, u64> {
        &self.passed_over
    }
}

impl Iterator for Listing<'_> {
    type Item = Result<Input, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(mut open) = self.open.take() {
                if let Some(item) = step(&mut open, self.settings, &mut self.passed_over) {
                    self.open = Some(open);
                    return Some(item);
                }
                continue;
            }
            match self.sources.next()? {
                Source::Address(address) => return Some(web(address)),
                Source::Path(path) => match start(path, self.settings) {
                    Ok(Start::File(input)) => return Some(Ok(input)),
                    Ok(Start::Folder(open)) => self.open = Some(open),
                    Err(failure) => return Some(Err(failure)),
                },
                Source::Pattern(pattern) => match glob::glob_with(pattern, OPTIONS) {
                    Ok(paths) => {
                        let paths = Box::new(paths);
                        self.open = Some(Open::Pattern { pattern: pattern.clone(), paths, inner: None, seen: false });
                    }
                    Err(error) => {
                        let reason = Reason::BadPattern { detail: error.msg.to_owned() };
                        return Some(Err(Failure::new(pattern, Place::whole(pattern), reason)));
                    }
                },
            }
        }
    }
}

/// Hidden files are matched by patterns that name the dot only, as in a shell.
const OPTIONS: glob::MatchOptions =
    glob::MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: true };

enum Start {
    File(Input),
    Folder(Open),
}

fn start(path: &Path, settings: &Settings) -> Result<Start, Failure> {
    let fail = |reason| Err(Failure::new(&key(path, settings), Place::whole(path.to_string_lossy()), reason));
    match path.metadata() {
        Ok(metadata) if metadata.is_dir() => {
            let entries = WalkDir::new(path).sort_by_file_name().min_depth(1).into_iter().filter_entry(|entry| {
                let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
                entry.depth() == 0 || !is_hidden
            });
            Ok(Start::Folder(Open::Folder { path: path.to_owned(), entries: Box::new(entries), seen: false }))
        }
        Ok(metadata) => Ok(Start::File(file(path, &metadata, settings))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => fail(Reason::Missing),
        Err(error) => fail(Reason::Io { what: "opened", error }),
    }
}

fn step(open: &mut Open, settings: &Settings, passed_over: &mut BTreeMap<String, u64>) -> Option<Result<Input, Failure>> {
    match open {
        Open::Folder { path, entries, seen } => loop {
            let Some(entry) = entries.next() else {
                if *seen {
                    return None;
                }
                *seen = true;
                let place = Place::whole(path.to_string_lossy());
                return Some(Err(Failure::new(&key(path, settings), place, Reason::EmptyFolder)));
            };
            match entry {
                Ok(entry) => {
                    // A link to a file is read; one to a folder could lead back up.
                    let metadata = std::fs::metadata(entry.path());
                    match metadata {
                        Ok(metadata) if metadata.is_file() => {
                            if is_article(entry.path()) {
                                *seen = true;
                                return Some(Ok(file(entry.path(), &metadata, settings)));
                            }
                            *passed_over.entry(ending(entry.path())).or_default() += 1;
                        }
                        Ok(_) => {}
                        Err(error) => {
                            *seen = true;
                            return Some(Err(unlisted(entry.path(), error, settings)));
                        }
                    }
                }
                Err(error) => {
                    *seen = true;
                    let path = error.path().unwrap_or(path).to_owned();
                    let error = error.into_io_error().unwrap_or_else(|| io::Error::other("a circle of links"));
                    return Some(Err(unlisted(&path, error, settings)));
                }
            }
        },
        Open::Pattern { pattern, paths, inner, seen } => loop {
            if let Some(folder) = inner {
                if let Some(item) = step(folder, settings, passed_over) {
                    return Some(item);
                }
                *inner = None;
            }
            match paths.next() {
                None if *seen => return None,
                None => {
                    *seen = true;
                    return Some(Err(Failure::new(pattern, Place::whole(&**pattern), Reason::NoMatch)));
                }
                Some(Ok(path)) => {
                    *seen = true;
                    match start(&path, settings) {
                        Ok(Start::File(input)) => return Some(Ok(input)),
                        Ok(Start::Folder(folder)) => *inner = Some(Box::new(folder)),
                        Err(failure) => return Some(Err(failure)),
                    }
                }
                Some(Err(error)) => {
                    *seen = true;
                    let path = error.path().to_owned();
                    return Some(Err(unlisted(&path, error.into(), settings)));
                }
            }
        },
    }
}

fn unlisted(path: &Path, error: io::Error, settings: &Settings) -> Failure {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => Reason::Vanished,
        _ => Reason::Io { what: "listed", error },
    };
    Failure::new(&key(path, settings), Place::whole(path.to_string_lossy()), reason)
}

fn file(path: &Path, metadata: &Metadata, settings: &Settings) -> Input {
    Input {
        key: key(path, settings),
        origin: path.to_string_lossy().into_owned(),
        location: Location::File(path.to_owned()),
        fingerprint: Some(Fingerprint::of(metadata)),
        validators: None,
    }
}

fn web(address: &str) -> Result<Input, Failure> {
    match url::Url::parse(address) {
        Ok(url) if url.host_str().is_some() => Ok(Input {
            key: url.to_string(),
            origin: address.to_owned(),
            location: Location::Web(url.to_string()),
            fingerprint: None,
            validators: None,
        }),
        Ok(_) => {
            let reason = Reason::BadAddress { detail: "no server is named".into() };
            Err(Failure::new(address, Place::whole(address), reason))
        }
        Err(error) => Err(Failure::new(address, Place::whole(address), Reason::BadAddress { detail: error.to_string() })),
    }
}

/// The path from the base, without `.` and `..`; links are not followed.
fn key(path: &Path, settings: &Settings) -> String {
    let whole = settings.base.as_ref().map_or_else(|| path.to_owned(), |base| base.join(path));
    let mut plain = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(plain.components().next_back(), Some(Component::Normal(_))) => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain.to_string_lossy().into_owned()
}

/// The ending of a file in small letters, with that of what packed it: ".pdf", ".tar.gz".
pub(crate) fn ending(path: &Path) -> String {
    let name = file_name(path);
    let plain = PACKED.iter().find_map(|packed| name.strip_suffix(packed)).unwrap_or(&name);
    match plain.rfind('.').filter(|at| *at > 0) {
        Some(at) => name[at..].to_owned(),
        None if plain.len() < name.len() => name[plain.len()..].to_owned(),
        None => NO_ENDING.to_owned(),
    }
}

const PACKED: [&str; 2] = [".gz", ".zst"];

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

/// Whether a file in a folder is read, by its ending.
pub(crate) fn is_article(path: &Path) -> bool {
    let name = file_name(path);
    let name = PACKED.iter().find_map(|packed| name.strip_suffix(packed)).unwrap_or(&name);
    name.rsplit_once('.').is_some_and(|(stem, ending)| !stem.is_empty() && ENDINGS.contains(&ending))
}
