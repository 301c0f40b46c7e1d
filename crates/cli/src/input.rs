//! From paths to articles.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use demarche::ingest::{Format, JsonLine, JsonReader, OpenDates, ReadError, Source, detect, read};
use demarche::{Article, given};
use jiff::civil::Date;

use crate::error::{self, UserError};

/// Endings that are read when a folder is given; a file named on the command line is read whatever it is called.
const ENDINGS: [&str; 10] = ["htm", "html", "xhtml", "shtml", "txt", "text", "md", "json", "jsonl", "ndjson"];

/// Endings of what holds many articles in a form that only `ingest` reads; as text they would be coded as one odd article.
const TAKEN_IN: [&str; 9] = ["csv", "tsv", "parquet", "warc", "gz", "zip", "zst", "rss", "atom"];

/// Bytes that are looked at to tell a stream of records from a page.
const HEAD: usize = 1 << 16;

/// Bytes of the largest input that is read whole: a list of records in one JSON document. Streams have no limit.
const LARGEST: u64 = 256 << 20;

/// What the user knows about days of publication.
#[derive(clap::Args, Clone, Copy, Debug)]
pub(crate) struct Days {
    /// Date of publication of all articles, when you know it better than they do
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) published: Option<Date>,
    /// Whether 03/04/2025 is 3 April or March 4; without it, none of both in a record, and the day first with a note in a page
    #[arg(long, value_enum, value_name = "ORDER")]
    pub(crate) dates: Option<DateOrder>,
}

/// What comes first in a date.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(crate) enum DateOrder {
    /// The day: 3 April
    Dmy,
    /// The month: March 4
    Mdy,
}

impl From<DateOrder> for OpenDates {
    fn from(order: DateOrder) -> Self {
        match order {
            DateOrder::Dmy => Self::DayFirst,
            DateOrder::Mdy => Self::MonthFirst,
        }
    }
}

impl Days {
    fn order(self) -> OpenDates {
        self.dates.map(Into::into).unwrap_or_default()
    }
}

/// What a thread works on: a page that it reads itself, or a record that was split off a stream.
pub(crate) enum Job {
    /// A file that is read whole.
    File(PathBuf),
    /// The content of standard input.
    Stdin(Vec<u8>),
    /// A line of a stream, or why there is none.
    Record(Result<JsonLine, ReadError>),
    /// An input that could not be opened.
    Failed(UserError),
}

/// The files of a command line.
#[derive(Debug)]
pub(crate) struct Inputs {
    /// Files in order; `-` stands for standard input.
    pub(crate) files: Vec<PathBuf>,
    /// Files of folders that were passed over because of their ending.
    pub(crate) passed_over: usize,
    /// Paths that do not exist or cannot be listed.
    pub(crate) failed: Vec<UserError>,
}

/// Finds the files: folders are searched to the bottom, in the order of their names.
pub(crate) fn find(paths: &[PathBuf]) -> Result<Inputs, UserError> {
    let mut inputs = Inputs { files: vec![], passed_over: 0, failed: vec![] };
    for path in paths {
        if path.as_os_str() == "-" {
            if inputs.files.iter().any(|file| file == path) {
                return Err(UserError::usage("standard input is named twice").hint("give `-` once"));
            }
            inputs.files.push(path.clone());
        } else if path.is_dir() {
            let before = inputs.files.len();
            folder(path, &mut inputs);
            if inputs.files.len() == before && inputs.failed.is_empty() {
                let hint = format!("files that end in {} are read; name others one by one", ENDINGS.join(", "));
                inputs.failed.push(UserError::input(format!("{}: no articles in this folder", path.display())).hint(hint));
            }
        } else {
            if is_web_address(path) && !path.exists() {
                return Err(UserError::web_address(path));
            }
            if !path.exists() && path.to_string_lossy().contains(['*', '?']) {
                return Err(unexpanded(path));
            }
            // Whether it exists shows when it is opened, so that one path is told from the others in order.
            inputs.files.push(path.clone());
        }
    }
    Ok(inputs)
}

fn is_web_address(path: &Path) -> bool {
    let path = path.to_string_lossy();
    ["http://", "https://"].iter().any(|scheme| path.get(..scheme.len()).is_some_and(|p| p.eq_ignore_ascii_case(scheme)))
}

fn unexpanded(path: &Path) -> UserError {
    UserError::usage(format!("{}: this pattern matches no file", path.display()))
        .because("the shell replaces patterns by file names, and left this one as it is")
        .hint("check the pattern, leave it unquoted, or give the folder: all articles in it are read")
}

fn folder(path: &Path, inputs: &mut Inputs) {
    let entries = std::fs::read_dir(path).and_then(|entries| entries.collect::<io::Result<Vec<_>>>());
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => return inputs.failed.push(UserError::file("listed", path, &error)),
    };
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let linked = entry.file_type().is_ok_and(|kind| kind.is_symlink());
        if hidden || (linked && path.is_dir()) {
            // A link to a folder could lead back up, and what it holds is no part of this folder.
            continue;
        }
        if path.is_dir() {
            folder(&path, inputs);
        } else if is_article(&path) {
            inputs.files.push(path);
        } else {
            inputs.passed_over += 1;
        }
    }
}

fn is_article(path: &Path) -> bool {
    ending(path).is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// The ending of a file's name, in small letters.
fn ending(path: &Path) -> Option<String> {
    path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase())
}

/// The jobs of the files, opened one after the other. Streams of records are split as they are read, so that a file
/// of any size takes no more memory than its longest record.
pub(crate) fn jobs(files: Vec<PathBuf>, days: Days) -> impl Iterator<Item = Job> + Send {
    files.into_iter().flat_map(move |path| {
        let jobs: Box<dyn Iterator<Item = Job> + Send> = match open(&path, days.order()) {
            Ok(Opened::Whole(job)) => Box::new(std::iter::once(job)),
            Ok(Opened::Records(mut records)) => Box::new(std::iter::from_fn(move || records.next_unread().map(Job::Record))),
            Err(error) => Box::new(std::iter::once(Job::Failed(error))),
        };
        jobs
    })
}

impl Job {
    /// The articles of the job, one after the other, each handed to `each` as it is read.
    pub(crate) fn articles(self, days: Days, mut each: impl FnMut(Result<Article, UserError>)) {
        let mut each = |article: Result<Article, UserError>| each(article.map(|article| given(article, days.published)));
        let mut bytes = |origin: &str, bytes: &[u8]| {
            for article in read(&Source { dates: days.order(), ..Source::new(origin, bytes) }) {
                each(article.map_err(UserError::from));
            }
        };
        match self {
            Job::File(path) => match File::open(&path).and_then(whole) {
                Ok(Some(content)) => bytes(&path.to_string_lossy(), &content),
                Ok(None) => each(Err(UserError::too_large(&path, LARGEST))),
                Err(error) => each(Err(UserError::file("read", &path, &error))),
            },
            Job::Stdin(content) => bytes("-", &content),
            Job::Record(line) => each(line.and_then(|line| line.read()).map_err(UserError::from)),
            Job::Failed(error) => each(Err(error)),
        }
    }

    /// Where the job comes from, for a report.
    pub(crate) fn origin(&self) -> String {
        match self {
            Job::File(path) => path.display().to_string(),
            Job::Record(Ok(line)) => line.place().to_string(),
            Job::Record(Err(error)) => error.place.to_string(),
            Job::Stdin(_) | Job::Failed(_) => "-".to_owned(),
        }
    }
}

/// Reads all articles of all files, for commands that need them at hand.
pub(crate) fn articles(paths: &[PathBuf], days: Days) -> Result<(Vec<Article>, Vec<UserError>), UserError> {
    let inputs = find(paths)?;
    let (mut found, mut failed) = (vec![], inputs.failed);
    for job in jobs(inputs.files, days) {
        job.articles(days, |article| match article {
            Ok(article) => found.push(article),
            Err(error) => failed.push(error),
        });
    }
    Ok((found, failed))
}

/// A date of the command line.
pub(crate) fn day(text: &str) -> Result<Date, &'static str> {
    text.parse().map_err(|_| error::NO_DATE)
}

/// A file as text.
pub(crate) fn text(path: &Path) -> Result<String, UserError> {
    let bytes = std::fs::read(path).map_err(|error| UserError::file("read", path, &error))?;
    String::from_utf8(bytes).map_err(|error| {
        let hint = "save it as UTF-8";
        UserError::input(format!("{}: not UTF-8 text", path.display())).because(error.to_string()).hint(hint)
    })
}

enum Opened {
    Whole(Job),
    Records(JsonReader<Box<dyn BufRead + Send>>),
}

fn open(path: &Path, dates: OpenDates) -> Result<Opened, UserError> {
    let is_stdin = path.as_os_str() == "-";
    let name = path.to_string_lossy();
    let mut reader: Box<dyn BufRead + Send> = if is_stdin {
        Box::new(BufReader::with_capacity(HEAD, io::stdin()))
    } else {
        let file = File::open(path).map_err(|error| UserError::file("read", path, &error))?;
        Box::new(BufReader::with_capacity(HEAD, file))
    };
    let head = reader.fill_buf().map_err(|error| UserError::file("read", path, &error))?;
    if is_stream(&name, head) {
        return Ok(Opened::Records(JsonReader::new(reader, name).dates(dates)));
    }
    if !is_stdin {
        if let Some(ending) = ending(path).filter(|ending| TAKEN_IN.contains(&ending.as_str())) {
            let hint =
                "`demarche ingest FILE --store DIR` reads tables, archives and feeds; `code` reads pages, texts and JSON Lines";
            return Err(UserError::input(format!("{}: .{ending} files are not read as articles", path.display())).hint(hint));
        }
        return Ok(Opened::Whole(Job::File(path.to_owned())));
    }
    match whole(reader).map_err(|error| UserError::file("read", path, &error))? {
        Some(content) => Ok(Opened::Whole(Job::Stdin(content))),
        None => Err(UserError::too_large(path, LARGEST)),
    }
}

/// The content of an input that is no stream of records; `None` where it is over the limit.
fn whole(reader: impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut content = vec![];
    reader.take(LARGEST + 1).read_to_end(&mut content)?;
    Ok((content.len() as u64 <= LARGEST).then_some(content))
}

/// Whether an input is records line by line. JSON in one piece and UTF-16 are read whole.
fn is_stream(name: &str, head: &[u8]) -> bool {
    let wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    if wide || detect(name, head) != Format::JsonLines {
        return false;
    }
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let first_line = head.split(|b| *b == b'\n').next().unwrap_or(head);
    let is_cut = first_line.len() == head.len() && head.len() + 4 >= HEAD;
    let is_listed = head.starts_with(b"[") || head.starts_with(b"{\"articles\"");
    let is_spread = head.starts_with(b"{") && !is_cut && !first_line.trim_ascii_end().ends_with(b"}");
    !is_listed && !is_spread
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_told_from_documents() {
        assert!(is_stream("a.jsonl", b"{\"text\":\"x\"}\n{\"text\":\"y\"}\n"));
        assert!(is_stream("-", b"{\"text\":\"x\"}"));
        assert!(is_stream("a.jsonl", b"not JSON at all\n"));
        let mut long = b"{\"text\":\"".to_vec();
        long.resize(HEAD, b'x');
        assert!(is_stream("a.jsonl", &long));
        for whole in [&b"[{\"text\":\"x\"}]"[..], b"{\n  \"text\": \"x\"\n}", b"{\"articles\":[]}", b"\xff\xfe{\0"] {
            assert!(!is_stream("a.json", whole), "{whole:?}");
        }
        assert!(!is_stream("a.html", b"<p>"));
    }
}
